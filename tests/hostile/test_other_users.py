"""The embedded server reads files with its owner's rights; no other user may read through it."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.runs.embedded import Embedded
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts.errors import HeimdallError, RequestRefused
from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.services import local_process
from tests.fakes import stranger
from tests.fakes.desk_parts import raises_saying
from tests.fakes.stranger import request, statuses

pytestmark = pytest.mark.asyncio(loop_scope="module")

LINE = "exec(input())  # b6a1f0"  # of a file that only its owner can read
ZEROS = "0" * 64
SECRET_HEADER = "x-heimdall-run-secret"  # noqa: S105 - the name, not the value
OTHER_UID = 65534
UIDS = [
    pytest.param(os.getuid(), id="another program of the same user"),
    pytest.param(
        OTHER_UID,
        marks=pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user"),
        id="another user",
    ),
]


@dataclass
class Owner:
    """The program's embedded server with a private folder scanned, and all its ids."""

    server: local_process.LocalServer
    link: ServerSession
    folder: Path
    temporary: Path
    finding: Finding

    @property
    def port(self) -> int:
        port = urlsplit(self.link.url).port
        assert port is not None
        return port

    async def asked_by(self, uid: int, requests: dict[str, str]) -> dict[str, str]:
        """What another program, of this user, is answered."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            stranger.__file__,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        order = {"uid": uid, "port": self.port, "requests": requests}
        out, _ = await process.communicate(json.dumps(order).encode() + b"\n")
        reported = json.loads(out)
        assert reported["uid"] == uid
        answers: dict[str, str] = reported["answers"]
        assert answers.keys() == requests.keys()
        return answers


@asynccontextmanager
async def owner_of(folder: Path, temporary: Path) -> AsyncIterator[Owner]:
    """Scan a folder with the embedded server, as the program does."""
    servers: list[local_process.LocalServer] = []
    deaths: list[HeimdallError] = []

    async def start(order: local_process.LocalServerOrder) -> local_process.LocalServer:
        servers.append(await local_process.start_local_server(order))
        return servers[0]

    tasks = Tasks(lambda _name, error: pytest.fail(str(error)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        embedded = Embedded(
            tasks, speed=1000, clock=time.monotonic, on_death=deaths.append, start=start
        )
        link = await embedded.link()
        try:
            scan_id = await embedded.scan_folder(folder)
            async with link.stream(scan_id) as heard:
                async for _ in heard:
                    pass
            page = await link.api.findings_page(scan_id, 1)
            assert any(LINE in (finding.code_snippet or "") for finding in page.findings)
            yield Owner(servers[0], link, folder, temporary, page.findings[0])
        finally:
            await link.aclose()
            await embedded.aclose()
            await tasks.aclose()
    assert deaths == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def owner(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Owner]:
    """One for all: none of them may leave a trace in it."""
    tmp_path = tmp_path_factory.mktemp("owner")
    folder, temporary = tmp_path / "private", tmp_path / "tmp"
    folder.mkdir(mode=0o700)
    temporary.mkdir()
    file = folder / "app.py"
    file.write_text(f"{LINE}\n")
    file.chmod(0o600)
    async with owner_of(folder, temporary) as made:
        yield made


def posted(path: str, body: object, *headers: str, host: str) -> str:
    return request("POST", path, *headers, body=json.dumps(body), host=host)


def attempts(owner: Owner, host: str, *headers: str) -> Iterator[tuple[str, str]]:
    """Every way in that there is, by what is asked for."""
    scan_id, finding_id = owner.finding.scan_id, owner.finding.id
    account = {"email": "mallory@example.test", "password": "long enough"}
    folder = {"name": "x", "remote_url": owner.folder.as_uri()}
    yield "register", posted("/api/auth/register", account, *headers, host=host)
    yield "login", posted("/api/auth/login", account, *headers, host=host)
    yield "folder", posted("/api/repos", folder, *headers, host=host)
    yield "cancel", posted(f"/api/scans/{scan_id}/cancel", {}, *headers, host=host)
    for name, path in {
        "me": "/api/auth/me",
        "scan": f"/api/scans/{scan_id}",
        "live": f"/api/scans/{scan_id}/live",
        "listed": f"/api/scans/{scan_id}/findings",
        "finding": f"/api/findings/{finding_id}",
        "sarif": f"/api/scans/{scan_id}/sarif",
        "stream": f"/api/scans/{scan_id}/progress/stream",
        "page": "/repos",
        "start": "/",
        "sign-in page": "/login",
        "nothing": "/api/nothing",
        "controls": "/test",
    }.items():
        yield name, request("GET", path, *headers, host=host)


def tricks(owner: Owner, host: str) -> dict[str, list[str]]:
    """Headers that might pass for the secret, or for another path."""
    secret = SECRET_HEADER
    return {
        "none": [],
        "an empty secret": [f"{secret}:"],
        "a wrong secret": [f"{secret}: {ZEROS}"],
        "two secrets": [f"{secret}: {ZEROS}", f"{secret}: "],
        "letters beyond ASCII": [f"{secret}: \xe4\xff"],
        "a token": [f"authorization: Bearer {ZEROS}"],
        "the secret as a token": [f"authorization: Bearer {owner.server.password}"],
        "cookies": [f"cookie: heimdall_session={ZEROS}; {secret}={ZEROS}; _csrf={ZEROS}"],
        "a proxy": ["x-forwarded-for: 127.0.0.1", "forwarded: for=127.0.0.1;host=localhost"],
        "another path": ["x-original-url: /health", "x-rewrite-url: /health"],
        "another method": ["x-http-method-override: GET"],
        "a header of this hop": [f"connection: {secret}"],
        "own origin": [f"origin: http://{host}"],
    }


@pytest.mark.parametrize("uid", UIDS)
async def test_without_the_secret_everything_but_health_is_401(owner: Owner, uid: int) -> None:
    hosts = (f"127.0.0.1:{owner.port}", f"localhost:{owner.port}")
    requests = {
        f"{name}, {trick}, {host}": text
        for host in hosts
        for trick, headers in tricks(owner, host).items()
        for name, text in attempts(owner, host, *headers)
    }
    answers = await owner.asked_by(uid, requests)
    assert {name: statuses(answer) for name, answer in answers.items()} == {
        name: [401] for name in requests
    }
    assert not [name for name, answer in answers.items() if "b6a1f0" in answer]
    health = request("GET", "/health", host=hosts[0])
    assert statuses((await owner.asked_by(uid, {"health": health}))["health"]) == [200]


@pytest.mark.parametrize("uid", UIDS)
async def test_no_spelling_of_a_path_or_a_request_leads_past_the_check(
    owner: Owner, uid: int
) -> None:
    host = f"127.0.0.1:{owner.port}"
    listed = f"/api/scans/{owner.finding.scan_id}/findings"
    inner = request("GET", listed, host=host)
    targets = [
        f"/health/..{listed}",
        f"/health/%2e%2e{listed}",
        f"/health%2f..{listed}",
        f"//health{listed}",
        f"/health;{listed}",
        f"/health{listed}",
        f"http://{host}{listed}",
        f"http://{host}/health/..{listed}",
        f"{listed}?x=/health&x-heimdall-run-secret={ZEROS}",
        f"{listed}#/health",
        "//health",
        "/health/",
        "/HEALTH",
        "*",
    ]
    requests = {target: request("GET", target, host=host) for target in targets}
    answers = await owner.asked_by(uid, requests)
    assert {name: statuses(answer) for name, answer in answers.items()} == {
        name: [401] for name in requests
    }
    head = f"GET /health HTTP/1.1\r\nhost: {host}\r\n"
    chunked = "transfer-encoding: chunked"
    hidden = {
        "in a body": f"{head}connection: close\r\ncontent-length: {len(inner)}\r\n\r\n{inner}",
        "behind a body": f"{head}content-length: 0\r\n\r\n{inner}",
        "behind a chunk": f"{head}content-length: 0\r\n{chunked}\r\n\r\n0\r\n\r\n{inner}",
        "of HTTP/1.0": inner.replace("HTTP/1.1", "HTTP/1.0"),
        "with a folded header": f"{head}x: y\r\n {listed}\r\n\r\n{inner}",
    }
    answers = await owner.asked_by(uid, hidden)
    assert not [name for name, answer in answers.items() if "b6a1f0" in answer]
    assert {name: statuses(answer) for name, answer in answers.items()} == {
        "in a body": [200],
        "behind a body": [200, 401],
        "behind a chunk": [200, 401],
        "of HTTP/1.0": [401],
        "with a folded header": [200, 401],
    }


async def test_a_web_page_gets_nowhere_under_its_own_name_or_ours(owner: Owner) -> None:
    """DNS rebinding: the page's name leads to 127.0.0.1, and the browser sends that name."""
    port, own = owner.port, f"127.0.0.1:{owner.port}"
    secret = f"x-heimdall-run-secret: {owner.server.secret()}"
    foreign_hosts = [
        f"evil.example:{port}",
        "evil.example",
        f"127.0.0.1.evil.example:{port}",
        f"localhost.evil.example:{port}",
        f"evil.example@127.0.0.1:{port}",
        f"127.0.0.1:{port}@evil.example",
        "127.0.0.1",
        "localhost",
        f"127.0.0.1:{port - 1}",
        f"127.0.0.1:0{port}0",
        f"127.0.0.2:{port}",
        f"0.0.0.0:{port}",
        f"[::1]:{port}",
        f"localhost.:{port}",
        f"2130706433:{port}",
    ]
    foreign_origins = [
        "http://evil.example",
        f"http://evil.example:{port}",
        "null",
        f"https://{own}",
        f"http://{own}.evil.example",
        "http://127.0.0.1",
        f"http://localhost:{port}",
        "file://",
        "",
    ]
    by_host = {
        f"{name} of {host}": text
        for host in foreign_hosts
        for name, text in attempts(owner, host, secret)
    }
    by_origin = {
        f"{name} from {origin}": text
        for origin in foreign_origins
        for name, text in attempts(owner, own, secret, f"origin: {origin}")
    }
    for host in foreign_hosts:
        by_host[f"health of {host}"] = request("GET", "/health", host=host)
    answers = await owner.asked_by(os.getuid(), by_host | by_origin)
    assert {name: statuses(answers[name]) for name in by_host} == {name: [421] for name in by_host}
    assert {name: statuses(answers[name]) for name in by_origin} == {
        name: [403] for name in by_origin
    }
    assert not [name for name, answer in answers.items() if "b6a1f0" in answer]
    assert not [name for name, answer in answers.items() if "access-control" in answer.lower()]


