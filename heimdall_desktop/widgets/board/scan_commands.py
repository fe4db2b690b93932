"""Everything that can be done with one scan of the board, for its menu and the palette.

Source: behaviour.md 2.2.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.finding_action import FindingAction
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.scan_link import own_link, scan_page
from heimdall_desktop.domain.facts.server import id_on_server
from heimdall_desktop.models.scans_model import ScansModel
from heimdall_desktop.models.ticker import Now
from heimdall_desktop.presentation.board.card_words import Tag, pins_text, with_pin
from heimdall_desktop.presentation.board.source_text import Feature, lacks, no_own_link, source_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.dialog_frame import LinkPrompt, QuestionDialog, save_dialog
from heimdall_desktop.widgets.controls.key_names import copy_line
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from heimdall_desktop.widgets.controls.text_labels import add_commands, add_reasons, new_menu

PIN_KEYS = "Ctrl+P"
MEMORY_NAME = "board"


class ScanCommands(QObject):
    """Makes the commands of each scan, and carries out those that need no other part.

    Args:
        model: Knows which scans are pinned.
        memory: Stores that.
        links: Asks before a page opens.
        now: The wall clock, in UTC.
    """

    stages_wanted = Signal(str)
    """Show the stages of a scan."""
    compare_wanted = Signal(str)
    """Compare this scan with an earlier one."""
    tear_off_wanted = Signal(str)
    """Open a scan in its own window."""
    issues_wanted = Signal(str)
    """Create issues for the open findings of a scan."""
    scan_stopped = Signal(str, str, str)
    """A scan is no longer watched, which can be undone: its server, its id and its name."""
    request_failed = Signal(object)
    """A `HeimdallError`: a request made here failed."""

    def __init__(
        self,
        store: Store,
        requests: Requests,
        model: ScansModel,
        memory: WindowMemory,
        links: LinkPrompt,
        now: Now,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store, self._requests, self._model = store, requests, model
        self._memory, self._links, self._owner = memory, links, parent
        self._mutes = ScanMutes(store, requests.preferences, now)

    def commands(self, scan_id: ScanId) -> list[Command]:
        """Return the commands of a scan in menu order; keys are those for the current scan."""
        scan, row = self._store.scan(scan_id), partial(Command, group=Group.SCANS)
        go_to = partial(Command, group=Group.GO_TO)
        page = "" if scan is None else scan_page(scan)
        link = "" if scan is None or no_own_link(scan) else own_link(scan.server, scan_id)
        is_pinned, is_recorded = scan_id in self._model.pins, scan_id in self._requests.recordings

        def why_no_page() -> str:
            return "" if page else _not_loaded(scan) or _why_no_page(scan)

        return [
            go_to(
                "show-stages",
                tr("Show stages"),
                partial(self.stages_wanted.emit, scan_id),
                icon="ui-stages",
            ),
            go_to(
                "compare-scan",
                tr("Compare with an earlier scan"),
                partial(self.compare_wanted.emit, scan_id),
                icon="ui-compare",
                obstacle=partial(_why_not, Feature.COMPARISON, scan),
            ),
            row(
                "pin",
                tr("Unpin") if is_pinned else tr("Pin to top"),
                partial(self.pin, scan_id, is_pinned=not is_pinned),
                (PIN_KEYS,),
                "ui-pin",
            ),
            *self._mutes.commands_for(scan_id),
            row(
                "tear-off",
                tr("Open in new window"),
                partial(self.tear_off_wanted.emit, scan_id),
                icon="ui-open",
            ),
            row(
                "refresh-scan",
                tr("Refresh"),
                partial(self._requests.request_refresh, scan_id),
                icon="conn-reconnecting",
            ),
            row(
                "record",
                tr("Stop recording") if is_recorded else tr("Record to a file\u2026"),
                partial(self._turn_recording, scan_id),
                icon="ui-play",
                obstacle=partial(self._why_no_recording, scan),
            ),
            row(
                "copy-scan-link",
                tr("Copy link"),
                partial(copy_line, page),
                icon="ui-link",
                begins_group=True,
                obstacle=why_no_page,
            ),
            row(
                "copy-own-scan-link",
                tr("Copy heimdall:// link"),
                partial(copy_line, link),
                icon="ui-link",
                obstacle=lambda: _not_loaded(scan) if scan is None else no_own_link(scan),
            ),
            row(
                "copy-scan-id",
                tr("Copy scan ID"),
                partial(copy_line, id_on_server(scan_id)),
                icon="ui-copy",
            ),
            row(
                "open-scan-page",
                tr("Open in browser\u2026"),
                partial(self._links.ask, page),
                icon="ui-open",
                obstacle=why_no_page,
            ),
            row(
                "scan-again",
                tr("Scan again"),
                partial(self._requests.scans.request_rescan, scan_id, self._take_answer),
                icon="ui-play",
                begins_group=True,
                obstacle=partial(_why_not, Feature.RESCAN, scan),
                writes=True,
            ),
            row(
                "cancel-scan",
                tr("Cancel scan\u2026"),
                partial(self._ask_to_cancel, scan_id),
                icon="stage-cancelled",
                obstacle=partial(_why_not, Feature.CANCEL, scan),
                writes=True,
            ),
            row(
                "create-scan-issues",
                tr("Create issues\u2026"),
                partial(self.issues_wanted.emit, scan_id),
                icon="ui-plus",
                obstacle=partial(
                    self._requests.actions.obstacle, scan_id, FindingAction.ALL_ISSUES
                ),
                writes=True,
            ),
            row(
                "stop-watching", tr("Stop watching"), partial(self._stop, scan_id), icon="ui-close"
            ),
        ]

    def make_menu(self, scan_id: ScanId) -> QMenu:
        menu, scan = new_menu(self._owner, tr("Scan"), "scan_menu"), self._store.scan(scan_id)
        is_read_only = self._requests.decisions.is_read_only
        add_commands(menu, self.commands(scan_id), is_read_only=is_read_only)
        reasons = () if scan is None else (_why_no_page(scan), no_own_link(scan))
        if any(reasons):
            menu.addSeparator()
        add_reasons(menu, reasons)
        return menu

    def open_menu(self, scan_id: str, at: QPoint) -> None:
        self.make_menu(ScanId(scan_id)).popup(at)

    def pin(self, scan_id: ScanId, *, is_pinned: bool) -> None:
        if is_pinned != (scan_id in self._model.pins):
            pins = with_pin(self._model.pins, scan_id, is_pinned=is_pinned)
            self._model.set_pins(pins)
            local = {scan.id for scan in self._store if scan.is_local}  # nothing of them is stored
            self._memory.keep(MEMORY_NAME, pins_text([pin for pin in pins if pin not in local]))

    def _stop(self, scan_id: ScanId) -> None:
        """Stop watching a scan; for a while that can be undone."""
        scan, name = self._store.scan(scan_id), self._store.name_of(scan_id)
        self._requests.request_stop(scan_id)
        if scan is not None:
            self.scan_stopped.emit(scan.server, scan_id, name)

    def _turn_recording(self, scan_id: ScanId) -> None:
        """Record a scan to a file that the user chooses; end its recording, if there is one."""
        recordings = self._requests.recordings
        if scan_id in recordings:
            recordings.stop(scan_id)
            return
        save_dialog(
            self._owner.window(),
            "recording-file",
            tr("Record to a file"),
            Path(recordings.file_name(self._store.name_of(scan_id))),
            lambda path: recordings.request_start(scan_id, Path(path), self._take_answer),
        ).open()

    def _ask_to_cancel(self, scan_id: ScanId) -> None:
        if self._store.scan(scan_id) is None:
            return
        question = tr("Cancel the scan of {name} on the server?")
        dialog = QuestionDialog(
            tr("Cancel scan"),
            tr("Keep it running"),
            question.format(name=self._store.name_of(scan_id)),
            tr("Its findings so far are kept. The scan ends for everyone watching it."),
            self._owner,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(
            lambda: self._requests.scans.request_cancel(scan_id, self._take_answer)
        )
        dialog.open()

    def _take_answer(self, error: HeimdallError | None) -> None:
        if error is not None:
            self.request_failed.emit(error)

    def _why_no_recording(self, scan: Scan | None) -> str:
        if scan is not None and Tag.REPLAY in self._store.tags_of(scan.id):
            return tr("This scan is played from a recording.")
        return _not_loaded(scan)


def _not_loaded(scan: Scan | None) -> str:
    return tr("This scan hasn't been loaded yet.") if scan is None else ""


def _why_no_page(scan: Scan | None) -> str:
    return "" if scan is None else source_text(scan) or lacks(scan, Feature.PAGES)


def _why_not(feature: Feature, scan: Scan | None) -> str:
    """Return why a feature cannot be used: only live scans are cancelled, others need an end."""
    if scan is None or (feature is Feature.RESCAN and scan.repo_id is None):
        return _not_loaded(None)
    needs_live = feature is Feature.CANCEL
    if scan.is_live is needs_live:
        return lacks(scan, feature)
    why = tr("This scan has ended.") if needs_live else tr("This scan hasn't ended yet.")
    return lacks(scan, feature) or why
