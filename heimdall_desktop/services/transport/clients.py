"""The two HTTP clients of one server: one for requests, one for streams.

Streams stay open for hours and would use up the connections of a shared pool. Both clients share
the system's certificates, keep no cookie, follow no redirect and read the token for each request,
so that signing out needs no new client. They also share the limit of simultaneous requests, in
which a stream counts until its head arrives.
Source: protocol.md T-11, T-12, T-17, T-18, T-25, T-54, T-55.
"""

import asyncio
import functools
import json
import os
import ssl
import sys
import time
from collections.abc import Awaitable, Callable, Generator, Hashable, Mapping
from contextlib import suppress
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from random import Random, SystemRandom
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

import httpcore  # noqa: F401 - else httpx loads it with the first client, while a window waits
import httpx
import truststore
from msgspec import Struct, field
from msgspec.structs import replace

from heimdall_desktop import __version__
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import (
    CertificateStore,
    Detour,
    Peer,
    ServerUrl,
    host_name,
    is_loopback,
)
from heimdall_desktop.services.transport import answers, failures, limiter, proxies
from heimdall_desktop.services.transport.event_stream import EventStream

Method = Literal["GET", "POST", "PATCH", "DELETE"]
T = TypeVar("T")

READ_TIMEOUT_S = 30.0
REPEATS = 5  # of a read whose connection broke, before it is reported as broken (T-54)
REPEAT_AFTER_S = (0.05, 0.4)  # never at once: a third would be lost again (1.7)
OPENING_S = 2.0  # how long a stream without a head takes a place; a proxy may hold it back
YOUNG_WRITE_S = 2.0  # how long a write keeps its place, and no read starts
ANSWER_LIMIT_BYTES = 64 << 20  # a page of 100 findings has well below 10 MiB
HEAD_EXTRA_S = 10.0  # to connect and to send; then the head may take as long as any silence
BODY_EXTRA_S = 15.0  # for a body of any size: four lost packets in a row are resent in less
SLOWEST_BYTES_S = 2 << 10  # of a body on average: four at once over a line of 64 kbit/s
ANSWER_LIMIT_S = 120.0  # for a body of the maximum size, and for the head of a stream
PIECES_LIMIT = 4096  # of a body, and one for each `PIECE_BYTES`: single bytes are work for minutes
PIECE_BYTES = 256  # no connection delivers less at a time
HTTPS_PORT = 443
ALERT_LIMIT_S = 5.0  # for a handshake and an alert after it
REFUSAL_LIMIT_BYTES = 1 << 16  # of a refused answer, enough for its message
SECRET_HEADER = "X-Heimdall-Run-Secret"  # noqa: S105 - the name, not the value

_USER_AGENT = f"heimdall-desktop/{__version__}"
_BROKEN = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)
_UNKNOWN = (*_BROKEN, httpx.ReadTimeout, httpx.WriteTimeout)
_ANSWERS = (
    errors.NotVisible,
    errors.RequestRefused,
    errors.ServerBusy,
    errors.SignedOut,
)  # errors of a working server
_REST_POOL = httpx.Limits(
    max_connections=None,  # the limiter counts
    max_keepalive_connections=limiter.MOST_AT_ONCE,
    keepalive_expiry=3.0,  # the server closes idle ones after 5 s (protocol.md T-25)
)
_STREAM_POOL = httpx.Limits(max_connections=None, max_keepalive_connections=0)
_STREAM_TIMEOUT = httpx.Timeout(connect=10.0, read=None, write=10.0, pool=None)


class Request(Struct, frozen=True):
    """A request to the server.

    Attributes:
        path: below the server's address, from its first slash on.
        body: sent as JSON; None for no body.
        is_signed: whether to send the token.
        read_timeout_s: longest silence while waiting for the answer.
        limit_bytes: maximum size of the answer.
        patience_s: while it waits, requests that come within so many seconds may pass it.
        may_be_cut: the start of a longer answer is useful.
        alone_s: how many seconds a change waits for the running reads to be answered;
            None for the default.
    """

    path: str
    method: Method = "GET"
    params: Mapping[str, str | int] = field(default_factory=dict)
    body: Mapping[str, object] | None = None
    is_signed: bool = True
    read_timeout_s: float = READ_TIMEOUT_S
    limit_bytes: int = ANSWER_LIMIT_BYTES
    patience_s: float = 0.0
    alone_s: float | None = None
    may_be_cut: bool = False


