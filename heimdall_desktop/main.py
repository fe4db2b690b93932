"""Composition root: builds every part, wires them, runs, closes. Sees all layers."""

import asyncio
import logging
import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import NoReturn
from uuid import uuid4

from PySide6.QtCore import QLocale, QLockFile

from heimdall_desktop import cli, paths, runtime
from heimdall_desktop.application.accounts import Accounts
from heimdall_desktop.application.alerting import Alerting
from heimdall_desktop.application.controller import Controller
from heimdall_desktop.application.earlier import Earlier
from heimdall_desktop.application.embedded import Embedded
from heimdall_desktop.application.keeper import Keeper
from heimdall_desktop.application.store import Store
from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.application.unattended import Exit, Unattended
from heimdall_desktop.application.wakefulness import LATE_S, Wakefulness, WakeReason
from heimdall_desktop.application.wanted import Wanted, links_on, take_up
from heimdall_desktop.application.watches import Watches
from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.alerts.inbox import Inbox
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.facts.change import Change, ScanEmptied, ScanRemoved
from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    LinkError,
    NoSpace,
    NotVisible,
    Reason,
    TooManyScans,
    together,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import (
    ServerState,
    Standing,
    TokenStanding,
    host_name,
    is_sent_in_clear,
    server_url,
)
from heimdall_desktop.domain.words.wording import tr
from heimdall_desktop.models.network_news import NetworkNews
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.models.translation import use_language
from heimdall_desktop.presentation.error_text import cause, error_text
from heimdall_desktop.services.credentials import CredentialStore, MemoryStore
from heimdall_desktop.services.history import FILE_NAME, History
from heimdall_desktop.services.keyring_store import KeyringStore
from heimdall_desktop.services.local_process import require_local_extra
from heimdall_desktop.services.log import LogSettings, crashes_recorded_in, logging_to
from heimdall_desktop.services.notifier.protocol import Notification
from heimdall_desktop.services.redaction import Redaction
from heimdall_desktop.services.settings import Settings, SettingsFile, WindowSettings
from heimdall_desktop.services.steady_clock import COUNTS_SLEEP, steady_s
from heimdall_desktop.widgets.detail import syntax
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.window.main_window import MainWindow
from heimdall_desktop.widgets.window.picture import save_picture
from heimdall_desktop.widgets.window.tray import TrayMessages

if sys.platform == "linux":
    from heimdall_desktop.services.desktop_looks import DesktopLooks, DesktopPortal
    from heimdall_desktop.services.logind import Logind

log = logging.getLogger("heimdall.main")

LOOK_S = 0.2  # how often an unattended run looks whether it is over
SETTLE_S = 0.5
FULL_DISK_S = 60.0  # what cannot be written is tried again sooner, so later it is news
LOCK_MS = 500  # an unattended run has it for a moment
OLD_LOCK_MS = 5000  # of such a one the system knows whether it is held, its process id does not
LOOKS_S = 0.25  # longer than that no window waits for its colours


def main(options: cli.Options) -> int:
    """Run the program and return its exit status."""
    try:
        wanted = wanted_of(options)
        if options.folders or options.is_demo:
            require_local_extra()
    except HeimdallError as error:
        cli.complain(error_text(error))
        return Exit.ARGUMENTS
    if not runtime.has_display():
        cli.complain(runtime.NO_DISPLAY)
        return Exit.ARGUMENTS
    redaction = Redaction()
    with ExitStack() as opened:
        try:
            profile = paths.Profile(options.profile_folder, is_temporary=options.is_temporary)
        except OSError as error:  # a full disk has no place for a temporary one
            told = tr("No temporary profile can be made: {reason}. Set TMPDIR to another place.")
            cli.complain(told.format(reason=error.strerror or type(error).__name__))
            return Exit.ARGUMENTS
        places = opened.enter_context(profile).places
        is_free = options.is_temporary or _lock(places.settings, opened, options)
        if not is_free and not options.quits_when_done:
            cli.complain(
                tr(
                    "Heimdall Desktop is open already with this profile. "
                    "Use its window, or give another folder with --profile-dir."
                )
            )
            return Exit.ARGUMENTS

        def end_without_window(reason: str) -> NoReturn:
            log.error("%s", reason)
            cli.complain(reason)
            opened.close()
            os._exit(Exit.ARGUMENTS)  # Qt would abort the process

        logs = places.logs if is_free else None
        settings = LogSettings(logs, options.is_debug)
        troubles = (
            opened.enter_context(logging_to(settings, redaction)),
            opened.enter_context(crashes_recorded_in(logs)),
        )
        application = runtime.make_application(cli.own_version(), end_without_window)
        use_language(QLocale(), paths.resources() / "translations", application)
        program = Program(options, wanted, places, application, redaction, is_beside=not is_free)
        program.troubles += {str(trouble): trouble for trouble in troubles if trouble}.values()
        return runtime.run(program.run, application)


