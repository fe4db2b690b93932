"""The threat model is read when someone looks, says why there is none, and filters by a file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QTextEdit

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.errors import NotVisible, Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, Surface, ThreatModel
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.controls.empty_state import EmptyState
from heimdall_desktop.widgets.controls.text_labels import Label, Paragraph
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.threat_pane import ThreatList, ThreatPane
from tests.fakes.accessible_tree import select
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.hands import part, press
from tests.fakes.requests import RecordedRequests
from tests.fakes.threat_models import large_model, small_model

MISSING = NotVisible(Reason.NOT_FOUND)


class Shown:
    """A pane over a store of two scans."""

    def __init__(self) -> None:
        self.time, self.store, self.requests = FakeTime(), Store(), RecordedRequests()
        self.ticker = Ticker(self.store)
        self.story = ScanStory(self.store, self.time, "shop", number=1).run([3], 4)
        self.other = ScanStory(self.store, self.time, "web", number=2).run([3, 9], 4)
        self.ticker.flush()
        self.pane = ThreatPane(self.store, self.ticker, self.requests)
        self.pane.resize(1000, 195)
        self.files: list[str] = []
        self.counts: list[int] = []
        self.pane.file_wanted.connect(self.files.append)
        self.pane.counted.connect(self.counts.append)

    @property
    def id(self) -> ScanId:
        return self.story.scan.id

    @property
    def rows(self) -> ThreatList:
        return part(self.pane, ThreatList, "threat_list")

    def look(self) -> "Shown":
        self.pane.show_scan(self.id)
        self.pane.show()
        return self

    def answered(self, model: ThreatModel) -> "Shown":
        self.look().requests.answer(model)
        return self

    def said(self) -> list[str]:
        empty = self.pane.findChildren(EmptyState)[0]
        assert empty.isVisible()
        return [text.text() for text in empty.findChildren(Paragraph) if text.text()]

    def take_keyboard(self) -> None:
        self.pane.activateWindow()
        assert QTest.qWaitForWindowActive(self.pane)
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, name: str) -> None:
        rows = self.rows.model()
        names = [rows.index(row, 0).data() for row in range(rows.rowCount())]
        self.rows.setCurrentIndex(rows.index(names.index(name), 0))


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.pane.close()


def test_nothing_is_requested_before_it_is_visible(shown: Shown) -> None:
    shown.pane.show_scan(shown.id)
    assert shown.requests.asked == []
    shown.pane.show()
    assert shown.requests.asked == [("threat_model", shown.id)]
    assert shown.said() == ["Loading the threat model for shop\u2026"]


def test_all_of_it_is_there(shown: Shown) -> None:
    shown.answered(small_model(shown.id))
    rows = shown.rows.model()
    assert shown.rows.isVisible()
    assert rows.rowCount() == 9
    assert shown.counts[-1] == 3
    shown.choose("Order search")
    details = shown.pane.findChildren(QTextEdit)[0].toPlainText()
    assert details.splitlines() == [
        "Order search",
        "Risk: High, reachable by everybody",
        "Endpoint: GET /orders",
        "Location: shop/api/orders.py:80",
        "Free text query",
    ]


def test_before_tyr_it_says_why_and_after_it_reads_again(shown: Shown) -> None:
    shown.look().requests.answer(MISSING)
    assert shown.said() == [
        "The threat model hasn't been stored yet.",
        "Tyr (stage 2 of 9) creates it and is running.",
    ]
    shown.ticker.second.emit()
    assert len(shown.requests.asked) == 1
    shown.story.run([3, 9], 4)
    shown.ticker.flush()
    assert len(shown.requests.asked) == 2
    shown.requests.answer(small_model(shown.id))
    assert shown.rows.isVisible()


def test_a_problem_is_shown_until_the_server_is_back(shown: Shown) -> None:
    shown.look().requests.answer(ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test"))
    assert shown.said()[:2] == [
        "Couldn't load the threat model.",
        "h.test didn't respond in time. Try again later.",
    ]
    press(shown.pane, "Refresh")
    shown.requests.answer(ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test"))
    shown.story.hear(Connection.STALE, 60)
    shown.ticker.flush()
    assert len(shown.requests.asked) == 2
    shown.story.hear(Connection.LIVE)
    shown.ticker.flush()
    assert len(shown.requests.asked) == 3


def test_opening_it_again_retries_after_a_problem(shown: Shown) -> None:
    shown.look().requests.answer(ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test"))
    shown.ticker.second.emit()
    assert len(shown.requests.asked) == 1
    shown.pane.hide()
    shown.pane.show()
    assert len(shown.requests.asked) == 2
    shown.requests.answer(MISSING)
    shown.pane.hide()
    shown.pane.show()
    assert len(shown.requests.asked) == 2


def test_what_was_read_stays_while_it_cannot_be_read_again(shown: Shown) -> None:
    shown.answered(small_model(shown.id))
    shown.pane.read()
    shown.requests.answer(ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test"))
    assert shown.rows.isVisible()
    assert shown.rows.model().rowCount() == 9


def test_what_an_earlier_session_read_has_its_age_until_the_server_is_back(shown: Shown) -> None:
    age = part(shown.pane, Label, "threat_status")
    problem = ServerUnreachable(Reason.ANSWER_TIMED_OUT, host="h.test")
    kept = KeptThreatModel(small_model(shown.id), datetime(2026, 7, 3, 12, 2, tzinfo=UTC), problem)
    shown.look().requests.answer(kept)
    assert shown.rows.model().rowCount() == 9
    assert age.text().startswith("Loaded on 3 Jul ")
    shown.story.hear(Connection.STALE, 60)
    shown.ticker.flush()
    shown.story.hear(Connection.LIVE)
    shown.ticker.flush()
    shown.requests.answer(large_model(shown.id, 2))
    assert (shown.counts[-1], age.text()) == (2, "")


def test_another_scan_has_another_one(shown: Shown) -> None:
    shown.answered(small_model(shown.id))
    shown.pane.show_scan(shown.other.scan.id)
    assert shown.said() == ["Loading the threat model for web\u2026"]
    shown.requests.answer(MISSING)
    assert shown.said()[0] == "No threat model is stored."
    shown.pane.show_scan(shown.id)
    assert shown.rows.isVisible()
    shown.pane.show_scan(None)
    assert shown.said() == ["No scan to show."]
    shown.pane.show_scan(shown.id)
    shown.pane.read()
    shown.requests.answer(ThreatModel(shown.id))
    assert shown.said()[0] == "The threat model is empty."


def test_a_late_answer_belongs_to_its_scan(shown: Shown) -> None:
    shown.look()
    shown.pane.show_scan(shown.other.scan.id)
    shown.requests.answer(small_model(shown.id))
    assert shown.said() == ["Loading the threat model for web\u2026"]


def test_enter_and_click_ask_for_the_findings_of_a_file(shown: Shown) -> None:
    shown.answered(small_model(shown.id))
    shown.choose("Order search")
    QTest.keyClick(shown.rows, Qt.Key.Key_Return)
    status = part(shown.pane, Label, "threat_status")
    assert status.text() == "Only findings in orders.py are shown."
    shown.choose("Import")
    place = shown.rows.visualRect(shown.rows.currentIndex()).center()
    QTest.mouseClick(shown.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown.files == ["shop/api/orders.py", "shop/a b(1).py"]
    shown.choose("Health page")
    QTest.keyClick(shown.rows, Qt.Key.Key_Return)
    assert len(shown.files) == 2


def test_copying_a_row_and_all_of_it(shown: Shown) -> None:
    shown.answered(small_model(shown.id))
    shown.choose("Card data")
    menu: QMenu = shown.rows.make_menu(shown.rows.currentIndex())
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text().startswith("Card data\nPath: browser")
    part(shown.pane, QPushButton, "threat_copy").click()
    assert QGuiApplication.clipboard().text().startswith("Shop with a public API.")


def test_the_keyboard_begins_at_the_first_row_and_passes_heads(shown: Shown) -> None:
    shown.answered(small_model(shown.id))
    shown.take_keyboard()
    assert shown.rows.currentIndex().data() == "Summary"
    QTest.keyClick(shown.rows, Qt.Key.Key_Down)
    assert shown.rows.currentIndex().data() == "Order search"


def test_the_details_are_as_wide_as_the_side_of_other_pages(shown: Shown) -> None:
    shown.answered(small_model(shown.id))
    text = shown.pane.findChildren(QTextEdit)[0]
    before = text.width()
    shown.pane.set_side_width(500)
    wide = text.width()
    shown.pane.set_side_width(0)
    assert (wide > before, text.width()) == (True, before)


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize("width", [320, 700, 1400])
def test_200_surfaces_are_painted(shown: Shown, width: int, direction: Qt.LayoutDirection) -> None:
    shown.answered(large_model(shown.id))
    shown.pane.setLayoutDirection(direction)
    shown.pane.resize(width, 195)
    assert shown.counts[-1] == 200
    assert not shown.pane.grab().isNull()
    shown.take_keyboard()
    QTest.keyClick(shown.rows, Qt.Key.Key_End)
    assert shown.rows.currentIndex().data() == "Card data"


def test_assistive_technology_asks_for_a_files_findings_by_its_row(shown: Shown) -> None:
    shown.answered(small_model(shown.id))
    shown.choose("Order search")
    row = shown.rows.currentIndex().row()
    shown.choose("Import")
    QApplication.processEvents()
    select(shown.rows, row)
    assert shown.files == ["shop/api/orders.py"]


def test_a_summary_hides_and_reorders_nothing(shown: Shown) -> None:
    shown.answered(ThreatModel(shown.id, "Safe\u202eton \x1b[31mat all", (Surface("Search"),)))
    text = shown.pane.findChildren(QTextEdit)[0]
    assert text.toPlainText() == "Safe\ufffdton \ufffd[31mat all"
    shown.pane.copy_all()
    assert "\u202e" not in QGuiApplication.clipboard().text()


def test_t63_a_model_of_an_earlier_attempt_is_marked(shown: Shown) -> None:
    shown.look()
    made_at = shown.time.at - timedelta(minutes=5)
    shown.requests.answer(replace(small_model(shown.id), updated_at=made_at))
    assert part(shown.pane, Label, "threat_status").text() == "From an earlier attempt."
