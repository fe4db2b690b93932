"""Renames, orders and deletes named views, with a way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.views_state import ViewsState
from heimdall_desktop.widgets.controls.buttons import LinkButton, OutlineButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.filters.view_list import ViewList
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Tone

WIDTH_PX = 560
LIST_PX = 260
GAP_PX = 12


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
        self.list = ViewList(theme, self)
        self.list.setObjectName("view-list")
        self.list.setAccessibleName(tr("Views"))
        self.list.setMinimumHeight(theme.scale(LIST_PX))
        self.list.name_edited.connect(self._rename)
        self.list.currentRowChanged.connect(self._offer)
        self.list.delete_wanted.connect(self._delete)
        self._up = self._button("up", tr("Up"), lambda: views.move(self.list.name, -1))
        self._down = self._button("down", tr("Down"), lambda: views.move(self.list.name, 1))
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
        all_buttons = (self._up, self._down, self._rename_button, self._delete_button)
        width = max(button.sizeHint().width() for button in all_buttons)
        for button in all_buttons:
            button.setFixedWidth(width)
            buttons.addWidget(button)
        buttons.addStretch(1)
        across.setSpacing(self._theme.scale(GAP_PX))
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
        self.list.show_views(self._views.views)
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

    def _rename(self, name: str, wanted: str) -> None:
        """Rename a view once its editor is closed, for it stands in the list that is made anew."""
        QTimer.singleShot(0, self, lambda: self._views.rename(name, wanted))

    def _delete(self) -> None:
        self._views.delete(self.list.name)
