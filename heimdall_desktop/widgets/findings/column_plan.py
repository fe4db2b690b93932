"""Which columns of the findings table fit, and how wide they are.

Source: design.md 4 ("Columns").
"""

from collections.abc import Callable

from heimdall_desktop.domain.table.columns import Column
from heimdall_desktop.domain.table.table_layout import FIXED, TableLayout

SEVERITY_PX = 112
BARE_SEVERITY_PX = 40  # the shape with its letter alone
BARE_BELOW_PX = 480
FINDING_MIN_PX = 200
LOCATION_PX = 152
LOCATION_MAX_PX = 220  # with its folder
FINDING_EASY_PX = 300  # beyond this the location takes its share of the room
LOCATION_SHARE = 0.36
NEVER = 0
#: Of every column its least width, and the width of the table below which it vanishes, the most
#: needed first. Among rows of many scans nothing is needed more than the scan and the folder.
MEASURES_PX = {
    Column.SEVERITY: (SEVERITY_PX, NEVER),
    Column.FINDING: (FINDING_MIN_PX, NEVER),
    Column.LOCATION: (LOCATION_PX, NEVER),
    Column.SCAN: (120, 584),
    Column.STATUS: (90, 560),
    Column.FIRST_SEEN: (64, 640),
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
    table_layout: TableLayout | None = None,
) -> dict[Column, int]:
    """Return the width of every column that is shown.

    A column that somebody has switched on stays, and one that somebody has widened takes no other
    one away: the table becomes wider than its room. Where there are many scans, their names and the
    folders of their files tell rows apart: they have their room before other columns.

    Args:
        width: What there is for columns, in pixels.
        scale: Turns a measure of design.md into pixels.
        outer_width: Of the table with its scroll bar, which decides what vanishes; so no column
            goes just because there are more rows.
        badge_px: How wide the widest known severity is with its gutter, in pixels.
        has_many_scans: Whether the scan of a row is worth a column.
        table_layout: What people have arranged.
    """
    table_layout = table_layout or TableLayout()
    is_bare = width < scale(BARE_BELOW_PX)
    severity = scale(BARE_SEVERITY_PX) if is_bare else max(scale(SEVERITY_PX), badge_px)
    others = [column for column in MEASURES_PX if column not in FIXED]
    usual = {column: scale(MEASURES_PX[column][0]) for column in others}
    needed = usual | {
        column: scale(px) for column, px in table_layout.widths_px.items() if column in usual
    }
    modest = {column: min(px, usual[column]) for column, px in needed.items()}
    shown = [column for column in others if column in table_layout.on]
    room = width - severity - sum(modest[column] for column in shown) - scale(FINDING_MIN_PX)
    for column in others:
        vanishes_px = MEASURES_PX[column][1]
        is_wanted = column not in table_layout.on | table_layout.off
        is_wanted = is_wanted and (column is not Column.SCAN or has_many_scans)
        has_room = max(width, outer_width) >= scale(vanishes_px) and room >= modest[column]
        if is_wanted and (has_room or vanishes_px == NEVER):
            shown.append(column)
            room -= modest[column]
        if column is Column.SCAN and column in shown:
            room -= scale(LOCATION_MAX_PX - LOCATION_PX)
    plan = {Column.SEVERITY: severity} | {column: needed[column] for column in shown}
    rest = width - sum(plan.values())
    finding, grown = _share(rest, scale, table_layout, has_folders=Column.SCAN in plan)
    if grown:
        plan[Column.LOCATION] += grown
    plan[Column.FINDING] = finding
    return plan


def _share(
    rest: int, scale: Callable[[float], int], table_layout: TableLayout, *, has_folders: bool
) -> tuple[int, int]:
    """Return how much of the rest the finding takes, and how much more the location."""
    least = scale(FINDING_MIN_PX)
    own_px = table_layout.widths_px.get(Column.FINDING)
    if Column.LOCATION in table_layout.off or Column.LOCATION in table_layout.widths_px:
        return max(rest, least, 0 if own_px is None else scale(own_px)), 0
    if own_px is not None:
        finding = max(scale(own_px), least)
        return finding, max(0, rest - finding)
    share = round(max(0, rest - scale(FINDING_EASY_PX)) * LOCATION_SHARE)
    if has_folders:
        share = max(0, rest - least)
    grown = min(share, scale(LOCATION_MAX_PX - LOCATION_PX))
    return max(rest - grown, least), grown
