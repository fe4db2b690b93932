"""The strip above a view: a problem, its consequence, and what to do about it.

One strip at a time for each scope, the worst first; a link counts the others.
Source: look.md 5 (Problem strip); behaviour.md 2.6.
"""

import re

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, HelpLink, LinkButton, OutlineButton
from heimdall_desktop.widgets.controls.pane import Edge, MeasuredWidget, alert, shown_rows
from heimdall_desktop.widgets.controls.text_labels import Label, show_tip
from heimdall_desktop.widgets.look.painting import draw_icon, fill, horizontal_hairline
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

STRIP_PX = 36
ICON_PX = 16
INSET_PX = 16
TEXT_GAP_PX = 8
END_PX = 12
ANSWER, ALERT, NOTE = 0, 3, 4  # ranks of strips that are not problems: a window shows the lowest
_NUMBERS = re.compile(r"\d+")  # a changing age is not worth an announcement

MOOD_GROUNDS = {
    Mood.ERROR: Ground.FAILED,
    Mood.ATTENTION: Ground.WARNING,
    Mood.CALM: Ground.ALT,
    Mood.WORKING: Ground.SELECTION,
}
PROBLEM_RANKS = {Mood.ERROR: 1, Mood.ATTENTION: 2}
TEXT_TONES = {Mood.ERROR: Tone.FAILED, Mood.ATTENTION: Tone.WARNING}
MOOD_TONES = {
    Mood.PLAIN: Tone.TEXT,
    Mood.CALM: Tone.MUTED,
    Mood.WORKING: Tone.ACCENT,
    Mood.ATTENTION: Tone.WARNING,
    Mood.ERROR: Tone.FAILED,
}


class StripText(Struct, frozen=True):
    """The content of a strip.

    Attributes:
        mood: How severe it is.
        fact: One sentence, with its full stop.
        consequence: One more; hidden when space is short, but never for assistive technology.
        actions: Texts of the buttons, the main one last.
        more: How many other problems follow this one.
        is_news: It is new: assistive technology interrupts its current output for it.
        help: The entry of its reason in the manual; "" for none.
    """

    mood: Mood
    icon: str
    fact: str
    consequence: str = ""
    actions: tuple[str, ...] = ()
    more: int = 0
    is_news: bool = True
    help: str = ""


class _AllOrNothing(Label):
    """A secondary text that is hidden where it does not fit, rather than cut."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)


class ProblemStrip(MeasuredWidget):
    """Shows one problem, and hides itself when there is none."""

    action_requested = Signal(str)
    """The text of the button that was pressed."""
    more_requested = Signal()
    """The other problems are requested."""
    moved = Signal()
    """Its content has changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.passed = self.more_requested
        self.problem: StripText | None = None
        self._is_behind, self._elsewhere = False, 0
        self._buttons: list[OutlineButton] = []
        cut = Qt.TextElideMode.ElideRight
        self._fact = Label("", Role.SMALL, Weight.SEMIBOLD, elide=cut, parent=self)
        self._consequence = _AllOrNothing("", Role.SMALL, elide=cut, parent=self)
        self._more = LinkButton(parent=self)
        self._more.clicked.connect(self.more_requested)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._fact)
        self._row.addWidget(self._consequence, 1)
        self._help = HelpLink(self)
        self._row.addWidget(self._more)
        self._row.addWidget(self._help)
        start = INSET_PX + ICON_PX + TEXT_GAP_PX
        self.keep_spaces(
            self._row, start, 0, END_PX, gap=TEXT_GAP_PX, lines=Edge.BOTTOM, height=STRIP_PX
        )
        self.hide()

    @property
    def rank(self) -> int | None:
        """The priority among the strips of its window; None for nothing."""
        return None if self.problem is None else PROBLEM_RANKS.get(self.problem.mood, NOTE)

    @property
    def count(self) -> int:
        return 0 if self.problem is None else 1 + self.problem.more

    def show_problem(self, problem: StripText | None) -> None:
        """Show a problem, or nothing. Buttons are reused while their texts stay the same."""
        if problem == self.problem:
            return
        before, self.problem = self.problem, problem
        self.setVisible(problem is not None and not self._is_behind)
        shown = problem or StripText(Mood.CALM, "", "")
        tone = TEXT_TONES.get(shown.mood, Tone.TEXT)
        whole = f"{shown.fact} {shown.consequence}".strip()
        self.setAccessibleName(whole)
        show_tip(self, whole)  # the texts may be cut
        for label, text in ((self._fact, shown.fact), (self._consequence, shown.consequence)):
            label.setText(text)
            label.set_tone(tone)
        self._show_more()
        self._help.show_entry(shown.help)
        self.update()
        self.moved.emit()
        if problem is None:
            return
        if before is None or before.actions != problem.actions:
            buttons = shown_rows(self._buttons, len(problem.actions), self._make_button)
            for button, text in zip(buttons, problem.actions, strict=True):
                button.set_label(tr(text))
        is_same = before and _NUMBERS.sub("", before.fact) == _NUMBERS.sub("", problem.fact)
        if problem.is_news and not is_same:
            alert(self)

    def give_way(self, *, is_behind: bool, elsewhere: int = 0) -> None:
        """Hide behind another strip of the window, or show how many messages other strips have."""
        self._is_behind, self._elsewhere = is_behind, elsewhere
        self.setVisible(self.problem is not None and not is_behind)
        self._show_more()

    def _show_more(self) -> None:
        more = (self.problem.more if self.problem else 0) + self._elsewhere
        self._more.setVisible(more > 0)
        self._more.set_label(tr("%n more messages", "", more, one="%n more message"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(STRIP_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.problem is None:
            return
        theme, rect = self._theme, QRectF(self.rect())
        with QPainter(self) as painter:
            kind, edge, tokens = self.problem.mood, theme.scale(ICON_PX), theme.tokens
            fill(painter, rect, tokens.ground(MOOD_GROUNDS[kind]))
            line = tokens.hairline if kind is Mood.CALM else tokens.hairline_strong
            line = tokens.warning_hairline if kind is Mood.ATTENTION else line
            horizontal_hairline(painter, 0, rect.height() - 1, rect.width(), line)
            inset = theme.scale(INSET_PX)
            is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left = rect.width() - inset - edge if is_mirrored else inset
            top_left = QPointF(left, (rect.height() - edge) / 2)
            ink = tokens.ink(MOOD_TONES[kind])
            draw_icon(painter, theme, self.problem.icon, top_left, edge, ink)

    def _make_button(self, place: int) -> OutlineButton:
        button = OutlineButton("", height_px=SMALL_PX, parent=self)
        button.clicked.connect(lambda: self._request(place))
        self._row.addWidget(button)
        before = self._buttons[-1] if self._buttons else self._help
        QWidget.setTabOrder(before, button)  # it may be created long after everything else
        return button

    def _request(self, place: int) -> None:
        if self.problem is not None and place < len(self.problem.actions):
            self.action_requested.emit(self.problem.actions[place])
