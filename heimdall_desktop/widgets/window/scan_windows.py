"""The windows of scans that were torn off the main one, over restarts. Source: ux.md §2.1.

The table of such a window looks at first as the main one does, and then keeps what is changed in
it. So do its marks of new findings, until the scan is given back: then the main window has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal

from heimdall_desktop.domain.facts.change import Change, ScanAdded, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.models.table_state import MARKS
from heimdall_desktop.presentation.window.frame_layout import read_layout
from heimdall_desktop.presentation.window.torn_off import TornOff, read_torn_off, torn_off_text
from heimdall_desktop.widgets.window.scan_window import LEAST, ScanWindow
from heimdall_desktop.widgets.window.window_frame import WindowFrame
from heimdall_desktop.widgets.window.window_geometry import WindowGeometry
from heimdall_desktop.widgets.window.workspace import Session, Workspace

NAME = "torn-off"


class ScanWindows(QObject):
    """Owns them all: they have no parent, so that none is kept above the main window.

    Args:
        session: All scans; its memory keeps which of them are torn off, and where.
        bind: Gives a window its commands.
        parent: The owner.

    Attributes:
        are_held: those of the last session stay closed for now, as the main window is hidden.
    """

    sign_in_wanted = Signal(str)
    """A server that wants us to sign in again."""

    def __init__(
        self,
        session: Session,
        bind: Callable[[Workspace], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._memory = session, session.memory
        self._bind = bind
        self._known = read_torn_off(self._memory.text(NAME))
        self._windows: dict[ScanId, ScanWindow] = {}
        self._local: set[ScanId] = set()  # nothing of them is kept
        self.are_held = False
        session.ticker.changed.connect(self._follow)
        session.requests.preferences.follow(lambda settings: self._show_mutes(settings.alerts))

    def window_of(self, scan_id: ScanId) -> ScanWindow | None:
        """Return the window of a scan, if it was torn off."""
        return self._windows.get(scan_id)

    def __iter__(self) -> Iterator[ScanWindow]:
        """Yield all that are open."""
        return iter(self._windows.values())

    def active_of(self, scan_id: ScanId | None) -> ScanWindow | None:
        """Return the window of a scan if it has the focus."""
        window = None if scan_id is None else self._windows.get(scan_id)
        return window if window is not None and window.isActiveWindow() else None

    def tear_off(self, scan_id: ScanId) -> None:
        """Give a scan a window of its own, or bring that to the front."""
        window = self._windows.get(scan_id) or self._open(scan_id)
        if window is not None:
            self._keep(scan_id, lambda known: replace(known, is_open=True))
            window.show()
            window.raise_()
            window.activateWindow()

    def release(self) -> None:
        """Open those of the last session that were held back."""
        if self.are_held:
            self.are_held = False
            for scan_id in filter(self._is_wanted, list(self._known)):
                self._bring_back(scan_id)

    def close_all(self) -> None:
        """Close them at the end; they come back with the next start."""
        for scan_id in list(self._windows):
            self._let_go(scan_id)

    def _follow(self, changes: list[Change]) -> None:
        for window in list(self._windows.values()):
            window.take(changes)
        for change in changes:
            match change:
                case ScanAdded(scan_id=scan_id) if self._is_wanted(scan_id) and not self.are_held:
                    self._bring_back(scan_id)
                case ScanRemoved(scan_id=scan_id):
                    self._let_go(scan_id)
                case _:
                    pass

    def _show_mutes(self, alerts: AlertChoices) -> None:
        for window in self._windows.values():
            window.show_mutes(alerts)

    def _bring_back(self, scan_id: ScanId) -> None:
        """Open the window of an earlier session, without taking the keyboard."""
        window = self._open(scan_id)
        if window is not None:
            quietly = Qt.WidgetAttribute.WA_ShowWithoutActivating
            window.setAttribute(quietly)
            window.show()
            window.setAttribute(quietly, on=False)

    def _is_wanted(self, scan_id: ScanId) -> bool:
        known = self._known.get(scan_id)
        return known is not None and known.is_open and scan_id not in self._windows

    def _open(self, scan_id: ScanId) -> ScanWindow | None:
        scan = self._session.store.scan(scan_id)
        if scan is None:
            return None
        if scan.is_local:
            self._local.add(scan_id)
        known = self._known.get(scan_id, TornOff())
        layout, memory = read_layout(known.layout), self._memory.copy(known.parts)
        window = ScanWindow(scan_id, self._session, layout, memory)
        window.show_mutes(self._session.requests.preferences.settings.alerts)
        self._bind(window)
        self._windows[scan_id] = window
        place = WindowGeometry(
            window,
            lambda text: self._keep(scan_id, lambda known: replace(known, place=text)),
            least=LEAST,
        )
        place.restore(known.place)
        window.frame.arranged.connect(lambda: self._keep_layout(scan_id, window.frame))
        memory.on_kept = partial(self._keep_part, scan_id)
        window.given_back.connect(lambda: self._give_back(scan_id))
        window.sign_in_wanted.connect(self.sign_in_wanted)
        return window

    def _give_back(self, scan_id: ScanId) -> None:
        if scan_id in self._windows:
            self._keep_part(scan_id, MARKS, "")
            self._keep(scan_id, lambda known: replace(known, is_open=False))
            self._let_go(scan_id)

    def _let_go(self, scan_id: ScanId) -> None:
        window = self._windows.pop(scan_id, None)
        if window is not None:
            window.close()
            window.deleteLater()

    def _keep_layout(self, scan_id: ScanId, frame: WindowFrame) -> None:
        layout = frame.layout_now().text()
        self._keep(scan_id, lambda known: replace(known, layout=layout))

    def _keep_part(self, scan_id: ScanId, name: str, text: str) -> None:
        self._keep(scan_id, lambda known: known.with_part(name, text))

    def _keep(self, scan_id: ScanId, change: Callable[[TornOff], TornOff]) -> None:
        self._known[scan_id] = change(self._known.pop(scan_id, TornOff()))
        kept = {each: known for each, known in self._known.items() if each not in self._local}
        self._memory.keep(NAME, torn_off_text(kept))
