"""The named views: the button with the current one, its menu, a new view, and the dialog for all.

The dialog renames, orders and deletes views, with undo; each is listed with its filter. Return
edits a name, Delete deletes.
"""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6 import QtWidgets
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QActionGroup, QKeyEvent, QPainter, QPalette

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.table.table_layout import LONGEST_NAME, clean_name
from heimdall_desktop.models.filter_state import FilterState, TableState, ViewsState
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls import text_labels
from heimdall_desktop.widgets.controls.buttons import (
    DIALOG_PX,
    LinkButton,
    OutlineButton,
    PrimaryButton,
    ToolButton,
)
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.fields import TextField
from heimdall_desktop.widgets.controls.pane import named
from heimdall_desktop.widgets.controls.row_delegate import Cell, Index, RowDelegate
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, elided, focus_ring
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

WIDTH_PX = 560
LIST_PX = 260
GAP_PX = 12

ROW_PX = 34
INSET_PX = 12
RADIUS_PX = 2
EDIT_MARGIN_PX = 2  # of Qt's own, around the text of a field
NAME_ROLE = int(Qt.ItemDataRole.UserRole)
TEXT_ROLE = NAME_ROLE + 1
NOTIFIES_ROLE = NAME_ROLE + 2
BELL_PX = 14


class ViewList(QtWidgets.QListWidget):
    """Shows views; their names are edited in place, and Delete deletes."""

    def __init__(self, views: ViewsState, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._views, self._theme = views, theme_of(self)
        self._is_filling = False
        triggers = QtWidgets.QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setFrameShape(QtWidgets.QFrame.Shape.NoFrame)
        self.setItemDelegate(_ViewDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self._rename)
        self._theme.changed.connect(self._dress)
        self._dress()

    @property
    def name(self) -> str:
        name = self.currentIndex().data(NAME_ROLE)
        return name if isinstance(name, str) else ""

    def show_views(self) -> None:
        """List the views; the current one is kept by name, else by index."""
        views, name, row = self._views.views, self.name, max(self.currentRow(), 0)
        self._is_filling = True
        self.clear()
        for view in views:
            line = QtWidgets.QListWidgetItem(view.name, self)
            line.setData(NAME_ROLE, view.name)
            line.setData(TEXT_ROLE, one_line(view.text))
            line.setData(NOTIFIES_ROLE, view.notifies)
            notifying = tr("{view}, notifications on").format(view=view.name)
            spoken = notifying if view.notifies else view.name
            line.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            line.setToolTip(safe_tip(view.text))
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsEditable)
        self._is_filling = False
        names = [view.name for view in views]
        self.setCurrentRow(names.index(name) if name in names else min(row, len(names) - 1))

    def edit_current(self) -> None:
        """Edit the current name, unless it is already being edited."""
        index = self.currentIndex()
        if index.isValid() and self.state() is not QtWidgets.QAbstractItemView.State.EditingState:
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_current()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_current()
        else:
            super().keyPressEvent(event)

    def delete_current(self) -> None:
        self._views.delete(self.name)

    def _rename(self, line: QtWidgets.QListWidgetItem) -> None:
        """Rename a view once its editor is closed, because the list is refilled."""
        if not self._is_filling:
            name, wanted = str(line.data(NAME_ROLE)), line.text()
            QTimer.singleShot(0, self, lambda: self._views.rename(name, wanted))

    def _dress(self) -> None:
        palette, tokens = self.palette(), self._theme.tokens
        palette.setColor(QPalette.ColorRole.Base, tokens.surface)
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()


