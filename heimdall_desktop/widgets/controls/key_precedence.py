"""Lets keys of the window work in its fields too, where Qt would edit the text with them.

On X11 a field takes Ctrl+K for "delete the rest of the line", so the palette would open everywhere
but where people type.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget


class KeyPrecedence(QObject):
    """Watches whatever in the window has the focus.

    Args:
        keys: What shall never edit a text.
        window: Where.
    """

    def __init__(self, keys: str, window: QWidget) -> None:
        super().__init__(window)
        self._keys, self._window = QKeySequence(keys), window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the question "will you take this key?" from the field, which leaves it to us."""
        return (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and QKeySequence(event.keyCombination()) == self._keys
        )

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and now.window() is self._window:
            now.installEventFilter(self)
