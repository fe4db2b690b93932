"""The dialogs of named views: a name for a new one; and renaming, ordering, deleting with undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from heimdall_desktop.domain.saved_views import LONGEST_NAME, clean_name
from heimdall_desktop.domain.wording import tr
from heimdall_desktop.models.views_state import ViewsState
from heimdall_desktop.widgets.buttons import GhostButton, LinkButton, OutlineButton, PrimaryButton
from heimdall_desktop.widgets.dialog_frame import DialogFrame
from heimdall_desktop.widgets.fields import TextField
from heimdall_desktop.widgets.labels import Label, safe_tip
from heimdall_desktop.widgets.theme import Role, Theme
from heimdall_desktop.widgets.toggles import Switch
from heimdall_desktop.widgets.tokens import Tone

WIDTH_PX = 460
LIST_PX = 260
NAME_ROLE = int(Qt.ItemDataRole.UserRole)


class SaveViewDialog(DialogFrame):
    """Asks for the name of a new view.

    Args:
        theme: Colours, fonts and measures.
        views: What the view is added to.
        text: The filter that is saved.
        scope: What is looked at, in words.
        parent: The window.
    """

    def __init__(
        self, theme: Theme, views: ViewsState, text: str, scope: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, tr("Save as a view"), WIDTH_PX, parent)
        self.setObjectName("save-view")
        self._views = views
        shown = Label(
            theme,
            text or tr("All findings"),
            Role.SMALL,
            tone=Tone.MUTED,
            elide=Qt.TextElideMode.ElideRight,
        )
        self.name = TextField(theme, tr("Name of the view"), placeholder=tr("Name"))
        self.name.edit.setObjectName("view-name")
        self.name.edit.setMaxLength(LONGEST_NAME)
        self.name.edit.textChanged.connect(self._check)
        self.scope = Switch(theme, tr("Go to {scope} as well").format(scope=scope))
        self.scope.setObjectName("view-scope")
        scope_row = QHBoxLayout()
        scope_row.addWidget(
            Label(
                theme,
                tr("Go to {scope} as well").format(scope=scope),
                elide=Qt.TextElideMode.ElideRight,
            ),
            1,
        )
        scope_row.addWidget(self.scope)
        self.column.addWidget(shown)
        self.column.addWidget(self.name)
        self.column.addLayout(scope_row)
        self.add_end(self._make_end())
        self._check()
        self.name.setFocus()

    def _make_end(self) -> QHBoxLayout:
        end = QHBoxLayout()
        cancel = GhostButton(self._theme, tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._save = PrimaryButton(self._theme, tr("Save"))
        self._save.setObjectName("view-save")
        self._save.setDefault(True)
        self._save.clicked.connect(self._add)
        end.addWidget(cancel)
        end.addStretch(1)
        end.addWidget(self._save)
        return end

    def _check(self) -> None:
        self._save.setEnabled(bool(clean_name(self.name.edit.text())))

    def _add(self) -> None:
        self._views.add(self.name.edit.text(), has_scope=self.scope.isChecked())
        self.accept()


class ManageViewsDialog(DialogFrame):
    """Lists the views; names are edited where they stand.

    Args:
        theme: Colours, fonts and measures.
        views: What is listed.
        parent: The window.
    """

    def __init__(self, theme: Theme, views: ViewsState, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Manage views"), WIDTH_PX, parent)
        self.setObjectName("manage-views")
        self._views = views
        self._is_filling = False
        self.list = _ViewList(self)
        self.list.setObjectName("view-list")
        self.list.setAccessibleName(tr("Views"))
        self.list.setMinimumHeight(theme.scale(LIST_PX))
        self.list.itemChanged.connect(self._rename)
        self.list.currentRowChanged.connect(self._offer)
        self.list.on_delete = self._delete
        self._up = self._button("up", tr("Up"), lambda: self._move(-1))
        self._down = self._button("down", tr("Down"), lambda: self._move(1))
        self._rename_button = self._button("rename", tr("Rename"), self.list.edit_current)
        self._delete_button = self._button("delete", tr("Delete"), self._delete)
        right = Qt.TextElideMode.ElideRight
        self._told = Label(theme, "", Role.SMALL, tone=Tone.MUTED, elide=right)
        self._undo = LinkButton(theme, tr("Undo"))
        self._undo.setObjectName("views-undo")
        self._undo.clicked.connect(views.undo)
        self._compose()
        views.changed.connect(self._fill)
        self._fill()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _button(self, name: str, text: str, act: Callable[[], None]) -> OutlineButton:
        button = OutlineButton(self._theme, text)
        button.setObjectName(f"views-{name}")
        button.clicked.connect(act)
        return button

    def _compose(self) -> None:
        across, buttons, told = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for button in (self._up, self._down, self._rename_button, self._delete_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        across.setSpacing(self._theme.scale(12))
        across.addWidget(self.list, 1)
        across.addLayout(buttons)
        told.addWidget(self._told, 1)
        told.addWidget(self._undo)
        self.column.addLayout(across, 1)
        self.column.addLayout(told)
        end = QHBoxLayout()
        end.addStretch(1)
        done = PrimaryButton(self._theme, tr("Done"))
        done.setObjectName("views-done")
        done.setAutoDefault(False)  # Return edits a name
        done.clicked.connect(self.accept)
        end.addWidget(done)
        self.add_end(end)

    # -- showing --

    def _fill(self) -> None:
        """List the views anew; the one that was current stays so, by its name or its place."""
        name, row = self._name(), self.list.currentRow()
        self._is_filling = True
        self.list.clear()
        for view in self._views.views:
            line = QListWidgetItem(view.name, self.list)
            line.setData(NAME_ROLE, view.name)
            line.setToolTip(safe_tip(view.text))
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsEditable)
        self._is_filling = False
        names = [view.name for view in self._views.views]
        place = names.index(name) if name in names else min(max(row, 0), len(names) - 1)
        self.list.setCurrentRow(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        deleted = self._views.deleted
        self._told.setText(tr("“{name}” is deleted.").format(name=deleted) if deleted else "")
        self._undo.setVisible(bool(deleted))
        self._offer()

    def _offer(self) -> None:
        row, count = self.list.currentRow(), self.list.count()
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < count - 1)
        self._rename_button.setEnabled(row >= 0)
        self._delete_button.setEnabled(row >= 0)

    def _name(self) -> str:
        name = self.list.currentIndex().data(NAME_ROLE)
        return name if isinstance(name, str) else ""

    # -- doing --

    def _rename(self, line: QListWidgetItem) -> None:
        if not self._is_filling:
            name, wanted = str(line.data(NAME_ROLE)), line.text()
            QTimer.singleShot(0, self, lambda: self._views.rename(name, wanted))  # editor is open

    def _move(self, by: int) -> None:
        self._views.move(self._name(), by)

    def _delete(self) -> None:
        self._views.delete(self._name())


class _ViewList(QListWidget):
    """A list in which Delete deletes and Return edits."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.on_delete: Callable[[], None] = lambda: None
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.on_delete()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_current()
        else:
            super().keyPressEvent(event)

    def edit_current(self) -> None:
        """Let the current name be written anew, unless it is already."""
        index = self.currentIndex()
        if index.isValid() and self.state() is not QAbstractItemView.State.EditingState:
            self.edit(index)
