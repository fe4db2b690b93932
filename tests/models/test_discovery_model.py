"""Rows of finds as Qt sees them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Counts
from heimdall_desktop.models.discovery_model import (
    MOMENT_ROLE,
    WATCHED_ROLE,
    WIDEST_ROLE,
    FindsModel,
    ScanPicks,
)
from tests.fakes.discovery import STARTED_AT, found_repo, found_scan

SHOP, WEB, AUTH = (
    found_scan(name, number=number) for number, name in enumerate(("shop", "web", "auth"), 1)
)
CHECK, TIP = Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.ToolTipRole
NOW = datetime(2026, 7, 4, 15, tzinfo=UTC)


class Finds(FindsModel):
    """A list of finds, with the picks and the watched scans it shows."""

    def __init__(self) -> None:
        self.watched = set[ScanId]()
        self.picks = ScanPicks(lambda _server, scan_id: scan_id in self.watched)
        super().__init__(self.picks, lambda: NOW)
        self.show((SHOP, WEB))

    def listed(self) -> list[object]:
        return [self.row(number) for number in range(self.rowCount())]

    def shown(self, row: int, role: int) -> Any:
        return self.data(self.index(row), role)


@pytest.fixture
def finds(qapp: object, qtmodeltester: ModelTester) -> Finds:
    finds = Finds()
    qtmodeltester.check(finds)  # type: ignore[no-untyped-call]
    return finds


def test_rows_that_come_between_others_move_nothing(finds: Finds) -> None:
    finds.show((SHOP,))
    finds.show((SHOP, WEB))
    kept = QPersistentModelIndex(finds.index(1))
    finds.show((SHOP, AUTH, WEB))
    assert finds.listed() == [SHOP, AUTH, WEB]
    assert kept.row() == 2


def test_other_rows_take_the_place_of_all(finds: Finds) -> None:
    finds.show((AUTH, SHOP))
    assert finds.listed() == [AUTH, SHOP]


def test_a_tick_is_shared_and_can_be_taken_away(finds: Finds) -> None:
    other = FindsModel(finds.picks, lambda: NOW)
    other.show((WEB,))
    finds.picks.turn(WEB)
    assert finds.shown(1, CHECK) == other.data(other.index(0), CHECK) == Qt.CheckState.Checked
    assert finds.picks.is_picked(WEB)
    finds.picks.turn(WEB)
    assert finds.shown(1, CHECK) == Qt.CheckState.Unchecked
    assert finds.picks.scans == ()


def test_a_watched_scan_is_ticked_and_cannot_be_picked(finds: Finds) -> None:
    finds.picks.turn(SHOP)
    finds.watched.add(SHOP.scan_id)
    finds.picks.changed.emit()
    finds.picks.turn(SHOP)
    assert finds.picks.scans == ()
    assert finds.shown(0, CHECK) == Qt.CheckState.Checked
    assert finds.shown(0, WATCHED_ROLE) is True
    assert not finds.flags(finds.index(0)) & Qt.ItemFlag.ItemIsUserCheckable
    assert finds.flags(finds.index(1)) & Qt.ItemFlag.ItemIsUserCheckable


def test_a_row_is_read_as_one_sentence(finds: Finds) -> None:
    accessible = Qt.ItemDataRole.AccessibleTextRole
    at = STARTED_AT.astimezone().strftime("%H:%M")
    counted = "41 findings: 1 critical, 8 high, 22 medium, 10 low"
    assert finds.shown(0, accessible) == f"shop, main. Hunt 6:02. {counted}, started {at}."
    assert finds.shown(0, MOMENT_ROLE) == f"started {at}"
    finds.watched.add(SHOP.scan_id)
    assert finds.shown(0, accessible) == f"shop, main. Already watched, started {at}."


def test_the_longest_number_of_each_severity_is_known(finds: Finds, qtbot: QtBot) -> None:
    few = found_scan("few", number=11, counts=Counts(0, 0, 0, 0, 0))
    many = found_scan("many", number=12, counts=Counts(2345, 1234, 100, 11, 1000))
    finds.show((few,))
    assert finds.shown(0, WIDEST_ROLE) == ("0", "0", "0", "0")
    with qtbot.waitSignal(finds.dataChanged):
        finds.show((few, many, found_scan("untold", number=13, counts=None)))
    assert finds.shown(0, WIDEST_ROLE) == ("1.2k", "100", "11", "1.0k")


def test_tips_show_names_as_they_are(finds: Finds) -> None:
    for find in (found_scan("<img src=x>"), found_repo("<b>")):
        finds.show((find,))
        assert finds.shown(0, TIP).startswith("<qt>&lt;")


def test_repositories(finds: Finds) -> None:
    finds.show((found_repo("shop"),))
    assert finds.index(0).data() == "shop"
    assert finds.shown(0, Qt.ItemDataRole.AccessibleTextRole) == "shop, main"
