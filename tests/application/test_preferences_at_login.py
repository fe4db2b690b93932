"""The entry of the session is as it was chosen, and the choice as the entry really is."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from heimdall_desktop.application.preferences import AtLogin, Preferences
from heimdall_desktop.application.tasks import RequestTasks, Tasks
from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.errors import HeimdallError, SettingsError
from heimdall_desktop.services.autostart import LoginEntry
from heimdall_desktop.services.settings import SettingsFile


class Desk:
    """The choice, the entry, and what is answered."""

    def __init__(self, folder: Path) -> None:
        self.entry = LoginEntry(folder, ("/usr/bin/heimdall-desktop",))
        self.preferences = Preferences(SettingsFile(folder / "settings.toml", Settings))
        self.tasks = Tasks(lambda name, error: pytest.fail(f"{name}: {error}"))
        requests = RequestTasks(self.tasks)
        self.at_login = AtLogin(self.entry, self.preferences, requests)

    async def choose(self, *, is_on: bool, is_hidden: bool = False) -> HeimdallError | None:
        answer: asyncio.Future[HeimdallError | None] = asyncio.get_running_loop().create_future()
        self.at_login.choose(answer.set_result, is_on=is_on, is_hidden=is_hidden)
        return await answer

    async def look(self) -> bool:
        answer: asyncio.Future[HeimdallError | None] = asyncio.get_running_loop().create_future()
        self.at_login.request_state(answer.set_result)
        assert await answer is None
        return self.chosen[0]

    @property
    def chosen(self) -> tuple[bool, bool]:
        """Whether it starts with the session, and whether hidden."""
        start = self.preferences.settings.start
        return start.is_at_login, start.is_hidden


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    await desk.tasks.aclose()


async def test_a_choice_writes_the_entry_or_removes_it(desk: Desk) -> None:
    assert await desk.choose(is_on=True) is None
    assert desk.entry.is_on()
    assert "--background" not in desk.entry.place.read_text()
    assert await desk.choose(is_on=True, is_hidden=True) is None
    assert "--background" in desk.entry.place.read_text()
    assert desk.chosen == (True, True)
    assert await desk.choose(is_on=False, is_hidden=True) is None
    assert not desk.entry.is_on()
    assert desk.chosen == (False, True)


async def test_what_cannot_be_written_is_told_and_the_choice_says_what_is_true(desk: Desk) -> None:
    desk.entry.place.parent.touch()  # a file where the folder would be
    assert isinstance(await desk.choose(is_on=True, is_hidden=True), SettingsError)
    assert desk.chosen == (False, False)


async def test_what_the_desktop_has_switched_off_is_seen(desk: Desk) -> None:
    await desk.choose(is_on=True)
    with desk.entry.place.open("a", encoding="utf-8") as file:
        file.write("Hidden=true\n")
    assert not await desk.look()


async def test_of_two_choices_the_later_one_holds(desk: Desk) -> None:
    await asyncio.gather(desk.choose(is_on=True), desk.choose(is_on=False))
    assert not desk.entry.is_on()
    assert not desk.chosen[0]


def test_a_run_without_an_entry_offers_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.at_login.is_offered
    requests = RequestTasks(desk.tasks)
    assert not AtLogin(None, desk.preferences, requests).is_offered
