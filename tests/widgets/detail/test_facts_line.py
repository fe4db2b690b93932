"""The facts of a finding."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Source
from heimdall_desktop.widgets.controls.labels import short_moment
from heimdall_desktop.widgets.detail.facts_line import FactsLine, RepeatsLine
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import FOUND_AT, finding_id, make_finding
from tests.fakes.hands import click, part


@pytest.fixture
def facts(theme: Theme, qtbot: QtBot) -> FactsLine:
    facts = FactsLine()
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


@pytest.fixture
def line(theme: Theme, qtbot: QtBot) -> RepeatsLine:
    line = RepeatsLine()
    qtbot.addWidget(line)
    line.resize(400, 60)
    return line


def reading(number: int, **fields: Any) -> Finding:
    return make_finding(number, created_at=FOUND_AT + timedelta(minutes=number), **fields)


def said(line: RepeatsLine) -> list[str]:
    labels = [label.text() for label in line.findChildren(QLabel) if not label.isHidden()]
    links = [b.accessibleName() for b in line.findChildren(QPushButton) if not b.isHidden()]
    return [*labels, *links]


def test_a_finding_with_one_row_says_nothing(line: RepeatsLine) -> None:
    line.show_readings(reading(1), [reading(1)])
    assert line.isHidden()


def test_the_newest_row_names_the_earlier_ones(line: RepeatsLine, qtbot: QtBot) -> None:
    earlier = [reading(n, is_repeat=True, status=FindingStatus.DISMISSED) for n in (2, 1)]
    line.show_readings(reading(3), [reading(3), *earlier])
    assert not line.isHidden()
    words = [f"{short_moment(row.created_at)}, Dismissed" for row in earlier]
    assert said(line) == ["Found again.", "Earlier:", *words]
    with qtbot.waitSignal(line.finding_wanted) as caught:
        click(part(line, QPushButton, "repeats-link-1"))
    assert caught.args == [finding_id(1)]


def test_a_repeat_leads_to_the_newest_row_only(line: RepeatsLine) -> None:
    rows = [reading(3), reading(2, is_repeat=True), reading(1, is_repeat=True)]
    line.show_readings(rows[2], rows)
    words = f"{short_moment(rows[0].created_at)}, Open"
    assert said(line) == ["A repeat.", "Found again since:", words]


def test_of_many_rows_a_few_are_named_and_all_are_counted(line: RepeatsLine) -> None:
    rows = [reading(9), *(reading(n, is_repeat=True) for n in range(5))]
    line.show_readings(rows[0], rows)
    assert part(line, QLabel, "repeats-rest").text() == "and 2 more"
    assert len(said(line)) == 6


def test_a_status_nobody_foresaw_keeps_to_its_place(line: RepeatsLine) -> None:
    odd = reading(1, is_repeat=True, status=FindingStatus.OTHER, status_text="<b>odd\n" * 99)
    line.show_readings(reading(2), [reading(2), odd])
    words = part(line, QPushButton, "repeats-link-0").accessibleName().split(", ", 1)[1]
    assert words == "<b>odd <b>odd <b>odd"
