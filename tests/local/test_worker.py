"""The queue: three at once, retries, cancel, a quiet stop, and which plan a repository gets."""

import asyncio
import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from heimdall_desktop.local import steps
from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.connection import RowGone
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.folder_plan import FolderPlan
from heimdall_desktop.local.rows import RepoRow, ScanId
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


def _worker(
    database: Database, broadcaster: KeepingBroadcaster, plan_of: Callable[[RepoRow], steps.Plan]
) -> Worker:
    return Worker(
        database, broadcaster, plan_of, pace=steps.ReplayClock(0), chance=random.Random(1)
    )


def _status(database: Database, scan_id: ScanId) -> str:
    scan = scan_row(database, scan_id)
    return scan.status


async def test_three_run_at_once_and_the_fourth_follows(database: Database) -> None:
    scans = [queue_scan(database) for _ in range(4)]
    plans = {scan.repo_id: StuckPlan("hunt") for scan in scans}
    worker = _worker(database, KeepingBroadcaster(), lambda repo: plans[repo.id])
    for scan in scans:
        worker.enqueue(scan.id)
    for scan in scans[:3]:
        await plans[scan.repo_id].reached.wait()
    assert _status(database, scans[3].id) == "queued"
    database.set_scan_status(scans[0].id, "cancelled", "enough")
    worker.cancel(scans[0].id)
    await plans[scans[3].repo_id].reached.wait()
    assert _status(database, scans[3].id) == "hunting"
    await worker.aclose()


async def test_light_scans_run_beside_the_three(database: Database) -> None:
    heavy = [queue_scan(database) for _ in range(4)]
    light = queue_scan(database, "recording:any")
    plans = {scan.repo_id: StuckPlan("tyr") for scan in (*heavy, light)}
    worker = Worker(
        database, KeepingBroadcaster(), lambda repo: plans[repo.id], pace=steps.ReplayClock(0)
    )
    for scan in (*heavy, light):
        worker.enqueue(scan.id)
    await plans[light.repo_id].reached.wait()
    for scan in heavy[:3]:
        await plans[scan.repo_id].reached.wait()
    assert _status(database, heavy[3].id) == "queued"
    await worker.aclose()


async def test_a_plan_may_have_its_own_scan_cancelled(database: Database) -> None:
    scan = queue_scan(database)
    never = steps.Activity("running", "late", "Too late")
    plan = WrittenPlan({"vidarr": [steps.CancelAsked(), never], "garmr": [never]})
    broadcaster = KeepingBroadcaster()
    worker = _worker(database, broadcaster, lambda _: plan)
    worker.enqueue(scan.id)
    await worker.idle()
    assert broadcaster.names[-4:] == [
        "status_change cancelled",
        "error",
        "stage_update vidarr cancelled",
        "error",
    ]
    assert plan.attempts == [1]
    stored = scan_row(database, scan.id)
    assert (stored.status, stored.error_message) == ("cancelled", CANCEL_MESSAGE)
    assert database.latest_stages(scan.id)["vidarr"].status == "cancelled"
    assert "late" not in {row.task_key for row in database.newest_activity(scan.id, 100)}


async def test_a_failing_scan_gets_three_attempts_and_one_last_error(database: Database) -> None:
    scan = queue_scan(database)
    plan = WrittenPlan({"tyr": [steps.Failure("no answer")]})
    broadcaster = KeepingBroadcaster()
    worker = _worker(database, broadcaster, lambda _: plan)
    worker.enqueue(scan.id)
    await worker.idle()
    assert plan.attempts == [1, 2, 3]
    assert _status(database, scan.id) == "failed"
    assert broadcaster.names.count("stage_update tyr failed") == ATTEMPTS
    assert broadcaster.names.count("error") == ATTEMPTS + 1
    assert broadcaster.events[-1].data["error"] == "no answer"


async def test_a_scan_cancelled_while_it_waits_never_starts(database: Database) -> None:
    scans = [queue_scan(database) for _ in range(4)]
    plans = {scan.repo_id: StuckPlan("ingest") for scan in scans}
    worker = _worker(database, KeepingBroadcaster(), lambda repo: plans[repo.id])
    for scan in scans:
        worker.enqueue(scan.id)
    database.set_scan_status(scans[3].id, "cancelled", "never mind")
    worker.cancel(scans[3].id)
    for scan in scans[:3]:
        await plans[scan.repo_id].reached.wait()
        database.set_scan_status(scan.id, "cancelled", "enough")
        worker.cancel(scan.id)
    await worker.idle()
    assert not plans[scans[3].repo_id].reached.is_set()


