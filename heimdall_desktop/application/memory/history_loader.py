"""Restores what earlier sessions saw: heads of scans at once, their findings gradually.

A scan is watched only once it is fully restored: then everything its server sends is newer, and
a row that first appears then is news. Source: behaviour.md 1 (26, 27), 2.5 (rule 6).
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence

from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Answer, RequestTasks
from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.alerts.alert import NotifiedRecord
from heimdall_desktop.domain.facts.choices import HistoryChoices
from heimdall_desktop.domain.facts.errors import HistoryError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.listed_rows import TextRoom
from heimdall_desktop.domain.facts.observation import Observation
from heimdall_desktop.domain.facts.recorded import KeptHistory, PastScan
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel
from heimdall_desktop.domain.pairing import KEY_BYTES, Hasher, KeptDecision, Owner
from heimdall_desktop.services.history import History
from heimdall_desktop.services.history_tables import Past

ROWS_AT_ONCE = 500
RECORDS_AT_ONCE = 2000  # in some 10 ms
DAY_S = 86_400.0
MIB = 2**20


class HistoryLoader:
    """Restores what earlier sessions knew into the store.

    Args:
        history: None for a session that keeps nothing.

    Attributes:
        is_kept: whether this session keeps a history at all.
        past: the data of earlier sessions; empty before `read`.
        on_problem: receives problems with the history; missing data then stays missing.
        on_restored: called when a scan is fully restored.
        on_forgotten: called when all kept decisions were deleted, with the others.
    """

    def __init__(self, store: Store, history: History | None) -> None:
        self._store = store
        self._history = history
        self._keep_s = HistoryChoices().keep_days * DAY_S
        self._decisions_s = HistoryChoices().decision_days * DAY_S
        self._hasher: Hasher | None = None
        self._pending: dict[ScanId, PastScan] = {}
        self._waiting: dict[ScanId, Callable[[], object]] = {}
        self.is_kept = history is not None
        self.past = Past()
        self.on_problem: Callable[[HistoryError], None] = lambda _error: None
        self.on_restored: Callable[[], None] = lambda: None
        self.on_forgotten: Callable[[], None] = lambda: None

    async def read(self) -> None:
        """Read everything but the findings."""
        if self._history is None:
            return
        try:
            self.past = await self._history.load()
        except HistoryError as error:
            self.on_problem(error)
        identities = self._store.identities
        for past in self.past.scans:
            identities.recall_scan(past.server, past.scan_id)
        for line in self.past.lines:
            if line.server:
                identities.recall_scan(ServerUrl(line.server), line.scan_id)
            if line.finding_id:
                identities.claim_finding(line.scan_id, line.finding_id)
        for snoozed in self.past.snoozes:
            identities.claim_finding(snoozed.scan_id, snoozed.finding_id)
        for times in self.past.times:
            self._store.times.learn(times)

    async def recall_findings(self, recall: Callable[[Sequence[NotifiedRecord]], object]) -> bool:
        """Pass on which findings were reported, some at a time: there may be 100,000.

        Returns:
            Whether they could be read.
        """
        try:
            records = [] if self._history is None else await self._history.notified()
        except HistoryError as error:
            self.on_problem(error)
            return False
        for first in range(0, len(records), RECORDS_AT_ONCE):
            part = records[first : first + RECORDS_AT_ONCE]
            for record in part:
                self._store.identities.claim_finding(record.scan_id, record.finding_id)
            recall(part)
            await asyncio.sleep(0)
        return True

    @property
    def is_remembered(self) -> bool:
        """Whether there is a history, so that anything missing there was absent or not reported."""
        return bool(self.past.scans or self.past.notified or self.past.lines)

    def restore_heads(self, scan_ids: Iterable[ScanId]) -> None:
        """Put the scans that were kept into the store, so that they are shown with their age."""
        known = {past.scan_id: past for past in self.past.scans}
        for scan_id in scan_ids:
            past = known.get(scan_id)
            if past is None or self._store.scan(scan_id) is not None:
                continue
            self._pending[scan_id] = past
            self._store.add(Scan(scan_id, past.server))
            for observation in past.opening():
                self._store.observe(observation)

    def when_restored(self, scan_id: ScanId, then: Callable[[], object]) -> None:
        """Call a function once a scan is fully restored; at once, if nothing of it is pending."""
        if scan_id in self._pending:
            self._waiting[scan_id] = then
        else:
            then()

    async def restore_rows(self, kept: Collection[ScanId]) -> None:
        """Restore the findings of all scans, and delete expired scans from the history.

        `kept` are the scans on the board, whether or not the history has anything of them.
        """
        for scan_id, past in list(self._pending.items()):
            try:
                if self._history is not None:
                    self._store.seen.recall(scan_id, await self._history.seen(scan_id))
                    for read in past.log(await self._history.activities(scan_id)):
                        self._store.observe(read)
                    await self._restore_rows_of(past, self._store.observe)
                    scan = self._store.scan(scan_id)
                    for observation in past.closing(0 if scan is None else len(scan.findings)):
                        self._store.observe(observation)
            except HistoryError as error:
                self.on_problem(error)
            finally:
                del self._pending[scan_id]
            self.on_restored()
            then = self._waiting.pop(scan_id, None)
            if then is not None and self._store.scan(scan_id) is not None:
                then()
        if self._history is not None and self.is_remembered:
            try:
                await self.forget(kept)
            except HistoryError as error:
                self.on_problem(error)

    # -- what is kept; `use`, `size` and the deletions raise HistoryError --

    async def use(self, choices: HistoryChoices) -> None:
        """Apply these choices of what to keep from now on."""
        self._keep_s = choices.keep_days * DAY_S
        self._decisions_s = choices.decision_days * DAY_S
        if self._history is not None:
            await self._history.limit(choices.limit_mib * MIB)

    async def size(self) -> KeptHistory:
        return KeptHistory() if self._history is None else await self._history.size()

    async def forget(self, kept: Collection[ScanId], *, is_all: bool = False) -> None:
        """Delete scans that are not among these: those not requested for too long, or all.

        Here as well: a scan without its findings would compare as if it had none.
        """
        if self._history is None:
            return
        keep_s = None if is_all else self._keep_s
        forgotten = await self._history.forget(kept, keep_s, self._decisions_s)
        if is_all:
            self.on_forgotten()
        scans = tuple(past for past in self.past.scans if past.scan_id not in forgotten)
        self.past = replace(self.past, scans=scans)

    async def forget_decisions(self, owner: Owner | None = None) -> None:
        """Delete the kept decisions about a repository; all of them without one.

        Raises:
            HistoryError: none was deleted.
        """
        if self._history is not None:
            await self._history.forget_decisions(owner)
        if owner is None:
            self.on_forgotten()

    async def hasher(self) -> Hasher:
        """Return what makes the hashes of kept decisions; of this session alone without a key."""
        key = b""
        if self._hasher is None and self._history is not None:
            try:
                key = await self._history.decision_key()
            except HistoryError as error:
                self.on_problem(error)
        if self._hasher is None:
            self._hasher = Hasher(key or secrets.token_bytes(KEY_BYTES))
        return self._hasher

    async def decisions(self, owner: Owner) -> tuple[KeptDecision, ...]:
        """Return the kept decisions about a repository."""
        if self._history is None:
            return ()
        try:
            return await self._history.decisions(owner)
        except HistoryError as error:
            self.on_problem(error)
            return ()

    async def threat_model(self, scan_id: ScanId) -> KeptThreatModel | None:
        """Return the threat model that was read last, if it was kept."""
        if self._history is None:
            return None
        try:
            return await self._history.threat_model(scan_id)
        except HistoryError as error:
            self.on_problem(error)
            return None

    async def kept_scan(self, scan_id: ScanId, room: TextRoom) -> Scan | None:
        """Return a scan as it was kept, to view it outside the store; its texts go to `room`."""
        past = next((past for past in self.past.scans if past.scan_id == scan_id), None)
        if past is None or self._history is None:
            return None
        scan = Scan(scan_id, past.server)
        scan.share(room)
        for observation in past.opening():
            scan.observe(observation)
        try:
            await self._restore_rows_of(past, scan.observe)
        except HistoryError as error:
            self.on_problem(error)
            return None
        for observation in past.closing(len(scan.findings)):
            scan.observe(observation)
        return scan

    async def _restore_rows_of(
        self, past: PastScan, observe: Callable[[Observation], object]
    ) -> None:
        after: str | None = ""
        while after is not None and self._history is not None:
            page = await self._history.rows(past.scan_id, after, ROWS_AT_ONCE)
            for listed in page.rows:
                observe(listed)
            after = page.last
            await asyncio.sleep(0)


class HistoryRequests:
    """Sends requests about the kept history one at a time, and reads its size after each.

    Attributes:
        is_kept: whether this session keeps a history at all.
        size: how much is kept, as it was read last; None before that.
    """

    def __init__(
        self, earlier: HistoryLoader, store: Store, preferences: Preferences, requests: RequestTasks
    ) -> None:
        self._earlier, self._store = earlier, store
        self._preferences, self._requests = preferences, requests
        self.is_kept = earlier.is_kept
        self.size: KeptHistory | None = None

    @property
    def choices(self) -> HistoryChoices:
        return self._preferences.settings.history

    def request_size(self, on_answer: Answer) -> None:
        """Read how much is kept into `size`."""
        self._start(None, on_answer, "size the history")

    def choose(self, choices: HistoryChoices, on_answer: Answer) -> None:
        """Apply these choices from now on, and delete what is too old for them."""
        self._preferences.change(replace(self._preferences.settings, history=choices))

        async def work() -> None:
            await self._earlier.use(choices)
            await self._earlier.forget({scan.id for scan in self._store})

        self._start(work, on_answer, "keep less or more")

    def request_decisions_deletion(self, on_answer: Answer) -> None:
        """Delete all kept decisions."""
        self._start(self._earlier.forget_decisions, on_answer, "delete kept decisions")

    def request_deletion(self, on_answer: Answer) -> None:
        """Delete all scans that are not on the board, and all kept decisions."""

        async def work() -> None:
            await self._earlier.forget({scan.id for scan in self._store}, is_all=True)

        self._start(work, on_answer, "delete the history")

    def _start(
        self, work: Callable[[], Awaitable[None]] | None, on_answer: Answer, name: str
    ) -> None:
        async def work_and_measure() -> None:
            try:
                if work is not None:
                    await work()
            finally:
                self.size = await self._earlier.size()

        self._requests.start(work_and_measure, on_answer, name=name)
