"""The web pages by which a client may find scans, and `/health`.

Lists of links as far as §10 lets them be bare, but with all that makes them hard to read: links
printed from a value are escaped, rows carry the whole name of a repository in attributes before
their link, links lead to more than scans and repositories, and "Next" is offered beyond the end.
Source: heimdall-api.md §4.0, 4.1, and E15 for the page of a broken database.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from html import escape
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from heimdall_desktop.local.answers import envelope_error, success
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Refused, not_found_page
from heimdall_desktop.local.exact_route import exact_route
from heimdall_desktop.local.ownership import owned_repo
from heimdall_desktop.local.reading import query_u32, signed_in_user
from heimdall_desktop.local.rows import RepoRow, ScanRow

VERSION = "0.1.0"
"""What every build says; it identifies none."""

_DASHBOARD_SCANS = 8
_DASHBOARD_REPOS = 5
_PER_PAGE = 25
_PER_PAGE_MAX = 100
_NAV = (
    '<nav><a href="/dashboard">Dashboard</a> <a href="/repos">Repositories</a> '
    '<a href="/repos/new?provider=github">Add repository</a></nav>'
)
T = TypeVar("T")


class Pages:
    """The pages that need a session, like the API, and the two that do not."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def routes(self) -> list[Route]:
        """Return them for the router."""
        return [
            exact_route("GET", "/health", self.health),
            exact_route("GET", "/login", self.login),
            exact_route("GET", "/", self.dashboard),
            exact_route("GET", "/dashboard", self.dashboard),
            exact_route("GET", "/repos", self.repos),
            exact_route("GET", "/repos/{id}", self.repo),
        ]

    async def health(self, _request: Request) -> Response:
        """Say whether the database answers."""
        try:
            self._database.cells("SELECT 1")
        except sqlite3.Error:
            return envelope_error(503, "The database does not answer")
        return success({"status": "healthy", "version": VERSION})

    async def login(self, _request: Request) -> Response:
        """Say that there is no form here."""
        return _page("Sign in", "<p>Sign in with the desktop client.</p>")

    async def dashboard(self, request: Request) -> Response:
        """Link the newest scans over all repositories, and the newest repositories."""
        user = signed_in_user(request)
        scans = self._database.newest_scans(user.id, _DASHBOARD_SCANS)
        repos = self._database.repos_of(user.id)[:_DASHBOARD_REPOS]
        return _page("Dashboard", _links(map(_scan_link, scans)) + _links(map(_repo_link, repos)))

    async def repos(self, request: Request) -> Response:
        """Link the repositories, page by page, newest first."""
        repos = self._database.repos_of(signed_in_user(request).id)
        rows = _one_page(request, repos)
        page, per_page = _paging(request)
        following = _next("/repos", page) if page * per_page < len(repos) else ""
        return _page("Repositories", _links(map(_repo_link, rows)) + following)

    async def repo(self, request: Request) -> Response:
        """Link the scans of a repository, page by page, newest first."""
        try:
            repo = owned_repo(self._database, request)
        except Refused:
            return not_found_page()
        rows = _one_page(request, self._database.scans_of_repo(repo.id))
        place = f"/repos/{repo.id}"
        crumbs = f'<a href="{_escaped("/repos")}">Repositories</a> {_escaped(repo.name)}'
        rows_of = _links(_scan_link(scan, of=repo.name) for scan in rows)
        return _page(repo.name, crumbs + rows_of + _next(place, _paging(request)[0]))


def empty_page() -> Response:
    """Return what a page says while the database fails: all is well, and there is nothing."""
    return _page("Repositories", _links(()))


def _paging(request: Request) -> tuple[int, int]:
    """Return number and size of the page asked for; a size of 0 makes every page an empty one."""
    page = max(query_u32(request, "page", 1), 1)
    return page, min(query_u32(request, "per_page", _PER_PAGE), _PER_PAGE_MAX)


def _one_page(request: Request, rows: Sequence[T]) -> Sequence[T]:
    page, per_page = _paging(request)
    return rows[(page - 1) * per_page : page * per_page]


def _next(place: str, page: int) -> str:
    return f'<a href="{place}?page={page + 1}">Next</a>'


def _escaped(value: str) -> str:
    """Escape a value as the server's templates do: slashes too."""
    return escape(value).replace("/", "&#x2f;")


def _page(title: str, body: str) -> Response:
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    return HTMLResponse(f"<!DOCTYPE html><html><head>{head}</head><body>{_NAV}{body}</body></html>")


def _links(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _scan_link(scan: ScanRow, of: str = "") -> str:
    """Link a scan; in the list of a repository its tag has the name, and its address is printed."""
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
