"""Reasons for decisions: sent as comments once a decision is saved, and read from histories.

A reason is a comment, which can't be changed or deleted, so none is ever sent twice: a lost answer
is checked, and before a retry the history is read. What histories say is kept by `updated_at` of
the row, that of reasons in the store. Source: behaviour.md features 41 and 2.2, protocol.md 4.6,
T-24, T-55.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import RequestTasks, Tasks
from heimdall_desktop.application.requests.decision_runs import Job, Lanes, Run, Step
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.read_back import add_comment
from heimdall_desktop.application.requests.scan_requests import refuse_missing, require_link
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.decision import MIXED, Act, Field, WriteState
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
    since_decided,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.proposals import DecisionRead, read_decision
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.services.envelope import cut_text

log = logging.getLogger("heimdall.proposals")

PACE_S = 0.5  # between two histories that are read, of all servers
KEPT = 100_000  # histories; then all is forgotten and read again
AGAIN_S = 60.0  # a server that did not answer is asked no sooner


class Comment(Struct, frozen=True):
    """What is said about a decision.

    Attributes:
        reason: None for a comment without the form.
        text: the rest of the comment.
        what: what was decided.
        status: the decision, by the server's word; "" for the newest one.
    """

    reason: Reason | None
    text: str = ""
    what: Field = Field.STATUS
    status: str = ""


class ReasonRun(Run, eq=False):
    """The comments on their way to the findings of an action.

    Attributes:
        comments: one for each finding.
        after: the decisions that were under way when it began, which come first.
    """

    comments: Mapping[FindingId, Comment] = field(default_factory=dict)
    after: tuple[Run, ...] = ()


class Unsaved(Comment, frozen=True):
    """A comment that was not saved.

    Attributes:
        error: why it was not saved, or why that is unknown; None if it was cancelled.
    """

    error: errors.HeimdallError | None = None

    @property
    def follows(self) -> bool:
        """Whether its decision is not saved either: it follows once that is retried."""
        error = self.error
        return error is not None and error.reason is errors.Reason.DECISION_NOT_SAVED


class Reasons:
    """Sends and reads the reasons of all windows.

    Attributes:
        runs: the reasons under way, oldest first.
        unsaved: those that were not saved, by finding; a retry or `forget` removes them.
        to_read: the findings whose histories are still to be read, in order.
        read_error: why the last reading ended early; None if it did not.
        on_learned: called with each finding whose history was read, here or elsewhere.
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
        self._store, self._accounts, self._tasks = store, accounts, RequestTasks(tasks)
        self._decisions, self._clock, self._now = decisions, clock, now
        self._is_read_only = is_read_only
        self._lanes = Lanes(
            accounts, self._write, self._move, self._report, clock=clock, is_read_only=is_read_only
        )
        self.runs: list[ReasonRun] = []
        self.unsaved: dict[FindingId, Unsaved] = {}
        self._given: dict[FindingId, Comment] = {}  # the last reasons saved here
        self.to_read: dict[FindingId, None] = {}
        self.read_error: errors.HeimdallError | None = None
        self.on_learned: Callable[[FindingId], None] = lambda _finding_id: None
        self._read: dict[FindingId, DecisionRead] = {}
        self._tried: set[tuple[FindingId, str]] = set()  # comments that may have been saved
        self._followers: list[Callable[[], None]] = []
        self._is_reading = False
        self._read_at_s = float("-inf")
        self._turn = asyncio.Lock()
        self._leave = decisions.follow(lambda: None, self._take_decision)

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
        return self.attach_each(dict.fromkeys(finding_ids, Comment(reason, text)))

    def attach_each(self, comments: Mapping[FindingId, Comment]) -> ReasonRun:
        """Add a comment of its own to the decision about each finding, once that is saved."""
        jobs, now_s = dict[FindingId, Job](), self._clock()
        for finding_id, comment in comments.items():
            row = self._store.finding(finding_id)
            scan = None if row is None else self._store.scan(row.scan_id)
            server = ServerUrl("") if scan is None else scan.server
            reason, text = comment.reason, comment.text
            value = text if reason is None else comment_of(reason, text)
            decided = comment.status or self._decided(finding_id, comment.what)
            jobs[finding_id] = Job(finding_id, server, value, before=decided)
            self.unsaved.pop(finding_id, None)
        after = [run for run in self._decisions.runs if not jobs.keys().isdisjoint(run.jobs)]
        step = Step(Field.STATUS, MIXED, len(jobs), now_s)
        run = ReasonRun(Act.DO, step, jobs, now_s, comments=comments, after=tuple(after))
        self.runs.append(run)
        self._tasks.start(partial(self._carry_out, run), lambda _: None, name="write reasons")
        self._report()
        return run

    @property
    def failed(self) -> list[FindingId]:
        """The findings whose decisions are saved, but not their reasons."""
        return [each for each, unsaved in self.unsaved.items() if not unsaved.follows]

    def retry(self, finding_ids: Iterable[FindingId]) -> ReasonRun | None:
        """Send reasons of some findings again that were not saved; None if there are none."""
        wanted = set(finding_ids)
        again = {each: self.unsaved[each] for each in self.failed if each in wanted}
        return self.attach_each(again) if again else None

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

    def _decided(self, finding_id: FindingId, what: Field) -> str:
        """Return what was decided last about a finding, saved or not yet."""
        for run in reversed(self._decisions.runs):
            if run.step.what is what and finding_id in run.jobs:
                return run.jobs[finding_id].value
        note = self._decisions.note(finding_id)
        if note is not None and note.field is what:
            return note.value
        row = self._store.finding(finding_id)
        return "" if row is None else what.of(row)

    async def _carry_out(self, run: ReasonRun) -> None:
        try:
            for decision in run.after:
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
            HeimdallError: it was not saved, or that is unknown.
        """
        finding_id, row = job.finding_id, self._store.finding(job.finding_id)
        scan = None if row is None else self._store.scan(row.scan_id)
        if link is None or row is None or scan is None:
            raise errors.NotVisible(errors.Reason.FINDING_NOT_WATCHED)
        refuse_missing(scan, Feature.TRIAGE)
        comment = run.comments[finding_id]
        what, own = comment.what, self._decisions.own_writes(finding_id, comment.what)
        if what.of(row) != job.before:
            jobs = [each.jobs.get(finding_id) for each in run.after if each.step.what is what]
            states = [each.state for each in jobs if each and each.value == job.before]
            if states and states[-1] in (WriteState.REFUSED, WriteState.UNSENT):
                raise errors.RequestRefused(errors.Reason.DECISION_NOT_SAVED)
            is_read = bool(own) and own[-1].new == job.before and own[-1].written_at is not None
            if is_read or not self._decisions.is_own(finding_id, what, job.before):
                self._move(run, job, WriteState.SAME)  # undone, or decided elsewhere, meanwhile
                return
        known = self._store.reasons.known.of(row)
        given = None if known is None else known.given
        if given and (given.reason, given.text) == (comment.reason, _kept(comment.text)):
            self._move(run, job, WriteState.SAME)
            return
        self._move(run, job, WriteState.SENDING)
        tried = finding_id, job.value
        if tried not in self._tried or not await self._is_there(link, job, what):
            self._tried.add(tried)
            await add_comment(link, finding_id, job.value)
        self._tried.discard(tried)
        self._keep_given(run, job)
        self._move(run, job, WriteState.SAVED)

    async def _is_there(self, link: ServerSession, job: Job, what: Field) -> bool:
        """Return whether a comment that may have been saved is in the history."""
        comment = cut_text(job.value.replace("\0", ""))
        events = since_decided(await link.finding_events(job.finding_id), what)
        return any(
            event.event_type == COMMENT
            and event.comment == comment
            and (event.is_own or not link.account_id)
            for event in events
        )

    def _keep_given(self, run: ReasonRun, job: Job) -> None:
        comment, row = run.comments[job.finding_id], self._store.finding(job.finding_id)
        if row is not None and comment.reason is not None:
            self._given[row.id] = replace(comment, status=job.before)
            given = GivenReason(comment.reason, _kept(comment.text), self._now())
            self._store.keep_reasons(row.scan_id, {row.id: ReadReason(given, row.updated_at)})
            read = self.decision(row)
            if read is not None:
                self._read[row.id] = replace(read, reason=given)

    def _move(
        self, run: ReasonRun, job: Job, state: WriteState, error: errors.HeimdallError | None = None
    ) -> None:
        error = None if error is None else error.kept()
        run.move(job, state, error)
        if state in (WriteState.REFUSED, WriteState.UNSENT):
            said = run.comments[job.finding_id]
            unsaved = Unsaved(said.reason, said.text, said.what, job.before, error)
            self.unsaved[job.finding_id] = unsaved
        self._report()

    def _take_decision(self, run: Run) -> None:
        """Send the reasons of retried and of redone decisions; forget those of undone ones."""
        what, again = run.step.what, dict[FindingId, Comment]()
        for finding_id in run.jobs.keys() & (self.unsaved.keys() | self._given.keys()):
            known, job = self.unsaved.get(finding_id), run.jobs[finding_id]
            given = self._given.get(finding_id)
            if job.state not in (WriteState.SAVED, WriteState.SAME):
                continue
            is_new = job.state is WriteState.SAVED
            if given and is_new and (given.what, given.status) == (what, job.value):
                if run.act is Act.REDO:  # the comment is older than this change: it doesn't count
                    again[finding_id] = given
                elif run.act is Act.DO:
                    del self._given[finding_id]
            if known is not None and known.what is what:
                if job.value != known.status:
                    del self.unsaved[finding_id]
                elif known.follows:
                    again[finding_id] = known
        if again:
            self.attach_each(again)

    # -- reading --

    def read(self, finding_ids: Iterable[FindingId]) -> None:
        """Read the reasons of findings that are not known, when nothing else waits."""
        self.read_error = None
        for finding_id in finding_ids:
            self.to_read.setdefault(finding_id)
        if self.to_read and not self._is_reading:
            self._is_reading = True
            self._tasks.start(self._read_all, lambda _: None, name="read reasons")
        self._report()

    def stop_reading(self) -> None:
        self.to_read.clear()
        self._report()

    def decision(self, row: Finding) -> DecisionRead | None:
        """Return what the history of a row says; None if the row has changed since, or unread."""
        read = self._read.get(row.id)
        return read if read is not None and read.row_updated_at == row.updated_at else None

    def learn(
        self, row: Finding, events: Sequence[FindingEvent] | None, scan: Scan | None = None
    ) -> None:
        """Keep what a history says about a row, as it was when it was requested.

        Args:
            events: None if the server has none of it.
            scan: its scan, if that is not watched.
        """
        scan = scan or self._store.scan(row.scan_id)
        link = None if scan is None else self._accounts.known(scan.server)
        if len(self._read) >= KEPT:
            self._read.clear()
        knows_self = link is not None and bool(link.account_id)
        read = self._read[row.id] = read_decision(row, events or (), knows_self=knows_self)
        if events is not None:
            self._keep_read(row, read)
        self.on_learned(row.id)

    def _keep_read(self, row: Finding, read: DecisionRead) -> None:
        scan = self._store.scan(row.scan_id)
        if scan is not None and (row.status in NEEDING or read.reason is not None):
            is_whole = read.has_entries or scan.source is ScanSource.LIVE
            known = ReadReason(read.reason, row.updated_at, is_whole)
            self._store.keep_reasons(row.scan_id, {row.id: known})
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
                    read = self.decision(row)
                    try:
                        if read is not None and read.has_entries:
                            self._keep_read(row, read)
                        else:
                            refuse_missing(scan, Feature.DETAILS)
                            link = require_link(self._accounts, scan)
                            self.learn(row, await self.history(link, finding_id))
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

    def _report(self) -> None:
        for on_news in [*self._followers]:
            on_news()

    async def aclose(self) -> None:
        """End everything; unsent reasons are not sent, nor those of decisions that end later."""
        self._leave()
        self._leave = lambda: None
        await self._tasks.aclose()


class DecisionHistories:
    """Reads the histories of decided findings of earlier scans: who decided, when and why.

    One request for each finding, in turn with the histories that are read for reasons.
    Source: protocol.md 4.6, T-50.

    Attributes:
        next_unread: returns the finding that is read next, and its scan; None for nothing.
    """

    def __init__(
        self, accounts: Accounts, reasons: Reasons, tasks: RequestTasks, clock: Callable[[], float]
    ) -> None:
        self._accounts, self._reasons = accounts, reasons
        self._tasks, self._clock = tasks, clock
        self._silent_until_s: dict[ServerUrl, float] = {}
        self._is_working = False
        self.next_unread: Callable[[], tuple[Scan, Finding] | None] = lambda: None

    def can_read(self, scan: Scan) -> bool:
        """Return whether histories of a scan can be read now."""
        link = self._accounts.known(scan.server)
        is_signed_in = link is not None and link.is_signed_in and not link.has_ended
        is_silent = self._clock() < self._silent_until_s.get(scan.server, float("-inf"))
        return is_signed_in and not is_silent and not lacks(scan, Feature.DETAILS)

    def start(self) -> None:
        """Read what is unread, one after the other, unless that is under way."""
        if not self._is_working and self.next_unread() is not None:
            self._is_working = True
            self._tasks.start(self._work, lambda _: None, name="read histories of decisions")

    async def _work(self) -> None:
        try:
            while (wanted := self.next_unread()) is not None:
                scan, row = wanted
                link = self._accounts.known(scan.server)
                if link is None:
                    break
                try:
                    events = await self._reasons.history(link, row.id)
                except errors.ABSENT:
                    self._reasons.learn(row, None, scan)
                except errors.HeimdallError as error:
                    log.info("couldn't read the history of a decision: %s", error)
                    self._silent_until_s[scan.server] = self._clock() + AGAIN_S
                else:
                    self._reasons.learn(row, events, scan)
        finally:
            self._is_working = False


def _kept(text: str) -> str:
    """Return the text of a reason as it is read back."""
    return one_line(text.strip())[:TEXT_LIMIT]
