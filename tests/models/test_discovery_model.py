"""Rows of finds as Qt sees them."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Counts
from heimdall_desktop.models import discovery_model
from tests.fakes.discovery import STARTED_AT, found_repo, found_scan

SHOP, WEB, AUTH = (
    found_scan(name, number=number) for number, name in enumerate(("shop", "web", "auth"), 1)
)
CHECK = Qt.ItemDataRole.CheckStateRole
NOW = datetime(2026, 7, 4, 15, tzinfo=UTC)


@pytest.fixture
def watched() -> set[ScanId]:
    return set()


@pytest.fixture
def picks(watched: set[ScanId]) -> discovery_model.ScanPicks:
    return discovery_model.ScanPicks(lambda _server, scan_id: scan_id in watched)


@pytest.fixture
def model(
    picks: discovery_model.ScanPicks, qtmodeltester: ModelTester
) -> discovery_model.FindsModel:
    model = discovery_model.FindsModel(picks, lambda: NOW)
    model.show((SHOP, WEB))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    return model


def shown(model: discovery_model.FindsModel, row: int, role: int) -> object:
    return model.data(model.index(row), role)


def test_rows_that_come_between_others_move_nothing(model: discovery_model.FindsModel) -> None:
    model.show((SHOP,))
    model.show((SHOP, WEB))
    kept = QPersistentModelIndex(model.index(1))
    model.show((SHOP, AUTH, WEB))
    assert model.rows == (SHOP, AUTH, WEB)
    assert kept.row() == 2


def test_other_rows_take_the_place_of_all(model: discovery_model.FindsModel) -> None:
    model.show((AUTH, SHOP))
    assert model.rows == (AUTH, SHOP)


def test_a_tick_is_shared_and_can_be_taken_away(
    model: discovery_model.FindsModel, picks: discovery_model.ScanPicks
) -> None:
    other = discovery_model.FindsModel(picks, lambda: NOW)
    other.show((WEB,))
    picks.turn(WEB)
    assert shown(model, 1, CHECK) == shown(other, 0, CHECK) == Qt.CheckState.Checked
    assert picks.is_picked(WEB)
    picks.turn(WEB)
    assert shown(model, 1, CHECK) == Qt.CheckState.Unchecked
    assert picks.scans == ()


def test_a_watched_scan_is_ticked_and_cannot_be_picked(
    model: discovery_model.FindsModel, picks: discovery_model.ScanPicks, watched: set[ScanId]
) -> None:
    picks.turn(SHOP)
    watched.add(SHOP.scan_id)
    picks.changed.emit()
    picks.turn(SHOP)
    assert picks.scans == ()
    assert shown(model, 0, CHECK) == Qt.CheckState.Checked
    assert shown(model, 0, discovery_model.WATCHED_ROLE) is True
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsUserCheckable
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsUserCheckable


def test_a_row_is_read_as_one_sentence(
    model: discovery_model.FindsModel, picks: discovery_model.ScanPicks, watched: set[ScanId]
) -> None:
    accessible = Qt.ItemDataRole.AccessibleTextRole
    at = STARTED_AT.astimezone().strftime("%H:%M")
    counted = "41 findings: 1 critical, 8 high, 22 medium, 10 low"
    assert shown(model, 0, accessible) == f"shop, main. Hunt 6:02. {counted}, started {at}."
    assert shown(model, 0, discovery_model.MOMENT_ROLE) == f"started {at}"
    watched.add(SHOP.scan_id)
    assert shown(model, 0, accessible) == f"shop, main. Already watched, started {at}."


def test_the_longest_number_of_each_severity_is_known_for_the_columns(
    model: discovery_model.FindsModel, qtbot: QtBot
) -> None:
    few = found_scan("few", number=11, counts=Counts(0, 0, 0, 0, 0))
    many = found_scan("many", number=12, counts=Counts(2345, 1234, 100, 11, 1000))
    model.show((few,))
    assert shown(model, 0, discovery_model.WIDEST_ROLE) == ("0", "0", "0", "0")
    with qtbot.waitSignal(model.dataChanged):
        model.show((few, many, found_scan("untold", number=13, counts=None)))
    assert shown(model, 0, discovery_model.WIDEST_ROLE) == ("1.2k", "100", "11", "1.0k")


def test_tips_show_names_as_they_are(picks: discovery_model.ScanPicks) -> None:
    scans, repos = (
        discovery_model.FindsModel(picks, lambda: NOW),
        discovery_model.FindsModel(picks, lambda: NOW),
    )
    scans.show((found_scan("<img src=x>"),))
    repos.show((found_repo("<b>"),))
    for model in (scans, repos):
        tip = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
        assert tip.startswith("<qt>&lt;")


def test_repositories(picks: discovery_model.ScanPicks, qtmodeltester: ModelTester) -> None:
    model = discovery_model.FindsModel(picks, lambda: NOW)
    model.show((found_repo("shop"),))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    assert model.data(model.index(0)) == "shop"
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "shop, main"
