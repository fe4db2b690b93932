"""Finds what a request asks for, if it belongs to the account that asks.

"Not yours" and "does not exist" are the same 404. Source: heimdall-api.md §2.2.
"""

from typing import TypeVar

from starlette.requests import Request

from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Refused
from heimdall_desktop.local.reading import path_uuid, signed_in_user
from heimdall_desktop.local.rows import FindingId, FindingRow, RepoId, RepoRow, ScanId, ScanRow

T = TypeVar("T")


def owned_repo(database: Database, request: Request) -> RepoRow:
    """Return the repository that the path names.

    Raises:
        Malformed: the path holds no UUID.
        Refused: 404.
    """
    repo_id = RepoId(path_uuid(request))
    repo = database.repo(repo_id)
    return _if_owned(request, repo, repo, f"Repository '{repo_id}'")


def owned_scan(database: Database, request: Request) -> ScanRow:
    """Return the scan that the path names; raises as `owned_repo`."""
    scan_id = ScanId(path_uuid(request))
    scan = database.scan(scan_id)
    repo = database.repo(scan.repo_id) if scan else None
    return _if_owned(request, scan, repo, f"Scan '{scan_id}'")


def owned_finding(database: Database, request: Request) -> FindingRow:
    """Return the finding that the path names; raises as `owned_repo`."""
    finding_id = FindingId(path_uuid(request))
    finding = database.finding(finding_id)
    repo = database.repo(finding.repo_id) if finding else None
    return _if_owned(request, finding, repo, f"Finding '{finding_id}'")


def _if_owned(request: Request, row: T | None, repo: RepoRow | None, named: str) -> T:
    if row is None or repo is None or repo.user_id != signed_in_user(request).id:
        raise Refused(404, f"{named} not found")
    return row
