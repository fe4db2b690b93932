"""Texts of several lines: a plain label that wraps and elides, and what a server wrote, to read.

Nothing in a text from a server can load or hide: HTML stays plain text, pictures become a note, and
a link only emits a signal. The appearance of Markdown comes from the theme alone, whatever Qt does
with a heading. Source: architecture.md "Rich text"; behaviour.md 2.9; T-15.
"""

import math
import re
from typing import Self

from msgspec import Struct
from PySide6 import QtGui
from PySide6.QtCore import QPointF, QSize, Qt, QUrl
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import shown_text
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.dialog_frame import ask_to_open, web_address
from heimdall_desktop.widgets.controls.pane import named, tight
from heimdall_desktop.widgets.controls.text_labels import LINE_PX, ReadText, show_tip
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import elided
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

PARAGRAPH_GAP_PX = 6
CELL_PADDING_PX = 4
ENTRY_GAP_PX = 2
HEADING_GAP_PX = 10
INDENT_PX = 18
WRAPPED_FROM = 60  # characters of a line that may continue in the next one
QUOTE_PX = 12
DEEPEST_QUOTE = 4
ADDRESS_LIMIT = 200  # characters of a picture's address
CELLS_LIMIT = 400  # of all tables of a text, laid out in about 60 ms; larger ones stay text
DEEPEST = 24  # columns of indentation; deeper nesting is shown at this depth
FEATURES = (
    QtGui.QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QtGui.QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_FENCE = (QtGui.QTextFormat.Property.BlockCodeFence, QtGui.QTextFormat.Property.BlockCodeLanguage)
_DEEP = re.compile(rf"^(?:[ \t]{{{DEEPEST},}}|(?:[ \t]*>){{9,}}[ \t]*)", re.MULTILINE)
_TABLE = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_SHORT = re.compile(rf"^(?=.*\S)(.{{1,{WRAPPED_FROM - 1}}})$(?=\n.*\S)", re.MULTILINE)
_MARKER = r"(?:[-*+]|\d{1,9}[.)])[ \t]+"
_MARKERS = re.compile(rf"^([ \t]*(?:{_MARKER}){{6}})(?:{_MARKER})+", re.MULTILINE)


class _Piece(Struct, frozen=True):
    """A block as Qt parsed it, recorded before any change: handles do not survive changes.

    Attributes:
        runs: start, end and format of the pieces of its text.
    """

    position: int
    runs: tuple[tuple[int, int, QtGui.QTextCharFormat], ...]
    is_code: bool
    is_heading: bool
    is_entry: bool
    quotes: int

    @classmethod
    def of(cls, block: QtGui.QTextBlock) -> Self:
        text, runs, walk = block.blockFormat(), [], block.begin()
        while not walk.atEnd():
            found = walk.fragment()
            start = found.position()
            runs.append((start, start + found.length(), found.charFormat()))
            walk += 1
        quotes = text.intProperty(QtGui.QTextFormat.Property.BlockQuoteLevel)
        return cls(
            block.position(),
            tuple(runs),
            any(text.hasProperty(name) for name in _FENCE),
            text.headingLevel() > 0,
            block.textList() is not None,
            min(quotes, DEEPEST_QUOTE),
        )


class MarkdownText(ReadText):
    """Shows Markdown as `ReadText` shows plain text."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.anchorClicked.connect(lambda url: ask_to_open(self, url.toString()))
        self.highlighted.connect(lambda url: show_tip(self, url.toString()))

    def loadResource(self, kind: int, name: QUrl | str) -> QtGui.QImage:
        return QtGui.QImage()

    def _fill(self) -> None:
        document = self.document()
        document.setDefaultFont(self._theme.font(Role.BODY))
        document.setIndentWidth(self._theme.scale(INDENT_PX))
        document.setMarkdown(prepared(self._text), FEATURES)
        pieces, block = [], document.begin()
        while block.isValid():
            pieces.append(_Piece.of(block))
            block = block.next()
        cursor = QtGui.QTextCursor(document)
        cursor.beginEditBlock()  # otherwise every change lays out the whole document
        follower: _Piece | None = None
        for piece in reversed(pieces):  # a change of length moves no piece that is still to come
            for start, end, text in reversed(piece.runs):
                cursor.setPosition(start)
                cursor.setPosition(end, QtGui.QTextCursor.MoveMode.KeepAnchor)
                look = self._look(text, piece)
                if text.isImageFormat():
                    words = tr("(image not loaded: {address})")
                    address = QtGui.QTextImageFormat(text.toImageFormat()).name()[:ADDRESS_LIMIT]
                    cursor.insertText(words.format(address=address), look)
                else:
                    cursor.setCharFormat(look)
            cursor.setPosition(piece.position)
            cursor.mergeBlockFormat(self._block_look(piece, follower))
            follower = piece
        for table in document.rootFrame().childFrames():
            if isinstance(table, QtGui.QTextTable):
                table.setFormat(self._table_look(table.format()))
        cursor.endEditBlock()

    def _block_look(self, piece: _Piece, follower: _Piece | None) -> QtGui.QTextBlockFormat:
        is_inside = piece.is_code and follower is not None and follower.is_code
        is_tight = piece.is_entry and follower is not None and follower.is_entry
        scale, look = self._theme.scale, QtGui.QTextBlockFormat()
        kind = QtGui.QTextBlockFormat.LineHeightTypes.MinimumHeight.value
        look.setLineHeight(scale(LINE_PX[Role.BODY]), kind)
        look.setTopMargin(scale(HEADING_GAP_PX) if piece.is_heading and piece.position else 0)
        gap = PARAGRAPH_GAP_PX if not is_tight else ENTRY_GAP_PX
        look.setBottomMargin(0 if is_inside else scale(gap))
        look.setLeftMargin(scale(QUOTE_PX) * piece.quotes)
        look.setRightMargin(0)
        look.setNonBreakableLines(False)
        if piece.is_code:
            look.setBackground(self._theme.tokens.code.ground)
        return look

    def _look(self, reported: QtGui.QTextCharFormat, piece: _Piece) -> QtGui.QTextCharFormat:
        tokens, look = self._theme.tokens, QtGui.QTextCharFormat()
        is_mono = piece.is_code or reported.fontFixedPitch()
        is_bold = piece.is_heading or reported.fontWeight() > QtGui.QFont.Weight.Medium.value
        weight = Weight.SEMIBOLD if is_bold else Weight.REGULAR
        font = self._theme.font(Role.MONO if is_mono else Role.BODY, weight)
        font.setItalic(reported.fontItalic())
        font.setStrikeOut(reported.fontStrikeOut())
        look.setFont(font)
        look.setForeground(tokens.muted if piece.quotes else tokens.text)
        if is_mono and not piece.is_code:
            look.setBackground(tokens.code.ground)
        if reported.isAnchor() and web_address(reported.anchorHref()) is not None:
            look.setAnchor(True)
            look.setAnchorHref(reported.anchorHref())
            look.setForeground(tokens.accent)
            look.setFontUnderline(True)
        return look

    def _table_look(self, look: QtGui.QTextTableFormat) -> QtGui.QTextTableFormat:
        """Return Qt's table format, including its columns, with our lines."""
        look.setBorder(1)
        look.setBorderCollapse(True)
        look.setBorderStyle(QtGui.QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderBrush(self._theme.tokens.hairline_strong)
        look.setCellPadding(self._theme.scale(CELL_PADDING_PX))
        look.setTopMargin(self._theme.scale(PARAGRAPH_GAP_PX))
        look.setBottomMargin(self._theme.scale(PARAGRAPH_GAP_PX))
        return look


def prepared(markdown: str) -> str:
    """Return Markdown with limited nesting, in which short lines stay separate lines.

    Much of what servers send is plain text with meaningful line breaks; only long lines are
    treated as wrapped prose. Tables with too many cells stay text: each row has as many cells as
    the line below the head, however few are written in it.
    """
    flat = _MARKERS.sub(r"\1", _DEEP.sub(lambda deep: deep[0][: DEEPEST - 1], markdown))
    lines = flat.split("\n")
    rows = 0  # from this line to the next blank one
    cells: dict[int, int] = {}
    for number in range(len(lines) - 1, 0, -1):
        line = lines[number]
        rows = rows + 1 if line.strip() else 0
        if "|" in line and _TABLE.match(line):
            cells[number] = (line.count("|") + 1) * rows
    total = 0
    for number in sorted(cells):
        total += cells[number]
        if total > CELLS_LIMIT:
            lines[number] = lines[number].replace("|", "\\|")
    return _SHORT.sub(r"\1  ", "\n".join(lines))


class Run(Struct, frozen=True):
    """A part of the label with its own format."""

    text: str
    weight: Weight = Weight.REGULAR
    tone: Tone = Tone.TEXT
    is_struck: bool = False


class WrappedLabel(QLabel):
    """Wraps anywhere in words without blanks, unlike its base class, and never reads HTML.

    Args:
        line_px: Height of a line, before scaling.
        max_lines: How many lines may be shown.
    """

    def __init__(
        self, role: Role, line_px: int, max_lines: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._role = theme_of(self), role
        self._line_px, self._max_lines = line_px, max_lines
        self.runs: tuple[Run, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setWordWrap(True)  # makes layouts call `heightForWidth`; the rest is ours
        self._theme.changed.connect(self._refresh)

    def show_runs(self, *runs: Run) -> None:
        if runs == self.runs:
            return
        self.runs = runs
        self.setText("".join(run.text for run in runs))
        self._refresh()

    def set_max_lines(self, max_lines: int) -> None:
        if max_lines != self._max_lines:
            self._max_lines = max_lines
            self._refresh()

    def heightForWidth(self, width: int) -> int:
        lines = min(self._max_lines, max(1, self._layout(width).lineCount()))
        return lines * self._line_height()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(200), self._line_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.scale(40), self._line_height())

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        with QtGui.QPainter(self) as painter:
            layout = self._layout(self.width())
            shown = min(self._max_lines, layout.lineCount())
            for number in range(shown):
                line = layout.lineAt(number)
                sinking = (self._line_height() - line.height()) / 2
                if number == shown - 1 < layout.lineCount() - 1:
                    run = self.runs[-1]
                    font = self._theme.font(self._role, run.weight, is_struck=run.is_struck)
                    painter.setFont(font)
                    painter.setPen(self._theme.tokens.ink(run.tone))
                    text = self.text().encode("utf-16-le")[2 * line.textStart() :]
                    baseline = number * self._line_height() + sinking + line.ascent()
                    cut = elided(text.decode("utf-16-le"), QtGui.QFontMetricsF(font), self.width())
                    room = self.width() - QtGui.QFontMetricsF(font).horizontalAdvance(cut)
                    left = 0.0 if self.isLeftToRight() else room
                    painter.drawText(QPointF(left, baseline), cut)
                else:
                    line.draw(painter, QPointF(0, sinking))

    def _layout(self, width: int) -> QtGui.QTextLayout:
        layout = QtGui.QTextLayout(self.text(), self._theme.font(self._role))
        sides = Qt.AlignmentFlag
        option = QtGui.QTextOption(sides.AlignLeft if self.isLeftToRight() else sides.AlignRight)
        option.setTextDirection(self.layoutDirection())
        option.setWrapMode(QtGui.QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        formats: list[QtGui.QTextLayout.FormatRange] = []
        start = 0
        for run in self.runs:
            part, look = QtGui.QTextLayout.FormatRange(), QtGui.QTextCharFormat()
            part.start, part.length = start, len(run.text.encode("utf-16-le")) // 2
            look.setFont(self._theme.font(self._role, run.weight, is_struck=run.is_struck))
            look.setForeground(self._theme.tokens.ink(run.tone))
            part.format = look
            formats.append(part)
            start += part.length
        layout.setFormats(formats)
        layout.beginLayout()
        number = 0
        while number <= self._max_lines and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * self._line_height()))
            number += 1
        layout.endLayout()
        return layout

    def _line_height(self) -> int:
        natural = math.ceil(self._theme.metrics(self._role).height())
        return max(natural, self._theme.scale(self._line_px))

    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


STEP_CHARACTERS = 12_000  # laid out in about 10 ms, behaviour.md 2.10


class TextBlock(QWidget):
    """Shows the beginning of a server text and a link to show more, so that none freezes the UI.

    Args:
        is_markdown: Read it as Markdown, which supports only body text.
        step: How many characters are shown initially, and added each time.
    """

    def __init__(
        self,
        role: Role = Role.BODY,
        tone: Tone = Tone.TEXT,
        parent: QWidget | None = None,
        *,
        is_markdown: bool = False,
        step: int = STEP_CHARACTERS,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._step = self._limit = step
        self._read = named(MarkdownText() if is_markdown else ReadText(role, tone), "text")
        self._more = named(LinkButton(parent=self, is_inline=True), "show-more")
        self._more.clicked.connect(lambda: self._show(self._limit + step))
        layout = tight(QVBoxLayout(self))
        layout.addWidget(self._read)
        layout.addWidget(self._more)
        self._more.hide()

    def set_text(self, text: str, name: str = "") -> None:
        """Show a text from its beginning; the same one stays unchanged.

        Args:
            text: As the server sent it.
            name: Its name for assistive technology.
        """
        self._read.setAccessibleName(name)
        if text == self._text:
            return
        self._text = text
        self._show(self._step)

    def _show(self, limit: int) -> None:
        self._limit = limit
        shown, rest = shown_text(self._text, limit)
        self._read.set_text(shown)
        self._more.setVisible(rest > 0)
        self._more.set_label(
            tr("Show more (%n characters)", "", rest, one="Show more (%n character)")
        )
