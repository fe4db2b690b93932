"""The look of the whole application in one object: colours, fonts, icons, and when they change.

The main program creates one `Theme` and applies it to the application; a widget gets it from its
style (`theme_of`). Widgets repaint on `changed`; nothing is rebuilt. Source: look.md 2, 3, 7.
"""

import math
from collections.abc import Hashable
from enum import Enum
from pathlib import Path

from PySide6 import QtGui
from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QScrollBar, QToolTip

from heimdall_desktop.domain.facts import choices
from heimdall_desktop.models.filter_state import TableState
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT, Tokens, accented, high_contrast_tokens

SMALLEST_PT = 8.0  # look.md 3
REFERENCE_LINE_PX = 16.0  # all measures of look.md are given for this height of a body line
ICON_DENSITIES = (1.0, 1.25, 1.5, 2.0, 3.0)  # offered by a QIcon to menus and the window frame
WINDOW_ICON_PX = (16, 22, 24, 32, 48, 64, 128, 256)  # the sizes of a hicolor theme
MOST_WIDTHS, LONGEST_KEPT = 4000, 80  # widths of texts that are kept, and their characters
DARK_BELOW_LIGHTNESS = 128  # of the system's window colour, if the system names no scheme
_DIMMED = (
    QtGui.QPalette.ColorRole.WindowText,
    QtGui.QPalette.ColorRole.Text,
    QtGui.QPalette.ColorRole.ButtonText,
    QtGui.QPalette.ColorRole.PlaceholderText,
)


class Role(Enum):
    """The use of a text; the value is its size relative to the system font's."""

    __hash__ = object.__hash__  # a third of the time of Enum's own, for every drawn text

    MICRO = 0.85
    SMALL = 0.92
    MONO = 0.90
    BODY = 1.00
    TITLE = 1.23
    HEAD = 1.54


class Weight(Enum):
    """The weights in use. `MEDIUM` looks like `REGULAR` in families that lack it."""

    __hash__ = object.__hash__  # as above

    REGULAR = QtGui.QFont.Weight.Normal
    MEDIUM = QtGui.QFont.Weight.Medium
    SEMIBOLD = QtGui.QFont.Weight.DemiBold


ThemeMode = choices.ThemeMode

_SCHEMES = {
    ThemeMode.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeMode.LIGHT: Qt.ColorScheme.Light,
    ThemeMode.DARK: Qt.ColorScheme.Dark,
    ThemeMode.CONTRAST: Qt.ColorScheme.Unknown,
}


