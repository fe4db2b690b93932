"""A button with an icon that copies something, and shows a tick for a moment once it has."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.wording import tr
from heimdall_desktop.widgets.buttons import SMALL_PX, GhostIconButton
from heimdall_desktop.widgets.theme import Theme

COPIED_MS = 1500  # how long the tick stands in for the icon


class CopyButton(GhostIconButton):
    """Does not copy by itself: whoever does says so by `confirm`.

    Args:
        theme: The look.
        icon: Its icon at rest.
        name: What it does, at rest.
        parent: The owner.
    """

    def __init__(
        self, theme: Theme, icon: str, name: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, icon, name, height_px=SMALL_PX, parent=parent)
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
