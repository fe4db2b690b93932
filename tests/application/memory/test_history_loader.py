"""What an earlier session saw is shown with its age, and never takes itself for news."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Answer, RequestTasks, Tasks
from heimdall_desktop.application.memory import history_loader as bringing
from heimdall_desktop.application.memory.history_loader import HistoryLoader, HistoryRequests
from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.alerts.alert import NotifiedRecord
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.change import FindingAdded
from heimdall_desktop.domain.facts.choices import HistoryChoices, Settings
from heimdall_desktop.domain.facts.errors import HeimdallError, HistoryError
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.listed_rows import TextRoom
from heimdall_desktop.domain.facts.observation import FindingsListed, Settled
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_times import ScanTimes, UsualTime
from heimdall_desktop.services.history import History
from heimdall_desktop.services.history_tables import Batch
from heimdall_desktop.services.settings import SettingsFile
from tests.fakes.damaged_history import sound_file, trial
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, finding_id, make_finding
from tests.fakes.past_scans import SERVER, HistoryDesk, activity, past_scan

OTHER = ScanId("1c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
DAY_S = 86_400.0


class Session:
    """A session that begins a day after something was left, and what was reported to it."""

    file: HistoryDesk

    def __init__(self, history: History | None) -> None:
        self.store = Store()
        self.problems: list[HistoryError] = []
        self.back: list[set[ScanId]] = []
        self.history = history
        self.earlier = HistoryLoader(self.store, history)
        self.earlier.on_problem = self.problems.append
        self.earlier.on_restored = lambda: self.back.append(
            {scan.id for scan in self.store if scan.has_listed_once}
        )

    def scan(self, scan_id: ScanId = SCAN_ID) -> Scan:
        found = self.store.scan(scan_id)
        assert found is not None
        return found

    async def aclose(self) -> None:
        if self.history is not None:
            await self.history.aclose()


Begin = Callable[..., Awaitable[Session]]


@pytest.fixture
def file(tmp_path: Path) -> HistoryDesk:
    return HistoryDesk(tmp_path)


@pytest.fixture
async def begin(file: HistoryDesk) -> AsyncIterator[Begin]:
    """Begins sessions that have read what there is, and closes them."""
    made: list[Session] = []

    async def begin(
        *scan_ids: ScanId, rows: int = 3, board: Sequence[ScanId] = (), restores: bool = False
    ) -> Session:
        session = await left(file, *scan_ids, rows=rows)
        session.file = file
        made.append(session)
        await session.earlier.read()
        session.earlier.restore_heads(board or scan_ids)
        if restores:
            await session.earlier.restore_rows(board or scan_ids)
        return session

    yield begin
    for session in made:
        await session.aclose()


async def left(file: HistoryDesk, *scan_ids: ScanId, rows: int = 3) -> Session:
    """Leave scans with findings, and begin a session a day later."""
    history = file.history()
    for number, scan_id in enumerate(scan_ids):
        findings = [make_finding(100 * number + n, scan_id=scan_id) for n in range(rows)]
        past = past_scan(findings, 990.0, scan_id=scan_id, activities=(activity(number),))
        settled = Settled(scan_id, is_settled=True)
        await history.save(Batch(scans=(replace(past, head=(*past.head, settled)),)))
    await history.aclose()
    file.pass_time(DAY_S)
    return Session(file.history())


async def test_reported_findings_are_recalled_some_at_a_time(
    file: HistoryDesk, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "RECORDS_AT_ONCE", 2)
    records = [NotifiedRecord(SCAN_ID, finding_id(number), "") for number in range(5)]
    of_scan = NotifiedRecord(SCAN_ID, FindingId(Event.FAILED.value), "")
    history = file.history()
    await history.save(Batch(notified=(*records, of_scan)))
    await history.aclose()
    session = await begin(SCAN_ID)
    recalled: list[Sequence[NotifiedRecord]] = []
    turns: list[int] = []

    recalling = asyncio.ensure_future(session.earlier.recall_findings(recalled.append))  # noqa: TID251
    while not recalling.done():
        await asyncio.sleep(0)
        turns.append(len(recalled))

    assert sorted(record for part in recalled for record in part) == sorted(records)
    assert max(map(len, recalled)) == 2
    assert {1, 2, 3} <= set(turns)
    assert session.earlier.past.notified == (of_scan,)
    claim = session.store.identities.claim_finding
    assert claim(OTHER, records[0].finding_id) != records[0].finding_id


async def test_reported_findings_that_cannot_be_read_are_a_problem(
    file: HistoryDesk, begin: Begin
) -> None:
    session = await begin(SCAN_ID)
    file.damage()
    await session.aclose()  # so that it opens the file again

    assert not await session.earlier.recall_findings(lambda _records: pytest.fail("unknown"))

    assert len(session.problems) == 1


async def test_heads_are_there_at_once_with_their_age(begin: Begin) -> None:
    session = await begin(SCAN_ID)

    scan = session.scan()
    assert (scan.name, scan.status) == ("shop", "hunting")
    assert scan.last_answer_at_s == pytest.approx(session.file.clock_s - DAY_S - 10)
    assert not scan.is_settled
    assert scan.sync_status.total is None, "no listing is spoken of before its rows are there"


async def test_findings_log_and_listing_come(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "ROWS_AT_ONCE", 2)
    session = await begin(SCAN_ID, rows=5, restores=True)

    scan = session.scan()
    assert len(scan.findings) == 5
    assert list(scan.activities.values()) == [activity(0)]
    assert scan.is_settled
    assert scan.sync_status.is_whole
    assert scan.has_listed_once


async def test_restored_findings_are_no_news_and_later_ones_are(begin: Begin) -> None:
    session = await begin(SCAN_ID, restores=True)
    session.store.observe(FindingsListed(SCAN_ID, session.file.clock_s + 1, (make_finding(50),)))

    added = [change for change in session.store.drain() if isinstance(change, FindingAdded)]
    assert [change.is_first_read for change in added] == [True, True, True, False]


async def test_any_answer_of_this_session_is_newer_than_restored_facts(begin: Begin) -> None:
    session = await begin(SCAN_ID)
    session.file.pass_time(0.001)
    fresh = make_finding(0, title="fresh")
    session.store.observe(FindingsListed(SCAN_ID, session.file.clock_s, (fresh,)))
    await session.earlier.restore_rows([SCAN_ID])
    assert session.scan().findings[fresh.id].title == "fresh"


async def test_a_scan_is_gone_on_with_once_all_of_it_is_back(begin: Begin) -> None:
    session = await begin(SCAN_ID, OTHER)
    seen: list[int] = []

    def look() -> None:
        seen.append(len(session.scan(OTHER).findings))

    session.earlier.when_restored(OTHER, look)
    assert seen == []
    await session.earlier.restore_rows([SCAN_ID, OTHER])
    assert seen == [3]
    assert session.back == [{SCAN_ID}, {SCAN_ID, OTHER}]
    session.earlier.when_restored(OTHER, look)
    assert seen == [3, 3], "at once, once it is back"


async def test_a_scan_that_left_while_it_came_back_is_not_gone_on_with(begin: Begin) -> None:
    session = await begin(SCAN_ID)
    session.earlier.when_restored(SCAN_ID, lambda: pytest.fail("it has left"))
    session.store.remove(SCAN_ID)
    await session.earlier.restore_rows([])
    assert len(session.store) == 0


async def test_restoring_yields_to_the_loop(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "ROWS_AT_ONCE", 1)
    session = await begin(SCAN_ID, rows=20)
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with asyncio.TaskGroup() as group:
        turning = group.create_task(turn())
        await session.earlier.restore_rows([SCAN_ID])
        turning.cancel()
    assert turns >= 20


async def test_a_scan_whose_rows_are_not_restored_yet_has_no_zeros(begin: Begin) -> None:
    session = await begin(SCAN_ID)
    scan = session.scan()
    assert (len(scan.findings), scan.is_unread) == (0, True)
    await session.earlier.restore_rows([SCAN_ID])
    assert (len(scan.findings), scan.is_unread) == (3, False)


async def test_scans_off_the_board_are_forgotten_when_old(file: HistoryDesk) -> None:
    session = await left(file, SCAN_ID, OTHER)
    file.pass_time(31 * DAY_S)
    await session.earlier.read()
    session.earlier.restore_heads([SCAN_ID])
    await session.earlier.restore_rows([SCAN_ID])
    assert [scan.id for scan in session.store] == [SCAN_ID]
    await session.aclose()
    assert [past.scan_id for past in (await file.loaded()).scans] == [SCAN_ID]


async def test_a_first_session_remembers_nothing(file: HistoryDesk) -> None:
    session = Session(file.history())
    await session.earlier.read()
    assert not session.earlier.is_remembered
    session.earlier.restore_heads([SCAN_ID])
    await session.earlier.restore_rows([SCAN_ID])
    assert len(session.store) == 0
    await session.aclose()


async def test_a_session_that_keeps_nothing_brings_nothing_back() -> None:
    session = Session(None)
    await session.earlier.read()
    session.earlier.restore_heads([SCAN_ID])
    await session.earlier.restore_rows([SCAN_ID])
    assert session.problems == []
    assert len(session.store) == 0


async def test_a_damaged_history_is_reported_and_the_session_continues(file: HistoryDesk) -> None:
    session = await left(file, SCAN_ID)
    file.path.write_bytes(b"no database" * 999)
    await session.earlier.read()
    assert len(session.problems) == 1
    assert not session.earlier.is_remembered
    session.earlier.restore_heads([SCAN_ID])
    await session.earlier.restore_rows([SCAN_ID])
    await session.aclose()


async def test_damage_found_while_restoring_leaves_out_the_rest(begin: Begin) -> None:
    session = await begin(SCAN_ID, OTHER, rows=90)
    went_on: list[ScanId] = []
    for scan_id in (SCAN_ID, OTHER):
        session.earlier.when_restored(scan_id, partial(went_on.append, scan_id))
    session.file.damage()
    await session.earlier.restore_rows([SCAN_ID, OTHER])
    assert went_on == [SCAN_ID, OTHER], "watching goes on"
    assert len(session.problems) == 1
    for scan in session.store:
        assert not scan.has_listed_once, "what is not back is not spoken of"


async def test_durations_of_stages_are_restored(file: HistoryDesk, begin: Begin) -> None:
    history = file.history()
    for number in range(3):
        scan_id = ScanId(f"past {number}")
        times = ScanTimes(SERVER, REPO_ID, scan_id, file.now, (("hunt", 60.0 + number),))
        await history.save(Batch(times=(times,)))
    await history.aclose()
    session = await begin(SCAN_ID)
    scan = session.scan()
    assert session.store.times.usual(scan).of("hunt") == UsualTime(61, 60, 62)


async def test_seen_changes_are_restored(file: HistoryDesk) -> None:
    before = Scan(SCAN_ID, SERVER)
    reported = make_finding(1)
    lowered = replace(reported, severity_text="medium", updated_at=FOUND_AT + timedelta(minutes=7))
    for asked_at_s, row in ((980.0, reported), (990.0, lowered)):
        before.observe(FindingsListed(SCAN_ID, asked_at_s, (row,)))
    history = file.history()
    past = replace(past_scan([], 990.0), rows=(before.kept_row(reported.id),))
    await history.save(Batch(scans=(past,)))
    await history.aclose()
    file.pass_time(DAY_S)

    session = Session(file.history())
    await session.earlier.read()
    session.earlier.restore_heads([SCAN_ID])
    await session.earlier.restore_rows([SCAN_ID])

    [change] = session.scan().changes_of(reported.id)
    assert (change.old, change.new, change.at) == ("high", "medium", lowered.updated_at)
    await session.aclose()


TRIALS = 150  # `python -m tests.fakes.damaged_history` makes more, and starts whole programs
AT_ONCE = 30


@pytest.mark.parametrize("first", range(0, TRIALS, AT_ONCE))
async def test_a_damaged_history_is_set_aside_once_and_said(tmp_path: Path, first: int) -> None:
    sound = await sound_file(tmp_path)
    hurt = {}
    for seed in range(first, first + AT_ONCE):
        tried = await trial(tmp_path / str(seed), sound, seed)
        if tried.hurt:
            hurt[seed] = tried.hurt
    assert hurt == {}


GONE = ScanId("gone")


async def answered(request: Callable[[Answer], None]) -> HeimdallError | None:
    answer: asyncio.Future[HeimdallError | None] = asyncio.get_running_loop().create_future()
    request(answer.set_result)
    return await answer


async def test_the_size_is_read_and_deletion_spares_the_board(tmp_path: Path) -> None:
    desk = HistoryDesk(tmp_path)
    before = desk.history()
    scans = [past_scan([make_finding(1)], 990.0, scan_id=each) for each in (SCAN_ID, GONE)]
    await before.save(Batch(scans=tuple(scans)))
    await before.aclose()
    desk.pass_time(10 * DAY_S)

    tasks, store, history = Tasks(lambda name, error: pytest.fail(name)), Store(), desk.history()
    earlier, requests = HistoryLoader(store, history), RequestTasks(tasks)
    preferences = Preferences(SettingsFile(tmp_path / "settings.toml", Settings))
    asked = HistoryRequests(earlier, store, preferences, requests)
    await earlier.read()
    earlier.restore_heads([SCAN_ID])
    assert await answered(asked.request_size) is None
    assert asked.size is not None
    assert (asked.size.scans, asked.size.findings) == (2, 2)

    longer = HistoryChoices(keep_days=11)
    assert await answered(partial(asked.choose, longer)) is None
    assert (asked.choices, asked.size.scans) == (longer, 2)
    assert await earlier.kept_scan(GONE, TextRoom()) is not None
    assert await answered(partial(asked.choose, HistoryChoices(keep_days=9))) is None
    assert asked.size.scans == 1
    assert await earlier.kept_scan(GONE, TextRoom()) is None  # or it would compare as if empty

    assert await answered(asked.request_deletion) is None
    assert (asked.size.scans, asked.size.findings) == (1, 1)
    assert [scan.scan_id for scan in (await history.load()).scans] == [SCAN_ID]
    await requests.aclose()
    await history.aclose()
    await tasks.aclose()
