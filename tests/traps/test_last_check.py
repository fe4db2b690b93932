"""The end of a completed scan: one listing, then a check of totals and the first page (T-38).

Every request of these tests is counted where it arrives. A listing of the scans here has three
pages, and only listings read the second one.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from heimdall_desktop.application.watching import poller
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.fault_proxy import fault_proxy
from tests.fakes.hand_server import AT, FAULT, KEEPALIVE, NOT_FOUND, SCAN_ID
from tests.fakes.odd_server import OddServer
from tests.fakes.raw_server import Asked, answer, raw_server
from tests.fakes.watch_desk import EMAIL, WatchDesk
from tests.lab.server import LabServer
from tests.traps.test_stale_state import event
from tests.traps.waiting import look_away, rested_scan, time_passes

LAGGED = ": lagged \u2014 events were dropped\n\n"
TOTALS = ["open", "false_positive", "confirmed", "dismissed"]
LATER = "2026-07-04T09:00:00Z"
LAST = FindingId("e")  # of the rows, on the third page


@dataclass
class CountedServer(OddServer):
    """A server whose completed scan has five rows on three pages.

    Attributes:
        to_filtered: raw answer to every request for a total by status; None for the usual one.
    """

    to_filtered: bytes | None = None

    def __post_init__(self) -> None:
        self.per_page = 2
        self.add_rows(*"abcde", status="open", created_at=AT, updated_at=AT)

    async def serve(self, asked: Asked, writer: Any) -> None:
        if self.to_filtered is not None and "status=" in asked.target:
            self.targets.append(asked.target)
            writer.write(self.to_filtered)
            return
        await super().serve(asked, writer)

    @property
    def listed(self) -> int:
        return sum("page=2&" in target for target in self.targets)

    @property
    def totals(self) -> list[str]:
        """The statuses whose totals were requested, in order."""
        filtered = [each for each in self.targets if "status=" in each]
        return [each.partition("status=")[2].partition("&")[0] for each in filtered]

    def complete(self, log: tuple[str, ...] = ()) -> None:
        """Be completed now, with these task keys in the log."""
        self.status, self.updated_at = "completed", datetime.now(UTC).isoformat()
        self.log(*log)

    def log(self, *task_keys: str, stage: str = "report", after_s: float = 0.0) -> None:
        """Add rows to the log, the last one newest."""
        at = datetime.now(UTC) + timedelta(seconds=after_s)
        for number, key in enumerate(task_keys, len(self.activity)):
            stamp = (at + timedelta(milliseconds=number)).isoformat()
            row = {"key": f"row {number}", "event_type": "task", "status": "completed"}
            row |= {"stage": stage, "task_key": key, "title": key, "timestamp": stamp}
            self.activity.insert(0, row)


@pytest.fixture
async def counted() -> AsyncIterator[CountedServer]:
    made = CountedServer()
    async with raw_server(made.serve) as raw:
        made.url = raw.url
        yield made
        await made.aclose()


@pytest.fixture
async def desk(counted: CountedServer) -> AsyncIterator[WatchDesk]:
    made = WatchDesk(counted.url, "token")
    yield made
    await made.aclose()


async def listed_scan(desk: WatchDesk) -> Scan:
    """Watch the completed scan out of view until it is listed, and its end in doubt."""
    scan = desk.watch(SCAN_ID)
    look_away(desk)
    await desk.until(lambda: scan.is_checked_to_the_end)
    assert not scan.is_settled
    return scan


async def completed_scan(desk: WatchDesk, counted: CountedServer) -> Scan:
    """Watch a running scan out of view, then its completion, until that is listed."""
    scan = await rested_scan(desk, in_view=False)
    counted.targets.clear()
    counted.complete()
    await counted.send(event("status_change", status="completed"))
    await desk.until(lambda: scan.is_checked_to_the_end)
    return scan


async def settles_listed_again(
    desk: WatchDesk, counted: CountedServer, scan: Scan, step_s: float = 1.0
) -> None:
    """Wait for the end to settle; a second listing must have read what `change_last` changed."""
    await desk.pass_until(lambda: scan.is_settled, step_s=step_s)
    assert counted.listed == 2
    assert scan.findings[LAST].agent_reasoning == "Seen in staging."


# -- nothing differs --


async def test_t38_a_completed_scan_is_listed_once_and_checked_after_the_doubt(
    desk: WatchDesk, counted: CountedServer
) -> None:
    counted.complete()
    scan = await listed_scan(desk)
    completed_s, checked_at_s = desk.passed_s, scan.sync_status.checked_at_s
    await desk.pass_until(lambda: bool(counted.totals), step_s=0.25)
    assert desk.passed_s - completed_s >= poller.FINAL_LISTING_S - 0.5
    await desk.pass_until(lambda: scan.is_settled)
    assert (counted.listed, counted.totals) == (1, TOTALS)
    assert scan.is_checked_to_the_end
    assert scan.sync_status.checked_at_s == checked_at_s, "the age of the listing stays visible"


async def test_t38_a_completion_that_is_observed_is_listed_once(
    desk: WatchDesk, counted: CountedServer
) -> None:
    scan = await completed_scan(desk, counted)
    await counted.send(event("scan_complete"))
    await desk.pass_until(lambda: scan.is_settled)
    assert (counted.listed, counted.totals[-4:]) == (1, TOTALS)


async def test_t38_both_events_at_once_cause_one_listing(
    desk: WatchDesk, counted: CountedServer
) -> None:
    scan = await rested_scan(desk, in_view=False)
    counted.targets.clear()
    counted.complete()
    await counted.send(event("status_change", status="completed") + event("scan_complete"))
    await desk.pass_until(lambda: scan.is_settled)
    assert (counted.listed, counted.totals[-4:]) == (1, TOTALS)


async def test_t38_polls_during_a_long_listing_cause_no_other(
    desk: WatchDesk, counted: CountedServer
) -> None:
    counted.complete()
    counted.holds = {"findings"}
    scan = desk.watch(SCAN_ID)
    look_away(desk)
    await desk.pass_until(lambda: counted.asked.count("live") >= 5)
    counted.release()
    await desk.pass_until(lambda: scan.is_settled)
    assert (counted.listed, counted.totals) == (1, TOTALS)


async def test_t38_an_old_end_needs_no_check(desk: WatchDesk, counted: CountedServer) -> None:
    counted.status = "completed"
    scan = desk.watch(SCAN_ID)
    look_away(desk)
    await desk.until(lambda: scan.is_settled)
    assert (counted.listed, counted.totals) == (1, [])
    assert scan.is_checked_to_the_end


async def test_t38_scan_complete_minutes_later_is_checked_and_not_listed(
    desk: WatchDesk, counted: CountedServer
) -> None:
    scan = await completed_scan(desk, counted)
    await desk.pass_until(lambda: scan.is_settled)
    for _ in range(6):
        await counted.send(KEEPALIVE.decode())
        await time_passes(desk, 30, step_s=5)
    assert scan.is_settled
    counted.targets.clear()
    counted.updated_at = desk.now().isoformat()
    await counted.send(event("scan_complete"))
    await desk.pass_until(lambda: not scan.is_settled)
    await desk.pass_until(lambda: scan.is_settled)
    assert (counted.listed, counted.totals) == (0, TOTALS)


# -- reasons to list again --


def one_more_row(counted: CountedServer) -> None:
    counted.add_rows("f", status="open", severity="low", created_at=AT, updated_at=AT)
    change_last(counted)


def another_status(counted: CountedServer) -> None:
    counted.rows[3]["status"] = "dismissed"
    change_last(counted)


def another_first_row(counted: CountedServer) -> None:
    counted.rows[0] = counted.rows[0] | {"id": "z"}
    change_last(counted)


def newer_first_row(counted: CountedServer) -> None:
    counted.rows[0]["updated_at"] = LATER
    change_last(counted)


def another_attempt(counted: CountedServer) -> None:
    counted.scan_at = LATER
    change_last(counted)


def change_last(counted: CountedServer) -> None:
    """Change what only a listing shows: no count, no total, not on the first page."""
    counted.rows[4]["confidence"] = "high"
    counted.rows[4]["agent_reasoning"] = "Seen in staging."


@pytest.mark.parametrize(
    "differs", [one_more_row, another_status, another_first_row, newer_first_row, another_attempt]
)
async def test_t38_a_difference_causes_another_listing(
    desk: WatchDesk, counted: CountedServer, differs: Callable[[CountedServer], None]
) -> None:
    counted.complete(("scan-start", "scan-start", "scan-finished"))
    scan = await listed_scan(desk)
    differs(counted)
    await settles_listed_again(desk, counted, scan)
    assert {row["id"] for row in counted.rows} <= scan.findings.keys()


async def test_t38_changes_that_no_check_can_show_are_not_known(
    desk: WatchDesk, counted: CountedServer
) -> None:
    """The counterpart of the test above: without a difference, nothing is listed."""
    counted.complete()
    scan = await listed_scan(desk)
    change_last(counted)
    await desk.pass_until(lambda: scan.is_settled)
    assert counted.listed == 1
    assert scan.findings[LAST].agent_reasoning is None
    desk.watches.set_in_view(ScanId(scan.id))  # re-reading the rows in view finds them
    await desk.pass_until(lambda: scan.findings[LAST].agent_reasoning == "Seen in staging.")


async def test_t38_another_total_of_the_listing_causes_another_listing(
    desk: WatchDesk, counted: CountedServer
) -> None:
    counted.complete()
    scan = await listed_scan(desk)
    counted.counted = 5  # a row that nothing but the listing counts
    counted.add_rows("f", status="resolved", severity="low", created_at=AT, updated_at=AT)
    await desk.pass_until(lambda: scan.is_settled)
    assert FindingId("f") in scan.findings


async def test_t38_other_severities_cause_another_listing(
    desk: WatchDesk, counted: CountedServer
) -> None:
    counted.live_fields = {"counts": {"total": 5, "critical": 0, "high": 5, "medium": 0, "low": 0}}
    counted.complete()
    scan = await listed_scan(desk)
    counted.rows[4]["severity"] = "critical"
    counted.live_fields = {"counts": {"total": 5, "critical": 1, "high": 4, "medium": 0, "low": 0}}
    await desk.pass_until(lambda: scan.is_settled)
    assert counted.listed == 2
    assert scan.counted[scan.findings[LAST].severity] == 1


async def test_t61_work_after_completed_causes_another_listing(
    desk: WatchDesk, counted: CountedServer
) -> None:
    counted.complete(("scan-start", "scan-finished"))
    scan = await listed_scan(desk)
    counted.log("agent", stage="hunt", after_s=3)
    await desk.pass_until(lambda: scan.is_still_active)
    change_last(counted)
    counted.log("scan-finished", after_s=6)
    await desk.pass_until(lambda: scan.is_settled)
    assert scan.findings[LAST].agent_reasoning == "Seen in staging."
    assert scan.is_checked_to_the_end


async def test_t61_a_run_that_ended_between_two_polls_causes_another_listing(
    desk: WatchDesk, counted: CountedServer
) -> None:
    counted.complete(("scan-start", "scan-finished"))
    scan = await listed_scan(desk)
    counted.log("agent", stage="hunt", after_s=1)
    counted.log("scan-finished", after_s=1)
    change_last(counted)
    await settles_listed_again(desk, counted, scan)


async def test_t68_lost_events_cause_another_listing(
    desk: WatchDesk, counted: CountedServer
) -> None:
    scan = await completed_scan(desk, counted)
    change_last(counted)
    await counted.send(LAGGED)
    await settles_listed_again(desk, counted, scan, step_s=0.25)
    assert not scan.is_resynchronising


async def last_poll(desk: WatchDesk, counted: CountedServer) -> Scan:
    """Watch a completion until it is checked, and the poll that would settle it is on its way."""
    scan = await completed_scan(desk, counted)
    ends_s = desk.turned_s + poller.FINAL_LISTING_S - 0.5  # after the last poll of the doubt
    await desk.pass_until(lambda: desk.turned_s >= ends_s, step_s=0.25)
    counted.holds, polls = {"live"}, counted.asked.count("live")
    await desk.pass_until(lambda: counted.asked.count("live") > polls, step_s=0.25)
    assert counted.totals[-4:] == TOTALS
    return scan


async def test_t68_events_lost_before_the_last_poll_put_the_end_off(
    desk: WatchDesk, counted: CountedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poller, "BURST_REST_S", 2.0)
    scan = await last_poll(desk, counted)
    change_last(counted)
    await counted.send(LAGGED)
    await desk.until(lambda: scan.is_resynchronising)
    counted.release()
    await settles_listed_again(desk, counted, scan, step_s=0.25)


async def test_t68_a_listing_under_way_at_the_last_poll_puts_the_end_off(
    desk: WatchDesk, counted: CountedServer
) -> None:
    scan = await last_poll(desk, counted)
    change_last(counted)
    counted.holds |= {"findings"}
    await counted.send(LAGGED)
    await desk.pass_until(lambda: counted.asked[-1] == "findings", step_s=0.25)
    counted.release()
    counted.holds = {"findings"}  # so the first page is answered, and the second is not
    await desk.pass_until(lambda: counted.listed == 2, step_s=0.25)
    await time_passes(desk, 2, step_s=0.25)
    assert not scan.is_settled
    counted.release()
    await desk.pass_until(lambda: scan.is_settled, step_s=0.25)
    assert scan.findings[LAST].agent_reasoning == "Seen in staging."


async def test_t04_rows_that_moved_while_they_were_listed_are_listed_again(
    desk: WatchDesk, counted: CountedServer
) -> None:
    counted.orders = ["abcde", "acbde"]  # so the first round misses "c"
    counted.complete()
    scan = await listed_scan(desk)
    assert counted.listed == 2
    await desk.pass_until(lambda: scan.is_settled)
    assert (counted.listed, counted.totals) == (3, [])


# -- where no check is possible --


@pytest.mark.parametrize("status", ["failed", "cancelled"])
async def test_t59_other_ends_are_listed_twice(
    desk: WatchDesk, counted: CountedServer, status: str
) -> None:
    counted.status, counted.updated_at = status, desk.now().isoformat()
    scan = desk.watch(SCAN_ID)
    look_away(desk)
    await desk.pass_until(lambda: scan.is_settled)
    assert (counted.listed, counted.totals) == (2, [])


async def test_t38_rows_that_cannot_be_read_are_listed_twice(
    desk: WatchDesk, counted: CountedServer
) -> None:
    counted.rows.append({"title": "no id at all"})
    counted.complete()
    scan = desk.watch(SCAN_ID)
    look_away(desk)
    await desk.pass_until(lambda: scan.is_settled)
    assert (counted.listed, counted.totals) == (2, [])
    assert not scan.is_checked_to_the_end


async def test_t86_a_server_without_snapshots_is_listed_twice(
    desk: WatchDesk, counted: CountedServer
) -> None:
    counted.refusals["live"] = NOT_FOUND
    counted.complete()
    scan = await listed_scan(desk)
    change_last(counted)
    await desk.pass_until(lambda: scan.is_settled)
    assert (counted.listed, counted.totals) == (2, [])
    assert scan.findings[LAST].agent_reasoning == "Seen in staging."


_NO_TOTAL = json.dumps({"success": True, "data": {"items": []}})
_OTHER_TOTAL = json.dumps({"success": True, "data": {"items": [], "total": 5}})


@pytest.mark.parametrize(
    "to_filtered",
    [
        answer(200, "application/json", _NO_TOTAL),
        answer(200, "application/json", _OTHER_TOTAL),
        answer(400, "text/plain", "Query deserialize error"),
        answer(404, "text/html", "<!DOCTYPE html>"),
        FAULT,
    ],
    ids=["no total", "total of all", "400", "404", "500"],
)
async def test_t05_a_server_that_does_not_filter_is_listed_twice(
    desk: WatchDesk, counted: CountedServer, to_filtered: bytes
) -> None:
    counted.to_filtered = to_filtered
    counted.complete()
    scan = await listed_scan(desk)
    change_last(counted)
    await settles_listed_again(desk, counted, scan)


async def test_t54_a_check_whose_connection_breaks_is_repeated(
    desk: WatchDesk, counted: CountedServer
) -> None:
    counted.to_filtered = b""
    counted.complete()
    scan = await listed_scan(desk)
    await desk.pass_until(lambda: scan.connection is not None and scan.connection.error is not None)
    assert not scan.is_settled
    counted.to_filtered = None
    await desk.pass_until(lambda: scan.is_settled)
    assert counted.listed == 1
    assert counted.totals[-4:] == TOTALS


# -- how many requests --


def kind_of(target: str) -> str:
    path, _, query = target.partition("?")
    last = path.rpartition("/")[2]
    if last != "findings":
        return last if last in ("live", "stream") else path.split("/")[2]
    return "total" if "status=" in query else "page"


@pytest.mark.parametrize(("how", "pages"), [("old", 20), ("late", 200), ("observed", 20)])
async def test_t38_a_completed_scan_costs_two_pages_and_15_requests_beyond_its_rows(
    server: LabServer, how: str, pages: int
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("report")
    scripted.add_findings(pages * 100, status="open")
    if how != "observed":
        scripted.complete()
    if how == "old":
        scripted.age(timedelta(hours=1))
    async with fault_proxy(int(server.url.rpartition(":")[2])) as proxy:
        desk = WatchDesk(proxy.url, server.new_session(EMAIL))
        asked: Counter[str] = Counter()
        proxy.meets = lambda target: asked.update([kind_of(target)])
        scan = desk.watch(scripted.id)
        look_away(desk)
        if how == "observed":
            await desk.until(lambda: scan.sync_status.is_whole)
            await time_passes(desk, 20)  # the pause after that listing
            asked.clear()
            scripted.complete()
        began_s = desk.passed_s
        await desk.until(lambda: scan.is_checked_to_the_end)
        polls = int((desk.passed_s - began_s) // poller.DOUBTED_S)  # on a slow machine
        await desk.pass_until(lambda: scan.is_settled)
        print(f"{how}, {pages} pages: {dict(asked)}")  # noqa: T201
        assert scan.is_checked_to_the_end
        assert asked["page"] <= pages + 2
        assert asked.total() - asked["page"] <= 15 + polls
        await desk.aclose()
