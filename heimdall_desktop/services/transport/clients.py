"""The two HTTP clients of one server: one for requests, one for streams.

Streams stay open for hours and would use up the connections of a shared pool. Both clients share
the system's certificates, keep no cookie, follow no redirect and ask for the token at each request,
so that signing out needs no new client. Source: heimdall-api.md T-11, T-12, T-17, T-18, T-25.
"""

import asyncio
import functools
import json
import ssl
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Literal
from urllib.parse import urlsplit

import httpx
import truststore

from heimdall_desktop.domain.facts.errors import SignedOut, WireError
from heimdall_desktop.domain.facts.server import ServerUrl, host_name, is_loopback
from heimdall_desktop.domain.words.wording import tr
from heimdall_desktop.services.transport.answers import (
    Answer,
    html_body,
    json_body,
    require_event_stream,
)
from heimdall_desktop.services.transport.event_stream import EventStream
from heimdall_desktop.services.transport.failures import translated
from heimdall_desktop.services.transport.proxies import (
    proxy_in_use,
    refused_setting,
    require_usable_settings,
)

Method = Literal["GET", "POST", "PATCH", "DELETE"]

READ_TIMEOUT_S = 30.0
IN_FLIGHT = 4  # requests at once; the server has 5 database connections for all (T-50)
ANSWER_LIMIT_BYTES = 64 << 20  # a page of 100 findings has well below 10 MiB
ANSWER_LIMIT_S = 120.0  # a server that trickles must not hold a poll for ever
REFUSAL_LIMIT_BYTES = 1 << 16  # of a refused stream, enough for its message

