"""A plain label that wraps to a few lines, in one or two inks, and elides the rest."""

from __future__ import annotations

import math

from msgspec import Struct
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import shown_text
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.markdown_text import MarkdownText
from heimdall_desktop.widgets.controls.pane import named
from heimdall_desktop.widgets.controls.text_labels import ReadText
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import elided
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone


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
        self._runs: tuple[Run, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setWordWrap(True)  # makes layouts call `heightForWidth`; the rest is ours
        self._theme.changed.connect(self._refresh)

    @property
    def runs(self) -> tuple[Run, ...]:
        return self._runs

    def show_runs(self, *runs: Run) -> None:
        if runs == self._runs:
            return
        self._runs = runs
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

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            layout = self._layout(self.width())
            shown = min(self._max_lines, layout.lineCount())
            for number in range(shown):
                line = layout.lineAt(number)
                if number == shown - 1 < layout.lineCount() - 1:
                    run = self._runs[-1]
                    font = self._font(run)
                    painter.setFont(font)
                    painter.setPen(self._theme.tokens.ink(run.tone))
                    text = self.text().encode("utf-16-le")[2 * line.textStart() :]
                    baseline = number * self._line_height() + self._offset(line) + line.ascent()
                    cut = elided(text.decode("utf-16-le"), QFontMetricsF(font), self.width())
                    room = self.width() - QFontMetricsF(font).horizontalAdvance(cut)
                    left = 0.0 if self.isLeftToRight() else room
                    painter.drawText(QPointF(left, baseline), cut)
                else:
                    line.draw(painter, QPointF(0, self._offset(line)))

    def _layout(self, width: int) -> QTextLayout:
        layout = QTextLayout(self.text(), self._theme.font(self._role))
        sides = Qt.AlignmentFlag
        option = QTextOption(sides.AlignLeft if self.isLeftToRight() else sides.AlignRight)
        option.setTextDirection(self.layoutDirection())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        number = 0
        while number <= self._max_lines and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * self._line_height()))
            number += 1
        layout.endLayout()
        return layout

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats: list[QTextLayout.FormatRange] = []
        start = 0
        for run in self._runs:
            part = QTextLayout.FormatRange()
            part.start, part.length = start, len(run.text.encode("utf-16-le")) // 2
            look = QTextCharFormat()
            look.setFont(self._font(run))
            look.setForeground(self._theme.tokens.ink(run.tone))
            part.format = look
            formats.append(part)
            start += part.length
        return formats

    def _font(self, run: Run) -> QFont:
        return self._theme.font(self._role, run.weight, is_struck=run.is_struck)

    def _line_height(self) -> int:
        natural = math.ceil(self._theme.metrics(self._role).height())
        return max(natural, self._theme.scale(self._line_px))

    def _offset(self, line: QTextLine) -> float:
        return (self._line_height() - line.height()) / 2

    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


# A server text to read: one part initially, more on demand, so that none freezes the UI.


STEP_CHARACTERS = 12_000  # laid out in about 10 ms, behaviour.md 2.10


class TextBlock(QWidget):
    """Shows the beginning of a text and a link to show more.

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
        self._read = MarkdownText() if is_markdown else ReadText(role, tone)
        self._read.setObjectName("text")
        self._more = named(LinkButton(parent=self, is_inline=True), "show-more")
        self._more.clicked.connect(self._show_more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
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
        self._text, self._limit = text, self._step
        self._show()

    def _show_more(self) -> None:
        self._limit += self._step
        self._show()

    def _show(self) -> None:
        shown, rest = shown_text(self._text, self._limit)
        self._read.set_text(shown)
        self._more.setVisible(rest > 0)
        self._more.set_label(
            tr("Show more (%n characters)", "", rest, one="Show more (%n character)")
        )
