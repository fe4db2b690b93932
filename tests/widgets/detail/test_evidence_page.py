"""The first page: evidence alone, or with the fix."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.detail.evidence_page import (
    BESIDE_FROM_PX,
    REFERENCE_LIMIT,
    EvidencePage,
    EvidenceView,
    LinkRow,
    ReferenceList,
)
from heimdall_desktop.widgets.detail.fix_view import FixView
from heimdall_desktop.widgets.detail.shown_patches import ShownPatches
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.hands import part, press
from tests.fakes.requests import RecordedRequests

FIXED = make_finding(1, code_snippet="x = 1", fix_summary="Do this.")

CODE = "87 cur = db.cursor()\n88 cur.execute(\n89     q)"


@pytest.fixture
def page(theme: Theme, qapp: QApplication, qtbot: QtBot) -> EvidencePage:
    page = EvidencePage(ShownPatches(RecordedRequests(), WindowMemory(), qapp))
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    return page


def shown(page: EvidencePage) -> list[QWidget]:
    views = [*page.findChildren(EvidenceView), *page.findChildren(FixView)]
    return [view for view in views if view.isVisible()]


def test_the_fix_is_there_only_below_the_table(page: EvidencePage) -> None:
    page.show_finding(FIXED)
    assert len(shown(page)) == 1
    page.set_wide(is_wide=True)
    page.show_finding(FIXED)
    assert len(shown(page)) == 2


@pytest.mark.parametrize(("width", "is_beside"), [(BESIDE_FROM_PX, True), (400, False)])
def test_both_stand_side_by_side_where_they_can_be_read(
    page: EvidencePage, qtbot: QtBot, width: int, is_beside: bool
) -> None:
    page.set_wide(is_wide=True)
    page.resize(width, 300)
    page.show_finding(FIXED)
    evidence, fix = shown(page)
    qtbot.waitUntil(lambda: (fix.y() == evidence.y()) == is_beside)


def test_a_fix_alone_is_content_only_below_the_table(page: EvidencePage) -> None:
    alone = make_finding(2, fix_summary="Do this.")
    assert not page.has_content(alone)
    page.set_wide(is_wide=True)
    assert page.has_content(alone)


@pytest.fixture
def view(theme: Theme, qapp: QApplication, qtbot: QtBot) -> EvidenceView:
    view = EvidenceView(ShownPatches(RecordedRequests(), WindowMemory(), qapp))
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


def rows(references: ReferenceList) -> int:
    return sum(not row.isHidden() for row in references.findChildren(LinkRow))


def test_it_shows_as_many_rows_as_there_are(theme: Theme, qtbot: QtBot) -> None:
    references = ReferenceList()
    qtbot.addWidget(references)
    references.show_references(["https://a.example", "b", "c"])
    references.show_references(["https://a.example", " ", ""])
    assert rows(references) == 1
    references.show_references([])
    assert references.isHidden()


def test_a_flood_is_cut_and_counted(theme: Theme, qtbot: QtBot) -> None:
    references = ReferenceList()
    qtbot.addWidget(references)
    references.show_references([f"https://a.example/{n}" for n in range(1050)])
    assert rows(references) == REFERENCE_LIMIT
    assert "1\u00a0000 more left out" in [label.text() for label in references.findChildren(QLabel)]
