"""The board of watched scans, at the left over the full window height. Source: look.md 4, 5."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.change import Change, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import ServerState, Standing
from heimdall_desktop.models.scans_model import CardRow, ScansModel
from heimdall_desktop.models.ticker import Clock, Now, Ticker
from heimdall_desktop.presentation.board.card_words import mute_news, read_pins
from heimdall_desktop.presentation.board.scan_status import (
    server_consequence,
    server_fact,
    server_status,
)
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.widgets.board.board_head import NewScansSwitch
from heimdall_desktop.widgets.board.board_view import BoardView
from heimdall_desktop.widgets.board.scan_commands import MEMORY_NAME, ScanCommands
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, LinkButton, OutlineButton
from heimdall_desktop.widgets.controls.dialog_frame import LinkPrompt
from heimdall_desktop.widgets.controls.pane import Edge, MeasuredWidget, Pane, alert, named, tight
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.text_labels import IconMark, Label, Paragraph
from heimdall_desktop.widgets.controls.wrapped_label import Run, WrappedLabel
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

DEFAULT_WIDTH_PX = 308
LEAST_WIDTH_PX = 260
MOST_WIDTH_PX = 360
FOOT_PX = 32

EMPTY_FACT = tr_noop("No scans watched yet.")
EMPTY_WAYS = tr_noop("Sign in, paste a scan link or drop one here.")
EMPTY_WAYS_SIGNED_IN = tr_noop("Add scans, paste a scan link or drop one here.")
HIDDEN_BAR_PX = 28
GAP_PX = 8
BLOCK_PX, LINE_PX, PADDING_PX, MAX_LINES = 56, 18, 9, 3  # of the notice about the server


class ServerNotice(Pane):
    """A block at the foot, visible only while the server in use cannot be reached.

    It is shown whatever is watched: otherwise a board whose scans have all ended would look fine.
    Source: behaviour.md 2.6, look.md 10 (Signed out while nothing runs).
    """

    sign_in_wanted = Signal()
    """Sign in there again."""
    retry_wanted = Signal()
    """Retry the server at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WARNING, Edge.TOP, parent=parent)
        self.setObjectName("server-notice")
        self._state: ServerState | None = None
        self._mark = IconMark("conn-signed-out", 16, Tone.WARNING, self)
        self._words = WrappedLabel(Role.SMALL, LINE_PX, MAX_LINES, self)
        self._words.setObjectName("server-notice-words")
        self._action = OutlineButton("", height_px=SMALL_PX, parent=self)
        self._action.setObjectName("server-notice-action")
        self._action.clicked.connect(self._act)
        mark = QVBoxLayout()
        mark.addWidget(self._mark)
        mark.addStretch(1)
        row = QHBoxLayout(self)
        row.addLayout(mark)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        margins = (INSET_PX, PADDING_PX) * 2
        self.keep_spaces(row, *margins, gap=GAP_PX, lines=Edge.TOP, least_height=BLOCK_PX)
        self.hide()

    def show_state(self, state: ServerState | None, now: datetime, *, watches_new: bool) -> None:
        """Show the problem of the server in use and its consequence; hide if there is none."""
        self._state = state
        status = None if state is None else server_status(state)
        self.setVisible(status is not None)
        if state is None or status is None:
            return
        fact, consequence = server_fact(state, now), server_consequence(watches_new=watches_new)
        before = self._words.text()
        self._words.show_runs(
            Run(fact, Weight.SEMIBOLD, Tone.WARNING), Run(f"\u2028{consequence}", tone=Tone.WARNING)
        )
        is_out = state.standing is Standing.SIGNED_OUT
        self._mark.show_icon(status.spec.icon, Tone.WARNING)
        self._action.set_label(tr("Sign in") if is_out else tr("Retry now"))
        if self._words.text() != before:
            self.setAccessibleName(f"{fact} {consequence}")
            self._words.setAccessibleName(f"{fact} {consequence}")
            self._words.setToolTip("")
            alert(self)

    def _act(self) -> None:
        if self._state is not None and self._state.standing is Standing.SIGNED_OUT:
            self.sign_in_wanted.emit()
        else:
            self.retry_wanted.emit()


