"""Watches many scans for long while everything goes wrong, and prints what that costs.

`python -m tests.soak --scans 50 --minutes 30`, on any screen; QT_QPA_PLATFORM=offscreen for none.

The window runs in this process and the server in another, so that the figures are those of the
app. The exit status is 1 if at the end any row differs from the server's.
"""

import argparse
import asyncio
import gc
import logging
import os
import sys
import time
import tracemalloc
from collections import Counter
from random import Random
from typing import Any

from PySide6.QtCore import QObject

from heimdall_desktop import cli, runtime
from heimdall_desktop.application.runs.unattended import Exit, Result, watch_all
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.main import Program
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.start import started
from tests.benchmarks.outside.processes import Process
from tests.fakes import meters
from tests.fakes.probe import open_files

REPORT_S = 30.0
SLICE_S = 1.0
LOOK_EVERY = 7  # slices: somebody opens a finding so often
REST_S = 70.0  # the longest timeout is 60 s
EQUAL_LIMIT_S = 240.0
HEAD = (
    f"{'min':>6}{'MB':>8}{'scans':>7}{'rows':>7}{'sockets':>9}{'files':>7}{'timers':>8}{'tasks':>7}"
    f"{'lag ms 50/99/max':>19}{'req/s':>8}{'cpu %':>7}{'frozen':>9}{'faults':>8}"
)
TRUTH = dict[str, dict[str, list[str]]]


