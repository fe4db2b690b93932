"""Matches a watched scan with earlier ones and with kept decisions, and makes its proposals.

Source: behaviour.md 2.2; protocol.md 4.5.
"""

from collections import deque
from collections.abc import Container, Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.kept_decisions import KeptDecisions, key_of
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.reasons import DecisionHistories, Reasons
from heimdall_desktop.domain import proposals as domain
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.pairing import (
    Hasher,
    KeptDecision,
    Owner,
    pair_kept,
    pair_rows,
    scan_rows,
)
from heimdall_desktop.domain.proposals import Candidate, Proposal

EarlierRow = tuple[Scan, FindingId, bool]
"""A row of an earlier scan that a row of a watched one is, and whether that is exact."""


class MatchedScan(Struct, eq=False):
    """What is known of a watched scan.

    Attributes:
        owner: whose decisions apply to it.
        is_kept: its own are kept for later sessions.
        earlier: the earlier scans of its repository.
        pairs: rows of these scans, by the row of this one; decided ones alone.
        kept: kept decisions, and whether each is exact.
        unique: the rows with code that no other row has in its place.
        partners: the rows of this scan by those of earlier ones.
        unread: rows in `pairs`, until the histories of their decisions were read.
        can_read: whether the histories of decisions of a scan can be read.
        candidates: what each proposal comes from.
        is_whole: it had ended and was read to the end when it was matched.
    """

    owner: Owner
    is_kept: bool = False
    is_whole: bool = False
    earlier: tuple[Scan, ...] = ()
    pairs: dict[FindingId, list[EarlierRow]] = field(default_factory=dict)
    kept: dict[FindingId, tuple[KeptDecision, bool]] = field(default_factory=dict)
    unique: set[FindingId] = field(default_factory=set)
    partners: dict[FindingId, FindingId] = field(default_factory=dict)
    unread: deque[FindingId] = field(default_factory=deque)
    can_read: dict[ScanId, bool] = field(default_factory=dict)
    candidates: dict[FindingId, Candidate] = field(default_factory=dict)


