"""Decisions of earlier scans that are proposed for the findings of a later one.

Nothing here decides anything: a proposal is shown beside a finding until the analyst accepts or
rejects it, and changes no count, alert or filter of severities.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.decision import Field, OwnWrite
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingEvent,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
    Source,
)
from heimdall_desktop.domain.facts.reason import GivenReason, Reason, reason_of
from heimdall_desktop.domain.pairing import KeptDecision

PERSONS = frozenset({FindingStatus.CONFIRMED, FindingStatus.DISMISSED, FindingStatus.FIXED})
"""Statuses that only a person sets; `false_positive` may be Víðarr's, which writes no event."""
DECIDED = PERSONS | {FindingStatus.FALSE_POSITIVE}
LEAST_CERTAIN = 10  # of a plan that are shown first


class Certainty(Enum):
    """How sure it is that the finding was decided before; the values are used in filters."""

    CERTAIN = "certain"
    PROBABLE = "probable"


class Doubt(Enum):
    """Why a proposal is only probable."""

    RAISED = "raised"  # the later scan rates it higher
    PROVEN = "proven"  # since it was decided
    MODEL = "model"  # the language model found it
    MATCH = "match"  # other or repeated code, another path, or a scan that may lack rows


class EarlierDecision(Struct, frozen=True):
    """Where a proposed decision was made.

    Attributes:
        scan_id, finding_id: of the earlier scan; "" if only the kept decisions know it.
        scan_at: when that scan was created; None if that is unknown.
        at: when it was decided; None until that has been read, or if nothing shows it.
        is_here: this program made it; otherwise it was made elsewhere with this account, or, if
            `is_own` is false, by another one.
        is_own: the signed-in account made it; None while that is unknown.
        is_reading: its history is being read, so reason and moment may still come.
    """

    scan_id: ScanId
    finding_id: FindingId
    scan_at: datetime | None = None
    at: datetime | None = None
    is_here: bool = False
    is_own: bool | None = None
    is_reading: bool = False


class Proposal(Struct, frozen=True):
    """A decision that is proposed for a finding.

    Attributes:
        status: the proposed one; None if only the severity is proposed.
        severity: one that was set by hand; None if none is known.
        reason, text: why, as far as it is known.
        earlier: None for the proposal of a rule.
        rule: the name of the rule; "" for an earlier decision.
        doubts: why it is only probable; none if it is certain.
    """

    finding_id: FindingId
    status: FindingStatus | None
    severity: Severity | None = None
    reason: Reason | None = None
    text: str = ""
    earlier: EarlierDecision | None = None
    rule: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def certainty(self) -> Certainty:
        return Certainty.PROBABLE if self.doubts else Certainty.CERTAIN


class KnownProposals:
    """The open proposals of all scans; two objects are equal only if they are the same."""

    def __init__(self, known: Mapping[ScanId, Mapping[FindingId, Proposal]]) -> None:
        self._known = known

    def of(self, finding: Finding) -> Proposal | None:
        known = self._known.get(finding.scan_id)
        return None if known is None else known.get(finding.id)

    def of_scan(self, scan_id: ScanId) -> Mapping[FindingId, Proposal]:
        return self._known.get(scan_id, {})


class KnownCertainties:
    """How certain each open proposal is, for filters.

    Two objects are equal only if they are the same; one is new only if something of it has changed,
    so that a reason that arrives doesn't filter all rows again.
    """

    def __init__(self, known: Mapping[ScanId, Mapping[FindingId, Certainty]]) -> None:
        self._known = known
        self._counts = {scan_id: Counter(each.values()) for scan_id, each in known.items()}

    def count(self, scan_id: ScanId) -> Counter[Certainty]:
        return self._counts.get(scan_id, Counter())

    def of(self, finding: Finding) -> Certainty | None:
        known = self._known.get(finding.scan_id)
        return None if known is None else known.get(finding.id)

    def of_scan(self, scan_id: ScanId) -> Mapping[FindingId, Certainty]:
        return self._known.get(scan_id, {})


class Proposals:
    """Owns the open proposals, by scan.

    Attributes:
        known: all of them, a new object after each change.
        certainties: how certain they are, a new object only if that has changed.
    """

    def __init__(self) -> None:
        self._scans: dict[ScanId, Mapping[FindingId, Proposal]] = {}
        self.known = KnownProposals({})
        self.certainties = KnownCertainties({})

    def put(self, scan_id: ScanId, proposals: Mapping[FindingId, Proposal]) -> None:
        """Replace all proposals of a scan."""
        before = self.certainties.of_scan(scan_id)
        self._scans = {**self._scans, scan_id: proposals}
        if not proposals:
            del self._scans[scan_id]
        self.known = KnownProposals(self._scans)
        if before != {each.finding_id: each.certainty for each in proposals.values()}:
            self.certainties = KnownCertainties(
                {
                    scan: {finding: each.certainty for finding, each in known.items()}
                    for scan, known in self._scans.items()
                }
            )


