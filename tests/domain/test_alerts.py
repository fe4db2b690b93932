"""What is worth a notification, and how many become one (ux.md 2.5, rules 1, 2 and 6)."""

from collections.abc import Sequence
from typing import Any

import pytest

from heimdall_desktop.domain.alerts import MANY, TITLE_LIMIT, Alert, AlertDesk, Withdrawal
from heimdall_desktop.domain.change import (
    Change,
    FindingAdded,
    FindingReplaced,
    ScanMoved,
    ScanRemoved,
)
from heimdall_desktop.domain.finding import (
    Confidence,
    Finding,
    FindingStatus,
    ScanId,
    Severity,
    Source,
)
from tests.fakes.findings import SCAN_ID, finding_id, make_finding

OTHER_SCAN = ScanId("00000000-2f0e-4a0c-9a77-6a3c1b0d4e21")


class Told:
    """A desk, its clock, and what it said so far."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.listed: set[ScanId] = set()
        self.desk = AlertDesk(
            lambda: self.now_s, lambda scan_id: f"repo-{scan_id[:1]}", self.listed.__contains__
        )

    def take(self, *changes: Change) -> list[Alert | Withdrawal]:
        return self.desk.take(changes)

    def find(self, *numbers: int, scan_id: ScanId = SCAN_ID) -> list[Alert | Withdrawal]:
        return self.take(*(FindingAdded(critical(number, scan_id=scan_id)) for number in numbers))

    def change(self, number: int, **fields: Any) -> list[Alert | Withdrawal]:
        return self.take(FindingReplaced(critical(number, **fields), critical(number)))

    def after(self, seconds: float) -> list[Alert | Withdrawal]:
        self.now_s += seconds
        return self.desk.tick()


def critical(number: int = 1, **fields: Any) -> Finding:
    return make_finding(
        number, **({"severity": Severity.CRITICAL, "title": f"Hole {number}"} | fields)
    )


def titles(actions: Sequence[Alert | Withdrawal]) -> list[str]:
    return [action.title if isinstance(action, Alert) else "taken back" for action in actions]


@pytest.fixture
def told() -> Told:
    return Told()


def test_the_first_critical_finding_is_told_at_once(told: Told) -> None:
    [alert] = told.find(1)
    assert isinstance(alert, Alert)
    assert alert.title == "Critical: Hole 1"
    assert alert.body == "repo-8, orders.py:88. Not yet verified."
    assert (alert.scan_id, alert.finding_id) == (SCAN_ID, finding_id(1))


@pytest.mark.parametrize(
    "fields",
    [
        {"severity": Severity.HIGH},
        {"severity": Severity.OTHER},
        {"status": FindingStatus.FALSE_POSITIVE},
        {"status": FindingStatus.DISMISSED},
        {"status": FindingStatus.FIXED},
        {"status": FindingStatus.CONFIRMED},
    ],
)
def test_what_is_not_critical_or_was_looked_at_already_is_not_told(
    told: Told, fields: dict[str, Any]
) -> None:
    assert told.take(FindingAdded(critical(1, **fields))) == []


def test_other_changes_are_worth_nothing(told: Told) -> None:
    assert told.take(ScanMoved(SCAN_ID)) == []


def test_rule_1_a_finding_alerts_once(told: Told) -> None:
    told.find(1)
    assert told.find(1) == []
    assert told.change(1, title="Renamed") == []
    assert told.after(100) == []


def test_rule_1_a_finding_that_is_lowered_and_raised_again_alerts_once(told: Told) -> None:
    told.find(1)
    assert titles(told.change(1, severity=Severity.LOW)) == ["taken back"]
    assert told.change(1) == []


def test_a_finding_that_becomes_critical_is_told(told: Told) -> None:
    assert titles(told.change(1)) == ["Critical: Hole 1"]


def test_rule_1_what_a_new_scan_holds_becomes_one_summary_once_it_is_listed(told: Told) -> None:
    assert told.take(*(FindingAdded(critical(n), is_first_read=True) for n in (1, 2, 3))) == []
    told.listed.add(SCAN_ID)
    assert titles(told.take(ScanMoved(SCAN_ID))) == ["3 new critical findings in repo-8"]
    assert told.take(ScanMoved(SCAN_ID)) == []


def test_rule_1_a_summary_leaves_out_what_was_withdrawn_before_it_came(told: Told) -> None:
    told.take(*(FindingAdded(critical(n), is_first_read=True) for n in (1, 2)))
    told.change(2, status=FindingStatus.FALSE_POSITIVE)
    told.listed.add(SCAN_ID)
    assert titles(told.take(ScanMoved(SCAN_ID))) == ["Critical: Hole 1"]


def test_a_summary_of_nothing_is_not_told(told: Told) -> None:
    told.take(FindingAdded(critical(1), is_first_read=True))
    told.change(1, status=FindingStatus.FALSE_POSITIVE)
    told.listed.add(SCAN_ID)
    assert told.take(ScanMoved(SCAN_ID)) == []


def test_a_scan_of_the_last_session_says_nothing_of_what_it_holds(told: Told) -> None:
    told.desk.keep_first_read_silent(SCAN_ID)
    told.listed.add(SCAN_ID)
    assert told.take(FindingAdded(critical(1), is_first_read=True)) == []
    assert told.change(1, title="Renamed") == []
    assert titles(told.find(2)) == ["Critical: Hole 2"]


def test_rule_2_those_that_follow_replace_the_notification_when_the_window_ends(
    told: Told,
) -> None:
    [first] = told.find(1)
    assert told.find(2) == []
    assert told.find(3, 4) == []
    assert told.after(9.9) == []
    [merged] = told.after(0.1)
    assert isinstance(first, Alert)
    assert isinstance(merged, Alert)
    assert merged.key == first.key
    assert merged.title == "4 new critical findings in repo-8"
    assert merged.body == "Latest: Hole 4 in orders.py:88"
    assert merged.finding_id == finding_id(4)
    assert told.after(100) == []


def test_rule_2_several_at_once_are_one_notification(told: Told) -> None:
    assert titles(told.find(1, 2, 3)) == ["3 new critical findings in repo-8"]
    assert told.after(11) == []


def test_rule_2_after_the_window_the_next_one_is_told_at_once_by_itself(told: Told) -> None:
    [first] = told.find(1)
    told.after(11)
    [second] = told.find(2)
    assert isinstance(first, Alert)
    assert isinstance(second, Alert)
    assert second.key != first.key
    assert second.title == "Critical: Hole 2"


def test_rule_2_many_stretch_the_window(told: Told) -> None:
    told.find(1)
    told.find(*range(2, MANY + 2))
    assert told.after(59.9) == []
    assert titles(told.after(0.1)) == [f"{MANY + 1} new critical findings in repo-8"]


def test_scans_have_windows_of_their_own(told: Told) -> None:
    told.find(1)
    assert titles(told.find(2, scan_id=OTHER_SCAN)) == ["Critical: Hole 2"]


def test_rule_6_a_withdrawn_finding_is_taken_back(told: Told) -> None:
    [alert] = told.find(1)
    assert isinstance(alert, Alert)
    assert told.change(1, status=FindingStatus.FALSE_POSITIVE) == [Withdrawal(alert.key)]


@pytest.mark.parametrize(
    "fields",
    [
        {"severity": Severity.HIGH},
        {"status": FindingStatus.DISMISSED},
        {"status": FindingStatus.FIXED},
        {"status": FindingStatus.CONFIRMED},
    ],
)
def test_rule_6_lowered_or_triaged_is_taken_back(told: Told, fields: dict[str, Any]) -> None:
    told.find(1)
    assert titles(told.change(1, **fields)) == ["taken back"]


def test_rule_6_of_several_only_those_that_still_hold_are_told(told: Told) -> None:
    told.find(1, 2, 3)
    assert titles(told.change(2, severity=Severity.LOW)) == ["2 new critical findings in repo-8"]
    assert titles(told.change(3, severity=Severity.LOW)) == ["Critical: Hole 1"]


def test_rule_6_a_finding_withdrawn_before_its_window_ended_is_never_told(told: Told) -> None:
    told.find(1)
    told.find(2, 3)
    told.change(2, status=FindingStatus.FALSE_POSITIVE)
    assert titles(told.after(11)) in ([], ["2 new critical findings in repo-8"])
    [last] = told.change(1, severity=Severity.LOW)
    assert isinstance(last, Alert)
    assert last.title == "Critical: Hole 3"


def test_a_window_in_which_all_were_withdrawn_ends_without_a_word(told: Told) -> None:
    told.find(1)
    told.find(2)
    told.change(1, severity=Severity.LOW)
    told.change(2, severity=Severity.LOW)
    assert told.after(11) == []


def test_after_all_were_withdrawn_the_next_in_the_window_is_told_at_once(told: Told) -> None:
    told.find(1)
    told.change(1, severity=Severity.LOW)
    assert titles(told.find(2)) == ["Critical: Hole 2"]


def test_a_replacement_tells_the_newest_words(told: Told) -> None:
    told.find(1)
    told.find(2)
    told.change(2, title="Renamed")
    [alert] = told.after(11)
    assert isinstance(alert, Alert)
    assert alert.body == "Latest: Renamed in orders.py:88"


def test_rule_6_a_scan_that_leaves_takes_its_notifications_along(told: Told) -> None:
    told.find(1)
    told.find(2, scan_id=OTHER_SCAN)
    told.find(3)
    assert titles(told.take(ScanRemoved(SCAN_ID))) == ["taken back"]
    assert told.after(11) == []
    assert told.change(1, severity=Severity.LOW) == []


def test_a_scan_that_comes_and_leaves_in_one_batch_is_not_told(told: Told) -> None:
    assert told.take(FindingAdded(critical(1)), ScanRemoved(SCAN_ID)) == []


def test_a_scan_that_comes_back_does_not_tell_the_same_finding_again(told: Told) -> None:
    told.find(1)
    told.take(ScanRemoved(SCAN_ID))
    assert told.find(1) == []


def test_a_confirmed_finding_is_called_so(told: Told) -> None:
    proven = critical(1, source=Source.AI, confidence=Confidence.HIGH)
    [alert] = told.take(FindingAdded(proven))
    assert isinstance(alert, Alert)
    assert alert.body.endswith("Confirmed.")


def test_long_and_hostile_titles_are_cut_to_one_line(told: Told) -> None:
    [alert] = told.take(FindingAdded(critical(1, title="a\nb\x1b[31m " + "x" * 5000)))
    assert isinstance(alert, Alert)
    assert len(alert.title) <= TITLE_LIMIT
    assert alert.title.isprintable()
