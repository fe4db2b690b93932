"""Proposes decisions of earlier scans for findings that are still there, and carries them over.

Each watched scan is matched with the earlier ones of its repository that have ended, and with
decisions that were kept of others. Nothing is written unless the analyst accepts it; then it goes
through `Decisions`, and one comment says where it comes from. Source: behaviour.md 2.2; protocol.md
4.5, 4.6.
"""

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import RequestTasks
from heimdall_desktop.application.memory.history_loader import HistoryLoader
from heimdall_desktop.application.memory.kept_decisions import KeptDecisions, rejection_key
from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.application.requests.decision_runs import Run
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.proposal_matching import (
    MatchedScan,
    ProposalMatcher,
    is_whole,
)
from heimdall_desktop.application.requests.reasons import Comment, DecisionHistories, Reasons
from heimdall_desktop.application.requests.repo_scans import RepoScans, age
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain import proposals as domain
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.change import (
    Change,
    FindingReplaced,
    RowChange,
    ScanAdded,
    ScanMoved,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    RepoId,
    ScanId,
    one_line,
)
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.reason import TEXT_LIMIT
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import id_on_server
from heimdall_desktop.domain.pairing import KeptDecision, Owner
from heimdall_desktop.domain.proposals import AcceptPlan, Certainty, Proposal
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.decision_text import read_only_text

log = logging.getLogger("heimdall.proposals")

LAST_SCANS = 5  # earlier ones of a repository's page; of those known here all count
PATIENCE_S = 15.0  # a limit, because some scan always has news
AGAIN_S = 600.0  # scans that could not be read are read again no sooner, nor are others looked for
MOST_ROWS = 100_000  # of unwatched earlier scans of one scan that are read for it
_SOURCE = re.compile(r"(?:^|, )from (?:scan \S{1,80}|an earlier scan) of \d{4}-\d\d-\d\d$")


class ProposalCounts(NamedTuple):
    """How many findings of a scan have a proposal.

    Attributes:
        severities_known: of how many it is known whether the severity was set by hand.
        reading: of how many the history is still to be read.
    """

    total: int = 0
    certain: int = 0
    probable: int = 0
    severities_known: int = 0
    reading: int = 0


class Overtaken(NamedTuple):
    """A finding with a proposal that was decided elsewhere meanwhile: that decision counts.

    Attributes:
        status_text: the server's word.
    """

    finding_id: FindingId
    status_text: str


