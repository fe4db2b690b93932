"""The rules "finished", "stalled", "signed out" and "stale" (ux.md 2.5; T-58, T-61)."""

from datetime import timedelta

import pytest

from heimdall_desktop.domain.alerts.alert import Action, Alert, Decision, Retraction, Withdrawal
from heimdall_desktop.domain.alerts.rules import FINISHED, SIGNED_OUT, STALE, Event
from heimdall_desktop.domain.facts.change import ScanMoved, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices, EventChoice
from heimdall_desktop.domain.facts.errors import KeyringLocked, Reason
from heimdall_desktop.domain.facts.observation import (
    Connection,
    ConnectionSeen,
    Counts,
    LiveRead,
    ScanSource,
    SourceSeen,
    StageRow,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_display import STEADY, ScanProgress
from heimdall_desktop.domain.stages.stage_times import UsualTime, UsualTimes
from heimdall_desktop.presentation.alerts.alert_text import body_of, outcome, title_of
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, THIRD_SCAN, Told, titles
from tests.fakes.findings import FOUND_AT, SCAN_ID


@pytest.fixture
def told() -> Told:
    return Told()


def only(actions: list[Action]) -> Alert:
    [alert] = actions
    assert isinstance(alert, Alert)
    return alert


def watch(told: Told) -> Scan:
    """Watch a scan that runs and is heard of."""
    scan = told.scan(SCAN_ID)
    told.take()
    return scan


def complete(told: Told, scan: Scan) -> list[Action]:
    told.now_s += 1
    told.answer(scan, "completed")
    assert told.take(ScanMoved(scan.id)) == [], "its end is in doubt"
    return told.settle(scan)


# -- finished --


def test_a_scan_is_told_as_finished_once_that_has_stayed(told: Told) -> None:
    alert = only(complete(told, watch(told)))
    assert (title_of(alert), alert.rule) == ("Scan of repo-8 finished", FINISHED)
    assert (FINISHED.stays, FINISHED.is_for_away) == (False, True)
    assert told.after(100) == []


@pytest.mark.parametrize("status", ["hunting", "cancelled"])
def test_t61_it_is_taken_back_when_it_goes_on_or_ends_otherwise(told: Told, status: str) -> None:
    scan = watch(told)
    alert = only(complete(told, scan))
    told.now_s += 1
    told.answer(scan, status)
    assert told.take(ScanMoved(SCAN_ID)) == [Retraction(alert.key)]
    [line] = told.inbox.lines
    assert (
        line.withdrawal
        is {
            "hunting": Withdrawal.RUNNING_AGAIN,
            "cancelled": Withdrawal.ENDED_DIFFERENTLY,
        }[status]
    )


def test_nothing_was_found_is_said_only_where_it_is_sure(told: Told) -> None:
    scan = watch(told)
    told.now_s += 1
    told.answer(scan, "completed")
    told.take(ScanMoved(SCAN_ID))
    assert body_of(only(told.settle(scan))) == "Not all findings could be loaded."


def test_no_findings_after_a_whole_listing(told: Told) -> None:
    scan = watch(told)
    told.now_s += 1
    told.answer(scan, "completed")
    told.now_s += 1
    told.list_rows(scan)
    assert body_of(only(told.settle(scan))) == "No findings."


def test_what_had_finished_before_it_was_added_is_no_news(told: Told) -> None:
    scan = told.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    told.answer(scan, "completed")
    assert told.settle(scan) == []
    assert told.inbox.lines == []


def test_after_an_absence_one_digest_tells_of_all_that_finished(told: Told) -> None:
    scans = [told.scan(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN)]
    told.take()
    told.now_s = 600
    told.policy.wake()
    actions: list[Action] = []
    for scan in scans:
        told.answer(scan, "completed")
        actions += told.list_rows(scan)
    assert actions == []
    for scan in scans:
        actions += told.settle(scan)
    digest = only(actions)
    assert title_of(digest) == "While you were away: 2 scans finished"
    assert body_of(digest) == "repo-8, repo-0"
    assert told.after(100) == []
    assert titles(told.run_again(scans[0])) == ["While you were away: 1 scan finished"]


# -- stalled --


def test_a_stage_that_stalled_is_a_line_and_taken_back_when_it_goes_on(told: Told) -> None:
    scan = watch(told)
    told.pace = ScanProgress(quiet_s=300)
    assert told.after(1) == []
    [line] = told.inbox.lines
    assert (line.event, line.decision, line.is_unread) == (Event.STALLED, Decision.INBOX, True)
    told.hear(scan, Connection.RECONNECTING)
    told.pace = STEADY
    told.after(1)
    assert not told.inbox.lines[0].withdrawal, "a connection that is down says nothing of it"
    told.hear(scan, Connection.LIVE)
    told.after(1)
    assert [outcome(each) for each in told.inbox.lines] == ["Withdrawn: the scan continued"]


@pytest.mark.parametrize(
    ("on_desktop", "reason"),
    [(False, "Inbox only, as set in Settings"), (True, "Inbox only: already notified")],
)
def test_a_stage_that_stalls_twice_has_a_new_line_that_says_so(
    told: Told, on_desktop: bool, reason: str
) -> None:
    told.policy.delivery.choices = AlertChoices((EventChoice("stalled", on_desktop=on_desktop),))
    watch(told)
    told.pace = ScanProgress(quiet_s=300)
    assert len(told.after(1)) == on_desktop
    told.find(1)
    told.inbox.mark_all_read()
    told.pace = STEADY
    told.after(1)
    told.inbox.now = lambda: FOUND_AT + timedelta(hours=1)
    told.pace = ScanProgress(quiet_s=300)
    assert told.after(1) == []
    assert [line.event for line in told.inbox.lines] == [Event.STALLED, Event.CRITICAL]
    line = told.inbox.lines[0]
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
    told: Told, usual_s: float | None, body: str
) -> None:
    told.policy.delivery.choices = AlertChoices((EventChoice("stalled", on_desktop=True),))
    told.inbox.pace_of = lambda _scan: told.pace
    scan = watch(told)
    hunt = StageRow("hunt", "running", None, FOUND_AT)
    told.now_s += 1
    scan.observe(LiveRead(SCAN_ID, told.now_s, "hunting", None, FOUND_AT, Counts(), (hunt,), ()))
    usual = {} if usual_s is None else {"hunt": UsualTime(usual_s, usual_s, usual_s)}
    told.pace = ScanProgress(UsualTimes(usual), quiet_s=130)
    alert = only(told.after(1))
    assert title_of(alert) == "Scan of repo-8 has stalled in hunt"
    assert body_of(alert, told.inbox.pace_of) == body
    assert [line.body for line in told.inbox.lines] == [body]


