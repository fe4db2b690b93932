"""Times in which announcements were lost, as rows among the findings, in their place by time.

They count as no finding, are never selected and never copied. Source: heimdall-api.md 13, design.md
5 (What a server does not tell).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.facts.observation import Gap
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.table.columns import Column
from heimdall_desktop.domain.table.group import Group
from heimdall_desktop.domain.table.order import Order


class GapRow(Struct, frozen=True):
    """One gap of one scan."""

    scan_id: ScanId
    gap: Gap


Stands = Finding | Group | GapRow
"""What stands in a row of the table."""


def gaps_of(scans: Iterable[Scan]) -> list[GapRow]:
    """Return the gaps of scans that nothing but a stream tells of, oldest first."""
    found = [GapRow(scan.id, gap) for scan in scans if scan.is_stream_only for gap in scan.gaps]
    return sorted(found, key=lambda row: row.gap.began_at)


def can_hold_gaps(order: Order) -> bool:
    """Whether rows stand by the moment they came, so that a gap has a place among them."""
    return order.column is Column.FIRST_SEEN


def placed(
    gaps: Sequence[GapRow], rows: Sequence[Finding], order: Order
) -> list[tuple[int, GapRow]]:
    """Return before which row each gap stands, in the order they stand.

    Args:
        gaps: oldest first.
        rows: the findings that are shown, by the moment they came.
        order: which way that runs.
    """
    if not order.is_descending:
        key = lambda finding: finding.created_at  # noqa: E731 - as `bisect` wants it
        return [(bisect_right(rows, row.gap.began_at, key=key), row) for row in gaps]
    age = lambda finding: -finding.created_at.timestamp()  # noqa: E731 - the newest one leads
    return [
        (bisect_right(rows, -row.gap.began_at.timestamp(), key=age), row) for row in reversed(gaps)
    ]
