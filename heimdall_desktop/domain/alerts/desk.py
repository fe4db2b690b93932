"""Which changes are worth a notification, and how many become one. Pure; time comes by argument.

Source: ux.md 2.5, rules 1 to 4 and 6. A finding alerts once, over all sessions. The first critical
finding of a scan is told at once, also in the notification of a window that several scans share;
those that follow within a window replace that notification when the window ends. What came of
several scans at once, or while we were away, is one notification, and no more than `MOST_STANDING`
stand at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from heimdall_desktop.domain.alerts.absence import Absence
from heimdall_desktop.domain.alerts.notice import Notice
from heimdall_desktop.domain.alerts.twins import Twins
from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.facts.scan import Outcome, Scan

ALERT_KEYS = "alert-"  # what the keys of all alerts begin with
SCANS_FOR_ONE = 3  # from so many on, one notification tells of all
MOST_STANDING = 3  # notifications; what comes on top takes the place of the oldest


class ToldFinding(NamedTuple):
    """A finding that was told; what a later session has to know so as not to tell it again."""

    scan_id: ScanId
    finding_id: FindingId
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A notification to show, in place of an earlier one of the same key.

    Attributes:
        finding_id: what activating it opens.
        other_scans: the scans it tells of beside `scan_id`.
        told: what it tells for the first time.
    """

    key: str
    title: str
    body: str
    scan_id: ScanId
    finding_id: FindingId
    other_scans: tuple[ScanId, ...] = ()
    told: tuple[ToldFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A notification to be taken back: it is true no more, or another one tells the same.

    Attributes:
        merged_into: the title of that other one; "" if nothing is left to tell.
    """

    key: str
    merged_into: str = ""


class AlertDesk:
    """Turns changes into alerts; knows which findings have been told.

    Args:
        clock: monotonic seconds.
        scan_name: the name of a scan as shown, "" if it is gone.
        has_listed_once: whether a scan's first listing has ended, so that what it held is known.
        absence: which scans nothing was heard of for long; None if that does not matter.
        attempt_starts: when each attempt of a scan began, by the server's clock.
        session: tells the keys of this session from those that an inbox keeps of earlier ones.

    Attributes:
        is_standing: whether the notification of a key is on the desktop, or on its way there.
        is_in_view: whether the analyst looks at a scan, so that nothing of it needs the desktop.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        scan_name: Callable[[ScanId], str],
        has_listed_once: Callable[[ScanId], bool],
        absence: Absence | None = None,
        attempt_starts: Callable[[ScanId], Iterable[datetime]] = lambda _scan_id: (),
        session: str = "",
    ) -> None:
        self._clock = clock
        self._scan_name = scan_name
        self._has_listed_once = has_listed_once
        self._absence = absence or Absence(clock, ())
        self._notices: dict[str, Notice] = {}
        self._keys: dict[FindingId, str] = {}
        self._twins = Twins(attempt_starts)
        self._counted_in: dict[FindingId, Notice] = {}
        self._told: set[FindingId] = set()
        self._windows: dict[ScanId, Notice] = {}
        self._first_reads: dict[ScanId, Notice] = {}
        self._digest: Notice | None = None
        self._silent_first_reads: set[ScanId] = set()
        self._silenced: list[ToldFinding] = []
        self._told_otherwise: list[FindingId] = []
        self._session, self._count, self._shows = session, 0, 0
        self.is_standing: Callable[[str], bool] = lambda _key: True
        self.is_in_view: Callable[[ScanId], bool] = lambda _scan_id: False

    # -- what came before, and what was missed --

    def recall(self, told: Iterable[ToldFinding]) -> None:
        """Take in what earlier sessions told, so that none of it is told again."""
        for finding in told:
            self._keys[finding.finding_id] = ""
            self._told.add(finding.finding_id)
            self._twins.recall(finding.scan_id, finding.fingerprint, finding.finding_id)

    def restore(self, scan_id: ScanId, *, is_remembered: bool) -> None:
        """A scan of an earlier session is watched again: what is new of it makes one digest.

        Args:
            scan_id: the scan.
            is_remembered: what it held and what was told of it came back too. If not, nobody
                knows what of it is new, so nothing is said of what it holds already.
        """
        self._absence.restore(scan_id)
        if not is_remembered:
            self._silent_first_reads.add(scan_id)

    def wake(self) -> None:
        """The machine was away: what came meanwhile makes one digest."""
        self._absence.wake()

    # -- what comes --

    def take(self, changes: Iterable[Change]) -> list[Alert | Withdrawal]:
        """Return what the changes are worth."""
        self._absence.look()
        touched: dict[str, Notice] = {}
        actions: list[Alert | Withdrawal] = []
        for change in changes:
            match change:
                case FindingAdded(finding, is_first_read):
                    self._count_high(finding, is_new=not is_first_read)
                    if is_first_read:
                        self._note_first_read(finding)
                    else:
                        actions += self._follow(finding, touched)
                case FindingReplaced(finding):
                    self._count_high(finding, is_new=False)
                    actions += self._follow(finding, touched)
                case FindingDropped(finding):
                    self._count_high(finding, is_new=False)
                    actions += self._let_go(finding)
                case ScanRemoved(scan_id) | ScanEmptied(scan_id):
                    actions += self._forget(scan_id)
                case _:
                    pass
        self._end_first_reads(touched)
        actions += self._join_windows(touched)
        for notice in touched.values():
            actions += self._open(notice)
        return actions + self._tell_digest()

    def take_silenced(self) -> list[ToldFinding]:
        """Return, once, what is held to be told already although no alert of ours tells it."""
        silenced, self._silenced = self._silenced, []
        return silenced

    def take_told_otherwise(self) -> list[FindingId]:
        """Return, once, whose alert another row of the same finding is (T-9)."""
        others, self._told_otherwise = self._told_otherwise, []
        return others

    def tick(self) -> list[Alert | Withdrawal]:
        """Return the replacements whose window has ended by now, and a digest that is late.

        Not one that is complete: rows of its last listing may not have been taken yet.
        """
        self._absence.look()
        now_s = self._clock()
        ended = _each({s: w for s, w in self._windows.items() if now_s >= w.ends_at_s()})
        self._windows = {s: w for s, w in self._windows.items() if w not in ended}
        due = [notice for notice in ended if notice.is_due and notice.findings]
        late = self._end_digest() if self._absence.is_late() else []
        return [*(action for notice in due for action in self._tell(notice)), *late]

    # -- findings --

    def _follow(self, finding: Finding, touched: dict[str, Notice]) -> list[Alert | Withdrawal]:
        """Follow a row that is new or another one now: critical, confirmed, lowered, triaged."""
        key = self._keys.get(finding.id)
        if key is None:
            if not _is_worth_telling(finding):
                return []
            if self._is_told_otherwise(finding):
                self._told_otherwise.append(finding.id)
            else:
                self._note(finding, touched)
            return []
        notice = self._notices.get(key)
        if notice is None or finding.id not in notice.findings:
            return []
        if _is_worth_telling(finding):
            notice.findings[finding.id] = finding
            return []
        return self._let_go(finding)

    def _let_go(self, finding: Finding) -> list[Alert | Withdrawal]:
        """Take back what is told of a finding that is worth telling no more, or has left."""
        notice = self._notices.get(self._keys.get(finding.id, ""))
        if notice is None or finding.id not in notice.findings:
            return []
        del notice.findings[finding.id]
        if finding.id not in self._told:
            self._twins.forget(finding)
        return self._take_back(notice)

    def _note(self, finding: Finding, touched: dict[str, Notice]) -> None:
        if self._absence.collects(finding.scan_id):
            self._put(finding, self._open_digest())
            return
        notice = self._windows.get(finding.scan_id)
        if notice is None:
            shared = [window for window in self._windows.values() if len(window.scan_ids) > 1]
            notice = shared[0] if shared else self._new_notice()
            notice.has_first = True
            self._windows[finding.scan_id] = notice
        self._put(finding, notice)
        touched[notice.key] = notice

    def _is_told_otherwise(self, finding: Finding) -> bool:
        """Whether another row of the same problem is told, or will be: of a retry (T-9)."""
        return finding.is_repeat or self._twins.has_older(finding)

    def _note_first_read(self, finding: Finding) -> None:
        is_known = finding.id in self._keys or self._is_told_otherwise(finding)
        if not _is_worth_telling(finding) or is_known:
            return
        scan_id = finding.scan_id
        if scan_id in self._silent_first_reads:
            self._keys[finding.id] = ""
            self._silenced.append(_told(finding))
        elif self._absence.collects(scan_id):
            self._put(finding, self._open_digest())
        else:
            if scan_id not in self._first_reads:
                self._first_reads[scan_id] = self._new_notice()
            self._put(finding, self._first_reads[scan_id])

    def _put(self, finding: Finding, notice: Notice) -> None:
        self._keys[finding.id] = notice.key
        notice.findings[finding.id] = finding
        self._twins.put(finding)

    # -- notices --

    def _join_windows(self, touched: dict[str, Notice]) -> list[Alert | Withdrawal]:
        """Let one notification tell of all scans where several have something (rule 3)."""
        windows = _each(self._windows)
        told = [window for window in windows if window.findings]
        scans = {scan_id for window in told for scan_id in window.scan_ids}
        if len(told) < 2 or len(scans) < SCANS_FOR_ONE:
            return []
        first, *others = sorted(told, key=lambda window: not window.is_shown)
        for other in others:
            self._absorb(first, other)
            touched.pop(other.key, None)
        touched.pop(first.key, None)
        *made_room, joint = self._tell(first)
        title = joint.title if isinstance(joint, Alert) else ""
        gone = [Withdrawal(each.key, title) for each in others if each.is_shown]
        return [*made_room, *gone, joint]

    def _open(self, notice: Notice) -> list[Alert | Withdrawal]:
        """Tell the first finding of a scan at once, and leave the others for the window's end."""
        is_waiting = notice.is_shown and not notice.has_first
        if is_waiting or not notice.findings or notice.key not in self._notices:
            notice.is_due = notice.is_shown
            return []
        return self._tell(notice)

    def _absorb(self, notice: Notice, other: Notice) -> None:
        """Let a notice tell what another one tells, and the windows of that one be its own."""
        notice.findings |= other.findings
        notice.held += other.held
        self._keys |= dict.fromkeys(other.findings, notice.key)
        self._notices.pop(other.key, None)
        self._windows = {s: notice if w is other else w for s, w in self._windows.items()}

    def _tell(self, notice: Notice) -> list[Alert | Withdrawal]:
        """Show a notice, and let no more notifications stand than `MOST_STANDING`."""
        standing = sorted(
            (each for each in self._notices.values() if each is not notice and self._stands(each)),
            key=lambda each: (each.is_digest, each.shown),
        )
        needs_no_room = self._stands(notice) or all(map(self.is_in_view, notice.scan_ids))
        if needs_no_room or len(standing) < MOST_STANDING:
            return [self._show(notice)]
        oldest, next_oldest, *_ = standing
        if notice.is_digest:
            return [*self._replace(next_oldest, oldest), self._show(notice)]
        return self._replace(oldest, notice)

    def _replace(self, notice: Notice, other: Notice) -> list[Alert | Withdrawal]:
        """Let the notification of one notice become the summary of two."""
        notice.is_digest, notice.held = False, len(notice.findings)
        notice.began_at_s = max(notice.began_at_s, other.began_at_s)
        self._absorb(notice, other)
        summary = self._show(notice)
        gone = [Withdrawal(other.key, summary.title)] if other.is_shown else []
        return [*gone, summary]

    def _stands(self, notice: Notice) -> bool:
        return notice.is_shown and self.is_standing(notice.key)

    def _end_first_reads(self, touched: dict[str, Notice]) -> None:
        """Let what a scan held when it was added begin its window, so that rule 3 counts it."""
        ready = [scan_id for scan_id in self._first_reads if self._has_listed_once(scan_id)]
        for scan_id in ready:
            notice = self._first_reads.pop(scan_id)
            if notice.findings:
                notice.began_at_s, notice.held = self._clock(), len(notice.findings)
                self._windows.setdefault(scan_id, notice)
                touched[notice.key] = notice

    def _take_back(self, notice: Notice) -> list[Alert | Withdrawal]:
        """Let a notification say no more than is true."""
        if not notice.is_shown:
            return []
        if notice.findings:
            return [self._show(notice)]
        notice.is_shown = notice.is_due = notice.has_first = False
        return [Withdrawal(notice.key)]

    def _forget(self, scan_id: ScanId) -> list[Alert | Withdrawal]:
        self._absence.forget(scan_id)
        self._windows.pop(scan_id, None)
        self._first_reads.pop(scan_id, None)
        self._silent_first_reads.discard(scan_id)
        actions: list[Alert | Withdrawal] = []
        for notice in [each for each in self._notices.values() if scan_id in each.scan_ids]:
            notice.drop(scan_id)
            actions += self._take_back(notice)
            is_in_use = notice in self._windows.values() or notice is self._digest
            if not notice.findings and not is_in_use:
                del self._notices[notice.key]
        return actions

    def _show(self, notice: Notice) -> Alert:
        notice.is_shown, notice.is_due, notice.has_first = True, False, False
        opened = notice.newest or notice.fallback
        if opened is None:
            raise AssertionError("a notification tells a finding, or has one to open")
        new = [finding for finding in notice.findings.values() if finding.id not in self._told]
        self._told.update(finding.id for finding in new)
        if new:
            self._shows += 1
            notice.shown = self._shows
        title, body = notice.words(self._scan_name)
        return Alert(
            notice.key,
            title,
            body,
            opened.scan_id,
            opened.id,
            tuple(scan_id for scan_id in notice.scan_ids if scan_id != opened.scan_id),
            tuple(map(_told, new)),
        )

    def _new_notice(self, *, is_digest: bool = False) -> Notice:
        self._count += 1
        key = f"{ALERT_KEYS}{self._session}{self._count}"
        notice = Notice(key, self._clock(), is_digest)
        self._notices[notice.key] = notice
        return notice

    # -- the digest (rule 4) --

    def _open_digest(self) -> Notice:
        if self._digest is None:
            self._digest = self._new_notice(is_digest=True)
        return self._digest

    def _count_high(self, finding: Finding, *, is_new: bool) -> None:
        """Count what a digest tells as a number only."""
        is_high = finding.severity is Severity.HIGH and _is_open(finding)
        if is_new and is_high and self._absence.collects(finding.scan_id):
            notice = self._counted_in[finding.id] = self._open_digest()
            notice.highs[finding.id] = finding
        elif not is_high and finding.id in self._counted_in:
            self._counted_in.pop(finding.id).highs.pop(finding.id, None)

    def _tell_digest(self) -> list[Alert | Withdrawal]:
        """Tell the digest if it is complete; for a failure alone, once it has stayed (T-26)."""
        if self._absence.is_late():
            return self._end_digest()
        if not self._absence.is_complete():
            return []
        has_findings = self._digest is not None and bool(self._digest.findings)
        ends = [outcome for _, outcome in self._absence.ended()]
        if not has_findings and Outcome.FAILED_MAY_RETRY in ends:
            return []
        return self._end_digest()

    def _end_digest(self) -> list[Alert | Withdrawal]:
        ended = list(self._absence.ended())
        self._absence.close()
        notice, self._digest = self._digest, None
        failed = [scan for scan, _ in ended if scan.status == "failed"]
        has_stayed = [scan for scan, outcome in ended if outcome is Outcome.FAILED]
        fallback = _newest_finding(has_stayed)
        if (notice is None or not notice.findings) and fallback is None:
            return []
        notice = notice or self._new_notice(is_digest=True)
        notice.fallback = fallback
        notice.failed = self._names(failed if notice.findings else has_stayed)
        notice.completed = self._names(scan for scan, end in ended if end is Outcome.COMPLETED)
        notice.ended = self._names(scan for scan, end in ended if end is Outcome.ENDED)
        return self._tell(notice)

    def _names(self, scans: Iterable[Scan]) -> tuple[str, ...]:
        return tuple(self._scan_name(scan.id) for scan in scans)


def is_alarming(finding: Finding) -> bool:
    """Return whether a finding is worth an alert as it stands."""
    return finding.counts_as is Severity.CRITICAL


def _is_worth_telling(finding: Finding) -> bool:
    """Whether somebody should look at it: what was triaged has been looked at (rule 6)."""
    return is_alarming(finding) and _is_open(finding)


def _told(finding: Finding) -> ToldFinding:
    return ToldFinding(finding.scan_id, finding.id, finding.fingerprint)


def _is_open(finding: Finding) -> bool:
    return finding.status in (FindingStatus.OPEN, FindingStatus.OTHER)


def _newest_finding(scans: Iterable[Scan]) -> Finding | None:
    """Return what shows one of the scans; None if none of them has a finding."""
    for scan in scans:
        if scan.findings:
            return next(reversed(scan.findings.values()))
    return None


def _each(windows: dict[ScanId, Notice]) -> list[Notice]:
    """Return notices that several scans may share, each once."""
    return list({notice.key: notice for notice in windows.values()}.values())
