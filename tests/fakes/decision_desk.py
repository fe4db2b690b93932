"""Decisions on the findings of one scan of a real server, without watches: reads are the test's."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.requests.decision_runs import Run
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.reasons import Reasons
from heimdall_desktop.application.runs.core import utc_now
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.local.rows import FindingId as LocalFindingId
from heimdall_desktop.local.rows import UserId
from heimdall_desktop.services.credentials import MemoryStore
from tests.fakes.waiting import WAIT_LIMIT_S, until
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

MIRA, OLAF = "mira@example.test", "olaf@example.test"


@contextmanager
def deciding_server() -> Iterator[LabServer]:
    """A server that knows Mira, who decides, and Olaf, who may do so elsewhere."""
    with LabServer(auth_burst=1_000_000) as running:
        for email in (MIRA, OLAF):
            running.add_account(email, "long enough")
        yield running


@dataclass
class TurnedClock:
    """The clock of everything on a desk, which a test can turn forward."""

    ahead_s: float = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead_s


@dataclass
class DecisionDesk:
    """Store, decisions and a session."""

    server: LabServer
    scripted: ScriptedScan
    store: Store
    link: ServerSession
    decisions: Decisions
    accounts: Accounts
    reasons: Reasons
    clock: TurnedClock
    is_read_only: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def ids(self) -> list[FindingId]:
        return [FindingId(each) for each in self.scripted.finding_ids]

    async def resync(self) -> None:
        scan_id, asked_at_s = ScanId(self.scripted.id), self.clock()
        page, pages = 1, 1
        while page <= pages:
            listed = await self.link.api.findings_page(scan_id, page)
            pages = -(-(listed.total or 0) // max(listed.per_page, 1))
            self.store.observe(FindingsListed(scan_id, asked_at_s, listed.findings))
            page += 1

    def row(self, finding_id: FindingId) -> Finding:
        found = self.store.finding(finding_id)
        assert found is not None
        return found

    def shown(self, what: Field = Field.STATUS) -> list[str]:
        """What the rows say, oldest first."""
        return [what.of(self.row(each)) for each in self.ids]

    def on_server(self, what: Field = Field.STATUS) -> list[str]:
        rows = {row.id: row for row in self.server.database.findings_of(self.scripted.id)}
        return [getattr(rows[each], what.value) for each in self.scripted.finding_ids]

    def writes(self, finding_id: FindingId) -> list[tuple[str | None, str | None]]:
        """The entries of a finding's history: old and new value."""
        events = self.server.database.finding_events(LocalFindingId(finding_id))
        return [(event.old_value, event.new_value) for event in events]

    def change_elsewhere(
        self, finding_id: FindingId, value: str, *, by: UserId | None, what: Field = Field.STATUS
    ) -> None:
        """Change a finding as another program does; without an account the scan does, silently."""
        database, reported = self.server.database, LocalFindingId(finding_id)

        def change() -> None:
            row = database.finding(reported)
            database.update_finding(reported, **{what.value: value})
            if by is not None and row is not None:
                old = getattr(row, what.value)
                database.add_finding_event(
                    reported, by, what.event_type, old_value=old, new_value=value
                )

        self.server.call(change)

    def account_of(self, email: str) -> UserId:
        account = self.server.database.user_by_email(email)
        assert account is not None
        return account.id

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds, looking at whatever the window would be told."""
        await until(holds, news=self.news)

    async def over(self, run: Run | None) -> Run:
        assert run is not None
        async with asyncio.timeout(WAIT_LIMIT_S):
            await run.over.wait()
        return run

    async def decide(
        self, value: str, finding_ids: Iterable[FindingId], what: Field = Field.STATUS
    ) -> Run:
        return await self.over(self.decisions.decide(what, value, finding_ids))

    async def undo(self) -> Run:
        return await self.over(self.decisions.undo())

    async def redo(self) -> Run:
        return await self.over(self.decisions.redo())


@asynccontextmanager
async def decision_desk(
    server: LabServer, email: str, *, findings: int = 5, url: str = "", **fields: Any
) -> AsyncIterator[DecisionDesk]:
    """A desk signed in to a server with one scan that is as good as over."""
    scripted = server.script_scan("shop", email).run_until("hunt").add_findings(findings, **fields)
    defects: list[BaseException] = []
    store, clock = Store(), TurnedClock()
    tasks = Tasks(lambda _name, error: defects.append(error))
    accounts = Accounts(MemoryStore(), clock=clock, now=utc_now, on_problem=print)
    link = accounts.use_memory_token(server_url(url or server.url), server.new_session(email))
    store.add(Scan(ScanId(scripted.id), link.url))
    decisions = Decisions(
        store,
        accounts,
        tasks,
        clock=clock,
        now=utc_now,
        random=Random(1),
        is_read_only=lambda: desk.is_read_only,
    )
    reasons = Reasons(
        store,
        accounts,
        decisions,
        tasks,
        clock=clock,
        now=utc_now,
        is_read_only=lambda: desk.is_read_only,
    )
    desk = DecisionDesk(server, scripted, store, link, decisions, accounts, reasons, clock)

    store.on_pending = desk.news.set
    decisions.follow(desk.news.set, lambda _run: None)
    reasons.follow(desk.news.set)
    await desk.resync()
    try:
        yield desk
    finally:
        server.faults.clear()
        await decisions.aclose()
        await reasons.aclose()
        await accounts.aclose()
        await tasks.aclose()
        assert defects == []
