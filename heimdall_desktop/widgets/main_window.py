"""The window: lets its parts speak to each other, and takes what is dropped on it."""

from collections.abc import Callable
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
from heimdall_desktop.domain.change import Change, ScanAdded, ScanRemoved
from heimdall_desktop.domain.errors import HeimdallError
from heimdall_desktop.domain.filters import FindingStage
from heimdall_desktop.domain.finding import Finding, FindingId, ScanId, Severity, Verdict, one_line
from heimdall_desktop.domain.frame_layout import read_layout
from heimdall_desktop.domain.inbox import Inbox
from heimdall_desktop.domain.server import ServerUrl
from heimdall_desktop.domain.window_place import first_size
from heimdall_desktop.domain.window_title import window_title
from heimdall_desktop.domain.wording import tr
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.add_scans import AddScans
from heimdall_desktop.widgets.announcer import Announcer
from heimdall_desktop.widgets.board import Board
from heimdall_desktop.widgets.board_head import SEARCH_KEYS, BoardHead
from heimdall_desktop.widgets.detail_pane import DetailPane
from heimdall_desktop.widgets.dropped import read_drop
from heimdall_desktop.widgets.finding_reader import FindingReader
from heimdall_desktop.widgets.findings_pane import FindingsPane
from heimdall_desktop.widgets.first_start import FirstStart
from heimdall_desktop.widgets.freeze_button import FreezeButton
from heimdall_desktop.widgets.inbox import InboxView
from heimdall_desktop.widgets.kept_window import KeptWindow, present_screens
from heimdall_desktop.widgets.layout_commands import detail_commands, layout_commands
from heimdall_desktop.widgets.own_keys import own_keys
from heimdall_desktop.widgets.palette import KEYS as PALETTE_KEYS
from heimdall_desktop.widgets.palette import Palette
from heimdall_desktop.widgets.pane_ring import PaneRing, focus_first_button
from heimdall_desktop.widgets.problem_bar import ProblemBar
from heimdall_desktop.widgets.scan_menu import PIN_KEYS
from heimdall_desktop.widgets.scan_problem_strip import ScanProblemStrip
from heimdall_desktop.widgets.scan_window import Source
from heimdall_desktop.widgets.scan_windows import ScanWindows
from heimdall_desktop.widgets.stages_panel import StagesPanel
from heimdall_desktop.widgets.status_bar import StatusBar
from heimdall_desktop.widgets.table_commands import zooming
from heimdall_desktop.widgets.theme import Theme, ThemeMode
from heimdall_desktop.widgets.threat_pane import ThreatPane
from heimdall_desktop.widgets.top_bar import THEMES, TopBar
from heimdall_desktop.widgets.views_control import ViewsControl
from heimdall_desktop.widgets.window_actions import Command, Group, WindowActions
from heimdall_desktop.widgets.window_dialogs import WindowDialogs
from heimdall_desktop.widgets.window_frame import Parts, WindowFrame
from heimdall_desktop.widgets.zoom import Zoom

