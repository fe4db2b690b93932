"""Text tabs with icons and counts; the open one has a line of the accent under it.

A real `QTabBar` underneath: arrow keys, and tabs for assistive technology. Source: design.md §5.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QToolButton, QWidget

from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, fill, focus_ring
from heimdall_desktop.widgets.look.theme import Role, Weight

TAB_PADDING_PX = 10  # at both sides: a bar 6 px from an edge has its first text 16 px from it
ICON_PX = 14
ICON_GAP_PX = 6
#: Paddings with and without counts, from the widest tabs to the narrowest.
FITTINGS = ((TAB_PADDING_PX, True), (8, True), (6, True), (4, True), (3, True), (3, False))
LEAST_PADDING_PX = FITTINGS[-1][0]
COUNT_GAP_PX = 5
UNDERLINE_PX = 2
BAR_PX = 34


class TabBar(QTabBar):
    """Paints its tabs; `currentChanged` reports the open one.

    Args:
        name: The purpose of the tabs, for assistive technology.
        height_px: Before scaling.
        parent: Its owner.
    """

    def __init__(
        self, name: str, *, height_px: int = BAR_PX, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._height_px = height_px
        self._icons: list[str] = []
        self._labels: list[str] = []
        self._counts: list[str] = []
        self._padding_px, self._has_counts = TAB_PADDING_PX, True
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
        """Append a tab and return its index."""
        self._labels.append(text)
        self._icons.append(icon)
        self._counts.append(count)
        index = self.addTab(text.replace("&", "&&"))
        self._name(index)
        return index

    def set_label(self, index: int, text: str) -> None:
        """Rename a tab."""
        self._labels[index] = text
        self._name(index)
        self._lay_out()

    def set_count(self, index: int, count: str) -> None:
        """Show how many items a tab holds; nothing for an empty text."""
        self._counts[index] = count
        self._name(index)
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
        known = (self._padding_px, self._has_counts)
        for self._padding_px, self._has_counts in FITTINGS:
            if self._needed_px() <= width_px:
                break
        if known != (self._padding_px, self._has_counts):
            self._lay_out()
        return self._theme.scale(self._padding_px)

    def least_px(self) -> int:
        """Return the width of the tabs at their smallest padding."""
        known = (self._padding_px, self._has_counts)
        self._padding_px, self._has_counts = FITTINGS[-1]
        needed = self._needed_px()
        self._padding_px, self._has_counts = known
        return needed

    def _needed_px(self) -> int:
        padding = 2 * self._theme.scale(self._padding_px)
        shown = [i for i in range(self.count()) if self.isTabVisible(i)]
        return sum(math.ceil(self._content_width(i) + padding) for i in shown)

    def tabSizeHint(self, index: int) -> QSize:
        width = self._content_width(index) + 2 * self._theme.scale(self._padding_px)
        return QSize(math.ceil(width), self._theme.scale(self._height_px))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pass it to the parent: scrolling past the tabs must not switch them."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            for index in range(self.count()):
                if self.isTabVisible(index):
                    self._draw_tab(painter, index, QRectF(self.tabRect(index)))

    def _draw_tab(self, painter: QPainter, index: int, rect: QRectF) -> None:
        theme, padding = self._theme, self._theme.scale(self._padding_px)
        is_in_front = index == self.currentIndex()
        is_open = is_in_front and self._marks_open
        content = rect.adjusted(padding, 0, -padding, 0)
        row = RowCursor(theme, painter, content, self.layoutDirection())
        if self._icons[index]:
            icon_ink = theme.tokens.accent if is_open else theme.tokens.muted
            row.icon(self._icons[index], theme.scale(ICON_PX), icon_ink)
            row.skip(theme.scale(ICON_GAP_PX))
        font = theme.font(Role.SMALL, Weight.SEMIBOLD if is_open else Weight.MEDIUM)
        row.text(self._labels[index], font, self._ink(index, is_open))
        if self._counts[index] and self._has_counts:
            row.skip(theme.scale(COUNT_GAP_PX))
            row.text(self._counts[index], theme.font(Role.SMALL), theme.tokens.muted)
        if is_open:
            height = theme.scale(UNDERLINE_PX)
            bottom = QRectF(content.left(), rect.bottom() - height, content.width(), height)
            fill(painter, bottom, theme.tokens.accent)
        if is_in_front and self.hasFocus():
            focus_ring(painter, rect.adjusted(2, 4, -2, -4), 4, theme)

    def _ink(self, index: int, is_open: bool) -> QColor:
        tokens = self._theme.tokens
        if not self.isTabEnabled(index):
            return tokens.disabled
        return tokens.text if is_open else tokens.muted

    def _content_width(self, index: int) -> float:
        theme = self._theme
        width = theme.text_width(self._labels[index], Role.SMALL, Weight.SEMIBOLD) + 1
        if self._icons[index]:
            width += theme.scale(ICON_PX + ICON_GAP_PX)
        if self._counts[index] and self._has_counts:
            width += theme.scale(COUNT_GAP_PX)
            width += theme.text_width(self._counts[index], Role.SMALL) + 1
        return width

    def _name(self, index: int) -> None:
        label, count = self._labels[index], self._counts[index]
        self.setAccessibleTabName(index, f"{label}, {count}" if count else label)

    def _lay_out(self) -> None:
        for index, label in enumerate(self._labels):
            self.setTabText(index, label.replace("&", "&&"))  # makes Qt recalculate the sizes
        self.updateGeometry()
        self.update()
