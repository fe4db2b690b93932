"""Texts of several lines: a plain label that wraps and elides, and what a server wrote, to read.

HTML stays plain text. Source: architecture.md "Rich text"; behaviour.md 2.9; T-15.
"""

from __future__ import annotations

import math

from msgspec import Struct
from PySide6 import QtGui
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import shown_text
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.pane import named, tight
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
        self._read = named(_markdown_text() if is_markdown else ReadText(role, tone), "text")
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


def _markdown_text() -> ReadText:
    from heimdall_desktop.widgets.controls.markdown_text import MarkdownText  # noqa: PLC0415 - main.LATE

    return MarkdownText()
