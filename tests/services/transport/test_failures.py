"""Untrusted certificates over a real handshake, and library errors that quote secrets."""

import asyncio
import ssl
from pathlib import Path

import httpx
import pytest

from heimdall_desktop.domain.facts.errors import CertificateUntrusted, ServerUnreachable, WireError
from heimdall_desktop.domain.facts.server import Peer, server_url
from heimdall_desktop.presentation.error_text import brief
from heimdall_desktop.services.transport.clients import Clients, Request
from heimdall_desktop.services.transport.failures import failure, translated
from tests.fakes.certificate import self_signed_certificate
from tests.fakes.errors import raises_saying

PEER = Peer("h.test")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key."""
    return self_signed_certificate(tmp_path_factory.mktemp("tls"))


async def test_untrusted_certificate_is_told(certificate: Path) -> None:
    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listening = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context)
    port = listening.sockets[0].getsockname()[1]
    async with listening:
        clients = Clients(server_url(f"https://127.0.0.1:{port}"), lambda: "canary")
        with raises_saying(CertificateUntrusted, match="isn't trusted") as told:
            await clients.ask(Request("/x"))
        assert brief(told.value) == "self-signed"
        await clients.aclose()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectTimeout("x"), ServerUnreachable),
        (httpx.ReadTimeout("x"), ServerUnreachable),
        (httpx.PoolTimeout("x"), ServerUnreachable),
        (httpx.ProxyError("x"), ServerUnreachable),
        (httpx.ConnectError("x"), ServerUnreachable),
        (httpx.LocalProtocolError("Illegal header value b'Bearer canary'"), ServerUnreachable),
        (httpx.UnsupportedProtocol("x"), ServerUnreachable),
        (httpx.InvalidURL("x"), ServerUnreachable),
        (httpx.DecodingError("x"), WireError),
    ],
)
def test_error_of_the_library_is_one_of_ours(error: Exception, kind: type[Exception]) -> None:
    told = failure(PEER, error)
    assert type(told) is kind
    assert "canary" not in str(told)


def test_only_where_no_connection_comes_about_is_there_a_brief_reason() -> None:
    reasons = {
        "timeout": httpx.ConnectTimeout("x"),
        "refused by the proxy": httpx.ProxyError("x"),
        "connection failed": httpx.ConnectError("x"),
    }
    for words, error in reasons.items():
        told = failure(PEER, error)
        assert isinstance(told, ServerUnreachable)
        assert brief(told) == words
    late = failure(PEER, httpx.ReadTimeout("x"))
    assert isinstance(late, ServerUnreachable)
    assert brief(late) == ""


def test_what_led_to_it_is_not_shown_along() -> None:
    with pytest.raises(ServerUnreachable) as told, translated(PEER):
        raise httpx.LocalProtocolError("Illegal header value b'Bearer canary'")
    assert told.value.__suppress_context__
    assert told.value.__cause__ is None
