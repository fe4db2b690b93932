"""The part of the top bar above the board, and the switch for watching new scans with its words.

During a search the field replaces the title. The switch shows the time of the last check: left on
overnight, it must not seem to check while it cannot.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from heimdall_desktop.application.discovery.scan_listing import START_S
from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.facts.server import ServerState
from heimdall_desktop.presentation.board.scan_status import can_check, checked_words, server_brief
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.widgets.controls.buttons import GhostIconButton, OutlineButton
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.controls.pane import Edge, Pane, named
from heimdall_desktop.widgets.controls.text_labels import Label, show_tip
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

BAR_PX = 44
START_PX = 10  # the menu's icon is on the 16-px inset of the region
END_PX = 14
GAP_PX = 6
SEARCH_KEYS = "Ctrl+Shift+F"


class BoardHead(Pane):
    """Shows how many scans are watched and offers to watch more.

    Attributes:
        menu_button, add_button: its buttons.
        field: where scans are searched; Return puts the first found scan in scope.
    """

    search_left = Signal()
    """Move the keyboard to the found scans."""

    def __init__(self) -> None:
        super().__init__(Ground.WINDOW, Edge.BOTTOM)
        self.setObjectName("board_head")
        self._title = Label(tr("Scans"), Role.BODY, Weight.SEMIBOLD, parent=self)
        self._count = Label("", tone=Tone.MUTED, parent=self)
        self.menu_button = named(GhostIconButton("ui-menu", tr("Menu"), parent=self), "board_menu")
        self._search = GhostIconButton(
            "ui-search", tr("Search scans"), key=SEARCH_KEYS, parent=self
        )
        self._search.setObjectName("board_search")
        self._search.clicked.connect(self.open_search)
        self.field = SearchField(tr("Search scans"), placeholder=tr("Name or branch"), parent=self)
        self.field.setObjectName("board_search_field")
        self.field.edit.setObjectName("board_search_text")
        self.field.hide()
        self.add_button = named(OutlineButton(tr("Add"), icon="ui-plus", parent=self), "board_add")
        self.add_button.setAccessibleName(tr("Add scans"))
        self._row = QHBoxLayout(self)
        for part in (self.menu_button, self._title, self._count):
            self._row.addWidget(part)
        self._row.addWidget(self.field, 1)
        self._row.addStretch(0)
        self._row.addWidget(self._search)
        self._row.addWidget(self.add_button)
        self._show_field(is_shown=False)
        self.keep_spaces(
            self._row, START_PX, 0, END_PX, 0, gap=GAP_PX, lines=Edge.BOTTOM, height=BAR_PX
        )

    def show_count(self, count: int) -> None:
        self._count.setText(grouped(count) if count else "")

    def open_search(self) -> None:
        self._show_field(is_shown=True)
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.edit.selectAll()

    def close_search(self) -> None:
        had_focus = self.field.edit.hasFocus()
        self.field.edit.clear()
        self._show_field(is_shown=False)
        if had_focus:
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def present(self, *, is_on: bool) -> None:
        modes = QLineEdit.EchoMode
        self.field.edit.setEchoMode(modes.Password if is_on else modes.Normal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.field.isHidden():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_search()
        elif event.key() == Qt.Key.Key_Down:
            self.search_left.emit()
        else:
            super().keyPressEvent(event)

    def _show_field(self, *, is_shown: bool) -> None:
        self.field.setVisible(is_shown)
        for part in (self._title, self._count, self._search):
            part.setVisible(not is_shown)
        self._row.setStretch(self._row.indexOf(self._search) - 1, 0 if is_shown else 1)


SWITCH_GAP_PX = 8
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
        self._switch = named(Switch(name, self), "watch-new-scans")
        self._switch.clicked.connect(lambda is_on: preferences.change_setting("watches_new", is_on))
        self._checked = named(Label("", Role.SMALL, tone=Tone.MUTED, parent=self), "last-looked")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.scale(SWITCH_GAP_PX))
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
        gaps = (len(parts) - 1) * self._theme.scale(SWITCH_GAP_PX)
        has_room = sum(part.sizeHint().width() for part in parts) + gaps <= self.width()
        is_wanted = self._switch.isChecked() and bool(self._checked.text())
        self._checked.setVisible(is_wanted and (has_room or self._has_problem or not self._is_foot))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._switch.click()
