"""The whole program plays a recording, and asks no server."""

import socket
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.services.recording import LineWriter
from tests.end_to_end.conftest import Start
from tests.services.test_recording import BEGAN_S, FACTS, HEAD


def test_a_recording_plays_without_its_server(start: Start, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        head = replace(HEAD, server=ServerUrl(f"http://127.0.0.1:{port}"))
        writer, file, picture = LineWriter(head, BEGAN_S), tmp_path / "shop", tmp_path / "shop.png"
        lines = [line for fact in FACTS[:-2] for line in writer.lines(BEGAN_S, fact)]
        file.write_bytes(b"".join([writer.first, *lines, b"[1,"]))

        program = start("--replay", file, "--screenshot", picture, "--timeout", "2")
        ended = program.ended()

        assert (ended.status, picture.exists()) == (5, True)
        assert ended.out == ""
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
