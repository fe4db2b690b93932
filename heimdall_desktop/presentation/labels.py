"""The names of servers and of their values, and the texts for values a finding does not have.

An unknown word is shown as the server sent it, made harmless. Source: behaviour.md 2.3.
"""

import html
import unicodedata
from collections.abc import Mapping
from enum import Enum

from heimdall_desktop.domain.facts.finding import Finding, NotCounted, ScanId, Severity, one_line
from heimdall_desktop.domain.facts.server import ServerUrl, host_name
from heimdall_desktop.presentation.i18n import tr, tr_noop

# Of each stage: its name, the same inside a sentence, and a short one if it is too long for a card
STAGE_LABELS = {
    "ingest": (tr_noop("Ingest"), tr_noop("ingest"), ""),
    "tyr": (tr_noop("Tyr"), tr_noop("tyr"), ""),
    "static_analysis": (tr_noop("Static analysis"), tr_noop("static analysis"), tr_noop("Static")),
    "taint_analysis": (tr_noop("Taint analysis"), tr_noop("taint analysis"), tr_noop("Taint")),
    "config_scan": (tr_noop("Config scan"), tr_noop("config scan"), tr_noop("Config")),
    "hunt": (tr_noop("Hunt"), tr_noop("hunt"), ""),
    "vidarr": (tr_noop("Víðarr"), tr_noop("víðarr"), ""),
    "garmr": (tr_noop("Garmr"), tr_noop("garmr"), ""),
    "report": (tr_noop("Report"), tr_noop("report"), ""),
}
# The words of values, and the same inside a sentence; "" for those that no sentence contains.
_WORDS = {
    "critical": (tr_noop("Critical"), tr_noop("critical")),
    "high": (tr_noop("High"), tr_noop("high")),
    "medium": (tr_noop("Medium"), tr_noop("medium")),
    "low": (tr_noop("Low"), tr_noop("low")),
    "other": (tr_noop("Other"), tr_noop("other")),
    "open": (tr_noop("Open"), tr_noop("open")),
    "confirmed": (tr_noop("Confirmed"), tr_noop("confirmed")),
    "fixed": (tr_noop("Fixed"), tr_noop("fixed")),
    "dismissed": (tr_noop("Dismissed"), tr_noop("dismissed")),
    "false_positive": (tr_noop("False positive"), tr_noop("false positive")),
    "ai": (tr_noop("AI"), ""),
    "static": (tr_noop("Static"), ""),
    "dependencies": (tr_noop("Dependencies"), ""),
    "config": (tr_noop("Config"), ""),
    "unverified": (tr_noop("Unverified"), tr_noop("unverified")),
    "withdrawn": (tr_noop("Withdrawn"), tr_noop("withdrawn")),
    "test-code": (tr_noop("Test code"), tr_noop("test code")),
    "not-reachable": (tr_noop("Not reachable"), tr_noop("not reachable")),
    "mitigated-elsewhere": (tr_noop("Mitigated elsewhere"), tr_noop("mitigated elsewhere")),
    "accepted-risk": (tr_noop("Accepted risk"), tr_noop("accepted risk")),
    "duplicate": (tr_noop("Duplicate"), tr_noop("duplicate")),
}


def word_of(value: Enum) -> str:
    """Return a severity, status, confidence, source, verdict, reason or stage as read: "High"."""
    return tr((_WORDS.get(value._value_) or STAGE_LABELS[value._value_])[0])


def word_in_text(value: Enum) -> str:
    """Return a severity, status, verdict or reason as used inside a sentence: "high"."""
    return tr(_WORDS[value._value_][1])


def value_in_text(value: str) -> str:
    """Return a value of the server as used inside a sentence; an unknown one as it came."""
    _, word = _WORDS.get(value, ("", ""))
    return tr(word) if word else one_line(value.replace("_", " "))


def not_counted_words(counts: Mapping[NotCounted, int]) -> str:
    """Return what a count of findings leaves out: "13 withdrawn, 2 fixed"; "" for nothing."""
    withdrawn, fixed, snoozed, repeats = (counts.get(reason, 0) for reason in NotCounted)
    text = (
        tr("%n withdrawn", "", withdrawn) if withdrawn else "",
        tr("%n fixed", "", fixed) if fixed else "",
        tr("%n snoozed", "", snoozed) if snoozed else "",
        tr("%n repeats", "", repeats, one="%n repeat") if repeats else "",
    )
    return ", ".join(filter(None, text))


def stage_label(name: str) -> str:
    """Return the name of a stage; for an unknown one, the server's own word."""
    return tr(STAGE_LABELS[name][0]) if name in STAGE_LABELS else one_line(name)


def short_stage_label(name: str) -> str:
    """Return the same, short enough for a card."""
    short = STAGE_LABELS[name][2] if name in STAGE_LABELS else ""
    return tr(short) if short else stage_label(name)


def stage_in_text(name: str) -> str:
    """Return the name of a stage inside a sentence: "hunt"."""
    return tr(STAGE_LABELS[name][1]) if name in STAGE_LABELS else one_line(name).lower()


# -- a finding --


