"""The report as PDF: painted from the same marks as the HTML report, with selectable text.

Nothing here is a widget, and any thread may paint. Pages are A4, 900 wide, always light.
Source: design.md §10, pictures 13b.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain, count

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtSvg import QSvgRenderer

from heimdall_desktop.domain.facts.finding import Finding, Severity, Verdict, one_line
from heimdall_desktop.presentation.export.charts import (
    CHART_WIDTH,
    ICONS,
    Badge,
    Bar,
    Chart,
    Icon,
    Ink,
    Mark,
    Words,
)
from heimdall_desktop.presentation.export.contents import Contents
from heimdall_desktop.presentation.export.report import TEXT_LIMIT, Report, rest_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import shown_text, status_word, title_text
from heimdall_desktop.widgets.look.badges import (
    draw_hollow_shape,
    draw_shape,
    draw_verdict,
    severity_colours,
)
from heimdall_desktop.widgets.look.painting import rounded_box, saved
from heimdall_desktop.widgets.look.tokens import LIGHT

# The elements of a PDF page: texts, lines, and the marks of charts; always light.


PAGE_WIDTH, MARGIN = 900, 64
WIDTH = PAGE_WIDTH - 2 * MARGIN
_WRAPPED = QTextOption()
_WRAPPED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
_ICON_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" '
    'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"'
)
_INKS = {
    Ink.DONE: LIGHT.stage_done,
    Ink.LINE: LIGHT.hairline_strong,
    Ink.TEXT: LIGHT.text,
    Ink.MUTED: LIGHT.muted,
}


def font_of(size_px: float, *, is_heavy: bool = False, family: str = "") -> QFont:
    """Return a font of the report; the default family if none is given."""
    font = QFont(family) if family else QFont()
    font.setPixelSize(round(size_px))
    font.setWeight(QFont.Weight.DemiBold if is_heavy else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("liga"), 0)  # or a search for "findings" finds no "fi" in the file
    return font


class Block:
    """A text in lines of a width, broken between words if possible.

    Args:
        font: its font.
        text: its text.
        width: of each line.
        strong: how many characters at its start are semibold.
    """

    def __init__(self, font: QFont, text: str, width: float, strong: int = 0) -> None:
        self._layout = layout = QTextLayout(text, font)
        layout.setTextOption(_WRAPPED)
        if strong:
            first = QTextLayout.FormatRange()
            first.start, first.length = 0, strong
            first.format.setFontWeight(QFont.Weight.DemiBold)
            layout.setFormats([first])
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        self.height = max(height, QFontMetricsF(font).height())

    def draw(self, painter: QPainter, x: float, y: float, ink: QColor = LIGHT.text) -> None:
        """Draw it from its upper left corner."""
        painter.setPen(ink)
        self._layout.draw(painter, QPointF(x, y))


def draw_text_at(
    painter: QPainter,
    x: float,
    y: float,
    width: float,
    text: str,
    font: QFont,
    ink: QColor = LIGHT.text,
) -> None:
    """Draw a line from its upper left corner; elide text that does not fit."""
    painter.setFont(font)
    painter.setPen(ink)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    painter.drawText(QPointF(x, y + metrics.ascent()), shown)


def draw_rule(painter: QPainter, y: float, colour: QColor) -> None:
    """Draw a line across the page."""
    painter.fillRect(QRectF(0, y, WIDTH, 1), colour)


def paint_mark(painter: QPainter, mark: Mark) -> None:
    """Paint a mark of a chart."""
    match mark:
        case Icon(x, y, name, size):
            icon = f'{_ICON_HEAD} stroke="{LIGHT.muted.name()}">{ICONS[name]}</svg>'
            source = icon.replace("currentColor", LIGHT.muted.name())
            QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(x, y, size, size))
        case Badge(x, y, severity):
            paint_badge(painter, severity, QRectF(x, y, 16, 16))
        case Words():
            font = font_of(mark.size, is_heavy=mark.is_strong)
            painter.setFont(font)
            painter.setPen(_INKS.get(mark.ink, LIGHT.text))
            width = QFontMetricsF(font).horizontalAdvance(mark.text)
            start = mark.x - {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
            painter.drawText(QPointF(start, mark.y), mark.text)
        case Bar():
            _paint_bar(painter, mark)


def _paint_bar(painter: QPainter, bar: Bar) -> None:
    rect = QRectF(bar.x, bar.y, bar.width, bar.height)
    if bar.ink in _INKS:
        painter.fillRect(rect, _INKS[bar.ink])
        return
    colours = severity_colours(LIGHT, Severity(bar.ink.value))
    painter.setPen(QPen(colours.border or colours.fill, 1))
    painter.setBrush(colours.fill)
    painter.drawRect(rect)
    if bar.letter:
        painter.setFont(font_of(9, is_heavy=True))
        painter.setPen(colours.label)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, bar.letter)


def paint_badge(painter: QPainter, severity: Severity, rect: QRectF) -> None:
    """Paint the shape of a severity with its letter."""
    draw_shape(painter, severity, rect, severity_colours(LIGHT, severity), font_of(10))


def paint_icon(painter: QPainter) -> None:
    """Paint the content of app-icon.svg: two towers, the bridge between them, and the light."""
    with saved(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(0.5, 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#1F2328"))
        painter.drawRoundedRect(QRectF(2, 2, 60, 60), 14, 14)
        cap = Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(QColor("#F2F7F7"), 7, Qt.PenStyle.SolidLine, cap))
        painter.drawLine(QPointF(17.5, 47), QPointF(17.5, 17))
        painter.drawLine(QPointF(46.5, 47), QPointF(46.5, 17))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, radius in (("#6FE3D8", 9.5), ("#12A5A5", 6.5)):
            painter.setPen(QPen(QColor(colour), 3))
            arc = QRectF(32 - radius, 43 - radius, 2 * radius, 2 * radius)
            painter.drawArc(arc, 0, 180 * 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#6FE3D8"))
        painter.drawEllipse(QPointF(32, 21), 5, 5)


PAGE_HEIGHT = 1273  # A4 at this width
_HEAD_PX = 28  # of the column heads
CAPSULE_PX = 22
FOOT_Y = PAGE_HEIGHT - MARGIN - 40
DOTS_PER_INCH = 109  # so that a dot is one of the 900: 900 / 8.27 inches
SLICE = 8  # strips painted in one turn of the loop
_CHUNK_BYTES = 1 << 20
_NUMBER, _SEVERITY, _FINDING, _PLACE, _STATUS = 0, 32, 148, 490, 690


class _Strip(Struct, frozen=True):
    """A full-width part of a page: its height, and how to paint it from its upper left corner."""

    height: float
    paint: Callable[[QPainter], None]


def pdf_pieces(contents: Contents) -> Iterator[bytes]:
    """Yield nothing after each few rows of layout or painting, and then the whole file."""
    pages = _Pages(Report(contents))
    for _ in pages.report.draw():
        yield b""
    total = yield from pages.count()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(DOTS_PER_INCH * 4)  # strokes and letters align to a quarter of a dot
    writer.setTitle(one_line(pages.report.title))
    writer.setCreator(contents.maker)
    with QPainter(writer) as painter:
        painter.setWindow(0, 0, PAGE_WIDTH, PAGE_HEIGHT)
        for _ in pages.paint(painter, writer.newPage, total):
            yield b""
    data = bytes(buffer.data().data())
    for start in range(0, len(data), _CHUNK_BYTES):
        yield data[start : start + _CHUNK_BYTES]


class _Pages:
    """Lays a report out in strips, and strips on pages: once to count them, once to paint."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._contents = report.contents
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self._plain, self._small, self._heavy = font_of(13), font_of(12), font_of(13, is_heavy=True)
        self._title, self._mono = font_of(20, is_heavy=True), font_of(12, family=mono)
        self._gone = font_of(13, is_heavy=True)
        self._gone.setStrikeOut(True)
        self._line_px = QFontMetricsF(self._plain).height()

    def count(self) -> Generator[bytes, None, int]:
        """Return the number of pages; yields nothing after each few strips."""
        pages, y = 1, float(MARGIN)
        batches = self._contents.batches(is_rehearsal=True)
        every = chain.from_iterable(part for _, part in batches)
        for number, (strip, is_row) in enumerate(self._strips(every), 1):
            if y + strip.height > FOOT_Y and y > MARGIN:
                pages += 1
                y = MARGIN + (_HEAD_PX if is_row else 0)
            y += strip.height
            if number % SLICE == 0:
                yield b""
        return pages

    def paint(self, painter: QPainter, turn: Callable[[], bool], total: int) -> Iterator[None]:
        """Paint all pages; yields after each few strips."""
        page, y = count(1), float(MARGIN)
        self._paint_foot(painter, next(page), total)
        every = chain.from_iterable(part for _, part in self._contents.batches())
        for number, (strip, is_row) in enumerate(self._strips(every), 1):
            if y + strip.height > FOOT_Y and y > MARGIN:
                turn()
                self._paint_foot(painter, next(page), total)
                y = float(MARGIN)
                if is_row:
                    self._at(painter, y, self._paint_heads)
                    y += _HEAD_PX
            self._at(painter, y, strip.paint)
            y += strip.height
            if number % SLICE == 0:
                yield None

    @staticmethod
    def _at(painter: QPainter, y: float, paint: Callable[[QPainter], None]) -> None:
        with saved(painter):
            painter.translate(MARGIN, y)
            paint(painter)

    # -- content, from top to bottom --

    def _strips(self, findings: Iterable[Finding]) -> Iterator[tuple[_Strip, bool]]:
        """Yield the parts of the report, and whether each is below the column heads."""
        yield self._head(), False
        if caution := self.report.caution:
            yield self._caution(caution), False
        charts = self.report.charts
        for pair in zip(charts[::2], [*charts[1::2], None], strict=False):
            yield self._chart_row(pair), False
        yield _Strip(_HEAD_PX + 28, self._paint_table_title), False
        for number, finding in enumerate(findings, 1):
            yield self._row(number, finding), True
            for line in self._details(finding):
                yield line, True
        yield _Strip(34, self._paint_legend), True

    def _head(self) -> _Strip:
        title = Block(self._title, self.report.title, WIDTH - 44)
        lead = Block(self._small, self.report.lead, WIDTH - 44)

        def paint(painter: QPainter) -> None:
            paint_icon(painter)
            title.draw(painter, 44, 0)
            lead.draw(painter, 44, title.height, LIGHT.muted)

        return _Strip(title.height + lead.height + 20, paint)

    def _caution(self, caution: str) -> _Strip:
        words = Block(self._plain, caution, WIDTH - 48, strong=len(self.report.warning))
        height = words.height + 16

        def paint(painter: QPainter) -> None:
            rounded_box(painter, QRectF(0, 0, WIDTH, height), 6, ground=LIGHT.alt)
            paint_mark(painter, Icon(12, 8, "ui-warning", 16))
            words.draw(painter, 36, 8)

        return _Strip(height + 24, paint)

    def _chart_row(self, charts: tuple[Chart | None, ...]) -> _Strip:
        shown = [chart for chart in charts if chart is not None]

        def paint(painter: QPainter) -> None:
            for number, chart in enumerate(shown):
                with saved(painter):
                    painter.translate(number * (WIDTH - CHART_WIDTH), 0)
                    self._paint_chart(painter, chart)

        return _Strip(max(chart.height for chart in shown) + 58, paint)

    def _row(self, number: int, finding: Finding) -> _Strip:
        is_gone = finding.verdict is Verdict.WITHDRAWN
        width, place_width = _PLACE - _FINDING - 12, _STATUS - _PLACE - 12
        title = Block(self._gone if is_gone else self._heavy, title_text(finding), width)
        facts = Block(self._small, self.report.facts_line(finding), width)
        place = Block(self._mono, self.report.place(finding), place_width)
        folder = Block(self._small, self.report.folder(finding), place_width)
        left, right = title.height + facts.height, place.height + folder.height
        height = max(left, right) + 12

        def paint(painter: QPainter) -> None:
            ink = LIGHT.muted if is_gone else LIGHT.text
            top = (height - left) / 2
            title.draw(painter, _FINDING, top, ink)
            facts.draw(painter, _FINDING, top + title.height, LIGHT.muted)
            top = (height - right) / 2
            place.draw(painter, _PLACE, top)
            folder.draw(painter, _PLACE, top + place.height, LIGHT.muted)
            self._paint_capsule(painter, finding, (height - CAPSULE_PX) / 2)
            middle, status = (height - self._line_px) / 2, status_word(finding)
            draw_text_at(painter, _NUMBER, middle, 32, f"{number}", self._plain, LIGHT.muted)
            draw_text_at(painter, _STATUS, middle, WIDTH - _STATUS, status, self._plain)
            draw_rule(painter, height - 0.5, LIGHT.hairline)

        return _Strip(height, paint)

    def _details(self, finding: Finding) -> Iterator[_Strip]:
        """Yield the details of a finding below its row: a strip for each line.

        So a long one can start on one page and end on another.
        """
        if cut := self.report.cut_text(finding):
            yield self._text_line(cut, self._small)
        passages = self.report.passages(finding)
        for title, text, is_code in passages:
            yield _Strip(6, _paint_nothing)
            if title:
                yield self._text_line(title, self._small, LIGHT.muted)
            shown, rest = shown_text(text.strip("\r\n"), TEXT_LIMIT)
            for line in shown.split("\n"):
                yield self._text_line(line.expandtabs(4), self._mono if is_code else self._plain)
            if rest:
                yield self._text_line(rest_text(rest), self._small, LIGHT.muted)
        if passages:
            yield _Strip(10, _paint_nothing)

    def _text_line(self, text: str, font: QFont, ink: QColor = LIGHT.text) -> _Strip:
        width = WIDTH - _SEVERITY
        words = Block(font, text, width)

        def paint(painter: QPainter) -> None:
            if font is self._mono:
                ground = QRectF(_SEVERITY - 6, 0, width + 6, words.height)
                painter.fillRect(ground, LIGHT.code.ground)
            words.draw(painter, _SEVERITY, 0, ink)

        return _Strip(words.height, paint)

    # -- painting --

    def _paint_foot(self, painter: QPainter, page: int, total: int) -> None:
        with saved(painter):
            painter.translate(MARGIN, FOOT_Y + 8)
            draw_rule(painter, 0, LIGHT.hairline_strong)
            words = tr("Page {page} of {total}").format(page=page, total=total)
            draw_text_at(painter, 0, 8, WIDTH - 110, self.report.origin, self._small, LIGHT.muted)
            draw_text_at(painter, 0, 24, WIDTH, self.report.moments, self._small, LIGHT.muted)
            metrics = QFontMetricsF(self._small)
            x = WIDTH - metrics.horizontalAdvance(words)
            draw_text_at(painter, x, 8, 110, words, self._small, LIGHT.muted)

    def _paint_table_title(self, painter: QPainter) -> None:
        title = tr("Findings")
        draw_text_at(painter, 0, 0, WIDTH, title, self._heavy)
        x = QFontMetricsF(self._heavy).horizontalAdvance(title) + 10
        draw_text_at(painter, x, 1, WIDTH, self.report.order_text, self._small, LIGHT.muted)
        painter.translate(0, 28)
        self._paint_heads(painter)

    def _paint_heads(self, painter: QPainter) -> None:
        draw_rule(painter, -4, LIGHT.hairline_strong)
        small = font_of(12, is_heavy=True)
        for x, name in (
            (_NUMBER, "#"),
            (_SEVERITY, tr("Severity")),
            (_FINDING, tr("Finding")),
            (_PLACE, tr("Location")),
            (_STATUS, tr("Status")),
        ):
            draw_text_at(painter, x, 2, WIDTH, name, small, LIGHT.muted)
        draw_rule(painter, _HEAD_PX - 2, LIGHT.hairline_strong)

    def _paint_capsule(self, painter: QPainter, finding: Finding, y: float) -> None:
        words = self.report.severity_text(finding)
        room = _FINDING - _SEVERITY - 36
        metrics = QFontMetricsF(self._plain)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        shape, words_y = QRectF(_SEVERITY + 3, y + 3, 16, 16), y + (CAPSULE_PX - self._line_px) / 2
        if finding.verdict is Verdict.WITHDRAWN:
            draw_hollow_shape(painter, finding.severity, shape, LIGHT.control)
            draw_text_at(
                painter, _SEVERITY + 24, words_y, room + 8, shown, self._plain, LIGHT.muted
            )
            return
        width = metrics.horizontalAdvance(shown) + 32
        draw_verdict(painter, QRectF(_SEVERITY, y, width, CAPSULE_PX), finding.verdict, LIGHT)
        paint_badge(painter, finding.severity, shape)
        draw_text_at(painter, _SEVERITY + 24, words_y, room + 8, shown, self._plain)

    def _paint_legend(self, painter: QPainter) -> None:
        x = 0.0
        for words, verdict in (
            (tr("solid outline: confirmed"), Verdict.CONFIRMED),
            (tr("dashed outline: unverified"), Verdict.UNVERIFIED),
        ):
            draw_verdict(painter, QRectF(x, 14, 28, 14), verdict, LIGHT)
            draw_text_at(painter, x + 36, 12, WIDTH, words, self._small, LIGHT.muted)
            x += QFontMetricsF(self._small).horizontalAdvance(words) + 60

    def _paint_chart(self, painter: QPainter, chart: Chart) -> None:
        draw_text_at(painter, 0, 0, CHART_WIDTH, chart.title, self._heavy)
        x = QFontMetricsF(self._heavy).horizontalAdvance(chart.title) + 10
        draw_text_at(painter, x, 1, CHART_WIDTH - x, chart.note, self._small, LIGHT.muted)
        painter.fillRect(QRectF(0, 24, CHART_WIDTH, 1), LIGHT.hairline_strong)
        painter.translate(0, 32)
        for mark in chart.marks:
            paint_mark(painter, mark)


def _paint_nothing(_painter: QPainter) -> None:
    """Leave space."""
