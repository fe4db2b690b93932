"""The glyphs and inks for the state of a scan, its stages, its log and its problems.

The strip of nine segments shows the progress of a scan through its stages. All segments are equally
wide, so that a stage is at the same place on every card. Each kind has its own form and stays
readable without colour. Like a time axis the strip runs from left to right in every language.
Source: look.md 5 (Strip segments).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from enum import Enum
from functools import partial
from typing import NamedTuple

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPaintEvent
from PySide6.QtWidgets import QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.facts.choices import MUTE_FOR, REPO_MUTES
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import Repo
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.models.ticker import Now
from heimdall_desktop.presentation.board.card_words import Tag, mute_texts
from heimdall_desktop.presentation.board.scan_status import ConnectionText, Mood, Problem
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.panel.log_lines import LogMark
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.key_names import IS_MAC
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES, StripText
from heimdall_desktop.widgets.controls.text_labels import Mark
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone

SEGMENT_GAP_PX = 3.0
RADIUS_PX = 2.0
STALE_OPACITY = 0.65
LARGEST_RUNNING_FRACTION = 0.95  # a running stage never looks finished
UNKNOWN_RUNNING_FRACTION = 0.40  # without an estimate
NOTCH_PX = 2.0
NOTCH_FROM_END_PX = 5.0
CROSS_REACH_PX = 2.0  # from its middle, in each direction
CROSS_LINE_PX = 1.5
DOT_PX = 2.2
DOT_STEP_PX = 5.0
DASH_PX = 2.0
ATTENTION_LINE_PX = 1.25


class SegmentKind(Enum):
    """The state of a stage; the value is the name of its glyph."""

    DONE = "stage-done"
    WARNING = "stage-warning"
    RUNNING = "stage-running"
    QUIET = "stage-quiet"
    PENDING = "stage-pending"
    FAILED = "stage-failed"
    FAILED_BEFORE = "stage-attempt"
    SKIPPED = "stage-skipped"
    CANCELLED = "stage-cancelled"
    NOT_REPORTED = "stage-not-reported"


class StripSegment(Struct, frozen=True):
    """One stage in the strip.

    Attributes:
        fraction: Elapsed time as a part of the usual time; None without an estimate. Only
            `RUNNING` uses it.
    """

    kind: SegmentKind
    fraction: float | None = None

    @property
    def filled(self) -> float:
        """The part to fill while it runs, never all of it."""
        if self.fraction is None:
            return UNKNOWN_RUNNING_FRACTION
        return min(max(self.fraction, 0.0), LARGEST_RUNNING_FRACTION)


_TONES = {
    SegmentKind.DONE: Tone.TEXT,
    SegmentKind.WARNING: Tone.TEXT,
    SegmentKind.RUNNING: Tone.ACCENT,
    SegmentKind.QUIET: Tone.ACCENT,
    SegmentKind.PENDING: Tone.MUTED,
    SegmentKind.FAILED: Tone.FAILED,
    SegmentKind.FAILED_BEFORE: Tone.MUTED,
    SegmentKind.SKIPPED: Tone.MUTED,
    SegmentKind.CANCELLED: Tone.TEXT,
    SegmentKind.NOT_REPORTED: Tone.MUTED,
}


def draw_stage_glyph(
    painter: QPainter, theme: Theme, kind: SegmentKind, top_left: QPointF, size_px: int
) -> None:
    ink = theme.tokens.ink(_TONES[kind])
    painting.draw_icon(painter, theme, kind.value, top_left, size_px, ink)


def draw_strip(
    painter: QPainter,
    rect: QRectF,
    segments: Sequence[StripSegment],
    theme: Theme,
    *,
    is_stale: bool = False,
    is_line: bool = False,
) -> None:
    """Draw the strip, usually 8 px high, or as a line of about 2 px, which shows no forms."""
    draw_segment = _draw_line_segment if is_line else _draw_segment
    places = list(segment_rects(rect, len(segments), theme.scale(SEGMENT_GAP_PX)))

    def draw(canvas: QPainter) -> None:
        canvas.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_stale:
            canvas.setOpacity(STALE_OPACITY)
        for segment, place in zip(segments, places, strict=True):
            draw_segment(canvas, painting.snapped(canvas, place), segment, theme)

    width_px = places[0].width() * painter.deviceTransform().m11() if places else 0.0
    shown = tuple((each.kind, round(each.filled * width_px)) for each in segments)
    painting.draw_once(painter, rect, theme.pictures, (shown, is_stale, is_line), draw)


def segment_rects(rect: QRectF, count: int, gap_px: float) -> Iterator[QRectF]:
    """Yield the place of each segment, all equally wide."""
    width = (rect.width() - gap_px * (count - 1)) / count
    for index in range(count):
        yield QRectF(rect.left() + index * (width + gap_px), rect.top(), width, rect.height())


def segment_at(rect: QRectF, count: int, x: float) -> int | None:
    """Return which segment is at `x`; None outside the strip. Gaps belong to the segment before."""
    if not rect.left() <= x < rect.right() or count == 0:
        return None
    return min(int((x - rect.left()) / rect.width() * count), count - 1)


def _draw_segment(painter: QPainter, rect: QRectF, segment: StripSegment, theme: Theme) -> None:
    tokens = theme.tokens
    match segment.kind:
        case SegmentKind.DONE:
            painting.rounded_box(painter, rect, RADIUS_PX, ground=tokens.stage_done)
        case SegmentKind.WARNING:
            _draw_notched(painter, rect, tokens.stage_done)
        case SegmentKind.RUNNING:
            painting.rounded_box(painter, rect, RADIUS_PX, ground=tokens.accent_soft)
            painting.rounded_box(
                painter, _elapsed(painter, rect, segment), RADIUS_PX, ground=tokens.accent
            )
        case SegmentKind.QUIET:
            painting.rounded_box(
                painter, rect, RADIUS_PX, line=tokens.accent, line_px=ATTENTION_LINE_PX
            )
            _draw_dots(painter, rect, tokens.accent)
        case SegmentKind.PENDING:
            painting.rounded_box(painter, rect, RADIUS_PX, line=tokens.stage_pending)
        case SegmentKind.FAILED:
            _draw_crossed(painter, rect, tokens.failed)
        case SegmentKind.FAILED_BEFORE:
            painting.rounded_box(
                painter, rect, RADIUS_PX, line=tokens.failed, line_px=ATTENTION_LINE_PX
            )
        case SegmentKind.SKIPPED:
            top = rect.center().y() - DASH_PX / 2
            dash = QRectF(rect.left(), top, rect.width(), DASH_PX)
            painting.fill(painter, dash, tokens.stage_pending)
        case SegmentKind.CANCELLED:
            painting.rounded_box(painter, rect, RADIUS_PX, line=tokens.stage_done)
            square = QRectF(0, 0, rect.height() / 2, rect.height() / 2)
            square.moveCenter(rect.center())
            painting.fill(painter, square, tokens.stage_done)
        case SegmentKind.NOT_REPORTED:
            _draw_dots(painter, rect, tokens.stage_pending)


def _draw_line_segment(
    painter: QPainter, rect: QRectF, segment: StripSegment, theme: Theme
) -> None:
    """Draw a segment of the line; pending ones are thinner, as two pixels show no forms.

    The rectangle is on device pixels.
    """
    tokens = theme.tokens
    if segment.kind is SegmentKind.NOT_REPORTED:
        return
    if segment.kind in (SegmentKind.PENDING, SegmentKind.SKIPPED):
        bottom = rect.bottom() - 1
        painting.horizontal_hairline(
            painter, rect.left(), bottom, rect.width(), tokens.hairline_strong
        )
        return
    match segment.kind:
        case SegmentKind.DONE | SegmentKind.WARNING:
            painter.fillRect(rect, tokens.stage_done)
        case SegmentKind.RUNNING | SegmentKind.QUIET:
            painter.fillRect(rect, tokens.accent_soft)
            painter.fillRect(_elapsed(painter, rect, segment), tokens.accent)
        case SegmentKind.FAILED | SegmentKind.FAILED_BEFORE:
            painter.fillRect(rect, tokens.failed)
        case _:
            painter.fillRect(rect, tokens.hairline_strong)


def _elapsed(painter: QPainter, rect: QRectF, segment: StripSegment) -> QRectF:
    width = max(2 * RADIUS_PX, rect.width() * segment.filled)
    return painting.snapped(painter, QRectF(rect.left(), rect.top(), width, rect.height()))


def _draw_notched(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    notch = QPainterPath()
    left = rect.right() - NOTCH_FROM_END_PX - NOTCH_PX
    notch.addRect(painting.snapped(painter, QRectF(left, rect.top(), NOTCH_PX, rect.height())))
    painter.fillPath(_bar(rect).subtracted(notch), colour)


def _draw_crossed(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    cross, middle = QPainterPath(), rect.center()
    for slope in (1, -1):
        reach = QPointF(CROSS_REACH_PX, CROSS_REACH_PX * slope)
        cross.moveTo(middle - reach)
        cross.lineTo(middle + reach)
    stroker = QPainterPathStroker()
    stroker.setWidth(CROSS_LINE_PX)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.fillPath(_bar(rect).subtracted(stroker.createStroke(cross)), colour)


def _draw_dots(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    for step in (-DOT_STEP_PX, 0.0, DOT_STEP_PX):
        dot = QRectF(0, 0, DOT_PX, DOT_PX)
        dot.moveCenter(rect.center() + QPointF(step, 0))
        painting.rounded_box(painter, dot, DOT_PX / 2, ground=colour)


def _bar(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect, RADIUS_PX, RADIUS_PX)
    return path


# The words beside them distinguish them.
_LIKE = {
    StageDisplay.CANCELLED_BEFORE: StageDisplay.CANCELLED,
    StageDisplay.ENDED: StageDisplay.CANCELLED,
}
SEGMENTS = {display: SegmentKind[_LIKE.get(display, display).name] for display in StageDisplay}
LOG_MARKS = {
    LogMark.RUNNING: ("stage-running", Tone.ACCENT),
    LogMark.STARTED: ("stage-pending", Tone.MUTED),
    LogMark.DONE: ("stage-done", Tone.TEXT),
    LogMark.SKIPPED: ("stage-skipped", Tone.MUTED),
    LogMark.WARNING: ("ui-warning", Tone.WARNING),
    LogMark.FAILED: ("stage-failed", Tone.FAILED),
    LogMark.CANCELLED: ("stage-cancelled", Tone.TEXT),
    LogMark.NOTE: ("ui-info", Tone.MUTED),
    LogMark.GAP: ("ui-more", Tone.WARNING),
}
GLYPH_PX, GLYPH_GAP_PX, GAP_PX = 14, 5, 8
MUTE_PX = 12
TAG_PX, TAG_RADIUS_PX, TAG_PADDING_PX, TAG_DOT_PX = 16, 4, 6, 5


def strip_of(problem: Problem | None, more: int = 0) -> StripText | None:
    """Return a problem of a scan as the strip shows it, with how many more follow it."""
    if problem is None:
        return None
    spec = problem.status.spec
    actions = tuple(tr(action.value) for action in problem.actions)
    return StripText(
        spec.strip or spec.mood,
        spec.icon,
        problem.fact,
        problem.consequence,
        actions,
        more,
        help=problem.help,
    )


def draw_connection_at_end(
    row: painting.RowCursor, theme: Theme, words: ConnectionText, rest_px: float = 0.0
) -> None:
    """Draw the words whole, and leave a gap before the glyph.

    Words that report no problem are left out if they don't leave `rest_px` in the row.
    """
    weight = Weight.REGULAR if words.mood is Mood.CALM else Weight.MEDIUM
    ink = theme.tokens.ink(MOOD_TONES[words.mood])
    width = theme.text_width(words.text, Role.SMALL, weight) + 1
    glyph_px = theme.scale(GLYPH_GAP_PX) + theme.scale(GLYPH_PX) + theme.scale(GAP_PX)
    if words.mood is not Mood.CALM or row.remaining - width - glyph_px >= rest_px:
        row.text_at_end(words.text, width, theme.font(Role.SMALL, weight), ink)
        row.skip_at_end(theme.scale(GLYPH_GAP_PX))
    row.icon_at_end(words.status.spec.icon, theme.scale(GLYPH_PX), ink)
    row.skip_at_end(theme.scale(GAP_PX))


class MuteMark(NamedTuple):
    """A mark of a scan after its name, by default that it is muted: a glyph, and words that fit.

    Attributes:
        words: None if the scan has no such mark; "" if only the glyph fits.
        width: The total width, with the gap before it.
    """

    words: str | None
    width: float
    icon: str = "ui-mute"

    @classmethod
    def fitting(
        cls,
        theme: Theme,
        mute: Sequence[str],
        room: float,
        most: float = 0.0,
        icon: str = "ui-mute",
    ) -> MuteMark:
        """Return the mark with the longest words that fit, only the glyph if none do.

        Args:
            theme: Fonts and measures.
            mute: The words, the longest first; none if the scan has no such mark.
            room: The available width.
            most: The available width for the shortest words, if that is more.
            icon: The glyph.
        """
        if not mute:
            return cls(None, 0.0)
        glyph_px = theme.scale(GAP_PX + MUTE_PX)
        for words in mute:
            width = glyph_px + theme.scale(GLYPH_GAP_PX) + theme.text_width(words, Role.SMALL) + 1
            if width <= room or (words is mute[-1] and width <= most):
                return cls(words, width, icon)
        return cls("", float(glyph_px), icon)

    def draw(self, row: painting.RowCursor, theme: Theme) -> None:
        if self.words is None:
            return
        muted = theme.tokens.muted
        ink = theme.tokens.accent if self.icon == "ui-new" else muted  # as in the rows
        row.skip(theme.scale(GAP_PX))
        row.icon(self.icon, theme.scale(MUTE_PX), ink)
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
        painting.rounded_box(painter, box, theme.scale(TAG_RADIUS_PX), ground=tokens.inverse)
        painting.draw_text(painter, words, tag.word, font, tokens.inverse_text)
        return
    dot = float(theme.scale(TAG_DOT_PX))
    painting.rounded_box(painter, box, height / 2, line=tokens.hairline_strong)
    spot = QRectF(words.left(), words.center().y() - dot / 2, dot, dot)
    painting.rounded_box(painter, spot, dot / 2, ground=tokens.text)
    words.setLeft(spot.right() + theme.scale(GLYPH_GAP_PX))
    painting.draw_text(painter, words, tag.word, font, tokens.text)


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


MUTE_KEYS = "Ctrl+Shift+M" if IS_MAC else "Ctrl+M"  # on a Mac, Command+M minimises the window
ICON = "ui-mute"


class ScanMutes:
    """Reads the mutes from the user's preferences, and changes them there.

    A muted scan is counted and kept in the inbox as before; only the desktop is not notified.
    Source: behaviour.md 1 (21), 2.2, 2.7.
    """

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
        self._preferences.change_setting("alerts", alerts.with_mute(scan_id, None))

    def end(self, scan_id: ScanId) -> None:
        alerts = self._preferences.settings.alerts
        self._preferences.change_setting("alerts", alerts.without_mute(scan_id))

    def repo_of(self, scan_id: ScanId | None) -> Repo | None:
        scan = None if scan_id is None else self._store.whole.scan(scan_id)
        return None if scan is None else scan.repo

    def mute_repo(self, repo: Repo, duration: timedelta) -> None:
        """Show no notification of any scan of a repository for some time from now."""
        alerts = self._preferences.settings.alerts
        self._preferences.change_setting(
            "alerts", alerts.with_repo_mute(repo, self._now() + duration)
        )

    def end_repo(self, repo: Repo) -> None:
        alerts = self._preferences.settings.alerts
        self._preferences.change_setting("alerts", alerts.without_repo_mute(repo))

    def is_repo_muted(self, repo: Repo | None) -> bool:
        alerts = self._preferences.settings.alerts
        return alerts.repo_muted_until(repo, self._now()) is not None

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

    def repo_commands(self, meant: Callable[[], ScanId | None]) -> list[Command]:
        """Return the commands for all scans of the targeted scan's repository."""
        texts = (
            tr("Mute this repository for 1 h"),
            tr("Mute this repository for 1 day"),
            tr("Mute this repository for 1 week"),
        )

        def act(how: Callable[[Repo], None]) -> None:
            if repo := self.repo_of(meant()):
                how(repo)

        def obstacle(*, is_end: bool = False) -> str:
            repo = self.repo_of(meant())
            if repo is None:
                return self.obstacle(meant()) or tr("The repository of this scan is unknown.")
            is_muted = self.is_repo_muted(repo)
            return tr("The repository isn't muted.") if is_end and not is_muted else ""

        row = partial(Command, icon=ICON, group=Group.SCANS, within=tr("Mute repository"))
        return [
            *(
                row(
                    f"mute-repo-{number}",
                    text,
                    partial(act, partial(self.mute_repo, duration=duration)),
                    obstacle=obstacle,
                )
                for number, (text, duration) in enumerate(zip(texts, REPO_MUTES, strict=True))
            ),
            row(
                "end-repo-mute",
                tr("Unmute this repository"),
                partial(act, self.end_repo),
                obstacle=partial(obstacle, is_end=True),
            ),
        ]

    def _act(self, act: Callable[[ScanId], None], meant: Callable[[], ScanId | None]) -> None:
        scan_id = meant()
        if scan_id is not None:
            act(scan_id)

    def commands_for(self, scan_id: ScanId) -> list[Command]:
        own, of_repo = self.commands(lambda: scan_id), self.repo_commands(lambda: scan_id)
        return [
            *(own if self._is_muted_alone(scan_id) else own[:-1]),
            *(of_repo if self.is_repo_muted(self.repo_of(scan_id)) else of_repo[:-1]),
        ]

    def _is_muted_alone(self, scan_id: ScanId) -> bool:
        alerts, scan = self._preferences.settings.alerts, self._store.scan(scan_id)
        is_to_the_end = scan_id in alerts.muted_to_the_end and scan and not scan.is_settled
        return bool(is_to_the_end or alerts.muted_until(scan_id, self._now()))

    def _no_mute(self, scan_id: ScanId | None) -> str:
        """Return why a scan cannot be unmuted; "" if it can."""
        if scan_id is not None and self._is_muted_alone(scan_id):
            return ""
        return self.obstacle(scan_id) or tr("The scan isn't muted.")
