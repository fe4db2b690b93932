"""What is worth a notification, and how many become one (ux.md 2.5, rules 1, 2, 3 and 6)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import (
    Action,
    Alert,
    Decision,
    InboxLine,
    Retraction,
    ToldRecord,
    Updated,
)
from heimdall_desktop.domain.alerts.notifications import MOST_AT_ONCE, MOST_CALLS
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.change import (
    ConnectionMoved,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanMoved,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.choices import MUTE_FOR, AlertChoices
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
    Source,
)
from heimdall_desktop.domain.facts.observation import StageSeen
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.alerts.alert_text import body_of, outcome, title_of
from heimdall_desktop.presentation.alerts.event_text import TITLE_LIMIT
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, THIRD_SCAN, Told, critical, titles
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding


@pytest.fixture
def told() -> Told:
    return Told()


def test_the_first_critical_finding_is_told_at_once(told: Told) -> None:
    [alert] = told.find(1)
    assert isinstance(alert, Alert)
    assert title_of(alert) == "Critical: Hole 1"
    assert body_of(alert) == "repo-8, orders.py:88. Not yet verified."
    assert (alert.scan_id, alert.finding_id) == (SCAN_ID, finding_id(1))


def test_an_announced_finding_that_the_server_does_not_have_is_taken_back(told: Told) -> None:
    announced = make_finding(1, severity=Severity.CRITICAL, is_announced=True)
    [alert] = told.take(FindingAdded(announced))
    assert isinstance(alert, Alert)
    dropped = FindingDropped(announced)
    assert told.take(dropped) == [Retraction(alert.key)]
    assert told.take(dropped) == []


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


WITHDRAWN: list[dict[str, Any]] = [{"severity": Severity.LOW}, {"status": FindingStatus.DISMISSED}]


def withdraw_and_return(told: Told, passed_s: float, **fields: Any) -> list[Action]:
    """Withdraw finding 1, and let it be as it was after a while; return what that leads to."""
    withdrawn = critical(1, **fields)
    told.take(FindingReplaced(withdrawn, critical(1)))
    told.after(passed_s)
    return told.take(FindingReplaced(critical(1), withdrawn))


@pytest.mark.parametrize("fields", WITHDRAWN)
def test_rule_1_a_finding_that_returns_is_notified_again_once_in_ten_minutes(
    told: Told, fields: dict[str, Any]
) -> None:
    told.find(1, 2)
    told.inbox.mark_all_read()
    assert withdraw_and_return(told, 599, **fields) == []
    newest = told.inbox.lines[0]
    assert (newest.title, newest.is_unread) == ("Critical: Hole 1", True)
    assert outcome(newest) == "Inbox only: already notified"
    assert titles(withdraw_and_return(told, 1, **fields)) == ["Critical: Hole 1"]
    told.inbox.mark_all_read()
    assert withdraw_and_return(told, 300, **fields) == []
    assert told.inbox.unread == 1
    assert titles(withdraw_and_return(told, 600, **fields)) == ["Critical: Hole 1"]
    assert sorted(line.title for line in told.inbox.lines) == [
        "Critical: Hole 1",
        "Critical: Hole 2",
    ]


def test_rule_1_a_return_in_the_next_session_may_be_within_ten_minutes(told: Told) -> None:
    [alert] = told.find(1)
    assert isinstance(alert, Alert)
    later = Told()
    later.inbox.restore(told.inbox.lines)
    later.policy.recall(alert.records, told.inbox.lines)
    later.take(FindingAdded(critical(1), is_first_read=True))
    assert withdraw_and_return(later, 10, severity=Severity.LOW) == []
    assert titles(withdraw_and_return(later, 600, severity=Severity.LOW)) == ["Critical: Hole 1"]


def test_rule_1_what_was_muted_and_returns_later_is_notified(told: Told) -> None:
    told.policy.delivery.choices = AlertChoices().with_mute(SCAN_ID, FOUND_AT + MUTE_FOR)
    assert told.find(1) == []
    told.local_now += MUTE_FOR
    assert titles(withdraw_and_return(told, 1, severity=Severity.LOW)) == ["Critical: Hole 1"]


def test_rule_1_a_return_by_my_own_decision_is_no_news(told: Told) -> None:
    told.policy.is_own = lambda finding, before: finding.status_text == "open" != before.status_text
    told.find(1)
    told.inbox.mark_all_read()
    assert withdraw_and_return(told, 700, status_text="dismissed", **WITHDRAWN[1]) == []
    assert told.inbox.unread == 0
    assert titles(withdraw_and_return(told, 700, severity_text="low", **WITHDRAWN[0])) == [
        "Critical: Hole 1"
    ]


def test_a_finding_that_becomes_critical_is_told(told: Told) -> None:
    assert titles(told.change(1)) == ["Critical: Hole 1"]


def test_rule_1_what_a_new_scan_holds_becomes_one_summary_once_it_is_listed(told: Told) -> None:
    assert told.take(*(FindingAdded(critical(n), is_first_read=True) for n in (1, 2, 3))) == []
    told.listed.add(SCAN_ID)
    assert titles(told.take(ScanMoved(SCAN_ID))) == ["3 new critical findings in repo-8"]
    assert told.take(ScanMoved(SCAN_ID)) == []


def test_a_summary_opens_the_latest_which_it_names(told: Told) -> None:
    ages = {n: FOUND_AT - timedelta(minutes=n) for n in (1, 2, 3)}  # listed the youngest first
    held = [critical(n, created_at=at) for n, at in ages.items()]
    told.take(*(FindingAdded(finding, is_first_read=True) for finding in held))
    told.listed.add(SCAN_ID)
    [alert] = told.take(ScanMoved(SCAN_ID))
    assert isinstance(alert, Alert)
    assert (body_of(alert), alert.finding_id) == ("Latest: Hole 1 in orders.py:88", held[0].id)


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
    scan = told.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    told.policy.restore(SCAN_ID, is_remembered=False)
    told.listed.add(SCAN_ID)
    assert told.list_rows(scan, critical(1)) == []
    assert told.policy.take_silenced() == [told_before(1)]
    assert told.policy.take_silenced() == []
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
    assert title_of(merged) == "4 new critical findings in repo-8"
    assert body_of(merged) == "Latest: Hole 4 in orders.py:88"
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
    assert title_of(second) == "Critical: Hole 2"


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_rule_2_a_burst_is_shown_first_after_10_s_and_at_its_end(
    told: Told, *, is_confirmed: bool
) -> None:
    shown: list[Alert] = []
    for second in range(100):
        numbers = range(30 * second, 30 * second + 30) if second < 45 else ()
        found = [critical(number, poc_validated=is_confirmed) for number in numbers]
        shown += [each for each in told.take(*map(FindingAdded, found)) if isinstance(each, Alert)]
        shown += [each for each in told.after(1) if isinstance(each, Alert)]
    kind = "confirmed" if is_confirmed else "new"
    assert titles(shown) == [
        f"{count} {kind} critical findings in repo-8" for count in ("30", "300", "1\u00a0350")
    ]
    assert len({each.key for each in shown}) == 1
    assert [each.is_update for each in shown] == [False, True, True]


def test_rule_2_a_burst_of_minutes_has_three_calls_under_each_key(told: Told) -> None:
    calls: Counter[str] = Counter()
    for second in range(300):
        actions = told.find(3 * second, 3 * second + 1, 3 * second + 2)
        actions += told.take(
            *(
                FindingReplaced(critical(n, poc_validated=True), critical(n))
                for n in range(3 * second - 90, 3 * second - 87)
                if n >= 0
            )
        )
        calls.update(each.key for each in (*actions, *told.after(1)) if isinstance(each, Alert))
    assert max(calls.values()) == MOST_CALLS
    assert sum(calls.values()) <= 30


def test_rule_2_news_shown_with_a_withdrawal_is_no_fourth_call_under_a_key(told: Told) -> None:
    [first] = told.find(1, 2)
    told.after(5)
    told.find(3)
    assert [each.key for each in told.after(5)] == [first.key]
    told.find(4)
    assert [each.key for each in told.after(10)] == [first.key]
    told.change(1, poc_validated=True)
    gone, alert = told.change(2, severity=Severity.LOW)
    assert isinstance(alert, Alert)
    assert gone == Retraction(first.key, alert)
    assert alert.news == (Event.CONFIRMED,)


def test_rule_3_many_scans_within_a_window_have_three_calls_under_each_key(told: Told) -> None:
    calls: Counter[str] = Counter()
    for second in range(100):
        scans = [ScanId(f"s{second % 12}")] if second < 50 else []
        found = [critical(second, scan_id=scan_id) for scan_id in scans]
        actions = [*told.take(*map(FindingAdded, found)), *told.after(1)]
        calls.update(each.key for each in actions if isinstance(each, Alert))
    assert max(calls.values()) == MOST_CALLS


def test_scans_have_windows_of_their_own(told: Told) -> None:
    told.find(1)
    assert titles(told.find(2, scan_id=OTHER_SCAN)) == ["Critical: Hole 2"]


def test_rule_6_a_withdrawn_finding_is_taken_back(told: Told) -> None:
    [alert] = told.find(1)
    assert isinstance(alert, Alert)
    assert told.change(1, status=FindingStatus.FALSE_POSITIVE) == [Retraction(alert.key)]


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


def test_rule_6_what_is_lowered_together_is_said_once(told: Told) -> None:
    told.find(1, 2, 3, 4)
    lowered = [critical(number, severity=Severity.LOW) for number in (1, 2, 3)]
    changes = [FindingReplaced(each, critical(n)) for n, each in enumerate(lowered, start=1)]
    assert titles(told.take(*changes)) == ["Critical: Hole 4"]


def test_rule_6_a_finding_withdrawn_before_its_window_ended_is_never_told(told: Told) -> None:
    told.find(1)
    told.find(2, 3)
    assert told.change(2, status=FindingStatus.FALSE_POSITIVE) == [], "no notification says it yet"
    assert titles(told.after(11)) == ["2 new critical findings in repo-8"]
    [last] = told.change(1, severity=Severity.LOW)
    assert isinstance(last, Alert)
    assert title_of(last) == "Critical: Hole 3"


def test_a_window_of_which_nothing_new_is_left_ends_without_a_word(told: Told) -> None:
    told.find(1)
    told.find(2)
    assert told.change(2, severity=Severity.LOW) == []
    assert told.after(11) == []


def test_a_window_in_which_all_were_withdrawn_ends_without_a_word(told: Told) -> None:
    told.find(1)
    told.find(2)
    told.change(1, severity=Severity.LOW)
    told.change(2, severity=Severity.LOW)
    assert told.after(11) == []


def test_after_all_were_withdrawn_the_next_in_the_window_is_told_at_once(told: Told) -> None:
    told.find(1)
    told.change(1, severity=Severity.LOW)
    told.after(5)
    assert titles(told.find(2)) == ["Critical: Hole 2"]
    told.find(3)
    assert told.after(9) == [], "its window has begun with it"
    assert titles(told.after(1)) == ["2 new critical findings in repo-8"]


def test_what_was_closed_before_its_window_ended_is_not_told_again(told: Told) -> None:
    [first] = told.find(1)
    told.policy.notifications.is_on_desktop = lambda key: key != first.key
    told.find(2)
    assert titles(told.after(11)) == ["Critical: Hole 2"]
    assert told.change(1, severity=Severity.LOW) == []
    assert titles(told.change(2, severity=Severity.LOW)) == ["taken back"]


def test_a_replacement_tells_the_newest_words(told: Told) -> None:
    told.find(1)
    told.find(2)
    told.change(2, title="Renamed")
    [alert] = told.after(11)
    assert isinstance(alert, Alert)
    assert body_of(alert) == "Latest: Renamed in orders.py:88"


def test_rule_6_a_scan_that_leaves_takes_its_notifications_along(told: Told) -> None:
    told.find(1)
    told.find(2, scan_id=OTHER_SCAN)
    told.find(3)
    assert titles(told.take(ScanRemoved(SCAN_ID))) == ["taken back"]
    assert told.after(11) == []
    assert told.change(1, severity=Severity.LOW) == []


def test_a_scan_the_server_knows_no_more_takes_its_notifications_along(told: Told) -> None:
    told.find(1)
    assert titles(told.take(ScanEmptied(SCAN_ID))) == ["taken back"]
    assert told.take(FindingAdded(critical(1), is_first_read=True)) == []


def test_t09_the_newest_row_is_told_in_place_of_an_older_one_that_is_dismissed(
    told: Told,
) -> None:
    [first] = told.find(1)
    told.attempt_starts.append(FOUND_AT + timedelta(hours=1))
    again = {"title": "Hole 1", "fingerprint": critical(1).fingerprint}
    newer = critical(2, created_at=FOUND_AT + timedelta(hours=2), **again)
    older = critical(1, is_repeat=True)
    assert told.take(FindingAdded(newer), FindingReplaced(older, critical(1))) == []
    dismissed = replace(older, status=FindingStatus.DISMISSED)
    [alert] = told.take(FindingReplaced(dismissed, older))
    assert isinstance(first, Alert)
    assert isinstance(alert, Alert)
    assert (alert.key, alert.finding_id, alert.records) == (first.key, newer.id, ())
    [line] = told.inbox.lines
    assert (line.finding_id, line.withdrawal) == (newer.id, None)
    lowered = replace(newer, severity=Severity.LOW)
    assert titles(told.take(FindingReplaced(lowered, newer))) == ["taken back"]


def test_t09_a_repeat_of_a_retried_scan_is_not_told_beside_its_newest_row(told: Told) -> None:
    assert told.take(FindingAdded(critical(1, is_repeat=True))) == []
    assert len(told.take(FindingAdded(critical(2)))) == 1


def test_a_scan_that_comes_and_leaves_in_one_batch_is_not_told(told: Told) -> None:
    assert told.take(FindingAdded(critical(1)), ScanRemoved(SCAN_ID)) == []


def test_a_scan_that_comes_back_does_not_tell_the_same_finding_again(told: Told) -> None:
    told.find(1)
    told.take(ScanRemoved(SCAN_ID))
    assert told.find(1) == []


def test_a_scan_that_comes_back_tells_what_had_waited_for_its_window(told: Told) -> None:
    told.find(1)
    assert told.find(2) == []
    told.take(ScanRemoved(SCAN_ID))
    told.take(*(FindingAdded(critical(number), is_first_read=True) for number in (1, 2)))
    told.listed.add(SCAN_ID)
    assert titles(told.take(ScanMoved(SCAN_ID))) == ["Critical: Hole 2"]


@pytest.mark.parametrize(
    ("has_reviewed", "title", "says"),
    [
        (True, "Confirmed critical: Hole 1", "The validator agrees."),
        (False, "Critical: Hole 1", "High confidence."),
    ],
)
def test_a_finding_is_called_confirmed_where_a_stage_that_confirms_has_run(
    told: Told, has_reviewed: bool, title: str, says: str
) -> None:
    scan = told.scan(SCAN_ID)
    if has_reviewed:
        scan.observe(StageSeen(SCAN_ID, 1.0, FOUND_AT, "vidarr", "running", None))
    sure = critical(1, source=Source.AI, confidence=Confidence.HIGH)
    [alert] = told.take(FindingAdded(sure))
    assert isinstance(alert, Alert)
    assert (title_of(alert), alert.news) == (title, (Event.CRITICAL, Event.CONFIRMED))
    assert body_of(alert) == f"repo-8, orders.py:88. {says}"
    assert [line.title for line in told.inbox.lines] == [title]
    more = [critical(number, source=Source.AI, confidence=Confidence.HIGH) for number in (2, 3)]
    told.take(*map(FindingAdded, [*more, critical(4, poc_validated=True)]))
    [summary] = told.after(100)
    assert isinstance(summary, Alert)
    words = "4 confirmed" if has_reviewed else "1 confirmed, 3 with high confidence"
    assert body_of(summary) == f"Latest: Hole 4 in orders.py:88. {words}."


def test_long_and_hostile_titles_are_cut_to_one_line(told: Told) -> None:
    [alert] = told.take(FindingAdded(critical(1, title="a\nb\x1b[31m " + "x" * 5000)))
    assert isinstance(alert, Alert)
    assert len(title_of(alert)) <= TITLE_LIMIT
    assert title_of(alert).isprintable()


# Rule 3: several scans


def test_rule_3_two_scans_are_told_apart(told: Told) -> None:
    told.find(1)
    assert titles(told.find(2, scan_id=OTHER_SCAN)) == ["Critical: Hole 2"]


def test_rule_3_with_the_third_scan_one_notification_tells_of_all(told: Told) -> None:
    [first] = told.find(1, 2, 3)
    [second] = told.find(4, scan_id=OTHER_SCAN)
    *withdrawn, joined = told.find(5, scan_id=THIRD_SCAN)
    assert isinstance(first, Alert)
    assert isinstance(second, Alert)
    assert isinstance(joined, Alert)
    assert withdrawn == [Retraction(each.key, joined) for each in (first, second)]
    assert title_of(joined) == "5 new critical findings in 3 scans"
    assert body_of(joined) == "repo-8 3, repo-0 1, repo-1 1"
    assert joined.finding_id == finding_id(5)
    assert set(joined.scan_ids) == {SCAN_ID, OTHER_SCAN, THIRD_SCAN}


def test_rule_3_scans_that_are_added_one_after_the_other_make_one_notification(
    told: Told,
) -> None:
    """Somebody adds many scans at once; each is read for a while, and told when it is listed."""
    seen: list[str] = []
    for number, scan_id in enumerate((SCAN_ID, OTHER_SCAN, THIRD_SCAN), start=1):
        told.after(2)
        told.take(FindingAdded(critical(number, scan_id=scan_id), is_first_read=True))
        told.listed.add(scan_id)
        seen += titles(told.take(ScanMoved(scan_id)))
    assert seen == [
        *("Critical: Hole 1", "Critical: Hole 2"),
        *("taken back", "taken back", "3 new critical findings in 3 scans"),
    ]
    assert told.after(60) == []


def test_a_summary_takes_in_what_is_found_right_after_it(told: Told) -> None:
    told.take(FindingAdded(critical(1), is_first_read=True))
    told.after(30)  # so long it was read
    told.listed.add(SCAN_ID)
    assert titles(told.take(ScanMoved(SCAN_ID))) == ["Critical: Hole 1"]
    assert told.find(2) == []
    assert titles(told.after(10)) == ["2 new critical findings in repo-8"]


def test_what_a_new_scan_holds_delays_no_news_of_it(told: Told) -> None:
    held = (FindingAdded(critical(number), is_first_read=True) for number in range(40))
    told.take(*held)
    told.listed.add(SCAN_ID)
    assert titles(told.take(ScanMoved(SCAN_ID))) == ["40 new critical findings in repo-8"]
    assert told.find(999) == []
    assert titles(told.after(10)) == ["41 new critical findings in repo-8"]


def test_rule_3_scans_that_come_in_one_batch_make_one_notification(told: Told) -> None:
    found = [critical(n, scan_id=s) for n, s in enumerate((SCAN_ID, OTHER_SCAN, THIRD_SCAN))]
    assert titles(told.take(*map(FindingAdded, found))) == ["3 new critical findings in 3 scans"]
    assert told.after(11) == []


def test_rule_3_what_follows_waits_for_the_window(told: Told) -> None:
    for number, scan_id in enumerate((SCAN_ID, OTHER_SCAN, THIRD_SCAN)):
        told.find(number, scan_id=scan_id)
    assert told.find(7) == []
    assert told.find(8, scan_id=THIRD_SCAN) == []
    assert titles(told.after(10)) == ["5 new critical findings in 3 scans"]
    assert titles(told.find(9)) == ["Critical: Hole 9"]


def test_rule_3_a_scan_told_before_does_not_count_as_one_is_added_to_its_summary(
    told: Told,
) -> None:
    for number in range(MOST_AT_ONCE - 1):
        told.find(number, scan_id=OTHER_SCAN)
        told.after(100)
    told.find(5)
    [summary] = told.find(6, scan_id=THIRD_SCAN)
    assert isinstance(summary, Alert)
    assert title_of(summary) == "2 new critical findings in 2 scans"
    assert told.after(1) == []


def test_rule_3_a_window_that_is_over_does_not_count(told: Told) -> None:
    told.find(1)
    told.find(2, scan_id=OTHER_SCAN)
    told.after(10)
    assert titles(told.find(3, scan_id=THIRD_SCAN)) == ["Critical: Hole 3"]


def test_rule_3_and_6_a_scan_that_leaves_is_counted_out(told: Told) -> None:
    for number, scan_id in enumerate((SCAN_ID, OTHER_SCAN, THIRD_SCAN)):
        told.find(number, scan_id=scan_id)
    assert titles(told.take(ScanRemoved(SCAN_ID))) == ["2 new critical findings in 2 scans"]
    assert titles(told.find(7, scan_id=OTHER_SCAN)) == []
    assert titles(told.after(10)) == ["3 new critical findings in 2 scans"]


def test_a_scan_that_leaves_takes_nothing_from_the_window_of_another(told: Told) -> None:
    told.find(1)
    told.change(1, severity=Severity.LOW)
    told.find(2, scan_id=OTHER_SCAN)
    told.take(ScanRemoved(OTHER_SCAN))
    assert titles(told.find(3)) == ["Critical: Hole 3"]


# Firsts, and how many stand


def scan_number(number: int) -> ScanId:
    return ScanId(f"{number}0000000-2f0e-4a0c-9a77-6a3c1b0d4e21")


def test_the_first_critical_of_a_scan_waits_for_no_window_of_others(told: Told) -> None:
    for number in range(1, 11):
        actions = told.find(number, scan_id=scan_number(number))
        assert any(
            isinstance(action, Alert) and told_ids(action) >= {finding_id(number)}
            for action in actions
        ), number
        assert told.find(100 + number, scan_id=scan_number(number)) == [], "it is no first one"
        told.after(0.5)
    [rest] = told.after(10)
    assert isinstance(rest, Alert)
    assert title_of(rest) == "20 new critical findings in 10 scans"


def test_a_first_critical_in_a_shared_notification_replaces_it(told: Told) -> None:
    shown = Desktop()
    for number in range(1, 8):
        shown.take(told.find(number, scan_id=scan_number(number)))
    assert list(shown.titles.values()) == ["7 new critical findings in 7 scans"]


def test_no_more_than_three_stand_however_long_it_goes_on(told: Told) -> None:
    shown = Desktop()
    for number in range(1, 13):
        actions = told.find(number, scan_id=scan_number(number))
        assert any(isinstance(action, Alert) for action in actions)
        shown.take(actions)
        assert len(shown.titles) <= MOST_AT_ONCE
        shown.take(told.after(20))
    assert sum(shown.counts()) == 12, "each is told by one that stands"


def test_what_a_new_scan_held_has_a_line_also_where_another_finding_is_opened(told: Told) -> None:
    for number in range(MOST_AT_ONCE):
        told.find(number)
        told.after(100)
    held = critical(9, scan_id=OTHER_SCAN, created_at=FOUND_AT - timedelta(hours=1))
    told.take(FindingAdded(held, is_first_read=True))
    told.listed.add(OTHER_SCAN)
    [summary] = [each for each in told.take(ScanMoved(OTHER_SCAN)) if isinstance(each, Alert)]
    assert {each.id for each in summary.findings} == {finding_id(0), finding_id(9)}
    told.inbox.decide(summary, Decision.NOTIFIED)
    line = told.inbox.lines[0]
    assert (line.key, line.decision) == (summary.key, Decision.NOTIFIED)
    assert line.title == "2 new critical findings in 2 scans"


def test_what_takes_the_place_of_the_oldest_sums_both_up(told: Told) -> None:
    first, *_ = (told.find(n, scan_id=scan_number(n)) + told.after(20) for n in (1, 2, 3))
    [summary] = told.find(4, scan_id=scan_number(4))
    assert isinstance(first[0], Alert)
    assert isinstance(summary, Alert)
    assert summary.key == first[0].key
    assert title_of(summary) == "2 new critical findings in 2 scans"
    assert body_of(summary) == "repo-1 1, repo-4 1"
    assert (summary.scan_id, summary.finding_id) == (scan_number(4), finding_id(4))
    assert told_ids(summary) == {finding_id(4)}
    assert told.find(5, scan_id=scan_number(4)) == []
    assert titles(told.after(10)) == ["3 new critical findings in 2 scans"]


def test_what_was_dismissed_leaves_room(told: Told) -> None:
    told.policy.notifications.is_on_desktop = lambda _key: False
    for number in (1, 2, 3, 4, 5):
        found = told.find(number, scan_id=scan_number(number))
        assert titles(found) == [f"Critical: Hole {number}"]
        told.after(20)


def test_what_is_in_view_needs_no_room(told: Told) -> None:
    for number in (1, 2, 3):
        told.find(number, scan_id=scan_number(number))
        told.after(20)
    told.policy.notifications.is_in_view = scan_number(4).__eq__
    assert titles(told.find(4, scan_id=scan_number(4))) == ["Critical: Hole 4"]


def test_a_withdrawn_finding_leaves_the_summary_it_went_into(told: Told) -> None:
    for number in (1, 2, 3, 4):
        told.find(number, scan_id=scan_number(number))
        told.after(20)
    [left] = told.change(4, scan_id=scan_number(4), severity=Severity.LOW)
    assert isinstance(left, Alert)
    assert title_of(left) == "Critical: Hole 1"


def told_ids(alert: Alert) -> set[FindingId]:
    return {each.finding_id for each in alert.records}


class Desktop:
    """What stands on a screen where nothing is dismissed."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}

    def take(self, actions: Sequence[Action]) -> None:
        for action in actions:
            if isinstance(action, Alert):
                self.titles[action.key] = title_of(action)
            else:
                self.titles.pop(action.key)

    def counts(self) -> list[int]:
        """Return how many findings each tells."""
        firsts = (title.split()[0] for title in self.titles.values())
        return [int(first) if first.isdecimal() else 1 for first in firsts]


