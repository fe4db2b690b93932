"""Makes text from servers fit for a notification: no control characters, short."""

import unicodedata
from typing import Final

LONGEST_TITLE: Final = 60  # characters; ux.md 2.5
LONGEST_END: Final = 30  # of these, for the file name at the end

#: Controls, invisible format characters (they can turn the direction of text), lone surrogates,
#: line and paragraph separators.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def clean(text: str) -> str:
    """Return the text as one line without control characters and doubled spaces."""
    seen = (" " if unicodedata.category(char) in _UNSEEN else char for char in text)
    return " ".join("".join(seen).split())


def shortened(title: str) -> str:
    """Cut a title in its middle, so that the file name at its end stays readable."""
    if len(title) <= LONGEST_TITLE:
        return title
    end = " ".join(title.split(" ")[-2:])[-LONGEST_END:]
    return f"{title[: LONGEST_TITLE - len(end) - 2].rstrip()}… {end}"
