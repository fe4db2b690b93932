"""The bar under the findings: what is hidden or folded, the ways back, how far all is checked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from heimdall_desktop.domain.board.ledger_words import LedgerLine, Soundness
from heimdall_desktop.domain.words.hidden_words import hidden_words
from heimdall_desktop.domain.words.wording import grouped, tr
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.icon_mark import IconMark
from heimdall_desktop.widgets.controls.labels import Label, show_tip
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

BAR_PX = 28
INSET_PX = 16
END_PX = 14
GAP_PX = 6
APART_PX = 20  # between what is hidden, what is folded and how far all is checked
HOLD_PX = 40  # so much room must be left before lines join: the age at their end keeps changing


_LEDGER_LOOKS = {
    Soundness.CHECKED: ("ui-check", Tone.MUTED),
    Soundness.UNLOOKED: ("ui-warning", Tone.WARNING),
    Soundness.READING: ("ui-follow", Tone.ACCENT),
    Soundness.ANNOUNCED: ("ui-info", Tone.MUTED),
    Soundness.INCOMPLETE: ("ui-warning", Tone.WARNING),
}


class FindingsFoot(Pane):
    """Is there as long as it has something to say; whether rows are followed stands at its end.

    Everything stands in one line where there is room, else in two or three: nothing is cut.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    clear_requested = Signal()
    """People want to see everything."""
    repeats_requested = Signal(bool)
    """People want to see repeats beside the others, or to fold them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.WINDOW, Edge.TOP, parent=parent)
        self.setObjectName("findings_foot")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._are_folded = True
        self._hidden = _Part(theme, "ui-hide", "findings_foot_clear")
        self._hidden.link.clicked.connect(self.clear_requested)
        self._repeats = _Part(theme, "ui-group", "findings_foot_repeats")
        self._repeats.link.clicked.connect(lambda: self.repeats_requested.emit(self._are_folded))
        self._pause = IconMark(theme, "ui-freeze")
        self._paused = Label(theme, "", Role.SMALL, tone=Tone.MUTED)
        self._paused.setObjectName("findings_foot_state")
        self._is_paused, self._frozen = False, ""
        self._sound = IconMark(theme)
        self._lead = Label(theme, "", Role.SMALL, Weight.SEMIBOLD)
        self._lead.setObjectName("findings_foot_lead")
        self._ledger = Label(
            theme, "", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight
        )
        self._ledger.setObjectName("findings_foot_ledger")
        self._is_stacked = self._is_tall = False
        self._compose()
        theme.changed.connect(self._measure)
        self._measure()
        self.show_paused(is_paused=False)
        self.show_hidden(0)
        self.show_repeats(0, are_folded=True)
        self.show_ledger(None)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._lines() * self._theme.scale(BAR_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._lines() * self._theme.scale(BAR_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._is_stacked = False
            self._arrange()

    def show_hidden(self, count: int, criticals: int = 0, withdrawn: int = 0) -> None:
        """Say how many findings are hidden, if any are, and what is critical or withdrawn of it."""
        self._hidden.show_text(hidden_words(count, criticals, withdrawn), tr("Clear filter"))
        self._appear()

    def show_repeats(self, count: int, *, are_folded: bool) -> None:
        """Say how many rows repeat a newer one, if any do, and whether they are folded."""
        self._are_folded = are_folded
        if are_folded:
            text = tr(
                "{count} repeats of a retried scan are folded.",
                "",
                count,
                one="{count} repeat of a retried scan is folded.",
            )
            way = tr("Show them", "", count, one="Show it")
        else:
            text = tr(
                "{count} repeats of a retried scan are unfolded.",
                "",
                count,
                one="{count} repeat of a retried scan is unfolded.",
            )
            way = tr("Fold them", "", count, one="Fold it")
        self._repeats.show_text(text.format(count=grouped(count)) if count else "", way)
        self._appear()

    def show_ledger(self, line: LedgerLine | None) -> None:
        """Say how far the rows have been checked against the server; None says nothing."""
        if line is not None:
            icon, tone = _LEDGER_LOOKS[line.soundness]
            self._sound.show_icon(icon, tone)
            text = ". ".join(filter(None, (line.text, line.note)))
            self._lead.setText(line.lead)
            self._ledger.setText(f"{text}." if text and line.lead else text)
            show_tip(self._ledger, f"{line.lead} {text}".strip())
        for part in (self._sound, self._ledger):
            part.setVisible(line is not None)
        self._lead.setVisible(line is not None and bool(line.lead))
        self._appear()

    def show_paused(self, *, is_paused: bool) -> None:
        """Say whether the table could go with the newest rows and does not."""
        self._is_paused = is_paused
        self._show_state()

    def show_frozen(self, words: str) -> None:
        """Say that rows stand still, since when, and how much is held back; "" if they go on."""
        self._frozen = words
        self._show_state()

    def _show_state(self) -> None:
        paused = tr("Following paused") if self._is_paused else ""
        self._paused.setText(self._frozen or paused)
        for part in (self._pause, self._paused):
            part.setVisible(bool(self._paused.text()))
        self._appear()

    def _appear(self) -> None:
        is_silent = self._ledger.isHidden() and self._counts.isEmpty() and not self._frozen
        self.setVisible(not is_silent)
        self._arrange()

    # -- lines --

    def _compose(self) -> None:
        self._counts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._state = QHBoxLayout()
        self._state.addStretch(1)
        self._states = ((self._sound, self._lead, self._ledger), (self._pause, self._paused))
        self._told = (QHBoxLayout(), QHBoxLayout())
        for told, widgets in zip(self._told, self._states, strict=True):
            self._state.addLayout(told)
            for widget in widgets:
                told.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        for row, first, second in (
            (self._counts, self._hidden, self._repeats),
            (self._both, self._counts, self._state),
        ):
            row.addLayout(first)
            row.addLayout(second, 1)

    def _arrange(self) -> None:
        """Let parts stand side by side where there is room for all they say."""
        scale = self._theme.scale
        room, gap = self.width() - scale(INSET_PX) - scale(END_PX), scale(APART_PX)
        hidden, repeats = (self._width(part.widgets) for part in (self._hidden, self._repeats))
        counts = _beside((hidden, repeats), gap)
        state = _beside((self._width(widgets) for widgets in self._states), gap)
        hold = scale(HOLD_PX) if self._is_stacked else 0
        self._is_stacked = bool(counts and state) and counts + gap + state + hold > room
        self._is_tall = bool(hidden and repeats) and counts > room
        _lie(self._counts, gap, 1, is_stacked=self._is_tall)
        _lie(self._both, gap, 1 + self._is_tall, is_stacked=self._is_stacked)
        self.updateGeometry()

    def _width(self, widgets: Iterable[QWidget]) -> int:
        widths = (widget.sizeHint().width() for widget in widgets if not widget.isHidden())
        return _beside(widths, self._theme.scale(GAP_PX))

    def _lines(self) -> int:
        return 1 + self._is_tall + self._is_stacked

    def _measure(self) -> None:
        scale = self._theme.scale
        self._both.setContentsMargins(scale(INSET_PX), 1, scale(END_PX), 0)
        for part in (self._hidden, self._repeats, *self._told):
            part.setSpacing(scale(GAP_PX))
        self._state.setSpacing(scale(APART_PX))
        self._arrange()


class _Part(QHBoxLayout):
    """An icon, a sentence and the way on; nothing of it is there without the sentence."""

    def __init__(self, theme: Theme, icon: str, link_name: str) -> None:
        super().__init__()
        self._icon = IconMark(theme, icon)
        self._text = Label(theme, "", Role.SMALL, elide=Qt.TextElideMode.ElideRight)
        self.link = LinkButton(theme)
        self.link.setObjectName(link_name)
        self.widgets: tuple[QWidget, ...] = (self._icon, self._text, self.link)
        for widget in self.widgets:
            self.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.addStretch(1)

    def show_text(self, text: str, way: str) -> None:
        """Say something; nothing for an empty text."""
        self._text.setText(text)
        self.link.set_label(way)
        for widget in self.widgets:
            widget.setVisible(bool(text))


def _beside(widths: Iterable[int], gap: int) -> int:
    """Return how wide those that are there stand side by side."""
    present = [width for width in widths if width]
    return sum(present) + gap * max(0, len(present) - 1)


def _lie(row: QBoxLayout, gap: int, lines: int, *, is_stacked: bool) -> None:
    """Let two parts stand side by side, the second one taking the rest, or line under line."""
    directions = QBoxLayout.Direction
    row.setDirection(directions.TopToBottom if is_stacked else directions.LeftToRight)
    row.setSpacing(0 if is_stacked else gap)
    row.setStretch(0, lines if is_stacked else 0)
