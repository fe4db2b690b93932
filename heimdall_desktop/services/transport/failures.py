"""Converts errors of the HTTP library to ours.

The library's own texts are not repeated: some of them quote the header with the token.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.server import Peer

_WANTS_CERTIFICATE = "_ALERT_CERTIFICATE_REQUIRED"  # TLS 1.3 has an alert for just this
_REFUSALS = (  # alerts with which a server answers a handshake, TLS 1.3 after its end for us
    _WANTS_CERTIFICATE,
    "_ALERT_HANDSHAKE_FAILURE",
    "_ALERT_NO_CERTIFICATE",
    "_ALERT_BAD_CERTIFICATE",
    "_ALERT_CERTIFICATE_UNKNOWN",
    "_ALERT_UNKNOWN_CA",
    "_ALERT_ACCESS_DENIED",
)

Trace = Callable[[str, Mapping[str, Any]], object]
"""Receives the name of an event of httpcore, and its facts. Source: httpcore "Extensions"."""


@contextmanager
def tls_errors_mapped() -> Iterator[None]:
    """Raise an error of httpx if TLS fails after the handshake.

    WORKAROUND: httpcore 1.0 maps `ssl.SSLError` in `start_tls`, but not in `read` and `write`.
    In TLS 1.3 the refusal of a client without a certificate arrives with the first read.

    Raises:
        httpx.ConnectError: the server refused the connection; it has read no request.
        httpx.ReadError: the connection broke.
    """
    try:
        yield
    except ssl.SSLError as error:
        kind = httpx.ConnectError if (error.reason or "").endswith(_REFUSALS) else httpx.ReadError
        raise kind("TLS failed") from error


@asynccontextmanager
async def closing_handshake(url: str, see: Trace | None = None) -> AsyncIterator[dict[str, Any]]:
    """Yield request extensions with which a cancelled TLS handshake closes its connection.

    WORKAROUND: httpcore 1.0 `start_tls` closes the connection on errors, not on cancellation.

    Args:
        url: the server.
        see: also receives the events of the connection, such as "connection.connect_tcp.complete".
    """
    connection: Any = None

    async def trace(event: str, facts: Mapping[str, Any]) -> None:
        nonlocal connection
        if see is not None:
            see(event, facts)
        if event == "connection.connect_tcp.complete":
            connection = facts["return_value"]
        elif event.endswith("start_tls.complete"):
            connection = None

    try:
        yield {"trace": trace} if see is not None or url.startswith("https:") else {}
    except asyncio.CancelledError:
        if connection is not None:
            await connection.aclose()
        raise


@contextmanager
def translated(peer: Peer) -> Iterator[None]:
    """Raise our errors in place of the library's.

    Raises:
        ServerUnreachable: no connection, no answer in time, or a broken connection.
        CertificateUntrusted: the server's certificate is not trusted.
        WireError: the body's compression is broken.
    """
    try:
        with tls_errors_mapped():
            yield
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise failure(peer, error) from None


def failure(peer: Peer, error: Exception) -> errors.HeimdallError:
    """Return our error for one of the library's."""
    match error:
        case httpx.DecodingError():
            return errors.WireError(errors.Reason.COMPRESSION_BROKEN, host=peer)
        case httpx.ProxyError() if str(error).startswith("407"):  # the answer to CONNECT
            return errors.ServerUnreachable(errors.Reason.PROXY_PASSWORD_MISSING)
        case httpx.ProxyError():
            return errors.ServerUnreachable(errors.Reason.PROXY_REFUSED)
        case httpx.ConnectTimeout():
            return errors.ServerUnreachable(errors.Reason.CONNECTION_TIMED_OUT, host=peer)
        case httpx.PoolTimeout():
            return errors.ServerUnreachable(errors.Reason.QUEUE_TOO_LONG, host=peer)
        case httpx.TimeoutException():
            return errors.ServerUnreachable(errors.Reason.ANSWER_TIMED_OUT, host=peer)
        case httpx.ConnectError():
            return _connect_failure(peer, error)
        case httpx.TransportError():
            return errors.ServerUnreachable(errors.Reason.CONNECTION_BROKE, host=peer)
        case _:
            return errors.ServerUnreachable(errors.Reason.ADDRESS_UNUSABLE, host=peer)


def _connect_failure(peer: Peer, error: httpx.ConnectError) -> errors.ServerUnreachable:
    for reason in reasons(error):
        if isinstance(reason, ssl.SSLCertVerificationError):
            flaw = reason.verify_message
            return errors.CertificateUntrusted(
                errors.Reason.CERTIFICATE_UNTRUSTED, host=peer, flaw=flaw
            )
        if isinstance(reason, ssl.SSLError):
            if not (reason.reason or "").endswith(_REFUSALS):
                return errors.ServerUnreachable(errors.Reason.NO_COMMON_TLS, host=peer)
            if reason.reason.endswith(_WANTS_CERTIFICATE):
                return errors.ServerUnreachable(
                    errors.Reason.CLIENT_CERTIFICATE_REQUIRED, host=peer
                )
            return errors.ServerUnreachable(errors.Reason.TLS_REFUSED, host=peer)
        if isinstance(reason, socket.gaierror):
            return errors.ServerUnreachable(errors.Reason.NAME_NOT_FOUND, host=peer)
        if isinstance(reason, ConnectionRefusedError):
            return errors.ServerUnreachable(errors.Reason.CONNECTION_REFUSED, host=peer)
    return errors.ServerUnreachable(errors.Reason.NOT_REACHABLE, host=peer)


def reasons(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and all errors that led to it."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        reason = waiting.pop()
        if reason is None or id(reason) in seen:
            continue
        seen.add(id(reason))
        yield reason
        waiting += [reason.__context__, reason.__cause__]
        if isinstance(reason, BaseExceptionGroup):
            waiting += reason.exceptions
