"""What is worth an alert: each rule is one value of `RULES`.

Source: ux.md 2.5 ("What raises one"); heimdall-api.md T-26, T-58.
"""

from collections.abc import Callable
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity
from heimdall_desktop.domain.facts.scan import Outcome, Scan

#: What an alert is about, and what activating it opens.
Subject = Finding | Scan


class Event(Enum):
    """What an alert tells; the value is what the history keeps, so it never changes."""

    CRITICAL = "critical"
    CONFIRMED = "confirmed"  # of a critical finding, told in place of it
    HIGH = "high"
    FAILED = "failed"


class Level(Enum):
    """How much an alert asks for attention; the value is whether it stays until dismissed."""

    URGENT = True
    PASSING = False


class Channel(Enum):
    """Where an alert is told; each has its line in the inbox."""

    DESKTOP = "desktop"
    INBOX = "inbox"


class FindingRule(Struct, frozen=True):
    """An event of a finding.

    Attributes:
        holds: whether it holds of a finding as it stands.
    """

    event: Event
    level: Level
    channel: Channel
    holds: Callable[[Finding], bool]


class ScanRule(Struct, frozen=True):
    """An event of a scan.

    Attributes:
        holds: whether it holds of a scan as it stands; None while that is in doubt, and what was
            told stays until then.
        incident: names one incident of it, in all sessions alike; each is told once.
    """

    event: Event
    level: Level
    channel: Channel
    holds: Callable[[Scan], bool | None]
    incident: Callable[[Scan], str]


Rule = FindingRule | ScanRule


def is_open(finding: Finding) -> bool:
    """Return whether a finding is to be looked at: what was triaged has been (rule 6)."""
    return finding.status in (FindingStatus.OPEN, FindingStatus.OTHER)


def is_alarming(finding: Finding) -> bool:
    """Return whether a finding is critical as it stands."""
    return finding.counts_as is Severity.CRITICAL


def _is_high(finding: Finding) -> bool:
    return finding.counts_as is Severity.HIGH


def _has_failed(scan: Scan) -> bool | None:
    """Whether a failure has stayed (T-26) that is not how a last cancel is told (T-58)."""
    if scan.outcome is Outcome.FAILED_MAY_RETRY:
        return None
    return scan.outcome is Outcome.FAILED and not scan.was_cancelled


def _attempt(scan: Scan) -> str:
    return str(scan.started_at or scan.attempt)


CRITICAL = FindingRule(Event.CRITICAL, Level.URGENT, Channel.DESKTOP, is_alarming)
HIGH = FindingRule(Event.HIGH, Level.PASSING, Channel.INBOX, _is_high)
FAILED = ScanRule(Event.FAILED, Level.URGENT, Channel.DESKTOP, _has_failed, _attempt)

#: Of rules about findings the graver one comes first: that a finding was lowered is no news.
RULES: tuple[Rule, ...] = (CRITICAL, HIGH, FAILED)
