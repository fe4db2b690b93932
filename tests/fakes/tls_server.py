"""A TLS server on loopback, on blocking sockets: asyncio closes without sending its alert."""

import ipaddress
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.fakes.fault_proxy import Fault, FaultProxy
from tests.fakes.server_process import ServerThread
from tests.fakes.waiting import WAIT_LIMIT_S


def self_signed_certificate(
    folder: Path, name: str = "127.0.0.1", *, ends_in: timedelta = timedelta(days=1)
) -> Path:
    """Make a certificate for an address or a name, with its key.

    Return the file in which both stand.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    try:
        alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now + ends_in)
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(pem)
    )
    return path


BROKEN_RECORD = b"\x17\x03\x03" + struct.pack(">H", 32) + b"\0" * 32

Answer = Callable[[ssl.SSLSocket], None]


def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def that_requires_certificates(certificate: Path, version: ssl.TLSVersion) -> ssl.SSLContext:
    """TLS of one version that refuses a client without a certificate."""
    context = server_context(certificate)
    context.verify_mode = ssl.CERT_REQUIRED
    context.minimum_version = context.maximum_version = version
    return context


def answering(data: bytes) -> Answer:
    return lambda connection: connection.sendall(data)


def breaking(head: bytes) -> Answer:
    """Answer with the start of an answer, then with bytes that are no TLS record."""

    def answer(connection: ssl.SSLSocket) -> None:
        connection.sendall(head)
        plain = socket.socket(fileno=connection.fileno())
        plain.sendall(BROKEN_RECORD)
        plain.detach()

    return answer


@contextmanager
def tls_server(context: ssl.SSLContext, answer: Answer, *, lingers: bool = False) -> Iterator[str]:
    """Run one; yields its address. Each connection has one request.

    Args:
        context: its TLS.
        answer: writes the answer.
        lingers: read what comes after a refusal until the client closes, so that the alert is not
            followed by a reset.
    """

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            wrapped = context.wrap_socket(
                self.request, server_side=True, do_handshake_on_connect=False
            )
            with suppress(OSError), wrapped as secure:
                try:
                    secure.do_handshake()
                except ssl.SSLError:
                    if lingers:
                        socket.socket.shutdown(secure, socket.SHUT_WR)
                        while socket.socket.recv(secure, 65536):
                            pass
                    return
                head = b""
                while b"\r\n\r\n" not in head and (data := secure.recv(65536)):
                    head += data
                if head:
                    answer(secure)
                    secure.unwrap()

    with running(Handler) as port:
        yield f"https://127.0.0.1:{port}"


@contextmanager
def plain_server(data: bytes) -> Iterator[str]:
    """Run a server without TLS that answers anything with the same bytes; yields an https URL."""

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                self.request.recv(65536)
                self.request.sendall(data)

    with running(Handler) as port:
        yield f"https://127.0.0.1:{port}"


@contextmanager
def running(handler: type[BaseRequestHandler]) -> Iterator[int]:
    with ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


T = TypeVar("T")


class ProxyThread(ServerThread):
    """Relay connections to a server, used as a context manager."""

    def __init__(self, server_url: str) -> None:
        super().__init__()
        self._proxy = FaultProxy(int(server_url.rpartition(":")[2]))

    def arm(self, fault: Fault) -> None:
        self._call(lambda: self._proxy.arm(fault))

    @property
    def hits(self) -> dict[str, int]:
        """How often each fault has really been met, without "out of order" answers."""
        hits = self._call(lambda: dict(self._proxy.hits))
        hits.pop("out of order", None)
        return hits

    def _call(self, function: Callable[[], T]) -> T:
        answer: Future[T] = Future()
        self._loop.call_soon_threadsafe(lambda: answer.set_result(function()))
        return answer.result(WAIT_LIMIT_S)

    async def _serve(self) -> None:
        await self._proxy.up()
        self.url = self._proxy.url
        self._ready.set()
        await self._over.wait()
        await self._proxy.down()
