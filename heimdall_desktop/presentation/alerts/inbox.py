"""The log of the alert policy: its alerts, their outcome, and which of them were read.

A missed banner is not a missed finding: every alert has its own line here, even if the desktop
showed it together with others or not at all. Everything a scan held already when it was added
shares one line. The inbox makes no decisions itself. Source: behaviour.md 1 (20), 2.5 (rules 1, 6
and 7); T-9.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum

from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import (
    LINE_LIMIT,
    Action,
    Alert,
    Decision,
    InboxLine,
    LogEntry,
    Raised,
    Retraction,
    ScanForgotten,
    Updated,
    Withdrawal,
    Withdrawn,
    mark_of,
    scan_of,
)
from heimdall_desktop.domain.alerts.rules import SERVER_EVENTS, is_alarming
from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanMoved,
    StagesMoved,
)
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Severity, one_line
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.proposals import KnownProposals
from heimdall_desktop.domain.stages.stage_display import STEADY
from heimdall_desktop.presentation.alerts import alert_text
from heimdall_desktop.presentation.all_clear import not_scanned_text
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.presentation.labels import stage_label
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.presentation.time_text import dated_words


class InboxPart(Enum):
    """The part of the alerts that is listed; the value is its name."""

    ALL = tr_noop("All")
    UNREAD = tr_noop("Unread")
    HELD_BACK = tr_noop("Held back")

    def has(self, line: InboxLine) -> bool:
        if self is InboxPart.UNREAD:
            return line.is_unread
        return self is InboxPart.ALL or line.decision in _UNSEEN


_UNDECIDED = (Decision.UNDECIDED, Decision.QUIET_HOURS)
_UNSEEN = {  # the desktop showed nothing
    Decision.UNDECIDED,
    Decision.IN_VIEW,
    Decision.IN_FOCUS,
    Decision.QUIET_HOURS,
    Decision.MUTED,
    Decision.REPEATED,
    Decision.HELD,
    Decision.NO_DESKTOP,
    Decision.REFUSED,
}


class Inbox:
    """Keeps the newest lines, in the order in which they were raised.

    Args:
        now: the wall clock, aware UTC.

    Attributes:
        on_put: called with each line that is new or changed.
        server_of: the server of a scan, "" if it is gone.
        pace_of: the progress of a scan.
        proposals: returns the open proposals of all scans.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self._lines: dict[str, InboxLine] = {}
        self._by_worth: tuple[dict[str, None], ...] = ({}, {}, {})  # keys, by `InboxLine.worth`
        self.on_put: Callable[[InboxLine], None] = lambda _line: None
        self.server_of: Callable[[ScanId], str] = lambda _scan_id: ""
        self.pace_of: alert_text.PaceOf = lambda _scan: STEADY
        self.proposals: Callable[[], KnownProposals] = lambda: KnownProposals({})

    def restore(self, lines: Iterable[InboxLine]) -> None:
        """Add the lines of earlier sessions, oldest first, below those of this one."""
        every = {line.key: line for line in lines} | self._lines
        self.clear()
        for key, line in every.items():
            self._lines[key] = line
            self._by_worth[line.worth][key] = None
        self._drop_surplus()

    def clear(self) -> None:
        self._lines.clear()
        for keys in self._by_worth:
            keys.clear()

    @property
    def lines(self) -> list[InboxLine]:
        return list(reversed(self._lines.values()))

    @property
    def unread(self) -> int:
        """The number of unread lines, the same for title, menu, badge and tab."""
        return sum(map(len, self._by_worth[1:]))

    @property
    def kept_text(self) -> str:
        """The extent: "5 000 lines are kept, the oldest is of 12 May."; "" if empty."""
        oldest = next(iter(self._lines.values()), None)
        if oldest is None:
            return ""
        is_of_this_year = oldest.raised_at.astimezone().year == self.now().astimezone().year
        day = dated_words(oldest.raised_at, has_year=not is_of_this_year)
        if len(self._lines) < LINE_LIMIT:
            text = tr(
                "%n alerts, the oldest from {day}. Up to {limit} are kept.",
                "",
                len(self._lines),
                one="%n alert, from {day}. Up to {limit} are kept.",
            )
        else:
            text = tr("{limit} alerts are kept, the oldest from {day}.")
        return text.format(day=day, limit=grouped(LINE_LIMIT))

    def line(self, key: str) -> InboxLine | None:
        return self._lines.get(key)

    def put(self, line: InboxLine) -> bool:
        """Add a line, or replace the one of its key in place.

        Beyond `LINE_LIMIT` one is dropped: a read one, else one that isn't critical.

        Returns:
            Whether that changes anything.
        """
        before = self._lines.get(line.key)
        if before == line:
            return False
        self._lines[line.key] = line
        if before is None or before.worth != line.worth:
            if before is not None:
                del self._by_worth[before.worth][line.key]
            self._by_worth[line.worth][line.key] = None
        self._drop_surplus()
        self.on_put(line)
        return True

    def _remove(self, key: str) -> None:
        line = self._lines.pop(key, None)
        if line is not None:
            del self._by_worth[line.worth][key]

    def _drop_surplus(self) -> None:
        while len(self._lines) > LINE_LIMIT:
            self._remove(next(iter(next(filter(None, self._by_worth)))))

    # -- entries of the policy, and decisions of the desktop --

    def take(self, entries: Iterable[LogEntry | Action]) -> bool:
        """Record what the policy has emitted.

        Returns:
            Whether any line is new or changed.
        """
        return sum([self._take(entry) for entry in entries]) > 0

    def decide(self, alert: Alert, decision: Decision) -> None:
        for line in filter(None, map(self._lines.get, {alert.line, alert.key})):
            if line.decision is Decision.QUIET_HOURS and alert.is_digest:
                self.put(_merged(line, alert_text.title_of(alert)))
            else:
                self.put(replace(line, decision=decision))

    def line_of(self, alert: Alert) -> InboxLine | None:
        """Return the line that an alert opens, or else the one for everything it covers."""
        return self._lines.get(alert.line) or self._lines.get(alert.key)

    def _take(self, entry: LogEntry | Action) -> bool:
        match entry:
            case Raised():
                line = self._new_line(entry)
                self._remove(line.key)  # a returning alert gets a new line, on top
                return self.put(line)
            case Updated() | Withdrawn():
                return self._rewrite(entry)
            case ScanForgotten(scan_id, reason):
                lines = [each for each in self._lines.values() if each.scan_id == scan_id]
                active = [
                    each for each in lines if not (each.withdrawal or each.event in SERVER_EVENTS)
                ]
                return sum([self.put(replace(line, withdrawal=reason)) for line in active]) > 0
            case Alert():
                self._note_alert(entry)
            case Retraction():
                known, reported_by = self._lines.get(entry.key), entry.merged_into
                if known is not None and not known.withdrawal and not entry.still_applies:
                    if reported_by is None:
                        self.put(replace(known, withdrawal=Withdrawal.NONE_LEFT))
                    else:  # it is shown elsewhere now
                        self.put(_merged(known, alert_text.title_of(reported_by)))
        return False

    def _new_line(self, raised: Raised) -> InboxLine:
        subject, reported_by = raised.subject, raised.merged_into
        scan_id, is_confident = scan_of(subject), raised.is_only_confident
        words = (raised.event, subject, raised.scan_name, raised.view, self.pace_of)
        title, body = alert_text.line_words(*words, is_only_confident=is_confident)
        line = InboxLine(
            raised.key,
            title,
            body,
            scan_id,
            raised.scan_name,
            subject.id if isinstance(subject, Finding) else FindingId(""),
            self.now(),
            server=self.server_of(scan_id),
            event=raised.event,
            decision=raised.decision,
            is_read=not raised.is_unread,
            view=raised.view,
        )
        return line if reported_by is None else _merged(line, alert_text.title_of(reported_by))

    def _rewrite(self, entry: Updated | Withdrawn) -> bool:
        line = self._lines.get(entry.key)
        if line is None:
            return False
        if isinstance(entry.subject, Finding):
            is_confident = isinstance(entry, Updated) and entry.is_only_confident
            words = (entry.event, entry.subject, line.scan_name, line.view, self.pace_of)
            title, _ = alert_text.line_words(*words, is_only_confident=is_confident)
            line = replace(line, title=title, finding_id=entry.subject.id)
        if isinstance(entry, Withdrawn):
            is_read = line.is_read or entry.is_own
            withdrawal = alert_text.withdrawal(entry)
            return self.put(replace(line, withdrawal=withdrawal, is_read=is_read))
        if entry.is_read is not None:
            line = replace(line, is_read=entry.is_read)
        is_other_row = entry.decision is Decision.OTHER_ROW  # that may be held back as well
        undecided = (Decision.UNDECIDED,) if is_other_row else _UNDECIDED
        if line.decision in undecided and entry.decision is not Decision.UNDECIDED:
            line = replace(line, decision=entry.decision)
        return self.put(replace(line, withdrawal=None))

    def _note_alert(self, alert: Alert) -> None:
        """Record that an alert is about to be shown, alone or for several."""
        unwritten = {each for each in alert.merged_lines if each not in self._lines}
        event = alert.rule.event
        has_unwritten = any(mark_of(event, each.id) in unwritten for each in alert.findings)
        if has_unwritten or alert.line not in self._lines:
            known, scan_id = self._lines.get(alert.key), alert.scan_id
            line = InboxLine(
                alert.key,
                alert_text.title_of(alert),
                alert_text.body_of(alert, self.pace_of, self.proposals()),
                scan_id,
                alert.names[scan_id],
                alert.finding_id or FindingId(""),
                self.now() if known is None else known.raised_at,
                server=self.server_of(scan_id),
                event=alert.rule.event,
            )
            if known is not None:
                is_read = known.is_read and not alert.news
                line = replace(line, decision=known.decision, is_read=is_read)
            self.put(line)
        title = alert_text.title_of(alert) if alert.merged_lines else ""
        for each in filter(None, map(self._lines.get, alert.merged_lines)):
            if each.decision in _UNDECIDED and not each.withdrawal:
                self.put(_merged(each, title))

    # -- reading --

    def mark_read(self, key: str, *, is_read: bool = True) -> bool:
        line = self._lines.get(key)
        return line is not None and self.put(replace(line, is_read=is_read))

    def mark_all_read(self) -> bool:
        return sum(self.mark_read(key) for key in self._lines) > 0


