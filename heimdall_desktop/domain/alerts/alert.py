"""What the policy of alerts emits, and what the inbox keeps of it. Facts only, no sentences.

Of each subject: `Raised`, `Updated`, `Withdrawn`. Of each notification, which may tell of several
subjects: `Alert`, `Retraction`. Source: ux.md 2.5.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from msgspec import Struct, field

from heimdall_desktop.domain.alerts.rules import Event, Rule, Server, Subject
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.domain.facts.scan import Scan

ALERT_KEYS = "alert-"  # what the keys of all alerts begin with
LINE_LIMIT = 5000  # so many lines the inbox keeps
_EVENTS = {event.value for event in Event}


class Decision(Enum):
    """How an alert was told; the value is what the history keeps."""

    NOT_TOLD = "not_told"
    INBOX = "inbox"
    QUIET_HOURS = "quiet_hours"
    MUTED = "muted"
    NOTIFIED = "notified"
    TRAY = "tray"
    MERGED = "merged"
    OTHER_ROW = "other_row"
    REPEATED = "repeated"  # it returned, and was notified before
    IN_VIEW = "in_view"
    IN_FOCUS = "in_focus"
    HELD = "held"  # the desktop has it and shows none at the moment
    NO_DESKTOP = "no_desktop"
    REFUSED = "refused"


class Withdrawal(Enum):
    """Why an alert no longer applies; the value is what the history stores."""

    NO_ROW = "no_row"  # announced, but the server has no such row (T-3)
    DISMISSED = "dismissed"
    FALSE_POSITIVE = "false_positive"
    FIXED = "fixed"
    NOW_CRITICAL = "now_critical"
    NOW_HIGH = "now_high"
    NOW_MEDIUM = "now_medium"
    NOW_LOW = "now_low"
    NOW_OTHER = "now_other"  # a severity this version doesn't know
    OUT_OF_VIEW = "out_of_view"
    NONE_LEFT = "none_left"  # of a line for several findings
    SCAN_LEFT = "scan_left"
    SCAN_GONE = "scan_gone"
    RUNNING_AGAIN = "running_again"
    ENDED_DIFFERENTLY = "ended_differently"
    CONTINUED = "continued"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    RESPONDS = "responds"
    SERVER_LEFT = "server_left"


class ToldRecord(NamedTuple):
    """What was told; what a later session has to know so as not to tell it again.

    Of a scan, `finding_id` is the event and `fingerprint` the incident. A finding has a record for
    each event: of another one than `CRITICAL`, `finding_id` begins with it.
    """

    scan_id: ScanId
    finding_id: FindingId
    fingerprint: str

    @property
    def is_of_scan(self) -> bool:
        """Whether it tells of the scan itself."""
        return self.finding_id in _EVENTS

    @property
    def event(self) -> Event:
        """What was told."""
        word = self.finding_id.partition(" ")[0]
        return Event(word) if word in _EVENTS else Event.CRITICAL

    @property
    def subject_id(self) -> FindingId:
        """The finding of which it was told."""
        return FindingId(self.finding_id.rpartition(" ")[2])


class Alert(Struct, frozen=True):
    """A notification to show, in place of an earlier one of the same key.

    Attributes:
        rule: of the event it tells of.
        subject: what activating it opens.
        findings: what it tells of, with `scans`.
        names: what the scans are called.
        news: the events it tells for the first time; without any it only says less than before.
        told: what of that a later session has to know.
        line: the key that the line of its subject has in the inbox, if it has one.
        merged_lines: the keys of the lines of all else that it tells for the first time, or counts.
        is_update: it only updates a notification that is shown, so it makes no sound.
        is_digest: it tells what came while we were away; then `scans` have failed, and also told
            are the scans that `finished`, how many failed or were cancelled (`ended`), and numbers
            of findings: `highs` are of high severity, `viewed` match saved views.
        servers: what it tells of, where its rule is about servers.
        view: the saved views that its findings match, or those it only counts; "" for none.
        only_confident: its findings that count as confirmed for their confidence alone, which no
            stage is known to have confirmed.
    """

    key: str
    rule: Rule
    subject: Subject
    findings: tuple[Finding, ...] = ()
    scans: tuple[Scan, ...] = ()
    names: Mapping[ScanId, str] = field(default_factory=dict)
    news: tuple[Event, ...] = ()
    told: tuple[ToldRecord, ...] = ()
    line: str = ""
    merged_lines: tuple[str, ...] = ()
    is_update: bool = False
    is_digest: bool = False
    highs: int = 0
    finished: tuple[Scan, ...] = ()
    ended: int = 0
    servers: tuple[Server, ...] = ()
    viewed: int = 0
    view: str = ""
    only_confident: frozenset[FindingId] = frozenset()

    @property
    def confirmed(self) -> int:
        """How many of its findings are known to be confirmed."""
        found = [each.verdict is Verdict.CONFIRMED for each in self.findings]
        return sum(found) - len(self.only_confident)

    @property
    def scan_id(self) -> ScanId:
        """The scan of its subject."""
        return scan_of(self.subject)

    @property
    def scan_ids(self) -> list[ScanId]:
        """All scans it tells of, each once."""
        told = (self.subject, *self.findings, *self.scans, *self.finished, *self.servers)
        return list(dict.fromkeys(map(scan_of, told)))

    @property
    def is_summary(self) -> bool:
        """Whether it tells more of an absence than one thing, so that the inbox is to be read."""
        counts = (self.highs, self.viewed, self.ended)
        has_more = any(counts) or self.scans or self.finished or self.servers
        return self.is_digest and (len(self.findings) != 1 or bool(has_more))

    @property
    def is_of_one_scan(self) -> bool:
        """Whether it tells news of one scan and of nothing else."""
        return not (self.is_digest or self.servers) and len(self.scan_ids) == 1

    @property
    def finding_id(self) -> FindingId | None:
        """What activating it opens, if that is a finding."""
        return self.subject.id if isinstance(self.subject, Finding) else None


class Retraction(Struct, frozen=True):
    """A notification to be taken back: it is true no more, or another one tells the same.

    Attributes:
        merged_into: that other one.
        holds_still: it told more than is true, and now is no time to say less.
    """

    key: str
    merged_into: Alert | None = None
    holds_still: bool = False


class Raised(Struct, frozen=True):
    """A subject has become worth a line of its own.

    Attributes:
        key: of the line.
        merged_into: the alert that has told of it before.
        decision: how it is told, where that is known already.
        is_unread: its line waits for a reader.
        view: the saved view that it matches.
        is_only_confident: no stage is known to have confirmed it, though its confidence is high.
    """

    key: str
    event: Event
    subject: Subject
    scan_name: str
    merged_into: Alert | None = None
    decision: Decision = Decision.NOT_TOLD
    is_unread: bool = True
    view: str = ""
    is_only_confident: bool = False


class Updated(Struct, frozen=True):
    """What was raised stands, maybe in other words.

    Attributes:
        decision: why no notification has told it, and none will.
        is_read: whether the user has read it, as the change is the user's own, or has to read it
            again, as it is news; None leaves that as it is.
        is_only_confident: as of `Raised`.
    """

    key: str
    event: Event
    subject: Subject
    decision: Decision = Decision.NOT_TOLD
    is_read: bool | None = None
    is_only_confident: bool = False


class Withdrawn(Struct, frozen=True):
    """An alert that no longer applies.

    Attributes:
        subject: in its current state, which gives the reason where `reason` is None.
        is_own: the user changed it here, and so has read it.
    """

    key: str
    event: Event
    subject: Subject
    reason: Withdrawal | None = None
    is_own: bool = False


class ScanForgotten(Struct, frozen=True):
    """All that was raised of a scan is out of sight."""

    scan_id: ScanId
    reason: Withdrawal


LogEntry = Raised | Updated | Withdrawn | ScanForgotten
Action = Alert | Retraction


class InboxLine(Struct, frozen=True):
    """One alert of the past.

    Attributes:
        key: the id of its finding as it was found first, or event, scan and incident; the key of
            the alert where the line stands for several.
        scan_name: as it was when the line was written.
        finding_id: what the line opens; "" for the scan.
        raised_at: when we learned of it, aware UTC.
        decision: how it was told.
        withdrawal: why it no longer applies; None while it applies.
        server: where the scan is.
        merged_into: the title of the alert that it was merged into, if any.
        event: what it reports.
        view: the saved view that its finding matches.
    """

    key: str
    title: str
    body: str
    scan_id: ScanId
    scan_name: str
    finding_id: FindingId
    raised_at: datetime
    decision: Decision = Decision.NOT_TOLD
    withdrawal: Withdrawal | None = None
    is_read: bool = False
    server: str = ""
    merged_into: str = ""
    event: Event = Event.CRITICAL
    view: str = ""

    @property
    def is_unread(self) -> bool:
        """Whether it waits for a reader; a withdrawn alert doesn't."""
        return not (self.is_read or self.withdrawal)

    @property
    def worth(self) -> int:
        """How long it is kept beyond `LINE_LIMIT`: read, unread, or unread and critical."""
        return self.is_unread + (self.is_unread and self.event is Event.CRITICAL)

    @property
    def is_summary(self) -> bool:
        """Whether it is the line of an alert for several findings."""
        return self.key.startswith(ALERT_KEYS)


