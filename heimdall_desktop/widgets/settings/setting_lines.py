"""Single-line rows of settings: several switches under a head, or a line of a list.

Source: design.md §10 ("Alerts"), picture 16.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window import setting as kinds
from heimdall_desktop.presentation.window.setting import Setting
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.labels import IconMark, Label
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone
from heimdall_desktop.widgets.settings.setting_row import SettingRow

COLUMNS_PX, HIGH_PX, LIST_PX, HEAD_PX = 36, 48, 32, 28
COLUMN_PX, NARROW_COLUMN_PX = 96, 64
WIDE_PX = 560  # from this width on the columns have their own widths
REMARK_GAP_PX = 8
LAST_PX = 12  # below the last line of a list


class ColumnsHead(Pane):
    """The headings above columns of switches.

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
        columns: The switches.
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
        """Put the remark below the title if there is no space beside it."""
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


class LinkRow(SettingRow):
    """A line of a list with its action; without a title only the action.

    Args:
        setting: Which one.
        link: The action.
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


def _column_width(widget: QWidget) -> int:
    scale = theme_of(widget).scale
    return scale(COLUMN_PX if widget.width() >= scale(WIDE_PX) else NARROW_COLUMN_PX)
