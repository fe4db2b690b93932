"""Code shows its numbers, marks what a finding is about, and is as high as its lines."""

import pytest
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.detail.code_block import CodeView, LineMark
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK

CODE = "    cur = db.cursor()\n    cur.execute(\n        q)\n"


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> CodeView:
    view = CodeView()
    qtbot.addWidget(view)
    view.show_code(CODE, numbers=(87, 88, 89), affected=(88, 89), file_name="shop/orders.py")
    view.resize(300, view.sizeHint().height())
    return view


def test_lines_are_numbered_and_marked(view: CodeView) -> None:
    assert [(line.numbers, line.mark) for line in view.lines] == [
        ((87,), LineMark.NONE),
        ((88,), LineMark.AFFECTED),
        ((89,), LineMark.AFFECTED),
    ]


def test_it_shows_less_indentation_and_copies_the_original(view: CodeView) -> None:
    assert view.text.toPlainText() == "cur = db.cursor()\ncur.execute(\n    q)"
    view.text.selectAll()
    assert view.text.selected_original() == CODE.removesuffix("\n")


def test_it_names_itself_by_its_lines(view: CodeView) -> None:
    assert view.text.accessibleName() == "Code, lines 87 to 89"


def test_the_marked_ground_reaches_under_the_numbers(theme: Theme, view: CodeView) -> None:
    image, height = view.grab().toImage(), view.text.line_height
    second = 4 + height + height // 2
    assert image.pixelColor(2, second) == theme.tokens.code.marked_bar
    assert image.pixelColor(290, second) == theme.tokens.code.marked
    assert image.pixelColor(290, second - height) == theme.tokens.code.ground


def test_it_is_as_high_as_its_lines(view: CodeView) -> None:
    assert view.sizeHint().height() == 3 * view.text.line_height + 8
    view.show_code("x\n" * 40)
    assert view.sizeHint().height() == 40 * view.text.line_height + 8


def test_a_long_line_scrolls_sideways_inside(view: CodeView, qtbot: QtBot) -> None:
    view.show_code("x" * 500)
    assert view.sizeHint().height() > view.text.line_height + 8
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: view.text.horizontalScrollBar().maximum() > 0)


def test_code_without_known_lines_shows_no_numbers(view: CodeView) -> None:
    view.show_code("x = 1")
    assert view.lines[0].numbers == ()
    assert view.text.accessibleName() == "Code"


def test_it_follows_the_theme(theme: Theme, view: CodeView) -> None:
    theme.set_mode(ThemeMode.DARK)
    image = view.grab().toImage()
    assert image.pixelColor(290, 12) == DARK.code.ground
    assert view.text.toPlainText().startswith("cur = db")
