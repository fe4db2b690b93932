"""What is asked of the servers of watched scans: to read more of them, to cancel, to scan again.

Where the answer to a change is lost, what came of it is read back before anything is said of it; it
is never sent again by itself. Source: heimdall-api.md T-24, T-55.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from heimdall_desktop.application.accounts import Accounts
from heimdall_desktop.application.earlier import Earlier
from heimdall_desktop.application.link import ServerLink
from heimdall_desktop.application.request_tasks import RequestTasks
from heimdall_desktop.application.requests import (
    Answer,
    EventsAnswer,
    PatchesAnswer,
    ThreatModelAnswer,
)
from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.board.source_words import Feature, lacks
from heimdall_desktop.domain.facts.end_readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    NotVisible,
    OutcomeUnknown,
    RequestRefused,
    RouteMissing,
    ServerFault,
    ServerLacking,
    ServerUnreachable,
    WireError,
)
from heimdall_desktop.domain.facts.finding import FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.observation import CancelAnswer, CancelAsked
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, ThreatModel
from heimdall_desktop.domain.words.wording import tr

LOOKS_BACK = 2  # at what came of a change: at once, and when the server may have got round to it
LOOK_AGAIN_S = 1.0


class ScanRequests:
    """Carries them out, each on the server the scan is on.

    Args:
        store: All watched scans.
        accounts: The servers.
        tasks: The requests under way.
        earlier: What earlier sessions were told.
        clock: Our monotonic clock.
        now: The clock on the wall, in UTC.
        again: Asks anew for a scan.
        watch_new: Watches a scan that was started here.

    Attributes:
        on_threat_model: Given each threat model that was read, to be kept.
    """

    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        tasks: RequestTasks,
        earlier: Earlier,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        again: Callable[[ScanId], None],
        watch_new: Callable[[ServerLink, ScanId], None],
    ) -> None:
        self._store, self._accounts, self._tasks = store, accounts, tasks
        self._earlier, self._clock, self._now = earlier, clock, now
        self._again, self._watch_new = again, watch_new
        self.on_threat_model: Callable[[KeptThreatModel], None] = lambda _kept: None

    def read_events(self, finding_id: FindingId, on_answer: EventsAnswer) -> None:
        """Read the server's audit entries of a finding, oldest first."""

        async def read() -> None:
            link = self._link_of_finding(finding_id, Feature.DETAILS)
            events = await link.api.finding_events(finding_id)
            if any(event.user_id for event in events):
                own = await _own_id(link)
                events = tuple(replace(e, is_own=bool(own) and e.user_id == own) for e in events)
            on_answer(events)

        self._tasks.start(read, _if_failed(on_answer), name="read the history of a finding")

    def read_patches(self, scan_id: ScanId, on_answer: PatchesAnswer) -> None:
        """Read the patches the server made for the findings of a scan, newest first."""

        async def read() -> None:
            on_answer(await self._link_of_scan(scan_id, Feature.PATCHES).api.patches(scan_id))

        self._tasks.start(read, _if_failed(on_answer), name="read the patches of a scan")

    def read_threat_model(self, scan_id: ScanId, on_answer: ThreatModelAnswer) -> None:
        """Read the threat model of a scan, or what was kept of it while the server cannot be asked.

        The answer is `NotVisible` while none is stored.
        """

        async def read() -> None:
            on_answer(await self._threat_model(scan_id))

        self._tasks.start(read, _if_failed(on_answer), name="read a threat model")

    def cancel(self, scan_id: ScanId, on_answer: Answer) -> None:
        """Ask the server to cancel a scan."""
        self._tasks.start(partial(self._cancel, scan_id), on_answer, name="cancel a scan")

    def start(
        self, link_in_use: Callable[[], ServerLink], repo_id: RepoId, on_answer: Answer
    ) -> None:
        """Start a scan of a repository of the server in use, and watch it."""

        async def start() -> None:
            await self._start(link_in_use(), repo_id)

        self._tasks.start(start, on_answer, name="start a scan")

    def start_again(self, scan_id: ScanId, on_answer: Answer) -> None:
        """Start another scan of the repository of a watched scan, and watch it."""
        self._tasks.start(partial(self._start_again, scan_id), on_answer, name="scan again")

    async def _threat_model(self, scan_id: ScanId) -> ThreatModel | KeptThreatModel:
        """Read it; where the server cannot be asked, return what it told last."""
        try:
            link = self._link_of_scan(scan_id, Feature.THREAT_MODEL)
            model = await link.api.threat_model(scan_id)
        except NotVisible:
            raise
        except HeimdallError as error:
            kept = await self._earlier.threat_model(scan_id)
            if kept is None:
                raise
            return replace(kept, trouble=error)
        self.on_threat_model(KeptThreatModel(model, self._now()))
        return model

    async def _cancel(self, scan_id: ScanId) -> None:
        """Cancel a scan, and look what became of it, whatever the answer is (T-36, T-58).

        Raises:
            RequestRefused: it has ended, or is between two attempts; the board offers it again.
        """
        link, answer = self._link_of_scan(scan_id, Feature.CANCEL), CancelAnswer.UNKNOWN
        self._store.observe(CancelAsked(scan_id, self._clock(), CancelAnswer.AWAITED))
        try:
            await self._ask_to_cancel(link, scan_id)
            answer = CancelAnswer.DONE
        except RequestRefused:
            answer = CancelAnswer.REFUSED
            raise
        finally:
            self._store.observe(CancelAsked(scan_id, self._clock(), answer))
            self._again(scan_id)

    async def _ask_to_cancel(self, link: ServerLink, scan_id: ScanId) -> None:
        try:
            await link.api.cancel(scan_id)
        except OutcomeUnknown as error:
            await self._look_for_cancel(link, scan_id, error)

    async def _look_for_cancel(
        self, link: ServerLink, scan_id: ScanId, lost: OutcomeUnknown
    ) -> None:
        """Return if the scan runs no more.

        Raises:
            ServerUnreachable: it was not cancelled.
            OutcomeUnknown: the server does not say.
        """
        for look in range(LOOKS_BACK):
            await asyncio.sleep(LOOK_AGAIN_S * look)
            try:
                read = await link.api.scan(scan_id)
            except HeimdallError:
                remedy = tr("It may be cancelled all the same: look before you cancel it again.")
                raise OutcomeUnknown(lost.cause, remedy) from None
            if read.status in TERMINAL_STATUSES:
                return
        cause = f"{lost.cause} {tr('The scan was not cancelled.')}"
        raise ServerUnreachable(cause, tr("Cancel it again."))

    async def _start_again(self, scan_id: ScanId) -> None:
        scan = self._store.scan(scan_id)
        link = None if scan is None else self._accounts.known(scan.server)
        if scan is None or link is None or scan.repo_id is None:
            raise NotVisible(tr("It is not known whose repository that scan was of."))
        _refuse_missing(scan, Feature.RESCAN)
        await self._start(link, scan.repo_id)

    async def _start(self, link: ServerLink, repo_id: RepoId) -> None:
        """Start a scan once, and watch it.

        A 500, and an answer that cannot be understood, may come of a start that was made as well
        (heimdall-api.md 4.9).

        Raises:
            ServerLacking: no AI provider is set up there.
            ServerUnreachable: it was not started.
            OutcomeUnknown: whether it was started, the server does not say.
        """
        before = await _scans_listed(link, repo_id)
        try:
            scan_id = (await link.api.trigger_scan(repo_id)).scan_id
        except ServerLacking:
            raise
        except (OutcomeUnknown, ServerFault, WireError) as error:
            scan_id = await self._look_for_start(link, repo_id, before, error)
        self._watch_new(link, scan_id)

    async def _look_for_start(
        self,
        link: ServerLink,
        repo_id: RepoId,
        before: frozenset[ScanId] | None,
        lost: HeimdallError,
    ) -> ScanId:
        """Return the scan that was not there before.

        Raises:
            ServerUnreachable: there is none.
            OutcomeUnknown: the server does not say.
        """
        for look in range(LOOKS_BACK):
            await asyncio.sleep(LOOK_AGAIN_S * look)
            listed = None if before is None else await _scans_listed(link, repo_id)
            if before is None or listed is None:
                remedy = tr("It may be started all the same: look before you start another one.")
                raise OutcomeUnknown(lost.cause, remedy)
            if started := listed - before:
                return min(started)
        cause = f"{lost.cause} {tr('No scan was started.')}"
        raise ServerUnreachable(cause, tr("Start it again."))

    def _link_of_scan(self, scan_id: ScanId, feature: Feature) -> ServerLink:
        """Return the server of a scan, to use something there.

        Raises:
            RouteMissing: it is known not to offer that.
            NotVisible, ServerUnreachable: the scan or the server is none of ours.
        """
        scan = self._store.scan(scan_id)
        if scan is None:
            raise NotVisible(tr("This scan is not watched any more."))
        _refuse_missing(scan, feature)
        link = self._accounts.known(scan.server)
        if link is None:
            told = tr("There is no connection to {server}.")
            raise ServerUnreachable(told.format(server=scan.server))
        return link

    def _link_of_finding(self, finding_id: FindingId, feature: Feature) -> ServerLink:
        finding = self._store.finding(finding_id)
        if finding is None:
            raise NotVisible(tr("This finding is not watched any more."))
        return self._link_of_scan(finding.scan_id, feature)


def _refuse_missing(scan: Scan, feature: Feature) -> None:
    """Ask nothing of a server that is known not to offer it.

    Raises:
        RouteMissing: that is so.
    """
    why = lacks(scan, feature)
    if why:
        raise RouteMissing(why)


async def _scans_listed(link: ServerLink, repo_id: RepoId) -> frozenset[ScanId] | None:
    """Return the newest scans of a repository; None where the server does not list them."""
    try:
        return frozenset((await link.pages.repo(repo_id, 1)).scans)
    except HeimdallError:
        return None


def _if_failed(on_answer: Callable[[HeimdallError], None]) -> Answer:
    """Return an answer that hands on trouble only; what was read has been handed over already."""
    return lambda error: None if error is None else on_answer(error)


async def _own_id(link: ServerLink) -> str:
    """Return the id of the account signed in; asked for once a session, "" where it is not told."""
    if link.account_id is None:
        try:
            link.account_id = await link.api.account_id()
        except HeimdallError:
            link.account_id = ""  # entries name the id then, which is true as well
    return link.account_id
