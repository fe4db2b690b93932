"""The glyphs and inks for the state of a scan, its stages, its log and its problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.facts.choices import MUTE_FOR
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.models.ticker import Now
from heimdall_desktop.presentation.board.card_words import Tag, mute_texts
from heimdall_desktop.presentation.board.sign import ConnectionText, Mood, Problem
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.panel.log_lines import LogSign
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.key_names import IS_MAC
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES, StripText
from heimdall_desktop.widgets.controls.stage_strip import SegmentKind
from heimdall_desktop.widgets.controls.text_labels import Mark, add_commands
from heimdall_desktop.widgets.look.painting import RowCursor, draw_text, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone

# The words beside them distinguish them.
_LIKE = {
    StageDisplay.CANCELLED_BEFORE: StageDisplay.CANCELLED,
    StageDisplay.ENDED: StageDisplay.CANCELLED,
}
SEGMENTS = {display: SegmentKind[_LIKE.get(display, display).name] for display in StageDisplay}
LOG_MARKS = {
    LogSign.RUNNING: ("stage-running", Tone.ACCENT),
    LogSign.STARTED: ("stage-pending", Tone.MUTED),
    LogSign.DONE: ("stage-done", Tone.TEXT),
    LogSign.SKIPPED: ("stage-skipped", Tone.MUTED),
    LogSign.WARNING: ("ui-warning", Tone.WARNING),
    LogSign.FAILED: ("stage-failed", Tone.FAILED),
    LogSign.CANCELLED: ("stage-cancelled", Tone.TEXT),
    LogSign.NOTE: ("ui-info", Tone.MUTED),
    LogSign.GAP: ("ui-more", Tone.WARNING),
}
GLYPH_PX, GLYPH_GAP_PX, GAP_PX = 14, 5, 8
MUTE_PX = 12
TAG_PX, TAG_RADIUS_PX, TAG_PADDING_PX, TAG_DOT_PX = 16, 4, 6, 5


def strip_of(problem: Problem | None, more: int = 0) -> StripText | None:
    """Return a problem of a scan as the strip shows it, with how many more follow it."""
    if problem is None:
        return None
    spec = problem.sign.spec
    actions = tuple(tr(action.value) for action in problem.actions)
    return StripText(
        spec.strip or spec.mood, spec.icon, problem.fact, problem.consequence, actions, more
    )


def draw_connection_at_end(row: RowCursor, theme: Theme, words: ConnectionText) -> None:
    """Draw the words whole, and leave a gap before the glyph."""
    weight = Weight.REGULAR if words.mood is Mood.CALM else Weight.MEDIUM
    ink = theme.tokens.ink(MOOD_TONES[words.mood])
    width = theme.text_width(words.text, Role.SMALL, weight) + 1
    row.text_at_end(words.text, width, theme.font(Role.SMALL, weight), ink)
    row.skip_at_end(theme.scale(GLYPH_GAP_PX))
    row.icon_at_end(words.sign.spec.icon, theme.scale(GLYPH_PX), ink)
    row.skip_at_end(theme.scale(GAP_PX))


class MuteMark(NamedTuple):
    """The mark of a muted scan after its name: a glyph, and as many words as fit.

    Attributes:
        words: None if the scan is not muted; "" if only the glyph fits.
        width: The total width, with the gap before it.
    """

    words: str | None
    width: float

    @classmethod
    def fitting(cls, theme: Theme, mute: Sequence[str], room: float, most: float = 0.0) -> MuteMark:
        """Return the mark with the longest words that fit, only the glyph if none do.

        Args:
            theme: Fonts and measures.
            mute: The words, the longest first; none if the scan is not muted.
            room: The available width.
            most: The available width for the shortest words, if that is more.
        """
        if not mute:
            return cls(None, 0.0)
        glyph_px = theme.scale(GAP_PX + MUTE_PX)
        for words in mute:
            width = glyph_px + theme.scale(GLYPH_GAP_PX) + theme.text_width(words, Role.SMALL) + 1
            if width <= room or (words is mute[-1] and width <= most):
                return cls(words, width)
        return cls("", float(glyph_px))

    def draw(self, row: RowCursor, theme: Theme) -> None:
        if self.words is None:
            return
        muted = theme.tokens.muted
        row.skip(theme.scale(GAP_PX))
        row.icon("ui-mute", theme.scale(MUTE_PX), muted)
        if self.words:
            row.skip(theme.scale(GLYPH_GAP_PX))
            row.text(self.words, theme.font(Role.SMALL), muted)


def tag_px(theme: Theme, tag: Tag) -> float:
    dot_px = TAG_DOT_PX + GLYPH_GAP_PX if tag is Tag.RECORDING else 0
    text_px = theme.text_width(tag.word, Role.MICRO, Weight.SEMIBOLD) + 1
    return text_px + theme.scale(2 * TAG_PADDING_PX + dot_px)


def draw_tag(
    painter: QPainter, place: QRectF, theme: Theme, tag: Tag, height_px: int = TAG_PX
) -> None:
    """Draw a tag in the middle of a rectangle: inverse, or with a dot for a recording.

    The dot is not red: red means failed.
    """
    tokens, height = theme.tokens, float(theme.scale(height_px))
    box = QRectF(place.left(), place.center().y() - height / 2, place.width(), height)
    padding = theme.scale(TAG_PADDING_PX)
    words = box.adjusted(padding, 0, -padding, 0)
    font = theme.font(Role.MICRO, Weight.SEMIBOLD)
    if tag is not Tag.RECORDING:
        rounded_box(painter, box, theme.scale(TAG_RADIUS_PX), ground=tokens.inverse)
        draw_text(painter, words, tag.word, font, tokens.inverse_text)
        return
    dot = float(theme.scale(TAG_DOT_PX))
    rounded_box(painter, box, height / 2, line=tokens.hairline_strong)
    spot = QRectF(words.left(), words.center().y() - dot / 2, dot, dot)
    rounded_box(painter, spot, dot / 2, ground=tokens.text)
    words.setLeft(spot.right() + theme.scale(GLYPH_GAP_PX))
    draw_text(painter, words, tag.word, font, tokens.text)


class TagLabel(Mark):
    """A tag as a widget."""

    def __init__(self, tag: Tag, parent: QWidget, height_px: int = TAG_PX) -> None:
        super().__init__(parent)
        self._height_px = height_px
        self.show_tag(tag)

    def show_tag(self, tag: Tag) -> None:
        self._tag = tag
        self.setAccessibleName(tag.word)
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(int(tag_px(self._theme, self._tag)) + 1, self._theme.scale(self._height_px))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw_tag(painter, QRectF(self.rect()), self._theme, self._tag, self._height_px)


# Mutes scans: the actions, as rows of a menu and as commands.
#
# A muted scan is counted and kept in the inbox as before; only the desktop is not notified.
# Source: behaviour.md 1 (21), 2.2, 2.7.


MUTE_KEYS = "Ctrl+Shift+M" if IS_MAC else "Ctrl+M"  # on a Mac, Command+M minimises the window
ICON = "ui-mute"


class ScanMutes:
    """Reads the mutes from the user's preferences, and changes them there."""

    def __init__(self, store: Store, preferences: Preferences, now: Now) -> None:
        self._store, self._preferences, self._now = store, preferences, now

    def text(self, scan_id: ScanId) -> str:
        """Return "Muted until 16:00" for a muted scan, else ""."""
        scan = self._store.scan(scan_id)
        alerts = self._preferences.settings.alerts
        texts = () if scan is None else mute_texts(alerts, scan, self._now())
        return texts[0] if texts else ""

    def obstacle(self, scan_id: ScanId | None, *, to_the_end: bool = False) -> str:
        """Return why a scan cannot be muted; "" if it can."""
        scan = None if scan_id is None else self._store.scan(scan_id)
        if scan is None:
            return tr("No scan is selected.") if scan_id is None else tr("The scan isn't watched.")
        return tr("The scan has ended.") if to_the_end and scan.is_settled else ""

    def for_an_hour(self, scan_id: ScanId) -> None:
        """Show no notification of a scan for an hour from now."""
        alerts = self._preferences.settings.alerts
        self._preferences.change_setting(
            "alerts", alerts.with_mute(scan_id, self._now() + MUTE_FOR)
        )

    def to_the_end(self, scan_id: ScanId) -> None:
        """Show no notification of a scan until it has ended."""
        alerts = self._preferences.settings.alerts
        self._preferences.change_setting("alerts", alerts.with_mute_to_the_end(scan_id))

    def end(self, scan_id: ScanId) -> None:
        """Show notifications of a scan again."""
        alerts = self._preferences.settings.alerts
        self._preferences.change_setting("alerts", alerts.without_mute(scan_id))

    def commands(self, meant: Callable[[], ScanId | None]) -> list[Command]:
        """Return the commands for the targeted scan: muting for an hour first."""
        row = partial(Command, group=Group.SCANS)
        return [
            row(
                "mute-scan",
                tr("Mute this scan for 1 h"),
                partial(self._act, self.for_an_hour, meant),
                (MUTE_KEYS,),
                ICON,
                obstacle=lambda: self.obstacle(meant()),
            ),
            row(
                "mute-scan-to-the-end",
                tr("Mute this scan until it ends"),
                partial(self._act, self.to_the_end, meant),
                icon=ICON,
                obstacle=lambda: self.obstacle(meant(), to_the_end=True),
            ),
            row(
                "end-mute",
                tr("Unmute this scan"),
                partial(self._act, self.end, meant),
                icon=ICON,
                obstacle=lambda: self._no_mute(meant()),
            ),
        ]

    def _act(self, act: Callable[[ScanId], None], meant: Callable[[], ScanId | None]) -> None:
        scan_id = meant()
        if scan_id is not None:
            act(scan_id)

    def commands_for(self, scan_id: ScanId) -> list[Command]:
        """Return the commands for one scan; unmuting only if it is muted."""
        found = self.commands(lambda: scan_id)
        return found if self.text(scan_id) else found[:-1]

    def add_to(self, menu: QMenu, scan_id: ScanId) -> None:
        """Append the commands for one scan to a menu."""
        add_commands(menu, self.commands_for(scan_id))

    def _no_mute(self, scan_id: ScanId | None) -> str:
        """Return why a scan cannot be unmuted; "" if it can."""
        if scan_id is not None and self.text(scan_id):
            return ""
        return self.obstacle(scan_id) or tr("The scan isn't muted.")
