"""The looks of the table outlive the session."""

from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.table.columns import Column
from heimdall_desktop.domain.table.table_layout import TableLayout
from heimdall_desktop.models.table_state import NAME, TableState


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
