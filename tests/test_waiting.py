"""Waits end when their condition holds; one that fails says what it waited for."""

import asyncio
import threading

import pytest

from tests.fakes import waiting


class Counted:
    """Counts how often it was looked at."""

    def __init__(self) -> None:
        self.looks = 0

    def more(self) -> int:
        self.looks += 1
        return self.looks


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "WAIT_LIMIT_S", 0.0)


async def test_what_changes_without_news_is_seen() -> None:
    counted = Counted()
    assert await waiting.until(lambda: counted.more() == 3 and "three") == "three"


async def test_news_is_looked_at_once_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LOOK_S", waiting.WAIT_LIMIT_S)
    news, found, taken = asyncio.Event(), list[str](), list[int]()

    def come() -> None:
        found.append("it")
        news.set()

    asyncio.get_running_loop().call_soon(come)
    assert await waiting.until(
        lambda: found, news=news, before=lambda: taken.append(len(found))
    ) == ["it"]
    assert taken == [0, 1]


def test_what_a_thread_does_is_waited_for() -> None:
    done = threading.Event()
    threading.Thread(target=done.set).start()
    assert waiting.block_until(done.is_set)


async def test_a_failure_names_the_condition_and_its_last_values(impatient: None) -> None:
    counted, wanted = Counted(), ["a", "b"]
    with pytest.raises(AssertionError) as failed:
        await waiting.until(lambda: len(wanted) == 3 and not counted.looks)
    first, *values = str(failed.value).splitlines()
    assert first.startswith("waited 0 s for len(wanted) == 3 and (not counted.looks) (")
    assert values == ["  len(wanted) = 2", "  counted.looks = 0"]


def test_of_a_function_its_name_and_what_it_can_see(impatient: None) -> None:
    wanted = ["a"]

    def has_come() -> bool:
        return len(wanted) > 1

    with pytest.raises(AssertionError, match=r"for has_come \((?s:.*)wanted = \['a'\]"):
        waiting.block_until(has_come)


def test_a_default_of_a_lambda_and_an_error_are_shown(impatient: None) -> None:
    with pytest.raises(AssertionError, match=r"number = 4\n  1 / \(number - 4\) = ZeroDivision"):
        waiting.block_until(lambda number=4: number == 5 and 1 / (number - 4))  # type: ignore[misc]
