"""Quiet hours, muted scans and scans that were missed hold news back (behaviour.md 2.5)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from heimdall_desktop.domain.alerts.alert import Action, Decision, Retraction, Withdrawal
from heimdall_desktop.domain.alerts.delivery import (
    COLLECT_S,
    GAP_S,
    CatchUpTracker,
    Delivery,
    quiet_change,
)
from heimdall_desktop.domain.alerts.rules import CRITICAL, FAILED, RULES, SIGNED_OUT, STALE, Event
from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.change import FindingAdded, FindingReplaced
from heimdall_desktop.domain.facts.choices import AlertChoices, EventChoice, Mute, QuietSpan
from heimdall_desktop.domain.facts.finding import FindingStatus, RepoId, ScanId, Severity
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.presentation.alerts.alert_text import body_of, outcome, title_of
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, Alerts, critical, fail, only, titles
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, make_finding

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = datetime(2026, 7, 4, 23, 0, tzinfo=BERLIN)
MORNING = NIGHT + timedelta(hours=8)
LATER = FOUND_AT + timedelta(hours=1)
WEEKDAYS = (0, 1, 2, 3, 4)


@pytest.fixture
def alerts() -> Alerts:
    """Make it night, in quiet hours."""
    alerts = Alerts()
    alerts.local_now = NIGHT
    alerts.delivery.choices = AlertChoices(is_quiet=True)
    alerts.after(1)
    return alerts


def start_evening(alerts: Alerts) -> None:
    alerts.local_now = NIGHT - timedelta(hours=2)
    alerts.after(1)


def end_night(alerts: Alerts) -> list[Action]:
    alerts.local_now = MORNING
    return alerts.after(1)


def outcomes(alerts: Alerts) -> list[str]:
    return [outcome(line) for line in alerts.inbox.lines]


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
    for are_active in (True, False):
        delivery.choices = AlertChoices(is_quiet=are_active, quiet_hours=(span,))
        assert delivery.is_quiet() is (is_quiet and are_active)


@pytest.mark.parametrize(
    ("night", "hours"), [((2026, 3, 28), 8), ((2026, 10, 24), 10), ((2026, 7, 4), 9)]
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


@pytest.mark.parametrize(
    ("count", "title"), [(5, "While you were away: 5 critical"), (1, "Critical: Hole 1")]
)
def test_several_are_held_back_and_notified_in_one_after(
    alerts: Alerts, count: int, title: str
) -> None:
    for number in range(1, count + 1):
        assert alerts.find(number) == []
        assert alerts.after(120) == []
    assert outcomes(alerts) == ["Held back: quiet hours"] * count
    digest = only(end_night(alerts))
    assert title_of(digest) == title
    assert len(digest.records) == count
    alerts.inbox.decide(digest, Decision.NOTIFIED)
    assert outcomes(alerts) == [f"Held back: quiet hours, then shown in “{title}”"] * count
    assert alerts.after(600) == []


def test_the_digest_reports_scans_and_servers_too(alerts: Alerts) -> None:
    shop, other = alerts.scan(SCAN_ID), alerts.scan(OTHER_SCAN)
    alerts.take()
    assert alerts.fail(shop, is_settled=True) == []
    alerts.answer(other, "completed")
    assert alerts.settle(other) == []
    alerts.hear(other, observation.Connection.SIGNED_OUT)
    assert alerts.after(1) == []
    digest = only(end_night(alerts))
    assert title_of(digest).startswith("While you were away: 1 scan finished, 1 failed, 1 server")
    assert body_of(digest) == "repo-8, 127.0.0.1:8080"
    assert digest.rule.stays
    assert body_of(only(alerts.run_again(shop))) == "127.0.0.1:8080", "what is over is counted out"


def test_what_was_withdrawn_in_the_night_is_not_notified(alerts: Alerts) -> None:
    alerts.find(1)
    assert alerts.change(1, severity=Severity.LOW) == []
    assert end_night(alerts) == []
    assert outcomes(alerts) == ["Withdrawn: now low"]


@pytest.mark.parametrize("stays", [True, False])
def test_what_is_confirmed_in_the_night_is_notified_after(alerts: Alerts, *, stays: bool) -> None:
    start_evening(alerts)
    first = only(alerts.find(1))
    alerts.local_now = NIGHT
    alerts.after(20)
    assert alerts.change(1, poc_validated=True) == []
    if stays:
        second = only(end_night(alerts))
        assert (second.key, title_of(second)) == (first.key, "Confirmed critical: Hole 1")
    else:
        no_longer = alerts.turn(critical(1), critical(1, poc_validated=True))
        assert no_longer == [Retraction(first.key, still_applies=True)]
        assert end_night(alerts) == []


def test_a_digest_that_waits_for_a_listing_outlasts_the_night(alerts: Alerts) -> None:
    scan = alerts.scan(SCAN_ID)
    alerts.find(1)
    alerts.now_s += 600
    alerts.policy.wake()
    assert end_night(alerts) == []
    shown = alerts.list_rows(scan, critical(1), critical(2))
    assert titles(shown) == ["While you were away: 2 critical"]


def test_a_window_that_began_before_them_waits(alerts: Alerts) -> None:
    start_evening(alerts)
    alerts.find(1)
    alerts.find(2)
    alerts.local_now = NIGHT
    assert alerts.after(20) == []
    assert outcomes(alerts)[0] == "Held back: quiet hours"
    assert titles(end_night(alerts)) == ["2 new critical findings in repo-8"]


def test_what_a_new_scan_held_is_a_line_until_the_digest_reports_it(alerts: Alerts) -> None:
    assert alerts.hold(1) == []
    alerts.listed.add(SCAN_ID)
    assert alerts.after(1) == []
    assert outcomes(alerts) == ["Held back: quiet hours"]
    assert titles(end_night(alerts)) == ["Critical: Hole 1"]


@pytest.mark.parametrize("is_listed", [True, False])
def test_what_ended_while_we_slept_in_them_is_written_down(
    alerts: Alerts, *, is_listed: bool
) -> None:
    scan = alerts.watch()
    alerts.sleep()
    alerts.now_s += 1
    changes = fail(scan, alerts.now_s, is_settled=True)
    alerts.take(*changes)
    assert (alerts.list_rows(scan) if is_listed else alerts.after(COLLECT_S)) == []
    assert outcomes(alerts) == ["Held back: quiet hours"]
    assert title_of(only(end_night(alerts))) == "While you were away: 1 scan failed"
    assert alerts.after(600) == []


def test_what_is_critical_again_in_the_night_is_held_back(alerts: Alerts) -> None:
    start_evening(alerts)
    alerts.find(1)
    alerts.find(2)
    alerts.change(2, severity=Severity.LOW)
    alerts.after(20)
    alerts.local_now = NIGHT
    alerts.after(1)
    assert alerts.turn(critical(2), critical(2, severity=Severity.LOW)) == []
    assert outcomes(alerts)[0] == "Held back: quiet hours"
    assert titles(end_night(alerts)) == ["Critical: Hole 2"]


def test_t09_a_finding_that_a_retry_finds_again_in_the_night_is_held_back(alerts: Alerts) -> None:
    alerts.find(1)
    alerts.attempt_starts.append(FOUND_AT + timedelta(minutes=30))
    older = critical(1, is_repeat=True)
    newer = critical(2, title="Hole 1", fingerprint=older.fingerprint, created_at=LATER)
    alerts.take(FindingAdded(newer), FindingReplaced(older, critical(1)))
    assert outcomes(alerts) == ["Held back: quiet hours"]
    assert titles(end_night(alerts)) == ["Critical: Hole 1"]


def test_a_critical_that_comes_with_highs_counts_them(alerts: Alerts) -> None:
    alerts.find(1)
    alerts.add(critical(2, severity=Severity.HIGH))
    alerts.find(3)
    assert titles(end_night(alerts)) == ["While you were away: 2 critical, 1 high"]


def test_quiet_hours_that_are_switched_off_end_at_once(alerts: Alerts) -> None:
    alerts.find(1)
    alerts.delivery.choices = AlertChoices()
    assert titles(alerts.after(1)) == ["Critical: Hole 1"]


# -- muted scans --


@pytest.mark.parametrize("until", [None, NIGHT + timedelta(hours=1)])
def test_a_muted_scan_reports_nothing_and_the_inbox_says_so(until: datetime | None) -> None:
    alerts = Alerts()
    alerts.local_now = NIGHT
    scan = alerts.scan(SCAN_ID)
    alerts.delivery.choices = AlertChoices().with_mute(SCAN_ID, until)
    assert alerts.find(1) == []
    assert titles(alerts.find(2, scan_id=OTHER_SCAN)) == ["Critical: Hole 2"]
    assert outcomes(alerts)[1] == "Held back: scan muted"
    alerts.local_now = MORNING
    assert alerts.change(1, title="Renamed") == [], "it stays held back"
    assert titles(alerts.find(3)) == ([] if until is None else ["Critical: Hole 3"])
    ended = alerts.fail(scan, is_settled=True)
    assert titles(ended) == ["Scan of repo-8 stopped"], "its end is reported"


def test_a_muted_scan_does_not_report_its_failure() -> None:
    alerts = Alerts()
    scan = alerts.watch()
    in_an_hour = alerts.local_now + timedelta(hours=1)
    alerts.delivery.choices = AlertChoices(muted=(Mute(SCAN_ID, in_an_hour),))
    assert alerts.fail(scan, is_settled=True) == []
    assert outcomes(alerts) == ["Held back: scan muted"]


def test_all_scans_of_a_muted_repository_are_muted_also_new_ones() -> None:
    alerts = Alerts()
    alerts.local_now = NIGHT
    scan, other = alerts.scan(SCAN_ID), alerts.scan(OTHER_SCAN)
    scan.repo_id, other.repo_id = REPO_ID, RepoId("other")
    until = NIGHT + timedelta(hours=1)
    choices = AlertChoices().with_repo_mute((scan.server, REPO_ID), until)
    alerts.delivery.choices = choices
    assert alerts.find(1) == []
    assert titles(alerts.find(2, scan_id=OTHER_SCAN)) == ["Critical: Hole 2"]
    assert outcomes(alerts)[1] == "Held back: scan muted", "the inbox keeps it"
    new = alerts.scan(ScanId("new"))
    new.repo_id = REPO_ID
    assert alerts.find(3, scan_id=new.id) == []
    assert alerts.fail(scan, is_settled=True) == []
    alerts.local_now = until
    assert titles(alerts.find(4, scan_id=new.id)) == ["Critical: Hole 4"]


def test_what_waits_for_its_window_is_not_notified_of_a_scan_that_is_muted_meanwhile(
    alerts: Alerts,
) -> None:
    alerts.delivery.choices = AlertChoices()
    alerts.find(1)
    alerts.find(2, 3)
    in_an_hour = alerts.local_now + timedelta(hours=1)
    alerts.delivery.choices = AlertChoices().with_mute(SCAN_ID, in_an_hour)
    assert alerts.after(11) == []
    assert outcomes(alerts) == ["Held back: scan muted"] * 2 + ["Inbox only so far"]
    assert alerts.change(2, poc_validated=True) == [], "nor later"
    alerts.local_now = in_an_hour
    assert alerts.change(3, title="Renamed") == []
    assert titles(alerts.find(4)) == ["Critical: Hole 4"]


def test_what_waits_for_the_end_of_quiet_hours_can_be_muted_meanwhile(alerts: Alerts) -> None:
    scan = alerts.watch(OTHER_SCAN)
    alerts.find(1)
    alerts.find(2, scan_id=OTHER_SCAN)
    alerts.add(make_finding(3, severity=Severity.HIGH))
    alerts.fail(scan, is_settled=True)
    until = MORNING + timedelta(hours=1)
    muted = alerts.delivery.choices.with_mute(OTHER_SCAN, until)
    alerts.delivery.choices = muted
    alerts.after(1)
    alerts.delivery.choices = muted.with_mute(SCAN_ID, until).without_mute(OTHER_SCAN)
    alerts.after(1)
    assert end_night(alerts) == []
    assert set(outcomes(alerts)) == {"Held back: scan muted", "Inbox only, as set in Settings"}


@pytest.mark.parametrize(
    "choices", [AlertChoices(is_quiet=True), AlertChoices().with_mute(SCAN_ID, MORNING)]
)
def test_a_held_back_summary_that_says_too_much_goes_and_the_rest_stays_in_the_inbox(
    alerts: Alerts, choices: AlertChoices
) -> None:
    alerts.delivery.choices = AlertChoices()
    summary = only(alerts.find(1, 2, 3))
    alerts.delivery.choices = choices
    gone = alerts.change(1, status=FindingStatus.DISMISSED)
    assert gone == [Retraction(summary.key, still_applies=True)]
    assert [line.withdrawal for line in alerts.inbox.lines] == [None, None, Withdrawal.DISMISSED]
    assert alerts.change(2, status=FindingStatus.DISMISSED) == []
    assert end_night(alerts) == [], "it was reported"


# -- sound, and what stays on the screen --


def test_a_sound_goes_with_the_news_for_which_it_was_chosen(alerts: Alerts) -> None:
    alerts.delivery.choices = choices = AlertChoices()
    delivery = alerts.delivery
    first = only(alerts.find(1, 2))
    assert delivery.has_sound(first.news)
    confirmed = only(alerts.change(1, poc_validated=True) + alerts.after(11))
    assert confirmed.news == (Event.CONFIRMED,)
    assert not delivery.has_sound(confirmed.news), "it takes the place of the first"
    fewer = only(alerts.change(2, status=FindingStatus.DISMISSED))
    assert not delivery.has_sound(fewer.news), "it only says less"
    delivery.choices = choices.with_event(EventChoice("confirmed", has_sound=True))
    assert delivery.has_sound(confirmed.news)


def test_critical_findings_stay_until_closed_if_that_is_chosen(alerts: Alerts) -> None:
    delivery = alerts.delivery
    staying = {rule for rule in RULES if delivery.stays(rule)}
    assert staying == {CRITICAL, FAILED, SIGNED_OUT, STALE}
    delivery.choices = AlertChoices(stays=False)
    assert {rule for rule in RULES if delivery.stays(rule)} == staying - {CRITICAL}


@pytest.mark.parametrize("is_muted_before", [True, False])
def test_what_a_new_scan_held_is_a_line_if_it_is_muted(*, is_muted_before: bool) -> None:
    alerts = Alerts()
    mutes = AlertChoices(muted=(Mute(SCAN_ID, alerts.local_now + timedelta(hours=1)),))
    if is_muted_before:
        alerts.delivery.choices = mutes
    assert alerts.hold(1) == []
    alerts.delivery.choices = mutes
    alerts.listed.add(SCAN_ID)
    assert alerts.after(1) == []
    assert outcomes(alerts) == ["Held back: scan muted"]
    alerts.delivery.choices = AlertChoices()
    assert alerts.after(1) == []


# -- events switched off --


def test_a_confirmation_that_is_switched_off_changes_the_line_alone() -> None:
    alerts = Alerts()
    alerts.delivery.choices = AlertChoices((EventChoice("confirmed", on_desktop=False),))
    alerts.find(1)
    assert alerts.change(1, poc_validated=True) == []
    assert [line.title for line in alerts.inbox.lines] == ["Confirmed critical: Hole 1"]


def test_criticals_that_are_switched_off_are_lines() -> None:
    alerts = Alerts()
    alerts.delivery.choices = AlertChoices((EventChoice("critical", on_desktop=False),))
    assert alerts.find(1) == []
    assert alerts.hold(2) == []
    assert outcomes(alerts) == ["Inbox only, as set in Settings"] * 2


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


# -- which scans are missed, and when all of them are back --


class Away(Alerts):
    """Scans, a clock, and a tracker that nothing else looks at."""

    def __init__(self) -> None:
        super().__init__()
        self.catch_up = CatchUpTracker(self.clock, self.scans.values())

    def view_scan(self, now_s: float) -> None:
        self.now_s = now_s
        self.catch_up.look()

    @property
    def state(self) -> tuple[bool, bool]:
        """Whether the scan is collected, and whether all that are have been listed."""
        return self.catch_up.collects(SCAN_ID), self.catch_up.is_complete()


@pytest.fixture
def away() -> Away:
    return Away()


def test_while_all_is_well_nothing_is_collected(away: Away) -> None:
    away.scan(SCAN_ID)
    away.view_scan(GAP_S)
    assert away.state == (False, False)
    assert not away.catch_up.is_late()


def test_after_a_rest_all_scans_are_collected_until_they_are_listed(away: Away) -> None:
    scans = [away.scan(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN)]
    away.now_s = 100
    away.catch_up.wake()
    for scan in scans:
        assert away.catch_up.collects(scan.id)
        assert not away.catch_up.is_complete()
        away.list_rows(scan)
    assert away.catch_up.is_complete()
    away.catch_up.close()
    assert not away.catch_up.collects(SCAN_ID)


def test_a_scan_that_is_just_being_added_is_left_to_its_first_listing(away: Away) -> None:
    away.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    away.catch_up.wake()
    assert away.state == (False, True)


def test_a_silent_scan_is_collected_from_its_first_answer_on(away: Away) -> None:
    scan = away.scan(SCAN_ID)
    away.view_scan(GAP_S + 1)
    assert not away.catch_up.is_complete()
    away.now_s += 100
    away.answer(scan, total=3)
    away.catch_up.look()
    assert away.state == (True, False)
    assert not away.catch_up.is_late()
    away.list_rows(scan)
    assert away.catch_up.is_complete()


def test_a_settled_scan_is_not_expected_to_answer(away: Away) -> None:
    scan = away.scan(SCAN_ID)
    away.answer(scan, "completed")
    away.settle(scan)
    away.view_scan(GAP_S * 10)
    assert not away.catch_up.collects(SCAN_ID)


def test_a_session_that_ended_may_continue(away: Away) -> None:
    scan = away.scan(SCAN_ID)
    away.hear(scan, observation.Connection.SIGNED_OUT)
    away.view_scan(GAP_S + 1)
    away.hear(scan, observation.Connection.LIVE)
    away.answer(scan, total=1)
    away.catch_up.look()
    assert away.catch_up.collects(SCAN_ID)


def test_it_ends_after_a_while_and_what_is_silent_is_missed_further(away: Away) -> None:
    scan = away.scan(SCAN_ID)
    away.now_s = 1
    away.catch_up.wake()
    away.view_scan(1 + COLLECT_S)
    assert away.catch_up.is_late()
    away.catch_up.close()
    assert not away.catch_up.is_late()
    away.answer(scan)
    away.catch_up.look()
    assert away.catch_up.collects(SCAN_ID)


def test_what_answered_but_was_not_listed_in_time_is_not_held_again(away: Away) -> None:
    scan = away.scan(SCAN_ID)
    away.catch_up.wake()
    away.answer(scan, total=9)
    away.view_scan(COLLECT_S)
    away.catch_up.close()
    assert not away.catch_up.collects(SCAN_ID)


def test_it_knows_what_became_of_scans_that_ran(away: Away) -> None:
    scan, other = away.scan(SCAN_ID), away.scan(OTHER_SCAN)
    away.catch_up.wake()
    assert list(away.catch_up.ended()) == []
    away.now_s += 1
    away.answer(scan, "completed")
    assert list(away.catch_up.ended()) == [(scan, Outcome.COMPLETED)]
    away.answer(other, "failed")
    assert (other, Outcome.FAILED_MAY_RETRY) in list(away.catch_up.ended())


def test_a_restored_scan_is_collected_at_once(away: Away) -> None:
    away.catch_up.restore(SCAN_ID)
    scan = away.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    assert away.state == (True, False)
    away.answer(scan, total=1)
    assert away.state == (True, False)
    away.list_rows(scan)
    assert away.state == (True, True)


def test_a_scan_that_leaves_is_forgotten(away: Away) -> None:
    away.scan(SCAN_ID)
    away.catch_up.wake()
    away.catch_up.forget(SCAN_ID)
    del away.scans[SCAN_ID]
    assert away.state == (False, True)


def test_a_stream_that_was_down_for_long_is_collected_until_it_is_back(away: Away) -> None:
    """A scan that nothing but its stream reports, with one finding of long ago."""
    scan = away.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    scan.observe(observation.SourceSeen(SCAN_ID, 0.0, observation.ScanSource.STREAM))
    scan.observe(observation.FindingsListed(SCAN_ID, 0.0, (make_finding(1, is_announced=True),)))
    away.hear(scan, observation.Connection.LIVE)
    away.view_scan(10 * GAP_S)
    assert not away.catch_up.collects(SCAN_ID), "it is only silent"
    away.hear(scan, observation.Connection.RECONNECTING)
    away.view_scan(11 * GAP_S)
    assert not away.catch_up.collects(SCAN_ID)
    away.view_scan(11 * GAP_S + 1)
    assert away.state == (True, False)
    away.hear(scan, observation.Connection.LIVE)
    assert away.catch_up.is_complete()
