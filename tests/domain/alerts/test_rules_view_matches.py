"""A saved view that notifies tells what is new in it, once (ux.md 1 (13))."""

from datetime import timedelta
from typing import Any

import pytest

from heimdall_desktop.domain.alerts.alert import Action, Alert, InboxLine, Retraction
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.change import FindingAdded, FindingReplaced
from heimdall_desktop.domain.facts.choices import AlertChoices, EventChoice
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity
from heimdall_desktop.domain.table.table_layout import SavedView
from heimdall_desktop.presentation.alerts.alert_text import (
    body_of,
    outcome,
    redacted_words,
    title_of,
)
from heimdall_desktop.presentation.alerts.event_text import EVENTS
from tests.fakes.alert_policy import OTHER_SCAN, Told, titles
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding

AUTH = SavedView("In auth", "sev>=medium status:open file:auth*", notifies=True)


def in_auth(number: int = 1, **fields: Any) -> Finding:
    known = {"severity": Severity.MEDIUM, "title": f"Hole {number}", "file_path": "auth.py"}
    return make_finding(number, **(known | fields))


@pytest.fixture
def told() -> Told:
    told = Told()
    told.policy.views.use([SavedView("Silent", ""), AUTH])
    return told


def only(actions: list[Action]) -> Alert:
    [alert] = actions
    assert isinstance(alert, Alert)
    return alert


def lines(told: Told) -> list[tuple[str, str]]:
    return [(line.title, outcome(line)) for line in told.inbox.lines]


def test_a_new_finding_of_a_view_is_told_by_its_name(told: Told) -> None:
    elsewhere = make_finding(2, severity=Severity.MEDIUM)
    alert = only(told.take(FindingAdded(in_auth()), FindingAdded(elsewhere)))
    assert titles([alert]) == ["In auth: Hole 1"]
    assert body_of(alert) == "repo-8, auth.py:88. Not yet verified."
    [line] = told.inbox.lines
    assert (line.title, line.event, line.view) == ("In auth: Hole 1", Event.VIEW, "In auth")
    assert EVENTS[line.event].icon == "ui-views"
    assert [record.finding_id for record in alert.records] == [f"view {in_auth().id}"]


def test_what_follows_within_the_window_is_told_together(told: Told) -> None:
    told.take(FindingAdded(in_auth()))
    assert told.take(FindingAdded(in_auth(2)), FindingAdded(in_auth(3))) == []
    assert titles(told.after(11)) == ["In auth: 3 new in repo-8"]
    assert titles(told.take(FindingAdded(in_auth(4, scan_id=OTHER_SCAN)))) == ["In auth: Hole 4"]


def test_what_a_scan_held_when_it_was_added_is_not_new(told: Told) -> None:
    assert told.take(FindingAdded(in_auth(), is_first_read=True)) == []
    told.listed.add(SCAN_ID)
    raised = in_auth(severity=Severity.HIGH)
    assert told.take(FindingReplaced(raised, in_auth())) == []
    assert lines(told) == [("High: Hole 1", "Inbox only, as set in Settings")]


def test_a_new_finding_that_comes_to_match_is_told_then(told: Told) -> None:
    low = in_auth(severity=Severity.LOW)
    assert told.take(FindingAdded(low)) == []
    assert titles(told.take(FindingReplaced(in_auth(), low))) == ["In auth: Hole 1"]


def test_what_waited_for_views_that_are_gone_is_news_to_no_other(told: Told) -> None:
    told.take(FindingAdded(elsewhere := in_auth(file_path="main.py")))
    told.policy.views.use([])
    told.policy.views.use([AUTH])
    assert told.take(FindingReplaced(in_auth(), elsewhere)) == []


def test_a_critical_finding_is_not_told_a_second_time(told: Told) -> None:
    critical = in_auth(severity=Severity.CRITICAL)
    assert titles(told.take(FindingAdded(critical))) == ["Critical: Hole 1"]
    lowered = in_auth(severity=Severity.HIGH)
    told.take(FindingReplaced(lowered, critical))
    assert [line.event for line in told.inbox.lines] == [Event.CRITICAL]


