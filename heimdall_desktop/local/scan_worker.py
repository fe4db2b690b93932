"""What the routes ask of the worker that runs the scans."""

from typing import Protocol

from heimdall_desktop.local.rows import ScanId


class ScanWorker(Protocol):
    """Takes queued scans and runs them, some at once. Lives on the server's loop.

    `worker.Worker` is one; tests that script their scans use `IdleWorker`.
    """

    def enqueue(self, scan_id: ScanId) -> None:
        """Take a scan when there is room for it. The scan's row exists already."""

    def cancel(self, scan_id: ScanId) -> None:
        """Signal the run of a scan, or forget a waiting one; an unknown scan is no error.

        The route has written `cancelled` and an error message already; it sends `status_change` and
        `error` right after this call and removes the channel 2 s later. The run answers with
        `stage_update` `cancelled` and an `error` of its own. Source: heimdall-api.md §3.8.
        """

    async def aclose(self) -> None:
        """Stop all runs and end their scanner processes; the loop stops afterwards."""


class IdleWorker:
    """A worker that never takes a scan: it stays `queued` until a script moves it."""

    def enqueue(self, scan_id: ScanId) -> None:
        """Leave the scan in the queue."""

    def cancel(self, scan_id: ScanId) -> None:
        """Do nothing: no run is there to be signalled."""

    async def aclose(self) -> None:
        """Do nothing."""
