"""The wallboard: trouble first, nine tiles a page, and old data says so."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.observation import Connection, FindingsListed
from heimdall_desktop.domain.facts.server import ServerState, Standing
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board import scan_status
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.wallboard import PAGE, POINTER_MS, TURN_MS, Wallboard
from heimdall_desktop.widgets.window.workspace import Session
from tests.fakes.alert_policy import critical
from tests.fakes.board_scans import SERVER, FakeTime, twelve_scans
from tests.fakes.requests import RecordedRequests


class Shown:
    """A wallboard with twelve scans, or with none."""

    def __init__(self, *, is_empty: bool = False) -> None:
        self.time, self.store = FakeTime(), Store()
        self.stories = {} if is_empty else twelve_scans(self.store, self.time)
        self.ticker = Ticker(self.store)
        self.requests = RecordedRequests()
        session = Session(
            self.store, self.ticker, self.requests, self.time.clock, self.time.now, WindowMemory()
        )
        self.sums: list[scan_status.ConnectionSum] = []
        self.wall = Wallboard(session, self._all_sums)
        self.ticker.flush()
        self.wall.resize(1920, 1080)
        self.wall.show()

    def _all_sums(self) -> tuple[scan_status.ConnectionSum, ...]:
        return (*self.sums, *scan_status.connection_sums(self.store, self.time.clock()))

    @property
    def names(self) -> list[str]:
        return [tile.card.name for tile in self.wall.tiles]

    def time_of(self, wait_ms: int) -> QTimer:
        """The timer that waits so long."""
        timers = self.wall.findChildren(QTimer)
        return next(each for each in timers if each.interval() == wait_ms)

    def pass_s(self, seconds: float) -> None:
        self.time.pass_s(seconds)
        self.ticker.flush()

    def image(self) -> QImage:
        return self.wall.grab().toImage()


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.wall.close()


def test_nine_scans_are_on_a_page_and_pages_turn_by_themselves(shown: Shown) -> None:
    first = shown.names
    assert (len(first), shown.wall.pages, shown.wall.page) == (PAGE, 2, 0)
    turning = shown.time_of(TURN_MS)
    assert turning.isActive()
    turning.timeout.emit()
    second = shown.names
    assert sorted([*first, *second]) == sorted(each.scan.name for each in shown.stories.values())
    turning.timeout.emit()
    assert shown.names == first


def test_keys_turn_pages_both_ways_and_escape_leads_back(shown: Shown) -> None:
    QTest.keyClick(shown.wall, Qt.Key.Key_Left)
    assert shown.wall.page == 1
    QTest.keyClick(shown.wall, Qt.Key.Key_Right)
    assert shown.wall.page == 0
    QTest.keyClick(shown.wall, Qt.Key.Key_Escape)
    assert not shown.wall.isVisible()
    assert not shown.time_of(TURN_MS).isActive()
    shown.wall.show()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(shown.wall, Qt.Key.Key_W, modifiers)
    assert not shown.wall.isVisible()


def test_the_pointer_goes_when_it_rests_and_comes_when_it_moves(shown: Shown) -> None:
    resting = shown.time_of(POINTER_MS)
    assert resting.isActive()
    resting.timeout.emit()
    assert shown.wall.cursor().shape() is Qt.CursorShape.BlankCursor
    QTest.mouseMove(shown.wall, QPoint(300, 300))
    assert shown.wall.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert resting.isActive()


def test_problem_stands_first(shown: Shown) -> None:
    story = shown.stories[shown.names[-1]]
    story.hear(Connection.STALE)
    shown.pass_s(600)
    shown.ticker.second.emit()
    assert shown.names.index(story.scan.name) < 4


def test_old_data_says_of_when_it_is(shown: Shown) -> None:
    name = next(n for n, s in shown.stories.items() if s.scan.connection_state is Connection.LIVE)
    assert shown.wall.tiles[shown.names.index(name)].as_of == ""
    before = shown.image()
    shown.stories[name].hear(Connection.STALE)
    shown.pass_s(600)
    tile = next(each for each in shown.wall.tiles if each.card.name == name)
    assert tile.as_of.startswith("as of ")
    assert shown.image() != before


def test_scans_are_read_from_it_with_no_title_or_path(shown: Shown) -> None:
    reported = shown.wall.accessibleDescription()
    assert [name for name in shown.names if name not in reported] == []
    findings = [row for each in shown.stories.values() for row in each.scan.findings.values()]
    assert findings
    for finding in findings:
        assert finding.title not in reported
        assert finding.file_path not in reported


def test_its_tile_shows_a_new_critical_finding_and_is_public_in_focus(shown: Shown) -> None:
    reported: list[tuple[bool, bool]] = []
    shown.wall.close()
    shown.requests.privacy.on_hidden = lambda *hidden: reported.append(hidden)
    shown.wall.show()
    shown.wall.activateWindow()
    QTest.qWaitForWindowActive(shown.wall)
    is_in_focus = [shown.wall.is_in_focus]
    before, counts = shown.image(), shown.wall.tiles[0].card.counts
    scan = shown.store.scan(shown.wall.tiles[0].card.scan_id)
    assert scan is not None
    shown.store.observe(FindingsListed(scan.id, shown.time.clock(), (critical(scan_id=scan.id),)))
    shown.ticker.flush()
    assert shown.wall.tiles[0].card.counts[0] == counts[0] + 1
    assert shown.image() != before
    shown.wall.close()
    assert [*is_in_focus, shown.wall.is_in_focus] == [True, False]
    shown.ticker.second.emit()
    assert shown.wall.accessibleDescription() == ""
    assert reported == [(True, False), (False, False)]


def test_a_demo_is_marked_as_such(shown: Shown) -> None:
    before, scan_id = shown.image(), shown.wall.tiles[0].card.scan_id
    shown.store.tag(scan_id, Tag.DEMO)
    shown.ticker.flush()
    assert shown.wall.tiles[0].card.tags == (Tag.DEMO,)
    assert shown.image() != before


def test_without_scans_and_session_it_says_so(theme: Theme) -> None:
    empty = Shown(is_empty=True)
    assert empty.wall.accessibleDescription() == "No scans are watched."
    assert (empty.wall.pages, empty.wall.tiles) == (1, [])
    before = empty.image()
    signed_out = scan_status.server_sum(ServerState(SERVER, Standing.SIGNED_OUT))
    assert signed_out is not None
    empty.sums.append(signed_out)
    empty.ticker.second.emit()
    assert empty.image() != before
    assert empty.wall.accessibleDescription() == "Signed out. No scans are watched."
    empty.wall.close()
