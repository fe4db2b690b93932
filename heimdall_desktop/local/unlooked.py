"""Names the files that were not looked at, as lines of the execution log.

One line for each file while they are few, several files in a line when they are many: `/live` tells
the newest eighty lines only, and what comes after these must not push them out.
"""

from collections.abc import Iterator, Mapping

from heimdall_desktop.local.source_tree import shown_path
from heimdall_desktop.local.steps import Activity

LINES_AT_MOST = 40
NAMES_IN_LINE = 50
_LONGEST_NAME = 240
_LONGEST_LINE = 4000


def unlooked_lines(missed: Mapping[str, str]) -> Iterator[Activity]:
    """Yield the count, then the names with the reason in front; nothing if all was looked at.

    Args:
        missed: the reason by path.
    """
    if not missed:
        return
    count = len(missed)
    said = "1 file was not looked at." if count == 1 else f"{count:,} files were not looked at."
    yield Activity("warning", "unlooked", "Not looked at", said)
    named = 0
    for number, (reason, paths) in enumerate(_lines(missed)):
        if number == LINES_AT_MOST:
            break
        names = list(_fitting(paths))
        named += len(names)
        detail = f"{reason}: {', '.join(names)}"
        yield Activity("warning", f"unlooked-{number + 1}", "Not looked at", detail)
    if named < count:
        rest = f"{count - named:,} more, which are not named here."
        yield Activity("warning", "unlooked-rest", "Not looked at", rest)


def _lines(missed: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    by_reason: dict[str, list[str]] = {}
    for path, reason in missed.items():
        by_reason.setdefault(reason, []).append(path)
    in_line = min(-(-len(missed) // LINES_AT_MOST), NAMES_IN_LINE)
    for reason, paths in by_reason.items():
        for start in range(0, len(paths), in_line):
            yield reason, paths[start : start + in_line]


def _fitting(paths: list[str]) -> Iterator[str]:
    length = 0
    for path in paths:
        shown = shown_path(path)
        shown = shown if len(shown) <= _LONGEST_NAME else f"{shown[: _LONGEST_NAME - 1]}…"
        length += len(shown) + 2
        if length > _LONGEST_LINE:
            return
        yield shown
