"""A notification, and the interface of every notifier."""

import asyncio
import unicodedata
from collections.abc import Coroutine
from typing import Any, Final, Protocol

from msgspec import Struct
from msgspec.structs import force_setattr

DEFAULT_ACTION: Final = "default"
"""The action of a click on the notification itself."""
LONGEST_TITLE: Final = 60  # characters; behaviour.md 2.5
LONGEST_END: Final = 30  # of these, for the file name at the end

#: Controls, invisible format characters (they can turn the direction of text), lone surrogates,
#: line and paragraph separators.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Action(Struct, frozen=True):
    """A button of a notification."""

    key: str
    label: str


class Notification(Struct, frozen=True):
    """One message for the desktop; its texts are always cleaned and shortened.

    They may come from a server, so each back end still treats them as plain text.
    """

    key: str
    """Identifies the notification: to replace it, to withdraw it, and when it is activated."""
    title: str
    body: str = ""
    is_urgent: bool = False
    """Whether it stays until it is dismissed."""
    has_sound: bool = False
    actions: tuple[Action, ...] = ()

    def __post_init__(self) -> None:
        force_setattr(self, "title", shortened(clean(self.title)))
        force_setattr(self, "body", clean(self.body))


class Activated(Protocol):
    """Called when someone clicks a notification or one of its buttons."""

    def __call__(self, key: str, action: str, /) -> None:
        """Handle the key of the notification and the key of the action."""


class Spawn(Protocol):
    """Starts a task and keeps it, like `Tasks.spawn`."""

    def __call__(self, coroutine: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
        """Start the coroutine under this name."""


class Notifier(Protocol):
    """Shows notifications; `start`, `show` and `withdraw` may raise NotifierUnavailable."""

    @property
    def description(self) -> str:
        """The name of the notifier, for the settings and the log; known after the start."""

    async def start(self) -> None:
        """Prepare, and find out whether notifications can be shown at all."""

    async def show(self, notification: Notification) -> bool:
        """Show a notification in place of the one with the same key.

        Returns:
            False if the desktop reports that it holds the notification back: do not disturb.
        """

    async def withdraw(self, key: str) -> None:
        """Withdraw a notification; one that is already gone is no error."""

    def is_shown(self, key: str) -> bool:
        """Whether the desktop has a notification and has reported no dismissal."""

    async def aclose(self) -> None:
        """Disconnect from the desktop; shown notifications stay."""


def clean(text: str) -> str:
    """Return a server's text as one line without control characters and doubled spaces."""
    seen = (" " if unicodedata.category(char) in _UNSEEN else char for char in text)
    return " ".join("".join(seen).split())


def shortened(title: str) -> str:
    """Cut a title in its middle, so that the file name at its end stays readable."""
    if len(title) <= LONGEST_TITLE:
        return title
    end = " ".join(title.split(" ")[-2:])[-LONGEST_END:]
    return f"{title[: LONGEST_TITLE - len(end) - 2].rstrip()}… {end}"
