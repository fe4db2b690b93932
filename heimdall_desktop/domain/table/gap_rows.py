"""Times in which announcements were lost, as rows among the findings, in their place by time.

They count as no finding, are never selected and never copied. Source: heimdall-api.md 13, design.md
5 (What a server does not tell).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from heimdall_desktop.domain.facts.finding import Finding, ScanId, one_line
from heimdall_desktop.domain.facts.observation import Gap
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.table.columns import Column, ScanNames
from heimdall_desktop.domain.table.group import Group
from heimdall_desktop.domain.table.order import Order
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.domain.words.time_text import second_text


@dataclass(frozen=True, slots=True)
class GapRow:
    """One gap of one scan."""

    scan_id: ScanId
    gap: Gap

    def fact(self, names: ScanNames, now: datetime, *, has_many_scans: bool) -> str:
        """Return "Not connected 14:02:10 to 14:04:31.", with the day of another one.

        Args:
            names: What the scans are called.
            now: The time of day.
            has_many_scans: Rows of other scans may stand beside it.
        """
        gap = self.gap
        began = second_text(gap.began_at, now)
        is_moment = began == second_text(gap.ended_at, now)
        ended = second_text(gap.ended_at, gap.began_at)  # of the same day without its name
        if gap.is_lag:
            words = tr("The server dropped events at {began}.")
            if not is_moment:
                words = tr("The server dropped events {began} to {ended}.")
        elif gap.began_at == gap.ended_at:
            words = tr("Not connected since {began}.")
        else:
            words = tr("Not connected {began} to {ended}.")
        fact = words.format(began=began, ended=ended)
        name = one_line(names.get(self.scan_id, ""))
        return f"{name}: {fact[:1].lower()}{fact[1:]}" if has_many_scans and name else fact

    @property
    def consequence(self) -> str:
        """What follows from it."""
        if self.gap.is_lag:
            return tr("What they announced is lost.")
        if self.gap.began_at == self.gap.ended_at:
            return tr("What is announced meanwhile is lost.")
        return tr("What was announced then is lost.")


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
