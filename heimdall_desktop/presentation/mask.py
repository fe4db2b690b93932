"""The data shown while presenting: kinds, counts and times, but no names.

Masked values are only for display. Code that decides, writes or stores something has the real
ones. Source: behaviour.md 1 (32).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.comparison import Compared
from heimdall_desktop.domain.facts.activity_log import LogGap
from heimdall_desktop.domain.facts.finding import Finding, ScanId, cwe_number
from heimdall_desktop.domain.facts.observation import Activity, EndSeen, StageRow
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.domain.proposals import Proposal
from heimdall_desktop.domain.table.group import Group
from heimdall_desktop.presentation.alerts.event_text import EVENTS
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import MASK

KEPT_FINDINGS = 1024  # some screens full
_TAINT = "taint-"  # shows who found it, which is no name


class Mask:
    """Hides names while it is on.

    Attributes:
        is_on: whether presenting is on.
    """

    def __init__(self) -> None:
        self.is_on = False
        self._numbers: dict[ScanId, int] = {}
        self._scans: dict[ScanId, SeenScan] = {}
        self._findings: dict[str, tuple[Finding, Finding]] = {}

    @property
    def obstacle(self) -> str:
        """Why findings cannot be copied, dragged or exported; "" if they can.

        Exported data has all names, and might be pasted or opened in front of an audience.
        """
        return tr("Not available while presenting: it would show names.") if self.is_on else ""

    def text(self, text: str) -> str:
        """Return a text as it may be shown; an empty text stays empty."""
        return MASK if self.is_on and text else text

    def name(self, scan_id: ScanId, name: str) -> str:
        """Return the shown name of a scan: "Scan 1", in the order in which they were seen."""
        if not self.is_on:
            return name
        number = self._numbers.setdefault(scan_id, len(self._numbers) + 1)
        return tr("Scan {number}").format(number=number)

    def finding(self, finding: Finding) -> Finding:
        if not self.is_on:
            return finding
        known = self._findings.get(finding.id)
        if known is None or known[0] is not finding:
            if len(self._findings) >= KEPT_FINDINGS:
                self._findings.clear()
            number = cwe_number(finding.cwe_text)
            manifest: Mapping[str, str] | None = finding.manifest and {MASK: MASK}
            masked = replace(
                finding,
                source_text=finding.source.value,
                status_text=finding.status.value,
                severity_text=finding.severity.value,
                confidence_text=finding.confidence.value,
                title=MASK,
                file_path=MASK if finding.file_path else "",
                fingerprint=f"{_TAINT}{MASK}" if finding.fingerprint.startswith(_TAINT) else MASK,
                description=_hidden(finding.description),
                cwe_text=_hidden(finding.cwe_text) if number is None else f"CWE-{number}",
                cve_id=_hidden(finding.cve_id),
                code_snippet=_hidden(finding.code_snippet),
                suggested_patch=None,
                fix_type=None,
                fix_summary=MASK if finding.has_fix else None,
                announced_in=finding.announced_in if finding.announced_in in STAGE_NAMES else "",
                references=(),
                manifest=manifest,
                proof=None,
                agent_reasoning=_hidden(finding.agent_reasoning),
                cut_mark="",
            )
            known = self._findings[finding.id] = (finding, masked)
        return known[1]

    def compared(self, row: Compared) -> Compared:
        """Return a row of a comparison as it may be shown."""
        if not self.is_on:
            return row
        before, after = (each and self.finding(each) for each in (row.before, row.after))
        return replace(row, before=before, after=after)

    def proposal(self, proposal: Proposal) -> Proposal:
        """Return a proposed decision as it may be shown: its comment and its rule are texts."""
        if not self.is_on:
            return proposal
        return replace(proposal, text="", rule=self.text(proposal.rule))

    def group(self, group: Group) -> Group:
        """Return a group as its head may be shown."""
        if not self.is_on:
            return group
        _ = group.severities  # of the real rows, all of them
        return replace(group, rows=[self.finding(group.rows[0]), *group.rows[1:]])

    def scan(self, scan: Scan) -> Scan:
        """Return a scan as it may be shown; the same object each time, in its current state."""
        if not self.is_on:
            return scan
        seen = self._scans.get(scan.id)
        if seen is None:
            seen = self._scans[scan.id] = SeenScan(scan.id, scan.server)
        seen.follow(scan, self.name(scan.id, ""))
        return seen

    def line(self, line: InboxLine) -> InboxLine:
        if not self.is_on:
            return line
        return replace(
            line,
            title=tr(EVENTS[line.event].redacted),
            body="",
            scan_name=self.name(line.scan_id, ""),
            server="",
            merged_into=self.text(line.merged_into),
        )

    def turn(self, scan_ids: Iterable[ScanId], *, is_on: bool) -> None:
        """Start or stop hiding names; scans keep their numbers, and nothing else is kept.

        Args:
            scan_ids: those that are watched, in the order of their numbers.
            is_on: start or stop.
        """
        self.is_on = is_on
        self._findings.clear()
        self._scans.clear()
        for scan_id in scan_ids:
            self.name(scan_id, "")


class SeenScan(Scan):
    """A scan as it may be shown: without its names and the words of its server."""

    def follow(self, scan: Scan, name: str) -> None:
        """Copy the current state of a scan.

        Args:
            scan: the real one.
            name: the name shown instead.
        """
        for field in scan.__struct_fields__:
            setattr(self, field, getattr(scan, field))
        self.repo_name, self.branch, self.commit_sha = name, None, None
        self.error, self.fallback = _hidden(scan.error), _hidden(scan.fallback)
        self.stages = tuple(replace(each, error=_hidden(each.error)) for each in scan.stages)

    @property
    def activities(self) -> dict[str, Activity]:
        """Its log by key, without words."""
        return {key: _without_words(row) for key, row in super().activities.items()}

    @property
    def stage_rows(self) -> tuple[StageRow, ...]:
        """The newest row of each stage, without words."""
        return tuple(
            replace(
                row, name=row.name if row.name in STAGE_NAMES else MASK, error=_hidden(row.error)
            )
            for row in super().stage_rows
        )

    @property
    def end_seen(self) -> EndSeen | None:
        """The newest end, without words."""
        end = super().end_seen
        return None if end is None else replace(end, error=_hidden(end.error))

    @property
    def open_tasks(self) -> Iterator[Activity]:
        """The current tasks, without words."""
        return map(_without_words, super().open_tasks)

    @property
    def activity_rows(self) -> Sequence[Activity]:
        """Its log, oldest first, without words."""
        return [_without_words(row) for row in super().activity_rows]

    @property
    def log_gaps(self) -> tuple[LogGap, ...]:
        """The places where its log may have gaps."""
        return tuple(
            replace(
                gap,
                newer=_without_words(gap.newer),
                older=None if gap.older is None else _without_words(gap.older),
            )
            for gap in super().log_gaps
        )


def _hidden(text: str | None) -> str | None:
    return MASK if text else text


def _without_words(row: Activity) -> Activity:
    stage = row.stage if row.stage in STAGE_NAMES else None
    return replace(row, stage=stage, title=MASK, detail=_hidden(row.detail))
