"""Scans, repositories, accounts and stream events: JSON of the server -> domain.

Unknown words are kept and extra keys ignored; wrong types raise. A stream event's data about
findings is never a row, only a hint. Each function raises WireError if its JSON is something else.
Source: protocol.md 3.4, 4.2, 4.3, 4.10, 1.3, T-51.
"""

import sys
from datetime import datetime

import msgspec

from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.errors import Reason, WireError
from heimdall_desktop.domain.facts.finding import FindingId, RepoId, ScanId, Severity, one_line
from heimdall_desktop.domain.facts.listed_rows import FindingHinted
from heimdall_desktop.domain.facts.server import is_about
from heimdall_desktop.services import envelope

ACTIVITIES_LIMIT = 200  # read from one answer; the server's have 80
STAGES_LIMIT = 50  # the server's have nine

StreamEvent = (
    observation.StageSeen
    | observation.StatusSeen
    | observation.EndSeen
    | FindingHinted
    | observation.EventsSkipped
)


class Heartbeat(msgspec.Struct, frozen=True):
    """The server gave a sign of life without information about the scan."""

    heard_at_s: float


class Session(msgspec.Struct, frozen=True):
    """The result of signing in: the token, and its account (the e-mail)."""

    token: str
    account: str

    def __repr__(self) -> str:
        return f"Session(account={self.account!r})"  # never the token


class _Scan(msgspec.Struct):
    id: envelope.Id
    status: str
    repo_id: envelope.Id = ""
    created_at: str | None = None
    updated_at: str | None = None
    commit_sha: str | None = None
    error_message: str | None = None
    started_at: str | None = None
    completed_at: str | None = None
    finding_count: envelope.Count = 0
    critical_count: envelope.Count = 0
    high_count: envelope.Count = 0
    medium_count: envelope.Count = 0
    low_count: envelope.Count = 0


class _Repo(msgspec.Struct):
    id: envelope.Id
    name: str = ""
    default_branch: str | None = None


class _LiveScan(msgspec.Struct):
    status: str
    id: envelope.Id = ""
    updated_at: str | None = None
    error_message: str | None = None


class _LiveCounts(msgspec.Struct):
    total: envelope.Count = 0
    critical: envelope.Count = 0
    high: envelope.Count = 0
    medium: envelope.Count = 0
    low: envelope.Count = 0


class _LiveStage(msgspec.Struct):
    stage: str
    status: str = "pending"
    error: str | None = None
    timestamp: str | None = None


class _LiveActivity(msgspec.Struct):
    key: envelope.Id
    timestamp: str
    event_type: str = ""
    tone: str = "neutral"
    status: str = ""
    stage: str | None = None
    task_key: str | None = None
    title: str = ""
    detail: str | None = None
    progress_pct: float | None = None


class _Fallback(msgspec.Struct):
    used: bool = True
    provider_label: str | None = None
    detail: str | None = None
    timestamp: str | None = None


class _LiveFiles(msgspec.Struct):
    not_scanned: envelope.Count | None = msgspec.field(default=None, name="unlooked")
    not_taken: envelope.Count | None = None


class _Live(msgspec.Struct):
    scan: _LiveScan
    counts: _LiveCounts
    stages: list[msgspec.Raw] = []
    activity: list[msgspec.Raw] = []
    fallback: msgspec.Raw = msgspec.Raw(b"")
    files: msgspec.Raw = msgspec.Raw(b"")


class _User(msgspec.Struct):
    email: str
    id: str = ""


class _Session(msgspec.Struct):
    token: str
    user: _User


class _Health(msgspec.Struct):
    status: str
    version: str = ""


class _StageEvent(msgspec.Struct):
    stage: str
    status: str
    timestamp: str | None = None
    error: str | None = None


class _CountedEvent(msgspec.Struct):
    timestamp: str | None = None
    finding_count: envelope.Count | None = None
    critical: envelope.Count = 0
    high: envelope.Count = 0
    medium: envelope.Count = 0
    low: envelope.Count = 0


class _StatusEvent(_CountedEvent, kw_only=True):
    status: str


class _EndEvent(_CountedEvent):
    error: str | None = None


class _FindingEvent(msgspec.Struct):
    finding_id: envelope.Id
    severity: str = ""
    title: str = ""


