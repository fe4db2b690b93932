"""What the window may ask about scans and repositories that nobody watches yet.

Every request returns at once and may be called off; what it finds comes through its callback, one
value after the other, each holding all that was found by then.
"""

from collections.abc import Callable
from typing import Protocol

from heimdall_desktop.domain.board.discovery import FoundRepo, FoundScan, RepoFinds, ScanFinds
from heimdall_desktop.domain.facts.errors import HeimdallError

NAMED_LIMIT = 8  # scans of a text that are asked for before anybody wants to watch them

CallOff = Callable[[], object]
"""Ends a request that is under way; nothing comes of it any more."""
ScansFound = Callable[[ScanFinds], None]
ReposFound = Callable[[RepoFinds], None]
NamedFound = Callable[[tuple[FoundScan, ...] | HeimdallError], None]


class DiscoveryRequests(Protocol):
    """The discovery, as widgets see it; all of it about the server in use."""

    def request_newest(self, on_finds: ScansFound) -> CallOff:
        """Read the newest scans over all repositories."""

    def request_repos(self, on_finds: ReposFound) -> CallOff:
        """Read the repositories."""

    def request_scans_of(self, repo: FoundRepo, on_finds: ScansFound) -> CallOff:
        """Read the scans of a repository, newest first."""

    def request_named(self, text: str, on_named: NamedFound) -> CallOff:
        """Read the first scans that ids and links in a text name; all of them, or an error."""
