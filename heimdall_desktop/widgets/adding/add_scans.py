"""The dialog that adds scans: by links and ids, from the server's lists, or by starting one.

A scan that cannot be watched blocks no other: its text stays in the field, with the reason.

Source: design picture 4b.
"""

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.change import Change, ScanAdded, ScanRemoved
from heimdall_desktop.domain.facts.errors import HeimdallError, NotAllWatched
from heimdall_desktop.domain.facts.observation import FoundRepo
from heimdall_desktop.domain.facts.server import ServerState
from heimdall_desktop.models.discovery_model import ScanPicks
from heimdall_desktop.models.ticker import Clock, Now, Ticker
from heimdall_desktop.presentation.board.found_scans import FoundScan
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.adding.discovery_tabs import REFRESH_KEYS, DiscoveryTabs
from heimdall_desktop.widgets.adding.first_start import LocalStart
from heimdall_desktop.widgets.adding.link_lookup import LinkLookup
from heimdall_desktop.widgets.board.board_head import NewScansSwitch
from heimdall_desktop.widgets.controls import buttons
from heimdall_desktop.widgets.controls.dialog_frame import INSET_PX, DialogFrame
from heimdall_desktop.widgets.controls.fields import ErrorLine
from heimdall_desktop.widgets.controls.focus import order_tabs
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE
from heimdall_desktop.widgets.controls.pane import named
from heimdall_desktop.widgets.controls.text_labels import new_menu

SIZE = QSize(800, 600)
LEAST_WIDTH_PX = 560
AROUND_PX = 24  # left of the parent window around it


