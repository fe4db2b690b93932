"""Does to other rows what edits say, as a view does."""

from collections.abc import Sequence

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.table.ordered_rows import (
    Edit,
    Row,
    RowMoved,
    RowsInserted,
    RowsRemoved,
    RowsReplaced,
    RowsReset,
)


def replay(rows: Sequence[Row], edits: Sequence[Edit]) -> list[Row]:
    """Return the rows as they stand after the edits."""
    shown = list(rows)
    for edit in edits:
        match edit:
            case RowsInserted(first, came):
                shown[first:first] = came
            case RowsRemoved(first, count):
                assert not edit.rows or list(edit.rows) == shown[first : first + count]
                del shown[first : first + count]
            case RowMoved(start, end, finding):
                del shown[start]
                shown.insert(end, finding)
            case RowsReplaced(first, same):
                assert [_key(row) for row in shown[first : first + len(same)]] == [
                    _key(row) for row in same
                ]
                shown[first : first + len(same)] = same
            case RowsReset(all_rows):
                shown = list(all_rows)
    return shown


def _key(row: Row) -> object:
    return row.id if isinstance(row, Finding) else row.key
