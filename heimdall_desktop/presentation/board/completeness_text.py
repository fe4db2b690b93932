"""How far the visible rows have been checked against the server, in one line.

"412 of 412 findings checked against the server 3 s ago". Ages use the monotonic clock. The line
never sounds better than the oldest check it covers. Source: behaviour.md 1 (1), 2.6; T-4, T-10.
"""

from collections.abc import Iterable, Sequence
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.observation import Connection, ScanSource
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.all_clear import not_scanned_note
from heimdall_desktop.presentation.board.scan_status import Mood, ScanStatus, status_of
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.presentation.time_text import rough_text, wait_text


class Completeness(Enum):
    """How certain it is that the rows are complete, best first.

    Each has a glyph, a mood, and a text for places without room for numbers.
    """

    CHECKED = (0, "ui-check", Mood.CALM, tr_noop("Checked"))
    NOT_SCANNED = (1, "ui-warning", Mood.ATTENTION, tr_noop("Files not scanned"))
    """All rows are present, but not all files were scanned."""
    READING = (2, "ui-follow", Mood.WORKING, tr_noop("Checking"))
    RECORDED = (0, "ui-play", Mood.CALM, tr_noop("Recorded"))
    ANNOUNCED = (3, "ui-info", Mood.CALM, tr_noop("Stream only"))
    INCOMPLETE = (4, "ui-warning", Mood.ATTENTION, tr_noop("Incomplete"))

    def __init__(self, rank: int, icon: str, mood: Mood, word: str) -> None:
        self.rank, self.icon, self.mood, self.word = rank, icon, mood, word


_AT_REST = (Connection.ENDED, Connection.GONE, Connection.SIGNED_OUT)


class SyncStatus(Struct, frozen=True):
    """The line under the findings.

    Attributes:
        text: the main sentence, without a full stop.
        lead: a sentence before it, with a full stop, and more weight; "" for none.
        note: what was repaired after the server skipped events; "" if it never did.
    """

    completeness: Completeness
    text: str
    note: str = ""
    lead: str = ""


def sync_status(
    scans: Iterable[Scan], clock_s: float, *, has_gap_rows: bool = False
) -> SyncStatus | None:
    """Return the line for the scans in view; None without any.

    Args:
        scans: the scans whose findings are on the screen.
        has_gap_rows: the rows include the periods in which announcements were lost.
    """
    watched = list(scans)
    if not watched:
        return None
    there = [scan for scan in watched if scan.connection_state is not Connection.GONE]
    if not there:
        text = tr("This scan isn't visible to your account")
        if len(watched) > 1:  # the server reports hidden scans as missing (404)
            text = tr("None of these scans is visible to your account")
        return SyncStatus(Completeness.INCOMPLETE, text)
    gaps = 0 if has_gap_rows else sum(len(scan.gaps) for scan in there if scan.is_stream_only)
    lost = tr("%n gaps in the stream", "", gaps, one="%n gap in the stream") if gaps else ""
    if len(there) > 1:
        return _of_several(there, clock_s, lost)
    if there[0].is_stream_only and not there[0].replay_pace:
        return _of_stream(there[0], lost)
    return _of_one(there[0], clock_s)


def waiting_line(known: int, waiting: int) -> SyncStatus:
    """Return the line while a new table loads findings that have already been read.

    Args:
        known: findings the table has.
        waiting: findings that are still to be added.
    """
    words = tr("{known} of {total} findings shown, adding the rest")
    text = words.format(known=grouped(known), total=grouped(known + waiting))
    return SyncStatus(Completeness.READING, text)


