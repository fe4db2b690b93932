"""What is worth an alert: each rule is one value of `RULES`.

Source: ux.md 2.5 ("What raises one"); heimdall-api.md T-26, T-58.
"""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from msgspec import Struct

from heimdall_desktop.domain.alerts.outages import Server
from heimdall_desktop.domain.facts.finding import Finding, FindingId, FindingStatus, Severity
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.stages.progress import HEALTHY, ScanProgress

#: What an alert is about, and what activating it opens.
Subject = Finding | Scan | Server


class Event(Enum):
    """What an alert tells; the value is what the history keeps, so it never changes."""

    CRITICAL = "critical"
    CONFIRMED = "confirmed"  # of a critical finding, told in place of it
    HIGH = "high"
    FAILED = "failed"
    FINISHED = "finished"
    STALLED = "stalled"
    SIGNED_OUT = "signed_out"
    STALE = "stale"
    VIEW = "view"  # a new finding matches a saved view


class Level(Enum):
    """How much an alert asks for attention; the value is whether it stays until dismissed."""

    URGENT = True
    PASSING = False


class Channel(Enum):
    """When an alert is told on the desktop, unless it is switched off.

    Each has its line in the inbox.
    """

    DESKTOP = "desktop"
    AWAY = "away"  # while no window of ours has the focus


class FindingRule(Struct, frozen=True):
    """An event of a finding.

    Attributes:
        holds: whether it holds of a finding as it stands.
        view_of: the saved view by which a finding is told, "" for none.
    """

    event: Event
    level: Level
    channel: Channel
    holds: Callable[[Finding], bool]
    view_of: Callable[[FindingId], str] = lambda _finding_id: ""


class ScanRule(Struct, frozen=True):
    """An event of a scan.

    Attributes:
        holds: whether it holds of a scan as it stands; None while that is in doubt, and what was
            told stays until then. It is given how the scan gets on, too.
        incident: names one incident of it, in all sessions alike; each is told once.
        is_end: it tells of an end of the scan, which the digest after an absence counts.
    """

    event: Event
    level: Level
    channel: Channel
    holds: Callable[[Scan, ScanProgress], bool | None]
    incident: Callable[[Scan], str]
    is_end: bool = False


class ServerRule(Struct, frozen=True):
    """An event of a server, told of each of its incidents.

    Attributes:
        holds: whether it holds of a server as it stands; None while that is in doubt.
    """

    event: Event
    level: Level
    channel: Channel
    holds: Callable[[Server], bool | None]


Rule = FindingRule | ScanRule | ServerRule


class State(NamedTuple):
    """What a rule says of a scan or a server now; no incident is named where it does not hold."""

    rule: ScanRule | ServerRule
    subject: Scan | Server
    holds: bool | None
    incident: str


def is_open(finding: Finding) -> bool:
    """Return whether a finding is to be looked at: what was triaged has been (rule 6)."""
    return finding.status in (FindingStatus.OPEN, FindingStatus.OTHER)


def is_alarming(finding: Finding) -> bool:
    """Return whether a finding is critical as it stands."""
    return finding.counts_as is Severity.CRITICAL


def _is_high(finding: Finding) -> bool:
    return finding.counts_as is Severity.HIGH


def _has_failed(scan: Scan, _pace: ScanProgress) -> bool | None:
    """Whether a failure has stayed (T-26) that is not how a last cancel is told (T-58).

    Rows that still arrive only delay its settling (T-59).
    """
    if scan.outcome is Outcome.FAILED_MAY_RETRY and not scan.has_stayed:
        return None
    return scan.status == "failed" and not scan.was_cancelled


def _has_finished(scan: Scan, _pace: ScanProgress) -> bool | None:
    """Whether it is completed, and that has stayed; the server may run it again (T-61)."""
    if scan.outcome is not Outcome.COMPLETED:
        return False
    return scan.is_settled or None


def _has_stalled(scan: Scan, pace: ScanProgress) -> bool | None:
    """Whether its stage is silent for long; a connection that is down says nothing of that."""
    if pace.quiet_s is not None:
        return True
    is_heard = scan.connection_state in HEALTHY
    return False if is_heard or not scan.is_live else None


def _completion(scan: Scan) -> str:
    return str(scan.completed_at or _attempt(scan))


def _stage(scan: Scan) -> str:
    stage = scan.running_stage
    return f"{_attempt(scan)} {stage.name if stage else ''}"


def _attempt(scan: Scan) -> str:
    return str(scan.started_at or scan.attempt)


CRITICAL = FindingRule(Event.CRITICAL, Level.URGENT, Channel.DESKTOP, is_alarming)
HIGH = FindingRule(Event.HIGH, Level.PASSING, Channel.DESKTOP, _is_high)
FAILED = ScanRule(Event.FAILED, Level.URGENT, Channel.DESKTOP, _has_failed, _attempt, is_end=True)
FINISHED = ScanRule(
    Event.FINISHED, Level.PASSING, Channel.AWAY, _has_finished, _completion, is_end=True
)
STALLED = ScanRule(Event.STALLED, Level.PASSING, Channel.DESKTOP, _has_stalled, _stage)
SIGNED_OUT = ServerRule(
    Event.SIGNED_OUT, Level.URGENT, Channel.DESKTOP, lambda server: server.is_signed_out
)
STALE = ServerRule(Event.STALE, Level.URGENT, Channel.DESKTOP, lambda server: server.is_stale)


#: Of rules about findings the graver one comes first: that a finding was lowered is no news.
RULES: tuple[Rule, ...] = (CRITICAL, HIGH, FAILED, FINISHED, STALLED, SIGNED_OUT, STALE)
SERVER_EVENTS = frozenset(rule.event for rule in RULES if isinstance(rule, ServerRule))
