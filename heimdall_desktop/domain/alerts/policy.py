"""Which changes are worth a notification, and how many become one. Pure; time comes by argument.

Source: ux.md 2.5, rules 1 to 4 and 6. What `RULES` names is told once, over all sessions. The first
critical finding of a scan is told at once, also in the notification of a window that several scans
share; those that follow within a window replace that notification when the window ends. What came
of several scans at once, or while we were away, is one notification, and no more than
`MOST_STANDING` stand at once. A scan that has failed counts as a first one.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from heimdall_desktop.domain.alerts.alert import (
    ALERT_KEYS,
    Action,
    Alert,
    InboxLine,
    LogEntry,
    Raised,
    Reason,
    Retraction,
    ScanForgotten,
    ToldRecord,
    Updated,
    Withdrawn,
    scan_of,
)
from heimdall_desktop.domain.alerts.catch_up import CatchUpTracker
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
from heimdall_desktop.domain.facts.repeats import RetryDuplicates, is_same_place
from heimdall_desktop.domain.facts.scan import Outcome, Scan

SCANS_FOR_ONE = 3  # from so many on, one notification tells of all
MOST_STANDING = 3  # notifications; what comes on top takes the place of the oldest

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
        is_standing: whether the notification of a key is on the desktop, or on its way there.
        is_in_view: whether the analyst looks at a scan, so that nothing of it needs the desktop.
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
        self._clock = clock
        self._scan_name = scan_name
        self._has_listed_once = has_listed_once
        self._scans = scans
        self._catch_up = CatchUpTracker(clock, scans)
        rules = tuple(rules)
        self._finding_rules = [rule for rule in rules if isinstance(rule, FindingRule)]
        self._scan_rules = [rule for rule in rules if isinstance(rule, ScanRule)]
        self._log: list[LogEntry] = []
        self._lines: dict[FindingId, str] = {}
        self._handed_over: set[FindingId] = set()  # a newer row of the finding has the line
        self._pending: dict[str, PendingAlert] = {}
        self._keys: dict[FindingId, str] = {}
        self._duplicates = RetryDuplicates(attempt_starts)
        self._counted_in: dict[FindingId, PendingAlert] = {}
        self._told: set[str] = set()  # ids of findings, and keys of lines of scans
        self._incidents: dict[_About, str] = {}  # the last one of each that was told
        self._told_in: dict[_About, Alert] = {}  # by a digest, before it was sure
        self._standing: set[_About] = set()
        self._seen_without: set[_About] = set()
        self._windows: dict[_About, PendingAlert] = {}
        self._first_reads: dict[ScanId, PendingAlert] = {}
        self._digest: PendingAlert | None = None
        self._silent_first_reads: set[ScanId] = set()
        self._silenced: list[ToldRecord] = []
        self._session, self._count, self._shows = session, 0, 0
        self.is_standing: Callable[[str], bool] = lambda _key: True
        self.is_in_view: Callable[[ScanId], bool] = lambda _scan_id: False

    # -- what came before, and what was missed --

    def recall(self, told: Iterable[ToldRecord], lines: Iterable[InboxLine] = ()) -> None:
        """Take in what earlier sessions told and wrote down, so that none of it is told again."""
        for record in told:
            scan_id, finding_id, mark = record
            if record.is_of_scan:
                about = Event(finding_id), scan_id
                self._incidents[about] = mark
                self._standing.add(about)
            else:
                self._keys[finding_id] = ""
                self._told.add(finding_id)
                self._duplicates.recall(scan_id, mark, finding_id)
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
        touched: dict[str, PendingAlert] = {}
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
                    self._hand_over(finding, again)
                    self._write(finding, is_news=not is_first_read)
                    self._count_high(finding, is_new=not is_first_read)
                    if is_first_read:
                        self._note_first_read(finding)
                    else:
                        actions += self._follow(finding, touched)
                case FindingReplaced(finding, previous):
                    self._write(finding, is_news=self._rule_of(previous) is None)
                    self._count_high(finding, is_new=False)
                    actions += self._follow(finding, touched)
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
        self._end_first_reads(touched)
        actions += self._tell_touched(touched)
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
        now_s = self._clock()
        ended = _each({s: w for s, w in self._windows.items() if now_s >= w.ends_at_s()})
        self._windows = {s: w for s, w in self._windows.items() if w not in ended}
        actions = [each for due in ended if due.is_due and len(due) for each in self._tell(due)]
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

    def _write(self, finding: Finding, *, is_news: bool) -> None:
        """Write down that a finding has become worth a line, or how it stands now."""
        rule, key = self._rule_of(finding), self._lines.get(finding.id)
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

    def _follow(self, finding: Finding, touched: dict[str, PendingAlert]) -> list[Action]:
        """Follow a row that is new or another one now: critical, confirmed, lowered, triaged."""
        rule, key = self._rule_to_tell(finding), self._keys.get(finding.id)
        if key is None:
            if rule is None:
                return []
            if not self._is_told_otherwise(finding):
                self._note(rule, finding, touched)
            elif line := self._lines.get(finding.id):
                self._log.append(Updated(line, rule.event, finding, is_told_otherwise=True))
            return []
        pending = self._pending.get(key)
        if pending is None or finding.id not in pending.findings:
            return []
        if rule is not None:
            pending.findings[finding.id] = finding
            return []
        return self._let_go(finding)

    def _rule_to_tell(self, finding: Finding) -> FindingRule | None:
        """Return the rule by which a finding is told on the desktop; None if it is not."""
        rule = self._rule_of(finding)
        is_told = rule is not None and rule.channel is Channel.DESKTOP
        return rule if is_told and is_open(finding) else None

    def _let_go(self, finding: Finding) -> list[Action]:
        """Take back what is told of a finding that is worth telling no more, or has left."""
        pending = self._pending.get(self._keys.get(finding.id, ""))
        if pending is None or finding.id not in pending.findings:
            return []
        del pending.findings[finding.id]
        if finding.id not in self._told:
            self._duplicates.forget(finding)
        return self._take_back(pending)

    def _note(self, rule: Rule, subject: Subject, touched: dict[str, PendingAlert]) -> None:
        scan_id = scan_of(subject)
        if isinstance(subject, Finding) and self._catch_up.collects(scan_id):
            self._put(subject, self._open_digest())
            return
        pending = self._windows.get((rule.event, scan_id))
        if pending is None:
            windows = [each for (event, _), each in self._windows.items() if event is rule.event]
            shared = [window for window in windows if len(window.scan_ids) > 1]
            pending = shared[0] if shared else self._new_alert(rule)
            pending.has_first = True
            self._windows[rule.event, scan_id] = pending
        self._put(subject, pending)
        touched[pending.key] = pending

    def _is_told_otherwise(self, finding: Finding) -> bool:
        """Whether another row of the same problem is told, or will be: of a retry (T-9)."""
        return finding.is_repeat or self._duplicates.has_older(finding)

    def _note_first_read(self, finding: Finding) -> None:
        rule = self._rule_to_tell(finding)
        if rule is None or finding.id in self._keys or self._is_told_otherwise(finding):
            return
        scan_id = finding.scan_id
        if scan_id in self._silent_first_reads:
            self._keys[finding.id] = ""
            self._silenced.append(self._record(FAILED, finding))
        elif self._catch_up.collects(scan_id):
            self._put(finding, self._open_digest())
        else:
            if scan_id not in self._first_reads:
                self._first_reads[scan_id] = self._new_alert(rule)
            self._put(finding, self._first_reads[scan_id])

    def _put(self, subject: Subject, pending: PendingAlert) -> None:
        pending.put(subject)
        if isinstance(subject, Finding):
            self._keys[subject.id] = pending.key
            self._duplicates.put(subject)

    # -- scans --

    def _follow_scans(self) -> list[Action]:
        """Follow all scans that are heard of by all rules about scans."""
        touched: dict[str, PendingAlert] = {}
        actions: list[Action] = []
        for scan in self._scans:
            if scan.last_told_at_s is not None and not _is_gone(scan):
                for rule in self._scan_rules:
                    actions += self._follow_scan(rule, scan, touched)
        return [*actions, *self._tell_touched(touched)]

    def _follow_scan(
        self, rule: ScanRule, scan: Scan, touched: dict[str, PendingAlert]
    ) -> list[Action]:
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
                self._note(rule, scan, touched)
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
        actions: list[Action] = []
        for pending in list(self._pending.values()):
            if pending.scan_rule.event is rule.event and scan.id in pending.scans:
                del pending.scans[scan.id]
                actions += self._take_back(pending)
        return actions

    def _line_of(self, rule: ScanRule, scan: Scan) -> str:
        """Return the key of the line of the incident that was told last."""
        return f"{rule.event.value} {scan.id} {self._incidents[rule.event, scan.id]}"

    # -- notifications --

    def _tell_touched(self, touched: dict[str, PendingAlert]) -> list[Action]:
        actions = self._join_windows(touched)
        for pending in touched.values():
            actions += self._open(pending)
        return actions

    def _join_windows(self, touched: dict[str, PendingAlert]) -> list[Action]:
        """Let one notification tell of all scans where several have something (rule 3)."""
        actions: list[Action] = []
        for event in dict.fromkeys(event for event, _ in self._windows):
            windows = _each({s: w for s, w in self._windows.items() if s[0] is event})
            told = [window for window in windows if len(window)]
            scans = {scan_id for window in told for scan_id in window.scan_ids}
            if len(told) < 2 or len(scans) < SCANS_FOR_ONE:
                continue
            first, *others = sorted(told, key=lambda window: not window.is_shown)
            for other in others:
                self._absorb(first, other)
                touched.pop(other.key, None)
            touched.pop(first.key, None)
            *made_room, joint = self._tell(first)
            into = joint if isinstance(joint, Alert) else None
            gone = [Retraction(each.key, into) for each in others if each.is_shown]
            actions += [*made_room, *gone, joint]
        return actions

    def _open(self, pending: PendingAlert) -> list[Action]:
        """Tell the first of a scan at once, and leave the others for the window's end."""
        is_waiting = pending.is_shown and not pending.has_first
        if is_waiting or not len(pending) or pending.key not in self._pending:
            pending.is_due = pending.is_shown
            return []
        return self._tell(pending)

    def _absorb(self, pending: PendingAlert, other: PendingAlert) -> None:
        """Let one tell what another one tells, and the windows of that one be its own."""
        for subject in other:
            pending.put(subject)
        pending.held += other.held
        self._keys |= dict.fromkeys(other.findings, pending.key)
        self._pending.pop(other.key, None)
        self._windows = {s: pending if w is other else w for s, w in self._windows.items()}

    def _tell(self, pending: PendingAlert) -> list[Action]:
        """Show one, and let no more notifications stand than `MOST_STANDING`."""
        standing = sorted(
            (each for each in self._pending.values() if each is not pending and self._stands(each)),
            key=lambda each: (each.is_digest, each.shown),
        )
        needs_no_room = self._stands(pending) or all(map(self.is_in_view, pending.scan_ids))
        if needs_no_room or len(standing) < MOST_STANDING:
            return [self._show(pending)]
        alike = [each for each in standing if each.rule is pending.rule]
        if alike and not pending.is_digest:
            return self._replace(alike[0], pending)
        for number, older in enumerate(standing):
            for newer in standing[number + 1 :]:
                if newer.rule is older.rule:
                    return [*self._replace(newer, older), self._show(pending)]
        return [self._show(pending)]

    def _replace(self, pending: PendingAlert, other: PendingAlert) -> list[Action]:
        """Let the notification of one become the summary of two."""
        pending.is_digest, pending.held = False, len(pending)
        pending.began_at_s = max(pending.began_at_s, other.began_at_s)
        self._absorb(pending, other)
        summary = self._show(pending)
        gone = [Retraction(other.key, summary)] if other.is_shown else []
        return [*gone, summary]

    def _stands(self, pending: PendingAlert) -> bool:
        return pending.is_shown and self.is_standing(pending.key)

    def _end_first_reads(self, touched: dict[str, PendingAlert]) -> None:
        """Let what a scan held when it was added begin its window, so that rule 3 counts it."""
        ready = [scan_id for scan_id in self._first_reads if self._has_listed_once(scan_id)]
        for scan_id in ready:
            pending = self._first_reads.pop(scan_id)
            if len(pending):
                pending.began_at_s, pending.held = self._clock(), len(pending)
                self._windows.setdefault((pending.rule.event, scan_id), pending)
                touched[pending.key] = pending

    def _take_back(self, pending: PendingAlert) -> list[Action]:
        """Let a notification say no more than is true."""
        if not pending.is_shown:
            return []
        if len(pending):
            return [self._show(pending)]
        pending.is_shown = pending.is_due = pending.has_first = False
        return [Retraction(pending.key)]

    def _forget(self, scan_id: ScanId) -> list[Action]:
        self._catch_up.forget(scan_id)
        self._windows = {s: w for s, w in self._windows.items() if s[1] != scan_id}
        for abouts in (self._standing, self._seen_without):
            abouts -= {(rule.event, scan_id) for rule in self._scan_rules}
        self._first_reads.pop(scan_id, None)
        self._silent_first_reads.discard(scan_id)
        actions: list[Action] = []
        for pending in [each for each in self._pending.values() if scan_id in each.scan_ids]:
            pending.drop(scan_id)
            actions += self._take_back(pending)
            is_in_use = pending in self._windows.values() or pending is self._digest
            if not len(pending) and not is_in_use:
                del self._pending[pending.key]
        return actions

    def _show(self, pending: PendingAlert) -> Alert:
        pending.is_shown, pending.is_due, pending.has_first = True, False, False
        subject = pending.newest
        if subject is None:
            raise AssertionError("a notification tells of something")
        rule = pending.scan_rule
        ids = {each.id: self._id_of(rule, each) for each in pending}
        new = [each for each in pending if ids[each.id] not in self._told]
        self._told.update(ids[each.id] for each in new)
        if new:
            self._shows += 1
            pending.shown = self._shows
        lines = {each: self._lines.get(FindingId(told), told) for each, told in ids.items()}
        return Alert(
            pending.key,
            pending.rule,
            subject,
            tuple(pending.findings.values()),
            tuple(pending.scans.values()),
            {scan_id: self._scan_name(scan_id) for scan_id in pending.scan_ids},
            tuple(self._record(rule, each) for each in new),
            lines[subject.id],
            tuple(lines[each.id] for each in new if each is not subject),
            pending.is_digest,
            len(pending.highs),
            pending.completed,
            pending.ended,
        )

    def _id_of(self, rule: ScanRule, subject: Subject) -> str:
        return subject.id if isinstance(subject, Finding) else self._line_of(rule, subject)

    def _record(self, rule: ScanRule, subject: Subject) -> ToldRecord:
        if isinstance(subject, Finding):
            return ToldRecord(subject.scan_id, subject.id, subject.fingerprint)
        incident = self._incidents[rule.event, subject.id]
        return ToldRecord(subject.id, FindingId(rule.event.value), incident)

    def _new_alert(self, rule: Rule, *, is_digest: bool = False) -> PendingAlert:
        self._count += 1
        key = f"{ALERT_KEYS}{self._session}{self._count}"
        pending = self._pending[key] = PendingAlert(key, rule, self._clock(), is_digest)
        return pending

    # -- the digest (rule 4) --

    def _open_digest(self) -> PendingAlert:
        if self._digest is None:
            self._digest = self._new_alert(CRITICAL, is_digest=True)
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
            digest = self._new_alert(FAILED, is_digest=True)
        outcomes = [outcome for _, outcome in ended]
        digest.completed = outcomes.count(Outcome.COMPLETED)
        digest.ended = outcomes.count(Outcome.ENDED)
        for scan in failed:
            digest.put(scan)
            self._incidents[FAILED.event, scan.id] = FAILED.incident(scan)
            if FAILED.holds(scan):
                self._raise(FAILED, scan)
        *made_room, alert = self._tell(digest)
        for scan in failed:
            about = FAILED.event, scan.id
            if about not in self._standing and isinstance(alert, Alert):
                self._standing.add(about)
                self._told_in[about] = alert
        return [*made_room, alert]


def _is_gone(scan: Scan) -> bool:
    return scan.connection is not None and scan.connection.connection is Connection.GONE


def _each(windows: dict[_About, PendingAlert]) -> list[PendingAlert]:
    """Return pending alerts that several scans may share, each once."""
    return list({pending.key: pending for pending in windows.values()}.values())
