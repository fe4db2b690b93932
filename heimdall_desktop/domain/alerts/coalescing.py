"""Combine alerts into notifications and limit the notifications on screen.

Source: ux.md 2.5, rules 2 and 3. The first alert of a scan is shown at once, also in the
notification of a window that several scans share. Later ones update that notification without a
sound after 10 s, and once more when the burst ends. No key is shown with news more than
`MOST_CALLS` times, and no more than `MOST_STANDING` notifications are shown at once.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from heimdall_desktop.domain.alerts.alert import (
    ALERT_KEYS,
    Action,
    Alert,
    PendingAlert,
    Retraction,
    ToldRecord,
    mark_of,
    record_of,
    scan_of,
)
from heimdall_desktop.domain.alerts.rules import Event, Rule, Server, Subject
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.domain.facts.scan import Scan

SCANS_FOR_ONE = 3  # from this many scans on, one notification reports all
MOST_CALLS = 3  # under one key: first, after 10 s, at the end
MOST_STANDING = 3  # notifications; another one replaces the oldest


class AlertCoalescer:
    """Holds reported and pending subjects, and turns them into notifications.

    Args:
        clock: monotonic seconds.
        scan_name: the name of a scan as shown, "" if it is gone.
        record: the record of a subject for a later session, and the key of its line.
        is_only_confident: whether a finding counts as confirmed only because of its confidence.
        session: distinguishes the keys of this session from those that an inbox keeps of earlier
            ones.

    Attributes:
        is_standing: whether the notification of a key is on the desktop, or about to be.
        is_on_strip: whether it is inside the window instead.
        is_in_view: whether the analyst is viewing a scan, so its news doesn't need the desktop.
        view_of: the saved view that names a finding, "" for none.
        is_silent: whether notifications of scans are held back: quiet hours, or all are muted.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        scan_name: Callable[[ScanId], str],
        record: Callable[[Event, Subject], tuple[ToldRecord | None, str]],
        is_only_confident: Callable[[Finding], bool],
        session: str,
    ) -> None:
        self._clock, self._scan_name, self._record = clock, scan_name, record
        self._is_only_confident = is_only_confident
        self._session, self._count, self._shows = session, 0, 0
        self._pending: dict[str, PendingAlert] = {}
        self._keys: dict[FindingId, str] = {}  # by `mark_of`
        self._told: dict[str, float] = {}  # when, by `finding_id` of records and keys of lines
        self._windows: dict[tuple[Event, ScanId], PendingAlert] = {}
        self._noted: dict[str, PendingAlert] = {}
        self._handed_out: set[str] = set()
        self.is_standing: Callable[[str], bool] = lambda _key: True
        self.is_on_strip: Callable[[str], bool] = lambda _key: False
        self.is_in_view: Callable[[ScanId], bool] = lambda _scan_id: False
        self.view_of: Callable[[FindingId], str] = lambda _finding_id: ""
        self.is_silent: Callable[[Iterable[ScanId]], bool] = lambda _scan_ids: False

    # -- pending subjects --

    def begin_turn(self) -> None:
        """Treat everything returned so far as handed to the desktop."""
        self._handed_out.clear()

    def recall(self, mark: str) -> None:
        """Mark an event as notified by an earlier session; the time is unknown, so use now."""
        self._told[mark] = self._clock()

    def silence(self, rule: Rule, finding_id: FindingId) -> None:
        """Never report a finding by a rule."""
        self._keys[mark_of(rule.event, finding_id)] = ""

    def unsilence(self, rule: Rule, finding_id: FindingId) -> None:
        """Allow notifications of a silenced finding again."""
        if self._keys.get(mark_of(rule.event, finding_id)) == "":
            del self._keys[mark_of(rule.event, finding_id)]

    def knows(self, rule: Rule, finding_id: FindingId) -> bool:
        """Whether a rule reported a finding, will report it, or never will."""
        return mark_of(rule.event, finding_id) in self._keys

    def has_told(self, mark: str) -> bool:
        """Whether an event was notified, in this session or an earlier one."""
        return mark in self._told

    def told_s(self, mark: str) -> float:
        """Return how many seconds ago an event was notified; infinity for never."""
        return self._clock() - self._told.get(mark, float("-inf"))

    def untell(self, rule: Rule, finding_id: FindingId) -> None:
        """Mark a finding as one that no notification has named."""
        mark = mark_of(rule.event, finding_id)
        for each in (mark, mark_of(Event.CONFIRMED, finding_id)):
            self._told.pop(each, None)
        self._keys.pop(mark, None)

    def alert_of(self, rule: Rule, finding_id: FindingId) -> PendingAlert | None:
        """Return the alert that reports a finding by a rule, or will."""
        pending = self._pending.get(self._keys.get(mark_of(rule.event, finding_id), ""))
        return pending if pending is not None and finding_id in pending.findings else None

    def begin(self, rule: Rule, *, is_digest: bool = False) -> PendingAlert:
        """Return an empty alert."""
        key = self._new_key()
        pending = self._pending[key] = PendingAlert(key, rule, self._clock(), is_digest)
        return pending

    def _new_key(self) -> str:
        self._count += 1
        return f"{ALERT_KEYS}{self._session}{self._count}"

    def put(self, event: Event, subject: Subject, pending: PendingAlert) -> None:
        """Add a subject to an alert."""
        pending.put(event, subject)
        if isinstance(subject, Finding):
            self._keys[mark_of(pending.rule.event, subject.id)] = pending.key

    def note(self, rule: Rule, subject: Subject) -> None:
        """Add a subject to the window of its scan; start a window if there is none."""
        window = rule.event, scan_of(subject)
        pending = self._windows.get(window)
        if pending is None:
            windows = [each for (event, _), each in self._windows.items() if event is rule.event]
            shared = [each for each in windows if len(each.scan_ids) > 1]
            pending = shared[0] if shared else self.begin(rule)
            pending.has_first = True
            self._windows[window] = pending
        elif not (pending.is_shown or len(pending)):
            pending.begin_window(self._clock())  # everything it reported was withdrawn
        pending.news_at_s = self._clock()
        self.put(rule.event, subject, pending)
        self._noted[pending.key] = pending

    def confirm(self, rule: Rule, finding: Finding) -> None:
        """Report a finding once more, as it is confirmed now.

        Its notification is updated in place, at once if it reports nothing else. If the
        notification is no longer on screen, a window reports the finding.
        """
        pending = self.alert_of(rule, finding.id)
        if pending is not None:
            pending.news_at_s = self._clock()
            if pending.is_due:
                return  # its window shows it
        if pending is None or not self._is_seen(pending):
            if pending is not None:
                del pending.findings[finding.id]
            self.note(rule, finding)
        elif len(pending) == 1:
            pending.has_first = True
            self._noted[pending.key] = pending
        else:
            pending.is_due = True
            if pending not in self._windows.values():
                pending.begin_window(self._clock())
                self._windows[Event.CONFIRMED, finding.scan_id] = pending

    def note_held(self, scan_id: ScanId, pending: PendingAlert) -> None:
        """Start a scan's window with what it held when it was added, so that rule 3 counts it."""
        if len(pending):
            pending.begin_window(self._clock())
            self._windows.setdefault((pending.rule.event, scan_id), pending)
            self._noted[pending.key] = pending

    # -- withdrawals --

    def let_go(self, rule: Rule, finding: Finding, *, is_own: bool = False) -> list[Action]:
        """Remove a finding from its notification; the user's own change shows nothing again."""
        pending = self.alert_of(rule, finding.id)
        if pending is None:
            return []
        del pending.findings[finding.id]
        mark = mark_of(rule.event, finding.id)
        if mark not in self._told:  # no notification names it yet; if it applies again, one will
            del self._keys[mark]
            if len(pending):
                return []
        return self._take_back(pending, is_own=is_own)

    def hand_over(self, rule: Rule, older: Finding, newest: Finding) -> list[Action]:
        """Report the newest row of a finding in place of one that deserves no alert (T-9)."""
        pending = self.alert_of(rule, older.id)
        if pending is None:
            return []
        del pending.findings[older.id]
        for event in _events(rule.event, newest):
            if (at_s := self._told.get(mark_of(event, older.id))) is not None:
                self._told[mark_of(event, newest.id)] = at_s
        self.put(rule.event, newest, pending)
        return self.renew(pending)

    def renew(self, pending: PendingAlert, *, is_own: bool = False) -> list[Action]:
        """Update a notification to what applies now."""
        return self._take_back(pending, is_own=is_own) if self._is_seen(pending) else []

    def hold(self, is_held: Callable[[ScanId], bool]) -> list[tuple[Event, Subject]]:
        """Remove unreported subjects of scans that are now held back.

        Returns:
            The removed subjects, each with its event.
        """
        held: list[tuple[Event, Subject]] = []
        for pending, event, subject in list(self.waiting()):
            if is_held(scan_of(subject)):
                held.append((event, subject))
                pending.remove(event, subject)
                if isinstance(subject, Finding):
                    self.silence(pending.rule, subject.id)
        for pending in self._pending.values():
            for counted in () if pending.is_shown else (pending.highs, pending.viewed):
                for finding in [each for each in counted.values() if is_held(each.scan_id)]:
                    del counted[finding.id]
        return held

    def waiting(self) -> Iterator[tuple[PendingAlert, Event, Finding | Scan]]:
        """Yield unreported findings and scans, each with the alert that will report it."""
        for pending in self._pending.values():
            if pending.is_shown and not pending.is_due:
                continue
            for event, subject in pending.items():
                is_told = self._mark(event, subject) in self._told
                if not (is_told or isinstance(subject, Server)):
                    yield pending, event, subject

    def let_state_go(self, event: Event, subject_id: str) -> list[Action]:
        """Stop reporting a state of a scan or a server."""
        actions: list[Action] = []
        for pending in list(self._pending.values()):
            if pending.states.pop((event, subject_id), None) is not None:
                actions += self._take_back(pending)
        return actions

    def forget(self, scan_id: ScanId, digest: PendingAlert | None) -> list[Action]:
        """Stop reporting a scan; keep the pending digest, if there is one."""
        self._windows = {s: w for s, w in self._windows.items() if s[1] != scan_id}
        actions: list[Action] = []
        for _, event, subject in list(self.waiting()):
            if isinstance(subject, Finding) and subject.scan_id == scan_id:
                del self._keys[mark_of(event, subject.id)]  # if it comes back, it is reported then
        for pending in [each for each in self._pending.values() if scan_id in each.scan_ids]:
            pending.drop(scan_id)
            actions += self._take_back(pending)
            is_in_use = pending in self._windows.values() or pending is digest
            if not len(pending) and not is_in_use:
                del self._pending[pending.key]
        return actions

    # -- notifications --

    def tell_noted(self) -> list[Action]:
        """Report the noted subjects, or leave them for the end of their window."""
        noted, self._noted = self._noted, {}
        self._drop_closed(_each(self._windows))
        actions = self._join_windows(noted)
        return [*actions, *(each for pending in noted.values() for each in self._open(pending))]

    def end_windows(self) -> list[Action]:
        """Return the updates that are due: after 10 s, and when the burst of a window ends."""
        now_s = self._clock()
        speaking = [each for each in _each(self._windows) if now_s >= each.speaks_at_s()]
        self._drop_closed(speaking)
        actions: list[Action] = []
        for pending in speaking:
            is_told = pending.is_due and self._has_news(pending)
            is_told = is_told and not self.is_silent(pending.scan_ids)
            is_over, pending.is_due, pending.is_updated = pending.is_updated, False, True
            if is_over or not is_told or now_s >= pending.speaks_at_s():
                self._windows = {s: w for s, w in self._windows.items() if w is not pending}
            actions += self.tell(pending) if is_told else []
        return actions

    def _drop_closed(self, windows: Iterable[PendingAlert]) -> None:
        """Remove the reported subjects of notifications closed since: they are not repeated."""
        for pending in windows:
            if pending.is_shown and not self._is_seen(pending):
                stale = [each for each in pending.items() if not self._is_news(*each)]
                for event, subject in stale:
                    pending.remove(event, subject)

    def _join_windows(self, noted: dict[str, PendingAlert]) -> list[Action]:
        """Combine the windows of several scans with pending alerts into one (rule 3)."""
        actions: list[Action] = []
        for event in dict.fromkeys(event for event, _ in self._windows):
            windows = _each({s: w for s, w in self._windows.items() if s[0] is event})
            filled = [window for window in windows if len(window)]
            scans = {s[1] for s, window in self._windows.items() if s[0] is event and len(window)}
            if len(filled) < 2 or len(scans) < SCANS_FOR_ONE:
                continue
            *others, first = sorted(filled, key=lambda window: not window.is_shown)  # a new key
            newest, first.findings, first.states = (first.findings, first.states), {}, {}
            for other in others:
                self._absorb(first, other)
                noted.pop(other.key, None)
            first.findings |= newest[0]
            first.states |= newest[1]
            noted.pop(first.key, None)
            *made_room, joint = self.tell(first)
            into = joint if isinstance(joint, Alert) else None
            gone = [Retraction(each.key, into) for each in others if each.is_shown]
            actions += [*made_room, *gone, joint]
        return actions

    def _open(self, pending: PendingAlert) -> list[Action]:
        """Report the first alert of a scan at once, and leave the others for the window's end."""
        is_waiting = pending.is_shown and not pending.has_first
        if is_waiting or not len(pending) or pending.key not in self._pending:
            pending.is_due = pending.is_shown
            return []
        return self.tell(pending)

    def _absorb(self, pending: PendingAlert, other: PendingAlert) -> None:
        """Move the subjects and windows of one alert into another."""
        pending.findings |= other.findings
        pending.states |= other.states
        event = pending.rule.event
        self._keys |= {mark_of(event, each): pending.key for each in other.findings}
        self._pending.pop(other.key, None)
        self._windows = {s: pending if w is other else w for s, w in self._windows.items()}

    def tell(self, pending: PendingAlert) -> list[Action]:
        """Show an alert, and keep at most `MOST_STANDING` notifications on screen."""
        standing = sorted(
            (each for each in self._pending.values() if each is not pending and self._stands(each)),
            key=lambda each: (each.is_digest, each.shown),
        )
        needs_no_room = self._stands(pending) or all(map(self.is_in_view, pending.scan_ids))
        if needs_no_room or len(standing) < MOST_STANDING:
            return self._show_news(pending)
        alike = [each for each in standing if each.rule is pending.rule]
        if alike and not pending.is_digest:
            return self._replace(alike[0], pending)
        for number, older in enumerate(standing):
            for newer in standing[number + 1 :]:
                if newer.rule is older.rule:
                    return [*self._replace(newer, older), *self._show_news(pending)]
        return self._show_news(pending)

    def _show_news(self, pending: PendingAlert) -> list[Action]:
        """Show an alert, under a new key if its own was shown `MOST_CALLS` times."""
        if pending.calls < MOST_CALLS:
            return [self._show(pending)]
        before = pending.key
        pending.key, pending.calls = self._new_key(), 0
        self._pending[pending.key] = self._pending.pop(before)
        findings = (mark_of(pending.rule.event, each) for each in pending.findings)
        self._keys |= dict.fromkeys(findings, pending.key)
        alert = self._show(pending)
        return [Retraction(before, alert), alert]

    def _replace(self, pending: PendingAlert, other: PendingAlert) -> list[Action]:
        """Turn the notification of one alert into the summary of two."""
        pending.is_digest, pending.has_first = False, True
        pending.begin_window(max(pending.began_at_s, other.began_at_s))
        self._absorb(pending, other)
        *made_room, summary = self._show_news(pending)
        into = summary if isinstance(summary, Alert) else None
        gone = [Retraction(other.key, into)] if other.is_shown else []
        return [*made_room, *gone, summary]

    def _stands(self, pending: PendingAlert) -> bool:
        key = pending.key
        return pending.is_shown and (key in self._handed_out or self.is_standing(key))

    def _is_seen(self, pending: PendingAlert) -> bool:
        return self._stands(pending) or (pending.is_shown and self.is_on_strip(pending.key))

    def _take_back(self, pending: PendingAlert, *, is_own: bool = False) -> list[Action]:
        """Reduce a notification to what is true; withdraw it if it can't be updated now."""
        holds_still = len(pending) > 0
        was_shown = pending.is_shown or pending.shown > 0
        if not pending.is_shown and (holds_still or not was_shown):
            return []
        if holds_still and not is_own and not self.is_silent(pending.scan_ids):
            return [self._show(pending)]
        pending.is_shown = pending.is_due = pending.has_first = False
        pending.calls = 0
        return [Retraction(pending.key, holds_still=holds_still)]

    def _show(self, pending: PendingAlert) -> Alert:
        is_update = pending.is_shown and not pending.has_first
        pending.is_shown, pending.is_due, pending.has_first = True, False, False
        pending.calls += 1
        self._handed_out.add(pending.key)
        newest = pending.newest
        if newest is None:
            raise AssertionError("a notification tells of something")
        event, subject = newest
        news = self._take_news(pending)
        if news:
            self._shows += 1
            pending.shown = self._shows
        _, line = self._record(event, subject)
        merged = (each.line for each in news if each.subject is not subject)
        counted = (
            self._record(about, finding)[1]
            for about, found in ((Event.HIGH, pending.highs), (Event.VIEW, pending.viewed))
            for finding in found.values()
        )
        rule = pending.rule
        viewed = pending.findings if rule.event is Event.VIEW else pending.viewed
        return Alert(
            pending.key,
            rule,
            subject,
            findings=tuple(pending.findings.values()),
            scans=pending.scans_of(Event.FAILED if pending.is_digest else rule.event),
            names={scan_id: self._scan_name(scan_id) for scan_id in pending.scan_ids},
            news=tuple(dict.fromkeys(each.event for each in news)),
            told=tuple(each.record for each in news if each.record is not None),
            line=line,
            merged_lines=tuple(dict.fromkeys((*merged, *counted))),
            is_update=is_update,
            is_digest=pending.is_digest,
            highs=len(pending.highs),
            finished=pending.scans_of(Event.FINISHED) if pending.is_digest else (),
            ended=pending.ended,
            servers=tuple(each for each in pending.states.values() if isinstance(each, Server)),
            viewed=len(pending.viewed),
            view=", ".join(sorted({*map(self.view_of, viewed)})),
            only_confident=frozenset(
                each.id for each in pending.findings.values() if self._is_only_confident(each)
            ),
        )

    def _take_news(self, pending: PendingAlert) -> list["_News"]:
        """Return the subjects that are reported for the first time."""
        news: list[_News] = []
        for about, subject in pending.items():
            for event in _events(about, subject):
                mark = self._mark(event, subject)
                if mark in self._told:
                    continue
                self._told[mark] = self._clock()
                record, line = self._record(about, subject)
                if isinstance(subject, Finding):
                    record = record_of(event, subject)
                news.append(_News(event, subject, record, line))
        return news

    def _has_news(self, pending: PendingAlert) -> bool:
        return any(self._is_news(event, subject) for event, subject in pending.items())

    def _is_news(self, event: Event, subject: Subject) -> bool:
        """Whether a subject has an event that no notification has reported."""
        return any(self._mark(each, subject) not in self._told for each in _events(event, subject))

    def _mark(self, event: Event, subject: Subject) -> str:
        """Return the id that represents one event of a subject in `_told`."""
        if isinstance(subject, Finding):
            return mark_of(event, subject.id)
        return self._record(event, subject)[1]


class _News(NamedTuple):
    """An event that a notification reports for the first time.

    Attributes:
        record: its record for a later session.
        line: the key of its line in the inbox.
    """

    event: Event
    subject: Subject
    record: ToldRecord | None
    line: str


def _events(event: Event, subject: Subject) -> list[Event]:
    """Return the events a notification reports: a critical one may be confirmed too."""
    is_confirmed = isinstance(subject, Finding) and subject.verdict is Verdict.CONFIRMED
    return [event, Event.CONFIRMED] if event is Event.CRITICAL and is_confirmed else [event]


def _each(windows: dict[tuple[Event, ScanId], PendingAlert]) -> list[PendingAlert]:
    """Return pending alerts that several scans may share, each once."""
    return list({pending.key: pending for pending in windows.values()}.values())
