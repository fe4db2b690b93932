"""Runs the program against many servers of random faults, and prints which seeds disagree.

`python -m tests.random_servers --first 1 --runs 200 --at-once 4`
"""

import argparse
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.program import Ended, Program
from tests.fakes.random_server import RandomServer
from tests.fakes.raw_server import reported
from tests.fakes.server_process import TOKEN

LIMIT_S = 150.0


@dataclass(frozen=True)
class Run:
    """One run: what was wrong with it, "" for nothing, and what it met."""

    seed: int
    problem: str
    hits: Counter[str]
    rows: int


def run(seed: int) -> Run:
    """Let the program watch the server of a seed."""
    with tempfile.TemporaryDirectory() as folder, RandomServer(seed) as server:
        scan_id = server.story.scan_id
        watched = ("--temp-profile", "--server", server.url, "--watch", scan_id)
        program = Program(Path(folder), *watched, "--quit-when-done", token=TOKEN)
        try:
            ended = program.ended(LIMIT_S)
            problem = _trouble(server, ended)
        except Exception as error:  # noqa: BLE001 - one run, of many
            problem = f"{type(error).__name__}: {error}"
        finally:
            program.kill()
        return Run(seed, problem, server.hits + server.did, len(server.story.rows))


def _trouble(server: RandomServer, ended: Ended) -> str:
    severities = {row_id: row["severity"] for row_id, row in server.story.rows.items()}
    wanted = [reported(server.story.scan_id, "completed", severities)]
    if (ended.status, ended.err) != (0, ""):
        return f"status {ended.status}: {ended.err.strip()}"
    return "" if ended.scans == wanted else f"{ended.scans} instead of {wanted}"


def main() -> int:
    """Run the seeds asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.random_servers", description=__doc__)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--at-once", type=int, default=4)
    given = parser.parse_args()
    hits: Counter[str] = Counter()
    failed, rows = [], 0
    with ThreadPoolExecutor(given.at_once) as pool:
        for each in pool.map(run, range(given.first, given.first + given.runs)):
            hits += each.hits
            rows += each.rows
            if each.problem:
                failed.append(each.seed)
                _say(f"seed {each.seed}: {each.problem}")
    _say(f"{given.runs} runs, {rows} rows, {len(failed)} disagree: {failed}")
    for name, count in sorted(hits.items()):
        _say(f"    {count:6} {name}")
    return 1 if failed else 0


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
