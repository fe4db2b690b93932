"""Lets a tester script the server over HTTP, with curl: `python -m tests.lab server --help`.

JSON in, whatever the content type says; JSON out; 400 or 404 with `{"error": "…"}`. No token is
needed. These requests are never counted and get no fault. `?` marks what may be left out.

    GET    /test                     this text
    POST   /test/accounts            {"email", "password"}        -> {"id", "token"}
    POST   /test/sessions            {"email", "lifetime_s"?}     -> {"token"}
    POST   /test/sessions/expire     {"email"}; open streams stay
    POST   /test/recordings          {"name", "owner"}            -> {"repo_id"}, to be scanned
    DELETE /test/repos/{id}          with its scans and findings
    POST   /test/scans               {"repo"?, "owner"?, "is_silent"?, "steps"?}  -> a scan
                                     moved by hand; owner: the first account; steps: as below
    GET    /test/scans/{id}          a scan as it truly is: status, counts and hash of its findings
                                     as `--quit-when-done` prints them, findings by status, streams
    GET    /test/scans/{id}/findings its rows, all of them, every field, in list order
    POST   /test/scans/{id}/steps    a step, or a list of them    -> the scan as it is then
    POST   /test/faults              a fault, or a list of them   -> as GET
    GET    /test/faults              what is armed, what has hit, how streams flow
    DELETE /test/faults              nothing goes wrong any more; what is held back comes now
    POST   /test/streams             {"flow": "flowing" | "held" | "frozen"}; `held` comes in one
                                     piece later, `frozen` says nothing and closes nothing
    POST   /test/streams/drop        {"after_bytes"?}: break all open streams, 0 is now
    POST   /test/listing             {"shuffle_ties"?, "moves_rows"?}: pages that drift
    POST   /test/generation          {"generation": "A" | "B" | "C", "drop_streams"?}; streams
                                     break, as in an upgrade, unless it is false
    GET    /test/generation
    GET    /test/requests            by kind, in flight (now, most), open streams (now, most), and
                                     the busiest 10 s as requests a second; streams are no part of
                                     what is in flight
    DELETE /test/requests            count from now on, hits of faults too

A step is `{"do": "add_findings", "count": 3, "severity": "critical", "title": "…"}`: `do` names a
method of `scripting.ScriptedScan`, the rest are its arguments (`scripting` has the list);
`{"do": "wait", "seconds": 2}` lets time pass. A whole scan, with a burst over the ring:

    curl -d '[{"do": "run_until", "stage": "hunt"}, {"do": "add_findings", "count": 300},
              {"do": "complete"}, {"do": "end_streams_later"}]' URL/test/scans/ID/steps

A fault is `{"shape": "page", "on": "live", "status": 503, "times": 3}`; its other fields are those
of `faults.Fault`, its shapes those of `faults.Shape`: late, envelope, string, text, page,
rate_limited, redirect, portal, truncated, cut, closed, second_of_two. `"times": null` lasts until
it is cleared. A server whose threads can do one protected request at a time, and drop every other
that reaches them meanwhile (1.7), with answers that take 50 ms:

    curl -d '[{"shape": "second_of_two", "threads": 2, "times": null},
              {"shape": "late", "delay_s": 0.05, "times": null}]' URL/test/faults
"""

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import timedelta
from types import UnionType
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from heimdall_desktop.local.auth import SESSION_LIFETIME
from heimdall_desktop.local.messages import models
from heimdall_desktop.local.rows import SEVERITIES, RepoId, ScanId, ScanRow, z_form
from tests.lab.faults import Fault, Shape
from tests.lab.generations import generation
from tests.lab.scripting import ScriptedScan, take_step
from tests.lab.stream_flow import Flow

if TYPE_CHECKING:
    from tests.lab.server import LabServer

Control = Callable[[Request], Awaitable[object]]
_PREFIX = "/test"


