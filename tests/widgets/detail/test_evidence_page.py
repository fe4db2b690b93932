"""The pages with the evidence, the fix and the proof of a finding."""

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import Proof
from heimdall_desktop.presentation.detail.finding_text import Advisory
from heimdall_desktop.widgets.detail import evidence_page
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.detail.history_view import field_rows
from heimdall_desktop.widgets.detail.patch_section import ShownPatches
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.hands import asked_page, click, opened, part, press
from tests.fakes.requests import RecordedRequests
from tests.widgets.conftest import Owned

FIXED = make_finding(1, code_snippet="x = 1", fix_summary="Do this.")
PROOF = Proof("confirmed", "python", "print(1)\n", 0, "1\n", "", "It printed.")
MANIFEST = {
    "name": "lodash",
    "installed_version": "4.17.11",
    "fixed_versions": "4.17.12, 4.17.21",
    "odd_thing": "1",
    "advisory_id": "GHSA-p6mc-m468-83gw",
}
CVE = Advisory("CVE-2020-8203", "https://nvd.nist.gov/vuln/detail/CVE-2020-8203")
CODE = "87 cur = db.cursor()\n88 cur.execute(\n89     q)"


@pytest.fixture
def patches(qapp: QApplication) -> ShownPatches:
    return ShownPatches(RecordedRequests(), WindowMemory(), qapp)


@pytest.fixture
def page(theme: Theme, patches: ShownPatches, qtbot: QtBot) -> evidence_page.EvidencePage:
    return opened(qtbot, evidence_page.EvidencePage(patches), 400, 300)


def shown(page: evidence_page.EvidencePage) -> list[QWidget]:
    views = [page.evidence, *page.findChildren(evidence_page.FixView)]
    return [view for view in views if view.isVisible()]


def test_the_fix_is_there_only_below_the_table(page: evidence_page.EvidencePage) -> None:
    page.show_finding(FIXED)
    assert len(shown(page)) == 1
    page.set_wide(is_wide=True)
    page.show_finding(FIXED)
    assert len(shown(page)) == 2


@pytest.mark.parametrize(
    ("width", "is_beside"), [(evidence_page.BESIDE_FROM_PX, True), (400, False)]
)
def test_both_are_side_by_side_where_they_fit(
    page: evidence_page.EvidencePage, qtbot: QtBot, width: int, is_beside: bool
) -> None:
    page.set_wide(is_wide=True)
    page.resize(width, 300)
    page.show_finding(FIXED)
    evidence, fix = shown(page)
    qtbot.waitUntil(lambda: (fix.y() == evidence.y()) == is_beside)


def test_a_fix_alone_is_content_only_below_the_table(page: evidence_page.EvidencePage) -> None:
    alone = make_finding(2, fix_summary="Do this.")
    assert not page.has_content(alone)
    page.set_wide(is_wide=True)
    assert page.has_content(alone)


def test_the_code_has_the_lines_of_its_file(page: evidence_page.EvidencePage) -> None:
    page.show_finding(make_finding(code_snippet=CODE, line_start=88, line_end=89))
    code = part(page, CodeView, "evidence-code")
    assert [line.numbers for line in code.lines] == [(87,), (88,), (89,)]
    press(part(page, QWidget, "evidence-head"), "Copy")
    assert QGuiApplication.clipboard().text() == "cur = db.cursor()\ncur.execute(\n    q)"


def test_shows_only_the_evidence_that_exists(page: evidence_page.EvidencePage) -> None:
    page.show_finding(make_finding(description="Why."))
    assert part(page, QWidget, "description").isVisible()
    for name in ("evidence-head", "evidence-code", "references", "patch-head"):
        assert not part(page, QWidget, name).isVisible()


def test_the_description_is_markdown_without_html(page: evidence_page.EvidencePage) -> None:
    page.show_finding(make_finding(description="<b>x</b>\n**y** <img src='file:///etc/passwd'>"))
    description = part(part(page, QWidget, "description"), QTextEdit, "text")
    assert description.toPlainText() == "<b>x</b>\ny <img src='file:///etc/passwd'>"


