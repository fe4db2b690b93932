"""Commands of the window, defined once for menu, palette, shortcut sheet and keys.

Source: behaviour.md 2.7, feature 35.
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
    """The subject of a command, in the order of palette and sheet; the value is its heading."""

    FINDINGS = tr_noop("Findings")
    SCANS = tr_noop("Scans")
    GO_TO = tr_noop("Go to")
    VIEW = tr_noop("View")
    ACCOUNT = tr_noop("Account")
    WINDOW = tr_noop("Window")
    HELP = tr_noop("Help")

    @property
    def title(self) -> str:
        return tr(self.value)


class Command(Struct, frozen=True):
    """One command.

    Attributes:
        id: unique, in every language and across sessions.
        text: its name; a callable if that depends on what is shown.
        keys: each of them runs it, in Qt's portable spelling; the first is shown.
        icon: shown before it; "" for none.
        begins_group: whether a line is above it in the menu.
        group: its heading in palette and sheet.
        obstacle: why it cannot be run now; "" if it can.
        is_listed: whether palette and sheet show it; keys of a set are shown as one row.
        is_on: for a toggle: whether it is on now.
        writes: it changes something on a server, so it is absent if nothing may be changed; a
            callable if that depends on what was done.
        words: further words by which the palette finds it.
        within: the title of the inner menu that has it in a menu; "" for none.
        subject: what it acts on; only lists of commands for several subjects show it.
        is_remembered: whether the palette may name it first in the next session.
    """

    id: str
    text: str | Callable[[], str]
    act: Callable[[], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    begins_group: bool = False
    group: Group = Group.WINDOW
    obstacle: Callable[[], str] = str
    is_listed: bool = True
    is_on: Callable[[], bool] | None = None
    writes: bool | Callable[[], bool] = False
    within: str = ""
    subject: str = ""
    words: str = ""
    is_remembered: bool = True

    @property
    def name(self) -> str:
        return self.text if isinstance(self.text, str) else self.text()

    @property
    def title(self) -> str:
        """Its current name and subject, for a list: "Stop watching: shop", "Cancel scan: shop…"."""
        if not self.subject:
            return self.name
        name = self.name.removesuffix("\u2026")
        text = tr("{command}: {subject}").format(command=name, subject=self.subject)
        return text if name == self.name else f"{text}\u2026"

    @property
    def writes_now(self) -> bool:
        """Whether it would change something on a server now."""
        return self.writes if isinstance(self.writes, bool) else self.writes()


class KeyNote(Struct, frozen=True):
    """Keys that a part of the window handles itself, for the sheet only.

    Attributes:
        replaces: the ids of commands that it shows as one row, while they have their default
            keys; empty for keys that cannot be changed.
    """

    group: Group
    text: str
    keys: tuple[str, ...]
    replaces: tuple[str, ...] = ()


def is_letter(keys: str) -> bool:
    """Return whether keys are one character alone, so that speech or a slip may press them.

    Source: WCAG 2.1.4; behaviour.md 2.7.
    """
    return len(keys.removeprefix("Shift+")) == 1 and not keys.startswith(MODIFIERS)


def has_free_key(keys: str) -> bool:
    """Return whether a command may use keys: not those that type, move or edit on their own."""
    is_function = re.fullmatch(r"F\d+", keys.removeprefix("Shift+")) is not None
    return is_function or is_letter(keys) or keys.startswith(MODIFIERS)


def with_keys(
    choices: Sequence[KeyChoice], command: Command, keys: tuple[str, ...]
) -> tuple[KeyChoice, ...]:
    """Return the choices after a command gets other keys.

    Args:
        command: with its default keys.
        keys: its new keys; the default keys remove its choice.
    """
    others = tuple(choice for choice in choices if choice.command != command.id)
    return others if keys == command.keys else (*others, KeyChoice(command.id, keys))


# Finds commands by a few letters of their names, the best match first. Source: behaviour.md
# feature 35.


AT_START, AT_WORD, INSIDE, IN_PIECES = 0, 2, 8, 20  # the cost of each kind of match
MOST_PIECES = 12  # number of words of a name that are tried; a word can be cut in many ways


def ranked(wanted: str, names: Sequence[str], recent: Sequence[int] = ()) -> list[int]:
    """Return the indexes of the matching names, best first.

    Each word of `wanted` must match: at the start of the name, at the start of one of its words,
    anywhere in it, or in pieces that each start a word ("pld" is in "Play the demo"). Names that
    match equally well keep their order, except that recently used ones come first.

    Args:
        recent: indexes of the recently used ones, the last one first.
    """
    order = {place: rank for rank, place in enumerate(recent)}
    words = _plain(wanted).split()
    found = []
    for place, name in enumerate(names):
        plain = _plain(name)
        costs = [_word_cost(word, plain) for word in words]
        if None not in costs:
            found.append((sum(filter(None, costs)), order.get(place, len(order)), place))
    return [place for _, _, place in sorted(found)]


def _plain(text: str) -> str:
    """Remove accents and the difference between capitals and small letters."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    if parts.isascii():
        return parts
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _word_cost(word: str, name: str) -> int | None:
    if name.startswith(word):
        return AT_START
    if not set(word) <= set(name):  # most names, and the rest takes long
        return None
    ends = [True, *(not letter.isalnum() for letter in name)]
    starts = [place for place, letter in enumerate(name) if letter.isalnum() and ends[place]]
    if any(name.startswith(word, start) for start in starts):
        return AT_WORD
    if word in name:
        return INSIDE
    rests = [name[start:] for start in starts[:MOST_PIECES]]
    return IN_PIECES if _is_in_pieces(word, rests) else None


def _is_in_pieces(word: str, rests: Sequence[str]) -> bool:
    """Return whether the word consists of beginnings of these, in their order."""
    if not word:
        return True
    if not rests:
        return False
    most = next(n for n in range(len(word), -1, -1) if rests[0].startswith(word[:n]))
    return any(_is_in_pieces(word[taken:], rests[1:]) for taken in range(most, -1, -1))
