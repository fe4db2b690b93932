"""The heads show where the sorting is, and take clicks and drags."""

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.table.order import COLUMNS, By, Column, Order
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.i18n import translate_with
from heimdall_desktop.widgets.findings.findings_header import FindingsHeader
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import WatchedFindings
from tests.fakes.pixels import around, places
from tests.fakes.shown_window import ShownTable, aged

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable()
    qtbot.addWidget(shown.pane)
    shown.read(aged(n) for n in range(5))
    return shown


def test_arrow_and_number_stand_at_the_sorted_columns(theme: Theme, qtbot: QtBot) -> None:
    watched = WatchedFindings()
    model = FindingsModel(watched.store, watched.ticker)
    header = FindingsHeader(model)
    qtbot.addWidget(header)
    header.setModel(model)
    header.resize(1000, header.sizeHint().height())
    header.show()
    status = COLUMNS.index(Column.STATUS)
    left, width = header.sectionViewportPosition(status), header.sectionSize(status)
    place, seen = QRect(left, 0, width, header.height()), []
    for order in (
        Order(Column.FINDING),
        Order(Column.STATUS),
        Order(Column.STATUS, is_descending=True),
        Order(Column.FINDING, further=(By(Column.STATUS, is_descending=True),)),
    ):
        model.set_order(order)
        seen.append(header.grab(place).toImage())
    inked = [places(image, theme.tokens.muted, near=100) for image in seen]
    plain, up, down, second = (around(each).width() for each in inked)
    assert plain < up == down < second  # no arrow, an arrow, an arrow with a number
    heads = [Counter(y for x, y in each if x > plain + 8) for each in inked[1:3]]
    upper, lower = (sum(y * count for y, count in each.items()) / each.total() for each in heads)
    assert upper < lower - 0.5  # where most ink is: at the point of the arrow
    assert header.sizeHint().height() >= 28


def test_a_click_sorts_and_one_with_shift_adds_a_key(shown: ShownTable) -> None:
    shown.click_head(Column.SEVERITY)
    shown.click_head(Column.LOCATION, SHIFT)
    by_location = By(Column.LOCATION)
    assert shown.model.order == Order(Column.SEVERITY, is_descending=True, further=(by_location,))
    shown.click_head(Column.LOCATION, SHIFT)
    assert shown.model.order.further == (By(Column.LOCATION, is_descending=True),)
    shown.click_head(Column.STATUS)
    assert shown.model.order == Order(Column.STATUS)


def test_a_head_is_dragged_to_another_place_but_not_before_the_severity(shown: ShownTable) -> None:
    header = shown.table.horizontalHeader()
    header.moveSection(header.visualIndex(COLUMNS.index(Column.STATUS)), 1)
    assert shown.pane.table_state.table_layout.sequence[:2] == (Column.SEVERITY, Column.STATUS)
    assert not header.isFirstSectionMovable()


def test_a_right_click_opens_the_menu_of_its_column(shown: ShownTable, qtbot: QtBot) -> None:
    header = shown.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(COLUMNS.index(Column.FINDING)) + 5, 5)
    with qtbot.waitSignal(shown.table.header.menu_wanted) as caught:
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(
            header.viewport(), QContextMenuEvent(reason, place, header.mapToGlobal(place))
        )
    assert caught.args is not None
    assert caught.args[0] is Column.FINDING
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()


def test_a_head_is_measured_in_the_language_it_speaks(shown: ShownTable) -> None:
    header = shown.table.horizontalHeader()
    status = COLUMNS.index(Column.STATUS)
    english = header.sectionSizeFromContents(status).width()
    translate_with(lambda text, *_: f"{text} in a wordy language")
    try:
        assert header.sectionSizeFromContents(status).width() > english + 50
    finally:
        translate_with(None)
