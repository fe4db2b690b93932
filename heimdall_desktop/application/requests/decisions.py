"""The analyst's decisions about findings: written to their servers, reported truthfully, undone.

A row's own value comes only from rows that its server sent. A pending write is shown beside it
as a `WriteNote` until the server has confirmed it and the row was read back. No write is ever sent
twice: if its answer is lost, the finding is read until the result is known.
Source: behaviour.md 2.9, protocol.md 4.6, T-24, T-55.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from random import Random
from typing import Any
from weakref import WeakValueDictionary

from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.requests.decision_runs import Job, Lanes, Run, Step, wait_for
from heimdall_desktop.application.requests.read_back import Changed, change_finding
from heimdall_desktop.application.requests.scan_requests import refuse_missing
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import decision, errors
from heimdall_desktop.domain.facts.decision import (
    MIXED,
    Act,
    Field,
    OwnWrite,
    WriteNote,
    WriteState,
)
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, one_line
from heimdall_desktop.domain.facts.observation import FindingsListed, Snoozed
from heimdall_desktop.domain.facts.server import ServerUrl, is_about
from heimdall_desktop.presentation.board.source_text import Feature
from heimdall_desktop.services.reconnect import Reconnect

SNOOZED_AT_ONCE = 1_000  # findings; a table of 100,000 rows takes 50 ms for them
PACE_S = 0.15  # after them: windows have updated by then, and show the result


class Decisions:
    """Writes decisions, knows the result of each, and undoes them.

    Args:
        random: Spreads out the reads that check a finding.
        is_read_only: Whether nothing may be written.

    Attributes:
        runs: the actions under way, oldest first.
        to_undo: the actions that can be undone, oldest first.
        to_redo: the undone actions, the last one at the end.
        decide_here: sets values of findings in a replay, where nothing is written to a server; None
            elsewhere.
    """

    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        tasks: Tasks,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        random: Random,
        is_read_only: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store, self._tasks = store, tasks
        self._clock, self._random, self._is_read_only = clock, random, is_read_only
        self._lanes = Lanes(
            accounts,
            self._write,
            self._move,
            self._report_news,
            clock=clock,
            is_read_only=is_read_only,
        )
        self._now = now
        self.to_undo: list[Step] = []
        self.to_redo: list[Step] = []
        self._notes: dict[FindingId, WriteNote] = {}
        self._own: dict[tuple[FindingId, Field], list[OwnWrite]] = {}
        self._locks: WeakValueDictionary[FindingId, asyncio.Lock] = WeakValueDictionary()
        self._woken = asyncio.Event()  # ends the waits for lost answers
        self._working: set[asyncio.Task[Any]] = set()
        self.runs: list[Run] = []
        self.decide_here: Callable[[Iterable[FindingId], Field, str], None] | None = None
        self._followers: list[tuple[Callable[[], None], Callable[[Run], None]]] = []

    # -- requests of the window --

    def follow(
        self, on_news: Callable[[], None], on_over: Callable[[Run], None]
    ) -> Callable[[], None]:
        """Report all changes from now on, and return a function that ends this.

        Args:
            on_news: called whenever something of a run, a note or a step has changed.
            on_over: called with each run that has finished.
        """
        follower = (on_news, on_over)
        self._followers.append(follower)
        return lambda: self._followers.remove(follower)

    @property
    def is_read_only(self) -> bool:
        return self._is_read_only()

    def note(self, finding_id: FindingId) -> WriteNote | None:
        """Return the note beside a row; None for nothing."""
        return self._notes.get(finding_id)

    def is_own(self, finding_id: FindingId, what: Field, value: str) -> bool:
        """Return whether this session set the value of a finding, or is setting it now."""
        if what is Field.SNOOZE or self._is_coming(finding_id, what, value):
            return True
        own = self._own.get((finding_id, what))
        return own is not None and own[-1].new == value

    def is_own_change(
        self, finding: Finding, previous: Finding, fields: Iterable[Field] = tuple(Field)
    ) -> bool:
        """Return whether all decisions about a finding between two readings were made here.

        A value of ours that another session has changed and set again is not ours: then the row
        was last changed at a different moment than by us.
        """
        changed = [each for each in fields if each.of(finding) != each.of(previous)]
        decided = [each for each in changed if each is not Field.SNOOZE]
        if not decided:  # a snooze is ours, unless it has expired
            return bool(changed) and not finding.is_back
        for what in decided:
            value, own = what.of(finding), self._own.get((finding.id, what))
            if self._is_coming(finding.id, what, value):
                continue
            if own is None or own[-1].new != value:
                return False
            written_at = own[-1].written_at
            if (
                written_at is not None
                and abs(finding.updated_at - written_at) > decision.SAME_WRITE
            ):
                return False
        return True

    def _is_coming(self, finding_id: FindingId, what: Field, value: str) -> bool:
        note = self._notes.get(finding_id)
        return note is not None and note.may_arrive and (note.field, note.value) == (what, value)

    def forget_note(self, finding_id: FindingId) -> None:
        """Remove the note beside a row, unless its write is under way."""
        known = self._notes.get(finding_id)
        if known is not None and known.state in (WriteState.SAVED, WriteState.REFUSED):
            del self._notes[finding_id]
            self._report_news()

    def decide(self, what: Field, value: str, finding_ids: Iterable[FindingId]) -> Run:
        """Set the server's word for a value of some findings; its answer decides the result."""
        return self._decide(what, value, dict.fromkeys(finding_ids, value))

    def decide_each(
        self, what: Field, values: Mapping[FindingId, str], after: Run | None = None
    ) -> Run:
        """Set a value of each finding in one step, which can be undone as one.

        Args:
            after: a run of the same action: both are undone as one.
        """
        words = set(values.values())
        return self._decide(what, words.pop() if len(words) == 1 else MIXED, values, after)

    def _decide(
        self, what: Field, value: str, values: Mapping[FindingId, str], after: Run | None = None
    ) -> Run:
        jobs = {}
        for finding_id, word in values.items():
            finding = self._store.finding(finding_id)
            scan = None if finding is None else self._store.scan(finding.scan_id)
            server = ServerUrl("") if scan is None else scan.server
            jobs[finding_id] = Job(finding_id, server, word)
        now_s = self._clock()
        step = Step(what, value, len(jobs), now_s)
        if after is not None:
            step.action = after.step.action
        return self._begin(Run(Act.DO, step, jobs, now_s))

    def own_findings(self) -> set[FindingId]:
        """Return the findings that this session has changed."""
        return {finding_id for finding_id, _ in self._own}

    def own_writes(self, finding_id: FindingId, what: Field) -> Sequence[OwnWrite]:
        """Return the changes of a finding that this session has made, oldest first."""
        return self._own.get((finding_id, what), ()) if self._own else ()

    def undo(self) -> Run | None:
        """Undo the newest action; return None where there is none."""
        return self._reverse(Act.UNDO)

    def redo(self) -> Run | None:
        """Redo the action that was undone last; return None where there is none."""
        return self._reverse(Act.REDO)

    def retry(self, run: Run) -> Run:
        """Retry what failed or was not sent, and nothing else."""
        left = run.of(WriteState.REFUSED, WriteState.UNSENT)
        jobs = {e.finding_id: replace(e, state=WriteState.WAITING, error=None) for e in left}
        return self._begin(Run(run.act, run.step, jobs, self._clock(), run.origin))

    def force(self, run: Run) -> Run:
        """Undo changes also where the finding was changed from elsewhere since."""
        touched = run.of(WriteState.TOUCHED)
        done = {each.finding_id: each.undoes for each in touched if each.undoes}
        now_s = self._clock()
        origin = Step(run.step.what, run.step.value, len(done), now_s, done)
        return self._begin(Run(run.act, run.step, origin.inverses(), now_s, origin, is_forced=True))

    def resume(self) -> None:
        """Resume waiting writes: an account has signed in, or the network has changed."""
        held = [each for each in self.runs if isinstance(each.held, errors.SignedOut)]
        for woken in (self._woken, *(each.woken for each in held if not each.is_cancelled)):
            woken.set()
            woken.clear()

    async def aclose(self) -> None:
        """End all runs; unsent writes are not sent."""
        for task in self._working:
            task.cancel()
        if self._working:
            await asyncio.wait(self._working)

    def _report_news(self) -> None:
        for on_news, _ in [*self._followers]:
            on_news()

    # -- runs --

    def _reverse(self, act: Act) -> Run | None:
        _, others = self._stacks(act)
        if not others:
            return None
        origin, now_s = others[-1], self._clock()
        step = Step(origin.what, origin.value, origin.count, now_s, action=origin.action)
        return self._begin(Run(act, step, origin.inverses(), now_s, origin))

    def _stacks(self, act: Act) -> tuple[list[Step], list[Step]]:
        """Return the stack for the step of such a run, and the stack it takes its origin from."""
        if act is Act.UNDO:
            return self.to_redo, self.to_undo
        return self.to_undo, self.to_redo

    def _keep(self, step: Step, steps: list[Step]) -> None:
        """Make a step the newest one, unless it is among the kept ones."""
        if step not in steps:
            steps.append(step)
            del steps[: -decision.UNDO_DEPTH]

    def _begin(self, run: Run) -> Run:
        """Start a run; of its step, an earlier run may have done some findings."""
        own, others = self._stacks(run.act)
        if run.origin in others:
            others.remove(run.origin)
        self._keep(run.step, own)
        before = []  # they must end first: one reversal at a time, of a finished action
        if run.origin is not None:
            before = [each for each in self.runs if each.origin or each.step is run.origin]
        for each in before:
            if each.step is run.origin:
                each.cancel()
        self.runs.append(run)
        if run.total == 1 and run.act is Act.DO and run.step.what is not Field.SNOOZE:
            self._note_state(run, next(iter(run.jobs.values())), WriteState.SENDING)
        self._spawn(self._carry_out(run, before), "write decisions")
        self._report_news()
        return run

    def _spawn(self, work: Coroutine[Any, Any, object], name: str) -> None:
        task = self._tasks.spawn(work, name=name)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _carry_out(self, run: Run, before: list[Run]) -> None:
        try:
            for each in before:
                await each.over.wait()
            if before and run.origin is not None:
                run.jobs = run.origin.inverses()
            if run.step.what is Field.SNOOZE or self.decide_here is not None:
                await self._apply_here(run)
                return
            await self._lanes.send(run)
            while run.counts[WriteState.UNKNOWN] and not run.is_cancelled:
                run.known.clear()
                await run.known.wait()
        finally:
            run.held = None
            run.over.set()
            self.runs.remove(run)
            own, others = self._stacks(run.act)
            if run.origin is not None and run.origin.jobs:  # it can be undone or retried
                self._keep(run.origin, others)
            if not run.step.jobs and not run.counts[WriteState.UNKNOWN] and run.step in own:
                own.remove(run.step)
            self._report_news()
            for _, on_over in [*self._followers]:
                on_over(run)

    async def _apply_here(self, run: Run) -> None:
        """Apply local decisions, as fast as a table follows: snoozes, and all in a replay.

        If a finding has already come back, undoing its snooze leaves it so.
        """
        every, what = list(run.jobs.values()), run.step.what
        for first in range(0, len(every), SNOOZED_AT_ONCE):
            found: defaultdict[tuple[ScanId, str], list[FindingId]] = defaultdict(list)
            for job in every[first : first + SNOOZED_AT_ONCE]:
                known = self._store.finding(job.finding_id)
                if run.is_cancelled:
                    self._note_state(run, job, WriteState.UNSENT)
                elif known is None:
                    gone = errors.NotVisible(errors.Reason.FINDING_NOT_WATCHED)
                    self._note_state(run, job, WriteState.REFUSED, gone)
                    self._notes.pop(job.finding_id)  # no row is there to show it
                elif what.of(known) == job.value:
                    if run.origin is not None:
                        del run.origin.jobs[job.finding_id]
                    self._note_state(run, job, WriteState.SAME)
                else:
                    found[known.scan_id, job.value].append(job.finding_id)
                    self._settle(run, job, what.of(known))
            for (scan_id, value), finding_ids in found.items():
                if self.decide_here is not None:
                    self.decide_here(finding_ids, what, value)
                else:
                    until = decision.snooze_end(value)
                    self._store.observe(Snoozed(scan_id, tuple(finding_ids), until))
            self._report_news()
            await wait_for(run.woken, PACE_S)
            await asyncio.sleep(0)  # also once it is cancelled

    # -- one finding --

    async def _write(self, run: Run, link: ServerSession | None, job: Job) -> None:
        """Write one finding once the results of its earlier writes are known.

        Raises:
            HeimdallError: nothing was written, for this reason.
        """
        lock = self._locks.setdefault(job.finding_id, asyncio.Lock())
        await lock.acquire()
        try:
            if link is None:
                raise errors.NotVisible(errors.Reason.FINDING_NOT_WATCHED)
            what, known = run.step.what, self._store.finding(job.finding_id)
            scan = None if known is None else self._store.scan(known.scan_id)
            if scan is not None:
                refuse_missing(scan, Feature.TRIAGE)
            if job.value not in decision.SETTABLE[what]:
                value = one_line(job.value) or "?"
                raise errors.RequestRefused(errors.Reason.VALUE_NOT_TAKEN, value=value)
            is_same = known is not None and what.of(known) == job.value
            if run.origin is not None:  # it may have been reversed by a run that was cancelled
                is_same = job.finding_id not in run.origin.jobs
            if is_same:
                self._move(run, job, WriteState.SAME)
                return
            if job.undoes is not None and not await self._may_reverse(run, link, job, job.undoes):
                return
            self._move(run, job, WriteState.SENDING)
            look = partial(self._read, link, job.finding_id)
            try:
                changed = await change_finding(link, job.finding_id, what, job.value, look)
            except errors.OutcomeUnknown as lost:  # no other write is sent until it is known
                self._note_state(run, job, WriteState.UNKNOWN, lost)
                self._spawn(self._find_result(run, link, job, lock), "look for a lost answer")
                self._report_news()
            else:
                self._settle_changed(run, link, job, known, changed)
        finally:
            if job.state is not WriteState.UNKNOWN:
                lock.release()

    async def _may_reverse(self, run: Run, link: ServerSession, job: Job, done: Job) -> bool:
        """Return whether a finding is still as we left it; read it first, with its history."""
        row, what = await self._read(link, job.finding_id), run.step.what
        if run.is_forced:
            return True
        try:
            events = await link.finding_events(job.finding_id)
        except errors.ABSENT:
            events = ()
        own = self._own[job.finding_id, what][done.place :]
        knows_self = bool(link.account_id)
        touch = decision.touched_since(what, done.value, own, row, events, knows_self=knows_self)
        if touch is not None and run.origin is not None:
            job.touch = touch
            del run.origin.jobs[job.finding_id]
            self._move(run, job, WriteState.TOUCHED)
        return touch is None

    def _settle_changed(
        self, run: Run, link: ServerSession, job: Job, known: Finding | None, changed: Changed
    ) -> None:
        """Record that a server changed a finding; `known` is its state here before that."""
        row, before = changed.row, "" if known is None else run.step.what.of(known)
        has_moved = known is not None and row is not None and row.updated_at != known.updated_at
        if not changed.is_logged:
            run.unlogged += 1
        if row is None:
            self._spawn(self._read_until_answered(link, job.finding_id), "read what was changed")
        written_at = row.updated_at if row and has_moved else None
        self._settle(run, job, changed.former or before, written_at)
        self._report_news()

    def _settle(self, run: Run, job: Job, before: str, written_at: datetime | None = None) -> None:
        """Record that a finding was changed: its step can be undone from now on."""
        if run.step.what is not Field.SNOOZE:
            own = self._own.setdefault((job.finding_id, run.step.what), [])
            own.append(OwnWrite(before, job.value, written_at, self._now()))
            job.place = len(own) - 1
        job.before = before
        if job.undoes is not None and run.origin is not None:
            job.before, job.undoes = job.undoes.value, None
            del run.origin.jobs[job.finding_id]
        else:
            self.to_redo.clear()
        run.step.jobs[job.finding_id] = job
        if run.is_over:
            self._keep(run.step, self._stacks(run.act)[0])
        self._note_state(run, job, WriteState.SAVED)

    def _move(
        self, run: Run, job: Job, state: WriteState, error: errors.HeimdallError | None = None
    ) -> None:
        self._note_state(run, job, state, error)
        self._report_news()

    def _note_state(
        self, run: Run, job: Job, state: WriteState, error: errors.HeimdallError | None = None
    ) -> None:
        """Note the state of a job, and show it beside its row; of many, show no successes."""
        error = None if error is None else error.kept()
        run.move(job, state, error)
        is_quiet = run.total > 1 or run.act is not Act.DO
        if (
            state in (WriteState.SAME, WriteState.TOUCHED)
            or (state is WriteState.UNSENT and error is None)
            or (state is WriteState.SAVED and is_quiet)
        ):
            self._notes.pop(job.finding_id, None)
        else:
            shown = WriteState.REFUSED if state is WriteState.UNSENT else state
            self._notes[job.finding_id] = WriteNote(run.step.what, job.value, shown, error)

    # -- reading back --

    async def _find_result(
        self, run: Run, link: ServerSession, job: Job, lock: asyncio.Lock
    ) -> None:
        """Check the result of a write until it is known, and then release its lock."""
        known = self._store.finding(job.finding_id)
        try:
            row = await self._read_until_answered(link, job.finding_id)
            if isinstance(row, errors.NotVisible):
                self._move(run, job, WriteState.REFUSED, row)
            elif run.step.what.of(row) == job.value:
                changed = Changed(None, row, is_logged=True)
                self._settle_changed(run, link, job, known, changed)
            else:
                error = errors.ServerFault(errors.Reason.NOT_CHANGED, error=job.error)
                self._move(run, job, WriteState.REFUSED, error)
        finally:
            if job.state is WriteState.UNKNOWN:  # by a defect
                run.move(job, WriteState.WAITING)
            lock.release()

    async def _read_until_answered(
        self, link: ServerSession, finding_id: FindingId
    ) -> Finding | errors.NotVisible:
        """Read a finding as soon as its server returns it, or says that it no longer exists."""
        policy = Reconnect(self._random)
        while True:
            await wait_for(self._woken, policy.delay_s(0.0))
            try:
                return await self._read(link, finding_id)
            except errors.NotVisible as gone:
                return gone
            except errors.HeimdallError:
                continue

    async def _read(self, link: ServerSession, finding_id: FindingId) -> Finding:
        """Read a finding; the window receives it like any other change."""
        asked_at_s = self._clock()
        row = await link.api.finding(finding_id)
        known = self._store.finding(finding_id)
        if known is not None and is_about(row.scan_id, known.scan_id):
            row = replace(row, scan_id=known.scan_id)
            self._store.observe(FindingsListed(known.scan_id, asked_at_s, (row,)))
        return row
