"""Requests server actions on findings beyond decisions: each once, with a check for lost answers.

A model may think for minutes and a code host may answer late. So each request is a state that any
window can read, not a call to wait for. To stop waiting ends nothing: the server continues, and its
answer is processed when it comes. Source: protocol.md 4.6, T-24, T-55, T-77 to T-81.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from itertools import repeat

from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import CallOff, RequestTasks
from heimdall_desktop.application.requests.read_back import MAY_BE_DONE, issues_seen
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import errors, finding_action
from heimdall_desktop.domain.facts.change import ActionMoved
from heimdall_desktop.domain.facts.finding import FindingEvent, FindingId, FindingStatus, ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import host_name
from heimdall_desktop.presentation.action_text import FEATURES, obstacle_text
from heimdall_desktop.presentation.board.source_text import Feature
from heimdall_desktop.presentation.decision_text import read_only_text

MODEL_LOOKS_S = (0.0, 5.0, *repeat(10.0, 18))  # a model that continues is done after three minutes
LOOKS_S = (0.0, 1.0, 3.0, 6.0, 10.0)
FIX_LOOKS_S = tuple(repeat(10.0, 180))  # protocol.md T-80: for half an hour
LOST_LIMIT = 2  # tries of an issue whose connection broke; the server breaks at each (T-79)
KEPT_LIMIT = 100  # states that have ended; older ones are in the audit

Subject = FindingId | ScanId
_Key = tuple[str, finding_action.FindingAction]


class FindingActions:
    """Owns the requested actions and their states.

    Args:
        store: receives each step as a change.
        link_of_scan: returns the server of a scan to use a feature there, or raises why not.
        pause: waits between two checks.
        is_read_only: whether requests that change a server are forbidden.
    """

    def __init__(
        self,
        store: Store,
        tasks: RequestTasks,
        *,
        link_of_scan: Callable[[ScanId, Feature], ServerSession],
        clock: Callable[[], float],
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        is_read_only: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store, self._tasks, self._link_of_scan = store, tasks, link_of_scan
        self._clock, self._now, self._pause = clock, now, pause
        self._is_read_only = is_read_only
        self._states: dict[_Key, finding_action.ActionState] = {}
        self._call_offs: dict[_Key, CallOff] = {}
        self._not_offered: set[tuple[str, finding_action.FindingAction]] = set()
        self._lost: dict[_Key, int] = {}

    def state(
        self, subject: Subject, action: finding_action.FindingAction
    ) -> finding_action.ActionState | None:
        """Return the state of an action; None where it was not requested recently."""
        return self._states.get((subject, action))

    def states(self, subject: Subject) -> tuple[finding_action.ActionState, ...]:
        """Return all states of a finding, or of a scan, in the order of their requests."""
        mine = (state for state in self._states.values() if state.subject == subject)
        return tuple(sorted(mine, key=lambda state: state.began_at_s))

    def elapsed_s(self, state: finding_action.ActionState) -> float:
        return self._clock() - state.began_at_s

    def obstacle(self, subject: Subject, action: finding_action.FindingAction) -> str:
        """Return why an action cannot be requested now; "" if it can."""
        if self._is_read_only():
            return read_only_text()
        scan, state = self._scan(subject, action), self.state(subject, action)
        return obstacle_text(
            scan,
            action,
            is_not_offered=scan is not None and (scan.server, action) in self._not_offered,
            is_under_way=state is not None and state.is_under_way,
            is_given_up=self._lost.get((subject, action), 0) >= LOST_LIMIT,
        )

    def request(self, subject: Subject, action: finding_action.FindingAction) -> None:
        """Request an action of a finding, or of a scan for issues of all its findings.

        Nothing happens if there is an obstacle.
        """
        if self.obstacle(subject, action):
            return
        key = (subject, action)
        state = finding_action.ActionState(
            subject, action, finding_action.Phase.WAITING, self._clock()
        )
        self._set(state)
        name = f"ask a server: {action.name.lower()}"
        self._call_offs[key] = self._tasks.start(
            partial(self._do, subject, action), partial(self._end, key), name=name
        )

    def leave(self, subject: Subject, action: finding_action.FindingAction) -> None:
        """Stop waiting, stop checking, or forget a finished action."""
        key = (subject, action)
        state = self._states.get(key)
        if state is None or state.phase is finding_action.Phase.LEFT:
            return
        if (
            state.phase is finding_action.Phase.WAITING
        ):  # the task continues: the server can't be notified
            self._set(replace(state, phase=finding_action.Phase.LEFT))
            return
        call_off = self._call_offs.pop(key, None)
        if call_off is not None:
            call_off()
        del self._states[key]
        self._report(state)

    # -- inside --

    async def _do(
        self, subject: Subject, action: finding_action.FindingAction
    ) -> finding_action.ActionState:
        """Send the request, and return its final state."""
        scan = self._scan(subject, action)
        if scan is None:
            raise errors.NotVisible(errors.Reason.FINDING_NOT_WATCHED)
        link = self._link_of_scan(scan.id, FEATURES[action])
        try:
            return await self._done(link, subject, action)
        except errors.RouteMissing:
            self._not_offered.add((scan.server, action))
            raise errors.RouteMissing(errors.Reason.NOT_OFFERED, feature=FEATURES[action]) from None
        except errors.RequestRefused as error:
            raise await self._refusal(link, subject, action, error) from None
        except errors.ServerFault as error:
            raise _fault(action, link, error) from None

    async def _done(
        self, link: ServerSession, subject: Subject, action: finding_action.FindingAction
    ) -> finding_action.ActionState:
        api, begun = link.api, self._states[subject, action]
        if action is finding_action.FindingAction.ALL_ISSUES:
            return await self._all_issues(link, begun)
        finding_id = FindingId(subject)
        before = frozenset(event.id for event in await api.finding_events(finding_id))
        try:
            done = await self._asked(link, finding_id, begun)
        except MAY_BE_DONE as lost:
            if isinstance(lost, errors.ServerFault) and (
                action in finding_action.AI_ACTIONS or isinstance(lost, errors.ServerLacking)
            ):
                raise  # a model that fails or is missing changes nothing
            done = await self._looked_for(link, begun, before, lost)
        if action is finding_action.FindingAction.FIX:
            return await self._followed(link, done, before)
        return done

    async def _all_issues(
        self, link: ServerSession, begun: finding_action.ActionState
    ) -> finding_action.ActionState:
        """Make issues of all open findings; if the answer is lost, check each finding for one."""
        scan_id, titles = ScanId(begun.subject), dict[str, list[FindingId]]()
        scan = self._store.scan(scan_id)
        for row in () if scan is None else scan.findings.values():
            if row.status is FindingStatus.OPEN:
                titles.setdefault(row.title, []).append(row.id)
        try:
            return replace(begun, made=await link.api.create_all_issues(scan_id))
        except MAY_BE_DONE as lost:
            looking = replace(
                begun, phase=finding_action.Phase.LOOKING, at=self._now(), error=lost.kept()
            )
            self._set(looking)
            seen = await issues_seen(link, titles, self._pause)
            if seen.is_whole:
                return replace(begun, made=seen)
            self._set(replace(looking, made=seen if titles else None))
            raise errors.OutcomeUnknown(errors.Reason.ISSUES_UNSURE, error=lost) from None

    async def _asked(
        self, link: ServerSession, finding_id: FindingId, begun: finding_action.ActionState
    ) -> finding_action.ActionState:
        """Send the request of an action, and return the state from its answer."""
        api = link.api
        match begun.action:
            case finding_action.FindingAction.EXPLAIN:
                return replace(begun, details=await api.explain(finding_id))
            case finding_action.FindingAction.VERIFY:
                return replace(begun, details=await api.verify(finding_id))
            case finding_action.FindingAction.ISSUE:
                made = await api.create_issue(finding_id)
                return replace(begun, made=made, page=made.page)
            case finding_action.FindingAction.FIX:
                return replace(begun, fix_id=await api.remediate(finding_id))
            case _:
                try:
                    await api.apply_patch(finding_id)
                except errors.NotVisible:
                    await api.finding(finding_id)  # raises if the finding itself is gone
                    raise errors.NotVisible(errors.Reason.NO_PATCH_THERE) from None
                return begun

    async def _looked_for(
        self,
        link: ServerSession,
        begun: finding_action.ActionState,
        before: frozenset[str],
        lost: errors.HeimdallError,
    ) -> finding_action.ActionState:
        """Check the audit for the result of an action whose answer was lost (T-55)."""
        action, key = begun.action, (begun.subject, begun.action)
        if action is finding_action.FindingAction.ISSUE and isinstance(lost, errors.OutcomeUnknown):
            self._lost[key] = self._lost.get(key, 0) + 1
        self._set(
            replace(begun, phase=finding_action.Phase.LOOKING, at=self._now(), error=lost.kept())
        )
        looks_s = MODEL_LOOKS_S if action in finding_action.AI_ACTIONS else LOOKS_S
        find = partial(finding_action.new_entry, before=before, event_types=(action.value,))
        event = await self._entry(link, begun.subject, find, looks_s)
        is_mark = action is finding_action.FindingAction.MARK_APPLIED
        if event is None and is_mark and await self._is_marked(link, FindingId(begun.subject)):
            return begun
        if event is None:
            is_issue = action is finding_action.FindingAction.ISSUE
            raise errors.OutcomeUnknown(
                errors.Reason.ISSUE_UNSURE if is_issue else errors.Reason.ACTION_UNSURE, error=lost
            )
        if action is finding_action.FindingAction.ISSUE:
            made = finding_action.IssueMade(is_new=True, page=finding_action.page_of(event))
            return replace(begun, made=made, page=made.page)
        if action is finding_action.FindingAction.FIX:
            return replace(begun, fix_id=event.new_value or "")
        return replace(begun, details=event.details if action in finding_action.AI_ACTIONS else ())

    async def _is_marked(self, link: ServerSession, finding_id: FindingId) -> bool:
        """Return whether the newest patch of a finding is marked as applied, logged or not."""
        finding = self._store.finding(finding_id)
        try:
            listed = () if finding is None else await link.api.patches(finding.scan_id)
        except errors.HeimdallError:
            return False
        newest = (
            next(iter(finding_action.patches_to_show(finding, listed)), None) if finding else None
        )
        return newest is not None and newest.is_applied

    async def _followed(
        self, link: ServerSession, begun: finding_action.ActionState, before: frozenset[str]
    ) -> finding_action.ActionState:
        """Follow a fix request to its end by the audit (T-80)."""
        self._set(replace(begun, phase=finding_action.Phase.FOLLOWED, at=self._now()))
        find = partial(finding_action.end_of_fix, before=before, fix_id=begun.fix_id)
        event = await self._entry(link, begun.subject, find, (0.0, *FIX_LOOKS_S))
        if event is None:
            raise errors.OutcomeUnknown(errors.Reason.FIX_UNSURE)
        if event.event_type == finding_action.FIX_FAILED:
            reported = dict(event.details).get("error", ())
            raise errors.RequestRefused(
                errors.Reason.FIX_FAILED, answer=reported[0] if reported else ""
            )
        return replace(begun, page=finding_action.page_of(event))

    async def _entry(
        self,
        link: ServerSession,
        subject: Subject,
        find: Callable[[Sequence[FindingEvent]], FindingEvent | None],
        looks_s: Sequence[float],
    ) -> FindingEvent | None:
        """Read the audit until an entry is found; return None if the last check finds none."""
        for wait_s in looks_s:
            await self._pause(wait_s)
            try:
                events = await link.api.finding_events(FindingId(subject))
            except errors.HeimdallError:
                continue  # a server that restarts may yet answer
            event = find(events)
            if event is not None:
                return event
        return None

    async def _refusal(
        self,
        link: ServerSession,
        subject: Subject,
        action: finding_action.FindingAction,
        error: errors.RequestRefused,
    ) -> errors.HeimdallError:
        """Return the meaning of a refusal: an issue may have been made all the same (T-78)."""
        if action is finding_action.FindingAction.MARK_APPLIED and error.status == 409:
            return errors.RequestRefused(errors.Reason.PATCH_MARKED)
        if error.reason is errors.Reason.FIX_FAILED or action in (
            *finding_action.AI_ACTIONS,
            finding_action.FindingAction.MARK_APPLIED,
        ):
            return error
        scan, place = self._scan(subject, action), None
        try:
            if scan is not None and scan.repo_id is not None:
                place = await link.api.code_host(scan.repo_id)
        except errors.HeimdallError:
            pass  # the refusal is all that is known
        if action is finding_action.FindingAction.FIX:
            if place is not None and not place.takes_fixes:
                return errors.RequestRefused(errors.Reason.REPO_TAKES_NO_FIXES)
            return error
        if place is not None and not place.takes_issues:
            return errors.RequestRefused(errors.Reason.REPO_TAKES_NO_ISSUES)
        is_one = action is finding_action.FindingAction.ISSUE
        return errors.OutcomeUnknown(
            errors.Reason.ISSUE_UNSURE if is_one else errors.Reason.ISSUES_UNSURE, error=error
        )

    def _end(self, key: _Key, answer: finding_action.ActionState | errors.HeimdallError) -> None:
        self._call_offs.pop(key, None)
        state = self._states.get(key)
        if state is None:
            return
        at = self._now()
        if isinstance(answer, errors.HeimdallError):
            phase = (
                finding_action.Phase.UNKNOWN
                if isinstance(answer, errors.OutcomeUnknown)
                else finding_action.Phase.FAILED
            )
            self._set(replace(state, phase=phase, at=at, error=answer.kept()))
        else:
            self._lost.pop(key, None)
            self._set(replace(answer, phase=finding_action.Phase.DONE, at=at, error=None))
        settled = [known for known, each in self._states.items() if not each.is_under_way]
        for known in settled[:-KEPT_LIMIT]:
            del self._states[known]

    def _set(self, state: finding_action.ActionState) -> None:
        key = (state.subject, state.action)
        self._states.pop(key, None)  # the newest is the last
        self._states[key] = state
        self._report(state)

    def _report(self, state: finding_action.ActionState) -> None:
        scan = self._scan(state.subject, state.action)
        if scan is not None:
            self._store.note([ActionMoved(scan.id, state.subject)])

    def _scan(self, subject: Subject, action: finding_action.FindingAction) -> Scan | None:
        if action is finding_action.FindingAction.ALL_ISSUES:
            return self._store.scan(ScanId(subject))
        finding = self._store.finding(FindingId(subject))
        return None if finding is None else self._store.scan(finding.scan_id)


def _fault(
    action: finding_action.FindingAction, link: ServerSession, error: errors.ServerFault
) -> errors.HeimdallError:
    """Return the meaning of a server failure: no model (503), or one that failed (502)."""
    host = host_name(link.url)
    if isinstance(error, errors.ServerLacking) and link.is_embedded:
        return errors.ServerLacking(errors.Reason.NO_AI_EMBEDDED)
    if isinstance(error, errors.ServerLacking):
        return errors.ServerLacking(errors.Reason.NO_AI_MODEL, host=host)
    if action in finding_action.AI_ACTIONS and error.status == 502:
        return errors.ServerFault(errors.Reason.AI_FAILED, host=host, answer=error.fields["answer"])
    return error