class Traffic(Struct):
    """Counts of the requests to a server so far; each attempt is counted.

    Attributes:
        sent: how many were sent.
        lost: how many reads lost their connection before an answer.
        repeated: how many of the sent ones were retries.
    """

    sent: int = 0
    lost: int = 0
    repeated: int = 0


class Clients:
    """Sends requests to one server; close it with `aclose`.

    Attributes:
        route: how requests reach the server.
        proxy: host and port of the proxy that sees the requests, to show to the user (T-17).
        tls: the version of TLS of the newest connection, such as "TLSv1.3"; "" for none yet.
        answered_at_s: when the server last gave a proper answer, by the clock; None before the
            first one.
        returned_at_s: when it first did so after a request without an answer.
        traffic: the counts of requests.
    """

    def __init__(
        self,
        url: ServerUrl,
        token: Callable[[], str | None],
        *,
        secret: Callable[[], str] | None = None,
        mask: Callable[[bytes], bytes] = bytes,
        clock: Callable[[], float] = time.monotonic,
        random: Random | None = None,
        is_direct: bool = False,
        trace: failures.Trace | None = None,
    ) -> None:
        """Build both clients; nothing is sent yet.

        Args:
            url: the server's base address; a path in it is kept (protocol.md T-53).
            token: called for each request; None sends it without a token.
            secret: returns the secret that the embedded server requires with each request, with a
                token or not; None for every other server.
            mask: removes the secrets that were sent to the server from its answers.
            clock: monotonic seconds.
            random: spreads the retries of lost requests; by default the system's.
            is_direct: no proxy is used, whatever the settings of the system say.
            trace: receives the events of each connection.

        Raises:
            ServerUnreachable: a proxy setting or the address cannot be used.
        """
        self.url = url
        self.host = host_name(url)
        self._trace, self.tls = trace, ""
        self._retired: tuple[httpx.AsyncClient, ...] = ()
        self._rest, self._streams = self._make_clients(is_direct=is_direct)
        self._auth = _OriginAuth(url, token, secret)
        self._unsigned = _OriginAuth(url, lambda: None, secret)
        self._mask = mask
        self._clock = clock
        self._random = random or SystemRandom()
        self._deadlines = limiter.Deadlines()
        self._limiter = limiter.Limiter(clock, self._deadlines)
        self.answered_at_s: float | None = None
        self.returned_at_s = float("-inf")
        self._is_lost = False
        self.traffic = Traffic()

    def _make_clients(self, *, is_direct: bool) -> tuple[httpx.AsyncClient, httpx.AsyncClient]:
        trusts_environment = not (is_direct or is_loopback(self.url))
        if trusts_environment:
            proxies.require_usable_settings()
        made = _client(trusts_environment, _REST_POOL), _client(trusts_environment, _STREAM_POOL)
        self.route = proxies.route_to(self.url, is_direct=is_direct)
        self.proxy = self.route.proxy if self.route.detour is Detour.PROXY else None
        self._peer = Peer(self.host, self.proxy or "")
        self._is_direct = is_direct
        return made

    async def use_proxies(self, *, is_direct: bool) -> None:
        """Send all further requests directly, or as the settings say, and repeat running reads.

        A running change ends over its old connection; open streams stay until they are reopened.

        Raises:
            ServerUnreachable: a proxy setting cannot be used; the clients stay as they are.
        """
        if is_direct == self._is_direct:
            return
        former, retired = (self._rest, self._streams), self._retired
        self._rest, self._streams = self._make_clients(is_direct=is_direct)
        self._retired, self.tls = former, ""
        self.hang_up()
        for client in retired:
            await client.aclose()

    @property
    def _watch(self) -> failures.Trace | None:
        return self._see if self._trace is not None or self.url.startswith("https:") else None

    @property
    def free_places(self) -> int:
        """How many more requests may be sent at once now, less those that wait."""
        return self._limiter.free

    async def ask(self, request: Request) -> bytes:
        """Send a request and return the JSON body of its success.

        A GET whose connection breaks is retried, a few times and after a short wait. Nothing else
        is ever retried (protocol.md T-24, T-54).

        Raises:
            ServerUnreachable: no connection, no answer in time, or a broken connection.
            OutcomeUnknown: the same for a request that changes something, once it was sent, or a
                failure that is not in the server's own words.
            WireError: the answer is too long, or its compression is broken or not accepted.
            ServerError: the error of the answer, see `answers.failure`.
        """
        answer = await self._answer_at_last(request)
        if request.method != "GET":
            answers.require_known_outcome(answer)
        return self._noted(answers.json_body, answer)

    async def ask_rows(self, request: Request) -> tuple[bytes, bool]:
        """As `ask`, for a list; return the start of one that is too long, and whether it is."""
        answer = await self._answer_at_last(replace(request, may_be_cut=True))
        return self._noted(answers.json_body, answer), answer.is_cut

    async def ask_page(self, request: Request) -> bytes:
        """Send a request and return the HTML of a web page; otherwise like `ask`.

        Raises:
            ServerUnreachable: no connection, no answer in time, or a broken connection.
            WireError: the page is too long, or its compression is broken or not accepted.
            ServerError: the error of the answer, see `answers.html_body`.
        """
        return self._noted(answers.html_body, await self._answer_at_last(request))

    async def open_stream(self, path: str, clock: Callable[[], float]) -> EventStream:
        """Open an event stream; the caller closes it.

        Raises:
            ServerUnreachable: no connection, or a broken one.
            WireError: the answer's compression is broken or not accepted.
            ServerError: the error of the answer, see `answers.failure`.
        """
        response = await self._repeated(partial(self._stream_head, path), longest_s=OPENING_S)
        is_accepted = False
        try:
            head, body = self._masked(response), b""
            if response.status_code >= 400 and head.content_type in answers.REFUSAL_KINDS:
                with failures.translated(self._peer):
                    async with self._deadlines.bound(BODY_EXTRA_S, is_repeatable=False) as end:
                        body = await self._read(response, REFUSAL_LIMIT_BYTES, end)
            answers.require_event_stream(self._masked(response, body))
            stream = EventStream(self._peer, response, clock, self._mask)
            is_accepted = True
        finally:
            if not is_accepted:
                await response.aclose()
        self._note_answer()
        return stream

    def hang_up(self, purpose: Hashable = None) -> None:
        """Abort running reads, so that they are resent over new connections: these may be dead.

        For a new network, and after the machine has slept, when a dead connection shows late.
        An aborted read counts as a broken connection.

        Args:
            purpose: abort only the requests for it, see `asking_for`; None for all.
        """
        self._deadlines.hang_up(purpose)

    async def aclose(self) -> None:
        self._deadlines.close()
        for client in (self._rest, self._streams, *self._retired):
            await client.aclose()

    def _see(self, event: str, facts: Mapping[str, Any]) -> None:
        """Note the version of TLS; with a proxy that uses TLS, the server's comes last."""
        if event.endswith("start_tls.complete"):
            secured = facts["return_value"].get_extra_info("ssl_object")
            self.tls = (secured and secured.version()) or ""
        if self._trace is not None:
            self._trace(event, facts)

    def _noted(self, read: Callable[[answers.Answer], bytes], answer: answers.Answer) -> bytes:
        """Read an answer, and record its time if it is the server's own."""
        try:
            body = read(answer)
        except _ANSWERS:
            self._note_answer()
            raise
        self._note_answer()
        return body

    def _note_answer(self) -> None:
        self.answered_at_s = self._clock()
        if self._is_lost:
            self._is_lost, self.returned_at_s = False, self.answered_at_s

    async def _answer_at_last(self, request: Request) -> answers.Answer:
        if request.method == "GET":
            send = partial(self._answer, request)
            answer = await self._repeated(send, patience_s=request.patience_s)
            self._limiter.note_read(is_good=answer.status < 500)  # some proxies report a loss so
            return answer
        with failures.translated(self._peer):  # a change is sent once; protocol.md T-55
            turn = self._limiter.place(
                is_write=True, longest_s=YOUNG_WRITE_S, alone_s=request.alone_s
            )
            try:
                async with turn as place:
                    self.traffic.sent += 1
                    return await self._answer(request, place)
            except _UNKNOWN:
                self._limiter.has_lost = True
                raise errors.OutcomeUnknown(errors.Reason.ANSWER_LOST, host=self._peer) from None

    async def _repeated(
        self,
        send: Callable[[limiter.Place], Awaitable[T]],
        *,
        patience_s: float = 0.0,
        longest_s: float | None = None,
    ) -> T:
        """Send a read until it is answered. Source: protocol.md T-54."""
        lost: Exception = httpx.ReadError("lost")
        try:
            with failures.translated(self._peer):
                for repeat in range(1 + REPEATS):
                    if repeat:
                        await asyncio.sleep(self._random.uniform(*REPEAT_AFTER_S))
                    turn = self._limiter.place(
                        is_repeat=repeat > 0, patience_s=patience_s, longest_s=longest_s
                    )
                    try:
                        async with turn as place:
                            self.traffic.repeated += repeat > 0
                            return await self._sent(send, place)
                    except _BROKEN as error:
                        lost = error
                runs = errors.ServerUnreachable(errors.Reason.OWN_REQUEST_RUNS, host=self._peer)
                raise runs if self._limiter.writes else await self._refusal(lost)
        except errors.ServerUnreachable:
            self._is_lost = True
            raise

    async def _refusal(self, lost: Exception) -> Exception:
        """Return the TLS error of a server that closes connections before it reads a request.

        A server that closes at once resets the connection that a request is written to, and its
        alert is lost. So the alert is read over a connection without a request. Any other server's
        error is the one given.
        """
        is_known = self.answered_at_s is not None or self.proxy is not None
        was_reset = any(isinstance(each, ConnectionError) for each in failures.reasons(lost))
        if is_known or not self.url.startswith("https:") or not was_reset:
            return lost
        parts = urlsplit(self.url)
        port = parts.port or HTTPS_PORT
        try:
            async with self._deadlines.bound(ALERT_LIMIT_S, is_repeatable=True):
                reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=_tls())
                try:
                    with failures.tls_errors_mapped():
                        await reader.read(1)
                finally:
                    writer.transport.abort()
                    with suppress(OSError):
                        await writer.wait_closed()
        except httpx.ConnectError as error:
            return error
        except (httpx.TransportError, OSError):
            pass
        return lost

    async def _sent(self, send: Callable[[limiter.Place], Awaitable[T]], place: limiter.Place) -> T:
        self.traffic.sent += 1
        asked_at_s = self._clock()
        try:
            return await send(place)
        except limiter.BrokenOff:
            raise
        except _BROKEN:
            self.traffic.lost += 1
            self._limiter.has_lost = True
            if not self._limiter.writes:
                self._limiter.lost(asked_at_s)
            raise

    async def _stream_head(self, path: str, _: limiter.Place) -> httpx.Response:
        headers = {"Accept": "text/event-stream", "Accept-Encoding": "identity"}
        async with (
            self._deadlines.bound(ANSWER_LIMIT_S, is_repeatable=False),
            failures.closing_handshake(self.url, self._watch) as extensions,
        ):
            asked = self._streams.build_request(
                "GET", f"{self.url}{path}", headers=headers, extensions=extensions
            )
            with failures.tls_errors_mapped():
                return await self._streams.send(asked, auth=self._auth, stream=True)

    async def _answer(self, request: Request, place: limiter.Place) -> answers.Answer:
        longest_s = HEAD_EXTRA_S + request.read_timeout_s
        is_repeatable = request.method == "GET"  # the outcome of a change is not known
        content = None if request.body is None else json.dumps(request.body).encode()
        async with (
            self._deadlines.bound(longest_s, is_repeatable=is_repeatable) as end,
            failures.closing_handshake(self.url, self._watch) as extensions,
        ):
            with failures.tls_errors_mapped():
                async with self._rest.stream(
                    request.method,
                    f"{self.url}{request.path}",
                    params=dict(request.params) or None,
                    content=content,
                    headers={} if content is None else {"Content-Type": "application/json"},
                    auth=self._auth if request.is_signed else self._unsigned,
                    timeout=httpx.Timeout(
                        connect=10.0, read=request.read_timeout_s, write=10.0, pool=60.0
                    ),
                    extensions=extensions,
                ) as response:
                    place.note_head()
                    try:
                        with failures.tls_errors_mapped():
                            body = await self._body(response, request, end)
                    except _BROKEN:
                        raise limiter.BrokenOff("in the middle of the answer") from None
        is_sign_in = not request.is_signed and content is not None
        answer = self._masked(response, body, is_sign_in=is_sign_in)
        return replace(answer, is_cut=len(body) > request.limit_bytes)

    def _masked(
        self, response: httpx.Response, body: bytes = b"", *, is_sign_in: bool = False
    ) -> answers.Answer:
        """Return the answer without secrets that the server repeats; a new token is not one yet."""
        masked = [(name, self._mask(value)) for name, value in response.headers.raw]
        answer = answers.Answer(self.host, response.status_code, httpx.Headers(masked))
        if is_sign_in and response.is_success:
            return replace(answer, body=body)
        return replace(answer, body=self._mask(answers.unescaped(body, answer.content_type)))

    async def _body(self, response: httpx.Response, request: Request, end: limiter.Due) -> bytes:
        if response.status_code >= 400:
            return (await self._read(response, REFUSAL_LIMIT_BYTES, end))[:REFUSAL_LIMIT_BYTES]
        body = await self._read(response, request.limit_bytes, end)
        if len(body) > request.limit_bytes and not request.may_be_cut:
            raise errors.WireError(errors.Reason.ANSWER_TOO_LONG, host=self.host)
        return body

    async def _read(self, response: httpx.Response, limit_bytes: int, end: limiter.Due) -> bytes:
        """Return the inflated body, cut as soon as it is too long.

        Its deadline moves with the received bytes, so that a trickle is aborted at any total size.
        """
        decoder = answers.Decoder(response.headers, self._peer)
        body = bytearray()
        began_s = asyncio.get_running_loop().time()
        end.at_s = began_s + BODY_EXTRA_S
        pieces = 0
        async for chunk in response.aiter_raw():
            pieces += 1
            if pieces > PIECES_LIMIT + len(body) / PIECE_BYTES:
                raise errors.WireError(errors.Reason.ANSWER_TOO_MANY_PIECES, host=self.host)
            extra_s = BODY_EXTRA_S + len(body) / SLOWEST_BYTES_S
            end.at_s = began_s + min(extra_s, ANSWER_LIMIT_S)
            for piece in decoder.push(chunk):
                body += piece
                if len(body) > limit_bytes:
                    return bytes(body)
        decoder.end()
        return bytes(body)


