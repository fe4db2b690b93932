"""An inbox as a morning with a few scans leaves it."""

from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.alerts.alert import Decision, InboxLine, Withdrawal
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id
from tests.fakes.requests import RecordedRequests

MERGED = "4 new critical findings in payments-api"
STORY = (  # oldest first: title, scan, decision, withdrawal, whether it is read
    ("31 critical findings in notify-hub", "notify-hub", Decision.NOTIFIED, None, True),
    (
        "Critical: Hard-coded password of the reporting user in a compose file",
        "admin-console",
        Decision.NOTIFIED,
        Withdrawal.SCAN_LEFT,
        True,
    ),
    (
        "Confirmed critical: SQL built from request parameter in order search",
        "payments-api",
        Decision.NOTIFIED,
        None,
        True,
    ),
    (
        "Critical: Shell command built from an archive's file name",
        "payments-api",
        Decision.MERGED,
        None,
        True,
    ),
    (
        "No longer critical: Signature of the payment callback is compared in variable time",
        "payments-api",
        Decision.MERGED,
        Withdrawal.NOW_MEDIUM,
        True,
    ),
    (
        "Critical: Session cookie can be forged with the default key <b>of</b> the framework",
        "auth-service",
        Decision.NO_DESKTOP,
        None,
        False,
    ),
    (
        "Withdrawn: Private key of the payment gateway in test fixture",
        "payments-api",
        Decision.IN_VIEW,
        Withdrawal.FALSE_POSITIVE,
        False,
    ),
    (
        "Critical: Refund endpoint trusts the account id sent by the client",
        "payments-api",
        Decision.NOTIFIED,
        None,
        False,
    ),
)


def make_line(
    number: int = 1, *, raised_at: datetime = FOUND_AT, is_read: bool = False
) -> InboxLine:
    found = finding_id(number)
    place = (SCAN_ID, "payments-api", found, raised_at)
    return InboxLine(found, f"Critical: Hole {number}", "a.py:1", *place, is_read=is_read)


def make_failed_line(**fields: Any) -> InboxLine:
    title, reason = "Scan of payments-api stopped in hunt", "Attempt 1. Out of memory."
    place = (SCAN_ID, "payments-api", FindingId(""), FOUND_AT)
    line = InboxLine(f"failed {SCAN_ID} 1", title, reason, *place, event=Event.FAILED)
    return replace(line, **fields)


def scan_mutes() -> ScanMutes:
    return ScanMutes(Store(), RecordedRequests().preferences, lambda: FOUND_AT)


def full_inbox(now: datetime) -> Inbox:
    """Return an inbox with every kind of line, the newest a minute old."""
    inbox = Inbox(lambda: now)
    for number, (title, scan, decision, withdrawal, is_read) in enumerate(STORY):
        age = timedelta(minutes=1 + 9 * (len(STORY) - 1 - number))
        found = FindingId(finding_id(number))
        inbox.put(
            InboxLine(
                found,
                title,
                "orders.py:88",
                ScanId(scan),
                scan,
                found,
                now - (timedelta(days=1) if number == 0 else age),
                decision,
                withdrawal,
                is_read,
                merged_into=MERGED if decision is Decision.MERGED else "",
            )
        )
    return inbox


def lines_of_every_kind(now: datetime) -> list[InboxLine]:
    """Return a line of each event, oldest first, the newest a moment old."""
    kinds = (  # title, scan, event, decision
        ("Scan of notify-hub finished", "notify-hub", Event.FINISHED, Decision.IN_FOCUS),
        (
            "Scan of data-pipeline has stalled in hunt",
            "data-pipeline",
            Event.STALLED,
            Decision.HELD,
        ),
        ("High: Open redirect after login", "payments-api", Event.HIGH, Decision.INBOX),
        ("Scan of auth-service stopped in hunt", "auth-service", Event.FAILED, Decision.MUTED),
        ("Signed out of heimdall.old.example", "legacy-crm", Event.SIGNED_OUT, Decision.NOTIFIED),
        ("Critical: Token in a log line", "payments-api", Event.CRITICAL, Decision.QUIET_HOURS),
    )
    lines = []
    for number, (title, scan, event, decision) in enumerate(kinds):
        raised_at = now - timedelta(seconds=8 * (len(kinds) - number))
        place = (ScanId(scan), scan, FindingId(""), raised_at, decision)
        lines.append(InboxLine(f"kind {number}", title, "", *place, event=event))
    return lines
