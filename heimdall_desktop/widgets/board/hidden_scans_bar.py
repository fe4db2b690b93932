"""The bar under the board that says how many scans a search hides, and shows them again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.row_margins import set_row_margins
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Ground, Tone

BAR_PX = 28
INSET_PX = 16
GAP_PX = 8


class HiddenScansBar(Pane):
    """There only while a search hides scans.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    clear_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.ALT, Edge.TOP, parent=parent)
        self.setObjectName("hidden_scans")
        elide = Qt.TextElideMode.ElideRight
        self._told = Label(theme, "", Role.SMALL, tone=Tone.MUTED, elide=elide, parent=self)
        self._clear = LinkButton(theme, tr("Clear search"), parent=self)
        self._clear.setObjectName("clear_board_search")
        self._clear.clicked.connect(self.clear_wanted)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._told)
        self._row.addWidget(self._clear)
        self._row.addStretch(1)
        theme.changed.connect(self._lay_out)
        self._lay_out()
        self.hide()

    def show_count(self, count: int) -> None:
        """Tell how many scans are hidden; go away if none are."""
        self.setVisible(count > 0)
        self._told.setText(tr("%n scans hidden.", "", count, one="%n scan hidden."))

    def _lay_out(self) -> None:
        scale = self._theme.scale
        set_row_margins(self, self._row, start=scale(INSET_PX), end=scale(INSET_PX), top=1)
        self._row.setSpacing(scale(GAP_PX))
        self.setFixedHeight(scale(BAR_PX))
