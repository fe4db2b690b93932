"""All watched scans for a wall screen: readable at 3 m, without findings or code.

It shows nine tiles a page, problems first, and turns pages automatically. A tile with possibly
outdated data shows the time of its data. Source: behaviour.md feature 39.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from msgspec import Struct
from PySide6 import QtGui
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.models.scans_model import CardRow, ScansModel
from heimdall_desktop.presentation import time_text
from heimdall_desktop.presentation.board.card import COUNTED, Card, CardStatus
from heimdall_desktop.presentation.board.scan_status import ConnectionSum, Mood, ScanStatus, age_s
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.labels import host_text
from heimdall_desktop.widgets.board.card_delegate import STALE_SHAPE_OPACITY
from heimdall_desktop.widgets.controls import scan_marks
from heimdall_desktop.widgets.controls.focus import is_in_front
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.window.window_commands import WALLBOARD_KEYS
from heimdall_desktop.widgets.window.workspace import Session

WIDTH_PX, HEIGHT_PX = 1920, 1080  # all measures are for a screen of this size
ACROSS, PAGE = 3, 9
MARGIN_PX, HEAD_PX, FOOT_PX = 40, 116, 76
CLOCK_PX, SMALL_PX, LOGO_PX = 64, 26, 52
TURN_MS, POINTER_MS = 20_000, 5_000
GAP_PX, INSET_PX = 20, 32
COUNT_PX, NAME_PX, WORDS_PX = 44, 34, 28
SHAPE_PX, ICON_PX = 40, 28
STRIP_PX, STRIP_GAP_WANTED_PX, HATCH_PX, TAG_WANTED_PX = 18, 6, 24, 36
FAILED_PX, WARNING_PX = 4, 3


class Tile(Struct, frozen=True):
    """The content of a tile.

    Attributes:
        as_of: the time of the last update, in words; "" while the data is current.
    """

    card: Card
    as_of: str = ""


class WallPainter:
    """Draws one frame of a wallboard.

    Args:
        theme: Colours and the font.
        badges: The shapes of severities.
        painter: The painter to draw with.
        unit: How many screen pixels are one design pixel.
        direction: The reading direction of a line.
    """

    def __init__(
        self,
        theme: Theme,
        badges: Badges,
        painter: QtGui.QPainter,
        unit: float,
        direction: Qt.LayoutDirection,
    ) -> None:
        self._theme, self._badges, self._painter = theme, badges, painter
        self._unit, self._direction = unit, direction

    def px(self, px: float) -> float:
        """Convert a design measure to screen pixels."""
        return px * self._unit

    def font(
        self, px: float, weight: Weight = Weight.REGULAR, *, is_tabular: bool = False
    ) -> QtGui.QFont:
        font = QtGui.QFont(self._theme.font(Role.BODY, weight, is_tabular=is_tabular))
        font.setPixelSize(max(1, round(self.px(px))))
        return font

    def row(self, rect: QRectF) -> painting.RowCursor:
        """Return a cursor that lays parts side by side in a rectangle."""
        return painting.RowCursor(self._theme, self._painter, rect, self._direction)

    def draw_at_end(
        self, row: painting.RowCursor, text: str, font: QtGui.QFont, ink: QtGui.QColor
    ) -> None:
        row.text_at_end(text, _width(text, font), font, ink)

    def draw_count(
        self,
        row: painting.RowCursor,
        severity: Severity,
        text: str,
        *,
        is_none: bool,
        is_dimmed: bool = False,
    ) -> None:
        """Draw a number after the shape of its severity; zero has no shape."""
        tokens, edge = self._theme.tokens, round(self.px(SHAPE_PX))
        place = row.take(edge)
        if not is_none:
            top_left = QPointF(place.left(), place.center().y() - edge / 2)
            with painting.saved(self._painter):
                self._painter.setOpacity(STALE_SHAPE_OPACITY if is_dimmed else 1.0)
                self._badges.draw_shape(self._painter, severity, top_left, edge)
        row.skip(self.px(12))
        weight = Weight.REGULAR if is_none else Weight.SEMIBOLD
        ink = tokens.muted if is_dimmed else tokens.faint if is_none else tokens.text
        row.text(text, self.font(COUNT_PX, weight, is_tabular=True), ink)

    def draw_dots_at_end(self, row: painting.RowCursor, pages: int, page: int) -> None:
        """Draw a dot per page at the trailing side; the current page's dot is filled."""
        tokens, edge = self._theme.tokens, self.px(16)
        for number in reversed(range(pages)):
            place = row.take_at_end(edge)
            dot = QRectF(place.left(), place.center().y() - edge / 2, edge, edge)
            ground, line = (tokens.text, None) if number == page else (None, tokens.muted)
            painting.rounded_box(
                self._painter, dot, edge / 2, ground=ground, line=line, line_px=self.px(2)
            )
            row.skip_at_end(self.px(12))

    def draw_tile(self, rect: QRectF, tile: Tile, widest_counts: Sequence[str]) -> None:
        """Draw a scan: its name and state, its stages, its words and its numbers.

        Args:
            rect: the place.
            tile: its content.
            widest_counts: the longest number of each severity on the board.
        """
        tokens, card = self._theme.tokens, tile.card
        state, ended = card.status, ScanStatus.ENDED.word
        if card.connection is None and state.mood is Mood.CALM:  # the line has the details
            state = CardStatus(state.icon, state.mood, ended, ended, ended)
        edges = {
            Mood.ERROR: (tokens.failed, FAILED_PX),
            Mood.ATTENTION: (tokens.warning, WARNING_PX),
        }
        line, line_px = edges.get(state.mood, (tokens.hairline_strong, 1))
        painting.rounded_box(self._painter, rect, self.px(4), ground=tokens.surface)
        if card.is_dimmed:
            painter, step = self._painter, self.px(HATCH_PX)
            with painting.saved(painter):
                painter.setClipRect(rect)
                pen = painter.pen()
                pen.setColor(self._theme.tokens.hairline)
                pen.setWidthF(self.px(2))
                painter.setPen(pen)
                x = rect.left() - rect.height()
                while x < rect.right():
                    painter.drawLine(
                        QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top())
                    )
                    x += step
        painting.rounded_box(
            self._painter, rect, self.px(4), line=line, line_px=max(1.0, self.px(line_px))
        )
        inset = self.px(INSET_PX)
        inner = rect.adjusted(inset, 0, -inset, 0)
        self._draw_name(self._line(inner, 18, 56), card, state)
        self._draw_strip(self._line(inner, 90, STRIP_PX), card)
        self._draw_words(self._line(inner, 122, 48), tile, state)
        self._draw_counts(self._line(inner, 196, 60), card, widest_counts)

    def _line(self, inner: QRectF, top_px: float, height_px: float) -> QRectF:
        """Return a line of a tile; on other screen formats tiles are taller, but lines are not."""
        top, height = inner.top() + self.px(top_px), self.px(height_px)
        return QRectF(inner.left(), top, inner.width(), height)

    def _draw_name(self, rect: QRectF, card: Card, state: CardStatus) -> None:
        row, ink = self.row(rect), self._theme.tokens.ink(MOOD_TONES[state.mood])
        is_calm = state.mood is Mood.CALM
        font = self.font(WORDS_PX, Weight.REGULAR if is_calm else Weight.SEMIBOLD)
        name_font = self.font(NAME_PX, Weight.SEMIBOLD)
        around_px = self.px(ICON_PX + 12 + 20) + _width(card.name, name_font)
        is_ticking = is_calm and card.connection is not None  # "Live 3 s" loses its seconds here
        forms = (state.word,) if is_ticking else (state.words, state.word)
        fitting = (form for form in forms if _width(form, font) + around_px <= row.remaining)
        self.draw_at_end(row, next(fitting, state.word), font, ink)
        row.skip_at_end(self.px(12))
        row.icon_at_end(state.icon, round(self.px(ICON_PX)), ink)
        row.skip_at_end(self.px(20))
        row.text(card.name, name_font, self._theme.tokens.text)

    def _draw_strip(self, rect: QRectF, card: Card) -> None:
        """Draw the strip with gaps, corners and marks at wallboard size."""
        factor = self.px(STRIP_GAP_WANTED_PX) / self._theme.scale(scan_marks.SEGMENT_GAP_PX)
        segments = [
            scan_marks.StripSegment(scan_marks.SEGMENTS[display], card.fraction)
            for display in card.displays
        ]
        with painting.saved(self._painter):
            small = self._magnify(rect, factor)
            scan_marks.draw_strip(
                self._painter, small, segments, self._theme, is_stale=card.is_dimmed
            )

    def _draw_words(self, rect: QRectF, tile: Tile, state: CardStatus) -> None:
        tokens, line = self._theme.tokens, tile.card.line
        row = self.row(rect)
        is_shown = state.words == line.fact
        fact = line.note if is_shown else line.fact
        attempt = tr("attempt {number}").format(number=line.attempt) if line.attempt else ""
        notes = (tile.as_of or ("" if is_shown else line.note), line.usual, attempt)
        ink = tokens.muted if tile.as_of else tokens.ink(MOOD_TONES[line.mood])
        for tag in reversed(tile.card.tags):
            factor = self.px(TAG_WANTED_PX) / self._theme.scale(scan_marks.TAG_PX)
            place = row.take_at_end(scan_marks.tag_px(self._theme, tag) * factor)
            row.skip_at_end(self.px(12))
            with painting.saved(self._painter):
                scan_marks.draw_tag(self._painter, self._magnify(place, factor), self._theme, tag)
        if fact:
            row.text(fact, self.font(WORDS_PX, Weight.SEMIBOLD), ink)
            row.skip(self.px(12))
        for note in filter(None, notes):
            is_age = note == tile.as_of
            weight = Weight.SEMIBOLD if is_age else Weight.REGULAR
            row.text(note, self.font(WORDS_PX, weight), tokens.text if is_age else tokens.muted)
            row.skip(self.px(12))

    def _magnify(self, place: QRectF, factor: float) -> QRectF:
        """Scale up the painter from here on; return the place in the new coordinates."""
        self._painter.translate(place.topLeft())
        self._painter.scale(factor, factor)
        return QRectF(0, 0, place.width() / factor, place.height() / factor)

    def _draw_counts(self, rect: QRectF, card: Card, widest_counts: Sequence[str]) -> None:
        font = self.font(COUNT_PX, Weight.SEMIBOLD, is_tabular=True)
        widths = [self.px(SHAPE_PX + 12) + _width(text, font) for text in widest_counts]
        gap = (rect.width() - sum(widths)) / max(1, len(widths) - 1)
        with painting.saved(self._painter):
            if gap < self.px(GAP_PX):  # numbers of five digits
                gap = self.px(GAP_PX)
                factor = rect.width() / (sum(widths) + gap * (len(widths) - 1))
                self._painter.translate(rect.left(), rect.center().y())
                self._painter.scale(factor, factor)
                rect = QRectF(0, -rect.height() / 2, rect.width() / factor, rect.height())
            row = self.row(rect)
            for column, (severity, width) in enumerate(zip(COUNTED, widths, strict=True)):
                cell, text = self.row(row.take(width)), card.count_text(column)
                is_none, is_dimmed = not card.counts[column], card.is_dimmed
                self.draw_count(cell, severity, text, is_none=is_none, is_dimmed=is_dimmed)
                row.skip(min(gap, self.px(56)))


