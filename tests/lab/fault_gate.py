"""Middleware in front of all routes: counts requests, and applies the fault set for each."""

import threading
import time
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from heimdall_desktop.local.messages import envelope_error
from heimdall_desktop.local.repo_routes import page
from tests.fakes.waiting import WAIT_LIMIT_S
from tests.lab.browser_access import too_many
from tests.lab.faults import STREAM, Fault, Faults, Shape, request_kind
from tests.lab.stream_flow import Cut, close_connection, connection_number, until_gone

_MOMENTS = 200_000
"""How many requests are remembered with their moment, for rates."""

_CUTTING = frozenset({Shape.TRUNCATED, Shape.CUT})
_OPEN_PATHS = ("/health", "/login", "/api/auth/", "/static/", "/webhooks/")
_PROXY_PAGE = (
    "<!DOCTYPE html><html><head><title>{status}</title></head>"
    "<body><h1>{status}</h1><hr>proxy</body></html>"
)
_PORTAL_PAGE = (
    "<!DOCTYPE html><html><head><title>Welcome</title></head>"
    '<body><form action="/guest"><button>Accept and go online</button></form></body></html>'
)


class RequestCount:
    """Requests by kind, and how many were in flight at once; streams are counted apart.

    Counting happens on the server's loop; any thread may read. A request counts when it arrives,
    faults or not, and is in flight until its answer is passed to the socket.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._moved = threading.Condition()
        self.in_flight = 0
        """Requests under way now, without streams."""
        self.open_streams = 0
        """Streams open now."""
        self.reset()

    def reset(self) -> None:
        """Count from now on; what is under way stays so."""
        self.by_kind: Counter[str] = Counter()
        """How many came, by `faults.REQUEST_KINDS`."""
        self.most_in_flight = self.in_flight
        """The highest number of requests under way at once, without streams."""
        self.most_open_streams = self.open_streams
        """The highest number of streams open at once."""
        self._moments: deque[float] = deque(maxlen=_MOMENTS)
        self._since = self._clock()

    @property
    def age_s(self) -> float:
        return self._clock() - self._since

    @contextmanager
    def counted(self, kind: str) -> Iterator[None]:
        """Count a request that is under way while the context lasts."""
        self.by_kind[kind] += 1
        self._moments.append(self._clock())
        self._enter(kind, 1)
        try:
            yield
        finally:
            self._enter(kind, -1)

    def until(self, condition: Callable[[], bool], limit_s: float = WAIT_LIMIT_S) -> None:
        """Wait, in any thread but the server's, until something about these numbers is true.

        Raises:
            TimeoutError: it did not come true.
        """
        with self._moved:
            if not self._moved.wait_for(condition, limit_s):
                raise TimeoutError(f"waited {limit_s} s, and it is {self.as_json()}")

    def busiest_per_s(self, window_s: float = 10.0) -> float:
        """Return the highest rate of requests a second, averaged over a window of this length."""
        moments = list(self._moments)
        most = 0
        for first, start in enumerate(moments):
            most = max(most, bisect_right(moments, start + window_s) - first)
        return most / window_s

    def as_json(self) -> dict[str, object]:
        return {
            "by_kind": dict(self.by_kind),
            "total": sum(dict(self.by_kind).values()),
            "in_flight": self.in_flight,
            "most_in_flight": self.most_in_flight,
            "open_streams": self.open_streams,
            "most_open_streams": self.most_open_streams,
            "age_s": round(self.age_s, 3),
            "busiest_per_s": self.busiest_per_s(),
        }

    def _enter(self, kind: str, step: int) -> None:
        with self._moved:
            if kind == STREAM:
                self.open_streams += step
                self.most_open_streams = max(self.most_open_streams, self.open_streams)
            else:
                self.in_flight += step
                self.most_in_flight = max(self.most_in_flight, self.in_flight)
            self._moved.notify_all()


class FaultGate:
    """Counts requests and applies faults.

    Args:
        app: the server behind it.
        faults: what is armed.
        requests: the count.
    """

    def __init__(self, app: ASGIApp, faults: Faults, requests: RequestCount) -> None:
        self._app = app
        self._faults = faults
        self._requests = requests
        self._busy: set[int] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or make of its answer what a fault wants."""
        kind = request_kind(scope["path"])
        with self._requests.counted(kind):
            crowd = self._faults.crowd()
            if crowd is None or scope["path"].startswith(_OPEN_PATHS):
                await self._serve(kind, scope, receive, send)
                return
            thread = connection_number(scope) % crowd.threads
            if thread in self._busy and crowd.fits(kind, scope["path"]):
                self._faults.drop(crowd, kind)
                close_connection(scope)
                await until_gone(receive)
                return
            with self._at_work(thread) as be_done:
                send = _telling_head(send, be_done) if kind == STREAM else send
                await self._serve(kind, scope, receive, send)

    @contextmanager
    def _at_work(self, thread: int) -> Iterator[Callable[[], None]]:
        """Keep a thread busy until the end, or until what is yielded is called."""
        is_ours = thread not in self._busy
        self._busy.add(thread)

        def be_done() -> None:
            nonlocal is_ours
            if is_ours:
                is_ours = False
                self._busy.discard(thread)

        try:
            yield be_done
        finally:
            be_done()

    async def _serve(self, kind: str, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self._faults.take(kind, scope["path"])
        if fault is None:
            await self._pass_on(kind, scope, receive, send)
            return
        await self._faults.wait(fault.delay_s)
        await self._meet(fault, kind, scope, receive, send)

    async def _meet(
        self, fault: Fault, kind: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        note = partial(self._faults.hit, fault, kind)
        if fault.shape in _CUTTING:
            cut = Cut(fault.after_bytes, is_clean=fault.shape is Shape.TRUNCATED, note=note)
            await self._pass_on(kind, scope, receive, send, cut)
            return
        note()
        if fault.shape is Shape.CLOSED:
            close_connection(scope)
            await until_gone(receive)
        elif answer := _answer(fault):
            await answer(scope, receive, send)
        else:
            await self._pass_on(kind, scope, receive, send)

    async def _pass_on(
        self, kind: str, scope: Scope, receive: Receive, send: Send, cut: Cut | None = None
    ) -> None:
        if kind == STREAM:
            await self._faults.streams.send_through(self._app, scope, receive, send, cut)
        elif cut is None:
            await self._app(scope, receive, send)
        else:
            await _CutAnswer(self._app, cut, send).run(scope, receive)


def _telling_head(send: Send, on_head: Callable[[], None]) -> Send:
    """Return a way to send that calls something once the head has gone."""

    async def send_on(message: Message) -> None:
        await send(message)
        if message["type"] == "http.response.start":
            on_head()

    return send_on


class _CutAnswer:
    """An ordinary answer that ends before its time; its head waits until its length is known."""

    def __init__(self, app: ASGIApp, cut: Cut, send: Send) -> None:
        self._app = app
        self._cut = cut
        self._peer = send
        self._head: Message = {}
        self._body = bytearray()

    async def run(self, scope: Scope, receive: Receive) -> None:
        await self._app(scope, receive, self._collect)
        body = bytes(self._body)
        sent = self._cut.take(body)
        is_broken = sent is not None and not self._cut.is_clean
        if sent is not None and self._cut.is_clean:
            MutableHeaders(scope=self._head)["content-length"] = str(len(sent))
        await self._peer(self._head)
        body = body if sent is None else sent
        await self._peer({"type": "http.response.body", "body": body, "more_body": is_broken})
        if is_broken:
            close_connection(scope)
            await until_gone(receive)

    async def _collect(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
        else:
            self._body += message.get("body", b"")


def _answer(fault: Fault) -> Response | None:
    """Make the answer of a fault; None where the server itself answers."""
    status = fault.usual_status
    match fault.shape:
        case Shape.ENVELOPE:
            return envelope_error(status, "Something is wrong on purpose")
        case Shape.STRING:
            body = {"success": False, "error": "Something is wrong on purpose"}
            return JSONResponse(body, status_code=status)
        case Shape.TEXT:
            return PlainTextResponse("Something is wrong on purpose", status_code=status)
        case Shape.PAGE:
            return HTMLResponse(_PROXY_PAGE.format(status=status), status_code=status)
        case Shape.RATE_LIMITED:
            limited = too_many(fault.after_s)
            limited.status_code = status
            return limited
        case Shape.REDIRECT:
            return Response(status_code=status, headers={"location": "/login"})
        case Shape.PORTAL:
            return HTMLResponse(_PORTAL_PAGE, status_code=status)
        case Shape.EMPTY:
            return page("Repositories", "<ul></ul>")
        case _:
            return None
