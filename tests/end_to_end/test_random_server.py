"""The program against a server that shares nothing with ours and fails at random, by seeds."""

from contextlib import ExitStack

import pytest

from tests.end_to_end.conftest import Start
from tests.fakes.random_server import RandomServer
from tests.fakes.raw_server import reported
from tests.fakes.server_process import TOKEN

SEEDS = range(1, 5)
LIMIT_S = 90.0


@pytest.mark.timeout(120)
def test_the_line_agrees_with_a_server_of_random_faults(start: Start) -> None:
    with ExitStack() as stack:
        servers = [stack.enter_context(RandomServer(seed)) for seed in SEEDS]
        programs = [
            start("--server", server.url, "--watch", server.story.scan_id, "--quit-when-done",
                  token=TOKEN)
            for server in servers
        ]  # fmt: skip
        runs = [program.ended(LIMIT_S) for program in programs]

    assert [(run.status, run.err) for run in runs] == [(0, "")] * len(SEEDS)
    for server, run in zip(servers, runs, strict=True):
        severities = {row_id: row["severity"] for row_id, row in server.story.rows.items()}
        assert run.scans == [reported(server.story.scan_id, "completed", severities)]
    assert sum(server.hits.total() for server in servers), "not one fault was met"