def test_one_that_becomes_critical_is_told_as_that(told: Told) -> None:
    first = only(told.take(FindingAdded(in_auth())))
    critical = in_auth(severity=Severity.CRITICAL)
    gone, now = sorted(
        told.take(FindingReplaced(critical, in_auth())), key=lambda each: isinstance(each, Alert)
    )
    assert gone == Retraction(first.key)
    assert titles([now]) == ["Critical: Hole 1"]


def test_a_high_one_has_one_line_whether_highs_are_told_or_not(told: Told) -> None:
    high = in_auth(severity=Severity.HIGH)
    assert titles(told.take(FindingAdded(high))) == ["In auth: Hole 1"]
    assert len(told.inbox.lines) == 1
    told.policy.delivery.choices = AlertChoices().with_event(EventChoice("high"))
    assert titles(told.take(FindingAdded(in_auth(2, severity=Severity.HIGH)))) == ["High: Hole 2"]
    assert [line.event for line in told.inbox.lines] == [Event.HIGH, Event.VIEW]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": FindingStatus.DISMISSED}, "Withdrawn: dismissed"),
        ({"status": FindingStatus.CONFIRMED}, "Withdrawn: no longer in the view"),
        ({"severity": Severity.LOW}, "Withdrawn: no longer in the view"),
    ],
)
def test_what_is_in_the_view_no_more_is_taken_back(
    told: Told, fields: dict[str, Any], why: str
) -> None:
    alert = only(told.take(FindingAdded(in_auth())))
    gone = told.take(FindingReplaced(in_auth(**fields), in_auth()))
    assert gone == [Retraction(alert.key)]
    assert lines(told)[0][1] == why


def test_time_and_names_are_known_to_a_view(told: Told) -> None:
    recent = SavedView("Recent", "since:1h scan:shop", notifies=True)
    told.policy.views.use([recent])
    told.local_now = FOUND_AT + timedelta(minutes=1)
    assert told.take(FindingAdded(in_auth())) == [], "no scan of that name"
    told.policy.views.use([SavedView("Recent", "since:1h", notifies=True)])
    assert titles(told.take(FindingAdded(in_auth(2)))) == ["Recent: Hole 2"]
    told.local_now += timedelta(hours=2)
    assert told.take(FindingReplaced(in_auth(2, title="Hole"), in_auth(2))) == [], "it was recent"
    assert told.take(FindingAdded(in_auth(3))) == []


def test_a_view_of_one_scan_tells_of_that_one(told: Told) -> None:
    scoped = SavedView("Here", "", has_scope=True, scan_id=SCAN_ID, notifies=True)
    told.policy.views.use([scoped, SavedView("Wrong", "sev>=nonsense", notifies=True)])
    assert told.take(FindingAdded(in_auth(scan_id=OTHER_SCAN))) == []
    assert titles(told.take(FindingAdded(in_auth(2)))) == ["Here: Hole 2"]


def test_what_was_told_stays_told_when_the_view_goes(told: Told) -> None:
    told.take(FindingAdded(in_auth()))
    told.policy.views.use([])
    assert told.take(FindingReplaced(in_auth(title="Hole"), in_auth())) == []
    assert told.take(FindingAdded(in_auth(2))) == []
    assert lines(told) == [("In auth: Hole", "Inbox only so far")]


def test_a_view_that_is_snoozed_or_seen_only_tells_nothing(told: Told) -> None:
    told.policy.views.use([SavedView("Seen", "-is:new", notifies=True)])
    assert told.take(FindingAdded(in_auth())) == []


