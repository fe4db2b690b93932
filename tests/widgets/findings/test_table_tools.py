"""Around the findings table: its header, the menus of its tools, its foot."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, By, Column, Order
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.board.completeness_text import Completeness, SyncStatus
from heimdall_desktop.presentation.i18n import translate_with
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.findings.findings_foot import BAR_PX, FindingsFoot
from heimdall_desktop.widgets.findings.findings_header import FindingsHeader
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import WatchedFindings
from tests.fakes.hands import part
from tests.fakes.pixels import around, places
from tests.fakes.shown_window import LEFT, ShownTable, aged
from tests.widgets.conftest import Owned


@pytest.fixture
def shown(shown: ShownTable) -> ShownTable:
    shown.read(aged(n) for n in range(5))
    return shown


def opened(shown: ShownTable, name: str) -> QMenu:
    """Click the button of a menu and return it."""
    QTest.mouseClick(part(shown.pane, QPushButton, f"{name}_button"), LEFT)
    return part(shown.pane, QMenu, f"{name}_menu")


def actions(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        yield action
        submenu = action.menu()
        if isinstance(submenu, QMenu):
            yield from actions(submenu)


def choose(shown: ShownTable, menu: QMenu, text: str) -> None:
    found = next(action for action in actions(menu) if action.text() == text)
    assert found.isEnabled(), text
    found.trigger()
    menu.close()
    shown.settle()


def choose_in(shown: ShownTable, column: Column, text: str) -> None:
    """Choose from the menu of a column."""
    tools = shown.pane.tools
    tools.open_column(column, tools.mapToGlobal(tools.rect().topLeft()))
    choose(shown, part(tools, QMenu, "column_menu"), text)


def test_rows_are_grouped_by_the_menu(shown: ShownTable) -> None:
    button = part(shown.pane, QPushButton, "group_button")
    assert (button.accessibleName(), button.isChecked()) == ("Group rows", False)
    menu = opened(shown, "group")
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert names[:3] == ["No groups", "Group by file", "Group by CWE"]
    choose(shown, menu, "Group by file")
    assert shown.model.grouped_by is GroupBy.FILE
    assert button.isChecked()
    choose(shown, opened(shown, "group"), "Collapse all groups")
    assert shown.outline() == ["orders.py"]
    choose(shown, opened(shown, "group"), "No groups")
    assert shown.model.grouped_by is None


def test_columns_are_switched_moved_and_sorted_by_the_menu(shown: ShownTable) -> None:
    menu = opened(shown, "columns")
    fixed = [action.text() for action in menu.actions()[:9] if not action.isEnabled()]
    assert fixed == ["Severity", "Finding"]
    choose(shown, menu, "CWE")
    assert not shown.table.isColumnHidden(COLUMNS.index(Column.CWE))
    choose_in(shown, Column.LOCATION, "Move towards the start")
    assert shown.table.columns.shown[1:3] == [Column.LOCATION, Column.FINDING]
    choose_in(shown, Column.LOCATION, "Sort descending")
    choose_in(shown, Column.STATUS, "Add to sort order")
    further = (By(Column.STATUS),)
    assert shown.model.order == Order(Column.LOCATION, is_descending=True, further=further)
    choose(shown, opened(shown, "columns"), "Reset columns")
    assert shown.table.columns.shown[1:3] == [Column.FINDING, Column.LOCATION]
    choose_in(shown, Column.LOCATION, "Fit to visible rows")
    assert Column.LOCATION in shown.pane.table_state.table_layout.widths_px
    choose_in(shown, Column.LOCATION, "Hide column")
    assert shown.table.isColumnHidden(COLUMNS.index(Column.LOCATION))


def test_rows_become_higher_by_the_menu(shown: ShownTable) -> None:
    choose(shown, opened(shown, "columns"), "Comfortable")
    assert shown.pane.table_state.table_layout.density is Density.COMFORTABLE
    assert shown.table.rowHeight(0) == 36


SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_arrow_and_number_stand_at_the_sorted_columns(
    theme: Theme, watched: WatchedFindings, owned: Owned
) -> None:
    model = FindingsModel(watched.store, watched.ticker)
    header = owned(FindingsHeader(model))
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


@pytest.fixture
def bar(owned: Owned) -> Iterator[FindingsFoot]:
    holder = owned(QWidget())
    holder.resize(1200, BAR_PX)
    holder.show()
    bar = FindingsFoot(holder)
    bar.resize(1200, BAR_PX)
    yield bar
    holder.close()


def said(bar: FindingsFoot) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if not label.isHidden()]


def placed(part: QWidget, bar: FindingsFoot) -> QRect:
    """Return the position of a part in the bar."""
    return QRect(part.mapTo(bar, QPoint(0, 0)), part.size())


def test_it_says_how_far_all_is_checked(bar: FindingsFoot) -> None:
    bar.show_sync(SyncStatus(Completeness.CHECKED, "2 of 2 findings checked", "Caught up"))
    assert not bar.isHidden()
    assert said(bar) == ["2 of 2 findings checked. Caught up"]
    bar.show_sync(None)
    assert bar.isHidden()


def test_it_is_there_as_long_as_rows_are_hidden(bar: FindingsFoot) -> None:
    assert bar.isHidden()
    bar.show_hidden(1088)
    assert not bar.isHidden()
    assert said(bar) == ["1\u00a0088 findings are hidden by this filter."]
    bar.show_hidden(1)
    assert said(bar) == ["1 finding is hidden by this filter."]


def test_it_leads_to_what_is_only_snoozed(bar: FindingsFoot, qtbot: QtBot) -> None:
    link = part(bar, QPushButton, "findings_foot_clear")
    bar.show_hidden(3, snoozed=3)
    assert said(bar) == ["3 findings are snoozed."]
    assert link.accessibleName() == "Show them"
    with qtbot.waitSignal(bar.snoozed_requested):
        QTest.mouseClick(link, LEFT)
    bar.show_hidden(5, snoozed=3)
    assert said(bar) == ["5 findings are hidden by this filter. 3 of them are snoozed."]
    with qtbot.waitSignal(bar.clear_requested):
        QTest.mouseClick(link, LEFT)


def test_t09_it_counts_repeats_and_shows_or_folds_them(bar: FindingsFoot, qtbot: QtBot) -> None:
    link = part(bar, QPushButton, "findings_foot_repeats")
    for count, are_folded, text, way in (
        (1061, True, "1\u00a0061 repeats of a retried scan are collapsed.", "Show them"),
        (1, False, "1 repeat of a retried scan is shown.", "Collapse it"),
    ):
        bar.show_repeats(count, are_folded=are_folded)
        assert (said(bar), link.accessibleName()) == ([text], way)
        with qtbot.waitSignal(bar.repeats_requested) as caught:
            QTest.mouseClick(link, LEFT)
        assert caught.args == [are_folded]
    bar.show_repeats(0, are_folded=True)
    assert bar.isHidden()


WHOLE = [
    "1\u00a0088 findings are hidden by this filter.",
    "61 repeats of a retried scan are collapsed.",
]
SHORT = ["1\u00a0088 hidden", "61 repeats"]


@pytest.mark.parametrize(
    ("width", "counts"),
    [(1300, WHOLE), (900, [WHOLE[0], SHORT[1]]), (700, SHORT), (540, SHORT), (420, SHORT)],
)
def test_t09_it_stays_one_line_and_says_counts_in_a_word_where_room_is_short(
    theme: Theme, owned: Owned, width: int, counts: list[str]
) -> None:
    holder = owned(QWidget())
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    bar = FindingsFoot()
    column.addWidget(bar)
    column.addStretch(1)
    bar.show_hidden(1088)
    bar.show_repeats(61, are_folded=True)
    bar.show_flow("Following paused", is_frozen=False)
    bar.show_sync(
        SyncStatus(Completeness.CHECKED, "1\u00a0500 of 1\u00a0500 findings checked 12 min ago", "")
    )
    holder.resize(width, 200)
    holder.show()
    QApplication.processEvents()
    assert bar.height() == theme.scale(BAR_PX)
    texts = [label for label in bar.findChildren(Label) if label.isVisible()]
    assert [label.text() for label in texts[:2]] == counts
    assert [label.shown_text() for label in texts[:2]] == counts
    assert [label.accessibleDescription() for label in texts[:2]] == WHOLE
    assert part(bar, Label, "findings_foot_state").shown_text() == "Following paused"
    parts = [*texts, *(link for link in bar.findChildren(QPushButton) if link.isVisible())]
    assert all(bar.rect().contains(placed(part, bar)) for part in parts)
    for one, other in combinations(parts, 2):
        assert not placed(one, bar).intersects(placed(other, bar))


def test_words_do_not_change_with_the_age_at_their_end(bar: FindingsFoot) -> None:
    bar.show_hidden(1)
    texts = [f"1\u00a0500 of 1\u00a0500 findings checked {age} ago" for age in ("12 min", "3 s")]
    lines = [SyncStatus(Completeness.CHECKED, text, "") for text in texts]
    bar.show()
    seen = set()
    for width in range(300, 700, 7):
        bar.resize(width, BAR_PX)
        reported = []
        for line in lines:
            bar.show_sync(line)
            reported.append(said(bar)[0])
        assert reported[0] == reported[1]
        seen.add(reported[0])
    assert seen == {"1 hidden", "1 finding is hidden by this filter."}


@pytest.mark.parametrize("width", range(120, 700, 20))
def test_nothing_in_it_is_ever_cut(bar: FindingsFoot, width: int) -> None:
    note = "Server dropped events: caught up, none lost"
    text = "760 of 760 in 6 scans checked 12 s ago"
    bar.show_sync(SyncStatus(Completeness.CHECKED, text, note))
    bar.show_flow("Following paused", is_frozen=False)
    bar.show()
    bar.resize(width, BAR_PX)
    QApplication.processEvents()
    sync_status = part(bar, Label, "findings_foot_ledger")
    assert sync_status.text() in (f"{text}. {note}", text, "Checked", "")
    assert sync_status.shown_text() == sync_status.text()
    assert sync_status.accessibleDescription() == f"{text}. {note}"


def test_hidden_criticals_are_shown_however_little_room_there_is(bar: FindingsFoot) -> None:
    bar.resize(300, BAR_PX)
    bar.show_hidden(1088, 3)
    assert said(bar) == ["1\u00a0088 hidden, 3 critical"]
