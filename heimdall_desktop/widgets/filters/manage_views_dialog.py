"""A dialog that renames, orders and deletes named views, with undo.

Each view is listed with its filter; Return edits a name, Delete deletes.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.models.filter_state import ViewsState
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.widgets.controls.buttons import LinkButton, OutlineButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.row_delegate import Cell, Index, RowDelegate
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, focus_ring
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


class ViewList(QListWidget):
    """Shows views; their names are edited in place, and Delete deletes."""

    def __init__(self, views: ViewsState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views, self._theme = views, theme_of(self)
        self._is_filling = False
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setFrameShape(QFrame.Shape.NoFrame)
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
            line = QListWidgetItem(view.name, self)
            line.setData(NAME_ROLE, view.name)
            line.setData(TEXT_ROLE, one_line(view.text))
            line.setData(NOTIFIES_ROLE, view.notifies)
            spoken = (
                tr("{view}, notifications on").format(view=view.name)
                if view.notifies
                else view.name
            )
            line.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            line.setToolTip(safe_tip(view.text))
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsEditable)
        self._is_filling = False
        names = [view.name for view in views]
        self.setCurrentRow(names.index(name) if name in names else min(row, len(names) - 1))

    def edit_current(self) -> None:
        """Edit the current name, unless it is already being edited."""
        index = self.currentIndex()
        if index.isValid() and self.state() is not QAbstractItemView.State.EditingState:
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

    def _rename(self, line: QListWidgetItem) -> None:
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

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor, inset = QLineEdit(parent), self._theme.scale(INSET_PX) - EDIT_MARGIN_PX
        editor.setFrame(False)
        editor.setTextMargins(inset, 0, inset, 0)
        editor.setFont(self._theme.font(Role.BODY, Weight.MEDIUM))
        return editor

    def draw_row(
        self, painter: QPainter, row: RowCursor, option: QStyleOptionViewItem, index: Index
    ) -> None:
        tokens = self._theme.tokens
        name = Cell(index.data(), tokens.text, Role.BODY, Weight.MEDIUM, gap_px=GAP_PX)
        text = Cell(index.data(TEXT_ROLE), tokens.muted, is_code=True)
        if index.data(NOTIFIES_ROLE):
            row.icon_at_end("ui-bell", self._theme.scale(BELL_PX), tokens.muted)
        self.draw_cells(painter, row, option.rect.width(), [name, text])

    def draw_ring(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ring for the mouse too: a name can be typed at once."""
        if self._view.hasFocus() and index == self._view.currentIndex():
            focus_ring(painter, QRectF(option.rect), RADIUS_PX, self._theme)


class ManageViewsDialog(DialogFrame):
    """Lists the views; names are edited in place."""

    def __init__(self, views: ViewsState, parent: QWidget | None = None) -> None:
        super().__init__(tr("Manage views"), WIDTH_PX, parent)
        self.setObjectName("manage-views")
        self._views = views
        self.list = ViewList(views, self)
        self.list.setObjectName("view-list")
        self.list.setAccessibleName(tr("Views"))
        self.list.setMinimumHeight(self._theme.scale(LIST_PX))
        self.list.currentRowChanged.connect(self._offer)
        self._up = self._button("up", tr("Up"), lambda: views.move(self.list.name, -1))
        self._down = self._button("down", tr("Down"), lambda: views.move(self.list.name, 1))
        self._rename_button = self._button("rename", tr("Rename"), self.list.edit_current)
        self._delete_button = self._button("delete", tr("Delete"), self.list.delete_current)
        notify = tr("Notify when a new finding matches")
        self._notify_label, self._notifies = Label(notify), Switch(notify)
        self._notifies.setObjectName("views-notify")
        self._notifies.clicked.connect(lambda is_on: views.notify(self.list.name, is_on=is_on))
        right = Qt.TextElideMode.ElideRight
        self._message = Label("", Role.SMALL, tone=Tone.MUTED, elide=right)
        self._undo = LinkButton(tr("Undo"))
        self._undo.setObjectName("views-undo")
        self._undo.clicked.connect(views.undo)
        self._compose()
        views.changed.connect(self._fill)
        self._fill()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _button(self, name: str, text: str, act: Callable[[], None]) -> OutlineButton:
        button = OutlineButton(text)
        button.setObjectName(f"views-{name}")
        button.clicked.connect(act)
        return button

    def _compose(self) -> None:
        across, buttons, text = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        notify = QHBoxLayout()
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
        done = PrimaryButton(tr("Done"))
        done.setObjectName("views-done")
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
