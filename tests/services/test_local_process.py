"""The embedded server as a process: starts, dies, hangs, and never outlives us."""

import asyncio
import json
import os
import shlex
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.presentation.error_text import cause, error_text, remedy
from heimdall_desktop.services import local_process
from heimdall_desktop.services.api import HeimdallApi
from heimdall_desktop.services.recording import LineWriter
from heimdall_desktop.services.transport.clients import Clients
from tests.fakes.desk_parts import raises_saying
from tests.services.test_recording import HEAD, written

READY = 'print(\'{"url": "http://127.0.0.1:9", "recordings": []}\', flush=True)\n'


def order(script: str) -> local_process.LocalServerOrder:
    """An order for a server that is only a few lines of Python."""
    return local_process.LocalServerOrder(command=(sys.executable, "-c", script))


Deaths = list[errors.LocalServerError]


@asynccontextmanager
async def watched(
    given: local_process.LocalServerOrder,
) -> AsyncIterator[tuple[local_process.LocalServer, Deaths]]:
    """Start a server and watch it; yield what is reported of its end."""
    local, deaths = await local_process.start_local_server(given), Deaths()
    async with asyncio.TaskGroup() as group:
        group.create_task(local.watch(deaths.append))
        try:
            yield local, deaths
        finally:
            await local.aclose()


async def test_real_server_starts_answers_and_ends(tmp_path: Path) -> None:
    asked = local_process.LocalServerOrder(recordings=["ordinary"], speed=20.0, folder=tmp_path)
    async with watched(asked) as (local, deaths):
        clients = Clients(local.url, lambda: None, secret=local.secret)
        session = await HeimdallApi(clients, lambda: 0.0).login(local.account, local.password)
        await clients.aclose()
        assert session.account == local.account
        assert [repo.name for repo in local.recordings] == ["ordinary"]
        assert isinstance(local.recordings[0], local_process.RecordingRepo)
    assert deaths == []
    assert not local.is_running
    assert os.listdir(tmp_path)


@pytest.mark.parametrize("python_path", [os.pathsep, "."])
async def test_the_folder_we_are_in_cannot_make_the_server_run_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, python_path: str
) -> None:
    """An empty or relative part of PYTHONPATH is the folder that a program starts in."""
    for name in ("sitecustomize", "startup"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.setenv("PYTHONPATH", python_path)
    monkeypatch.setenv("PYTHONSTARTUP", "startup.py")
    monkeypatch.chdir(tmp_path)
    local = await local_process.start_local_server(local_process.LocalServerOrder())
    await local.aclose()
    assert not (tmp_path / "ran").exists()


async def test_first_line_holds_the_account_and_nothing_else_does(tmp_path: Path) -> None:
    reported = tmp_path / "reported"
    script = (
        "import os, sys, pathlib\n"
        f"pathlib.Path({str(reported)!r}).write_text(sys.stdin.readline() + str(sys.argv[1:])"
        " + str('HEIMDALL_TOKEN' in os.environ))\n" + READY + "sys.stdin.read()"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEIMDALL_TOKEN", "canary")
        local = await local_process.start_local_server(order(script))
    secret = local.secret()
    await local.aclose()
    line, rest = reported.read_text().split("\n")
    assert json.loads(line) == {
        "email": local.account,
        "password": local.password,
        "secret": secret,
        "recordings": [],
    }
    assert rest == "['--speed', '1']False"
    assert len(local.password) >= 24
    assert len(secret) == 64


async def test_noise_before_the_ready_line_is_passed_over() -> None:
    noise = "import sys\nprint('warming up')\nprint('{}')\nprint('x' * (3 << 20))\n"
    local = await local_process.start_local_server(order(noise + READY + "sys.stdin.read()"))
    assert local.is_running
    await local.aclose()


async def test_start_that_fails_says_the_last_words() -> None:
    with raises_saying(errors.LocalServerError, match=r"stopped \(3\): disc full"):
        await local_process.start_local_server(order("import sys\nprint('disc full')\nsys.exit(3)"))


async def test_a_missing_command_is_an_error() -> None:
    with raises_saying(errors.LocalServerError, match="Couldn't start the embedded server:"):
        await local_process.start_local_server(
            local_process.LocalServerOrder(command=("/nowhere/at/all",))
        )


async def test_start_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_process, "START_LIMIT_S", 0.3)
    with raises_saying(errors.LocalServerError, match="didn't start"):
        await local_process.start_local_server(order("import sys\nsys.stdin.read()"))


async def test_death_is_reported_once() -> None:
    script = "import sys\nsys.stdin.readline()\n" + READY + "print('killed by x')\nsys.exit(4)"
    local, deaths = await local_process.start_local_server(order(script)), Deaths()
    await local.watch(deaths.append)
    assert [cause(death) for death in deaths] == ["The embedded server stopped (4): killed by x."]
    await local.aclose()


async def test_talkative_server_is_never_held_up() -> None:
    script = "import sys\n" + READY + "print('x' * (8 << 20))\nprint('done')\nsys.exit(5)"
    local, deaths = await local_process.start_local_server(order(script)), Deaths()
    await local.watch(deaths.append)
    assert "done" in cause(deaths[0])


async def test_server_that_will_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_process, "END_LIMIT_S", 0.2)
    script = "import threading\n" + READY + "threading.Event().wait()"
    local = await local_process.start_local_server(order(script))
    await local.aclose()
    assert not local.is_running


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an environment that holds nothing yet."""
    prefix = tmp_path / "heimdall-desktop"
    prefix.mkdir()
    monkeypatch.setattr(sys, "prefix", str(prefix))
    monkeypatch.setattr(sys, "executable", str(prefix / "bin" / "python"))
    return prefix


def command_of(scanners: str) -> str:
    """What the message says to run where one scanner is missing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_process, "SCANNERS", (scanners, "json"))
        with pytest.raises(errors.LocalServerError) as reported:
            local_process.require_scanners()
    name = scanners.partition(">")[0]
    assert cause(reported.value).endswith(f"these scanners are missing: {name}.")
    return remedy(reported.value)


