"""Makes Markdown of a server inert, for places where others will show it.

It may keep its headings, lists and code; it brings no HTML, no picture and no hidden character
along. Only what surely is a fence is left as it is: where a code span begins is told differently by
every program, so a `<` in one gets its backslash too. Source: ux.md 2.9; CommonMark 0.31, 4.5.
"""

import re

from heimdall_desktop.domain.words.shown_text import harmless

_OPENING = re.compile(r"^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$")
_CLOSING = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*$")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def inert_markdown(text: str) -> str:
    """Return the text without its outer blank lines; a fence it leaves open is closed."""
    shown: list[str] = []
    fence = ""
    for line in harmless(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"):
        shown.append(line if fence else _without_tags(line))
        if fence:
            closing = _CLOSING.match(line)
            fence = "" if closing and closing[1].startswith(fence) else fence
        elif opening := _OPENING.match(line):
            shown[-1] = line
            fence = opening[1] or opening[2]
    return "\n".join([*shown, fence]).strip("\n") if fence else "\n".join(shown).strip("\n")


def _without_tags(line: str) -> str:
    return _TAG.sub(r"\\<", line.replace("![", "\\!\\["))