class Controls:
    """Answers below `/test` and passes everything else on.

    Args:
        server: what is controlled; handlers run on its loop.
        app: what answers everything else.
    """

    def __init__(self, server: "LabServer", app: ASGIApp) -> None:
        self._server = server
        self._app = app
        self._controls = Starlette(routes=self.routes())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        is_control = path == _PREFIX or path.startswith(f"{_PREFIX}/")
        await (self._controls if is_control else self._app)(scope, receive, send)

    def routes(self) -> list[Route]:
        return [
            Route(_PREFIX, _manual, methods=["GET"]),
            _route("POST", "/accounts", self.add_account),
            _route("POST", "/sessions", self.add_session),
            _route("POST", "/sessions/expire", self.expire_sessions),
            _route("POST", "/recordings", self.add_recording),
            _route("DELETE", "/repos/{id}", self.delete_repo),
            _route("POST", "/scans", self.add_scan),
            _route("GET", "/scans/{id}", self.scan),
            _route("GET", "/scans/{id}/findings", self.findings),
            _route("POST", "/scans/{id}/steps", self.take_steps),
            _route("GET", "/faults", self.faults),
            _route("POST", "/faults", self.add_faults),
            _route("DELETE", "/faults", self.clear_faults),
            _route("POST", "/streams", self.set_flow),
            _route("POST", "/streams/drop", self.drop_streams),
            _route("POST", "/listing", self.set_listing),
            _route("GET", "/generation", self.generation),
            _route("POST", "/generation", self.set_generation),
            _route("GET", "/requests", self.requests),
            _route("DELETE", "/requests", self.reset_requests),
        ]

    async def add_account(self, request: Request) -> object:
        fields = Fields(await json_value(request), email=str, password=str)
        email = fields.text("email")
        user_id = await asyncio.to_thread(self._server.add_account, email, fields.text("password"))
        return {"id": user_id, "token": self._server.new_session(email)}

    async def add_session(self, request: Request) -> object:
        fields = Fields(await json_value(request), email=str, lifetime_s=float)
        lifetime_s = fields.number("lifetime_s", SESSION_LIFETIME.total_seconds())
        lifetime = timedelta(seconds=lifetime_s)
        return {"token": self._server.new_session(fields.text("email"), lifetime)}

    async def expire_sessions(self, request: Request) -> object:
        fields = Fields(await json_value(request), email=str)
        self._server.expire_sessions(fields.text("email"))
        return {}

    async def add_recording(self, request: Request) -> object:
        fields = Fields(await json_value(request), name=str, owner=str)
        name, owner = fields.text("name"), fields.text("owner")
        return {"repo_id": self._server.add_recording_repo(name, owner)}

    async def delete_repo(self, request: Request) -> object:
        repo_id = RepoId(request.path_params["id"])
        if self._server.database.repo(repo_id) is None:
            raise LookupError(f"no repository {repo_id}")
        self._server.database.delete_repo(repo_id)
        return {}

    async def add_scan(self, request: Request) -> object:
        fields = Fields(await json_value(request), repo=str, owner=str, is_silent=bool, steps=list)
        scan = self._server.script_scan(
            fields.text("repo", "shop"),
            fields.text("owner", "") or None,
            is_silent=fields.flag("is_silent"),
        )
        await _take(scan, fields.value("steps", []))
        return self._truth(scan.id)

    async def scan(self, request: Request) -> object:
        return self._truth(ScanId(request.path_params["id"]))

    async def findings(self, request: Request) -> object:
        row = self._row(ScanId(request.path_params["id"]))
        return models(self._server.database.findings_of(row.id))

    async def take_steps(self, request: Request) -> object:
        scan = self._server.scripted_scan(ScanId(request.path_params["id"]))
        await _take(scan, await json_value(request))
        return self._truth(scan.id)

    async def faults(self, _request: Request) -> object:
        faults = self._server.faults
        return {
            "armed": [asdict(fault) | {"shape": fault.shape.value} for fault in faults.armed],
            "hits": dict(faults.hits),
            "flow": faults.streams.flow.value,
        }

    async def add_faults(self, request: Request) -> object:
        self._server.faults.add(*[_fault(given) for given in objects(await json_value(request))])
        return await self.faults(request)

    async def clear_faults(self, request: Request) -> object:
        self._server.faults.clear()
        return await self.faults(request)

    async def set_flow(self, request: Request) -> object:
        flow = Flow(Fields(await json_value(request), flow=str).text("flow"))
        self._server.faults.flow(flow)
        return {"flow": flow.value}

    async def drop_streams(self, request: Request) -> object:
        after_bytes = Fields(await json_value(request), after_bytes=int).number("after_bytes", 0)
        self._server.faults.drop_streams(int(after_bytes))
        return {"dropped": self._server.requests.open_streams}

    async def set_listing(self, request: Request) -> object:
        fields = Fields(await json_value(request), shuffle_ties=bool, moves_rows=bool)
        database = self._server.database
        database.shuffle_ties = fields.flag("shuffle_ties", database.shuffle_ties)
        database.moves_rows = fields.flag("moves_rows", database.moves_rows)
        return {"shuffle_ties": database.shuffle_ties, "moves_rows": database.moves_rows}

    async def generation(self, _request: Request) -> object:
        return {"generation": self._server.generation}

    async def set_generation(self, request: Request) -> object:
        fields = Fields(await json_value(request), generation=str, drop_streams=bool)
        self._server.generation = generation(fields.text("generation"))
        if fields.flag("drop_streams", True):
            self._server.faults.drop_streams()
        return await self.generation(request)

    async def requests(self, _request: Request) -> object:
        return self._server.requests.as_json()

    async def reset_requests(self, request: Request) -> object:
        self._server.requests.reset()
        self._server.faults.hits.clear()
        return await self.requests(request)

    def _row(self, scan_id: ScanId) -> ScanRow:
        row = self._server.database.scan(scan_id)
        if row is None:
            raise LookupError(f"no scan {scan_id}")
        return row

    def _truth(self, scan_id: ScanId) -> dict[str, object]:
        row = self._row(scan_id)
        findings = self._server.database.findings_of(scan_id)
        severities = Counter(finding.severity for finding in findings)
        known = {severity: severities[severity] for severity in SEVERITIES}
        ids = "\n".join(sorted(finding.id for finding in findings))
        return {
            "id": scan_id,
            "repo_id": row.repo_id,
            "status": row.status,
            "error_message": row.error_message,
            "updated_at": z_form(row.updated_at),
            "findings": {
                "total": len(findings),
                **known,
                "other": len(findings) - sum(known.values()),
            },
            "ids_sha256": hashlib.sha256(ids.encode()).hexdigest(),
            "by_status": dict(Counter(finding.status for finding in findings)),
            "streams": len(self._server.broadcaster.subscriptions(scan_id)),
        }


