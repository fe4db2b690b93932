"""The rows of the database as values: accounts, repositories, scans, findings and related rows.

A field is named like its column. `Connection` stores it by its type: moments as microseconds, lists
and objects as JSON. Source of the fields: protocol.md 4.2, 4.3, 4.5-4.7, 4.10, 4.11.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar, NewType

UserId = NewType("UserId", str)
RepoId = NewType("RepoId", str)
ScanId = NewType("ScanId", str)
FindingId = NewType("FindingId", str)
PatchId = NewType("PatchId", str)
StageRowId = NewType("StageRowId", str)

STAGE_WORDS = {
    "ingest": ("Ingest", "ingesting", "ingested"),
    "tyr": ("Tyr", "modeling", "modeled"),
    "static_analysis": ("Static Analysis", "static_analysis", "static_analysis"),
    "taint_analysis": ("Taint Analysis", "taint_analyzing", "taint_analyzed"),
    "config_scan": ("Config Scan", "config_scanning", "config_scanned"),
    "hunt": ("Hunt", "hunting", "hunted"),
    "vidarr": ("Víðarr", "verifying", "verified"),
    "garmr": ("Garmr", "validating", "validated"),
    "report": ("Report", "reporting", "completed"),
}
"""By stage, in order: its label, and the status of the scan while it runs and once it is done."""

STAGES = tuple(STAGE_WORDS)
SEVERITIES = ("critical", "high", "medium", "low")
FINDING_STATUSES = ("open", "confirmed", "dismissed", "false_positive", "fixed")
ENDED_STATUSES = frozenset({"completed", "failed", "cancelled"})

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table that its class names."""

    TABLE: ClassVar[str]


@dataclass(frozen=True, slots=True)
class UserRow(Row):
    """An account; its password hash stays in the database."""

    TABLE: ClassVar[str] = "users"
    id: UserId
    email: str
    display_name: str | None
    avatar_url: str | None
    role: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RepoRow(Row):
    """A repository: a local folder (`file:///…`), a recording (`recording:…`) or a scripted one."""

    TABLE: ClassVar[str] = "repos"
    id: RepoId
    org_id: str | None = None
    user_id: UserId
    name: str
    source_type: str = "git_url"
    remote_url: str | None
    default_branch: str | None = None
    last_commit_sha: str | None = None
    oauth_connection_id: str | None = None
    issue_auto_create_enabled: bool = True
    issue_auto_create_min_severity: str = "high"
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRow(Row):
    """One run of the pipeline; its counters stay 0 until the report stage has run."""

    TABLE: ClassVar[str] = "scans"
    id: ScanId
    repo_id: RepoId
    scan_type: str = "full"
    status: str = "queued"
    commit_sha: str | None = None
    base_commit_sha: str | None = None
    parent_scan_id: str | None = None
    triggered_by: UserId | None = None
    finding_count: int = 0
    critical_count: int = 0
    high_count: int = 0
    medium_count: int = 0
    low_count: int = 0
    started_at: datetime | None = None
    completed_at: datetime | None = None
    error_message: str | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def is_live(self) -> bool:
        return self.status not in ENDED_STATUSES


@dataclass(frozen=True, slots=True)
class StageRow(Row):
    """One run of one stage; a retried scan has several rows for a stage and the latest counts."""

    TABLE: ClassVar[str] = "stages"
    id: StageRowId
    scan_id: ScanId
    stage: str
    status: str
    error: str | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None

    @property
    def moment(self) -> datetime:
        """The one timestamp the API gives for a stage."""
        return self.completed_at or self.started_at or self.created_at


@dataclass(frozen=True, slots=True)
class FilesSeenRow(Row):
    """How far the files of a local folder were scanned; other scans have none."""

    TABLE: ClassVar[str] = "files_seen"
    scan_id: ScanId
    not_scanned: int
    not_taken: int


