"""Which columns of the findings table fit, and how wide they are.

Source: design.md 4 ("Columns").
"""

from collections.abc import Callable

from heimdall_desktop.domain.table.columns import Column
from heimdall_desktop.domain.table.table_looks import TableLooks

SEVERITY_PX = 112
BARE_SEVERITY_PX = 40  # the shape with its letter alone
BARE_BELOW_PX = 480
FINDING_MIN_PX = 200
LOCATION_PX = 152
LOCATION_MAX_PX = 220
FINDING_EASY_PX = 300  # beyond this the location takes its share of the room
LOCATION_SHARE = 0.36
#: Width, and the width of the table below which the column vanishes, the most needed first.
VANISHING_PX = {
    Column.STATUS: (90, 560),
    Column.FIRST_SEEN: (64, 640),
    Column.SCAN: (120, 700),
    Column.SOURCE: (100, 900),
    Column.CWE: (84, 1060),
    Column.CONFIDENCE: (88, 1140),
}


def plan_columns(
    width: int,
    scale: Callable[[float], int],
    *,
    outer_width: int = 0,
    badge_px: int = 0,
    has_many_scans: bool = False,
    looks: TableLooks | None = None,
) -> dict[Column, int]:
    """Return the width of every column that is shown.

    A column that somebody has switched on stays, and one that somebody has widened takes no other
    one away: the table becomes wider than its room.

    Args:
        width: What there is for columns, in pixels.
        scale: Turns a measure of design.md into pixels.
        outer_width: Of the table with its scroll bar, which decides what vanishes; so no column
            goes just because there are more rows.
        badge_px: How wide the widest known severity is with its gutter, in pixels.
        has_many_scans: Whether the scan of a row is worth a column.
        looks: What people have arranged.
    """
    looks = looks or TableLooks()
    is_bare = width < scale(BARE_BELOW_PX)
    severity = scale(BARE_SEVERITY_PX) if is_bare else max(scale(SEVERITY_PX), badge_px)
    usual_px = {Column.LOCATION: LOCATION_PX}
    usual_px |= {column: px for column, (px, _) in VANISHING_PX.items()}
    needed = {column: scale(looks.widths_px.get(column, px)) for column, px in usual_px.items()}
    modest = {column: min(px, scale(usual_px[column])) for column, px in needed.items()}
    shown = [column for column in needed if column in looks.on]
    if Column.LOCATION not in looks.on | looks.off:
        shown.append(Column.LOCATION)
    room = width - severity - sum(modest[column] for column in shown) - scale(FINDING_MIN_PX)
    for column, (_, vanishes_px) in VANISHING_PX.items():
        is_wanted = column not in looks.on | looks.off
        is_wanted = is_wanted and (column is not Column.SCAN or has_many_scans)
        has_room = max(width, outer_width) >= scale(vanishes_px)
        if is_wanted and has_room and room >= modest[column]:
            shown.append(column)
            room -= modest[column]
    plan = {Column.SEVERITY: severity} | {column: needed[column] for column in shown}
    finding, grown = _share(width - sum(plan.values()), scale, looks)
    if grown:
        plan[Column.LOCATION] += grown
    plan[Column.FINDING] = finding
    return plan


def _share(rest: int, scale: Callable[[float], int], looks: TableLooks) -> tuple[int, int]:
    """Return how much of the rest the finding takes, and how much more the location."""
    least = scale(FINDING_MIN_PX)
    own_px = looks.widths_px.get(Column.FINDING)
    if Column.LOCATION in looks.off or Column.LOCATION in looks.widths_px:
        return max(rest, least, 0 if own_px is None else scale(own_px)), 0
    if own_px is not None:
        finding = max(scale(own_px), least)
        return finding, max(0, rest - finding)
    share = round(max(0, rest - scale(FINDING_EASY_PX)) * LOCATION_SHARE)
    grown = min(share, scale(LOCATION_MAX_PX - LOCATION_PX))
    return max(rest - grown, least), grown
