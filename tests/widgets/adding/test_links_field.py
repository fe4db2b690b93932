"""The field for links."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.adding.links_field import MAX_LINES, LinksField
from heimdall_desktop.widgets.look.theme import Theme
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


@pytest.mark.parametrize("lines", [1, 2, MAX_LINES, MAX_LINES + 3])
def test_whole_lines_are_in_sight_and_a_bar_only_beside_more(
    theme: Theme, qtbot: QtBot, lines: int
) -> None:
    form = QWidget()
    qtbot.addWidget(form)
    field = LinksField(theme, "Links", "Paste one", form)
    field.edit.setPlainText("\n".join("x" * lines))
    field.resize(300, field.sizeHint().height())
    form.show()
    for _ in range(3):
        QApplication.processEvents()
    line = field.edit.cursorRect().height()
    room = field.edit.viewport().height() - min(lines, MAX_LINES) * line
    assert 0 < room < line / 4
    assert field.edit.verticalScrollBar().isVisible() == (lines > MAX_LINES)


def test_addresses_are_read_from_the_left(theme: Theme, qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    field = LinksField(theme, "Links", "https://example.org/", around)
    around.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    type_text(field.edit, "https://example.org/-")
    assert field.edit.cursorRect().left() > 40


def test_there_is_a_scroll_bar_only_for_more_lines_than_are_in_sight(field: LinksField) -> None:
    field.show()
    bar = field.edit.verticalScrollBar()
    for lines, is_needed in ((1, False), (MAX_LINES, False), (MAX_LINES + 1, True), (1, False)):
        field.edit.setPlainText("\n".join("x" * lines))
        field.resize(300, field.sizeHint().height() - 2)  # as fonts with odd measures leave it
        QApplication.processEvents()
        assert bar.isVisible() is is_needed, lines
