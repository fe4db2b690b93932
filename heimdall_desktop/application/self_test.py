"""Asks each part of the system that Heimdall needs, and keeps what each of them answered."""

from collections.abc import Awaitable, Callable, Mapping

from heimdall_desktop.application.request_tasks import Answer, RequestTasks
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.self_test import SelfTestAnswer, SelfTestPart

Probe = Callable[[], Awaitable[str]]
"""Returns the name of what has answered, or raises an error of ours."""


class SelfTest:
    """Owns the answers of the last test.

    Args:
        probes: how each part is asked; a part without one is not of this system.
        requests: runs the test.
        clock: monotonic seconds.

    Attributes:
        answers: as they came so far; none before the first test.
        is_running: whether more are awaited.
    """

    def __init__(
        self,
        probes: Mapping[SelfTestPart, Probe],
        requests: RequestTasks,
        clock: Callable[[], float],
    ) -> None:
        self._probes, self._requests, self._clock = probes, requests, clock
        self.answers: tuple[SelfTestAnswer, ...] = ()
        self.is_running = False

    def request(self, on_answer: Answer) -> None:
        """Ask all parts, one after the other; nothing is asked twice at once."""
        if not self.is_running:
            self.is_running, self.answers = True, ()
            self._requests.start(self._run, on_answer, name="self-test")

    async def _run(self) -> None:
        try:
            for part in SelfTestPart:
                if part in self._probes:
                    self.answers += (await self._ask(part, self._probes[part]),)
        finally:
            self.is_running = False

    async def _ask(self, part: SelfTestPart, probe: Probe) -> SelfTestAnswer:
        began_s, name, error = self._clock(), "", None
        try:
            name = await probe()
        except HeimdallError as trouble:
            error = trouble
        return SelfTestAnswer(part, name, self._clock() - began_s, error)