UNKNOWN = tr_noop("unknown")
"""The text for a value a server does not provide; never empty, never a dash."""


def title_text(finding: Finding) -> str:
    return finding.title_line or tr("(no title)")


def description_text(finding: Finding) -> str:
    """Return the description of a finding, or why it is missing."""
    if finding.is_cut:
        return tr(
            "The text of this finding is too long to keep in full. It is loaded when you open "
            "the finding."
        )
    return finding.description or ""


def file_line_text(finding: Finding) -> str:
    """Return "orders.py:88", or the text in place of it."""
    if finding.is_announced:
        return tr("location unknown")
    return finding.file_line or tr("(no file)")


def scan_name(finding: Finding, names: Mapping[ScanId, str]) -> str:
    """Return the name of a finding's scan, or the beginning of its id."""
    return names.get(finding.scan_id, finding.scan_id[:8])


def severity_letter(severity: Severity) -> str:
    """Return the letter inside the shape of a severity; a question mark for unknown words."""
    return "?" if severity is Severity.OTHER else word_of(severity)[0]


def severity_word(finding: Finding) -> str:
    return _word(finding.severity, finding.severity_text)


def status_word(finding: Finding) -> str:
    return tr(UNKNOWN) if finding.is_announced else _word(finding.status, finding.status_text)


def source_word(finding: Finding) -> str:
    return tr(UNKNOWN) if finding.is_announced else _word(finding.source, finding.source_text)


def confidence_word(finding: Finding) -> str:
    if finding.is_announced:
        return tr(UNKNOWN)
    return _word(finding.confidence, finding.confidence_text)


def _word(value: Enum, sent: str) -> str:
    """Return the word of a value, an unknown one as it was sent."""
    as_sent = one_line(sent).replace("_", " ").capitalize() if value.name == "OTHER" else ""
    return as_sent or word_of(value)


# Makes a server's text readable: nothing hidden, no endless line, no endless text.
#
# Titles and descriptions come from scanned code. Characters that hide or reorder the text
# become visible, and long lines are folded with their rest counted. Source: behaviour.md 2.9.


LINE_COST = 30  # minimum characters a line counts for, because of its layout time
LINE_LIMIT = 2000  # characters of one line, behaviour.md 2.9
_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}
_JOINERS = "\u200c\u200d"  # many scripts need them, and they move nothing
_REPLACEMENT = "\ufffd"


def shown_text(text: str, limit: int) -> tuple[str, int]:
    """Return the beginning of a text, harmless, and how many characters of it are left out.

    Args:
        text: As the server sent it.
        limit: About how many characters are wanted, `LINE_COST` for each line at least. It is cut
            after a line.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    taken: list[str] = []
    length = 0
    for line in lines:
        taken.append(line[:LINE_LIMIT])
        if (more := len(line) - LINE_LIMIT) > 0:
            taken[-1] += tr("… (%n more characters in this line)", "", more)
        length += max(len(taken[-1]) + 1, LINE_COST)
        if length >= limit:
            break
    rest = sum(map(len, lines[len(taken) :])) + max(0, len(lines) - len(taken) - 1)
    return harmless("\n".join(taken)), rest


def harmless(text: str) -> str:
    """Return a text with U+FFFD for control and bidirectional characters; lines and tabs stay."""
    if text.isprintable():
        return text
    hidden = {
        ord(character): _REPLACEMENT
        for character in set(text).difference("\n\t", _JOINERS)
        if not (character.isprintable() or unicodedata.category(character) == "Zs")
    }
    return text.translate(hidden) if hidden else text


def without_controls(text: str) -> str:
    """Return a text without control characters but tabs and line feeds, as it may be pasted."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


def has_controls(text: str) -> bool:
    """Return whether `without_controls` changes more than the line ends of a text."""
    return without_controls(text) != text.replace("\r\n", "\n")


def shortened(text: str, limit: int) -> str:
    """Return a text of at most `limit` characters, with "…" for the part left out."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def safe_tip(*lines: str) -> str:
    """Return a tool tip for Qt that shows these lines as they are, whatever markup they contain.

    Qt guesses the format of a tip. It would take some texts for rich text and load files they name.
    The markup of the tip stops the guessing. Empty lines are left out, and without any line there
    is no tip.
    """
    text = html.escape(harmless("\n".join(filter(None, lines))))
    return f"<qt>{text}</qt>".replace("\n", "<br>") if text else ""


# The names of servers as they may be shown: host and port, or neither while presenting.
#
# One switch for all texts, like the language, because errors and alerts name servers, too.


MASK = "\u2022" * 8  # always the same length, so it does not reveal what it hides

_are_hidden = False


def hide_hosts(*, is_on: bool) -> None:
    """Hide the names of servers in every text that is made from now on, or show them again."""
    global _are_hidden  # noqa: PLW0603 - see above
    _are_hidden = is_on


def seen_host(host: str) -> str:
    """Return a host, or another text that names a server, as it may be shown."""
    return MASK if _are_hidden and host else host


def host_text(url: ServerUrl) -> str:
    """Return host and port of a server as they may be shown."""
    return seen_host(host_name(url))
