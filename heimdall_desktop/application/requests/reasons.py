"""Reasons for decisions: sent as comments once a decision is saved, and read from histories.

A reason is a comment, which can't be changed or deleted, so none is ever sent twice: a lost answer
is checked, and before a retry the history is read. What is known of reasons is kept in the store
by `updated_at` of the row. Source: behaviour.md feature 41, protocol.md 4.6, T-24, T-55.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.requests.decision_runs import Job, Lanes, Run, Step
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.read_back import add_comment
from heimdall_desktop.application.requests.scan_requests import refuse_missing, require_link
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.decision import Act, Field, WriteState
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId, one_line
from heimdall_desktop.domain.facts.observation import ScanSource
from heimdall_desktop.domain.facts.reason import (
    COMMENT,
    NEEDING,
    TEXT_LIMIT,
    GivenReason,
    ReadReason,
    Reason,
    comment_of,
    reason_of,
    since_decided,
)
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.board.source_text import Feature
from heimdall_desktop.services.envelope import cut_text

PACE_S = 0.5  # between two histories that are read for reasons


class ReasonRun(Run, eq=False):
    """One reason on its way to the findings of an action.

    Attributes:
        reason: None for a comment without the form.
        text: the rest of the comment.
    """

    reason: Reason | None = None
    text: str = ""


class Unsaved(Struct, frozen=True):
    """A reason that was not saved.

    Attributes:
        status: the decision it is for, by the server's word.
        error: why it was not saved, or why that is unknown; None if it was cancelled.
    """

    reason: Reason | None
    text: str
    status: str
    error: errors.HeimdallError | None


class Reasons:
    """Sends and reads the reasons of all windows.

    Attributes:
        runs: the reasons under way, oldest first.
        unsaved: those that were not saved, by finding; a retry or `forget` removes them.
        to_read: the findings whose histories are still to be read, in order.
        read_error: why the last reading ended early; None if it did not.
    """

    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        decisions: Decisions,
        tasks: Tasks,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        is_read_only: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store, self._accounts, self._tasks = store, accounts, tasks
        self._decisions, self._clock, self._now = decisions, clock, now
        self._is_read_only = is_read_only
        self._lanes = Lanes(
            accounts, self._write, self._move, self._report, clock=clock, is_read_only=is_read_only
        )
        self.runs: list[ReasonRun] = []
        self.unsaved: dict[FindingId, Unsaved] = {}
        self.to_read: dict[FindingId, None] = {}
        self.read_error: errors.HeimdallError | None = None
        self._tried: set[tuple[FindingId, str]] = set()  # comments that may have been saved
        self._followers: list[Callable[[], None]] = []
        self._working: set[asyncio.Task[None]] = set()
        self._is_reading = False
        self._read_at_s = float("-inf")
        self._turn = asyncio.Lock()
        decisions.follow(lambda: None, self._take_decision)

    def follow(self, on_news: Callable[[], None]) -> Callable[[], None]:
        """Report all changes from now on, and return a function that ends this."""
        self._followers.append(on_news)
        return lambda: self._followers.remove(on_news)

    # -- sending --

    def attach(
        self, finding_ids: Iterable[FindingId], reason: Reason | None, text: str = ""
    ) -> ReasonRun:
        """Add a reason to the newest decision about some findings, once it is saved.

        Args:
            reason: None sends the text alone.
            text: more about it; part of the comment.
        """
        comment = text if reason is None else comment_of(reason, text)
        jobs, now_s = dict[FindingId, Job](), self._clock()
        for finding_id in finding_ids:
            row = self._store.finding(finding_id)
            scan = None if row is None else self._store.scan(row.scan_id)
            server = ServerUrl("") if scan is None else scan.server
            jobs[finding_id] = Job(finding_id, server, comment, before=self._decided(finding_id))
            self.unsaved.pop(finding_id, None)
        step = Step(Field.STATUS, comment, len(jobs), now_s)
        run = ReasonRun(Act.DO, step, jobs, now_s, reason=reason, text=text)
        self.runs.append(run)
        self._spawn(self._carry_out(run), "write reasons")
        self._report()
        return run

    def retry(self, finding_ids: Iterable[FindingId] | None = None) -> list[ReasonRun]:
        """Send reasons again that were not saved: those of some findings, or all."""
        again: dict[tuple[Reason | None, str], list[FindingId]] = {}
        for finding_id in list(self.unsaved if finding_ids is None else finding_ids):
            known = self.unsaved.get(finding_id)
            if known is not None:
                again.setdefault((known.reason, known.text), []).append(finding_id)
        return [self.attach(ids, reason, text) for (reason, text), ids in again.items()]

    def forget(self, finding_ids: Iterable[FindingId]) -> None:
        """Give up reasons that were not saved."""
        for finding_id in finding_ids:
            self.unsaved.pop(finding_id, None)
        self._report()

    def resume(self) -> None:
        """Continue with waiting reasons: an account has signed in."""
        for run in self.runs:
            if isinstance(run.held, errors.SignedOut) and not run.is_cancelled:
                run.woken.set()
                run.woken.clear()

    def _decided(self, finding_id: FindingId) -> str:
        """Return the status that was decided last for a finding, saved or not yet."""
        for run in reversed(self._decisions.runs):
            if run.step.what is Field.STATUS and finding_id in run.jobs:
                return run.jobs[finding_id].value
        note = self._decisions.note(finding_id)
        if note is not None and note.field is Field.STATUS:
            return note.value
        row = self._store.finding(finding_id)
        return "" if row is None else row.status_text

    async def _carry_out(self, run: ReasonRun) -> None:
        try:
            for decision in list(self._decisions.runs):
                if not run.jobs.keys().isdisjoint(decision.jobs):
                    await decision.over.wait()
            if self._decisions.decide_here is not None:  # a replay writes to no server
                for job in run.jobs.values():
                    self._keep_given(run, job)
                    run.move(job, WriteState.SAVED)
            else:
                await self._lanes.send(run)
        finally:
            run.held = None
            run.over.set()
            self.runs.remove(run)
            self._report()

    async def _write(self, run: ReasonRun, link: ServerSession | None, job: Job) -> None:
        """Send the reason of one finding, unless it has it.

        Raises:
            HeimdallError: it was not saved, or nobody knows.
        """
        finding_id, row = job.finding_id, self._store.finding(job.finding_id)
        scan = None if row is None else self._store.scan(row.scan_id)
        if link is None or row is None or scan is None:
            raise errors.NotVisible(errors.Reason.FINDING_NOT_WATCHED)
        refuse_missing(scan, Feature.TRIAGE)
        note = self._decisions.note(finding_id)
        is_refused = note is not None and note.state is WriteState.REFUSED
        if note is not None and note.field is Field.STATUS and is_refused:
            raise errors.RequestRefused(errors.Reason.DECISION_NOT_SAVED)
        is_own = self._decisions.is_own(finding_id, Field.STATUS, job.before)
        if row.status_text != job.before and not is_own:  # undone, or decided again, meanwhile
            self._move(run, job, WriteState.SAME)
            return
        known = self._store.reasons.known.of(row)
        given = None if known is None else known.given
        if given and (given.reason, given.text) == (run.reason, _kept(run.text)):
            self._move(run, job, WriteState.SAME)
            return
        self._move(run, job, WriteState.SENDING)
        tried = finding_id, job.value
        if tried not in self._tried or not await self._is_there(link, job):
            self._tried.add(tried)
            await add_comment(link, finding_id, job.value)
        self._tried.discard(tried)
        self._keep_given(run, job)
        self._move(run, job, WriteState.SAVED)

    async def _is_there(self, link: ServerSession, job: Job) -> bool:
        """Return whether a comment that may have been saved is in the history."""
        comment = cut_text(job.value.replace("\0", ""))
        events = since_decided(await link.finding_events(job.finding_id))
        return any(
            event.event_type == COMMENT
            and event.comment == comment
            and (event.is_own or not link.account_id)
            for event in events
        )

    def _keep_given(self, run: ReasonRun, job: Job) -> None:
        row = self._store.finding(job.finding_id)
        if row is not None and run.reason is not None:
            given = GivenReason(run.reason, _kept(run.text), self._now())
            read = {row.id: ReadReason(given, row.updated_at)}
            self._store.keep_reasons(row.scan_id, read)

    def _move(
        self, run: ReasonRun, job: Job, state: WriteState, error: errors.HeimdallError | None = None
    ) -> None:
        error = None if error is None else error.kept()
        run.move(job, state, error)
        if state in (WriteState.REFUSED, WriteState.UNSENT):
            self.unsaved[job.finding_id] = Unsaved(run.reason, run.text, job.before, error)
        self._report()

    def _take_decision(self, run: Run) -> None:
        """Send the reasons of decisions that have been retried; forget those of undone ones."""
        waiting = self.unsaved.keys() & run.jobs.keys() if run.step.what is Field.STATUS else set()
        again: list[FindingId] = []
        for finding_id in waiting:
            known, job = self.unsaved[finding_id], run.jobs[finding_id]
            if job.state not in (WriteState.SAVED, WriteState.SAME):
                continue
            error = known.error
            if job.value != known.status:
                del self.unsaved[finding_id]
            elif error is not None and error.reason is errors.Reason.DECISION_NOT_SAVED:
                again.append(finding_id)
        self.retry(again)

    # -- reading --

    def read(self, finding_ids: Iterable[FindingId]) -> None:
        """Read the reasons of findings that are not known, when nothing else waits."""
        self.read_error = None
        for finding_id in finding_ids:
            self.to_read.setdefault(finding_id)
        if self.to_read and not self._is_reading:
            self._is_reading = True
            self._spawn(self._read_all(), "read reasons")
        self._report()

    def stop_reading(self) -> None:
        self.to_read.clear()
        self._report()

    def learn(self, finding: Finding, events: Sequence[FindingEvent]) -> None:
        """Keep what a history says about the reason of a row, as it was when it was requested."""
        scan, given = self._store.scan(finding.scan_id), reason_of(events)
        if scan is not None and (finding.status in NEEDING or given is not None):
            is_whole = bool(events) or scan.source is ScanSource.LIVE
            read = ReadReason(given, finding.updated_at, is_whole)
            self._store.keep_reasons(finding.scan_id, {finding.id: read})
            self._report()

    async def history(self, link: ServerSession, finding_id: FindingId) -> tuple[FindingEvent, ...]:
        """Read the history of a finding in its turn: at most two a second, of all servers.

        Raises:
            HeimdallError: it could not be read.
        """
        async with self._turn:  # one waits for its place, so that none passes it forever
            while True:
                wait_s = self._read_at_s + PACE_S - self._clock()
                runs = (*self.runs, *self._decisions.runs)
                is_quiet = all(run.held is not None for run in runs)
                if wait_s <= 0 and is_quiet and link.api.free_places > 0:
                    break
                await asyncio.sleep(max(wait_s, PACE_S / 2))
            self._read_at_s = self._clock()
        return await link.finding_events(finding_id)

    async def _read_all(self) -> None:
        try:
            while self.to_read:
                finding_id = next(iter(self.to_read))
                row = self._store.finding(finding_id)
                scan = None if row is None else self._store.scan(row.scan_id)
                if (
                    row is not None
                    and scan is not None
                    and self._store.reasons.known.is_unread(row)
                ):
                    try:
                        refuse_missing(scan, Feature.DETAILS)
                        link = require_link(self._accounts, scan)
                        events = await self.history(link, finding_id)
                        self.learn(row, events)
                    except errors.NotVisible:
                        pass
                    except errors.HeimdallError as error:  # the next one would fail as well
                        self.read_error = error.kept()
                        self.to_read.clear()
                self.to_read.pop(finding_id, None)
                self._report()
        finally:
            self._is_reading = False

    # -- inside --

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = self._tasks.spawn(work, name=name)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    def _report(self) -> None:
        for on_news in [*self._followers]:
            on_news()

    async def aclose(self) -> None:
        """End everything; unsent reasons are not sent."""
        for task in self._working:
            task.cancel()
        if self._working:
            await asyncio.wait(self._working)


def _kept(text: str) -> str:
    """Return the text of a reason as it is read back."""
    return one_line(text.strip())[:TEXT_LIMIT]
