"""Asks for the name of a new view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.table.saved_views import LONGEST_NAME, clean_name
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.views_state import ViewsState
from heimdall_desktop.widgets.controls.buttons import DIALOG_PX, OutlineButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.fields import TextField
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Tone

WIDTH_PX = 460


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
        right = Qt.TextElideMode.ElideRight
        told, go_there = one_line(text) or tr("All findings"), tr("Go to {scope} as well")
        shown = Label(theme, told, Role.SMALL, tone=Tone.MUTED, elide=right)
        self.name = TextField(theme, tr("Name of the view"), placeholder=tr("Name"))
        self.name.edit.setObjectName("view-name")
        self.name.edit.setMaxLength(LONGEST_NAME)
        self.name.edit.textChanged.connect(self._check)
        self.scope = Switch(theme, go_there.format(scope=scope))
        self.scope.setObjectName("view-scope")
        stand = tr("Sort and group as now as well")
        self.table_layout = Switch(theme, stand)
        self.table_layout.setObjectName("view-looks")
        self.column.addWidget(shown)
        self.column.addWidget(self.name)
        switches = ((go_there.format(scope=scope), self.scope), (stand, self.table_layout))
        for words, switch in switches:
            row = QHBoxLayout()
            row.addWidget(Label(theme, words, elide=right), 1)
            row.addWidget(switch)
            self.column.addLayout(row)
        self.add_end(self._make_end())
        self._check()
        self.name.setFocus()

    def _make_end(self) -> QHBoxLayout:
        end = QHBoxLayout()
        end.setSpacing(self._theme.scale(8))
        cancel = OutlineButton(self._theme, tr("Cancel"), height_px=DIALOG_PX)
        cancel.clicked.connect(self.reject)
        self._save = PrimaryButton(self._theme, tr("Save"))
        self._save.setObjectName("view-save")
        self._save.setDefault(True)
        self._save.clicked.connect(self._add)
        end.addStretch(1)
        end.addWidget(cancel)
        end.addWidget(self._save)
        return end

    def _check(self) -> None:
        self._save.setEnabled(bool(clean_name(self.name.edit.text())))

    def _add(self) -> None:
        self._views.add(
            self.name.edit.text(),
            has_scope=self.scope.isChecked(),
            has_table_layout=self.table_layout.isChecked(),
        )
        self.accept()
