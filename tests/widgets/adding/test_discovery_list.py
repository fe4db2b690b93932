"""A list of finds under mouse and keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.models.discovery_model import FoundReposModel, FoundScansModel, ScanPicks
from heimdall_desktop.widgets.adding.discovery_delegate import DiscoveryDelegate
from heimdall_desktop.widgets.adding.discovery_list import DiscoveryList
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.accessible_rows import select, toggle
from tests.fakes.discovery import found_repo, found_scan
from tests.fakes.findings import FOUND_AT
from tests.fakes.hands import press_key

SHOP, WEB = found_repo("shop"), found_repo("web", number=2)


@pytest.fixture
def rows(theme: Theme, qtbot: QtBot) -> DiscoveryList:
    model = FoundReposModel()
    model.show((SHOP, WEB))
    rows = DiscoveryList(theme, model, "Repositories")
    model.setParent(rows)
    qtbot.addWidget(rows)
    rows.resize(600, 200)
    rows.show()
    rows.activateWindow()
    QTest.qWaitForWindowActive(rows)
    return rows


def ringed(rows: DiscoveryList) -> int:
    delegate = rows.itemDelegate()
    assert isinstance(delegate, DiscoveryDelegate)
    return delegate.ringed_row


def test_a_click_takes_a_row_and_leaves_no_ring(rows: DiscoveryList, qtbot: QtBot) -> None:
    place = rows.visualRect(rows.model().index(1, 0)).center() + QPoint(1, 1)
    with qtbot.waitSignal(rows.taken) as taken:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert taken.args == [WEB]
    assert ringed(rows) == -1


def test_arrows_move_space_takes_and_enter_enters(rows: DiscoveryList, qtbot: QtBot) -> None:
    rows.setCurrentIndex(rows.model().index(0, 0))
    press_key(rows, Qt.Key.Key_Down)
    assert ringed(rows) == 1
    with qtbot.waitSignal(rows.taken) as taken:
        press_key(rows, Qt.Key.Key_Space)
    with qtbot.waitSignal(rows.entered) as entered:
        press_key(rows, Qt.Key.Key_Return)
    assert taken.args == entered.args == [WEB]


def test_letters_search_nothing(rows: DiscoveryList) -> None:
    rows.setCurrentIndex(rows.model().index(0, 0))
    press_key(rows, Qt.Key.Key_W)
    assert rows.currentIndex().row() == 0


def test_a_row_is_as_high_as_the_design_says(rows: DiscoveryList, theme: Theme) -> None:
    assert rows.sizeHintForRow(0) == theme.row_height(40)
    assert rows.accessibleName() == "Repositories"


def test_assistive_technology_opens_a_repository_by_selecting_it(
    rows: DiscoveryList, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(rows.taken) as taken:
        select(rows, 1)
    assert taken.args == [WEB]
    assert rows.selectedIndexes() == []


def test_ticked_scans_are_selected_and_assistive_technology_ticks_them(
    theme: Theme, qtbot: QtBot
) -> None:
    picks = ScanPicks(lambda _server, _scan_id: False)
    model = FoundScansModel(picks, lambda: FOUND_AT)
    picks.setParent(model)
    model.show([found_scan(f"shop-{number}", number=number) for number in (1, 2, 3)])
    rows = DiscoveryList(theme, model, "Scans")
    model.setParent(rows)
    qtbot.addWidget(rows)
    rows.taken.connect(picks.turn)
    select(rows, 2)
    toggle(rows, 0)
    assert [scan.scan_id for scan in picks.scans] == [model.rows[2].scan_id, model.rows[0].scan_id]
    assert sorted(index.row() for index in rows.selectedIndexes()) == [0, 2]
    toggle(rows, 2)
    assert [scan.scan_id for scan in picks.scans] == [model.rows[0].scan_id]
    press_key(rows, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(picks.scans) == 1
