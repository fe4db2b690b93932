"""How much memory the program takes for the findings of one scan: printed, never asserted.

`pytest --capture=no --timeout=0 tests/benchmarks/test_bench_memory.py`

The rows have the fields, kinds and lengths of those that a server was recorded with (some 1,300
bytes each): of four in five the title is their own, of all the id, the moments and the texts.
"""

import asyncio
import hashlib
import json
import sys
import threading
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from heimdall_desktop.domain.facts.finding import ScanId
from tests.fakes.program import Program
from tests.fakes.raw_server import Asked, answer, raw_server
from tests.hostile.test_shapes import MOMENT, enveloped

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
REPO = "2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10"
PAGE_ROWS = 100
SIZES = (0, 20_000, 100_000, 200_000)
PATHS = 4_000
LIMIT_S = 1_500.0
CHECKOUT = Path(__file__).parents[2]

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


def row(number: int) -> dict[str, object]:
    source, title, cwe_id, fix_type = _KINDS[number % len(_KINDS)]
    mark = hashlib.sha256(str(number).encode()).hexdigest()
    place = int(mark[:8], 16)
    path = f"services/part{place % 40}/module{place % PATHS}.py"
    line = 1 + place % 2_000
    tainted = f"taint-{path}-{line}-{number % 900}"
    coordinates = {
        "ecosystem": "npm",
        "name": f"package-{number}",
        "installed_version": "1.2.0",
        "recommended_version": "1.2.9",
        "fixed_versions": ["1.2.9", "2.0.1"],
    }
    is_package = source == "dependencies"
    moment = f"{place % 60:02}:{place // 60 % 60:02}"
    return {
        "id": f"{mark[:8]}-{mark[8:12]}-4{mark[12:15]}-8{mark[15:18]}-{number:012x}",
        "scan_id": SCAN,
        "repo_id": REPO,
        "source": source,
        "status": "open",
        "severity": ("critical", "high", "medium", "medium", "low")[place % 5],
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
        "fingerprint": tainted if "Taint" in title else mark,
        "agent_reasoning": f"Traced from the route to {path}:{line}; no guard in between.",
        "created_at": f"2026-07-04T08:{moment}.{place % 1_000_000:06}Z",
        "updated_at": f"2026-07-04T09:{moment}.{number:06}Z",
    }


class Served:
    """A completed scan with so many findings, on a server in a thread of its own."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))

    def __enter__(self) -> str:
        """Serve; return the address."""
        self._thread.start()
        self._is_up.wait()
        return self._url

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        async with raw_server(self._answer, keeps_alive=True) as server:
            self._url = server.url
            self._is_up.set()
            await self._over.wait()

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        body = self._body(asked.target)
        reported = (
            (200, body) if body is not None else (404, b'{"success":false,"error":"not found"}')
        )
        writer.write(answer(reported[0], "application/json", reported[1]))

    def _body(self, target: str) -> bytes | None:
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        if path.endswith("/findings"):
            return enveloped(self._page(query))
        if path.endswith("/live"):
            scan = {"id": SCAN, "status": "completed", "updated_at": MOMENT}
            counts = {"total": self._rows}
            return enveloped({"scan": scan, "counts": counts, "stages": [], "activity": []})
        if path.startswith("/api/repos/"):
            return enveloped({"id": REPO, "name": "shop", "default_branch": "main"})
        if path == f"/api/scans/{SCAN}":
            reported = dict.fromkeys(
                ("created_at", "updated_at", "started_at", "completed_at"), MOMENT
            )
            return enveloped({"id": SCAN, "repo_id": REPO, "status": "completed", **reported})
        return None

    def _page(self, query: dict[str, list[str]]) -> dict[str, object]:
        rows = self._rows if "status" not in query or "open" in query["status"] else 0
        page, size = int(query["page"][0]), min(int(query["per_page"][0]), PAGE_ROWS)
        numbers = range((page - 1) * size, min(page * size, rows))
        return {"items": [row(number) for number in numbers], "total": rows, "page": page,
                "per_page": size, "total_pages": -(-rows // size)}  # fmt: skip


_MEASURED = """
import json, resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    json.dump([used.ru_maxrss / 1024, used.ru_utime + used.ru_stime], file)
sys.exit(status)
"""


@pytest.mark.parametrize("has_window", [False, True])
@pytest.mark.parametrize("rows", SIZES)
def test_memory_of_one_scan(rows: int, has_window: bool, tmp_path: Path) -> None:
    figures, picture = tmp_path / "figures", tmp_path / "end.png"
    mode = ("--screenshot", picture) if has_window else ("--headless",)
    with Served(rows) as url:
        program = Program(
            tmp_path,
            *("--server", url, "--watch", SCAN, "--temp-profile", "--quit-when-done", *mode),
            *("--timeout", str(LIMIT_S)),
            token="t" * 64,
            environment={"PYTHONPATH": str(CHECKOUT)},  # not the tree that Python has installed
            inside=(sys.executable, "-c", _MEASURED, str(figures)),
        )
        try:
            ended = program.ended(LIMIT_S + 60)
        finally:
            program.kill()
    assert ended.status == 0, ended.err
    assert ended.scans[0]["findings"]["total"] == rows
    peak_mb, cpu_s = json.loads(figures.read_text())
    where = "window" if has_window else "no window"
    print(f"\n{rows:7} rows, {where:10}{peak_mb:7.0f} MB at most, {cpu_s:6.1f} s of processor")  # noqa: T201
