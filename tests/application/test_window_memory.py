"""What the window remembers: kept by name, written once, told when it cannot be."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services.settings import SettingsFile, WindowSettings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "window.toml"


def memory(path: Path) -> WindowMemory:
    made = WindowMemory(SettingsFile(path, WindowSettings))
    assert made.load() is None
    return made


async def test_what_is_kept_comes_back(path: Path) -> None:
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


def test_a_file_that_cannot_be_written_is_told_and_tried_again(path: Path) -> None:
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


async def test_a_save_that_is_called_off_before_it_began_is_made_up_for(path: Path) -> None:
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


def test_a_damaged_file_is_told(path: Path) -> None:
    path.write_text("states = 7")
    problem = WindowMemory(SettingsFile(path, WindowSettings)).load()
    assert problem is not None
    assert cause(problem).startswith("window.toml has invalid values. states can't be 7")


async def test_a_copy_begins_the_same_and_tells_what_it_keeps(path: Path) -> None:
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
