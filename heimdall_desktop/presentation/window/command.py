"""One thing to do in the window, told once: menu, palette, shortcut sheet and keys come from it.

Source: ux.md §2.7, feature 35.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.choices import KeyChoice
from heimdall_desktop.presentation.i18n import tr, tr_noop

MODIFIERS = ("Ctrl+", "Alt+", "Meta+")


class Group(Enum):
    """What a command is about, in the order of palette and sheet; the value is its heading."""

    FINDINGS = tr_noop("Findings")
    SCANS = tr_noop("Scans")
    GO_TO = tr_noop("Go to")
    VIEW = tr_noop("View")
    ACCOUNT = tr_noop("Account")
    WINDOW = tr_noop("Window")

    @property
    def title(self) -> str:
        """Its heading."""
        return tr(self.value)


def _no_obstacle() -> str:
    return ""


class Command(Struct, frozen=True):
    """One thing to do.

    Attributes:
        id: tells it from others, in every language and from session to session.
        text: its name; a callable where that depends on what is shown.
        keys: all of them do it, in Qt's portable spelling; the first is shown.
        icon: stands before it; "" for none.
        begins_group: whether a line stands before it in the menu.
        group: its heading in palette and sheet.
        obstacle: why it cannot be done now; "" when it can.
        is_listed: whether palette and sheet show it; keys that are one of a row are told as one.
        is_on: for what is on or off: which of them now.
        writes: it changes something on a server, so it is absent where nothing may be changed; a
            callable where that depends on what was done.
    """

    id: str
    text: str | Callable[[], str]
    act: Callable[[], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    begins_group: bool = False
    group: Group = Group.WINDOW
    obstacle: Callable[[], str] = _no_obstacle
    is_listed: bool = True
    is_on: Callable[[], bool] | None = None
    writes: bool | Callable[[], bool] = False

    @property
    def title(self) -> str:
        """Its name now."""
        return self.text if isinstance(self.text, str) else self.text()

    @property
    def writes_now(self) -> bool:
        """Whether it would change something on a server now."""
        return self.writes if isinstance(self.writes, bool) else self.writes()


class KeyNote(Struct, frozen=True):
    """Keys that a part of the window has by itself, for the sheet only.

    Attributes:
        stands_for: the ids of commands that are told by it as one row, while their keys are those
            they had at first; none for keys that cannot be changed.
    """

    group: Group
    text: str
    keys: tuple[str, ...]
    stands_for: tuple[str, ...] = ()


def is_letter(keys: str) -> bool:
    """Whether keys are one character alone, so that speech or a slip may press them.

    Source: WCAG 2.1.4; ux.md §2.7.
    """
    return len(keys.removeprefix("Shift+")) == 1 and not keys.startswith(MODIFIERS)


def has_free_key(keys: str) -> bool:
    """Whether keys may be given to a command: no key that types, moves or edits by itself may."""
    is_function = re.fullmatch(r"F\d+", keys.removeprefix("Shift+")) is not None
    return is_function or is_letter(keys) or keys.startswith(MODIFIERS)


def with_keys(
    choices: Sequence[KeyChoice], command: Command, keys: tuple[str, ...]
) -> tuple[KeyChoice, ...]:
    """Return what is chosen once a command has other keys.

    Args:
        choices: of all commands.
        command: as it is at first.
        keys: it is to have; those it has at first end its choice.
    """
    others = tuple(choice for choice in choices if choice.command != command.id)
    return others if keys == command.keys else (*others, KeyChoice(command.id, keys))


# Finds commands by a few letters of their names, the likeliest first. Source: ux.md feature 35.


AT_START, AT_WORD, INSIDE, IN_PIECES = 0, 2, 8, 20  # what each way of matching costs
MOST_PIECES = 12  # so many words of a name are tried; there are many ways to cut a word


def ranked(wanted: str, names: Sequence[str], recent: Sequence[int] = ()) -> list[int]:
    """Return the places of the names that match, best first.

    Each word of `wanted` has to be found: where the name begins, where one of its words begins,
    anywhere in it, or in pieces that each begin a word ("pld" is in "Play the demo"). Names that
    match equally well stay in their order, but for those used of late.

    Args:
        wanted: what was typed.
        names: the names of all commands.
        recent: places of those used of late, the last one first.
    """
    order = {place: rank for rank, place in enumerate(recent)}
    words = _plain(wanted).split()
    found = []
    for place, name in enumerate(names):
        cost = _cost(words, _plain(name))
        if cost is not None:
            found.append((cost, order.get(place, len(order)), place))
    return [place for _, _, place in sorted(found)]


def _plain(text: str) -> str:
    """Leave out accents and the difference between capitals and small letters."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _cost(words: Sequence[str], name: str) -> int | None:
    total = 0
    for word in words:
        cost = _word_cost(word, name)
        if cost is None:
            return None
        total += cost
    return total


def _word_cost(word: str, name: str) -> int | None:
    if name.startswith(word):
        return AT_START
    starts = [place for place in range(len(name)) if _begins_word(name, place)]
    if any(name.startswith(word, start) for start in starts):
        return AT_WORD
    if word in name:
        return INSIDE
    rests = [name[start:] for start in starts[:MOST_PIECES]]
    return IN_PIECES if _is_in_pieces(word, rests) else None


def _begins_word(name: str, place: int) -> bool:
    return name[place].isalnum() and (place == 0 or not name[place - 1].isalnum())


def _is_in_pieces(word: str, rests: Sequence[str]) -> bool:
    """Whether the word is made of beginnings of these, in their order."""
    if not word:
        return True
    if not rests:
        return False
    most = next(n for n in range(len(word), -1, -1) if rests[0].startswith(word[:n]))
    return any(_is_in_pieces(word[taken:], rests[1:]) for taken in range(most, -1, -1))