class ProposalMatcher:
    """Finds the earlier decisions about the rows of a scan.

    Attributes:
        accepted: the reasons of the decisions that were accepted here.
    """

    def __init__(
        self,
        store: Store,
        decisions: Decisions,
        reasons: Reasons,
        histories: DecisionHistories,
        kept: KeptDecisions,
    ) -> None:
        self._store, self._decisions, self._reasons = store, decisions, reasons
        self._histories, self._kept = histories, kept
        self.accepted: dict[FindingId, Reason] = {}

    def match(
        self,
        known: MatchedScan,
        scan: Scan,
        rows: list[Finding],
        hasher: Hasher,
        kept: Mapping[str, KeptDecision],
    ) -> tuple[dict[FindingId, Proposal], list[KeptDecision]]:
        """Match a scan; run in a thread, as 100,000 rows take seconds.

        Args:
            known: its owner and its earlier scans; the rest is filled in.
            scan: the later scan.
            rows: all its rows.
            hasher: makes the hashes.
            kept: all decisions that are kept for its owner.

        Returns:
            Its proposals, and which decisions on its rows are to be kept, or no longer.
        """
        at_hand, own = set[str](), self._decisions.own_findings()
        in_order = scan_rows(rows, is_whole=known.is_whole)
        known.unique = in_order.unique()
        for other in known.earlier:
            known.can_read[other.id] = self._histories.can_read(other)
            former = list(other.findings.values())
            earlier = scan_rows(former, is_whole=is_whole(other))
            kept_ids = set[FindingId]()
            for row in former if kept else ():
                key = key_of(hasher, row.id)
                if key in kept:
                    at_hand.add(key)
                    kept_ids.add(row.id)
            for finding_id, (row, is_exact) in pair_rows(earlier, in_order).items():
                if row.status in domain.DECIDED or row.id in own or row.id in kept_ids:
                    found = (other, row.id, is_exact)
                    known.pairs.setdefault(finding_id, []).append(found)
                    known.partners[row.id] = finding_id
        decisions = self._to_keep(known, scan, rows, own, hasher, kept)
        before = [
            each
            for each in kept.values()
            if not each.is_rejection
            and each.finding not in at_hand
            and scan.created_at is not None
            and each.scan_at < scan.created_at
        ]
        if before:
            known.kept = pair_kept(before, hasher.traces(in_order))
        known.unread.extend(known.pairs)
        proposals = {}
        for finding_id in {**known.pairs, **known.kept}:
            later = scan.findings.get(finding_id)
            proposal = None if later is None else self.propose(known, later)
            if proposal is not None:
                proposals[finding_id] = proposal
        return proposals, decisions

    def propose(self, known: MatchedScan, row: Finding) -> Proposal | None:
        """Return the proposal for a row, and remember what it comes from."""
        known.candidates.pop(row.id, None)
        if row.id not in known.pairs and row.id not in known.kept:
            return None
        is_unique = row.id in known.unique
        rejection = self._kept.rejection(known.owner, row, is_unique=is_unique)
        rejected_at = None if rejection is None else rejection.at
        found = domain.propose(row, self.candidates_of(known, row), rejected_at)
        if found is None:
            return None
        proposal, known.candidates[row.id] = found
        return proposal

    def candidates_of(self, known: MatchedScan, row: Finding) -> list[Candidate]:
        """Return all earlier decisions about a row."""
        found: list[Candidate] = []
        for scan, finding_id, is_exact in known.pairs.get(row.id, ()):
            former = scan.findings.get(finding_id)
            if former is not None:
                candidate = self._candidate_of(known, scan, former, is_exact)
                if candidate is not None:
                    found.append(candidate)
        kept = known.kept.get(row.id)
        if kept is not None:
            found.append(domain.kept_candidate(*kept))
        return found

    def _candidate_of(
        self, known: MatchedScan, scan: Scan, row: Finding, is_exact: bool = False
    ) -> Candidate | None:
        kept = self._kept.about(known.owner, row.id)
        return domain.candidate_of(
            row,
            scan.created_at,
            self._reasons.decision(row),
            self._decisions.own_writes(row.id, Field.STATUS),
            self._decisions.own_writes(row.id, Field.SEVERITY),
            kept if kept is not None and kept.agrees(row) else None,
            is_exact=is_exact,
            can_read=known.can_read.get(scan.id, False),
        )

    def _to_keep(
        self,
        known: MatchedScan,
        scan: Scan,
        rows: Iterable[Finding],
        own: Container[FindingId],
        hasher: Hasher,
        kept: Mapping[str, KeptDecision],
    ) -> list[KeptDecision]:
        """Return which decisions on rows of a scan are not kept yet, or are kept otherwise."""
        changed = []
        for row in rows:
            is_decided = row.status in domain.DECIDED or row.id in own
            if not (is_decided or kept) or scan.created_at is None:
                continue
            key = key_of(hasher, row.id)
            former = kept.get(key)
            if former is None and not is_decided:
                continue
            candidate = self._candidate_of(known, scan, row)
            if candidate is not None:
                given = self._store.reasons.known.of(row)
                known_reason = None if given is None or given.given is None else given.given.reason
                now = KeptDecision(
                    known.owner,
                    key,
                    hasher.trace(row, is_unique=row.id in known.unique),
                    candidate.status,
                    candidate.severity,
                    candidate.reason or known_reason or self.accepted.get(row.id),
                    candidate.was,
                    candidate.was_proven,
                    candidate.at,
                    scan.created_at,
                    candidate.earlier.is_here,
                )
            elif former is not None:
                now = replace(former, status=None, severity=None)
            else:
                continue
            if now != former:
                changed.append(now)
        return changed


def is_whole(scan: Scan) -> bool:
    """Return whether a scan has ended, and all its findings were read."""
    return scan.is_read_to_the_end and not scan.is_full and not scan.is_stream_only
