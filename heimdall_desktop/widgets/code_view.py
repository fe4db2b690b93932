"""A piece of scanned code with its line numbers; the lines a finding is about are marked.

Source: design.md §5 (Code view and diff).
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.wording import tr
from heimdall_desktop.widgets.code_block import BlockLine, CodeBlock, LineMark
from heimdall_desktop.widgets.code_lines import ShownLine, shown_lines
from heimdall_desktop.widgets.code_text import CodeRow
from heimdall_desktop.widgets.syntax import hidden_spans, highlight
from heimdall_desktop.widgets.theme import Theme


class CodeView(CodeBlock):
    """Shows code from a file.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Code"), parent=parent)
        self._original = ""

    @property
    def original(self) -> str:
        """The whole code as it came, for copying."""
        return self._original

    def show_code(
        self,
        code: str,
        *,
        first_line: int | None = 1,
        affected: tuple[int, int] | None = None,
        file_name: str = "",
    ) -> None:
        """Show a piece of code.

        Args:
            code: As the server sent it.
            first_line: The number of its first line; None shows no numbers.
            affected: First and last number of the lines to mark.
            file_name: Decides on the language; a path is fine.
        """
        self._original = code
        lines = shown_lines(code)
        rows = code_rows(lines, file_name)
        numbers = range(first_line or 1, (first_line or 1) + len(rows))
        first, last = affected or (0, -1)
        self.show_lines(
            [
                BlockLine(
                    row,
                    (number,) if first_line is not None else (),
                    LineMark.AFFECTED if first <= number <= last else LineMark.NONE,
                )
                for number, row in zip(numbers, rows, strict=True)
            ]
        )
        named = tr("Code, lines {first} to {last}").format(first=numbers[0], last=numbers[-1])
        self.set_name(named if first_line else tr("Code"))


def code_rows(lines: tuple[ShownLine, ...], file_name: str) -> list[CodeRow]:
    """Return the lines with their syntax; what one would not see comes first."""
    found = highlight([line.text for line in lines], file_name)
    return [
        CodeRow(line, (*hidden_spans(line.hidden), *spans))
        for line, spans in zip(lines, found, strict=True)
    ]
