"""Snoozed findings: out of sight until a moment, or until they matter more than when they left.

Ours alone: no server is told. A snooze holds by the id of its finding, and passes on to the newer
row under which a retry finds the same again (T-9). Source: ux.md 2.2.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Verdict,
)

LONGEST = timedelta(days=366)  # what is kept for longer was not written by this program
MORNING_HOUR = 9
WITHDRAWN_RANK = 5  # behind that of all severities
CONFIRMATIONS = range(3)


class Snooze(Struct, frozen=True):
    """A finding that is out of sight, and what it was like when it was sent there.

    Attributes:
        until: when it comes back, aware UTC.
        rank: of the severity it counted under, `WITHDRAWN_RANK` if under none.
        confirmation: 2 for a status of "confirmed", 1 for a verdict of it alone, else 0.
    """

    until: datetime
    rank: int
    confirmation: int

    @classmethod
    def of(cls, finding: Finding, until: datetime) -> "Snooze":
        """Return the snooze of a finding as it is now."""
        rank = WITHDRAWN_RANK if finding.counts_as is None else finding.counts_as.rank
        is_by_status = finding.status is FindingStatus.CONFIRMED
        return cls(until, rank, (finding.verdict is Verdict.CONFIRMED) + is_by_status)

    def ends_with(self, finding: Finding, known: Finding | None) -> bool:
        """Whether a finding comes back before its time: it is raised or confirmed.

        Judged by what it was when it was snoozed, and by the last reading: one that was lowered in
        between and is raised again matters as well.

        Args:
            finding: as it is now.
            known: as it was read before; None if it was not.
        """
        now = Snooze.of(finding, self.until)
        if now._matters_more(self):
            return True
        if known is None or known.is_announced:
            return False
        return now._matters_more(Snooze.of(known, self.until))

    def _matters_more(self, before: "Snooze") -> bool:
        return self.rank < before.rank or self.confirmation > before.confirmation


class KeptSnooze(Struct, frozen=True):
    """How a finding stands for later sessions; without a snooze, none is kept of it."""

    scan_id: ScanId
    finding_id: FindingId
    snooze: Snooze | None


class Snoozes:
    """The snoozes of all scans, also of those that are not watched at the moment.

    Each scan folds by its own ones, which it may change.
    """

    def __init__(self) -> None:
        self._scans: defaultdict[ScanId, dict[FindingId, Snooze]] = defaultdict(dict)

    def of_scan(self, scan_id: ScanId) -> dict[FindingId, Snooze]:
        """Return those of one scan, to be kept up by it."""
        return self._scans[scan_id]

    def kept(self, scan_id: ScanId, finding_id: FindingId) -> KeptSnooze:
        """Return what a later session has to know of a finding."""
        return KeptSnooze(scan_id, finding_id, self._scans[scan_id].get(finding_id))

    def recall(self, kept: Iterable[KeptSnooze]) -> None:
        """Take in what an earlier session has kept."""
        for each in kept:
            if each.snooze is not None:
                self._scans[each.scan_id].setdefault(each.finding_id, each.snooze)


class SnoozeTime(Enum):
    """How long a finding can be snoozed."""

    ONE_HOUR = "1h"
    TOMORROW = "tomorrow"
    NEXT_MONDAY = "monday"
    FOUR_WEEKS = "4w"


def snooze_times(now: datetime) -> Mapping[SnoozeTime, datetime]:
    """Return the moments that are offered, in their order and each once, aware UTC.

    Days begin at nine in the morning of this computer, whatever its clocks do in between.
    """
    local = now.astimezone()
    morning = local.replace(hour=MORNING_HOUR, minute=0, second=0, microsecond=0, tzinfo=None)
    to_monday = 7 - local.weekday()
    offered = {
        SnoozeTime.ONE_HOUR: now + timedelta(hours=1),
        SnoozeTime.TOMORROW: (morning + timedelta(days=1)).astimezone(),
        SnoozeTime.NEXT_MONDAY: (morning + timedelta(days=to_monday)).astimezone(),
        SnoozeTime.FOUR_WEEKS: (morning + timedelta(weeks=4)).astimezone(),
    }
    if to_monday == 1:
        del offered[SnoozeTime.NEXT_MONDAY]  # that is tomorrow
    return {time: at.astimezone(now.tzinfo) for time, at in offered.items()}
