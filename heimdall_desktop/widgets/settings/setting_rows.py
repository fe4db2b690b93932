"""The rows of settings: one control beside its text, several switches, or a line of a list.

Source: look.md 10 ("Alerts"), picture 16.
"""

from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window import setting as kinds
from heimdall_desktop.presentation.window.setting import Setting
from heimdall_desktop.widgets.controls.buttons import LinkButton, OutlineButton
from heimdall_desktop.widgets.controls.pane import Edge, Pane, set_row_margins
from heimdall_desktop.widgets.controls.text_labels import (
    IconMark,
    Label,
    Paragraph,
    new_menu,
    show_tip,
    sub_menu,
)
from heimdall_desktop.widgets.controls.toggles import SegmentedControl, Switch
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

ROW_PX = 44
SPACE_PX = 11  # above and below the words
WORDS_PX = 200  # minimum beside a control
GAP_PX = 24  # between words and control
SIDE_BY_SIDE = 4  # up to this many words are side by side; more are in a menu
COLUMNS_PX, HIGH_PX, LIST_PX, HEAD_PX = 36, 48, 32, 28
COLUMN_PX, NARROW_COLUMN_PX = 96, 64
WIDE_PX = 560  # from this width on the columns have their own widths
REMARK_GAP_PX = 8
TITLE_PX, RESET_PX = 16, 24
FACT_PX = 6  # above and below a line that only shows something
LAST_PX = 12  # below the last line of a list

Control = Switch | SegmentedControl | OutlineButton


class SettingRow(Pane):
    """Shows the value of a setting, and changes it.

    Args:
        setting: Which one.

    Attributes:
        setting: the setting in its current form.
        control: its control; the first one of several.
    """

    control: QWidget

    def __init__(self, setting: Setting) -> None:
        super().__init__(Ground.SURFACE)
        self.setting = setting
        self.setObjectName(f"setting-{setting.id}")

    def use(self, setting: Setting) -> None:
        self.setting = setting
        self.set_edges(Edge.NONE if setting.continues else Edge.BOTTOM)
        self.refresh()

    def refresh(self) -> None:
        """Show the current value of the setting."""

    def focus_control(self) -> None:
        self.control.setFocus(Qt.FocusReason.TabFocusReason)

    def _make_reset(self, height_px: int = RESET_PX) -> LinkButton:
        """Return the link that restores the default; `_show_reset` shows it if it would help."""
        self._reset = LinkButton(tr("Reset"), is_inline=True, height_px=height_px)
        self._reset.setAccessibleName(
            tr("{thing}: {action}").format(thing=self.setting.title, action=tr("Reset"))
        )
        self._reset.setObjectName(f"reset-{self.setting.id}")
        self._reset.clicked.connect(self._restore_default)
        return self._reset

    def _show_reset(self) -> None:
        self._reset.setVisible(self.setting.reset is not None)

    def _restore_default(self) -> None:
        reset = self.setting.reset
        if reset is not None:
            self.focus_control()  # the link disappears
            reset()
            self.refresh()
            self.focus_control()  # of several the default


