"""The client reads what a real server said: every recording, byte for byte, over a real socket.

What each file must bring stands in the tables below; a file that stands in none fails until it is
classified. Texts and times are compared with the file's own JSON, key by key as protocol.md
names them.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import astuple

from heimdall_desktop.domain.facts import errors, observation
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingEvent,
    FindingId,
    FindingStatus,
    RepoId,
    ScanId,
    Severity,
    Source,
    one_line,
)
from heimdall_desktop.domain.facts.listed_rows import FindingHinted
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, StageState
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services.api import HeimdallApi
from heimdall_desktop.services.envelope import LINE_LIMIT
from heimdall_desktop.services.progress import Heard, ProgressStream
from heimdall_desktop.services.transport.clients import Clients, Method, Request
from heimdall_desktop.services.wire import Heartbeat
from tests.fakes.raw_server import Asked, answer, raw_server
from tests.fakes.recorded import Connection, Ending, Event, Player, Recording, Snapshot, recordings

NOW_S = 7.0
CUT = {"title", "file_path", "error"}  # lines of any length, kept up to `LINE_LIMIT`
EMAIL, PASSWORD = "mira@example.test", "long enough"

REFUSED: dict[str, type[errors.ServerError]] = {
    "apply-patch-404-no-row.json": errors.NotVisible,
    "apply-patch-409.json": errors.RequestRefused,
    "auth-429-rate-limited.txt": errors.ServerBusy,
    "auth-login-400-malformed-json.txt": errors.RequestRefused,
    "auth-login-401-wrong-password.json": errors.SignedOut,
    "auth-logout-403-no-csrf-no-bearer.json": errors.RequestRefused,
    "auth-me-401-no-token.json": errors.SignedOut,
    "auth-register-400-validation.json": errors.RequestRefused,
    "auth-register-409-taken.json": errors.RequestRefused,
    "cancel-409-cancelled.json": errors.RequestRefused,
    "cancel-409-completed.json": errors.RequestRefused,
    "create-all-issues-400.json": errors.RequestRefused,
    "error-400-missing-field.txt": errors.RequestRefused,
    "error-400-no-content-type.txt": errors.RequestRefused,
    "error-400-query-page-x.txt": errors.RequestRefused,
    "error-400-query-repeated.txt": errors.RequestRefused,
    "error-401-bad-token.json": errors.SignedOut,
    "error-401-lower-case-scheme.json": errors.SignedOut,
    "error-401-no-token.json": errors.SignedOut,
    "error-401-unknown-api-route-no-token.json": errors.SignedOut,
    "error-404-finding.json": errors.NotVisible,
    "error-404-not-a-uuid.txt": errors.RouteMissing,
    "error-404-scan.json": errors.NotVisible,
    "error-404-stream-unknown.json": errors.NotVisible,
    "error-413-comment-3MiB.txt": errors.RequestRefused,
    "finding-comment-nul-500.json": errors.ServerFault,
    "finding-explain-503.json": errors.ServerLacking,
    "finding-issue-400.json": errors.RequestRefused,
    "finding-remediate-400.json": errors.RequestRefused,
    "finding-severity-400-unknown.json": errors.RequestRefused,
    "finding-status-400-unknown.json": errors.RequestRefused,
    "health-405-post.txt": errors.RouteMissing,
    "refused-401-run-out.json": errors.SignedOut,
    "refused-403-csrf.json": errors.RequestRefused,
    "refused-404-scan.json": errors.NotVisible,
    "refused-404-word.txt": errors.RouteMissing,
    "refused-429-me.txt": errors.ServerBusy,
    "sarif-two.json": errors.WrongServer,
    "sarif.json": errors.WrongServer,
    "scan-404-after-repo-delete.json": errors.NotVisible,
    "threat-model-404-before-tyr.json": errors.NotVisible,
}
"""What the client makes of a refusal, and of SARIF, which it does not read: E1-E11 of 2.2."""

SHOWS_THE_SERVERS_WORDS = (errors.RequestRefused, errors.ServerFault)
WAITS_S = {"auth-429-rate-limited.txt": 5.0, "refused-429-me.txt": 1.0}

Numbers = tuple[int, ...]  # of findings: in all, critical, high, medium, low

SCANS: dict[str, tuple[str, Numbers | None]] = {
    "scan-after-cancel-queued.json": ("cancelled", None),
    "scan-after-three-cancels.json": ("failed", None),
    "scan-completed.json": ("completed", (40, 8, 14, 12, 6)),
    "scan-done.json": ("completed", (3, 1, 1, 0, 0)),
    "scan-hunting.json": ("hunting", None),
    "scan-in-completion-window.json": ("completed", (40, 7, 14, 13, 6)),
    "scan-queued.json": ("queued", None),
    "scan-reporting.json": ("reporting", None),
    "scan-start-202.json": ("queued", None),
    "scan-static_analysis.json": ("static_analysis", None),
    "scan-verifying.json": ("verifying", None),
}
"""Status, and the counts that the end left."""

LIVES: dict[str, tuple[str, Numbers, str, int]] = {
    "live-after-cancel-in-hunt.json": ("static_analysis", (45, 13, 11, 15, 6), "ccrccx...", 80),
    "live-after-cancel-queued.json": ("cancelled", (0, 0, 0, 0, 0), ".........", 0),
    "live-after-server-restart.json": ("ingesting", (0, 0, 0, 0, 0), "rr.......", 24),
    "live-after-three-cancels.json": ("failed", (0, 0, 0, 0, 0), "x........", 17),
    "live-big-149-completed.json": ("completed", (20022, 2502, 5009, 7509, 5002), "ccccccccc", 80),
    "live-burst-041-completed.json": ("completed", (328, 53, 109, 112, 54), "ccccccccc", 80),
    "live-completed-later.json": ("completed", (40, 8, 14, 12, 6), "ccccccccc", 80),
    "live-completed.json": ("completed", (40, 8, 14, 12, 6), "ccccccccc", 80),
    "live-config_scanning.json": ("config_scanning", (19, 6, 5, 7, 1), "ccccr....", 40),
    "live-fail-012-failed.json": ("failed", (10, 3, 2, 4, 1), "ccf......", 33),
    "live-fail-023-failed.json": ("failed", (20, 6, 4, 8, 2), "ccf......", 66),
    "live-fail-034-failed.json": ("failed", (30, 9, 6, 12, 3), "ccf......", 80),
    "live-fail-late-043-failed.json": ("failed", (40, 7, 14, 13, 6), "ccccccccf", 80),
    "live-fail-late-086-completed.json": ("completed", (80, 14, 28, 26, 12), "ccccccccc", 80),
    "live-fail-twice-004-failed.json": ("failed", (0, 0, 0, 0, 0), "cf.......", 22),
    "live-fail-twice-034-failed.json": ("failed", (32, 8, 9, 11, 4), "cccccf...", 80),
    "live-fail-twice-083-completed.json": ("completed", (80, 17, 25, 26, 12), "ccccccccc", 80),
    "live-hostile-029-hunting.json": ("hunting", (22, 5, 6, 9, 2), "cccccr...", 45),
    "live-hostile-058-completed.json": ("completed", (47, 4, 15, 15, 10), "ccccccccc", 80),
    "live-hunting.json": ("hunting", (22, 6, 6, 8, 2), "cccccr...", 47),
    "live-in-completion-window.json": ("completed", (40, 7, 14, 13, 6), "ccccccccc", 80),
    "live-in-hunt.json": ("hunting", (3, 1, 1, 0, 0), "cscccr...", 3),
    "live-ingesting.json": ("ingesting", (0, 0, 0, 0, 0), "r........", 4),
    "live-just-after-cancel-running.json": ("cancelled", (0, 0, 0, 0, 0), "x........", 9),
    "live-modeling.json": ("modeling", (0, 0, 0, 0, 0), "cr.......", 19),
    "live-queued.json": ("queued", (0, 0, 0, 0, 0), ".........", 0),
    "live-reporting.json": ("reporting", (40, 8, 14, 12, 6), "ccccccccr", 80),
    "live-slow-cancel-004-cancelled.json": ("cancelled", (0, 0, 0, 0, 0), "x........", 16),
    "live-slow-end-038-completed.json": ("completed", (40, 7, 14, 13, 6), "ccccccccc", 80),
    "live-static_analysis.json": ("static_analysis", (1, 1, 0, 0, 0), "ccr......", 28),
    "live-taint_analyzing.json": ("taint_analyzing", (14, 5, 3, 5, 1), "cccr.....", 37),
    "live-validating.json": ("validating", (40, 8, 14, 12, 6), "cccccccr.", 80),
    "live-verifying.json": ("verifying", (40, 10, 12, 12, 6), "ccccccr..", 80),
}
"""Status, counts, the nine stages by the first letter of what they are, lines of the log."""

LETTERS = {
    StageState.PENDING: ".",
    StageState.RUNNING: "r",
    StageState.COMPLETED: "c",
    StageState.FAILED: "f",
    StageState.CANCELLED: "x",
    StageState.SKIPPED: "s",
}

PAGES: dict[str, tuple[int, int, int, int]] = {
    "findings-default-per-page.json": (25, 40, 1, 25),
    "findings-page1.json": (40, 40, 1, 100),
    "findings-page2-of-10.json": (10, 40, 2, 10),
    "findings-past-end.json": (0, 40, 99, 10),
    "findings-per-page-0.json": (0, 40, 1, 0),
    "findings-severity-critical.json": (8, 8, 1, 25),
    "findings-severity-empty.json": (0, 0, 1, 25),
    "findings-severity-list.json": (0, 0, 1, 25),
    "findings-status-false-positive.json": (5, 5, 1, 25),
    "findings-three.json": (3, 3, 1, 100),
}
"""Rows, total, page, rows a page."""

SAID: dict[str, object] = {
    "apply-patch-200.json": "patch_applied",
    "auth-login-200.json": "session",
    "auth-logout-200-token-already-dead.json": "logout",
    "auth-logout-200.json": "logout",
    "auth-me-200.json": "account",
    "auth-register-201.json": "session",
    "cancel-in-hunt.json": "cancel",
    "cancel-queued.json": "cancel",
    "cancel-running-1.json": "cancel",
    "cancel-running-2.json": "cancel",
    "cancel-running-3.json": "cancel",
    "cancel-said.json": "cancel",
    "cancel-slow-cancel.json": "cancel",
    "finding-comment-201.json": "comment",
    "finding-comment-empty.json": "comment",
    "finding-events-empty.json": (),
    "finding-events.json": ("status_change",) * 3 + ("severity_change", "comment", "comment"),
    "finding-get.json": "finding",
    "finding-history.json": ("status_change", "comment", "ai_verification"),
    "finding-severity-medium.json": ("critical", "medium"),
    "finding-status-confirmed.json": ("open", "confirmed"),
    "finding-status-form.json": ("confirmed", "open"),
    "finding-status-same-again.json": ("confirmed", "confirmed"),
    "login-200.json": "session",
    "patches.json": 10,
    "repo-branches.json": [],
    "repo-create.json": "default",
    "repo-delete.json": True,
    "repo-get.json": "default",
    "repo-made.json": "käse\u202eshop",
    "threat-model-small.json": (1, 1, 1),
    "threat-model.json": (4, 2, 1),
}
"""What any other success says: the point of it in a word."""

Kinds = tuple[int, int, int, int, int, int]
STREAMS: dict[str, tuple[Kinds, ...]] = {
    "stream-attached-in-completion-window.txt": ((9, 1, 0, 2, 0, 0),),
    "stream-attached-to-cancelled.txt": ((0, 1, 0, 1, 0, 0),),
    "stream-burst.txt": ((32, 19, 150, 1, 1, 0), (9, 1, 0, 1, 0, 0), (9, 1, 0, 1, 0, 0)),
    "stream-cancel-in-hunt.txt": ((25, 13, 0, 1, 0, 0),),
    "stream-cancel-queued.txt": ((0, 2, 0, 1, 0, 0),),
    "stream-cancel-three-times.txt": ((2, 2, 0, 1, 0, 0),),
    "stream-default-attached-in-hunt.txt": ((13, 8, 40, 1, 0, 0),),
    "stream-default-attached-long-after-20s.txt": ((9, 1, 0, 1, 0, 1),),
    "stream-default-attached-within-5s-after-end.txt": ((9, 1, 0, 1, 0, 0),),
    "stream-default.txt": ((32, 19, 40, 1, 0, 0),),
    "stream-fail-late.txt": (
        (32, 18, 40, 1, 0, 0),
        (41, 19, 80, 2, 0, 0),
        (9, 1, 0, 1, 0, 0),
        (9, 1, 0, 1, 0, 0),
    ),
    "stream-fail-twice.txt": (
        (18, 4, 0, 1, 0, 0),
        (28, 12, 0, 2, 0, 0),
        (38, 19, 80, 2, 0, 0),
        (9, 1, 0, 1, 0, 0),
        (9, 1, 0, 1, 0, 0),
    ),
    "stream-fail.txt": (
        (20, 6, 0, 1, 0, 0),
        (23, 6, 0, 2, 0, 0),
        (23, 6, 0, 2, 0, 0),
        (3, 1, 0, 1, 0, 1),
    ),
    "stream-hostile.txt": ((32, 19, 47, 1, 0, 0), (9, 1, 0, 1, 0, 0), (9, 1, 0, 1, 0, 0)),
    "stream-open.txt": ((2, 1, 0, 1, 0, 1),),
    "stream-panic.txt": ((27, 14, 40, 0, 0, 1),),
    "stream-repo-deleted.txt": ((16, 3, 0, 0, 0, 1),),
    "stream-server-killed.txt": ((4, 1, 0, 0, 0, 0),),
    "stream-server-stopped.txt": ((17, 4, 0, 0, 0, 0),),
    "stream-slow-cancel.txt": ((14, 3, 0, 1, 0, 0), (2, 1, 0, 0, 0, 0), (15, 3, 0, 0, 0, 0)),
    "stream-slow-end-first.txt": ((32, 19, 40, 1, 0, 0),),
    "stream-slow-end.txt": ((32, 19, 40, 0, 0, 0),),
    "stream-whole.txt": ((5, 5, 2, 1, 3, 1),),
}
"""For each connection: stages, statuses, findings, ends, lag notices, signs of life alone."""

TIMELINES: dict[str, tuple[int, str, Numbers, int]] = {
    "timeline-burst.txt": (41, "completed", (328, 53, 109, 112, 54), 1),
    "timeline-fail-late.txt": (86, "completed", (80, 14, 28, 26, 12), 2),
    "timeline-fail-twice.txt": (83, "completed", (80, 17, 25, 26, 12), 3),
    "timeline-fail.txt": (34, "failed", (30, 9, 6, 12, 3), 3),
    "timeline-hostile.txt": (58, "completed", (47, 4, 15, 15, 10), 1),
    "timeline-panic.txt": (40, "verifying", (40, 7, 14, 13, 6), 1),
    "timeline-short.txt": (4, "failed", (2, 1, 0, 1, 0), 2),
    "timeline-slow-cancel.txt": (6, "modeling", (0, 0, 0, 0, 0), 2),
    "timeline-slow-end.txt": (38, "completed", (40, 7, 14, 13, 6), 1),
}
"""Lines, the last status and counts, attempts by their starts."""

ALL = recordings()


def of(names: Mapping[str, object]) -> pytest.MarkDecorator:
    """The recordings that a table classifies, as parameters of a test."""
    found = [recording for recording in ALL if recording.name in names]
    return pytest.mark.parametrize("recording", found, ids=repr)


def test_every_recording_is_classified_once() -> None:
    tables = (REFUSED, SCANS, LIVES, PAGES, SAID, STREAMS, TIMELINES)
    classified = Counter(name for table in tables for name in table)
    assert {recording.name for recording in ALL} <= classified.keys()
    assert set(classified.values()) == {1}
    assert len(ALL) >= 12


@of(REFUSED)
async def test_a_refusal_becomes_the_error_it_means(recording: Recording) -> None:
    expected = REFUSED[recording.name]
    async with read_by_client(*recording.connections) as (api, clients):
        with pytest.raises(errors.ServerError) as reported:
            await _read(api, clients, recording)
    assert type(reported.value) is expected
    if isinstance(reported.value, errors.ServerBusy):
        assert reported.value.wait_s == WAITS_S[recording.name]
    if expected in SHOWS_THE_SERVERS_WORDS:
        assert _words(recording.answer) in cause(reported.value)
        assert f"HTTP {recording.answer.status}" in cause(reported.value)
    assert cause(reported.value).isprintable()


def _words(connection: Connection) -> str:
    """What the server said for people, in one line (2.2: plain text, object or string)."""
    if connection.header("content-type").startswith("text/plain"):
        return one_line(connection.body.decode())[:200].rstrip(". ")
    if not connection.body.strip():
        return ""
    error = connection.json["error"]
    return one_line(error["message"] if isinstance(error, dict) else error)[:200].rstrip(". ")


@of(SCANS)
async def test_a_scan(recording: Recording) -> None:
    async with read_by_client(recording.answer) as (api, clients):
        read = await _read(api, clients, recording)
    assert isinstance(read, observation.ScanRead)
    assert (read.status, _numbers(read.counts)) == SCANS[recording.name]
    said = recording.answer.json["data"]
    same = "repo_id commit_sha created_at updated_at started_at completed_at"
    _assert_says(read, said, same, scan_id="id", error="error_message")
    assert read.asked_at_s == NOW_S


@of(LIVES)
async def test_a_snapshot(recording: Recording) -> None:
    async with read_by_client(recording.answer) as (api, clients):
        read = await _read(api, clients, recording)
    assert isinstance(read, observation.LiveRead)
    stages = "".join(LETTERS[StageState.of(stage.status)] for stage in read.stages)
    counts = _numbers(read.counts)
    assert (read.status, counts, stages, len(read.activities)) == LIVES[recording.name]
    assert tuple(stage.name for stage in read.stages) == STAGE_NAMES
    said = recording.answer.json["data"]
    assert read.error == said["scan"]["error_message"]
    assert read.updated_at == _moment(said["scan"]["updated_at"])
    assert [(stage.error, stage.timestamp) for stage in read.stages] == [
        (stage["error"], _moment(stage["timestamp"])) for stage in said["stages"]
    ]
    same = "key event_type tone status stage task_key title detail progress_pct timestamp"
    for line, reported in zip(read.activities, said["activity"], strict=True):
        _assert_says(line, reported, same)
    assert not read.has_report  # generation C alone tells of fallbacks


@of(PAGES)
async def test_a_page_of_findings(recording: Recording) -> None:
    async with read_by_client(recording.answer) as (api, _):
        page = await api.findings_page(ScanId(_id(recording)), 1)
    assert (len(page.findings), page.total, page.page, page.per_page) == PAGES[recording.name]
    assert page.bad_rows == 0
    for finding, said in zip(page.findings, recording.answer.json["data"]["items"], strict=True):
        _assert_finding(finding, said)


@of(SAID)
async def test_any_other_success(recording: Recording) -> None:
    async with read_by_client(recording.answer) as (api, clients):
        read = await _read(api, clients, recording)
    data = recording.answer.json["data"]
    point: object = SAID[recording.name]
    match _route(recording):
        case "login" | "register":
            assert (read.token, read.account) == (data["token"], data["user"]["email"])  # type: ignore[attr-defined]
        case "me":
            assert read == data["email"]
        case "logout" | "cancel":
            assert read is None
        case "finding":
            assert isinstance(read, Finding)
            _assert_finding(read, data)
        case "events":
            assert isinstance(read, tuple)
            assert tuple(event.event_type for event in read) == point
            for event, said in zip(read, data, strict=True):
                _assert_event(event, said)
        case "status" | "severity":
            assert read == data[f"old_{_route(recording)}"]
        case "comment":
            assert isinstance(read, FindingEvent)
            assert read.event_type == point
            _assert_event(read, data)
        case "apply-patch":
            assert read is None
        case "patches":
            assert isinstance(read, tuple)
            assert len(read) == point
            for patch, said in zip(read, data, strict=True):
                same = "id finding_id created_at"
                _assert_says(patch, said, same, diff="diff_content", is_applied="applied")
        case "threat-model":
            _assert_model(read, data, point)
        case "repo":
            assert (read.name, read.branch) == (point, data["default_branch"])  # type: ignore[attr-defined]
        case "repos":
            assert read == data["id"]
        case _:
            assert isinstance(read, bytes)
            assert json.loads(read)["data"] == data
            assert data["branches" if "branches" in data else "deleted"] == point


@of(STREAMS)
async def test_a_stream(recording: Recording) -> None:
    expected = STREAMS[recording.name]
    assert len(recording.connections) == len(expected)
    for connection, kinds in zip(recording.connections, expected, strict=True):
        scan_id = _stream_scan(connection)
        player = Player(connection)
        async with raw_server(player.serve) as server:
            clients = Clients(server.url, lambda: "token")
            stream = ProgressStream(clients, scan_id, lambda: NOW_S)
            heard, has_broken = await _heard(stream, sum(kinds), connection.ending)
            player.hang_up()
            await clients.aclose()
        assert _kinds(heard) == kinds
        assert has_broken is (connection.ending is Ending.BROKEN)
        assert stream.bad_frames == 0
        for seen, said in zip(heard, connection.frames, strict=True):
            _assert_heard(seen, said, scan_id)


async def _heard(stream: ProgressStream, expected: int, ending: Ending) -> tuple[list[Heard], bool]:
    """Read to the end, where the server ended it, else as many observations as there are."""
    heard: list[Heard] = []
    try:
        async with stream:
            async for seen in stream:
                heard.append(seen)
                if ending is Ending.OPEN and len(heard) == expected:
                    break
    except errors.ServerUnreachable:
        return heard, True
    return heard, False


def _kinds(heard: list[Heard]) -> Kinds:
    kinds = (
        observation.StageSeen,
        observation.StatusSeen,
        FindingHinted,
        observation.EndSeen,
        observation.EventsSkipped,
        Heartbeat,
    )
    counted = Counter(type(seen) for seen in heard)
    stages, statuses, hints, ends, skipped, alive = (counted[kind] for kind in kinds)
    return stages, statuses, hints, ends, skipped, alive


def _assert_heard(seen: Heard, said: Event | str, scan_id: ScanId) -> None:
    assert seen.heard_at_s == NOW_S
    match seen:
        case Heartbeat():
            assert said == ": keepalive"
        case observation.EventsSkipped():
            assert isinstance(said, str)
            assert said.startswith(": lagged")
        case observation.StageSeen():
            assert isinstance(said, Event)
            reported = (seen.stage, seen.status, seen.error, seen.stamped_at)
            data = said.data
            stamped_at = _moment(data["timestamp"])
            assert reported == (data["stage"], data["status"], data.get("error"), stamped_at)
        case observation.StatusSeen():
            assert isinstance(said, Event)
            stamped_at = _moment(said.data["timestamp"])
            assert (seen.status, seen.stamped_at) == (said.data["status"], stamped_at)
        case FindingHinted():
            assert isinstance(said, Event)
            assert seen.finding_id == said.data["finding_id"]
            assert seen.title == said.data["title"][:LINE_LIMIT]
            assert seen.severity is Severity.of(said.data["severity"])
        case observation.EndSeen():
            assert isinstance(said, Event)
            assert said.name in {"scan_complete", "error"}
    if not isinstance(seen, Heartbeat):
        assert seen.scan_id == scan_id


@of(TIMELINES)
async def test_a_timeline_of_snapshots_moves_the_scan_as_it_moved(recording: Recording) -> None:
    snapshots = recording.snapshots
    scan_id = ScanId("6a1f0c7e-1111-4222-8333-444455556666")
    script = _TimelineScript(scan_id)
    async with raw_server(script.serve) as server:
        clients = Clients(server.url, lambda: "token")
        clock = iter(range(1, 10_000))
        api = HeimdallApi(clients, lambda: float(next(clock)))
        scan = Scan(scan_id, server.url)
        for snapshot in snapshots:
            script.now = snapshot
            scan.observe(await api.scan(scan_id))
            scan.observe(await api.live(scan_id))
            assert scan.status == snapshot.status
            assert scan.reported_counts == observation.Counts(**snapshot.counts)
            assert scan.error == snapshot.error
            assert scan.started_at == _moment(snapshot.started)
            assert scan.completed_at == _moment(snapshot.completed)
            reported = {row.name: row.status for row in scan.stage_rows if row.status != "pending"}
            assert reported.items() <= dict(snapshot.stages).items()
        await clients.aclose()
    lines, status, counts, attempts = TIMELINES[recording.name]
    assert (len(snapshots), scan.status) == (lines, status)
    assert _numbers(scan.reported_counts) == counts
    assert scan.attempt == attempts


class _TimelineScript:
    """Answers for a scan as a line of a timeline says, in the shapes of 4.2 and 4.3."""

    now: Snapshot

    def __init__(self, scan_id: ScanId) -> None:
        self._scan_id = scan_id

    async def serve(self, asked: Asked, writer: Any) -> None:
        data = self._live() if asked.target.endswith("/live") else self._scan()
        body = json.dumps({"success": True, "data": data})
        writer.write(answer(200, "application/json", body))

    def _scan(self) -> dict[str, object]:
        moments = {"created_at": _EARLY, "updated_at": _EARLY, "started_at": self.now.started}
        return {
            "id": self._scan_id,
            "repo_id": "r",
            "status": self.now.status,
            "error_message": self.now.error,
            "completed_at": self.now.completed,
            "finding_count": self.now.stored,
            **moments,
        }

    def _live(self) -> dict[str, object]:
        reached = dict(self.now.stages)
        started = self.now.started or _EARLY
        return {
            "scan": {"status": self.now.status, "error_message": self.now.error},
            "counts": self.now.counts,
            "stages": [
                {"stage": name, "status": reached.get(name, "pending"), "timestamp": started}
                for name in STAGE_NAMES
            ],
            "activity": [],
        }


_EARLY = "2026-11-01T00:00:00Z"


def _numbers(counts: observation.Counts | None) -> Numbers | None:
    return None if counts is None else astuple(counts)


@asynccontextmanager
async def read_by_client(*connections: Connection) -> AsyncIterator[tuple[HeimdallApi, Clients]]:
    """A client of a server that plays these answers."""
    async with raw_server(Player(*connections).serve) as server:
        clients = Clients(server.url, lambda: "token")
        yield HeimdallApi(clients, lambda: NOW_S), clients
        await clients.aclose()


def _route(recording: Recording) -> str:
    """Name what was asked for; "" where the client passes on what others would read."""
    parts: list[str] = recording.target.partition("?")[0].split("/")
    match recording.method, *parts[2:]:
        case "GET", "scans" | "findings" | "repos" as noun, _:
            return {"scans": "scan-row", "findings": "finding", "repos": "repo"}[noun]
        case "POST", "repos":
            return "repos"
        case _, "auth", name:
            return name
        case _, _, _, *_, name if name in ROUTES:
            return name
        case _:
            return ""


ROUTES = frozenset({"live", "events", "patches", "threat-model", "cancel", "scan", "stream"}) | {
    *("status", "severity", "comment", "apply-patch")
}


async def _read(api: HeimdallApi, clients: Clients, recording: Recording) -> object:
    """Ask as the client asks; what it has no method for goes through its transport."""
    row_id = _id(recording)
    scan_id, finding_id, repo_id = ScanId(row_id), FindingId(row_id), RepoId(row_id)

    async def open_stream() -> None:
        async with ProgressStream(clients, scan_id, lambda: NOW_S):
            return

    async def pass_on() -> bytes:
        methods: tuple[Method, ...] = ("GET", "POST", "PATCH", "DELETE")
        [method] = [each for each in methods if each == recording.method]
        return await clients.ask(Request(recording.target, method))

    requests: dict[str, Callable[[], Awaitable[object]]] = {
        "login": lambda: api.login(EMAIL, PASSWORD),
        "register": lambda: api.register(EMAIL, PASSWORD),
        "me": api.me,
        "logout": api.logout,
        "scan-row": lambda: api.scan(scan_id),
        "live": lambda: api.live(scan_id),
        "patches": lambda: api.patches(scan_id),
        "threat-model": lambda: api.threat_model(scan_id),
        "cancel": lambda: api.cancel(scan_id),
        "scan": lambda: api.trigger_scan(repo_id),
        "finding": lambda: api.finding(finding_id),
        "events": lambda: api.finding_events(finding_id),
        "status": lambda: api.set_value(finding_id, "status", "confirmed"),
        "severity": lambda: api.set_value(finding_id, "severity", "medium"),
        "comment": lambda: api.comment(finding_id, "a\0b"),
        "apply-patch": lambda: api.apply_patch(finding_id),
        "repo": lambda: api.repo(ScanId("s"), repo_id),
        "repos": lambda: api.create_repo("shop", "https://example.test/shop.git"),
        "stream": open_stream,
        "": pass_on,
    }
    return await requests[_route(recording)]()


def _id(recording: Recording) -> str:
    """The id in the path; "" for none."""
    return "".join(recording.target.partition("?")[0].split("/")[3:4])


def _stream_scan(connection: Connection) -> ScanId:
    """Whose stream it was: every event says it."""
    (scan_id,) = {frame.data["scan_id"] for frame in connection.frames if isinstance(frame, Event)}
    return ScanId(scan_id)


def _moment(text: str | None) -> datetime | None:
    """A time of the server, to the microsecond (6: up to nine digits, `Z` or `+00:00`)."""
    if text is None:
        return None
    seconds, _, fraction = text.removesuffix("Z").removesuffix("+00:00").partition(".")
    micros = int(fraction.ljust(9, "0")[:6]) if fraction else 0
    return datetime.strptime(seconds, "%Y-%m-%dT%H:%M:%S").replace(microsecond=micros, tzinfo=UTC)


def _assert_says(read: object, said: Mapping[str, Any], same: str, **renamed: str) -> None:
    """See that what was read is what was said.

    Args:
        read: the client's own.
        said: the server's JSON.
        same: names that are the same here and there.
        renamed: the server's names by ours.
    """
    for ours, theirs in {**{name: name for name in same.split()}, **renamed}.items():
        value = getattr(read, ours)
        expected = _moment(said[theirs]) if isinstance(value, datetime) else said[theirs]
        if theirs in CUT and isinstance(expected, str):
            expected = expected[:LINE_LIMIT]
        assert value == expected, theirs


def _assert_finding(finding: Finding, said: dict[str, Any]) -> None:
    same = (
        "id scan_id repo_id title file_path line_start line_end fingerprint description cve_id "
        "code_snippet suggested_patch fix_type fix_summary poc_validated agent_reasoning "
        "created_at updated_at"
    )
    _assert_says(
        finding,
        said,
        same,
        cwe_text="cwe_id",
        source_text="source",
        status_text="status",
        severity_text="severity",
        confidence_text="confidence",
    )
    assert finding.source is Source.of(said["source"])
    assert finding.status is FindingStatus.of(said["status"])
    assert finding.severity is Severity.of(said["severity"])
    assert finding.confidence is Confidence.of(said["confidence"])
    assert list(finding.references) == (said["references_json"] or [])
    assert finding.title_line.isprintable()
    manifest, proof = said["manifest_coordinates_json"], said["poc_exploit_json"]
    assert (finding.manifest is None) is (manifest is None)
    if finding.manifest is not None:
        assert finding.manifest["name"] == manifest["name"]
        assert finding.manifest.get("aliases", "") == ", ".join(manifest["aliases"])
    assert (finding.proof is None) is (proof is None)
    if finding.proof is not None:
        reported = (finding.proof.verdict, finding.proof.exit_code, finding.proof.analysis)
        assert reported == (proof["verdict"], proof["exit_code"], proof["llm_analysis"])


def _assert_event(event: FindingEvent, said: dict[str, Any]) -> None:
    same = "id event_type old_value new_value comment user_id finding_id created_at"
    _assert_says(event, said, same)


def _assert_model(model: Any, data: dict[str, Any], point: object) -> None:
    assert (len(model.surfaces), len(model.boundaries), len(model.flows)) == point
    assert (model.summary, model.version) == (data["summary"], data["model_version"])
    assert model.is_edited is (data["edited_by"] is not None)
    for surface, said in zip(model.surfaces, data["surfaces_json"], strict=True):
        _assert_says(surface, said, "name line", risk="risk_level")
        assert (surface.file, surface.endpoint) == (said["file"] or "", said["endpoint"] or "")
    assert [one.name for one in model.boundaries] == [
        one["name"] for one in data["boundaries_json"]
    ]
    assert [one.name for one in model.flows] == [one["name"] for one in data["data_flows_json"]]
