"""One finding: its row, its audit trail, and what a person may change.

Source: heimdall-api.md §4.5 and 4.6. What needs an AI model or a code host is `provider_routes`.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from heimdall_desktop.local.answers import model, models, success
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Refused
from heimdall_desktop.local.exact_route import exact_route
from heimdall_desktop.local.ownership import owned_finding
from heimdall_desktop.local.reading import (
    json_body,
    json_or_form_body,
    path_uuid,
    refuse_nul,
    required_text,
    signed_in_user,
)
from heimdall_desktop.local.rows import FINDING_STATUSES, SEVERITIES, FindingEventRow, FindingId


class FindingRoutes:
    """The endpoints under `/api/findings/`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def routes(self) -> list[Route]:
        """Return them for the router."""
        return [
            exact_route("GET", "/api/findings/{id}", self.finding),
            exact_route("GET", "/api/findings/{id}/events", self.events),
            exact_route("PATCH", "/api/findings/{id}/status", self.set_status),
            exact_route("PATCH", "/api/findings/{id}/severity", self.set_severity),
            exact_route("POST", "/api/findings/{id}/comment", self.comment),
            exact_route("POST", "/api/findings/{id}/apply-patch", self.apply_patch),
        ]

    async def finding(self, request: Request) -> Response:
        """Give the finding's row."""
        return success(model(owned_finding(self._database, request)))

    async def events(self, request: Request) -> Response:
        """Give the audit trail, oldest first."""
        finding = owned_finding(self._database, request)
        return success(models(self._database.finding_events(finding.id)))

    async def set_status(self, request: Request) -> Response:
        """Set the status; the same one again is logged again."""
        path_uuid(request)
        text = required_text(await json_or_form_body(request), "status")
        status = _one_of(FINDING_STATUSES, text, "status")
        finding = owned_finding(self._database, request)
        self._change(request, finding.id, "status", finding.status, status)
        return success({"id": finding.id, "old_status": finding.status, "status": status})

    async def set_severity(self, request: Request) -> Response:
        """Set the severity to one of the four."""
        path_uuid(request)
        text = required_text(await json_body(request), "severity")
        severity = _one_of(SEVERITIES, text, "severity")
        finding = owned_finding(self._database, request)
        event = self._change(request, finding.id, "severity", finding.severity, severity)
        return success(
            {
                "finding_id": finding.id,
                "old_severity": finding.severity,
                "new_severity": severity,
                "event": model(event),
            }
        )

    def _change(
        self, request: Request, finding_id: FindingId, column: str, old: str, new: str
    ) -> FindingEventRow:
        """Change a column of a finding, and return the entry of its audit trail."""
        user = signed_in_user(request)
        with self._database.transaction():
            self._database.update_finding(finding_id, **{column: new})
            return self._database.add_finding_event(
                finding_id, user.id, f"{column}_change", old_value=old, new_value=new
            )

    async def comment(self, request: Request) -> Response:
        """Add a comment as it is, be it empty."""
        path_uuid(request)
        text = required_text(await json_body(request), "comment")
        finding = owned_finding(self._database, request)
        user = signed_in_user(request)
        refuse_nul(text)
        event = self._database.add_finding_event(finding.id, user.id, "comment", comment=text)
        return success(model(event), 201)

    async def apply_patch(self, request: Request) -> Response:
        """Note that the newest patch was applied; nothing is written to any file."""
        finding = owned_finding(self._database, request)
        user = signed_in_user(request)
        with self._database.transaction():
            patch = self._database.newest_patch(finding.id)
            if patch is None:
                raise Refused(404, "This finding has no patch")
            if patch.applied:
                raise Refused(409, "This patch is applied already")
            self._database.set_patch_applied(patch.id)
            event = self._database.add_finding_event(
                finding.id, user.id, "patch_applied", new_value=patch.id
            )
        return success(
            {
                "finding_id": finding.id,
                "patch_id": patch.id,
                "applied_by": user.id,
                "event": model(event),
            }
        )


def _one_of(allowed: tuple[str, ...], text: str, name: str) -> str:
    value = text.strip().lower()
    if value not in allowed:
        raise Refused(400, f"Unknown {name}; allowed: {', '.join(allowed)}")
    return value
