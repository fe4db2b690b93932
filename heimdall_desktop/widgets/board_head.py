"""The part of the top bar above the board: menu, how many scans, search, add."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from heimdall_desktop.widgets.buttons import GhostIconButton, OutlineButton
from heimdall_desktop.widgets.labels import Label
from heimdall_desktop.widgets.pane import Edge, Pane
from heimdall_desktop.widgets.theme import Role, Theme, Weight
from heimdall_desktop.widgets.tokens import Ground, Tone

BAR_PX = 44
START_PX = 10  # the menu's icon stands on the 16-px inset of the region
END_PX = 14
GAP_PX = 6


class BoardHead(Pane):
    """Tells how many scans are watched and offers to watch more.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    add_wanted = Signal()
    menu_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.WINDOW, Edge.BOTTOM, parent=parent)
        self.setObjectName("board_head")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._title = Label(theme, "Scans", Role.BODY, Weight.SEMIBOLD, parent=self)
        self._count = Label(theme, "", tone=Tone.MUTED, parent=self)
        self._menu = GhostIconButton(theme, "ui-menu", "Menu", parent=self)
        self._menu.setObjectName("board_menu")
        self._menu.clicked.connect(self.menu_wanted)
        self._search = GhostIconButton(theme, "ui-search", "Search scans", parent=self)
        self._search.setObjectName("board_search")
        self._search.clicked.connect(self.search_wanted)
        self._search.hide()
        self._add = OutlineButton(theme, "Add", icon="ui-plus", parent=self)
        self._add.setObjectName("board_add")
        self._add.setAccessibleName("Add scans")
        self._add.clicked.connect(self.add_wanted)
        self._row = QHBoxLayout(self)
        for part in (self._menu, self._title, self._count):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._row.addWidget(self._search)
        self._row.addWidget(self._add)
        theme.changed.connect(self._lay_out)
        self._lay_out()

    @property
    def menu_button(self) -> QWidget:
        """Where a menu should open."""
        return self._menu

    def show_count(self, count: int) -> None:
        """Tell how many scans are watched."""
        self._count.setText(f"{count:,}" if count else "")

    def offer_search(self, is_offered: bool) -> None:
        """Show the search button, once something listens to `search_wanted`."""
        self._search.setVisible(is_offered)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.scale(BAR_PX))

    def _lay_out(self) -> None:
        scale = self._theme.scale
        self._row.setContentsMargins(scale(START_PX), 0, scale(END_PX), 1)
        self._row.setSpacing(scale(GAP_PX))
        self.setFixedHeight(scale(BAR_PX))
