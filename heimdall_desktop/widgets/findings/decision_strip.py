"""The strip above the rows that shows the outcome of decisions, and what to do about it.

Source: look.md 10 ("Triage", "Bulk and undo": result), pictures 10 and 11.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Severity, severities_of
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.table_text import selected_text, selected_words
from heimdall_desktop.widgets.controls.action_bar import ActionBar, BarAction, BarState
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.controls.problem_strip import ANSWER, ProblemStrip, StripText
from heimdall_desktop.widgets.controls.text_labels import show_tip
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
    """Shows the outcome of one action and why parts of it failed; hidden when there is none.

    Signals:
        moved: its content has changed.
        passed: the messages of other strips are requested.
    """

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decision-result")
        self._actions: Actions = {}
        self._is_held = self._is_behind = False
        self._strip = ProblemStrip(self)
        self._strip.setObjectName("decision-strip")
        self._strip.action_requested.connect(lambda text: self._actions[text]())
        self.passed = self._strip.more_requested
        self._reasons = _Reasons(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._reasons)
        self.hide()

    @property
    def mood(self) -> Mood | None:
        """The mood of the shown outcome; None for nothing."""
        problem = self._strip.problem
        return None if problem is None or self._is_held else problem.mood

    @property
    def rank(self) -> int | None:
        """The priority among the strips of its window; None for nothing."""
        return None if self.mood is None else ANSWER

    @property
    def count(self) -> int:
        return int(self.mood is not None)

    def give_way(self, *, is_behind: bool, elsewhere: int) -> None:
        """Hide behind another strip of the window, or show how many messages other strips have."""
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
        """Show the outcome of an action.

        Args:
            mood: How severe it is.
            icon: Name of the glyph.
            fact: One sentence.
            consequence: One more.
            lines: Reasons, and how many findings each concerns.
            actions: Button texts and what they do, the main one last.
        """
        self._actions, self._is_held = actions or {}, False
        self._reasons.show_lines(lines)
        self._strip.show_problem(StripText(mood, icon, fact, consequence, tuple(self._actions)))
        self._show()

    def hold(self, *, is_held: bool) -> None:
        """Hide the content until it is released or replaced."""
        self._is_held = is_held
        self._show()

    def clear(self) -> None:
        self._strip.show_problem(None)
        self._reasons.show_lines(())
        self._show()

    def _show(self) -> None:
        self.setVisible(self.count > 0 and not self._is_behind)
        self.moved.emit()


class _Reasons(MeasuredWidget):
    """A line for each reason: a cross, how many, and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decision-reasons")
        self._lines: tuple[tuple[int, str], ...] = ()
        self.hide()

    def show_lines(self, lines: tuple[tuple[int, str], ...]) -> None:
        """Show these lines; summarise the rest in one line if there are many."""
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
        numbers = [grouped(count) for count, _ in self._lines]
        widths = [theme.text_width(each, Role.SMALL, Weight.SEMIBOLD) for each in numbers]
        widest = max(widths, default=0.0)
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


# The bar for the selected findings, at the foot of the table: how many, how severe, hidden.
#
# Source: look.md 5, 10; behaviour.md 2.8, 2.9.


MANY = 5_000  # selected; counting them takes some milliseconds
MANY_REST_MS = 100  # before many are counted
ROWS_REST_MS = 300  # before they are counted again after row changes
SAY_REST_MS = 600  # a screen reader announces a selection after it has been stable this long


class SelectionBar(QObject):
    """Counts the selected findings, and shows the count from two on.

    Args:
        selection: The selection.
        model: Knows which of it passes the filter.
        over: The widget that the bar floats over.
        parent: Its owner, an ancestor of that widget.
        take_keyboard: Moves the keyboard on when the bar is hidden.

    Attributes:
        bar: the bar itself.
    """

    chosen_changed = Signal()
    """The selection changed, or which of it passes the filter."""
    covered = Signal(int)
    """How much of the foot the bar covers, in pixels."""
    said = Signal(str)
    """The announcement for a screen reader."""

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
        """Offer actions for everything that is selected and shown.

        Args:
            actions: In their order.
            why: Why others are absent; "" if none are.
        """
        self._actions, self._why = tuple(actions), why
        self._show()

    def show_instead(self, state: BarState | None) -> None:
        """Show another state while it lasts; None shows the selection again."""
        self._instead = state
        self._show()

    def show_running(
        self, fact: str, more: str, fraction: float, cancel: Callable[[], object]
    ) -> None:
        """Show instead how far something is, and a button that cancels it."""
        ends = (BarAction(tr("Cancel"), cancel, is_main=True),)
        self.show_instead(BarState(fact, {}, fraction, more, ends=ends))

    def _take_choice(self) -> None:
        self.chosen_changed.emit()
        self._count_after(MANY_REST_MS)

    def _take_rows(self) -> None:
        if self._selection.ids:
            self._count_after(ROWS_REST_MS)

    def _count_after(self, many_rest_ms: int) -> None:
        """Count soon what passes; many only now and then, because keys repeat and rows arrive."""
        if not self._count_soon.isActive():
            self._count_soon.start(many_rest_ms if len(self._selection.ids) > MANY else 0)

    def _count(self) -> None:
        ids = self._selection.ids
        found = self._model.grouped.passing(ids)
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
            clear = BarAction(tr("Clear", "selection"), self._selection.clear, "Esc")
            fact, addition = selected_words(shown, hidden)
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
        """Announce how many are selected; a single row announces itself, unless others were."""
        shown, hidden, _ = self._counted
        is_many, before = shown + hidden > 1, self._said
        text = selected_text(shown, hidden)
        self._said = text if is_many else ""
        if text != before and (is_many or before):
            self.said.emit(text)
