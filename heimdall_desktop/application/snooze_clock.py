"""Lets snoozed findings come back when their time has come: a heap, whose first entry is looked at.

It goes by the clock on the wall and with the beat of the program. A machine that slept wakes late,
and all that is due then comes back together; a clock that is set counts as it is now.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from heapq import heappop, heappush

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.change import Change, FindingAdded, FindingReplaced
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.observation import Snoozed


class SnoozeClock:
    """Knows when which finding of the store is due.

    Args:
        store: has the findings, and is told that they are back.
        now: the clock on the wall, aware UTC.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._due: list[tuple[datetime, FindingId, ScanId]] = []

    def take(self, changes: Iterable[Change]) -> None:
        """Note what is snoozed from now on, or again."""
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
        """Let come back what is due; to be called about once a second."""
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