class Program:
    """Everything one run consists of.

    Args:
        is_beside: a window has the profile open: it is read, and nothing is written to it.

    Attributes:
        troubles: what the window tells once it is there.
    """

    def __init__(
        self,
        options: cli.Options,
        wanted: Wanted,
        places: paths.Places,
        application: runtime.Application,
        redaction: Redaction,
        *,
        is_beside: bool = False,
    ) -> None:
        self._options = options
        self._is_beside = is_beside
        self._application = application
        self._wanted = wanted
        self._redaction = redaction
        self._closed = asyncio.Event()
        self._is_broken = False
        self._is_refused = False  # the session at the server in use
        self._answer = ""
        self._no_space_at_s = float("-inf")
        clock, now = steady_s, _utc_now
        self._clock = clock
        self._theme = Theme(paths.resources(), _theme_mode(options.theme))
        self._theme.apply(application)
        self._tasks = Tasks(self._meet_defect)
        self._store = Store()
        self._watches = Watches(
            self._store, self._tasks, clock=clock, now=now, random=SystemRandom()
        )
        self._keyring: CredentialStore = MemoryStore() if options.is_temporary else KeyringStore()
        self._accounts = Accounts(self._keyring, clock=clock, now=now, on_problem=self._tell)
        self._accounts.on_token = redaction.know
        self._accounts.hiding = redaction.knowing
        file = places.history / FILE_NAME
        history = None
        if not options.is_temporary and (file.is_file() or not is_beside):
            history = History(
                file, clock=clock, now=_utc_now, mask=redaction.masked, is_read_only=is_beside
            )
        self._history = history
        self._earlier = Earlier(self._store, history)
        self._controller = Controller(
            store=self._store,
            watches=self._watches,
            accounts=self._accounts,
            embedded=Embedded(self._tasks, speed=options.speed, clock=clock, on_death=self._tell),
            settings=SettingsFile(
                places.settings / "settings.toml", Settings, is_read_only=is_beside
            ),
            earlier=self._earlier,
            tasks=self._tasks,
            clock=clock,
            now=now,
        )
        inbox = Inbox(now)
        inbox.server_of = self._store.server_of
        self._keeper = (
            Keeper(self._store, inbox, history, clock=clock, is_kept=self._accounts.outlives_us)
            if history and not is_beside
            else None
        )
        store, session = self._store, f"{uuid4().hex[:8]}-"
        self._policy = AlertPolicy(
            clock, store.name_of, store.has_listed_once, store, store.attempt_starts, session
        )
        self._alerting = Alerting(self._policy, self._tasks, inbox)
        self._wakefulness = Wakefulness(
            clock=steady_s, running=time.monotonic, now=_utc_now, counts_sleep=COUNTS_SLEEP
        )
        self._network = NetworkNews()
        self._ticker = Ticker(self._store)
        self._window_memory = WindowMemory(
            SettingsFile(places.settings / "window.toml", WindowSettings, is_read_only=is_beside)
        )
        self._window_memory.on_problem = self._tell
        self.troubles: list[HeimdallError] = []
        forgotten = self._window_memory.load()
        if forgotten is not None:
            self.troubles.append(forgotten)
        self._window = MainWindow(
            self._theme,
            self._store,
            self._ticker,
            self._controller,
            self._alerting.inbox,
            self._window_memory,
            clock=clock,
            now=now,
            version=cli.own_version(),
        )
        self._tray = TrayMessages(self._theme, self._window)
        self._wire()

    async def run(self) -> int:
        """Show the window until it is closed, or until an unattended run is over."""
        began_s = self._clock()
        loop = asyncio.get_running_loop()
        runtime.on_end_wanted(self._application, loop, self._closed.set)
        await self._follow_desktop()
        self._window.show()
        try:
            await self._begin()
            exit_status, line = await self._work(began_s)
            await self._show_end()
        finally:
            await self._aclose()
        is_printed = not self._options.quits_when_done or _print(self._answer)
        if line:
            cli.complain(self._redaction.redact(line))  # a server may repeat the token
        return exit_status if is_printed else Exit.FAILED

    async def _follow_desktop(self) -> None:
        """Know how the desktop looks before the window shows, if it tells at once."""
        if sys.platform == "linux":
            theme = self._theme

            def follow(looks: DesktopLooks) -> None:
                high = looks.have_high_contrast
                theme.follow_desktop(looks.are_dark, have_high_contrast=high)

            portal = DesktopPortal(spawn=self._tasks.spawn, on_looks=follow)
            asking = self._tasks.spawn(portal.start(), name="ask the desktop for its looks")
            await asyncio.wait([asking], timeout=LOOKS_S)

    def _wire(self) -> None:
        window, controller, alerting = self._window, self._controller, self._alerting
        window.closed.connect(self._closed.set)
        window.theme_wanted.connect(self._use_theme)
        controller.on_problem = self._tell
        controller.on_account_moved = self._show_account
        controller.on_server_moved = self._show_server
        controller.on_finding_wanted = window.open_finding
        controller.on_restored = lambda scan_id, is_remembered: self._policy.restore(
            scan_id, is_remembered=is_remembered
        )
        alerting.is_looked_at = window.is_looking_at
        alerting.on_wanted = window.open_subject
        alerting.on_tray = self._show_in_tray
        alerting.on_strip = self._show_strip
        alerting.on_inbox_moved = window.show_inbox
        alerting.on_strip_withdrawn = window.withdraw_notice
        alerting.is_on_strip = window.has_notice
        self._tray.opened.connect(alerting.open)
        wakefulness = self._wakefulness
        wakefulness.on_woken = self._wake
        self._network.changed.connect(wakefulness.change_network)
        self._ticker.changed.connect(wakefulness.beat)  # before the alerts: they go by it
        self._ticker.second.connect(wakefulness.beat)
        self._ticker.changed.connect(alerting.take)
        self._ticker.second.connect(alerting.tick)
        self._earlier.on_back = self._ticker.flush
        self._earlier.on_problem = self._tell
        if self._keeper is not None:
            self._keeper.on_problem = self._tell
            self._earlier.on_problem = self._keeper.tell
            alerting.record = self._keeper.record
            self._controller.keep_threat_models(self._keeper.keep_threat_model)
            self._ticker.changed.connect(self._keeper.take)  # after the inbox: lines go with rows
        self._ticker.second.connect(self._save_window_memory)
        self._ticker.changed.connect(_let_removed_go)

    async def _begin(self) -> None:
        for trouble in self.troubles:
            self._tell(trouble)
        await self._bring_back()
        await self._alerting.start()
        if sys.platform == "linux":
            wakefulness = self._wakefulness
            logind = Logind(
                spawn=self._tasks.spawn,
                on_falling_asleep=wakefulness.fall_asleep,
                on_woken=wakefulness.wake_up,
            )
            self._tasks.spawn(logind.start(), name="listen to logind")
        self._tasks.spawn(self._show_keyring(), name="describe the keyring")
        self._tasks.spawn(asyncio.to_thread(syntax.prepare), name="prepare highlighting")
        await self._controller.restore()

    async def _bring_back(self) -> None:
        """Show what earlier sessions left, before anything is asked for."""
        await self._earlier.read()
        past = self._earlier.past
        self._alerting.inbox.restore(past.lines)
        self._policy.recall(past.told, past.lines)
        self._window.show_inbox()
        if self._keeper is not None:
            self._keeper.start(self._tasks, [scan.scan_id for scan in past.scans])
        named = {link.scan_id for link in self._wanted.links if link.scan_id}
        self._controller.bring_back(named if self._is_beside else None)
        self._window.show_new_scans(is_on=self._controller.settings.watches_new)
        if self._options.theme is None:
            self._theme.set_mode(ThemeMode(self._controller.settings.theme.value))

    async def _work(self, began_s: float) -> tuple[int, str]:
        """Watch what the command line names; return exit status and a last line, "" for none."""
        scan_ids: list[ScanId] = []
        trouble: HeimdallError | None = None
        try:
            await self._take_up(scan_ids, began_s)
        except HeimdallError as error:
            trouble = error
        if not self._options.quits_when_done:
            if self._wanted.mistakes:
                self._tell(together(LinkError, self._wanted.mistakes))
            if trouble is not None:
                self._tell(trouble)
            return await self._until_closed()
        unattended = Unattended(
            self._store,
            scan_ids,
            began_s=began_s,
            timeout_s=self._options.timeout_s,
            unreachable_s=self._options.unreachable_s,
            answered_at_s=self._accounts.answered_at_s,
            clock=self._clock,
        )
        verdict = None if trouble is None else (_exit_status(trouble), error_text(trouble))
        while verdict is None:
            await asyncio.sleep(LOOK_S)
            verdict = self._early_end() or unattended.verdict()
        self._answer = unattended.answer()
        return verdict

    async def _until_closed(self) -> tuple[int, str]:
        try:
            async with asyncio.timeout(self._options.timeout_s):
                await self._closed.wait()
        except TimeoutError:
            told = tr("The end came after {timeout_s:g} s, by --timeout.")
            return Exit.TIMEOUT, told.format(timeout_s=self._options.timeout_s)
        return Exit.DONE, ""

    def _early_end(self) -> tuple[int, str] | None:
        if self._closed.is_set():
            return Exit.TIMEOUT, tr("The window was closed before the scans had ended.")
        is_given_up = self._watches.broken_for_s() > self._options.unreachable_s
        if self._is_broken or is_given_up:
            told = tr("A defect of Heimdall Desktop ended the watch; --debug tells more.")
            return Exit.FAILED, told
        return None

    async def _take_up(self, scan_ids: list[ScanId], began_s: float) -> None:
        wanted, controller = self._wanted, self._controller
        gives_up_at_s = began_s + self._options.unreachable_s
        await take_up(wanted, controller, scan_ids, clock=self._clock, gives_up_at_s=gives_up_at_s)

    async def _show_end(self) -> None:
        """Bring the window up to date and keep a picture of it, if one is wanted."""
        self._ticker.flush()
        file = self._options.screenshot
        if file is None:
            return
        self._window.open_worst()
        await asyncio.sleep(SETTLE_S)  # the window lays out and reads the history of what it shows
        if not save_picture(self._window, file):
            cli.complain(tr("The picture could not be written to {file}.").format(file=file))

    async def _aclose(self) -> None:
        await self._alerting.aclose()
        await self._controller.aclose()
        self._ticker.flush()
        if self._keeper is not None:
            await self._keeper.aclose()
        elif self._history is not None:
            await self._history.aclose()
        await self._tasks.aclose()
        await self._window_memory.save()
        self._window.close_scan_windows()
        self._window.hide()

    def _wake(self, away_s: float, reason: WakeReason) -> None:
        """Hear of all scans anew; what came while nobody could look is told as one."""
        log.info("%s; nothing could happen for %.0f s", reason.value, away_s)
        if away_s >= LATE_S:
            self._policy.wake()
        self._watches.again()
        self._controller.look_again()

    def _save_window_memory(self) -> None:
        if self._window_memory.has_news:
            self._tasks.spawn(self._window_memory.save(), name="save how the window looks")

    # -- what the parts tell the window --

    async def _show_keyring(self) -> None:
        place = await self._keyring.describe()
        words = place.keyring or tr("memory, for this session only")
        if place.trouble is not None:
            words = tr("none. {cause}").format(cause=cause(place.trouble))
        self._window.show_keyring(words, is_available=bool(place.keyring))

    def _show_server(self, state: ServerState | None) -> None:
        """Say how the server in use is heard of; a dead session is none at the account either."""
        is_refused = state is not None and state.standing is Standing.SIGNED_OUT
        if is_refused != self._is_refused:
            self._is_refused = is_refused
            self._show_account()
        self._window.show_server(state)

    def _show_account(self) -> None:
        link = self._controller.server_in_use
        if link is None:
            self._window.show_account(None, "", is_signed_in=False)
        else:
            is_signed_in = link.is_signed_in and not self._is_refused
            token = link.token_standing
            if self._is_refused:
                was_good = token in (None, TokenStanding.GOOD)
                token = None if was_good else TokenStanding.REFUSED
            self._window.show_account(
                link.url, link.account, is_signed_in=is_signed_in, token=token
            )
        in_use = None if link is None else link.url
        ends = self._controller.session_ends
        if self._is_refused and in_use is not None:
            ends.pop(in_use, None)
        self._window.show_sessions(ends, in_use)

    def _show_strip(self, told: Notification, scan_id: ScanId) -> None:
        self._window.show_notice(
            told.key, told.title, told.body, lambda: self._alerting.open(told.key), scan_id
        )

    def _show_in_tray(self, told: Notification) -> bool:
        return self._tray.show_message(told.key, told.title, told.body)

    def _tell(self, error: HeimdallError) -> None:
        if isinstance(error, NoSpace) and not self._is_first_of_full_disk():
            return
        log.warning("%s", error_text(error))
        self._window.show_error(error)
        if isinstance(error, NoSpace) and self._options.quits_when_done:
            cli.complain(error_text(error))  # there may be no log

    def _is_first_of_full_disk(self) -> bool:
        """Whether a disk that is full was not told of: history, settings and log may share it."""
        last_s, self._no_space_at_s = self._no_space_at_s, self._clock()
        return self._no_space_at_s - last_s > FULL_DISK_S

    def _meet_defect(self, _name: str, _error: BaseException) -> None:
        self._is_broken = True
        self._window.show_error(HeimdallError(Reason.DEFECT))

    def _use_theme(self, mode: ThemeMode) -> None:
        self._theme.set_mode(mode)
        self._controller.change_theme(mode.value)


