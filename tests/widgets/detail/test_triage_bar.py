"""The foot of the detail: the status is the pressed button; keys go first where room is short."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.widgets.controls.buttons import StateButton
from heimdall_desktop.widgets.detail.triage_bar import TriageBar
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part


@pytest.fixture
def bar(theme: Theme) -> Iterator[TriageBar]:
    bar = TriageBar()
    bar.resize(416, 80)
    bar.set_two_rows(are_wanted=True)
    bar.show_finding("dismissed", "high")
    bar.show()
    yield bar
    bar.close()


def names(bar: TriageBar) -> list[str]:
    return [each.accessibleName() for each in bar.findChildren(QPushButton) if each.isVisible()]


def test_the_present_status_is_the_pressed_button_in_its_past_tense(bar: TriageBar) -> None:
    assert {"Confirm", "Dismissed", "False positive", "Fixed", "Reopen", "Severity"} <= set(
        names(bar)
    )
    pressed = [each.objectName() for each in bar.findChildren(StateButton) if each.isChecked()]
    assert pressed == ["triage-dismissed"]
    part(bar, StateButton, "triage-confirmed").click()
    assert [each.objectName() for each in bar.findChildren(StateButton) if each.isChecked()] == [
        "triage-dismissed"
    ]  # only the server says what it is


def test_a_button_says_what_is_decided(bar: TriageBar) -> None:
    decided: list[tuple[object, str]] = []
    bar.decided.connect(lambda what, value: decided.append((what, value)))
    part(bar, StateButton, "triage-false_positive").click()
    assert decided == [(Field.STATUS, "false_positive")]


def test_where_room_is_short_keys_go_first_and_then_buttons(bar: TriageBar) -> None:
    bar.resize(600, 80)
    wide = part(bar, StateButton, "triage-confirmed").sizeHint().width()
    bar.resize(380, 80)
    assert part(bar, StateButton, "triage-confirmed").sizeHint().width() < wide
    assert "Fixed" in names(bar)
    bar.resize(220, 80)
    assert "Fixed" not in names(bar)
    assert "More decisions" in names(bar)


def test_in_one_row_the_rest_is_in_the_menu(bar: TriageBar) -> None:
    bar.set_two_rows(are_wanted=False)
    assert "Severity" not in names(bar)
    assert "More decisions" in names(bar)
    assert not bar.open_severities()


def test_where_nothing_can_be_decided_it_says_why(bar: TriageBar) -> None:
    bar.show_finding("open", "high", "Read-only: nothing is changed on the server.")
    assert names(bar) == []
    assert part(bar, QLabel, "triage-obstacle").isVisible()
