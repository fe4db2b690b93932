"""The look of the whole application in one object: colours, fonts, icons, and when they change.

The main program creates one `Theme` and applies it to the application; a widget gets it from its
style (`theme_of`). Widgets repaint on `changed`; nothing is rebuilt. Source: design.md §2, §3, §7.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QScrollBar, QToolTip

from heimdall_desktop.domain.facts import choices
from heimdall_desktop.models.filter_state import TableState
from heimdall_desktop.widgets.look.fonts import Fonts, Role, Weight
from heimdall_desktop.widgets.look.tokens import (
    DARK,
    LIGHT,
    Tokens,
    high_contrast_tokens,
    luminance,
)

# Renders the application's SVG icons in any colour, size and pixel density.
#
# The drawings use `currentColor`; it is replaced before rendering, so that one file works for every
# role in both themes. Source: design.md §7.


ICON_DENSITIES = (1.0, 1.25, 1.5, 2.0, 3.0)  # offered by a QIcon to menus and the window frame


class Icons:
    """The icons of one folder, each pixmap rendered once.

    Args:
        folder: Contains the `.svg` files; an icon's name is its file's name without the ending.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}

    def pixmap(self, name: str, size_px: int, colour: QColor, density: float) -> QPixmap:
        """Return an icon as a square pixmap.

        Args:
            name: The icon's name, such as `ui-close`.
            size_px: Its edge in logical pixels.
            colour: Replaces `currentColor`; icons with their own colours ignore it.
            density: Device pixels for each logical pixel.

        Raises:
            FileNotFoundError: No icon has this name.
        """
        key = (name, size_px, colour.rgba(), density)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._render(name, size_px, colour, density)
        return self._pixmaps[key]

    def icon(self, name: str, size_px: int, colour: QColor, disabled: QColor) -> QIcon:
        """Return an icon for menus and window frames, which choose size and state themselves.

        Raises:
            FileNotFoundError: No icon has this name.
        """
        icon = QIcon()
        for density in ICON_DENSITIES:
            for mode, tint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
                icon.addPixmap(self.pixmap(name, size_px, tint, density), mode)
        return icon

    def _render(self, name: str, size_px: int, colour: QColor, density: float) -> QPixmap:
        source = self._source(name).replace("currentColor", colour.name())
        renderer = QSvgRenderer(QByteArray(source.encode()))
        edge = math.ceil(size_px * density)
        pixmap = QPixmap(QSize(edge, edge))
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            renderer.render(painter)
        pixmap.setDevicePixelRatio(density)
        return pixmap

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return self._sources[name]


__all__ = ["Role", "Theme", "ThemeMode", "Weight"]

DARK_BELOW_LIGHTNESS = 128  # of the system's window colour, if the system names no scheme
_DIMMED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.PlaceholderText,
)


ThemeMode = choices.ThemeMode

_SCHEMES = {
    ThemeMode.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeMode.LIGHT: Qt.ColorScheme.Light,
    ThemeMode.DARK: Qt.ColorScheme.Dark,
    ThemeMode.CONTRAST: Qt.ColorScheme.Unknown,
}


