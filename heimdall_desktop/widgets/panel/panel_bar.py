"""The tabs of the bottom panel, the scan it shows, and the button that opens and closes it."""

from itertools import pairwise

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QResizeEvent

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls import row_delegate
from heimdall_desktop.widgets.controls.buttons import GhostIconButton
from heimdall_desktop.widgets.controls.empty_state import EmptyState
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.pane import Edge, Pane, named, tight
from heimdall_desktop.widgets.controls.tab_bar import BAR_PX, TabBar
from heimdall_desktop.widgets.controls.text_labels import Label, show_tip
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

START_PX = 6  # the first tab's text is at the 16-px inset
END_PX = 8
NAME_GAP_PX = 8
TIME_LEAST_PX = 96  # "19:08 elapsed"; the rest may be cut
BUTTON_PX = 26
NAME_MOST_PX = 140  # of a name that is shown whole or not at all
CLOSED_PX = 32
STAGES_TAB, LOG_TAB = 0, 1
STAGES_KEY = "Ctrl+T"


class PanelBar(Pane):
    """Tabs at the start; name and time of the scan at the end.

    Attributes:
        tabs: its tabs.
        toggle: opens or closes the panel.
    """

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, Edge.BOTTOM, parent=parent)
        self._is_collapsed = False
        self._tools: dict[int, QtWidgets.QWidget] = {}
        self.tabs = named(TabBar(tr("Panel"), parent=self), "panel_tabs")
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setSizePolicy(
            QtWidgets.QSizePolicy.Policy.Fixed, QtWidgets.QSizePolicy.Policy.Fixed
        )
        self.tabs.add_tab(tr("Stages"), icon="ui-stages")
        self.tabs.add_tab(tr("Log"), icon="ui-log")
        right = Qt.TextElideMode.ElideRight
        self._name = Label("", Role.SMALL, Weight.SEMIBOLD, elide=right, parent=self)
        self._time = Label("", Role.SMALL, tone=Tone.MUTED, elide=right, parent=self)
        self.toggle = GhostIconButton("ui-chevron-down", "", height_px=BUTTON_PX, parent=self)
        self.toggle.setObjectName("panel_toggle")
        self._row = QtWidgets.QHBoxLayout(self)
        self._row.setSizeConstraint(QtWidgets.QLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)
        self._row.addWidget(self._name)
        self._row.addWidget(self._time)
        self._row.addWidget(self.toggle)
        self.tabs.currentChanged.connect(self._fit)
        self.tabs.currentChanged.connect(self._name_toggle)
        self.show_collapsed(is_collapsed=False)

    def add_tab(self, name: str, icon: str, tools: QtWidgets.QWidget | None = None) -> int:
        """Add a tab after the others and return its index.

        Args:
            name: Its text.
            icon: Shown before the text.
            tools: Replaces scan and time while its page is open.
        """
        tab = self.tabs.add_tab(name, icon=icon)
        if tools is not None:
            self._tools[tab] = tools
            self._row.insertWidget(self._row.count() - 1, tools)
            tab_focus = Qt.FocusPolicy.TabFocus
            children = tools.findChildren(QtWidgets.QWidget)
            inside = [child for child in children if child.focusPolicy() & tab_focus]
            stops = [self.tabs, *inside, self.toggle]
            for before, after in pairwise(stops):
                QtWidgets.QWidget.setTabOrder(before, after)
            self._fit()
        return tab

    def show_count(self, tab: int, count: str) -> None:
        self.tabs.set_count(tab, count)
        self._fit()

    def show_scan(self, name: str, time: str, basis: str = "") -> None:
        """Show the current scan, how long it has run, and the basis of an estimate."""
        self._name.setText(name)
        self._time.setText(time)
        show_tip(self._time, "\n".join(part for part in (time, basis) if part))
        self._fit()

    def show_collapsed(self, is_collapsed: bool) -> None:
        self._is_collapsed = is_collapsed
        self.tabs.mark_open(is_wanted=not is_collapsed)
        self.toggle.set_icon("ui-chevron-up" if is_collapsed else "ui-chevron-down")
        self._name_toggle()
        self._measure()

    def minimumSizeHint(self) -> QSize:
        """Require width for tabs and button only: everything else is hidden if space is short."""
        return QSize(self.tabs.least_px() + self._beside_px(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide the time before the name is cut, and the name before only a few letters are left.

        A name that would fill the bar alone is cut, and leaves the time its place. The tools of a
        page replace both if they fit.
        """
        gap = self._theme.scale(NAME_GAP_PX)
        self.tabs.fit(self.width() - self._beside_px())
        room = self.width() - self.tabs.sizeHint().width() - self._beside_px() - 3 * gap
        open_tools = None if self._is_collapsed else self._tools.get(self.tabs.currentIndex())
        if open_tools is not None and open_tools.sizeHint().width() > room:
            open_tools = None
        for tools in self._tools.values():
            tools.setVisible(tools is open_tools)
        time_px = min(self._time.sizeHint().width(), self._theme.scale(TIME_LEAST_PX))
        name_px = self._name.sizeHint().width()
        if name_px > self._theme.scale(NAME_MOST_PX):
            most_px = max(room - gap - time_px, self._theme.scale(NAME_MOST_PX))
            name_px = min(name_px, most_px)
        has_name = bool(self._name.text()) and name_px <= room and open_tools is None
        left = room - name_px - gap if has_name else room
        self._name.setFixedWidth(name_px if has_name else 0)
        self._name.setVisible(has_name)
        self._time.setVisible(has_name and bool(self._time.text()) and time_px <= left)

    def _name_toggle(self) -> None:
        """Name the button's action, with the stages key if that does the same."""
        key = STAGES_KEY if self.tabs.currentIndex() == STAGES_TAB else ""
        self.toggle.set_name(tr("Open panel") if self._is_collapsed else tr("Close panel"), key)

    def _beside_px(self) -> int:
        around = self._theme.scale(START_PX + NAME_GAP_PX + END_PX)
        return self.toggle.sizeHint().width() + around

    def _measure(self) -> None:
        scale = self._theme.scale
        self._row.setContentsMargins(scale(START_PX), 0, scale(END_PX), 0)
        self._row.setSpacing(scale(NAME_GAP_PX))
        self.setFixedHeight(scale(CLOSED_PX if self._is_collapsed else BAR_PX))
        self._fit()


SIDE_FROM_PX = 640  # narrower panels show the rows alone
SIDE_FRACTION = 0.38


class PanelList(row_delegate.ChoiceList):
    """A list of a page; single letters are shortcuts in it, not a search."""

    def show_model(
        self, model: QtCore.QAbstractItemModel, delegate: row_delegate.RowDelegate
    ) -> None:
        self.setModel(model)
        self._marks = row_delegate.ListMarks(self, delegate)

    def make_menu(self, index: row_delegate.Index) -> QtWidgets.QMenu | None:
        """Return the menu of a row, if it has one; it deletes itself when it closes."""
        raise NotImplementedError

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self._marks.menu_place(event)
        menu = self.make_menu(index) if index.isValid() else None
        if menu is not None:
            menu.popup(place)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (behaviour.md 2.7)."""


class ItemsPage(Pane):
    """A page of the panel: a list, or why there is nothing to list."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, parent=parent)
        self._pages = QtWidgets.QStackedWidget(self)
        self._empty = EmptyState(self)
        self._whole = tight(QtWidgets.QVBoxLayout(self))
        self._whole.addWidget(self._pages, 1)

    def _add_body(self, body: QtWidgets.QWidget, items: QtWidgets.QWidget) -> None:
        """Set the body, and the items in it that take the keyboard."""
        self._body, self._items = body, items
        for page in (body, self._empty):
            self._pages.addWidget(page)

    def take_keyboard(self) -> None:
        if self._pages.currentWidget() is self._body:
            self._items.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._empty.take_keyboard()

    def _show_body(self, *, is_wanted: bool) -> None:
        """Switch to the body or the reason it is empty; the focus moves too."""
        page = self._body if is_wanted else self._empty
        if page is not self._pages.currentWidget():
            has_keyboard = holds_focus(self, QtWidgets.QApplication.focusWidget())
            self._pages.setCurrentWidget(page)
            if has_keyboard:
                self.take_keyboard()


class ListPage(ItemsPage):
    """A page of the panel with a side pane beside the list."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._side_px = 0
        self._side = Pane(Ground.SURFACE, Edge.START, parent=self)

    def set_side_width(self, width_px: int) -> None:
        """Match the side to the width of other pages; 0 for a part of the width."""
        self._side_px = width_px
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _fill(
        self, items: QtWidgets.QWidget, body: QtWidgets.QLayout, side: QtWidgets.QLayout
    ) -> None:
        """Fill the body, which contains the items for the keyboard and the side, and the side."""
        page = QtWidgets.QWidget(self)
        for place, layout, start_px in ((page, body, 0), (self._side, side, 1)):
            layout.setContentsMargins(start_px, 0, 0, 0)
            layout.setSpacing(0)
            place.setLayout(layout)
        self._add_body(page, items)

    def _share_width(self) -> None:
        self._side.setVisible(self.width() >= self._theme.scale(SIDE_FROM_PX))
        self._side.setFixedWidth(self._side_px or round(self.width() * SIDE_FRACTION))
