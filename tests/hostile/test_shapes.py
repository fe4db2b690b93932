"""Answers of a hostile shape, each to a whole watch: what can be read is, and the rest is told."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from heimdall_desktop.application.runs.unattended import Exit, Limits, Unattended
from heimdall_desktop.application.watching import finding_sync
from heimdall_desktop.domain.facts import activity_log, listed_rows
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.scan import ATTEMPTS_LIMIT, Scan
from heimdall_desktop.domain.facts.stage import STAGES_LIMIT
from heimdall_desktop.presentation.board.problems import problem_of
from heimdall_desktop.presentation.board.scan_status import ScanStatus, has_nothing_more
from heimdall_desktop.presentation.i18n import grouped
from heimdall_desktop.services import envelope, finding_rows, wire
from heimdall_desktop.services.envelope import LINE_LIMIT, TEXT_LIMIT, WORD_LIMIT
from tests.fakes.desk_parts import at_once
from tests.fakes.program import Program
from tests.fakes.raw_server import Asked, RawServer, answer, raw_server
from tests.fakes.watch_desk import WatchDesk

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
MOMENT = "2026-07-04T08:06:10.220981Z"
ABSENT = b'{"success": false, "error": {"message": "not found"}}'
MEMORY_LIMIT_MB = 400


def enveloped(data: object) -> bytes:
    return json.dumps({"success": True, "data": data}).encode()


def row(number: int, **more: object) -> bytes:
    reported = {"id": f"f{number}", "severity": "critical", "status": "open", "created_at": MOMENT}
    return json.dumps(reported | more).encode()


def page(*rows: bytes, total: int | None = None) -> bytes:
    count = len(rows) if total is None else total
    body = b'{"success": true, "data": {"items": [%b], "total": %d, "per_page": 100}}'
    return body % (b",".join(rows), count)


def odd_field(number: int, name: str, value: bytes) -> bytes:
    return b'%b, "%b": %b}' % (row(number)[:-1], name.encode(), value)


def live(**more: object) -> bytes:
    scan = {"id": SCAN, "status": "completed", "updated_at": MOMENT}
    return enveloped({"scan": scan, "counts": {}, "stages": [], "activity": []} | more)


class Server:
    """A server whose findings, `/live` and repository are what a test says."""

    def __init__(self) -> None:
        self.page: Callable[[int], bytes] = lambda _: page()
        self.live = live()
        self.repo = enveloped({"id": "r", "name": "shop", "default_branch": "main"})

    async def script(self, asked: Asked, writer: object) -> None:
        body, status = self._body(asked.target), 200
        if body is None:
            body, status = ABSENT, 404
        writer.write(answer(status, "application/json", body))  # type: ignore[attr-defined]

    def _body(self, target: str) -> bytes | None:
        path, _, query = target.partition("?")
        if path.endswith("/findings"):
            number = dict(pair.split("=") for pair in query.split("&") if pair).get("page", "1")
            return self.page(int(number))
        if path.endswith("/live"):
            return self.live
        if path.startswith("/api/repos/"):
            return self.repo
        if path == f"/api/scans/{SCAN}":
            reported = dict.fromkeys(
                ("created_at", "updated_at", "started_at", "completed_at"), MOMENT
            )
            return enveloped({"id": SCAN, "repo_id": "r", "status": "completed", **reported})
        return None


@asynccontextmanager
async def watched(server: Server) -> AsyncIterator[tuple[WatchDesk, Scan, RawServer]]:
    """A desk that watches the server's scan."""
    async with raw_server(server.script) as raw:
        desk = WatchDesk(raw.url, "token")
        try:
            yield desk, desk.watch(SCAN), raw
        finally:
            await desk.aclose()


def verdict(desk: WatchDesk) -> tuple[Exit, str] | None:
    """How an unattended run of this scan would end now."""
    return Unattended(
        desk.store,
        (SCAN,),
        Limits(desk.clock(), None, 30.0),
        answered_at_s=lambda _: desk.clock(),
        clock=desk.clock,
    ).verdict()