# What was told before


def told_before(number: int, fingerprint: str | None = None) -> ToldRecord:
    print_ = critical(number).fingerprint if fingerprint is None else fingerprint
    return ToldRecord(SCAN_ID, finding_id(number), print_)


def test_what_an_earlier_session_told_is_never_told_again(told: Told) -> None:
    told.policy.recall([told_before(1)])
    assert told.find(1) == []
    assert told.change(1, title="Renamed") == []
    assert titles(told.find(1, 2)) == ["Critical: Hole 2"]


def test_t9_nor_is_its_twin_of_a_later_attempt(told: Told) -> None:
    told.policy.recall([told_before(1, "abc")])
    assert told.take(FindingAdded(critical(2, fingerprint="abc"))) == []
    other = critical(3, fingerprint="abc", scan_id=OTHER_SCAN)
    assert titles(told.take(FindingAdded(other))) == ["Critical: Hole 3"]


def test_t9_after_a_restart_its_line_leads_to_the_newest_row_still(told: Told) -> None:
    line = InboxLine(finding_id(1), "", "", SCAN_ID, "repo-8", finding_id(2), FOUND_AT)
    told.inbox.restore([line])
    told.policy.recall([], [line])
    told.change(1, title="Renamed")
    assert told.inbox.lines == [line]


