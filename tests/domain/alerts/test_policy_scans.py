"""The rule "a scan failed", and what it shares with the others (ux.md 2.5; T-26, T-28, T-58)."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from heimdall_desktop.domain.alerts.alert import (
    Action,
    Alert,
    Decision,
    Raised,
    Retraction,
    ScanForgotten,
    ToldRecord,
    Withdrawal,
    Withdrawn,
)
from heimdall_desktop.domain.alerts.notifications import MOST_AT_ONCE
from heimdall_desktop.domain.alerts.rules import FAILED, Event
from heimdall_desktop.domain.facts.change import ScanEmptied, ScanMoved, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices, EventChoice
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.observation import Connection, StageRow
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.alerts.alert_text import body_of, outcome, title_of
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, THIRD_SCAN, Told, critical, titles
from tests.fakes.findings import FOUND_AT, SCAN_ID
from tests.fakes.inbox_lines import make_failed_line

LATER = FOUND_AT + timedelta(minutes=5)
LINE = f"failed {SCAN_ID} {FOUND_AT}"
RECORD = ToldRecord(SCAN_ID, FindingId("failed"), str(FOUND_AT))


@pytest.fixture
def told() -> Told:
    return Told()


def failed(told: Told, scan_id: ScanId = SCAN_ID) -> Alert:
    """Let a scan that ran fail for good, and return what is told of it."""
    scan = told.scans.get(scan_id) or told.scan(scan_id)
    told.take()
    return only(told.fail(scan, is_settled=True))


def only(actions: list[Action]) -> Alert:
    [alert] = actions
    assert isinstance(alert, Alert)
    return alert


# -- told once, when it is sure --


def test_t26_a_failure_is_told_once_it_has_stayed(told: Told) -> None:
    scan = told.scan(SCAN_ID)
    told.take()
    stage = StageRow("taint_analysis", "failed", "Out of memory.", FOUND_AT)
    assert told.fail(scan, stages=(stage,)) == []
    assert told.after(29) == []
    alert = only(told.settle(scan))
    assert title_of(alert) == "Scan of repo-8 stopped in taint_analysis"
    assert body_of(alert) == "Attempt 1. Out of memory."
    assert (alert.scan_id, alert.finding_id, alert.rule) == (SCAN_ID, None, FAILED)
    assert alert.records == (RECORD,)
    assert told.after(100) == []
    assert told.take(ScanMoved(SCAN_ID)) == []


def test_a_failure_that_passes_is_not_told(told: Told) -> None:
    scan = told.scan(SCAN_ID)
    told.take()
    assert told.fail(scan) == []
    told.after(10)
    assert told.run_again(scan) == []
    assert told.log == []


def test_rule_1_what_had_failed_before_it_was_added_is_no_news(told: Told) -> None:
    scan = told.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    assert told.take() == []
    assert told.fail(scan, is_settled=True) == []
    assert told.fail(scan, started_at=LATER) == []
    assert titles(told.settle(scan)) == ["Scan of repo-8 stopped"], "its next attempt is news"


def test_t58_a_last_attempt_that_was_cancelled_has_not_failed(told: Told) -> None:
    scan = told.scan(SCAN_ID)
    told.take()
    stage = StageRow("hunt", "cancelled", None, FOUND_AT)
    assert told.fail(scan, stages=(stage,), is_settled=True) == []
    assert told.log == []


# -- taken back --


def test_a_scan_that_runs_again_takes_its_alert_back(told: Told) -> None:
    alert = failed(told)
    scan = told.scans[SCAN_ID]
    assert told.run_again(scan) == [Retraction(alert.key)]
    [line] = told.inbox.lines
    assert outcome(line) == "Withdrawn: the scan is running again"
    assert (line.finding_id, line.event, line.is_unread) == ("", Event.FAILED, False)
    assert told.run_again(scan) == []


def test_t28_the_next_attempt_that_fails_is_told_again(told: Told) -> None:
    first = failed(told)
    scan = told.scans[SCAN_ID]
    told.run_again(scan)
    told.after(60)
    assert told.fail(scan, started_at=LATER) == []
    second = only(told.settle(scan))
    assert second.key != first.key
    assert body_of(second) == "Attempt 2."
    assert [outcome(line) for line in told.inbox.lines] == [
        "Inbox only so far",
        "Withdrawn: the scan is running again",
    ]


def test_an_attempt_that_failed_between_two_looks_takes_the_place_of_the_one_before(
    told: Told,
) -> None:
    first = failed(told)
    scan = told.scans[SCAN_ID]
    assert told.fail(scan, started_at=LATER) == [], "while it is in doubt the first one stands"
    taken_back, alert = told.settle(scan)
    assert taken_back == Retraction(first.key)
    assert isinstance(alert, Alert)
    assert body_of(alert) == "Attempt 2."


def test_another_end_takes_it_back(told: Told) -> None:
    failed(told)
    scan = told.scans[SCAN_ID]
    told.now_s += 1
    told.answer(scan, "completed")
    assert titles(told.take(ScanMoved(SCAN_ID))) == ["taken back", "Scan of repo-8 finished"]
    _, line = told.inbox.lines
    assert outcome(line) == "Withdrawn: the scan ended differently"


def test_a_scan_that_leaves_takes_its_alert_along(told: Told) -> None:
    alert = failed(told)
    del told.scans[SCAN_ID]
    assert told.take(ScanRemoved(SCAN_ID)) == [Retraction(alert.key)]
    assert told.log[-1] == ScanForgotten(SCAN_ID, Withdrawal.SCAN_LEFT)
    scan = told.scan(SCAN_ID)
    told.take()
    assert told.fail(scan, is_settled=True) == [], "the same failure again"


def test_a_scan_that_is_gone_does_not_say_that_it_failed(told: Told) -> None:
    failed(told)
    told.hear(told.scans[SCAN_ID], Connection.GONE)
    assert titles(told.take(ScanEmptied(SCAN_ID))) == ["taken back"]
    assert told.after(1) == []
    assert [outcome(line) for line in told.inbox.lines] == ["Withdrawn: scan no longer visible"]


# -- several --


def test_rule_3_three_scans_that_fail_within_a_window_are_told_by_one(told: Told) -> None:
    first, second = failed(told, SCAN_ID), failed(told, OTHER_SCAN)
    third = told.scan(THIRD_SCAN)
    told.take()
    *withdrawn, joined = told.fail(third, is_settled=True)
    assert isinstance(joined, Alert)
    assert withdrawn == [Retraction(each.key, joined) for each in (first, second)]
    assert (title_of(joined), body_of(joined)) == ("3 scans stopped", "repo-8, repo-0, repo-1")
    assert joined.scan_id == THIRD_SCAN
    assert titles(told.run_again(third)) == ["2 scans stopped"]


def test_failures_and_criticals_are_told_apart(told: Told) -> None:
    failed(told, OTHER_SCAN)
    assert titles(told.find(1, scan_id=SCAN_ID)) == ["Critical: Hole 1"]
    assert titles(told.find(2, scan_id=THIRD_SCAN)) == ["Critical: Hole 2"]
    assert told.after(11) == []


def test_no_more_than_three_stand_whatever_they_tell(told: Told) -> None:
    standing: dict[str, str] = {}

    def show(actions: Iterable[Action]) -> None:
        for action in actions:
            if isinstance(action, Alert):
                standing[action.key] = title_of(action)
            else:
                standing.pop(action.key)
        assert len(standing) <= MOST_AT_ONCE

    scans = [ScanId(f"{number}0000000-2f0e-4a0c-9a77-6a3c1b0d4e21") for number in range(6)]
    for number, scan_id in enumerate(scans):
        show(told.find(number, scan_id=scan_id))
        show(told.after(20))
        told.scan(scan_id)
        told.take()
        show(told.fail(told.scans[scan_id], is_settled=True))
        show(told.after(20))
    assert sorted(standing.values()) == [
        "3 new critical findings in 3 scans",
        "3 new critical findings in 3 scans",
        "6 scans stopped",
    ]


# -- over sessions --


def test_what_an_earlier_session_told_is_not_told_again(told: Told) -> None:
    told.policy.recall([RECORD], [make_failed_line(key=LINE)])
    scan = told.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    assert told.fail(scan, is_settled=True) == []
    assert told.fail(scan) == [], "it is doubted again once it is watched"
    assert told.settle(scan) == []
    assert told.log == []


def test_what_an_earlier_session_told_is_taken_back_when_it_runs_again(told: Told) -> None:
    told.policy.recall([RECORD], [make_failed_line(key=LINE)])
    scan = told.scan(SCAN_ID)
    assert told.take(ScanMoved(SCAN_ID)) == []
    assert told.log == [Withdrawn(LINE, Event.FAILED, scan)]


def test_what_a_digest_told_in_doubt_has_a_line_after_a_restart(told: Told) -> None:
    told.policy.recall([RECORD])
    scan = told.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    assert told.fail(scan) == []
    assert told.settle(scan) == []
    assert [(line.key, outcome(line)) for line in told.inbox.lines] == [
        (LINE, "Inbox only: already notified")
    ]


def test_after_a_restart_its_next_attempt_that_failed_is_told(told: Told) -> None:
    told.policy.recall([RECORD])
    scan = told.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    told.fail(scan, started_at=LATER)
    assert titles(told.settle(scan)) == ["Scan of repo-8 stopped"]


def test_a_failure_that_returns_is_a_new_line_and_not_notified_again(told: Told) -> None:
    failed(told)
    scan = told.scans[SCAN_ID]
    told.run_again(scan)
    assert told.fail(scan, is_settled=True) == []
    [line] = told.inbox.lines
    assert (line.key, line.is_unread) == (LINE, True)
    assert outcome(line) == "Inbox only: already notified"


# -- the digest --


def test_a_failure_without_a_finding_is_told_after_a_rest(told: Told) -> None:
    scan = told.scan(SCAN_ID)
    told.take()
    told.now_s = 600
    told.policy.wake()
    told.fail(scan)
    assert told.list_rows(scan) == []
    digest = only(told.settle(scan))
    assert (title_of(digest), body_of(digest)) == ("While you were away: 1 scan failed", "repo-8")
    assert (digest.line, digest.records) == (LINE, (RECORD,))
    assert [line.title for line in told.inbox.lines] == ["Scan of repo-8 stopped"]
    assert told.after(100) == []
    assert titles(told.run_again(scan)) == ["taken back"]


def test_what_a_digest_counted_before_it_was_sure_is_not_told_again(told: Told) -> None:
    shop, other = told.scan(SCAN_ID), told.scan(OTHER_SCAN)
    told.take()
    told.now_s = 600
    told.policy.wake()
    told.fail(shop)
    told.list_rows(shop)
    found = [critical(n, scan_id=OTHER_SCAN) for n in (1, 2)]
    digest = only(told.list_rows(other, *found))
    assert (title_of(digest), body_of(digest)) == (
        "While you were away: 2 critical",
        "1 scan failed",
    )
    assert told.settle(shop) == []
    assert told.log[-1] == Raised(LINE, Event.FAILED, shop, "repo-8", digest)
    [line, *_] = told.inbox.lines
    assert (line.decision, line.merged_into) == (Decision.MERGED, title_of(digest))


def test_what_a_digest_counted_and_runs_again_is_counted_out(told: Told) -> None:
    shop, other = told.scan(SCAN_ID), told.scan(OTHER_SCAN)
    told.take()
    told.now_s = 600
    told.policy.wake()
    told.fail(shop)
    told.list_rows(shop)
    only(told.list_rows(other, *[critical(n, scan_id=OTHER_SCAN) for n in (1, 2)]))
    assert body_of(only(told.run_again(shop))) == "repo-0 2"
    again = told.fail(shop, started_at=LATER, is_settled=True)
    assert titles(again) == ["Scan of repo-8 stopped"], "no digest has told of that"


def test_a_failure_that_came_to_stay_after_the_digest_is_told_by_itself(told: Told) -> None:
    scan = told.scan(SCAN_ID)
    told.take()
    told.now_s = 600
    told.policy.wake()
    told.fail(scan)
    told.list_rows(scan)
    assert told.after(40) == []
    assert titles(told.settle(scan)) == ["Scan of repo-8 stopped"]


def test_what_is_switched_off_is_left_at_the_inbox(told: Told) -> None:
    off = EventChoice("critical", on_desktop=False), EventChoice("failed", on_desktop=False)
    told.policy.delivery.choices = AlertChoices(off)
    scan = told.scan(SCAN_ID)
    assert told.find(1) == []
    assert told.fail(scan, is_settled=True) == []
    assert [line.title for line in told.inbox.lines] == [
        "Scan of repo-8 stopped",
        "Critical: Hole 1",
    ]
