"""Starts the program of a bundle, and acts as Python for the two programs that it starts itself.

A bundle has no interpreter of its own: `sys.executable` is the program. These two command lines of
Python are understood, and nothing else, so that the bundle is no general interpreter:

- `-P -m heimdall_desktop.local ARGUMENT...` (`services/local_process.py`)
- `-I -X utf8 .../heimdall_desktop/local/contained.py ARGUMENT...` (`local/scanners.py`)
"""

import os
import runpy
import sys
from pathlib import Path

_SERVER = ["-P", "-m", "heimdall_desktop.local"]
_ISOLATED = ["-I", "-X", "utf8"]


def _main() -> int:
    _restore_environment()
    arguments = sys.argv[1:]
    if arguments[:3] == _SERVER:
        sys.argv = arguments[2:]
        runpy.run_module(arguments[2], run_name="__main__", alter_sys=True)
        return 0
    bundle = Path(getattr(sys, "_MEIPASS", "/"))  # PyInstaller sets it
    container = str(bundle / "heimdall_desktop" / "local" / "contained.py")
    if arguments[:3] == _ISOLATED and arguments[3:4] == [container]:
        sys.argv = arguments[3:]
        runpy.run_path(container, run_name="__main__")
        return 0
    from heimdall_desktop.__main__ import main  # noqa: PLC0415 - neither of the above needs it

    return main()


def _restore_environment() -> None:
    """Give children the environment that this program was started with.

    Other programs, such as the browser, need the system's libraries and not the bundle's. This
    program itself, started again, must set up its own again; the starter's marks would prevent it.
    """
    bundle = getattr(sys, "_MEIPASS", "")
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        original = os.environ.pop(f"{name}_ORIG", None)
        if original is not None:
            os.environ[name] = original
        elif bundle and os.environ.get(name) == bundle:
            del os.environ[name]
    for name in [each for each in os.environ if each.startswith("_PYI_")]:
        del os.environ[name]


if __name__ == "__main__":
    sys.exit(_main())
