"""The layout of the window: board left, findings and detail beside it, panel below these.

The edges between them continue through the top bar and the panel. Board and detail fold into a
bar that reopens them. A line above the findings is reserved for strips, so that strips move nothing
under the pointer. Without a strip it shows whose findings are listed. Source: look.md 4
(Window), behaviour.md 2.1.
"""

from msgspec import Struct
from msgspec.structs import replace
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.window_place import DetailPlace, FrameLayout
from heimdall_desktop.widgets.board.board import DEFAULT_WIDTH_PX, LEAST_WIDTH_PX
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.pane import Edge, HairlineSplitter, Pane
from heimdall_desktop.widgets.controls.problem_strip import STRIP_PX
from heimdall_desktop.widgets.controls.toggles import FoldedBar
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground
from heimdall_desktop.widgets.panel.panel_bar import CLOSED_PX
from heimdall_desktop.widgets.panel.stages_panel import OPEN_PX, StagesPanel

BESIDE, BELOW = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
DETAIL_BESIDE_FROM_PX = 1280
DETAIL_PX = {BESIDE: 416, BELOW: 263}
DETAIL_LEAST_PX = {BESIDE: 400, BELOW: 220}
DETAIL_SIDEWAYS_FROM_PX = 680  # below the table: facts left, evidence right, if both fit
BOARD_DEFAULT_FROM_PX = 1024  # narrower windows leave more to the findings
TABLE_LEAST_PX = 160  # chips, column heads, two rows and the foot
TABLE_ROWS_PX = 208  # with four rows: left free by a detail that was never resized
TABLE_FAIR_PX = 264  # with six: below this, detail and panel take turns
STRIP_FROM_PX = 720  # lower windows reserve no line for strips
TABLE_LEAST_WIDTH_PX = 360  # the width that a detail chosen to be beside leaves
INSET_PX, GAP_PX = 16, 8
BOARD_KEY, DETAIL_KEY = "Ctrl+B", "Ctrl+D"


class Top(Pane):
    """The bar over everything, which continues the edges below."""

    def continue_edges(self, board_px: int, detail_px: int) -> None:
        """Set the widths of board and detail; 0 without one."""
        raise NotImplementedError


class Parts(Struct, frozen=True):
    """The parts to place; `top` and `status` span the whole width.

    Attributes:
        problems, strip: report problems, above findings and detail.
        board, start: None in a window of one scan.
    """

    top: Top
    problems: QtWidgets.QWidget
    strip: QtWidgets.QWidget
    board: QtWidgets.QWidget | None
    findings: QtWidgets.QWidget
    detail: DetailPane
    start: QtWidgets.QWidget | None
    panel: StagesPanel
    status: QtWidgets.QWidget | None


