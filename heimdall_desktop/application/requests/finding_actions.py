"""Requests server actions on findings beyond decisions: each once, with a check for lost answers.

A model may think for minutes and a code host may answer late. So each request is a state that any
window can read, not a call to wait for. To stop waiting ends nothing: the server continues, and its
answer is processed when it comes. Source: protocol.md 4.6, T-24, T-55, T-77 to T-81.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
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
from heimdall_desktop.domain.facts.finding_action import ActionState, FindingAction, Phase
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
_Key = tuple[str, FindingAction]


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
        self._states: dict[_Key, ActionState] = {}
        self._call_offs: dict[_Key, CallOff] = {}
        self._not_offered: set[_Key] = set()
        self._lost: dict[_Key, int] = {}

    def state(self, subject: Subject, action: FindingAction) -> ActionState | None:
        """Return the state of an action; None where it was not requested recently."""
        return self._states.get((subject, action))

    def states(self, subject: Subject) -> tuple[ActionState, ...]:
        """Return all states of a finding, or of a scan, in the order of their requests."""
        mine = (state for state in self._states.values() if state.subject == subject)
        return tuple(sorted(mine, key=lambda state: state.began_at_s))

    def elapsed_s(self, state: ActionState) -> float:
        return self._clock() - state.began_at_s

    def obstacle(self, subject: Subject, action: FindingAction) -> str:
        """Return why an action cannot be requested now; "" if it can."""
        if self._is_read_only():
            return read_only_text()
        scan, state = self._scan((subject, action)), self.state(subject, action)
        return obstacle_text(
            scan,
            action,
            is_not_offered=scan is not None and (scan.server, action) in self._not_offered,
            is_under_way=state is not None and state.is_under_way,
            is_given_up=self._lost.get((subject, action), 0) >= LOST_LIMIT,
        )

    def request(self, subject: Subject, action: FindingAction) -> None:
        """Request an action of a finding, or of a scan for issues of all its findings.

        Nothing happens if there is an obstacle.
        """
        if self.obstacle(subject, action):
            return
        begun = ActionState(subject, action, Phase.WAITING, self._clock())
        self._set(begun)
        self._call_offs[subject, action] = self._tasks.start(
            partial(self._do, begun),
            partial(self._end, (subject, action)),
            name=f"ask a server: {action.name.lower()}",
        )

    def leave(self, subject: Subject, action: FindingAction) -> None:
        """Stop waiting, stop checking, or forget a finished action."""
        key = (subject, action)
        state = self._states.get(key)
        if state is None or state.phase is Phase.LEFT:
            return
        if state.phase is Phase.WAITING:  # the task continues: the server can't be notified
            self._set(replace(state, phase=Phase.LEFT))
            return
        call_off = self._call_offs.pop(key, None)
        if call_off is not None:
            call_off()
        del self._states[key]
        self._report(key)

    # -- inside --

    async def _do(self, begun: ActionState) -> ActionState:
        """Send the request, and return its final state."""
        action, scan = begun.action, self._scan((begun.subject, begun.action))
        if scan is None:
            raise errors.NotVisible(errors.Reason.FINDING_NOT_WATCHED)
        link = self._link_of_scan(scan.id, FEATURES[action])
        try:
            if action is FindingAction.ALL_ISSUES:
                return await self._all_issues(link, scan, begun)
            finding_id = FindingId(begun.subject)
            before = frozenset(event.id for event in await link.api.finding_events(finding_id))
            try:
                done = await self._send(link, finding_id, begun)
            except MAY_BE_DONE as lost:
                if isinstance(lost, errors.ServerFault) and (
                    action in finding_action.AI_ACTIONS or isinstance(lost, errors.ServerLacking)
                ):
                    raise  # a model that fails or is missing changes nothing
                done = await self._check(link, finding_id, begun, before, lost)
            is_fix = action is FindingAction.FIX
            return await self._follow(link, finding_id, done, before) if is_fix else done
        except errors.RouteMissing:
            self._not_offered.add((scan.server, action))
            raise errors.RouteMissing(errors.Reason.NOT_OFFERED, feature=FEATURES[action]) from None
        except errors.RequestRefused as error:
            raise await _refusal(link, scan, action, error) from None
        except errors.ServerFault as error:
            raise _fault(action, link, error) from None

    async def _all_issues(self, link: ServerSession, scan: Scan, begun: ActionState) -> ActionState:
        """Make issues of all open findings; if the answer is lost, check each finding for one."""
        titles = dict[str, list[FindingId]]()
        for row in scan.findings.values():
            if row.status is FindingStatus.OPEN:
                titles.setdefault(row.title, []).append(row.id)
        try:
            return replace(begun, made=await link.api.create_all_issues(scan.id))
        except MAY_BE_DONE as lost:
            looking = replace(begun, phase=Phase.LOOKING, at=self._now(), error=lost.kept())
            self._set(looking)
            seen = await issues_seen(link, titles, self._pause)
            if seen.is_whole:
                return replace(begun, made=seen)
            self._set(replace(looking, made=seen if titles else None))
            raise errors.OutcomeUnknown(errors.Reason.ISSUES_UNSURE, error=lost) from None

    async def _send(
        self, link: ServerSession, finding_id: FindingId, begun: ActionState
    ) -> ActionState:
        """Send the request of an action, and return the state from its answer."""
        api = link.api
        match begun.action:
            case FindingAction.EXPLAIN:
                return replace(begun, details=await api.ask_model(finding_id, "explain"))
            case FindingAction.VERIFY:
                return replace(begun, details=await api.ask_model(finding_id, "verify"))
            case FindingAction.ISSUE:
                made = await api.create_issue(finding_id)
                return replace(begun, made=made, page=made.page)
            case FindingAction.FIX:
                return replace(begun, fix_id=await api.remediate(finding_id))
            case _:
                try:
                    await api.apply_patch(finding_id)
                except errors.NotVisible:
                    await api.finding(finding_id)  # raises if the finding itself is gone
                    raise errors.NotVisible(errors.Reason.NO_PATCH_THERE) from None
                return begun

    async def _check(
        self,
        link: ServerSession,
        finding_id: FindingId,
        begun: ActionState,
        before: frozenset[str],
        lost: errors.HeimdallError,
    ) -> ActionState:
        """Check the audit for the result of an action whose answer was lost (T-55)."""
        action, key = begun.action, (begun.subject, begun.action)
        if action is FindingAction.ISSUE and isinstance(lost, errors.OutcomeUnknown):
            self._lost[key] = self._lost.get(key, 0) + 1
        self._set(replace(begun, phase=Phase.LOOKING, at=self._now(), error=lost.kept()))
        looks_s = MODEL_LOOKS_S if action in finding_action.AI_ACTIONS else LOOKS_S
        find = partial(finding_action.new_entry, before=before, event_types=(action.value,))
        event = await self._entry(link, finding_id, find, looks_s)
        if event is None:
            if action is FindingAction.MARK_APPLIED and await self._is_marked(link, finding_id):
                return begun  # it was marked, but not logged
            is_issue = action is FindingAction.ISSUE
            raise errors.OutcomeUnknown(
                errors.Reason.ISSUE_UNSURE if is_issue else errors.Reason.ACTION_UNSURE, error=lost
            )
        if action is FindingAction.ISSUE:
            made = finding_action.IssueMade(is_new=True, page=finding_action.page_of(event))
            return replace(begun, made=made, page=made.page)
        if action is FindingAction.FIX:
            return replace(begun, fix_id=event.new_value or "")
        return replace(begun, details=event.details if action in finding_action.AI_ACTIONS else ())

    async def _is_marked(self, link: ServerSession, finding_id: FindingId) -> bool:
        """Return whether the newest patch of a finding is marked as applied, logged or not."""
        finding = self._store.finding(finding_id)
        try:
            listed = () if finding is None else await link.api.patches(finding.scan_id)
        except errors.HeimdallError:
            return False
        patches = () if finding is None else finding_action.patches_to_show(finding, listed)
        return bool(patches) and patches[0].is_applied

    async def _follow(
        self, link: ServerSession, finding_id: FindingId, begun: ActionState, before: frozenset[str]
    ) -> ActionState:
        """Follow a fix request to its end by the audit (T-80)."""
        self._set(replace(begun, phase=Phase.FOLLOWED, at=self._now()))
        find = partial(finding_action.end_of_fix, before=before, fix_id=begun.fix_id)
        event = await self._entry(link, finding_id, find, (0.0, *FIX_LOOKS_S))
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
        finding_id: FindingId,
        find: Callable[[Sequence[FindingEvent]], FindingEvent | None],
        looks_s: Sequence[float],
    ) -> FindingEvent | None:
        """Read the audit until an entry is found; return None if the last check finds none."""
        for wait_s in looks_s:
            await self._pause(wait_s)
            try:
                event = find(await link.api.finding_events(finding_id))
            except errors.HeimdallError:
                continue  # a server that restarts may yet answer
            if event is not None:
                return event
        return None

    def _end(self, key: _Key, answer: ActionState | errors.HeimdallError) -> None:
        self._call_offs.pop(key, None)
        state = self._states.get(key)
        if state is None:
            return
        if isinstance(answer, errors.HeimdallError):
            is_unknown = isinstance(answer, errors.OutcomeUnknown)
            phase = Phase.UNKNOWN if is_unknown else Phase.FAILED
            self._set(replace(state, phase=phase, at=self._now(), error=answer.kept()))
        else:
            self._lost.pop(key, None)
            self._set(replace(answer, phase=Phase.DONE, at=self._now(), error=None))
        settled = [known for known, each in self._states.items() if not each.is_under_way]
        for known in settled[:-KEPT_LIMIT]:
            del self._states[known]

    def _set(self, state: ActionState) -> None:
        key = (state.subject, state.action)
        self._states.pop(key, None)  # the newest is the last
        self._states[key] = state
        self._report(key)

    def _report(self, key: _Key) -> None:
        scan = self._scan(key)
        if scan is not None:
            self._store.note([ActionMoved(scan.id, key[0])])

    def _scan(self, key: _Key) -> Scan | None:
        subject, action = key
        if action is FindingAction.ALL_ISSUES:
            return self._store.scan(ScanId(subject))
        finding = self._store.finding(FindingId(subject))
        return None if finding is None else self._store.scan(finding.scan_id)


async def _refusal(
    link: ServerSession, scan: Scan, action: FindingAction, error: errors.RequestRefused
) -> errors.HeimdallError:
    """Return the meaning of a refusal: an issue may have been made all the same (T-78)."""
    if action is FindingAction.MARK_APPLIED and error.status == 409:
        return errors.RequestRefused(errors.Reason.PATCH_MARKED)
    is_final = action in (*finding_action.AI_ACTIONS, FindingAction.MARK_APPLIED)
    if is_final or error.reason is errors.Reason.FIX_FAILED:
        return error
    place = None
    if scan.repo_id is not None:
        with suppress(errors.HeimdallError):  # then the refusal is all that is known
            place = await link.api.code_host(scan.repo_id)
    is_excluded = place is not None and not place.takes(action)
    if action is FindingAction.FIX:
        return errors.RequestRefused(errors.Reason.REPO_TAKES_NO_FIXES) if is_excluded else error
    if is_excluded:
        return errors.RequestRefused(errors.Reason.REPO_TAKES_NO_ISSUES)
    is_one = action is FindingAction.ISSUE
    return errors.OutcomeUnknown(
        errors.Reason.ISSUE_UNSURE if is_one else errors.Reason.ISSUES_UNSURE, error=error
    )


def _fault(
    action: FindingAction, link: ServerSession, error: errors.ServerFault
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
