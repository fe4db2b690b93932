"""The inbox of alerts: its list, an explanation while it is empty, and its tools.

Opening the subject of a line counts as reading it. The foot shows how much is kept. The tools
filter the alerts and mark all as read. They are at the end of the panel's tabs, or in the foot if
there is no space.
Source: ux.md 2.2, 2.5; design.md 5, picture 7a.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.models.inbox_model import InboxModel
from heimdall_desktop.presentation.alerts.inbox import Inbox, InboxPart
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, GhostButton
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.pane import Edge, Pane, set_row_margins
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from heimdall_desktop.widgets.controls.toggles import SegmentedControl
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Ground, Tone
from heimdall_desktop.widgets.panel.inbox_list import InboxList

ICON = "ui-inbox"

CHOICE_PX = 22
FOOT_PX = 28
GAP_PX = 8


class InboxTools(QWidget):
    """A choice and a button.

    Args:
        parent: Its owner.

    Attributes:
        mark_all: marks all lines as read.
    """

    part_chosen = Signal(object)
    """List this `InboxPart`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = list(InboxPart)
        words = [tr(part.value) for part in self._parts]
        self._choice = SegmentedControl(words, name=tr("Alerts"), height_px=CHOICE_PX, parent=self)
        self._choice.setObjectName("inbox_parts")
        self.mark_all = GhostButton(tr("Mark all read"), height_px=SMALL_PX, parent=self)
        self.mark_all.setObjectName("inbox_mark_all")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme_of(self).scale(GAP_PX))
        row.addWidget(self._choice)
        row.addWidget(self.mark_all)
        self._choice.chosen.connect(lambda number: self.part_chosen.emit(self._parts[number]))

    def show_part(self, part: InboxPart) -> None:
        """Show which alerts are listed."""
        self._choice.set_current(self._parts.index(part))

    def show_unread(self, count: int) -> None:
        """Offer to mark all as read if some are unread."""
        self.mark_all.setEnabled(count > 0)


class InboxView(Pane):
    """Shows the lines of the inbox. Call `refresh` whenever they have changed.

    Args:
        inbox: The lines; it records reading.
        mutes: Mutes the scan of a line.
        mask: Which parts of the lines may be seen.
        parent: Its owner.

    Attributes:
        tools: The actions for the whole inbox; placed where there is space.
    """

    subject_wanted = Signal(object)
    """Show the subject of an `InboxLine`."""
    unread_changed = Signal(int)
    """The number of unread lines changed."""

    def __init__(
        self,
        inbox: Inbox,
        mutes: ScanMutes,
        mask: Mask,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Ground.SURFACE, parent=parent)
        self._inbox = inbox
        self._unread = inbox.unread
        self._model = InboxModel(inbox, mask, self)
        self._list = InboxList(self._model, mutes, self)
        self._empty = EmptyState(self)
        self.tools = InboxTools(self)
        self._foot_tools = InboxTools(self)
        self._foot_tools.hide()
        self.tools.installEventFilter(self)
        self._pages = QStackedWidget(self)
        self.setObjectName("inbox")
        self.setAccessibleName(tr("Inbox"))
        for page in (self._list, self._empty):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(self._make_foot())
        self._list.line_opened.connect(self.open_line)
        self._list.read_changed.connect(self._mark)
        self._list.all_read.connect(self.mark_all_read)
        for tools in (self.tools, self._foot_tools):
            tools.mark_all.clicked.connect(self.mark_all_read)
            tools.part_chosen.connect(self._show_part)
        self._empty.action_requested.connect(lambda: self._show_part(InboxPart.ALL))
        self.refresh()

    @property
    def unread(self) -> int:
        """The number of unread lines."""
        return self._unread

    def present(self) -> None:
        """Show the lines with the current mask."""
        self._model.tell_all()

    def refresh(self) -> None:
        """Show the current lines of the inbox."""
        self._list.refresh()
        self._empty.show_state(_emptiness(self._model.part))
        self._kept.setText(self._inbox.kept_text)
        self._foot.setVisible(bool(self._kept.text()))
        page = self._list if self._model.rowCount() else self._empty
        if page is not self._pages.currentWidget():
            has_keyboard = holds_focus(self, QApplication.focusWidget())
            self._pages.setCurrentWidget(page)
            if has_keyboard:
                self.take_keyboard()
        unread = self._inbox.unread
        for tools in (self.tools, self._foot_tools):
            tools.show_unread(unread)
        if unread != self._unread:
            self._unread = unread
            self.unread_changed.emit(unread)

    @property
    def meant_scan(self) -> ScanId | None:
        """Return the scan that a key acts on while the keyboard is on a line."""
        return self._list.current_scan if self._list.hasFocus() else None

    def take_keyboard(self) -> None:
        """Focus the lines, or the content in their place."""
        if self._pages.currentWidget() is self._list:
            self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._empty.take_keyboard()

    def mark_all_read(self) -> None:
        """Mark everything as read."""
        if self._inbox.mark_all_read():
            self.refresh()

    def _show_part(self, part: InboxPart) -> None:
        self._model.show_part(part)
        for tools in (self.tools, self._foot_tools):
            tools.show_part(part)
        self.refresh()

    def _mark(self, key: str, is_read: bool) -> None:
        if self._inbox.mark_read(key, is_read=is_read):
            self.refresh()

    def _make_foot(self) -> Pane:
        self._foot = Pane(Ground.WINDOW, Edge.TOP, is_strong=True, parent=self)
        elide = Qt.TextElideMode.ElideRight
        self._kept = Label("", Role.MICRO, tone=Tone.MUTED, elide=elide, parent=self._foot)
        self._kept.setObjectName("inbox_kept")
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.addWidget(self._kept, 1)
        self._foot_row.addWidget(self._foot_tools)
        self._measure()
        return self._foot

    def _measure(self) -> None:
        inset = self._theme.scale(INSET_PX)
        set_row_margins(self._foot, self._foot_row, start=inset, end=inset, top=1)
        self._foot_row.setSpacing(self._theme.scale(GAP_PX))
        self._foot.setFixedHeight(self._theme.scale(FOOT_PX))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the tools in the foot while the tabs have no space."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._foot_tools.setVisible(self.tools.isHidden())
        return super().eventFilter(watched, event)

    def open_line(self, key: str) -> None:
        """Mark a line as read, and request its subject."""
        line = self._inbox.line(key)
        if line is not None:
            self._mark(key, is_read=True)
            self.subject_wanted.emit(line)


def _emptiness(part: InboxPart) -> Emptiness:
    if part is InboxPart.UNREAD:
        return Emptiness(ICON, tr("No unread alerts."), action=tr("Show all"))
    if part is InboxPart.HELD_BACK:
        consequence = tr(
            "Alerts held back by quiet hours, a mute or an open window are listed here."
        )
        return Emptiness(ICON, tr("Nothing was held back."), consequence, tr("Show all"))
    consequence = tr("Every alert is listed here, even if the desktop didn't show it.")
    return Emptiness(ICON, tr("No alerts yet."), consequence)
