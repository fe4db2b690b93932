"""The copied forms of a finding: as Markdown, for an issue or a chat, and its address.

Server text is made inert: a title stays a title, code stays in its fence, and a description
contains no HTML and no pictures. Source: behaviour.md 2.2 (copy), 2.9.
"""

import re
import shlex
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from heimdall_desktop.domain.facts.finding import Finding, FindingId, cwe_number, has_text, one_line
from heimdall_desktop.domain.facts.server import ServerUrl, id_on_server
from heimdall_desktop.presentation import labels
from heimdall_desktop.presentation.i18n import tr, tr_noop

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SPECIAL = re.compile(r"[\\`*\[\]<>|~!&]|(?<!\w)_|_(?!\w)|(?<!\S)#")  # within a word, "_" is text
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_TICKS = re.compile(r"`+")
_LANGUAGE = re.compile(r"\.([A-Za-z0-9]{1,10})$")
_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@", re.MULTILINE)
_NO_ADDRESS = re.compile(r"[<>\\\s\ufffd]")
_MANIFEST = {
    "name": tr_noop("Package"),
    "installed_version": tr_noop("Installed"),
    "recommended_version": tr_noop("Recommended"),
    "advisory_id": tr_noop("Advisory"),
    "aliases": tr_noop("Also known as"),
}


def finding_markdown(finding: Finding, address: str = "", reason: str = "") -> str:
    """Return a finding as a section of Markdown.

    Args:
        address: of its page; "" leaves the link out.
        reason: why it was decided so; "" leaves it out.
    """
    parts = [f"### {escaped(labels.severity_word(finding))}: {escaped(labels.title_text(finding))}"]
    parts.append(
        "\n".join(f"- **{name}:** {value}" for name, value in _facts(finding, address, reason))
    )
    if has_text(description := labels.description_text(finding)):
        parts.append(inert_markdown(description))
    found = _LANGUAGE.search(finding.file_path)
    language = found[1].lower() if found else ""
    if has_text(finding.code_snippet):
        parts += ["#### " + tr("Code"), _fenced(finding.code_snippet or "", language)]
    references = [_reference(line) for text in finding.references if (line := one_line(text))]
    if references:
        parts += ["#### " + tr("References"), "\n".join(references)]
    summary, patch = finding.fix_summary or "", finding.suggested_patch or ""
    if has_text(summary) or has_text(patch):
        parts.append("#### " + tr("Suggested fix"))
    if has_text(summary):
        parts.append(inert_markdown(summary))
    if has_text(patch):
        parts.append(_fenced(patch, "diff" if _HUNK.search(patch) else language))
    return "\n\n".join(parts) + "\n"


def _facts(finding: Finding, address: str, reason: str) -> Iterator[tuple[str, str]]:
    if finding.file_path:
        first, last = finding.lines
        lines = str(first) if first == last else f"{first}-{last}"
        yield tr("Where"), _code(f"{one_line(finding.file_path)}:{lines}")
    yield tr("Verdict"), labels.word_of(finding.verdict)
    yield tr("Status"), escaped(labels.status_word(finding))
    if reason:
        yield tr("Reason"), escaped(reason)
    yield tr("Confidence"), escaped(labels.confidence_word(finding))
    yield tr("Source"), escaped(labels.source_word(finding))
    number = cwe_number(finding.cwe_text)
    if number is not None:
        yield tr("Weakness"), f"[CWE-{number}]({weakness_page(number)})"
    for key, label in _MANIFEST.items():
        if value := one_line((finding.manifest or {}).get(key, "")):
            yield tr(label), _code(value)
    moment = tr("Announced (stream only)") if finding.is_announced else tr("First seen")
    yield moment, finding.created_at.astimezone().isoformat(sep=" ", timespec="seconds")
    if address:
        yield tr("Link"), f"<{address}>"


def _reference(line: str) -> str:
    """Return a web address as a link, and any other text unchanged."""
    try:
        is_address = urlsplit(line).scheme.lower() in ("http", "https")
    except ValueError:
        is_address = False
    is_link = is_address and not _NO_ADDRESS.search(line)
    return f"- <{line}>" if is_link else f"- {_code(line)}"


def escaped(text: str) -> str:
    return _entities(one_line(text))


def escaped_line(text: str) -> str:
    """Return a text escaped as a line of Markdown, even if it starts like a list or a heading."""
    return _line_starts(escaped(text))


def _code(line: str) -> str:
    ticks = "`" * (_longest_run(line) + 1)
    pad = " " if len(ticks) > 1 else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def _fenced(code: str, language: str) -> str:
    fence = "`" * max(3, _longest_run(code) + 1)
    text = labels.harmless(code.replace("\r\n", "\n").replace("\r", "\n")).removesuffix("\n")
    return f"{fence}{language}\n{text}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)


# -- a server's Markdown made inert --


PARSED_LIMIT = 20_000  # characters of a text that is parsed; a longer one loses its formatting
_BRACKETS_LIMIT = 500  # the parser tries each with all that follow
_NESTING_LIMIT = 50
_MARKED = re.compile(r"[\\`*_\[\]<>#|~!&]|^(?:[ \t]|[-+=:]|\d+[.)])", re.MULTILINE)
_START = re.compile(r"^[ \t]*(?:([-+=:])|(\d{1,9})([.)]))?", re.MULTILINE)
_INFO = re.compile(r"[\w+#.-]{1,20}", re.ASCII)


