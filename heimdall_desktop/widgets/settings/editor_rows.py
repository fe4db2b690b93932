"""Rows of settings that are edited in place: weekly hours, and the keys of a command.

Source: look.md 10 ("Alerts"), picture 16.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout

from heimdall_desktop.domain.facts.choices import DAY_MIN, QuietSpan
from heimdall_desktop.presentation.alerts import setting_text
from heimdall_desktop.presentation.i18n import either, tr
from heimdall_desktop.presentation.time_text import WEEKDAYS
from heimdall_desktop.presentation.window import setting as kinds
from heimdall_desktop.presentation.window.setting import Setting
from heimdall_desktop.widgets.controls import buttons
from heimdall_desktop.widgets.controls.fields import TextField
from heimdall_desktop.widgets.controls.key_names import key_text
from heimdall_desktop.widgets.controls.pane import Edge, Pane, set_row_margins
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone
from heimdall_desktop.widgets.settings.setting_rows import SettingRow

HOURS_ROW_PX = 34
DAY_WIDTH_PX, DAY_HEIGHT_PX, DAY_GAP_PX = 30, 28, 4
TIME_PX, TIME_HEIGHT_PX = 64, 28
GAP_PX, PART_GAP_PX = 8, 16
STEP_MIN = 30
KEYS_ROW_PX, KEYS_GAP_PX, HEAD_PX = 36, 12, 40
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_unknown,
)
_CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_LETTERS = range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)


class HoursRow(SettingRow):
    """The days on which hours start, their start and end, and a remove button.

    Args:
        setting: Which one.
    """

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        text = tr("{line}: {part}")
        self._days = [
            _Day(tr(word), text.format(line=setting.title, part=tr(day)))
            for word, day in zip(setting_text.SHORT_DAYS, WEEKDAYS, strict=True)
        ]
        self._start, self._end = (
            _Time(text.format(line=setting.title, part=part)) for part in (tr("From"), tr("To"))
        )
        self._note = Label("", Role.SMALL, tone=Tone.MUTED)
        remove = buttons.GhostIconButton("ui-close", tr("Remove these hours"))
        remove.setObjectName(f"remove-{setting.id}")
        remove.setAccessibleDescription(setting.title)
        remove.clicked.connect(self._remove)
        self._days_row, self._times_row = QHBoxLayout(), QHBoxLayout()
        for number, day in enumerate(self._days):
            day.setObjectName(f"set-{setting.id}-day-{number}")
            day.clicked.connect(self._change)
            self._days_row.addWidget(day)
        self._days_row.addStretch(1)
        for name, field in (("start", self._start), ("end", self._end)):
            field.edit.setObjectName(f"set-{setting.id}-{name}")
            field.edit.editingFinished.connect(self._change)
        to = Label(tr("to"), Role.SMALL, tone=Tone.MUTED)
        for part in (self._start, to, self._end, self._note):
            self._times_row.addWidget(part)
        self._times_row.addStretch(1)
        self._times_row.addWidget(remove)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addLayout(self._days_row)
        self._row.addLayout(self._times_row, 1)
        self.control = self._days[0]
        self._measure()
        self.use(setting)

    def refresh(self) -> None:
        hours = self._hours
        for number, day in enumerate(self._days):
            day.setChecked(number in hours.span.days)
        self._start.show_minute(hours.span.start_min)
        self._end.show_minute(hours.span.end_min)
        self._note.setText(hours.note)
        self.control.setAccessibleDescription(self.setting.sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._days_row.sizeHint().width() + self._times_row.sizeHint().width()
        ways, gap = QBoxLayout.Direction, self._theme.scale(PART_GAP_PX)
        is_wide = event.size().width() >= needed + gap
        self._row.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)
        self._row.setSpacing(self._theme.scale(PART_GAP_PX if is_wide else DAY_GAP_PX))

    @property
    def _hours(self) -> kinds.Hours:
        kind = self.setting.kind
        assert isinstance(kind, kinds.Hours)  # noqa: S101 - the kind of a row never changes
        return kind

    def _remove(self) -> None:
        self._hours.remove()

    def _change(self) -> None:
        """Apply the chosen or typed values if they are valid times."""
        span, start, end = self._hours.span, self._start.minute, self._end.minute
        changed = QuietSpan(
            tuple(number for number, day in enumerate(self._days) if day.isChecked()),
            span.start_min if start is None else start % DAY_MIN,
            span.end_min if end is None else end,
        )
        if changed != span:
            self._hours.change(changed)

    def _measure(self) -> None:
        scale = self._theme.scale
        self._row.setContentsMargins(0, 0, 0, scale(HOURS_ROW_PX - DAY_HEIGHT_PX))
        self._row.setSpacing(scale(PART_GAP_PX))
        self._days_row.setSpacing(scale(DAY_GAP_PX))
        self._times_row.setSpacing(scale(GAP_PX))


class _Day(buttons.ToggleButton):
    """A day that is on or off."""

    def __init__(self, word: str, name: str) -> None:
        super().__init__(word, height_px=DAY_HEIGHT_PX)
        self.setAccessibleName(name)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        scale = self._theme.scale
        return QSize(scale(DAY_WIDTH_PX), scale(DAY_HEIGHT_PX))

    def _ink(self) -> QColor:
        tokens = self._theme.tokens
        return tokens.text if self.isChecked() else tokens.muted

    def _weight(self) -> Weight:
        return Weight.SEMIBOLD if self.isChecked() else Weight.REGULAR


class _Time(TextField):
    """A time of the day; the arrows change it by half an hour."""

    def __init__(self, name: str) -> None:
        super().__init__(name, height_px=TIME_HEIGHT_PX)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.editingFinished.connect(self._read)
        self.edit.textEdited.connect(lambda _text: self.set_mistake(False))

    @property
    def minute(self) -> int | None:
        return setting_text.read_clock_time(self.edit.text())

    def show_minute(self, minute: int) -> None:
        """Show a time; the current one or one being typed stays, with its selection."""
        is_typed = self.edit.isModified() and self.edit.hasFocus()
        if self.minute != minute and not is_typed:
            self.edit.setText(setting_text.clock_time(minute))
            self.set_mistake(False)

    def _read(self) -> None:
        """Format the typed text as a clock time, or show that it is invalid."""
        minute = self.minute
        self.set_mistake(minute is None)
        if minute is not None:
            self.edit.setText(setting_text.clock_time(minute))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(TIME_PX), super().sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        steps = {Qt.Key.Key_Up: STEP_MIN, Qt.Key.Key_Down: -STEP_MIN}
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step, minute = steps.get(Qt.Key(event.key())), self.minute
            if step is not None:
                if minute is not None:
                    self.edit.setText(setting_text.clock_time((minute + step) % DAY_MIN))
                    self.edit.editingFinished.emit()
                return True
        return super().eventFilter(watched, event)

    def _measure(self) -> None:
        super()._measure()
        set_row_margins(self, self._row, start=4, end=4, top=2, bottom=2)
        self.setFixedWidth(self._theme.scale(TIME_PX))


class GroupHead(Pane):
    """A heading for the commands below it.

    Args:
        word: The heading.
    """

    def __init__(self, word: str) -> None:
        super().__init__(Ground.SURFACE, Edge.BOTTOM, is_strong=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        label = Label(word, Role.SMALL, Weight.SEMIBOLD, Tone.MUTED)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignBottom)
        self._measure()

    def _measure(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, self._theme.scale(5))
        self.setFixedHeight(self._theme.row_height(HEAD_PX, Role.SMALL))


class KeysRow(SettingRow):
    """A command, its editable keys, and a reset to the defaults.

    Args:
        setting: Which one.
    """

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._says = Label("", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight)
        self._button = KeysButton(setting.title)
        self._button.setObjectName(f"set-{setting.id}")
        self._button.chosen.connect(self._choose)
        self._button.asked.connect(self._forget_refusal)
        self._refusal = ""
        self.control = self._button
        self._row = QHBoxLayout(self)
        self._row.addWidget(Label(setting.title, elide=Qt.TextElideMode.ElideRight))
        self._row.addWidget(self._says, 1)
        self._row.addWidget(self._make_reset())
        self._row.addWidget(self._button)
        self._measure()
        self.use(setting)

    def refresh(self) -> None:
        kind = self._keys
        self._says.setText(self._refusal or self.setting.sentence)
        self._says.set_tone(Tone.FAILED if self._refusal else Tone.MUTED)
        self._show_reset()
        self._button.show_keys(kind.keys)

    @property
    def _keys(self) -> kinds.Keys:
        kind = self.setting.kind
        assert isinstance(kind, kinds.Keys)  # noqa: S101 - the kind of a row never changes
        return kind

    def _choose(self, keys: str) -> None:
        self._refusal = self._keys.choose(keys)
        if self._refusal:
            self.refresh()

    def _forget_refusal(self) -> None:
        self._refusal = ""
        self.refresh()

    def _measure(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self._theme.scale(KEYS_GAP_PX))
        self.setFixedHeight(self._theme.row_height(KEYS_ROW_PX))


class KeysButton(buttons.OutlineButton):
    """Shows the current keys; once pressed, it captures the next keys.

    Escape keeps them, Backspace removes them.

    Args:
        name: The action of the keys, for assistive technology.

    Signals:
        asked: it waits for the next keys.
        chosen: other keys were pressed, in Qt's portable spelling; "" for none.
    """

    asked = Signal()
    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(height_px=buttons.SMALL_PX)
        self._name = name
        self._keys: tuple[str, ...] = ("",)
        self._is_waiting = False
        self.clicked.connect(self._wait)

    def show_keys(self, keys: tuple[str, ...]) -> None:
        if keys != self._keys:
            self._keys = keys
            self._show()

    def event(self, event: QEvent) -> bool:
        """Keep the chosen keys from triggering anything else."""
        if self._is_waiting and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_waiting:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in _MODIFIERS:
            return
        self._rest()
        if key is not Qt.Key.Key_Escape:
            is_clearing = key in _CLEARING and not event.modifiers()
            self.chosen.emit("" if is_clearing else spelled(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._rest()

    def _wait(self) -> None:
        self._is_waiting = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()
        self.asked.emit()

    def _rest(self) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self._show()

    def _show(self) -> None:
        text = [key_text(keys) for keys in self._keys]
        if self._is_waiting:
            self.set_label(tr("Press the new keys"))
            ways_out = tr("Press Esc to keep the current keys, or Backspace to remove them.")
            self.setAccessibleDescription(ways_out)
        else:
            self.set_label(either(text) or tr("None"))
            self.setAccessibleDescription(tr("Activate, then press the new keys."))
        self.setAccessibleName(tr("{action}: {keys}").format(action=self._name, keys=self.label))
        resting = Tone.TEXT if text else Tone.MUTED
        self.set_tone(Tone.ACCENT if self._is_waiting else resting)


def spelled(event: QKeyEvent) -> str:
    """Return pressed keys in Qt's portable spelling, as a command has them.

    Shift is part of a character such as "?": on other keyboards that is another key.
    """
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    is_sign = 0x21 <= key <= 0x7E and key not in _LETTERS
    if is_sign:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    combination = modifiers.value | key
    return QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)
