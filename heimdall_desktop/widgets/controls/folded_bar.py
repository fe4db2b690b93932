"""What is left of a part of the window that is folded away: a bar that opens it again.

Source: ux.md §2.1 (all splits collapse to a bar that can be reopened with one key).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from heimdall_desktop.widgets.controls.buttons import GhostIconButton
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE, command_key_text
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Ground, Tone

UPRIGHT_PX = 40
LYING_PX = 28
BUTTON_PX = 24
MARGIN_PX = 8


class FoldedBar(Pane):
    """A button, and lying also the name and the key; a click anywhere opens.

    Args:
        icon: Of the part.
        name: What the part is called.
        open_words: What the button does.
        key: The key that does the same.
        ground: What it stands on.
        parent: Its owner.
    """

    opened = Signal()
    """The part shall come back."""

    def __init__(
        self,
        icon: str,
        name: str,
        open_words: str,
        key: str,
        ground: Ground = Ground.SURFACE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground, is_strong=True, parent=parent)
        self._orientation = Qt.Orientation.Vertical
        self._button = GhostIconButton(icon, open_words, key=key, height_px=BUTTON_PX, parent=self)
        self._button.clicked.connect(self.opened)
        self._name = Label(name, Role.SMALL, tone=Tone.MUTED, parent=self)
        self._command_key = key
        self._key = Label("", Role.MICRO, tone=Tone.FAINT, parent=self)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.addWidget(self._button)
        self._row.addWidget(self._name)
        self._row.addStretch(1)
        self._row.addWidget(self._key)
        KEYS_IN_USE.changed.connect(self._show_key)
        self._show_key()
        self._measure()

    def lie(self, orientation: Qt.Orientation, edges: Edge) -> None:
        """Stand upright beside the others, or lie below them; with a line where they begin."""
        self._orientation = orientation
        self.set_edges(edges)
        self._measure()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open, wherever the click was."""
        is_inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and is_inside:
            self.opened.emit()

    def _show_key(self) -> None:
        self._key.setText(command_key_text(self._command_key))

    def _measure(self) -> None:
        scale, directions = self._theme.scale, QBoxLayout.Direction
        is_upright = self._orientation is Qt.Orientation.Vertical
        self._row.setDirection(directions.TopToBottom if is_upright else directions.LeftToRight)
        margin = scale(MARGIN_PX)
        self._name.setVisible(not is_upright)
        self._key.setVisible(not is_upright)
        unlimited = 16_777_215  # QWIDGETSIZE_MAX, which PySide6 does not export
        self.setMinimumSize(0, 0)
        self.setMaximumSize(unlimited, unlimited)
        if is_upright:
            self._row.setContentsMargins(margin, margin, margin, margin)
            self.setFixedWidth(scale(UPRIGHT_PX))
        else:
            self._row.setContentsMargins(margin + scale(4), 1, 2 * margin, 0)
            self.setFixedHeight(scale(LYING_PX))
