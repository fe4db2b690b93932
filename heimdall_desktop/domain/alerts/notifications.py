"""Combine alerts into notifications and limit the notifications on screen.

Source: behaviour.md 2.5, rules 2 and 3. The first alert of a scan is shown at once, also in the
notification of a window that several scans share. Later ones update that notification without a
sound after 10 s, and once more when the burst ends. No key is shown with news more than
`MOST_CALLS` times, and no more than `MOST_AT_ONCE` notifications are shown at once.
"""

from collections.abc import Callable, Container, Iterable, Iterator

from heimdall_desktop.domain.alerts import alert
from heimdall_desktop.domain.alerts.delivery import CatchUpTracker, Delivery
from heimdall_desktop.domain.alerts.rules import CRITICAL, Event, Rule, Server, Subject
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.domain.facts.scan import Scan

SCANS_FOR_ONE = 3  # from this many scans on, one notification reports all
MOST_CALLS = 3  # under one key: first, after 10 s, at the end
MOST_AT_ONCE = 3  # notifications; another one replaces the oldest


class Notifications:
    """Holds reported and pending subjects, and turns them into notifications.

    Args:
        clock: monotonic seconds.
        scan_name: the name of a scan as shown, "" if it is gone.
        delivery: what the user chose.
        catch_up: which scans were missed, so that their news waits for a digest.
        session: distinguishes the keys of this session from those that an inbox keeps of earlier
            ones.

    Attributes:
        rows: what is known of each event of each subject that mattered.
        log: the entries for the inbox, and
        actions: the notifications to show or withdraw, both since `take_output`.
        digest: collects the news of scans that were missed, or of quiet hours.
        is_on_desktop: whether the notification of a key is on the desktop, or about to be.
        is_on_strip: whether it is inside the window instead.
        is_in_view: whether the analyst is viewing a scan, so its news doesn't need the desktop.
        view_of: the saved view that names a finding, "" for none.
        only_confident: returns those findings that count as confirmed only by their confidence.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        scan_name: Callable[[ScanId], str],
        delivery: Delivery,
        catch_up: CatchUpTracker,
        session: str,
    ) -> None:
        self.clock, self.scan_name, self.delivery = clock, scan_name, delivery
        self._catch_up, self._session = catch_up, session
        self._count = self._shows = 0
        self.rows: dict[tuple[Event, str], alert.Row] = {}
        self.log: list[alert.LogEntry] = []
        self.actions: list[alert.Action] = []
        self.digest: alert.PendingAlert | None = None
        self._pending: dict[str, alert.PendingAlert] = {}
        self._windows: dict[tuple[Event, ScanId], alert.PendingAlert] = {}
        self._noted: dict[str, alert.PendingAlert] = {}
        self._reduced: dict[alert.PendingAlert, None] = {}
        self._handed_out: set[str] = set()
        self.is_on_desktop: Callable[[str], bool] = lambda _key: True
        self.is_on_strip: Callable[[str], bool] = lambda _key: False
        self.is_in_view: Callable[[ScanId], bool] = lambda _scan_id: False
        self.view_of: Callable[[FindingId], str] = lambda _finding_id: ""
        self.only_confident: Callable[[Iterable[Finding]], frozenset[FindingId]] = (
            lambda _findings: frozenset()
        )

    def take_output(self) -> list[alert.LogEntry | alert.Action]:
        """Show what was reduced; return the log, the last action of each key, and all news."""
        reduced, self._reduced = self._reduced, {}
        for pending in reduced:
            is_joined = self._pending.get(pending.id) is not pending
            if not (pending.is_shown and pending.subjects) or is_joined:
                continue
            if self.delivery.is_silent(pending.scan_ids):
                self._retract(pending)
            else:
                (self._show_news if self._has_news(pending) else self._show)(pending)
        log, actions = self.log, self.actions
        self.log, self.actions = [], []
        last = {action.key: action for action in actions}
        has_news = (isinstance(each, alert.Retraction) or bool(each.news) for each in actions)
        kept = [
            each
            for each, is_news in zip(actions, has_news, strict=True)
            if is_news or each is last[each.key]
        ]
        return [*log, *kept]

    # -- what is known --

    def row(self, event: Event, subject_id: str, scan_id: str = "") -> alert.Row:
        """Return what is known of a subject; a new row of a finding needs its scan."""
        row = self.rows.get((event, subject_id))
        if row is None:
            row = self.rows[event, subject_id] = alert.Row(scan_id or subject_id)
        return row

    def line_of(self, event: Event, subject: Subject) -> str:
        row = self.rows.get((event, subject.id))  # asking makes no row: there may be 100,000
        return (row and row.line) or alert.mark_of(event, FindingId(subject.id))

    def alert_of(self, event: Event, finding_id: FindingId) -> alert.PendingAlert | None:
        """Return the alert that reports an event of a finding, or will."""
        row = self.rows.get((event, finding_id))
        pending = None if row is None or not row.key else self._pending.get(row.key)
        return pending if pending is not None and (event, finding_id) in pending.subjects else None

    def begin(self, rule: Rule, *, is_digest: bool = False) -> alert.PendingAlert:
        key = self._new_key()
        pending = self._pending[key] = alert.PendingAlert(key, key, rule, self.clock(), is_digest)
        return pending

    def _new_key(self) -> str:
        self._count += 1
        return f"{alert.ALERT_KEYS}{self._session}{self._count}"

    def open_digest(self) -> alert.PendingAlert:
        """Return the digest that is collected; start one if needed."""
        if self.digest is None:
            self.digest = self.begin(CRITICAL, is_digest=True)
        return self.digest

    def digest_of(self, scan_id: ScanId) -> alert.PendingAlert | None:
        """Return the digest that news of a scan now waits for; None if it waits for none."""
        is_waiting = self._catch_up.collects(scan_id) or self.delivery.is_quiet()
        return self.open_digest() if is_waiting else None

    # -- news --

    def put(self, event: Event, subject: Subject, pending: alert.PendingAlert) -> None:
        pending.put(event, subject)
        if isinstance(subject, Finding):
            self.row(event, subject.id, subject.scan_id).key = pending.id

    def note(self, rule: Rule, subject: Subject) -> None:
        """Add a subject to the window of its scan; start a window if there is none."""
        window = rule.event, alert.scan_of(subject)
        pending = self._windows.get(window)
        if pending is None:
            windows = [each for (event, _), each in self._windows.items() if event is rule.event]
            shared = [each for each in windows if len(each.scan_ids) > 1]
            pending = shared[0] if shared else self.begin(rule)
            pending.has_first = True
            self._windows[window] = pending
        elif not (pending.is_shown or pending.subjects):
            pending.begin_window(self.clock())  # everything it reported was withdrawn
        pending.news_at_s = self.clock()
        self.put(rule.event, subject, pending)
        self._noted[pending.id] = pending

    def note_held(self, scan_id: ScanId, pending: alert.PendingAlert) -> None:
        """Start a scan's window with what it held when it was added, so that rule 3 counts it."""
        if pending.subjects:
            pending.begin_window(self.clock())
            self._windows.setdefault((pending.rule.event, scan_id), pending)
            self._noted[pending.id] = pending

    def confirm(self, rule: Rule, finding: Finding) -> None:
        """Report a finding once more, as it is confirmed now.

        Its notification is updated in place, at once if it reports nothing else. If the
        notification is no longer on screen, a window reports the finding.
        """
        pending = self.alert_of(rule.event, finding.id)
        if pending is not None:
            pending.news_at_s = self.clock()
            if pending.is_due:
                return  # its window shows it
        if pending is None or not self._is_seen(pending):
            if pending is not None:
                del pending.subjects[rule.event, finding.id]
            self.note(rule, finding)
        elif len(pending.subjects) == 1:
            pending.has_first = True
            self._noted[pending.id] = pending
        else:
            pending.is_due = True
            if pending not in self._windows.values():
                pending.begin_window(self.clock())
                self._windows[Event.CONFIRMED, finding.scan_id] = pending

    # -- withdrawals --

    def withdraw(self, event: Event, finding_id: FindingId, *, is_own: bool = False) -> None:
        """Remove a finding from its notification; the user's own change shows nothing again."""
        pending = self.alert_of(event, finding_id)
        if pending is None:
            return
        del pending.subjects[event, finding_id]
        row = self.row(event, finding_id)
        if event not in row.notified_at_s:
            row.key = None  # no notification names it yet; if it applies again, one will
            if pending.subjects:
                return
        self._reduce(pending, is_own=is_own)

    def withdraw_state(self, event: Event, subject_id: str) -> None:
        for pending in list(self._pending.values()):
            if pending.subjects.pop((event, subject_id), None) is not None:
                self._reduce(pending)

    def hand_over(self, event: Event, older: Finding, newest: Finding) -> None:
        """Report the newest row of a finding in place of one that deserves no alert (T-9)."""
        pending = self.alert_of(event, older.id)
        if pending is None:
            return
        del pending.subjects[event, older.id]
        notified = self.row(event, older.id).notified_at_s
        row = self.row(event, newest.id, newest.scan_id)
        reported = {each: notified[each] for each in _events(event, newest) if each in notified}
        row.notified_at_s = {**row.notified_at_s, **reported}
        self.put(event, newest, pending)
        self.renew(pending)

    def renew(self, pending: alert.PendingAlert, *, is_own: bool = False) -> None:
        if self._is_seen(pending):
            self._reduce(pending, is_own=is_own)

    def hold(self, is_held: Callable[[ScanId], bool]) -> list[tuple[Event, Subject]]:
        """Remove unreported subjects of scans that are now held back, and return them."""
        held: list[tuple[Event, Subject]] = []
        for pending, event, subject in list(self.waiting()):
            if is_held(alert.scan_of(subject)):
                held.append((event, subject))
                del pending.subjects[event, subject.id]
                if isinstance(subject, Finding):
                    self.row(event, subject.id).key = ""
        for pending in self._pending.values():
            if not pending.is_shown:
                pending.drop_counted(is_held)
        return held

    def waiting(self) -> Iterator[tuple[alert.PendingAlert, Event, Finding | Scan]]:
        """Yield unreported findings and scans, each with the alert that will report it."""
        for pending in self._pending.values():
            if pending.is_shown and not pending.is_due:
                continue
            for (event, subject_id), subject in pending.subjects.items():
                is_notified = event in self.row(event, subject_id).notified_at_s
                if not (is_notified or isinstance(subject, Server)):
                    yield pending, event, subject

    def forget(self, scan_id: ScanId) -> None:
        """Stop reporting a scan; a digest that is collected stays."""
        self._windows = {s: w for s, w in self._windows.items() if s[1] != scan_id}
        for _, event, subject in list(self.waiting()):
            if isinstance(subject, Finding) and subject.scan_id == scan_id:
                self.row(event, subject.id).key = None  # if it comes back, it is reported then
        for pending in list(self._pending.values()):
            was_closed = scan_id in pending.closed
            pending.closed.discard(scan_id)
            is_over = was_closed and not (pending.closed or pending.subjects)
            if not (is_over or scan_id in pending.scan_ids):
                continue
            pending.drop(scan_id)
            self._reduce(pending)
            is_in_use = pending in self._windows.values() or pending is self.digest
            if not (pending.subjects or is_in_use):
                del self._pending[pending.id]
        for (_, subject_id), row in self.rows.items():
            if row.newest is not None and row.newest.scan_id == scan_id:
                row.newest = None
            if row.withdrawn is not None and row.withdrawn.scan_id == scan_id:
                row.withdrawn = None
            if subject_id == scan_id:
                row.is_active = row.was_without = False

    def drop_rows(self, scan_ids: Container[str]) -> set[str]:
        """Forget what was reported of scans; return the subjects."""
        dropped = {key: row for key, row in self.rows.items() if row.scan_id in scan_ids}
        self.rows = {key: row for key, row in self.rows.items() if key not in dropped}
        return {subject_id for _, subject_id in dropped}

    def _reduce(self, pending: alert.PendingAlert, *, is_own: bool = False) -> None:
        """Reduce a notification to what is true at the end of the turn, or withdraw it now."""
        still_applies = bool(pending.subjects)
        was_shown = pending.is_shown or pending.shown > 0
        if not pending.is_shown and (still_applies or not was_shown):
            return
        if still_applies and not is_own:
            self._reduced[pending] = None  # several changes of a turn show it once
        else:
            self._retract(pending)

    def _retract(self, pending: alert.PendingAlert) -> None:
        pending.is_shown = pending.is_due = pending.has_first = False
        pending.calls = 0
        self.actions.append(alert.Retraction(pending.key, still_applies=bool(pending.subjects)))

    # -- notifications --

    def show_noted(self) -> None:
        """Report the noted subjects, or leave them for the end of their window."""
        noted, self._noted = self._noted, {}
        self._drop_closed(_each(self._windows))
        self._join_windows(noted)
        for pending in noted.values():
            is_waiting = pending.is_shown and not pending.has_first
            if is_waiting or not pending.subjects or pending.id not in self._pending:
                pending.is_due = pending.is_shown
            else:
                self.show(pending)  # the first alert of a scan

    def end_windows(self) -> None:
        """Show the updates that are due: after 10 s, and when the burst of a window ends."""
        now_s = self.clock()
        due = [each for each in _each(self._windows) if now_s >= each.updates_at_s()]
        self._drop_closed(due)
        for pending in due:
            has_news = pending.is_due and self._has_news(pending)
            has_news = has_news and not self.delivery.is_silent(pending.scan_ids)
            is_last, pending.is_due, pending.is_updated = pending.is_updated, False, True
            if is_last or not has_news or now_s >= pending.updates_at_s():
                self._windows = {s: w for s, w in self._windows.items() if w is not pending}
            if has_news:
                self.show(pending)

    def _drop_closed(self, windows: Iterable[alert.PendingAlert]) -> None:
        """Remove the reported subjects of notifications closed since: they are not repeated."""
        for pending in windows:
            if pending.is_shown and not self._is_seen(pending):
                pending.closed.update(pending.scan_ids)
                pending.subjects = {
                    key: subject
                    for key, subject in pending.subjects.items()
                    if key in pending.fresh and self._is_news(key[0], subject)
                }

    def _join_windows(self, noted: dict[str, alert.PendingAlert]) -> None:
        """Combine the windows of several scans with pending alerts into one (rule 3)."""
        for event in dict.fromkeys(event for event, _ in self._windows):
            of_event = {s: w for s, w in self._windows.items() if s[0] is event and w.subjects}
            filled = _each(of_event)
            if len(filled) < 2 or len(of_event) < SCANS_FOR_ONE:
                continue
            *others, first = sorted(filled, key=lambda window: not window.is_shown)  # a new key
            for each in filled:
                noted.pop(each.id, None)
            largest = max(others, key=lambda window: len(window.subjects))
            self._swap(first, largest)
            rest = [each for each in others if each is not largest]
            for other in (*rest, largest):  # what `first` had comes last
                self._absorb(first, other)
            joint = self.show(first)
            self.actions[-1:-1] = [
                alert.Retraction(each.key, joint) for each in others if each.is_shown
            ]

    def _swap(self, one: alert.PendingAlert, other: alert.PendingAlert) -> None:
        """Let two notifications exchange what they report: the larger part need not be moved."""
        one.id, other.id = other.id, one.id
        one.subjects, other.subjects = other.subjects, one.subjects
        one.fresh, other.fresh = other.fresh, one.fresh
        self._pending |= {one.id: one, other.id: other}

    def _absorb(self, pending: alert.PendingAlert, other: alert.PendingAlert) -> None:
        for (event, _), subject in other.subjects.items():
            self.put(event, subject, pending)
        self._pending.pop(other.id, None)
        self._windows = {s: pending if w is other else w for s, w in self._windows.items()}

    def show(self, pending: alert.PendingAlert) -> alert.Alert:
        """Show an alert, and keep at most `MOST_AT_ONCE` notifications on screen."""
        shown = sorted(
            (each for each in self._pending.values() if each is not pending and self._is_up(each)),
            key=lambda each: (each.is_digest, each.shown),
        )
        has_room = len(shown) < MOST_AT_ONCE or self._is_up(pending)
        if has_room or all(map(self.is_in_view, pending.scan_ids)):
            return self._show_news(pending)
        alike = [each for each in shown if each.rule is pending.rule]
        if alike and not pending.is_digest:
            return self._replace(alike[0], pending)
        for number, older in enumerate(shown):
            for newer in shown[number + 1 :]:
                if newer.rule is older.rule:
                    self._replace(newer, older)
                    return self._show_news(pending)
        return self._show_news(pending)

    def _replace(self, pending: alert.PendingAlert, other: alert.PendingAlert) -> alert.Alert:
        """Turn the notification of one alert into the summary of two."""
        pending.is_digest, pending.has_first = False, True
        pending.begin_window(max(pending.began_at_s, other.began_at_s))
        self._absorb(pending, other)
        summary = self._show_news(pending)
        if other.is_shown:
            self.actions.insert(-1, alert.Retraction(other.key, summary))
        return summary

    def _show_news(self, pending: alert.PendingAlert) -> alert.Alert:
        """Show an alert, under a new key if its own was shown `MOST_CALLS` times."""
        if pending.calls < MOST_CALLS:
            return self._show(pending)
        before = pending.key
        pending.key, pending.calls = self._new_key(), 0
        made = self._show(pending)
        self.actions.insert(-1, alert.Retraction(before, made))
        return made

    def _show(self, pending: alert.PendingAlert) -> alert.Alert:
        is_update = pending.is_shown and not pending.has_first
        pending.is_shown, pending.is_due, pending.has_first = True, False, False
        pending.calls += 1
        self._handed_out.add(pending.key)
        self._reduced.pop(pending, None)
        about, newest = pending.newest
        news, merged = self._take_news(pending, newest)
        if news:
            self._shows += 1
            pending.shown = self._shows
        for event, found in pending.counted.items():
            merged += [self.line_of(event, finding) for finding in found.values()]
        (findings, states), is_digest = pending.parts, pending.is_digest
        rule, viewed = pending.rule, pending.counted[Event.VIEW]
        scans = {
            event: tuple(each for of, each in states if of is event and isinstance(each, Scan))
            for event in (rule.event, Event.FAILED, Event.FINISHED)
        }
        of_views = [each.id for each in findings] if rule.event is Event.VIEW else viewed
        made = alert.Alert(
            pending.key,
            rule,
            newest,
            findings=findings,
            scans=scans[Event.FAILED if is_digest else rule.event],
            names={scan_id: self.scan_name(scan_id) for scan_id in pending.scan_ids},
            news=tuple(dict.fromkeys(event for event, _, _ in news)),
            records=tuple(filter(None, (self._record(event, each) for event, _, each in news))),
            line=self.line_of(about, newest),
            merged_lines=tuple(dict.fromkeys(merged)),
            is_update=is_update,
            is_digest=is_digest,
            highs=len(pending.counted[Event.HIGH]),
            finished=scans[Event.FINISHED] if is_digest else (),
            ended=pending.ended,
            servers=tuple(each for _, each in states if isinstance(each, Server)),
            viewed=len(viewed),
            view=", ".join(sorted({*map(self.view_of, of_views)})),
            only_confident=self.only_confident(findings),
        )
        self.actions.append(made)
        return made

    def _take_news(
        self, pending: alert.PendingAlert, newest: Subject
    ) -> tuple[list[tuple[Event, Event, Subject]], list[str]]:
        """Return what it reports for the first time, and the lines of all but the newest.

        News is the reported event, that of its line, and its subject.
        """
        news: list[tuple[Event, Event, Subject]] = []
        merged: list[str] = []
        now_s, moments = self.clock(), dict[tuple[Event, ...], dict[Event, float]]()
        for key in pending.fresh:  # of tens of thousands, when a scan was listed
            subject = pending.subjects.get(key)
            if subject is None:
                continue
            row = self.rows.get(key) or self.row(*key)
            before, shown = row.notified_at_s, _events(key[0], subject)
            if before:
                shown = tuple(each for each in shown if each not in before)
            at_s = moments.get(shown)
            if at_s is None:
                at_s = moments[shown] = dict.fromkeys(shown, now_s)
            row.notified_at_s = {**before, **at_s} if before else at_s
            for each in shown:
                news.append((each, key[0], subject))  # noqa: PERF401 - twice as fast as `extend`
            if shown and subject is not newest:
                merged.append(row.line or alert.mark_of(key[0], FindingId(key[1])))
        pending.fresh.clear()
        return news, merged

    def _record(self, event: Event, subject: Subject) -> alert.NotifiedRecord | None:
        """Return the record for a later session; the line of a server is enough."""
        if isinstance(subject, Finding):
            return alert.record_of(event, subject)
        incident = self.row(event, subject.id).incident
        if isinstance(subject, Server) or incident is None:
            return None
        return alert.NotifiedRecord(subject.id, FindingId(event.value), incident)

    def _has_news(self, pending: alert.PendingAlert) -> bool:
        subjects = pending.subjects
        return any(self._is_news(key[0], subjects[key]) for key in pending.fresh if key in subjects)

    def _is_news(self, event: Event, subject: Subject) -> bool:
        row = self.rows.get((event, subject.id))
        return row is None or any(each not in row.notified_at_s for each in _events(event, subject))

    def begin_turn(self) -> None:
        """Treat everything returned so far as handed to the desktop."""
        self._handed_out.clear()

    def _is_up(self, pending: alert.PendingAlert) -> bool:
        key = pending.key
        return pending.is_shown and (key in self._handed_out or self.is_on_desktop(key))

    def _is_seen(self, pending: alert.PendingAlert) -> bool:
        return self._is_up(pending) or (pending.is_shown and self.is_on_strip(pending.key))


_CRITICAL, _CONFIRMED = (Event.CRITICAL,), (Event.CRITICAL, Event.CONFIRMED)


def _events(event: Event, subject: Subject) -> tuple[Event, ...]:
    """Return the events a notification reports: a critical one may be confirmed too."""
    if event is Event.CRITICAL and isinstance(subject, Finding):
        return _CONFIRMED if subject.verdict is Verdict.CONFIRMED else _CRITICAL
    return (event,)


def _each(windows: dict[tuple[Event, ScanId], alert.PendingAlert]) -> list[alert.PendingAlert]:
    return list({pending.id: pending for pending in windows.values()}.values())