def mark_of(event: Event, finding_id: FindingId) -> FindingId:
    """Return what stands for one event of a finding."""
    return finding_id if event is Event.CRITICAL else FindingId(f"{event.value} {finding_id}")


def record_of(event: Event, finding: Finding) -> ToldRecord:
    """Return what a later session has to know of one event of a finding."""
    return ToldRecord(finding.scan_id, mark_of(event, finding.id), finding.fingerprint)


def scan_of(subject: Subject) -> ScanId:
    """Return the scan of a subject, which may be one; of a server one that shows its trouble."""
    return subject.id if isinstance(subject, Scan) else subject.scan_id


# One notification in the making: what it tells, and when its window ends.


WINDOW_S = 10.0  # from the first notification to its update, and from the last news to the end
LONGEST_WINDOW_S = 60.0


class PendingAlert(Struct, eq=False):
    """What is told, or to be told, under one key.

    Attributes:
        rule: of the event it tells of; a digest may tell of others too.
        is_digest: it tells what came while we were away.
        highs: findings of high severity that came then; only counted.
        viewed: findings of saved views that came then; only counted.
        states: scans and servers, by the event that is told of them.
        ended: how many scans failed or were cancelled then, which is not told.
        is_shown: the notification is on the screen.
        is_due: it has something that the notification does not tell yet.
        has_first: it has the first of a scan, which no notification tells yet.
        shown: which notification it was when it last told news, counted from 1.
        is_updated: its window has updated the notification once, and ends with the burst.
        news_at_s: when the last of its news came.
        calls: how often it was shown under its key.
    """

    key: str
    rule: Rule
    began_at_s: float
    is_digest: bool = False
    findings: dict[FindingId, Finding] = field(default_factory=dict)
    states: dict[tuple[Event, str], Scan | Server] = field(default_factory=dict)
    highs: dict[FindingId, Finding] = field(default_factory=dict)
    viewed: dict[FindingId, Finding] = field(default_factory=dict)
    ended: int = 0
    is_shown: bool = False
    is_due: bool = False
    has_first: bool = False
    shown: int = 0
    is_updated: bool = False
    news_at_s: float = 0.0
    calls: int = 0

    def __len__(self) -> int:
        """How many subjects it tells of."""
        return len(self.findings) + len(self.states)

    def items(self) -> Iterator[tuple[Event, Subject]]:
        """Yield what it tells: each event, and of what."""
        yield from ((self.rule.event, finding) for finding in self.findings.values())
        yield from ((event, subject) for (event, _), subject in self.states.items())

    @property
    def scan_ids(self) -> list[ScanId]:
        """The scans it tells of, each once."""
        return list(dict.fromkeys(scan_of(subject) for _, subject in self.items()))

    @property
    def newest(self) -> tuple[Event, Subject] | None:
        """The finding that was found last, or else the state that came last; with its event."""
        found = reversed(self.findings.values())  # a listing tells the youngest of a severity first
        newest = max(found, key=lambda finding: finding.created_at, default=None)
        if newest is not None:
            return self.rule.event, newest
        return next(((event, each) for (event, _), each in reversed(self.states.items())), None)

    def begin_window(self, now_s: float) -> None:
        """Begin a burst of news."""
        self.began_at_s, self.is_updated = now_s, False

    def speaks_at_s(self) -> float:
        """Return when its window updates the notification: after 10 s, then as the burst ends."""
        if not self.is_updated:
            return self.began_at_s + WINDOW_S
        return min(self.news_at_s + WINDOW_S, self.began_at_s + LONGEST_WINDOW_S)

    def put(self, event: Event, subject: Subject) -> None:
        """Tell of a subject too."""
        if isinstance(subject, Finding):
            self.findings[subject.id] = subject
        else:
            self.states[event, subject.id] = subject

    def scans_of(self, event: Event) -> tuple[Scan, ...]:
        """Return the scans of which it tells an event."""
        told = (each for (about, _), each in self.states.items() if about is event)
        return tuple(each for each in told if isinstance(each, Scan))

    def has(self, event: Event) -> bool:
        """Whether it tells of an event of a scan or a server."""
        return any(about is event for about, _ in self.states)

    def remove(self, event: Event, subject: Subject) -> None:
        """Tell of a subject no more."""
        if isinstance(subject, Finding):
            del self.findings[subject.id]
        else:
            del self.states[event, subject.id]

    def drop(self, scan_id: ScanId) -> None:
        """Leave out what it tells of a scan; a server's trouble goes on without it."""
        self.states = {
            about: each
            for about, each in self.states.items()
            if isinstance(each, Server) or each.id != scan_id
        }
        for told in (self.findings, self.highs, self.viewed):
            for finding in [each for each in told.values() if each.scan_id == scan_id]:
                del told[finding.id]
