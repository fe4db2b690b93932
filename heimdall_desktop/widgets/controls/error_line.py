"""What went wrong, below a form: the cause in bold, then the remedy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.presentation.error_text import cause, error_text, remedy
from heimdall_desktop.widgets.controls.labels import IconMark
from heimdall_desktop.widgets.controls.wrapped_label import Run, WrappedLabel
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

MAX_LINES = 6


class ErrorLine(QWidget):
    """Is there only while there is an error.

    Args:
        parent: The owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = IconMark("ui-warning", 16, Tone.FAILED, self)
        self._words = WrappedLabel(Role.SMALL, 18, MAX_LINES, self)
        self._words.setObjectName("error-words")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme_of(self).scale(6))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def show_error(self, error: HeimdallError) -> None:
        """Show an error, and have it read out."""
        more = remedy(error)
        self._words.show_runs(
            Run(cause(error), Weight.SEMIBOLD, Tone.FAILED), Run(f" {more}" if more else "")
        )
        self.setAccessibleName(error_text(error))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Take the error away."""
        self.hide()
        self._words.show_runs()
