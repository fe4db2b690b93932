"""Confirmed, high and changed findings, and those of a saved view (behaviour.md 1 (13), 2.5)."""

from datetime import timedelta
from typing import Any

import pytest

from heimdall_desktop.domain.alerts import rules
from heimdall_desktop.domain.alerts.alert import (
    Action,
    Alert,
    Decision,
    InboxLine,
    NotifiedRecord,
    Retraction,
    Withdrawal,
)
from heimdall_desktop.domain.alerts.rules import Event, FindingRule, is_open
from heimdall_desktop.domain.facts.choices import AlertChoices, EventChoice
from heimdall_desktop.domain.facts.finding import Finding, FindingId, FindingStatus, Severity
from heimdall_desktop.domain.table.table_layout import SavedView
from heimdall_desktop.presentation.alerts import alert_text
from heimdall_desktop.presentation.alerts.event_text import EVENTS
from tests.fakes.alert_policy import OTHER_SCAN, Alerts, critical, only, titles
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding

# -- a rule about a change: it reports no finding that is in that state already --


@pytest.fixture
def reopened(monkeypatch: pytest.MonkeyPatch) -> Alerts:
    """Report findings that were fixed and are open again, with the words of high ones."""
    rule = FindingRule(
        event=Event.HIGH,
        holds=is_open,
        starts=lambda _finding, previous: (
            previous is not None and previous.status is FindingStatus.FIXED
        ),
    )
    monkeypatch.setattr(rules, "RULES", (rule,))
    return Alerts()


def reopen(alerts: Alerts) -> list[Action]:
    fixed = critical(1, status=FindingStatus.FIXED)
    return alerts.turn(critical(1), fixed)


def test_it_reports_the_change_once(reopened: Alerts) -> None:
    reopened.find(1, 2)
    reopened.change(1, title="Renamed")
    reopened.change(1, status=FindingStatus.FIXED)
    assert reopened.inbox.lines == []
    reopen(reopened)
    assert [line.finding_id for line in reopened.inbox.lines] == [finding_id(1)]
    reopened.change(1, status=FindingStatus.FIXED)
    assert [line.withdrawal for line in reopened.inbox.lines] == [Withdrawal.FIXED]


def test_it_follows_a_reported_finding_after_a_restart(reopened: Alerts) -> None:
    reopen(reopened)
    later = Alerts()
    later.inbox.restore(reopened.inbox.lines)
    later.policy.recall((), reopened.inbox.lines)
    later.change(1, status=FindingStatus.FIXED)
    assert [line.withdrawal for line in later.inbox.lines] == [Withdrawal.FIXED]


# -- a critical finding that the validator confirms: it replaces the first alert --


def confirm(alerts: Alerts, number: int, **fields: object) -> list[Action]:
    return alerts.change(number, poc_validated=True, **fields)


def test_it_replaces_the_first_notification_and_line(alerts: Alerts) -> None:
    first = only(alerts.find(1))
    alerts.now_s += 100
    second = only(confirm(alerts, 1))
    assert second.key == first.key
    assert alert_text.title_of(second) == "Confirmed critical: Hole 1"
    assert alert_text.body_of(second) == "repo-8, orders.py:88. The validator agrees."
    assert [line.title for line in alerts.inbox.lines] == ["Confirmed critical: Hole 1"]


def test_it_is_notified_once(alerts: Alerts) -> None:
    alerts.find(1)
    confirm(alerts, 1)
    assert confirm(alerts, 1, title="Renamed") == []
    assert alerts.after(100) == []


def test_a_withdrawn_confirmation_is_no_longer_shown(alerts: Alerts) -> None:
    first = only(alerts.find(1))
    confirm(alerts, 1)
    again = only(alerts.change(1))
    assert (again.key, again.records) == (first.key, ())
    assert alert_text.title_of(again) == "Critical: Hole 1"
    assert only(confirm(alerts, 1)).records == (), "the confirmation was reported before"


