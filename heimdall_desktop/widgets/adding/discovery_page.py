"""One discovery tab: its rows, or why there are none and what helps. Source: ux.md 2.6."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from heimdall_desktop.application.discovery import Discovery
from heimdall_desktop.application.tasks import CallOff
from heimdall_desktop.domain.facts.errors import HeimdallError, LinkError, PageUnreadable, SignedOut
from heimdall_desktop.domain.facts.observation import FoundRepo
from heimdall_desktop.models.discovery_model import (
    FIND_ROLE,
    FoundReposModel,
    FoundScansModel,
    ScanPicks,
)
from heimdall_desktop.models.scan_facts import Now
from heimdall_desktop.presentation.board.discovery import RepoFinds, ScanFinds, in_place_of
from heimdall_desktop.presentation.error_text import cause, error_text, remedy
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.widgets.adding.discovery_list import DiscoveryList
from heimdall_desktop.widgets.controls.buttons import (
    SMALL_PX,
    GhostButton,
    LinkButton,
    OutlineButton,
)
from heimdall_desktop.widgets.controls.dialog_frame import GHOST_PX, INSET_PX
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.labels import IconMark, Label, show_tip
from heimdall_desktop.widgets.controls.pane import set_row_margins
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone


class PageWords(Struct, frozen=True):
    """The texts of a tab without rows; marked for translation, not yet translated.

    Attributes:
        reading: one sentence while it loads.
        none, consequence: two sentences when there are no rows.
        more: the text below the rows when the server has more of them.
    """

    reading: str
    none: str
    consequence: str
    more: str = ""


class DiscoveryPage(QWidget):
    """Shows scans or repositories as they are found.

    Args:
        rows: The list.
        words: The texts shown without rows.
        parent: Its owner.
    """

    again_wanted = Signal()
    """Reload the page."""
    sign_in_wanted = Signal()
    """Open the sign-in form."""
    paste_wanted = Signal()
    """Open the field for links instead."""

    def __init__(
        self, rows: DiscoveryList, words: PageWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows, self._words = rows, words
        self._error: HeimdallError | None = None
        self._empty = EmptyState(self)
        self._empty.setObjectName("finds-empty")
        self._empty.action_requested.connect(self._act)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(rows)
        self._pages.addWidget(self._empty)
        self._note = _Note(self)
        self._note.again_wanted.connect(self._act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(self._note)
        self.setFocusProxy(rows)
        self.show_reading()

    def take_keyboard(self) -> None:
        """Focus the rows, or the page shown instead."""
        if self._pages.currentWidget() is self.rows:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._empty.take_keyboard()

    def show_reading(self) -> None:
        """Show that the rows are loading."""
        self._error = None
        self._say(Emptiness("conn-reconnecting", tr(self._words.reading)))

    def show_finds(self, finds: ScanFinds | RepoFinds, shown: int) -> None:
        """Show the progress of a reading; the rows themselves are in the model.

        Args:
            finds: the reading.
            shown: how many of its rows this tab shows.
        """
        self._error = finds.error
        if shown:
            self._turn_to(self.rows)
            self._note.show_end(finds.error, tr(self._words.more) if finds.has_more else "")
        elif finds.error is not None:
            action = _action(finds.error)
            words = cause(finds.error), remedy(finds.error)
            failed = Emptiness("ui-warning", *words, action, Tone.WARNING)
            self._say(failed)
        elif finds.is_done:
            self._say(Emptiness("ui-search", tr(self._words.none), tr(self._words.consequence)))
        else:
            self._say(Emptiness("conn-reconnecting", tr(self._words.reading)))

    def _say(self, state: Emptiness) -> None:
        self._note.show_end(None, "")
        self._empty.show_state(state)
        self._turn_to(self._empty)

    def _turn_to(self, page: DiscoveryList | EmptyState) -> None:
        """Show the rows or why there are none; the keyboard stays on this page if it is here."""
        had_focus = holds_focus(self._pages, self.window().focusWidget())
        policy = Qt.FocusPolicy.TabFocus if page is self.rows else Qt.FocusPolicy.NoFocus
        self.rows.setFocusPolicy(policy)  # otherwise Tab would go to hidden rows and stay there
        self._pages.setCurrentWidget(page)
        if had_focus:
            self.take_keyboard()

    def _act(self) -> None:
        match self._error:
            case SignedOut() | LinkError():
                self.sign_in_wanted.emit()
            case PageUnreadable():
                self.paste_wanted.emit()
            case _:
                self.again_wanted.emit()


class _Note(QWidget):
    """One line below the rows: that the list is incomplete."""

    again_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._mark = IconMark("ui-warning", 14, Tone.WARNING, self)
        self._words = Label("", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._words.setObjectName("finds-note")
        self._again = LinkButton("", self)
        self._again.clicked.connect(self.again_wanted)
        inset = theme.scale(INSET_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(inset, theme.scale(4), inset, theme.scale(4))
        row.setSpacing(theme.scale(6))
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._again)
        self.hide()

    def show_end(self, error: HeimdallError | None, more: str) -> None:
        """Show why rows are missing; hide if none are."""
        text = more
        if error is not None:
            text = tr("Couldn't load everything: {cause}").format(cause=cause(error))
        self._words.setText(text)
        show_tip(self._words, error_text(error) if error else more)
        self._mark.setVisible(error is not None)
        self._again.setVisible(error is not None)
        self._again.set_label("" if error is None else _action(error))
        self.setVisible(bool(text))


def _action(error: HeimdallError) -> str:
    match error:
        case SignedOut() | LinkError():
            return tr("Sign in")
        case PageUnreadable():
            return tr("Paste links")
        case _:
            return tr("Retry")


# The repositories of the server, and the scans of each.


ELIDE = Qt.TextElideMode.ElideRight


class ReposPage(QStackedWidget):
    """Shows the repositories, or the scans of the open one.

    Args:
        discovery: Reads them.
        picks: The ticked scans.
        now: The wall clock, in UTC.
        parent: Its owner.
    """

    changed = Signal()
    """The content was read, opened or left."""
    start_wanted = Signal(object)
    """Scan this `FoundRepo`."""
    sign_in_wanted = Signal()
    """Open the sign-in form."""
    paste_wanted = Signal()
    """Open the field for links instead."""
    submitted = Signal(object)
    """Enter was pressed on this `FoundScan`."""

    def __init__(
        self, discovery: Discovery, picks: ScanPicks, now: Now, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._discovery = discovery
        self._call_off: CallOff = lambda: None
        self._opened: FoundRepo | None = None
        self._finds: RepoFinds | None = None
        self._scan_finds: ScanFinds | None = None
        self._repos = FoundReposModel(self)
        self._scans = FoundScansModel(picks, now, self)
        self._make_buttons()  # before the rows: this is the Tab order
        self._list = DiscoveryList(self._repos, tr("Repositories"), self)
        self._list.setObjectName("repos")
        self._list.taken.connect(self.open)
        self._list.entered.connect(self.open)
        self._list.selectionModel().currentChanged.connect(
            lambda _now, _before: self.changed.emit()
        )
        scans = DiscoveryList(self._scans, tr("Scans of the repository"), self)
        scans.setObjectName("repo-scans")
        scans.taken.connect(picks.turn)
        scans.entered.connect(self.submitted)
        self._page = DiscoveryPage(self._list, _REPOS, self)
        self._scans_page = DiscoveryPage(scans, _SCANS, self)
        for page in (self._page, self._scans_page):
            page.sign_in_wanted.connect(self.sign_in_wanted)
            page.paste_wanted.connect(self.paste_wanted)
            page.again_wanted.connect(self.read)
        self._name = Label("", Role.BODY, Weight.SEMIBOLD, elide=ELIDE, parent=self)
        self._name.setObjectName("repo-name")
        self._branch = Label("", Role.SMALL, tone=Tone.MUTED, elide=ELIDE, parent=self)
        self.addWidget(self._page)
        self.addWidget(self._make_scans_side())

    @property
    def finds(self) -> RepoFinds | ScanFinds | None:
        """The reading of the shown page; None before the first one."""
        return self._finds if self._opened is None else self._scan_finds

    @property
    def found_count(self) -> int | None:
        """The number of repositories; None before they are read."""
        return None if self._finds is None or self._finds.error else self._finds.expected

    @property
    def repo(self) -> FoundRepo | None:
        """The open repository, or the one that has the keyboard."""
        if self._opened is not None:
            return self._opened
        current: FoundRepo | None = self._list.currentIndex().data(FIND_ROLE)
        return current

    def take_keyboard(self) -> None:
        """Focus the shown page."""
        page = self._page if self._opened is None else self._scans_page
        page.take_keyboard()

    def read(self) -> None:
        """Reload the shown page."""
        self._call_off()
        if self._opened is None:
            if not self._repos.rows:
                self._page.show_reading()
            self._call_off = self._discovery.request_repos(self._take_repos)
        else:
            if not self._scans.rows:
                self._scans_page.show_reading()
            self._call_off = self._discovery.request_scans_of(self._opened, self._take_scans)

    def rest(self) -> None:
        """Stop reading."""
        self._call_off()

    def open(self, repo: FoundRepo) -> None:
        """Show the scans of a repository."""
        self._opened, self._scan_finds = repo, None
        self._name.setText(repo.name)
        self._branch.setText(repo.branch)
        self._scans.show(())
        self.setCurrentIndex(1)
        self.read()
        self.take_keyboard()
        self.changed.emit()

    def leave(self) -> None:
        """Show the repositories again."""
        self._call_off()
        self._opened = None
        self.setCurrentIndex(0)
        self.take_keyboard()
        if self._finds is None or not self._finds.is_done:
            self.read()
        self.changed.emit()

    def _take_repos(self, finds: RepoFinds) -> None:
        self._finds = finds = in_place_of(self._finds, finds)
        self._repos.show(finds.rows)
        self._page.show_finds(finds, len(finds.rows))
        self.changed.emit()

    def _take_scans(self, finds: ScanFinds) -> None:
        self._scan_finds = finds = in_place_of(self._scan_finds, finds)
        self._scans.show(finds.rows)
        self._scans_page.show_finds(finds, len(finds.rows))
        self.changed.emit()

    def _make_buttons(self) -> None:
        self._back = GhostButton(tr("Repositories"), icon="ui-chevron-left", parent=self)
        self._back.setObjectName("repos-back")
        self._back.clicked.connect(self.leave)
        self._start = OutlineButton(tr("Start a scan"), height_px=SMALL_PX, parent=self)
        self._start.setObjectName("repo-start")
        self._start.clicked.connect(lambda: self.start_wanted.emit(self._opened))

    def _make_scans_side(self) -> QWidget:
        theme = theme_of(self)
        side = QWidget(self)
        inset = theme.scale(INSET_PX)
        head = QHBoxLayout()
        start_px, space = inset - theme.scale(GHOST_PX), theme.scale(6)
        set_row_margins(side, head, start=start_px, end=inset, top=space, bottom=space)
        head.setSpacing(theme.scale(8))
        head.addWidget(self._back)
        head.addWidget(self._name)
        head.addWidget(self._branch)
        head.addStretch(1)
        head.addWidget(self._start)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scans_page, 1)
        side.setFocusProxy(self._scans_page)
        return side


_REPOS = PageWords(
    tr_noop("Loading repositories\u2026"),
    tr_noop("No repositories."),
    tr_noop("Add one on the server's web page, or paste scan links."),
    tr_noop("The server has more repositories. Paste links to their scans."),
)
_SCANS = PageWords(
    tr_noop("Loading scans\u2026"),
    tr_noop("It hasn't been scanned yet."),
    tr_noop("Start a scan to watch it."),
    tr_noop("Only the newest scans are listed. Paste links to older ones."),
)