def test_a_stage_that_was_silent_when_it_was_added_and_stalls_again_is_news(told: Told) -> None:
    told.policy.delivery.choices = AlertChoices((EventChoice("stalled", on_desktop=True),))
    told.pace = ScanProgress(quiet_s=300)
    told.scan(SCAN_ID)
    assert told.take() == []
    told.pace = STEADY
    assert told.after(1) == []
    told.pace = ScanProgress(quiet_s=300)
    assert titles(told.after(1)) == ["Scan of repo-8 has stalled"]
    assert len(told.inbox.lines) == 1


# -- servers --


def lose(told: Told, *scans: Scan, connection: Connection = Connection.RECONNECTING) -> None:
    for scan in scans:
        scan.observe(ConnectionSeen(scan.id, connection, told.now_s))


def test_a_server_that_signed_us_out_is_told_once_for_all_its_scans(told: Told) -> None:
    scans = [told.scan(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN, THIRD_SCAN)]
    told.take()
    lose(told, *scans, connection=Connection.SIGNED_OUT)
    alert = only(told.after(1))
    assert title_of(alert) == "Signed out of 127.0.0.1:8080"
    assert body_of(alert) == "3 scans are not being watched."
    assert (alert.rule, alert.scan_id, alert.records) == (SIGNED_OUT, SCAN_ID, ())
    assert told.after(100) == []
    told.hear(scans[0], Connection.CONNECTING)
    for scan in scans:
        told.hear(scan, Connection.LIVE)
    assert told.after(1) == [Retraction(alert.key)]
    assert [outcome(line) for line in told.inbox.lines] == ["Withdrawn: signed in again"]


def test_a_session_that_has_ended_stops_also_scans_that_have_not_met_it_yet(told: Told) -> None:
    scans = [told.scan(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN, THIRD_SCAN)]
    told.take()
    lose(told, scans[1], connection=Connection.SIGNED_OUT)
    assert body_of(only(told.after(1))) == "3 scans are not being watched."


