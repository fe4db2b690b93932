"""One notification in the making: what it tells, and when its window ends."""

from collections.abc import Iterator

from msgspec import Struct, field

from heimdall_desktop.domain.alerts.alert import scan_of
from heimdall_desktop.domain.alerts.outages import Server
from heimdall_desktop.domain.alerts.rules import Event, Rule, Subject
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.scan import Scan

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
