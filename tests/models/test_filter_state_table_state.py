"""The looks of the table and the marks of new findings outlive the session; damage is no harm."""

import pytest
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.window_memory import WindowMemory
from heimdall_desktop.domain.table.order import Column
from heimdall_desktop.domain.table.ordered_rows import NewMarks
from heimdall_desktop.domain.table.table_layout import TableLayout
from heimdall_desktop.models.filter_state import (
    MARKS,
    NAME,
    TableState,
    remember_marks,
    remembered_marks,
)
from tests.fakes.findings import SCAN_ID, finding_id


def test_what_was_arranged_comes_back(qtbot: QtBot) -> None:
    memory = WindowMemory()
    state = TableState(memory)
    with qtbot.waitSignal(state.changed):
        state.change(lambda table_layout: table_layout.with_column(Column.CWE, is_on=True))
    with qtbot.assertNotEmitted(state.changed):
        state.change(lambda table_layout: table_layout)
    assert TableState(memory).table_layout.on == {Column.CWE}


def test_a_damaged_memory_is_no_harm(qtbot: QtBot) -> None:
    memory = WindowMemory()
    memory.keep(NAME, '{"columns": 7')
    assert TableState(memory).table_layout == TableLayout()


def test_what_was_new_is_remembered() -> None:
    memory, marks = WindowMemory(), NewMarks()
    marks.read(finding_id(1), SCAN_ID, is_news=True)
    remember_marks(memory, marks, [])
    assert remembered_marks(memory).remembered() == [finding_id(1)]


@pytest.mark.parametrize("text", ["", "{", "{}", "7", '[1, null, {"a": 2}]', "[" * 100_000])
def test_a_foreign_text_marks_nothing(text: str) -> None:
    memory = WindowMemory()
    memory.keep(MARKS, text)
    assert remembered_marks(memory).remembered() == []
