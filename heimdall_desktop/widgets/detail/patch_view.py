"""A suggested patch as a unified diff or side by side, with the words that changed.

Servers send diffs with file headers, bare hunks, or just code. Text that can't be parsed as a diff
is shown as code. Source: look.md 5 (Code view and diff), architecture.md "Highlighting and diffs"
(unidiff is strict).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from heapq import merge
from itertools import accumulate, zip_longest
from operator import itemgetter

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QWidget
from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchSet

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.pane import MeasuredWidget, named
from heimdall_desktop.widgets.detail import code_lines
from heimdall_desktop.widgets.detail.code_view import CodeLine, CodeView, Colours, LineKind

SPLIT_FROM_PX = 560  # look.md 5; narrower halves show no whole line
GAP_PX = 6
LINES_LIMIT = 1_500  # read, compared and laid out in about 80 ms, behaviour.md 2.10
WORDS_LINE_LIMIT = 400  # longer lines are not compared by words
MATCHES_LIMIT = 1_000  # pairs of equal words in two lines; comparing more takes too long
LOOK_AHEAD = 3  # added lines among which a removed line is compared with the most similar
LEAST_SIMILARITY = 0.4  # lines that share less are other lines, not changed ones
_WORDS = re.compile(r"\w+|\s+|.")
_BARE_HEADER = "--- a/file\n+++ b/file\n"
_GAP = CodeLine(code_lines.shown_line(""), (None,), LineKind.GAP)


class PatchView(MeasuredWidget):
    """Shows a patch in one view, or in two: the old lines left, the new ones right.

    The two scroll sideways together, and have gaps where only the other has a line.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file_name = ""
        self._is_split_filled = False
        self._row = QHBoxLayout(self)
        self.keep_spaces(self._row, gap=GAP_PX)
        self._unified = self._view(tr("Suggested patch"), "patch-diff")
        self._old = self._view(tr("Suggested patch, before"), "patch-before")
        self._new = self._view(tr("Suggested patch, after"), "patch-after")
        bars = [side.text.horizontalScrollBar() for side in (self._old, self._new)]
        for bar, other in (bars, reversed(bars)):
            bar.valueChanged.connect(other.setValue)
        self.set_split(is_split=False)

    def show_patch(self, patch: str, *, file_name: str = "") -> bool:
        """Show a patch.

        Args:
            patch: As the server sent it.
            file_name: Determines the language; a path is fine.

        Returns:
            Whether it could be parsed as a diff; otherwise it is shown as code.
        """
        lines = patch_lines(patch)
        self._file_name, self._is_split_filled = file_name, False
        if lines:
            colours = _colours(lines, file_name, LineKind.REMOVED, LineKind.ADDED)
            self._unified.show_lines(lines, colours)
        else:
            self._unified.show_code(patch, file_name=file_name)
        return bool(lines)

    def set_split(self, *, is_split: bool) -> None:
        if is_split and not self._is_split_filled:
            self._is_split_filled = True
            sides = zip(*side_by_side(self._unified.lines), strict=True)
            kinds = (LineKind.REMOVED, LineKind.ADDED)
            for view, lines, kind in zip((self._old, self._new), sides, kinds, strict=True):
                view.show_lines(lines, _colours(lines, self._file_name, kind))
        self._unified.setHidden(is_split)
        self._old.setVisible(is_split)
        self._new.setVisible(is_split)

    def _view(self, name: str, object_name: str) -> CodeView:
        view = named(CodeView(self, name=name, has_signs=True), object_name)
        self._row.addWidget(view, 1)
        return view


def _colours(lines: Sequence[CodeLine], file_name: str, *sides: LineKind) -> Colours:
    """Return places and syntax from top to bottom.

    Old and new code are read separately, because together they are no valid program.
    """
    headings = [n for n, line in enumerate(lines) if line.kind is LineKind.HEADING]
    found: list[Colours] = [
        [
            (n, (code_lines.Span(0, len(lines[n].shown.text), code_lines.Syntax.COMMENT),))
            for n in headings
        ]
    ]
    for side in sides:
        places = [n for n, line in enumerate(lines) if line.kind in (LineKind.PLAIN, side)]
        texts = [lines[place].shown.text for place in places]
        found.append(zip(places, code_lines.highlight(texts, file_name), strict=False))
    return merge(*found, key=itemgetter(0))


