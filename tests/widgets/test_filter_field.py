"""The field writes the filter, counts what is left and explains mistakes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.filter_field import FilterField, MistakeLine
from heimdall_desktop.widgets.theme import Theme
from tests.fakes.watched_findings import WatchedFindings, realistic_findings


@pytest.fixture
def state(qapp: QApplication) -> FilterState:
    return FilterState()


@pytest.fixture
def model(state: FilterState) -> Iterator[FindingsModel]:
    watched = WatchedFindings()
    watched.watch("payments-api")
    model = FindingsModel(watched.store, watched.ticker)
    watched.list(realistic_findings(60))
    state.changed.connect(lambda: model.set_filter(state.filter))
    yield model
    model.deleteLater()


@pytest.fixture
def field(theme: Theme, state: FilterState, model: FindingsModel, qtbot: QtBot) -> FilterField:
    field = FilterField(theme, state, model)
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    return field


def test_typing_filters_and_counts(
    field: FilterField, state: FilterState, model: FindingsModel
) -> None:
    QTest.keyClicks(field.edit, "sev:critical")
    assert state.text == "sev:critical"
    assert field.end.result.text() == f"{model.shown} of 60"
    assert 0 < model.shown < 60


def test_text_written_elsewhere_is_shown(field: FilterField, state: FilterState) -> None:
    state.set_text("sql")
    assert field.edit.text() == "sql"


def test_clear_button_and_escape_clear(field: FilterField, state: FilterState) -> None:
    state.set_text("sql")
    clear = field.findChild(QPushButton, "filter_clear")
    assert clear is not None
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert (state.text, field.edit.text()) == ("", "")
    QTest.keyClicks(field.edit, "sql")
    QTest.keyClick(field.edit, Qt.Key.Key_Escape)
    assert state.text == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_return_and_down_leave_for_the_table(field: FilterField, key: Qt.Key, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field.edit, key)


def test_its_name_is_filter(field: FilterField, state: FilterState) -> None:
    assert field.edit.accessibleName() == "Filter"
    state.set_text("fil:x")
    assert field.edit.accessibleDescription().startswith("fil is not a field.")


def test_focus_selects_what_is_there(field: FilterField, state: FilterState) -> None:
    state.set_text("sql")
    field.activateWindow()
    field.focus()
    assert field.edit.selectedText() == "sql"


def test_a_mistake_is_explained_while_it_lasts(
    theme: Theme, state: FilterState, qtbot: QtBot
) -> None:
    line = MistakeLine(theme, state)
    qtbot.addWidget(line)
    assert line.isHidden()
    state.set_text("fil:*.py")
    label = line.findChild(QLabel)
    assert label is not None
    assert label.text() == (
        "fil is not a field. Did you mean file:*.py?  The last valid filter stays on."
    )
    assert not line.isHidden()
    state.set_text("file:*.py")
    assert line.isHidden()
