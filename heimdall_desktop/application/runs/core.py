"""Everything of one run that needs no window: built and wired here, started and ended in order.

The window, runs without one and the tests share it. Its owner drains the store: the window's
ticker does, and `follow` where there is no window.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Collection, Container, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random, SystemRandom
from uuid import uuid4

from msgspec import Struct

from heimdall_desktop.application.base.overlap_search import OverlapSearch
from heimdall_desktop.application.base.store import SnoozeClock, Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.memory.history_loader import HistoryLoader
from heimdall_desktop.application.memory.history_writer import HistoryWriter
from heimdall_desktop.application.output.alerting import Alerting
from heimdall_desktop.application.runs.controller import Controller
from heimdall_desktop.application.runs.embedded import Embedded
from heimdall_desktop.application.servers import suspend_monitor
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.server_session import load_http
from heimdall_desktop.application.watching.watches import Watches
from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.alerts.rules import KEYRING_S, ViewMatches
from heimdall_desktop.domain.facts.change import Change, ScanRemoved
from heimdall_desktop.domain.facts.choices import MUTE_FOR, Settings
from heimdall_desktop.domain.facts.errors import HeimdallError, KeyringSlow, NoSpace
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import SelfTestPart
from heimdall_desktop.domain.stages.stage_display import Paces
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.board.card_words import tagged_title
from heimdall_desktop.presentation.window.help_text import Folder
from heimdall_desktop.services.autostart import LoginEntry
from heimdall_desktop.services.credentials import CredentialStore
from heimdall_desktop.services.history import FILE_NAME, History
from heimdall_desktop.services.log import Redaction
from heimdall_desktop.services.settings import SettingsFile

if sys.platform == "linux":
    from heimdall_desktop.services.desktop_services import ScreenLock, ask_portal, listen_to_logind

log = logging.getLogger("heimdall.core")

STANDING_FILE = "notifications.json"  # our notifications on the desktop
FULL_DISK_S = 60.0  # failed writes are retried sooner, so after this time the error is news
KEYRING_AGAIN_S = KEYRING_S - 10.0  # a slow keyring gets one retry before it is reported
REST_S = 0.1  # between two batches of changes, as in the window
BEAT_S = 1.0


def utc_now() -> datetime:
    return datetime.now(UTC)


class Kept(Struct, frozen=True):
    """Where a run keeps what outlives it.

    Attributes:
        settings: the folder of the settings.
        history: the folder of the history; None for a run that keeps none.
        keyring: has the tokens.
        is_read_only: everything is read and nothing written: a window has the profile open.
        login: the entry that starts the program with the session; None for a run that skips it.
        logs: the folder of the log; None for a run that writes none.
    """

    settings: Path
    history: Path | None
    keyring: CredentialStore
    is_read_only: bool = False
    login: LoginEntry | None = None
    logs: Path | None = None


class Core:
    """Owns everything that watches, remembers and alerts.

    Args:
        redaction: learns each token, so that no log holds it.
        speed: how many times faster than recorded the demo plays.
        random: spreads out simultaneous work.

    Attributes:
        clock: monotonic seconds; time asleep is included where the system can.
        now: the clock on the wall, aware UTC.
        is_alerting: whether changes alert; if not, alerts are left for the next window.
        kept: where it keeps what outlives the run.
        is_broken: whether a defect of ours ended a task.
        lacks_history: whether no earlier session has left a history, or it is gone.
        on_problem: receives errors that stop nothing; for a full disk once a minute.
        on_muted: receives the scan that was muted from its notification, and until when.
        on_defect: called when a defect of ours has ended a task.
        flush: delivers the store's pending changes now.
    """

    def __init__(
        self,
        kept: Kept,
        redaction: Redaction,
        *,
        speed: float = 1.0,
        clock: Callable[[], float] = suspend_monitor.steady_s,
        now: Callable[[], datetime] = utc_now,
        random: Random | None = None,
    ) -> None:
        self.clock, self.now = clock, now
        self.kept, self._redaction = kept, redaction
        self._no_space_at_s = float("-inf")
        self.is_alerting = True
        self.is_broken = False
        self.on_problem: Callable[[HeimdallError], None] = lambda _error: None
        self.on_defect: Callable[[BaseException], None] = lambda _error: None
        self.on_muted: Callable[[ScanId, datetime], None] = lambda _scan_id, _until: None
        self.flush: Callable[[], None] = self._drain
        self.tasks = Tasks(self._handle_defect)
        self.store = store = Store()
        self.watches = Watches(
            store, self.tasks, clock=clock, now=now, random=random or SystemRandom()
        )
        self.accounts = Accounts(
            kept.keyring, clock=clock, now=now, on_problem=self.report, redaction=redaction
        )
        file = None if kept.history is None else kept.history / FILE_NAME
        self.lacks_history = file is not None and not file.is_file()
        history = None
        if file is not None and not (kept.is_read_only and self.lacks_history):
            history = History(
                file,
                clock=clock,
                now=utc_now,
                mask=redaction.masked,
                is_read_only=kept.is_read_only,
            )
        self.history = history
        self.earlier = HistoryLoader(store, history)
        self.controller = Controller(
            store=store,
            watches=self.watches,
            accounts=self.accounts,
            embedded=Embedded(
                self.tasks, speed=speed, clock=clock, on_death=self.report, mask=redaction.masked
            ),
            settings=SettingsFile(
                kept.settings / "settings.toml", Settings, is_read_only=kept.is_read_only
            ),
            earlier=self.earlier,
            tasks=self.tasks,
            clock=clock,
            now=now,
            on_problem=self.report,
            login=kept.login,
        )
        self.inbox = Inbox(now)
        self.inbox.server_of = store.server_of
        self._paces = Paces(store.times.usual, clock, now)
        self.inbox.pace_of = self._paces.of
        self.inbox.proposals = lambda: store.proposals.known
        self.policy = AlertPolicy(
            clock,
            store.name_of,
            store.has_listed_once,
            store,
            store.attempt_starts,
            f"{uuid4().hex[:8]}-",
            pace=self._paces.of,
            local_now=lambda: now().astimezone(),
            views=ViewMatches(
                now, lambda: {scan.id: scan.name for scan in store}, lambda: store.known
            ),
        )
        self.policy.is_own = self.controller.decisions.is_own_change
        self.alerting = Alerting(self.policy, self.tasks, self.inbox)
        self.snooze_clock = SnoozeClock(store, now)
        self._overlaps = OverlapSearch(store, self.tasks)
        self.history_writer = None
        if history is not None and not kept.is_read_only:
            self.history_writer = HistoryWriter(
                store, self.inbox, history, clock=clock, is_kept=self.accounts.outlives_us
            )
        self.suspend_monitor = suspend_monitor.SuspendMonitor(
            clock=suspend_monitor.steady_s,
            running=time.monotonic,
            now=utc_now,
            counts_sleep=suspend_monitor.COUNTS_SLEEP,
        )
        self.controller.recordings.mask = redaction.masked
        self.controller.editing.mask = redaction.masked
        self._connect()

    def _connect(self) -> None:
        controller, inbox, keep_line = self.controller, self.inbox, self.inbox.on_put
        recordings, delivery = controller.recordings, self.policy.delivery

        def titled(title: str, scan_ids: Collection[ScanId]) -> str:
            tags = [set(self.store.tags_of(scan_id)) for scan_id in scan_ids]
            return tagged_title(title, set.intersection(*tags)) if tags else title

        def mute(scan_id: ScanId) -> None:
            preferences, until = controller.preferences, self.now() + MUTE_FOR
            alerts = preferences.settings.alerts.with_mute(scan_id, until)
            preferences.change_setting("alerts", alerts)
            self.on_muted(scan_id, until)

        def is_local(scan_id: ScanId) -> bool:
            scan = self.store.scan(scan_id)
            return scan is not None and scan.is_local

        def use(settings: Settings) -> None:
            delivery.choices = settings.alerts

        def put(line: InboxLine) -> None:
            keep_line(line)
            recordings.take_line(line)

        controller.privacy.on_hidden = lambda on_desktop, in_window: self.alerting.hide(
            on_desktop=on_desktop, in_window=in_window
        )
        controller.preferences.is_local = is_local
        controller.preferences.outlives_us = self.accounts.outlives_us
        controller.preferences.follow(use)
        inbox.on_put = put
        recordings.lines_of = lambda scan_id: [
            line for line in reversed(inbox.lines) if line.scan_id == scan_id
        ]
        self.alerting.titled = titled
        self.alerting.on_mute_wanted = mute
        controller.probes[SelfTestPart.NOTIFICATIONS] = self.alerting.prove
        if (login := self.kept.login) is not None:

            async def read_login() -> str:
                return "on" if await asyncio.to_thread(login.is_on) else ""

            controller.probes[SelfTestPart.AT_LOGIN] = read_login
        controller.diagnostics.folders = {
            Folder.SETTINGS: self.kept.settings,
            Folder.HISTORY: self.kept.history,
            Folder.LOG: self.kept.logs,
        }
        controller.diagnostics.redact = self._redaction.redact
        controller.self_test.shown_by = lambda: self.alerting.description
        if sys.platform == "linux":
            controller.probes[SelfTestPart.PORTAL] = partial(ask_portal, spawn=self.tasks.spawn)
        controller.on_restored = lambda scan_id, is_remembered: self.policy.restore(
            scan_id, is_remembered=is_remembered
        )
        self.suspend_monitor.on_woken = self._wake
        self.earlier.on_restored = lambda: self.flush()  # noqa: PLW0108 - the window has its own
        self.earlier.on_problem = self.report
        if self.history_writer is not None:
            self.history_writer.on_problem = self.report
            self.earlier.on_problem = self.history_writer.report
            self.alerting.record = self.history_writer.record
            self.controller.scans.on_threat_model = self.history_writer.keep_threat_model
            self.controller.proposals.kept.on_decisions = self.history_writer.keep_decisions
            self.controller.proposals.kept.on_forgotten = self.history_writer.forget_decisions

    # -- life --

    def report_start(self) -> None:
        """Report by notifications what can't be watched, as no window shows it.

        Before that, tokens that a slow keyring didn't return are requested again.
        """
        self.policy.report_start()

        async def read_keyring_again() -> None:
            await asyncio.sleep(KEYRING_AGAIN_S)
            for link in list(self.accounts):
                if isinstance(link.keyring_error, KeyringSlow):
                    self.controller.request_unlock(link.url, lambda _error: None)

        self.tasks.spawn(read_keyring_again(), name="read the keyring again")

    async def bring_back(self, named: Container[ScanId] = ()) -> None:
        """Show the state of earlier sessions before the first request.

        Scans in `named` are wanted now; others are skipped if another program has them.
        """
        await self.earlier.read()
        past = self.earlier.past
        self.inbox.restore(past.lines)
        self.policy.recall(past.notified, past.lines)
        if self.is_alerting:  # else left for the next window, which marks returned findings
            self.store.snoozes.recall(past.snoozes)
        if self.history_writer is not None:
            self.history_writer.start(self.tasks, [scan.scan_id for scan in past.scans])
        self.controller.bring_back(named if self.kept.is_read_only else None)

    async def begin(self) -> None:
        """Restore findings, listen to the system, and resume the restored scans."""
        if not await self.earlier.recall_findings(self.policy.recall):
            for scan in self.store:  # what was reported is unknown now
                self.policy.restore(scan.id, is_remembered=False)
        self.controller.bring_back_rows()
        if self.is_alerting:
            folder = None if self.kept.is_read_only else self.kept.history
            await self.alerting.start(None if folder is None else folder / STANDING_FILE)
        if sys.platform == "linux":
            monitor = self.suspend_monitor
            listening = listen_to_logind(
                spawn=self.tasks.spawn,
                on_falling_asleep=monitor.fall_asleep,
                on_woken=monitor.wake_up,
            )
            self.tasks.spawn(listening, name="listen to logind")
            lock = ScreenLock(spawn=self.tasks.spawn, on_lock=self.controller.privacy.see_lock)
            self.tasks.spawn(lock.start(), name="listen for the lock")
        await asyncio.to_thread(load_http)
        await self.controller.restore()

    async def follow(self) -> None:
        """Process changes and the passage of time while there is no window to do it."""
        news = asyncio.Event()
        self.store.on_pending = news.set
        while True:
            self.flush()
            self.tick()
            await asyncio.sleep(REST_S)
            with suppress(TimeoutError):
                async with asyncio.timeout(BEAT_S):
                    await news.wait()
            news.clear()

    async def aclose(self) -> None:
        await self.alerting.aclose()
        await self.controller.aclose()
        self.flush()
        if self.history_writer is not None:
            await self.history_writer.aclose()
        elif self.history is not None:
            await self.history.aclose()
        await self.tasks.aclose()

    # -- incoming changes --

    def take(self, changes: Sequence[Change]) -> None:
        """Process changes.

        The clocks come before the alerts, which depend on them. The history comes after the inbox,
        whose lines belong to rows.
        """
        self.suspend_monitor.beat()
        if self.is_alerting:
            self.alerting.take(changes)
        self.store.seen.take(changes, self.now(), self.controller.decisions.is_own_change)
        removed = [change.scan_id for change in changes if isinstance(change, ScanRemoved)]
        for scan_id in removed:
            self._paces.forget(scan_id)
        gone = self.policy.forgotten.difference(scan.id for scan in self.store) if removed else ()
        if gone:
            in_lines = {line.finding_id for line in self.inbox.lines}
            self.store.identities.release_scans(gone, in_lines)
        self.snooze_clock.take(changes)
        if self.history_writer is not None:
            self.history_writer.take(changes)
        self._overlaps.take(changes)
        self.controller.comparisons.take(changes)
        self.controller.proposals.take(changes)
        self.controller.recordings.take(changes)

    def tick(self) -> None:
        """Process the passage of time. Call this about once a second."""
        self.suspend_monitor.beat()
        if self.is_alerting:
            self.alerting.tick()
            if self.policy.delivery.has_mutes:
                self._end_mutes()
        self.snooze_clock.tick()

    def _end_mutes(self) -> None:
        preferences, store = self.controller.preferences, self.store
        remembered = {watched.scan_id for watched in preferences.settings.watched}

        def is_watched(scan_id: ScanId) -> bool:
            return scan_id in remembered or store.scan(scan_id) is not None

        def has_ended(scan_id: ScanId) -> bool:
            scan = store.scan(scan_id)
            return scan is not None and scan.is_settled

        alerts = preferences.settings.alerts
        alerts = alerts.with_present_mutes(self.now(), is_watched, has_ended)
        preferences.change_setting("alerts", alerts)

    def report(self, error: HeimdallError) -> None:
        if isinstance(error, NoSpace):  # history, settings and log may share the full disk
            last_s, self._no_space_at_s = self._no_space_at_s, self.clock()
            if self._no_space_at_s - last_s <= FULL_DISK_S:
                return
        log.warning("%s", error)
        self.on_problem(error)

    def _drain(self) -> None:
        changes = self.store.drain()
        if changes:
            self.take(changes)

    def _wake(self, away_s: float, reason: suspend_monitor.WakeReason) -> None:
        """Poll all scans again; report missed changes as one alert."""
        log.info("%s; paused for %.0f s", reason, away_s)
        if away_s >= suspend_monitor.LATE_S:
            self.policy.wake()
        self.controller.request_refresh(None)

    def _handle_defect(self, _name: str, error: BaseException) -> None:
        self.is_broken = True
        self.on_defect(error)
