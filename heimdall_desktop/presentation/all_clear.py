"""Reasons against an all-clear for a scan that has ended, although its list was read completely.

A file that was not scanned may contain anything, and so may the files of a stage that did not
finish. Source: protocol.md T-10.
"""

from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, StageState
from heimdall_desktop.presentation.i18n import both, grouped, tr, tr_noop
from heimdall_desktop.presentation.labels import stage_label

_STOPPED = frozenset({StageState.FAILED, StageState.CANCELLED})
_SKIPPED = frozenset({StageState.SKIPPED})
_SILENT = frozenset({StageState.PENDING, StageState.NOT_REPORTED})


NO_ALL_CLEAR = tr_noop("This does not mean the code is clean.")


def not_scanned_text(scan: Scan) -> str:
    """Return how many files were not scanned, in a sentence; "" if none are known."""
    if not scan.not_scanned:
        return ""
    return tr("%n files were not scanned.", "", scan.not_scanned, one="%n file was not scanned.")


def not_scanned_note(count: int) -> str:
    """Return the same as a note beside another text, for a number of files; "" for none."""
    return tr("%n files not scanned", "", count, one="%n file not scanned") if count else ""


def not_taken_text(scan: Scan) -> str:
    """Return how many files are of a type no scanner supports, which is no gap; "" for none."""
    if not scan.not_taken:
        return ""
    return tr(
        "%n files are binary or of a type that no scanner supports.",
        "",
        scan.not_taken,
        one="%n file is binary or of a type that no scanner supports.",
    )


def unlisted_text(scan: Scan) -> str:
    """State that the server counts more findings than its list has; "" if it does not."""
    if not scan.unlisted:
        return ""
    counted, listed = len(scan.findings) + scan.unlisted, len(scan.findings)
    text = tr(
        "The server counts %n findings, but lists {listed}.",
        "",
        counted,
        one="The server counts %n finding, but lists {listed}.",
    )
    return text.format(listed=grouped(listed) if listed else tr("none"))


def stages_text(scan: Scan) -> str:
    """Return which stages of a completed scan ran; "all nine" only if all did."""
    stopped, skipped, silent = (
        [stage_label(stage.name) for stage in scan.stages if stage.state in states]
        for states in (_STOPPED, _SKIPPED, _SILENT)
    )
    ran = len(STAGE_NAMES) - len(stopped) - len(skipped) - len(silent)
    if stopped or silent:
        text = tr("{ran} of {all} stages completed; {stages} didn't.")
        if not stopped:
            text = tr("{ran} of {all} stages ran; not reported: {stages}.")
        if not (stopped or ran or skipped):
            text = tr("No stages were reported.")
        return text.format(ran=ran, all=len(STAGE_NAMES), stages=both(stopped or silent))
    if not skipped:
        return tr("All nine stages ran.")
    text = tr(
        "All stages ran except {stages} (skipped).",
        "",
        len(skipped),
        one="All stages ran except {stages} (skipped).",
    )
    return text.format(stages=both(skipped))


# The number of findings a filter hides, and which matter or no longer do. Source: behaviour.md 2.6.


def hidden_text(
    hidden: int,
    criticals: int,
    closed: int = 0,
    uncompared: int = 0,
    snoozed: int = 0,
    *,
    histories: int | None = None,
) -> str:
    """Return a sentence, or two; "" if nothing is hidden.

    Args:
        criticals: how many of them are critical.
        closed: how many of them are withdrawn or fixed, and so no longer critical.
        uncompared: scans whose changes are unknown although the filter needs them.
        snoozed: how many of them are snoozed, with any filter.
        histories: how many histories have been read, if the filter needs all of them.
    """
    if not hidden:
        return ""
    text = _hidden(hidden, criticals, closed)
    if snoozed == hidden:
        text = _snoozed(snoozed, criticals)
    elif snoozed:
        text += " " + tr("%n of them are snoozed.", "", snoozed, one="%n of them is snoozed.")
    if histories is not None:
        text += " " + tr(
            "Whether a person overrode V\u00ed\u00f0arr is known only where the history was read: "
            "%n findings.",
            "",
            histories,
            one="Whether a person overrode V\u00ed\u00f0arr is known only where the history was "
            "read: %n finding.",
        )
    if not uncompared:
        return text
    why = tr(
        "%n scans haven't been compared with an earlier one.",
        "",
        uncompared,
        one="%n scan hasn't been compared with an earlier one.",
    )
    return f"{text} {why}"


def snoozed_count(snoozed: int, criticals: int) -> str:
    """Return how many are snoozed, in short: "3 snoozed, 1 critical"."""
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
    text = tr("%n findings are snoozed, {criticals} of them critical.", "", snoozed)
    return text.format(criticals=grouped(criticals))


def _hidden(hidden: int, criticals: int, closed: int) -> str:
    if hidden == 1:
        if criticals:
            return tr("1 critical finding is hidden by this filter.")
        if closed:
            return tr("1 withdrawn or fixed finding is hidden by this filter.")
        return tr("1 finding is hidden by this filter.")
    if criticals == hidden:
        return tr("%n findings are hidden by this filter, all of them critical.", "", hidden)
    if closed == hidden:
        return tr(
            "%n findings are hidden by this filter, all of them withdrawn or fixed.", "", hidden
        )
    text = tr("%n findings are hidden by this filter.", "", hidden)
    if criticals and closed:
        text = tr(
            "%n findings are hidden by this filter, "
            "{criticals} of them critical, {closed} withdrawn or fixed.",
            "",
            hidden,
        )
    elif criticals:
        text = tr(
            "%n findings are hidden by this filter, {criticals} of them critical.", "", hidden
        )
    elif closed:
        text = tr(
            "%n findings are hidden by this filter, {closed} of them withdrawn or fixed.",
            "",
            hidden,
        )
    return text.format(criticals=grouped(criticals), closed=grouped(closed))
