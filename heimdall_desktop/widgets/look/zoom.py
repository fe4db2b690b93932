"""Keeps the whole window at the chosen size, at once and from session to session."""

from PySide6.QtCore import QObject

from heimdall_desktop.models.table_state import TableState
from heimdall_desktop.widgets.look.theme import Theme


class Zoom(QObject):
    """Takes the size that is kept with the looks of the table over to the theme.

    Args:
        theme: Scales fonts and measures.
        state: Where the size is kept.
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