def _merged(line: InboxLine, title: str) -> InboxLine:
    is_held = line.decision is Decision.QUIET_HOURS  # the reason stays
    decision = line.decision if is_held else Decision.MERGED
    return replace(line, decision=decision, merged_into=title)


# Announcements for assistive technology: new critical findings, and stages as they change.
#
# At most one sentence every ten seconds, however many changes there are. Source: behaviour.md 2.8.


REST_S = 10.0
_ENDS = {
    Outcome.COMPLETED: tr_noop("{scan}: completed."),
    Outcome.FAILED: tr_noop("{scan}: failed."),
    Outcome.CANCELLED: tr_noop("{scan}: cancelled."),
    Outcome.ENDED: tr_noop("{scan}: ended (failed or cancelled)."),
}


class Announcements:
    """Collects the announcements.

    Args:
        clock: our monotonic clock.
        scan: the scan of an id, None if it is not watched.
        scan_name: the name of a scan beside the others.
        is_in_view: whether a scan is in view; stages of others are not announced.
        mask: what of scans and findings may be shown.

    Attributes:
        is_own: whether the user made the change between two versions of a finding here.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        scan: Callable[[ScanId], Scan | None],
        scan_name: Callable[[ScanId], str],
        is_in_view: Callable[[ScanId], bool],
        mask: Mask,
    ) -> None:
        self._clock, self._scan, self._scan_name = clock, scan, scan_name
        self._is_in_view, self._mask = is_in_view, mask
        self._criticals: dict[FindingId, Finding] = {}
        self._progress: dict[ScanId, None] = {}  # in the order of announcement
        self._known: dict[ScanId, str] = {}
        self._ended: dict[ScanId, tuple[str, Counter[Severity]]] = {}
        self._said_at_s: float | None = None
        self.is_own: Callable[[Finding, Finding], bool] = lambda _finding, _previous: False

    def take(self, changes: Iterable[Change]) -> None:
        for change in changes:
            match change:
                case FindingAdded(finding=finding, is_first_read=False) if _is_news(finding):
                    self._criticals[finding.id] = finding
                case FindingReplaced(finding=finding, previous=previous):
                    if _is_news(finding) and not is_alarming(previous):
                        if not self.is_own(finding, previous):
                            self._criticals[finding.id] = finding
                    elif not is_alarming(finding):
                        self._criticals.pop(finding.id, None)
                case FindingDropped(finding=finding):
                    self._criticals.pop(finding.id, None)
                case StagesMoved(scan_id=scan_id) | ScanMoved(scan_id=scan_id):
                    if (scan := self._scan(scan_id)) is not None:
                        self._follow(scan)
                case _:
                    pass

    def due(self) -> str:
        """Return the sentence to announce now; "" for none, or not yet."""
        now_s = self._clock()
        is_early = self._said_at_s is not None and now_s - self._said_at_s < REST_S
        if is_early or not (self._criticals or self._progress):
            return ""
        found = list(self._criticals.values())
        found_in = {finding.scan_id for finding in found}
        name = self._scan_name(found[0].scan_id) if len(found_in) == 1 else ""
        text = tr("%n new critical findings.", "", len(found)) if found else ""
        if len(found) == 1:
            title = one_line(self._mask.finding(found[0]).title).rstrip(".")
            text = tr("New critical finding in {scan}: {title}.").format(scan=name, title=title)
        elif name:
            text = tr("%n new critical findings in {scan}.", "", len(found)).format(scan=name)
        scans = filter(None, map(self._scan, self._progress))
        parts = [text, *(_progress_of(self._mask.scan(scan)) for scan in scans)]
        self._said_at_s = now_s
        self._criticals.clear()
        self._progress.clear()
        return " ".join(filter(None, parts))

    def _follow(self, scan: Scan) -> None:
        text, before = _progress_of(scan), self._known.get(scan.id)
        if text is None:
            return
        self._known[scan.id] = text
        if scan.outcome in _ENDS:
            end, said = (text, +scan.severities), self._ended.get(scan.id)
            self._ended[scan.id] = end
            if end == said:
                return  # the same end again, of a scan that had run again (T-61)
        if before not in (None, text) and text and self._is_in_view(scan.id):
            self._progress[scan.id] = None


def _is_news(finding: Finding) -> bool:
    return is_alarming(finding) and not finding.is_repeat


def _progress_of(scan: Scan) -> str | None:
    """Return the running stage, or how the scan ended; "" while it waits, None if unknown."""
    name, stage = one_line(scan.name), scan.running_stage
    if scan.outcome in _ENDS:
        end = tr(_ENDS[scan.outcome]).format(scan=name)
        return " ".join(filter(None, (end, not_scanned_text(scan))))
    if stage is not None:
        return tr("{scan}: {stage}.").format(scan=name, stage=stage_label(stage.name))
    return "" if scan.newest_at is not None and scan.status == "queued" else None