def _of_one(scan: Scan, clock_s: float) -> SyncStatus:
    sync, known, reported = scan.sync_status, len(scan.findings), _reported(scan)
    not_scanned = not_scanned_note(0 if scan.is_live else scan.not_scanned or 0)
    if scan.replay_pace:  # no server checks it now
        total = max(reported, known)
        text = tr(
            "{known} of {total} findings recorded",
            "",
            total,
            one="{known} of {total} finding recorded",
        ).format(known=grouped(known), total=grouped(total))
        return SyncStatus(Completeness.RECORDED, text, not_scanned)
    skips = _note(sync.has_skips, sync.recovered, is_open=scan.is_resynchronising)
    note = ". ".join(filter(None, (not_scanned, skips)))
    completeness = _completeness(scan)
    if completeness is Completeness.CHECKED and scan.source is ScanSource.LISTING:
        total = max(sync.total or 0, known)
        lead = tr("{read} of {total} loaded.").format(read=grouped(known), total=grouped(total))
        age = rough_text(_age_s(scan, clock_s))
        return SyncStatus(completeness, tr("Checked {time} ago").format(time=age), note, lead)
    if completeness in (Completeness.CHECKED, Completeness.NOT_SCANNED):
        return SyncStatus(completeness, _checked(scan, clock_s, is_short=bool(note)), note)
    if completeness is Completeness.INCOMPLETE:
        return SyncStatus(completeness, _incomplete(scan, clock_s), note)
    is_cut_off = _is_cut_off(scan)
    if reported > known:
        form = tr("{known} of {total} findings loaded, loading the rest")
        if is_cut_off:
            form = tr("{known} of {total} findings loaded, waiting for the server")
        text = form.format(known=grouped(known), total=grouped(reported))
    elif not known:
        text = tr("Not loaded yet")
    elif is_cut_off:
        text = tr("Waiting for the server to check")
    else:
        text = tr("Checking against the server")
    return SyncStatus(completeness, text, note)


def _of_stream(scan: Scan, lost: str) -> SyncStatus:
    """Compare the announced findings with the server's count; never a tick."""
    seen, counts = len(scan.findings), scan.announced_counts
    if counts is None:
        lead = tr("%n findings seen.", "", seen, one="%n finding seen.")
        text = tr("The server reports no total") if not scan.is_live else ""
        return SyncStatus(Completeness.ANNOUNCED, text, lost, lead)
    lead = tr("{seen} of {total} seen.").format(seen=grouped(seen), total=grouped(counts.total))
    missing = counts.total - seen
    if missing > 0 and scan.is_live:
        text = tr("The server counts {total} so far").format(total=grouped(counts.total))
        return SyncStatus(Completeness.ANNOUNCED, text, lost, lead)
    if missing > 0:
        text = tr("The server counts {total}; %n not received", "", missing).format(
            total=grouped(counts.total)
        )
        return SyncStatus(Completeness.INCOMPLETE, text, lost, lead)
    text = tr("Findings the server doesn't announce can't be shown here")
    return SyncStatus(Completeness.ANNOUNCED, text, lost, lead)


def _of_several(scans: Sequence[Scan], clock_s: float, lost: str) -> SyncStatus:
    known = sum(len(scan.findings) for scan in scans)
    total = sum(max(_reported(scan), len(scan.findings)) for scan in scans)
    has_skips = any(scan.sync_status.has_skips for scan in scans)
    recovered = sum(scan.sync_status.recovered for scan in scans)
    note = _note(has_skips, recovered, is_open=any(scan.is_resynchronising for scan in scans))
    completeness = max((_completeness(scan) for scan in scans), key=lambda worst: worst.rank)
    not_scanned = sum(scan.not_scanned or 0 for scan in scans if not scan.is_live)
    note = ". ".join(filter(None, (not_scanned_note(not_scanned), lost, note)))
    form = tr("{known} of {total} findings in {scans} scans")
    if note:  # both together leave too little room
        form = tr("{known} of {total} in {scans} scans")
    counted = form.format(known=grouped(known), total=grouped(total), scans=len(scans))
    if completeness is Completeness.INCOMPLETE:
        return SyncStatus(completeness, tr("Incomplete: {counted}").format(counted=counted), note)
    if completeness is Completeness.ANNOUNCED:
        streams = sum(scan.is_stream_only for scan in scans)
        text = tr(
            "{counted}, %n scans stream only", "", streams, one="{counted}, %n scan stream only"
        )
        return SyncStatus(completeness, text.format(counted=counted), note)
    if not total and not any(scan.has_listed_once for scan in scans):
        return SyncStatus(completeness, tr("Not loaded yet"), note)
    if completeness is Completeness.READING:
        is_waiting = any(_is_cut_off(scan) for scan in scans if _completeness(scan) is completeness)
        form = tr("{counted}, checking")
        if is_waiting:
            form = tr("{counted} loaded, waiting for the server")
        elif known < total:
            form = tr("{counted} loaded, checking the rest")
        return SyncStatus(completeness, form.format(counted=counted), note)
    going_on = [scan for scan in scans if scan.connection_state is not Connection.ENDED]
    form = tr("{counted} checked, oldest {time} ago")
    if note:
        form = tr("{counted} checked {time} ago")
    elif 0 < len(going_on) < len(scans):  # an ended scan needs no further checks
        scans, form = going_on, tr("{counted} checked, live ones {time} ago")
    oldest_s = max(_age_s(scan, clock_s) for scan in scans)
    words = form.format(counted=counted, time=rough_text(oldest_s))
    return SyncStatus(completeness, words, note)


