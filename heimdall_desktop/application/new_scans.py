"""Watches new scans by themselves: looks at the start page now and then for live ones.

What somebody has stopped watching is never taken up again. It rests while nobody is signed in or
the server cannot be reached, which the scans on the board tell loudly enough.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable

from heimdall_desktop.application.accounts import Accounts
from heimdall_desktop.application.discovery import Discovery
from heimdall_desktop.application.link import ServerLink
from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.domain.facts.end_readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.errors import HeimdallError, PageUnreadable, SignedOut
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import ScanRead

EVERY_S = 30.0
ENDS_SURE = 2  # times a scan was over, for one may come back at once (heimdall-api.md T-26, T-36)


class NewScans:
    """Looks every 30 s while it is switched on.

    Args:
        discovery: reads the start page.
        accounts: knows the server in use.
        tasks: the door for tasks.
        is_known: whether a scan is watched, or was until somebody stopped it.
        watch: begins to watch a scan.
        every_s: how long it rests between two looks.

    Attributes:
        on_problem: told once when the page is not as expected; it is tried on.
    """

    def __init__(
        self,
        discovery: Discovery,
        accounts: Accounts,
        tasks: Tasks,
        *,
        is_known: Callable[[ScanId], bool],
        watch: Callable[[ServerLink, ScanId], object],
        every_s: float = EVERY_S,
    ) -> None:
        self._discovery, self._accounts, self._tasks = discovery, accounts, tasks
        self._is_known, self._watch = is_known, watch
        self._every_s = every_s
        self._looking: asyncio.Task[None] | None = None
        self._ends: Counter[ScanId] = Counter()
        self._refused: ServerLink | None = None
        self._is_told = False
        self.on_problem: Callable[[HeimdallError], None] = lambda _error: None

    def switch(self, *, is_on: bool) -> None:
        """Begin, at once, or end."""
        if is_on and self._looking is None:
            self._looking = self._tasks.spawn(self._look_again_and_again(), name="new scans")
        elif not is_on and self._looking is not None:
            self._looking.cancel()
            self._looking = None

    def resume(self) -> None:
        """Somebody has signed in: look at once, if it is switched on."""
        self._refused = None
        if self._looking is not None:
            self.switch(is_on=False)
            self.switch(is_on=True)

    async def look(self) -> None:
        """Look once, if anybody is signed in."""
        link = self._accounts.in_use
        if link is None or not link.is_signed_in or link is self._refused:
            return
        try:
            reads = await self._discovery.newest_unknown(link, self._is_no_news)
        except SignedOut:
            self._refused = link
        except PageUnreadable as error:
            if not self._is_told:
                self._is_told = True
                self.on_problem(error)
        except HeimdallError:
            return  # the watches tell of it, and the next look comes by itself
        else:
            self._is_told = False
            self._take_up(link, reads)

    async def aclose(self) -> None:
        """End looking, and wait for it."""
        looking = self._looking
        self.switch(is_on=False)
        if looking is not None:
            await asyncio.wait([looking])

    def _take_up(self, link: ServerLink, reads: Iterable[ScanRead]) -> None:
        for read in reads:
            if read.status in TERMINAL_STATUSES:
                self._ends[read.scan_id] += 1
            elif not self._is_known(read.scan_id):
                self._watch(link, read.scan_id)

    def _is_no_news(self, scan_id: ScanId) -> bool:
        return self._ends[scan_id] >= ENDS_SURE or self._is_known(scan_id)

    async def _look_again_and_again(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(self._every_s)
