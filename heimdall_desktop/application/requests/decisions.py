"""The analyst's decisions about findings: written to their servers, reported truthfully, undone.

A row's own value comes only from rows that its server sent. A pending write is shown beside it
as a `WriteNote` until the server has confirmed it and the row was read back. No write is ever sent
twice: if its answer is lost, the finding is read until the result is known.
Source: behaviour.md 2.9, protocol.md 4.6, T-24, T-55.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from functools import partial
from random import Random
from weakref import WeakValueDictionary

from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.requests import decision_runs
from heimdall_desktop.application.requests.read_back import Changed, change_finding
from heimdall_desktop.application.requests.scan_requests import refuse_missing
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import decision, errors
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId, ScanId, one_line
from heimdall_desktop.domain.facts.observation import FindingsListed, Snoozed
from heimdall_desktop.domain.facts.server import ServerUrl, host_name, is_about
from heimdall_desktop.presentation.board.source_text import Feature
from heimdall_desktop.services.reconnect import Reconnect

SNOOZED_AT_ONCE = 1_000  # findings; a table of 100,000 rows takes 50 ms for them
PACE_S = 0.15  # after them: windows have updated by then, and show the result
AT_ONCE = 2  # writes to one server; the limiter allows only one if that server loses requests


class Decisions:
    """Writes decisions, knows the result of each, and undoes them.

    Args:
        random: Spreads out the reads that check a finding.
        is_read_only: Whether nothing may be written.

    Attributes:
        runs: the actions under way, oldest first.
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
        random: Random,
        is_read_only: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store, self._accounts, self._tasks = store, accounts, tasks
        self._clock, self._random, self._is_read_only = clock, random, is_read_only
        self._done: list[decision_runs.Step] = []
        self._undone: list[decision_runs.Step] = []
        self._notes: dict[FindingId, decision.WriteNote] = {}
        self._own: dict[tuple[FindingId, decision.Field], list[decision.OwnWrite]] = {}
        self._locks: WeakValueDictionary[FindingId, asyncio.Lock] = WeakValueDictionary()
        self._pauses = decision_runs.Pauses()
        self._working: set[asyncio.Task[None]] = set()
        self.runs: list[decision_runs.Run] = []
        self.decide_here: Callable[[Iterable[FindingId], decision.Field, str], None] | None = None
        self._followers: list[tuple[Callable[[], None], Callable[[decision_runs.Run], None]]] = []

    # -- requests of the window --

    def follow(
        self, on_news: Callable[[], None], on_over: Callable[[decision_runs.Run], None]
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

    def note(self, finding_id: FindingId) -> decision.WriteNote | None:
        """Return the note beside a row; None for nothing."""
        return self._notes.get(finding_id)

    def is_own(self, finding_id: FindingId, what: decision.Field, value: str) -> bool:
        """Return whether this session set the value of a finding, or is setting it now."""
        if what is decision.Field.SNOOZE or self._is_coming(finding_id, what, value):
            return True
        own = self._own.get((finding_id, what))
        return own is not None and own[-1].new == value

    def is_own_change(
        self,
        finding: Finding,
        previous: Finding,
        fields: Iterable[decision.Field] = tuple(decision.Field),
    ) -> bool:
        """Return whether all decisions about a finding between two readings were made here.

        A value of ours that another session has changed and set again is not ours: then the row
        was last changed at a different moment than by us.
        """
        changed = [each for each in fields if each.of(finding) != each.of(previous)]
        decided = [each for each in changed if each is not decision.Field.SNOOZE]
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

    def _is_coming(self, finding_id: FindingId, what: decision.Field, value: str) -> bool:
        note = self._notes.get(finding_id)
        return note is not None and note.may_arrive and (note.field, note.value) == (what, value)

    def forget_note(self, finding_id: FindingId) -> None:
        """Remove the note beside a row, unless its write is under way."""
        known = self._notes.get(finding_id)
        if known is not None and known.state in (
            decision.WriteState.SAVED,
            decision.WriteState.REFUSED,
        ):
            del self._notes[finding_id]
            self._report_news()

    @property
    def to_undo(self) -> tuple[decision_runs.Step, ...]:
        """The actions that can be undone, oldest first."""
        return tuple(self._done)

    @property
    def to_redo(self) -> tuple[decision_runs.Step, ...]:
        """The undone actions, the last one at the end."""
        return tuple(self._undone)

    def decide(
        self, what: decision.Field, value: str, finding_ids: Iterable[FindingId]
    ) -> decision_runs.Run:
        """Set the server's word for a value of some findings; its answer decides the result."""
        meant = {each: decision_runs.Target(self._server_of(each), value) for each in finding_ids}
        now_s = self._clock()
        step = decision_runs.Step(what, value, len(meant), now_s)
        self._push(self._done, step)
        return self._begin(decision_runs.Run(decision.Act.DO, step, meant, now_s))

    def undo(self) -> decision_runs.Run | None:
        """Undo the newest action; return None where there is none."""
        return self._reverse(decision.Act.UNDO, self._done, self._undone)

    def redo(self) -> decision_runs.Run | None:
        """Redo the action that was undone last; return None where there is none."""
        return self._reverse(decision.Act.REDO, self._undone, self._done)

    def retry(self, run: decision_runs.Run) -> decision_runs.Run:
        """Retry what failed or was not sent, and nothing else."""
        left = {each: run.targets[each] for each in run.left}
        return self._continue(decision_runs.Run(run.act, run.step, left, self._clock(), run.origin))

    def force(self, run: decision_runs.Run) -> decision_runs.Run:
        """Undo changes also where the finding was changed from elsewhere since."""
        items = {each: item for each, (_, item) in run.touched.items()}
        now_s = self._clock()
        origin = decision_runs.Step(run.step.what, run.step.value, len(items), now_s, items)
        forced = decision_runs.Run(
            run.act, run.step, decision_runs.targets(items), now_s, origin, is_forced=True
        )
        return self._continue(forced)

    def resume(self) -> None:
        """Resume waiting writes: an account has signed in, or the network has changed."""
        self._pauses.end()
        for run in self.runs:
            if isinstance(run.held, errors.SignedOut):
                run.pauses.end()

    async def aclose(self) -> None:
        """End all runs; unsent writes are not sent."""
        for task in self._working:
            task.cancel()
        if self._working:
            await asyncio.wait(self._working)

    def _report_news(self) -> None:
        for on_news, _ in [*self._followers]:
            on_news()

    # -- steps --

    def _reverse(
        self, act: decision.Act, stack: list[decision_runs.Step], opposite: list[decision_runs.Step]
    ) -> decision_runs.Run | None:
        if not stack:
            return None
        origin = stack.pop()
        now_s = self._clock()
        step = decision_runs.Step(origin.what, origin.value, origin.count, now_s)
        self._push(opposite, step)
        return self._begin(
            decision_runs.Run(act, step, decision_runs.targets(origin.items), now_s, origin)
        )

    def _continue(self, more: decision_runs.Run) -> decision_runs.Run:
        """Start a run whose findings join the step of an earlier one."""
        own, others = self._stacks(more.act)
        if more.origin in others:
            others.remove(more.origin)
        if more.step not in own:
            self._push(own, more.step)
        return self._begin(more)

    def _stacks(
        self, act: decision.Act
    ) -> tuple[list[decision_runs.Step], list[decision_runs.Step]]:
        """Return the stack for the step of such a run, and the stack it takes its origin from."""
        if act is decision.Act.UNDO:
            return self._undone, self._done
        return self._done, self._undone

    def _push(self, stack: list[decision_runs.Step], step: decision_runs.Step) -> None:
        stack.append(step)
        del stack[: -decision.UNDO_DEPTH]

    def _server_of(self, finding_id: FindingId) -> ServerUrl:
        finding = self._store.finding(finding_id)
        scan = None if finding is None else self._store.scan(finding.scan_id)
        return ServerUrl("") if scan is None else scan.server

    # -- runs --

    def _begin(self, run: decision_runs.Run) -> decision_runs.Run:
        before: list[
            decision_runs.Run
        ] = []  # they must end first: one reversal at a time, of a finished action
        for each in self.runs if run.origin is not None else ():
            if each.step is run.origin:
                each.cancel()
            if each.step is run.origin or each.origin is not None:
                before.append(each)
        self.runs.append(run)
        if (
            run.total == 1
            and run.act is decision.Act.DO
            and run.step.what is not decision.Field.SNOOZE
        ):
            self._set_note(run, next(iter(run.targets)), decision.WriteState.SENDING)
        self._spawn(self._carry_out(run, before), "write decisions")
        self._report_news()
        return run

    def _spawn(self, work: Coroutine[None, None, None], name: str) -> None:
        task = self._tasks.spawn(work, name=name)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _carry_out(self, run: decision_runs.Run, before: list[decision_runs.Run]) -> None:
        try:
            for each in before:
                await each.until_over()
            if before and run.origin is not None:
                run.targets = decision_runs.targets(run.origin.items)
            if run.step.what is decision.Field.SNOOZE or self.decide_here is not None:
                await self._apply_here(run)
                return
            lanes: dict[ServerUrl, deque[FindingId]] = {}
            for finding_id, target in run.targets.items():
                lanes.setdefault(target.server, deque()).append(finding_id)
            async with asyncio.TaskGroup() as group:
                for server, waiting in lanes.items():
                    lane = _Lane(self._accounts.known(server), server, waiting)
                    for _ in range(min(AT_ONCE, len(waiting))):
                        group.create_task(self._work(run, lane))
            await run.until_known()
        finally:
            self._end(run)

    def _end(self, run: decision_runs.Run) -> None:
        """Record the end of a run, and keep the steps that can be undone or retried."""
        run.end()
        self.runs.remove(run)
        own, others = self._stacks(run.act)
        if run.origin is not None and run.origin.items and run.origin not in others:
            self._push(others, run.origin)
        if not run.step.items and not run.unknown and run.step in own:
            own.remove(run.step)
        self._report_news()
        for _, on_over in [*self._followers]:
            on_over(run)

    async def _apply_here(self, run: decision_runs.Run) -> None:
        """Apply local decisions, as fast as a table follows: snoozes, and all in a replay.

        If a finding has already come back, undoing its snooze leaves it so.
        """
        every, what = list(run.targets), run.step.what
        for first in range(0, len(every), SNOOZED_AT_ONCE):
            some = every[first : first + SNOOZED_AT_ONCE]
            if run.is_cancelled:
                run.unsent |= dict.fromkeys(some)
                continue
            found: defaultdict[tuple[ScanId, str], list[FindingId]] = defaultdict(list)
            for finding_id in some:
                known, value = self._store.finding(finding_id), run.targets[finding_id].value
                if known is None:
                    run.failed[finding_id] = errors.NotVisible(errors.Reason.FINDING_NOT_WATCHED)
                elif what.of(known) == value:
                    run.same[finding_id] = None
                    if run.origin is not None:
                        del run.origin.items[finding_id]
                else:
                    found[known.scan_id, value].append(finding_id)
                    self._settle_here(run, known, value)
            for (scan_id, value), finding_ids in found.items():
                if self.decide_here is not None:
                    self.decide_here(finding_ids, what, value)
                elif what is decision.Field.SNOOZE:
                    self._store.observe(
                        Snoozed(scan_id, tuple(finding_ids), decision.snooze_end(value))
                    )
            self._report_news()
            await run.pause(PACE_S)

    def _settle_here(self, run: decision_runs.Run, known: Finding, value: str) -> None:
        """Record that a finding is about to have a value."""
        before = run.step.what.of(known)
        if run.origin is not None:
            before = run.origin.items.pop(known.id).after
        else:
            self._undone.clear()
        if run.step.what is not decision.Field.SNOOZE:
            own = self._own.setdefault((known.id, run.step.what), [])
            own.append(decision.OwnWrite(before, value, None))
        run.step.items[known.id] = decision_runs.StepItem(
            before, value, 0, self._server_of(known.id)
        )
        run.done[known.id] = None
        self._set_note(run, known.id, decision.WriteState.SAVED)

    async def _work(self, run: decision_runs.Run, lane: "_Lane") -> None:
        """Write the findings of one server, one at a time."""
        while lane.waiting:
            if not lane.may_continue.is_set():
                await lane.may_continue.wait()
                continue
            finding_id = lane.waiting.popleft()
            if lane.error is None and self._is_read_only():
                lane.error = errors.RequestRefused(errors.Reason.READ_ONLY)
            elif lane.error is None and lane.link and lane.link.account != lane.account:
                lane.error = errors.SignedOut(
                    errors.Reason.OTHER_ACCOUNT, host=host_name(lane.server)
                )
            if run.is_cancelled or lane.error is not None:
                run.unsent[finding_id] = lane.error
                self._set_note(run, finding_id, decision.WriteState.REFUSED, lane.error)
                continue
            try:
                await self._write(run, lane, finding_id)
            except (errors.SignedOut, errors.ServerBusy) as error:
                if isinstance(error, errors.SignedOut) and run.total == 1:
                    self._fail(run, finding_id, error)
                    continue
                lane.waiting.appendleft(finding_id)
                await self._hold(run, lane, error)
            except errors.ServerUnreachable as error:  # nothing was sent, and nothing more can be
                self._fail(run, finding_id, error)
                lane.error = error
            except errors.HeimdallError as error:
                self._fail(run, finding_id, error)

    async def _hold(
        self, run: decision_runs.Run, lane: "_Lane", error: errors.HeimdallError
    ) -> None:
        """Wait until an account has signed in, or as long as the server demands."""
        is_first, since_s = run.held is None, self._clock()
        run.held = error
        lane.may_continue.clear()
        self._report_news()
        await run.pause(error.wait_s if isinstance(error, errors.ServerBusy) else None)
        lane.may_continue.set()
        run.held = None
        if is_first:
            run.held_s += self._clock() - since_s
        self._report_news()

    # -- one finding --

    async def _write(self, run: decision_runs.Run, lane: "_Lane", finding_id: FindingId) -> None:
        """Write one finding once the results of its earlier writes are known.

        Raises:
            HeimdallError: nothing was written, for this reason.
        """
        lock, lost = self._locks.setdefault(finding_id, asyncio.Lock()), None
        await lock.acquire()
        try:
            if lane.link is None:
                raise errors.NotVisible(errors.Reason.FINDING_NOT_WATCHED)
            what, value = run.step.what, run.targets[finding_id].value
            known = self._store.finding(finding_id)
            scan = None if known is None else self._store.scan(known.scan_id)
            if scan is not None:
                refuse_missing(scan, Feature.TRIAGE)
            if value not in decision.SETTABLE[what]:
                raise errors.RequestRefused(
                    errors.Reason.VALUE_NOT_TAKEN, value=one_line(value) or "?"
                )
            lost = await self._write_now(run, lane.link, finding_id)
            if lost is not None:  # until the result is known, no other write is sent
                run.unknown[finding_id] = lost
                self._set_note(run, finding_id, decision.WriteState.UNKNOWN, lost)
                looking = self._find_result(run, lane.link, finding_id, lock)
                self._spawn(looking, "look for a lost answer")
                self._report_news()
        finally:
            if lost is None:
                lock.release()

    async def _write_now(
        self, run: decision_runs.Run, link: ServerSession, finding_id: FindingId
    ) -> errors.OutcomeUnknown | None:
        """Write a finding unless it was changed elsewhere; return why its result is unknown."""
        what, value = run.step.what, run.targets[finding_id].value
        known = self._store.finding(finding_id)
        if run.origin is not None:
            if not await self._may_reverse(run, run.origin, link, finding_id):
                return None
        elif known is not None and what.of(known) == value:
            run.same[finding_id] = None
            self._notes.pop(finding_id, None)
            return None
        self._set_note(run, finding_id, decision.WriteState.SENDING)
        self._report_news()
        look = partial(self._read, link, finding_id)
        try:
            changed = await change_finding(link, finding_id, what, value, look)
        except errors.OutcomeUnknown as error:
            return error.kept()
        self._settle(run, link, finding_id, known, changed)
        return None

    async def _may_reverse(
        self,
        run: decision_runs.Run,
        origin: decision_runs.Step,
        link: ServerSession,
        finding_id: FindingId,
    ) -> bool:
        """Return whether a finding is still as we left it; read it first, with its history."""
        item, what = origin.items[finding_id], run.step.what
        row = await self._read(link, finding_id)
        if run.is_forced:
            return True
        try:
            events: tuple[FindingEvent, ...] = await link.finding_events(finding_id)
        except errors.ABSENT:
            events = ()
        own = self._own[finding_id, what][item.place :]
        knows_self = bool(link.account_id)
        touch = decision.touched_since(what, item.after, own, row, events, knows_self=knows_self)
        if touch is None:
            return True
        run.touched[finding_id] = (touch, item)
        del origin.items[finding_id]
        self._report_news()
        return False

    def _settle(
        self,
        run: decision_runs.Run,
        link: ServerSession,
        finding_id: FindingId,
        known: Finding | None,
        changed: Changed,
    ) -> None:
        """Record that a finding was changed; `known` is its state here before that."""
        what, target, row = run.step.what, run.targets[finding_id], changed.row
        before = changed.former or ("" if known is None else what.of(known))
        has_moved = known is not None and row is not None and row.updated_at != known.updated_at
        own = self._own.setdefault((finding_id, what), [])
        own.append(
            decision.OwnWrite(before, target.value, row.updated_at if row and has_moved else None)
        )
        if run.origin is not None:
            before = run.origin.items.pop(finding_id).after
        else:
            self._undone.clear()
        run.step.items[finding_id] = decision_runs.StepItem(
            before, target.value, len(own) - 1, link.url
        )
        steps, _ = self._stacks(run.act)
        if run.is_over and run.step not in steps:
            self._push(steps, run.step)
        run.done[finding_id] = None
        if not changed.is_logged:
            run.unlogged.add(finding_id)
        if row is None:
            self._spawn(self._read_later(link, finding_id), "read what was changed")
        self._set_note(run, finding_id, decision.WriteState.SAVED)
        self._report_news()

    def _fail(
        self, run: decision_runs.Run, finding_id: FindingId, error: errors.HeimdallError
    ) -> None:
        run.failed[finding_id] = error.kept()
        self._set_note(run, finding_id, decision.WriteState.REFUSED, error.kept())
        self._report_news()

    def _set_note(
        self,
        run: decision_runs.Run,
        finding_id: FindingId,
        state: decision.WriteState,
        error: errors.HeimdallError | None = None,
    ) -> None:
        """Show the progress of a write beside its row; of many writes, show no successes."""
        is_quiet = run.total > 1 or run.act is not decision.Act.DO
        is_nothing = state is decision.WriteState.REFUSED and error is None
        if is_nothing or (state is decision.WriteState.SAVED and is_quiet):
            self._notes.pop(finding_id, None)
            return
        value = run.targets[finding_id].value
        self._notes[finding_id] = decision.WriteNote(run.step.what, value, state, error)

    # -- reading back --

    async def _find_result(
        self, run: decision_runs.Run, link: ServerSession, finding_id: FindingId, lock: asyncio.Lock
    ) -> None:
        """Check the result of a write until it is known, and then release its lock."""
        what, value = run.step.what, run.targets[finding_id].value
        known = self._store.finding(finding_id)
        try:
            row = await self._read_until_answered(link, finding_id)
            if what.of(row) == value:
                changed = Changed(None, row, is_logged=True)
                self._settle(run, link, finding_id, known, changed)
            else:
                error = errors.ServerFault(errors.Reason.NOT_CHANGED, error=run.unknown[finding_id])
                self._fail(run, finding_id, error)
        except errors.NotVisible as gone:
            self._fail(run, finding_id, gone)
        finally:
            del run.unknown[finding_id]
            run.known.set()
            lock.release()

    async def _read_later(self, link: ServerSession, finding_id: FindingId) -> None:
        """Read a row that could not be read after it was changed."""
        with suppress(errors.NotVisible):
            await self._read_until_answered(link, finding_id)

    async def _read_until_answered(self, link: ServerSession, finding_id: FindingId) -> Finding:
        """Read a finding as soon as its server returns it.

        Raises:
            NotVisible: it no longer exists.
        """
        policy = Reconnect(self._random)
        while True:
            await self._pauses.take(policy.delay_s(0.0))
            try:
                return await self._read(link, finding_id)
            except errors.NotVisible:
                raise
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


class _Lane:
    """The pending writes of one run to one server.

    Attributes:
        waiting: findings not started yet.
        account: whose decisions these are.
        error: why nothing more can be sent.
        may_continue: not set while the server demands a wait, or a sign-in.
    """

    def __init__(
        self, link: ServerSession | None, server: ServerUrl, waiting: deque[FindingId]
    ) -> None:
        self.link, self.server, self.waiting = link, server, waiting
        self.account = "" if link is None else link.account
        self.error: errors.HeimdallError | None = None
        self.may_continue = asyncio.Event()
        self.may_continue.set()