class Theme(QObject):
    """Owns the tokens in use, the fonts and the icons.

    No font family is set except the fixed-width one for code: the interface uses the system's font.
    Needs a running `QApplication`, which has the system's font and palette until `apply`.

    Args:
        resources: Its folder `icons` has the `.svg` files; an icon has the name of its file.
        mode: The user's choice.
        zoom: A factor on every size, 0.8 to 2.0 (behaviour.md 2.8).

    Attributes:
        pictures: Of what is painted again and again, for `painting.draw_once`.
    """

    changed = Signal()
    """Colours, fonts or measures have changed: lay out and paint again."""

    def __init__(
        self, resources: Path, mode: ThemeMode = ThemeMode.SYSTEM, *, zoom: float = 1.0
    ) -> None:
        super().__init__()
        self._app: QApplication | None = None
        self.mode = mode
        self._system_font = QApplication.font()
        self._system_palette = QtGui.QPalette(QApplication.palette())
        self._icons = resources / "icons"
        self._drawings: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, int, float], QtGui.QPixmap] = {}
        self.pictures: dict[Hashable, QtGui.QPixmap] = {}
        self.changed.connect(self.pictures.clear)
        points = self._system_font.pointSizeF()
        self._base_pt = points if points > 0 else QtGui.QFontInfo(self._system_font).pointSizeF()
        self._mono_family = QtGui.QFontDatabase.systemFont(
            QtGui.QFontDatabase.SystemFont.FixedFont
        ).family()
        self._use_zoom(zoom)
        self._are_dark_wanted: bool | None = None
        self._accent: tuple[float, float, float] | None = None
        self._is_contrast_wanted = False
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        if hasattr(hints, "accessibility"):
            hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)
        self.tokens = self._chosen_tokens()

    def set_mode(self, mode: ThemeMode) -> None:
        self.mode = mode
        if self._app is not None:
            self._app.styleHints().setColorScheme(_SCHEMES[mode])
        self._refresh()

    def follow_desktop(
        self,
        are_dark: bool | None,
        *,
        have_high_contrast: bool,
        accent: tuple[float, float, float] | None = None,
    ) -> None:
        """Follow a desktop setting that changed at run time, where Qt does not receive it.

        Args:
            are_dark: Whether the user prefers dark colours; None for no preference.
            have_high_contrast: Whether the user prefers more contrast.
            accent: The user's accent colour, red, green and blue from 0 to 1; None for ours.
        """
        self._are_dark_wanted, self._accent = are_dark, accent
        self._is_contrast_wanted = have_high_contrast
        self._follow_system()

    def set_zoom(self, zoom: float) -> None:
        """Scale fonts and measures together, by 0.8 to 2.0."""
        self._use_zoom(zoom)
        self._dress()
        self.changed.emit()
        for bar in (each for each in QApplication.allWidgets() if isinstance(each, QScrollBar)):
            bar.updateGeometry()  # the style has another width for it now

    def _use_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._fonts: dict[tuple[Role, Weight, bool, bool], QtGui.QFont] = {}
        self._metrics: dict[tuple[Role, Weight, bool], QtGui.QFontMetricsF] = {}
        self._widths: dict[tuple[str, Role, Weight, bool], float] = {}
        line_px = QtGui.QFontMetricsF(self._system_font).height()
        self._ratio = max(1.0, line_px / REFERENCE_LINE_PX) * zoom

    def apply(self, app: QApplication) -> None:
        self._app = app
        app.styleHints().setColorScheme(_SCHEMES[self.mode])
        self._dress()

    def font(
        self,
        role: Role = Role.BODY,
        weight: Weight = Weight.REGULAR,
        *,
        is_tabular: bool = False,
        is_struck: bool = False,
    ) -> QtGui.QFont:
        """Return a font, made once.

        Args:
            role: The use of the text.
            weight: How heavy it is.
            is_tabular: Give all figures one width. For numeric columns only, never for prose.
            is_struck: Strike the text through.
        """
        key = (role, weight, is_tabular, is_struck)
        if key in self._fonts:
            return self._fonts[key]
        font = QtGui.QFont(self._system_font)
        size_pt = max(SMALLEST_PT, round(self._base_pt * role.value * 2) / 2)
        font.setPointSizeF(size_pt * self._zoom)
        font.setWeight(weight.value)
        font.setStrikeOut(is_struck)
        if role is Role.MONO:
            font.setFamily(self._mono_family)
            font.setFixedPitch(True)
        elif is_tabular:
            font.setFeature(QtGui.QFont.Tag("tnum"), 1)
        self._fonts[key] = font
        return font

    def metrics(
        self, role: Role = Role.BODY, weight: Weight = Weight.REGULAR, *, is_tabular: bool = False
    ) -> QtGui.QFontMetricsF:
        key = (role, weight, is_tabular)
        if key not in self._metrics:
            self._metrics[key] = QtGui.QFontMetricsF(self.font(role, weight, is_tabular=is_tabular))
        return self._metrics[key]

    def text_width(
        self,
        text: str,
        role: Role = Role.BODY,
        weight: Weight = Weight.REGULAR,
        *,
        is_tabular: bool = False,
    ) -> float:
        key = (text, role, weight, is_tabular)
        width = self._widths.get(key)
        if width is None:
            width = self.metrics(role, weight, is_tabular=is_tabular).horizontalAdvance(text)
            if len(self._widths) >= MOST_WIDTHS:
                self._widths.clear()
            if len(text) <= LONGEST_KEPT:
                self._widths[key] = width
        return width

    def scale(self, px: float) -> int:
        """Return a measure of look.md in whole logical pixels for the font and zoom in use.

        A font with a lower line than the reference does not reduce the measures, so that a click
        target of 24 stays 24.
        """
        return round(px * self._ratio)

    def row_height(self, px: float, role: Role = Role.BODY) -> int:
        """Return the height of a row: its measure, but never less than its text and 8 px."""
        return max(self.scale(px), round(self.metrics(role).height()) + 8)

    def pixmap(
        self, name: str, size_px: int, colour: QtGui.QColor, density: float
    ) -> QtGui.QPixmap:
        """Return an icon as a square pixmap, rendered once. Source: look.md 7.

        Args:
            name: The icon's name, such as `ui-close`.
            size_px: Its edge in logical pixels.
            colour: Replaces `currentColor`; icons with their own colours ignore it.
            density: Device pixels for each logical pixel.

        Raises:
            FileNotFoundError: No icon has this name.
        """
        key = (name, size_px, colour.rgba(), density)
        if key in self._pixmaps:
            return self._pixmaps[key]
        if name not in self._drawings:
            self._drawings[name] = (self._icons / f"{name}.svg").read_text(encoding="utf-8")
        drawing = self._drawings[name].replace("currentColor", colour.name())
        edge = math.ceil(size_px * density)
        pixmap = QtGui.QPixmap(QSize(edge, edge))
        pixmap.fill(Qt.GlobalColor.transparent)
        with QtGui.QPainter(pixmap) as painter:
            painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
            QSvgRenderer(QByteArray(drawing.encode())).render(painter)
        pixmap.setDevicePixelRatio(density)
        self._pixmaps[key] = pixmap
        return pixmap

    def window_icon(self) -> QtGui.QIcon:
        """Return the icon of the program for window frames, switchers and task bars."""
        icon = QtGui.QIcon()
        for size_px in WINDOW_ICON_PX:
            name = "app-icon-16" if size_px == WINDOW_ICON_PX[0] else "app-icon"
            icon.addPixmap(self.pixmap(name, size_px, self.tokens.text, 1.0))
        return icon

    def icon(self, name: str, size_px: int = 16, colour: QtGui.QColor | None = None) -> QtGui.QIcon:
        """Return an icon for menus and window frames, in the muted ink by default.

        They choose size and state themselves.

        Raises:
            FileNotFoundError: No icon has this name.
        """
        icon, modes = QtGui.QIcon(), QtGui.QIcon.Mode
        inks = {modes.Normal: colour or self.tokens.muted, modes.Disabled: self.tokens.disabled}
        for density in ICON_DENSITIES:
            for mode, ink in inks.items():
                icon.addPixmap(self.pixmap(name, size_px, ink, density), mode)
        return icon

    def _chosen_tokens(self) -> Tokens:
        follows_system, hints = self.mode is ThemeMode.SYSTEM, QApplication.styleHints()
        has_contrast = self._is_contrast_wanted
        if hasattr(hints, "accessibility"):  # from Qt 6.10 on
            preference = hints.accessibility().contrastPreference()
            has_contrast |= preference is Qt.ContrastPreference.HighContrast
        if self.mode is ThemeMode.CONTRAST or (follows_system and has_contrast):
            return high_contrast_tokens(self._system_palette, self._are_dark_wanted)
        scheme = hints.colorScheme()
        if not follows_system:
            is_dark = self.mode is ThemeMode.DARK
        elif self._are_dark_wanted is not None:
            is_dark = self._are_dark_wanted
        elif scheme is Qt.ColorScheme.Unknown:
            is_dark = self._system_palette.window().color().lightness() < DARK_BELOW_LIGHTNESS
        else:
            is_dark = scheme is Qt.ColorScheme.Dark
        tokens = DARK if is_dark else LIGHT
        return accented(tokens, self._accent) if follows_system and self._accent else tokens

    def _follow_system(self) -> None:
        if self.mode in (ThemeMode.SYSTEM, ThemeMode.CONTRAST):
            self._refresh()

    def _refresh(self) -> None:
        tokens = self._chosen_tokens()
        if tokens != self.tokens:
            self.tokens = tokens
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        if self._app is None:
            return
        palette = make_palette(self.tokens)
        self._app.setFont(self.font())
        self._app.setPalette(palette)
        QToolTip.setPalette(palette)