class EmptyBoard(MeasuredWidget):
    """Two plain sentences in the upper corner. Source: design picture 4a."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addWidget(Paragraph(tr(EMPTY_FACT), Role.BODY, Weight.SEMIBOLD, parent=self))
        self.ways = Paragraph(tr(EMPTY_WAYS), Role.SMALL, tone=Tone.MUTED, parent=self)
        column.addWidget(self.ways)
        column.addStretch(1)
        self.keep_spaces(column, INSET_PX, INSET_PX, INSET_PX, INSET_PX, gap=4)


class HiddenScansBar(Pane):
    """Visible only while a search hides scans."""

    clear_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Ground.ALT, Edge.TOP, parent=parent)
        self.setObjectName("hidden_scans")
        elide = Qt.TextElideMode.ElideRight
        self._text = Label("", Role.SMALL, tone=Tone.MUTED, elide=elide, parent=self)
        self._clear = named(LinkButton(tr("Clear search"), parent=self), "clear_board_search")
        self._clear.clicked.connect(self.clear_wanted)
        row = QHBoxLayout(self)
        row.addWidget(self._text)
        row.addWidget(self._clear)
        row.addStretch(1)
        margins = (INSET_PX, 0) * 2
        self.keep_spaces(row, *margins, gap=GAP_PX, lines=Edge.TOP, height=HIDDEN_BAR_PX)
        self.hide()

    def show_count(self, count: int) -> None:
        self.setVisible(count > 0)
        self._text.setText(tr("%n scans hidden.", "", count, one="%n scan hidden."))


class Board(Pane):
    """Cards of all watched scans, and the actions for each.

    Args:
        memory: Stores which scans are pinned.
        clock: Our monotonic clock.
        now: The wall clock, in UTC.

    Attributes:
        view: the list of cards, which takes the keyboard.
        scans: the commands of each scan.
        notice: why the server in use can't be reached.
        new_scans: switches the automatic watching of new scans.
    """

    mute_changed = Signal(str)
    """A scan was muted or unmuted: the message to announce."""
    search_left = Signal()
    """The search ended: show all scans."""
    count_changed = Signal(int)
    """The number of watched scans."""

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
        self.model = ScansModel(store, ticker, clock, now, self)
        self.model.set_pins(read_pins(memory.text(MEMORY_NAME)))
        self.view = BoardView(self.model, self)
        self._empty = EmptyBoard(self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._hidden = HiddenScansBar(parent=self)
        self._hidden.clear_wanted.connect(self.search_left)
        links = LinkPrompt(parent=self)
        self.scans = ScanCommands(store, requests, self.model, memory, links, now, self)
        requests.preferences.follow(lambda settings: self._show_mutes(settings.alerts))
        layout = tight(QVBoxLayout(self))
        layout.addLayout(self._stack, 1)
        layout.addWidget(self._hidden)
        layout.addWidget(links)
        self._now = now
        self._server: ServerState | None = None
        self._watches_new = False
        self.notice = ServerNotice(self)
        self.notice.retry_wanted.connect(lambda: requests.request_refresh(None))
        layout.addWidget(self.notice)
        self._foot = Pane(Ground.WINDOW, Edge.TOP, parent=self)
        self.new_scans = NewScansSwitch(requests.preferences, is_foot=True, parent=self._foot)
        foot_row = QHBoxLayout(self._foot)
        foot_row.addWidget(self.new_scans)
        self._foot.keep_spaces(foot_row, INSET_PX, 0, INSET_PX, 0, height=FOOT_PX)
        self._foot.hide()
        layout.addWidget(self._foot)
        self.view.menu_wanted.connect(self.scans.open_menu)
        self._count = -1
        ticker.changed.connect(self._follow)
        self._measure()
        self._show_count()

    @property
    def scan_ids(self) -> list[ScanId]:
        rows = (self.model.row(number) for number in range(self.model.rowCount()))
        return [row.card.scan_id for row in rows if isinstance(row, CardRow)]

    @property
    def current_scan(self) -> ScanId | None:
        """The scan in scope, or that of the card with the keyboard."""
        view = self.view
        return view.current_scan if view.hasFocus() or view.scope is None else view.scope

    def put_above(self, part: QWidget) -> None:
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, part)

    def search(self, text: str) -> None:
        """Show only the scans whose name or branch contains these words; all of them for ""."""
        self.model.search(text)
        self._show_hidden()

    def _show_hidden(self) -> None:
        """Show how many scans the search hides; this alone changes the form of no card."""
        hidden = self.model.hidden_count
        self.view.lent_px = self._hidden.height() if hidden else 0
        self._hidden.show_count(hidden)

    def scope_first(self) -> None:
        first = next(iter(self.scan_ids), None)
        if first is not None and first != self.view.scope:
            self.view.set_scope(first)
            self.view.scan_scoped.emit(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.model.hidden_count:
            self.search_left.emit()
        else:
            super().keyPressEvent(event)

    def show_new_scans(self, *, is_on: bool) -> None:
        self._watches_new = is_on
        self.new_scans.show_on(is_on=is_on)
        self._show_server()

    def show_server(self, state: ServerState | None) -> None:
        self._server = state
        self._show_server()

    def _show_server(self) -> None:
        now = self._now()
        self.new_scans.show_checks(self._server, now)
        concerns = self._watches_new or self.model.scan_count > 0
        state = self._server if concerns else None
        self.notice.show_state(state, now, watches_new=self._watches_new)

    def show_signed_in(self, *, is_signed_in: bool) -> None:
        """Show the ways to start that are left after signing in, or all of them."""
        self._empty.ways.setText(tr(EMPTY_WAYS_SIGNED_IN if is_signed_in else EMPTY_WAYS))

    def offer_new_scans(self, *, is_offered: bool) -> None:
        self._foot.setVisible(is_offered)

    # -- following the store --

    def _follow(self, changes: list[Change]) -> None:
        for change in changes:
            if isinstance(change, ScanRemoved) and self._store.scan(change.scan_id) is None:
                self.scans.pin(change.scan_id, is_pinned=False)
        self._show_hidden()
        scope = self.view.scope
        is_gone = scope is not None and self._store.scan(scope) is None
        if is_gone and any(isinstance(change, ScanRemoved) for change in changes):
            self.view.set_scope(None)
            self.view.scan_scoped.emit("")
        self._show_count()

    def _show_count(self) -> None:
        count = self.model.scan_count
        self._stack.setCurrentWidget(self.view if count else self._empty)
        if count != self._count:
            self._count = count
            self._show_server()
            self.count_changed.emit(count)

    def _show_mutes(self, alerts: AlertChoices) -> None:
        cards = {scan_id: self.model.card(scan_id) for scan_id in self.scan_ids}
        self.model.show_mutes(alerts)
        for scan_id, before in cards.items():
            now = self.model.card(scan_id)
            if now is not None and before is not None and now.mute != before.mute:
                self.mute_changed.emit(mute_news(now.name, now.mute))

    def _measure(self) -> None:
        self.setMinimumWidth(self._theme.scale(LEAST_WIDTH_PX))
        self.setMaximumWidth(self._theme.scale(MOST_WIDTH_PX))