def test_scanners_that_are_there_are_not_missed() -> None:
    local_process.require_scanners()


def test_the_scanners_are_those_of_the_extra() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    assert tuple(project["optional-dependencies"]["local"]) == local_process.SCANNERS


def test_pip_adds_missing_scanners(installation: Path) -> None:
    command = f"{installation}/bin/python -m pip install 'no-scanner>=1,<2'"
    assert command_of("no-scanner>=1,<2") == f"Install them with: {command}"


def test_a_system_that_is_managed_elsewhere_needs_more_options(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "base_prefix", sys.prefix)
    monkeypatch.setattr(local_process, "get_path", lambda _: str(installation))
    assert " -m pip install no-scanner" in command_of("no-scanner")
    (installation / "EXTERNALLY-MANAGED").touch()
    assert " -m pip install --user --break-system-packages no-scanner" in command_of("no-scanner")


def test_pipx_and_uv_have_commands_of_their_own(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installation / "pipx_metadata.json").touch()
    assert command_of("no-scanner>=1") == (
        "Install them with: pipx inject heimdall-desktop 'no-scanner>=1'"
    )
    (installation / "pipx_metadata.json").rename(installation / "uv-receipt.toml")
    assert "uv tool install 'heimdall-desktop[local]" in command_of("no-scanner")
    (installation / "uv-receipt.toml").unlink()
    monkeypatch.setattr(local_process, "find_spec", {"json": True}.get)
    assert f"uv pip install --python {installation}/bin/python no-scanner" in command_of(
        "no-scanner"
    )


@pytest.mark.parametrize(
    ("recorded", "ending"),
    [
        (None, ""),
        ('{"url": "file:///a/x.whl", "archive_info": {}}', " @ file:///a/x.whl"),
        (
            '{"url": "https://h.test/x", "vcs_info": {"vcs": "git", "commit_id": "a1"}}',
            " @ git+https://h.test/x@a1",
        ),
        (
            '{"url": "https://h.test/x", "vcs_info":'
            ' {"vcs": "git", "commit_id": "a1", "requested_revision": "v2"}}',
            " @ git+https://h.test/x@v2",
        ),
        ("no JSON", ""),
    ],
)
def test_uv_installs_again_from_the_same_place(
    installation: Path, monkeypatch: pytest.MonkeyPatch, recorded: str | None, ending: str
) -> None:
    place = installation / "heimdall_desktop-0.dist-info"
    place.mkdir()
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: heimdall-desktop\nVersion: 0\n")
    if recorded is not None:
        (place / "direct_url.json").write_text(recorded)
    monkeypatch.syspath_prepend(installation)
    (installation / "uv-receipt.toml").touch()
    command = shlex.join(["uv", "tool", "install", f"heimdall-desktop[local]{ending}"])
    assert command_of("no-scanner") == f"Install them with: {command}"


