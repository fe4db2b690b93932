"""How long the history takes with 100,000 findings in 50 scans, and how long others wait for it.

Figures are printed, never asserted: `pytest --capture=no tests/benchmarks/test_bench_history.py`
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.memory.history_loader import HistoryLoader
from heimdall_desktop.application.memory.history_writer import HistoryWriter
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.runtime import sparing_survivors
from heimdall_desktop.services.history import FILE_NAME, History
from tests.benchmarks import many_scans
from tests.benchmarks.figures import say
from tests.benchmarks.many_scans import ManyScans

SCANS, ROWS = 50, 2000
LOOK_S = 0.001
HAND_ON_S = 0.1

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(autouse=True)
def collections_as_in_the_program() -> Iterator[None]:
    """Long garbage collections are spared, as runtime does it."""
    with sparing_survivors():
        yield


@asynccontextmanager
async def measured(what: str) -> AsyncIterator[None]:
    """Print how long something takes, what it costs, and how long the loop was held up at worst.

    Both by the clock and by the loop's own work: only the latter tells much on a busy machine.
    """
    worst_s = worst_own_s = 0.0

    async def look() -> None:
        nonlocal worst_s, worst_own_s
        before, own_before = time.perf_counter(), time.thread_time()
        while True:
            await asyncio.sleep(LOOK_S)
            now, own = time.perf_counter(), time.thread_time()
            worst_s, before = max(worst_s, now - before - LOOK_S), now
            worst_own_s, own_before = max(worst_own_s, own - own_before), own

    async with asyncio.TaskGroup() as group:
        looking = group.create_task(look())
        await asyncio.sleep(0)
        began_s, cpu_began_s = time.perf_counter(), time.process_time()
        yield
        took_s, cpu_s = time.perf_counter() - began_s, time.process_time() - cpu_began_s
        looking.cancel()
    say(
        what,
        f"{took_s * 1000:7.0f} ms, {cpu_s * 1000:6.0f} ms of processor, "
        f"longest wait of the loop {worst_s * 1000:.0f} ms, by its own work "
        f"{worst_own_s * 1000:.1f} ms",
    )


def history(folder: Path) -> History:
    return History(folder / FILE_NAME, clock=time.monotonic, now=lambda: datetime.now(UTC))


def history_writer(store: Store, file: History) -> HistoryWriter:
    inbox = Inbox(lambda: datetime.now(UTC))
    return HistoryWriter(store, inbox, file, clock=time.monotonic, is_kept=lambda _url: True)


async def fill(store: Store, keeping: HistoryWriter, monkeypatch: pytest.MonkeyPatch) -> ManyScans:
    """List everything as fast as it goes; hand changes on as the ticker does."""
    monkeypatch.setattr(many_scans, "ANSWER_S", 0.0)
    scans = ManyScans(store, SCANS, ROWS, time.monotonic)
    scans.watch()
    async with asyncio.TaskGroup() as group:
        listing = group.create_task(scans.list_all())
        while not listing.done():
            await asyncio.sleep(HAND_ON_S)
            keeping.take(store.drain())
    keeping.take(store.drain())
    return scans


async def test_100_000_findings_in_50_scans(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    print()  # noqa: T201
    store = Store()
    keeping = history_writer(store, history(tmp_path))
    async with measured("list all, mark it as unsaved"):
        scans = await fill(store, keeping, monkeypatch)
    async with measured("save all without a rest"):
        await keeping.save()
    say("size with its log", f"{size(tmp_path):7.1f} MiB")
    async with measured("close"):
        await keeping.aclose()
    say("size", f"{size(tmp_path):7.1f} MiB, {size(tmp_path) * 2**20 / scans.total:.0f} B a row")

    later, file = Store(), history(tmp_path)
    earlier = HistoryLoader(later, file)
    async with measured("begin again: heads"):
        await earlier.read()
        earlier.restore_heads(scans.ids)
    async with measured("begin again: all findings"):
        await earlier.restore_rows(scans.ids)
    brought = sum(len(scan.findings) for scan in later)
    say("brought back", f"{brought:7} of {scans.total}")
    later.drain()
    async with measured("forget all"):
        forgetting = history_writer(later, file)
        for scan_id in scans.ids:
            later.remove(scan_id)
        forgetting.take(later.drain())
        await forgetting.aclose()
    say("size", f"{size(tmp_path):7.1f} MiB")


async def test_the_pace_of_saving_while_findings_stream_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    print()  # noqa: T201
    defects: list[BaseException] = []
    store, tasks = Store(), Tasks(lambda _name, error: defects.append(error))
    file = history(tmp_path)
    keeping = history_writer(store, file)
    keeping.start(tasks, [])
    await fill(store, keeping, monkeypatch)
    async with measured("10 s of saving what has streamed in"):
        await asyncio.sleep(10)
    async with measured("close with the rest unsaved"):
        await keeping.aclose()
    await tasks.aclose()
    assert defects == []


def size(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.iterdir()) / 2**20
