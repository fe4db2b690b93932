"""The scans that can be watched, in four tabs: live now, recent, repositories, a local folder.

Live and recent scans come from one reading; the repositories are read when their tab is opened.
While live or recent scans are shown they are refreshed automatically, so that their counts do not
become outdated. Source: design picture 4b; ux.md 2.6.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from heimdall_desktop.application.discovery import Discovery, Reading
from heimdall_desktop.application.tasks import CallOff
from heimdall_desktop.domain.facts.observation import FoundRepo
from heimdall_desktop.models.discovery_model import FoundScansModel, ScanPicks
from heimdall_desktop.models.scan_facts import Clock, Now
from heimdall_desktop.presentation.board.discovery import RepoFinds, ScanFinds, in_place_of
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.time_text import rough_text
from heimdall_desktop.widgets.adding.discovery_list import DiscoveryList
from heimdall_desktop.widgets.adding.discovery_page import DiscoveryPage, PageWords, ReposPage
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, GhostIconButton, OutlineButton
from heimdall_desktop.widgets.controls.dialog_frame import INSET_PX
from heimdall_desktop.widgets.controls.labels import IconMark, Label, Paragraph
from heimdall_desktop.widgets.controls.pane import Edge, Pane, set_row_margins
from heimdall_desktop.widgets.controls.tab_bar import TAB_PADDING_PX, TabBar
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

LIVE, RECENT, REPOS, LOCAL = range(4)
AGAIN_KEYS = "F5"  # as the window's refresh key
REFRESH_S = 30.0  # interval of refreshing rows; their listing pages are read much less often


class LocalPage(QWidget):
    """Two start actions, each with a sentence.

    Args:
        parent: Its owner.
    """

    folder_wanted = Signal()
    """Choose a folder."""
    demo_wanted = Signal()
    """Start the demo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        folder = OutlineButton(tr("Choose a folder\u2026"), parent=self)
        folder.setObjectName("add-folder")
        folder.clicked.connect(self.folder_wanted)
        demo = OutlineButton(tr("Play the demo"), parent=self)
        demo.setObjectName("add-demo")
        demo.clicked.connect(self.demo_wanted)
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
                tr("Replays six recorded scans. No account needed."),
                demo,
            ),
        ):
            column.addLayout(_row(theme, icon, title, words, button))
        column.addStretch(1)


