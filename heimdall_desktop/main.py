"""The program with its window: the core, and all of Qt around it. Sees all layers."""

import asyncio
import importlib
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import PySide6
from PySide6.QtCore import QLocale, Qt, qVersion

from heimdall_desktop import __version__, cli, paths, runtime
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.runs import unattended
from heimdall_desktop.application.runs.core import Core, utc_now
from heimdall_desktop.application.servers.suspend_monitor import steady_s
from heimdall_desktop.desktop_entry import opens_links, own_command
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.change import Change, ScanEmptied, ScanRemoved
from heimdall_desktop.domain.facts.choices import Language, Settings
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import SelfTestPart, ServerState, Standing, TokenStanding
from heimdall_desktop.instance import NotStarted, not_in_open_window
from heimdall_desktop.models.ticker import NetworkNews, Ticker
from heimdall_desktop.models.translation import use_language
from heimdall_desktop.presentation.alerts.alert_text import muted_text
from heimdall_desktop.presentation.error_text import cause, error_text, remedy
from heimdall_desktop.presentation.export.contents import Contents
from heimdall_desktop.presentation.i18n import in_english, tr, tr_noop
from heimdall_desktop.presentation.unattended_text import CLOSED, QUIT, ended_text
from heimdall_desktop.services.local_process import require_scanners
from heimdall_desktop.services.notifier.protocol import Notification
from heimdall_desktop.services.recording import Recording
from heimdall_desktop.services.regular_file import place_for, replace_file
from heimdall_desktop.services.settings import SettingsFile, WindowSettings
from heimdall_desktop.services.single_instance import Claim, Handover, HandoverServer
from heimdall_desktop.start import Start, end_by_signal, started, wanted_of
from heimdall_desktop.widgets.controls.dialog_frame import ChoiceDialog, FileDialog
from heimdall_desktop.widgets.controls.focus import come_forward, is_in_front
from heimdall_desktop.widgets.look.app_style import dress
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.window.background import Background, Tray, is_over_dbus
from heimdall_desktop.widgets.window.main_window import MainWindow
from heimdall_desktop.widgets.window.window_geometry import picture_of

if TYPE_CHECKING:
    from heimdall_desktop.application.memory.replay import Player, ReplayClock

if sys.platform == "linux":
    from heimdall_desktop.services.desktop_services import (
        DesktopAppearance,
        DesktopPortal,
        FileChooser,
    )

log = logging.getLogger("heimdall.main")

SETTLE_S = 0.5
SHOWN_S = 0.25  # no window waits longer than this for its colours and the last scans
PAINT_S = 0.25  # how long findings of the last session wait for the first picture
PAINTED_S = 5.0  # a window that is minimised or covered may never be painted
PAUSE_S = 0.1  # between two parts that are loaded late, for keys and clicks
TRAY_TRIES = 50  # pauses; a tray that appears later is not used

LATE = (
    "heimdall_desktop.widgets.detail.code_lines",  # of a finding: none is open initially
    "heimdall_desktop.application.watching.watch",  # of a scan: none is watched initially
    "heimdall_desktop.application.watching.finding_sync",  # of the same
    "heimdall_desktop.widgets.panel.stages_view",  # of a scan
    "heimdall_desktop.widgets.panel.threat_pane",
    "heimdall_desktop.widgets.detail.detail_content",  # of a finding: none is open initially
    "heimdall_desktop.widgets.controls.markdown_text",  # of the same
    "heimdall_desktop.widgets.detail.detail_tabs",  # seven pages, and unidiff for one of them
    "heimdall_desktop.widgets.window.wallboard",  # fills a separate screen
    "heimdall_desktop.application.memory.replay",  # only for replays, which are separate runs
    "heimdall_desktop.widgets.board.replay_bar",
    "heimdall_desktop.widgets.panel.comparison_pane",  # a page of the panel
    "heimdall_desktop.widgets.adding.add_scans",  # a dialog with discovery and repositories
    "heimdall_desktop.widgets.settings.settings_window",  # a separate window
    "heimdall_desktop.widgets.window.window_settings",  # the content of that window
    "heimdall_desktop.services.diagnostics",  # for the report of a problem, and About
    "heimdall_desktop.presentation.export.formats",  # only for exports:
    "heimdall_desktop.widgets.export.pdf_report",  # they paint pages,
    "heimdall_desktop.widgets.export.exporter",  # and have a dialog
)
"""Modules that the first picture does not need: loaded after it, or earlier on first use."""


