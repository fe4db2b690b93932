"""What speaks against an all-clear of a scan that has ended, though its list was read whole.

A file that was not looked at may hold anything, and so may what a stage was to look at that did not
come to its end. Source: heimdall-api.md T-10.
"""

from collections.abc import Sequence

from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, Stage, StageState
from heimdall_desktop.presentation.i18n import both, grouped, tr
from heimdall_desktop.presentation.labels import stage_label

_STOPPED = frozenset({StageState.FAILED, StageState.CANCELLED})


def no_all_clear() -> str:
    """Return the sentence that follows what speaks against one."""
    return tr("This does not mean the code is clean.")


def unlooked_text(scan: Scan) -> str:
    """Say how many files were not looked at, in a sentence; "" if nothing tells of any."""
    if not scan.unlooked:
        return ""
    return tr("%n files were not scanned.", "", scan.unlooked, one="%n file was not scanned.")


def unlooked_note(count: int) -> str:
    """Return the same as a note beside something else, for a number of files; "" for none."""
    return tr("%n files not scanned", "", count, one="%n file not scanned") if count else ""


def not_taken_text(scan: Scan) -> str:
    """Say how many files are of no kind that is looked at, which is no doubt; "" for none."""
    if not scan.not_taken:
        return ""
    return tr(
        "%n files are binary or of a type that no scanner supports.",
        "",
        scan.not_taken,
        one="%n file is binary or of a type that no scanner supports.",
    )


def unlisted_text(scan: Scan) -> str:
    """Say that the server counts more findings than its list has; "" if it does not."""
    if not scan.unlisted:
        return ""
    counted, listed = len(scan.findings) + scan.unlisted, len(scan.findings)
    told = tr(
        "The server counts %n findings, but lists {listed}.",
        "",
        counted,
        one="The server counts %n finding, but lists {listed}.",
    )
    return told.format(listed=grouped(listed) if listed else tr("none"))


def stages_text(scan: Scan) -> str:
    """Say which stages of a scan that is completed ran; that all nine did only if they did."""
    stopped, skipped = _in(scan, _STOPPED), _in(scan, {StageState.SKIPPED})
    untold = _in(scan, {StageState.PENDING, StageState.NOT_REPORTED})
    ran = len(STAGE_NAMES) - len(stopped) - len(skipped) - len(untold)
    if stopped or untold:
        told = tr("{ran} of {all} stages completed; {stages} didn't.")
        if not stopped:
            told = tr("{ran} of {all} stages ran; not reported: {stages}.")
        if not (stopped or ran or skipped):
            told = tr("No stages were reported.")
        return told.format(ran=ran, all=len(STAGE_NAMES), stages=_and(stopped or untold))
    if not skipped:
        return tr("All nine stages ran.")
    told = tr(
        "All stages ran except {stages} (skipped).",
        "",
        len(skipped),
        one="All stages ran except {stages} (skipped).",
    )
    return told.format(stages=_and(skipped))


def _in(scan: Scan, states: frozenset[StageState] | set[StageState]) -> list[Stage]:
    return [stage for stage in scan.stages if stage.state in states]


def _and(stages: Sequence[Stage]) -> str:
    return both([stage_label(stage.name) for stage in stages])


# Says how many findings a filter hides, and which matter or no longer do. Source: ux.md 2.6.


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