def _completeness(scan: Scan) -> Completeness:
    """Return how far one scan's rows are checked; possible changes since are being read."""
    sync = scan.sync_status
    if scan.is_stream_only:
        is_missing = _reported(scan) > len(scan.findings)
        return (
            Completeness.INCOMPLETE if is_missing and not scan.is_live else Completeness.ANNOUNCED
        )
    if (
        not scan.has_listed_once
        or scan.is_resynchronising
        or status_of(scan) is ScanStatus.CHECKING
    ):
        return Completeness.READING
    is_short = not sync.is_whole or scan.recount_at_s is not None
    if is_short or status_of(scan) is ScanStatus.NOT_CHECKED:
        return Completeness.INCOMPLETE
    if _reported(scan) > len(scan.findings):
        return Completeness.READING
    return (
        Completeness.NOT_SCANNED if scan.not_scanned and not scan.is_live else Completeness.CHECKED
    )


def _checked(scan: Scan, clock_s: float, *, is_short: bool) -> str:
    """Return the check in full, or in short form beside a note, if both do not fit."""
    known = len(scan.findings)
    total = max(scan.sync_status.total or 0, known)
    if is_short:
        form = tr(
            "{known} of {total} findings checked {time} ago",
            "",
            total,
            one="{known} of {total} finding checked {time} ago",
        )
    else:
        form = tr(
            "{known} of {total} findings checked against the server {time} ago",
            "",
            total,
            one="{known} of {total} finding checked against the server {time} ago",
        )
    age = rough_text(_age_s(scan, clock_s))
    return form.format(known=grouped(known), total=grouped(total), time=age)


def _incomplete(scan: Scan, clock_s: float) -> str:
    sync, retry_at_s = scan.sync_status, scan.recount_at_s or scan.sync_status.retry_at_s
    read, total = sync.read, sync.total or 0
    if scan.unlisted:
        read, total = len(scan.findings), len(scan.findings) + scan.unlisted
    counted = tr("Incomplete: {read} of {total}").format(read=grouped(read), total=grouped(total))
    if scan.recount_at_s is not None:
        counted = tr("Incomplete: severity counts don't match")
    if sync.unreadable and retry_at_s is None:
        text = tr("{counted}, %n couldn't be parsed", "", sync.unreadable)
        return text.format(counted=counted)
    is_at_rest = scan.connection_state in _AT_REST  # so that no retry can be promised
    if retry_at_s is None or is_at_rest:
        return counted
    if retry_at_s <= clock_s:
        return tr("{counted}, retrying").format(counted=counted)
    wait = wait_text(retry_at_s - clock_s)
    return tr("{counted}, retrying in {time}").format(counted=counted, time=wait)


def _note(has_skips: bool, recovered: int, *, is_open: bool) -> str:
    if not has_skips:
        return ""
    if is_open:
        return tr("Server dropped events: catching up")
    if not recovered:
        return tr("Server dropped events: caught up, none lost")
    return tr("Server dropped events: caught up, %n recovered", "", recovered)


def _reported(scan: Scan) -> int:
    counts = scan.announced_counts if scan.is_stream_only else scan.reported_counts
    if scan.is_stream_only:
        return counts.total if counts else 0
    return max(counts.total if counts else 0, scan.sync_status.total or 0)


def _age_s(scan: Scan, clock_s: float) -> float:
    checked_at_s = scan.sync_status.checked_at_s
    return 0.0 if checked_at_s is None else max(clock_s - checked_at_s, 0.0)


def _is_cut_off(scan: Scan) -> bool:
    """Return whether nothing can be read now: no response, or none available to us."""
    seen = scan.connection
    if seen is None:
        return False
    is_lost = seen.connection in (Connection.STALE, Connection.SIGNED_OUT)
    return is_lost or seen.failing_since_s is not None
