"""A finding as the server reports it, with the verdict and places the window shows.

All fields of protocol.md 4.5 are here. The closed sets have a member for unknown words (T-51),
and the server's own word is kept beside it. Texts are kept as received. One-line texts are made
once, when the finding is created, so that tables need not format anything.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import NewType, Self

from msgspec import Struct
from msgspec.structs import astuple, force_setattr, replace

ScanId = NewType("ScanId", str)
FindingId = NewType("FindingId", str)
RepoId = NewType("RepoId", str)

NO_CODE = "-"  # mark of a finding without code
TITLE_LIMIT = 2000  # characters of a title that are laid out; behaviour.md 2.9 folds longer lines
_CWE_PATTERN = re.compile(r"CWE-(\d{1,6})", re.IGNORECASE)  # Source: protocol.md T-40


class _Word(Enum):
    """A closed set of the server's words; unknown ones become `OTHER`."""

    __hash__ = object.__hash__  # each word is one object; Enum's own hash is three times slower

    @classmethod
    def of(cls, text: str) -> Self:
        found = cls._value2member_map_.get(text)  # no error for unknown words: they may be many
        return found if isinstance(found, cls) else cls("other")


class Severity(_Word):
    """Severity, most severe first. Source: protocol.md 5.4."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    OTHER = "other"

    @property
    def rank(self) -> int:
        return _SEVERITY_RANK[self]


_SEVERITY_RANK = {severity: rank for rank, severity in enumerate(Severity)}


class FindingStatus(_Word):
    """The triage status of a finding. Source: protocol.md 5.6."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    FIXED = "fixed"
    DISMISSED = "dismissed"
    FALSE_POSITIVE = "false_positive"
    OTHER = "other"


