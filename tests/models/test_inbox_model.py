"""Lines come above and go below as single rows, so that views keep their place."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.alerts.alert import LINE_LIMIT, Decision
from heimdall_desktop.models.panel_models import MOMENT_ROLE, InboxModel
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.presentation.alerts.inbox import Inbox, InboxPart
from heimdall_desktop.presentation.mask import Mask
from tests.fakes.findings import FOUND_AT, finding_id
from tests.fakes.inbox_lines import make_failed_line, make_line


@pytest.fixture
def inbox() -> Inbox:
    inbox = Inbox(lambda: FOUND_AT)
    for number in range(3):
        inbox.put(make_line(number))
    return inbox


@pytest.fixture
def model(qapp: QApplication, inbox: Inbox) -> InboxModel:
    model = InboxModel(inbox, Mask())
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def keys(model: InboxModel) -> list[str]:
    return [model.index(row).data(ROW_ROLE).key for row in range(model.rowCount())]


def test_new_lines_come_above_and_move_no_index(inbox: Inbox, model: InboxModel) -> None:
    index = QPersistentModelIndex(model.index(1))
    inbox.put(make_line(3))
    inbox.put(make_line(4))
    assert model.refresh() == 2
    assert keys(model) == [finding_id(number) for number in (4, 3, 2, 1, 0)]
    assert index.row() == 3


def test_a_line_that_changed_is_named_alone(inbox: Inbox, model: InboxModel, qtbot: QtBot) -> None:
    inbox.mark_read(finding_id(1))
    with qtbot.waitSignal(model.dataChanged) as changed:
        assert model.refresh() == 0
    assert changed.args is not None
    assert [index.row() for index in changed.args[:2]] == [1, 1]
    with qtbot.assertNotEmitted(model.dataChanged):
        model.refresh()


def test_thousands_of_changed_lines_are_one_news(
    inbox: Inbox, model: InboxModel, qtbot: QtBot
) -> None:
    for number in range(3, 40):
        inbox.put(make_line(number))
    model.refresh()
    inbox.mark_all_read()
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.refresh()
    assert changed.args is not None
    assert [index.row() for index in changed.args[:2]] == [0, 39]
    for number in (0, 1, 20):
        inbox.mark_read(finding_id(number), is_read=False)
    spans = []
    model.dataChanged.connect(lambda first, last, _: spans.append((first.row(), last.row())))
    model.refresh()
    assert spans == [(19, 19), (38, 39)]


def test_a_line_that_waits_again_comes_where_it_belongs(inbox: Inbox, model: InboxModel) -> None:
    inbox.mark_read(finding_id(1))
    model.show_part(InboxPart.UNREAD)
    oldest = QPersistentModelIndex(model.index(1))
    inbox.mark_read(finding_id(1), is_read=False)
    assert model.refresh() == 0
    assert keys(model) == [finding_id(number) for number in (2, 1, 0)]
    assert oldest.row() == 2


def test_lines_of_earlier_sessions_come_below(inbox: Inbox, model: InboxModel) -> None:
    newest = QPersistentModelIndex(model.index(0))
    inbox.restore([make_line(8), make_line(9)])
    assert model.refresh() == 0
    assert keys(model) == [finding_id(number) for number in (2, 1, 0, 9, 8)]
    assert newest.row() == 0


def test_the_oldest_lines_leave_below(inbox: Inbox, model: InboxModel) -> None:
    for number in range(3, LINE_LIMIT + 2):
        inbox.put(make_line(number))
    model.refresh()
    assert model.rowCount() == LINE_LIMIT
    assert keys(model) == [line.key for line in inbox.lines]


def test_a_read_line_is_dropped_between_others(inbox: Inbox, model: InboxModel) -> None:
    inbox.mark_read(finding_id(1))
    for number in range(3, LINE_LIMIT + 1):
        inbox.put(make_line(number))
    assert model.refresh() == LINE_LIMIT - 2
    assert keys(model) == [line.key for line in inbox.lines]
    assert finding_id(1) not in keys(model)


def test_everything_can_be_replaced_at_once(inbox: Inbox, model: InboxModel) -> None:
    for number in range(1000, 1000 + LINE_LIMIT):
        inbox.put(make_line(number))
    assert model.refresh() == LINE_LIMIT
    assert keys(model) == [line.key for line in inbox.lines]


def test_a_line_is_read_aloud_with_its_time(inbox: Inbox, model: InboxModel) -> None:
    index, local = model.index(0), FOUND_AT.astimezone()
    assert index.data() == "Critical: Hole 2"
    assert index.data(MOMENT_ROLE) == f"{local:%H:%M}"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        f"Unread. Critical: Hole 2. payments-api. Inbox only so far. {local:%H:%M}."
    )


def test_a_line_of_a_scan_is_read_aloud_too(inbox: Inbox, model: InboxModel) -> None:
    inbox.put(make_failed_line(decision=Decision.NOTIFIED))
    model.refresh()
    index, local = model.index(0), FOUND_AT.astimezone()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Unread. Scan of payments-api stopped in hunt. payments-api. Shown on the desktop. "
        f"{local:%H:%M}."
    )
    assert "Attempt 1. Out of memory." in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_line_of_another_day_says_which(inbox: Inbox, model: InboxModel) -> None:
    earlier = FOUND_AT - timedelta(days=20)
    inbox.put(make_line(3, raised_at=earlier))
    model.refresh()
    assert model.index(0).data(MOMENT_ROLE) == f"{earlier.astimezone().day} Jun"


def test_a_tip_shows_markup_as_text(inbox: Inbox, model: InboxModel) -> None:
    inbox.put(replace(make_line(3), title="<img src=x>"))
    model.refresh()
    tip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img src=x&gt;" in tip
    assert "<img" not in tip


def test_rows_that_are_not_there_have_nothing(model: InboxModel) -> None:
    assert model.row(-1) is None
    assert model.index(7).data(ROW_ROLE) is None
    assert model.rowCount(model.index(0)) == 0


def test_a_part_is_listed_and_keeps_what_has_been_read_meanwhile(
    inbox: Inbox, model: InboxModel
) -> None:
    inbox.mark_read(finding_id(1))
    model.show_part(InboxPart.UNREAD)
    assert keys(model) == [finding_id(2), finding_id(0)]
    inbox.mark_read(finding_id(0))
    inbox.put(make_line(3))
    assert model.refresh() == 1
    assert keys(model) == [finding_id(3), finding_id(2), finding_id(0)]
    model.show_part(InboxPart.UNREAD)
    assert keys(model) == [finding_id(3), finding_id(2)]
