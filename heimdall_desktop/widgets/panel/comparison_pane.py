"""Two scans of a repository compared: which ones, what differs, and the sums.

The panel's scan is compared with the previous one by default; the user can choose any two of its
repository. Source: look.md 10 (Comparison), picture 12.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Reply
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.comparison import ChangeKind, Compared, ScanComparison
from heimdall_desktop.domain.facts.change import Change, ScanMoved, ScanRemoved
from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible
from heimdall_desktop.domain.facts.finding import ScanId, one_line
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.models.panel_models import ComparisonModel
from heimdall_desktop.models.ticker import Now, Ticker
from heimdall_desktop.presentation.board.card_words import ID_LENGTH
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.error_text import cause, error_text, manual_entry
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.panel.comparison_text import TITLES, scan_words
from heimdall_desktop.widgets.controls.buttons import GhostIconButton, LinkButton, OutlineButton
from heimdall_desktop.widgets.controls.chips import Chip
from heimdall_desktop.widgets.controls.empty_state import Emptiness
from heimdall_desktop.widgets.controls.pane import Edge, MeasuredWidget, Pane, ScrollPage, named
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.text_labels import Label, add_choice, new_menu, show_tip
from heimdall_desktop.widgets.look.painting import CENTRED, RowCursor, draw_text, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone
from heimdall_desktop.widgets.panel.comparison_list import ComparisonList, ComparisonSums
from heimdall_desktop.widgets.panel.panel_bar import ListPage

ICON = "ui-compare"
FILTER = "change:new,changed"
HEAD_PX = 48
CHIPS_PX = 40
CHOICE_PX = 32
CHOICE_MOST_PX = 330
CHOICE_LEAST_PX = 120
SUMMARY_FROM_PX = 800  # of the page, beside both choices
LETTER_PX = 18
GAP_PX = 8
CHIP_GAP_PX = 6
_ICONS = {
    ChangeKind.NEW: "ui-plus",
    ChangeKind.CHANGED: "ui-arrow-right",
    ChangeKind.FIXED: "ui-check",
    ChangeKind.STILL: "",
}


class ScanChoice(OutlineButton):
    """Shows one of the two scans, and opens a menu of alternatives.

    Args:
        letter: "A" or "B".
        name: What the user chooses.
    """

    def __init__(self, letter: str, name: str, parent: QWidget) -> None:
        super().__init__(has_menu=True, height_px=CHOICE_PX, parent=parent)
        self._letter, self._name = letter, name
        self._moment = self._rest = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scan(self, moment: str, rest: str) -> None:
        self._moment, self._rest = moment, rest
        text = tr("{name}: {scan}").format(
            name=self._name, scan=", ".join(filter(None, (moment, rest)))
        )
        self.setAccessibleName(text)
        show_tip(self, rest)
        self.update()

    def sizeHint(self) -> QSize:
        scale = self._theme.scale
        return QSize(scale(CHOICE_MOST_PX), scale(CHOICE_PX))

    def minimumSizeHint(self) -> QSize:
        scale = self._theme.scale
        return QSize(scale(CHOICE_LEAST_PX), scale(CHOICE_PX))

    def _draw_content(self, painter: QPainter, rect: QRectF) -> None:
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        row = RowCursor(theme, painter, rect, self.layoutDirection())
        row.skip(scale(GAP_PX))
        row.skip_at_end(scale(GAP_PX))
        row.icon_at_end("ui-chevron-down", scale(12), tokens.muted)
        row.skip_at_end(scale(GAP_PX))
        place = row.take(scale(LETTER_PX))
        box = QRectF(place.left(), 0, place.width(), place.width())
        box.moveTop(place.top() + (place.height() - box.height()) / 2)
        rounded_box(painter, box, scale(3), ground=tokens.pressed)
        font = theme.font(Role.MICRO, Weight.SEMIBOLD)
        draw_text(painter, box, self._letter, font, tokens.text, CENTRED)
        row.skip(scale(GAP_PX))
        row.text(self._moment, theme.font(Role.SMALL, Weight.SEMIBOLD), self._ink())
        row.skip(scale(GAP_PX))
        if theme.text_width(self._rest, Role.SMALL) <= row.remaining:
            row.text(self._rest, theme.font(Role.SMALL), self._key_ink())


class ComparisonPane(ListPage):
    """A page of the bottom panel.

    Args:
        store: The scans.
        ticker: Hands out changes.
        requests: Runs comparisons.
        now: The wall clock.

    Attributes:
        rows: the differences.
    """

    finding_wanted = Signal(str)
    """Show this finding of a watched scan."""
    filter_wanted = Signal(str, str)
    """Show the findings of a scan that match a filter."""

    def __init__(
        self,
        store: Store,
        ticker: Ticker,
        requests: Requests,
        now: Now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._requests, self._now = store, requests, now
        self._scan_id: ScanId | None = None
        self._shown: ScanComparison | None = None
        self._pair: tuple[ScanId | None, ScanId | None] = (None, None)  # as chosen: A, B
        self._requested: ScanId | None = None  # automatically, of this scan
        self._is_waiting = self._is_tight = False
        self._summary_tone = Tone.MUTED
        self._error: HeimdallError | None = None
        self.setObjectName("comparison_pane")
        self._model = ComparisonModel(self)
        self.rows = ComparisonList(self._model, self)
        self._head = self._make_head()
        chips = self._chips = MeasuredWidget(self)
        chips.setMinimumWidth(1)  # a page that gets narrower moves it elsewhere
        row = QHBoxLayout(chips)
        self._listed: tuple[ScanId, ScanId] | None = None
        self._kinds: dict[ChangeKind, Chip] = {}
        for kind in ChangeKind:
            chip = Chip(tr(TITLES[kind]), icon=_ICONS[kind], parent=chips)
            chip.setObjectName(f"comparison_{kind.value}")
            chip.clicked.connect(partial(self._toggle_kind, kind))
            self._kinds[kind] = chip
            row.addWidget(chip)
        row.addStretch(1)
        self._filter = named(LinkButton(tr("Show in findings"), chips), "comparison_filter")
        self._filter.clicked.connect(self._want_filter)
        row.addWidget(self._filter)
        chips.keep_spaces(row, INSET_PX, 0, 12, 0, gap=CHIP_GAP_PX, height=CHIPS_PX)
        self._sums = ComparisonSums(self)
        self._compose()
        self.rows.row_chosen.connect(self._choose)
        self._empty.action_requested.connect(self.read)
        ticker.changed.connect(self._follow)
        self._measure()
        self._show()

    # -- requests --

    def show_scan(self, scan_id: ScanId | None) -> None:
        if scan_id != self._scan_id:
            self._scan_id, self._requested, self._error = scan_id, None, None
            self._is_waiting = False
            self._shown = None if scan_id is None else self._store.comparisons.of(scan_id)
            scan = self._scan()
            self._pair = (None, scan.id if scan is not None and not scan.is_live else None)
            self._show()
            self._look()
            self._read_if_old()

    def read(self) -> None:
        scan = self._scan()
        if scan is None or scan.is_live or scan.repo_id is None:
            return
        self._requested, self._error = scan.id, None
        self._request(partial(self._requests.comparisons.request_last, scan.id))

    def read_again(self) -> None:
        if self._shown is not None and not self._is_waiting:
            pair = self._shown.before, self._shown.after
            self._request(partial(self._requests.comparisons.request_refresh, *pair))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()
        self._read_if_old()

    # -- comparing --

    def _look(self) -> None:
        is_new = self._shown is None and self._requested != self._scan_id
        if self._scan_id is not None and is_new and self.isVisible():
            self.read()

    def _read_if_old(self) -> None:
        shown = self._shown
        if shown is not None and self.isVisible() and self._requests.comparisons.is_old(shown):
            self.read_again()

    def _request(self, request: Callable[[Reply[ScanComparison]], None]) -> None:
        wanted = self._scan_id

        def take(answer: ScanComparison | HeimdallError) -> None:
            if wanted != self._scan_id:
                return
            self._is_waiting = False
            if isinstance(answer, HeimdallError):
                self._error = answer
            else:
                self._shown, self._error = answer, None
            self._show()
            if self._error is None:
                self._read_if_old()

        self._is_waiting = True
        self._show()
        request(take)

    def _follow(self, changes: Sequence[Change]) -> None:
        touched = {
            change.scan_id for change in changes if isinstance(change, ScanMoved | ScanRemoved)
        }
        after = self._scan_id if self._shown is None else self._shown.after
        if after is None or not touched & {after, self._scan_id}:
            return
        known = self._store.comparisons.of(after)
        if known is not None and known is not self._shown and not self._is_waiting:
            self._shown = known
        self._show()
        self._look()

    def _open_choice(self, button: ScanChoice, *, is_after: bool) -> None:
        if self._scan_id is None:
            return
        button.setEnabled(False)

        def offer(answer: tuple[Scan, ...] | HeimdallError) -> None:
            button.setEnabled(True)
            if isinstance(answer, HeimdallError):
                self._show_summary(error_text(answer))
                return
            menu = self.make_menu(answer, is_after=is_after)
            menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

        self._requests.comparisons.request_scans(self._scan_id, offer)

    def make_menu(self, scans: Sequence[Scan], *, is_after: bool) -> QMenu:
        title = tr("Later scan") if is_after else tr("Earlier scan")
        menu = new_menu(self, title, "comparison_menu")
        for scan, words in zip(scans, self._labels(scans), strict=True):
            text = ", ".join(filter(None, words)).replace("&", "&&")
            pick = partial(self._pick, scan.id, is_after=is_after)
            add_choice(menu, text, pick, is_on=scan.id == self._pair[is_after])
        return menu

    def _pick(self, scan_id: ScanId, *, is_after: bool) -> None:
        """Choose one of the two; the other one changes if both would be the same."""
        before, after = self._pair
        pair = (before, scan_id) if is_after else (scan_id, after)
        self._choose_pair(*((after, before) if pair[0] == pair[1] else pair))

    def _choose_pair(self, before: ScanId | None, after: ScanId | None) -> None:
        self._pair = (before, after)
        if before is not None and after is not None:
            comparisons = self._requests.comparisons
            self._request(partial(comparisons.request_comparison, before, after))
        else:
            self._show()

    def _want_filter(self) -> None:
        if self._shown is not None:
            self.filter_wanted.emit(self._shown.after, FILTER)

    def _choose(self, row: Compared) -> None:
        if self._store.finding(row.shown.id) is not None:
            self.finding_wanted.emit(row.shown.id)
        else:
            self._show_summary(tr("This finding's scan isn't watched."))

    # -- display --

    def _scan(self) -> Scan | None:
        return None if self._scan_id is None else self._store.scan(self._scan_id)

    def _show(self) -> None:
        shown = self._shown
        found = None if shown is None else shown.findings
        if found is not self._sums.comparison:
            listed = None if shown is None else (shown.before, shown.after)
            self._model.show_comparison(found, is_again=listed == self._listed)
            self._listed = listed
            self._sums.show_comparison(found)
        counts = {} if found is None else found.counts
        for kind, chip in self._kinds.items():
            chip.set_count(counts.get(kind, 0))
            chip.setChecked(kind in self._model.wanted)
        if shown is None:
            self._empty.show_state(self._emptiness())
        elif not self._is_waiting and self._error is None:
            self._pair = (shown.before, shown.after)
        self._show_choices()
        if shown is None:
            self._show_summary("")
        elif self._is_waiting:
            self._show_summary(tr("Comparing…"))
        elif self._error is not None:
            self._show_summary(one_line(cause(self._error)), Tone.WARNING)
        elif not shown.is_whole:
            self._show_summary(tr("One of the scans is incomplete"), Tone.WARNING)
        else:
            self._show_summary(tr("Newest scan vs. the one before") if shown.is_usual else "")
        self._filter.setEnabled(shown is not None and self._store.scan(shown.after) is not None)
        self._show_body(is_wanted=shown is not None)

    def _show_choices(self) -> None:
        """Offer both scans if there are any to choose from."""
        scan = self._scan()
        can_choose = scan is not None and scan.repo_id is not None
        self._head.setVisible(
            scan is not None and can_choose and not lacks(scan, Feature.COMPARISON)
        )
        known = {
            scan_id: self._requests.comparisons.scan(scan_id) for scan_id in self._pair if scan_id
        }
        scans = [found for found in known.values() if found is not None]
        labels = {each.id: words for each, words in zip(scans, self._labels(scans), strict=True)}
        for button, scan_id in zip((self._before, self._after), self._pair, strict=True):
            nothing = (tr("Choose a scan"), "")
            button.show_scan(*(labels.get(scan_id, nothing) if scan_id else nothing))
        self._swap_button.setEnabled(None not in self._pair)

    def _labels(self, scans: Sequence[Scan]) -> list[tuple[str, str]]:
        """Return the label of each scan; scans with the same time also show their ID."""
        words = [scan_words(scan, self._now()) for scan in scans]
        moments = Counter(moment for moment, _ in words)
        return [
            (moment if moments[moment] == 1 else f"{moment} {scan.id[:ID_LENGTH]}", rest)
            for scan, (moment, rest) in zip(scans, words, strict=True)
        ]

    def _show_summary(self, words: str, tone: Tone = Tone.MUTED) -> None:
        self._summary.setText(words)
        self._summary.set_tone(tone)
        self._summary_tone = tone
        self._share_head()

    def _share_head(self) -> None:
        """Leave the space of a narrow head to the choices, unless there is a problem to show."""
        has_room = self.width() >= self._theme.scale(SUMMARY_FROM_PX)
        self._summary.setVisible(has_room or self._summary_tone is Tone.WARNING)

    def _emptiness(self) -> Emptiness:
        scan, error = self._scan(), self._error
        if scan is None:
            return Emptiness(ICON, tr("No scan to show."))
        missing = lacks(scan, Feature.COMPARISON)
        if missing:
            return Emptiness(ICON, missing)
        if scan.is_live or scan.repo_id is None:
            text = tr("A scan can be compared with an earlier one once it has ended.")
            return Emptiness(ICON, tr("This scan hasn't ended yet."), text)
        if isinstance(error, NotVisible):
            return Emptiness(ICON, one_line(cause(error)), action=tr("Check again"))
        if error is not None:
            fact = tr("Couldn't compare the scans.")
            again = tr("Retry")
            words, entry = one_line(error_text(error)), manual_entry(error)
            return Emptiness("ui-warning", fact, words, again, Tone.WARNING, help=entry)
        return Emptiness(ICON, tr("Looking for the previous scan\u2026"))

    # -- composing --

    def _make_head(self) -> Pane:
        head = Pane(Ground.SURFACE, Edge.BOTTOM, parent=self)
        self._before = named(ScanChoice("A", tr("Earlier scan"), head), "comparison_before")
        self._before.clicked.connect(lambda: self._open_choice(self._before, is_after=False))
        swap = self._swap_button = GhostIconButton("ui-arrow-right", tr("Swap scans"), parent=head)
        swap.setObjectName("comparison_swap")
        swap.clicked.connect(lambda: self._choose_pair(*reversed(self._pair)))
        self._after = named(ScanChoice("B", tr("Later scan"), head), "comparison_after")
        self._after.clicked.connect(lambda: self._open_choice(self._after, is_after=True))
        right = Qt.TextElideMode.ElideRight
        self._summary = Label("", Role.SMALL, tone=Tone.MUTED, elide=right, parent=head)
        self._summary.setObjectName("comparison_summary")
        self._summary.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(head)
        row.addWidget(self._before, 3)
        row.addWidget(swap)
        row.addWidget(self._after, 3)
        row.addWidget(self._summary, 2)
        spaces = (INSET_PX, 0) * 2
        head.keep_spaces(row, *spaces, gap=GAP_PX, lines=Edge.BOTTOM, height=HEAD_PX)
        return head

    def _toggle_kind(self, kind: ChangeKind, _is_on: bool = False) -> None:
        self._model.toggle_wanted(kind)
        self._kinds[kind].setChecked(kind in self._model.wanted)

    def _compose(self) -> None:
        side = QVBoxLayout()
        side.addWidget(ScrollPage(self._sums))
        self._grid = QGridLayout()
        self._whole.insertWidget(0, self._head)  # also while there is nothing to show
        self._grid.addWidget(self._chips, 1, 0)
        self._grid.addWidget(self.rows, 2, 0)
        self._grid.addWidget(self._side, 1, 1, 2, 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(2, 1)
        self._fill(self.rows, self._grid, side)
        self._head.lower()  # Tab order is the order of children

    def _share_width(self) -> None:
        """Put the chips above the sums if they do not fit beside them."""
        super()._share_width()
        self._share_head()
        beside_px = self.width() - (0 if self._side.isHidden() else self._side.width())
        is_tight = beside_px < self._chips.sizeHint().width()
        if is_tight is not self._is_tight:
            self._is_tight = is_tight
            first, rows, columns = (2, 1, 2) if is_tight else (1, 2, 1)
            for part in (self._chips, self._side):
                self._grid.removeWidget(part)
            self._grid.addWidget(self._chips, 1, 0, 1, columns)
            self._grid.addWidget(self._side, first, 1, rows, 1)

    def _measure(self) -> None:
        for button in (self._before, self._after):
            button.setMaximumWidth(self._theme.scale(CHOICE_MOST_PX))
