"""The embedded server with everything that tests need: `python -m tests.lab server`.

It is `heimdall_desktop.local` itself, with the routes that this leaves out (`lab_routes`,
`browser_access`) and a laboratory around it. The scenarios of protocol.md 10 are produced by
scans moved by hand (`script_scan`), by faults before all of it (`faults`), by listings that drift
(`database.shuffle_ties`, `database.moves_rows`), and by `generation`.

Without a secret it accepts accounts, scans any folder and allows any port in `Host`, since there
may be a proxy before it; it also refuses other names in `Host` and foreign origins. Any user of the
machine can read through it whatever its owner can read.
"""

import argparse
import json
import logging
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import FrameType
from typing import NoReturn, TypeVar

from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp

from heimdall_desktop.local import auth
from heimdall_desktop.local.broadcaster import KEEPALIVE_S, Broadcaster
from heimdall_desktop.local.contained import hide_memory
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.local_server import EmbeddedServer
from heimdall_desktop.local.rows import RepoId, RepoRow, ScanId, ScanRow, UserId, UserRow
from heimdall_desktop.local.steps import ReplayClock
from heimdall_desktop.local.worker import ScanWorker
from tests.lab import browser_access
from tests.lab.controls import Controls
from tests.lab.fault_gate import FaultGate, RequestCount
from tests.lab.faults import Faults
from tests.lab.generations import GENERATIONS, PRESENT, Generation, GenerationGate
from tests.lab.generations import generation as known_generation
from tests.lab.lab_database import LabDatabase
from tests.lab.lab_routes import LAB_ROUTES
from tests.lab.scripting import ScriptedScan
from tests.lab.stream_flow import HttpConnection
from tests.lab.workers import LabWorker

WorkerFactory = Callable[[Database, Broadcaster], ScanWorker]
T = TypeVar("T")

A_WHILE_S = 3600.0
"""Signals interrupt a sleep, however long."""

SCRIPTED = "scripted:"
"""The address of repositories whose scans are moved by hand."""

BY_HAND = """\
by hand, to be ended by Ctrl-C or SIGTERM; the manual of the controls is at /test:
  python -m tests.lab server --port 8080
  curl -d '{"email": "me@example.test", "password": "long enough"}' http://127.0.0.1:8080/test/accounts
  curl -d '{"steps": [{"do": "run_until", "stage": "hunt"}]}' http://127.0.0.1:8080/test/scans
  curl http://127.0.0.1:8080/test
"""


@cache
def _hash_of(password: str) -> str:
    """Return the hash of a password, made once: that takes long on purpose."""
    return auth.hash_password(password)


