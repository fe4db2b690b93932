"""Actions on findings while they run: a job for each finding, and the steps that can be undone.

`Lanes` sends the jobs of a run to their servers, a few at once, and waits where one demands it.
"""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from typing import Generic, TypeVar

from msgspec import Struct, field

from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.decision import Act, Field, Result, Touch, WriteState
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.server import ServerUrl, host_name

_ACTIONS = count(1)
AT_ONCE = 2  # writes to one server; the limiter allows only one if that server loses requests


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
    """One field that an action sets, however many findings it has; it can be undone or redone.

    Attributes:
        value: the decision, by the server's word; `MIXED` for different ones.
        count: how many findings it was meant for.
        made_s: when it was decided, undone or redone, by our clock.
        jobs: those done whose findings are still as they were left, as far as is known.
        action: number of the action; its steps are undone and redone as one.
    """

    what: Field
    value: str
    count: int
    made_s: float
    jobs: dict[FindingId, Job] = field(default_factory=dict)
    action: int = field(default_factory=lambda: next(_ACTIONS))

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


class _Lane(Struct, eq=False):
    """The pending writes of one run to one server.

    Attributes:
        account: whose decisions these are.
        waiting: findings not started yet.
        error: why nothing more can be sent.
        may_continue: not set while the server demands a wait, or a sign-in.
    """

    link: ServerSession | None
    account: str
    waiting: deque[Job]
    error: HeimdallError | None = None
    may_continue: asyncio.Event = field(default_factory=asyncio.Event)


R = TypeVar("R", bound=Run)


class Lanes(Generic[R]):
    """Writes the jobs of a run to their servers, each in order.

    Args:
        write: writes one finding; raises a `HeimdallError` if nothing was written.
        move: records the state of a job, and why.
        report: called when a run starts to wait, and when it continues.
        is_read_only: whether nothing may be written.
    """

    def __init__(
        self,
        accounts: Accounts,
        write: Callable[[R, ServerSession | None, Job], Awaitable[None]],
        move: Callable[[R, Job, WriteState, HeimdallError | None], None],
        report: Callable[[], None],
        *,
        clock: Callable[[], float],
        is_read_only: Callable[[], bool],
    ) -> None:
        self._accounts, self._write, self._move, self._report = accounts, write, move, report
        self._clock, self._is_read_only = clock, is_read_only

    async def send(self, run: R) -> None:
        """Write all jobs of a run, those of different servers at the same time."""
        waiting: defaultdict[ServerUrl, deque[Job]] = defaultdict(deque)
        for job in run.jobs.values():
            waiting[job.server].append(job)
        async with asyncio.TaskGroup() as group:
            for server, jobs in waiting.items():
                link = self._accounts.known(server)
                lane = _Lane(link, "" if link is None else link.account, jobs)
                lane.may_continue.set()
                for _ in range(min(AT_ONCE, len(jobs))):
                    group.create_task(self._work(run, lane))

    async def _work(self, run: R, lane: _Lane) -> None:
        """Write the findings of one server, one at a time."""
        while lane.waiting:
            if not lane.may_continue.is_set():
                await lane.may_continue.wait()
                continue
            job = lane.waiting.popleft()
            if lane.error is None and self._is_read_only():
                lane.error = errors.RequestRefused(errors.Reason.READ_ONLY)
            elif lane.error is None and lane.link and lane.link.account != lane.account:
                host = host_name(job.server)
                lane.error = errors.SignedOut(errors.Reason.OTHER_ACCOUNT, host=host)
            if run.is_cancelled or lane.error is not None:
                self._move(run, job, WriteState.UNSENT, lane.error)
                continue
            try:
                await self._write(run, lane.link, job)
            except (errors.SignedOut, errors.ServerBusy) as error:
                if isinstance(error, errors.SignedOut) and run.total == 1:
                    self._move(run, job, WriteState.REFUSED, error)
                    continue
                lane.waiting.appendleft(job)
                await self._hold(run, lane, error)
            except HeimdallError as error:
                self._move(run, job, WriteState.REFUSED, error)
                if isinstance(error, errors.ServerUnreachable):
                    lane.error = error  # nothing was sent, and nothing more can be

    async def _hold(self, run: R, lane: _Lane, error: HeimdallError) -> None:
        """Wait until an account has signed in, or as long as the server demands."""
        is_first, since_s = run.held is None, self._clock()
        run.held = error
        lane.may_continue.clear()
        self._report()
        longest_s = error.wait_s if isinstance(error, errors.ServerBusy) else None
        await wait_for(run.woken, longest_s)
        lane.may_continue.set()
        run.held = None
        if is_first:
            run.held_s += self._clock() - since_s
        self._report()
