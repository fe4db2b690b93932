"""Changes that are sent to a server once, and read back if no response shows their result.

Such a change is never sent again, and never reported as failed before a check. If the check shows
nothing either, the caller learns that the result is unknown. Source: protocol.md T-24, T-55.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Literal, TypeVar

from msgspec import Struct

from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import Finding, FindingId, RepoId, ScanId, one_line
from heimdall_desktop.domain.facts.finding_action import FindingAction, IssuesSeen
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.services.envelope import cut_text

CHECKS = 2  # checks of a result: at once, and when the server may be done with it
CHECK_AGAIN_S = 1.0
ISSUES_AGAIN_S = 10.0  # a code host may take some seconds for each issue
ISSUES_QUIET = 2  # checks in a row that find nothing new: the server has stopped creating issues

Id = TypeVar("Id", bound=str)
Listing = Callable[[], Awaitable[frozenset[Id]]]
MAY_BE_DONE = (errors.OutcomeUnknown, errors.ServerFault, errors.WireError)
"""Responses to a change that may have succeeded anyway: a 500 also comes for a queued scan, or for
a change that was made but not logged (protocol.md 4.6, 4.9)."""


class Changed(Struct, frozen=True):
    """A change of a finding that was made.

    Attributes:
        former: the server's word that it had before; None if the server does not report it.
        row: the finding as it was read afterwards; None if it could not be read.
        is_logged: its history has an entry, as far as is known; False if the server has reported
            a failure, since value and entry are two statements there.
    """

    former: str | None
    row: Finding | None
    is_logged: bool


async def cancel_scan(link: ServerSession, scan_id: ScanId) -> None:
    """Cancel a scan on a server, and return if the scan no longer runs.

    Raises:
        ServerUnreachable: it was not cancelled.
        OutcomeUnknown: the server does not say.
        ServerError: as `HeimdallApi.cancel`.
    """
    try:
        await link.api.cancel(scan_id)
    except errors.OutcomeUnknown as lost:
        for number in range(CHECKS):
            await asyncio.sleep(CHECK_AGAIN_S * number)
            try:
                read = await link.api.scan(scan_id)
            except errors.HeimdallError:
                raise errors.OutcomeUnknown(errors.Reason.CANCEL_UNSURE, error=lost) from None
            if read.status in TERMINAL_STATUSES:
                return
        raise errors.ServerUnreachable(errors.Reason.NOT_CANCELLED, error=lost) from None


async def start_scan(link: ServerSession, repo_id: RepoId) -> ScanId:
    """Start a scan of a repository, and return it.

    Raises:
        ServerUnreachable: it was not started.
        OutcomeUnknown: the server does not say whether it was started.
        ServerError: as `HeimdallApi.trigger_scan`.
    """

    async def listed() -> frozenset[ScanId]:
        return frozenset((await link.pages.repo(repo_id, 1)).scans)

    before = await _listed(listed)
    try:
        return (await link.api.trigger_scan(repo_id)).scan_id
    except errors.ServerLacking:
        raise
    except MAY_BE_DONE as error:
        unsure = errors.OutcomeUnknown(errors.Reason.SCAN_UNSURE, error=error)
        missing = errors.ServerUnreachable(errors.Reason.SCAN_NOT_STARTED, error=error)
        made = await _made_since(listed, before, unsure, missing)
        if len(made) > 1:
            raise errors.OutcomeUnknown(
                errors.Reason.SCAN_AMONG_OTHERS, error=error, count=len(made)
            ) from None
        return min(made)


async def create_repo(link: ServerSession, name: str, remote_url: str) -> RepoId:
    """Add a repository, and return it. A second one of the same name does no harm.

    Raises:
        ServerUnreachable: it was not added.
        OutcomeUnknown: the server does not say whether it was added.
        ServerError: as `HeimdallApi.create_repo`.
    """

    async def listed() -> frozenset[RepoId]:
        return frozenset((await link.pages.repos(1)).repos)

    async def is_ours(repo_id: RepoId) -> bool:
        return (await link.api.found_repo(repo_id)).name == one_line(name)

    before = await _listed(listed)
    try:
        return await link.api.create_repo(name, remote_url)
    except MAY_BE_DONE as error:
        unsure = errors.OutcomeUnknown(errors.Reason.REPO_UNSURE, error=error)
        missing = errors.ServerUnreachable(errors.Reason.REPO_NOT_ADDED, error=error)
        return min(await _made_since(listed, before, unsure, missing, is_ours))


async def change_finding(
    link: ServerSession,
    finding_id: FindingId,
    field: Field,
    value: str,
    read: Callable[[], Awaitable[Finding]],
) -> Changed:
    """Set a value of a finding, and read it back.

    A failure that the server reports is checked as well: the value and its entry in the history
    are two statements there (protocol.md 4.6).

    Raises:
        ServerFault: it was not changed.
        OutcomeUnknown: the server does not say whether it was changed.
        ServerError: as `HeimdallApi.set_value`; it was not changed.
    """
    try:
        what: Literal["status", "severity"] = "status" if field is Field.STATUS else "severity"
        former = await link.api.set_value(finding_id, what, value)
    except MAY_BE_DONE as error:
        is_lost = isinstance(error, errors.OutcomeUnknown)  # a failure is reported at the end
        for number in range(CHECKS if is_lost else 1):
            await asyncio.sleep(CHECK_AGAIN_S * number)
            try:
                row = await read()
            except errors.NotVisible:
                raise
            except errors.HeimdallError:
                raise errors.OutcomeUnknown(errors.Reason.CHANGE_UNSURE, error=error) from None
            if field.of(row) == value:
                return Changed(None, row, is_logged=not isinstance(error, errors.ServerFault))
        raise errors.ServerFault(errors.Reason.NOT_CHANGED, error=error) from None
    try:
        return Changed(former, await read(), is_logged=True)
    except errors.HeimdallError:
        return Changed(former, None, is_logged=True)


async def add_comment(link: ServerSession, finding_id: FindingId, text: str) -> None:
    """Add a comment to a finding, and return if it is saved.

    Raises:
        ServerFault: it was not added.
        OutcomeUnknown: the server does not say whether it was added.
        ServerError: as `HeimdallApi.comment`.
    """
    kept = cut_text(text.replace("\0", ""))  # as it is sent (T-76), and as its entry is read

    async def listed() -> frozenset[str]:
        events = await link.api.finding_events(finding_id)
        said = (each for each in events if (each.event_type, each.comment) == ("comment", kept))
        return frozenset(each.id for each in said)

    before = await _listed(listed)
    try:
        await link.api.comment(finding_id, text)
    except MAY_BE_DONE as error:
        unsure = errors.OutcomeUnknown(errors.Reason.ENTRY_UNSURE, error=error)
        missing = errors.ServerFault(errors.Reason.ENTRY_MISSING, error=error)
        await _made_since(listed, before, unsure, missing)


async def issues_seen(
    link: ServerSession,
    titles: Mapping[str, Sequence[FindingId]],
    pause: Callable[[float], Awaitable[None]],
) -> IssuesSeen:
    """Return which findings have an issue, checking for as long as more are found.

    The server makes one issue for each title, and may not report it with each of its findings.
    """
    is_seen: dict[str, bool | None] = dict.fromkeys(titles)  # None: no history could be read yet
    quiet = -1  # the result of the first check is always news
    for wait_s in chain((0.0,), repeat(ISSUES_AGAIN_S)):
        await pause(wait_s)
        former = dict(is_seen)
        try:
            for title in [title for title in titles if not is_seen[title]]:
                now = await _has_issue(link, titles[title])
                is_seen[title] = is_seen[title] if now is None else now
        except (errors.ServerUnreachable, errors.ServerBusy, errors.SignedOut):
            pass  # the next finding would get no response either
        quiet = quiet + 1 if is_seen == former else 0
        if all(is_seen.values()) or quiet == ISSUES_QUIET:
            break
    counts = {title: len(findings) for title, findings in titles.items()}
    return IssuesSeen(
        found=sum(counts[title] for title in titles if is_seen[title]),
        without=tuple((title, counts[title]) for title in titles if is_seen[title] is False),
        unread=sum(counts[title] for title in titles if is_seen[title] is None),
    )


async def _has_issue(link: ServerSession, finding_ids: Iterable[FindingId]) -> bool | None:
    """Return whether the history of any of some findings has an issue; None if one is unreadable.

    Raises:
        ServerUnreachable, ServerBusy, SignedOut: the server does not answer.
    """
    is_read = True
    for finding_id in finding_ids:
        try:
            events = await link.api.finding_events(finding_id)
        except (errors.ServerUnreachable, errors.ServerBusy, errors.SignedOut):
            raise
        except errors.HeimdallError:
            is_read = False
            continue
        if any(event.event_type == FindingAction.ISSUE.value for event in events):
            return True
    return False if is_read else None


async def _made_since(
    listed: Listing[Id],
    before: frozenset[Id] | None,
    unsure: errors.HeimdallError,
    missing: errors.HeimdallError,
    is_ours: Callable[[Id], Awaitable[bool]] | None = None,
) -> frozenset[Id]:
    """Return what a list has that it had not before; `is_ours` leaves out what others have made.

    A page that is empty where it was not before may come from a failing database (T-70). Raises
    `unsure` if the server does not show the list, and `missing` if nothing was added.
    """
    if before is None:
        raise unsure from None
    made: frozenset[Id] = frozenset()
    for number in range(CHECKS):
        await asyncio.sleep(CHECK_AGAIN_S * number)
        now = await _listed(listed)
        if now is None or (before and not now):
            raise unsure from None
        if made := now - before:
            break
    try:
        made = made if is_ours is None else frozenset([e for e in made if await is_ours(e)])
    except errors.HeimdallError:
        raise unsure from None
    if not made:
        raise missing from None
    return made


async def _listed(listed: Listing[Id]) -> frozenset[Id] | None:
    """Return a list; an empty one is read twice: it may come from a failing database (T-70)."""
    try:
        return await listed() or await listed()
    except errors.HeimdallError:
        return None
