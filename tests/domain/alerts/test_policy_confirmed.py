"""A critical finding that the validator confirms (ux.md 2.5: it replaces the first)."""

import pytest

from heimdall_desktop.domain.alerts.alert import Action, Alert, ToldRecord
from heimdall_desktop.domain.facts.change import FindingAdded
from heimdall_desktop.domain.facts.finding import FindingStatus, Severity
from heimdall_desktop.presentation.alerts.alert_text import body_of, title_of
from tests.fakes.alert_policy import OTHER_SCAN, Told, critical, titles
from tests.fakes.findings import SCAN_ID, finding_id


@pytest.fixture
def told() -> Told:
    return Told()


def only(actions: list[Action]) -> Alert:
    [alert] = actions
    assert isinstance(alert, Alert)
    return alert


def confirm(told: Told, number: int, **fields: object) -> list[Action]:
    return told.change(number, poc_validated=True, **fields)


def test_it_replaces_the_first_notification_and_line(told: Told) -> None:
    first = only(told.find(1))
    told.now_s += 100
    second = only(confirm(told, 1))
    assert second.key == first.key
    assert title_of(second) == "Confirmed critical: Hole 1"
    assert body_of(second) == "repo-8, orders.py:88. The validator agrees."
    assert [line.title for line in told.inbox.lines] == ["Confirmed critical: Hole 1"]


def test_it_is_told_once(told: Told) -> None:
    told.find(1)
    confirm(told, 1)
    assert confirm(told, 1, title="Renamed") == []
    assert told.after(100) == []


def test_a_confirmation_that_is_taken_back_is_said_no_more(told: Told) -> None:
    first = only(told.find(1))
    confirm(told, 1)
    alert = only(told.change(1))
    assert (alert.key, title_of(alert), alert.records) == (first.key, "Critical: Hole 1", ())
    assert only(confirm(told, 1)).records == (), "that it is confirmed was told before"


def test_what_was_confirmed_when_it_was_found_is_told_once(told: Told) -> None:
    assert titles(told.take(FindingAdded(critical(1, poc_validated=True)))) == [
        "Confirmed critical: Hole 1"
    ]
    assert confirm(told, 1) == []


def test_a_summary_is_replaced_once_for_all_that_is_confirmed_in_a_window(told: Told) -> None:
    told.find(1)
    told.find(2, 3)
    summary = only(told.after(11))
    told.now_s += 100
    assert confirm(told, 1) == confirm(told, 2) == []
    replaced = only(told.after(11))
    assert replaced.key == summary.key
    assert title_of(replaced) == "3 new critical findings in repo-8"
    assert body_of(replaced) == "Latest: Hole 3 in orders.py:88. 2 confirmed."
    assert confirm(told, 3) == []
    new_key = ["taken back", "3 confirmed critical findings in repo-8"]
    assert titles(told.after(11)) == new_key, "the fourth call"


def test_a_strip_is_replaced_in_its_place(told: Told) -> None:
    told.policy.notifications.is_on_desktop = lambda _key: False
    first = only(told.find(1))
    told.policy.notifications.is_on_strip = lambda key: key == first.key
    second = only(confirm(told, 1))
    assert (second.key, title_of(second)) == (first.key, "Confirmed critical: Hole 1")
    assert title_of(only(told.change(1))) == "Critical: Hole 1"


def test_those_that_were_dismissed_come_back_in_one_window(told: Told) -> None:
    dismissed: set[str] = set()
    for number in range(5):
        dismissed.add(only(told.find(number)).key)
        told.now_s += 100
        told.policy.tick()
        told.policy.notifications.is_on_desktop = lambda key: key not in dismissed
    first = confirm(told, 0)
    assert titles(first) == ["Confirmed critical: Hole 0"]
    assert [confirm(told, number) for number in range(1, 5)] == [[], [], [], []]
    assert titles(told.after(11)) == ["5 confirmed critical findings in repo-8"]


def test_what_an_earlier_session_told_is_told_as_confirmed(told: Told) -> None:
    told.policy.recall([ToldRecord(SCAN_ID, finding_id(1), critical(1).fingerprint)])
    assert titles(confirm(told, 1)) == ["Confirmed critical: Hole 1"]
    assert confirm(told, 1) == []


def test_what_an_earlier_session_told_as_confirmed_is_not_told_again(told: Told) -> None:
    records = only(told.take(FindingAdded(critical(1, poc_validated=True)))).records
    later = Told()
    later.policy.recall(records)
    assert confirm(later, 1) == []


@pytest.mark.parametrize(
    "fields", [{"severity": Severity.LOW}, {"status": FindingStatus.CONFIRMED}]
)
def test_one_that_is_triaged_or_lowered_with_it_is_taken_back(
    told: Told, fields: dict[str, object]
) -> None:
    told.find(1)
    assert titles(confirm(told, 1, **fields)) == ["taken back"]


def test_confirmed_in_several_scans(told: Told) -> None:
    told.find(1)
    told.find(2, scan_id=OTHER_SCAN)
    assert titles(confirm(told, 1)) == ["Confirmed critical: Hole 1"]
    assert titles(confirm(told, 2, scan_id=OTHER_SCAN)) == ["Confirmed critical: Hole 2"]