ODD_FIELDS = {
    "nested 320 deep": ("manifest_coordinates_json", b'{"a": %b}' % (b"[" * 320 + b"]" * 320)),
    "nested 5,000 deep": ("manifest_coordinates_json", b'{"a": %b}' % (b"[" * 5000 + b"]" * 5000)),
    "objects 5,000 deep": ("poc_exploit_json", b'{"a": ' * 5000 + b"1" + b"}" * 5000),
    "digits": ("line_start", b"9" * 5_000),
    "digits inside": ("manifest_coordinates_json", b'{"a": [%b]}' % (b"9" * 5_000)),
    "digits of a float": ("line_start", b"1e999"),
    "no number": ("line_start", b"NaN"),
    "infinity": ("poc_exploit_json", b'{"exit_code": -Infinity}'),
    "half a character": ("title", b'"\\ud800"'),
    "no text": ("title", b'"\xff\xfe"'),
    "900,000 references": ("references_json", b"[%b]" % b",".join([b'"https://a.test"'] * 900_000)),
    "400,000 coordinates": (
        "manifest_coordinates_json",
        b"{%b}" % b",".join(b'"%d": "v"' % number for number in range(400_000)),
    ),
    "a long title": ("title", b'"%b"' % (b"t" * 10_000_000)),
    "a long path": ("file_path", b'"%b"' % (b"p" * 10_000_000)),
    "a long description": ("description", b'"%b"' % (b"\\n" * 10_000_000)),
}


@pytest.mark.parametrize("name", ODD_FIELDS)
async def test_one_odd_row_hides_no_other(name: str) -> None:
    server = Server()
    server.page = lambda _: page(row(1), odd_field(2, *ODD_FIELDS[name]), row(3))
    async with watched(server) as (desk, scan, _):
        await desk.until(lambda: scan.has_listed_once)
        assert {"f1", "f3"} <= scan.findings.keys()
        assert len(scan.findings) + scan.sync_status.unreadable == 3
        assert scan.sync_status.is_whole == ("f2" in scan.findings)
        odd = scan.findings.get(FindingId("f2"))
        if odd is not None:
            assert len(odd.title) <= LINE_LIMIT
            assert len(odd.file_path) <= LINE_LIMIT
            assert len(odd.references) <= finding_rows.REFERENCES_LIMIT
            assert len(odd.manifest or ()) <= finding_rows.COORDINATES_LIMIT
            assert len(odd.description or "") < TEXT_LIMIT + 100


async def test_what_is_nested_too_deep_becomes_null_and_nothing_else() -> None:
    brackets = 100_000  # more than msgspec reads on any Python
    deep = b'{"a": [1, %b, "]\\u00e9"], "b": [{"c": 2}]}' % (b"[" * brackets + b"]" * brackets)
    mended = json.loads(at_once(envelope.bounded(deep)))
    depth, value = 0, mended["a"].pop(1)
    while value:
        depth, value = depth + 1, value[0]
    assert mended == {"a": [1, "]é"], "b": [{"c": 2}]}
    assert (depth, value) == (envelope.DEPTH_LIMIT - 2, None)


async def test_a_text_that_is_cut_says_so() -> None:
    text = envelope.cut_text("x" * (TEXT_LIMIT + 1234))
    assert text.startswith("x" * TEXT_LIMIT)
    assert text.endswith("… (+1,234)")


async def test_rows_beyond_the_bound_are_told_and_no_all_clear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (listed_rows, finding_sync):
        monkeypatch.setattr(module, "ROWS_LIMIT", 200)
    server = Server()
    server.page = lambda number: page(
        *(row(n) for n in range(number * 100, number * 100 + 100)), total=1_000
    )
    server.live = live(counts={"total": 1_000, "critical": 1_000})
    async with watched(server) as (desk, scan, raw):
        await desk.until(lambda: scan.has_listed_once)
        assert (scan.sync_status.read, scan.sync_status.total) == (len(scan.findings), 1_000)
        assert len(scan.findings) == 200
        assert not scan.sync_status.is_whole
        assert not scan.is_checked_to_the_end
        assert scan.sync_status.retry_at_s is None  # reading again is no help
        problem = problem_of(scan, desk.clock(), desk.now())
        assert problem is not None
        assert problem.status is ScanStatus.INCOMPLETE
        assert problem.fact == f"200 of {grouped(1_000)} findings loaded."
        assert problem.consequence.endswith("This does not mean the code is clean.")
        await desk.pass_until(lambda: scan.is_settled, 60.0)
        ended = verdict(desk)
        assert ended is not None
        assert ended[0] is Exit.NOT_ALL_SEEN
        assert ended[1].startswith(f"200 of {grouped(1_000)} findings in shop were loaded")
        assert sum("/findings?" in asked.target for asked in raw.asked) < 10


