"""Faults as values: which request meets which."""

import asyncio
import threading
from typing import Any

import pytest

from tests.lab.faults import Fault, Faults, Shape

PATH = "/api/scans/1/live"


def at_once(function: Any) -> object:
    return function()


@pytest.mark.parametrize(
    "fields",
    [
        {"on": "everything"},
        {"times": 0},
        {"status": 204},
        {"status": 600},
        {"delay_s": -1},
        {"after_bytes": -1},
        {"threads": 0},
    ],
)
def test_what_could_never_hit_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(fields))):
        Fault(Shape.PAGE, **fields)


def test_the_first_that_fits_is_met_as_often_as_it_says() -> None:
    faults = Faults(at_once)
    twice, other, last = (
        Fault(Shape.PAGE, on="live", times=2),
        Fault(Shape.TEXT, on="scan"),
        Fault(Shape.ENVELOPE),
    )
    faults.add(twice, other, last)
    met = [faults.take("live", PATH) for _ in range(4)]
    assert met == [twice, twice, last, None]
    assert faults.armed == (other,)


def test_equal_faults_count_by_themselves() -> None:
    faults = Faults(at_once)
    faults.add(*[Fault(Shape.PAGE, times=2)] * 2)
    assert [faults.take("live", PATH) is None for _ in range(5)] == [False] * 4 + [True]


def test_some_last_until_they_are_cleared() -> None:
    faults = Faults(at_once)
    faults.add(Fault(Shape.PAGE, times=None))
    assert all(faults.take("live", PATH) for _ in range(50))
    faults.clear()
    assert faults.take("live", PATH) is None


def test_a_part_of_the_path_chooses_one_scan() -> None:
    faults = Faults(at_once)
    faults.add(Fault(Shape.PAGE, path_part="/2/", times=None))
    assert faults.take("live", PATH) is None
    assert faults.take("live", "/api/scans/2/live")


def test_threads_never_share_one_fault() -> None:
    faults = Faults(at_once)
    faults.add(Fault(Shape.PAGE, times=1000))
    met: list[Fault] = []

    def take() -> None:
        while fault := faults.take("live", PATH):
            met.append(fault)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(met) == 1000


async def test_a_delay_passes_or_is_cleared() -> None:
    faults = Faults(at_once)
    await faults.wait(0)
    waiting = asyncio.get_running_loop().create_task(faults.wait(1_000_000))
    await asyncio.sleep(0)
    faults.clear()
    await waiting


def test_dropped_requests_leave_the_others_to_other_faults() -> None:
    faults = Faults(at_once)
    crowd, late = Fault(Shape.SECOND_OF_TWO, times=2), Fault(Shape.LATE, times=None)
    faults.add(crowd, late)
    assert faults.take("live", PATH) == late
    for _ in range(2):
        assert faults.crowd() == crowd
        faults.drop(crowd, "live")
    assert faults.crowd() is None
    assert faults.hits == {"second_of_two live": 2}
