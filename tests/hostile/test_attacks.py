"""The real program meets hostile answers, many in one run, and comes through all of them.

Asserted are memory, rows, statuses, the later alert, and that nothing of it is a defect. How long
the loop stood still is printed (`-s`); the goals for that are judged by `python -m tests.hostile`.
"""

import itertools
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.fakes.program import Program
from tests.hostile.server import TOKEN, HostileServer
from tests.hostile.table import ATTACKS, HELD
from tests.hostile.trial import MEMORY_MB, tried

RUNS = 3
LIMIT_S = 300.0
CORE = [each for each in ATTACKS if each.is_core][::2]  # the others run by name: time is short


@pytest.mark.timeout(LIMIT_S + 120)
@pytest.mark.parametrize("run", range(RUNS))
def test_the_program_comes_through(run: int, tmp_path: Path) -> None:
    attacks = list(itertools.islice(CORE, run, None, RUNS))
    report = tried(attacks, tmp_path, limit_s=LIMIT_S)
    print(*report.lines(), sep="\n")  # noqa: T201 - the figures that are not judged here
    assert report.troubles == []
    assert report.figures.peak_mb < MEMORY_MB


@pytest.mark.timeout(LIMIT_S)
def test_no_lie_that_goes_on_is_green(tmp_path: Path) -> None:
    with HostileServer(HELD) as server, ExitStack() as ends:
        programs = []
        for number, story in enumerate(server.stories):
            programs.append(
                Program(
                    tmp_path / str(number),
                    *("--server", server.url, "--watch", story.id, "--temp-profile"),
                    *("--quit-when-done", "--unreachable", "10", "--timeout", "20"),
                    token=TOKEN,
                )
            )
            ends.callback(programs[-1].kill)
        ended = [program.ended(LIMIT_S) for program in programs]

    said = {each.name: run.status for each, run in zip(HELD, ended, strict=True)}
    print(said)  # noqa: T201 - which of the sentences it was
    assert [name for name, status in said.items() if status not in (3, 5, 6)] == []
    assert all(run.line for run in ended)
    assert server.foreign == []


def test_the_table_is_long_and_names_each_attack_once() -> None:
    assert len(ATTACKS) >= 150
    assert len(CORE) >= 60
    assert len({each.name for each in ATTACKS}) == len(ATTACKS)
