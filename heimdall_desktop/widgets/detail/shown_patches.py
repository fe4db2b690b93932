"""The patches of the shown finding: which one is current, and how it is shown.

All widgets that show the patch share this. The server's list is requested once per scan, and again
only when a row has a diff that is missing in the list: it comes complete and may be long.
"""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.application.tasks import Answer
from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible
from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.domain.facts.patch import Patch, patches_to_show

REST_MS = 250  # a row passed by key is left sooner than that
AGAIN_MS = 15_000  # delay before a failed reading of the list is retried (T-56)
MEMORY_NAME = "detail-diff"
SPLIT, UNIFIED = "split", "unified"


class ShownPatches(QObject):
    """Stores the patches of one finding.

    Args:
        requests: Queries the server.
        memory: Stores how diffs are shown.
        parent: The owner.

    Signals:
        changed: the current patch, the number of patches or the way of showing them changed.
    """

    changed = Signal()

    def __init__(
        self, requests: Requests, memory: WindowMemory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._requests, self._memory = requests, memory
        self._finding: Finding | None = None
        self._patches: tuple[Patch, ...] = ()
        self._place = 0
        self._is_chosen = False
        self._listed: tuple[Patch, ...] = ()
        self._listed_of: ScanId | None = None
        self._asked_for: tuple[ScanId, str] | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.setObjectName("patches-rest")
        self._rest.timeout.connect(self._ask)

    @property
    def finding(self) -> Finding | None:
        """The finding of the patches."""
        return self._finding

    @property
    def current(self) -> Patch | None:
        """The current patch."""
        return self._patches[self._place] if self._patches else None

    @property
    def place(self) -> int:
        """The index of the current patch, from 0 for the newest."""
        return self._place

    @property
    def count(self) -> int:
        """The number of patches."""
        return len(self._patches)

    @property
    def is_split(self) -> bool:
        """Whether diffs are shown side by side if they fit."""
        return self._memory.text(MEMORY_NAME) == SPLIT

    def split(self, *, is_wanted: bool) -> None:
        """Show diffs side by side from now on, or not."""
        self._memory.keep(MEMORY_NAME, SPLIT if is_wanted else UNIFIED)
        self.changed.emit()

    def show_finding(self, finding: Finding) -> None:
        """Switch to another finding, or another version of it."""
        known = self._finding
        if known is None or known.id != finding.id:
            self._is_chosen = False
        self._finding = finding
        self._take()
        own = finding.suggested_patch or ""
        is_diff = "@@" in own  # advice in words has no row in the server's list
        if is_diff and not self._has_listed(own):
            self._rest.start(REST_MS)
        else:
            self._rest.stop()

    def look_at(self, place: int) -> None:
        """Show another of the patches."""
        self._place = min(max(place, 0), max(self.count - 1, 0))
        self._is_chosen = True
        self.changed.emit()

    def read_again(self) -> None:
        """Reload the list: one of them was marked."""
        self._ask()

    def save(self, path: Path, text: str, on_answer: Answer) -> None:
        """Write a patch into a file the user has chosen."""
        self._requests.request_save(path, text, on_answer)

    def _has_listed(self, diff: str) -> bool:
        finding = self._finding
        if finding is None or self._listed_of != finding.scan_id:
            return False
        was_asked = self._asked_for == (finding.scan_id, diff)
        return was_asked or any(
            patch.finding_id == id_on_server(finding.id) and patch.diff.strip() == diff.strip()
            for patch in self._listed
        )

    def _ask(self) -> None:
        finding = self._finding
        if finding is not None:
            scan_id = finding.scan_id
            self._asked_for = (scan_id, finding.suggested_patch or "")
            self._requests.scans.request_patches(
                scan_id, lambda answer: self._answer(scan_id, answer)
            )

    def _answer(self, scan_id: ScanId, answer: tuple[Patch, ...] | HeimdallError) -> None:
        if isinstance(answer, HeimdallError):
            is_shown = self._finding is not None and self._finding.scan_id == scan_id
            if is_shown and not isinstance(answer, NotVisible):
                self._rest.start(AGAIN_MS)
            return  # until then the row's own patch is shown, and that is the one that counts
        self._listed, self._listed_of = answer, scan_id
        self._take()

    def _take(self) -> None:
        """Switch to the newest patch, or keep the chosen one."""
        finding = self._finding
        if finding is None:
            return
        before = self.current if self._is_chosen else None
        is_here = self._listed_of == finding.scan_id
        self._patches = patches_to_show(finding, self._listed if is_here else ())
        same = (n for n, patch in enumerate(self._patches) if before and patch.diff == before.diff)
        self._place = next(same, 0)
        self.changed.emit()
