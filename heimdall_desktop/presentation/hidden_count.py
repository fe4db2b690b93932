"""Says how many findings a filter hides, and which matter or no longer do. Source: ux.md 2.6."""

from heimdall_desktop.presentation.i18n import grouped, tr


def hidden_text(
    hidden: int, criticals: int, closed: int = 0, uncompared: int = 0, snoozed: int = 0
) -> str:
    """Return a sentence, or two; "" where nothing is hidden.

    Args:
        hidden: findings that the filter hides.
        criticals: how many of them are critical.
        closed: how many of them are withdrawn or fixed, and so no longer critical.
        uncompared: scans of which is not known what has changed, though that is filtered by.
        snoozed: how many of them are snoozed, whatever is filtered by.
    """
    if not hidden:
        return ""
    told = _hidden(hidden, criticals, closed)
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


def _hidden(hidden: int, criticals: int, closed: int) -> str:
    if hidden == 1:
        return _one(is_critical=criticals > 0, is_closed=closed > 0)
    if criticals == hidden:
        return tr("%n findings are hidden by this filter, all of them critical.", "", hidden)
    if closed == hidden:
        return tr(
            "%n findings are hidden by this filter, all of them withdrawn or fixed.", "", hidden
        )
    told = tr("%n findings are hidden by this filter.", "", hidden)
    if criticals and closed:
        told = tr(
            "%n findings are hidden by this filter, "
            "{criticals} of them critical, {closed} withdrawn or fixed.",
            "",
            hidden,
        )
    elif criticals:
        told = tr(
            "%n findings are hidden by this filter, {criticals} of them critical.", "", hidden
        )
    elif closed:
        told = tr(
            "%n findings are hidden by this filter, {closed} of them withdrawn or fixed.",
            "",
            hidden,
        )
    return told.format(criticals=grouped(criticals), closed=grouped(closed))


def _one(*, is_critical: bool, is_closed: bool) -> str:
    if is_critical:
        return tr("1 critical finding is hidden by this filter.")
    if is_closed:
        return tr("1 withdrawn or fixed finding is hidden by this filter.")
    return tr("1 finding is hidden by this filter.")
