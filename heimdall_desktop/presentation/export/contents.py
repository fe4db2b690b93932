"""The content of an export: findings in table order, their scans, and what is left out.

Everything is taken at one moment, so that a file is consistent from its first to its last line.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from pathlib import PurePath

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from heimdall_desktop.domain.comparison import KnownChanges
from heimdall_desktop.domain.disagreements import KnownDisagreements
from heimdall_desktop.domain.facts.finding import Finding, ScanId, one_line
from heimdall_desktop.domain.facts.observation import ScanSource
from heimdall_desktop.domain.facts.reason import Known, KnownReasons, Reason
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import ServerUrl, host_name, id_on_server
from heimdall_desktop.domain.handover import Handover
from heimdall_desktop.domain.table.order import USUAL_COLUMNS, Column
from heimdall_desktop.presentation.detail.finding_markdown import finding_page
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.unattended_text import failed_text, unseen_text

PRODUCT = "Heimdall Desktop"
BATCH = 50  # findings written in one slice: some milliseconds
_RANDOM_PRINT = re.compile(r"[0-9a-fA-F]{32,}\Z")  # any other fingerprint contains names


class Format(Enum):
    """The format of exported findings; the value is the suffix of its files."""

    CSV = ".csv"
    JSON = ".json"
    SARIF = ".sarif"
    MARKDOWN = ".md"
    HTML = ".html"
    PDF = ".pdf"

    @property
    def is_report(self) -> bool:
        """Whether it is made to be read by people, without code by default."""
        return self in (Format.HTML, Format.PDF)

    @property
    def usually_left_out(self) -> "LeaveOut":
        return LeaveOut.CODE if self.is_report else LeaveOut.NOTHING

    @staticmethod
    def of(path: PurePath) -> "Format | None":
        """Return the format for the suffix of a file; None for an unknown one."""
        return next((each for each in Format if each.value == path.suffix.lower()), None)


class LeaveOut(Enum):
    """Data that is not exported; the value is the word for it on the command line."""

    NOTHING = "nothing"
    CODE = "code"
    NAMES = "names"


class ScanFacts(Struct, frozen=True):
    """The facts about a scan whose findings are exported.

    Attributes:
        id: its id on its server.
        server: the address; "" for the embedded one, which serves no other program.
        has_pages: its server has a page for each finding.
        ended_at: None if it still runs, or no moment is known.
        as_of: the moment of the newest successful response about it; None without any.
        shortfall: why its findings may be incomplete, as a sentence; "" if they are complete.
    """

    id: str
    name: str
    server: ServerUrl | str
    branch: str
    commit: str
    status: str
    has_pages: bool
    started_at: datetime | None
    ended_at: datetime | None
    as_of: datetime | None
    shortfall: str


class Progress(Struct):
    """The number of findings written so far.

    Attributes:
        without_texts: how many of them lack long texts, because the server could not provide them.
    """

    done: int = 0
    without_texts: int = 0


class Contents(Struct, frozen=True):
    """Everything a writer needs.

    Attributes:
        findings: in the order of the table, unless `is_by_severity`.
        scans: those in view, even without findings.
        columns: of a table, in their order.
        filter_text: as it was typed; "" for none.
        hidden: how many findings of these scans are not among them.
        is_selection: they were chosen one by one.
        is_by_severity: no window set their order: by severity, then as they were found.
        changes: the changes of findings in scans that are compared with an earlier one.
        reasons: those of decisions, as far as they have been read.
        disagreements: judgements of findings that differ.
        handover: what is handed over, if this is a handover.
        names_account: the accounts of a handover may be named.
        problem: another reason why they are incomplete, as a sentence.
        with_texts: reads long texts of findings again that were not kept; None if they are not
            wanted. It waits for the server; a finding is returned unchanged if its texts are
            unavailable.
        progress: how many have been written.
    """

    findings: Sequence[Finding]
    scans: Mapping[ScanId, ScanFacts]
    exported_at: datetime
    version: str
    columns: Sequence[Column] = USUAL_COLUMNS
    filter_text: str = ""
    hidden: int = 0
    is_selection: bool = False
    is_by_severity: bool = False
    leave_out: LeaveOut = LeaveOut.NOTHING
    changes: KnownChanges = KnownChanges({})
    reasons: KnownReasons = KnownReasons({})
    disagreements: KnownDisagreements = KnownDisagreements({})
    handover: Handover | None = None
    names_account: bool = False
    problem: str = ""
    with_texts: Callable[[Sequence[Finding]], Sequence[Finding]] | None = None
    progress: Progress = field(default_factory=Progress)
    names: dict[ScanId, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        hides = self.leaves_names_out
        names = {
            key: scan.id[:8] if hides else one_line(scan.name) for key, scan in self.scans.items()
        }
        force_setattr(self, "names", names)

    @property
    def leaves_names_out(self) -> bool:
        return self.leave_out is LeaveOut.NAMES

    @property
    def shortfalls(self) -> tuple[str, ...]:
        """The reasons why the findings may be incomplete, a sentence each."""
        text = [*(scan.shortfall for scan in self.scans.values()), self.problem]
        if self.leaves_names_out and any(text):  # each names a scan or a server
            return (tr("Some scans hadn't ended, or their results are incomplete."),)
        return tuple(dict.fromkeys(filter(None, text)))

    def reason_counts(self) -> Counter[Reason | Known]:
        """Count the findings that need a reason or were given one, by what is known of it."""
        words = Counter(map(self.reasons.word, self.findings))
        return Counter({word: count for word, count in words.items() if word is not None})

    def reason_note(self, finding: Finding) -> str | None:
        """Return the text of a reason, which may name files; None for none, or without names."""
        read = None if self.leaves_names_out else self.reasons.of(finding)
        return read.given.text or None if read is not None and read.given is not None else None

    @property
    def shown_filter(self) -> str:
        """The filter, which may name files; "" for none, or if names are left out."""
        return "" if self.leaves_names_out else self.filter_text

    @property
    def as_of(self) -> datetime | None:
        """The age of the oldest data; None if it is not known for any scan."""
        return min((scan.as_of for scan in self.scans.values() if scan.as_of), default=None)

    def batches(self, *, is_rehearsal: bool = False) -> Iterator[tuple[int, list[Finding]]]:
        """Yield the findings as they may be written, with how many came before.

        Args:
            is_rehearsal: nothing is written yet, so nothing is counted.
        """
        progress = Progress() if is_rehearsal else self.progress
        for start in range(0, len(self.findings), BATCH):
            progress.done = start
            part: Sequence[Finding] = self.findings[start : start + BATCH]
            if self.with_texts is not None and any(finding.is_cut for finding in part):
                part = self.with_texts(part)
                progress.without_texts += sum(finding.is_cut for finding in part)
            yield start, [without(finding, self.leave_out) for finding in part]
        progress.done = len(self.findings)

    def link(self, finding: Finding) -> str:
        """Return the address of a finding's page; "" if it has none or names are left out."""
        scan = self.scans.get(finding.scan_id)
        if scan is None or not scan.has_pages or self.leaves_names_out or finding.is_announced:
            return ""
        return finding_page(ServerUrl(scan.server), finding.id)

    def scan_id(self, finding: Finding) -> str:
        scan = self.scans.get(finding.scan_id)
        return id_on_server(finding.scan_id) if scan is None else scan.id

    @property
    def maker(self) -> str:
        return f"{PRODUCT} {self.version}"

    def servers(self) -> list[str]:
        if self.leaves_names_out:
            return []
        text = (scan.server for scan in self.scans.values())
        hosts = (host_name(ServerUrl(url)) if url else tr("this computer") for url in text)
        return list(dict.fromkeys(hosts))


