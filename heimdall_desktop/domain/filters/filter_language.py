"""The filter language: `sev>=high -status:dismissed file:*.py cwe:89 "sql injection"`.

    filter    = { term }                      each term must hold
    term      = [ "-" ] [ field operator ] value { "," value }
    operator  = ":" | "=" | "!=" | ">=" | ">" | "<=" | "<"
    value     = word | '"' any text but quotes '"'

Commas mean "or", a minus in front or "!=" means "not". Only severity, confidence and line are
ordered and take the other operators. A term without a field is searched in title, path, CWE,
fingerprint and id. Words of closed sets may be shortened if they stay unambiguous: `sev:crit`.
Fields and words are case-insensitive. `presentation/filters/filter_text.py` lists the values of
each field; the window shows the same list.

There is no "or" between terms, and there are no parentheses: chips and menus can mirror and write a
row of terms, and a user reads it at a glance. Commas and minus cover nearly all uses of a tree. A
user who still writes "or" gets an error that says so.

Chips and menus write in the same language (`filter_writing`), so the field always shows what is
filtered. Repeats, which a retry found again under another id, stay folded unless a term is about
them: `is:repeat` shows only them, `show:repeats` shows them beside the others. A withdrawn finding
no longer has a severity, so `sev:` leaves it out; only beside a term that lets nothing else pass,
such as `is:withdrawn`, is it found by its earlier severity. `change:` filters by what has happened
to a finding since an earlier scan; if a scan is not compared with one, none of its findings match.
Snoozed findings are hidden unless a term is about them: `is:snoozed`.
"""

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import TypeVar

from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    FindingStatus,
    Severity,
    Source,
    Verdict,
)
from heimdall_desktop.domain.filters.filter import (
    ALL_ROWS,
    EITHER,
    FOLDED,
    NONE_OF_THEM,
    ONLY,
    ONLY_REPEATS,
    Filter,
    FindingStage,
    Pattern,
)
from heimdall_desktop.domain.filters.filter_mistakes import (
    Mistake,
    check_operator,
    mistaken,
    no_connective,
    not_ordered,
    some_values,
    unknown_field,
    wrong_value,
)
from heimdall_desktop.domain.filters.filter_terms import (
    CHANGES,
    NEW,
    PARTS,
    REPEAT,
    SNOOZED,
    STATES,
    Place,
    Term,
    Value,
    is_moment,
    is_span,
    is_word,
    line_range,
    terms_of,
)

AnyWord = Severity | FindingStatus | Confidence | Source | Verdict | FindingStage
Word = TypeVar("Word", Severity, FindingStatus, Confidence, Source, Verdict, FindingStage)

SHOW_REPEATS = "show:repeats"
CONNECTIVES = {"or", "and", "not", "||", "&&", "|", "&", "!"}
FIELDS = (
    *("sev", "status", "is", "has", "file", "cwe", "title", "desc", "source", "stage", "conf"),
    *("scan", "new", "since", "change", "line", "fp", "id", "show"),
)
_PLACES = {place.value: place for place in Place}
_SHORT = {"deps": "dependencies", "fp": "false_positive", "taint": "taint_analysis"}


def parse_filter(text: str) -> Filter:
    """Return the filter of a text, with no scope and under no circumstances.

    Raises:
        FilterError: a term names no known field or word.
    """
    terms = tuple(terms_of(text))
    is_about_repeats = any(term.is_about_repeats for term in terms)
    wanted = Filter(repeats=ALL_ROWS) if is_about_repeats else Filter()
    if any(term.is_about_snoozes for term in terms):
        wanted = replace(wanted, snoozed=EITHER)
    for term in terms:
        wanted = _narrowed(wanted, term)
    return wanted


def _narrowed(wanted: Filter, term: Term) -> Filter:
    match term.known_field:
        case "sev":
            return replace(wanted, severities=wanted.severities & _words(term, Severity))
        case "conf":
            return replace(wanted, confidences=wanted.confidences & _words(term, Confidence))
        case "status":
            return replace(wanted, statuses=wanted.statuses & _words(term, FindingStatus))
        case "source":
            return replace(wanted, sources=wanted.sources & _words(term, Source))
        case "stage":
            return replace(wanted, stages=wanted.stages & _words(term, FindingStage))
        case "is":
            return _with_state(wanted, term)
        case "has":
            return _with_part(wanted, term)
        case "change":
            return _with_change(wanted, term)
        case "show":
            return _with_repeats(wanted, term, ALL_ROWS)
        case "":
            return _with_text(wanted, term)
        case field if field in READERS:
            return _with_pattern(wanted, term, _PLACES[field])
        case _:
            raise unknown_field(term, FIELDS)