class Confidence(_Word):
    """How sure the producer is. Source: protocol.md 5.5."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    OTHER = "other"


class Source(_Word):
    """The producer of a finding. Source: protocol.md 5.7."""

    AI = "ai"
    STATIC = "static"
    DEPENDENCIES = "dependencies"
    CONFIG = "config"
    OTHER = "other"


class Verdict(_Word):
    """The result of validation or of an analyst; derived, never sent. Source: behaviour.md 2.3."""

    UNVERIFIED = "unverified"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    OTHER = "other"


class NotCounted(Enum):
    """Why the screen does not count a finding, though the server does."""

    __hash__ = object.__hash__  # as above

    WITHDRAWN = "withdrawn"
    FIXED = "fixed"
    SNOOZED = "snoozed"
    REPEAT = "repeat"


class Proof(Struct, frozen=True):
    """The outcome of a proof-of-concept run (`poc_exploit_json`)."""

    verdict: str
    language: str
    script: str
    exit_code: int | None
    stdout: str
    stderr: str
    analysis: str


class Finding(Struct, frozen=True, gc=False):  # it holds no reference cycles
    """One reported problem of one scan.

    Attributes:
        has_fix: it describes a fix: a patch, a release to upgrade to, or a text that says more than
            to review it manually.
        stage: the stage that found it, by source and fingerprint. Source: behaviour.md 2.2.
        counts_as: the severity it counts under on screen; None once it is withdrawn or fixed,
            because only open and confirmed findings count. The server counts all of them; see
            `not_counted` for the others that the screen leaves out.
        has_risen: its confidence was lower before and rose to high while we watched.
        is_reviewed: Víðarr has written its review; set by `domain/facts/readings.py`.
        is_finder_silent: all of its reasoning is Víðarr's, because the finder wrote none.
        is_repeat: the scan has a newer row of the same finding, which a retry found again (T-9).
        is_cut: its long texts are too large to keep; they are read again when it is opened.
        cut_mark: `code_mark` of a cut one, whose code is no longer known; "" if it was never known.
        snoozed_until: when it comes back into the views; None if it is not snoozed (`snooze.py`).
        is_back: it was snoozed, and came back automatically.
        is_announced: only the stream has reported it: id, severity, title and, as `created_at`,
            the moment it arrived. Everything else is unknown. Source: protocol.md 13.
        announced_in: the stage that was running then; "" if that is unknown.
        title_line: the title in one line, at most `TITLE_LIMIT` characters; "" if it has none.
    """

    id: FindingId
    scan_id: ScanId
    repo_id: RepoId
    source: Source
    source_text: str
    status: FindingStatus
    status_text: str
    severity: Severity
    severity_text: str
    confidence: Confidence
    confidence_text: str
    title: str
    file_path: str
    line_start: int
    line_end: int | None
    fingerprint: str
    created_at: datetime
    updated_at: datetime
    description: str | None = None
    cwe_text: str | None = None
    cve_id: str | None = None
    code_snippet: str | None = None
    suggested_patch: str | None = None
    fix_type: str | None = None
    fix_summary: str | None = None
    references: tuple[str, ...] = ()
    manifest: Mapping[str, str] | None = None
    proof: Proof | None = None
    poc_validated: bool = False
    agent_reasoning: str | None = None
    has_risen: bool = False
    is_repeat: bool = False
    is_announced: bool = False
    announced_in: str = ""
    is_reviewed: bool = False
    is_finder_silent: bool = False
    is_cut: bool = False
    cut_mark: str = ""
    snoozed_until: datetime | None = None
    is_back: bool = False
    # These are derived from the fields above; values given for them are ignored.
    title_line: str = ""
    verdict: Verdict = Verdict.UNVERIFIED
    counts_as: Severity | None = None
    has_fix: bool = False
    stage: str = ""

    def __post_init__(self) -> None:
        made, status = force_setattr, self.status
        is_upheld = self.starts_lower or self.has_risen or self.is_reviewed
        is_sure = self.confidence is Confidence.HIGH and is_upheld
        if status in (FindingStatus.FALSE_POSITIVE, FindingStatus.DISMISSED):
            verdict = Verdict.WITHDRAWN
        elif status is FindingStatus.CONFIRMED or self.poc_validated or is_sure:
            verdict = Verdict.CONFIRMED
        else:
            verdict = Verdict.UNVERIFIED
        is_closed = verdict is Verdict.WITHDRAWN or status is FindingStatus.FIXED
        has_words = has_text(self.fix_summary) and self.fix_type != "manual_review"
        release = self.manifest.get("recommended_version") if self.manifest else None
        if self.is_announced:
            stage = self.announced_in
        elif self.source is Source.AI:
            stage = "hunt"
        elif self.source is Source.CONFIG:
            stage = "config_scan"
        else:
            stage = "taint_analysis" if self.starts_lower else "static_analysis"
        made(self, "title_line", one_line(self.title))
        made(self, "verdict", verdict)
        made(self, "counts_as", None if is_closed else self.severity)
        made(self, "has_fix", has_text(self.suggested_patch) or has_words or bool(release))
        made(self, "stage", stage)

    @property
    def not_counted(self) -> NotCounted | None:
        """Why cards and chips leave it out; None if they count it."""
        if self.is_repeat:
            return NotCounted.REPEAT
        if self.verdict is Verdict.WITHDRAWN:
            return NotCounted.WITHDRAWN
        if self.counts_as is None:
            return NotCounted.FIXED
        return None if self.snoozed_until is None else NotCounted.SNOOZED

    @property
    def folder(self) -> str:
        return one_line(self.file_path.rpartition("/")[0])

    @property
    def file_name(self) -> str:
        return one_line(self.file_path.rpartition("/")[2])

    @property
    def file_line(self) -> str:
        """The place without its folder: "orders.py:88"; "" if it has no file."""
        name = self.file_name
        return f"{name}:{self.line_start}" if name else ""

    @property
    def starts_lower(self) -> bool:
        """Whether its producer never reports high confidence itself (behaviour.md 2.3)."""
        return self.source is Source.AI or self.fingerprint.startswith("taint-")

    @property
    def rests_on_confidence(self) -> bool:
        """Whether it counts as confirmed only because of its confidence.

        Then Víðarr has confirmed it only if that stage has run, and it wrote no text.
        """
        is_certain = self.status is FindingStatus.CONFIRMED or self.poc_validated
        return self.verdict is Verdict.CONFIRMED and not (is_certain or self.is_reviewed)

    @property
    def lines(self) -> tuple[int, int]:
        """First and last line, in order even where the server's are not (T-39)."""
        last = self.line_start if self.line_end is None else self.line_end
        return min(self.line_start, last), max(self.line_start, last)

    @property
    def cwe(self) -> str:
        """A bare "CWE-89" where the text holds one, else the server's text, else ""."""
        found = _CWE_PATTERN.search(self.cwe_text or "")
        return f"CWE-{found[1]}" if found else one_line(self.cwe_text or "")


DERIVED_FIELDS = frozenset({"title_line", "verdict", "counts_as", "has_fix", "stage"})
SNOOZE_FIELDS = frozenset({"snoozed_until", "is_back"})  # kept separate from the server's data

Details = tuple[tuple[str, tuple[str, ...]], ...]
"""Names and lines of free JSON from a server; the name is "" if there is none."""


