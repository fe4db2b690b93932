"""Diffs are read with and without headers; anything else is no diff."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.widgets.detail.patch_lines import PatchKind, PatchLine, patch_lines

HUNK = """@@ -88,3 +88,3 @@ def search():
 cur.execute(
-    f" WHERE ref LIKE '%{q}%'"
+    " WHERE ref LIKE %s"
 )
"""
WHOLE = "--- a/orders.py\n+++ b/orders.py\n" + HUNK


@pytest.mark.parametrize("patch", [HUNK, WHOLE, WHOLE.rstrip("\n")], ids=["bare", "whole", "cut"])
def test_kinds_and_numbers(patch: str) -> None:
    lines = patch_lines(patch)
    assert [(line.kind, line.old_number, line.new_number) for line in lines] == [
        (PatchKind.CONTEXT, 88, 88),
        (PatchKind.REMOVED, 89, None),
        (PatchKind.ADDED, None, 89),
        (PatchKind.CONTEXT, 90, 90),
    ]


def test_changed_words_are_marked_on_both_sides() -> None:
    _, removed, added, _ = patch_lines(HUNK)
    assert "f" in [removed.text[start:end] for start, end in removed.words]
    assert "%s" in [added.text[start:end] for start, end in added.words]
    assert "WHERE" not in [added.text[start:end] for start, end in added.words]


def test_other_lines_are_not_compared() -> None:
    lines = patch_lines("@@ -1 +1 @@\n-alpha beta\n+import os, sys\n")
    assert [line.words for line in lines] == [(), ()]


def test_several_hunks_and_files_get_headings() -> None:
    second = HUNK.replace("-88,3 +88,3", "-120,3 +120,3")
    two_files = WHOLE + second + WHOLE.replace("orders", "users")
    headings = [line for line in patch_lines(two_files) if line.kind is PatchKind.HEADING]
    assert headings[0] == PatchLine(PatchKind.HEADING, "orders.py")
    assert headings[2].text == "Line 120: def search():"
    assert headings[3].text == "users.py"


def test_a_missing_end_of_line_is_no_line() -> None:
    lines = patch_lines("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n")
    assert [line.text for line in lines] == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    ["", "Use a parameter instead.", "cur.execute(q, (x,))", "@@ -1,9 +1,9 @@\n-only one\n"],
)
def test_anything_else_is_no_diff(text: str) -> None:
    assert patch_lines(text) == ()


@given(st.text(alphabet="+-@ \\ab1,\n\r\t", max_size=120))
def test_no_text_makes_it_fail(text: str) -> None:
    patch_lines(text)


def test_lines_that_repeat_themselves_are_not_compared() -> None:
    lines = patch_lines(f"@@ -1 +1 @@\n-{'old ' * 80}\n+{'old ' * 79}new\n")
    assert [line.words for line in lines] == [(), ()]


def test_a_line_behind_a_new_one_is_compared_with_what_it_was() -> None:
    diff = "@@ -1 +1,2 @@\n-get(url, follow=True)\n+import re\n+get(url, follow=False)\n"
    old, new, moved = patch_lines(diff)
    assert [old.text[start:end] for start, end in old.words] == ["True"]
    assert new.words == ()
    assert [moved.text[start:end] for start, end in moved.words] == ["False"]
