"""T-26 to T-38: what is shown is what is so, however late, old or wrong the news of it is."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.alerts.alert import Alert
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.facts.finding import Confidence, FindingId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.stage import StageState
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.presentation.board.scan_status import ScanStatus
from heimdall_desktop.presentation.panel.log_lines import LogMark
from heimdall_desktop.presentation.time_text import day_text
from tests.fakes.hand_server import SCAN_ID
from tests.fakes.odd_server import OddServer
from tests.fakes.raw_server import Asked, answer, raw_server
from tests.fakes.shown_words import all_words, card, empty, problem, task
from tests.fakes.watch_desk import EMAIL, WatchDesk, connection, outcome, rested
from tests.lab.server import LabServer
from tests.traps.waiting import rested_scan, shown_problem

BEGAN = datetime.now(UTC) + timedelta(seconds=1)


def event(name: str, at_s: float = 0.0, **fields: object) -> str:
    """Return an event of the stream, stamped some seconds after the beginning."""
    reported = {"timestamp": (BEGAN + timedelta(seconds=at_s)).isoformat(), **fields}
    return f"event: {name}\ndata: {json.dumps(reported)}\n\n"


def states(scan: Scan) -> dict[str, StageState]:
    """Return the state of each stage."""
    return {stage.name: stage.state for stage in scan.stages}


# -- T-26 --


async def test_t26_a_failed_scan_revives(server: LabServer, desk: WatchDesk) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(1)
    scan = await rested_scan(desk, scripted.id)
    first_started_at = scan.started_at
    scripted.fail("the model did not answer")
    await desk.until(lambda: outcome(scan) is Outcome.FAILED_MAY_RETRY)
    assert scan.error == "the model did not answer"
    reported = shown_problem(desk, scan)
    assert reported.status is ScanStatus.FAILED_MAY_RETRY
    assert "may retry" in reported.consequence
    scripted.start_stage("ingest")
    await desk.pass_until(lambda: scan.started_at != first_started_at)
    await desk.pass_until(lambda: scan.stages[0].state is StageState.RUNNING)
    await desk.pass_until(lambda: connection(scan) is Connection.LIVE)
    assert scan.attempt == 2
    assert outcome(scan) is Outcome.NONE_YET
    assert states(scan)["hunt"] is StageState.PENDING
    scripted.run_until("report").complete()
    await desk.pass_until(lambda: scan.is_settled)
    assert len(scan.findings) == 1


async def test_t26_a_failure_that_stays_is_believed(server: LabServer, desk: WatchDesk) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(1).fail()
    scan = await rested_scan(desk, scripted.id)
    assert outcome(scan) is Outcome.FAILED_MAY_RETRY
    await desk.pass_until(lambda: scan.is_settled)
    assert desk.passed_s >= 30
    assert outcome(scan) is Outcome.FAILED
    assert len(scan.findings) == 1


async def test_t26_a_failure_that_is_written_again_is_doubted_again(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    odd.status, odd.updated_at = "failed", odd_desk.now().isoformat()
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: odd_desk.turned_s > 25)
    odd.updated_at = odd_desk.now().isoformat()
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert odd_desk.passed_s >= 55


# -- T-27 --


async def test_t27_a_scan_that_goes_backwards_is_followed(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = odd_desk.watch(SCAN_ID)
    for status in ("hunting", "ingesting", "reporting", "queued", "hunted", "completed", "tyr"):
        odd.status = status
        await odd_desk.pass_until(lambda status=status: scan.status == status)  # type: ignore[misc]
    assert outcome(scan) is Outcome.NONE_YET
    await odd_desk.pass_until(lambda: connection(scan) is Connection.LIVE)


async def test_t27_of_two_answers_the_one_asked_for_later_wins(odd: OddServer) -> None:
    first_is_held = asyncio.Event()
    is_asked = asyncio.Event()

    async def answers(_: Asked, writer: asyncio.StreamWriter) -> None:
        status = "hunting" if len(server.asked) == 1 else "hunted"
        reported: dict[str, Any] = {"scan": {"status": status}, "counts": {}}
        is_asked.set()
        if status == "hunting":
            await first_is_held.wait()
        body = json.dumps({"success": True, "data": reported})
        writer.write(answer(200, "application/json", body))

    moments = iter([10.0, 11.0])
    tasks = Tasks(lambda _name, error: pytest.fail(str(error)))
    async with raw_server(answers) as server:
        link = ServerSession(server.url, lambda: next(moments, 12.0))
        moments = iter([10.0, 11.0])
        scan = Scan(SCAN_ID, server.url)
        early = tasks.spawn(link.api.live(SCAN_ID), name="early")
        await is_asked.wait()
        scan.observe(await link.api.live(SCAN_ID))
        first_is_held.set()
        scan.observe(await early)
        assert scan.status == "hunted"
        await link.aclose()


async def test_t27_ingest_that_runs_again_resets_the_stages(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("garmr")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: states(scan)["garmr"] is StageState.RUNNING)
    scripted.start_stage("ingest")  # a second run of the same scan, for an unknown reason
    await desk.pass_until(lambda: states(scan)["ingest"] is StageState.RUNNING)
    await desk.pass_until(
        lambda: set(states(scan).values()) == {StageState.RUNNING, StageState.PENDING}
    )
    assert [name for name, state in states(scan).items() if state is StageState.RUNNING] == [
        "ingest"
    ]


# -- T-28 --


async def test_t28_attempts_are_counted_by_their_starts(server: LabServer, desk: WatchDesk) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr")
    scan = await rested_scan(desk, scripted.id)
    assert (scan.attempt, card(desk, scan).line.attempt) == (1, "")
    scripted.fail().start_stage("ingest").run_until("tyr")
    await desk.pass_until(lambda: scan.attempt == 2 and scan.running_stage is not None)
    assert card(desk, scan).line.attempt == "2 of 3"
    scripted.fail().start_stage("ingest").run_until("tyr").fail()
    await desk.pass_until(lambda: scan.attempt == 3 and not scan.is_live)
    reported = shown_problem(desk, scan)
    assert "attempt 3 of 3" in reported.consequence


async def test_t28_attempts_before_we_came_are_counted_too(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = (
        server.script_scan("shop", EMAIL)
        .run_until("tyr")
        .fail()
        .start_stage("ingest")
        .run_until("tyr")
    )
    scan = desk.watch(scripted.id)
    await desk.until(lambda: scan.reported_counts is not None)
    assert scan.attempt == 2


# -- T-29 --


async def test_t29_stages_of_the_attempt_before_are_pending(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = (
        server.script_scan("shop", EMAIL)
        .run_until("hunt")
        .fail()
        .start_stage("ingest")
        .run_until("tyr")
    )
    scan = desk.watch(scripted.id)
    await desk.until(lambda: states(scan)["tyr"] is StageState.RUNNING)
    shown = states(scan)
    assert shown.pop("ingest") is StageState.COMPLETED
    assert shown.pop("tyr") is StageState.RUNNING
    assert set(shown.values()) == {StageState.PENDING}
    displays = card(desk, scan).displays
    assert StageDisplay.FAILED not in displays
    assert displays.count(StageDisplay.DONE) == 1
    assert "Failed" not in all_words(desk, scan)


# -- T-30 --


async def test_t30_a_task_that_has_ended_is_not_what_the_scan_does(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scripted.activity("Looks at the login", task_key="login")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: task(desk, scan).title == "Looks at the login")
    scripted.activity("Has looked at the login", "completed", task_key="login")
    await desk.pass_until(
        lambda: len(scan.activity_rows) > 2 and task(desk, scan).title != "Looks at the login"
    )
    assert task(desk, scan).mark is LogMark.RUNNING
    scripted.activity("Looks at the cart", task_key="cart").run_until("report").complete()
    await desk.pass_until(lambda: scan.is_checked_to_the_end)
    assert scan.current_task is None
    assert task(desk, scan).mark is LogMark.DONE


# -- T-31 --


async def test_t31_counts_that_are_absent_are_not_zero(odd: OddServer, odd_desk: WatchDesk) -> None:
    odd.add_rows(*"abc")
    scan = await rested_scan(odd_desk)
    odd.holds.add("live")
    counts, reported = card(odd_desk, scan).counts, scan.reported_counts
    await odd.send(event("status_change", status="hunted"))
    await odd_desk.until(lambda: scan.status == "hunted")
    assert card(odd_desk, scan).counts == counts == (0, 3, 0, 0)
    assert scan.reported_counts == reported
    assert reported is not None
    assert reported.total == 3


# -- T-32 and T-33 --


async def test_t32_an_error_event_of_a_scan_that_runs_on_is_no_failure(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    polls = odd.asked.count("live")
    await odd.send(event("error", error=None))
    await odd_desk.pass_until(lambda: odd.asked.count("live") > polls, step_s=0)
    await odd_desk.pass_until(lambda: odd_desk.turned_s > 10)
    assert outcome(scan) is Outcome.NONE_YET
    assert problem(odd_desk, scan) is None


async def test_t32_the_error_of_a_cancel_is_no_failure(server: LabServer, desk: WatchDesk) -> None:
    for stage_first in (True, False):
        scripted = server.script_scan("shop", EMAIL).run_until("tyr")
        scan = desk.watch(scripted.id)
        await rested(desk, scan)
        scripted.cancel(stage_first=stage_first)
        await desk.until(lambda scan=scan: not scan.is_live)  # type: ignore[misc]
        assert outcome(scan) is Outcome.CANCELLED_MAY_RETURN
        assert "failed" not in all_words(desk, scan).lower()


async def test_t32_an_error_without_a_text_is_a_failure_if_rest_says_so(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    odd.status, odd.updated_at = "failed", odd_desk.now().isoformat()
    await odd.send(event("error", error=None))
    await odd_desk.until(lambda: outcome(scan) is Outcome.FAILED_MAY_RETRY)
    assert task(odd_desk, scan).detail == "The server gave no reason."


async def test_t33_scan_complete_of_a_cancelled_scan_is_no_success(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    odd.status, odd.updated_at = "cancelled", odd_desk.now().isoformat()
    counts = dict.fromkeys(("finding_count", "critical", "high", "medium", "low"), 0)
    await odd.send(event("scan_complete", **counts))
    await odd_desk.until(lambda: not scan.is_live)
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert outcome(scan) is Outcome.CANCELLED
    assert card(odd_desk, scan).line.fact.startswith("Cancelled")
    words = all_words(odd_desk, scan).lower()
    assert "completed" not in words
    assert "finished" not in words
    assert "does not mean the code is clean" in empty(scan).consequence


# -- T-34 --


async def test_t34_a_second_scan_complete_tells_nothing_twice(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = odd_desk.watch(SCAN_ID)
    alerts = AlertPolicy(odd_desk.clock, lambda _: scan.name, lambda _: scan.has_listed_once)
    await rested(odd_desk, scan)
    odd.add_rows("a", severity="critical")
    odd.status = "completed"
    await odd.send(event("scan_complete", finding_count=1) * 2)
    await odd_desk.until(lambda: not scan.is_live)
    await odd.send(event("scan_complete", 5, finding_count=1))
    await odd_desk.pass_until(lambda: scan.is_settled)
    odd_desk.watches.refresh(scan.id)  # the same end once more
    await odd_desk.pass_until(lambda: connection(scan) is not Connection.ENDED)
    await odd_desk.pass_until(lambda: connection(scan) is Connection.ENDED)
    reported = alerts.take(odd_desk.changes)
    odd_desk.turn(60)
    emitted = [*reported, *alerts.tick()]
    assert sum(isinstance(each, Alert) for each in emitted) == 1


# -- T-35 --


async def test_t35_old_events_after_a_newer_state_change_nothing(
    odd: OddServer, odd_desk: WatchDesk
) -> None:
    scan = await rested_scan(odd_desk)
    odd.holds.add("live")
    newer = event("stage_update", 60, stage="tyr", status="completed")
    newer += event("status_change", 60, status="modeled")
    older = event("stage_update", 50, stage="tyr", status="running")
    older += event("status_change", 50, status="modeling")
    last = event("stage_update", 61, stage="static_analysis", status="running")
    await odd.send(newer + older + last)
    await odd_desk.until(lambda: states(scan)["static_analysis"] is StageState.RUNNING)
    assert states(scan)["tyr"] is StageState.COMPLETED
    assert scan.status == "modeled"


# -- T-36 --


async def test_t36_a_cancelled_scan_may_return_for_a_minute(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr")
    scan = await rested_scan(desk, scripted.id)
    scripted.cancel()
    await desk.until(lambda: outcome(scan) is Outcome.CANCELLED_MAY_RETURN)
    cancelled_s = desk.passed_s
    reported = shown_problem(desk, scan)
    assert "Checking whether it does." in reported.consequence
    await desk.pass_until(lambda: desk.passed_s > cancelled_s + 50)
    scripted.revive()
    await desk.pass_until(lambda: outcome(scan) is Outcome.NONE_YET)
    scripted.start_stage("ingest").run_until("tyr")
    await desk.pass_until(lambda: connection(scan) is Connection.LIVE)
    await desk.pass_until(lambda: card(desk, scan).line.attempt == "2 of 3")


async def test_t36_a_cancel_that_stays_is_believed_after_a_minute(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr").cancel()
    scan = desk.watch(scripted.id)
    await desk.pass_until(lambda: scan.is_settled)
    assert desk.passed_s >= 60
    assert outcome(scan) is Outcome.CANCELLED


async def test_t36_a_cancel_is_on_its_way_until_a_later_poll_confirms_it(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr")
    scan = await rested_scan(desk, scripted.id)
    await desk.link.api.cancel(scan.id)
    cancelled_s = desk.passed_s
    await desk.until(lambda: scan.status == "cancelled")
    assert "cancelling" in all_words(desk, scan).lower()
    await desk.pass_until(lambda: "cancelling" not in all_words(desk, scan).lower())
    assert desk.passed_s - cancelled_s >= 3
    assert "cancelled" in all_words(desk, scan).lower()
    scripted.answer_cancel()


# -- T-37 --


@pytest.mark.parametrize("end", ["failed", "cancelled"])
async def test_t37_an_end_without_a_moment_is_known_by_the_last_change(
    odd: OddServer, odd_desk: WatchDesk, end: str
) -> None:
    ended_at = odd_desk.now() - timedelta(days=3)
    odd.status, odd.updated_at = end, ended_at.isoformat()
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert scan.completed_at is None
    assert day_text(ended_at, odd_desk.now()) in card(odd_desk, scan).line.fact
    assert day_text(ended_at, odd_desk.now()) in task(odd_desk, scan).title


@pytest.mark.parametrize("end", ["failed", "cancelled"])
async def test_t37_an_end_without_a_moment_is_called_about(
    odd: OddServer, odd_desk: WatchDesk, end: str
) -> None:
    odd.status = end
    scan = odd_desk.watch(SCAN_ID)
    await odd_desk.pass_until(lambda: scan.is_settled)
    assert "≈" in all_words(odd_desk, scan)


# -- T-38 --


async def test_t38_a_completed_scan_is_listed_at_once_and_again_after_a_while(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("report").add_findings(1)
    scan = await rested_scan(desk, scripted.id, in_view=False)
    assert not scan.is_checked_to_the_end
    scripted.reach_completed()
    await desk.until(lambda: scan.is_checked_to_the_end)
    completed_s = desk.passed_s
    assert not scan.is_settled
    row_id = FindingId(scripted.finding_ids[0])
    scripted.change_finding(scripted.finding_ids[0], confidence="high").announce_completed()
    await desk.pass_until(lambda: scan.is_settled)
    assert desk.passed_s >= completed_s + 4
    assert scan.findings[row_id].confidence is Confidence.HIGH
    assert outcome(scan) is Outcome.COMPLETED
    assert connection(scan) is Connection.ENDED
    assert scan.completed_at is not None


async def test_t38_scan_complete_has_the_rows_read_once_more(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("report").add_findings(1)
    scan = await rested_scan(desk, scripted.id, in_view=False)
    scripted.reach_completed()  # its books stay open: issues are written elsewhere, for minutes
    await desk.pass_until(lambda: desk.turned_s > 6 + 20)
    row_id = FindingId(scripted.finding_ids[0])
    scripted.change_finding(scripted.finding_ids[0], confidence="high").announce_completed()
    await desk.pass_until(lambda: desk.turned_s > 6 + 40)
    assert scan.findings[row_id].confidence is Confidence.HIGH
    assert scan.completed_at is not None
