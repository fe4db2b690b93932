"""Mistakes in a filter: where each is, what is wrong, and what was probably meant.

Their texts are in `presentation/filters/filter_text.py`.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from enum import Enum, auto
from typing import Any

from heimdall_desktop.domain.filters.filter_terms import SYNONYMS, Term, Value


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
    """A mistake in a filter.

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
        position: int,
        length: int,
        mistake: Mistake,
        remedy: str = "",
        *,
        is_unfinished: bool = False,
        **facts: Any,
    ) -> None:
        super().__init__(mistake)
        self.position = position
        self.length = length
        self.mistake = mistake
        self.remedy = remedy
        self.is_unfinished = is_unfinished
        self.facts = facts


def some_values(term: Term) -> tuple[Value, ...]:
    """Return the values of a term.

    Raises:
        FilterError: there is none yet.
    """
    if not term.values:
        raise FilterError(
            term.position,
            len(term.text),
            Mistake.VALUE_MISSING,
            is_unfinished=True,
            head=f"{term.field}{term.operator}",
        )
    return term.values


def check_operator(term: Term) -> None:
    """Reject operators that need an order.

    Raises:
        FilterError: it is one of them.
    """
    if term.operator in ("<", ">", "<=", ">="):
        raise not_ordered(term)


def not_ordered(term: Term) -> FilterError:
    """Return the mistake of an order operator on a field without an order."""
    remedy = f"{term.known_field}:{term.value}"
    return mistaken(term, Mistake.NOT_ORDERED, remedy, field=term.field, example=remedy)


def unknown_field(term: Term, fields: Sequence[str]) -> FilterError:
    guess = next(iter(get_close_matches(term.field.lower(), [*fields, *SYNONYMS], 1)), "")
    if guess:
        guess = f"{guess}{term.operator}{term.value}"
        remedy = f"-{guess}" if term.has_minus else guess
    else:
        remedy = '"' + term.text.replace('"', "") + '"'
    facts = {"field": term.field, "guess": guess, "text": term.text}
    return mistaken(term, Mistake.FIELD_UNKNOWN, remedy, **facts)


def no_connective(term: Term) -> FilterError:
    if term.value.startswith("("):
        return mistaken(term, Mistake.NO_PARENTHESES, text=term.text)
    return mistaken(term, Mistake.NO_CONNECTIVE, f'"{term.value}"', text=term.value)


def mistaken(term: Term, mistake: Mistake, remedy: str = "", **facts: Any) -> FilterError:
    return FilterError(term.position, len(term.text), mistake, remedy, **facts)


def wrong_value(
    value: Value, mistake: Mistake, remedy: str = "", *, is_unfinished: bool = False, **facts: Any
) -> FilterError:
    facts["value"] = value.text
    place = (value.position, value.length)
    return FilterError(*place, mistake, remedy, is_unfinished=is_unfinished, **facts)
