"""Which changes are worth a notification, and how many become one. Pure; time comes by argument.

Source: ux.md 2.5, rules 1, 2 and 6. A finding alerts once. The first critical finding of a scan is
told at once; those that follow within a window replace that notification when the window ends.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from heimdall_desktop.domain.change import Change, FindingAdded, FindingReplaced, ScanRemoved
from heimdall_desktop.domain.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
    Verdict,
)

WINDOW_S = 10.0
LONG_WINDOW_S = 60.0
MANY = 20  # more than so many in a window stretch it
TITLE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Alert:
    """A notification to show, in place of an earlier one of the same key.

    Attributes:
        finding_id: what activating it opens.
    """

    key: str
    title: str
    body: str
    scan_id: ScanId
    finding_id: FindingId


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A notification that is true no more, to be taken back."""

    key: str


@dataclass(slots=True)
class _Notice:
    """The findings told, or to be told, under one key.

    Attributes:
        is_shown: the notification is on the screen.
        is_due: it has findings that the notification does not tell yet.
    """

    key: str
    scan_id: ScanId
    began_at_s: float
    findings: dict[FindingId, Finding] = field(default_factory=dict)
    is_shown: bool = False
    is_due: bool = False

    def ends_at_s(self) -> float:
        return self.began_at_s + (LONG_WINDOW_S if len(self.findings) > MANY else WINDOW_S)


class AlertDesk:
    """Turns changes into alerts; knows which findings have been told.

    Args:
        clock: monotonic seconds.
        scan_name: the name of a scan as shown, "" if it is gone.
        has_listed_once: whether a scan's first listing has ended, so that what it held is known.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        scan_name: Callable[[ScanId], str],
        has_listed_once: Callable[[ScanId], bool],
    ) -> None:
        self._clock = clock
        self._scan_name = scan_name
        self._has_listed_once = has_listed_once
        self._notices: dict[str, _Notice] = {}
        self._keys: dict[FindingId, str] = {}
        self._windows: dict[ScanId, _Notice] = {}
        self._first_reads: dict[ScanId, _Notice] = {}
        self._silent_first_reads: set[ScanId] = set()
        self._count = 0

    def keep_first_read_silent(self, scan_id: ScanId) -> None:
        """Say nothing of what a scan holds already: it was on the board before a restart."""
        self._silent_first_reads.add(scan_id)

    def take(self, changes: Iterable[Change]) -> list[Alert | Withdrawal]:
        """Return what the changes are worth."""
        touched: dict[str, _Notice] = {}
        actions: list[Alert | Withdrawal] = []
        for change in changes:
            match change:
                case FindingAdded(finding, True):
                    self._note_first_read(finding)
                case FindingAdded(finding) | FindingReplaced(finding):
                    actions += self._follow(finding, touched)
                case ScanRemoved(scan_id):
                    actions += self._forget(scan_id)
                case _:
                    pass
        for notice in touched.values():
            actions += self._open(notice)
        return actions + self._tell_first_reads()

    def tick(self) -> list[Alert | Withdrawal]:
        """Return the replacements whose window has ended by now."""
        now_s = self._clock()
        ended = [notice for notice in self._windows.values() if now_s >= notice.ends_at_s()]
        for notice in ended:
            del self._windows[notice.scan_id]
        return [self._show(notice) for notice in ended if notice.is_due and notice.findings]

    # -- findings --

    def _follow(self, finding: Finding, touched: dict[str, _Notice]) -> list[Alert | Withdrawal]:
        """Follow a row that is new or another one now: critical, confirmed, lowered, triaged."""
        key = self._keys.get(finding.id)
        if key is None:
            if _is_worth_telling(finding):
                self._note(finding, touched)
            return []
        notice = self._notices.get(key)
        if notice is None or finding.id not in notice.findings:
            return []
        if _is_worth_telling(finding):
            notice.findings[finding.id] = finding
            return []
        del notice.findings[finding.id]
        return self._take_back(notice)

    def _note(self, finding: Finding, touched: dict[str, _Notice]) -> None:
        notice = self._windows.get(finding.scan_id)
        if notice is None:
            notice = self._windows[finding.scan_id] = self._new_notice(finding.scan_id)
        self._put(finding, notice)
        touched[notice.key] = notice

    def _note_first_read(self, finding: Finding) -> None:
        if not _is_worth_telling(finding) or finding.id in self._keys:
            return
        scan_id = finding.scan_id
        if scan_id in self._silent_first_reads:
            self._keys[finding.id] = ""
            return
        if scan_id not in self._first_reads:
            self._first_reads[scan_id] = self._new_notice(scan_id)
        self._put(finding, self._first_reads[scan_id])

    def _put(self, finding: Finding, notice: _Notice) -> None:
        self._keys[finding.id] = notice.key
        notice.findings[finding.id] = finding

    # -- notices --

    def _open(self, notice: _Notice) -> list[Alert]:
        """Tell the first findings of a window at once, and leave the others for its end."""
        if notice.is_shown or not notice.findings or notice.key not in self._notices:
            notice.is_due = notice.is_shown
            return []
        return [self._show(notice)]

    def _tell_first_reads(self) -> list[Alert]:
        ready = [scan_id for scan_id in self._first_reads if self._has_listed_once(scan_id)]
        notices = [self._first_reads.pop(scan_id) for scan_id in ready]
        return [self._show(notice) for notice in notices if notice.findings]

    def _take_back(self, notice: _Notice) -> list[Alert | Withdrawal]:
        """Let a notification say no more than is true."""
        if not notice.is_shown:
            return []
        if notice.findings:
            return [self._show(notice)]
        notice.is_shown = notice.is_due = False
        return [Withdrawal(notice.key)]

    def _forget(self, scan_id: ScanId) -> list[Withdrawal]:
        self._windows.pop(scan_id, None)
        self._first_reads.pop(scan_id, None)
        self._silent_first_reads.discard(scan_id)
        gone = [notice for notice in self._notices.values() if notice.scan_id == scan_id]
        for notice in gone:
            del self._notices[notice.key]
        return [Withdrawal(notice.key) for notice in gone if notice.is_shown]

    def _show(self, notice: _Notice) -> Alert:
        notice.is_shown, notice.is_due = True, False
        findings = list(notice.findings.values())
        newest, name = findings[-1], self._scan_name(notice.scan_id)
        if len(findings) == 1:
            title = f"Critical: {newest.title_line}"
            verdict = "Confirmed." if newest.verdict is Verdict.CONFIRMED else "Not yet verified."
            body = f"{name}, {newest.file_line}. {verdict}"
        else:
            title = f"{len(findings)} new critical findings in {name}"
            body = f"Latest: {newest.title_line} in {newest.file_line}"
        return Alert(notice.key, _cut(title), body, notice.scan_id, newest.id)

    def _new_notice(self, scan_id: ScanId) -> _Notice:
        self._count += 1
        notice = _Notice(f"alert-{self._count}", scan_id, self._clock())
        self._notices[notice.key] = notice
        return notice


def is_alarming(finding: Finding) -> bool:
    """Return whether a finding is worth an alert as it stands."""
    return finding.severity is Severity.CRITICAL and finding.verdict is not Verdict.WITHDRAWN


def _is_worth_telling(finding: Finding) -> bool:
    """Whether somebody should look at it: what was triaged has been looked at (rule 6)."""
    return is_alarming(finding) and finding.status in (FindingStatus.OPEN, FindingStatus.OTHER)


def _cut(title: str) -> str:
    return title if len(title) <= TITLE_LIMIT else f"{title[: TITLE_LIMIT - 1].rstrip()}…"
