"""A connection that the application closes under its own answer."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer


@contextmanager
def one_connection(server: LabServer) -> Iterator[httpx.Client]:
    limits = httpx.Limits(max_connections=1)
    with httpx.Client(base_url=server.url, trust_env=False, limits=limits) as client:
        yield client


def test_closing_one_connection_leaves_the_others(server: LabServer) -> None:
    with one_connection(server) as one, one_connection(server) as two:
        assert [client.get("/health").status_code for client in (one, two)] == [200, 200]
        server.faults.add(Fault(Shape.CLOSED))
        with pytest.raises(httpx.RemoteProtocolError):
            one.get("/health")
        assert [client.get("/health").status_code for client in (one, two)] == [200, 200]


def test_a_request_with_a_body_is_closed_without_an_answer(
    server: LabServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.add(Fault(Shape.CLOSED))
    with one_connection(server) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            client.post("/api/auth/login", json={"email": "x" * 10_000})
        assert client.get("/health").status_code == 200
    assert caplog.messages == []
