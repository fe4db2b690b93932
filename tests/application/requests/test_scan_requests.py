"""Requests about scans, against a real server: sent once, and checked where an answer is lost."""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from heimdall_desktop.domain.facts import errors, listed_rows
from heimdall_desktop.domain.facts.finding import FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.scan import Outcome
from heimdall_desktop.local.rows import RepoId as LocalRepoId
from heimdall_desktop.presentation.error_text import cause, remedy
from tests.application.runs.test_controller import (
    EMAIL,
    NOWHERE,
    PASSWORD,
    desk,
    running_scan,
    server,
    signed_in,
    watched_scan,
)
from tests.fakes.controller_desk import ControllerDesk
from tests.fakes.fault_proxy import Fault as ProxyFault
from tests.fakes.fault_proxy import FaultKind, fault_proxy
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer

__all__ = ["desk", "server", "signed_in"]


async def test_a_scan_is_cancelled_on_request(server: LabServer, signed_in: ControllerDesk) -> None:
    scripted = running_scan(server)
    await signed_in.watch(scripted.id)
    scan, cancel = signed_in.scan(scripted.id), signed_in.controller.scans.request_cancel
    assert await signed_in.answer(cancel, scan.id) is None
    await signed_in.until(lambda: scan.outcome is Outcome.CANCELLED_MAY_RETURN)
    assert isinstance(await signed_in.answer(cancel, scan.id), errors.RequestRefused)


async def test_t58_a_cancel_refused_between_two_attempts_is_offered_when_it_runs_again(
    server: LabServer, signed_in: ControllerDesk
) -> None:
    scripted = running_scan(server)
    await signed_in.watch(scripted.id)
    scan, cancel = signed_in.scan(scripted.id), signed_in.controller.scans.request_cancel
    await signed_in.until(lambda: scan.running_stage is not None)
    scripted.fail("no memory left")
    assert isinstance(await signed_in.answer(cancel, scan.id), errors.RequestRefused)
    scripted.start_stage("ingest")
    await signed_in.until(lambda: scan.is_cancel_refused and scan.attempt == 2)
    assert await signed_in.answer(cancel, scan.id) is None
    scripted.retry()
    await signed_in.until(lambda: scan.returned_from == "cancelled" and scan.attempt == 3)


async def test_an_unwatched_scan_can_not_be_cancelled_or_rerun(signed_in: ControllerDesk) -> None:
    scans = signed_in.controller.scans
    for request in (scans.request_cancel, scans.request_rescan):
        answer = await signed_in.answer(request, ScanId(NOWHERE))
        assert isinstance(answer, errors.NotVisible)


async def history(desk: ControllerDesk, finding_id: FindingId) -> Any:
    return await desk.answer(desk.controller.scans.request_events, finding_id)


async def test_the_findings_history_is_read(server: LabServer, signed_in: ControllerDesk) -> None:
    scripted, _ = await watched_scan(server, signed_in)
    assert await history(signed_in, FindingId(scripted.finding_ids[0])) == ()
    assert isinstance(await history(signed_in, FindingId(NOWHERE)), errors.NotVisible)


async def test_the_history_knows_which_entries_are_of_the_account_signed_in(
    server: LabServer, signed_in: ControllerDesk
) -> None:
    scripted, _ = await watched_scan(server, signed_in)
    first, second = map(FindingId, scripted.finding_ids)
    headers = {"authorization": f"Bearer {server.new_session(EMAIL)}"}
    async with httpx.AsyncClient(
        base_url=server.url, headers=headers, trust_env=False
    ) as by_browser:
        for finding_id in (first, second):
            path = f"/api/findings/{finding_id}/comment"
            assert (await by_browser.post(path, json={"comment": "Mine."})).status_code == 201
    asked = server.requests.by_kind["auth"]
    for finding_id in (first, second):
        events = await history(signed_in, finding_id)
        assert isinstance(events, tuple)
        assert [event.is_own for event in events] == [True]
    assert server.requests.by_kind["auth"] == asked + 1, "asked for once a session"


async def test_the_patches_of_a_scan_are_read(server: LabServer, signed_in: ControllerDesk) -> None:
    scripted = running_scan(server)
    scripted.patch(scripted.finding_ids[0], "@@ -1 +1 @@\n-a\n+b\n")
    await signed_in.watch(scripted.id)
    request = signed_in.controller.scans.request_patches
    assert isinstance(await signed_in.answer(request, ScanId(NOWHERE)), errors.NotVisible)
    patches: Any = await signed_in.answer(request, ScanId(scripted.id))
    assert [str(patch.finding_id) for patch in patches] == [scripted.finding_ids[0]]


