"""The window: board left, findings and detail right of it, stages below them, a status bar."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.change import Change, ScanAdded, ScanRemoved
from heimdall_desktop.domain.errors import HeimdallError
from heimdall_desktop.domain.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.domain.inbox import Inbox
from heimdall_desktop.domain.server import ServerUrl, host_name
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.add_scans import AddScans
from heimdall_desktop.widgets.board import Board
from heimdall_desktop.widgets.board_head import BoardHead
from heimdall_desktop.widgets.detail_pane import DetailPane
from heimdall_desktop.widgets.findings_pane import FindingsPane
from heimdall_desktop.widgets.first_start import FirstStart
from heimdall_desktop.widgets.inbox import InboxView
from heimdall_desktop.widgets.local_start import LocalStart
from heimdall_desktop.widgets.problem_bar import ProblemBar
from heimdall_desktop.widgets.scan_problem_strip import ScanProblemStrip
from heimdall_desktop.widgets.sign_in_dialog import SignInDialog
from heimdall_desktop.widgets.splitter import HairlineSplitter
from heimdall_desktop.widgets.stages_panel import StagesPanel
from heimdall_desktop.widgets.status_bar import StatusBar
from heimdall_desktop.widgets.theme import Theme, ThemeMode
from heimdall_desktop.widgets.top_bar import TopBar

SIZE = QSize(1440, 900)
LEAST = QSize(800, 560)
BOARD_PX, BOARD_LEAST_PX, BOARD_MOST_PX = 308, 260, 360  # design.md 4
DETAIL_PX, DETAIL_HEIGHT_PX = 416, 263
DETAIL_BESIDE_FROM_PX = 1280


class MainWindow(QMainWindow):
    """Puts the parts together and lets them speak to each other.

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
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        version: str,
    ) -> None:
        super().__init__()
        self._theme, self._store, self._requests = theme, store, requests
        self._server: ServerUrl | None = None
        self._account = ""
        self._keyring, self._has_keyring = "", False
        self._awaited: FindingId | None = None
        self._notices: dict[str, str] = {}
        self.setObjectName("main-window")
        self._head = BoardHead(theme)
        self._board = Board(theme, store, ticker, requests, clock, now)
        self._findings = FindingsPane(theme, store, ticker)
        self._strip = ScanProblemStrip(theme, store, ticker, requests, clock, now)
        self._findings.set_strip(self._strip)
        self._detail = DetailPane(theme, store, ticker, requests)
        self._panel = StagesPanel(theme, store, ticker, clock, now)
        self._inbox = InboxView(theme, inbox)
        self._inbox_tab = self._panel.add_page("Inbox", "ui-inbox", self._inbox)
        self._status = StatusBar(theme, store, ticker, clock)
        self._status.show_version(version)
        self._start = FirstStart(theme, requests)
        self._problems = ProblemBar(theme)
        self._top = TopBar(theme, self._head, self._findings.filter_field)
        self._local = LocalStart(requests, self)
        self._compose()
        self._connect(ticker)
        self._bind_keys()
        self.resize(self._fitting(SIZE))
        self.setMinimumSize(LEAST)
        self._show_start()

    # -- what main tells --

    def show_account(self, url: ServerUrl | None, account: str) -> None:
        """Say which server is in use, and who is signed in there."""
        self._server, self._account = url, account
        self._top.show_account(url, account)
        self._status.show_server("" if url is None else host_name(url))
        if url is not None:
            self._start.sign_in.set_server(url)
            self._start.sign_in.set_account(account)

    def show_keyring(self, description: str, *, is_available: bool) -> None:
        """Say where tokens are kept."""
        self._keyring, self._has_keyring = description, is_available
        self._status.show_keyring(f"Keyring: {description}")
        self._start.sign_in.set_keyring(description, is_available=is_available)

    def show_error(self, error: HeimdallError) -> None:
        """Tell of trouble that belongs to no request."""
        self._problems.show_error(type(error).__name__, error)

    def show_notice(self, key: str, title: str, body: str, on_activate: Callable[[], None]) -> None:
        """Show inside the window what a notification would have said."""
        self.withdraw_notice(key)
        self._notices[key] = self._problems.show_notice(title, body, on_activate)

    def withdraw_notice(self, key: str) -> None:
        """Take a notice back."""
        shown = self._notices.pop(key, None)
        if shown is not None:
            self._problems.clear(shown)

    def show_inbox(self) -> None:
        """Show the inbox as it is now."""
        self._inbox.refresh()

    def is_looking_at(self, scan_id: ScanId) -> bool:
        """Whether the window has the focus and shows the findings of just that scan."""
        return self.isActiveWindow() and self._findings.scope == scan_id

    def open_finding(self, finding_id: FindingId) -> None:
        """Raise the window with that finding open; one that is still to be read, once it is."""
        self._raise()
        finding = self._store.finding(finding_id)
        if finding is None:
            self._awaited = finding_id
            return
        self._awaited = None
        if self._findings.scope not in (None, finding.scan_id):
            self._scope(None)
        if not self._findings.show_finding(finding_id):
            self._findings.filter_state.clear()
            self._findings.show_finding(finding_id)
        self._show_detail(finding_id)

    def open_worst(self) -> None:
        """Open the worst finding if none is open, for a picture that shows everything."""
        rows = [self._findings.model.finding_at(row) for row in range(self._findings.model.shown)]
        findings = [finding for finding in rows if finding is not None]
        if findings and self._detail.finding_id is None:
            self.open_finding(min(findings, key=_badness).id)

    # -- composing --

    def _compose(self) -> None:
        self._across = HairlineSplitter(self._theme, Qt.Orientation.Horizontal)
        self._upper = HairlineSplitter(self._theme, Qt.Orientation.Horizontal)
        self._right = HairlineSplitter(self._theme, Qt.Orientation.Vertical)
        self._pages = QStackedWidget()
        self._upper.addWidget(self._findings)
        self._upper.addWidget(self._detail)
        self._pages.addWidget(self._upper)
        self._pages.addWidget(self._start)
        self._right.addWidget(self._pages)
        self._right.addWidget(self._panel)
        self._across.addWidget(self._board)
        self._across.addWidget(self._right)
        for splitter in (self._across, self._upper, self._right):
            splitter.setChildrenCollapsible(False)
        self._across.setStretchFactor(1, 1)
        self._upper.setStretchFactor(0, 1)
        self._right.setStretchFactor(0, 1)
        scale = self._theme.scale
        self._board.setMinimumWidth(scale(BOARD_LEAST_PX))
        self._board.setMaximumWidth(scale(BOARD_MOST_PX))
        self._across.setSizes([scale(BOARD_PX), scale(SIZE.width() - BOARD_PX)])
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self._problems)
        column.addWidget(self._across, 1)
        column.addWidget(self._status)
        self.setCentralWidget(whole)
        self._detail.hide()

    def _connect(self, ticker: Ticker) -> None:
        ticker.changed.connect(self._follow)
        self._across.splitterMoved.connect(self._align)
        self._upper.splitterMoved.connect(self._align)
        self._head.add_wanted.connect(self.add_scans)
        self._head.menu_wanted.connect(self._open_menu)
        self._head.offer_search(is_offered=False)
        self._board.count_changed.connect(self._head.show_count)
        self._board.add_wanted.connect(self.add_scans)
        self._board.request_failed.connect(self.show_error)
        self._board.scan_scoped.connect(lambda scan_id: self._scope(ScanId(scan_id) or None))
        self._board.stages_wanted.connect(self._show_stages)
        self._board.severity_picked.connect(
            lambda _scan_id, severity: self._findings.filter_state.set_words("sev", {severity})
        )
        self._findings.scope_changed.connect(self._scope)
        self._findings.finding_selected.connect(lambda found: self._show_detail(FindingId(found)))
        self._findings.finding_activated.connect(lambda _found: self._detail.setFocus())
        self._findings.add_scans_requested.connect(self.add_scans)
        self._findings.model.changed.connect(self._show_position)
        self._strip.sign_in_wanted.connect(lambda _server: self.sign_in())
        self._detail.previous_wanted.connect(lambda: self._findings.table.step(-1))
        self._detail.next_wanted.connect(lambda: self._findings.table.step(1))
        self._detail.closed.connect(self._close_detail)
        self._inbox.finding_wanted.connect(lambda found: self.open_finding(FindingId(found)))
        self._inbox.unread_changed.connect(
            lambda unread: self._panel.show_count(self._inbox_tab, unread)
        )
        self._start.link_wanted.connect(self.add_scans)
        self._top.again_wanted.connect(lambda: self._requests.request_again(None))
        self._top.sign_in_wanted.connect(self.sign_in)
        self._top.sign_out_wanted.connect(self._sign_out)
        self._top.theme_wanted.connect(self.theme_wanted)
        self._local.ended.connect(self._tell_local)

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl+F", self._findings.filter_field.focus),
            ("Ctrl+N", self.add_scans),
            ("F5", lambda: self._requests.request_again(None)),
            ("Ctrl+R", lambda: self._requests.request_again(None)),
            ("Ctrl+T", self._panel.toggle),
            ("Ctrl+L", self._panel.open_log),
            ("Ctrl+I", lambda: self._panel.open_page(self._inbox_tab)),
            ("Ctrl+Q", self.close),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, keys, act in (
            ("Add scans", "Ctrl+N", self.add_scans),
            ("Scan a local folder", "", self._local.choose_folder),
            ("Play the demo", "", self._local.play_demo),
            ("Ask the server anew", "F5", lambda: self._requests.request_again(None)),
            ("Sign in", "", self.sign_in),
            ("Quit", "Ctrl+Q", self.close),
        ):
            action = menu.addAction(text, act)
            action.setShortcut(QKeySequence(keys))
        button = self._head.menu_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    # -- dialogs --

    def add_scans(self) -> None:
        """Open the dialog for links and ids; without a server, the sign-in comes first."""
        dialog = AddScans(self._theme, self._requests, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def sign_in(self) -> None:
        """Open the sign-in form, filled in as far as it is known."""
        dialog = SignInDialog(self._theme, self._requests, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._server is not None:
            dialog.form.set_server(self._server)
            dialog.form.set_account(self._account)
        dialog.form.set_keyring(self._keyring, is_available=self._has_keyring)
        dialog.open()

    def _sign_out(self) -> None:
        if self._server is not None:
            self._requests.request_sign_out(self._server, self._tell_sign_out)

    def _tell_sign_out(self, error: HeimdallError | None) -> None:
        if error is not None:
            self.show_error(error)

    def _tell_local(self, error: HeimdallError | None) -> None:
        if error is not None:
            self.show_error(error)

    # -- following --

    def _follow(self, changes: list[Change]) -> None:
        if any(isinstance(change, ScanAdded | ScanRemoved) for change in changes):
            self._show_start()
        awaited = self._awaited
        if awaited is not None and self._store.finding(awaited) is not None:
            self.open_finding(awaited)

    def _show_start(self) -> None:
        """Offer ways to begin as long as nothing is watched."""
        is_empty = len(self._store) == 0
        was_empty = self._pages.currentWidget() is self._start
        self._pages.setCurrentWidget(self._start if is_empty else self._upper)
        if was_empty and not is_empty:
            self._findings.table.setFocus()
        self._panel.set_collapsed(is_empty)
        self.setWindowTitle("Heimdall" if is_empty else f"Heimdall, {len(self._store)} scans")

    def _scope(self, scan_id: ScanId | None) -> None:
        """Look at one scan everywhere, or at all of them."""
        if scan_id is not None and self._store.scan(scan_id) is None:
            scan_id = None
        self._board.set_scope(scan_id)
        self._findings.set_scope(scan_id)
        self._strip.set_scope(scan_id)
        self._panel.set_scope(scan_id)
        self._requests.look_at(scan_id)

    def _show_stages(self, scan_id: str) -> None:
        self._scope(ScanId(scan_id))
        self._panel.open_stages()

    def _show_detail(self, finding_id: FindingId) -> None:
        self._detail.show()
        self._detail.show_finding(finding_id)
        self._show_position()

    def _close_detail(self) -> None:
        self._detail.hide()
        self._findings.table.setFocus()

    def _show_position(self) -> None:
        finding_id, model = self._detail.finding_id, self._findings.model
        row = None if finding_id is None else model.row_of(finding_id)
        self._detail.set_position(None if row is None else row + 1, model.shown)

    # -- places --

    def _arrange(self) -> None:
        """Put the detail beside the table where there is room, below it otherwise."""
        is_beside = self.width() >= self._theme.scale(DETAIL_BESIDE_FROM_PX)
        vertical, horizontal = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        wanted = horizontal if is_beside else vertical
        self._detail.set_layout(vertical if is_beside else horizontal)
        if self._upper.orientation() != wanted:
            self._upper.setOrientation(wanted)
        size = DETAIL_PX if is_beside else DETAIL_HEIGHT_PX
        room = self._upper.width() if is_beside else self._upper.height()
        scaled = self._theme.scale(size)
        self._upper.setSizes([max(room - scaled, scaled), scaled])

    def _align(self) -> None:
        """Let the top bar and the panel continue the edges between them."""
        self._top.set_board_width(self._across.sizes()[0])
        is_beside = self._upper.orientation() is Qt.Orientation.Horizontal
        if is_beside and self._detail.isVisible():
            self._panel.set_side_width(self._detail.width())

    def _raise(self) -> None:
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def _fitting(self, size: QSize) -> QSize:
        return size.boundedTo(self.screen().availableGeometry().size())

    # -- Qt --

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the detail where there is room for it."""
        super().resizeEvent(event)
        limit = self._theme.scale(DETAIL_BESIDE_FROM_PX)
        if (event.oldSize().width() >= limit) != (event.size().width() >= limit):
            self._arrange()
        self._align()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the parts in their places once their sizes are known."""
        super().showEvent(event)
        self._arrange()
        self._align()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window was closed."""
        event.accept()
        self.closed.emit()


def _badness(finding: Finding) -> tuple[bool, int, bool]:
    """Order findings from the worst down: what still stands, by severity, confirmed ones first."""
    return (
        finding.verdict is Verdict.WITHDRAWN,
        finding.severity.rank,
        finding.verdict is not Verdict.CONFIRMED,
    )
