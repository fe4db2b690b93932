"""The controller against a real server: requests succeed, are reported, and are remembered."""

import asyncio
import os
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.runs.controller import Controller
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.change import Change, FindingAdded
from heimdall_desktop.domain.facts.choices import Settings, ThemeMode
from heimdall_desktop.domain.facts.decision import Field, WriteState
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Verdict
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import (
    LIFE_S,
    ConnectionTest,
    Detour,
    KnownServer,
    Route,
    server_url,
)
from heimdall_desktop.local.rows import ScanRow
from heimdall_desktop.presentation.error_text import cause, reason_text, remedy
from heimdall_desktop.services.history import FILE_NAME
from heimdall_desktop.services.history_tables import Batch
from heimdall_desktop.services.settings import SettingsFile
from tests.fakes.controller_desk import ControllerDesk, later_session
from tests.fakes.desk_parts import raises_saying
from tests.fakes.findings import SCAN_ID, make_finding
from tests.fakes.keyrings import OpeningStore
from tests.fakes.past_scans import past_scan
from tests.fakes.scan_links import scan_links
from tests.fakes.watch_desk import connection
from tests.lab.faults import Fault, Shape
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

EMAIL, PASSWORD = "mira@example.test", "long enough"
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with LabServer(auth_burst=1_000_000) as running:
        running.add_account(EMAIL, PASSWORD)
        yield running


@pytest.fixture
async def desk(server: LabServer, tmp_path: Path) -> AsyncIterator[ControllerDesk]:
    made = ControllerDesk(tmp_path)
    made.server, made.email = server, EMAIL
    yield made
    await made.aclose()


@pytest.fixture
async def signed_in(desk: ControllerDesk) -> ControllerDesk:
    assert await desk.sign_in(desk.server.url, EMAIL, PASSWORD) is None
    return desk


def running_scan(server: LabServer, name: str = "shop") -> ScriptedScan:
    return server.script_scan(name, EMAIL).run_until("hunt").add_findings(2)


async def watched_scan(server: LabServer, desk: ControllerDesk) -> tuple[ScriptedScan, Scan]:
    """A scan that is watched, with its two findings."""
    scripted = running_scan(server)
    assert await desk.watch(scripted.id) is None
    scan = desk.scan(scripted.id)
    await desk.until(lambda: len(scan.findings) == 2)
    return scripted, scan


async def saved_by_now(desk: ControllerDesk) -> Settings:
    """Return the settings once all is written that changed until now."""
    saving = {task for task in asyncio.all_tasks() if task.get_name() == "save the settings"}
    await asyncio.gather(*saving)
    return saved(desk)


def saved(desk: ControllerDesk) -> Settings:
    return SettingsFile(desk.profile / "settings.toml", Settings).load()[0]


async def test_signing_in_is_reported_and_remembered(signed_in: ControllerDesk) -> None:
    assert signed_in.accounts_moved == 1
    assert signed_in.accounts.in_use is not None
    [profile] = (await saved_by_now(signed_in)).servers
    assert (profile.url, profile.account) == (signed_in.server.url, EMAIL)
    known = KnownServer(profile.url, EMAIL, is_signed_in=True, is_in_use=True)
    [found] = signed_in.controller.known_servers
    assert found.left_s is not None
    assert 0 < found.left_s <= LIFE_S
    assert replace(found, left_s=None) == known


async def test_a_refused_password_is_the_answer_and_an_id_leads_nowhere(
    desk: ControllerDesk,
) -> None:
    assert isinstance(await desk.watch(NOWHERE), errors.LinkError)
    assert isinstance(await desk.sign_in(desk.server.url, EMAIL, "wrong"), errors.SignedOut)
    assert desk.accounts_moved == 0
    assert (await saved_by_now(desk)) == Settings()


async def test_a_pasted_token_signs_in(desk: ControllerDesk) -> None:
    token = desk.server.new_session(EMAIL)
    ask = partial(desk.controller.request_token, desk.server.url, token, is_kept=True)
    assert await desk.answer(lambda on_answer: ask(on_answer=on_answer)) is None
    assert await desk.watch(running_scan(desk.server).id) is None


