"""The context menu of findings, and the functions that copy them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import Finding, Severity
from heimdall_desktop.domain.facts.scan_link import own_link
from heimdall_desktop.domain.facts.server import id_on_server
from heimdall_desktop.domain.table.order import USUAL_COLUMNS
from heimdall_desktop.domain.table.ordered_rows import Entry
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.incremental_work import IncrementalWork
from heimdall_desktop.presentation.board.source_text import Feature, lacks, no_own_link
from heimdall_desktop.presentation.detail.finding_markdown import (
    finding_curl,
    finding_markdown,
    finding_page,
)
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import word_of
from heimdall_desktop.presentation.table_text import COLUMN_SPECS
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls import text_labels
from heimdall_desktop.widgets.controls.key_names import copy_line, copy_text
from heimdall_desktop.widgets.findings.row_selection import RowSelection
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import Badges

ICON_PX = 16
SEVERITIES = tuple(each for each in Severity if each is not Severity.OTHER)
SLICE = 500  # rows converted to text in one loop turn: about 10 ms


class FindingCopies:
    """Puts findings on the clipboard. Never a token: the command has a placeholder.

    Source: behaviour.md feature 38.

    Args:
        store: Knows the server of a finding's scan.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def obstacle(self) -> str:
        """Why nothing that names a finding can be copied; "" if it can."""
        return self._store.mask.obstacle

    def page(self, finding: Finding) -> str:
        """Return the address of a finding's page; "" if there is none, see `why_no_page`."""
        scan = self._store.scan(finding.scan_id)
        if scan is None or self.why_no_page(finding):
            return ""
        return finding_page(scan.server, finding.id)

    def why_no_page(self, finding: Finding) -> str:
        """Return why a finding has no page; "" if it has one."""
        scan = self._store.scan(finding.scan_id)
        return tr("Its scan isn't watched.") if scan is None else lacks(scan, Feature.PAGES)

    def copy_link(self, finding: Finding) -> None:
        """Copy the address of a finding's page."""
        if page := self.page(finding):
            copy_line(page)

    def commands(
        self, finding: Callable[[], Finding | None], obstacle: Callable[[], str] = str
    ) -> list[Command]:
        """Return the commands that copy a finding, in menu order.

        Args:
            finding: Returns the finding; None if there is none now.
            obstacle: Returns why there is no finding to act on; "" if there is one.
        """

        def copy(how: Callable[[Finding], object]) -> None:
            if found := finding():
                how(found)

        def why_not(why: Callable[[Finding], str]) -> str:
            found = finding()
            return obstacle() or ("" if found is None else why(found))

        rows: tuple[tuple[str, str, Callable[[Finding], object], Callable[[Finding], str]], ...] = (
            ("copy-link", tr("Copy link"), self.copy_link, self.why_no_page),
            (
                "copy-own-link",
                tr("Copy heimdall:// link"),
                self._copy_own_link,
                self._why_no_own_link,
            ),
            (
                "copy-finding-markdown",
                tr("Copy as Markdown"),
                lambda found: copy_text(finding_markdown(found, self.page(found))),
                lambda _found: self.obstacle,
            ),
            ("copy-curl", tr("Copy as curl"), self._copy_curl, self._why_no_curl),
            (
                "copy-finding-id",
                tr("Copy finding ID"),
                lambda found: copy_line(id_on_server(found.id)),
                lambda _found: "",
            ),
        )
        return [
            Command(
                command_id,
                text,
                partial(copy, how),
                icon="ui-link" if command_id == "copy-link" else "",
                group=Group.FINDINGS,
                obstacle=partial(why_not, why),
            )
            for command_id, text, how, why in rows
        ]

    def add_row_to(self, menu: QMenu, finding: Finding) -> None:
        """Append the copy of a finding's cells to a menu."""
        row = menu.addAction(theme_of(menu).icon("ui-copy"), tr("Copy row"))
        row.setEnabled(not self.obstacle)
        row.triggered.connect(lambda: copy_text(self._row(finding)))

    def add_to(self, menu: QMenu, finding: Finding) -> None:
        """Append the copy actions of a finding to a menu, and why some are disabled."""
        text_labels.add_commands(menu, self.commands(lambda: finding))
        why = (self.why_no_page(finding), self._why_no_own_link(finding), self.obstacle)
        text_labels.add_reasons(menu, why)

    def _copy_own_link(self, finding: Finding) -> None:
        scan = self._store.scan(finding.scan_id)
        if scan is not None and not self._why_no_own_link(finding):
            copy_line(own_link(scan.server, scan.id, finding.id))

    def _why_no_own_link(self, finding: Finding) -> str:
        scan = self._store.scan(finding.scan_id)
        if scan is None:
            return tr("Its scan isn't watched.")
        not_loaded = tr("This finding hasn't been loaded yet.") if finding.is_announced else ""
        return no_own_link(scan) or not_loaded

    def _copy_curl(self, finding: Finding) -> None:
        scan = self._store.scan(finding.scan_id)
        if scan is not None and not self._why_no_curl(finding):
            copy_line(finding_curl(scan.server, finding.id))

    def _why_no_curl(self, finding: Finding) -> str:
        scan = self._store.scan(finding.scan_id)
        if scan is None:
            return tr("Its scan isn't watched.")
        if scan.is_local:
            return tr("This scan's server runs only as long as this program.")
        return tr("This finding hasn't been loaded yet.") if finding.is_announced else ""

    def _row(self, finding: Finding) -> str:
        name = self._store.name_of(finding.scan_id)
        names = {finding.scan_id: name} if name else {}
        now = datetime.now(UTC)
        return "\t".join(COLUMN_SPECS[column].cell(finding, names, now) for column in USUAL_COLUMNS)


