"""Scans of one repository are compared: chosen ones, and each by itself with the one before."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.base.tasks import RequestTasks
from heimdall_desktop.application.requests import comparison_requests
from heimdall_desktop.application.requests.repo_scans import RepoScans
from heimdall_desktop.domain.comparison import ChangeKind, ScanComparison
from heimdall_desktop.domain.facts.errors import NotVisible, RouteMissing
from heimdall_desktop.domain.facts.finding import ScanId, Severity
from heimdall_desktop.domain.facts.observation import ScanSource, SourceSeen
from tests.fakes.controller_desk import EMAIL, ControllerDesk, idle_server, signed_in_desk
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

NEW, FIXED = ChangeKind.NEW, ChangeKind.FIXED
CHANGED, STILL = ChangeKind.CHANGED, ChangeKind.STILL
PICKLE = "import pickle, sys\n\npickle.loads(sys.stdin.buffer.read())\n"
SHELL = "import subprocess, sys\n\nsubprocess.run(sys.argv[1], shell=True)\n"


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with idle_server(EMAIL) as running:
        yield running


@pytest.fixture
async def desk(server: LabServer, tmp_path: Path) -> AsyncIterator[ControllerDesk]:
    async with signed_in_desk(server, tmp_path) as made:
        yield made


def completed(server: LabServer, repo: str, *severities: str) -> ScriptedScan:
    """Return a scan of a repository that has completed, with findings of these severities."""
    scan = server.script_scan(repo, EMAIL).run_until("hunt")
    for number, severity in enumerate(severities):
        fields = {"fingerprint": f"{number:064x}", "title": f"Finding {number}"}
        scan.add_findings(1, severity, description="At length.", **fields)
    return scan.complete()


async def asked(desk: ControllerDesk, request: Any, *ids: str) -> Any:
    return await desk.answer(request, *map(ScanId, ids))


async def compared(desk: ControllerDesk, request: Any, *ids: str) -> ScanComparison:
    comparison = await asked(desk, request, *ids)
    assert isinstance(comparison, ScanComparison), comparison
    return comparison


async def watch_to_the_end(desk: ControllerDesk, *scans: ScriptedScan) -> None:
    for scan in scans:
        assert await desk.watch(scan.id) is None
    await desk.until(
        lambda: all(comparison_requests.is_comparable(desk.scan(scan.id)) for scan in scans)
    )


async def test_two_scans_with_one_file_changed_differ_by_just_that(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "same.py").write_text(PICKLE)
    (folder / "edited.py").write_text(PICKLE)
    desk = ControllerDesk(tmp_path / "profile")
    try:
        assert await desk.answer(desk.controller.request_folder_scan, folder) is None
        [first] = desk.store
        await desk.until(lambda: comparison_requests.is_comparable(first))
        (folder / "edited.py").write_text(f"# moved by a line\n{PICKLE}{SHELL}")

        assert await asked(desk, desk.controller.scans.request_rescan, first.id) is None
        second = next(scan for scan in desk.store if scan is not first)
        await desk.until(lambda: comparison_requests.is_comparable(second))
        comparison = await compared(desk, desk.controller.comparisons.request_last, second.id)
    finally:
        await desk.aclose()

    found = comparison.findings
    assert (comparison.before, comparison.after) == (first.id, second.id)
    assert (comparison.is_whole, comparison.is_usual) == (True, True)
    assert not found.of(FIXED)
    assert not found.of(CHANGED)
    new = found.of(NEW)
    assert {row.shown.file_path for row in new} == {"edited.py"}
    assert min(row.shown.line_start for row in new) > PICKLE.count("\n")
    still = found.of(STILL)
    assert len(still) == len(first.findings)
    assert {row.shown.file_path for row in still if row.is_moved} == {"edited.py"}
    assert {row.shown.file_path for row in still if not row.is_moved} == {"same.py"}


async def test_the_last_scan_is_read_unwatched(server: LabServer, desk: ControllerDesk) -> None:
    completed(server, "old", "high")
    before = completed(server, "old", "low", "medium")
    server.script_scan("old", EMAIL).run_until("hunt").fail_finally()
    after = completed(server, "old", "high", "medium", "low")
    completed(server, "old")  # newer than the compared one
    await watch_to_the_end(desk, after)

    comparison = await compared(desk, desk.controller.comparisons.request_last, after.id)

    assert comparison.before == str(before.id)
    assert comparison.is_whole
    assert dict(comparison.findings.counts) == {NEW: 1, CHANGED: 1, STILL: 1}
    assert len(desk.store) == 1, "it is not put onto the board"
    assert desk.store.comparisons.of(ScanId(after.id)) is comparison
    [changed] = comparison.findings.of(CHANGED)
    assert changed.before is not None
    assert changed.before.severity is Severity.LOW
    assert changed.before.is_cut, "long texts are not needed"
    finding = desk.scan(after.id).findings[changed.shown.id]
    assert desk.store.comparisons.changes.of(finding) is changed


async def test_scans_go_by_their_creation_in_whatever_order_the_page_lists_them(
    server: LabServer, desk: ControllerDesk
) -> None:
    scans = [completed(server, "shuffled", severity) for severity in ("low", "high", "medium")]
    await watch_to_the_end(desk, *scans)
    await desk.until(lambda: all(scan.is_settled for scan in desk.store))  # no row is read again
    scans[1].age(timedelta(days=30))  # so the page lists it last, but it was created second
    requests = desk.controller.comparisons

    choices = await asked(desk, requests.request_scans, scans[2].id)
    assert [scan.id for scan in choices] == [scan.id for scan in reversed(scans)]
    comparison = await compared(desk, requests.request_last, scans[2].id)
    assert comparison.before == str(scans[1].id)


async def test_a_scan_that_is_not_watched_is_read_again_when_that_is_asked_for(
    server: LabServer, desk: ControllerDesk
) -> None:
    before, after = completed(server, "again", "low"), completed(server, "again", "low")
    await watch_to_the_end(desk, after)
    tasks, now_s = RequestTasks(desk.tasks), [0.0]
    requests = comparison_requests.ComparisonRequests(
        desk.store,
        RepoScans(desk.store, desk.accounts, desk.earlier, lambda: now_s[0]),
        tasks,
        clock=lambda: now_s[0],
    )
    first = await compared(desk, requests.request_last, after.id)
    [old] = first.findings.of(STILL)
    assert old.before is not None
    before.change_finding(old.before.id, status="dismissed")  # type: ignore[arg-type]

    pair = before.id, after.id
    now_s[0] = comparison_requests.AGAIN_S - 1
    assert not requests.is_old(first)
    assert not (await compared(desk, requests.request_comparison, *pair)).findings.of(CHANGED)
    now_s[0] = comparison_requests.AGAIN_S
    assert requests.is_old(first)
    many = replace(
        first.findings, rows=first.findings.rows * (comparison_requests.MOST_BY_ITSELF + 1)
    )
    assert not requests.is_old(replace(first, findings=many)), "unless it is asked for"
    again = await compared(desk, requests.request_refresh, *pair)
    assert len(again.findings.of(CHANGED)) == 1
    assert again.is_usual
    assert not requests.is_old(again)
    await tasks.aclose()


async def test_a_removed_scan_is_still_comparable(server: LabServer, desk: ControllerDesk) -> None:
    before, after = completed(server, "left", "low"), completed(server, "left", "low", "high")
    await watch_to_the_end(desk, before, after)
    requests = desk.controller.comparisons
    first = await compared(desk, requests.request_last, after.id)
    desk.store.remove(ScanId(before.id))
    again = await compared(desk, requests.request_comparison, before.id, after.id)
    assert again.findings.counts == first.findings.counts == {NEW: 1, STILL: 1}


async def test_choices_have_ended_newest_first(server: LabServer, desk: ControllerDesk) -> None:
    scans = [completed(server, "chosen"), completed(server, "chosen", "low")]
    server.script_scan("chosen", EMAIL).run_until("hunt")
    scans.append(completed(server, "chosen", "high"))
    await watch_to_the_end(desk, scans[1])
    requests = desk.controller.comparisons

    choices = await asked(desk, requests.request_scans, scans[1].id)
    assert [scan.id for scan in choices] == [scan.id for scan in reversed(scans)]

    comparison = await compared(desk, requests.request_comparison, scans[2].id, scans[0].id)
    assert not comparison.is_usual
    assert dict(comparison.findings.counts) == {FIXED: 1}
    assert not desk.store.comparisons.since_last, "another pair was chosen"


async def test_neither_a_first_scan_nor_a_stream_alone_can_be_compared(
    server: LabServer, desk: ControllerDesk
) -> None:
    first = completed(server, "first", "low")
    await watch_to_the_end(desk, first)
    request = desk.controller.comparisons.request_last
    assert isinstance(await asked(desk, request, first.id), NotVisible)
    desk.store.observe(SourceSeen(ScanId(first.id), time.monotonic(), ScanSource.STREAM))
    assert isinstance(await asked(desk, request, first.id), RouteMissing)


@asynccontextmanager
async def automatic(desk: ControllerDesk) -> AsyncIterator[None]:
    """Let scans of a desk be compared by themselves as soon as nothing else is read."""
    tasks = RequestTasks(desk.tasks)
    requests = comparison_requests.ComparisonRequests(
        desk.store,
        RepoScans(desk.store, desk.accounts, desk.earlier, time.monotonic),
        tasks,
        clock=time.monotonic,
        rest_s=0.01,
    )
    requests.is_automatic = True
    desk.on_changes = requests.take
    try:
        yield
    finally:
        await tasks.aclose()


async def test_an_ended_scan_is_compared_by_itself_and_again_when_a_row_changes(
    server: LabServer, desk: ControllerDesk
) -> None:
    completed(server, "itself", "high")
    after = completed(server, "itself", "high", "critical")
    scan_id = ScanId(after.id)
    known = desk.store.comparisons.since_last
    async with automatic(desk):
        await watch_to_the_end(desk, after)
        await desk.until(lambda: scan_id in known)
        assert dict(known[scan_id]) == {NEW: 1, STILL: 1}

        [new] = [row for row in desk.scan(scan_id).findings.values() if row.title == "Finding 1"]
        after.change_finding(new.id, status="false_positive")  # type: ignore[arg-type]
        desk.controller.request_refresh(scan_id)
        await desk.until(lambda: known[scan_id][NEW] == 0)

    desk.store.remove(scan_id)
    assert scan_id not in known
    assert desk.store.comparisons.of(scan_id) is None


async def test_a_kept_answer_is_not_read_again(server: LabServer, tmp_path: Path) -> None:
    before = completed(server, "kept", "low")
    after = completed(server, "kept", "high")
    async with signed_in_desk(server, tmp_path) as first:
        await watch_to_the_end(first, before)
        [kept] = first.scan(before.id).findings.values()
    before.change_finding(kept.id, severity="critical")  # type: ignore[arg-type]
    async with signed_in_desk(server, tmp_path) as second:
        await second.core.bring_back()
        second.store.remove(ScanId(before.id))
        await watch_to_the_end(second, after)
        comparison = await compared(second, second.controller.comparisons.request_last, after.id)
    assert comparison.before == str(before.id)
    assert comparison.is_whole
    [changed] = comparison.findings.of(CHANGED)
    assert changed.before is not None
    assert changed.before.severity is Severity.LOW, "as it was kept"
