"""The switch for watching new scans automatically, with its words: in the dialog, on the board.

It shows the time of the last check: left on overnight, it must not seem to check while it cannot.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.application.discovery.scan_listing import START_S
from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.facts.server import ServerState
from heimdall_desktop.presentation.board.sign import (
    can_check,
    checked_words,
    server_brief,
)
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.text_labels import Label, show_tip
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

GAP_PX = 8
ELIDE = Qt.TextElideMode.ElideRight


class NewScansSwitch(QWidget):
    """Switch and words; a click on the words switches too.

    Args:
        preferences: Applies what was switched.
        is_foot: Words first and muted, the switch at the end, as at the foot of the board.
    """

    def __init__(
        self, preferences: Preferences, *, is_foot: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        name = tr("Auto-watch new scans")
        self._theme, self._is_foot = theme_of(self), is_foot
        self._has_problem = False
        self._switch = Switch(name, self)
        self._switch.setObjectName("watch-new-scans")
        self._switch.clicked.connect(lambda is_on: preferences.change_setting("watches_new", is_on))
        self._checked = Label("", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._checked.setObjectName("last-looked")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.scale(GAP_PX))
        if is_foot:
            self._words = Label(name, Role.SMALL, tone=Tone.MUTED, elide=ELIDE, parent=self)
            row.addWidget(self._words, 1)
            row.addWidget(self._checked)
            row.addWidget(self._switch)
        else:
            self._words = Label(name, Role.SMALL, Weight.MEDIUM, parent=self)
            note = tr("Checks every %n min", "", round(START_S / 60))
            row.addWidget(self._switch)
            row.addWidget(self._words)
            row.addWidget(Label(note, Role.SMALL, tone=Tone.MUTED, parent=self))
            row.addWidget(self._checked)
            row.addStretch(1)

    def show_on(self, *, is_on: bool) -> None:
        self._switch.setChecked(is_on)
        self._fit()

    def show_checks(self, state: ServerState | None, now: datetime) -> None:
        """Show when new scans were last checked for, and what prevents or prevented it."""
        words = text = "" if state is None else checked_words(state, now)
        self._has_problem = state is not None and not (can_check(state) and not state.lacks)
        if state is not None and not can_check(state):
            brief = server_brief(state) or (cause(state.error) if state.error else "")
            text = tr("{words}. Can't check now: {reason}").format(words=words, reason=brief)
            if state.looked_at is None:
                text = tr("Can't check now: {reason}").format(reason=brief)
        elif state is not None and state.lacks:
            text = tr("{words}. Couldn't load everything: {lacks}").format(
                words=words, lacks=cause(state.lacks)
            )
        self._checked.setText(words)
        self._checked.set_tone(Tone.WARNING if self._has_problem else Tone.MUTED)
        show_tip(self._checked, text)
        self._switch.setAccessibleDescription(text if self._switch.isChecked() else "")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the time while the switch is on; if it does not fit, only if it matters."""
        parts = (self._words, self._checked, self._switch)
        gaps = (len(parts) - 1) * self._theme.scale(GAP_PX)
        has_room = sum(part.sizeHint().width() for part in parts) + gaps <= self.width()
        is_wanted = self._switch.isChecked() and bool(self._checked.text())
        self._checked.setVisible(is_wanted and (has_room or self._has_problem or not self._is_foot))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._switch.click()
