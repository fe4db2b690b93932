"""The head of a group says what it is, how many and how severe, as far as there is room."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.findings.group_row import GroupRow
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
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


def test_open_and_closed_and_every_count_look_different(draw: Draw) -> None:
    plain = draw(group(Severity.HIGH))
    assert plain != draw(group(Severity.HIGH, is_open=False))
    assert plain != draw(group(Severity.LOW))
    assert plain != draw(group(Severity.HIGH, Severity.HIGH))
    assert plain != draw(group(Severity.HIGH), direction=Qt.LayoutDirection.RightToLeft)


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
