"""A page of the settings: its title, its sentence, and a row for each of its settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from heimdall_desktop.presentation.window.setting import Columns, Hours, Link, Page, Setting
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone
from heimdall_desktop.widgets.settings.setting_lines import (
    ColumnsHead,
    ColumnsRow,
    HoursRow,
    LinkRow,
)
from heimdall_desktop.widgets.settings.setting_row import ControlRow, SettingRow


class SettingsPage(QWidget):
    """Shows the settings of a page, or those of them that were searched.

    Args:
        page: Which one.
        parent: The owner.

    Attributes:
        settings: all of the page.
        rows: theirs, in the same order.
    """

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.settings: Sequence[Setting] = ()
        self.rows: list[SettingRow] = []
        self._head: ColumnsHead | None = None  # above the first row of columns
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(Label(page.title, Role.TITLE, Weight.SEMIBOLD))
        sentence = Label(page.sentence, Role.SMALL, tone=Tone.MUTED)
        sentence.setWordWrap(True)
        self._column.addSpacing(self._theme.scale(4))
        self._column.addWidget(sentence)
        self._column.addSpacing(self._theme.scale(8))

    def show_settings(self, settings: Sequence[Setting]) -> bool:
        """Show these; rows of settings that offer the same stay, with the keyboard in them.

        Returns:
            Whether there are other rows than before.
        """
        former = {each.shape: row for each, row in zip(self.settings, self.rows, strict=True)}
        rows = [
            former.pop(each.shape) if each.shape in former else make_row(each) for each in settings
        ]
        has_others = rows != self.rows
        places = {row: place for place, row in enumerate(self.rows)}
        self.settings, self.rows = settings, rows
        first = next((each for each in settings if isinstance(each.kind, Columns)), None)
        for row, setting in zip(rows, settings, strict=True):
            row.use(setting)
            if has_others:  # one that is there already moves
                if setting is first and isinstance(setting.kind, Columns):
                    self._column.addWidget(self._head_of(setting.kind))
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
        return has_others

    def _head_of(self, columns: Columns) -> ColumnsHead:
        if self._head is None:
            self._head = ColumnsHead(columns)
        return self._head

    def _successor(self, gone: SettingRow, place: int) -> SettingRow:
        """Return the row of the same setting; without one, that which stands in its place now."""
        same = (row for row in self.rows if row.setting_id == gone.setting_id)
        return next(same, self.rows[min(place, len(self.rows) - 1)])

    def show_only(self, ids: set[str]) -> None:
        """Show the rows of these settings, and nothing where there are none."""
        for row, setting in zip(self.rows, self.settings, strict=True):
            row.setVisible(setting.id in ids)
        if self._head is not None:
            in_columns = (each for each in self.settings if isinstance(each.kind, Columns))
            self._head.setVisible(any(setting.id in ids for setting in in_columns))
        self.setVisible(any(setting.id in ids for setting in self.settings))


def make_row(setting: Setting) -> SettingRow:
    """Return the row of a setting."""
    match setting.kind:
        case Columns() as columns:
            return ColumnsRow(setting, columns)
        case Hours():
            return HoursRow(setting)
        case Link() as link:
            return LinkRow(setting, link)
        case _:
            return ControlRow(setting)
