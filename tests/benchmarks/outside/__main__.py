"""Measures whole programs from outside, beside bare ones: `packaging/dev.sh bench`.

Rows that take long are only in `--all`. Nothing is asserted about time, but every run checks that
the program has exactly the findings of the server; if not, the status is 1. With several trees, one
run of each takes turns: `--tree before=../before --tree after=.`
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.outside import busy, quiet
from tests.benchmarks.outside.processes import CHECKOUT, Tree, WrongResultError, require_tree
from tests.benchmarks.outside.tables import Figures, say

Row = Callable[..., None]
ROWS: dict[str, Row] = {
    "start": quiet.start,
    "idle": quiet.idle,
    "list": busy.listing,
    "stall": busy.stall,
    "burst": busy.burst,
    "latency": busy.latency,
    "silent": busy.silent,
    "memory": quiet.memory,
    "requests": quiet.requests,
}
SHORT = ("start", "idle", "list", "stall", "burst", "latency")


def main() -> int:
    parser = argparse.ArgumentParser(prog="packaging/dev.sh bench", description=__doc__)
    add = parser.add_argument
    add("rows", nargs="*", metavar="ROW", help=f"which of {' '.join(ROWS)}")
    add("--all", action="store_true", dest="shows_all", help="every row in every variant")
    add("--tree", action="append", default=[], metavar="[NAME=]PATH", help="a checkout to measure")
    add("--rounds", type=int, default=5, help="how often each is measured (default: 5)")
    add("--json", type=Path, metavar="FILE", help="write all values")
    given = parser.parse_args()
    if unknown := set(given.rows) - ROWS.keys():
        parser.error(f"no such row: {' '.join(unknown)}")
    trees = [_tree(text) for text in given.tree] or [Tree("program", CHECKOUT)]
    for tree in trees:
        require_tree(tree)
    figures, status = Figures(), 0
    for name in given.rows or (ROWS if given.shows_all else SHORT):
        known, began_s = set(figures.values), time.monotonic()
        try:
            ROWS[name](figures, trees, rounds=given.rounds, shows_all=given.shows_all)
        except WrongResultError as problem:
            say(f"{name} failed: {problem}")
            status = 1
        figures.show([row for row in figures.values if row not in known])
        took_s, load = time.monotonic() - began_s, os.getloadavg()[1]
        say(f"({name}: {took_s:.0f} s; {os.cpu_count()} cores, load {load:.1f})\n")
        if given.json is not None:
            figures.save(given.json)
    return status


def _tree(text: str) -> Tree:
    name, _, path = text.rpartition("=")
    place = Path(path).resolve()
    return Tree(name or place.name, place)


if __name__ == "__main__":
    sys.exit(main())
