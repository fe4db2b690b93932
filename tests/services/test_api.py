"""The api against the embedded server, which knows nothing of it, and against odd answers."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from heimdall_desktop.domain.facts import errors, observation
from heimdall_desktop.domain.facts.finding import FindingId, FindingStatus, RepoId, ScanId, Severity
from heimdall_desktop.domain.facts.listed_rows import FindingHinted
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.services.api import HeimdallApi
from heimdall_desktop.services.progress import Heard, ProgressStream
from heimdall_desktop.services.transport.clients import Clients
from heimdall_desktop.services.wire import Heartbeat
from tests.fakes.desk_parts import raises_saying
from tests.fakes.raw_server import RawServer, answer, answering, raw_server
from tests.lab.server import LabServer

MIRA = "mira@example.test"
OLAF = "olaf@example.test"
PASSWORD = "correct horse"  # noqa: S105 - of no account
NOW_S = 7.0


class Caller:
    """Clients and api with a token that tests change."""

    def __init__(self, url: ServerUrl, token: str | None = None) -> None:
        self.token = token
        self.clients = Clients(url, lambda: self.token)
        self.api = HeimdallApi(self.clients, lambda: NOW_S)


@asynccontextmanager
async def odd(reported: bytes, token: str | None = None) -> AsyncIterator[tuple[Caller, RawServer]]:
    """A caller of a server that gives the same answer to everything."""
    async with raw_server(answering(reported)) as raw:
        caller = Caller(raw.url, token)
        yield caller, raw
        await caller.clients.aclose()


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with LabServer(auth_burst=1000) as running:
        running.add_account(MIRA, PASSWORD)
        running.add_account(OLAF, PASSWORD)
        yield running


@pytest.fixture
async def mira(server: LabServer) -> AsyncIterator[Caller]:
    caller = Caller(server_url(server.url), server.new_session(MIRA))
    yield caller
    await caller.clients.aclose()


@pytest.fixture
def api(mira: Caller) -> HeimdallApi:
    return mira.api


async def test_health(api: HeimdallApi) -> None:
    assert await api.health() == "healthy"


async def test_signing_in_and_out(mira: Caller) -> None:
    mira.token = None
    with pytest.raises(errors.SignedOut):
        await mira.api.me()
    session = await mira.api.login(MIRA, PASSWORD)
    assert session.account == MIRA
    mira.token = session.token
    assert await mira.api.me() == MIRA
    await mira.api.logout()
    with pytest.raises(errors.SignedOut):
        await mira.api.me()


async def test_a_wrong_password_has_its_own_error(api: HeimdallApi) -> None:
    with raises_saying(errors.SignedOut, match="doesn't accept this email and password."):
        await api.login(MIRA, "wrong")


async def test_registering(mira: Caller) -> None:
    email = f"{uuid4()}@example.test"
    mira.token = (await mira.api.register(email, PASSWORD)).token
    assert await mira.api.me() == email
    with pytest.raises(errors.RequestRefused):
        await mira.api.register(email, PASSWORD)


async def test_too_many_logins_ask_to_wait() -> None:
    with LabServer(auth_burst=1) as strict:
        strict.add_account(MIRA, PASSWORD)
        caller = Caller(server_url(strict.url))
        await caller.api.login(MIRA, PASSWORD)
        with pytest.raises(errors.ServerBusy) as reported:
            await caller.api.login(MIRA, PASSWORD)
        await caller.clients.aclose()
    assert 1 <= reported.value.wait_s <= 7


async def test_scan_repo_and_snapshot(server: LabServer, api: HeimdallApi) -> None:
    scripted = server.script_scan("shop", MIRA)
    scripted.run_until("tyr").add_findings(2, "critical").add_findings(1, "odd")
    scripted.activity("Reading", task_key="read")
    scan_id = ScanId(scripted.id)
    scan = await api.scan(scan_id)
    assert (scan.scan_id, scan.status, scan.asked_at_s) == (scan_id, "modeling", NOW_S)
    assert scan.started_at is not None
    assert (await api.repo(scan_id, scan.repo_id)).name == "shop"
    live = await api.live(scan_id)
    assert (live.status, live.asked_at_s, len(live.stages)) == ("modeling", NOW_S, 9)
    assert (live.counts.total, live.counts.critical) == (3, 2)
    assert "Reading" in {line.title for line in live.activities}


async def test_pages_hold_all_findings(server: LabServer, api: HeimdallApi) -> None:
    scripted = server.script_scan("shop", MIRA).run_until("hunt").add_findings(230, "low")
    scripted.add_findings(1, "critical", title="two\nlines", cwe_id="CWE-89: long")
    pages = [await api.findings_page(ScanId(scripted.id), page) for page in (1, 2, 3, 4)]
    rows = [row for page in pages for row in page.findings]
    assert {row.id for row in rows} == set(map(FindingId, scripted.finding_ids))
    assert [len(page.findings) for page in pages] == [100, 100, 31, 0]
    assert {(page.total, page.per_page, page.bad_rows) for page in pages} == {(231, 100, 0)}
    assert (rows[0].severity, rows[0].cwe) == (Severity.CRITICAL, "CWE-89")
    assert rows[0].title_line == "two lines"


async def test_of_a_page_that_is_too_long_the_rows_that_fit_are_kept() -> None:
    rows = [{"id": f"{number}", "scan_id": "s", "description": "x" * 2**20} for number in range(20)]
    body = json.dumps({"data": {"items": rows, "total": 20, "page": 2, "per_page": 20}})
    async with odd(answer(200, "application/json", body)) as (caller, _raw):
        page = await caller.api.findings_page(ScanId("s"), 2, 20)
    kept = [int(finding.id) for finding in page.findings]
    assert (kept, len(kept) in range(10, 20)) == (list(range(len(kept))), True)
    assert (page.is_cut, page.bad_rows) == (True, 1), "so that the scan is incomplete"


async def test_the_patches_of_a_scan_newest_first(server: LabServer, api: HeimdallApi) -> None:
    scripted = server.script_scan("shop", MIRA).run_until("report").add_findings(2)
    first, second = scripted.finding_ids
    scripted.patch(first, "old").patch(second, "other").patch(first, "new")
    patches = await api.patches(ScanId(scripted.id))
    assert [patch.diff for patch in patches] == ["new", "other", "old"]
    assert [str(patch.finding_id) for patch in patches] == [first, second, first]


async def test_one_finding_and_its_history(server: LabServer, api: HeimdallApi) -> None:
    scripted = server.script_scan("shop", MIRA).run_until("vidarr").add_findings(1)
    found = scripted.finding_ids[0]
    scripted.change_finding(found, status="false_positive")
    finding = await api.finding(FindingId(found))
    assert (finding.status, finding.scan_id) == (FindingStatus.FALSE_POSITIVE, ScanId(scripted.id))
    assert await api.finding_events(FindingId(found)) == ()


async def test_a_new_repository_can_be_scanned(api: HeimdallApi) -> None:
    repo_id = await api.create_repo("here", "file:///nowhere/at/all")
    scan = await api.trigger_scan(repo_id)
    assert (scan.repo_id, scan.asked_at_s) == (repo_id, NOW_S)


async def test_a_scan_can_be_cancelled_once(server: LabServer, api: HeimdallApi) -> None:
    waiting = server.script_scan("shop", MIRA)  # no worker has it, so it cannot end before
    scan = await api.trigger_scan(RepoId(waiting.repo_id))
    await api.cancel(scan.scan_id)
    assert (await api.scan(scan.scan_id)).status == "cancelled"
    with pytest.raises(errors.RequestRefused):
        await api.cancel(scan.scan_id)


async def test_a_server_without_an_ai_provider_says_so_and_is_asked_once() -> None:
    body = '{"success": false, "error": {"code": 503, "message": "none configured"}}'
    words = "has no AI provider set up, so no scan was started."
    async with odd(answer(503, "application/json", body), "token") as (caller, raw):
        with raises_saying(errors.ServerLacking, match=words):
            await caller.api.trigger_scan(RepoId(str(uuid4())))
        assert len(raw.asked) == 1


async def test_a_repository_by_itself(server: LabServer, api: HeimdallApi) -> None:
    repo_id = RepoId(server.script_scan("shop", MIRA).repo_id)
    assert await api.found_repo(repo_id) == observation.FoundRepo(repo_id, "shop")


async def test_only_a_completed_scan_has_counts(server: LabServer, api: HeimdallApi) -> None:
    scripted = server.script_scan("shop", MIRA).run_until("hunt").add_findings(2, "critical")
    scan_id = ScanId(scripted.id)
    assert (await api.scan(scan_id)).counts is None
    scripted.run_until("report").complete()
    assert (await api.scan(scan_id)).counts == observation.Counts(2, critical=2)


async def test_what_is_not_ours_is_not_visible(server: LabServer, mira: Caller) -> None:
    theirs = ScanId(server.script_scan("theirs", OLAF).id)
    for scan_id in (theirs, ScanId(str(uuid4()))):
        for asking in (
            mira.api.scan(scan_id),
            mira.api.live(scan_id),
            mira.api.cancel(scan_id),
            mira.api.findings_page(scan_id, 1),
            mira.api.finding(FindingId(scan_id)),
            mira.api.finding_events(FindingId(scan_id)),
            mira.api.trigger_scan(RepoId(scan_id)),
            mira.api.patches(scan_id),
            ProgressStream(mira.clients, scan_id, lambda: NOW_S).__aenter__(),
        ):
            with pytest.raises(errors.NotVisible):
                await asking


async def test_what_is_decided_of_a_finding(server: LabServer, api: HeimdallApi) -> None:
    scripted = server.script_scan("decided", MIRA).run_until("hunt").add_findings(1)
    finding_id = FindingId(scripted.finding_ids[0])
    assert await api.set_value(finding_id, "status", "confirmed") == "open"
    assert await api.set_value(finding_id, "severity", "low") == "high"
    said = await api.comment(finding_id, "seen \u202e a\0b")  # T-76: no server accepts the zero
    assert (said.event_type, said.comment) == ("comment", "seen \u202e ab")
    row = await api.finding(finding_id)
    assert (row.status, row.severity) == (FindingStatus.CONFIRMED, Severity.LOW)
    kinds = [event.event_type for event in await api.finding_events(finding_id)]
    assert kinds == ["status_change", "severity_change", "comment"]


async def test_t81_a_patch_missing_or_already_applied(server: LabServer, api: HeimdallApi) -> None:
    scripted = server.script_scan("patched", MIRA).run_until("hunt").add_findings(1)
    finding_id = FindingId(scripted.finding_ids[0])
    with pytest.raises(errors.NotVisible):
        await api.apply_patch(finding_id)
    assert (await api.finding(finding_id)).id == finding_id
    scripted.patch(scripted.finding_ids[0], "--- a\n+++ b\n")
    await api.apply_patch(finding_id)
    with pytest.raises(errors.RequestRefused):
        await api.apply_patch(finding_id)


async def test_d14_a_change_may_be_answered_with_the_finding() -> None:
    reported = b'{"id": "c5b6a0c2-7d2e-4c0b-8f1a-90d1e2f3a4b5", "status": "confirmed"}'
    async with odd(answer(200, "application/json", reported)) as (caller, raw):
        assert await caller.api.set_value(FindingId("x"), "status", "confirmed") is None
        assert raw.asked[0].body == b'{"status": "confirmed"}'


async def test_expired_token_signs_out(mira: Caller, server: LabServer) -> None:
    scan_id = ScanId(server.script_scan("theirs", OLAF).id)
    mira.token = server.new_session(OLAF)
    assert (await mira.api.scan(scan_id)).status == "queued"
    server.expire_sessions(OLAF)
    with pytest.raises(errors.SignedOut):
        await mira.api.scan(scan_id)
    with pytest.raises(errors.SignedOut):
        async with ProgressStream(mira.clients, scan_id, lambda: NOW_S):
            pass


async def test_stream_follows_a_scan_to_its_end(server: LabServer, mira: Caller) -> None:
    scripted = server.script_scan("shop", MIRA).run_until("hunt").add_findings(3, "critical")
    heard: list[Heard] = []
    async with ProgressStream(mira.clients, ScanId(scripted.id), lambda: NOW_S) as stream:
        async for seen in stream:
            heard.append(seen)
            if len(heard) == 7:  # six stages and the status: the initial state is over
                scripted.run_until("report").complete()
    observed = [seen for seen in heard if not isinstance(seen, Heartbeat)]
    assert {type(seen) for seen in observed} == {
        observation.StageSeen,
        observation.StatusSeen,
        FindingHinted,
        observation.EndSeen,
    }
    hinted = {seen.finding_id for seen in observed if isinstance(seen, FindingHinted)}
    assert hinted == set(map(FindingId, scripted.finding_ids))
    end = observed[-1]
    assert isinstance(end, observation.EndSeen)
    assert end.is_complete
    assert end.counts == observation.Counts(3, critical=3)
    assert end.stamped_at is not None
    assert stream.bad_frames == 0


async def test_page_in_place_of_health_is_another_server() -> None:
    for reported in (
        answer(200, "application/json", '{"hello": 1}'),
        answer(200, "text/html", "<html>"),
        answer(404, "text/html", "<html>"),
    ):
        async with odd(reported) as (caller, _raw):
            with pytest.raises(errors.WrongServer):
                await caller.api.health()


async def test_answer_that_fits_nothing_is_a_wire_error() -> None:
    async with odd(answer(200, "application/json", '{"data": []}')) as (caller, _raw):
        with pytest.raises(errors.WireError):
            await caller.api.live(ScanId("x"))
