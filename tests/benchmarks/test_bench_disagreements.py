"""Disagreements and handovers of 100,000 findings: the search, its slices, the filter.

Figures are printed, never asserted:
`pytest --capture=no tests/benchmarks/test_bench_disagreements.py`
"""

import time
from collections.abc import Callable
from datetime import timedelta

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.disagreements import Disagreements, search_overlaps
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Source
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.filters.filter_terms import Knowledge
from tests.benchmarks.figures import say
from tests.fakes.findings import FOUND_AT, SCAN_ID, SERVER, make_finding
from tests.fakes.requests import exports_of

ROWS = 100_000
STATUSES = (FindingStatus.OPEN, FindingStatus.CONFIRMED, FindingStatus.DISMISSED)


def rows(file_of: Callable[[int], str]) -> list[Finding]:
    return [
        make_finding(
            number,
            source=Source.AI if number % 2 else Source.STATIC,
            status=STATUSES[number % 3],
            file_path=file_of(number // 2),
            line_start=number // 2 % 900 + 1,
            line_end=number // 2 % 900 + 6,
            cwe_text=f"CWE-{number // 2 % 40}",
        )
        for number in range(ROWS)
    ]


def search(what: str, found: list[Finding]) -> None:
    took_ms, overlaps, known = [], None, Disagreements()
    steps = search_overlaps(found)
    while True:
        began = time.process_time()
        overlaps = next(steps, None) if overlaps is None else overlaps
        took_ms.append((time.process_time() - began) * 1000)
        if overlaps is not None:
            break
    took_ms.sort()
    p99 = took_ms[int(len(took_ms) * 0.99) - 1]
    say(
        what,
        f"{sum(took_ms):6.0f} ms in {len(took_ms)} slices, p99 {p99:.1f} ms, longest "
        f"{took_ms[-1]:.1f} ms; {len(overlaps):,} overlaps",
    )
    known.put(SCAN_ID, overlaps)
    wanted = parse_filter("disagrees:any").under(FOUND_AT, {}, Knowledge(disagreements=known.known))
    began = time.process_time()
    passing = sum(map(wanted.matches, found))
    say("  the filter", f"{(time.process_time() - began) * 1000:6.0f} ms; {passing:,} rows pass")


def test_search_of_100_000_findings() -> None:
    search("search, 2,000 files", rows(lambda number: f"src/{number % 2000}.py"))
    search("search, one file (hostile)", rows(lambda _number: "a.py"))


def test_handover_of_100_000_findings() -> None:
    store = Store()
    store.add(Scan(SCAN_ID, SERVER))
    found = rows(lambda number: f"src/{number % 2000}.py")
    store.observe(FindingsListed(SCAN_ID, 1.0, tuple(found)))
    exports = exports_of(store)
    began = time.process_time()
    make = exports.handovers([SCAN_ID])
    collected_ms = (time.process_time() - began) * 1000
    contents = make(exports.now() - timedelta(hours=8))
    assert contents.handover is not None
    took_ms = (time.process_time() - began) * 1000
    figures = f"{collected_ms:6.0f} ms, with one moment {took_ms:.0f} ms"
    say("handover", f"{figures}; {contents.handover.closed:,} decided")
