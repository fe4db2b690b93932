"""The whole log of a scan: its lines, with a way to find one and to see only some.

What one looks for stands marked among the other lines; new lines come on top meanwhile.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.log_model import LogModel
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.log_search import LogSearch
from heimdall_desktop.widgets.panel.log_view import LogView


class LogPage(QWidget):
    """Search above, lines below.

    Args:
        theme: Colours, fonts and measures.
        model: The lines.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._log = model
        self._text = ""
        self._matches: tuple[int, ...] = ()
        self.search = LogSearch(theme, self)
        self.view = LogView(theme, model, tr("Log"), has_stages=True, parent=self)
        self.view.setObjectName("log_list")
        self.search.text_changed.connect(self._look_for)
        self.search.step_wanted.connect(self._step)
        self.search.copy_wanted.connect(self._copy_all)
        self.search.left.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        model.lines_changed.connect(self._find)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.search)
        column.addWidget(self.view, 1)
        self._find()

    def take_keyboard(self) -> None:
        """Put the keyboard where a text is looked for."""
        self.search.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.field.edit.selectAll()

    def _look_for(self, text: str) -> None:
        self._text = text
        self._find()
        if self._matches and self.view.currentIndex().row() not in self._matches:
            self._go(0)

    def _copy_all(self) -> None:
        self.view.copy_all()
        self.search.confirm_copy()

    def _find(self) -> None:
        """Look anew: other lines are shown, or something else is looked for."""
        self.search.offer_copy(is_offered=self._log.rowCount() > 0)
        self._matches = self._log.find(self._text)
        self.view.show_matches(self._matches)
        self._show_place()

    def _step(self, step: int) -> None:
        """Go to the next match below the current line, or above, and round at the ends."""
        if not self._matches:
            return
        row = self.view.currentIndex().row()
        if step > 0:
            number = next((n for n, match in enumerate(self._matches) if match > row), 0)
        else:
            above = [n for n, match in enumerate(self._matches) if match < row]
            number = above[-1] if above else len(self._matches) - 1
        self._go(number)

    def _go(self, number: int) -> None:
        index = self._log.index(self._matches[number])
        is_in_sight = self.view.viewport().rect().contains(self.view.visualRect(index))
        self.view.setCurrentIndex(index)
        if not is_in_sight:
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._show_place()

    def _show_place(self) -> None:
        row = self.view.currentIndex().row()
        number = self._matches.index(row) + 1 if row in self._matches else 0
        self.search.show_matches(number, len(self._matches))
