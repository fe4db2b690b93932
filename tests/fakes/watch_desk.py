"""A desk with watches on a real server, and a clock that can be turned forward."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.application.watching.watches import Watches
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import server_url
from tests.fakes.hand_server import SCAN_ID, HandServer, hand_server
from tests.fakes.waiting import until
from tests.lab.server import LabServer

MANY_STEPS = 1000
STILL_S = 0.02  # an answer of a server on this machine takes less
SLICES = 5  # of it: where this process had to wait for a processor, only one of them is lost


class WatchDesk:
    """Store, watches and a link; `until` waits for the store to say what is hoped for.

    Sign in with the token given; an empty one will do for servers that do not look at it.
    """

    def __init__(self, url: str, token: str, store: Store | None = None) -> None:
        self.errors: list[BaseException] = []
        self.changes: list[Change] = []
        self.store = Store() if store is None else store
        self.tasks = Tasks(lambda _name, error: self.errors.append(error))
        self.turned_s = 0.0
        self._began_s = time.monotonic()
        self.watches = Watches(
            self.store, self.tasks, clock=self.clock, now=self.now, random=Random(1)
        )
        self.link = ServerSession(server_url(url), self.clock)
        self.link.use_token(token, "analyst@example.test")
        self._news = asyncio.Event()
        self.store.on_pending = self._news.set

    def clock(self) -> float:
        return time.monotonic() + self.turned_s

    @property
    def passed_s(self) -> float:
        """What has passed on this desk's clock since it was made, by itself and by turning."""
        return self.clock() - self._began_s

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.turned_s)

    def turn(self, seconds: float) -> None:
        self.turned_s += seconds
        self.watches.pulse()

    def watch(self, scan_id: str) -> Scan:
        scan = Scan(ScanId(scan_id), self.link.url)
        self.watches.start(scan, self.link)
        return scan

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds, looking at each change of the store."""
        await until(holds, news=self._news, before=self._take_news)

    async def pass_until(self, holds: Callable[[], bool], step_s: float = 1.0) -> None:
        """Let a second pass, or `step_s`, whenever nothing happens, until something holds."""
        for _ in range(MANY_STEPS):
            if self._holds_now(holds):
                return
            if await self._is_still():
                self.turn(step_s)
        raise AssertionError("nothing came of it")

    async def be_still(self) -> None:
        """Wait until nothing happens, so that what was asked last has reached the server."""
        while not await self._is_still():
            self._take_news()

    async def _is_still(self) -> bool:
        for _ in range(SLICES):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(STILL_S / SLICES):
                    await self._news.wait()
            if self._news.is_set():
                return False
        return True

    def _holds_now(self, holds: Callable[[], bool]) -> bool:
        """Whether something holds, once all changes are taken that may have brought it about."""
        self._take_news()
        return holds()

    def _take_news(self) -> None:
        self._news.clear()
        self.changes += self.store.drain()

    async def aclose(self) -> None:
        await self.watches.aclose()
        await self.tasks.aclose()
        await self.link.aclose()
        assert self.errors == []


class HandDesk(WatchDesk):
    """A desk on a server whose every answer is set by hand."""

    def __init__(self, hand: HandServer, store: Store | None = None) -> None:
        super().__init__(hand.url, "token", store)
        self.hand = hand

    async def rested_scan(self) -> Scan:
        """Watch the scan until it is live and listed once, and let the pauses after that pass."""
        scan = self.watch(SCAN_ID)
        await rested(self, scan)
        return scan

    async def ended_scan(self) -> Scan:
        """Watch the scan until its end has settled."""
        scan = self.watch(SCAN_ID)
        await self.pass_until(lambda: connection(scan) is Connection.ENDED)
        return scan


class LabDesk(WatchDesk):
    """A desk on the lab server, whose scans a test scripts."""

    def __init__(self, server: LabServer) -> None:
        super().__init__(server.url, server.new_session(EMAIL))
        self.server = server


def connection(scan: Scan) -> Connection | None:
    return None if scan.connection is None else scan.connection.connection


def outcome(scan: Scan) -> Outcome:
    return scan.outcome


EMAIL = "analyst@example.test"


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    """A good server whose scans are moved by hand."""
    with LabServer() as running:
        running.add_account(EMAIL, "long enough")
        yield running


@pytest.fixture
async def desk(server: LabServer) -> AsyncIterator[LabDesk]:
    """A desk on the good server."""
    made = LabDesk(server)
    yield made
    await made.aclose()


@pytest.fixture
async def hand() -> AsyncIterator[HandServer]:
    """A server with one scan, whose every answer is set by hand."""
    async with hand_server() as made:
        yield made


async def rested(desk: WatchDesk, scan: Scan) -> None:
    """Wait until a scan is live and listed once, and let the pauses after that pass."""
    await desk.until(lambda: connection(scan) is Connection.LIVE and scan.has_listed_once)
    desk.turn(6)
