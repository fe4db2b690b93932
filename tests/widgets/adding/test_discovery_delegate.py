"""Rows of finds are painted in every width and direction, watched and ticked ones differently."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Counts
from heimdall_desktop.models.discovery_model import FoundScansModel, ScanPicks
from heimdall_desktop.widgets.adding.discovery_list import DiscoveryList
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.discovery import found_scan
from tests.fakes.pixels import around, places

NOW = datetime(2026, 7, 4, 15, tzinfo=UTC)
SHOP = found_scan("shop")


class Painted:
    """One row and how it looks."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.watched: set[ScanId] = set()
        self.picks = ScanPicks(lambda _server, scan_id: scan_id in self.watched)
        self.model = FoundScansModel(self.picks, lambda: NOW)
        self.rows = DiscoveryList(theme, self.model, "Scans")
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


def test_a_tick_a_watch_and_counts_can_be_seen(painted: Painted, theme: Theme) -> None:
    tokens, high = theme.tokens, theme.tokens.severity.high.fill
    box, words = QRect(0, 0, 40, 38), QRect(40, 0, 712, 38)
    plain = painted.image()
    assert not places(plain, tokens.accent, box)
    assert places(plain, high, words)
    assert places(plain, tokens.text, words, near=40)
    painted.picks.turn(SHOP)
    assert len(places(painted.image(), tokens.accent, box)) > 100
    painted.watched.add(SHOP.scan_id)
    painted.picks.refresh()
    watched = painted.image()
    assert not places(watched, tokens.accent, box)
    assert places(watched, tokens.muted, box, near=20)
    assert not places(watched, tokens.text, words, near=20)
    painted.model.show((found_scan("shop", counts=Counts(), number=2),))
    assert not places(painted.image(), high, words)


@pytest.mark.parametrize("width", [120, 480, 560, 900])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_every_width_and_direction_is_painted(
    painted: Painted, theme: Theme, width: int, direction: Qt.LayoutDirection
) -> None:
    painted.rows.setLayoutDirection(direction)
    painted.rows.resize(width, 40)
    image, ink = painted.image(), theme.tokens
    inked = places(image, ink.text, near=60) | places(image, ink.control, near=8)
    place = around(inked)  # the box is at the side where people begin to read
    is_mirrored = direction is Qt.LayoutDirection.RightToLeft
    assert 8 <= (width - 1 - place.right() if is_mirrored else place.left()) <= 24
    assert place.width() > min(width / 3, 100)