def test_a_server_is_stale_after_60_s_and_each_incident_is_told(told: Told) -> None:
    scan = watch(told)
    lose(told, scan)
    assert told.after(60) == []
    told.hear(scan, Connection.STALE)
    alert = only(told.after(1))
    assert title_of(alert) == "No response from 127.0.0.1:8080 for a minute"
    told.hear(scan, Connection.RECONNECTING)
    assert told.after(100) == []
    told.hear(scan, Connection.LIVE)
    assert told.after(1) == [Retraction(alert.key)]
    lose(told, scan)
    second = only(told.after(61))
    assert second.rule is STALE
    assert [outcome(line) for line in told.inbox.lines] == [
        "Inbox only so far",
        "Withdrawn: the server responds again",
    ]


def test_one_that_is_back_within_a_minute_is_not_told(told: Told) -> None:
    scan = watch(told)
    for _ in range(3):
        lose(told, scan)
        assert told.after(50) == []
        told.answer(scan)
        told.hear(scan, Connection.LIVE)
        assert told.after(1) == []


def test_a_server_that_answers_is_not_stale_however_its_streams_do(told: Told) -> None:
    scan = watch(told)
    lose(told, scan)
    for _ in range(4):
        told.now_s += 30
        told.answer(scan)
        assert told.take(ScanMoved(SCAN_ID)) == []
    assert titles(told.after(61)) == ["No response from 127.0.0.1:8080 for a minute"]
    told.answer(scan)
    assert [type(each) for each in told.take(ScanMoved(SCAN_ID))] == [Retraction]


def test_a_minute_counts_from_the_last_answer_not_from_when_it_is_called_stale(told: Told) -> None:
    scan = watch(told)
    assert told.after(45) == []
    told.hear(scan, Connection.STALE)
    assert told.after(15) == []
    assert titles(told.after(1)) == ["No response from 127.0.0.1:8080 for a minute"]


def test_of_a_scan_that_only_streams_trying_again_begins_no_new_minute(told: Told) -> None:
    scan = watch(told)
    told.now_s += 1
    scan.observe(SourceSeen(SCAN_ID, told.now_s, ScanSource.STREAM))
    lose(told, scan)
    for connection in (Connection.CONNECTING, Connection.RECONNECTING):
        assert told.after(20) == []
        lose(told, scan, connection=connection)
    assert told.after(20) == []
    assert titles(told.after(1)) == ["No response from 127.0.0.1:8080 for a minute"]


def test_what_was_silent_before_it_was_watched_is_not_held_against_a_server(told: Told) -> None:
    scan = told.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    told.answer(scan)  # an earlier session's
    told.now_s = 1000
    lose(told, scan)
    assert told.after(1) == []
    assert told.after(60) == []
    assert titles(told.after(1)) == ["No response from 127.0.0.1:8080 for a minute"]


def test_after_a_sleep_silence_counts_from_the_waking(told: Told) -> None:
    scan = watch(told)
    lose(told, scan)
    told.now_s += 3600
    told.policy.wake()
    assert told.after(60) == []
    assert titles(told.after(1)) == ["No response from 127.0.0.1:8080 for a minute"]


def test_it_goes_with_the_last_scan_of_the_server(told: Told) -> None:
    scans = [told.scan(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN)]
    told.take()
    lose(told, *scans, connection=Connection.SIGNED_OUT)
    alert = only(told.after(1))
    del told.scans[SCAN_ID]
    assert [type(each) for each in told.take(ScanRemoved(SCAN_ID))] in ([], [Alert])
    assert not told.inbox.lines[0].withdrawal, "another scan is signed out still"
    del told.scans[OTHER_SCAN]
    assert told.take(ScanRemoved(OTHER_SCAN))[-1] == Retraction(alert.key)
    [line] = told.inbox.lines
    assert outcome(line) == "Withdrawn: server no longer watched"