# -- closed sets --


def _words(term: Term, kind: type[Word]) -> frozenset[Word]:
    if term.operator in ("<", ">", "<=", ">="):
        return _compared(term, kind)
    named = frozenset(_word(term, kind, value) for value in some_values(term))
    return frozenset(kind) - named if term.is_excluded else named


def _compared(term: Term, kind: type[Word]) -> frozenset[Word]:
    if term.known_field not in ("sev", "conf"):
        raise not_ordered(term)
    values = some_values(term)
    if len(values) > 1:
        raise mistaken(
            term,
            Mistake.ONE_VALUE,
            operator=term.operator,
            field=term.known_field,
            example=f"{term.known_field}{term.operator}{Severity.HIGH.value}",
        )
    words = list(kind)  # both are ordered from the highest down
    bound = words.index(_word(term, kind, values[0]))
    tests: dict[str, Callable[[int], bool]] = {
        ">=": lambda rank: rank <= bound,
        ">": lambda rank: rank < bound,
        "<=": lambda rank: rank >= bound,
        "<": lambda rank: rank > bound,
    }
    passing = frozenset(word for rank, word in enumerate(words) if tests[term.operator](rank))
    return frozenset(kind) - passing if term.is_excluded else passing


def _word(term: Term, kind: type[Word], value: Value) -> Word:
    known = {str(word.value): word for word in kind}
    return known[_known(term, value, list(known))]


def _known(term: Term, value: Value, words: Sequence[str], others: Sequence[str] = ()) -> str:
    """Return the word that is meant: by the whole word, its short name, or a unique beginning.

    Args:
        term: The term of the value.
        value: The typed value.
        words: The words that may be meant.
        others: Other words that may have been meant by a mistake.

    Raises:
        FilterError: none is meant, or more than one.
    """
    typed = value.text.strip().lower().replace("-", "_").replace(" ", "_")
    short = _SHORT.get(typed, typed)
    if short in words:
        return short
    begun = [word for word in words if typed and word.startswith(typed)]
    if len(begun) == 1:
        return begun[0]
    everything = [*words, *others]
    alike = get_close_matches(typed, everything, 1, 0.5)
    with_same_letter = [word for word in everything if typed[:1] == word[:1]]
    guesses = begun or alike or with_same_letter[:1] or everything[:1]
    head = f"{term.known_field}{term.operator}"
    raise wrong_value(
        value,
        Mistake.WORD_UNKNOWN,
        guesses[0],
        is_unfinished=len(begun) > 1,
        field=term.known_field,
        guesses=[f"{head}{guess}" for guess in guesses],
    )


# -- state and parts of a finding --


def _with_state(wanted: Filter, term: Term) -> Filter:
    check_operator(term)
    if term.is_about_repeats:
        return _with_repeats(wanted, term, ONLY_REPEATS)
    if term.is_about_news:
        _check_alone(term, NEW)
        return replace(wanted, news=wanted.news & (NONE_OF_THEM if term.is_excluded else ONLY))
    if term.is_about_snoozes:
        _check_alone(term, SNOOZED)
        passing = NONE_OF_THEM if term.is_excluded else ONLY
        return replace(wanted, snoozed=wanted.snoozed & passing)
    verdicts = [str(verdict.value) for verdict in Verdict]
    words = tuple(_state(term, value) for value in some_values(term))
    if all(word in verdicts for word in words):
        named = frozenset(Verdict(word) for word in words)
        fitting = frozenset(Verdict) - named if term.is_excluded else named
        return replace(wanted, verdicts=wanted.verdicts & fitting)
    pattern = Pattern(Place.IS, words, term.is_excluded)
    return replace(wanted, patterns=(*wanted.patterns, pattern))


def _state(term: Term, value: Value) -> str:
    return _known(term, value, list(STATES), (REPEAT, NEW, SNOOZED))


def _with_part(wanted: Filter, term: Term) -> Filter:
    check_operator(term)
    words = tuple(_part(term, value) for value in some_values(term))
    if words == ("fix",):
        return replace(wanted, fixes=wanted.fixes & (NONE_OF_THEM if term.is_excluded else ONLY))
    pattern = Pattern(Place.HAS, words, term.is_excluded)
    return replace(wanted, patterns=(*wanted.patterns, pattern))


def _part(term: Term, value: Value) -> str:
    singular = next((part for part in PARTS if is_word(value.text, part)), "")
    return singular or _known(term, value, list(PARTS))


