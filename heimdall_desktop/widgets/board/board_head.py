"""The part of the top bar above the board: menu, number of scans, search, add.

During a search the field replaces the title.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.widgets.controls.buttons import GhostIconButton, OutlineButton
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

BAR_PX = 44
START_PX = 10  # the menu's icon is on the 16-px inset of the region
END_PX = 14
GAP_PX = 6
SEARCH_KEYS = "Ctrl+Shift+F"


class BoardHead(Pane):
    """Shows how many scans are watched and offers to watch more.

    Args:
        parent: Its owner.

    Attributes:
        menu_button, add_button: its buttons.
        field: where scans are searched; Return puts the first found scan in scope.
    """

    search_left = Signal()
    """Move the keyboard to the found scans."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, Edge.BOTTOM, parent=parent)
        self.setObjectName("board_head")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._title = Label(tr("Scans"), Role.BODY, Weight.SEMIBOLD, parent=self)
        self._count = Label("", tone=Tone.MUTED, parent=self)
        self.menu_button = GhostIconButton("ui-menu", tr("Menu"), parent=self)
        self.menu_button.setObjectName("board_menu")
        self._search = GhostIconButton(
            "ui-search", tr("Search scans"), key=SEARCH_KEYS, parent=self
        )
        self._search.setObjectName("board_search")
        self._search.clicked.connect(self.open_search)
        self.field = SearchField(tr("Search scans"), placeholder=tr("Name or branch"), parent=self)
        self.field.setObjectName("board_search_field")
        self.field.edit.setObjectName("board_search_text")
        self.field.hide()
        self.add_button = OutlineButton(tr("Add"), icon="ui-plus", parent=self)
        self.add_button.setObjectName("board_add")
        self.add_button.setAccessibleName(tr("Add scans"))
        self._row = QHBoxLayout(self)
        for part in (self.menu_button, self._title, self._count):
            self._row.addWidget(part)
        self._row.addWidget(self.field, 1)
        self._row.addStretch(0)
        self._row.addWidget(self._search)
        self._row.addWidget(self.add_button)
        self._show_field(is_shown=False)
        self._measure()

    def show_count(self, count: int) -> None:
        """Show how many scans are watched."""
        self._count.setText(grouped(count) if count else "")

    def open_search(self) -> None:
        """Open the search field."""
        self._show_field(is_shown=True)
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.edit.selectAll()

    def close_search(self) -> None:
        """End the search."""
        had_focus = self.field.edit.hasFocus()
        self.field.edit.clear()
        self._show_field(is_shown=False)
        if had_focus:
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def present(self, *, is_on: bool) -> None:
        """Hide the searched name while presenting is on."""
        modes = QLineEdit.EchoMode
        self.field.edit.setEchoMode(modes.Password if is_on else modes.Normal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Make Escape end the search, and the down arrow lead to its results."""
        if self.field.isHidden():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_search()
        elif event.key() == Qt.Key.Key_Down:
            self.search_left.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.scale(BAR_PX))

    def _show_field(self, *, is_shown: bool) -> None:
        self.field.setVisible(is_shown)
        for part in (self._title, self._count, self._search):
            part.setVisible(not is_shown)
        self._row.setStretch(self._row.indexOf(self._search) - 1, 0 if is_shown else 1)

    def _measure(self) -> None:
        scale = self._theme.scale
        self._row.setContentsMargins(scale(START_PX), 0, scale(END_PX), 1)
        self._row.setSpacing(scale(GAP_PX))
        self.setFixedHeight(scale(BAR_PX))
