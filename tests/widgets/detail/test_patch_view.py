"""A patch is read and shown as a diff, in signs and bars as well as colours, or else as code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.detail.code_view import CodeLine, CodeText, CodeView, LineKind
from heimdall_desktop.widgets.detail.patch_view import PatchView, patch_lines
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import opened, part

BARE = """@@ -88,3 +88,3 @@ def search():
     cur.execute(
-        f"q = '%{x}%'"  # bad
+        "q = %s"  # good
     )
"""
PATCH = "--- a/orders.py\n+++ b/orders.py\n" + BARE
LINES = [
    ((88, 88), LineKind.PLAIN),
    ((89, None), LineKind.REMOVED),
    ((None, 89), LineKind.ADDED),
    ((90, 90), LineKind.PLAIN),
]
SPLIT_PATCH = "@@ -88,3 +88,4 @@\n same\n-old\n+new\n+newer " + "x" * 400 + "\n end\n"


def words(line: CodeLine) -> list[str]:
    return [line.shown.text[start:end] for start, end in line.words]


@pytest.mark.parametrize("patch", [BARE, PATCH, PATCH.rstrip("\n")], ids=["bare", "whole", "cut"])
def test_reads_kinds_and_numbers(patch: str) -> None:
    assert [(line.numbers, line.kind) for line in patch_lines(patch)] == LINES


def test_marks_changed_words_on_both_sides() -> None:
    _, removed, added, _ = patch_lines(BARE)
    assert "f" in words(removed)
    assert any("s" in word for word in words(added))
    assert not [word for line in (removed, added) for word in words(line) if "q" in word]


def test_marks_changed_words_where_they_are_shown() -> None:
    old, new = patch_lines("@@ -1 +1 @@\n-\tcall(a,\tb, c)\n+\tcall(a,\tb, d)\n")
    assert (old.shown.text, old.shown.original) == ("call(a, b, c)", "\tcall(a,\tb, c)")
    assert (words(old), words(new)) == (["c"], ["d"])


def test_other_lines_are_not_compared() -> None:
    lines = patch_lines("@@ -1 +1 @@\n-alpha beta\n+import os, sys\n")
    assert [line.words for line in lines] == [(), ()]


def test_repetitive_lines_are_not_compared() -> None:
    lines = patch_lines(f"@@ -1 +1 @@\n-{'old ' * 80}\n+{'old ' * 79}new\n")
    assert [line.words for line in lines] == [(), ()]


def test_a_line_after_a_new_one_is_compared_with_what_it_was() -> None:
    diff = "@@ -1 +1,2 @@\n-get(url, follow=True)\n+import re\n+get(url, follow=False)\n"
    assert [words(line) for line in patch_lines(diff)] == [["True"], [], ["False"]]


def test_several_hunks_and_files_get_headings() -> None:
    second = BARE.replace("-88,3 +88,3", "-120,3 +120,3")
    two_files = PATCH + second + PATCH.replace("orders", "users")
    lines = patch_lines(two_files)
    headings = [line.shown.text for line in lines if line.kind is LineKind.HEADING]
    assert headings[0] == "orders.py"
    assert headings[2:] == ["Line 120: def search():", "users.py"]


def test_a_missing_end_of_line_is_not_a_line() -> None:
    lines = patch_lines("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n")
    assert [line.shown.text for line in lines] == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    ["", "Use a parameter instead.", "cur.execute(q, (x,))", "@@ -1,9 +1,9 @@\n-only one\n"],
)
def test_other_text_is_not_a_diff(text: str) -> None:
    assert patch_lines(text) == []


@given(st.text(alphabet="+-@ \\ab1,\n\r\t", max_size=120))
def test_reads_any_text_without_failing(text: str) -> None:
    patch_lines(text)


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> PatchView:
    return opened(qtbot, PatchView(), 600, 200)


@pytest.fixture
def unified(view: PatchView) -> CodeView:
    return part(view, CodeView, "patch-diff")


def split(view: PatchView, patch: str, file_name: str = "") -> tuple[CodeView, CodeView]:
    """Show a patch side by side."""
    assert view.show_patch(patch, file_name=file_name)
    view.set_split(is_split=True)
    return part(view, CodeView, "patch-before"), part(view, CodeView, "patch-after")


def inks(text: CodeText, line: int) -> list[QColor]:
    """Return the colours of the parts of a line, counted from 0."""
    looks = text.document().findBlockByNumber(line).layout().formats()
    return [look.format.foreground().color() for look in looks]


def test_common_indentation_is_removed_and_copied(view: PatchView, unified: CodeView) -> None:
    assert view.show_patch(PATCH)
    assert unified.text.toPlainText().splitlines()[0] == "cur.execute("
    unified.text.selectAll()
    assert unified.text.selected_original().splitlines()[0] == "    cur.execute("


def test_colours_both_sides(theme: Theme, view: PatchView, unified: CodeView, qtbot: QtBot) -> None:
    view.show_patch(PATCH, file_name="orders.py")
    comment = theme.tokens.code.comment
    qtbot.waitUntil(lambda: all(comment in inks(unified.text, line) for line in (1, 2)))


def test_added_has_a_solid_and_removed_a_dotted_bar(
    theme: Theme, view: PatchView, unified: CodeView
) -> None:
    view.show_patch(PATCH)
    unified.resize(unified.sizeHint())
    image, height = unified.grab().toImage(), unified.text.line_height
    code = theme.tokens.code

    def bar(line: int) -> set[str]:
        top = 4 + line * height
        return {image.pixelColor(2, y).name() for y in range(top, top + height)}

    assert bar(1) == {code.removed_bar.name(), code.removed.name()}
    assert bar(2) == {code.added_bar.name()}


def test_shows_other_text_as_code(view: PatchView, unified: CodeView) -> None:
    assert not view.show_patch("    Use a parameter instead.")
    assert unified.text.toPlainText() == "Use a parameter instead."
    assert unified.lines[0].numbers == ()
    assert unified.text.accessibleName() == "Suggested patch"


def test_invisible_characters_in_a_patch_are_shown(view: PatchView, unified: CodeView) -> None:
    view.show_patch("@@ -1 +1 @@\n-a\n+b\u202e\n")
    assert unified.text.toPlainText() == "a\nb<U+202E>"


def test_each_side_has_its_lines_and_a_gap_where_it_has_none(view: PatchView) -> None:
    old, new = split(view, SPLIT_PATCH)
    assert [line.numbers for line in old.lines] == [(88,), (89,), (None,), (90,)]
    assert [line.numbers for line in new.lines] == [(88,), (89,), (90,), (91,)]
    assert [line.kind for line in old.lines][1:3] == [LineKind.REMOVED, LineKind.GAP]
    assert [line.kind for line in new.lines][1:3] == [LineKind.ADDED, LineKind.ADDED]
    assert old.text.toPlainText() == "same\nold\n\nend"


def test_both_sides_scroll_together(view: PatchView, qtbot: QtBot) -> None:
    sides = split(view, SPLIT_PATCH.replace("-old", "-old " + "y" * 400))
    bars = [side.text.horizontalScrollBar() for side in sides]
    qtbot.waitUntil(lambda: all(bar.maximum() > 100 for bar in bars))
    bars[0].setValue(90)
    assert bars[1].value() == 90
    bars[1].setValue(30)
    assert bars[0].value() == 30


def test_each_side_is_coloured_separately(theme: Theme, view: PatchView, qtbot: QtBot) -> None:
    patch = "@@ -1,2 +1,3 @@\n same\n-old  # why\n+new\n+newer  # so\n"
    old, new = split(view, patch, "x.py")
    comment = theme.tokens.code.comment
    qtbot.waitUntil(lambda: comment in inks(old.text, 1) and comment in inks(new.text, 2))


def test_another_patch_replaces_both_sides(view: PatchView) -> None:
    split(view, SPLIT_PATCH)
    old, new = split(view, "@@ -1 +1 @@\n-a\n+b\n")
    assert (old.text.toPlainText(), new.text.toPlainText()) == ("a", "b")