def _width(text: str, font: QtGui.QFont) -> float:
    return QtGui.QFontMetricsF(font).horizontalAdvance(text) + 1


class Wallboard(QWidget):
    """Fills a screen until the user presses Escape or its key.

    Args:
        session: The scans and the clocks.
        sums: Returns the connection counts of all scans and of the server in use.
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
        self.setWindowTitle(tr("Wallboard \u2013 Heimdall"))
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
    def is_in_focus(self) -> bool:
        return is_in_front(self)

    @property
    def pages(self) -> int:
        return max(1, -(-len(self._cards()) // PAGE))

    @property
    def page(self) -> int:
        return min(self._page, self.pages - 1)

    @property
    def tiles(self) -> list[Tile]:
        now, clock_s, tiles = self._session.now(), self._session.clock(), list[Tile]()
        for card in self._cards()[self.page * PAGE :][:PAGE]:
            scan, as_of = self._session.store.scan(card.scan_id), ""
            age = None if scan is None or not card.is_dimmed else age_s(scan, clock_s)
            if age is not None:
                text = time_text.day_text(now - timedelta(seconds=age), now)
                as_of = tr("as of {time}").format(time=text)
            tiles.append(Tile(card, as_of))
        return tiles

    def turn(self, pages: int) -> None:
        """Go some pages forward or back; the first page follows the last."""
        self._page = (self.page + pages) % self.pages
        self._turning.start()
        self._follow()

    def _cards(self) -> list[Card]:
        rows = (self._model.row(number) for number in range(self._model.rowCount()))
        return [row.card for row in rows if isinstance(row, CardRow)]

    def _follow(self) -> None:
        if not self.isVisible():
            return
        is_calm = (Mood.PLAIN, Mood.CALM, Mood.WORKING)
        problems = [f"{part.text}." for part in self._sums() if part.mood not in is_calm]
        words = [tile.card.sentence for tile in self.tiles] or [tr("No scans are watched.")]
        self.setAccessibleDescription(" ".join([*problems, *words]))
        self.update()

    # -- Qt --

    def showEvent(self, event: QtGui.QShowEvent) -> None:
        super().showEvent(event)
        self._turning.start()
        self._pointer.start()
        self._follow()

    def hideEvent(self, event: QtGui.QHideEvent) -> None:
        super().hideEvent(event)
        self._turning.stop()
        self.setAccessibleDescription("")
        self._report_focus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._report_focus()

    def _report_focus(self) -> None:
        """Keep notifications from naming anything while others can see this screen."""
        self._session.requests.privacy.see_wallboard(is_in_focus=self.is_in_focus)

    def mouseMoveEvent(self, event: QtGui.QMouseEvent) -> None:
        self.unsetCursor()
        self._pointer.start()

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        turns = {Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Space: 1}
        turns |= {Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1}
        own = QtGui.QKeySequence(KEYS_IN_USE.of(WALLBOARD_KEYS))
        is_own = QtGui.QKeySequence(event.keyCombination()) == own
        if is_own or event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in turns:
            self.turn(turns[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    # -- painting --

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        unit = min(self.width() / WIDTH_PX, self.height() / HEIGHT_PX)  # all of it fits
        with QtGui.QPainter(self) as painter:
            painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
            painter.setLayoutDirection(self.layoutDirection())
            wall = WallPainter(self._theme, self._badges, painter, unit, self.layoutDirection())
            whole, margin = QRectF(self.rect()), wall.px(MARGIN_PX)
            painting.fill(painter, whole, self._theme.tokens.window)
            head = QRectF(margin, 0, whole.width() - 2 * margin, wall.px(HEAD_PX))
            foot_px = wall.px(FOOT_PX)
            foot = QRectF(margin, whole.bottom() - foot_px, head.width(), foot_px)
            self._draw_head(wall, head)
            tiles = self.tiles
            if not tiles:
                font, ink = wall.font(NAME_PX), self._theme.tokens.muted
                painting.draw_text(
                    painter, whole, tr("No scans are watched."), font, ink, painting.CENTRED
                )
            body = QRectF(margin, head.bottom(), head.width(), foot.top() - head.bottom())
            for number, tile in enumerate(tiles):
                gap = wall.px(GAP_PX)
                width = (body.width() - gap * (ACROSS - 1)) / ACROSS
                height = (body.height() - gap * (ACROSS - 1)) / ACROSS
                column, line = number % ACROSS, number // ACROSS
                left, top = body.left() + column * (width + gap), body.top() + line * (height + gap)
                place = painting.mirrored(
                    QRectF(left, top, width, height), body, self.layoutDirection()
                )
                wall.draw_tile(place, tile, self._model.widest_counts)
            self._draw_foot(wall, foot)

    def _draw_head(self, wall: WallPainter, rect: QRectF) -> None:
        tokens, now, cards = self._theme.tokens, self._session.now(), self._cards()
        row = wall.row(rect)
        row.icon("app-icon", round(wall.px(LOGO_PX)), tokens.accent)
        row.skip(wall.px(24))
        clock_font = wall.font(CLOCK_PX, Weight.SEMIBOLD, is_tabular=True)
        wall.draw_at_end(row, time_text.minute_text(now), clock_font, tokens.text)
        row.skip_at_end(wall.px(18))
        wall.draw_at_end(row, time_text.weekday_words(now), wall.font(WORDS_PX), tokens.muted)
        if not cards:
            return
        sums = [sum(card.counts[place] for card in cards) for place in range(len(COUNTED))]
        for severity, count in zip(COUNTED, sums, strict=True):
            wall.draw_count(row, severity, grouped(count), is_none=not count)
            row.skip(wall.px(36))
        read = sum(not card.is_unread for card in cards)
        text = tr("findings in %n scans", "", len(cards), one="findings in %n scan")
        if read < len(cards):
            text = tr("findings in {read} of %n scans", "", len(cards)).format(read=read)
        row.text(text, wall.font(WORDS_PX), tokens.muted)

    def _draw_foot(self, wall: WallPainter, rect: QRectF) -> None:
        tokens, store = self._theme.tokens, self._session.store
        row = wall.row(rect)
        hosts = list(dict.fromkeys(host_text(scan.server) for scan in store))
        host = hosts[0] if len(hosts) == 1 else tr("%n servers", "", len(hosts)) if hosts else ""
        wall.draw_at_end(row, host, wall.font(SMALL_PX), tokens.muted)
        row.skip_at_end(wall.px(48))
        if self.pages > 1:
            text = tr("page {page} of {pages}").format(page=self.page + 1, pages=self.pages)
            wall.draw_at_end(row, text, wall.font(SMALL_PX), tokens.muted)
            row.skip_at_end(wall.px(18))
            wall.draw_dots_at_end(row, self.pages, self.page)
            row.skip_at_end(wall.px(24))
        for part in sorted(self._sums(), key=lambda part: -part.mood.value):  # problems first
            weight = Weight.REGULAR if part.mood is Mood.CALM else Weight.SEMIBOLD
            ink = tokens.ink(MOOD_TONES[part.mood])
            row.icon(part.icon, round(wall.px(SMALL_PX)), ink)
            row.skip(wall.px(10))
            row.text(part.text, wall.font(SMALL_PX, weight), ink)
            row.skip(wall.px(30))
