"""Asks for one scan's `/live` when that is due, one request at a time, and for its row when needed.

Where a server has no `/live` the scan itself is polled, and where it has none of both, only now and
then, as the stream tells of the scan. Source: heimdall-api.md 8.1 steps 2 and 3, 13, T-45
(back-off), T-50 (intervals).
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from random import Random

from heimdall_desktop.application.health import Health, Trouble
from heimdall_desktop.application.poll_schedule import (
    ABSENT_S,
    HINT_GAP_S,
    IN_VIEW_S,
    first_interval_s,
    poll_interval_s,
)
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.domain.facts.errors import (
    ABSENT,
    HeimdallError,
    NotVisible,
    ServerBusy,
    ServerError,
    SignedOut,
    WireError,
)
from heimdall_desktop.domain.facts.observation import (
    Observation,
    ScanRead,
    ScanSource,
    SourceSeen,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.services.reconnect import Reconnect

NAME_TRIES = 4  # an end is not believed before the repository's name was tried so often

log = logging.getLogger("heimdall.api")


class Poller:
    """Knows when the next poll is due, and what became of the last one.

    Args:
        health: where it notes whether it is answered.
        now: the wall clock, aware UTC; only compared with the server's own moments.
        on_answer: called after each good poll with the moment it was asked for.
        on_absent: called when neither the snapshot nor the scan is there, with what was answered.
        on_refused: takes an error; says whether that concerns the whole watch.
    """

    def __init__(
        self,
        scan: Scan,
        link: ServerSession,
        health: Health,
        observe: Callable[[Observation], None],
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        random: Random,
        on_answer: Callable[[float], None],
        on_absent: Callable[[HeimdallError], None],
        on_refused: Callable[[HeimdallError], bool],
    ) -> None:
        self._scan = scan
        self._link = link
        self._api = link.api
        self._health = health
        self._observe = observe
        self._clock = clock
        self._now = now
        self._random = random
        self._on_answer = on_answer
        self._on_absent = on_absent
        self._on_refused = on_refused
        self._policy = Reconnect(random)
        self._name_policy = Reconnect(random)
        self._name_at_s = float("-inf")
        self._name_tries = 0
        self._due = asyncio.Event()
        self._next_at_s = clock()
        self._asked_at_s = float("-inf")
        self._row_read_as: tuple[str, int] | None = None
        self._is_in_view = False
        self._has_answered = False
        self._is_live_missing = self._is_repo_missing = self._is_listing_missing = False
        self._live_asked_again_s = float("-inf")

    def poll_at(self, at_s: float) -> None:
        """Poll at a moment, or earlier if that was wished before."""
        self._next_at_s = min(self._next_at_s, at_s)

    def again(self) -> None:
        """Forget the waits and poll now."""
        self._policy.reset()
        self.decide_again()
        self.poll_at(self._clock())

    def decide_again(self) -> None:
        """Find out once more what the server offers: it may be another one by now."""
        self._is_live_missing = self._is_repo_missing = self._is_listing_missing = False
        self._live_asked_again_s = float("-inf")

    def miss_listing(self) -> None:
        """The scan is there, but its listing is not: rows are what the stream announces."""
        self._is_listing_missing = True
        self.poll_at(self._clock())

    def look_at(self, is_in_view: bool) -> None:
        """Ask most often while the scan is in view."""
        if is_in_view and not self._is_in_view:
            self.poll_at(self._asked_at_s + IN_VIEW_S)
        self._is_in_view = is_in_view

    @property
    def owes_name(self) -> bool:
        """Whether the repository's name may yet come: it could not be read a moment ago."""
        may_come = not (self._scan.repo_name or self._is_repo_missing)
        return may_come and 0 < self._name_tries < NAME_TRIES

    def forget_row(self) -> None:
        """Read the scan's own row again at the next poll."""
        self._row_read_as = None

    def tick(self, now_s: float) -> None:
        """Poll if it is time."""
        if now_s >= self._next_at_s:
            self._due.set()

    async def run(self) -> None:
        """Poll until cancelled. A wish that comes during a poll leads to another one."""
        while True:
            await self._due.wait()
            self._due.clear()
            if self._health.is_busy(self._clock()):
                continue  # the stream was told so meanwhile; it stays due
            self._next_at_s = float("inf")
            self._asked_at_s = self._health.asking_since_s = self._clock()
            try:
                await self._poll()
            except (ServerError, WireError) as error:
                self._meet(error)
            finally:
                self._health.asking_since_s = None
            await asyncio.sleep(max(HINT_GAP_S - (self._clock() - self._asked_at_s), 0.0))

    async def _poll(self) -> None:
        asked_at_s = self._clock()
        try:
            read = None if await self._read_live() else await self._api.scan(self._scan.id)
        except ABSENT as error:
            if self._link.has_live:
                raise
            self._policy.reset()
            self.poll_at(self._clock() + ABSENT_S)
            self._on_absent(error)
            return
        self._link.prove()
        self._health.answered_at_s, self._health.polling = self._clock(), None
        self._policy.reset()
        if read is not None:
            source = ScanSource.STREAM if self._is_listing_missing else ScanSource.LISTING
            if self._scan.source is not source:
                log.info("source of scan %s: %s", self._scan.id, source.value)
                self._observe(SourceSeen(self._scan.id, asked_at_s, source))
            await self._take_row(read)
        elif self._row_read_as != (self._scan.status, self._scan.attempt):
            await self._try_row()
        else:
            await self._try_name()
        self._on_answer(asked_at_s)
        next_s = poll_interval_s if self._has_answered else first_interval_s
        self._has_answered = True
        self.poll_at(
            self._clock() + next_s(self._scan, self._is_in_view, self._now(), self._random)
        )

    async def _read_live(self) -> bool:
        """Read the snapshot; return whether the server has one."""
        now_s = self._clock()
        if not self._link.has_live and now_s < self._live_asked_again_s:
            return False
        try:
            live = await self._api.live(self._scan.id)
        except ABSENT:
            if self._link.has_live:
                raise
            # one odd answer is soon outdone; a server that has none is seldom asked
            self._live_asked_again_s = now_s + ABSENT_S if self._is_live_missing else now_s
            self._is_live_missing = True
            return False
        self._is_live_missing = False
        self._link.has_live = True
        self._observe(live)
        return True

    async def _try_row(self) -> None:
        """Read the row; one that cannot be read now is read with the next poll."""
        try:
            await self._read_row()
        except (SignedOut, NotVisible, ServerBusy):
            raise
        except (ServerError, WireError) as error:
            log.info("the row of scan %s not loaded yet: %s", self._scan.id, error)

    async def _read_row(self) -> None:
        """Read the scan's own row: it alone tells of an attempt that began between two polls."""
        await self._take_row(await self._api.scan(self._scan.id))

    async def _take_row(self, read: ScanRead) -> None:
        """Take the scan's own row, and read its repository until that is known."""
        self._observe(read)
        self._row_read_as = read.status, self._scan.attempt
        await self._try_name()

    async def _try_name(self) -> None:
        """Read the repository's name; one that cannot be read now is read with a later poll."""
        repo_id, is_known = self._scan.repo_id, bool(self._scan.repo_name)
        if is_known or self._is_repo_missing or repo_id is None or self._clock() < self._name_at_s:
            return
        self._name_tries += 1
        try:
            self._observe(await self._api.repo(self._scan.id, repo_id))
        except (SignedOut, ServerBusy):
            raise
        except (ServerError, WireError) as error:
            if isinstance(error, ABSENT):
                self._is_repo_missing = self._is_live_missing
            self._name_at_s = self._clock() + self._name_policy.delay_s(0.0)
            log.info("couldn't load the repository of scan %s: %s", self._scan.id, error)

    def _meet(self, error: HeimdallError) -> None:
        if self._on_refused(error):
            return
        next_at_s = self._clock() + self._policy.delay_s(0.0)
        trouble = Trouble(self._asked_at_s, next_at_s, error.kept())
        self._health.polling = trouble.after(self._health.polling)
        self.poll_at(next_at_s)
