"""What is kept is told, kept no longer than chosen, and deleted but for the board."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from heimdall_desktop.application.history_loader import HistoryLoader, HistoryRequests
from heimdall_desktop.application.preferences import Preferences
from heimdall_desktop.application.store import Store
from heimdall_desktop.application.tasks import Answer, RequestTasks, Tasks
from heimdall_desktop.domain.facts.choices import HistoryChoices, Settings
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.listed_rows import TextRoom
from heimdall_desktop.services.history_writing import Batch
from heimdall_desktop.services.settings import SettingsFile
from tests.fakes.findings import SCAN_ID, make_finding
from tests.fakes.past_scans import HistoryDesk, past_scan

GONE = ScanId("gone")
DAY_S = 86_400.0


async def answered(request: Callable[[Answer], None]) -> HeimdallError | None:
    answer: asyncio.Future[HeimdallError | None] = asyncio.get_running_loop().create_future()
    request(answer.set_result)
    return await answer


async def test_what_is_kept_is_told_and_ends_but_for_the_board(tmp_path: Path) -> None:
    desk = HistoryDesk(tmp_path)
    before = desk.history()
    scans = [past_scan([make_finding(1)], 990.0, scan_id=each) for each in (SCAN_ID, GONE)]
    await before.save(Batch(scans=tuple(scans)))
    await before.aclose()
    desk.pass_time(10 * DAY_S)

    tasks, store, history = Tasks(lambda name, error: pytest.fail(name)), Store(), desk.history()
    earlier, requests = HistoryLoader(store, history), RequestTasks(tasks)
    preferences = Preferences(SettingsFile(tmp_path / "settings.toml", Settings))
    asked = HistoryRequests(earlier, store, preferences, requests)
    await earlier.read()
    earlier.bring_heads([SCAN_ID])
    assert await answered(asked.request_size) is None
    assert asked.size is not None
    assert (asked.size.scans, asked.size.findings) == (2, 2)

    longer = HistoryChoices(keep_days=11)
    assert await answered(partial(asked.choose, longer)) is None
    assert (asked.choices, asked.size.scans) == (longer, 2)
    assert await earlier.kept_scan(GONE, TextRoom()) is not None
    assert await answered(partial(asked.choose, HistoryChoices(keep_days=9))) is None
    assert asked.size.scans == 1
    assert await earlier.kept_scan(GONE, TextRoom()) is None  # or it would compare as if empty

    assert await answered(asked.request_deletion) is None
    assert (asked.size.scans, asked.size.findings) == (1, 1)
    assert [scan.scan_id for scan in (await history.load()).scans] == [SCAN_ID]
    await requests.aclose()
    await history.aclose()
    await tasks.aclose()
