"""How much the core takes: the fold of 100,000 findings, and watches of up to 50 scans on a server.

Figures are printed, never asserted: `pytest --capture=no tests/benchmarks/test_bench_core.py`
"""

import asyncio
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.facts.choices import Settings, WatchedScan
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.facts.observation import Connection, FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.services.settings import SettingsFile
from tests.benchmarks.figures import say, took_ms
from tests.fakes.findings import SCAN_ID, make_finding
from tests.fakes.program import Program
from tests.fakes.watch_desk import WatchDesk, connection
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker

ROWS, PAGE = 100_000, 100
EMAIL = "analyst@example.test"
QUIET_S = 15.0
SILENT, SILENT_S, LONG = 20, 70.0, 480  # scans; how long changes are waited for; rows of the first
FAILED_S = 60.0
BURST = 200
LOOK_S = 0.002

pytestmark = pytest.mark.timeout(300)


def make_rows(status: FindingStatus = FindingStatus.OPEN) -> list[Finding]:
    severities = list(Severity)
    return [
        make_finding(number, severity=severities[number % 5], status=status, file_path="a/b.py")
        for number in range(ROWS)
    ]


def fold(what: str, store: Store, rows: list[Finding], asked_at_s: float) -> None:
    """List all rows page by page, and print the whole, the worst page, and the draining."""
    pages = [tuple(rows[first : first + PAGE]) for first in range(0, ROWS, PAGE)]
    took_s = []
    for number, page in enumerate(pages):
        began = time.perf_counter()
        store.observe(FindingsListed(SCAN_ID, asked_at_s + number / 1e6, page))
        took_s.append(time.perf_counter() - began)
    began = time.perf_counter()
    changes = store.drain()
    drained_s = time.perf_counter() - began
    each_us, worst_ms = sum(took_s) / ROWS * 1e6, max(took_s) * 1000
    say(
        what,
        f"{sum(took_s) * 1000:7.0f} ms, {each_us:.2f} us each, worst page {worst_ms:.2f} ms; "
        f"{len(changes):,} changes drained in {drained_s * 1000:.0f} ms",
    )


def test_fold_of_100_000_findings() -> None:
    store = Store()
    store.add(Scan(SCAN_ID, server_url("http://127.0.0.1:8080")))
    print()  # noqa: T201
    fold("fold, every row is new", store, make_rows(), 1.0)
    fold("fold, no row is news", store, make_rows(), 2.0)
    fold("fold, every row is another one", store, make_rows(FindingStatus.FALSE_POSITIVE), 3.0)


def test_memory_of_the_fold_besides_its_rows() -> None:
    rows = make_rows()
    tracemalloc.start()
    store = Store()
    store.add(Scan(SCAN_ID, server_url("http://127.0.0.1:8080")))
    for first in range(0, ROWS, PAGE):
        store.observe(FindingsListed(SCAN_ID, 1.0 + first, tuple(rows[first : first + PAGE])))
        store.drain()
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    say("\nfold, memory besides the rows", f"{used / 2**20:7.1f} MiB")


@pytest.fixture
def server() -> Iterator[LabServer]:
    with LabServer(worker=lambda *_: IdleWorker()) as running:
        running.add_account(EMAIL, "long enough")
        yield running


@asynccontextmanager
async def watching(
    server: LabServer, count: int
) -> AsyncIterator[tuple[WatchDesk, list[ScriptedScan]]]:
    scripted = [server.script_scan(f"repo-{n}", EMAIL).run_until("hunt") for n in range(count)]
    for each in scripted:
        each.add_findings(20)
    desk = WatchDesk(server.url, server.new_session(EMAIL))
    began = time.perf_counter()
    for each in scripted:
        desk.watch(each.id)
    await desk.until(
        lambda: all(
            connection(scan) is Connection.LIVE and scan.has_listed_once for scan in desk.store
        )
    )
    took_s = time.perf_counter() - began
    say(f"\n{count} scans, until live and listed", f"{took_s * 1000:7.0f} ms")
    yield desk, scripted
    await desk.aclose()


async def longest_wait_s(ended: asyncio.Event) -> float:
    worst_s, before = 0.0, time.perf_counter()
    while not ended.is_set():
        await asyncio.sleep(LOOK_S)
        now = time.perf_counter()
        worst_s, before = max(worst_s, now - before - LOOK_S), now
    return worst_s


