"""The block at the foot of the board that shows why the server in use cannot be reached.

It is shown whatever is watched: otherwise a board whose scans have all ended would look fine.
Source: ux.md 2.6, design.md 10 (Signed out while nothing runs).
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.server import ServerState, Standing
from heimdall_desktop.presentation.board.connection_text import (
    server_consequence,
    server_fact,
    sign_of_server,
)
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, OutlineButton
from heimdall_desktop.widgets.controls.labels import IconMark
from heimdall_desktop.widgets.controls.pane import Edge, Pane, set_row_margins
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.wrapped_label import Run, WrappedLabel
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

BLOCK_PX = 56
GAP_PX = 8
LINE_PX = 18
PADDING_PX = 9
MAX_LINES = 3


class ServerNotice(Pane):
    """Visible only while the server in use cannot be reached.

    Args:
        parent: Its owner.
    """

    sign_in_wanted = Signal()
    """Sign in there again."""
    again_wanted = Signal()
    """Retry the server at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WARNING, Edge.TOP, parent=parent)
        self.setObjectName("server-notice")
        self._state: ServerState | None = None
        self._mark = IconMark("conn-signed-out", 16, Tone.WARNING, self)
        self._words = WrappedLabel(Role.SMALL, LINE_PX, MAX_LINES, self)
        self._words.setObjectName("server-notice-words")
        self._action = OutlineButton("", height_px=SMALL_PX, parent=self)
        self._action.setObjectName("server-notice-action")
        self._action.clicked.connect(self._act)
        mark = QVBoxLayout()
        mark.addWidget(self._mark)
        mark.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addLayout(mark)
        self._row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        self._measure()
        self.hide()

    def show_state(self, state: ServerState | None, now: datetime, *, watches_new: bool) -> None:
        """Show the problem of the server in use and its consequence; hide if there is none."""
        self._state = state
        sign = None if state is None else sign_of_server(state)
        self.setVisible(sign is not None)
        if state is None or sign is None:
            return
        fact, consequence = server_fact(state, now), server_consequence(watches_new=watches_new)
        before = self._words.text()
        self._words.show_runs(
            Run(fact, Weight.SEMIBOLD, Tone.WARNING), Run(f"\u2028{consequence}", tone=Tone.WARNING)
        )
        is_out = state.standing is Standing.SIGNED_OUT
        self._mark.show_icon(sign.spec.icon, Tone.WARNING)
        self._action.set_label(tr("Sign in") if is_out else tr("Retry now"))
        if self._words.text() != before:
            self.setAccessibleName(f"{fact} {consequence}")
            self._words.setAccessibleName(f"{fact} {consequence}")
            self._words.setToolTip("")
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _act(self) -> None:
        if self._state is not None and self._state.standing is Standing.SIGNED_OUT:
            self.sign_in_wanted.emit()
        else:
            self.again_wanted.emit()

    def _measure(self) -> None:
        scale = self._theme.scale
        inset, padding = scale(INSET_PX), scale(PADDING_PX)
        set_row_margins(self, self._row, start=inset, end=inset, top=padding + 1, bottom=padding)
        self._row.setSpacing(scale(GAP_PX))
        self.setMinimumHeight(scale(BLOCK_PX))
