"""Reads the values of fields whose words are no closed set: texts, numbers, lines, moments."""

from collections.abc import Callable

from heimdall_desktop.domain.filters.filter_mistakes import FilterError, no_line
from heimdall_desktop.domain.filters.filter_moments import is_moment, is_span
from heimdall_desktop.domain.filters.filter_terms import Term, Value
from heimdall_desktop.domain.filters.filter_tests import line_range
from heimdall_desktop.domain.words.i18n import tr

_MOMENTS = ("14:00", "9:00", "2026-07-04", "yesterday")  # what one that is typed may become


def _text(_term: Term, value: Value) -> str:
    return value.text


def _cwe_number(_term: Term, value: Value) -> str:
    number = value.text.lower().removeprefix("cwe-").removeprefix("cwe")
    if not (number.isascii() and number.isdecimal() and len(number) <= 6):
        message = tr("{value} is no CWE number. Write cwe:89.").format(value=value.text)
        unfinished = "cwe-".startswith(value.text.lower())
        raise FilterError(value.position, value.length, message, is_unfinished=unfinished)
    return number


def _lines(term: Term, value: Value) -> str:
    text = value.text.strip()
    if term.operator in ("<", ">", "<=", ">="):
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise no_line(value)
        number = int(text) + {">": 1, "<": -1}.get(term.operator, 0)
        text = f"{number}-" if term.operator in (">", ">=") else f"-{max(number, 0)}"
    if line_range(text) is None:
        raise no_line(value)
    return text


def _span(_term: Term, value: Value) -> str:
    text = value.text.strip().lower()
    if is_span(text):
        return text
    remedy = f"{text}m" if is_span(f"{text}m") else ""
    example = f"new:{remedy}" if remedy else tr("new:10m, new:2h or new:1d")
    message = tr("{value} is no span of time. Write {example}.")
    raise FilterError(
        value.position,
        value.length,
        message.format(value=value.text, example=example),
        remedy,
        is_unfinished=bool(remedy),
    )


def _moment(_term: Term, value: Value) -> str:
    text = value.text.strip().lower()
    if is_moment(text) or is_span(text):
        return text
    message = tr("{value} is no moment. Write since:14:00, since:2026-07-04 or since:yesterday.")
    message = message.format(value=value.text)
    unfinished = any(is_moment(text + example[len(text) :]) for example in _MOMENTS)
    raise FilterError(value.position, value.length, message, is_unfinished=unfinished)


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
