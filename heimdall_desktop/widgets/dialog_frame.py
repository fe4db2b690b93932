"""What all dialogs share: their surface, their heading, and that they never block the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from heimdall_desktop.widgets.labels import Label
from heimdall_desktop.widgets.pane import Pane
from heimdall_desktop.widgets.theme import Role, Theme, Weight

INSET_PX = 24


class DialogFrame(QDialog):
    """A dialog with a heading; put the rest into `column`, and call `open()`.

    Args:
        theme: The look.
        title: Heading and window title.
        width_px: Before scaling.
        parent: The window it belongs to.
    """

    def __init__(
        self, theme: Theme, title: str, width_px: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(theme.scale(width_px))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        surface = Pane(theme, parent=self)
        whole.addWidget(surface)
        inset = theme.scale(INSET_PX)
        self.column = QVBoxLayout(surface)
        self.column.setContentsMargins(inset, theme.scale(20), inset, theme.scale(16))
        self.column.setSpacing(theme.scale(6))
        self.heading = Label(theme, title, Role.TITLE, Weight.SEMIBOLD, parent=surface)
        self.column.addWidget(self.heading)
