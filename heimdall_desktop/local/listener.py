"""The server's uvicorn: its socket, its settings, its start and its stop."""

import asyncio
import socket
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

IDLE_CONNECTION_S = 5
"""Idle connections are closed after this time. Source: heimdall-api.md §1.1."""
TURNS_TO_CONNECT = 3
"""The number of loop turns asyncio takes from accepting a connection to notifying its protocol."""


class Listener(uvicorn.Server):
    """Reports when it listens, and ends all streams before it waits for them to end.

    Args:
        app: handles the requests.
        protocol: handles the connections.
        started: gets its result when connections are accepted.
        end_streams: makes every open stream end soon.
    """

    def __init__(
        self,
        app: ASGIApp,
        protocol: type[H11Protocol],
        started: Future[None],
        end_streams: Callable[[], None],
    ) -> None:
        super().__init__(_config(app, protocol))
        self._listens = started
        self._end_streams = end_streams

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept connections from now on."""
        await super().startup(sockets)
        self._listens.set_result(None)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept no more connections, and let open ones end."""
        self._end_streams()
        await stop_accepting(self.servers)  # uvicorn closes only those that it knows by then
        await super().shutdown(sockets)


async def stop_accepting(servers: Iterable[asyncio.Server]) -> None:
    """Accept no more connections; when this returns, pending ones have arrived.

    `Server.close` leaves the socket of a pending one open.
    """
    loop = asyncio.get_running_loop()
    if sys.platform != "win32":
        for server in servers:
            for listening in server.sockets:
                loop.remove_reader(listening.fileno())
    for _ in range(TURNS_TO_CONNECT):
        await asyncio.sleep(0)


def loopback_socket(port: int) -> socket.socket:
    """Bind a socket on 127.0.0.1.

    It names its protocol, because asyncio turns Nagle's algorithm off only if it is set: otherwise
    each response on a kept-alive connection takes 40 ms more.
    """
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":  # otherwise another program could listen there as well
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", port))
    except OSError:
        bound.close()
        raise
    return bound


def _config(app: ASGIApp, protocol: type[H11Protocol]) -> uvicorn.Config:
    """Return the settings of dependencies.md §3.16; only failures are logged."""
    return uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=IDLE_CONNECTION_S,
        timeout_graceful_shutdown=1,
    )
