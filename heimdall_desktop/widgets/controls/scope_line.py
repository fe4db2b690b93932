"""The line above a list that shows only a part: which, and the way back to all of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.icon_mark import IconMark
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.row_margins import set_row_margins
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Ground, Tone

LINE_PX = 28
INSET_PX = 16
END_PX = 12
GAP_PX = 8


class ScopeLine(Pane):
    """Is there as long as only a part is shown.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    all_wanted = Signal()
    """People want to see everything again."""
    findings_wanted = Signal()
    """People want to see the findings of that part."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.ALT, Edge.TOP | Edge.BOTTOM, parent=parent)
        self.setObjectName("scope_line")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words = Label(theme, "", Role.SMALL, elide=Qt.TextElideMode.ElideRight, parent=self)
        self._findings = LinkButton(theme, tr("Show findings"), self)
        self._findings.setObjectName("show_stage_findings")
        self._findings.clicked.connect(self.findings_wanted)
        self._back = LinkButton(theme, tr("Show all"), self)
        self._back.setObjectName("show_all_activity")
        self._back.clicked.connect(self.all_wanted)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconMark(theme, "ui-hide", tone=Tone.MUTED, parent=self))
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._findings)
        self._row.addWidget(self._back)
        theme.changed.connect(self._lay_out)
        self._lay_out()
        self.hide()

    def show_words(self, words: str, *, has_findings: bool = False) -> None:
        """Say which part is shown; "" where it is everything.

        Args:
            words: which part.
            has_findings: whether findings can be told to belong to it, so that they are offered.
        """
        self._words.setText(words)
        self._findings.setVisible(has_findings)
        self.setVisible(bool(words))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.scale(LINE_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(LINE_PX))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._lay_out()

    def _lay_out(self) -> None:
        scale = self._theme.scale
        set_row_margins(self, self._row, start=scale(INSET_PX), end=scale(END_PX))
        self._row.setSpacing(scale(GAP_PX))
        self.updateGeometry()
