"""A suggested patch as a unified diff: what goes, what comes, and which words differ.

Sign, bar and colour say the same three times: the bar is solid for added and dotted for removed
lines, so that the pair survives greyscale. What is no diff is shown as code.
Source: design.md §5 (Code view and diff).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.detail.code_block import BlockLine, CodeBlock, LineMark
from heimdall_desktop.widgets.detail.code_lines import (
    shown_line,
    shown_lines,
    without_common_indent,
)
from heimdall_desktop.widgets.detail.code_text import CodeRow
from heimdall_desktop.widgets.detail.code_view import colours
from heimdall_desktop.widgets.detail.patch_lines import PatchKind, PatchLine, patch_lines
from heimdall_desktop.widgets.detail.syntax import Span, Syntax, highlight
from heimdall_desktop.widgets.look.theme import Theme

_MARKS = {
    PatchKind.CONTEXT: LineMark.NONE,
    PatchKind.ADDED: LineMark.ADDED,
    PatchKind.REMOVED: LineMark.REMOVED,
    PatchKind.HEADING: LineMark.HEADING,
}


class DiffView(CodeBlock):
    """Shows a patch.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Suggested patch"), has_signs=True, parent=parent)

    def show_patch(self, patch: str, *, file_name: str = "") -> bool:
        """Show a patch.

        Args:
            patch: As the server sent it.
            file_name: Decides on the language; a path is fine.

        Returns:
            Whether it could be read as a diff; it is shown as code otherwise.
        """
        lines = patch_lines(patch)
        if lines:
            rows = diff_rows(lines)
            shown = [
                BlockLine(row, (line.old_number, line.new_number), mark_of(line))
                for line, row in zip(lines, rows, strict=True)
            ]
            self.show_lines(shown, diff_colours(lines, rows, file_name))
        else:
            code = shown_lines(patch)
            self.show_lines([BlockLine(CodeRow(line)) for line in code], colours(code, file_name))
        return bool(lines)


def mark_of(line: PatchLine) -> LineMark:
    """Return the ground and the bar of a line."""
    return _MARKS[line.kind]


def diff_rows(lines: Sequence[PatchLine]) -> list[CodeRow]:
    """Return a patch as rows of code, without the indentation all of them share."""
    shown = [shown_line(line.text) for line in lines]
    code = [line for line, patch in zip(shown, lines, strict=True) if _is_code(patch)]
    cut = iter(tuple(without_common_indent(code)))
    return [
        _with_words(CodeRow(next(cut) if _is_code(patch) else line), patch)
        for line, patch in zip(shown, lines, strict=True)
    ]


def diff_colours(
    lines: Sequence[PatchLine],
    rows: Sequence[CodeRow],
    file_name: str,
    sides: Sequence[PatchKind] = (PatchKind.REMOVED, PatchKind.ADDED),
) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Yield places and syntax, old and new code apart: together they are no valid program."""
    for place, row in enumerate(rows):
        if not _is_code(lines[place]):
            yield place, (Span(0, len(row.line.text), Syntax.COMMENT),)
    for side in sides:
        places = [i for i, line in enumerate(lines) if line.kind in (PatchKind.CONTEXT, side)]
        texts = [rows[place].line.text for place in places]
        yield from zip(places, highlight(texts, file_name), strict=False)


def _with_words(row: CodeRow, line: PatchLine) -> CodeRow:
    """Move the changed words, found in the original, to where they are shown."""
    offsets = row.line.offsets
    words = []
    for start, end in line.words:
        columns = [column for column, place in enumerate(offsets[:-1]) if start <= place < end]
        if columns:
            words.append((columns[0], columns[-1] + 1))
    ground = "added_word" if line.kind is PatchKind.ADDED else "removed_word"
    return replace(row, words=tuple(words), word_ground=ground)


def _is_code(line: PatchLine) -> bool:
    return line.kind is not PatchKind.HEADING
