"""Untrusted certificates over a real handshake, and library errors that quote secrets."""

import asyncio
import ssl
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import httpx
import pytest

from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.server import Peer, host_name, server_url
from heimdall_desktop.presentation.error_text import brief, error_text
from heimdall_desktop.presentation.network_text import store_text
from heimdall_desktop.services.credentials import MemoryStore
from heimdall_desktop.services.transport import clients as clients_module
from heimdall_desktop.services.transport.clients import Clients, Request, certificate_store
from heimdall_desktop.services.transport.failures import failure, translated
from tests.fakes import tls_server as tls
from tests.fakes.desk_parts import raises_saying
from tests.fakes.raw_server import STREAM_HEAD, answer
from tests.fakes.tls_server import answering, breaking, self_signed_certificate, tls_server
from tests.lab.scan_script import ScriptedTime

PEER = Peer("h.test")
OK = answer(200, "application/json", "{}")
NGINX_PAGE = answer(
    400,
    "text/html",
    "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>\r\n<body>\r\n"
    "<center><h1>400 Bad Request</h1></center>\r\n"
    "<center>No required SSL certificate was sent</center>\r\n"
    "<hr><center>nginx/1.26.3</center>\r\n</body>\r\n</html>\r\n",
)
REQUIRED = "{host} requires a client certificate, which Heimdall Desktop doesn't support yet."
REFUSED = "{host} refused the TLS connection. It may require a client certificate."
NO_TLS = (
    "{host} doesn't offer TLS that this system accepts. "
    "Check whether the address needs http or https."
)