class LabServer(EmbeddedServer):
    """An embedded server that can be scripted, broken and counted.

    Args:
        folder: as for `EmbeddedServer`.
        port: as for `EmbeddedServer`.
        speed: as for `EmbeddedServer`.
        secret: None to require none, to accept accounts and to scan any folder.
        keepalive_s: silence after which a stream gets a comment.
        auth_burst: how many requests to `/api/auth/*` pass in one burst.
        worker: creates the worker that runs the scans; by default the real pipeline, which leaves
            scripted scans alone.
        revives_cancelled: whether a cancelled scan starts again, as with most real ones (3.8).
        generation: which of the servers it is (0); it may change while it runs.
        has_controls: whether it can be scripted over HTTP too, under `/test`.
    """

    database: LabDatabase
    database_class = LabDatabase
    protocol = HttpConnection

    def __init__(
        self,
        folder: Path | None = None,
        *,
        port: int = 0,
        speed: float = 1.0,
        secret: str | None = None,
        keepalive_s: float = KEEPALIVE_S,
        auth_burst: int = browser_access.AUTH_BURST,
        worker: WorkerFactory | None = None,
        revives_cancelled: bool = False,
        generation: Generation = PRESENT,
        has_controls: bool = False,
    ) -> None:
        super().__init__(folder, port=port, speed=speed, secret=secret or "")
        if secret is None:
            self._folders = None
        self.keepalive_s = keepalive_s
        self._auth_burst = auth_burst
        self._worker_factory = worker
        self._revives_cancelled = revives_cancelled
        self.generation = generation
        self._has_controls = has_controls
        self._scripts: dict[ScanId, ScriptedScan] = {}
        self.faults = Faults(self.call)
        """What goes wrong on purpose."""
        self.requests = RequestCount()
        """The requests so far."""

    def call(self, function: Callable[[], T]) -> T:
        """Run a function on the server's loop, from any thread, and return its result."""
        if threading.current_thread() is self._thread:
            return function()
        answer: Future[T] = Future()

        def run() -> None:
            try:
                answer.set_result(function())
            except BaseException as error:  # noqa: BLE001 - it is passed to the caller
                answer.set_exception(error)

        self._loop.call_soon_threadsafe(run)
        return answer.result()

    @property
    def generation(self) -> Generation:
        """Which of the servers it is; requests that have arrived are answered by the old one."""
        return self._generation

    @generation.setter
    def generation(self, name: Generation) -> None:
        self._generation = known_generation(name)

    def refuse_connections(self) -> None:
        """Take no new connection for good, as after SIGTERM; open streams live on (3.7)."""

        def refuse() -> None:
            for listening in self._listener.servers:
                listening.close()

        self.call(refuse)

    def add_account(self, email: str, password: str) -> UserId:
        with self.database.transaction():
            user = self.database.user_by_email(email) or self.database.add_user(email, "")
            self.database.set_password_hash(user.id, _hash_of(password))
            return user.id

    def new_session(
        self, email: str | None = None, lifetime: timedelta = auth.SESSION_LIFETIME
    ) -> str:
        """Open a session of an account, of the first one if none is named; return its token.

        Raises:
            LookupError: there is no such account.
        """
        return auth.new_session(self.database, self._account(email).id, lifetime)

    def expire_sessions(self, email: str) -> None:
        """Expire all tokens of an account now; open streams stay.

        Raises:
            LookupError: there is no such account.
        """
        self.database.expire_sessions(self._account(email).id)

    def script_scan(
        self, repo_name: str, owner: str | None = None, *, is_silent: bool = False
    ) -> ScriptedScan:
        """Make a queued scan that moves only when the caller says so.

        Args:
            repo_name: of a repository of the owner, made if need be.
            owner: e-mail address of an account; the first account if left out.
            is_silent: no event reaches the stream, as if another process ran the scan (3.9).

        Raises:
            LookupError: there is no such account.
        """
        repo_id = self.add_scripted_repo(repo_name, owner)
        scan = self.database.add_scan(repo_id, triggered_by=self._account(owner).id)
        return self._script(scan, Broadcaster() if is_silent else self.broadcaster)

    def add_scripted_repo(self, name: str, owner: str | None = None) -> RepoId:
        """Return a repository whose scans move only when a script says so; create it if needed.

        Raises:
            LookupError: there is no such account.
        """
        return self._repo(self._account(owner).id, name, SCRIPTED)

    def scripted_scan(self, scan_id: ScanId) -> ScriptedScan:
        """Return the script of a scan, a new one for a scan made by the API or before a restart.

        Nothing works on such a scan, as after a crash (3.8): its next stage is ingest.

        Raises:
            LookupError: there is no such scan, or its repository is not one of scripted scans.
        """
        scan = self.database.scan(scan_id)
        repo = self.database.repo(scan.repo_id) if scan else None
        if scan is None or repo is None or not _is_scripted(repo):
            raise LookupError(f"no scripted scan {scan_id}")
        return self._scripts.get(scan_id) or self._script(scan, self.broadcaster)

    def _script(self, scan: ScanRow, broadcaster: Broadcaster) -> ScriptedScan:
        script = ScriptedScan(self.database, broadcaster, scan, self.call)
        found = sorted(self.database.findings_of(scan.id), key=lambda row: row.created_at)
        script.finding_ids += [row.id for row in found]
        return self._scripts.setdefault(scan.id, script)

    def _account(self, email: str | None) -> UserRow:
        user = self.database.user_by_email(email) if email else self.database.first_user()
        if user is None:
            raise LookupError(f"no account {email or 'yet'}")
        return user

    def _new_worker(self) -> ScanWorker:
        if self._worker_factory:
            return self._worker_factory(self.database, self.broadcaster)
        return LabWorker(
            self.database,
            self.broadcaster,
            pace=ReplayClock(self._speed),
            is_left_alone=_is_scripted,
            revives_cancelled=self._revives_cancelled,
        )

    def _routes(self) -> Sequence[Route]:
        return (*browser_access.BROWSER_ROUTES, *LAB_ROUTES, *super()._routes())

    def _middleware(self) -> Sequence[Middleware]:
        last_resort, session_check = super()._middleware()
        bucket = browser_access.TokenBucket(self._auth_burst)
        return (
            Middleware(browser_access.csrf_check),
            last_resort,
            Middleware(browser_access.session_cookie),
            session_check,
            Middleware(browser_access.auth_rate_limit, bucket=bucket),
        )

    def _guarded(self, app: ASGIApp) -> ASGIApp:
        generations = GenerationGate(
            app, self.database, self.broadcaster, self.keepalive_s, lambda: self._generation
        )
        gate: ASGIApp = FaultGate(generations, self.faults, self.requests)
        if self._has_controls:
            gate = Controls(self, gate)
        return super()._guarded(gate) if self._secret else auth.own_address_check(gate, port=None)

    def _end_streams(self) -> None:
        self.faults.clear()
        super()._end_streams()


def _is_scripted(repo: RepoRow) -> bool:
    return repo.remote_url == SCRIPTED


def main(arguments: Sequence[str]) -> NoReturn:
    """Run a server that is scripted over HTTP until a signal ends it."""
    options = _options(arguments)
    hide_memory()
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    logging.basicConfig(level=logging.ERROR, format="heimdall: %(name)s: %(message)s")
    with LabServer(
        options.folder,
        port=options.port,
        speed=options.speed,
        generation=options.generation,
        revives_cancelled=options.revive_cancelled,
        has_controls=True,
    ) as server:
        sys.stdout.write(json.dumps({"url": server.url}) + "\n")
        sys.stdout.flush()
        while True:
            time.sleep(A_WHILE_S)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.lab server",
        description="The embedded Heimdall server without its secret: any local user may make "
        "accounts, scan any folder, and script it under /test.",
        epilog=BY_HAND,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--folder", type=Path, help="where the database is; a temporary folder if left out")
    add("--speed", type=float, default=1.0, help="pace of replayed recordings")
    add("--port", type=int, default=0, help="0 for any free one")
    add("--generation", choices=GENERATIONS, default=PRESENT, help="which of the servers it is")
    add(
        "--revive-cancelled",
        action="store_true",
        help="let a cancelled scan start again, up to three attempts in all",
    )
    return parser.parse_args(arguments)


def leave(_signal: int, _frame: FrameType | None) -> None:
    """End as when stdin ends: everything is closed and removed on the way out, undisturbed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise SystemExit(0)
