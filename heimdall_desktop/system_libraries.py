"""Names the system libraries that Qt lacks, and the packages that contain them.

PySide6 includes Qt but not the system libraries Qt depends on. Without them, Python fails with a
traceback, or Qt aborts the process. Nothing here imports Qt, since it may fail to load.
"""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

#: Libraries that Qt always needs, with their Debian packages.
FOR_QT: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
#: Libraries needed to open a window, by Qt platform.
FOR_PLATFORM: Mapping[str, Mapping[str, str]] = {
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxcb.so.1": "libxcb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
    },
}
#: The variable that names the display of a platform.
_DISPLAYS: Mapping[str, str] = {"xcb": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}

#: Start of the loader's message about a missing library; the rest may be in any language.
_NOWHERE = re.compile(r"([^\s/:]+\.so[.\d]*): ")

_FOREWORD = "Qt can't open a window: "

NO_DISPLAY = (
    "No display found for the window. Set DISPLAY or WAYLAND_DISPLAY, "
    "or QT_QPA_PLATFORM=offscreen to run without one."
)


def has_display() -> bool:
    """Return whether Qt can open a window here; if not, it would abort the whole process."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def why_no_import(error: ImportError) -> str | None:
    """Return why Qt can't be imported and what to do; None if no library is missing."""
    missing = _nowhere(str(error))
    return None if missing is None else _remedy(missing, _wanted_platforms())


def why_no_window(plugins: Path) -> str:
    """Return why Qt can't open a window although it was imported, and what to do.

    Args:
        plugins: the folder with Qt's plugins for platforms.
    """
    if sys.platform != "linux":
        return f"{_FOREWORD}see the log for details."
    platforms = _wanted_platforms()
    for platform in platforms:
        files = [
            file
            for file in plugins.glob("libq*.so")
            if f"{file.stem}-".startswith(f"libq{platform}-")
        ]
        if not files:
            return f"{_FOREWORD}it has no platform {platform}; see QT_QPA_PLATFORM."
        for error in map(_load_error, map(str, files)):
            missing = _nowhere(error)
            if missing is not None:
                return _remedy(missing, platforms)
            if error:
                return f"{_FOREWORD}{error}."
    screens = (
        f"{_DISPLAYS[name]}={os.environ.get(_DISPLAYS[name], '')}" if name in _DISPLAYS else name
        for name in platforms
    )
    return (
        f"{_FOREWORD}{' and '.join(screens)} can't be used. Set DISPLAY or WAYLAND_DISPLAY to a "
        "display that exists and accepts you, or QT_QPA_PLATFORM=offscreen to run without one."
    )


def _wanted_platforms() -> list[str]:
    """Return the platforms Qt tries: those of QT_QPA_PLATFORM, or those with a display."""
    named = os.environ.get("QT_QPA_PLATFORM", "")
    if named:
        return [name for part in named.lower().split(";") if (name := part.partition(":")[0])]
    return [name for name, variable in _DISPLAYS.items() if os.environ.get(variable)]


def _remedy(missing: str, platforms: list[str]) -> str:
    """Name everything that is missing, so that one installation is enough."""
    known = dict(FOR_QT)
    for platform in platforms:
        known |= FOR_PLATFORM.get(platform, {})
    found = (_nowhere(_load_error(library)) for library in known)
    names = sorted({missing, *(name for name in found if name is not None)})
    wanted = sorted({known[name] for name in names if name in known})
    is_or_are, them = ("is", "it") if len(names) == 1 else ("are", "them")
    debian = f" (Debian: apt-get install {' '.join(wanted)})" if wanted else ""
    return f"{_FOREWORD}{', '.join(names)} {is_or_are} missing. Install {them}{debian}."


def _load_error(library: str) -> str:
    import ctypes  # noqa: PLC0415 - no start needs it that succeeds

    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error.__cause__ or error)  # a bundle wraps the loader's message
    return ""


def _nowhere(loader_message: str) -> str | None:
    """Return the library that was found nowhere; None if that is not what the loader says."""
    found = _NOWHERE.match(loader_message)
    return found and found[1]
