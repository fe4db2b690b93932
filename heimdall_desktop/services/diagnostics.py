"""What a report says of this computer, of the libraries in use and of the log: nothing private."""

import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from heimdall_desktop.services.log import FOREIGN, LEFT_OUT, LOG_NAME, OURS

NAME: Final = "heimdall-desktop"
LONGEST_LICENCE: Final = 60  # some packages put the whole text there
TAIL_BYTES: Final = 48 << 10
DESKTOP_VARIABLES: Final = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "LANG")
_PLAIN: Final = re.compile(r"[\w.:@-]{1,40}")  # a word of the system; a variable can have any value
_LINE: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ (?P<logger>[\w.]+): ")
_REQUIRED: Final = re.compile(r"[\w.-]+")

Part = tuple[str, str, str]
"""A library: its name, version and licence."""


def parts() -> tuple[Part, ...]:
    """Return the installed libraries that the program uses, also indirectly, by name.

    Empty for a build without the metadata of its packages.
    """
    found: dict[str, Part] = {}
    wanted = [NAME]
    while wanted:
        try:
            package = metadata.distribution(wanted.pop())
        except metadata.PackageNotFoundError:
            continue  # of another system, or an extra that is not installed
        name = package.metadata["Name"]
        if name in found:
            continue
        found[name] = (name, package.version, _licence(package.metadata))
        for required in package.requires or ():
            # the embedded server is our own extra; those of libraries are not used
            if name == NAME or "extra ==" not in required:
                wanted += _REQUIRED.findall(required)[:1]
    found.pop(NAME, None)
    return tuple(sorted(found.values(), key=lambda part: part[0].lower()))


def _licence(fields: metadata.PackageMetadata) -> str:
    """Return the licence a package names; "" for none. Source: packaging.python.org, PEP 639."""
    for name in ("License-Expression", "License"):
        text = str(fields[name]) if name in fields else ""
        is_name = "\n" not in text and len(text) <= LONGEST_LICENCE
        if text not in ("", "UNKNOWN") and is_name:  # setuptools wrote UNKNOWN for none
            return text
    of_licence = (
        each.rpartition(" :: ")[2]
        for each in fields.get_all("Classifier") or ()
        if each.startswith("License :: ")
    )
    return ", ".join(of_licence)


def web_address(*labels: str) -> str:
    """Return the first address that this package names under one of these labels; "" for none.

    Whoever builds the package names them. Source: packaging.python.org, "Well-known labels".
    """
    try:
        named = metadata.metadata(NAME).get_all("Project-URL") or ()
    except metadata.PackageNotFoundError:
        return ""
    addresses = {label.strip().lower(): url.strip() for label, _, url in _pairs(named)}
    return next((addresses[label] for label in labels if label in addresses), "")


def _pairs(named: object) -> Iterator[tuple[str, str, str]]:
    return (str(each).partition(",") for each in named) if isinstance(named, list) else iter(())


def system_lines() -> tuple[str, ...]:
    """Return the system and the desktop, one fact a line; not the name of computer or user."""
    system = ""
    if sys.platform == "linux":
        try:
            system = platform.freedesktop_os_release().get("PRETTY_NAME", "")
        except OSError:
            system = "unknown distribution"
    words = {name: os.environ.get(name, "") for name in DESKTOP_VARIABLES}
    return (
        f"system: {system} {platform.platform()}".replace("  ", " "),
        f"machine: {platform.machine()}, {os.cpu_count()} processors",
        *(f"{name}: {word}" for name, word in words.items() if _PLAIN.fullmatch(word)),
    )


def log_tail(folder: Path | None) -> tuple[str, ...]:
    """Return the last lines of the log as a report may quote them; empty without a log.

    Our own lines name nothing private; those of libraries may, so their text is left out.
    """
    text = b""
    for name in (f"{LOG_NAME}.1", LOG_NAME):
        try:
            if folder is not None:
                text += (folder / name).read_bytes()[-TAIL_BYTES:]
        except OSError:
            continue
    kept: list[str] = []
    is_ours = False
    for line in text[-TAIL_BYTES:].decode("utf-8", "replace").splitlines():
        if found := _LINE.match(line):
            logger = found["logger"]
            is_ours = logger.startswith(OURS) and logger not in FOREIGN
            kept.append(line if is_ours else f"{found[0]}{LEFT_OUT}")
        elif is_ours and line.startswith("  "):
            kept.append(line)  # where an error was raised
    return tuple(kept)
