"""Whether the program starts with the session of the desktop: as chosen, and as it is in truth."""

from __future__ import annotations

import asyncio
from functools import partial

from msgspec.structs import replace

from heimdall_desktop.application.preferences import Preferences
from heimdall_desktop.application.request_tasks import Answer, RequestTasks
from heimdall_desktop.domain.facts.choices import StartChoices
from heimdall_desktop.services.autostart import LoginEntry


class AtLogin:
    """Keeps the entry of the desktop as it is chosen; the choice goes by the entry.

    Args:
        entry: what the desktop reads; None for a run that changes nothing of the kind.
        preferences: remember what was chosen.
        requests: run what waits for the disk.
    """

    def __init__(
        self, entry: LoginEntry | None, preferences: Preferences, requests: RequestTasks
    ) -> None:
        self._entry, self._preferences, self._requests = entry, preferences, requests
        self._turn = asyncio.Lock()  # of two changes the later one holds

    @property
    def is_offered(self) -> bool:
        """Whether this run can change it."""
        return self._entry is not None

    @property
    def choices(self) -> StartChoices:
        """What holds; whether it starts is as it was read last."""
        return self._preferences.settings.start

    def request_state(self, on_answer: Answer) -> None:
        """Read whether it starts: tools of the desktop may have switched it off."""
        self._requests.start(self._look, on_answer, name="look at the entry of the session")

    def choose(self, on_answer: Answer, *, is_on: bool, is_hidden: bool) -> None:
        """Start with the session from now on, or no more.

        Args:
            on_answer: told when it is done, or why it is not.
            is_on: whether it starts.
            is_hidden: it does without its window.
        """
        work = partial(self._write, is_on=is_on, is_hidden=is_hidden)
        self._requests.start(work, on_answer, name="write the entry of the session")

    async def _write(self, *, is_on: bool, is_hidden: bool) -> None:
        if self._entry is None:
            return
        work = partial(self._entry.write, is_hidden=is_hidden) if is_on else self._entry.remove
        async with self._turn:
            try:
                await asyncio.to_thread(work)
                self._preferences.change_start(replace(self.choices, is_hidden=is_hidden))
            finally:
                await self._look()

    async def _look(self) -> None:
        if self._entry is not None:
            is_on = await asyncio.to_thread(self._entry.is_on)
            self._preferences.change_start(replace(self.choices, is_at_login=is_on))
