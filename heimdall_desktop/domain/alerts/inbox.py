"""The list of alerts: what was worth telling, what became of the telling, and who has read it.

A missed banner is not a missed finding: every finding that alerts has a line of its own here, also
if the desktop told it together with others or not at all. What a scan held already when it was
added makes one line for all. Lines follow their findings, over all sessions, and to the newer row
if a retried scan finds one again. Source: ux.md 1 (20), 2.5 (rules 1, 6 and 7); T-9.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from heimdall_desktop.domain.alerts.desk import ALERT_KEYS, Alert, Withdrawal, is_alarming
from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.domain.facts.repeats import is_same_place
from heimdall_desktop.domain.table.columns import severity_word
from heimdall_desktop.domain.words.wording import later, tr

LINE_LIMIT = 1000
SCAN_LEFT = later("Taken back: scan not watched any more")
NO_ROW = later("Taken back: announced, but not among the server's findings")
SCAN_GONE = later("Taken back: scan not visible any more")
NONE_LEFT = later("Taken back: none is critical any more")


class Decision(Enum):
    """How an alert was told; the value is what the history keeps."""

    NOT_TOLD = "not_told"
    NOTIFIED = "notified"
    TRAY = "tray"
    MERGED = "merged"
    OTHER_ROW = "other_row"
    IN_VIEW = "in_view"
    NO_DESKTOP = "no_desktop"
    REFUSED = "refused"


_DECISION_WORDS = {
    Decision.NOT_TOLD: later("Inbox only so far"),
    Decision.NOTIFIED: later("Shown on the desktop"),
    Decision.TRAY: later("Shown at the tray icon: no desktop notifications"),
    Decision.MERGED: later("Merged into “{title}”"),
    Decision.OTHER_ROW: later("Told with another row of the same finding"),
    Decision.IN_VIEW: later("Held back: scan in view"),
    Decision.NO_DESKTOP: later("Window only: no desktop notifications"),
    Decision.REFUSED: later("Window only: refused by the desktop"),
}


class InboxPart(Enum):
    """Which alerts are listed; the value is how people read it."""

    ALL = later("All")
    UNREAD = later("Unread")
    HELD_BACK = later("Held back")

    def has(self, line: "InboxLine") -> bool:
        """Whether a line belongs to it."""
        if self is InboxPart.UNREAD:
            return line.is_unread
        return self is InboxPart.ALL or line.decision in _UNSEEN


_UNSEEN = {  # the desktop showed nothing
    Decision.NOT_TOLD,
    Decision.IN_VIEW,
    Decision.NO_DESKTOP,
    Decision.REFUSED,
}


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One alert of the past.

    Attributes:
        key: the id of its finding as it was found first; the key of the alert where the line stands
            for several.
        scan_name: as it was when the line was written.
        finding_id: what the line opens.
        raised_at: when we learned of it, aware UTC.
        decision: how it was told.
        withdrawal: why it is true no more, in words; "" while it is.
        server: where the scan is; "" in lines of older versions.
        merged_into: the title of the alert that told it, where it was merged.
    """

    key: str
    title: str
    body: str
    scan_id: ScanId
    scan_name: str
    finding_id: FindingId
    raised_at: datetime
    decision: Decision = Decision.NOT_TOLD
    withdrawal: str = ""
    is_read: bool = False
    server: str = ""
    merged_into: str = ""

    @property
    def is_unread(self) -> bool:
        """Whether it waits for a reader: what was taken back is critical no more."""
        return not (self.is_read or self.withdrawal)

    @property
    def is_summary(self) -> bool:
        """Whether it stands for several findings.

        The histories of former versions have a moment before the keys of alerts.
        """
        return self.key.rpartition(" ")[2].startswith(ALERT_KEYS)

    @property
    def outcome(self) -> str:
        """What became of the alert, in words."""
        told = tr(self.withdrawal or _DECISION_WORDS[self.decision])
        return told if self.withdrawal else told.format(title=self.merged_into)

    @property
    def sentence(self) -> str:
        """The line read aloud, without its time."""
        mark = tr("Unread. ") if self.is_unread else ""
        return f"{mark}{self.title}. {self.scan_name}. {self.outcome}."


