"""The suggested patch."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.code_block import LineMark
from heimdall_desktop.widgets.diff_view import DiffView
from heimdall_desktop.widgets.patch_section import PatchSection
from heimdall_desktop.widgets.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.hands import part, press

DIFF = "--- a/x.py\n+++ b/x.py\n@@ -1,1 +1,1 @@\n-bad\n+good\n"
NO_DIFF = "--- what to do ---\nBind the parameter."


@pytest.fixture
def section(theme: Theme, qtbot: QtBot) -> PatchSection:
    section = PatchSection(theme)
    qtbot.addWidget(section)
    return section


def test_a_diff_is_a_diff(section: PatchSection) -> None:
    section.show_finding(make_finding(suggested_patch=DIFF))
    marks = [line.mark for line in part(section, DiffView, "patch-diff").lines]
    assert {LineMark.ADDED, LineMark.REMOVED} <= set(marks)


def test_anything_else_is_the_text_it_is(section: PatchSection) -> None:
    section.show_finding(make_finding(suggested_patch=NO_DIFF))
    assert len(part(section, DiffView, "patch-diff").lines) == 2
    words = [label.text() for label in section.findChildren(QLabel)]
    assert "no diff, as the server wrote it" in words


def test_the_original_is_copied(section: PatchSection) -> None:
    section.show_finding(make_finding(suggested_patch=DIFF))
    press(section, "Copy patch")
    assert QGuiApplication.clipboard().text() == DIFF


@pytest.mark.parametrize("patch", [None, "", " \n"])
def test_without_a_patch_it_is_gone(section: PatchSection, patch: str | None) -> None:
    section.show_finding(make_finding(suggested_patch=DIFF))
    section.show_finding(make_finding(suggested_patch=patch))
    assert section.isHidden()
