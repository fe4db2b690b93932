"""Exports of whole runs on a real server: files are complete or do not exist."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import RequestTasks, Tasks
from heimdall_desktop.application.output.exporting import READS_AT_ONCE, Exports, ExportWanted
from heimdall_desktop.application.runs import unattended
from heimdall_desktop.application.runs.core import Core, Kept, utc_now
from heimdall_desktop.domain.facts.errors import Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import Finding, FindingId, without_long_texts
from heimdall_desktop.domain.facts.observation import FindingsListed, Snoozed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.scan_link import read_links
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.local.rows import ScanId
from heimdall_desktop.presentation.export.contents import Format, LeaveOut
from heimdall_desktop.presentation.export.formats import WRITERS
from heimdall_desktop.services.credentials import MemoryStore
from heimdall_desktop.services.log import Redaction
from tests.fakes.exported import csv_rows, json_findings, sarif_results
from tests.fakes.findings import SCAN_ID, finding_id, make_finding
from tests.fakes.proposals import proposals_for
from tests.fakes.raw_server import AttendedServer
from tests.fakes.requests import exports_of
from tests.fakes.waiting import WAIT_LIMIT_S
from tests.lab.scripting import ScriptedScan

LONG = 2000
RANKS = ("critical", "high", "medium", "low")


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Leave the desktop of the tests alone."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'no-bus'}")


@pytest.fixture(scope="module")
def server() -> Iterator[AttendedServer]:
    with AttendedServer() as running:
        yield running


class Watched(Struct):
    """Scans of one account, as a run watches them.

    Attributes:
        folder: for the profile of the run, and for its files.
    """

    server: AttendedServer
    scans: list[ScanId]
    token: str
    folder: Path


@pytest.fixture(scope="module")
def ended(server: AttendedServer) -> tuple[list[ScanId], str]:
    """Two scans that have ended, with all that is hard to write; and a token."""
    email, token = server.new_account()
    first, second = (server.script_scan(name, email).run_until("hunt") for name in ("one", "two"))
    for severity in ("low", "critical", "medium", "high"):
        first.add_findings(2, severity, title=f"=1+1 {severity}", code_snippet="secret()")
    first.add_findings(1, "high", title="A", status="dismissed").complete()
    second.add_hazards().complete()
    server.age(first)
    server.age(second)
    return [first.id, second.id], token


@pytest.fixture
def watched(server: AttendedServer, ended: tuple[list[ScanId], str], tmp_path: Path) -> Watched:
    return Watched(server, *ended, tmp_path)


def new_scan(server: AttendedServer, folder: Path) -> tuple[Watched, ScriptedScan]:
    """A running scan of an account of its own."""
    email, token = server.new_account()
    scan = server.script_scan("shop", email).run_until("hunt")
    return Watched(server, [scan.id], token, folder), scan


def wanted_export(
    path: Path, text: str = "", leave_out: LeaveOut = LeaveOut.NOTHING
) -> ExportWanted:
    form = Format.of(path)
    assert form is not None
    return ExportWanted(path, form, parse_filter(text), text, leave_out)


@asynccontextmanager
async def run_core(
    watched: Watched, export: ExportWanted | None = None, timeout_s: float = WAIT_LIMIT_S
) -> AsyncIterator[tuple[Core, unattended.Result]]:
    """Watch scans to their end as a program without a window does, and export them."""
    links = [each.link for each in read_links(" ".join(watched.scans)) if each.link]
    url = server_url(watched.server.url)
    what = unattended.StartupTargets(url, watched.token, links, (), is_demo=False)
    core = Core(Kept(watched.folder / "profile", None, MemoryStore()), Redaction())
    core.is_alerting = False
    writer = None if export is None else WRITERS[export.form]
    ending = unattended.Ending(unattended.Stop(), export, writer)
    try:
        core.tasks.spawn(core.follow(), name="process changes")
        await core.bring_back()
        await core.begin()
        limits = unattended.Limits(core.clock(), timeout_s, WAIT_LIMIT_S)
        yield core, await unattended.see_to_the_end(core, what, limits, ending)
    finally:
        await core.aclose()


async def run(
    watched: Watched, export: ExportWanted, timeout_s: float = WAIT_LIMIT_S
) -> unattended.Result:
    async with run_core(watched, export, timeout_s) as (_, result):
        return result


def in_order(watched: Watched) -> list[str]:
    """The ids of all findings, by severity and then by when each was first seen."""
    rows = [row for scan in watched.scans for row in watched.server.database.findings_of(scan)]
    ranks = dict(zip(RANKS, range(4), strict=True))
    rows.sort(key=lambda row: (ranks.get(row.severity, 4), row.created_at, row.id))
    return [row.id for row in rows]


@pytest.mark.parametrize("form", [form for form in Format if form is not Format.PDF])
async def test_every_form_holds_every_finding_in_order(watched: Watched, form: Format) -> None:
    path = watched.folder / f"out{form.value}"
    result = await run(watched, wanted_export(path))
    assert (result.status, result.line) == (unattended.Exit.DONE, "")
    data, expected = path.read_bytes(), in_order(watched)
    if form is Format.CSV:
        assert [row["id"] for row in csv_rows(data)] == expected
    elif form is Format.JSON:
        assert [row["id"] for row in json_findings(data)] == expected
        assert json.loads(data)["is_complete"]
        of_server = {
            row.id: row
            for scan in watched.scans
            for row in watched.server.database.findings_of(scan)
        }
        for exported in json_findings(data):
            row = of_server[exported["id"]]
            assert row.title.startswith(
                exported["title"][:LONG]
            )  # longer ones are cut as they come
            assert exported["severity"] == row.severity
            assert (
                exported["code_snippet"] == row.code_snippet or len(row.code_snippet or "") > LONG
            )
    elif form is Format.SARIF:
        assert [row["properties"]["id"] for row in sarif_results(data)] == expected
    else:
        text = data.decode()
        places = [text.index(f"/findings/{finding_id}") for finding_id in expected]
        assert places == sorted(places)
        assert f"2 scans: {len(expected)} findings" in text
        assert ("by severity, then first seen" in text) is form.is_report


async def test_t85_a_repository_address_stays(server: AttendedServer, tmp_path: Path) -> None:
    watched, script = new_scan(server, tmp_path)
    script.add_findings(1)
    server.age(script.complete())
    server.database.update_repo(script.repo_id, remote_url="https://mira:hunter2@host.example/shop")
    signed = {"Authorization": f"Bearer {watched.token}"}
    async with httpx.AsyncClient(headers=signed, trust_env=False) as client:
        answer = await client.get(f"{server.url}/api/scans/{script.id}/sarif")
    assert "mira:hunter2@host.example" in answer.text
    path = tmp_path / "out.sarif"
    await run(watched, wanted_export(path))
    data = path.read_bytes()
    assert [row["properties"]["id"] for row in sarif_results(data)] == script.finding_ids
    assert [word for word in (b"mira", b"hunter2", b"host.example") if word in data] == []


async def test_a_filter_and_what_is_left_out(watched: Watched) -> None:
    path, text = watched.folder / "some.json", "sev>=high -status:dismissed scan:one"
    await run(watched, wanted_export(path, text, LeaveOut.CODE))
    content = json.loads(path.read_bytes())
    assert [each["severity"] for each in content["findings"]] == ["critical"] * 2 + ["high"] * 2
    assert {each["code_snippet"] for each in content["findings"]} == {"code left out"}
    assert content["not_included"] == len(in_order(watched)) - 4
    assert content["filter"] == text


async def test_a_run_that_times_out_is_written(server: AttendedServer, tmp_path: Path) -> None:
    watched, scan = new_scan(server, tmp_path)
    scan.add_findings(3, "high")
    path = tmp_path / "part.json"
    result = await run(watched, wanted_export(path), timeout_s=1.5)
    assert result.status is unattended.Exit.TIMEOUT
    content = json.loads(path.read_bytes())
    assert len(content["findings"]) == 3
    assert content["shortfalls"] == ["The scan of shop hadn't ended.", result.line]
    assert not content["is_complete"]


async def test_a_failed_scan_is_written(server: AttendedServer, tmp_path: Path) -> None:
    watched, scan = new_scan(server, tmp_path)
    scan.add_findings(1, "low")
    server.age(scan.fail("The model said no"))
    path = tmp_path / "part.html"
    result = await run(watched, wanted_export(path))
    assert result.status is unattended.Exit.FAILED
    assert "The scan of shop failed: The model said no" in path.read_text("utf-8")


async def test_a_file_that_cannot_be_written_is_status_2_and_is_not_there(watched: Watched) -> None:
    path = watched.folder / "none" / "a.csv"
    result = await run(watched, wanted_export(path))
    assert result.status is unattended.Exit.ARGUMENTS
    assert result.line.startswith("Couldn't save a.csv: No such file or directory.")
    assert result.answer is not None
    assert not path.parent.exists()


async def test_long_texts_that_were_not_kept_are_loaded_for_the_file(watched: Watched) -> None:
    """As of a scan whose texts take more room than there is; one finding is gone by then."""
    path = watched.folder / "a.json"
    async with run_core(replace(watched, scans=watched.scans[:1])) as (core, _):
        [scan] = core.store
        cut = [without_long_texts(row) for row in scan.findings.values()]
        gone = replace(cut[0], id=FindingId("00000000-0000-4000-8000-00000000dead"))
        exports, answer = core.controller.exports, asyncio.get_running_loop().create_future()
        contents = exports.contents([*cut, gone], [scan.id])
        under_way = exports.request_write(
            path, Format.JSON, contents, WRITERS[Format.JSON], answer.set_result
        )
        assert await answer is None
    exported = json_findings(path.read_bytes())
    assert [each["code_snippet"] for each in exported[:8]] == ["secret()"] * 8
    assert [each["has_more_text"] for each in exported] == [False] * len(cut) + [True]
    assert under_way.contents.progress.without_texts == 1


async def test_snoozed_findings_are_part_of_an_unattended_export(tmp_path: Path) -> None:
    """A snooze is its user's alone; what others read of a run must not depend on it."""
    store, path = Store(), tmp_path / "a.json"
    store.add(Scan(SCAN_ID, server_url("http://127.0.0.1:8080")))
    store.observe(FindingsListed(SCAN_ID, 1.0, (make_finding(1), make_finding(2))))
    store.observe(Snoozed(SCAN_ID, (finding_id(1),), utc_now()))
    wanted = wanted_export(path, "status:open")
    assert await exports_of(store).write_wanted(wanted, [SCAN_ID], "", WRITERS[Format.JSON]) is None
    assert [each["id"] for each in json_findings(path.read_bytes())] == [
        finding_id(1),
        finding_id(2),
    ]