def inert_markdown(text: str) -> str:
    """Return Markdown that looks the same, and in which no parser finds HTML or an image.

    It is rewritten from the parser's result, with code in fences of our own: where parsers
    disagree about the original lines, one of them runs what another one takes for code.
    """
    text = labels.harmless(text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    if not _MARKED.search(text):
        return text
    if len(text) <= PARSED_LIMIT and text.count("[") <= _BRACKETS_LIMIT:
        tokens = _parser().parse(text)
        if all(token.level < _NESTING_LIMIT for token in tokens):
            return "\n".join(_blocks(tokens))
    return _line_starts(_entities(text))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - no window waits for it

    parser = MarkdownIt("commonmark", {"maxNesting": 2 * _NESTING_LIMIT})
    return parser.disable("reference")  # so that a definition stays visible as text


def _blocks(tokens: "Sequence[Token]") -> Iterator[str]:
    """Yield the lines of all blocks, after the marks of the lists and quotes they are in."""
    marks: list[tuple[str, str]] = []  # of the first line, and of all others
    numbers: list[int | None] = []  # the next number of each list; None if it has bullets
    shared, was_tight = -1, False  # number of marks that continue from the block before
    for before, token in pairwise((tokens[0], *tokens)):
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                is_numbered = token.type == "ordered_list_open"
                numbers.append(int(token.attrs.get("start", 1)) if is_numbered else None)
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
            case "list_item_open":
                number = numbers[-1]
                mark = "- " if number is None else f"{number}. "
                numbers[-1] = None if number is None else number + 1
                marks.append((mark, " " * len(mark)))
            case "blockquote_open":
                marks.append(("> ", "> "))
            case "list_item_close" | "blockquote_close":
                marks.pop()
                shared = min(shared, len(marks))
            case "inline" | "fence" | "code_block" | "html_block" | "hr":
                if shared >= 0 and not (before.hidden and was_tight):
                    yield "".join(rest for _, rest in marks[:shared]).rstrip()
                for line in _block(token, before).split("\n"):
                    yield ("".join(first for first, _ in marks) + line).rstrip(" " * (not line))
                    marks = [(rest, rest) for _, rest in marks]
                shared, was_tight = len(marks), before.hidden
            case _:
                pass


def _block(token: "Token", before: "Token") -> str:
    match token.type:
        case "fence" | "code_block":
            language = _INFO.match(token.info)
            return _fenced(token.content, language[0] if language else "")
        case "hr":
            return "---"
        case "html_block":
            return _line_starts(_entities(token.content.strip()))
        case _:
            text = _line_starts("".join(_spans(token.children or ())))
            if before.type == "heading_open":
                return f"{'#' * int(before.tag[1:])} {' '.join(text.split())}"
            return text


def _spans(tokens: "Sequence[Token]") -> Iterator[str]:
    """Yield the parts of a paragraph; an image or odd link becomes its own text."""
    ends: list[str] = []
    for token in tokens:
        match token.type:
            case "em_open" | "em_close":
                yield "*"
            case "strong_open" | "strong_close":
                yield "**"
            case "code_inline":
                yield _code(labels.harmless(token.content.replace("\n", " ")))
            case "link_open":
                address = str(token.attrs.get("href", ""))
                is_web = address.startswith(("http://", "https://", "mailto:"))
                ends.append(
                    f"](<{address}>)" if (is_web and not _NO_ADDRESS.search(address)) else ""
                )
                yield "[" if ends[-1] else ""
            case "link_close":
                yield ends.pop()
            case "softbreak":
                yield "\n"
            case "hardbreak":
                yield "  \n"
            case _:
                yield _entities(token.content)


def _entities(text: str) -> str:
    """Return a text that Markdown shows as plain text, except for the starts of its lines."""
    return _SPECIAL.sub(lambda found: _ENTITIES.get(found[0]) or f"&#{ord(found[0])};", text)


def _line_starts(text: str) -> str:
    """Prevent lines from becoming lists, headings or code because of how they start."""

    def plain(found: re.Match[str]) -> str:
        sign, number, end = found.groups()
        return f"{number or ''}&#{ord(sign or end)};" if sign or end else ""

    return _START.sub(plain, text)


# -- addresses of a finding --


TOKEN_PLACEHOLDER = "$HEIMDALL_TOKEN"  # noqa: S105 - the shell puts the token in its place


def finding_page(server: ServerUrl, finding_id: FindingId) -> str:
    return f"{server}/findings/{_in_a_path(finding_id)}"


def weakness_page(number: int) -> str:
    return f"https://cwe.mitre.org/data/definitions/{number}.html"


def finding_curl(server: ServerUrl, finding_id: FindingId) -> str:
    """Return the command that reads a finding as JSON, for a POSIX shell."""
    address = shlex.quote(f"{server}/api/findings/{_in_a_path(finding_id)}")
    return f'curl --header "Authorization: Bearer {TOKEN_PLACEHOLDER}" {address}'


def _in_a_path(finding_id: FindingId) -> str:
    """Quote an id from a server so that it always stays one part of a path."""
    return quote(id_on_server(finding_id), safe="")
