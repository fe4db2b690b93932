"""Text tabs with icons and counts; the open one has a line of the accent under it.

A real `QTabBar` underneath: arrow keys, and tabs for assistive technology. Source: look.md 5.
"""

import math
from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QToolButton, QWidget

from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import Part, RowCursor, fill, focus_ring, part_px
from heimdall_desktop.widgets.look.theme import Weight

TAB_PADDING_PX = 10  # at both sides: a bar 6 px from an edge has its first text 16 px from it
ICON_PX = 14
ICON_GAP_PX = 6
#: Paddings with and without counts, from the widest tabs to the narrowest.
FITTINGS = ((TAB_PADDING_PX, True), (8, True), (6, True), (4, True), (3, True), (3, False))
LEAST = FITTINGS[-1]
LEAST_PADDING_PX = LEAST[0]
COUNT_GAP_PX = 5
UNDERLINE_PX = 2
BAR_PX = 34


class _Tab(Struct):
    label: str
    icon: str
    count: str


class TabBar(QTabBar):
    """Paints its tabs; `currentChanged` reports the open one."""

    def __init__(
        self, name: str, *, height_px: int = BAR_PX, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._height_px = height_px
        self._tabs: list[_Tab] = []
        self._padding_px, self._has_counts = FITTINGS[0]
        self._marks_open = True
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for scroll_button in self.findChildren(QToolButton):  # the arrow keys reach every tab
            scroll_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._theme.changed.connect(self._lay_out)

    def add_tab(self, text: str, *, icon: str = "", count: str = "") -> int:
        self._tabs.append(_Tab(text, icon, count))
        index = self.addTab(text.replace("&", "&&"))
        self._lay_out()
        return index

    def set_label(self, index: int, text: str) -> None:
        if text != self._tabs[index].label:
            self._tabs[index].label = text
            self._lay_out()

    def set_count(self, index: int, count: str) -> None:
        """Show how many items a tab holds; nothing for an empty text."""
        if count != self._tabs[index].count:
            self._tabs[index].count = count
            self._lay_out()

    def mark_open(self, *, is_wanted: bool) -> None:
        """Draw the front tab as open; none is if all pages are collapsed."""
        self._marks_open = is_wanted
        self.update()

    def fit(self, width_px: int) -> int:
        """Bring the tabs closer together if they would not fit into a width.

        Counts are hidden last; assistive technology still gets them.

        Returns:
            The gap between a tab's edge and its text, in pixels.
        """
        fitting = next((each for each in FITTINGS if self._needed_px(*each) <= width_px), LEAST)
        if fitting != (self._padding_px, self._has_counts):
            self._padding_px, self._has_counts = fitting
            self._lay_out()
        return self._theme.scale(self._padding_px)

    def least_px(self) -> int:
        return self._needed_px(*LEAST)

    def _needed_px(self, padding_px: int, has_counts: bool) -> int:
        shown = (i for i in range(self.count()) if self.isTabVisible(i))
        return sum(self._tab_px(index, padding_px, has_counts) for index in shown)

    def _tab_px(self, index: int, padding_px: int, has_counts: bool) -> int:
        parts = self._parts(index, has_counts, Weight.SEMIBOLD)
        content = sum(part_px(self._theme, part) for part in parts)
        return math.ceil(content + 2 * self._theme.scale(padding_px))

    def tabSizeHint(self, index: int) -> QSize:
        width = self._tab_px(index, self._padding_px, self._has_counts)
        return QSize(width, self._theme.scale(self._height_px))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pass it to the parent: scrolling past the tabs must not switch them."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, padding = self._theme, self._theme.scale(self._padding_px)
        with QPainter(self) as painter:
            for index in filter(self.isTabVisible, range(self.count())):
                rect = QRectF(self.tabRect(index))
                content = rect.adjusted(padding, 0, -padding, 0)
                row = RowCursor(theme, painter, content, self.layoutDirection())
                is_open = self._marks_open and index == self.currentIndex()
                weight = Weight.SEMIBOLD if is_open else Weight.MEDIUM
                for part in self._parts(index, self._has_counts, weight, is_open=is_open):
                    row.part(part)
                if is_open:
                    height = theme.scale(UNDERLINE_PX)
                    bottom = QRectF(content.left(), rect.bottom() - height, content.width(), height)
                    fill(painter, bottom, theme.tokens.accent)
                if index == self.currentIndex() and self.hasFocus():
                    focus_ring(painter, rect.adjusted(2, 4, -2, -4), 4, theme)

    def _parts(
        self, index: int, has_counts: bool, weight: Weight, *, is_open: bool = False
    ) -> Iterator[Part]:
        tab, tokens = self._tabs[index], self._theme.tokens
        if tab.icon:
            yield Part(tab.icon, tokens.accent if is_open else tokens.muted, icon_px=ICON_PX)
        ink = tokens.text if is_open else tokens.muted
        if not self.isTabEnabled(index):
            ink = tokens.disabled
        gap_px = ICON_GAP_PX if tab.icon else 0
        yield Part(tab.label, ink, weight=weight, gap_px=gap_px)
        if tab.count and has_counts:
            yield Part(tab.count, tokens.muted, gap_px=COUNT_GAP_PX)

    def _lay_out(self) -> None:
        for index, tab in enumerate(self._tabs):
            self.setTabText(index, tab.label.replace("&", "&&"))  # makes Qt recalculate the sizes
            name = f"{tab.label}, {tab.count}" if tab.count else tab.label
            if name != self.accessibleTabName(index):  # is announced
                self.setAccessibleTabName(index, name)
        self.updateGeometry()
        self.update()
