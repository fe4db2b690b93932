"""The settings window: pages at the left, the settings of one page or the search at the right.

Every change applies at once; there is nothing to confirm. Source: look.md 5 ("Settings"), 10.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPalette, QShortcut

from heimdall_desktop.models.rows_model import DESCRIPTION_ROLE, DISPLAY_ROLE, ListModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.setting import (
    Columns,
    Fact,
    Hours,
    Keys,
    Link,
    Page,
    Setting,
    found,
)
from heimdall_desktop.widgets.controls import row_delegate
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.pane import Edge, Pane, ScrollPage
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone
from heimdall_desktop.widgets.settings import setting_rows
from heimdall_desktop.widgets.settings.editor_rows import GroupHead, HoursRow, KeysRow

SIZE = QSize(936, 852)
LEAST = QSize(640, 320)
FRAME = QSize(40, 80)  # the desktop's frame around a window, and its bars
NAVIGATION_PX = 196
INSET_PX, TOP_PX = 28, 16
NAVIGATION_INSET_PX = 12
PAGE_ROW_PX, PAGE_ICON_PX = 34, 16
SECTION_GAP_PX = 20
RADIUS_PX = 6

Make = Callable[[], Sequence[Setting]]


class SettingsPage(QtWidgets.QWidget):
    """Shows the settings of a page, or those that match a search.

    Args:
        page: Which one.

    Attributes:
        settings: all of the page, in their current form.
        rows: their rows, in the same order, from the last time that the page was shown.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._theme = theme_of(self)
        self.settings: Sequence[Setting] = ()
        self.rows: list[setting_rows.SettingRow] = []
        self._heads: dict[str, QtWidgets.QWidget] = {}
        self._column = QtWidgets.QVBoxLayout(self)
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
        shown_heads = {setting.head for setting in self.settings if setting.id in ids}
        if shown_heads:  # hidden pages cost nothing: there are many keys
            self._bring_up_to_date()
            for row in self.rows:
                row.setVisible(row.setting.id in ids)
            for word, head in self._heads.items():
                head.setVisible(word in shown_heads)
        self.setVisible(bool(shown_heads))

    def _bring_up_to_date(self) -> None:
        """Create a row per setting; unchanged ones stay, with the keyboard in them."""
        settings = self.settings
        former = {row.setting.shape: row for row in self.rows}
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
                    kind, head = setting.kind, self._heads.get(setting.head)
                    if head is None:
                        if isinstance(kind, Columns):
                            head = setting_rows.ColumnsHead(kind)
                        else:
                            head = GroupHead(setting.head)
                        self._heads[setting.head] = head
                    self._column.addWidget(head)
                last = setting.head
                self._column.addWidget(row)
        for row in former.values():
            had_focus = holds_focus(row, QtWidgets.QApplication.focusWidget())
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
            if had_focus and rows:
                same = (each for each in rows if each.setting.id == row.setting.id)
                successor = next(same, rows[min(places[row], len(rows) - 1)])
                successor.show()
                successor.focus_control()


def make_row(setting: Setting) -> setting_rows.SettingRow:
    match setting.kind:
        case Columns() as columns:
            return setting_rows.ColumnsRow(setting, columns)
        case Hours():
            return HoursRow(setting)
        case Link() as link:
            return setting_rows.LinkRow(setting, link)
        case Keys():
            return KeysRow(setting)
        case Fact() as fact:
            return setting_rows.FactRow(setting, fact)
        case _:
            return setting_rows.ControlRow(setting)


