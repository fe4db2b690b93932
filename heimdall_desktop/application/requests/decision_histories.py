"""Reads the histories of decided findings of earlier scans, slowly: who decided, when and why.

One request for each finding, in turn with the histories that are read for reasons: `Reasons` keeps
the pace, and what was read. Source: protocol.md 4.6, T-50.
"""

import logging
from collections.abc import Callable

from heimdall_desktop.application.base.tasks import RequestTasks
from heimdall_desktop.application.requests.reasons import Reasons
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.board.source_text import Feature, lacks

log = logging.getLogger("heimdall.proposals")

AGAIN_S = 60.0  # a server that did not answer is asked no sooner


class DecisionHistories:
    """Reads the histories that are wanted.

    Attributes:
        next_unread: returns the finding that is read next, and its scan; None for nothing.
    """

    def __init__(
        self, accounts: Accounts, reasons: Reasons, tasks: RequestTasks, clock: Callable[[], float]
    ) -> None:
        self._accounts, self._reasons = accounts, reasons
        self._tasks, self._clock = tasks, clock
        self._silent_until_s: dict[ServerUrl, float] = {}
        self._is_working = False
        self.next_unread: Callable[[], tuple[Scan, Finding] | None] = lambda: None

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
                try:
                    events = await self._reasons.history(link, row.id)
                except errors.ABSENT:
                    self._reasons.learn(row, None, scan)
                except errors.HeimdallError as error:
                    log.info("couldn't read the history of a decision: %s", error)
                    self._silent_until_s[scan.server] = self._clock() + AGAIN_S
                else:
                    self._reasons.learn(row, events, scan)
        finally:
            self._is_working = False
