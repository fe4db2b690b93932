"""The long table: `python -m tests.hostile`, by name or class, some attacks at once or singly.

Within packaging/desktop_session.sh the window is asked from outside, as a window manager does;
without a desktop a heartbeat on the loop tells of stalls. Prints for each attack the longest stall
and the most memory, and what went wrong. What stalls longer than 0.3 s, or takes over 400 MB, while
others are met too is tried again singly. Ends with status 1 if anything went wrong, took more
memory than that or stalled for over a second.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.hostile.attack import Attack
from tests.hostile.table import ATTACKS
from tests.hostile.trial import MEMORY_MB, Report, tried

GOAL_S = 0.3
LONGEST_S = 1.0


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of names; all attacks without one")
    parser.add_argument("--at-once", type=int, default=8, help="attacks that one run meets")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds for each run")
    parser.add_argument("--core", action="store_true", help="only those of the suite")
    given = parser.parse_args()
    attacks = [each for each in ATTACKS if each.is_core or not given.core]
    if given.names:
        attacks = [each for each in attacks if any(name in each.name for name in given.names)]
    hurt = [each for run in _runs(attacks, given.at_once, given.limit) for each in run]
    if given.at_once > 1 and hurt:
        _say(f"\n{len(hurt)} attacks of {len(attacks)}, each by itself:")
        hurt = [each for run in _runs(hurt, 1, given.limit) for each in run]
    _say(f"\n{len(hurt)} of {len(attacks)} hurt")
    return 1 if hurt else 0


def _runs(attacks: Sequence[Attack], at_once: int, limit_s: float) -> Iterator[list[Attack]]:
    """Try some at a time; yield those that hurt."""
    for start in range(0, len(attacks), at_once):
        batch = attacks[start : start + at_once]
        with tempfile.TemporaryDirectory(prefix="heimdall-hostile-") as folder:
            report = tried(
                batch,
                Path(folder),
                limit_s=limit_s,
                desktop=(os.environ if "HEIMDALL_PRIVATE_DESKTOP" in os.environ else None),
            )
        for line in report.lines():
            _say(line)
        for problem in report.troubles:
            _say(f"    ! {problem}")
        yield [each for each in batch if _hurts(each, report, is_alone=at_once == 1)]


def _hurts(attack: Attack, report: Report, *, is_alone: bool) -> bool:
    stall_s, peak_mb = report.by_attack[attack.name]
    if is_alone:
        return (
            bool(report.troubles)
            or report.figures.longest_s > LONGEST_S
            or report.figures.peak_mb > MEMORY_MB
        )
    is_named = any(problem.startswith(attack.name) for problem in report.troubles)
    is_unnamed = any(": " not in problem or problem[:4] in _OF_ALL for problem in report.troubles)
    return stall_s > GOAL_S or peak_mb > MEMORY_MB or is_named or (is_unnamed and not is_named)


_OF_ALL = ("the ", "exit", "a de", "anot")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what it is run for


if __name__ == "__main__":
    sys.exit(main())
