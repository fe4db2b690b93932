"""The large badge of a finding in the detail: filled, or hollow once the finding is withdrawn."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from heimdall_desktop.domain.facts.finding import Severity, Verdict
from heimdall_desktop.widgets.controls.labels import show_tip
from heimdall_desktop.widgets.look.badges import CAPSULE_PADDING_PX, Badges, capsule_word
from heimdall_desktop.widgets.look.theme import Theme

SHORT_LETTERS = 9  # of a word nobody foresaw: as wide as "Critical"


class SeverityBadge(QWidget):
    """Shows how severe a finding is, or was.

    Args:
        theme: Colours, fonts and measures.
        parent: The pane it stands in.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._badges = Badges(theme, self)
        self._severity, self._verdict = Severity.OTHER, Verdict.UNVERIFIED
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_severity(
        self, severity: Severity, verdict: Verdict = Verdict.UNVERIFIED, word: str = ""
    ) -> None:
        """Show a severity; with the server's own word where it is unknown."""
        self._severity, self._verdict = severity, verdict
        is_long = len(word) > SHORT_LETTERS
        self._word = f"{word[: SHORT_LETTERS - 1].rstrip()}\u2026" if is_long else word
        self.setAccessibleName(capsule_word(severity, verdict, word))
        show_tip(self, word if is_long else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        filled = self._badges.filled_size(self._severity, self._word)
        if self._verdict is Verdict.WITHDRAWN:
            whole = self._badges.capsule_width(self._severity, self._verdict, self._word)
            return QSize(whole - self._overhang(), filled.height())
        return filled

    def paintEvent(self, event: QPaintEvent) -> None:
        rect, direction = QRectF(self.rect()), self.layoutDirection()
        with QPainter(self) as painter:
            if self._verdict is Verdict.WITHDRAWN:
                over = self._overhang()  # its shape stands where the edge of others does
                rect.adjust(-over, 0, over, 0)
                self._badges.draw_capsule(
                    painter, rect, self._severity, self._verdict, self._word, direction=direction
                )
            else:
                self._badges.draw_filled(painter, rect, self._severity, self._word, direction)

    def _overhang(self) -> int:
        return self._theme.scale(CAPSULE_PADDING_PX)