def test_what_was_confirmed_when_it_was_found_is_notified_once(alerts: Alerts) -> None:
    assert titles(alerts.add(critical(1, poc_validated=True))) == ["Confirmed critical: Hole 1"]
    assert confirm(alerts, 1) == []


def test_a_summary_is_replaced_once_for_all_that_is_confirmed_in_a_window(alerts: Alerts) -> None:
    alerts.find(1)
    alerts.find(2, 3)
    summary = only(alerts.after(11))
    alerts.now_s += 100
    assert confirm(alerts, 1) == confirm(alerts, 2) == []
    replaced = only(alerts.after(11))
    assert replaced.key == summary.key
    assert alert_text.title_of(replaced) == "3 new critical findings in repo-8"
    assert alert_text.body_of(replaced) == "Latest: Hole 3 in orders.py:88. 2 confirmed."
    assert confirm(alerts, 3) == []
    new_key = ["withdrawn", "3 confirmed critical findings in repo-8"]
    assert titles(alerts.after(11)) == new_key, "the fourth call"


def test_a_strip_is_replaced_in_its_place(alerts: Alerts) -> None:
    alerts.policy.notifications.is_on_desktop = lambda _key: False
    first = only(alerts.find(1))
    alerts.policy.notifications.is_on_strip = lambda key: key == first.key
    second = only(confirm(alerts, 1))
    assert (second.key, alert_text.title_of(second)) == (first.key, "Confirmed critical: Hole 1")
    assert alert_text.title_of(only(alerts.change(1))) == "Critical: Hole 1"


def test_those_that_were_dismissed_come_back_in_one_window(alerts: Alerts) -> None:
    dismissed: set[str] = set()
    for number in range(5):
        dismissed.add(only(alerts.find(number)).key)
        alerts.now_s += 100
        alerts.policy.tick()
        alerts.policy.notifications.is_on_desktop = lambda key: key not in dismissed
    first = confirm(alerts, 0)
    assert titles(first) == ["Confirmed critical: Hole 0"]
    assert [confirm(alerts, number) for number in range(1, 5)] == [[], [], [], []]
    assert titles(alerts.after(11)) == ["5 confirmed critical findings in repo-8"]


def test_a_finding_notified_by_an_earlier_session_is_notified_as_confirmed(alerts: Alerts) -> None:
    alerts.policy.recall([NotifiedRecord(SCAN_ID, finding_id(1), critical(1).fingerprint)])
    assert titles(confirm(alerts, 1)) == ["Confirmed critical: Hole 1"]
    assert confirm(alerts, 1) == []


def test_a_finding_confirmed_in_an_earlier_session_is_not_notified_again(alerts: Alerts) -> None:
    records = only(alerts.add(critical(1, poc_validated=True))).records
    later = Alerts()
    later.policy.recall(records)
    assert confirm(later, 1) == []


@pytest.mark.parametrize(
    "fields", [{"severity": Severity.LOW}, {"status": FindingStatus.CONFIRMED}]
)
def test_one_that_is_triaged_or_lowered_with_it_is_withdrawn(
    alerts: Alerts, fields: dict[str, object]
) -> None:
    alerts.find(1)
    assert titles(confirm(alerts, 1, **fields)) == ["withdrawn"]


def test_confirmed_in_several_scans(alerts: Alerts) -> None:
    alerts.find(1)
    alerts.find(2, scan_id=OTHER_SCAN)
    assert titles(confirm(alerts, 1)) == ["Confirmed critical: Hole 1"]
    assert titles(confirm(alerts, 2, scan_id=OTHER_SCAN)) == ["Confirmed critical: Hole 2"]


# -- a new high finding: in the inbox, or on the desktop if that is chosen --


@pytest.fixture
def loud(alerts: Alerts) -> Alerts:
    """Let high findings be reported on the desktop too."""
    alerts.delivery.choices = AlertChoices().with_event(EventChoice("high"))
    return alerts


def find_high(alerts: Alerts, number: int = 1, *, is_first_read: bool = False) -> list[Action]:
    return alerts.add(critical(number, severity=Severity.HIGH), is_first_read=is_first_read)


