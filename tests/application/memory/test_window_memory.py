"""Windows keep texts between sessions, and see scans without names while presenting is on."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from heimdall_desktop.application.base.store import OneScan, SeenStore, Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.change import ScanMoved
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import FindingsListed, RepoRead
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services.settings import SettingsFile, WindowSettings
from tests.fakes.alert_policy import SERVER
from tests.fakes.findings import SCAN_ID, make_finding


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "window.toml"


def memory(path: Path) -> WindowMemory:
    made = WindowMemory(SettingsFile(path, WindowSettings))
    assert made.load() is None
    return made


async def test_kept_texts_are_loaded(path: Path) -> None:
    first = memory(path)
    first.keep("table", '{"columns": ["severity"]}')
    has_news = [first.has_news]
    await first.save()
    assert [*has_news, first.has_news] == [True, False]
    assert memory(path).text("table") == '{"columns": ["severity"]}'
    assert memory(path).text("board") == ""


def test_nothing_new_writes_nothing(path: Path) -> None:
    kept = memory(path)
    kept.keep("table", "")
    asyncio.run(kept.save())
    assert not path.exists()


async def test_without_a_file_it_lasts_for_the_session() -> None:
    kept = WindowMemory()
    assert kept.load() is None
    kept.keep("table", "wide")
    assert not kept.has_news
    await kept.save()
    assert kept.text("table") == "wide"


def test_an_unwritable_file_is_reported_and_retried(path: Path) -> None:
    problems: list[HeimdallError] = []
    kept = memory(path)
    kept.on_problem = problems.append
    path.mkdir()  # a folder in its place
    kept.keep("table", "wide")
    for _ in range(3):
        asyncio.run(kept.save())
    assert len(problems) == 1
    path.rmdir()
    asyncio.run(kept.save())
    assert memory(path).text("table") == "wide"
    path.unlink()
    path.mkdir()
    kept.keep("table", "narrow")
    asyncio.run(kept.save())
    assert len(problems) == 2, "it had been well meanwhile"


async def test_a_save_cancelled_before_it_starts_is_repeated(path: Path) -> None:
    kept, go_on = memory(path), threading.Event()
    with ThreadPoolExecutor(1) as executor:
        asyncio.get_running_loop().set_default_executor(executor)
        executor.submit(go_on.wait)  # no thread is free
        kept.keep("table", "wide")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await kept.save()
        go_on.set()
        assert kept.has_news
        await kept.save()
    assert memory(path).text("table") == "wide"


def test_a_damaged_file_is_reported(path: Path) -> None:
    path.write_text("states = 7")
    problem = WindowMemory(SettingsFile(path, WindowSettings)).load()
    assert problem is not None
    assert cause(problem).startswith("window.toml has invalid values. states can't be 7")


async def test_a_copy_starts_equal_and_reports_what_it_keeps(path: Path) -> None:
    first, kept = memory(path), list[tuple[str, str]]()
    first.keep("table", "wide")
    copy = first.copy({"marks": "[]"})
    copy.on_kept = lambda name, text: kept.append((name, text))
    assert (copy.text("table"), copy.text("marks")) == ("wide", "[]")
    copy.keep("table", "wide")
    copy.keep("table", "narrow")
    assert kept == [("table", "narrow")]
    assert not copy.has_news
    assert first.text("table") == "wide"


OTHER = ScanId("other")


def two_scans() -> tuple[Store, SeenStore]:
    store = Store()
    for scan_id in (SCAN_ID, OTHER):
        store.add(Scan(scan_id, SERVER))
        store.observe(RepoRead(scan_id, "payments-api", scan_id))
    store.observe(FindingsListed(SCAN_ID, 1, (make_finding(1),)))
    store.drain()
    return store, SeenStore(store)


def names(store: Store) -> list[str]:
    """Each name that can be asked for."""
    told = [store.name_of(scan.id) + store.mark_of(scan.id) for scan in store]
    return told + [scan.name for scan in store]


def test_names_are_hidden_while_presenting_is_on_and_the_store_keeps_them() -> None:
    store, seen = two_scans()
    before = names(store)
    assert names(seen) == before
    store.present(is_on=True)
    assert names(seen) == ["Scan 1", "Scan 2"] * 2
    assert names(store) == before
    assert seen.name_of(ScanId("gone")) == ""
    assert seen.scan(ScanId("gone")) is None
    store.present(is_on=False)
    assert names(seen) == before


def test_switching_is_news_of_every_scan_and_only_once() -> None:
    store, _ = two_scans()
    store.present(is_on=True)
    store.present(is_on=True)
    assert store.drain() == [ScanMoved(SCAN_ID), ScanMoved(OTHER)]


def test_all_else_is_that_of_the_store() -> None:
    store, seen = two_scans()
    [finding] = store.whole.scan(SCAN_ID).findings.values()  # type: ignore[union-attr]
    assert seen.finding(finding.id) is finding
    assert (len(seen), seen.whole, seen.times) == (2, store, store.times)
    store.remove(OTHER)
    assert [scan.id for scan in seen] == [SCAN_ID]


def test_the_store_of_one_scan_hides_the_same() -> None:
    store, seen = two_scans()
    one = OneScan(seen.whole, OTHER)
    store.present(is_on=True)
    one.take(store.drain())
    assert names(SeenStore(one.store)) == ["Scan 2"] * 2
