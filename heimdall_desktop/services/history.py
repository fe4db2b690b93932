"""The local history: what earlier sessions saw, in one SQLite file and its own thread.

Several instances may share the file. Every problem with it is raised as an error, and the next call
tries again. A damaged file is set aside and a new one started.
"""

import sqlite3
from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from heimdall_desktop.domain.alerts.alert import NotifiedRecord
from heimdall_desktop.domain.facts.errors import HistoryError, Reason
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.observation import Activity
from heimdall_desktop.domain.facts.recorded import KeptHistory
from heimdall_desktop.domain.facts.seen import SeenState
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel
from heimdall_desktop.domain.pairing import KeptDecision, Owner
from heimdall_desktop.services import history_file, history_tables
from heimdall_desktop.services.history_file import DamagedHistory, NewerHistory
from heimdall_desktop.services.history_tables import Batch, BothClocks, Mask, Past, RowsPage
from heimdall_desktop.services.worker_thread import WorkerThread

T = TypeVar("T")
P = ParamSpec("P")

FILE_NAME = "heimdall.sqlite3"


class History:
    """Reads and writes the history; each call is one transaction.

    Every method raises HistoryError if the file cannot be read or written; then nothing was
    changed, except by `forget`, whose finished part stays.

    Args:
        path: the file; it and its folder are created when first needed.
        clock: monotonic seconds.
        now: the wall clock, aware UTC.
        mask: removes tokens from written data, wherever a server may have repeated them.
        limit_bytes: how large the file may grow.
        is_read_only: never write the file or set it aside: another program may use it.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        mask: Mask = bytes,
        limit_bytes: int = history_file.LIMIT_BYTES,
        is_read_only: bool = False,
    ) -> None:
        self._path, self._is_read_only = path, is_read_only
        self._read_clocks = partial(BothClocks.read, now, clock)
        self._mask = mask
        self._limit_bytes = limit_bytes
        self._thread = WorkerThread("history")
        self._connection: sqlite3.Connection | None = None
        self._opened_as: tuple[int, int] | None = None
        self._refusal: HistoryError | None = None
        self._was_set_aside = False
        self._loaded_at = self._read_clocks()

    async def load(self) -> Past:
        """Return what earlier sessions knew; moments are of our clock, none after this call."""
        self._loaded_at = self._read_clocks()
        return await self._run(history_tables.read, self._loaded_at)

    async def notified(self) -> list[NotifiedRecord]:
        """Return which findings earlier sessions reported, by which events."""
        return await self._run(history_tables.read_notified)

    async def rows(self, scan_id: ScanId, after: str, count: int) -> RowsPage:
        """Return findings of a scan after a position, in a stable order."""
        return await self._run(history_tables.read_rows, scan_id, after, count, self._loaded_at)

    async def activities(self, scan_id: ScanId) -> tuple[Activity, ...]:
        return await self._run(history_tables.read_activities, scan_id)

    async def threat_model(self, scan_id: ScanId) -> KeptThreatModel | None:
        return await self._run(history_tables.read_threat_model, scan_id)

    async def seen(self, scan_id: ScanId) -> dict[FindingId, SeenState]:
        """Return what was seen of the findings of a scan."""
        return await self._run(history_tables.read_seen, scan_id, self._read_clocks())

    async def decision_key(self) -> bytes:
        """Return the key of the hashes of decisions; b"" if there is none and none can be made."""
        is_read_only = self._is_read_only
        return await self._run(history_tables.read_decision_key, is_read_only=is_read_only)

    async def decisions(self, owner: Owner) -> tuple[KeptDecision, ...]:
        return await self._run(history_tables.read_decisions, owner)

    async def forget_decisions(self, owner: Owner | None = None) -> None:
        """Forget the decisions about a repository; all of them without one."""
        if not self._is_read_only:
            await self._run(history_tables.forget_decisions, owner)

    async def save(self, batch: Batch) -> frozenset[ScanId]:
        """Write new data, all or nothing.

        Returns:
            The scans of the batch that the file did not contain before.
        """
        return await self._run(history_tables.write, batch, self._read_clocks(), self._mask)

    async def forget(
        self,
        kept: Collection[ScanId],
        keep_s: float | None = history_tables.OLD_S,
        decisions_s: float = history_tables.OLD_DECISIONS_S,
    ) -> frozenset[ScanId]:
        """Forget scans that are not in `kept` and were not requested for `keep_s` seconds.

        Args:
            kept: the scans that stay.
            keep_s: None forgets all others, the durations of stages, and all decisions.
            decisions_s: how long decisions are kept.

        Returns:
            The forgotten scans.
        """
        if self._is_read_only:
            return frozenset()
        clocks = self._read_clocks()
        return await self._run(history_tables.forget, kept, clocks, keep_s, decisions_s)

    async def size(self) -> KeptHistory:
        return await self._run(history_tables.read_size)

    async def limit(self, limit_bytes: int) -> None:
        """Limit the size of the file; one that is already larger does not grow."""
        if limit_bytes == self._limit_bytes:
            return
        self._limit_bytes = limit_bytes
        if not self._is_read_only and self._path.exists():
            await self._run(history_file.limit, limit_bytes)

    async def aclose(self) -> None:
        """Close the file and end the thread; the next call opens the file again."""
        await self._thread.run(self._close)
        self._thread.close()

    async def _run(
        self,
        call: Callable[Concatenate[sqlite3.Connection, P], T],
        *values: P.args,
        **named: P.kwargs,
    ) -> T:
        """Return the call's result; set the file aside if it is damaged."""

        def work() -> T:
            try:
                if self._refusal is not None:
                    raise type(self._refusal)(self._refusal.reason, **self._refusal.fields)
                if self._connection is None:
                    self._opened_as = history_file.identity(self._path)
                    self._connection = history_file.opened(
                        self._path, self._limit_bytes, is_read_only=self._is_read_only
                    )
                    self._opened_as = history_file.identity(self._path)
                return call(self._connection, *values, **named)
            except (sqlite3.Error, UnicodeDecodeError) as error:
                problem = history_file.history_error(self._path, error)
            except HistoryError as error:
                problem = error
                if isinstance(error, NewerHistory):
                    self._refusal = error
            if isinstance(problem, DamagedHistory) and not self._is_read_only:
                raise self._set_aside(problem)
            raise problem

        return await self._thread.run(work)

    # -- in the thread --

    def _set_aside(self, damage: DamagedHistory) -> HistoryError:
        """Set the damaged file aside, once per session, and return the error to report."""
        if self._connection is not None:
            self._refusal = history_file.newer(self._path, self._connection)
        self._close()
        if self._refusal is not None:
            return self._refusal
        if self._was_set_aside:
            self._refusal = HistoryError(Reason.HISTORY_OFF, error=damage)
            return self._refusal
        try:
            place = history_file.set_aside(self._path, self._opened_as)
        except HistoryError as error:
            return error
        self._was_set_aside = place is not None
        if place is None:
            return DamagedHistory(Reason.HISTORY_BEGUN, error=damage)
        return DamagedHistory(Reason.HISTORY_SET_ASIDE, error=damage, name=place.name)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
