"""Which changes are worth an alert, by `RULES`. Pure; time comes by argument.

Each change is judged once, for the inbox and for the notifications. Source: ux.md 2.5, rules 1, 4
and 6: a finding, or an incident of a scan, is told once, over all sessions; what came while we were
away is one notification; what is true no more is taken back.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from heimdall_desktop.domain.alerts.alert import (
    Action,
    Alert,
    InboxLine,
    LogEntry,
    Raised,
    Reason,
    ScanForgotten,
    ToldRecord,
    Updated,
    Withdrawn,
)
from heimdall_desktop.domain.alerts.catch_up import CatchUpTracker
from heimdall_desktop.domain.alerts.coalescing import AlertCoalescer
from heimdall_desktop.domain.alerts.pending_alert import PendingAlert
from heimdall_desktop.domain.alerts.rules import (
    CRITICAL,
    FAILED,
    RULES,
    Channel,
    Event,
    FindingRule,
    Rule,
    ScanRule,
    Subject,
    is_open,
)
from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Severity, Verdict
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.repeats import RetryDuplicates, is_same_place
from heimdall_desktop.domain.facts.scan import Outcome, Scan

_About = tuple[Event, ScanId]


class AlertPolicy:
    """Turns changes into alerts and lines of the inbox; knows what has been told.

    Args:
        clock: monotonic seconds.
        scan_name: the name of a scan as shown, "" if it is gone.
        has_listed_once: whether a scan's first listing has ended, so that what it held is known.
        scans: all watched scans; looked through again each time.
        attempt_starts: when each attempt of a scan began, by the server's clock.
        session: tells the keys of this session from those that an inbox keeps of earlier ones.
        rules: what is worth an alert.

    Attributes:
        notifications: what is told, or to be told, on the desktop.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        scan_name: Callable[[ScanId], str],
        has_listed_once: Callable[[ScanId], bool],
        scans: Iterable[Scan] = (),
        attempt_starts: Callable[[ScanId], Iterable[datetime]] = lambda _scan_id: (),
        session: str = "",
        rules: Iterable[Rule] = RULES,
    ) -> None:
        self._scan_name = scan_name
        self._has_listed_once = has_listed_once
        self._scans = scans
        self._catch_up = CatchUpTracker(clock, scans)
        rules = tuple(rules)
        self._finding_rules = [rule for rule in rules if isinstance(rule, FindingRule)]
        self._scan_rules = [rule for rule in rules if isinstance(rule, ScanRule)]
        self.notifications = AlertCoalescer(clock, scan_name, self._record, session)
        self._log: list[LogEntry] = []
        self._lines: dict[FindingId, str] = {}
        self._confirmed: set[FindingId] = set()  # seen so, and told so where that was news
        self._handed_over: set[FindingId] = set()  # a newer row of the finding has the line
        self._duplicates = RetryDuplicates(attempt_starts)
        self._counted_in: dict[FindingId, PendingAlert] = {}
        self._incidents: dict[_About, str] = {}  # the last one of each that was told
        self._told_in: dict[_About, Alert] = {}  # by a digest, before it was sure
        self._standing: set[_About] = set()
        self._seen_without: set[_About] = set()
        self._first_reads: dict[ScanId, PendingAlert] = {}
        self._digest: PendingAlert | None = None
        self._silent_first_reads: set[ScanId] = set()
        self._silenced: list[ToldRecord] = []

    # -- what came before, and what was missed --

    def recall(self, told: Iterable[ToldRecord], lines: Iterable[InboxLine] = ()) -> None:
        """Take in what earlier sessions told and wrote down, so that none of it is told again."""
        for record in told:
            scan_id, finding_id, mark = record
            if record.is_of_scan:
                about = Event(finding_id), scan_id
                self._incidents[about] = mark
                self._standing.add(about)
                continue
            self.notifications.recall(record)
            if record.confirmed is None:
                self._duplicates.recall(scan_id, mark, finding_id)
            else:
                self._confirmed.add(record.confirmed)
        for line in lines:
            if line.finding_id and not line.is_summary:
                first = FindingId(line.key)
                self._lines[first] = self._lines[line.finding_id] = line.key
                self._handed_over |= {first} - {line.finding_id}

    def restore(self, scan_id: ScanId, *, is_remembered: bool) -> None:
        """A scan of an earlier session is watched again: what is new of it makes one digest.

        Args:
            scan_id: the scan.
            is_remembered: what it held and what was told of it came back too. If not, nothing tells
                what of it is new, so nothing is said of what it holds already.
        """
        self._catch_up.restore(scan_id)
        if not is_remembered:
            self._silent_first_reads.add(scan_id)

    def wake(self) -> None:
        """The machine was away: what came meanwhile makes one digest."""
        self._catch_up.wake()

    # -- what comes --

    def take(self, changes: Iterable[Change]) -> list[LogEntry | Action]:
        """Return what the changes are worth: first lines of the inbox, then notifications."""
        self._catch_up.look()
        actions: list[Action] = []
        changes = list(changes)
        again = [
            change.finding
            for change in changes
            if isinstance(change, FindingReplaced)
            and change.finding.is_repeat
            and change.finding.id in self._lines
        ]
        for change in changes:
            match change:
                case FindingAdded(finding, is_first_read):
                    rule = self._rule_of(finding)
                    self._hand_over(finding, again)
                    self._write(finding, rule, is_news=not is_first_read)
                    self._count_high(finding, is_new=not is_first_read)
                    if is_first_read:
                        self._note_first_read(finding, rule)
                    else:
                        actions += self._follow(finding, rule)
                case FindingReplaced(finding, previous):
                    rule = self._rule_of(finding)
                    self._write(finding, rule, is_news=self._rule_of(previous) is None)
                    self._count_high(finding, is_new=False)
                    actions += self._follow(finding, rule)
                case FindingDropped(finding):
                    if key := self._lines.get(finding.id):
                        self._log.append(Withdrawn(key, Event.CRITICAL, finding, Reason.NO_ROW))
                    self._count_high(finding, is_new=False)
                    actions += self._let_go(finding)
                case ScanRemoved(scan_id) | ScanEmptied(scan_id):
                    is_gone = isinstance(change, ScanEmptied)
                    reason = Reason.SCAN_GONE if is_gone else Reason.SCAN_LEFT
                    self._log.append(ScanForgotten(scan_id, reason))
                    actions += self._forget(scan_id)
                case _:
                    pass
        self._end_first_reads()
        actions += self.notifications.tell_noted()
        actions += self._tell_digest()
        return self._with_log([*actions, *self._follow_scans()])

    def take_silenced(self) -> list[ToldRecord]:
        """Return, once, what is held to be told already although no alert of ours tells it."""
        silenced, self._silenced = self._silenced, []
        return silenced

    def tick(self) -> list[LogEntry | Action]:
        """Return the replacements whose window has ended by now, and a digest that is late.

        Not one that is complete: rows of its last listing may not have been taken yet.
        """
        self._catch_up.look()
        actions = self.notifications.end_windows()
        actions += self._end_digest() if self._catch_up.is_late() else []
        return self._with_log([*actions, *self._follow_scans()])

    def _with_log(self, actions: Iterable[Action]) -> list[LogEntry | Action]:
        log, self._log = self._log, []
        return [*log, *actions]

    def _rule_of(self, finding: Finding) -> FindingRule | None:
        """Return the rule that holds of a finding; None if there is none."""
        return next((rule for rule in self._finding_rules if rule.holds(finding)), None)

    # -- lines of findings --

    def _hand_over(self, newer: Finding, again: Iterable[Finding]) -> None:
        """Let the line of a finding lead to the row under which a retry found it again (T-9)."""
        for older in again:
            if older.scan_id == newer.scan_id and is_same_place(newer, older):
                self._lines[newer.id] = self._lines[older.id]
                self._handed_over.add(older.id)

    def _write(self, finding: Finding, rule: FindingRule | None, *, is_news: bool) -> None:
        """Write down that a finding has become worth a line, or how it stands now."""
        key = self._lines.get(finding.id)
        if finding.id in self._handed_over:
            return
        if key is None:
            if rule is not None and is_news:
                self._lines[finding.id] = finding.id
                name = self._scan_name(finding.scan_id)
                self._log.append(Raised(finding.id, rule.event, finding, name))
        elif rule is not None:
            self._log.append(Updated(key, rule.event, finding))
        else:
            self._log.append(Withdrawn(key, Event.CRITICAL, finding))

    # -- findings --

    def _follow(self, finding: Finding, rule: FindingRule | None) -> list[Action]:
        """Follow a row that is new or another one now: critical, confirmed, lowered, triaged."""
        pending = self.notifications.alert_of(finding.id)
        is_confirmed_now = self._is_confirmed_now(finding)
        if rule is None or not _is_to_tell(rule, finding):
            return self._let_older_go(finding) if pending is None else self._let_go(finding)
        if pending is not None:
            if self._has_newer(finding):
                return self.notifications.let_go(finding)
            former = pending.findings[finding.id]
            pending.findings[finding.id] = finding
            if is_confirmed_now and pending.is_shown:
                self.notifications.confirm(rule, finding)
            elif former.verdict is not finding.verdict:
                return self.notifications.renew(pending)
        elif self.notifications.knows(finding.id):
            if is_confirmed_now and self.notifications.has_told(finding.id):
                self.notifications.confirm(rule, finding)
        elif self._is_told_otherwise(finding):
            if line := self._lines.get(finding.id):
                self._log.append(Updated(line, rule.event, finding, is_told_otherwise=True))
        elif self._catch_up.collects(finding.scan_id):
            self._put(finding, self._open_digest())
        else:
            self.notifications.note(rule, finding)
            self._duplicates.put(finding)
        return []

    def _is_confirmed_now(self, finding: Finding) -> bool:
        """Return whether a finding is confirmed for the first time; once for each finding."""
        if finding.verdict is not Verdict.CONFIRMED or finding.id in self._confirmed:
            return False
        self._confirmed.add(finding.id)
        return True

    def _let_go(self, finding: Finding) -> list[Action]:
        """Take back what is told of a finding that is worth telling no more, or has left."""
        if not self.notifications.has_told(finding.id):
            self._duplicates.forget(finding)
        return self.notifications.let_go(finding)

    def _has_newer(self, finding: Finding) -> bool:
        """Whether it is a repeat, told before that was known, whose newest row is told as well."""
        newest = self._duplicates.newest_of(finding) if finding.is_repeat else None
        if newest is None or newest == finding.id:
            return False
        return self.notifications.alert_of(newest) is not None

    def _let_older_go(self, newest: Finding) -> list[Action]:
        """Take back an older row of a finding whose newest is untold, and worth no alert."""
        older = None if newest.is_repeat else self._duplicates.older_of(newest)
        pending = None if older is None else self.notifications.alert_of(older)
        if older is None or pending is None:
            return []
        return self.notifications.let_go(pending.findings[older])

    def _is_told_otherwise(self, finding: Finding) -> bool:
        """Whether another row of the same problem is told, or will be: of a retry (T-9)."""
        if finding.is_repeat or self._duplicates.has_older(finding):
            return True
        older = self._duplicates.older_of(finding)  # known to be a repeat, but not of when (T-9)
        pending = None if older is None else self.notifications.alert_of(older)
        return older is not None and pending is not None and pending.findings[older].is_repeat

    def _note_first_read(self, finding: Finding, rule: FindingRule | None) -> None:
        self._is_confirmed_now(finding)  # as it was found: no news
        if rule is None or not _is_to_tell(rule, finding):
            return
        if self.notifications.knows(finding.id) or self._is_told_otherwise(finding):
            return
        scan_id = finding.scan_id
        if scan_id in self._silent_first_reads:
            self.notifications.silence(finding.id)
            self._silenced.append(_record_of(finding))
        elif self._catch_up.collects(scan_id):
            self._put(finding, self._open_digest())
        else:
            if scan_id not in self._first_reads:
                self._first_reads[scan_id] = self.notifications.begin(rule)
            self._put(finding, self._first_reads[scan_id])

    def _end_first_reads(self) -> None:
        ready = [scan_id for scan_id in self._first_reads if self._has_listed_once(scan_id)]
        for scan_id in ready:
            self.notifications.note_held(scan_id, self._first_reads.pop(scan_id))

    def _put(self, finding: Finding, pending: PendingAlert) -> None:
        self.notifications.put(finding, pending)
        self._duplicates.put(finding)

    def _forget(self, scan_id: ScanId) -> list[Action]:
        self._catch_up.forget(scan_id)
        for abouts in (self._standing, self._seen_without):
            abouts -= {(rule.event, scan_id) for rule in self._scan_rules}
        self._first_reads.pop(scan_id, None)
        self._silent_first_reads.discard(scan_id)
        return self.notifications.forget(scan_id, self._digest)

    # -- scans --

    def _follow_scans(self) -> list[Action]:
        """Follow all scans that are heard of by all rules about scans."""
        actions: list[Action] = []
        for scan in self._scans:
            is_gone = scan.connection_state is Connection.GONE
            if scan.last_told_at_s is not None and not is_gone:
                for rule in self._scan_rules:
                    actions += self._follow_scan(rule, scan)
        return [*actions, *self.notifications.tell_noted()]

    def _follow_scan(self, rule: ScanRule, scan: Scan) -> list[Action]:
        about, holds = (rule.event, scan.id), rule.holds(scan)
        is_known = self._incidents.get(about) == rule.incident(scan)
        actions = [] if holds is None or (holds and is_known) else self._let_scan_go(rule, scan)
        if holds is False:
            self._seen_without.add(about)
        if not holds:
            return actions
        told_in = self._told_in.pop(about, None)
        if told_in is not None:
            self._raise(rule, scan, told_in)
        elif is_known and about not in self._standing:
            self._standing.add(about)
            self._log.append(Updated(self._line_of(rule, scan), rule.event, scan))
        elif is_known or self._catch_up.collects(scan.id):
            pass
        elif about in self._seen_without or about in self._incidents:
            self._raise(rule, scan)
            if rule.channel is Channel.DESKTOP:
                self.notifications.note(rule, scan)
        else:
            self._incidents[about] = rule.incident(scan)  # it was so when the scan was added
        return actions

    def _raise(self, rule: ScanRule, scan: Scan, told_in: Alert | None = None) -> None:
        about = rule.event, scan.id
        self._incidents[about] = rule.incident(scan)
        self._standing.add(about)
        key, name = self._line_of(rule, scan), self._scan_name(scan.id)
        self._log.append(Raised(key, rule.event, scan, name, told_in))

    def _let_scan_go(self, rule: ScanRule, scan: Scan) -> list[Action]:
        """Take back what is told of a scan: it is so no more, or by another incident."""
        about = rule.event, scan.id
        if about not in self._standing:
            return []
        self._standing.discard(about)
        self._told_in.pop(about, None)
        self._log.append(Withdrawn(self._line_of(rule, scan), rule.event, scan))
        return self.notifications.let_scan_go(rule, scan)

    def _line_of(self, rule: ScanRule, scan: Scan) -> str:
        """Return the key of the line of the incident that was told last."""
        return f"{rule.event.value} {scan.id} {self._incidents[rule.event, scan.id]}"

    def _record(self, rule: ScanRule, subject: Subject) -> tuple[ToldRecord, str]:
        """Return what a later session has to know of a subject, and the key of its line."""
        if isinstance(subject, Finding):
            return _record_of(subject), self._lines.get(subject.id, subject.id)
        incident = self._incidents[rule.event, subject.id]
        record = ToldRecord(subject.id, FindingId(rule.event.value), incident)
        return record, self._line_of(rule, subject)

    # -- the digest (rule 4) --

    def _open_digest(self) -> PendingAlert:
        if self._digest is None:
            self._digest = self.notifications.begin(CRITICAL, is_digest=True)
        return self._digest

    def _count_high(self, finding: Finding, *, is_new: bool) -> None:
        """Count what a digest tells as a number only."""
        is_high = finding.severity is Severity.HIGH and is_open(finding)
        if is_new and is_high and self._catch_up.collects(finding.scan_id):
            digest = self._counted_in[finding.id] = self._open_digest()
            digest.highs[finding.id] = finding
        elif not is_high and finding.id in self._counted_in:
            self._counted_in.pop(finding.id).highs.pop(finding.id, None)

    def _tell_digest(self) -> list[Action]:
        """Tell the digest if it is complete; for a failure alone, once it has stayed (T-26)."""
        if self._catch_up.is_late():
            return self._end_digest()
        if not self._catch_up.is_complete():
            return []
        has_findings = self._digest is not None and len(self._digest) > 0
        ends = [outcome for _, outcome in self._catch_up.ended()]
        if not has_findings and Outcome.FAILED_MAY_RETRY in ends:
            return []
        return self._end_digest()

    def _end_digest(self) -> list[Action]:
        ended = list(self._catch_up.ended())
        self._catch_up.close()
        digest, self._digest = self._digest, None
        failed = [
            scan for scan, _ in ended if scan.status == "failed" and FAILED.holds(scan) is not False
        ]
        if digest is None or not len(digest):
            failed = [scan for scan in failed if FAILED.holds(scan)]
            if not failed:
                return []
            digest = self.notifications.begin(FAILED, is_digest=True)
        outcomes = [outcome for _, outcome in ended]
        digest.completed = outcomes.count(Outcome.COMPLETED)
        digest.ended = outcomes.count(Outcome.ENDED)
        for scan in failed:
            digest.put(scan)
            self._incidents[FAILED.event, scan.id] = FAILED.incident(scan)
            if FAILED.holds(scan):
                self._raise(FAILED, scan)
        *made_room, alert = self.notifications.tell(digest)
        for scan in failed:
            about = FAILED.event, scan.id
            if about not in self._standing and isinstance(alert, Alert):
                self._standing.add(about)
                self._told_in[about] = alert
        return [*made_room, alert]


def _is_to_tell(rule: FindingRule, finding: Finding) -> bool:
    return rule.channel is Channel.DESKTOP and is_open(finding)


def _record_of(finding: Finding) -> ToldRecord:
    return ToldRecord(finding.scan_id, finding.id, finding.fingerprint)
