"""Repositories: create from a local folder, scan, set the branch, delete.

Source: heimdall-api.md §4.9, 4.10, and §10 for the local folder.
"""

import asyncio
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from heimdall_desktop.local.announced_folders import AnnouncedFolders
from heimdall_desktop.local.auth import owned_repo
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Malformed, Refused, model, success
from heimdall_desktop.local.exact_route import Handler, exact_route
from heimdall_desktop.local.plans import is_folder
from heimdall_desktop.local.reading import (
    Body,
    json_body,
    optional_text,
    path_uuid,
    refuse_nul,
    required_bool,
    required_text,
    signed_in_user,
)
from heimdall_desktop.local.rows import SEVERITIES, ThreatModelRow
from heimdall_desktop.local.worker import ScanWorker


class RepoRoutes:
    """The endpoints under `/api/repos`; there is no list among them.

    Args:
        database: contains the repositories.
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
        """Create a repository; a local folder is `file:///absolute/path`."""
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
        """Return the repository's row."""
        return success(model(owned_repo(self._database, request)))

    async def delete(self, request: Request) -> Response:
        """Delete it with its scans and findings; a running scan notices it."""
        repo = owned_repo(self._database, request)
        self._database.delete_repo(repo.id)
        return success({"id": repo.id, "deleted": True})

    async def scan(self, request: Request) -> Response:
        """Queue a scan; a repository may have any number of running scans."""
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
        """Set whether and from which severity issues would be created."""
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
        """Return the response for every repository except those of Bitbucket, connected or not."""
        owned_repo(self._database, request)
        message = "This repository has no supported issue tracker"
        return success(
            {"issue_tracker_enabled": True, "message": message, "issue_support_message": message}
        )

    async def branches(self, request: Request) -> Response:
        """Return that no branches are known, as for every provider problem."""
        owned_repo(self._database, request)
        return success({"branches": [], "message": "No provider is connected"})

    async def _refuse_unannounced_folder(self, remote_url: str | None) -> None:
        if self._folders is None or remote_url is None or not is_folder(remote_url):
            return
        if refusal := await asyncio.to_thread(self._folders.refusal, remote_url):
            raise Refused(403, refusal)


def _refuse_odd_folder(remote_url: str | None) -> None:
    """Refuse a folder that is relative or on another machine; ingest checks if it exists."""
    if remote_url is None or not is_folder(remote_url):
        return
    parts = urlsplit(remote_url)
    if parts.netloc not in {"", "localhost"} or not parts.path.startswith("/"):
        raise Refused(400, "remote_url: a local folder is file:///absolute/path")


# Threat models by their own id: read, and edited by hand.
#
# Edits are not checked, parallel ones get lost, and elements added by hand have other keys than
# those that Tyr created. Source: heimdall-api.md §4.11.


_PARTS = {
    "boundaries": ("boundaries_json", ("description",)),
    "surfaces": ("surfaces_json", ("risk", "description")),
    "data-flows": ("data_flows_json", ("from", "to", "description")),
}
"""By the word in the path: its column, and the fields of an added element beside its name."""

_INDEX = re.compile("[0-9]{1,19}")


class ThreatModelRoutes:
    """The endpoints under `/api/threat-models/`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def routes(self) -> list[Route]:
        """Return them for the router."""
        path = "/api/threat-models/{id}"
        routes = [
            exact_route("GET", path, self.threat_model),
            exact_route("PATCH", path, self.edit),
        ]
        for part in _PARTS:
            routes.append(exact_route("POST", f"{path}/{part}", self._adding(part)))
            routes.append(exact_route("DELETE", f"{path}/{part}/{{index}}", self._removing(part)))
        return routes

    async def threat_model(self, request: Request) -> Response:
        """Return the model."""
        return success(model(self._owned(request)))

    async def edit(self, request: Request) -> Response:
        """Overwrite parts with any JSON; null leaves a part unchanged."""
        path_uuid(request)
        body = await json_body(request)
        optional_text(body, "summary")
        row = self._owned(request)
        columns = {"summary": "summary"}
        columns |= {part.replace("-", "_"): column for part, (column, _) in _PARTS.items()}
        changes = {
            column: body[name] for name, column in columns.items() if body.get(name) is not None
        }
        self._write(row, changes)
        return success(model(self._owned(request)))

    def _adding(self, part: str) -> Handler:
        async def add(request: Request) -> Response:
            path_uuid(request)
            element = _element(await json_body(request), part)
            return self._rewritten(self._owned(request), part, lambda old: [*old, element])

        return add

    def _removing(self, part: str) -> Handler:
        async def remove(request: Request) -> Response:
            path_uuid(request)
            index = _index(request)

            def without(old: list[object]) -> list[object]:
                if index >= len(old):
                    raise Refused(400, f"There is no element {index}")
                return old[:index] + old[index + 1 :]

            return self._rewritten(self._owned(request), part, without)

        return remove

    def _rewritten(
        self, row: ThreatModelRow, part: str, change: Callable[[list[object]], list[object]]
    ) -> Response:
        """Store a changed part, and return it."""
        column, _ = _PARTS[part]
        stored: object = getattr(row, column)
        elements = change(list(stored) if isinstance(stored, list | tuple) else [])
        self._write(row, {column: elements})
        return success(elements)

    def _write(self, row: ThreatModelRow, changes: dict[str, object]) -> None:
        refuse_nul(*_texts(changes))
        if changes:
            self._database.update_threat_model(row.id, **changes)

    def _owned(self, request: Request) -> ThreatModelRow:
        """Return the model that the path names.

        Raises:
            Malformed: the path holds no UUID.
            Refused: 404.
        """
        model_id = path_uuid(request)
        row = self._database.threat_model(model_id)
        repo = self._database.repo(row.repo_id) if row else None
        if row is None or repo is None or repo.user_id != signed_in_user(request).id:
            raise Refused(404, f"Threat model '{model_id}' not found")
        return row


def _element(body: Body, part: str) -> Body:
    _, names = _PARTS[part]
    said = {name: optional_text(body, name) or "" for name in names}
    return {"name": required_text(body, "name"), **said}


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a JSON value, including keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.items()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _index(request: Request) -> int:
    text = str(request.path_params["index"])
    if not _INDEX.fullmatch(text):
        raise Malformed(404, "The index is not a number")
    return int(text)
