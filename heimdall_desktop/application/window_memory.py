"""What the window remembers of its looks from one session to the next: a text for each part.

Parts keep what they like (columns, splits, views) under a name of their own and are handed it back
as they wrote it; a text of another version is theirs to refuse. The file is written when the looks
have come to rest, and at the end.
"""

import asyncio
from collections.abc import Callable, Mapping

import msgspec

from heimdall_desktop.domain.facts.errors import HeimdallError, SettingsError
from heimdall_desktop.services.settings import SettingsFile, WindowSettings


class WindowMemory:
    """Texts by the name of the part that keeps them.

    Args:
        file: where they are kept; None keeps them for this session only.

    Attributes:
        on_kept: told name and text of whatever is kept.
        on_problem: told once of what keeps the file from being written; nothing stops for it.
    """

    def __init__(self, file: SettingsFile[WindowSettings] | None = None) -> None:
        self._file = file
        self._settings = self._saved = WindowSettings()
        self._saving = asyncio.Lock()
        self._told = ""
        self.on_kept: Callable[[str, str], None] = lambda _name, _text: None
        self.on_problem: Callable[[HeimdallError], None] = lambda _error: None

    @property
    def has_news(self) -> bool:
        """Whether something was kept that no file has yet."""
        return self._file is not None and self._settings != self._saved

    def load(self) -> HeimdallError | None:
        """Read what the last session left; return what was wrong with its file, if anything."""
        if self._file is None:
            return None
        self._settings, problem = self._file.load()
        self._saved = self._settings
        self._told = "" if problem is None else str(problem)
        return problem

    def copy(self, own: Mapping[str, str]) -> "WindowMemory":
        """Return what is kept by now, for a window that begins like this one; no file has it.

        Args:
            own: what that window has kept for itself, which comes first.
        """
        copy = WindowMemory()
        copy._settings = WindowSettings({**self._settings.states, **own})
        return copy

    def text(self, name: str) -> str:
        """Return what a part has kept; "" for nothing."""
        return self._settings.states.get(name, "")

    def keep(self, name: str, text: str) -> None:
        """Keep a text for a part; it is written by the next `save`."""
        if self.text(name) != text:
            states = {**self._settings.states, name: text}
            self._settings = msgspec.structs.replace(self._settings, states=states)
            self.on_kept(name, text)

    async def save(self) -> None:
        """Write the file if there is news, without keeping the loop waiting."""
        async with self._saving:
            if self._file is None or not self.has_news:
                return
            before, self._saved = self._saved, self._settings
            try:
                await asyncio.to_thread(self._file.save, self._saved)
            except SettingsError as error:
                self._saved = before
                told, self._told = self._told, str(error)
                if self._told != told:  # it is tried again each second
                    self.on_problem(error)
            else:
                self._told = ""