def test_findings_without_a_fingerprint_are_no_twins(told: Told) -> None:
    told.policy.recall([told_before(1, "")])
    assert titles(told.take(FindingAdded(critical(2, fingerprint="")))) == ["Critical: Hole 2"]


def test_t9_within_one_session_a_twin_is_one_of_a_later_attempt(told: Told) -> None:
    told.take(FindingAdded(critical(1, fingerprint="abc")))
    told.after(11)
    same_attempt = critical(2, fingerprint="abc", created_at=FOUND_AT + timedelta(seconds=5))
    assert titles(told.take(FindingAdded(same_attempt))) == ["Critical: Hole 2"]
    told.after(11)
    told.attempt_starts.append(FOUND_AT + timedelta(seconds=60))
    retried = critical(3, fingerprint="abc", created_at=FOUND_AT + timedelta(seconds=90))
    assert told.take(FindingAdded(retried)) == []
    assert Updated(retried.id, Event.CRITICAL, retried, Decision.OTHER_ROW) in told.log
    assert told.after(11) == []


def test_t9_a_row_that_turns_out_to_be_a_repeat_is_counted_no_more_beside_its_newest(
    told: Told,
) -> None:
    """That an attempt has begun between the two may be known only after both were told."""
    told.find(9)
    one, other = (critical(n, title="Hole", fingerprint="abc", file_path="a.py") for n in (1, 2))
    elsewhere = critical(3, title="Hole", fingerprint="abc", file_path="b.py")
    for finding in (one, other, elsewhere):
        told.take(FindingAdded(finding))
    [summary] = told.after(11)
    assert isinstance(summary, Alert)
    assert title_of(summary).startswith("4 new critical findings")
    [summary] = told.take(FindingReplaced(replace(one, is_repeat=True), one))
    assert isinstance(summary, Alert)
    assert title_of(summary).startswith("3 new critical findings")
    assert told.take(FindingReplaced(replace(elsewhere, is_repeat=True), elsewhere)) == []