Writer = Callable[[Contents], Iterator[str] | Iterator[bytes]]
"""Yields a file in pieces, at least one for each batch of findings."""


def scan_facts(scan: Scan, name: str, as_of: datetime | None) -> ScanFacts:
    """Return the facts about a watched scan.

    Args:
        name: its name in the window.
        as_of: the moment of the newest successful response about it.
    """
    end = scan.end_seen.stamped_at if scan.is_stream_only and scan.end_seen else None
    if scan.is_live:
        shortfall = tr("The scan of {scan} hadn't ended.").format(scan=one_line(name))
    elif scan.outcome in (Outcome.FAILED, Outcome.FAILED_MAY_RETRY, Outcome.ENDED):
        shortfall = failed_text(scan)
    elif scan.outcome in (Outcome.CANCELLED, Outcome.CANCELLED_MAY_RETURN):
        shortfall = tr("The scan of {scan} was cancelled.").format(scan=one_line(name))
    else:
        shortfall = unseen_text(scan)
    return ScanFacts(
        id=id_on_server(scan.id),
        name=name,
        server="" if scan.is_local else scan.server,
        branch=scan.branch or "",
        commit=scan.commit_sha or "",
        status=scan.status if scan.last_update_at_s is not None else "unknown",
        has_pages=not scan.is_local and scan.source is ScanSource.LIVE,
        started_at=scan.started_at,
        ended_at=None if scan.is_live else scan.completed_at or end or scan.updated_at,
        as_of=as_of,
        shortfall=shortfall,
    )


def without(finding: Finding, leave_out: LeaveOut) -> Finding:
    """Return a finding as it may be exported; omitted parts are marked, or removed with their name.

    Titles stay, except for the file they name. Texts about code may quote it, so they are removed
    with the names.
    """
    if leave_out is LeaveOut.NOTHING:
        return finding
    left_out, no_code = tr("left out"), tr("code left out")
    proof = finding.proof and replace(
        finding.proof,
        script=no_code if finding.proof.script else "",
        stdout=no_code if finding.proof.stdout else "",
        stderr=no_code if finding.proof.stderr else "",
        analysis=left_out if finding.proof.analysis else "",
    )
    text = replace(
        finding,
        code_snippet=finding.code_snippet and no_code,
        suggested_patch=finding.suggested_patch and no_code,
        proof=proof,
    )
    if leave_out is LeaveOut.CODE:
        return text
    title = finding.title
    for name in (finding.file_path, finding.file_path.rpartition("/")[2]):
        title = title.replace(name, "…") if name else title
    if finding.manifest is not None:  # the title of a dependency consists only of names
        title = tr("A dependency with a known vulnerability")
    is_random = bool(_RANDOM_PRINT.match(finding.fingerprint))
    return replace(
        text,
        title=title,
        file_path=finding.file_path and left_out,
        fingerprint=finding.fingerprint if is_random else finding.fingerprint and left_out,
        description=finding.description and left_out,
        fix_summary=finding.fix_summary and left_out,
        agent_reasoning=finding.agent_reasoning and left_out,
        manifest=None,
    )


def file_stem(scan_names: Iterable[str], on: datetime) -> str:
    """Return the default name of a file: "payments-api 2026-05-12", for any file system."""
    names = list(scan_names)
    name = names[0] if len(names) == 1 else tr("findings")
    safe = re.sub(r"[^\w .()+-]", "_", one_line(name)).strip(" .")[:80] or tr("findings")
    return f"{safe} {on.astimezone().date().isoformat()}"
