"""Buttons that copy something, as an icon or a word; for a moment they tell that they have."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, GhostButton, GhostIconButton
from heimdall_desktop.widgets.look.tokens import Tone

COPIED_MS = 1500  # how long they tell it


class CopyButton(GhostIconButton):
    """Does not copy by itself: what copies says so by `confirm`.

    Args:
        icon: Its icon at rest.
        name: What it does, at rest.
        parent: The owner.
    """

    def __init__(self, icon: str, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(icon, name, height_px=SMALL_PX, parent=parent)
        self._rest_icon, self._rest_name = icon, name
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied.timeout.connect(self.rest)

    def confirm(self) -> None:
        """Show that it was copied."""
        self.set_icon("ui-check")
        self.set_name(tr("Copied"))
        self._copied.start()

    def rest(self) -> None:
        """Look as before."""
        self._copied.stop()
        self.set_icon(self._rest_icon)
        self.set_name(self._rest_name)


class CopyWordButton(GhostButton):
    """The same with a word instead of the icon.

    Args:
        label: What it says at rest.
        parent: The owner.
    """

    def __init__(self, label: str, *, parent: QWidget | None = None) -> None:
        super().__init__(label, height_px=SMALL_PX, parent=parent)
        self._rest_label = label
        self.set_tone(Tone.MUTED)
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied.timeout.connect(self.rest)

    def confirm(self) -> None:
        """Say that it was copied, without moving what stands beside it."""
        self.setMinimumWidth(self.width())
        self.set_label(tr("Copied"))
        self._copied.start()

    def rest(self) -> None:
        """Say what it does, as before."""
        self._copied.stop()
        self.setMinimumWidth(0)
        self.set_label(self._rest_label)
