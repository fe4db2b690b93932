"""Watches many running scans of one server in the whole window, and prints what that costs.

`python -m tests.benchmarks.many_watches --scans 1000`, on any screen; QT_QPA_PLATFORM=offscreen for
none. The server runs in a process of its own, so that the figures are those of the program.
"""

import argparse
import asyncio
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from heimdall_desktop import cli, runtime
from heimdall_desktop.application.runs.unattended import Exit, Result, watch_all
from heimdall_desktop.application.watching import watches
from heimdall_desktop.main import Program
from heimdall_desktop.secrecy import TOKEN_VARIABLE
from heimdall_desktop.start import started
from tests.fakes import meters
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker

EMAIL = "analyst@example.test"
FINDINGS = 20  # of each scan
STEADY_S = 30.0
START_LIMIT_S = 120.0  # what is not listed by then is counted
HEAD = (
    f"{'scans':>6}{'start s':>9}{'unlisted':>10}{'lag ms 50/99/max':>20}{'MB':>7}"
    f"{'then: req/s':>13}{'cpu %':>7}{'lag ms':>15}{'stop ms':>9}"
)


class MeasuredProgram(Program):
    """The program, but for what it does once it has begun."""

    asked: Any = None

    async def _work(self, began_s: float) -> Result:
        lag = meters.LoopLag()
        self._core.tasks.spawn(lag.run(), name="measure the lag of the loop")
        start_s = time.monotonic()
        limits = self._start.limits(began_s)
        await watch_all(self._core, self._start.wanted, limits, [], self._stop.event)
        until_s = start_s + START_LIMIT_S
        while self._unlisted() and time.monotonic() < until_s:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        unlisted = self._unlisted()
        started_s, at_start = time.monotonic() - start_s, meters.lag_text(lag.take())
        asked, cpu_s, steady_s = self._asked(), meters.processor_s(), time.monotonic()
        await asyncio.sleep(STEADY_S)
        took_s = time.monotonic() - steady_s
        rate = (await asyncio.to_thread(self._asked) - asked) / took_s
        cpu = (meters.processor_s() - cpu_s) / took_s * 100
        steady = meters.lag_text(lag.take())
        scans = len(self._core.store)
        memory_mb = meters.memory_mb()
        stop_s = time.perf_counter()
        self._core.controller.request_stop(next(iter(self._core.store)).id)
        stop_ms = (time.perf_counter() - stop_s) * 1000
        say(
            f"{scans:6}{started_s:9.1f}{unlisted:10}{at_start:>20}{memory_mb:7.0f}"
            f"{rate:13.1f}{cpu:7.1f}{steady:>15}{stop_ms:9.1f}"
        )
        return Result(Exit.DONE)

    def _unlisted(self) -> int:
        return sum(not scan.has_listed_once for scan in self._core.store)

    def _asked(self) -> int:
        return int(self.asked())


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


def serve(scans: int) -> None:
    """Be the server: print where it is, then how much it was asked for each line that comes."""
    with LabServer(auth_burst=1_000_000, worker=lambda *_: IdleWorker()) as server:
        server.add_account(EMAIL, "long enough")
        ids = []
        for number in range(scans):
            scripted = server.script_scan(f"service-{number}", EMAIL)
            ids.append(scripted.run_until("hunt").add_findings(FINDINGS).id)
        say(json.dumps({"url": server.url, "token": server.new_session(EMAIL), "scans": ids}))
        for _ in sys.stdin:
            say(str(server.requests.as_json()["total"]))


def measure(scans: int) -> int:
    """Watch so many scans and print a line."""
    arguments = [sys.executable, "-m", "tests.benchmarks.many_watches", "--serve", str(scans)]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(arguments, stdin=pipe, stdout=pipe, text=True) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        assert server.stdin is not None
        assert server.stdout is not None
        reported = json.loads(server.stdout.readline())

        def asked() -> str:
            assert server.stdin is not None
            assert server.stdout is not None
            server.stdin.write("\n")
            server.stdin.flush()
            return server.stdout.readline()

        MeasuredProgram.asked = staticmethod(asked)
        os.environ[TOKEN_VARIABLE] = reported["token"]
        watched = [part for scan_id in reported["scans"] for part in ("--watch", scan_id)]
        status = _run(["--profile-dir", folder, "--server", reported["url"], *watched])
        server.stdin.close()
    return status


def _run(arguments: list[str]) -> int:
    options = cli.options(arguments)
    with started(options) as start:
        logging.getLogger("heimdall").setLevel(logging.ERROR)
        application = runtime.make_application("bench")
        return runtime.run(MeasuredProgram(start, application).run, application).status


def main() -> int:
    watches.MOST_WATCHED = 1_000_000  # what is refused is what this is to justify
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=int, default=1000)
    parser.add_argument("--serve", type=int)
    given = parser.parse_args()
    if given.serve is not None:
        serve(given.serve)
        return 0
    return measure(given.scans)


if __name__ == "__main__":
    sys.exit(main())