class Candidate(Struct, frozen=True):
    """An earlier decision that may be one about a finding.

    Attributes:
        status: None if only the severity was decided.
        severity: one that was set by hand; None if none is known.
        was: the severity that the earlier scan gave it, as far as is known.
        was_proven: a proof had succeeded then.
        at: when it was decided, or the latest possible moment; the newest decision counts.
        is_exact: the same source, place and code, once in each scan.
        knows_severity: whether it is known if the severity was set by hand.
    """

    status: FindingStatus | None
    severity: Severity | None
    reason: Reason | None
    text: str
    was: Severity
    was_proven: bool
    at: datetime
    is_exact: bool
    earlier: EarlierDecision
    knows_severity: bool = False


def propose(
    row: Finding, candidates: Sequence[Candidate], rejected_at: datetime | None = None
) -> tuple[Proposal, Candidate] | None:
    """Return what is proposed for a row, and what it comes from; None for nothing.

    Of the candidates with the same code the newest counts, then the newest of the others.

    Args:
        row: only an open one has proposals, and no older reading of a finding.
        candidates: of earlier scans and kept decisions.
        rejected_at: decisions up to then were rejected for it.
    """
    if row.status is not FindingStatus.OPEN or row.is_repeat or row.is_announced:
        return None
    usable = candidates
    if rejected_at is not None:
        usable = [each for each in candidates if each.at > rejected_at]
    if not usable:
        return None
    best = usable[0]
    if len(usable) > 1:
        best = max(usable, key=lambda each: (each.is_exact, each.at, bool(each.earlier.scan_id)))
    severity = None if best.severity is row.severity else best.severity
    if best.status is None and severity is None:
        return None
    doubts = {
        Doubt.RAISED: row.severity.rank < best.was.rank,
        Doubt.PROVEN: row.poc_validated and not best.was_proven,
        Doubt.MODEL: row.source is Source.AI,
        Doubt.MATCH: not best.is_exact and row.source is not Source.AI,
    }
    why = tuple(doubt for doubt, holds in doubts.items() if holds)
    made = Proposal(row.id, best.status, severity, best.reason, best.text, best.earlier, doubts=why)
    return made, best


class AcceptPlan(Struct, frozen=True):
    """What would be written if proposals were accepted.

    Attributes:
        proposals: all of them, the least certain first.
        counts: how many by proposed status and present severity; None for no status.
        severities: how many get each severity that was set by hand.
        unread: of how many the history has not been read yet, so reasons may still come.
    """

    proposals: tuple[Proposal, ...]
    counts: Counter[tuple[FindingStatus | None, Severity]]
    severities: Counter[Severity]
    unread: int

    @property
    def least_certain(self) -> tuple[Proposal, ...]:
        return self.proposals[:LEAST_CERTAIN]


def plan(proposals: Iterable[tuple[Finding, Proposal]]) -> AcceptPlan:
    """Return what would be written for some findings."""

    def order(each: tuple[Finding, Proposal]) -> tuple[object, ...]:
        row, proposal = each
        is_certain = proposal.certainty is Certainty.CERTAIN
        return (is_certain, proposal.reason is not None, row.severity.rank, row.file_path, row.id)

    found = sorted(proposals, key=order)
    return AcceptPlan(
        tuple(proposal for _, proposal in found),
        Counter((proposal.status, row.severity) for row, proposal in found),
        Counter(proposal.severity for _, proposal in found if proposal.severity is not None),
        sum(each.earlier is not None and each.earlier.is_reading for _, each in found),
    )


class DecisionRead(Struct, frozen=True):
    """What the history of a finding says about the decision on it.

    Attributes:
        row_updated_at: `updated_at` of the row that it was read for.
        status_text: the newest status that it was given; "" if no entry has one.
        is_person: an account gave it, and not the scan.
        is_own: that is the signed-in one; None if that is unknown.
        at: when it was given.
        severity_text: the severity that an account has set last; "" for none.
        was_text: the severity before the first such change.
        has_entries: there are entries at all; an empty history may mean that none is kept.
    """

    row_updated_at: datetime
    status_text: str = ""
    is_person: bool = False
    is_own: bool | None = None
    at: datetime | None = None
    reason: GivenReason | None = None
    severity_text: str = ""
    was_text: str = ""
    has_entries: bool = False


