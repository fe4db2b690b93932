"""Where the parts of the window lie: board left, findings and detail beside it, panel below these.

The edges between them go on through the top bar and the panel. Source: design.md §4 (Window).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from heimdall_desktop.widgets.board import DEFAULT_WIDTH_PX, LEAST_WIDTH_PX
from heimdall_desktop.widgets.detail_pane import DetailPane
from heimdall_desktop.widgets.splitter import HairlineSplitter
from heimdall_desktop.widgets.stages_panel import CLOSED_PX, OPEN_PX, StagesPanel
from heimdall_desktop.widgets.theme import Theme
from heimdall_desktop.widgets.top_bar import TopBar

BESIDE, BELOW = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
DETAIL_BESIDE_FROM_PX = 1280
DETAIL_PX = {BESIDE: 416, BELOW: 263}
DETAIL_LEAST_PX = {BESIDE: 400, BELOW: 220}
DETAIL_SIDEWAYS_FROM_PX = 680  # below the table: facts left, evidence right, where both fit
BOARD_DEFAULT_FROM_PX = 1024  # narrower windows leave the findings more
TABLE_LEAST_PX = 160  # chips, column heads and three rows


@dataclass(frozen=True, slots=True)
class Parts:
    """What is placed; `problems` and `status` go over the whole width."""

    top: TopBar
    problems: QWidget
    board: QWidget
    findings: QWidget
    detail: DetailPane
    start: QWidget
    panel: StagesPanel
    status: QWidget


class WindowFrame(QWidget):
    """Places the parts, and finds room for the detail.

    Where the window is low, detail below the findings and open panel do not fit together; then
    the one that was asked for last stays.

    Args:
        theme: Measures.
        parts: What is placed.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._parts = theme, parts
        self._has_shown = False
        self._detail_px: dict[Qt.Orientation, int] = {}  # where somebody moved the split
        self._panel_px: int | None = None
        self._across = HairlineSplitter(theme, Qt.Orientation.Horizontal)
        self._upper = HairlineSplitter(theme, BESIDE)
        self._right = HairlineSplitter(theme, Qt.Orientation.Vertical)
        self._pages = QStackedWidget()
        self._compose()
        self._right.installEventFilter(self)
        parts.detail.hide()
        parts.panel.collapsed_changed.connect(self._take_panel)
        self._across.splitterMoved.connect(self._settle)
        self._right.splitterMoved.connect(self._keep_panel_size)
        self._upper.splitterMoved.connect(self._keep_detail_size)
        theme.changed.connect(self.arrange)

    @property
    def is_start(self) -> bool:
        """Whether the page with the ways to begin is there in place of the findings."""
        return self._pages.currentWidget() is self._parts.start

    @property
    def is_detail_open(self) -> bool:
        """Whether the detail is there beside or below the findings."""
        return not self._parts.detail.isHidden()

    @property
    def is_detail_beside(self) -> bool:
        """Whether the detail's place is right of the findings, not below them."""
        return self._upper.orientation() is BESIDE

    def show_start(self, *, is_wanted: bool) -> None:
        """Show the page with the ways to begin, or the findings."""
        self._pages.setCurrentWidget(self._parts.start if is_wanted else self._upper)
        self._align()

    def open_detail(self) -> None:
        """Show the detail in its size."""
        if self.is_detail_open:
            return
        self._parts.detail.show()
        self._make_room()
        self._share()

    def close_detail(self) -> None:
        """Leave its place to the findings."""
        self._parts.detail.hide()
        self._align()

    def arrange(self) -> None:
        """Put the detail beside the table where there is room, below it otherwise."""
        is_wide = self.width() >= self._theme.scale(DETAIL_BESIDE_FROM_PX)
        wanted = BESIDE if is_wide else BELOW
        self._upper.setOrientation(wanted)
        self._make_room()
        self._share_height()
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        limit = self._theme.scale(DETAIL_BESIDE_FROM_PX)
        if (event.oldSize().width() >= limit) != (event.size().width() >= limit):
            self.arrange()
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the room again when it changes, be it by a strip above it."""
        if watched is self._right and event.type() is QEvent.Type.Resize:
            self._make_room()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Share the room once it is known."""
        super().showEvent(event)
        if not self._has_shown:
            self._has_shown = True
            is_wide = self.width() >= self._theme.scale(BOARD_DEFAULT_FROM_PX)
            board_px = self._theme.scale(DEFAULT_WIDTH_PX if is_wide else LEAST_WIDTH_PX)
            self._across.setSizes([board_px, max(self.width() - board_px, board_px)])
        self.arrange()

    def _compose(self) -> None:
        parts = self._parts  # the order of adding is the way of the Tab key
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(parts.top)
        column.addWidget(parts.problems)
        self._across.addWidget(parts.board)
        self._upper.addWidget(parts.findings)
        self._upper.addWidget(parts.detail)
        self._pages.addWidget(self._upper)
        self._pages.addWidget(parts.start)
        self._right.addWidget(self._pages)
        self._right.addWidget(parts.panel)
        self._across.addWidget(self._right)
        for splitter, growing in ((self._across, 1), (self._upper, 0), (self._right, 0)):
            splitter.setStretchFactor(growing, 1)
        column.addWidget(self._across, 1)
        column.addWidget(parts.status)

    def _share(self) -> None:
        """Give the detail the size it was moved to, else that of the design."""
        if self.is_detail_open and self._has_shown:
            scale, way, detail = self._theme.scale, self._upper.orientation(), self._parts.detail
            is_beside = self.is_detail_beside
            detail.setMinimumWidth(scale(DETAIL_LEAST_PX[BESIDE]) if is_beside else 0)
            detail.setMinimumHeight(0 if is_beside else scale(DETAIL_LEAST_PX[BELOW]))
            room = self._upper.width() if is_beside else self._upper.height()
            detail_px = self._detail_px.get(way, scale(DETAIL_PX[way]))
            self._upper.setSizes([max(room - detail_px, 1), detail_px])
        self._settle()

    def _share_height(self) -> None:
        """Give the panel its height; a splitter alone keeps the room of a closed one."""
        if self._has_shown:
            scale, height = self._theme.scale, self._right.height()
            is_closed = self._parts.panel.is_collapsed
            panel_px = scale(CLOSED_PX) if is_closed else self._panel_px or scale(OPEN_PX)
            self._right.setSizes([max(height - panel_px, 1), panel_px])

    def _keep_panel_size(self) -> None:
        if not self._parts.panel.is_collapsed:
            self._panel_px = self._right.sizes()[1]

    def _keep_detail_size(self) -> None:
        if self.is_detail_open:
            self._detail_px[self._upper.orientation()] = self._upper.sizes()[1]
        self._settle()

    def _settle(self) -> None:
        """Lay out what depends on the sizes of others."""
        is_sideways = not self.is_detail_beside and self._right.width() >= self._theme.scale(
            DETAIL_SIDEWAYS_FROM_PX
        )
        self._parts.detail.set_layout(BESIDE if is_sideways else BELOW)
        self._align()

    def _align(self) -> None:
        """Let top bar and panel continue the edges between them."""
        has_edge = self.is_detail_open and self.is_detail_beside and not self.is_start
        detail_px = self._upper.sizes()[1] if has_edge else 0
        self._parts.top.continue_edges(self._across.sizes()[0], detail_px)
        if has_edge:
            self._parts.panel.set_side_width(detail_px)

    # -- low windows --

    def _is_too_low(self) -> bool:
        """Whether detail and open panel would leave too little of the findings."""
        least = TABLE_LEAST_PX + DETAIL_LEAST_PX[BELOW] + OPEN_PX
        is_low = self._right.height() < self._theme.scale(least)
        return is_low and self.is_detail_open and not self.is_detail_beside

    def _make_room(self) -> None:
        if self._has_shown and self._is_too_low() and not self._parts.panel.is_collapsed:
            self._parts.panel.set_collapsed(True)

    def _take_panel(self, is_collapsed: bool) -> None:
        if not is_collapsed and self._is_too_low():
            self.close_detail()
        self._share_height()
