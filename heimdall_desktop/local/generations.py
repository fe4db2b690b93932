"""The three generations of the server, and what differs between their answers.

B is the contract itself; A is older, C newer. A request is answered by the generation that it met
when it arrived. Source: heimdall-api.md §0.
"""

from typing import Literal, get_args

from starlette.requests import Request
from starlette.responses import Response

from heimdall_desktop.local.errors import not_found_page
from heimdall_desktop.local.exact_route import Handler

Generation = Literal["A", "B", "C"]
GENERATIONS: tuple[Generation, ...] = get_args(Generation)
PRESENT: Generation = "B"
STATE_KEY = "generation"
"""Under which the gate leaves the generation in the state of a request."""

_UNKNOWN_TO_A = frozenset(
    {"fix_type", "fix_summary", "references_json", "manifest_coordinates_json"}
)


def generation(name: str) -> Generation:
    """Return the generation of this name.

    Raises:
        ValueError: there is none.
    """
    for known in GENERATIONS:
        if known == name:
            return known
    raise ValueError(f"no generation {name!r}: there are {', '.join(GENERATIONS)}")


def generation_of(request: Request) -> Generation:
    """Return by which generation a request is answered."""
    return generation(str(getattr(request.state, STATE_KEY, PRESENT)))


def finding_of(name: Generation, finding: dict[str, object]) -> dict[str, object]:
    """Return a finding with the keys that a generation knows."""
    if name != "A":
        return finding
    return {key: value for key, value in finding.items() if key not in _UNKNOWN_TO_A}


def since_b(handler: Handler) -> Handler:
    """Let a route be unknown to generation A."""

    async def present(request: Request) -> Response:
        if generation_of(request) == "A":
            return not_found_page()
        return await handler(request)

    return present