def test_a_bundle_is_installed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/usr/lib/heimdall-desktop/heimdall-desktop")
    assert "sudo apt-get install --reinstall ./heimdall-desktop_" in command_of("no-scanner")
    monkeypatch.setattr(sys, "executable", "/home/ann/heimdall-desktop/heimdall-desktop")
    assert command_of("no-scanner") == (
        "This copy of Heimdall Desktop is incomplete. Download and install it again."
    )


async def test_an_announced_folder_has_an_address_without_links(tmp_path: Path) -> None:
    folder, link = tmp_path / "code", tmp_path / "link"
    folder.mkdir()
    link.symlink_to(folder)
    folders = (folder, link, tmp_path / "not there")
    async with watched(local_process.LocalServerOrder()) as (local, _deaths):
        reported = await asyncio.gather(*map(local.announce, folders))
    assert reported == [folder.as_uri(), folder.as_uri(), (tmp_path / "not there").as_uri()]


async def test_a_refused_folder_is_an_error() -> None:
    script = (
        "import json, sys\n"
        + READY
        + "sys.stdin.readline()\nasked = json.loads(sys.stdin.readline())\n"
        "refused = {'number': asked['number'], 'problem': 'no\\nroom'}\n"
        "print(json.dumps(refused), flush=True)\nsys.stdin.read()"
    )
    async with watched(order(script)) as (local, _deaths):
        with raises_saying(errors.LocalServerError, match="doesn't accept the folder: no room"):
            await local.announce(Path("/srv"))


async def test_a_server_that_ends_on_an_announcement_is_an_error() -> None:
    script = "import sys\n" + READY + "[sys.stdin.readline() for _ in 'ab']\nsys.exit('no more')"
    async with watched(order(script)) as (local, deaths):
        with raises_saying(errors.LocalServerError, match="no more"):
            await local.announce(Path("/srv"))
    assert len(deaths) == 1
    with raises_saying(errors.LocalServerError, match="has stopped"):
        await local.announce(Path("/srv"))
    with raises_saying(errors.ServerUnreachable, match="has stopped"):
        local.secret()


async def test_a_silent_server_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_process, "ANNOUNCE_LIMIT_S", 0.2)
    script = "import sys\n" + READY + "print('{\"number\": 99}', flush=True)\nsys.stdin.read()"
    async with watched(order(script)) as (local, _deaths):
        with raises_saying(errors.LocalServerError, match="didn't find the folder within"):
            await local.announce(Path("/srv"))


async def test_an_address_beyond_this_machine_is_none_of_ours() -> None:
    script = READY.replace("127.0.0.1", "elsewhere.example.test") + "import sys\nsys.exit(3)"
    with raises_saying(errors.LocalServerError, match=r"stopped \(3\)"):
        await local_process.start_local_server(order(script))


def program(text: str) -> list[str]:
    """Return what starts a program that is none of ours."""
    return [sys.executable, "-c", text]


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return written(tmp_path, [LineWriter(HEAD, 0.0).first])


async def test_it_gets_the_recording(recording: Path, tmp_path: Path) -> None:
    reported = tmp_path / "reported"
    command = program(f"import sys; open({str(reported)!r}, 'w').write(' '.join(sys.argv[1:]))")

    await (await local_process.open_replay(command, recording)).until_closed()

    assert reported.read_text() == f"--replay {recording}"


async def test_its_last_words_say_why_it_did_not_play(recording: Path) -> None:
    command = program(
        "import sys; sys.stderr.write('x\\nheimdall-desktop: No display.\\n'); sys.exit(2)"
    )
    replay = await local_process.open_replay(command, recording)

    with pytest.raises(errors.RecordingError) as failed:
        await replay.until_closed()
    assert error_text(failed.value) == (
        "Couldn't play the recording shop.heimdall.jsonl: No display."
    )


async def test_what_is_no_recording_starts_nothing(tmp_path: Path) -> None:
    reported = tmp_path / "reported"
    command = program(f"open({str(reported)!r}, 'w')")

    with pytest.raises(errors.RecordingError) as refused:
        await local_process.open_replay(command, written(tmp_path, [b"PK\n"]))
    assert refused.value.reason is errors.Reason.RECORDING_FOREIGN
    assert not reported.exists()


async def test_a_missing_program_is_an_error(recording: Path) -> None:
    with pytest.raises(errors.RecordingError, match="RECORDING_NOT_OPENED"):
        await local_process.open_replay(["/none/such"], recording)
