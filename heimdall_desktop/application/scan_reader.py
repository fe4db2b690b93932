"""Reads scans for a list of them: row, snapshot and repository, each repository once."""

from collections.abc import Callable
from datetime import datetime

from heimdall_desktop.application.link import ServerLink
from heimdall_desktop.domain.board.discovery import FoundRepo, FoundScan, Usual, found_scan
from heimdall_desktop.domain.facts.errors import NotVisible
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import LiveRead, ScanRead
from heimdall_desktop.domain.facts.scan_link import ScanLink
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.words.wording import tr

Describe = Callable[[ScanRead, FoundRepo, LiveRead | None, ServerUrl], FoundScan]


class ScanReader:
    """Reads scans of one server for a list of them; each repository once.

    Args:
        link: the server.
        describe: makes a find of what was read.
        only: the repository whose scans are wanted; None for all.
    """

    def __init__(self, link: ServerLink, describe: Describe, only: FoundRepo | None = None) -> None:
        self._link, self._describe, self._only = link, describe, only
        self._repos = {} if only is None else {only.repo_id: only}

    async def read(self, scan_id: ScanId) -> FoundScan | None:
        """Return a scan; None if it is of another repository than wanted."""
        api = self._link.api
        scan = await api.scan(scan_id)
        if self._only is not None and scan.repo_id != self._only.repo_id:
            return None
        live = None if scan.counts else await api.live(scan.scan_id)
        if scan.repo_id not in self._repos:
            self._repos[scan.repo_id] = await api.found_repo(scan.repo_id)
        repo = self._repos[scan.repo_id]
        return self._describe(scan, repo, live, self._link.url)


def described(
    scan: ScanRead,
    repo: FoundRepo,
    live: LiveRead | None,
    server: ServerUrl,
    *,
    clock: Callable[[], float],
    now: Callable[[], datetime],
    usual: Usual,
) -> FoundScan:
    """Return a scan as it is now."""
    return found_scan(scan, repo, live, server, clock(), now(), usual)


async def scan_id_of(link: ServerLink, scan_link: ScanLink) -> ScanId:
    """Return the scan a link leads to; of a finding it is asked for.

    Raises:
        ServerError, WireError: as `HeimdallApi.finding`.
    """
    if scan_link.scan_id is not None:
        return scan_link.scan_id
    if scan_link.finding_id is None:
        raise AssertionError("a scan link names a scan or a finding")
    return (await link.api.finding(scan_link.finding_id)).scan_id


def refusal(refused: int, named: int) -> NotVisible:
    """Return the error that so many of the named scans cannot be seen."""
    remedy = tr("Check the address and the account.")
    if named == 1:
        return NotVisible(tr("That scan does not exist, or belongs to another account."), remedy)
    fact = tr("{refused} of {named} scans do not exist, or belong to another account.")
    return NotVisible(fact.format(refused=refused, named=named), remedy)
