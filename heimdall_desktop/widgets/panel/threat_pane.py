"""The threat model of a scan: its rows at the left, the details of one at the right.

It is read when first shown. Source: ux.md 1 (threat-model pane).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.errors import NotVisible
from heimdall_desktop.domain.facts.finding import ScanId, one_line
from heimdall_desktop.models.threat_models import ThreatModels, ThreatRowsModel
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.connection_text import sign_of
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.panel.threat_rows import (
    ThreatRow,
    shown_summary,
    threat_model_text,
    why_absent,
)
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, OutlineButton
from heimdall_desktop.widgets.controls.empty_state import Emptiness
from heimdall_desktop.widgets.controls.key_names import copy_text
from heimdall_desktop.widgets.controls.labels import Label, ReadText, at_text
from heimdall_desktop.widgets.controls.pane import ScrollPage
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone
from heimdall_desktop.widgets.panel.panel_bar import ListPage
from heimdall_desktop.widgets.panel.threat_list import ThreatList

ICON = "ui-branch"


class ThreatPane(ListPage):
    """A page of the bottom panel.

    Args:
        store: The scans.
        ticker: Hands out changes.
        requests: Sends requests to the server.
        parent: Its owner.
    """

    file_wanted = Signal(str)
    """Show the findings of this file."""
    counted = Signal(int)
    """The number of surfaces of the scan; 0 if unknown."""

    def __init__(
        self, store: Store, ticker: Ticker, requests: Requests, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._models = ThreatModels(store, ticker, requests, self)
        self._scan_id: ScanId | None = None
        self._count = 0
        self._said = ""
        self.setObjectName("threat_pane")
        self._rows = ThreatRowsModel(self)
        self._list = ThreatList(self._rows, self)
        self._text = ReadText(Role.SMALL)
        self._text.setAccessibleName(tr("Details"))
        self._told = Label(
            "", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight, parent=self
        )
        self._told.setObjectName("threat_told")
        self._copy = OutlineButton(tr("Copy all"), height_px=SMALL_PX, parent=self)
        self._copy.setObjectName("threat_copy")
        self._compose()
        self._list.row_shown.connect(self._show_row)
        self._list.row_chosen.connect(self._choose)
        self._list.all_copied.connect(self.copy_all)
        self._copy.clicked.connect(self.copy_all)
        self._empty.action_requested.connect(self.read)
        self._models.changed.connect(self._follow)
        self._show()

    def show_scan(self, scan_id: ScanId | None) -> None:
        """Show the threat model of a scan; read it once it is visible."""
        if scan_id != self._scan_id:
            self._scan_id = scan_id
            self._said = ""
            self._show()
            self._look()

    def read(self) -> None:
        """Request it from the server now."""
        if self._scan_id is not None:
            self._models.read(self._scan_id)

    def forget_choice(self) -> None:
        """Remove the note that only the findings of a file are shown."""
        self._said = ""
        self._show_foot()

    def copy_all(self) -> None:
        """Copy the whole threat model as plain text."""
        model = self._models.of(self._scan_id).model
        if model is not None:
            copy_text(threat_model_text(model))
            self._tell(tr("Copied."))

    def showEvent(self, event: QShowEvent) -> None:
        """Read the scan's threat model when first shown."""
        super().showEvent(event)
        self._look()

    # -- display --

    def _look(self) -> None:
        if self._scan_id is not None and self.isVisible():
            self._models.look(self._scan_id)

    def _follow(self) -> None:
        self._show()
        if self._scan_id is not None and self.isVisible():
            self._models.read_if_due(self._scan_id)

    def _show(self) -> None:
        model = self._models.of(self._scan_id).model
        if self._rows.show_model(model):
            self._text.set_text("" if model is None else shown_summary(model))
        self._show_foot()
        has_rows = model is not None and not model.is_empty
        if not has_rows:
            self._empty.show_state(self._emptiness())
        self._show_body(is_wanted=has_rows)
        count = len(model.surfaces) if model else 0
        if count != self._count:
            self._count = count
            self.counted.emit(count)

    def _show_foot(self) -> None:
        """Show the last action, or else the age of the model."""
        kept_at = self._models.of(self._scan_id).kept_at
        age = tr("Loaded {at}. It can't be refreshed now.")
        age = age.format(at=at_text(kept_at)) if kept_at else ""
        self._told.setText(self._said or age or self._attempt_text())

    def _attempt_text(self) -> str:
        """Say that a model is older than the running attempt, which overwrites it (T-63)."""
        model = self._models.of(self._scan_id).model
        scan = None if self._scan_id is None else self._store.scan(self._scan_id)
        made_at = model.updated_at if model else None
        if scan is None or made_at is None or not scan.is_of_earlier_attempt(made_at):
            return ""
        return tr("From an earlier attempt.")

    def _emptiness(self) -> Emptiness:
        scan = None if self._scan_id is None else self._store.scan(self._scan_id)
        if scan is None:
            return Emptiness(ICON, tr("No scan to show."))
        missing = lacks(scan, Feature.THREAT_MODEL)
        if missing:
            return Emptiness(ICON, missing)
        again = tr("Refresh")
        known = self._models.of(scan.id)
        if known.model is not None:
            consequence = tr("The AI's answer couldn't be used.")
            return Emptiness(ICON, tr("The threat model is empty."), consequence, again)
        error = known.error
        if isinstance(error, NotVisible) and not sign_of(scan).spec.is_cut_off:
            fact, consequence = why_absent(scan)
            return Emptiness(ICON, fact, consequence, again)
        if error is not None:
            fact = tr("Couldn't load the threat model.")
            return Emptiness("ui-warning", fact, one_line(error_text(error)), again, Tone.WARNING)
        name = self._store.name_of(scan.id)
        return Emptiness(ICON, tr("Loading the threat model for {name}\u2026").format(name=name))

    def _show_row(self, row: ThreatRow | None) -> None:
        self._text.set_text("" if row is None else row.details)
        self._page.scroll_to(0)

    def _choose(self, row: ThreatRow) -> None:
        if not row.file:
            return
        self.file_wanted.emit(row.file)
        name = one_line(row.file).rpartition("/")[2]  # the filter field has the whole path
        self._tell(tr("Only findings in {file} are shown.").format(file=name))

    def _tell(self, text: str) -> None:
        self._said = text
        self._show_foot()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    # -- composing --

    def _compose(self) -> None:
        scale = self._theme.scale
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(scale(INSET_PX), scale(10), scale(INSET_PX), scale(10))
        column.addWidget(self._text)
        column.addStretch(1)
        self._page = ScrollPage(content)
        foot = QHBoxLayout()
        foot.setContentsMargins(scale(INSET_PX), scale(4), scale(12), scale(6))
        foot.addWidget(self._told, 1)
        foot.addWidget(self._copy)
        side = QVBoxLayout()
        side.addWidget(self._page, 1)
        side.addLayout(foot)
        row = QHBoxLayout()
        row.addWidget(self._list, 1)
        row.addWidget(self._side)
        self._fill(self._list, row, side)
        self.setTabOrder(self._text, self._copy)
