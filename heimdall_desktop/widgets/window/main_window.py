"""The main window: connects its parts, and accepts drops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication

from heimdall_desktop.application.base.store import SeenStore, Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.change import Change, ScanAdded, ScanRemoved
from heimdall_desktop.domain.facts.choices import KeyChoice, Settings, ThemeMode
from heimdall_desktop.domain.facts.errors import HeimdallError, PageUnreadable
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, TokenStanding
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.board.card_words import Tag, recording_text
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import hide_hosts, host_text
from heimdall_desktop.presentation.time_text import dated_words, minute_text
from heimdall_desktop.presentation.window import window_place
from heimdall_desktop.presentation.window.command import Group
from heimdall_desktop.widgets.adding.first_start import FirstStart
from heimdall_desktop.widgets.adding.link_lookup import take_drop
from heimdall_desktop.widgets.board.board import Board
from heimdall_desktop.widgets.board.board_head import BoardHead
from heimdall_desktop.widgets.controls.buttons import MANUAL_SCHEME
from heimdall_desktop.widgets.controls.focus import come_forward, is_in_front
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE
from heimdall_desktop.widgets.controls.pane import Veil
from heimdall_desktop.widgets.controls.problem_strip import StripText
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from heimdall_desktop.widgets.filters.views_control import ViewsControl
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Zoom
from heimdall_desktop.widgets.panel.inbox_page import InboxView
from heimdall_desktop.widgets.window import problem_bar
from heimdall_desktop.widgets.window.help import open_manual, why_no_manual
from heimdall_desktop.widgets.window.scan_window import ScanWindows
from heimdall_desktop.widgets.window.scope import Scope
from heimdall_desktop.widgets.window.status_bar import StatusBar
from heimdall_desktop.widgets.window.top_bar import FreezeButton, TopBar
from heimdall_desktop.widgets.window.window_commands import BoardCommands, WindowCommands
from heimdall_desktop.widgets.window.window_dialogs import WindowDialogs
from heimdall_desktop.widgets.window.window_geometry import WindowGeometry
from heimdall_desktop.widgets.window.workspace import Session, Workspace

if TYPE_CHECKING:
    from heimdall_desktop.application.memory.replay import Player
    from heimdall_desktop.presentation.window.setting import Page
    from heimdall_desktop.widgets.board.replay_bar import ReplayBar
    from heimdall_desktop.widgets.settings.settings_window import SettingsWindow
    from heimdall_desktop.widgets.window.wallboard import Wallboard

SIZE = QSize(1440, 900)
LEAST = QSize(800, 560)
UNDO = tr_noop("Undo")
UNDO_MS = 10_000  # how long "stop watching" can be undone


class MainWindow(Workspace):
    """Adds the board, the inbox and the start page to the parts of all windows.

    Attributes:
        closing: what happens when it is closed.
        dialogs: its dialogs, such as those for links and signing in.
        inbox: the list of alerts.
        saved_views: the saved views, some of which may notify.
        scan_windows: the windows of scans that were torn off.
        scope: what it shows: one scan or all of them.
        sessions: reminds the user before a session ends.

    Signals:
        quit_wanted: the program must quit.
        closed: the program quits because the window was closed; comes before `quit_wanted`.
        state_changed: the overall state as a `TrayState`; often the same as before.
        painted: it was painted for the first time.
    """

    quit_wanted = Signal()
    closed = Signal()
    state_changed = Signal(object)
    painted = Signal()

    def __init__(
        self,
        store: Store,
        ticker: Ticker,
        requests: Requests,
        inbox: Inbox,
        memory: WindowMemory,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        version: str,
    ) -> None:
        head, store = BoardHead(), SeenStore(store)
        board = Board(store, ticker, requests, memory, clock, now)
        session = Session(store, ticker, requests, clock, now, memory)
        super().__init__(session, None, table_memory=memory, detail_memory=memory)
        self._head, self._board, self._alerts = head, board, inbox
        self.closing: Callable[[], window_place.Closing] = lambda: window_place.Closing.QUIT
        self.state = window_place.TrayState("tray-idle", "")
        self._has_shown = self._has_painted = False
        self._stopped = ""  # the key of the notice that a scan is no longer watched
        self._undo_time = QTimer(self, singleShot=True, interval=UNDO_MS)
        self._undo_time.setObjectName("undo-stop")
        self._undo_time.timeout.connect(lambda: self.problems.clear(self._stopped))
        self._server: ServerState | None = None
        self._account: tuple[ServerUrl | None, str, bool, TokenStanding | None]
        self._account = (None, "", False, None)
        self._player: Player | None = None
        self._replay_bar: ReplayBar
        self._keys: tuple[KeyChoice, ...] = ()
        self._is_read_only = False
        self._settings_window: SettingsWindow | None = None  # while it is open
        self._wallboard: Wallboard | None = None
        self.setObjectName("main-window")
        self._zoom = Zoom(theme_of(self), self.findings.table_state)
        self._mutes = ScanMutes(store, requests.preferences, now)
        self.inbox = InboxView(inbox, self._mutes, store.mask)
        self._inbox_tab = self.panel.add_page(
            tr("Inbox"),
            "ui-inbox",
            self.inbox,
            self.inbox.take_keyboard,
            self.inbox.tools,
            is_veiled=False,
        )
        self.add_pages()
        self._status = StatusBar(store, ticker, clock, version)
        self.sessions = problem_bar.SessionReminder(
            store, ticker, clock, self._status, self.problems, self
        )
        self._start = FirstStart(requests)
        self._top = TopBar(head, self.findings.filter_field, self.choose_theme, self.open_settings)
        self._views = ViewsControl(
            self.findings.filter_state,
            memory,
            self.findings.table_state,
            lambda: self.scope.scope_text(),  # noqa: PLW0108 - it is made later
            self,
        )
        self.saved_views = self._views.views
        self._findings_tools = (self._views, FreezeButton(self.findings))
        for tool in self._findings_tools:
            self._top.add_tool(tool)
        self.dialogs = WindowDialogs(self)
        layout = window_place.read_layout(memory.text("layout"))
        start, status = self._start, self._status
        self.compose(self._top, SIZE, layout, board=board, start=start, status=status)
        kept = WindowGeometry(self, partial(memory.keep, "window"), least=LEAST)
        kept.restore(memory.text("window"))
        self.frame.arranged.connect(lambda: memory.keep("layout", self.frame.layout_now().text()))
        self.setAcceptDrops(True)
        self.findings.filter_field.edit.setAcceptDrops(False)  # the window handles drops
        self.scan_windows = ScanWindows(session, self._prepare, self)
        self.scope = Scope(self, board, self.scan_windows)
        is_own = requests.decisions.is_own_change
        problem_bar.Announcer(self, store, ticker, clock, self.scope.is_announced, is_own)
        self._connect()
        self._prepare(self, self._board_commands())
        self._show_start()
        self._show_title()
        requests.preferences.follow(self._use_settings)
        QDesktopServices.setUrlHandler(MANUAL_SCHEME, self, "open_help")  # type: ignore[arg-type] # it takes no bytes

    @Slot(QUrl)
    def open_help(self, url: QUrl) -> None:
        """Open the manual at the entry that a link in any of the windows names."""
        self.explain(why_no_manual(self))
        if not why_no_manual(self):
            # later: what is opened while Qt handles an address skips all handlers
            QTimer.singleShot(0, self, partial(open_manual, self, url.path()))

    # -- input from main --

    def show_account(
        self,
        url: ServerUrl | None,
        account: str,
        *,
        is_signed_in: bool = True,
        token: TokenStanding | None = TokenStanding.GOOD,
    ) -> None:
        """Show the server in use, and who is signed in there or with which token."""
        self._account = (url, account, is_signed_in, token)
        self.dialogs.use_account(url, account)
        self.dialogs.show_token(None if url is None else token)
        self._board.offer_new_scans(is_offered=url is not None)
        self._board.show_signed_in(is_signed_in=url is not None and is_signed_in)
        if url is not None:
            self._start.sign_in.set_server(url)
            self._start.sign_in.set_account(account)
        self._show_whose()
        if is_signed_in:
            for window in (self, *self.scan_windows):
                window.detail.retry()

    def _show_whose(self) -> None:
        """Show server and account names as far as they may be seen."""
        url, account, is_signed_in, token = self._account
        self._top.show_server(url, is_signed_in=is_signed_in)
        self._start.sign_in.show_host(
            host_text(url) if url is not None and is_signed_in else "",
            is_proven=token is TokenStanding.GOOD,
        )
        seen = self.session.store.mask.text(account)
        self._status.show_account(url, seen, is_signed_in=is_signed_in, token=token)
        if not self.frame.is_start:  # the form is hidden, but assistive technology reads it
            self._start.sign_in.set_account("" if self.session.store.mask.is_on else account)

    def show_server(self, state: ServerState | None) -> None:
        """Show the connection state of the server in use, even without watched scans, or None."""
        self._server = state
        self._board.show_server(state)
        self._status.show_server(state)
        self.dialogs.show_server(state)
        if state is None or state.error is None:
            self.problems.clear(PageUnreadable.__name__)
        self._show_title()

    def show_keyring(self, description: str, *, is_available: bool) -> None:
        self.dialogs.use_keyring(description, is_available=is_available)
        self._status.show_keyring(tr("Keyring: {place}").format(place=description))
        self._start.sign_in.set_keyring(description, is_available=is_available)

    def show_notice(
        self,
        key: str,
        title: str,
        body: str,
        on_activate: Callable[[], None],
        scan_id: ScanId | None = None,
    ) -> None:
        """Show what a notification would have said, in the window that shows its scan."""
        self.withdraw_notice(key)
        window = self.scan_windows.active_of(scan_id) or self
        window.problems.show_notice(title, body, on_activate, alert_key=key)

    def has_notice(self, key: str) -> bool:
        """Whether a notice is still shown: not withdrawn, dismissed or followed."""
        bars = (window.problems for window in (self, *self.scan_windows))
        return any(problem_bar.alert_notice(key) in bar.keys for bar in bars)

    def withdraw_notice(self, key: str) -> None:
        for window in (self, *self.scan_windows):
            window.problems.clear(problem_bar.alert_notice(key))

    def show_replay(self, player: Player) -> None:
        """Show that a recording is playing, with controls to seek."""
        from heimdall_desktop.widgets.board.replay_bar import ReplayBar  # noqa: PLC0415 - main.LATE

        self._player = player
        bar = self._replay_bar = ReplayBar(player)
        self._name_replay()
        bar.leave.clicked.connect(self.quit)
        self._board.put_above(bar)
        began = player.recording.head.began_at
        text = tr("Replay of {day}, {time}.")
        fact = text.format(day=dated_words(began, has_year=False), time=minute_text(began))
        stays = tr("Changes you make here affect only the replay.")
        strip = StripText(Mood.CALM, "ui-play", fact, stays, (tr("Leave"),))
        self.problems.show_problem("replay", strip, lambda _action: self.quit(), is_note=True)
        self._show_title()

    def show_inbox(self) -> None:
        self.inbox.refresh()
        self._show_title()

    def open_inbox(self) -> None:
        self.panel.open_page(self._inbox_tab)
        come_forward(self)

    def sign_in_to(self, server: ServerUrl) -> None:
        """Raise the window and ask the user to sign in again at a server that ended the session."""
        come_forward(self)
        self.dialogs.sign_in_again(server)

    def is_looking_at(self, scan_id: ScanId) -> bool:
        """Whether the focused window shows the findings of that scan, or of all scans."""
        is_here = is_in_front(self) and self.findings.scope in (None, scan_id)
        is_torn_off = self.scan_windows.active_of(scan_id) is not None
        return is_here or is_torn_off or self.is_on_wallboard()

    def is_on_wallboard(self) -> bool:
        """Whether the wallboard has the focus. It shows all scans and their news."""
        return self._wallboard is not None and self._wallboard.is_in_focus

    def open_wallboard(self) -> None:
        if self._wallboard is not None and self._wallboard.isVisible():
            self._wallboard.close()
        else:
            self.show_wallboard()

    def show_wallboard(self) -> None:
        from heimdall_desktop.widgets.window.wallboard import Wallboard  # noqa: PLC0415 - main.LATE

        self._wallboard = self._wallboard or Wallboard(
            self.session, lambda: self._status.connections.sums
        )
        self._wallboard.setScreen(self.screen())
        self._wallboard.showFullScreen()
        self._wallboard.activateWindow()

    def close_other_windows(self) -> None:
        """Close the wallboard and the scan windows; scan windows reopen on the next start."""
        self.scan_windows.close_all()
        if self._wallboard is not None:
            self._wallboard.close()

    def open_finding(self, finding_id: FindingId) -> None:
        """Raise the window with that finding open; if it is not loaded, once it is."""
        self.scope.open_finding(finding_id)

    def show_filtered(self, scan_id: ScanId, text: str) -> None:
        """Show only the findings of a scan that match a filter."""
        self.scope.view_scan(scan_id)
        super().show_filtered(scan_id, text)

    def quit(self) -> None:
        """Hide the window, and signal that the program must quit."""
        self.close_other_windows()
        self.hide()
        self.quit_wanted.emit()

    def minimise(self) -> None:
        self.setWindowState(self.windowState() | Qt.WindowState.WindowMinimized)
        self.show()

    # -- composing --

    def _connect(self) -> None:
        head, board, scope, dialogs = self._head, self._board, self.scope, self.dialogs
        top, ticker, requests = self._top, self.session.ticker, self.session.requests

        def compare(scan_id: str) -> None:
            scope.view_scan(ScanId(scan_id))
            self.open_comparison()

        for add in (head.add_button, self._start.link_button):
            add.clicked.connect(lambda: dialogs.add_scans(""))
        head.menu_button.clicked.connect(self._open_menu)
        head.field.edit.textChanged.connect(board.search)
        head.field.edit.returnPressed.connect(board.scope_first)
        head.search_left.connect(board.view.enter_first)
        board.search_left.connect(head.close_search)
        board.count_changed.connect(head.show_count)
        board.mute_changed.connect(partial(problem_bar.say, self))
        board.notice.sign_in_wanted.connect(dialogs.sign_in)
        board.view.scan_scoped.connect(lambda scan_id: scope.view_scan(ScanId(scan_id) or None))
        for signal in (board.view.stages_wanted, board.scans.stages_wanted):
            signal.connect(scope.show_stages)
        board.view.stage_picked.connect(scope.show_stage)
        board.view.severity_picked.connect(scope.filter_to)
        board.scans.request_failed.connect(self.show_error)
        board.scans.scan_stopped.connect(self._offer_return)
        board.scans.compare_wanted.connect(compare)
        board.scans.tear_off_wanted.connect(self.scan_windows.tear_off)
        board.scans.issues_wanted.connect(self.issues.ask)
        ticker.changed.connect(self._follow)
        ticker.heartbeat.connect(self._show_title)
        ticker.second.connect(self._show_recordings)
        requests.recordings.on_moved = self._show_recordings
        self.panel.findings_wanted.connect(scope.show_stage)
        self.findings.scope_changed.connect(scope.view_scan)
        self.saved_views.scope_wanted.connect(scope.view_scan)
        scope.scope_changed.connect(self._show_title)
        self.findings.add_scans_requested.connect(dialogs.add_scans)
        self.detail.finding_wanted.connect(lambda found: self.open_finding(FindingId(found)))
        self.sessions.sign_in_wanted.connect(
            lambda server: dialogs.sign_in_again(ServerUrl(server), has_ended=False)
        )
        self.inbox.subject_wanted.connect(scope.open_line)
        self.inbox.unread_changed.connect(partial(self.panel.show_count, self._inbox_tab))
        self.inbox.unread_changed.connect(top.show_unread)
        self._start.sign_in.signed_in.connect(dialogs.go_on_adding)
        top.inbox.clicked.connect(lambda: self.panel.open_page(self._inbox_tab))
        top.presenting.clicked.connect(
            lambda is_on: requests.preferences.change_setting("privacy.is_presenting", is_on)
        )
        top.palette_button.clicked.connect(self.command_palette.open)
        top.help.clicked.connect(self._open_help)
        top.sign_in.clicked.connect(dialogs.sign_in)
        self._status.account.sign_in.triggered.connect(dialogs.sign_in)
        self._status.account.sign_out.triggered.connect(dialogs.sign_out)

    def _prepare(self, window: Workspace, board: BoardCommands | None = None) -> None:
        """Give a window its commands, and the sign-in form of this one."""
        WindowCommands(
            window, self.findings.table_state, self.quit, self.open_settings, board
        ).bind()
        window.commands.use_keys(self.session.requests.preferences.settings.keys)
        window.strip.sign_in_wanted.connect(
            lambda server: self.dialogs.sign_in_again(ServerUrl(server))
        )

    def _board_commands(self) -> BoardCommands:
        return BoardCommands(
            window=self,
            dialogs=self.dialogs,
            head=self._head,
            board=self._board,
            start=self._start,
            status=self._status,
            views=self._views,
            scope=self.scope,
            current_scan=self._current_scan,
            inbox_title=self._inbox_title,
            open_inbox=lambda: self.panel.open_page(self._inbox_tab),
            choose_theme=self.choose_theme,
            open_settings=self.open_settings,
            open_wallboard=self.open_wallboard,
        )

    def _current_scan(self) -> ScanId | None:
        """Return the scan that a key applies to; something in the window must point at it."""
        only = self._board.scan_ids[0] if self._board.model.scan_count == 1 else None
        pointed_at = self.inbox.meant_scan or self._board.current_scan or self.scope.in_view
        return pointed_at or only

    def open_settings(self, page: Page | None = None) -> None:
        """Open the settings or raise the open ones, at a page if one is named."""
        from heimdall_desktop.widgets.settings.settings_window import SettingsWindow  # noqa: PLC0415 - main.LATE
        from heimdall_desktop.widgets.window.window_settings import SettingsTable  # noqa: PLC0415 - main.LATE

        if self._settings_window is None:
            table = SettingsTable(
                self,
                self.dialogs,
                self._mutes,
                self.saved_views,
                self.choose_theme,
                self.refresh_settings,
            )
            window = self._settings_window = SettingsWindow(table.settings, self)
            window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            window.finished.connect(self._close_settings)
            requests = self.session.requests
            history, at_login, editing = requests.history, requests.at_login, requests.editing
            for read in (history.request_size, at_login.request_state, editing.request_editors):
                read(lambda _error: self.refresh_settings())
            self.findings.table_state.changed.connect(window.refresh)
            self.session.ticker.second.connect(window.refresh)
        if page is not None:
            self._settings_window.turn_to(page)
        come_forward(self._settings_window)

    def _close_settings(self) -> None:
        self._settings_window = None

    def refresh_settings(self) -> None:
        if self._settings_window is not None:
            self._settings_window.refresh()

    def _open_menu(self) -> None:
        button = self._head.menu_button
        self.commands.make_menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _open_help(self) -> None:
        button, menu = self._top.help, self.commands.make_menu(Group.HELP)
        corner = button.rect().bottomRight() if self.isLeftToRight() else button.rect().bottomLeft()
        shift = menu.sizeHint().width() if self.isLeftToRight() else 0
        menu.popup(button.mapToGlobal(corner) - QPoint(shift, 0))

    def _name_replay(self) -> None:
        player = self._player
        if player is not None:
            name = self.session.store.mask.name(player.scan_id, player.name)
            self._replay_bar.show_name(name)

    # -- settings --

    def choose_theme(self, mode: ThemeMode) -> None:
        """Use other colours in all windows, and remember them."""
        theme_of(self).set_mode(mode)
        self.session.requests.preferences.change_setting("theme", mode)

    def _use_settings(self, settings: Settings) -> None:
        windows = (self, *self.scan_windows)
        is_read_only = self.session.requests.preferences.is_read_only
        if settings.keys != self._keys:
            self._keys = settings.keys
            for window in windows:
                window.commands.use_keys(settings.keys)
        KEYS_IN_USE.use(self.commands.instead())
        if is_read_only != self._is_read_only:
            self._is_read_only = is_read_only
            for window in windows:
                window.triage.offer()
                window.detail.show_triage()
        self._board.show_new_scans(is_on=settings.watches_new)
        self.dialogs.show_new_scans(is_on=settings.watches_new)
        self._present(is_on=settings.privacy.is_presenting)
        self.refresh_settings()

    def _present(self, *, is_on: bool) -> None:
        store = self.session.store.whole
        if is_on == store.mask.is_on == Veil.is_on():
            return
        Veil.cover_all(is_on=is_on)
        hide_hosts(is_on=is_on)
        store.present(is_on=is_on)
        for window in (self, *self.scan_windows):
            window.present(is_on=is_on)
        self.session.ticker.flush()
        self._head.present(is_on=is_on)
        self._top.show_presenting(is_on=is_on)
        self.inbox.present()
        self._show_whose()
        self._show_title()  # the tray menu has lines of the inbox
        self._show_recordings()
        self._name_replay()
        self.command_palette.hide()
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass  # menus and lists were built with the names

    # -- following --

    def _follow(self, changes: list[Change]) -> None:
        if any(isinstance(change, ScanAdded | ScanRemoved) for change in changes):
            self._show_start()
        self._show_title()
        self.scope.open_awaited()

    def _show_start(self) -> None:
        is_empty = len(self.session.store) == 0
        was_empty = self.frame.is_start
        self.frame.show_start(is_wanted=is_empty)
        for tool in self._findings_tools:
            tool.setEnabled(not is_empty)
        if is_empty != was_empty:
            self.frame.fold_panel(is_folded=is_empty or not self.frame.layout_now().is_panel_open)
            self._focus_main_part()

    def _show_title(self) -> None:
        store, unread, sums = self.session.store, self._alerts.unread, self._status.connections.sums
        tags = [store.tags_of(scan.id) for scan in store]
        shared = frozenset[Tag].intersection(*tags) if tags else frozenset()
        tag = next((tag for tag in (Tag.REPLAY, Tag.DEMO) if tag in shared), None)
        self.state = window_place.tray_state(len(store), unread, sums, self._server, tag)
        self.setWindowTitle(self.state.tip)
        self.state_changed.emit(self.state)
        self.frame.strip_line.show_scope(self.scope.scope_text())
        count = sum(Tag.DEMO in each for each in tags)
        demo = tr("%n scans", "", count, one="%n scan") if count else ""
        self._status.show_tag(Tag.DEMO if count else None, demo)

    def _show_recordings(self) -> None:
        states, clock_s = self.session.requests.recordings.states, self.session.clock()
        if not states:
            self._status.show_recording("")
            return
        scan_id, first = next(iter(states.items()))
        size = sum(state.written_bytes for state in states.values())
        name, duration_s = self.session.store.name_of(scan_id), clock_s - first.began_s
        self._status.show_recording(recording_text(name, duration_s, size, len(states) - 1))

    def _inbox_title(self) -> str:
        unread = self._alerts.unread
        return tr("Inbox, %n unread", "", unread) if unread else tr("Inbox")

    # -- requested actions --

    def _offer_return(self, server: str, scan_id: str, name: str) -> None:
        """Offer for a while to watch a scan again that is no longer watched."""

        def take_answer(error: HeimdallError | None) -> None:
            if error is not None:
                self.show_error(error)

        bring_back = partial(
            self.session.requests.request_return, ServerUrl(server), ScanId(scan_id), take_answer
        )
        text = tr("{scan} is no longer watched.").format(scan=name)
        self.problems.clear(self._stopped)
        self._stopped = self.problems.show_notice(text, "", bring_back, UNDO, "ui-undo")
        self._undo_time.start()

    # -- the focus --

    def _focus_main_part(self) -> None:
        if self.frame.is_start:
            self._start.focus_first()
        else:
            self.findings.take_keyboard()

    # -- Qt --

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        take_drop(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Play dropped recordings at once; ask before scanning a folder or using a link."""
        dropped = take_drop(event)
        for file in dropped.recordings:
            self.dialogs.local.play_recording(str(file))
        self.dialogs.confirm_scan(dropped.folders)
        if dropped.links:
            self.dialogs.add_scans(dropped.links)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._has_shown:
            self._has_shown = True
            self._focus_main_part()
        self._release_scan_windows()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._release_scan_windows()

    def _release_scan_windows(self) -> None:
        if self.isVisible() and not self.isMinimized():
            self.scan_windows.release()
            self.session.ticker.second.emit()  # no second has passed for what was not seen

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        done = self.closing()
        event.setAccepted(done is not window_place.Closing.MINIMISE)
        if done is window_place.Closing.MINIMISE:
            self.minimise()
        elif done is window_place.Closing.QUIT:
            self.closed.emit()
            self.quit()
