"""What can go wrong on purpose: faults as values, and the list of those that are armed.

`fault_gate` applies them to requests before anything else of the server, as a proxy, a captive
portal or a bad network would. Source: protocol.md 1.7, 2.2, 10 (7, 9, 11, 13).
"""

import asyncio
import re
import threading
from collections import Counter
from collections.abc import Callable
from enum import Enum

from msgspec import Struct

from tests.lab.stream_flow import Flow, StreamFlow

ANY = "any"
STREAM = "stream"
OTHER = "other"

_ID = r"[^/]+"
_KINDS = tuple(
    (re.compile(path), kind)
    for path, kind in (
        (r"/api/auth/.*", "auth"),
        (rf"/api/scans/{_ID}", "scan"),
        (rf"/api/scans/{_ID}/live", "live"),
        (rf"/api/scans/{_ID}/progress/stream", STREAM),
        (rf"/api/scans/{_ID}/findings", "findings"),
        (rf"/api/scans/{_ID}/patches", "patches"),
        (rf"/api/scans/{_ID}/threat-model", "threat_model"),
        (rf"/api/scans/{_ID}/sarif", "sarif"),
        (rf"/api/scans/{_ID}/cancel", "cancel"),
        (rf"/api/findings/{_ID}", "finding"),
        (rf"/api/findings/{_ID}/events", "events"),
        (rf"/api/findings/{_ID}/.+", "triage"),
        (r"/api/repos(/.*)?", "repo"),
    )
)
REQUEST_KINDS = (*(kind for _, kind in _KINDS), OTHER)
"""All of them; `other` is what no name fits, like `/health` and the web pages."""


def request_kind(path: str) -> str:
    """Return the kind of a request, one of `REQUEST_KINDS`.

    Args:
        path: decoded, without the query.
    """
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(path)), OTHER)


class Shape(Enum):
    """What an answer becomes."""

    LATE = "late"
    """The true answer, after `delay_s`."""
    ENVELOPE = "envelope"
    """E1, E2, E13: JSON with code and message."""
    STRING = "string"
    """E4: JSON whose error is a string."""
    TEXT = "text"
    """E5, E8-E10: one line of plain text."""
    PAGE = "page"
    """E6, E12: the HTML page of a proxy."""
    RATE_LIMITED = "rate_limited"
    """E11: plain text, and `after_s` in the header `x-ratelimit-after`."""
    REDIRECT = "redirect"
    """E3: to `/login`, with an empty body."""
    PORTAL = "portal"
    """The HTML page of a captive portal, which returns 200 for every request."""
    EMPTY = "empty"
    """E15: a web page of the server that says 200 and lists nothing, as its database fails."""
    TRUNCATED = "truncated"
    """The true answer, of which `after_bytes` are sent as if they were all: well framed."""
    CUT = "cut"
    """The true answer, and after `after_bytes` of it the connection is closed."""
    CLOSED = "closed"
    """E14: the connection is closed without an answer, and nothing is carried out."""
    SECOND_OF_TWO = "second_of_two"
    """1.7: `closed`, for a protected request on a thread that is at work on another one."""


_STATUS = {
    Shape.ENVELOPE: 500,
    Shape.STRING: 403,
    Shape.TEXT: 400,
    Shape.PAGE: 502,
    Shape.RATE_LIMITED: 429,
    Shape.REDIRECT: 302,
    Shape.PORTAL: 200,
    Shape.EMPTY: 200,
}
_STATUSES = frozenset(range(200, 600)) - {204, 205, 304}


