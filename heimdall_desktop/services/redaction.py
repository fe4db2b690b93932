"""Takes tokens and passwords out of text that is about to be written down."""

import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import quote, quote_plus

from heimdall_desktop.domain.facts.errors import HeimdallError

REDACTED: Final = "[redacted]"
SHORTEST_MASKED: Final = 8

_SECRETS: Final = re.compile(
    r"""
      (?P<kept>
        (?:proxy-)? authorization ["']? \s* [:=]\s*  |  # a header and the rest of its line
        (?:set-)? cookie ["']? \s* [:=]\s*
      ) [^\n]+
    | (?P<scheme> \b(?:bearer|basic)\s+ ) [^\s"',;]+
    | (?P<name> \b(?:\w*token|password|passwd|secret|heimdall_session)["']? \s* [:=]\s* ["']? )
      [^\s"'&,;})]+
    | (?P<userinfo> ://) [^\s/@]+ (?=@)                 # a password in an address
    | \b[0-9a-f]{64}\b                                  # a session token; heimdall-api.md 1
    """,
    re.IGNORECASE | re.VERBOSE,
)


class Redaction:
    """Knows what a secret looks like, and the secrets in use by their value."""

    def __init__(self) -> None:
        self._lasting: frozenset[str] = frozenset()  # replaced as a whole: any thread may log
        self._passing: frozenset[str] = frozenset()
        self._pattern: re.Pattern[str] | None = None

    def know(self, secret: str) -> None:
        """Redact this value wherever it stands from now on; there is no forgetting."""
        self._use(self._lasting | _spellings(secret), self._passing)

    @contextmanager
    def knowing(self, secret: str) -> Iterator[Callable[[str], str]]:
        """Redact this value wherever it stands while the block runs, and forget it then.

        After a defect in the block it stays known: what is told of that is written later.
        `masked` leaves it alone: it may be a word of any text.

        Yields:
            What takes it out of a text.
        """
        new = _spellings(secret) - self._passing
        self._use(self._lasting, self._passing | new)
        try:
            yield self.redact
        except HeimdallError:
            self._use(self._lasting, self._passing - new)
            raise
        self._use(self._lasting, self._passing - new)

    def _use(self, lasting: frozenset[str], passing: frozenset[str]) -> None:
        self._lasting, self._passing = lasting, passing
        longest_first = sorted(lasting | passing, key=lambda each: (-len(each), each))
        spelt = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(spelt) if spelt else None

    def redact(self, text: str) -> str:
        """Return the text with every secret replaced."""
        if self._pattern is not None:
            text = self._pattern.sub(REDACTED, text)
        return _SECRETS.sub(_replaced, text)

    def masked(self, data: bytes) -> bytes:
        """Return bytes with each secret in use overwritten, as long as before.

        For what must stay as it is otherwise, like code in which something only looks like a
        secret. A value of a few letters is no secret; it would overwrite half of any text.
        """
        for secret in self._lasting:
            value = secret.encode("utf-8", "surrogatepass")
            if len(value) >= SHORTEST_MASKED and value in data:
                data = data.replace(value, b"*" * len(value))
        return data


def _spellings(secret: str) -> frozenset[str]:
    """A secret as it is, and as it stands in addresses, JSON, HTML and Python."""
    value = secret.encode("utf-8", "surrogatepass")
    spelt = (
        secret,
        quote(value, safe=""),
        quote_plus(value),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        html.escape(secret),
        repr(secret)[1:-1],
    )
    return frozenset(filter(None, spelt))


def _replaced(match: re.Match[str]) -> str:
    kept = match["kept"] or match["scheme"] or match["name"] or match["userinfo"] or ""
    return kept + REDACTED