def test_t9_a_repeat_leaves_its_alert_for_that_of_its_newest(told: Told) -> None:
    one, other = (critical(n, title="Hole", fingerprint="abc", file_path="a.py") for n in (1, 2))
    [first] = told.take(FindingAdded(one))
    assert told.after(11) == []
    [second] = told.take(FindingAdded(other))
    assert told.take(FindingReplaced(replace(one, is_repeat=True), one)) == [Retraction(first.key)]
    assert second.key != first.key


def test_t9_the_newest_row_of_what_is_known_to_be_a_repeat_is_not_told_beside_it(
    told: Told,
) -> None:
    """The rows may tell of a retry before the scan does: when its attempt began is not known."""
    one, other = (critical(n, title="Hole", fingerprint="abc", file_path="a.py") for n in (1, 2))
    other = replace(other, created_at=FOUND_AT + timedelta(seconds=90))
    [alert] = told.take(FindingAdded(one))
    assert told.take(FindingReplaced(replace(one, is_repeat=True), one), FindingAdded(other)) == []
    assert told.after(11) == []
    refuted = replace(other, status=FindingStatus.FALSE_POSITIVE)
    assert told.take(FindingReplaced(refuted, other)) == [Retraction(alert.key)]


def test_t9_a_row_goes_also_where_its_newest_came_with_the_first_listing(told: Told) -> None:
    """Rows of a retry that the listing meets on its way are none that came later."""
    one, other = (critical(n, title="Hole", fingerprint="abc", file_path="a.py") for n in (1, 2))
    other = replace(other, created_at=FOUND_AT + timedelta(seconds=90))
    refuted = replace(other, status=FindingStatus.FALSE_POSITIVE)
    [alert] = told.take(FindingAdded(one))
    newest = FindingAdded(refuted, is_first_read=True)
    assert told.take(newest, FindingReplaced(replace(one, is_repeat=True), one)) == [
        Retraction(alert.key)
    ]


