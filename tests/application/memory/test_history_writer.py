"""Changes are in the file soon after; a problem with it is reported once and stops nothing."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.memory import history_writer
from heimdall_desktop.application.memory import history_writer as keeping
from heimdall_desktop.application.memory.history_loader import HistoryLoader
from heimdall_desktop.application.memory.history_writer import (
    RETRY_S,
    ROWS_AT_ONCE,
    HistoryWriter,
    PendingWrites,
)
from heimdall_desktop.domain.alerts.alert import Alert, NotifiedRecord, Withdrawal
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.errors import HistoryError
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.observation import (
    Counts,
    FindingsListed,
    LiveRead,
    RowMissing,
    ScanGone,
    Snoozed,
    StageRow,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.seen import SeenState
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.presentation.alerts.alert_text import outcome
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services import history_file
from heimdall_desktop.services.history_file import APPLICATION_ID
from heimdall_desktop.services.history_tables import Batch
from tests.fakes.alert_policy import fail
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding
from tests.fakes.inbox_lines import make_line
from tests.fakes.past_scans import SERVER, HistoryDesk, activity, head, was_listed
from tests.fakes.threat_models import small_model
from tests.fakes.waiting import WAIT_LIMIT_S

EMBEDDED = server_url("http://127.0.0.1:9")
OTHER = ScanId("1c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
RECORD = NotifiedRecord(SCAN_ID, finding_id(1), "print")


class KeeperDesk:
    """A store whose changes go to a keeper, on a file that other sessions can look into."""

    def __init__(self, folder: Path) -> None:
        self.file = HistoryDesk(folder)
        self.problems: list[HistoryError] = []
        self.defects: list[BaseException] = []
        self.store = Store()
        self.inbox = Inbox(lambda: FOUND_AT)
        self.alerts: list[Alert] = []
        self.policy = AlertPolicy(
            lambda: self.file.clock_s,
            lambda _scan_id: "shop",
            self.store.has_listed_once,
            self.store,
        )
        self.tasks = Tasks(lambda _name, error: self.defects.append(error))
        self.history_writer = HistoryWriter(
            self.store,
            self.inbox,
            self.file.history(),
            clock=lambda: self.file.clock_s,
            is_kept=self._is_kept,
        )
        self.history_writer.on_problem = self.problems.append

    @staticmethod
    def _is_kept(url: ServerUrl) -> bool:
        return url != EMBEDDED

    def start(self) -> "KeeperDesk":
        self.history_writer.start(self.tasks, [])
        return self

    def watch(self, scan_id: ScanId = SCAN_ID, server: ServerUrl = SERVER) -> Scan:
        scan = Scan(scan_id, server)
        self.store.add(scan)
        self.file.pass_time(1)
        for observation in head(self.file.clock_s, scan_id=scan_id):
            self.store.observe(observation)
        return scan

    def list(self, *rows: Finding, scan_id: ScanId = SCAN_ID) -> None:
        self.file.pass_time(1)
        self.store.observe(FindingsListed(scan_id, self.file.clock_s, rows))

    async def keep(self, *rows: Finding) -> Scan:
        """Watch a scan with these findings, and save them."""
        scan = self.watch()
        self.list(*rows)
        await self.save()
        return scan

    def hand_on(self) -> None:
        """What the ticker does: the inbox first, then the keeper."""
        changes = self.store.drain()
        emitted = self.policy.take(changes)
        self.inbox.take(emitted)
        self.alerts += [each for each in emitted if isinstance(each, Alert)]
        self.history_writer.take(changes)

    async def save(self) -> None:
        self.hand_on()
        await self.history_writer.save()

    async def aclose(self) -> None:
        self.hand_on()
        await self.history_writer.aclose()
        await self.tasks.aclose()
        assert self.defects == []


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[KeeperDesk]:
    made = KeeperDesk(tmp_path).start()
    yield made
    await made.aclose()


async def kept(desk: KeeperDesk) -> list[ScanId]:
    return [past.scan_id for past in (await desk.file.loaded()).scans]


async def test_what_is_seen_is_kept_and_follows(desk: KeeperDesk) -> None:
    await desk.keep(make_finding(1, title="first"), make_finding(2, title="other"))
    desk.list(make_finding(1, title="second"))
    await desk.save()
    assert sorted(await desk.file.rows()) == ["other", "second"]
    [past] = (await desk.file.loaded()).scans
    assert past.asked_at_s == desk.file.clock_s


async def test_it_is_written_by_itself(desk: KeeperDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SAVE_S", 0.01)
    desk.watch()
    desk.list(make_finding(1))
    desk.hand_on()
    async with asyncio.timeout(WAIT_LIMIT_S):
        while not await desk.file.rows():
            pass  # each look goes to the thread of the history, so the loop goes on


async def test_writing_waits_for_a_listing_but_not_for_long(
    desk: KeeperDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SAVE_S", 0.001)
    monkeypatch.setattr(keeping, "ROWS_AT_ONCE", 2)
    await desk.keep(make_finding(1))
    numbers = count(2)

    def list_more() -> int:
        desk.store.observe(
            FindingsListed(
                SCAN_ID, desk.file.clock_s, tuple(make_finding(next(numbers)) for _ in range(3))
            )
        )
        desk.hand_on()
        with closing(sqlite3.connect(desk.file.path)) as connection:
            query = "SELECT count(*) FROM facts WHERE kind = 'finding'"
            return int(connection.execute(query).fetchone()[0])

    for _ in range(50):
        assert list_more() == 1
        await asyncio.sleep(0)
    desk.file.pass_time(keeping.LISTING_S)
    async with asyncio.timeout(WAIT_LIMIT_S):
        while list_more() == 1:  # noqa: ASYNC110 - each look lists more
            await asyncio.sleep(0)


async def test_the_rest_is_saved_at_last_however_long_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(keeping, "BATCH_CLOSE_S", 1.0)  # one batch is quick, all of them are not
    desk = KeeperDesk(tmp_path).start()
    desk.watch()
    desk.list(*(make_finding(number, title=f"{number}") for number in range(2500)))
    await desk.aclose()
    assert len(await desk.file.rows()) == 2500


async def test_good_answers_that_change_nothing_make_what_is_kept_younger(tmp_path: Path) -> None:
    desk = KeeperDesk(tmp_path).start()
    await desk.keep(make_finding(1))
    desk.list(make_finding(1))
    assert desk.store.drain() == []
    await desk.aclose()
    [past] = (await desk.file.loaded()).scans
    assert past.asked_at_s == desk.file.clock_s


async def test_a_scan_that_is_no_longer_watched_is_forgotten(desk: KeeperDesk) -> None:
    desk.watch()
    desk.watch(OTHER)
    desk.list(make_finding(1))
    await desk.save()
    await desk.history_writer.record([RECORD])
    desk.store.remove(SCAN_ID)
    await desk.save()
    assert await kept(desk) == [OTHER]
    assert await desk.file.notified() == []
    assert await desk.file.rows() == {}


async def test_findings_of_a_gone_scan_and_missing_ones_are_removed(desk: KeeperDesk) -> None:
    announced = make_finding(1, title="announced", is_announced=True)
    await desk.keep(announced, make_finding(2, title="back"), make_finding(3, title="gone"))
    desk.file.pass_time(1)
    desk.store.observe(RowMissing(SCAN_ID, desk.file.clock_s, announced.id))
    await desk.save()
    assert sorted(await desk.file.rows()) == ["back", "gone"]
    desk.file.pass_time(1)
    desk.store.observe(ScanGone(SCAN_ID, desk.file.clock_s))
    desk.list(make_finding(2, title="back"))
    await desk.save()
    assert sorted(await desk.file.rows()) == ["back"]


async def test_of_the_embedded_server_nothing_is_kept(desk: KeeperDesk) -> None:
    desk.watch(server=EMBEDDED)
    desk.list(make_finding(1, severity=Severity.CRITICAL))
    desk.store.observe(ScanGone(SCAN_ID, desk.file.clock_s - 100))
    await desk.save()
    await desk.history_writer.record([RECORD])
    assert desk.inbox.lines == []  # the first read makes none by itself
    desk.list(make_finding(2, severity=Severity.CRITICAL))
    await desk.save()
    past = await desk.file.loaded()
    assert (past.scans, await desk.file.notified(), past.lines) == ((), [], ())


async def test_what_came_from_the_history_is_not_written_again(tmp_path: Path) -> None:
    desk = KeeperDesk(tmp_path)
    desk.watch()
    desk.list(make_finding(1))
    desk.start()  # all this was asked for before
    await desk.save()
    assert await desk.file.rows() == {}
    desk.list(make_finding(1, title="newer"))
    await desk.save()
    assert sorted(await desk.file.rows()) == ["newer"]
    await desk.aclose()


async def test_an_alert_and_its_line_are_written_before_it_is_sent(desk: KeeperDesk) -> None:
    desk.watch()
    desk.list(make_finding(1, severity=Severity.MEDIUM))
    desk.hand_on()
    desk.list(make_finding(2, severity=Severity.CRITICAL))
    desk.hand_on()
    await desk.history_writer.record([RECORD])
    past = await desk.file.loaded()
    assert await desk.file.notified() == [RECORD]
    assert [line.title for line in past.lines] == [line.title for line in desk.inbox.lines]
    assert len(past.lines) == 1


async def test_inbox_lines_are_kept_also_once_their_scan_has_left(desk: KeeperDesk) -> None:
    await desk.keep(make_finding(1, severity=Severity.CRITICAL))
    desk.inbox.mark_read(finding_id(1))
    desk.store.remove(SCAN_ID)
    await desk.save()
    [line] = (await desk.file.loaded()).lines
    assert (line.is_read, line.withdrawal) == (True, Withdrawal.SCAN_LEFT)
    assert line == replace(desk.inbox.lines[0])


async def test_a_line_stays_read_though_its_scan_is_not_watched(tmp_path: Path) -> None:
    first = KeeperDesk(tmp_path).start()
    first.watch()
    first.list(make_finding(1, severity=Severity.CRITICAL))
    await first.aclose()

    later = KeeperDesk(tmp_path)
    later.inbox.restore((await later.file.loaded()).lines)
    later.start()
    assert later.inbox.unread == 1
    later.inbox.mark_all_read()
    await later.save()
    [line] = (await later.file.loaded()).lines
    assert line.is_read
    await later.aclose()


async def test_a_reported_failure_is_not_reported_again_after_a_restart(tmp_path: Path) -> None:
    first = KeeperDesk(tmp_path).start()
    scan = first.watch()
    first.hand_on()
    first.file.pass_time(1)
    first.store.note(fail(scan, first.file.clock_s, error="No space left", is_settled=True))
    first.hand_on()
    [alert] = first.alerts
    await first.history_writer.record(alert.records)
    await first.aclose()

    later = KeeperDesk(tmp_path)
    history = later.file.history()
    earlier = HistoryLoader(later.store, history)
    await earlier.read()
    await history.aclose()
    later.inbox.restore(earlier.past.lines)
    later.policy.recall(earlier.past.notified, earlier.past.lines)
    earlier.restore_heads([SCAN_ID])
    [line] = later.inbox.lines
    assert (line.event, line.title, line.finding_id) == (Event.FAILED, "Scan of shop stopped", "")
    assert later.store.identities.claim_finding(OTHER, FindingId("failed")) == "failed"
    later.hand_on()
    assert (later.alerts, later.inbox.lines) == ([], [line])
    later.file.pass_time(1)
    for observation in head(later.file.clock_s):
        later.store.observe(observation)
    later.hand_on()
    assert [outcome(line) for line in later.inbox.lines] == ["Withdrawn: the scan is running again"]
    assert later.alerts == []
    await later.aclose()


async def test_a_locked_file_is_retried(desk: KeeperDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_file, "BUSY_S", 0.05)
    desk.watch()
    await desk.save()
    other = sqlite3.connect(desk.file.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for number in range(3):
        desk.list(make_finding(number))
        await desk.save()
        await desk.history_writer.record([RECORD])
        desk.file.pass_time(RETRY_S)
    assert [cause(problem) for problem in desk.problems] == [
        f"Can't save history: another program has locked {desk.file.path}."
    ]
    other.execute("ROLLBACK")
    other.close()

    desk.file.pass_time(RETRY_S)
    await desk.save()
    history = desk.file.history()
    assert len((await history.rows(SCAN_ID, "", 10)).rows) == 3
    assert await history.notified() == [RECORD]
    await history.aclose()


async def test_a_damaged_file_is_replaced_by_one_that_has_everything(desk: KeeperDesk) -> None:
    await desk.keep(*(make_finding(number, title=f"{number}") for number in range(300)))
    desk.file.damage()

    desk.list(make_finding(0, title="newer"))
    await desk.save()
    assert "damaged" in cause(desk.problems[0])
    desk.file.pass_time(RETRY_S)
    await desk.save()

    rows = await desk.file.rows()
    assert len(rows) == 300
    assert "newer" in rows
    assert len(desk.file.damaged()) >= 1


async def test_a_scan_that_another_program_has_forgotten_is_written_again(desk: KeeperDesk) -> None:
    await desk.keep(make_finding(1, title="1"), make_finding(2, title="2"))
    other = sqlite3.connect(desk.file.path, isolation_level=None)
    other.execute("PRAGMA foreign_keys = ON")
    other.execute("DELETE FROM scans")
    other.close()
    desk.list(make_finding(3, title="3"))
    await desk.save()
    assert sorted(await desk.file.rows()) == ["1", "2", "3"]


async def test_closing_in_an_error_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_file, "BUSY_S", 0.05)
    (tmp_path / "later").write_text("in the way of the folder")
    desk = KeeperDesk(tmp_path / "later").start()
    await desk.keep(make_finding(1))
    await desk.aclose()
    assert len(desk.problems) == 1


async def test_one_error_of_reading_and_writing_is_reported_once(desk: KeeperDesk) -> None:
    connection = sqlite3.connect(desk.file.path)
    connection.execute("PRAGMA user_version = 99")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    with pytest.raises(HistoryError) as caught:
        await desk.file.loaded()
    desk.history_writer.report(caught.value)
    desk.watch()
    await desk.save()
    assert len(desk.problems) == 1


async def test_how_long_stages_took_outlives_the_scan(desk: KeeperDesk) -> None:
    scan = desk.watch()
    times = complete(desk, scan)
    await desk.save()
    assert (await desk.file.loaded()).times == (times,)
    desk.store.remove(SCAN_ID)
    await desk.save()
    past = await desk.file.loaded()
    assert (past.scans, past.times) == ((), (times,))


async def test_no_times_are_kept_of_the_embedded_server(desk: KeeperDesk) -> None:
    complete(desk, desk.watch(OTHER, EMBEDDED))
    await desk.save()
    assert (await desk.file.loaded()).times == ()


def complete(desk: KeeperDesk, scan: Scan) -> ScanTimes:
    """Let a scan run through a stage that takes 40 s, and complete."""
    began_at = FOUND_AT + timedelta(seconds=5)
    for status, stage_status, at in (
        ("hunting", "running", began_at),
        ("completed", "completed", began_at + timedelta(seconds=40)),
    ):
        desk.file.pass_time(1)
        rows = (StageRow("hunt", stage_status, None, at),)
        read = (status, None, at, Counts(), rows, ())
        desk.store.observe(LiveRead(scan.id, desk.file.clock_s, *read))
    repo_id = scan.repo_id
    assert repo_id is not None
    ended_at = began_at + timedelta(seconds=40)
    return ScanTimes(scan.server, repo_id, scan.id, ended_at, (("hunt", 40.0),))


async def kept_model(desk: KeeperDesk, scan_id: ScanId = SCAN_ID) -> KeptThreatModel | None:
    history = desk.file.history()
    try:
        return await history.threat_model(scan_id)
    finally:
        await history.aclose()


async def test_a_threat_model_is_kept_as_soon_as_its_scan_is(desk: KeeperDesk) -> None:
    kept = KeptThreatModel(small_model(SCAN_ID), FOUND_AT)
    desk.store.add(Scan(SCAN_ID, SERVER))
    desk.history_writer.keep_threat_model(kept)
    await desk.save()
    assert await kept_model(desk) is None, "nothing is known of the scan yet"
    desk.watch()
    for observation in head(desk.file.clock_s):
        desk.store.observe(observation)
    await desk.save()
    assert await kept_model(desk) == kept


async def test_no_threat_model_of_the_embedded_server_is_kept(desk: KeeperDesk) -> None:
    desk.watch(server=EMBEDDED)
    desk.history_writer.keep_threat_model(KeptThreatModel(small_model(SCAN_ID), FOUND_AT))
    await desk.save()
    assert await kept_model(desk) is None


async def test_snoozes_are_kept_as_they_stand_and_go_with_their_end(desk: KeeperDesk) -> None:
    until = desk.file.now + timedelta(days=1)
    desk.watch()
    desk.list(*(make_finding(number) for number in (1, 2, 3)))
    desk.store.observe(Snoozed(SCAN_ID, (finding_id(1), finding_id(2)), until))
    await desk.save()
    assert await snoozed(desk) == {finding_id(1): until, finding_id(2): until}
    desk.store.observe(Snoozed(SCAN_ID, (finding_id(1),), None, is_over=True))
    later = until + timedelta(days=1)
    desk.store.observe(Snoozed(SCAN_ID, (finding_id(3),), later))
    desk.list(make_finding(2, severity=Severity.CRITICAL))  # which ends its snooze
    await desk.save()
    assert await snoozed(desk) == {finding_id(3): later}


async def test_snoozes_of_a_removed_or_unkept_scan_are_forgotten(desk: KeeperDesk) -> None:
    until = desk.file.now + timedelta(days=1)
    desk.watch()
    desk.watch(OTHER, EMBEDDED)
    desk.list(make_finding(1))
    desk.list(make_finding(2, scan_id=OTHER), scan_id=OTHER)
    desk.store.observe(Snoozed(SCAN_ID, (finding_id(1),), until))
    desk.store.observe(Snoozed(OTHER, (finding_id(2),), until))
    await desk.save()
    assert await snoozed(desk) == {finding_id(1): until}
    desk.store.remove(SCAN_ID)
    await desk.save()
    assert await snoozed(desk) == {}
    desk.watch()  # as the undo of "stop watching" does
    desk.list(make_finding(1))
    await desk.save()
    assert await snoozed(desk) == {finding_id(1): until}


async def test_snoozes_that_could_not_be_written_are_written_later(desk: KeeperDesk) -> None:
    until = desk.file.now + timedelta(days=1)
    await desk.keep(make_finding(1))
    with closing(sqlite3.connect(desk.file.path, isolation_level=None)) as other:
        other.execute("ALTER TABLE facts RENAME TO away")
        desk.store.observe(Snoozed(SCAN_ID, (finding_id(1),), until))
        await desk.save()
        assert len(desk.problems) == 1
        other.execute("ALTER TABLE away RENAME TO facts")
    desk.file.pass_time(RETRY_S)
    await desk.save()
    assert await snoozed(desk) == {finding_id(1): until}


async def test_snoozes_are_sent_in_parts(desk: KeeperDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_writer, "ROWS_AT_ONCE", 2)
    desk.watch()
    desk.list(*(make_finding(number) for number in range(5)))
    ids = tuple(map(finding_id, range(5)))
    desk.store.observe(Snoozed(SCAN_ID, ids, desk.file.now + timedelta(days=1)))
    await desk.save()
    assert len(await snoozed(desk)) == 5


async def test_what_was_seen_is_kept_and_forgotten_with_its_scan(desk: KeeperDesk) -> None:
    rows = [make_finding(number) for number in (1, 2, 3)]
    desk.watch()
    desk.watch(OTHER, EMBEDDED)
    desk.list(*rows)
    desk.list(make_finding(4, scan_id=OTHER), scan_id=OTHER)
    desk.store.seen.see([*rows[:2], make_finding(4, scan_id=OTHER)], desk.file.now)
    await desk.save()
    assert await seen(desk) == {row.id: SeenState.of(row, desk.file.now) for row in rows[:2]}
    assert await seen(desk, OTHER) == {}, "scans of the embedded server are not kept"
    desk.file.pass_time(60)
    desk.store.seen.see(rows[1:], desk.file.now)
    await desk.save()
    kept = await seen(desk)
    assert kept.keys() == {row.id for row in rows}
    assert kept[finding_id(2)].at == desk.file.now
    desk.store.remove(SCAN_ID)
    await desk.save()
    assert await seen(desk) == {}


async def test_what_was_seen_is_written_later_if_it_could_not_be_and_in_parts(
    desk: KeeperDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_writer, "ROWS_AT_ONCE", 2)
    rows = [make_finding(number) for number in range(5)]
    await desk.keep(*rows)
    with closing(sqlite3.connect(desk.file.path, isolation_level=None)) as other:
        other.execute("ALTER TABLE facts RENAME TO away")
        desk.store.seen.see(rows, desk.file.now)
        await desk.save()
        assert len(desk.problems) == 1
        other.execute("ALTER TABLE away RENAME TO facts")
    desk.file.pass_time(RETRY_S)
    await desk.save()
    assert len(await seen(desk)) == 5


async def seen(desk: KeeperDesk, scan_id: ScanId = SCAN_ID) -> dict[FindingId, SeenState]:
    history = desk.file.history()
    try:
        return await history.seen(scan_id)
    finally:
        await history.aclose()


async def snoozed(desk: KeeperDesk) -> dict[FindingId, datetime]:
    kept = (await desk.file.loaded()).snoozes
    return {each.finding_id: each.snooze.until for each in kept if each.snooze is not None}


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def pending(store: Store) -> PendingWrites:
    return PendingWrites(store)


def watch(store: Store, rows: Iterable[Finding] = (), scan_id: ScanId = SCAN_ID) -> Scan:
    scan = Scan(scan_id, SERVER)
    store.add(scan)
    for observation in (*head(5.0, scan_id=scan_id), FindingsListed(scan_id, 5.0, tuple(rows))):
        store.observe(observation)
    return scan


def ids(batch: Batch) -> list[str]:
    return [row.id for past in batch.scans for reported in past.rows for row in reported.findings]


def test_a_change_is_written_once_as_it_is_then(store: Store, pending: PendingWrites) -> None:
    watch(store, [make_finding(1), make_finding(2)])
    pending.of_scan(SCAN_ID).rows[finding_id(1)] = None
    pending.of_scan(SCAN_ID).activities[activity(1).key] = activity(1)
    newer = make_finding(1, title="newer")
    store.observe(FindingsListed(SCAN_ID, 6.0, (newer,)))

    [past] = pending.next_batch().scans

    assert past.rows == (FindingsListed(SCAN_ID, 6.0, (newer,)),)
    assert past.activities == (activity(1),)
    assert was_listed(past)
    assert past.asked_at_s == 6.0
    assert pending.next_batch().is_empty


def test_only_the_last_batch_is_not_partial(store: Store, pending: PendingWrites) -> None:
    rows = [make_finding(number) for number in range(2 * ROWS_AT_ONCE + 1)]
    pending.mark_all(watch(store, rows))
    batches = [pending.next_batch() for _ in range(3)]
    assert [len(ids(batch)) for batch in batches] == [ROWS_AT_ONCE, ROWS_AT_ONCE, 1]
    assert [batch.scans[0].is_partial for batch in batches] == [True, True, False]
    assert {row for batch in batches for row in ids(batch)} == {row.id for row in rows}


def test_many_scans_share_one_batch_and_none_starves(store: Store, pending: PendingWrites) -> None:
    rows = [make_finding(number) for number in range(ROWS_AT_ONCE + 1)]
    pending.mark_all(watch(store, rows))
    pending.mark_all(watch(store, [make_finding(9999, scan_id=OTHER)], OTHER))
    first, second = pending.next_batch(), pending.next_batch()
    assert [past.scan_id for past in first.scans] == [SCAN_ID]
    assert [past.scan_id for past in second.scans] == [OTHER, SCAN_ID]


def test_a_scan_without_an_answer_waits(store: Store, pending: PendingWrites) -> None:
    store.add(Scan(SCAN_ID, SERVER))
    store.observe(FindingsListed(SCAN_ID, 5.0, (make_finding(1),)))
    pending.of_scan(SCAN_ID).rows[finding_id(1)] = None
    assert pending.next_batch().is_empty
    for observation in head(5.0):
        store.observe(observation)
    assert ids(pending.next_batch()) == [finding_id(1)]


def test_what_could_not_be_written_comes_again(store: Store, pending: PendingWrites) -> None:
    watch(store, [make_finding(1), make_finding(2)])
    pending.of_scan(SCAN_ID).rows[finding_id(1)] = None
    pending.of_scan(SCAN_ID).activities[activity(1).key] = activity(1)
    pending.lines |= {line.key: line for line in (make_line(1), make_line(2))}
    pending.empty(OTHER)
    pending.forget(ScanId("gone"))
    pending.put_back(pending.alert_batch((RECORD,)))
    first = pending.next_batch()

    pending.lines[make_line(1).key] = make_line(1, is_read=True)
    pending.of_scan(SCAN_ID).rows[finding_id(2)] = None
    pending.put_back(first)
    second = pending.next_batch()

    assert ids(second) == [finding_id(2), finding_id(1)]
    assert second.scans[0].activities == (activity(1),)
    assert second.lines == (make_line(1, is_read=True), make_line(2))
    assert second.notified == (RECORD,)
    assert (second.emptied, second.forgotten) == ((OTHER,), (ScanId("gone"),))


def test_of_a_removed_scan_only_that_is_written(store: Store, pending: PendingWrites) -> None:
    watch(store, [make_finding(1)])
    pending.of_scan(SCAN_ID).rows[finding_id(1)] = None
    failed = pending.next_batch()
    store.remove(SCAN_ID)
    pending.forget(SCAN_ID)
    pending.put_back(failed)
    assert pending.next_batch() == Batch(forgotten=(SCAN_ID,))
    assert pending.next_batch().is_empty


def test_only_returned_rows_are_written(store: Store, pending: PendingWrites) -> None:
    watch(store, [make_finding(1), make_finding(2)])
    pending.of_scan(SCAN_ID).rows[finding_id(1)] = None
    failed = pending.next_batch()
    store.observe(ScanGone(SCAN_ID, 7.0))
    pending.empty(SCAN_ID)
    pending.put_back(failed)
    store.observe(FindingsListed(SCAN_ID, 8.0, (make_finding(2),)))
    pending.of_scan(SCAN_ID).rows[finding_id(2)] = None
    batch = pending.next_batch()
    assert batch.emptied == (SCAN_ID,)
    assert ids(batch) == [finding_id(2)]


def test_an_alert_is_written_with_its_lines(pending: PendingWrites) -> None:
    pending.lines[make_line(1).key] = make_line(1)
    assert pending.alert_batch((RECORD,)) == Batch(notified=(RECORD,), lines=(make_line(1),))
    assert pending.next_batch().is_empty
