"""What the analyst has seen of each finding, and which findings are news since.

A finding is new if it arrived after the first listing of its scan, until it is seen. It has changed
if status, severity, verdict or place differ from what was seen. A row that was never seen is
compared with what it was when something of its scan was seen last, if it changes while the analyst
is away: no one has to scroll through everything once. Source: behaviour.md 2.2.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.domain.facts.repeats import place_of

AWAY = timedelta(minutes=2)  # a look is noted at least once a minute while it lasts

IsOwn = Callable[[Finding, Finding, Iterable[Field]], bool]
"""Whether all changes of some fields between two readings of a finding were made here."""


class News(Enum):
    """Whether a finding is news; the values are used in filters."""

    __hash__ = object.__hash__  # each is one object; Enum's own hash is three times slower

    NEW = "new"
    CHANGED = "changed"
    SEEN = "seen"


class SeenState(Struct, frozen=True, gc=False):
    """What was seen of a finding.

    Attributes:
        at: when it was seen last.
        status, severity: the server's words.
    """

    at: datetime
    status: str
    severity: str
    verdict: Verdict
    file_path: str
    line_start: int
    line_end: int | None

    @classmethod
    def of(cls, finding: Finding, at: datetime) -> "SeenState":
        return cls(
            at,
            finding.status_text,
            finding.severity_text,
            finding.verdict,
            finding.file_path,
            finding.line_start,
            finding.line_end,
        )

    def fits(self, finding: Finding) -> bool:
        """Return whether a finding is still as it was seen."""
        return (
            self.status == finding.status_text
            and self.severity == finding.severity_text
            and self.verdict is finding.verdict
            and self.line_start == finding.line_start
            and self.file_path == finding.file_path
            and self.line_end == finding.line_end
        )


class KeptSeen(Struct, frozen=True):
    """What was seen of a finding, for later sessions."""

    scan_id: ScanId
    finding_id: FindingId
    state: SeenState


class SeenFindings:
    """Owns what is new, what has changed, and what was seen, of all scans.

    Attributes:
        new, changed: the findings that are, in the order in which they became so.
        version: another number after each change of these two.
        looked_at: when something of a scan was seen last.
        unsaved: findings whose state is not kept yet.
        find: returns the current version of a finding; None if there is none.
        on_news: called with each scan of which something is news now, or no longer.
    """

    def __init__(self) -> None:
        self.new: dict[FindingId, ScanId] = {}
        self.changed: dict[FindingId, ScanId] = {}
        self.version = 0
        self.looked_at: dict[ScanId, datetime] = {}
        self.unsaved: dict[FindingId, ScanId] = {}
        self.find: Callable[[FindingId], Finding | None] = lambda _finding_id: None
        self.on_news: Callable[[ScanId], None] = lambda _scan_id: None
        self._states: dict[ScanId, dict[FindingId, SeenState]] = {}
        self._counts: Counter[ScanId] = Counter()
        self._moved: dict[ScanId, None] = {}
        self._lingering: dict[FindingId, SeenState | None] = {}

    # -- reading --

    def __contains__(self, finding_id: object) -> bool:
        return finding_id in self.new or finding_id in self.changed

    def __iter__(self) -> Iterator[FindingId]:
        return iter({**self.new, **self.changed})

    def kind(self, finding_id: FindingId) -> News:
        if finding_id in self.new:
            return News.NEW
        return News.CHANGED if finding_id in self.changed else News.SEEN

    def count(self, scan_id: ScanId | None) -> int:
        """Return how many findings of a scan are news; of all scans without one."""
        return self._counts.total() if scan_id is None else self._counts[scan_id]

    def state_of(self, scan_id: ScanId, finding_id: FindingId) -> SeenState | None:
        return self._states.get(scan_id, {}).get(finding_id)

    def is_shown_as_new(self, finding: Finding) -> bool:
        """Return whether it is new, or was until it was opened, and is still open."""
        return finding.id in self.new or self._lingering.get(finding.id, self) is None

    def shown_state(self, finding: Finding) -> SeenState | None:
        """Return what was seen of a changed finding, until it leaves the view; else None."""
        if not self.changed and not self._lingering:
            return None
        state = self._lingering.get(finding.id)
        if state is None and finding.id in self.changed:
            state = self.state_of(finding.scan_id, finding.id)
        return state

    # -- seeing --

    def mark(self, finding_id: FindingId, scan_id: ScanId) -> None:
        """Note that a finding is new."""
        self._put(self.new, finding_id, scan_id)

    def unmark(self, finding_id: FindingId, *, lingers: bool = False) -> bool:
        """Note that a finding is no longer new; return whether it was.

        One that lingers is still shown as new, until it leaves the view.
        """
        was_new = self._drop(self.new, finding_id)
        if was_new and lingers:
            self._lingering[finding_id] = None
        return was_new

    def see(self, findings: Iterable[Finding], now: datetime) -> None:
        """Note the shown versions of findings as seen; what they say of changes lingers."""
        for finding in findings:
            if finding.is_announced:
                self.unmark(finding.id)
                continue
            scan_id, current = finding.scan_id, self.find(finding.id)
            states = self._states.setdefault(scan_id, {})
            self.unmark(finding.id, lingers=True)
            known, state = states.get(finding.id), SeenState.of(finding, now)
            states[finding.id] = state
            self.unsaved[finding.id] = scan_id
            self.looked_at[scan_id] = max(now, self.looked_at.get(scan_id, now))
            self._moved[scan_id] = None
            if current is not None and not state.fits(current):  # it was a frozen row
                self._put(self.changed, finding.id, scan_id)
            elif self._drop(self.changed, finding.id):
                self._lingering[finding.id] = known
        self.report()

    def leave(self, finding_ids: Iterable[FindingId]) -> None:
        """Note that findings have left the view."""
        for finding_id in finding_ids:
            self._lingering.pop(finding_id, None)

    def see_all(self, finding_ids: Iterable[FindingId]) -> None:
        """Note that nothing is news of these findings any longer, whether or not it was shown."""
        for finding_id in finding_ids:
            self.unmark(finding_id)
            scan_id, current = self.changed.get(finding_id), self.find(finding_id)
            state = None if scan_id is None else self.state_of(scan_id, finding_id)
            if scan_id is not None and current is not None and state is not None:
                self._states[scan_id][finding_id] = SeenState.of(current, state.at)
                self.unsaved[finding_id] = scan_id
                self._moved[scan_id] = None
            self._drop(self.changed, finding_id)
            self._lingering.pop(finding_id, None)

    def report(self) -> None:
        """Report the scans of which something is news now, or no longer."""
        moved, self._moved = self._moved, {}
        for scan_id in moved:
            self.on_news(scan_id)

    # -- what happens to findings --

    def take(self, changes: Iterable[Change], now: datetime, is_own: IsOwn) -> None:
        """Follow changes of findings, and report what is news since they were seen."""
        found_again: dict[object, FindingReplaced] = {}
        added, looked_at = list[Finding](), self.looked_at
        for each in changes:  # `match` takes three times as long, and there may be 100,000
            if isinstance(each, FindingAdded):
                if each.finding.scan_id in looked_at:
                    added.append(each.finding)
            elif isinstance(each, FindingReplaced):
                finding, previous = each.finding, each.previous
                if finding.is_repeat and not previous.is_repeat and finding.fingerprint:
                    found_again[place_of(finding)] = each
                self._compare(finding, previous, now, is_own)
            elif isinstance(each, FindingDropped):
                self._forget(each.finding)
            elif isinstance(each, ScanRemoved | ScanEmptied):
                self.drop_scan(each.scan_id)
        for finding in added:
            states = self._states.get(finding.scan_id, {})
            if found_again or finding.id in states:
                self._compare(finding, None, now, is_own, found_again)
        self.report()

    def recall(self, scan_id: ScanId, states: Mapping[FindingId, SeenState]) -> None:
        """Restore what earlier sessions have seen of a scan, before its findings."""
        if states:
            self._states[scan_id] = {**states, **self._states.get(scan_id, {})}
            at = max(state.at for state in states.values())
            self.looked_at[scan_id] = max(at, self.looked_at.get(scan_id, at))

    def take_unsaved(self, scan_id: ScanId) -> list[FindingId]:
        """Return the findings of a scan whose state must be saved; they count as saved then."""
        due = [found for found, of_scan in self.unsaved.items() if of_scan == scan_id]
        for found in due:
            del self.unsaved[found]
        return due

    def drop_scan(self, scan_id: ScanId) -> None:
        for kind in (self.new, self.changed):
            for found in [found for found, of_scan in kind.items() if of_scan == scan_id]:
                self._drop(kind, found)
        self.take_unsaved(scan_id)
        for found in self._states.pop(scan_id, ()):
            self._lingering.pop(found, None)
        self.looked_at.pop(scan_id, None)
        self._moved.pop(scan_id, None)

    def drop(self, finding_id: FindingId) -> None:
        self._drop(self.new, finding_id)

    def _forget(self, finding: Finding) -> None:
        self._drop(self.new, finding.id)
        self._drop(self.changed, finding.id)
        self._states.get(finding.scan_id, {}).pop(finding.id, None)

    def _compare(
        self,
        finding: Finding,
        previous: Finding | None,
        now: datetime,
        is_own: IsOwn,
        found_again: Mapping[object, FindingReplaced] | None = None,
    ) -> None:
        """Compare a finding with what was seen of it."""
        scan_id = finding.scan_id
        looked_at = self.looked_at.get(scan_id)
        if looked_at is None or finding.is_announced:
            return
        states = self._states.setdefault(scan_id, {})
        known = state = states.get(finding.id)
        if found_again and state is None:
            older = found_again.get(place_of(finding))  # a retry writes it under another ID
            state = None if older is None else states.get(older.finding.id)
        elif state is None and previous is not None and not previous.is_announced:
            is_away = now - looked_at > AWAY
            if is_away and finding.id not in self.new:
                state = SeenState.of(previous, looked_at)
        if state is None:
            return
        if previous is not None and not state.fits(finding):
            state = _with_own(state, finding, previous, is_own)
        if known != state and not (known is None and state.fits(finding)):
            states[finding.id] = state
            self.unsaved[finding.id] = scan_id
            self._moved[scan_id] = None
        if state.fits(finding) or finding.is_repeat:
            self._drop(self.changed, finding.id)
        else:
            self._put(self.changed, finding.id, scan_id)

    def _put(self, kind: dict[FindingId, ScanId], finding_id: FindingId, scan_id: ScanId) -> None:
        if finding_id not in kind:
            self._counts[scan_id] += finding_id not in self
            kind[finding_id] = scan_id
            self._note(scan_id)

    def _drop(self, kind: dict[FindingId, ScanId], finding_id: FindingId) -> bool:
        scan_id = kind.pop(finding_id, None)
        if scan_id is None:
            return False
        self._counts[scan_id] -= finding_id not in self
        self._note(scan_id)
        return True

    def _note(self, scan_id: ScanId) -> None:
        self.version += 1
        self._moved[scan_id] = None


def _with_own(state: SeenState, finding: Finding, previous: Finding, is_own: IsOwn) -> SeenState:
    """Return what was seen, with the decisions that were made here since."""
    if previous.status is not finding.status and is_own(finding, previous, (Field.STATUS,)):
        state = replace(state, status=finding.status_text, verdict=finding.verdict)
    if previous.severity is not finding.severity and is_own(finding, previous, (Field.SEVERITY,)):
        state = replace(state, severity=finding.severity_text)
    return state
