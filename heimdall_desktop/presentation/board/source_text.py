"""What a server provides for a scan, what it does not, and which features that rules out.

Source: protocol.md 13, look.md 5 (What a server doesn't report), picture 14.
"""

from collections.abc import Iterable
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.observation import ScanSource
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.scan_link import own_link
from heimdall_desktop.domain.facts.server import is_loopback
from heimdall_desktop.domain.facts.stage import StageState
from heimdall_desktop.presentation.i18n import tr, tr_noop


class Feature(Enum):
    """A feature that only some kinds of server offer; the value says that it is missing."""

    LOG = tr_noop("This server doesn't offer the log.")
    THREAT_MODEL = tr_noop("This server doesn't offer the threat model.")
    PATCHES = tr_noop("This server doesn't offer patches.")
    CANCEL = tr_noop("This server doesn't support cancelling scans.")
    RESCAN = tr_noop("This server doesn't support starting scans.")
    PAGES = tr_noop("This server doesn't offer web pages.")
    AI = tr_noop("This server doesn't support AI explanation or verification.")
    ISSUES = tr_noop("This server doesn't support creating issues.")
    ALL_ISSUES = tr_noop("This server doesn't support creating issues for all findings in a scan.")
    FIXES = tr_noop("This server doesn't support fix requests.")
    DETAILS = tr_noop("This server announces findings but doesn't list them.")
    COMPARISON = tr_noop(
        "This server announces findings but doesn't list them, so they can't be compared."
    )
    PROPOSALS = tr_noop(
        "This server announces findings but doesn't list them, so earlier decisions are unknown."
    )
    TRIAGE = tr_noop("This server doesn't accept decisions on findings.")


LOCAL_ONLY = tr_noop("Local scans are available only in this program.")
_NO_CODE_HOST = tr_noop("A local scan's repository isn't on a code host.")
_LOCAL_LACKS = {
    Feature.PAGES: LOCAL_ONLY,
    Feature.ISSUES: _NO_CODE_HOST,
    Feature.ALL_ISSUES: _NO_CODE_HOST,
    Feature.FIXES: _NO_CODE_HOST,
}

_DOCUMENTED = frozenset(
    {
        Feature.AI,
        Feature.ISSUES,
        Feature.DETAILS,
        Feature.COMPARISON,
        Feature.PROPOSALS,
        Feature.TRIAGE,
    }
)
_OFFERED = {ScanSource.LISTING: _DOCUMENTED, ScanSource.STREAM: frozenset[Feature]()}


def lacks(scan: Scan, feature: Feature) -> str:
    """Return why a feature is missing for a scan; "" if it is available or not known yet."""
    if scan.is_local and feature in _LOCAL_LACKS:
        return tr(_LOCAL_LACKS[feature])
    offered = None if scan.source is None else _OFFERED.get(scan.source)
    return "" if offered is None or feature in offered else tr(feature.value)


def no_own_link(scan: Scan) -> str:
    """Return why no heimdall:// link opens a scan or its findings; "" if one does."""
    if scan.is_local:
        return tr(LOCAL_ONLY)
    if own_link(scan.server, scan.id):
        return ""
    if is_loopback(scan.server):
        return tr("heimdall:// links don't open scans of a server on this computer.")
    return tr("heimdall:// links don't open scans of this server.")


class SourceNote(Struct, frozen=True):
    """The note above the findings while a server does not provide everything.

    Attributes:
        provided: what it provides, a line each.
        missing: what it does not.
    """

    fact: str
    consequence: str
    provided: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def sentence(self) -> str:
        return f"{self.fact} {self.consequence}"


def source_note(scans: Iterable[Scan]) -> SourceNote | None:
    """Return the note for the scans in scope, for the one with the least data.

    None if the server provides everything, or no server is known yet.
    """
    text = list(scans)
    for source, note_of in ((ScanSource.STREAM, _stream_note), (ScanSource.LISTING, _listing_note)):
        concerned = [scan for scan in text if scan.source is source]
        if concerned:
            return note_of(concerned, is_all=len(concerned) == len(text))
    return None


def source_text(scan: Scan) -> str:
    """Return the source of a scan's data, for tips and diagnostics; "" if it is complete."""
    note = source_note([scan])
    return "" if note is None else note.sentence


def _stream_note(scans: list[Scan], *, is_all: bool) -> SourceNote:
    count, stages = len(scans), tr("Stages it reports")
    if count == 1:
        every = scans[0].stages
        reported = [stage for stage in every if stage.state is not StageState.NOT_REPORTED]
        stages = tr("Stages it reports, here {count} of {all}")
        stages = stages.format(count=len(reported), all=len(every))
    return SourceNote(
        tr("Stream only.")
        if is_all
        else tr("%n scans are stream only.", "", count, one="%n scan is stream only."),
        tr("Findings the server doesn't announce can't be shown here."),
        (stages, tr("Individual findings, by title")),
        (
            tr("Location, code, reasoning, status"),
            tr("Triage, comments, patches"),
            tr("Decisions of earlier scans"),
            tr("Other scans, log, threat model"),
        ),
    )


def _listing_note(scans: list[Scan], *, is_all: bool) -> SourceNote:
    count = len(scans)
    return SourceNote(
        tr("Documented API.")
        if is_all
        else tr(
            "%n scans use the documented API.", "", count, one="%n scan uses the documented API."
        ),
        tr("All findings are listed; the log isn't offered."),
        (
            tr("Scan status and times"),
            tr("Stages it reports (dots: not reported)"),
            tr("Every finding, with code, reasoning and status"),
        ),
        (
            tr("Log and current task"),
            tr("Threat model, patches"),
            tr("Other scans, cancelling or starting scans, web pages"),
        ),
    )
