"""A discovery that finds what a test says, and scans and repositories to be found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from heimdall_desktop.application.base.tasks import CallOff
from heimdall_desktop.application.discovery import discovery
from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible, Reason, SignInNeeded
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.observation import Counts, FoundRepo
from heimdall_desktop.domain.facts.scan_link import ScanLink, TextPart, read_links
from heimdall_desktop.domain.facts.server import ServerUrl, host_name
from heimdall_desktop.presentation.board.found_scans import FoundScan

SERVER = ServerUrl("https://heimdall.example.org")
COUNTS = Counts(41, 1, 8, 22, 10)
STARTED_AT = datetime(2026, 7, 4, 14, 1, tzinfo=UTC)


@dataclass(slots=True)
class RecordedDiscovery(discovery.Discovery):
    """Takes the place of the one that asks servers.

    Attributes:
        asked: each request so far: "newest", "repos", "scans of" with its repository, "named" with
            links.
        readings: why the newest were read each time.
        known: servers with a signed-in account.
    """

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    readings: list[discovery.Reading] = field(default_factory=list)
    known: tuple[str, ...] = (SERVER,)
    _waiting: dict[str, list[Callable[[Any], None]]] = field(default_factory=dict)

    def request_newest(
        self, on_finds: discovery.ScansFound, read: discovery.Reading = discovery.Reading.BY_HAND
    ) -> CallOff:
        self.readings.append(read)
        return self._ask("newest", on_found=on_finds)

    def request_repos(self, on_finds: discovery.ReposFound) -> CallOff:
        return self._ask("repos", on_found=on_finds)

    def request_scans_of(self, repo: FoundRepo, on_finds: discovery.ScansFound) -> CallOff:
        return self._ask("scans of", repo, on_found=on_finds)

    def read_text(self, text: str) -> tuple[TextPart, ...]:
        return tuple(self._checked(part) for part in read_links(text))

    def request_named(self, links: Sequence[ScanLink], on_named: discovery.NamedFound) -> CallOff:
        return self._ask("named", *links, on_found=on_named)

    def report(self, kind: str, found: object) -> None:
        """Let the newest request of a kind that was not called off find something."""
        self._waiting[kind][-1](found)

    def report_named(self, *scans: FoundScan, refused: HeimdallError | None = None) -> None:
        """Let the links asked for last lead to these scans, in order, and the others to none."""
        links = [links for kind, *links in self.asked if kind == "named"][-1]
        found = dict(zip(links, scans, strict=False))
        error = NotVisible(Reason.NOT_FOUND) if refused is None else refused
        assert isinstance(error, NotVisible)
        self.report("named", discovery.Named(found, dict.fromkeys(links[len(scans) :], error)))

    def is_waited_for(self, kind: str) -> bool:
        """Whether a request of this kind was made and not called off."""
        return bool(self._waiting.get(kind))

    def _checked(self, part: TextPart) -> TextPart:
        server = None if part.link is None else part.link.server
        if server is None or server in self.known:
            return part
        error = SignInNeeded(Reason.OTHER_SERVER, server=server, host=host_name(server))
        return TextPart(part.text, None, error)

    def _ask(self, kind: str, *about: object, on_found: Callable[[Any], None]) -> CallOff:
        self.asked.append((kind, *about))
        waiting = self._waiting.setdefault(kind, [])
        waiting.append(on_found)

        def call_off() -> None:
            if on_found in waiting:
                waiting.remove(on_found)

        return call_off


def found_repo(name: str, branch: str = "main", number: int = 1) -> FoundRepo:
    return FoundRepo(RepoId(str(UUID(int=(7 << 64) + number))), name, branch)


def found_scan(
    name: str,
    words: str = "Hunt 6:02",
    *,
    number: int = 1,
    branch: str = "main",
    is_live: bool = True,
    counts: Counts | None = COUNTS,
    started_at: datetime | None = STARTED_AT,
) -> FoundScan:
    """Return a scan; another number is another scan."""
    scan_id = ScanId(str(UUID(int=number)))
    repo = found_repo(name, branch, number)
    return FoundScan(scan_id, SERVER, repo, words, is_live, counts, started_at)