def test_the_same_code_is_not_laid_out_again(page: evidence_page.EvidencePage) -> None:
    page.show_finding(make_finding(code_snippet=CODE))
    lines = part(page, CodeView, "evidence-code").lines
    page.show_finding(make_finding(code_snippet=CODE, description="new"))
    assert part(page, CodeView, "evidence-code").lines is lines


def test_beside_the_facts_the_page_has_the_patch_but_no_description(
    page: evidence_page.EvidencePage,
) -> None:
    page.set_wide(is_wide=True)
    assert not page.has_content(make_finding(description="Why."))
    page.show_finding(make_finding(description="Why.", suggested_patch="Do this."))
    assert [type(view) for view in shown(page)] == [evidence_page.FixView]
    assert not part(page, QWidget, "description").isVisible()


def rows(references: evidence_page.ReferenceList) -> int:
    return sum(not row.isHidden() for row in references.findChildren(evidence_page.LinkRow))


def test_it_shows_as_many_rows_as_there_are(owned: Owned) -> None:
    references = owned(evidence_page.ReferenceList())
    references.show_references(["https://a.example", "b", "c"])
    references.show_references(["https://a.example", " ", ""])
    assert rows(references) == 1
    references.show_references([])
    assert references.isHidden()


def test_a_flood_is_cut_and_counted(owned: Owned) -> None:
    references = owned(evidence_page.ReferenceList())
    references.show_references([f"https://a.example/{n}" for n in range(1050)])
    assert rows(references) == evidence_page.REFERENCE_LIMIT
    assert "1\u00a0000 more left out" in [label.text() for label in references.findChildren(QLabel)]


def test_an_address_is_a_link_that_only_asks_and_anything_else_a_text(owned: Owned) -> None:
    row = owned(evidence_page.LinkRow())
    row.show_text("https://example.org/a")
    row.resize(200, 24)
    row.show()
    link = part(row, QPushButton, "link")
    assert asked_page(row, lambda: click(link)) == "https://example.org/a"
    row.show_text("<a href='file:///etc/passwd'>here</a>")
    assert not link.isVisible()
    text = row.findChildren(QTextEdit)[0]
    assert text.toPlainText() == "<a href='file:///etc/passwd'>here</a>"


@pytest.fixture
def fix(theme: Theme, patches: ShownPatches, qtbot: QtBot) -> evidence_page.FixView:
    return opened(qtbot, evidence_page.FixView(patches), 400, 600)


def texts(fix: evidence_page.FixView, name: str) -> list[str]:
    edits = part(fix, QWidget, name).findChildren(QTextEdit)
    return [edit.toPlainText() for edit in edits if edit.isVisible()]


def test_a_dependency_has_a_table_of_its_versions(fix: evidence_page.FixView) -> None:
    fix.show_finding(make_finding(manifest=MANIFEST, fix_type="dependency_upgrade"))
    assert texts(fix, "fix-manifest") == ["lodash", "4.17.11", "4.17.12, 4.17.21", "1"]
    labels = [label.text() for label in part(fix, QWidget, "fix-manifest").findChildren(QLabel)]
    assert labels == ["Package", "Installed", "Fixed in", "Odd thing"]
    assert texts(fix, "fix-facts") == ["Dependency upgrade"]
    [label] = part(fix, QWidget, "fix-facts").findChildren(QLabel)
    assert label.text() in dict(field_rows(make_finding(fix_type="x"), "shop"))


def test_shows_only_the_parts_of_a_fix_that_exist(fix: evidence_page.FixView) -> None:
    fix.show_finding(make_finding(fix_summary="Bind the parameter."))
    assert texts(fix, "fix-summary") == ["Bind the parameter."]
    for name in ("fix-facts", "fix-manifest", "patch-head"):
        assert not part(fix, QWidget, name).isVisible()


