"""A route that matches exactly one method and one spelling of its path."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Handler = Callable[[Request], Awaitable[Response]]


def exact_route(method: str, path: str, handler: Handler) -> Route:
    """Route one method; Starlette would answer HEAD for every GET route, the contract does not."""
    route = Route(path, handler, methods=[method])
    if route.methods:
        route.methods.discard("HEAD")
    return route
