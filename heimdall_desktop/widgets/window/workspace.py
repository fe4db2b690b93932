"""A window for reading findings of all scans, or of one. Source: behaviour.md 2.1, 2.2."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.choices import SeenBy
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, cwe_number
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.presentation.window.window_place import FrameLayout
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.key_names import key_text
from heimdall_desktop.widgets.controls.pane import LatePlace, Scrim
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.findings.decision_strip import DecisionStrip
from heimdall_desktop.widgets.findings.finding_menu import ICON_PX
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.findings.scan_problem_strip import ScanProblemStrip
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.palette.palette import Palette
from heimdall_desktop.widgets.palette.shortcut_sheet import ShortcutSheet
from heimdall_desktop.widgets.panel.comparison_page import ComparisonPage
from heimdall_desktop.widgets.panel.stages_panel import StagesPanel
from heimdall_desktop.widgets.triage.reason_strip import UnreadReasons
from heimdall_desktop.widgets.triage.review import Review
from heimdall_desktop.widgets.triage.triage import Triage
from heimdall_desktop.widgets.window.finding_dialogs import AllIssues
from heimdall_desktop.widgets.window.problem_bar import ALERT_PREFIX, ProblemBar, say
from heimdall_desktop.widgets.window.source_editor import SourceEditor
from heimdall_desktop.widgets.window.window_actions import WindowActions
from heimdall_desktop.widgets.window.window_frame import Parts, Top, WindowFrame
from heimdall_desktop.widgets.window.window_geometry import usual_size

if TYPE_CHECKING:
    from heimdall_desktop.widgets.export.exporter import Exporter
    from heimdall_desktop.widgets.panel.threat_pane import ThreatPane

LETTERS = "single-letters"  # where all windows remember that they are off

Dialog = TypeVar("Dialog", bound=QDialog)


COMPARISON_PX = 490  # default height of the panel


class Session(Struct, frozen=True):
    """The data and services that every window uses.

    Attributes:
        store: All scans, or those of the window.
        ticker: Reports changes of that store.
        requests: Runs the requested actions.
        clock: Our monotonic clock.
        now: The time of day.
        memory: The main window's saved layout.
    """

    store: Store
    ticker: Ticker
    requests: Requests
    clock: Callable[[], float]
    now: Callable[[], datetime]
    memory: WindowMemory


class Workspace(QMainWindow):
    """Owns table, detail and panel, keeps them on the same finding, and handles going back.

    Args:
        session: The scans, and the requests.
        scan_id: The window's only scan; None for all of them.
        table_memory: The table's layout.
        detail_memory: The detail's layout; None if it is not kept.

    Attributes:
        scan_id: the window's only scan; None for all of them.
        findings: the table with its filter.
        strip: problems of scans.
        detail: one finding.
        panel: stages, log and any added pages.
        problems: problems of the whole window.
        issues: creates issues for all findings of a scan.
        comparison: a scan compared with an earlier one.
        commands: its actions, by keys, menu and palette.
        command_palette: searches the commands.
        triage: makes its decisions.
        review: leads through decisions of earlier scans that are proposed.
        unread_reasons: loads the reasons of decisions.
        source_editor: opens the files of findings in the user's editor.

    Signals:
        moved: another finding is open, or the detail was opened or closed.
    """

    moved = Signal()
    frame: WindowFrame

    def __init__(
        self,
        session: Session,
        scan_id: ScanId | None,
        table_memory: WindowMemory,
        detail_memory: WindowMemory | None = None,
    ) -> None:
        super().__init__()
        self.session, self.scan_id = session, scan_id
        store, ticker, requests = session.store, session.ticker, session.requests
        clock, now = session.clock, session.now
        self.findings = FindingsPane(
            store, ticker, clock, now=now, memory=table_memory, is_of_all=scan_id is None
        )
        seeing = self.findings.seeing
        seeing.are_rows_wanted = lambda: (
            requests.preferences.settings.findings.seen is SeenBy.PASSING
        )
        seeing.is_locked = lambda: requests.privacy.is_locked
        self.strip = ScanProblemStrip(store, ticker, requests, clock, now)
        self.detail = DetailPane(store, ticker, requests, detail_memory)
        self.detail.now = now
        seeing.opened = lambda: None if self.detail.visibleRegion().isEmpty() else self.detail.shown
        self.panel = StagesPanel(store, ticker, clock, now)
        self.comparison = ComparisonPage(store, ticker, requests, now)
        self.problems = ProblemBar()
        self.issues = AllIssues(store, ticker, requests, self.problems, self)
        self.source_editor = SourceEditor(self, store, requests.editing, self.problems)
        self.detail.editor_commands = self._editor_commands
        self.commands = WindowActions(self)
        self._exporter: Exporter | None = None
        self.commands.is_read_only = lambda: requests.decisions.is_read_only
        self.commands.ran.connect(self.explain)
        self.commands.letter_places = (self.findings, self.detail, self.comparison)
        self.triage = Triage(
            self, store, requests, clock, now, self.findings, self.detail, self.comparison
        )
        self.triage.focused = self.focused
        self.review = Review(
            self,
            store,
            ticker,
            requests,
            now,
            self.findings,
            self.detail,
            self.triage,
            self.problems,
        )
        self.unread_reasons = UnreadReasons(self, store, requests, self.findings)
        self.use_letters()
        self.strip.request_failed.connect(self.show_error)
        decisions, source = self.findings.decisions, self.findings.source
        self._strips: list[ProblemBar | DecisionStrip | ProblemStrip]
        self._strips = [decisions, self.problems, self.strip, self.findings.proposals, source]
        self._strip_turned_to: int | None = None
        self._strip_ranks: tuple[int | None, ...] = ()
        for place, strip in enumerate(self._strips):
            strip.moved.connect(self._show_one_strip)
            strip.passed.connect(partial(self._pass_strip, place))
        self._show_one_strip()
        table = self.findings.table
        table.finding_selected.connect(lambda found: self.show_finding(FindingId(found)))
        table.finding_activated.connect(lambda _found: self.enter_detail())
        self.findings.selection_bar.said.connect(partial(say, self))
        table.clicked.connect(self._open_clicked)
        self.findings.model.changed.connect(self._show_position)
        self.findings.tools.export.clicked.connect(self.export)
        self.detail.previous_wanted.connect(lambda: table.step(-1))
        self.detail.next_wanted.connect(lambda: table.step(1))
        self.detail.closed.connect(self.close_detail)
        table.menu.add_actions = self._add_row_actions
        table.menu.copy_markdown = lambda: self.exporter().copy_markdown()
        table.menu.copy_csv = lambda: self.exporter().copy_csv()
        table.drag.make = lambda: self.exporter().dragged()

    def _editor_commands(self, finding: Finding) -> list[Command]:
        return self.source_editor.commands(lambda: finding)

    def _add_row_actions(self, menu: QMenu, finding: Finding) -> None:
        theme, state = theme_of(self), self.findings.filter_state
        keys = {command.id: command.keys for command in self.commands.keyed()}

        def offer(command_id: str, text: str, act: Callable[[], object], icon: str = "") -> QAction:
            key = key_text(keys[command_id][0]) if keys.get(command_id) else ""
            action = menu.addAction(f"{text}\t{key}" if key else text)
            if icon:
                action.setIcon(theme.icon(icon, theme.scale(ICON_PX)))
            action.triggered.connect(lambda _is_checked: act())
            return action

        if not self.triage.obstacle_of(finding):
            offer("comment", tr("Comment"), partial(self.triage.comment_on, finding))
        page = offer(
            "open-in-browser",
            tr("Open in browser\u2026"),
            partial(self.findings.open_page, finding),
            "ui-open",
        )
        page.setEnabled(not self.findings.copies.why_no_page(finding))
        opening, *_ = self._editor_commands(finding)
        editor = offer(opening.id, opening.name, opening.act, opening.icon)
        editor.setEnabled(not opening.obstacle())
        self.detail.add_row_actions(menu, finding)
        menu.addSeparator()
        only_file = offer(
            "", tr("Only this file"), partial(state.set_only, "file", finding.file_path)
        )
        only_file.setEnabled(bool(finding.file_path) and not self.findings.copies.obstacle)
        number = cwe_number(finding.cwe_text)
        only_cwe = offer("", tr("Only this CWE"), partial(state.set_only, "cwe", str(number or 0)))
        only_cwe.setEnabled(number is not None)

    # -- composing --

    def compose(
        self,
        top: Top,
        size: QSize,
        layout: FrameLayout,
        *,
        board: QWidget | None = None,
        start: QWidget | None = None,
        status: QWidget | None = None,
    ) -> None:
        """Place the parts, both those of all windows and those of one kind only.

        Args:
            top: The bar over everything.
            size: The window's size if none is remembered.
            layout: The last arrangement of its parts.
            board: The scans to choose from.
            start: The start page.
            status: The bar below everything.
        """
        self.frame = WindowFrame(
            Parts(
                top=top,
                problems=self.problems,
                strip=self.strip,
                board=board,
                findings=self.findings,
                detail=self.detail,
                start=start,
                panel=self.panel,
                status=status,
            )
        )
        self.setCentralWidget(self.frame)
        self.resize(usual_size(size))
        self.frame.use_layout(layout)
        self.frame.detail_bar.opened.connect(self.toggle_detail)
        self.command_palette = Palette(self.commands, self.session.memory, self)
        Scrim(self)

    def add_pages(self) -> None:
        """Add the threat model, and the comparison with an earlier scan, to the panel."""
        panel, page = self.panel, self.comparison
        self._made_threats: ThreatPane | None = None
        self._threats_place = LatePlace(lambda: self.threats)
        self._threats_tab = panel.add_page(
            tr("Threat model"),
            "ui-branch",
            self._threats_place,
            lambda: self.threats.take_keyboard(),  # noqa: PLW0108 - they are made later
        )
        panel.scan_shown.connect(lambda scan_id: self._show_threats(ScanId(scan_id)))
        self._show_threats(panel.shown_scan_id or ScanId(""))
        self._comparison_tab = tab = panel.add_page(
            tr("Compare"), "ui-compare", page, page.take_keyboard
        )
        panel.side_shared.connect(page.set_side_width)
        panel.scan_shown.connect(lambda scan_id: page.show_scan(ScanId(scan_id) or None))
        page.show_scan(panel.shown_scan_id)
        panel.bar.tabs.currentChanged.connect(self._raise_comparison)
        page.compared.connect(self._raise_comparison)
        page.counted.connect(lambda count: panel.show_count(tab, count))
        page.finding_wanted.connect(lambda found: self.show_beside(FindingId(found)))
        page.filter_wanted.connect(lambda scan, text: self.show_filtered(ScanId(scan), text))

    @property
    def threats(self) -> ThreatPane:
        """The threat model of a scan, made on first use: no start shows one."""
        if self._made_threats is None:
            from heimdall_desktop.widgets.panel.threat_pane import ThreatPane  # noqa: PLC0415 - main.LATE

            panel, filter_state, session = self.panel, self.findings.filter_state, self.session
            threats = ThreatPane(session.store, session.ticker, session.requests)
            self._made_threats, tab = threats, self._threats_tab
            self._threats_place.put(threats)
            panel.side_shared.connect(threats.set_side_width)
            threats.set_side_width(panel.side_width)
            threats.counted.connect(lambda count: panel.show_count(tab, count))
            threats.file_wanted.connect(partial(filter_state.set_only, "file"))
            filter_state.changed.connect(threats.forget_choice)
        return self._made_threats

    def _show_threats(self, scan_id: ScanId) -> None:
        """Follow the panel; the tab counts the entries of a scan's threat model."""
        if scan_id or self._made_threats is not None:
            self.threats.show_scan(scan_id or None)

    def late_parts(self) -> tuple[Callable[[], object], ...]:
        """Return functions that make, one by one, the parts that the first frame does not need."""
        return self.panel.prepare, lambda: self.threats, *self.detail.late_parts()

    def _raise_comparison(self) -> None:
        if self.comparison.is_compared and self.panel.tab == self._comparison_tab:
            self.frame.raise_panel(COMPARISON_PX)

    def show_filtered(self, _scan_id: ScanId, text: str) -> None:
        """Show only the findings of a scan that match a filter."""
        self.findings.filter_state.set_text(text)

    # -- one finding --

    def focused(self) -> QWidget | None:
        """Return the widget that has the keyboard, or had it before the palette opened."""
        palette = self.command_palette
        return palette.before if palette.isVisible() else self.focusWidget()

    @property
    def open_id(self) -> FindingId | None:
        return self.detail.finding_id if self.frame.is_detail_open else None

    def show_finding(self, finding_id: FindingId, scan_id: ScanId | None = None) -> None:
        """Show a finding in the detail, and open it; it may not have loaded yet."""
        was_open = self.frame.is_detail_open
        self.frame.open_detail()
        if self.detail.finding_id != finding_id:
            self.detail.show_finding(finding_id, scan_id)
        self._show_position()
        self.moved.emit()
        if not was_open:
            self.findings.table.bring_into_sight()

    def show_beside(self, finding_id: FindingId) -> None:
        """Show a finding in the detail, select its row if it is listed, and keep the filter."""
        self.show_finding(finding_id)
        self.findings.show_finding(finding_id)

    def reveal(self, finding_id: FindingId) -> None:
        """Show a finding in the detail, and its row, whatever hides it."""
        self.show_finding(finding_id)
        self.findings.reveal(finding_id)

    def enter_detail(self) -> None:
        self.frame.open_detail()
        self.detail.take_keyboard()

    def close_detail(self) -> None:
        self.frame.close_detail()
        self.moved.emit()
        self.findings.take_keyboard()

    def toggle_detail(self) -> None:
        if self.frame.is_detail_open:
            self.close_detail()
        elif not self.frame.is_start:
            self.frame.open_detail()
            self.moved.emit()

    def open_target(self) -> None:
        finding = self.triage.finding()
        if finding is not None:
            self.show_finding(finding.id)

    def present(self, *, is_on: bool) -> None:
        """Hide texts that may contain names and follow no scan, or show them again.

        Messages from before presenting wait until it ends; later ones hide names.
        """
        keys = self.problems.keys if is_on else ()
        self.problems.hold(key for key in keys if not key.startswith(ALERT_PREFIX))
        self.findings.present(is_on=is_on)
        self.triage.reasons.close()
        self._show_position()

    def _open_clicked(self, index: QModelIndex) -> None:
        if self.findings.model.finding_at(index.row()) is not None:
            self.frame.open_detail()

    def _show_position(self) -> None:
        finding_id, model = self.detail.finding_id, self.findings.model
        place = None if finding_id is None else model.grouped.position_of(finding_id)
        self.detail.set_position(None if place is None else place + 1, model.shown)

    # -- one strip --

    def _strip_order(self) -> list[int]:
        ranks = [strip.rank for strip in self._strips]
        placed = [(rank, place) for place, rank in enumerate(ranks) if rank is not None]
        return [place for _, place in sorted(placed)]

    def _show_one_strip(self) -> None:
        """Show one strip: the answer to an action, the worst problem, the newest alert, a note."""
        ranks, order = tuple(strip.rank for strip in self._strips), self._strip_order()
        if ranks != self._strip_ranks or self._strip_turned_to not in order:
            self._strip_ranks, self._strip_turned_to = ranks, None
        shown = order[0] if order and self._strip_turned_to is None else self._strip_turned_to
        every = sum(strip.count for strip in self._strips)
        for place, strip in enumerate(self._strips):
            strip.give_way(is_behind=place != shown, elsewhere=every - strip.count)

    def _pass_strip(self, place: int) -> None:
        order = self._strip_order()
        if place in order:
            self._strip_turned_to = order[(order.index(place) + 1) % len(order)]
            self._show_one_strip()

    # -- other actions of all windows --

    def open_threats(self) -> None:
        self.panel.open_page(self._threats_tab)

    def open_comparison(self) -> None:
        self.panel.open_page(self._comparison_tab)
        self._raise_comparison()

    def refresh(self) -> None:
        """Refresh everything in the window from the server."""
        self.session.requests.request_refresh(self.scan_id)
        self.comparison.read_again()

    def exporter(self) -> Exporter:
        """Return the exporter that exports and copies the findings; it is loaded on first use."""
        from heimdall_desktop.widgets.export.exporter import Exporter  # noqa: PLC0415 - main.LATE

        of = self.session
        if self._exporter is None:
            self._exporter = Exporter(self, self.findings, of.requests, of.memory)
        return self._exporter

    def export(self) -> None:
        self.exporter().ask()

    def hand_over(self) -> None:
        self.exporter().ask_handover()

    def explain(self, why: str) -> None:
        """Show why the last command did nothing; "" if it did something."""
        self.problems.show_answer(why)
        if why:
            say(self, why)

    def show_error(self, error: HeimdallError) -> None:
        self.problems.show_error(type(error).__name__, error)

    def show_shortcuts(self) -> None:
        """Open the sheet with all keys, or raise the open one."""
        sheet = shown_dialog(self, ShortcutSheet)
        if sheet is None:
            commands = self.commands
            notes, has_letters = commands.shortcuts(), commands.has_letters
            sheet = ShortcutSheet(notes, has_letters=has_letters, parent=self)
            sheet.letters.toggled.connect(self.switch_letters)
        open_dialog(sheet)

    def switch_letters(self, is_wanted: bool) -> None:
        """Turn single letters on or off in all windows, and remember it."""
        self.session.memory.keep(LETTERS, "" if is_wanted else "off")
        self.use_letters()

    def use_letters(self) -> None:
        self.commands.use_letters(is_wanted=self.session.memory.text(LETTERS) != "off")

    def changeEvent(self, event: QEvent) -> None:
        """Update whether letters are keys: another window may have changed that."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self.use_letters()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Make Escape go back one step at a time: selection, detail, filter (behaviour.md 2.7)."""
        if event.key() != Qt.Key.Key_Escape or self.frame.is_start:
            super().keyPressEvent(event)
        elif self.findings.table.selection.is_many:
            self.findings.table.selection.clear()
        elif holds_focus(self.detail, QApplication.focusWidget()) and self.findings.isVisible():
            self.findings.take_keyboard()
        elif self.findings.filter_state.text:
            self.findings.filter_state.clear()
        elif self.frame.is_detail_open:
            self.close_detail()
        else:
            self.findings.take_keyboard()


def shown_dialog(window: QWidget, kind: type[Dialog]) -> Dialog | None:
    return next((dialog for dialog in window.findChildren(kind) if dialog.isVisible()), None)


def open_dialog(dialog: DialogFrame) -> None:
    """Open a dialog above its window, or raise it."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    dialog.raise_()
    dialog.activateWindow()
