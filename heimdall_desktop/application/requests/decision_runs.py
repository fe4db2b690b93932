"""Actions on findings while they run, and their steps that can be undone."""

import asyncio
from collections import Counter
from collections.abc import Mapping

from msgspec import Struct, field

from heimdall_desktop.domain.facts.decision import Act, Field, Result, Touch
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.server import ServerUrl


class StepItem(Struct, frozen=True):
    """One finding of a step: its new value, and what undoes it.

    Attributes:
        before: the server's word to write.
        after: the server's word as it was left.
        place: the position of the write that set `after`, among those of this finding.
        server: its server, whether or not its scan is still watched.
    """

    before: str
    after: str
    place: int
    server: ServerUrl


class Target(Struct, frozen=True):
    """What must be written for one finding: its server, and the word."""

    server: ServerUrl
    value: str


class Step(Struct, eq=False):
    """One action that can be undone or redone, however many findings it has.

    Attributes:
        value: the decision, by the server's word.
        count: how many findings it was meant for.
        made_s: when it was decided, undone or redone, by our clock.
        items: the changed findings that are still as they were left, as far as is known.
    """

    what: Field
    value: str
    count: int
    made_s: float
    items: dict[FindingId, StepItem] = field(default_factory=dict)


class Pauses:
    """Waits that can be ended together."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    async def take(self, longest_s: float | None) -> None:
        """Wait this long at most."""
        pause = asyncio.get_running_loop().create_future()
        self._waiting.add(pause)
        try:
            await asyncio.wait([pause], timeout=longest_s)
        finally:
            self._waiting.discard(pause)

    def end(self) -> None:
        """End all current waits."""
        for pause in self._waiting:
            if not pause.done():
                pause.set_result(None)


class Run(Struct, eq=False):
    """One action while it runs, and its results.

    Attributes:
        act: whether it decides, undoes a decision, or redoes it.
        step: what can be undone of it, or redone once it was undone.
        targets: what must be written, in order.
        began_s, held_s: when it started, by our clock, and how long it has had to wait since.
        origin: the step it undoes or redoes; None for a decision.
        is_forced: whether it also undoes changes made elsewhere since.
        done: findings that were changed, as the server has confirmed.
        same: findings that had the value already; nothing was sent.
        failed: findings that were not changed, and why.
        touched: findings that were changed elsewhere since, and so were left as they are.
        unknown: findings whose response was lost and that cannot be read; they are checked again.
        unsent: findings for which nothing was sent, and why; None for a cancelled run.
        unlogged: of those done, the ones whose change may have left no entry in the history.
        held: why it waits, while it does: for a sign-in, or for as long as the server requests.
        is_cancelled: nothing more is sent.
        known: set once all findings that were sent have a known result.
        pauses: its current waits.
    """

    act: Act
    step: Step
    targets: dict[FindingId, Target]
    began_s: float
    origin: Step | None = None
    is_forced: bool = False
    done: dict[FindingId, None] = field(default_factory=dict)
    same: dict[FindingId, None] = field(default_factory=dict)
    failed: dict[FindingId, HeimdallError] = field(default_factory=dict)
    touched: dict[FindingId, tuple[Touch, StepItem]] = field(default_factory=dict)
    unknown: dict[FindingId, HeimdallError] = field(default_factory=dict)
    unsent: dict[FindingId, HeimdallError | None] = field(default_factory=dict)
    unlogged: set[FindingId] = field(default_factory=set)
    held: HeimdallError | None = None
    held_s: float = 0.0
    is_cancelled: bool = False
    known: asyncio.Event = field(default_factory=asyncio.Event)
    pauses: Pauses = field(default_factory=Pauses)
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def total(self) -> int:
        return len(self.targets)

    @property
    def settled(self) -> int:
        """How many of its findings have a known result."""
        return len(self.done) + len(self.same) + len(self.failed) + len(self.touched)

    @property
    def left(self) -> tuple[FindingId, ...]:
        """The findings that a retry would touch."""
        return (*self.failed, *self.unsent)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is written, and all results are known or no longer awaited."""
        return self._over.is_set()

    @property
    def result(self) -> Result:
        return Result(
            self.act,
            self.step.what,
            self.step.value,
            self.total,
            len(self.done) + len(self.same),
            len(self.same),
            tuple(Counter(self.failed.values()).most_common()),
            tuple(touch for touch, _ in self.touched.values()),
            len(self.unsent),
            len(self.unknown),
            len(self.unlogged),
        )

    def left_s(self, now_s: float) -> float | None:
        """Return how long the rest will take, in seconds; None while that is unknown."""
        worked_s = now_s - self.began_s - self.held_s
        if not self.settled or worked_s <= 0 or self.held is not None:
            return None
        return (self.total - self.settled) * worked_s / self.settled

    def cancel(self) -> None:
        """Send nothing more, and stop all waits."""
        if not self.is_over:
            self.is_cancelled = True
            self.pauses.end()
            self.known.set()

    async def until_known(self) -> None:
        """Wait until no response is awaited any longer, or the run was cancelled."""
        while self.unknown and not self.is_cancelled:
            self.known.clear()
            await self.known.wait()

    async def until_over(self) -> None:
        await self._over.wait()

    async def pause(self, longest_s: float | None = None) -> None:
        """Wait this long, or until it is cancelled or woken; None waits without limit."""
        if not self.is_cancelled:
            await self.pauses.take(longest_s)

    def end(self) -> None:
        """Note that the run produces nothing more."""
        self.held = None
        self._over.set()


def targets(items: Mapping[FindingId, StepItem]) -> dict[FindingId, Target]:
    """Return what undoes the findings of a step."""
    return {each: Target(item.server, item.before) for each, item in items.items()}