async def test_several_scans_are_watched_at_once(signed_in: ControllerDesk) -> None:
    scans = [running_scan(signed_in.server, name) for name in ("shop", "web", "auth")]
    text = f"{scans[0].id}\n{signed_in.server.url}/scans/{scans[1].id}?tab=1"
    text += f", {{{scans[2].id.upper()}}}"
    assert await signed_in.watch(text) is None
    await signed_in.until(lambda: signed_in.connections() == [Connection.LIVE] * 3)
    await signed_in.until(lambda: all(len(scan.findings) == 2 for scan in signed_in.store))
    assert [scan.name for scan in signed_in.store] == ["shop", "web", "auth"]


async def test_a_link_to_a_finding_watches_its_scan_and_opens_it(signed_in: ControllerDesk) -> None:
    scripted = running_scan(signed_in.server)
    found = FindingId(scripted.finding_ids[0])
    assert await signed_in.watch(f"{signed_in.server.url}/findings/{found}") is None
    assert signed_in.wanted == [found]
    assert ScanId(scripted.id) in [scan.id for scan in signed_in.store]


async def test_only_a_link_of_the_program_shows_its_scan(signed_in: ControllerDesk) -> None:
    own, web = running_scan(signed_in.server), running_scan(signed_in.server, "web")
    shown: list[ScanId] = []
    signed_in.controller.on_scan_wanted = shown.append
    link, place = signed_in.accounts.in_use, urlsplit(signed_in.server.url).netloc
    assert link is not None
    texts = f"heimdall://{place}/scan/{own.id}", f"{signed_in.server.url}/scans/{web.id}"
    watched = await signed_in.controller.watch_links(link, scan_links(" ".join(texts)))
    assert (len(watched), shown) == (2, watched[:1])


async def test_an_invisible_scan_stops_no_other(signed_in: ControllerDesk) -> None:
    scripted = running_scan(signed_in.server)
    answer = await signed_in.watch(f"{NOWHERE} {scripted.id}")
    assert isinstance(answer, errors.NotAllWatched)
    assert cause(answer) == "1 of 2 not watched."
    wanted = [ScanId(scripted.id)]
    assert [scan.id for scan in signed_in.store] == wanted
    assert [watched.scan_id for watched in (await saved_by_now(signed_in)).watched] == wanted


async def test_scans_watched_before_an_error_are_remembered(signed_in: ControllerDesk) -> None:
    scripted = running_scan(signed_in.server)
    finding = running_scan(signed_in.server, "web").finding_ids[0]
    server = signed_in.server
    signed_in.controller.on_finding_wanted = lambda *_subject: server.expire_sessions(EMAIL)
    error = await signed_in.watch(f"{server.url}/findings/{finding} {scripted.id}")
    assert isinstance(error, errors.NotAllWatched)
    [(word, reason)] = error.refused
    assert (word, type(reason)) == (scripted.id, errors.SignedOut)
    assert len((await saved_by_now(signed_in)).watched) == 1


async def test_a_stopped_scan_leaves_the_board_and_the_file(signed_in: ControllerDesk) -> None:
    scripted = running_scan(signed_in.server)
    await signed_in.watch(scripted.id)
    signed_in.controller.request_stop(ScanId(scripted.id))
    assert len(signed_in.store) == 0
    assert (await saved_by_now(signed_in)).watched == ()


def stopped(controller: Controller) -> tuple[ScanId, ...]:
    """The scans that are not to be watched by themselves again."""
    return controller.preferences.settings.stopped


async def test_that_a_scan_is_stopped_can_be_undone(signed_in: ControllerDesk) -> None:
    scripted = running_scan(signed_in.server)
    await signed_in.watch(scripted.id)
    scan = signed_in.scan(scripted.id)
    await signed_in.until(lambda: scan.repo_id is not None and scan.is_live)
    controller = signed_in.controller
    controller.request_stop(scan.id)
    assert stopped(controller) == (scan.id,)
    bring_back = controller.request_return
    assert await signed_in.answer(bring_back, scan.server, scan.id) is None
    await signed_in.until(lambda: signed_in.connections() == [Connection.LIVE])
    assert stopped(controller) == ()
    assert len((await saved_by_now(signed_in)).watched) == 1
    nowhere = server_url("http://127.0.0.1:9")
    answer = await signed_in.answer(bring_back, nowhere, scan.id)
    assert isinstance(answer, errors.SignInNeeded)