class ProposalRequests:
    """Keeps the proposals of all watched scans in the store, and carries out what is decided.

    Args:
        scans: reads the earlier scans.
        folder_of: returns the folder of a local scan's repository; None for others.

    Attributes:
        is_automatic: watched scans are matched with earlier ones; a run without a window reads no
            more than it was asked for.
        histories: those of the earlier decisions.
        kept: decisions that outlive their scans.
        rest_s: seconds without new rows before a scan is matched.
        longest_share: of the time that a scan may be matched in, however often it changes.
    """

    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        tasks: RequestTasks,
        scans: RepoScans,
        decisions: Decisions,
        reasons: Reasons,
        past: HistoryLoader,
        preferences: Preferences,
        *,
        clock: Callable[[], float],
        folder_of: Callable[[RepoId], Path | None] = lambda _repo_id: None,
    ) -> None:
        self._store, self._tasks = store, tasks
        self._scans, self._past = scans, past
        self._decisions, self._reasons = decisions, reasons
        self._clock = clock
        self.is_automatic, self.rest_s, self.longest_share = False, 1.0, 0.1
        self.kept = KeptDecisions(accounts, past, preferences, folder_of)
        self.histories = DecisionHistories(accounts, reasons, tasks, clock)
        self.histories.next_unread = lambda: next(self._unread(), None)
        reasons.on_learned = self._take_history
        self._matcher = ProposalMatcher(store, decisions, reasons, self.histories, self.kept)
        past.on_forgotten = self._forget_kept
        self._known: dict[ScanId, MatchedScan] = {}
        self._looked_at_s: dict[ScanId, float] = {}
        self._due: dict[ScanId, float] = {}  # since when, by our clock
        self._news_at_s: dict[ScanId, float] = {}
        self._not_before_s: dict[ScanId, float] = {}
        self._touched: set[FindingId] = set()  # rows that change while scans are matched
        self._view: tuple[FindingId, ...] = ()
        self._is_working = False
        self._followers: list[Callable[[Sequence[Overtaken]], None]] = []

    # -- requests of the window --

    def obstacle(self, scan_id: ScanId) -> str:
        """Return why a scan has no proposals; "" if it can have some."""
        scan = self._store.scan(scan_id)
        return "" if scan is None else lacks(scan, Feature.PROPOSALS)

    def accept_obstacle(self, scan_id: ScanId) -> str:
        """Return why proposals of a scan can only be shown; "" if they can be accepted."""
        if self._decisions.is_read_only:
            return read_only_text()
        scan = self._store.scan(scan_id)
        return "" if scan is None else lacks(scan, Feature.TRIAGE)

    @property
    def is_matching(self) -> bool:
        """Whether a scan is still matched with earlier ones, so proposals may come or go."""
        return self._is_working

    def counts(self, scan_id: ScanId) -> ProposalCounts:
        proposals, known = self._store.proposals.known.of_scan(scan_id), self._known.get(scan_id)
        certain = sum(each.certainty is Certainty.CERTAIN for each in proposals.values())
        candidates = {} if known is None else known.candidates
        return ProposalCounts(
            len(proposals),
            certain,
            len(proposals) - certain,
            sum(each.knows_severity for each in candidates.values()),
            sum(
                each.earlier is not None and each.earlier.is_reading for each in proposals.values()
            ),
        )

    def plan(self, wanted: ScanId | Iterable[FindingId]) -> AcceptPlan:
        """Return what accepting would write: for the proposals of a scan, or of some findings."""
        if isinstance(wanted, str):
            wanted = self._store.proposals.known.of_scan(wanted)
        return domain.plan(self._proposed(wanted))

    def accept(self, finding_ids: Iterable[FindingId]) -> list[Run]:
        """Write the proposed decisions of findings.

        Returns:
            The runs of the outbox, which can be undone as one: of all statuses, then of all
            severities that were set by hand.
        """
        found = [
            (row, proposal)
            for row, proposal in self._proposed(finding_ids)
            if not self.accept_obstacle(row.scan_id)
        ]
        statuses = {r.id: p.status.value for r, p in found if p.status is not None}
        severities = {r.id: p.severity.value for r, p in found if p.severity is not None}
        self._matcher.accepted.update({r.id: p.reason for r, p in found if p.reason is not None})
        runs: list[Run] = []
        for what, values in ((Field.STATUS, statuses), (Field.SEVERITY, severities)):
            if values:
                after = runs[0] if runs else None
                runs.append(self._decisions.decide_each(what, values, after))
        if runs:
            self._reasons.attach_each({row.id: _carried(proposal) for row, proposal in found})
        return runs

    def reject(self, finding_ids: Iterable[FindingId]) -> None:
        """Never propose the same for these findings again; nothing is written to a server."""
        self._tasks.start(
            partial(self._reject, tuple(finding_ids)), lambda _: None, name="reject proposals"
        )

    async def _reject(self, finding_ids: Iterable[FindingId]) -> None:
        hasher, changed = await self.kept.read(), defaultdict[ScanId, list[FindingId]](list)
        for row, _ in self._proposed(finding_ids):
            scan, known = self._store.scan(row.scan_id), self._known.get(row.scan_id)
            if scan is None or known is None or scan.created_at is None:
                continue
            trace = hasher.trace(row, is_unique=row.id in known.unique)
            newest = max(each.at for each in self._matcher.candidates_of(known, row))
            rejection = KeptDecision(
                known.owner,
                rejection_key(hasher, row, trace),
                trace,
                None,
                None,
                None,
                row.severity,
                row.poc_validated,
                newest,
                scan.created_at,
                is_here=True,
                is_rejection=True,
            )
            self.kept.keep(known.owner, [rejection], is_kept=known.is_kept)
            changed[scan.id].append(row.id)
        for scan_id in changed:
            self._renew(scan_id, list(self._known[scan_id].candidates))

    def view(self, finding_ids: Iterable[FindingId]) -> None:
        """Set which findings are in view: the histories of their decisions are read first."""
        self._view = tuple(finding_ids)

    def follow(self, on_overtaken: Callable[[Sequence[Overtaken]], None]) -> Callable[[], None]:
        """Report overtaken proposals from now on, and return a function that ends this."""
        self._followers.append(on_overtaken)
        return lambda: self._followers.remove(on_overtaken)

    def folder_question(self, scan_id: ScanId) -> Path | None:
        """Return the folder of a local scan whose decisions are kept only if the user agrees.

        None if there is nothing to ask: it was answered, or nothing was decided there yet.
        """
        scan = self._store.scan(scan_id)
        folder = None if scan is None else self.kept.folder(scan)
        if scan is None or folder is None or not self.kept.is_unasked(folder):
            return None
        has_decided = any(scan.statuses[each] for each in domain.PERSONS) or any(
            self._decisions.own_writes(row.id, Field.STATUS) for row in scan.findings.values()
        )
        return folder if has_decided else None

    def answer_folder(self, folder: Path, *, is_kept: bool) -> None:
        """Keep decisions on a folder from now on, or none; an answer counts until changed."""

        async def answer() -> None:
            await self.kept.answer(folder, is_kept=is_kept)
            for scan_id in self._known:
                self._want(scan_id)

        self._tasks.start(answer, lambda _: None, name="keep decisions of a folder")

    # -- following changes --

    def take(self, changes: Sequence[Change]) -> None:
        """Follow changes of the scans."""
        if not self.is_automatic:
            return
        now_s, moved = self._clock(), set[ScanId]()
        touched: defaultdict[ScanId, list[FindingReplaced]] = defaultdict(list)
        for change in changes:
            if isinstance(change, FindingReplaced):
                if _matters(change.finding, change.previous):
                    moved.add(change.finding.scan_id)
                    touched[change.finding.scan_id].append(change)
            elif isinstance(change, RowChange):
                moved.add(change.finding.scan_id)
            elif isinstance(change, ScanRemoved):
                self._forget_scan(change.scan_id)
            elif isinstance(change, ScanAdded | ScanMoved):
                scan = self._store.scan(change.scan_id)
                if scan is not None and self._is_new(scan):
                    moved.add(change.scan_id)
                    for other in self._store:  # of which it may be an earlier one
                        if other.repo == scan.repo and other.id in self._known:
                            self._looked_at_s.pop(other.id, None)
                            moved.add(other.id)
        for scan_id in moved:
            self._news_at_s[scan_id] = now_s
            self._want(scan_id)
            for later_id, known in self._known.items():
                if any(each.id == scan_id for each in known.earlier):
                    self._news_at_s[later_id] = now_s
                    self._want(later_id)
        overtaken = [each for found in touched.values() for each in self._overtaken(found)]
        for scan_id, found in touched.items():
            self._renew(scan_id, [each.finding.id for each in found])
        if overtaken:
            for on_overtaken in [*self._followers]:
                on_overtaken(overtaken)

    def _is_new(self, scan: Scan) -> bool:
        """Return whether a scan is to be matched, though none of its rows has changed.

        It was never matched, or has ended or was read to the end since.
        """
        known = self._known.get(scan.id)
        if known is None:
            return scan.repo_id is not None and bool(scan.findings) and scan.id not in self._due
        return not known.is_whole and is_whole(scan)

    def _overtaken(self, changes: Iterable[FindingReplaced]) -> Iterator[Overtaken]:
        """Yield the findings with a proposal that were decided, but not by this session."""
        for change in changes:
            row = change.finding
            is_decided = row.status is not FindingStatus.OPEN
            is_own = self._decisions.is_own(row.id, Field.STATUS, row.status_text)
            if is_decided and not is_own and self._store.proposals.known.of(row) is not None:
                yield Overtaken(row.id, row.status_text)

    def _forget_scan(self, scan_id: ScanId) -> None:
        known = self._known.get(scan_id)
        for by_scan in (self._known, self._due, self._news_at_s, self._not_before_s):
            by_scan.pop(scan_id, None)
        self._looked_at_s.pop(scan_id, None)
        if known is not None and known.is_kept:
            self._leave(known.owner)

    def _leave(self, owner: Owner) -> None:
        if all(known.owner != owner for known in self._known.values()):
            self.kept.leave(owner)

    def _want(self, scan_id: ScanId) -> None:
        self._due.setdefault(scan_id, self._clock())
        if not self._is_working:
            self._is_working = True
            self._tasks.start(self._work, lambda _: None, name="propose earlier decisions")

    # -- matching --

    async def _work(self) -> None:
        """Match due scans, one at a time, whenever their rows rest."""
        try:
            while self._due:
                scan_id = min(self._due, key=self._ready_s)
                wait_s = self._ready_s(scan_id) - self._clock()
                if wait_s > 0:
                    await asyncio.sleep(min(wait_s, self.rest_s))
                    continue
                del self._due[scan_id]
                began_s = self._clock()
                try:
                    await self._match(scan_id)
                except errors.HeimdallError as error:
                    log.info("couldn't match a scan with earlier ones: %s", error)
                took_s = self._clock() - began_s
                self._not_before_s[scan_id] = self._clock() + took_s / self.longest_share
        finally:
            self._is_working = False

    def _ready_s(self, scan_id: ScanId) -> float:
        since_s = self._due[scan_id]
        rests_at_s = self._news_at_s.get(scan_id, since_s) + self.rest_s
        return max(min(rests_at_s, since_s + PATIENCE_S), self._not_before_s.get(scan_id, since_s))

    async def _match(self, scan_id: ScanId) -> None:
        """Find the rows of a scan in earlier ones, and propose what was decided there."""
        scan = self._store.scan(scan_id)
        if scan is None or scan.repo_id is None or scan.created_at is None:
            return
        owner, hasher = await self.kept.owner_of(scan), await self.kept.read()
        earlier = () if self.obstacle(scan_id) else await self._earlier_of(scan)
        rows = list(scan.findings.values())
        known = MatchedScan(owner, self.kept.is_kept(scan, owner), is_whole(scan), earlier)
        self._touched.clear()
        kept = dict(self.kept.of(owner))
        before = self._store.proposals.known.of_scan(scan_id)

        def match() -> tuple[Mapping[FindingId, Proposal], list[KeptDecision]]:
            proposals, decisions = self._matcher.match(known, scan, rows, hasher, kept)
            return before if proposals == before else proposals, decisions

        proposals, decisions = await asyncio.to_thread(match)
        if self._store.scan(scan_id) is not scan:
            if known.is_kept:
                self._leave(owner)
            return
        self._known[scan_id] = known
        self.kept.keep(owner, decisions, is_kept=known.is_kept)
        if proposals is not self._store.proposals.known.of_scan(scan_id):
            self._store.keep_proposals(scan_id, proposals)
        self._renew(scan_id, [each for each in self._touched if each in scan.findings])
        self.histories.start()

    async def _earlier_of(self, scan: Scan) -> tuple[Scan, ...]:
        """Return the earlier scans of the repository of a scan, with their findings."""
        known, since_s = self._known.get(scan.id), self._looked_at_s.get(scan.id)
        if known is not None and since_s is not None and self._clock() - since_s < AGAIN_S:
            return tuple(self._store.scan(each.id) or each for each in known.earlier)
        self._looked_at_s[scan.id] = self._clock()
        others = await self._scans.others_of(scan)
        ended = [e for e in others if e.status in TERMINAL_STATUSES and age(e) < age(scan)]
        kept_ids = {past.scan_id for past in self._past.past.scans}
        found, read = [], 0
        for number, each in enumerate(ended):
            is_here = self._store.scan(each.id) is not None
            if not (is_here or each.id in kept_ids or number < LAST_SCANS) or read > MOST_ROWS:
                continue
            try:
                with_rows = await self._scans.with_rows(each.id, scan.id)
            except errors.HeimdallError as error:
                log.info("couldn't read an earlier scan: %s", error)
                continue
            read += 0 if is_here else len(with_rows.findings)
            found.append(with_rows)
        return tuple(found)

    def _renew(self, scan_id: ScanId, finding_ids: Iterable[FindingId]) -> None:
        """Propose again what was decided about some findings, as it is known now."""
        scan, known = self._store.scan(scan_id), self._known.get(scan_id)
        self._touched.update(finding_ids)
        if scan is None or known is None:
            return
        before = self._store.proposals.known.of_scan(scan_id)
        now = dict(before)
        for finding_id in finding_ids:
            row = scan.findings.get(finding_id)
            proposal = None
            if row is not None:
                proposal = self._matcher.propose(known, row)
            now.pop(finding_id, None)
            if proposal is not None:
                now[finding_id] = proposal
        if now != before:
            self._store.keep_proposals(scan_id, now)

    def _proposed(self, finding_ids: Iterable[FindingId]) -> Iterator[tuple[Finding, Proposal]]:
        for finding_id in dict.fromkeys(finding_ids):
            row = self._store.finding(finding_id)
            proposal = None if row is None else self._store.proposals.known.of(row)
            if row is not None and proposal is not None:
                yield row, proposal

    # -- histories of the earlier decisions --

    def _unread(self) -> Iterator[tuple[Scan, Finding]]:
        """Yield what is still to be read, for findings in view first."""
        in_view = filter(None, map(self._store.finding, self._view))
        yield from self._unread_of((row.scan_id, row.id) for row in in_view)
        for scan_id, known in self._known.items():
            while known.unread:
                found = next(self._unread_of([(scan_id, known.unread[0])]), None)
                if found is None:
                    known.unread.popleft()
                else:
                    yield found

    def _unread_of(
        self, wanted: Iterable[tuple[ScanId, FindingId]]
    ) -> Iterator[tuple[Scan, Finding]]:
        for scan_id, finding_id in wanted:
            scan, known = self._store.scan(scan_id), self._known.get(scan_id)
            row = None if scan is None else scan.findings.get(finding_id)
            if row is None or known is None or row.status is not FindingStatus.OPEN:
                continue
            for other, former_id, _ in known.pairs.get(finding_id, ()):
                former = other.findings.get(former_id)
                is_unread = former is not None and self._reasons.decision(former) is None
                if former is not None and is_unread and self.histories.can_read(other):
                    yield other, former

    def _take_history(self, finding_id: FindingId) -> None:
        """Show what a history says, and keep it."""
        for scan_id, known in self._known.items():
            if finding_id in known.partners:
                self._renew(scan_id, [known.partners[finding_id]])

    def _forget_kept(self) -> None:
        """Forget all kept decisions and rejections; those of scans that are read here stay."""
        self.kept.forget()
        for known in self._known.values():
            known.kept = {}
        for scan_id, known in [*self._known.items()]:
            self._renew(scan_id, [*known.pairs, *self._store.proposals.known.of_scan(scan_id)])


