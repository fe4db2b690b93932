"""Quiet hours and muted scans hold news back, and the inbox says why (ux.md 2.5, rules 4 and 7)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from heimdall_desktop.domain.alerts.alert import Action, Alert, Decision, Retraction, Withdrawal
from heimdall_desktop.domain.alerts.delivery import COLLECT_S, Delivery, quiet_change
from heimdall_desktop.domain.alerts.rules import (
    CRITICAL,
    FAILED,
    RULES,
    SIGNED_OUT,
    STALE,
    Event,
)
from heimdall_desktop.domain.facts.change import FindingAdded, FindingReplaced
from heimdall_desktop.domain.facts.choices import AlertChoices, EventChoice, Mute, QuietSpan
from heimdall_desktop.domain.facts.finding import FindingStatus, Severity
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.presentation.alerts.alert_text import body_of, outcome, title_of
from tests.fakes.alert_policy import OTHER_SCAN, Told, critical, fail, titles
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = datetime(2026, 7, 4, 23, 0, tzinfo=BERLIN)
MORNING = NIGHT + timedelta(hours=8)
LATER = FOUND_AT + timedelta(hours=1)
WEEKDAYS = (0, 1, 2, 3, 4)


@pytest.fixture
def told() -> Told:
    """Make it night, in quiet hours."""
    told = Told()
    told.local_now = NIGHT
    told.policy.delivery.choices = AlertChoices(is_quiet=True)
    told.after(1)
    return told


def only(actions: list[Action]) -> Alert:
    [alert] = actions
    assert isinstance(alert, Alert)
    return alert


def end_night(told: Told) -> list[Action]:
    told.local_now = MORNING
    return told.after(1)


def outcomes(told: Told) -> list[str]:
    return [outcome(line) for line in told.inbox.lines]


# -- when they are --


@pytest.mark.parametrize(
    ("span", "at", "is_quiet"),
    [
        (QuietSpan(), (4, 22, 0), True),
        (QuietSpan(), (4, 21, 59), False),
        (QuietSpan(), (5, 6, 59), True),
        (QuietSpan(), (5, 7, 0), False),
        (QuietSpan(WEEKDAYS), (3, 23, 0), True),  # a Friday
        (QuietSpan(WEEKDAYS), (4, 6, 0), True),  # that went on into Saturday
        (QuietSpan(WEEKDAYS), (4, 23, 0), False),
        (QuietSpan(WEEKDAYS), (6, 6, 0), False),  # Monday, after a Sunday
        (QuietSpan(start_min=600, end_min=660), (4, 10, 30), True),
        (QuietSpan(start_min=600, end_min=660), (4, 11, 0), False),
        (QuietSpan(start_min=600, end_min=600), (4, 9, 0), True),  # a whole day
        (QuietSpan((5,), start_min=0, end_min=1440), (4, 23, 59), True),
        (QuietSpan(()), (4, 23, 0), False),
    ],
)
def test_hours_and_days(span: QuietSpan, at: tuple[int, int, int], is_quiet: bool) -> None:
    day, hour, minute = at
    delivery = Delivery(lambda: datetime(2026, 7, day, hour, minute, tzinfo=BERLIN), ())
    delivery.choices = AlertChoices(is_quiet=True, quiet_hours=(span,))
    assert delivery.is_quiet() is is_quiet
    delivery.choices = AlertChoices(is_quiet=False, quiet_hours=(span,))
    assert not delivery.is_quiet()


@pytest.mark.parametrize(
    ("night", "hours"),
    [((2026, 3, 28), 8), ((2026, 10, 24), 10), ((2026, 7, 4), 9)],
)
def test_a_night_is_as_long_as_the_clock_on_the_wall_makes_it(
    night: tuple[int, int, int], hours: int
) -> None:
    """From 22:00 to 07:00, with the clock set forward, set back, or left alone."""
    began = datetime(*night, 12, tzinfo=UTC)
    moments = iter([began + timedelta(minutes=15 * number) for number in range(96)])
    delivery = Delivery(lambda: next(moments).astimezone(BERLIN), ())
    delivery.choices = AlertChoices(is_quiet=True)
    assert sum(delivery.is_quiet() for _ in range(96)) == hours * 4


# -- what they hold back --


def test_five_are_held_back_and_told_in_one_after(told: Told) -> None:
    for number in range(1, 6):
        assert told.find(number) == []
        assert told.after(120) == []
    assert outcomes(told) == ["Held back: quiet hours"] * 5
    digest = only(end_night(told))
    assert title_of(digest) == "While you were away: 5 critical"
    assert len(digest.records) == 5
    told.inbox.decide(digest, Decision.NOTIFIED)
    assert set(outcomes(told)) == {
        "Held back: quiet hours, then shown in \u201cWhile you were away: 5 critical\u201d"
    }
    assert told.after(600) == []


def test_one_that_is_told_after_keeps_its_reason(told: Told) -> None:
    told.find(1)
    digest = only(end_night(told))
    assert title_of(digest) == "Critical: Hole 1"
    told.inbox.decide(digest, Decision.NOTIFIED)
    assert outcomes(told) == ["Held back: quiet hours, then shown in \u201cCritical: Hole 1\u201d"]


def test_the_digest_tells_of_scans_and_servers_too(told: Told) -> None:
    shop, other = told.scan(SCAN_ID), told.scan(OTHER_SCAN)
    told.take()
    assert told.fail(shop, is_settled=True) == []
    told.answer(other, "completed")
    assert told.settle(other) == []
    told.hear(other, Connection.SIGNED_OUT)
    assert told.after(1) == []
    digest = only(end_night(told))
    assert title_of(digest).startswith("While you were away: 1 scan finished, 1 failed, 1 server")
    assert body_of(digest) == "repo-8, 127.0.0.1:8080"
    assert digest.rule.stays
    assert body_of(only(told.run_again(shop))) == "127.0.0.1:8080", "what is over is counted out"


def test_what_was_taken_back_in_the_night_is_not_told(told: Told) -> None:
    told.find(1)
    assert told.change(1, severity=Severity.LOW) == []
    assert end_night(told) == []
    assert outcomes(told) == ["Withdrawn: now low"]


def test_what_is_confirmed_in_the_night_is_told_after(told: Told) -> None:
    told.local_now = NIGHT - timedelta(hours=2)
    told.after(1)
    first = only(told.find(1))
    told.local_now = NIGHT
    told.after(20)
    assert told.change(1, poc_validated=True) == []
    second = only(end_night(told))
    assert (second.key, title_of(second)) == (first.key, "Confirmed critical: Hole 1")


def test_what_is_confirmed_in_the_night_and_no_longer_is_not_told_after(told: Told) -> None:
    told.local_now = NIGHT - timedelta(hours=2)
    told.after(1)
    first = only(told.find(1))
    told.local_now = NIGHT
    told.after(20)
    told.change(1, poc_validated=True)
    no_longer = FindingReplaced(critical(1), critical(1, poc_validated=True))
    assert told.take(no_longer) == [Retraction(first.key, still_applies=True)]
    assert end_night(told) == []


def test_a_digest_that_waits_for_a_listing_outlasts_the_night(told: Told) -> None:
    scan = told.scan(SCAN_ID)
    told.find(1)
    told.now_s += 600
    told.policy.wake()
    assert end_night(told) == []
    assert titles(told.list_rows(scan, critical(1), critical(2))) == [
        "While you were away: 2 critical"
    ]


def test_a_window_that_began_before_them_waits(told: Told) -> None:
    told.local_now = NIGHT - timedelta(hours=2)
    told.after(1)
    told.find(1)
    told.find(2)
    told.local_now = NIGHT
    assert told.after(20) == []
    assert outcomes(told)[0] == "Held back: quiet hours"
    assert titles(end_night(told)) == ["2 new critical findings in repo-8"]


def test_what_a_new_scan_held_is_a_line_until_the_digest_tells_it(told: Told) -> None:
    assert told.take(FindingAdded(critical(1), is_first_read=True)) == []
    told.listed.add(SCAN_ID)
    assert told.after(1) == []
    assert outcomes(told) == ["Held back: quiet hours"]
    assert titles(end_night(told)) == ["Critical: Hole 1"]


@pytest.mark.parametrize("is_listed", [True, False])
def test_what_ended_while_we_slept_in_them_is_written_down(told: Told, *, is_listed: bool) -> None:
    scan = told.scan(SCAN_ID)
    told.take()
    told.now_s = 600
    told.policy.wake()
    told.now_s += 1
    changes = fail(scan, told.now_s, is_settled=True)
    told.take(*changes)
    assert (told.list_rows(scan) if is_listed else told.after(COLLECT_S)) == []
    assert outcomes(told) == ["Held back: quiet hours"]
    assert title_of(only(end_night(told))) == "While you were away: 1 scan failed"
    assert told.after(600) == []


def test_what_is_critical_again_in_the_night_is_held_back(told: Told) -> None:
    told.local_now = NIGHT - timedelta(hours=2)
    told.after(1)
    told.find(1)
    told.find(2)
    told.change(2, severity=Severity.LOW)
    told.after(20)
    told.local_now = NIGHT
    told.after(1)
    assert told.take(FindingReplaced(critical(2), critical(2, severity=Severity.LOW))) == []
    assert outcomes(told)[0] == "Held back: quiet hours"
    assert titles(end_night(told)) == ["Critical: Hole 2"]


def test_t09_a_finding_that_a_retry_finds_again_in_the_night_is_held_back(told: Told) -> None:
    told.find(1)
    told.attempt_starts.append(FOUND_AT + timedelta(minutes=30))
    older = critical(1, is_repeat=True)
    newer = critical(2, title="Hole 1", fingerprint=older.fingerprint, created_at=LATER)
    told.take(FindingAdded(newer), FindingReplaced(older, critical(1)))
    assert outcomes(told) == ["Held back: quiet hours"]
    assert titles(end_night(told)) == ["Critical: Hole 1"]


def test_a_critical_that_comes_with_highs_counts_them(told: Told) -> None:
    told.find(1)
    told.take(FindingAdded(critical(2, severity=Severity.HIGH)))
    told.find(3)
    assert titles(end_night(told)) == ["While you were away: 2 critical, 1 high"]


def test_switched_off_in_the_night_they_tell_at_once(told: Told) -> None:
    told.find(1)
    told.policy.delivery.choices = AlertChoices()
    assert titles(told.after(1)) == ["Critical: Hole 1"]


# -- muted scans --


@pytest.mark.parametrize("until", [None, NIGHT + timedelta(hours=1)])
def test_a_muted_scan_tells_nothing_and_the_inbox_says_so(until: datetime | None) -> None:
    told = Told()
    told.local_now = NIGHT
    scan = told.scan(SCAN_ID)
    if until is None:
        told.policy.delivery.choices = AlertChoices(muted_to_the_end=(SCAN_ID,))
    else:
        told.policy.delivery.choices = AlertChoices(muted=(Mute(SCAN_ID, until),))
    assert told.find(1) == []
    assert titles(told.find(2, scan_id=OTHER_SCAN)) == ["Critical: Hole 2"]
    assert outcomes(told)[1] == "Held back: scan muted"
    told.local_now = MORNING
    assert told.change(1, title="Renamed") == [], "it stays held back"
    if until is None:
        assert told.find(3) == []
    else:
        assert titles(told.find(3)) == ["Critical: Hole 3"]
    assert titles(told.fail(scan, is_settled=True)) == ["Scan of repo-8 stopped"], "its end is told"


def test_a_muted_scan_does_not_tell_its_failure() -> None:
    told = Told()
    scan = told.scan(SCAN_ID)
    told.take()
    in_an_hour = told.local_now + timedelta(hours=1)
    told.policy.delivery.choices = AlertChoices(muted=(Mute(SCAN_ID, in_an_hour),))
    assert told.fail(scan, is_settled=True) == []
    assert outcomes(told) == ["Held back: scan muted"]


def test_what_waits_for_its_window_is_not_told_of_a_scan_that_is_muted_meanwhile(
    told: Told,
) -> None:
    told.policy.delivery.choices = AlertChoices()
    told.find(1)
    told.find(2, 3)
    in_an_hour = told.local_now + timedelta(hours=1)
    told.policy.delivery.choices = AlertChoices().with_mute(SCAN_ID, in_an_hour)
    assert told.after(11) == []
    assert outcomes(told) == ["Held back: scan muted"] * 2 + ["Inbox only so far"]
    assert told.change(2, poc_validated=True) == [], "nor later"
    told.local_now = in_an_hour
    assert told.change(3, title="Renamed") == []
    assert titles(told.find(4)) == ["Critical: Hole 4"]


def test_what_waits_for_the_end_of_quiet_hours_can_be_muted_meanwhile(told: Told) -> None:
    scan = told.scan(OTHER_SCAN)
    told.take()
    told.find(1)
    told.find(2, scan_id=OTHER_SCAN)
    told.take(FindingAdded(make_finding(3, severity=Severity.HIGH)))
    told.fail(scan, is_settled=True)
    until = MORNING + timedelta(hours=1)
    muted = told.policy.delivery.choices.with_mute(OTHER_SCAN, until)
    told.policy.delivery.choices = muted
    told.after(1)
    told.policy.delivery.choices = muted.with_mute(SCAN_ID, until).without_mute(OTHER_SCAN)
    told.after(1)
    assert end_night(told) == []
    assert set(outcomes(told)) == {"Held back: scan muted", "Inbox only, as set in Settings"}


def test_in_quiet_hours_a_summary_that_says_too_much_goes_and_the_rest_stays_in_the_inbox(
    told: Told,
) -> None:
    told.policy.delivery.choices = AlertChoices()
    summary = only(told.find(1, 2, 3))
    told.policy.delivery.choices = AlertChoices(is_quiet=True)
    gone = told.change(1, status=FindingStatus.DISMISSED)
    assert gone == [Retraction(summary.key, still_applies=True)]
    assert [line.withdrawal for line in told.inbox.lines] == [None, None, Withdrawal.DISMISSED]
    assert told.change(2, status=FindingStatus.DISMISSED) == []
    assert end_night(told) == [], "it was told"


def test_of_a_muted_scan_a_summary_goes_that_says_too_much(told: Told) -> None:
    told.policy.delivery.choices = AlertChoices()
    summary = only(told.find(1, 2, 3))
    until = told.local_now + timedelta(hours=1)
    told.policy.delivery.choices = AlertChoices().with_mute(SCAN_ID, until)
    gone = told.change(1, status=FindingStatus.DISMISSED)
    assert gone == [Retraction(summary.key, still_applies=True)]


# -- sound, and what stays on the screen --


def test_a_sound_goes_with_the_news_for_which_it_was_chosen(told: Told) -> None:
    told.policy.delivery.choices = choices = AlertChoices()
    delivery = told.policy.delivery
    first = only(told.find(1, 2))
    assert delivery.has_sound(first.news)
    confirmed = only(told.change(1, poc_validated=True) + told.after(11))
    assert confirmed.news == (Event.CONFIRMED,)
    assert not delivery.has_sound(confirmed.news), "it takes the place of the first"
    fewer = only(told.change(2, status=FindingStatus.DISMISSED))
    assert not delivery.has_sound(fewer.news), "it only says less"
    delivery.choices = choices.with_event(EventChoice("confirmed", has_sound=True))
    assert delivery.has_sound(confirmed.news)


def test_critical_findings_stay_until_closed_if_that_is_chosen(told: Told) -> None:
    delivery = told.policy.delivery
    staying = {rule for rule in RULES if delivery.stays(rule)}
    assert staying == {CRITICAL, FAILED, SIGNED_OUT, STALE}
    delivery.choices = AlertChoices(stays=False)
    assert {rule for rule in RULES if delivery.stays(rule)} == staying - {CRITICAL}


@pytest.mark.parametrize("is_muted_before", [True, False])
def test_what_a_new_scan_held_is_a_line_if_it_is_muted(*, is_muted_before: bool) -> None:
    told = Told()
    mutes = AlertChoices(muted=(Mute(SCAN_ID, told.local_now + timedelta(hours=1)),))
    if is_muted_before:
        told.policy.delivery.choices = mutes
    assert told.take(FindingAdded(critical(1), is_first_read=True)) == []
    told.policy.delivery.choices = mutes
    told.listed.add(SCAN_ID)
    assert told.after(1) == []
    assert outcomes(told) == ["Held back: scan muted"]
    told.policy.delivery.choices = AlertChoices()
    assert told.after(1) == []


# -- events switched off --


def test_a_confirmation_that_is_switched_off_changes_the_line_alone() -> None:
    told = Told()
    off = EventChoice("confirmed", on_desktop=False)
    told.policy.delivery.choices = AlertChoices().with_event(off)
    told.find(1)
    assert told.change(1, poc_validated=True) == []
    assert [line.title for line in told.inbox.lines] == ["Confirmed critical: Hole 1"]


def test_criticals_that_are_switched_off_are_lines() -> None:
    told = Told()
    off = EventChoice("critical", on_desktop=False)
    told.policy.delivery.choices = AlertChoices().with_event(off)
    assert told.find(1) == []
    assert told.take(FindingAdded(critical(2), is_first_read=True)) == []
    assert outcomes(told) == ["Inbox only, as set in Settings"] * 2


@pytest.mark.parametrize(
    ("spans", "at", "is_quiet", "change"),
    [
        ([QuietSpan()], (0, 12, 0), False, (0, 22, 0)),
        ([QuietSpan()], (0, 23, 0), True, (1, 7, 0)),
        ([QuietSpan((5, 6), 0, 1440)], (0, 12, 0), False, (5, 0, 0)),
        ([QuietSpan((5, 6), 0, 1440)], (5, 12, 0), True, (7, 0, 0)),
        ([QuietSpan((4,)), QuietSpan((5, 6), 0, 1440)], (4, 23, 0), True, (7, 0, 0)),
        ([QuietSpan((0,), 0, 60)], (0, 2, 0), False, (7, 0, 0)),
        ([QuietSpan(start_min=0, end_min=1440)], (0, 12, 0), True, None),
        ([QuietSpan(())], (0, 12, 0), False, None),
        ([], (0, 12, 0), False, None),
    ],
)
def test_it_is_known_when_quiet_hours_begin_or_end(
    spans: list[QuietSpan],
    at: tuple[int, int, int],
    is_quiet: bool,
    change: tuple[int, int, int] | None,
) -> None:
    def moment(day: int, hour: int, minute: int) -> datetime:
        return datetime(2026, 5, 11, hour, minute) + timedelta(days=day)  # days from a Monday on

    expected = None if change is None else moment(*change)
    assert quiet_change(spans, moment(*at)) == (is_quiet, expected)
