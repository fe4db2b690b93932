"""A store with scans whose findings a test lists at will, and one realistic set of rows."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    ScanId,
    Severity,
    Source,
)
from heimdall_desktop.domain.facts.observation import FindingsListed, RepoRead
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.models.ticker import Ticker
from tests.fakes.findings import SCAN_ID, make_finding

SERVER = ServerUrl("http://localhost:8080")


class WatchedFindings:
    """Scans of a store, fed the way a watch feeds them, flushed on request."""

    def __init__(self) -> None:
        self.store = Store()
        self.ticker = Ticker(self.store)
        self._asked_at_s = 0.0

    def watch(self, name: str, scan_id: ScanId = SCAN_ID) -> Scan:
        """Add a scan of a repository."""
        scan = Scan(scan_id, SERVER)
        self.store.add(scan)
        self.store.observe(RepoRead(scan_id, name, "main"))
        return scan

    def list(self, findings: Iterable[Finding], scan_id: ScanId = SCAN_ID) -> None:
        """Read findings of a scan and show them at once."""
        self.read(findings, scan_id)
        self.ticker.flush()

    def read(self, findings: Iterable[Finding], scan_id: ScanId = SCAN_ID) -> None:
        """Read findings of a scan, to be shown with the next turn."""
        self._asked_at_s += 1
        self.store.observe(FindingsListed(scan_id, self._asked_at_s, tuple(findings)))


def realistic_findings(
    count: int = 60, scan_id: ScanId = SCAN_ID, newest_at: datetime | None = None
) -> Sequence[Finding]:
    """Return findings as a scan of a web shop would give them, a few seconds apart.

    Args:
        count: How many; titles repeat after the first dozens.
        scan_id: Whose they are.
        newest_at: When the last one was found; now by default.
    """
    newest = newest_at or datetime.now(UTC)
    return tuple(
        _realistic(number, scan_id, newest - timedelta(seconds=23 * (count - number - 1)))
        for number in range(count)
    )


def _realistic(number: int, scan_id: ScanId, at: datetime) -> Finding:
    severity_text, source_text, place, cwe, title = _ROWS[number % len(_ROWS)].split(" ", 4)
    severity, source = Severity(severity_text), Source(source_text)
    path, _, line = place.rpartition(":")
    has_seen_vidarr = source is Source.AI and number % 3 != 2
    is_withdrawn = number % 11 == 7
    status = FindingStatus.CONFIRMED if number % 13 == 2 else FindingStatus.OPEN
    status = FindingStatus.FALSE_POSITIVE if is_withdrawn else status
    status = FindingStatus.DISMISSED if number % 29 == 20 else status
    confidence = Confidence.HIGH if has_seen_vidarr else Confidence.MEDIUM
    return make_finding(
        number,
        scan_id=scan_id,
        severity=severity,
        severity_text="notice" if severity is Severity.OTHER else severity_text,
        source=source,
        status=status,
        confidence=Confidence.LOW if is_withdrawn else confidence,
        title=title,
        file_path=path,
        line_start=int(line) + number // len(_ROWS),
        cwe_text=cwe,
        created_at=at,
        updated_at=at,
    )


_ROWS = """\
high ai shop/auth/tokens.py:91 CWE-345 JWT accepted without checking the audience
medium ai shop/api/errors.py:27 CWE-209 Error page shows the stack trace to the client
critical ai shop/webhooks/stripe.py:31 CWE-208 Webhook signature is compared with == byte by byte
critical ai shop/api/invoices.py:66 CWE-22 Path traversal when invoices are downloaded by name
high ai shop/webhooks/relay.py:119 CWE-918 Server-side request forgery through the callback URL
low static shop/api/orders.py:131 CWE-532 Log line contains the e-mail address of the customer
critical ai shop/api/orders.py:88 CWE-89 SQL built from request parameter in order search
high ai shop/auth/login.py:48 CWE-601 Open redirect after login
medium static shop/promo/coupons.py:52 CWE-338 Coupon codes can be guessed
critical ai shop/api/refunds.py:142 CWE-639 Refund endpoint trusts the account id sent by the client
low config shop/middleware.py:14 CWE-693 Missing Content-Security-Policy header
high ai shop/auth/reset.py:74 CWE-613 Password reset token stays valid after use
medium config deploy/k8s/payments.yaml:33 CWE-1357 Image tag “latest” is not pinned
medium static shop/api/uploads.py:23 CWE-770 Upload size is checked after reading
high dependencies requirements.txt:29 CWE-1104 GHSA-x84v-xcm2-53pg in requests 2.30.0
other static shop/webhooks/relay.py:160 CWE-20 A severity word we do not know is shown as sent
high static shop/jobs/thumbnails/previews.py:38 CWE-78 Uploaded file name used in a shell command
high config deploy/terraform/network.tf:41 CWE-284 Security group open to 0.0.0.0/0 on port 5432
critical static shop/auth/session.py:203 CWE-502 Deserialisation of a session cookie with pickle
""".splitlines()
