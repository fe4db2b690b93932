"""The line under the filter field that says what is wrong in it and what was probably meant."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.icon_mark import IconMark
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Ground, Tone

MISTAKE_PX = 30
INSET_PX = 16
ICON_GAP_PX = 8


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
        self._mend = LinkButton(theme, tr("Mend it"), self)
        self._mend.setObjectName("filter_mend")
        self._mend.clicked.connect(state.mend)
        self._row = row = QHBoxLayout(self)
        row.addWidget(IconMark(theme, "ui-warning", tone=Tone.FAILED))
        row.addWidget(self._text)
        row.addWidget(self._mend)
        row.addStretch(1)
        theme.changed.connect(self._lay_out)
        self._lay_out()
        state.told.connect(self._say)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(MISTAKE_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _say(self) -> None:
        error = self._state.mistake
        self.setVisible(error is not None)
        if error is not None:
            told = tr("{mistake}  The last valid filter stays on.")
            self._text.setText(told.format(mistake=one_line(error.message)))
            self._mend.setVisible(bool(error.remedy))
            self.setAccessibleName(error.message)

    def _lay_out(self) -> None:
        inset = self._theme.scale(INSET_PX)
        self._row.setContentsMargins(inset, 0, inset, 1)
        self._row.setSpacing(self._theme.scale(ICON_GAP_PX))
        self.updateGeometry()