def patch_lines(patch: str) -> list[CodeLine]:
    """Return the lines of a unified diff; none if it isn't one, or of an unsupported kind."""
    if patch.count("\n") > LINES_LIMIT:
        return []
    ended = patch if patch.endswith("\n") else patch + "\n"
    for text in (ended, _BARE_HEADER + ended):
        try:
            files = PatchSet(text)
        except (UnidiffParseError, ValueError):
            continue
        if any(len(file) for file in files):
            lines = list(_lines(files))
            cut = code_lines.without_common_indent(
                [line.shown for line in lines if line.kind is not LineKind.HEADING]
            )
            lines = [
                line if line.kind is LineKind.HEADING else replace(line, shown=next(cut))
                for line in lines
            ]
            blocks = _blocks(lines)
            return [line for block in blocks for line in _marked_words(*block)]
    return []


def side_by_side(lines: Sequence[CodeLine]) -> Iterator[tuple[CodeLine, CodeLine]]:
    """Yield old and new lines beside each other; a gap where only one of them exists."""
    for removed, added in _blocks(lines):
        for old, new in zip_longest(removed, added, fillvalue=_GAP):
            old_side = replace(old, numbers=old.numbers[:1])
            yield old_side, replace(new, numbers=new.numbers[-1:])


def _blocks(lines: Sequence[CodeLine]) -> Iterator[tuple[list[CodeLine], list[CodeLine]]]:
    """Yield removed lines with the added ones after them, and each other line as both."""
    place = 0
    while place < len(lines):
        removed = _run(lines, place, LineKind.REMOVED)
        added = _run(lines, place + len(removed), LineKind.ADDED)
        both = [] if removed or added else [lines[place]]
        yield (both, both) if both else (removed, added)
        place += max(1, len(removed) + len(added))


def _lines(files: PatchSet) -> Iterator[CodeLine]:
    for file in files:
        if len(files) > 1:
            yield _heading(file.path)
        for hunk in file:
            if len(file) > 1:
                where = tr("Line {line}").format(line=hunk.target_start)
                section = hunk.section_header
                yield _heading(f"{where}: {section}" if section else where)
            for line in hunk:
                if line.line_type in (" ", "+", "-"):
                    numbers = (line.source_line_no, line.target_line_no)
                    shown = code_lines.shown_line(line.value.rstrip("\r\n"))
                    yield CodeLine(shown, numbers, LineKind(line.line_type))


def _heading(text: str) -> CodeLine:
    return CodeLine(code_lines.shown_line(text), (None, None), LineKind.HEADING)


def _marked_words(removed: list[CodeLine], added: list[CodeLine]) -> list[CodeLine]:
    """Return the lines of a block; words are marked in removed lines and the next similar ones."""
    if removed is added:
        return added
    first = 0
    for old_place, old in enumerate(removed):
        for new_place in range(first, min(first + LOOK_AHEAD, len(added))):
            compared = _compared(old, added[new_place])
            if compared is not None:
                removed[old_place], added[new_place] = compared
                first = new_place + 1
                break
    return [*removed, *added]


def _run(lines: Sequence[CodeLine], start: int, kind: LineKind) -> list[CodeLine]:
    end = start
    while end < len(lines) and lines[end].kind is kind:
        end += 1
    return list(lines[start:end])


def _compared(old: CodeLine, new: CodeLine) -> tuple[CodeLine, CodeLine] | None:
    """Return both with their words marked; None if they are too long or not similar."""
    old_text, new_text = old.shown.original, new.shown.original
    if max(len(old_text), len(new_text)) > WORDS_LINE_LIMIT:
        return None
    old_words, new_words = _WORDS.findall(old_text), _WORDS.findall(new_text)
    counts = Counter(new_words)
    if sum(counts[word] for word in old_words) > MATCHES_LIMIT:
        return None
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    if matcher.quick_ratio() < LEAST_SIMILARITY or matcher.ratio() < LEAST_SIMILARITY:
        return None
    old_parts: list[tuple[int, int]] = []
    new_parts: list[tuple[int, int]] = []
    for tag, old_first, old_last, new_first, new_last in matcher.get_opcodes():
        is_between_changes = old_parts and old_last < len(old_words)
        is_island = is_between_changes and len("".join(old_words[old_first:old_last])) == 1
        if tag != "equal" or (is_island and not old_words[old_first].isspace()):
            old_parts.append((old_first, old_last))
            new_parts.append((new_first, new_last))
    return _marked(old, old_words, old_parts), _marked(new, new_words, new_parts)


def _marked(line: CodeLine, words: Sequence[str], parts: Sequence[tuple[int, int]]) -> CodeLine:
    """Mark ranges of words; adjacent ones are merged."""
    starts = [0, *accumulate(map(len, words))]
    found: list[tuple[int, int]] = []
    for first, last in parts:
        start, end = line.shown.columns(starts[first], starts[last])
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        elif end > start:
            found.append((start, end))
    return replace(line, words=tuple(found))
