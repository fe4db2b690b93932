"""A row that does something: icon, what it does, what that means, and an arrow."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from heimdall_desktop.widgets.controls.buttons import PaintedButton
from heimdall_desktop.widgets.look.painting import fill, focus_ring, horizontal_hairline
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

ROW_PX = 56
ICON_PX = 18
INDENT_PX = 36
ARROW_PX = 16
RADIUS_PX = 6


class ActionRow(PaintedButton):
    """A wide button of two lines with a hairline below.

    Args:
        theme: The look.
        icon: Its icon.
        text: What it does.
        detail: What that means.
        parent: The owner.
    """

    def __init__(
        self, theme: Theme, icon: str, text: str, detail: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, text, icon=icon, height_px=ROW_PX, parent=parent)
        self._detail = detail
        self.setAccessibleDescription(detail)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def detail(self) -> str:
        """The line below."""
        return self._detail

    def set_detail(self, detail: str) -> None:
        """Say something else in the line below."""
        self._detail = detail
        self.setAccessibleDescription(detail)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(320), self._theme.scale(self._height_px))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.scale(200), self._theme.scale(self._height_px))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            if self._is_active():
                fill(painter, rect, tokens.pressed if self.isDown() else tokens.hover)
            ink = tokens.accent if self.isEnabled() else tokens.disabled
            row = RowCursor(theme, painter, rect, self.layoutDirection())
            row.skip(theme.scale(2))
            row.icon(self._icon, theme.scale(ICON_PX), ink)
            row.skip_at_end(theme.scale(4))
            row.icon_at_end("ui-chevron-right", theme.scale(ARROW_PX), tokens.muted)
            self._draw_lines(painter, rect)
            horizontal_hairline(painter, 0, rect.height() - 1, rect.width(), tokens.hairline)
            if self.hasFocus():
                focus_ring(painter, rect.adjusted(0, 1, 0, -2), theme.scale(RADIUS_PX), theme)

    def _draw_lines(self, painter: QPainter, rect: QRectF) -> None:
        theme, tokens = self._theme, self._theme.tokens
        name = theme.font(Role.BODY, Weight.SEMIBOLD)
        heights = [theme.metrics(role).height() for role in (Role.BODY, Role.SMALL)]
        gap = theme.scale(2)
        top = rect.top() + (rect.height() - sum(heights) - gap) / 2
        looks = (
            (self._label, name, tokens.text if self.isEnabled() else tokens.disabled),
            (self._detail, theme.font(Role.SMALL), tokens.muted),
        )
        for height, (text, font, ink) in zip(heights, looks, strict=True):
            line = QRectF(rect.left(), top, rect.width(), height)
            row = RowCursor(theme, painter, line, self.layoutDirection())
            row.skip(theme.scale(INDENT_PX))
            row.skip_at_end(theme.scale(ARROW_PX + 8))
            row.text(text, font, ink)
            top += height + gap
