"""The queue: three at once, retries, cancel, a quiet stop, and which plan a repository gets."""

import asyncio
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from heimdall_desktop.local import steps
from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.connection import RowGone
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.folder_plan import FolderPlan
from heimdall_desktop.local.rows import RepoRow, ScanId, ScanRow
from heimdall_desktop.local.source_tree import folder_of
from heimdall_desktop.local.worker import (
    ATTEMPTS,
    CANCEL_MESSAGE,
    SCANS_AT_ONCE,
    Worker,
    cancel_scan,
    is_replay,
    plan_of,
)
from tests.fakes.scans import KeepingBroadcaster, StuckPlan, WrittenPlan, queue_scan, scan_row
from tests.lab.workers import IdleWorker, LabWorker


class Desk:
    """A database with queued scans, and the events of their runs."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.broadcaster = KeepingBroadcaster()

    def queue(self, count: int) -> list[ScanRow]:
        return [queue_scan(self.database) for _ in range(count)]

    def worker(self, plan: steps.Plan | Callable[[RepoRow], steps.Plan], **options: Any) -> Worker:
        """Make a worker whose scans are all planned so, without pauses."""
        plan_of = plan if callable(plan) else lambda _: plan
        made = LabWorker if options else Worker
        pace, chance = steps.ReplayClock(0), random.Random(1)
        return made(self.database, self.broadcaster, plan_of, pace=pace, chance=chance, **options)

    def status(self, scan: ScanRow) -> str:
        return scan_row(self.database, scan.id).status

    def cancel(self, worker: Worker, scan: ScanRow) -> None:
        """Cancel in the row and signal the run, without an event."""
        self.database.set_scan_status(scan.id, "cancelled", "enough")
        worker.cancel(scan.id)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


async def test_three_run_at_once_and_the_fourth_follows(desk: Desk) -> None:
    scans = desk.queue(4)
    plans = {scan.repo_id: StuckPlan("hunt") for scan in scans}
    worker = desk.worker(lambda repo: plans[repo.id])
    for scan in scans:
        worker.enqueue(scan.id)
    for scan in scans[:3]:
        await plans[scan.repo_id].reached.wait()
    assert desk.status(scans[3]) == "queued"
    desk.cancel(worker, scans[0])
    await plans[scans[3].repo_id].reached.wait()
    assert desk.status(scans[3]) == "hunting"
    await worker.aclose()


async def test_light_scans_run_beside_the_three(desk: Desk) -> None:
    heavy = desk.queue(4)
    light = queue_scan(desk.database, "recording:any")
    plans = {scan.repo_id: StuckPlan("tyr") for scan in (*heavy, light)}
    worker = desk.worker(lambda repo: plans[repo.id])
    for scan in (*heavy, light):
        worker.enqueue(scan.id)
    await plans[light.repo_id].reached.wait()
    for scan in heavy[:3]:
        await plans[scan.repo_id].reached.wait()
    assert desk.status(heavy[3]) == "queued"
    await worker.aclose()


async def test_a_plan_may_have_its_own_scan_cancelled(desk: Desk) -> None:
    [scan] = desk.queue(1)
    never = steps.Activity("running", "late", "Too late")
    plan = WrittenPlan({"vidarr": [steps.CancelAsked(), never], "garmr": [never]})
    worker = desk.worker(plan)
    worker.enqueue(scan.id)
    await worker.idle()
    assert desk.broadcaster.names[-4:] == [
        "status_change cancelled",
        "error",
        "stage_update vidarr cancelled",
        "error",
    ]
    assert plan.attempts == [1]
    stored = scan_row(desk.database, scan.id)
    assert (stored.status, stored.error_message) == ("cancelled", CANCEL_MESSAGE)
    assert desk.database.latest_stages(scan.id)["vidarr"].status == "cancelled"
    assert "late" not in {row.task_key for row in desk.database.newest_activity(scan.id, 100)}


async def test_a_failing_scan_gets_three_attempts_and_one_last_error(desk: Desk) -> None:
    [scan] = desk.queue(1)
    plan = WrittenPlan({"tyr": [steps.Failure("no answer")]})
    worker = desk.worker(plan)
    worker.enqueue(scan.id)
    await worker.idle()
    assert plan.attempts == [1, 2, 3]
    assert desk.status(scan) == "failed"
    assert desk.broadcaster.names.count("stage_update tyr failed") == ATTEMPTS
    assert desk.broadcaster.names.count("error") == ATTEMPTS + 1
    assert desk.broadcaster.events[-1].data["error"] == "no answer"


async def test_a_scan_cancelled_while_it_waits_never_starts(desk: Desk) -> None:
    scans = desk.queue(4)
    plans = {scan.repo_id: StuckPlan("ingest") for scan in scans}
    worker = desk.worker(lambda repo: plans[repo.id])
    for scan in scans:
        worker.enqueue(scan.id)
    desk.cancel(worker, scans[3])
    for scan in scans[:3]:
        await plans[scan.repo_id].reached.wait()
        desk.cancel(worker, scan)
    await worker.idle()
    assert not plans[scans[3].repo_id].reached.is_set()


async def test_a_cancelled_scan_may_come_back_as_the_next_attempt(desk: Desk) -> None:
    [scan] = desk.queue(1)
    plan = StuckPlan("hunt")
    worker = desk.worker(plan, revives_cancelled=True)
    worker.enqueue(scan.id)
    await plan.reached.wait()
    plan.reached.clear()
    cancel_scan(desk.database, desk.broadcaster, worker, scan.id)
    await plan.reached.wait()
    assert desk.status(scan) == "hunting"
    assert plan.attempts == [1, 2]
    assert desk.broadcaster.names.count("status_change ingesting") == 2
    stages = desk.database.latest_stages(scan.id)
    assert (stages["ingest"].status, stages["hunt"].status) == ("completed", "running")
    await worker.aclose()
    assert desk.status(scan) == "hunting"


async def test_the_cancel_of_the_third_attempt_ends_failed(desk: Desk) -> None:
    [scan] = desk.queue(1)
    plan = WrittenPlan({"vidarr": [steps.CancelAsked(), steps.Pause(1)]})
    worker = desk.worker(plan, revives_cancelled=True)
    worker.enqueue(scan.id)
    await worker.idle()
    assert plan.attempts == [1, 2, 3]
    stored = scan_row(desk.database, scan.id)
    assert (stored.status, stored.completed_at) == ("failed", None)
    assert stored.error_message


async def test_a_queued_scan_may_start_although_it_was_cancelled(desk: Desk) -> None:
    first, second = desk.queue(2)
    plan = WrittenPlan({"ingest": [steps.Pause(1)]})
    worker = desk.worker(plan, revives_cancelled=True)
    worker.enqueue(first.id)
    worker.enqueue(second.id)
    cancel_scan(desk.database, desk.broadcaster, worker, second.id)
    await worker.idle()
    assert desk.status(second) == "completed"


async def test_a_running_scan_answers_its_cancel(desk: Desk) -> None:
    [scan] = desk.queue(1)
    plan = StuckPlan("vidarr")
    worker = desk.worker(plan)
    worker.enqueue(scan.id)
    worker.enqueue(scan.id)
    await plan.reached.wait()
    desk.cancel(worker, scan)
    await worker.idle()
    assert desk.broadcaster.names[-2:] == ["stage_update vidarr cancelled", "error"]
    assert desk.status(scan) == "cancelled"


async def test_unknown_scans_and_mistakes_in_a_plan_do_not_stop_the_queue(desk: Desk) -> None:
    scan, other = desk.queue(2)

    def planned(repo: RepoRow) -> steps.Plan:
        if repo.id == scan.repo_id:
            raise LookupError("no plan")
        return WrittenPlan()

    worker = desk.worker(planned)
    worker.cancel(ScanId("nobody"))
    worker.enqueue(ScanId("nobody"))
    worker.enqueue(scan.id)
    worker.enqueue(other.id)
    await worker.idle()
    assert desk.status(other) == "completed"


async def test_closing_stops_all_runs_without_events(desk: Desk) -> None:
    [scan] = desk.queue(1)
    plan = StuckPlan("hunt")
    worker = desk.worker(plan)
    worker.enqueue(scan.id)
    await plan.reached.wait()
    before = len(desk.broadcaster.events)
    await worker.aclose()
    assert len(desk.broadcaster.events) == before
    assert desk.status(scan) == "hunting"
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_scripted_scans_stay_in_the_queue(desk: Desk) -> None:
    [theirs], ours = desk.queue(1), queue_scan(desk.database, "recording:any")
    worker = desk.worker(WrittenPlan(), is_left_alone=lambda repo: repo.id == theirs.repo_id)
    for scan in (theirs, ours):
        worker.enqueue(scan.id)
    await worker.idle()
    assert desk.status(theirs) == "queued"
    assert desk.status(ours) == "completed"


async def test_the_run_is_signalled_between_the_row_and_the_events(database: Database) -> None:
    scan = queue_scan(database)
    happened: list[object] = []

    class Witness(KeepingBroadcaster, IdleWorker):
        def send(self, scan_id: ScanId, event_name: str, data: Mapping[str, object]) -> None:
            happened.append(event_name)

        def cancel(self, scan_id: ScanId) -> None:
            stored = scan_row(database, scan_id)
            happened.append((stored.status, stored.error_message))

    witness = Witness()
    cancel_scan(database, witness, witness, scan.id)
    assert happened == [("cancelled", CANCEL_MESSAGE), "status_change", "error"]


async def test_cancelling_a_deleted_scan_sends_nothing(database: Database) -> None:
    broadcaster = KeepingBroadcaster()
    with pytest.raises(RowGone):
        cancel_scan(database, broadcaster, IdleWorker(), ScanId("nobody"))
    assert broadcaster.events == []


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("file:///srv/shop", "/srv/shop"),
        ("FILE://localhost/srv/a%20b", "/srv/a b"),
        ("file:///srv/odd%ff", "/srv/odd\udcff"),
    ],
)
def test_a_file_address_names_a_folder(address: str, folder: str) -> None:
    assert folder_of(address) == Path(folder)


def test_a_folder_is_really_scanned(database: Database) -> None:
    scan = queue_scan(database, "file:///srv")
    repo = database.repo(scan.repo_id)
    assert repo
    assert isinstance(plan_of(repo), FolderPlan)


def test_only_recordings_are_replays(database: Database) -> None:
    addresses = ("recording:ordinary", "file:///srv/recording:ordinary", "scripted:")
    repos = [database.repo(queue_scan(database, address).repo_id) for address in addresses]
    assert [repo and is_replay(repo) for repo in repos] == [True, False, False]


async def test_no_recording_waits_for_another(database: Database) -> None:
    broadcaster = Broadcaster()
    worker = Worker(database, broadcaster)
    scans = [queue_scan(database, f"recording:{name}") for name in steps.NAMES]
    assert len(scans) > SCANS_AT_ONCE
    streams = [broadcaster.subscribe(scan.id) for scan in scans]
    for scan in scans:
        worker.enqueue(scan.id)
    for stream in streams:
        assert await stream.next()
    await worker.aclose()


async def test_what_cannot_be_scanned_fails_with_a_reason(database: Database) -> None:
    scan = queue_scan(database, "https://github.com/example/shop.git")
    worker = Worker(database, Broadcaster(), pace=steps.ReplayClock(0))
    worker.enqueue(scan.id)
    await worker.idle()
    stored = scan_row(database, scan.id)
    assert (stored.status, stored.error_message) == (
        "failed",
        "Only local folders (file:///…) can be scanned here.",
    )


async def test_a_queue_may_revive_cancelled_scans(database: Database) -> None:
    broadcaster = Broadcaster()
    for revives_cancelled, starts in ((False, 1), (True, 3)):
        scan = queue_scan(database, "recording:cancelled")
        worker = LabWorker(
            database, broadcaster, pace=steps.ReplayClock(0), revives_cancelled=revives_cancelled
        )
        worker.enqueue(scan.id)
        await worker.idle()
        stored = scan_row(database, scan.id)
        assert stored.status == ("failed" if revives_cancelled else "cancelled")
        log = database.newest_activity(scan.id, 10_000)
        assert [row.task_key for row in log].count("scan-start") == starts
