"""Repositories: made from a local folder, scanned, renamed branches, deleted.

Source: heimdall-api.md §4.9, 4.10, and §10 for the local folder.
"""

import asyncio
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from heimdall_desktop.local.announced_folders import AnnouncedFolders
from heimdall_desktop.local.answers import model, success
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Refused
from heimdall_desktop.local.exact_route import exact_route
from heimdall_desktop.local.ownership import owned_repo
from heimdall_desktop.local.plans import is_folder
from heimdall_desktop.local.reading import (
    json_body,
    optional_text,
    path_uuid,
    refuse_nul,
    required_bool,
    required_text,
    signed_in_user,
)
from heimdall_desktop.local.rows import SEVERITIES
from heimdall_desktop.local.scan_worker import ScanWorker


class RepoRoutes:
    """The endpoints under `/api/repos`; there is no list among them.

    Args:
        database: where the repositories are.
        worker: scans them.
        folders: the local folders that may be scanned; None for any.
    """

    def __init__(
        self, database: Database, worker: ScanWorker, folders: AnnouncedFolders | None
    ) -> None:
        self._database = database
        self._worker = worker
        self._folders = folders

    def routes(self) -> list[Route]:
        """Return them for the router."""
        return [
            exact_route("POST", "/api/repos", self.create),
            exact_route("GET", "/api/repos/{id}", self.repo),
            exact_route("DELETE", "/api/repos/{id}", self.delete),
            exact_route("POST", "/api/repos/{id}/scan", self.scan),
            exact_route("PATCH", "/api/repos/{id}/branch", self.set_branch),
            exact_route("PATCH", "/api/repos/{id}/issue-automation", self.set_issue_automation),
            exact_route("GET", "/api/repos/{id}/check-issue-tracker", self.check_issue_tracker),
            exact_route("GET", "/api/repos/{id}/branches", self.branches),
        ]

    async def create(self, request: Request) -> Response:
        """Make a repository; a local folder is `file:///absolute/path`."""
        body = await json_body(request)
        name = required_text(body, "name")
        remote_url = optional_text(body, "remote_url")
        source_type = optional_text(body, "source_type")
        default_branch = optional_text(body, "default_branch")
        _refuse_odd_folder(remote_url)
        refuse_nul(name, remote_url, source_type, default_branch)
        await self._refuse_unannounced_folder(remote_url)
        repo = self._database.add_repo(
            signed_in_user(request).id,
            name,
            remote_url,
            source_type="git_url" if source_type is None else source_type,
            default_branch=default_branch,
        )
        return success(model(repo), 201)

    async def repo(self, request: Request) -> Response:
        """Give the repository's row."""
        return success(model(owned_repo(self._database, request)))

    async def delete(self, request: Request) -> Response:
        """Delete it with its scans and findings; a running scan notices by itself."""
        repo = owned_repo(self._database, request)
        self._database.delete_repo(repo.id)
        return success({"id": repo.id, "deleted": True})

    async def scan(self, request: Request) -> Response:
        """Queue a scan; any number may run of one repository."""
        repo = owned_repo(self._database, request)
        await self._refuse_unannounced_folder(repo.remote_url)
        scan = self._database.add_scan(repo.id, triggered_by=signed_in_user(request).id)
        self._worker.enqueue(scan.id)
        return success(model(scan), 202)

    async def set_branch(self, request: Request) -> Response:
        """Set the default branch."""
        path_uuid(request)
        branch = required_text(await json_body(request), "branch").strip()
        repo = owned_repo(self._database, request)
        refuse_nul(branch)
        if not branch:
            raise Refused(400, "branch: must not be empty")
        self._database.update_repo(repo.id, default_branch=branch)
        return success({"id": repo.id, "default_branch": branch})

    async def set_issue_automation(self, request: Request) -> Response:
        """Set whether and from which severity issues would be made."""
        path_uuid(request)
        body = await json_body(request)
        enabled, severity = required_bool(body, "enabled"), required_text(body, "min_severity")
        repo = owned_repo(self._database, request)
        if severity not in SEVERITIES:
            raise Refused(400, f"Unknown severity; allowed: {', '.join(SEVERITIES)}")
        changes: dict[str, object] = {
            "issue_auto_create_enabled": enabled,
            "issue_auto_create_min_severity": severity,
        }
        self._database.update_repo(repo.id, **changes)
        return success({"id": repo.id} | changes)

    async def check_issue_tracker(self, request: Request) -> Response:
        """Say what is said of every repository but those of Bitbucket, whatever is connected."""
        owned_repo(self._database, request)
        message = "This repository has no supported issue tracker"
        return success(
            {"issue_tracker_enabled": True, "message": message, "issue_support_message": message}
        )

    async def branches(self, request: Request) -> Response:
        """Say, as for every trouble with a provider, that no branches are known."""
        owned_repo(self._database, request)
        return success({"branches": [], "message": "No provider is connected"})

    async def _refuse_unannounced_folder(self, remote_url: str | None) -> None:
        if self._folders is None or remote_url is None or not is_folder(remote_url):
            return
        if refusal := await asyncio.to_thread(self._folders.refusal, remote_url):
            raise Refused(403, refusal)


def _refuse_odd_folder(remote_url: str | None) -> None:
    """Refuse a folder that is relative or on another machine; whether it exists, ingest says."""
    if remote_url is None or not is_folder(remote_url):
        return
    parts = urlsplit(remote_url)
    if parts.netloc not in {"", "localhost"} or not parts.path.startswith("/"):
        raise Refused(400, "remote_url: a local folder is file:///absolute/path")
