"""A watched scan: folds observations in, in any order and any number of times.

`Scan.observe` is the only place where facts are combined. It is idempotent (a known observation
changes nothing), tolerant (unknown stages, words and ids) and ordered by the age of an observation,
never by arrival:

* of two REST answers the one requested later wins (protocol.md T-27);
* of two stream events the one the server stamped later wins (3.10);
* a REST answer wins over an event if it was requested after the event was received.
"""

from datetime import datetime
from operator import attrgetter

from msgspec.structs import replace

from heimdall_desktop.domain.facts import change, observation
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.known_scan import Outcome
from heimdall_desktop.domain.facts.listed_rows import TextRoom
from heimdall_desktop.domain.facts.recorded import RecordedScan
from heimdall_desktop.domain.facts.snooze import Snooze

__all__ = ["Outcome", "Scan"]

UNREAD_LIMIT = 1_000  # events that could not be read, counted up to this number
ATTEMPTS_LIMIT = 1_000  # that are counted; the server makes three, revivals and parallel runs more

_ANSWERS = (observation.ScanRead, observation.LiveRead, observation.FindingsListed)

#: All that is shown of a scan besides its findings, stages, log and connection.
_header = attrgetter(
    *("status", "is_settled", "repo_name", "branch", "commit_sha", "started_at", "completed_at"),
    *(
        "updated_at",
        "error",
        "fallback",
        "fallback_at",
        "has_report",
        "sync_status",
        "reported_counts",
    ),
    *("recount_at_s", "not_scanned", "not_taken", "is_checked_to_the_end", "is_cancelling"),
    *("source", "gaps", "announced_counts", "is_cancel_refused", "looks_until_s", "has_stayed"),
)


