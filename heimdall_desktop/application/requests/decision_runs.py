"""Actions on findings while they run: a job for each finding, and the steps that can be undone."""

import asyncio
from collections import Counter
from contextlib import suppress

from msgspec import Struct, field

from heimdall_desktop.domain.facts.decision import Act, Field, Result, Touch, WriteState
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.server import ServerUrl


class Job(Struct, eq=False):
    """What is written for one finding, and the result.

    Attributes:
        server: its server, whether or not its scan is still watched.
        value: the server's word to write.
        undoes: the job it reverses, until it is done; None for a decision.
        before: the server's word before the write, which undoes it.
        place: the position of the write among ours of this finding.
        error: why nothing was changed or sent, or why that is unknown; None if it was cancelled.
        touch: how the finding was changed elsewhere, and so was left as it is.
    """

    finding_id: FindingId
    server: ServerUrl
    value: str
    undoes: "Job | None" = None
    before: str = ""
    place: int = 0
    state: WriteState = WriteState.WAITING
    error: HeimdallError | None = None
    touch: Touch | None = None


class Step(Struct, eq=False):
    """One action that can be undone or redone, however many findings it has.

    Attributes:
        value: the decision, by the server's word; `MIXED` for different ones.
        count: how many findings it was meant for.
        made_s: when it was decided, undone or redone, by our clock.
        jobs: those done whose findings are still as they were left, as far as is known.
    """

    what: Field
    value: str
    count: int
    made_s: float
    jobs: dict[FindingId, Job] = field(default_factory=dict)

    def inverses(self) -> dict[FindingId, Job]:
        """Return what undoes it."""
        return {each: Job(each, job.server, job.before, job) for each, job in self.jobs.items()}


async def wait_for(event: asyncio.Event, longest_s: float | None) -> None:
    """Wait for an event, at most this long; None waits without limit."""
    with suppress(TimeoutError):
        async with asyncio.timeout(longest_s):
            await event.wait()


class Run(Struct, eq=False):
    """One action while it runs, and its results.

    Attributes:
        act: whether it decides, undoes a decision, or redoes it.
        step: what can be undone of it, or redone once it was undone.
        jobs: what is written, in order.
        began_s, held_s: when it started, by our clock, and how long it has had to wait since.
        origin: the step it undoes or redoes; None for a decision.
        is_forced: whether it also undoes changes made elsewhere since.
        unlogged: how many changes may have left no entry in the history.
        counts: how many jobs are in each state, waiting ones aside.
        held: why it waits, while it does: for a sign-in, or for as long as the server requests.
        is_cancelled: nothing more is sent.
        woken: ends its current waits; stays set once it is cancelled.
        known: set once all findings that were sent have a known result.
        over: set once nothing more is written, and no result is awaited.
    """

    act: Act
    step: Step
    jobs: dict[FindingId, Job]
    began_s: float
    origin: Step | None = None
    is_forced: bool = False
    unlogged: int = 0
    counts: Counter[WriteState] = field(default_factory=Counter)
    held: HeimdallError | None = None
    held_s: float = 0.0
    is_cancelled: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    known: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def total(self) -> int:
        return len(self.jobs)

    @property
    def is_over(self) -> bool:
        return self.over.is_set()

    @property
    def settled(self) -> int:
        """How many of its findings have a known result."""
        results = (WriteState.SAVED, WriteState.SAME, WriteState.REFUSED, WriteState.TOUCHED)
        return sum(self.counts[each] for each in results)

    def move(self, job: Job, state: WriteState, error: HeimdallError | None = None) -> None:
        """Note the state of a job."""
        self.counts[job.state] -= 1
        self.counts[state] += 1
        job.state, job.error = state, error
        if not self.counts[WriteState.UNKNOWN]:
            self.known.set()

    def of(self, *states: WriteState) -> list[Job]:
        """Return the jobs in some states, in order."""
        if not any(self.counts[each] for each in states):
            return []  # fast for a long run in which nothing fails
        return [each for each in self.jobs.values() if each.state in states]

    def ids(self, *states: WriteState) -> list[FindingId]:
        return [each.finding_id for each in self.of(*states)]

    @property
    def left(self) -> list[FindingId]:
        """The findings that a retry would touch."""
        return self.ids(WriteState.REFUSED, WriteState.UNSENT)

    @property
    def result(self) -> Result:
        reasons = Counter(each.error for each in self.of(WriteState.REFUSED) if each.error)
        same = self.counts[WriteState.SAME]
        return Result(
            self.act,
            self.step.what,
            self.step.value,
            self.total,
            self.counts[WriteState.SAVED] + same,
            same,
            tuple(reasons.most_common()),
            tuple(each.touch for each in self.of(WriteState.TOUCHED) if each.touch),
            self.counts[WriteState.UNSENT],
            self.counts[WriteState.UNKNOWN],
            self.unlogged,
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
            self.woken.set()
            self.known.set()