def _route(method: str, path: str, control: Control) -> Route:
    async def answer(request: Request) -> Response:
        if "origin" in request.headers:
            return _refusal(403, "a web page may not do this")
        try:
            return JSONResponse(await control(request))
        except LookupError as error:
            return _refusal(404, str(error))
        except (ValueError, OverflowError) as error:
            return _refusal(400, str(error))

    return Route(f"{_PREFIX}{path}", answer, methods=[method])


async def _manual(_request: Request) -> Response:
    return PlainTextResponse(__doc__ or "")


async def _take(scan: ScriptedScan, steps: object) -> None:
    """Take steps one after the other; those before a refused one are taken."""
    for step in objects(steps):
        if step.get("do") == "wait":
            await asyncio.sleep(Fields(step, do=str, seconds=float).number("seconds", 1.0))
        else:
            take_step(scan, step)


def _fault(given: dict[str, Any]) -> Fault:
    fields = Fields(
        given,
        shape=str,
        on=str,
        path_part=str,
        times=int | None,
        status=int | None,
        delay_s=float,
        after_bytes=int | None,
        after_s=int,
        threads=int,
    )
    rest = {name: value for name, value in given.items() if name != "shape"}
    return Fault(Shape(fields.text("shape")), **rest)


def _refusal(status: int, error: str) -> Response:
    return JSONResponse({"error": error}, status_code=status)


_REQUIRED: Any = object()


class Fields:
    """An object whose keys are known and whose values are of the right kind.

    Raises:
        ValueError: it is no such object.
    """

    def __init__(self, value: object, **kinds: "type | UnionType") -> None:
        if not isinstance(value, dict):
            raise ValueError("expected an object")  # noqa: TRY004 - of who sent it
        if unknown := value.keys() - kinds.keys():
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        for name, given in value.items():
            if not _is_of(given, kinds[name]):
                raise ValueError(f"{name}: {given!r} is of the wrong kind")
        self._value: dict[str, Any] = value

    def value(self, name: str, default: Any = _REQUIRED) -> Any:
        """Return a value.

        Raises:
            ValueError: it is missing and has no default.
        """
        given = self._value.get(name, default)
        if given is _REQUIRED:
            raise ValueError(f"{name} is missing")
        return given

    def text(self, name: str, default: str = _REQUIRED) -> str:
        return str(self.value(name, default))

    def number(self, name: str, default: float) -> float:
        return float(self.value(name, default))

    def flag(self, name: str, default: bool = False) -> bool:
        return bool(self.value(name, default))


async def json_value(request: Request) -> object:
    """Read the body of a request; none is an empty object.

    Raises:
        ValueError: it is no JSON.
    """
    body = await request.body()
    value: object = json.loads(body) if body.strip() else {}
    return value


def objects(value: object) -> list[dict[str, Any]]:
    """Return one object or a list of objects as a list.

    Raises:
        ValueError: it is neither.
    """
    given: list[Any] = value if isinstance(value, list) else [value]
    if all(isinstance(one, dict) for one in given):
        return given
    raise ValueError("expected an object, or a list of objects")


def _is_of(given: object, kind: "type | UnionType") -> bool:
    """Whether a value is of a kind; a whole number is a number, true and false are none."""
    if isinstance(given, bool):
        return kind is bool
    return isinstance(given, int | float) if kind is float else isinstance(given, kind)
