"""Makes a server's text fit to be read: nothing hidden, no endless line, no endless text.

Titles and descriptions come from scanned code. Characters that hide or reorder what is read become
visible, and long lines are folded with their rest counted. Source: ux.md 2.9.
"""

import html
import unicodedata

from heimdall_desktop.presentation.i18n import tr

LINE_COST = 30  # characters that a line counts for at least: laying it out takes as long
LINE_LIMIT = 2000  # characters of one line, ux.md 2.9
_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}
_JOINERS = "\u200c\u200d"  # many scripts need them, and they move nothing
_REPLACEMENT = "\ufffd"


def shown_text(text: str, limit: int) -> tuple[str, int]:
    """Return the beginning of a text, harmless, and how many characters of it are left out.

    Args:
        text: As the server sent it.
        limit: About how many characters are wanted, `LINE_COST` for each line at least. It is cut
            behind a line.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    taken: list[str] = []
    length = 0
    for line in lines:
        taken.append(_folded(line))
        length += max(len(taken[-1]) + 1, LINE_COST)
        if length >= limit:
            break
    rest = sum(map(len, lines[len(taken) :])) + max(0, len(lines) - len(taken) - 1)
    return harmless("\n".join(taken)), rest


def harmless(text: str) -> str:
    """Return a text with U+FFFD for control and bidirectional characters; lines and tabs stay."""
    if text.isprintable():
        return text
    hidden = {ord(c): _REPLACEMENT for c in set(text) if not _is_plain(c)}
    return text.translate(hidden) if hidden else text


def without_controls(text: str) -> str:
    """Return a text without control characters but tabs and line feeds, as it may be pasted."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


def has_controls(text: str) -> bool:
    """Whether a text loses more than its kind of line end that way."""
    return without_controls(text) != text.replace("\r\n", "\n")


def shortened(text: str, limit: int) -> str:
    """Return a text of at most so many characters, with "…" for what is left out."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def safe_tip(*lines: str) -> str:
    """Return a tool tip for Qt that shows these lines as they are, whatever markup they hold.

    Qt guesses, and would take many a text for rich text and load files that it names; told so, it
    guesses nothing. Empty lines are left out, and without any there is no tip.
    """
    told = html.escape(harmless("\n".join(filter(None, lines))))
    return f"<qt>{told}</qt>".replace("\n", "<br>") if told else ""


def _folded(line: str) -> str:
    if len(line) <= LINE_LIMIT:
        return line
    return line[:LINE_LIMIT] + tr("… (%n more characters in this line)", "", len(line) - LINE_LIMIT)


def _is_plain(character: str) -> bool:
    if character in "\n\t" or character in _JOINERS:
        return True
    return character.isprintable() or unicodedata.category(character) == "Zs"