def turn(alerts: Alerts, before: Severity, after: Severity) -> list[Action]:
    return alerts.turn(critical(1, severity=after), critical(1, severity=before))


def only_line(alerts: Alerts) -> InboxLine:
    [line] = alerts.inbox.lines
    return line


def test_it_is_a_line_of_the_inbox_alone(alerts: Alerts) -> None:
    assert find_high(alerts) == []
    line = only_line(alerts)
    assert (line.title, line.event, line.decision) == ("High: Hole 1", Event.HIGH, Decision.INBOX)
    assert alert_text.outcome(line) == "Inbox only, as set in Settings"
    assert (line.finding_id, line.is_unread) == (finding_id(1), True)
    assert alerts.after(100) == []


def test_what_a_scan_held_when_it_was_added_has_no_line(alerts: Alerts) -> None:
    find_high(alerts, is_first_read=True)
    assert alerts.inbox.lines == []


def test_one_that_becomes_critical_has_a_line_for_each(alerts: Alerts) -> None:
    find_high(alerts)
    assert titles(turn(alerts, Severity.HIGH, Severity.CRITICAL)) == ["Critical: Hole 1"]
    assert [(line.title, line.withdrawal, line.is_unread) for line in alerts.inbox.lines] == [
        ("Critical: Hole 1", None, True),
        ("No longer high: Hole 1", Withdrawal.NOW_CRITICAL, False),
    ]


def test_one_that_was_lowered_is_no_news(alerts: Alerts) -> None:
    alerts.find(1)
    assert titles(turn(alerts, Severity.CRITICAL, Severity.HIGH)) == ["withdrawn"]
    assert only_line(alerts).event is Event.CRITICAL


def test_one_that_was_raised_from_below_is_news(alerts: Alerts) -> None:
    turn(alerts, Severity.MEDIUM, Severity.HIGH)
    assert only_line(alerts).title == "High: Hole 1"


def test_after_a_restart_its_line_is_the_same(alerts: Alerts) -> None:
    find_high(alerts)
    later = Alerts()
    later.inbox.restore(alerts.inbox.lines)
    later.policy.recall((), alerts.inbox.lines)
    turn(later, Severity.HIGH, Severity.LOW)
    assert only_line(later).withdrawal == Withdrawal.NOW_LOW


def test_on_the_desktop_it_is_notified_as_high_and_then_as_critical(loud: Alerts) -> None:
    assert titles(find_high(loud)) == ["High: Hole 1"]
    assert titles(turn(loud, Severity.HIGH, Severity.CRITICAL)) == ["withdrawn", "Critical: Hole 1"]
    assert turn(loud, Severity.HIGH, Severity.CRITICAL) == []


def test_on_the_desktop_several_are_one(loud: Alerts) -> None:
    find_high(loud, 1)
    assert find_high(loud, 2) == find_high(loud, 3) == []
    assert titles(loud.after(11)) == ["3 new high findings in repo-8"]
    dismissed = critical(1, severity=Severity.HIGH, status=FindingStatus.DISMISSED)
    kept = critical(1, severity=Severity.HIGH)
    assert titles(loud.turn(dismissed, kept)) == ["2 new high findings in repo-8"]


def test_on_the_desktop_it_is_notified_once_over_sessions(loud: Alerts) -> None:
    record = NotifiedRecord(SCAN_ID, FindingId(f"high {finding_id(1)}"), critical(1).fingerprint)
    loud.policy.recall([record])
    assert find_high(loud) == []
    assert titles(turn(loud, Severity.HIGH, Severity.CRITICAL)) == ["Critical: Hole 1"]


