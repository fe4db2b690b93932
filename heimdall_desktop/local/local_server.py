"""The embedded Heimdall as an object: starts on a free loopback port, and stops.

It follows protocol.md exactly, with these deviations, which its 10 allows:

- `POST /api/repos` accepts a local folder as `remote_url` `file:///absolute/path`;
- a stage that would need an AI provider ends as `skipped`, with an activity row that says why;
- `POST /api/repos/{id}/scan` does not respond with 503 if there is no AI provider;
- the pages of 4.0 are bare lists of links below a bare navigation;
- `/live` of a local folder has an additional `files`, `{"unlooked": 4, "not_taken": 12}`: how many
  files a scanner accepts but did not finish, and how many none accepts.

Every user of the machine and every web page can reach a loopback port, and this server reads files
with the rights of its owner. So there are deviations beyond those of 10:

- a `Host` that is not `127.0.0.1:PORT` or `localhost:PORT` gets 421, a foreign `Origin` 403, before
  anything else (1.1 allows requests from a page of one origin);
- requests without the secret of this run in the header `X-Heimdall-Run-Secret` get 401 in the JSON
  envelope, pages (2.2 E3) and unknown paths (E6) too; only `/health` needs none, and a Bearer
  token is needed as well;
- `POST /api/auth/register` gets 403; the program that started the server provides the account
  (1.3);
- `POST /api/repos` and `POST /api/repos/{id}/scan` get 403 for a local folder that was not
  announced (`announce_folder`), by exactly the address which that returned.

What no local scan and no demo needs is left out; `tests/lab` adds it to this server: cookies and
the CSRF check, registration, the rate limit, forms, `/sarif`, changes to repositories and threat
models, issues and fix requests.

It is generation B of 0. A cancel is final (3.8).

A recording that follows another is a later scan of its repository. The earlier one is in the
database from the start, with what people decided about it. The later one is played like the others:
it shows proposals as soon as its first findings are there, and its recording finds them at once.
"""

import asyncio
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from heimdall_desktop.local import auth
from heimdall_desktop.local.auth import AUTH_ROUTES
from heimdall_desktop.local.broadcaster import KEEPALIVE_S, Broadcaster
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.messages import ERROR_HANDLERS, last_resort
from heimdall_desktop.local.past_scan import write_past_scan
from heimdall_desktop.local.repo_routes import REPO_ROUTES
from heimdall_desktop.local.rows import RepoId, UserId
from heimdall_desktop.local.scan_routes import SCAN_ROUTES
from heimdall_desktop.local.source_tree import AnnouncedFolders
from heimdall_desktop.local.steps import ReplayClock, recording
from heimdall_desktop.local.worker import ScanWorker, Worker

DATABASE_NAME = "heimdall.sqlite3"
START_TIMEOUT_S = 10.0
IDLE_CONNECTION_S = 5
"""Idle connections are closed after this time. Source: protocol.md 1.1."""
COLLEAGUE = "colleague@localhost.test"
TURNS_TO_CONNECT = 3
"""The number of loop turns asyncio takes from accepting a connection to notifying its protocol."""
_NO_HASH = ":"
"""In place of the hash of a password; no password fits."""