def severity_menu(parent: QWidget, now: str, choose: Callable[[str], object]) -> QMenu:
    """Return the menu of severities; it deletes itself when it closes.

    Args:
        parent: Owns the menu.
        now: The server's word for the ticked one; "" for none.
        choose: Receives the server's word for the chosen one.
    """
    menu = text_labels.new_menu(parent, tr("Severity"), "severity-menu")
    add_severities(menu, now, choose)
    return menu


def add_severities(menu: QMenu, now: str, choose: Callable[[str], object]) -> None:
    """Append the severities to a menu, see `severity_menu`."""
    theme = theme_of(menu)
    badges = Badges(theme, menu)
    for severity in SEVERITIES:
        icon, is_now = badges.icon(severity, theme.scale(ICON_PX)), severity.value == now
        act = partial(choose, severity.value)
        text_labels.add_choice(menu, word_of(severity), act, is_on=is_now, icon=icon)


class RowMenu:
    """Creates the menu; `add_copies` adds the detail pane's copy actions.

    `add_actions` adds the server actions for one finding, `add_decisions` the decisions for the
    targeted ones; `copy_markdown` and `copy_csv` copy the selection.

    Args:
        selection: The targeted findings: the selection, which may change while the menu is open.
    """

    def __init__(self, model: FindingsModel, parent: QWidget, selection: RowSelection) -> None:
        self._theme, self._model, self._parent = theme_of(parent), model, parent
        self._selection, self._copying = selection, IncrementalWork(parent)
        self.add_copies: Callable[[QMenu, Finding], None] = lambda _menu, _finding: None
        self.add_actions: Callable[[QMenu, Finding], None] = lambda _menu, _finding: None
        self.add_decisions: Callable[[QMenu, Sequence[Finding]], None] = lambda _menu, _found: None
        self.copy_markdown: Callable[[], object] = lambda: None
        self.copy_csv: Callable[[], object] = lambda: None

    def make(self) -> QMenu:
        """Return the menu; it deletes itself when it closes."""
        menu, rows = text_labels.new_menu(self._parent, tr("Row"), "findings_menu"), self._rows()
        findings = [row for row in rows if isinstance(row, Finding)]
        if findings:
            self.add_decisions(menu, findings)
        icon = self._theme.icon("ui-copy", self._theme.scale(ICON_PX))
        copy_rows = menu.addAction(icon, tr("Copy %n rows", "", len(rows), one="Copy row"))
        copy_rows.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy_rows.triggered.connect(self.copy)
        may_copy = not self._model.mask.obstacle
        copy_rows.setEnabled(bool(rows) and may_copy)
        if len(rows) > 1 and may_copy:
            as_markdown = menu.addAction(tr("Copy %n rows as Markdown", "", len(rows)))
            as_markdown.triggered.connect(self.copy_markdown)
            as_csv = menu.addAction(tr("Copy %n rows as CSV", "", len(rows)))
            as_csv.triggered.connect(self.copy_csv)
        if len(rows) == 1 and isinstance(rows[0], Finding):
            self.add_copies(menu, rows[0])
            menu.addSeparator()
            self.add_actions(menu, rows[0])
        menu.addSeparator()
        seen = menu.addAction(tr("Mark all as seen"))
        seen.setEnabled(self._model.shows_news)
        seen.triggered.connect(self._model.see_all)
        return menu

    def copy(self) -> None:
        """Copy the rows to the clipboard as text; many of them after some loop turns."""
        rows, text = self._rows(), list[str]()
        if self._model.mask.obstacle or not rows:
            return

        def slices() -> Iterator[None]:
            for first in range(0, len(rows), SLICE):
                text.extend(map(self._model.words.row_text, rows[first : first + SLICE]))
                yield

        self._copying.stop()
        if len(rows) > SLICE:
            self._copying.run(slices(), lambda: copy_text("\n".join(text)))
        else:
            copy_text("\n".join(map(self._model.words.row_text, rows)))

    def _rows(self) -> Sequence[Entry]:
        """Return the selected findings that pass the filter, else the row of the keyboard."""
        row = self._selection.cursor_row
        entry = None if row is None else self._model.row_at(row)
        return self._model.grouped.passing(self._selection.ids) or list(filter(None, [entry]))
