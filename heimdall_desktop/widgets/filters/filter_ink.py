"""Colours the text of the filter field: values, operators, the minus, and the place of a mistake.

A `QLineEdit` takes formats as an input method would send them, so the field stays one line, with
its own undo, for assistive technology too; while an input method composes, nothing is sent.
Source: design.md §5 ("Filter field").
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFont, QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QLineEdit

from heimdall_desktop.domain.filters.filter_terms import terms_of
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.widgets.look.theme import Theme

Span = tuple[int, int, QTextCharFormat]


class FilterInk(QObject):
    """Keeps the colours of an input up to date.

    Args:
        theme: Where colours come from.
        state: What the input holds, and its mistake.
        edit: The input; its owner as well.
    """

    def __init__(self, theme: Theme, state: FilterState, edit: QLineEdit) -> None:
        super().__init__(edit)
        self._theme, self._state, self._edit = theme, state, edit
        self._is_composing = self._is_sending = False
        edit.installEventFilter(self)
        state.changed.connect(self.refresh)
        state.told.connect(self.refresh)
        theme.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Colour what is there now."""
        text = self._edit.text()
        if self._is_composing or text != self._state.text:
            return
        cursor = self._edit.cursorPosition()
        attributes = [
            QInputMethodEvent.Attribute(
                QInputMethodEvent.AttributeType.TextFormat,
                _units(text[:start]) - cursor,
                _units(text[start : start + length]),
                text_format,
            )
            for start, length, text_format in self._spans(text)
        ]
        self._is_sending = True
        QCoreApplication.sendEvent(self._edit, QInputMethodEvent("", attributes))
        self._is_sending = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice whether an input method is at work."""
        if isinstance(event, QInputMethodEvent) and not self._is_sending:
            self._is_composing = bool(event.preeditString())
        return False

    def _spans(self, text: str) -> Iterator[Span]:
        tokens, error = self._theme.tokens, self._state.mistake
        muted, accent, minus = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        muted.setForeground(tokens.muted)
        accent.setForeground(tokens.accent)
        accent.setFontWeight(QFont.Weight.Medium)
        minus.setForeground(tokens.failed)
        minus.setFontWeight(QFont.Weight.Bold)
        for term in terms_of(text):
            if term.has_minus:
                yield term.position, 1, minus
            if term.field:
                head = term.position + term.has_minus
                yield head, term.value_position - head, muted
                yield term.value_position, len(term.value), accent
        if error is not None:
            wrong = QTextCharFormat()
            wrong.setForeground(tokens.failed)
            wrong.setUnderlineColor(tokens.failed)
            wrong.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            yield error.position, error.length, wrong


def _units(text: str) -> int:
    """Return how many of Qt's UTF-16 units a text takes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
