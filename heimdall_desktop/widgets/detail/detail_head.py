"""Everything above the tabs of the detail pane: its head, and the status of actions."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QSpacerItem, QVBoxLayout, QWidget

from heimdall_desktop.application.requests.finding_actions import FindingActions
from heimdall_desktop.domain.facts.finding import Finding, FindingId, Severity, Verdict
from heimdall_desktop.domain.facts.finding_action import ActionState
from heimdall_desktop.domain.proposals import Proposal
from heimdall_desktop.presentation import proposal_text
from heimdall_desktop.presentation.action_text import ActionLine, action_line
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.detail.finding_text import WORD_LIMIT, VerdictWords, verdict_text
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.labels import severity_word, title_text
from heimdall_desktop.presentation.time_text import full_words
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.controls import pane, text_labels
from heimdall_desktop.widgets.controls.buttons import (
    SMALL_PX,
    CopyButton,
    GhostIconButton,
    HelpLink,
    OutlineButton,
)
from heimdall_desktop.widgets.controls.dialog_frame import ask_to_open, web_address
from heimdall_desktop.widgets.controls.key_names import copy_line
from heimdall_desktop.widgets.controls.problem_strip import MOOD_GROUNDS, MOOD_TONES, TEXT_TONES
from heimdall_desktop.widgets.controls.wrapped_label import Run, WrappedLabel
from heimdall_desktop.widgets.detail import head_parts
from heimdall_desktop.widgets.detail.history_view import line_range
from heimdall_desktop.widgets.findings.finding_menu import FindingCopies
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

NEAR_PX = 8  # buttons are nearer to the edge than texts
ALL_BUTTONS_FROM_PX = 370  # picture 2: narrow heads offer the browser only in the menu
TITLE_LINES = 3  # look.md 5
VERDICT_LINES = 2
TICK_MS = 1000  # elapsed times change every second
TEXT_LINES = 5  # of an action
LINES_LIMIT = 3  # more would leave too little space for the pages
_ICON_TONES = MOOD_TONES | {Mood.CALM: Tone.TEXT}
_VERDICT_ICONS = {Verdict.CONFIRMED: "verdict-confirmed", Verdict.WITHDRAWN: "verdict-withdrawn"}


class DetailHead(pane.MeasuredWidget):
    """Everything above the tabs.

    Args:
        copies: The copy actions for a finding, and the address of its page.

    Attributes:
        add_actions: adds the server actions to a menu.
        editor_commands: the commands that open the file of a finding, if there are any.
        previous, next, close_button: buttons for another row of the table, and to close.
        facts, repeats: its origin and properties, and links to its other rows.
    """

    def __init__(self, copies: FindingCopies, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copies = copies
        self.add_actions: Callable[[QMenu], None] = lambda _menu: None
        self.editor_commands: Callable[[Finding], Sequence[Command]] = lambda _finding: ()
        self._finding: Finding | None = None
        self._badge = pane.named(head_parts.SeverityBadge(self), "detail-severity")
        right = Qt.TextElideMode.ElideRight  # a number must not look like a smaller one
        self._position = text_labels.Label(
            "", Role.SMALL, tone=Tone.MUTED, elide=right, parent=self
        )
        self._position.setObjectName("detail-position")
        previous = tr("Previous finding")
        self.previous = self._button("ui-chevron-up", previous, "detail-previous", "K")
        self.next = self._button("ui-chevron-down", tr("Next finding"), "detail-next", "J")
        self._link = pane.named(
            CopyButton("ui-link", tr("Copy link"), parent=self), "detail-copy-link"
        )
        self._link.clicked.connect(self.copy_link)
        self._browser = self._button("ui-open", tr("Open in browser"), "detail-browser", "B")
        self._browser.clicked.connect(self.open_page)
        self._more = self._button("ui-more", tr("More actions"), "detail-more")
        self._more.clicked.connect(self._open_menu)
        self.close_button = self._button("ui-close", tr("Close detail"), "detail-close", "Esc")
        self._title = pane.named(WrappedLabel(Role.TITLE, 22, TITLE_LINES, self), "detail-title")
        self._path = pane.named(head_parts.PathLabel(self), "detail-path")
        self._copy = pane.named(
            CopyButton("ui-copy", tr("Copy path"), parent=self), "detail-copy-path"
        )
        self._copy.clicked.connect(self.copy_path)
        self._editor = self._button("ui-editor", tr("Open in editor"), "detail-editor", "E")
        self._editor.clicked.connect(self._open_in_editor)
        self.facts = head_parts.FactsLine(self)
        self.repeats = pane.named(head_parts.RepeatsLine(self), "detail-repeats")
        self._mark = text_labels.IconMark(size_px=16, parent=self)
        self._verdict = pane.named(
            WrappedLabel(Role.SMALL, 18, VERDICT_LINES, self), "detail-verdict"
        )
        self._path_text = ""
        self._top = QHBoxLayout()
        self._top.addWidget(self._badge)
        self._gap = QSpacerItem(0, 0)
        self._top.addSpacerItem(self._gap)
        for part in (self._position, self.previous, self.next):
            self._top.addWidget(part)
        self._top.addStretch(1)
        for part in (self._link, self._browser, self._more, self.close_button):
            self._top.addWidget(part)
        title_row = QHBoxLayout()
        title_row.addWidget(self._title)
        place = QHBoxLayout()
        place.addWidget(self._path)
        place.addWidget(self._copy)
        place.addWidget(self._editor)
        place.addStretch(1)
        outcome = QHBoxLayout()
        outcome.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        outcome.addWidget(self._verdict, 1)
        column = QVBoxLayout(self)
        for row in (self._top, title_row, place):
            column.addLayout(row)
        column.addWidget(self.facts)
        column.addWidget(self.repeats)
        column.addLayout(outcome)
        self.keep_spaces(column, 16, NEAR_PX, NEAR_PX, NEAR_PX)
        self.keep_spaces(self._top, bottom=NEAR_PX, gap=4)
        self.keep_spaces(title_row, end=NEAR_PX)
        self.keep_spaces(place, gap=4)
        self.keep_spaces(outcome, top=7, end=NEAR_PX, bottom=2, gap=6)
        self._measure()
        for button in (self.previous, self.next):
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
        text_labels.show_tip(self._title, title_text(finding))
        for part in (self._path, self.facts, self._mark, self._verdict):
            part.setVisible(not finding.is_announced)  # its known data is shown below
        name, lines = finding.file_name, line_range(finding)
        self._path.show_path(finding.folder, f"{name}:{lines}" if name else tr("(no file)"))
        self._path_text = f"{finding.file_path}:{finding.lines[0]}"
        self._copy.setVisible(bool(finding.file_path) and not self._copies.obstacle)
        self._copy.rest()
        opening = next(iter(self.editor_commands(finding)), None)
        self._editor.setVisible(self._copy.isVisibleTo(self) and opening is not None)
        self._editor.set_name(tr("Open in editor"))
        why = "" if opening is None else opening.obstacle()
        self._editor.setEnabled(not why)
        if why:
            text_labels.show_tip(self._editor, why)
        self.facts.show_finding(finding, is_of_earlier_attempt=is_of_earlier_attempt)
        self.repeats.show_readings(finding, readings)
        self.show_verdict(finding, verdict or verdict_text(finding))
        self._link.setVisible(not finding.is_announced)
        self._fit_browser()
        self._link.rest()
        self._browser.set_name(tr("Open in browser"))
        why = self._copies.why_no_page(finding)
        for button in (self._link, self._browser):
            button.setEnabled(not why)
            if why:
                text_labels.show_tip(button, why)

    def show_verdict(self, finding: Finding, words: VerdictWords) -> None:
        """Show the verdict, with its moment in local time and the zone in the tool tip."""
        fact = words.fact
        if words.at is not None:
            fact = fact.format(at=text_labels.at_text(words.at))
        self._verdict.show_runs(
            Run(fact, Weight.SEMIBOLD), Run(f" {words.reason}".rstrip(), tone=Tone.MUTED)
        )
        text_labels.show_tip(self._verdict, "" if words.at is None else full_words(words.at))
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
            for row in self.findChildren(QLayout):  # rows within rows keep an older height
                row.invalidate()
            if self.heightForWidth(width) <= room:
                return
        if self.heightForWidth(width) > most:
            self._verdict.set_max_lines(1)

    def copy_path(self) -> None:
        copy_line(self._path_text)
        self._copy.confirm()

    def copy_link(self) -> None:
        if self._finding is not None and self._copies.page(self._finding):
            self._copies.copy_link(self._finding)
            self._link.confirm()

    def open_page(self) -> None:
        page = "" if self._finding is None else self._copies.page(self._finding)
        if page:
            ask_to_open(self, page)

    def _open_in_editor(self) -> None:
        if self._finding is not None:
            for opening in self.editor_commands(self._finding)[:1]:
                opening.act()

    def make_menu(self) -> QMenu:
        """Return the menu of other actions on the finding; it deletes itself when it closes."""
        menu = text_labels.new_menu(self, tr("More actions"), "detail-menu")
        if self._finding is not None:
            page = menu.addAction(tr("Open in browser\u2026"))
            page.triggered.connect(self.open_page)
            page.setEnabled(bool(self._copies.page(self._finding)))
            text_labels.add_commands(menu, self.editor_commands(self._finding))
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
        self.previous.setEnabled(index is not None and index > 1)
        self.next.setEnabled(index is not None and index < count)

    def _open_menu(self) -> None:
        self.make_menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _button(self, icon: str, name: str, object_name: str, key: str = "") -> GhostIconButton:
        button = GhostIconButton(icon, name, key=key, height_px=SMALL_PX, parent=self)
        button.setObjectName(object_name)
        return button

    def _measure(self) -> None:
        self._gap.changeSize(self._theme.scale(6), 0)
        self._top.invalidate()


class _Line(pane.Pane):
    """One action, with buttons to show its answer, to open its page, and to stop waiting."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(edges=pane.Edge.TOP, parent=parent)
        self._shown: tuple[ActionLine, str] | None = None
        self._mark = text_labels.IconMark(size_px=16, parent=self)
        self._words = pane.named(WrappedLabel(Role.SMALL, 18, TEXT_LINES, self), "action-words")
        self.answer = OutlineButton(tr("Show"), height_px=SMALL_PX, parent=self)
        self.page = OutlineButton("", height_px=SMALL_PX, parent=self)
        self.leave = OutlineButton("", height_px=SMALL_PX, parent=self)
        row, texts = QHBoxLayout(self), QHBoxLayout()
        texts.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        texts.addWidget(self._words, 1)
        row.addLayout(texts, 1)
        self._help = HelpLink(self)
        row.addWidget(self._help, 0, Qt.AlignmentFlag.AlignTop)
        buttons = {"answer": self.answer, "page": self.page, "leave": self.leave}
        for name, button in buttons.items():
            button.setObjectName(f"action-{name}")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.keep_spaces(texts, top=3, bottom=3, gap=6)  # aligned with the buttons
        self.keep_spaces(row, 16, 6, 16, 6, gap=6)

    def show_state(self, state: ActionState, elapsed_s: float) -> None:
        line = action_line(state, elapsed_s)
        if (line, state.page) == self._shown:
            return
        before, self._shown = self._shown, (line, state.page)
        self._ground = MOOD_GROUNDS.get(line.mood, Ground.ALT)
        tone = TEXT_TONES.get(line.mood, Tone.TEXT)
        self._mark.show_icon(line.icon, _ICON_TONES[line.mood])
        self._words.show_runs(
            Run(line.fact, Weight.SEMIBOLD, tone), Run(f" {line.consequence}".rstrip(), tone=tone)
        )
        self._help.show_entry(line.help)
        self.answer.setVisible(line.has_answer)
        self.page.set_label(line.page_label)
        self.page.setVisible(bool(line.page_label) and web_address(state.page) is not None)
        self.leave.set_label(line.leave)
        self.leave.setVisible(bool(line.leave))
        self.setAccessibleName(f"{line.fact} {line.consequence}".strip())
        self.update()
        if before is None or before[0].icon != line.icon:  # a changed time is not new
            pane.alert(self)


