"""The bar under the findings: how many of them the filter hides, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from heimdall_desktop.domain.empty_table import grouped
from heimdall_desktop.widgets.buttons import LinkButton
from heimdall_desktop.widgets.icon_mark import IconMark
from heimdall_desktop.widgets.labels import Label
from heimdall_desktop.widgets.pane import Edge, Pane
from heimdall_desktop.widgets.theme import Role, Theme
from heimdall_desktop.widgets.tokens import Ground, Tone

BAR_PX = 28
INSET_PX = 16
END_PX = 14
GAP_PX = 6


class HiddenBar(Pane):
    """Is there as long as rows are hidden; tells at its end that new rows are not followed.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    clear_requested = Signal()
    """People want to see everything."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.WINDOW, Edge.TOP, parent=parent)
        self.setObjectName("hidden_bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text = Label(theme, "", Role.SMALL)
        self._clear = LinkButton(theme, "Clear filter")
        self._clear.setObjectName("hidden_bar_clear")
        self._clear.clicked.connect(self.clear_requested)
        self._pause = IconMark(theme, "ui-freeze")
        self._paused = Label(theme, "Following paused", Role.SMALL, tone=Tone.MUTED)
        self._row = row = QHBoxLayout(self)
        row.addWidget(IconMark(theme, "ui-hide"))
        row.addWidget(self._text)
        row.addWidget(self._clear)
        row.addStretch(1)
        row.addWidget(self._pause)
        row.addWidget(self._paused)
        theme.changed.connect(self._lay_out)
        self._lay_out()
        self.show_following(is_following=True)
        self.show_hidden(0)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.scale(BAR_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(BAR_PX))

    def show_hidden(self, count: int) -> None:
        """Say how many findings are hidden; without any the bar is not there."""
        verb = "finding is" if count == 1 else "findings are"
        self._text.setText(f"{grouped(count)} {verb} hidden by this filter.")
        self.setVisible(count > 0)

    def show_following(self, *, is_following: bool) -> None:
        """Say whether the table goes with the newest rows."""
        self._pause.setVisible(not is_following)
        self._paused.setVisible(not is_following)

    def _lay_out(self) -> None:
        scale = self._theme.scale
        self._row.setContentsMargins(scale(INSET_PX), 1, scale(END_PX), 0)
        self._row.setSpacing(scale(GAP_PX))
        self.updateGeometry()
