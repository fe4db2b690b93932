"""All reported facts of a scan, from which the same scan is rebuilt: the start of a recording.

Each fact has the moment at which it was reported, so that later facts apply as they did to the
original scan. A later session needs less of a scan: see `past`.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.known_scan import KnownScan
from heimdall_desktop.domain.facts.observation import (
    CancelAnswer,
    CancelAsked,
    Counts,
    CountsCompared,
    EventsSkipped,
    FindingsListed,
    GapsSeen,
    LiveRead,
    Observation,
    RepoRead,
    ScanGone,
    ScanRead,
    Settled,
    Snoozed,
    SourceSeen,
    StatusSeen,
)
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES

JUST_BEFORE_S = 1e-6
EARLIER_STATUS = "queued"  # status of earlier answers; `completed` would be older than the listing


class RetoldScan(KnownScan):
    """A scan that can report all its facts again."""

    def retold(self) -> Iterator[Observation]:
        """Return the facts that rebuild its current state, unaffected by later facts."""
        before, after = list(self._before_rows()), list(self._after_rows())
        return chain(before, self._rows_now(), after)

    def told_scan(self, asked_at_s: float, status: str) -> ScanRead | None:
        """Return an answer with all that is known of the scan; None before the first answer."""
        if self.repo_id is None or self.created_at is None:
            return None
        return ScanRead(
            self.id,
            asked_at_s,
            self.repo_id,
            status,
            self.commit_sha,
            self.error,
            self.created_at,
            self.started_at,
            self._completed_at,
            self.updated_at or self.created_at,
        )

    def told_live(self, asked_at_s: float, status: str, counts: Counts) -> LiveRead:
        """Return a `/live` answer with all that is known except the log."""
        return LiveRead(
            self.id,
            asked_at_s,
            status,
            self.error,
            self.updated_at,
            counts,
            self.stage_rows,
            (),
            self.fallback,
            self.fallback_at,
            self.has_report,
            tuple(gap.newer.key for gap in self.log_gaps),
            self.unlooked,
            self.not_taken,
        )

    def _before_rows(self) -> Iterator[Observation]:
        if not self.ledger.has_skips:  # they came before the scan was gone
            yield from self._skips()
        if self._gone_at_s > float("-inf"):
            yield ScanGone(self.id, self._gone_at_s, self.lost_rows)
        if self.source is not None:
            yield SourceSeen(self.id, self._asked["source"], self.source)
        if self.repo_name or self.branch:
            yield RepoRead(self.id, self.repo_name, self.branch)
        yield from self._scan_reads()
        yield from self._live_reads()
        yield from self._stage_rows.events(self.id)
        yield from self._status_events()
        yield from filter(None, (self.end_seen,))
        if self.gaps:
            yield GapsSeen(self.id, self._announced.gaps_heard_s, self.gaps)

    def _after_rows(self) -> Iterator[Observation]:
        yield from self.ledger.endings(self.id)
        if self.last_answer_at_s is not None:  # it may have brought no row
            yield FindingsListed(self.id, self.last_answer_at_s, ())
        if self.recount_at_s is not None:
            yield CountsCompared(self.id, self._asked["compared"], self.recount_at_s)
        if self.ledger.has_skips:
            yield from self._skips()
        for at_s, status in self._ends.readings():
            if status == "cancelled" and self._is_told_by_cancel(at_s, status):
                yield CancelAsked(self.id, at_s, CancelAnswer.DONE)
        yield from filter(None, (self._cancel,))
        yield Settled(self.id, self.is_settled, self.looks_until_s, self.has_stayed)
        yield from filter(None, (self.connection,))

    def _skips(self) -> Iterator[EventsSkipped]:
        for at_s in sorted(self._unread_at_s):
            yield EventsSkipped(self.id, at_s, is_unreadable=True)
        if self._skipped_at_s is not None and not self.is_event_unread:
            yield EventsSkipped(self.id, self._skipped_at_s)

    def _first_s(self) -> float:
        """Return a moment before all answers."""
        readings = [at_s for at_s, _ in self._ends.readings()]
        return min([self.last_answer_at_s or 0.0, *self._asked.values(), *readings]) - 10.0

    def _scan_reads(self) -> Iterator[ScanRead]:
        """Yield the newest answer of the scan, after those that hold attempts and statuses."""
        read = self.told_scan(self._first_s(), EARLIER_STATUS)
        if read is None:
            return
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

    def _live_reads(self) -> Iterator[LiveRead]:
        """Yield the newest `/live` answer with the whole log, after those that hold starts."""
        if self.told_counts is None:
            return
        asked_s = self._asked["live"]
        live = replace(
            self.told_live(asked_s, self._status_at(asked_s), self.told_counts),
            updated_at=self.updated_at if asked_s == self._asked["words"] else None,
            stages=self._stage_rows.answers,
            activities=tuple(self._log.newest_first()),
        )
        early = replace(
            live,
            asked_at_s=self._first_s(),
            status=EARLIER_STATUS,
            updated_at=None,
            stages=self.stage_starts,
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
            if not self._is_told_by_cancel(at_s, status):
                yield at_s - JUST_BEFORE_S, status, self._ends.ended_at(status)

    def _is_told_by_cancel(self, at_s: float, status: str) -> bool:
        """Return whether a status comes only from an accepted cancel, which has no server time."""
        has_no_moment = status in TERMINAL_STATUSES and self._ends.ended_at(status) is None
        return has_no_moment or at_s > self._asked.get("words", float("-inf"))

    def _status_events(self) -> Iterator[StatusSeen]:
        """Yield the newest status event, after those that report ends."""
        newest = self.status_seen
        if newest is not None:
            for status in sorted(TERMINAL_STATUSES):
                at = self._ends.ended_at(status)
                if at is not None and at <= newest.stamped_at:
                    yield StatusSeen(self.id, self._first_s(), at, status)
            yield newest

    def _status_at(self, asked_s: float) -> str:
        """Return a status that REST may have reported at a moment, so that nothing changes."""
        exactly = (status for at_s, status in self._ends.readings() if at_s == asked_s)
        reported = next(exactly, self._status.rest or EARLIER_STATUS)
        if reported not in TERMINAL_STATUSES:
            return reported
        since_s = self._ends.since_s(reported)
        return reported if since_s is not None and since_s <= asked_s else EARLIER_STATUS

    def _rows_now(self) -> Iterator[Observation]:
        findings, asked_s, readings = self._rows.rows_now()
        snoozes = dict(self._rows.snoozes)

        def told() -> Iterator[Observation]:
            for finding_id, finding in findings.items():
                seen = ((finding_id, readings[finding_id]),) if finding_id in readings else ()
                yield FindingsListed(self.id, asked_s[finding_id], (finding,), seen, is_kept=True)
            for finding_id in sorted(snoozes.keys() - findings.keys()):  # which may come back
                kept = snoozes[finding_id]
                yield Snoozed(self.id, (finding_id,), kept.until, snooze=kept)
            for finding_id, finding in findings.items():  # no new row takes over a snooze
                ids: tuple[FindingId, ...] = (finding_id,)
                snooze = snoozes.get(finding_id)
                if finding.snoozed_until is not None and snooze is not None:
                    yield Snoozed(self.id, ids, finding.snoozed_until, snooze=snooze)
                elif finding.is_back:
                    yield Snoozed(self.id, ids, finding.updated_at)
                    yield Snoozed(self.id, ids, None, is_over=True)

        return told()