def test_after_quiet_hours_their_number_is_told(told: Told) -> None:
    quiet = AlertChoices(is_quiet=True)
    told.policy.delivery.choices = quiet
    told.local_now = FOUND_AT.replace(hour=23)
    told.after(1)
    told.take(FindingAdded(in_auth()), FindingAdded(in_auth(2)))
    told.take(FindingReplaced(in_auth(2, status=FindingStatus.FIXED), in_auth(2)))
    told.local_now += timedelta(hours=10)
    alert = only(told.after(1))
    assert titles([alert]) == ["In auth: Hole 1"]
    assert lines(told)[1] == ("In auth: Hole 1", "Held back: quiet hours")


@pytest.mark.parametrize(
    ("choices", "body"),
    [
        (AlertChoices(is_quiet=True), "2 in “In auth”"),
        (AlertChoices((EventChoice("view", on_desktop=False),), is_quiet=True), "repo-8 2"),
        (AlertChoices(is_quiet=True, muted_to_the_end=(OTHER_SCAN,)), "1 in “In auth”"),
    ],
)
def test_beside_graver_news_a_summary_counts_what_is_told_of_them(
    told: Told, choices: AlertChoices, body: str
) -> None:
    told.policy.delivery.choices = choices
    told.local_now = FOUND_AT.replace(hour=23)
    told.after(1)
    told.find(7, 8)
    told.take(FindingAdded(in_auth()), FindingAdded(in_auth(2, scan_id=OTHER_SCAN)))
    told.local_now += timedelta(hours=10)
    alert = only(told.after(1))
    assert (titles([alert]), body_of(alert)) == (["While you were away: 2 critical"], body)


def test_beside_scans_that_failed_a_summary_counts_them(told: Told) -> None:
    scan = told.scan(OTHER_SCAN)
    told.take()
    told.policy.delivery.choices = AlertChoices(is_quiet=True)
    told.local_now = FOUND_AT.replace(hour=23)
    told.after(1)
    told.take(FindingAdded(in_auth()))
    told.fail(scan, is_settled=True)
    told.local_now += timedelta(hours=10)
    alert = only(told.after(1))
    assert titles([alert]) == ["While you were away: 1 scan failed, 1 in “In auth”"]
    assert outcome(told.inbox.lines[1]) == (
        "Held back: quiet hours, then shown in “While you were away: 1 scan failed, 1 in “In auth””"
    )


@pytest.mark.parametrize(
    ("others", "named"),
    [
        ([], "In auth"),
        ([SavedView("Tests", "title:Test -file:auth.py", notifies=True)], "In auth, Tests"),
    ],
)
def test_a_summary_of_saved_views_alone_names_them(
    told: Told, others: list[SavedView], named: str
) -> None:
    told.policy.views.use([AUTH, *others])
    told.policy.delivery.choices = AlertChoices(is_quiet=True)
    told.local_now = FOUND_AT.replace(hour=23)
    told.after(1)
    told.take(FindingAdded(in_auth()), FindingAdded(in_auth(2)))
    told.take(FindingAdded(make_finding(3, title="Test", file_path="tests.py")))
    told.local_now += timedelta(hours=10)
    alert = only(told.after(1))
    count = 2 + len(others)
    assert titles([alert]) == [f"While you were away: {count} findings in “{named}”"]
    title, body = redacted_words(alert, title_of(alert), body_of(alert))
    assert title == f"While you were away: {count} findings in saved views"
    assert "auth" not in body


@pytest.mark.parametrize("is_first_read", [True, False])
def test_after_a_restart_it_is_not_told_again(told: Told, *, is_first_read: bool) -> None:
    first = only(told.take(FindingAdded(in_auth())))
    again = Told()
    again.policy.views.use([AUTH])
    kept: list[InboxLine] = told.inbox.lines
    again.inbox.restore(kept)
    again.policy.recall(first.records, kept)
    assert again.take(FindingAdded(in_auth(), is_first_read=is_first_read)) == []
    assert len(again.inbox.lines) == 1
    again.take(FindingReplaced(in_auth(title="Renamed"), in_auth()))
    assert again.inbox.lines[0].title == "In auth: Renamed"
