"""A window for one scan: its stages, findings, detail and log, and nothing of any other scan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QWidget

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.application.store import OneScan, Store
from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, one_line
from heimdall_desktop.domain.filters.filter import FindingStage
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.scan_facts import ScanFacts
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.presentation.window.frame_layout import FrameLayout
from heimdall_desktop.widgets.controls.buttons import GhostIconButton, OutlineButton
from heimdall_desktop.widgets.controls.come_forward import come_forward
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.pane_ring import PaneRing, ring_commands
from heimdall_desktop.widgets.controls.row_margins import set_row_margins
from heimdall_desktop.widgets.controls.scrim import Scrim
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.look.tokens import Ground
from heimdall_desktop.widgets.panel.panel_bar import STAGES_KEY
from heimdall_desktop.widgets.window.detail_controller import DetailController
from heimdall_desktop.widgets.window.layout_commands import detail_commands, layout_commands
from heimdall_desktop.widgets.window.notices import Notices
from heimdall_desktop.widgets.window.own_keys import reading_keys
from heimdall_desktop.widgets.window.palette import KEYS as PALETTE_KEYS
from heimdall_desktop.widgets.window.palette import Palette
from heimdall_desktop.widgets.window.scan_head import ScanHead
from heimdall_desktop.widgets.window.shortcut_sheet import ShortcutSheet
from heimdall_desktop.widgets.window.window_actions import WindowActions
from heimdall_desktop.widgets.window.window_frame import Parts, WindowFrame
from heimdall_desktop.widgets.window.window_geometry import usual_size
from heimdall_desktop.widgets.window.workspace_panes import THREATS_KEYS, WorkspacePanes

SIZE = QSize(1080, 760)
LEAST = QSize(560, 480)
HEIGHT_PX = 44
INSET_PX = 16
TOOLS_START_PX, TOOLS_END_PX = 8, 14
GAP_PX = 6


@dataclass(frozen=True, slots=True)
class Source:
    """What a window of a scan is made from.

    Attributes:
        memory: what the main window remembers of its looks.
        has_letters: whether single letters are shortcuts.
        use_letters: lets them be shortcuts, or not, in all windows.
        everywhere: what is done in every window for all of them, such as zooming.
    """

    store: Store
    requests: Requests
    clock: Callable[[], float]
    now: Callable[[], datetime]
    memory: WindowMemory
    has_letters: Callable[[], bool]
    use_letters: Callable[[bool], None]
    everywhere: Sequence[Command] = ()


class ScanWindow(QMainWindow):
    """Joins the parts that the main window has for all scans, for one of them.

    Args:
        theme: The look.
        scan_id: Which scan.
        source: All scans, and whoever asks for them.
        layout: How its parts were arranged last.
        table_memory: How its table looks.

    Attributes:
        notices: The alerts it shows in place of the desktop while somebody looks at it.

    Signals:
        given_back: somebody closed it; the scan goes on in the main window.
        sign_in_wanted: a server that wants us to sign in anew.
    """

    given_back = Signal()
    sign_in_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        scan_id: ScanId,
        source: Source,
        layout: FrameLayout,
        table_memory: WindowMemory,
    ) -> None:
        super().__init__()
        self.setObjectName("scan_window")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._theme, self._scan_id, self._source = theme, scan_id, source
        self._one = OneScan(source.store, scan_id)
        store, requests = self._one.store, source.requests
        self._ticker = Ticker(store, self)
        clock, now = source.clock, source.now
        self._facts = ScanFacts(store, clock, now)
        self._head = ScanHead(theme)
        self._reading = reading = WorkspacePanes(
            theme, store, self._ticker, requests, clock, now, table_memory=table_memory
        )
        self._findings, self._detail, self._panel = reading.findings, reading.detail, reading.panel
        self.notices = Notices(reading.problems)
        self._threats_tab = reading.add_threats()
        self._top = _ScanBar(theme, self._head, self._findings.filter_field)
        self.frame = self._make_frame(layout)
        self._reader = DetailController(self._findings, self._detail, self.frame, self)
        self._actions = WindowActions(theme, self)
        self._actions.use_letters(is_wanted=source.has_letters())
        self._palette = Palette(theme, self._actions, source.memory, self)
        Scrim(theme, self)
        self._connect()
        self._bind_keys()
        self._show_scan()
        self._reader.take_keyboard()

    @property
    def scan_id(self) -> ScanId:
        """The scan it is about."""
        return self._scan_id

    def take(self, changes: list[Change]) -> None:
        """Follow what the store of all scans has handed out."""
        self._one.take(changes)
        self._ticker.flush()

    def open_finding(self, finding_id: FindingId) -> None:
        """Come to the front with that finding open."""
        come_forward(self)
        self._reader.show(finding_id)
        self._findings.reveal(finding_id)

    def read_again(self) -> None:
        """Ask the server at once for what it did not tell us."""
        self._detail.read_again()

    def show_error(self, error: HeimdallError) -> None:
        """Tell of trouble here."""
        self._reading.show_error(error)

    # -- composing --

    def _make_frame(self, layout: FrameLayout) -> WindowFrame:
        frame = WindowFrame(
            self._theme,
            Parts(
                top=self._top,
                bar=self._top,
                problems=self._reading.problems,
                strip=self._reading.strip,
                board=None,
                findings=self._findings,
                detail=self._detail,
                start=None,
                panel=self._panel,
                status=None,
            ),
            self,
        )
        self.setCentralWidget(frame)
        self.resize(usual_size(SIZE))
        frame.use_layout(layout)
        return frame

    def _connect(self) -> None:
        self._panel.findings_wanted.connect(
            lambda _, stage: self._findings.filter_state.set_words("stage", {FindingStage(stage)})
        )
        self._ticker.changed.connect(self._follow)
        self._ticker.second.connect(self._show_scan)
        self._reading.strip.sign_in_wanted.connect(self.sign_in_wanted)
        self._top.again_wanted.connect(self._ask_again)
        self._top.back_wanted.connect(self.close)
        self._detail.finding_wanted.connect(lambda found: self.open_finding(FindingId(found)))
        self._reader.moved.connect(self._tell_what_is_in_view)

    def _bind_keys(self) -> None:
        focus_filter = self._findings.filter_field.focus
        ring = PaneRing(
            (
                (self._findings.filter_field, focus_filter),
                (self._findings.rows, self._reader.take_keyboard),
                (self._detail, self._detail.take_keyboard),
                (self._panel, self._panel.take_keyboard),
            )
        )
        go_to, shortcuts = Group.GO_TO, tr("Keyboard shortcuts")
        _board, *arranging = layout_commands(self, self.frame, self._reader.toggle)
        self._actions.add_hidden(
            Command("command-palette", tr("Command palette"), self._palette.open, (PALETTE_KEYS,)),
            Command("filter", tr("Filter"), focus_filter, ("Ctrl+F",), group=Group.FINDINGS),
            Command("refresh", tr("Refresh"), self._ask_again, ("F5", "Ctrl+R")),
            Command("stages", tr("Stages"), self._panel.toggle_stages, (STAGES_KEY,), group=go_to),
            Command("log", tr("Log"), self._panel.open_log, ("Ctrl+L",), group=go_to),
            Command(
                "threat-model",
                tr("Threat model"),
                partial(self._panel.open_page, self._threats_tab),
                (THREATS_KEYS,),
                group=go_to,
            ),
            *ring_commands(ring),
            *arranging,
            *self._source.everywhere,
            Command("back-to-the-board", tr("Back to the board"), self.close, ("Ctrl+W",)),
            Command("shortcuts", shortcuts, self._show_shortcuts, ("F1",)),
        )
        self._actions.add_inside(
            (self._findings, self._detail),
            Command("shortcuts", shortcuts, self._show_shortcuts, ("?",)),
        )
        self._actions.note(*reading_keys())
        self._actions.add_source(lambda: detail_commands(self.frame))
        self._reader.bind(self._actions)

    # -- following --

    def _follow(self, changes: list[Change]) -> None:
        self._facts.take(changes)
        self._show_scan()

    def _show_scan(self) -> None:
        scan = self._one.store.scan(self._scan_id)
        if scan is None:
            self._head.show_card(None)
            return
        card = self._facts.card(scan)
        self._head.show_card(card)
        name = self._source.store.name_of(self._scan_id) or one_line(scan.name)
        told = " \u00b7 ".join(part for part in (name, card.line.fact) if part)
        told = told.replace("[*]", "[*][*]")  # a single one is Qt's mark for "modified"
        self.setWindowTitle(f"{told} \u2013 Heimdall")
        self.frame.show_scope(name)

    def _show_shortcuts(self) -> None:
        has_letters = self._actions.has_letters
        notes = self._actions.shortcuts()
        sheet = ShortcutSheet(self._theme, notes, has_letters=has_letters, parent=self)
        sheet.letters_wanted.connect(self._use_letters)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def _use_letters(self, is_wanted: bool) -> None:
        self._source.use_letters(is_wanted)
        self._actions.use_letters(is_wanted=is_wanted)

    def _ask_again(self) -> None:
        self._source.requests.request_again(self._scan_id)

    def _tell_what_is_in_view(self) -> None:
        if self.isActiveWindow():
            self._source.requests.look_at(self._scan_id)

    # -- Qt --

    def changeEvent(self, event: QEvent) -> None:
        """Ask for this scan most often while people look at it; know whether letters are keys."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._actions.use_letters(is_wanted=self._source.has_letters())
            self._tell_what_is_in_view()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape lead back."""
        if event.key() == Qt.Key.Key_Escape:
            self._reader.step_back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the scan back."""
        event.accept()
        self.given_back.emit()


