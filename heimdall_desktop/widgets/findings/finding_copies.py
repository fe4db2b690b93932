"""What can be copied of a finding, as lines of a menu; the same in the table and in the detail."""

from datetime import UTC, datetime

from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QMenu

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.domain.table.columns import COLUMNS, cell_text
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.detail.finding_links import finding_curl, finding_page
from heimdall_desktop.presentation.detail.finding_markdown import finding_markdown
from heimdall_desktop.widgets.look.theme import Theme

ICON_PX = 16


class FindingCopies:
    """Puts findings on the clipboard. Never a token: the command has a placeholder (ux.md #38).

    Args:
        theme: Where icons come from.
        store: Knows on which server a finding's scan is.
    """

    def __init__(self, theme: Theme, store: Store) -> None:
        self._theme, self._store = theme, store

    def page(self, finding: Finding) -> str:
        """Return the address of a finding's page; "" where there is none, see `why_no_page`."""
        scan = self._store.scan(finding.scan_id)
        if scan is None or self.why_no_page(finding):
            return ""
        return finding_page(scan.server, finding.id)

    def why_no_page(self, finding: Finding) -> str:
        """Return why a finding has no page; "" if it has one."""
        scan = self._store.scan(finding.scan_id)
        return tr("Its scan is not watched.") if scan is None else lacks(scan, Feature.PAGES)

    def copy_link(self, finding: Finding) -> None:
        """Copy the address of a finding's page."""
        _copy(self.page(finding))

    def add_row_to(self, menu: QMenu, finding: Finding) -> None:
        """Append the copy of a finding's cells to a menu."""
        row = menu.addAction(self._icon("ui-copy"), tr("Copy row"))
        row.triggered.connect(lambda: _copy(self._row(finding)))

    def add_to(self, menu: QMenu, finding: Finding) -> None:
        """Append the copies of a finding to a menu, and why some cannot be chosen."""
        scan, why = self._store.scan(finding.scan_id), self.why_no_page(finding)
        link = menu.addAction(self._icon("ui-link"), tr("Copy link"))
        link.triggered.connect(lambda: self.copy_link(finding))
        link.setEnabled(not why)
        markdown = menu.addAction(tr("Copy as Markdown"))
        markdown.triggered.connect(lambda: _copy(finding_markdown(finding, self.page(finding))))
        curl = menu.addAction(tr("Copy as curl"))
        can_be_read = scan is not None and not (scan.is_local or finding.is_announced)
        curl.setEnabled(can_be_read)
        if scan is not None and can_be_read:
            server = scan.server
            curl.triggered.connect(lambda: _copy(finding_curl(server, finding.id)))
        copy_id = menu.addAction(tr("Copy finding id"))
        copy_id.triggered.connect(lambda: _copy(id_on_server(finding.id)))
        if why:
            menu.addAction(self._icon("ui-info"), why).setEnabled(False)

    def _row(self, finding: Finding) -> str:
        name = self._store.name_of(finding.scan_id)
        names = {finding.scan_id: name} if name else {}
        now = datetime.now(UTC)
        return "\t".join(cell_text(column, finding, names, now) for column in COLUMNS)

    def _icon(self, name: str) -> QIcon:
        return self._theme.icon(name, self._theme.scale(ICON_PX))


def _copy(text: str) -> None:
    if text:
        QGuiApplication.clipboard().setText(text)
