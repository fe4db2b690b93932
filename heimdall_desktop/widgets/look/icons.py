"""Renders the application's SVG icons in any colour, size and pixel density.

The drawings use `currentColor`; it is replaced before rendering, so that one file serves every
role in both themes. Source: design.md §7.
"""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

ICON_DENSITIES = (1.0, 1.25, 1.5, 2.0, 3.0)  # what a QIcon offers to menus and the window frame


class Icons:
    """The icons of one folder, each pixmap rendered once.

    Args:
        folder: Where the `.svg` files are; an icon's name is its file's name without the ending.
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
            colour: What replaces `currentColor`; icons with colours of their own ignore it.
            density: Device pixels for each logical pixel.

        Raises:
            FileNotFoundError: No icon has this name.
        """
        key = (name, size_px, colour.rgba(), density)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._render(name, size_px, colour, density)
        return self._pixmaps[key]

    def icon(self, name: str, size_px: int, colour: QColor, disabled: QColor) -> QIcon:
        """Return an icon for menus and window frames, which pick size and state themselves.

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