_SCAN = msgspec.json.Decoder(envelope.Envelope[_Scan])
_REPO = msgspec.json.Decoder(envelope.Envelope[_Repo])
_LIVE = msgspec.json.Decoder(envelope.Envelope[_Live])
_USER = msgspec.json.Decoder(envelope.Envelope[_User])
_SESSION = msgspec.json.Decoder(envelope.Envelope[_Session])
_HEALTH = msgspec.json.Decoder(envelope.Envelope[_Health])
_STAGE_EVENT = msgspec.json.Decoder(_StageEvent)
_STATUS_EVENT = msgspec.json.Decoder(_StatusEvent)
_FINDING_EVENT = msgspec.json.Decoder(_FindingEvent)


def scan_read(body: bytes, asked_at_s: float) -> observation.ScanRead:
    """Return a scan. Its counters are 0 until it ends, so only a completed scan has any (T-7)."""
    scan = envelope.opened(_SCAN.decode, body)
    created_at = envelope.moment_or_none(scan.created_at or scan.updated_at) or envelope.LongAgo
    return observation.ScanRead(
        scan_id=ScanId(scan.id),
        asked_at_s=asked_at_s,
        repo_id=RepoId(scan.repo_id),
        status=envelope.cut(scan.status),
        commit_sha=scan.commit_sha and envelope.cut(scan.commit_sha),
        error=_line(scan.error_message),
        created_at=created_at,
        started_at=envelope.moment_or_none(scan.started_at),
        completed_at=envelope.moment_or_none(scan.completed_at),
        updated_at=envelope.moment_or_none(scan.updated_at) or created_at,
        counts=observation.Counts(
            scan.finding_count,
            scan.critical_count,
            scan.high_count,
            scan.medium_count,
            scan.low_count,
        )
        if scan.status == "completed"
        else None,
    )


def repo_read(body: bytes, scan_id: ScanId) -> observation.RepoRead:
    """Return the board's data of a scan's repository."""
    repo = envelope.opened(_REPO.decode, body)
    branch = repo.default_branch
    return observation.RepoRead(scan_id, envelope.cut(repo.name), branch and envelope.cut(branch))


def found_repo(body: bytes, repo_id: RepoId) -> observation.FoundRepo:
    """Return a repository for a list of repositories."""
    repo = envelope.opened(_REPO.decode, body)
    name = one_line(repo.name) or repo_id[:8]
    return observation.FoundRepo(repo_id, name, one_line(repo.default_branch or ""))


def repo_id(body: bytes) -> RepoId:
    return RepoId(envelope.opened(_REPO.decode, body).id)


def live_read(body: bytes, scan_id: ScanId, asked_at_s: float) -> observation.LiveRead:
    """Return a live snapshot, without unreadable stages and activities."""
    live = envelope.opened(_LIVE.decode, body)
    if not is_about(live.scan.id, scan_id):
        raise WireError(Reason.OTHER_SCAN)
    counts = live.counts
    fallback, fallback_at = _fallback(bytes(live.fallback))
    try:  # only our own server sends them
        files = envelope.fitting(_LiveFiles, bytes(live.files))
    except WireError:
        files = _LiveFiles()
    return observation.LiveRead(
        scan_id=scan_id,
        asked_at_s=asked_at_s,
        status=envelope.cut(live.scan.status),
        error=_line(live.scan.error_message),
        updated_at=envelope.moment_or_none(live.scan.updated_at),
        counts=observation.Counts(
            counts.total, counts.critical, counts.high, counts.medium, counts.low
        ),
        stages=tuple(filter(None, map(_stage_row, live.stages[:STAGES_LIMIT]))),
        activities=tuple(filter(None, map(_activity, live.activity[:ACTIVITIES_LIMIT]))),
        fallback=fallback,
        fallback_at=fallback_at,
        has_report=bool(bytes(live.fallback)),
        not_scanned=files.not_scanned,
        not_taken=files.not_taken,
    )


def session(body: bytes) -> Session:
    reported = envelope.opened(_SESSION.decode, body)
    if not (reported.token and reported.token.isascii() and reported.token.isprintable()):
        raise WireError(Reason.TOKEN_UNUSABLE)
    return Session(reported.token, envelope.cut(reported.user.email))


def account(body: bytes) -> tuple[str, str]:
    """Return the e-mail of the account in use, and its id in audit entries; "" if it is missing."""
    user = envelope.opened(_USER.decode, body)
    return envelope.cut(user.email), user.id


