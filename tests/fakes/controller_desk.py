"""A controller with everything below it, as main puts it together, and answers to wait for."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from heimdall_desktop.application.base.tasks import RequestTasks
from heimdall_desktop.application.discovery.discovery import Discovery
from heimdall_desktop.application.runs.core import Core, Kept
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerState
from heimdall_desktop.services.credentials import CredentialStore, MemoryStore
from heimdall_desktop.services.log import Redaction
from tests.fakes.waiting import WAIT_LIMIT_S, until
from tests.fakes.watch_desk import connection
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker

EMAIL, PASSWORD = "mira@example.test", "long enough"


class ControllerDesk:
    """One run of the program without its window.

    Attributes:
        profile: the folder of its settings and its history.
        server, email: where and as whom it is signed in; set by `signed_in_desk`.
        problems: what belongs to no request.
        remembered: whether these came back with what was told of them.
        on_changes: called with what changed, as the ticker does.
        server_states: how the server in use was heard of, one after the other.
    """

    server: LabServer
    email: str

    def __init__(
        self, profile: Path, keyring: CredentialStore | None = None, *, speed: float = 1000
    ) -> None:
        self.profile = profile
        self.problems: list[HeimdallError] = []
        self.wanted: list[FindingId] = []
        self.restored: list[ScanId] = []
        self.remembered: list[bool] = []
        self.accounts_moved = 0
        self.server_states: list[ServerState | None] = []
        self.defects: list[BaseException] = []
        self.on_changes: Callable[[list[Change]], None] = lambda _changes: None
        kept = Kept(profile, profile, MemoryStore() if keyring is None else keyring)
        self.core = core = Core(
            kept, Redaction(), speed=speed, clock=time.monotonic, now=self.now, random=Random(1)
        )
        core.on_problem = self.problems.append
        core.on_defect = self.defects.append
        core.flush = self._hand_on
        self.store, self.tasks, self.watches = core.store, core.tasks, core.watches
        self.keyring, self.accounts, self.controller = kept.keyring, core.accounts, core.controller
        self.inbox, self.policy, self.earlier = core.inbox, core.policy, core.earlier
        assert core.history is not None
        assert core.history_writer is not None
        self.history, self.history_writer = core.history, core.history_writer
        self.controller.on_finding_wanted = lambda _scan_id, found: self.wanted.append(found)
        self.controller.on_restored = self._note_restored
        self.controller.on_account_moved = self._note_account
        self.controller.on_server_moved = self._note_server
        self._news = asyncio.Event()
        self.store.on_pending = self._news.set

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    def _note_account(self) -> None:
        self.accounts_moved += 1

    def _note_server(self, state: ServerState | None) -> None:
        self.server_states.append(state)
        self._news.set()

    def _note_restored(self, scan_id: ScanId, is_remembered: bool) -> None:
        self.restored.append(scan_id)
        self.remembered.append(is_remembered)

    async def begin(self) -> None:
        """Begin as a program does that finds what an earlier session has left."""
        await self.core.bring_back()
        self.controller.bring_back_rows()
        await self.controller.restore()

    def watch_new_scans(self, *, is_on: bool) -> None:
        self.controller.preferences.change_setting("watches_new", is_on)
        self.controller.polls.start()

    def write_down(self, changes: Iterable[Change]) -> None:
        self.inbox.take(self.policy.take(changes))

    async def answer(self, request: Callable[..., object], *arguments: Any) -> HeimdallError | None:
        """Make a request and return its answer; the callback is its last argument."""
        answers: asyncio.Queue[HeimdallError | None] = asyncio.Queue()
        request(*arguments, answers.put_nowait)
        async with asyncio.timeout(WAIT_LIMIT_S):
            return await answers.get()

    async def sign_in(
        self, url: str, email: str, password: str, *, is_kept: bool = True
    ) -> HeimdallError | None:
        return await self.answer(
            lambda on_answer: self.controller.request_sign_in(
                url, email, password, is_kept=is_kept, on_answer=on_answer
            )
        )

    async def watch(self, text: str) -> HeimdallError | None:
        return await self.answer(self.controller.request_watch, text)

    def quick_discovery(self, clock: Callable[[], float] = time.monotonic) -> Discovery:
        """A discovery that asks again at once for what has failed."""
        return Discovery(
            self.accounts,
            RequestTasks(self.tasks),
            clock=clock,
            now=self.now,
            usual=self.store.times.usual,
            pause=lambda _seconds: asyncio.sleep(0),
        )

    def scan(self, scan_id: str) -> Scan:
        found = self.store.scan(ScanId(scan_id))
        assert found is not None
        return found

    def connections(self) -> list[Connection | None]:
        return [connection(scan) for scan in self.store]

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds, once all changes are handed on that may have brought it."""
        await until(holds, news=self._news, before=self._hand_on)

    def _hand_on(self) -> None:
        changes = self.store.drain()
        self.on_changes(changes)
        self.history_writer.take(changes)

    async def aclose(self) -> None:
        await self.core.aclose()
        assert self.defects == []


@contextmanager
def idle_server(*emails: str) -> Iterator[LabServer]:
    """A server with these accounts, whose scans do nothing but what a test has them do."""
    with LabServer(auth_burst=1_000_000, worker=lambda *_: IdleWorker()) as running:
        for email in emails:
            running.add_account(email, PASSWORD)
        yield running


@asynccontextmanager
async def signed_in_desk(
    running: LabServer, profile: Path, email: str = EMAIL
) -> AsyncIterator[ControllerDesk]:
    """A desk with a session there, and a server that counts from now on what it is asked."""
    made = ControllerDesk(profile)
    made.server, made.email = running, email
    assert await made.sign_in(running.url, email, PASSWORD) is None
    running.requests.reset()
    yield made
    running.faults.clear()
    await made.aclose()


@asynccontextmanager
async def later_session(
    earlier: ControllerDesk, keyring: CredentialStore | None = None
) -> AsyncIterator[ControllerDesk]:
    """End a session, and begin one that finds what it has left."""
    await earlier.aclose()
    later = ControllerDesk(earlier.profile, keyring or earlier.keyring)
    await later.begin()
    try:
        yield later
    finally:
        await later.aclose()


def decide_elsewhere(
    server: LabServer,
    scan: ScriptedScan,
    number: int,
    value: str,
    *,
    comment: str = "",
    by: str = EMAIL,
    what: str = "status",
) -> None:
    """Decide a finding as another program of an account does."""
    account = server.database.user_by_email(by)
    assert account is not None
    finding_id = scan.finding_ids[number]

    def change() -> None:
        row = server.database.finding(finding_id)
        assert row is not None
        old = getattr(row, what)
        server.database.update_finding(finding_id, **{what: value})
        add = server.database.add_finding_event
        add(finding_id, account.id, f"{what}_change", old_value=old, new_value=value)
        if comment:
            add(finding_id, account.id, "comment", comment=comment)

    server.call(change)