@dataclass(frozen=True, slots=True)
class ActivityRow(Row):
    """One line of the append-only execution log of a scan; its id is the `key` of `/live`."""

    TABLE: ClassVar[str] = "activity"
    id: str
    scan_id: ScanId
    event_type: str
    status: str
    stage: str | None
    task_key: str
    title: str
    detail: str | None
    progress_pct: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AgentCallRow(Row):
    """One tool call of an AI stage."""

    TABLE: ClassVar[str] = "agent_calls"
    id: str
    scan_id: ScanId
    stage: str
    tool_name: str
    duration_ms: int | None
    error: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatModelRow(Row):
    """Tyr's list of what can be attacked; the elements are objects of free text."""

    TABLE: ClassVar[str] = "threat_models"
    id: str
    scan_id: ScanId
    repo_id: RepoId
    summary: str | None
    boundaries_json: tuple[Json, ...] | None
    surfaces_json: tuple[Json, ...] | None
    data_flows_json: tuple[Json, ...] | None
    model_version: int = 1
    edited_by: UserId | None = None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFinding:
    """The producer's data of a finding; the database adds the rest (ids, moments).

    The severity is free text: hunt stores whatever word it got (protocol.md 5.4).
    """

    source: str
    severity: str
    confidence: str
    title: str
    fingerprint: str
    file_path: str
    line_start: int
    line_end: int | None = None
    status: str = "open"
    description: str | None = None
    cwe_id: str | None = None
    code_snippet: str | None = None
    suggested_patch: str | None = None
    fix_type: str | None = None
    fix_summary: str | None = None
    references_json: tuple[str, ...] | None = None
    manifest_coordinates_json: Json | None = None
    poc_exploit_json: Json | None = None
    poc_validated: bool = False
    agent_reasoning: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow(NewFinding, Row):
    """One finding, with every key that the API always sends."""

    TABLE: ClassVar[str] = "findings"
    id: FindingId
    scan_id: ScanId
    repo_id: RepoId
    cve_id: str | None = None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class FindingEventRow(Row):
    """One entry of a finding's audit trail: a person's change or comment."""

    TABLE: ClassVar[str] = "finding_events"
    id: str
    finding_id: FindingId
    user_id: UserId | None
    event_type: str
    old_value: str | None
    new_value: str | None
    comment: str | None
    metadata: Json | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PatchRow(Row):
    """A unified diff that the report stage produced for a finding."""

    TABLE: ClassVar[str] = "patches"
    id: PatchId
    finding_id: FindingId
    file_path: str
    diff_content: str
    applied: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerRow(Row):
    """The response to an action on a finding: explain, verify, issue or remediate."""

    TABLE: ClassVar[str] = "answers"
    id: str
    finding_id: FindingId
    action: str
    body_json: Json | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings by severity, whatever their status; `total` also includes unknown severities."""

    total: int
    critical: int
    high: int
    medium: int
    low: int


# The server's clock. Moments are aware UTC datetimes in the code and whole microseconds since the
# epoch in the database; on the wire they have three forms. Source: protocol.md 6.

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC)


def to_micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


def moment_form(moment: datetime, zone: str = "+00:00") -> str:
    """Format a moment as `/live` and the initial stream state do; with "Z" as the REST models do.

    So it is `2026-07-04T08:00:09.551020+00:00`, or the same with another end.
    """
    return _form(moment, f"{moment.microsecond:06d}", zone)


def live_form(epoch_ns: int | None = None) -> str:
    """Format a moment as live stream events do: `+00:00` and up to nine digits.

    Args:
        epoch_ns: nanoseconds since the epoch; the current time if omitted.
    """
    seconds, nanoseconds = divmod(time.time_ns() if epoch_ns is None else epoch_ns, 1_000_000_000)
    return _form(from_micros(seconds * 1_000_000), f"{nanoseconds:09d}", "+00:00")


def _form(moment: datetime, fraction: str, zone: str) -> str:
    """Format a moment, with its fraction of a second in groups of three, without trailing zeros."""
    while fraction.endswith("000"):
        fraction = fraction[:-3]
    return f"{moment:%Y-%m-%dT%H:%M:%S}{'.' if fraction else ''}{fraction}{zone}"
