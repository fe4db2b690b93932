"""Finds what a request asks for, if it belongs to the account that asks.

"Not yours" and "does not exist" are the same 404. Source: heimdall-api.md §2.2.
"""

from starlette.requests import Request

from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Refused
from heimdall_desktop.local.reading import path_uuid, signed_in_user
from heimdall_desktop.local.rows import FindingId, FindingRow, RepoId, RepoRow, ScanId, ScanRow


def owned_repo(database: Database, request: Request) -> RepoRow:
    """Return the repository that the path names.

    Raises:
        Malformed: the path holds no UUID.
        Refused: 404.
    """
    repo_id = RepoId(path_uuid(request))
    repo = database.repo(repo_id)
    if repo is None or not _owns(request, repo):
        raise Refused(404, f"Repository '{repo_id}' not found")
    return repo


def owned_scan(database: Database, request: Request) -> ScanRow:
    """Return the scan that the path names.

    Raises:
        Malformed: the path holds no UUID.
        Refused: 404.
    """
    scan_id = ScanId(path_uuid(request))
    scan = database.scan(scan_id)
    repo = database.repo(scan.repo_id) if scan else None
    if scan is None or repo is None or not _owns(request, repo):
        raise Refused(404, f"Scan '{scan_id}' not found")
    return scan


def owned_finding(database: Database, request: Request) -> FindingRow:
    """Return the finding that the path names.

    Raises:
        Malformed: the path holds no UUID.
        Refused: 404.
    """
    finding_id = FindingId(path_uuid(request))
    finding = database.finding(finding_id)
    repo = database.repo(finding.repo_id) if finding else None
    if finding is None or repo is None or not _owns(request, repo):
        raise Refused(404, f"Finding '{finding_id}' not found")
    return finding


def _owns(request: Request, repo: RepoRow) -> bool:
    return repo.user_id == signed_in_user(request).id
