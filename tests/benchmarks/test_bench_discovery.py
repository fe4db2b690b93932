"""What finding scans asks of a server: opening the dialog, its repositories, looking for new scans.

Figures are printed, never asserted: `pytest --capture=no tests/benchmarks/test_bench_discovery.py`
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from heimdall_desktop.application.base.tasks import CallOff
from heimdall_desktop.application.discovery.server_polls import AutoWatch
from tests.fakes.controller_desk import ControllerDesk
from tests.lab.fault_gate import RequestCount
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker

EMAIL, PASSWORD = "analyst@example.test", "long enough"
REPOS = 14
NEWEST = 8


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[tuple[LabServer, ControllerDesk]]:
    with LabServer(auth_burst=1000, worker=lambda *_: IdleWorker()) as server:
        server.add_account(EMAIL, PASSWORD)
        for number in range(REPOS):
            server.script_scan(f"repo {number}", EMAIL).run_until("hunt").add_findings(30)
        desk = ControllerDesk(tmp_path)
        assert await desk.sign_in(server.url, EMAIL, PASSWORD) is None
        yield server, desk
        await desk.aclose()


async def read(request: Callable[[Callable[[Any], None]], CallOff]) -> None:
    done = asyncio.Event()
    request(lambda finds: done.set() if finds.is_done else None)
    await done.wait()


def report(what: str, count: RequestCount, took_s: float) -> None:
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(count.by_kind.items()))
    total = sum(count.by_kind.values())
    print(  # noqa: T201
        f"{what:34}{total:3} requests, at most {count.most_in_flight} at once, "
        f"{took_s * 1000:.0f} ms ({kinds})"
    )


async def test_what_discovery_asks(desk: tuple[LabServer, ControllerDesk]) -> None:
    server, one = desk
    discovery = one.controller.discovery
    print()  # noqa: T201
    for what, request in (
        (f"the newest {NEWEST}, all of them live", discovery.request_newest),
        (f"{REPOS} repositories", discovery.request_repos),
    ):
        server.requests.reset()
        began_s = time.perf_counter()
        await read(request)
        report(what, server.requests, time.perf_counter() - began_s)
    known: set[str] = set()
    link = one.accounts.in_use
    assert link is not None
    new_scans = AutoWatch(
        discovery,
        clock=time.monotonic,
        now=one.now,
        is_known=lambda _link, scan_id: scan_id in known,
        watch=lambda _link, scan_id: known.add(scan_id),
    )
    for what in ("a first look, at everything", "a look that finds nothing new"):
        server.requests.reset()
        began_s = time.perf_counter()
        await new_scans.check(link)
        report(what, server.requests, time.perf_counter() - began_s)