def read_decision(
    row: Finding, events: Sequence[FindingEvent], *, knows_self: bool
) -> DecisionRead:
    """Return what a history says about a row; `knows_self` if entries show which are our own."""
    in_order = sorted(events, key=lambda event: event.created_at)
    statuses = [each for each in in_order if each.event_type == Field.STATUS.event_type]
    severities = [
        each for each in in_order if each.event_type == Field.SEVERITY.event_type and each.user_id
    ]
    last = statuses[-1] if statuses else None
    is_person = last is not None and last.user_id is not None
    return DecisionRead(
        row.updated_at,
        "" if last is None else last.new_value or "",
        is_person,
        last.is_own if last is not None and is_person and knows_self else None,
        None if last is None else last.created_at,
        reason_of(events),
        (severities[-1].new_value or "") if severities else "",
        (severities[0].old_value or "") if severities else "",
        bool(events),
    )


def candidate_of(
    row: Finding,
    scan_at: datetime | None,
    read: DecisionRead | None,
    own: Sequence[OwnWrite],
    own_severities: Sequence[OwnWrite],
    kept: KeptDecision | None = None,
    *,
    is_exact: bool = False,
    can_read: bool = False,
) -> Candidate | None:
    """Return what was decided about a row of an earlier scan, as far as that is known.

    None if a person has decided nothing, or it can't be known whether a person has.

    Args:
        row: as it was read last.
        scan_at: when its scan was created.
        read: its history; None if that is unread.
        own: the changes of its status made here, oldest first.
        own_severities: the changes of its severity made here.
        kept: what an earlier session has kept of it, if that agrees with the row.
        is_exact: as of the candidate.
        can_read: its history will be read.
    """
    status = row.status
    if read is not None and read.status_text:  # newer than the row, if they differ
        status = FindingStatus.of(read.status_text)
    is_open = status not in DECIDED
    if kept is not None and kept.status is not (None if is_open else status):
        kept = None
    is_here = bool(own_severities) if is_open else bool(own and own[-1].new == status.value)
    is_here = is_here or (kept is not None and kept.is_here)
    is_person = is_here or (read is not None and read.is_person)
    is_person = is_person or kept is not None  # nothing else was kept
    decided = status if status in PERSONS or (status in DECIDED and is_person) else None
    hand = read.severity_text if read is not None else ""
    was_text = read.was_text if read is not None else ""
    if not hand and own_severities:
        hand, was_text = own_severities[-1].new, own_severities[0].old
    if not hand and kept is not None and kept.severity is not None:
        hand, was_text = kept.severity.value, kept.was.value
    was = Severity.of(was_text) if was_text else row.severity
    severity = Severity.of(hand) if hand and hand == row.severity_text else None
    if severity is Severity.OTHER or severity is was:
        severity = None
    if decided is None and severity is None:
        return None
    at = row.updated_at
    if read is not None and read.at is not None:
        at = read.at
    elif own and own[-1].written_at is not None:
        at = own[-1].written_at
    elif kept is not None:
        at = min(at, kept.at)
    given = None if read is None else read.reason
    reason = kept.reason if given is None and kept is not None else None
    is_own = True if is_here else None if read is None else read.is_own
    return Candidate(
        decided,
        severity,
        reason if given is None else given.reason,
        "" if given is None else given.text,
        was,
        row.poc_validated,
        at,
        is_exact,
        EarlierDecision(
            row.scan_id,
            row.id,
            scan_at,
            at if is_here or kept or (read is not None and read.at is not None) else None,
            is_here,
            is_own,
            is_reading=can_read and read is None,
        ),
        knows_severity=severity is not None or (read is not None and read.has_entries),
    )


def kept_candidate(kept: KeptDecision, is_exact: bool) -> Candidate:
    """Return what was decided about a finding of a scan that may no longer be there."""
    is_own = True if kept.is_here else None
    earlier = EarlierDecision(
        ScanId(""), FindingId(""), kept.scan_at, kept.at, kept.is_here, is_own
    )
    return Candidate(
        kept.status,
        kept.severity,
        kept.reason,
        "",
        kept.was,
        kept.was_proven,
        kept.at,
        is_exact,
        earlier,
        knows_severity=kept.severity is not None,
    )
