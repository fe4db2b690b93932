"""How long a long listing takes, from a server that takes its time for each page.

Figures are printed, never asserted: `pytest --capture=no tests/benchmarks/test_bench_listing.py`
"""

import asyncio
import hashlib
import itertools
import json
import time
from statistics import median

import pytest

from heimdall_desktop.application.watching.finding_sync import FindingSync
from heimdall_desktop.domain.facts.finding import FindingStatus
from heimdall_desktop.domain.facts.observation import FindingsListed, Observation
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.services.api import HeimdallApi
from heimdall_desktop.services.transport import limiter
from heimdall_desktop.services.transport.clients import Clients
from heimdall_desktop.services.transport.limiter import GROWS_AFTER_S
from tests.benchmarks.figures import say
from tests.fakes.hand_server import SCAN_ID
from tests.fakes.raw_server import Asked, answer, raw_server

ROWS, PAGE, PAGE_S, POLL_GAP_S = 20_022, 100, 0.1, 0.5

pytestmark = pytest.mark.timeout(300)


class OnePage(HeimdallApi):
    """Knows of no place for a second page, as before pages were read at once."""

    @property
    def free_places(self) -> int:
        return 0


def page(number: int) -> bytes:
    """One page of the listing, with rows of a usual size."""
    first = (number - 1) * PAGE
    rows = [
        {
            "id": f"{row:08d}",
            "scan_id": SCAN_ID,
            "severity": "high",
            "title": f"Finding {row}",
            "description": "It comes from outside, and nothing looks at it. " * 8,
            "code_snippet": "total = total + price\n" * 12,
        }
        for row in range(first, min(first + PAGE, ROWS))
    ]
    reported = {"items": rows, "total": ROWS, "page": number, "per_page": PAGE}
    return answer(200, "application/json", json.dumps({"success": True, "data": reported}))


async def serve(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Answer each request by itself, so many at once as are asked for."""
    is_poll = "status=" in asked.target
    page_asked = "0" if is_poll else asked.target.partition("page=")[2].partition("&")[0]
    await asyncio.sleep(PAGE_S)
    writer.write(PAGES[int(page_asked)])


PAGES = {number: page(number) for number in range(1, ROWS // PAGE + 2)}
PAGES[0] = answer(
    200, "application/json", json.dumps({"success": True, "data": {"items": [], "total": ROWS}})
)


async def poll(api: HeimdallApi, took_s: list[float]) -> None:
    """Request something small every half second, as polls beside a listing do."""
    began_s = time.monotonic()
    for number in itertools.count(1):
        await asyncio.sleep(max(began_s + number * POLL_GAP_S - time.monotonic(), 0.0))
        asked_s = time.monotonic()
        await api.findings_total(SCAN_ID, FindingStatus.OPEN)
        took_s.append(time.monotonic() - asked_s)


async def listed(
    what: str,
    api_class: type[HeimdallApi] = HeimdallApi,
    *,
    quiet_minutes: int = 0,
    is_polled: bool = False,
    sequential_s: float | None = None,
) -> tuple[float, str]:
    """List everything once, and print how long it took; return that and the hash of the ids."""
    clock, minutes = time.monotonic, 0
    ids: list[str] = []
    polls_s: list[float] = []

    def take(seen: Observation) -> None:
        if isinstance(seen, FindingsListed):
            ids.extend(row.id for row in seen.findings)

    async with raw_server(serve, keeps_alive=True) as server:
        clients = Clients(server.url, lambda: "token", clock=lambda: minutes * GROWS_AFTER_S)
        for _ in range(quiet_minutes):
            minutes += 1
            assert clients.free_places > 0
        api = api_class(clients, clock)
        sync = FindingSync(Scan(SCAN_ID, server.url), api, take, clock)
        sync.want(clock(), is_urgent=True)
        polling = asyncio.get_running_loop().create_task(poll(api, polls_s)) if is_polled else None
        began_s = clock()
        ended = await sync.read_due()
        took_s = clock() - began_s
        if polling is not None:
            polling.cancel()
        await clients.aclose()
    assert ended is not None
    assert ended.is_whole
    figures = f"{took_s:7.1f} s, {took_s / (sequential_s or took_s):.2f}, {len(set(ids))} rows"
    if polls_s:
        middle_ms, worst_ms = median(polls_s) * 1000, max(polls_s) * 1000
        figures += f"; a poll takes {middle_ms:.0f} ms, at most {worst_ms:.0f} ms"
    say(what, figures)
    return took_s, hashlib.sha256("\n".join(sorted(set(ids))).encode()).hexdigest()


async def test_a_listing_of_two_hundred_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    print()  # noqa: T201
    sequential_s, every_id = await listed("one page after another", OnePage)
    runs = [
        await listed(what, quiet_minutes=minutes, is_polled=is_polled, sequential_s=sequential_s)
        for what, minutes, is_polled in (
            ("two places, one more after 50 good reads", 0, False),
            ("the same with polls beside it", 0, True),
            ("after two minutes without a loss", 2, False),
        )
    ]
    monkeypatch.setattr(limiter, "GROWS_AFTER_READS", ROWS)  # as where a request was lost
    runs += [
        await listed(what, is_polled=is_polled, sequential_s=sequential_s)
        for what, is_polled in (("two places", False), ("two places, polls beside it", True))
    ]
    assert {found for _, found in runs} == {every_id}
