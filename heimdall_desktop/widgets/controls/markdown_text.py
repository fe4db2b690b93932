"""What a server wrote in Markdown, to read.

Nothing in it can load or hide: HTML stays plain text, pictures become a note, and a link only emits
a signal. The appearance comes from the theme alone, whatever Qt does with a heading.
Source: architecture.md "Rich text"; behaviour.md 2.9; T-15.
"""

import re
from typing import Self

from msgspec import Struct
from PySide6 import QtGui
from PySide6.QtCore import Qt, QUrl

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.dialog_frame import ask_to_open, web_address
from heimdall_desktop.widgets.controls.text_labels import LINE_PX, ReadText, show_tip
from heimdall_desktop.widgets.look.theme import Role, Weight

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
        tables = dict[int, QtGui.QTextTable]()  # of a root frame, PySide keeps the Python object
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
            if (table := cursor.currentTable()) is not None:
                tables[table.objectIndex()] = table
            follower = piece
        for table in tables.values():
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
