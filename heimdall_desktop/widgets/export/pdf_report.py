"""The report as PDF: the texts and charts of the HTML report as pages, with selectable text.

Nothing here is a widget, and any thread may paint. Pages are A4, 900 wide, always light. They are
laid out strip by strip: a QTextDocument would block the loop for seconds, and know no capsules.
Source: look.md 10, pictures 13b.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from msgspec import Struct
from PySide6 import QtGui
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtSvg import QSvgRenderer

from heimdall_desktop.domain.facts.finding import Finding, Verdict, one_line
from heimdall_desktop.presentation.export.charts import CHART_WIDTH, Chart, icon, paper_drawing
from heimdall_desktop.presentation.export.contents import Contents
from heimdall_desktop.presentation.export.report import APP_ICON, TEXT_LIMIT, Report, rest_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import shown_text, status_word, title_text
from heimdall_desktop.widgets.look import badges
from heimdall_desktop.widgets.look.painting import rounded_box, saved
from heimdall_desktop.widgets.look.tokens import LIGHT

PAGE_WIDTH, MARGIN = 900, 64
PAGE_HEIGHT = 1273  # A4 at this width
WIDTH = PAGE_WIDTH - 2 * MARGIN
FOOT_Y = PAGE_HEIGHT - MARGIN - 40
DOTS_PER_INCH = 109  # so that a dot is one of the 900: 900 / 8.27 inches
SLICE = 8  # strips painted in one turn of the loop
CAPSULE_PX, ICON_PX = 22, 32
_HEAD_PX = 28  # of the column heads
_CHUNK_BYTES = 1 << 20
_NUMBER, _SEVERITY, _FINDING, _PLACE, _STATUS = 0, 32, 148, 490, 690
_WRAPPED = QtGui.QTextOption()
_WRAPPED.setWrapMode(QtGui.QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


class _Strip(Struct, frozen=True):
    """A full-width part of a page: its height, and how to paint it from its upper left corner.

    Without a function to paint it, it is space.

    Attributes:
        is_row: it is below the column heads.
    """

    height: float
    paint: Callable[[QtGui.QPainter], object] | None = None
    is_row: bool = True


def pdf_pieces(contents: Contents) -> Iterator[bytes]:
    """Yield nothing after each few rows of layout or painting, and then the whole file."""
    report = Report(contents)
    for _ in report.draw_charts():
        yield b""
    pages = _Pages(report)
    total = 1
    for number, (_, _, is_first) in enumerate(pages.placed(is_rehearsal=True), 1):
        total += is_first
        if number % SLICE == 0:
            yield b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QtGui.QPdfWriter(buffer)
    writer.setPageSize(QtGui.QPageSize(QtGui.QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(DOTS_PER_INCH * 4)  # strokes and letters align to a quarter of a dot
    writer.setTitle(one_line(report.title))
    writer.setCreator(contents.maker)
    with QtGui.QPainter(writer) as painter:
        painter.setWindow(0, 0, PAGE_WIDTH, PAGE_HEIGHT)
        painter.translate(MARGIN, 0)
        page = 1
        pages.paint_foot(painter, page, total)
        for number, (strip, y, is_first) in enumerate(pages.placed(), 1):
            if is_first:
                writer.newPage()
                page += 1
                pages.paint_foot(painter, page, total)
                if strip.is_row:
                    with saved(painter):
                        painter.translate(0, MARGIN)
                        pages.paint_column_heads(painter)
            with saved(painter):
                painter.translate(0, y)
                if strip.paint is not None:
                    strip.paint(painter)
            if number % SLICE == 0:
                yield b""
    data = bytes(buffer.data().data())
    for start in range(0, len(data), _CHUNK_BYTES):
        yield data[start : start + _CHUNK_BYTES]


class _Pages:
    """Lays a report out in strips, and strips on pages."""

    def __init__(self, report: Report) -> None:
        self._report = report
        mono = QtGui.QFontDatabase.systemFont(QtGui.QFontDatabase.SystemFont.FixedFont).family()
        self._plain, self._small, self._heavy = _font(13), _font(12), _font(13, is_heavy=True)
        self._title, self._mono = _font(20, is_heavy=True), _font(12, family=mono)
        self._column_head, self._badge = _font(12, is_heavy=True), _font(10)
        self._gone = _font(13, is_heavy=True)
        self._gone.setStrikeOut(True)
        self._line_px = QtGui.QFontMetricsF(self._plain).height()

    def placed(self, *, is_rehearsal: bool = False) -> Iterator[tuple[_Strip, float, bool]]:
        """Yield the strips, where each starts, and whether it is the first of another page."""
        batches = self._report.contents.batches(is_rehearsal=is_rehearsal)
        y = float(MARGIN)
        for strip in self._strips(chain.from_iterable(findings for _, findings in batches)):
            is_first = y + strip.height > FOOT_Y and y > MARGIN
            if is_first:
                y = MARGIN + (_HEAD_PX if strip.is_row else 0)
            yield strip, y, is_first
            y += strip.height

    def paint_foot(self, painter: QtGui.QPainter, page: int, total: int) -> None:
        """Paint the lower edge of a page: where the data is from, and the number of the page."""
        top, words = FOOT_Y + 8, tr("Page {page} of {total}").format(page=page, total=total)
        painter.fillRect(QRectF(0, top, WIDTH, 1), LIGHT.hairline_strong)
        small, width = self._small, QtGui.QFontMetricsF(self._small).horizontalAdvance(words)
        _draw_line(painter, 0, top + 8, self._report.origin, small, LIGHT.muted, WIDTH - 110)
        _draw_line(painter, 0, top + 24, self._report.moments, small, LIGHT.muted)
        _draw_line(painter, WIDTH - width, top + 8, words, small, LIGHT.muted, 110)

    def paint_column_heads(self, painter: QtGui.QPainter) -> None:
        """Paint the names of the columns between two lines."""
        for x, name in (
            (_NUMBER, "#"),
            (_SEVERITY, tr("Severity")),
            (_FINDING, tr("Finding")),
            (_PLACE, tr("Location")),
            (_STATUS, tr("Status")),
        ):
            _draw_line(painter, x, 2, name, self._column_head, LIGHT.muted)
        for y in (-4, _HEAD_PX - 2):
            painter.fillRect(QRectF(0, y, WIDTH, 1), LIGHT.hairline_strong)

    # -- content, from top to bottom --

    def _strips(self, findings: Iterable[Finding]) -> Iterator[_Strip]:
        report = self._report
        yield from self._head()
        for start in range(0, len(report.charts), 2):
            yield self._chart_row(report.charts[start : start + 2])

        def paint_table_title(painter: QtGui.QPainter) -> None:
            self._paint_heading(painter, tr("Findings"), report.order_text, WIDTH)
            painter.translate(0, 28)
            self.paint_column_heads(painter)

        yield _Strip(_HEAD_PX + 28, paint_table_title, is_row=False)
        for number, finding in enumerate(findings, 1):
            yield self._row(number, finding)
            yield from self._details(finding)
        yield _Strip(34, self._paint_legend)

    def _head(self) -> Iterator[_Strip]:
        """Yield the title with its lead, and what a reader must know first."""
        report = self._report
        title = _Block(self._title, report.title, WIDTH - 44)
        lead = _Block(self._small, report.head, WIDTH - 44)

        def paint(painter: QtGui.QPainter) -> None:
            QSvgRenderer(APP_ICON.encode()).render(painter, QRectF(0, 0, ICON_PX, ICON_PX))
            title.draw(painter, 44, 0)
            lead.draw(painter, 44, title.height, LIGHT.muted)

        yield _Strip(title.height + lead.height + 20, paint, is_row=False)
        if not report.caution:
            return
        words = _Block(self._plain, report.caution, WIDTH - 48, strong=len(report.warning))
        height = words.height + 16

        def paint_caution(painter: QtGui.QPainter) -> None:
            rounded_box(painter, QRectF(0, 0, WIDTH, height), 6, ground=LIGHT.alt)
            sign = paper_drawing(icon("ui-warning", 0, 0, 16), 16, 16)
            QSvgRenderer(sign).render(painter, QRectF(12, 8, 16, 16))
            words.draw(painter, 36, 8)

        yield _Strip(height + 24, paint_caution, is_row=False)

    def _chart_row(self, charts: list[Chart]) -> _Strip:
        def paint(painter: QtGui.QPainter) -> None:
            for chart in charts:
                self._paint_heading(painter, chart.title, chart.note, CHART_WIDTH)
                painter.fillRect(QRectF(0, 24, CHART_WIDTH, 1), LIGHT.hairline_strong)
                painter.setFont(self._small)  # the drawing takes family and features from it
                drawing = QSvgRenderer(paper_drawing(chart.marks, chart.height))
                drawing.render(painter, QRectF(0, 32, CHART_WIDTH, chart.height))
                painter.translate(WIDTH - CHART_WIDTH, 0)

        return _Strip(max(chart.height for chart in charts) + 58, paint, is_row=False)

    def _paint_heading(self, painter: QtGui.QPainter, title: str, note: str, width: float) -> None:
        _draw_line(painter, 0, 0, title, self._heavy, width=width)
        x = QtGui.QFontMetricsF(self._heavy).horizontalAdvance(title) + 10
        _draw_line(painter, x, 1, note, self._small, LIGHT.muted, width - x)

    def _row(self, number: int, finding: Finding) -> _Strip:
        report, is_gone = self._report, finding.verdict is Verdict.WITHDRAWN
        width, place_width = _PLACE - _FINDING - 12, _STATUS - _PLACE - 12
        title = _Block(self._gone if is_gone else self._heavy, title_text(finding), width)
        facts = _Block(self._small, report.facts_line(finding), width)
        place = _Block(self._mono, report.place(finding), place_width)
        folder = _Block(self._small, report.folder(finding), place_width)
        left, right = title.height + facts.height, place.height + folder.height
        height = max(left, right) + 12

        def paint(painter: QtGui.QPainter) -> None:
            top = (height - left) / 2
            title.draw(painter, _FINDING, top, LIGHT.muted if is_gone else LIGHT.text)
            facts.draw(painter, _FINDING, top + title.height, LIGHT.muted)
            top = (height - right) / 2
            place.draw(painter, _PLACE, top)
            folder.draw(painter, _PLACE, top + place.height, LIGHT.muted)
            self._paint_capsule(painter, finding, (height - CAPSULE_PX) / 2)
            top, plain = (height - self._line_px) / 2, self._plain
            _draw_line(painter, _NUMBER, top, f"{number}", plain, LIGHT.muted, 32)
            _draw_line(painter, _STATUS, top, status_word(finding), plain, width=WIDTH - _STATUS)
            painter.fillRect(QRectF(0, height - 0.5, WIDTH, 1), LIGHT.hairline)

        return _Strip(height, paint)

    def _paint_capsule(self, painter: QtGui.QPainter, finding: Finding, y: float) -> None:
        words, verdict = self._report.severity_text(finding), finding.verdict
        room, severity = _FINDING - _SEVERITY - 36, finding.severity
        metrics = QtGui.QFontMetricsF(self._plain)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        shape = QRectF(_SEVERITY + 3, y + 3, 16, 16)
        is_gone = verdict is Verdict.WITHDRAWN
        if is_gone:
            badges.draw_hollow_shape(painter, severity, shape, LIGHT.control)
        else:
            width = metrics.horizontalAdvance(shown) + 32
            badges.draw_verdict(painter, QRectF(_SEVERITY, y, width, CAPSULE_PX), verdict, LIGHT)
            badges.draw_shape(
                painter, severity, shape, badges.severity_colours(LIGHT, severity), self._badge
            )
        y += (CAPSULE_PX - self._line_px) / 2
        ink = LIGHT.muted if is_gone else LIGHT.text
        _draw_line(painter, _SEVERITY + 24, y, shown, self._plain, ink, room + 8)

    def _details(self, finding: Finding) -> Iterator[_Strip]:
        """Yield the details of a finding below its row: a strip for each line.

        So a long one can start on one page and end on another.
        """
        if cut := self._report.cut_text(finding):
            yield self._text_line(cut, self._small)
        passages = self._report.passages(finding)
        for title, text, is_code in passages:
            yield _Strip(6)
            if title:
                yield self._text_line(title, self._small, LIGHT.muted)
            shown, rest = shown_text(text.strip("\r\n"), TEXT_LIMIT)
            for line in shown.split("\n"):
                yield self._text_line(line.expandtabs(4), self._mono if is_code else self._plain)
            if rest:
                yield self._text_line(rest_text(rest), self._small, LIGHT.muted)
        if passages:
            yield _Strip(10)

    def _text_line(self, text: str, font: QtGui.QFont, ink: QtGui.QColor = LIGHT.text) -> _Strip:
        width = WIDTH - _SEVERITY
        words = _Block(font, text, width)

        def paint(painter: QtGui.QPainter) -> None:
            if font is self._mono:
                ground = QRectF(_SEVERITY - 6, 0, width + 6, words.height)
                painter.fillRect(ground, LIGHT.code.ground)
            words.draw(painter, _SEVERITY, 0, ink)

        return _Strip(words.height, paint)

    def _paint_legend(self, painter: QtGui.QPainter) -> None:
        for words, verdict in (
            (tr("solid outline: confirmed"), Verdict.CONFIRMED),
            (tr("dashed outline: unverified"), Verdict.UNVERIFIED),
        ):
            badges.draw_verdict(painter, QRectF(0, 14, 28, 14), verdict, LIGHT)
            _draw_line(painter, 36, 12, words, self._small, LIGHT.muted)
            painter.translate(QtGui.QFontMetricsF(self._small).horizontalAdvance(words) + 60, 0)


class _Block:
    """A text in lines of a width, broken between words if possible.

    Args:
        width: of each line.
        strong: how many characters at its start are semibold.
    """

    def __init__(self, font: QtGui.QFont, text: str, width: float, strong: int = 0) -> None:
        self._layout = layout = QtGui.QTextLayout(text, font)
        layout.setTextOption(_WRAPPED)
        if strong:
            first = QtGui.QTextLayout.FormatRange()
            first.start, first.length = 0, strong
            first.format.setFontWeight(QtGui.QFont.Weight.DemiBold)
            layout.setFormats([first])
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        self.height = max(height, QtGui.QFontMetricsF(font).height())

    def draw(
        self, painter: QtGui.QPainter, x: float, y: float, ink: QtGui.QColor = LIGHT.text
    ) -> None:
        painter.setPen(ink)
        self._layout.draw(painter, QPointF(x, y))


def _font(size_px: int, *, is_heavy: bool = False, family: str = "") -> QtGui.QFont:
    font = QtGui.QFont(family) if family else QtGui.QFont()
    font.setPixelSize(size_px)
    font.setWeight(QtGui.QFont.Weight.DemiBold if is_heavy else QtGui.QFont.Weight.Normal)
    # or a search for "findings" finds no "fi" in the file
    font.setFeature(QtGui.QFont.Tag("liga"), 0)
    return font


def _draw_line(
    painter: QtGui.QPainter,
    x: float,
    y: float,
    text: str,
    font: QtGui.QFont,
    ink: QtGui.QColor = LIGHT.text,
    width: float = WIDTH,
) -> None:
    """Draw a line from its upper left corner; elide text that does not fit."""
    painter.setFont(font)
    painter.setPen(ink)
    metrics = QtGui.QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    painter.drawText(QPointF(x, y + metrics.ascent()), shown)
