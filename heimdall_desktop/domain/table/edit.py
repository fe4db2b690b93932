"""What happened to the rows of a listing, told so that a view can replay it on its own rows.

Each edit speaks of the rows as the edits before it left them.
"""

from collections.abc import Sequence

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.table.group import Group

Row = Finding | Group


class RowsInserted(Struct, frozen=True):
    """Rows stand at `first` that were not there before."""

    first: int
    rows: Sequence[Row]


class RowsRemoved(Struct, frozen=True):
    """`count` rows from `first` on are gone; these were they."""

    first: int
    count: int
    rows: Sequence[Row] = ()


class RowMoved(Struct, frozen=True):
    """The row at `start` stands at `end` now, once it is taken out, and says something new.

    `previous` is what it said.
    """

    start: int
    end: int
    finding: Finding
    previous: Finding | None = None


class RowsReplaced(Struct, frozen=True):
    """Rows from `first` on say something new at the same places; `previous` is what they said."""

    first: int
    rows: Sequence[Row]
    previous: Sequence[Finding] = ()


class RowsReset(Struct, frozen=True):
    """All rows are others now."""

    rows: Sequence[Row]


Edit = RowsInserted | RowsRemoved | RowMoved | RowsReplaced | RowsReset
