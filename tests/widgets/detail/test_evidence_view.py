"""The evidence of a finding."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.detail.evidence_view import EvidenceView
from heimdall_desktop.widgets.detail.shown_patches import ShownPatches
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.hands import part, press
from tests.fakes.requests import RecordedRequests

CODE = "87 cur = db.cursor()\n88 cur.execute(\n89     q)"


@pytest.fixture
def view(theme: Theme, qapp: QApplication, qtbot: QtBot) -> EvidenceView:
    view = EvidenceView(theme, ShownPatches(RecordedRequests(), WindowMemory(), qapp))
    qtbot.addWidget(view)
    view.resize(400, 600)
    view.show()
    return view


def test_the_code_has_the_lines_of_its_file(view: EvidenceView) -> None:
    view.show_finding(make_finding(code_snippet=CODE, line_start=88, line_end=89))
    code = part(view, CodeView, "evidence-code")
    assert [line.numbers for line in code.lines] == [(87,), (88,), (89,)]
    press(part(view, QWidget, "evidence-head"), "Copy")
    assert QGuiApplication.clipboard().text() == "cur = db.cursor()\ncur.execute(\n    q)"


def test_only_what_is_there_is_shown(view: EvidenceView) -> None:
    view.show_finding(make_finding(description="Why."))
    assert part(view, QWidget, "description").isVisible()
    for name in ("evidence-head", "evidence-code", "references", "patch-head"):
        assert not part(view, QWidget, name).isVisible()


def test_the_description_is_markdown_without_html(view: EvidenceView) -> None:
    view.show_finding(make_finding(description="<b>x</b>\n**y** <img src='file:///etc/passwd'>"))
    description = part(part(view, QWidget, "description"), QTextEdit, "text")
    assert description.toPlainText() == "<b>x</b>\ny <img src='file:///etc/passwd'>"


def test_the_same_code_is_not_laid_out_again(view: EvidenceView) -> None:
    finding = make_finding(code_snippet=CODE)
    view.show_finding(finding)
    lines = part(view, CodeView, "evidence-code").lines
    view.show_finding(make_finding(code_snippet=CODE, description="new"))
    assert part(view, CodeView, "evidence-code").lines is lines


def test_beside_the_facts_it_leaves_description_and_patch_to_others(view: EvidenceView) -> None:
    finding = make_finding(description="Why.", suggested_patch="Do this.")
    assert view.has_content(finding)
    view.set_wide(is_wide=True)
    assert not view.has_content(finding)
    view.show_finding(finding)
    assert not part(view, QWidget, "description").isVisible()
    assert not part(view, QWidget, "patch-head").isVisible()
