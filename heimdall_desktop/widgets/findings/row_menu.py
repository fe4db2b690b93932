"""What can be done with one row of the findings table: its context menu, and copying it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.look.theme import Theme


class RowMenu:
    """Makes the menu; `add_copies` puts in what the detail copies of a finding.

    Args:
        theme: Icons.
        model: The rows.
        parent: Owns the menu.
        cursor_row: Tells which row it is about, which may move while the menu is open.
    """

    def __init__(
        self,
        theme: Theme,
        model: FindingsModel,
        parent: QWidget,
        cursor_row: Callable[[], int | None],
    ) -> None:
        self._theme, self._model, self._parent = theme, model, parent
        self._cursor_row = cursor_row
        self.add_copies: Callable[[QMenu, Finding], None] = lambda _menu, _finding: None

    def make(self) -> QMenu:
        """Return the menu; it deletes itself when it closes."""
        menu = QMenu(self._parent)
        menu.setObjectName("findings_menu")
        menu.setAccessibleName(tr("Row"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icon = self._theme.icon("ui-copy", self._theme.scale(16))
        copy_row = menu.addAction(icon, tr("Copy row"))
        copy_row.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy_row.triggered.connect(self.copy)
        row = self._cursor_row()
        finding = None if row is None else self._model.finding_at(row)
        if finding is not None:
            self.add_copies(menu, finding)
        menu.addSeparator()
        seen = menu.addAction(tr("Mark all as seen"))
        seen.setEnabled(self._model.new > 0)
        seen.triggered.connect(self._model.see_all)
        return menu

    def copy(self) -> None:
        """Put the row onto the clipboard, as text."""
        row = self._cursor_row()
        if row is not None:
            QGuiApplication.clipboard().setText(self._model.row_text(row))