@pytest.mark.parametrize("count", [1, 10, 20, 50])
async def test_quiet_scans(server: LabServer, count: int) -> None:
    async with watching(server, count) as (desk, _):
        await asyncio.sleep(2)
        server.requests.reset()
        cpu_began = time.thread_time()
        await asyncio.sleep(QUIET_S)
        cpu_s = time.thread_time() - cpu_began
        counted = server.requests.by_kind.copy()
        kinds = ", ".join(f"{name} {number}" for name, number in counted.most_common())
        say(
            f"{count} scans without news, {QUIET_S:g} s",
            f"{counted.total() / QUIET_S:7.2f} requests/s ({kinds}), "
            f"{cpu_s / QUIET_S * 100:.1f} % of a core",
        )
        assert len(desk.store) == count


@pytest.mark.parametrize("status", ["open", "confirmed"])
async def test_silent_changes(server: LabServer, status: str) -> None:
    """Dismiss a finding of each scan without an event, then view the first, which is long."""
    async with watching(server, SILENT) as (desk, scripted):
        scripted[0].add_findings(LONG)
        changed = [FindingId(each.finding_ids[-1]) for each in scripted]
        for each in scripted:
            each.change_finding(each.finding_ids[-1], status=status)
        desk.watches.refresh()
        scans = [desk.store.scan(ScanId(each.id)) for each in scripted]

        def number_with(word: FindingStatus) -> int:
            rows = (
                scan.findings.get(row) for scan, row in zip(scans, changed, strict=True) if scan
            )
            return sum(row is not None and row.status is word for row in rows)

        await desk.until(lambda: number_with(FindingStatus(status)) == SILENT)
        await asyncio.sleep(15)  # the pauses after the listings
        for each in scripted:
            each.change_finding(each.finding_ids[-1], status="dismissed")
        began_s, after_s = time.monotonic(), list[float]()
        while len(after_s) < SILENT and (passed_s := time.monotonic() - began_s) < SILENT_S:
            after_s += [passed_s] * (number_with(FindingStatus.DISMISSED) - len(after_s))
            await asyncio.sleep(0.1)
        say(
            f"{status} to dismissed, {SILENT} scans out of view",
            f"{len(after_s)} shown within {SILENT_S:g} s"
            + (f", median {median(after_s):.1f} s, last {after_s[-1]:.1f} s" if after_s else ""),
        )
        scripted[0].change_finding(scripted[0].finding_ids[-1], status="fixed")
        began_s, viewed = time.monotonic(), desk.store.scan(ScanId(scripted[0].id))
        desk.watches.set_in_view(ScanId(scripted[0].id))
        assert viewed is not None
        await desk.until(lambda: viewed.findings[changed[0]].status is FindingStatus.FIXED)
        say("a scan that comes into view", f"shown after {time.monotonic() - began_s:.1f} s")


@pytest.mark.parametrize("count", [1, 10, 50])
async def test_failed_scans(server: LabServer, count: int) -> None:
    """Count what scans cost that failed, settled less than 5 min ago and may run again."""
    scripted = [server.script_scan(f"repo-{n}", EMAIL).run_until("hunt") for n in range(count)]
    for each in scripted:
        each.add_findings(20).fail().age(timedelta(minutes=11))  # so that it settles at once
    desk = WatchDesk(server.url, server.new_session(EMAIL))
    for each in scripted:
        desk.watch(each.id)
    await desk.until(lambda: all(scan.is_settled for scan in desk.store))
    server.requests.reset()
    await asyncio.sleep(FAILED_S)
    counted = server.requests.by_kind.copy()
    await desk.aclose()
    rows = sum(counted.values()) - counted["live"]
    say(
        f"{count} scans that have failed, {FAILED_S:g} s",
        f"{counted.total() / FAILED_S:7.2f} requests/s (live {counted['live']}, others {rows})",
    )