class WindowFrame(QtWidgets.QWidget):
    """Places the parts, and finds space for the detail.

    In a low window, a detail below the findings and an open panel do not fit together. Then the
    one opened last stays, and the other returns when it is closed. In an even lower window, as
    with large fonts on a small screen, the detail or the panel replaces the findings until it is
    closed.

    Args:
        parts: The parts to place.

    Signals:
        arranged: a split was moved, or a part was folded or unfolded.

    Attributes:
        detail_bar: replaces the closed detail.
        strip_line: the line reserved for strips.
    """

    arranged = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._theme, self._parts = theme_of(self), parts
        self.setObjectName("window_frame")
        self._has_shown = self._makes_room = False
        self._has_given_way = False  # the detail, to the panel
        self._is_panel_asked = False  # even though it replaces the findings
        self._layout = FrameLayout()  # what the user wants, whether or not it fits
        self._across = HairlineSplitter(Qt.Orientation.Horizontal)
        self._upper = HairlineSplitter(BESIDE)
        self._right = HairlineSplitter(Qt.Orientation.Vertical)
        self.strip_line = _StripLine()
        self.strip_line.setSizePolicy(
            QtWidgets.QSizePolicy.Policy.Preferred, QtWidgets.QSizePolicy.Policy.Fixed
        )
        self._pages = QtWidgets.QStackedWidget()
        scans, detail = tr("Scans"), tr("Detail")
        board = FoldedBar("ui-sidebar", scans, tr("Open board"), BOARD_KEY, Ground.WINDOW)
        board.setObjectName("board_folded")
        board.lie(BELOW, Edge.END)
        board.hide()
        board.opened.connect(self.toggle_board)
        closed = FoldedBar("ui-detail", detail, tr("Open detail"), DETAIL_KEY)
        closed.setObjectName("detail_folded")
        self._board_bar, self.detail_bar = board, closed
        self._compose()
        self._right.installEventFilter(self)
        parts.detail.hide()
        parts.panel.collapsed_changed.connect(self._take_panel)
        parts.panel.bar.tabs.currentChanged.connect(lambda _tab: self.arranged.emit())
        for splitter in (self._across, self._right, self._upper):
            splitter.splitterMoved.connect(lambda *_, moved=splitter: self._keep_sizes(moved))
        self._theme.changed.connect(self.arrange)

    @property
    def is_start(self) -> bool:
        return self._pages.currentWidget() is self._parts.start

    @property
    def is_detail_open(self) -> bool:
        return not self._parts.detail.isHidden()

    @property
    def is_detail_beside(self) -> bool:
        """Whether the detail's place is right of the findings, not below them."""
        return self._upper.orientation() is BESIDE

    @property
    def is_board_open(self) -> bool:
        return self._parts.board is not None and not self._parts.board.isHidden()

    # -- layout --

    def layout_now(self) -> FrameLayout:
        """Return the arrangement of the parts that the user wants, whether or not it fits."""
        is_board_open = self._parts.board is None or self.is_board_open
        return replace(self._layout, tab=self._parts.panel.tab, is_board_open=is_board_open)

    def use_layout(self, layout: FrameLayout) -> None:
        """Restore an arrangement; a smaller window gives the parts the space it has."""
        self._layout = layout
        self._parts.panel.turn_to(layout.tab)
        self._show_board(is_wanted=layout.is_board_open)
        self.fold_panel(is_folded=not layout.is_panel_open)
        self.arrange()

    # -- content --

    def show_start(self, *, is_wanted: bool) -> None:
        if self._parts.start is not None:
            self._pages.setCurrentWidget(self._parts.start if is_wanted else self._middle)
        self._keep_strip_line()
        self._align()

    def open_detail(self) -> None:
        if self.is_detail_open:
            return
        self._has_given_way = False
        self._parts.detail.prepare()
        self._parts.detail.show()
        self.detail_bar.hide()
        if self._is_short():
            self.fold_panel(is_folded=True)
        self._make_room()
        self._share()

    def close_detail(self) -> None:
        self._has_given_way = False
        self._parts.detail.hide()
        self.detail_bar.show()
        self._make_room()
        self._reopen_panel()
        self._align()

    def toggle_board(self) -> None:
        self._show_board(is_wanted=not self.is_board_open)
        self.arrange()
        self.arranged.emit()

    def fold_panel(self, *, is_folded: bool) -> None:
        """Close or open the panel automatically, for lack of space or scans; this is not saved."""
        self._makes_room = True
        self._parts.panel.set_collapsed(is_folded or self._is_short())
        self._makes_room = False

    def put_detail(self, place: DetailPlace) -> None:
        """Put the detail beside the findings, below them, or where there is space."""
        self._layout = replace(self._layout, place=place)
        self.arrange()
        self.arranged.emit()

    def arrange(self) -> None:
        """Put the detail beside the table if there is space, or below it."""
        wanted = BESIDE if self._is_beside_wanted() else BELOW
        self._upper.setOrientation(wanted)
        directions = QtWidgets.QBoxLayout.Direction
        self._across_detail.setDirection(
            directions.LeftToRight if wanted is BESIDE else directions.TopToBottom
        )
        upright, edge = (BELOW, Edge.START) if wanted is BESIDE else (BESIDE, Edge.TOP)
        self.detail_bar.lie(upright, edge)
        self._keep_strip_line()
        self._make_room()
        self._reopen_panel()
        if self._has_shown and self.is_board_open:
            is_wide = self.width() >= self._theme.scale(BOARD_DEFAULT_FROM_PX)
            usual = self._theme.scale(DEFAULT_WIDTH_PX if is_wide else LEAST_WIDTH_PX)
            board_px = self._layout.board_px or usual
            self._across.setSizes([board_px, max(self.width() - board_px, board_px)])
        self._share_height()
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_strip_line()
        if self._is_beside_wanted() != self.is_detail_beside:
            self.arrange()
        else:
            self._reopen_panel()
            self._share_height()
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._right and event.type() is QEvent.Type.Resize:
            self._make_room()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._has_shown = True
        self.arrange()

    # -- composing --

    def _compose(self) -> None:
        """Place the parts from the outside in: everything in a part moves with it each time.

        The order of adding is the Tab order.
        """
        parts = self._parts
        column, row = QtWidgets.QVBoxLayout(self), QtWidgets.QHBoxLayout()
        self._middle = QtWidgets.QWidget(self)
        self._across_detail = QtWidgets.QBoxLayout(
            QtWidgets.QBoxLayout.Direction.LeftToRight, self._middle
        )
        right = QtWidgets.QWidget(self)
        strips = QtWidgets.QVBoxLayout(self.strip_line)
        under_each_other = QtWidgets.QVBoxLayout(right)
        for box in (column, row, self._across_detail, under_each_other, strips):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        column.addWidget(parts.top)
        column.addLayout(row, 1)
        row.addWidget(self._board_bar)
        row.addWidget(self._across, 1)
        if parts.board is not None:
            self._across.addWidget(parts.board)
        self._across.addWidget(right)
        under_each_other.addWidget(self.strip_line)
        under_each_other.addWidget(self._right, 1)
        strips.addWidget(parts.problems)
        strips.addWidget(parts.strip)
        self._right.addWidget(self._pages)
        self._pages.addWidget(self._middle)
        self._across_detail.addWidget(self._upper, 1)
        self._upper.addWidget(parts.findings)
        self._upper.addWidget(parts.detail)
        self._across_detail.addWidget(self.detail_bar)
        if parts.start is not None:
            self._pages.addWidget(parts.start)
        self._right.addWidget(parts.panel)
        self._upper.setStretchFactor(0, 1)
        self._right.setStretchFactor(0, 1)
        self._across.setStretchFactor(self._across.count() - 1, 1)
        if parts.status is not None:
            column.addWidget(parts.status)

    def _show_board(self, *, is_wanted: bool) -> None:
        if self._parts.board is not None:
            self._parts.board.setVisible(is_wanted)
            self._board_bar.setVisible(not is_wanted)

    def _keep_strip_line(self) -> None:
        """Reserve a line for a strip wherever there are findings and space for it."""
        scale = self._theme.scale
        is_kept = not self.is_start and self.height() >= scale(STRIP_FROM_PX)
        self.strip_line.setMinimumHeight(scale(STRIP_PX) if is_kept else 0)

    # -- dividing the space --

    def _is_beside_wanted(self) -> bool:
        if self._layout.place is DetailPlace.BELOW:
            return False
        scale, has_board = self._theme.scale, self.is_board_open
        if self._layout.place is DetailPlace.BESIDE:
            least = TABLE_LEAST_WIDTH_PX + DETAIL_LEAST_PX[BESIDE]
            return self.width() >= scale(least + (LEAST_WIDTH_PX if has_board else 0))
        spared = 0 if has_board else LEAST_WIDTH_PX
        return self.width() >= scale(DETAIL_BESIDE_FROM_PX - spared)

    def _share(self) -> None:
        if self.is_detail_open and self._has_shown:
            scale, way, detail = self._theme.scale, self._upper.orientation(), self._parts.detail
            is_beside = self.is_detail_beside
            detail.setMinimumWidth(scale(DETAIL_LEAST_PX[BESIDE]) if is_beside else 0)
            room = self._upper.width() if is_beside else self._upper.height()
            usual = scale(DETAIL_PX[way])
            if not is_beside:
                usual = max(self._least_height(), min(usual, room - scale(TABLE_ROWS_PX)))
            wanted = self._layout.beside_px if is_beside else self._layout.below_px
            detail_px = wanted or usual
            self._upper.setSizes([max(room - detail_px, 1), detail_px])
        self._settle()

    def _share_height(self) -> None:
        """Give the panel its height; a splitter alone keeps the space of a closed one.

        It is reduced in proportion if the window got lower and few findings fit.
        """
        if not self._has_shown:
            return
        scale, height, room = self._theme.scale, self._right.height(), self._layout.panel_of_px
        usual = scale(OPEN_PX)
        panel_px = self._layout.panel_px or usual
        if self._parts.panel.is_collapsed:
            panel_px = scale(CLOSED_PX)
        elif panel_px > usual and height - panel_px < scale(TABLE_FAIR_PX) and height < room:
            panel_px = max(usual, panel_px * height // room)
        self._right.setSizes([max(height - panel_px, 1), panel_px])

    def raise_panel(self, wanted_px: int) -> None:
        """Give the open panel more height unless the user sized it; findings keep a fair part.

        Args:
            wanted_px: Its minimum height, before scaling.
        """
        scale, height = self._theme.scale, self._right.height()
        panel_px = min(scale(wanted_px), height - scale(TABLE_FAIR_PX))
        has_room = self._has_shown and panel_px > self._right.sizes()[1]
        if has_room and not self._layout.panel_px and not self._parts.panel.is_collapsed:
            self._layout = replace(self._layout, panel_px=panel_px, panel_of_px=height)
            self._share_height()

    def _keep_sizes(self, moved: HairlineSplitter) -> None:
        """Remember the sizes on both sides of a split that the user moved."""
        layout, px = self._layout, moved.sizes()[1]
        if moved is self._across:
            self._layout = replace(layout, board_px=moved.sizes()[0])
        elif moved is self._right and not self._parts.panel.is_collapsed:
            self._layout = replace(layout, panel_px=px, panel_of_px=moved.height())
        elif moved is self._upper and self.is_detail_open:
            if self.is_detail_beside:
                self._layout = replace(layout, beside_px=px)
            else:
                self._layout = replace(layout, below_px=px)
        if self._layout is not layout:
            self.arranged.emit()
        self._settle()

    def _settle(self) -> None:
        is_wide = self._right.width() >= self._theme.scale(DETAIL_SIDEWAYS_FROM_PX)
        is_sideways = is_wide and not self.is_detail_beside
        self._parts.detail.set_layout(BESIDE if is_sideways else BELOW)
        self._align()

    def _align(self) -> None:
        has_edge = self.is_detail_open and self.is_detail_beside and not self.is_start
        detail_px = self._upper.sizes()[1] if has_edge else 0
        board_px = self._across.sizes()[0] if self.is_board_open else 0
        self._parts.top.continue_edges(board_px, detail_px)
        if has_edge:
            self._parts.panel.set_side_width(detail_px)

    # -- low windows --

    def _leaves_less(self, least_px: int) -> bool:
        """Whether a detail below the findings leaves less than this height for all other parts."""
        least = self._theme.scale(least_px) + self._least_height()
        is_below = self.is_detail_open and not self.is_detail_beside
        return is_below and self._right.height() < least

    def _is_too_low(self) -> bool:
        """Whether detail and open panel would leave too little of the findings."""
        return self._leaves_less(TABLE_FAIR_PX + OPEN_PX)

    def _least_height(self) -> int:
        """Return the minimum height of the detail below the findings: its head is never cut."""
        needed = self._parts.detail.minimumSizeHint().height()
        return max(self._theme.scale(DETAIL_LEAST_PX[BELOW]), needed)

    def _is_short(self) -> bool:
        """Whether an open panel alone would leave too little of the findings."""
        least = self._theme.scale(TABLE_LEAST_PX + OPEN_PX)
        return self._has_shown and self._right.height() < least

    def _make_room(self) -> None:
        if not self._has_shown:
            return
        in_the_way = self._is_too_low() or (self._is_short() and not self._is_panel_asked)
        if in_the_way and not self._parts.panel.is_collapsed:
            self.fold_panel(is_folded=True)
        is_cramped = self._leaves_less(TABLE_LEAST_PX + CLOSED_PX)  # even with a closed panel
        findings = self._parts.findings
        if is_cramped and holds_focus(findings, QtWidgets.QApplication.focusWidget()):
            self._parts.detail.take_keyboard()
        findings.setVisible(not is_cramped)
        is_panel_alone = self._is_short() and not self._parts.panel.is_collapsed
        self._pages.setVisible(not is_panel_alone)

    def _reopen_panel(self) -> None:
        """Reopen a panel that was closed only for lack of space, now that there is space.

        Not when a strip closes: then it would jump with every problem.
        """
        is_wanted = self._has_shown and self._layout.is_panel_open and not self.is_start
        if is_wanted and self._parts.panel.is_collapsed:
            self.fold_panel(is_folded=self._is_short() or self._is_too_low())

    def _take_panel(self, is_collapsed: bool) -> None:
        if not is_collapsed and self._is_too_low():
            self.close_detail()
            self._has_given_way = True
        elif is_collapsed and self._has_given_way:
            self.open_detail()
        self._is_panel_asked = not is_collapsed and not self._makes_room
        self._make_room()
        self._share_height()
        if not self._makes_room:
            self._layout = replace(self._layout, is_panel_open=not is_collapsed)
            self.arranged.emit()


class _StripLine(Pane):
    """Holds the strips; without any it shows whose findings are listed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip_line")
        self._scope = ""

    def show_scope(self, scope: str) -> None:
        if scope != self._scope:
            self._scope = scope
            self.setAccessibleName(f"{tr('Findings')}, {scope}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, inset = self._theme, self._theme.scale(INSET_PX)
        rect = QRectF(self.rect()).adjusted(inset, 0, -inset, 0)
        with QPainter(self) as painter:
            row = RowCursor(theme, painter, rect, self.layoutDirection())
            row.text(tr("Findings"), theme.font(Role.SMALL, Weight.SEMIBOLD), theme.tokens.text)
            row.skip(theme.scale(GAP_PX))
            row.text(self._scope, theme.font(Role.SMALL), theme.tokens.muted)
