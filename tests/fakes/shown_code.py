"""What a block of code shows: its colours come a moment after its text."""

from PySide6.QtGui import QColor

from heimdall_desktop.widgets.detail.code_text import CodeText


def inks(text: CodeText, line: int) -> list[QColor]:
    """Return the colours of the parts of a line, counted from 0."""
    looks = text.document().findBlockByNumber(line).layout().formats()
    return [look.format.foreground().color() for look in looks]
