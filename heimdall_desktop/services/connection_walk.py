"""Tests the connection to a server step by step: name, address, proxy, TLS, health, sign-in.

The test uses new clients that are built like all others, so that it takes the same way. The steps
are read from the events of the HTTP library; only the name is looked up once more before, because
the library has no event for it. The token is sent in the last step only, after the answer of a
Heimdall server over a connection that has passed all checks. Source: httpcore "Extensions".
"""

import asyncio
import ssl
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlsplit

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import Peer, ServerUrl, Step, StepResult, host_name
from heimdall_desktop.services.api import HeimdallApi
from heimdall_desktop.services.transport.clients import Clients

STEP_LIMIT_S = 10.0
LONGEST_FACT = 120  # characters of a name that a server can choose
ADDRESSES_SHOWN = 3
#: Errors of a step that come to light during another one.
_CAUSED_BY = {
    errors.Reason.PROXY_IS_SOCKS: Step.PROXY,
    errors.Reason.PROXY_SETTING_UNUSABLE: Step.PROXY,
    errors.Reason.PROXY_REFUSED: Step.PROXY,
    errors.Reason.PROXY_PASSWORD_MISSING: Step.PROXY,
    errors.Reason.TLS_REFUSED: Step.TLS,
    errors.Reason.CLIENT_CERTIFICATE_REQUIRED: Step.TLS,
}


