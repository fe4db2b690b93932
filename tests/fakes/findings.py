"""Findings, finding events and patches with plain values, for tests that name a few fields."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts import finding
from heimdall_desktop.domain.facts.finding_action import Patch
from heimdall_desktop.domain.facts.observation import FindingsListed, RepoRead
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.models.ticker import Ticker

SCAN_ID = finding.ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
REPO_ID = finding.RepoId("2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10")
FOUND_AT = datetime(2026, 7, 4, 8, 6, 10, 220981, tzinfo=UTC)


def finding_id(number: int) -> finding.FindingId:
    return finding.FindingId(f"00000000-0000-4000-8000-{number:012x}")


def make_finding(number: int = 1, **overrides: Any) -> finding.Finding:
    """Return an ordinary open finding; the server's words follow the closed sets given."""
    fields: dict[str, Any] = {
        "id": finding_id(number),
        "scan_id": SCAN_ID,
        "repo_id": REPO_ID,
        "source": finding.Source.AI,
        "status": finding.FindingStatus.OPEN,
        "severity": finding.Severity.HIGH,
        "confidence": finding.Confidence.MEDIUM,
        "title": "SQL built from request parameter in order search",
        "file_path": "shop/api/orders.py",
        "line_start": 88,
        "line_end": 92,
        "fingerprint": f"{number:064x}",
        "created_at": FOUND_AT,
        "updated_at": FOUND_AT,
    } | overrides
    for name in ("source", "status", "severity", "confidence"):
        fields.setdefault(f"{name}_text", fields[name].value)
    return finding.Finding(**fields)


def make_event(number: int = 1, **overrides: Any) -> finding.FindingEvent:
    """Return an audit entry: severity changed from high to medium."""
    fields: dict[str, Any] = {
        "id": f"00000000-0000-4000-9000-{number:012x}",
        "finding_id": finding_id(1),
        "event_type": "severity_change",
        "old_value": "high",
        "new_value": "medium",
        "comment": None,
        "created_at": FOUND_AT,
    } | overrides
    return finding.FindingEvent(**fields)


def make_patch(number: int, diff: str, **overrides: Any) -> Patch:
    """Return a patch of the first finding; the lower the number, the newer it is."""
    fields: dict[str, Any] = {
        "id": f"00000000-0000-4000-b000-{number:012x}",
        "finding_id": finding_id(1),
        "diff": diff,
        "created_at": FOUND_AT - timedelta(minutes=number),
    } | overrides
    return Patch(**fields)


SERVER = ServerUrl("http://localhost:8080")


class WatchedFindings:
    """Scans of a store, fed the way a watch feeds them, flushed on request."""

    def __init__(self) -> None:
        self.store = Store()
        self.ticker = Ticker(self.store)
        self._asked_at_s = 0.0

    def watch(self, name: str, scan_id: finding.ScanId = SCAN_ID) -> Scan:
        scan = Scan(scan_id, SERVER)
        self.store.add(scan)
        self.store.observe(RepoRead(scan_id, name, "main"))
        return scan

    def list(self, findings: Iterable[finding.Finding], scan_id: finding.ScanId = SCAN_ID) -> None:
        self.read(findings, scan_id)
        self.ticker.flush()

    def read(self, findings: Iterable[finding.Finding], scan_id: finding.ScanId = SCAN_ID) -> None:
        self._asked_at_s += 1
        self.store.observe(FindingsListed(scan_id, self._asked_at_s, tuple(findings)))


def realistic_findings(
    count: int = 60, scan_id: finding.ScanId = SCAN_ID, newest_at: datetime | None = None
) -> Sequence[finding.Finding]:
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


def _realistic(number: int, scan_id: finding.ScanId, at: datetime) -> finding.Finding:
    severity_text, source_text, place, cwe, title = _ROWS[number % len(_ROWS)].split(" ", 4)
    severity, source = finding.Severity(severity_text), finding.Source(source_text)
    path, _, line = place.rpartition(":")
    has_seen_vidarr = source is finding.Source.AI and number % 3 != 2
    is_withdrawn = number % 11 == 7
    status = finding.FindingStatus.CONFIRMED if number % 13 == 2 else finding.FindingStatus.OPEN
    status = finding.FindingStatus.FALSE_POSITIVE if is_withdrawn else status
    status = finding.FindingStatus.DISMISSED if number % 29 == 20 else status
    confidence = finding.Confidence.HIGH if has_seen_vidarr else finding.Confidence.MEDIUM
    return make_finding(
        number,
        scan_id=scan_id,
        severity=severity,
        severity_text="notice" if severity is finding.Severity.OTHER else severity_text,
        source=source,
        status=status,
        confidence=finding.Confidence.LOW if is_withdrawn else confidence,
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