class FindingEvent(Struct, frozen=True):
    """One entry of the server's audit of a finding. Source: protocol.md 4.6.

    Attributes:
        user_id: the person who made it; None for the server itself.
        is_own: that person is the signed-in account.
        details: further content of the entry, such as a model's whole answer.
    """

    id: str
    finding_id: FindingId
    event_type: str
    old_value: str | None
    new_value: str | None
    comment: str | None
    created_at: datetime
    user_id: str | None = None
    is_own: bool = False
    details: Details = ()


_short_texts = attrgetter(
    *("id", "repo_id", "title", "fingerprint", "file_path", "announced_in"),
    *("source_text", "status_text", "severity_text", "confidence_text"),
    *("cwe_text", "cve_id", "fix_type", "cut_mark"),
)
_long_texts = attrgetter(
    *("description", "code_snippet", "suggested_patch", "fix_summary", "agent_reasoning")
)


def text_bytes(finding: Finding) -> tuple[int, int]:
    """Return the maximum memory of the short and the long texts of a finding, in bytes."""
    short = _bytes(_short_texts(finding))
    if finding.title_line is not finding.title:
        short += _bytes([finding.title_line])
    if finding.is_cut:  # cut texts are shared
        return short, 0
    long = _bytes((*_long_texts(finding), *finding.references), TEXT_BYTES)
    if finding.manifest is not None:
        long += _bytes((*finding.manifest, *finding.manifest.values()), TEXT_BYTES)
    if finding.proof is not None:
        texts = (each for each in astuple(finding.proof) if isinstance(each, str))
        long += _bytes(texts, TEXT_BYTES)
    return short, long


def _bytes(texts: Iterable[str | None], more: int = 0) -> int:
    known = list(filter(None, texts))
    whole = "".join(known)
    size = len(whole) + more * len(known)
    if not whole.isascii():
        size += (_WIDEST - 1) * sum(len(text) for text in known if not text.isascii())
    return size


TEXT_BYTES = 64  # overhead of a text besides its characters
_WIDEST = 8  # bytes of a character; four are for its UTF-8, which Python caches after first use
_TOLD = "\u2026"


def without_long_texts(finding: Finding) -> Finding:
    fix, reasoning = finding.fix_summary, finding.agent_reasoning
    return replace(
        finding,
        description=None,
        code_snippet=None,
        suggested_patch=_TOLD if has_text(finding.suggested_patch) else None,
        fix_summary=_TOLD if finding.has_fix or has_text(fix) else None,
        references=(),
        manifest=None,
        proof=None,
        agent_reasoning=_TOLD if has_text(reasoning) else None,
        is_cut=True,
        cut_mark=code_mark(finding),
    )


def code_mark(finding: Finding) -> str:
    """Return a hash of the code of a finding, whatever its blanks, to find the same code again.

    For a dependency the installed version is part of it. `NO_CODE` if it has no code, and "" if its
    code is unknown.
    """
    snippet = finding.code_snippet
    code = "".join(snippet.split()) if snippet else ""
    if not code:
        return finding.cut_mark if finding.is_cut or finding.is_announced else NO_CODE
    if finding.manifest and finding.source is Source.DEPENDENCIES:
        code = f"{finding.manifest.get('installed_version', '')}\n{code}"  # no line in the rest
    try:
        text = code.encode()
    except UnicodeEncodeError:  # a lone surrogate
        text = code.encode("utf-8", "replace")
    return blake2b(text, digest_size=16).hexdigest()


def severities_of(findings: Iterable[Finding]) -> Counter[Severity]:
    return Counter([each.counts_as for each in findings if each.counts_as is not None])


@lru_cache(maxsize=4096)
def cwe_number(text: str | None) -> int | None:
    """Return the number of the weakness a server's text names, None if it names none (T-40).

    Cached, because a listing of 100,000 rows needs it at once, and there are few weaknesses.
    """
    found = _CWE_PATTERN.search(text or "")
    return int(found[1]) if found else None


def has_text(text: str | None) -> bool:
    return text is not None and bool(text.strip())


def one_line(text: str) -> str:
    """Return an untrusted text as one safe line.

    White space of any kind becomes single spaces. Control and bidirectional characters, which can
    hide or reorder text, become U+FFFD. A text that is already such a line is returned itself, so
    that 100,000 titles are not kept twice.
    """
    is_safe = len(text) <= TITLE_LIMIT and text.isprintable()
    if is_safe and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    line = " ".join(text.lstrip()[: TITLE_LIMIT * 2].split())[:TITLE_LIMIT].rstrip()
    if line == text:
        line = text
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() or c in "\u200c\u200d" else "\ufffd" for c in line)
