"""The facts of a finding."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Source
from heimdall_desktop.widgets.detail.facts_line import FactsLine
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.hands import click, part


@pytest.fixture
def facts(theme: Theme, qtbot: QtBot) -> FactsLine:
    facts = FactsLine(theme)
    qtbot.addWidget(facts)
    return facts


def words(facts: FactsLine, name: str) -> str:
    fact = part(facts, QWidget, name)
    return " ".join(label.text() for label in fact.findChildren(QLabel) if not label.isHidden())


def test_source_confidence_and_age_are_said(facts: FactsLine) -> None:
    facts.show_finding(make_finding(created_at=datetime.now(UTC)))
    assert words(facts, "fact-source") == "AI"
    assert words(facts, "fact-confidence") == "Confidence Medium"
    assert words(facts, "fact-first-seen").startswith("First seen ")


def test_a_known_weakness_is_a_link_that_only_asks(facts: FactsLine, qtbot: QtBot) -> None:
    facts.show_finding(make_finding(cwe_text="CWE-89: SQL injection"))
    link = part(facts, QPushButton, "fact-cwe-link")
    assert link.accessibleName() == "CWE-89"
    assert part(facts, QWidget, "fact-cwe").isHidden()
    with qtbot.waitSignal(facts.page_wanted) as asked:
        click(link)
    assert asked.args == ["https://cwe.mitre.org/data/definitions/89.html"]


def test_any_other_text_is_no_link(facts: FactsLine) -> None:
    facts.show_finding(make_finding(cwe_text="<a href='file:///x'>CWE</a>"))
    assert part(facts, QPushButton, "fact-cwe-link").isHidden()
    assert words(facts, "fact-cwe") == "<a href='file:///x'>CWE</a>"


def test_a_source_nobody_foresaw_keeps_its_word(facts: FactsLine) -> None:
    facts.show_finding(make_finding(source=Source.OTHER, source_text="oracle"))
    assert words(facts, "fact-source") == "oracle"


def test_a_long_word_is_seen_to_be_cut(facts: FactsLine) -> None:
    facts.show_finding(make_finding(source=Source.OTHER, source_text="oracle of " + "x" * 100))
    assert words(facts, "fact-source").endswith("x\u2026")


def test_t59_a_row_of_before_the_newest_attempt_says_so(facts: FactsLine) -> None:
    facts.show_finding(make_finding(), is_of_earlier_attempt=True)
    assert words(facts, "fact-first-seen").endswith(", in an earlier attempt")
