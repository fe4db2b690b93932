"""The findings of one scan, merged by id from listings of any age and order."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from heimdall_desktop.domain.facts import finding, readings
from heimdall_desktop.domain.facts.observation import Counts, EndSeen, Gap, GapsSeen, StatusSeen
from heimdall_desktop.domain.facts.repeats import Repeats, moves
from heimdall_desktop.domain.facts.snooze import Snooze

RowChange = tuple[finding.Finding, finding.Finding | None]

ROWS_LIMIT = 200_000  # rows kept of one scan; they take about 250 MB
SHORT_BYTES = 128 << 20  # for the short texts of all rows; 200,000 ordinary rows have about 100 MB
LONG_BYTES = 32 << 20  # for all their long texts; beyond it they are read when a row is opened
RESERVE_BYTES = 100 << 10  # of short texts that each scan may keep, whatever the others use
ROW_BYTES = 128  # overhead counted for each row
SHORT_TEXTS = (
    *("title", "file_path", "fingerprint", "cwe_text", "cve_id", "fix_type", "source_text"),
    *("status_text", "severity_text", "confidence_text", "cut_mark"),
)
OPENED_KEPT = 8  # findings that always keep their long texts: those opened last


class TextRoom:
    """The memory that the texts of some scans take.

    Attributes:
        short, long: bytes of their short and their long texts.
        opened: the findings opened last, which keep their long texts.
    """

    def __init__(self) -> None:
        self.short = self.long = 0
        self.opened: deque[finding.FindingId] = deque(maxlen=OPENED_KEPT)


class ListedRows(Struct):
    """Every row ever read. A row stays even if a listing misses it (T-4).

    Attributes:
        findings: the newest reading of each row, by id.
        severities: how many rows have each severity now, as the server counts them, and
        statuses: how many have each status.
        counted: how many findings cards and chips count under each.
        not_counted: how many they leave out, by reason.
        newest_at: when the newest listed row was found, by the server's clock.
        announced: the rows that were announced but never read, in order of arrival.
        room: the text memory that all scans of a store share.
        snoozes: the snoozes of its findings, including those not read yet.
        asked_s: when each row was last requested, monotonic seconds.
        seen: the changes seen in the rows while they were watched.
    """

    findings: dict[finding.FindingId, finding.Finding] = field(default_factory=dict)
    severities: Counter[finding.Severity] = field(default_factory=Counter)
    statuses: Counter[finding.FindingStatus] = field(default_factory=Counter)
    counted: Counter[finding.Severity] = field(default_factory=Counter)
    not_counted: Counter[finding.NotCounted] = field(default_factory=Counter)
    newest_at: datetime | None = None
    announced: dict[finding.FindingId, None] = field(default_factory=dict)
    room: TextRoom = field(default_factory=TextRoom)
    snoozes: dict[finding.FindingId, Snooze] = field(default_factory=dict)
    _short: int = 0
    _long: int = 0
    asked_s: dict[finding.FindingId, float] = field(default_factory=dict)
    _repeats: Repeats = field(default_factory=Repeats)
    seen: readings.SeenChanges = field(default_factory=readings.SeenChanges)
    _reviews: readings.Reviews = field(default_factory=readings.Reviews)

    @property
    def is_full(self) -> bool:
        has_no_room = self.room.short >= SHORT_BYTES and self._short >= RESERVE_BYTES
        return has_no_room or len(self.findings) >= ROWS_LIMIT

    def move_to(self, room: TextRoom) -> None:
        for each, sign in ((self.room, -1), (room, 1)):
            each.short += sign * self._short
            each.long += sign * self._long
        self.room = room

    def read_row(self, asked_at_s: float, row: finding.Finding) -> Sequence[RowChange]:
        """Merge a row; return each row that changed, with the row it replaces.

        The row itself comes first, if it changed. It may be followed by a row that has become a
        repeat of it, or is no longer one. Once `is_full`, new rows are not kept: the code that
        lists rows counts those that were (see `Scan.findings`). Without room, a row is kept
        without its long texts.
        """
        known = self.findings.get(row.id)
        if known is None and self.is_full:
            return ()
        if known is not None and known.is_announced != row.is_announced:
            if row.is_announced:
                return ()  # an announcement holds less than the row
            self.asked_s[row.id] = float("-inf")
        elif known is not None:
            self.seen.note(known, row)
        self._reviews.note(known, row)
        newest = row if known is None or asked_at_s >= self.asked_s[row.id] else known
        was_lower = _was_lower(row) or (known is not None and _was_lower(known))
        has_risen = newest.confidence is finding.Confidence.HIGH and was_lower
        if newest.has_risen != has_risen:
            newest = replace(newest, has_risen=has_risen)
        newest = self._reviews.judged(newest, known)
        if known is not None and newest.is_repeat != known.is_repeat:
            newest = replace(newest, is_repeat=known.is_repeat)
        newest = self._with_snooze(newest, known)
        more = (0, 0)
        if newest != known:
            newest, more = self._fitting(newest, known)
        self.asked_s[row.id] = max(asked_at_s, self.asked_s.get(row.id, asked_at_s))
        if newest == known:
            return ()
        others: Iterable[finding.FindingId] = ()
        if known is None:
            others = self._repeats.put(newest, self.findings)
        elif moves(known, newest):
            left = self._repeats.drop(known)
            others = (*left, *self._repeats.put(newest, self.findings))
        if others or newest.is_repeat:
            is_repeat = self._repeats.has_newer(newest)
            if newest.is_repeat != is_repeat:
                newest = replace(newest, is_repeat=is_repeat)
            newest = self._with_snooze_of(others, newest, known)
        self.findings[row.id] = newest
        self._take_room(*more, rows=int(known is None))
        self._count(newest, known)
        if newest.is_announced:
            self.announced[row.id] = None
        else:
            self.newest_at = max(self.newest_at or newest.created_at, newest.created_at)
            self.announced.pop(row.id, None)
        change = (newest, known)
        return (change, *self._turned(others)) if others else (change,)

    def snooze(
        self,
        finding_ids: Iterable[finding.FindingId],
        until: datetime | None,
        *,
        is_over: bool,
        snooze: Snooze | None = None,
    ) -> Iterator[tuple[finding.Finding, finding.Finding]]:
        """Snooze rows or end their snooze; yield each row that changed, new and old.

        Args:
            finding_ids: the rows; unknown ones are ignored, unless `snooze` is given.
            until: when they come back; None for immediately.
            is_over: whether they come back because the snooze expired.
            snooze: their state when they were snoozed; None for their current state.
        """
        for finding_id in finding_ids:
            known = self.findings.get(finding_id)
            if known is None:
                if snooze is not None:
                    self.snoozes[finding_id] = snooze
                continue
            if until is None:
                self.snoozes.pop(known.id, None)
            else:
                self.snoozes[known.id] = snooze or Snooze.of(known, until)
            if known.snoozed_until != until:
                newest = replace(known, snoozed_until=until, is_back=is_over)
                self.findings[known.id] = newest
                self._count(newest, known)
                yield newest, known

    def drop_announced(
        self, finding_id: finding.FindingId, asked_at_s: float
    ) -> finding.Finding | None:
        """Remove and return a row announced before a moment and never read; else return None."""
        known = self.findings.get(finding_id)
        if known is None or not known.is_announced or self.asked_s[finding_id] >= asked_at_s:
            return None
        del self.findings[finding_id], self.asked_s[finding_id], self.announced[finding_id]
        short, long = finding.text_bytes(known)
        self._take_room(-short, -long, rows=-1)
        self._count(None, known)
        return known

    def clear(self) -> None:
        counts = self.severities, self.statuses, self.counted, self.not_counted
        for kept in (self.findings, *counts, self.announced, self.asked_s):
            kept.clear()
        room = self.room
        self.move_to(TextRoom())
        self.room, self._short, self._long = room, 0, 0
        self.newest_at = None
        self._repeats, self._reviews = Repeats(), readings.Reviews()
        self.seen = readings.SeenChanges()

    def _fitting(
        self, row: finding.Finding, known: finding.Finding | None
    ) -> tuple[finding.Finding, tuple[int, int]]:
        """Return the row cut to the room left, and the bytes its short and long texts add.

        Without room, the row has no long texts, or keeps the known short ones.
        """
        short, long = finding.text_bytes(row)
        known_short, known_long = (0, 0) if known is None else finding.text_bytes(known)
        is_more = long > max(LONG_BYTES - self.room.long, 0) + known_long
        if is_more and row.id not in self.room.opened:
            row, long = finding.without_long_texts(row), 0
        if known is not None and short > known_short and self.is_full:
            known_texts: dict[str, Any] = {name: getattr(known, name) for name in SHORT_TEXTS}
            row = replace(row, **known_texts)
            short = finding.text_bytes(row)[0]
        return row, (short - known_short, long - known_long)

    def _with_snooze(self, row: finding.Finding, known: finding.Finding | None) -> finding.Finding:
        """Return the row with its snooze, or without it if the row was raised or confirmed."""
        snooze, is_back = self.snoozes.get(row.id), known is not None and known.is_back
        if snooze is None:
            return row if row.is_back == is_back else replace(row, is_back=is_back)
        if snooze.ends_with(row, known):
            del self.snoozes[row.id]
            return replace(row, snoozed_until=None, is_back=True)
        if row.snoozed_until == snooze.until:
            return row
        return replace(row, snoozed_until=snooze.until, is_back=False)

    def _with_snooze_of(
        self,
        others: Iterable[finding.FindingId],
        row: finding.Finding,
        known: finding.Finding | None,
    ) -> finding.Finding:
        """Return the row with the snooze of one that it repeats, if it is new and the newest."""
        if known is not None or row.is_repeat or row.id in self.snoozes:
            return row
        for snooze in filter(None, map(self.snoozes.get, others)):
            self.snoozes[row.id] = snooze
        return self._with_snooze(row, known)

    def _take_room(self, short: int, long: int, *, rows: int) -> None:
        """Add the bytes of texts and the number of rows, which may be negative, to the room."""
        short += rows * ROW_BYTES
        self._short, self.room.short = self._short + short, self.room.short + short
        self._long, self.room.long = self._long + long, self.room.long + long

    def _count(self, newest: finding.Finding | None, known: finding.Finding | None) -> None:
        for row, sign in ((newest, 1), (known, -1)):
            if row is not None:
                self.severities[row.severity] += sign
                self.statuses[row.status] += sign
                reason = row.not_counted
                if reason is None:
                    self.counted[row.severity] += sign
                else:
                    self.not_counted[reason] += sign

    def _turned(self, others: Iterable[finding.FindingId]) -> Iterator[RowChange]:
        for each in others:
            known = self.findings[each]
            is_repeat = self._repeats.has_newer(known)
            if known.is_repeat != is_repeat:
                newest = self.findings[each] = replace(known, is_repeat=is_repeat)
                self._count(newest, known)
                yield newest, known


def _was_lower(row: finding.Finding) -> bool:
    """Return whether the confidence is or was below high; an announced row's is unknown."""
    return row.has_risen or (row.confidence is not finding.Confidence.HIGH and not row.is_announced)


