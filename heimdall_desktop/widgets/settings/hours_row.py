"""Weekly hours as a row of settings: the days on which they start, their start and their end.

Source: design.md §10 ("Alerts"), picture 16.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from heimdall_desktop.domain.facts.choices import DAY_MIN, QuietSpan
from heimdall_desktop.presentation.alerts.setting_text import (
    SHORT_DAYS,
    clock_time,
    read_clock_time,
)
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.time_text import WEEKDAYS
from heimdall_desktop.presentation.window import setting as kinds
from heimdall_desktop.presentation.window.setting import Setting
from heimdall_desktop.widgets.controls.buttons import GhostIconButton, ToggleButton
from heimdall_desktop.widgets.controls.fields import TextField
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.pane import set_row_margins
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone
from heimdall_desktop.widgets.settings.setting_row import SettingRow

ROW_PX = 34
DAY_WIDTH_PX, DAY_HEIGHT_PX, DAY_GAP_PX = 30, 28, 4
TIME_PX, TIME_HEIGHT_PX = 64, 28
GAP_PX, PART_GAP_PX = 8, 16
STEP_MIN = 30


class HoursRow(SettingRow):
    """The days on which hours start, their start and end, and a remove button.

    Args:
        setting: Which one.
        parent: The owner.
    """

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        text = tr("{line}: {part}")
        self._days = [
            _Day(tr(word), text.format(line=setting.title, part=tr(day)))
            for word, day in zip(SHORT_DAYS, WEEKDAYS, strict=True)
        ]
        self._start, self._end = (
            _Time(text.format(line=setting.title, part=part)) for part in (tr("From"), tr("To"))
        )
        self._note = Label("", Role.SMALL, tone=Tone.MUTED)
        remove = GhostIconButton("ui-close", tr("Remove these hours"))
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
        self.control.setAccessibleDescription(self._setting.sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the times below the days if there is no space beside them."""
        super().resizeEvent(event)
        needed = self._days_row.sizeHint().width() + self._times_row.sizeHint().width()
        ways, gap = QBoxLayout.Direction, self._theme.scale(PART_GAP_PX)
        is_wide = event.size().width() >= needed + gap
        self._row.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)
        self._row.setSpacing(self._theme.scale(PART_GAP_PX if is_wide else DAY_GAP_PX))

    @property
    def _hours(self) -> kinds.Hours:
        kind = self._setting.kind
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
        self._row.setContentsMargins(0, 0, 0, scale(ROW_PX - DAY_HEIGHT_PX))
        self._row.setSpacing(scale(PART_GAP_PX))
        self._days_row.setSpacing(scale(DAY_GAP_PX))
        self._times_row.setSpacing(scale(GAP_PX))


class _Day(ToggleButton):
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
        """The typed time in minutes; None if it is invalid."""
        return read_clock_time(self.edit.text())

    def show_minute(self, minute: int) -> None:
        """Show a time; the current one or one being typed stays, with its selection."""
        is_typed = self.edit.isModified() and self.edit.hasFocus()
        if self.minute != minute and not is_typed:
            self.edit.setText(clock_time(minute))
            self.set_mistake(False)

    def _read(self) -> None:
        """Format the typed text as a clock time, or show that it is invalid."""
        minute = self.minute
        self.set_mistake(minute is None)
        if minute is not None:
            self.edit.setText(clock_time(minute))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(TIME_PX), super().sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        steps = {Qt.Key.Key_Up: STEP_MIN, Qt.Key.Key_Down: -STEP_MIN}
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step, minute = steps.get(Qt.Key(event.key())), self.minute
            if step is not None:
                if minute is not None:
                    self.edit.setText(clock_time((minute + step) % DAY_MIN))
                    self.edit.editingFinished.emit()
                return True
        return super().eventFilter(watched, event)

    def _measure(self) -> None:
        super()._measure()
        set_row_margins(self, self._row, start=4, end=4, top=2, bottom=2)
        self.setFixedWidth(self._theme.scale(TIME_PX))