@pytest.mark.parametrize(
    ("status", "on_desktop", "news"),
    [
        ("hunting", True, "2 high"),
        ("completed", True, "2 high, 1 scan finished"),
        ("completed", False, "1 scan finished"),
    ],
)
def test_a_digest_reports_the_number_if_it_is_on_the_desktop(
    alerts: Alerts, *, status: str, on_desktop: bool, news: str
) -> None:
    choice = EventChoice("high", on_desktop=on_desktop)
    alerts.delivery.choices = AlertChoices().with_event(choice)
    scan = alerts.watch()
    alerts.sleep()
    alerts.answer(scan, status, total=2)
    shown = alerts.list_rows(scan, *(critical(n, severity=Severity.HIGH) for n in (1, 2)))
    if status == "completed":
        assert shown == [], "the end is in doubt"
        shown = alerts.settle(scan)
    assert titles(shown) == [f"While you were away: {news}"]
    assert alerts.after(100) == []


def test_switched_on_later_what_came_before_is_no_news(alerts: Alerts) -> None:
    find_high(alerts)
    alerts.delivery.choices = AlertChoices().with_event(EventChoice("high"))
    before, now = (critical(1, severity=Severity.HIGH, title=title) for title in ("Old", "New"))
    assert alerts.turn(now, before) == []
    assert titles(find_high(alerts, 2)) == ["High: Hole 2"]


def test_whether_its_line_counts_as_unread_is_a_choice(alerts: Alerts) -> None:
    choice = EventChoice("high", on_desktop=False, is_unread=False)
    alerts.delivery.choices = AlertChoices().with_event(choice)
    find_high(alerts)
    assert alerts.inbox.unread == 0


# -- a saved view that notifies reports what is new in it, once --


AUTH = SavedView("In auth", "sev>=medium status:open file:auth*", notifies=True)


def in_auth(number: int = 1, **fields: Any) -> Finding:
    known = {"severity": Severity.MEDIUM, "title": f"Hole {number}", "file_path": "auth.py"}
    return make_finding(number, **(known | fields))


@pytest.fixture
def viewing(alerts: Alerts) -> Alerts:
    alerts.policy.views.use([SavedView("Silent", ""), AUTH])
    return alerts


QUIET = AlertChoices(is_quiet=True)


def start_night(viewing: Alerts, choices: AlertChoices = QUIET) -> None:
    viewing.delivery.choices = choices
    viewing.local_now = FOUND_AT.replace(hour=23)
    viewing.after(1)


def end_night(viewing: Alerts) -> Alert:
    viewing.local_now += timedelta(hours=10)
    return only(viewing.after(1))


def titles_and_outcomes(viewing: Alerts) -> list[tuple[str, str]]:
    return [(line.title, alert_text.outcome(line)) for line in viewing.inbox.lines]


def test_a_new_finding_of_a_view_is_notified_by_its_name(viewing: Alerts) -> None:
    elsewhere = make_finding(2, severity=Severity.MEDIUM)
    alert = only(viewing.add(in_auth(), elsewhere))
    assert titles([alert]) == ["In auth: Hole 1"]
    assert alert_text.body_of(alert) == "repo-8, auth.py:88. Not yet verified."
    [line] = viewing.inbox.lines
    assert (line.title, line.event, line.view) == ("In auth: Hole 1", Event.VIEW, "In auth")
    assert EVENTS[line.event].icon == "ui-views"
    assert [record.finding_id for record in alert.records] == [f"view {in_auth().id}"]


def test_what_follows_within_the_window_is_notified_together(viewing: Alerts) -> None:
    viewing.add(in_auth())
    assert viewing.add(in_auth(2), in_auth(3)) == []
    assert titles(viewing.after(11)) == ["In auth: 3 new in repo-8"]
    assert titles(viewing.add(in_auth(4, scan_id=OTHER_SCAN))) == ["In auth: Hole 4"]


def test_what_a_scan_held_when_it_was_added_is_not_new(viewing: Alerts) -> None:
    assert viewing.add(in_auth(), is_first_read=True) == []
    viewing.listed.add(SCAN_ID)
    raised = in_auth(severity=Severity.HIGH)
    assert viewing.turn(raised, in_auth()) == []
    assert titles_and_outcomes(viewing) == [("High: Hole 1", "Inbox only, as set in Settings")]


