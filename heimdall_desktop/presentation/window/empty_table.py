"""Why no finding is shown: a fact, a consequence and one action. Source: behaviour.md 2.6.

An empty table must never look like an all-clear unless it is one (protocol.md T-10).
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.scan_link import report_page
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, StageState
from heimdall_desktop.presentation import all_clear
from heimdall_desktop.presentation.board.card import announced_none_text
from heimdall_desktop.presentation.board.scan_status import status_of
from heimdall_desktop.presentation.decision_text import SNOOZE_CONSEQUENCE
from heimdall_desktop.presentation.i18n import filled, grouped, tr, tr_noop
from heimdall_desktop.presentation.labels import stage_in_text
from heimdall_desktop.presentation.time_text import at_text

_FAILED = (
    tr_noop("The scan failed in {stage} before it found anything."),
    tr_noop("The scan failed before it found anything."),
)
_CANCELLED = (
    tr_noop("The scan was cancelled in {stage} before it found anything."),
    tr_noop("The scan was cancelled before it found anything."),
)
STOPPED = {
    Outcome.FAILED: _FAILED,
    Outcome.FAILED_MAY_RETRY: _FAILED,
    Outcome.CANCELLED: _CANCELLED,
    Outcome.CANCELLED_MAY_RETURN: _CANCELLED,
    Outcome.ENDED: (
        tr_noop("The scan failed or was cancelled in {stage} before it announced anything."),
        tr_noop("The scan failed or was cancelled before it announced anything."),
    ),
}


class Way(Enum):
    """An action for the analyst; the value is the text of the button."""

    NONE = ""
    ADD_SCAN = tr_noop("Add scans")
    CLEAR_FILTER = tr_noop("Clear filter")
    SHOW_SNOOZED = tr_noop("Show snoozed")
    OPEN_REPORT = tr_noop("Open report")


class Cause(Enum):
    """Why the table is empty."""

    NOTHING_WATCHED = "nothing watched"
    FILTER = "filter hides all"
    LOADING = "loading"
    UNREAD = "cannot be read"
    NOT_YET = "no findings yet"
    FINISHED = "finished, none"
    STOPPED = "stopped, none"
    ANNOUNCED = "known by the stream alone, none"
    NOT_SCANNED = "finished, none, but not all files were scanned"


class EmptyTable(Struct, frozen=True):
    """The text of an empty table.

    Attributes:
        address: of the page the action opens; "" for none.
        fraction: the part that has been read, 0 to 1; None if that means nothing.
    """

    cause: Cause
    fact: str
    consequence: str = ""
    way: Way = Way.NONE
    address: str = ""
    fraction: float | None = None


def empty_table(
    scans: Sequence[Scan],
    hidden: int,
    filter_text: str,
    hidden_criticals: int = 0,
    hidden_closed: int = 0,
    *,
    now: datetime,
    is_waiting: bool = False,
    only_stage: str = "",
    uncompared: int = 0,
    snoozed: int = 0,
    is_reviewed: bool = False,
    no_proposals: str = "",
    histories: int | None = None,
) -> EmptyTable:
    """Return the text to show while no row is visible.

    Args:
        filter_text: the filter as it was typed.
        hidden_criticals: how many of the hidden ones are critical.
        hidden_closed: how many of them are withdrawn or fixed.
        now: an end on another day is shown with that day.
        is_waiting: more findings are about to be added.
        uncompared: scans whose changes are unknown although the filter needs them.
        snoozed: how many of the hidden ones are snoozed.
        is_reviewed: the filter is about proposed decisions, and none is left of those there were.
        no_proposals: the filter is about them, and why nothing can be proposed.
        histories: how many histories have been read, if the filter needs all of them.
        only_stage: the stage whose findings alone are wanted, if nothing else is filtered by.
    """
    if not scans:
        return EmptyTable(
            Cause.NOTHING_WATCHED,
            tr("No scans watched yet."),
            tr("Paste a scan link, or scan a folder on this computer."),
            Way.ADD_SCAN,
        )
    if is_waiting:
        return EmptyTable(Cause.LOADING, tr("Loading findings"), tr("Rows appear as they arrive."))
    if 0 < snoozed == hidden:
        fact = all_clear.hidden_text(hidden, hidden_criticals, snoozed=snoozed)
        return EmptyTable(Cause.FILTER, fact, tr(SNOOZE_CONSEQUENCE), Way.SHOW_SNOOZED)
    if hidden and (is_reviewed or no_proposals):
        fact = no_proposals or tr("All proposed decisions are reviewed.")
        rest = all_clear.hidden_text(hidden, hidden_criticals, hidden_closed, snoozed=snoozed)
        return EmptyTable(Cause.FILTER, fact, rest, Way.CLEAR_FILTER)
    if hidden:
        nothing = tr("Nothing matches {filter}").format(filter=one_line(filter_text))
        if only_stage:
            nothing = tr("No findings come from the {stage} stage.").format(
                stage=only_stage.lower()
            )
        return EmptyTable(
            Cause.FILTER,
            all_clear.hidden_text(
                hidden, hidden_criticals, hidden_closed, uncompared, snoozed, histories=histories
            ),
            nothing if filter_text else "",
            Way.CLEAR_FILTER,
        )
    empty = _of_one(scans[0], now) if len(scans) == 1 else _of_several(scans)
    if not filter_text:
        return empty
    text = tr("The filter {filter} is active.").format(filter=one_line(filter_text))
    consequence = " ".join(filter(None, (empty.consequence, text)))
    way = Way.CLEAR_FILTER if empty.way is Way.NONE else empty.way
    return replace(empty, consequence=consequence, way=way)


def _of_one(scan: Scan, now: datetime) -> EmptyTable:
    if scan.is_checked_to_the_end:
        at = at_text(scan.completed_at, now) if scan.completed_at else ""
        report = report_page(scan)
        doubt = (
            () if scan.is_clear else (all_clear.not_scanned_text(scan), tr(all_clear.NO_ALL_CLEAR))
        )
        parts = (all_clear.stages_text(scan), all_clear.not_taken_text(scan), *doubt)
        return EmptyTable(
            Cause.FINISHED if scan.is_clear else Cause.NOT_SCANNED,
            filled(tr("Finished {at} with no findings."), tr("Finished with no findings."), at=at),
            " ".join(filter(None, parts)),
            Way.OPEN_REPORT if report else Way.NONE,
            report,
        )
    if scan.is_stream_only and scan.outcome not in STOPPED:
        # Report that only a stream is available and it reported nothing; that may not be all
        fact = f"{announced_none_text(scan)}."
        lost = tr(
            "Announcements were lost %n times.",
            "",
            len(scan.gaps),
            one="Announcements were lost once.",
        )
        parts = (
            lost if scan.gaps else "",
            tr("Findings it didn't announce can't be shown here."),
            "" if scan.is_live else tr(all_clear.NO_ALL_CLEAR),
        )
        return EmptyTable(Cause.ANNOUNCED, fact, " ".join(filter(None, parts)))
    if _is_settled_short(scan):
        return EmptyTable(
            Cause.NOT_SCANNED, all_clear.unlisted_text(scan), tr(all_clear.NO_ALL_CLEAR)
        )
    if _is_unread(scan):
        return _unread([scan])
    return _stopped(scan) if scan.outcome in STOPPED else _not_yet(scan)


def _is_unread(scan: Scan) -> bool:
    """Return whether there may be findings that have not been read yet."""
    if scan.is_stream_only:  # there is nothing to read
        return False
    is_completed = scan.outcome is Outcome.COMPLETED and not scan.is_checked_to_the_end
    return _reported(scan) > 0 or not scan.has_listed_once or is_completed


def _is_settled_short(scan: Scan) -> bool:
    """Return whether a list with fewer findings than counted will get no more."""
    return scan.is_settled and scan.unlisted > 0


def _reported(scan: Scan) -> int:
    return scan.reported_counts.total if scan.reported_counts else 0


def _unread(scans: Sequence[Scan]) -> EmptyTable:
    """Report findings as on their way, unless none of the servers sends anything."""
    is_one, name, text = len(scans) == 1, scans[0].name, sum(map(_reported, scans))
    if all(status_of(scan).spec.is_cut_off for scan in scans):
        fact = tr("Findings for {name} haven't been loaded.").format(name=name)
        if not is_one:
            fact = tr("Findings for %n scans haven't been loaded.", "", len(scans))
        return EmptyTable(Cause.UNREAD, fact, tr(all_clear.NO_ALL_CLEAR))
    doing = tr("Loading findings")
    if is_one:
        doing = tr("Loading findings for {name}").format(name=name)
    count = tr("0 of {total}.").format(total=grouped(text)) if text else ""
    consequence = " ".join(filter(None, (count, tr("Rows appear as they arrive."))))
    fraction = 0.0 if text else None
    return EmptyTable(Cause.LOADING, doing, consequence, fraction=fraction)


def _stopped(scan: Scan) -> EmptyTable:
    stages = [
        stage
        for stage in scan.stages
        if stage.state in (StageState.FAILED, StageState.CANCELLED, StageState.RUNNING)
    ]
    stage = stage_in_text(stages[-1].name) if stages else ""
    may_retry = tr("The server may retry.") if scan.outcome is Outcome.FAILED_MAY_RETRY else ""
    return EmptyTable(
        Cause.STOPPED,
        filled(*map(tr, STOPPED[scan.outcome]), stage=stage),
        " ".join(filter(None, (tr(all_clear.NO_ALL_CLEAR), may_retry))),
    )


def _not_yet(scan: Scan) -> EmptyTable:
    stage = scan.running_stage
    usual = tr("The first findings usually come from static analysis.")
    if stage is None:
        return EmptyTable(Cause.NOT_YET, tr("The scan is waiting for its turn."), usual)
    number = STAGE_NAMES.index(stage.name) + 1
    is_early = number <= STAGE_NAMES.index("static_analysis")
    fact = tr("Scan is in stage {number} of {all}, {stage}.").format(
        number=number, all=len(STAGE_NAMES), stage=stage_in_text(stage.name)
    )
    return EmptyTable(Cause.NOT_YET, fact, usual if is_early else tr("No findings so far."))


def _of_several(scans: Sequence[Scan]) -> EmptyTable:
    if all(scan.is_clear for scan in scans):
        return EmptyTable(
            Cause.FINISHED, tr("All %n scans finished with no findings.", "", len(scans))
        )
    unclear = [scan for scan in scans if scan.is_checked_to_the_end and not scan.is_clear]
    if unclear and all(scan.is_checked_to_the_end for scan in scans):
        fact = tr("All %n scans finished with no findings.", "", len(scans))
        text = tr("The scan of {scan} is incomplete.").format(scan=one_line(unclear[0].name))
        if len(unclear) > 1:
            text = tr("%n of them are incomplete.", "", len(unclear))
        return EmptyTable(Cause.NOT_SCANNED, fact, f"{text} {tr(all_clear.NO_ALL_CLEAR)}")
    unlisted = [scan for scan in scans if _is_settled_short(scan)]
    unread = [scan for scan in scans if _is_unread(scan) and not _is_settled_short(scan)]
    if unlisted and not unread:
        fact = tr("{scan}: {fact}").format(
            scan=one_line(unlisted[0].name), fact=all_clear.unlisted_text(unlisted[0])
        )
        return EmptyTable(Cause.NOT_SCANNED, fact, tr(all_clear.NO_ALL_CLEAR))
    if unread:
        return _unread(unread)
    if all(scan.outcome in STOPPED or scan.is_checked_to_the_end for scan in scans):
        stopped = sum(scan.outcome in STOPPED for scan in scans)
        return EmptyTable(
            Cause.STOPPED,
            tr("No findings, but {stopped} of {all} scans didn't finish.").format(
                stopped=stopped, all=len(scans)
            ),
            tr(all_clear.NO_ALL_CLEAR),
        )
    running = sum(scan.is_live for scan in scans)
    streams = sum(scan.is_stream_only for scan in scans)
    if streams and not running:
        return EmptyTable(
            Cause.ANNOUNCED,
            tr("No findings, but {streams} of {all} scans are stream only.").format(
                streams=streams, all=len(scans)
            ),
            tr(all_clear.NO_ALL_CLEAR),
        )
    fact = tr("No findings yet in %n scans.", "", len(scans))
    lost = sum(scan.is_live and status_of(scan).spec.is_cut_off for scan in scans)
    return EmptyTable(Cause.NOT_YET, fact, _still_running(running - lost, lost, len(scans)))


def _still_running(running: int, lost: int, total: int) -> str:
    """Report how many scans run, and separately how many ran at their last update."""
    if running == total:
        return tr("All of them are still running.")
    if lost == total:
        return tr("All of them were running at the last update.")
    still = tr("%n of them are still running.", "", running, one="%n of them is still running.")
    if not lost:
        return still
    before = tr(
        "%n of them were running at the last update.",
        "",
        lost,
        one="%n of them was running at the last update.",
    )
    return f"{still} {before}" if running else before