# What the stream alone reports of a scan, for servers that offer nothing else.
#
# Where REST answers, all of this is only a hint. Source: protocol.md 13, T-31 to T-33.


ENDED = "ended"  # our own word: `error` does not distinguish failed from cancelled


class FindingHinted(Struct, frozen=True):
    """A `finding_added` event of the stream: a hint that a row can be read (T-3).

    It is not an observation, because it changes nothing that is known of a scan. The watch reads
    the row, or makes an announced one if the stream is the only source.

    Attributes:
        arrived_at: when it arrived, by our own clock: the event has no time stamp.
    """

    scan_id: finding.ScanId
    heard_at_s: float
    finding_id: finding.FindingId
    severity: finding.Severity
    title: str
    severity_text: str = ""
    arrived_at: datetime | None = None


class Announced(Struct):
    """The newest announcement of each kind.

    Attributes:
        end: the newest `scan_complete` or `error`; None before any.
        gaps: when announcements were lost, oldest first.
        gaps_heard_s: when the gaps were reported.
        counts_so_far: the counts of the newest `status_change` that has counts.
    """

    end: EndSeen | None = None
    gaps: tuple[Gap, ...] = ()
    gaps_heard_s: float = float("-inf")
    counts_so_far: readings.LatestValue[Counts | None] = field(
        default_factory=lambda: readings.LatestValue(None)
    )

    def see(self, seen: StatusSeen | EndSeen | GapsSeen) -> None:
        match seen:
            case StatusSeen():
                if seen.counts is not None:
                    self.counts_so_far.by_stream(seen.stamped_at, seen.heard_at_s, seen.counts)
            case EndSeen():
                if self.end is None or seen.heard_at_s > self.end.heard_at_s:
                    self.end = seen
            case GapsSeen():
                if seen.heard_at_s >= self.gaps_heard_s:
                    self.gaps_heard_s, self.gaps = seen.heard_at_s, seen.gaps

    def status(self, reported: readings.LatestValue[str]) -> str:
        """Return the status of a scan that is known only by its stream."""
        end = self.end
        if end is None or reported.asked_at_s > end.heard_at_s:
            return reported.value
        is_over, at = reported.event in readings.TERMINAL_STATUSES, reported.stamped_at
        # it continued after the end, unless this event is replayed: then its stamp is old
        is_later = at is not None and (end.stamped_at is None or at > end.stamped_at)
        if is_later and reported.heard_at_s > end.heard_at_s and not is_over:
            return reported.value
        if is_over and reported.event is not None:
            return reported.event  # `scan_complete` also follows a cancel (T-33)
        return "completed" if end.is_complete else ENDED

    def counts(self, status: str) -> Counts | None:
        if self.end is not None and (status in readings.TERMINAL_STATUSES or status == ENDED):
            return self.end.counts
        return self.counts_so_far.value


def announced_row(hinted: FindingHinted, at: datetime, announced_in: str) -> finding.Finding:
    """Build a finding from its announcement, in a stage, "" for none; all else is unknown."""
    return finding.Finding(
        id=hinted.finding_id,
        scan_id=hinted.scan_id,
        repo_id=finding.RepoId(""),
        source=finding.Source.OTHER,
        source_text="",
        status=finding.FindingStatus.OTHER,
        status_text="",
        severity=hinted.severity,
        severity_text=hinted.severity_text,
        confidence=finding.Confidence.OTHER,
        confidence_text="",
        title=hinted.title,
        file_path="",
        line_start=0,
        line_end=None,
        fingerprint="",
        created_at=at,
        updated_at=at,
        is_announced=True,
        announced_in=announced_in,
    )
