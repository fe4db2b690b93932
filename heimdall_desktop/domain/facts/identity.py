"""Ids that distinguish scans of different servers, and findings of different scans.

A server chooses the ids of its scans and findings, even ids that another server uses. The program
identifies everything by id alone. So the second thing with the same id gets a different one here,
made of its server's id and its location. Ids are random, so this hardly ever happens by chance.
"""

from typing import Final

from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl

_AT: Final = "@"


def id_on_server(known: str) -> str:
    return known.partition(_AT)[0]


def is_about(reported: str, known: str) -> bool:
    """Return whether an answer that names this id, or "", is about the requested one."""
    return not reported or reported.lower() == id_on_server(known).lower()


class Identities:
    """The owner of each id: of a scan's id for the session, of a finding's until it is released."""

    def __init__(self) -> None:
        self._servers: dict[ScanId, ServerUrl] = {}
        self._scans: dict[FindingId, ScanId] = {}
        self._with_others: set[ScanId] = set()  # scans that share finding ids with another

    def scan_id(self, server: ServerUrl, reported: str) -> ScanId:
        plain = ScanId(id_on_server(reported))
        own = ScanId(f"{plain}{_AT}{server}")
        if own in self._servers or self._servers.get(plain, server) != server:
            return own
        return plain

    def claim_scan(self, server: ServerUrl, reported: str) -> ScanId:
        """Return our id for a scan of a server, and reserve it against other servers."""
        scan_id = self.scan_id(server, reported)
        self._servers[scan_id] = server
        return scan_id

    def recall_scan(self, server: ServerUrl, scan_id: ScanId) -> None:
        """Reserve the id under which an earlier session kept a scan."""
        self._servers.setdefault(scan_id, server)

    def finding_id(self, scan_id: ScanId, reported: FindingId) -> FindingId:
        if scan_id in self._with_others:
            own = FindingId(f"{reported}{_AT}{scan_id}")
            if self._scans.get(own) == scan_id:
                return own
        while self._scans.get(reported, scan_id) != scan_id:
            reported = FindingId(f"{reported}{_AT}{scan_id}")
        return reported

    def claim_finding(self, scan_id: ScanId, reported: FindingId) -> FindingId:
        """Return our id for a finding of a scan, and reserve it against other scans."""
        finding_id = self.finding_id(scan_id, reported)
        self._scans[finding_id] = scan_id
        if finding_id is not reported or _AT in reported:
            self._with_others.add(scan_id)
        return finding_id

    def let_go(self, finding_id: FindingId) -> None:
        self._scans.pop(finding_id, None)