def test_a_new_finding_that_comes_to_match_is_notified_then(viewing: Alerts) -> None:
    low = in_auth(severity=Severity.LOW)
    assert viewing.add(low) == []
    assert titles(viewing.turn(in_auth(), low)) == ["In auth: Hole 1"]


def test_what_waited_for_views_that_are_gone_is_news_to_no_other(viewing: Alerts) -> None:
    viewing.add(elsewhere := in_auth(file_path="main.py"))
    viewing.policy.views.use([])
    viewing.policy.views.use([AUTH])
    assert viewing.turn(in_auth(), elsewhere) == []


def test_a_critical_finding_is_not_notified_a_second_time(viewing: Alerts) -> None:
    critical = in_auth(severity=Severity.CRITICAL)
    assert titles(viewing.add(critical)) == ["Critical: Hole 1"]
    lowered = in_auth(severity=Severity.HIGH)
    viewing.turn(lowered, critical)
    assert [line.event for line in viewing.inbox.lines] == [Event.CRITICAL]


def test_one_that_becomes_critical_is_notified_as_that(viewing: Alerts) -> None:
    first = only(viewing.add(in_auth()))
    critical = in_auth(severity=Severity.CRITICAL)
    gone, now = sorted(viewing.turn(critical, in_auth()), key=lambda each: isinstance(each, Alert))
    assert gone == Retraction(first.key)
    assert titles([now]) == ["Critical: Hole 1"]


def test_a_high_one_has_one_line_whether_highs_are_notified_or_not(viewing: Alerts) -> None:
    high = in_auth(severity=Severity.HIGH)
    assert titles(viewing.add(high)) == ["In auth: Hole 1"]
    assert len(viewing.inbox.lines) == 1
    viewing.delivery.choices = AlertChoices().with_event(EventChoice("high"))
    assert titles(viewing.add(in_auth(2, severity=Severity.HIGH))) == ["High: Hole 2"]
    assert [line.event for line in viewing.inbox.lines] == [Event.HIGH, Event.VIEW]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": FindingStatus.DISMISSED}, "Withdrawn: dismissed"),
        ({"status": FindingStatus.CONFIRMED}, "Withdrawn: no longer in the view"),
        ({"severity": Severity.LOW}, "Withdrawn: no longer in the view"),
    ],
)
def test_a_finding_that_leaves_the_view_is_withdrawn(
    viewing: Alerts, fields: dict[str, Any], why: str
) -> None:
    alert = only(viewing.add(in_auth()))
    gone = viewing.turn(in_auth(**fields), in_auth())
    assert gone == [Retraction(alert.key)]
    assert titles_and_outcomes(viewing)[0][1] == why


def test_time_and_names_are_known_to_a_view(viewing: Alerts) -> None:
    recent = SavedView("Recent", "since:1h scan:shop", notifies=True)
    viewing.policy.views.use([recent])
    viewing.local_now = FOUND_AT + timedelta(minutes=1)
    assert viewing.add(in_auth()) == [], "no scan of that name"
    viewing.policy.views.use([SavedView("Recent", "since:1h", notifies=True)])
    assert titles(viewing.add(in_auth(2))) == ["Recent: Hole 2"]
    viewing.local_now += timedelta(hours=2)
    assert viewing.turn(in_auth(2, title="Hole"), in_auth(2)) == [], "it was recent"
    assert viewing.add(in_auth(3)) == []


def test_a_view_of_one_scan_reports_that_one(viewing: Alerts) -> None:
    scoped = SavedView("Here", "", has_scope=True, scan_id=SCAN_ID, notifies=True)
    viewing.policy.views.use([scoped, SavedView("Wrong", "sev>=nonsense", notifies=True)])
    assert viewing.add(in_auth(scan_id=OTHER_SCAN)) == []
    assert titles(viewing.add(in_auth(2))) == ["Here: Hole 2"]


