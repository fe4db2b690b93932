"""The board of watched scans, at the left over the full window height. Source: design.md §4, §5."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.application.store import Store
from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.change import Change, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.finding_action import FindingAction
from heimdall_desktop.domain.facts.server import ServerState
from heimdall_desktop.models.scan_facts import Clock, Now
from heimdall_desktop.models.scans_model import CardRow, ScansModel
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.card_words import Tag, mute_news
from heimdall_desktop.presentation.board.places import pins_text, read_pins, with_pin
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.widgets.board.board_view import BoardView
from heimdall_desktop.widgets.board.new_scans_switch import NewScansSwitch
from heimdall_desktop.widgets.board.scan_menu import ScanMenu
from heimdall_desktop.widgets.board.server_notice import ServerNotice
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.dialog_frame import LinkPrompt, QuestionDialog
from heimdall_desktop.widgets.controls.labels import Label, Paragraph
from heimdall_desktop.widgets.controls.pane import Edge, MeasuredWidget, Pane, set_row_margins
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

DEFAULT_WIDTH_PX = 308
LEAST_WIDTH_PX = 260
MOST_WIDTH_PX = 360
MEMORY_NAME = "board"
FOOT_PX = 32

EMPTY_FACT = tr_noop("No scans watched yet.")
EMPTY_WAYS = tr_noop("Sign in, paste a scan link or drop one here.")
EMPTY_WAYS_SIGNED_IN = tr_noop("Add scans, paste a scan link or drop one here.")

HIDDEN_BAR_PX = 28
GAP_PX = 8


class EmptyBoard(MeasuredWidget):
    """Two plain sentences in the upper corner. Source: design picture 4a.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.addWidget(Paragraph(tr(EMPTY_FACT), Role.BODY, Weight.SEMIBOLD, parent=self))
        self._ways = Paragraph(tr(EMPTY_WAYS), Role.SMALL, tone=Tone.MUTED, parent=self)
        self._column.addWidget(self._ways)
        self._column.addStretch(1)
        self._measure()

    def show_signed_in(self, *, is_signed_in: bool) -> None:
        """Name the ways to start that are left after signing in, or all of them."""
        self._ways.setText(tr(EMPTY_WAYS_SIGNED_IN if is_signed_in else EMPTY_WAYS))

    def _measure(self) -> None:
        inset = self._theme.scale(INSET_PX)
        self._column.setContentsMargins(inset, inset, inset, inset)
        self._column.setSpacing(self._theme.scale(4))


class HiddenScansBar(Pane):
    """Visible only while a search hides scans.

    Args:
        parent: Its owner.
    """

    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.ALT, Edge.TOP, parent=parent)
        self.setObjectName("hidden_scans")
        elide = Qt.TextElideMode.ElideRight
        self._told = Label("", Role.SMALL, tone=Tone.MUTED, elide=elide, parent=self)
        self._clear = LinkButton(tr("Clear search"), parent=self)
        self._clear.setObjectName("clear_board_search")
        self._clear.clicked.connect(self.clear_wanted)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._told)
        self._row.addWidget(self._clear)
        self._row.addStretch(1)
        self._measure()
        self.hide()

    def show_count(self, count: int) -> None:
        """Show how many scans are hidden; hide the bar if none are."""
        self.setVisible(count > 0)
        self._told.setText(tr("%n scans hidden.", "", count, one="%n scan hidden."))

    def _measure(self) -> None:
        scale = self._theme.scale
        set_row_margins(self, self._row, start=scale(INSET_PX), end=scale(INSET_PX), top=1)
        self._row.setSpacing(scale(GAP_PX))
        self.setFixedHeight(scale(HIDDEN_BAR_PX))


