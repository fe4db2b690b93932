"""What a row answers: its texts, one sentence for who listens, and tips without markup."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.models.cell_text import (
    FINDING_ROLE,
    GROUP_ROLE,
    REPEAT_WORDS,
    SNOOZE_ROLE,
    CellText,
    heading,
)
from heimdall_desktop.models.rows_model import DISPLAY_ROLE
from heimdall_desktop.presentation.decision_text import BACK_WORDS
from heimdall_desktop.presentation.mask import Mask
from tests.fakes.findings import SCAN_ID, make_finding

Role = Qt.ItemDataRole


@pytest.fixture
def words() -> CellText:
    noon = datetime(2026, 7, 4, 12).astimezone(UTC)
    return CellText({SCAN_ID: "payments-api"}, lambda: noon, lambda: False, Mask())


def a_group(*rows: Finding) -> Group:
    return Group(GroupBy.FILE, (SCAN_ID, rows[0].file_path), list(rows))


def test_a_row_is_read_as_one_sentence(words: CellText) -> None:
    finding = make_finding(1, title="SQL <b>injection</b>")
    sentence = "High, unverified. SQL <b>injection</b>. orders.py, line 88. Open. payments-api."
    assert words.answer(finding, Column.SEVERITY, Role.AccessibleTextRole) == sentence
    assert words.answer(finding, Column.FINDING, Role.AccessibleTextRole) is None


def test_tool_tips_hold_no_markup_of_the_server(words: CellText) -> None:
    finding = make_finding(1, title="<img src=x>")
    tip = words.answer(finding, Column.FINDING, Role.ToolTipRole)
    assert tip == "<qt>&lt;img src=x&gt;</qt>"


def test_t09_a_row_says_that_it_is_a_repeat(words: CellText) -> None:
    for column, role in (
        (Column.SEVERITY, Role.AccessibleTextRole),
        (Column.FINDING, Role.ToolTipRole),
    ):
        told = [
            words.answer(make_finding(1, is_repeat=is_repeat), column, role)
            for is_repeat in (True, False)
        ]
        assert [REPEAT_WORDS in text for text in told] == [True, False]


def test_a_row_says_until_when_it_is_snoozed_and_that_it_is_back(words: CellText) -> None:
    tomorrow = datetime(2026, 7, 5, 9).astimezone(UTC)
    snoozed = make_finding(1, snoozed_until=tomorrow)
    for column, role in (
        (Column.SEVERITY, Role.AccessibleTextRole),
        (Column.FINDING, Role.ToolTipRole),
    ):
        assert "Snoozed until tomorrow 09:00." in words.answer(snoozed, column, role)
        assert BACK_WORDS in words.answer(make_finding(1, is_back=True), column, role)
        assert "nooze" not in words.answer(make_finding(1), column, role)
    told = words.answer(snoozed, Column.STATUS, SNOOZE_ROLE)
    assert told == ("Until tomorrow 09:00", "5 Jul 09:00")
    assert words.answer(snoozed, Column.STATUS, DISPLAY_ROLE) == "Open"  # as it is exported
    assert words.answer(make_finding(1), Column.STATUS, SNOOZE_ROLE) is None


def test_a_row_gives_itself_and_its_cells(words: CellText) -> None:
    finding = make_finding(1, status=FindingStatus.FIXED)
    assert words.answer(finding, Column.STATUS, DISPLAY_ROLE) == "Fixed"
    assert words.answer(finding, Column.STATUS, FINDING_ROLE) is finding
    assert words.answer(finding, Column.STATUS, Role.CheckStateRole) is None
    assert words.row_text(finding).split("\t")[COLUMNS.index(Column.STATUS)] == "Fixed"


def test_the_head_of_a_group_answers_for_all_of_it(words: CellText) -> None:
    group = a_group(make_finding(1), make_finding(2))
    asked: tuple[tuple[Column, int, Any], ...] = (
        (Column.FINDING, DISPLAY_ROLE, "orders.py"),
        (Column.LOCATION, DISPLAY_ROLE, ""),
        (Column.SEVERITY, FINDING_ROLE, None),
        (Column.SEVERITY, GROUP_ROLE, group),
    )
    for column, role, answer in asked:
        assert words.answer(group, column, role) == answer
    sentence = words.answer(group, Column.SEVERITY, Role.AccessibleTextRole)
    assert sentence.startswith("Group orders.py. shop/api. 2 findings")
    assert words.row_text(group) == "orders.py\tshop/api\t2 findings"


def test_headings_say_what_stands_below_and_how_it_sorts_first() -> None:
    assert heading(0, DISPLAY_ROLE) == "Severity"
    assert heading(0, Role.InitialSortOrderRole) is Qt.SortOrder.DescendingOrder
    assert heading(1, Role.InitialSortOrderRole) is None
    assert heading(len(COLUMNS), DISPLAY_ROLE) is None
