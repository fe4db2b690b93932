"""Snoozed findings: hidden until a moment, or until they matter more than when snoozed.

Snoozes are ours alone: no server receives them. A snooze belongs to the id of its finding, and
passes on to the newer row under which a retry finds the same again (T-9). Source: behaviour.md 2.2.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, FindingId, FindingStatus, ScanId, Verdict

LONGEST = timedelta(days=366)  # a longer snooze was not written by this program
MORNING_HOUR = 9
WITHDRAWN_RANK = 5  # after the ranks of all severities
CONFIRMATIONS = range(3)


class Snooze(Struct, frozen=True):
    """A hidden finding, and its state when it was snoozed.

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
        rank = WITHDRAWN_RANK if finding.counts_as is None else finding.counts_as.rank
        is_by_status = finding.status is FindingStatus.CONFIRMED
        return cls(until, rank, (finding.verdict is Verdict.CONFIRMED) + is_by_status)

    def ends_with(self, finding: Finding, known: Finding | None) -> bool:
        """Return whether a finding comes back early: it is raised or confirmed.

        It is compared with its state when it was snoozed, and with the last reading: one that was
        lowered in between and is raised again matters as well.
        """
        now, earlier = Snooze.of(finding, self.until), [self]
        if known is not None and not known.is_announced:
            earlier.append(Snooze.of(known, self.until))
        return any(now.rank < each.rank or now.confirmation > each.confirmation for each in earlier)


class KeptSnooze(Struct, frozen=True):
    """The snooze of a finding for later sessions; None means that none is kept."""

    scan_id: ScanId
    finding_id: FindingId
    snooze: Snooze | None


class Snoozes:
    """The snoozes of all scans, including those that are not watched now.

    Each scan folds with its own snoozes, and may change them.
    """

    def __init__(self) -> None:
        self._scans: defaultdict[ScanId, dict[FindingId, Snooze]] = defaultdict(dict)

    def of_scan(self, scan_id: ScanId) -> dict[FindingId, Snooze]:
        return self._scans[scan_id]

    def kept(self, scan_id: ScanId, finding_id: FindingId) -> KeptSnooze:
        return KeptSnooze(scan_id, finding_id, self._scans[scan_id].get(finding_id))

    def recall(self, kept: Iterable[KeptSnooze]) -> None:
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
    """Return the offered moments, in order and once each, aware UTC.

    Days start at nine in the morning, local time, even if the clock changes in between.
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
