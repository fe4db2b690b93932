"""Unattended runs of the whole program: the line of JSON, the exit status, the last words."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from heimdall_desktop.local.rows import ScanId
from tests.end_to_end.conftest import Bench, Start
from tests.fakes import tls_server
from tests.fakes.hand_server import hand_server
from tests.fakes.program import Program
from tests.fakes.raw_server import SEVERITIES, AttendedServer

SCAN_ID = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
TOKEN = "t0ken" * 8
NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

DEMO_LIMIT_S = 120.0  # many times what it takes on a quiet machine


@pytest.fixture(params=[(), ("--headless",)], ids=["window", "headless"])
def to_the_end(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Options of an unattended run, which says the same with a window and without."""
    return ("--quit-when-done", *request.param)


@pytest.fixture(scope="module")
def dead_address() -> Iterator[str]:
    """The address of a server that is down: its port is taken, and refuses everybody."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{silent.getsockname()[1]}"


@pytest.fixture(scope="module", autouse=True)
def slow_runs(start: Start, server: AttendedServer, dead_address: str) -> dict[str, Program]:
    """The runs that take their time, which they do while the other tests are at work."""
    email, token = server.new_account()
    failing = server.script_scan("shop", email).run_until("hunt").fail("The model said no\n<b>")
    down = ("--server", dead_address, "--quit-when-done", "--unreachable", "10")
    up = ("--server", server.url, "--quit-when-done")
    return {
        "down": start(*down, "--watch", SCAN_ID, token=token),
        "down, a finding": start(
            *down, "--watch", f"{dead_address}/findings/{SCAN_ID}", token=token
        ),
        "failing": start(*up, "--watch", failing.id, token=token),
        "demo": start("--demo", "--speed", "5000", "--quit-when-done"),
    }


def test_300_findings_announced_in_one_burst_are_all_there(
    bench: Bench, to_the_end: tuple[str, ...]
) -> None:
    scan = bench.scan()
    program = bench.attend(scan, *to_the_end)
    for severity in SEVERITIES:
        scan.add_findings(75, severity)
    scan.complete()

    ended = program.ended()
    assert (ended.status, ended.err) == (0, "")
    assert ended.scans == bench.reported(scan)
    counts = {"total": 300, "critical": 75, "high": 75, "medium": 75, "low": 75, "other": 0}
    assert ended.scans[0]["findings"] == counts


def test_scans_are_told_once_each_in_the_order_they_were_named_in(
    bench: Bench, tmp_path: Path
) -> None:
    first, second, third = map(bench.scan, ("one", "two", "three"))
    first.add_findings(2, "critical").complete()
    second.add_findings(3, "Catastrophic").complete()
    third.add_findings(4, "low", status="false_positive").cancel()
    for scan in (first, second, third):
        bench.server.age(scan)
    picture, url = tmp_path / "window.png", bench.server.url

    named = (
        *("--watch", f"{url}/scans/{third.id.upper()}"),
        *("--watch", f"{url}/findings/{first.finding_ids[1]}"),
        *("--watch", f"{second.id} {first.id} {{{third.id}}}"),
    )
    ended = bench.see(also=(*named, "--screenshot", picture))

    assert (ended.status, ended.err) == (0, "")
    assert ended.scans == bench.reported(third, first, second)
    assert ended.scans[2]["findings"]["other"] == 3
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_two_local_folders_at_once_are_told_as_the_server_has_them(
    server: AttendedServer, start: Start, tmp_path: Path
) -> None:
    _, token = server.new_account()
    shop, tools = tmp_path / "shop", tmp_path / "tools"
    _write(shop, "run.py", "import subprocess, sys\nsubprocess.run(sys.argv[1], shell=True)\n")
    _write(shop, "Dockerfile", "FROM python:latest\nRUN chmod 777 /srv\n")
    _write(tools, "read.py", "import pickle, sys\npickle.loads(sys.stdin.buffer.read())\n" * 40)
    scan_ids = [_scan_folder(server, token, folder) for folder in (shop, tools)]

    embedded = start("--local", shop, "--local", tools, "--quit-when-done")
    asked = start(
        *("--server", server.url, "--quit-when-done"),
        *("--watch", scan_ids[0], "--watch", scan_ids[1]),
        token=token,
    )

    reported = asked.ended().scans
    assert reported == [server.reported(scan_id) for scan_id in scan_ids]
    ended = embedded.ended()
    assert (ended.status, ended.err) == (0, "")
    assert [scan["findings"] for scan in ended.scans] == [scan["findings"] for scan in reported]
    assert [scan["findings"]["total"] > 1 for scan in ended.scans] == [True, True]


def test_files_that_hide_from_the_scanners_are_counted_and_end_the_run_with_6(
    start: Start, tmp_path: Path
) -> None:
    """Each holds `exec(input())`; the silenced one is looked at all the same."""
    code = "exec(input())\n"
    for name, text in {
        "broken.py": f"{code}def (\n",
        "coding.py": f"# coding: no-such-coding\n{code}",
        "large.py": code + "#" * 2_000_000,
        "script": f"#!/usr/bin/env python3\n{code}def (\n",
        "silenced.py": "exec(input())  # nosec\n",
    }.items():
        _write(tmp_path / "shop", name, text)

    ended = start("--local", tmp_path / "shop", "--quit-when-done").ended()

    assert ended.status == 6
    assert ended.line.endswith(
        ": 4 files in shop were not scanned. This does not mean the code is clean."
    )
    [reported] = ended.scans
    assert (reported["status"], reported["unlooked"]) == ("completed", 4)
    assert (reported["findings"]["total"], reported["findings"]["high"]) == (1, 1)


async def test_a_server_that_counts_more_than_it_lists_ends_the_run_with_6(
    start: Start, to_the_end: tuple[str, ...]
) -> None:
    async with hand_server(status="completed", counted=3) as hand:
        watched = ("--server", hand.url, "--watch", SCAN_ID, *to_the_end)
        ended = await asyncio.to_thread(start(*watched, token="x" * 40).ended)
    assert ended.status == 6
    assert "3 findings in shop couldn't be loaded." in ended.line
    assert ended.scans[0]["findings"]["total"] == 0
    assert "unlooked" not in ended.scans[0]


async def test_6_of_a_page_that_is_too_long_the_rows_that_fit_are_kept(start: Start) -> None:
    async with hand_server(status="completed") as hand:
        for number in range(5):
            hand.add_rows(f"{number}", title="SQL injection", description="x" * (9 << 20))
        watched = ("--server", hand.url, "--watch", SCAN_ID, "--quit-when-done", "--headless")
        ended = await asyncio.to_thread(start(*watched, token=TOKEN).ended)
        pages = hand.asked.count("findings")
    assert ended.status == 6
    assert "2 findings in shop couldn't be loaded." in ended.line
    assert ended.scans[0]["findings"]["total"] == 3
    assert pages < 20, "what is too long is not read again and again"


async def test_1_a_reason_of_any_length_shows_its_first_line(start: Start) -> None:
    reason = "\n" * 5000 + "Model crashed\n" + "x" * (10 << 20)
    async with hand_server(status="failed", reason=reason) as hand:
        watched = ("--server", hand.url, "--watch", SCAN_ID, "--quit-when-done", "--headless")
        ended = await asyncio.to_thread(start(*watched, token=TOKEN).ended)
    assert ended.status == 1
    assert ended.line == "heimdall-desktop: The scan of shop failed: Model crashed"


def test_an_old_failure_is_told_at_once(bench: Bench, to_the_end: tuple[str, ...]) -> None:
    scan = bench.scan().add_findings(1).fail("Out of memory")
    bench.server.age(scan)

    ended = bench.watch(scan, also=to_the_end).ended()

    assert ended.status == 1
    assert ended.line == "heimdall-desktop: The scan of shop failed: Out of memory"
    assert ended.scans == bench.reported(scan)


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("0" * 64, "doesn't accept the token. Sign in again, or set HEIMDALL_TOKEN."),
        (None, "No token for {host}. Set HEIMDALL_TOKEN or sign in."),
    ],
)
def test_a_refused_or_missing_token_ends_the_run_at_once(
    server: AttendedServer,
    start: Start,
    token: str | None,
    reason: str,
    to_the_end: tuple[str, ...],
) -> None:
    ended = start("--server", server.url, "--watch", SCAN_ID, *to_the_end, token=token).ended(20)

    assert ended.status == 3
    assert ended.line.endswith(reason.format(host=urlsplit(server.url).netloc))
    assert ended.scans[0]["id"] == SCAN_ID


def test_a_finding_link_without_a_token_names_what_is_missing(
    server: AttendedServer, start: Start
) -> None:
    finding = f"{server.url}/findings/{SCAN_ID}"
    ended = start("--server", server.url, "--watch", finding, "--quit-when-done").ended(20)

    assert ended.status == 3
    assert "No token for " in ended.line


def test_a_session_that_runs_out_ends_the_run(bench: Bench) -> None:
    scan = bench.scan().add_findings(5)
    program = bench.attend(scan, "--quit-when-done")
    bench.server.expire_sessions(bench.email)

    ended = program.ended(20)
    assert ended.status == 3
    assert "HEIMDALL_TOKEN" in ended.line
    assert ended.scans[0]["id"] == scan.id


@pytest.mark.parametrize("kind", ["scans", "findings"])
def test_a_scan_of_another_account_is_not_visible(bench: Bench, kind: str) -> None:
    server = bench.server
    owner, _ = server.new_account()
    scan = server.script_scan("shop", owner).run_until("hunt").add_findings(1)
    named = scan.id if kind == "scans" else scan.finding_ids[0]
    link = f"{server.url}/{kind}/{named}"

    ended = bench.start("--watch", link, "--quit-when-done").ended(20)

    assert ended.status == 4
    assert "account" in ended.line
    assert [reported["id"] for reported in ended.scans] == ([scan.id] if kind == "scans" else [])


def test_a_run_gives_up_when_its_time_is_over(bench: Bench, to_the_end: tuple[str, ...]) -> None:
    scan = bench.scan().add_findings(3)

    ended = bench.watch(scan, also=(*to_the_end, "--timeout", "3")).ended(20)

    assert ended.status == 5
    assert "--timeout" in ended.line
    assert ended.scans == bench.reported(scan)


def test_a_window_that_stays_open_ends_by_its_timeout_too(start: Start) -> None:
    ended = start("--timeout", "1").ended()
    assert (ended.status, ended.out) == (5, "")
    assert "--timeout" in ended.line


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--watch", SCAN_ID), "--server"),
        (("--server", "http://127.0.0.1:1", "--watch", "no id"), "id"),
        (("--server", "no address://", "--watch", SCAN_ID), "address"),
        (
            ("--server", "http://127.0.0.1:1", "--watch", f"http://127.0.0.1:2/scans/{SCAN_ID}"),
            "127.0.0.1:2",
        ),
        (("--quit-when-done",), "--watch"),
        (("--demo", "--screenshot", "/no/such/folder/x.png"), "--screenshot"),
        (("--demo", "--timeout", "soon"), "--timeout"),
        (("--demo", "--what"), "--what"),
        (("--demo", "--headless"), "--quit-when-done"),
        (("--demo", "--headless", "--quit-when-done", "--screenshot", "x.png"), "--screenshot"),
    ],
)
def test_bad_arguments_are_told_in_one_line(
    start: Start, arguments: tuple[str, ...], named: str
) -> None:
    ended = start(*arguments).ended(20)

    assert (ended.status, ended.out) == (2, "")
    assert named in ended.line


def test_without_the_scanners_the_command_that_installs_them_is_named(
    start: Start, tmp_path: Path
) -> None:
    _write(tmp_path, "sitecustomize.py", "import sys\nsys.modules['bandit'] = None\n")

    ended = start("--local", tmp_path, environment={"PYTHONPATH": str(tmp_path)}).ended(20)

    assert (ended.status, ended.out) == (2, "")
    assert ended.line.endswith("-m pip install 'bandit>=1.8,<2'")


@pytest.mark.parametrize("picture", [(), ("--quit-when-done", "--screenshot", "x.png")])
def test_without_a_display_the_way_out_is_told(start: Start, picture: tuple[str, ...]) -> None:
    ended = start("--demo", *picture, environment={"QT_QPA_PLATFORM": ""}).ended(20)

    assert (ended.status, ended.out) == (2, "")
    assert "QT_QPA_PLATFORM=offscreen" in ended.line


@pytest.mark.parametrize("name", ["down", "down, a finding"])
def test_a_server_that_stays_down_is_given_up(
    slow_runs: dict[str, Program], dead_address: str, name: str
) -> None:
    ended = slow_runs[name].ended()

    assert ended.status == 3
    assert dead_address.removeprefix("http://") in ended.line
    unread = {"id": SCAN_ID, "status": "unknown", "source": None, "findings": None}
    assert ended.scans == [unread | {"ids_sha256": NOTHING}] * (name == "down")


@pytest.mark.parametrize(
    ("limit", "status"), [(("--unreachable", "5"), 3), (("--timeout", "5"), 5)]
)
async def test_a_certificate_that_is_not_trusted_is_named(
    start: Start, tmp_path: Path, limit: tuple[str, str], status: int
) -> None:
    async def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls_server.self_signed_certificate(tmp_path))
    listening = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context)
    port = listening.sockets[0].getsockname()[1]
    ours = ("--server", f"https://127.0.0.1:{port}", "--watch", SCAN_ID, "--quit-when-done")
    async with listening:
        ended = await asyncio.to_thread(start(*ours, *limit, token="0" * 64).ended)

    assert ended.status == status
    assert f"The certificate of 127.0.0.1:{port} isn't trusted:" in ended.line
    [reported] = ended.scans
    assert (reported["status"], reported["findings"]) == ("unknown", None)


@pytest.mark.parametrize(
    ("version", "line"),
    [
        ("TLSv1_3", "requires a client certificate, which Heimdall Desktop doesn't support yet."),
        ("TLSv1_2", "refused the TLS connection. It may require a client certificate."),
    ],
)
def test_a_server_that_requires_a_client_certificate_is_named(
    start: Start, tmp_path: Path, version: str, line: str
) -> None:
    certificate = tls_server.self_signed_certificate(tmp_path)
    tls = tls_server.that_requires_certificates(certificate, ssl.TLSVersion[version])
    with tls_server.tls_server(tls, tls_server.answering(b"")) as url:
        ended = start(
            *("--server", url, "--watch", SCAN_ID, "--quit-when-done", "--unreachable", "3"),
            token="0" * 64,
            environment={"SSL_CERT_FILE": str(certificate)},
        ).ended()

    assert ended.status == 3
    assert f"{url.removeprefix('https://')} {line}" in ended.line
    assert "defect" not in ended.err


def test_a_failure_that_stays_is_believed(slow_runs: dict[str, Program]) -> None:
    ended = slow_runs["failing"].ended()

    assert ended.status == 1
    assert "The model said no" in ended.line
    assert ended.scans[0]["status"] == "failed"


@pytest.mark.timeout(DEMO_LIMIT_S + 60)
def test_the_demo_plays_all_recordings_to_their_ends(slow_runs: dict[str, Program]) -> None:
    ended = slow_runs["demo"].ended(DEMO_LIMIT_S)

    assert (ended.status, ended.err) == (0, "")
    assert [(scan["status"], scan["findings"]["total"]) for scan in ended.scans] == [
        ("completed", 300),
        ("completed", 122),
        ("completed", 60),
        ("completed", 128),
        ("completed", 22),
        ("cancelled", 128),
        ("completed", 305),
    ]


def _write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)


def _scan_folder(server: AttendedServer, token: str, folder: Path) -> ScanId:
    """Let the server scan a folder, as the program does with its own."""
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=server.url, headers=headers, trust_env=False) as client:
        asked = {"name": folder.name, "remote_url": folder.as_uri()}
        repo_id = client.post("/api/repos", json=asked).raise_for_status().json()["data"]["id"]
        scan = client.post(f"/api/repos/{repo_id}/scan").raise_for_status().json()["data"]
        return ScanId(scan["id"])


def test_2_a_server_on_another_machine_is_not_asked_in_clear(start: Start) -> None:
    ours = ("--server", "http://192.0.2.7:8080", "--watch", SCAN_ID, "--quit-when-done")

    canary = "canary-in-clear"
    refused = start(*ours, token=canary).ended()

    assert (refused.status, refused.out) == (2, "")
    for reported in ("192.0.2.7:8080", "token", "findings", "https://", "--allow-http"):
        assert reported in refused.line
    assert canary not in refused.err
    allowed = start(*ours, "--allow-http", "--timeout", "1", token=canary).ended()
    assert allowed.status in (3, 5), "nothing answers there"
    assert len(allowed.scans) == 1


def test_a_run_with_a_window_paints_what_it_exports(bench: Bench, tmp_path: Path) -> None:
    """PDF needs Qt; all other forms are tested without a process of their own."""
    scan, file = bench.scan().add_findings(3, "high").complete(), tmp_path / "report.pdf"
    bench.server.age(scan)
    ended = bench.see(scan, also=("--export", file))
    assert (ended.status, ended.err) == (0, "")
    assert ended.scans == bench.reported(scan)
    assert file.read_bytes().startswith(b"%PDF-")
    assert list(tmp_path.iterdir()) == [file]
