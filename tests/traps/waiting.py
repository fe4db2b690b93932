"""How the tests of the traps wait, and from where they look."""

from heimdall_desktop.domain.facts.finding import ScanId
from tests.fakes.watch_desk import WatchDesk

NOBODY = ScanId("00000000-0000-4000-8000-000000000000")


async def time_passes(desk: WatchDesk, seconds: float, step_s: float = 1.0) -> None:
    """Let time pass in steps, and give everybody the time to do what is due at each."""
    ends_s = desk.turned_s + seconds
    await desk.pass_until(lambda: desk.turned_s >= ends_s, step_s)


def look_away(desk: WatchDesk) -> None:
    """Have no scan in view, so that its rows are not read in rotation."""
    desk.watches.set_in_view(NOBODY)
