"""Does the steps of a schedule, one after the other, and waits until the app knows all there is."""

import asyncio
import time
from typing import assert_never

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.fault_proxy import Fault, FaultKind, FaultProxy, fault_proxy
from tests.fakes.probe import probe, what_is_left
from tests.fakes.watch_desk import WatchDesk, connection
from tests.lab.generations import Generation
from tests.state_machine import steps
from tests.state_machine.house import EMAIL, TERMINAL, House, HouseScan
from tests.state_machine.onlookers import Onlookers
from tests.state_machine.tally import Tally
from tests.state_machine.truth import HEARD, differences, lies, row_differences
from tests.state_machine.turned_time import TurnedDesk, stamped_by

STILL_S = 0.004  # of real time without a byte, so that nothing is on its way
UNHEARD_S = 50.0  # 45 s without a good answer, and a moment to notice
QUICK_ROWS = 400  # of a scan in view, read again within the time promised
BUSY_LIMIT_S = 5.0
NOTICED_S = 10.0
SHORT_TURN_S = 0.25
TURN_S = 1.0
LONG_TURN_S = 2.0


class Player:
    """Does the steps of one schedule, and waits for the truth."""

    def __init__(
        self,
        schedule: steps.Schedule,
        house: House,
        proxy: FaultProxy,
        desk: WatchDesk,
        tally: Tally,
    ) -> None:
        self._schedule = schedule
        self._house = house
        self._proxy = proxy
        self._desk = desk
        self._tally = tally
        self._onlookers = Onlookers(
            desk, lambda scan_id: self._house_scan(scan_id).status == "gone"
        )
        self._scans = [
            house.new_scan(f"shop {number}", is_silent=bool(schedule.silent >> number & 1))
            for number in range(len(schedule.scans))
        ]
        for number, (scan, stages) in enumerate(zip(self._scans, schedule.scans, strict=True)):
            if stages:
                scan.forward(steps.Forward(number, stages))
        self._was_missing = False
        self._in_view = None if len(self._scans) > 1 else self._id(0)
        self._pages: dict[tuple[str, int], HouseScan] = {}
        proxy.meets = self._meet
        self._moves_rows = schedule.drifts

    async def run(self, recovery_s: float, prompt_s: float | None = None) -> None:
        """Play all steps, then wait for the truth; with `prompt_s` also wait so long after each."""
        self._moves_rows = self._moves_rows and prompt_s is None
        self._drift()
        for scan in self._scans:
            self._desk.watch(scan.id)
        for step in self._schedule.steps:
            if await self._do(step):
                name = "Fault armed" if isinstance(step, Fault) else type(step).__name__
                self._tally.steps[name] += 1
            await asyncio.sleep(0)
            self._drain()
            if prompt_s is not None:
                await self._learn(prompt_s)
        await self._recover(recovery_s)
        for scan in self._scans:
            scan.delete()

    # -- steps --

    async def _do(self, step: steps.Step) -> bool:
        """Do a step; return whether it made sense."""
        match step:
            case Fault():
                return self._arm(step)
            case steps.Restart(generation):
                await self._restart(generation)
                self._tally.faults["server restarted"] += 1
            case steps.Down(seconds):
                await self._proxy.down()
                await self._pass(seconds)
                self._expect_unheard(seconds)
                await self._proxy.up()
                self._tally.faults["server down, connections refused"] += 1
            case steps.Crowd(threads):
                self._house.crowd(threads)
            case steps.Expire():
                self._house.server.expire_sessions(EMAIL)
            case steps.SignIn():
                return self._sign_in()
            case steps.Pass(seconds):
                await self._pass(seconds)
            case steps.Leap(seconds):
                self._leap(seconds)
            case steps.LookAt(number):
                self._look_at(None if number is None else self._id(number))
            case steps.Rewatch(number):
                self._desk.watches.stop(self._id(number))
                self._desk.watch(self._id(number))
            case steps.Again():
                self._desk.watches.refresh()
            case _:
                return self._move(step)
        return True

    def _move(
        self,
        step: steps.Forward
        | steps.Find
        | steps.Alter
        | steps.Burst
        | steps.Note
        | steps.Complete
        | steps.Fail
        | steps.Cancel
        | steps.Return
        | steps.EndStreams
        | steps.Duplicate
        | steps.Hazards
        | steps.Delete,
    ) -> bool:
        """Move a scan of the server."""
        scan, now_s = self._scans[step.scan % len(self._scans)], self._desk.clock()
        match step:
            case steps.Forward():
                return scan.forward(step)
            case steps.Find():
                return scan.find(step)
            case steps.Alter():
                return scan.alter(step)
            case steps.Burst():
                return scan.burst()
            case steps.Note():
                return scan.note()
            case steps.Complete():
                return scan.complete(step)
            case steps.Fail():
                return scan.fail(now_s)
            case steps.Cancel():
                return scan.cancel(step, now_s)
            case steps.Return():
                return scan.come_back(now_s)
            case steps.EndStreams():
                return scan.end_streams()
            case steps.Duplicate():
                return scan.duplicate()
            case steps.Hazards():
                return scan.hazards()
            case steps.Delete(_, at_page):
                return self._delete(scan, at_page)
            case _:
                assert_never(step)

    def _look_at(self, scan_id: ScanId | None) -> None:
        self._in_view = scan_id
        self._desk.watches.set_in_view(scan_id)

    def _arm(self, fault: Fault) -> bool:
        """Arm a fault; a scan that is reported missing more than once may be taken for gone."""
        is_missing = fault.kind is FaultKind.NOT_FOUND
        if is_missing and self._was_missing:
            return False
        self._was_missing = self._was_missing or is_missing
        self._proxy.arm(fault)
        return True

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
        self._drift()
        self._proxy.upstream = self._house.port
        await self._proxy.up()

    def _drift(self) -> None:
        """Let rows swap between pages for as long as it lasts, and move while faults do."""
        self._house.database.shuffle_ties = self._schedule.drifts
        self._house.database.moves_rows = self._moves_rows

    def _sign_in(self) -> bool:
        """Use a new token, and take up the watches that had ended for want of one."""
        self._desk.link.use_token(self._house.server.new_session(), EMAIL)
        ended = [scan for scan in self._desk.store if connection(scan) is Connection.SIGNED_OUT]
        for scan in ended:
            self._desk.watches.refresh(scan.id)
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
        """Let time leap; a long leap is noticed, as by application/servers/suspend_monitor.py."""
        self._desk.turn(seconds)
        if seconds > NOTICED_S:
            self._desk.watches.refresh()

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
        for scan in self._desk.store:
            house_scan = self._house_scan(scan.id)
            for lie in lies(scan, house_scan.status, house_scan.finding_ids):
                self._onlookers.complaints.append(f"{scan.id}: {lie}")

    def _expect_unheard(self, seconds: float) -> None:
        """After so long without a server no scan may count as responding."""
        for scan in self._desk.store:
            if seconds > UNHEARD_S and connection(scan) in HEARD:
                self._onlookers.complaints.append(f"{scan.id} is heard of without a server")

    def _house_scan(self, scan_id: ScanId) -> HouseScan:
        return next(each for each in self._scans if str(each.id) == scan_id)

    # -- the end --

    async def _learn(self, limit_s: float) -> None:
        """Let time pass until the app knows the rows, as far as it promises to; at most a while."""
        passed_s = 0.0
        await self._rest()
        while late := [text for scan in self._desk.store for text in self._late(scan)]:
            assert passed_s < limit_s, "\n".join([f"not known after {passed_s} s", *late[:9]])
            self._desk.turn(SHORT_TURN_S)
            passed_s += SHORT_TURN_S
            await self._rest()
        self._tally.waits_s[passed_s] += 1

    def _late(self, scan: Scan) -> list[str]:
        """What is not known yet of a scan in view, or of one that runs: no others are asked for."""
        is_in_view = scan.id == self._in_view
        has_ended = self._house_scan(scan.id).status in TERMINAL
        if not is_in_view and has_ended:
            return []
        is_whole = is_in_view and len(scan.findings) <= QUICK_ROWS
        database, generation = self._house.database, self._house.generation
        return row_differences(scan, database, generation, is_whole=is_whole)

    async def _recover(self, recovery_s: float) -> None:
        """Stop all faults and let time pass until the app knows everything."""
        self._proxy.disarm()
        self._house.crowd(None)
        self._tally.faults.update(self._house.take_hits())
        self._pages.clear()
        self._moves_rows = False
        self._drift()
        passed_s = 0.0
        while wrong := await self._wrong():
            scan_id = next(iter(wrong))
            self._look_at(scan_id)
            self._desk.turn(LONG_TURN_S)
            passed_s += LONG_TURN_S
            assert passed_s < recovery_s, self._complaint(wrong)
        complaints = self._onlookers.check()
        assert complaints == [], complaints[:9]

    async def _wrong(self) -> dict[ScanId, list[str]]:
        await self._rest()
        self._sign_in()
        reported = {
            scan.id: differences(scan, self._house.database, self._house.generation)
            for scan in self._desk.store
        }
        return {scan_id: wrong for scan_id, wrong in reported.items() if wrong}

    def _complaint(self, wrong: dict[ScanId, list[str]]) -> str:
        lines = [f"{scan_id}: {text}" for scan_id, texts in wrong.items() for text in texts[:12]]
        return "\n".join(["the app does not know what the server knows", *lines])


RECOVERY_S = 600.0  # time-outs, back-off, doubt of an end and a few listings, for three scans


async def play(
    schedule: steps.Schedule,
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