async def test_a_rerun_scan_is_watched(server: LabServer, signed_in: ControllerDesk) -> None:
    scripted = running_scan(server, "again").run_until("report").complete()
    assert await signed_in.watch(scripted.id) is None
    await signed_in.until(lambda: signed_in.scan(scripted.id).repo_id is not None)
    rescan = signed_in.controller.scans.request_rescan
    assert await signed_in.answer(rescan, ScanId(scripted.id)) is None
    assert len(signed_in.store) == 2
    wanted = {RepoId(scripted.repo_id)}
    await signed_in.until(lambda: {scan.repo_id for scan in signed_in.store} == wanted)


async def test_a_scan_of_a_known_repository(server: LabServer, signed_in: ControllerDesk) -> None:
    repo_id = RepoId(running_scan(server, "fresh").repo_id)
    start = signed_in.controller.scans.request_repo_scan
    assert await signed_in.answer(start, repo_id) is None
    assert len(signed_in.store) == 1
    nowhere = await signed_in.answer(start, RepoId(NOWHERE))
    assert isinstance(nowhere, errors.NotVisible)


LOST_STARTS = Fault(Shape.CLOSED, "repo", times=None)
BAD_GATEWAYS = [Fault(Shape.PAGE, "repo", times=None, status=status) for status in (502, 503, 504)]
NO_PAGES = Fault(Shape.PAGE, "other", times=None)


@pytest.mark.parametrize(
    ("faults", "kind", "words", "way_out"),
    [
        *(
            ([lost], errors.ServerUnreachable, "No scan was started.", "Start the scan again.")
            for lost in (LOST_STARTS, *BAD_GATEWAYS, Fault(Shape.ENVELOPE, "repo", times=None))
        ),
        (
            [LOST_STARTS, NO_PAGES],
            errors.OutcomeUnknown,
            "was lost before a response arrived.",
            "It may have been started. Check before you start another one.",
        ),
        (
            [BAD_GATEWAYS[-1], NO_PAGES],
            errors.OutcomeUnknown,
            "failed without reporting the result of the request: HTTP 504.",
            "It may have been started. Check before you start another one.",
        ),
    ],
)
async def test_t55_a_lost_start_is_never_repeated_and_what_came_of_it_is_read_back(
    server: LabServer,
    signed_in: ControllerDesk,
    faults: list[Fault],
    kind: type[errors.HeimdallError],
    words: str,
    way_out: str,
) -> None:
    repo_id = RepoId(running_scan(server, "unsure").repo_id)
    start = signed_in.controller.scans.request_repo_scan
    server.requests.reset()
    server.faults.add(*faults)
    error = await signed_in.answer(start, repo_id)
    server.faults.clear()
    assert type(error) is kind
    assert cause(error).endswith(words)
    assert remedy(error) == way_out
    assert server.requests.by_kind["repo"] == 1
    assert len(signed_in.store) == 0


async def test_t55_a_scan_whose_start_was_lost_on_its_way_back_is_watched(
    server: LabServer, signed_in: ControllerDesk
) -> None:
    repo_id = RepoId(running_scan(server, "unsure").repo_id)
    start = signed_in.controller.scans.request_repo_scan
    server.requests.reset()
    server.faults.add(Fault(Shape.CUT, "repo", after_bytes=0))
    assert await signed_in.answer(start, repo_id) is None
    (scan,) = signed_in.store
    assert str(scan.id) in {row.id for row in server.database.scans_of_repo(LocalRepoId(repo_id))}
    assert server.requests.by_kind["repo"] == 1


@pytest.mark.parametrize("kind", [FaultKind.HTML_502, FaultKind.FAULT_500, FaultKind.CUT_JSON])
async def test_t55_a_start_that_was_made_though_the_answer_does_not_say_so_is_watched(
    server: LabServer, desk: ControllerDesk, kind: FaultKind
) -> None:
    repo_id = RepoId(running_scan(server, kind.name).repo_id)
    start = desk.controller.scans.request_repo_scan
    async with fault_proxy(urlsplit(server.url).port or 0) as proxy:
        assert await desk.sign_in(proxy.url, EMAIL, PASSWORD) is None
        proxy.arm(ProxyFault(kind, "repo", 9))
        assert await desk.answer(start, repo_id) is None
        (scan,) = desk.store
        started = {row.id for row in server.database.scans_of_repo(LocalRepoId(repo_id))}
        assert str(scan.id) in started
        assert len(started) == 2
        assert proxy.hits[f"{kind.value} (answer)"] == 1
        await desk.aclose()