def _row(theme: Theme, icon: str, title: str, words: str, button: QWidget) -> QHBoxLayout:
    texts = QVBoxLayout()
    texts.setSpacing(theme.scale(2))
    texts.addWidget(Label(title, Role.BODY, Weight.SEMIBOLD))
    texts.addWidget(Paragraph(words, Role.SMALL, tone=Tone.MUTED))
    row = QHBoxLayout()
    row.setSpacing(theme.scale(12))
    row.addWidget(IconMark(icon, 16, Tone.MUTED), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(texts, 1)
    row.addWidget(button)
    return row


class DiscoveryTabs(QWidget):
    """Reads the content of its tabs, and shows its age.

    Args:
        discovery: Reads the content.
        picks: The ticked scans.
        clock: Our monotonic clock.
        now: The wall clock, in UTC.
        parent: Its owner.
    """

    changed = Signal()
    """Another tab or repository was opened, or new content was read."""
    sign_in_wanted = Signal()
    """Open the sign-in form."""
    paste_wanted = Signal()
    """Open the field for links instead."""
    submitted = Signal(object)
    """Enter was pressed on this `FoundScan`."""

    def __init__(
        self,
        discovery: Discovery,
        picks: ScanPicks,
        clock: Clock,
        now: Now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._discovery, self._clock = discovery, clock
        self._host = ""
        self._call_off: CallOff = lambda: None
        self._newest: ScanFinds | None = None
        self._asked_at_s = float("-inf")
        self._models = [FoundScansModel(picks, now, self) for _ in (LIVE, RECENT)]
        self._make_head()  # before the pages: this is the Tab order
        self.repos = ReposPage(discovery, picks, now, self)
        self.local = LocalPage(self)
        self._pages = [
            self._make_page(picks, LIVE, "live-scans", tr("Live scans")),
            self._make_page(picks, RECENT, "recent-scans", tr("Recent scans")),
        ]
        self.repos.sign_in_wanted.connect(self.sign_in_wanted)
        self.repos.paste_wanted.connect(self.paste_wanted)
        self.repos.submitted.connect(self.submitted)
        self.repos.changed.connect(self._follow)
        self._stack = QStackedWidget(self)
        for page in (*self._pages, self.repos, self.local):
            self._stack.addWidget(page)
        self._bar.currentChanged.connect(self._open)
        self._lay_out()

    @property
    def repo(self) -> FoundRepo | None:
        """The repository in view, if any."""
        return self.repos.repo if self._bar.currentIndex() == REPOS else None

    def begin(self, host: str) -> None:
        """Read the new scans of a server; "" for none."""
        self._host = host
        self._read_newest(Reading.OPENED)

    def rest(self) -> None:
        """Stop reading."""
        self._call_off()
        self.repos.rest()

    def open_repos(self) -> None:
        """Show and focus the repositories."""
        self._bar.setCurrentIndex(REPOS)
        self.repos.take_keyboard()

    def read(self) -> None:
        """Reload the open tab."""
        if self._bar.currentIndex() == REPOS:
            self.repos.read()
        elif self._bar.currentIndex() != LOCAL:
            self._read_newest(Reading.BY_HAND)

    def tick(self) -> None:
        """Update the age of the content, and reload it when due."""
        newest = self._newest
        is_looked_at = self.isVisible() and self._bar.currentIndex() in (LIVE, RECENT)
        is_good = newest is not None and newest.is_done and newest.was_answered
        if is_looked_at and is_good and self._clock() - self._asked_at_s >= REFRESH_S:
            self._read_newest(Reading.BY_ITSELF)
        self._tell_age()

    def _tell_age(self) -> None:
        finds = self._finds()
        is_shown = finds is not None and bool(finds.rows or not finds.error) and bool(self._host)
        self._again.setVisible(self._bar.currentIndex() != LOCAL)
        if finds is None or not is_shown:
            self._age.setText("")
        elif not finds.is_done and finds.expected is not None:
            words = tr("Loading {read} of {expected} from {host}")
            read, expected = max(finds.read, len(finds.rows)), finds.expected
            self._age.setText(words.format(read=read, expected=expected, host=self._host))
        else:
            age = rough_text(self._clock() - finds.asked_at_s)
            self._age.setText(tr("Loaded from {host} {age} ago").format(host=self._host, age=age))

    def _finds(self) -> ScanFinds | RepoFinds | None:
        if self._bar.currentIndex() == REPOS:
            return self.repos.finds
        return None if self._bar.currentIndex() == LOCAL else self._newest

    def _read_newest(self, read: Reading) -> None:
        self._call_off()
        self._asked_at_s = self._clock()
        if self._newest is None or not self._newest.rows:
            for page in self._pages:
                page.show_reading()
        self._call_off = self._discovery.request_newest(self._take_newest, read)
        self._tell_age()

    def _take_newest(self, finds: ScanFinds) -> None:
        self._newest = finds = in_place_of(self._newest, finds)
        live = tuple(scan for scan in finds.rows if scan.is_live)
        for tab, rows in ((LIVE, live), (RECENT, finds.rows)):
            self._models[tab].show(rows)
            self._pages[tab].show_finds(finds, len(rows))
            self._bar.set_count(tab, self._count(finds, len(rows)))
        self._follow()

    @staticmethod
    def _count(finds: ScanFinds, count: int) -> str:
        """Return the count, or "3+" while there may be more."""
        if finds.expected is None:
            return ""
        return str(count) if finds.is_whole else f"{count}+"

    def _open(self, tab: int) -> None:
        self._stack.setCurrentIndex(tab)
        if tab == REPOS and self.repos.finds is None:
            self.repos.read()
        self._follow()

    def _follow(self) -> None:
        count = self.repos.found_count
        self._bar.set_count(REPOS, "" if count is None else str(count))
        self._tell_age()
        self.changed.emit()

    def _make_head(self) -> None:
        self._bar = TabBar(tr("Where to look"), parent=self)
        self._bar.setObjectName("add-tabs")
        for label in (tr("Live now"), tr("Recent"), tr("Repositories"), tr("Local folder")):
            self._bar.add_tab(label)
        self._age = Label("", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._age.setObjectName("add-age")
        again = tr("Refresh")
        self._again = GhostIconButton(
            "conn-reconnecting", again, key=AGAIN_KEYS, height_px=SMALL_PX, parent=self
        )
        self._again.setObjectName("add-again")
        self._again.clicked.connect(self.read)

    def _make_page(self, picks: ScanPicks, tab: int, object_name: str, name: str) -> DiscoveryPage:
        rows = DiscoveryList(self._models[tab], name, self)
        rows.setObjectName(object_name)
        rows.taken.connect(picks.turn)
        rows.entered.connect(self.submitted)
        page = DiscoveryPage(rows, _WORDS[tab], self)
        page.again_wanted.connect(self.read)
        page.sign_in_wanted.connect(self.sign_in_wanted)
        page.paste_wanted.connect(self.paste_wanted)
        return page

    def _lay_out(self) -> None:
        theme = theme_of(self)
        inset, padding = theme.scale(INSET_PX), theme.scale(TAB_PADDING_PX)
        head = Pane(Ground.RAISED, Edge.BOTTOM, parent=self)
        row = QHBoxLayout(head)
        set_row_margins(head, row, start=inset - padding, end=inset - theme.scale(4))
        row.setSpacing(theme.scale(4))
        row.addWidget(self._bar)
        row.addStretch(1)
        row.addWidget(self._age)
        row.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)


_WORDS = (
    PageWords(
        tr_noop("Loading running scans\u2026"),
        tr_noop("No scans are running."),
        tr_noop("Scans that have ended are under Recent and Repositories."),
        tr_noop("Not every page could be loaded. There may be more scans."),
    ),
    PageWords(
        tr_noop("Loading the newest scans\u2026"),
        tr_noop("No scans yet."),
        tr_noop("Scan a repository or a local folder."),
        tr_noop("Not every page could be loaded. There may be more scans."),
    ),
)
