"""The panel compares the scan it shows, or says why not, and leads on to the findings."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.comparison import ChangeKind, ScanComparison, compare
from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.errors import NotVisible, Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, ScanId, Severity
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.controls.empty_state import EmptyState
from heimdall_desktop.widgets.controls.text_labels import Label, Paragraph
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.comparison_list import ComparisonList
from heimdall_desktop.widgets.panel.comparison_page import ComparisonPage
from heimdall_desktop.widgets.panel.comparison_pane import FILTER, ComparisonPane
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.findings import make_finding
from tests.fakes.hands import part, press
from tests.fakes.requests import RecordedRequests
from tests.fakes.shown_window import ShownWindow

ALL_STAGES = [30.0, 90, 60, 30, 15, 400, 200, 20, 10]


class Shown:
    """A pane over a scan that has completed, the one before it, and one that runs."""

    def __init__(self) -> None:
        self.time, self.store, self.requests = FakeTime(), Store(), RecordedRequests()
        self.ticker = Ticker(self.store)
        self.requests.comparisons.watched = self.store.scan
        self.before, self.after = (self.completed(number) for number in (1, 2))
        self.running = ScanStory(self.store, self.time, "web", number=3).run([3], 4)
        self.ticker.flush()
        self.pane = ComparisonPane(self.store, self.ticker, self.requests, self.time.now)
        self.pane.resize(1100, 420)
        self.found: list[str] = []
        self.filters: list[tuple[str, str]] = []
        self.pane.finding_wanted.connect(self.found.append)
        self.pane.filter_wanted.connect(lambda *wanted: self.filters.append(wanted))

    def completed(self, number: int) -> ScanId:
        story = ScanStory(self.store, self.time, "shop", number=number)
        story.run(ALL_STAGES, status="completed", ended_s=60)
        story.read("completed", began_s=915, ended_s=60)
        return story.scan.id

    def rows(self, scan_id: ScanId, *severities: Severity | None) -> list[Finding]:
        """Read findings of a scan: each has its place, and is not there where it is None."""
        first = 100 if scan_id == self.before else 200
        made = []
        for number, severity in enumerate(severities):
            if severity is not None:
                names = {"title": f"Finding {number}", "fingerprint": f"{number:064x}"}
                row = make_finding(first + number, scan_id=scan_id, severity=severity, **names)
                made.append(row)
        self.store.observe(observation.FindingsListed(scan_id, self.time.clock_s, tuple(made)))
        return made

    def comparison(self, *, is_whole: bool = True) -> ScanComparison:
        """One is new, one lowered, one fixed and 40 are still there."""
        many = [Severity.LOW] * 40
        old = self.rows(self.before, None, Severity.CRITICAL, Severity.HIGH, *many)
        now = self.rows(self.after, Severity.HIGH, Severity.MEDIUM, None, *many)
        found = compare(old, now)
        return ScanComparison(self.before, self.after, found, is_whole=is_whole, is_usual=True)

    def look(self, scan_id: ScanId | None = None) -> "Shown":
        self.pane.show_scan(scan_id or self.after)
        self.pane.show()
        return self

    def answered(self, *, is_whole: bool = True) -> "Shown":
        self.look().requests.answer(self.comparison(is_whole=is_whole))
        return self

    @property
    def view(self) -> ComparisonList:
        return part(self.pane, ComparisonList, "comparison_list")

    @property
    def summary(self) -> str:
        return part(self.pane, Label, "comparison_summary").text()

    def titles(self) -> list[str]:
        rows = self.view.model()
        return [rows.index(row, 0).data() for row in range(rows.rowCount())]

    def said(self) -> list[str]:
        empty = self.pane.findChildren(EmptyState)[0]
        assert empty.isVisible()
        return [text.text() for text in empty.findChildren(Paragraph) if text.text()]

    def stuck_title(self) -> str:
        stuck = self.view.stuck
        return "" if stuck is None else stuck[0].title

    def is_enabled(self, name: str) -> bool:
        return self.button(name).isEnabled()

    def button(self, name: str) -> QPushButton:
        return part(self.pane, QPushButton, f"comparison_{name}")


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.pane.close()


def test_nothing_is_requested_before_it_is_visible(shown: Shown) -> None:
    shown.pane.show_scan(shown.after)
    assert shown.requests.asked == []
    shown.pane.show()
    assert shown.requests.asked == [("compare with last", shown.after)]
    assert shown.said() == ["Looking for the previous scan\u2026"]


def test_what_is_known_already_is_shown_at_once(shown: Shown) -> None:
    shown.store.keep_comparison(shown.comparison())
    shown.look()
    assert shown.requests.asked == []
    assert shown.view.isVisible()


def test_what_may_have_changed_unseen_is_shown_and_read_again(shown: Shown) -> None:
    known = shown.comparison()
    shown.store.keep_comparison(known)
    shown.requests.comparisons.old.append(known)
    shown.look()
    again = ("compare again", shown.before, shown.after)
    assert shown.requests.asked == [again]
    assert shown.view.isVisible()
    assert shown.summary == "Comparing…"
    shown.requests.answer(ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test"))
    assert shown.view.isVisible()
    assert "h.test" in shown.summary
    shown.pane.read_again()
    assert shown.requests.asked == [again, again]
    shown.requests.comparisons.old.clear()
    shown.requests.answer(shown.comparison())
    assert shown.summary == "Newest scan vs. the one before"


def test_all_of_it_is_there(shown: Shown) -> None:
    shown.answered()
    assert shown.titles()[:7] == [
        *("New", "Finding 0", "Changed", "Finding 1", "Fixed", "Finding 2", "Still there")
    ]
    assert len(shown.titles()) == 47
    assert shown.summary == "Newest scan vs. the one before"
    assert shown.button("before").accessibleName().startswith("Earlier scan: ")
    assert "completed" in shown.button("after").accessibleName()


def test_an_incomplete_pair_says_so(shown: Shown) -> None:
    assert shown.answered(is_whole=False).summary == "One of the scans is incomplete"


def test_neither_a_scan_that_runs_nor_a_stream_alone_is_compared(shown: Shown) -> None:
    shown.look(shown.running.scan.id)
    assert shown.said()[0] == "This scan hasn't ended yet."
    assert shown.requests.asked == []
    seen = (shown.time.clock_s + 1, observation.ScanSource.STREAM)
    shown.store.observe(observation.SourceSeen(shown.after, *seen))
    words = "This server announces findings but doesn't list them, so they can't be compared."
    assert shown.look().said() == [words]


def test_a_first_scan_says_so_and_problem_is_tried_again(shown: Shown) -> None:
    shown.look().requests.answer(NotVisible(Reason.NO_EARLIER_SCAN))
    assert shown.said() == ["No earlier scan of this repository has completed."]
    press(shown.pane, "Check again")
    shown.requests.answer(ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test"))
    assert shown.said()[0] == "Couldn't compare the scans."
    press(shown.pane, "Retry")
    shown.requests.answer(shown.comparison())
    assert shown.view.isVisible()


def test_an_answer_about_a_scan_that_is_left_is_not_shown(shown: Shown) -> None:
    shown.look()
    shown.pane.show_scan(shown.running.scan.id)
    shown.requests.answer(shown.comparison())
    assert not shown.view.isVisible()


def test_a_scan_that_is_turned_to_waits_for_no_answer_about_another(shown: Shown) -> None:
    shown.look(shown.before)
    shown.store.keep_comparison(shown.comparison())
    shown.pane.show_scan(shown.after)
    assert shown.summary == "Newest scan vs. the one before"


def test_a_chip_lists_a_group_or_not(shown: Shown) -> None:
    shown.answered()
    shown.button(ChangeKind.STILL.value).click()
    assert shown.titles()[-1] == "Finding 2"
    assert not shown.button(ChangeKind.STILL.value).isChecked()
    shown.button(ChangeKind.STILL.value).click()
    assert len(shown.titles()) == 47


def test_the_chips_lie_across_the_sums_where_they_do_not_fit_beside_them(shown: Shown) -> None:
    shown.answered()
    chips, sums = shown.button(ChangeKind.NEW.value), part(shown.pane, QWidget, "comparison_sums")

    def is_beside() -> bool:
        QApplication.processEvents()
        assert sums.isVisible()
        link = shown.button("filter")
        assert link.width() >= link.minimumSizeHint().width()
        return chips.mapTo(shown.pane, QPoint()).y() > sums.mapTo(shown.pane, QPoint()).y()

    assert is_beside()
    shown.pane.resize(720, 420)
    assert not is_beside()
    shown.view.setFocus()
    QTest.keyClick(shown.view, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert shown.button("filter").hasFocus()
    shown.pane.resize(1100, 420)
    assert is_beside()


def test_a_row_leads_to_its_finding_and_a_head_closes_its_group(shown: Shown) -> None:
    rows = shown.answered().view
    rows.setCurrentIndex(rows.model().index(1, 0))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert shown.found == [make_finding(200).id]
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_Left)
    assert shown.titles()[:2] == ["New", "Changed"]
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert shown.titles()[1] == "Finding 0"


def test_a_row_of_a_scan_that_is_not_watched_leads_nowhere_and_says_so(shown: Shown) -> None:
    rows = shown.answered().view
    shown.store.remove(shown.before)
    rows.setCurrentIndex(rows.model().index(5, 0))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert not shown.found
    assert shown.summary == "This finding's scan isn't watched."


def test_the_head_of_the_group_stays_and_can_be_clicked(shown: Shown) -> None:
    rows = shown.answered().view
    assert shown.stuck_title() == ""
    rows.scrollToBottom()
    assert shown.stuck_title() == "Still there"
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 5))
    assert shown.titles()[-1] == "Still there"
    assert not shown.found


def copied(qtbot: QtBot) -> list[str]:
    """Return the lines that are copied, once they are."""
    clipboard = QApplication.clipboard()
    qtbot.waitUntil(lambda: bool(clipboard.text()))
    lines = clipboard.text().split("\n")
    clipboard.clear()
    return lines


def test_rows_groups_and_all_that_is_listed_are_copied(shown: Shown, qtbot: QtBot) -> None:
    rows = shown.answered().view
    QApplication.clipboard().clear()
    rows.setCurrentIndex(rows.model().index(5, 0))
    QTest.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    fixed = "Fixed, high, Finding 2, shop/api/orders.py:88"
    assert copied(qtbot) == [fixed]
    rows.setCurrentIndex(rows.model().index(6, 0))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(copied(qtbot)) == 40
    shown.button(ChangeKind.STILL.value).click()
    actions = rows.make_menu(rows.currentIndex()).actions()
    next(action for action in actions if action.text() == "Copy all").trigger()
    assert copied(qtbot) == [
        "New, high, Finding 0, shop/api/orders.py:88",
        "Changed, critical to medium, Finding 1, shop/api/orders.py:88",
        fixed,
    ]


def test_the_arrow_swaps_both_and_menus_choose_others(shown: Shown) -> None:
    shown.answered()
    shown.button("swap").click()
    assert shown.requests.asked[-1:] == [("compare", shown.after, shown.before)]
    shown.requests.answer(shown.comparison())
    shown.button("before").click()
    assert shown.requests.asked[-1:] == [("scans", shown.after)]
    assert not shown.is_enabled("before")
    shown.requests.answer(tuple(scan for scan in shown.store if scan.name == "shop"))
    assert shown.is_enabled("before")
    menu = part(shown.pane, QMenu, "comparison_menu")
    [chosen] = [action for action in menu.actions() if action.isChecked()]
    other = next(action for action in menu.actions() if action is not chosen)
    other.trigger()  # which is the other side: both change places
    assert shown.requests.asked[-1:] == [("compare", shown.after, shown.before)]
    menu.close()


@pytest.mark.parametrize("is_running", [False, True])
def test_both_scans_can_be_chosen_with_nothing_to_compare(shown: Shown, is_running: bool) -> None:
    if is_running:
        shown.store.observe(observation.RepoRead(shown.after, "shop", "main"))
        shown.look(shown.running.scan.id)
    else:
        shown.look().requests.answer(NotVisible(Reason.NO_EARLIER_SCAN))
    before, after = (shown.button(name) for name in ("before", "after"))
    assert before.isVisible()
    assert after.isVisible()
    assert before.accessibleName() == "Earlier scan: Choose a scan"
    assert not shown.is_enabled("swap")
    scans = tuple(scan for scan in shown.store if scan.name == "shop")
    for button, scan_id in ((after, shown.after), (before, shown.before)):
        button.click()
        shown.requests.answer(scans)
        menu = shown.pane.findChildren(QMenu, "comparison_menu")[-1]
        menu.actions()[[scan.id for scan in scans].index(scan_id)].trigger()
        menu.close()
    assert shown.requests.asked[-1] == ("compare", shown.before, shown.after)
    shown.requests.answer(shown.comparison())
    assert shown.view.isVisible()


def test_scans_of_one_moment_are_never_called_the_same(shown: Shown) -> None:
    shown.answered()
    names = [shown.button(name).accessibleName() for name in ("before", "after")]
    assert "00000001" in names[0]
    assert "00000002" in names[1]
    scans = [scan for scan in shown.store if scan.name == "shop"]
    texts = [each.text() for each in shown.pane.make_menu(scans, is_after=True).actions()]
    assert len(set(texts)) == len(scans)


def test_show_in_findings_asks_for_what_is_new_and_changed(shown: Shown) -> None:
    shown.answered()
    shown.button("filter").click()
    assert shown.filters == [(shown.after, FILTER)]


def test_a_change_of_the_rows_is_followed(shown: Shown) -> None:
    shown.answered()
    shown.store.keep_comparison(shown.comparison())
    fields = {"status": FindingStatus.DISMISSED, "title": "Finding 0"}
    found = compare([], [make_finding(200, scan_id=shown.after, **fields)])
    again = ScanComparison(shown.before, shown.after, found, is_whole=True, is_usual=True)
    shown.store.keep_comparison(again)
    shown.ticker.flush()
    assert shown.titles() == ["New", "Finding 0"]


def test_compared_again_the_current_row_and_the_place_stay(shown: Shown) -> None:
    rows = shown.answered().view
    shown.button(ChangeKind.NEW.value).click()
    rows.setCurrentIndex(rows.model().index(12, 0))
    rows.verticalScrollBar().setValue(150)
    chosen = rows.selected
    assert chosen is not None
    shown.store.keep_comparison(shown.comparison())
    shown.ticker.flush()
    assert rows.selected == chosen
    assert rows.verticalScrollBar().value() == 150
    assert rows.selectionModel().isSelected(rows.currentIndex())
    found = compare([], [make_finding(200, scan_id=shown.after)])  # the row is gone
    gone = ScanComparison(shown.before, shown.after, found, is_whole=True, is_usual=True)
    shown.store.keep_comparison(gone)
    shown.ticker.flush()
    assert rows.selected is None


def test_the_page_counts_what_differs_and_makes_its_pane_when_it_is_shown(shown: Shown) -> None:
    page = ComparisonPage(shown.store, shown.ticker, shown.requests, shown.time.now)
    counts: list[int] = []
    page.counted.connect(counts.append)
    page.show_scan(shown.after)
    shown.store.keep_comparison(shown.comparison())
    shown.ticker.flush()
    assert counts == [3]
    assert page.findChildren(ComparisonPane) == []
    page.show()
    assert part(page, ComparisonList, "comparison_list").isVisible()
    assert shown.requests.asked == []
    page.show_scan(shown.running.scan.id)
    assert counts == [3, 0]
    page.close()


def in_window(window: ShownWindow, name: str) -> ScanComparison:
    """Return how a scan of a window differs from an earlier one, which one finding was in."""
    scan = window.store.scan(window.id(name))
    assert scan is not None
    rows = list(scan.findings.values())
    before = [make_finding(900, title="Gone", fingerprint="gone")]
    return ScanComparison(ScanId("old"), scan.id, compare(before, rows), True, True)


@pytest.fixture
def window(theme: Theme) -> Iterator[ShownWindow]:
    """A window whose panel is about the last of twelve scans."""
    window = ShownWindow().show().watch_twelve()
    window.panel.set_scope(window.id("notify-hub"))
    yield window
    window.close()


def test_a_refresh_compares_again_what_is_shown(window: ShownWindow) -> None:
    window.store.keep_comparison(in_window(window, "notify-hub"))
    window.ticker.flush()
    window.window.refresh()
    assert window.asked("compare again") == []
    window.window.open_comparison()
    window.window.refresh()
    assert window.asked("compare again") == [("old", window.id("notify-hub"))]


def test_the_panel_rises_only_for_a_comparison(window: ShownWindow) -> None:
    window.panel.open_stages()
    usual_px = window.panel.height()
    window.window.open_comparison()
    assert window.asked("compare with last") == [(window.id("notify-hub"),)]
    window.requests.answer(NotVisible(Reason.NO_EARLIER_SCAN))
    assert window.panel.height() == usual_px
    window.store.keep_comparison(in_window(window, "notify-hub"))
    window.panel.open_stages()
    window.ticker.flush()
    assert window.panel.height() == usual_px, "it arrived behind another tab"
    window.window.open_comparison()
    assert window.panel.height() > 400


def test_the_panel_rises_with_a_comparison_that_arrives_in_sight(window: ShownWindow) -> None:
    window.window.open_comparison()
    window.store.keep_comparison(in_window(window, "notify-hub"))
    assert window.panel.height() < 400
    window.ticker.flush()
    assert window.panel.height() > 400


def test_the_tab_key_reaches_it_where_it_is(window: ShownWindow) -> None:
    window.store.keep_comparison(in_window(window, "notify-hub"))
    window.ticker.flush()
    window.window.open_comparison()
    assert "comparison_list" in window.focused_names()
    window.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert "comparison_filter" in window.focused_names()
    part(window.window, QPushButton, "comparison_before").setFocus()
    window.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert "comparison_pane" not in window.focused_names()
    assert "stages_panel" in window.focused_names()


def test_in_the_window_it_filters_the_scan_and_opens_high(window: ShownWindow) -> None:
    scan_id = window.id("notify-hub")
    comparison = in_window(window, "notify-hub")
    window.store.keep_comparison(comparison)
    window.ticker.flush()
    window.window.open_comparison()
    panel_px = window.panel.height()
    pane = part(window.window, ComparisonPane, "comparison_pane")
    assert pane.isVisible()
    assert panel_px > 400
    pane.filter_wanted.emit(scan_id, FILTER)
    state = window.findings.filter_state
    assert (state.text, state.filter.scan_id) == (FILTER, scan_id)
    assert window.findings.model.shown == len(comparison.findings.of(ChangeKind.NEW)) > 0
    state.set_scope(None)
    window.findings.filter_state.set_text("change:changed")
    assert window.findings.model.shown == 0
