"""Compares two scans once both have ended: exit status, reason, and the line of JSON."""

import json
from collections.abc import Sequence

from heimdall_desktop.application.unattended import Exit, Unattended, told_of
from heimdall_desktop.domain.comparison import ChangeKind, Compared, Comparison, compare
from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.unattended_text import (
    alarming_text,
    cut_short_text,
    other_repo_text,
    unseen_text,
)


class UnattendedComparison(Unattended):
    """The earlier and the later scan of a comparison; one that is named twice is both."""

    _answer = ""

    def end_of(self, scans: Sequence[Scan]) -> tuple[Exit, str]:
        """Compare them, and return exit status and reason."""
        before, after = scans[0], scans[-1]
        why_not = _why_not(before, after)
        if why_not:
            return Exit.ARGUMENTS, why_not
        comparison = compare(before.findings.values(), after.findings.values())
        self._answer = _answer(before, after, comparison)
        alarming = sum(row.is_alarming for row in comparison.rows)
        if alarming:
            return Exit.WORSE, alarming_text(alarming)
        missing = next(filter(None, map(_missing, scans)), "")
        return (Exit.NOT_ALL_SEEN if missing else Exit.DONE), missing

    def failure_of(self, scans: Sequence[Scan]) -> tuple[Exit, str] | None:
        """Return nothing: a scan that failed is compared as far as it came, and that is told."""
        return None

    def answer(self) -> str:
        """Return the line of JSON; "" until both have ended: half a scan would look fixed."""
        return self._answer


def _why_not(before: Scan, after: Scan) -> str:
    """Return why two scans cannot be compared; two local folders are taken for one repository."""
    for scan in (before, after):
        lacking = lacks(scan, Feature.COMPARISON)
        if lacking:
            return lacking
    are_local = before.is_local and after.is_local
    is_one = are_local or before.repo_id == after.repo_id
    return "" if is_one else other_repo_text(before, after)


def _missing(scan: Scan) -> str:
    """Return what of a scan cannot be compared; "" where all of it was."""
    return unseen_text(scan) if scan.outcome is Outcome.COMPLETED else cut_short_text(scan)


def _answer(before: Scan, after: Scan, comparison: Comparison) -> str:
    told: dict[str, object] = {"a": told_of(before), "b": told_of(after)}
    for kind in (ChangeKind.NEW, ChangeKind.FIXED, ChangeKind.CHANGED, ChangeKind.STILL):
        told[kind.value] = [_row(row) for row in comparison.of(kind)]
    return json.dumps(told, ensure_ascii=False)


def _row(row: Compared) -> dict[str, object]:
    verdicts = [None if verdict is None else verdict.value for verdict in row.verdicts]
    return {
        "id": id_on_server(row.shown.id),
        "fingerprint": row.shown.fingerprint,
        "severity_before": _severity(row.before),
        "severity_after": _severity(row.after),
        "verdict_before": verdicts[0],
        "verdict_after": verdicts[1],
        "moved": row.is_moved,
        "paired_by": None if row.paired_by is None else row.paired_by.value,
    }


def _severity(finding: Finding | None) -> str | None:
    return None if finding is None else finding.severity.value
