"""Which plan a repository gets."""

from pathlib import Path

import pytest

from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.folder_plan import FolderPlan
from heimdall_desktop.local.source_tree import folder_of
from heimdall_desktop.local.steps import NAMES, ReplayClock
from heimdall_desktop.local.worker import SCANS_AT_ONCE, Worker, is_replay, plan_of
from tests.fakes.scans import queue_scan
from tests.lab.workers import LabWorker


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


def test_a_folder_is_really_scanned(tmp_path: Path) -> None:
    with_database = Database(tmp_path / "heimdall.db")
    scan = queue_scan(with_database, "file:///srv")
    repo = with_database.repo(scan.repo_id)
    assert repo
    assert isinstance(plan_of(repo), FolderPlan)
    with_database.close()


def test_only_recordings_are_replays(tmp_path: Path) -> None:
    database = Database(tmp_path / "heimdall.db")
    addresses = ("recording:ordinary", "file:///srv/recording:ordinary", "scripted:")
    repos = [database.repo(queue_scan(database, address).repo_id) for address in addresses]
    assert [repo and is_replay(repo) for repo in repos] == [True, False, False]
    database.close()


async def test_no_recording_waits_for_another(tmp_path: Path) -> None:
    database, broadcaster = Database(tmp_path / "heimdall.db"), Broadcaster()
    worker = Worker(database, broadcaster)
    scans = [queue_scan(database, f"recording:{name}") for name in NAMES]
    assert len(scans) > SCANS_AT_ONCE
    streams = [broadcaster.subscribe(scan.id) for scan in scans]
    for scan in scans:
        worker.enqueue(scan.id)
    for stream in streams:
        assert await stream.next()
    await worker.aclose()
    database.close()


async def test_what_cannot_be_scanned_fails_with_a_reason(tmp_path: Path) -> None:
    database = Database(tmp_path / "heimdall.db")
    scan = queue_scan(database, "https://github.com/example/shop.git")
    worker = Worker(database, Broadcaster(), pace=ReplayClock(0))
    worker.enqueue(scan.id)
    await worker.idle()
    stored = database.scan(scan.id)
    assert stored
    assert (stored.status, stored.error_message) == (
        "failed",
        "Only local folders (file:///…) can be scanned here.",
    )
    database.close()


async def test_a_queue_may_revive_what_was_cancelled(tmp_path: Path) -> None:
    database, broadcaster = Database(tmp_path / "heimdall.db"), Broadcaster()
    for revives_cancelled, starts in ((False, 1), (True, 3)):
        scan = queue_scan(database, "recording:cancelled")
        worker = LabWorker(
            database, broadcaster, pace=ReplayClock(0), revives_cancelled=revives_cancelled
        )
        worker.enqueue(scan.id)
        await worker.idle()
        stored = database.scan(scan.id)
        assert stored
        assert stored.status == ("failed" if revives_cancelled else "cancelled")
        log = database.newest_activity(scan.id, 10_000)
        assert [row.task_key for row in log].count("scan-start") == starts
    database.close()
