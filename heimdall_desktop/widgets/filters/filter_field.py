"""The filter field: the typed text in colours, how much of the scope is left, and errors.

Source: look.md 5 ("Filter field").
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QInputMethodEvent, QKeyEvent, QMouseEvent, QTextCharFormat
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from heimdall_desktop.application.memory.window_memory import WindowMemory
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.filters.filter_terms import terms_of
from heimdall_desktop.models.completion_model import ValueCounter
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.filters.filter_text import mistake_text
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.controls.pane import Edge, Pane, Veil, named
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.text_labels import IconMark, Label
from heimdall_desktop.widgets.filters.filter_completer import FilterCompleter
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Ground, Tone

EXAMPLE = tr_noop("Filter, such as sev>=high -status:dismissed")

Span = tuple[int, int, QTextCharFormat]

#: Fields with a fixed set of words: not a file, a scan or a title.
NAMELESS = {"sev", "conf", "status", "source", "stage", "is", "has", "change", "show"} | {
    *("cwe", "line", "new", "since"),
}
MISTAKE_PX = 30
ICON_GAP_PX = 8


class FilterInk(QObject):
    """Colours values, operators, the minus, and the place of an error in an input.

    A `QLineEdit` accepts formats as an input method would send them, so the field stays one line,
    with its own undo, for assistive technology too. While an input method composes, nothing is
    sent.

    Args:
        state: The content of the input, and its error.
        edit: The input; its owner as well.
    """

    def __init__(self, state: FilterState, edit: QLineEdit) -> None:
        super().__init__(edit)
        self._theme, self._state, self._edit = theme_of(edit), state, edit
        self._is_composing = self._is_sending = False
        edit.installEventFilter(self)
        state.changed.connect(self.refresh)
        state.mistake_changed.connect(self.refresh)
        self._theme.changed.connect(self.refresh)

    def refresh(self) -> None:
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
        """Detect whether an input method is composing."""
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


class MistakeLine(Pane):
    """Shows the error in the filter; hidden if there is none."""

    def __init__(self, state: FilterState, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, Edge.BOTTOM, parent=parent)
        self._state = state
        self.setObjectName("filter_mistake")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text = Label("", Role.SMALL, elide=Qt.TextElideMode.ElideRight)
        self._fix = named(LinkButton(tr("Fix it"), self), "filter_fix")
        self._fix.clicked.connect(state.fix)
        row = QHBoxLayout(self)
        row.addWidget(IconMark("ui-warning", tone=Tone.FAILED))
        row.addWidget(self._text)
        row.addWidget(self._fix)
        row.addStretch(1)
        self.keep_spaces(row, INSET_PX, 0, INSET_PX, 0, gap=ICON_GAP_PX, lines=Edge.BOTTOM)
        state.mistake_changed.connect(self.present)
        self.present()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(MISTAKE_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def present(self) -> None:
        """Show the error as far as presenting allows it."""
        error = None if Veil.is_on() else self._state.mistake  # it repeats typed text
        self.setVisible(error is not None)
        if error is not None:
            text = tr("{mistake}  The last valid filter stays active.")
            self._text.setText(text.format(mistake=one_line(mistake_text(error))))
            self._fix.setVisible(bool(error.remedy))
            self.setAccessibleName(mistake_text(error))


class FilterField(SearchField):
    """Writes the filter while the user types, and shows how much of the scope is left."""

    left = Signal()
    """Move the keyboard to the table: Return or the down arrow was pressed."""

    def __init__(
        self,
        state: FilterState,
        model: FindingsModel,
        values: ValueCounter,
        memory: WindowMemory,
        keys: str = "Ctrl+F",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Filter"), placeholder=tr(EXAMPLE), keys=keys, parent=parent)
        self._state = state
        self._model = model
        self.setObjectName("filter_field")
        self.edit.setObjectName("filter_edit")
        self.end.clear_button.setObjectName("filter_clear")
        self._ink = FilterInk(state, self.edit)
        self.completer = FilterCompleter(state, values, memory, self.edit, self)
        self.edit.textChanged.connect(state.set_text)
        state.changed.connect(self._show_state)
        model.counts_changed.connect(self._show_counts)
        self._show_state()

    def focus(self) -> None:
        """Take the focus and select the text, ready to be replaced."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def present(self) -> None:
        """Hide names of files, scans or words while presenting is on, or show them again."""
        terms, modes = terms_of(self._state.text), QLineEdit.EchoMode
        is_hidden = Veil.is_on() and any(term.known_field not in NAMELESS for term in terms)
        self.edit.setEchoMode(modes.Password if is_hidden else modes.Normal)
        error = None if Veil.is_on() else self._state.error
        self.edit.setAccessibleDescription(mistake_text(error) if error else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle keys the input ignores: Escape clears, Return and Down go to the table."""
        if event.key() == Qt.Key.Key_Escape and self.edit.text():
            self._state.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the explanation of the language on a click on the icon."""
        if event.button() is Qt.MouseButton.LeftButton and self._icon_place().contains(
            event.position().toPoint()
        ):
            self.completer.open_sheet()
        else:
            super().mousePressEvent(event)

    def _icon_place(self) -> QRect:
        """Return the rectangle before the input, which contains the icon."""
        whole, edit = self.rect(), self.edit.geometry()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return QRect(edit.right(), 0, whole.right() - edit.right(), whole.height())
        return QRect(0, 0, edit.left(), whole.height())

    def _show_state(self) -> None:
        if self.edit.text() != self._state.text:
            self.edit.setText(self._state.text)
            self._ink.refresh()
        self.present()
        self._show_counts()

    def _show_counts(self) -> None:
        shown, total = grouped(self._model.shown), grouped(self._model.total)
        self.set_result(tr("{shown} of {total}").format(shown=shown, total=total))