def test_an_incident_that_outlasts_the_session_is_told_once_and_taken_back(told: Told) -> None:
    lose(told, watch(told), connection=Connection.SIGNED_OUT)
    told.after(1)
    later = Told()
    later.inbox.restore(told.inbox.lines)
    later.policy.recall((), told.inbox.lines)
    scan = later.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    lose(later, scan, connection=Connection.SIGNED_OUT)
    assert later.after(1) == []
    later.hear(scan, Connection.LIVE)
    later.after(1)
    assert [outcome(line) for line in later.inbox.lines] == ["Withdrawn: signed in again"]
    lose(later, scan)
    assert only(later.after(61)).rule is STALE
    lose(later, scan, connection=Connection.SIGNED_OUT)
    assert Retraction("alert-1") in later.after(1), "the next one is in no doubt"
    assert "Withdrawn: signed out" in map(outcome, later.inbox.lines)


@pytest.mark.parametrize("connection", [Connection.SIGNED_OUT, Connection.RECONNECTING])
def test_an_incident_outlasts_a_session_that_hears_nothing(
    told: Told, connection: Connection
) -> None:
    lose(told, watch(told), connection=connection)
    told.after(61)
    [before] = told.inbox.lines
    later = Told()
    later.inbox.restore(told.inbox.lines)
    later.policy.recall((), told.inbox.lines)
    lose(later, later.scan(SCAN_ID))
    assert later.after(1) == []
    assert later.inbox.lines == [before], "it is not over, and no other one"


def test_it_is_over_when_all_scans_have_ended_that_are_heard_of_again(told: Told) -> None:
    scan = watch(told)
    lose(told, scan, connection=Connection.SIGNED_OUT)
    alert = only(told.after(1))
    told.hear(scan, Connection.CONNECTING)
    assert told.after(1) == [], "whether it answers is not known yet"
    told.hear(scan, Connection.ENDED)
    assert told.after(1) == [Retraction(alert.key)]
    assert [outcome(line) for line in told.inbox.lines] == ["Withdrawn: signed in again"]


def test_what_is_switched_off_is_left_at_the_inbox(told: Told) -> None:
    told.policy.delivery.choices = AlertChoices((EventChoice("signed_out", on_desktop=False),))
    lose(told, watch(told), connection=Connection.SIGNED_OUT)
    assert told.after(1) == []
    assert [line.title for line in told.inbox.lines] == ["Signed out of 127.0.0.1:8080"]


def restored(*, is_hidden: bool) -> tuple[Told, Scan]:
    """A session that restores a scan, with its window hidden or not."""
    told = Told()
    if is_hidden:
        told.policy.report_start()
    scan = told.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    told.policy.restore(SCAN_ID, is_remembered=True)
    return told, scan


@pytest.mark.parametrize("is_hidden", [False, True])
@pytest.mark.parametrize("is_recalled", [False, True])
def test_a_hidden_start_without_a_session_is_reported_though_it_was_before(
    *, is_hidden: bool, is_recalled: bool
) -> None:
    told, scan = restored(is_hidden=is_hidden)
    before = Told()
    earlier = before.scan(SCAN_ID)
    before.take()
    before.hear(earlier, Connection.SIGNED_OUT)
    before.take()
    if is_recalled:
        told.policy.recall([], before.inbox.lines)
        told.inbox.restore(before.inbox.lines)
    told.hear(scan, Connection.CONNECTING)
    assert told.after(1) == []
    told.hear(scan, Connection.SIGNED_OUT)
    actions = told.after(1)
    assert titles(actions) == ["Signed out of 127.0.0.1:8080"] * is_hidden
    assert [body_of(each) for each in actions if isinstance(each, Alert)] == [
        "1 scan is not being watched."
    ] * is_hidden
    assert told.after(100) == []
    told.hear(scan, Connection.LIVE)
    assert titles(told.after(1)) == ["taken back"] * is_hidden


@pytest.mark.parametrize("is_opened", [False, True])
def test_a_keyring_is_named_after_it_was_locked_for_a_minute(*, is_opened: bool) -> None:
    told, scan = restored(is_hidden=True)
    error = KeyringLocked(Reason.KEYRING_LOCKED)
    scan.observe(ConnectionSeen(scan.id, Connection.SIGNED_OUT, told.now_s, error=error))
    assert told.after(59) == []
    if is_opened:
        told.hear(scan, Connection.LIVE)
        assert told.after(100) == []
        return
    [alert] = told.after(1)
    assert isinstance(alert, Alert)
    assert title_of(alert) == "No token for 127.0.0.1:8080"
    assert body_of(alert) == (
        "The keyring is locked and wasn't opened. 1 scan is not being watched."
    )
