"""Painting rows, and which of them are visible."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import combinations, product
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QTableView
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.decision import Field, WriteNote, WriteState
from heimdall_desktop.domain.facts.errors import Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import Confidence, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.facts.observation import FindingsListed, Snoozed
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.domain.table.table_layout import Density, TableLayout
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.decision_text import note_words
from heimdall_desktop.widgets.findings.column_plan import SEVERITY_PX
from heimdall_desktop.widgets.findings.findings_delegate import FindingsDelegate
from heimdall_desktop.widgets.findings.group_row import StickyHead
from heimdall_desktop.widgets.look.badges import severity_colours
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.findings import FOUND_AT, SCAN_ID, WatchedFindings, finding_id, make_finding
from tests.fakes.hands import part
from tests.fakes.pixels import around, longest_line, places
from tests.fakes.shown_window import ShownTable, aged

NO_CONNECTION = ServerUnreachable(Reason.CONNECTION_REFUSED, host="h")
Paint = Callable[..., QImage]


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> QTableView:
    view = QTableView()
    qtbot.addWidget(view)
    return view


@pytest.fixture
def model(watched: WatchedFindings, view: QTableView) -> FindingsModel:
    model = FindingsModel(watched.store, watched.ticker, view)
    view.setModel(model)
    return model


@pytest.fixture
def delegate(theme: Theme, model: FindingsModel, view: QTableView) -> FindingsDelegate:
    return FindingsDelegate(model, view)


def painted(
    delegate: FindingsDelegate, index: QModelIndex, size: QSize, *states: QStyle.StateFlag
) -> QImage:
    option = QStyleOptionViewItem()
    option.rect = QRect(QPoint(), size)
    for state in states:
        option.state |= state
    image = QImage(size, QImage.Format.Format_ARGB32)
    image.fill(QColor("magenta"))
    with QPainter(image) as painter:
        delegate.paint(painter, option, index)
    return image


@pytest.fixture
def paint(watched: WatchedFindings, model: FindingsModel, delegate: FindingsDelegate) -> Paint:
    def paint(column: Column, *states: QStyle.StateFlag, width: int = 200, **fields: Any) -> QImage:
        watched.list([make_finding(**fields)])
        index = model.index(0, COLUMNS.index(column))
        return painted(delegate, index, QSize(width, 28), *states)

    return paint


def delegate_of(shown: ShownTable) -> FindingsDelegate:
    delegate = shown.table.itemDelegate()
    assert isinstance(delegate, FindingsDelegate)
    return delegate


def test_a_snoozed_row_shows_until_when_in_place_of_status_and_moment(shown: ShownTable) -> None:
    shown.read([make_finding(1)])

    def cells(text: str, until: datetime | None) -> dict[Column, QImage]:
        shown.watched.store.observe(Snoozed(SCAN_ID, (finding_id(1),), until))
        shown.watched.ticker.flush()
        shown.pane.filter_state.set_text(text)
        shown.settle()
        row = {
            column: shown.table.visualRect(shown.model.index(0, COLUMNS.index(column)))
            for column in (Column.FINDING, Column.STATUS, Column.FIRST_SEEN)
        }
        viewport = shown.table.viewport()
        return {column: viewport.grab(rect).toImage() for column, rect in row.items()}

    awake = cells("", None)
    snoozed = cells("is:snoozed", FOUND_AT)
    assert [snoozed[column] == awake[column] for column in awake] == [True, False, False]
    assert cells("is:snoozed", FOUND_AT + timedelta(days=9)) != snoozed
    assert cells("", None) == awake


def test_the_three_verdicts_look_different(paint: Paint, theme: Theme) -> None:
    unverified = paint(Column.SEVERITY)
    confirmed = paint(Column.SEVERITY, confidence=Confidence.HIGH)
    withdrawn = paint(Column.SEVERITY, status=FindingStatus.FALSE_POSITIVE)
    tokens = theme.tokens
    inks = (tokens.control, tokens.muted, tokens.control)
    images = (unverified, confirmed, withdrawn)
    edge = QRect(40, 0, 20, 8)  # over the word
    top = [
        longest_line(places(image, ink, edge, near=60))
        for image, ink in zip(images, inks, strict=True)
    ]
    assert top[1] == 20  # a solid line
    assert 0 < top[0] < 10  # dashes
    assert top[2] == 0  # none


def test_a_withdrawn_title_is_struck_through(paint: Paint, theme: Theme) -> None:
    def line(**fields: Any) -> tuple[int, int]:
        image = paint(Column.FINDING, width=400, title="shop, cart, order", **fields)
        ink = theme.tokens.muted if fields else theme.tokens.text
        title = places(image, ink, near=90)
        return longest_line(title), around(title).width()

    struck, width = line(status=FindingStatus.DISMISSED)
    assert struck >= width - 4  # through spaces as well
    usual, width = line()
    assert usual < width / 8


def test_a_narrow_severity_is_its_shape_alone(paint: Paint, theme: Theme) -> None:
    for severity, width in product((Severity.HIGH, Severity.LOW), (SEVERITY_PX - 1, 200)):
        image = paint(Column.SEVERITY, width=width, severity=severity)
        fill = severity_colours(theme.tokens, severity).fill
        shape = around(places(image, fill))
        word = places(image, theme.tokens.text, QRect(shape.right() + 2, 0, width, 28), near=40)
        assert not shape.isNull()
        assert bool(word) is (width == 200)


def test_every_column_paints_its_whole_cell(paint: Paint) -> None:
    for column in Column:
        image = paint(column)
        corners = {image.pixelColor(x, y).name() for x in (0, 199) for y in (0, 27)}
        assert "#ff00ff" not in corners


def test_low_rows_are_striped_unless_heads_of_groups_part_them(
    watched: WatchedFindings, model: FindingsModel, delegate: FindingsDelegate, theme: Theme
) -> None:
    delegate.density = Density.COMPACT
    watched.list(make_finding(number) for number in range(2))

    def row(number: int) -> QImage:
        index = model.index(number, COLUMNS.index(Column.SOURCE))
        return painted(delegate, index, QSize(200, 24))

    tokens = theme.tokens
    assert row(1).pixelColor(190, 2) == tokens.alt
    assert row(1).pixelColor(190, 23) == tokens.alt
    model.group_by(GroupBy.FILE)
    finding = next(number for number in range(3) if model.finding_at(number) and number % 2)
    assert row(finding).pixelColor(190, 2) == tokens.surface
    assert row(finding).pixelColor(190, 23) == tokens.hairline


def test_a_selected_row_has_a_ground_and_a_bar(paint: Paint, theme: Theme) -> None:
    flags = QStyle.StateFlag
    active = paint(Column.FINDING, flags.State_Selected, flags.State_Active)
    idle = paint(Column.FINDING, flags.State_Selected)
    assert active.pixelColor(150, 2) == theme.tokens.selection
    assert active.pixelColor(1, 2) == theme.tokens.accent
    assert idle.pixelColor(150, 2) == theme.tokens.selection_inactive
    assert idle.pixelColor(1, 2) == theme.tokens.control


def test_the_hovered_row_is_ringed(paint: Paint, delegate: FindingsDelegate, theme: Theme) -> None:
    delegate.hovered_row = 0
    assert paint(Column.FINDING).pixelColor(150, 2) == theme.tokens.hover
    without_ring = paint(Column.FINDING)
    delegate.ringed_row = 0
    with_ring = paint(Column.FINDING)
    accent = theme.tokens.accent
    assert longest_line(places(with_ring, accent, QRect(0, 0, 200, 2))) > 90
    assert not places(without_ring, accent)


def test_the_end_of_a_long_scan_name_may_be_cut_but_never_what_tells_scans_apart(
    watched: WatchedFindings, model: FindingsModel, delegate: FindingsDelegate
) -> None:
    time, pictures = FakeTime(), list[tuple[ScanId, QImage]]()
    for number in (1, 2):
        story = ScanStory(watched.store, time, "payments-gateway-of-the-shop", number=number)
        scan_id = story.read("hunting").scan.id
        rows = tuple(make_finding(10 * number + each, scan_id=scan_id) for each in range(4))
        watched.store.observe(FindingsListed(scan_id, 1.0, rows))
    watched.ticker.flush()
    for row in range(0, model.rowCount(), 2):  # others may have another ground
        finding, index = model.finding_at(row), model.index(row, COLUMNS.index(Column.SCAN))
        assert finding is not None
        pictures.append((finding.scan_id, painted(delegate, index, QSize(150, 28))))
    pairs = list(combinations(pictures, 2))
    assert {one[0] == other[0] for one, other in pairs} == {True, False}
    for (one, picture), (other, another) in pairs:
        assert (picture == another) is (one == other)


def test_no_finding_paints_nothing(delegate: FindingsDelegate, model: FindingsModel) -> None:
    image = painted(delegate, model.index(5, 0), QSize(50, 28))
    assert image.pixelColor(5, 5) == QColor("magenta")


@pytest.mark.parametrize("width", [540, 600, 660, 720, 900, 1200])
@pytest.mark.parametrize("has_many_scans", [False, True])
def test_the_note_of_a_decision_is_never_cut(
    shown: ShownTable, theme: Theme, width: int, has_many_scans: bool
) -> None:
    if has_many_scans:
        shown.watched.watch("web-shop", ScanId("another"))
    shown.read([make_finding(1)])
    shown.pane.resize(width, 400)
    shown.settle()
    place = delegate_of(shown).note_rect(0, 28)
    assert place is not None
    states = [WriteState.SENDING, WriteState.UNKNOWN, WriteState.SAVED, WriteState.REFUSED]
    for state, status in product(states, FindingStatus):
        words = note_words(WriteNote(Field.STATUS, status.value, state, NO_CONNECTION))
        strong = state in (WriteState.SENDING, WriteState.REFUSED)
        parts = [(words.text, Weight.MEDIUM if strong else Weight.REGULAR)]
        parts += [(words.more, Weight.REGULAR)] if state is WriteState.SENDING else []
        parts += [("undo", Weight.SEMIBOLD)] if words.can_undo else []
        needed = sum(theme.text_width(text, Role.SMALL, weight) for text, weight in parts)
        assert 8 + 12 + 5 * len(parts) + needed <= place.width(), words


# -- What is looked for is in sight, and the row at the top is whole --


def top(shown: ShownTable) -> int:
    """Return how far the row at the top begins above the edge."""
    return shown.table.rowViewportPosition(shown.table.rowAt(0))


def is_selected_in_sight(shown: ShownTable) -> bool:
    rect = shown.table.visualRect(shown.table.currentIndex())
    return shown.table.viewport().rect().contains(rect)


def resize(shown: ShownTable, height: int) -> None:
    shown.pane.resize(shown.pane.width(), height)
    shown.settle()


def scroll(shown: ShownTable, row: int) -> None:
    shown.table.verticalScrollBar().setValue(row * shown.table.rowHeight(0))


@pytest.mark.parametrize("height", [400, 413, 427])
def test_jumps_end_at_the_edge_of_a_row(shown: ShownTable, height: int) -> None:
    shown.read(aged(n) for n in range(300))
    resize(shown, height)
    edges = [top(shown)]
    shown.read(aged(n) for n in range(300, 310))
    edges.append(top(shown))
    assert shown.table.anchor.is_following
    for number in (150, 9, 301):
        assert shown.table.show_finding(finding_id(number))
        assert is_selected_in_sight(shown)
        edges.append(top(shown))
    shown.press(Qt.Key.Key_End)
    edges.append(top(shown))
    assert edges == [0] * 6


def test_the_selected_row_stays_in_sight_when_the_table_gets_lower(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(200))
    scroll(shown, 100)
    shown.table.show_finding(finding_id(108))
    for height in (240, 160, 500):
        resize(shown, height)
        assert is_selected_in_sight(shown)
        assert top(shown) == 0
    scroll(shown, 20)
    resize(shown, 260)
    assert shown.table.rowAt(0) == 20, "it was out of sight, and stays there"


def test_a_finding_far_away_is_brought_into_sight(shown: ShownTable, qtbot: QtBot) -> None:
    shown.read(aged(n) for n in range(500))
    with qtbot.waitSignal(shown.table.finding_selected) as caught:
        assert shown.table.show_finding(finding_id(7))
    assert caught.args == [finding_id(7)]
    assert is_selected_in_sight(shown)


@pytest.mark.parametrize("height", [400, 413])
def test_keys_scroll_from_row_to_row(shown: ShownTable, height: int) -> None:
    shown.read(aged(n) for n in range(200))
    resize(shown, height)
    scroll(shown, 0)
    for key in [Qt.Key.Key_Down] * 14 + [Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_PageUp]:
        shown.press(key)
        assert is_selected_in_sight(shown)
        assert top(shown) == 0
    shown.table.step(20)
    assert is_selected_in_sight(shown)
    assert top(shown) == 0


def test_a_table_that_is_scrolled_sideways_stays_so(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(300))
    wide = partial(TableLayout.with_width, column=Column.FINDING, width_px=1500)
    shown.pane.table_state.change(wide)
    shown.settle()
    across = shown.table.horizontalScrollBar()
    across.setValue(300)
    scroll(shown, 100)
    assert shown.table.sight.holds(101)
    shown.table.sight.show(101)
    assert shown.table.rowAt(0) == 100
    shown.table.sight.show(200)
    assert shown.table.sight.holds(200)
    assert across.value() == 300


def test_the_row_at_the_top_is_whole_after_an_error_too(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(300))
    shown.table.verticalScrollBar().setValue(0)
    with pytest.raises(ZeroDivisionError):
        _fail_while_scrolling(shown)
    assert top(shown) == 0


def _fail_while_scrolling(shown: ShownTable) -> None:
    with shown.table.sight.whole_rows():
        shown.table.verticalScrollBar().setValue(11)
        raise ZeroDivisionError


def hovered(shown: ShownTable) -> int:
    return delegate_of(shown).hovered_row


def test_the_row_under_a_resting_pointer_is_marked_while_rows_move(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(100))
    place = shown.table.visualRect(shown.model.index(96, 1)).center()
    QTest.mouseMove(shown.table.viewport(), place)
    assert hovered(shown) == 96
    shown.read(aged(n) for n in range(100, 130))
    assert hovered(shown) == 126
    scroll(shown, 20)
    assert hovered(shown) == shown.table.rowAt(place.y())
    QApplication.sendEvent(shown.table.viewport(), QEvent(QEvent.Type.Leave))
    assert hovered(shown) == -1, "the pointer is on a column head"


def test_the_ring_is_where_the_keyboard_is(shown: ShownTable, theme: Theme) -> None:
    shown.read(aged(n) for n in range(9))
    shown.table.activateWindow()
    shown.table.setFocus(Qt.FocusReason.OtherFocusReason)
    shown.table.show_finding(finding_id(2))
    by_code, accent = shown.table.grab().toImage(), theme.tokens.accent
    assert longest_line(places(by_code, accent)) < shown.table.width() / 2
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Up)
    by_key = shown.table.grab().toImage()
    place = shown.table.visualRect(shown.table.currentIndex()).center()
    QTest.mouseClick(shown.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert longest_line(places(by_key, accent)) > shown.table.width() / 2
    assert shown.table.grab().toImage() == by_code
    shown.press(Qt.Key.Key_Shift)  # alone it goes nowhere; with it a click on a head sorts
    assert shown.table.grab().toImage() == by_code


def test_a_click_on_a_head_that_sticks_to_the_top_draws_no_ring(shown: ShownTable) -> None:
    shown.read(aged(n, file_path=f"shop/{n // 30}.py") for n in range(90))
    shown.model.group_by(GroupBy.FILE)
    shown.table.activateWindow()
    shown.table.setFocus(Qt.FocusReason.OtherFocusReason)
    shown.press(Qt.Key.Key_Down)
    scroll(shown, 40)
    QTest.mouseClick(part(shown.pane, StickyHead, "sticky_head"), Qt.MouseButton.LeftButton)
    assert (shown.table.currentIndex().row(), delegate_of(shown).ringed_row) == (31, -1)


def test_the_keyboard_comes_in_where_it_can_be_seen(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(100))
    shown.table.activateWindow()
    shown.table.show_finding(finding_id(98))
    shown.table.clearFocus()
    scroll(shown, 10)
    shown.table.setFocus(Qt.FocusReason.MouseFocusReason)
    assert shown.table.rowAt(0) == 10
    shown.table.clearFocus()
    shown.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert shown.table.sight.holds(shown.table.currentIndex().row())
    assert not shown.table.anchor.is_following  # though that is the tail


def test_the_row_under_the_pointer_is_marked_while_keys_scroll(shown: ShownTable) -> None:
    shown.read(aged(n) for n in range(90))
    shown.press(Qt.Key.Key_End)
    shown.press(Qt.Key.Key_PageUp)
    pointer = shown.table.visualRect(shown.model.index(shown.table.rowAt(0) + 2, 1)).center()
    QTest.mouseMove(shown.table.viewport(), pointer)
    shown.settle()
    assert hovered(shown) == shown.table.rowAt(pointer.y())
    for _ in range(12):
        shown.press(Qt.Key.Key_Up)
        assert hovered(shown) == shown.table.rowAt(pointer.y())
