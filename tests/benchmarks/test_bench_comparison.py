"""How long it takes to compare two scans of 100,000 findings: printed, never asserted.

`pytest --capture=no tests/benchmarks/test_bench_comparison.py`
"""

import time

from heimdall_desktop.domain.comparison import ChangeKind, Comparison, compare
from heimdall_desktop.domain.facts.finding import Finding, Severity
from tests.benchmarks.figures import say
from tests.fakes.findings import make_finding

ROWS = 100_000
SEVERITIES = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)


def rows(first: int, seed: int, kept: int) -> list[Finding]:
    """Return findings of one scan, of which one in `kept` has another fingerprint than before."""
    return [
        make_finding(
            first + number,
            fingerprint=f"{number:064x}" if number % kept else f"{seed}-{number}",
            severity=SEVERITIES[(number // (6 + seed)) % 4],
            file_path=f"src/part{number % 500}/module.py",
            line_start=number + seed * (number % 3),
            title=f"Finding of rule {number % 97}",
        )
        for number in range(ROWS)
    ]


def compared(what: str, before: list[Finding], after: list[Finding]) -> Comparison:
    began_s = time.perf_counter()
    comparison = compare(before, after)
    say(what, f"{(time.perf_counter() - began_s) * 1000:8.0f} ms")
    return comparison


def test_two_scans_of_100_000_findings() -> None:
    before, after = rows(0, 0, ROWS + 1), rows(ROWS, 1, 10)
    compared("the same scan twice", before, before)
    changed = compared("one in ten paired by place", before, after)
    nothing = compared("nothing in common", before, [])
    assert changed.counts.total() >= ROWS
    assert len(nothing.of(ChangeKind.FIXED)) == ROWS
