"""The row of one setting: its title and description at the left, its control at the right.

Rows with several controls are in `setting_lines`.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QRadioButton, QVBoxLayout, QWidget

from heimdall_desktop.presentation.window import setting as kinds
from heimdall_desktop.presentation.window.setting import Setting
from heimdall_desktop.widgets.controls.buttons import OutlineButton
from heimdall_desktop.widgets.controls.labels import Label, sub_menu
from heimdall_desktop.widgets.controls.pane import Edge, Pane, set_row_margins
from heimdall_desktop.widgets.controls.toggles import SegmentedControl, Switch
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

ROW_PX = 44
SPACE_PX = 11  # above and below the words
WORDS_PX = 200  # minimum beside a control
GAP_PX = 24  # between words and control
SIDE_BY_SIDE = 4  # up to this many words are side by side; more are in a menu

Control = Switch | SegmentedControl | OutlineButton


class SettingRow(Pane):
    """Shows the value of a setting, and changes it.

    Args:
        setting: Which one.
        parent: The owner.

    Attributes:
        control: its control; the first one of several.
    """

    control: QWidget

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, parent=parent)
        self._setting = setting
        self.setObjectName(f"setting-{setting.id}")

    @property
    def setting_id(self) -> str:
        """The id of its setting."""
        return self._setting.id

    @property
    def shape(self) -> tuple[str, ...]:
        """The kinds of controls that it is built for."""
        return self._setting.shape

    def use(self, setting: Setting) -> None:
        """Show a new version of the setting with the same id."""
        self._setting = setting
        self.set_edges(Edge.NONE if setting.goes_on else Edge.BOTTOM)
        self.refresh()

    def refresh(self) -> None:
        """Show the current value of the setting."""

    def focus_control(self) -> None:
        """Focus its control."""
        self.control.setFocus(Qt.FocusReason.TabFocusReason)


class ControlRow(SettingRow):
    """A title, its description below, and one control at the end.

    Args:
        setting: Which one.
        parent: The owner.
    """

    control: Control

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._says = Label("", Role.SMALL, tone=Tone.MUTED)
        self._says.setWordWrap(True)
        self.control = self._make_control()
        self.control.setObjectName(f"set-{setting.id}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Label(setting.title, weight=Weight.SEMIBOLD))
        words.addWidget(self._says)
        words.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.control)
        self._measure()
        self.use(setting)

    def refresh(self) -> None:
        setting, control = self._setting, self.control
        self._says.setText(setting.sentence)
        control.setEnabled(not setting.obstacle())
        control.setAccessibleDescription(setting.sentence)
        with QSignalBlocker(control):
            match setting.kind, control:
                case kinds.Switch() as switch, Switch():
                    control.setChecked(switch.is_on())
                case kinds.Choice() as choice, SegmentedControl():
                    control.set_current(choice.current())
                case kinds.Choice() as choice, ChoiceButton():
                    control.show_choice(choice)
                case _:
                    pass  # a button shows only its label

    def focus_control(self) -> None:
        control: QWidget = self.control
        if isinstance(control, SegmentedControl):
            control = next(b for b in control.findChildren(QRadioButton) if b.isChecked())
        control.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the control below the text if it would leave too little space."""
        super().resizeEvent(event)
        left = event.size().width() - self.control.sizeHint().width() - self._row.spacing()
        ways, is_wide = QBoxLayout.Direction, left >= self._theme.scale(WORDS_PX)
        self._row.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)

    def _make_control(self) -> Control:
        setting = self._setting
        match setting.kind:
            case kinds.Switch():
                switch = Switch(setting.title)
                switch.toggled.connect(self._set)
                return switch
            case kinds.Choice() as choice if len(choice.words) <= SIDE_BY_SIDE:
                segments = SegmentedControl(choice.words, name=setting.title)
                segments.chosen.connect(self._set)
                return segments
            case kinds.Choice() as choice:
                button = ChoiceButton(choice, setting.title)
                button.chosen.connect(self._set)
                return button
            case kinds.Button() as kind:
                plain = OutlineButton(kind.word, icon=kind.icon)
                plain.set_tone(Tone.FAILED if kind.is_destructive else Tone.TEXT)
                plain.clicked.connect(self._set)
                return plain
            case kinds.Menu() as opened:
                opener = OutlineButton(opened.word, icon=opened.icon)
                opener.clicked.connect(self._open_menu)
                return opener
            case _:
                raise TypeError(setting.kind)  # these have their own rows

    def _set(self, value: int) -> None:
        """Apply the switch or choice, or run the action."""
        match self._setting.kind:
            case kinds.Switch() as switch:
                switch.turn(bool(value))
            case kinds.Choice() as choice:
                choice.choose(value)
            case kinds.Button() as button:
                button.act()
            case _:
                pass  # opens a menu, or has another row
        self.refresh()

    def _open_menu(self) -> None:
        """Offer the currently available actions."""
        if not isinstance(self._setting.kind, kinds.Menu):
            return
        menu = QMenu(self)
        menu.setAccessibleName(self._setting.title)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for title, ways in self._setting.kind.entries():
            inner = sub_menu(menu, title.replace("&", "&&"))
            for word, act in ways:
                inner.addAction(word, act)
        menu.popup(self.control.mapToGlobal(self.control.rect().bottomLeft()))

    def _measure(self) -> None:
        scale = self._theme.scale
        space = scale(SPACE_PX)
        set_row_margins(self, self._row, start=0, end=0, top=space, bottom=space)
        self._row.setSpacing(scale(GAP_PX))
        self.setMinimumHeight(scale(ROW_PX))


class ChoiceButton(OutlineButton):
    """Shows the chosen one of many words, and opens a menu of them.

    Args:
        choice: The words.
        name: What is chosen, for assistive technology.
        parent: The owner.
    """

    chosen = Signal(int)
    """The place of the word that the user chose."""

    def __init__(self, choice: kinds.Choice, name: str, parent: QWidget | None = None) -> None:
        super().__init__(has_menu=True, height_px=30, parent=parent)
        self._name = name
        menu, self._actions = QMenu(self), QActionGroup(self)
        menu.setAccessibleName(name)
        for place, word in enumerate(choice.words):
            action = QAction(word, self._actions)
            action.setCheckable(True)
            action.triggered.connect(lambda _, place=place: self.chosen.emit(place))
            menu.addAction(action)
        self.setMenu(menu)
        self.show_choice(choice)

    def show_choice(self, choice: kinds.Choice) -> None:
        """Show the current choice."""
        place = choice.current()
        for at, action in enumerate(self._actions.actions()):
            action.setChecked(at == place)
        word = choice.words[place] if place >= 0 else ""
        if word != self.label:
            self.set_label(word)
        self.setAccessibleName(f"{self._name}: {word}" if word else self._name)
