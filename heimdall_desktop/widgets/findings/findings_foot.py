"""The bar under the findings: hidden, folded and unread rows with links, and sync status."""

import math
from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from heimdall_desktop.presentation.all_clear import hidden_text, snoozed_count
from heimdall_desktop.presentation.board.completeness_text import SyncStatus
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.pane import Edge, Pane, named
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.text_labels import IconMark, Label, show_tip
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

BAR_PX = 28
END_PX = 14
GAP_PX = 6
APART_PX = 20  # between hidden, folded and sync status
LEDGER_PX = 210  # of the sync status; beyond it the counts keep their sentences


class FindingsFoot(Pane):
    """Visible while it has something to show; the following state is at its end.

    It always takes one line, so that nothing above it moves. When space is short, reasons, repeats
    and then hidden findings are shortened to a word, and the sync status down to its icon.
    Nothing is cut, and the tool tips have the full text.
    """

    clear_requested = Signal()
    """Everything must be shown."""
    snoozed_requested = Signal()
    """Snoozed findings must be shown."""
    repeats_requested = Signal(bool)
    """Repeats must be shown beside the others, or folded."""
    reasons_requested = Signal(bool)
    """Reasons must be loaded, or no longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, Edge.TOP, parent=parent)
        self.setObjectName("findings_foot")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._are_folded, self._are_snoozed = True, False
        self._hidden = _Part("ui-hide", "findings_foot_clear")
        self._hidden.link.clicked.connect(self._go_to_hidden)
        self._repeats = _Part("ui-group", "findings_foot_repeats")
        self._repeats.link.clicked.connect(lambda: self.repeats_requested.emit(self._are_folded))
        self._are_loading = False
        self._reasons = _Part("ui-info", "findings_foot_reasons")
        self._reasons.link.clicked.connect(
            lambda: self.reasons_requested.emit(not self._are_loading)
        )
        self._parts = (self._hidden, self._repeats, self._reasons)
        self._pause = IconMark("ui-freeze")
        self._paused = named(Label("", Role.SMALL, tone=Tone.MUTED), "findings_foot_state")
        self._is_frozen = False
        self._sync_forms: tuple[str, ...] = ()  # the sync status, the longest form first
        self._sync_icon = IconMark()
        self._lead = named(Label("", Role.SMALL, Weight.SEMIBOLD), "findings_foot_lead")
        self._sync = Label("", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight)
        self._sync.setObjectName("findings_foot_ledger")
        self._row, self._counts = QHBoxLayout(self), QHBoxLayout()
        self._states = ((self._sync_icon, self._lead, self._sync), (self._pause, self._paused))
        self._state_rows = (QHBoxLayout(), QHBoxLayout())
        self._counts.addLayout(self._hidden)
        self._counts.addLayout(self._repeats)
        self._counts.addLayout(self._reasons)
        self._row.addLayout(self._counts)
        self._row.addStretch(1)
        for text, widgets in zip(self._state_rows, self._states, strict=True):
            self._row.addLayout(text)
            for widget in widgets:
                text.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.keep_spaces(self._row, INSET_PX, 0, END_PX, gap=APART_PX, lines=Edge.TOP)
        self.keep_spaces(self._counts, gap=APART_PX)
        for part in (*self._parts, *self._state_rows):
            self.keep_spaces(part, gap=GAP_PX)
        self.show_flow("", is_frozen=False)
        self.show_hidden(0)
        self.show_repeats(0, are_folded=True)
        self.show_reasons(0)
        self.show_sync(None)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.scale(BAR_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(BAR_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def show_hidden(
        self,
        count: int,
        criticals: int = 0,
        closed: int = 0,
        uncompared: int = 0,
        snoozed: int = 0,
        *,
        histories: int | None = None,
    ) -> None:
        """Show how many findings are hidden and which of them matter: see `hidden_text`.

        If all of them are snoozed, no filter hides them, and the link shows the snoozed ones.
        """
        short = tr("%n hidden", "", count)
        if criticals:
            short = tr("%n hidden, {criticals} critical", "", count)
            short = short.format(criticals=grouped(criticals))
        way, self._are_snoozed = tr("Clear filter"), 0 < snoozed == count
        if self._are_snoozed:
            short = snoozed_count(snoozed, criticals)
            way = tr("Show them", "", count, one="Show it")
        whole = hidden_text(count, criticals, closed, uncompared, snoozed, histories=histories)
        self._hidden.show_text(whole, short, way)
        self._appear()

    def _go_to_hidden(self) -> None:
        (self.snoozed_requested if self._are_snoozed else self.clear_requested).emit()

    def show_repeats(self, count: int, *, are_folded: bool) -> None:
        """Show how many rows repeat a newer one, if any do, and whether they are folded."""
        self._are_folded = are_folded
        if are_folded:
            text = tr(
                "{count} repeats of a retried scan are collapsed.",
                "",
                count,
                one="{count} repeat of a retried scan is collapsed.",
            )
            way = tr("Show them", "", count, one="Show it")
        else:
            text = tr(
                "{count} repeats of a retried scan are shown.",
                "",
                count,
                one="{count} repeat of a retried scan is shown.",
            )
            way = tr("Collapse them", "", count, one="Collapse it")
        short = tr("%n repeats", "", count, one="%n repeat")
        self._repeats.show_text(text.format(count=grouped(count)) if count else "", short, way)
        self._appear()

    def show_reasons(self, unread: int, loading: int = 0, why: str = "") -> None:
        """Show how many rows have a reason that is not loaded, and how many are being loaded.

        Args:
            unread: rows that are shown and whose reason is not loaded.
            loading: findings whose history is still to be read.
            why: why the last loading ended early; "" if it did not.
        """
        self._are_loading = loading > 0
        text = tr(
            "The reasons of %n findings aren't loaded.",
            "",
            unread,
            one="The reason of %n finding isn't loaded.",
        )
        short = tr("%n reasons not loaded", "", unread, one="%n reason not loaded")
        way = tr("Load them", "", unread, one="Load it")
        if loading:
            text = tr("Loading reasons, %n left.", "", loading)
            short, way = tr("%n reasons left", "", loading), tr("Stop")
        whole = f"{text} {why}".strip()
        self._reasons.show_text(whole if unread or loading else "", short, way)
        self._appear()

    def show_sync(self, line: SyncStatus | None) -> None:
        """Show how far the rows have been checked against the server; None shows nothing."""
        if line is not None:
            checked = line.completeness
            self._sync_icon.show_icon(checked.icon, MOOD_TONES[checked.mood])
            text = ". ".join(filter(None, (line.text, line.note)))
            self._lead.setText(line.lead)
            whole = f"{text}." if text and line.lead else text
            forms = (whole, line.text, "" if line.lead else tr(checked.word), "")
            self._sync_forms = tuple(dict.fromkeys(forms))
            for part in (self._sync_icon, self._sync):
                show_tip(part, f"{line.lead} {text}".strip())
        else:
            self._sync_forms = ()
        self._sync_icon.setVisible(line is not None)
        self._lead.setVisible(line is not None and bool(line.lead))
        self._appear()

    def show_flow(self, words: str, *, is_frozen: bool) -> None:
        """Show why no newer rows appear at the end of the table; "" if they do."""
        self._is_frozen = is_frozen
        self._paused.setText(words)
        for part in (self._pause, self._paused):
            part.setVisible(bool(words))
        self._appear()

    def _appear(self) -> None:
        is_silent = not self._sync_forms and self._counts.isEmpty() and not self._is_frozen
        self.setVisible(not is_silent)
        self._measure()

    # -- one line --

    def _measure(self) -> None:
        """Shorten texts to a word if the sentences do not fit."""
        scale = self._theme.scale
        room, gap = self.width() - scale(INSET_PX) - scale(END_PX), scale(APART_PX)
        mark, state = (
            self._width(widgets) for widgets in ((self._sync_icon, self._lead), self._states[1])
        )
        whole_px = self._text_px(self._sync_forms[0]) if self._sync_forms else 0
        sound = _beside((mark, min(scale(LEDGER_PX), whole_px)), scale(GAP_PX))
        for part in self._parts:
            part.say(is_short=False)
        for part in reversed(self._parts):
            counts = (self._width(each.widgets) for each in self._parts)
            if _beside((*counts, sound, state), gap) > room:
                part.say(is_short=True)
        counts = (self._width(each.widgets) for each in self._parts)
        rest = room - _beside((*counts, mark, state), gap) - scale(GAP_PX)
        words = next((each for each in self._sync_forms if self._text_px(each) <= rest), "")
        self._sync.setText(words)
        self._sync.setVisible(bool(words))

    def _text_px(self, text: str) -> int:
        return math.ceil(self._theme.text_width(text, Role.SMALL)) + 1

    def _width(self, widgets: Iterable[QWidget]) -> int:
        widths = (widget.sizeHint().width() for widget in widgets if not widget.isHidden())
        return _beside(widths, self._theme.scale(GAP_PX))


class _Part(QHBoxLayout):
    """An icon, a sentence and a link; hidden without the sentence."""

    def __init__(self, icon: str, link_name: str) -> None:
        super().__init__()
        self._words = ("", "")
        self._icon = IconMark(icon)
        self._text = Label("", Role.SMALL)
        self.link = named(LinkButton(), link_name)
        self.widgets: tuple[QWidget, ...] = (self._icon, self._text, self.link)
        for widget in self.widgets:
            self.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_text(self, text: str, short: str, way: str) -> None:
        """Show a text; hide for an empty one.

        Args:
            text: A sentence.
            short: The short form.
            way: The label of the link.
        """
        self._words = (text, short)
        show_tip(self._text, text)
        self.link.set_label(way)
        for widget in self.widgets:
            widget.setVisible(bool(text))

    def say(self, *, is_short: bool) -> None:
        """Show the sentence or its short form."""
        self._text.setText(self._words[is_short])


def _beside(widths: Iterable[int], gap: int) -> int:
    """Return the total width of the visible ones side by side."""
    present = [width for width in widths if width]
    return sum(present) + gap * max(0, len(present) - 1)