class AddScans(DialogFrame):
    """Closes itself, accepted, once the scans are watched; stays open with the error otherwise.

    Args:
        host: The server in use, as it is shown; "" for none.
    """

    sign_in_wanted = Signal(str, str)
    """Sign in to a server, "" for the one in use; with the current text of the field."""

    def __init__(
        self,
        store: Store,
        ticker: Ticker,
        requests: Requests,
        host: str,
        clock: Clock,
        now: Now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Add scans"), LEAST_WIDTH_PX, parent)
        self._requests, self._host, self._now = requests, host, now
        self._attempt = 0
        self._is_busy = False
        self._picks = ScanPicks(store.watches, self)
        self._picks.changed.connect(self._name_buttons)
        self._lookup = LinkLookup(requests.discovery, store.watches, self)
        self._lookup.field.submitted.connect(self._act)
        self._error = named(ErrorLine(self), "add-error")
        self._lookup.changed.connect(self._error.clear)
        self._lookup.changed.connect(self._name_buttons)
        self._local = LocalStart(requests, self)
        self._local.began.connect(self._begin)
        self._local.ended.connect(lambda error: self._end(self._attempt, error))
        self._tabs = DiscoveryTabs(requests.discovery, self._picks, self._local, clock, now, self)
        self._tabs.sign_in_wanted.connect(self._sign_in)
        self._tabs.paste_wanted.connect(self._lookup.take_keyboard)
        self._tabs.start_wanted.connect(self._start_scan)
        for page in self._tabs.scan_pages:
            page.rows.entered.connect(self._submit_row)
        self._new_scans = NewScansSwitch(requests.preferences, is_foot=False, parent=self)
        self._lay_out()
        self._name_buttons()
        if refresh := KEYS_IN_USE.of(REFRESH_KEYS):
            QShortcut(QKeySequence(refresh), self, self._tabs.read)
        ticker.second.connect(self._tabs.tick)
        ticker.changed.connect(self._follow)

    def suggest(self, text: str) -> None:
        """Put a text into the field, such as one dropped on the window."""
        self._lookup.suggest(text)

    def show_new_scans(self, *, is_on: bool) -> None:
        self._new_scans.show_on(is_on=is_on)

    def show_server(self, state: ServerState | None) -> None:
        """Show when the server was last checked for new scans, and whether it can be."""
        self._new_scans.show_checks(state, self._now())

    def submit(self) -> None:
        """Watch the scans in the field and the ticked ones; do nothing if there are none."""
        if self._is_busy or not self._has_choice:
            return
        attempt = self._begin(tr("Adding\u2026"))
        picked = [scan.address for scan in self._picks.scans]
        text = "\n".join([self._lookup.text, *picked]).strip()
        self._requests.request_watch(text, lambda error: self._end(attempt, error))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._lookup.take_keyboard()
            self._tabs.start(self._host)

    def done(self, result: int) -> None:
        """Close; later responses are dropped."""
        self._attempt += 1
        self._lookup.stop()
        self._tabs.stop()
        self._set_busy(False)
        super().done(result)

    # -- the selection --

    @property
    def _count(self) -> int:
        """The number of scans the button would watch, as far as known."""
        return len(self._lookup.new_scans.union(scan.scan_id for scan in self._picks.scans))

    @property
    def _has_choice(self) -> bool:
        """Whether anything is chosen, even if it is watched already."""
        return bool(self._count or self._lookup.links)

    def _act(self) -> None:
        if self._has_choice or self._lookup.sign_in_at is None:
            self.submit()
        elif not self._is_busy:
            self._sign_in()

    def _sign_in(self) -> None:
        self.sign_in_wanted.emit(self._lookup.sign_in_at or "", self._lookup.text)

    def _submit_row(self, scan: FoundScan) -> None:
        """Watch the chosen scans on Enter; only that row, if none are chosen."""
        if not self._count:
            self._picks.turn(scan)
        self.submit()

    def _follow(self, changes: list[Change]) -> None:
        if any(isinstance(change, ScanAdded | ScanRemoved) for change in changes):
            self._picks.changed.emit()  # which updates the button labels

    # -- starting scans --

    def _start_scan(self, repo: FoundRepo) -> None:
        if not self._is_busy:
            words = tr("Starting a scan of {name}\u2026").format(name=repo.name)
            attempt = self._begin(words)
            self._requests.scans.request_repo_scan(
                repo.repo_id, lambda error: self._end_start(attempt, error)
            )

    def make_start_menu(self) -> QMenu:
        """Return the menu of what can be scanned; it deletes itself when it closes."""
        menu = new_menu(self, tr("Start a scan"), "start-menu")
        icon, repo = self._theme.icon, self._tabs.repo
        if repo is not None:
            name = repo.name.replace("&", "&&")
            of_repo = menu.addAction(icon("ui-repo"), tr("Scan {name}").format(name=name))
            of_repo.triggered.connect(lambda: self._start_scan(repo))
        else:
            choose = menu.addAction(icon("ui-repo"), tr("Scan a repository\u2026"))
            choose.triggered.connect(self._tabs.open_repos)
        folder = menu.addAction(icon("ui-folder"), tr("Scan a local folder\u2026"))
        folder.triggered.connect(self._local.choose_folder)
        menu.addSeparator()
        menu.addAction(icon("ui-demo"), tr("Play the demo")).triggered.connect(
            self._local.play_demo
        )
        return menu

    def _open_start_menu(self) -> None:
        menu = self.make_start_menu()
        above = self._start.mapToGlobal(QPoint(0, 0)) - QPoint(0, menu.sizeHint().height())
        menu.popup(above)

    # -- in progress --

    def _begin(self, label: str) -> int:
        self._attempt += 1
        self._error.clear()
        self._set_busy(True)
        self._watch.set_label(label)
        return self._attempt

    def _end(self, attempt: int, error: HeimdallError | None) -> None:
        if attempt != self._attempt:
            return
        self._set_busy(False)
        if error is None:
            self.accept()
            return
        if isinstance(error, NotAllWatched):
            picked = {scan.address for scan in self._picks.scans}
            self._lookup.leave([each for each in error.refused if each[0] not in picked])
        self._error.show_error(error)

    def _end_start(self, attempt: int, error: HeimdallError | None) -> None:
        """Handle the end of a start; the dialog stays open if others are chosen too."""
        if error is None and self._count and attempt == self._attempt:
            self._set_busy(False)
            self._tabs.read()
        else:
            self._end(attempt, error)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        for part in (self._lookup, self._tabs, self._start):
            part.setEnabled(not is_busy)
        self._name_buttons()

    def _name_buttons(self) -> None:
        if self._is_busy:
            return
        count, has_choice = self._count, self._has_choice
        needs_sign_in = not has_choice and self._lookup.sign_in_at is not None
        words = tr("Sign in") if needs_sign_in else tr("Watch")
        words = tr("Watch %n scans", "", count, one="Watch %n scan") if count else words
        self._watch.set_label(words)
        self._watch.setEnabled(has_choice or needs_sign_in)

    def _lay_out(self) -> None:
        scale = self._theme.scale
        self._close = buttons.GhostIconButton("ui-close", tr("Close"), parent=self)
        self._start = buttons.GhostButton(
            tr("Start a scan"), icon="ui-play", has_menu=True, parent=self
        )
        self._cancel = buttons.OutlineButton(tr("Cancel"), height_px=buttons.DIALOG_PX, parent=self)
        self._watch = buttons.PrimaryButton(tr("Watch"), parent=self)
        for button, name, act in (
            (self._close, "close", self.reject),
            (self._start, "start", self._open_start_menu),
            (self._cancel, "cancel", self.reject),
            (self._watch, "watch", self._act),
        ):
            button.setObjectName(f"add-{name}")
            button.clicked.connect(act)
        self.add_to_heading(self._close)
        self.column.setContentsMargins(scale(INSET_PX), scale(16), scale(INSET_PX), scale(8))
        self.column.addWidget(self._lookup)
        self.column.addWidget(self._error)
        self.add_wide(self._tabs, 1)
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(scale(INSET_PX) - 2, scale(8), scale(INSET_PX), scale(12))
        row.addWidget(self._new_scans)
        self.add_wide(foot)
        self.add_buttons(self._start, None, self._cancel, self._watch).setSpacing(scale(8))
        order_tabs((self._start, self._cancel, self._watch, self._close))
        size, window = QSize(scale(SIZE.width()), scale(SIZE.height())), self.parentWidget()
        if window is not None:  # as the design picture, if the window is large enough
            around = scale(AROUND_PX)
            size = size.boundedTo(window.window().size() - QSize(around, around))
        self.resize(size)