async def test_a_page_with_more_rows_than_the_server_counts_is_not_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (listed_rows, finding_sync, finding_rows):
        monkeypatch.setattr(module, "ROWS_LIMIT", 200)
    server = Server()
    server.page = lambda _: page(*(row(n) for n in range(300)), total=100)
    async with watched(server) as (desk, scan, _):
        await desk.until(lambda: scan.has_listed_once)
        assert len(scan.findings) == 200
        assert (scan.sync_status.read, scan.sync_status.total) == (200, 300)
        assert not scan.sync_status.is_whole


def a_million_rows() -> bytes:
    rows = b",".join(b'{"id":"%d"}' % number for number in range(1_000_000))
    return b'{"success": true, "data": {"items": [%b], "total": 1000000, "per_page": 100}}' % rows


def many(item: bytes, count: int) -> bytes:
    return page(b",".join([item] * count), total=100)


LONG_TEXTS = ("description", "code_snippet", "suggested_patch", "fix_summary", "agent_reasoning")
SHORT_TEXTS = ("title", "file_path", "fingerprint")


def pages_of(names: Sequence[str], text: str, rows: int, per_page: int) -> Callable[[int], bytes]:
    """Pages of rows with another long text in each of some fields."""

    def reported(number: int) -> bytes:
        first = (number - 1) * per_page
        last = min(first + per_page, rows)
        return page(
            *(row(n, **{name: f"{n}{name}{text}" for name in names}) for n in range(first, last)),
            total=rows,
        ).replace(b'"per_page": 100', b'"per_page": %d' % per_page)

    return reported


def same(body: bytes) -> Callable[[int], bytes]:
    return lambda _number: body


def twice(body: bytes, later: bytes) -> Callable[[int], bytes]:
    """A page that is huge twice, so that the second is read beside what the first has left."""
    bodies = iter((body, body))
    return lambda _number: next(bodies, later)


