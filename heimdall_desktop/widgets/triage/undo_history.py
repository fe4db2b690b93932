"""The undo history: decisions, newest first, which of them were undone, and how far to go back.

Source: look.md 10 ("Undo history"), picture 11.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.requests.decision_runs import Run, Step
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.domain.facts.decision import UNDO_DEPTH, Act, Field
from heimdall_desktop.models.rows_model import ACCESSIBLE_ROLE, DISPLAY_ROLE, Index, ListModel
from heimdall_desktop.presentation.decision_text import (
    REDO_KEYS,
    UNDO_KEYS,
    read_only_text,
    step_note,
    step_text,
)
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import title_text
from heimdall_desktop.presentation.time_text import day_text
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls import row_delegate
from heimdall_desktop.widgets.controls.key_names import command_key_text
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.text_labels import Label, draw_key_cap, key_cap_size
from heimdall_desktop.widgets.findings.table_tools import TableTools
from heimdall_desktop.widgets.look.painting import RowCursor, draw_text, fill, saved
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

WIDTH_PX, ROW_PX, NOW_PX = 400, 40, 20
MOST_ROWS = 9  # the others need scrolling
ICON_PX, GAP_PX, LINE_GAP_PX, LINE_INSET_PX = 16, 12, 8, 4
_CHOOSING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class StepLine(Struct, frozen=True):
    """A step as the history shows it.

    Attributes:
        title: the action.
        note: when and where, or its result since.
        key: undoes or redoes it; "" for one that others come before.
        is_undone: whether it was undone.
        is_changed: whether some of it was changed elsewhere since.
    """

    title: str
    note: str
    key: str
    is_undone: bool
    is_changed: bool


class UndoHistory(QObject):
    """Offers the history if there is one, opens it below its button, and goes to a step.

    Args:
        decisions: Knows the steps.
        store: The findings of the steps.
        clock: Our monotonic clock.
        now: The time of day.
        tools: Contains the button.
    """

    started = Signal(object)
    """A `Run` that undoes or redoes a step has started."""

    def __init__(
        self,
        decisions: Decisions,
        store: Store,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        tools: TableTools,
    ) -> None:
        super().__init__(tools)
        self._decisions, self._store, self._clock, self._now = decisions, store, clock, now
        self._button = tools.history
        self._steps: list[Step] = []  # still to undo or redo, in this order
        self._run: Run | None = None
        self._count = 0
        tools.history.clicked.connect(self.open)

    @property
    def has_steps(self) -> bool:
        return bool(self._decisions.to_undo or self._decisions.to_redo)

    def commands(self, undo: Callable[[], None], redo: Callable[[], None]) -> list[Command]:
        """Return the commands that undo or redo the next step, and the one that opens this."""

        def row(
            act: Act, word: str, nothing: str, keys: tuple[str, ...], icon: str = ""
        ) -> Command:
            return Command(
                act.value,
                partial(self._step_title, act, word),
                undo if act is Act.UNDO else redo,
                keys,
                icon,
                group=Group.FINDINGS,
                obstacle=partial(self._no_step, act, nothing),
                writes=partial(self._writes, act),
            )

        nothing = tr("Nothing to undo.")
        return [
            row(Act.UNDO, tr("Undo"), nothing, UNDO_KEYS, "ui-undo"),
            row(Act.REDO, tr("Redo"), tr("Nothing to redo."), REDO_KEYS),
            Command(
                "undo-history",
                tr("Undo history"),
                self.open,
                icon="ui-undo",
                group=Group.FINDINGS,
                obstacle=lambda: "" if self.has_steps else nothing,
                writes=True,
            ),
        ]

    def last(self, act: Act) -> Step | None:
        """Return the step that would be undone or redone next."""
        steps = self._decisions.to_undo if act is Act.UNDO else self._decisions.to_redo
        return steps[-1] if steps else None

    def reverse_last(self, act: Act) -> None:
        """Undo the newest action, or redo the one that was undone last."""
        step = self.last(act)
        if step is not None:
            self.go_to(step)

    def _writes(self, act: Act) -> bool:
        step = self.last(act)
        return step is None or step.what is not Field.SNOOZE

    def _no_step(self, act: Act, nothing: str) -> str:
        """Return why nothing can be undone or redone; "" if it can."""
        if self.last(act) is None:
            return nothing
        is_barred = self._decisions.is_read_only and self._writes(act)
        return read_only_text() if is_barred else ""

    def _step_title(self, act: Act, word: str) -> str:
        step = self.last(act)
        if step is None:
            return word
        return tr("{action}: {step}").format(action=word, step=self._text(step))

    def _text(self, step: Step) -> str:
        """Return the text of the action of a step, which may have set two fields."""
        both = [
            each
            for each in (*self._decisions.to_undo, *self._decisions.to_redo)
            if each.action == step.action
        ]
        step = next((each for each in both if each.what is Field.STATUS), step)
        only = self._store.finding(next(iter(step.jobs))) if len(step.jobs) == 1 else None
        title = "" if only is None else title_text(self._store.mask.finding(only))
        text = step_text(step.what, step.value, len(step.jobs) or step.count, title)
        return tr("{step}, with severity").format(step=text) if len(both) > 1 else text

    def offer(self) -> None:
        """Show the button if there is a step that is allowed."""
        self._button.setVisible(self.has_steps and not self._decisions.is_read_only)

    def open(self) -> StepsSheet:
        undo, redo = map(_first_steps, (self._decisions.to_undo, self._decisions.to_redo))
        sheet = StepsSheet(undo, redo, self._line, self._button)
        sheet.chosen.connect(self.go_to)
        is_mirrored = sheet.layoutDirection() is Qt.LayoutDirection.RightToLeft
        size, left = sheet.sizeHint(), 0 if is_mirrored else self._button.width()
        place = self._button.mapToGlobal(QPoint(left, self._button.height() + 2))
        screen = self._button.screen().availableGeometry()
        start = place.x() if is_mirrored else place.x() - size.width()
        sheet.move(max(screen.left(), min(start, screen.right() - size.width())), place.y())
        sheet.show()
        sheet.steps.setFocus(Qt.FocusReason.PopupFocusReason)
        return sheet

    def go_to(self, step: Step) -> None:
        """Undo everything since a step, including its action; or redo everything up to it.

        Steps run one after the other, and stop at the first one that does not fully succeed.
        """
        undo, redo = self._decisions.to_undo, self._decisions.to_redo
        steps = undo if step in undo else redo
        if step in steps:
            first = next(each for each in _first_steps(steps) if each.action == step.action)
            self._steps, self._count = [*reversed(steps[steps.index(first) :])], 0
            self._run_next()

    def take_end(self, run: Run) -> int | None:
        """Return how many actions have ended with a run; None if another one starts now."""
        if run is not self._run:
            return 1
        if run.result.is_whole:
            is_same = bool(self._steps) and self._steps[0].action == run.step.action
            self._count += not is_same
            if self._run_next():
                return None
        return self._count

    def _run_next(self) -> bool:
        """Run the next step, unless another action came in between."""
        undo, redo = self._decisions.to_undo, self._decisions.to_redo
        step = self._steps.pop(0) if self._steps else None
        if step is None or step not in (*undo[-1:], *redo[-1:]):
            return False
        self._run = self._decisions.undo() if step in undo else self._decisions.redo()
        self.started.emit(self._run)
        return True

    def _line(self, step: Step) -> StepLine:
        """Return the text of a step; for thousands of findings this takes some milliseconds."""
        undo, redo = self._decisions.to_undo, self._decisions.to_redo
        found = list(filter(None, map(self._store.finding, step.jobs)))
        changed = 0  # findings with a value that neither this step nor a later one of ours left
        for each in found:
            value = step.what.of(each)
            is_left = value == step.jobs[each.id].value
            changed += not is_left and not self._decisions.is_own(each.id, step.what, value)
        scans = [self._store.name_of(each) for each in {each.scan_id for each in found}]
        made_at = self._now() - timedelta(seconds=self._clock() - step.made_s)
        is_undone, at = step in redo, day_text(made_at, self._now())
        key = ""
        for steps, first_key in ((undo, UNDO_KEYS[0]), (redo, REDO_KEYS[0])):
            if steps and steps[-1].action == step.action:
                key = first_key
        return StepLine(
            self._text(step),
            step_note(at, scans, changed, len(step.jobs), is_undone=is_undone),
            command_key_text(key),
            is_undone,
            changed > 0,
        )


def _first_steps(steps: Sequence[Step]) -> list[Step]:
    """Return the first step of each action; one run through them all is one action."""
    former = (None, *steps)
    return [
        step
        for before, step in zip(former, steps, strict=False)
        if before is None or before.action != step.action
    ]


class StepsSheet(Pane):
    """The list of steps; a click beside it or Escape closes it.

    Args:
        undo: The steps to undo, oldest first.
        redo: The undone steps, the one undone last at the end.
        line: Describes a step.

    Attributes:
        steps: the list.
    """

    chosen = Signal(object)
    """A `Step` was chosen."""

    def __init__(
        self,
        undo: Sequence[Step],
        redo: Sequence[Step],
        line: Callable[[Step], StepLine],
        parent: QWidget,
    ) -> None:
        edges = Edge.TOP | Edge.BOTTOM | Edge.START | Edge.END
        super().__init__(Ground.SURFACE, edges, is_strong=True, parent=parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("undo_history")
        self.setAccessibleName(tr("Undo history"))
        self._model = _StepsModel(undo, redo, line, self)
        self.steps = StepsList(self._model, self)
        self.steps.index_chosen.connect(self._choose)
        count = len(undo) + len(redo)
        head = QHBoxLayout()
        head.addWidget(Label(tr("Undo history"), Role.SMALL, Weight.SEMIBOLD), 1)
        head.addWidget(Label(tr("%n steps", "", count, one="1 step"), Role.SMALL, tone=Tone.MUTED))
        foot = QHBoxLayout()
        kept = tr("Each step is checked before it is written. {count} are kept until you quit.")
        foot.addWidget(Label(kept.format(count=UNDO_DEPTH), Role.SMALL, tone=Tone.MUTED))
        column = QVBoxLayout(self)
        inset, gap = self._theme.scale(row_delegate.INSET_PX), self._theme.scale(LINE_GAP_PX)
        for row in (head, foot):
            row.setContentsMargins(inset, gap, inset, gap)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.steps)
        column.addLayout(foot)
        self.setFixedWidth(self._theme.scale(WIDTH_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        step = self._model.row(index.row())
        if isinstance(step, Step):
            self.close()
            self.chosen.emit(step)


class StepsList(row_delegate.ChoiceList):
    """The steps, for mouse and keyboard: the arrows move, Enter and Space choose.

    Args:
        model: The steps.
    """

    def __init__(self, model: _StepsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("undo_steps")
        self.setAccessibleName(tr("Undo history"))
        self.setModel(model)
        delegate = _StepsDelegate(model, self)
        self._marks = row_delegate.ListMarks(self, delegate, QPalette.ColorRole.Light)
        self.setCurrentIndex(model.index(model.first, 0))
        heights = [delegate.row_px(row) for row in range(model.rowCount())]
        self.setFixedHeight(sum(sorted(heights)[: MOST_ROWS + 1]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CHOOSING:
            self.index_chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _StepsModel(ListModel[Step | str]):
    """The steps, newest first; the word between undone steps and the rest can't be chosen.

    Lines are made on demand.
    """

    choosable = Step

    def __init__(
        self,
        undo: Sequence[Step],
        redo: Sequence[Step],
        line: Callable[[Step], StepLine],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._line_of, self._lines = line, dict[Step, StepLine]()
        self._rows = [*redo, *([tr("now")] if redo else ()), *reversed(undo)]
        self.now = len(redo) if redo else -1
        self.first = min(self.now + 1, len(self._rows) - 1) if undo else len(redo) - 1

    def line(self, step: Step) -> StepLine:
        return self._lines.get(step) or self._lines.setdefault(step, self._line_of(step))

    def value(self, row: Step | str, role: int) -> Any:
        if role not in (DISPLAY_ROLE, ACCESSIBLE_ROLE):
            return None
        if isinstance(row, str):
            return row
        line = self.line(row)
        if role == DISPLAY_ROLE:
            return line.title
        undo, redo = tr("Undo up to: {step}, {note}"), tr("Redo up to: {step}, {note}")
        return (redo if line.is_undone else undo).format(step=line.title, note=line.note)


class _StepsDelegate(row_delegate.RowDelegate):
    """Draws steps of two lines, and highlights all steps that would change with the target."""

    has_bar = False
    has_line = False

    def __init__(self, model: _StepsModel, view: StepsList) -> None:
        super().__init__(view)
        self._model, self._view = model, view

    def row_px(self, row: int) -> int:
        return self._theme.scale(NOW_PX if row == self._model.now else ROW_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.row_px(index.row()))

    def is_lit(self, index: Index) -> bool:
        now, row, to = self._model.now, index.row(), self.hovered_row
        if to < 0:
            to = self._view.currentIndex().row()
        return now < row <= to or to <= row < now

    def draw_row(
        self, painter: QPainter, row: RowCursor, option: QStyleOptionViewItem, index: Index
    ) -> None:
        step = self._model.row(index.row())
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        if not isinstance(step, Step):
            word, font = step or "", theme.font(Role.MICRO, Weight.SEMIBOLD)
            word_px = theme.text_width(word, Role.MICRO, Weight.SEMIBOLD) + 1
            row.text_at_end(word, word_px, font, tokens.accent)
            row.skip_at_end(scale(GAP_PX))
            rest = row.take(row.remaining)
            fill(painter, QRectF(rest.left(), rest.center().y(), rest.width(), 1), tokens.accent)
            return
        line = self._model.line(step)
        ink = tokens.muted if line.is_undone else tokens.text
        edge = scale(ICON_PX)
        if line.is_changed:
            row.icon("ui-warning", edge, tokens.warning)
        else:  # the back arrow, mirrored for undone steps
            place = row.take(edge)
            with saved(painter):
                if line.is_undone is not (option.direction is Qt.LayoutDirection.RightToLeft):
                    painter.translate(2 * place.center().x(), 0)
                    painter.scale(-1, 1)
                arrow = RowCursor(theme, painter, place, Qt.LayoutDirection.LeftToRight)
                arrow.icon("ui-undo", edge, tokens.muted)
        row.skip(scale(GAP_PX))
        if line.key:
            size = key_cap_size(theme, line.key)
            cap = row.take_at_end(size.width())
            cap.adjust(0, (cap.height() - size.height()) / 2, 0, 0)
            cap.setHeight(size.height())
            draw_key_cap(painter, cap, line.key, theme)
            row.skip_at_end(scale(GAP_PX))
        place = row.take(row.remaining)
        upper, lower = QRectF(place), QRectF(place)
        upper.adjust(0, scale(LINE_INSET_PX), 0, -place.height() / 2)
        lower.adjust(0, place.height() / 2, 0, -scale(LINE_INSET_PX))
        draw_text(painter, upper, line.title, theme.font(Role.SMALL, Weight.MEDIUM), ink)
        draw_text(painter, lower, line.note, theme.font(Role.MICRO), tokens.muted)
