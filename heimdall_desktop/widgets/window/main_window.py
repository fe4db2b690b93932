"""The window: lets its parts speak to each other, and takes what is dropped on it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.application.store import Store
from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.alerts.inbox import Inbox
from heimdall_desktop.domain.facts.change import Change, ScanAdded, ScanRemoved
from heimdall_desktop.domain.facts.errors import HeimdallError, PageUnreadable
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, TokenStanding, host_name
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.presentation.window.frame_layout import read_layout
from heimdall_desktop.presentation.window.window_title import window_title
from heimdall_desktop.widgets.adding.add_scans import AddScans
from heimdall_desktop.widgets.adding.dropped import take_drop
from heimdall_desktop.widgets.adding.first_start import FirstStart
from heimdall_desktop.widgets.board.board import Board
from heimdall_desktop.widgets.board.board_head import BoardHead
from heimdall_desktop.widgets.controls.scrim import Scrim
from heimdall_desktop.widgets.filters.views_control import ViewsControl
from heimdall_desktop.widgets.findings.table_commands import FreezeButton, zooming
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.zoom import Zoom
from heimdall_desktop.widgets.panel.inbox import InboxView
from heimdall_desktop.widgets.window.announcer import Announcer
from heimdall_desktop.widgets.window.detail_controller import DetailController
from heimdall_desktop.widgets.window.finding_navigator import FindingNavigator
from heimdall_desktop.widgets.window.notices import Notices
from heimdall_desktop.widgets.window.palette import Palette
from heimdall_desktop.widgets.window.scan_commands import ScanCommands
from heimdall_desktop.widgets.window.scan_window import Source
from heimdall_desktop.widgets.window.scan_windows import ScanWindows
from heimdall_desktop.widgets.window.scope import Scope
from heimdall_desktop.widgets.window.session_reminder import SessionReminder
from heimdall_desktop.widgets.window.status_bar import StatusBar
from heimdall_desktop.widgets.window.top_bar import TopBar
from heimdall_desktop.widgets.window.window_actions import WindowActions
from heimdall_desktop.widgets.window.window_commands import WindowCommands
from heimdall_desktop.widgets.window.window_dialogs import WindowDialogs
from heimdall_desktop.widgets.window.window_frame import Parts, WindowFrame
from heimdall_desktop.widgets.window.window_geometry import WindowGeometry, usual_size
from heimdall_desktop.widgets.window.workspace_panes import WorkspacePanes

SIZE = QSize(1440, 900)
LEAST = QSize(800, 560)


class MainWindow(QMainWindow):
    """Owns every part; `WindowFrame` places them.

    Signals:
        closed: somebody closed the window.
        theme_wanted: the `ThemeMode` somebody chose.
    """

    closed = Signal()
    theme_wanted = Signal(ThemeMode)

    def __init__(
        self,
        theme: Theme,
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
        super().__init__()
        self._theme, self._store, self._requests = theme, store, requests
        self._alerts, self._memory = inbox, memory
        self._has_shown = False
        self._server: ServerState | None = None
        self.setObjectName("main-window")
        self._head = BoardHead(theme)
        self._board = Board(theme, store, ticker, requests, memory, clock, now)
        self._reading = reading = WorkspacePanes(
            theme,
            store,
            ticker,
            requests,
            clock,
            now,
            table_memory=memory,
            detail_memory=memory,
        )
        self._findings, self._panel, self._problems = (
            reading.findings,
            reading.panel,
            reading.problems,
        )
        self._notices = Notices(self._problems)
        self._zoom = Zoom(theme, self._findings.table_state)
        self._inbox = InboxView(theme, inbox)
        self._inbox_tab = self._panel.add_page(
            tr("Inbox"), "ui-inbox", self._inbox, self._inbox.take_keyboard, self._inbox.tools
        )
        self._threats_tab = reading.add_threats()
        self._status = StatusBar(theme, store, ticker, clock)
        self._status.show_version(version)
        self._sessions = SessionReminder(store, ticker, clock, self._status, self._problems, self)
        self._start = FirstStart(theme, requests)
        self._top = TopBar(theme, self._head, self._findings.filter_field)
        self._views = ViewsControl(
            theme,
            self._findings.filter_state,
            memory,
            self._findings.table_state,
            self._scope_text,
            self,
        )
        self._findings_tools = (self._views.button, FreezeButton(theme, self._findings))
        for tool in self._findings_tools:
            self._top.add_tool(tool)
        self._actions = WindowActions(theme, self)
        self._dialogs = WindowDialogs(
            theme,
            requests,
            self._problems,
            self._actions,
            memory,
            self,
            lambda host: AddScans(theme, store, ticker, requests, host, clock, now, self),
        )
        self._compose()
        self._looked_at = Scope(store, requests, self._board, reading, self._reader, self)
        everywhere = (
            *zooming(self._findings),
            Command("quit", tr("Quit"), self.close, ("Ctrl+Q",)),
        )
        has_letters, use_letters = self._has_letters, self._dialogs.use_letters
        source = Source(store, requests, clock, now, memory, has_letters, use_letters, everywhere)
        self._scan_windows = ScanWindows(theme, source, ticker, memory, self)
        self._navigator = FindingNavigator(
            self, store, self._looked_at, reading, self._reader, self._scan_windows
        )
        Announcer(self, store, ticker, clock, self._looked_at.is_heard_of)
        self._palette = Palette(theme, self._actions, memory, self)
        Scrim(theme, self)
        self._connect_parts()
        self._connect_outside(ticker)
        self._bind_commands()
        self._show_start()
        self._show_title()

    # -- what main tells --

    def show_account(
        self,
        url: ServerUrl | None,
        account: str,
        *,
        is_signed_in: bool = True,
        token: TokenStanding | None = TokenStanding.GOOD,
    ) -> None:
        """Say which server is in use, who is signed in there, if anybody, or with which token."""
        self._dialogs.know_account(url, account)
        self._dialogs.know_token(None if url is None else token)
        self._top.show_server(url, is_signed_in=is_signed_in)
        self._status.show_account(url, account, is_signed_in=is_signed_in, token=token)
        self._board.offer_new_scans(is_offered=url is not None)
        self._board.show_signed_in(is_signed_in=url is not None and is_signed_in)
        self._start.sign_in.say_where(
            host_name(url) if url is not None and is_signed_in else "",
            is_proven=token is TokenStanding.GOOD,
        )
        if url is not None:
            self._start.sign_in.set_server(url)
            self._start.sign_in.set_account(account)
        if is_signed_in:
            for reader in (self._reading.detail, *self._scan_windows):
                reader.read_again()

    def show_server(self, state: ServerState | None) -> None:
        """Say how the server in use is heard of, whatever is watched; None without one."""
        self._server = state
        self._board.show_server(state)
        self._status.show_server(state)
        self._dialogs.know_server(state)
        if state is None or not state.reason:
            self._problems.clear(PageUnreadable.__name__)
        self._show_title()

    def show_sessions(self, ends: Mapping[ServerUrl, float], in_use: ServerUrl | None) -> None:
        """Say when sessions end, by our monotonic clock; of those that are missing nobody knows."""
        self._sessions.show_sessions(ends, in_use)

    def show_keyring(self, description: str, *, is_available: bool) -> None:
        """Say where tokens are kept."""
        self._dialogs.know_keyring(description, is_available=is_available)
        self._status.show_keyring(tr("Keyring: {place}").format(place=description))
        self._start.sign_in.set_keyring(description, is_available=is_available)

    def show_new_scans(self, *, is_on: bool) -> None:
        """Say whether new scans are watched by themselves."""
        self._board.show_new_scans(is_on=is_on)
        self._dialogs.know_new_scans(is_on=is_on)

    def show_error(self, error: HeimdallError) -> None:
        """Tell of trouble that belongs to no request."""
        self._reading.show_error(error)

    def show_notice(
        self,
        key: str,
        title: str,
        body: str,
        on_activate: Callable[[], None],
        scan_id: ScanId | None = None,
    ) -> None:
        """Show what a notification would have said, in the window that looks at its scan."""
        self.withdraw_notice(key)
        torn_off = self._scan_windows.active_of(scan_id)
        notices = self._notices if torn_off is None else torn_off.notices
        notices.show(key, title, body, on_activate)

    def has_notice(self, key: str) -> bool:
        """Whether a notice is still there, neither taken back nor dismissed nor followed."""
        return any(key in notices for notices in self._all_notices())

    def withdraw_notice(self, key: str) -> None:
        """Take a notice back."""
        for notices in self._all_notices():
            notices.withdraw(key)

    def _all_notices(self) -> list[Notices]:
        return [self._notices, *(window.notices for window in self._scan_windows)]

    def show_inbox(self) -> None:
        """Show the inbox as it is now."""
        self._inbox.refresh()
        self._show_title()

    def is_looking_at(self, scan_id: ScanId) -> bool:
        """Whether a window has the focus that shows the findings of that scan, or of all."""
        is_here = self.isActiveWindow() and self._findings.scope in (None, scan_id)
        return is_here or self._scan_windows.active_of(scan_id) is not None

    def tear_off(self, scan_id: ScanId) -> None:
        """Give a scan a window of its own."""
        self._scan_windows.tear_off(scan_id)

    def close_scan_windows(self) -> None:
        """Close the windows of scans; they come back with the next start."""
        self._scan_windows.close_all()

    def open_finding(self, finding_id: FindingId) -> None:
        """Raise the window with that finding open; one that is still to be read, once it is."""
        self._navigator.open(finding_id)

    def open_subject(self, scan_id: ScanId, finding_id: FindingId | None) -> None:
        """Raise the window with a finding open, or with the findings of a scan in view."""
        if finding_id:
            self._navigator.open(finding_id)
        else:
            self._navigator.open_scan(scan_id)

    def open_worst(self) -> None:
        """Open the worst finding if none is open, for a picture that shows everything."""
        self._navigator.open_worst()

    # -- composing --

    def _compose(self) -> None:
        self._frame = WindowFrame(
            self._theme,
            Parts(
                top=self._top,
                bar=self._top,
                problems=self._problems,
                strip=self._reading.strip,
                board=self._board,
                findings=self._findings,
                detail=self._reading.detail,
                start=self._start,
                panel=self._panel,
                status=self._status,
            ),
        )
        self.setCentralWidget(self._frame)
        self.resize(usual_size(SIZE))
        kept = WindowGeometry(self, partial(self._memory.keep, "window"), least=LEAST)
        kept.restore(self._memory.text("window"))
        self._frame.use_layout(read_layout(self._memory.text("layout")))
        self._frame.arranged.connect(
            lambda: self._memory.keep("layout", self._frame.layout_now().text())
        )
        self._reader = DetailController(self._findings, self._reading.detail, self._frame, self)
        self.setAcceptDrops(True)
        self._findings.filter_field.edit.setAcceptDrops(False)  # what is dropped is for us

    def _connect_parts(self) -> None:
        self._head.add_wanted.connect(self._dialogs.add_scans)
        self._head.menu_wanted.connect(self._open_menu)
        self._head.search_changed.connect(self._board.search)
        self._head.search_entered.connect(self._board.scope_first)
        self._head.search_left.connect(self._board.enter_first)
        self._board.search_left.connect(self._head.close_search)
        self._board.stage_picked.connect(self._looked_at.show_stage)
        self._panel.findings_wanted.connect(self._looked_at.show_stage)
        self._board.count_changed.connect(self._head.show_count)
        self._board.request_failed.connect(self.show_error)
        self._board.new_scans_switched.connect(self._switch_new_scans)
        self._board.sign_in_wanted.connect(self._dialogs.sign_in)
        self._dialogs.new_scans_switched.connect(self._switch_new_scans)
        self._board.scan_scoped.connect(self._scope_to)
        self._board.stages_wanted.connect(self._looked_at.show_stages)
        self._board.severity_picked.connect(self._looked_at.filter_to)
        self._findings.scope_changed.connect(self._looked_at.look_at)
        self._views.views.scope_wanted.connect(self._looked_at.look_at)
        self._looked_at.scope_changed.connect(self._show_title)
        self._findings.add_scans_requested.connect(self._dialogs.add_scans)
        self._reading.detail.finding_wanted.connect(self._open_named)
        self._reader.moved.connect(self._navigator.stop_waiting)
        self._reader.moved.connect(self._looked_at.tell_what_is_in_view)
        self._scan_windows.sign_in_wanted.connect(
            lambda server: self._dialogs.sign_in_anew(ServerUrl(server))
        )
        self._board.tear_off_wanted.connect(lambda scan_id: self.tear_off(ScanId(scan_id)))
        self._inbox.subject_wanted.connect(
            lambda scan, finding: self.open_subject(ScanId(scan), FindingId(finding))
        )
        self._inbox.unread_changed.connect(self._show_unread)

    def _connect_outside(self, ticker: Ticker) -> None:
        ticker.changed.connect(self._follow)
        ticker.second.connect(self._show_title)
        self._reading.strip.request_failed.connect(self.show_error)
        self._reading.strip.sign_in_wanted.connect(
            lambda server: self._dialogs.sign_in_anew(ServerUrl(server))
        )
        self._sessions.sign_in_wanted.connect(
            lambda server: self._dialogs.sign_in_in_time(ServerUrl(server))
        )
        self._start.link_wanted.connect(self._dialogs.add_scans)
        self._start.signed_in.connect(self._dialogs.go_on_adding)
        self._top.inbox_wanted.connect(self._open_inbox)
        self._top.palette_wanted.connect(self._palette.open)
        self._top.sign_in_wanted.connect(self._dialogs.sign_in)
        self._status.account.sign_in_wanted.connect(self._dialogs.sign_in)
        self._status.account.sign_out_wanted.connect(self._dialogs.sign_out)
        self._top.theme_wanted.connect(self.theme_wanted)

    def _bind_commands(self) -> None:
        board, windows = self._board, self._scan_windows
        commands = WindowCommands(
            window=self,
            theme=self._theme,
            requests=self._requests,
            dialogs=self._dialogs,
            palette=self._palette,
            head=self._head,
            board=board,
            start=self._start,
            status=self._status,
            reading=self._reading,
            reader=self._reader,
            frame=self._frame,
            views=self._views,
            looked_at=self._looked_at,
            scans=ScanCommands(self._requests, board, self._looked_at, windows),
            inbox_title=self._inbox_title,
            open_inbox=self._open_inbox,
            open_threats=lambda: self._panel.open_page(self._threats_tab),
            switch_new_scans=self._switch_new_scans,
            choose_theme=self.theme_wanted.emit,
        )
        commands.bind(self._actions)

    def _open_menu(self) -> None:
        button = self._head.menu_button
        self._actions.make_menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    # -- following --

    def _follow(self, changes: list[Change]) -> None:
        if any(isinstance(change, ScanAdded | ScanRemoved) for change in changes):
            self._show_start()
        self._show_title()
        self._navigator.open_awaited()

    def _show_start(self) -> None:
        """Offer ways to begin as long as nothing is watched."""
        is_empty = len(self._store) == 0
        was_empty = self._frame.is_start
        self._frame.show_start(is_wanted=is_empty)
        for tool in self._findings_tools:
            tool.setEnabled(not is_empty)
        if is_empty != was_empty:
            self._frame.fold_panel(is_folded=is_empty or not self._frame.is_panel_wanted)
            self._focus_main_part()

    def _show_title(self) -> None:
        unread, sums = self._alerts.unread, self._status.sums
        self.setWindowTitle(window_title(len(self._store), unread, sums, self._server))
        self._frame.show_scope(self._scope_text())

    def _inbox_title(self) -> str:
        unread = self._alerts.unread
        return tr("Inbox, %n unread", "", unread) if unread else tr("Inbox")

    def _show_unread(self, unread: int) -> None:
        self._panel.show_count(self._inbox_tab, unread)
        self._top.show_unread(unread)

    # -- what is asked for --

    def _open_named(self, finding_id: str) -> None:
        self.open_finding(FindingId(finding_id))

    def _scope_to(self, scan_id: str) -> None:
        self._looked_at.look_at(ScanId(scan_id) or None)

    def _scope_text(self) -> str:
        return self._looked_at.scope_text()

    def _has_letters(self) -> bool:
        return self._actions.has_letters

    def _open_inbox(self) -> None:
        self._panel.open_page(self._inbox_tab)

    def _switch_new_scans(self, is_on: bool) -> None:
        self._requests.watch_new_scans(is_on=is_on)
        self.show_new_scans(is_on=is_on)

    # -- the focus --

    def _focus_main_part(self) -> None:
        """Put the keyboard where work begins: into the sign-in form, or onto the findings."""
        if self._frame.is_start:
            self._start.focus_first()
        else:
            self._findings.take_keyboard()

    # -- Qt --

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape lead back, one step at a time: detail, filter, closed detail (ux.md §2.7)."""
        if event.key() != Qt.Key.Key_Escape or self._frame.is_start:
            super().keyPressEvent(event)
        else:
            self._reader.step_back()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take links and folders."""
        take_drop(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Scan dropped folders at once; for links ask what to do with them."""
        dropped = take_drop(event)
        for folder in dropped.folders:
            self._dialogs.local.scan_folder(str(folder))
        if dropped.links:
            self._dialogs.add_scans(dropped.links)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the keyboard in the right place."""
        super().showEvent(event)
        if not self._has_shown:
            self._has_shown = True
            self._focus_main_part()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window was closed."""
        event.accept()
        self.close_scan_windows()
        self.closed.emit()