Use = Callable[[str], Awaitable[None]]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that no authority signed, with its key."""
    return self_signed_certificate(tmp_path_factory.mktemp("tls"))


async def test_an_untrusted_certificate_has_its_own_error(certificate: Path) -> None:
    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listening = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context)
    port = listening.sockets[0].getsockname()[1]
    async with listening:
        clients = Clients(server_url(f"https://127.0.0.1:{port}"), lambda: "canary")
        with raises_saying(errors.CertificateUntrusted, match="isn't trusted") as reported:
            await clients.ask(Request("/x"))
        assert brief(reported.value) == "self-signed"
        await clients.aclose()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectTimeout("x"), errors.ServerUnreachable),
        (httpx.ReadTimeout("x"), errors.ServerUnreachable),
        (httpx.PoolTimeout("x"), errors.ServerUnreachable),
        (httpx.ProxyError("x"), errors.ServerUnreachable),
        (httpx.ConnectError("x"), errors.ServerUnreachable),
        (httpx.LocalProtocolError("Illegal value b'Bearer canary'"), errors.ServerUnreachable),
        (httpx.UnsupportedProtocol("x"), errors.ServerUnreachable),
        (httpx.InvalidURL("x"), errors.ServerUnreachable),
        (httpx.DecodingError("x"), errors.WireError),
    ],
)
def test_error_of_the_library_is_one_of_ours(error: Exception, kind: type[Exception]) -> None:
    reported = failure(PEER, error)
    assert type(reported) is kind
    assert "canary" not in str(reported)
    with pytest.raises(kind) as caught, translated(PEER):
        raise error
    assert caught.value.__suppress_context__, "what led to it is not shown along"
    assert caught.value.__cause__ is None


def test_only_where_no_connection_comes_about_is_there_a_brief_reason() -> None:
    reasons = {
        "timeout": httpx.ConnectTimeout("x"),
        "refused by the proxy": httpx.ProxyError("403 Forbidden"),
        "the proxy requires a password": httpx.ProxyError("407 Proxy Authentication Required"),
        "connection failed": httpx.ConnectError("x"),
    }
    for words, error in {**reasons, "": httpx.ReadTimeout("x")}.items():
        reported = failure(PEER, error)
        assert isinstance(reported, errors.ServerUnreachable)
        assert brief(reported) == words


# -- TLS that fails, over real handshakes --


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A certificate that this system trusts, with its key."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    clients_module._tls.cache_clear()
    yield certificate
    clients_module._tls.cache_clear()


def server_of(case: str, certificate: Path) -> AbstractContextManager[str]:
    """A server at which TLS fails in one way."""
    match case:
        case "required, TLS 1.3" | "required, TLS 1.3, lingering":
            context = tls.that_requires_certificates(certificate, ssl.TLSVersion.TLSv1_3)
        case "required, TLS 1.2":
            context = tls.that_requires_certificates(certificate, ssl.TLSVersion.TLSv1_2)
        case "no common cipher":
            context = tls.server_context(certificate)
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            context.set_ciphers("AES128-SHA")
        case "nginx page":
            return tls_server(tls.server_context(certificate), answering(NGINX_PAGE))
        case _:
            return tls.plain_server(NGINX_PAGE)
    return tls_server(context, answering(OK), lingers="lingering" in case)


async def closing(use: Callable[[Clients], Awaitable[object]], url: str) -> None:
    clients = Clients(server_url(url), lambda: "token")
    try:
        await use(clients)
    finally:
        await clients.aclose()


rest = partial(closing, lambda clients: clients.ask(Request("/x")))
page = partial(closing, lambda clients: clients.ask_page(Request("/x")))
write = partial(closing, lambda clients: clients.ask(Request("/x", "POST", body={"a": 1})))
stream = partial(closing, lambda clients: clients.open_stream("/s", lambda: 1.0))


async def sign_in(url: str) -> None:
    time = ScriptedTime()
    accounts = Accounts(MemoryStore(), clock=time.clock, now=time.now, on_problem=print)
    try:
        await accounts.sign_in(url, "mira@example.test", "long enough", is_kept=False)
    finally:
        await accounts.aclose()


@pytest.mark.parametrize(
    "use", [rest, page, stream, sign_in], ids=["rest", "page", "stream", "sign in"]
)
@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("required, TLS 1.3", REQUIRED),
        ("required, TLS 1.3, lingering", REQUIRED),
        ("required, TLS 1.2", REFUSED),
        ("no common cipher", REFUSED),
        ("nginx page", REQUIRED),
        ("plain http", NO_TLS),
    ],
)
async def test_a_tls_failure_says_why(case: str, words: str, use: Use, trusted: Path) -> None:
    with server_of(case, trusted) as url, pytest.raises(errors.ServerUnreachable) as caught:
        await use(url)
    assert error_text(caught.value) == words.format(host=host_name(server_url(url)))


@pytest.mark.parametrize(
    "case", ["required, TLS 1.3, lingering", "required, TLS 1.2", "no common cipher", "nginx page"]
)
async def test_a_write_that_tls_refused_was_not_made(case: str, trusted: Path) -> None:
    with server_of(case, trusted) as url, pytest.raises(errors.ServerUnreachable):
        await write(url)


@pytest.mark.parametrize("head", [b"", OK[:-1]])
async def test_tls_that_breaks_later_is_a_broken_connection(head: bytes, trusted: Path) -> None:
    with tls_server(tls.server_context(trusted), breaking(head)) as url:
        with pytest.raises(errors.ServerUnreachable) as caught:
            await rest(url)
        assert caught.value.reason is errors.Reason.CONNECTION_BROKE
        with pytest.raises(errors.OutcomeUnknown):
            await write(url)


async def test_a_stream_whose_tls_breaks_is_a_broken_connection(trusted: Path) -> None:
    async def parts(clients: Clients) -> None:
        stream = await clients.open_stream("/s", lambda: 1.0)
        try:
            async for _ in stream:
                pass
        finally:
            await stream.aclose()

    server = tls_server(tls.server_context(trusted), breaking(STREAM_HEAD))
    with server as url, pytest.raises(errors.ServerUnreachable) as caught:
        await closing(parts, url)
    assert caught.value.reason is errors.Reason.CONNECTION_BROKE


def test_the_certificate_store_is_named(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert store_text(certificate_store()) == (
        f"{certificate}, from the environment variable SSL_CERT_FILE."
    )
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "missing"))
    assert certificate_store().variable == ""
    monkeypatch.setattr(sys, "platform", "win32")
    assert store_text(certificate_store()) == "The store of this system."
