"""The three generations of the server: A and C are made of B, which the embedded server is.

A request is answered by the generation that it met when it arrived. What a provider's fallback
looks like in C is deduced, and which activities it calls a warning is our choice. Source:
protocol.md 0, 4.3.
"""

import json
import re
from collections.abc import Callable
from typing import Any, Literal, get_args
from uuid import UUID

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from heimdall_desktop.local import auth
from heimdall_desktop.local.broadcaster import Broadcaster, ProgressStream
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import ActivityRow, RepoId, ScanId, moment_form
from tests.lab.faults import STREAM, request_kind

Generation = Literal["A", "B", "C"]
GENERATIONS: tuple[Generation, ...] = get_args(Generation)
PRESENT: Generation = "B"

FALLBACK_EVENT = "provider_fallback"
_ACTIVITY_LIMIT_OF_A = 30
_WARNINGS_OF_C = frozenset({"warning", "completed_with_errors"})
_KEYS_UNKNOWN_TO_A = frozenset(
    {"fix_type", "fix_summary", "references_json", "manifest_coordinates_json"}
)
_PATHS_UNKNOWN_TO_A = re.compile(
    r"/api/(findings/[^/]+/(remediate|remediation)|scans/[^/]+/(sarif|findings/create-all-issues))"
)
_SCAN_OR_REPO = re.compile(r"/api/(scans|repos)/([^/]+)(?:/.*)?")


def generation(name: str) -> Generation:
    """Return the generation of this name.

    Raises:
        ValueError: there is none.
    """
    for known in GENERATIONS:
        if known == name:
            return known
    raise ValueError(f"no generation {name!r}: there are {', '.join(GENERATIONS)}")


def finding_of(name: Generation, finding: dict[str, Any]) -> dict[str, Any]:
    if name != "A":
        return finding
    return {key: value for key, value in finding.items() if key not in _KEYS_UNKNOWN_TO_A}


def live_of(
    name: Generation, live: dict[str, Any], database: Database, scan_id: ScanId
) -> dict[str, Any]:
    """Return the data of `/live` as a generation tells it."""
    if name == "A":
        return {**live, "activity": live["activity"][:_ACTIVITY_LIMIT_OF_A]}
    if name == "B":
        return live
    activity = [
        {**each, "tone": "warning"} if each["status"] in _WARNINGS_OF_C else each
        for each in live["activity"]
    ]
    return {**live, "activity": activity, "fallback": _fallback(database, scan_id)}


def _fallback(database: Database, scan_id: ScanId) -> dict[str, object] | None:
    row = database.first(
        ActivityRow,
        "WHERE scan_id = ? AND event_type = ? ORDER BY created_at DESC, rowid DESC",
        (scan_id, FALLBACK_EVENT),
    )
    if row is None:
        return None
    return {
        "used": True,
        "provider_label": row.title,
        "detail": row.detail,
        "timestamp": moment_form(row.created_at),
    }


class GenerationGate:
    """Turns the answers of generation B into those of another generation.

    Args:
        app: the server behind it.
        database: its database.
        broadcaster: hands out its events.
        keepalive_s: silence after which a stream gets a comment.
        generation: gives the generation of the present moment.
    """

    def __init__(
        self,
        app: ASGIApp,
        database: Database,
        broadcaster: Broadcaster,
        keepalive_s: float,
        generation: Callable[[], Generation],
    ) -> None:
        self._app = app
        self._database = database
        self._broadcaster = broadcaster
        self._keepalive_s = keepalive_s
        self._generation = generation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = self._generation()
        app = self._app_of_a(scope) if name == "A" else self._app
        kind = request_kind(scope["path"])
        if name == PRESENT or kind not in ("live", "finding", "findings"):
            await app(scope, receive, send)
            return
        answer = _Changed(send, lambda data: self._as(name, kind, data))
        await app(scope, receive, answer.collect)
        await answer.send()

    def _as(self, name: Generation, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        if kind == "live":
            return live_of(name, data, self._database, ScanId(data["scan"]["id"]))
        if kind == "findings":
            return {**data, "items": [finding_of(name, each) for each in data["items"]]}
        return finding_of(name, data)

    def _app_of_a(self, scope: Scope) -> ASGIApp:
        """Make A ignore some paths and who owns a scan, and stream unknown scans."""
        if _PATHS_UNKNOWN_TO_A.fullmatch(scope["path"]):
            scope["path"] = "/api/unknown"
            return self._app
        named = _SCAN_OR_REPO.fullmatch(scope["path"])
        user = auth.user_of(self._database, HTTPConnection(scope))
        if named is None or user is None:
            return self._app
        try:
            row_id = str(UUID(named[2]))
        except ValueError:
            return self._app
        scan = self._database.scan(ScanId(row_id)) if named[1] == "scans" else None
        if scan is None and request_kind(scope["path"]) == STREAM:
            return ProgressStream(
                self._database, self._broadcaster, ScanId(row_id), self._keepalive_s
            )
        repo = self._database.repo(scan.repo_id if scan else RepoId(row_id))
        if repo is not None and repo.user_id != user.id:
            token = auth.new_session(self._database, repo.user_id)
            MutableHeaders(scope=scope)["authorization"] = f"Bearer {token}"
        return self._app


class _Changed:
    """An answer whose data is changed before it is sent, if it is one of success."""

    def __init__(self, send: Send, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self._peer = send
        self._change = change
        self._head: Message = {}
        self._body = bytearray()

    async def collect(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
        else:
            self._body += message.get("body", b"")

    async def send(self) -> None:
        body = bytes(self._body)
        if self._head["status"] == 200:
            answer = json.loads(body)
            answer["data"] = self._change(answer["data"])
            body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
            MutableHeaders(scope=self._head)["content-length"] = str(len(body))
        await self._peer(self._head)
        await self._peer({"type": "http.response.body", "body": body})
