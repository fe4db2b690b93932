"""Each part is asked whatever came of the others, and what it answered can be read."""

import asyncio
from datetime import UTC, datetime
from itertools import count

import pytest

from heimdall_desktop.application.base.tasks import RequestTasks, Tasks
from heimdall_desktop.application.servers.self_test import SelfTest
from heimdall_desktop.domain.facts.errors import HeimdallError, NotifierUnavailable, Reason
from heimdall_desktop.domain.facts.server import SelfTestAnswer, SelfTestPart
from heimdall_desktop.presentation.action_text import self_test_text

NOW = datetime(2026, 5, 12, 13, 2, tzinfo=UTC)


async def no_bus() -> str:
    raise NotifierUnavailable(Reason.NO_SESSION_BUS)


async def no_keyring() -> str:
    return ""


async def server() -> str:
    return "https://h.test"


async def test_failures_are_reported_and_the_rest_is_tested() -> None:
    tasks = Tasks(lambda name, error: pytest.fail(name))
    ticks = count()
    test = SelfTest(
        {
            SelfTestPart.CONNECTION: server,
            SelfTestPart.NOTIFICATIONS: no_bus,
            SelfTestPart.KEYRING: no_keyring,
        },
        RequestTasks(tasks),
        lambda: next(ticks) / 1000,
        lambda: NOW,
    )
    answer: asyncio.Future[HeimdallError | None] = asyncio.get_running_loop().create_future()
    test.request(answer.set_result)
    test.request(answer.set_result)  # while it runs: nothing is asked twice
    assert test.is_running
    assert await answer is None
    assert self_test_text(test.answers).splitlines() == [
        "Notifications: failed after 1 ms. The desktop's session bus can't be reached.",
        "Keyring: none; tokens are kept for this session only.",
        "Server: https://h.test, responded in 1 ms.",
    ]
    await tasks.aclose()


def test_a_name_that_a_service_gives_itself_stays_one_short_line() -> None:
    name = "dunst\n\u202eKeyring: all is well" + "x" * 500
    text = self_test_text([SelfTestAnswer(SelfTestPart.NOTIFICATIONS, name, 0.004)])
    assert len(text.splitlines()) == 1
    assert "\u202e" not in text
    assert text.endswith("…, responded in 4 ms.")
    assert len(text) < 200


def test_what_is_on_or_off_is_a_sentence() -> None:
    parts = (SelfTestPart.TRAY, SelfTestPart.LINKS, SelfTestPart.AT_LOGIN, SelfTestPart.VERSION)
    text = self_test_text([SelfTestAnswer(part, "1.0", 0.0) for part in parts])
    assert text.splitlines() == [
        "Tray: available.",
        "Links: heimdall:// opens Heimdall Desktop.",
        "Start at login: on.",
        "Version: 1.0.",
    ]
    text = self_test_text([SelfTestAnswer(part, "", 0.0) for part in parts[:3]])
    assert text.splitlines() == [
        "Tray: none. Closing the window minimises it instead.",
        "Links: heimdall:// isn't set up. Run heimdall-desktop --install-desktop-entry.",
        "Start at login: off.",
    ]
