"""What the board says while no scan is watched; the page beside it offers the ways to begin."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.words.i18n import tr, tr_noop
from heimdall_desktop.widgets.controls.labels import Paragraph
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone

INSET_PX = 16
FACT = tr_noop("No scans watched yet.")
WAYS = tr_noop("Sign in, paste a scan link or drop one here.")
WAYS_SIGNED_IN = tr_noop("Add scans, paste a scan link or drop one here.")


class EmptyBoard(QWidget):
    """Two plain sentences in the upper corner. Source: design picture 4a.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.addWidget(Paragraph(theme, tr(FACT), Role.BODY, Weight.SEMIBOLD, parent=self))
        self._ways = Paragraph(theme, tr(WAYS), Role.SMALL, tone=Tone.MUTED, parent=self)
        self._column.addWidget(self._ways)
        self._column.addStretch(1)
        theme.changed.connect(self._lay_out)
        self._lay_out()

    def show_signed_in(self, *, is_signed_in: bool) -> None:
        """Name the ways to begin that are left once somebody is signed in, or all of them."""
        self._ways.setText(tr(WAYS_SIGNED_IN if is_signed_in else WAYS))

    def _lay_out(self) -> None:
        inset = self._theme.scale(INSET_PX)
        self._column.setContentsMargins(inset, inset, inset, inset)
        self._column.setSpacing(self._theme.scale(4))