class EmbeddedServer:
    """A Heimdall in its own thread, used as a context manager.

    All public methods may be called from any thread while the server runs. Broadcaster and worker
    belong to its loop.

    Args:
        folder: contains its database file; a temporary folder if omitted.
        port: 0 for any free one.
        speed: how much faster than recorded a recording is replayed.
        secret: of this run, as `auth.secret_check` requires it.

    Attributes:
        path: of the database file.
    """

    database_class: type[Database] = Database
    protocol: type[H11Protocol] = H11Protocol
    keepalive_s = KEEPALIVE_S

    def __init__(
        self, folder: Path | None = None, *, port: int = 0, speed: float = 1.0, secret: str
    ) -> None:
        self._folder = folder
        self._port = port
        self._speed = speed
        self._secret = secret
        self._thread = threading.Thread(target=self._run, name="heimdall-server", daemon=True)
        self._started: Future[None] = Future()
        self._folders: AnnouncedFolders | None = AnnouncedFolders()
        self.broadcaster = Broadcaster()

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            folder = self._folder or Path(
                opened.enter_context(tempfile.TemporaryDirectory(prefix="heimdall-local-"))
            )
            folder.mkdir(parents=True, exist_ok=True)
            self.path = folder / DATABASE_NAME
            self.database = self.database_class(self.path)
            opened.callback(self.database.close)
            self._socket = loopback_socket(self._port)
            opened.callback(self._socket.close)
            self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
            self._thread.start()
            self._started.result(START_TIMEOUT_S)
            self._cleanup = opened.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.should_exit = True
        self._thread.join()
        self._cleanup.close()

    def add_account(self, email: str, password: str) -> UserId:
        """Create an account, or set the password of the one with this address."""
        password_hash = auth.hash_password(password)
        with self.database.transaction():
            user = self.database.user_by_email(email)
            if user is None:
                return self.database.add_user(email, password_hash).id
            self.database.set_password_hash(user.id, password_hash)
            return user.id

    def announce_folder(self, address: str) -> str:
        """Allow a local folder to be scanned, and return the address for creating its repository.

        Raises:
            ValueError: it is not the address of a folder.
        """
        return self._folders.announce(address) if self._folders else address

    def add_recording_repo(self, name: str, owner: str) -> RepoId:
        """Return the repository whose scans replay a recording; create it if needed.

        If the recording follows another, that is an earlier scan of the repository.

        Args:
            name: of the recording.
            owner: e-mail address of an account.

        Raises:
            LookupError: there is no such account, or no such recording.
        """
        recorded = recording(name)
        user = self.database.user_by_email(owner)
        if user is None:
            raise LookupError(f"no account {owner}")
        repo_id = self._repo(user.id, recorded.repository, f"recording:{name}")
        if recorded.follows and not self.database.scans_of_repo(repo_id):
            earlier, people = recording(recorded.follows), (user.id, self.add_colleague())
            write_past_scan(self.path, repo_id, earlier, people, recorded.decided)
        return repo_id

    def add_colleague(self) -> UserId:
        """Return the account of another person; no password fits it."""
        found = self.database.user_by_email(COLLEAGUE)
        return (found or self.database.add_user(COLLEAGUE, _NO_HASH)).id

    def add_recordings(self, names: Sequence[str], owner: str) -> list[dict[str, str]]:
        """Add the repositories of recordings; errors as `add_recording_repo`.

        Returns:
            Of each its name and repository, and the id of the scan if that has ended already,
            because another one of them follows it.
        """
        added: list[dict[str, str]] = []
        for name in names:
            later = next((each for each in names if recording(each).follows == name), None)
            repo_id = self.add_recording_repo(later or name, owner)
            ended = {"scan_id": self.database.scans_of_repo(repo_id)[-1].id} if later else {}
            added.append({"name": name, "repo_id": repo_id, **ended})
        return added

    def _repo(self, user_id: UserId, name: str, remote_url: str) -> RepoId:
        for repo in self.database.repos_of(user_id):
            if (repo.name, repo.remote_url) == (name, remote_url):
                return repo.id
        return self.database.add_repo(user_id, name, remote_url).id

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if not self._started.done():
                self._started.set_exception(error)
            raise

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        worker = self._new_worker()
        app = Starlette(
            routes=self._routes(), middleware=self._middleware(), exception_handlers=ERROR_HANDLERS
        )
        app.router.redirect_slashes = False  # contract E6: a trailing slash is another path
        app.state.database = self.database
        app.state.broadcaster = self.broadcaster
        app.state.worker = worker
        app.state.folders = self._folders
        app.state.keepalive_s = self.keepalive_s
        self._listener = Listener(
            self._guarded(app), self.protocol, self._started, self._end_streams
        )
        for scan in self.database.live_scans():
            worker.enqueue(scan.id)
        try:
            await self._listener.serve([self._socket])
        finally:
            await worker.aclose()

    def _new_worker(self) -> ScanWorker:
        return Worker(self.database, self.broadcaster, pace=ReplayClock(self._speed))

    def _routes(self) -> Sequence[Route]:
        return (*AUTH_ROUTES, *SCAN_ROUTES, *REPO_ROUTES)

    def _middleware(self) -> Sequence[Middleware]:
        return (Middleware(last_resort), Middleware(auth.session_check, database=self.database))

    def _guarded(self, app: ASGIApp) -> ASGIApp:
        """Return the application behind the checks that come before everything."""
        port = self._socket.getsockname()[1]
        return auth.own_address_check(auth.secret_check(app, self._secret), port)

    def _end_streams(self) -> None:
        self.broadcaster.close_all()


class Listener(uvicorn.Server):
    """Reports when it listens, and ends all streams before it waits for them to end.

    Only failures are logged. Source of the settings: architecture.md "uvicorn".

    Args:
        app: handles the requests.
        protocol: handles the connections.
        started: gets its result when connections are accepted.
        end_streams: makes every open stream end soon.
    """

    def __init__(
        self,
        app: ASGIApp,
        protocol: type[H11Protocol],
        started: Future[None],
        end_streams: Callable[[], None],
    ) -> None:
        config = uvicorn.Config(
            app,
            http=protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=IDLE_CONNECTION_S,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._listens = started
        self._end_streams = end_streams

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listens.set_result(None)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._end_streams()
        await stop_accepting(self.servers)  # uvicorn closes only those that it knows by then
        await super().shutdown(sockets)


async def stop_accepting(servers: Iterable[asyncio.Server]) -> None:
    """Accept no more connections; when this returns, pending ones have arrived.

    `Server.close` leaves the socket of a pending one open.
    """
    loop = asyncio.get_running_loop()
    if sys.platform != "win32":
        for server in servers:
            for listening in server.sockets:
                loop.remove_reader(listening.fileno())
    for _ in range(TURNS_TO_CONNECT):
        await asyncio.sleep(0)


def loopback_socket(port: int) -> socket.socket:
    """Bind a socket on 127.0.0.1.

    It names its protocol, because asyncio turns Nagle's algorithm off only if it is set: otherwise
    each response on a kept-alive connection takes 40 ms more.
    """
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":  # otherwise another program could listen there as well
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", port))
    except OSError:
        bound.close()
        raise
    return bound
