"""The server as a process."""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ORDER = {"email": "a@example.test", "password": "the secret", "recordings": ["ordinary"]}


@pytest.fixture
def process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """A server that has not been told its account yet; its temporary folders go to `tmp_path`."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    started = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "heimdall_desktop.local", "--speed", "20"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with started:
        yield started
        started.kill()


def set_up(process: subprocess.Popen[str]) -> dict[str, object]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(ORDER) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    assert isinstance(answer, dict)
    return answer


def sign_in(url: object) -> int:
    body = {"email": ORDER["email"], "password": ORDER["password"]}
    return httpx.post(f"{url}/api/auth/login", json=body, trust_env=False).status_code


def test_it_ends_with_its_stdin_and_leaves_nothing(
    process: subprocess.Popen[str], tmp_path: Path
) -> None:
    answer = set_up(process)
    assert sign_in(answer["url"]) == 200
    recordings = answer["recordings"]
    assert isinstance(recordings, list)
    assert [row.keys() for row in recordings] == [{"name", "repo_id"}]
    assert list(tmp_path.glob("heimdall-local-*"))
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")
    assert list(tmp_path.glob("heimdall-local-*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_it_ends_on_sigterm(process: subprocess.Popen[str], tmp_path: Path) -> None:
    assert sign_in(set_up(process)["url"]) == 200
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


def test_wrong_kinds_are_refused(process: subprocess.Popen[str]) -> None:
    order = {"email": "a@b", "password": 5}
    _out, err = process.communicate(json.dumps(order) + "\n", timeout=20)
    assert process.returncode == 2
    assert "strings" in err
