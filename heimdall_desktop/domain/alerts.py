"""Which changes are worth a notification, and how many become one. Pure; time comes by argument.

Source: ux.md 2.5, rules 1, 2 and 6. A finding alerts once. The first critical finding of a scan is
told at once; those that follow within a window replace that notification when the window ends.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from heimdall_desktop.domain.change import Change, FindingAdded, FindingReplaced, ScanRemoved
from heimdall_desktop.domain.finding import Finding, FindingId, ScanId, Severity, Verdict

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
class _Window:
    """The notification of one scan that is open for more findings."""

    key: str
    began_at_s: float
    findings: list[Finding] = field(default_factory=list)
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
        self._told: dict[FindingId, str] = {}
        self._windows: dict[ScanId, _Window] = {}
        self._shown: dict[str, list[Finding]] = {}
        self._first_read: dict[ScanId, list[Finding]] = {}
        self._silent_first_reads: set[ScanId] = set()
        self._count = 0

    def keep_first_read_silent(self, scan_id: ScanId) -> None:
        """Say nothing of what a scan holds already: it was on the board before a restart."""
        self._silent_first_reads.add(scan_id)

    def take(self, changes: Iterable[Change]) -> list[Alert | Withdrawal]:
        """Return what the changes are worth."""
        touched: set[ScanId] = set()
        actions: list[Alert | Withdrawal] = []
        for change in changes:
            match change:
                case FindingAdded(finding, is_first_read):
                    if is_alarming(finding) and finding.id not in self._told:
                        self._note(finding, is_first_read, touched)
                case FindingReplaced(finding, _):
                    actions += self._follow(finding, touched)
                case ScanRemoved(scan_id):
                    actions += self._forget(scan_id)
                case _:
                    pass
        actions += self._first_reads()
        return actions + [alert for scan_id in touched for alert in self._open(scan_id)]

    def tick(self) -> list[Alert | Withdrawal]:
        """Return the replacements whose window has ended by now."""
        now_s = self._clock()
        actions: list[Alert | Withdrawal] = []
        for scan_id, window in list(self._windows.items()):
            if now_s >= window.ends_at_s():
                del self._windows[scan_id]
                if window.is_due:
                    actions.append(self._alert(window.key, window.findings))
        return actions

    def _note(self, finding: Finding, is_first_read: bool, touched: set[ScanId]) -> None:
        self._told[finding.id] = ""
        if is_first_read:
            if finding.scan_id not in self._silent_first_reads:
                self._first_read.setdefault(finding.scan_id, []).append(finding)
            return
        window = self._windows.get(finding.scan_id)
        if window is None:
            window = self._windows[finding.scan_id] = _Window(self._new_key(), self._clock())
        window.findings.append(finding)
        self._told[finding.id] = window.key
        touched.add(finding.scan_id)

    def _open(self, scan_id: ScanId) -> list[Alert]:
        """Tell the first findings of a window at once, and leave the others for its end."""
        window = self._windows[scan_id]
        if window.key in self._shown:
            window.is_due = True
            return []
        return [self._alert(window.key, window.findings)]

    def _first_reads(self) -> list[Alert]:
        ready = [scan_id for scan_id in self._first_read if self._has_listed_once(scan_id)]
        alerts = []
        for scan_id in ready:
            findings = self._first_read.pop(scan_id)
            key = self._new_key()
            self._told.update((finding.id, key) for finding in findings)
            alerts.append(self._alert(key, findings))
        return alerts

    def _follow(self, finding: Finding, touched: set[ScanId]) -> list[Alert | Withdrawal]:
        """Follow a row that changed: newly critical, confirmed, lowered or withdrawn."""
        key = self._told.get(finding.id)
        if key is None:
            if is_alarming(finding):
                self._note(finding, is_first_read=False, touched=touched)
            return []
        shown = self._shown.get(key)
        if shown is None:
            return []
        rest = [known for known in shown if known.id != finding.id]
        if len(rest) == len(shown):
            return []
        window = self._windows.get(finding.scan_id)
        if is_alarming(finding):
            self._shown[key] = [*rest, finding]
            return []
        if window is not None and window.key == key:
            window.findings = [known for known in window.findings if known.id != finding.id]
        if rest:
            return [self._alert(key, rest)]
        del self._shown[key]
        return [Withdrawal(key)]

    def _forget(self, scan_id: ScanId) -> list[Withdrawal]:
        self._windows.pop(scan_id, None)
        self._first_read.pop(scan_id, None)
        keys = [key for key, known in self._shown.items() if known[0].scan_id == scan_id]
        for key in keys:
            del self._shown[key]
        return [Withdrawal(key) for key in keys]

    def _alert(self, key: str, findings: list[Finding]) -> Alert:
        self._shown[key] = list(findings)
        newest = findings[-1]
        name = self._scan_name(newest.scan_id)
        if len(findings) == 1:
            title = f"Critical: {newest.title_line}"
            verdict = "Confirmed." if newest.verdict is Verdict.CONFIRMED else "Not yet verified."
            body = f"{name}, {newest.file_line}. {verdict}"
        else:
            title = f"{len(findings)} new critical findings in {name}"
            body = f"Latest: {newest.title_line} in {newest.file_line}"
        return Alert(key, _cut(title), body, newest.scan_id, newest.id)

    def _new_key(self) -> str:
        self._count += 1
        return f"alert-{self._count}"


def is_alarming(finding: Finding) -> bool:
    """Return whether a finding is worth an alert as it stands."""
    return finding.severity is Severity.CRITICAL and finding.verdict is not Verdict.WITHDRAWN


def _cut(title: str) -> str:
    return title if len(title) <= TITLE_LIMIT else f"{title[: TITLE_LIMIT - 1].rstrip()}…"
