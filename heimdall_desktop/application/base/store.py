"""All watched scans, and their changes since the window last fetched them.

Every observation enters here. Only the newest pending change of each subject is kept, so that a
burst about one finding costs the window one row; an addition stays an addition.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from heapq import heappop, heappush

from msgspec.structs import replace

from heimdall_desktop.domain.comparison import Comparisons, ScanComparison
from heimdall_desktop.domain.disagreements import Disagreements, Overlaps
from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    RowChange,
    ScanAdded,
    ScanEmptied,
    ScanMoved,
    ScanRemoved,
    SeenMoved,
    StagesMoved,
)
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.listed_rows import TextRoom
from heimdall_desktop.domain.facts.observation import FindingsListed, Observation, Snoozed
from heimdall_desktop.domain.facts.reason import ReadReason, ReadReasons
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.seen import SeenFindings
from heimdall_desktop.domain.facts.server import Identities, ServerUrl
from heimdall_desktop.domain.facts.snooze import Snoozes
from heimdall_desktop.domain.filters.filter_terms import Knowledge
from heimdall_desktop.domain.histories import Histories
from heimdall_desktop.domain.proposals import Proposal, Proposals
from heimdall_desktop.domain.stages.stage_times import StageTimes, times_of
from heimdall_desktop.presentation.board.card_words import ScanNames, Tag, scan_names
from heimdall_desktop.presentation.mask import Mask


class Store:
    """Owns the scans; hands out their changes once, by `drain`.

    `on_pending` is called when the first change after a `drain` comes in, so that a ticker knows
    that there is something to fetch.

    Attributes:
        times: how long the stages of each repository took; learns from every scan that completes.
        identities: the owner of each id; new ids never collide with those of another scan.
        room: the room that all scans have for the texts of their findings.
        comparisons: scans that were compared with earlier ones.
        proposals: decisions of earlier scans, proposed for findings.
        reasons: those of decisions, as far as they have been read.
        seen: what was seen of findings, and what is new or has changed since.
        histories: what the histories of findings show, as far as they have been read.
        disagreements: findings about which two judgements differ.
        snoozes: of findings, also of removed scans.
        mask: what windows may show; switched by `present`.
    """

    def __init__(self) -> None:
        self._scans: dict[ScanId, Scan] = {}
        self._pending: dict[Hashable, Change] = {}
        self._names: ScanNames | None = None
        self._tags: dict[ScanId, frozenset[Tag]] = {}
        self._followers: dict[ScanId, Callable[[Observation], None]] = {}
        self.on_pending: Callable[[], None] = lambda: None
        self.times = StageTimes()
        self.identities = Identities()
        self.room = TextRoom()
        self.comparisons = Comparisons()
        self.proposals = Proposals()
        self.reasons = ReadReasons()
        self.histories = Histories()
        self.disagreements = Disagreements()
        self.seen = SeenFindings()
        self.seen.find = self.finding
        self.seen.on_news = lambda scan_id: self.note([SeenMoved(scan_id)])
        self.snoozes = Snoozes()
        self.mask = Mask()

    def __iter__(self) -> Iterator[Scan]:
        return iter(self._scans.values())

    def __len__(self) -> int:
        return len(self._scans)

    @property
    def whole(self) -> "Store":
        """The store that all facts enter; itself, unless it only reads another one."""
        return self

    @property
    def known(self) -> Knowledge:
        """What findings don't know themselves, for filters."""
        return Knowledge(
            self.comparisons.changes,
            self.proposals.certainties,
            self.reasons.known,
            self.disagreements.known,
        )

    def scan(self, scan_id: ScanId) -> Scan | None:
        return self._scans.get(scan_id)

    def watches(self, server: ServerUrl | None, reported: ScanId) -> bool:
        """Return whether a scan of a server is watched; without one, whether any of that id is."""
        scan_id = reported if server is None else self.identities.scan_id(server, reported)
        return scan_id in self._scans

    def name_of(self, scan_id: ScanId) -> str:
        """Return the name of a scan beside the others; "" for one that is not watched."""
        return self._named().names.get(scan_id, "")

    def mark_of(self, scan_id: ScanId) -> str:
        """Return what distinguishes a scan from others of its name; "" if there are none."""
        return self._named().marks.get(scan_id, "")

    def tags_of(self, scan_id: ScanId) -> frozenset[Tag]:
        return self._tags.get(scan_id, frozenset())

    def tag(self, scan_id: ScanId, tag: Tag, *, is_on: bool = True) -> None:
        """Set or remove a tag of a scan; also before the scan is added."""
        before = self.tags_of(scan_id)
        self._tags[scan_id] = before | {tag} if is_on else before - {tag}
        if scan_id in self._scans:
            self.note([ScanMoved(scan_id)])

    def _named(self) -> ScanNames:
        self._names = self._names or scan_names(self)
        return self._names

    def server_of(self, scan_id: ScanId) -> str:
        scan = self.scan(scan_id)
        return "" if scan is None else scan.server

    def has_listed_once(self, scan_id: ScanId) -> bool:
        scan = self.scan(scan_id)
        return scan is not None and scan.has_listed_once

    def attempt_starts(self, scan_id: ScanId) -> Iterable[datetime]:
        scan = self.scan(scan_id)
        return () if scan is None else scan.attempt_starts

    def finding(self, finding_id: FindingId) -> Finding | None:
        for scan in self._scans.values():
            found = scan.findings.get(finding_id)
            if found is not None:
                return found
        return None

    def add(self, scan: Scan) -> None:
        """Add a scan; one that is already here stays as it is."""
        if scan.id in self._scans:
            return
        self.identities.claim_scan(scan.server, scan.id)
        self._scans[scan.id] = scan
        scan.share(self.room)
        scan.use_snoozes(self.snoozes.of_scan(scan.id))
        self.note([ScanAdded(scan.id)])

    def remove(self, scan_id: ScanId) -> None:
        scan = self._scans.pop(scan_id, None)
        if scan is None:
            return
        for finding in scan.findings.values():
            if finding.severity is not Severity.CRITICAL:  # else inbox and desktop may have its id
                self.identities.release(finding.id)
        self.comparisons.drop(scan_id)
        self.proposals.put(scan_id, {})
        self.reasons.drop(scan.findings)
        self.histories.drop(scan_id)
        self.disagreements.drop(scan_id)
        self.disagreements.use(self.histories.known)
        scan.share(TextRoom())
        self._pending = {
            key: change for key, change in self._pending.items() if _scan_id(change) != scan_id
        }
        self.note([ScanRemoved(scan_id)])

    def observe(self, observation: Observation) -> bool:
        """Fold a fact into its scan; facts of scans that are no longer here are dropped.

        Returns:
            Whether it changed anything.
        """
        scan = self._scans.get(observation.scan_id)
        if scan is None:
            return False
        if isinstance(observation, FindingsListed):
            own, has_moved = list[Finding](), False
            for finding in observation.findings:  # their ids belong to no other scan
                finding_id = self.identities.claim_finding(scan.id, finding.id)
                if finding_id != finding.id:
                    finding, has_moved = replace(finding, id=finding_id), True  # noqa: PLW2901
                own.append(finding)
            if has_moved:
                observation = replace(observation, findings=tuple(own))
        if self._followers and scan.id in self._followers:
            self._followers[scan.id](observation)
        changes = scan.observe(observation)
        self.note(changes)
        if scan.status == "completed" and any(
            isinstance(change, ScanMoved | StagesMoved) for change in changes
        ):
            times = times_of(scan)
            if times is not None:
                self.times.learn(times)
        return bool(changes)

    def follow(self, scan_id: ScanId, take: Callable[[Observation], None] | None) -> None:
        """Pass each fact of a scan on as it is folded; None stops that."""
        if take is None:
            self._followers.pop(scan_id, None)
        else:
            self._followers[scan_id] = take

    def keep_comparison(self, comparison: ScanComparison) -> None:
        """Keep a comparison, and report that more is known of its later scan."""
        self.comparisons.put(comparison)
        if comparison.after in self._scans:
            self.note([ScanMoved(comparison.after)])

    def keep_proposals(self, scan_id: ScanId, proposals: Mapping[FindingId, Proposal]) -> None:
        """Replace the proposals of a scan, and report that more is known of it."""
        if scan_id in self._scans:
            self.proposals.put(scan_id, proposals)
            self.note([ScanMoved(scan_id)])

    def keep_reasons(self, scan_id: ScanId, read: Mapping[FindingId, ReadReason]) -> None:
        """Keep what was read about the reasons of findings, and report that more is known."""
        if scan_id in self._scans:
            self.reasons.put(read)
            self.note([ScanMoved(scan_id)])

    def keep_history(self, finding_id: FindingId, events: Iterable[FindingEvent]) -> None:
        """Keep what the history of a watched finding shows, and report that more is known."""
        finding = self.finding(finding_id)
        if finding is not None and self.histories.put(finding, events):
            self.disagreements.use(self.histories.known)
            self.note([ScanMoved(finding.scan_id)])

    def keep_overlaps(self, scan_id: ScanId, overlaps: Overlaps) -> None:
        """Replace the overlaps of a scan, and report that more is known of it."""
        if scan_id in self._scans and self.disagreements.put(scan_id, overlaps):
            self.note([ScanMoved(scan_id)])

    def present(self, *, is_on: bool) -> None:
        """Hide names in windows, or show them again; reported as a change of every scan."""
        if is_on != self.mask.is_on:
            self.mask.turn(self._scans, is_on=is_on)
            self.note([ScanMoved(scan_id) for scan_id in self._scans])

    def drain(self) -> list[Change]:
        """Return the changes since the last call, oldest first."""
        changes = list(self._pending.values())
        self._pending.clear()
        return changes

    def note(self, changes: Iterable[Change]) -> None:
        """Keep changes that a scan has made, to be handed out."""
        was_empty = not self._pending
        for change in changes:
            if isinstance(change, ScanEmptied):  # its rows may come back behind the removal
                self._pending = {
                    key: known
                    for key, known in self._pending.items()
                    if known != change
                    and not (isinstance(known, RowChange) and _scan_id(known) == change.scan_id)
                }
            if isinstance(change, ScanAdded | ScanMoved | ScanRemoved):
                self._names = None
            key, merged = change.key, change
            match self._pending.get(key), change:
                case None, _:
                    pass
                case FindingDropped(previous), FindingAdded(finding):
                    merged = FindingReplaced(finding, previous)
                case FindingAdded(_, is_first_read), FindingReplaced(finding):
                    merged = FindingAdded(finding, is_first_read)
                case FindingReplaced(_, previous), FindingReplaced(finding):
                    merged = FindingReplaced(finding, previous)
                case _:
                    pass
            self._pending[key] = merged
        if was_empty and self._pending:
            self.on_pending()


