"""The filter language: `sev>=high -status:dismissed file:*.py cwe:89 "sql injection"`.

A text is a row of terms and each must hold; commas inside a term mean "or", a minus in front means
"not". A term without a field is looked for in title, path, CWE, fingerprint and id. Chips and menus
write in the same language, so the field always tells what is filtered.

Repeats, which a retry found again under another id, stay folded unless a term is about them:
`is:repeat` asks for them only, `show:repeats` lets them stand beside the others.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TypeVar

from heimdall_desktop.domain.filters import (
    ALL_ROWS,
    ALL_SEVERITIES,
    ALL_SOURCES,
    ALL_STATUSES,
    ALL_VERDICTS,
    FOLDED,
    ONLY_REPEATS,
    Filter,
    Pattern,
    Place,
)
from heimdall_desktop.domain.finding import FindingStatus, Severity, Source, Verdict

AnyWord = Severity | FindingStatus | Source | Verdict
Word = TypeVar("Word", Severity, FindingStatus, Source, Verdict)

FIELDS: dict[str, frozenset[AnyWord] | None] = {
    "sev": frozenset(ALL_SEVERITIES),
    "status": frozenset(ALL_STATUSES),
    "source": frozenset(ALL_SOURCES),
    "is": frozenset(ALL_VERDICTS - {Verdict.OTHER}),
    "file": None,
    "cwe": None,
    "show": None,
}
REPEAT = "repeat"
SHOW_REPEATS = "show:repeats"
_SYNONYMS = {"severity": "sev", "verdict": "is", "path": "file"}
_TERM = re.compile(
    r"""(?=\S)(?P<minus>-)?(?:(?P<field>[A-Za-z_]+)(?P<operator>>=|<=|>|<|:|=))?
    (?P<value>(?:"[^"]*"?|[^\s"])*)""",
    re.VERBOSE,
)


class FilterError(ValueError):
    """A mistake in a filter.

    Attributes:
        position, length: where it stands in the text, in characters.
        message: what is wrong and, where we can guess, what was meant.
    """

    def __init__(self, position: int, length: int, message: str) -> None:
        super().__init__(message)
        self.position = position
        self.length = length
        self.message = message


@dataclass(frozen=True, slots=True)
class Term:
    """One term and its place; `field` is "" where only a value was typed."""

    position: int
    text: str
    is_excluded: bool
    field: str
    operator: str
    value: str

    @property
    def known_field(self) -> str:
        """The field under its one name."""
        field = self.field.lower()
        return _SYNONYMS.get(field, field)

    @property
    def is_about_repeats(self) -> bool:
        """Whether it says what shall become of repeats."""
        is_named = any(_is_repeat(value) for value in self.values)
        return self.known_field == "show" or (self.known_field == "is" and is_named)

    @property
    def values(self) -> tuple[str, ...]:
        """What commas separate outside quotes, without the quotes."""
        parts = re.findall(r'(?:"[^"]*"?|[^,"])+', self.value)
        return tuple(part.replace('"', "") for part in parts if part.strip('" '))


def terms_of(text: str) -> Iterator[Term]:
    """Yield the terms of a text in order; never fails."""
    for found in _TERM.finditer(text):
        minus, field, operator, value = found.groups(default="")
        yield Term(found.start(), found[0], bool(minus), field, operator, value)


def parse_filter(text: str) -> Filter:
    """Return what a text asks for, with no scope.

    Raises:
        FilterError: a term names no known field or word.
    """
    terms = tuple(terms_of(text))
    is_about_repeats = any(term.is_about_repeats for term in terms)
    wanted = Filter(repeats=ALL_ROWS) if is_about_repeats else Filter()
    for term in terms:
        wanted = _narrowed(wanted, term)
    return wanted


def has_field(text: str, field: str) -> bool:
    """Whether a text asks for something by this field."""
    return any(term.known_field == field for term in terms_of(text))


def with_words(text: str, field: str, words: Iterable[AnyWord]) -> str:
    """Return a text that asks by one field for these words only, in the shortest spelling.

    All words, or none, mean that the field is not asked for any more. The other terms stay.
    """
    kept = [
        term.text for term in terms_of(text) if term.known_field != field or term.is_about_repeats
    ]
    return " ".join([*kept, *_spelling(field, frozenset(words))])


def with_repeats(text: str, *, are_shown: bool) -> str:
    """Return a text that lets repeats stand beside the others, or folds them; the rest stays."""
    kept = [term.text for term in terms_of(text) if not term.is_about_repeats]
    return " ".join([*kept, SHOW_REPEATS] if are_shown else kept)


def _spelling(field: str, words: frozenset[AnyWord]) -> list[str]:
    known = FIELDS[field] or frozenset()
    if not words or words == known:
        return []
    if field == "sev":
        ranks = sorted(word.rank for word in words if isinstance(word, Severity))
        if len(ranks) > 1 and ranks == list(range(len(ranks))):
            return [f"sev>={tuple(Severity)[ranks[-1]].value}"]
    left_out = known - words
    if len(left_out) < len(words) and field != "sev":
        return [f"-{field}:{_joined(left_out)}"]
    return [f"{field}:{_joined(words)}"]


def _joined(words: Iterable[AnyWord]) -> str:
    order: list[AnyWord] = [*Severity, *FindingStatus, *Source, *Verdict]
    return ",".join(str(word.value) for word in sorted(words, key=order.index))


def _narrowed(wanted: Filter, term: Term) -> Filter:
    match term.known_field:
        case "sev":
            words = _severities(term)
            return replace(wanted, severities=wanted.severities & words)
        case "status":
            return replace(wanted, statuses=wanted.statuses & _words(term, FindingStatus))
        case "source":
            return replace(wanted, sources=wanted.sources & _words(term, Source))
        case "is" if term.is_about_repeats:
            return _with_repeats(wanted, term, ONLY_REPEATS)
        case "is":
            return replace(wanted, verdicts=wanted.verdicts & _words(term, Verdict))
        case "show":
            return _with_repeats(wanted, term, ALL_ROWS)
        case "":
            return _with_pattern(wanted, term, Place.ANYWHERE)
        case "file":
            return _with_pattern(wanted, term, Place.FILE)
        case "cwe":
            return _with_pattern(wanted, term, Place.CWE)
        case _:
            raise _unknown_field(term)


def _with_pattern(wanted: Filter, term: Term, place: Place) -> Filter:
    if place is Place.ANYWHERE:
        values: tuple[str, ...] = (term.value.replace('"', ""),) if term.value.strip('"') else ()
        if not values:
            return wanted
    else:
        _check_operator(term)
        values = _some_values(term)
    if place is Place.CWE:
        values = tuple(_cwe_number(term, value) for value in values)
    return replace(wanted, patterns=(*wanted.patterns, Pattern(place, values, term.is_excluded)))


def _with_repeats(wanted: Filter, term: Term, passing: frozenset[bool]) -> Filter:
    _check_operator(term)
    values = _some_values(term)
    others = [value for value in values if not _is_repeat(value)]
    if others and term.known_field == "show":
        raise _error(term, f"{others[0]} cannot be shown. Did you mean {SHOW_REPEATS}?")
    if others:
        raise _error(term, f"{REPEAT} stands alone. Write is:{REPEAT} is:{others[0]}.")
    return replace(wanted, repeats=wanted.repeats & (FOLDED if term.is_excluded else passing))


def _is_repeat(value: str) -> bool:
    return value.strip().lower() in (REPEAT, f"{REPEAT}s")


def _cwe_number(term: Term, value: str) -> str:
    found = re.fullmatch(r"(?:cwe-?)?([0-9]{1,6})", value, re.IGNORECASE)
    if not found:
        raise _error(term, f"{value} is no CWE number. Write cwe:89.")
    return found[1]


def _severities(term: Term) -> frozenset[Severity]:
    if term.operator in (":", "="):
        return _words(term, Severity)
    values = _some_values(term)
    if len(values) > 1:
        raise _error(term, f"{term.operator} takes one severity. Write sev{term.operator}high.")
    bound = _word(term, Severity, values[0]).rank
    tests: dict[str, Callable[[int], bool]] = {
        ">=": lambda rank: rank <= bound,
        ">": lambda rank: rank < bound,
        "<=": lambda rank: rank >= bound,
        "<": lambda rank: rank > bound,
    }
    passing = frozenset(word for word in Severity if tests[term.operator](word.rank))
    return ALL_SEVERITIES - passing if term.is_excluded else passing


def _words(term: Term, kind: type[Word]) -> frozenset[Word]:
    _check_operator(term)
    named = frozenset(_word(term, kind, value) for value in _some_values(term))
    return frozenset(kind) - named if term.is_excluded else named


def _word(term: Term, kind: type[Word], value: str) -> Word:
    wanted = value.strip().lower().replace("-", "_").replace(" ", "_")
    known = {str(word.value): word for word in kind}
    if wanted not in known:
        field = term.known_field
        words: list[str] = list(known)
        if field == "is":
            words.append(REPEAT)
        guess = get_close_matches(wanted, words, 1) or words[:1]
        raise _error(term, f"{value} is not a {_KINDS[field]}. Did you mean {field}:{guess[0]}?")
    return known[wanted]


_KINDS = {"sev": "severity", "status": "status", "source": "source", "is": "verdict"}


def _some_values(term: Term) -> tuple[str, ...]:
    if not term.values:
        raise _error(term, f"A value is missing after {term.field}{term.operator}")
    return term.values


def _check_operator(term: Term) -> None:
    if term.operator not in (":", "="):
        raise _error(term, f"{term.field} is not ordered. Write {term.known_field}:{term.value}")


def _unknown_field(term: Term) -> FilterError:
    message = f"{term.field} is not a field."
    guess = get_close_matches(term.field.lower(), [*FIELDS, *_SYNONYMS], 1)
    if guess:
        return _error(term, f"{message} Did you mean {guess[0]}{term.operator}{term.value}?")
    return _error(term, f'{message} Put "{term.text}" in quotes to look for it as a text.')


def _error(term: Term, message: str) -> FilterError:
    return FilterError(term.position, len(term.text), message)
