"""Finds commands by a few letters of their names, the likeliest first. Source: ux.md feature 35."""

import unicodedata
from collections.abc import Sequence

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
