"""One scan: its row, its snapshot, its stream, its findings and patches, and how to cancel it.

Source: heimdall-api.md §3, 4.2-4.4, 4.7-4.9, 4.11.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from heimdall_desktop.local.answers import model, models, success
from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.cancelling import cancel_scan
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Refused
from heimdall_desktop.local.exact_route import exact_route
from heimdall_desktop.local.live_snapshot import live_answer
from heimdall_desktop.local.ownership import owned_scan
from heimdall_desktop.local.reading import path_uuid, query_text, query_u32, refuse_nul
from heimdall_desktop.local.sarif import sarif_answer
from heimdall_desktop.local.scan_worker import ScanWorker
from heimdall_desktop.local.stream import ProgressStream

PER_PAGE_DEFAULT = 25
PER_PAGE_MAX = 100
_PAGES_OF_NOTHING = 4_294_967_295  # what a division by zero saturates to upstream


class ScanRoutes:
    """The endpoints under `/api/scans/`."""

    def __init__(
        self,
        database: Database,
        broadcaster: Broadcaster,
        worker: ScanWorker,
        keepalive_s: float,
    ) -> None:
        self._database = database
        self._broadcaster = broadcaster
        self._worker = worker
        self._keepalive_s = keepalive_s

    def routes(self) -> list[Route]:
        """Return them for the router."""
        return [
            exact_route("GET", "/api/scans/{id}", self.scan),
            exact_route("GET", "/api/scans/{id}/live", self.live),
            exact_route("GET", "/api/scans/{id}/progress/stream", self.stream),
            exact_route("GET", "/api/scans/{id}/findings", self.findings),
            exact_route("GET", "/api/scans/{id}/patches", self.patches),
            exact_route("GET", "/api/scans/{id}/threat-model", self.threat_model),
            exact_route("GET", "/api/scans/{id}/sarif", self.sarif),
            exact_route("POST", "/api/scans/{id}/cancel", self.cancel),
        ]

    async def scan(self, request: Request) -> Response:
        """Give the scan's row."""
        return success(model(owned_scan(self._database, request)))

    async def live(self, request: Request) -> Response:
        """Give the snapshot that clients poll."""
        scan = owned_scan(self._database, request)
        return success(await live_answer(self._database, scan))

    async def stream(self, request: Request) -> Response:
        """Stream the scan's progress."""
        scan = owned_scan(self._database, request)
        return ProgressStream(self._database, self._broadcaster, scan.id, self._keepalive_s)

    async def findings(self, request: Request) -> Response:
        """List findings, filtered by one exact severity or status, in the order of §4.4."""
        path_uuid(request)  # a bad id is reported before a bad query
        page = max(query_u32(request, "page", 1), 1)
        per_page = min(query_u32(request, "per_page", PER_PAGE_DEFAULT), PER_PAGE_MAX)
        severity, status = query_text(request, "severity"), query_text(request, "status")
        scan = owned_scan(self._database, request)
        refuse_nul(severity, status)
        rows, total = self._database.findings_page(
            scan.id,
            severity=severity,
            status=status,
            limit=per_page,
            offset=(page - 1) * per_page,
        )
        return success(
            {
                "items": models(rows),
                "total": total,
                "page": page,
                "per_page": per_page,
                "total_pages": total_pages(total, per_page),
            }
        )

    async def patches(self, request: Request) -> Response:
        """List the patches that the report stage made, newest first."""
        scan = owned_scan(self._database, request)
        return success(models(self._database.patches_of_scan(scan.id)))

    async def sarif(self, request: Request) -> Response:
        """Give the findings that still count as a SARIF file."""
        scan = owned_scan(self._database, request)
        repo = self._database.repo(scan.repo_id)
        if repo is None:
            raise Refused(404, f"Scan '{scan.id}' not found")
        return sarif_answer(scan, repo, self._database.findings_of(scan.id))

    async def threat_model(self, request: Request) -> Response:
        """Give the threat model once Tyr has stored it."""
        scan = owned_scan(self._database, request)
        threat_model = self._database.newest_threat_model(scan.id)
        if threat_model is None:
            raise Refused(404, f"No threat model for scan '{scan.id}'")
        return success(model(threat_model))

    async def cancel(self, request: Request) -> Response:
        """Cancel a scan that waits or runs."""
        scan = owned_scan(self._database, request)
        if not scan.is_live:
            raise Refused(409, f"Scan is {scan.status} already")
        cancel_scan(self._database, self._broadcaster, self._worker, scan.id)
        return success({"id": scan.id, "status": "cancelled"})


def total_pages(total: int, per_page: int) -> int:
    """Return the number of pages, at least 1; with `per_page=0` the server's odd number."""
    if total == 0:
        return 1
    return -(-total // per_page) if per_page else _PAGES_OF_NOTHING
