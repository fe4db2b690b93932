"""How many alerts become one notification, and how many are shown (behaviour.md 2.5)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest

from heimdall_desktop.domain.alerts.alert import Action, Alert, Decision, PendingAlert, Retraction
from heimdall_desktop.domain.alerts.notifications import MOST_AT_ONCE, MOST_CALLS
from heimdall_desktop.domain.alerts.rules import CRITICAL, Event, Subject
from heimdall_desktop.domain.facts import change
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.alerts.alert_text import body_of, title_of
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, THIRD_SCAN, Alerts, critical, only, titles
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding


def pending(*subjects: tuple[Event, Subject]) -> PendingAlert:
    made = PendingAlert("alert-1", "alert-1", CRITICAL, 0.0)
    made.subjects |= {(event, subject.id): subject for event, subject in subjects}
    return made


def test_the_newest_is_the_youngest_in_any_order_of_a_listing() -> None:
    """The server lists the youngest of one severity first (protocol.md 4.4)."""
    found = [critical(3 - n, created_at=FOUND_AT - timedelta(minutes=n)) for n in (0, 1, 2)]
    made = pending(*((Event.CRITICAL, finding) for finding in found))
    assert made.newest == (Event.CRITICAL, made.finding(Event.CRITICAL, finding_id(3)))


def test_without_a_finding_the_last_scan_is_the_newest() -> None:
    scans = [Scan(scan_id, SERVER) for scan_id in (SCAN_ID, OTHER_SCAN)]
    made = pending(*((Event.FAILED, scan) for scan in scans))
    assert made.newest == (Event.FAILED, scans[1])
    assert made.scan_ids == [SCAN_ID, OTHER_SCAN]


@pytest.mark.parametrize(
    ("news_at_s", "updates_at_s"), [(3.0, 13), (12.0, 22), (49.0, 59), (55.0, 60)]
)
def test_a_window_ends_10_s_after_its_last_news_or_after_a_minute(
    news_at_s: float, updates_at_s: float
) -> None:
    made = pending((Event.CRITICAL, critical(1)))
    assert made.updates_at_s() == 10
    made.is_updated, made.news_at_s = True, news_at_s
    assert made.updates_at_s() == updates_at_s


def test_a_scan_can_be_dropped() -> None:
    findings = (critical(1), critical(2, scan_id=OTHER_SCAN))
    made = pending(
        *((Event.CRITICAL, each) for each in findings), (Event.FAILED, Scan(SCAN_ID, SERVER))
    )
    made.counted[Event.HIGH] = {each.id: each for each in map(make_finding, (500, 501))}
    made.drop(SCAN_ID)
    assert list(made.subjects.values()) == [findings[1]]
    assert made.counted[Event.HIGH] == {}


def test_rule_2_those_that_follow_replace_the_notification_when_the_window_ends(
    alerts: Alerts,
) -> None:
    first = only(alerts.find(1))
    assert alerts.find(2) == []
    assert alerts.find(3, 4) == []
    assert alerts.after(9.9) == []
    merged = only(alerts.after(0.1))
    assert merged.key == first.key
    assert title_of(merged) == "4 new critical findings in repo-8"
    assert body_of(merged) == "Latest: Hole 4 in orders.py:88"
    assert merged.finding_id == finding_id(4)
    assert alerts.after(100) == []


def test_rule_2_after_the_window_the_next_one_is_notified_at_once_by_itself(alerts: Alerts) -> None:
    first = only(alerts.find(1))
    alerts.after(11)
    second = only(alerts.find(2))
    assert second.key != first.key
    assert title_of(second) == "Critical: Hole 2"


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_rule_2_a_burst_is_shown_first_after_10_s_and_at_its_end(
    alerts: Alerts, *, is_confirmed: bool
) -> None:
    shown: list[Alert] = []
    for second in range(100):
        numbers = range(30 * second, 30 * second + 30) if second < 45 else ()
        found = [critical(number, poc_validated=is_confirmed) for number in numbers]
        actions = [*alerts.add(*found), *alerts.after(1)]
        shown += [each for each in actions if isinstance(each, Alert)]
    kind = "confirmed" if is_confirmed else "new"
    counts = ("30", "300", "1\u00a0350")
    assert titles(shown) == [f"{count} {kind} critical findings in repo-8" for count in counts]
    assert len({each.key for each in shown}) == 1
    assert [each.is_update for each in shown] == [False, True, True]


def test_rule_2_a_burst_of_minutes_has_three_calls_under_each_key(alerts: Alerts) -> None:
    calls: Counter[str] = Counter()
    for second in range(300):
        actions = alerts.find(3 * second, 3 * second + 1, 3 * second + 2)
        for n in range(3 * second - 90, 3 * second - 87) if second >= 30 else ():
            actions += alerts.change(n, poc_validated=True)
        calls.update(each.key for each in (*actions, *alerts.after(1)) if isinstance(each, Alert))
    assert max(calls.values()) == MOST_CALLS
    assert sum(calls.values()) <= 30


def test_rule_2_news_shown_with_a_withdrawal_is_no_fourth_call_under_a_key(alerts: Alerts) -> None:
    [first] = alerts.find(1, 2)
    alerts.after(5)
    alerts.find(3)
    assert [each.key for each in alerts.after(5)] == [first.key]
    alerts.find(4)
    assert [each.key for each in alerts.after(10)] == [first.key]
    alerts.change(1, poc_validated=True)
    gone, alert = alerts.change(2, severity=Severity.LOW)
    assert isinstance(alert, Alert)
    assert gone == Retraction(first.key, alert)
    assert alert.news == (Event.CONFIRMED,)


def test_rule_3_many_scans_within_a_window_have_three_calls_under_each_key(alerts: Alerts) -> None:
    calls: Counter[str] = Counter()
    for second in range(100):
        scans = [ScanId(f"s{second % 12}")] if second < 50 else []
        found = [critical(second, scan_id=scan_id) for scan_id in scans]
        actions = [*alerts.add(*found), *alerts.after(1)]
        calls.update(each.key for each in actions if isinstance(each, Alert))
    assert max(calls.values()) == MOST_CALLS


@pytest.mark.parametrize(
    ("lowered", "shown"), [((2,), []), ((1, 2), ["Critical: Hole 2", "withdrawn"])]
)
def test_a_window_without_news_left_ends_silently(
    alerts: Alerts, lowered: tuple[int, ...], shown: list[str]
) -> None:
    alerts.find(1)
    alerts.find(2)
    changed = [alerts.change(number, severity=Severity.LOW) for number in lowered]
    assert [title for actions in changed for title in titles(actions)] == shown
    assert alerts.after(11) == []


def test_after_all_were_withdrawn_the_next_in_the_window_is_notified_at_once(
    alerts: Alerts,
) -> None:
    alerts.find(1)
    alerts.change(1, severity=Severity.LOW)
    alerts.after(5)
    assert titles(alerts.find(2)) == ["Critical: Hole 2"]
    alerts.find(3)
    assert alerts.after(9) == [], "its window has begun with it"
    assert titles(alerts.after(1)) == ["2 new critical findings in repo-8"]


def test_what_was_closed_before_its_window_ended_is_not_notified_again(alerts: Alerts) -> None:
    [first] = alerts.find(1)
    alerts.policy.notifications.is_on_desktop = lambda key: key != first.key
    alerts.find(2)
    assert titles(alerts.after(11)) == ["Critical: Hole 2"]
    assert alerts.change(1, severity=Severity.LOW) == []
    assert titles(alerts.change(2, severity=Severity.LOW)) == ["withdrawn"]


def test_a_replacement_reports_the_newest_words(alerts: Alerts) -> None:
    alerts.find(1)
    alerts.find(2)
    alerts.change(2, title="Renamed")
    alert = only(alerts.after(11))
    assert body_of(alert) == "Latest: Renamed in orders.py:88"


def test_rule_3_with_the_third_scan_one_notification_reports_all(alerts: Alerts) -> None:
    first = only(alerts.find(1, 2, 3))
    second = only(alerts.find(4, scan_id=OTHER_SCAN))
    *withdrawn, joined = alerts.find(5, scan_id=THIRD_SCAN)
    assert isinstance(joined, Alert)
    assert withdrawn == [Retraction(each.key, joined) for each in (first, second)]
    assert title_of(joined) == "5 new critical findings in 3 scans"
    assert body_of(joined) == "repo-8 3, repo-0 1, repo-1 1"
    assert joined.finding_id == finding_id(5)
    assert set(joined.scan_ids) == {SCAN_ID, OTHER_SCAN, THIRD_SCAN}


def test_rule_3_a_notification_that_joins_as_it_reports_less_is_shown_once(alerts: Alerts) -> None:
    first = only(alerts.find(1, 2, 3))
    second = only(alerts.find(4, scan_id=OTHER_SCAN))
    lowered = change.FindingReplaced(critical(1, severity=Severity.LOW), critical(1))
    *withdrawn, joined = alerts.take(
        lowered, change.FindingAdded(critical(5, scan_id=THIRD_SCAN), is_first_read=False)
    )
    assert isinstance(joined, Alert)
    assert withdrawn == [Retraction(each.key, joined) for each in (first, second)]
    assert body_of(joined) == "repo-8 2, repo-0 1, repo-1 1"
    lowered = change.FindingReplaced(
        critical(5, scan_id=THIRD_SCAN, severity=Severity.LOW), critical(5, scan_id=THIRD_SCAN)
    )
    assert only(alerts.take(lowered)).key == joined.key


def test_several_lowered_at_once_are_taken_out_in_one_update(alerts: Alerts) -> None:
    shown = only(alerts.find(*range(10)))
    lowered = [
        change.FindingReplaced(critical(number, severity=Severity.LOW), critical(number))
        for number in range(9)
    ]
    update = only(alerts.take(*lowered[:4]))
    assert (update.key, title_of(update)) == (shown.key, "6 new critical findings in repo-8")
    assert titles(alerts.take(*lowered[4:])) == ["Critical: Hole 9"]


def test_rule_3_scans_that_are_added_one_after_the_other_make_one_notification(
    alerts: Alerts,
) -> None:
    """Many scans are added at once; each is listed for a while, and then reported."""
    seen: list[str] = []
    for number, scan_id in enumerate((SCAN_ID, OTHER_SCAN, THIRD_SCAN), start=1):
        alerts.after(2)
        alerts.add(critical(number, scan_id=scan_id), is_first_read=True)
        alerts.listed.add(scan_id)
        seen += titles(alerts.take(change.ScanMoved(scan_id)))
    assert seen == [
        *("Critical: Hole 1", "Critical: Hole 2"),
        *("withdrawn", "withdrawn", "3 new critical findings in 3 scans"),
    ]
    assert alerts.after(60) == []


def test_a_summary_takes_in_what_is_found_right_after_it(alerts: Alerts) -> None:
    alerts.hold(1)
    alerts.after(30)  # so long it was read
    assert titles(alerts.end_listing()) == ["Critical: Hole 1"]
    assert alerts.find(2) == []
    assert titles(alerts.after(10)) == ["2 new critical findings in repo-8"]


def test_what_a_new_scan_holds_delays_no_news_of_it(alerts: Alerts) -> None:
    held = (change.FindingAdded(critical(number), is_first_read=True) for number in range(40))
    alerts.take(*held)
    assert titles(alerts.end_listing()) == ["40 new critical findings in repo-8"]
    assert alerts.find(999) == []
    assert titles(alerts.after(10)) == ["41 new critical findings in repo-8"]


def test_rule_3_scans_that_come_in_one_batch_make_one_notification(alerts: Alerts) -> None:
    found = [critical(n, scan_id=s) for n, s in enumerate((SCAN_ID, OTHER_SCAN, THIRD_SCAN))]
    assert titles(alerts.add(*found)) == ["3 new critical findings in 3 scans"]
    assert alerts.after(11) == []


def test_rule_3_what_follows_waits_for_the_window(alerts: Alerts) -> None:
    for number, scan_id in enumerate((SCAN_ID, OTHER_SCAN, THIRD_SCAN)):
        alerts.find(number, scan_id=scan_id)
    assert alerts.find(7) == []
    assert alerts.find(8, scan_id=THIRD_SCAN) == []
    assert titles(alerts.after(10)) == ["5 new critical findings in 3 scans"]
    assert titles(alerts.find(9)) == ["Critical: Hole 9"]


def test_rule_3_a_scan_notified_before_does_not_count_as_one_is_added_to_its_summary(
    alerts: Alerts,
) -> None:
    for number in range(MOST_AT_ONCE - 1):
        alerts.find(number, scan_id=OTHER_SCAN)
        alerts.after(100)
    alerts.find(5)
    summary = only(alerts.find(6, scan_id=THIRD_SCAN))
    assert title_of(summary) == "2 new critical findings in 2 scans"
    assert alerts.after(1) == []


def test_rule_3_a_window_that_is_over_does_not_count(alerts: Alerts) -> None:
    alerts.find(1)
    alerts.find(2, scan_id=OTHER_SCAN)
    alerts.after(10)
    assert titles(alerts.find(3, scan_id=THIRD_SCAN)) == ["Critical: Hole 3"]


def test_rule_3_and_6_a_scan_that_leaves_is_counted_out(alerts: Alerts) -> None:
    for number, scan_id in enumerate((SCAN_ID, OTHER_SCAN, THIRD_SCAN)):
        alerts.find(number, scan_id=scan_id)
    left = alerts.take(change.ScanRemoved(SCAN_ID))
    assert titles(left) == ["2 new critical findings in 2 scans"]
    assert titles(alerts.find(7, scan_id=OTHER_SCAN)) == []
    assert titles(alerts.after(10)) == ["3 new critical findings in 2 scans"]


def test_a_scan_that_leaves_takes_nothing_from_the_window_of_another(alerts: Alerts) -> None:
    alerts.find(1)
    alerts.change(1, severity=Severity.LOW)
    alerts.find(2, scan_id=OTHER_SCAN)
    alerts.take(change.ScanRemoved(OTHER_SCAN))
    assert titles(alerts.find(3)) == ["Critical: Hole 3"]


def scan_number(number: int) -> ScanId:
    return ScanId(f"{number}0000000-2f0e-4a0c-9a77-6a3c1b0d4e21")


def test_the_first_critical_of_a_scan_waits_for_no_window_of_others(alerts: Alerts) -> None:
    for number in range(1, 11):
        actions = alerts.find(number, scan_id=scan_number(number))
        notified = [notified_ids(each) for each in actions if isinstance(each, Alert)]
        assert any(finding_id(number) in ids for ids in notified), number
        assert alerts.find(100 + number, scan_id=scan_number(number)) == [], "it is no first one"
        alerts.after(0.5)
    rest = only(alerts.after(10))
    assert title_of(rest) == "20 new critical findings in 10 scans"


def test_a_first_critical_in_a_shared_notification_replaces_it(alerts: Alerts) -> None:
    shown = Desktop()
    for number in range(1, 8):
        shown.take(alerts.find(number, scan_id=scan_number(number)))
    assert list(shown.titles.values()) == ["7 new critical findings in 7 scans"]


def test_at_most_three_are_shown_however_long_it_continues(alerts: Alerts) -> None:
    shown = Desktop()
    for number in range(1, 13):
        actions = alerts.find(number, scan_id=scan_number(number))
        assert any(isinstance(action, Alert) for action in actions)
        shown.take(actions)
        assert len(shown.titles) <= MOST_AT_ONCE
        shown.take(alerts.after(20))
    assert sum(shown.counts()) == 12, "each is reported by one that is shown"


def test_what_a_new_scan_held_has_a_line_also_where_another_finding_is_opened(
    alerts: Alerts,
) -> None:
    for number in range(MOST_AT_ONCE):
        alerts.find(number)
        alerts.after(100)
    held = critical(9, scan_id=OTHER_SCAN, created_at=FOUND_AT - timedelta(hours=1))
    alerts.add(held, is_first_read=True)
    alerts.listed.add(OTHER_SCAN)
    [summary] = [
        each for each in alerts.take(change.ScanMoved(OTHER_SCAN)) if isinstance(each, Alert)
    ]
    assert {each.id for each in summary.findings} == {finding_id(0), finding_id(9)}
    alerts.inbox.decide(summary, Decision.NOTIFIED)
    line = alerts.inbox.lines[0]
    assert (line.key, line.decision) == (summary.key, Decision.NOTIFIED)
    assert line.title == "2 new critical findings in 2 scans"


def test_what_takes_the_place_of_the_oldest_sums_both_up(alerts: Alerts) -> None:
    first, *_ = (alerts.find(n, scan_id=scan_number(n)) + alerts.after(20) for n in (1, 2, 3))
    summary = only(alerts.find(4, scan_id=scan_number(4)))
    assert isinstance(first[0], Alert)
    assert summary.key == first[0].key
    assert title_of(summary) == "2 new critical findings in 2 scans"
    assert body_of(summary) == "repo-1 1, repo-4 1"
    assert (summary.scan_id, summary.finding_id) == (scan_number(4), finding_id(4))
    assert notified_ids(summary) == {finding_id(4)}
    assert alerts.find(5, scan_id=scan_number(4)) == []
    assert titles(alerts.after(10)) == ["3 new critical findings in 2 scans"]


def test_what_was_dismissed_leaves_room(alerts: Alerts) -> None:
    alerts.policy.notifications.is_on_desktop = lambda _key: False
    for number in (1, 2, 3, 4, 5):
        found = alerts.find(number, scan_id=scan_number(number))
        assert titles(found) == [f"Critical: Hole {number}"]
        alerts.after(20)


def test_what_is_in_view_needs_no_room(alerts: Alerts) -> None:
    for number in (1, 2, 3):
        alerts.find(number, scan_id=scan_number(number))
        alerts.after(20)
    alerts.policy.notifications.is_in_view = scan_number(4).__eq__
    assert titles(alerts.find(4, scan_id=scan_number(4))) == ["Critical: Hole 4"]


def test_a_withdrawn_finding_leaves_the_summary_it_went_into(alerts: Alerts) -> None:
    for number in (1, 2, 3, 4):
        alerts.find(number, scan_id=scan_number(number))
        alerts.after(20)
    left = only(alerts.change(4, scan_id=scan_number(4), severity=Severity.LOW))
    assert title_of(left) == "Critical: Hole 1"


def notified_ids(alert: Alert) -> set[FindingId]:
    return {each.finding_id for each in alert.records}


class Desktop:
    """What is shown on a screen where nothing is dismissed."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}

    def take(self, actions: Sequence[Action]) -> None:
        for action in actions:
            if isinstance(action, Alert):
                self.titles[action.key] = title_of(action)
            else:
                self.titles.pop(action.key)

    def counts(self) -> list[int]:
        """Return how many findings each reports."""
        firsts = (title.split()[0] for title in self.titles.values())
        return [int(first) if first.isdecimal() else 1 for first in firsts]
