"""A patch is shown as a diff, in signs and bars as well as colours, or else as code."""

import pytest
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.detail.code_block import CodeBlock, LineMark
from heimdall_desktop.widgets.detail.diff_view import DiffView, SplitDiff
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part
from tests.fakes.shown_code import inks

PATCH = """--- a/orders.py
+++ b/orders.py
@@ -88,3 +88,3 @@
     cur.execute(
-        f"q = {x}"  # bad
+        "q = %s"  # good
     )
"""

SPLIT_PATCH = "@@ -88,3 +88,4 @@\n same\n-old\n+new\n+newer " + "x" * 400 + "\n end\n"


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> DiffView:
    view = DiffView()
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


@pytest.fixture
def split(theme: Theme, qtbot: QtBot) -> SplitDiff:
    split = SplitDiff()
    qtbot.addWidget(split)
    split.resize(600, 200)
    split.show()
    return split


def test_each_side_has_its_lines_and_a_gap_where_it_has_none(split: SplitDiff) -> None:
    assert split.show_patch(SPLIT_PATCH)
    old, new = part(split, CodeBlock, "patch-before"), part(split, CodeBlock, "patch-after")
    assert [line.numbers for line in old.lines] == [(88,), (89,), (None,), (90,)]
    assert [line.numbers for line in new.lines] == [(88,), (89,), (90,), (91,)]
    assert [line.mark for line in old.lines][1:3] == [LineMark.REMOVED, LineMark.NONE]
    assert [line.mark for line in new.lines][1:3] == [LineMark.ADDED, LineMark.ADDED]
    assert old.text.toPlainText() == "same\nold\n\nend"


def test_both_sides_scroll_together(split: SplitDiff, qtbot: QtBot) -> None:
    split.show_patch(SPLIT_PATCH.replace("-old", "-old " + "y" * 400))
    bars = [
        part(split, CodeBlock, name).text.horizontalScrollBar()
        for name in ("patch-before", "patch-after")
    ]
    qtbot.waitUntil(lambda: all(bar.maximum() > 100 for bar in bars))
    bars[0].setValue(90)
    assert bars[1].value() == 90
    bars[1].setValue(30)
    assert bars[0].value() == 30


def test_what_is_no_diff_is_not_shown(split: SplitDiff) -> None:
    assert not split.show_patch("Do this.")
    assert part(split, CodeBlock, "patch-before").lines == []


def test_each_side_is_coloured_for_itself(theme: Theme, split: SplitDiff, qtbot: QtBot) -> None:
    split.show_patch("@@ -1,2 +1,3 @@\n same\n-old  # why\n+new\n+newer  # so\n", file_name="x.py")
    comment = theme.tokens.code.comment
    old, new = part(split, CodeBlock, "patch-before"), part(split, CodeBlock, "patch-after")
    qtbot.waitUntil(lambda: comment in inks(old.text, 1) and comment in inks(new.text, 2))
