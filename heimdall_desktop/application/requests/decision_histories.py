"""Reads the histories of decided findings of earlier scans, slowly: who decided, when and why.

One request for each finding, at most two a second, and only while the server has nothing else of
ours to answer. Source: protocol.md 4.6, T-50.
"""

import asyncio
import logging
from collections.abc import Callable

from heimdall_desktop.application.base.tasks import RequestTasks
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.proposals import DecisionRead, read_decision
from heimdall_desktop.presentation.board.source_text import Feature, lacks

log = logging.getLogger("heimdall.proposals")

GAP_S = 0.5  # between two requests
BUSY_S = 0.1  # between two checks of whether the server has something else to answer
AGAIN_S = 60.0  # a server that did not answer is asked no sooner
KEPT = 100_000  # findings; then all is forgotten and read again


class DecisionHistories:
    """Knows what the histories say that have been read.

    Args:
        gap_s: seconds between two requests.

    Attributes:
        next_unread: returns the finding that is read next, and its scan; None for nothing.
        on_read: called with each finding whose history was read.
    """

    def __init__(
        self,
        accounts: Accounts,
        tasks: RequestTasks,
        clock: Callable[[], float],
        *,
        gap_s: float = GAP_S,
    ) -> None:
        self._accounts, self._tasks, self._clock, self._gap_s = accounts, tasks, clock, gap_s
        self._read: dict[FindingId, DecisionRead] = {}
        self._silent_until_s: dict[ServerUrl, float] = {}
        self._is_working = False
        self.next_unread: Callable[[], tuple[Scan, Finding] | None] = lambda: None
        self.on_read: Callable[[FindingId], None] = lambda _finding_id: None

    def of(self, row: Finding) -> DecisionRead | None:
        """Return what the history of a row says; None if the row has changed since, or unread."""
        read = self._read.get(row.id)
        return read if read is not None and read.row_updated_at == row.updated_at else None

    def can_read(self, scan: Scan) -> bool:
        """Return whether histories of a scan can be read now."""
        link = self._accounts.known(scan.server)
        is_signed_in = link is not None and link.is_signed_in and not link.has_ended
        is_silent = self._clock() < self._silent_until_s.get(scan.server, float("-inf"))
        return is_signed_in and not is_silent and not lacks(scan, Feature.DETAILS)

    def start(self) -> None:
        """Read what is unread, one after the other, unless that is under way."""
        if not self._is_working and self.next_unread() is not None:
            self._is_working = True
            self._tasks.start(self._work, lambda _: None, name="read histories of decisions")

    async def _work(self) -> None:
        try:
            while (wanted := self.next_unread()) is not None:
                scan, row = wanted
                link = self._accounts.known(scan.server)
                if link is None:
                    break
                while not link.api.free_places:  # noqa: ASYNC110 - no event reports them
                    await asyncio.sleep(BUSY_S)
                try:
                    events = await link.finding_events(row.id)
                except errors.ABSENT:
                    events = ()
                except errors.HeimdallError as error:
                    log.info("couldn't read the history of a decision: %s", error)
                    self._silent_until_s[scan.server] = self._clock() + AGAIN_S
                    continue
                if len(self._read) >= KEPT:
                    self._read.clear()
                read = read_decision(row, events, knows_self=bool(link.account_id))
                self._read[row.id] = read
                self.on_read(row.id)
                await asyncio.sleep(self._gap_s)
        finally:
            self._is_working = False