class Theme(QObject):
    """Owns the tokens in use, the fonts and the icons.

    Needs a running `QApplication`, which has the system's font and palette until `apply`.

    Args:
        resources: The folder that contains `icons/`.
        mode: The user's choice.
    """

    changed = Signal()
    """Colours, fonts or measures have changed: lay out and paint again."""

    def __init__(
        self,
        resources: Path,
        mode: ThemeMode = ThemeMode.SYSTEM,
        *,
        zoom: float = 1.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app: QApplication | None = None
        self._mode = mode
        self._system_font = QApplication.font()
        self._system_palette = QPalette(QApplication.palette())
        self._icons = Icons(resources / "icons")
        self._fonts = Fonts(self._system_font, zoom)
        self._are_dark_wanted: bool | None = None
        self._is_contrast_wanted = False
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        _on_contrast_changed(self._follow_system)
        self._tokens = self._chosen_tokens()

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._tokens

    @property
    def is_dark(self) -> bool:
        """Whether texts are light on dark grounds, chosen or from the system."""
        return luminance(self._tokens.surface) < luminance(self._tokens.text)

    @property
    def mode(self) -> ThemeMode:
        """The user's choice."""
        return self._mode

    def set_mode(self, mode: ThemeMode) -> None:
        """Choose a theme, for all widgets at once."""
        self._mode = mode
        if self._app is not None:
            self._app.styleHints().setColorScheme(_SCHEMES[mode])
        self._refresh()

    def follow_desktop(self, are_dark: bool | None, *, have_high_contrast: bool) -> None:
        """Follow a desktop setting that changed at run time, where Qt does not receive it.

        Args:
            are_dark: Whether the user prefers dark colours; None for no preference.
            have_high_contrast: Whether the user prefers more contrast.
        """
        self._are_dark_wanted = are_dark
        self._is_contrast_wanted = have_high_contrast
        self._follow_system()

    def set_zoom(self, zoom: float) -> None:
        """Scale fonts and measures together, by 0.8 to 2.0."""
        self._fonts = Fonts(self._system_font, zoom)
        self._change()
        for bar in (each for each in QApplication.allWidgets() if isinstance(each, QScrollBar)):
            bar.updateGeometry()  # the style has another width for it now

    def apply(self, app: QApplication) -> None:
        """Give the application our palette and font."""
        self._app = app
        app.styleHints().setColorScheme(_SCHEMES[self._mode])
        self._dress()

    def font(
        self,
        role: Role = Role.BODY,
        weight: Weight = Weight.REGULAR,
        *,
        is_tabular: bool = False,
        is_struck: bool = False,
    ) -> QFont:
        """Return a font by its role; see `Fonts.font`."""
        return self._fonts.font(role, weight, is_tabular=is_tabular, is_struck=is_struck)

    def metrics(
        self, role: Role = Role.BODY, weight: Weight = Weight.REGULAR, *, is_tabular: bool = False
    ) -> QFontMetricsF:
        """Return the measures of a font, in logical pixels."""
        return self._fonts.metrics(role, weight, is_tabular=is_tabular)

    def text_width(
        self,
        text: str,
        role: Role = Role.BODY,
        weight: Weight = Weight.REGULAR,
        *,
        is_tabular: bool = False,
    ) -> float:
        """Return the width of one line of text, in logical pixels."""
        return self.metrics(role, weight, is_tabular=is_tabular).horizontalAdvance(text)

    def scale(self, px: float) -> int:
        """Return a measure of design.md in whole logical pixels for the font and zoom in use."""
        return self._fonts.scale(px)

    def row_height(self, px: float, role: Role = Role.BODY) -> int:
        """Return the height of a row: its measure, but never less than its text and 8 px."""
        return max(self.scale(px), round(self.metrics(role).height()) + 8)

    def pixmap(self, name: str, size_px: int, colour: QColor, density: float) -> QPixmap:
        """Return an icon for painting; see `Icons.pixmap`."""
        return self._icons.pixmap(name, size_px, colour, density)

    def icon(self, name: str, size_px: int = 16, colour: QColor | None = None) -> QIcon:
        """Return an icon for menus and window frames, in the muted ink by default."""
        return self._icons.icon(
            name, size_px, colour or self._tokens.muted, disabled=self._tokens.disabled
        )

    def _chosen_tokens(self) -> Tokens:
        if self._mode is ThemeMode.CONTRAST or self._follows_high_contrast():
            return high_contrast_tokens(self._system_palette, self._are_dark_wanted)
        return DARK if self._wants_dark() else LIGHT

    def _follows_high_contrast(self) -> bool:
        return self._mode is ThemeMode.SYSTEM and (self._is_contrast_wanted or _wants_contrast())

    def _wants_dark(self) -> bool:
        if self._mode is not ThemeMode.SYSTEM:
            return self._mode is ThemeMode.DARK
        if self._are_dark_wanted is not None:
            return self._are_dark_wanted
        scheme = QApplication.styleHints().colorScheme()
        if scheme is Qt.ColorScheme.Unknown:
            return self._system_palette.window().color().lightness() < DARK_BELOW_LIGHTNESS
        return scheme is Qt.ColorScheme.Dark

    def _follow_system(self) -> None:
        if self._mode in (ThemeMode.SYSTEM, ThemeMode.CONTRAST):
            self._refresh()

    def _refresh(self) -> None:
        tokens = self._chosen_tokens()
        if tokens == self._tokens:
            return
        self._tokens = tokens
        self._change()

    def _change(self) -> None:
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        if self._app is None:
            return
        palette = make_palette(self._tokens)
        self._app.setFont(self.font())
        self._app.setPalette(palette)
        QToolTip.setPalette(palette)


def _wants_contrast() -> bool:
    """Return whether the system requests more contrast; Qt knows it from 6.10 on."""
    hints = QApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def _on_contrast_changed(act: Callable[[], None]) -> None:
    hints = QApplication.styleHints()
    if hasattr(hints, "accessibility"):
        hints.accessibility().contrastPreferenceChanged.connect(act)


def make_palette(tokens: Tokens) -> QPalette:
    """Return the palette of a theme, disabled and inactive windows included."""
    palette = QPalette()
    for role, colour in _roles(tokens).items():
        palette.setColor(role, colour)
    for role in _DIMMED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, tokens.disabled)
    inactive = QPalette.ColorGroup.Inactive
    palette.setColor(inactive, QPalette.ColorRole.Highlight, tokens.selection_inactive)
    palette.setColor(inactive, QPalette.ColorRole.HighlightedText, tokens.text)
    return palette


def _roles(tokens: Tokens) -> dict[QPalette.ColorRole, QColor]:
    role = QPalette.ColorRole
    return {
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


# Keeps the whole window at the chosen size, at once and across sessions.


class Zoom(QObject):
    """Applies the saved zoom, stored with the table layout, to the theme.

    Args:
        theme: Scales fonts and measures.
        state: Stores the zoom.
    """

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
