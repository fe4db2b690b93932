"""Says how many findings a filter hides, and what is critical or withdrawn. Source: ux.md 2.6."""

from heimdall_desktop.presentation.i18n import grouped, tr


def hidden_text(
    hidden: int, criticals: int, withdrawn: int = 0, uncompared: int = 0, snoozed: int = 0
) -> str:
    """Return a sentence, or two; "" where nothing is hidden.

    Args:
        hidden: findings that the filter hides.
        criticals: how many of them are critical.
        withdrawn: how many of them are withdrawn, and so not critical any more.
        uncompared: scans of which is not known what has changed, though that is filtered by.
        snoozed: how many of them are snoozed, whatever is filtered by.
    """
    if not hidden:
        return ""
    told = _hidden(hidden, criticals, withdrawn)
    if snoozed == hidden:
        told = _snoozed(snoozed, criticals)
    elif snoozed:
        told += " " + tr("%n of them are snoozed.", "", snoozed, one="%n of them is snoozed.")
    if not uncompared:
        return told
    why = tr(
        "%n scans haven't been compared with an earlier one.",
        "",
        uncompared,
        one="%n scan hasn't been compared with an earlier one.",
    )
    return f"{told} {why}"


def snoozed_count(snoozed: int, criticals: int) -> str:
    """Return how many are snoozed, in a word: "3 snoozed, 1 critical"."""
    if not criticals:
        return tr("%n snoozed", "", snoozed)
    return tr("%n snoozed, {criticals} critical", "", snoozed).format(criticals=grouped(criticals))


def _snoozed(snoozed: int, criticals: int) -> str:
    if not criticals:
        return tr("%n findings are snoozed.", "", snoozed, one="%n finding is snoozed.")
    if criticals == snoozed:
        return tr(
            "%n findings are snoozed, all of them critical.",
            "",
            snoozed,
            one="%n critical finding is snoozed.",
        )
    told = tr("%n findings are snoozed, {criticals} of them critical.", "", snoozed)
    return told.format(criticals=grouped(criticals))


def _hidden(hidden: int, criticals: int, withdrawn: int) -> str:
    if hidden == 1:
        return _one(is_critical=criticals > 0, is_withdrawn=withdrawn > 0)
    if criticals == hidden:
        return tr("%n findings are hidden by this filter, all of them critical.", "", hidden)
    if withdrawn == hidden:
        return tr("%n findings are hidden by this filter, all of them withdrawn.", "", hidden)
    told = tr("%n findings are hidden by this filter.", "", hidden)
    if criticals and withdrawn:
        told = tr(
            "%n findings are hidden by this filter, "
            "{criticals} of them critical, {withdrawn} withdrawn.",
            "",
            hidden,
        )
    elif criticals:
        told = tr(
            "%n findings are hidden by this filter, {criticals} of them critical.", "", hidden
        )
    elif withdrawn:
        told = tr(
            "%n findings are hidden by this filter, {withdrawn} of them withdrawn.", "", hidden
        )
    return told.format(criticals=grouped(criticals), withdrawn=grouped(withdrawn))


def _one(*, is_critical: bool, is_withdrawn: bool) -> str:
    if is_critical:
        return tr("1 critical finding is hidden by this filter.")
    if is_withdrawn:
        return tr("1 withdrawn finding is hidden by this filter.")
    return tr("1 finding is hidden by this filter.")
