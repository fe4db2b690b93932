"""The suggested patches of a finding, and how they are shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.errors import (
    FileNotWritten,
    NotVisible,
    Reason,
    ServerUnreachable,
)
from heimdall_desktop.widgets.detail.code_view import CodeView, LineKind
from heimdall_desktop.widgets.detail.patch_section import (
    AGAIN_MS,
    REST_MS,
    PatchSection,
    ShownPatches,
)
from heimdall_desktop.widgets.detail.patch_view import LINES_LIMIT
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding, make_patch
from tests.fakes.hands import click, part, press
from tests.fakes.requests import RecordedRequests

HUNK = "@@ -1,2 +1,2 @@\n-bad\n+good\n same\n"
DIFF = f"--- a/x.py\n+++ b/x.py\n{HUNK}"
FIRST, OTHER = "@@ -1 +1 @@\n-a\n+b\n", "@@ -1 +1 @@\n-a\n+c\n"
NO_DIFF = "--- what to do ---\nBind the parameter."


@pytest.fixture
def requests() -> RecordedRequests:
    return RecordedRequests()


@pytest.fixture
def memory() -> WindowMemory:
    return WindowMemory()


@pytest.fixture
def patches(requests: RecordedRequests, memory: WindowMemory, qapp: QApplication) -> ShownPatches:
    return ShownPatches(requests, memory, qapp)


@pytest.fixture
def section(theme: Theme, patches: ShownPatches, qtbot: QtBot) -> PatchSection:
    section = PatchSection(patches)
    qtbot.addWidget(section)
    section.resize(600, 300)
    section.show()
    return section


def note(section: PatchSection) -> str:
    label = part(section, QLabel, "patch-note")
    return label.text() if label.isVisible() else ""


def test_a_diff_is_a_diff(section: PatchSection, patches: ShownPatches) -> None:
    patches.show_finding(make_finding(suggested_patch=DIFF))
    marks = [line.kind for line in part(section, CodeView, "patch-diff").lines]
    assert {LineKind.ADDED, LineKind.REMOVED} <= set(marks)
    press(section, "Copy patch")
    assert QGuiApplication.clipboard().text() == DIFF
    assert note(section) == ""


def test_t39_other_text_is_shown_as_it_is(section: PatchSection, patches: ShownPatches) -> None:
    patches.show_finding(make_finding(suggested_patch=NO_DIFF))
    assert len(part(section, CodeView, "patch-diff").lines) == 2
    words = [label.text() for label in section.findChildren(QLabel)]
    assert "not a diff, shown as received" in words
    assert part(section, QWidget, "patch-way").isHidden()
    press(section, "Copy patch")
    assert QGuiApplication.clipboard().text() == NO_DIFF


def test_says_what_was_repaired_for_git(section: PatchSection, patches: ShownPatches) -> None:
    patches.show_finding(make_finding(suggested_patch=HUNK.replace("-1,2", "-1,7")))
    assert note(section) == ("Copies have a file header added. Copies have corrected line counts.")
    press(section, "Copy patch")
    path = "shop/api/orders.py"
    copied = QGuiApplication.clipboard().text()
    assert copied == f"--- a/{path}\n+++ b/{path}\n{HUNK}"


@pytest.mark.parametrize("suffix", ["\x1b[2J", "\x00", "\x9b", "\r"])
def test_a_patch_with_control_characters_is_copied_exactly_and_says_so(
    section: PatchSection, patches: ShownPatches, suffix: str
) -> None:
    hostile = DIFF.replace("+good", f"+go{suffix}od")
    assert hostile != DIFF
    patches.show_finding(make_finding(suggested_patch=hostile))
    warning = (
        "This patch contains control characters. Check it before you paste it into a terminal."
    )
    assert note(section).startswith(warning)
    press(section, "Copy patch")
    assert QGuiApplication.clipboard().text() == hostile
    patches.show_finding(make_finding(suggested_patch=DIFF.replace("\n", "\r\n")))
    assert warning not in note(section)


def test_a_patch_without_context_after_it_is_offered_for_unidiff_zero(
    section: PatchSection, patches: ShownPatches
) -> None:
    button = part(section, QPushButton, "patch-copy-zero")
    patches.show_finding(make_finding(suggested_patch=DIFF))
    assert not button.isVisible()
    bare = DIFF.replace(" same\n", "").replace("-1,2 +1,2", "-1,1 +1,1")
    patches.show_finding(make_finding(suggested_patch=bare))
    assert note(section).startswith(
        "A change has no context after it: git apply rejects it, except at the end of a file."
    )
    click(button)
    assert QGuiApplication.clipboard().text() == f"# git apply --unidiff-zero\n{bare}"
    assert button.accessibleName() == "Copied"
    press(section, "Copy patch")
    assert QGuiApplication.clipboard().text() == bare


def test_a_diff_that_cannot_be_repaired_is_copied_as_it_is(
    section: PatchSection, patches: ShownPatches
) -> None:
    patches.show_finding(make_finding(suggested_patch=HUNK, file_path="../x"))
    assert note(section).startswith(
        "Git may reject this patch, and it can't be repaired without guessing."
    )
    press(section, "Copy patch")
    assert QGuiApplication.clipboard().text() == HUNK


def test_split_view_is_remembered_and_needs_room(
    section: PatchSection, patches: ShownPatches, memory: WindowMemory, qtbot: QtBot
) -> None:
    patches.show_finding(make_finding(suggested_patch=DIFF))
    unified, split = part(section, QWidget, "patch-way").findChildren(QRadioButton)
    click(split)
    assert part(section, QWidget, "patch-after").isVisible()
    assert not part(section, QWidget, "patch-diff").isVisible()
    section.resize(400, 300)
    qtbot.waitUntil(lambda: not split.isEnabled())
    assert "wider" in split.toolTip()
    assert part(section, QWidget, "patch-diff").isVisible()
    section.resize(600, 300)
    qtbot.waitUntil(split.isChecked)
    assert memory.text("detail-diff") == "split"
    click(unified)
    assert part(section, QWidget, "patch-diff").isVisible()


def test_other_patches_of_the_finding_can_be_shown(
    section: PatchSection, patches: ShownPatches, requests: RecordedRequests, qtbot: QtBot
) -> None:
    patches.show_finding(make_finding(1, suggested_patch=DIFF))
    assert not part(section, QWidget, "patch-versions").isVisible()
    qtbot.waitUntil(lambda: bool(requests.waiting))
    older = DIFF.replace("good", "better")
    requests.answer((make_patch(1, DIFF, is_applied=True), make_patch(2, older)))
    words = part(section, QLabel, "patch-version")
    assert words.text().startswith("Patch 1 of 2, newest (the one that counts), 4 Jul")
    assert words.text().endswith("marked as applied")
    click(part(section, QPushButton, "patch-older"))
    assert words.text().startswith("Patch 2 of 2, 4 Jul")
    press(section, "Copy patch")
    assert QGuiApplication.clipboard().text() == older
    assert not part(section, QPushButton, "patch-older").isEnabled()
    click(part(section, QPushButton, "patch-newer"))
    assert part(section, QPushButton, "patch-older").isEnabled()
    assert FOUND_AT.year == 2026
    assert patches.current is not None
    assert patches.current.finding_id == finding_id(1)


def test_saves_the_patch_where_the_user_chooses(
    section: PatchSection, patches: ShownPatches, requests: RecordedRequests, tmp_path: Path
) -> None:
    patches.show_finding(make_finding(suggested_patch=DIFF))
    for outcome, words in (
        (None, "Saved as fix.patch."),
        (
            FileNotWritten(Reason.FILE_NOT_WRITTEN, file="fix.patch", problem="No space"),
            "Couldn't save fix.patch: No space. Choose another location.",
        ),
    ):
        click(part(section, QPushButton, "patch-save"))
        dialog = part(section.window(), QFileDialog, "patch-file")
        dialog.fileSelected.emit(str(tmp_path / "fix.patch"))
        dialog.done(0)
        dialog.setObjectName("")
        assert requests.asked[-1] == ("save", tmp_path / "fix.patch", DIFF)
        requests.answer(outcome)
        assert note(section) == words


def test_a_patch_too_long_to_compare_is_text(section: PatchSection, patches: ShownPatches) -> None:
    patches.show_finding(make_finding(suggested_patch=DIFF + " same\n" * (LINES_LIMIT + 1)))
    words = [label.text() for label in section.findChildren(QLabel)]
    assert "too long for a diff, shown as received" in words
    assert part(section, QWidget, "patch-way").isHidden()


def test_a_narrow_head_offers_no_choice(section: PatchSection, patches: ShownPatches) -> None:
    patches.show_finding(make_finding(suggested_patch=DIFF))
    assert part(section, QWidget, "patch-way").isVisible()
    section.resize(300, 300)
    assert part(section, QWidget, "patch-way").isHidden()


def is_request_due(patches: ShownPatches) -> bool:
    (rest,) = patches.findChildren(QTimer)
    return rest.isActive()


def end_rest(patches: ShownPatches) -> None:
    """Request the list now."""
    (rest,) = patches.findChildren(QTimer)
    rest.timeout.emit()


def test_the_list_of_a_scan_is_requested_once(
    patches: ShownPatches, requests: RecordedRequests, qtbot: QtBot
) -> None:
    patches.show_finding(make_finding(2, suggested_patch=OTHER))
    patches.show_finding(make_finding(1, suggested_patch=FIRST))
    qtbot.waitUntil(lambda: bool(requests.waiting))
    assert requests.asked == [("patches", SCAN_ID)]
    listed = (make_patch(1, FIRST), make_patch(2, OTHER, finding_id=make_finding(2).id))
    requests.answer(listed)
    for number, patch in ((2, OTHER), (1, FIRST)):
        patches.show_finding(make_finding(number, suggested_patch=patch))
        assert not is_request_due(patches)


def test_advice_in_words_needs_no_list(patches: ShownPatches) -> None:
    patches.show_finding(make_finding(1, suggested_patch="Bind it."))
    assert not is_request_due(patches)
    assert len(patches.patches) == 1
    patches.show_finding(make_finding(1, suggested_patch=None))
    assert (len(patches.patches), patches.current) == (0, None)


def test_a_diff_that_is_missing_in_the_list_is_requested_once(
    patches: ShownPatches, requests: RecordedRequests
) -> None:
    patches.show_finding(make_finding(1, suggested_patch=FIRST))
    end_rest(patches)
    requests.answer(())
    patches.show_finding(make_finding(1, suggested_patch=FIRST, title="Other words"))
    assert not is_request_due(patches)
    patches.show_finding(make_finding(1, suggested_patch=OTHER))
    assert is_request_due(patches)


def test_the_newest_is_shown_until_another_is_chosen(
    patches: ShownPatches, requests: RecordedRequests
) -> None:
    patches.show_finding(make_finding(1, suggested_patch=FIRST))
    end_rest(patches)
    requests.answer((make_patch(1, OTHER), make_patch(2, FIRST)))
    assert patches.current is not None
    assert (patches.index, len(patches.patches), patches.current.diff) == (0, 2, OTHER)
    patches.choose(1)
    patches.show_finding(make_finding(1, suggested_patch=FIRST, title="Other words"))
    assert (patches.index, patches.current.diff) == (1, FIRST)
    patches.show_finding(make_finding(2, suggested_patch=OTHER))
    assert (patches.index, len(patches.patches)) == (0, 1)


def test_without_an_answer_the_own_patch_of_the_row_is_shown(
    patches: ShownPatches, requests: RecordedRequests
) -> None:
    patches.show_finding(make_finding(1, suggested_patch=FIRST))
    end_rest(patches)
    requests.answer(ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"))
    assert patches.current is not None
    assert patches.current.diff == FIRST


def test_t56_a_list_that_could_not_be_read_is_requested_again_later(
    patches: ShownPatches, requests: RecordedRequests
) -> None:
    patches.show_finding(make_finding(1, suggested_patch=FIRST))
    end_rest(patches)
    requests.answer(ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"))
    (rest,) = patches.findChildren(QTimer)
    assert (rest.isActive(), rest.interval()) == (True, AGAIN_MS)
    end_rest(patches)
    assert len(requests.asked) == 2
    requests.answer(NotVisible(Reason.NOT_FOUND))
    rest.stop()
    patches.show_finding(make_finding(1, suggested_patch=FIRST, title="Other words"))
    assert (rest.isActive(), rest.interval()) == (True, REST_MS)
    rest.stop()
