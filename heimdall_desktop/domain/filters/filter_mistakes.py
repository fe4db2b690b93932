"""Mistakes in a filter: where each stands, what is wrong, and what was probably meant."""

from collections.abc import Sequence
from difflib import get_close_matches

from heimdall_desktop.domain.filters.filter_terms import SYNONYMS, Term, Value
from heimdall_desktop.domain.words.i18n import tr


class FilterError(ValueError):
    """A mistake in a filter.

    Attributes:
        position, length: where it stands in the text, in characters; never empty.
        message: what is wrong and, where we can guess, what was meant.
        remedy: what to put at its place, "" where we can't guess.
        is_unfinished: a value is only missing yet, or the rest of one, so it is no mistake while
            somebody types.
    """

    def __init__(
        self,
        position: int,
        length: int,
        message: str,
        remedy: str = "",
        *,
        is_unfinished: bool = False,
    ) -> None:
        super().__init__(message)
        self.position = position
        self.length = length
        self.message = message
        self.remedy = remedy
        self.is_unfinished = is_unfinished


def some_values(term: Term) -> tuple[Value, ...]:
    """Return the values of a term.

    Raises:
        FilterError: there is none yet.
    """
    if not term.values:
        message = tr("A value is missing after {head}")
        message = message.format(head=f"{term.field}{term.operator}")
        raise FilterError(term.position, len(term.text), message, is_unfinished=True)
    return term.values


def check_operator(term: Term) -> None:
    """Refuse operators that only an order makes sense of.

    Raises:
        FilterError: it is one of them.
    """
    if term.operator in ("<", ">", "<=", ">="):
        raise not_ordered(term)


def not_ordered(term: Term) -> FilterError:
    """A field that knows no more and no less."""
    remedy = f"{term.known_field}:{term.value}"
    message = tr("{field} is not ordered. Write {example}")
    return mistaken(term, message.format(field=term.field, example=remedy), remedy)


def unknown_field(term: Term, fields: Sequence[str]) -> FilterError:
    """A field that is none of those there are."""
    guess = next(iter(get_close_matches(term.field.lower(), [*fields, *SYNONYMS], 1)), "")
    if guess:
        minus = "-" if term.has_minus else ""
        remedy = f"{guess}{term.operator}{term.value}"
        message = tr("{field} is not a field. Did you mean {guess}?")
        return mistaken(term, message.format(field=term.field, guess=remedy), f"{minus}{remedy}")
    message = tr('{field} is not a field. Put "{text}" in quotes to look for it as a text.')
    quoted = '"' + term.text.replace('"', "") + '"'
    return mistaken(term, message.format(field=term.field, text=term.text), quoted)


def no_connective(term: Term) -> FilterError:
    """An "or", or parentheses."""
    if term.value.startswith("("):
        message = tr('There are no parentheses. Put "{text}" in quotes to look for it as a text.')
        return mistaken(term, message.format(text=term.text))
    message = tr(
        "There is no {text} between terms: each must hold, commas mean or, a minus means not. "
        'Put "{text}" in quotes to look for it as a text.'
    )
    return mistaken(term, message.format(text=term.value), f'"{term.value}"')


def mistaken(term: Term, message: str, remedy: str = "") -> FilterError:
    """A mistake of which the whole term is the place."""
    return FilterError(term.position, len(term.text), message, remedy)


def no_line(value: Value) -> FilterError:
    """A value that names no lines."""
    message = tr("{value} is no line. Write line:88, line:80-92 or line>=80.")
    return FilterError(value.position, value.length, message.format(value=value.text))
