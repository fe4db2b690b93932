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
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec
from msgspec import Struct
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from heimdall_desktop.local.auth import SESSION_LIFETIME
from heimdall_desktop.local.messages import model
from heimdall_desktop.local.rows import SEVERITIES, RepoId, ScanId, ScanRow, moment_form
from tests.lab.faults import Fault
from tests.lab.generations import Generation
from tests.lab.scripting import ScriptedScan, take_step
from tests.lab.stream_flow import Flow

if TYPE_CHECKING:
    from tests.lab.server import LabServer

Control = Callable[[Request], Awaitable[object]]
T = TypeVar("T")
_PREFIX = "/test"


class _Body(Struct, forbid_unknown_fields=True):
    """What a tester sends: JSON whatever the content type says, as curl sends it."""


class _Account(_Body):
    email: str
    password: str


class _Session(_Body):
    email: str
    lifetime_s: float = SESSION_LIFETIME.total_seconds()


class _Owner(_Body):
    email: str


class _Recording(_Body):
    name: str
    owner: str


class _Scan(_Body):
    repo: str = "shop"
    owner: str = ""
    is_silent: bool = False
    steps: list[dict[str, Any]] = []


class _Flow(_Body):
    flow: Flow


class _Drop(_Body):
    after_bytes: int = 0


class _Listing(_Body):
    shuffle_ties: bool | None = None
    moves_rows: bool | None = None


class _Generation(_Body):
    generation: Generation
    drop_streams: bool = True


class _Wait(_Body):
    do: Literal["wait"]
    seconds: float = 1.0


async def _read(request: Request, kind: type[T]) -> T:
    """Read the body of a request; none is an empty object.

    Raises:
        ValidationError: it is something else.
    """
    return msgspec.json.decode(await request.body() or b"{}", type=kind)


async def _read_several(request: Request, kind: type[T]) -> list[T]:
    """Read one object or a list of objects; raises as `_read`."""
    value = await _read(request, object)
    return [msgspec.convert(one, kind) for one in (value if isinstance(value, list) else [value])]


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
        body = await _read(request, _Account)
        user_id = await asyncio.to_thread(self._server.add_account, body.email, body.password)
        return {"id": user_id, "token": self._server.new_session(body.email)}

    async def add_session(self, request: Request) -> object:
        body = await _read(request, _Session)
        lifetime = timedelta(seconds=body.lifetime_s)
        return {"token": self._server.new_session(body.email, lifetime)}

    async def expire_sessions(self, request: Request) -> object:
        self._server.expire_sessions((await _read(request, _Owner)).email)
        return {}

    async def add_recording(self, request: Request) -> object:
        body = await _read(request, _Recording)
        return {"repo_id": self._server.add_recording_repo(body.name, body.owner)}

    async def delete_repo(self, request: Request) -> object:
        repo_id = RepoId(request.path_params["id"])
        if self._server.database.repo(repo_id) is None:
            raise LookupError(f"no repository {repo_id}")
        self._server.database.delete_repo(repo_id)
        return {}

    async def add_scan(self, request: Request) -> object:
        body = await _read(request, _Scan)
        owner = body.owner or None
        scan = self._server.script_scan(body.repo, owner, is_silent=body.is_silent)
        await _take(scan, body.steps)
        return self._truth(scan.id)

    async def scan(self, request: Request) -> object:
        return self._truth(ScanId(request.path_params["id"]))

    async def findings(self, request: Request) -> object:
        row = self._row(ScanId(request.path_params["id"]))
        return list(map(model, self._server.database.findings_of(row.id)))

    async def take_steps(self, request: Request) -> object:
        scan = self._server.scripted_scan(ScanId(request.path_params["id"]))
        await _take(scan, await _read_several(request, dict[str, Any]))
        return self._truth(scan.id)

    async def faults(self, _request: Request) -> object:
        faults = self._server.faults
        return {
            "armed": msgspec.to_builtins(faults.armed),
            "hits": dict(faults.hits),
            "flow": faults.streams.flow.value,
        }

    async def add_faults(self, request: Request) -> object:
        self._server.faults.add(*await _read_several(request, Fault))
        return await self.faults(request)

    async def clear_faults(self, request: Request) -> object:
        self._server.faults.clear()
        return await self.faults(request)

    async def set_flow(self, request: Request) -> object:
        flow = (await _read(request, _Flow)).flow
        self._server.faults.flow(flow)
        return {"flow": flow.value}

    async def drop_streams(self, request: Request) -> object:
        self._server.faults.drop_streams((await _read(request, _Drop)).after_bytes)
        return {"dropped": self._server.requests.open_streams}

    async def set_listing(self, request: Request) -> object:
        body, database = await _read(request, _Listing), self._server.database
        if body.shuffle_ties is not None:
            database.shuffle_ties = body.shuffle_ties
        if body.moves_rows is not None:
            database.moves_rows = body.moves_rows
        return {"shuffle_ties": database.shuffle_ties, "moves_rows": database.moves_rows}

    async def generation(self, _request: Request) -> object:
        return {"generation": self._server.generation}

    async def set_generation(self, request: Request) -> object:
        body = await _read(request, _Generation)
        self._server.generation = body.generation
        if body.drop_streams:
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
            "updated_at": moment_form(row.updated_at, "Z"),
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
        except (ValueError, OverflowError, msgspec.MsgspecError) as error:
            return _refusal(400, str(error))

    return Route(f"{_PREFIX}{path}", answer, methods=[method])


async def _manual(_request: Request) -> Response:
    return PlainTextResponse(__doc__ or "")


async def _take(scan: ScriptedScan, steps: list[dict[str, Any]]) -> None:
    """Take steps one after the other; those before a refused one are taken."""
    for step in steps:
        if step.get("do") == "wait":
            await asyncio.sleep(msgspec.convert(step, _Wait).seconds)
        else:
            take_step(scan, step)


def _refusal(status: int, error: str) -> Response:
    return JSONResponse({"error": error}, status_code=status)
