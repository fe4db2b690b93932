"""The strip above the rows that says what came of decisions, and what can be done about it.

Source: design.md §10 ("Triage", "Bulk and undo": result), pictures 10 and 11.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Severity, severities_of
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.board.sign import Mood
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.table.table_text import (
    selected_addition,
    selected_fact,
    selected_text,
)
from heimdall_desktop.widgets.controls.action_bar import ActionBar, BarAction, BarState
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.labels import show_tip
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.controls.problem_strip import ANSWER, ProblemStrip, StripText
from heimdall_desktop.widgets.findings.row_selection import RowSelection
from heimdall_desktop.widgets.look.painting import RowCursor, fill, horizontal_hairline
from heimdall_desktop.widgets.look.theme import Role, Weight

LINE_PX = 28
INSET_PX = 16
ICON_PX = 14
GAP_PX = 8
MOST_LINES = 5  # further reasons are counted

Actions = Mapping[str, Callable[[], object]]


class DecisionStrip(QWidget):
    """Shows what came of one action, and why some of it failed; hidden while there is nothing.

    Args:
        parent: Its owner.

    Signals:
        moved: it shows something else.
        passed: the messages of other strips are wanted.
    """

    moved = Signal()
    passed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decision-result")
        self._actions: Actions = {}
        self._is_held = self._is_behind = False
        self._strip = ProblemStrip(self)
        self._strip.setObjectName("decision-strip")
        self._strip.action_requested.connect(self._act)
        self._strip.more_requested.connect(self.passed)
        self._reasons = _Reasons(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._reasons)
        self.hide()

    @property
    def mood(self) -> Mood | None:
        """How what is shown is meant; None for nothing."""
        problem = self._strip.problem
        return None if problem is None or self._is_held else problem.mood

    @property
    def rank(self) -> int | None:
        """How soon it is to be shown among the strips of its window; None for nothing."""
        return None if self.mood is None else ANSWER

    @property
    def count(self) -> int:
        """How many messages it has."""
        return int(self.mood is not None)

    def give_way(self, *, is_behind: bool, elsewhere: int) -> None:
        """Hide behind another strip of the window, or show how many messages are in others."""
        self._is_behind = is_behind
        self._strip.give_way(is_behind=False, elsewhere=elsewhere)
        self.setVisible(self.count > 0 and not is_behind)

    def show_result(
        self,
        mood: Mood,
        icon: str,
        fact: str,
        consequence: str = "",
        lines: tuple[tuple[int, str], ...] = (),
        actions: Actions | None = None,
    ) -> None:
        """Show what came of an action.

        Args:
            mood: How much it matters.
            icon: Name of the glyph.
            fact: One sentence.
            consequence: One more.
            lines: Reasons, and how many findings each concerns.
            actions: What the buttons do, by their texts, the main one last.
        """
        self._actions, self._is_held = actions or {}, False
        self._reasons.show_lines(lines)
        self._strip.show_problem(StripText(mood, icon, fact, consequence, tuple(self._actions)))
        self._show()

    def hold(self, *, is_held: bool) -> None:
        """Hide what is shown until it is released or something else is shown."""
        self._is_held = is_held
        self._show()

    def clear(self) -> None:
        """Show nothing."""
        self._strip.show_problem(None)
        self._reasons.show_lines(())
        self._show()

    def _show(self) -> None:
        self.setVisible(self.count > 0 and not self._is_behind)
        self.moved.emit()

    def _act(self, text: str) -> None:
        self._actions[text]()


class _Reasons(MeasuredWidget):
    """A line for each reason: a cross, how many, and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decision-reasons")
        self._lines: tuple[tuple[int, str], ...] = ()
        self.hide()

    def show_lines(self, lines: tuple[tuple[int, str], ...]) -> None:
        """Show these; the rest of many in one line."""
        rest = sum(count for count, _ in lines[MOST_LINES:])
        self._lines = lines[:MOST_LINES]
        if rest:
            self._lines += ((rest, tr("Other reasons.")),)
        whole = "\n".join(f"{grouped(count)} {text}" for count, text in lines)
        self.setAccessibleName(whole)
        show_tip(self, whole)
        self.setVisible(bool(self._lines))
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        height, icon_px = scale(LINE_PX), scale(ICON_PX)
        widest = max(
            (
                theme.text_width(grouped(count), Role.SMALL, Weight.SEMIBOLD)
                for count, _ in self._lines
            ),
            default=0.0,
        )
        with QPainter(self) as painter:
            fill(painter, QRectF(self.rect()), tokens.surface)
            for place, (count, text) in enumerate(self._lines):
                rect = QRectF(0, place * height, self.width(), height)
                row = RowCursor(theme, painter, rect, self.layoutDirection())
                row.skip(scale(INSET_PX))
                row.skip_at_end(scale(INSET_PX))
                row.icon("ui-close", icon_px, tokens.failed)
                row.skip(scale(GAP_PX))
                number = RowCursor(theme, painter, row.take(widest + 1), self.layoutDirection())
                number.text(grouped(count), theme.font(Role.SMALL, Weight.SEMIBOLD), tokens.text)
                row.skip(scale(GAP_PX))
                row.text(text, theme.font(Role.SMALL), tokens.text)
                horizontal_hairline(painter, 0, rect.bottom() - 1, rect.width(), tokens.hairline)

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.scale(LINE_PX) * len(self._lines))
        self.update()


