"""A connection test names the first step that fails, over real sockets, and never its token."""

import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic as clock

import pytest

from heimdall_desktop.domain.facts.errors import Reason
from heimdall_desktop.domain.facts.server import ServerUrl, Step, StepResult, server_url
from heimdall_desktop.presentation.network_text import step_text, step_title, took_text
from heimdall_desktop.services.connection_walk import ConnectionWalk
from heimdall_desktop.services.transport import clients as clients_module
from tests.fakes.raw_server import Asked, RawServer, Script, answer, raw_server
from tests.fakes.tls_server import self_signed_certificate, server_context
from tests.fakes.waiting import WAIT_LIMIT_S

CANARY = "canary-token-5b1d"
NAME = "heimdall.example.test"
HEALTHY = answer(200, "application/json", '{"status":"healthy"}')


def account(email: str) -> bytes:
    """The answer to the question whose token it is."""
    return answer(200, "application/json", json.dumps({"success": True, "data": {"email": email}}))


MIRA = account("mira@example.test")
REFUSED = answer(401, "application/json", '{"success":false,"error":{"code":401,"message":"x"}}')
PORTAL = answer(200, "text/html", "<html><title>Hotel</title>Welcome, please sign in</html>")
NOT_FOUND = answer(404, "text/html", "<html>nginx</html>")
MOVED = answer(302, "text/html", "", {"Location": "https://elsewhere.test/start"})
SHORT_S = 0.3


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def trust(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], ssl.SSLContext]]:
    """Makes this system trust a certificate, and returns a server's context with it."""

    def trust(certificate: Path) -> ssl.SSLContext:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        clients_module._tls.cache_clear()
        return server_context(certificate)

    yield trust
    clients_module._tls.cache_clear()


Trust = Callable[[Path], ssl.SSLContext]


def heimdall(health: bytes = HEALTHY, me: bytes = MIRA) -> Script:
    """A server with a health and an account."""

    async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(health if asked.target.endswith("/health") else me)

    return script


@asynccontextmanager
async def tunnel(port: int, refusal: bytes = b"") -> AsyncIterator[tuple[str, list[Asked]]]:
    """A proxy that leads each CONNECT to a port of this machine, or refuses it."""
    asked: list[Asked] = []

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, target, _ = head[0].split(" ")
        asked.append(Asked(method, target, dict(line.split(": ") for line in head[1:-2]), b""))
        if refusal:
            writer.write(refusal)
            writer.close()
            return
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Established\r\n\r\n")
        await asyncio.gather(
            pump(reader, there_writer), pump(there_reader, writer), return_exceptions=True
        )

    listening = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{listening.sockets[0].getsockname()[1]}", asked
    finally:
        listening.close()


async def walked(
    url: str,
    *,
    token: str | None = CANARY,
    limit_s: float = WAIT_LIMIT_S,
    is_direct: bool = False,
    has_answered: bool = False,
) -> tuple[StepResult, ...]:
    """The steps of a whole test; the token is in none of them."""
    seen: list[tuple[StepResult, ...]] = []
    walk = ConnectionWalk(
        server_url(url),
        token,
        seen.append,
        clock,
        limit_s=limit_s,
        is_direct=is_direct,
        has_answered=has_answered,
    )
    await walk.run()
    assert CANARY not in repr(seen)
    for result in seen[-1]:
        assert step_title(result)
        assert took_text(result)
        assert result.took_s is not None
        assert CANARY not in step_text(result)
    assert [each.error for each in seen[-1][:-1]] == [None] * (len(seen[-1]) - 1)
    return seen[-1]


def named(steps: tuple[StepResult, ...]) -> list[str]:
    return [each.step.name for each in steps]


def tokens(server: RawServer) -> list[str | None]:
    """The token of each request."""
    return [asked.headers.get("authorization") for asked in server.asked]


async def test_all_steps_of_a_good_server(tmp_path: Path, trust: Trust) -> None:
    context = trust(self_signed_certificate(tmp_path))
    async with raw_server(heimdall(), tls=context) as server:
        steps = await walked(server.url)
        assert tokens(server) == [None, f"Bearer {CANARY}"]
    assert named(steps) == ["NAME", "CONNECTION", "TLS", "HEALTH", "SIGN_IN"]
    port = server.url.rpartition(":")[2]
    texts = [step_text(each) for each in steps]
    assert texts[0] == "127.0.0.1 is an address, so there is no name to find."
    assert texts[1] == f"Connected to 127.0.0.1:{port}."
    assert texts[2].startswith("TLS 1.3, certificate issued by 127.0.0.1, valid until ")
    assert texts[3:] == ["A Heimdall server responds: healthy.", "Signed in as mira@example.test."]


