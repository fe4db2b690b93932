"""A suggested patch side by side: the old lines left, the new ones right, gaps where one has none.

The halves scroll sideways together. Source: design.md §5 (Code view and diff).
"""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.detail.code_block import BlockLine, CodeBlock, LineMark
from heimdall_desktop.widgets.detail.code_lines import shown_line
from heimdall_desktop.widgets.detail.code_text import CodeRow
from heimdall_desktop.widgets.detail.diff_view import diff_colours, diff_rows, mark_of
from heimdall_desktop.widgets.detail.patch_lines import (
    PatchKind,
    PatchLine,
    patch_lines,
    side_by_side,
)
from heimdall_desktop.widgets.detail.syntax import Span
from heimdall_desktop.widgets.look.theme import Theme

SPLIT_FROM_PX = 560  # design.md §5; narrower halves show no whole line
GAP_PX = 6
_GAP = BlockLine(CodeRow(shown_line("")), (None,))


class SplitDiff(QWidget):
    """Shows the two sides of a patch.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._old = CodeBlock(theme, tr("Suggested patch, before"), has_signs=True, parent=self)
        self._old.setObjectName("patch-before")
        self._new = CodeBlock(theme, tr("Suggested patch, after"), has_signs=True, parent=self)
        self._new.setObjectName("patch-after")
        bars = [side.text.horizontalScrollBar() for side in (self._old, self._new)]
        for bar, other in (bars, reversed(bars)):
            bar.valueChanged.connect(other.setValue)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._old, 1)
        self._row.addWidget(self._new, 1)
        theme.changed.connect(self._measure)
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
