"""How the server takes connections and closes them."""

import socket
import threading
import time

import pytest

from heimdall_desktop.local.listener import IDLE_CONNECTION_S
from tests.lab.server import LabServer

LOOKED_AT_S = 0.2  # uvicorn does so every 0.1 s


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


def test_a_connection_that_comes_as_it_ends_is_closed_too() -> None:
    """It is taken in the very turn of the loop in which the end begins."""
    server = LabServer().__enter__()
    ending = threading.Thread(target=server.__exit__, args=(None, None, None))

    def meet() -> None:
        ending.start()
        connection.connect(("127.0.0.1", int(server.url.rpartition(":")[2])))
        until_s = time.monotonic() + LOOKED_AT_S
        while time.monotonic() < until_s:
            pass  # the loop is not free until it is due to look whether it is to end

    with socket.socket() as connection:
        connection.settimeout(10)
        server.call(meet)
        ending.join()
        assert connection.recv(1) == b""
