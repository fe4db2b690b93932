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
    ServerUnreachable,
    WireError,
)
from heimdall_desktop.domain.words.wording import later, tr

_CHECK_NETWORK = later("Check the address and the network.")
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
        return WireError(
            tr("The answer of {host} is compressed in a broken way.").format(host=host)
        )
    if isinstance(error, httpx.ProxyError):
        return ServerUnreachable(
            tr("The network's proxy refused the connection."),
            tr("Check the proxy settings."),
            tr("the proxy refuses"),
        )
    if isinstance(error, httpx.ConnectTimeout):
        cause = tr("{host} takes no connection in time.").format(host=host)
        return ServerUnreachable(cause, tr(_CHECK_NETWORK), tr("time-out"))
    if isinstance(error, httpx.PoolTimeout):
        return ServerUnreachable(
            tr("Too many requests to {host} are waiting.").format(host=host), tr("Try again later.")
        )
    if isinstance(error, httpx.TimeoutException):
        return ServerUnreachable(
            tr("{host} gave no answer in time.").format(host=host), tr("Try again later.")
        )
    if isinstance(error, httpx.ConnectError):
        return _connect_failure(host, error)
    if isinstance(error, httpx.TransportError):
        return ServerUnreachable(
            tr("The connection to {host} broke.").format(host=host), tr("Try again.")
        )
    return ServerUnreachable(
        tr("{host} is no address that can be connected to.").format(host=host), tr(_CHECK_NETWORK)
    )


def _connect_failure(host: str, error: httpx.ConnectError) -> ServerUnreachable:
    for reason in _reasons(error):
        if isinstance(reason, ssl.SSLCertVerificationError):
            return CertificateUntrusted(
                tr("The certificate of {host} is not trusted: {verify_message}.").format(
                    host=host, verify_message=reason.verify_message
                ),
                tr("Ask the server's operator, or add its authority to this system."),
                _issuer_words(reason.verify_message),
            )
        if isinstance(reason, ssl.SSLError):
            return ServerUnreachable(
                tr("{host} speaks no TLS that this system accepts.").format(host=host),
                tr("Check http or https."),
                tr("no common TLS"),
            )
        if isinstance(reason, socket.gaierror):
            cause = tr("There is no address for the name {host}.").format(host=host)
            return ServerUnreachable(cause, tr(_CHECK_NETWORK), tr("name not found"))
        if isinstance(reason, ConnectionRefusedError):
            cause = tr("{host} refuses connections.").format(host=host)
            return ServerUnreachable(
                cause, tr("Check that it is running."), tr("connection refused")
            )
    return ServerUnreachable(
        tr("{host} cannot be reached.").format(host=host), tr(_CHECK_NETWORK), tr("no way there")
    )


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
