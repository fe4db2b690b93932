"""The section with the patch, and the view of its lines."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.widgets.detail import patch_section
from heimdall_desktop.widgets.detail.code_view import CodeLine, CodeText, CodeView, LineKind
from heimdall_desktop.widgets.detail.patch_view import LINES_LIMIT, PatchView, patch_lines
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding, make_patch
from tests.fakes.hands import click, opened, part, press
from tests.fakes.requests import RecordedRequests

HUNK = "@@ -1,2 +1,2 @@\n-bad\n+good\n same\n"
DIFF = f"--- a/x.py\n+++ b/x.py\n{HUNK}"
FIRST, OTHER = "@@ -1 +1 @@\n-a\n+b\n", "@@ -1 +1 @@\n-a\n+c\n"
NO_DIFF = "--- what to do ---\nBind the parameter."


class Shown:
    """The patches of a finding, and a section that shows them."""

    def __init__(self, qtbot: QtBot, parent: QApplication) -> None:
        self.requests, self.memory = RecordedRequests(), WindowMemory()
        self.patches = patch_section.ShownPatches(self.requests, self.memory, parent)
        self.section = opened(qtbot, patch_section.PatchSection(self.patches), 600, 300)
        (self.rest,) = self.patches.findChildren(QTimer)

    def show(self, diff: str | None, **fields: Any) -> None:
        self.patches.show_finding(make_finding(suggested_patch=diff, **fields))

    @property
    def note(self) -> str:
        label = part(self.section, QLabel, "patch-note")
        return label.text() if label.isVisible() else ""


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot, qapp: QApplication) -> Shown:
    return Shown(qtbot, qapp)


def test_a_diff_is_a_diff(shown: Shown) -> None:
    shown.show(DIFF)
    marks = [line.kind for line in part(shown.section, CodeView, "patch-diff").lines]
    assert {LineKind.ADDED, LineKind.REMOVED} <= set(marks)
    press(shown.section, "Copy patch")
    assert QGuiApplication.clipboard().text() == DIFF
    assert shown.note == ""


def test_t39_other_text_is_shown_as_it_is(shown: Shown) -> None:
    shown.show(NO_DIFF)
    assert len(part(shown.section, CodeView, "patch-diff").lines) == 2
    words = [label.text() for label in shown.section.findChildren(QLabel)]
    assert "not a diff, shown as received" in words
    assert part(shown.section, QWidget, "patch-way").isHidden()
    press(shown.section, "Copy patch")
    assert QGuiApplication.clipboard().text() == NO_DIFF
    shown.show(DIFF + " same\n" * (LINES_LIMIT + 1))
    words = [label.text() for label in shown.section.findChildren(QLabel)]
    assert "too long for a diff, shown as received" in words
    assert part(shown.section, QWidget, "patch-way").isHidden()


def test_says_what_was_repaired_for_git(shown: Shown) -> None:
    shown.show(HUNK.replace("-1,2", "-1,7"))
    assert shown.note == ("Copies have a file header added. Copies have corrected line counts.")
    press(shown.section, "Copy patch")
    path = "shop/api/orders.py"
    assert QGuiApplication.clipboard().text() == f"--- a/{path}\n+++ b/{path}\n{HUNK}"


@pytest.mark.parametrize("suffix", ["\x1b[2J", "\x00", "\x9b", "\r"])
def test_a_patch_with_control_characters_is_copied_as_is(shown: Shown, suffix: str) -> None:
    hostile = DIFF.replace("+good", f"+go{suffix}od")
    assert hostile != DIFF
    shown.show(hostile)
    warning = "This patch contains control characters."
    assert shown.note.startswith(f"{warning} Check it before you paste it into a terminal.")
    press(shown.section, "Copy patch")
    assert QGuiApplication.clipboard().text() == hostile
    shown.show(DIFF.replace("\n", "\r\n"))
    assert warning not in shown.note


def test_a_patch_without_context_after_it_is_offered_for_unidiff_zero(shown: Shown) -> None:
    button = part(shown.section, QPushButton, "patch-copy-zero")
    shown.show(DIFF)
    assert not button.isVisible()
    bare = DIFF.replace(" same\n", "").replace("-1,2 +1,2", "-1,1 +1,1")
    shown.show(bare)
    words = "A change has no context after it: git apply rejects it, except at the end of a file."
    assert shown.note.startswith(words)
    click(button)
    assert QGuiApplication.clipboard().text() == f"# git apply --unidiff-zero\n{bare}"
    assert button.accessibleName() == "Copied"
    press(shown.section, "Copy patch")
    assert QGuiApplication.clipboard().text() == bare


def test_a_diff_that_cannot_be_repaired_is_copied_as_it_is(shown: Shown) -> None:
    shown.show(HUNK, file_path="../x")
    words = "Git may reject this patch, and it can't be repaired without guessing."
    assert shown.note.startswith(words)
    press(shown.section, "Copy patch")
    assert QGuiApplication.clipboard().text() == HUNK


def test_split_view_is_remembered_and_needs_room(shown: Shown, qtbot: QtBot) -> None:
    shown.show(DIFF)
    unified, split = part(shown.section, QWidget, "patch-way").findChildren(QRadioButton)
    click(split)
    assert part(shown.section, QWidget, "patch-after").isVisible()
    assert not part(shown.section, QWidget, "patch-diff").isVisible()
    shown.section.resize(400, 300)
    qtbot.waitUntil(lambda: not split.isEnabled())
    assert "wider" in split.toolTip()
    assert part(shown.section, QWidget, "patch-diff").isVisible()
    shown.section.resize(600, 300)
    qtbot.waitUntil(split.isChecked)
    assert shown.memory.text("detail-diff") == "split"
    click(unified)
    assert part(shown.section, QWidget, "patch-diff").isVisible()


def test_other_patches_of_the_finding_can_be_shown(shown: Shown, qtbot: QtBot) -> None:
    shown.patches.show_finding(make_finding(1, suggested_patch=DIFF))
    assert not part(shown.section, QWidget, "patch-versions").isVisible()
    qtbot.waitUntil(lambda: bool(shown.requests.waiting))
    older = DIFF.replace("good", "better")
    shown.requests.answer((make_patch(1, DIFF, is_applied=True), make_patch(2, older)))
    words = part(shown.section, QLabel, "patch-version")
    assert words.text().startswith("Patch 1 of 2, newest (the one that counts), 4 Jul")
    assert words.text().endswith("marked as applied")
    click(part(shown.section, QPushButton, "patch-older"))
    assert words.text().startswith("Patch 2 of 2, 4 Jul")
    press(shown.section, "Copy patch")
    assert QGuiApplication.clipboard().text() == older
    assert not part(shown.section, QPushButton, "patch-older").isEnabled()
    click(part(shown.section, QPushButton, "patch-newer"))
    assert part(shown.section, QPushButton, "patch-older").isEnabled()
    assert FOUND_AT.year == 2026
    assert shown.patches.current is not None
    assert shown.patches.current.finding_id == finding_id(1)


def test_saves_the_patch_where_the_user_chooses(shown: Shown, tmp_path: Path) -> None:
    shown.show(DIFF)
    full = errors.FileNotWritten(
        errors.Reason.FILE_NOT_WRITTEN, file="fix.patch", problem="No space"
    )
    not_saved = "Couldn't save fix.patch: No space. Choose another location."
    for outcome, words in ((None, "Saved as fix.patch."), (full, not_saved)):
        click(part(shown.section, QPushButton, "patch-save"))
        dialog = part(shown.section.window(), QFileDialog, "patch-file")
        dialog.fileSelected.emit(str(tmp_path / "fix.patch"))
        dialog.done(0)
        dialog.setObjectName("")
        assert shown.requests.asked[-1] == ("save", tmp_path / "fix.patch", DIFF)
        shown.requests.answer(outcome)
        assert shown.note == words


def test_a_narrow_head_offers_no_choice(shown: Shown) -> None:
    shown.show(DIFF)
    assert part(shown.section, QWidget, "patch-way").isVisible()
    shown.section.resize(300, 300)
    assert part(shown.section, QWidget, "patch-way").isHidden()


def test_the_list_of_a_scan_is_requested_once(shown: Shown, qtbot: QtBot) -> None:
    shown.patches.show_finding(make_finding(2, suggested_patch=OTHER))
    shown.show(FIRST)
    qtbot.waitUntil(lambda: bool(shown.requests.waiting))
    assert shown.requests.asked == [("patches", SCAN_ID)]
    listed = (make_patch(1, FIRST), make_patch(2, OTHER, finding_id=make_finding(2).id))
    shown.requests.answer(listed)
    for number, patch in ((2, OTHER), (1, FIRST)):
        shown.patches.show_finding(make_finding(number, suggested_patch=patch))
        assert not shown.rest.isActive()


def test_advice_in_words_needs_no_list(shown: Shown) -> None:
    shown.show("Bind it.")
    assert not shown.rest.isActive()
    assert len(shown.patches.patches) == 1
    shown.show(None)
    assert (len(shown.patches.patches), shown.patches.current) == (0, None)


def test_a_diff_that_is_missing_in_the_list_is_requested_once(shown: Shown) -> None:
    shown.show(FIRST)
    shown.rest.timeout.emit()
    shown.requests.answer(())
    shown.patches.show_finding(make_finding(1, suggested_patch=FIRST, title="Other words"))
    assert not shown.rest.isActive()
    shown.show(OTHER)
    assert shown.rest.isActive()


def test_the_newest_is_shown_until_another_is_chosen(shown: Shown) -> None:
    patches = shown.patches
    shown.show(FIRST)
    shown.rest.timeout.emit()
    shown.requests.answer((make_patch(1, OTHER), make_patch(2, FIRST)))
    assert patches.current is not None
    assert (patches.index, len(patches.patches), patches.current.diff) == (0, 2, OTHER)
    patches.choose(1)
    patches.show_finding(make_finding(1, suggested_patch=FIRST, title="Other words"))
    assert (patches.index, patches.current.diff) == (1, FIRST)
    patches.show_finding(make_finding(2, suggested_patch=OTHER))
    assert (patches.index, len(patches.patches)) == (0, 1)


def test_t56_a_list_that_could_not_be_read_is_requested_again_later(shown: Shown) -> None:
    shown.show(FIRST)
    shown.rest.timeout.emit()
    shown.requests.answer(errors.ServerUnreachable(errors.Reason.NOT_REACHABLE, host="h.test"))
    assert (shown.rest.isActive(), shown.rest.interval()) == (True, patch_section.AGAIN_MS)
    assert shown.patches.current is not None
    assert shown.patches.current.diff == FIRST, "until then its own patch is shown"
    shown.rest.timeout.emit()
    assert len(shown.requests.asked) == 2
    shown.requests.answer(errors.NotVisible(errors.Reason.NOT_FOUND))
    shown.rest.stop()
    shown.patches.show_finding(make_finding(1, suggested_patch=FIRST, title="Other words"))
    assert (shown.rest.isActive(), shown.rest.interval()) == (True, patch_section.REST_MS)
    shown.rest.stop()


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


@pytest.mark.parametrize(
    ("lines", "marked"),
    [
        ("-alpha beta\n+import os, sys\n", [[], []]),
        (f"-{'old ' * 80}\n+{'old ' * 79}new\n", [[], []]),
        ("-get(x, y=True)\n+import re\n+get(x, y=False)\n", [["True"], [], ["False"]]),
    ],
    ids=["other lines", "repetitive lines", "after a new line"],
)
def test_only_similar_lines_are_compared(lines: str, marked: list[list[str]]) -> None:
    diff = f"@@ -1 +1,{len(marked) - 1} @@\n{lines}"
    assert [words(line) for line in patch_lines(diff)] == marked


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
    "text", ["", "Use a parameter instead.", "cur.execute(q, (x,))", "@@ -1,9 +1,9 @@\n-only one\n"]
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


def test_added_is_solid_removed_dotted(theme: Theme, view: PatchView, unified: CodeView) -> None:
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
