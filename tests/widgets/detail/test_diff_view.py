"""A patch is shown as a diff, in signs and bars as well as colours, or else as code."""

import pytest
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.detail.code_block import LineMark
from heimdall_desktop.widgets.detail.diff_view import DiffView
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.shown_code import inks

PATCH = """--- a/orders.py
+++ b/orders.py
@@ -88,3 +88,3 @@
     cur.execute(
-        f"q = {x}"  # bad
+        "q = %s"  # good
     )
"""


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> DiffView:
    view = DiffView(theme)
    qtbot.addWidget(view)
    view.resize(360, 100)
    return view


def test_a_diff_has_two_columns_of_numbers(view: DiffView) -> None:
    assert view.show_patch(PATCH, file_name="orders.py")
    assert [(line.numbers, line.mark) for line in view.lines] == [
        ((88, 88), LineMark.NONE),
        ((89, None), LineMark.REMOVED),
        ((None, 89), LineMark.ADDED),
        ((90, 90), LineMark.NONE),
    ]


def test_common_indentation_goes_and_is_copied_back(view: DiffView) -> None:
    view.show_patch(PATCH)
    assert view.text.toPlainText().splitlines()[:2] == ["cur.execute(", '    f"q = {x}"  # bad']
    view.text.selectAll()
    assert view.text.selected_original().splitlines()[0] == "    cur.execute("


def test_changed_words_stand_where_they_are_shown(view: DiffView) -> None:
    view.show_patch(PATCH)
    removed = view.lines[1].row
    assert "f" in [removed.line.text[start:end] for start, end in removed.words]
    assert removed.word_ground == "removed_word"


def test_both_sides_are_coloured(theme: Theme, view: DiffView, qtbot: QtBot) -> None:
    view.show_patch(PATCH, file_name="orders.py")
    comment = theme.tokens.code.comment
    qtbot.waitUntil(lambda: all(comment in inks(view.text, line) for line in (1, 2)))


def test_added_has_a_solid_and_removed_a_dotted_bar(theme: Theme, view: DiffView) -> None:
    view.show_patch(PATCH)
    view.resize(360, view.sizeHint().height())
    image, height = view.grab().toImage(), view.text.line_height
    code = theme.tokens.code

    def bar(line: int) -> set[str]:
        top = 4 + line * height
        return {image.pixelColor(2, y).name() for y in range(top, top + height)}

    assert bar(1) == {code.removed_bar.name(), code.removed.name()}
    assert bar(2) == {code.added_bar.name()}


def test_what_is_no_diff_is_shown_as_code(view: DiffView) -> None:
    assert not view.show_patch("    Use a parameter instead.")
    assert view.text.toPlainText() == "Use a parameter instead."
    assert view.lines[0].numbers == ()


def test_hidden_characters_in_a_patch_become_visible(view: DiffView) -> None:
    view.show_patch("@@ -1 +1 @@\n-a\n+b\u202e\n")
    assert view.text.toPlainText() == "a\nb<U+202E>"
