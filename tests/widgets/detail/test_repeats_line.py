"""The line tells of other rows of a finding, and leads to them."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus
from heimdall_desktop.widgets.controls.moment_text import short_moment
from heimdall_desktop.widgets.detail.repeats_line import RepeatsLine
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import FOUND_AT, finding_id, make_finding
from tests.fakes.hands import click, part


@pytest.fixture
def line(theme: Theme, qtbot: QtBot) -> RepeatsLine:
    line = RepeatsLine(theme)
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
    assert said(line) == ["A repeat.", "The scan has found it again since:", words]


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
