"""Finds the keywords, strings, numbers, names and comments in a piece of code.

It works line by line, so that the caller can do something else in between. The file's name selects
the lexer. Source: architecture.md "Highlighting and diffs" (about 120 ms for 2,000 lines).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:  # no window waits for it, see `prepare`
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

LINES_LIMIT = 1000
CHARACTERS_LIMIT = 40_000  # a hostile snippet may have few, long lines


class Syntax(Enum):
    """The kind of a part of code; the value is the name of its ink among the code colours."""

    KEYWORD = "keyword"
    STRING = "string"
    NUMBER = "number"
    NAME = "name"
    COMMENT = "comment"


class Span(Struct, frozen=True):
    """A part of one line, from `start` up to but without `end`."""

    start: int
    end: int
    syntax: Syntax


_KINDS = {  # by the name of the token type
    "Token.Comment": Syntax.COMMENT,
    "Token.Literal.String": Syntax.STRING,
    "Token.Literal.Number": Syntax.NUMBER,
    "Token.Keyword": Syntax.KEYWORD,
    "Token.Operator.Word": Syntax.KEYWORD,
    "Token.Name.Function": Syntax.NAME,
    "Token.Name.Class": Syntax.NAME,
    "Token.Name.Decorator": Syntax.NAME,
    "Token.Name.Builtin": Syntax.NAME,
    "Token.Name.Tag": Syntax.NAME,
    "Token.Name.Attribute": Syntax.NAME,
    "Token.Name.Namespace": Syntax.NAME,
}


def highlight(lines: Sequence[str], file_name: str) -> Iterator[tuple[Span, ...]]:
    """Yield the spans of one line after the other.

    Yield nothing if the language is unknown or the code too long.
    """
    lexer = _lexer(file_name.rpartition("/")[2])
    if lexer is None or len(lines) > LINES_LIMIT:
        return
    code = "\n".join(lines)
    if len(code) > CHARACTERS_LIMIT:
        return
    found: list[Span] = []
    column = 0
    called: Span | None = None  # names and dots up to here: a call if a bracket follows
    for token, text in lexer.get_tokens(code):
        syntax = _syntax(token)
        if called and text.startswith("("):
            found.append(called)
        called = _chain(called, token, text, column)
        for index, part in enumerate(text.split("\n")):
            if index:
                yield tuple(found)
                found, column = [], 0
            if syntax and part:
                found.append(Span(column, column + len(part), syntax))
            column += len(part)
    yield tuple(found)


def prepare() -> None:
    """Do the setup for the first highlighting, in any thread; it takes some 60 ms."""
    list(highlight(("prepared = True",), "prepared.py"))


def _chain(before: Span | None, token: _TokenType, text: str, column: int) -> Span | None:
    """Return a chain of names, such as `db.cursor`, extended by a token; None if it ends."""
    is_part = _is_plain_name(token)
    if not is_part and not (before and text == "."):
        return None
    return Span(before.start if before else column, column + len(text), Syntax.NAME)


@lru_cache(maxsize=64)
def _lexer(file_name: str) -> Lexer | None:
    from pygments.lexers import get_lexer_for_filename  # noqa: PLC0415 - see above
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_for_filename(file_name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=256)
def _syntax(token: _TokenType) -> Syntax | None:
    name = f"{token}."
    return next((syntax for kind, syntax in _KINDS.items() if name.startswith(f"{kind}.")), None)


@lru_cache(maxsize=256)
def _is_plain_name(token: _TokenType) -> bool:
    return token[:1] == ("Name",) and _syntax(token) is None