async def test_a_request_has_exactly_one_host_and_one_origin(owner: Owner) -> None:
    own, secret = f"127.0.0.1:{owner.port}", f"x-heimdall-run-secret: {owner.server.secret()}"
    without = request("GET", "/health", secret, host="")
    answers = await owner.asked_by(
        os.getuid(),
        {
            "no host": without,
            "no host, HTTP/1.0": without.replace("HTTP/1.1", "HTTP/1.0"),
            "two hosts": request("GET", "/health", secret, f"host: {own}", host=own),
            "two origins": request(
                "GET", "/health", f"origin: http://{own}", f"origin: http://{own}", host=own
            ),
            "own origin": request("GET", "/health", f"origin: http://{own}", host=own),
            "capitals": request("GET", "/health", host=own.replace("127.0.0.1", "LOCALHOST")),
        },
    )
    assert {name: statuses(answer) for name, answer in answers.items()} == {
        "no host": [400],
        "no host, HTTP/1.0": [421],
        "two hosts": [400],
        "two origins": [403],
        "own origin": [200],
        "capitals": [200],
    }


async def test_a_preflight_of_another_page_is_refused(owner: Owner) -> None:
    own = f"127.0.0.1:{owner.port}"
    asked = request(
        *("OPTIONS", "/api/repos", "origin: http://evil.example"),
        *("access-control-request-method: POST", "access-control-request-private-network: true"),
        host=own,
    )
    answer = (await owner.asked_by(os.getuid(), {"preflight": asked}))["preflight"]
    assert statuses(answer) == [403]
    assert "access-control" not in answer.lower()


