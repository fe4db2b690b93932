"""Lets table and detail of a window speak of the same finding. Source: ux.md §2.2, §2.7."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtWidgets import QApplication

from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.detail.flow import flow_steps
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.pane_ring import holds_focus
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.findings.table_commands import arranging, letters
from heimdall_desktop.widgets.window.window_actions import WindowActions
from heimdall_desktop.widgets.window.window_frame import WindowFrame


class DetailController(QObject):
    """Opens what is selected, steps from row to row, and leads back.

    Args:
        findings: The table with its filter.
        detail: Shows one finding.
        frame: Where both lie.
        parent: The owner.

    Signals:
        moved: another finding is open, or the detail was opened or closed.
    """

    moved = Signal()

    def __init__(
        self, findings: FindingsPane, detail: DetailPane, frame: WindowFrame, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._findings, self._detail, self._frame = findings, detail, frame
        table = findings.table
        findings.finding_selected.connect(lambda found: self.show(FindingId(found)))
        findings.finding_activated.connect(lambda _found: self.enter())
        table.clicked.connect(self._open_clicked)
        findings.model.changed.connect(self.show_position)
        detail.previous_wanted.connect(lambda: table.step(-1))
        detail.next_wanted.connect(lambda: table.step(1))
        detail.closed.connect(self.close)
        frame.detail_wanted.connect(self.toggle)

    @property
    def open_id(self) -> FindingId | None:
        """The finding that can be seen in the detail."""
        return self._detail.finding_id if self._frame.is_detail_open else None

    def show(self, finding_id: FindingId) -> None:
        """Show a finding in the detail, and open it."""
        was_open = self._frame.is_detail_open
        self._frame.open_detail()
        if self._detail.finding_id != finding_id:
            self._detail.show_finding(finding_id)
        self.show_position()
        self.moved.emit()
        if not was_open:
            self._findings.table.bring_into_sight()

    def enter(self) -> None:
        """Put the keyboard into the detail."""
        self._frame.open_detail()
        self._detail.take_keyboard()

    def close(self) -> None:
        """Close the detail, and go on in the table."""
        self._frame.close_detail()
        self.moved.emit()
        self.take_keyboard()

    def toggle(self) -> None:
        """Open or close the detail, where there are findings."""
        if self._frame.is_detail_open:
            self.close()
        elif not self._frame.is_start:
            self._frame.open_detail()
            self.moved.emit()

    def take_keyboard(self) -> None:
        """Put the keyboard onto the table."""
        self._findings.take_keyboard()

    def step_back(self) -> None:
        """Lead back, one step at a time: out of the detail, the filter, the detail closed."""
        if holds_focus(self._detail, QApplication.focusWidget()) and self._findings.isVisible():
            self.take_keyboard()
        elif self._findings.filter_state.text:
            self._findings.filter_state.clear()
        elif self._frame.is_detail_open:
            self.close()
        else:
            self.take_keyboard()

    def show_position(self) -> None:
        """Say in the detail which row of the table it shows."""
        finding_id, model = self._detail.finding_id, self._findings.model
        place = None if finding_id is None else model.position_of(finding_id)
        self._detail.set_position(None if place is None else place + 1, model.shown)

    def bind(self, actions: WindowActions) -> None:
        """Take up the keys that act inside table and detail."""
        group = Group.FINDINGS
        step = partial(self._findings.table.step, begins_in_sight=True)
        focus = self._findings.filter_field.focus
        actions.add_inside(
            (self._findings, self._detail),
            Command("filter", tr("Filter"), focus, ("/",), group=group),
            Command(
                "next-finding",
                tr("Next finding"),
                partial(step, 1),
                ("J",),
                "ui-arrow-down",
                group=group,
                obstacle=self._no_rows,
            ),
            Command(
                "previous-finding",
                tr("Previous finding"),
                partial(step, -1),
                ("K",),
                "ui-arrow-up",
                group=group,
                obstacle=self._no_rows,
            ),
        )
        actions.add_inside((self._findings, self._detail), *letters(self._findings))
        actions.add_hidden(*arranging(self._findings))
        walk = self._detail.step_flow
        copy_link, keys = self._detail.copy_link, ("Ctrl+Shift+C",)
        actions.add_inside(
            (self._findings.table, self._detail),
            Command(
                "next-flow-step",
                tr("Next flow step"),
                partial(walk, 1),
                ("Alt+Down",),
                "ui-arrow-down",
                group=group,
                obstacle=self._no_flow,
            ),
            Command(
                "previous-flow-step",
                tr("Previous flow step"),
                partial(walk, -1),
                ("Alt+Up",),
                "ui-arrow-up",
                group=group,
                obstacle=self._no_flow,
            ),
            Command(
                "open-in-browser",
                tr("Open in browser"),
                self._open_page,
                ("B",),
                "ui-open",
                group=group,
                obstacle=self._no_page,
            ),
            Command(
                "copy-link",
                tr("Copy link"),
                copy_link,
                keys,
                "ui-link",
                group=group,
                obstacle=self._no_page,
            ),
        )

    def _no_rows(self) -> str:
        return "" if self._findings.model.shown else tr("No findings are shown.")

    def _no_finding(self) -> str:
        return "" if self._detail.shown else tr("No finding is open.")

    def _no_page(self) -> str:
        return self._no_finding() or self._detail.page_obstacle

    def _no_flow(self) -> str:
        shown = self._detail.shown
        if shown is not None and shown.is_announced:
            return tr("This server only announces findings.")
        if shown is None or flow_steps(shown):
            return self._no_finding()
        return tr("This finding has no flow.")

    def _open_clicked(self, index: QModelIndex) -> None:
        if self._findings.model.finding_at(index.row()) is not None:
            self._frame.open_detail()

    def _open_page(self) -> None:
        self._frame.open_detail()
        self._detail.open_page()
