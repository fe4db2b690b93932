"""The command palette: finds every command of the window by a few letters.

It covers the window and has the keyboard until a command runs or Escape is pressed. Then focus
returns to where it was. Source: behaviour.md feature 35; look.md 5 ("Palette"), picture 7b.
"""

from __future__ import annotations

import json

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from heimdall_desktop.application.memory.window_memory import WindowMemory
from heimdall_desktop.models.palette_model import LINE_ROLE, PaletteModel
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.controls.focus import KeyPrecedence
from heimdall_desktop.widgets.controls.key_names import key_text
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.look.painting import fill, rounded_box
from heimdall_desktop.widgets.palette.palette_card import PaletteCard
from heimdall_desktop.widgets.window.window_actions import WindowActions

KEYS = "Ctrl+K"
TOP_PX = 140
LEAST_TOP_PX, SIDE_PX = 24, 16  # margin around it in a small window
SHADOW_RADIUS_PX = 10
SHADOWS_PX = (3, 7, 12)  # how far each of the three faint rectangles reaches
MEMORY_NAME = "palette"
MOST_REMEMBERED = 20


class Palette(MeasuredWidget):
    """Covers the window while it is open.

    Args:
        actions: The commands.
        memory: Keeps recently used commands.
        window: The window it covers.
    """

    def __init__(self, actions: WindowActions, memory: WindowMemory, window: QWidget) -> None:
        super().__init__(window)
        self._actions, self._memory = actions, memory
        self.before: QWidget | None = None
        self._model = PaletteModel(key_text, self)
        self._card = PaletteCard(self._model, self)
        self.setObjectName("palette")
        self._card.edit.textEdited.connect(self._search)
        self._card.list.index_chosen.connect(self._run)
        self._card.edit.installEventFilter(self)
        window.installEventFilter(self)
        self._precedence = KeyPrecedence(KEYS, window)
        self.hide()

    def open(self) -> None:
        """Show all other commands; if already open, its keys select the typed text."""
        if self.isVisible():
            self._card.edit.selectAll()
            return
        self.before = QApplication.focusWidget()
        others = [command for command in self._actions.commands() if command.act != self.open]
        self._model.take(others, self._recent())
        self._card.begin()
        self._card.show_count(self._model.count, self._model.count)
        self._measure()
        self.show()
        self.raise_()
        self._card.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._card.go_to(self._model.step(-1, 1))

    def close_again(self) -> None:
        """Close without running anything."""
        self.hide()
        if self.before is not None and self.before.isVisible():
            self.before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.before = None

    # -- typed text and choice --

    def _search(self, wanted: str) -> None:
        self._model.search(wanted)
        self._card.show_count(self._model.shown, self._model.count)
        self._card.go_to(self._model.step(-1, 1))
        self._measure()

    def _run(self, index: QModelIndex) -> None:
        command: Command | str | None = index.data(LINE_ROLE)
        if not isinstance(command, Command) or command.obstacle():
            return
        ids = [command.id, *(id_ for id_ in self._recent() if id_ != command.id)]
        self._memory.keep(MEMORY_NAME, json.dumps(ids[:MOST_REMEMBERED]))
        self.close_again()
        self._actions.run(command)

    def _recent(self) -> list[str]:
        """Return the ids of recently used commands; a damaged memory has none."""
        try:
            kept = json.loads(self._memory.text(MEMORY_NAME) or "[]")
        except (ValueError, RecursionError):
            return []
        ids = kept if isinstance(kept, list) else []
        return [id_ for id_ in ids if isinstance(id_, str)][:MOST_REMEMBERED]

    # -- Qt --

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window at every size, and handle the keys that move and run."""
        if watched is self.parent():
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._measure()
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # the window's own keys are inactive
            return True
        return isinstance(event, QKeyEvent) and self._take_key(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the card."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_again()

    def paintEvent(self, event: QPaintEvent) -> None:
        scale = self._theme.scale
        with QPainter(self) as painter:
            fill(painter, QRectF(self.rect()), self._theme.tokens.scrim)
            shade = QColor(self._theme.tokens.shadow)
            shade.setAlpha(shade.alpha() // 4)
            card, lower = QRectF(self._card.geometry()), scale(4)
            for reach in map(scale, SHADOWS_PX):
                rect = card.adjusted(-reach, lower - reach, reach, lower + reach)
                rounded_box(painter, rect, scale(SHADOW_RADIUS_PX) + reach, ground=shade)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress:
            return False
        key, row, rows = event.key(), self._card.row, self._model.rowCount()
        places = {
            Qt.Key.Key_Down: lambda: self._model.step(row, 1),
            Qt.Key.Key_Up: lambda: self._model.step(row, -1),
            Qt.Key.Key_Home: lambda: self._model.step(-1, 1),
            Qt.Key.Key_End: lambda: self._model.step(rows, -1),
            Qt.Key.Key_PageDown: lambda: self._page(row, 1),
            Qt.Key.Key_PageUp: lambda: self._page(row, -1),
        }
        if key in places:
            self._card.go_to(places[Qt.Key(key)]())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self._card.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_again()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)  # there is no other focus target
        return True

    def _page(self, row: int, step: int) -> int:
        for _ in range(self._card.page):
            row = self._model.step(row, step)
        return row

    def _measure(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        scale = self._theme.scale
        width = min(scale(self._card.WIDTH_PX), self.width() - 2 * scale(SIDE_PX))
        wanted = self._card.height_of_all()
        top = max(scale(LEAST_TOP_PX), min(scale(TOP_PX), (self.height() - wanted) // 2))
        height = min(wanted, self.height() - top - scale(LEAST_TOP_PX))
        self._card.setGeometry((self.width() - width) // 2, top, width, height)
