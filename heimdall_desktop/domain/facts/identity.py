"""Ids that tell scans of different servers apart, and findings of different scans.

A server names its scans and findings as it likes, by ids of another server too. All the program
keeps a thing by its id alone; so the one that comes second by an id gets another one here, made of
its server's id and of where it lives. Ids are random, so this hardly ever happens by chance.
"""

from typing import Final

from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl

_AT: Final = "@"


def id_on_server(known: str) -> str:
    """Return the id by which its server knows a scan or a finding."""
    return known.partition(_AT)[0]


def is_about(told: str, known: str) -> bool:
    """Whether an answer that names this scan or finding, or "", is about the one asked for."""
    return not told or told.lower() == id_on_server(known).lower()


class Identities:
    """Whose each id is. A scan's stays its own for the session; a finding's, until it is let go."""

    def __init__(self) -> None:
        self._servers: dict[ScanId, ServerUrl] = {}
        self._scans: dict[FindingId, ScanId] = {}
        self._with_others: set[ScanId] = set()  # scans that share ids of findings with another

    def scan_id(self, server: ServerUrl, told: str) -> ScanId:
        """Return what a scan of a server is called here, whatever it was called until now."""
        plain = ScanId(id_on_server(told))
        own = ScanId(f"{plain}{_AT}{server}")
        if own in self._servers or self._servers.get(plain, server) != server:
            return own
        return plain

    def claim_scan(self, server: ServerUrl, told: str) -> ScanId:
        """Return the same, and let no other server have it from now on."""
        scan_id = self.scan_id(server, told)
        self._servers[scan_id] = server
        return scan_id

    def recall_scan(self, server: ServerUrl, scan_id: ScanId) -> None:
        """Let a scan have the id by which an earlier session has kept it."""
        self._servers.setdefault(scan_id, server)

    def finding_id(self, scan_id: ScanId, told: FindingId) -> FindingId:
        """Return what a finding of a scan is called here."""
        if scan_id in self._with_others:
            own = FindingId(f"{told}{_AT}{scan_id}")
            if self._scans.get(own) == scan_id:
                return own
        while self._scans.get(told, scan_id) != scan_id:
            told = FindingId(f"{told}{_AT}{scan_id}")
        return told

    def claim_finding(self, scan_id: ScanId, told: FindingId) -> FindingId:
        """Return the same, and let no other scan have it from now on."""
        finding_id = self.finding_id(scan_id, told)
        self._scans[finding_id] = scan_id
        if finding_id is not told or _AT in told:
            self._with_others.add(scan_id)
        return finding_id

    def let_go(self, finding_id: FindingId) -> None:
        """Another scan may have this id again."""
        self._scans.pop(finding_id, None)