async def test_the_board_is_there_again_after_a_restart(signed_in: ControllerDesk) -> None:
    scans = [running_scan(signed_in.server, name) for name in ("shop", "web")]
    await signed_in.watch(" ".join(scan.id for scan in scans))
    signed_in.controller.preferences.change_setting("theme", ThemeMode.DARK)
    async with later_session(signed_in) as second:
        await second.until(lambda: second.connections() == [Connection.LIVE] * 2)
        assert second.restored == [ScanId(scan.id) for scan in scans]
        assert second.controller.preferences.settings.theme.value == "dark"


async def test_the_end_of_a_session_outlives_a_restart(signed_in: ControllerDesk) -> None:
    [ends_s] = signed_in.accounts.session_ends.values()
    async with later_session(signed_in) as second:
        [(url, later_s)] = second.accounts.session_ends.items()
        assert url == signed_in.server.url
        assert later_s == pytest.approx(ends_s, abs=5)  # by the clock on the wall


async def test_a_locked_keyring_is_reported_and_retried(server: LabServer, tmp_path: Path) -> None:
    keyring = OpeningStore()
    first = ControllerDesk(tmp_path, keyring)
    first.server = server
    await first.sign_in(server.url, EMAIL, PASSWORD)
    scan = running_scan(first.server)
    await first.watch(scan.id)
    keyring.is_locked = True
    async with later_session(first) as second:
        url = server_url(server.url)

        async def unlock() -> errors.HeimdallError | None:
            return await second.answer(second.controller.request_unlock, url)

        seen = second.scan(scan.id).connection
        assert seen is not None
        assert (seen.connection, type(seen.error)) == (Connection.SIGNED_OUT, errors.KeyringLocked)
        assert isinstance(await unlock(), errors.KeyringLocked)
        keyring.is_locked = False
        assert await unlock() is None
        await second.until(lambda: second.connections() == [Connection.LIVE])


async def test_without_its_token_the_board_is_there_but_signed_out(desk: ControllerDesk) -> None:
    await desk.sign_in(desk.server.url, EMAIL, PASSWORD, is_kept=False)
    scan = running_scan(desk.server)
    await desk.watch(scan.id)
    async with later_session(desk) as second:
        assert second.connections() == [Connection.SIGNED_OUT]
        seen = second.scan(scan.id).connection
        assert seen is not None
        assert not seen.is_answered, "no session has ended, as there was none"
        await second.sign_in(desk.server.url, EMAIL, PASSWORD)
        await second.until(lambda: second.connections() == [Connection.LIVE])


async def test_a_token_of_this_session_resumes_the_last_board(desk: ControllerDesk) -> None:
    await desk.sign_in(desk.server.url, EMAIL, PASSWORD, is_kept=False)
    await desk.watch(running_scan(desk.server).id)
    async with later_session(desk) as second:
        second.controller.use_server(server_url(desk.server.url), desk.server.new_session(EMAIL))
        assert second.connections() == [Connection.CONNECTING]
        await second.until(lambda: second.connections() == [Connection.LIVE])


async def read_scan(desk: ControllerDesk, scripted: ScriptedScan) -> None:
    """Watch a scan until it has been read."""
    await desk.watch(scripted.id)
    scan = desk.scan(scripted.id)
    await desk.until(lambda: scan.sync_status.is_whole and len(scan.findings) == 2)
    if not scan.is_live:
        await desk.until(lambda: scan.is_settled)


async def test_without_a_server_the_board_has_its_findings(desk: ControllerDesk) -> None:
    with LabServer() as desk.server:
        desk.server.add_account(EMAIL, PASSWORD)
        await desk.sign_in(desk.server.url, EMAIL, PASSWORD)
        scripted = desk.server.script_scan("shop", EMAIL).run_until("hunt").add_findings(2)
        await read_scan(desk, scripted)
        await desk.aclose()

    async with later_session(desk) as second:
        scan = second.scan(scripted.id)
        assert (scan.name, scan.status) == ("shop", "hunting")
        assert connection(scan) is Connection.CONNECTING
        await second.until(lambda: len(scan.findings) == 2)
        assert {*map(str, scan.findings)} == {*scripted.finding_ids}
        assert second.remembered == [True]
        assert scan.last_answer_at_s is not None
        assert scan.last_answer_at_s < time.monotonic()
        await second.until(lambda: bool(scan.connection and scan.connection.error))


