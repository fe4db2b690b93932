"""Watches many scans for long while everything goes wrong, and prints what that costs.

`python -m tests.soak --scans 50 --minutes 30`, on any screen; QT_QPA_PLATFORM=offscreen for none.

Server and program are processes of their own and this one only asks them, so that the figures are
those of the program. `--heap 3,6,9` says after so many minutes which objects there are more of than
at the time before; `--trace` says which lines hold more memory then, but takes some itself.
`--pace 20` lets the clock of the program run faster: 24 minutes have the polls, timeouts and pauses
of eight hours. The exit status is 1 if at the end any row differs from the server's.
"""

import argparse
import os
import sys
import time
from collections import Counter
from typing import Any

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.presentation.error_text import error_text
from tests.benchmarks.outside.processes import Process
from tests.fakes import meters
from tests.fakes.soaked_program import PACE, TRACED

REPORT_S = 30.0
SLICE_S = 1.0
LOOK_EVERY = 7  # slices: somebody opens a finding so often
REST_S = 70.0  # the longest timeout is 60 s
EQUAL_LIMIT_S = 240.0
MOST_TYPES = 16
HEAD = (
    f"{'min':>6}{'MB':>8}{'anon':>7}{'scans':>7}{'rows':>7}{'blocks':>9}{'sockets':>9}{'files':>7}"
    f"{'timers':>8}{'tasks':>7}{'own lag 50/99/max':>19}{'req/s':>8}{'cpu %':>7}{'faults':>8}"
)


class Soak:
    """Asks server and program, and prints what they say.

    Args:
        heap_min: after how many minutes objects are counted.
    """

    def __init__(self, server: Process, program: Process, heap_min: list[float]) -> None:
        self._server, self._program, self._heap_min = server, program, heap_min
        self._alarms = meters.Alarms()
        self._all_lag: Counter[int] = Counter()
        self._memory: list[tuple[float, float]] = []
        self._types: Counter[str] = Counter()

    def run(self, minutes: float) -> bool:
        """Soak, then compare, then let everything go and count what stays."""
        before = self._program.answer()
        say(HEAD)
        self._soak(minutes)
        self._say_memory()
        is_equal = self._compare()
        self._let_go(before)
        self._program.end()
        return is_equal

    def _soak(self, minutes: float) -> None:
        began_s = reported_s = time.monotonic()
        used_s, asked, slices = self._program.processor_s, 0, 0
        while (now_s := time.monotonic()) - began_s < minutes * 60:
            slices += 1
            status = self._server.ask(ask="status")
            self._turn(status["scans"], looks=slices % LOOK_EVERY == 0)
            if now_s - reported_s >= REPORT_S:
                over_s, used = now_s - reported_s, self._program.processor_s
                rate = (status_asked := sum(status["asked"].values())) - asked
                faults = sum(status["hits"].values())
                self._report(now_s - began_s, rate / over_s, (used - used_s) / over_s, faults)
                reported_s, used_s, asked = now_s, used, status_asked
            if self._heap_min and now_s - began_s >= self._heap_min[0] * 60:
                self._say_heap(self._heap_min.pop(0))
            time.sleep(SLICE_S)
        status = self._server.ask(ask="status")
        say(f"\nwhat happened   {status['did']}\nfaults met      {status['hits']}")
        say(f"requests        {status['asked']}")
        for line in self._alarms.lines():
            say(line)

    def _turn(self, scans: list[str], *, looks: bool = False) -> None:
        """Let the program watch what the server wants watched, and look at what it says."""
        answer = self._program.ask(ask="turn", scans=scans, looks=looks)
        self._alarms.view((meters.Seen(**each) for each in answer["seen"]), answer["now_s"])

    def _report(self, at_s: float, asked_per_s: float, used: float, faults: int) -> None:
        left = self._program.ask(ask="left")
        lag = Counter({int(ms): times for ms, times in left["lag"].items()})
        self._all_lag += lag
        memory_mb = self._program.memory_mib("VmRSS")
        self._memory.append((at_s, memory_mb))
        say(
            f"{at_s / 60:6.1f}{memory_mb:8.1f}{self._program.memory_mib('RssAnon'):7.1f}"
            f"{left['scans']:7}{left['rows']:7}{left['blocks']:9}{left['sockets']:9}"
            f"{left['files']:7}{left['Qt timers']:8}{len(left['tasks']):7}"
            f"{meters.lag_text(lag):>19}{asked_per_s:8.1f}{used * 100:7.1f}{faults:8}"
        )

    def _say_heap(self, at_min: float) -> None:
        """Print of which types there are more objects than before."""
        before_mb = self._program.memory_mib("VmRSS")
        heap = self._program.ask(ask="heap")
        types = Counter(heap["types"])
        say(
            f"heap at {at_min:g} min: {types.total()} objects, {heap['blocks']} blocks, "
            f"{heap['garbage']} were garbage; {before_mb:.1f} MB before,"
            f" {self._program.memory_mib('VmRSS'):.1f} collected and trimmed"
        )
        grown = (types - self._types).most_common(MOST_TYPES)
        for name, more in grown if self._types else types.most_common(MOST_TYPES):
            say(f"        {more:+8} to {types[name]:7} {name}")
        for line in heap["lines"]:
            say(f"        {line}")
        self._types = types

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

    def _compare(self) -> bool:
        """Wait for all rows to be the server's, once nothing goes wrong any more."""
        self._server.ask(ask="calm")
        truth: dict[str, dict[str, list[str]]] = self._server.ask(ask="truth")
        began_s = time.monotonic()
        while True:
            self._turn(list(truth))
            wrong = _differences(truth, self._program.ask(ask="rows"))
            took_s = time.monotonic() - began_s
            if not wrong or took_s > EQUAL_LIMIT_S:
                break
            time.sleep(SLICE_S)
        rows = sum(len(rows) for rows in truth.values())
        say(f"rows equal      {not wrong}: {len(truth)} scans, {rows} rows, {took_s:.1f} s after")
        for scan_id, words in wrong.items():
            say(f"    {scan_id}: {words}")
        return not wrong

    def _let_go(self, before: dict[str, Any]) -> None:
        """Stop all watches, and count what stays."""
        self._turn([])
        time.sleep(REST_S)
        memory_mb = self._program.memory_mib("VmRSS")
        after = self._program.ask(ask="heap")
        names = ("sockets", "files", "Qt timers", "blocks")
        say(
            "left behind     "
            + ", ".join(f"{each} {before[each]} -> {after[each]}" for each in names)
        )
        say(f"tasks           {before['tasks']} -> {after['tasks']}")
        collected_mb = self._program.memory_mib("VmRSS")
        say(f"garbage         {after['garbage']} objects in cycles")
        say(f"memory          {memory_mb:.1f} MB without scans, {collected_mb:.1f} collected")