def health(body: bytes) -> str:
    """Return the server's health status. Source: protocol.md 4.1."""
    return envelope.cut(envelope.opened(_HEALTH.decode, body).status)


def stream_event(
    event: str, data: str, scan_id: ScanId, heard_at_s: float, arrived_at: datetime
) -> StreamEvent | None:
    """Return the content of a stream event; None for an event of an unknown name.

    Args:
        event: its name.
        data: its JSON.
        scan_id: the scan of the stream.
        heard_at_s: when it arrived, monotonic seconds.
        arrived_at: the same in UTC; replaces a missing time stamp.
    """
    match event:
        case "stage_update":
            stage = envelope.decoded(_STAGE_EVENT.decode, data)
            stamped_at = envelope.moment_or_none(stage.timestamp) or arrived_at
            name, word = sys.intern(envelope.cut(stage.stage)), envelope.cut(stage.status)
            return observation.StageSeen(
                scan_id, heard_at_s, stamped_at, name, word, _line(stage.error)
            )
        case "status_change":
            status = envelope.decoded(_STATUS_EVENT.decode, data)
            stamped_at = envelope.moment_or_none(status.timestamp) or arrived_at
            return observation.StatusSeen(
                scan_id, heard_at_s, stamped_at, envelope.cut(status.status), _counts_of(status)
            )
        case "finding_added":
            reported = envelope.decoded(_FINDING_EVENT.decode, data)
            severity = Severity.of(reported.severity)
            found = FindingId(reported.finding_id)
            word = sys.intern(envelope.cut(reported.severity))
            title = envelope.cut_line(reported.title)
            return FindingHinted(scan_id, heard_at_s, found, severity, title, word, arrived_at)
        case "scan_complete" | "error":
            is_complete = event == "scan_complete"
            try:
                end = envelope.fitting(_EndEvent, data.encode("utf-8", "replace"))
            except WireError:  # it ends even if the rest is unreadable (T-32)
                return observation.EndSeen(scan_id, heard_at_s, is_complete)
            ended_at, error = envelope.sound_moment(end.timestamp), _line(end.error)
            return observation.EndSeen(
                scan_id, heard_at_s, is_complete, ended_at, _counts_of(end), error
            )
        case _:
            return None


def _line(text: str | None) -> str | None:
    """Return an error's text; only its first line if it is too long."""
    if text is None or len(text) <= envelope.LINE_LIMIT:
        return text
    return envelope.cut_line(text).partition("\n")[0]


def _counts_of(reported: _CountedEvent) -> observation.Counts | None:
    severities = (reported.critical, reported.high, reported.medium, reported.low)
    total = reported.finding_count
    return None if total is None else observation.Counts(total, *severities)


def _stage_row(raw: msgspec.Raw) -> observation.StageRow | None:
    try:
        row = envelope.fitting(_LiveStage, bytes(raw))
        timestamp = envelope.moment_or_none(row.timestamp)
    except WireError:
        return None
    stage, status = sys.intern(envelope.cut(row.stage)), sys.intern(envelope.cut(row.status))
    return observation.StageRow(stage, status, _line(row.error), timestamp)


def _activity(raw: msgspec.Raw) -> observation.Activity | None:
    try:
        row = envelope.fitting(_LiveActivity, bytes(raw))
        timestamp = envelope.moment(row.timestamp)
    except WireError:
        return None
    progress = row.progress_pct
    return observation.Activity(
        key=row.key,
        event_type=sys.intern(envelope.cut(row.event_type)),
        tone=sys.intern(envelope.cut(row.tone)),
        status=sys.intern(envelope.cut(row.status)),
        stage=row.stage and envelope.cut(row.stage),
        task_key=_line(row.task_key),
        title=envelope.cut_line(row.title),
        detail=_line(row.detail),
        progress_pct=round(progress) if progress is not None and 0 <= progress <= 100 else None,
        timestamp=timestamp,
    )


def _fallback(raw: bytes) -> tuple[str | None, datetime | None]:
    """Return the text about a fallback AI provider and its time; None if there was no fallback."""
    try:
        reported = envelope.fitting(_Fallback, raw)
    except WireError:
        return None, None
    words = envelope.cut_line(
        ": ".join(part for part in (reported.provider_label, reported.detail) if part)
    )
    if not (reported.used and words):
        return None, None
    return words, envelope.sound_moment(reported.timestamp)
