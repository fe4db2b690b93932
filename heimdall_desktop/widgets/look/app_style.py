"""The style of the application: Fusion, except for our own scroll bars and menus.

It reads colours and measures from the theme on every drawing, so that a theme change needs only a
palette and a repaint. A style sheet on the application did the same, but all widgets were measured
again at every change: a fifth of a second. Source: look.md 7.

Qt queries a style a hundred times a frame. So nothing is overridden here that views query for each
of their rows, such as `drawPrimitive` and `styleHint`.
"""

import math
import re

from PySide6 import QtWidgets
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QIcon, QPainter, QPalette

from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.theme import Theme

# Draws the rows of menus: tick, icon, words, keys, and an arrow for a submenu.
#
# Ticks and icons have their own columns if a menu has any, so that all its words are aligned at
# the start; the keys are aligned at the end. Source: look.md 2 (raised, pressed), 4, 5.


MENU_INSET_PX = 5  # of all rows, the edge included
_ROW_PX = 26
_RADIUS_PX = 4
_SIDE_PX = 8
_ICON_PX = 16
_TICK_PX = 14
_GAP_PX = 8
_KEYS_GAP_PX = 24
_ARROW_PX = 12
_SEPARATOR_PX = 9
_Kind = QtWidgets.QStyleOptionMenuItem.MenuItemType


def draw_row(theme: Theme, item: QtWidgets.QStyleOptionMenuItem, painter: QPainter) -> None:
    tokens, rect = theme.tokens, QRectF(item.rect)
    painting.fill(painter, rect, tokens.raised)
    if item.menuItemType is _Kind.Separator:
        painting.horizontal_hairline(
            painter, rect.x(), rect.center().y(), rect.width(), tokens.hairline
        )
        return
    is_enabled = bool(item.state & QtWidgets.QStyle.StateFlag.State_Enabled)
    if is_enabled and item.state & QtWidgets.QStyle.StateFlag.State_Selected:
        painting.rounded_box(painter, rect, _RADIUS_PX, ground=tokens.pressed)
    ink = tokens.text if is_enabled else tokens.disabled
    row = painting.RowCursor(theme, painter, rect, item.direction)
    _draw_lead(theme, item, row, painter)
    row.skip_at_end(theme.scale(_SIDE_PX))
    if item.menuItemType is _Kind.SubMenu:
        arrow = tokens.muted if is_enabled else ink
        row.icon_at_end("ui-chevron-right", theme.scale(_ARROW_PX), arrow)
    words, keys = _parts(item.text)
    if keys:
        keys_px = QFontMetricsF(item.font).horizontalAdvance(keys)
        row.text_at_end(keys, keys_px + 1, item.font, tokens.muted if is_enabled else ink)
        row.skip_at_end(theme.scale(_GAP_PX))
    row.text(words, item.font, ink)


def _parts(text: str) -> tuple[str, str]:
    """Return words and keys of a row, with mnemonics as plain letters."""
    words, _, keys = text.partition("\t")
    return re.sub("&(.)", r"\1", words), keys


def _draw_lead(
    theme: Theme, item: QtWidgets.QStyleOptionMenuItem, row: painting.RowCursor, painter: QPainter
) -> None:
    is_enabled = bool(item.state & QtWidgets.QStyle.StateFlag.State_Enabled)
    row.skip(theme.scale(_SIDE_PX))
    if item.menuHasCheckableItems:
        if item.checked:
            ink = theme.tokens.text if is_enabled else theme.tokens.disabled
            row.icon("ui-check", theme.scale(_TICK_PX), ink)
        else:
            row.skip(theme.scale(_TICK_PX))
        row.skip(theme.scale(_GAP_PX))
    if item.maxIconWidth:
        edge = theme.scale(_ICON_PX)
        place = row.take(edge)
        mode = QIcon.Mode.Normal if is_enabled else QIcon.Mode.Disabled
        density = painter.device().devicePixelRatioF()
        pixmap = item.icon.pixmap(QSize(edge, edge), density, mode)
        if not pixmap.isNull():
            top = place.center().y() - edge / 2
            painting.draw_pixmap(painter, pixmap, QPointF(place.left(), top))
        row.skip(theme.scale(_GAP_PX))