@pytest.mark.parametrize("uid", UIDS)
async def test_the_failed_logins_of_others_do_not_lock_the_owner_out(
    owner: Owner, uid: int
) -> None:
    account = {"email": owner.server.account, "password": "guessed"}
    login = posted("/api/auth/login", account, host=f"127.0.0.1:{owner.port}")
    answers = await owner.asked_by(uid, {str(number): login for number in range(50)})
    assert {tuple(statuses(answer)) for answer in answers.values()} == {(401,)}
    session = await owner.link.api.login(owner.server.account, owner.server.password)
    assert session.account == owner.server.account
    assert await owner.link.api.me() == owner.server.account


async def test_even_with_the_secret_nothing_beyond_the_announced_folder_is_read(
    owner: Owner, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(owner.folder)
    inside = owner.folder / "inside"
    inside.mkdir()
    for folder in (tmp_path, inside, link, Path("/"), Path("/etc")):
        with raises_saying(RequestRefused, match="not announced"):
            await owner.link.api.create_repo("x", folder.as_uri())
    for address in (f"{owner.folder.as_uri()}/..", f"FILE://{tmp_path}", f"file:{tmp_path}"):
        with raises_saying(RequestRefused, match="not announced"):
            await owner.link.api.create_repo("x", address)
    with raises_saying(RequestRefused, match="no new accounts"):
        await owner.link.api.register("mallory@example.test", "long enough")


async def test_a_folder_that_became_a_link_is_not_scanned(owner: Owner, tmp_path: Path) -> None:
    repo_id = await owner.link.api.create_repo("x", owner.folder.as_uri())
    elsewhere = owner.folder.rename(tmp_path / "elsewhere")
    owner.folder.symlink_to("/etc")
    try:
        with raises_saying(RequestRefused, match="has become a link"):
            await owner.link.api.trigger_scan(repo_id)
        with raises_saying(RequestRefused, match="has become a link"):
            await owner.link.api.create_repo("x", owner.folder.as_uri())
    finally:
        owner.folder.unlink()
        elsewhere.rename(owner.folder)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_the_secret_is_in_no_argument_no_variable_and_no_file(owner: Owner) -> None:
    repo_id = await owner.link.api.create_repo("x", owner.folder.as_uri())
    read = await owner.link.api.trigger_scan(repo_id)
    reported: dict[int, bytes] = {}
    while read.status not in {"completed", "failed"}:
        reported |= {pid: started_with(pid) for pid in children_of(os.getpid())}
        read = await owner.link.api.scan(read.scan_id)
    assert read.status == "completed"
    assert len(reported) > 1, "the server and its scanners"
    secrets = [owner.server.secret().encode(), owner.server.password.encode()]
    assert not [pid for pid, text in reported.items() if any(secret in text for secret in secrets)]
    files = [file for file in owner.temporary.rglob("*") if file.is_file()]
    assert any(LINE.encode() in file.read_bytes() for file in files), "its database"
    assert not [file for file in files if any(secret in file.read_bytes() for secret in secrets)]
    assert {folder.stat().st_mode & 0o077 for folder in owner.temporary.iterdir()} == {0}


def children_of(pid: int) -> Iterator[int]:
    """All processes below one."""
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in children.read_text().split():
                yield int(child)
                yield from children_of(int(child))


def started_with(pid: int) -> bytes:
    """Arguments and environment of a process, as far as we may read them."""
    text = b""
    for name in ("cmdline", "environ"):
        with suppress(OSError):
            text += Path(f"/proc/{pid}/{name}").read_bytes()
    return text
