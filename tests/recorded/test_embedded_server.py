"""The embedded server answers as the real one did: every recording's question, asked here.

The server is driven into the same situation and asked with the recorded method, target and body;
ids alone are exchanged. Compared are status, content type, the headers and cookies that matter,
and the keys of the answer with their types; of a stream the order of its events. Values are not.
A file that stands in no table fails until it is classified.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
import pytest

from heimdall_desktop.local.connection import RowGone
from heimdall_desktop.local.rows import FindingId
from heimdall_desktop.local.steps import AgentCall
from tests.fakes.recorded import Connection, Ending, Event, Recording, recordings
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.conftest import EMAIL

NOWHERE = str(uuid4())
HEADERS = [
    "content-type",
    "cache-control",
    "x-accel-buffering",
    "content-disposition",
    "location",
    "allow",
    "www-authenticate",
]
"""Compared as they are, without ids."""

NUMBERS = ("retry-after", "x-ratelimit-after")
"""Compared as whole numbers, whatever they are."""

# Not compared: `vary` and `access-control-allow-credentials`, which name what a browser's page of
# another origin may request (1.1, no client reads them); how many findings come before a lag notice
# (3.6: a matter of speed, and here the burst is one step of the loop); texts, which are our own.

NULLABLE = frozenset(
    [
        "agent_reasoning",
        "code_snippet",
        "comment",
        "commit_sha",
        "completed_at",
        "cve",
        "cve_id",
        "cwe",
        "cwe_id",
        "default_branch",
        "description",
        "detail",
        "display_name",
        "duration_ms",
        "endpoint",
        "error",
        "error_message",
        "file",
        "fix_summary",
        "fixSummary",
        "line",
        "line_end",
        "manifest_coordinates_json",
        "manifestCoordinates",
        "metadata",
        "new_value",
        "old_value",
        "poc_exploit_json",
        "progress_pct",
        "references",
        "references_json",
        "remote_url",
        "stage",
        "started_at",
        "suggested_patch",
        "timestamp",
        "user_id",
    ]
)
"""Keys that may be null at one moment and not at another (4)."""


@dataclass
class Desk:
    """The server, and how it is asked in one situation: by default as the owner of everything.

    Attributes:
        token: goes with the request; "" for none.
        scheme: before the token.
        scan, repo: whose ids are in the request; a made-up one where it is "".
    """

    server: LabServer
    wire: httpx.Client
    script: ScriptedScan
    recording: Recording
    scheme: str = "Bearer"
    content_type: str = "application/json"
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.token = self.server.new_session(EMAIL)
        self.scan, self.repo = str(self.script.id), str(self.script.repo_id)

    @property
    def finding(self) -> str:
        return next(iter(self.script.finding_ids), "")

    def ask(self) -> httpx.Response:
        target = self.recording.target
        for noun, own in (("scans", self.scan), ("findings", self.finding), ("repos", self.repo)):
            target = re.sub(rf"(?<=/api/{noun}/)[0-9a-f-]{{36}}", own or NOWHERE, target)
        headers = dict(self.headers)
        if self.token:
            headers["authorization"] = f"{self.scheme} {self.token}"
        content = self.body or self.recording.request_body.encode()
        if content and self.content_type:
            headers["content-type"] = self.content_type
        return self._send(self.recording.method, target, headers, content)

    def act(self, method: str, path: str) -> httpx.Response:
        """Do something to bring the situation about."""
        headers = {"authorization": f"Bearer {self.server.new_session(EMAIL)}"}
        return self._send(method, path, headers)

    def _send(
        self, method: str, target: str, headers: dict[str, str], content: bytes = b""
    ) -> httpx.Response:
        self.wire.cookies.clear()
        url = self.server.url + target
        return self.wire.request(method, url, headers=headers, content=content or None)


Situation = Callable[[Desk], object]


def reach(stage: str) -> Situation:
    """Let the scan run until a stage has started."""
    return lambda desk: desk.script.run_until(stage)


def _queued(_: Desk) -> None:
    """Leave everything as it is."""


def _completed(desk: Desk) -> None:
    _hunting(desk)
    desk.script.complete()


def _in_completion_window(desk: Desk) -> None:
    _hunting(desk)
    desk.script.reach_completed()


def _failed(stage: str) -> Situation:
    return lambda desk: desk.script.run_until(stage).fail("git clone failed\nfor good")


def _cancelled_queued(desk: Desk) -> None:
    desk.act("POST", f"/api/scans/{desk.script.id}/cancel")


def _cancelled_running(desk: Desk) -> None:
    desk.script.run_until("ingest").cancel()


def _cancelled_thrice(desk: Desk) -> None:
    for _ in range(3):
        desk.script.retry().cancel()
    desk.script.fail_finally("Scan was cancelled")


def _cancelled_in_hunt_and_revived(desk: Desk) -> None:
    _hunting(desk)
    desk.script.cancel().retry().run_until("static_analysis")


def _restarted(desk: Desk) -> None:
    desk.script.run_until("tyr").start_stage("ingest")


def _hunting(desk: Desk) -> None:
    """Put the scan into hunt, with an ordinary finding and one of each odd kind (§11.4)."""
    script = desk.script.run_until("hunt")
    script.activity("Looking", "running", detail="Risk high.")
    desk.server.database.add_agent_call(script.id, "tyr", AgentCall("llm_completion"))
    script.add_findings(
        1,
        "critical",
        description="d",
        cwe_id="CWE-22",
        line_end=45,
        code_snippet="x",
        suggested_patch="--- a\n+++ b\n",
        fix_type="code_change",
        fix_summary="s",
        references_json=("https://example.test",),
        agent_reasoning="Traced.",
        poc_validated=True,
        poc_exploit_json={
            "exit_code": 0,
            "language": "python",
            "llm_analysis": "a",
            "script": "s",
            "stderr": "",
            "stdout": "",
            "verdict": "confirmed",
        },
    )
    script.add_findings(
        1,
        "high",
        source="dependencies",
        manifest_coordinates_json={
            "advisory_id": "GHSA-x",
            "aliases": ["CVE-1"],
            "declared_version": "^1",
            "ecosystem": "npm",
            "fixed_versions": ["2"],
            "installed_version": "1",
            "name": "n",
            "recommended_version": "2",
        },
    )
    script.add_findings(1, "critical", status="false_positive", confidence="low")


def _hunting_of_a_commit(desk: Desk) -> None:
    desk.server.database.set_scan_commit(desk.script.id, "4f2d9c0b7a61")
    _hunting(desk)


def _hunting_without_tyr(desk: Desk) -> None:
    desk.script.run_until("tyr").finish_stage(skip_reason="No model is set up.")
    _hunting(desk)


def _hostile(desk: Desk) -> None:
    _hunting(desk)
    desk.script.add_hazards()


def _stranger(desk: Desk) -> None:
    desk.token = ""


def _bad_token(desk: Desk) -> None:
    desk.token = "0" * 64


def _lower_case_scheme(desk: Desk) -> None:
    desk.scheme = "bearer"


def _nothing_there(desk: Desk) -> None:
    desk.scan = desk.repo = ""


def _repo_deleted(desk: Desk) -> None:
    desk.act("DELETE", f"/api/repos/{desk.repo}")


def _with_account(desk: Desk, password: str = "") -> None:
    said, desk.token = json.loads(desk.recording.request_body), ""
    desk.server.add_account(said["email"], password or said["password"])


def _with_other_password(desk: Desk) -> None:
    _with_account(desk, "another one")


def _signed_out(desk: Desk) -> None:
    desk.act("POST", "/api/auth/logout")
    desk.token = "0" * 64


def _by_cookie_without_csrf(desk: Desk) -> None:
    desk.headers["cookie"] = f"heimdall_session={desk.token}"
    desk.token = ""


def _form(desk: Desk) -> None:
    _hunting(desk)
    desk.content_type = "application/x-www-form-urlencoded"


def _no_content_type(desk: Desk) -> None:
    _hunting(desk)
    desk.content_type = ""


def _huge_body(desk: Desk) -> None:
    _hunting(desk)
    desk.body = json.dumps({"comment": "x" * 3_000_000}).encode()


def _with_history(desk: Desk) -> None:
    _hunting(desk)
    database = desk.server.database
    user = database.first_user()
    assert user
    add = database.add_finding_event
    finding_id = FindingId(desk.finding)
    add(finding_id, user.id, "status_change", old_value="open", new_value="fixed")
    add(finding_id, None, "ai_verification", comment="c", metadata={"verdict": "confirmed"})


def _with_patches(desk: Desk) -> None:
    _hunting(desk)
    for finding_id in desk.script.finding_ids:
        desk.script.patch(finding_id, "--- a\n+++ b\n")


def _with_applied_patch(desk: Desk) -> None:
    _with_patches(desk)
    desk.act("POST", f"/api/findings/{desk.finding}/apply-patch")


def _with_threat_model(desk: Desk) -> None:
    scan = desk.server.database.scan(desk.script.id)
    assert scan
    surface = {"name": "n", "description": "d", "risk_level": "high"}
    desk.server.database.add_threat_model(
        scan,
        summary="A shop.",
        boundaries=[{"name": "b", "description": "d", "from_zone": "f", "to_zone": "t"}],
        surfaces=[surface | {"endpoint": "e", "file": "f", "line": 1}],
        data_flows=[
            {"name": "f", "description": "d", "source": "s", "sink": "k", "sensitive_data": "x"}
        ],
    )


SITUATIONS: dict[str, Situation] = {
    "apply-patch-200.json": _with_patches,
    "apply-patch-404-no-row.json": _hunting,
    "apply-patch-409.json": _with_applied_patch,
    "auth-login-200.json": _with_account,
    "auth-login-400-malformed-json.txt": _stranger,
    "auth-login-401-wrong-password.json": _with_other_password,
    "auth-logout-200-token-already-dead.json": _signed_out,
    "auth-logout-200.json": _queued,
    "auth-logout-403-no-csrf-no-bearer.json": _by_cookie_without_csrf,
    "auth-me-200.json": _queued,
    "auth-me-401-no-token.json": _stranger,
    "auth-register-201.json": _stranger,
    "auth-register-400-validation.json": _stranger,
    "auth-register-409-taken.json": _with_account,
    "cancel-409-cancelled.json": _cancelled_queued,
    "cancel-409-completed.json": _completed,
    "cancel-in-hunt.json": _hunting,
    "cancel-queued.json": _queued,
    "cancel-running-1.json": reach("ingest"),
    "cancel-running-2.json": reach("ingest"),
    "cancel-running-3.json": reach("ingest"),
    "cancel-said.json": reach("ingest"),
    "cancel-slow-cancel.json": reach("ingest"),
    "create-all-issues-400.json": _completed,
    "error-400-missing-field.txt": _hunting,
    "error-400-no-content-type.txt": _no_content_type,
    "error-400-query-page-x.txt": _hunting,
    "error-400-query-repeated.txt": _hunting,
    "error-401-bad-token.json": _bad_token,
    "error-401-lower-case-scheme.json": _lower_case_scheme,
    "error-401-no-token.json": _stranger,
    "error-401-unknown-api-route-no-token.json": _stranger,
    "error-404-finding.json": _nothing_there,
    "error-404-not-a-uuid.txt": _queued,
    "error-404-scan.json": _nothing_there,
    "error-404-stream-unknown.json": _nothing_there,
    "error-413-comment-3MiB.txt": _huge_body,
    "finding-comment-201.json": _hunting,
    "finding-comment-empty.json": _hunting,
    "finding-comment-nul-500.json": _hunting,
    "finding-events-empty.json": _hunting,
    "finding-events.json": _with_history,
    "finding-explain-503.json": _hunting,
    "finding-get.json": _hunting,
    "finding-history.json": _with_history,
    "finding-issue-400.json": _hunting,
    "finding-remediate-400.json": _hunting,
    "finding-severity-400-unknown.json": _hunting,
    "finding-severity-medium.json": _hunting,
    "finding-status-400-unknown.json": _hunting,
    "finding-status-confirmed.json": _hunting,
    "finding-status-form.json": _form,
    "finding-status-same-again.json": _hunting,
    "findings-default-per-page.json": _hunting,
    "findings-page1.json": _hunting,
    "findings-page2-of-10.json": _hunting,
    "findings-past-end.json": _hunting,
    "findings-per-page-0.json": _hunting,
    "findings-severity-critical.json": _hunting,
    "findings-severity-empty.json": _hunting,
    "findings-severity-list.json": _hunting,
    "findings-status-false-positive.json": _hunting,
    "findings-three.json": _hunting,
    "health-405-post.txt": _stranger,
    "live-after-cancel-in-hunt.json": _cancelled_in_hunt_and_revived,
    "live-after-cancel-queued.json": _cancelled_queued,
    "live-after-server-restart.json": _restarted,
    "live-after-three-cancels.json": _cancelled_thrice,
    "live-big-149-completed.json": _completed,
    "live-burst-041-completed.json": _completed,
    "live-completed-later.json": _completed,
    "live-completed.json": _completed,
    "live-config_scanning.json": reach("config_scan"),
    "live-fail-012-failed.json": _failed("static_analysis"),
    "live-fail-023-failed.json": _failed("static_analysis"),
    "live-fail-034-failed.json": _failed("static_analysis"),
    "live-fail-late-043-failed.json": _failed("report"),
    "live-fail-late-086-completed.json": _completed,
    "live-fail-twice-004-failed.json": _failed("tyr"),
    "live-fail-twice-034-failed.json": _failed("hunt"),
    "live-fail-twice-083-completed.json": _completed,
    "live-hostile-029-hunting.json": _hostile,
    "live-hostile-058-completed.json": _completed,
    "live-hunting.json": _hunting,
    "live-in-hunt.json": _hunting_without_tyr,
    "live-in-completion-window.json": _in_completion_window,
    "live-ingesting.json": reach("ingest"),
    "live-just-after-cancel-running.json": _cancelled_running,
    "live-modeling.json": reach("tyr"),
    "live-queued.json": _queued,
    "live-reporting.json": reach("report"),
    "live-slow-cancel-004-cancelled.json": _cancelled_running,
    "live-slow-end-038-completed.json": _in_completion_window,
    "live-static_analysis.json": reach("static_analysis"),
    "live-taint_analyzing.json": reach("taint_analysis"),
    "live-validating.json": reach("garmr"),
    "live-verifying.json": reach("vidarr"),
    "login-200.json": _with_account,
    "patches.json": _with_patches,
    "refused-401-run-out.json": _bad_token,
    "refused-403-csrf.json": _by_cookie_without_csrf,
    "refused-404-scan.json": _nothing_there,
    "refused-404-word.txt": _queued,
    "repo-branches.json": _queued,
    "repo-create.json": _queued,
    "repo-delete.json": _queued,
    "repo-get.json": _queued,
    "repo-made.json": _queued,
    "sarif-two.json": _hunting,
    "sarif.json": _hunting_of_a_commit,
    "scan-404-after-repo-delete.json": _repo_deleted,
    "scan-after-cancel-queued.json": _cancelled_queued,
    "scan-after-three-cancels.json": _cancelled_thrice,
    "scan-completed.json": _completed,
    "scan-done.json": _completed,
    "scan-hunting.json": reach("hunt"),
    "scan-in-completion-window.json": _in_completion_window,
    "scan-queued.json": _queued,
    "scan-reporting.json": reach("report"),
    "scan-start-202.json": _queued,
    "scan-static_analysis.json": reach("static_analysis"),
    "scan-verifying.json": reach("vidarr"),
    "threat-model-404-before-tyr.json": _queued,
    "threat-model-small.json": _with_threat_model,
    "threat-model.json": _with_threat_model,
}
"""How the server is brought where the recorded one was."""

RATE_LIMITED = ("auth-429-rate-limited.txt", "refused-429-me.txt")

Frames = list[Event | str]
Reported = tuple[httpx.Headers, Frames, Ending]
Play = Callable[["Streams"], object]


class Streams:
    """A scan whose stream is read while it is moved."""

    def __init__(self, server: LabServer, wire: httpx.Client) -> None:
        self.server = server
        self.scan = server.script_scan("shop", EMAIL)
        self.reported: list[Reported] = []
        self._wire = wire
        self._headers = {"authorization": f"Bearer {server.new_session(EMAIL)}"}

    def ingest(self) -> None:
        self.scan.run_until("ingest").repeat_stage()

    def cancel(self) -> None:
        path = f"{self.server.url}/api/scans/{self.scan.id}/cancel"
        assert self._wire.post(path, headers=self._headers).status_code == 200

    def read(
        self, *moves: Callable[[], object], after: tuple[int, Callable[[], object]] | None = None
    ) -> None:
        """Attach, move the scan once the initial state is there, and read to the end.

        Args:
            moves: what happens to the scan.
            after: how many events must have come before something else happens, and that.
        """
        path = f"{self.server.url}/api/scans/{self.scan.id}/progress/stream"
        self._wire.cookies.clear()
        with self._wire.stream("GET", path, headers=self._headers) as response:
            assert response.status_code == 200
            chunks = response.iter_raw()
            text = next(chunks)
            for move in moves:
                move()
            ending = Ending.WHOLE
            try:
                for chunk in chunks:
                    text += chunk
                    if after and text.count(b"event: ") >= after[0]:
                        after[1]()
                        after = None
                    if chunk == b": keepalive\n\n":
                        ending = Ending.OPEN
                        break
            except httpx.RemoteProtocolError:
                ending = Ending.BROKEN
        self.reported.append((response.headers, Connection((), text).frames, ending))


def _ordinary(streams: Streams) -> None:
    scan = streams.scan
    streams.read(
        lambda: scan.run_until("ingest").repeat_stage().repeat_stage(),
        lambda: scan.run_until("hunt").add_findings(3).complete(),
    )


def _attached_late(streams: Streams) -> None:
    streams.read(streams.scan.run_until("hunt").add_findings(3).complete)


def _attached_in_completion_window(streams: Streams) -> None:
    streams.read(streams.scan.reach_completed().announce_completed)


def _attached_before_removal(streams: Streams) -> None:
    streams.read(streams.scan.complete().end_streams)


def _attached_long_after(streams: Streams) -> None:
    streams.scan.complete().end_streams()
    streams.read()


def _burst(streams: Streams) -> None:
    scan = streams.scan
    streams.read(
        streams.ingest,
        lambda: scan.run_until("hunt").finish_stage(),
        after=(26, lambda: scan.add_findings(328).burst().complete()),
    )
    streams.read(scan.end_streams)
    streams.read()


def _short_with_lag(streams: Streams) -> None:
    scan = streams.scan

    def go_on() -> None:
        scan.lag(3).add_findings(2).burst().start_stage("report").finish_stage()
        scan.announce_completed()

    streams.read(lambda: scan.run_until("ingest").repeat_stage().finish_stage(), after=(6, go_on))


def _cancelled_by_api(stage: str | None) -> Play:
    def play(streams: Streams) -> None:
        until = (streams.ingest, lambda: streams.scan.run_until(stage)) if stage else ()
        streams.read(*until, streams.cancel)

    return play


def _cancelled_in_ingest(streams: Streams) -> None:
    scan = streams.scan.run_until("ingest")
    streams.read(scan.repeat_stage, streams.cancel)


def _attached_to_cancelled(streams: Streams) -> None:
    streams.cancel()
    streams.scan.end_streams()
    streams.read()


def _revived(streams: Streams) -> None:
    scan = streams.scan
    streams.read(streams.ingest, streams.cancel)
    scan.retry()
    streams.read(scan.repeat_stage, scan.end_streams)
    streams.read(scan.repeat_stage, lambda: scan.run_until("tyr"))


def _failing(*stages: str) -> Play:
    def play(streams: Streams) -> None:
        scan = streams.scan

        def attempt(number: int) -> None:
            if number:
                scan.retry()
            streams.ingest()
            scan.run_until(stages[number]).fail("model request failed")

        for number in range(len(stages)):
            streams.read(partial(attempt, number))

    return play


def _failing_for_good(streams: Streams) -> None:
    _failing("static_analysis", "static_analysis", "static_analysis")(streams)
    streams.scan.fail_finally("model request failed").end_streams()
    streams.read()


def _failing_then_well(*stages: str) -> Play:
    def play(streams: Streams) -> None:
        scan = streams.scan.add_findings(2)
        _failing(*stages)(streams)
        streams.read(
            lambda: scan.retry().repeat_stage(),
            lambda: scan.run_until("hunt").add_findings(2).complete(),
        )
        streams.read(scan.end_streams)
        streams.read()

    return play


def _hostile_texts(streams: Streams) -> None:
    scan = streams.scan
    streams.read(streams.ingest, lambda: scan.run_until("hunt").add_hazards().complete())
    streams.read(scan.end_streams)
    streams.read()


def _stuck(streams: Streams) -> None:
    scan = streams.scan
    streams.read(streams.ingest, lambda: scan.run_until("hunt").add_findings(3).run_until("vidarr"))


def _repo_deleted_under_it(streams: Streams) -> None:
    scan = streams.scan

    def delete() -> None:
        streams.server.database.delete_repo(scan.repo_id)
        scan.repeat_stage()
        with pytest.raises(RowGone):
            scan.finish_stage()

    streams.read(streams.ingest, delete)


def _never_announced(streams: Streams) -> None:
    scan = streams.scan
    streams.read(streams.ingest, lambda: scan.run_until("hunt").add_findings(3).reach_completed())


def _killed(streams: Streams) -> None:
    scan = streams.scan.run_until("tyr").start_stage("ingest")
    streams.read(scan.repeat_stage, after=(4, streams.server.faults.drop_streams))


def _stopped(streams: Streams) -> None:
    scan = streams.scan
    streams.read(
        streams.ingest, lambda: scan.run_until("tyr"), after=(8, streams.server.faults.drop_streams)
    )


def _failed_long_ago(streams: Streams) -> None:
    streams.scan.run_until("tyr").fail("no model", is_stored=False).end_streams()
    streams.read()


STREAMS: dict[str, Play] = {
    "stream-attached-in-completion-window.txt": _attached_in_completion_window,
    "stream-attached-to-cancelled.txt": _attached_to_cancelled,
    "stream-burst.txt": _burst,
    "stream-cancel-in-hunt.txt": _cancelled_by_api("hunt"),
    "stream-cancel-queued.txt": _cancelled_by_api(None),
    "stream-cancel-three-times.txt": _cancelled_in_ingest,
    "stream-default-attached-in-hunt.txt": _attached_late,
    "stream-default-attached-long-after-20s.txt": _attached_long_after,
    "stream-default-attached-within-5s-after-end.txt": _attached_before_removal,
    "stream-default.txt": _ordinary,
    "stream-fail-late.txt": _failing_then_well("report"),
    "stream-fail-twice.txt": _failing_then_well("tyr", "hunt"),
    "stream-fail.txt": _failing_for_good,
    "stream-hostile.txt": _hostile_texts,
    "stream-open.txt": _failed_long_ago,
    "stream-panic.txt": _stuck,
    "stream-repo-deleted.txt": _repo_deleted_under_it,
    "stream-server-killed.txt": _killed,
    "stream-server-stopped.txt": _stopped,
    "stream-slow-cancel.txt": _revived,
    "stream-slow-end-first.txt": _ordinary,
    "stream-slow-end.txt": _never_announced,
    "stream-whole.txt": _short_with_lag,
}
"""How a stream of ours comes to tell the same story, connection by connection."""

ALL = recordings()
NOT_ASKED = {recording.name for recording in ALL if recording.name.startswith("timeline-")}
"""Recordings without a request: they are no answers of the server, but lines of a poller."""


def of(names: Any) -> pytest.MarkDecorator:
    """The recordings that a table classifies, as parameters of a test."""
    found = [recording for recording in ALL if recording.name in names]
    return pytest.mark.parametrize("recording", found, ids=repr)


def test_every_recording_is_asked_or_has_a_reason_not_to_be() -> None:
    tables = (SITUATIONS, STREAMS, NOT_ASKED, RATE_LIMITED)
    classified = [name for table in tables for name in table]
    assert {recording.name for recording in ALL} <= set(classified)
    assert len(set(classified)) == len(classified)


@pytest.fixture(scope="module")
def wire() -> Iterator[httpx.Client]:
    """A client that keeps no connection: making one for each question would take longer."""
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(trust_env=False, limits=limits) as opened:
        yield opened


@of(SITUATIONS)
def test_the_answer_has_the_form_of_the_real_one(
    server: LabServer, wire: httpx.Client, recording: Recording
) -> None:
    desk = Desk(server, wire, server.script_scan("shop", EMAIL), recording)
    server.database.update_repo(
        desk.script.repo_id, default_branch="main", remote_url="https://example.test/a.git"
    )
    SITUATIONS[recording.name](desk)
    _assert_alike(recording.answer, desk.ask())


@of(RATE_LIMITED)
def test_a_refusal_for_haste_has_the_form_of_the_real_one(
    wire: httpx.Client, recording: Recording
) -> None:
    with LabServer(auth_burst=1) as server:
        wire.get(f"{server.url}/api/auth/me")
        wire.cookies.clear()
        answer = wire.get(f"{server.url}{recording.target}")
    _assert_alike(recording.answer, answer)


@of(STREAMS)
def test_a_stream_tells_the_same_story(
    server: LabServer, wire: httpx.Client, recording: Recording
) -> None:
    streams = Streams(server, wire)
    STREAMS[recording.name](streams)
    reported = streams.reported
    assert len(reported) == len(recording.connections)
    for real, (headers, frames, ending) in zip(recording.connections, reported, strict=True):
        _assert_heads_alike(real, headers)
        assert _story(frames) == _story(real.frames)
        assert ending is real.ending


def _assert_alike(real: Connection, ours: httpx.Response) -> None:
    assert ours.status_code == real.status
    _assert_heads_alike(real, ours.headers)
    if "json" not in real.header("content-type"):
        assert bool(ours.content) is bool(real.body.strip())
        return
    reported, said = real.json, ours.json()
    assert _differences(_shape(reported), _shape(said), "") == []
    for path in (("data", "status"), ("data", "scan"), ("data", "stages"), ("error", "code")):
        assert _pick(reported, path) == _pick(said, path)


def _assert_heads_alike(real: Connection, ours: httpx.Headers) -> None:
    for name in HEADERS:
        assert _anonymous(ours.get(name, "")) == _anonymous(real.header(name)), name
    for name in NUMBERS:
        assert ours.get(name, "").isdigit() is real.header(name).isdigit(), name
    cookies = [value for name, value in real.headers if name == "set-cookie"]
    assert _cookies(ours.get_list("set-cookie")) == _cookies(cookies)
    assert (ours.get("connection") == "close") is (real.header("connection") == "close")


def _anonymous(text: str) -> str:
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>", text)


def _cookies(headers: list[str]) -> dict[str, dict[str, str]]:
    """Names and attributes of cookies, without their values and the moments in them."""
    reported = {}
    for header in headers:
        pair, *attributes = (part.strip() for part in header.split(";"))
        name, _, value = pair.partition("=")
        pairs = (part.lower().partition("=") for part in attributes)
        kept = {key: "" if key == "expires" else said for key, _, said in pairs}
        reported[name] = kept | {"is empty": str(not value.strip('"'))}
    return reported


def _pick(body: Any, path: tuple[str, str]) -> object:
    """A part of an answer that is equal here and there: a status, the stages and what they are."""
    part = body.get(path[0])
    part = part.get(path[1]) if isinstance(part, dict) else None
    if path[1] == "stages" and part:
        return [
            (stage["stage"], stage["label"], stage["status"], stage["attempt"]) for stage in part
        ]
    if path[1] == "scan" and part:
        return part["status"], part["status_label"], part["is_live"]
    return part


def _shape(value: object) -> Any:
    """The keys of a JSON value, and the types below them; a list is what its elements are."""
    if isinstance(value, dict):
        return {key: _shape(part) for key, part in value.items()}
    if isinstance(value, list):
        shapes = [_shape(part) for part in value]
        return [_merged(shapes)] if shapes else []
    return frozenset({"null" if value is None else type(value).__name__})


def _merged(shapes: list[Any]) -> Any:
    """One shape for the elements of a list; what one of them lacks is marked by `?`."""
    if all(isinstance(shape, dict) for shape in shapes):
        keys = {key for shape in shapes for key in shape}
        return {
            key if all(key in shape for shape in shapes) else f"{key}?": _merged(
                [shape[key] for shape in shapes if key in shape]
            )
            for key in keys
        }
    if all(isinstance(shape, frozenset) for shape in shapes):
        return frozenset().union(*shapes)
    if all(isinstance(shape, list) for shape in shapes):
        return [_merged([part for shape in shapes for part in shape])] if any(shapes) else []
    return _merged([shape for shape in shapes if shape != frozenset({"null"})])


def _differences(real: Any, ours: Any, path: str) -> list[str]:
    """Say where two shapes differ."""
    if isinstance(real, dict) and isinstance(ours, dict):
        odd = [f"{path}.{key} is missing" for key in real.keys() - ours.keys()]
        odd += [f"{path}.{key} is ours alone" for key in ours.keys() - real.keys()]
        for key in real.keys() & ours.keys():
            odd += _differences(real[key], ours[key], f"{path}.{key}")
        return odd
    if isinstance(real, list) and isinstance(ours, list):
        return _differences(real[0], ours[0], f"{path}[]") if real and ours else []
    null = frozenset({"null"})
    may_be_null = path.rpartition(".")[2].strip("[]?") in NULLABLE
    if may_be_null and null in (real, ours):
        return []
    is_same: bool = real == ours
    if isinstance(real, frozenset) and isinstance(ours, frozenset) and may_be_null:
        is_same = real | null == ours | null
    return [] if is_same else [f"{path}: {real} there, {ours} here"]


def _story(frames: Frames) -> list[tuple[object, ...]]:
    """A stream in order: event, stage, status, keys; no repeats, nothing of speed."""
    story: list[tuple[object, ...]] = []
    for frame in frames:
        if isinstance(frame, str):
            reported: tuple[object, ...] = (frame.split()[1],)
        else:
            data = frame.data
            reported = (
                frame.name,
                data.get("stage"),
                data.get("status"),
                frozenset((key, type(value).__name__) for key, value in data.items()),
            )
        if reported[0] == "lagged" and story and story[-1][0] == "finding_added":
            story.pop()
        if reported != ("keepalive",) and (not story or story[-1] != reported):
            story.append(reported)
    return story
