"""A Heimdall that answers at once from prepared rows, as a process, and counts what it is asked.

`python -m tests.benchmarks.outside.server '{"scans": 20, "rows": 20}'`

It prints its address and the ids of its scans as a line of JSON, then answers each line of JSON on
its standard input with one on its standard output (`Served.do`). Points in time are those of
`time.monotonic`, which all processes of a machine share. It ends when its standard input does.
"""

import asyncio
import hashlib
import json
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

PAGE_ROWS = 100
ACTIVITIES = 80  # what a real server sends with `/live`
KEEPALIVE_S = 15.0
PATHS = 4_000
SEVERITIES = ("critical", "high", "medium", "low")
STAGES = ("ingest", "tyr", "static_analysis", "taint_analysis", "config_scan", "hunt")
ENDED_AGO = timedelta(hours=2)
ENCODE = msgspec.json.Encoder().encode

_KINDS = (
    ("ai", "Order search joins the query of {path} into SQL", "CWE-89", "code_change"),
    ("ai", "Session of {path} is kept after the password was changed", "CWE-613", "code_change"),
    ("static", "Taint flow: UserInput → Command in {path}", "CWE-78", "code_change"),
    ("static", "[CWE-78] Command injection in a shell command", "CWE-78", "manual_review"),
    ("dependencies", "GHSA-{mark:.4}-{number:04} in package-{number} 1.2.0", "CWE-1104",
     "dependency_upgrade"),
)  # fmt: skip
_SNIPPET = (
    "def handler(request):\n    name = request.args['name']\n    run(f'tool {name}', shell=True)"
)


class Settings(msgspec.Struct):
    """What is served.

    Attributes:
        scans: how many; each has `rows` findings.
        status: of each scan.
        is_old: whether its end is so old that it is believed at once.
        ended: how many more scans there are that ended long ago, without findings.
        delay_s: how long each answer takes, except streams; many at once don't add up.
    """

    scans: int = 1
    rows: int = 0
    status: str = "hunting"
    is_old: bool = False
    ended: int = 0
    delay_s: float = 0.0


def finding_row(number: int, scan_id: str, repo_id: str) -> dict[str, Any]:
    """A row with the fields, kinds and lengths of those a real server was recorded with."""
    source, title, cwe_id, fix_type = _KINDS[number % len(_KINDS)]
    mark = hashlib.sha256(f"{scan_id}{number}".encode()).hexdigest()
    place = int(mark[:8], 16)
    path = f"services/part{place % 40}/module{place % PATHS}.py"
    line = 1 + place % 2_000
    is_package = source == "dependencies"
    moment = f"{place % 60:02}:{place // 60 % 60:02}"
    coordinates = {
        "ecosystem": "npm",
        "name": f"package-{number}",
        "installed_version": "1.2.0",
        "recommended_version": "1.2.9",
        "fixed_versions": ["1.2.9", "2.0.1"],
    }
    return {
        "id": f"{mark[:8]}-{mark[8:12]}-4{mark[12:15]}-8{mark[15:18]}-{number:012x}",
        "scan_id": scan_id,
        "repo_id": repo_id,
        "source": source,
        "status": "open",
        "severity": SEVERITIES[place % 4],
        "confidence": ("high", "medium", "low")[place % 3],
        "title": title.format(path=path, mark=mark, number=number),
        "description": f"What comes with the request {number} reaches the call in {path} as it is.",
        "cwe_id": cwe_id,
        "cve_id": f"CVE-2026-{number:05}" if is_package else None,
        "file_path": path,
        "line_start": line,
        "line_end": line + 3,
        "code_snippet": f"# {number}\n{_SNIPPET}",
        "suggested_patch": None if is_package else f"--- a/{path}\n+++ b/{path}\n-{number}\n+0\n",
        "fix_type": fix_type,
        "fix_summary": f"Give the parameters of {path} one by one.",
        "references_json": [f"https://cwe.mitre.org/data/definitions/{cwe_id[4:]}.html"],
        "manifest_coordinates_json": coordinates if is_package else None,
        "poc_exploit_json": None,
        "poc_validated": False,
        "fingerprint": mark,
        "agent_reasoning": f"Traced from the route to {path}:{line}; no guard in between.",
        "created_at": f"2026-07-04T08:{moment}.{place % 1_000_000:06}Z",
        "updated_at": f"2026-07-04T09:{moment}.{number % 1_000_000:06}Z",
    }


