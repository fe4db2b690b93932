"""Decide which changes deserve an alert, by `RULES`. Pure; time is an argument.

Each change is judged once, for the inbox and for the notifications. Source: ux.md 2.5, rules 1, 4
and 6: a finding, or an incident of a scan, is reported once, over all sessions; everything that
arrived while we were away is one notification; an alert that no longer applies is withdrawn.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from heimdall_desktop.domain.alerts.alert import (
    Action,
    Alert,
    Decision,
    InboxLine,
    LogEntry,
    PendingAlert,
    Retraction,
    ScanForgotten,
    ToldRecord,
    Updated,
    Withdrawal,
    record_of,
)
from heimdall_desktop.domain.alerts.coalescing import AlertCoalescer
from heimdall_desktop.domain.alerts.delivery import CatchUpTracker, Delivery
from heimdall_desktop.domain.alerts.finding_alerts import FindingAlerts
from heimdall_desktop.domain.alerts.rules import (
    CRITICAL,
    FAILED,
    RULES,
    SERVER_EVENTS,
    Event,
    FindingRule,
    Outages,
    ScanRule,
    ServerRule,
    State,
    Subject,
    ViewMatches,
    is_open,
)
from heimdall_desktop.domain.alerts.state_alerts import StateAlerts
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
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.stages.stage_display import STEADY, ScanProgress

_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class AlertPolicy:
    """Turns changes into alerts and inbox lines; remembers what was reported.

    Args:
        clock: monotonic seconds.
        scan_name: the name of a scan as shown, "" if it is gone.
        has_listed_once: whether a scan's first listing has ended, so that its initial content is
            known.
        scans: all watched scans; iterated again each time.
        attempt_starts: when each attempt of a scan started, by the server's clock.
        session: distinguishes the keys of this session from those that an inbox keeps of earlier
            ones.
        pace: the progress of a scan.
        local_now: the wall clock in the user's time zone, for quiet hours and mutes.
        views: saved views that report new findings.

    Attributes:
        notifications: the desktop notifications, reported and pending.
        delivery: the user's choices for alerts; may change at any time.
        views: saved views that report new findings.
        is_own: whether the user made this change of a finding here, since a reading of it; such a
            change is read and silent.
        has_reviewed: whether the stage that reviews findings is known to have run in a scan.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        scan_name: Callable[[ScanId], str],
        has_listed_once: Callable[[ScanId], bool],
        scans: Iterable[Scan] = (),
        attempt_starts: Callable[[ScanId], Iterable[datetime]] = lambda _scan_id: (),
        session: str = "",
        pace: Callable[[Scan], ScanProgress] = lambda _scan: STEADY,
        local_now: Callable[[], datetime] = lambda: _SOME_TIME,
        views: ViewMatches | None = None,
    ) -> None:
        self.is_own: Callable[[Finding, Finding], bool] = lambda _finding, _previous: False
        self.has_reviewed: Callable[[ScanId], bool] = lambda scan_id: any(
            scan.has_reviewed for scan in scans if scan.id == scan_id
        )
        self._scan_name = scan_name
        self._has_listed_once = has_listed_once
        self._scans = scans
        self._catch_up = CatchUpTracker(clock, scans)
        self.views = views or ViewMatches(local_now)
        self.views.is_told_otherwise = self._is_told_by_severity
        self._scan_rules = [rule for rule in RULES if isinstance(rule, ScanRule)]
        self._server_rules = [rule for rule in RULES if isinstance(rule, ServerRule)]
        self._pace = pace
        self.delivery = Delivery(local_now, scans)
        self._was_quiet = False
        self._outages = Outages(clock, scans, session)
        self.notifications = AlertCoalescer(
            clock, scan_name, self._record, self._is_only_confident, session
        )
        self.notifications.is_silent = self.delivery.is_silent
        self.notifications.view_of = self.views.view_of
        self._log: list[LogEntry] = []
        self._counted_in: dict[tuple[Event, FindingId], PendingAlert] = {}
        self._digest: PendingAlert | None = None
        self._findings = {
            rule.event: FindingAlerts(
                rule,
                self.notifications,
                RetryDuplicates(attempt_starts),
                scan_name,
                self._digest_of,
                self.delivery,
                self._write,
                self._is_only_confident,
            )
            for rule in (*RULES, self.views.rule)
            if isinstance(rule, FindingRule)
        }
        self._states = StateAlerts(
            self.notifications,
            scan_name,
            self._open_digest,
            self.delivery,
            self._catch_up.collects,
            self._write,
        )

    # -- earlier sessions and absences --

    def recall(self, reported: Iterable[ToldRecord], lines: Iterable[InboxLine] = ()) -> None:
        """Restore what earlier sessions reported and wrote down, so that none of it is repeated."""
        lines = list(lines)
        standing = {line.key for line in lines if not line.withdrawal}
        for record in reported:
            event = Event.CRITICAL if record.event is Event.CONFIRMED else record.event
            if record.is_of_scan:
                self._states.recall(event, record.scan_id, record.fingerprint, standing)
            elif event in self._findings:
                self._findings[event].recall(record)
        for line in lines:
            if line.finding_id and not line.is_summary and line.event in self._findings:
                self._findings[line.event].recall_line(line)
                if line.event is Event.VIEW:
                    self.views.recall(line.finding_id, line.view)
            elif line.event in SERVER_EVENTS and not (line.withdrawal or line.is_summary):
                _, _, about = line.key.partition(" ")
                url, _, incident = about.rpartition(" ")
                if not (self._states.reports_start and line.event is Event.SIGNED_OUT):
                    self._states.recall(line.event, url, incident, standing)
                self._outages.recall(ServerUrl(url), incident, line.scan_id)

    def report_start(self) -> None:
        """Report what can't be watched from the start: no window will show it."""
        self._states.reports_start = True

    def restore(self, scan_id: ScanId, *, is_remembered: bool) -> None:
        """Watch a scan of an earlier session again; its news makes one digest.

        Args:
            scan_id: the scan.
            is_remembered: its content and reported alerts were restored too. If not, its news can't
                be recognized, so nothing that it already holds is reported.
        """
        self._catch_up.restore(scan_id)
        self._states.restore(scan_id)
        if not is_remembered:
            for alerts in self._findings.values():
                alerts.silence_first_read(scan_id)

    def wake(self) -> None:
        """Collect what arrived while the machine was away in one digest."""
        self._catch_up.wake()
        self._outages.wake()

    # -- changes --

    def take(self, changes: Iterable[Change]) -> list[LogEntry | Action]:
        """Return the results of the changes: first inbox lines, then notifications."""
        self._catch_up.look()
        self.views.look()
        self.notifications.begin_turn()
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
                    is_viewed = not is_first_read and self.views.claim(finding, is_new=True)
                    self._count(finding, is_new=not is_first_read, is_viewed=is_viewed)
                    for alerts in self._that_follow(finding):
                        is_news = not is_viewed or alerts.rule is self.views.rule
                        alerts.add(finding, again, is_first_read=is_first_read, is_news=is_news)
                        follow = alerts.follow_first_read if is_first_read else alerts.follow
                        actions += follow(finding)
                case FindingReplaced(finding, previous):
                    is_own = self.is_own(finding, previous)
                    is_viewed = self.views.claim(finding, is_new=False)
                    self._count(finding, is_new=False, is_viewed=is_viewed and not is_own)
                    is_news = True
                    for alerts in self._that_follow(finding):
                        is_of_view = alerts.rule is self.views.rule
                        is_news = is_news and not alerts.rule.holds(previous)  # lowered is no news
                        alerts.replace(
                            finding,
                            is_news=is_viewed if is_of_view else is_news and not is_viewed,
                            is_own=is_own,
                        )
                        actions += alerts.follow(finding, is_own=is_own)
                case FindingDropped(finding):
                    self.views.drop(finding.id)
                    self._count(finding, is_new=False)
                    for alerts in self._that_follow(finding):
                        actions += alerts.drop(finding)
                case ScanRemoved(scan_id) | ScanEmptied(scan_id):
                    is_gone = isinstance(change, ScanEmptied)
                    reason = Withdrawal.SCAN_GONE if is_gone else Withdrawal.SCAN_LEFT
                    self._log.append(ScanForgotten(scan_id, reason))
                    actions += self._forget(scan_id)
                case _:
                    pass
        for alerts in self._findings.values():
            alerts.end_first_reads(self._has_listed_once)
        self._hold_muted()
        actions += self.notifications.tell_noted()
        actions += self._tell_digest()
        return self._with_log([*actions, *self._follow_states()])

    def take_silenced(self) -> list[ToldRecord]:
        """Return, once, the findings counted as reported although no alert of ours reports them."""
        return [each for alerts in self._findings.values() for each in alerts.take_silenced()]

    def tick(self) -> list[LogEntry | Action]:
        """Return the replacements whose window has now ended, and a digest that is late.

        A complete digest is not returned: rows of its last listing may not be applied yet.
        """
        self._catch_up.look()
        self.notifications.begin_turn()
        self._hold_muted()
        actions = self._follow_quiet_hours()
        if not self.delivery.is_quiet():
            actions += self.notifications.end_windows()
            actions += self._end_digest() if self._catch_up.is_late() else []
        elif self._catch_up.is_late():
            self._catch_up.close()
        return self._with_log([*actions, *self._follow_states()])

    def _follow_quiet_hours(self) -> list[Action]:
        """Write down held-back news as quiet hours start; report it in one digest at the end."""
        was_quiet, self._was_quiet = self._was_quiet, self.delivery.is_quiet()
        if self._was_quiet and not was_quiet:
            for _, event, subject in list(self.notifications.waiting()):
                self._hold(event, subject, Decision.QUIET_HOURS)
        if self._was_quiet or not was_quiet:
            return []
        for alerts in self._findings.values():
            alerts.end_quiet()
        return [] if self._catch_up.is_collecting else self._end_digest()

    def _hold_muted(self) -> None:
        """Hold back pending alerts of scans that were muted in the meantime."""
        if not self.delivery.has_mutes:
            return
        for event, subject in self.notifications.hold(self.delivery.is_muted):
            self._hold(event, subject, Decision.MUTED)

    def _hold(self, event: Event, subject: Subject, decision: Decision) -> None:
        """Write down why a pending alert is not notified now."""
        if isinstance(subject, Finding):
            self._findings[event].hold(subject, decision)
        else:
            _, line = self._record(event, subject)
            self._write(Updated(line, event, subject, decision))

    def _with_log(self, actions: Iterable[Action]) -> list[LogEntry | Action]:
        log, self._log = self._log, []
        actions = list(actions)
        last = {action.key: action for action in actions}
        return [*log, *(each for each in actions if each is last[each.key] or _has_news(each))]

    def _forget(self, scan_id: ScanId) -> list[Action]:
        self._catch_up.forget(scan_id)
        self._states.forget(scan_id)
        for alerts in self._findings.values():
            alerts.forget(scan_id)
        return self.notifications.forget(scan_id, self._digest)

    def _write(self, entry: LogEntry) -> None:
        self._log.append(entry)

    def _record(self, event: Event, subject: Subject) -> tuple[ToldRecord | None, str]:
        """Return the record of a subject for a later session, and the key of its line."""
        if not isinstance(subject, Finding):
            return self._states.record(event, subject)
        return record_of(event, subject), self._findings[event].line_of(subject.id)

    def _is_only_confident(self, finding: Finding) -> bool:
        """Whether a finding counts as confirmed, but no one is known to have confirmed it."""
        return finding.rests_on_confidence and not self.has_reviewed(finding.scan_id)

    # -- scans and servers --

    def _follow_states(self) -> list[Action]:
        """Apply all state rules to the scans and servers that have sent updates."""
        actions: list[Action] = []
        for scan in self._scans:
            if scan.last_update_at_s is not None and scan.connection_state is not Connection.GONE:
                for state in self._states_of(scan):
                    actions += self._states.follow(state)
        for server in self._outages.look():
            for rule in self._server_rules:
                state = State(rule, server, rule.holds(server), server.incident)
                actions += self._states.follow(state)
        return [*actions, *self.notifications.tell_noted()]

    def _states_of(self, scan: Scan) -> Iterator[State]:
        pace = self._pace(scan) if scan.is_live else STEADY
        for rule in self._scan_rules:
            holds = rule.holds(scan, pace)
            yield State(rule, scan, holds, "" if holds is False else rule.incident(scan))

    # -- the digest (rule 4) --

    def _that_follow(self, finding: Finding) -> Iterator[FindingAlerts]:
        """Yield the rules that follow a finding, graver ones first; views only if they report."""
        for alerts in self._findings.values():
            if alerts.rule is not self.views.rule or self.views.knows(finding.id):
                yield alerts

    def _is_told_by_severity(self, finding: Finding) -> bool:
        """Whether the desktop reports a finding because of its severity."""
        return any(
            alerts.rule is not self.views.rule
            and alerts.rule.holds(finding)
            and self.delivery.is_on_desktop(alerts.rule.event)
            for alerts in self._findings.values()
        )

    def _digest_of(self, scan_id: ScanId) -> PendingAlert | None:
        is_waiting = self._catch_up.collects(scan_id) or self.delivery.is_quiet()
        return self._open_digest() if is_waiting else None

    def _open_digest(self) -> PendingAlert:
        if self._digest is None:
            self._digest = self.notifications.begin(CRITICAL, is_digest=True)
        return self._digest

    def _count(self, finding: Finding, *, is_new: bool, is_viewed: bool = False) -> None:
        """Count the findings a digest reports only as a number: high severity, or a saved view."""
        is_high = finding.severity is Severity.HIGH and is_open(finding)
        self._count_in(Event.HIGH, finding, counts=is_high, is_new=is_new)
        if self.views.knows(finding.id):
            holds = self.views.rule.holds(finding) and is_open(finding)
            self._count_in(Event.VIEW, finding, counts=holds, is_new=is_viewed)

    def _count_in(self, event: Event, finding: Finding, *, counts: bool, is_new: bool) -> None:
        mark = event, finding.id
        if counts and is_new:
            digest = self._digest_of(finding.scan_id)
            if digest is not None:
                self._counted_in[mark] = digest
                _counted(digest, event)[finding.id] = finding
        elif not counts and mark in self._counted_in:
            _counted(self._counted_in.pop(mark), event).pop(finding.id, None)

    def _tell_digest(self) -> list[Action]:
        """Report the digest if it is complete; for ends alone, once they have stayed (T-26)."""
        if self.delivery.is_quiet():
            if self._catch_up.is_late() or self._catch_up.is_complete():
                self._catch_up.close()  # later news waits for the end of quiet hours
            return []
        if self._catch_up.is_late():
            return self._end_digest()
        if not self._catch_up.is_complete():
            return []
        has_findings = self._digest is not None and len(self._digest) > 0
        if not has_findings and any(state.holds is None for state in self._ends()):
            return []
        return self._end_digest()

    def _ends(self) -> list[State]:
        """Return the ends of the digest's scans; failures come last."""
        states = [state for scan, _ in self._catch_up.ended() for state in self._states_of(scan)]
        ends = [
            state
            for state in states
            if isinstance(state.rule, ScanRule) and state.rule.is_end and state.holds is not False
        ]
        return sorted(ends, key=lambda state: state.rule.event is FAILED.event)

    def _tell_counted(self, digest: PendingAlert) -> list[Action]:
        """Report a digest that has nothing graver than its counted findings."""
        for event in (Event.HIGH, Event.VIEW):
            found = _counted(digest, event)
            if found:
                digest.rule = self._findings[event].rule
                for finding in found.values():
                    self.notifications.put(event, finding, digest)
                found.clear()
                return self.notifications.tell(digest)
        return []

    def _leave_uncounted(self, digest: PendingAlert) -> None:
        """Count only what the desktop reports; next to graver findings, highs always count."""
        if not (digest.findings or self.delivery.is_on_desktop(Event.HIGH)):
            digest.highs.clear()
        if not self.delivery.is_on_desktop(Event.VIEW):
            digest.viewed.clear()

    def _end_digest(self) -> list[Action]:
        ends, ended = self._ends(), [outcome for _, outcome in self._catch_up.ended()]
        self._catch_up.close()
        digest, self._digest = self._digest, None
        if digest is not None:
            self._leave_uncounted(digest)
        if digest is None or not len(digest):
            ends = [state for state in ends if state.holds]
            rules = [state.rule for state in ends]
            loud = [rule for rule in rules if self.delivery.is_on_desktop(rule.event)]
            if not loud:
                return [] if digest is None else self._tell_counted(digest)
            if digest is None:
                digest = self.notifications.begin(loud[-1], is_digest=True)
        digest.ended = ended.count(Outcome.ENDED)
        for state in ends:
            digest.put(state.rule.event, state.subject)
            self._states.count(state)
            if state.holds:
                self._states.begin(state)
        if not digest.findings:
            digest.rule = max(
                (rule for rule in RULES if digest.has(rule.event)),
                key=lambda rule: rule.level.value,
            )
        *made_room, alert = self.notifications.tell(digest)
        if isinstance(alert, Alert):
            for state in ends:
                self._states.await_end(state, alert)
        return [*made_room, alert]


def _has_news(action: Action) -> bool:
    """Whether an action does more than reduce, which the next one with its key does as well."""
    return isinstance(action, Retraction) or bool(action.news)


def _counted(digest: PendingAlert, event: Event) -> dict[FindingId, Finding]:
    """Return the findings that a digest reports only as a number."""
    return digest.highs if event is Event.HIGH else digest.viewed