async def test_t55_a_cancel_whose_answer_a_proxy_lost_is_found_done(
    server: LabServer, desk: ControllerDesk
) -> None:
    scripted = running_scan(server, "behind a proxy")
    async with fault_proxy(urlsplit(server.url).port or 0) as proxy:
        assert await desk.sign_in(proxy.url, EMAIL, PASSWORD) is None
        assert await desk.watch(scripted.id) is None
        proxy.arm(ProxyFault(FaultKind.HTML_502, "cancel"))
        cancel = desk.controller.scans.request_cancel
        scan = desk.scan(scripted.id)
        assert await desk.answer(cancel, scan.id) is None
        await desk.until(lambda: scan.status == "cancelled")
        assert proxy.hits["502 as HTML (answer)"] == 1
        await desk.aclose()


async def test_t55_a_cancel_without_response_is_checked_before_it_is_reported(
    server: LabServer, signed_in: ControllerDesk
) -> None:
    scripted = running_scan(server, "to be cancelled")
    await signed_in.watch(scripted.id)
    scan_id, cancel = ScanId(scripted.id), signed_in.controller.scans.request_cancel
    server.faults.add(Fault(Shape.CLOSED, "cancel"))
    error = await signed_in.answer(cancel, scan_id)
    assert type(error) is errors.ServerUnreachable
    assert cause(error).endswith("The scan wasn't cancelled.")
    assert remedy(error) == "Cancel it again."
    server.faults.add(
        Fault(Shape.CLOSED, "cancel"), Fault(Shape.PAGE, "scan", path_part=scan_id, times=None)
    )
    error = await signed_in.answer(cancel, scan_id)
    assert type(error) is errors.OutcomeUnknown
    assert remedy(error) == "It may have been cancelled. Check before you cancel it again."
    server.faults.clear()
    server.faults.add(Fault(Shape.CUT, "cancel", after_bytes=0))
    assert await signed_in.answer(cancel, scan_id) is None
    assert server.requests.by_kind["cancel"] >= 3


async def test_long_texts_that_were_not_kept_are_read_when_they_are_wanted(
    server: LabServer, signed_in: ControllerDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed_rows, "LONG_BYTES", 0)
    scripted = running_scan(server).add_findings(2, description="All of it.")
    await signed_in.watch(scripted.id)
    scan = signed_in.scan(scripted.id)
    await signed_in.until(lambda: len(scan.findings) == 4)
    first, second = (scan.findings[FindingId(each)] for each in scripted.finding_ids[2:])
    assert first.is_cut
    assert second.is_cut
    signed_in.controller.scans.request_texts(first.id)
    await signed_in.until(lambda: not scan.findings[first.id].is_cut)
    assert scan.findings[first.id].description == "All of it."
    assert scan.findings[second.id] == second


@pytest.mark.parametrize(
    ("faults", "kind", "comments"),
    [
        ([], None, 1),
        ([Fault(Shape.CUT, "triage", after_bytes=0)], None, 1),
        ([Fault(Shape.CLOSED, "triage")], errors.ServerFault, 0),
        ([Fault(Shape.ENVELOPE, "triage", status=500)], errors.ServerFault, 0),
        (
            [Fault(Shape.CUT, "triage", after_bytes=0), Fault(Shape.LATE, "events", times=2),
             Fault(Shape.PAGE, "events", times=None)],
            errors.OutcomeUnknown,
            1,
        ),
    ],
    ids=["said", "answer lost", "never arrived", "failed", "unknown"],
)  # fmt: skip
async def test_t55_a_comment_is_sent_once_and_checked(
    server: LabServer,
    signed_in: ControllerDesk,
    faults: list[Fault],
    kind: type[errors.HeimdallError] | None,
    comments: int,
) -> None:
    scripted, _ = await watched_scan(server, signed_in)
    first = FindingId(scripted.finding_ids[0])
    server.requests.reset()
    server.faults.add(*faults)
    comment = partial(signed_in.controller.scans.request_comment, first, "seen in staging")
    answer = await signed_in.answer(comment)
    server.faults.clear()
    assert (answer if kind is None else type(answer)) is kind
    assert server.requests.by_kind["triage"] == 1
    said = [event.comment for event in server.database.finding_events(scripted.finding_ids[0])]
    assert said == ["seen in staging"] * comments
    empty = partial(signed_in.controller.scans.request_comment, first, " \n")
    assert isinstance(await signed_in.answer(empty), errors.RequestRefused)