async def test_only_changes_during_an_absence_are_news(signed_in: ControllerDesk) -> None:
    scripted = running_scan(signed_in.server)
    await read_scan(signed_in, scripted)
    await signed_in.aclose()
    scripted.add_findings(1, "critical")
    second = ControllerDesk(signed_in.profile, signed_in.keyring)
    changes: list[Change] = []
    second.on_changes = changes.extend
    await second.begin()
    await second.until(lambda: len(second.scan(scripted.id).findings) == 3)
    await second.aclose()
    added = {change.finding.id: change for change in changes if isinstance(change, FindingAdded)}
    news = [found for found, change in added.items() if not change.is_first_read]
    assert news == [FindingId(found) for found in scripted.finding_ids[2:]]
    assert len(added) == 3


async def test_a_settled_scan_is_read_again_without_a_stream(signed_in: ControllerDesk) -> None:
    scripted = running_scan(signed_in.server).complete()
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    database = signed_in.server.database
    signed_in.server.call(lambda: database.update(ScanRow, scripted.id, updated_at=long_ago))
    await read_scan(signed_in, scripted)
    await signed_in.aclose()
    changed, _ = scripted.finding_ids
    scripted.change_finding(changed, status="false_positive")
    signed_in.server.call(signed_in.server.requests.reset)

    async with later_session(signed_in) as second:
        await second.until(lambda: second.connections() == [Connection.ENDED])
        scan = second.scan(scripted.id)
        assert scan.is_settled
        assert scan.is_checked_to_the_end
        assert scan.findings[FindingId(changed)].verdict is Verdict.WITHDRAWN
        assert signed_in.server.requests.by_kind["stream"] == 0
        assert signed_in.server.requests.by_kind["live"] > 0


FAR = server_url("https://far.example.test")


def write_far_server(desk: ControllerDesk, scan_id: str) -> None:
    """Write down settings with a scan of a server that cannot be reached."""
    (desk.profile / "settings.toml").write_text(
        f"""
        servers = [{{url = "{FAR}", account = "{EMAIL}"}}]
        watched = [{{server = "{FAR}", scan_id = "{scan_id}"}}]
        """
    )