def _matters(row: Finding, before: Finding) -> bool:
    """Return whether a change of a row may change a proposal."""
    return (
        row.status_text != before.status_text
        or row.severity_text != before.severity_text
        or row.poc_validated != before.poc_validated
        or row.is_repeat != before.is_repeat
        or row.is_announced != before.is_announced
        or row.file_path != before.file_path
        or row.title != before.title
        or row.cwe_text != before.cwe_text
        or (row.code_snippet != before.code_snippet and row.is_cut == before.is_cut)
    )


def _carried(proposal: Proposal) -> Comment:
    """Return the comment on an accepted decision; English, like all reasons."""
    earlier = proposal.earlier
    if earlier is None:
        source = f"by the rule {one_line(proposal.rule)}"
    else:
        scan = f"scan {id_on_server(earlier.scan_id)}" if earlier.scan_id else "an earlier scan"
        at = earlier.scan_at or earlier.at
        source = f"from {scan}" + (f" of {at.date().isoformat()}" if at is not None else "")
    what = Field.SEVERITY if proposal.status is None else Field.STATUS
    if proposal.reason is None:
        return Comment(None, f"[carried over] {source}", what)
    text = one_line(_SOURCE.sub("", proposal.text))[:TEXT_LIMIT]
    return Comment(proposal.reason, ", ".join(filter(None, (text, source))), what)
