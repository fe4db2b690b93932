"""The program of a soak, as a process that does what it is asked and nothing else.

`python -m tests.fakes.soaked_program [ARGUMENT...]`, as `python -m heimdall_desktop [ARGUMENT...]`

It reads a line of JSON from stdin for each question and answers with a line on stdout; see
`SoakedProgram._answer`. The first line says that it has begun.
"""

import asyncio
import ctypes
import gc
import json
import logging
import math
import os
import sys
import time
import tracemalloc
from collections import Counter
from random import Random
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier

from heimdall_desktop import cli, runtime
from heimdall_desktop.application.runs.unattended import Exit, Result, watch_all
from heimdall_desktop.application.servers import suspend_monitor
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.main import Program
from heimdall_desktop.start import started
from tests.fakes import meters
from tests.fakes.probe import open_files

TRACED = "HEIMDALL_SOAK_TRACED"  # variable: whether lines that hold memory are reported
PACE = "HEIMDALL_SOAK_PACE"  # variable: how much faster than real the program's clock runs


class SoakedProgram(Program):
    """The program, but for what it does once it has begun: it answers questions."""

    async def _work(self, began_s: float) -> Result:
        self._chance, self._lag = Random(1), meters.LoopLag()
        self._traced: tracemalloc.Snapshot | None = None
        self._pasted = set[frozenset[ScanId]]()  # of which it is not known yet whether they exist
        self._core.tasks.spawn(self._lag.run(), name="measure the lag of the loop")
        await asyncio.sleep(1)
        left = self._left()
        limits = self._start.limits(began_s)
        await watch_all(self._core, self._start.wanted, limits, [], self._stop.event)
        asked = QSocketNotifier(0, QSocketNotifier.Type.Read)
        asked.activated.connect(self._take)
        _say(left)
        await self._stop.event.wait()
        asked.setEnabled(False)
        return Result(Exit.FAILED if self._core.is_broken else Exit.DONE)

    def _take(self) -> None:
        line = sys.stdin.readline()
        if line:
            _say(self._answer(json.loads(line)))
        else:
            self._stop.because("the questions have ended")

    def _answer(self, asked: dict[str, Any]) -> object:
        """Do what a question names, and return what it asks for.

        `turn` watches the `scans` it names and no others, as a user who pastes ids and stops
        watches, and `looks` at a finding; `left` counts what there is, `heap` the objects of each
        type, and `rows` says which findings are shown of each scan.
        """
        match asked["ask"]:
            case "turn":
                self._follow({ScanId(scan_id) for scan_id in asked["scans"]})
                if asked.get("looks"):
                    self._look()
                seen = [meters.seen_of(scan)._asdict() for scan in self._core.store]
                return {"now_s": self._core.clock(), "seen": seen}
            case "left":
                return self._left() | {"lag": self._lag.take()}
            case "heap":
                return self._heap()
            case "rows":
                return {
                    scan.id: {
                        "end": f"{scan.status}, {scan.outcome.name}",
                        "rows": {
                            row.id: [row.severity_text, row.status_text]
                            for row in scan.findings.values()
                        },
                    }
                    for scan in self._core.store
                }
            case unknown:
                raise ValueError(unknown)

    def _follow(self, wanted: set[ScanId]) -> None:
        watched = {scan.id for scan in self._core.store}
        for scan_id in watched - wanted:
            self._core.controller.request_stop(scan_id)
        new = frozenset(wanted - watched).difference(*self._pasted)
        if new:
            self._pasted.add(new)
            self._core.controller.request_watch(
                "\n".join(new), lambda _error: self._pasted.discard(new)
            )

    def _look(self) -> None:
        """Open a finding of some scan, which brings that scan into view."""
        scan = self._chance.choice(list(self._core.store) or [None])
        if scan is not None and scan.findings:
            self._window.open_finding(self._chance.choice(list(scan.findings)))

    def _left(self) -> dict[str, Any]:
        sockets, files = open_files()
        own = asyncio.get_running_loop()._turns  # type: ignore[attr-defined]
        roots = [each for each in (own, self._ticker, self._tray) if isinstance(each, QObject)]
        return {
            "sockets": sockets,
            "files": files,
            "Qt timers": meters.qt_timers(roots),
            "tasks": sorted(task.get_name() for task in asyncio.all_tasks()),
            "scans": len(self._core.store),
            "rows": sum(len(scan.findings) for scan in self._core.store),
            "blocks": sys.getallocatedblocks(),
        }

    def _heap(self) -> dict[str, Any]:
        """Collect everything and count what stays, by type; and which lines hold more memory.

        What the allocator of the system keeps though it is free goes back to the system.
        """
        garbage = meters.cyclic_garbage()
        gc.unfreeze()  # the collection was long, so what survived it is exempt from the next
        if sys.platform == "linux":
            ctypes.CDLL(None).malloc_trim(0)
        types = Counter(f"{type(o).__module__}.{type(o).__qualname__}" for o in gc.get_objects())
        lines = list[str]()
        if tracemalloc.is_tracing():
            former, self._traced = self._traced, tracemalloc.take_snapshot()
            if former is not None:
                lines = [str(each) for each in self._traced.compare_to(former, "lineno")[:12]]
        return {"garbage": garbage, "types": types, "lines": lines, **self._left()}


def hurry(pace: float) -> None:
    """Let the monotonic clocks run faster, so that polls, timeouts and pauses come sooner.

    The wall clock and Qt's own timers, as those of the window, keep their time, so that pauses
    between these look longer than they are.
    """
    monotonic, clock_gettime = time.monotonic, time.clock_gettime

    class FastLoop(runtime.Loop):
        def _wait(self) -> None:
            if self._scheduled and not self._is_turn_due:
                wait_s = (self._scheduled[0].when() - self.time()) / pace
                self._turns.start(max(math.ceil(wait_s * 1000), 0))

    time.monotonic = lambda: monotonic() * pace
    time.clock_gettime = lambda clock: clock_gettime(clock) * pace
    suspend_monitor.LATE_S *= pace
    runtime.Loop = FastLoop  # type: ignore[misc]


def _say(answer: object) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201


def main() -> int:
    """Run the program until its standard input ends."""
    if os.environ.get(TRACED):
        tracemalloc.start()
    if pace := float(os.environ.get(PACE) or 0):
        hurry(pace)
    with started(cli.options(sys.argv[1:], os.environ.get("HEIMDALL_TOKEN"))) as start:
        logging.getLogger("heimdall").setLevel(logging.ERROR)
        application = runtime.make_application("soak")
        return runtime.run(SoakedProgram(start, application).run, application).status


if __name__ == "__main__":
    sys.exit(main())