class _ViewDelegate(RowDelegate):
    """Draws the name, and as much of the filter as fits."""

    height_px = ROW_PX
    start_px = end_px = INSET_PX

    def __init__(self, view: QtWidgets.QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def createEditor(
        self, parent: QtWidgets.QWidget, option: QtWidgets.QStyleOptionViewItem, index: Index
    ) -> QtWidgets.QWidget:
        editor, inset = QtWidgets.QLineEdit(parent), self._theme.scale(INSET_PX) - EDIT_MARGIN_PX
        editor.setFrame(False)
        editor.setTextMargins(inset, 0, inset, 0)
        editor.setFont(self._theme.font(Role.BODY, Weight.MEDIUM))
        return editor

    def draw_row(
        self,
        painter: QPainter,
        row: RowCursor,
        option: QtWidgets.QStyleOptionViewItem,
        index: Index,
    ) -> None:
        tokens = self._theme.tokens
        name = Cell(index.data(), tokens.text, Role.BODY, Weight.MEDIUM, gap_px=GAP_PX)
        text = Cell(index.data(TEXT_ROLE), tokens.muted, is_code=True)
        if index.data(NOTIFIES_ROLE):
            row.icon_at_end("ui-bell", self._theme.scale(BELL_PX), tokens.muted)
        self.draw_cells(painter, row, option.rect.width(), [name, text])

    def draw_ring(
        self, painter: QPainter, option: QtWidgets.QStyleOptionViewItem, index: Index
    ) -> None:
        """Draw the ring for the mouse too: a name can be typed at once."""
        if self._view.hasFocus() and index == self._view.currentIndex():
            focus_ring(painter, QRectF(option.rect), RADIUS_PX, self._theme)


class ManageViewsDialog(DialogFrame):
    """Lists the views; names are edited in place."""

    def __init__(self, views: ViewsState, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(tr("Manage views"), WIDTH_PX, parent)
        self.setObjectName("manage-views")
        self._views = views
        self.list = named(ViewList(views, self), "view-list")
        self.list.setAccessibleName(tr("Views"))
        self.list.setMinimumHeight(self._theme.scale(LIST_PX))
        self.list.currentRowChanged.connect(self._offer)
        self._up = self._button("up", tr("Up"), lambda: views.move(self.list.name, -1))
        self._down = self._button("down", tr("Down"), lambda: views.move(self.list.name, 1))
        self._rename_button = self._button("rename", tr("Rename"), self.list.edit_current)
        self._delete_button = self._button("delete", tr("Delete"), self.list.delete_current)
        notify = tr("Notify when a new finding matches")
        self._notify_label, self._notifies = text_labels.Label(notify), Switch(notify)
        self._notifies.setObjectName("views-notify")
        self._notifies.clicked.connect(lambda is_on: views.notify(self.list.name, is_on=is_on))
        right = Qt.TextElideMode.ElideRight
        self._message = text_labels.Label("", Role.SMALL, tone=Tone.MUTED, elide=right)
        self._undo = named(LinkButton(tr("Undo")), "views-undo")
        self._undo.clicked.connect(views.undo)
        self._compose()
        views.changed.connect(self._fill)
        self._fill()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _button(self, name: str, text: str, act: Callable[[], None]) -> OutlineButton:
        button = named(OutlineButton(text), f"views-{name}")
        button.clicked.connect(act)
        return button

    def _compose(self) -> None:
        across, text, notify = (QtWidgets.QHBoxLayout() for _ in range(3))
        buttons = QtWidgets.QVBoxLayout()
        notify.addWidget(self._notify_label, 1)
        notify.addWidget(self._notifies)
        all_buttons = (self._up, self._down, self._rename_button, self._delete_button)
        width = max(button.sizeHint().width() for button in all_buttons)
        for button in all_buttons:
            button.setFixedWidth(width)
            buttons.addWidget(button)
        buttons.addStretch(1)
        across.setSpacing(self._theme.scale(GAP_PX))
        across.addWidget(self.list, 1)
        across.addLayout(buttons)
        text.addWidget(self._message, 1)
        text.addWidget(self._undo)
        self.column.addLayout(across, 1)
        self.column.addLayout(notify)
        self.column.addLayout(text)
        done = named(PrimaryButton(tr("Done")), "views-done")
        done.setAutoDefault(False)  # Return edits a name
        done.clicked.connect(self.accept)
        self.add_buttons(None, done)

    # -- display --

    def _fill(self) -> None:
        self.list.show_views()
        deleted = self._views.deleted
        self._message.setText(
            tr("\u201c{name}\u201d was deleted.").format(name=deleted) if deleted else ""
        )
        self._undo.setVisible(bool(deleted))
        self._offer()

    def _offer(self) -> None:
        row, count = self.list.currentRow(), self.list.count()
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < count - 1)
        self._rename_button.setEnabled(row >= 0)
        self._delete_button.setEnabled(row >= 0)
        index = self.list.currentIndex()
        self._notifies.setEnabled(row >= 0)
        self._notifies.setChecked(bool(index.data(NOTIFIES_ROLE)))


NAME_PX = 150  # a longer name is cut at its end

SAVE_PX = 460


class ViewsControl(ToolButton):
    """Opens the menu of views, and the dialogs that save and manage them.

    Args:
        table: How rows are sorted and grouped.
        scope_name: The current scope, in words.
    """

    def __init__(
        self,
        state: FilterState,
        memory: WindowMemory,
        table: TableState,
        scope_name: Callable[[], str],
        window: QtWidgets.QWidget,
    ) -> None:
        super().__init__(tr("Views"), icon="ui-views", has_menu=True)
        self._state, self._scope_name, self._window = state, scope_name, window
        self.views = ViewsState(state, memory, table, self)
        self.setObjectName("views-button")
        self.clicked.connect(self.open_menu)
        self.views.changed.connect(self._show)
        self._theme.changed.connect(self._show)
        self._show()

    def open_menu(self) -> None:
        menu = text_labels.new_menu(self, tr("Views"), "views-menu")
        choice, current = QActionGroup(menu), self.views.current
        choice.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for view in self.views.views:
            show = partial(self.views.show, view.name)
            text = _menu_text(view.name)
            choice.addAction(text_labels.add_choice(menu, text, show, is_on=view == current))
        menu.addSeparator()
        for command in self._commands():
            action = menu.addAction(_menu_text(command.title))
            action.setEnabled(not command.obstacle())
            action.triggered.connect(lambda _, act=command.act: act())
        text_labels.pop_up_below(menu, self)

    def commands(self) -> list[Command]:
        """Return the commands for the palette: each view, and the actions on them."""
        to_views = [
            Command(
                f"view {view.name}",
                tr("Show view {name}").format(name=view.name),
                partial(self.views.show, view.name),
                icon="ui-views",
                group=Group.VIEW,
            )
            for view in self.views.views
        ]
        return [*to_views, *self._commands()]

    def _commands(self) -> Iterator[Command]:
        def mistake() -> str:
            return tr("The filter has an error") if self.views.has_mistake else ""

        row, current = partial(Command, icon="ui-views", group=Group.VIEW), self.views.current
        if current is not None and self.views.is_changed:
            text = tr("Update view {name}").format(name=current.name)
            yield row("update-view", text, self.views.update, obstacle=mistake)
        yield row("save-view", tr("Save as a view…"), self.save_view, obstacle=mistake)
        yield row("manage-views", tr("Manage views…"), self.manage_views)

    def _show(self) -> None:
        current = self.views.current
        name, text = tr("Views"), tr("Views")
        if current is not None:
            is_changed = self.views.is_changed
            text = (tr("View {name}, changed") if is_changed else tr("View {name}")).format(
                name=current.name
            )
            metrics = self._theme.metrics(Role.SMALL, Weight.MEDIUM)
            name = elided(current.name, metrics, self._theme.scale(NAME_PX))
            name = tr("{view}, changed").format(view=name) if is_changed else name
        self.show_words(name, text)
        text_labels.show_tip(self, text)

    def save_view(self) -> None:
        text, scope = self._state.text, self._scope_name()
        self._open(SaveViewDialog(self.views, text, scope, self._window))

    def manage_views(self) -> None:
        self._open(ManageViewsDialog(self.views, self._window))

    def _open(self, dialog: DialogFrame) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _menu_text(text: str) -> str:
    """Return a text that a menu shows literally: no key, no mnemonic."""
    return text.replace("&", "&&").replace("\t", " ")


class SaveViewDialog(DialogFrame):
    """Asks for the name of a new view."""

    def __init__(
        self, views: ViewsState, text: str, scope: str, parent: QtWidgets.QWidget | None = None
    ) -> None:
        super().__init__(tr("Save as a view"), SAVE_PX, parent)
        self.setObjectName("save-view")
        self._views = views
        right = Qt.TextElideMode.ElideRight
        sentence, go_there = one_line(text) or tr("All findings"), tr("Also go to {scope}")
        shown = text_labels.Label(sentence, Role.SMALL, tone=Tone.MUTED, elide=right)
        self.name = TextField(tr("View name"), placeholder=tr("Name"))
        self.name.edit.setObjectName("view-name")
        self.name.edit.setMaxLength(LONGEST_NAME)
        self.name.edit.textChanged.connect(self._check)
        self.scope = named(Switch(go_there.format(scope=scope)), "view-scope")
        layout_words = tr("Also save sorting and grouping")
        self.table_layout = named(Switch(layout_words), "view-looks")
        notify = tr("Notify when a new finding matches")
        self.notifies = named(Switch(notify), "view-notifies")
        self.column.addWidget(shown)
        self.column.addWidget(self.name)
        switches = (
            (go_there.format(scope=scope), self.scope),
            (layout_words, self.table_layout),
            (notify, self.notifies),
        )
        for words, switch in switches:
            row = QtWidgets.QHBoxLayout()
            row.addWidget(text_labels.Label(words, elide=right), 1)
            row.addWidget(switch)
            self.column.addLayout(row)
        cancel = OutlineButton(tr("Cancel"), height_px=DIALOG_PX)
        cancel.clicked.connect(self.reject)
        self._save = named(PrimaryButton(tr("Save")), "view-save")
        self._save.setDefault(True)
        self._save.clicked.connect(self._add)
        self.add_buttons(None, cancel, self._save).setSpacing(self._theme.scale(8))
        self._check()
        self.name.setFocus()

    def _check(self) -> None:
        self._save.setEnabled(bool(clean_name(self.name.edit.text())))

    def _add(self) -> None:
        self._views.add(
            self.name.edit.text(),
            has_scope=self.scope.isChecked(),
            has_table_layout=self.table_layout.isChecked(),
            notifies=self.notifies.isChecked(),
        )
        self.accept()
