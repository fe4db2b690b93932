"""All watched scans for a wall screen: readable at 3 m, without findings or code.

It shows nine tiles a page, problems first, and turns pages automatically. A tile with possibly
outdated data shows the time of its data. Source: ux.md feature 39.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from heimdall_desktop.models.scans_model import CardRow, ScansModel
from heimdall_desktop.presentation.board.card import COUNTED, Card
from heimdall_desktop.presentation.board.connection_text import ConnectionSum, age_s
from heimdall_desktop.presentation.board.sign import Mood
from heimdall_desktop.presentation.hosts import host_text
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.time_text import day_text, minute_text, weekday_words
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.controls.scan_marks import sign_icon
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.painting import CENTRED, draw_text, fill, mirrored
from heimdall_desktop.widgets.look.theme import Weight
from heimdall_desktop.widgets.window.board_commands import WALLBOARD_KEYS
from heimdall_desktop.widgets.window.wall_painter import (
    GAP_PX,
    NAME_PX,
    WORDS_PX,
    Tile,
    WallPainter,
)
from heimdall_desktop.widgets.window.workspace import Session

WIDTH_PX, HEIGHT_PX = 1920, 1080  # all measures are for a screen of this size
ACROSS, PAGE = 3, 9
MARGIN_PX, HEAD_PX, FOOT_PX = 40, 116, 76
CLOCK_PX, SMALL_PX, LOGO_PX = 64, 26, 52
TURN_MS, POINTER_MS = 20_000, 5_000


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
        """Whether it has the focus."""
        return self.isVisible() and self.isActiveWindow()

    @property
    def pages(self) -> int:
        """The number of pages."""
        return max(1, -(-len(self._cards()) // PAGE))

    @property
    def page(self) -> int:
        """The current page, from 0."""
        return min(self._page, self.pages - 1)

    @property
    def tiles(self) -> list[Tile]:
        """The tiles shown now."""
        return [self._tile(card) for card in self._cards()[self.page * PAGE :][:PAGE]]

    def turn(self, pages: int) -> None:
        """Go some pages forward or back; the first page follows the last."""
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
        text = day_text(now - timedelta(seconds=age), now)
        return Tile(card, tr("as of {time}").format(time=text))

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

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop turning pages, and leave nothing for assistive technology to read."""
        super().hideEvent(event)
        self._turning.stop()
        self.setAccessibleDescription("")
        self._tell_focus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._tell_focus()

    def _tell_focus(self) -> None:
        """Keep notifications from naming anything while others can see this screen."""
        self._session.requests.privacy.see_wallboard(is_in_focus=self.is_in_focus)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the pointer for a while."""
        self.unsetCursor()
        self._pointer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close, or turn the page."""
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

    def paintEvent(self, event: QPaintEvent) -> None:
        unit = min(self.width() / WIDTH_PX, self.height() / HEIGHT_PX)  # all of it fits
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setLayoutDirection(self.layoutDirection())
            wall = WallPainter(self._theme, self._badges, painter, unit, self.layoutDirection())
            whole, margin = QRectF(self.rect()), wall.px(MARGIN_PX)
            fill(painter, whole, self._theme.tokens.window)
            head = QRectF(margin, 0, whole.width() - 2 * margin, wall.px(HEAD_PX))
            foot_px = wall.px(FOOT_PX)
            foot = QRectF(margin, whole.bottom() - foot_px, head.width(), foot_px)
            self._draw_head(wall, head)
            tiles = self.tiles
            if not tiles:
                font, ink = wall.font(NAME_PX), self._theme.tokens.muted
                draw_text(painter, whole, tr("No scans are watched."), font, ink, CENTRED)
            body = QRectF(margin, head.bottom(), head.width(), foot.top() - head.bottom())
            for number, tile in enumerate(tiles):
                place = self._place(body, number, wall.px(GAP_PX))
                wall.draw_tile(place, tile, self._model.widest_counts)
            self._draw_foot(wall, foot)

    def _place(self, body: QRectF, number: int, gap: float) -> QRectF:
        width = (body.width() - gap * (ACROSS - 1)) / ACROSS
        height = (body.height() - gap * (ACROSS - 1)) / ACROSS
        column, line = number % ACROSS, number // ACROSS
        left, top = body.left() + column * (width + gap), body.top() + line * (height + gap)
        return mirrored(QRectF(left, top, width, height), body, self.layoutDirection())

    def _draw_head(self, wall: WallPainter, rect: QRectF) -> None:
        tokens, now, cards = self._theme.tokens, self._session.now(), self._cards()
        row = wall.row(rect)
        row.icon("app-icon", round(wall.px(LOGO_PX)), tokens.accent)
        row.skip(wall.px(24))
        clock, clock_font = minute_text(now), wall.font(CLOCK_PX, Weight.SEMIBOLD, is_tabular=True)
        wall.draw_at_end(row, clock, clock_font, tokens.text)
        row.skip_at_end(wall.px(18))
        wall.draw_at_end(row, weekday_words(now), wall.font(WORDS_PX), tokens.muted)
        if not cards:
            return
        sums = [sum(card.counts[place] for card in cards) for place in range(len(COUNTED))]
        for severity, count in zip(COUNTED, sums, strict=True):
            wall.draw_count(row, severity, grouped(count), is_none=not count)
            row.skip(wall.px(36))
        text = tr("findings in %n scans", "", len(cards), one="findings in %n scan")
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
            icon = sign_icon(part.sign, is_clear=part.is_clear)
            row.icon(icon, round(wall.px(SMALL_PX)), ink)
            row.skip(wall.px(10))
            row.text(part.text, wall.font(SMALL_PX, weight), ink)
            row.skip(wall.px(30))
