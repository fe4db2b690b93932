"""Scanners that crash, hang, talk nonsense, or refuse single files."""

import subprocess
import sys

from heimdall_desktop.local.scanners import Scanner

_EMPTY = """
import json, pathlib, sys
names = [argument for argument in sys.argv[1:] if argument.startswith("./")]
print(json.dumps({"results": {}, "errors": [], "metrics": dict.fromkeys(names, {})}))
"""


def _python(code: str, time_limit_s: float = 20.0) -> Scanner:
    return Scanner("fake scanner", (sys.executable, "-S", "-c", code), time_limit_s)


CRASHING = _python("raise SystemExit(7)")
HANGING = _python("import time; time.sleep(60)", time_limit_s=0.3)
BABBLING = _python("print('no JSON at all')")


def picky_scanner(refuses: str = "\0") -> Scanner:
    """Make a scanner that finds nothing and crashes on a file with one certain content."""
    code = f"{_EMPTY}\nsys.exit(9 * any(pathlib.Path(n).read_text() == {refuses!r} for n in names))"
    return _python(code)


def may_have_a_network_of_its_own() -> bool:
    """Whether this system lets an ordinary program have a network without any interface."""
    if sys.platform != "linux":
        return False
    probe = "import ctypes; raise SystemExit(ctypes.CDLL(None).unshare(0x50000000) != 0)"
    return subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
