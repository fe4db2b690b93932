"""A page of the settings: its title, its description, and a row for each of its settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from heimdall_desktop.presentation.window.setting import Columns, Hours, Keys, Link, Page, Setting
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone
from heimdall_desktop.widgets.settings.hours_row import HoursRow
from heimdall_desktop.widgets.settings.keys_row import GroupHead, KeysRow
from heimdall_desktop.widgets.settings.setting_lines import (
    ColumnsHead,
    ColumnsRow,
    LinkRow,
)
from heimdall_desktop.widgets.settings.setting_row import ControlRow, SettingRow


class SettingsPage(QWidget):
    """Shows the settings of a page, or those that match a search.

    Args:
        page: Which one.
        parent: The owner.

    Attributes:
        settings: all of the page, in their current form.
        rows: their rows, in the same order, from the last time that the page was shown.
    """

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.settings: Sequence[Setting] = ()
        self.rows: list[SettingRow] = []
        self._heads: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(Label(page.title, Role.TITLE, Weight.SEMIBOLD))
        sentence = Label(page.sentence, Role.SMALL, tone=Tone.MUTED)
        sentence.setWordWrap(True)
        self._column.addSpacing(self._theme.scale(4))
        self._column.addWidget(sentence)
        self._column.addSpacing(self._theme.scale(8))

    def show_only(self, ids: set[str]) -> None:
        """Show only the rows of these settings with current values; nothing if there are none."""
        is_shown = any(setting.id in ids for setting in self.settings)
        if is_shown:
            self._bring_up_to_date()
            for row in self.rows:
                row.setVisible(row.setting_id in ids)
            heads = {setting.head for setting in self.settings if setting.id in ids}
            for word, head in self._heads.items():
                head.setVisible(word in heads)
        self.setVisible(is_shown)

    def _bring_up_to_date(self) -> None:
        """Create a row per setting; unchanged ones stay, with the keyboard in them.

        Hidden pages cost nothing: there are many keys.
        """
        settings = self.settings
        former = {row.shape: row for row in self.rows}
        rows = [
            former.pop(each.shape) if each.shape in former else make_row(each) for each in settings
        ]
        has_others = rows != self.rows
        places = {row: place for place, row in enumerate(self.rows)}
        self.rows = rows
        last = ""
        for row, setting in zip(rows, settings, strict=True):
            row.use(setting)
            if has_others:  # an existing one moves
                if setting.head not in ("", last):
                    self._column.addWidget(self._head_of(setting))
                last = setting.head
                self._column.addWidget(row)
        for row in former.values():
            had_focus = holds_focus(row, QApplication.focusWidget())
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
            if had_focus and rows:
                successor = self._successor(row, places[row])
                successor.show()
                successor.focus_control()

    def _head_of(self, setting: Setting) -> QWidget:
        """Return the head above the first of a kind; it is made once."""
        kind, head = setting.kind, self._heads.get(setting.head)
        if head is None:
            head = ColumnsHead(kind) if isinstance(kind, Columns) else GroupHead(setting.head)
            self._heads[setting.head] = head
        return head

    def _successor(self, gone: SettingRow, place: int) -> SettingRow:
        """Return the row of the same setting, or else the one now in its place."""
        same = (row for row in self.rows if row.setting_id == gone.setting_id)
        return next(same, self.rows[min(place, len(self.rows) - 1)])


def make_row(setting: Setting) -> SettingRow:
    """Return the row of a setting."""
    match setting.kind:
        case Columns() as columns:
            return ColumnsRow(setting, columns)
        case Hours():
            return HoursRow(setting)
        case Link() as link:
            return LinkRow(setting, link)
        case Keys():
            return KeysRow(setting)
        case _:
            return ControlRow(setting)
