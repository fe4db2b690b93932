"""Cancelling a scan: the row first, then the signal, then the streams."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from heimdall_desktop.local.connection import RowGone
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import ScanId
from heimdall_desktop.local.worker import CANCEL_MESSAGE, cancel_scan
from tests.fakes.scans import HeardBroadcaster, queue_scan
from tests.lab.workers import IdleWorker


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "heimdall.db")
    yield database
    database.close()


async def test_the_run_is_signalled_between_the_row_and_the_events(database: Database) -> None:
    scan = queue_scan(database)
    happened: list[object] = []

    class Witness(HeardBroadcaster, IdleWorker):
        def send(self, scan_id: ScanId, event_name: str, data: Mapping[str, object]) -> None:
            happened.append(event_name)

        def cancel(self, scan_id: ScanId) -> None:
            stored = database.scan(scan_id)
            assert stored
            happened.append((stored.status, stored.error_message))

    witness = Witness()
    cancel_scan(database, witness, witness, scan.id)
    assert happened == [("cancelled", CANCEL_MESSAGE), "status_change", "error"]


async def test_a_scan_that_is_gone_is_no_news_to_anybody(database: Database) -> None:
    broadcaster = HeardBroadcaster()
    with pytest.raises(RowGone):
        cancel_scan(database, broadcaster, IdleWorker(), ScanId("nobody"))
    assert broadcaster.heard == []