def _reviving(database: Database, broadcaster: KeepingBroadcaster, plan: steps.Plan) -> Worker:
    return LabWorker(
        database, broadcaster, lambda _: plan, pace=steps.ReplayClock(0), revives_cancelled=True
    )


async def test_a_cancelled_scan_may_come_back_as_the_next_attempt(database: Database) -> None:
    scan = queue_scan(database)
    plan = StuckPlan("hunt")
    broadcaster = KeepingBroadcaster()
    worker = _reviving(database, broadcaster, plan)
    worker.enqueue(scan.id)
    await plan.reached.wait()
    plan.reached.clear()
    cancel_scan(database, broadcaster, worker, scan.id)
    await plan.reached.wait()
    assert _status(database, scan.id) == "hunting"
    assert plan.attempts == [1, 2]
    assert broadcaster.names.count("status_change ingesting") == 2
    stages = database.latest_stages(scan.id)
    assert (stages["ingest"].status, stages["hunt"].status) == ("completed", "running")
    await worker.aclose()
    assert _status(database, scan.id) == "hunting"


async def test_the_cancel_of_the_third_attempt_ends_failed(database: Database) -> None:
    scan = queue_scan(database)
    plan = WrittenPlan({"vidarr": [steps.CancelAsked(), steps.Pause(1)]})
    worker = _reviving(database, KeepingBroadcaster(), plan)
    worker.enqueue(scan.id)
    await worker.idle()
    assert plan.attempts == [1, 2, 3]
    stored = scan_row(database, scan.id)
    assert (stored.status, stored.completed_at) == ("failed", None)
    assert stored.error_message


async def test_a_queued_scan_may_start_although_it_was_cancelled(database: Database) -> None:
    first, second = queue_scan(database), queue_scan(database)
    plan = WrittenPlan({"ingest": [steps.Pause(1)]})
    broadcaster = KeepingBroadcaster()
    worker = _reviving(database, broadcaster, plan)
    worker.enqueue(first.id)
    worker.enqueue(second.id)
    cancel_scan(database, broadcaster, worker, second.id)
    await worker.idle()
    assert _status(database, second.id) == "completed"


async def test_a_running_scan_answers_its_cancel(database: Database) -> None:
    scan = queue_scan(database)
    plan = StuckPlan("vidarr")
    broadcaster = KeepingBroadcaster()
    worker = _worker(database, broadcaster, lambda _: plan)
    worker.enqueue(scan.id)
    worker.enqueue(scan.id)
    await plan.reached.wait()
    database.set_scan_status(scan.id, "cancelled", "enough")
    worker.cancel(scan.id)
    await worker.idle()
    assert broadcaster.names[-2:] == ["stage_update vidarr cancelled", "error"]
    assert _status(database, scan.id) == "cancelled"


async def test_unknown_scans_and_mistakes_in_a_plan_do_not_stop_the_queue(
    database: Database,
) -> None:
    scan, other = queue_scan(database), queue_scan(database)

    def plan_of(repo: RepoRow) -> steps.Plan:
        if repo.id == scan.repo_id:
            raise LookupError("no plan")
        return WrittenPlan()

    worker = _worker(database, KeepingBroadcaster(), plan_of)
    worker.cancel(ScanId("nobody"))
    worker.enqueue(ScanId("nobody"))
    worker.enqueue(scan.id)
    worker.enqueue(other.id)
    await worker.idle()
    assert _status(database, other.id) == "completed"


async def test_closing_stops_all_runs_without_events(database: Database) -> None:
    scan = queue_scan(database)
    plan = StuckPlan("hunt")
    broadcaster = KeepingBroadcaster()
    worker = _worker(database, broadcaster, lambda _: plan)
    worker.enqueue(scan.id)
    await plan.reached.wait()
    before = len(broadcaster.events)
    await worker.aclose()
    assert len(broadcaster.events) == before
    assert _status(database, scan.id) == "hunting"
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_scripted_scans_stay_in_the_queue(database: Database) -> None:
    theirs, ours = queue_scan(database), queue_scan(database, "recording:any")
    worker = LabWorker(
        database,
        KeepingBroadcaster(),
        lambda _repo: WrittenPlan({}),
        is_left_alone=lambda repo: repo.id == theirs.repo_id,
        pace=steps.ReplayClock(0),
    )
    for scan in (theirs, ours):
        worker.enqueue(scan.id)
    await worker.idle()
    assert _status(database, theirs.id) == "queued"
    assert _status(database, ours.id) == "completed"


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
