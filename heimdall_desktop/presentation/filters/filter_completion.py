"""What may come next in a filter that is being typed: fields, words, and values of the rows.

Only the term at the cursor is looked at, and of its values the one the cursor stands in.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.filters.filter_language import FIELDS, words_of
from heimdall_desktop.domain.filters.filter_terms import (
    NEW,
    REPEAT,
    SNOOZED,
    SYNONYMS,
    Term,
    terms_of,
)
from heimdall_desktop.domain.filters.filter_tests import CHANGES, PARTS, STATES
from heimdall_desktop.domain.filters.filter_writing import quoted
from heimdall_desktop.presentation.filters.filter_text import note_of
from heimdall_desktop.presentation.i18n import tr

OFFERS_LIMIT = 12
_VALUE = re.compile(r"[^,]*\Z")
_SPANS = ("10m", "1h", "8h", "1d", "7d")
_MOMENTS = ("today", "yesterday")

ValueCounts = Mapping[str, Counter[str]]
"""How many findings have each value, by field."""


class Offer(Struct, frozen=True):
    """One thing that may come next.

    Attributes:
        text: what is put in.
        shown: the same as one harmless line.
        note: what it means, "" where it speaks for itself.
        count: how many findings have it; None where that is not counted.
    """

    text: str
    shown: str
    note: str = ""
    count: int | None = None


class Completion(Struct, frozen=True):
    """What may be put at a place of the text, the likeliest first."""

    start: int = 0
    end: int = 0
    offers: tuple[Offer, ...] = ()

    def applied(self, text: str, offer: Offer) -> tuple[str, int]:
        """Return the text with an offer put in, and where the cursor stands then."""
        put = offer.text
        is_open = put.endswith((":", ">=")) or text[self.end : self.end + 1] in (" ", ",")
        put = put if is_open else f"{put} "
        return text[: self.start] + put + text[self.end :], self.start + len(put)


def complete(text: str, cursor: int, counts: ValueCounts) -> Completion:
    """Return what may come next at the cursor of a text."""
    term = next(
        (t for t in terms_of(text) if t.position < cursor <= t.position + len(t.text)), None
    )
    if term is None:
        return Completion(cursor, cursor, tuple(_fields("")))
    if term.field and cursor >= term.value_position:
        return _values(text, term, cursor, counts)
    start = term.position + term.has_minus
    if term.field or text[start : start + 1] == '"':
        return Completion()
    return Completion(start, cursor, tuple(_fields(text[start:cursor])))


def recent_offers(texts: Iterable[str]) -> Completion:
    """Return filters of late to begin with."""
    return Completion(0, 0, tuple(Offer(text, one_line(text)) for text in texts))


def _fields(typed: str) -> Iterator[Offer]:
    wanted = typed.casefold()
    for field in FIELDS:
        names = [field, *(name for name, short in SYNONYMS.items() if short == field)]
        if any(name.startswith(wanted) for name in names):
            note = note_of(field)
            head = f"{field}>=" if field == "sev" else f"{field}:"
            yield Offer(head, head, tr(note.meaning) if note else "")


def _values(text: str, term: Term, cursor: int, counts: ValueCounts) -> Completion:
    before = text[term.value_position : cursor]
    if before.count('"') % 2:
        typed, start = before[before.rindex('"') + 1 :], term.value_position + before.rindex('"')
    else:
        found = _VALUE.search(before)
        typed = found[0] if found else ""
        start = cursor - len(typed)
    taken = {value.text.casefold() for value in term.values if value.position < start}
    offers = _offers(term.known_field, typed.casefold(), taken, counts)
    chosen = tuple(offer for offer in offers if offer.shown.casefold() != typed.casefold())
    return Completion(start, cursor, chosen)


def _offers(field: str, typed: str, taken: set[str], counts: ValueCounts) -> list[Offer]:
    counted = counts.get(field, Counter())
    words = [word for word in _words(field) if word not in taken]
    if words:
        fitting = [word for word in words if word.startswith(typed)]
        others = [word for word in words if typed in word and word not in fitting]
        return [
            Offer(word, word, count=counted[word] if field in counts else None)
            for word in (*fitting, *others)
        ]
    fitting_values = (pair for pair in counted.items() if typed in pair[0].casefold())
    best = nsmallest(OFFERS_LIMIT, fitting_values, key=lambda pair: _rank(pair, typed))
    return [
        Offer(quoted(value.replace('"', "")), one_line(value), count=count)
        for value, count in best
        if value.casefold() not in taken
    ]


def _rank(pair: tuple[str, int], typed: str) -> tuple[bool, int, str]:
    value, count = pair
    begins = value.casefold().startswith(typed)
    return (not begins, -count, value)


def _words(field: str) -> tuple[str, ...]:
    match field:
        case "is":
            return (*STATES, NEW, REPEAT, SNOOZED)
        case "has":
            return tuple(PARTS)
        case "change":
            return tuple(CHANGES)
        case "show":
            return (f"{REPEAT}s",)
        case "new":
            return _SPANS
        case "since":
            return _MOMENTS
        case _:
            return tuple(str(word.value) for word in words_of(field))
