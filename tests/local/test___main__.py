"""The server as a process."""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

SECRET = "0123456789abcdef" * 4
ORDER = {"email": "a@example.test", "password": "the password", "recordings": ["ordinary"]}
SEALED = {**ORDER, "secret": SECRET}
OWNER = {"X-Heimdall-Run-Secret": SECRET}


@contextmanager
def running(*options: str, stdin: int = subprocess.PIPE) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "heimdall_desktop.local", *options],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with started:
        yield started
        started.kill()


@pytest.fixture
def process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """A server that does not know its account yet; its temporary folders go to `tmp_path`."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    with running("--speed", "20") as started:
        yield started


def tell(process: subprocess.Popen[str], line: object) -> dict[str, object]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(line) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    assert isinstance(answer, dict)
    return answer


def set_up(process: subprocess.Popen[str]) -> dict[str, object]:
    return tell(process, SEALED)


def sign_in(url: object, headers: dict[str, str] | None = None) -> httpx.Response:
    body = {"email": ORDER["email"], "password": ORDER["password"]}
    return httpx.post(f"{url}/api/auth/login", json=body, headers=headers or OWNER, trust_env=False)


def test_ends_with_stdin_and_removes_its_files(
    process: subprocess.Popen[str], tmp_path: Path
) -> None:
    answer = set_up(process)
    assert sign_in(answer["url"]).status_code == 200
    recordings = answer["recordings"]
    assert isinstance(recordings, list)
    assert [row.keys() for row in recordings] == [{"name", "repo_id"}]
    assert list(tmp_path.glob("heimdall-local-*"))
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")
    assert list(tmp_path.glob("heimdall-local-*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_ends_on_sigterm(process: subprocess.Popen[str], tmp_path: Path) -> None:
    assert sign_in(set_up(process)["url"]).status_code == 200
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert list(tmp_path.glob("heimdall-local-*")) == []


@pytest.mark.parametrize("line", ["", "no json\n", "[]\n", '{"email": "a@b"}\n', "7\n"])
def test_a_bad_first_line_is_refused_without_repeating_it(
    process: subprocess.Popen[str], line: str
) -> None:
    _out, err = process.communicate(line, timeout=20)
    assert process.returncode == 2
    assert "stdin" in err
    assert "Traceback" not in err
    assert "no json" not in err


def test_wrong_types_are_refused(process: subprocess.Popen[str]) -> None:
    order = {"email": "a@b", "password": 5, "secret": SECRET}
    _out, err = process.communicate(json.dumps(order) + "\n", timeout=20)
    assert process.returncode == 2
    assert "strings" in err


@pytest.mark.parametrize(
    "more", [{}, {"secret": None}, {"secret": "short"}, {"secret": "\u00e4" * 64}]
)
def test_refuses_to_start_without_a_valid_secret(
    process: subprocess.Popen[str], more: dict[str, object]
) -> None:
    out, err = process.communicate(json.dumps({**ORDER, **more}) + "\n", timeout=20)
    assert (process.returncode, out) == (2, "")
    assert "secret" in err
    assert "short" not in err


def test_accepts_only_announced_folders(process: subprocess.Popen[str], tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "a link"
    real.mkdir()
    link.symlink_to(real)
    url = set_up(process)["url"]
    token = sign_in(url).json()["data"]["token"]

    def add(address: object) -> int:
        body = {"name": "code", "remote_url": address}
        headers = OWNER | {"authorization": f"Bearer {token}"}
        answer = httpx.post(f"{url}/api/repos", json=body, headers=headers, trust_env=False)
        return answer.status_code

    assert add(real.as_uri()) == 403
    assert tell(process, {"number": 7, "folder": link.as_uri()}) == {
        "number": 7,
        "address": real.as_uri(),
    }
    assert (add(real.as_uri()), add(link.as_uri()), add(tmp_path.as_uri())) == (201, 403, 403)


def test_reports_an_address_that_is_no_folder_and_continues(process: subprocess.Popen[str]) -> None:
    url = set_up(process)["url"]
    for folder in ("/no/address", "https://a.test/b", "file:near", "file:///%00", 7):
        answer = tell(process, {"number": 1, "folder": folder})
        assert answer.keys() == {"number", "problem"}, folder
    assert sign_in(url).status_code == 200


def test_skips_lines_that_announce_nothing(process: subprocess.Popen[str]) -> None:
    set_up(process)
    _out, err = process.communicate("no json\n[]\n7\n{}\n", timeout=20)
    assert process.returncode == 0
    assert err.count("doesn't announce a folder") == 4
    assert "no json" not in err


def test_help_shows_how_to_start_it_by_hand() -> None:
    with running("--help") as process:
        out, _err = process.communicate(timeout=20)
    assert "X-Heimdall-Run-Secret" in out
    assert "--laboratory" not in out


@pytest.mark.parametrize(
    "options", [("--laboratory",), ("--test-controls", "--port", "0"), ("--generation", "C")]
)
def test_moved_options_name_their_new_place(options: tuple[str, ...]) -> None:
    with running(*options) as process:
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err.count("\n")) == (2, "", 1)
    assert options[0] in err
    assert "python -m tests.lab server" in err


def test_has_no_test_controls(process: subprocess.Popen[str]) -> None:
    url = set_up(process)["url"]
    assert httpx.get(f"{url}/test", headers=OWNER, trust_env=False).status_code == 302
