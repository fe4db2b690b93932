"""Each fault reaches the app as what it is called, and is counted then and not before."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import EventsSkipped, StageSeen
from heimdall_desktop.services.progress import Heard, ProgressStream
from heimdall_desktop.services.transport.clients import REPEATS
from heimdall_desktop.services.wire import Heartbeat
from tests.fakes.fault_proxy import Fault, FaultKind, FaultProxy, fault_proxy
from tests.state_machine.house import House, HouseScan
from tests.state_machine.steps import Forward
from tests.state_machine.turned_time import TurnedDesk, TurnedLoop

MEANINGS: dict[FaultKind, type[errors.HeimdallError]] = {
    FaultKind.DROP: errors.ServerUnreachable,
    FaultKind.RESET: errors.ServerUnreachable,
    FaultKind.WRONG_LENGTH: errors.ServerUnreachable,
    FaultKind.FAULT_500: errors.ServerFault,
    FaultKind.HTML_502: errors.ServerFault,
    FaultKind.BUSY_503: errors.ServerBusy,
    FaultKind.RATE_LIMITED: errors.ServerBusy,
    FaultKind.NOT_FOUND: errors.NotVisible,
    FaultKind.HTML_404: errors.WrongServer,
    FaultKind.HTML_200: errors.WrongServer,
    FaultKind.UNAUTHORIZED: errors.SignedOut,
    FaultKind.CUT_JSON: errors.WireError,
}
REPEATED = {FaultKind.DROP, FaultKind.RESET, FaultKind.WRONG_LENGTH}  # T-54


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("house"))
    yield made
    made.close()


@pytest.fixture
def scan(house: House) -> HouseScan:
    made = house.new_scan("shop", is_silent=False)
    made.forward(Forward(0, 3))
    return made


@pytest.fixture
async def proxy(house: House) -> AsyncIterator[FaultProxy]:
    async with fault_proxy(house.port) as made:
        yield made


@pytest.fixture
async def desk(house: House, proxy: FaultProxy) -> AsyncIterator[TurnedDesk]:
    made = TurnedDesk(proxy.url, house.server.new_session())
    yield made
    await made.aclose()


@pytest.mark.parametrize("kind", MEANINGS, ids=lambda kind: kind.name)
async def test_a_broken_answer_is_what_it_is_called(
    kind: FaultKind, scan: HouseScan, proxy: FaultProxy, desk: TurnedDesk
) -> None:
    for _ in range(1 + REPEATS if kind in REPEATED else 1):
        proxy.arm(Fault(kind, "scan", 60))
    assert not proxy.hits
    with pytest.raises(MEANINGS[kind]):
        await desk.link.api.scan(ScanId(str(scan.id)))
    assert proxy.hits.total() == (1 + REPEATS if kind in REPEATED else 1)
    assert (await desk.link.api.scan(ScanId(str(scan.id)))).status == "static_analysis"


def test_what_waits_or_stalls_does_so_by_the_time_that_is_turned(
    house: House, scan: HouseScan
) -> None:
    async def ask() -> None:
        async with fault_proxy(house.port) as proxy:
            desk = TurnedDesk(proxy.url, house.server.new_session())
            for kind in (FaultKind.LAG, FaultKind.LATE, FaultKind.TRICKLE, FaultKind.STALL):
                proxy.arm(Fault(kind, "scan", 20))
                async with asyncio.TaskGroup() as group:
                    asked = group.create_task(_ask_or_fail(desk, scan))
                    while not asked.done():
                        await asyncio.sleep(0.002)
                        desk.turn(1.0)
                assert (asked.result() is None) == (kind is FaultKind.STALL)
                assert desk.turned_s >= (30 if kind is FaultKind.STALL else 19)
                desk.turned_s = 0.0
            await desk.aclose()

    with asyncio.Runner(loop_factory=TurnedLoop) as runner:
        runner.run(ask())


async def _ask_or_fail(desk: TurnedDesk, scan: HouseScan) -> str | None:
    try:
        return (await desk.link.api.scan(ScanId(str(scan.id)))).status
    except errors.ServerUnreachable:
        return None


async def test_frames_come_twice_garbled_and_with_a_lagged_notice(
    scan: HouseScan, proxy: FaultProxy, desk: TurnedDesk
) -> None:
    proxy.arm(Fault(FaultKind.DUPLICATE, "frame"))
    proxy.arm(Fault(FaultKind.GARBLED, "frame", 40))
    proxy.arm(Fault(FaultKind.SKIPPED, "frame"))
    async with desk.link.stream(ScanId(str(scan.id))) as stream:
        heard = await _heard(stream, 6)
    stages = [each.stage if isinstance(each, StageSeen) else None for each in heard]
    assert stages[:2] == ["ingest", "ingest"]
    assert [type(each) for each in heard[2:4]] == [EventsSkipped, EventsSkipped]
    assert stages[4] == "static_analysis"
    assert proxy.hits.total() == 3


async def test_a_frame_is_cut_at_its_byte(
    scan: HouseScan, proxy: FaultProxy, desk: TurnedDesk
) -> None:
    proxy.arm(Fault(FaultKind.RESET, "frame", 30))
    with pytest.raises(errors.ServerUnreachable):
        async with desk.link.stream(ScanId(str(scan.id))) as stream:
            await _heard(stream, 1)
    assert proxy.hits == {"RST at a byte (frame)": 1}


async def test_a_server_that_is_down_refuses_until_it_is_up_at_the_same_address(
    scan: HouseScan, proxy: FaultProxy, desk: TurnedDesk
) -> None:
    await proxy.down()
    assert await _ask_or_fail(desk, scan) is None
    await proxy.up()
    assert await _ask_or_fail(desk, scan) == "static_analysis"


async def _heard(stream: ProgressStream, count: int) -> list[Heard]:
    heard: list[Heard] = []
    async for each in stream:
        if not isinstance(each, Heartbeat):
            heard.append(each)
        if len(heard) == count:
            break
    return heard
