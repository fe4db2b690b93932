"""The actions of the alert policy and the entries that the inbox keeps: facts, no sentences.

Each subject has `Raised`, `Updated` and `Withdrawn`. Each notification, which may cover several
subjects, has `Alert` and `Retraction`. Source: behaviour.md 2.5.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct, field

from heimdall_desktop.domain.alerts.rules import Event, Rule, Server, Subject
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.domain.facts.scan import Scan

ALERT_KEYS = "alert-"  # the prefix of every alert key
LINE_LIMIT = 5000  # the number of lines that the inbox keeps
_EVENTS = {event.value: event for event in Event}
_SCAN_ID, _CREATED_AT = attrgetter("scan_id"), attrgetter("created_at")


class Decision(Enum):
    """How an alert was reported. The history stores the value."""

    UNDECIDED = "not_notified"
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


class NotifiedRecord(NamedTuple):
    """A reported event, kept so that a later session doesn't report it again.

    For a scan, `finding_id` is the event and `fingerprint` the incident. A finding has one record
    per event. For any event other than `CRITICAL`, `finding_id` starts with the event.
    """

    scan_id: ScanId
    finding_id: FindingId
    fingerprint: str

    @property
    def is_of_scan(self) -> bool:
        return self.finding_id in _EVENTS

    @property
    def event(self) -> Event:
        return _EVENTS.get(self.finding_id.partition(" ")[0], Event.CRITICAL)

    @property
    def subject_id(self) -> FindingId:
        return FindingId(self.finding_id.rpartition(" ")[2])


class Alert(Struct, frozen=True, dict=True):  # `dict` lets counts be computed once
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
    records: tuple[NotifiedRecord, ...] = ()
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

    @cached_property
    def confirmed(self) -> int:
        """How many of its findings are known to be confirmed."""
        found = [each.verdict is Verdict.CONFIRMED for each in self.findings]
        return sum(found) - len(self.only_confident)

    @property
    def scan_id(self) -> ScanId:
        return scan_of(self.subject)

    @cached_property
    def by_scan(self) -> Counter[ScanId]:
        """How many findings of each scan it reports."""
        return Counter(map(_SCAN_ID, self.findings))

    @cached_property
    def scan_ids(self) -> list[ScanId]:
        states: tuple[Subject, ...] = (*self.scans, *self.finished, *self.servers)
        ids = (scan_of(self.subject), *self.by_scan, *map(scan_of, states))
        return list(dict.fromkeys(ids))

    @property
    def is_summary(self) -> bool:
        """Whether it reports more than one thing after an absence, so the inbox has the details."""
        counts = (self.highs, self.viewed, self.ended)
        has_more = any(counts) or self.scans or self.finished or self.servers
        return self.is_digest and (len(self.findings) != 1 or bool(has_more))

    @property
    def finding_id(self) -> FindingId | None:
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


def record_of(event: Event, finding: Finding) -> NotifiedRecord:
    """Return the record of one event of a finding for a later session."""
    return NotifiedRecord(finding.scan_id, mark_of(event, finding.id), finding.fingerprint)


def scan_of(subject: Subject) -> ScanId:
    """Return the scan of a subject: a scan itself, or for a server one that shows its problem."""
    return subject.id if isinstance(subject, Scan) else subject.scan_id


# What is known of each event, and what a notification reports or will.


WINDOW_S = 10.0  # from the first notification to its update, and from the last news to the end
LONGEST_WINDOW_S = 60.0


_NEVER: Mapping[Event, float] = MappingProxyType({})


class Row(Struct, eq=False):
    """What is known of one event of one finding, scan or server.

    Attributes:
        scan_id: the scan of the finding, or the id of the scan or server.
        line: the key of its line in the inbox; "" for none.
        key: the key of its notification; "" if it will have none, None if that is open.
        notified_at_s: when a notification reported the event, or its confirmation; never changed,
            because thousands of findings of one notification share it.
        has_newer_line: a newer row of the finding has the line.
        is_silent: only the user's own change made the finding worth an alert.
        withdrawn: the finding that deserved an alert before, and may again.
        newest: the newest row of the finding, while this older one is reported.
        is_confirmed: it was seen as confirmed, and reported if that was news.
        incident: the last reported incident of a scan or a server.
        is_active: the incident has a line that is not withdrawn.
        was_without: it was seen without the incident, so that another one is news.
        reported_by: the digest that reported it before it was certain.
    """

    scan_id: str
    line: str = ""
    key: str | None = None
    notified_at_s: Mapping[Event, float] = _NEVER
    has_newer_line: bool = False
    is_silent: bool = False
    withdrawn: Finding | None = None
    newest: Finding | None = None
    is_confirmed: bool = False
    incident: str | None = None
    is_active: bool = False
    was_without: bool = False
    reported_by: Alert | None = None

    def start(self, event: Event, subject_id: str, incident: str) -> None:
        if self.incident != incident:
            self.notified_at_s = _NEVER
        self.incident, self.line = incident, f"{event.value} {subject_id} {incident}"


class PendingAlert(Struct, eq=False):
    """The subjects that are reported, or will be, under one key at a time.

    Attributes:
        id: its first key.
        rule: the rule of its event; a digest may report other events too.
        is_digest: it reports what arrived while we were away.
        subjects: what it reports, by event and id.
        fresh: the keys of those put since it was last shown, in order; only these may be news.
        closed: the scans of what it reported when it was closed, while they are watched.
        counted: findings from that time of which only the number is reported.
        ended: how many scans failed or were cancelled in that time; not reported as events.
        is_shown: the notification is on the screen.
        is_due: it has something that the notification doesn't show yet.
        has_first: it has the first event of a scan, which no notification shows yet.
        shown: the number of the notification when it last showed news, counted from 1.
        is_updated: its window has updated the notification once, and ends with the burst.
        news_at_s: when its latest news arrived.
        calls: how often it was shown under its key.
    """

    id: str
    key: str
    rule: Rule
    began_at_s: float
    is_digest: bool = False
    subjects: dict[tuple[Event, str], Subject] = field(default_factory=dict)
    fresh: dict[tuple[Event, str], None] = field(default_factory=dict)
    closed: set[ScanId] = field(default_factory=set)
    counted: dict[Event, dict[FindingId, Finding]] = field(
        default_factory=lambda: {Event.HIGH: {}, Event.VIEW: {}}
    )
    ended: int = 0
    is_shown: bool = False
    is_due: bool = False
    has_first: bool = False
    shown: int = 0
    is_updated: bool = False
    news_at_s: float = 0.0
    calls: int = 0

    @property
    def parts(self) -> tuple[tuple[Finding, ...], list[tuple[Event, Scan | Server]]]:
        """Return its findings, of which there may be 100,000, and its scans and servers."""
        subjects = self.subjects
        findings = tuple([each for each in subjects.values() if isinstance(each, Finding)])
        if len(findings) == len(subjects):
            return findings, []
        others = ((event, each) for (event, _), each in subjects.items())
        return findings, [(of, each) for of, each in others if not isinstance(each, Finding)]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.parts[0]

    def finding(self, event: Event, finding_id: FindingId) -> Finding | None:
        found = self.subjects.get((event, finding_id))
        return found if isinstance(found, Finding) else None

    @property
    def scan_ids(self) -> list[ScanId]:
        findings, states = self.parts
        return list(
            dict.fromkeys((*map(_SCAN_ID, findings), *(scan_of(each) for _, each in states)))
        )

    @property
    def newest(self) -> tuple[Event, Subject]:
        """The most recently found finding, or else the most recent state; with its event."""
        found, states = self.parts
        if not found:
            return states[-1]
        newest = max(reversed(found), key=_CREATED_AT)
        return next(key[0] for key in reversed(self.subjects) if key[1] == newest.id), newest

    def put(self, event: Event, subject: Subject) -> None:
        self.subjects[event, subject.id] = subject
        self.fresh[event, subject.id] = None

    def begin_window(self, now_s: float) -> None:
        self.began_at_s, self.is_updated = now_s, False

    def updates_at_s(self) -> float:
        """Return when its window updates the notification: after 10 s, then when the burst ends."""
        if not self.is_updated:
            return self.began_at_s + WINDOW_S
        return min(self.news_at_s + WINDOW_S, self.began_at_s + LONGEST_WINDOW_S)

    def drop(self, scan_id: ScanId) -> None:
        """Remove everything about a scan; the problem of a server stays."""
        self.subjects = {
            about: each
            for about, each in self.subjects.items()
            if isinstance(each, Server) or scan_of(each) != scan_id
        }
        self.drop_counted(scan_id.__eq__)

    def drop_counted(self, is_of: Callable[[ScanId], bool]) -> None:
        """Count no findings of these scans."""
        for found in self.counted.values():
            for finding in [each for each in found.values() if is_of(each.scan_id)]:
                del found[finding.id]
