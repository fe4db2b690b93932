"""Scans are searched for disagreements once their rows rest, and no sooner."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from heimdall_desktop.application.base.overlap_search import OverlapSearch
from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.domain.facts.change import ScanMoved
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Source
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.findings import SCAN_ID, SERVER, make_finding
from tests.fakes.waiting import WAIT_LIMIT_S, until

PLACE: dict[str, Any] = {"cwe_text": "CWE-89", "file_path": "a.py"}
AI = make_finding(1, status=FindingStatus.CONFIRMED, **PLACE)
STATIC = make_finding(2, source=Source.STATIC, **PLACE)


class Searched:
    """A store with one scan, and its search."""

    def __init__(self, tasks: Tasks, rest_s: float, most_s: float) -> None:
        self.store = Store()
        self.store.add(Scan(SCAN_ID, SERVER))
        self.search = OverlapSearch(self.store, tasks, rest_s=rest_s, most_s=most_s)
        self.asked_at_s = 0.0
        self.store.drain()

    def read(self, *rows: Finding) -> None:
        self.asked_at_s += 1
        self.store.observe(FindingsListed(SCAN_ID, self.asked_at_s, rows))
        self.search.take(self.store.drain())

    def found(self, row: Finding) -> Finding | None:
        return self.store.disagreements.known.overlap(row)

    async def until(self, expected: Finding | None) -> None:
        await until(lambda: self.found(AI) == expected)


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    defects: list[BaseException] = []
    tasks = Tasks(lambda _name, error: defects.append(error))
    yield tasks
    await tasks.aclose()
    assert defects == []


async def test_rows_that_rest_are_searched_and_the_window_can_follow(tasks: Tasks) -> None:
    searched = Searched(tasks, 0.0, 5.0)
    searched.read(AI, STATIC)
    assert searched.found(AI) is None
    await searched.until(STATIC)
    assert searched.store.drain() == [ScanMoved(SCAN_ID)]
    searched.read(make_finding(2, source=Source.STATIC, status=FindingStatus.CONFIRMED, **PLACE))
    await searched.until(None)


async def test_rows_that_never_rest_are_searched_all_the_same(tasks: Tasks) -> None:
    searched = Searched(tasks, 0.001, 0.02)
    searched.read(AI, STATIC)
    async with asyncio.timeout(WAIT_LIMIT_S):
        number = 3
        while searched.found(AI) is None:
            searched.read(make_finding(number))
            number += 1
            await asyncio.sleep(0)


async def test_a_removed_scan_is_not_searched_and_leaves_nothing(tasks: Tasks) -> None:
    searched = Searched(tasks, 0.0, 5.0)
    searched.read(AI, STATIC)
    await searched.until(STATIC)
    searched.read(make_finding(3, source=Source.STATIC, **PLACE))
    searched.store.remove(SCAN_ID)
    assert searched.found(AI) is None
    await until(lambda: not searched.search._is_working)
    assert searched.found(AI) is None


async def test_nothing_is_done_without_a_change_of_a_row(tasks: Tasks) -> None:
    searched = Searched(tasks, 0.0, 5.0)
    searched.search.take([ScanMoved(SCAN_ID)])
    assert len(asyncio.all_tasks()) == 1