class ConnectionWalk:
    """One test; call `run` once. Cancelling it closes its connections.

    Args:
        url: the server.
        token: the one in use there; None without an account.
        report: receives the steps so far, each time that one begins or ends.
        clock: monotonic seconds.
        is_direct: the proxy settings are ignored for this server.
        has_answered: the server has answered requests in this session, so it may be one that has
            no health (protocol.md 13).
        mask: removes secrets from what the server answers.
        limit_s: how long a step may take.
    """

    def __init__(
        self,
        url: ServerUrl,
        token: str | None,
        report: Callable[[tuple[StepResult, ...]], object],
        clock: Callable[[], float],
        *,
        is_direct: bool = False,
        has_answered: bool = False,
        mask: Callable[[bytes], bytes] = bytes,
        limit_s: float = STEP_LIMIT_S,
    ) -> None:
        self._url, self._token, self._report, self._clock = url, token, report, clock
        self._is_direct, self._mask, self._limit_s = is_direct, mask, limit_s
        self._has_answered = has_answered
        self._steps: dict[Step, StepResult] = {}
        self._began_s = clock()
        self._proxy = ""
        self._is_healthy = False
        self._limit = asyncio.timeout(None)

    async def run(self) -> None:
        """Walk until the first step that fails; its error is in its result."""
        try:
            async with asyncio.timeout(None) as self._limit:
                await self._walk()
        except TimeoutError:
            peer = Peer(host_name(self._url), self._proxy)
            match list(self._steps)[-1]:
                case Step.NAME:
                    late = errors.ServerUnreachable(errors.Reason.NAME_TIMED_OUT, host=peer)
                case Step.CONNECTION:
                    late = errors.ServerUnreachable(errors.Reason.CONNECTION_TIMED_OUT, host=peer)
                case _:
                    late = errors.ServerUnreachable(errors.Reason.ANSWER_TIMED_OUT, host=peer)
            self._fail(late)
        except errors.HeimdallError as error:
            self._fail(error.kept())

    async def _walk(self) -> None:
        self._begin(Step.NAME)
        clients = Clients(
            self._url,
            lambda: self._token if self._is_healthy else None,
            mask=self._mask,
            clock=self._clock,
            is_direct=self._is_direct,
            trace=self._see,
        )
        try:
            self._proxy = clients.proxy or ""
            self._begin(Step.NAME)
            await self._look_up_name()
            await self._ask(HeimdallApi(clients, self._clock))
        finally:
            await clients.aclose()

    async def _look_up_name(self) -> None:
        looked_up = urlsplit(f"//{self._proxy}" if self._proxy else self._url)
        host = looked_up.hostname or ""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, None)
        except (OSError, UnicodeError):
            peer = Peer(self._proxy or host_name(self._url))
            raise errors.ServerUnreachable(errors.Reason.NAME_NOT_FOUND, host=peer) from None
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        self._end(Step.NAME, {"host": host, "address": ", ".join(addresses[:ADDRESSES_SHOWN])})

    async def _ask(self, api: HeimdallApi) -> None:
        """Ask for the health, and then with the token whose it is; one of both proves a server."""
        missing: errors.RouteMissing | None = None
        try:
            self._end(Step.HEALTH, {"status": await api.health()})
        except errors.RouteMissing as error:
            if not self._has_answered or error.reason is not errors.Reason.ROUTE_MISSING:
                raise
            missing = error
            self._end(Step.HEALTH, {})
        self._is_healthy = True
        self._begin(Step.SIGN_IN)
        if self._token is None:
            raise errors.SignedOut(errors.Reason.NOT_SIGNED_IN, host=host_name(self._url))
        try:
            account = await api.me()
        except errors.ABSENT:
            if missing is not None:
                self._begin(Step.HEALTH)
                raise missing from None
            account = ""  # the server offers no check of tokens
        self._end(Step.SIGN_IN, {"account": account})

    # -- the events of the library --

    def _see(self, event: str, facts: Mapping[str, Any]) -> None:
        """Begin and end the steps up to the request; a repeated request walks them again."""
        if self._is_healthy:
            return
        is_tunnel = facts.get("request") is not None and facts["request"].method == b"CONNECT"
        match event:
            case "connection.connect_tcp.started":
                self._begin(Step.CONNECTION)
            case "connection.connect_tcp.complete":
                address = facts["return_value"].get_extra_info("server_addr")
                self._end(Step.CONNECTION, {"address": _address(address)})
            case "http11.send_request_headers.started":
                self._begin(Step.PROXY if is_tunnel else Step.HEALTH)
            case "connection.start_tls.started" | "proxy.start_tls.started":
                if Step.PROXY in self._steps:  # it has let us through
                    self._end(Step.PROXY, {"host": host_name(self._url)})
                self._begin(self._tls_step(event))
            case "connection.start_tls.complete" | "proxy.start_tls.complete":
                secured = facts["return_value"].get_extra_info("ssl_object")
                self._end(self._tls_step(event), _tls_facts(secured))
            case _:
                pass

    def _tls_step(self, event: str) -> Step:
        is_with_proxy = bool(self._proxy) and event.startswith("connection.")
        return Step.PROXY_TLS if is_with_proxy else Step.TLS

    # -- the results --

    def _keep_before(self, step: Step) -> None:
        """Forget a step and those after it, and one that has not ended."""
        order = list(Step)
        before, known = order[: order.index(step)], self._steps
        ended = {each for each, result in known.items() if result.took_s is not None}
        self._steps = {each: known[each] for each in before if each in ended}

    def _begin(self, step: Step) -> None:
        self._keep_before(step)
        self._began_s = self._clock()
        self._limit.reschedule(asyncio.get_running_loop().time() + self._limit_s)
        self._put(StepResult(step, proxy=self._proxy_of(step)))

    def _end(self, step: Step, facts: Mapping[str, str]) -> None:
        shown = {name: one_line(fact)[:LONGEST_FACT] for name, fact in facts.items()}
        took_s = self._clock() - self._began_s
        self._put(StepResult(step, shown, took_s, proxy=self._proxy_of(step)))

    def _fail(self, error: errors.HeimdallError) -> None:
        step = _CAUSED_BY.get(error.reason, list(self._steps)[-1])
        took_s = self._clock() - self._began_s
        self._keep_before(step)
        self._put(StepResult(step, {}, took_s, error, self._proxy_of(step)))

    def _put(self, result: StepResult) -> None:
        self._steps[result.step] = result
        self._report(tuple(self._steps.values()))

    def _proxy_of(self, step: Step) -> str:
        is_of_proxy = step in (Step.NAME, Step.CONNECTION, Step.PROXY_TLS, Step.PROXY)
        return self._proxy if is_of_proxy else ""


def _address(address: object) -> str:
    """Return IP address and port as they are written together; "" if the socket has gone."""
    match address:
        case (str() as host, int() as port, *_):
            return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        case _:
            return ""


def _tls_facts(secured: ssl.SSLObject | None) -> dict[str, str]:
    """Return version, issuer and end of the certificate; "" for what the system does not tell."""
    certificate = (secured and secured.getpeercert()) or {}
    issuer = cast("Iterable[Iterable[tuple[str, str]]]", certificate.get("issuer", ()))
    names = {key: value for part in issuer for key, value in part}
    ends = ""
    try:
        moment = ssl.cert_time_to_seconds(str(certificate.get("notAfter", "")))
        ends = datetime.fromtimestamp(moment, UTC).isoformat()
    except (ValueError, OverflowError):
        pass
    version = ((secured and secured.version()) or "").replace("TLSv", "TLS ")
    name = names.get("organizationName") or names.get("commonName", "")
    return {"version": version, "issuer": name, "ends": ends}
