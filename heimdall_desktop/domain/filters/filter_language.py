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
`proposed:` filters by the decisions of earlier scans that are proposed and not reviewed yet.
`reason:` filters by why a finding was dismissed or called a false positive: `reason:none` without a
reason, `reason:unknown` while its history has not been read. It matches no open finding.
`disagrees:` filters by two judgements that differ, such as a proof and a dismissal.
Snoozed findings are hidden unless a term is about them: `is:snoozed`. `is:new` and `is:changed` are
about what has happened since a finding was seen in this program, `is:unseen` about both.
"""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from enum import Enum, auto
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    Severity,
    Source,
    Verdict,
)
from heimdall_desktop.domain.filters import filter, filter_terms

# Mistakes in a filter: where each is, what is wrong, and what was probably meant.
# Their texts are in `presentation/filters/filter_text.py`.


class Mistake(Enum):
    """The kind of a mistake; each comment lists the names of its facts."""

    VALUE_MISSING = auto()  # head
    NOT_ORDERED = auto()  # field, example
    FIELD_UNKNOWN = auto()  # field, guess, text
    NO_PARENTHESES = auto()  # text
    NO_CONNECTIVE = auto()  # text
    NO_LINE = auto()  # value
    NO_CWE = auto()  # value
    NO_SPAN = auto()  # value, example
    NO_MOMENT = auto()  # value
    NOT_SHOWN = auto()  # value, guess
    STANDS_ALONE = auto()  # word, example
    ONE_VALUE = auto()  # operator, field, example
    WORD_UNKNOWN = auto()  # value, field, guesses


class FilterError(ValueError):
    """A mistake in a term of a filter, or in a value of one.

    Attributes:
        position, length: its place in the text, in characters; never empty.
        mistake: the kind of mistake.
        remedy: the text to put in its place, "" if we can't guess.
        is_unfinished: only a value or the rest of one is still missing, so it is no mistake during
            typing.
        facts: the typed text and the meant text, by the names listed with each `Mistake`.
    """

    def __init__(
        self,
        part: filter_terms.Term | filter_terms.Value,
        mistake: Mistake,
        remedy: str = "",
        *,
        is_unfinished: bool = False,
        **facts: Any,
    ) -> None:
        super().__init__(mistake)
        self.mistake, self.remedy, self.is_unfinished = mistake, remedy, is_unfinished
        self.position, self.length, self.facts = part.position, len(part.text), facts
        if isinstance(part, filter_terms.Value):
            self.length = part.length
            facts["value"] = part.text


def some_values(term: filter_terms.Term) -> tuple[filter_terms.Value, ...]:
    """Return the values of a term.

    Raises:
        FilterError: there is none yet.
    """
    if not term.values:
        head = f"{term.field}{term.operator}"
        raise FilterError(term, Mistake.VALUE_MISSING, is_unfinished=True, head=head)
    return term.values


def not_ordered(term: filter_terms.Term) -> FilterError:
    remedy = f"{term.known_field}:{term.value}"
    return FilterError(term, Mistake.NOT_ORDERED, remedy, field=term.field, example=remedy)


def unknown_field(term: filter_terms.Term) -> FilterError:
    known = [*FIELDS, *filter_terms.SYNONYMS]
    guess = next(iter(get_close_matches(term.field.lower(), known, 1)), "")
    if guess:
        guess = f"{guess}{term.operator}{term.value}"
        remedy = f"-{guess}" if term.has_minus else guess
    else:
        remedy = '"' + term.text.replace('"', "") + '"'
    facts: dict[str, Any] = {"field": term.field, "guess": guess, "text": term.text}
    return FilterError(term, Mistake.FIELD_UNKNOWN, remedy, **facts)


AnyWord = Severity | FindingStatus | Confidence | Source | Verdict | filter.FindingStage


class ClosedField(Struct, frozen=True):
    """A field of the language with known words.

    Attributes:
        name: the field of a filter that holds the words that pass.
        kind: all words that a finding may have.
        word_of: the word a finding has; None if that is unknown.
    """

    name: str
    kind: type[Enum]
    word_of: Callable[[Finding], AnyWord | None]

    def passing(self, wanted: filter.Filter) -> frozenset[AnyWord]:
        return frozenset(getattr(wanted, self.name))

    def widened(self, wanted: filter.Filter) -> filter.Filter:
        return self.limited(wanted, frozenset(self.kind))

    def limited(self, wanted: filter.Filter, words: frozenset[Enum]) -> filter.Filter:
        condition: dict[str, Any] = {self.name: words}
        return replace(wanted, **condition)


CLOSED_FIELDS = {
    "sev": ClosedField("severities", Severity, attrgetter("counts_as")),
    "status": ClosedField("statuses", FindingStatus, attrgetter("status")),
    "conf": ClosedField("confidences", Confidence, attrgetter("confidence")),
    "source": ClosedField("sources", Source, attrgetter("source")),
    "stage": ClosedField(
        "stages",
        filter.FindingStage,
        lambda finding: (
            filter.FindingStage(finding.stage) if finding.stage in filter.FINDING_STAGES else None
        ),
    ),
    "is": ClosedField("verdicts", Verdict, attrgetter("verdict")),
}
ORDERED_FIELDS = ("sev", "conf")


def words_of(field: str) -> tuple[AnyWord, ...]:
    if field == "is":
        return (Verdict.UNVERIFIED, Verdict.CONFIRMED, Verdict.WITHDRAWN)
    return tuple(CLOSED_FIELDS[field].kind) if field in CLOSED_FIELDS else ()


SHOW_REPEATS = "show:repeats"
CONNECTIVES = {"or", "and", "not", "||", "&&", "|", "&", "!"}
FIELDS = (
    *("sev", "status", "is", "has", "file", "cwe", "title", "desc", "source", "stage", "conf"),
    *("scan", "new", "since", "change", "proposed", "reason", "disagrees"),
    *("line", "fp", "id", "show"),
)
_ORDER_OPERATORS = ("<", ">", "<=", ">=")
_SHORT = {"deps": "dependencies", "fp": "false_positive", "taint": "taint_analysis"}


def parse_filter(text: str) -> filter.Filter:
    """Return the filter of a text, with no scope and under no circumstances.

    Raises:
        FilterError: a term names no known field or word.
    """
    terms = tuple(filter_terms.terms_of(text))
    is_about_repeats = any(term.is_about_repeats for term in terms)
    wanted = filter.Filter(repeats=filter.ALL_ROWS) if is_about_repeats else filter.Filter()
    if any(term.names(filter_terms.SNOOZED) for term in terms):
        wanted = replace(wanted, snoozed=filter.EITHER)
    for term in terms:
        wanted = _narrowed(wanted, term)
    return wanted


def _narrowed(wanted: filter.Filter, term: filter_terms.Term) -> filter.Filter:
    field = term.known_field
    if field in CLOSED_FIELDS and field != "is":
        closed = CLOSED_FIELDS[field]
        return closed.limited(wanted, closed.passing(wanted) & _words(term, closed.kind))
    if field == "":
        value = term.value
        if value.lower() in CONNECTIVES or (value.startswith("(") and not term.has_minus):
            if value.startswith("("):
                raise FilterError(term, Mistake.NO_PARENTHESES, text=term.text)
            raise FilterError(term, Mistake.NO_CONNECTIVE, f'"{value}"', text=value)
        alternatives = tuple(value.text for value in term.values)
        return _with_pattern(wanted, term, filter_terms.Place.ANYWHERE, alternatives)
    if field not in ("is", "show") and field not in READERS:
        raise unknown_field(term)
    if field != "line" and term.operator in _ORDER_OPERATORS:
        raise not_ordered(term)
    if field == "is":
        return _with_state(wanted, term)
    if field == "show":
        return _with_repeats(wanted, term, filter.ALL_ROWS)
    words = tuple(READERS[field](term, value) for value in some_values(term))
    if field == "has" and words == ("fix",):
        return replace(
            wanted, fixes=wanted.fixes & (filter.NONE_OF_THEM if term.is_excluded else filter.ONLY)
        )
    return _with_pattern(wanted, term, filter_terms.Place(field), words)


def _with_pattern(
    wanted: filter.Filter,
    term: filter_terms.Term,
    place: filter_terms.Place,
    words: tuple[str, ...],
) -> filter.Filter:
    if not words:
        return wanted
    return replace(
        wanted, patterns=(*wanted.patterns, filter.Pattern(place, words, term.is_excluded))
    )


def _words(term: filter_terms.Term, kind: type[Enum]) -> frozenset[Enum]:
    """Return the words of a closed set that pass; severity and confidence also have an order.

    Raises:
        FilterError: a value is no word of the set, or its operator needs an order.
    """
    is_by_order = term.operator in _ORDER_OPERATORS
    if is_by_order and term.known_field not in ORDERED_FIELDS:
        raise not_ordered(term)
    values = some_values(term)
    if is_by_order and len(values) > 1:
        field, operator = term.known_field, term.operator
        example = f"{field}{operator}{Severity.HIGH.value}"
        raise FilterError(term, Mistake.ONE_VALUE, operator=operator, field=field, example=example)
    known = {str(word.value): word for word in kind}
    passing = frozenset(known[_known(term, value, list(known))] for value in values)
    if is_by_order:
        words = list(kind)  # from the highest down
        bound = words.index(next(iter(passing)))
        passing = frozenset(words[: bound + 1] if ">" in term.operator else words[bound:])
        if "=" not in term.operator:
            passing -= {words[bound]}
    return frozenset(kind) - passing if term.is_excluded else passing


def _known(
    term: filter_terms.Term,
    value: filter_terms.Value,
    words: Sequence[str],
    others: Sequence[str] = (),
) -> str:
    """Return the word that is meant: by the whole word, its short name, or a unique beginning.

    Raises:
        FilterError: none is meant, or more than one.
    """
    typed = value.text.strip().lower().replace("-", "_").replace(" ", "_")
    short, plain = _SHORT.get(typed, typed), {word.replace("-", "_"): word for word in words}
    if short in plain:
        return plain[short]
    begun = [word for word in plain.values() if typed and word.replace("-", "_").startswith(typed)]
    if len(begun) == 1:
        return begun[0]
    everything = [*words, *others]
    alike = get_close_matches(typed, everything, 1, 0.5)
    with_same_letter = [word for word in everything if typed[:1] == word[:1]]
    guesses = begun or alike or with_same_letter[:1] or everything[:1]
    raise FilterError(
        value,
        Mistake.WORD_UNKNOWN,
        guesses[0],
        is_unfinished=len(begun) > 1,
        field=term.known_field,
        guesses=[f"{term.known_field}{term.operator}{guess}" for guess in guesses],
    )


# -- state and parts of a finding --

NEWS = {
    filter_terms.NEW: filter.ONLY_NEW,
    filter_terms.CHANGED: filter.ONLY_CHANGED,
    filter_terms.UNSEEN: filter.UNSEEN,
}
"""The words of `is:` about what has happened since a finding was seen."""


def _with_state(wanted: filter.Filter, term: filter_terms.Term) -> filter.Filter:
    if term.is_about_repeats:
        return _with_repeats(wanted, term, filter.ONLY_REPEATS)
    passing = filter.NONE_OF_THEM if term.is_excluded else filter.ONLY
    for word, news in NEWS.items():
        if term.names(word):
            _check_alone(term, word)
            left = filter.ANY_NEWS - news if term.is_excluded else news
            return replace(wanted, news=wanted.news & left)
    if term.names(filter_terms.SNOOZED):
        _check_alone(term, filter_terms.SNOOZED)
        return replace(wanted, snoozed=wanted.snoozed & passing)
    verdicts = [str(verdict.value) for verdict in Verdict]
    others = (filter_terms.REPEAT, *NEWS, filter_terms.SNOOZED)
    words = tuple(
        _known(term, value, list(filter_terms.STATES), others) for value in some_values(term)
    )
    if all(word in verdicts for word in words):
        named = frozenset(Verdict(word) for word in words)
        fitting = frozenset(Verdict) - named if term.is_excluded else named
        return replace(wanted, verdicts=wanted.verdicts & fitting)
    return _with_pattern(wanted, term, filter_terms.Place.IS, words)


def _with_repeats(
    wanted: filter.Filter, term: filter_terms.Term, passing: frozenset[bool]
) -> filter.Filter:
    some_values(term)
    if term.known_field == "show":
        for value in term.values:
            if not filter_terms.is_word(value.text, filter_terms.REPEAT):
                remedy = f"{filter_terms.REPEAT}s"
                begins = remedy.startswith(value.text.lower())
                raise FilterError(
                    value, Mistake.NOT_SHOWN, remedy, is_unfinished=begins, guess=SHOW_REPEATS
                )
    else:
        _check_alone(term, filter_terms.REPEAT)
    return replace(
        wanted, repeats=wanted.repeats & (filter.FOLDED if term.is_excluded else passing)
    )


def _check_alone(term: filter_terms.Term, word: str) -> None:
    others = [value.text for value in term.values if not filter_terms.is_word(value.text, word)]
    if others:
        example = f"is:{word} is:{others[0]}"
        raise FilterError(term, Mistake.STANDS_ALONE, word=word, example=example)


# -- values of fields without a closed set of words --


_MOMENTS = ("14:00", "9:00", "2026-07-04", "yesterday")  # possible completions of a typed moment


def _text(_term: filter_terms.Term, value: filter_terms.Value) -> str:
    return value.text


def _part(term: filter_terms.Term, value: filter_terms.Value) -> str:
    """Return a part that a finding has, also written as plural."""
    parts = list(filter_terms.PARTS)
    singular = next((part for part in parts if filter_terms.is_word(value.text, part)), "")
    return singular or _known(term, value, parts)


def _cwe_number(_term: filter_terms.Term, value: filter_terms.Value) -> str:
    number = value.text.lower().removeprefix("cwe-").removeprefix("cwe")
    if not (number.isascii() and number.isdecimal() and len(number) <= 6):
        unfinished = "cwe-".startswith(value.text.lower())
        raise FilterError(value, Mistake.NO_CWE, is_unfinished=unfinished)
    return number


def _lines(term: filter_terms.Term, value: filter_terms.Value) -> str:
    text = value.text.strip()
    if term.operator in _ORDER_OPERATORS:
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise FilterError(value, Mistake.NO_LINE)
        number = int(text) + {">": 1, "<": -1}.get(term.operator, 0)
        text = f"{number}-" if term.operator in (">", ">=") else f"-{max(number, 0)}"
    if filter_terms.line_range(text) is None:
        raise FilterError(value, Mistake.NO_LINE)
    return text


def _span(_term: filter_terms.Term, value: filter_terms.Value) -> str:
    text = value.text.strip().lower()
    if filter_terms.is_span(text):
        return text
    remedy = f"{text}m" if filter_terms.is_span(f"{text}m") else ""
    example = f"new:{remedy}" if remedy else ""
    raise FilterError(value, Mistake.NO_SPAN, remedy, is_unfinished=bool(remedy), example=example)


def _moment(_term: filter_terms.Term, value: filter_terms.Value) -> str:
    text = value.text.strip().lower()
    if filter_terms.is_moment(text) or filter_terms.is_span(text):
        return text
    unfinished = any(filter_terms.is_moment(text + example[len(text) :]) for example in _MOMENTS)
    raise FilterError(value, Mistake.NO_MOMENT, is_unfinished=unfinished)


READERS: dict[str, Callable[[filter_terms.Term, filter_terms.Value], str]] = {
    "file": _text,
    "title": _text,
    "desc": _text,
    "fp": _text,
    "id": _text,
    "scan": _text,
    "has": _part,
    "change": lambda term, value: _known(term, value, list(filter_terms.CHANGES)),
    "proposed": lambda term, value: _known(term, value, list(filter_terms.PROPOSED)),
    "reason": lambda term, value: _known(term, value, list(filter_terms.REASONS)),
    "disagrees": lambda term, value: _known(term, value, filter_terms.DISAGREEMENTS),
    "cwe": _cwe_number,
    "line": _lines,
    "new": _span,
    "since": _moment,
}
