"""The field for links."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.links_field import MAX_LINES, LinksField
from heimdall_desktop.widgets.theme import Theme
from tests.fakes.hands import press_key, type_text


@pytest.fixture
def field(theme: Theme, qtbot: QtBot) -> LinksField:
    field = LinksField(theme, "Links", "Paste one")
    qtbot.addWidget(field)
    field.resize(300, field.sizeHint().height())
    return field


def test_return_submits_and_writes_nothing(field: LinksField, qtbot: QtBot) -> None:
    type_text(field.edit, "a")
    with qtbot.waitSignal(field.submitted):
        press_key(field.edit, Qt.Key.Key_Return)
    assert field.edit.toPlainText() == "a"


def test_shift_and_return_begin_a_line(field: LinksField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(field.submitted):
        type_text(field.edit, "a")
        press_key(field.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        type_text(field.edit, "b")
    assert field.edit.toPlainText() == "a\nb"


def test_it_grows_with_its_lines_up_to_a_limit(field: LinksField) -> None:
    heights = []
    for lines in (1, 2, MAX_LINES, MAX_LINES + 10):
        field.edit.setPlainText("\n".join("x" * lines))
        heights.append(field.sizeHint().height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_whole_lines_are_in_sight_of_many(field: LinksField) -> None:
    field.edit.setPlainText("\n".join("abcdefghi"))
    field.resize(300, field.sizeHint().height())
    field.show()
    line = field.edit.cursorRect().height()
    assert abs(field.edit.viewport().height() - MAX_LINES * line) < line / 4
