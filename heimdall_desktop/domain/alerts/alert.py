"""The actions of the alert policy and the entries that the inbox keeps: facts, no sentences.

Each subject has `Raised`, `Updated` and `Withdrawn`. Each notification, which may cover several
subjects, has `Alert` and `Retraction`. Source: ux.md 2.5.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from msgspec import Struct, field

from heimdall_desktop.domain.alerts.rules import Event, Rule, Server, Subject
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.domain.facts.scan import Scan

ALERT_KEYS = "alert-"  # the prefix of every alert key
LINE_LIMIT = 5000  # the number of lines that the inbox keeps
_EVENTS = {event.value for event in Event}


class Decision(Enum):
    """How an alert was reported. The history stores the value."""

    UNDECIDED = "not_told"
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
    HELD = "held"  # the desktop has it but shows none at the moment
    NO_DESKTOP = "no_desktop"
    REFUSED = "refused"


class Withdrawal(Enum):
    """Why an alert no longer applies. The history stores the value."""

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
    """A reported event, kept so that a later session doesn't report it again.

    For a scan, `finding_id` is the event and `fingerprint` the incident. A finding has one record
    per event. For any event other than `CRITICAL`, `finding_id` starts with the event.
    """

    scan_id: ScanId
    finding_id: FindingId
    fingerprint: str

    @property
    def is_of_scan(self) -> bool:
        """Whether it is about the scan itself."""
        return self.finding_id in _EVENTS

    @property
    def event(self) -> Event:
        """The reported event."""
        word = self.finding_id.partition(" ")[0]
        return Event(word) if word in _EVENTS else Event.CRITICAL

    @property
    def subject_id(self) -> FindingId:
        """The finding that the event is about."""
        return FindingId(self.finding_id.rpartition(" ")[2])


class Alert(Struct, frozen=True):
    """A notification to show. It replaces an earlier one with the same key.

    Attributes:
        rule: the rule of its event.
        subject: what activating it opens.
        findings: the findings it reports, with `scans`.
        names: the names of the scans.
        news: the events it reports for the first time; if empty, it only reports less than before.
        records: of that news, which a later session needs.
        line: the key of its subject's line in the inbox, if it has one.
        merged_lines: the keys of the lines of everything else that it reports for the first time,
            or counts.
        is_update: it only updates a notification that is shown, so it makes no sound.
        is_digest: it reports what arrived while we were away. Then `scans` have failed. It also
            reports the scans that `finished`, how many failed or were cancelled (`ended`), and
            numbers of findings: `highs` are of high severity, `viewed` match saved views.
        servers: the servers it reports, if its rule is about servers.
        view: the saved views that its findings match, or those it only counts; "" for none.
        only_confident: its findings that count as confirmed only because of their confidence; no
            stage is known to have confirmed them.
    """

    key: str
    rule: Rule
    subject: Subject
    findings: tuple[Finding, ...] = ()
    scans: tuple[Scan, ...] = ()
    names: Mapping[ScanId, str] = field(default_factory=dict)
    news: tuple[Event, ...] = ()
    records: tuple[ToldRecord, ...] = ()
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
        """All scans it reports, each once."""
        subjects = (self.subject, *self.findings, *self.scans, *self.finished, *self.servers)
        return list(dict.fromkeys(map(scan_of, subjects)))

    @property
    def is_summary(self) -> bool:
        """Whether it reports more than one thing after an absence, so the inbox has the details."""
        counts = (self.highs, self.viewed, self.ended)
        has_more = any(counts) or self.scans or self.finished or self.servers
        return self.is_digest and (len(self.findings) != 1 or bool(has_more))

    @property
    def is_of_one_scan(self) -> bool:
        """Whether it reports news of exactly one scan and nothing else."""
        return not (self.is_digest or self.servers) and len(self.scan_ids) == 1

    @property
    def finding_id(self) -> FindingId | None:
        """The finding that activating it opens, if it opens one."""
        return self.subject.id if isinstance(self.subject, Finding) else None


class Retraction(Struct, frozen=True):
    """A notification to withdraw: it no longer applies, or another one reports the same.

    Attributes:
        merged_into: that other one.
        still_applies: it reported more than is true, and it can't be updated now.
    """

    key: str
    merged_into: Alert | None = None
    still_applies: bool = False


class Raised(Struct, frozen=True):
    """A subject now deserves its own line.

    Attributes:
        key: the key of the line.
        merged_into: the alert that already reported it.
        decision: how it is reported, if that is already known.
        is_unread: the line starts as unread.
        view: the saved view that it matches.
        is_only_confident: no stage is known to have confirmed it, though its confidence is high.
    """

    key: str
    event: Event
    subject: Subject
    scan_name: str
    merged_into: Alert | None = None
    decision: Decision = Decision.UNDECIDED
    is_unread: bool = True
    view: str = ""
    is_only_confident: bool = False


class Updated(Struct, frozen=True):
    """A raised alert still applies, perhaps with different words.

    Attributes:
        decision: why no notification has reported it, and none will.
        is_read: True if the user has read it because the change is the user's own; False if it is
            news to read again; None leaves the state unchanged.
        is_only_confident: as in `Raised`.
    """

    key: str
    event: Event
    subject: Subject
    decision: Decision = Decision.UNDECIDED
    is_read: bool | None = None
    is_only_confident: bool = False


class Withdrawn(Struct, frozen=True):
    """An alert that no longer applies.

    Attributes:
        subject: in its current state, which gives the reason if `reason` is None.
        is_own: the user changed it here, and so has read it.
    """

    key: str
    event: Event
    subject: Subject
    reason: Withdrawal | None = None
    is_own: bool = False


class ScanForgotten(Struct, frozen=True):
    """All alerts of a scan are out of sight."""

    scan_id: ScanId
    reason: Withdrawal


LogEntry = Raised | Updated | Withdrawn | ScanForgotten
Action = Alert | Retraction


class InboxLine(Struct, frozen=True):
    """One past alert.

    Attributes:
        key: the id of its finding as first found, or event, scan and incident; the key of the alert
            if the line covers several.
        scan_name: the name when the line was written.
        finding_id: what the line opens; "" for the scan.
        raised_at: when we learned of it, aware UTC.
        decision: how it was reported.
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
    decision: Decision = Decision.UNDECIDED
    withdrawal: Withdrawal | None = None
    is_read: bool = False
    server: str = ""
    merged_into: str = ""
    event: Event = Event.CRITICAL
    view: str = ""

    @property
    def is_unread(self) -> bool:
        """Whether it is unread; a withdrawn alert isn't."""
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
    """Return the id that represents one event of a finding."""
    return finding_id if event is Event.CRITICAL else FindingId(f"{event.value} {finding_id}")


def record_of(event: Event, finding: Finding) -> ToldRecord:
    """Return the record of one event of a finding for a later session."""
    return ToldRecord(finding.scan_id, mark_of(event, finding.id), finding.fingerprint)


def scan_of(subject: Subject) -> ScanId:
    """Return the scan of a subject: a scan itself, or for a server one that shows its problem."""
    return subject.id if isinstance(subject, Scan) else subject.scan_id
