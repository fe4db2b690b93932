"""Snoozed until a moment, or until it matters more: by all that a scan may learn of a finding."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.facts import finding
from heimdall_desktop.domain.facts.change import Change, FindingAdded, FindingReplaced
from heimdall_desktop.domain.facts.observation import FindingsListed, Snoozed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.domain.facts.snooze import KeptSnooze, Snooze, Snoozes, snooze_times
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding

UNTIL = FOUND_AT + timedelta(days=1)
DISMISSED = {"status": finding.FindingStatus.DISMISSED}


class Desk:
    """A scan with its snoozes, read again and again."""

    def __init__(self) -> None:
        self.asked_at_s = 0.0
        self.snoozes = Snoozes()
        self.scan = Scan(SCAN_ID, server_url("http://127.0.0.1:8080"))
        self.scan.use_snoozes(self.snoozes.of_scan(SCAN_ID))

    def read(self, *rows: finding.Finding) -> list[FindingAdded | FindingReplaced]:
        self.asked_at_s += 1
        changes = self.scan.observe(FindingsListed(SCAN_ID, self.asked_at_s, rows))
        return [each for each in changes if isinstance(each, FindingAdded | FindingReplaced)]

    def snooze(self, *numbers: int, until: datetime | None = UNTIL) -> list[Change]:
        ids = tuple(map(finding_id, numbers))
        return self.scan.observe(Snoozed(SCAN_ID, ids, until, is_over=False))

    def row(self, number: int = 1) -> finding.Finding:
        return self.scan.findings[finding_id(number)]

    def is_snoozed(self, number: int = 1) -> bool:
        return self.row(number).snoozed_until is not None


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.read(make_finding(1), make_finding(2))
    return made


def test_a_snooze_is_one_change_of_the_row_and_stays_whatever_is_read_again(desk: Desk) -> None:
    [change] = desk.snooze(1)
    assert isinstance(change, FindingReplaced)
    assert (change.previous.snoozed_until, change.finding.snoozed_until) == (None, UNTIL)
    assert desk.scan.not_counted == {finding.NotCounted.SNOOZED: 1}
    assert desk.snooze(1) == []
    assert desk.read(make_finding(1), make_finding(2)) == []
    desk.read(make_finding(1, title="Another title"))
    assert desk.is_snoozed()
    assert not desk.is_snoozed(2)


Status, Severity = finding.FindingStatus, finding.Severity
CONFIRMED = {"status": Status.CONFIRMED}
HIGH = {"confidence": finding.Confidence.HIGH}


@pytest.mark.parametrize(
    ("before", "after", "comes_back"),
    [
        ({}, {"severity": Severity.CRITICAL}, True),
        ({}, {"severity": Severity.MEDIUM}, False),
        ({}, CONFIRMED, True),
        ({}, {"poc_validated": True}, True),
        ({}, HIGH, True),  # Víðarr has confirmed it
        ({**HIGH, "has_risen": True}, HIGH, False),
        ({"poc_validated": True}, {**CONFIRMED, "poc_validated": True}, True),
        (CONFIRMED, CONFIRMED, False),
        (CONFIRMED, {"poc_validated": True}, False),
        ({}, DISMISSED, False),
        ({}, {"status": Status.FIXED}, False),
        (DISMISSED, {}, True),  # it counts again
        (DISMISSED, {**DISMISSED, "severity": Severity.CRITICAL}, False),
    ],
)
def test_what_is_raised_or_confirmed_is_back_at_once(
    before: dict[str, Any], after: dict[str, Any], comes_back: bool
) -> None:
    desk = Desk()
    desk.read(make_finding(1, **before))
    desk.snooze(1)
    desk.read(make_finding(1, **after))
    assert desk.is_snoozed() is not comes_back
    assert desk.row().is_back is comes_back
    assert bool(desk.snoozes.of_scan(SCAN_ID)) is not comes_back


def test_what_was_lowered_and_is_raised_again_is_back(desk: Desk) -> None:
    desk.snooze(1)
    desk.read(make_finding(1, severity=finding.Severity.LOW))
    assert desk.is_snoozed()
    desk.read(make_finding(1, severity=finding.Severity.MEDIUM))
    assert desk.row().is_back


def test_what_is_back_stays_marked_until_it_is_snoozed_again(desk: Desk) -> None:
    desk.snooze(1)
    desk.read(make_finding(1, severity=finding.Severity.CRITICAL))
    assert desk.read(make_finding(1, severity=finding.Severity.CRITICAL)) == []
    desk.snooze(1)
    assert desk.is_snoozed()
    assert not desk.row().is_back
    desk.snooze(1, until=None)
    assert not desk.row().is_back  # it did not come by itself


def test_a_snooze_outlives_the_rows_of_its_scan(desk: Desk) -> None:
    """A scan that is watched again, or read by another session, finds its snoozes there."""
    desk.snooze(1)
    kept = [desk.snoozes.kept(SCAN_ID, finding_id(number)) for number in (1, 2)]
    assert [each.snooze is None for each in kept] == [False, True]
    later = Desk()
    later.snoozes.recall(kept)
    [first, _second] = later.read(make_finding(1), make_finding(2))
    assert first.finding.snoozed_until == UNTIL  # never seen awake
    raised = Desk()
    raised.snoozes.recall(kept)
    [change] = raised.read(make_finding(1, severity=finding.Severity.CRITICAL))
    assert change.finding.is_back


@pytest.mark.parametrize("is_worse", [False, True])
def test_the_same_finding_of_a_retry_takes_the_snooze_over_if_it_is_no_worse(
    desk: Desk, *, is_worse: bool
) -> None:
    """A snooze holds by id; but what a retry finds again is what was snoozed (T-9)."""
    desk.snooze(1)
    row = make_finding(1, severity=finding.Severity.CRITICAL) if is_worse else make_finding(1)
    desk.read(replace(row, id=finding_id(9), created_at=FOUND_AT + timedelta(minutes=1)))
    assert desk.row(1).is_repeat
    assert desk.row(1).snoozed_until == UNTIL
    assert (desk.row(9).snoozed_until, desk.row(9).is_back) == (
        None if is_worse else UNTIL,
        is_worse,
    )
    assert (desk.snoozes.kept(SCAN_ID, finding_id(9)).snooze is None) is is_worse


def test_what_only_shares_a_fingerprint_is_not_snoozed_with_it(desk: Desk) -> None:
    desk.snooze(1)
    other = replace(make_finding(1), id=finding.FindingId("other"), line_start=500, line_end=500)
    desk.read(other)
    assert desk.scan.findings[other.id].snoozed_until is None


def test_snoozes_of_another_scan_are_others(desk: Desk) -> None:
    desk.snoozes.recall([KeptSnooze("elsewhere", finding_id(2), Snooze(UNTIL, 0, 0))])  # type: ignore[arg-type]
    desk.read(make_finding(2, title="read again"))
    assert not desk.is_snoozed(2)


# -- the moments that are offered --


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        # a Wednesday afternoon
        ("2026-07-01T12:30Z", ["01 13:30", "02 07:00", "06 07:00", "29 07:00"]),
        # a Sunday: Monday is tomorrow, so it is offered once
        ("2026-07-05T08:00Z", ["05 09:00", "06 07:00", "02 07:00"]),
        # a Monday: the next one is in a week
        ("2026-07-06T08:00Z", ["06 09:00", "07 07:00", "13 07:00", "03 07:00"]),
        # the night before clocks go back: nine in the morning stays nine in the morning
        ("2026-10-24T12:00Z", ["24 13:00", "25 08:00", "26 08:00", "21 08:00"]),
    ],
)
def test_moments_are_mornings_of_this_computer(now: str, expected: list[str]) -> None:
    times = snooze_times(datetime.fromisoformat(now))
    assert [f"{at:%d %H:%M}" for at in times.values()] == expected
