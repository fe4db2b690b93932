"""How the server takes connections and closes them."""

import asyncio
import socket
from concurrent.futures import Future

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from heimdall_desktop.local.local_server import IDLE_CONNECTION_S, Listener, loopback_socket
from tests.lab.server import LabServer


def test_it_listens_on_loopback_only(server: LabServer) -> None:
    assert server.url.startswith("http://127.0.0.1:")


def test_an_idle_connection_is_closed_after_five_seconds(server: LabServer) -> None:
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n")
        answer = b""
        while not answer.endswith(b"}}"):
            answer += connection.recv(65_536)
        assert connection.recv(65_536) == b""  # the end comes from the server; we keep still
    assert IDLE_CONNECTION_S == 5


def test_a_port_in_use_is_an_error_and_leaves_nothing_open(server: LabServer) -> None:
    port = int(server.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"), LabServer(port=port):
        pass


async def test_a_connection_that_comes_as_it_ends_is_closed_too() -> None:
    """It has been accepted, and no protocol knows of it yet."""
    listener = Listener(_no_application, H11Protocol, Future(), lambda: None)
    listener.config.load()
    listener.lifespan = listener.config.lifespan_class(listener.config)
    bound = loopback_socket(0)
    await listener.startup([bound])
    with socket.socket() as connection:
        connection.connect(bound.getsockname())
        for _ in range(2):  # until asyncio has accepted it, and no further
            await asyncio.sleep(0)
        await listener.shutdown([bound])
        connection.setblocking(False)
        assert connection.recv(1) == b""


async def _no_application(_scope: Scope, _receive: Receive, _send: Send) -> None:
    pytest.fail("nothing was asked")
