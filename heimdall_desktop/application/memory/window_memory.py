"""The appearance that windows keep between sessions: a text for each part.

Parts keep what they need (columns, splits, views) under their own name and get it back unchanged.
A text of another version is theirs to refuse. The file is written when changes have stopped for a
while, and at the end.
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import SavedSettings
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.services.settings import SettingsFile, WindowSettings


class WindowMemory(SavedSettings[WindowSettings]):
    """Texts by the name of the part that keeps them.

    Args:
        file: where they are kept; None keeps them for this session only.

    Attributes:
        on_kept: receives name and text of whatever is kept.
    """

    def __init__(self, file: SettingsFile[WindowSettings] | None = None) -> None:
        super().__init__(WindowSettings(), file)
        self.on_kept: Callable[[str, str], None] = lambda _name, _text: None

    def load(self) -> HeimdallError | None:
        """Read the texts of the last session; return the problem of the file, if any."""
        if self._file is None:
            return None
        self.settings, problem = self._file.load()
        self._saved = self.settings
        self._reported = "" if problem is None else str(problem)
        return problem

    def copy(self, own: Mapping[str, str]) -> "WindowMemory":
        """Return the current texts, for a window that starts like this one; no file has it.

        Args:
            own: texts that this window has kept for itself, which take precedence.
        """
        copy = WindowMemory()
        copy.settings = WindowSettings({**self.settings.states, **own})
        return copy

    def text(self, name: str) -> str:
        return self.settings.states.get(name, "")

    def keep(self, name: str, text: str) -> None:
        if self.text(name) != text:
            states = {**self.settings.states, name: text}
            self.settings = replace(self.settings, states=states)
            self.on_kept(name, text)


# The scans as windows may show them: the store itself, without names while presenting is on.


class SeenStore(Store):
    """Reads a store for a window: a widget that reads a scan from it cannot show a hidden name.

    Findings are the real ones, as filter, order and decisions depend on them; whatever shows one
    applies the mask. Nothing is changed here.

    Args:
        whole: the store that all facts enter.
    """

    def __init__(self, whole: Store) -> None:  # without `super`: it has no own state
        self._whole = whole

    def __getattr__(self, name: str) -> object:
        return getattr(self._whole, name)

    @property
    def whole(self) -> Store:
        """The store that all facts enter; for what is typed and compared, and never shown."""
        return self._whole

    def __iter__(self) -> Iterator[Scan]:
        return map(self.whole.mask.scan, self.whole)

    def scan(self, scan_id: ScanId) -> Scan | None:
        """Return a watched scan, masked for display."""
        scan = self.whole.scan(scan_id)
        return None if scan is None else self.whole.mask.scan(scan)

    def name_of(self, scan_id: ScanId) -> str:
        """Return the name to show for a scan; "" for one that is not watched."""
        name = self.whole.name_of(scan_id)
        return name and self.whole.mask.name(scan_id, name)

    def mark_of(self, scan_id: ScanId) -> str:
        """Return what distinguishes a scan from others of its name; numbers need none."""
        return "" if self.whole.mask.is_on else self.whole.mark_of(scan_id)
