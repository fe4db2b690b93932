"""T-57 to T-69: nothing is final that the server takes back, and no moment is more than it is."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from heimdall_desktop.application.watching import poller
from heimdall_desktop.domain.alerts.alert import Alert
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.alerts.rules import FAILED
from heimdall_desktop.domain.facts.change import ScanMoved
from heimdall_desktop.domain.facts.errors import ServerUnreachable
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.stage import StageState
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.presentation.alerts.alert_text import body_of
from heimdall_desktop.presentation.board.scan_status import ProblemAction, ScanStatus
from tests.fakes.hand_server import FAULT, KEEPALIVE, SCAN_ID
from tests.fakes.odd_server import OddServer
from tests.fakes.shown_words import all_words, card, problem, task
from tests.fakes.watch_desk import EMAIL, WatchDesk, connection, outcome, rested
from tests.lab.server import LabServer
from tests.traps.test_stale_state import event, states
from tests.traps.waiting import look_away, rested_scan, shown_problem, time_passes

LAGGED = ": lagged \u2014 events were dropped\n\n"


def stage(name: str, status: str, at: datetime) -> dict[str, object]:
    """Return a stage as `/live` reports it."""
    return {"stage": name, "status": status, "timestamp": at.isoformat(), "error": None}


# -- T-57 --


async def test_t57_a_stream_that_goes_on_hides_no_rest_that_is_refused(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    odd.refusals |= dict.fromkeys(("live", "scan", "findings"), FAULT)
    await odd.send(KEEPALIVE.decode())
    await odd_desk.pass_until(lambda: connection(scan) is Connection.RECONNECTING)
    reported = shown_problem(odd_desk, scan)
    assert reported.status is ScanStatus.RECONNECTING
    assert reported.fact.startswith("The stream is active, but the API hasn't responded since ")
    assert odd_desk.turned_s < 6 + 20  # long before it would be stale
    odd.end_streams()  # as a server does that has been stopped
    odd.refusals["stream"] = FAULT
    await time_passes(odd_desk, 5)
    assert connection(scan) is Connection.RECONNECTING
    assert outcome(scan) is Outcome.NONE_YET
    odd.refusals.clear()
    await odd_desk.pass_until(lambda: connection(scan) is Connection.LIVE)


async def test_t57_a_stream_that_goes_on_hides_no_rest_that_hangs(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    before_s = odd_desk.turned_s
    odd.holds = {"live", "scan", "findings"}
    while connection(scan) is not Connection.RECONNECTING:
        await odd.send(KEEPALIVE.decode())
        await time_passes(odd_desk, 5)
        assert odd_desk.turned_s - before_s < 40
    reported = shown_problem(odd_desk, scan)
    assert reported.fact.startswith("The stream is active, but the API hasn't responded since ")
    assert reported.actions == (ProblemAction.RETRY,)
    odd.release()
    await odd_desk.pass_until(lambda: connection(scan) is Connection.LIVE)


# -- T-58 --


async def test_t58_a_scan_that_is_cancelled_and_back_at_once_says_both(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr")
    scan = await rested_scan(desk, scripted.id)
    scripted.cancel().retry()  # before a poll could see it
    await desk.pass_until(lambda: scan.attempt == 2 and scan.is_live)
    await desk.pass_until(lambda: states(scan)["tyr"] is StageState.PENDING)
    await desk.pass_until(lambda: connection(scan) is Connection.LIVE)
    reported = shown_problem(desk, scan)
    assert reported.fact.startswith("Cancelled ")
    assert reported.fact.endswith(", running again as attempt 2.")
    assert reported.actions == (ProblemAction.CANCEL_AGAIN,)
    assert card(desk, scan).line.note == "was cancelled"
    assert card(desk, scan).displays[1] is StageDisplay.CANCELLED_BEFORE


async def test_t58_the_third_cancel_ends_as_a_failure_and_is_still_a_cancel(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr")
    scan = await rested_scan(desk, scripted.id)
    scripted.cancel().retry().cancel().retry()
    await desk.pass_until(lambda: scan.attempt == 3 and scan.is_live)
    scripted.cancel().fail_finally("Scan was cancelled")
    await desk.pass_until(lambda: outcome(scan) is Outcome.FAILED_MAY_RETRY)
    await desk.pass_until(lambda: card(desk, scan).line.note == "was cancelled")
    await desk.pass_until(lambda: scan.is_settled)
    reported = shown_problem(desk, scan)
    assert reported.status is ScanStatus.CANCELLED
    assert "no attempts are left" in reported.fact


async def test_t58_a_scan_cancelled_in_the_queue_is_seen_to_start_an_hour_later(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL)
    scan = desk.watch(scripted.id)
    other = desk.watch(server.script_scan("billing", EMAIL).run_until("hunt").id)
    await desk.until(lambda: scan.reported_counts is not None and other.reported_counts is not None)
    await desk.link.api.cancel(scan.id)
    await desk.pass_until(lambda: outcome(scan) is Outcome.CANCELLED)
    await time_passes(desk, 2 * 3600, step_s=120)
    scripted.revive().start_stage("ingest")
    await desk.pass_until(lambda: scan.is_live and connection(scan) is Connection.LIVE, step_s=5)
    reported = shown_problem(desk, scan)
    assert reported.status is ScanStatus.CANCELLED_AND_BACK
    assert reported.fact.endswith(", running again.")


# -- T-59 --


async def test_t59_rows_that_come_after_a_cancel_are_listed_until_they_cease(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(2)
    scan = await rested_scan(desk, scripted.id, in_view=False)
    scripted.cancel()
    await desk.until(lambda: scan.status == "cancelled")
    for rows in range(3, 7):  # its agents run on
        await time_passes(desk, 30)
        scripted.add_findings(1)
        await desk.pass_until(lambda rows=rows: len(scan.findings) == rows)  # type: ignore[misc]
        assert not scan.is_settled
    came_s = desk.passed_s
    await desk.pass_until(lambda: scan.is_settled)
    assert desk.passed_s - came_s >= 50
    scripted.add_findings(1)  # and one hours late
    await desk.pass_until(lambda: len(scan.findings) == 7, step_s=10)
    assert outcome(scan) is Outcome.CANCELLED


class FailureAlerts:
    """The real alerts of a desk, and when each failure was notified."""

    def __init__(self, desk: WatchDesk) -> None:
        self._desk, self._taken = desk, 0
        self._policy = AlertPolicy(
            desk.clock, desk.store.name_of, desk.store.has_listed_once, desk.store
        )
        self.failures: list[tuple[float, float, str]] = []

    def take(self) -> None:
        """Take in what has changed, and let the policy look at its clock."""
        new, self._taken = self._desk.changes[self._taken :], len(self._desk.changes)
        for each in (*self._policy.take(new), *self._policy.tick()):
            if isinstance(each, Alert) and each.rule is FAILED:
                when = self._desk.passed_s, self._desk.turned_s
                self.failures.append((*when, body_of(each)))


async def test_t59_a_failure_is_notified_after_30_s_whatever_rows_still_arrive(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scan, alerts = desk.watch(scripted.id), FailureAlerts(desk)
    look_away(desk)
    await rested(desk, scan)
    alerts.take()
    scripted.add_findings(1, "critical")
    await desk.pass_until(lambda: scan.severities[Severity.CRITICAL] == 1)
    running_s = desk.passed_s
    scripted.fail()
    await desk.pass_until(lambda: outcome(scan) is Outcome.FAILED_MAY_RETRY, step_s=0.5)
    turned_s = desk.turned_s
    for _ in range(20):
        await time_passes(desk, 4)
        scripted.add_findings(1)  # its agents run on
        alerts.take()
    assert not scan.is_settled
    [(notified_s, notified_turned_s, body)] = alerts.failures
    assert notified_s - running_s >= 30
    assert notified_turned_s - turned_s < 40
    assert body == "Attempt 1. The model did not answer."
    await desk.pass_until(lambda: scan.is_settled)
    alerts.take()
    assert len(alerts.failures) == 1


# -- T-26: after a failure has settled --


async def failed(desk: WatchDesk, scan: Scan) -> None:
    """Wait until the failure of a scan has settled."""
    await desk.pass_until(lambda: outcome(scan) is Outcome.FAILED)


async def test_t26_a_short_attempt_after_a_settled_failure_is_a_failure_of_its_own(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status, odd.updated_at = "failed", odd_desk.now().isoformat()
    scan, alerts = odd_desk.watch(SCAN_ID), FailureAlerts(odd_desk)
    await failed(odd_desk, scan)
    alerts.take()
    started = (odd_desk.now() + timedelta(seconds=1)).isoformat()  # and failed between two looks
    odd.scan_fields, odd.updated_at = {"started_at": started}, started
    settled_s = odd_desk.turned_s
    await odd_desk.pass_until(lambda: scan.attempt == 2)
    assert odd_desk.turned_s - settled_s < 15
    await odd_desk.pass_until(lambda: outcome(scan) is Outcome.FAILED_MAY_RETRY)
    await failed(odd_desk, scan)
    alerts.take()
    assert [body for *_, body in alerts.failures] == ["Attempt 2."]


async def test_t26_the_failures_of_a_server_that_are_newest_are_polled_more_often_for_5_min(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status, now = "failed", odd_desk.now()
    odd.updated_at = (now - timedelta(seconds=1)).isoformat()
    ids = [ScanId(f"{number:08x}-2f0e-4a0c-9a77-6a3c1b0d4e21") for number in range(12)]
    scans = [odd_desk.watch(each) for each in ids]
    await odd_desk.pass_until(lambda: all(scan.is_settled for scan in scans))

    async def polls_in(seconds: float) -> list[int]:
        before = [odd.polls(each) for each in ids]
        await time_passes(odd_desk, seconds)
        return sorted(odd.polls(each) - old for each, old in zip(ids, before, strict=True))

    first = await polls_in(240)
    assert first[1] <= 5, "two have ten newer ones"
    assert first[2] >= 20
    await time_passes(odd_desk, 70)
    assert (await polls_in(240))[-1] <= 5


async def test_t26_a_failed_scan_is_polled_at_once_when_its_server_returns(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status, odd.updated_at = "failed", odd_desk.now().isoformat()
    scan = odd_desk.watch(SCAN_ID)
    await failed(odd_desk, scan)
    await time_passes(odd_desk, 320)
    polls = odd.polls(SCAN_ID)
    await odd_desk.pass_until(lambda: odd.polls(SCAN_ID) > polls)
    polled_s, polls = odd_desk.turned_s, odd.polls(SCAN_ID)
    odd.refusals["scan"] = b""  # as of a server that is restarted
    with pytest.raises(ServerUnreachable):
        await odd_desk.link.api.scan(SCAN_ID)
    odd.refusals.clear()
    await odd_desk.link.api.scan(SCAN_ID)
    await odd_desk.pass_until(lambda: odd.polls(SCAN_ID) > polls)
    assert odd_desk.turned_s - polled_s < 30


# -- T-60 --


async def test_t60_the_stream_of_a_revived_run_that_is_cut_is_opened_again_at_once(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    odd.status, odd.updated_at = "cancelled", odd_desk.now().isoformat()
    await odd.send(event("status_change", status="cancelled"))
    await odd_desk.until(lambda: scan.status == "cancelled")
    odd.end_streams()
    odd.status = "ingesting"
    await odd_desk.pass_until(lambda: scan.is_live, step_s=0.25)
    for streams in (2, 3):
        await odd_desk.pass_until(
            lambda streams=streams: odd.asked.count("stream") == streams,  # type: ignore[misc]
            step_s=0.25,
        )
        cut_s, polls = odd_desk.turned_s, odd.asked.count("live")
        odd.end_streams()
        await odd_desk.pass_until(
            lambda streams=streams: odd.asked.count("stream") > streams,  # type: ignore[misc]
            step_s=0.25,
        )
        assert odd_desk.turned_s - cut_s <= 1.25  # the shortest wait, each time
        await odd_desk.pass_until(
            lambda polls=polls: odd.asked.count("live") > polls,  # type: ignore[misc]
            step_s=0,
        )
    assert outcome(scan) is Outcome.NONE_YET


# -- T-61 --


async def test_t61_a_completed_scan_that_runs_again_is_no_longer_done(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("report").complete()
    scan = desk.watch(scripted.id)
    look_away(desk)
    await desk.pass_until(lambda: has_settled(scan))
    assert is_all_clear(scan)
    await time_passes(desk, 600, step_s=5)
    scripted.start_stage("ingest")
    await desk.pass_until(lambda: is_live(scan), step_s=5)
    assert not is_all_clear(scan)
    assert not has_completed(scan)
    assert "no findings." not in all_words(desk, scan).lower()
    scripted.run_until("hunt").add_findings(1, "critical").run_until("report").complete()
    await desk.pass_until(lambda: scan.is_settled)
    assert len(scan.findings) == 1
    assert scan.is_checked_to_the_end


async def test_t61_work_in_the_log_of_a_completed_scan_takes_its_end_back(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("report").complete()
    scan = desk.watch(scripted.id)
    look_away(desk)
    await desk.pass_until(lambda: scan.is_settled)
    scripted.activity("Investigating the login")  # of a run beside it, before its next stage
    await desk.pass_until(lambda: not has_settled(scan), step_s=5)
    assert scan.is_still_active
    reported = shown_problem(desk, scan)
    assert reported.status is ScanStatus.STILL_ACTIVE
    assert not scan.is_checked_to_the_end


async def test_t61_looks_at_what_has_settled_are_slow_and_come_to_an_end(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status, odd.updated_at = "completed", odd_desk.now().isoformat()
    odd.scan_fields = {"started_at": odd.updated_at, "completed_at": odd.updated_at}
    scan = odd_desk.watch(SCAN_ID)
    look_away(odd_desk)
    await odd_desk.pass_until(lambda: scan.is_settled)
    polls = odd.asked.count("live")
    await time_passes(odd_desk, 600, step_s=5)
    assert 8 <= odd.asked.count("live") - polls <= 11
    await time_passes(odd_desk, 1800, step_s=30)
    polls = odd.asked.count("live")
    await time_passes(odd_desk, 3600, step_s=60)
    assert odd.asked.count("live") == polls


# -- T-62 --


async def test_t62_a_cancelled_stage_is_never_shown_as_running(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scan = await rested_scan(desk, scripted.id)
    scripted.repeat_stage().cancel()  # its last event is younger than the row it leaves
    await desk.pass_until(lambda: states(scan)["hunt"] is StageState.CANCELLED)
    await time_passes(desk, 20)
    hunt = scan.stages[5]
    assert (hunt.state, hunt.duration_s) == (StageState.CANCELLED, None)
    assert hunt.started_at is not None
    assert scan.running_stage is None


# -- T-63 --


async def test_t63_a_completion_of_before_is_not_the_end_of_a_later_attempt(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("report").complete()
    scan = desk.watch(scripted.id)
    await desk.pass_until(lambda: has_settled(scan))
    assert has_completed(scan)
    scripted.start_stage("ingest").run_until("tyr")
    await desk.pass_until(lambda: is_live(scan), step_s=5)
    scripted.fail()
    await desk.pass_until(lambda: has_settled(scan))
    assert outcome(scan) is Outcome.FAILED
    assert not has_completed(scan)
    assert "≈" in card(desk, scan).line.fact


# -- T-64 --


async def test_t64_a_new_attempt_has_the_rows_read_again(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.add_rows("a", status="false_positive", updated_at=datetime.now(UTC).isoformat())
    scan = await rested_scan(odd_desk, in_view=False)
    odd.rows[0] |= {"status": "open", "updated_at": odd_desk.now().isoformat()}
    odd.live_fields = {"activity": [started("first", 0), started("second", 60)]}
    await odd_desk.pass_until(lambda: scan.attempt == 2)
    await odd_desk.pass_until(lambda: scan.findings[FindingId("a")].status_text == "open")
    [change] = scan.changes_of(FindingId("a"))
    assert (change.old, change.new) == ("false_positive", "open")


def started(key: str, at_s: float) -> dict[str, object]:
    """Return the row an attempt starts with, as `/live` reports it."""
    at = datetime.now(UTC) + timedelta(seconds=at_s)
    row = dict.fromkeys(("stage", "detail", "progress_pct"))
    row |= {"key": key, "event_type": "system", "tone": "active", "status": "running"}
    return row | {"task_key": "scan-start", "title": "Started", "timestamp": at.isoformat()}


# -- T-65 --


async def test_t65_a_task_that_never_ends_is_not_what_the_next_attempt_does(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scripted.activity("Investigating the login", task_key="agent")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: task(desk, scan).title == "Investigating the login")
    scripted.run_until("vidarr")
    await desk.pass_until(lambda: states(scan)["vidarr"] is StageState.RUNNING)
    assert "Investigating" not in task(desk, scan).title
    scripted.activity("Challenging a finding", task_key="agent").cancel().retry()
    await desk.pass_until(lambda: scan.is_live and states(scan)["vidarr"] is StageState.PENDING)
    await desk.pass_until(lambda: task(desk, scan).title == "Ingest started")


# -- T-66 --


async def test_t66_a_scan_that_is_queued_for_long_beside_nothing_was_not_picked_up(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).age(timedelta(minutes=31))
    scan = desk.watch(scripted.id)
    await desk.pass_until(lambda: connection(scan) is Connection.LIVE)
    reported = shown_problem(desk, scan)
    assert reported.status is ScanStatus.NOT_PICKED_UP
    assert reported.actions == (ProblemAction.CANCEL, ProblemAction.SCAN_AGAIN)
    assert card(desk, scan).line.fact == "Not picked up"
    other = desk.watch(server.script_scan("billing", EMAIL).run_until("hunt").id)
    await desk.pass_until(lambda: other.running_stage is not None)
    assert problem(desk, scan) is None


# -- T-67 --


def counted(total: int, **severities: int) -> dict[str, object]:
    """Return the counts of `/live`."""
    return {"counts": {"total": total, **severities}}


async def test_t67_severities_that_exceed_their_total_for_a_moment_lead_to_nothing(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.add_rows(*"ab")
    odd.live_fields = counted(2, high=2)
    scan = await rested_scan(odd_desk, in_view=False)
    odd.live_fields = counted(2, high=2, critical=1)
    await odd_desk.pass_until(
        lambda: scan.reported_counts is not None and scan.reported_counts.critical == 1
    )
    shown = card(odd_desk, scan)
    assert (shown.counts, shown.other) == ((0, 2, 0, 0), 0)
    odd.live_fields = counted(2, high=2)
    await time_passes(odd_desk, 20)
    assert scan.severities[Severity.OTHER] == 0
    assert problem(odd_desk, scan) is None


async def lowered_as_listed(odd: OddServer, desk: WatchDesk) -> Scan:
    """Watch a scan whose one critical finding is low in its last listing, and never in `/live`."""
    odd.add_rows("a", severity="critical", status="open")
    odd.live_fields = counted(1, critical=1)
    scan = await rested_scan(desk, in_view=False)
    odd.rows[0]["severity"] = "low"
    odd.stages = [stage("hunt", "completed", datetime.now(UTC))]  # so that it is listed
    await desk.pass_until(lambda: scan.severities[Severity.LOW] == 1)
    return scan


async def test_t67_a_finding_raised_back_between_two_polls_is_critical_again(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await lowered_as_listed(odd, odd_desk)
    odd.rows[0]["severity"] = "critical"
    before_s = odd_desk.turned_s
    await odd_desk.pass_until(lambda: card(odd_desk, scan).counts == (1, 0, 0, 0))
    assert odd_desk.turned_s - before_s < 20
    await time_passes(odd_desk, 20)
    assert problem(odd_desk, scan) is None


async def test_t67_a_scan_that_keeps_differing_from_its_counts_is_incomplete(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await lowered_as_listed(odd, odd_desk)
    listed, listings = [], odd.listings
    while odd_desk.turned_s < 300:
        before_s = odd_desk.passed_s
        await time_passes(odd_desk, 1)
        seen = (before_s, odd_desk.passed_s, odd_desk.turned_s)
        listed += [seen] * (odd.listings - listings)
        listings = odd.listings
    for (first, second), wanted_s in zip(pairwise(listed), (4, 8, 16, 32, 60), strict=False):
        # Real time counts towards the wait, and a slow machine takes more of it.
        assert second[1] - first[0] >= wanted_s - 1, listed
        assert second[2] - first[2] < wanted_s + 10, listed
    reported = shown_problem(odd_desk, scan)
    assert reported.status is ScanStatus.INCOMPLETE
    assert reported.fact == "The server's severity counts don't match its list of findings."
    assert reported.consequence.startswith("Retrying")
    odd.live_fields = counted(1, low=1)
    await odd_desk.pass_until(lambda: problem(odd_desk, scan) is None)


async def test_t67_an_ended_scan_finds_a_finding_raised_back_between_two_polls(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await lowered_as_listed(odd, odd_desk)
    odd.live_fields = counted(1, low=1)
    odd.status, odd.updated_at = "completed", datetime.now(UTC).isoformat()
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert scan.is_checked_to_the_end
    odd.live_fields = counted(1, critical=1)
    await odd_desk.pass_until(lambda: not scan.is_checked_to_the_end, step_s=5)
    odd.rows[0]["severity"] = "critical"
    await odd_desk.pass_until(lambda: scan.is_checked_to_the_end, step_s=5)
    assert card(odd_desk, scan).counts == (1, 0, 0, 0)


# -- T-68 --


async def test_t68_thousands_of_lags_cost_one_listing_and_no_alarm(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.add_rows("a", status="open")
    scan = await rested_scan(odd_desk, in_view=False)
    listings, odd_desk.changes = odd.listings, []
    odd.add_rows("b", status="open")
    await odd.send(LAGGED * 5621 + event("status_change", status="hunted"))
    await odd_desk.until(lambda: scan.status == "hunted")
    await odd_desk.pass_until(
        lambda: len(scan.findings) == 2 and not scan.is_resynchronising, step_s=0
    )
    await time_passes(odd_desk, 30)
    assert odd.listings - listings <= 2
    moves = [change for change in odd_desk.changes if isinstance(change, ScanMoved)]
    assert len(moves) < 100
    assert problem(odd_desk, scan) is None


async def test_t68_lags_that_do_not_cease_have_the_rows_listed_now_and_then(
    odd: OddServer, odd_desk: WatchDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poller, "BURST_REST_S", 4.0)  # a busy machine makes pauses of its own
    await rested_scan(odd_desk, in_view=False)
    listings, began_s = odd.listings, odd_desk.passed_s
    while (passed_s := odd_desk.passed_s - began_s) < 30:
        await odd.send(LAGGED * 50)
        await time_passes(odd_desk, 0.25, step_s=0.25)
    assert 3 <= odd.listings - listings <= passed_s / poller.LAG_GAP_S + 2


# -- T-69 --


async def test_t69_parts_of_an_answer_that_do_not_fit_are_both_shown(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status, odd.updated_at = "queued", odd_desk.now().isoformat()
    odd.scan_fields = {"started_at": None}
    odd.stages = [stage("ingest", "running", odd_desk.now())]
    scan = odd_desk.watch(ScanId(SCAN_ID))
    await odd_desk.until(lambda: scan.running_stage is not None)
    assert scan.status == "queued"
    odd.status = "completed"
    ingested = stage("ingest", "completed", odd_desk.now())
    odd.stages = [ingested, stage("report", "running", odd_desk.now())]
    await odd_desk.pass_until(lambda: card(odd_desk, scan).displays[8] is StageDisplay.DONE)
    assert is_completed(scan)
    odd.stages = [ingested, stage("report", "completed", odd_desk.now())]
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert outcome(scan) is Outcome.COMPLETED


def is_completed(scan: Scan) -> bool:
    """Whether the server says so."""
    return scan.status == "completed"


def has_completed(scan: Scan) -> bool:
    """Whether it has a moment of its completion."""
    return scan.completed_at is not None


def is_live(scan: Scan) -> bool:
    """Whether it is shown as one the server works on."""
    return scan.is_live and not scan.is_settled


def is_all_clear(scan: Scan) -> bool:
    """Whether all it found is known for sure."""
    return scan.is_checked_to_the_end


def has_settled(scan: Scan) -> bool:
    """Whether its end is believed."""
    return scan.is_settled
