"""How long a long listing takes, from a server that takes its time for each page.

Figures are printed, never asserted: `pytest --capture=no tests/benchmarks/test_bench_listing.py`
"""

import asyncio
import hashlib
import json
import time
from collections.abc import Callable

import pytest

from heimdall_desktop.application.watching.finding_sync import FindingSync
from heimdall_desktop.domain.facts.observation import FindingsListed, Observation
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.services.api import HeimdallApi
from heimdall_desktop.services.transport.clients import Clients
from heimdall_desktop.services.transport.limiter import GROWS_AFTER_S
from tests.benchmarks.figures import say
from tests.fakes.hand_server import SCAN_ID
from tests.fakes.raw_server import Asked, answer, raw_server

ROWS, PAGE, PAGE_S = 20_022, 100, 0.1

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
    body = PAGES[int(asked.target.partition("page=")[2].partition("&")[0])]
    await asyncio.sleep(PAGE_S)
    writer.write(body)


PAGES = {number: page(number) for number in range(1, ROWS // PAGE + 2)}


async def listed(
    what: str, api_class: type[HeimdallApi], clock: Callable[[], float], ripens: int = 0
) -> str:
    """List everything once, print how long it took, and return the hash of the ids."""
    minutes = 0
    ids: list[str] = []

    def take(seen: Observation) -> None:
        if isinstance(seen, FindingsListed):
            ids.extend(row.id for row in seen.findings)

    async with raw_server(serve, keeps_alive=True) as server:
        clients = Clients(server.url, lambda: "token", clock=lambda: minutes * GROWS_AFTER_S)
        for _ in range(ripens):
            minutes += 1
            assert clients.free_places > 0
        sync = FindingSync(Scan(SCAN_ID, server.url), api_class(clients, clock), take, clock)
        sync.want(clock(), is_urgent=True)
        began_s = time.monotonic()
        ended = await sync.read_due()
        took_s = time.monotonic() - began_s
        await clients.aclose()
    assert ended is not None
    assert ended.is_whole
    say(what, f"{took_s:7.1f} s, {len(set(ids))} rows")
    return hashlib.sha256("\n".join(sorted(set(ids))).encode()).hexdigest()


async def test_a_listing_of_two_hundred_pages() -> None:
    hashes = {
        await listed("one page after another", OnePage, time.monotonic),
        await listed("in the places there are at first", HeimdallApi, time.monotonic),
        await listed("after two minutes without a loss", HeimdallApi, time.monotonic, 2),
    }
    assert len(hashes) == 1
