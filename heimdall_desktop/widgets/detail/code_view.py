"""A piece of scanned code with its line numbers; the lines a finding is about are marked.

Source: design.md §5 (Code view and diff).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.detail.code_block import BlockLine, CodeBlock, LineMark
from heimdall_desktop.widgets.detail.code_lines import ShownLine, shown_lines
from heimdall_desktop.widgets.detail.code_text import CodeRow
from heimdall_desktop.widgets.detail.syntax import Span, highlight
from heimdall_desktop.widgets.look.theme import Theme


class CodeView(CodeBlock):
    """Shows code from a file.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Code"), parent=parent)

    def show_code(
        self,
        code: str,
        *,
        numbers: Sequence[int | None] | None = None,
        affected: tuple[int, int] | None = None,
        file_name: str = "",
    ) -> None:
        """Show a piece of code.

        Args:
            code: As the server sent it.
            numbers: The number of each of its lines, as far as known; None shows no numbers.
            affected: First and last number of the lines to mark.
            file_name: Decides on the language; a path is fine.
        """
        lines = shown_lines(code)
        first, last = affected or (0, -1)
        shown = []
        for place, line in enumerate(lines):
            number = numbers[place] if numbers and place < len(numbers) else None
            is_affected = number is not None and first <= number <= last
            mark = LineMark.AFFECTED if is_affected else LineMark.NONE
            shown.append(BlockLine(CodeRow(line), (number,) if numbers else (), mark))
        self.show_lines(shown, colours(lines, file_name))
        self.set_name(_name([line.numbers[0] for line in shown] if numbers else ()))


def _name(numbers: Sequence[int | None]) -> str:
    known = [number for number in numbers if number is not None]
    if not known:
        return tr("Code")
    return tr("Code, lines {first} to {last}").format(first=min(known), last=max(known))


def colours(lines: Sequence[ShownLine], file_name: str) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Yield the place of each line and its syntax."""
    return enumerate(highlight([line.text for line in lines], file_name))