# What is said of the selected findings, at the foot of the table: how many, how severe, hidden.
#
# Source: design.md §5, §10; ux.md §2.8, §2.9.


MANY = 5_000  # selected; to count so many takes some milliseconds
MANY_REST_MS = 100  # before many are counted
ROWS_REST_MS = 300  # before they are counted again because rows come and change
SAY_REST_MS = 600  # a screen reader hears of a selection once it has rested so long


class SelectionBar(QObject):
    """Counts what is selected, and shows that from two findings on.

    Args:
        selection: What is selected.
        model: Tells which of it passes the filter.
        over: What the bar floats over.
        parent: Its owner, an ancestor of that.
        take_keyboard: Puts the keyboard where it goes on, once the bar goes.

    Attributes:
        bar: the bar itself.
    """

    chosen_changed = Signal()
    """Other findings are selected, or others of them pass the filter."""
    covered = Signal(int)
    """How much of the foot is covered by the bar, in pixels."""
    said = Signal(str)
    """What a screen reader shall say."""

    def __init__(
        self,
        selection: RowSelection,
        model: FindingsModel,
        over: QWidget,
        parent: QWidget,
        take_keyboard: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._selection, self._model, self._take_keyboard = selection, model, take_keyboard
        self.bar = ActionBar(tr("Selection"), over, parent)
        self._actions: tuple[BarAction, ...] = ()
        self._why = ""
        self._instead: BarState | None = None
        self._counted: tuple[int, int, Counter[Severity]] = (0, 0, Counter())
        self._said = ""
        self._count_soon = QTimer(self, singleShot=True)
        self._count_soon.timeout.connect(self._count)
        self._say_soon = QTimer(self, singleShot=True, interval=SAY_REST_MS)
        self._say_soon.timeout.connect(self._say)
        selection.changed.connect(self._take_choice)
        model.changed.connect(self._take_rows)

    def offer(self, actions: Sequence[BarAction], why: str = "") -> None:
        """Offer what can be done with all that is selected and shown.

        Args:
            actions: In their order.
            why: Why others are absent; "" where none are.
        """
        self._actions, self._why = tuple(actions), why
        self._show()

    def show_instead(self, state: BarState | None) -> None:
        """Show something else as long as it lasts; None for what is selected again."""
        self._instead = state
        self._show()

    def _take_choice(self) -> None:
        self.chosen_changed.emit()
        self._count_after(MANY_REST_MS)

    def _take_rows(self) -> None:
        if self._selection.ids:
            self._count_after(ROWS_REST_MS)

    def _count_after(self, many_rest_ms: int) -> None:
        """Count soon what passes; many only now and then, for keys repeat and rows pour in."""
        if not self._count_soon.isActive():
            self._count_soon.start(many_rest_ms if len(self._selection.ids) > MANY else 0)

    def _count(self) -> None:
        ids = self._selection.ids
        found = self._model.passing(ids)
        counted = (len(found), len(ids) - len(found), severities_of(found))
        if counted != self._counted:
            self._counted = counted
            self.chosen_changed.emit()
            self._show()
            self._say_soon.start()

    def _show(self) -> None:
        before_px, (shown, hidden, severities) = self.bar.height_px, self._counted
        if self._instead is not None:
            self.bar.show_state(self._instead)
        elif shown + hidden > 1:
            actions = self._actions if shown else ()
            clear = BarAction(tr("Clear"), self._selection.clear, "Esc")
            fact, addition = selected_fact(shown, hidden), selected_addition(shown, hidden)
            addition = " ".join(filter(None, (addition, self._why)))
            state = BarState(fact, severities, None, addition, actions, (clear,))
            self.bar.show_state(state)
        else:
            had_keyboard = holds_focus(self.bar, self.bar.window().focusWidget())
            self.bar.show_state(None)
            if had_keyboard:
                self._take_keyboard()
        if self.bar.height_px != before_px:
            self.covered.emit(self.bar.height_px)

    def _say(self) -> None:
        """Tell how many are selected; of a row alone its own sentence tells, unless others were."""
        shown, hidden, _ = self._counted
        is_many, before = shown + hidden > 1, self._said
        told = selected_text(shown, hidden)
        self._said = told if is_many else ""
        if told != before and (is_many or before):
            self.said.emit(told)