class Board(Pane):
    """Cards of all watched scans, and the actions for each.

    Args:
        store: The scans.
        ticker: Reports changes, ticks every second.
        requests: Carries out requests.
        memory: Stores which scans are pinned.
        clock: Our monotonic clock.
        now: The wall clock, in UTC.
        parent: Its owner.
    """

    scan_stopped = Signal(str, str, str)
    """A scan is no longer watched, which can be undone: its server, its id and its name."""
    compare_wanted = Signal(str)
    """Compare this scan with an earlier one."""
    tear_off_wanted = Signal(str)
    """Open a scan in its own window."""
    issues_wanted = Signal(str)
    """Create issues for the open findings of a scan."""
    mute_told = Signal(str)
    """A scan was muted or unmuted: the message to show."""
    search_left = Signal()
    """The search ended: show all scans."""
    count_changed = Signal(int)
    """The number of watched scans."""
    request_failed = Signal(object)
    """A `HeimdallError`: a request made here failed."""

    def __init__(
        self,
        store: Store,
        ticker: Ticker,
        requests: Requests,
        memory: WindowMemory,
        clock: Clock,
        now: Now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Ground.WINDOW, parent=parent)
        self.setObjectName("board")
        self._store = store
        self._requests = requests
        self._memory = memory
        self._model = ScansModel(store, ticker, clock, now, self)
        self._model.set_pins(read_pins(memory.text(MEMORY_NAME)))
        self._view = BoardView(self._model, self)
        self._empty = EmptyBoard(self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        self._hidden = HiddenScansBar(parent=self)
        self._hidden.clear_wanted.connect(self.search_left)
        self._links = LinkPrompt(parent=self)
        self._mutes = ScanMutes(store, requests.preferences, now)
        requests.preferences.follow(lambda settings: self._show_mutes(settings.alerts))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self._hidden)
        layout.addWidget(self._links)
        self._now = now
        self._server: ServerState | None = None
        self._watches_new = False
        self.notice = ServerNotice(self)
        self.notice.again_wanted.connect(lambda: requests.request_again(None))
        layout.addWidget(self.notice)
        layout.addWidget(self._make_foot())
        self._view.menu_wanted.connect(self._open_menu)
        self._count = -1
        ticker.changed.connect(self._follow)
        self._measure()
        self._show_count()

    @property
    def model(self) -> ScansModel:
        """The cards."""
        return self._model

    @property
    def view(self) -> BoardView:
        """The list, which takes the keyboard."""
        return self._view

    @property
    def scan_count(self) -> int:
        """The number of watched scans."""
        return self._model.scan_count

    @property
    def scan_ids(self) -> list[ScanId]:
        """The scans in the order of their cards."""
        rows = (self._model.row(number) for number in range(self._model.rowCount()))
        return [row.card.scan_id for row in rows if isinstance(row, CardRow)]

    @property
    def scope(self) -> ScanId | None:
        """The scan in scope; None for all."""
        return self._view.scope

    @property
    def meant_scan(self) -> ScanId | None:
        """The target of keys: the scan in scope, unless the keyboard is on another card."""
        current = self._view.current_scan
        return current if self._view.hasFocus() or self.scope is None else self.scope

    def put_above(self, part: QWidget) -> None:
        """Insert a part above the cards."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, part)

    def set_scope(self, scan_id: ScanId | None) -> None:
        """Mark the scan in scope. Emits nothing."""
        self._view.set_scope(scan_id)

    def search(self, text: str) -> None:
        """Show only the scans whose name or branch contains these words; all of them for ""."""
        self._model.search(text)
        self._tell_hidden()

    def _tell_hidden(self) -> None:
        """Show how many scans the search hides; this alone changes the form of no card."""
        hidden = self._model.hidden_count
        self._view.lent_px = self._hidden.height() if hidden else 0
        self._hidden.show_count(hidden)

    def scope_first(self) -> None:
        """Put the first visible scan in scope."""
        first = next(iter(self.scan_ids), None)
        if first is not None and first != self.scope:
            self.set_scope(first)
            self._view.scan_scoped.emit(first)

    def enter_first(self) -> None:
        """Move the keyboard to the first visible scan."""
        self._view.enter_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Make Escape end a search before it does anything else."""
        if event.key() == Qt.Key.Key_Escape and self._model.hidden_count:
            self.search_left.emit()
        else:
            super().keyPressEvent(event)

    def show_new_scans(self, *, is_on: bool) -> None:
        """Show whether new scans are watched automatically."""
        self._watches_new = is_on
        self._new_scans.show_on(is_on=is_on)
        self._show_server()

    def show_server(self, state: ServerState | None) -> None:
        """Show the connection state of the server in use, whatever is watched."""
        self._server = state
        self._show_server()

    def _show_server(self) -> None:
        now = self._now()
        self._new_scans.show_looks(self._server, now)
        concerns = self._watches_new or self._model.scan_count > 0
        state = self._server if concerns else None
        self.notice.show_state(state, now, watches_new=self._watches_new)

    def show_signed_in(self, *, is_signed_in: bool) -> None:
        """Name the available ways to start while no scan is watched."""
        self._empty.show_signed_in(is_signed_in=is_signed_in)

    def offer_new_scans(self, *, is_offered: bool) -> None:
        """Offer the switch if there is a server to check."""
        self._foot.setVisible(is_offered)

    def _make_foot(self) -> Pane:
        self._foot = Pane(Ground.WINDOW, Edge.TOP, parent=self)
        preferences = self._requests.preferences
        self._new_scans = NewScansSwitch(preferences, is_foot=True, parent=self._foot)
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.addWidget(self._new_scans)
        self._foot.hide()
        return self._foot

    # -- following the store --

    def _follow(self, changes: list[Change]) -> None:
        for change in changes:
            if isinstance(change, ScanRemoved) and self._store.scan(change.scan_id) is None:
                self._pin(change.scan_id, is_pinned=False)
        self._tell_hidden()
        scope = self.scope
        is_gone = scope is not None and self._store.scan(scope) is None
        if is_gone and any(isinstance(change, ScanRemoved) for change in changes):
            self._view.set_scope(None)
            self._view.scan_scoped.emit("")
        self._show_count()

    def _show_count(self) -> None:
        count = self._model.scan_count
        self._stack.setCurrentWidget(self._view if count else self._empty)
        if count != self._count:
            self._count = count
            self._show_server()
            self.count_changed.emit(count)

    def _show_mutes(self, alerts: AlertChoices) -> None:
        cards = {scan_id: self._model.card(scan_id) for scan_id in self.scan_ids}
        self._model.show_mutes(alerts)
        for scan_id, before in cards.items():
            now = self._model.card(scan_id)
            if now is not None and before is not None and now.mute != before.mute:
                self.mute_told.emit(mute_news(now.name, now.mute))

    # -- actions on a scan --

    def _open_menu(self, scan_id: str, at: QPoint) -> None:
        self.make_menu(ScanId(scan_id)).popup(at)

    def make_menu(self, scan_id: ScanId) -> QMenu:
        """Return the menu of actions on a scan; it deletes itself when it closes."""
        scan = self._store.scan(scan_id)
        is_pinned = scan_id in self._model.pins
        why_no_issues = self._requests.actions.obstacle(scan_id, FindingAction.ALL_ISSUES)
        menu = ScanMenu(
            scan_id,
            scan,
            is_pinned=is_pinned,
            can_have_issues=not why_no_issues,
            is_read_only=self._requests.decisions.is_read_only,
            is_recorded=scan_id in self._requests.recordings,
            mutes=self._mutes,
            is_replay=Tag.REPLAY in self._store.tags_of(scan_id),
            parent=self,
        )
        menu.issues_wanted.connect(lambda: self.issues_wanted.emit(scan_id))
        menu.stages_wanted.connect(lambda: self._view.stages_wanted.emit(scan_id))
        menu.pin_wanted.connect(lambda wanted: self._pin(scan_id, is_pinned=wanted))
        menu.compare_wanted.connect(lambda: self.compare_wanted.emit(scan_id))
        menu.tear_off_wanted.connect(lambda: self.tear_off_wanted.emit(scan_id))
        menu.page_wanted.connect(self._links.ask)
        menu.again_wanted.connect(lambda: self._requests.request_again(scan_id))
        menu.rescan_wanted.connect(lambda: self.scan_again(scan_id))
        menu.cancel_wanted.connect(lambda: self.ask_to_cancel(scan_id))
        menu.record_wanted.connect(lambda: self.turn_recording(scan_id))
        menu.stop_wanted.connect(lambda: self.stop(scan_id))
        return menu

    def scan_again(self, scan_id: ScanId) -> None:
        """Scan the repository of a scan again."""
        self._requests.scans.request_rescan(scan_id, self._take_answer)

    def stop(self, scan_id: ScanId) -> None:
        """Stop watching a scan; for a while that can be undone."""
        scan, name = self._store.scan(scan_id), self._store.name_of(scan_id)
        self._requests.request_stop(scan_id)
        if scan is not None:
            self.scan_stopped.emit(scan.server, scan_id, name)

    def turn_recording(self, scan_id: ScanId) -> None:
        """Record a scan to a file that the user chooses; end its recording, if there is one."""
        recordings = self._requests.recordings
        if scan_id in recordings:
            recordings.stop(scan_id)
            return
        dialog = QFileDialog(self.window(), tr("Record to a file"))
        dialog.setObjectName("recording-file")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)  # native ones block the loop
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(recordings.file_name(self._store.name_of(scan_id)))
        dialog.fileSelected.connect(
            lambda path: recordings.request_start(scan_id, Path(path), self._take_answer)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def turn_pin(self) -> None:
        """Pin the targeted scan, or unpin it if it is pinned."""
        scan_id = self.meant_scan
        if scan_id is not None:
            self._pin(scan_id, is_pinned=scan_id not in self._model.pins)

    def _pin(self, scan_id: ScanId, *, is_pinned: bool) -> None:
        if is_pinned != (scan_id in self._model.pins):
            pins = with_pin(self._model.pins, scan_id, is_pinned=is_pinned)
            self._model.set_pins(pins)
            local = {scan.id for scan in self._store if scan.is_local}  # nothing of them is stored
            self._memory.keep(MEMORY_NAME, pins_text([pin for pin in pins if pin not in local]))

    def ask_to_cancel(self, scan_id: ScanId) -> None:
        """Ask the user whether to cancel a scan on its server."""
        scan = self._store.scan(scan_id)
        if scan is None:
            return
        question = tr("Cancel the scan of {name} on the server?")
        dialog = QuestionDialog(
            tr("Cancel scan"),
            tr("Keep it running"),
            question.format(name=self._store.name_of(scan_id)),
            tr("Its findings so far are kept. The scan ends for everyone watching it."),
            self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(
            lambda: self._requests.scans.request_cancel(scan_id, self._take_answer)
        )
        dialog.open()

    def _take_answer(self, error: HeimdallError | None) -> None:
        if error is not None:
            self.request_failed.emit(error)

    def _measure(self) -> None:
        inset = self._theme.scale(INSET_PX)
        self._foot.setFixedHeight(self._theme.scale(FOOT_PX))
        self._foot_row.setContentsMargins(inset, 0, inset, 0)
        self.setMinimumWidth(self._theme.scale(LEAST_WIDTH_PX))
        self.setMaximumWidth(self._theme.scale(MOST_WIDTH_PX))
