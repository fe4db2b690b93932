"""Rows of settings in one line: several switches under a head, hours of a week, a line of a list.

Source: design.md §10 ("Alerts"), picture 16.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from heimdall_desktop.domain.facts.choices import DAY_MIN, QuietSpan
from heimdall_desktop.presentation.alerts.setting_text import DAYS, clock_time, read_clock_time
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window import setting as kinds
from heimdall_desktop.presentation.window.setting import Setting
from heimdall_desktop.widgets.controls.buttons import GhostIconButton, LinkButton, PaintedButton
from heimdall_desktop.widgets.controls.fields import TextField
from heimdall_desktop.widgets.controls.labels import IconMark, Label
from heimdall_desktop.widgets.controls.pane import Edge, Pane, set_row_margins
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone
from heimdall_desktop.widgets.settings.setting_row import SettingRow

COLUMNS_PX, HIGH_PX, LIST_PX, HOURS_PX, HEAD_PX = 36, 48, 32, 34, 28
COLUMN_PX, NARROW_COLUMN_PX = 96, 64
WIDE_PX = 560  # from this width on the columns have theirs
DAY_WIDTH_PX, DAY_HEIGHT_PX, DAY_GAP_PX = 30, 28, 4
TIME_PX, TIME_HEIGHT_PX = 64, 28
REMARK_GAP_PX, PART_GAP_PX = 8, 16
LAST_PX = 12  # below the last line of a list
STEP_MIN = 30


class ColumnsHead(Pane):
    """The words above columns of switches.

    Args:
        columns: The columns.
        parent: The owner.
    """

    def __init__(self, columns: kinds.Columns, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, Edge.BOTTOM, is_strong=True, parent=parent)
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
        columns: What is switched.
        parent: The owner.
    """

    def __init__(
        self, setting: Setting, columns: kinds.Columns, parent: QWidget | None = None
    ) -> None:
        super().__init__(setting, parent)
        self._remark = Label("", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight)
        self._switches: list[Switch] = []
        self._places: list[QWidget] = []
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.addWidget(Label(setting.title, weight=Weight.MEDIUM))
        self._words.addWidget(self._remark, 1)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._words, 1)
        for number, column in enumerate(columns.columns):
            told = tr("{event}: {place}").format(event=setting.title, place=column.word)
            switch = Switch(told)
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
        self._remark.setText(self._setting.sentence)
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
        kind = self._setting.kind
        return kind.columns if isinstance(kind, kinds.Columns) else ()

    def _turn(self, number: int, is_on: bool) -> None:
        self._columns[number].switch.turn(is_on)
        self.refresh()

    def _measure(self) -> None:
        """Put the remark below the title where it would have no room beside it."""
        scale, ways = self._theme.scale, QBoxLayout.Direction
        is_wide = self.width() >= scale(WIDE_PX)
        is_high = not is_wide and bool(self._remark.text())
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


class HoursRow(SettingRow):
    """The days on which hours begin, their start and end, and what takes the line away.

    Args:
        setting: Which one.
        parent: The owner.
    """

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        told = tr("{line}: {part}")
        self._days = [
            _Day(tr(word), told.format(line=setting.title, part=tr(day))) for word, day in DAYS
        ]
        self._start, self._end = (
            _Time(told.format(line=setting.title, part=part)) for part in (tr("From"), tr("To"))
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
        """Put the times below the days where there is no room beside them."""
        super().resizeEvent(event)
        needed = self._days_row.sizeHint().width() + self._times_row.sizeHint().width()
        ways, gap = QBoxLayout.Direction, self._theme.scale(PART_GAP_PX)
        is_wide = event.size().width() >= needed + gap
        self._row.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)
        self._row.setSpacing(self._theme.scale(PART_GAP_PX if is_wide else DAY_GAP_PX))

    @property
    def _hours(self) -> kinds.Hours:
        kind = self._setting.kind
        assert isinstance(kind, kinds.Hours)  # noqa: S101 - a row keeps to the kind it is made for
        return kind

    def _remove(self) -> None:
        self._hours.remove()

    def _change(self) -> None:
        """Take what was chosen or typed, as far as it is a time."""
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
        self._row.setContentsMargins(0, 0, 0, scale(HOURS_PX - DAY_HEIGHT_PX))
        self._row.setSpacing(scale(PART_GAP_PX))
        self._days_row.setSpacing(scale(DAY_GAP_PX))
        self._times_row.setSpacing(scale(REMARK_GAP_PX))


class LinkRow(SettingRow):
    """A line of a list with what is done with it; without a title only that.

    Args:
        setting: Which one.
        link: What is done.
        parent: The owner.
    """

    def __init__(self, setting: Setting, link: kinds.Link, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._remark = Label("", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight)
        self._row = QHBoxLayout(self)
        button = LinkButton(link.word, is_inline=True)
        button.setObjectName(f"set-{setting.id}")
        button.clicked.connect(self._act)
        self.control = button
        if setting.title:
            told = tr("{thing}: {action}").format(thing=setting.title, action=link.word)
            button.setAccessibleName(told)
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
        self._remark.setText(self._setting.sentence)
        self.control.setAccessibleDescription(self._setting.sentence)

    def _act(self) -> None:
        if isinstance(self._setting.kind, kinds.Link):
            self._setting.kind.act()

    def _measure(self) -> None:
        scale = self._theme.scale
        self._row.setContentsMargins(0, 0, 0, 0 if self._setting.title else scale(LAST_PX))
        self._row.setSpacing(scale(REMARK_GAP_PX))
        if self._setting.title:
            self.setFixedHeight(self._theme.row_height(LIST_PX))


class _Day(PaintedButton):
    """A day that counts, or not."""

    def __init__(self, word: str, name: str) -> None:
        super().__init__(word, height_px=DAY_HEIGHT_PX)
        self.setAccessibleName(name)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        scale = self._theme.scale
        return QSize(scale(DAY_WIDTH_PX), scale(DAY_HEIGHT_PX))

    def _draw_ground(self, painter: QPainter, rect: QRectF) -> None:
        tokens, radius = self._theme.tokens, self._radius()
        if self.isChecked():
            rounded_box(painter, rect, radius, ground=tokens.accent_soft)
            return
        ground = tokens.hover if self._is_active() else None
        rounded_box(painter, rect, radius, ground=ground, line=tokens.hairline_strong)

    def _ink(self) -> QColor:
        tokens = self._theme.tokens
        return tokens.text if self.isChecked() else tokens.muted

    def _weight(self) -> Weight:
        return Weight.SEMIBOLD if self.isChecked() else Weight.REGULAR


class _Time(TextField):
    """A time of the day; the arrows move it by half an hour."""

    def __init__(self, name: str) -> None:
        super().__init__(name, height_px=TIME_HEIGHT_PX)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.editingFinished.connect(lambda: self.set_mistake(self.minute is None))
        self.edit.textEdited.connect(lambda _text: self.set_mistake(False))

    @property
    def minute(self) -> int | None:
        """What was typed; None for no time."""
        return read_clock_time(self.edit.text())

    def show_minute(self, minute: int) -> None:
        """Show a time, unless another one is just being typed."""
        if not (self.edit.isModified() and self.edit.hasFocus() and self.minute != minute):
            self.edit.setText(clock_time(minute))
            self.set_mistake(False)

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


def _column_width(widget: QWidget) -> int:
    scale = theme_of(widget).scale
    return scale(COLUMN_PX if widget.width() >= scale(WIDE_PX) else NARROW_COLUMN_PX)
