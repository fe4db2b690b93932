"""Chips: toggles of the row under the filter, with a severity's shape or an icon, and a count.

Source: look.md 5 (Chips).
"""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, ToggleButton
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.painting import Part
from heimdall_desktop.widgets.look.theme import Weight

SHAPE_PX = 12
SHAPE_GAP_PX = 5
ICON_PX = 14
COUNT_GAP_PX = 6


class Chip(ToggleButton):
    """A toggle with a word and an optional count; with a menu it only opens the menu.

    Args:
        severity: Shows this severity's shape before the word.
        icon: Shows this icon before the word if there is no severity.
        has_menu: Show an arrow; only `setChecked` then switches the chip on or off.
    """

    def __init__(
        self,
        text: str,
        *,
        severity: Severity | None = None,
        icon: str = "",
        has_menu: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, icon=icon, has_menu=has_menu, height_px=SMALL_PX, parent=parent)
        self._severity, self._count, self._is_on = severity, "", False
        self._badges = Badges(self._theme, self)
        self.setCheckable(not has_menu)  # a chip that only opens a menu is not a check box

    def set_count(self, count: int | None) -> None:
        """Show how many findings it covers; None shows nothing."""
        self._count = "" if count is None else grouped(count)
        self.setAccessibleName(f"{self.label}, {self._count}" if self._count else self.label)
        self._refresh()

    def isChecked(self) -> bool:
        return self._is_on if self._has_menu else super().isChecked()

    def setChecked(self, is_on: bool) -> None:
        """Show it on or off; assistive technology is notified for chips with a menu as well."""
        super().setChecked(is_on)
        if self._has_menu and is_on != self._is_on:
            self._is_on = is_on
            self.setAccessibleDescription(tr("on") if is_on else "")
            self.update()

    def _parts(self) -> Iterator[Part]:
        tokens, gap_px = self._theme.tokens, SHAPE_GAP_PX
        if self._severity is not None:
            yield Part("", tokens.muted, icon_px=SHAPE_PX)
        elif self._icon:
            ink = tokens.accent if self.isChecked() else tokens.muted
            yield Part(self._icon, ink, icon_px=ICON_PX)
        else:
            gap_px = 0
        yield Part(self.label, self._ink(), weight=Weight.MEDIUM, gap_px=gap_px)
        if self._count:
            yield Part(self._count, self._key_ink(), gap_px=COUNT_GAP_PX)
        if self._has_menu:
            yield self._arrow()

    def _draw_content(self, painter: QPainter, rect: QRectF) -> None:
        super()._draw_content(painter, rect)
        if self._severity is not None:
            row = self._content_row(painter, rect)
            edge = self._theme.scale(SHAPE_PX)
            place = row.take(edge)
            top_left = QPointF(place.left(), place.center().y() - edge / 2)
            self._badges.draw_shape(painter, self._severity, top_left, edge)

    def _radius(self) -> float:
        return self.height() / 2

    def _key_ink(self) -> QColor:
        """Return the text colour on the soft accent, where muted is too faint."""
        return self._ink() if self.isChecked() else super()._key_ink()


class FlowLayout(QLayout):
    """Lays small parts side by side, and continues in a new line at the end of the width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(item)

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index] if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._parts.pop(index) if 0 <= index < len(self._parts) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), is_moving=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, is_moving=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for part in self._parts:
            size = size.expandedTo(part.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, is_moving: bool) -> int:
        widget = self.parentWidget()
        mirrors = widget is not None and widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, top, line_height = 0, rect.top(), 0
        for part in self._parts:
            if part.isEmpty():
                continue
            size = part.sizeHint().boundedTo(QSize(max(1, rect.width()), part.sizeHint().height()))
            if left and left + size.width() > rect.width():
                left, top, line_height = 0, top + line_height, 0
            if is_moving:
                x = rect.right() + 1 - left - size.width() if mirrors else rect.left() + left
                part.setGeometry(QRect(QPoint(x, top), size))
            left += size.width() + self.spacing()
            line_height = max(line_height, size.height())
        return top + line_height - rect.top()
