"""What the scan does right now, or how it ended, in two lines."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.panel.log_lines import TaskWords
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, GhostButton
from heimdall_desktop.widgets.controls.icon_mark import IconMark
from heimdall_desktop.widgets.controls.labels import Label, show_tip
from heimdall_desktop.widgets.controls.scan_marks import LOG_MARKS
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone

BLOCK_PX = 54
INSET_PX = 16
END_PX = 12
GAP_PX = 8
ICON_PX = 16


class TaskBlock(QWidget):
    """Shows the words of a task; the whole text of an error can be copied.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: TaskWords | None = None
        self.setObjectName("current_task")
        right, middle = Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle
        self._icon = IconMark(theme, size_px=ICON_PX, parent=self)
        self._title = Label(theme, "", Role.SMALL, Weight.SEMIBOLD, elide=right, parent=self)
        self._time = Label(
            theme, "", Role.SMALL, Weight.MEDIUM, Tone.MUTED, is_tabular=True, parent=self
        )
        self._detail = Label(theme, "", Role.SMALL, tone=Tone.MUTED, elide=middle, parent=self)
        self._copy = GhostButton(theme, tr("Copy error"), height_px=SMALL_PX, parent=self)
        self._copy.setObjectName("copy_error")
        self._copy.clicked.connect(self._copy_error)
        self._grid = QGridLayout(self)
        self._grid.addWidget(self._icon, 0, 0)
        self._grid.addWidget(self._title, 0, 1)
        self._grid.addWidget(self._time, 0, 2)
        self._grid.addWidget(self._copy, 0, 3, 2, 1)
        self._grid.addWidget(self._detail, 1, 1, 1, 2)
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._lay_out)
        self._lay_out()
        self.show_words(None)

    def show_words(self, words: TaskWords | None) -> None:
        """Show another task, or nothing."""
        if words == self._words and words is not None:
            return
        self._words = words
        icon, tone = LOG_MARKS[words.sign] if words else ("", Tone.MUTED)
        self._icon.show_icon(icon, tone)
        self._title.setText(words.title if words else "")
        self._detail.setText(words.detail if words else "")
        show_tip(self._detail, words.error if words else "")
        self._time.setText(words.time if words else "")
        self._time.setVisible(bool(words and words.time))
        self._copy.setVisible(bool(words and words.error))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.scale(BLOCK_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(BLOCK_PX))

    def _copy_error(self) -> None:
        if self._words is not None:
            QGuiApplication.clipboard().setText(self._words.error)

    def _lay_out(self) -> None:
        scale = self._theme.scale
        self._grid.setContentsMargins(scale(INSET_PX), scale(9), scale(END_PX), scale(6))
        self._grid.setHorizontalSpacing(scale(GAP_PX))
        self._grid.setVerticalSpacing(0)
        self.updateGeometry()
