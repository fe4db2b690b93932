"""The web pages through which a client can find scans, and `/health`.

They are lists of links, as bare as §10 allows, but with everything that makes them hard to parse.
Links printed from a value are escaped. Rows carry the whole name of a repository in attributes
before their link. Some links lead to other things than scans and repositories. "Next" is offered
beyond the end. Source: heimdall-api.md §4.0, 4.1, and E15 for the page of a broken database.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from html import escape
from typing import TypeVar
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from heimdall_desktop.local import rows
from heimdall_desktop.local.auth import owned_finding, owned_repo, owned_scan
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Refused, envelope_error, not_found_page, success
from heimdall_desktop.local.exact_route import exact_route
from heimdall_desktop.local.reading import query_u32, signed_in_user
from heimdall_desktop.local.rows import (
    AnswerRow,
    FindingRow,
    Json,
    RepoId,
    RepoRow,
    ScanRow,
    UserId,
)

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
        """Return whether the database responds."""
        try:
            self._database.cells("SELECT 1")
        except sqlite3.Error:
            return envelope_error(503, "The database does not answer")
        return success({"status": "healthy", "version": VERSION})

    async def login(self, _request: Request) -> Response:
        """Return a page that says that there is no form here."""
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
    """Return the page for a failing database: all is well, and there are no items."""
    return _page("Repositories", _links(()))


def _paging(request: Request) -> tuple[int, int]:
    """Return number and size of the requested page; a size of 0 makes every page empty."""
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


# Actions that need an AI model or a code host: explanations, second opinions, issues and fixes.
#
# Neither exists here, so all of them are refused as by a server that has none. A finding of a
# recording, or of a script, may have prepared responses. Then the response to an action is
# returned, and the audit has the same entries as on a real server.
# Source: heimdall-api.md §4.6, §5.9, T-77, T-78.


_TRACKERS = frozenset({"github", "gitlab", "bitbucket"})
_NO_AI = "No AI provider is configured"


class ProviderRoutes:
    """The endpoints that query a service outside of the server."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def routes(self) -> list[Route]:
        """Return them for the router."""
        all_of_scan = "/api/scans/{id}/findings/create-all-issues"
        return [
            exact_route("POST", "/api/findings/{id}/explain", self.explain),
            exact_route("POST", "/api/findings/{id}/verify", self.verify),
            exact_route("POST", "/api/findings/{id}/issue", self.create_issue),
            exact_route("POST", "/api/findings/{id}/remediate", self.remediate),
            exact_route("GET", "/api/findings/{id}/remediation", self.remediation),
            exact_route("POST", all_of_scan, self.create_all_issues),
        ]

    async def explain(self, request: Request) -> Response:
        """Explain a finding."""
        return self._ask_ai(request, "explain", "ai_explanation", "AI explanation generated.")

    async def verify(self, request: Request) -> Response:
        """Check a second time whether a finding is real; the finding does not change."""
        return self._ask_ai(request, "verify", "ai_verification", "AI verification generated.")

    async def create_issue(self, request: Request) -> Response:
        """Create an issue, or return the existing one for the same fingerprint."""
        finding = owned_finding(self._database, request)
        self._refuse_untracked(finding.repo_id)
        known = self._issue_of(finding)
        if known is not None:
            return success({"created": False, "issue": known})
        answer = self._database.answer(finding.id, "issue")
        if answer is None:
            raise Refused(400, "The provider answered 410: issues are disabled")
        issue = self._made_issue(finding, answer, signed_in_user(request).id)
        return success({"created": True, "issue": issue})

    async def create_all_issues(self, request: Request) -> Response:
        """Create an issue for each title among the open findings of a scan."""
        scan = owned_scan(self._database, request)
        self._refuse_untracked(scan.repo_id)
        user_id = signed_in_user(request).id
        groups: dict[str, list[FindingRow]] = {}
        for finding in self._database.findings_of(scan.id):
            if finding.status == "open":
                groups.setdefault(finding.title, []).append(finding)
        created = linked = failed = 0
        for findings in groups.values():
            answers = (self._database.answer(each.id, "issue") for each in findings)
            answer = next((each for each in answers if each is not None), None)
            if any(self._issue_of(each) for each in findings):
                linked += 1
            elif answer is None:
                failed += len(findings)
            else:
                self._made_issue(findings[0], answer, user_id)
                created += 1
        total = sum(map(len, groups.values()))
        return success(
            {
                "created": created,
                "linked": linked,
                "failed": failed,
                "total_findings": total,
                "total_groups": len(groups),
                "findings_covered": total - failed,
                "summary": f"{created} created, {linked} linked, {failed} failed",
            }
        )

    async def remediate(self, request: Request) -> Response:
        """Start a fix request; the audit gets its result, at once if the response has it."""
        finding = owned_finding(self._database, request)
        repo = self._database.repo(finding.repo_id)
        if repo is None or not _is_connected(repo) or repo.source_type != "github":
            raise Refused(400, "Fix requests need a repository that is connected to GitHub")
        answer = self._database.answer(finding.id, "remediate")
        if answer is None:
            raise Refused(503, _NO_AI)
        user_id, result, run_id = signed_in_user(request).id, answer.body_json or {}, str(uuid4())
        run = _run(run_id, finding, user_id, repo.default_branch)
        with self._database.transaction():
            add = self._database.add_finding_event
            known = ("status", "provider", "model")
            about: Json = {"run_id": run_id, **{key: run[key] for key in known}}
            add(
                finding.id,
                user_id,
                "remediation_started",
                new_value=run_id,
                comment="Remediation started.",
                metadata={**about, "branch": run["branch_name"], "base": run["base_branch"]},
            )
            if "pr_url" in result:
                url = str(result["pr_url"])
                add(finding.id, None, "remediation_pr_opened", new_value=url, metadata=result)
            elif "error" in result:
                ended: Json = {**about, "status": "failed", "validation_output": None, **result}
                add(finding.id, None, "remediation_failed", new_value=run_id, metadata=ended)
        return success(run, 202)

    async def remediation(self, request: Request) -> Response:
        """Return a page fragment that says that the result is in the audit."""
        owned_finding(self._database, request)
        return HTMLResponse("<p>See the history of the finding.</p>")

    def _ask_ai(self, request: Request, action: str, event_type: str, comment: str) -> Response:
        finding = owned_finding(self._database, request)
        answer = self._database.answer(finding.id, action)
        if answer is None:
            raise Refused(503, _NO_AI)
        user_id = signed_in_user(request).id
        self._database.add_finding_event(
            finding.id, user_id, event_type, comment=comment, metadata=answer.body_json
        )
        return success(answer.body_json)

    def _refuse_untracked(self, repo_id: RepoId) -> None:
        repo = self._database.repo(repo_id)
        if repo is None or not _is_connected(repo) or repo.source_type not in _TRACKERS:
            raise Refused(400, "This repository has no supported issue tracker")

    def _issue_of(self, finding: FindingRow) -> Json | None:
        """Return the issue that was created for a finding of the same fingerprint."""
        for event in self._database.events_of_fingerprint(finding.repo_id, finding.fingerprint):
            if event.event_type == "issue_linked":
                return event.metadata
        return None

    def _made_issue(self, finding: FindingRow, answer: AnswerRow, user_id: UserId) -> Json:
        made_at = rows.z_form(rows.now())
        issue: Json = {
            "id": str(uuid4()),
            "repo_id": finding.repo_id,
            "finding_id": finding.id,
            "provider": "github",
            "external_issue_id": str(uuid4()),
            "external_issue_number": None,
            "issue_url": "",
            "title": finding.title,
            "fingerprint": finding.fingerprint,
            "severity": finding.severity,
            "state": "open",
            "auto_created": False,
            "created_at": made_at,
            "updated_at": made_at,
            **(answer.body_json or {}),
        }
        self._database.add_finding_event(
            finding.id,
            user_id,
            "issue_linked",
            new_value=str(issue["issue_url"]),
            comment="Issue created.",
            metadata=issue,
        )
        return issue


def _is_connected(repo: RepoRow) -> bool:
    return repo.oauth_connection_id is not None and repo.remote_url is not None


def _run(run_id: str, finding: FindingRow, user_id: UserId, base: str | None) -> dict[str, object]:
    """Return a new fix request."""
    made_at = rows.z_form(rows.now())
    later = ("commit_sha", "pr_url", "external_pr_id", "external_pr_number", "validation_output")
    unknown = (*later, "patch_id", "error_message", "metadata_json", "started_at", "completed_at")
    return {
        "id": run_id,
        "finding_id": finding.id,
        "scan_id": finding.scan_id,
        "repo_id": finding.repo_id,
        "user_id": user_id,
        "provider": "anthropic",
        "model": "recorded",
        "status": "queued",
        "base_branch": base,
        "branch_name": f"heimdall/fix-{finding.id[:8]}",
        "title": finding.title,
        "summary": finding.fix_summary,
        **dict.fromkeys(unknown),
        "created_at": made_at,
        "updated_at": made_at,
    }