class _OriginAuth(httpx.Auth):
    """Adds token and secret to requests to the server's own origin only."""

    def __init__(
        self, url: ServerUrl, token: Callable[[], str | None], secret: Callable[[], str] | None
    ) -> None:
        self._origin = _origin(url)
        self._token = token
        self._secret = secret

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign the request.

        Raises:
            SignedOut: there is a token, but no header can carry it.
            ServerUnreachable: the embedded server has ended.
        """
        is_ours = _origin(str(request.url)) == self._origin
        if self._secret is not None and is_ours:
            request.headers[SECRET_HEADER] = self._secret()
        token = self._token()
        if token and is_ours:
            if not (token.isascii() and token.isprintable() and " " not in token):
                raise errors.SignedOut(errors.Reason.TOKEN_UNSENDABLE)
            request.headers["Authorization"] = f"Bearer {token}"
        yield request


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _client(trusts_environment: bool, limits: httpx.Limits) -> httpx.AsyncClient:
    try:
        return httpx.AsyncClient(
            verify=_tls(),
            trust_env=trusts_environment,
            limits=limits,
            timeout=_STREAM_TIMEOUT,  # other requests set their own
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": _USER_AGENT, "Accept-Encoding": answers.ACCEPTED},
        )
    except (ImportError, ValueError, httpx.InvalidURL):
        raise proxies.refused_setting("NO_PROXY") from None


@functools.cache
def _tls() -> ssl.SSLContext:
    """Return the system's trust store, shared by all clients: building one takes milliseconds."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def certificate_store() -> CertificateStore:
    """Return where the trusted certificates come from.

    Windows and macOS check certificates themselves. Elsewhere truststore loads the file or the
    folder of OpenSSL.
    """
    if sys.platform in ("win32", "darwin"):
        return CertificateStore()
    paths = ssl.get_default_verify_paths()
    places = ((paths.cafile, paths.openssl_cafile_env), (paths.capath, paths.openssl_capath_env))
    place, variable = next(((place, name) for place, name in places if place), ("", ""))
    return CertificateStore(one_line(place), variable if os.environ.get(variable) else "")
