"""uvicorn's HTTP connection, with a way to close it under a request: what ASGI has no word for."""

import asyncio
import itertools
from typing import Any

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

_STATE_KEY = "transport"
_NUMBER_KEY = "connection_number"
_numbers = itertools.count()


class HttpConnection(H11Protocol):
    """Leaves its transport and its number in the state of each request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a new connection."""
        super().connection_made(transport)
        marks = {_STATE_KEY: transport, _NUMBER_KEY: next(_numbers)}
        self.app_state: dict[str, Any] = {**self.app_state, **marks}


def connection_number(scope: Scope) -> int:
    """Return the number of a request's connection, in the order in which they were taken."""
    number: int = scope["state"][_NUMBER_KEY]
    return number


def close_connection(scope: Scope) -> None:
    """Close the connection of a request after what was sent, wherever in the answer that is."""
    transport: asyncio.Transport = scope["state"][_STATE_KEY]
    transport.close()


async def until_gone(receive: Receive) -> None:
    """Wait until the connection of a request is gone: uvicorn minds an answer that just stops."""
    while (await receive())["type"] != "http.disconnect":
        pass