class SettingsWindow(QtWidgets.QDialog):
    """Shows the settings of a table; it blocks no other window.

    Args:
        make: Makes the current table.
    """

    def __init__(self, make: Make, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme, self._make = theme_of(self), make
        self.setObjectName("settings-window")
        self.setWindowTitle(tr("Settings"))
        self.setAccessibleName(tr("Settings"))
        self.search = SearchField(
            tr("Find a setting"), placeholder=tr("Find a setting"), parent=self
        )
        self.search.edit.setObjectName("settings-search")
        self.search.edit.textChanged.connect(self._search)
        self.search.edit.installEventFilter(self)
        self._pages = _Pages(self)
        self._list = row_delegate.ChoiceList(self)
        self._list.setObjectName("settings-pages")
        self._list.setAccessibleName(tr("Pages"))
        self._list.setModel(self._pages)
        self._marks = row_delegate.ListMarks(
            self._list, _PageDelegate(self._list), QPalette.ColorRole.Window
        )
        self._list.selectionModel().currentChanged.connect(self._turn)
        self._list.index_chosen.connect(self._turn)  # also the current one, to end a search
        self._none = Label(tr("No matching settings."), tone=Tone.MUTED)
        self._none.setObjectName("settings-none")
        self._sections: dict[Page, SettingsPage] = {}
        self._compose()
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.search.setFocus)
        self._theme.changed.connect(self._measure)
        self._theme.changed.connect(self.refresh)
        self._measure()
        self.refresh()
        self.turn_to(next(iter(self._sections)))
        self.resize(self.sizeHint())  # by default Qt gives at most two thirds of a screen

    # -- display --

    def turn_to(self, page: Page) -> None:
        """Show a page, and ignore any search."""
        self.search.edit.clear()
        self._list.setCurrentIndex(self._pages.index_of(page))

    def refresh(self) -> None:
        """Refresh all settings; the table may have changed."""
        settings = self._make()
        for page in Page:
            of_page = [setting for setting in settings if page in setting.pages]
            if of_page and page not in self._sections:
                self._sections[page] = section = SettingsPage(page)
                self._column.insertWidget(self._column.count() - 1, section)
            if page in self._sections:
                self._sections[page].settings = of_page
        self._pages.show_pages([page for page in Page if page in self._sections])
        self._show_found()

    def sizeHint(self) -> QSize:
        scale = self._theme.scale
        wanted = QSize(scale(SIZE.width()), scale(SIZE.height()))
        room = self.screen().availableSize() - FRAME
        return wanted.boundedTo(room)

    # -- composing --

    def _compose(self) -> None:
        self._navigation, content = Pane(Ground.WINDOW, Edge.END), Pane(Ground.SURFACE)
        self._side = QtWidgets.QVBoxLayout(self._navigation)
        self._column = QtWidgets.QVBoxLayout(content)
        self._head = Label(tr("Settings"), Role.TITLE, Weight.SEMIBOLD)
        for part in (self._head, self.search):
            self._side.addWidget(part)
        self._side.addWidget(self._list, 1)
        self._column.addWidget(self._none)
        self._column.addStretch(1)
        self._scroll = ScrollPage(content)
        row = QtWidgets.QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation)
        row.addWidget(self._scroll, 1)

    def _measure(self) -> None:
        """Follow the zoom, which the user can change in this window."""
        scale = self._theme.scale
        least = QSize(scale(LEAST.width()), scale(LEAST.height()))
        self.setMinimumSize(least.boundedTo(self.sizeHint()))
        inset, top, side = scale(INSET_PX), scale(TOP_PX), scale(NAVIGATION_INSET_PX)
        self._navigation.setFixedWidth(scale(NAVIGATION_PX))
        self._side.setContentsMargins(side, top, side, side)
        self._side.setSpacing(scale(10))
        self._head.setContentsMargins(scale(8), 0, scale(8), 0)
        self._column.setContentsMargins(inset, top, inset, scale(20))
        self._column.setSpacing(scale(SECTION_GAP_PX))

    # -- pages and search --

    def _turn(self, _index: QModelIndex) -> None:
        if self.search.edit.text():
            self.search.edit.clear()
        else:
            self._search()

    def _search(self) -> None:
        self._show_found()
        self._scroll.verticalScrollBar().setValue(0)

    def _show_found(self) -> None:
        wanted = self.search.edit.text().strip()
        current = self._pages.row(self._list.currentIndex().row())
        settings = [each for section in self._sections.values() for each in section.settings]
        ids = {setting.id for setting in found(settings, wanted)} if wanted else set()
        for page, section in self._sections.items():
            if wanted:
                own = {setting.id for setting in section.settings if setting.page is page}
                section.show_only(own & ids)
            else:
                is_current = page is current
                section.show_only({each.id for each in section.settings} if is_current else set())
        self._none.setVisible(bool(wanted) and not ids)

    # -- Qt --

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                shown = (each for each in self._sections.values() if not each.isHidden())
                rows = (row for section in shown for row in section.rows if not row.isHidden())
                usable = next((row for row in rows if row.control.isEnabled()), None)
                if usable is not None:
                    usable.focus_control()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._list.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.edit.text():
            self.search.edit.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh()


class _Pages(ListModel[Page]):
    """The available pages."""

    def show_pages(self, pages: Sequence[Page]) -> None:
        if list(self._rows) != list(pages):
            self.reset_rows(tuple(pages))

    def index_of(self, page: Page) -> QModelIndex:
        """Return the row of a page; an invalid index if it does not exist."""
        return self.index(self._rows.index(page), 0) if page in self._rows else QModelIndex()

    def value(self, row: Page, role: int) -> Any:
        if role == DISPLAY_ROLE:
            return row.title
        return row.sentence if role == DESCRIPTION_ROLE else None


class _PageDelegate(row_delegate.RowDelegate):
    """Draws a page: its icon and its title."""

    height_px = PAGE_ROW_PX
    start_px = end_px = 8
    has_line = has_bar = False

    def ground(
        self,
        option: QtWidgets.QStyleOptionViewItem,
        index: row_delegate.Index,
        *,
        is_selected: bool,
    ) -> QColor | None:
        """Draw no background: that of a page is rounded."""
        return None

    def draw_row(
        self,
        painter: QPainter,
        row: RowCursor,
        option: QtWidgets.QStyleOptionViewItem,
        index: row_delegate.Index,
    ) -> None:
        page: Page = index.data(Qt.ItemDataRole.UserRole)
        tokens = self._theme.tokens
        is_current = bool(option.state & QtWidgets.QStyle.StateFlag.State_Selected)
        if is_current or self.is_lit(index):
            place = QRectF(option.rect).adjusted(0, 1, 0, -1)
            ground = tokens.accent_soft if is_current else tokens.hover
            rounded_box(painter, place, self._theme.scale(RADIUS_PX), ground=ground)
        weight = Weight.SEMIBOLD if is_current else Weight.REGULAR
        icon = row_delegate.Cell(
            page.icon, tokens.muted, is_icon=True, column_px=PAGE_ICON_PX, gap_px=10
        )
        title = row_delegate.Cell(page.title, tokens.text, Role.BODY, weight)
        self.draw_cells(painter, row, option.rect.width(), [icon, title])
