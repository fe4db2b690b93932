"""The whole HTTP application: all routes behind the gate and the rate limiter."""

from starlette.applications import Starlette
from starlette.middleware import Middleware

from heimdall_desktop.local.announced_folders import AnnouncedFolders
from heimdall_desktop.local.auth import AuthRateLimit, AuthRoutes, TokenBucket
from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import ERROR_HANDLERS, LastResort
from heimdall_desktop.local.gate import CsrfCheck, SessionCheck
from heimdall_desktop.local.pages import Pages, ProviderRoutes
from heimdall_desktop.local.repo_routes import RepoRoutes, ThreatModelRoutes
from heimdall_desktop.local.scan_routes import FindingRoutes, ScanRoutes
from heimdall_desktop.local.worker import ScanWorker


def application(
    database: Database,
    broadcaster: Broadcaster,
    worker: ScanWorker,
    *,
    keepalive_s: float,
    bucket: TokenBucket,
    folders: AnnouncedFolders | None,
) -> Starlette:
    """Build the application.

    Args:
        database: contains all data.
        broadcaster: sends events.
        worker: runs the scans.
        keepalive_s: silence after which a stream gets a comment.
        bucket: limits `/api/auth/*`.
        folders: the local folders that may be scanned; None for a laboratory, which accepts any and
            also accepts new accounts.
    """
    app = Starlette(
        routes=[
            *AuthRoutes(database, takes_accounts=folders is None).routes(),
            *ScanRoutes(database, broadcaster, worker, keepalive_s).routes(),
            *FindingRoutes(database).routes(),
            *ProviderRoutes(database).routes(),
            *RepoRoutes(database, worker, folders).routes(),
            *ThreatModelRoutes(database).routes(),
            *Pages(database).routes(),
        ],
        middleware=[
            Middleware(CsrfCheck),
            Middleware(LastResort),
            Middleware(SessionCheck, database=database),
            Middleware(AuthRateLimit, bucket=bucket),
        ],
        exception_handlers=ERROR_HANDLERS,
    )
    app.router.redirect_slashes = False  # contract E6: a trailing slash is another path
    return app
