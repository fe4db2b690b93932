"""The head of a group says what it is, how many and how severe, as far as there is room."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.findings.group_row import GroupRow
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.pixels import around, places
from tests.fakes.watched_findings import WatchedFindings

Draw = Callable[..., QImage]
LEFT_TO_RIGHT = Qt.LayoutDirection.LeftToRight


@pytest.fixture
def draw(qapp: QApplication, theme: Theme) -> Draw:
    watched = WatchedFindings()
    row = GroupRow(theme, FindingsModel(watched.store, watched.ticker), Badges(theme))

    def draw(
        group: Group,
        width: int = 600,
        direction: Qt.LayoutDirection = LEFT_TO_RIGHT,
        part: QRectF | None = None,
    ) -> QImage:
        image = QImage(width, 28, QImage.Format.Format_ARGB32)
        image.fill(QColor("magenta"))
        painter = QPainter(image)
        row.draw(painter, QRectF(0, 0, width, 28), group, direction, part=part)
        painter.end()
        return image

    return draw


def group(*severities: Severity, is_open: bool = True) -> Group:
    rows = [make_finding(n, severity=severity) for n, severity in enumerate(severities)]
    return Group(GroupBy.FILE, "key", rows, is_open)


def test_open_and_closed_and_every_count_look_different(draw: Draw, theme: Theme) -> None:
    tokens, chevron, counts = theme.tokens, QRect(16, 0, 13, 27), QRect(300, 0, 300, 27)

    def arrow(head: Group, at: QRect = chevron, **how: Any) -> QRect:
        return around(places(draw(head, **how), tokens.muted, at, near=60))

    point_down, to_the_right = (
        arrow(group(Severity.HIGH)),
        arrow(group(Severity.HIGH, is_open=False)),
    )
    assert point_down.width() > point_down.height()
    assert to_the_right.height() > to_the_right.width()
    at_right = chevron.translated(600 - 2 * 16 - 13, 0)
    mirrored = arrow(group(Severity.HIGH), at_right, direction=Qt.LayoutDirection.RightToLeft)
    assert mirrored.size() == point_down.size()
    high, low = (draw(group(severity)) for severity in (Severity.HIGH, Severity.LOW))
    places_of_ones = [around(places(image, tokens.text, counts, near=30)) for image in (high, low)]
    assert not any(place.isNull() for place in places_of_ones)
    assert places_of_ones[0].right() < places_of_ones[1].left()  # each severity has its column
    two = draw(group(Severity.HIGH, Severity.HIGH))
    assert around(places(two, tokens.text, counts, near=30)) != places_of_ones[0]


def test_the_whole_row_is_painted_also_where_it_is_narrow(draw: Draw) -> None:
    for width in (600, 300, 60):
        image = draw(group(Severity.CRITICAL), width)
        corners = {image.pixelColor(x, y).name() for x in (0, width - 1) for y in (0, 27)}
        assert "#ff00ff" not in corners


def test_parts_make_up_the_whole(draw: Draw) -> None:
    heads = group(Severity.CRITICAL, Severity.LOW)
    whole = draw(heads)
    for left in range(0, 600, 100):
        part = QRectF(left, 0, 100, 28)
        piece = draw(heads, part=part)
        assert piece.copy(part.toRect()) == whole.copy(part.toRect())