def main(options: cli.Options, claim: Claim | None = None) -> int:
    with ExitStack() as opened:
        try:
            start = opened.enter_context(started(options))
        except NotStarted as refused:
            cli.complain(str(refused))
            return unattended.Exit.ARGUMENTS

        def end_without_window(reason: str) -> NoReturn:
            log.error("%s", errors.LogText(reason))
            cli.complain(reason)
            opened.close()
            os._exit(unattended.Exit.ARGUMENTS)  # Qt would abort the process

        application = runtime.make_application(__version__, end_without_window)
        log.info(
            "window: PySide6 %s, Qt %s", *map(errors.LogText, (PySide6.__version__, qVersion()))
        )
        settings = SettingsFile(
            start.places.settings / "settings.toml", Settings, is_read_only=True
        )
        language = settings.load()[0].language  # again read later, with its problems
        locale = QLocale() if language is Language.SYSTEM else QLocale(language.value)
        use_language(locale, paths.resources() / "translations", application)
        program = Program(start, application, claim)
        return start.end(runtime.run(program.run, application))


def show_refusal(options: cli.Options, reason: str) -> None:
    """Show why the program can't start, as no one may see its standard error.

    It is in English like the reason, which is that of the command line.
    """
    application = runtime.make_application(
        __version__, lambda _: os._exit(unattended.Exit.ARGUMENTS)
    )
    theme = ThemeMode(options.theme or ThemeMode.SYSTEM)
    dress(application, Theme(paths.resources(), theme))
    dialog = ChoiceDialog(tr("Heimdall Desktop can't start"), reason, (tr("Close"),))
    dialog.finished.connect(lambda _: application.exit())  # `quit` needs a run, and there is none
    dialog.open()
    application.exec()