def make_palette(tokens: Tokens) -> QtGui.QPalette:
    """Return the palette of a theme, disabled and inactive windows included."""
    palette, role = QtGui.QPalette(), QtGui.QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.field,
        role.AlternateBase: tokens.alt,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.faint,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.failed,
        role.ToolTipBase: tokens.inverse,
        role.ToolTipText: tokens.inverse_text,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Light: tokens.raised,
        role.Midlight: tokens.hover,
        role.Mid: tokens.hairline_strong,
        role.Dark: tokens.control,
        role.Shadow: tokens.hairline_strong,
    }
    for each, colour in colours.items():
        palette.setColor(each, colour)
    for each in _DIMMED:
        palette.setColor(QtGui.QPalette.ColorGroup.Disabled, each, tokens.disabled)
    inactive = QtGui.QPalette.ColorGroup.Inactive
    palette.setColor(inactive, role.Highlight, tokens.selection_inactive)
    palette.setColor(inactive, role.HighlightedText, tokens.text)
    return palette


class Zoom(QObject):
    """Applies the saved zoom, stored with the table layout, to the theme."""

    def __init__(self, theme: Theme, state: TableState) -> None:
        super().__init__(state)
        self._theme, self._state = theme, state
        self._zoom = 100
        state.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        zoom = self._state.table_layout.zoom
        if zoom != self._zoom:
            self._zoom = zoom
            self._theme.set_zoom(zoom / 100)
