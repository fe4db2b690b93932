"""A cell is painted from its finding: verdict, status, selection; never from markup."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QTableView
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.decision import Field, WriteNote, WriteState
from heimdall_desktop.domain.facts.errors import Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import Confidence, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Snoozed
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.decision_text import note_words
from heimdall_desktop.widgets.findings.column_plan import SEVERITY_PX
from heimdall_desktop.widgets.findings.findings_delegate import FindingsDelegate
from heimdall_desktop.widgets.look.badges import severity_colours
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding
from tests.fakes.pixels import around, longest_line, places
from tests.fakes.shown_table import ShownTable
from tests.fakes.watched_findings import WatchedFindings

NO_CONNECTION = ServerUnreachable(Reason.CONNECTION_REFUSED, host="h")
Paint = Callable[..., QImage]


@pytest.fixture
def watched(qapp: QApplication) -> WatchedFindings:
    watched = WatchedFindings()
    watched.watch("payments-api")
    return watched


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


@pytest.fixture
def paint(watched: WatchedFindings, view: QTableView, delegate: FindingsDelegate) -> Paint:
    def paint(column: Column, *states: QStyle.StateFlag, width: int = 200, **fields: Any) -> QImage:
        watched.list([make_finding(**fields)])
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, 28)
        for state in states:
            option.state |= state
        image = QImage(width, 28, QImage.Format.Format_ARGB32)
        image.fill(QColor("magenta"))
        painter = QPainter(image)
        delegate.paint(painter, option, view.model().index(0, COLUMNS.index(column)))
        painter.end()
        return image

    return paint


def test_a_snoozed_row_tells_until_when_in_place_of_status_and_moment(
    theme: Theme, qtbot: QtBot
) -> None:
    shown = ShownTable()
    qtbot.addWidget(shown.pane)
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
    column = COLUMNS.index(Column.SOURCE)

    def row(number: int) -> QImage:
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, 200, 24)
        image = QImage(200, 24, QImage.Format.Format_ARGB32)
        with QPainter(image) as painter:
            delegate.paint(painter, option, model.index(number, column))
        return image

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


def test_the_view_says_which_row_is_hovered_and_ringed(
    paint: Paint, delegate: FindingsDelegate, theme: Theme
) -> None:
    delegate.hovered_row = 0
    assert paint(Column.FINDING).pixelColor(150, 2) == theme.tokens.hover
    without_ring = paint(Column.FINDING)
    delegate.ringed_row = 0
    with_ring = paint(Column.FINDING)
    accent = theme.tokens.accent
    assert longest_line(places(with_ring, accent, QRect(0, 0, 200, 2))) > 90
    assert not places(without_ring, accent)


def test_no_finding_paints_nothing(delegate: FindingsDelegate, view: QTableView) -> None:
    image = QImage(50, 28, QImage.Format.Format_ARGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    delegate.paint(painter, QStyleOptionViewItem(), view.model().index(5, 0))
    painter.end()
    assert image.pixelColor(5, 5) == QColor("magenta")


@pytest.mark.parametrize("width", [540, 600, 660, 720, 900, 1200])
@pytest.mark.parametrize("has_many_scans", [False, True])
def test_the_note_of_a_decision_is_never_cut(
    theme: Theme, qtbot: QtBot, width: int, has_many_scans: bool
) -> None:
    shown = ShownTable()
    qtbot.addWidget(shown.pane)
    if has_many_scans:
        shown.watched.watch("web-shop", ScanId("another"))
    shown.read([make_finding(1)])
    shown.pane.resize(width, 400)
    shown.settle()
    delegate = shown.table.itemDelegate()
    assert isinstance(delegate, FindingsDelegate)
    place = delegate.note_rect(0, 28)
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