def _differences(
    truth: dict[str, dict[str, list[str]]], shown: dict[str, dict[str, Any]]
) -> dict[str, str]:
    """Say of each scan whose rows are not the server's what differs."""
    wrong = {}
    for scan_id, rows in truth.items():
        scan = shown.get(scan_id, {"rows": {}, "end": "not watched"})
        if scan["rows"] != rows:
            changed = sum(scan["rows"].get(row_id) != row for row_id, row in rows.items())
            more = len(scan["rows"].keys() - rows.keys())
            wrong[scan_id] = f"{changed} of {len(rows)} differ, {more} too many; {scan['end']}"
    return wrong


def say(words: str) -> None:
    """Print a line at once."""
    print(words, flush=True)  # noqa: T201


def started_server() -> Process:
    """Start the process of the server; each question is answered by a line."""
    return Process((sys.executable, "-m", "tests.fakes.soaked_server"), dict(os.environ))


def _started_program(reported: dict[str, Any], *, is_traced: bool, pace: float) -> Process:
    """Start the process of the program, which watches the scans of the server."""
    watched = [part for scan_id in reported["scans"] for part in ("--watch", scan_id)]
    module = (sys.executable, "-m", "tests.fakes.soaked_program")
    more = {"HEIMDALL_TOKEN": reported["token"], TRACED: "1" if is_traced else ""}
    more |= {PACE: str(pace)} if pace != 1 else {}
    command = (*module, "--temp-profile", "--server", reported["url"], *watched)
    return Process(command, {**os.environ, **more})


def main() -> int:
    """Run the soak."""
    given = _options()
    with started_server() as server:
        small = {"threads": given.threads, "is_small": given.small}
        reported = server.ask(ask="start", scans=given.scans, seed=given.seed, **small)
        with _started_program(reported, is_traced=given.trace, pace=given.pace) as program:
            return 0 if Soak(server, program, given.heap).run(given.minutes) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--scans", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="of the server")
    parser.add_argument("--small", action="store_true", help="drop requests, nothing else")
    parser.add_argument("--pace", type=float, default=1.0, help="of the program's clock")
    parser.add_argument("--trace", action="store_true", help="say which lines hold more memory")
    parser.add_argument(
        "--heap", type=_minutes, default=[], metavar="MIN,MIN", help="when to count objects"
    )
    return parser.parse_args()


def _minutes(text: str) -> list[float]:
    return sorted(map(float, text.split(",")))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HeimdallError as error:
        sys.exit(error_text(error))