@pytest.mark.parametrize("is_known", [True, False])
def test_t9_a_row_is_taken_back_with_its_newest_reading(told: Told, *, is_known: bool) -> None:
    """The newest may come refuted before the other is known to be a repeat."""
    one, other = (critical(n, title="Hole", fingerprint="abc", file_path="a.py") for n in (1, 2))
    other = replace(other, created_at=FOUND_AT + timedelta(seconds=90))
    refuted = replace(other, status=FindingStatus.FALSE_POSITIVE)
    [alert] = told.take(FindingAdded(one))
    if is_known:
        told.attempt_starts.append(FOUND_AT + timedelta(seconds=60))
        older = replace(one, is_repeat=True)
        assert told.take(FindingAdded(other), FindingReplaced(older, one)) == []
        assert told.take(FindingReplaced(refuted, other)) == [Retraction(alert.key)]
    else:
        assert told.take(FindingAdded(refuted)) == [Retraction(alert.key)]


def test_t9_the_twin_of_what_was_withdrawn_before_it_was_told_is_told(told: Told) -> None:
    told.attempt_starts.append(FOUND_AT + timedelta(seconds=60))
    told.find(9)
    told.take(FindingAdded(critical(1, fingerprint="abc")))
    told.change(1, fingerprint="abc", status=FindingStatus.FALSE_POSITIVE)
    told.after(11)
    retried = critical(2, fingerprint="abc", created_at=FOUND_AT + timedelta(seconds=90))
    assert titles(told.take(FindingAdded(retried))) == ["Critical: Hole 2"]


def test_an_alert_says_what_it_tells_for_the_first_time(told: Told) -> None:
    [first] = told.find(1)
    told.find(2)
    [merged] = told.after(10)
    [recounted] = told.change(1, severity=Severity.LOW)
    assert isinstance(first, Alert)
    assert isinstance(merged, Alert)
    assert isinstance(recounted, Alert)
    assert first.records == (told_before(1),)
    assert merged.records == (told_before(2),)
    assert recounted.records == ()


def test_t34_no_end_of_a_scan_makes_a_notification_however_often_it_comes(told: Told) -> None:
    scan = told.scan(SCAN_ID)
    told.answer(scan, "completed")
    assert told.take(ScanMoved(SCAN_ID), ScanMoved(SCAN_ID), ConnectionMoved(SCAN_ID)) == []
    assert told.after(100) == []