SIZE = QSize(1440, 900)
THREATS_KEYS = "Ctrl+Shift+T"
FINDING_STAGES = frozenset(stage.value for stage in FindingStage)
LEAST = QSize(800, 560)
JUMPS = 9  # so many scans have a key of their own


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
        self._scope: ScanId | None = None
        self._in_view: ScanId | None = None
        self._awaited: FindingId | None = None
        self._has_shown = False
        self._notices: dict[str, str] = {}
        self.setObjectName("main-window")
        self._head = BoardHead(theme)
        self._board = Board(theme, store, ticker, requests, memory, clock, now)
        self._findings = FindingsPane(theme, store, ticker, clock, now=now, memory=memory)
        self._zoom = Zoom(theme, self._findings.table_state)
        self._strip = ScanProblemStrip(theme, store, ticker, requests, clock, now)
        self._findings.set_strip(self._strip)
        self._detail = DetailPane(theme, store, ticker, requests, memory)
        self._panel = StagesPanel(theme, store, ticker, clock, now)
        self._inbox = InboxView(theme, inbox)
        self._inbox_tab = self._panel.add_page(tr("Inbox"), "ui-inbox", self._inbox)
        self._threats = ThreatPane(theme, store, ticker, requests)
        self._threats_tab = self._panel.add_page(tr("Threat model"), "ui-branch", self._threats)
        self._status = StatusBar(theme, store, ticker, clock)
        self._status.show_version(version)
        self._start = FirstStart(theme, requests)
        self._problems = ProblemBar(theme)
        self._top = TopBar(theme, self._head, self._findings.filter_field)
        filter_state = self._findings.filter_state
        table = self._findings.table_state
        self._views = ViewsControl(theme, filter_state, memory, table, self._scope_words, self)
        self._top.add_tool(self._views.button)
        self._top.add_tool(FreezeButton(theme, self._findings))
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
        source = Source(
            store,
            requests,
            clock,
            now,
            memory,
            lambda: self._actions.has_letters,
            zooming(self._findings),
        )
        self._scan_windows = ScanWindows(theme, source, ticker, memory, self)
        Announcer(self, store, ticker, clock, self._is_heard_of)
        self._palette = Palette(theme, self._actions, memory, self)
        self._connect_parts()
        self._connect_outside(ticker)
        self._bind_keys()
        self._show_start()
        self._show_title()

    # -- what main tells --

    def show_account(
        self, url: ServerUrl | None, account: str, *, is_signed_in: bool = True
    ) -> None:
        """Say which server is in use, and who is signed in there, if anybody."""
        self._dialogs.know_account(url, account)
        self._top.show_server(url, is_signed_in=is_signed_in)
        self._status.show_account(url, account, is_signed_in=is_signed_in)
        self._board.offer_new_scans(is_offered=url is not None)
        if url is not None:
            self._start.sign_in.set_server(url)
            self._start.sign_in.set_account(account)

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

    def forget_troubles(self) -> None:
        """Take back everything that was told over the whole window."""
        for key in self._problems.keys:
            self._problems.clear(key)

    def filter_by(self, text: str) -> None:
        """Filter the findings as if somebody had typed this; "" shows them all."""
        self._findings.filter_state.set_text(text)

    def show_inbox(self) -> None:
        """Show the inbox as it is now."""
        self._inbox.refresh()
        self._show_title()

    def is_looking_at(self, scan_id: ScanId) -> bool:
        """Whether the window has the focus and shows the findings of just that scan."""
        is_here = self.isActiveWindow() and self._findings.scope == scan_id
        return is_here or self._scan_windows.is_looking_at(scan_id)

    def tear_off(self, scan_id: ScanId) -> None:
        """Give a scan a window of its own."""
        self._scan_windows.tear_off(scan_id)

    def close_scan_windows(self) -> None:
        """Close the windows of scans; they come back with the next start."""
        self._scan_windows.close_all()

    def _is_heard_of(self, scan_id: ScanId) -> bool:
        """Whether the progress of a scan is said aloud: it is in view, or the only one."""
        return scan_id == self._in_view or len(self._store) == 1

    def open_finding(self, finding_id: FindingId) -> None:
        """Raise the window with that finding open; one that is still to be read, once it is."""
        finding = self._store.finding(finding_id)
        torn_off = None if finding is None else self._scan_windows.window_of(finding.scan_id)
        if torn_off is not None:
            torn_off.open_finding(finding_id)
            return
        self._raise()
        if finding is None:
            self._reader.show(finding_id)
            self._awaited = finding_id
            return
        if self._scope not in (None, finding.scan_id):
            self._look_at(finding.scan_id)
        self._reader.show(finding_id)
        self._findings.reveal(finding_id)

    def open_worst(self) -> None:
        """Open the worst finding if none is open, for a picture that shows everything."""
        model = self._findings.model
        rows = [model.finding_at(row) for row in range(model.rowCount())]
        findings = [finding for finding in rows if finding is not None]
        if findings and self._detail.finding_id is None:
            self.open_finding(min(findings, key=_badness).id)

    # -- composing --

    def _compose(self) -> None:
        self._frame = WindowFrame(
            self._theme,
            Parts(
                top=self._top,
                bar=self._top,
                problems=self._problems,
                board=self._board,
                findings=self._findings,
                detail=self._detail,
                start=self._start,
                panel=self._panel,
                status=self._status,
            ),
        )
        self.setCentralWidget(self._frame)
        self.setMinimumSize(LEAST)
        self.resize(*first_size(SIZE.width(), SIZE.height(), present_screens()[0]))
        KeptWindow(self, partial(self._memory.keep, "window")).restore(self._memory.text("window"))
        self._frame.use_layout(read_layout(self._memory.text("layout")))
        self._frame.arranged.connect(
            lambda: self._memory.keep("layout", self._frame.layout_now().text())
        )
        self._reader = FindingReader(self._findings, self._detail, self._frame, self)
        self.setAcceptDrops(True)
        self._findings.filter_field.edit.setAcceptDrops(False)  # what is dropped is for us

    def _connect_parts(self) -> None:
        self._head.add_wanted.connect(self._dialogs.add_scans)
        self._head.menu_wanted.connect(self._open_menu)
        self._head.search_changed.connect(self._board.search)
        self._head.search_entered.connect(self._board.scope_first)
        self._head.search_left.connect(self._board.view.setFocus)
        self._board.search_left.connect(self._head.close_search)
        self._board.stage_picked.connect(self._show_stage)
        self._panel.scan_shown.connect(lambda scan_id: self._threats.show_scan(ScanId(scan_id)))
        self._threats.show_scan(self._panel.shown_scan_id)
        self._threats.counted.connect(
            lambda count: self._panel.show_count(self._threats_tab, count)
        )
        self._threats.file_wanted.connect(self._findings.filter_state.set_file)
        self._board.count_changed.connect(self._head.show_count)
        self._board.request_failed.connect(self.show_error)
        self._board.new_scans_switched.connect(self._switch_new_scans)
        self._dialogs.new_scans_switched.connect(self._switch_new_scans)
        self._board.scan_scoped.connect(lambda scan_id: self._look_at(ScanId(scan_id) or None))
        self._board.stages_wanted.connect(self._show_stages)
        self._board.severity_picked.connect(self._filter_to)
        self._findings.scope_changed.connect(self._look_at)
        self._views.views.scope_wanted.connect(self._look_at)
        self._findings.add_scans_requested.connect(self._dialogs.add_scans)
        self._detail.finding_wanted.connect(lambda found: self.open_finding(FindingId(found)))
        self._reader.moved.connect(self._take_moved)
        self._scan_windows.sign_in_wanted.connect(
            lambda server: self._dialogs.sign_in_anew(ServerUrl(server))
        )
        self._board.tear_off_wanted.connect(lambda scan_id: self.tear_off(ScanId(scan_id)))
        self._inbox.finding_wanted.connect(lambda found: self.open_finding(FindingId(found)))
        self._inbox.unread_changed.connect(self._show_unread)

    def _connect_outside(self, ticker: Ticker) -> None:
        ticker.changed.connect(self._follow)
        ticker.second.connect(self._show_title)
        self._strip.request_failed.connect(self.show_error)
        self._strip.sign_in_wanted.connect(
            lambda server: self._dialogs.sign_in_anew(ServerUrl(server))
        )
        self._start.link_wanted.connect(self._dialogs.add_scans)
        self._start.signed_in.connect(self._dialogs.add_scans)
        self._top.inbox_wanted.connect(self._open_inbox)
        self._top.palette_wanted.connect(self._palette.open)
        self._top.sign_in_wanted.connect(self._dialogs.sign_in)
        self._status.account.sign_in_wanted.connect(self._dialogs.sign_in)
        self._status.account.sign_out_wanted.connect(self._dialogs.sign_out)
        self._top.theme_wanted.connect(self.theme_wanted)

    def _bind_keys(self) -> None:
        focus_filter = self._findings.filter_field.focus
        local = self._dialogs.local
        self._actions.add(
            Command(tr("Command palette"), self._palette.open, (PALETTE_KEYS,), "ui-search"),
            Command(
                tr("Add scans"),
                self._dialogs.add_scans,
                ("Ctrl+N",),
                "ui-plus",
                group=Group.SCANS,
                begins_group=True,
            ),
            Command(
                tr("Scan a local folder"), local.choose_folder, (), "ui-folder", group=Group.SCANS
            ),
            Command(tr("Play the demo"), local.play_demo, (), "ui-demo", group=Group.SCANS),
            Command(
                tr("Filter"),
                focus_filter,
                ("Ctrl+F",),
                "ui-search",
                group=Group.FINDINGS,
                begins_group=True,
            ),
            Command(tr("Search scans"), self._head.open_search, (SEARCH_KEYS,), group=Group.SCANS),
            Command(
                tr("Pin or unpin scan"),
                self._board.turn_pin,
                (PIN_KEYS,),
                "ui-pin",
                group=Group.SCANS,
            ),
            Command(
                tr("Ask the server anew"),
                self._ask_again,
                ("F5", "Ctrl+R"),
                "conn-reconnecting",
                group=Group.SCANS,
            ),
            Command(
                tr("Stages"),
                self._panel.toggle,
                ("Ctrl+T",),
                "ui-stages",
                group=Group.GO_TO,
                begins_group=True,
            ),
            Command(
                tr("Threat model"),
                lambda: self._panel.open_page(self._threats_tab),
                (THREATS_KEYS,),
                "ui-branch",
                group=Group.GO_TO,
            ),
            Command(tr("Log"), self._panel.open_log, ("Ctrl+L",), "ui-log", group=Group.GO_TO),
            Command(
                self._inbox_title,
                self._open_inbox,
                ("Ctrl+I",),
                "ui-inbox",
                group=Group.GO_TO,
                name="inbox",
            ),
            *layout_commands(self, self._frame, self._reader.toggle),
            *self._status.account.commands(),
            Command(
                tr("Keyboard shortcuts"),
                self._dialogs.show_shortcuts,
                ("F1",),
                "ui-keyboard",
                begins_group=True,
                name="shortcuts",
            ),
            Command(tr("Quit"), self.close, ("Ctrl+Q", "Ctrl+W"), begins_group=True),
        )
        by_key = Qt.FocusReason.ShortcutFocusReason
        ring = PaneRing(
            (
                (self._findings.filter_field, focus_filter),
                (self._problems, lambda: focus_first_button(self._problems)),
                (self._board.view, lambda: self._board.view.setFocus(by_key)),
                (self._start, self._start.take_keyboard),
                (self._strip, lambda: focus_first_button(self._strip)),
                (self._findings.table, lambda: self._findings.table.setFocus(by_key)),
                (self._detail, self._detail.take_keyboard),
                (self._panel, self._panel.take_keyboard),
                (self._status, self._status.take_keyboard),
            )
        )
        go_to = Group.GO_TO
        self._actions.add_hidden(
            Command(tr("Next pane"), lambda: ring.step(1), ("F6",), group=go_to),
            Command(tr("Previous pane"), lambda: ring.step(-1), ("Shift+F6",), group=go_to),
            Command(tr("All scans"), lambda: self._look_at(None), ("Alt+0",), group=go_to),
            Command(tr("Views"), self._views.button.open_menu, ("Ctrl+Shift+V",), group=go_to),
            *(self._jump(place) for place in range(1, JUMPS + 1)),
        )
        self._reader.bind(self._actions)
        self._actions.add_hidden(*zooming(self._findings))
        self._actions.add_inside(
            (self._findings, self._detail),
            Command(
                tr("Keyboard shortcuts"), self._dialogs.show_shortcuts, ("?",), name="shortcuts"
            ),
        )
        self._actions.add_hidden(
            Command(
                tr("Single-letter shortcuts"),
                self._dialogs.toggle_letters,
                icon="ui-keyboard",
                is_on=lambda: self._actions.has_letters,
            ),
            Command(
                tr("Watch new scans by themselves"),
                lambda: self._switch_new_scans(not self._dialogs.watches_new),
                group=Group.SCANS,
                is_on=lambda: self._dialogs.watches_new,
            ),
        )
        self._actions.note(*own_keys())
        self._actions.add_source(self._scan_commands)
        self._actions.add_source(self._views.button.commands)
        self._actions.add_source(self._theme_commands)
        self._actions.add_source(lambda: detail_commands(self._frame))

    def _open_menu(self) -> None:
        button = self._head.menu_button
        self._actions.make_menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    # -- following --

    def _follow(self, changes: list[Change]) -> None:
        if any(isinstance(change, ScanAdded | ScanRemoved) for change in changes):
            self._show_start()
        self._show_title()
        awaited = self._awaited
        if awaited is not None and self._store.finding(awaited) is not None:
            self.open_finding(awaited)

    def _show_start(self) -> None:
        """Offer ways to begin as long as nothing is watched."""
        is_empty = len(self._store) == 0
        was_empty = self._frame.is_start
        self._frame.show_start(is_wanted=is_empty)
        if is_empty != was_empty:
            self._frame.fold_panel(is_folded=is_empty or not self._frame.is_panel_wanted)
            self._focus_main_part()

    def _show_title(self) -> None:
        self.setWindowTitle(window_title(len(self._store), self._unread(), self._status.sums))

    def _unread(self) -> int:
        return sum(not line.is_read and not line.withdrawal for line in self._alerts.lines)

    def _show_unread(self, unread: int) -> None:
        self._panel.show_count(self._inbox_tab, unread)
        self._top.show_unread(unread)

    # -- what is looked at --

    def _look_at(self, scan_id: ScanId | None) -> None:
        """Look at one scan everywhere, or at all of them."""
        if scan_id is not None and self._store.scan(scan_id) is None:
            scan_id = None
        if scan_id == self._scope:
            return
        self._scope = scan_id
        self._board.set_scope(scan_id)
        self._findings.set_scope(scan_id)
        self._strip.set_scope(scan_id)
        self._panel.set_scope(scan_id)
        self._tell_what_is_in_view()

    def _take_moved(self) -> None:
        self._awaited = None
        self._tell_what_is_in_view()

    def _tell_what_is_in_view(self) -> None:
        """Among the findings of all scans, the scan of the one that is open is looked at."""
        open_id = self._reader.open_id
        finding = None if open_id is None else self._store.finding(open_id)
        opened = None if finding is None else finding.scan_id
        in_view = self._scope or opened
        if in_view != self._in_view:
            self._in_view = in_view
            self._requests.look_at(in_view)

    def _scope_words(self) -> str:
        """Return what is looked at, as people say it."""
        scan = None if self._scope is None else self._store.scan(self._scope)
        return tr("all scans") if scan is None else one_line(scan.name)

    def _jump(self, place: int) -> Command:
        """The key of a place on the board; by its name a scan is found in the palette."""
        title = tr("Scan {place}").format(place=place)
        keys = (f"Alt+{place}",)
        return Command(title, lambda: self._jump_to(place), keys, is_listed=False)

    def _scan_commands(self) -> list[Command]:
        """What can be done with each watched scan, in the order of the board."""
        commands = []
        for place, scan_id in enumerate(self._board.scan_ids, 1):
            scan = self._store.scan(scan_id)
            if scan is not None:
                keys = (f"Alt+{place}",) if place <= JUMPS else ()
                commands += self._commands_of(scan_id, one_line(scan.name), keys)
        return commands

    def _commands_of(self, scan_id: ScanId, name: str, keys: tuple[str, ...]) -> list[Command]:
        return [
            Command(
                name,
                lambda: self._look_at(scan_id),
                keys,
                "ui-repo",
                group=Group.GO_TO,
                name=f"scan {scan_id}",
            ),
            Command(
                tr("{scan}, stages").format(scan=name),
                lambda: self._show_stages(scan_id),
                (),
                "ui-stages",
                group=Group.GO_TO,
                name=f"stages {scan_id}",
            ),
            Command(
                tr("Tear off {scan}").format(scan=name),
                lambda: self.tear_off(scan_id),
                (),
                "ui-open",
                group=Group.SCANS,
                name=f"tear off {scan_id}",
            ),
            Command(
                tr("Resynchronise {scan}").format(scan=name),
                lambda: self._requests.request_again(scan_id),
                (),
                "conn-reconnecting",
                group=Group.SCANS,
                name=f"again {scan_id}",
            ),
        ]

    def _theme_commands(self) -> list[Command]:
        return [
            Command(
                tr("Theme: {name}").format(name=tr(name)),
                partial(self.theme_wanted.emit, mode),
                group=Group.VIEW,
                name=f"theme {mode.value}",
                is_on=partial(self._has_theme, mode),
            )
            for mode, name in THEMES.items()
        ]

    def _has_theme(self, mode: ThemeMode) -> bool:
        return self._theme.mode is mode

    def _inbox_title(self) -> str:
        unread = self._unread()
        return tr("Inbox, %n unread", "", unread) if unread else tr("Inbox")

    def _jump_to(self, place: int) -> None:
        """Look at the scan at a place of the board, counted from 1."""
        scans = self._board.scan_ids
        if place <= len(scans):
            self._look_at(scans[place - 1])

    def _filter_to(self, scan_id: str, severity: Severity) -> None:
        self._look_at(ScanId(scan_id))
        self._findings.filter_state.set_words("sev", {severity})

    def _show_stages(self, scan_id: str) -> None:
        self._look_at(ScanId(scan_id))
        self._panel.open_stages()

    def _show_stage(self, scan_id: str, stage: str) -> None:
        """Show a stage of a scan: its log, and its findings if it finds any (ux.md 2.2)."""
        self._show_stages(scan_id)
        self._panel.pick_stage(stage)
        if stage in FINDING_STAGES:
            self._findings.filter_state.set_words("stage", {FindingStage(stage)})

    def _open_inbox(self) -> None:
        self._panel.open_page(self._inbox_tab)

    def _switch_new_scans(self, is_on: bool) -> None:
        self._requests.watch_new_scans(is_on=is_on)
        self.show_new_scans(is_on=is_on)

    def _ask_again(self) -> None:
        self._requests.request_again(None)

    # -- the focus --

    def _focus_main_part(self) -> None:
        """Put the keyboard where work begins: into the sign-in form, or onto the findings."""
        if self._frame.is_start:
            self._start.focus_first()
        else:
            self._findings.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _raise(self) -> None:
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    # -- Qt --

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape lead back, one step at a time: detail, filter, closed detail (ux.md §2.7)."""
        if event.key() != Qt.Key.Key_Escape or self._frame.is_start:
            super().keyPressEvent(event)
        else:
            self._reader.step_back()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take links and folders."""
        if read_drop(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Scan dropped folders at once; for links ask what to do with them."""
        dropped = read_drop(event.mimeData())
        for folder in dropped.folders:
            self._dialogs.local.scan_folder(str(folder))
        if dropped.links:
            self._dialogs.add_scans(dropped.links)
        event.acceptProposedAction()

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


def _badness(finding: Finding) -> tuple[bool, int, bool]:
    """Order findings from the worst down: what still stands, by severity, confirmed ones first."""
    return (
        finding.verdict is Verdict.WITHDRAWN,
        finding.severity.rank,
        finding.verdict is not Verdict.CONFIRMED,
    )