#: What the pages hold, how many rows that is, and how it ends.
HUGE_PAGES: dict[str, tuple[Callable[[], Callable[[int], bytes]], int, str]] = {
    "a million rows": (lambda: same(a_million_rows()), 1_000_000, "200000 of 1000000"),
    "lists": (lambda: twice(many(b"[]", 1_900_000), many(b"[]", 100)), 1_000_000, ""),
    "long texts": (lambda: pages_of(LONG_TEXTS, "x" * TEXT_LIMIT, 400, 10), 400, "all"),
    "long titles": (
        lambda: pages_of(SHORT_TEXTS, "\U0001f600" * LINE_LIMIT, 6_000, 100),
        6_000,
        "6000",
    ),
}
_MEASURED = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(status)
"""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", HUGE_PAGES)
async def test_the_program_takes_no_more_memory_than_it_may(name: str, tmp_path: Path) -> None:
    make, rows, end = HUGE_PAGES[name]
    server, peak = Server(), tmp_path / "peak"
    server.page = make()
    server.live = live(counts={"total": rows})
    async with raw_server(server.script) as raw:
        program = Program(
            tmp_path,
            *("--server", raw.url, "--watch", SCAN),
            *("--quit-when-done", "--timeout", "200"),
            token="t" * 64,
            inside=(sys.executable, "-c", _MEASURED, str(peak)),
        )
        try:
            ended = await asyncio.to_thread(program.ended, 250.0)
        finally:
            program.kill()
    assert int(peak.read_text()) / 1024 < MEMORY_LIMIT_MB
    if end == "all":
        assert ended.status == Exit.DONE, ended.err
        assert json.loads(ended.out)["scans"][0]["findings"]["total"] == rows
        return
    assert ended.status in (Exit.NOT_ALL_SEEN, Exit.TIMEOUT), ended.err
    if end:
        assert ended.status == Exit.NOT_ALL_SEEN
        reported = re.sub(r"(?<=\d)[\xa0 ,](?=\d)", "", ended.line)
        assert re.search(rf"{end} findings in shop were loaded; no more can be kept", reported)


async def test_nothing_but_nonsense_is_no_all_clear_and_comes_right_again() -> None:
    server = Server()
    server.page = lambda _: page(*[b"[]"] * 1_900_000)
    async with watched(server) as (desk, scan, _):
        await desk.until(lambda: scan.has_listed_once)
        assert scan.sync_status.unreadable == 1_900_000
        assert not has_nothing_more(scan)
        assert not scan.is_checked_to_the_end
        server.page = lambda _: page(row(1))
        desk.watches.refresh(SCAN)
        await desk.pass_until(lambda: scan.is_checked_to_the_end)
        assert list(scan.findings) == ["f1"]


async def test_a_live_answer_of_any_size_is_looked_at_in_part() -> None:
    moment = datetime(2026, 7, 4, tzinfo=UTC)
    activity = [
        {"key": f"k{n}", "timestamp": (moment + timedelta(seconds=n)).isoformat(), "title": "t"}
        for n in range(30_000)
    ]
    stages = [{"stage": f"s{n}", "status": "running"} for n in range(30_000)]
    server = Server()
    server.live = live(activity=activity, stages=stages)
    async with watched(server) as (desk, scan, _):
        await desk.until(lambda: len(scan.activities) > 0)
        assert len(scan.activities) == wire.ACTIVITIES_LIMIT
        assert len(scan.stage_rows) <= STAGES_LIMIT
        assert scan.log_gaps  # the rest of the log is missing, and said to be


def test_a_log_without_end_keeps_the_newest_rows_and_says_that_older_ones_are_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(activity_log, "KEPT_LIMIT", 100)
    monkeypatch.setattr(activity_log, "KEPT_THEN", 90)
    log = activity_log.ActivityLog()
    moment = datetime(2026, 7, 4, tzinfo=UTC)
    for first in range(0, 400, 40):
        rows = [
            {"key": f"k{n}", "timestamp": (moment + timedelta(seconds=n)).isoformat()}
            for n in range(first + 80, first, -1)
        ]
        log.merge(wire.live_read(live(activity=rows), SCAN, float(first)).activities)
    kept = [activity.key for activity in log.oldest_first]
    assert 90 <= len(kept) <= 100
    assert kept[-1] == "k440"
    assert set(kept) == set(log.rows)
    assert log.gaps[0].newer.key == kept[0]


def test_a_log_of_long_lines_keeps_the_newest_and_no_more_text_than_it_may() -> None:
    log, moment = activity_log.ActivityLog(), datetime(2026, 7, 4, tzinfo=UTC)
    for first in range(0, 4_000, 100):
        rows = [
            {
                "key": f"k{n}",
                "timestamp": (moment + timedelta(seconds=n)).isoformat(),
                "title": "t" * LINE_LIMIT,
                "detail": "d" * LINE_LIMIT,
            }
            for n in range(first + 100, first, -1)
        ]
        log.merge(wire.live_read(live(activity=rows), SCAN, float(first)).activities)
    kept = log.oldest_first
    assert kept[-1].key == "k4000"
    kept_characters = sum(len(row.title) + len(row.detail or "") for row in kept)
    assert activity_log.KEPT_CHARACTERS / 4 < kept_characters <= activity_log.KEPT_CHARACTERS
    assert log.gaps[0].newer.key == kept[0].key  # older ones are missing, and said to be


def test_attempts_without_end_are_counted_to_a_bound() -> None:
    scan, moment = Scan(SCAN, "https://heimdall.test"), datetime(2026, 7, 4, tzinfo=UTC)  # type: ignore[arg-type]
    for number in range(ATTEMPTS_LIMIT + 100):
        started = (moment + timedelta(seconds=number)).isoformat()
        reported = {"id": SCAN, "repo_id": "r", "status": "queued", "started_at": started}
        scan.observe(wire.scan_read(enveloped(reported), float(number)))
    assert scan.attempt == ATTEMPTS_LIMIT


async def test_a_repository_with_a_name_of_half_a_megabyte() -> None:
    server = Server()
    server.repo = enveloped({"id": "r", "name": "n" * 500_000})
    async with watched(server) as (desk, scan, _):
        await desk.until(lambda: bool(scan.repo_name))
        assert scan.repo_name == "n" * WORD_LIMIT