class ServedScan:
    """A scan, its rows as bytes in the order of its listing, and its open streams."""

    def __init__(self, number: int, status: str, at: datetime) -> None:
        self.id = f"10000000-0000-4000-8000-{number:012x}"
        self.repo_id = f"20000000-0000-4000-8000-{number:012x}"
        self.status, self.at, self.number = status, at, number
        self.rows: list[bytes] = []
        self.facts: list[tuple[str, str, str]] = []
        self.places: dict[str, int] = {}
        self.statuses: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()
        self.streams: set[Connection] = set()
        self.polled_at_s: list[float] = []
        name = ("task", "neutral", "running", "hunt")
        self._activity = [
            dict(zip(("event_type", "tone", "status", "stage"), name, strict=True))
            | {"key": f"{self.id} {each}", "timestamp": self._stamp(-each), "progress_pct": each}
            | {"task_key": f"task-{each // 2}", "title": f"Reads file {each}", "detail": "shop.py"}
            for each in range(ACTIVITIES)
        ]

    def add(self, count: int) -> list[int]:
        """Add rows at the end of the listing; return their places."""
        start = len(self.rows)
        for number in range(start, start + count):
            row = finding_row(number, self.id, self.repo_id)
            self.places[row["id"]] = number
            self.rows.append(ENCODE(row))
            self.facts.append((row["id"], row["severity"], row["title"]))
            self.statuses["open"] += 1
            self.severities[row["severity"]] += 1
        return list(range(start, start + count))

    def change(self, place: int, what: str) -> str:
        """Change the status or the severity of a row, without an event; return its title."""
        row = msgspec.json.decode(self.rows[place])
        counted = {"status": self.statuses, "severity": self.severities}[what]
        others = ("open", "confirmed") if what == "status" else SEVERITIES
        counted[row[what]] -= 1
        row[what] = others[(others.index(row[what]) + 1) % len(others)]
        counted[row[what]] += 1
        row["updated_at"] = datetime.now(UTC).isoformat()
        self.rows[place] = ENCODE(row)
        return str(row["title"])

    def page(self, query: dict[str, list[str]]) -> bytes:
        number, size = int(query["page"][0]), min(int(query["per_page"][0]), PAGE_ROWS)
        rows, total = self.rows, len(self.rows)
        if "status" in query:
            rows, total = [], self.statuses[query["status"][0]]
        items = b",".join(rows[(number - 1) * size : number * size])
        tail = b'],"total":%d,"page":%d,"per_page":%d}}' % (total, number, size)
        return b'{"success":true,"data":{"items":[' + items + tail

    def live(self) -> bytes:
        scan = {"id": self.id, "status": self.status, "updated_at": self.at.isoformat()}
        counts = {"total": len(self.rows), **{each: self.severities[each] for each in SEVERITIES}}
        activity = self._activity if self.status == "hunting" else []
        return enveloped(
            {"scan": scan, "counts": counts, "stages": self._stages(), "activity": activity}
        )

    def row(self) -> bytes:
        has_ended = self.status == "completed"
        return enveloped(
            {
                "id": self.id,
                "repo_id": self.repo_id,
                "status": self.status,
                "commit_sha": "c0ffee",
                "error_message": None,
                "created_at": self._stamp(-60),
                "started_at": self._stamp(-60),
                "completed_at": self._stamp(0) if has_ended else None,
                "updated_at": self._stamp(0),
                "finding_count": len(self.rows) if has_ended else 0,
                **{f"{each}_count": self.severities[each] for each in SEVERITIES if has_ended},
            }
        )

    def frames(self) -> bytes:
        """What each stream starts with."""
        stages = (event("stage_update", scan_id=self.id, **stage) for stage in self._stages())
        counts = {each: self.severities[each] for each in SEVERITIES}
        facts = {"scan_id": self.id, "finding_count": len(self.rows), **counts}
        now = event("status_change", status=self.status, timestamp=self._stamp(0), **facts)
        end = event("scan_complete", timestamp=self._stamp(0), **facts)
        return b"".join(stages) + now + (end if self.status == "completed" else b"")

    def hint(self, place: int) -> bytes:
        """The event about a row."""
        finding_id, severity, title = self.facts[place]
        reported = {"finding_id": finding_id, "severity": severity, "title": title}
        return event("finding_added", scan_id=self.id, **reported)

    def _stages(self) -> list[dict[str, str]]:
        runs = self.status == "hunting"
        names = STAGES if runs else (*STAGES, "vidarr", "garmr", "report")
        stages = [{"stage": each, "status": "completed"} for each in names]
        stages[-1]["status"] = "running" if runs else "completed"
        return [each | {"timestamp": self._stamp(-30)} for each in stages]

    def _stamp(self, seconds: float) -> str:
        return (self.at + timedelta(seconds=seconds)).isoformat()


