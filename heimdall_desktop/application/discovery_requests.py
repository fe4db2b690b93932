"""What the window may ask about scans and repositories that nobody watches yet.

Every request returns at once and may be called off; what it finds comes through its callback, one
value after the other, each holding all that was found by then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible
from heimdall_desktop.domain.facts.observation import FoundRepo
from heimdall_desktop.domain.facts.scan_link import ScanLink, TextPart
from heimdall_desktop.presentation.board.discovery import FoundScan, RepoFinds, ScanFinds

NAMED_LIMIT = 8  # scans of a text that are asked for before anybody wants to watch them


class Reading(Enum):
    """Why a list is read: so old may be what its pages said."""

    BY_ITSELF = auto()
    """A list that stays open is brought up to date."""
    OPENED = auto()
    """A person has opened it."""
    BY_HAND = auto()
    """A person wants all of it read again."""


@dataclass(frozen=True, slots=True)
class Named:
    """What links lead to.

    Attributes:
        found: the scan of each link that leads to one.
        refused: why there is none that this account sees.
    """

    found: Mapping[ScanLink, FoundScan]
    refused: Mapping[ScanLink, NotVisible]


CallOff = Callable[[], object]
"""Ends a request that is under way; nothing comes of it any more."""
ScansFound = Callable[[ScanFinds], None]
ReposFound = Callable[[RepoFinds], None]
NamedFound = Callable[[Named | HeimdallError], None]


class DiscoveryRequests(Protocol):
    """The discovery, as widgets see it; all of it about the server in use."""

    def request_newest(self, on_finds: ScansFound, read: Reading = Reading.BY_HAND) -> CallOff:
        """Read the newest scans over all repositories, and those that run beside them."""

    def request_repos(self, on_finds: ReposFound) -> CallOff:
        """Read the repositories."""

    def request_scans_of(self, repo: FoundRepo, on_finds: ScansFound) -> CallOff:
        """Read the scans of a repository, newest first."""

    def read_text(self, text: str) -> tuple[TextPart, ...]:
        """Return what the parts of a text name; nothing is asked for."""

    def request_named(self, links: Sequence[ScanLink], on_named: NamedFound) -> CallOff:
        """Read the first of these scans, and tell which of them are there; or an error."""
