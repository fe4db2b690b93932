"""Says how many findings a filter hides, and how many of those are critical. Source: ux.md 2.6."""

from heimdall_desktop.domain.words.wording import grouped, tr


def hidden_words(hidden: int, criticals: int) -> str:
    """Return one sentence; "" where nothing is hidden.

    Args:
        hidden: findings that the filter hides.
        criticals: how many of them are critical.
    """
    if not hidden:
        return ""
    if not criticals:
        told = tr(
            "%n findings are hidden by this filter.",
            "",
            hidden,
            one="%n finding is hidden by this filter.",
        )
    elif hidden == 1:
        told = tr("1 critical finding is hidden by this filter.")
    elif criticals == hidden:
        told = tr("%n findings are hidden by this filter, all of them critical.", "", hidden)
    else:
        told = tr(
            "%n findings are hidden by this filter, {criticals} of them critical.", "", hidden
        ).format(criticals=grouped(criticals))
    return told
