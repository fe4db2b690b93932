"""Which columns of the findings table fit, and how wide they are.

Source: design.md 4 ("Columns").
"""

from collections.abc import Callable

from heimdall_desktop.domain.columns import Column

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
) -> dict[Column, int]:
    """Return the width of every column that is shown.

    Args:
        width: What there is for columns, in pixels.
        scale: Turns a measure of design.md into pixels.
        outer_width: Of the table with its scroll bar, which decides what vanishes; so no column
            goes just because there are more rows.
        badge_px: How wide the widest known severity is with its gutter, in pixels.
        has_many_scans: Whether the scan of a row is worth a column.
    """
    is_bare = width < scale(BARE_BELOW_PX)
    severity = scale(BARE_SEVERITY_PX) if is_bare else max(scale(SEVERITY_PX), badge_px)
    plan = {Column.SEVERITY: severity, Column.LOCATION: scale(LOCATION_PX)}
    rest = width - sum(plan.values())
    for column, (column_px, vanishes_px) in VANISHING_PX.items():
        needed = scale(column_px)
        is_wanted = column is not Column.SCAN or has_many_scans
        if (
            is_wanted
            and max(width, outer_width) >= scale(vanishes_px)
            and rest - needed >= scale(FINDING_MIN_PX)
        ):
            plan[column] = needed
            rest -= needed
    share = round(max(0, rest - scale(FINDING_EASY_PX)) * LOCATION_SHARE)
    grown = min(share, scale(LOCATION_MAX_PX - LOCATION_PX))
    plan[Column.LOCATION] += grown
    plan[Column.FINDING] = max(rest - grown, scale(FINDING_MIN_PX))
    return plan