class ProposalLine(pane.Pane):
    """A decision of an earlier scan that is proposed, with buttons for it; hidden without one.

    Signals:
        accepted, rejected: its buttons were pressed.
        resized: it appeared or disappeared, or has more lines.
    """

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Ground.SELECTION, pane.Edge.TOP, parent=parent)
        self.setObjectName("detail-proposal")
        self._shown: tuple[str, str, str] | None = None
        self._mark = text_labels.IconMark("ui-history", size_px=16, parent=self)
        self._words = pane.named(WrappedLabel(Role.SMALL, 18, TEXT_LINES, self), "proposal-words")
        self._accept = OutlineButton(
            tr(proposal_text.ACCEPT), key=proposal_text.ACCEPT_KEY, height_px=SMALL_PX, parent=self
        )
        self._reject = OutlineButton(
            tr(proposal_text.REJECT), key=proposal_text.REJECT_KEY, height_px=SMALL_PX, parent=self
        )
        self.accepted, self.rejected = self._accept.clicked, self._reject.clicked
        row, texts = QHBoxLayout(self), QHBoxLayout()
        texts.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        texts.addWidget(self._words, 1)
        row.addLayout(texts, 1)
        for name, button in (("reject", self._reject), ("accept", self._accept)):
            button.setObjectName(f"proposal-{name}")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.keep_spaces(texts, top=3, bottom=3, gap=6)  # aligned with the buttons
        self.keep_spaces(row, 16, 6, 16, 6, gap=6)
        self.hide()

    def set_low(self, *, is_low: bool) -> None:
        """Use a single line where height is short; its tooltip has the rest."""
        self._words.set_max_lines(1 if is_low else TEXT_LINES)

    def show_proposal(
        self, proposal: Proposal | None, finding: Finding, now: datetime, obstacle: str = ""
    ) -> None:
        """Show a proposal as it may be seen, and why it can't be accepted; None hides it."""
        words = None
        if proposal is not None:
            fact, more = proposal_text.detail_texts(proposal, now)
            words = fact, more, obstacle
        if words == self._shown:
            return
        self._shown = words
        if proposal is not None and words is not None:
            rest = " ".join(filter(None, words[1:]))
            self._words.show_runs(Run(words[0], Weight.SEMIBOLD), Run(f" {rest}".rstrip()))
            self._mark.show_icon(proposal_text.ICONS[proposal.certainty], Tone.ACCENT)
            self._accept.setVisible(not obstacle)
            self.setAccessibleName(" ".join(filter(None, words)))
            text_labels.show_tip(self._words, " ".join(filter(None, words)))
        self.setVisible(words is not None)
        self.resized.emit()


