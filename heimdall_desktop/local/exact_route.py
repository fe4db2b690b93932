"""A route that answers one method and one spelling of its path, nothing near it."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Handler = Callable[[Request], Awaitable[Response]]


def exact_route(method: str, path: str, handler: Handler) -> Route:
    """Route one method; Starlette would answer HEAD wherever GET is routed, the contract not."""
    route = Route(path, handler, methods=[method])
    if route.methods:
        route.methods.discard("HEAD")
    return route
