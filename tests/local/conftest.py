"""A running embedded server, a signed-in client, and a reader of its streams."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import httpx
import pytest

from heimdall_desktop.local.rows import ScanId
from tests.lab.generations import PRESENT
from tests.lab.lab_database import LabDatabase
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker

EMAIL, PASSWORD = "mira@example.test", "long enough"
KEEPALIVE_S = 0.2
UNLIMITED = 1_000_000

ServerFactory = Callable[..., LabServer]


class StreamReader:
    """Reads one open progress stream frame by frame."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._chunks = response.iter_raw()

    def initial_state(self) -> list[tuple[str, dict[str, object]]]:
        return [_event(text) for text in next(self._chunks).decode().split("\n\n") if text]

    def chunk(self) -> str:
        """Wait for one more chunk: a keepalive at the latest."""
        return next(self._chunks).decode()

    def rest(self) -> list[str]:
        """Read frames until the server ends the stream, keepalives left out."""
        text = b"".join(self._chunks).decode()
        return [frame for frame in text.split("\n\n") if frame not in {"", ": keepalive"}]

    def rest_of_bytes(self) -> tuple[bytes, bool]:
        """Read what is left, and whether it ended well."""
        received = b""
        try:
            for chunk in self._chunks:
                received += chunk
        except httpx.RemoteProtocolError:
            return received, False
        return received, True

    def rest_of_events(self) -> list[tuple[str, dict[str, object]]]:
        """Read events until the server ends the stream."""
        return [_event(frame) for frame in self.rest()]


StreamOpener = Callable[[ScanId], AbstractContextManager[StreamReader]]


def _event(text: str) -> tuple[str, dict[str, object]]:
    name, data = text.split("\n")
    assert name.startswith("event: ")
    assert data.startswith("data: ")
    value = json.loads(data.removeprefix("data: "))
    assert isinstance(value, dict)
    return name.removeprefix("event: "), value


@pytest.fixture
def database() -> Iterator[LabDatabase]:
    opened = LabDatabase(":memory:")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def running_server() -> Iterator[LabServer]:
    """A server on which nothing scans by itself, shared by the tests of a module."""
    with LabServer(
        keepalive_s=KEEPALIVE_S, auth_burst=UNLIMITED, worker=lambda *_: IdleWorker()
    ) as running:
        yield running


@pytest.fixture
def server(running_server: LabServer) -> LabServer:
    running_server.database.execute("DELETE FROM users")
    running_server.add_account(EMAIL, PASSWORD)
    running_server.faults.clear()
    running_server.faults.hits.clear()
    running_server.requests.reset()
    running_server.generation = PRESENT
    return running_server


@pytest.fixture
def client(server: LabServer) -> Iterator[httpx.Client]:
    """A client with a valid token and an empty cookie jar."""
    headers = {"authorization": f"Bearer {server.new_session(EMAIL)}"}
    with httpx.Client(base_url=server.url, headers=headers, trust_env=False) as opened:
        yield opened


@pytest.fixture
def stranger(server: LabServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, trust_env=False) as opened:
        yield opened


@pytest.fixture
def scan(server: LabServer) -> ScriptedScan:
    return server.script_scan("shop", EMAIL)


@pytest.fixture
def open_stream(client: httpx.Client) -> StreamOpener:
    @contextmanager
    def opened(scan_id: ScanId) -> Iterator[StreamReader]:
        with client.stream("GET", f"/api/scans/{scan_id}/progress/stream") as response:
            assert response.status_code == 200
            yield StreamReader(response)

    return opened


class Lab:
    """The server with what a test wants of it: clients, a scan, its stream; made when used."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._value = request.getfixturevalue

    @property
    def server(self) -> LabServer:
        server: LabServer = self._value("server")
        return server

    @property
    def client(self) -> httpx.Client:
        client: httpx.Client = self._value("client")
        return client

    @property
    def stranger(self) -> httpx.Client:
        stranger: httpx.Client = self._value("stranger")
        return stranger

    @property
    def scan(self) -> ScriptedScan:
        scan: ScriptedScan = self._value("scan")
        return scan

    def open_stream(self, scan_id: ScanId) -> AbstractContextManager[StreamReader]:
        opened: AbstractContextManager[StreamReader] = self._value("open_stream")(scan_id)
        return opened


@pytest.fixture
def lab(request: pytest.FixtureRequest) -> Lab:
    return Lab(request)


def assert_envelope(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert body.keys() == {"success", "error"}
    assert body["success"] is False
    assert body["error"].keys() == {"code", "message"}
    assert body["error"]["code"] == status


def assert_text(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text
    assert "\n" not in answer.text


def assert_page(answer: httpx.Response) -> None:
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.startswith("<!DOCTYPE html>")
