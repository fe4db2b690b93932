"""A suggested patch as a diff, unified or side by side: what goes, what comes, which words differ.

Sign, bar and colour say the same three times: the bar is solid for added and dotted for removed
lines, so that the pair survives greyscale. What is no diff is shown as code.
Source: design.md §5 (Code view and diff).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.detail.code_block import BlockLine, CodeBlock, LineMark, colours
from heimdall_desktop.widgets.detail.code_lines import (
    shown_line,
    shown_lines,
    without_common_indent,
)
from heimdall_desktop.widgets.detail.code_text import CodeRow
from heimdall_desktop.widgets.detail.patch_lines import (
    PatchKind,
    PatchLine,
    patch_lines,
    side_by_side,
)
from heimdall_desktop.widgets.detail.syntax import Span, Syntax, highlight

_MARKS = {
    PatchKind.CONTEXT: LineMark.NONE,
    PatchKind.ADDED: LineMark.ADDED,
    PatchKind.REMOVED: LineMark.REMOVED,
    PatchKind.HEADING: LineMark.HEADING,
}

SPLIT_FROM_PX = 560  # design.md §5; narrower halves show no whole line
GAP_PX = 6
_GAP = BlockLine(CodeRow(shown_line("")), (None,))


class DiffView(CodeBlock):
    """Shows a patch.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Suggested patch"), has_signs=True, parent=parent)

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


class SplitDiff(MeasuredWidget):
    """The old lines left, the new ones right, gaps where one has none; both scroll sideways as one.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._old = CodeBlock(tr("Suggested patch, before"), has_signs=True, parent=self)
        self._old.setObjectName("patch-before")
        self._new = CodeBlock(tr("Suggested patch, after"), has_signs=True, parent=self)
        self._new.setObjectName("patch-after")
        bars = [side.text.horizontalScrollBar() for side in (self._old, self._new)]
        for bar, other in (bars, reversed(bars)):
            bar.valueChanged.connect(other.setValue)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._old, 1)
        self._row.addWidget(self._new, 1)
        self._measure()

    def show_patch(self, patch: str, *, file_name: str = "") -> bool:
        """Show a patch; return False, and show nothing, if it is no diff."""
        lines = patch_lines(patch)
        rows = diff_rows(lines)
        pairs = [*side_by_side(lines)]
        sides = (
            (self._old, PatchKind.REMOVED, [before for before, _ in pairs]),
            (self._new, PatchKind.ADDED, [after for _, after in pairs]),
        )
        for block, kind, places in sides:
            is_old = kind is PatchKind.REMOVED
            shown = [_side(lines, rows, place, is_old=is_old) for place in places]
            colours = diff_colours(lines, rows, file_name, (kind,))
            block.show_lines(shown, _placed(colours, places))
        return bool(lines)

    def _measure(self) -> None:
        self._row.setSpacing(self._theme.scale(GAP_PX))


def _placed(
    colours: Iterable[tuple[int, tuple[Span, ...]]], places: Sequence[int | None]
) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Yield colours by where their lines stand on this side."""
    here = {place: index for index, place in enumerate(places)}
    return ((here[place], spans) for place, spans in colours)


def _side(
    lines: Sequence[PatchLine], rows: Sequence[CodeRow], place: int | None, *, is_old: bool
) -> BlockLine:
    if place is None:
        return _GAP
    line = lines[place]
    mark = mark_of(line)
    number = line.old_number if is_old else line.new_number
    return BlockLine(rows[place], (None if mark is LineMark.HEADING else number,), mark)
