"""The proof-of-concept run of a finding."""

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Proof
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.detail.fix_view import OUTPUT_LIMIT_BYTES, ProofView
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.hands import part

PROOF = Proof("confirmed", "python", "print(1)\n", 0, "1\n", "", "It printed.")


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> ProofView:
    view = ProofView()
    qtbot.addWidget(view)
    view.resize(400, 600)
    view.show()
    return view


def facts(view: ProofView) -> list[str]:
    edits = part(view, QWidget, "proof-facts").findChildren(QTextEdit)
    return [edit.toPlainText() for edit in edits if edit.isVisible()]


def test_it_shows_what_ran_and_what_came_of_it(view: ProofView) -> None:
    view.show_finding(make_finding(proof=PROOF))
    assert facts(view) == ["Confirmed: it did what the finding describes", "python", "0"]
    assert part(view, CodeView, "proof-script").text.toPlainText() == "print(1)"
    assert part(view, CodeView, "proof-stdout").text.toPlainText() == "1"
    assert not part(view, CodeView, "proof-stderr").isVisible()
    analysis = part(part(view, QWidget, "proof-analysis"), QTextEdit, "text")
    assert analysis.toPlainText() == "It printed."


def test_an_exit_code_that_is_not_there_is_not_zero(view: ProofView) -> None:
    view.show_finding(make_finding(proof=replace(PROOF, exit_code=None)))
    assert facts(view)[1:] == ["python"]


def test_a_verdict_nobody_foresaw_keeps_its_word(view: ProofView) -> None:
    view.show_finding(make_finding(proof=replace(PROOF, verdict="plausible")))
    assert facts(view)[0] == "plausible"


def test_output_the_server_has_cut_says_so(view: ProofView) -> None:
    proof = replace(PROOF, stdout="x" * OUTPUT_LIMIT_BYTES, script="y" * OUTPUT_LIMIT_BYTES)
    view.show_finding(make_finding(proof=proof))
    words = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert words.count("truncated by the server at 10\u00a0000 bytes") == 1


def test_it_knows_whether_there_is_a_proof() -> None:
    assert not ProofView.has_content(make_finding())
    assert ProofView.has_content(make_finding(proof=PROOF))
