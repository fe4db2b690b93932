"""How long 5,000 decisions take beside ten watched scans, and how old those get meanwhile.

Figures are printed, never asserted: `pytest --capture=no tests/benchmarks/test_bench_decisions.py`
"""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.requests.decision_runs import Run
from heimdall_desktop.application.requests.decisions import SNOOZED_AT_ONCE as AT_ONCE
from heimdall_desktop.domain.facts.change import FindingAdded, FindingReplaced
from heimdall_desktop.domain.facts.decision import Field, WriteState
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.grouped_listing import GroupedListing
from heimdall_desktop.domain.table.order import NEWEST_LAST
from tests.benchmarks.figures import say, took_ms
from tests.fakes.controller_desk import EMAIL, ControllerDesk, idle_server
from tests.fakes.controller_desk import signed_in_desk as signed_in
from tests.fakes.findings import FOUND_AT, make_finding

DECISIONS, SCANS = 5_000, 10
ROWS = 100_000
LOOK_S = 0.05

pytestmark = pytest.mark.timeout(600)


async def follow(desk: ControllerDesk, run: Run) -> tuple[float, float]:
    """Wait until a run is over; return the oldest age of a scan and the longest stall, in s."""
    oldest_s = stall_s = 0.0
    while not run.is_over:
        before_s = time.monotonic()
        await asyncio.sleep(LOOK_S)
        now_s = time.monotonic()
        stall_s = max(stall_s, now_s - before_s - LOOK_S)
        ages = [now_s - scan.last_answer_at_s for scan in desk.store if scan.last_answer_at_s]
        oldest_s = max(oldest_s, *ages)
    return oldest_s, stall_s


async def test_many_decisions(tmp_path: Path) -> None:
    with idle_server(EMAIL) as server:
        big = server.script_scan("big", EMAIL).run_until("hunt").add_findings(DECISIONS)
        small = [server.script_scan(f"scan {n}", EMAIL).run_until("hunt") for n in range(SCANS - 1)]
        async with signed_in(server, tmp_path) as desk:
            assert await desk.watch(" ".join(scan.id for scan in (big, *small))) is None
            await desk.until(lambda: len(desk.scan(big.id).findings) == DECISIONS)
            for act in ("decided", "undone"):
                server.requests.reset()
                decisions = desk.controller.decisions
                if act == "decided":
                    ids = list(desk.scan(big.id).findings)
                    run = decisions.decide(Field.STATUS, "dismissed", ids)
                else:
                    undo = decisions.undo()
                    assert undo is not None
                    run = undo
                began_s = time.monotonic()
                oldest_s, stall_s = await follow(desk, run)
                took_s = time.monotonic() - began_s
                asked = sum(server.requests.by_kind.values())
                say(
                    f"{run.counts[WriteState.SAVED]} of {run.total} {act}",
                    f"{took_s:.1f} s, {run.total / took_s:.0f} per second, {asked} requests in all",
                )
                say("  oldest of ten watched scans", f"{oldest_s:.1f} s")
                say("  longest stall of the loop", f"{1000 * stall_s:.0f} ms")


def test_snoozes_among_many_rows() -> None:
    """What snoozing costs a table, and what a filter costs where one row is snoozed or none."""
    rows = [make_finding(n, created_at=FOUND_AT + timedelta(seconds=n)) for n in range(ROWS)]
    snoozed = [replace(row, snoozed_until=FOUND_AT) for row in rows[:AT_ONCE]]
    table = GroupedListing()
    table.apply([FindingAdded(row) for row in rows])
    say("filter and back, nothing snoozed", f"{_filtered_ms(table):8.1f} ms")
    applied_ms = took_ms(lambda: table.apply(list(map(FindingReplaced, snoozed, rows))))
    say(f"{AT_ONCE} of {ROWS} snoozed at once", f"{applied_ms:8.1f} ms")
    say(f"filter and back, {AT_ONCE} snoozed", f"{_filtered_ms(table):8.1f} ms")


def _filtered_ms(table: GroupedListing) -> float:
    """Return how long the fastest of some filters takes, with the way back."""

    def filter_and_back() -> None:
        for text in ("status:open", ""):
            table.show(parse_filter(text), NEWEST_LAST, None)

    return min(took_ms(filter_and_back) for _ in range(5))
