"""The words that plain English replaces, found in texts for readers."""

import re

#: Each has a plainer word: reported, is, must, again, fix, not scanned, another user, withdrawn.
BANNED_WORDS = (
    "told",
    "stands",
    "shall",
    "anew",
    "mend",
    "unlooked",
    "somebody",
    "nobody",
    "taken back",
    "let go",
    "all-clear",
)

_FENCED = re.compile(r"^ *(`{3,}|~{3,}).*?^ *\1", re.MULTILINE | re.DOTALL)
_BACKTICKED = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{\w*(?:[!:][^{}\n]*)?\}")
_BANNED = re.compile(rf"\b(?:{'|'.join(BANNED_WORDS)})\b", re.IGNORECASE)


def banned_words_in(text: str) -> list[str]:
    """Return the banned words of a text, in order and as written.

    Code in fences or backticks and `{placeholders}` are skipped: those are names, not words.
    """
    for code in (_FENCED, _BACKTICKED, _PLACEHOLDER):
        text = code.sub(" _ ", text)
    return _BANNED.findall(" ".join(text.split()))
