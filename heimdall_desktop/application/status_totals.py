"""Looks at how many findings have each status, one status at a time: triage shows nowhere else.

A finding that gets another status moves no count of `/live` and no timestamp of its scan; only the
totals of filtered listings tell (heimdall-api.md 4.4). They are a hint to list, and settle nothing
(T-5). Any move between two of the five statuses changes a total of these four.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from heimdall_desktop.domain.facts.finding import FindingStatus
from heimdall_desktop.domain.facts.scan import Scan

if TYPE_CHECKING:  # `application/server_session.py` loads it
    from heimdall_desktop.services.api import HeimdallApi

LOOK_GAP_S = 2.0  # four of them take eight seconds, as a poll of a scan out of view does
OPEN_GAP_S = 7.0  # where turns are rare, most go to the status that nearly all moves touch
OPEN_RUN = 3

_OTHERS = (FindingStatus.FALSE_POSITIVE, FindingStatus.CONFIRMED, FindingStatus.DISMISSED)


class StatusTotals:
    """Knows which status to look at next, and whether a total is news."""

    def __init__(self, scan: Scan, api: "HeimdallApi", clock: Callable[[], float]) -> None:
        self._scan = scan
        self._api = api
        self._clock = clock
        self._looked_at_s = float("-inf")
        self._opened_at_s = float("-inf")
        self._run = 0
        self._others = -1
        self._totals: dict[FindingStatus, int] = {}

    def is_due(self, now_s: float) -> bool:
        """Whether the last look was long enough ago."""
        return self._scan.has_listed_once and now_s - self._looked_at_s >= LOOK_GAP_S

    async def look(self) -> bool:
        """Ask for one total; return whether it tells of rows that we do not have as they are.

        Raises:
            ServerError, WireError: as the API does.
        """
        self._looked_at_s = self._clock()
        status = self._next()
        total = await self._api.findings_total(self._scan.id, status)
        if total is None:
            return False
        known = self._totals.get(status)
        self._totals[status] = total
        return total != (self._have(status) if known is None else known)

    def _have(self, status: FindingStatus) -> int:
        return sum(finding.status is status for finding in self._scan.findings.values())

    def _next(self) -> FindingStatus:
        now_s = self._looked_at_s
        if self._run < OPEN_RUN and now_s - self._opened_at_s >= OPEN_GAP_S:
            self._opened_at_s = now_s
            self._run += 1
            return FindingStatus.OPEN
        self._run = 0
        self._others += 1
        return _OTHERS[self._others % len(_OTHERS)]
