"""The facts from which a scan is rebuilt, for recordings and for the history.

Each fact has the moment at which it was reported, so that later facts apply as they did to the
original scan. A restored scan is folded like a watched one, so no other code handles the past.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.known_scan import KnownScan
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.server import ServerUrl

JUST_BEFORE_S = 1e-6
EARLIER_STATUS = "queued"  # status of earlier answers; `completed` would be older than the listing


class KeptHistory(Struct, frozen=True):
    """How much is kept of earlier sessions, and of this one."""

    scans: int = 0
    findings: int = 0
    size_bytes: int = 0
    decisions: int = 0


class PastScan(Struct, frozen=True):
    """A scan, or its new parts, as facts.

    Attributes:
        asked_at_s: when it was last updated; None if it never was.
        head: everything but findings and log; replaces an earlier head as a whole.
        rows: findings by id, each with the moment it was requested; added to earlier ones.
        activities: lines of the server's log by key; added to earlier ones.
        is_partial: more rows will follow, so an earlier head stays valid until then: a head must
            never describe rows that are missing.
    """

    server: ServerUrl
    scan_id: ScanId
    asked_at_s: float | None
    head: tuple[observation.Observation, ...]
    rows: tuple[observation.FindingsListed, ...] = ()
    activities: tuple[observation.Activity, ...] = ()
    is_partial: bool = False

    def opening(self) -> Iterator[observation.Observation]:
        yield from (
            o
            for o in self.head
            if not isinstance(o, observation.ListingEnded | observation.Settled)
        )

    def log(self, activities: tuple[observation.Activity, ...]) -> Iterator[observation.LiveRead]:
        reads = [o for o in self.head if isinstance(o, observation.LiveRead)]
        if reads and activities:
            newest_first = sorted(activities, key=lambda row: row.timestamp, reverse=True)
            yield replace(reads[-1], activities=tuple(newest_first))

    def closing(self, rows: int) -> Iterator[observation.Observation]:
        """Yield the facts to fold after the rows: listing results, and whether it settled.

        Yield nothing if a listing had read more rows than these: then some were not restored, and
        only a new listing can describe the whole.
        """
        ends = [
            o for o in self.head if isinstance(o, observation.ListingEnded | observation.Settled)
        ]
        read = [ended.read for ended in ends if isinstance(ended, observation.ListingEnded)]
        if max(read, default=0) <= rows:
            yield from ends


class RecordedScan(KnownScan):
    """A scan that can report all its facts again."""

    def recorded_facts(self) -> Iterator[observation.Observation]:
        """Return them as a snapshot of all rows, taken now."""
        log = tuple(self._log.oldest_first[::-1])
        before, after = list(self._facts_before_rows(log)), list(self._facts_after_rows())
        findings, asked_s = dict(self._rows.findings), dict(self._rows.asked_s)
        readings, snoozes = self._rows.seen.all_readings(), dict(self._rows.snoozes)

        def row_facts() -> Iterator[observation.Observation]:
            for finding_id, finding in findings.items():
                seen = ((finding_id, readings[finding_id]),) if finding_id in readings else ()
                yield observation.FindingsListed(
                    self.id, asked_s[finding_id], (finding,), seen, is_kept=True
                )
            for finding_id in sorted(snoozes.keys() - findings.keys()):  # which may come back
                kept = snoozes[finding_id]
                yield observation.Snoozed(self.id, (finding_id,), kept.until, snooze=kept)
            for finding_id, finding in findings.items():  # no new row takes over a snooze
                snooze = snoozes.get(finding_id)
                if finding.snoozed_until is not None and snooze is not None:
                    yield observation.Snoozed(
                        self.id, (finding_id,), finding.snoozed_until, snooze=snooze
                    )
                elif finding.is_back:
                    yield observation.Snoozed(self.id, (finding_id,), finding.updated_at)
                    yield observation.Snoozed(self.id, (finding_id,), None, is_over=True)

        return chain(before, row_facts(), after)

    def kept_facts(self) -> tuple[observation.Observation, ...]:
        """Return the facts that a later session needs, except its findings and its log.

        Empty until something is received: nothing is kept of a scan that was never read. Facts
        about this session alone are left out: its connection, lost events and pending requests.
        """
        is_read = self.repo_id is not None or self.source in (
            observation.ScanSource.LISTING,
            observation.ScanSource.STREAM,
        )
        if self.last_update_at_s is None or not is_read:
            return ()
        facts, rows = list[observation.Observation](), len(self.findings)
        for fact in chain(self._facts_before_rows(()), self._facts_after_rows()):
            kept = for_later_session(fact)
            if (
                isinstance(kept, observation.ListingEnded)
                and kept.asked_at_s != self.sync_status.asked_at_s
            ):
                kept = replace(kept, total=rows, read=rows)  # an earlier one: all rows are needed
            if kept is not None:
                facts.append(kept)
        return tuple(facts)

    def kept_row(self, finding_id: FindingId) -> observation.FindingsListed:
        """Return a finding as the answer that reported it.

        Raises:
            KeyError: the scan has no such finding.
        """
        readings = self._rows.seen.readings_of(finding_id)
        seen = ((finding_id, readings),) if readings else ()
        finding, asked_at_s = self.findings[finding_id], self.asked_at_s(finding_id)
        return observation.FindingsListed(self.id, asked_at_s, (finding,), seen)

    def _facts_before_rows(
        self, log: tuple[observation.Activity, ...]
    ) -> Iterator[observation.Observation]:
        if not self.sync_status.has_skips:  # they came before the scan was gone
            yield from self._skips()
        if self._gone_at_s > float("-inf"):
            yield observation.ScanGone(self.id, self._gone_at_s, self.lost_rows)
        if self.source is not None:
            yield observation.SourceSeen(self.id, self._asked["source"], self.source)
        if self.repo_name or self.branch:
            yield observation.RepoRead(self.id, self.repo_name, self.branch)
        yield from self._scan_reads()
        yield from self._live_reads(log)
        yield from self._stage_rows.events(self.id)
        if (newest := self.status_seen) is not None:
            for status in sorted(TERMINAL_STATUSES):  # events that report earlier ends
                at = self._ends.ended_at(status)
                if at is not None and at <= newest.stamped_at:
                    yield observation.StatusSeen(self.id, self._first_s(), at, status)
            yield newest
        yield from filter(None, (self.end_seen,))
        if self.gaps:
            yield observation.GapsSeen(self.id, self._announced.gaps_heard_s, self.gaps)

    def _facts_after_rows(self) -> Iterator[observation.Observation]:
        yield from self.sync_status.endings(self.id)
        if self.last_answer_at_s is not None:  # it may have brought no row
            yield observation.FindingsListed(self.id, self.last_answer_at_s, ())
        if self.recount_at_s is not None:
            yield observation.CountsCompared(self.id, self._asked["compared"], self.recount_at_s)
        if self.sync_status.has_skips:
            yield from self._skips()
        for at_s, status in self._ends.readings():
            if status == "cancelled" and self._is_from_cancel(at_s, status):
                yield observation.CancelAsked(self.id, at_s, observation.CancelAnswer.DONE)
        yield from filter(None, (self._cancel,))
        yield observation.Settled(self.id, self.is_settled, self.looks_until_s, self.has_stayed)
        yield from filter(None, (self.connection,))

    def _skips(self) -> Iterator[observation.EventsSkipped]:
        for at_s in sorted(self._unread_at_s):
            yield observation.EventsSkipped(self.id, at_s, is_unreadable=True)
        if self._skipped_at_s is not None and not self.is_event_unread:
            yield observation.EventsSkipped(self.id, self._skipped_at_s)

    def _first_s(self) -> float:
        readings = [at_s for at_s, _ in self._ends.readings()]
        return min([self.last_answer_at_s or 0.0, *self._asked.values(), *readings]) - 10.0

    def _scan_reads(self) -> Iterator[observation.ScanRead]:
        """Yield the newest answer of the scan, after those that hold attempts and statuses."""
        if self.repo_id is None or self.created_at is None:
            return
        read = observation.ScanRead(
            self.id,
            self._first_s(),
            self.repo_id,
            EARLIER_STATUS,
            self.commit_sha,
            self.error,
            self.created_at,
            self.started_at,
            self._completed_at,
            self.updated_at or self.created_at,
        )
        asked_s = self._asked["scan"]
        for started_at in sorted(self._attempts):
            yield replace(read, started_at=started_at)
        for (began_at, status), since in self._stage_rows.status_since.items():
            yield replace(read, status=status, started_at=began_at, updated_at=since)
        for at_s, status, at in self._readings():
            if at_s <= asked_s:
                reported = replace(read, asked_at_s=at_s, status=status, started_at=None)
                yield replace(reported, updated_at=at or read.updated_at)
        yield replace(read, asked_at_s=asked_s, status=self._status_at(asked_s))

    def _live_reads(self, log: tuple[observation.Activity, ...]) -> Iterator[observation.LiveRead]:
        """Yield the newest `/live` answer with the whole log, after those that hold starts."""
        if self.reported_counts is None:
            return
        asked_s = self._asked["live"]
        live = observation.LiveRead(
            self.id,
            asked_s,
            self._status_at(asked_s),
            self.error,
            self.updated_at if asked_s == self._asked["words"] else None,
            self.reported_counts,
            self._stage_rows.answers,
            log,
            self.fallback,
            self.fallback_at,
            self.has_report,
            tuple(gap.newer.key for gap in self.log_gaps),
            self.not_scanned,
            self.not_taken,
        )
        early = replace(
            live,
            asked_at_s=self._first_s(),
            status=EARLIER_STATUS,
            updated_at=None,
            stages=self._stage_rows.starts,
            activities=(),
            cut_at=(),
        )
        yield early
        for at_s, status, at in self._readings():
            if at_s > self._asked.get("scan", float("-inf")):
                yield replace(early, asked_at_s=at_s, status=status, updated_at=at, stages=())
        yield live

    def _readings(self) -> Iterator[tuple[float, str, datetime | None]]:
        """Yield the statuses of answers, just before each answer, and when an end was written."""
        for at_s, status in self._ends.readings():
            if not self._is_from_cancel(at_s, status):
                yield at_s - JUST_BEFORE_S, status, self._ends.ended_at(status)

    def _is_from_cancel(self, at_s: float, status: str) -> bool:
        """Return whether a status comes only from an accepted cancel, which has no server time."""
        has_no_moment = status in TERMINAL_STATUSES and self._ends.ended_at(status) is None
        return has_no_moment or at_s > self._asked.get("words", float("-inf"))

    def _status_at(self, asked_s: float) -> str:
        """Return a status that REST may have reported at a moment, so that nothing changes."""
        exactly = (status for at_s, status in self._ends.readings() if at_s == asked_s)
        reported = next(exactly, self._status.rest or EARLIER_STATUS)
        if reported not in TERMINAL_STATUSES:
            return reported
        since_s = self._ends.since_s(reported)
        return reported if since_s is not None and since_s <= asked_s else EARLIER_STATUS


def for_later_session(fact: observation.Observation) -> observation.Observation | None:
    """Return a fact as a later session needs it, None if it is about this session alone."""
    match fact:
        case (
            observation.EventsSkipped()
            | observation.ScanGone()
            | observation.CountsCompared()
            | observation.ConnectionSeen()
        ):
            return None
        case observation.CancelAsked():
            return fact if fact.answer is observation.CancelAnswer.DONE else None
        case observation.Settled():
            return observation.Settled(fact.scan_id, is_settled=True) if fact.is_settled else None
        case observation.ListingEnded():
            return replace(fact, retry_at_s=None, recovered=0)
        case _:
            return fact
