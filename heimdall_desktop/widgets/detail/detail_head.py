"""The head of the detail pane: severity, position, title, location and verdict."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from heimdall_desktop.domain.facts.finding import Finding, Severity, Verdict
from heimdall_desktop.presentation.detail.verdict_text import WORD_LIMIT, VerdictWords, verdict_text
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.labels import severity_word, title_text
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, CopyButton, GhostIconButton
from heimdall_desktop.widgets.controls.key_names import copy_line
from heimdall_desktop.widgets.controls.labels import IconMark, Label, at_text, full_moment, show_tip
from heimdall_desktop.widgets.controls.pane import MeasuredWidget, set_row_margins
from heimdall_desktop.widgets.controls.wrapped_label import Run, WrappedLabel
from heimdall_desktop.widgets.detail.facts_line import FactsLine, RepeatsLine
from heimdall_desktop.widgets.detail.history_view import line_range
from heimdall_desktop.widgets.findings.finding_menu import FindingCopies
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import CAPSULE_PADDING_PX, Badges, capsule_word
from heimdall_desktop.widgets.look.painting import draw_text, elided
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

ALL_BUTTONS_FROM_PX = 370  # picture 2: narrow heads offer the browser only in the menu
TITLE_LINES = 3  # design.md §5
VERDICT_LINES = 2
_VERDICT_ICONS = {
    Verdict.CONFIRMED: "verdict-confirmed",
    Verdict.WITHDRAWN: "verdict-withdrawn",
}

SHORT_LETTERS = 9  # of an unknown word: as wide as "Critical"


class SeverityBadge(QWidget):
    """Shows the current or former severity of a finding.

    Args:
        parent: The pane that contains it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._badges = Badges(self._theme, self)
        self._severity, self._verdict = Severity.OTHER, Verdict.UNVERIFIED
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_severity(
        self, severity: Severity, verdict: Verdict = Verdict.UNVERIFIED, word: str = ""
    ) -> None:
        """Show a severity, with the server's own word if it is unknown."""
        self._severity, self._verdict = severity, verdict
        is_long = len(word) > SHORT_LETTERS
        self._word = f"{word[: SHORT_LETTERS - 1].rstrip()}\u2026" if is_long else word
        self.setAccessibleName(capsule_word(severity, verdict, word))
        show_tip(self, word if is_long else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        filled = self._badges.filled_size(self._severity, self._word)
        if self._verdict is Verdict.WITHDRAWN:
            whole = self._badges.capsule_width(self._severity, self._verdict, self._word)
            return QSize(whole - self._overhang(), filled.height())
        return filled

    def paintEvent(self, event: QPaintEvent) -> None:
        rect, direction = QRectF(self.rect()), self.layoutDirection()
        with QPainter(self) as painter:
            if self._verdict is Verdict.WITHDRAWN:
                over = self._overhang()  # its shape is aligned with the edge of others
                rect.adjust(-over, 0, over, 0)
                self._badges.draw_capsule(
                    painter, rect, self._severity, self._verdict, self._word, direction=direction
                )
            else:
                self._badges.draw_filled(painter, rect, self._severity, self._word, direction)

    def _overhang(self) -> int:
        return self._theme.scale(CAPSULE_PADDING_PX)


class PathLabel(QLabel):
    """Shows "shop/api/orders.py:88-92" in one line; folders are cut, never the file's name.

    The tool tip has the full path.

    Args:
        parent: The owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._folder, self._file = "", ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._theme.changed.connect(self._dress)
        self._dress()

    def show_path(self, folder: str, file: str) -> None:
        """Show a folder ("" for none) and a file with its lines, both already made safe."""
        self._folder, self._file = folder, file
        self.setText(f"{folder}/{file}" if folder else file)
        show_tip(self, self.text())
        self.updateGeometry()
        self.update()

    def shown_text(self) -> str:
        """Return the visible text at the current width."""
        metrics, width = self._theme.metrics(Role.MONO), self.width()
        middle = Qt.TextElideMode.ElideMiddle
        if metrics.horizontalAdvance(self.text()) <= width + 1 or not self._folder:
            return elided(self.text(), metrics, width, middle)
        tail = f"/{self._file}"
        room = width - metrics.horizontalAdvance(tail)
        if room < metrics.horizontalAdvance("\u2026"):
            return elided(self._file, metrics, width, middle)
        return elided(self._folder, metrics, room, middle) + tail

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics(Role.MONO)
        width = round(metrics.horizontalAdvance(self.text())) + 2
        return QSize(width, self._theme.scale(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        font = self._theme.font(Role.MONO)
        shown = self.shown_text()
        with QPainter(self) as painter:
            draw_text(painter, QRectF(self.rect()), shown, font, tokens.ink(Tone.TEXT))

    def _dress(self) -> None:
        self.setFont(self._theme.font(Role.MONO))
        self.updateGeometry()


class DetailHead(MeasuredWidget):
    """Everything above the tabs.

    Args:
        copies: The copy actions for a finding, and the address of its page.
        parent: The owner.

    Attributes:
        add_actions: adds the server actions to a menu.

    Signals:
        previous_wanted, next_wanted: another row of the table.
        closed: close the pane.
        page_wanted: address of a page; confirm with the user before opening it.
        finding_wanted: id of another row of this finding.
    """

    previous_wanted = Signal()
    next_wanted = Signal()
    closed = Signal()
    page_wanted = Signal(str)
    finding_wanted = Signal(str)

    def __init__(self, copies: FindingCopies, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copies = copies
        self.add_actions: Callable[[QMenu], None] = lambda _menu: None
        self._finding: Finding | None = None
        self._badge = SeverityBadge(self)
        self._badge.setObjectName("detail-severity")
        right = Qt.TextElideMode.ElideRight  # a number must not look like a smaller one
        self._position = Label("", Role.SMALL, tone=Tone.MUTED, elide=right, parent=self)
        self._position.setObjectName("detail-position")
        previous = tr("Previous finding")
        self._previous = self._button("ui-chevron-up", previous, "detail-previous", "K")
        self._previous.clicked.connect(self.previous_wanted)
        self._next = self._button("ui-chevron-down", tr("Next finding"), "detail-next", "J")
        self._next.clicked.connect(self.next_wanted)
        self._link = CopyButton("ui-link", tr("Copy link"), parent=self)
        self._link.setObjectName("detail-copy-link")
        self._link.clicked.connect(self.copy_link)
        self._browser = self._button("ui-open", tr("Open in browser"), "detail-browser", "B")
        self._browser.clicked.connect(self.open_page)
        self._more = self._button("ui-more", tr("More actions"), "detail-more")
        self._more.clicked.connect(self._open_menu)
        self._close = self._button("ui-close", tr("Close detail"), "detail-close", "Esc")
        self._close.clicked.connect(self.closed)
        self._title = WrappedLabel(Role.TITLE, 22, TITLE_LINES, self)
        self._title.setObjectName("detail-title")
        self._path = PathLabel(self)
        self._path.setObjectName("detail-path")
        self._copy = CopyButton("ui-copy", tr("Copy path"), parent=self)
        self._copy.setObjectName("detail-copy-path")
        self._copy.clicked.connect(self._copy_path)
        self._facts = FactsLine(self)
        self._facts.page_wanted.connect(self.page_wanted)
        self._repeats = RepeatsLine(self)
        self._repeats.setObjectName("detail-repeats")
        self._repeats.finding_wanted.connect(self.finding_wanted)
        self._mark = IconMark(size_px=16, parent=self)
        self._verdict = WrappedLabel(Role.SMALL, 18, VERDICT_LINES, self)
        self._verdict.setObjectName("detail-verdict")
        self._path_text = ""
        self._lay_out()
        self._measure()
        for button in (self._previous, self._next):
            button.setEnabled(False)

    def show_finding(
        self,
        finding: Finding,
        readings: Sequence[Finding] = (),
        verdict: VerdictWords | None = None,
        *,
        is_of_earlier_attempt: bool = False,
    ) -> None:
        """Show the head of a finding.

        Args:
            finding: the row to show.
            readings: all rows of the finding, newest first.
            verdict: the known verdict; None to use the row alone.
            is_of_earlier_attempt: it existed before the scan's newest attempt.
        """
        self._finding = finding
        is_known = finding.severity is not Severity.OTHER
        word = "" if is_known else severity_word(finding)[:WORD_LIMIT]
        self._badge.show_severity(finding.severity, finding.verdict, word)
        is_gone = finding.verdict is Verdict.WITHDRAWN
        tone = Tone.MUTED if is_gone else Tone.TEXT
        self._title.show_runs(Run(title_text(finding), Weight.SEMIBOLD, tone, is_struck=is_gone))
        show_tip(self._title, title_text(finding))
        for part in (self._path, self._facts, self._mark, self._verdict):
            part.setVisible(not finding.is_announced)  # its known data is shown below
        self._show_path(finding)
        self._facts.show_finding(finding, is_of_earlier_attempt=is_of_earlier_attempt)
        self._repeats.show_readings(finding, readings)
        self.show_verdict(finding, verdict or verdict_text(finding))
        self._link.setVisible(not finding.is_announced)
        self._fit_browser()
        self._link.rest()
        self._browser.set_name(tr("Open in browser"))
        why = self._copies.why_no_page(finding)
        for button in (self._link, self._browser):
            button.setEnabled(not why)
            if why:
                show_tip(button, why)

    def show_scan(self, name: str) -> None:
        """Name the scan of the finding; "" if only one is possible."""
        self._facts.show_scan(name)

    def show_verdict(self, finding: Finding, words: VerdictWords) -> None:
        """Show the verdict, with its moment in local time and the zone in the tool tip."""
        fact = words.fact
        if words.at is not None:
            fact = fact.format(at=at_text(words.at))
        self._verdict.show_runs(
            Run(fact, Weight.SEMIBOLD), Run(f" {words.reason}".rstrip(), tone=Tone.MUTED)
        )
        show_tip(self._verdict, "" if words.at is None else full_moment(words.at))
        icon = _VERDICT_ICONS.get(finding.verdict, "verdict-unverified")
        self._mark.show_icon(icon, Tone.TEXT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep space for the severity: the browser button is in the menu as well."""
        super().resizeEvent(event)
        self._fit_browser()

    def _fit_browser(self) -> None:
        has_room = self.width() >= self._theme.scale(ALL_BUTTONS_FROM_PX)
        is_announced = self._finding is not None and self._finding.is_announced
        self._browser.setVisible(has_room and not is_announced)

    def fit_height(self, width: int, room: int, most: int) -> None:
        """Fit into the available height: the title is shortened first, then the verdict.

        Args:
            width: The width, in pixels.
            room: The height limit for the title.
            most: The height limit for a verdict in one line.
        """
        self._verdict.set_max_lines(VERDICT_LINES)
        for lines in range(TITLE_LINES, 0, -1):
            self._title.set_max_lines(lines)
            if self.heightForWidth(width) <= room:
                return
        if self.heightForWidth(width) > most:
            self._verdict.set_max_lines(1)

    def copy_link(self) -> None:
        """Copy the address of the finding's page."""
        if self._finding is not None and self._copies.page(self._finding):
            self._copies.copy_link(self._finding)
            self._link.confirm()

    def open_page(self) -> None:
        """Request the finding's page in the browser."""
        page = "" if self._finding is None else self._copies.page(self._finding)
        if page:
            self.page_wanted.emit(page)

    def make_menu(self) -> QMenu:
        """Return the menu of other actions on the finding; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setObjectName("detail-menu")
        menu.setAccessibleName(tr("More actions"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._finding is not None:
            page = menu.addAction(tr("Open in browser\u2026"))
            page.triggered.connect(self.open_page)
            page.setEnabled(bool(self._copies.page(self._finding)))
            menu.addSeparator()
            self.add_actions(menu)
            menu.addSeparator()
            self._copies.add_row_to(menu, self._finding)
            self._copies.add_to(menu, self._finding)
        return menu

    def set_position(self, index: int | None, count: int) -> None:
        """Show the position of this row in the table, from 1; None if it is not in the list."""
        self._position.setText(
            tr("Not in the list")
            if index is None
            else tr("{index} of {count}").format(index=grouped(index), count=grouped(count))
        )
        self._previous.setEnabled(index is not None and index > 1)
        self._next.setEnabled(index is not None and index < count)

    def _show_path(self, finding: Finding) -> None:
        name = finding.file_name
        lines = line_range(finding)
        self._path.show_path(finding.folder, f"{name}:{lines}" if name else tr("(no file)"))
        self._path_text = f"{finding.file_path}:{finding.lines[0]}"
        self._copy.setVisible(bool(finding.file_path) and not self._copies.obstacle)
        self._copy.rest()

    def _copy_path(self) -> None:
        copy_line(self._path_text)
        self._copy.confirm()

    def _open_menu(self) -> None:
        self.make_menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _button(self, icon: str, name: str, object_name: str, key: str = "") -> GhostIconButton:
        button = GhostIconButton(icon, name, key=key, height_px=SMALL_PX, parent=self)
        button.setObjectName(object_name)
        return button

    def _lay_out(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self._badge)
        self._gap = QSpacerItem(0, 0)
        self._top.addSpacerItem(self._gap)
        for part in (self._position, self._previous, self._next):
            self._top.addWidget(part)
        self._top.addStretch(1)
        for part in (self._link, self._browser, self._more, self._close):
            self._top.addWidget(part)
        self._title_row = QHBoxLayout()
        self._title_row.addWidget(self._title)
        self._place = QHBoxLayout()
        self._place.addWidget(self._path)
        self._place.addWidget(self._copy)
        self._place.addStretch(1)
        self._outcome = QHBoxLayout()
        self._outcome.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._outcome.addWidget(self._verdict, 1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        for row in (self._top, self._title_row, self._place):
            self._column.addLayout(row)
        self._column.addWidget(self._facts)
        self._column.addWidget(self._repeats)
        self._column.addLayout(self._outcome)

    def _measure(self) -> None:
        scale = self._theme.scale
        near = scale(8)  # buttons are nearer to the edge than texts
        set_row_margins(self, self._column, start=scale(16), end=near, top=near, bottom=near)
        set_row_margins(self, self._top, start=0, end=0, bottom=near)
        set_row_margins(self, self._title_row, start=0, end=near)
        set_row_margins(self, self._outcome, start=0, end=near, top=scale(7), bottom=scale(2))
        self._gap.changeSize(scale(6), 0)
        self._top.setSpacing(scale(4))
        self._place.setSpacing(scale(4))
        self._outcome.setSpacing(scale(6))
