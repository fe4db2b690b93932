"""Scanners that crash, hang, talk nonsense, or refuse single files."""

import sys

from heimdall_desktop.local.scanners import Scanner

_EMPTY = '{"results": {}, "errors": []}'


def _python(code: str, time_limit_s: float = 20.0) -> Scanner:
    return Scanner("fake scanner", (sys.executable, "-S", "-c", code), time_limit_s)


CRASHING = _python("raise SystemExit(7)")
HANGING = _python("import time; time.sleep(60)", time_limit_s=0.3)
BABBLING = _python("print('no JSON at all')")


def picky_scanner(refuses: str = "") -> Scanner:
    """Make a scanner that finds nothing and crashes when it is given one certain file."""
    code = f"import sys; print('{_EMPTY}'); sys.exit(9 if './{refuses}' in sys.argv else 0)"
    return _python(code)
