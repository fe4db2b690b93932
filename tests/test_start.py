"""What a start loads, each in a process of its own: what is slow to load waits until it is used."""

import subprocess
import sys

import pytest

BEGIN = """
import sys
from heimdall_desktop import __main__, cli
"""


def loaded(script: str, *names: str) -> list[str]:
    """Return which of these modules a script has loaded, by the end or as it leaves."""
    told = f"""
try:
{"".join(f"    {line}" + chr(10) for line in script.splitlines())}
finally:
    print([name for name in {names!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", BEGIN + told],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [name for name in names if f"'{name}'" in done.stderr]


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_what_only_asks_loads_nothing_but_the_command_line(option: str) -> None:
    names = ("argparse", "asyncio", "PySide6", "httpx", "importlib.metadata", "ctypes")
    assert loaded(f'__main__.main(["{option}"])', *names) == ["argparse"]


def test_a_window_waits_for_nothing_that_it_can_show_itself_without() -> None:
    names = (
        "PySide6",
        "httpx",
        "truststore",
        "keyring",
        "rich",
        "pygments",
        "importlib.metadata",
        "heimdall_desktop.services.api",
    )
    assert loaded("import heimdall_desktop.main", *names) == ["PySide6"]


def test_a_run_without_a_window_loads_no_qt() -> None:
    names = ("heimdall_desktop.application.core", "PySide6", "qasync")
    assert loaded("import heimdall_desktop.headless", *names) == [names[0]]
