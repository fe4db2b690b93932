"""Turns what the HTTP library raises into our errors.

The library's own texts are not repeated: some of them quote the header with the token.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from heimdall_desktop.domain.facts.errors import (
    CertificateUntrusted,
    HeimdallError,
    Reason,
    ServerUnreachable,
    WireError,
)
from heimdall_desktop.domain.facts.server import Peer


@contextmanager
def translated(peer: Peer) -> Iterator[None]:
    """Raise our errors in place of the library's.

    Raises:
        ServerUnreachable: no connection, no answer in time, or a connection that broke.
        CertificateUntrusted: the server's certificate is not trusted.
        WireError: the body's compression is broken.
    """
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise failure(peer, error) from None


def failure(peer: Peer, error: Exception) -> HeimdallError:
    """Return our error for one of the library's."""
    match error:
        case httpx.DecodingError():
            return WireError(Reason.COMPRESSION_BROKEN, host=peer)
        case httpx.ProxyError():
            return ServerUnreachable(Reason.PROXY_REFUSED)
        case httpx.ConnectTimeout():
            return ServerUnreachable(Reason.CONNECTION_TIMED_OUT, host=peer)
        case httpx.PoolTimeout():
            return ServerUnreachable(Reason.QUEUE_TOO_LONG, host=peer)
        case httpx.TimeoutException():
            return ServerUnreachable(Reason.ANSWER_TIMED_OUT, host=peer)
        case httpx.ConnectError():
            return _connect_failure(peer, error)
        case httpx.TransportError():
            return ServerUnreachable(Reason.CONNECTION_BROKE, host=peer)
        case _:
            return ServerUnreachable(Reason.ADDRESS_UNUSABLE, host=peer)


def _connect_failure(peer: Peer, error: httpx.ConnectError) -> ServerUnreachable:
    for reason in _reasons(error):
        if isinstance(reason, ssl.SSLCertVerificationError):
            flaw = reason.verify_message
            return CertificateUntrusted(Reason.CERTIFICATE_UNTRUSTED, host=peer, flaw=flaw)
        if isinstance(reason, ssl.SSLError):
            return ServerUnreachable(Reason.NO_COMMON_TLS, host=peer)
        if isinstance(reason, socket.gaierror):
            return ServerUnreachable(Reason.NAME_NOT_FOUND, host=peer)
        if isinstance(reason, ConnectionRefusedError):
            return ServerUnreachable(Reason.CONNECTION_REFUSED, host=peer)
    return ServerUnreachable(Reason.NOT_REACHABLE, host=peer)


def _reasons(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all that led to it."""
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
