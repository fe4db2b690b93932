"""The menu of actions on a scan of the board. Source: ux.md 2.2."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.scan_link import own_link, scan_page
from heimdall_desktop.presentation.board.source_text import Feature, lacks, no_own_link, source_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.key_names import command_key_text, copy_line
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from heimdall_desktop.widgets.look.app_style import theme_of

PIN_KEYS = "Ctrl+P"


class ScanMenu(QMenu):
    """Offers the actions that are possible now, and deletes itself when it closes.

    Args:
        scan_id: The target scan.
        scan: Its data; None if it is no longer watched.
        is_pinned: Whether it is pinned.
        can_have_issues: Whether its server can create issues for its findings.
        is_read_only: Whether actions that change its server are left out.
        is_recorded: Whether it is being recorded.
        mutes: Adds the mute actions of the scan.
        is_replay: Whether it is played from a recording.
        parent: Its owner.
    """

    stages_wanted = Signal()
    pin_wanted = Signal(bool)
    """Whether to pin the scan."""
    compare_wanted = Signal()
    tear_off_wanted = Signal()
    page_wanted = Signal(str)
    """The address of its page on the server; nothing opens before the user confirms it."""
    again_wanted = Signal()
    rescan_wanted = Signal()
    """Scan its repository again."""
    cancel_wanted = Signal()
    issues_wanted = Signal()
    """Create issues for its open findings."""
    record_wanted = Signal()
    """Start or stop recording its events."""
    stop_wanted = Signal()

    def __init__(
        self,
        scan_id: ScanId,
        scan: Scan | None,
        *,
        is_pinned: bool,
        can_have_issues: bool = False,
        is_read_only: bool = False,
        is_recorded: bool = False,
        mutes: ScanMutes | None = None,
        is_replay: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.setObjectName("scan_menu")
        self.setAccessibleName(tr("Scan"))
        self.aboutToHide.connect(self.deleteLater)
        address = "" if scan is None else scan_page(scan)
        self._offer(tr("Show stages"), "ui-stages", self.stages_wanted.emit)
        compare = self._offer(
            tr("Compare with an earlier scan"), "ui-compare", self.compare_wanted.emit
        )
        compare.setEnabled(
            scan is not None and not scan.is_live and not lacks(scan, Feature.COMPARISON)
        )
        pin = tr("Unpin") if is_pinned else tr("Pin to top")
        self._offer(
            f"{pin}\t{command_key_text(PIN_KEYS)}",
            "ui-pin",
            lambda: self.pin_wanted.emit(not is_pinned),
        )
        if mutes is not None:
            mutes.add_to(self, scan_id)
        self._offer(tr("Open in new window"), "ui-open", self.tear_off_wanted.emit)
        self._offer(tr("Refresh now"), "conn-reconnecting", self.again_wanted.emit)
        record = tr("Stop recording") if is_recorded else tr("Record to a file\u2026")
        self._offer(record, "ui-play", self.record_wanted.emit).setEnabled(
            scan is not None and not is_replay
        )
        self.addSeparator()
        copy_link = self._offer(tr("Copy link"), "ui-link", lambda: copy_line(address))
        own = "" if scan is None or no_own_link(scan) else own_link(scan.server, scan_id)
        copy_own = self._offer(tr("Copy heimdall:// link"), "ui-link", lambda: copy_line(own))
        copy_own.setEnabled(bool(own))
        self._offer(tr("Copy scan ID"), "ui-copy", lambda: copy_line(id_on_server(scan_id)))
        open_page = self._offer(
            tr("Open in browser\u2026"), "ui-open", lambda: self.page_wanted.emit(address)
        )
        for action in (copy_link, open_page):
            action.setEnabled(bool(address))
        self.addSeparator()
        if not is_read_only:
            self._offer_changes(scan, can_have_issues=can_have_issues)
        self._offer(tr("Stop watching"), "ui-close", self.stop_wanted.emit)
        if scan is not None:
            self._say_why(scan)

    def _offer_changes(self, scan: Scan | None, *, can_have_issues: bool) -> None:
        """Offer the actions that change something on the server."""
        rescan = self._offer(tr("Scan again"), "ui-play", self.rescan_wanted.emit)
        rescan.setEnabled(not why_no_rescan(scan))
        cancel = self._offer(tr("Cancel scan\u2026"), "stage-cancelled", self.cancel_wanted.emit)
        cancel.setEnabled(not why_no_cancel(scan))
        issues = self._offer(tr("Create issues\u2026"), "ui-plus", self.issues_wanted.emit)
        issues.setEnabled(can_have_issues)

    def _say_why(self, scan: Scan) -> None:
        """Name what the server lacks, if actions are disabled for that."""
        why_no_page = source_text(scan) or lacks(scan, Feature.PAGES)
        reasons = list(filter(None, dict.fromkeys((why_no_page, no_own_link(scan)))))
        if reasons:
            self.addSeparator()
        for why in reasons:
            self.addAction(self._theme.icon("ui-info"), why.replace("&", "&&")).setEnabled(False)

    def _offer(self, text: str, icon: str, act: Callable[[], object]) -> QAction:
        action = self.addAction(self._theme.icon(icon), text)
        action.triggered.connect(lambda _is_checked: act())
        return action


def why_no_rescan(scan: Scan | None) -> str:
    """Return why the repository of a scan can't be scanned again; "" if it can."""
    if scan is None or scan.repo_id is None:
        return tr("This scan hasn't been loaded yet.")
    return lacks(scan, Feature.RESCAN) or (
        tr("This scan hasn't ended yet.") if scan.is_live else ""
    )


def why_no_cancel(scan: Scan | None) -> str:
    """Return why a scan can't be cancelled; "" if it can."""
    if scan is None:
        return tr("This scan hasn't been loaded yet.")
    return lacks(scan, Feature.CANCEL) or ("" if scan.is_live else tr("This scan has ended."))
