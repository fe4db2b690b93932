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
SHORTEST_MASKED: Final = 8  # of tokens; a shorter value would overwrite half of any text
SHORTEST_PASSWORD: Final = 12  # a shorter one may be a word of the code that is shown

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
        self._passwords: dict[str, frozenset[str]] = {}
        self._values: tuple[bytes, ...] = ()
        self._pattern: re.Pattern[str] | None = None

    def know(self, secret: str) -> None:
        """Redact this value wherever it is from now on; there is no forgetting."""
        self._use(self._lasting | _spellings(secret), self._passing)

    def know_password(self, server: str, password: str) -> None:
        """Redact a password until the sign-out, unless it is so short that it may be a word."""
        if len(password) >= SHORTEST_PASSWORD:
            known = self._passwords.get(server, frozenset())
            self._passwords = {**self._passwords, server: known | _spellings(password)}
            self._use(self._lasting, self._passing)

    def forget_passwords(self, server: str) -> None:
        """Forget what was used to sign in to a server."""
        self._passwords = {url: each for url, each in self._passwords.items() if url != server}
        self._use(self._lasting, self._passing)

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
        passwords = frozenset[str]().union(*self._passwords.values())
        longest_first = sorted(lasting | passing | passwords, key=lambda each: (-len(each), each))
        spelt = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(spelt) if spelt else None
        values = (each.encode("utf-8", "surrogatepass") for each in longest_first
                  if each in lasting or each in passwords)  # fmt: skip
        self._values = tuple(each for each in values if len(each) >= SHORTEST_MASKED)

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
        for value in self._values:
            if value in data:
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
        _as_go_writes_json(secret),
        html.escape(secret),
        repr(secret)[1:-1],
    )
    return frozenset(filter(None, spelt))


def _as_go_writes_json(secret: str) -> str:
    text = json.dumps(secret, ensure_ascii=False)[1:-1]
    for each in "<>&":
        text = text.replace(each, f"\\u{ord(each):04x}")
    return text


def _replaced(match: re.Match[str]) -> str:
    kept = match["kept"] or match["scheme"] or match["name"] or match["userinfo"] or ""
    return kept + REDACTED