class Inbox:
    """Keeps the newest lines, in the order in which they were raised.

    Args:
        now: the clock on the wall, aware UTC.
        scan_name: the name of a scan as shown, "" if it is gone.

    Attributes:
        on_put: called with each line that is new or says something else.
        server_of: where a scan is, "" if it is gone.
    """

    def __init__(self, now: Callable[[], datetime], scan_name: Callable[[ScanId], str]) -> None:
        self.now = now
        self._scan_name = scan_name
        self._lines: dict[str, InboxLine] = {}
        self._keys: dict[FindingId, str] = {}  # of findings that were found again
        self.on_put: Callable[[InboxLine], None] = lambda _line: None
        self.server_of: Callable[[ScanId], str] = lambda _scan_id: ""

    def restore(self, lines: Iterable[InboxLine]) -> None:
        """Take in the lines of earlier sessions, oldest first, below those of this one."""
        self._lines = {line.key: line for line in lines} | self._lines
        for key in list(self._lines)[:-LINE_LIMIT]:
            del self._lines[key]
        for line in self._lines.values():
            if line.key != line.finding_id and not line.is_summary:
                self._keys[line.finding_id] = line.key

    @property
    def lines(self) -> list[InboxLine]:
        """All lines, newest first."""
        return list(reversed(self._lines.values()))

    @property
    def unread(self) -> int:
        """How many lines wait for a reader: in the title, the menu, the badge and the tab alike."""
        return sum(line.is_unread for line in self._lines.values())

    def line(self, key: str) -> InboxLine | None:
        """Return the line of a key, or of a finding."""
        return self._lines.get(self._keys.get(FindingId(key), key))

    def put(self, line: InboxLine) -> bool:
        """Add a line, or replace the one of its key where it stands.

        Beyond `LINE_LIMIT` the oldest one goes.

        Returns:
            Whether that says anything new.
        """
        if self._lines.get(line.key) == line:
            return False
        self._lines[line.key] = line
        if len(self._lines) > LINE_LIMIT:
            del self._lines[next(iter(self._lines))]
        self.on_put(line)
        return True

    # -- what happens to findings --

    def take(self, changes: Iterable[Change]) -> bool:
        """Add lines for findings that became critical, and let all lines follow theirs.

        Returns:
            Whether any line is new or another one now.
        """
        has_moved = False
        changes = list(changes)
        again = list(self._repeated(changes))
        for change in changes:
            match change:
                case FindingAdded(finding, is_first_read):
                    self._hand_over(finding, again)
                    has_moved |= self._follow(finding, is_news=not is_first_read)
                case FindingReplaced(finding, previous):
                    has_moved |= self._follow(finding, is_news=not is_alarming(previous))
                case FindingDropped(finding):
                    has_moved |= self._drop(finding)
                case ScanRemoved(scan_id):
                    has_moved |= self._leave(scan_id, SCAN_LEFT)
                case ScanEmptied(scan_id):
                    has_moved |= self._leave(scan_id, SCAN_GONE)
                case _:
                    pass
        return has_moved

    def _repeated(self, changes: Iterable[Change]) -> Iterator[Finding]:
        """Yield findings with a line that have become repeats of a newer row."""
        for change in changes:
            if not isinstance(change, FindingReplaced) or not change.finding.is_repeat:
                continue
            if self.line(change.finding.id) is not None:
                yield change.finding

    def _hand_over(self, newer: Finding, again: Iterable[Finding]) -> None:
        """Let the line of a finding lead to the row under which it was found again."""
        for older in again:
            line = self.line(older.id)
            is_other = older.scan_id != newer.scan_id or not is_same_place(newer, older)
            if line is not None and not is_other:
                self._keys[newer.id] = line.key
                self.put(replace(line, finding_id=newer.id))

    def _follow(self, finding: Finding, *, is_news: bool) -> bool:
        line = self.line(finding.id)
        if line is None:
            return is_news and is_alarming(finding) and self.put(self._new_line(finding))
        if line.finding_id != finding.id:
            return False  # a newer row has the line
        return self.put(replace(line, title=_title(finding), withdrawal=_withdrawal(finding)))

    def _new_line(self, finding: Finding) -> InboxLine:
        return InboxLine(
            finding.id,
            _title(finding),
            tr("stream only") if finding.is_announced else finding.file_line,
            finding.scan_id,
            self._scan_name(finding.scan_id),
            finding.id,
            self.now(),
            server=self.server_of(finding.scan_id),
        )

    def _drop(self, finding: Finding) -> bool:
        line = self.line(finding.id)
        return line is not None and self.put(replace(line, withdrawal=tr(NO_ROW)))

    def _leave(self, scan_id: ScanId, reason: str) -> bool:
        standing = [
            line for line in self._lines.values() if line.scan_id == scan_id and not line.withdrawal
        ]
        for line in standing:
            self.put(replace(line, withdrawal=reason))
        return bool(standing)

    # -- what happens to alerts --

    def take_alert(self, alert: Alert) -> None:
        """Write down that an alert is about to be told, alone or for several findings."""
        own = self.line(alert.finding_id)
        if own is None:
            self._put_summary(alert)
        elif own.decision is Decision.NOT_TOLD:
            self._merge(alert)

    def decide(self, alert: Alert, decision: Decision) -> None:
        """Write down how an alert was told."""
        line = self.line(alert.finding_id) or self._lines.get(alert.key)
        if line is not None:
            self.put(replace(line, decision=decision))

    def take_told_otherwise(self, finding_ids: Iterable[FindingId]) -> bool:
        """Write down that findings have no alert of their own, as another row tells the same.

        Returns:
            Whether any line says something new.
        """
        has_moved = False
        for finding_id in finding_ids:
            line = self._lines.get(finding_id)
            if line is not None and line.decision is Decision.NOT_TOLD:
                has_moved |= self.put(replace(line, decision=Decision.OTHER_ROW))
        return has_moved

    def take_withdrawal(self, taken_back: Withdrawal) -> None:
        """Keep the line of an alert, and say why it is told no more, or where it is told now."""
        line = self._lines.get(taken_back.key)
        if line is None or line.withdrawal:
            return
        if taken_back.merged_into:
            self.put(_merged(line, taken_back.merged_into))
        else:
            self.put(replace(line, withdrawal=NONE_LEFT))

    def _put_summary(self, alert: Alert) -> None:
        known, name = self._lines.get(alert.key), self._scan_name(alert.scan_id)
        if known is not None:
            line = replace(known, title=alert.title, body=alert.body, finding_id=alert.finding_id)
            line = replace(line, scan_id=alert.scan_id, scan_name=name, withdrawal="")
            self.put(replace(line, is_read=known.is_read and not alert.told))
            return
        texts = (alert.key, alert.title, alert.body)
        line = InboxLine(*texts, alert.scan_id, name, alert.finding_id, self.now())
        self.put(replace(line, server=self.server_of(alert.scan_id)))

    def _merge(self, alert: Alert) -> None:
        """Let an alert tell all that waited for it; its own line is decided when it is shown."""
        scans = (alert.scan_id, *alert.other_scans)
        for line in list(self._lines.values()):
            is_waiting = line.decision is Decision.NOT_TOLD and not line.withdrawal
            if is_waiting and line.scan_id in scans and line.key != alert.finding_id:
                self.put(_merged(line, alert.title))

    # -- reading --

    def mark_read(self, key: str) -> bool:
        """Note that somebody has read a line; whether that is new."""
        line = self.line(key)
        return line is not None and self.put(replace(line, is_read=True))

    def mark_all_read(self) -> bool:
        """Note that somebody has read everything; whether that is new."""
        return sum(self.mark_read(key) for key in self._lines) > 0


def _merged(line: InboxLine, title: str) -> InboxLine:
    return replace(line, decision=Decision.MERGED, merged_into=title)


def _title(finding: Finding) -> str:
    if finding.verdict is Verdict.WITHDRAWN:
        return tr("Withdrawn: {title}").format(title=finding.title_line)
    if not is_alarming(finding):
        return tr("No longer critical: {title}").format(title=finding.title_line)
    if finding.is_announced:
        return tr("Critical, stream only: {title}").format(title=finding.title_line)
    kind = tr("Confirmed critical") if finding.verdict is Verdict.CONFIRMED else tr("Critical")
    return f"{kind}: {finding.title_line}"


def _withdrawal(finding: Finding) -> str:
    if is_alarming(finding):
        return ""
    if finding.verdict is Verdict.WITHDRAWN:
        return tr("Taken back: {status}").format(status=finding.status.word.lower())
    return tr("Taken back: now {severity}").format(severity=severity_word(finding).lower())
