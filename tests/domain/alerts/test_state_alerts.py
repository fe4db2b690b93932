"""States of scans and servers that are reported (behaviour.md 2.5; T-26, T-28, T-58, T-61)."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from heimdall_desktop.domain.alerts.alert import (
    Action,
    Alert,
    Decision,
    NotifiedRecord,
    Raised,
    Retraction,
    ScanForgotten,
    Withdrawal,
    Withdrawn,
)
from heimdall_desktop.domain.alerts.notifications import MOST_AT_ONCE
from heimdall_desktop.domain.alerts.rules import FAILED, FINISHED, SIGNED_OUT, STALE, Event
from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.change import ScanEmptied, ScanMoved, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices, EventChoice
from heimdall_desktop.domain.facts.errors import KeyringLocked, Reason
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_display import STEADY, ScanProgress
from heimdall_desktop.domain.stages.stage_times import UsualTime, UsualTimes
from heimdall_desktop.presentation.alerts.alert_text import body_of, outcome, title_of
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, THIRD_SCAN, Alerts, critical, only, titles
from tests.fakes.findings import FOUND_AT, SCAN_ID
from tests.fakes.inbox_lines import make_failed_line

LATER = FOUND_AT + timedelta(minutes=5)
LINE = f"failed {SCAN_ID} {FOUND_AT}"
RECORD = NotifiedRecord(SCAN_ID, FindingId("failed"), str(FOUND_AT))


def failed(alerts: Alerts, scan_id: ScanId = SCAN_ID) -> Alert:
    """Let a scan that ran fail for good, and return what is reported of it."""
    return only(alerts.fail(alerts.scans.get(scan_id) or alerts.watch(scan_id), is_settled=True))


# -- reported once, when it is sure --


def test_t26_a_failure_is_notified_once_it_has_stayed(alerts: Alerts) -> None:
    scan = alerts.watch()
    stage = observation.StageRow("taint_analysis", "failed", "Out of memory.", FOUND_AT)
    assert alerts.fail(scan, stages=(stage,)) == []
    assert alerts.after(29) == []
    alert = only(alerts.settle(scan))
    assert title_of(alert) == "Scan of repo-8 stopped in taint_analysis"
    assert body_of(alert) == "Attempt 1. Out of memory."
    assert (alert.scan_id, alert.finding_id, alert.rule) == (SCAN_ID, None, FAILED)
    assert alert.records == (RECORD,)
    assert alerts.after(100) == []
    assert alerts.take(ScanMoved(SCAN_ID)) == []


def test_a_failure_that_passes_is_not_notified(alerts: Alerts) -> None:
    scan = alerts.watch()
    assert alerts.fail(scan) == []
    alerts.after(10)
    assert alerts.run_again(scan) == []
    assert alerts.log == []


def test_rule_1_what_had_failed_before_it_was_added_is_no_news(alerts: Alerts) -> None:
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    assert alerts.take() == []
    assert alerts.fail(scan, is_settled=True) == []
    assert alerts.fail(scan, started_at=LATER) == []
    assert titles(alerts.settle(scan)) == ["Scan of repo-8 stopped"], "its next attempt is news"


def test_t58_a_last_attempt_that_was_cancelled_has_not_failed(alerts: Alerts) -> None:
    scan = alerts.watch()
    stage = observation.StageRow("hunt", "cancelled", None, FOUND_AT)
    assert alerts.fail(scan, stages=(stage,), is_settled=True) == []
    assert alerts.log == []


# -- withdrawn --


def test_a_scan_that_runs_again_withdraws_its_alert(alerts: Alerts) -> None:
    alert = failed(alerts)
    scan = alerts.scans[SCAN_ID]
    assert alerts.run_again(scan) == [Retraction(alert.key)]
    [line] = alerts.inbox.lines
    assert outcome(line) == "Withdrawn: the scan is running again"
    assert (line.finding_id, line.event, line.is_unread) == ("", Event.FAILED, False)
    assert alerts.run_again(scan) == []


def test_t28_the_next_attempt_that_fails_is_notified_again(alerts: Alerts) -> None:
    first = failed(alerts)
    scan = alerts.scans[SCAN_ID]
    alerts.run_again(scan)
    alerts.after(60)
    assert alerts.fail(scan, started_at=LATER) == []
    second = only(alerts.settle(scan))
    assert second.key != first.key
    assert body_of(second) == "Attempt 2."
    outcomes = [outcome(line) for line in alerts.inbox.lines]
    assert outcomes == ["Inbox only so far", "Withdrawn: the scan is running again"]


def test_an_attempt_that_failed_between_two_looks_takes_the_place_of_the_one_before(
    alerts: Alerts,
) -> None:
    first = failed(alerts)
    scan = alerts.scans[SCAN_ID]
    assert alerts.fail(scan, started_at=LATER) == [], "while it is in doubt the first one stays"
    withdrawn, alert = alerts.settle(scan)
    assert withdrawn == Retraction(first.key)
    assert body_of(only([alert])) == "Attempt 2."


def test_another_end_withdraws_it(alerts: Alerts) -> None:
    failed(alerts)
    scan = alerts.scans[SCAN_ID]
    alerts.now_s += 1
    alerts.answer(scan, "completed")
    assert titles(alerts.take(ScanMoved(SCAN_ID))) == ["withdrawn", "Scan of repo-8 finished"]
    _, line = alerts.inbox.lines
    assert outcome(line) == "Withdrawn: the scan ended differently"


def test_a_scan_that_leaves_takes_its_alert_along(alerts: Alerts) -> None:
    alert = failed(alerts)
    del alerts.scans[SCAN_ID]
    assert alerts.take(ScanRemoved(SCAN_ID)) == [Retraction(alert.key)]
    assert alerts.log[-1] == ScanForgotten(SCAN_ID, Withdrawal.SCAN_LEFT)
    scan = alerts.watch()
    assert alerts.fail(scan, is_settled=True) == [], "the same failure again"


def test_a_scan_that_is_gone_does_not_say_that_it_failed(alerts: Alerts) -> None:
    failed(alerts)
    alerts.hear(alerts.scans[SCAN_ID], Connection.GONE)
    assert titles(alerts.take(ScanEmptied(SCAN_ID))) == ["withdrawn"]
    assert alerts.after(1) == []
    assert [outcome(line) for line in alerts.inbox.lines] == ["Withdrawn: scan no longer visible"]


# -- several --


def test_rule_3_three_scans_that_fail_within_a_window_are_notified_by_one(alerts: Alerts) -> None:
    first, second = failed(alerts, SCAN_ID), failed(alerts, OTHER_SCAN)
    third = alerts.watch(THIRD_SCAN)
    *withdrawn, joined = alerts.fail(third, is_settled=True)
    assert isinstance(joined, Alert)
    assert withdrawn == [Retraction(each.key, joined) for each in (first, second)]
    assert (title_of(joined), body_of(joined)) == ("3 scans stopped", "repo-8, repo-0, repo-1")
    assert joined.scan_id == THIRD_SCAN
    assert titles(alerts.run_again(third)) == ["2 scans stopped"]


def test_failures_and_criticals_have_two_notifications(alerts: Alerts) -> None:
    failed(alerts, OTHER_SCAN)
    assert titles(alerts.find(1, scan_id=SCAN_ID)) == ["Critical: Hole 1"]
    assert titles(alerts.find(2, scan_id=THIRD_SCAN)) == ["Critical: Hole 2"]
    assert alerts.after(11) == []


def test_at_most_three_are_shown_whatever_they_report(alerts: Alerts) -> None:
    shown: dict[str, str] = {}

    def show(actions: Iterable[Action]) -> None:
        for action in actions:
            if isinstance(action, Alert):
                shown[action.key] = title_of(action)
            else:
                shown.pop(action.key)
        assert len(shown) <= MOST_AT_ONCE

    scans = [ScanId(f"{number}0000000-2f0e-4a0c-9a77-6a3c1b0d4e21") for number in range(6)]
    for number, scan_id in enumerate(scans):
        show(alerts.find(number, scan_id=scan_id))
        show(alerts.after(20))
        show(alerts.fail(alerts.watch(scan_id), is_settled=True))
        show(alerts.after(20))
    assert sorted(shown.values()) == [
        "3 new critical findings in 3 scans",
        "3 new critical findings in 3 scans",
        "6 scans stopped",
    ]


# -- over sessions --


def test_an_incident_notified_by_an_earlier_session_is_not_notified_again(alerts: Alerts) -> None:
    alerts.policy.recall([RECORD], [make_failed_line(key=LINE)])
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    assert alerts.fail(scan, is_settled=True) == []
    assert alerts.fail(scan) == [], "it is doubted again once it is watched"
    assert alerts.settle(scan) == []
    assert alerts.log == []


def test_a_failure_notified_by_an_earlier_session_is_withdrawn_when_the_scan_runs_again(
    alerts: Alerts,
) -> None:
    alerts.policy.recall([RECORD], [make_failed_line(key=LINE)])
    scan = alerts.scan(SCAN_ID)
    assert alerts.take(ScanMoved(SCAN_ID)) == []
    assert alerts.log == [Withdrawn(LINE, Event.FAILED, scan)]


def test_what_a_digest_notified_in_doubt_has_a_line_after_a_restart(alerts: Alerts) -> None:
    alerts.policy.recall([RECORD])
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    assert alerts.fail(scan) == []
    assert alerts.settle(scan) == []
    [line] = alerts.inbox.lines
    assert (line.key, outcome(line)) == (LINE, "Inbox only: already notified")


def test_after_a_restart_its_next_attempt_that_failed_is_notified(alerts: Alerts) -> None:
    alerts.policy.recall([RECORD])
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    alerts.fail(scan, started_at=LATER)
    assert titles(alerts.settle(scan)) == ["Scan of repo-8 stopped"]


def test_a_failure_that_returns_is_a_new_line_and_not_notified_again(alerts: Alerts) -> None:
    failed(alerts)
    scan = alerts.scans[SCAN_ID]
    alerts.run_again(scan)
    assert alerts.fail(scan, is_settled=True) == []
    [line] = alerts.inbox.lines
    assert (line.key, line.is_unread) == (LINE, True)
    assert outcome(line) == "Inbox only: already notified"


# -- the digest --


def test_a_failure_without_a_finding_is_notified_after_a_rest(alerts: Alerts) -> None:
    scan = alerts.watch()
    alerts.sleep()
    alerts.fail(scan)
    assert alerts.list_rows(scan) == []
    digest = only(alerts.settle(scan))
    assert (title_of(digest), body_of(digest)) == ("While you were away: 1 scan failed", "repo-8")
    assert (digest.line, digest.records) == (LINE, (RECORD,))
    assert [line.title for line in alerts.inbox.lines] == ["Scan of repo-8 stopped"]
    assert alerts.after(100) == []
    assert titles(alerts.run_again(scan)) == ["withdrawn"]


def test_what_a_digest_counted_before_it_was_sure_is_not_notified_again(alerts: Alerts) -> None:
    shop, other = alerts.watch(), alerts.watch(OTHER_SCAN)
    alerts.sleep()
    alerts.fail(shop)
    alerts.list_rows(shop)
    found = [critical(n, scan_id=OTHER_SCAN) for n in (1, 2)]
    digest = only(alerts.list_rows(other, *found))
    title = "While you were away: 2 critical"
    assert (title_of(digest), body_of(digest)) == (title, "1 scan failed")
    assert alerts.settle(shop) == []
    assert alerts.log[-1] == Raised(LINE, Event.FAILED, shop, "repo-8", digest)
    [line, *_] = alerts.inbox.lines
    assert (line.decision, line.merged_into) == (Decision.MERGED, title)


def test_what_a_digest_counted_and_runs_again_is_counted_out(alerts: Alerts) -> None:
    shop, other = alerts.watch(), alerts.watch(OTHER_SCAN)
    alerts.sleep()
    alerts.fail(shop)
    alerts.list_rows(shop)
    only(alerts.list_rows(other, *[critical(n, scan_id=OTHER_SCAN) for n in (1, 2)]))
    assert body_of(only(alerts.run_again(shop))) == "repo-0 2"
    again = alerts.fail(shop, started_at=LATER, is_settled=True)
    assert titles(again) == ["Scan of repo-8 stopped"], "no digest has reported that"


def test_a_failure_that_came_to_stay_after_the_digest_is_notified_by_itself(alerts: Alerts) -> None:
    scan = alerts.watch()
    alerts.sleep()
    alerts.fail(scan)
    alerts.list_rows(scan)
    assert alerts.after(40) == []
    assert titles(alerts.settle(scan)) == ["Scan of repo-8 stopped"]


def test_events_that_are_switched_off_are_only_in_the_inbox(alerts: Alerts) -> None:
    off = EventChoice("critical", on_desktop=False), EventChoice("failed", on_desktop=False)
    alerts.delivery.choices = AlertChoices(off)
    scan = alerts.scan(SCAN_ID)
    assert alerts.find(1) == []
    assert alerts.fail(scan, is_settled=True) == []
    lines = [line.title for line in alerts.inbox.lines]
    assert lines == ["Scan of repo-8 stopped", "Critical: Hole 1"]


def complete(alerts: Alerts, scan: Scan) -> list[Action]:
    alerts.now_s += 1
    alerts.answer(scan, "completed")
    assert alerts.take(ScanMoved(scan.id)) == [], "its end is in doubt"
    return alerts.settle(scan)


# -- finished --


def test_a_scan_is_notified_as_finished_once_that_has_stayed(alerts: Alerts) -> None:
    alert = only(complete(alerts, alerts.watch()))
    assert (title_of(alert), alert.rule) == ("Scan of repo-8 finished", FINISHED)
    assert (FINISHED.stays, FINISHED.is_for_away) == (False, True)
    assert alerts.after(100) == []


@pytest.mark.parametrize(
    ("status", "reason"),
    [("hunting", Withdrawal.RUNNING_AGAIN), ("cancelled", Withdrawal.ENDED_DIFFERENTLY)],
)
def test_t61_it_is_withdrawn_when_it_goes_on_or_ends_otherwise(
    alerts: Alerts, status: str, reason: Withdrawal
) -> None:
    scan = alerts.watch()
    alert = only(complete(alerts, scan))
    alerts.now_s += 1
    alerts.answer(scan, status)
    assert alerts.take(ScanMoved(SCAN_ID)) == [Retraction(alert.key)]
    assert [line.withdrawal for line in alerts.inbox.lines] == [reason]


@pytest.mark.parametrize(
    ("is_listed", "body"), [(False, "Not all findings could be loaded."), (True, "No findings.")]
)
def test_nothing_was_found_is_said_only_where_it_is_sure(
    alerts: Alerts, *, is_listed: bool, body: str
) -> None:
    scan = alerts.watch()
    alerts.now_s += 1
    alerts.answer(scan, "completed")
    alerts.take(ScanMoved(SCAN_ID))
    if is_listed:
        alerts.now_s += 1
        alerts.list_rows(scan)
    assert body_of(only(alerts.settle(scan))) == body


def test_what_had_finished_before_it_was_added_is_no_news(alerts: Alerts) -> None:
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    alerts.answer(scan, "completed")
    assert alerts.settle(scan) == []
    assert alerts.inbox.lines == []


def test_after_an_absence_one_digest_reports_all_that_finished(alerts: Alerts) -> None:
    scans = [alerts.watch(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN)]
    alerts.sleep()
    actions: list[Action] = []
    for scan in scans:
        alerts.answer(scan, "completed")
        actions += alerts.list_rows(scan)
    assert actions == []
    for scan in scans:
        actions += alerts.settle(scan)
    digest = only(actions)
    assert title_of(digest) == "While you were away: 2 scans finished"
    assert body_of(digest) == "repo-8, repo-0"
    assert alerts.after(100) == []
    assert titles(alerts.run_again(scans[0])) == ["While you were away: 1 scan finished"]


# -- stalled --


def test_a_stage_that_stalled_is_a_line_and_withdrawn_when_it_goes_on(alerts: Alerts) -> None:
    scan = alerts.watch()
    alerts.pace = ScanProgress(quiet_s=300)
    assert alerts.after(1) == []
    [line] = alerts.inbox.lines
    assert (line.event, line.decision, line.is_unread) == (Event.STALLED, Decision.INBOX, True)
    alerts.hear(scan, Connection.RECONNECTING)
    alerts.pace = STEADY
    alerts.after(1)
    assert not alerts.inbox.lines[0].withdrawal, "a connection that is down says nothing of it"
    alerts.hear(scan, Connection.LIVE)
    alerts.after(1)
    assert [outcome(each) for each in alerts.inbox.lines] == ["Withdrawn: the scan continued"]


STALLS_SHOWN = AlertChoices((EventChoice("stalled", on_desktop=True),))


@pytest.mark.parametrize(
    ("on_desktop", "reason"),
    [(False, "Inbox only, as set in Settings"), (True, "Inbox only: already notified")],
)
def test_a_stage_that_stalls_twice_has_a_new_line_that_says_so(
    alerts: Alerts, on_desktop: bool, reason: str
) -> None:
    alerts.delivery.choices = AlertChoices((EventChoice("stalled", on_desktop=on_desktop),))
    alerts.watch()
    alerts.pace = ScanProgress(quiet_s=300)
    assert len(alerts.after(1)) == on_desktop
    alerts.find(1)
    alerts.inbox.mark_all_read()
    alerts.pace = STEADY
    alerts.after(1)
    alerts.inbox.now = lambda: FOUND_AT + timedelta(hours=1)
    alerts.pace = ScanProgress(quiet_s=300)
    assert alerts.after(1) == []
    assert [line.event for line in alerts.inbox.lines] == [Event.STALLED, Event.CRITICAL]
    line = alerts.inbox.lines[0]
    assert (outcome(line), line.is_unread) == (reason, True)
    assert line.raised_at == FOUND_AT + timedelta(hours=1)


@pytest.mark.parametrize(
    ("usual_s", "body"),
    [
        (None, "Nothing new in hunt for 2 min."),
        (50.0, "No updates for longer than usual for this stage."),
        (600.0, "Nothing new in hunt for 2 min."),
    ],
)
def test_longer_than_usual_is_said_only_of_a_stage_whose_past_is_known(
    alerts: Alerts, usual_s: float | None, body: str
) -> None:
    alerts.delivery.choices = STALLS_SHOWN
    alerts.inbox.pace_of = lambda _scan: alerts.pace
    scan = alerts.watch()
    hunt = observation.StageRow("hunt", "running", None, FOUND_AT)
    alerts.now_s += 1
    read = ("hunting", None, FOUND_AT, observation.Counts(), (hunt,), ())
    scan.observe(observation.LiveRead(SCAN_ID, alerts.now_s, *read))
    usual = {} if usual_s is None else {"hunt": UsualTime(usual_s, usual_s, usual_s)}
    alerts.pace = ScanProgress(UsualTimes(usual), quiet_s=130)
    alert = only(alerts.after(1))
    assert title_of(alert) == "Scan of repo-8 has stalled in hunt"
    assert body_of(alert, alerts.inbox.pace_of) == body
    assert [line.body for line in alerts.inbox.lines] == [body]


def test_a_stage_that_was_silent_when_it_was_added_and_stalls_again_is_news(alerts: Alerts) -> None:
    alerts.delivery.choices = STALLS_SHOWN
    alerts.pace = ScanProgress(quiet_s=300)
    alerts.scan(SCAN_ID)
    assert alerts.take() == []
    alerts.pace = STEADY
    assert alerts.after(1) == []
    alerts.pace = ScanProgress(quiet_s=300)
    assert titles(alerts.after(1)) == ["Scan of repo-8 has stalled"]
    assert len(alerts.inbox.lines) == 1


# -- servers --


SILENT = "No response from 127.0.0.1:8080 for a minute"


def lose(alerts: Alerts, *scans: Scan, how: Connection = Connection.RECONNECTING) -> None:
    for scan in scans:
        alerts.hear(scan, how)


def run_later(alerts: Alerts) -> Alerts:
    """Start a session after one that ended."""
    later = Alerts()
    later.inbox.restore(alerts.inbox.lines)
    later.policy.recall((), alerts.inbox.lines)
    return later


def test_a_server_that_signed_us_out_is_notified_once_for_all_its_scans(alerts: Alerts) -> None:
    scans = [alerts.watch(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN, THIRD_SCAN)]
    lose(alerts, *scans, how=Connection.SIGNED_OUT)
    alert = only(alerts.after(1))
    assert title_of(alert) == "Signed out of 127.0.0.1:8080"
    assert body_of(alert) == "3 scans are not being watched."
    assert (alert.rule, alert.scan_id, alert.records) == (SIGNED_OUT, SCAN_ID, ())
    assert alerts.after(100) == []
    alerts.hear(scans[0], Connection.CONNECTING)
    lose(alerts, *scans, how=Connection.LIVE)
    assert alerts.after(1) == [Retraction(alert.key)]
    assert [outcome(line) for line in alerts.inbox.lines] == ["Withdrawn: signed in again"]


def test_a_session_that_has_ended_stops_also_scans_that_have_not_met_it_yet(alerts: Alerts) -> None:
    scans = [alerts.watch(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN, THIRD_SCAN)]
    lose(alerts, scans[1], how=Connection.SIGNED_OUT)
    assert body_of(only(alerts.after(1))) == "3 scans are not being watched."


def test_a_server_is_stale_after_60_s_and_each_incident_is_notified(alerts: Alerts) -> None:
    scan = alerts.watch()
    lose(alerts, scan)
    assert alerts.after(60) == []
    alerts.hear(scan, Connection.STALE)
    alert = only(alerts.after(1))
    assert title_of(alert) == "No response from 127.0.0.1:8080 for a minute"
    alerts.hear(scan, Connection.RECONNECTING)
    assert alerts.after(100) == []
    alerts.hear(scan, Connection.LIVE)
    assert alerts.after(1) == [Retraction(alert.key)]
    lose(alerts, scan)
    second = only(alerts.after(61))
    assert second.rule is STALE
    outcomes = [outcome(line) for line in alerts.inbox.lines]
    assert outcomes == ["Inbox only so far", "Withdrawn: the server responds again"]


def test_one_that_is_back_within_a_minute_is_not_notified(alerts: Alerts) -> None:
    scan = alerts.watch()
    for _ in range(3):
        lose(alerts, scan)
        assert alerts.after(50) == []
        alerts.answer(scan)
        alerts.hear(scan, Connection.LIVE)
        assert alerts.after(1) == []


def test_a_server_that_answers_is_not_stale_however_its_streams_do(alerts: Alerts) -> None:
    scan = alerts.watch()
    lose(alerts, scan)
    for _ in range(4):
        alerts.now_s += 30
        alerts.answer(scan)
        assert alerts.take(ScanMoved(SCAN_ID)) == []
    assert titles(alerts.after(61)) == [SILENT]
    alerts.answer(scan)
    assert [type(each) for each in alerts.take(ScanMoved(SCAN_ID))] == [Retraction]


def test_a_minute_counts_from_the_last_answer_not_from_when_it_is_called_stale(
    alerts: Alerts,
) -> None:
    scan = alerts.watch()
    assert alerts.after(45) == []
    alerts.hear(scan, Connection.STALE)
    assert alerts.after(15) == []
    assert titles(alerts.after(1)) == [SILENT]


def test_of_a_scan_that_only_streams_trying_again_begins_no_new_minute(alerts: Alerts) -> None:
    scan = alerts.watch()
    alerts.now_s += 1
    scan.observe(observation.SourceSeen(SCAN_ID, alerts.now_s, observation.ScanSource.STREAM))
    lose(alerts, scan)
    for connection in (Connection.CONNECTING, Connection.RECONNECTING):
        assert alerts.after(20) == []
        lose(alerts, scan, how=connection)
    assert alerts.after(20) == []
    assert titles(alerts.after(1)) == [SILENT]


def test_what_was_silent_before_it_was_watched_is_not_held_against_a_server(alerts: Alerts) -> None:
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    alerts.answer(scan)  # an earlier session's
    alerts.now_s = 1000
    lose(alerts, scan)
    assert alerts.after(1) == []
    assert alerts.after(60) == []
    assert titles(alerts.after(1)) == [SILENT]


def test_after_a_sleep_silence_counts_from_the_waking(alerts: Alerts) -> None:
    scan = alerts.watch()
    lose(alerts, scan)
    alerts.now_s += 3600
    alerts.policy.wake()
    assert alerts.after(60) == []
    assert titles(alerts.after(1)) == [SILENT]


def test_it_goes_with_the_last_scan_of_the_server(alerts: Alerts) -> None:
    scans = [alerts.watch(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN)]
    lose(alerts, *scans, how=Connection.SIGNED_OUT)
    alert = only(alerts.after(1))
    del alerts.scans[SCAN_ID]
    assert [type(each) for each in alerts.take(ScanRemoved(SCAN_ID))] in ([], [Alert])
    assert not alerts.inbox.lines[0].withdrawal, "another scan is signed out still"
    del alerts.scans[OTHER_SCAN]
    assert alerts.take(ScanRemoved(OTHER_SCAN))[-1] == Retraction(alert.key)
    [line] = alerts.inbox.lines
    assert outcome(line) == "Withdrawn: server no longer watched"


def test_an_incident_that_outlasts_the_session_is_notified_once_and_withdrawn(
    alerts: Alerts,
) -> None:
    lose(alerts, alerts.watch(), how=Connection.SIGNED_OUT)
    alerts.after(1)
    later = run_later(alerts)
    scan = later.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    lose(later, scan, how=Connection.SIGNED_OUT)
    assert later.after(1) == []
    later.hear(scan, Connection.LIVE)
    later.after(1)
    assert [outcome(line) for line in later.inbox.lines] == ["Withdrawn: signed in again"]
    lose(later, scan)
    assert only(later.after(61)).rule is STALE
    lose(later, scan, how=Connection.SIGNED_OUT)
    assert Retraction("alert-1") in later.after(1), "the next one is in no doubt"
    assert "Withdrawn: signed out" in map(outcome, later.inbox.lines)


@pytest.mark.parametrize("connection", [Connection.SIGNED_OUT, Connection.RECONNECTING])
def test_an_incident_outlasts_a_session_that_hears_nothing(
    alerts: Alerts, connection: Connection
) -> None:
    lose(alerts, alerts.watch(), how=connection)
    alerts.after(61)
    [before] = alerts.inbox.lines
    later = run_later(alerts)
    lose(later, later.scan(SCAN_ID))
    assert later.after(1) == []
    assert later.inbox.lines == [before], "it is not over, and no other one"


def test_an_incident_ends_when_all_scans_that_respond_again_have_ended(alerts: Alerts) -> None:
    scan = alerts.watch()
    lose(alerts, scan, how=Connection.SIGNED_OUT)
    alert = only(alerts.after(1))
    alerts.hear(scan, Connection.CONNECTING)
    assert alerts.after(1) == [], "whether it answers is not known yet"
    alerts.hear(scan, Connection.ENDED)
    assert alerts.after(1) == [Retraction(alert.key)]
    assert [outcome(line) for line in alerts.inbox.lines] == ["Withdrawn: signed in again"]


def test_a_sign_out_that_is_switched_off_is_only_in_the_inbox(alerts: Alerts) -> None:
    alerts.delivery.choices = AlertChoices((EventChoice("signed_out", on_desktop=False),))
    lose(alerts, alerts.watch(), how=Connection.SIGNED_OUT)
    assert alerts.after(1) == []
    assert [line.title for line in alerts.inbox.lines] == ["Signed out of 127.0.0.1:8080"]


def restored(*, is_hidden: bool) -> tuple[Alerts, Scan]:
    """A session that restores a scan, with its window hidden or not."""
    alerts = Alerts()
    if is_hidden:
        alerts.policy.report_start()
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    alerts.policy.restore(SCAN_ID, is_remembered=True)
    return alerts, scan


def test_a_hidden_start_reports_nothing_of_a_server_that_was_not_watched_before(
    alerts: Alerts,
) -> None:
    alerts.policy.report_start()
    scan = alerts.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    for connection in (Connection.CONNECTING, Connection.SIGNED_OUT):
        alerts.hear(scan, connection)
        assert alerts.after(1) == []
    assert alerts.inbox.lines == []


@pytest.mark.parametrize("is_hidden", [False, True])
@pytest.mark.parametrize("is_recalled", [False, True])
def test_a_hidden_start_without_a_session_is_reported_though_it_was_before(
    *, is_hidden: bool, is_recalled: bool
) -> None:
    alerts, scan = restored(is_hidden=is_hidden)
    before = Alerts()
    before.hear(before.watch(), Connection.SIGNED_OUT)
    before.take()
    if is_recalled:
        alerts.policy.recall([], before.inbox.lines)
        alerts.inbox.restore(before.inbox.lines)
    alerts.hear(scan, Connection.CONNECTING)
    assert alerts.after(1) == []
    alerts.hear(scan, Connection.SIGNED_OUT)
    actions = alerts.after(1)
    assert titles(actions) == ["Signed out of 127.0.0.1:8080"] * is_hidden
    bodies = [body_of(each) for each in actions if isinstance(each, Alert)]
    assert bodies == ["1 scan is not being watched."] * is_hidden
    assert alerts.after(100) == []
    alerts.hear(scan, Connection.LIVE)
    assert titles(alerts.after(1)) == ["withdrawn"] * is_hidden


@pytest.mark.parametrize("is_opened", [False, True])
def test_a_keyring_is_named_after_it_was_locked_for_a_minute(*, is_opened: bool) -> None:
    alerts, scan = restored(is_hidden=True)
    error = KeyringLocked(Reason.KEYRING_LOCKED)
    is_locked = observation.ConnectionSeen(
        scan.id, Connection.SIGNED_OUT, alerts.now_s, error=error
    )
    scan.observe(is_locked)
    assert alerts.after(59) == []
    if is_opened:
        alerts.hear(scan, Connection.LIVE)
        assert alerts.after(100) == []
        return
    alert = only(alerts.after(1))
    body = "The keyring is locked and wasn't opened. 1 scan is not being watched."
    assert (title_of(alert), body_of(alert)) == ("No token for 127.0.0.1:8080", body)