class Served:
    """All scans, what was requested, and what the process that started this wants done."""

    def __init__(self, settings: Settings) -> None:
        self.delay_s = settings.delay_s
        now = datetime.now(UTC)
        at = now - ENDED_AGO if settings.is_old else now
        scans = [ServedScan(number, settings.status, at) for number in range(settings.scans)]
        for scan in scans:
            scan.add(settings.rows)
        last = range(settings.scans, settings.scans + settings.ended)
        scans += [ServedScan(number, "completed", now - ENDED_AGO) for number in last]
        self.scans = {scan.id: scan for scan in scans}
        self.repos = {scan.repo_id: scan for scan in scans}
        self.asked: Counter[str] = Counter()
        self.first_page_s: float | None = None
        self.last_page_s: float | None = None
        self.finding_s: float | None = None
        self._running: set[asyncio.Task[None]] = set()

    def answer(self, target: str) -> tuple[int, bytes]:
        """Return status and body of a request; counts it."""
        url = urlsplit(target)
        query, parts = parse_qs(url.query), url.path.strip("/").split("/")
        kind, status, body = "other", 404, b'{"success":false,"error":{"code":404}}'
        match parts:
            case ["api", "scans", scan_id, *rest] if scan_id in self.scans:
                scan = self.scans[scan_id]
                if not rest:
                    kind, status, body = "scan", 200, scan.row()
                elif rest == ["live"]:
                    scan.polled_at_s.append(time.monotonic())
                    kind, status, body = "live", 200, scan.live()
                elif rest == ["findings"]:
                    kind, status, body = "total", 200, scan.page(query)
                    if "status" not in query:
                        kind, self.last_page_s = "page", time.monotonic()
                        self.first_page_s = self.first_page_s or self.last_page_s
                elif rest == ["patches"]:
                    kind, status, body = "patches", 200, enveloped([])
            case ["api", "repos", repo_id] if repo_id in self.repos:
                name = f"service-{self.repos[repo_id].number}"
                repo = {"id": repo_id, "name": name, "default_branch": "main"}
                kind, status, body = "repo", 200, enveloped(repo)
            case ["api", "findings", finding_id, *rest]:
                found = (s for s in self.scans.values() if finding_id in s.places)
                if (scan_of := next(found, None)) is not None:
                    row = scan_of.rows[scan_of.places[finding_id]]
                    kind, status, self.finding_s = "finding", 200, time.monotonic()
                    body = enveloped([]) if rest else b'{"success":true,"data":' + row + b"}"
            case ["api", "auth", "me"]:
                user = {"id": "u", "email": "analyst@example.test", "role": "user"}
                kind, status, body = "account", 200, enveloped(user)
            case ["health"]:
                kind, status, body = "health", 200, enveloped({"status": "healthy"})
            case _:
                pass
        self.asked[kind] += 1
        return status, body

    def do(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Do what a line of JSON names, and return what it asks for."""
        scans = list(self.scans.values())
        scan = scans[wanted.get("scan", 0)] if scans else ServedScan(0, "", datetime.now(UTC))
        now_s = time.monotonic()
        match wanted["do"]:
            case "report":
                polled = [now_s - each.polled_at_s[-1] if each.polled_at_s else None
                          for each in scans]  # fmt: skip
                pages = {
                    "first_page_s": self.first_page_s,
                    "last_page_s": self.last_page_s,
                    "finding_s": self.finding_s,
                }
                streams = sum(len(each.streams) for each in scans)
                return {"asked": self.asked, "now_s": now_s, "polled_s": polled,
                        "streams": streams, **pages}  # fmt: skip
            case "ids":
                return {"ids": sorted(each for scan in scans for each in scan.places)}
            case "titles":
                return {"titles": [each.facts[wanted["place"]][2] for each in scans]}
            case "forget":
                self.asked.clear()
                self.first_page_s = self.last_page_s = self.finding_s = None
            case "add":  # rows, each with its event; evenly over a time, or all at once
                count, over_s = wanted["count"], wanted.get("over_s", 0.0)
                if over_s:
                    task = asyncio.get_running_loop().create_task(self._pour(scan, count, over_s))
                    self._running.add(task)
                    task.add_done_callback(self._running.discard)
                else:
                    places = scan.add(count)
                    hints = [scan.hint(place) for place in places]
                    for stream in scan.streams:
                        stream.send(b"".join(hints))
                    return {"at_s": time.monotonic(), "title": scan.facts[places[-1]][2]}
            case "change":
                title = scan.change(wanted["place"], wanted["what"])
                return {"at_s": time.monotonic(), "title": title}
            case "complete":
                for each in scans:
                    each.status, each.at = "completed", datetime.now(UTC)
                    for stream in each.streams:
                        stream.send(each.frames())
            case unknown:
                raise ValueError(unknown)
        return {"at_s": now_s}

    async def _pour(self, scan: ServedScan, count: int, over_s: float) -> None:
        began_s = time.monotonic()
        for number in range(count):
            await asyncio.sleep(max(0.0, began_s + number * over_s / count - time.monotonic()))
            for place in scan.add(1):
                for stream in scan.streams:
                    stream.send(scan.hint(place))


class Connection(asyncio.Protocol):
    """One connection; its requests are answered one by one, until it becomes a stream."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._received = b""
        self._scan: ServedScan | None = None
        self._sent_s = 0.0
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.set_write_buffer_limits(high=1 << 26)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            self._take(head.partition(b" ")[2].partition(b" ")[0].decode())

    def connection_lost(self, _error: Exception | None) -> None:
        if self._scan is not None:
            self._scan.streams.discard(self)

    def send(self, frames: bytes) -> None:
        """Send frames of a stream."""
        self._sent_s = time.monotonic()
        self._transport.write(b"%x\r\n%b\r\n" % (len(frames), frames))

    def _take(self, target: str) -> None:
        if target.endswith("/progress/stream"):
            self._served.asked["stream"] += 1
            self._scan = self._served.scans[target.split("/")[3]]
            self._scan.streams.add(self)
            head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache"
            self._transport.write(f"{head}\r\ntransfer-encoding: chunked\r\n\r\n".encode())
            self.send(self._scan.frames())
            self._keep_alive()
            return
        status, body = self._served.answer(target)
        head = f"HTTP/1.1 {status} OK\r\ncontent-type: application/json"
        whole = f"{head}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body
        if self._served.delay_s:
            asyncio.get_running_loop().call_later(
                self._served.delay_s, self._transport.write, whole
            )
        else:
            self._transport.write(whole)

    def _keep_alive(self) -> None:
        if self._transport.is_closing():
            return
        silent_s = time.monotonic() - self._sent_s
        if silent_s >= KEEPALIVE_S:
            self.send(b": keepalive\n\n")
            silent_s = 0.0
        asyncio.get_running_loop().call_later(KEEPALIVE_S - silent_s, self._keep_alive)


def enveloped(data: object) -> bytes:
    return ENCODE({"success": True, "data": data})


def event(name: str, **fields: object) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), ENCODE(fields))


async def serve(settings: Settings) -> None:
    """Serve until standard input ends."""
    served = Served(settings)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(served), "127.0.0.1", 0)
    url = "http://{}:{}".format(*server.sockets[0].getsockname())
    report({"url": url, "scans": list(served.scans)})
    while line := await asyncio.to_thread(sys.stdin.readline):
        report(served.do(json.loads(line)))
    server.close()


def report(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(serve(msgspec.json.decode(sys.argv[1], type=Settings)))
