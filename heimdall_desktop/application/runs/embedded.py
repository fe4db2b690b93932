"""The embedded server in use: started on first use, signed in to, given scans."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.requests.read_back import create_repo, start_scan
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts.errors import HeimdallError, LocalServerError, Reason
from heimdall_desktop.domain.facts.finding import RepoId, ScanId, one_line
from heimdall_desktop.services import local_process

RETRY_DELAY_S = 5.0  # of recorded time: LONGEST_RETRY_DELAY_S of local/worker.py, as a test checks
RETRY_MARGIN_S = 2.0  # for the new attempt to start and to be read
RECORDINGS = ("ordinary", "retried", "modelled", "quiet", "hostile", "cancelled", "edited")


class Embedded:
    """Owns the process of the embedded server and our account on it.

    Args:
        speed: how many times faster than recorded the demo plays.
        on_death: called with the reason if the process ends unexpectedly.
        mask: removes secrets from what the server sends.

    Attributes:
        folders: the scanned folders, by their repositories on the server.
    """

    def __init__(
        self,
        tasks: Tasks,
        *,
        speed: float,
        clock: Callable[[], float],
        on_death: Callable[[HeimdallError], None],
        start: Callable[
            [local_process.LocalServerOrder], Awaitable[local_process.LocalServer]
        ] = local_process.start_local_server,
        mask: Callable[[bytes], bytes] = bytes,
    ) -> None:
        self._tasks = tasks
        self._mask = mask
        self._speed = speed
        self._clock = clock
        self._on_death = on_death
        self._start_process = start
        self._starting = asyncio.Lock()
        self._server: local_process.LocalServer | None = None
        self._link: ServerSession | None = None
        self.folders: dict[RepoId, Path] = {}

    async def link(self) -> ServerSession:
        """Return the signed-in link; start the server if necessary.

        Raises:
            LocalServerError: the server did not start.
            ServerError: it started but refuses our sign-in.
        """
        async with self._starting:
            if self._link is not None:
                return self._link
            server = await self._start_process(
                local_process.LocalServerOrder(RECORDINGS, self._speed)
            )
            self._server = server
            self._tasks.spawn(server.watch(partial(self._die, server)), name="embedded server")
            link = ServerSession(
                server.url, self._clock, embedded_secret=server.secret, mask=self._mask
            )
            link.retry_limit_s = RETRY_DELAY_S / self._speed + RETRY_MARGIN_S
            try:
                session = await link.api.login(server.account, server.password)
            except BaseException:
                self._server = None
                await link.aclose()
                await server.aclose()
                raise
            link.use_token(session.token, session.account)
            if not server.is_running:
                raise LocalServerError(Reason.LOCAL_ENDED_AT_ONCE)
            self._link = link
            return link

    async def scan_folder(self, folder: Path) -> ScanId:
        """Start a scan of a local folder, given by its absolute path.

        Raises:
            LocalServerError: a scanner is missing; or as of `link`.
            ServerError: as of `link`.
        """
        local_process.require_scanners()
        link = await self.link()
        server = self._running()
        name = one_line(folder.name or str(folder))
        repo_id = await create_repo(link, name, await server.announce(folder))
        self.folders[repo_id] = folder
        return await start_scan(link, repo_id)

    async def play_recordings(self) -> list[ScanId]:
        """Start the recorded scans, and return all in the order of `RECORDINGS`; errors as `link`.

        One of them ended days ago: it is only returned.
        """
        link = await self.link()
        recordings = self._running().recordings
        return [each.scan_id or await start_scan(link, each.repo_id) for each in recordings]

    async def aclose(self) -> None:
        """End the process; the link belongs to its caller."""
        if self._server is not None:
            await self._server.aclose()

    def _running(self) -> local_process.LocalServer:
        if self._server is None:
            raise LocalServerError(Reason.LOCAL_ENDED_AT_ONCE)
        return self._server

    def _die(self, server: local_process.LocalServer, error: HeimdallError) -> None:
        """Forget a process that ended unexpectedly; the next request starts another."""
        if self._server is server:
            if self._link is not None:
                self._link.has_ended = True
            self._server = self._link = None
        self._on_death(error)
