"""What was dropped on the window: links to scans, or local folders to scan."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

_WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Dropped:
    """What of it we can use.

    Attributes:
        links: web addresses, one a line; "" if there are none.
        folders: local folders that are there.
    """

    links: str
    folders: tuple[Path, ...]

    def __bool__(self) -> bool:
        return bool(self.links or self.folders)


def read_drop(data: QMimeData) -> Dropped:
    """Return the web links and local folders of a list of addresses; everything else is left."""
    urls = data.urls() if data.hasUrls() else []
    links = [url.toString() for url in urls if url.scheme() in _WEB]
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return Dropped("\n".join(links), tuple(path for path in paths if path.is_dir()))
