"""Watches many scans of a small server that drops requests, and prints what that costs.

`python -m tests.small_server --threads 2 --scans 20 --minutes 5`

The watches run in this process, without a window, and the server in another. Of two requests on one
of its threads the server drops the second without a word, and it takes 50 ms for each answer
(protocol.md 1.7). Nothing else goes wrong, so the exit status is 1 if a scan was without an
answer for longer than 15 s, if one was called stale or worse, or if one has no name at the end.
"""

import argparse
import asyncio
import sys
from typing import Any

from heimdall_desktop.domain.facts.finding import ScanId
from tests.benchmarks.outside.processes import Process
from tests.fakes import meters
from tests.fakes.watch_desk import WatchDesk
from tests.soak import say, started_server

SLICE_S = 0.25


class Guest:
    """Watches, and looks at what the scans say all the time."""

    def __init__(self, server: Process, desk: WatchDesk) -> None:
        self._server, self._desk = server, desk
        self._alarms = meters.Alarms()
        self._lag = meters.LoopLag()

    async def run(self, minutes: float) -> bool:
        """Watch for so long, tell, and return whether all was well."""
        self._desk.tasks.spawn(self._lag.run(), name="measure the lag of the loop")
        self._desk.watches.set_in_view(ScanId(""))
        ends_s = self._desk.clock() + minutes * 60
        while self._desk.clock() < ends_s:
            status = await asyncio.to_thread(self._server.ask, ask="status")
            self._follow({ScanId(scan_id) for scan_id in status["scans"]})
            self._desk.store.drain()
            self._alarms.view(map(meters.seen_of, self._desk.store), self._desk.clock())
            await asyncio.sleep(SLICE_S)
        return self._tell(await asyncio.to_thread(self._server.ask, ask="status"))

    def _follow(self, wanted: set[ScanId]) -> None:
        """Watch what the server wants watched."""
        watched = {scan.id for scan in self._desk.store}
        for scan_id in watched - wanted:
            self._desk.watches.stop(scan_id)
        for scan_id in wanted - watched:
            self._desk.watch(scan_id)

    def _tell(self, status: dict[str, Any]) -> bool:
        asked = sum(status["asked"].values())
        lost = sum(n for what, n in status["hits"].items() if what.startswith("second_of_two"))
        traffic = self._desk.link.clients.traffic
        say(f"requests                 {asked}: {status['asked']}")
        say(f"lost                     {lost}, {lost / max(asked, 1):.1%}")
        say(f"repeated                 {traffic.repeated}")
        for line in self._alarms.lines():
            say(line)
        say(f"lag of the loop, ms      {meters.lag_text(self._lag.take())} (median/99 %/worst)")
        return self._alarms.is_clear


async def watch(server: Process, given: argparse.Namespace) -> bool:
    """Start the server, watch it, and return whether all was well."""
    small = {"threads": given.threads, "is_small": True}
    reported = server.ask(ask="start", scans=given.scans, seed=given.seed, **small)
    desk = WatchDesk(reported["url"], reported["token"])
    try:
        return await Guest(server, desk).run(given.minutes)
    finally:
        await desk.watches.aclose()
        await desk.tasks.aclose()
        await desk.link.aclose()


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m tests.small_server", description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--scans", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with started_server() as server:
        return 0 if asyncio.run(watch(server, given)) else 1


if __name__ == "__main__":
    sys.exit(main())
