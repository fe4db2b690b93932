"""Tests each part of the system that Heimdall needs, and keeps the results."""

from collections.abc import Awaitable, Callable, Container, Mapping
from datetime import datetime
from functools import partial

from heimdall_desktop.application.base.tasks import Answer, RequestTasks
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.server import SelfTestAnswer, SelfTestPart

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