class Scan(RecordedScan):
    """A scan into which facts are folded; `KnownScan` holds the result."""

    def observe(self, fact: observation.Observation) -> list[change.Change]:
        """Fold one fact in and return what it changed; nothing if it was known."""
        if isinstance(fact, _ANSWERS):
            known_s = self.last_answer_at_s
            asked_at_s = fact.asked_at_s  # below 0 if an earlier session requested it
            self.last_answer_at_s = asked_at_s if known_s is None else max(known_s, asked_at_s)
        match fact:
            case observation.FindingsListed():
                return self._read_findings(fact)
            case observation.Snoozed(_, finding_ids, until, is_over, snooze):
                rows = self._rows.snooze(finding_ids, until, is_over=is_over, snooze=snooze)
                return [change.FindingReplaced(newest, known) for newest, known in rows]
            case observation.RowMissing(_, asked_at_s, finding_id):
                if self.is_stream_only:
                    return []
                dropped = self._rows.drop_announced(finding_id, asked_at_s)
                if dropped is None:
                    return []
                return [change.FindingDropped(dropped), change.ScanMoved(self.id)]
            case observation.ConnectionSeen():
                if fact == self.connection:
                    return []
                self.connection = fact
                return [change.ConnectionMoved(self.id)]
            case observation.ScanGone():
                return self._empty(fact)
            case _:
                before, stages = _header(self), self.stages
                added = self._fold(fact)
                changes: list[change.Change] = [
                    change.ActivityAdded(self.id, activity) for activity in added
                ]
                if self.stages != stages:
                    changes.append(change.StagesMoved(self.id))
                if added or _header(self) != before:
                    changes.append(change.ScanMoved(self.id))
                return changes

    def share(self, room: TextRoom) -> None:
        self._rows.move_to(room)

    def use_snoozes(self, snoozes: dict[FindingId, Snooze]) -> None:
        """Keep the snoozes of its findings there; call this before any finding is read."""
        self._rows.snoozes = snoozes

    def _fold(
        self,
        fact: observation.ScanRead
        | observation.RepoRead
        | observation.LiveRead
        | observation.StageSeen
        | observation.StatusSeen
        | observation.EndSeen
        | observation.SourceSeen
        | observation.GapsSeen
        | observation.ListingEnded
        | observation.CountsCompared
        | observation.EventsSkipped
        | observation.CancelAsked
        | observation.Settled,
    ) -> list[observation.Activity]:
        match fact:
            case observation.ScanRead():
                self._read_scan(fact)
            case observation.RepoRead():
                self.repo_name = fact.name or self.repo_name
                self.branch = fact.branch
            case observation.LiveRead():
                return self._read_live(fact)
            case observation.StageSeen():
                self._stage_rows.see_update(fact)
                self._show_stages()
            case observation.StatusSeen():
                self._status.by_stream(fact.stamped_at, fact.heard_at_s, fact.status)
                self._ends.note(fact.status, fact.stamped_at)
                self._announced.see(fact)
            case observation.EndSeen() | observation.GapsSeen():
                self._announced.see(fact)
            case observation.SourceSeen(_, found_at_s, source):
                if self._is_newer("source", found_at_s):
                    self.source = source
                    self._show_stages()
            case observation.ListingEnded():
                self._end_listing(fact)
            case observation.CountsCompared():
                asked_at_s = fact.asked_at_s
                if asked_at_s > self._gone_at_s and self._is_newer("compared", asked_at_s):
                    self.recount_at_s = fact.recount_at_s
            case observation.EventsSkipped():
                known_s, heard_at_s = self._skipped_at_s, fact.heard_at_s
                self._skipped_at_s = heard_at_s if known_s is None else max(known_s, heard_at_s)
                if fact.is_unreadable:
                    self._unread_at_s.add(heard_at_s)
                    if len(self._unread_at_s) > UNREAD_LIMIT:
                        self._unread_at_s.remove(min(self._unread_at_s))
                self.sync_status = replace(self.sync_status, has_skips=True)
            case observation.CancelAsked():
                if self._cancel is None or fact.at_s > self._cancel.at_s:
                    self._cancel = fact
                if fact.answer is observation.CancelAnswer.DONE:  # as good as a REST answer
                    self._read_status(fact.at_s, "cancelled")
            case observation.Settled():
                self.is_settled = fact.is_settled
                self.looks_until_s = fact.looks_until_s
                self.has_stayed = fact.has_stayed
        return []

    def _read_scan(self, read: observation.ScanRead) -> None:
        self._read_status(read.asked_at_s, read.status, read.updated_at)
        self._stage_rows.read_status(read)
        if read.started_at is not None and len(self._attempts) < ATTEMPTS_LIMIT:
            self._attempts.add(read.started_at)
        if not self._is_newer("scan", read.asked_at_s):
            return
        self.repo_id = read.repo_id
        self.commit_sha = read.commit_sha
        self.created_at = read.created_at
        self.started_at = read.started_at
        self._completed_at = read.completed_at
        if self._is_newer("words", read.asked_at_s):
            self.error, self.updated_at = read.error, read.updated_at
        self._show_stages()

    def _read_live(self, read: observation.LiveRead) -> list[observation.Activity]:
        if self._is_newer("source", read.asked_at_s):
            self.source = observation.ScanSource.LIVE
        self._read_status(read.asked_at_s, read.status, read.updated_at)
        self._stage_rows.read_live(read)
        self._show_stages()
        if self._is_newer("words", read.asked_at_s):
            self.error, self.updated_at = read.error, read.updated_at or self.updated_at
        if self._is_newer("live", read.asked_at_s):
            self.reported_counts, self.fallback = read.counts, read.fallback
            self.not_scanned, self.not_taken = read.not_scanned, read.not_taken
            self.fallback_at, self.has_report = read.fallback_at, read.has_report
        return self._log.merge(read.activities, read.cut_at)

    def _show_stages(self) -> None:
        is_whole = self.source is None or self.source is observation.ScanSource.LIVE
        self.stages = self._stage_rows.shown(self.started_at, None if is_whole else self._status)

    def _read_status(self, asked_at_s: float, status: str, at: datetime | None = None) -> None:
        self._status.by_rest(asked_at_s, status)
        self._ends.read_status(asked_at_s, status)
        self._ends.note(status, at)

    def _empty(self, gone: observation.ScanGone) -> list[change.Change]:
        """Remove the rows: only the end of the scan itself removes any."""
        self._gone_at_s = max(self._gone_at_s, gone.asked_at_s)
        was_listed = self.sync_status != observation.SyncStatus()
        self.sync_status, self.has_listed_once = observation.SyncStatus(), False
        self.recount_at_s = None
        self._recovered.clear()
        self.lost_rows = len(self.findings) or gone.lost_rows or self.lost_rows
        if not self.findings:
            return [change.ScanMoved(self.id)] if was_listed else []
        self._rows.clear()
        return [change.ScanEmptied(self.id), change.ScanMoved(self.id)]

    def _read_findings(self, listed: observation.FindingsListed) -> list[change.Change]:
        if listed.asked_at_s <= self._gone_at_s:
            return []
        changes: list[change.Change] = []
        for finding_id, readings in listed.seen_before:
            self._rows.seen.recall(finding_id, readings)
        for row in listed.findings:
            for newest, known in self._rows.read_row(listed.asked_at_s, row):
                if known is not None:
                    changes.append(change.FindingReplaced(newest, known))
                    continue
                is_news = self.has_listed_once or newest.is_announced
                is_first_read = listed.is_kept or not is_news
                changes.append(change.FindingAdded(newest, is_first_read=is_first_read))
        if changes:
            changes.append(change.ScanMoved(self.id))
        return changes

    def _end_listing(self, ended: observation.ListingEnded) -> None:
        if ended.asked_at_s <= self._gone_at_s:
            return
        if ended.recovered:
            self._recovered[ended.asked_at_s] = ended.recovered
            self.sync_status = replace(self.sync_status, recovered=sum(self._recovered.values()))
        if not self.has_listed_once:
            self.has_listed_once, self.lost_rows = True, 0
        self.sync_status = self.sync_status.after(ended)

    def _is_newer(self, what: str, asked_at_s: float) -> bool:
        if asked_at_s <= self._asked.get(what, float("-inf")):
            return False
        self._asked[what] = asked_at_s
        return True
