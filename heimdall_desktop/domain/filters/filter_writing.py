"""Write the filter language: the edits of chips and menus in a text, and a filter as a text."""

import json
from collections.abc import Iterable

from heimdall_desktop.domain.facts.finding import Verdict
from heimdall_desktop.domain.facts.seen import News
from heimdall_desktop.domain.filters import filter, filter_language
from heimdall_desktop.domain.filters.filter_terms import NEW, REPEAT, SNOOZED, Place, Term, terms_of

_ANY_CHARACTER = str.maketrans('"[', "??")  # no value can hold a quote, and a bracket is a wildcard


def has_field(text: str, field: str) -> bool:
    return any(term.known_field == field and not term.is_separate for term in terms_of(text))


def with_words(text: str, field: str, words: Iterable[filter_language.AnyWord]) -> str:
    """Return a text that limits one field to these words, in the shortest spelling.

    All words, or none, remove the field. The other terms stay.
    """
    kept = [term.text for term in terms_of(text) if term.known_field != field or term.is_separate]
    return " ".join([*kept, *_spelling(field, frozenset(words))])


def with_only(text: str, field: str, value: str) -> str:
    """Return a text that filters a field by one value alone, such as a file; the rest stays."""
    kept = [term.text for term in terms_of(text) if term.known_field != field]
    return " ".join([*kept, f"{field}:{quoted(value.translate(_ANY_CHARACTER))}"])


def with_repeats(text: str, *, are_shown: bool) -> str:
    """Return a text that shows repeats beside the others, or folds them; the rest stays."""
    kept = [term.text for term in terms_of(text) if not term.is_about_repeats]
    return " ".join([*kept, filter_language.SHOW_REPEATS] if are_shown else kept)


def has_term(text: str, wanted: str) -> bool:
    """Whether a text contains a term, in any case, such as "has:fix"."""
    (term,) = terms_of(wanted)
    return any(_same(term, other) for other in terms_of(text))


def without_or_with(text: str, wanted: str) -> str:
    """Return a text without a term if it has it, else with it; its opposite is removed too."""
    (term,) = terms_of(wanted)
    terms = tuple(terms_of(text))
    kept = [other.text for other in terms if not _same(term, other, is_opposite_same=True)]
    is_there = any(_same(term, other) for other in terms)
    return " ".join(kept if is_there else [*kept, wanted])


def filter_text(wanted: filter.Filter) -> str:
    terms: list[str] = []
    for field, closed in filter_language.CLOSED_FIELDS.items():
        words = filter_language.words_of(field)
        if field != "is" and closed.passing(wanted) != frozenset(words):
            spelling = _spelling(field, closed.passing(wanted))
            terms += spelling or _nothing(f"{field}:{words[0].value}")
    terms += _verdicts(wanted)
    for pattern in wanted.patterns:
        minus = "-" if pattern.is_excluded else ""
        field = f"{pattern.place.value}:" if pattern.place is not Place.ANYWHERE else ""
        terms.append(f"{minus}{field}{','.join(map(quoted, pattern.alternatives))}")
    terms += _flag("has:fix", wanted.fixes)
    terms += _news(wanted.news)
    if wanted.snoozed != filter.AWAKE:
        terms += _flag(f"is:{SNOOZED}", wanted.snoozed)
    if wanted.repeats == filter.ALL_ROWS:
        terms.append(filter_language.SHOW_REPEATS)
    elif wanted.repeats != filter.FOLDED:
        terms += _flag(f"is:{REPEAT}", wanted.repeats)
    return " ".join(terms)


def quoted(value: str) -> str:
    """Return a value as it must be written to be read as one."""
    is_plain = all(character.isalnum() or character in "_.*/?-" for character in value)
    is_sign = value.startswith("-") or value.lower() in filter_language.CONNECTIVES
    return value if value and is_plain and not is_sign else f'"{value}"'


def _same(term: Term, other: Term, *, is_opposite_same: bool = False) -> bool:
    values = [[value.text.lower() for value in each.values] for each in (term, other)]
    return (
        term.known_field == other.known_field
        and values[0] == values[1]
        and (is_opposite_same or term.is_excluded == other.is_excluded)
    )


def _spelling(field: str, words: frozenset[filter_language.AnyWord]) -> list[str]:
    known = frozenset(filter_language.words_of(field))
    if not words or words == known:
        return []
    if field in filter_language.ORDERED_FIELDS:
        highest = filter_language.words_of(field)[: len(words)]
        if len(words) > 1 and words == frozenset(highest):
            return [f"{field}>={highest[-1].value}"]
        return [f"{field}:{_joined(field, words)}"]
    left_out = known - words
    if len(left_out) < len(words):
        return [f"-{field}:{_joined(field, left_out)}"]
    return [f"{field}:{_joined(field, words)}"]


def _joined(field: str, words: Iterable[filter_language.AnyWord]) -> str:
    order = filter_language.words_of(field)
    return ",".join(str(word.value) for word in sorted(words, key=order.index))


def _verdicts(wanted: filter.Filter) -> Iterable[str]:
    if wanted.verdicts == filter.ALL_VERDICTS:
        return ()
    words = filter_language.words_of("is")
    if Verdict.OTHER in wanted.verdicts:  # only an exclusion lets it pass
        return (f"-is:{_joined('is', [word for word in words if word not in wanted.verdicts])}",)
    named = [word for word in words if word in wanted.verdicts]
    return (f"is:{_joined('is', named)}",) if named else _nothing("is:confirmed")


def _flag(term: str, passing: frozenset[bool]) -> Iterable[str]:
    if passing == filter.EITHER:
        return ()
    if not passing:
        return _nothing(term)
    return (term if True in passing else f"-{term}",)


def _news(passing: frozenset[News]) -> Iterable[str]:
    if passing == filter.ANY_NEWS:
        return ()
    for word, news in filter_language.NEWS.items():
        if passing == news:
            return (f"is:{word}",)
        if passing == filter.ANY_NEWS - news:
            return (f"-is:{word}",)
    return _nothing(f"is:{NEW}")


def _nothing(term: str) -> tuple[str, str]:
    return (term, f"-{term}")


# The recently used filters, the newest first, and the text that stores them.


MOST_REMEMBERED = 20
LONGEST = 500  # characters; a longer text was pasted by mistake


def read_recent(kept: str) -> list[str]:
    try:
        texts = json.loads(kept or "[]")
    except (ValueError, RecursionError):
        return []
    if not isinstance(texts, list):
        return []
    found = (text for text in texts if isinstance(text, str) and 0 < len(text.strip()) <= LONGEST)
    return list(found)[:MOST_REMEMBERED]


def with_recent(kept: str, used: str) -> str:
    """Return what is kept after a filter was used: it comes first, and only once."""
    texts, used = read_recent(kept), used.strip()
    if 0 < len(used) <= LONGEST:
        texts = [used, *(text for text in texts if text != used)][:MOST_REMEMBERED]
    return json.dumps(texts)
