"""Takes tokens and passwords out of text that is about to be written down."""

import re
from typing import Final

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
        self._known: set[str] = set()

    def know(self, secret: str) -> None:
        """Redact this value wherever it stands from now on; there is no forgetting."""
        if secret:
            self._known.add(secret)

    def redact(self, text: str) -> str:
        """Return the text with every secret replaced."""
        for secret in self._known:
            text = text.replace(secret, REDACTED)
        return _SECRETS.sub(_replaced, text)

    def masked(self, data: bytes) -> bytes:
        """Return bytes with each secret in use overwritten, as long as before.

        For what must stay as it is otherwise, like code in which something only looks like a
        secret. A value of a few letters is no secret; it would overwrite half of any text.
        """
        for secret in self._known:
            value = secret.encode("utf-8", "surrogatepass")
            if len(value) >= SHORTEST_MASKED and value in data:
                data = data.replace(value, b"*" * len(value))
        return data


def _replaced(match: re.Match[str]) -> str:
    kept = match["kept"] or match["scheme"] or match["name"] or match["userinfo"] or ""
    return kept + REDACTED
