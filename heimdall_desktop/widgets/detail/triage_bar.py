"""The foot of the detail: the possible decisions on the finding, and its current state.

Source: look.md 5 (Detail, "Triage bar"), 10 ("Triage"), picture 10.
"""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.presentation import decision_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import (
    GhostIconButton,
    OutlineButton,
    PaintedButton,
    StateButton,
)
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.text_labels import Label, add_choice, new_menu, show_tip
from heimdall_desktop.widgets.findings.finding_menu import add_severities, severity_menu
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone

ROW_PX = 44
ROWS_PX = 80
TWO_ROWS_FROM_PX = 560  # of the detail's height
INSET_PX = 16
GAP_PX = 6
FIRST_ROW = 4  # the number of decisions in the first row


class TriageBar(Pane):
    """Shows the status as the pressed one of its buttons.

    If it is too narrow, the keys are hidden first, then the last buttons move into the menu at its
    end. If no decision is possible, it shows the reason.

    Signals:
        decided: a `Field` and the server's word for its new value.
    """

    decided = Signal(object, str)
    comment_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(edges=Edge.TOP, parent=parent)
        self.setObjectName("triage-bar")
        self.setAccessibleName(tr("Decision"))
        self._has_two_rows = False
        self._why = Label("", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight)
        self._why.setObjectName("triage-obstacle")
        self._states: dict[str, StateButton] = {}
        for choice in decision_text.CHOICES:
            word = decision_text.value_word(Field.STATUS, choice.value)
            state = StateButton(tr(choice.text), word, choice.key, self)
            state.setObjectName(f"triage-{choice.value}")
            state.clicked.connect(partial(self._decide, choice.value))
            self._states[choice.value] = state
        self.severity = OutlineButton(
            tr("Severity"), key=decision_text.SEVERITY_KEY, has_menu=True, parent=self
        )
        self.severity.setObjectName("triage-severity")
        self.severity.clicked.connect(self.open_severities)
        self._comment = OutlineButton(tr("Comment"), key=decision_text.COMMENT_KEY, parent=self)
        self._comment.setObjectName("triage-comment")
        self._comment.clicked.connect(self.comment_wanted)
        self._more = GhostIconButton("ui-more", tr("More decisions"), parent=self)
        self._more.setObjectName("triage-more")
        self._more.clicked.connect(self._open_more)
        self._severity_value = ""
        self._is_folded: dict[PaintedButton, bool] = {}
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self.keep_spaces(column, INSET_PX, 6, INSET_PX, 5)
        for row in (self._first, self._second):
            column.addLayout(row)
            self.keep_spaces(row, gap=GAP_PX)
        buttons = [*self._states.values(), self.severity, self._comment]
        self._first.addWidget(self._why)
        for place, button in enumerate(buttons):
            (self._first if place < FIRST_ROW else self._second).addWidget(button)
        self._first.addStretch(1)
        self._second.addStretch(1)
        self._second.addWidget(self._more)
        self._measure()

    def show_finding(self, status: str, severity: str, obstacle: str = "") -> None:
        """Show the current state of a finding.

        Args:
            status: the server's word.
            severity: the server's word.
            obstacle: why no decision is possible; "" if one is.
        """
        for value, button in self._states.items():
            button.show_state(is_on=value == status)
        self._severity_value = severity
        self._why.setText(obstacle)
        show_tip(self._why, obstacle)
        self._measure()

    def set_two_rows(self, *, are_wanted: bool) -> None:
        if are_wanted != self._has_two_rows:
            self._has_two_rows = are_wanted
            self._measure()

    def open_severities(self) -> bool:
        """Open the menu of severities at its button; False if that is not visible."""
        if not self.severity.isVisible():
            return False
        decide = partial(self.decided.emit, Field.SEVERITY)
        menu = severity_menu(self, self._severity_value, decide)
        menu.popup(self.severity.mapToGlobal(self.severity.rect().topLeft()))
        return True

    def _decide(self, status: str, *_is_checked: bool) -> None:
        self.decided.emit(Field.STATUS, status)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())  # buttons shrink: they must not keep the pane wide

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _open_more(self) -> None:
        menu = new_menu(self, tr("More decisions"), "triage-menu")
        for value, button in self._states.items():
            if self._is_folded.get(button):
                decide = partial(self._decide, value)
                add_choice(menu, button.label, decide, is_on=button.isChecked())
        if self._is_folded.get(self.severity):
            menu.addSeparator()
            add_severities(menu, self._severity_value, partial(self.decided.emit, Field.SEVERITY))
        if self._is_folded.get(self._comment):
            menu.addSeparator()
            menu.addAction(tr("Comment")).triggered.connect(self.comment_wanted)
        menu.popup(self._more.mapToGlobal(self._more.rect().topLeft()))

    def _measure(self) -> None:
        """Show as many buttons as fit, with their keys if those fit too."""
        can_decide = not self._why.text()
        has_two = self._has_two_rows and can_decide
        self._why.setVisible(not can_decide)
        first: list[PaintedButton] = [*self._states.values()]
        first, second = first[:FIRST_ROW], [*first[FIRST_ROW:], self.severity, self._comment]
        row, other = (self._second, self._first)[:: 1 if has_two else -1]
        if other.indexOf(self._more) >= 0:
            other.removeWidget(self._more)
            row.addWidget(self._more)
        room = self.width() - 2 * self._theme.scale(INSET_PX)
        fits_first = self._fit(first, room, has_more=not has_two, is_shown=can_decide)
        fits_second = self._fit(second, room, has_more=has_two, is_shown=has_two)
        self._more.setVisible(can_decide and not (has_two and fits_first and fits_second))
        self.setFixedHeight(self._theme.scale(ROWS_PX if has_two else ROW_PX))

    def _fit(
        self, buttons: list[PaintedButton], room: int, *, has_more: bool, is_shown: bool
    ) -> bool:
        """Show the fitting part of a row, and return whether all of it fits."""
        gap = self._theme.scale(GAP_PX)
        room -= self._more.sizeHint().width() + gap if has_more else 0
        for button in buttons:
            button.show_key(is_shown=True)
        if _width(buttons, gap) > room:
            for button in buttons:
                button.show_key(is_shown=False)
        shown = list(buttons) if is_shown else []
        while shown and _width(shown, gap) > room:
            shown.pop()
        for button in buttons:
            button.setVisible(button in shown)
            self._is_folded[button] = button not in shown
        return len(shown) == len(buttons)


def _width(buttons: list[PaintedButton], gap: int) -> int:
    return sum(button.sizeHint().width() for button in buttons) + gap * max(len(buttons) - 1, 0)
