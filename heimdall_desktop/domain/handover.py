"""What one shift hands over to the next: decided, snoozed, proposed, running, not reported.

Everything counts as in the window: snoozed findings as its filter, proposals as they are kept,
running scans as on the board.
"""

from collections.abc import Callable, Iterable, Set
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.reason import KnownReasons
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.histories import (
    Decided,
    KnownHistories,
    OwnWrites,
    decided_since,
    is_decided,
    knows_decision,
)
from heimdall_desktop.domain.proposals import Certainty, KnownProposals, Proposal


class RunningScan(Struct, frozen=True):
    """A scan that has not ended, and its state in words."""

    scan_id: ScanId
    state: str
    findings: int


Proposed = tuple[Finding, Proposal]


class Handover(Struct, frozen=True):
    """The facts of a handover, of the scans in view.

    Attributes:
        since: decisions count from here on.
        is_session: that is when the program was started.
        decided: decisions of persons since then, the newest first.
        snoozed: the snoozed findings, the first to return first.
        proposed: open proposals that are certain, the gravest first.
        doubtful: those that are only probable.
        running: scans that have not ended.
        closed: how many findings have another status than open, and
        known: for how many of them it is known when that was set, and by whom.
        accounts: those that are signed in, if they may be named.
    """

    since: datetime
    is_session: bool
    decided: tuple[Decided, ...]
    snoozed: tuple[Finding, ...]
    proposed: tuple[Proposed, ...]
    doubtful: tuple[Proposed, ...]
    running: tuple[RunningScan, ...]
    closed: int
    known: int
    reasons: KnownReasons = KnownReasons({})
    accounts: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding that it lists, once."""
        rows = (
            *(each.finding for each in self.decided),
            *self.snoozed,
            *(finding for finding, _ in (*self.proposed, *self.doubtful)),
        )
        return tuple({row.id: row for row in rows}.values())


def handovers_of(
    scans: Iterable[tuple[Scan, str]],
    own: OwnWrites,
    own_ids: Set[FindingId],
    histories: KnownHistories,
    proposals: KnownProposals,
    reasons: KnownReasons,
    *,
    started_at: datetime | None = None,
) -> Callable[[datetime], Handover]:
    """Collect what some scans hand over; return what makes it for decisions since a moment.

    Repeats are left out, and so are findings that were only announced.

    Args:
        scans: each with its state in words.
        own: the changes that were made here.
        own_ids: the findings that were changed here.
        started_at: when the program was started.
    """
    of_scans = list(scans)
    every = [scan.findings for scan, _ in of_scans]
    rows = [row for found in every for row in found.values() if not row.is_repeat]
    may_be_known = own_ids | histories.finding_ids
    touched = [row for row in rows if row.id in may_be_known]  # few of 100,000
    proposed = [
        (row, proposal)
        for scan, _ in of_scans
        for finding_id, proposal in proposals.of_scan(scan.id).items()
        if (row := scan.findings.get(finding_id)) is not None
    ]
    proposed.sort(key=lambda each: (each[0].severity.rank, each[0].file_path, each[0].id))
    snoozed = tuple(sorted((row for row in rows if row.snoozed_until is not None), key=_return))
    certain = tuple(each for each in proposed if each[1].certainty is Certainty.CERTAIN)
    doubtful = tuple(each for each in proposed if each[1].certainty is not Certainty.CERTAIN)
    running = tuple(
        RunningScan(scan.id, state, len(scan.findings)) for scan, state in of_scans if scan.is_live
    )
    closed = sum(map(is_decided, rows))
    known = sum(is_decided(row) and knows_decision(row, own, histories) for row in touched)

    def since(moment: datetime) -> Handover:
        return Handover(
            moment,
            moment == started_at,
            tuple(decided_since(touched, own, histories, moment)),
            snoozed,
            certain,
            doubtful,
            running,
            closed,
            known,
            reasons,
        )

    return since


def _return(finding: Finding) -> tuple[datetime, str]:
    return finding.snoozed_until or finding.created_at, finding.id
