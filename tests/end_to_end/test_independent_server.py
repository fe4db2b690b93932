"""The program against a server that shares nothing with ours but the contract."""

from contextlib import ExitStack

from tests.end_to_end.conftest import Start
from tests.fakes.raw_server import reported
from tests.fakes.second_story import Generation
from tests.fakes.server_process import TOKEN, SecondServer


def test_the_line_agrees_with_every_generation_of_a_server_we_did_not_learn_from(
    start: Start,
) -> None:
    with ExitStack() as stack:
        servers = [stack.enter_context(SecondServer(generation)) for generation in Generation]
        programs = [
            start("--server", server.url, "--watch", server.story.scan_id, "--quit-when-done",
                  token=TOKEN)
            for server in servers
        ]  # fmt: skip
        runs = [program.ended() for program in programs]

    assert [(run.status, run.err) for run in runs] == [(0, "")] * len(Generation)
    for server, run in zip(servers, runs, strict=True):
        severities = {row_id: row["severity"] for row_id, row in server.story.rows.items()}
        assert run.scans == [reported(server.story.scan_id, "completed", severities)]
        assert run.scans[0]["findings"]["total"] == 302
        assert run.scans[0]["findings"]["other"] == 30