class ActionLines(pane.Column):
    """A line for each requested action on the shown finding; hidden without one.

    While an action runs, its line shows the elapsed time and a button to stop waiting. Afterwards
    it shows the result, with a button that opens what was created. Source: look.md 5, 10;
    behaviour.md 2.9.

    Args:
        actions: The requested actions.
        show_answer: Shows the answer of a model.

    Signals:
        resized: the number of lines changed.
    """

    resized = Signal()

    def __init__(
        self, actions: FindingActions, show_answer: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(0, parent)
        self._actions, self._show_answer = actions, show_answer
        self._finding_id: FindingId | None = None
        self._states: tuple[ActionState, ...] = ()
        self._lines: list[_Line] = []
        self._most = LINES_LIMIT
        self._tick = pane.named(QTimer(self, interval=TICK_MS), "action-tick")
        self._tick.timeout.connect(self.refresh)
        self.setAccessibleName(tr("Finding actions"))
        self.hide()

    def show_finding(self, finding_id: FindingId | None) -> None:
        self._finding_id = finding_id
        self.refresh()

    def set_most(self, most: int) -> None:
        """Show only the newest lines, as many as fit; the others wait."""
        if most != self._most:
            self._most = most
            self.refresh()

    def refresh(self) -> None:
        shown = self._finding_id
        count = len(self._states)
        self._states = () if shown is None else self._actions.states(shown)[-self._most :]
        lines = pane.shown_rows(self._lines, len(self._states), self._make_line)
        for line, state in zip(lines, self._states, strict=True):
            line.show_state(state, self._actions.elapsed_s(state))
        self.setVisible(bool(self._states))
        self._keep_time()
        if count != len(self._states):
            self.resized.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_time()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def _keep_time(self) -> None:
        if self.isVisible() and any(state.is_under_way for state in self._states):
            if not self._tick.isActive():
                self._tick.start()
        else:
            self._tick.stop()

    def _make_line(self, place: int) -> _Line:
        line = pane.named(_Line(self), f"action-{place}")
        line.page.clicked.connect(lambda: ask_to_open(self, self._states[place].page))
        line.answer.clicked.connect(self._show_answer)
        line.leave.clicked.connect(lambda: self._stop_waiting(place))
        self.column.addWidget(line)
        return line

    def _stop_waiting(self, place: int) -> None:
        state = self._states[place]
        self._actions.leave(state.subject, state.action)
        self.refresh()
