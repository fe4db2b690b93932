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
    record_of,
)
from heimdall_desktop.domain.alerts.catch_up import CatchUpTracker
from heimdall_desktop.domain.alerts.coalescing import AlertCoalescer
from heimdall_desktop.domain.alerts.finding_alerts import FindingAlerts
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
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.repeats import RetryDuplicates
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
        self._scan_rules = [rule for rule in rules if isinstance(rule, ScanRule)]
        self.notifications = AlertCoalescer(clock, scan_name, self._record, session)
        self._log: list[LogEntry] = []
        self._counted_in: dict[FindingId, PendingAlert] = {}
        self._incidents: dict[_About, str] = {}  # the last one of each that was told
        self._told_in: dict[_About, Alert] = {}  # by a digest, before it was sure
        self._standing: set[_About] = set()
        self._seen_without: set[_About] = set()
        self._digest: PendingAlert | None = None
        self._findings = {
            rule.event: FindingAlerts(
                rule,
                self.notifications,
                RetryDuplicates(attempt_starts),
                scan_name,
                self._digest_of,
                lambda entry: self._log.append(entry),  # noqa: PLW0108 - each batch has its own
            )
            for rule in rules
            if isinstance(rule, FindingRule)
        }

    # -- what came before, and what was missed --

    def recall(self, told: Iterable[ToldRecord], lines: Iterable[InboxLine] = ()) -> None:
        """Take in what earlier sessions told and wrote down, so that none of it is told again."""
        for record in told:
            event = Event.CRITICAL if record.event is Event.CONFIRMED else record.event
            if record.is_of_scan:
                about = event, record.scan_id
                self._incidents[about] = record.fingerprint
                self._standing.add(about)
            elif event in self._findings:
                self._findings[event].recall(record)
        for line in lines:
            if line.finding_id and not line.is_summary and line.event in self._findings:
                self._findings[line.event].recall_line(line)

    def restore(self, scan_id: ScanId, *, is_remembered: bool) -> None:
        """A scan of an earlier session is watched again: what is new of it makes one digest.

        Args:
            scan_id: the scan.
            is_remembered: what it held and what was told of it came back too. If not, nothing tells
                what of it is new, so nothing is said of what it holds already.
        """
        self._catch_up.restore(scan_id)
        if not is_remembered:
            for alerts in self._findings.values():
                alerts.silence_first_read(scan_id)

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
            if isinstance(change, FindingReplaced) and change.finding.is_repeat
        ]
        for change in changes:
            match change:
                case FindingAdded(finding, is_first_read):
                    self._count_high(finding, is_new=not is_first_read)
                    for alerts in self._findings.values():
                        alerts.add(finding, again, is_first_read=is_first_read)
                        actions += [] if is_first_read else alerts.follow(finding)
                case FindingReplaced(finding, previous):
                    self._count_high(finding, is_new=False)
                    is_news = True
                    for alerts in self._findings.values():
                        is_news = is_news and not alerts.rule.holds(previous)  # lowered is no news
                        alerts.replace(finding, is_news=is_news)
                        actions += alerts.follow(finding)
                case FindingDropped(finding):
                    self._count_high(finding, is_new=False)
                    for alerts in self._findings.values():
                        actions += alerts.drop(finding)
                case ScanRemoved(scan_id) | ScanEmptied(scan_id):
                    is_gone = isinstance(change, ScanEmptied)
                    reason = Reason.SCAN_GONE if is_gone else Reason.SCAN_LEFT
                    self._log.append(ScanForgotten(scan_id, reason))
                    actions += self._forget(scan_id)
                case _:
                    pass
        for alerts in self._findings.values():
            alerts.end_first_reads(self._has_listed_once)
        actions += self.notifications.tell_noted()
        actions += self._tell_digest()
        return self._with_log([*actions, *self._follow_scans()])

    def take_silenced(self) -> list[ToldRecord]:
        """Return, once, what is held to be told already although no alert of ours tells it."""
        return [each for alerts in self._findings.values() for each in alerts.take_silenced()]

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

    def _forget(self, scan_id: ScanId) -> list[Action]:
        self._catch_up.forget(scan_id)
        for abouts in (self._standing, self._seen_without):
            abouts -= {(rule.event, scan_id) for rule in self._scan_rules}
        for alerts in self._findings.values():
            alerts.forget(scan_id)
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

    def _line_of(self, rule: Rule, scan: Scan) -> str:
        """Return the key of the line of the incident that was told last."""
        return f"{rule.event.value} {scan.id} {self._incidents[rule.event, scan.id]}"

    def _record(self, rule: Rule, subject: Subject) -> tuple[ToldRecord, str]:
        """Return what a later session has to know of a subject, and the key of its line."""
        if isinstance(subject, Finding):
            return record_of(rule.event, subject), self._findings[rule.event].line_of(subject.id)
        incident = self._incidents[rule.event, subject.id]
        record = ToldRecord(subject.id, FindingId(rule.event.value), incident)
        return record, self._line_of(rule, subject)

    # -- the digest (rule 4) --

    def _digest_of(self, scan_id: ScanId) -> PendingAlert | None:
        return self._open_digest() if self._catch_up.collects(scan_id) else None

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

    def _tell_highs(self, counted: PendingAlert | None) -> list[Action]:
        """Tell of a digest that has nothing graver, where they are told on the desktop."""
        high = self._findings.get(Event.HIGH)
        if counted is None or high is None or high.is_quiet or not counted.highs:
            return []
        digest = self.notifications.begin(high.rule, is_digest=True)
        for finding in counted.highs.values():
            self.notifications.put(finding, digest)
        return self.notifications.tell(digest)

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
                return self._tell_highs(digest)
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
