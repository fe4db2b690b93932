"""Rows of finds are painted in every width and direction, watched and ticked ones differently."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Counts
from heimdall_desktop.models.finds_model import FoundScansModel, ScanPicks
from heimdall_desktop.widgets.adding.finds_list import FindsList
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.discovery import found_scan

NOW = datetime(2026, 7, 4, 15, tzinfo=UTC)
SHOP = found_scan("shop")


class Painted:
    """One row and how it looks."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.watched: set[ScanId] = set()
        self.picks = ScanPicks(lambda _server, scan_id: scan_id in self.watched)
        self.model = FoundScansModel(self.picks, lambda: NOW)
        self.rows = FindsList(theme, self.model, "Scans")
        self.picks.setParent(self.rows)
        self.model.setParent(self.rows)
        qtbot.addWidget(self.rows)
        self.rows.resize(752, 40)
        self.model.show((SHOP,))

    def image(self) -> QImage:
        return self.rows.grab().toImage()


@pytest.fixture
def painted(theme: Theme, qtbot: QtBot) -> Painted:
    return Painted(theme, qtbot)


def test_a_tick_a_watch_and_counts_can_be_seen(painted: Painted) -> None:
    plain = painted.image()
    painted.picks.turn(SHOP)
    ticked = painted.image()
    painted.watched.add(SHOP.scan_id)
    painted.picks.refresh()
    watched = painted.image()
    painted.model.show((found_scan("shop", counts=Counts(), number=2),))
    without_counts = painted.image()
    images = (plain, ticked, watched, without_counts)
    assert all(a != b for n, a in enumerate(images) for b in images[n + 1 :])


@pytest.mark.parametrize("width", [120, 480, 560, 900])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_every_width_and_direction_is_painted(
    painted: Painted, width: int, direction: Qt.LayoutDirection
) -> None:
    painted.rows.setLayoutDirection(direction)
    painted.rows.resize(width, 40)
    empty = QImage(painted.image())
    empty.fill(painted.image().pixel(1, 1))
    assert painted.image() != empty
