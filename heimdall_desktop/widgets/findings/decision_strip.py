"""The strip above the rows that says what came of decisions, and what can be done about it.

Source: design.md §10 ("Triage", "Bulk and undo": result), pictures 10 and 11.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.presentation.board.sign import Mood
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.widgets.controls.labels import show_tip
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.controls.problem_strip import ANSWER, ProblemStrip, StripText
from heimdall_desktop.widgets.look.painting import fill, horizontal_hairline
from heimdall_desktop.widgets.look.row_cursor import RowCursor
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