_BAR_PX = 10
_HANDLE_LEAST_PX = 28
_HANDLE_GAP_PX = 2
_HANDLE_RADIUS_PX = 3
_TIP_INSET_PX = 7

_Metric, _Complex, _Control = (
    QtWidgets.QStyle.PixelMetric,
    QtWidgets.QStyle.ComplexControl,
    QtWidgets.QStyle.ControlElement,
)
_Part, _Contents = QtWidgets.QStyle.SubControl, QtWidgets.QStyle.ContentsType

_SCALED = {_Metric.PM_ScrollBarExtent: _BAR_PX, _Metric.PM_ScrollBarSliderMin: _HANDLE_LEAST_PX}
_FIXED = {
    _Metric.PM_MenuPanelWidth: 0,  # the edge is drawn with the space around the rows
    _Metric.PM_MenuHMargin: MENU_INSET_PX,
    _Metric.PM_MenuVMargin: MENU_INSET_PX,
    _Metric.PM_ToolTipLabelFrameWidth: _TIP_INSET_PX,
}


class AppStyle(QtWidgets.QProxyStyle):
    """Draws Qt's own widgets in our windows.

    Args:
        theme: Colours, measures and icons, read at every drawing.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self.theme = theme

    def polish(self, what: QtWidgets.QWidget | QtWidgets.QApplication | QPalette) -> None:  # type: ignore[override]
        super().polish(what)
        if isinstance(what, QtWidgets.QScrollBar):  # it has no ground of its own
            what.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=False)

    def pixelMetric(
        self,
        metric: QtWidgets.QStyle.PixelMetric,
        option: QtWidgets.QStyleOption | None = None,
        widget: QtWidgets.QWidget | None = None,
    ) -> int:
        if metric in _SCALED:
            return self.theme.scale(_SCALED[metric])
        if metric in _FIXED:
            return _FIXED[metric]
        return super().pixelMetric(metric, option, widget)

    def sizeFromContents(
        self,
        kind: QtWidgets.QStyle.ContentsType,
        option: QtWidgets.QStyleOption,
        size: QSize,
        widget: QtWidgets.QWidget | None = None,
    ) -> QSize:
        """Return the size of a menu's row without the width of the keys: Qt adds it for all."""
        item = option if isinstance(option, QtWidgets.QStyleOptionMenuItem) else None
        if kind is not _Contents.CT_MenuItem or item is None:
            return super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]  # may be None
        if item.menuItemType is _Kind.Separator:
            return QSize(size.width(), _SEPARATOR_PX)
        metrics = QFontMetricsF(item.font)
        words_px = math.ceil(metrics.horizontalAdvance(_parts(item.text)[0]))
        scale, side = self.theme.scale, self.theme.scale(_SIDE_PX)
        width = side + words_px  # lead, words and tail
        if item.menuHasCheckableItems:
            width += scale(_TICK_PX) + scale(_GAP_PX)
        if item.maxIconWidth:
            width += scale(_ICON_PX) + scale(_GAP_PX)
        if item.menuItemType is _Kind.SubMenu:
            width += scale(_KEYS_GAP_PX) + scale(_ARROW_PX) + side
        else:
            width += scale(_KEYS_GAP_PX if "\t" in item.text else _GAP_PX) + side
        return QSize(width, max(scale(_ROW_PX), math.ceil(metrics.height()) + 8))

    def drawControl(
        self,
        element: QtWidgets.QStyle.ControlElement,
        option: QtWidgets.QStyleOption,
        painter: QPainter,
        widget: QtWidgets.QWidget | None = None,
    ) -> None:
        if element is _Control.CE_MenuItem and isinstance(option, QtWidgets.QStyleOptionMenuItem):
            draw_row(self.theme, option, painter)
        elif element is _Control.CE_MenuEmptyArea and widget is not None:
            # the ground and the edge of a menu outside its rows
            density, menu = painter.device().devicePixelRatioF(), QRectF(widget.rect())
            thin = math.floor(density) / density
            painting.fill(painter, menu, self.theme.tokens.hairline_strong)
            inner = menu.adjusted(thin, thin, -thin, -thin)
            painting.fill(painter, inner, self.theme.tokens.raised)
        else:
            super().drawControl(element, option, painter, widget)

    def subControlRect(
        self,
        control: QtWidgets.QStyle.ComplexControl,
        option: QtWidgets.QStyleOptionComplex,
        part: QtWidgets.QStyle.SubControl,
        widget: QtWidgets.QWidget | None = None,
    ) -> QRect:
        if control is _Complex.CC_ScrollBar and isinstance(option, QtWidgets.QStyleOptionSlider):
            return self._bar_part(option, part)
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]  # may be None

    def drawComplexControl(
        self,
        control: QtWidgets.QStyle.ComplexControl,
        option: QtWidgets.QStyleOptionComplex,
        painter: QPainter,
        widget: QtWidgets.QWidget | None = None,
    ) -> None:
        if control is not _Complex.CC_ScrollBar or not isinstance(
            option, QtWidgets.QStyleOptionSlider
        ):
            super().drawComplexControl(control, option, painter, widget)
        elif option.maximum > option.minimum:
            is_touched = bool(option.activeSubControls & _Part.SC_ScrollBarSlider)
            tokens, gap = self.theme.tokens, _HANDLE_GAP_PX
            ground = tokens.control if is_touched else tokens.hairline_strong
            handle = QRectF(self._bar_part(option, _Part.SC_ScrollBarSlider))
            handle.adjust(gap, gap, -gap, -gap)
            painting.rounded_box(painter, handle, _HANDLE_RADIUS_PX, ground=ground)

    # -- scroll bars: a handle and the two sides of it, no arrows --

    def _bar_part(
        self, bar: QtWidgets.QStyleOptionSlider, part: QtWidgets.QStyle.SubControl
    ) -> QRect:
        """Return the place of a part; the handle's length is the share of the page in the whole."""
        whole, reach = bar.rect, bar.maximum - bar.minimum
        is_vertical = bar.orientation is Qt.Orientation.Vertical
        length = whole.height() if is_vertical else whole.width()
        start, handle = 0, length
        if reach > 0:
            least = min(length, self.theme.scale(_HANDLE_LEAST_PX))
            handle = max(least, length * bar.pageStep // (reach + bar.pageStep))
            start = QtWidgets.QStyle.sliderPositionFromValue(
                bar.minimum, bar.maximum, bar.sliderPosition, length - handle, bar.upsideDown
            )
        end = start + handle
        spans = {
            _Part.SC_ScrollBarGroove: (0, length),
            _Part.SC_ScrollBarSlider: (start, handle),
            _Part.SC_ScrollBarSubPage: (0, start),
            _Part.SC_ScrollBarAddPage: (end, length - end),
        }
        if part not in spans:
            return QRect()
        begin, size = spans[part]
        if is_vertical:
            return QRect(whole.left(), whole.top() + begin, whole.width(), size)
        rect = QRect(whole.left() + begin, whole.top(), size, whole.height())
        return QtWidgets.QStyle.visualRect(bar.direction, whole, rect)


def dress(app: QtWidgets.QApplication, theme: Theme) -> None:
    """Set our style, palette, font and icon for an application. Call before any widget."""
    app.setStyle(AppStyle(theme))
    app.setWindowIcon(theme.window_icon())
    theme.apply(app)


def theme_of(widget: QtWidgets.QWidget) -> Theme:
    """Return the theme of a widget, which it gets from its style, as Qt's own widgets do.

    Raises:
        TypeError: The application was not dressed before its first widget.
    """
    style = widget.style()
    if not isinstance(style, AppStyle):
        raise TypeError("dress the application before its first widget")
    return style.theme
