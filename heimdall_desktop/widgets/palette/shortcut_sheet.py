"""All keys of the window on one sheet, by groups, with a search field.

Source: behaviour.md feature 35, 2.7; WCAG 2.1.4 (single letters can be switched off).
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.presentation.i18n import either, tr
from heimdall_desktop.presentation.window.command import Group, KeyNote, ranked
from heimdall_desktop.widgets.controls.buttons import PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.controls.key_names import key_caps, key_text
from heimdall_desktop.widgets.controls.pane import ScrollPage
from heimdall_desktop.widgets.controls.text_labels import KeyCap, Label
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

WIDTH_PX, PAGE_PX = 760, 520
LEAST_PX = 84  # three rows: on a screen as low as this the whole sheet scrolls
SEARCH_PX = 220
ROW_PX, HEAD_PX = 28, 26
CAP_GAP_PX = 4
COLUMN_GAP_PX = 40
GROUP_GAP_PX = 12
COLUMNS = 2
_SCROLLS = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
}


class ShortcutSheet(DialogFrame):
    """Shows which keys run which actions.

    Args:
        notes: The keys, by groups.
        has_letters: Whether single letters are active.

    Attributes:
        letters: turns single letters on or off.
    """

    def __init__(
        self, notes: Sequence[KeyNote], *, has_letters: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Keyboard shortcuts"), WIDTH_PX, parent, is_veiled=False)
        self.setObjectName("shortcut-sheet")
        self._rows: list[tuple[KeyNote, _Row]] = []
        self._groups: dict[Group, QWidget] = {}
        self.search = SearchField(tr("Find a shortcut"), placeholder=tr("Find a shortcut"))
        self.search.setFixedWidth(self._theme.scale(SEARCH_PX))
        self.search.edit.textChanged.connect(self._search)
        self._none = Label(tr("No matching shortcuts."), tone=Tone.MUTED)
        self._none.setObjectName("shortcuts-none")
        self._none.hide()
        self.add_to_heading(self.search)
        content = self._make_columns(notes)
        self._page = ScrollPage(content)
        self._page.setObjectName("shortcuts-page")
        self.search.edit.installEventFilter(self)
        self.column.addWidget(self._none)
        name = tr("Single-letter shortcuts")
        self.letters = Switch(name)
        self.letters.setObjectName("letters-switch")
        self.letters.setChecked(has_letters)
        note = tr("They work only in findings and detail.")
        close = PrimaryButton(tr("Close"))
        close.setObjectName("shortcuts-close")
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(self._theme.scale(8))
        row.addSpacing(self._theme.scale(8))
        row.addWidget(self.letters)
        row.addWidget(Label(name))
        row.addWidget(Label(note, Role.SMALL, tone=Tone.MUTED))
        row.addStretch(1)
        row.addWidget(close)
        self.add_end(row)
        wanted = min(self._theme.scale(PAGE_PX), content.sizeHint().height(), self.height_left())
        self._page.setMinimumHeight(max(wanted, self._theme.scale(LEAST_PX)))
        self.column.addWidget(self._page, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            action = _SCROLLS.get(Qt.Key(event.key()))
            if action is not None:
                self._page.verticalScrollBar().triggerAction(action)
                return True
        return super().eventFilter(watched, event)

    def _make_columns(self, notes: Sequence[KeyNote]) -> QWidget:
        columns, content = [QVBoxLayout() for _ in range(COLUMNS)], QWidget()
        across = QHBoxLayout(content)
        across.setContentsMargins(0, 0, self._theme.scale(CAP_GAP_PX), 0)
        across.setSpacing(self._theme.scale(COLUMN_GAP_PX))
        for column in columns:
            column.setSpacing(self._theme.scale(GROUP_GAP_PX))
            across.addLayout(column, 1)
        placed = 0
        by_group = ((group, [note for note in notes if note.group is group]) for group in Group)
        for group, of_group in by_group:
            if not of_group:
                continue
            column = columns[min(placed * COLUMNS // len(notes), COLUMNS - 1)]
            whole = self._groups[group] = QWidget()
            lines = QVBoxLayout(whole)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(0)
            head = Label(group.title, Role.SMALL, Weight.SEMIBOLD, Tone.MUTED)
            head.setFixedHeight(self._theme.row_height(HEAD_PX, Role.SMALL))
            lines.addWidget(head)
            for note in of_group:
                row = _Row(note)
                self._rows.append((note, row))
                lines.addWidget(row)
            column.addWidget(whole)
            placed += len(of_group)
        for column in columns:
            column.addStretch(1)
        return content

    def _search(self, wanted: str) -> None:
        texts = [f"{note.text} {' '.join(map(key_text, note.keys))}" for note, _ in self._rows]
        found = set(ranked(wanted, texts))
        for place, (_, row) in enumerate(self._rows):
            row.setVisible(place in found)
        groups = {self._rows[place][0].group for place in found}
        for group, whole in self._groups.items():
            whole.setVisible(group in groups)
        self._none.setVisible(not found)


class _Row(QWidget):
    """One action and its keys; assistive technology reads one sentence."""

    def __init__(self, note: KeyNote) -> None:
        super().__init__()
        theme = theme_of(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.scale(CAP_GAP_PX))
        row.addWidget(Label(note.text, elide=Qt.TextElideMode.ElideRight), 1)
        for place, keys in enumerate(note.keys):
            if place:
                row.addWidget(Label(tr("or"), Role.SMALL, tone=Tone.FAINT))
            caps = key_caps(keys)  # a chord is read from the left in every language
            for cap in caps if self.isLeftToRight() else reversed(caps):
                row.addWidget(KeyCap(cap))
        self.setFixedHeight(theme.row_height(ROW_PX))
        text = either([key_text(keys) for keys in note.keys])
        self.setAccessibleName(tr("{action}: {keys}").format(action=note.text, keys=text))