async def test_a_scan_of_an_unusable_server_is_shown_as_it_was(
    desk: ControllerDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_far_server(desk, SCAN_ID)
    past = past_scan([make_finding(1), make_finding(2)], time.monotonic())
    await desk.history.save(Batch(scans=(replace(past, server=FAR),)))
    monkeypatch.setenv("HTTPS_PROXY", "ftp://nonsense")
    async with later_session(desk) as second:
        scan = second.scan(SCAN_ID)
        await second.until(lambda: len(scan.findings) == 2)
        assert second.connections() == [Connection.STALE]
        assert scan.connection is not None
        assert scan.connection.since_s == scan.last_answer_at_s
        assert "address" in reason_text(scan.connection)
    assert [watched.scan_id for watched in saved(desk).watched] == [SCAN_ID]


async def test_a_stopped_scan_does_not_return(signed_in: ControllerDesk) -> None:
    scripted = running_scan(signed_in.server)
    await read_scan(signed_in, scripted)
    async with later_session(signed_in) as second:
        second.controller.request_stop(ScanId(scripted.id))

    async with later_session(second) as third:
        assert len(third.store) == 0
        assert third.earlier.past.scans == ()


async def test_with_a_damaged_history_the_board_is_watched(signed_in: ControllerDesk) -> None:
    scripted = running_scan(signed_in.server)
    await read_scan(signed_in, scripted)
    await signed_in.aclose()
    (signed_in.profile / FILE_NAME).write_bytes(b"no database" * 999)

    async with later_session(signed_in) as second:
        await second.until(lambda: second.connections() == [Connection.LIVE])
        await second.until(lambda: len(second.scan(scripted.id).findings) == 2)
        assert second.remembered == [False]
        assert ["damaged" in cause(problem) for problem in second.problems] == [True]


async def test_an_unusable_server_is_not_forgotten(
    desk: ControllerDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_far_server(desk, NOWHERE)
    monkeypatch.setenv("HTTPS_PROXY", "ftp://nonsense")
    await desk.begin()
    assert len(desk.problems) == 1
    await desk.sign_in(desk.server.url, EMAIL, PASSWORD)
    await desk.aclose()
    settings = await saved_by_now(desk)
    assert [profile.url for profile in settings.servers] == [desk.server.url, FAR]
    assert [watched.scan_id for watched in settings.watched] == [NOWHERE]


async def test_signing_out_ends_the_session_and_pauses_its_scans(signed_in: ControllerDesk) -> None:
    await signed_in.watch(running_scan(signed_in.server).id)
    link = signed_in.accounts.require_in_use()
    await signed_in.until(lambda: signed_in.connections() == [Connection.LIVE])
    assert [session.account for session in (await saved_by_now(signed_in)).sessions] == [EMAIL]
    answer = await signed_in.answer(signed_in.controller.request_sign_out, link.url)
    assert answer is None
    assert not link.is_signed_in
    assert signed_in.connections() == [Connection.SIGNED_OUT]
    assert signed_in.accounts_moved == 2
    assert len((await saved_by_now(signed_in)).watched) == 1
    assert (await saved_by_now(signed_in)).sessions == ()


async def test_signing_in_again_resumes_the_scans_of_that_server(signed_in: ControllerDesk) -> None:
    scripted = running_scan(signed_in.server)
    await signed_in.watch(scripted.id)
    signed_in.server.expire_sessions(EMAIL)
    signed_in.controller.request_refresh(None)
    await signed_in.until(lambda: signed_in.connections() == [Connection.SIGNED_OUT])
    await signed_in.sign_in(signed_in.server.url, EMAIL, PASSWORD)
    await signed_in.until(lambda: signed_in.connections() == [Connection.LIVE])


async def test_a_text_is_saved_where_it_is_wanted(desk: ControllerDesk) -> None:
    path = desk.profile / "fix.patch"
    save = desk.controller.request_save
    assert await desk.answer(save, path, "a\r\nb\n") is None
    assert path.read_bytes() == b"a\r\nb\n"
    nowhere = desk.profile / "none" / "fix.patch"
    refused = await desk.answer(save, nowhere, "a")
    assert isinstance(refused, errors.FileNotWritten)


async def test_bad_words_of_a_text_are_named(signed_in: ControllerDesk) -> None:
    shop, web = running_scan(signed_in.server), running_scan(signed_in.server, "web")
    elsewhere = f"https://elsewhere.example.test/scans/{shop.id}"
    error = await signed_in.watch(f"{shop.id} good {elsewhere}\n{NOWHERE}, {web.id}")
    assert isinstance(error, errors.NotAllWatched)
    assert {scan.id for scan in signed_in.store} == {ScanId(shop.id), ScanId(web.id)}
    kinds = [errors.LinkError, errors.SignInNeeded, errors.NotVisible]
    assert [word for word, _ in error.refused] == ["good", elsewhere, NOWHERE]
    assert [type(reason) for _, reason in error.refused] == kinds
    assert cause(error) == "3 of 5 not watched."
    for reason in (
        "No scan ID found in 'good'.",
        "This link points to another server, elsewhere.example.test.",
        f"{NOWHERE}: It doesn't exist or belongs to another account.",
    ):
        assert reason in remedy(error)
    many = await signed_in.watch("a b c d e f")
    assert isinstance(many, errors.NotAllWatched)
    assert remedy(many).endswith("And 2 more.")
    assert isinstance(await signed_in.watch("good morning"), errors.LinkError)


async def test_a_scan_with_only_a_stream_is_watched(signed_in: ControllerDesk) -> None:
    scan = running_scan(signed_in.server)
    signed_in.server.faults.add(Fault(Shape.PAGE, "scan", status=404))
    assert await signed_in.watch(scan.id) is None
    assert [watched.id for watched in signed_in.store] == [ScanId(scan.id)]


async def test_an_ended_session_is_reported_and_requested_once(signed_in: ControllerDesk) -> None:
    scans = [running_scan(signed_in.server, name).id for name in ("shop", "web")]
    signed_in.server.expire_sessions(EMAIL)
    signed_in.server.requests.reset()
    assert isinstance(await signed_in.watch(" ".join(scans)), errors.SignedOut)
    assert signed_in.server.requests.by_kind["scan"] == 1
    error = await signed_in.watch(f"{scans[0]} good")
    assert isinstance(error, errors.NotAllWatched)
    assert [type(reason) for _, reason in error.refused] == [errors.SignedOut, errors.LinkError]


async def test_scans_named_on_the_command_line_are_watched_once_each(desk: ControllerDesk) -> None:
    scripted = running_scan(desk.server)
    url, token = server_url(desk.server.url), desk.server.new_session(EMAIL)
    link = desk.accounts.use_memory_token(url, token)
    named = scan_links(f"{scripted.id} {url}/findings/{scripted.finding_ids[0]} {NOWHERE}")
    scan_ids = await desk.controller.watch_links(link, named)
    assert scan_ids == [scripted.id, NOWHERE]
    lost = scan_links(f"{desk.server.url}/findings/{NOWHERE} {running_scan(desk.server, 'web').id}")
    with raises_saying(errors.NotVisible, match="^1 of 2 scans"):
        await desk.controller.watch_links(link, lost)
    with raises_saying(errors.NotVisible, match="^This scan doesn't exist or belongs to another"):
        await desk.controller.watch_links(link, lost[:1])
    assert len(desk.store) == 3  # the other one is watched all the same
    gone = desk.scan(NOWHERE)
    await desk.until(lambda: connection(gone) is Connection.GONE)


async def test_a_scan_is_one_of_each_address_it_is_watched_at(signed_in: ControllerDesk) -> None:
    scripted = running_scan(signed_in.server)
    await signed_in.watch(scripted.id)
    alias = server_url(signed_in.server.url.replace("127.0.0.1", "localhost"))
    link = signed_in.accounts.use_memory_token(alias, signed_in.server.new_session(EMAIL))
    await signed_in.controller.watch_links(link, scan_links(scripted.id))
    assert [scan.server for scan in signed_in.store] == [signed_in.server.url, alias]


async def test_closing_ends_requests_under_way(desk: ControllerDesk) -> None:
    answers: list[errors.HeimdallError | None] = []
    sign_in = partial(desk.controller.request_sign_in, desk.server.url, EMAIL, PASSWORD)
    sign_in(is_kept=True, on_answer=answers.append)
    await asyncio.sleep(0)
    await desk.aclose()
    assert answers == []


async def test_the_embedded_server_scans_a_folder(desk: ControllerDesk) -> None:
    folder = desk.profile / "code"
    folder.mkdir()
    (folder / "run.py").write_text("import subprocess\nsubprocess.call('ls', shell=True)\n")
    answer = await desk.answer(desk.controller.request_folder_scan, folder)
    assert answer is None
    [scan] = desk.store
    await desk.until(lambda: scan.outcome is Outcome.COMPLETED and len(scan.findings) > 0)
    assert scan.name == "code"
    assert not (desk.profile / "settings.toml").exists() or saved(desk).watched == ()
    assert desk.accounts.in_use is not None
    assert desk.accounts.in_use.is_embedded
    assert all(scan.is_local for scan in desk.store)


async def test_a_local_scan_opens_its_files_in_the_editor(
    desk: ControllerDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, editor, seen = desk.profile / "code", desk.profile / "code-stand-in", "seen"
    folder.mkdir()
    (folder / "run.py").write_text("import subprocess\nsubprocess.call('ls', shell=True)\n")
    editor.mkdir()
    program = f"#!/bin/sh\nprintf '%s\\n' \"$@\" > {editor / seen}\n"
    (editor / "code").write_text(program)
    (editor / "code").chmod(0o755)
    monkeypatch.setenv("PATH", f"{editor}{os.pathsep}{os.environ['PATH']}")
    assert await desk.answer(desk.controller.request_folder_scan, folder) is None
    [scan] = desk.store
    await desk.until(lambda: len(scan.findings) > 0)
    finding = next(iter(scan.findings.values()))
    editing = desk.controller.editing
    assert editing.folder_of(finding) == str(folder)
    assert not editing.has_chosen(finding)
    opened = asyncio.get_running_loop().create_future()
    editing.request_open(finding, opened.set_result)
    assert await opened == "VS Code"
    place = f"{folder / finding.file_path}:{finding.line_start}"
    assert (editor / seen).read_text() == f"--goto\n{place}\n"
    editing.choose_folder(finding, str(editor))
    assert editing.folder_of(finding) == str(editor)
    assert desk.controller.preferences.settings.editor.folders == (), "local folders aren't kept"
    await desk.answer(editing.request_editors)
    assert editing.found["code"] == "VS Code"


async def test_an_own_editor_command_is_kept_if_it_can_be_used(desk: ControllerDesk) -> None:
    editing = desk.controller.editing
    refused = await desk.answer(partial(editing.request_command, "sh {file}"))
    assert refused == errors.EditorError(errors.Reason.COMMAND_IS_SHELL, program="sh")
    assert editing.choices.name == ""
    assert await desk.answer(partial(editing.request_command, "printf -- {file}:{line}")) is None
    assert (editing.choices.name, editing.command_text) == ("own", "printf -- {file}:{line}")


async def test_the_demo_plays_every_recording(desk: ControllerDesk) -> None:
    assert await desk.answer(desk.controller.request_demo) is None
    ordinary, retried, *_others = desk.store
    await desk.until(lambda: ordinary.outcome is Outcome.COMPLETED)
    await desk.until(lambda: retried.outcome is Outcome.COMPLETED)
    await desk.until(lambda: len(ordinary.findings) == 300)
    # At this speed its first attempt may pass between two polls, but what it found stays.
    await desk.until(lambda: any(each.is_repeat for each in retried.findings.values()))


@pytest.mark.parametrize("is_forced", [False, True], ids=["setting", "--read-only"])
async def test_read_only_changes_no_server(signed_in: ControllerDesk, is_forced: bool) -> None:
    scripted, _ = await watched_scan(signed_in.server, signed_in)
    controller, signed_in.server.requests.by_kind = signed_in.controller, Counter()
    if is_forced:
        controller.preferences.must_read_only = True
    else:
        controller.preferences.change_setting("is_read_only", value=True)
        assert (await saved_by_now(signed_in)).is_read_only
    scan_id = ScanId(scripted.id)
    for request in (controller.scans.request_cancel, controller.scans.request_rescan):
        refused = await signed_in.answer(partial(request, scan_id))
        assert isinstance(refused, errors.RequestRefused)
        assert cause(refused) == "Read-only: nothing is changed on the server."
    first = next(iter(signed_in.scan(scripted.id).findings))
    run = controller.decisions.decide(Field.STATUS, "confirmed", [first])
    await run.over.wait()
    assert run.ids(WriteState.UNSENT) == [first]
    assert not set(signed_in.server.requests.by_kind) & {"cancel", "triage", "repo"}


async def test_a_signed_out_run_continues_after_signing_in(signed_in: ControllerDesk) -> None:
    scripted, _ = await watched_scan(signed_in.server, signed_in)
    signed_in.server.faults.add(Fault(Shape.ENVELOPE, "triage", status=401))
    ids = list(signed_in.scan(scripted.id).findings)
    run = signed_in.controller.decisions.decide(Field.STATUS, "confirmed", ids)
    news = asyncio.Event()
    signed_in.controller.decisions.follow(news.set, lambda _run: None)
    while run.held is None:
        news.clear()
        await news.wait()
    assert await signed_in.sign_in(signed_in.server.url, EMAIL, PASSWORD) is None
    await run.over.wait()
    assert set(run.ids(WriteState.SAVED)) == set(ids)


# -- proxies, and the test of a connection --

NAMED = "heimdall.example.test"


@pytest.fixture
async def named_url(server: LabServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """The server at a name that is not of this machine, so that proxies apply to it.

    The embedded server accepts no other name than its own, so a relay changes it.
    """
    real, host = socket.getaddrinfo, server.url.removeprefix("http://")

    def find(name: Any, *arguments: Any, **options: Any) -> Any:
        return real("127.0.0.1" if name in (NAMED, NAMED.encode()) else name, *arguments, **options)

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data.replace(f"{NAMED}:{port}".encode(), host.encode()))
        writer.close()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(*host.split(":"))
        await asyncio.gather(pump(reader, there_writer), pump(there_reader, writer))

    monkeypatch.setattr(socket, "getaddrinfo", find)
    listening = await asyncio.start_server(accept, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    yield f"http://{NAMED}:{port}"
    listening.close()


def use_dead_proxy(monkeypatch: pytest.MonkeyPatch) -> str:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        proxy = f"127.0.0.1:{closed.getsockname()[1]}"
    monkeypatch.setenv("HTTP_PROXY", f"http://mira:secret-pw@{proxy}")
    return proxy


def is_live(desk: ControllerDesk) -> bool:
    return desk.connections() == [Connection.LIVE]


async def test_ignoring_the_proxy_applies_to_requests_and_streams_and_is_kept(
    desk: ControllerDesk, named_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server_url(named_url)
    assert await desk.sign_in(url, EMAIL, PASSWORD) is None
    assert await desk.watch(running_scan(desk.server).id) is None
    await desk.until(lambda: is_live(desk))
    await desk.aclose()
    proxy = use_dead_proxy(monkeypatch)
    async with later_session(desk) as second:
        controller, [scan] = second.controller, second.store
        await second.until(lambda: bool(scan.connection and scan.connection.error))
        route = controller.connections.route(url)
        assert route == Route(Detour.PROXY, proxy, "HTTP_PROXY")
        controller.preferences.choose_direct(url, is_direct=True)
        await second.until(lambda: is_live(second))
        assert controller.connections.route(url) == Route(Detour.IGNORED, proxy, "HTTP_PROXY")
    async with later_session(second) as third:
        await third.until(lambda: is_live(third))
        third.controller.preferences.choose_direct(url, is_direct=False)
        await third.until(lambda: not is_live(third))
    assert "secret-pw" not in (desk.profile / "settings.toml").read_text("utf-8")


async def test_a_server_behind_an_unusable_proxy_setting_comes_back(
    desk: ControllerDesk, named_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server_url(named_url)
    assert await desk.sign_in(url, EMAIL, PASSWORD) is None
    await read_scan(desk, running_scan(desk.server))
    await desk.aclose()
    monkeypatch.setenv("ALL_PROXY", "socks5://mira:secret-pw@proxy.test:1080")
    async with later_session(desk) as second:
        controller = second.controller
        assert controller.connections.servers == (url,)
        assert second.connections() == [Connection.STALE]
        await second.answer(controller.connections.request_test, url, lambda: None)
        failed = controller.connections.test_of(url).failed
        assert failed is not None
        assert failed.error is not None
        assert cause(failed.error).startswith("ALL_PROXY names a SOCKS proxy")
        controller.preferences.choose_direct(url, is_direct=True)
        await second.until(lambda: is_live(second))
        second.problems.clear()
        controller.preferences.choose_direct(url, is_direct=False)
        await second.until(lambda: bool(second.problems))
        assert controller.preferences.settings.network.direct == (url,), "it cannot be used"


async def test_a_connection_test_uses_the_session_and_can_be_cancelled(
    signed_in: ControllerDesk,
) -> None:
    url, connections = server_url(signed_in.server.url), signed_in.controller.connections
    seen: list[ConnectionTest] = []
    assert (
        await signed_in.answer(
            connections.request_test, url, lambda: seen.append(connections.test_of(url))
        )
        is None
    )
    test = connections.test_of(url)
    assert (test.failed, test.is_running, test.ended_at is None) == (None, False, False)
    assert test.steps[-1].facts == {"account": EMAIL}
    assert all(each.is_running for each in seen)
    assert connections.route(url) == Route(Detour.OWN_MACHINE)
    answers: list[object] = []
    begun = asyncio.Event()
    connections.request_test(url, begun.set, answers.append)
    await begun.wait()
    connections.cancel_test(url)
    connections.cancel_test(url)
    assert connections.test_of(url) == ConnectionTest()
    await signed_in.answer(connections.request_test, url, lambda: None)
    test = connections.test_of(url)
    assert (test.failed, test.is_running, len(test.steps)) == (None, False, 4)
    assert answers == []
