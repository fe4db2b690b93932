"""Turns what the HTTP library raises into our errors.

The library's own texts are not repeated: some of them quote the header with the token.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from heimdall_desktop.domain.errors import (
    CertificateUntrusted,
    HeimdallError,
    ServerUnreachable,
    WireError,
)

_CHECK_NETWORK = "Check the address and the network."


@contextmanager
def translated(host: str) -> Iterator[None]:
    """Raise our errors in place of the library's.

    Raises:
        ServerUnreachable: no connection, no answer in time, or a connection that broke.
        CertificateUntrusted: the server's certificate is not trusted.
        WireError: the body's compression is broken.
    """
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise failure(host, error) from None


def failure(host: str, error: Exception) -> HeimdallError:
    """Return our error for one of the library's."""
    if isinstance(error, httpx.DecodingError):
        return WireError(f"The answer of {host} is compressed in a broken way.")
    if isinstance(error, httpx.ProxyError):
        return ServerUnreachable(
            "The network's proxy refused the connection.", "Check the proxy settings."
        )
    if isinstance(error, httpx.ConnectTimeout):
        return ServerUnreachable(f"{host} takes no connection in time.", _CHECK_NETWORK)
    if isinstance(error, httpx.PoolTimeout):
        return ServerUnreachable(f"Too many requests to {host} are waiting.", "Try again later.")
    if isinstance(error, httpx.TimeoutException):
        return ServerUnreachable(f"{host} gave no answer in time.", "Try again later.")
    if isinstance(error, httpx.ConnectError):
        return _connect_failure(host, error)
    if isinstance(error, httpx.TransportError):
        return ServerUnreachable(f"The connection to {host} broke.", "Try again.")
    return ServerUnreachable(f"{host} is no address that can be connected to.", _CHECK_NETWORK)


def _connect_failure(host: str, error: httpx.ConnectError) -> ServerUnreachable:
    for reason in _reasons(error):
        if isinstance(reason, ssl.SSLCertVerificationError):
            return CertificateUntrusted(
                f"The certificate of {host} is not trusted: {reason.verify_message}.",
                "Ask the server's operator, or add its authority to this system.",
            )
        if isinstance(reason, ssl.SSLError):
            return ServerUnreachable(
                f"{host} speaks no TLS that this system accepts.", "Check http or https."
            )
        if isinstance(reason, socket.gaierror):
            return ServerUnreachable(f"There is no address for the name {host}.", _CHECK_NETWORK)
        if isinstance(reason, ConnectionRefusedError):
            return ServerUnreachable(f"{host} refuses connections.", "Check that it is running.")
    return ServerUnreachable(f"{host} cannot be reached.", _CHECK_NETWORK)


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