_USER_AGENT = "heimdall-desktop"
_REST_POOL = httpx.Limits(
    max_connections=IN_FLIGHT,
    max_keepalive_connections=IN_FLIGHT,
    keepalive_expiry=3.0,  # the server closes idle ones after 5 s (heimdall-api.md T-25)
)
_STREAM_POOL = httpx.Limits(max_connections=None, max_keepalive_connections=0)
_STREAM_TIMEOUT = httpx.Timeout(connect=10.0, read=None, write=10.0, pool=None)


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask for.

    Attributes:
        path: below the server's address, from its first slash on.
        body: sent as JSON; None for no body.
        is_signed: whether the token goes along.
        read_timeout_s: longest silence while waiting for the answer.
        limit_bytes: what the answer may have at most; None for what any may.
    """

    path: str
    method: Method = "GET"
    params: Mapping[str, str | int] = field(default_factory=dict)
    body: Mapping[str, object] | None = None
    is_signed: bool = True
    read_timeout_s: float = READ_TIMEOUT_S
    limit_bytes: int | None = None


class Clients:
    """Asks one server; close it with `aclose`.

    Attributes:
        proxy: host and port of the proxy that sees the requests, for people to know (T-17).
    """

    def __init__(
        self,
        url: ServerUrl,
        token: Callable[[], str | None],
        *,
        ignores_proxies: bool = False,
    ) -> None:
        """Build both clients; nothing is sent yet.

        Args:
            url: the server's base address; a path in it is kept (heimdall-api.md T-53).
            token: asked at each request; None sends it without a token.
            ignores_proxies: leave out the proxies of the environment, as loopback always does.

        Raises:
            ServerUnreachable: a proxy setting or the address cannot be used.
        """
        self.url = url
        self.host = host_name(url)
        trusts_environment = not (ignores_proxies or is_loopback(url))
        self.proxy: str | None = None
        if trusts_environment:
            require_usable_settings()
            self.proxy = proxy_in_use(url)
        self._peer = (
            self.host
            if self.proxy is None
            else tr("{host} (by proxy {proxy})").format(host=self.host, proxy=self.proxy)
        )
        self._auth = _OriginAuth(url, token)
        self._rest = _client(trusts_environment, _REST_POOL, _rest_timeout(READ_TIMEOUT_S))
        self._waiting: set[asyncio.Timeout] = set()
        self._streams = _client(trusts_environment, _STREAM_POOL, _STREAM_TIMEOUT)

    async def ask(self, request: Request) -> bytes:
        """Send a request and return the JSON body of its success.

        A GET whose connection breaks is sent once more, because the server may just have closed an
        idle one; nothing else is ever repeated (heimdall-api.md T-24, T-25).

        Raises:
            ServerUnreachable: no connection, no answer in time, or a connection that broke.
            WireError: the answer is too long, or compressed in a broken way.
            ServerError: what the answer means, see `answers.failure`.
        """
        return json_body(await self._answer_at_last(request))

    async def ask_page(self, request: Request) -> bytes:
        """Send a request and return the HTML of a web page; as `ask` in everything else.

        Raises:
            ServerUnreachable: no connection, no answer in time, or a connection that broke.
            WireError: the page is too long, or compressed in a broken way.
            ServerError: what the answer means, see `answers.html_body`.
        """
        return html_body(await self._answer_at_last(request))

    async def open_stream(self, path: str, clock: Callable[[], float]) -> EventStream:
        """Open an event stream; the caller closes it.

        Raises:
            ServerUnreachable: no connection, or one that broke.
            ServerError: what the answer means, see `answers.failure`.
        """
        headers = {"Accept": "text/event-stream", "Accept-Encoding": "identity"}
        with translated(self._peer):
            asked = self._streams.build_request("GET", f"{self.url}{path}", headers=headers)
            response = await self._streams.send(asked, auth=self._auth, stream=True)
        is_accepted = False
        try:
            await self._require_stream(response)
            is_accepted = True
        finally:
            if not is_accepted:
                await response.aclose()
        return EventStream(self._peer, response, clock)

    def hang_up(self) -> None:
        """Break off all reading requests, to be sent over other lines: these may be dead.

        For a new network, and after a rest of the machine, when nobody would tell for long. What
        is broken off counts as a connection that broke.
        """
        now_s = asyncio.get_running_loop().time()
        for scope in self._waiting:
            if not scope.expired():
                scope.reschedule(now_s)

    async def aclose(self) -> None:
        """Close both clients and their connections."""
        await self._rest.aclose()
        await self._streams.aclose()

    async def _answer_at_last(self, request: Request) -> Answer:
        with translated(self._peer):
            try:
                return await self._answer(request)
            except (httpx.RemoteProtocolError, httpx.ReadError):
                if request.method != "GET":
                    raise
                return await self._answer(request)

    async def _answer(self, request: Request) -> Answer:
        try:
            async with asyncio.timeout(None) as scope:
                if request.method == "GET":  # whether another one was carried out, nobody knows
                    self._waiting.add(scope)
                try:
                    return await self._whole_answer(request)
                finally:
                    self._waiting.discard(scope)
        except TimeoutError:
            raise httpx.ReadError("hung up") from None

    async def _whole_answer(self, request: Request) -> Answer:
        content = None if request.body is None else json.dumps(request.body).encode()
        started_s = time.monotonic()
        async with self._rest.stream(
            request.method,
            f"{self.url}{request.path}",
            params=dict(request.params) or None,
            content=content,
            headers={} if content is None else {"Content-Type": "application/json"},
            auth=self._auth if request.is_signed else None,
            timeout=_rest_timeout(request.read_timeout_s),
        ) as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > (request.limit_bytes or ANSWER_LIMIT_BYTES):
                    raise WireError(
                        tr("The answer of {host} is longer than any should be.").format(
                            host=self.host
                        )
                    )
                if time.monotonic() - started_s > ANSWER_LIMIT_S + request.read_timeout_s:
                    raise httpx.ReadTimeout("trickling")
        return Answer(self.host, response.status_code, response.headers, bytes(body))

    async def _require_stream(self, response: httpx.Response) -> None:
        head = Answer(self.host, response.status_code, response.headers)
        body = b""
        if response.status_code >= 400 and head.content_type in ("application/json", "text/plain"):
            with translated(self._peer):
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > REFUSAL_LIMIT_BYTES:
                        break
        require_event_stream(Answer(self.host, response.status_code, response.headers, body))


class _OriginAuth(httpx.Auth):
    """Puts the token on requests to the server's own origin, and on no others."""

    def __init__(self, url: ServerUrl, token: Callable[[], str | None]) -> None:
        self._origin = _origin(url)
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign the request.

        Raises:
            SignedOut: there is a token, but no header can carry it.
        """
        token = self._token()
        if token and _origin(str(request.url)) == self._origin:
            if not (token.isascii() and token.isprintable() and " " not in token):
                raise SignedOut(
                    tr("The token holds characters no token has."), tr("Sign in again.")
                )
            request.headers["Authorization"] = f"Bearer {token}"
        yield request


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _rest_timeout(read_s: float) -> httpx.Timeout:
    return httpx.Timeout(connect=10.0, read=read_s, write=10.0, pool=60.0)


def _client(
    trusts_environment: bool, limits: httpx.Limits, timeout: httpx.Timeout
) -> httpx.AsyncClient:
    try:
        return httpx.AsyncClient(
            verify=_tls(),
            trust_env=trusts_environment,
            limits=limits,
            timeout=timeout,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": _USER_AGENT},
        )
    except (ImportError, ValueError, httpx.InvalidURL):
        raise refused_setting("NO_PROXY") from None


@functools.cache
def _tls() -> ssl.SSLContext:
    """The system's trust store, shared by all clients: building one takes milliseconds."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