def test_it_knows_whether_there_is_a_fix() -> None:
    assert not evidence_page.FixView.has_content(make_finding())
    for name in ("fix_type", "fix_summary", "suggested_patch"):
        assert evidence_page.FixView.has_content(make_finding(1, **{name: "x"}))
        assert not evidence_page.FixView.has_content(make_finding(1, **{name: " \u00a0\n"}))
    assert evidence_page.FixView.has_content(make_finding(manifest=MANIFEST))


def test_advisories_open_after_confirmation(fix: evidence_page.FixView, qtbot: QtBot) -> None:
    fix.show_finding(make_finding(manifest=MANIFEST))
    link = part(fix, QPushButton, "advisory-link-0")
    page = "https://github.com/advisories/GHSA-p6mc-m468-83gw"
    assert asked_page(fix, lambda: click(link)) == page


def test_a_dependency_with_any_number_of_fields_shows_the_first(fix: evidence_page.FixView) -> None:
    fields = {f"field_{n}": "x" for n in range(evidence_page.ROWS_LIMIT + 5)}
    fix.show_finding(make_finding(manifest=fields))
    grid = part(fix, QWidget, "fix-manifest")
    last = part(part(grid, QWidget, f"value-{evidence_page.ROWS_LIMIT}"), QTextEdit, "text")
    assert last.toPlainText() == "5 more left out"
    assert grid.findChild(QWidget, f"value-{evidence_page.ROWS_LIMIT + 1}") is None


@pytest.fixture
def advisories(owned: Owned) -> evidence_page.AdvisoryList:
    advisories = owned(evidence_page.AdvisoryList())
    advisories.show()
    return advisories


def test_an_advisory_is_link_or_text(advisories: evidence_page.AdvisoryList, qtbot: QtBot) -> None:
    advisories.show_advisories((CVE, Advisory("<b>X-1</b>")))
    link = part(advisories, QPushButton, "advisory-link-0")
    assert asked_page(advisories, lambda: click(link)) == CVE.page
    assert part(advisories, QPushButton, "advisory-link-1").isHidden()
    assert part(advisories, QLabel, "advisory-1").text() == "<b>X-1</b>"
    press(advisories, "Copy")
    assert QGuiApplication.clipboard().text() == "CVE-2020-8203\n<b>X-1</b>"
    advisories.show_advisories(())
    assert advisories.isHidden()


@pytest.fixture
def proof_view(theme: Theme, qtbot: QtBot) -> evidence_page.ProofView:
    return opened(qtbot, evidence_page.ProofView(), 400, 600)


def facts(proof_view: evidence_page.ProofView) -> list[str]:
    edits = part(proof_view, QWidget, "proof-facts").findChildren(QTextEdit)
    return [edit.toPlainText() for edit in edits if edit.isVisible()]


def test_shows_the_script_and_its_output(proof_view: evidence_page.ProofView) -> None:
    proof_view.show_finding(make_finding(proof=PROOF))
    assert facts(proof_view) == ["Confirmed: it did what the finding describes", "python", "0"]
    assert part(proof_view, CodeView, "proof-script").text.toPlainText() == "print(1)"
    assert part(proof_view, CodeView, "proof-stdout").text.toPlainText() == "1"
    assert not part(proof_view, CodeView, "proof-stderr").isVisible()
    analysis = part(part(proof_view, QWidget, "proof-analysis"), QTextEdit, "text")
    assert analysis.toPlainText() == "It printed."
    odd = replace(PROOF, exit_code=None, verdict="plausible")
    proof_view.show_finding(make_finding(proof=odd))
    assert facts(proof_view) == ["plausible", "python"], "no exit code is not zero"


def test_output_the_server_has_cut_says_so(proof_view: evidence_page.ProofView) -> None:
    limit = evidence_page.OUTPUT_LIMIT_BYTES
    proof = replace(PROOF, stdout="x" * limit, script="y" * limit)
    proof_view.show_finding(make_finding(proof=proof))
    words = [label.text() for label in proof_view.findChildren(QLabel) if label.isVisible()]
    assert words.count("truncated by the server at 10\u00a0000 bytes") == 1
