"""Alerts for states of scans and servers: each incident is reported once, then withdrawn.

Source: ux.md 2.5, rules 1, 4 and 6.
"""

from collections.abc import Callable, Container

from heimdall_desktop.domain.alerts.alert import (
    Action,
    Alert,
    Decision,
    LogEntry,
    PendingAlert,
    Raised,
    ToldRecord,
    Withdrawn,
    scan_of,
)
from heimdall_desktop.domain.alerts.coalescing import AlertCoalescer
from heimdall_desktop.domain.alerts.delivery import Delivery
from heimdall_desktop.domain.alerts.rules import Event, Server, State
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import host_name

_About = tuple[Event, str]


class StateAlerts:
    """Applies the rules for scans and servers to all states.

    Args:
        notifications: the desktop notifications, reported and pending.
        scan_name: the name of a scan as shown, "" if it is gone.
        open_digest: returns the digest that news in quiet hours waits for.
        delivery: where news is delivered now.
        collects: whether news of a scan now waits for the digest.
        write: receives the entries for the inbox.

    Attributes:
        reports_start: no window shows that a server of restored scans signed us out, so that is
            news from the start.
    """

    def __init__(
        self,
        notifications: AlertCoalescer,
        scan_name: Callable[[ScanId], str],
        open_digest: Callable[[], PendingAlert],
        delivery: Delivery,
        collects: Callable[[ScanId], bool],
        write: Callable[[LogEntry], None],
    ) -> None:
        self._notifications = notifications
        self._scan_name = scan_name
        self._open_digest = open_digest
        self._delivery = delivery
        self._collects = collects
        self._write = write
        self._incidents: dict[_About, str] = {}  # the last reported one of each
        self._told_in: dict[_About, Alert] = {}  # by a digest, before it was certain
        self._standing: set[_About] = set()
        self._seen_without: set[_About] = set()
        self._restored: set[ScanId] = set()
        self.reports_start = False

    def recall(self, event: Event, subject_id: str, incident: str, lines: Container[str]) -> None:
        """Mark an incident as notified by an earlier session; it needs a line if it has none.

        Args:
            event: the notified event.
            subject_id: its scan or server.
            incident: the id of the incident.
            lines: the keys of the lines that are not withdrawn.
        """
        about = event, subject_id
        self._incidents[about] = incident
        (self._standing if self._line_of(about) in lines else self._seen_without).add(about)
        self._notifications.recall(self._line_of(about))

    def restore(self, scan_id: ScanId) -> None:
        """Watch a scan of an earlier session again; an end that was in doubt is still news."""
        self._restored.add(scan_id)

    def follow(self, state: State) -> list[Action]:
        """Report a state, or withdraw it if it no longer holds or has another incident."""
        rule, subject, holds, incident = state
        about = rule.event, subject.id
        is_known = self._incidents.get(about) == incident
        actions = [] if holds is None or (holds and is_known) else self._let_go(state)
        if holds is False or (holds is None and subject.id in self._restored):
            self._seen_without.add(about)
        if not holds:
            return actions
        told_in = self._told_in.pop(about, None)
        is_unchanged = is_known and (about in self._standing or about not in self._seen_without)
        if told_in is not None:
            self.begin(state, told_in)
        elif is_unchanged or (isinstance(subject, Scan) and self._collects(subject.id)):
            pass
        elif about in self._seen_without or about in self._incidents or self._is_start(state):
            decision = self._decision(state)
            is_again = is_known and self._notifications.has_told(self._line_of(about))
            if is_again and decision in (None, Decision.QUIET_HOURS):
                decision = Decision.REPEATED
            self.begin(state, decision=decision)
            if decision is None:
                self._notifications.note(rule, subject)
            elif decision is Decision.QUIET_HOURS:
                self._open_digest().put(rule.event, subject)
        else:
            self._incidents[about] = incident  # it was so when the scan was added
        return actions

    def _is_start(self, state: State) -> bool:
        """Whether a restored scan can't be watched from the start and no window shows it."""
        is_restored = self.reports_start and scan_of(state.subject) in self._restored
        return is_restored and state.rule.event is Event.SIGNED_OUT

    def begin(
        self, state: State, told_in: Alert | None = None, decision: Decision | None = None
    ) -> None:
        """Write down that an incident has started, or started again.

        Args:
            state: the state that holds.
            told_in: the alert that already reported it.
            decision: why no notification will name it.
        """
        rule, subject, _, _ = state
        about = self.count(state)
        self._standing.add(about)
        decision = decision or self._decision(state) or Decision.NOT_TOLD
        is_unread = self._delivery.is_unread(rule)
        key, name = self._line_of(about), self._name_of(subject)
        self._write(Raised(key, rule.event, subject, name, told_in, decision, is_unread))

    def count(self, state: State) -> _About:
        """Mark an incident as reported: a digest counts it, maybe before it is certain."""
        about = state.rule.event, state.subject.id
        self._incidents[about] = state.incident
        return about

    def await_end(self, state: State, told_in: Alert) -> None:
        """Write down a counted end once it is certain."""
        about = state.rule.event, state.subject.id
        if about not in self._standing:
            self._standing.add(about)
            self._told_in[about] = told_in

    def forget(self, scan_id: ScanId) -> None:
        """Stop following a scan."""
        self._restored.discard(scan_id)
        for abouts in (self._standing, self._seen_without):
            abouts -= {about for about in abouts if about[1] == scan_id}

    def record(self, event: Event, subject: Scan | Server) -> tuple[ToldRecord | None, str]:
        """Return the record of a subject for a later session, and the key of its line.

        A server has no record; its line is enough.
        """
        about = event, subject.id
        line = self._line_of(about)
        if isinstance(subject, Server):
            return None, line
        return ToldRecord(subject.id, FindingId(event.value), self._incidents[about]), line

    def _decision(self, state: State) -> Decision | None:
        """Return why a state is not reported on the desktop now."""
        if not self._delivery.is_on_desktop(state.rule.event):
            return Decision.INBOX
        return self._delivery.held(state.subject.id if isinstance(state.subject, Scan) else None)

    def _name_of(self, subject: Scan | Server) -> str:
        if isinstance(subject, Server):
            return host_name(subject.id)
        return self._scan_name(subject.id)

    def _let_go(self, state: State) -> list[Action]:
        event, subject = state.rule.event, state.subject
        about = event, subject.id
        if about not in self._standing:
            return []
        self._standing.discard(about)
        self._told_in.pop(about, None)
        self._write(Withdrawn(self._line_of(about), event, subject))
        return self._notifications.let_state_go(event, subject.id)

    def _line_of(self, about: _About) -> str:
        """Return the key of the line of the last reported incident."""
        event, subject_id = about
        return f"{event.value} {subject_id} {self._incidents[about]}"
