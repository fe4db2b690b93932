"""Locations: resources in a source tree, a wheel or a bundle; the folders of a user.

Only main reads this and passes the places down as values.
"""

import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import platformdirs
from msgspec import Struct

_NAME = "heimdall-desktop"


def resources() -> Path:
    """Return the folder of icons and recordings."""
    bundle = getattr(sys, "_MEIPASS", None)
    package = Path(bundle) / "heimdall_desktop" if bundle else Path(__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


class Places(Struct, frozen=True):
    """Folders of one profile; they may not exist yet."""

    settings: Path
    logs: Path
    history: Path


class Profile:
    """The places of a profile; a temporary one is removed on exit.

    Args:
        folder: everything in this folder; None for the places this system has for users.
        is_temporary: everything in a new folder that is removed with the program.
    """

    def __init__(self, folder: Path | None, *, is_temporary: bool) -> None:
        self._folder = folder
        self._temporary = (
            tempfile.TemporaryDirectory(prefix=f"{_NAME}-", ignore_cleanup_errors=True)
            if is_temporary
            else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._temporary is not None:
            self._temporary.cleanup()

    @property
    def places(self) -> Places:
        """The folders of settings, logs and the history."""
        folder = Path(self._temporary.name) if self._temporary else self._folder
        if folder is not None:
            return Places(folder, folder / "logs", folder)
        user = platformdirs.PlatformDirs(_NAME, appauthor=False)
        return Places(user.user_config_path, user.user_log_path, user.user_data_path)
