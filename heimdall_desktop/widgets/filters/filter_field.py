"""The filter field of the top bar: what is typed, in colours, and how much of the scope is left."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.words.i18n import grouped, tr, tr_noop
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.value_counter import ValueCounter
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.filters.filter_completer import FilterCompleter
from heimdall_desktop.widgets.filters.filter_ink import FilterInk
from heimdall_desktop.widgets.look.theme import Theme

EXAMPLE = tr_noop("Filter, such as sev>=high -status:dismissed")


class FilterField(SearchField):
    """Writes the filter as one types, and shows how much of the scope is left.

    Args:
        theme: Colours, fonts and measures.
        state: The filter it writes and shows.
        model: The rows it counts.
        values: Counts the values that rows have, for completion.
        memory: Keeps what was used of late.
        keys: The keys that lead here.
        parent: Its owner.
    """

    left = Signal()
    """People are done here and want the table: Return or the arrow down."""

    def __init__(
        self,
        theme: Theme,
        state: FilterState,
        model: FindingsModel,
        values: ValueCounter,
        memory: WindowMemory,
        keys: str = "Ctrl+F",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, tr("Filter"), placeholder=tr(EXAMPLE), keys=keys, parent=parent)
        self._state = state
        self._model = model
        self.setObjectName("filter_field")
        self.edit.setObjectName("filter_edit")
        self.end.clear_button.setObjectName("filter_clear")
        self._ink = FilterInk(theme, state, self.edit)
        self.completer = FilterCompleter(theme, state, values, memory, self.edit, self)
        self.edit.textChanged.connect(state.set_text)
        state.changed.connect(self._show_state)
        model.counts_changed.connect(self._show_counts)
        self._show_state()

    def focus(self) -> None:
        """Take the keyboard and select what is there, ready to be typed over."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what the input leaves over: Escape clears, Return and Down go to the table."""
        if event.key() == Qt.Key.Key_Escape and self.edit.text():
            self._state.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Explain the language at a click on the icon."""
        if event.button() is Qt.MouseButton.LeftButton and self._icon_place().contains(
            event.position().toPoint()
        ):
            self.completer.open_sheet()
        else:
            super().mousePressEvent(event)

    def _icon_place(self) -> QRect:
        """Return what lies before the input, which is the icon."""
        whole, edit = self.rect(), self.edit.geometry()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return QRect(edit.right(), 0, whole.right() - edit.right(), whole.height())
        return QRect(0, 0, edit.left(), whole.height())

    def _show_state(self) -> None:
        if self.edit.text() != self._state.text:
            self.edit.setText(self._state.text)
            self._ink.refresh()
        error = self._state.error
        self.edit.setAccessibleDescription(error.message if error else "")
        self._show_counts()

    def _show_counts(self) -> None:
        shown, total = grouped(self._model.shown), grouped(self._model.total)
        self.set_result(tr("{shown} of {total}").format(shown=shown, total=total))
