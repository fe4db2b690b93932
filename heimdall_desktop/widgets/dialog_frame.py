"""What all dialogs share: their surface, their heading, and that they never block the window."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.widgets.labels import Label
from heimdall_desktop.widgets.pane import Edge, Pane
from heimdall_desktop.widgets.row_margins import set_row_margins
from heimdall_desktop.widgets.theme import Role, Theme, Weight
from heimdall_desktop.widgets.tokens import Ground

INSET_PX = 24
GHOST_PX = 8  # padding of the ghost buttons that begin the last row


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
        self._theme = theme
        self.heading = Label(theme, title, Role.TITLE, Weight.SEMIBOLD)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.scale(6))
        self._heading_row = QHBoxLayout()
        self._heading_row.addWidget(self.heading)
        self._heading_row.addStretch(1)
        self.column.addLayout(self._heading_row)
        inset = theme.scale(INSET_PX)
        surface = Pane(theme, Ground.RAISED, parent=self)
        self._whole = QVBoxLayout(surface)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self.column.setContentsMargins(inset, theme.scale(16), inset, theme.scale(20))
        self._whole.addLayout(self.column, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(surface)

    def event(self, event: QEvent) -> bool:
        """Grow with what is inside; Qt leaves wrapped texts out of a dialog's least height."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Resize):
            layout = self.layout()
            if layout is not None and layout.hasHeightForWidth():
                self.setMinimumHeight(layout.heightForWidth(self.width()))
        return handled

    def add_to_heading(self, widget: QWidget) -> None:
        """Put something at the end of the heading's line."""
        self._heading_row.addWidget(widget)

    def add_wide(self, part: QWidget, stretch: int = 0) -> None:
        """Put something below the column that reaches from edge to edge, and insets by itself."""
        self._whole.setStretchFactor(self.column, 0)
        self._whole.addWidget(part, stretch)

    def add_end(self, row: QHBoxLayout) -> None:
        """Put the row of buttons, ghosts first, below a hairline at the end of the dialog."""
        end = Pane(self._theme, Ground.RAISED, Edge.TOP)
        inset, space = self._theme.scale(INSET_PX), self._theme.scale(13)
        start = inset - self._theme.scale(GHOST_PX)
        set_row_margins(self, row, start=start, end=inset, top=space, bottom=space)
        end.setLayout(row)
        self._whole.addWidget(end)
