"""Alerts for states of scans and servers: each incident is reported once, then withdrawn.

Source: behaviour.md 2.5, rules 1, 4 and 6.
"""

from collections.abc import Callable, Container, Iterable

from heimdall_desktop.domain.alerts import rules
from heimdall_desktop.domain.alerts.alert import Alert, Decision, Raised, Withdrawn, scan_of
from heimdall_desktop.domain.alerts.delivery import CatchUpTracker
from heimdall_desktop.domain.alerts.notifications import Notifications
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import host_name
from heimdall_desktop.domain.stages.stage_display import STEADY, ScanProgress

_SCAN_RULES = [rule for rule in rules.RULES if isinstance(rule, rules.ScanRule)]
_SERVER_RULES = [rule for rule in rules.RULES if isinstance(rule, rules.ServerRule)]


class StateAlerts:
    """Applies the rules for scans and servers to all states.

    Args:
        scans: all watched scans; iterated again each time.
        notifications: the desktop notifications, reported and pending.
        catch_up: which scans were missed, so that their news waits for a digest.
        outages: the problems of the servers.
        pace: the progress of a scan.

    Attributes:
        reports_start: no window shows that a server of restored scans signed us out, so that is
            news from the start.
        restored: the scans of an earlier session; an end that was in doubt is still news.
    """

    def __init__(
        self,
        scans: Iterable[Scan],
        notifications: Notifications,
        catch_up: CatchUpTracker,
        outages: rules.Outages,
        pace: Callable[[Scan], ScanProgress],
    ) -> None:
        self._scans, self._outages, self._pace = scans, outages, pace
        self._notifications, self._delivery = notifications, notifications.delivery
        self._catch_up = catch_up
        self.restored: set[ScanId] = set()
        self.reports_start = False

    def recall(
        self, event: rules.Event, subject_id: str, incident: str, lines: Container[str]
    ) -> None:
        """Mark an incident as notified by an earlier session; it needs a line if it has none.

        Args:
            event: the notified event.
            subject_id: its scan or server.
            incident: the id of the incident.
            lines: the keys of the lines that are not withdrawn.
        """
        row = self._notifications.row(event, subject_id)
        row.start(event, subject_id, incident)
        row.is_active = row.line in lines
        row.was_without |= not row.is_active
        row.notified_at_s = {**row.notified_at_s, event: self._notifications.clock()}

    def follow_all(self) -> None:
        """Apply all rules to the scans and servers that have sent updates."""
        for scan in self._scans:
            if scan.last_update_at_s is not None and scan.connection_state is not Connection.GONE:
                for state in self._states_of(scan):
                    self._follow(state)
        for server in self._outages.look():
            for rule in _SERVER_RULES:
                self._follow(rules.State(rule, server, rule.holds(server), server.incident))

    def ends(self) -> list[rules.State]:
        """Return how the scans of the digest ended; failures come last."""
        states = [state for scan, _ in self._catch_up.ended() for state in self._states_of(scan)]
        ends = [
            state
            for state in states
            if isinstance(state.rule, rules.ScanRule)
            and state.rule.is_end
            and state.holds is not False
        ]
        return sorted(ends, key=lambda state: state.rule.event is rules.FAILED.event)

    def _states_of(self, scan: Scan) -> Iterable[rules.State]:
        pace = self._pace(scan) if scan.is_live else STEADY
        for rule in _SCAN_RULES:
            holds = rule.holds(scan, pace)
            yield rules.State(rule, scan, holds, "" if holds is False else rule.incident(scan))

    def _follow(self, state: rules.State) -> None:
        """Report a state, or withdraw it if it no longer holds or has another incident."""
        rule, subject, holds, incident = state
        row = self._notifications.row(rule.event, subject.id)
        is_known = row.incident == incident
        if row.is_active and holds is not None and not (holds and is_known):
            row.is_active, row.reported_by = False, None
            self._notifications.log.append(Withdrawn(row.line, rule.event, subject))
            self._notifications.withdraw_state(rule.event, subject.id)
        if holds is False or (holds is None and subject.id in self.restored):
            row.was_without = True
        if not holds:
            return
        reported_by, row.reported_by = row.reported_by, None
        scan_id = subject.id if isinstance(subject, Scan) else None
        is_start = (  # a restored scan can't be watched from the start, and no window shows it
            self.reports_start
            and rule.event is rules.Event.SIGNED_OUT
            and scan_of(subject) in self.restored
        )
        is_unchanged = is_known and (row.is_active or not row.was_without)
        if reported_by is not None:
            self._raise(state, reported_by)
        elif is_unchanged or (scan_id is not None and self._catch_up.collects(scan_id)):
            pass
        elif row.was_without or row.incident is not None or is_start:
            decision = self._delivery.held(rule.event, scan_id)
            is_again = is_known and rule.event in row.notified_at_s
            if is_again and decision in (None, Decision.QUIET_HOURS):
                decision = Decision.REPEATED
            self._raise(state, decision=decision)
            if decision is None:
                self._notifications.note(rule, subject)
            elif decision is Decision.QUIET_HOURS:
                self._notifications.put(rule.event, subject, self._notifications.open_digest())
        else:
            row.start(rule.event, subject.id, incident)  # it was so when the scan was added

    def start(self, state: rules.State) -> None:
        """Note the incident that a digest reports, maybe before it is certain."""
        row = self._notifications.row(state.rule.event, state.subject.id)
        row.start(state.rule.event, state.subject.id, state.incident)
        if state.holds:
            self._raise(state)

    def _raise(
        self, state: rules.State, reported_by: Alert | None = None, decision: Decision | None = None
    ) -> None:
        """Write down that an incident has started, or started again.

        Args:
            state: the state that holds.
            reported_by: the alert that already reported it.
            decision: why no notification will name it.
        """
        rule, subject, _, incident = state
        row = self._notifications.row(rule.event, subject.id)
        row.start(rule.event, subject.id, incident)
        row.is_active = True
        if isinstance(subject, Scan):
            scan_id, name = subject.id, self._notifications.scan_name(subject.id)
        else:
            scan_id, name = None, host_name(subject.id)
        decision = decision or self._delivery.held(rule.event, scan_id) or Decision.UNDECIDED
        is_unread = self._delivery.is_unread(rule)
        self._notifications.log.append(
            Raised(row.line, rule.event, subject, name, reported_by, decision, is_unread)
        )
