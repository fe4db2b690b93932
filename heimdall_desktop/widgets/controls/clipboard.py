"""Everything this program copies. A terminal runs what it finds in a pasted control character."""

from PySide6.QtGui import QGuiApplication

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.presentation.shown_text import without_controls


def copy_line(text: str) -> None:
    """Copy a path, an ID, a link or an error: exactly the line that is shown."""
    copy_exactly(one_line(text))


def copy_text(text: str) -> None:
    """Copy code, rows or Markdown: with tabs and line feeds, and no other control character."""
    copy_exactly(without_controls(text))


def copy_exactly(text: str) -> None:
    """Copy what must stay as it is, such as a patch; warn of `has_controls` beside the button."""
    QGuiApplication.clipboard().setText(text)
