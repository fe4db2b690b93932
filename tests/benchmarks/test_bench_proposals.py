"""How long it takes to propose decisions for 20,000 findings: printed, never asserted.

`pytest --capture=no tests/benchmarks/test_bench_proposals.py`
"""

import asyncio
import gc
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import RequestTasks, Tasks
from heimdall_desktop.application.memory.history_loader import HistoryLoader
from heimdall_desktop.application.memory.kept_decisions import KeptDecisions
from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.proposal_matching import MatchedScan, ProposalMatcher
from heimdall_desktop.application.requests.reasons import DecisionHistories, Reasons
from heimdall_desktop.application.runs.core import utc_now
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.comparison import compare
from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.finding import FindingStatus, ScanId, Source
from heimdall_desktop.domain.facts.observation import FindingsListed, ListingEnded, ScanRead
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.services.credentials import MemoryStore
from heimdall_desktop.services.settings import SettingsFile
from tests.benchmarks.figures import say
from tests.fakes.findings import FOUND_AT, REPO_ID, make_finding

SERVER = server_url("http://127.0.0.1:8080")
TICK_S = 0.001


def code(first: int, number: int) -> str:
    """Return some lines; one in ten was edited, and one in ten is there twice."""
    own = f"{first} {number}" if number % 10 == 0 else str(number - number % 10 // 9)
    return f"    value = request.args['{own}']\n" + "    result = eval(value, {}, {})\n" * 5


def scan_of(scan_id: str, first: int, count: int, *, is_decided: bool) -> Scan:
    """Return a scan that was read to the end; every second row of an earlier one is decided."""
    scan = Scan(ScanId(scan_id), SERVER)
    statuses = (FindingStatus.DISMISSED, FindingStatus.OPEN, FindingStatus.CONFIRMED)
    rows = [
        make_finding(
            first + number,
            scan_id=scan.id,
            source=Source.STATIC,
            status=statuses[number % 3] if is_decided else FindingStatus.OPEN,
            fingerprint=f"{number + number // 50 * (not is_decided):064x}",
            file_path=f"src/part{number % 500}/module.py",
            line_start=number + 7 * (not is_decided),
            title=f"[CWE-{number % 97}] Finding of rule {number % 97}",
            cwe_text=f"CWE-{number % 97}",
            code_snippet=code(first, number),
        )
        for number in range(count)
    ]
    at = FOUND_AT + timedelta(days=0 if is_decided else 1)
    read = ScanRead(scan.id, 1.0, REPO_ID, "completed", None, None, at, at, at, at)
    scan.observe(read)
    scan.observe(FindingsListed(scan.id, 2.0, tuple(rows)))
    scan.observe(ListingEnded(scan.id, 2.0, count, count, is_whole=True))
    return scan


async def worst_waits_ms(work: Callable[[], Any]) -> tuple[list[float], Any]:
    """Run work in a thread; return how late the loop's turns were, in order of lateness."""
    waits: list[float] = []
    is_over = asyncio.Event()

    async def tick() -> None:
        while not is_over.is_set():
            began_s = time.perf_counter()
            await asyncio.sleep(TICK_S)
            waits.append((time.perf_counter() - began_s - TICK_S) * 1000)

    ticking = asyncio.ensure_future(tick())  # noqa: TID251 - of the benchmark
    try:
        answer = await asyncio.to_thread(work)
    finally:
        is_over.set()
        await ticking
    return sorted(waits), answer


@pytest.mark.parametrize("count", [20_000, 100_000])
async def test_proposals_beside_a_comparison(count: int, tmp_path: Path) -> None:
    store, tasks = Store(), Tasks(lambda _name, error: print(error))  # noqa: T201
    accounts = Accounts(MemoryStore(), clock=time.monotonic, now=utc_now, on_problem=print)
    requests, past = RequestTasks(tasks), HistoryLoader(store, None)
    decisions = Decisions(
        store, accounts, tasks, clock=time.monotonic, now=utc_now, random=Random(1)
    )
    preferences = Preferences(SettingsFile(tmp_path / "settings.toml", Settings))
    kept = KeptDecisions(accounts, past, preferences, lambda _repo_id: None)
    reasons = Reasons(store, accounts, decisions, tasks, clock=time.monotonic, now=utc_now)
    histories = DecisionHistories(accounts, reasons, requests, time.monotonic)
    matcher = ProposalMatcher(store, decisions, reasons, histories, kept)
    earlier = scan_of("earlier", 0, count, is_decided=True)
    later = scan_of("later", 1_000_000, count, is_decided=False)
    former, rows = list(earlier.findings.values()), list(later.findings.values())
    owner, hasher = await kept.owner_of(later), await kept.read()

    def propose() -> Any:
        known = MatchedScan(owner, False, True, (earlier,))
        return matcher.match(known, later, rows, hasher, dict(kept.of(owner)))

    gc.collect()
    gc.freeze()
    answer: Any = None
    for name, work in (("compare", lambda: compare(former, rows)), ("proposals", propose)):
        took_ms = []
        for _ in range(3):
            began_s = time.perf_counter()
            work()
            took_ms.append((time.perf_counter() - began_s) * 1000)
        waits, answer = await worst_waits_ms(work)
        p99 = waits[int(len(waits) * 0.99)]
        text = f"{min(took_ms):8.0f} ms, in a thread: worst {waits[-1]:.1f}, p99 {p99:.1f} ms"
        say(f"{name}, {count:,} against {count:,}", text)
    found = answer[0]
    say("  proposals", f"{len(found):8,}")
    assert len(found) > count // 2
    kept.keep(owner, [], is_kept=False)
    gc.unfreeze()
    await accounts.aclose()
    await tasks.aclose()
