"""The local folders that may be scanned: those announced by the program that started us.

A folder is identified by its path at the announcement, with all links resolved then and never
again. A path of which a part has become a link since leads elsewhere, and is refused.
"""

import os
from pathlib import Path

from heimdall_desktop.local.plans import folder_of, is_folder

_STRANGE = "This folder was not announced by the program that started this server"
_MOVED = "A part of this folder's path has become a link since the folder was announced"


class AnnouncedFolders:
    """Accepts announcements, from any thread, and checks addresses against them."""

    def __init__(self) -> None:
        self._paths: frozenset[Path] = frozenset()

    def announce(self, address: str) -> str:
        """Allow a folder to be scanned; its existence is checked during the scan.

        Args:
            address: `file:///absolute/path`.

        Returns:
            The address under which it may be scanned, without links.

        Raises:
            ValueError: it is not the address of a folder.
        """
        if not is_folder(address) or not folder_of(address).is_absolute():
            raise ValueError("a local folder is file:///absolute/path")
        path = Path(os.path.realpath(folder_of(address)))
        self._paths |= {path}
        return path.as_uri()

    def refusal(self, address: str) -> str | None:
        """Return why the folder of an address may not be scanned; None if it may."""
        path = folder_of(address)
        if path not in self._paths:
            return _STRANGE
        return _MOVED if os.path.realpath(path) != str(path) else None