class _ScanBar(Pane):
    """The scan in one line, and below it the filter and the tools, cut as what lies below.

    Signals:
        again_wanted: the scan shall be asked for anew.
        back_wanted: the scan shall go back to the main window.
    """

    again_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme, head: ScanHead, filter_field: QWidget) -> None:
        super().__init__(theme, Ground.WINDOW, Edge.BOTTOM)
        self._head, self._tools_px = head, 0
        head.setParent(self)
        self._place, self._tools = QWidget(self), QWidget(self)
        self._row, self._tools_row = QHBoxLayout(self._place), QHBoxLayout(self._tools)
        self._row.addWidget(filter_field)
        again = GhostIconButton(theme, "conn-reconnecting", tr("Refresh"), key="F5")
        again.setObjectName("again")
        again.clicked.connect(self.again_wanted)
        back = OutlineButton(theme, tr("Back to the board"), icon="ui-sidebar")
        back.setObjectName("give_back")
        back.clicked.connect(self.back_wanted)
        self._tools_row.addStretch(1)
        self._tools_row.addWidget(again)
        self._tools_row.addWidget(back)
        theme.changed.connect(self._lay_out)
        self._lay_out()

    def continue_edges(self, board_px: int, detail_px: int) -> None:
        """Continue the edge of the detail; 0 without one."""
        if detail_px != self._tools_px:
            self._tools_px = detail_px
            self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(HEIGHT_PX) * 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        scale = self._theme.scale
        height = scale(HEIGHT_PX)
        set_row_margins(self._place, self._row, start=scale(INSET_PX), end=scale(INSET_PX))
        set_row_margins(
            self._tools, self._tools_row, start=scale(TOOLS_START_PX), end=scale(TOOLS_END_PX)
        )
        self._tools_row.setSpacing(scale(GAP_PX))
        tools_px = max(self._tools_px, self._tools.sizeHint().width())
        self.setFixedHeight(height * 2)
        self._head.setGeometry(0, 0, self.width(), height)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        rest = self.width() - tools_px
        self._place.setGeometry(tools_px if is_mirrored else 0, height, rest, height - 1)
        self._tools.setGeometry(0 if is_mirrored else rest, height, tools_px, height - 1)
