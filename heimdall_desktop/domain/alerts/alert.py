"""What the policy of alerts emits, and what the inbox keeps of it. Facts only, no sentences.

Of each subject: `Raised`, `Updated`, `Withdrawn`. Of each notification, which may tell of several
subjects: `Alert`, `Retraction`. Source: ux.md 2.5.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from msgspec import Struct, field

from heimdall_desktop.domain.alerts.outages import Server
from heimdall_desktop.domain.alerts.rules import Event, Rule, Subject
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
