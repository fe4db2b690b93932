"""How the tests of the traps wait, and what they look at."""

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.board.scan_status import Problem
from tests.fakes.hand_server import SCAN_ID
from tests.fakes.shown_words import problem
from tests.fakes.watch_desk import WatchDesk, rested

NO_SCAN = ScanId("00000000-0000-4000-8000-000000000000")


async def time_passes(desk: WatchDesk, seconds: float, step_s: float = 1.0) -> None:
    """Let time pass in steps, with enough time at each for what is due then."""
    ends_s = desk.turned_s + seconds
    await desk.pass_until(lambda: desk.turned_s >= ends_s, step_s)


def look_away(desk: WatchDesk) -> None:
    """Have no scan in view, so that its rows are not read in rotation."""
    desk.watches.set_in_view(NO_SCAN)


async def rested_scan(desk: WatchDesk, scan_id: str = SCAN_ID, *, in_view: bool = True) -> Scan:
    """Watch a scan until it is live and listed once, in view or with none in view."""
    scan = desk.watch(scan_id)
    if not in_view:
        look_away(desk)
    await rested(desk, scan)
    return scan


def shown_problem(desk: WatchDesk, scan: Scan) -> Problem:
    """Return what the strip above the findings says; fail if there is none."""
    reported = problem(desk, scan)
    assert reported is not None
    return reported
