"""The embedded Heimdall as an object: starts on a free loopback port, and stops.

It follows heimdall-api.md exactly, with these deviations, which its §10 allows:

- `POST /api/repos` accepts a local folder as `remote_url` `file:///absolute/path`;
- a stage that would need an AI provider ends as `skipped`, with an activity row that says why;
- `POST /api/repos/{id}/scan` does not respond with 503 if there is no AI provider;
- the pages of §4.0 are bare lists of links below a bare navigation;
- `/live` of a local folder has an additional `files`, `{"unlooked": 4, "not_taken": 12}`: how many
  files a scanner accepts but did not finish, and how many none accepts.

Every user of the machine and every web page can reach a loopback port, and this server reads files
with the rights of its owner. So there are deviations beyond those of §10:

- a `Host` that is not `127.0.0.1:PORT` or `localhost:PORT` gets 421, a foreign `Origin` 403, before
  anything else (§1.1 allows requests from a page of one origin);
- requests without the secret of this run in the header `X-Heimdall-Run-Secret` get 401 in the JSON
  envelope, pages (§2.2 E3) and unknown paths (E6) too; only `/health` needs none, and a Bearer
  token is needed as well;
- `POST /api/auth/register` gets 403; the program that started the server provides the account
  (§1.3);
- `POST /api/repos` and `POST /api/repos/{id}/scan` get 403 for a local folder that was not
  announced (`announce_folder`), by exactly the address which that returned.

A server without a secret is a laboratory, as tests start it (`tests/lab/server.py`). It requires no
secret, accepts accounts, scans any folder and allows any port in `Host`, since there may be a proxy
before it; it also refuses other names in `Host` and foreign origins. Any user of the machine can
read through it whatever its owner can read.

It is generation B of §0. Its worker determines which of the real queues it has (§3.8): a cancel is
final, or the scan comes back.
"""

import asyncio
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from heimdall_desktop.local import auth
from heimdall_desktop.local.announced_folders import AnnouncedFolders
from heimdall_desktop.local.auth import AUTH_BURST, TokenBucket
from heimdall_desktop.local.broadcaster import KEEPALIVE_S, Broadcaster
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.gate import OwnAddressCheck, SecretCheck
from heimdall_desktop.local.listener import Listener, loopback_socket
from heimdall_desktop.local.plans import pipeline_worker
from heimdall_desktop.local.recording import recording
from heimdall_desktop.local.routes import application
from heimdall_desktop.local.rows import RepoId, UserId, UserRow
from heimdall_desktop.local.worker import ScanWorker

DATABASE_NAME = "heimdall.sqlite3"
START_TIMEOUT_S = 10.0
T = TypeVar("T")
WorkerFactory = Callable[[Database, Broadcaster], ScanWorker]
Front = Callable[[ASGIApp], ASGIApp]


class EmbeddedServer:
    """A Heimdall in its own thread, used as a context manager.

    All public methods may be called from any thread while the server runs. Broadcaster and worker
    belong to its loop: reach them through `call`.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        port: int = 0,
        speed: float = 1.0,
        keepalive_s: float = KEEPALIVE_S,
        auth_burst: int = AUTH_BURST,
        worker: WorkerFactory | None = None,
        front: Front | None = None,
        protocol: type[H11Protocol] = H11Protocol,
        database: Callable[[Path], Database] = Database,
        secret: str | None = None,
    ) -> None:
        """Configure a server.

        Args:
            folder: contains its database file; a temporary folder if omitted.
            port: 0 for any free one.
            speed: how much faster than recorded a recording is replayed.
            keepalive_s: silence after which a stream gets a comment.
            auth_burst: how many requests to `/api/auth/*` pass in one burst.
            worker: creates the worker that runs the scans; the real pipeline if omitted.
            front: puts a handler before the routes.
            protocol: handles the connections.
            database: opens its database.
            secret: of this run, as `gate.SecretCheck` requires it; None for a laboratory.
        """
        self._folder = folder
        self._port = port
        self._keepalive_s = keepalive_s
        self._auth_burst = auth_burst
        self._worker_factory = worker or partial(pipeline_worker, speed=speed)
        self._thread = threading.Thread(target=self._run, name="heimdall-server", daemon=True)
        self._started: Future[None] = Future()
        self._front = front
        self._protocol = protocol
        self._open_database = database
        self._secret = secret
        self._folders = AnnouncedFolders()
        self.broadcaster = Broadcaster()

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            folder = self._folder or Path(
                opened.enter_context(tempfile.TemporaryDirectory(prefix="heimdall-local-"))
            )
            folder.mkdir(parents=True, exist_ok=True)
            self.database = self._open_database(folder / DATABASE_NAME)
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

    def call(self, function: Callable[[], T]) -> T:
        """Run a function on the server's loop and return its result."""
        if threading.current_thread() is self._thread:
            return function()
        answer: Future[T] = Future()
        self._loop.call_soon_threadsafe(_answer, answer, function)
        return answer.result()

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
        return self._folders.announce(address)

    def add_recording_repo(self, name: str, owner: str) -> RepoId:
        """Return the repository whose scans replay a recording; create it if needed.

        Args:
            name: of the recording.
            owner: e-mail address of an account.

        Raises:
            LookupError: there is no such account, or no such recording.
        """
        repository = recording(name).repository
        return self._repo(self._account(owner).id, repository, f"recording:{name}")

    def _account(self, email: str | None) -> UserRow:
        user = self.database.user_by_email(email) if email else self.database.first_user()
        if user is None:
            raise LookupError(f"no account {email or 'yet'}")
        return user

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

    def _end_streams(self) -> None:
        self.broadcaster.close_all()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        worker = self._worker_factory(self.database, self.broadcaster)
        app = application(
            self.database,
            self.broadcaster,
            worker,
            keepalive_s=self._keepalive_s,
            bucket=TokenBucket(self._auth_burst),
            folders=None if self._secret is None else self._folders,
        )
        front = self._front(app) if self._front else app
        self._listener = Listener(
            self._guarded(front), self._protocol, self._started, self._end_streams
        )
        for scan in self.database.live_scans():
            worker.enqueue(scan.id)
        try:
            await self._listener.serve([self._socket])
        finally:
            await worker.aclose()

    def _guarded(self, app: ASGIApp) -> ASGIApp:
        if self._secret is None:
            return OwnAddressCheck(app, port=None)
        return OwnAddressCheck(SecretCheck(app, self._secret), port=self._socket.getsockname()[1])


def _answer(answer: "Future[T]", function: Callable[[], T]) -> None:
    try:
        answer.set_result(function())
    except BaseException as error:  # noqa: BLE001 - it is passed to the caller
        answer.set_exception(error)