async def test_an_unreachable_server_is_not_asked_for_thousands_of_texts(tmp_path: Path) -> None:
    asked = []

    async def refuse(finding: Finding) -> Finding:
        asked.append(finding.id)
        raise ServerUnreachable(Reason.NO_LINK, server="")

    path, answer = tmp_path / "a.json", asyncio.get_running_loop().create_future()
    tasks = RequestTasks(Tasks(lambda _name, _error: None))
    exports = Exports(Store(), tasks, clock=time.monotonic, now=utc_now, with_texts=refuse)
    rows = [without_long_texts(make_finding(number)) for number in range(1000)]
    under_way = exports.request_write(
        path, Format.JSON, exports.contents(rows, []), WRITERS[Format.JSON], answer.set_result
    )
    assert await answer is None
    assert len(asked) <= READS_AT_ONCE
    assert under_way.contents.progress.without_texts == len(json_findings(path.read_bytes()))


async def test_an_unattended_export_can_be_filtered_by_proposals(tmp_path: Path) -> None:
    store, path = Store(), tmp_path / "a.json"
    store.add(Scan(SCAN_ID, server_url("http://127.0.0.1:8080")))
    rows = (make_finding(1), make_finding(2))
    store.observe(FindingsListed(SCAN_ID, 1.0, rows))
    store.keep_proposals(SCAN_ID, proposals_for(rows[:1]))
    wanted = wanted_export(path, "-proposed:any")
    assert await exports_of(store).write_wanted(wanted, [SCAN_ID], "", WRITERS[Format.JSON]) is None
    assert [each["id"] for each in json_findings(path.read_bytes())] == [finding_id(2)]
