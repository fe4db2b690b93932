"""The embedded server under a program's watch: accounts, and scans that know who listens."""

import hashlib
import threading
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import count
from typing import Any

from heimdall_desktop.local import auth, rows
from heimdall_desktop.local.broadcaster import Broadcaster, Subscription
from heimdall_desktop.local.rows import ScanId, ScanRow
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

LISTEN_LIMIT_S = 60.0  # several programs may start at once
PASSWORD = "long enough, and nowhere else"  # noqa: S105 - of accounts that live for one test
SEVERITIES = ("critical", "high", "medium", "low")


class AttendedBroadcaster(Broadcaster):
    """Tells other threads when somebody has begun to listen to a scan."""

    def __init__(self) -> None:
        super().__init__()
        self._attended: defaultdict[ScanId, threading.Event] = defaultdict(threading.Event)

    def subscribe(self, scan_id: ScanId) -> Subscription:
        """Listen, and let those know who wait for that."""
        subscription = super().subscribe(scan_id)
        self._attended[scan_id].set()
        return subscription

    def until_attended(self, scan_id: ScanId) -> None:
        """Wait until somebody listens who was not waited for before; any thread may call this."""
        assert self._attended[scan_id].wait(LISTEN_LIMIT_S), "nobody listens"
        self._attended[scan_id].clear()


class AttendedServer(LabServer):
    """An embedded server that a test shares with a program."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.broadcaster: AttendedBroadcaster = AttendedBroadcaster()
        self._numbers = count(1)

    def new_account(self) -> tuple[str, str]:
        """Make an account that nobody else uses; return its e-mail and a token."""
        email = f"analyst{next(self._numbers)}@example.test"
        self.add_account(email, PASSWORD)
        return email, self.new_session(email)

    def knows(self, token: str) -> bool:
        """Whether a session with this token is open."""
        return self.database.user_of_session(auth.token_hash(token)) is not None

    def until_attended(self, scan: ScriptedScan) -> None:
        """Wait until the program listens to a scan."""
        self.broadcaster.until_attended(scan.id)

    def age(self, scan: ScriptedScan) -> None:
        """Let the scan's end lie so far back that it is believed at once."""
        long_ago = rows.now() - timedelta(hours=1)
        self.database.update(ScanRow, scan.id, updated_at=long_ago)

    def told(self, scan_id: ScanId) -> dict[str, Any]:
        """What a program is to print of a scan, counted from the rows themselves."""
        row, findings = self.database.scan(scan_id), self.database.findings_of(scan_id)
        assert row is not None
        severities = {finding.id: finding.severity for finding in findings}
        seen = self.database.files_seen(scan_id)
        files = {} if seen is None else {"unlooked": seen.not_scanned}
        return told(scan_id, row.status, severities) | files


def told(scan_id: str, status: str, findings: dict[Any, str]) -> dict[str, Any]:
    """What a program is to print of a scan with these severities by finding id."""
    severities = Counter(findings.values())
    known = {severity: severities[severity] for severity in SEVERITIES}
    counts = {"total": len(findings), **known, "other": len(findings) - sum(known.values())}
    digest = hashlib.sha256("\n".join(sorted(findings)).encode()).hexdigest()
    return {
        "id": scan_id,
        "status": status,
        "source": "live",
        "findings": counts,
        "ids_sha256": digest,
    }
