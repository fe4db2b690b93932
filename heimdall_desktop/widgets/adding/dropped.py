"""What was dropped on the window: links to scans, local folders to scan, recordings to play."""

from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent

RECORDING_SUFFIX = ".jsonl"
_WEB = ("http", "https")


class Dropped(Struct, frozen=True):
    """What of it we can use.

    Attributes:
        links: web addresses, one a line; "" if there are none.
        folders: local folders that are there.
        recordings: local files that have the name of one.
    """

    links: str
    folders: tuple[Path, ...] = ()
    recordings: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.links or self.folders or self.recordings)


def read_drop(data: QMimeData) -> Dropped:
    """Return what of a list of addresses we can use; everything else is left."""
    urls = data.urls() if data.hasUrls() else []
    links = [url.toString() for url in urls if url.scheme() in _WEB]
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return Dropped(
        "\n".join(links),
        tuple(path for path in paths if path.is_dir()),
        tuple(path for path in paths if path.suffix == RECORDING_SUFFIX and path.is_file()),
    )


def take_drop(event: QDropEvent) -> Dropped:
    """Accept a drop as a copy, else as a link, and return what of it we can use.

    Never as a move: a file manager deletes what has been moved. Findings dragged from here are
    nothing to add.
    """
    dropped = read_drop(event.mimeData()) if event.source() is None else Dropped("")
    offered, actions = event.possibleActions(), Qt.DropAction
    action = actions.CopyAction if offered & actions.CopyAction else actions.LinkAction
    if not dropped or not offered & action:
        event.ignore()
        return Dropped("")
    event.setDropAction(action)
    event.accept()
    return dropped
