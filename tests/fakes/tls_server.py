"""A TLS server on loopback, on blocking sockets: asyncio closes without sending its alert."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

BROKEN_RECORD = b"\x17\x03\x03" + struct.pack(">H", 32) + b"\0" * 32

Answer = Callable[[ssl.SSLSocket], None]


def server_context(certificate: Path) -> ssl.SSLContext:
    """TLS as any server offers it."""
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
    """Answer each request with the same bytes."""
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