def _with_change(wanted: Filter, term: Term) -> Filter:
    check_operator(term)
    words = tuple(_known(term, value, list(CHANGES)) for value in some_values(term))
    pattern = Pattern(Place.CHANGE, words, term.is_excluded)
    return replace(wanted, patterns=(*wanted.patterns, pattern))


def _with_repeats(wanted: Filter, term: Term, passing: frozenset[bool]) -> Filter:
    check_operator(term)
    some_values(term)
    if term.known_field == "show":
        for value in term.values:
            if not is_word(value.text, REPEAT):
                remedy = f"{REPEAT}s"
                raise wrong_value(
                    value,
                    Mistake.NOT_SHOWN,
                    remedy,
                    is_unfinished=remedy.startswith(value.text.lower()),
                    guess=SHOW_REPEATS,
                )
    else:
        _check_alone(term, REPEAT)
    return replace(wanted, repeats=wanted.repeats & (FOLDED if term.is_excluded else passing))


def _check_alone(term: Term, word: str) -> None:
    others = [value.text for value in term.values if not is_word(value.text, word)]
    if others:
        raise mistaken(term, Mistake.STANDS_ALONE, word=word, example=f"is:{word} is:{others[0]}")


# -- patterns --


def _with_text(wanted: Filter, term: Term) -> Filter:
    value = term.value
    if value.lower() in CONNECTIVES or (value.startswith("(") and not term.has_minus):
        raise no_connective(term)
    alternatives = tuple(value.text for value in term.values)
    if not alternatives:
        return wanted
    pattern = Pattern(Place.ANYWHERE, alternatives, term.is_excluded)
    return replace(wanted, patterns=(*wanted.patterns, pattern))


def _with_pattern(wanted: Filter, term: Term, place: Place) -> Filter:
    if place is not Place.LINE:
        check_operator(term)
    read = READERS[place.value]
    values = tuple(read(term, value) for value in some_values(term))
    pattern = Pattern(place, values, term.is_excluded)
    return replace(wanted, patterns=(*wanted.patterns, pattern))


def words_of(field: str) -> tuple[AnyWord, ...]:
    kinds: dict[str, Iterable[AnyWord]] = {
        "sev": Severity,
        "status": FindingStatus,
        "conf": Confidence,
        "source": Source,
        "is": (Verdict.UNVERIFIED, Verdict.CONFIRMED, Verdict.WITHDRAWN),
        "stage": FindingStage,
    }
    return tuple(kinds.get(field, ()))


# -- values of fields without a closed set of words --


_MOMENTS = ("14:00", "9:00", "2026-07-04", "yesterday")  # possible completions of a typed moment


def _text(_term: Term, value: Value) -> str:
    return value.text


def _cwe_number(_term: Term, value: Value) -> str:
    number = value.text.lower().removeprefix("cwe-").removeprefix("cwe")
    if not (number.isascii() and number.isdecimal() and len(number) <= 6):
        unfinished = "cwe-".startswith(value.text.lower())
        raise wrong_value(value, Mistake.NO_CWE, is_unfinished=unfinished)
    return number


def _lines(term: Term, value: Value) -> str:
    text = value.text.strip()
    if term.operator in ("<", ">", "<=", ">="):
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise wrong_value(value, Mistake.NO_LINE)
        number = int(text) + {">": 1, "<": -1}.get(term.operator, 0)
        text = f"{number}-" if term.operator in (">", ">=") else f"-{max(number, 0)}"
    if line_range(text) is None:
        raise wrong_value(value, Mistake.NO_LINE)
    return text


def _span(_term: Term, value: Value) -> str:
    text = value.text.strip().lower()
    if is_span(text):
        return text
    remedy = f"{text}m" if is_span(f"{text}m") else ""
    raise wrong_value(
        value,
        Mistake.NO_SPAN,
        remedy,
        is_unfinished=bool(remedy),
        example=f"new:{remedy}" if remedy else "",
    )


def _moment(_term: Term, value: Value) -> str:
    text = value.text.strip().lower()
    if is_moment(text) or is_span(text):
        return text
    unfinished = any(is_moment(text + example[len(text) :]) for example in _MOMENTS)
    raise wrong_value(value, Mistake.NO_MOMENT, is_unfinished=unfinished)


READERS: dict[str, Callable[[Term, Value], str]] = {
    "file": _text,
    "title": _text,
    "desc": _text,
    "fp": _text,
    "id": _text,
    "scan": _text,
    "cwe": _cwe_number,
    "line": _lines,
    "new": _span,
    "since": _moment,
}
