"""What the main window shows, one scan or all of them, and how it opens a finding."""

from PySide6.QtCore import QObject, Signal

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Severity, Verdict, one_line
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.filters.filter import ALL_STAGES, FINDING_STAGES, FindingStage
from heimdall_desktop.domain.filters.filter_writing import with_words
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.board.board import Board
from heimdall_desktop.widgets.controls.focus import come_forward
from heimdall_desktop.widgets.controls.problem_strip import StripText
from heimdall_desktop.widgets.window.scan_window import ScanWindows
from heimdall_desktop.widgets.window.workspace import Workspace

_NOT_THERE = "not-there"  # the key of the message about a line whose subject is gone


class Scope(QObject):
    """Keeps all parts on the same scope, and reports which scan to poll most often.

    Args:
        window: The main window.
        board: The scans to choose from.
        scan_windows: The windows of scans that were torn off.

    Attributes:
        in_view: the scan in view, or with all scans in view, the scan of the open finding.

    Signals:
        scope_changed: another scan, or all of them, are now in view.
    """

    scope_changed = Signal()

    def __init__(self, window: Workspace, board: Board, scan_windows: ScanWindows) -> None:
        super().__init__(window)
        self._window, self._board, self._scan_windows = window, board, scan_windows
        self._store, self._requests = window.session.store, window.session.requests
        self._scope: ScanId | None = None
        self.in_view: ScanId | None = None
        self._awaited: FindingId | None = None
        window.moved.connect(self._stop_waiting)
        window.moved.connect(self.report_scan_in_view)

    def view_scan(self, scan_id: ScanId | None) -> None:
        """Show one scan everywhere, or all of them."""
        if scan_id is not None and self._store.scan(scan_id) is None:
            scan_id = None
        if scan_id == self._scope:
            return
        self._scope = scan_id
        self._board.view.set_scope(scan_id)
        self._window.findings.set_scope(scan_id)
        self._window.strip.set_scope(scan_id)
        self.report_scan_in_view()
        self.scope_changed.emit()

    def report_scan_in_view(self) -> None:
        """Report the scan in view; with all scans in view, it is the scan of the open finding.

        The panel follows the selected finding, and keeps its scan while none is selected.
        """
        selected = self._scan_of(self._window.findings.table.selected_id)
        self._window.panel.set_scope(self._scope or selected)
        in_view = self._scope or self._scan_of(self._window.open_id)
        if in_view != self.in_view:
            self.in_view = in_view
            self._requests.view_scan(in_view)

    def _scan_of(self, finding_id: FindingId | None) -> ScanId | None:
        finding = None if finding_id is None else self._store.finding(finding_id)
        return None if finding is None else finding.scan_id

    def scope_text(self) -> str:
        return self.name_of(self._scope) or tr("all scans")

    def name_of(self, scan_id: ScanId | None) -> str:
        """Return the name that distinguishes a scan from the others; "" for none."""
        return "" if scan_id is None else self._store.name_of(scan_id)

    def jump_to(self, place: int) -> None:
        """Show the scan at a place of the board, counted from 1."""
        scans = self._board.scan_ids
        if place <= len(scans):
            self.view_scan(scans[place - 1])

    def is_announced(self, scan_id: ScanId) -> bool:
        """Whether a scan's progress is announced: it is in view, or the only scan."""
        return scan_id == self.in_view or len(self._store) == 1

    def filter_to(self, scan_id: str, severity: Severity) -> None:
        """Show the findings a card counts under a severity, and replace any earlier filter."""
        self.view_scan(ScanId(scan_id))
        self._window.findings.filter_state.set_text(with_words("", "sev", {severity}))

    def show_stages(self, scan_id: str) -> None:
        self.view_scan(ScanId(scan_id))
        self._window.panel.open_stages()

    def show_stage(self, scan_id: str, stage: str) -> None:
        """Show a stage of a scan: its log, and its findings if it has any (behaviour.md 2.2)."""
        self.show_stages(scan_id)
        self._window.panel.pick_stage(stage)
        wanted = {FindingStage(stage)} if stage in FINDING_STAGES else ALL_STAGES
        self._window.findings.filter_state.set_words("stage", wanted)

    # -- opening --

    def open_finding(self, finding_id: FindingId, scan_id: ScanId | None = None) -> None:
        """Raise the window with a finding open, once it has loaded.

        Args:
            finding_id: which.
            scan_id: its scan, if known; the scan is listed again if it lacks the finding.
        """
        finding = self._store.finding(finding_id)
        torn_off = None if finding is None else self._scan_windows.window_of(finding.scan_id)
        if torn_off is not None:
            torn_off.open_finding(finding_id)
            return
        come_forward(self._window)
        if finding is None:
            if scan_id is not None and self._scope is not None:
                self.view_scan(scan_id)
            self._window.show_finding(finding_id, scan_id)
            self._awaited = finding_id
            if scan_id is not None and self._store.has_listed_once(scan_id):
                self._requests.request_refresh(scan_id)
            return
        if self._scope not in (None, finding.scan_id):
            self.view_scan(finding.scan_id)
        self._window.reveal(finding_id)

    def open_scan(self, scan_id: ScanId) -> None:
        """Raise the window with the findings of a scan, without a finding of another scan."""
        self._stop_waiting()
        torn_off = self._scan_windows.window_of(scan_id)
        come_forward(torn_off or self._window)
        if torn_off is None:
            self.view_scan(scan_id)
            open_id = self._window.open_id
            if open_id is not None and self._scan_of(open_id) != scan_id:
                self._window.close_detail()

    def open_subject(self, scan_id: ScanId, finding_id: FindingId | None) -> None:
        """Raise the window with a finding open, or with the stages of a scan."""
        if finding_id:
            self.open_finding(finding_id, scan_id)
        else:
            self.open_scan(scan_id)
            (self._scan_windows.window_of(scan_id) or self._window).panel.open_stages()

    def open_line(self, line: InboxLine) -> None:
        """Open the subject of an inbox line, or say that it no longer exists.

        If the scan is no longer watched, the user can watch it again; then the subject opens.
        """
        self._window.problems.clear(_NOT_THERE)
        scan = self._store.scan(line.scan_id)
        if scan is None:
            come_forward(self._window)
            fact, watch = tr("{scan} is no longer watched."), (tr("Watch again"),)
            self._say_not_there(line, fact, watch if line.server else ())  # old lines lack it
        elif (
            line.finding_id
            and (scan.has_listed_once or scan.connection_state is Connection.GONE)
            and self._store.finding(line.finding_id) is None
        ):
            self.open_scan(scan.id)
            self._say_not_there(line, tr("{scan} no longer has this finding."))
        else:
            self.open_subject(scan.id, line.finding_id)

    def _say_not_there(self, line: InboxLine, fact: str, actions: tuple[str, ...] = ()) -> None:
        name = self._store.mask.name(line.scan_id, one_line(line.scan_name))
        stays = tr("Its alerts stay in the inbox.")
        text = StripText(Mood.CALM, "ui-info", fact.format(scan=name), stays, actions)
        self._window.problems.show_problem(_NOT_THERE, text, lambda _: self._watch_again(line))

    def _watch_again(self, line: InboxLine) -> None:
        def open_it(error: HeimdallError | None) -> None:
            if error is None:
                self.open_subject(line.scan_id, line.finding_id)
            else:
                self._window.show_error(error)

        self._window.problems.clear(_NOT_THERE)
        self._requests.request_return(ServerUrl(line.server), line.scan_id, open_it)

    def open_worst(self) -> None:
        """Open the worst finding if none is open, for a screenshot that shows everything.

        Active ones are worse than withdrawn ones, then the severity counts, then a confirmation.
        """
        model = self._window.findings.model
        findings = filter(None, map(model.finding_at, range(model.rowCount())))
        worst = min(
            findings,
            key=lambda finding: (
                finding.verdict is Verdict.WITHDRAWN,
                finding.severity.rank,
                finding.verdict is not Verdict.CONFIRMED,
            ),
            default=None,
        )
        if worst is not None and self._window.detail.finding_id is None:
            self.open_finding(worst.id)

    def open_awaited(self) -> None:
        """Open the awaited finding if it has loaded."""
        awaited = self._awaited
        if awaited is not None and self._store.finding(awaited) is not None:
            self.open_finding(awaited)

    def _stop_waiting(self) -> None:
        """Keep what is open, because the user opened something else."""
        self._awaited = None
