"""Finds commands by a few letters of their names, the likeliest first. Source: ux.md feature 35."""

import unicodedata
from collections.abc import Sequence

AT_START, AT_WORD, INSIDE, SCATTERED = 0, 2, 8, 20  # what each way of matching costs


def ranked(wanted: str, names: Sequence[str], recent: Sequence[int] = ()) -> list[int]:
    """Return the places of the names that match, best first.

    Each word of `wanted` has to be found: where the name begins, where one of its words begins,
    anywhere in it, or letter by letter from the beginning of a word on. Names that match equally
    well stay in their order, but for those used of late.

    Args:
        wanted: what somebody has typed.
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
    starts = _word_starts(name)
    if any(name.startswith(word, start) for start in starts):
        return AT_WORD
    if word in name:
        return INSIDE
    reaches = [reach for start in starts if (reach := _reach(word, name, start)) is not None]
    return SCATTERED + min(reaches) if reaches else None


def _word_starts(name: str) -> list[int]:
    return [
        place
        for place, letter in enumerate(name)
        if letter.isalnum() and (place == 0 or not name[place - 1].isalnum())
    ]


def _reach(word: str, name: str, start: int) -> int | None:
    """How many letters are passed over while those of `word` are found one after the other."""
    place = start - 1
    for letter in word:
        place = name.find(letter, place + 1)
        if place < 0:
            return None
    return place - start + 1 - len(word) if name[start] == word[0] else None