class Fault(Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which requests go wrong.

    Raises:
        ValueError: it could never hit, or not be answered.
    """

    shape: Shape
    on: str = ANY
    """One of `REQUEST_KINDS`, or `any`."""
    times: int | None = 1
    """How many requests it affects; None for all until it is cleared."""
    path_part: str = ""
    """Only requests whose path holds this, like the id of a scan."""
    status: int | None = None
    """Instead of the usual one of the shape."""
    delay_s: float = 0.0
    """Passes before anything else happens."""
    after_bytes: int | None = None
    """Of the body of what is truncated or cut; half of its first piece if left out."""
    after_s: int = 4
    """The wait that a rate limit requires."""
    threads: int = 2
    """Of the server, for `second_of_two`; connections are dealt out to them in turn."""

    def __post_init__(self) -> None:
        if self.on not in (ANY, *REQUEST_KINDS):
            raise ValueError(f"on: {self.on!r} is none of {', '.join((ANY, *REQUEST_KINDS))}")
        if self.times is not None and self.times < 1:
            raise ValueError("times: at least 1")
        if self.status is not None and self.status not in _STATUSES:
            raise ValueError("status: 200 to 599, of those that may have a body")
        if self.delay_s < 0 or (self.after_bytes or 0) < 0 or self.after_s < 0:
            raise ValueError("delay_s, after_bytes and after_s cannot be below 0")
        if self.threads < 1:
            raise ValueError("threads: at least 1")

    @property
    def usual_status(self) -> int:
        return self.status or _STATUS.get(self.shape, 500)

    def fits(self, kind: str, path: str) -> bool:
        return self.on in (ANY, kind) and self.path_part in path


class Faults:
    """The faults that wait for requests, and how the streams flow. Any thread may set them.

    A request gets the first matching fault, in the order in which they were added; but
    `second_of_two` waits for those that come at a bad moment, and leaves the others to the rest.

    Args:
        call: runs a function on the server's loop and returns what it returns.
    """

    def __init__(self, call: Callable[[Callable[[], object]], object]) -> None:
        self._on_loop = call
        self._lock = threading.Lock()
        self._armed: list[Fault] = []
        self._met: Counter[Fault] = Counter()
        self._cleared = asyncio.Event()
        self.streams = StreamFlow()
        """What the gate sends streams through; set it by `flow`."""
        self.hits: Counter[str] = Counter()
        """How often each fault really came about, as `<shape> <kind of request>`."""

    @property
    def armed(self) -> tuple[Fault, ...]:
        with self._lock:
            return tuple(self._armed)

    def add(self, *faults: Fault) -> None:
        with self._lock:
            self._armed += faults

    def clear(self) -> None:
        """Remove all faults: delayed answers are sent now, and streams flow."""
        with self._lock:
            self._armed.clear()
            self._met.clear()
        self._on_loop(self._release)

    def flow(self, flow: Flow) -> None:
        """Set how the bytes of all streams flow."""
        self._on_loop(lambda: self.streams.set(flow))

    def drop_streams(self, after_bytes: int = 0) -> None:
        """Break every open stream once so many more bytes of it have been sent."""
        self._on_loop(lambda: self.streams.drop(after_bytes))

    def crowd(self) -> Fault | None:
        """Return the fault that makes requests on one thread break each other, if it is armed."""
        with self._lock:
            return next((one for one in self._armed if one.shape is Shape.SECOND_OF_TWO), None)

    def take(self, kind: str, path: str) -> Fault | None:
        """Return the fault that applies to a request, if any, and count it."""
        with self._lock:
            fitting = (one for one in self._armed if one.fits(kind, path))
            fault = next((one for one in fitting if one.shape is not Shape.SECOND_OF_TWO), None)
            if fault is not None:
                self._meet(fault)
            return fault

    def drop(self, fault: Fault, kind: str) -> None:
        """Note that a request was dropped by `second_of_two`."""
        with self._lock:
            if fault in self._armed:
                self._meet(fault)
        self.hit(fault, kind)

    def _meet(self, fault: Fault) -> None:
        """Count a fault as met, and disarm it once it was met often enough."""
        if fault.times is None:
            return
        self._met[fault] += 1
        if self._met[fault] >= fault.times:
            del self._met[fault]
            self._armed.remove(fault)

    def hit(self, fault: Fault, kind: str) -> None:
        self.hits[f"{fault.shape.value} {kind}"] += 1

    async def wait(self, delay_s: float) -> None:
        try:
            await asyncio.wait_for(self._cleared.wait(), delay_s)
        except TimeoutError:
            return

    def _release(self) -> None:
        self._cleared.set()
        self._cleared = asyncio.Event()
        self.streams.set(Flow.FLOWING)
