"""Plays a schedule: a server, a proxy that breaks what passes, the app's watches, and time.

When the faults have stopped and time has passed, the app must know what the server knows, and leave
nothing behind.
"""

from heimdall_desktop.application.base.store import Store
from tests.fakes.fault_proxy import fault_proxy
from tests.fakes.probe import probe, what_is_left
from tests.state_machine.house import House
from tests.state_machine.player import Player
from tests.state_machine.steps import Schedule
from tests.state_machine.tally import Tally
from tests.state_machine.turned_time import TurnedDesk, stamped_by

RECOVERY_S = 600.0  # time-outs, back-off, doubt of an end and a few listings, for three scans


async def play(
    schedule: Schedule,
    house: House,
    tally: Tally,
    store: Store | None = None,
    *,
    recovery_s: float = RECOVERY_S,
    prompt_s: float | None = None,
) -> None:
    """Play a schedule; raise AssertionError if the app is wrong at its end.

    On a loop that can be turned, time-outs take no time.

    Args:
        schedule: what happens.
        house: the server.
        tally: counts what really happened.
        store: of the app; an ordinary one if left out.
        recovery_s: how long the app may take to know everything, once the faults have stopped.
        prompt_s: how long it may take after each step to know what it promises; None for no limit.
    """
    before = probe()
    async with fault_proxy(house.port) as proxy:
        desk = TurnedDesk(proxy.url, house.server.new_session(), store)
        with stamped_by(desk):
            player = Player(schedule, house, proxy, desk, tally)
            try:
                await player.run(recovery_s, prompt_s)
            finally:
                await desk.aclose()
        tally.turned_s += desk.turned_s
        tally.faults += proxy.hits
    tally.schedules += 1
    assert await what_is_left(before) == []
