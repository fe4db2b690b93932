"""Watches many scans of a small server that drops requests, and prints what that costs.

`python -m tests.small_server --threads 2 --scans 20 --minutes 5`

The watches run in this process, without a window, and the server in another. Of two requests on one
of its threads the server drops the second without a word, and it takes 50 ms for each answer
(heimdall-api.md 1.7). Nothing else goes wrong, so the exit status is 1 if a scan was without an
answer for longer than 15 s, if one was called stale or worse, or if one has no name at the end.
"""

import argparse
import asyncio
import sys
from collections import Counter
from typing import Any

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes import meters
from tests.fakes.watch_desk import WatchDesk
from tests.soak import Server, say

SLICE_S = 0.25
OLD_S = 15.0
NAMED_WITHIN_S = 20.0  # a scan that has just begun may still be without its name
FALSE = {Connection.STALE, Connection.GONE, Connection.SIGNED_OUT, Connection.BUSY}


class Guest:
    """Watches, and looks at what the scans say all the time."""

    def __init__(self, server: Server, desk: WatchDesk) -> None:
        self._server, self._desk = server, desk
        self._begun_s: dict[ScanId, float] = {}
        self._oldest_s = 0.0
        self._alarms: Counter[str] = Counter()
        self._alarmed: set[tuple[ScanId, str]] = set()
        self._lag = meters.LoopLag()

    async def run(self, minutes: float) -> bool:
        """Watch for so long, tell, and return whether all was well."""
        self._desk.tasks.spawn(self._lag.run(), name="measure the lag of the loop")
        self._desk.watches.look_at(ScanId(""))
        ends_s = self._desk.clock() + minutes * 60
        while self._desk.clock() < ends_s:
            status = await asyncio.to_thread(self._server.ask, "status")
            self._follow({ScanId(scan_id) for scan_id in status["scans"]})
            self._desk.store.drain()
            for scan in self._desk.store:
                self._look_at(scan, self._desk.clock())
            await asyncio.sleep(SLICE_S)
        return self._tell(await asyncio.to_thread(self._server.ask, "status"))

    def _follow(self, wanted: set[ScanId]) -> None:
        """Watch what the server wants watched."""
        watched = {scan.id for scan in self._desk.store}
        for scan_id in watched - wanted:
            self._desk.watches.stop(scan_id)
        for scan_id in wanted - watched:
            self._desk.watch(scan_id)

    def _look_at(self, scan: Scan, now_s: float) -> None:
        begun_s = self._begun_s.setdefault(scan.id, now_s)
        if not scan.is_settled:
            answered_s = begun_s if scan.last_answer_at_s is None else scan.last_answer_at_s
            self._oldest_s = max(self._oldest_s, now_s - answered_s)
        connection = scan.connection and scan.connection.connection
        if connection in FALSE and (scan.id, connection.value) not in self._alarmed:
            self._alarmed.add((scan.id, connection.value))
            self._alarms[connection.value] += 1

    def _tell(self, status: dict[str, Any]) -> bool:
        now_s = self._desk.clock()
        asked = sum(status["asked"].values())
        lost = sum(n for what, n in status["hits"].items() if what.startswith("second_of_two"))
        nameless = [
            scan.id
            for scan in self._desk.store
            if not scan.repo_name and now_s - self._begun_s[scan.id] > NAMED_WITHIN_S
        ]
        traffic = self._desk.link.traffic
        say(f"requests                 {asked}: {status['asked']}")
        say(f"lost                     {lost}, {lost / max(asked, 1):.1%}")
        say(f"repeated                 {traffic.repeated}")
        say(f"longest without answer   {self._oldest_s:.1f} s, of one scan")
        say(f"scans                    {len(self._begun_s)}, {len(self._desk.store)} at the end")
        say(f"without a name           {len(nameless)}")
        say(f"false alarms             {dict(self._alarms)}")
        say(f"lag of the loop, ms      {meters.lag_words(self._lag.take())} (median/99 %/worst)")
        return not (nameless or self._alarms) and self._oldest_s <= OLD_S


async def watch(server: Server, given: argparse.Namespace) -> bool:
    """Start the server, watch it, and return whether all was well."""
    small = {"threads": given.threads, "is_small": True}
    told = server.ask("start", scans=given.scans, seed=given.seed, **small)
    desk = WatchDesk(told["url"], told["token"])
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
    server = Server()
    try:
        return 0 if asyncio.run(watch(server, given)) else 1
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(main())
