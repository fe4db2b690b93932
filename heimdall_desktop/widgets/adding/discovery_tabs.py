"""The scans that can be watched, in four tabs: live now, recent, repositories, a local folder.

Live and recent scans come from one reading; the repositories are read when their tab is opened,
and the scans of a repository when that is opened. While live or recent scans are shown they are
refreshed automatically, so that their counts do not become outdated.
Source: design picture 4b; behaviour.md 2.6.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from heimdall_desktop.application.base.tasks import CallOff
from heimdall_desktop.application.discovery.discovery import Discovery, Reading
from heimdall_desktop.domain.facts.errors import HeimdallError, LinkError, PageUnreadable, SignedOut
from heimdall_desktop.domain.facts.observation import FoundRepo
from heimdall_desktop.models.discovery_model import FindsModel, ScanPicks
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.models.ticker import Clock, Now
from heimdall_desktop.presentation.board.found_scans import FoundScan, RepoFinds, ScanFinds
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.time_text import rough_text
from heimdall_desktop.widgets.adding.discovery_list import FindsPage, PageWords
from heimdall_desktop.widgets.adding.first_start import LocalStart
from heimdall_desktop.widgets.controls import buttons
from heimdall_desktop.widgets.controls.dialog_frame import GHOST_PX, INSET_PX
from heimdall_desktop.widgets.controls.pane import Edge, Pane, named, set_row_margins
from heimdall_desktop.widgets.controls.tab_bar import TAB_PADDING_PX, TabBar
from heimdall_desktop.widgets.controls.text_labels import IconMark, Label, Paragraph
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

LIVE, RECENT, REPOS, LOCAL = range(4)
REFRESH_KEYS = "F5"  # as the window's refresh key
REFRESH_S = 30.0  # interval of refreshing rows; their listing pages are read much less often
ELIDE = Qt.TextElideMode.ElideRight


class LocalPage(QWidget):
    """Two start actions, each with a sentence."""

    def __init__(self, local: LocalStart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        folder = named(
            buttons.OutlineButton(tr("Choose a folder\u2026"), parent=self), "add-folder"
        )
        folder.clicked.connect(local.choose_folder)
        demo = named(buttons.OutlineButton(tr("Play the demo"), parent=self), "add-demo")
        demo.clicked.connect(local.play_demo)
        inset = theme.scale(INSET_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(inset, theme.scale(20), inset, theme.scale(16))
        column.setSpacing(theme.scale(24))
        for icon, title, words, button in (
            (
                "ui-folder",
                tr("Scan a folder on this computer"),
                tr("The embedded server scans it here. Nothing leaves this computer."),
                folder,
            ),
            (
                "ui-demo",
                tr("See how it works"),
                tr("Replays seven recorded scans. No account needed."),
                demo,
            ),
        ):
            texts = QVBoxLayout()
            texts.setSpacing(theme.scale(2))
            texts.addWidget(Label(title, Role.BODY, Weight.SEMIBOLD))
            texts.addWidget(Paragraph(words, Role.SMALL, tone=Tone.MUTED))
            row = QHBoxLayout()
            row.setSpacing(theme.scale(12))
            row.addWidget(IconMark(icon, 16, Tone.MUTED), 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(texts, 1)
            row.addWidget(button)
            column.addLayout(row)
        column.addStretch(1)


class DiscoveryTabs(QWidget):
    """Reads the content of its tabs, and shows its age.

    Attributes:
        scan_pages: The pages whose rows are scans.
    """

    sign_in_wanted = Signal()
    """Open the sign-in form."""
    paste_wanted = Signal()
    """Open the field for links instead."""
    start_wanted = Signal(object)
    """Scan this `FoundRepo`."""

    def __init__(
        self,
        discovery: Discovery,
        picks: ScanPicks,
        local: LocalStart,
        clock: Clock,
        now: Now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._discovery, self._clock = discovery, clock
        self._host = ""
        self._stop_newest: CallOff = lambda: None
        self._stop_repos: CallOff = lambda: None
        self._requested_at_s = float("-inf")
        self._opened: FoundRepo | None = None

        def make_page(
            name: str, words: PageWords, is_listed: Callable[[object], bool] = lambda _find: True
        ) -> FindsPage:
            page = FindsPage(words, FindsModel(picks, now, self), is_listed, self)
            page.rows.setObjectName(name)
            page.action_requested.connect(self._help)
            return page

        head = self._make_head()  # before the pages: this is the Tab order
        repo_head = self._make_repo_head()
        self._repos = make_page("repos", _REPOS)
        self._repos.rows.chosen.connect(self._open_repo)
        self._repos.rows.entered.connect(self._open_repo)
        self._scans = make_page("repo-scans", _SCANS)
        self._newest = (
            make_page(
                "live-scans", _LIVE, lambda find: isinstance(find, FoundScan) and find.is_live
            ),
            make_page("recent-scans", _RECENT),
        )
        self.scan_pages = (*self._newest, self._scans)
        for page in self.scan_pages:
            page.rows.chosen.connect(picks.turn)
        opened = QWidget(self)
        _stack_up(opened, repo_head, self._scans)
        opened.setFocusProxy(self._scans)
        self._repos_stack = QStackedWidget(self)
        self._repos_stack.addWidget(self._repos)
        self._repos_stack.addWidget(opened)
        self._stack = QStackedWidget(self)
        for widget in (*self._newest, self._repos_stack, LocalPage(local, self)):
            self._stack.addWidget(widget)
        self._bar.currentChanged.connect(self._open_tab)
        _stack_up(self, head, self._stack)

    @property
    def repo(self) -> FoundRepo | None:
        """The repository in view: the open one, or the one that has the keyboard."""
        if self._bar.currentIndex() != REPOS:
            return None
        current: FoundRepo | None = self._repos.rows.currentIndex().data(ROW_ROLE)
        return self._opened or current

    def start(self, host: str) -> None:
        """Read the new scans of a server; "" for none."""
        self._host = host
        self._read_newest(Reading.OPENED)

    def stop(self) -> None:
        self._stop_newest()
        self._stop_repos()

    def open_repos(self) -> None:
        self._bar.setCurrentIndex(REPOS)
        self._repo_page.take_keyboard()

    def read(self) -> None:
        if self._bar.currentIndex() == REPOS:
            self._read_repos()
        elif self._bar.currentIndex() != LOCAL:
            self._read_newest(Reading.BY_HAND)

    def tick(self) -> None:
        finds = self._newest[LIVE].finds
        is_in_view = self.isVisible() and self._bar.currentIndex() in (LIVE, RECENT)
        is_good = finds is not None and finds.is_done and finds.was_answered
        if is_in_view and is_good and self._clock() - self._requested_at_s >= REFRESH_S:
            self._read_newest(Reading.BY_ITSELF)
        self._show_age()

    @property
    def _repo_page(self) -> FindsPage:
        return self._repos if self._opened is None else self._scans

    def _read_newest(self, reading: Reading) -> None:
        self._stop_newest()
        self._requested_at_s = self._clock()
        for page in self._newest:
            page.show_reading()
        show = partial(self._show_finds, self._newest)
        self._stop_newest = self._discovery.request_newest(show, reading)
        self._show_age()

    def _read_repos(self) -> None:
        self._stop_repos()
        self._repo_page.show_reading()
        show = partial(self._show_finds, (self._repo_page,))
        if self._opened is None:
            self._stop_repos = self._discovery.request_repos(show)
        else:
            self._stop_repos = self._discovery.request_scans_of(self._opened, show)

    def _show_finds(self, pages: Sequence[FindsPage], finds: ScanFinds | RepoFinds) -> None:
        for page in pages:
            page.show_finds(finds)
        for tab, page in enumerate(self._newest):
            self._bar.set_count(tab, page.count_text)
        repos = self._repos.finds
        is_known = repos is not None and repos.error is None and repos.expected is not None
        self._bar.set_count(REPOS, str(repos.expected) if repos and is_known else "")
        self._show_age()

    def _open_tab(self, tab: int) -> None:
        self._stack.setCurrentIndex(tab)
        if tab == REPOS and self._repo_page.finds is None:
            self._read_repos()
        self._show_age()

    def _open_repo(self, repo: FoundRepo) -> None:
        self._opened = repo
        self._repo_name.setText(repo.name)
        self._repo_branch.setText(repo.branch)
        self._scans.forget()
        self._repos_stack.setCurrentIndex(1)
        self._read_repos()
        self._scans.take_keyboard()
        self._show_age()

    def _leave_repo(self) -> None:
        self._stop_repos()
        self._opened = None
        self._repos_stack.setCurrentIndex(0)
        self._repos.take_keyboard()
        if self._repos.finds is None or not self._repos.finds.is_done:
            self._read_repos()
        self._show_age()

    def _help(self, error: HeimdallError | None) -> None:
        match error:
            case SignedOut() | LinkError():
                self.sign_in_wanted.emit()
            case PageUnreadable():
                self.paste_wanted.emit()
            case _:
                self.read()

    def _show_age(self) -> None:
        tab = self._bar.currentIndex()
        page = {REPOS: self._repo_page, LOCAL: None}.get(tab, self._newest[LIVE])
        finds = page.finds if page else None
        self._refresh.setVisible(tab != LOCAL)
        if finds is None or not self._host or (finds.error and not finds.rows):
            self._age.setText("")
        elif not finds.is_done and finds.expected is not None:
            words = tr("Loading {read} of {expected} from {host}")
            read, expected = max(finds.read, len(finds.rows)), finds.expected
            self._age.setText(words.format(read=read, expected=expected, host=self._host))
        else:
            age = rough_text(self._clock() - finds.asked_at_s)
            self._age.setText(tr("Loaded from {host} {age} ago").format(host=self._host, age=age))

    def _make_head(self) -> Pane:
        """Return the tabs with the age of the content."""
        theme = theme_of(self)
        self._bar = named(TabBar(tr("Where to look"), parent=self), "add-tabs")
        for label in (tr("Live now"), tr("Recent"), tr("Repositories"), tr("Local folder")):
            self._bar.add_tab(label)
        self._age = named(Label("", Role.SMALL, tone=Tone.MUTED, parent=self), "add-age")
        self._refresh = buttons.GhostIconButton(
            "conn-reconnecting",
            tr("Refresh"),
            key=REFRESH_KEYS,
            height_px=buttons.SMALL_PX,
            parent=self,
        )
        self._refresh.setObjectName("add-again")
        self._refresh.clicked.connect(self.read)
        inset, padding = theme.scale(INSET_PX), theme.scale(TAB_PADDING_PX)
        head = Pane(Ground.RAISED, Edge.BOTTOM, parent=self)
        row = QHBoxLayout(head)
        set_row_margins(head, row, start=inset - padding, end=inset - theme.scale(4))
        row.setSpacing(theme.scale(4))
        row.addWidget(self._bar)
        row.addStretch(1)
        row.addWidget(self._age)
        row.addWidget(self._refresh)
        return head

    def _make_repo_head(self) -> QWidget:
        """Return the line above the scans of a repository."""
        theme, head = theme_of(self), QWidget(self)
        back = buttons.GhostButton(tr("Repositories"), icon="ui-chevron-left", parent=head)
        back.setObjectName("repos-back")
        back.clicked.connect(self._leave_repo)
        self._repo_name = Label("", Role.BODY, Weight.SEMIBOLD, elide=ELIDE, parent=head)
        self._repo_name.setObjectName("repo-name")
        self._repo_branch = Label("", Role.SMALL, tone=Tone.MUTED, elide=ELIDE, parent=head)
        start = buttons.OutlineButton(tr("Start a scan"), height_px=buttons.SMALL_PX, parent=head)
        start.setObjectName("repo-start")
        start.clicked.connect(lambda: self.start_wanted.emit(self._opened))
        inset, space = theme.scale(INSET_PX), theme.scale(6)
        row = QHBoxLayout(head)
        start_px = inset - theme.scale(GHOST_PX)
        set_row_margins(head, row, start=start_px, end=inset, top=space, bottom=space)
        row.setSpacing(theme.scale(8))
        row.addWidget(back)
        row.addWidget(self._repo_name)
        row.addWidget(self._repo_branch)
        row.addStretch(1)
        row.addWidget(start)
        return head


def _stack_up(widget: QWidget, head: QWidget, content: QWidget) -> None:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(head)
    column.addWidget(content, 1)


_LIVE = PageWords(
    tr_noop("Live scans"),
    tr_noop("Loading running scans\u2026"),
    tr_noop("No scans are running."),
    tr_noop("Scans that have ended are under Recent and Repositories."),
    tr_noop("Not every page could be loaded. There may be more scans."),
)
_RECENT = PageWords(
    tr_noop("Recent scans"),
    tr_noop("Loading the newest scans\u2026"),
    tr_noop("No scans yet."),
    tr_noop("Scan a repository or a local folder."),
    tr_noop("Not every page could be loaded. There may be more scans."),
)
_REPOS = PageWords(
    tr_noop("Repositories"),
    tr_noop("Loading repositories\u2026"),
    tr_noop("No repositories."),
    tr_noop("Add one on the server's web page, or paste scan links."),
    tr_noop("The server has more repositories. Paste links to their scans."),
)
_SCANS = PageWords(
    tr_noop("Scans of the repository"),
    tr_noop("Loading scans\u2026"),
    tr_noop("It hasn't been scanned yet."),
    tr_noop("Start a scan to watch it."),
    tr_noop("Only the newest scans are listed. Paste links to older ones."),
)