@pytest.mark.parametrize(
    ("health", "reason", "words"),
    [
        (NOT_FOUND, Reason.ROUTE_MISSING, "Check the server address."),
        (PORTAL, Reason.NOT_HEIMDALL, "whether the network requires its own sign-in."),
        (MOVED, Reason.MOVED, "redirects to https://elsewhere.test/start."),
        (answer(407, "text/html", ""), Reason.PROXY_PASSWORD_MISSING, "Add user name and password"),
        (answer(500, "text/plain", "down"), Reason.SERVER_FAILED, "Try again later."),
        (answer(200, "application/json", "[]"), Reason.HEALTH_UNREADABLE, "like a Heimdall server"),
    ],
)
async def test_another_program_gets_no_token(health: bytes, reason: Reason, words: str) -> None:
    async with raw_server(heimdall(health)) as server:
        steps = await walked(server.url)
        assert tokens(server) == [None]
    failed = steps[-1]
    assert failed.step is (Step.PROXY if "PROXY" in reason.name else Step.HEALTH)
    assert failed.error is not None
    assert failed.error.reason is reason
    assert words in step_text(failed)


async def test_an_expired_token_fails_at_the_sign_in() -> None:
    async with raw_server(heimdall(me=REFUSED)) as server:
        steps = await walked(server.url)
    assert named(steps) == ["NAME", "CONNECTION", "HEALTH", "SIGN_IN"]
    host = server.url.removeprefix("http://")
    assert step_text(steps[-1]) == f"{host} doesn't accept the token. Sign in again."


@pytest.mark.parametrize(
    ("token", "me", "text"),
    [
        (None, MIRA, "You're not signed in to {host}. Sign in there first."),
        (CANARY, NOT_FOUND, "The server doesn't report whose token it is."),
        (CANARY, account("<b>\u202e@x"), "Signed in as <b>"),
    ],
)
async def test_the_sign_in_says_what_is_known(token: str | None, me: bytes, text: str) -> None:
    async with raw_server(heimdall(me=me)) as server:
        steps = await walked(server.url, token=token)
    assert text.format(host=server.url.removeprefix("http://")) in step_text(steps[-1])
    assert "\u202e" not in step_text(steps[-1])


async def test_a_server_without_health_is_known_by_its_sign_in() -> None:
    async with raw_server(heimdall(NOT_FOUND)) as server:
        steps = await walked(server.url, has_answered=True)
        assert named(steps) == ["NAME", "CONNECTION", "HEALTH", "SIGN_IN"]
        assert step_text(steps[-1]) == "Signed in as mira@example.test."
        assert "no health check" in step_text(steps[-2])
    for health, me in ((NOT_FOUND, NOT_FOUND), (PORTAL, MIRA)):
        async with raw_server(heimdall(health, me)) as server:
            steps = await walked(server.url, has_answered=True)
        assert named(steps)[-1] == "HEALTH"
        assert steps[-1].error is not None


async def test_an_unknown_name(monkeypatch: pytest.MonkeyPatch) -> None:
    (failed,) = await walked("https://nowhere.invalid")
    assert failed.step is Step.NAME
    text = "No address found for nowhere.invalid. Check the address and the network."
    assert step_text(failed) == text


async def test_a_name_service_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def silence(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", silence)
    (failed,) = await walked("https://slow.test", limit_s=SHORT_S)
    assert failed.error is not None
    assert failed.error.reason is Reason.NAME_TIMED_OUT


async def test_a_refused_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    steps = await walked(f"https://127.0.0.1:{port}")
    assert named(steps) == ["NAME", "CONNECTION"]
    assert step_text(steps[-1]) == (
        f"127.0.0.1:{port} refuses connections. Check that it is running."
    )


async def test_a_black_hole_ends_with_the_time_of_a_step() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        steps = await walked(f"https://127.0.0.1:{port}", limit_s=SHORT_S)
        for filler in fillers:
            filler.close()
    assert named(steps) == ["NAME", "CONNECTION"]
    assert "didn't accept a connection in time." in step_text(steps[-1])


async def test_a_server_that_answers_byte_by_byte() -> None:
    async def drip(_: Asked, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"H" if not writer.transport.get_write_buffer_size() else b"")
            await asyncio.sleep(SHORT_S / 10)

    async with raw_server(drip) as server:
        steps = await walked(server.url, limit_s=SHORT_S)
    assert named(steps) == ["NAME", "CONNECTION", "HEALTH"]
    assert "didn't respond in time." in step_text(steps[-1])


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("self-signed", "self-signed. Contact the server's administrator, or add"),
        ("expired", "it has expired. Ask the server's administrator to renew it."),
        ("another address", "it belongs to another address. Check the server address"),
        ("another name", "it belongs to another name. Check the server address"),
    ],
)
async def test_certificates(case: str, words: str, tmp_path: Path, trust: Trust) -> None:
    name = "127.0.0.2" if case == "another address" else "127.0.0.1"
    ends_in = timedelta(days=-1 if case == "expired" else 1)
    certificate = self_signed_certificate(tmp_path, name, ends_in=ends_in)
    context = server_context(certificate) if case == "self-signed" else trust(certificate)
    async with raw_server(heimdall(), tls=context) as server:
        url = server.url.replace(
            "127.0.0.1", "localhost" if case == "another name" else "127.0.0.1"
        )
        steps = await walked(url)
        assert server.asked == []
    assert named(steps) == ["NAME", "CONNECTION", "TLS"]
    assert words in step_text(steps[-1])


