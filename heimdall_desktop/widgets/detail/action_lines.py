"""The status of actions on the shown finding: a line each, above its pages.

While an action runs, its line shows the elapsed time and a button to stop waiting. Afterwards it
shows the result, with a button that opens what was created. Source: design.md §5, §10; ux.md §2.9.
"""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.application.finding_actions import FindingActions
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.finding_action import ActionState
from heimdall_desktop.presentation.action_text import ActionLine, action_line
from heimdall_desktop.presentation.board.sign import Mood
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, OutlineButton
from heimdall_desktop.widgets.controls.dialog_frame import web_address
from heimdall_desktop.widgets.controls.labels import IconMark
from heimdall_desktop.widgets.controls.pane import Edge, MeasuredWidget, Pane, set_row_margins
from heimdall_desktop.widgets.controls.problem_strip import MOOD_GROUNDS, MOOD_TONES, TEXT_TONES
from heimdall_desktop.widgets.controls.wrapped_label import Run, WrappedLabel
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

TICK_MS = 1000  # elapsed times change every second
TEXT_LINES = 5
LINES_LIMIT = 3  # more would leave too little space for the pages
_ICON_TONES = MOOD_TONES | {Mood.CALM: Tone.TEXT}


class _Line(Pane):
    """One action."""

    page_wanted = Signal()
    answer_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(edges=Edge.TOP, parent=parent)
        self._shown: tuple[ActionLine, str] | None = None
        self._mark = IconMark(size_px=16, parent=self)
        self._words = WrappedLabel(Role.SMALL, 18, TEXT_LINES, self)
        self._words.setObjectName("action-words")
        self._answer = self._button(tr("Show"), "action-answer", self.answer_wanted)
        self._page = self._button("", "action-page", self.page_wanted)
        self._leave = self._button("", "action-leave", self.left)
        self._row = QHBoxLayout(self)
        self._texts = QHBoxLayout()
        self._texts.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._texts.addWidget(self._words, 1)
        self._row.addLayout(self._texts, 1)
        for button in (self._answer, self._page, self._leave):
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._measure()

    def show_state(self, state: ActionState, elapsed_s: float) -> None:
        """Show the state of an action; announce what is new."""
        line = action_line(state, elapsed_s)
        if (line, state.page) == self._shown:
            return
        before, self._shown = self._shown, (line, state.page)
        self._ground = MOOD_GROUNDS.get(line.mood, Ground.ALT)
        tone = TEXT_TONES.get(line.mood, Tone.TEXT)
        self._mark.show_icon(line.icon, _ICON_TONES[line.mood])
        self._words.show_runs(
            Run(line.fact, Weight.SEMIBOLD, tone), Run(f" {line.consequence}".rstrip(), tone=tone)
        )
        self._answer.setVisible(line.has_answer)
        self._page.set_label(line.page_label)
        self._page.setVisible(bool(line.page_label) and web_address(state.page) is not None)
        self._leave.set_label(line.leave)
        self._leave.setVisible(bool(line.leave))
        self.setAccessibleName(f"{line.fact} {line.consequence}".strip())
        self.update()
        if before is None or before[0].icon != line.icon:  # a changed time is not new
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _button(self, label: str, name: str, pressed: SignalInstance) -> OutlineButton:
        button = OutlineButton(label, height_px=SMALL_PX, parent=self)
        button.setObjectName(name)
        button.clicked.connect(pressed)
        return button

    def _measure(self) -> None:
        scale = self._theme.scale
        gap = scale(6)
        self._row.setSpacing(gap)
        self._texts.setSpacing(gap)
        self._texts.setContentsMargins(0, scale(3), 0, scale(3))  # aligned with the buttons
        set_row_margins(self, self._row, start=scale(16), end=scale(16), top=gap, bottom=gap)


class ActionLines(MeasuredWidget):
    """A line for each requested action on a finding; hidden without one.

    Args:
        actions: The requested actions.
        parent: The owner.

    Signals:
        page_wanted: address of what was created; confirm with the user before opening it.
        answer_wanted: show the answer of a model.
        resized: the number of lines changed.
    """

    page_wanted = Signal(str)
    answer_wanted = Signal()
    resized = Signal()

    def __init__(self, actions: FindingActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._finding_id: FindingId | None = None
        self._states: tuple[ActionState, ...] = ()
        self._lines: list[_Line] = []
        self._most = LINES_LIMIT
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.setObjectName("action-tick")
        self._tick.timeout.connect(self.refresh)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName(tr("Finding actions"))
        self.hide()

    def show_finding(self, finding_id: FindingId | None) -> None:
        """Show the actions on a finding; None shows none."""
        self._finding_id = finding_id
        self.refresh()

    def set_most(self, most: int) -> None:
        """Show only the newest lines, as many as fit; the others wait."""
        if most != self._most:
            self._most = most
            self.refresh()

    def refresh(self) -> None:
        """Show the current states."""
        shown = self._finding_id
        count = len(self._states)
        self._states = () if shown is None else self._actions.states(shown)[-self._most :]
        while len(self._lines) < len(self._states):
            self._add_line(len(self._lines))
        for place, line in enumerate(self._lines):
            if place < len(self._states):
                state = self._states[place]
                line.show_state(state, self._actions.elapsed_s(state))
            line.setVisible(place < len(self._states))
        self.setVisible(bool(self._states))
        self._keep_time()
        if count != len(self._states):
            self.resized.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_time()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def _keep_time(self) -> None:
        if self.isVisible() and any(state.is_under_way for state in self._states):
            if not self._tick.isActive():
                self._tick.start()
        else:
            self._tick.stop()

    def _add_line(self, place: int) -> None:
        line = _Line(self)
        line.setObjectName(f"action-{place}")
        line.page_wanted.connect(lambda: self.page_wanted.emit(self._states[place].page))
        line.answer_wanted.connect(self.answer_wanted)
        line.left.connect(partial(self._leave, place))
        self._lines.append(line)
        self._column.addWidget(line)

    def _leave(self, place: int) -> None:
        state = self._states[place]
        self._actions.leave(state.subject, state.action)
        self.refresh()
