"""A desk of alerts whose clock and scans are the test's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from heimdall_desktop.domain.alerts.absence import Absence
from heimdall_desktop.domain.alerts.desk import Alert, AlertDesk, Withdrawal
from heimdall_desktop.domain.facts.change import Change, FindingAdded, FindingReplaced, ScanMoved
from heimdall_desktop.domain.facts.finding import Finding, ScanId, Severity
from heimdall_desktop.domain.facts.observation import (
    Connection,
    ConnectionSeen,
    Counts,
    FindingsListed,
    ListingEnded,
    LiveRead,
    Settled,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding

OTHER_SCAN = ScanId("00000000-2f0e-4a0c-9a77-6a3c1b0d4e21")
THIRD_SCAN = ScanId("10000000-2f0e-4a0c-9a77-6a3c1b0d4e21")
SERVER = server_url("http://127.0.0.1:8080")


class Told:
    """A desk, its clock, its scans, and what is said of them."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.listed: set[ScanId] = set()
        self.scans: dict[ScanId, Scan] = {}
        self.attempt_starts: list[datetime] = []
        self.desk = AlertDesk(
            self.clock,
            lambda scan_id: f"repo-{scan_id[:1]}",
            self.listed.__contains__,
            Absence(self.clock, self.scans.values()),
            lambda _scan_id: self.attempt_starts,
        )

    def clock(self) -> float:
        return self.now_s

    def take(self, *changes: Change) -> list[Alert | Withdrawal]:
        return self.desk.take(changes)

    def find(self, *numbers: int, scan_id: ScanId = SCAN_ID) -> list[Alert | Withdrawal]:
        return self.take(*(FindingAdded(critical(number, scan_id=scan_id)) for number in numbers))

    def change(self, number: int, **fields: Any) -> list[Alert | Withdrawal]:
        return self.take(FindingReplaced(critical(number, **fields), critical(number)))

    def after(self, seconds: float) -> list[Alert | Withdrawal]:
        self.now_s += seconds
        return self.desk.tick()

    # -- scans that are heard of, or not --

    def scan(self, scan_id: ScanId) -> Scan:
        """Watch a scan: it runs, is live and was listed just now."""
        scan = self.scans[scan_id] = Scan(scan_id, SERVER)
        self.answer(scan)
        self.list_rows(scan)
        self.hear(scan, Connection.LIVE)
        return scan

    def hear(self, scan: Scan, connection: Connection) -> None:
        scan.observe(ConnectionSeen(scan.id, connection, self.now_s))

    def answer(self, scan: Scan, status: str = "hunting", total: int = 0) -> None:
        """Let the server say how a scan stands, now."""
        counts = Counts(total, total)
        scan.observe(LiveRead(scan.id, self.now_s, status, None, FOUND_AT, counts, (), ()))

    def settle(self, scan: Scan) -> list[Alert | Withdrawal]:
        return self.take(*scan.observe(Settled(scan.id, is_settled=True)))

    def list_rows(self, scan: Scan, *findings: Finding) -> list[Alert | Withdrawal]:
        """Read all rows of a scan, now, and take what that changes."""
        changes = scan.observe(FindingsListed(scan.id, self.now_s, findings))
        known = len(scan.findings)
        changes += scan.observe(ListingEnded(scan.id, self.now_s, known, known, is_whole=True))
        return self.take(*changes, ScanMoved(scan.id))


def critical(number: int = 1, **fields: Any) -> Finding:
    return make_finding(
        number, **({"severity": Severity.CRITICAL, "title": f"Hole {number}"} | fields)
    )


def titles(actions: Sequence[Alert | Withdrawal]) -> list[str]:
    return [action.title if isinstance(action, Alert) else "taken back" for action in actions]
