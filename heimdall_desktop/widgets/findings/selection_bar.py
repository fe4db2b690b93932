"""What is said of the selected findings, at the foot of the table: how many, how severe, hidden.

Source: design.md §5, §10; ux.md §2.8, §2.9.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.facts.finding import Severity, severities_of
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.table.table_text import (
    selected_addition,
    selected_fact,
    selected_text,
)
from heimdall_desktop.widgets.controls.action_bar import ActionBar, BarAction, BarState
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.findings.row_selection import RowSelection

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
