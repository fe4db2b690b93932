"""Tests each part of the system that Heimdall needs, and each server, and keeps the results."""

from collections.abc import Awaitable, Callable, Container, Mapping
from datetime import datetime
from functools import partial

from heimdall_desktop.application.base.tasks import Answer, CallOff, RequestTasks
from heimdall_desktop.application.servers import server_session
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.server import (
    CertificateStore,
    ConnectionTest,
    Route,
    SelfTestAnswer,
    SelfTestPart,
    ServerUrl,
    StepResult,
)

Probe = Callable[[], Awaitable[str]]
"""Returns the name of what has responded, or raises an error of ours."""


class SelfTest:
    """Owns the results of the last test.

    Args:
        probes: the probe of each part; a part without one does not belong to this system.

    Attributes:
        answers: the last results of each part so far; empty before the first test.
        is_running: whether more are awaited.
        shown_by: returns the name of what shows notifications; "" if nothing does.
    """

    def __init__(
        self,
        probes: Mapping[SelfTestPart, Probe],
        requests: RequestTasks,
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._probes, self._requests, self._clock, self._now = probes, requests, clock, now
        self.answers: tuple[SelfTestAnswer, ...] = ()
        self.is_running = False
        self.shown_by: Callable[[], str] = lambda: ""

    def answer_of(self, part: SelfTestPart) -> SelfTestAnswer | None:
        return next((answer for answer in self.answers if answer.part is part), None)

    def request(
        self, on_answer: Answer, parts: Container[SelfTestPart] = frozenset(SelfTestPart)
    ) -> None:
        """Test parts, one after the other; no part is tested twice at once."""
        if not self.is_running:
            self.is_running = True
            self.answers = tuple(each for each in self.answers if each.part not in parts)
            self._requests.start(partial(self._run, parts), on_answer, name="self-test")

    async def _run(self, parts: Container[SelfTestPart]) -> None:
        try:
            for part in SelfTestPart:
                if part not in self._probes or part not in parts:
                    continue
                began_s, name, error = self._clock(), "", None
                try:
                    name = await self._probes[part]()
                except HeimdallError as problem:
                    error = problem
                took_s = self._clock() - began_s
                answer = SelfTestAnswer(part, name, took_s, error, self._now())
                answers = {each.part: each for each in (*self.answers, answer)}
                self.answers = tuple(answers[each] for each in SelfTestPart if each in answers)
        finally:
            self.is_running = False


class Connections:
    """Reports how each server is reached, and tests it step by step.

    Args:
        accounts: the servers, and their tokens.
        settings: returns the servers of earlier sessions, and those that are reached directly.
    """

    def __init__(
        self,
        accounts: Accounts,
        settings: Callable[[], Settings],
        requests: RequestTasks,
        now: Callable[[], datetime],
    ) -> None:
        self._accounts, self._settings = accounts, settings
        self._requests, self._now = requests, now
        self._tests: dict[ServerUrl, ConnectionTest] = {}
        self._running: dict[ServerUrl, CallOff] = {}
        self._routes: dict[ServerUrl, Route] = {}

    @property
    def servers(self) -> tuple[ServerUrl, ...]:
        """All known servers, also those that a proxy setting keeps from being used."""
        used = [link.url for link in self._accounts if not link.is_embedded]
        earlier = [profile.url for profile in self._settings().servers]
        return tuple(dict.fromkeys((*used, *earlier)))

    @property
    def certificate_store(self) -> CertificateStore:
        return server_session.certificate_store()

    def route(self, url: ServerUrl) -> Route:
        """Return how a server is reached; of one that cannot be used, as it was at first."""
        link = self._accounts.known(url)
        if link is not None:
            return link.clients.route
        if url not in self._routes:  # some systems look names up for it
            self._routes[url] = server_session.route_to(url)
        return self._routes[url]

    def tls(self, url: ServerUrl) -> str:
        """Return the version of TLS of the newest connection; "" for none yet."""
        link = self._accounts.known(url)
        return "" if link is None else link.clients.tls

    def is_direct(self, url: ServerUrl) -> bool:
        return url in self._settings().network.direct

    def test_of(self, url: ServerUrl) -> ConnectionTest:
        return self._tests.get(url, ConnectionTest())

    def request_test(
        self, url: ServerUrl, on_step: Callable[[], object], on_answer: Answer
    ) -> None:
        """Test a server, which isn't tested twice at once; `on_step` follows each step."""
        if url in self._running:
            return

        def report(steps: tuple[StepResult, ...]) -> None:
            self._tests[url] = ConnectionTest(steps, is_running=True)
            on_step()

        def take_end(error: HeimdallError | None) -> None:
            del self._running[url]
            ended_at = self._now() if error is None else None
            self._tests[url] = ConnectionTest(self._tests[url].steps, ended_at=ended_at)
            on_answer(error)

        walk = partial(self._accounts.walk, url, report)
        self._tests[url] = ConnectionTest(is_running=True)
        self._running[url] = self._requests.start(walk, take_end, name="test a connection")

    def cancel_test(self, url: ServerUrl) -> None:
        """End a running test without a result; steps that have ended stay."""
        call_off = self._running.pop(url, None)
        if call_off is not None:
            ended = tuple(each for each in self.test_of(url).steps if each.took_s is not None)
            self._tests[url] = ConnectionTest(ended)
            call_off()
