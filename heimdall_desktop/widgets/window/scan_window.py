"""A window for one scan: its stages, findings, detail and log, and no other scan's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from heimdall_desktop.application.base.store import OneScan, SeenStore
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.change import Change, ScanAdded, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices, Settings
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, one_line
from heimdall_desktop.domain.filters.filter import FindingStage
from heimdall_desktop.models.scans_model import ScanFacts
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.card import Card
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window import window_place
from heimdall_desktop.widgets.controls import scan_marks
from heimdall_desktop.widgets.controls.buttons import GhostIconButton, OutlineButton
from heimdall_desktop.widgets.controls.focus import come_forward, is_in_front
from heimdall_desktop.widgets.controls.pane import Edge, set_row_margins
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, fill, horizontal_hairline
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground
from heimdall_desktop.widgets.window.window_frame import Top
from heimdall_desktop.widgets.window.window_geometry import WindowGeometry
from heimdall_desktop.widgets.window.workspace import Session, Workspace

SIZE = QSize(1080, 760)
LEAST = QSize(560, 480)
HEIGHT_PX = 44
INSET_PX = 16
TOOLS_START_PX, TOOLS_END_PX = 8, 14
GAP_PX = 6
STRIP_PX = 8
STRIP_WIDTH_PX = 278  # as on the board
LEAST_STRIP_PX = 120
HEAD_GAP_PX = 8
PART_GAP_PX = 18


class ScanWindow(Workspace):
    """Shows everything that belongs to one scan.

    Args:
        scan_id: Which scan.
        session: All scans, and the requests.
        layout: The last arrangement of its parts.
        table_memory: The table's layout.

    Signals:
        given_back: it was closed; the scan continues in the main window.
    """

    given_back = Signal()

    def __init__(
        self,
        scan_id: ScanId,
        session: Session,
        layout: window_place.FrameLayout,
        table_memory: WindowMemory,
    ) -> None:
        one = OneScan(session.store.whole, scan_id)
        ticker = Ticker(one.store)
        own = replace(session, store=SeenStore(one.store), ticker=ticker)
        super().__init__(own, scan_id, table_memory)
        ticker.setParent(self)
        self.setObjectName("scan_window")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._one, self._name_of = one, session.store.name_of
        self._facts = ScanFacts(one.store, session.clock, session.now)
        self._head = ScanHead()
        self.add_pages()
        self.compose(_ScanBar(self, self._head), SIZE, layout)
        self.panel.findings_wanted.connect(
            lambda _, stage: self.findings.filter_state.set_words("stage", {FindingStage(stage)})
        )
        ticker.changed.connect(self._follow)
        ticker.second.connect(self._show_scan)
        self.detail.finding_wanted.connect(lambda found: self.open_finding(FindingId(found)))
        self.moved.connect(self._report_view)
        self._show_scan()
        self.findings.take_keyboard()

    def take(self, changes: list[Change]) -> None:
        self._one.take(changes)
        self.session.ticker.flush()

    def show_mutes(self, alerts: AlertChoices) -> None:
        if alerts != self._facts.alerts:
            self._facts.alerts = alerts
            self._show_scan()

    def open_finding(self, finding_id: FindingId) -> None:
        come_forward(self)
        self.reveal(finding_id)

    # -- following --

    def _follow(self, changes: list[Change]) -> None:
        self._facts.take(changes)
        self._show_scan()

    def _show_scan(self) -> None:
        scan = next(iter(self.session.store), None)
        if scan is None:
            self._head.show_card(None)
            return
        card = self._facts.card(scan)
        self._head.show_card(card)
        name = self._name_of(scan.id) or one_line(scan.name)
        text = " \u00b7 ".join(part for part in (name, card.line.fact) if part)
        text = text.replace("[*]", "[*][*]")  # a single one is Qt's mark for "modified"
        self.setWindowTitle(f"{text} \u2013 Heimdall")
        self.frame.strip_line.show_scope(name)

    def _report_view(self) -> None:
        if is_in_front(self):
            self.session.requests.view_scan(self.scan_id)

    # -- Qt --

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._report_view()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.given_back.emit()


class _ScanBar(Top):
    """Shows the scan in one line, and below it filter and tools, split like the parts below."""

    def __init__(self, window: ScanWindow, head: ScanHead) -> None:
        super().__init__(Ground.WINDOW, Edge.BOTTOM)
        self._head, self._tools_px = head, 0
        head.setParent(self)
        self._place, self._tools = QWidget(self), QWidget(self)
        self._row, self._tools_row = QHBoxLayout(self._place), QHBoxLayout(self._tools)
        self._row.addWidget(window.findings.filter_field)
        again = GhostIconButton("conn-reconnecting", tr("Refresh"), key="F5")
        again.setObjectName("again")
        again.clicked.connect(window.refresh)
        back = OutlineButton(tr("Back to the board"), icon="ui-sidebar")
        back.setObjectName("give_back")
        back.clicked.connect(window.close)
        self._tools_row.addStretch(1)
        self._tools_row.addWidget(again)
        self._tools_row.addWidget(back)
        self._theme.changed.connect(self._lay_out)
        self._lay_out()

    def continue_edges(self, board_px: int, detail_px: int) -> None:
        """Continue the edge of the detail; 0 without one."""
        if detail_px != self._tools_px:
            self._tools_px = detail_px
            self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(HEIGHT_PX) * 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        scale = self._theme.scale
        height = scale(HEIGHT_PX)
        set_row_margins(self._place, self._row, start=scale(INSET_PX), end=scale(INSET_PX))
        set_row_margins(
            self._tools, self._tools_row, start=scale(TOOLS_START_PX), end=scale(TOOLS_END_PX)
        )
        self._tools_row.setSpacing(scale(GAP_PX))
        tools_px = max(self._tools_px, self._tools.sizeHint().width())
        self.setFixedHeight(height * 2)
        self._head.setGeometry(0, 0, self.width(), height)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        rest = self.width() - tools_px
        self._place.setGeometry(tools_px if is_mirrored else 0, height, rest, height - 1)
        self._tools.setGeometry(0 if is_mirrored else rest, height, tools_px, height - 1)


class ScanHead(QWidget):
    """One scan in one line, like its card; if space is short, hides the branch, then the stage."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = theme_of(self)
        self._card: Card | None = None
        self.setObjectName("scan_head")
        self.setAccessibleName(tr("Scan"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_card(self, card: Card | None) -> None:
        """Show the current state of a scan; None once it is gone."""
        if card != self._card:
            self._card = card
            self.setAccessibleDescription("" if card is None else card.sentence)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(HEIGHT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, scale = self._theme, self._theme.scale
        rect, inset, card = QRectF(self.rect()), scale(INSET_PX), self._card
        with QPainter(self) as painter:
            fill(painter, rect, theme.tokens.window)
            horizontal_hairline(painter, 0, rect.height() - 1, rect.width(), theme.tokens.hairline)
            if card is None:
                return
            inner = rect.adjusted(inset, 0, -inset, -1)
            row = RowCursor(theme, painter, inner, self.layoutDirection())
            if card.connection is not None:
                scan_marks.draw_connection_at_end(row, theme, card.connection)
            row.text(card.name, theme.font(Role.BODY, Weight.SEMIBOLD), theme.tokens.text)
            room = row.remaining
            scan_marks.MuteMark.fitting(theme, card.news, room, icon="ui-new").draw(row, theme)
            scan_marks.MuteMark.fitting(theme, card.mute, row.remaining).draw(row, theme)
            row.skip(scale(HEAD_GAP_PX))
            words = theme.text_width(card.line.fact, Role.SMALL, Weight.MEDIUM)
            stage_px = scale(PART_GAP_PX) * 2 + scale(LEAST_STRIP_PX) + words
            if theme.text_width(card.branch, Role.SMALL) + stage_px <= row.remaining:
                row.text(card.branch, theme.font(Role.SMALL), theme.tokens.faint)
            if stage_px > row.remaining:
                return
            row.skip(scale(PART_GAP_PX))
            spare = row.remaining - stage_px + scale(LEAST_STRIP_PX)
            place = row.take(min(scale(STRIP_WIDTH_PX), spare))
            strip = QRectF(place.left(), 0, place.width(), scale(STRIP_PX))
            strip.moveTop(place.top() + (place.height() - strip.height()) / 2)
            segments = [
                scan_marks.StripSegment(scan_marks.SEGMENTS[display], card.fraction)
                for display in card.displays
            ]
            scan_marks.draw_strip(painter, strip, segments, theme, is_stale=card.is_dimmed)
            row.skip(scale(HEAD_GAP_PX))
            mood_ink = theme.tokens.ink(MOOD_TONES[card.line.mood])
            ink = theme.tokens.muted if card.is_dimmed else mood_ink
            row.text(card.line.fact, theme.font(Role.SMALL, Weight.MEDIUM), ink)
            note = " ".join(part for part in (card.line.note, card.line.usual) if part)
            if note and theme.text_width(note, Role.SMALL) + scale(HEAD_GAP_PX) <= row.remaining:
                row.skip(scale(HEAD_GAP_PX))
                row.text(note, theme.font(Role.SMALL), theme.tokens.muted)


# The windows of scans that were torn off the main one, over restarts. Source: behaviour.md 2.1.
#
# The table of such a window initially matches the main one, and then keeps its own changes. What
# is new or has changed is the same in all windows: what was seen in one was seen.


NAME = "torn-off"


class ScanWindows(QObject):
    """Owns all scan windows: they have no parent, so none is kept above the main window.

    Args:
        session: All scans; its memory keeps which are torn off, and where their windows are.
        prepare: Gives a window its commands.

    Attributes:
        are_held: windows of the last session stay closed for now, as the main window is hidden.
    """

    def __init__(
        self, session: Session, prepare: Callable[[Workspace], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._memory = session, session.memory
        self._prepare = prepare
        self._known = window_place.read_torn_off(self._memory.text(NAME))
        self._windows: dict[ScanId, ScanWindow] = {}
        self._local: set[ScanId] = set()  # nothing of them is kept
        self.are_held = False
        session.ticker.changed.connect(self._follow)
        session.requests.preferences.follow(self._use_settings)

    def window_of(self, scan_id: ScanId) -> ScanWindow | None:
        """Return the window of a scan, if it was torn off."""
        return self._windows.get(scan_id)

    def __iter__(self) -> Iterator[ScanWindow]:
        return iter(self._windows.values())

    def active_of(self, scan_id: ScanId | None) -> ScanWindow | None:
        window = None if scan_id is None else self._windows.get(scan_id)
        return window if window is not None and is_in_front(window) else None

    def tear_off(self, scan_id: ScanId) -> None:
        """Give a scan its own window, or raise that window."""
        window = self._windows.get(scan_id) or self._open(scan_id)
        if window is not None:
            self._keep(scan_id, partial(replace, is_open=True))
            window.show()
            window.raise_()
            window.activateWindow()

    def release(self) -> None:
        """Open the held windows of the last session."""
        if self.are_held:
            self.are_held = False
            for scan_id in filter(self._is_wanted, list(self._known)):
                self._bring_back(scan_id)

    def close_all(self) -> None:
        """Close all windows at exit; they reopen on the next start."""
        for scan_id in list(self._windows):
            self._close(scan_id)

    def _follow(self, changes: list[Change]) -> None:
        for window in list(self._windows.values()):
            window.take(changes)
        for change in changes:
            match change:
                case ScanAdded(scan_id=scan_id) if self._is_wanted(scan_id) and not self.are_held:
                    self._bring_back(scan_id)
                case ScanRemoved(scan_id=scan_id):
                    self._close(scan_id)
                case _:
                    pass

    def _use_settings(self, settings: Settings) -> None:
        for window in self._windows.values():
            window.show_mutes(settings.alerts)

    def _bring_back(self, scan_id: ScanId) -> None:
        """Open the window of an earlier session without taking the focus."""
        window = self._open(scan_id)
        if window is not None:
            quietly = Qt.WidgetAttribute.WA_ShowWithoutActivating
            window.setAttribute(quietly)
            window.show()
            window.setAttribute(quietly, on=False)

    def _is_wanted(self, scan_id: ScanId) -> bool:
        known = self._known.get(scan_id)
        return known is not None and known.is_open and scan_id not in self._windows

    def _open(self, scan_id: ScanId) -> ScanWindow | None:
        scan = self._session.store.scan(scan_id)
        if scan is None:
            return None
        if scan.is_local:
            self._local.add(scan_id)
        known = self._known.get(scan_id, window_place.TornOff())
        layout, memory = window_place.read_layout(known.layout), self._memory.copy(known.parts)
        window = ScanWindow(scan_id, self._session, layout, memory)
        window.show_mutes(self._session.requests.preferences.settings.alerts)
        self._prepare(window)
        self._windows[scan_id] = window
        place = WindowGeometry(
            window, lambda text: self._keep(scan_id, partial(replace, place=text)), least=LEAST
        )
        place.restore(known.place)
        window.frame.arranged.connect(
            lambda: self._keep(scan_id, partial(replace, layout=window.frame.layout_now().text()))
        )
        memory.on_kept = lambda name, text: self._keep(
            scan_id, lambda known: known.with_part(name, text)
        )
        window.given_back.connect(lambda: self._give_back(scan_id))
        return window

    def _give_back(self, scan_id: ScanId) -> None:
        if scan_id in self._windows:
            self._keep(scan_id, partial(replace, is_open=False))
            self._close(scan_id)

    def _close(self, scan_id: ScanId) -> None:
        window = self._windows.pop(scan_id, None)
        if window is not None:
            window.close()
            window.deleteLater()

    def _keep(
        self, scan_id: ScanId, change: Callable[[window_place.TornOff], window_place.TornOff]
    ) -> None:
        self._known[scan_id] = change(self._known.pop(scan_id, window_place.TornOff()))
        kept = {each: known for each, known in self._known.items() if each not in self._local}
        self._memory.keep(NAME, window_place.torn_off_text(kept))