def test_a_notified_finding_stays_notified_when_the_view_goes(viewing: Alerts) -> None:
    viewing.add(in_auth())
    viewing.policy.views.use([])
    assert viewing.turn(in_auth(title="Hole"), in_auth()) == []
    assert viewing.add(in_auth(2)) == []
    assert titles_and_outcomes(viewing) == [("In auth: Hole", "Inbox only so far")]


def test_a_view_that_is_snoozed_or_seen_only_reports_nothing(viewing: Alerts) -> None:
    viewing.policy.views.use([SavedView("Seen", "-is:new", notifies=True)])
    assert viewing.add(in_auth()) == []


def test_after_quiet_hours_their_number_is_notified(viewing: Alerts) -> None:
    start_night(viewing)
    viewing.add(in_auth(), in_auth(2))
    viewing.turn(in_auth(2, status=FindingStatus.FIXED), in_auth(2))
    assert titles([end_night(viewing)]) == ["In auth: Hole 1"]
    assert titles_and_outcomes(viewing)[1] == ("In auth: Hole 1", "Held back: quiet hours")


@pytest.mark.parametrize(
    ("choices", "body"),
    [
        (QUIET, "2 in “In auth”"),
        (AlertChoices((EventChoice("view", on_desktop=False),), is_quiet=True), "repo-8 2"),
        (AlertChoices(is_quiet=True, muted_to_the_end=(OTHER_SCAN,)), "1 in “In auth”"),
    ],
)
def test_beside_graver_news_a_summary_counts_what_is_notified_of_them(
    viewing: Alerts, choices: AlertChoices, body: str
) -> None:
    start_night(viewing, choices)
    viewing.find(7, 8)
    viewing.add(in_auth(), in_auth(2, scan_id=OTHER_SCAN))
    alert = end_night(viewing)
    assert titles([alert]) == ["While you were away: 2 critical"]
    assert alert_text.body_of(alert) == body


def test_beside_scans_that_failed_a_summary_counts_them(viewing: Alerts) -> None:
    scan = viewing.watch(OTHER_SCAN)
    start_night(viewing)
    viewing.add(in_auth())
    viewing.fail(scan, is_settled=True)
    title = "While you were away: 1 scan failed, 1 in “In auth”"
    assert titles([end_night(viewing)]) == [title]
    outcome = alert_text.outcome(viewing.inbox.lines[1])
    assert outcome == f"Held back: quiet hours, then shown in “{title}”"


@pytest.mark.parametrize(
    ("others", "named"),
    [
        ([], "In auth"),
        ([SavedView("Tests", "title:Test -file:auth.py", notifies=True)], "In auth, Tests"),
    ],
)
def test_a_summary_of_saved_views_alone_names_them(
    viewing: Alerts, others: list[SavedView], named: str
) -> None:
    viewing.policy.views.use([AUTH, *others])
    start_night(viewing)
    viewing.add(in_auth(), in_auth(2))
    viewing.add(make_finding(3, title="Test", file_path="tests.py"))
    alert, count = end_night(viewing), 2 + len(others)
    assert titles([alert]) == [f"While you were away: {count} findings in “{named}”"]
    words = (alert_text.title_of(alert), alert_text.body_of(alert))
    title, body = alert_text.redacted_words(alert, *words)
    assert title == f"While you were away: {count} findings in saved views"
    assert "auth" not in body


@pytest.mark.parametrize("is_first_read", [True, False])
def test_after_a_restart_it_is_not_notified_again(viewing: Alerts, *, is_first_read: bool) -> None:
    first = only(viewing.add(in_auth()))
    again = Alerts()
    again.policy.views.use([AUTH])
    kept: list[InboxLine] = viewing.inbox.lines
    again.inbox.restore(kept)
    again.policy.recall(first.records, kept)
    assert again.add(in_auth(), is_first_read=is_first_read) == []
    assert len(again.inbox.lines) == 1
    again.turn(in_auth(title="Renamed"), in_auth())
    assert again.inbox.lines[0].title == "In auth: Renamed"
