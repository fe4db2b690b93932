"""Cuts the text of a filter into terms and values, each with its place; never fails.

A term is an optional minus, an optional field with its operator, and values that commas separate.
Quotes keep blanks, commas and operators inside a value.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

SYNONYMS = {
    "severity": "sev",
    "confidence": "conf",
    "verdict": "is",
    "path": "file",
    "description": "desc",
    "fingerprint": "fp",
    "repo": "scan",
}
REPEAT, NEW, SNOOZED = "repeat", "new", "snoozed"
_TERM = re.compile(
    r"""(?=\S)(?P<minus>-)?(?:(?P<field>[A-Za-z_]+)(?P<operator>>=|<=|!=|>|<|:|=))?
    (?P<value>(?:"[^"]*"?|[^\s"])*)""",
    re.VERBOSE,
)
_VALUE = re.compile(r'(?:"[^"]*"?|[^,"])+')


class Value(Struct, frozen=True):
    """One of the values of a term, without its quotes, and where it stands in the whole text."""

    text: str
    position: int
    length: int


class Term(Struct, frozen=True):
    """One term and its place; `field` is "" where only a value was typed."""

    position: int
    text: str
    has_minus: bool
    field: str
    operator: str
    value: str

    @property
    def is_excluded(self) -> bool:
        """Whether what it names shall not be: by a minus, or by "!=", but not by both."""
        return self.has_minus is not (self.operator == "!=")

    @property
    def known_field(self) -> str:
        """The field under its one name."""
        field = self.field.lower()
        return SYNONYMS.get(field, field)

    @property
    def value_position(self) -> int:
        """Where its values begin in the whole text."""
        return self.position + len(self.text) - len(self.value)

    @property
    def values(self) -> tuple[Value, ...]:
        """What commas separate outside quotes, without the quotes; empty ones are left out."""
        begin = self.value_position
        found = ((part, part[0].replace('"', "")) for part in _VALUE.finditer(self.value))
        return tuple(
            Value(text, begin + part.start(), len(part[0])) for part, text in found if text.strip()
        )

    @property
    def is_about_repeats(self) -> bool:
        """Whether it says what shall become of repeats."""
        return self.known_field == "show" or self._names(REPEAT)

    @property
    def is_about_news(self) -> bool:
        """Whether it asks for what has not been looked at."""
        return self._names(NEW)

    @property
    def is_about_snoozes(self) -> bool:
        """Whether it says what shall become of what is snoozed."""
        return self._names(SNOOZED)

    @property
    def stands_apart(self) -> bool:
        """Whether it says more by its field than menus know, and stays when they write it again."""
        if self.known_field != "is":
            return self.known_field == "show"
        return any(not _is_verdict(value.text) for value in self.values)

    def _names(self, word: str) -> bool:
        return self.known_field == "is" and any(is_word(v.text, word) for v in self.values)


def _is_verdict(text: str) -> bool:
    typed = text.strip().lower()
    return any(word.startswith(typed) for word in ("unverified", "confirmed", "withdrawn"))


def is_word(text: str, word: str) -> bool:
    """Whether a value is this word, in the singular or the plural."""
    return text.strip().lower() in (word, f"{word}s")


def terms_of(text: str) -> Iterator[Term]:
    """Yield the terms of a text in order."""
    for found in _TERM.finditer(text):
        minus, field, operator, value = found.groups(default="")
        yield Term(found.start(), found[0], bool(minus), field, operator, value)