@pytest.mark.parametrize("count", [1, 10, 50])
async def test_bursts_of_many_scans_at_once(server: LabServer, count: int) -> None:
    async with watching(server, count) as (desk, scripted):
        await asyncio.sleep(6)  # the pause after the first listings
        server.requests.reset()
        ended = asyncio.Event()
        waiting = desk.tasks.spawn(longest_wait_s(ended), name="longest wait")
        began = time.perf_counter()
        await asyncio.to_thread(burst, scripted)
        await desk.until(lambda: all(len(scan.findings) == 20 + BURST for scan in desk.store))
        took_s = time.perf_counter() - began
        ended.set()
        worst_s = await waiting
        say(
            f"{count} bursts of {BURST}, until every row is read",
            f"{took_s * 1000:7.0f} ms, {server.requests.by_kind.total()} requests, "
            f"longest wait of the loop {worst_s * 1000:.0f} ms",
        )


POLLED, SETTLING_S, WATCHED_S = 20, 45.0, 40.0

#: Polls the same addresses as often, decodes each answer, and says what that took.
BARE_POLLER = """
import asyncio, os, sys, time
import httpx

seconds, pause_s, token, *urls = sys.argv[1:]

async def poll(client, number, url):
    await asyncio.sleep(float(pause_s) * number / len(urls))
    while True:
        (await client.get(url)).json()
        await asyncio.sleep(float(pause_s))

async def main():
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(headers=headers, timeout=60) as client:
        began = time.process_time()
        polls = [asyncio.create_task(poll(client, *each)) for each in enumerate(urls)]
        await asyncio.wait(polls, timeout=float(seconds))
        print(time.process_time() - began, flush=True)

asyncio.run(main())
"""


def processor_s(pid: int) -> float:
    """Return the processor time that a process has used so far, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_quiet_scans_beside_a_bare_poller(server: LabServer, tmp_path: Path) -> None:
    token = server.new_session(EMAIL)
    scripted = [server.script_scan(f"repo-{n}", EMAIL).run_until("hunt") for n in range(POLLED)]
    for each in scripted:
        each.add_findings(20)
    watched = [part for each in scripted for part in ("--watch", each.id)]
    used: dict[str, float] = {}
    requests = 0
    for mode, more in (("window", ()), ("no window", ("--headless", "--quit-when-done"))):
        program = Program(
            tmp_path / mode,
            *("--server", server.url, *watched, "--temp-profile", *more),
            token=token,
        )
        try:
            time.sleep(SETTLING_S)
            server.requests.reset()
            began_s = processor_s(program.pid)
            time.sleep(WATCHED_S)
            used[mode] = processor_s(program.pid) - began_s
            counted = server.requests.by_kind.copy()
        finally:
            program.kill()
        requests = counted.total()
        assert counted["live"] >= POLLED
    pause_s = WATCHED_S * POLLED / requests
    urls = [f"{server.url}/api/scans/{each.id}/live" for each in scripted]
    bare = subprocess.run(
        (sys.executable, "-c", BARE_POLLER, str(WATCHED_S), str(pause_s), token, *urls),
        capture_output=True,
        text=True,
        check=True,
    )
    used["bare poller"] = float(bare.stdout)
    print()  # noqa: T201
    for what, used_s in used.items():
        say(
            f"{POLLED} quiet scans, {what}",
            f"{used_s / WATCHED_S * 100:6.2f} % of a core, {used_s / used['bare poller']:4.1f} "
            f"times a bare poller of {requests / WATCHED_S:.1f} requests/s",
        )


def burst(scripted: list[ScriptedScan]) -> None:
    """End hunt everywhere: rows first, then their events back to back."""
    for each in scripted:
        each.add_findings(BURST, "critical").finish_stage()


@pytest.mark.parametrize("scans", [50, 200, 500, 1000, 4000])
def test_saving_the_board_is_linear(tmp_path: Path, scans: int) -> None:
    server = ServerUrl("https://heimdall.example.org")
    watched = tuple(
        WatchedScan(server, ScanId(f"10000000-0000-4000-8000-{number:012x}"))
        for number in range(scans)
    )
    preferences = Preferences(SettingsFile(tmp_path / "settings.toml", Settings))
    preferences.load()
    preferences.remember([], watched, {server})
    used_ms = took_ms(lambda: preferences.remember([], watched[1:], {server}), time.process_time)
    print(f"{scans} scans: {used_ms:.1f} ms of processor time to save that one has left")  # noqa: T201
