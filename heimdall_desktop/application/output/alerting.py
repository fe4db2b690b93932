"""Sends alerts to the desktop one at a time, and opens the subject of an activated alert."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.domain.alerts.alert import (
    Action,
    Alert,
    Decision,
    LogEntry,
    NotifiedRecord,
    Retraction,
)
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.errors import HeimdallError, NotifierUnavailable, Reason
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.action_text import self_test_notification
from heimdall_desktop.presentation.alerts import alert_text
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.services.notifier.choice import start_system_notifier
from heimdall_desktop.services.notifier.protocol import DEFAULT_ACTION, Notification, Notifier
from heimdall_desktop.services.notifier.protocol import Action as Button

log = logging.getLogger("heimdall.notify")

ANNOUNCED = "announced"  # the key of announcements about the program itself
SELF_TEST_KEY = "self-test"
MUTE_ACTION = "mute"
RECORD_LIMIT_S = 1.0  # an alert in time is worth more than an alert without repetition
WITHDRAW_LIMIT_S = 3.0  # at shutdown, for a daemon that hangs


class Alerting:
    """Owns the notifier and the active alerts; writes every decision to the inbox.

    Attributes:
        inbox: one line for everything that alerted.
        has_focus: whether one of our windows has the focus.
        is_looked_at: whether the analyst is viewing that scan, so that a strip is enough.
        is_on_wallboard: whether the wallboard has the focus: its tiles show the news.
        record: saves, beyond this session, what is about to be reported; None without a history.
        on_tray: shows an alert at the tray icon; False where there is no tray.
        on_strip: shows an alert inside the window that shows its scan.
        on_strip_withdrawn: withdraws such a strip, by its key.
        is_on_strip: whether such a strip is still shown; not once it was dismissed.
        on_wanted: called with scan and finding, if it is about one, when an alert is activated.
        on_inbox_wanted: called when an alert that sums up an absence is activated.
        on_sign_in_wanted: called with the server when an alert about a lost sign-in is activated.
        on_mute_wanted: called with a scan that must not notify the desktop for a while.
        titled: adds the label that all its scans share, if any, before the title of an alert.
        on_inbox_moved: called when lines were added or changed.
    """

    def __init__(self, policy: AlertPolicy, tasks: Tasks, inbox: Inbox) -> None:
        self.inbox = inbox
        self._policy = policy
        self._tasks = tasks
        self._notifier: Notifier | None = None
        self._delivering: asyncio.Task[None] | None = None
        self._shown: dict[str, _Prepared] = {}
        self._announced: dict[str, Callable[[], None]] = {}  # the action for a click, by key
        self._places: dict[str, str] = {}  # the key of an alert on the desktop, by its own key
        self._queued: set[str] = set()
        self._in_focus: set[str] = set()  # shown only by the window that had the focus
        self._queue: asyncio.Queue[_Prepared | Retraction | None] = asyncio.Queue()  # None: redact
        self._hides_on_desktop = self._hides_in_window = False
        self._must_redact = False
        self.has_focus: Callable[[], bool] = lambda: False
        self.is_looked_at: Callable[[ScanId], bool] = lambda _scan_id: False
        self.is_on_wallboard: Callable[[], bool] = lambda: False
        self.record: Callable[[Sequence[NotifiedRecord]], Awaitable[None]] | None = None
        self.on_tray: Callable[[Notification], bool] = lambda _shown: False
        self.on_strip: Callable[[Notification, ScanId], None] = lambda _shown, _scan_id: None
        self.on_strip_withdrawn: Callable[[str], None] = lambda _key: None
        self.is_on_strip: Callable[[str], bool] = lambda _key: False
        self.on_wanted: Callable[[ScanId, FindingId | None], None] = lambda _scan, _finding: None
        self.on_inbox_wanted: Callable[[], None] = lambda: None
        self.on_sign_in_wanted: Callable[[ServerUrl], None] = lambda _server: None
        self.on_mute_wanted: Callable[[ScanId], None] = lambda _scan_id: None
        self.titled: Callable[[str, Collection[ScanId]], str] = lambda title, _scan_ids: title
        self.on_inbox_moved: Callable[[], None] = lambda: None
        policy.notifications.is_on_desktop = self._is_on_desktop_or_queued
        policy.notifications.is_on_strip = self._is_in_window
        policy.notifications.is_in_view = self._is_in_view

    def _is_on_desktop_or_queued(self, key: str) -> bool:
        alert = self._shown.get(key)
        return key in self._queued or (alert is not None and self._is_on_desktop(alert))

    def _is_in_window(self, key: str) -> bool:
        return key in self._in_focus or self.is_on_strip(key)

    def _is_in_view(self, scan_id: ScanId) -> bool:
        return self.is_looked_at(scan_id)  # which is set later

    @property
    def description(self) -> str:
        """The name of the desktop's notification service; "" where alerts are in the window."""
        return self._notifier.description if self._notifier else ""

    async def start(self, memory: Path | None = None) -> None:
        """Find the system's notifier; without one, every alert is shown inside the window.

        The file `memory` has what is shown, for the session after one that is killed.
        """
        try:
            self._notifier = await start_system_notifier(
                spawn=self._tasks.spawn, on_activated=self._activate, memory=memory
            )
        except NotifierUnavailable as error:
            log.warning("no desktop notifications: %s", error)
        self._delivering = self._tasks.spawn(self._deliver(), name="alerts")

    def take(self, changes: Iterable[Change]) -> None:
        self._enqueue(self._policy.take(changes))
        silenced = self._policy.take_silenced()
        if silenced:
            self._tasks.spawn(self._try_to_record(silenced), name="remember what is no news")

    def tick(self) -> None:
        """Show alerts that were held until now. Call this about once a second."""
        self._enqueue(self._policy.tick())

    def open(self, key: str) -> None:
        """Open the subject of an alert, as activating its notification does."""
        shown = self._shown.get(key)
        if shown is None:
            return
        alert = shown.alert
        self.on_strip_withdrawn(key)
        self._tasks.spawn(self._take_off_desktop(key), name="withdraw an opened alert")
        line = self.inbox.line_of(alert)
        if line is not None and self.inbox.mark_read(line.key):
            self.on_inbox_moved()
        if alert.is_summary:
            self.on_inbox_wanted()
        elif alert.servers and alert.rule.event is Event.SIGNED_OUT:
            self.on_sign_in_wanted(alert.servers[0].id)
        else:
            self.on_wanted(alert.scan_id, alert.finding_id)

    def hide(self, *, on_desktop: bool, in_window: bool) -> None:
        """Start or stop hiding names.

        When hiding starts, the notifications on the desktop are replaced at once. They stay so when
        it ends, because nothing is reported twice. Strips in a window follow both changes.
        """
        self._must_redact |= on_desktop and not self._hides_on_desktop
        has_moved = in_window is not self._hides_in_window
        self._hides_on_desktop, self._hides_in_window = on_desktop, in_window
        if self._must_redact:
            self._queue.put_nowait(None)
        if has_moved:
            for key, shown in [*self._shown.items()]:
                if self.is_on_strip(key):
                    self.on_strip(shown.words(is_redacted=in_window), shown.alert.scan_id)

    async def prove(self) -> str:
        """Show a notification of no scan, for a self-test; return the name of the service.

        Raises:
            NotifierUnavailable: the desktop shows none.
        """
        await self._show_own(Notification(SELF_TEST_KEY, *self_test_notification()))
        return self.description

    async def _show_own(self, notification: Notification) -> bool:
        if self._notifier is None:
            raise NotifierUnavailable(Reason.NO_NOTIFIER)
        return await self._notifier.show(notification)

    def announce(
        self,
        title: str,
        body: str,
        on_shown: Callable[[bool], None],
        opens: tuple[str, Callable[[], None]],
        key: str = ANNOUNCED,
    ) -> None:
        """Show a notification about the program itself: no alert, so it has no line in the inbox.

        Args:
            title: The news.
            body: What the user can do.
            on_shown: Called with whether the desktop has shown it.
            opens: The action of a click, and the text of the button.
            key: Its name; a notification with the same key is replaced.
        """
        button, self._announced[key] = Button(DEFAULT_ACTION, opens[0]), opens[1]
        notification = Notification(key, title, body, actions=(button,))

        async def show() -> None:
            is_shown = False
            try:
                is_shown = await self._show_own(notification)
            except NotifierUnavailable as error:
                log.warning("couldn't show an announcement: %s", error)
            on_shown(is_shown)

        self._tasks.spawn(show(), name="announce")

    async def aclose(self) -> None:
        """Withdraw all notifications, as they can no longer open anything; close the notifier."""
        if self._delivering is not None:
            self._delivering.cancel()
            await asyncio.wait([self._delivering])
        if self._notifier is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(WITHDRAW_LIMIT_S):
                    for key in {*self._places.values(), *self._announced}:
                        if self._notifier.is_shown(key):
                            await self._take_off_desktop(key)
            await self._notifier.aclose()

    def _activate(self, place: str, action: str) -> None:
        """Run the action of a notification; one for several alerts opens the inbox."""
        if place in self._announced:
            self._announced[place]()
            return
        keys = [each.alert.key for each in self._shown_at(place)] or [place]
        if len(keys) == 1 and action != MUTE_ACTION:
            self.open(keys[0])
            return
        self._tasks.spawn(self._take_off_desktop(*keys), name="withdraw activated alerts")
        shown = self._shown.get(keys[0])
        if len(keys) > 1:
            self.on_inbox_wanted()
        elif shown is not None:
            self.on_mute_wanted(shown.alert.scan_id)

    # -- delivery, one at a time --

    def _enqueue(self, entries: Sequence[LogEntry | Action]) -> None:
        has_moved = self.inbox.take(entries)
        for entry in entries:
            if isinstance(entry, Alert):
                self._queued.add(entry.key)
                self._queue.put_nowait(self._prepare(entry))
            elif isinstance(entry, Retraction):
                self._queue.put_nowait(entry)
        if has_moved or any(isinstance(entry, Action) for entry in entries):
            self.on_inbox_moved()

    def _prepare(self, alert: Alert) -> "_Prepared":
        delivery = self._policy.delivery
        proposals, pace_of = self.inbox.proposals(), self.inbox.pace_of
        title, body = alert_text.title_of(alert), alert_text.body_of(alert, pace_of, proposals)
        full = Notification(
            alert.key,
            self.titled(title, alert.scan_ids),
            body,
            is_urgent=delivery.stays(alert.rule),
            has_sound=not alert.is_update and delivery.has_sound(alert.news),
            actions=_buttons(*alert_text.actions_of(alert)),
        )
        title, body = alert_text.redacted_words(alert, title, body)
        buttons = _buttons(*alert_text.actions_of(alert, is_redacted=True))
        title = self.titled(title, alert.scan_ids)
        return _Prepared(alert, full, replace(full, title=title, body=body, actions=buttons))

    async def _deliver(self) -> None:
        while True:
            entry = await self._queue.get()
            if self._must_redact:
                self._must_redact = False
                await self._redact_shown()
            if isinstance(entry, Retraction):
                self._shown.pop(entry.key, None)
                self._in_focus.discard(entry.key)
                self.on_strip_withdrawn(entry.key)
                await self._take_off_desktop(entry.key)
            elif entry is not None:
                await self._show(entry)
                self._queued.discard(entry.alert.key)

    async def _redact_shown(self) -> None:
        """Replace all notifications with redacted ones; withdraw those that can't be replaced."""
        kinds: dict[str, list[str]] = {}
        for shown in filter(self._is_on_desktop, self._shown.values()):
            kinds.setdefault(shown.kind, []).append(shown.alert.key)
        for first, *others in kinds.values():
            try:
                await self._take_off_desktop(*others)
                self._places |= dict.fromkeys(others, self._places[first])
                await self._show_at(self._places[first])
            except NotifierUnavailable as error:
                log.warning("couldn't replace a notification: %s", error)
                await self._take_off_desktop(first, *others)

    async def _show(self, prepared: "_Prepared") -> None:
        alert = prepared.alert
        known = None if alert.news else self._shown.get(alert.key)
        if known is not None and not (self._is_on_desktop(known) or self.is_on_strip(alert.key)):
            return  # it only says less than before, and was dismissed or opened since
        self._shown[alert.key] = prepared
        if alert.records:  # first, so that nothing is reported twice if the program is killed
            recording = self._tasks.spawn(self._try_to_record(alert.records), name="record alerts")
            await asyncio.wait([recording], timeout=RECORD_LIMIT_S)
        decision = await self._notify(prepared)
        is_seen = decision is Decision.IN_FOCUS
        is_seen |= decision is Decision.IN_VIEW and self.is_on_wallboard()
        (self._in_focus.add if is_seen else self._in_focus.discard)(alert.key)
        if decision not in (Decision.NOTIFIED, Decision.HELD):
            await self._take_off_desktop(alert.key)
        if decision in (Decision.NO_DESKTOP, Decision.REFUSED):
            outside = prepared.words(is_redacted=self._hides_on_desktop)
            decision = Decision.TRAY if self.on_tray(outside) else decision
        if decision in (Decision.NOTIFIED, Decision.HELD, Decision.TRAY):
            self.on_strip_withdrawn(alert.key)  # it is shown outside the window now
        elif not is_seen:
            self.on_strip(prepared.words(is_redacted=self._hides_in_window), alert.scan_id)
        self.inbox.decide(alert, decision)
        self.on_inbox_moved()

    async def _try_to_record(self, records: Sequence[NotifiedRecord]) -> None:
        if self.record is None:
            return
        try:
            await self.record(records)
        except HeimdallError as error:
            log.warning("alerts may be repeated: %s", error)

    async def _notify(self, prepared: "_Prepared") -> Decision:
        """Show an alert on the desktop; return the outcome, or why it belongs into the window."""
        alert = prepared.alert
        if alert.rule.is_for_away and self.has_focus():
            return Decision.IN_FOCUS
        if all(map(self.is_looked_at, alert.scan_ids)):
            return Decision.IN_VIEW
        if self._notifier is None:
            return Decision.NO_DESKTOP
        try:
            is_on_screen = await self._show_on_desktop(prepared)
        except NotifierUnavailable as error:
            log.warning("couldn't show a notification: %s", error)
            return Decision.REFUSED
        return Decision.NOTIFIED if is_on_screen else Decision.HELD

    # -- on the desktop; redacted alerts of one kind are one notification --

    def _is_on_desktop(self, shown: "_Prepared") -> bool:
        place = self._places.get(shown.alert.key)
        return place is not None and self._notifier is not None and self._notifier.is_shown(place)

    def _shown_at(self, place: str) -> list["_Prepared"]:
        return [self._shown[key] for key, its in self._places.items() if its == place]

    async def _show_on_desktop(self, prepared: "_Prepared") -> bool:
        """Show an alert, with others of its kind if redacted; return whether it is on screen.

        Raises:
            NotifierUnavailable: no daemon, or it doesn't respond.
        """
        key = prepared.alert.key
        shown = [each for each in self._shown.values() if self._is_on_desktop(each)]
        self._places = {each.alert.key: self._places[each.alert.key] for each in shown}
        place = self._places.get(key)
        if self._hides_on_desktop and place is None:
            alike = (each.alert.key for each in shown if each.kind == prepared.kind)
            place = next(map(self._places.__getitem__, alike), None)
        elif not self._hides_on_desktop and place and len(self._shown_at(place)) > 1:
            await self._take_off_desktop(key)
            place = None
        free = (each for each in (key, f"{key} alone") if each not in self._places.values())
        self._places.pop(key, None)
        self._places[key] = place = place or next(free)  # the newest comes last
        return await self._show_at(place, prepared)

    async def _show_at(self, place: str, news: "_Prepared | None" = None) -> bool:
        shown = self._shown_at(place)
        if len(shown) > 1:  # redacted alerts of one kind
            title, body = alert_text.redacted_sum([each.alert for each in shown])
            opens = (Button(DEFAULT_ACTION, alert_text.inbox_action()),)
            words = replace(shown[-1].redacted, title=title, body=body, actions=opens)
        else:
            words = shown[0].words(is_redacted=news is None or self._hides_on_desktop)
        has_sound = news is not None and news.full.has_sound
        notifier = self._notifier
        return notifier is not None and await notifier.show(
            replace(words, key=place, has_sound=has_sound)
        )

    async def _take_off_desktop(self, *keys: str) -> None:
        """Withdraw notifications, and shorten those that report other alerts as well."""
        places = dict.fromkeys(self._places.pop(key, key) for key in keys)
        for place in places:
            try:
                if self._notifier is None:
                    return
                if self._shown_at(place) and self._notifier.is_shown(place):
                    await self._show_at(place)
                else:
                    await self._notifier.withdraw(place)
            except NotifierUnavailable as error:
                log.warning("couldn't withdraw a notification: %s", error)


class _Prepared(NamedTuple):
    """The texts of an alert at the moment it was queued, with names and without."""

    alert: Alert
    full: Notification
    redacted: Notification

    def words(self, *, is_redacted: bool) -> Notification:
        return self.redacted if is_redacted else self.full

    @property
    def kind(self) -> str:
        """The key that alerts share if they are one notification when redacted."""
        return self.alert.key if self.alert.is_summary else self.alert.rule.event.value


def _buttons(opens: str, mutes: str) -> tuple[Button, ...]:
    mute = (Button(MUTE_ACTION, mutes),) if mutes else ()
    return (Button(DEFAULT_ACTION, opens), *mute)
