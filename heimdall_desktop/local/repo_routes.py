"""Repositories: create from a local folder, scan; and the web pages that list them.

The pages are lists of links, as bare as 10 allows, but as hard to parse as the real ones. Links
printed from a value are escaped. Rows carry the whole name of a repository in attributes before
their link. Some links lead to other things than scans and repositories.
Source: protocol.md 4.0, 4.1, 4.9, 4.10, and 10 for the local folder.
"""

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from html import escape
from typing import TypeVar
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from heimdall_desktop.local import messages
from heimdall_desktop.local.auth import database_of, owned_repo
from heimdall_desktop.local.rows import RepoRow, ScanRow
from heimdall_desktop.local.source_tree import AnnouncedFolders, is_folder
from heimdall_desktop.local.worker import ScanWorker

VERSION = "0.1.0"
"""The version that every build reports; it identifies none."""

_DASHBOARD_SCANS = 8
_DASHBOARD_REPOS = 5
_PER_PAGE = 25
_PER_PAGE_MAX = 100
_NAV = (
    '<nav><a href="/dashboard">Dashboard</a> <a href="/repos">Repositories</a> '
    '<a href="/repos/new?provider=github">Add repository</a></nav>'
)
T = TypeVar("T")


async def _create(request: Request) -> Response:
    """Create a repository; a local folder is `file:///absolute/path`."""
    body = await messages.json_body(request)
    name = messages.required_text(body, "name")
    remote_url = messages.optional_text(body, "remote_url")
    source_type = messages.optional_text(body, "source_type")
    default_branch = messages.optional_text(body, "default_branch")
    if remote_url is not None and is_folder(remote_url):
        parts = urlsplit(remote_url)  # ingest checks whether the folder exists
        if parts.netloc not in {"", "localhost"} or not parts.path.startswith("/"):
            raise messages.Refused(400, "remote_url: a local folder is file:///absolute/path")
    messages.refuse_nul(name, remote_url, source_type, default_branch)
    await _refuse_unannounced_folder(request, remote_url)
    repo = database_of(request).add_repo(
        messages.signed_in_user(request).id,
        name,
        remote_url,
        source_type="git_url" if source_type is None else source_type,
        default_branch=default_branch,
    )
    return messages.success(messages.model(repo), 201)


async def _scan(request: Request) -> Response:
    """Queue a scan; a repository may have any number of running scans."""
    repo = owned_repo(request)
    await _refuse_unannounced_folder(request, repo.remote_url)
    scan = database_of(request).add_scan(repo.id, triggered_by=messages.signed_in_user(request).id)
    worker: ScanWorker = request.app.state.worker
    worker.enqueue(scan.id)
    return messages.success(messages.model(scan), 202)


async def _refuse_unannounced_folder(request: Request, remote_url: str | None) -> None:
    folders: AnnouncedFolders | None = request.app.state.folders
    if folders is None or remote_url is None or not is_folder(remote_url):
        return
    if refusal := await asyncio.to_thread(folders.refusal, remote_url):
        raise messages.Refused(403, refusal)


async def _health(request: Request) -> Response:
    try:
        database_of(request).cells("SELECT 1")
    except sqlite3.Error:
        return messages.envelope_error(503, "The database does not answer")
    return messages.success({"status": "healthy", "version": VERSION})


async def dashboard(request: Request) -> Response:
    """Link the newest scans over all repositories, and the newest repositories."""
    database, user = database_of(request), messages.signed_in_user(request)
    scans = database.newest_scans(user.id, _DASHBOARD_SCANS)
    repos = database.repos_of(user.id)[:_DASHBOARD_REPOS]
    return page("Dashboard", _links(map(_scan_link, scans)) + _links(map(_repo_link, repos)))


async def _repos_page(request: Request) -> Response:
    """Link the repositories, page by page, newest first."""
    repos = database_of(request).repos_of(messages.signed_in_user(request).id)
    some, next_link = _page_of(request, repos, "/repos")
    is_last = not some or some[-1] is repos[-1]
    return page("Repositories", _links(map(_repo_link, some)) + ("" if is_last else next_link))


async def _repo_page(request: Request) -> Response:
    """Link the scans of a repository, page by page, newest first; "Next" also beyond the end."""
    try:
        repo = owned_repo(request)
    except messages.Refused:
        return messages.not_found_page()
    found = database_of(request).scans_of_repo(repo.id)
    some, next_link = _page_of(request, found, f"/repos/{repo.id}")
    crumbs = f'<a href="{_escaped("/repos")}">Repositories</a> {_escaped(repo.name)}'
    scans = _links(_scan_link(scan, of=repo.name) for scan in some)
    return page(repo.name, crumbs + scans + next_link)


def _page_of(request: Request, rows: Sequence[T], path: str) -> tuple[Sequence[T], str]:
    """Return the rows of the requested page, none with a size of 0, and the link to the next."""
    number = max(messages.query_u32(request, "page", 1), 1)
    per_page = min(messages.query_u32(request, "per_page", _PER_PAGE), _PER_PAGE_MAX)
    next_link = f'<a href="{path}?page={number + 1}">Next</a>'
    return rows[(number - 1) * per_page : number * per_page], next_link


def page(title: str, body: str) -> Response:
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    return HTMLResponse(f"<!DOCTYPE html><html><head>{head}</head><body>{_NAV}{body}</body></html>")


def _links(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _escaped(value: str) -> str:
    """Escape a value as the server's templates do: slashes too."""
    return escape(value).replace("/", "&#x2f;")


def _scan_link(scan: ScanRow, of: str = "") -> str:
    """Link a scan; in a repository's list the tag has the name, and the address is printed."""
    text = f"{scan.status}, {scan.created_at:%Y-%m-%d %H:%M}"
    place = _escaped(f"/scans/{scan.id}") if of else f"/scans/{scan.id}"
    return (
        f'<a data-repo="{_escaped(of)}" aria-label="Scan of {_escaped(of)}" href="{place}">'
        f'{escape(text)}</a> <a href="/scans/{scan.id}/findings">Findings</a> '
        f'<a href="/scans/{scan.id}/report">Report</a>'
    )


def _repo_link(repo: RepoRow) -> str:
    name = _escaped(repo.name)
    return f'<a data-name="{name}" title="{name}" href="/repos/{repo.id}">{name}</a>'


REPO_ROUTES = (
    messages.exact_route("GET", "/health", _health),
    messages.exact_route("GET", "/", dashboard),
    messages.exact_route("GET", "/repos", _repos_page),
    messages.exact_route("GET", "/repos/{id}", _repo_page),
    messages.exact_route("POST", "/api/repos", _create),
    messages.exact_route("GET", "/api/repos/{id}", messages.showing(owned_repo)),
    messages.exact_route("POST", "/api/repos/{id}/scan", _scan),
)
