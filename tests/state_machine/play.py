"""Plays a schedule: a server, a proxy that breaks what passes, the app's watches, and time.

When the faults have stopped and time has passed, the app must know what the server knows, and leave
nothing behind.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import assert_never

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.finding import ScanId
from heimdall_desktop.domain.observation import Connection
from heimdall_desktop.local.generations import Generation
from tests.fakes.fault_proxy import Fault, FaultProxy, fault_proxy
from tests.fakes.probe import probe, what_is_left
from tests.fakes.watch_desk import WatchDesk, connection
from tests.state_machine.house import EMAIL, House, HouseScan
from tests.state_machine.onlookers import Onlookers
from tests.state_machine.steps import (
    Again,
    Alter,
    Burst,
    Cancel,
    Complete,
    Delete,
    Down,
    Duplicate,
    EndStreams,
    Expire,
    Fail,
    Find,
    Forward,
    Hazards,
    Leap,
    LookAt,
    Note,
    Pass,
    Restart,
    Return,
    Schedule,
    SignIn,
    Step,
)
from tests.state_machine.truth import differences
from tests.state_machine.turned_time import TurnedDesk, stamped_by

STILL_S = 0.004  # of real time without a byte, so that nothing is on its way
BUSY_LIMIT_S = 5.0
NOTICED_S = 10.0
TURN_S = 1.0
LONG_TURN_S = 2.0
RECOVERY_S = 600.0  # time-outs, back-off, doubt of an end and a few listings, for three scans


@dataclass
class Tally:
    """What really happened, over many schedules."""

    schedules: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    turned_s: float = 0.0

    def text(self) -> str:
        """A table."""
        head = f"{self.schedules} schedules, {self.turned_s / 3600:.1f} h of turned time"
        lines = [f"{n:8d}  {name}" for name, n in sorted(self.faults.items())]
        lines += [f"{n:8d}  step {name}" for name, n in sorted(self.steps.items())]
        return "\n".join([head, *lines])


async def play(
    schedule: Schedule,
    house: House,
    tally: Tally,
    store: Store | None = None,
    *,
    recovery_s: float = RECOVERY_S,
) -> None:
    """Play a schedule; raise AssertionError if the app is wrong at its end.

    On a loop that can be turned, time-outs take no time.

    Args:
        schedule: what happens.
        house: the server.
        tally: counts what really happened.
        store: of the app; an ordinary one if left out.
        recovery_s: how long the app may take to know everything, once the faults have stopped.
    """
    before = probe()
    async with fault_proxy(house.port) as proxy:
        desk = TurnedDesk(proxy.url, house.server.new_session(), store)
        with stamped_by(desk):
            player = _Player(schedule, house, proxy, desk, tally)
            try:
                await player.run(recovery_s)
            finally:
                await desk.aclose()
        tally.turned_s += desk.turned_s
        tally.faults += proxy.hits
    tally.schedules += 1
    assert await what_is_left(before) == []


class _Player:
    def __init__(
        self, schedule: Schedule, house: House, proxy: FaultProxy, desk: WatchDesk, tally: Tally
    ) -> None:
        self._schedule = schedule
        self._house = house
        self._proxy = proxy
        self._desk = desk
        self._tally = tally
        self._onlookers = Onlookers(desk)
        self._scans = [
            house.new_scan(f"shop {number}", is_silent=bool(schedule.silent >> number & 1))
            for number in range(len(schedule.scans))
        ]
        for number, (scan, stages) in enumerate(zip(self._scans, schedule.scans, strict=True)):
            if stages:
                scan.forward(Forward(number, stages))
        self._pages: dict[tuple[str, int], HouseScan] = {}
        proxy.meets = self._meet
        house.database.shuffle_ties = schedule.drifts

    async def run(self, recovery_s: float) -> None:
        """Play all steps, then wait for the truth."""
        for scan in self._scans:
            self._desk.watch(scan.id)
        for step in self._schedule.steps:
            if await self._do(step):
                name = "Fault armed" if isinstance(step, Fault) else type(step).__name__
                self._tally.steps[name] += 1
            await asyncio.sleep(0)
            self._drain()
        await self._recover(recovery_s)
        for scan in self._scans:
            scan.delete()

    # -- steps --

    async def _do(self, step: Step) -> bool:
        """Do a step; return whether it made sense."""
        match step:
            case Fault():
                self._proxy.arm(step)
            case Restart(generation):
                await self._restart(generation)
                self._tally.faults["server restarted"] += 1
            case Down(seconds):
                await self._proxy.down()
                await self._pass(seconds)
                await self._proxy.up()
                self._tally.faults["server down, connections refused"] += 1
            case Expire():
                self._house.server.expire_sessions(EMAIL)
            case SignIn():
                return self._sign_in()
            case Pass(seconds):
                await self._pass(seconds)
            case Leap(seconds):
                self._leap(seconds)
            case LookAt(number):
                self._desk.watches.look_at(None if number is None else self._id(number))
            case Again():
                self._desk.watches.again()
            case _:
                return self._move(step)
        return True

    def _move(
        self,
        step: Forward
        | Find
        | Alter
        | Burst
        | Note
        | Complete
        | Fail
        | Cancel
        | Return
        | EndStreams
        | Duplicate
        | Hazards
        | Delete,
    ) -> bool:
        """Move a scan of the server."""
        scan, now_s = self._scans[step.scan % len(self._scans)], self._desk.clock()
        match step:
            case Forward():
                return scan.forward(step)
            case Find():
                return scan.find(step)
            case Alter():
                return scan.alter(step)
            case Burst():
                return scan.burst()
            case Note():
                return scan.note()
            case Complete():
                return scan.complete(step)
            case Fail():
                return scan.fail(now_s)
            case Cancel():
                return scan.cancel(step, now_s)
            case Return():
                return scan.come_back(now_s)
            case EndStreams():
                return scan.end_streams()
            case Duplicate():
                return scan.duplicate()
            case Hazards():
                return scan.hazards()
            case Delete(_, at_page):
                return self._delete(scan, at_page)
            case _:
                assert_never(step)

    def _delete(self, scan: HouseScan, at_page: int) -> bool:
        if at_page:
            self._pages[scan.id, at_page] = scan
            return True
        return scan.delete()

    def _meet(self, target: str) -> None:
        for (scan_id, page), scan in list(self._pages.items()):
            if f"/{scan_id}/findings?page={page}&" in target:
                del self._pages[scan_id, page]
                self._tally.steps["Deleted mid-listing"] += scan.delete()

    def _id(self, number: int) -> ScanId:
        return ScanId(self._scans[number % len(self._scans)].id)

    async def _restart(self, generation: Generation) -> None:
        self._tally.steps["Another generation"] += generation != self._house.generation
        await self._proxy.down()
        await asyncio.to_thread(self._house.restart, generation)
        self._house.database.shuffle_ties = self._schedule.drifts
        self._proxy.upstream = self._house.port
        await self._proxy.up()

    def _sign_in(self) -> bool:
        """Use a new token, and take up the watches that had ended for want of one."""
        self._desk.link.use_token(self._house.server.new_session(), EMAIL)
        ended = [scan for scan in self._desk.store if connection(scan) is Connection.SIGNED_OUT]
        for scan in ended:
            self._desk.watches.again(scan.id)
        self._tally.faults["signed out, then signed in"] += len(ended)
        return bool(ended)

    # -- time --

    async def _pass(self, seconds: float) -> None:
        """Let time pass in small turns, each when nothing is on its way."""
        await self._rest()
        left_s = seconds
        while left_s > 0:
            self._desk.turn(min(TURN_S, left_s))
            left_s -= TURN_S
            await self._rest()

    def _leap(self, seconds: float) -> None:
        """Let time leap; a long leap is noticed, as by application/wakefulness.py."""
        self._desk.turn(seconds)
        if seconds > NOTICED_S:
            self._desk.watches.again()

    async def _rest(self) -> None:
        """Wait until nothing is on its way but what a fault holds back."""
        began_s = time.monotonic()
        while self._proxy.is_busy or time.monotonic() - self._proxy.moved_at_s < STILL_S:
            if time.monotonic() - began_s > BUSY_LIMIT_S:
                break
            await asyncio.sleep(STILL_S / 2)
        await asyncio.sleep(STILL_S / 2)
        self._drain()

    def _drain(self) -> None:
        self._onlookers.take(self._desk.store.drain())

    # -- the end --

    async def _recover(self, recovery_s: float) -> None:
        """Stop all faults and let time pass until the app knows everything."""
        self._proxy.disarm()
        self._pages.clear()
        passed_s = 0.0
        while wrong := await self._wrong():
            scan_id = next(iter(wrong))
            self._desk.watches.look_at(scan_id)
            self._desk.turn(LONG_TURN_S)
            passed_s += LONG_TURN_S
            assert passed_s < recovery_s, self._complaint(wrong)
        complaints = self._onlookers.check()
        assert complaints == [], complaints

    async def _wrong(self) -> dict[ScanId, list[str]]:
        await self._rest()
        self._sign_in()
        told = {
            scan.id: differences(scan, self._house.database, self._house.generation)
            for scan in self._desk.store
        }
        return {scan_id: wrong for scan_id, wrong in told.items() if wrong}

    def _complaint(self, wrong: dict[ScanId, list[str]]) -> str:
        lines = [f"{scan_id}: {text}" for scan_id, texts in wrong.items() for text in texts[:12]]
        return "\n".join(["the app does not know what the server knows", *lines])