async def test_the_way_through_a_proxy(
    tmp_path: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = trust(self_signed_certificate(tmp_path, NAME))
    async with raw_server(heimdall(), tls=context) as server:
        port = int(server.url.rpartition(":")[2])
        async with tunnel(port) as (proxy, asked):
            monkeypatch.setenv("HTTPS_PROXY", f"http://mira:secret-pw@{proxy}")
            steps = await walked(f"https://{NAME}")
        assert tokens(server) == [None, f"Bearer {CANARY}"]
    assert {each.target for each in asked} == {f"{NAME}:443"}
    assert all(CANARY not in repr(each) for each in asked)
    assert [step_title(each) for each in steps] == [
        *("Name of the proxy", "Address of the proxy", "Proxy"),
        *("TLS", "Server health", "Sign-in"),
    ]
    assert step_text(steps[2]) == f"Lets connections to {NAME} through."
    assert "secret-pw" not in repr(steps)


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_wants_a_sign_in(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = answer(407, "text/html", "<html>sign in</html>")
    async with tunnel(1, refusal) as (proxy, _):
        monkeypatch.setenv(f"{scheme}_proxy", proxy)
        steps = await walked(f"{scheme}://{NAME}")
    assert named(steps) == ["NAME", "CONNECTION", "PROXY"]
    assert step_text(steps[-1]) == (
        "The network proxy requires a sign-in. "
        "Add user name and password to the proxy setting of this system."
    )


async def test_a_proxy_that_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        proxy = f"127.0.0.1:{closed.getsockname()[1]}"
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    steps = await walked(f"https://{NAME}")
    assert named(steps) == ["NAME", "CONNECTION"]
    assert step_text(steps[-1]).startswith(f"{NAME} (via proxy {proxy}) refuses connections.")
    monkeypatch.setenv("HTTPS_PROXY", "nowhere.invalid:3128")
    (failed,) = await walked(f"https://{NAME}")
    assert step_text(failed).startswith("No address found for nowhere.invalid:3128.")


async def test_a_proxy_setting_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://mira:secret-pw@proxy.test:1080")
    (failed,) = await walked(f"https://{NAME}")
    assert failed.step is Step.PROXY
    assert step_text(failed).startswith("ALL_PROXY names a SOCKS proxy")
    (failed,) = await walked("https://nowhere.invalid", is_direct=True)
    assert step_text(failed).startswith("No address found for nowhere.invalid.")


async def test_a_cancelled_test_leaves_no_connection() -> None:
    async def hang(_: Asked, __: asyncio.StreamWriter) -> None:
        reached.set()
        await asyncio.Event().wait()

    reached, seen = asyncio.Event(), list[tuple[StepResult, ...]]()
    async with raw_server(hang) as server:
        walk = ConnectionWalk(ServerUrl(server.url), CANARY, seen.append, clock)
        task = asyncio.get_running_loop().create_task(walk.run())
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert seen[-1][-1] == StepResult(Step.HEALTH)


async def test_a_lost_answer_is_walked_again() -> None:
    losses = iter([b"", b"", HEALTHY, MIRA])

    async def lose(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(next(losses))

    async with raw_server(lose) as server:
        steps = await walked(server.url)
    assert named(steps) == ["NAME", "CONNECTION", "HEALTH", "SIGN_IN"]
    assert steps[-1].error is None


async def test_plain_http_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async with raw_server(heimdall()) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        steps = await walked(f"http://{NAME}")
    assert named(steps) == ["NAME", "CONNECTION", "HEALTH", "SIGN_IN"]
    assert step_title(steps[0]) == "Name of the proxy"
