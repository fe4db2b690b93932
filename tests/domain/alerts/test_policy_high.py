"""The rule "a new high finding": in the inbox, unless it is to be on the desktop (ux.md 2.5)."""

import pytest

from heimdall_desktop.domain.alerts.alert import Action, Decision, InboxLine, ToldRecord, Withdrawal
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.change import FindingAdded, FindingReplaced
from heimdall_desktop.domain.facts.choices import AlertChoices, EventChoice
from heimdall_desktop.domain.facts.finding import FindingId, FindingStatus, Severity
from heimdall_desktop.presentation.alerts.alert_text import outcome
from tests.fakes.alert_policy import Told, critical, titles
from tests.fakes.findings import SCAN_ID, finding_id


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def loud() -> Told:
    """Let high findings be told on the desktop too."""
    told = Told()
    told.policy.delivery.choices = AlertChoices().with_event(EventChoice("high"))
    return told


def find_high(told: Told, number: int = 1, *, is_first_read: bool = False) -> list[Action]:
    finding = critical(number, severity=Severity.HIGH)
    return told.take(FindingAdded(finding, is_first_read=is_first_read))


def turn(told: Told, before: Severity, after: Severity) -> list[Action]:
    one, other = critical(1, severity=after), critical(1, severity=before)
    return told.take(FindingReplaced(one, other))


def only(told: Told) -> InboxLine:
    [line] = told.inbox.lines
    return line


def test_it_is_a_line_of_the_inbox_alone(told: Told) -> None:
    assert find_high(told) == []
    line = only(told)
    assert (line.title, line.event, line.decision) == ("High: Hole 1", Event.HIGH, Decision.INBOX)
    assert outcome(line) == "Inbox only, as set in Settings"
    assert (line.finding_id, line.is_unread) == (finding_id(1), True)
    assert told.after(100) == []


def test_what_a_scan_held_when_it_was_added_has_no_line(told: Told) -> None:
    find_high(told, is_first_read=True)
    assert told.inbox.lines == []


def test_one_that_becomes_critical_has_a_line_for_each(told: Told) -> None:
    find_high(told)
    assert titles(turn(told, Severity.HIGH, Severity.CRITICAL)) == ["Critical: Hole 1"]
    assert [(line.title, line.withdrawal, line.is_unread) for line in told.inbox.lines] == [
        ("Critical: Hole 1", None, True),
        ("No longer high: Hole 1", Withdrawal.NOW_CRITICAL, False),
    ]


def test_one_that_was_lowered_is_no_news(told: Told) -> None:
    told.find(1)
    assert titles(turn(told, Severity.CRITICAL, Severity.HIGH)) == ["taken back"]
    assert only(told).event is Event.CRITICAL


def test_one_that_was_raised_from_below_is_news(told: Told) -> None:
    turn(told, Severity.MEDIUM, Severity.HIGH)
    assert only(told).title == "High: Hole 1"


def test_after_a_restart_its_line_is_the_same(told: Told) -> None:
    find_high(told)
    later = Told()
    later.inbox.restore(told.inbox.lines)
    later.policy.recall((), told.inbox.lines)
    turn(later, Severity.HIGH, Severity.LOW)
    assert only(later).withdrawal == Withdrawal.NOW_LOW


def test_on_the_desktop_it_is_told_as_high_and_then_as_critical(loud: Told) -> None:
    assert titles(find_high(loud)) == ["High: Hole 1"]
    assert titles(turn(loud, Severity.HIGH, Severity.CRITICAL)) == [
        "taken back",
        "Critical: Hole 1",
    ]
    assert turn(loud, Severity.HIGH, Severity.CRITICAL) == []


def test_on_the_desktop_several_are_one(loud: Told) -> None:
    find_high(loud, 1)
    assert find_high(loud, 2) == find_high(loud, 3) == []
    assert titles(loud.after(11)) == ["3 new high findings in repo-8"]
    dismissed = critical(1, severity=Severity.HIGH, status=FindingStatus.DISMISSED)
    kept = critical(1, severity=Severity.HIGH)
    assert titles(loud.take(FindingReplaced(dismissed, kept))) == ["2 new high findings in repo-8"]


def test_on_the_desktop_it_is_told_once_over_sessions(loud: Told) -> None:
    record = ToldRecord(SCAN_ID, FindingId(f"high {finding_id(1)}"), critical(1).fingerprint)
    loud.policy.recall([record])
    assert find_high(loud) == []
    assert titles(turn(loud, Severity.HIGH, Severity.CRITICAL)) == ["Critical: Hole 1"]


def test_on_the_desktop_a_digest_tells_the_number_alone(loud: Told) -> None:
    scan = loud.scan(SCAN_ID)
    loud.take()
    loud.now_s = 600
    loud.policy.wake()
    loud.answer(scan, total=2)
    highs = [critical(number, severity=Severity.HIGH) for number in (1, 2)]
    assert titles(loud.list_rows(scan, *highs)) == ["While you were away: 2 high"]
    assert loud.after(100) == []


@pytest.mark.parametrize(
    ("on_desktop", "news"), [(True, "2 high, 1 scan finished"), (False, "1 scan finished")]
)
def test_a_digest_of_ends_tells_the_number_if_it_is_on_the_desktop(
    told: Told, *, on_desktop: bool, news: str
) -> None:
    choice = EventChoice("high", on_desktop=on_desktop)
    told.policy.delivery.choices = AlertChoices().with_event(choice)
    scan = told.scan(SCAN_ID)
    told.take()
    told.now_s = 600
    told.policy.wake()
    told.answer(scan, "completed", total=2)
    highs = [critical(number, severity=Severity.HIGH) for number in (1, 2)]
    assert told.list_rows(scan, *highs) == [], "the end is in doubt"
    assert titles(told.settle(scan)) == [f"While you were away: {news}"]
    assert told.after(100) == []


def test_switched_on_later_what_came_before_is_no_news(told: Told) -> None:
    find_high(told)
    told.policy.delivery.choices = AlertChoices().with_event(EventChoice("high"))
    before, now = (critical(1, severity=Severity.HIGH, title=title) for title in ("Old", "New"))
    assert told.take(FindingReplaced(now, before)) == []
    assert titles(find_high(told, 2)) == ["High: Hole 2"]


def test_whether_its_line_counts_as_unread_is_a_choice(told: Told) -> None:
    choice = EventChoice("high", on_desktop=False, is_unread=False)
    told.policy.delivery.choices = AlertChoices().with_event(choice)
    find_high(told)
    assert told.inbox.unread == 0
