"""The filters that were used of late, the newest first, and the text they are remembered as."""

import json
from collections.abc import Sequence

MOST_REMEMBERED = 20
LONGEST = 500  # characters; what is longer was pasted by mistake


def read_recent(kept: str) -> list[str]:
    """Return the filters out of a remembered text; a damaged one has none."""
    try:
        texts = json.loads(kept or "[]")
    except (ValueError, RecursionError):
        return []
    if not isinstance(texts, list):
        return []
    return [text for text in texts if isinstance(text, str) and _is_worth_it(text)][
        :MOST_REMEMBERED
    ]


def write_recent(texts: Sequence[str]) -> str:
    """Return the text to remember filters by."""
    return json.dumps(list(texts))


def with_recent(texts: Sequence[str], used: str) -> list[str]:
    """Return the filters with one that was just used in front of them."""
    if not _is_worth_it(used):
        return list(texts)
    return [used.strip(), *(text for text in texts if text != used.strip())][:MOST_REMEMBERED]


def _is_worth_it(text: str) -> bool:
    return 0 < len(text.strip()) <= LONGEST
