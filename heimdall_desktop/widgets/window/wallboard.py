"""All watched scans for a screen on the wall: readable at 3 m, with no finding and no code.

Nine tiles a page, trouble first, and pages turn by themselves. A tile whose data may be out of date
says of when it is. Source: ux.md feature 39.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.facts.server import host_name
from heimdall_desktop.models.scans_model import CardRow, ScansModel
from heimdall_desktop.presentation.board.card import COUNTED, Card
from heimdall_desktop.presentation.board.connection_sums import ConnectionSum
from heimdall_desktop.presentation.board.connection_text import age_s
from heimdall_desktop.presentation.board.sign import Mood, Sign
from heimdall_desktop.presentation.board.tag import Tag
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.time_text import (
    day_text,
    minute_text,
    number_text,
    weekday_words,
)
from heimdall_desktop.widgets.board.board_table import CardState, state_of
from heimdall_desktop.widgets.board.card_delegate import STALE_SHAPE_OPACITY
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.controls.scan_marks import (
    SEGMENTS,
    TAG_PX,
    draw_tag,
    sign_icon,
    tag_px,
)
from heimdall_desktop.widgets.controls.stage_strip import GAP_PX as STRIP_GAP_PX
from heimdall_desktop.widgets.controls.stage_strip import StripSegment, draw_strip
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.painting import (
    CENTRED,
    draw_text,
    fill,
    rounded_box,
    saved,
)
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.window.board_commands import WALLBOARD_KEYS
from heimdall_desktop.widgets.window.workspace import Session

WIDTH_PX, HEIGHT_PX = 1920, 1080  # all measures are for a screen of this size
ACROSS, PAGE = 3, 9
MARGIN_PX, GAP_PX, INSET_PX = 40, 20, 32
HEAD_PX, FOOT_PX = 116, 76
CLOCK_PX, COUNT_PX, NAME_PX, WORDS_PX, SMALL_PX = 64, 44, 34, 28, 26
SHAPE_PX, ICON_PX, LOGO_PX = 40, 28, 52
STRIP_PX, STRIP_GAP_WANTED_PX, HATCH_PX, TAG_WANTED_PX = 18, 6, 24, 36
FAILED_PX, WARNING_PX = 4, 3
TURN_MS, POINTER_MS = 20_000, 5_000


class Tile(Struct, frozen=True):
    """What a tile shows.

    Attributes:
        told: when what it shows was told, in words; "" while that is now.
    """

    card: Card
    told: str = ""


class Wallboard(QWidget):
    """Fills a screen until Escape or its key is pressed.

    Args:
        session: The scans and the clocks.
        sums: Tells how all scans, and the server in use, are heard of.
    """

    def __init__(self, session: Session, sums: Callable[[], Sequence[ConnectionSum]]) -> None:
        super().__init__()
        self._sums = sums
        self._theme, self._session = theme_of(self), session
        self._badges = Badges(self._theme)
        self._model = ScansModel(session.store, session.ticker, session.clock, session.now, self)
        self._model.set_headed(False)
        self._page = 0
        self.setObjectName("wallboard")
        self.setWindowTitle(tr("Heimdall, wallboard"))
        self.setAccessibleName(tr("Wallboard"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setMouseTracking(True)
        self._turning = QTimer(self, interval=TURN_MS)
        self._turning.timeout.connect(lambda: self.turn(1))
        self._pointer = QTimer(self, interval=POINTER_MS, singleShot=True)
        self._pointer.timeout.connect(lambda: self.setCursor(Qt.CursorShape.BlankCursor))
        session.ticker.changed.connect(lambda _changes: self._follow())
        session.ticker.second.connect(self._follow)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self._cards()) // PAGE))

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return min(self._page, self.pages - 1)

    @property
    def tiles(self) -> list[Tile]:
        """What is shown now."""
        return [self._tile(card) for card in self._cards()[self.page * PAGE :][:PAGE]]

    def turn(self, pages: int) -> None:
        """Show a page further on, or back; after the last comes the first."""
        self._page = (self.page + pages) % self.pages
        self._turning.start()
        self._follow()

    def _cards(self) -> list[Card]:
        rows = (self._model.row(number) for number in range(self._model.rowCount()))
        return [row.card for row in rows if isinstance(row, CardRow)]

    def _tile(self, card: Card) -> Tile:
        scan = self._session.store.scan(card.scan_id)
        age = None if scan is None else age_s(scan, self._session.clock())
        if not card.is_dimmed or age is None:
            return Tile(card)
        now = self._session.now()
        told = day_text(now - timedelta(seconds=age), now)
        return Tile(card, tr("as of {time}").format(time=told))

    def _follow(self) -> None:
        if not self.isVisible():
            return
        is_calm = (Mood.PLAIN, Mood.CALM, Mood.WORKING)
        troubles = [f"{part.text}." for part in self._sums() if part.mood not in is_calm]
        words = [tile.card.sentence for tile in self.tiles] or [tr("No scans are watched.")]
        self.setAccessibleDescription(" ".join([*troubles, *words]))
        self.update()

    # -- Qt --

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turning.start()
        self._pointer.start()
        self._follow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Turn no pages while it is not there."""
        self._turning.stop()
        super().closeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the pointer for a while."""
        self.unsetCursor()
        self._pointer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave, or turn the page."""
        turns = {Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Space: 1}
        turns |= {Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1}
        own = QKeySequence(KEYS_IN_USE.of(WALLBOARD_KEYS))
        is_own = QKeySequence(event.keyCombination()) == own
        if is_own or event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in turns:
            self.turn(turns[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    # -- painting --

    @property
    def _unit(self) -> float:
        """How many pixels are one of the design; it never gets narrower than it is high."""
        return min(self.width() / WIDTH_PX, self.height() / HEIGHT_PX)

    def _px(self, px: float) -> float:
        return px * self._unit

    def _font(
        self, px: float, weight: Weight = Weight.REGULAR, *, is_tabular: bool = False
    ) -> QFont:
        font = QFont(self._theme.font(Role.BODY, weight, is_tabular=is_tabular))
        font.setPixelSize(max(1, round(self._px(px))))
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setLayoutDirection(self.layoutDirection())
            whole, margin = QRectF(self.rect()), self._px(MARGIN_PX)
            fill(painter, whole, self._theme.tokens.window)
            head = QRectF(margin, 0, whole.width() - 2 * margin, self._px(HEAD_PX))
            foot_px = self._px(FOOT_PX)
            foot = QRectF(margin, whole.bottom() - foot_px, head.width(), foot_px)
            self._draw_head(painter, head)
            tiles = self.tiles
            if not tiles:
                font, ink = self._font(NAME_PX), self._theme.tokens.muted
                draw_text(painter, whole, tr("No scans are watched."), font, ink, CENTRED)
            body = QRectF(margin, head.bottom(), head.width(), foot.top() - head.bottom())
            for number, tile in enumerate(tiles):
                self._draw_tile(painter, self._place(body, number), tile)
            self._draw_foot(painter, foot)

    def _place(self, body: QRectF, number: int) -> QRectF:
        gap = self._px(GAP_PX)
        width = (body.width() - gap * (ACROSS - 1)) / ACROSS
        height = (body.height() - gap * (ACROSS - 1)) / ACROSS
        column, line = number % ACROSS, number // ACROSS
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            column = ACROSS - 1 - column
        left, top = body.left() + column * (width + gap), body.top() + line * (height + gap)
        return QRectF(left, top, width, height)

    def _draw_head(self, painter: QPainter, rect: QRectF) -> None:
        tokens, now, cards = self._theme.tokens, self._session.now(), self._cards()
        row = RowCursor(self._theme, painter, rect, self.layoutDirection())
        row.icon("app-icon", round(self._px(LOGO_PX)), tokens.accent)
        row.skip(self._px(24))
        clock, clock_font = minute_text(now), self._font(CLOCK_PX, Weight.SEMIBOLD, is_tabular=True)
        self._at_end(row, clock, clock_font, tokens.text)
        row.skip_at_end(self._px(18))
        self._at_end(row, weekday_words(now), self._font(WORDS_PX), tokens.muted)
        if not cards:
            return
        sums = [sum(card.counts[place] for card in cards) for place in range(len(COUNTED))]
        for severity, count in zip(COUNTED, sums, strict=True):
            self._draw_count(painter, row, severity, grouped(count), is_none=not count)
            row.skip(self._px(36))
        told = tr("findings in %n scans", "", len(cards), one="findings in %n scan")
        row.text(told, self._font(WORDS_PX), tokens.muted)

    def _draw_foot(self, painter: QPainter, rect: QRectF) -> None:
        tokens, store = self._theme.tokens, self._session.store
        row = RowCursor(self._theme, painter, rect, self.layoutDirection())
        hosts = list(dict.fromkeys(host_name(scan.server) for scan in store))
        host = hosts[0] if len(hosts) == 1 else tr("%n servers", "", len(hosts)) if hosts else ""
        self._at_end(row, host, self._font(SMALL_PX), tokens.muted)
        row.skip_at_end(self._px(48))
        if self.pages > 1:
            told = tr("page {page} of {pages}").format(page=self.page + 1, pages=self.pages)
            self._at_end(row, told, self._font(SMALL_PX), tokens.muted)
            row.skip_at_end(self._px(18))
            self._draw_dots(painter, row)
            row.skip_at_end(self._px(24))
        for part in sorted(self._sums(), key=lambda part: -part.mood.value):  # trouble first
            weight = Weight.REGULAR if part.mood is Mood.CALM else Weight.SEMIBOLD
            ink = tokens.ink(MOOD_TONES[part.mood])
            icon = sign_icon(part.sign, is_clear=part.is_clear)
            row.icon(icon, round(self._px(SMALL_PX)), ink)
            row.skip(self._px(10))
            row.text(part.text, self._font(SMALL_PX, weight), ink)
            row.skip(self._px(30))

    def _draw_dots(self, painter: QPainter, row: RowCursor) -> None:
        tokens, edge = self._theme.tokens, self._px(16)
        for number in reversed(range(self.pages)):
            place = row.take_at_end(edge)
            dot = QRectF(place.left(), place.center().y() - edge / 2, edge, edge)
            is_here = number == self.page
            ground, line = (tokens.text, None) if is_here else (None, tokens.muted)
            rounded_box(painter, dot, edge / 2, ground=ground, line=line, line_px=self._px(2))
            row.skip_at_end(self._px(12))

    def _draw_tile(self, painter: QPainter, rect: QRectF, tile: Tile) -> None:
        theme, tokens, card = self._theme, self._theme.tokens, tile.card
        state = _state_of(card)
        edges = {
            Mood.TROUBLE: (tokens.failed, FAILED_PX),
            Mood.ATTENTION: (tokens.warning, WARNING_PX),
        }
        line, line_px = edges.get(state.mood, (tokens.hairline_strong, 1))
        rounded_box(painter, rect, self._px(4), ground=tokens.surface)
        if card.is_dimmed:
            self._draw_hatch(painter, rect)
        rounded_box(painter, rect, self._px(4), line=line, line_px=max(1.0, self._px(line_px)))
        inset = self._px(INSET_PX)
        inner = rect.adjusted(inset, 0, -inset, 0)
        row = RowCursor(theme, painter, self._line(inner, 18, 56), self.layoutDirection())
        ink = tokens.ink(MOOD_TONES[state.mood])
        is_calm = state.mood is Mood.CALM
        font = self._font(WORDS_PX, Weight.REGULAR if is_calm else Weight.SEMIBOLD)
        name_font = self._font(NAME_PX, Weight.SEMIBOLD)
        around_px = self._px(ICON_PX + 12 + 20) + _width(card.name, name_font)
        is_ticking = is_calm and card.connection is not None  # as in "Live 3 s", read by no one
        forms = (state.word,) if is_ticking else (state.words, state.word)
        fitting = (form for form in forms if _width(form, font) + around_px <= row.remaining)
        self._at_end(row, next(fitting, state.word), font, ink)
        row.skip_at_end(self._px(12))
        row.icon_at_end(state.icon, round(self._px(ICON_PX)), ink)
        row.skip_at_end(self._px(20))
        row.text(card.name, name_font, tokens.text)
        self._draw_strip(painter, self._line(inner, 90, STRIP_PX), card)
        self._draw_words(painter, self._line(inner, 122, 48), tile)
        self._draw_counts(painter, self._line(inner, 196, 60), card)

    def _line(self, inner: QRectF, top_px: float, height_px: float) -> QRectF:
        """Return a line of a tile; on a screen of another form tiles are higher, lines are not."""
        return QRectF(
            inner.left(), inner.top() + self._px(top_px), inner.width(), self._px(height_px)
        )

    def _draw_words(self, painter: QPainter, rect: QRectF, tile: Tile) -> None:
        tokens, line = self._theme.tokens, tile.card.line
        row = RowCursor(self._theme, painter, rect, self.layoutDirection())
        is_said = _state_of(tile.card).words == line.fact
        fact = line.note if is_said else line.fact
        attempt = tr("attempt {number}").format(number=line.attempt) if line.attempt else ""
        notes = (tile.told or ("" if is_said else line.note), line.usual, attempt)
        ink = tokens.muted if tile.told else tokens.ink(MOOD_TONES[line.mood])
        for tag in reversed(tile.card.tags):
            self._draw_tag_at_end(painter, row, tag)
        if fact:
            row.text(fact, self._font(WORDS_PX, Weight.SEMIBOLD), ink)
            row.skip(self._px(12))
        for note in filter(None, notes):
            is_told = note == tile.told
            weight = Weight.SEMIBOLD if is_told else Weight.REGULAR
            row.text(note, self._font(WORDS_PX, weight), tokens.text if is_told else tokens.muted)
            row.skip(self._px(12))

    def _draw_strip(self, painter: QPainter, rect: QRectF, card: Card) -> None:
        """Draw the strip with gaps, corners and marks in the size of the wall."""
        factor = self._px(STRIP_GAP_WANTED_PX) / self._theme.scale(STRIP_GAP_PX)
        segments = [StripSegment(SEGMENTS[display], card.fraction) for display in card.displays]
        with saved(painter):
            painter.translate(rect.topLeft())
            painter.scale(factor, factor)
            small = QRectF(0, 0, rect.width() / factor, rect.height() / factor)
            draw_strip(painter, small, segments, self._theme, is_stale=card.is_dimmed)

    def _draw_counts(self, painter: QPainter, rect: QRectF, card: Card) -> None:
        widths = [self._count_px(text) for text in self._model.widest_counts]
        gap = (rect.width() - sum(widths)) / max(1, len(widths) - 1)
        with saved(painter):
            if gap < self._px(GAP_PX):  # numbers of five digits
                gap = self._px(GAP_PX)
                factor = rect.width() / (sum(widths) + gap * (len(widths) - 1))
                painter.translate(rect.left(), rect.center().y())
                painter.scale(factor, factor)
                rect = QRectF(0, -rect.height() / 2, rect.width() / factor, rect.height())
            row = RowCursor(self._theme, painter, rect, self.layoutDirection())
            for severity, count, width in zip(COUNTED, card.counts, widths, strict=True):
                place = row.take(width)
                cell = RowCursor(self._theme, painter, place, self.layoutDirection())
                text, is_dimmed = number_text(count), card.is_dimmed
                self._draw_count(
                    painter, cell, severity, text, is_none=not count, is_dimmed=is_dimmed
                )
                row.skip(min(gap, self._px(56)))

    @staticmethod
    def _at_end(row: RowCursor, text: str, font: QFont, ink: QColor) -> None:
        row.text_at_end(text, _width(text, font), font, ink)

    @property
    def _tag_factor(self) -> float:
        return self._px(TAG_WANTED_PX) / self._theme.scale(TAG_PX)

    def _draw_tag_at_end(self, painter: QPainter, row: RowCursor, tag: Tag) -> None:
        factor = self._tag_factor
        place = row.take_at_end(tag_px(self._theme, tag) * factor)
        row.skip_at_end(self._px(12))
        with saved(painter):
            painter.translate(place.topLeft())
            painter.scale(factor, factor)
            small = QRectF(0, 0, place.width() / factor, place.height() / factor)
            draw_tag(painter, small, self._theme, tag)

    def _count_px(self, text: str) -> float:
        font = self._font(COUNT_PX, Weight.SEMIBOLD, is_tabular=True)
        return self._px(SHAPE_PX + 12) + _width(text, font)

    def _draw_count(
        self,
        painter: QPainter,
        row: RowCursor,
        severity: Severity,
        text: str,
        *,
        is_none: bool,
        is_dimmed: bool = False,
    ) -> None:
        tokens, edge = self._theme.tokens, round(self._px(SHAPE_PX))
        place = row.take(edge)
        if not is_none:
            top_left = QPointF(place.left(), place.center().y() - edge / 2)
            with saved(painter):
                painter.setOpacity(STALE_SHAPE_OPACITY if is_dimmed else 1.0)
                self._badges.draw_shape(painter, severity, top_left, edge)
        row.skip(self._px(12))
        weight = Weight.REGULAR if is_none else Weight.SEMIBOLD
        ink = tokens.muted if is_dimmed else tokens.faint if is_none else tokens.text
        row.text(text, self._font(COUNT_PX, weight, is_tabular=True), ink)

    def _draw_hatch(self, painter: QPainter, rect: QRectF) -> None:
        tokens, step = self._theme.tokens, self._px(HATCH_PX)
        with saved(painter):
            painter.setClipRect(rect)
            pen = painter.pen()
            pen.setColor(tokens.hairline)
            pen.setWidthF(self._px(2))
            painter.setPen(pen)
            x = rect.left() - rect.height()
            while x < rect.right():
                painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
                x += step


def _state_of(card: Card) -> CardState:
    """How a scan is; of one that ended well its line tells the rest."""
    state, ended = state_of(card), Sign.ENDED.word
    if card.connection is not None or state.mood is not Mood.CALM:
        return state
    return CardState(state.icon, state.mood, ended, ended, ended)


def _width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text) + 1
