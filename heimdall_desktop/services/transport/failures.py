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
from heimdall_desktop.domain.wording import later, tr

_CHECK_NETWORK = "Check the address and the network."
_CERTIFICATE_WORDS = {
    "unable to get local issuer certificate": later("unknown issuer"),
    "self signed certificate": later("signed by itself"),
    "self signed certificate in certificate chain": later("unknown issuer"),
    "certificate has expired": later("it has run out"),
    "certificate is not yet valid": later("it is not valid yet"),
}


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
            "The network's proxy refused the connection.",
            "Check the proxy settings.",
            tr("the proxy refuses"),
        )
    if isinstance(error, httpx.ConnectTimeout):
        cause = f"{host} takes no connection in time."
        return ServerUnreachable(cause, _CHECK_NETWORK, tr("time-out"))
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
                _issuer_words(reason.verify_message),
            )
        if isinstance(reason, ssl.SSLError):
            return ServerUnreachable(
                f"{host} speaks no TLS that this system accepts.",
                "Check http or https.",
                tr("no common TLS"),
            )
        if isinstance(reason, socket.gaierror):
            cause = f"There is no address for the name {host}."
            return ServerUnreachable(cause, _CHECK_NETWORK, tr("name not found"))
        if isinstance(reason, ConnectionRefusedError):
            cause = f"{host} refuses connections."
            return ServerUnreachable(cause, "Check that it is running.", tr("connection refused"))
    return ServerUnreachable(f"{host} cannot be reached.", _CHECK_NETWORK, tr("no way there"))


def _issuer_words(message: str) -> str:
    """What OpenSSL says of a certificate, in plain words where we have some."""
    return tr(_CERTIFICATE_WORDS.get(message.lower().replace("-", " "), message))


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