def _exit_status(error: HeimdallError) -> int:
    if isinstance(error, TooManyScans):
        return Exit.ARGUMENTS
    return Exit.NOT_VISIBLE if isinstance(error, NotVisible) else Exit.NO_SERVER


def _lock(folder: Path, opened: ExitStack, options: cli.Options) -> bool:
    """Return whether no window is open with a profile, and keep it for the one that is to open.

    The lock goes with its process, however that ends. Where none can be made, there is none.
    """
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = QLockFile(str(folder / "lock"))
    lock.setStaleLockTime(OLD_LOCK_MS)
    if lock.tryLock(LOCK_MS):
        if options.quits_when_done:
            lock.unlock()
        else:
            opened.callback(lock.unlock)
    return lock.error() is not QLockFile.LockError.LockFailedError


def wanted_of(options: cli.Options) -> Wanted:
    """Return what the command line wants watched.

    Raises:
        LinkError: `--server` is no address, or one that is asked in clear without leave; or
            `--watch` names nothing or a scan elsewhere, and there will be no window to tell it in
            while the others are watched.
    """
    server = None if options.server is None else server_url(options.server)
    if server is not None and is_sent_in_clear(server) and not options.allows_http:
        raise LinkError(Reason.SENT_IN_CLEAR_GIVEN, host=host_name(server))
    links, mistakes = ((), ()) if server is None else links_on(server, options.watch)
    if mistakes and (options.quits_when_done or not links):
        raise together(LinkError, mistakes)
    return Wanted(
        server,
        None if options.token is None else options.token.value,
        links,
        options.folders,
        is_demo=options.is_demo,
        mistakes=mistakes,
    )


def _theme_mode(name: str | None) -> ThemeMode:
    return ThemeMode.SYSTEM if name is None else ThemeMode(name)


def _print(line: str) -> bool:
    """Write the line an unattended run is asked for; return whether there was room for it."""
    try:
        print(line, flush=True)  # noqa: T201
    except OSError as error:
        cli.complain(
            tr("The result could not be written to standard output: {reason}.").format(
                reason=error.strerror or type(error).__name__
            )
        )
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # it is flushed at the end
        return False
    return True


def _let_removed_go(changes: Sequence[Change]) -> None:
    """A scan that has left takes its findings along, though its watch was part of cycles."""
    if any(isinstance(change, ScanRemoved | ScanEmptied) for change in changes):
        runtime.spare_no_longer()


def _utc_now() -> datetime:
    return datetime.now(UTC)