class Program:
    """The core of a run and its window.

    Args:
        claim: the hold on the profile; None where no later start finds this run.
    """

    def __init__(
        self, start: Start, application: runtime.Application, claim: Claim | None = None
    ) -> None:
        self._start = start
        self._options = options = start.options
        self._application = application
        self._stop = unattended.Stop()
        self._painted, self._has_begun = asyncio.Event(), asyncio.Event()
        self._handovers = HandoverServer(claim or Claim(), self._take_over)
        self._is_starting = False  # during the session restore
        self._start_problems: list[errors.HeimdallError] = []
        self._is_refused = False  # the session at the server in use
        self._theme = Theme(paths.resources(), ThemeMode(options.theme or ThemeMode.SYSTEM))
        dress(application, self._theme)
        recording, times = start.recording, None
        if recording is not None:
            # one of LATE
            from heimdall_desktop.application.memory.replay import ReplayClock  # noqa: PLC0415

            times = ReplayClock(recording.head.began_at, recording.duration_s)
        self._core = core = Core(
            start.kept,
            start.redaction,
            speed=options.speed,
            clock=steady_s if times is None else times.clock,
            now=utc_now if times is None else times.now,
        )
        self._player = (
            None if recording is None or times is None else self._played(recording, times)
        )
        core.controller.preferences.must_read_only = options.is_read_only
        core.controller.recordings.play_command = own_command()
        self._ticker = Ticker(core.store)
        self._window_memory = WindowMemory(
            SettingsFile(
                start.places.settings / "window.toml",
                WindowSettings,
                is_read_only=start.shares_profile,
            )
        )
        self._window_memory.on_problem = core.report
        forgotten = self._window_memory.load()
        self._problems = start.problems if forgotten is None else (*start.problems, forgotten)
        self._window = MainWindow(
            core.store,
            self._ticker,
            core.controller,
            core.inbox,
            self._window_memory,
            clock=core.clock,
            now=core.now,
            version=__version__,
        )
        self._tray = Tray(self._theme, self._window)
        self._background = Background(
            self._window,
            self._tray,
            core.inbox,
            core.controller.preferences,
            core.alerting.announce,
            ends_with_window=options.quits_when_done,
        )
        self._connect()

    def _played(self, recording: Recording, times: "ReplayClock") -> "Player":
        """Return the player of a recording for the core, which then sends no requests."""
        from heimdall_desktop.application.memory.replay import Player  # noqa: PLC0415 - LATE

        core = self._core
        player = Player(recording, times, core.store, core.inbox)
        core.is_alerting = False  # it was reported then, and the inbox says how
        core.controller.decisions.decide_here = player.decide
        core.accounts.is_closed = True
        return player

    async def run(self) -> unattended.Result:
        """Show the window until it is closed, or until an unattended run has finished."""
        began_s = self._core.clock()
        end_by_signal(lambda name: self._end(ended_text(name)))
        self._application.on_quit = lambda: self._end(ended_text(""))
        past = self._core.tasks.spawn(self._bring_back(), name="bring back the last session")
        first = self._follow_desktop()
        if not self._core.lacks_history:  # to make one takes a while, and shows nothing
            first.append(past)
        if first:
            await asyncio.wait(first, timeout=SHOWN_S)
        self._ticker.flush()
        if self._options.is_background:
            self._window.scan_windows.are_held = True

            async def begin_hidden() -> None:
                """Wait a while for a tray: at login it may start after us, and Qt checks once."""
                for _ in range(TRAY_TRIES if sys.platform == "linux" else 0):
                    if is_over_dbus():
                        break
                    await asyncio.sleep(PAUSE_S)
                self._background.begin(is_hidden=True)

            self._core.tasks.spawn(begin_hidden(), name="begin in the tray")
        else:
            self._background.begin(is_hidden=False)
        await self._handovers.start()
        self._core.tasks.spawn(self._load_late(), name="load what the first picture lacks")
        try:
            await past
            await self._begin()
            result = await self._work(began_s)
            await self._show_end()
        finally:
            self._handovers.close()
            await self._window_memory.save()
            self._window.close_other_windows()
            self._window.hide()
            self._tray.hide()
            await self._core.aclose()  # takes a while if much is to be saved
        return result

    def _end(self, words: str) -> None:
        self._stop.because(words)
        self._handovers.close()  # requests of a later start go to the next window

    def _follow_desktop(self) -> list[asyncio.Task[None]]:
        """Return the task that learns the desktop's appearance, and then follows it."""
        if sys.platform != "linux":
            return []
        theme = self._theme

        def follow(appearance: DesktopAppearance) -> None:
            high = appearance.have_high_contrast
            theme.follow_desktop(
                appearance.are_dark, have_high_contrast=high, accent=appearance.accent
            )

        portal = DesktopPortal(spawn=self._core.tasks.spawn, on_appearance=follow)
        return [self._core.tasks.spawn(portal.start(), name="ask the desktop for its looks")]

    def _connect(self) -> None:
        core, window, alerting = self._core, self._window, self._core.alerting
        views, tray, changed = window.saved_views, self._tray, self._ticker.changed

        def use_views() -> None:
            core.policy.views.use(views.views)

        def save_window_memory() -> None:
            if self._window_memory.has_news:
                core.tasks.spawn(self._window_memory.save(), name="save how the window looks")

        def release_removed(changes: Sequence[Change]) -> None:
            """Release the findings of a removed scan, though its watch was part of cycles."""
            if any(isinstance(change, ScanRemoved | ScanEmptied) for change in changes):
                runtime.survivors.release()

        window.closed.connect(lambda: self._end(CLOSED))
        window.quit_wanted.connect(lambda: self._end(QUIT))
        window.painted.connect(self._painted.set)
        core.on_problem = self._show_problem
        core.on_defect = lambda _error: window.show_error(
            errors.HeimdallError(errors.Reason.DEFECT)
        )
        core.on_muted = self._show_muted
        views.changed.connect(use_views)
        use_views()
        core.flush = self._ticker.flush
        if (manual := paths.manual()) is not None:
            core.controller.diagnostics.manual = manual.as_uri()
        core.controller.diagnostics.licences = paths.licences()
        core.controller.on_account_moved = self._show_account
        core.controller.on_server_moved = self._show_server
        core.controller.on_finding_wanted = window.scope.open_subject
        core.controller.on_scan_wanted = window.scope.open_scan
        core.controller.comparisons.is_automatic = not self._options.quits_when_done
        core.controller.proposals.is_automatic = not self._options.quits_when_done
        alerting.has_focus = lambda: any(map(is_in_front, self._application.topLevelWidgets()))
        alerting.is_looked_at = window.is_looking_at
        alerting.is_on_wallboard = window.is_on_wallboard
        alerting.on_wanted = window.scope.open_subject
        alerting.on_inbox_wanted = window.open_inbox
        alerting.on_sign_in_wanted = window.sign_in_to
        alerting.on_tray = lambda each: tray.show_message(each.key, each.title, each.body)
        alerting.on_strip = self._show_strip
        alerting.on_inbox_moved = window.show_inbox
        alerting.on_strip_withdrawn = window.withdraw_notice
        alerting.is_on_strip = window.has_notice
        tray.opened.connect(alerting.open)

        async def find_tray() -> str:
            return "tray" if tray.is_there else ""

        async def find_handler() -> str:
            return "heimdall://" if await asyncio.to_thread(opens_links) else ""

        core.controller.probes[SelfTestPart.TRAY] = find_tray
        if sys.platform == "linux":
            core.controller.probes[SelfTestPart.LINKS] = find_handler
        self._background.badge_changed.connect(self._application.show_badge)
        changed.connect(core.take)
        self._ticker.heartbeat.connect(core.tick)
        self._ticker.heartbeat.connect(save_window_memory)
        changed.connect(release_removed)

    async def _bring_back(self) -> None:
        """Show the state of the last session; its findings follow once the window is painted."""
        core = self._core
        for problem in self._problems:
            core.report(problem)
        if self._options.is_background:
            core.report_start()
        self._is_starting = True
        await core.bring_back({link.scan_id for link in self._start.wanted.links if link.scan_id})
        self._is_starting = False
        self._window.show_inbox()
        if self._options.theme is None:
            self._theme.set_mode(core.controller.preferences.settings.theme)

    async def _begin(self) -> None:
        core = self._core
        if not self._options.is_background:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._painted.wait(), PAINT_S)
        core.tasks.spawn(self._show_keyring(), name="describe the keyring")
        await core.begin()
        if self._options.is_background:
            self._report_start(self._start_problems)
        if self._player is not None:
            self._player.on_inbox_moved = self._window.show_inbox
            await self._player.start(core.tasks)
            self._window.show_replay(self._player)
        if self._options.is_wallboard:
            self._window.show_wallboard()
        self._has_begun.set()

    def _report_start(self, problems: Sequence[errors.HeimdallError]) -> None:
        """Report by notifications what the last session left and can't be read: no window shows it.

        Not if nothing was ever watched.
        """
        core, text = self._core, dict[str, str]()
        watched = core.controller.preferences.settings.watched
        if not (watched or core.earlier.is_remembered):
            return
        for error in problems:
            if (
                isinstance(error, errors.SettingsError)
                and error.reason is not errors.Reason.SETTINGS_VALUES
            ):
                unwatched = "" if watched else tr("No scan is being watched.")
                text[tr("The settings can't be read")] = f"{unwatched} {remedy(error)}".strip()
            elif isinstance(error, errors.HistoryError):
                text[tr("The history can't be read")] = remedy(error)
        if core.lacks_history and not text:
            text[tr("The history is missing")] = tr(
                "Scans are being watched. Findings from before this start raise no alerts."
            )
        opens = tr("Show Heimdall"), partial(come_forward, self._window)
        for title, body in text.items():
            core.alerting.announce(title, body, lambda _is_shown: None, opens, key=title)

    async def _work(self, began_s: float) -> unattended.Result:
        core, wanted, options = self._core, self._start.wanted, self._options
        limits = self._start.limits(began_s)
        if options.quits_when_done:
            writer = self._start.writer(_pdf_pieces)
            ending = unattended.Ending(self._stop, self._start.export, writer)
            return await unattended.see_to_the_end(core, wanted, limits, ending)
        await self._watch(wanted, limits)
        try:
            async with asyncio.timeout(options.timeout_s):
                await self._stop.event.wait()
        except TimeoutError:
            text = tr_noop("Stopped after {timeout_s:g} s (--timeout).")
            line = text.format(timeout_s=options.timeout_s)
            return unattended.Result(unattended.Exit.TIMEOUT, line)
        return unattended.Result(unattended.Exit.DONE)

    async def _watch(self, wanted: unattended.StartupTargets, limits: unattended.Limits) -> None:
        core = self._core
        problem = await unattended.watch_all(core, wanted, limits, [], self._stop.event)
        if wanted.mistakes:
            core.report(errors.together(errors.LinkError, wanted.mistakes))
        if problem is not None:
            core.report(problem)
        for link in wanted.links_alone:
            self._window.dialogs.open_link(link)

    def _take_over(self, asked: Handover) -> str:
        """Carry out the request of a later start in this window; return why not, or ""."""
        options = self._options._replace(
            server=asked.server,
            allows_http=asked.allows_http,
            token=None if asked.token is None else cli.Token(asked.token),
            watch=asked.watch,
            folders=tuple(Path(os.fsdecode(folder)) for folder in asked.folders),
            is_demo=asked.is_demo,
        )
        for is_refused, option in (
            (asked.is_read_only and not options.is_read_only, "--read-only"),
            (asked.theme not in (None, self._theme.mode.value), "--theme"),
            (asked.is_demo and asked.speed != options.speed, "--speed"),
        ):
            if is_refused:
                return not_in_open_window(option)
        try:
            wanted = wanted_of(options)
            if options.folders:
                require_scanners()
        except errors.HeimdallError as error:
            with in_english():
                return error_text(error)
        if not (asked.is_background or asked.is_wallboard):
            come_forward(self._window, asked.activation)

        async def watch_later() -> None:
            await self._has_begun.wait()
            if asked.is_wallboard:
                self._window.show_wallboard()
            began_s = self._core.clock()
            await self._watch(wanted, unattended.Limits(began_s, None, self._options.unreachable_s))

        self._core.tasks.spawn(watch_later(), name="watch what a later start names")
        return ""

    async def _show_end(self) -> None:
        self._ticker.flush()
        file = self._options.screenshot
        if file is None:
            return
        self._window.scope.open_worst()
        await asyncio.sleep(SETTLE_S)  # the window lays out and reads the history of its content
        try:
            replace_file(place_for(file), picture_of(self._window, file))
        except OSError:
            text = tr_noop("Couldn't save the screenshot to {file}.")
            cli.complain(text.format(file=file))

    async def _load_late(self) -> None:
        """Load and create what the first picture does not need, once it is painted."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._painted.wait(), PAINTED_S)
        await asyncio.sleep(PAUSE_S)
        if sys.platform == "linux":
            chooser = FileChooser(spawn=self._core.tasks.spawn)
            FileDialog.ask_desktop = chooser.request
            self._core.tasks.spawn(chooser.start(), name="look for the desktop's file dialogs")
        if len(self._core.store):
            self._prepare_highlighting()
        else:
            once = Qt.ConnectionType.SingleShotConnection
            self._ticker.changed.connect(self._prepare_highlighting, once)
        self._network = NetworkNews()
        self._network.changed.connect(self._core.suspend_monitor.change_network)
        modules = (partial(importlib.import_module, name) for name in LATE)
        parts: tuple[Callable[[], object], ...] = (*modules, *self._window.late_parts())
        for load in parts:
            await asyncio.sleep(PAUSE_S)
            load()

    def _prepare_highlighting(self) -> None:
        from heimdall_desktop.widgets.detail.code_lines import prepare_highlighting  # noqa: PLC0415 - LATE

        work = asyncio.to_thread(prepare_highlighting)
        self._core.tasks.spawn(work, name="prepare highlighting")

    # -- reports of the parts to the window --

    async def _show_keyring(self) -> None:
        place = await self._core.kept.keyring.describe()
        words = place.keyring or tr("memory, for this session only")
        if place.problem is not None:
            words = tr("none. {cause}").format(cause=cause(place.problem))
        self._window.show_keyring(words, is_available=bool(place.keyring))

    def _show_server(self, state: ServerState | None) -> None:
        """Show the state of the server in use; if its session ended, update the account as well."""
        is_refused = state is not None and state.standing is Standing.SIGNED_OUT
        if is_refused != self._is_refused:
            self._is_refused = is_refused
            self._show_account()
        self._window.show_server(state)

    def _show_account(self) -> None:
        link = self._core.accounts.in_use
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
        ends = self._core.accounts.session_ends
        if self._is_refused and in_use is not None:
            ends.pop(in_use, None)
        self._window.sessions.show_sessions(ends, in_use, self._core.accounts.likely_ends)

    def _show_strip(self, reported: Notification, scan_id: ScanId) -> None:
        key, open_it = reported.key, partial(self._core.alerting.open, reported.key)
        self._window.show_notice(key, reported.title, reported.body, open_it, scan_id)

    def _show_muted(self, scan_id: ScanId, until: datetime) -> None:
        preferences = self._core.controller.preferences

        def end() -> None:
            preferences.change_setting("alerts", preferences.settings.alerts.without_mute(scan_id))

        text = muted_text(until, self._core.now())
        self._window.problems.show_notice(*text, end, tr("Unmute"), "ui-mute")

    def _show_problem(self, error: errors.HeimdallError) -> None:
        self._window.show_error(error)
        if self._is_starting:
            self._start_problems.append(error)
        if isinstance(error, errors.NoSpace) and self._options.quits_when_done:
            with in_english():
                cli.complain(error_text(error))  # there may be no log


def _pdf_pieces(contents: Contents) -> Iterator[bytes]:
    from heimdall_desktop.widgets.export.pdf_report import pdf_pieces  # noqa: PLC0415 - as LATE

    return pdf_pieces(contents)
