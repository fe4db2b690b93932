"""The filter field of the top bar, and the line under it that explains a mistake."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from heimdall_desktop.domain.empty_table import grouped
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.fields import SearchField
from heimdall_desktop.widgets.icon_mark import IconMark
from heimdall_desktop.widgets.labels import Label
from heimdall_desktop.widgets.pane import Edge, Pane
from heimdall_desktop.widgets.theme import Role, Theme
from heimdall_desktop.widgets.tokens import Ground, Tone

EXAMPLE = "Filter, such as sev>=high -status:dismissed"
MISTAKE_PX = 30
INSET_PX = 16
ICON_GAP_PX = 8


class FilterField(SearchField):
    """Writes the filter as one types, and shows how much of the scope is left.

    Args:
        theme: Colours, fonts and measures.
        state: The filter it writes and shows.
        model: The rows it counts.
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
        keys: str = "Ctrl+F",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "Filter", placeholder=EXAMPLE, keys=keys, parent=parent)
        self._state = state
        self._model = model
        self.setObjectName("filter_field")
        self.edit.setObjectName("filter_edit")
        self.end.clear_button.setObjectName("filter_clear")
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

    def _show_state(self) -> None:
        if self.edit.text() != self._state.text:
            self.edit.setText(self._state.text)
        error = self._state.error
        self.set_mistake(error is not None)
        self.edit.setAccessibleDescription(error.message if error else "")
        self._show_counts()

    def _show_counts(self) -> None:
        self.set_result(f"{grouped(self._model.shown)} of {grouped(self._model.total)}")


class MistakeLine(Pane):
    """Says what is wrong in the filter, while something is.

    Args:
        theme: Colours, fonts and measures.
        state: The filter.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, state: FilterState, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.SURFACE, Edge.BOTTOM, parent=parent)
        self._state = state
        self.setObjectName("filter_mistake")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text = Label(theme, "", Role.SMALL, elide=Qt.TextElideMode.ElideRight)
        self._row = row = QHBoxLayout(self)
        row.addWidget(IconMark(theme, "ui-warning", tone=Tone.FAILED))
        row.addWidget(self._text)
        theme.changed.connect(self._lay_out)
        self._lay_out()
        state.changed.connect(self._show_state)
        self._show_state()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(MISTAKE_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _show_state(self) -> None:
        error = self._state.error
        self.setVisible(error is not None)
        if error is not None:
            self._text.setText(f"{error.message}  The last valid filter stays on.")
            self.setAccessibleName(error.message)

    def _lay_out(self) -> None:
        inset = self._theme.scale(INSET_PX)
        self._row.setContentsMargins(inset, 0, inset, 1)
        self._row.setSpacing(self._theme.scale(ICON_GAP_PX))
        self.updateGeometry()
