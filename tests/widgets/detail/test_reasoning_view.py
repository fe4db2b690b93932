"""Reasoning in its parts, each with its author and its own copy."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QTextBrowser, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Source
from heimdall_desktop.domain.facts.listed_rows import ListedRows
from heimdall_desktop.widgets.detail.reasoning_view import PART_LIMIT, ReasoningView
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.hands import asked_page, opened, part, press

DIVIDER = "\n\n--- V\u00ed\u00f0arr ---\n"


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> ReasoningView:
    return opened(qtbot, ReasoningView(), 400, 400)


def shown(view: ReasoningView) -> list[tuple[str, str]]:
    found = []
    for number in range(PART_LIMIT + 1):
        head = view.findChild(QWidget, f"reasoning-head-{number}")
        if head is not None and head.isVisible():
            title = head.findChildren(QLabel)[0].text()
            text = part(part(view, QWidget, f"reasoning-{number}"), QTextEdit, "text")
            found.append((title, text.toPlainText()))
    return found


def test_each_part_names_its_author(view: ReasoningView) -> None:
    view.show_finding(make_finding(agent_reasoning=f"Found.{DIVIDER}Agrees.{DIVIDER}Still."))
    assert shown(view) == [
        ("Hunt agent", "Found."),
        ("V\u00ed\u00f0arr, attempt 1 of 2", "Agrees."),
        ("V\u00ed\u00f0arr, attempt 2 of 2", "Still."),
    ]
    press(part(view, QWidget, "reasoning-head-1"), "Copy")
    assert QGuiApplication.clipboard().text() == "Agrees."


def test_parts_of_another_finding_leave(view: ReasoningView) -> None:
    view.show_finding(make_finding(agent_reasoning=f"Found.{DIVIDER}Agrees."))
    assert [title for title, _ in shown(view)] == ["Hunt agent", "V\u00ed\u00f0arr"]
    view.show_finding(make_finding(source=Source.STATIC, agent_reasoning="<b>Rule</b>"))
    assert shown(view) == [("Scanner or V\u00ed\u00f0arr", "<b>Rule</b>")]
    divided = f"Rule{DIVIDER}Agrees."
    view.show_finding(make_finding(source=Source.STATIC, agent_reasoning=divided))
    assert [title for title, _ in shown(view)] == ["Scanner", "V\u00ed\u00f0arr"]


def test_words_that_only_a_review_can_have_written_are_not_the_scanners(
    view: ReasoningView,
) -> None:
    finding = make_finding(source=Source.CONFIG, agent_reasoning="No guard found.")
    rows = ListedRows()
    rows.read_row(1.0, finding)
    view.show_finding(rows.findings[finding.id])
    assert shown(view) == [("V\u00ed\u00f0arr", "No guard found.")]


def test_a_flood_of_dividers_is_one_text(view: ReasoningView) -> None:
    view.show_finding(make_finding(agent_reasoning=f"x{DIVIDER}" * 100 + "end"))
    assert len(shown(view)) == 1


def test_it_knows_whether_there_is_any() -> None:
    assert ReasoningView.has_content(make_finding(agent_reasoning="x"))
    assert not ReasoningView.has_content(make_finding(agent_reasoning=" \n"))


def test_it_is_read_as_markdown_whose_links_only_ask(view: ReasoningView, qtbot: QtBot) -> None:
    view.show_finding(make_finding(agent_reasoning="It **is**, see [why](https://why.example/x)."))
    assert shown(view) == [("Hunt agent", "It is, see why.")]
    text = part(view, QTextBrowser, "text")
    url = QUrl("https://why.example/x")
    assert asked_page(view, lambda: text.anchorClicked.emit(url)) == url.toString()
