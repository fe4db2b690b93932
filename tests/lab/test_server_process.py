"""The laboratory's server as a process."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest


@contextmanager
def running(*options: str) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.lab", "server", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with started:
        yield started
        started.kill()


def told_url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    url = json.loads(process.stdout.readline())["url"]
    assert isinstance(url, str)
    return url


def ask(method: str, url: str, body: object = None) -> dict[str, object]:
    answer = httpx.request(method, url, json=body, trust_env=False)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert isinstance(told, dict)
    return told


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_it_reads_nothing_and_ends_on_a_signal() -> None:
    options = ("--generation", "C")
    with running(*options) as process:
        url = told_url(process)
        assert ask("GET", f"{url}/test/generation") == {"generation": "C"}
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_scan_under_control_outlives_a_killed_server_and_stands_still(tmp_path: Path) -> None:
    options = ("--folder", str(tmp_path), "--speed", "0")
    steps = [{"do": "run_until", "stage": "hunt"}, {"do": "add_findings", "count": 3}]
    with running(*options) as process:
        url = told_url(process)
        ask("POST", f"{url}/test/accounts", {"email": "a@example.test", "password": "long enough"})
        made = ask("POST", f"{url}/test/scans", {"steps": steps})
        process.kill()
    port = url.rpartition(":")[2]
    with running(*options, "--port", port) as process:
        assert told_url(process) == url
        path = f"{url}/test/scans/{made['id']}"
        assert ask("GET", path) == made
        change = {"do": "change_finding", "finding": 0, "severity": "low"}
        told = ask("POST", f"{path}/steps", [change, {"do": "retry"}, {"do": "complete"}])
    assert told["status"] == "completed"
    assert told["ids_sha256"] == made["ids_sha256"]


def test_the_help_says_how_to_start_it_by_hand() -> None:
    with running("--help") as process:
        out, _err = process.communicate(timeout=20)
    assert "tests.lab server --port" in out
    assert "/test/accounts" in out
