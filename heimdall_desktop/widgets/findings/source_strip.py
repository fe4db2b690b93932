"""The strip above findings whose server does not tell everything, and what it does tell.

Source: design.md 5 (What a server does not tell), picture 14; ux.md 2.6.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.presentation.board.sign import Mood
from heimdall_desktop.presentation.board.source_text import SourceNote
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.widgets.controls.labels import IconMark, Label
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.problem_strip import NOTE, ProblemStrip, StripText
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

WHY = tr_noop("Why")
_CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
INSET_PX, LINE_GAP_PX, GLYPH_GAP_PX = 14, 9, 8


class SourceStrip(ProblemStrip):
    """Stays for as long as there is something that cannot be seen.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source_strip")
        self._note: SourceNote | None = None
        self.action_requested.connect(self.explain)
        self.passed = self.more_requested

    @property
    def rank(self) -> int | None:
        """How soon it is to be shown among the strips of its window; None for nothing."""
        return None if self.problem is None else NOTE

    @property
    def count(self) -> int:
        """How many messages it has."""
        return int(self.problem is not None)

    def show_note(self, note: SourceNote | None) -> None:
        """Say what is known by what; None hides the strip."""
        self._note = note
        if note is None:
            self.show_problem(None)
            return
        self.show_problem(StripText(Mood.CALM, "ui-info", note.fact, note.consequence, (WHY,)))

    def explain(self) -> SourceSheet | None:
        """List what the server tells and what it does not, below the strip."""
        if self._note is None:
            return None
        sheet = SourceSheet(self._note, self)
        end = self.width() - sheet.sizeHint().width()
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        sheet.move(self.mapToGlobal(QPoint(0 if is_mirrored else end, self.height())))
        sheet.show()
        sheet.setFocus(Qt.FocusReason.PopupFocusReason)
        return sheet


class SourceSheet(Pane):
    """What a server tells, each with a tick, and what it does not; a click beside it closes it.

    Args:
        note: What is listed.
        parent: Its owner.
    """

    def __init__(self, note: SourceNote, parent: QWidget | None = None) -> None:
        edges = Edge.TOP | Edge.BOTTOM | Edge.START | Edge.END
        super().__init__(Ground.SURFACE, edges, is_strong=True, parent=parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("source_sheet")
        self._column = QVBoxLayout(self)
        inset = self._theme.scale(INSET_PX)
        self._column.setContentsMargins(inset, inset, inset, inset)
        self._column.setSpacing(self._theme.scale(LINE_GAP_PX))
        title = tr("What this server provides")
        self._column.addWidget(Label(title, Role.SMALL, Weight.SEMIBOLD))
        for line in note.told:
            self._add(line, "ui-check", Tone.TEXT)
        for line in note.untold:
            self._add(line, "stage-skipped", Tone.MUTED)
        rest = tr("The server doesn't offer the missing items.")
        self._column.addWidget(Label(rest, Role.SMALL, tone=Tone.MUTED))
        told, untold = ", ".join(note.told), ", ".join(note.untold)
        words = tr("Provided: {told}. Not provided: {untold}.")
        self.setAccessibleName(title)
        self.setAccessibleDescription(words.format(told=told, untold=untold))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLOSING:
            self.close()
        else:
            super().keyPressEvent(event)

    def _add(self, line: str, icon: str, tone: Tone) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._theme.scale(GLYPH_GAP_PX))
        row.addWidget(IconMark(icon, tone=tone))
        row.addWidget(Label(line, Role.SMALL, tone=tone), 1)
        self._column.addLayout(row)
