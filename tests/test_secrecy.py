"""The token leaves the environment for good, by a second start of the same process."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from heimdall_desktop.secrecy import LONGEST_TOKEN, TOKEN_VARIABLE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process begins again there")

#: With a locale, or Python would set one.
OWN = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
PROGRAM = """
import json, os, sys
from pathlib import Path
from heimdall_desktop import secrecy
sys.stderr.write(f"{os.getpid()}\\n")
token = secrecy.token_of_own_start()
started_with = Path("/proc/self/environ")
print(json.dumps({
    "token": token,
    "variables": dict(os.environ),
    "arguments": sys.argv[1:],
    "warnings": sys.warnoptions,
    "started_with": started_with.read_text() if started_with.exists() else "",
    "descriptors": sorted(map(int, os.listdir("/proc/self/fd"))) if started_with.exists() else [],
}))
"""


def run(*arguments: str, **variables: str) -> dict[str, Any]:
    """Run a program that takes its token, and return what it tells of itself."""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, *arguments],
        env=OWN | variables,
        check=True,
        capture_output=True,
        text=True,
    )
    reported: dict[str, Any] = json.loads(ended.stdout)
    return reported | {"pids": ended.stderr.split()}


@pytest.mark.parametrize("token", ["canary", " spaced\n", "\udcff", "x" * LONGEST_TOKEN])
def test_it_begins_again_without_the_token_and_has_it(token: str) -> None:
    reported = run("--one", "two words", **{TOKEN_VARIABLE: token}, OTHER="kept")

    assert reported["token"] == token
    assert reported["variables"] == OWN | {"OTHER": "kept"}
    assert token not in reported["started_with"]
    assert reported["arguments"] == ["--one", "two words"]
    assert reported["warnings"] == ["error"]
    first, second = reported["pids"]
    assert first == second, "it is the same process"


def test_the_pipe_is_closed() -> None:
    begun_again, begun_once = run(**{TOKEN_VARIABLE: "canary"}), run()
    assert begun_again["descriptors"] == begun_once["descriptors"]


@pytest.mark.parametrize("token", ["", None, "x" * (LONGEST_TOKEN + 1)])
def test_without_a_token_that_can_be_one_it_begins_once(token: str | None) -> None:
    reported = run(**({} if token is None else {TOKEN_VARIABLE: token}))
    assert reported["token"] is None
    assert len(reported["pids"]) == 1
    assert reported["variables"].get(TOKEN_VARIABLE) == token, "the command line takes it"


@pytest.mark.parametrize("handed_over", ["0 1", "0", "a b", "99 99999999", "1 2 3"])
def test_a_pipe_for_another_process_is_left_alone(handed_over: str) -> None:
    reported = run(HEIMDALL_TOKEN_PIPE=handed_over)
    assert (reported["token"], reported["variables"]) == (None, OWN)


def test_core_dumps_are_forbidden_to_it_and_its_children_and_it_does_not_hide() -> None:
    program = (
        "import ctypes, resource, subprocess, sys\n"
        "from heimdall_desktop import secrecy\n"
        "secrecy.forbid_core_dumps()\n"
        "limit = 'import resource; print(resource.getrlimit(resource.RLIMIT_CORE))'\n"
        "child = subprocess.run([sys.executable, '-c', limit], capture_output=True, text=True)\n"
        "print(child.stdout, resource.getrlimit(resource.RLIMIT_CORE))\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == 'linux' else 1)\n"
    )
    reported = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert reported.stdout.split("\n") == ["(0, 0)", " (0, 0)", "1", ""]
