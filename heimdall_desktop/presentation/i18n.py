"""Translation of every text on the screen.

The source contains the English text, which needs no file. `tr` marks a text where it is used,
`tr_noop` where it is only defined: in a table of words, as the value of an enumeration. Both are
found by `pyside6-lupdate`, which does not search f-strings, so variable parts use `str.format`.
This module does not depend on Qt; the program passes in Qt's translation at startup.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from string import Formatter

Translation = Callable[[str, str, int], str]
NO_NUMBER = -1  # what Qt takes for "no number"


def _english(text: str, _disambiguation: str, _number: int) -> str:
    return text


_translation: Translation = _english
_stays_english: ContextVar[bool] = ContextVar("stays_english", default=False)
_MOST = 2**31 - 1  # Qt chooses the form by a C int; the text shows the number as it is


def translate_with(translation: Translation | None) -> None:
    """Translate texts from now on; None for the English of the source.

    Args:
        translation: takes text, disambiguation and number (`NO_NUMBER` for none); returns the text
            itself if it has no translation.
    """
    global _translation  # noqa: PLW0603 - one language a process, as in Qt
    _translation = translation or _english
    _translated.cache_clear()


@contextmanager
def in_english() -> Iterator[None]:
    """Leave texts untranslated meanwhile: those of the command line, and of files for programs."""
    before = _stays_english.set(True)
    try:
        yield
    finally:
        _stays_english.reset(before)


@lru_cache(maxsize=4096)
def _translated(text: str, disambiguation: str) -> str:
    """Translate each text once, because table cells request their words at every painting."""
    return _translation(text, disambiguation, NO_NUMBER)


def tr(text: str, disambiguation: str = "", number: int = NO_NUMBER, *, one: str = "") -> str:
    """Return a text in the language of the user.

    Args:
        text: English, literal where it is called; with a number it is the plural form, with `%n`
            in place of the number: `tr("%n findings", "", count, one="%n finding")`.
        disambiguation: shows translators which of two meanings is meant.
        number: chooses the form, and replaces `%n` with separators between thousands.
        one: the English singular.
    """
    translation = _english if _stays_english.get() else _translation
    if number == NO_NUMBER:
        return text if translation is _english else _translated(text, disambiguation)
    words = translation(text, disambiguation, min(number, _MOST))
    if words == text and number == 1 and one:
        words = one
    return words.replace("%n", grouped(number))


def grouped(number: int) -> str:
    """Return a number as every text shows it, with thousands apart: "1 088".

    Source: behaviour.md 2.6.
    """
    return f"{number:,}".replace(",", "\u00a0")


def decimal(number: float) -> str:
    """Return a number with one decimal: "1.4", in German "1,4"."""
    whole, tenths = f"{number:.1f}".split(".")
    return tr("{whole}.{tenths}").format(whole=whole, tenths=tenths)


def filled(*forms: str, **facts: str) -> str:
    """Return the first of some translated forms of which all facts are known, with them filled in.

    This makes every combination a whole sentence: "Cancelled {at} in {stage}.", "Cancelled {at}.",
    "Cancelled.". The last form names no fact that may be "".
    """
    known = {name for name, fact in facts.items() if fact}
    names = ({name for _, name, _, _ in Formatter().parse(form) if name} for form in forms)
    form = next(form for form, wanted in zip(forms, names, strict=True) if wanted <= known)
    return form.format(**facts)


def both(words: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"; "" for nothing."""
    return _listed(words, tr("{first} and {last}"))


def either(words: Sequence[str]) -> str:
    """Return "a", "a or b" or "a, b or c"; "" for nothing."""
    return _listed(words, tr("{first} or {last}"))


def _listed(words: Sequence[str], pair: str) -> str:
    *first, last = words or [""]
    return pair.format(first=", ".join(first), last=last) if first else last


def tr_noop(text: str) -> str:
    """Mark a text that is translated where it is used, and return it as it is."""
    return text
