"""The head of a group says what it is, how many and how severe, as far as there is room."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.table_text import group_title
from heimdall_desktop.widgets.findings.group_row import GroupRow, StickyHead
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import WatchedFindings, finding_id, make_finding
from tests.fakes.hands import part
from tests.fakes.pixels import around, places
from tests.fakes.shown_window import LEFT, ShownTable, aged
from tests.widgets.conftest import Owned

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

    point_down = arrow(group(Severity.HIGH))
    to_the_right = arrow(group(Severity.HIGH, is_open=False))
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
        assert draw(heads, part=part).copy(part.toRect()) == whole.copy(part.toRect())


@pytest.fixture
def shown(shown: ShownTable) -> ShownTable:
    shown.read(aged(n, file_path=f"shop/{n // 30}.py") for n in range(90))
    shown.model.group_by(GroupBy.FILE)
    shown.settle()
    return shown


def head(shown: ShownTable) -> StickyHead:
    return part(shown.pane, StickyHead, "sticky_head")


def scroll(shown: ShownTable, rows: float) -> None:
    shown.table.verticalScrollBar().setValue(round(rows * shown.table.rowHeight(0)))


def test_says_in_which_group_one_reads(shown: ShownTable) -> None:
    scroll(shown, 0)
    assert not head(shown).isVisible()
    scroll(shown, 5)
    group = head(shown).group
    assert group is not None
    assert group_title(group, {}) == "0.py"
    assert head(shown).geometry().topLeft() == shown.table.viewport().geometry().topLeft()
    assert head(shown).accessibleName().startswith("Group 0.py")
    scroll(shown, 31)
    assert not head(shown).isVisible()
    shown.model.group_by(None)
    assert not head(shown).isVisible()


def test_the_next_head_pushes_it_away(shown: ShownTable) -> None:
    scroll(shown, 30.5)
    top = shown.table.viewport().geometry().top()
    assert head(shown).geometry().top() == top - shown.table.rowHeight(0) // 2
    header = shown.table.horizontalHeader()
    covered = head(shown).geometry().intersected(header.geometry()).center()
    assert shown.table.childAt(covered) is header.viewport()


def test_a_click_closes_its_group(shown: ShownTable) -> None:
    scroll(shown, 40)
    QTest.mouseClick(head(shown), LEFT)
    shown.settle()
    assert "1.py" in shown.outline()
    assert len(shown.outline()) == 63
    row = shown.table.currentIndex().row()
    assert row == 31
    rect = shown.table.visualRect(shown.model.index(row, 0))
    assert shown.table.viewport().rect().contains(rect)


def test_it_covers_no_row_the_keyboard_comes_to(shown: ShownTable) -> None:
    scroll(shown, 40)
    shown.table.step(1, begins_in_sight=True)
    for _ in range(4):
        shown.press(Qt.Key.Key_Up)
        rect = shown.table.visualRect(shown.table.currentIndex())
        assert rect.top() >= shown.table.rowHeight(0)


@pytest.fixture
def two_groups(owned: Owned) -> ShownTable:
    shown = ShownTable()
    owned(shown.pane)
    shown.read(aged(n, file_path=f"shop/{'ab'[n % 2]}.py") for n in range(4))
    shown.model.group_by(GroupBy.FILE)
    shown.settle()
    return shown


def test_rows_stand_in_groups_that_close_and_open(two_groups: ShownTable) -> None:
    assert two_groups.outline() == ["a.py", "00", "02", "b.py", "01", "03"]
    two_groups.click_row(0)
    assert two_groups.outline() == ["a.py", "b.py", "01", "03"]
    two_groups.press(Qt.Key.Key_Right)
    assert two_groups.outline() == ["a.py", "00", "02", "b.py", "01", "03"]
    two_groups.press(Qt.Key.Key_Right)  # on to the first of its findings
    assert two_groups.table.selected_id == finding_id(0)
    two_groups.press(Qt.Key.Key_Left)  # back to the head
    two_groups.press(Qt.Key.Key_Left)
    assert two_groups.outline() == ["a.py", "b.py", "01", "03"]
    two_groups.press(Qt.Key.Key_Return)
    two_groups.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert two_groups.outline() == ["a.py", "b.py"]
    two_groups.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert len(two_groups.outline()) == 6


def test_left_and_right_change_sides_where_people_read_so(two_groups: ShownTable) -> None:
    two_groups.table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    two_groups.press(Qt.Key.Key_Home)
    two_groups.press(Qt.Key.Key_Right)
    assert two_groups.outline() == ["a.py", "b.py", "01", "03"]


def test_the_head_at_the_keyboard_is_seen_once_all_groups_are_open(two_groups: ShownTable) -> None:
    """It then stands below more rows than there is room for."""
    two_groups.read(aged(n, file_path=f"shop/{n:02}.py") for n in range(10, 70))
    two_groups.settle()
    two_groups.press(Qt.Key.Key_Home)
    two_groups.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    two_groups.press(Qt.Key.Key_End)
    two_groups.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    two_groups.settle()
    assert two_groups.table.sight.holds(two_groups.table.currentIndex().row())
