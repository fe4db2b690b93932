"""Looks once a minute whether a scan that has ended begins again, or has more rows.

Source: heimdall-api.md 8.1 step 7, T-59, T-61.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Self

from heimdall_desktop.application.health import Health
from heimdall_desktop.application.poll_schedule import is_looked_at, slow_look_s
from heimdall_desktop.application.row_checks import RowChecks
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.domain.facts.observation import Counts, Observation, ScanSource
from heimdall_desktop.domain.facts.scan import Scan


@dataclass(frozen=True, slots=True)
class Marks:
    """What of a scan is news if it moves."""

    status: str
    ended_stages: frozenset[str]
    counts: Counts | None
    log_rows: int
    attempt: int

    @classmethod
    def of(cls, scan: Scan) -> Self:
        """Return them as they are now."""
        ended = frozenset(stage.name for stage in scan.stages if stage.state.has_ended)
        return cls(scan.status, ended, scan.told_counts, len(scan.activities), scan.attempt)

    def has_begun_again(self, before: Self) -> bool:
        """Whether the scan was taken up again since: another status, another attempt."""
        return (self.status, self.attempt) != (before.status, before.attempt)


class EndedScanPolls:
    """Knows when to look at a scan that rests, and what the look tells.

    Args:
        scan: read here, written only through `observe`.
        link: its server.
        health: where it notes that it was answered.
        checks: what reads its rows.
        observe: takes every fact in.
        clock: monotonic seconds.
        now: the wall clock, aware UTC; compared with the server's own moments.
        random: spreads many scans apart.
        do_others_run: whether other scans of the account run or wait.
    """

    def __init__(
        self,
        scan: Scan,
        link: ServerSession,
        health: Health,
        checks: RowChecks,
        observe: Callable[[Observation], None],
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        random: Random,
        do_others_run: Callable[[], bool],
    ) -> None:
        self._scan, self._link = scan, link
        self._health, self._checks = health, checks
        self._observe = observe
        self._clock, self._now, self._random = clock, now, random
        self._do_others_run = do_others_run
        self._has_more_rows = False
        self._next_at_s = float("-inf")

    def put_off(self, least_s: float = 0.0) -> None:
        """Look next after the usual time, and not before so many seconds have passed."""
        self._next_at_s = self._clock() + max(slow_look_s(self._random), least_s)

    def is_due(self) -> bool:
        """Whether to ask for a scan that may begin again; where only streams tell, never."""
        if self._clock() < self._next_at_s or self._scan.is_stream_only:
            return False
        if is_looked_at(self._scan, self._now(), do_others_run=self._do_others_run()):
            return True
        self.put_off()
        return False

    async def look(self) -> bool:
        """Ask once; list if rows have come (T-59); return whether the scan runs again (T-61).

        Raises:
            ServerError, WireError: as the API does.
        """
        self.put_off()
        known = Marks.of(self._scan)
        has_live = self._scan.source is not ScanSource.LISTING
        read = self._link.api.live if has_live else self._link.api.scan
        self._observe(await read(self._scan.id))
        self._health.answered_at_s = self._clock()
        marks = Marks.of(self._scan)
        if self._scan.is_live or marks.has_begun_again(known):
            return True
        if self._scan.goes_on and marks.log_rows != known.log_rows:
            return True
        self._has_more_rows = self._has_more_rows or marks.counts != known.counts
        if self._has_more_rows:
            self._checks.sync.want(self._clock(), is_urgent=True)
            await self._checks.read()
            self._has_more_rows = False
        return False
