"""One method for each endpoint of the server.

Each answer carries the time of its request, so that of two answers the one requested later wins.
Besides the listed errors, every method raises ServerUnreachable, SignedOut, WrongServer,
ServerBusy, ServerFault, RequestRefused and WireError. Methods about a scan, a finding or a
repository raise NotVisible if it does not exist or belongs to another account. Methods that change
something also raise OutcomeUnknown if the answer is lost. Source: protocol.md 1.3, 4, T-55.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from msgspec.structs import replace

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import (
    Details,
    Finding,
    FindingEvent,
    FindingId,
    FindingStatus,
    RepoId,
    ScanId,
)
from heimdall_desktop.domain.facts.finding_action import CodeHost, IssueMade, IssueSums, Patch
from heimdall_desktop.domain.facts.observation import FoundRepo, LiveRead, RepoRead, ScanRead
from heimdall_desktop.domain.facts.server import id_on_server, is_about
from heimdall_desktop.domain.facts.threat_model import ThreatModel
from heimdall_desktop.services import action_rows, finding_rows, wire
from heimdall_desktop.services.envelope import bounded, in_slices, whole_rows
from heimdall_desktop.services.finding_rows import FindingsPage
from heimdall_desktop.services.transport.clients import Clients, Method, Request
from heimdall_desktop.services.wire import Session

PAGE_SIZE = 100  # the most a server gives at once (protocol.md T-6)
PAGE_PATIENCE_S = 3.0  # pages are many and large: in a queue, polls have priority
SHORT_BYTES = 1 << 20  # of a scan, a repository or a session; the server's have some thousand
ALL_BYTES = 32 << 20  # of a first page: 20,000 findings, if a server sends all of them with it
PAGE_BYTES = 16 << 20  # of any other page, and of a scan, whose reason may have any length
MEDIUM_BYTES = 8 << 20  # of answers that grow with the scan or come from a model, without pages
LONG_TIMEOUT_S = 180.0  # of requests that change something, which are never retried (T-24)
DECISION_TIMEOUT_S = 45.0  # of a request that writes two rows: a 500 may take 30 s (2.2, E13)
DECISION_ALONE_S = 10.0  # maximum wait for running reads: the later request is dropped (T-55)


class HeimdallApi:
    """The requests to one server, at `url`, with the token of its clients."""

    def __init__(self, clients: Clients, clock: Callable[[], float]) -> None:
        self.url = clients.url
        self._clients = clients
        self._clock = clock

    @property
    def free_places(self) -> int:
        """How many more requests the server may receive at once now (T-54)."""
        return self._clients.free_places

    async def scan(self, scan_id: ScanId) -> ScanRead:
        asked_at_s = self._clock()
        read = wire.scan_read(await self._get(_of_scan(scan_id), PAGE_BYTES), asked_at_s)
        if not is_about(read.scan_id, scan_id):
            raise errors.WireError(errors.Reason.OTHER_SCAN)
        return replace(read, scan_id=scan_id)

    async def repo(self, scan_id: ScanId, repo_id: RepoId) -> RepoRead:
        return wire.repo_read(await self._get(f"/api/repos/{repo_id}"), scan_id)

    async def found_repo(self, repo_id: RepoId) -> FoundRepo:
        return wire.found_repo(await self._get(f"/api/repos/{repo_id}"), repo_id)

    async def live(self, scan_id: ScanId) -> LiveRead:
        asked_at_s = self._clock()
        body = await self._get(_of_scan(scan_id, "/live"), PAGE_BYTES)
        return wire.live_read(body, scan_id, asked_at_s)

    async def findings_page(
        self, scan_id: ScanId, page: int, per_page: int = PAGE_SIZE
    ) -> FindingsPage:
        """Read one page, from 1 on, of all findings of a scan, unfiltered (T-5)."""
        params = {"page": page, "per_page": per_page}
        path = _of_scan(scan_id, "/findings")
        limit_bytes = ALL_BYTES if page == 1 else PAGE_BYTES
        request = Request(path, params=params, limit_bytes=limit_bytes, patience_s=PAGE_PATIENCE_S)
        body, is_cut = await self._clients.ask_rows(request)
        if is_cut:
            body = await in_slices(whole_rows(body))
        body = await in_slices(bounded(body))
        listed = await in_slices(finding_rows.findings_page(body, scan_id))
        if not is_cut:
            return listed
        return replace(listed, per_page=per_page, bad_rows=listed.bad_rows + 1, is_cut=True)

    async def findings_total(self, scan_id: ScanId, status: FindingStatus) -> int | None:
        """Return how many findings of a scan have a status; a hint, never a proof (T-5).

        None if the server does not send it.
        """
        params = {"status": status.value, "page": 1, "per_page": 1}
        path = _of_scan(scan_id, "/findings")
        body = await self._ask(Request(path, params=params, limit_bytes=PAGE_BYTES))
        return (await in_slices(finding_rows.findings_page(body, scan_id))).total

    async def finding(self, finding_id: FindingId) -> Finding:
        """Read one finding; it names its scan as the server does."""
        read = finding_rows.finding(await self._get(_of_finding(finding_id), MEDIUM_BYTES))
        if not is_about(read.id, finding_id):
            raise errors.WireError(errors.Reason.OTHER_FINDING)
        return read

    async def finding_events(self, finding_id: FindingId) -> tuple[FindingEvent, ...]:
        """Read the history of a finding, oldest first."""
        body = await self._get(_of_finding(finding_id, "/events"), MEDIUM_BYTES)
        return await in_slices(finding_rows.finding_events(body, finding_id))

    async def set_value(
        self, finding_id: FindingId, what: Literal["status", "severity"], value: str
    ) -> str | None:
        """Set a value of a finding; return the previous one, None if the answer lacks it.

        Raises:
            RequestRefused: the server does not know the value.
        """
        body = await self._decide(finding_id, "PATCH", what, {what: value})
        return finding_rows.former_value(body)

    async def comment(self, finding_id: FindingId, text: str) -> FindingEvent:
        """Add a comment to a finding; leave out characters that no server accepts (T-76).

        Raises:
            RequestRefused: the comment is too long.
        """
        said = {"comment": text.replace("\0", "")}
        body = await self._decide(finding_id, "POST", "comment", said)
        return finding_rows.finding_event(body, finding_id)

    async def apply_patch(self, finding_id: FindingId) -> None:
        """Mark the newest patch of a finding as applied; this cannot be undone.

        Raises:
            NotVisible: no patch, or no such finding: request the finding itself (T-81).
            RequestRefused: the newest patch is already marked.
        """
        await self._decide(finding_id, "POST", "apply-patch")

    async def patches(self, scan_id: ScanId) -> tuple[Patch, ...]:
        """Read the patches of all findings of a scan, newest first."""
        path = _of_scan(scan_id, "/patches")
        body = await self._ask(Request(path, limit_bytes=ALL_BYTES))
        return await in_slices(finding_rows.patches(body))

    async def ask_model(self, finding_id: FindingId, what: Literal["explain", "verify"]) -> Details:
        """Let a model explain a finding, or judge whether it is real; changes nothing.

        It takes tens of seconds, and the history keeps the answer.

        Raises:
            ServerLacking: no AI provider is set up there.
            ServerFault: the model failed.
        """
        return action_rows.model_answer(await self._post(_of_finding(finding_id, f"/{what}")))

    async def create_issue(self, finding_id: FindingId) -> IssueMade:
        """Create an issue for a finding at the code host of its repository.

        Raises:
            RequestRefused: the repository accepts none, the host failed, or the issue was created
                but not stored (T-78).
        """
        return action_rows.issue_made(await self._post(_of_finding(finding_id, "/issue")))

    async def create_all_issues(self, scan_id: ScanId) -> IssueSums:
        """Create an issue for each title among the open findings of a scan; raises the same."""
        body = await self._post(_of_scan(scan_id, "/findings/create-all-issues"))
        return action_rows.issue_sums(body)

    async def remediate(self, finding_id: FindingId) -> str:
        """Start a fix request and return its id; the history shows its result (T-80).

        Raises:
            RequestRefused: the repository accepts none.
            ServerLacking: no AI provider is set up there.
        """
        return action_rows.fix_run(await self._post(_of_finding(finding_id, "/remediate")))

    async def code_host(self, repo_id: RepoId) -> CodeHost:
        return action_rows.code_host(await self._get(f"/api/repos/{repo_id}"))

    async def threat_model(self, scan_id: ScanId) -> ThreatModel:
        """Read the threat model of a scan.

        Raises:
            NotVisible: none is stored yet, or the scan belongs to another account.
        """
        body = await self._get(_of_scan(scan_id, "/threat-model"), MEDIUM_BYTES)
        return action_rows.threat_model(body, scan_id)

    async def login(self, email: str, password: str) -> Session:
        """Sign in; never retried automatically (T-47).

        If the answer is lost, the new session cannot be used, so for the user nothing has happened.

        Raises:
            SignedOut: the e-mail or the password is wrong.
            ServerBusy: too many attempts.
        """
        body = {"email": email, "password": password}
        try:
            return wire.session(await self._post("/api/auth/login", body, is_signed=False))
        except errors.OutcomeUnknown as error:
            raise errors.ServerUnreachable(errors.Reason.LOGIN_LOST, error=error) from None
        except errors.SignedOut:
            raise errors.SignedOut(errors.Reason.LOGIN_REFUSED, host=self._clients.host) from None

    async def register(self, email: str, password: str) -> Session:
        """Create an account and sign in to it; the password has eight characters or more.

        Raises:
            RequestRefused: the e-mail is in use, or the e-mail or password is not accepted.
            ServerBusy: too many attempts.
        """
        body = {"email": email, "password": password}
        try:
            return wire.session(await self._post("/api/auth/register", body, is_signed=False))
        except errors.OutcomeUnknown as error:
            raise errors.OutcomeUnknown(errors.Reason.ACCOUNT_UNSURE, error=error) from None

    async def me(self) -> str:
        """Return the e-mail of the token's account. Never on a timer: it counts as a login."""
        email, _ = wire.account(await self._get("/api/auth/me"))
        return email

    async def account_id(self) -> str:
        """Return the id of the token's account; like `me`, never on a timer."""
        _, account_id = wire.account(await self._get("/api/auth/me"))
        return account_id

    async def logout(self) -> None:
        await self._post("/api/auth/logout")

    async def create_repo(self, name: str, remote_url: str) -> RepoId:
        body = {"name": name, "remote_url": remote_url}
        return wire.repo_id(await self._post("/api/repos", body))

    async def trigger_scan(self, repo_id: RepoId) -> ScanRead:
        """Queue a new scan of a repository; never retried automatically (T-24).

        Raises:
            ServerLacking: no AI provider is set up there.
        """
        asked_at_s = self._clock()
        try:
            body = await self._post(f"/api/repos/{repo_id}/scan")
        except errors.ServerLacking:
            raise errors.ServerLacking(
                errors.Reason.NO_AI_PROVIDER, host=self._clients.host
            ) from None
        return wire.scan_read(body, asked_at_s)

    async def cancel(self, scan_id: ScanId) -> None:
        """Request the cancellation of a scan; the scan may still come back (T-36).

        Raises:
            RequestRefused: it has already ended.
        """
        await self._post(_of_scan(scan_id, "/cancel"))

    async def health(self) -> str:
        """Return the server's health status; proves that the server is a Heimdall (T-53).

        Raises:
            WrongServer: the answer is not from a Heimdall.
        """
        request = Request("/health", is_signed=False, limit_bytes=SHORT_BYTES)
        body = await self._clients.ask(request)
        try:
            return wire.health(body)
        except errors.WireError:
            raise errors.WrongServer(
                errors.Reason.HEALTH_UNREADABLE, host=self._clients.host
            ) from None

    async def _decide(
        self,
        finding_id: FindingId,
        method: Method,
        what: str,
        body: Mapping[str, object] | None = None,
    ) -> bytes:
        """Change something of a finding, while the server has no other request of ours.

        Sends JSON and never mentions HTML: else some answers would be pages.
        Source: protocol.md 4.6.
        """
        return await self._ask(
            Request(
                _of_finding(finding_id, f"/{what}"),
                method,
                body=body,
                read_timeout_s=DECISION_TIMEOUT_S,
                limit_bytes=MEDIUM_BYTES,
                alone_s=DECISION_ALONE_S,
            )
        )

    async def _get(self, path: str, limit_bytes: int = SHORT_BYTES) -> bytes:
        return await self._ask(Request(path, limit_bytes=limit_bytes))

    async def _post(
        self, path: str, body: Mapping[str, object] | None = None, *, is_signed: bool = True
    ) -> bytes:
        return await self._ask(
            Request(path, "POST", {}, body, is_signed, LONG_TIMEOUT_S, SHORT_BYTES)
        )

    async def _ask(self, request: Request) -> bytes:
        return await in_slices(bounded(await self._clients.ask(request)))


def _of_scan(scan_id: ScanId, rest: str = "") -> str:
    return f"/api/scans/{id_on_server(scan_id)}{rest}"


def _of_finding(finding_id: FindingId, rest: str = "") -> str:
    return f"/api/findings/{id_on_server(finding_id)}{rest}"
