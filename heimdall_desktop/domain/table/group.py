"""Findings that have something in common: by what they are put together, and one such group."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from operator import attrgetter

from heimdall_desktop.domain.facts.finding import (
    Finding,
    Severity,
    cwe_number,
    one_line,
    severities_of,
)
from heimdall_desktop.domain.table.bucketing import GroupKey
from heimdall_desktop.domain.table.columns import ScanNames, source_word
from heimdall_desktop.domain.words.i18n import grouped, tr, tr_noop

UNTOLD_CWE = -1  # what announced findings have in common: it is unknown
FINGERPRINT_SHOWN = 12  # characters of one that are told; enough to tell two apart
NAMED_SEVERITIES = tuple(severity for severity in Severity if severity is not Severity.OTHER)


class GroupBy(Enum):
    """What findings of one group have in common; the value is its name."""

    FILE = tr_noop("File")
    CWE = tr_noop("CWE")
    SOURCE = tr_noop("Source")
    SCAN = tr_noop("Scan")
    FINGERPRINT = tr_noop("Fingerprint")


@dataclass(slots=True, eq=False)
class Group:
    """One group. It stands in the table as a row of its own, above its findings.

    Attributes:
        key: what its findings have in common; two groups never share one. None for those that
            share it with nobody.
        rows: its findings in the order of the table, at least one.
        is_open: whether they are shown.
    """

    by: GroupBy
    key: GroupKey
    rows: list[Finding]
    is_open: bool = True
    _severities: Counter[Severity] | None = field(default=None, repr=False)

    @property
    def size(self) -> int:
        """How many rows of the table it takes, its head included."""
        return 1 + len(self.rows) if self.is_open else 1

    @property
    def severities(self) -> Counter[Severity]:
        """How many findings count under each severity; counted when somebody asks."""
        if self._severities is None:
            self._severities = severities_of(self.rows)
        return self._severities

    def moved(self) -> None:
        """Its findings are others now."""
        self._severities = None

    def title(self, names: ScanNames) -> str:
        """Return what its findings have in common, as people read it."""
        if self.key is None:
            return tr("Fingerprint of their own")
        return _TITLES[self.by](self.rows[0], names)

    def note(self, names: ScanNames, *, has_many_scans: bool) -> str:
        """Return what is said beside the title, less loudly; "" for nothing."""
        first = self.rows[0]
        scan = names.get(first.scan_id, first.scan_id[:8])
        if self.by is GroupBy.FILE:
            return "  ".join(filter(None, (first.folder, scan if has_many_scans else "")))
        has_print = self.by is GroupBy.FINGERPRINT and bool(self.key)
        return first.title_line if has_print else ""


def group_key(by: GroupBy) -> Callable[[Finding], GroupKey]:
    """Return what findings of one group have in common. Files of two scans are two files."""
    return _KEYS[by]


def group_sentence(group: Group, names: ScanNames, *, has_many_scans: bool) -> str:
    """Return the row of a group as one sentence for assistive technology. Source: ux.md 2.8."""
    counts = ", ".join(
        f"{grouped(group.severities[severity])} {severity.word.lower()}"
        for severity in Severity
        if group.severities[severity]
    )
    title = group.title(names).rstrip(".")
    note = group.note(names, has_many_scans=has_many_scans).rstrip(".")
    state = tr("Open") if group.is_open else tr("Closed")
    head = tr("Group {title}").format(title=title)
    told = [head, *filter(None, [note]), f"{count_text(group)}: {counts}", state]
    return ". ".join(told) + "."


def count_text(group: Group) -> str:
    """Return "3 findings", or "3 findings, 1 withdrawn", which count under no severity."""
    withdrawn = len(group.rows) - group.severities.total()
    told = tr("%n findings", "", len(group.rows), one="%n finding")
    if withdrawn:
        form = tr("{findings}, {withdrawn} withdrawn")
        told = form.format(findings=told, withdrawn=grouped(withdrawn))
    return told


def _cwe_key(finding: Finding) -> GroupKey:
    if finding.is_announced:
        return UNTOLD_CWE
    number = cwe_number(finding.cwe_text)
    return one_line(finding.cwe_text or "") if number is None else number


def _file_title(finding: Finding, _names: ScanNames) -> str:
    if finding.is_announced:
        return tr("Place unknown")
    return one_line(finding.file_path.rpartition("/")[2]) or tr("No file")


def _fingerprint_title(finding: Finding, _names: ScanNames) -> str:
    if finding.is_announced:
        return tr("Fingerprint unknown")
    return one_line(finding.fingerprint)[:FINGERPRINT_SHOWN] or tr("No fingerprint")


def _cwe_title(finding: Finding, _names: ScanNames) -> str:
    return tr("CWE unknown") if finding.is_announced else finding.cwe or tr("No CWE")


def _source_title(finding: Finding, _names: ScanNames) -> str:
    return tr("Source unknown") if finding.is_announced else source_word(finding)


_KEYS: dict[GroupBy, Callable[[Finding], GroupKey]] = {
    GroupBy.FILE: attrgetter("scan_id", "file_path"),
    GroupBy.CWE: _cwe_key,
    GroupBy.SOURCE: attrgetter("source_text"),
    GroupBy.SCAN: attrgetter("scan_id"),
    GroupBy.FINGERPRINT: attrgetter("fingerprint"),
}
_TITLES: dict[GroupBy, Callable[[Finding, ScanNames], str]] = {
    GroupBy.FILE: _file_title,
    GroupBy.CWE: _cwe_title,
    GroupBy.SOURCE: _source_title,
    GroupBy.SCAN: lambda finding, names: names.get(finding.scan_id, finding.scan_id[:8]),
    GroupBy.FINGERPRINT: _fingerprint_title,
}
