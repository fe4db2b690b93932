"""Locations: resources in a source tree, a wheel or a bundle; the folders of a user.

Only main reads this and passes the places down as values.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
from msgspec import Struct

_NAME = "heimdall-desktop"


def resources() -> Path:
    """Return the folder of icons and recordings."""
    bundle = getattr(sys, "_MEIPASS", None)
    package = Path(bundle) / "heimdall_desktop" if bundle else Path(__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def manual() -> Path | None:
    """Return the first page of the manual, or else the README; None in a build without both.

    `packaging/dev.sh manual` builds the manual; packages install it in `resources/manual/html`.
    """
    folder = resources()
    places = (
        folder / "manual" / "html" / "index.html",
        folder.parent / "build" / "manual" / "index.html",  # of a checkout
        folder / "manual" / "README.md",
        folder.parent / "README.md",
    )
    return next(filter(Path.is_file, places), None)


def licences() -> tuple[Path, ...]:
    """Return the texts of licences that a package ships, its README first; empty without any.

    The four places are those of the portable folder, of the bundles for Windows and macOS, of the
    .deb and of Flatpak. pip, pipx and uv install each library with its own texts.
    """
    bundle = Path(getattr(sys, "_MEIPASS", "/app/lib/none"))  # Flatpak's prefix is /app
    places = (
        bundle.parent / "licences",
        bundle / "licences",
        bundle.parents[2] / "share" / "doc" / _NAME / "licences",
        bundle.parents[1] / "share" / "licenses" / _NAME,
    )
    folder = next((each for each in places if (each / "README.txt").is_file()), None)
    texts = () if folder is None else folder.glob("*.txt")
    return tuple(sorted(texts, key=lambda text: (text.name != "README.txt", text.name)))


class Places(Struct, frozen=True):
    """Folders of one profile; they may not exist yet."""

    settings: Path
    logs: Path
    history: Path


def places_of(folder: Path | None) -> Places:
    """Return the places of a profile: all in this folder, or for None those the system has."""
    if folder is not None:
        return Places(folder, folder / "logs", folder)
    user = platformdirs.PlatformDirs(_NAME, appauthor=False)
    return Places(user.user_config_path, user.user_log_path, user.user_data_path)


@contextmanager
def temporary_places() -> Iterator[Places]:
    """Yield places in a new folder, which is removed at the end.

    Raises:
        OSError: there is no room for it.
    """
    prefix = f"{_NAME}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        yield places_of(Path(folder))
