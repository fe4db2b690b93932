"""Cancels a scan: its row, the signal to its run, and what its streams hear.

Source: heimdall-api.md §3.8, 4.9.
"""

from heimdall_desktop.local import moments
from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import ScanId
from heimdall_desktop.local.scan_worker import ScanWorker

CANCEL_MESSAGE = "Scan cancelled by user"
CANCELLED_CHANNEL_LINGERS_S = 2.0


def cancel_scan(
    database: Database, broadcaster: Broadcaster, worker: ScanWorker, scan_id: ScanId
) -> None:
    """Cancel a scan that waits or runs; to be called on the server's loop.

    The streams end by an `error`; the run adds its own events afterwards.

    Raises:
        RowGone: the scan was deleted with its repository.
    """
    database.set_scan_status(scan_id, "cancelled", CANCEL_MESSAGE)
    worker.cancel(scan_id)
    stamp = {"scan_id": scan_id, "timestamp": moments.live_form()}
    broadcaster.send(scan_id, "status_change", stamp | {"status": "cancelled"})
    broadcaster.send(scan_id, "error", stamp | {"error": CANCEL_MESSAGE})
    broadcaster.close_later(scan_id, CANCELLED_CHANNEL_LINGERS_S)