class SoakedProgram(Program):
    """The program, but for what it does once it has begun."""

    def __init__(self, server: Process, options: argparse.Namespace, *parts: Any) -> None:
        super().__init__(*parts)
        self._server = server
        self._minutes: float = options.minutes
        self._is_traced: bool = options.trace
        self._chance = Random(options.seed)
        self._lag = meters.LoopLag()
        self._alarms = meters.Alarms()
        self._all_lag: Counter[int] = Counter()
        self._memory: list[tuple[float, float]] = []
        self._asked = 0

    async def _work(self, began_s: float) -> Result:
        """Soak, then compare, then let everything go and count what stays."""
        self._core.tasks.spawn(self._lag.run(), name="measure the lag of the loop")
        await asyncio.sleep(1)
        before, limits = self._left(), self._start.limits(began_s)
        await watch_all(self._core, self._start.wanted, limits, [], self._stop.event)
        say(HEAD)
        await self._soak()
        self._say_memory()
        is_equal = await self._compare()
        await self._let_go(before)
        return Result(Exit.DONE if is_equal and not self._core.is_broken else Exit.FAILED)

    # -- the soak --

    async def _soak(self) -> None:
        began_s = reported_s = time.monotonic()
        cpu_s, slices = meters.processor_s(), 0
        while (now_s := time.monotonic()) - began_s < self._minutes * 60:
            status = await asyncio.to_thread(self._server.ask, ask="status")
            self._follow({ScanId(scan_id) for scan_id in status["scans"]})
            self._alarms.view_scan(self._core.store, self._core.clock())
            slices += 1
            if slices % LOOK_EVERY == 0:
                self._look()
            if now_s - reported_s >= REPORT_S:
                used_s = meters.processor_s() - cpu_s
                self._report(now_s - began_s, now_s - reported_s, status, used_s)
                reported_s, cpu_s = now_s, meters.processor_s()
            await asyncio.sleep(SLICE_S)
        status = await asyncio.to_thread(self._server.ask, ask="status")
        say(f"\nwhat happened   {status['did']}\nfaults met      {status['hits']}")
        say(f"requests        {status['asked']}")
        for line in self._alarms.lines():
            say(line)

    def _follow(self, wanted: set[ScanId]) -> None:
        """Watch what the server wants watched, as somebody who pastes ids and stops watches."""
        watched = {scan.id for scan in self._core.store}
        for scan_id in watched - wanted:
            self._core.controller.request_stop(scan_id)
        if wanted - watched:
            self._core.controller.request_watch("\n".join(wanted - watched), lambda _error: None)

    def _look(self) -> None:
        """Open a finding of some scan, which brings that scan into view."""
        scan = self._chance.choice(list(self._core.store) or [None])
        if scan is not None and scan.findings:
            self._window.open_finding(self._chance.choice(list(scan.findings)))

    def _report(self, at_s: float, over_s: float, status: dict[str, Any], used_s: float) -> None:
        asked, lag = sum(status["asked"].values()), self._lag.take()
        self._all_lag += lag
        self._memory.append((at_s, meters.memory_mb()))
        left = self._left()
        rows = sum(len(scan.findings) for scan in self._core.store)
        say(
            f"{at_s / 60:6.1f}{self._memory[-1][1]:8.1f}{len(self._core.store):7}{rows:7}"
            f"{left['sockets']:9}{left['files']:7}{left['Qt timers']:8}{left['tasks']:7}"
            f"{meters.lag_text(lag):>19}{(asked - self._asked) / over_s:8.1f}"
            f"{used_s / over_s * 100:7.1f}{gc.get_freeze_count():9}"
            f"{sum(status['hits'].values()):8}"
        )
        self._asked = asked
        if self._is_traced:
            self._trace()

    def _trace(self) -> None:
        """Print what has grown since the level was reached."""
        taken = tracemalloc.take_snapshot()
        if len(self._memory) * REPORT_S < self._minutes * 60 / 3:
            self._level = taken
            return
        for line in taken.compare_to(self._level, "lineno")[:8]:
            say(f"        {line}")

    def _left(self) -> dict[str, int]:
        sockets, files = open_files()
        own = asyncio.get_running_loop()._turns  # type: ignore[attr-defined]
        timers = meters.qt_timers([own, self._ticker, self._tray] if _is_qt(self._tray) else [own])
        tasks = len(asyncio.all_tasks())
        return {"sockets": sockets, "files": files, "Qt timers": timers, "tasks": tasks}

    # -- its end --

    def _say_memory(self) -> None:
        if not self._memory:
            say("memory          not measured: the run was shorter than the time between two lines")
            return
        half = self._memory[len(self._memory) // 2 :]
        words = (
            f"{self._memory[0][1]:.1f} MB at the first line, {self._memory[-1][1]:.1f} at the last"
        )
        slopes = [meters.slope_mb_per_h(seen) for seen in (self._memory, half)]
        say(f"memory          {words}; slope {slopes[0]:+.1f} MB/h, 2nd half {slopes[1]:+.1f} MB/h")
        say(f"loop lag, ms    {meters.lag_text(self._all_lag)} (median/99 %/worst)")

    async def _compare(self) -> bool:
        """Wait for all rows to be the server's, once nothing goes wrong any more."""
        await asyncio.to_thread(self._server.ask, ask="calm")
        truth: TRUTH = await asyncio.to_thread(self._server.ask, ask="truth")
        self._follow({ScanId(scan_id) for scan_id in truth})
        began_s = time.monotonic()
        wrong = self._wrong(truth)
        while wrong and time.monotonic() - began_s < EQUAL_LIMIT_S:
            await asyncio.sleep(0.2)
            self._follow({ScanId(scan_id) for scan_id in truth})
            wrong = self._wrong(truth)
        rows = sum(len(rows) for rows in truth.values())
        took_s = time.monotonic() - began_s
        say(f"rows equal      {not wrong}: {len(truth)} scans, {rows} rows, {took_s:.1f} s after")
        for scan_id, words in wrong.items():
            say(f"    {scan_id}: {words}")
        return not wrong

    def _wrong(self, truth: TRUTH) -> dict[str, str]:
        """Say of each scan whose rows are not the server's what differs."""
        wrong = {}
        for scan_id, rows in truth.items():
            scan = self._core.store.scan(ScanId(scan_id))
            shown = {} if scan is None else scan.findings
            reported: dict[str, list[str]]
            reported = {row.id: [row.severity_text, row.status_text] for row in shown.values()}
            if reported != rows:
                changed = sum(reported.get(row_id) != row for row_id, row in rows.items())
                more = len(reported.keys() - rows.keys())
                end = "not watched" if scan is None else f"{scan.status}, {scan.outcome.name}"
                wrong[scan_id] = f"{changed} of {len(rows)} differ, {more} too many; {end}"
        return wrong

    async def _let_go(self, before: dict[str, int]) -> None:
        """Stop all watches, and count what stays."""
        self._follow(set())
        await asyncio.sleep(REST_S)
        after = self._left()
        words = ", ".join(f"{name} {before[name]} -> {after[name]}" for name in before)
        say(f"left behind     {words}")
        say(f"tasks           {sorted(task.get_name() for task in asyncio.all_tasks())}")
        frozen, memory_mb = gc.get_freeze_count(), meters.memory_mb()
        say(f"garbage         {meters.cyclic_garbage()} objects in cycles; {frozen} were frozen")
        say(f"memory          {memory_mb:.1f} MB without scans, {meters.memory_mb():.1f} collected")


def say(words: str) -> None:
    """Print a line at once."""
    print(words, flush=True)  # noqa: T201


def _is_qt(made: object) -> bool:
    return isinstance(made, QObject)


def started_server() -> Process:
    """Start the process of the server; each question is answered by a line."""
    return Process((sys.executable, "-m", "tests.fakes.soaked_server"), dict(os.environ))


def main() -> int:
    """Run the soak."""
    given = _options()
    if given.trace:
        tracemalloc.start()
    with started_server() as server:
        small = {"threads": given.threads, "is_small": given.small}
        reported = server.ask(ask="start", scans=given.scans, seed=given.seed, **small)
        watched = [part for scan_id in reported["scans"] for part in ("--watch", scan_id)]
        options = cli.options(
            ["--temp-profile", "--server", reported["url"], *watched], reported["token"]
        )
        return _run(server, given, options)


def _run(server: Process, given: argparse.Namespace, options: cli.Options) -> int:
    with started(options) as start:
        logging.getLogger("heimdall").setLevel(logging.ERROR)
        application = runtime.make_application("soak")
        program = SoakedProgram(server, given, start, application)
        return runtime.run(program.run, application).status


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--scans", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="of the server")
    parser.add_argument("--small", action="store_true", help="drop requests, nothing else")
    parser.add_argument("--trace", action="store_true", help="say which lines hold more memory")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HeimdallError as error:
        sys.exit(error_text(error))