class OneScan:
    """Passes the changes of one scan on, for a window that shows no other.

    Args:
        whole: the store that observations enter; it still owns the scan.

    Attributes:
        store: knows this scan only, so that whatever reads it costs no more than its rows.
    """

    def __init__(self, whole: Store, scan_id: ScanId) -> None:
        self._whole = whole
        self._scan_id = scan_id
        self.store = Store()
        self.store.room = whole.room
        self.store.times = whole.times
        self.store.comparisons = whole.comparisons
        self.store.proposals = whole.proposals
        self.store.seen = whole.seen
        self.store.reasons = whole.reasons
        self.store.histories = whole.histories
        self.store.disagreements = whole.disagreements
        self.store.snoozes = whole.snoozes
        self.store.mask = whole.mask
        self._take_in()
        self.store.drain()

    def take(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if _scan_id(change) != self._scan_id:
                continue
            if isinstance(change, ScanRemoved):
                self.store.remove(self._scan_id)
            elif isinstance(change, ScanAdded):
                self._take_in()
            else:
                self.store.note([change])

    def _take_in(self) -> None:
        scan = self._whole.scan(self._scan_id)
        if scan is not None:
            self.store.add(scan)


class SeenStore(Store):
    """Reads a store for a window: a widget that reads a scan from it cannot show a hidden name.

    Findings are the real ones, as filter, order and decisions depend on them; whatever shows one
    applies the mask. Nothing is changed here.

    Args:
        whole: the store that all facts enter.
    """

    def __init__(self, whole: Store) -> None:  # without `super`: it has no own state
        self._whole = whole

    def __getattr__(self, name: str) -> object:
        return getattr(self._whole, name)

    @property
    def whole(self) -> Store:
        return self._whole  # for what is typed and compared, and never shown

    def __iter__(self) -> Iterator[Scan]:
        return map(self.whole.mask.scan, self.whole)

    def scan(self, scan_id: ScanId) -> Scan | None:
        scan = self.whole.scan(scan_id)
        return None if scan is None else self.whole.mask.scan(scan)

    def name_of(self, scan_id: ScanId) -> str:
        name = self.whole.name_of(scan_id)
        return name and self.whole.mask.name(scan_id, name)

    def mark_of(self, scan_id: ScanId) -> str:
        """Return what distinguishes a scan from others of its name; numbers need none."""
        return "" if self.whole.mask.is_on else self.whole.mark_of(scan_id)


def _scan_id(change: Change) -> ScanId:
    if isinstance(change, RowChange):
        return change.finding.scan_id
    return change.scan_id


class SnoozeClock:
    """Restores snoozed findings when their time has come: a heap, whose first entry is checked.

    It uses the wall clock and the beat of the program. A machine that slept wakes late, and
    everything due then comes back together; after the clock is set, its new time counts.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._due: list[tuple[datetime, FindingId, ScanId]] = []

    def take(self, changes: Iterable[Change]) -> None:
        """Note findings that are snoozed, or snoozed again."""
        for change in changes:
            match change:
                case FindingAdded(finding):
                    known = None
                case FindingReplaced(finding, previous):
                    known = previous.snoozed_until
                case _:
                    continue
            if finding.snoozed_until not in (None, known):
                heappush(self._due, (finding.snoozed_until, finding.id, finding.scan_id))

    def tick(self) -> None:
        """Restore what is due; call this about once a second."""
        if not self._due or self._due[0][0] > self._now():
            return
        now, over = self._now(), defaultdict[ScanId, list[FindingId]](list)
        while self._due and self._due[0][0] <= now:
            until, finding_id, scan_id = heappop(self._due)
            finding = self._store.finding(finding_id)
            if finding is not None and finding.snoozed_until == until:  # not snoozed again since
                over[scan_id].append(finding_id)
        for scan_id, finding_ids in over.items():
            self._store.observe(Snoozed(scan_id, tuple(finding_ids), None, is_over=True))