class ControlRow(SettingRow):
    """A title, its description below, and one control at the end.

    Args:
        setting: Which one.
    """

    control: Control

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._says = Label("", Role.SMALL, tone=Tone.MUTED)
        self._says.setWordWrap(True)
        self.control = self._make_control()
        self.control.setObjectName(f"set-{setting.id}")
        self._words = words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        self._head = QHBoxLayout()
        self._title = Label(setting.title, weight=Weight.SEMIBOLD)
        self._head.addWidget(self._title)
        self._head.addWidget(self._make_reset(TITLE_PX))
        self._head.addStretch(1)
        words.addLayout(self._head)
        words.addWidget(self._says)
        words.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.control)
        self._measure()
        self.use(setting)

    def refresh(self) -> None:
        setting, control = self.setting, self.control
        self._show_reset()
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
            buttons = control.findChildren(QRadioButton)
            control = next((each for each in buttons if each.isChecked()), buttons[0])
        control.setFocus(Qt.FocusReason.TabFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Return the size with the control below the words; a narrow row puts it there."""
        edges = self._row.contentsMargins()
        width = max(self._words.minimumSize().width(), self.control.minimumSizeHint().width())
        return QSize(width + edges.left() + edges.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = event.size().width() - self.control.sizeHint().width() - self._row.spacing()
        ways, is_wide = QBoxLayout.Direction, left >= self._theme.scale(WORDS_PX)
        self._row.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)

    def _make_control(self) -> Control:
        setting = self.setting
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
                opener.clicked.connect(self._set)
                return opener
            case _:
                raise TypeError(setting.kind)  # these have their own rows

    def _set(self, value: int) -> None:
        match self.setting.kind:
            case kinds.Switch() as switch:
                switch.turn(bool(value))
            case kinds.Choice() as choice:
                choice.choose(value)
            case kinds.Button() as button:
                button.act()
            case kinds.Menu() as opened:
                menu = new_menu(self, self.setting.title)
                for title, ways in opened.entries():
                    inner = sub_menu(menu, title.replace("&", "&&"))
                    for word, act in ways:
                        inner.addAction(word, act)
                menu.popup(self.control.mapToGlobal(self.control.rect().bottomLeft()))
                return  # nothing has changed yet
            case _:
                pass  # has another row
        self.refresh()

    def _measure(self) -> None:
        scale = self._theme.scale
        space = scale(SPACE_PX)
        set_row_margins(self, self._row, start=0, end=0, top=space, bottom=space)
        self._row.setSpacing(scale(GAP_PX))
        self._head.setSpacing(scale(REMARK_GAP_PX))
        self._title.setMinimumHeight(self._reset.sizeHint().height())  # or rows below would move
        self.setMinimumHeight(scale(ROW_PX))


class ChoiceButton(OutlineButton):
    """Shows the chosen one of many words, and opens a menu of them.

    Args:
        choice: The words.
        name: What is chosen, for assistive technology.
    """

    chosen = Signal(int)
    """The place of the word that the user chose."""

    def __init__(self, choice: kinds.Choice, name: str) -> None:
        super().__init__(has_menu=True, height_px=30)
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
        place = choice.current()
        for at, action in enumerate(self._actions.actions()):
            action.setChecked(at == place)
        word = choice.words[place] if place >= 0 else ""
        if word != self.label:
            self.set_label(word)
        self.setAccessibleName(f"{self._name}: {word}" if word else self._name)


class ColumnsHead(Pane):
    """The headings above columns of switches.

    Args:
        columns: The columns.
    """

    def __init__(self, columns: kinds.Columns) -> None:
        super().__init__(Ground.SURFACE, Edge.BOTTOM, is_strong=True)
        words = (columns.head, *(column.word for column in columns.columns))
        right = Qt.TextElideMode.ElideRight
        self._labels = [
            Label(word, Role.SMALL, Weight.MEDIUM, Tone.MUTED, elide=right) for word in words
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._labels[0], 1)
        for label in self._labels[1:]:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row.addWidget(label)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.row_height(HEAD_PX, Role.SMALL))
        for label in self._labels[1:]:
            label.setFixedWidth(_column_width(self))


class ColumnsRow(SettingRow):
    """A title with a remark, and a switch in each column.

    Args:
        setting: Which one.
        columns: The switches.
    """

    def __init__(self, setting: Setting, columns: kinds.Columns) -> None:
        super().__init__(setting)
        self._remark = Label("", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight)
        self._switches: list[Switch] = []
        self._places: list[QWidget] = []
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        right = Qt.TextElideMode.ElideRight
        self._title = Label(setting.title, weight=Weight.MEDIUM, elide=right)
        show_tip(self._title, setting.title)
        self._words.addWidget(self._title)
        self._words.addWidget(self._remark, 1)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._words, 1)
        self._row.addWidget(self._make_reset())
        for number, column in enumerate(columns.columns):
            text = tr("{event}: {place}").format(event=setting.title, place=column.word)
            switch = Switch(text)
            switch.setObjectName(f"set-{setting.id}-{number}")
            switch.toggled.connect(partial(self._turn, number))
            place = QWidget()
            centre = QHBoxLayout(place)
            centre.setContentsMargins(0, 0, 0, 0)
            centre.addWidget(switch, 0, Qt.AlignmentFlag.AlignCenter)
            self._row.addWidget(place)
            self._switches.append(switch)
            self._places.append(place)
        self.control = self._switches[0]
        self._measure()
        self.use(setting)

    def refresh(self) -> None:
        self._show_reset()
        self._remark.setText(self.setting.sentence)
        for column, switch in zip(self._columns, self._switches, strict=True):
            obstacle = column.switch.obstacle()
            switch.setEnabled(not obstacle)
            switch.setAccessibleDescription(f"{column.says} {obstacle}".strip())
            with QSignalBlocker(switch):
                switch.setChecked(column.switch.is_on())
            switch.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    @property
    def _columns(self) -> tuple[kinds.Column, ...]:
        kind = self.setting.kind
        return kind.columns if isinstance(kind, kinds.Columns) else ()

    def _turn(self, number: int, is_on: bool) -> None:
        self._columns[number].switch.turn(is_on)
        self.refresh()

    def _measure(self) -> None:
        """Put the remark below the title if there is no space beside it; then cut a long title."""
        scale, ways = self._theme.scale, QBoxLayout.Direction
        is_wide = self.width() >= scale(WIDE_PX)
        is_high = not is_wide and bool(self._remark.text())
        policy = QSizePolicy.Policy.Fixed if is_wide else QSizePolicy.Policy.Preferred
        self._title.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self._words.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)
        self._words.setSpacing(0)
        edge = scale(7) if is_high else 0
        self._words.setContentsMargins(0, edge, 0, edge)
        height = self._theme.row_height(COLUMNS_PX)
        self.setFixedHeight(scale(HIGH_PX) if is_high else height)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        gap = scale(REMARK_GAP_PX) if is_wide else 0
        self._remark.setContentsMargins(gap, 0, gap, 0)
        self._remark.setVisible(is_wide or is_high)
        for place in self._places:
            place.setFixedWidth(_column_width(self))


class FactRow(SettingRow):
    """A line that shows something: icon, title, text below it, and a figure at the end.

    Args:
        setting: Which one.
        fact: Its icon and figure.
    """

    def __init__(self, setting: Setting, fact: kinds.Fact) -> None:
        super().__init__(setting)
        self._says = Paragraph("", Role.SMALL, tone=Tone.FAILED if fact.is_failure else Tone.MUTED)
        self._note = Label("", Role.SMALL, tone=Tone.MUTED, is_tabular=True)
        self.control = self
        self.setFocusProxy(self._says)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._space_px = FACT_PX if fact.icon else SPACE_PX
        weight = Weight.MEDIUM if fact.icon else Weight.SEMIBOLD
        words.addWidget(Label(setting.title, weight=weight))
        words.addWidget(self._says)
        self._row = QHBoxLayout(self)
        top = Qt.AlignmentFlag.AlignTop
        if fact.icon:
            tone = Tone.FAILED if fact.is_failure else Tone.MUTED
            self._row.addWidget(IconMark(fact.icon, tone=tone), 0, top)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._note, 0, top)
        self._measure()
        self.use(setting)

    def refresh(self) -> None:
        text = self.setting.sentence
        self._says.setText(text)
        self.setAccessibleName(self.setting.title)
        self.setAccessibleDescription(text)
        if isinstance(self.setting.kind, kinds.Fact):
            self._note.setText(self.setting.kind.note)

    def _measure(self) -> None:
        space = self._theme.scale(self._space_px)
        self._row.setContentsMargins(0, space, 0, space)
        self._row.setSpacing(self._theme.scale(REMARK_GAP_PX))


class LinkRow(SettingRow):
    """A line of a list with its action; without a title only the action.

    Args:
        setting: Which one.
        link: The action.
    """

    def __init__(self, setting: Setting, link: kinds.Link) -> None:
        super().__init__(setting)
        self._remark = Label("", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight)
        self._row = QHBoxLayout(self)
        button = LinkButton(link.word, is_inline=True)
        button.setObjectName(f"set-{setting.id}")
        button.clicked.connect(self._act)
        self.control = button
        if setting.title:
            text = tr("{thing}: {action}").format(thing=setting.title, action=link.word)
            button.setAccessibleName(text)
            self._row.addWidget(IconMark(link.icon))
            title = Label(setting.title, weight=Weight.MEDIUM, elide=Qt.TextElideMode.ElideMiddle)
            self._row.addWidget(title)
            self._row.addWidget(self._remark, 1)
            self._row.addWidget(button)
        else:
            self._row.addWidget(button)
            self._row.addStretch(1)
        self._measure()
        self.use(setting)

    def refresh(self) -> None:
        self._remark.setText(self.setting.sentence)
        self.control.setAccessibleDescription(self.setting.sentence)

    def _act(self) -> None:
        if isinstance(self.setting.kind, kinds.Link):
            self.setting.kind.act()

    def _measure(self) -> None:
        scale = self._theme.scale
        self._row.setContentsMargins(0, 0, 0, 0 if self.setting.title else scale(LAST_PX))
        self._row.setSpacing(scale(REMARK_GAP_PX))
        if self.setting.title:
            self.setFixedHeight(self._theme.row_height(LIST_PX))


def _column_width(widget: QWidget) -> int:
    scale = theme_of(widget).scale
    return scale(COLUMN_PX if widget.width() >= scale(WIDE_PX) else NARROW_COLUMN_PX)
