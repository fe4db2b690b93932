"""The bar under the findings: how many are hidden, the way back, and how far all is checked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from heimdall_desktop.domain.empty_table import grouped
from heimdall_desktop.domain.ledger_words import LedgerLine, Soundness
from heimdall_desktop.widgets.buttons import LinkButton
from heimdall_desktop.widgets.icon_mark import IconMark
from heimdall_desktop.widgets.labels import Label, safe_tip
from heimdall_desktop.widgets.pane import Edge, Pane
from heimdall_desktop.widgets.theme import Role, Theme
from heimdall_desktop.widgets.tokens import Ground, Tone

BAR_PX = 28
INSET_PX = 16
END_PX = 14
GAP_PX = 6


_LEDGER_LOOKS = {
    Soundness.CHECKED: ("ui-check", Tone.MUTED),
    Soundness.READING: ("ui-follow", Tone.ACCENT),
    Soundness.INCOMPLETE: ("ui-warning", Tone.WARNING),
}


class FindingsFoot(Pane):
    """Is there as long as it has something to say; whether rows are followed stands at its end.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    clear_requested = Signal()
    """People want to see everything."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.WINDOW, Edge.TOP, parent=parent)
        self.setObjectName("findings_foot")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._eye = IconMark(theme, "ui-hide")
        self._text = Label(theme, "", Role.SMALL)
        self._clear = LinkButton(theme, "Clear filter")
        self._clear.setObjectName("findings_foot_clear")
        self._clear.clicked.connect(self.clear_requested)
        self._pause = IconMark(theme, "ui-freeze")
        self._paused = Label(theme, "Following paused", Role.SMALL, tone=Tone.MUTED)
        self._sound = IconMark(theme)
        self._ledger = Label(
            theme, "", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight
        )
        self._ledger.setObjectName("findings_foot_ledger")
        self._row = row = QHBoxLayout(self)
        row.addWidget(self._eye)
        row.addWidget(self._text)
        row.addWidget(self._clear)
        row.addStretch(1)
        row.addWidget(self._sound)
        row.addWidget(self._ledger)
        row.addWidget(self._pause)
        row.addWidget(self._paused)
        theme.changed.connect(self._lay_out)
        self._lay_out()
        self.show_following(is_following=True)
        self.show_hidden(0)
        self.show_ledger(None)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.scale(BAR_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(BAR_PX))

    def show_hidden(self, count: int) -> None:
        """Say how many findings are hidden, if any are."""
        verb = "finding is" if count == 1 else "findings are"
        self._text.setText(f"{grouped(count)} {verb} hidden by this filter.")
        for part in (self._eye, self._text, self._clear):
            part.setVisible(count > 0)
        self._appear()

    def show_ledger(self, line: LedgerLine | None) -> None:
        """Say how far the rows have been checked against the server; None says nothing."""
        if line is not None:
            icon, tone = _LEDGER_LOOKS[line.soundness]
            self._sound.show_icon(icon, tone)
            text = ". ".join(filter(None, (line.text, line.note)))
            self._ledger.setText(text)
            self._ledger.setToolTip(safe_tip(text))
        for part in (self._sound, self._ledger):
            part.setVisible(line is not None)
        self._appear()

    def show_following(self, *, is_following: bool) -> None:
        """Say whether the table goes with the newest rows."""
        self._pause.setVisible(not is_following)
        self._paused.setVisible(not is_following)

    def _appear(self) -> None:
        self.setVisible(not (self._text.isHidden() and self._ledger.isHidden()))

    def _lay_out(self) -> None:
        scale = self._theme.scale
        self._row.setContentsMargins(scale(INSET_PX), 1, scale(END_PX), 0)
        self._row.setSpacing(scale(GAP_PX))
        self.updateGeometry()
