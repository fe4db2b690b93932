"""Requests to the servers of watched scans: read more of them, cancel, scan again."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Answer, Reply, RequestTasks
from heimdall_desktop.application.requests.read_back import add_comment, cancel_scan, start_scan
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.finding_action import Patch
from heimdall_desktop.domain.facts.observation import CancelAnswer, CancelAsked, FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import is_about
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, ThreatModel
from heimdall_desktop.presentation.board.source_text import Feature, lacks

if TYPE_CHECKING:  # widgets import this module, and need no history for that
    from heimdall_desktop.application.memory.history_loader import HistoryLoader


class ScanRequests:
    """The window's requests about scans and findings, sent to the server they are on.

    Args:
        again: Refreshes a scan at once.
        watch_new: Watches a scan that was started here.
        is_read_only: Whether nothing may be changed on a server.
        require_room: Raises `TooManyScans` if a started scan could not be watched.

    Attributes:
        on_threat_model: Receives each threat model that was read, to be kept.
        on_events: Receives each history that was read, with the row as it was before.
    """

    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        tasks: RequestTasks,
        earlier: "HistoryLoader",
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        again: Callable[[ScanId], None],
        watch_new: Callable[[ServerSession, ScanId], None],
        is_read_only: Callable[[], bool],
        require_room: Callable[[], None],
    ) -> None:
        self._store, self._accounts, self._tasks = store, accounts, tasks
        self._earlier, self._clock, self._now = earlier, clock, now
        self._again, self._watch_new, self._require_room = again, watch_new, require_room
        self._is_read_only = is_read_only
        self.on_threat_model: Callable[[KeptThreatModel], None] = lambda _kept: None
        self.on_events: Callable[[Finding, tuple[FindingEvent, ...]], None] = lambda *_read: None

    def request_events(
        self, finding_id: FindingId, on_answer: Reply[tuple[FindingEvent, ...]]
    ) -> None:
        """Read the server's audit entries of a finding, oldest first."""

        async def read() -> tuple[FindingEvent, ...]:
            link = self._link_of_finding(finding_id, Feature.DETAILS)
            row = self._store.finding(finding_id)
            events = await link.finding_events(finding_id)
            if row is not None:
                self.on_events(row, events)
            return events

        self._tasks.start(read, on_answer, name="read the history of a finding")

    def request_comment(self, finding_id: FindingId, text: str, on_answer: Answer) -> None:
        """Add a comment to a finding; an empty one is refused."""

        async def add() -> None:
            self._require_writing()
            if not text.strip():
                raise errors.RequestRefused(errors.Reason.COMMENT_EMPTY)
            link = self._link_of_finding(finding_id, Feature.TRIAGE)
            await add_comment(link, finding_id, text)

        self._tasks.start(add, on_answer, name="add a comment")

    def request_texts(self, finding_id: FindingId) -> None:
        """Read a finding whose long texts were not kept; it arrives as any change does.

        Its texts are kept while it is open.
        """

        async def read() -> None:
            link, asked_at_s = self._link_of_finding(finding_id, Feature.DETAILS), self._clock()
            row = await link.api.finding(finding_id)
            known = self._store.finding(finding_id)
            if known is not None and is_about(row.scan_id, known.scan_id):
                self._store.room.opened.append(finding_id)
                row = replace(row, scan_id=known.scan_id)
                self._store.observe(FindingsListed(known.scan_id, asked_at_s, (row,)))

        self._tasks.start(read, lambda _error: None, name="read the texts of a finding")

    def request_patches(self, scan_id: ScanId, on_answer: Reply[tuple[Patch, ...]]) -> None:
        """Read the patches the server made for the findings of a scan, newest first."""

        async def read() -> tuple[Patch, ...]:
            return await self.link_of_scan(scan_id, Feature.PATCHES).api.patches(scan_id)

        self._tasks.start(read, on_answer, name="read the patches of a scan")

    def request_threat_model(
        self, scan_id: ScanId, on_answer: Reply[ThreatModel | KeptThreatModel]
    ) -> None:
        """Read the threat model of a scan, or the kept one while the server cannot be reached.

        The answer is `NotVisible` while none is stored.
        """

        async def read() -> ThreatModel | KeptThreatModel:
            try:
                link = self.link_of_scan(scan_id, Feature.THREAT_MODEL)
                model = await link.api.threat_model(scan_id)
            except errors.NotVisible:
                raise
            except errors.HeimdallError as error:
                kept = await self._earlier.threat_model(scan_id)
                if kept is None:
                    raise
                return replace(kept, error=error)
            self.on_threat_model(KeptThreatModel(model, self._now()))
            return model

        self._tasks.start(read, on_answer, name="read a threat model")

    def request_cancel(self, scan_id: ScanId, on_answer: Answer) -> None:
        """Cancel a scan, and refresh it, whatever the response is (T-36, T-58).

        It is refused if the scan has ended, or is between two attempts; the board offers it again.
        """

        async def cancel() -> None:
            self._require_writing()
            link, answer = self.link_of_scan(scan_id, Feature.CANCEL), CancelAnswer.UNKNOWN
            self._store.observe(CancelAsked(scan_id, self._clock(), CancelAnswer.AWAITED))
            try:
                await cancel_scan(link, scan_id)
                answer = CancelAnswer.DONE
            except errors.RequestRefused:
                answer = CancelAnswer.REFUSED
                raise
            finally:
                self._store.observe(CancelAsked(scan_id, self._clock(), answer))
                self._again(scan_id)

        self._tasks.start(cancel, on_answer, name="cancel a scan")

    def request_repo_scan(self, repo_id: RepoId, on_answer: Answer) -> None:
        """Start a scan of a repository of the server in use, and watch it."""

        async def start() -> None:
            await self._start_on(self._accounts.require_in_use(), repo_id)

        self._tasks.start(start, on_answer, name="start a scan")

    def request_rescan(self, scan_id: ScanId, on_answer: Answer) -> None:
        """Start another scan of the repository of a watched scan, and watch it."""

        async def start() -> None:
            scan = self._store.scan(scan_id)
            link = None if scan is None else self._accounts.known(scan.server)
            if scan is None or link is None or scan.repo_id is None:
                raise errors.NotVisible(errors.Reason.REPO_UNKNOWN)
            refuse_missing(scan, Feature.RESCAN)
            await self._start_on(link, scan.repo_id)

        self._tasks.start(start, on_answer, name="scan again")

    async def with_texts(self, finding: Finding) -> Finding:
        """Return a finding with its long texts, read again if they were not kept.

        Raises:
            HeimdallError: it cannot be read.
        """
        row = await self._link_of_finding(finding.id, Feature.DETAILS).api.finding(finding.id)
        return replace(
            finding,
            description=row.description,
            code_snippet=row.code_snippet,
            suggested_patch=row.suggested_patch,
            fix_summary=row.fix_summary,
            references=row.references,
            manifest=row.manifest,
            proof=row.proof,
            agent_reasoning=row.agent_reasoning,
            is_cut=False,
        )

    def _require_writing(self) -> None:
        if self._is_read_only():
            raise errors.RequestRefused(errors.Reason.READ_ONLY)

    async def _start_on(self, link: ServerSession, repo_id: RepoId) -> None:
        self._require_writing()
        self._require_room()  # a started scan must be watched
        self._watch_new(link, await start_scan(link, repo_id))

    def link_of_scan(self, scan_id: ScanId, feature: Feature) -> ServerSession:
        """Return the server of a scan, to use a feature there; sends nothing.

        Raises:
            RouteMissing: it is known not to offer that.
            NotVisible, ServerUnreachable: the scan or the server is not ours.
        """
        scan = self._store.scan(scan_id)
        if scan is None:
            raise errors.NotVisible(errors.Reason.SCAN_NOT_WATCHED)
        refuse_missing(scan, feature)
        return require_link(self._accounts, scan)

    def _link_of_finding(self, finding_id: FindingId, feature: Feature) -> ServerSession:
        finding = self._store.finding(finding_id)
        if finding is None:
            raise errors.NotVisible(errors.Reason.FINDING_NOT_WATCHED)
        return self.link_of_scan(finding.scan_id, feature)


def refuse_missing(scan: Scan, feature: Feature) -> None:
    """Raise `RouteMissing` if the server of a scan is known not to offer a feature."""
    if lacks(scan, feature):
        raise errors.RouteMissing(errors.Reason.NOT_OFFERED, feature=feature)


def require_link(accounts: Accounts, scan: Scan) -> ServerSession:
    """Return the server of a scan, or raise `ServerUnreachable` if it is not ours."""
    link = accounts.known(scan.server)
    if link is None:
        raise errors.ServerUnreachable(errors.Reason.NO_LINK, server=scan.server)
    return link
