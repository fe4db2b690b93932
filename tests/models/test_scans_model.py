"""Cards come, go, change and move as single rows, and never move while the order is held."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.models.scans_model import ENDED_AGE_S, CardRow, GroupHead, ScansModel
from heimdall_desktop.models.ticker import Ticker
from tests.fakes.board_scans import FakeTime, ScanStory, twelve_scans


class Board:
    """Store, clocks, ticker and model."""

    def __init__(self) -> None:
        self.time = FakeTime()
        self.store = Store()
        self.stories = twelve_scans(self.store, self.time)
        self.ticker = Ticker(self.store)
        self.model = ScansModel(self.store, self.ticker, self.time.clock, self.time.now)
        self.tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )

    def names(self) -> list[str]:
        rows = [self.model.row(number) for number in range(self.model.rowCount())]
        return [
            row.sentence if isinstance(row, GroupHead) else row.card.name if row else ""
            for row in rows
        ]

    def row(self, name: str) -> CardRow:
        row = self.index(name).data(Qt.ItemDataRole.UserRole)
        assert isinstance(row, CardRow)
        return row

    def index(self, name: str) -> QModelIndex:
        row = self.model.row_of(self.stories[name].scan.id)
        assert row is not None
        return self.model.index(row)


@pytest.fixture
def board(qapp: QApplication) -> Iterator[Board]:
    board = Board()
    yield board
    board.model.deleteLater()


def test_rows_are_in_groups(board: Board) -> None:
    assert board.names() == [
        "Needs attention, 4",
        *("mobile-gateway", "legacy-crm", "billing-core", "data-pipeline"),
        "Running, 5",
        *("payments-api", "auth-service", "web-shop", "infra-terraform", "search-indexer"),
        "Finished, 3",
        *("notify-hub", "admin-console", "docs-site"),
    ]
    assert board.model.scan_count == 12


def test_a_problem_moves_the_card_and_keeps_its_index(board: Board) -> None:
    index = QPersistentModelIndex(board.index("web-shop"))
    board.stories["web-shop"].hear(Connection.STALE, 60)
    board.ticker.flush()
    assert board.names()[:3] == ["Needs attention, 5", "mobile-gateway", "web-shop"]
    assert index.row() == 2


def test_nothing_moves_while_the_order_is_held(board: Board) -> None:
    before = [name for name in board.names() if "," not in name]
    board.model.set_held(True)
    board.stories["web-shop"].hear(Connection.STALE, 60)
    story = board.stories["auth-service"]
    story.run([1] * 9, status="completed").read("completed", began_s=9, ended_s=0).find(1)
    board.ticker.flush()
    board.ticker.second.emit()
    assert [name for name in board.names() if "," not in name] == before
    row = board.row("auth-service")
    assert not row.is_short
    assert row.card.line.fact.startswith("Completed")
    board.model.set_held(False)
    assert board.names()[2] == "web-shop"
    assert board.row("auth-service").is_short


def test_new_scans_come_in_while_held_and_old_ones_leave(board: Board) -> None:
    board.model.set_held(True)
    story = ScanStory(board.store, board.time, "new-one", number=99)
    story.run([30], 5).hear(Connection.LIVE)
    board.store.remove(board.stories["docs-site"].scan.id)
    board.ticker.flush()
    assert "Running, 6" in board.names()
    assert board.names()[-3:] == ["Finished, 2", "notify-hub", "admin-console"]
    assert board.model.card(story.scan.id) is not None


def test_the_last_scan_takes_its_head_along(board: Board) -> None:
    for name in ("notify-hub", "admin-console", "docs-site"):
        board.store.remove(board.stories[name].scan.id)
    board.ticker.flush()
    assert not any(name.startswith("Finished") for name in board.names())
    assert board.model.row_of(board.stories["docs-site"].scan.id) is None


def test_scans_of_one_batch_stay_in_their_order(qapp: QApplication) -> None:
    time, store = FakeTime(), Store()
    ticker = Ticker(store)
    model = ScansModel(store, ticker, time.clock, time.now)
    names = [f"service-{number}" for number in range(12)]
    for number, name in enumerate(names, 1):
        ScanStory(store, time, name, number=number).run([30], 9).hear(Connection.LIVE)
    ticker.flush()
    rows = [model.row(number) for number in range(model.rowCount())]
    assert [row.card.name for row in rows if isinstance(row, CardRow)] == names
    model.deleteLater()


def test_a_scan_may_leave_and_come_back_in_one_batch(board: Board) -> None:
    scan = board.stories["web-shop"].scan
    board.store.remove(scan.id)
    board.store.add(scan)
    board.ticker.flush()
    assert board.names().count("web-shop") == 1


def test_every_second_only_what_reads_otherwise_is_shown(board: Board) -> None:
    changed: list[int] = []
    board.model.dataChanged.connect(lambda first, last, roles: changed.append(first.row()))
    board.ticker.second.emit()
    assert changed == []
    board.time.pass_s(1)
    board.ticker.second.emit()
    names = board.names()
    assert names.index("payments-api") in changed
    assert names.index("notify-hub") not in changed
    connection = board.row("billing-core").card.connection
    assert connection is not None
    assert connection.text == "Reconnecting in 7 s"


def test_assistive_technology_reads_sentences(board: Board) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert board.index("payments-api").data(role).startswith("payments-api, main. Víðarr 3:12.")
    assert board.model.index(0).data(role) == "Needs attention, 4"


def test_heads_cannot_be_chosen(board: Board) -> None:
    assert board.model.index(0).flags() == Qt.ItemFlag.NoItemFlags
    assert Qt.ItemFlag.ItemIsSelectable in board.index("web-shop").flags()


def test_columns_are_as_wide_as_the_widest_number(board: Board) -> None:
    assert [len(number) for number in board.model.widest_counts] == [1, 2, 3, 3]
    board.stories["web-shop"].find(0, 0, 0, 1200)
    board.ticker.flush()
    assert board.model.widest_counts[3:] == ("1.2k",)


def test_unknown_scans_have_no_row(board: Board) -> None:
    assert board.model.row_of(ScanId("nobody")) is None
    assert board.model.row(-1) is None
    assert board.model.index(99).data() is None


def test_ages_of_more_than_twelve_scans_advance_every_two_seconds(board: Board) -> None:
    extra = ScanStory(board.store, board.time, "one-more", "main", 77)
    extra.run([30, 150, 90], 1).hear(Connection.LIVE).age(2)
    board.ticker.flush()
    seen = []
    for _ in range(4):
        board.time.pass_s(1)
        board.ticker.second.emit()
        card = board.model.card(extra.scan.id)
        assert card is not None
        assert card.connection is not None
        seen.append(card.connection.text)
    assert seen == ["Live 2 s", "Live 4 s", "Live 4 s", "Live 6 s"]


def test_the_age_of_an_ended_scan_advances_too(board: Board) -> None:
    ended = next(
        story.scan.id
        for story in board.stories.values()
        if (card := board.model.card(story.scan.id)) and card.connection is None
    )
    before = board.model.card(ended)
    board.time.pass_s(3 * 86_400)
    for _ in range(ENDED_AGE_S):
        board.ticker.second.emit()
    after = board.model.card(ended)
    assert before is not None
    assert after is not None
    assert before.line != after.line
