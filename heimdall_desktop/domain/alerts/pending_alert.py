"""One notification in the making: what it tells, and when its window ends."""

from collections.abc import Iterator

from msgspec import Struct, field

from heimdall_desktop.domain.alerts.alert import scan_of
from heimdall_desktop.domain.alerts.rules import FAILED, Rule, ScanRule, Subject
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.scan import Scan

WINDOW_S = 10.0
LONG_WINDOW_S = 60.0
MANY = 20  # more than so many in a window stretch it


class PendingAlert(Struct, eq=False):
    """What is told, or to be told, under one key.

    Attributes:
        rule: of the event it tells of; a digest may tell of others too.
        is_digest: it tells what came while we were away.
        highs: findings of high severity that came then; only counted.
        completed: how many scans completed then.
        ended: how many scans failed or were cancelled then, which is not told.
        is_shown: the notification is on the screen.
        is_due: it has something that the notification does not tell yet.
        has_first: it has the first of a scan, which no notification tells yet.
        shown: which notification it was when it last told news, counted from 1.
        held: how many it had before its window, or its scans when they were added; they stretch no
            window.
    """

    key: str
    rule: Rule
    began_at_s: float
    is_digest: bool = False
    findings: dict[FindingId, Finding] = field(default_factory=dict)
    scans: dict[ScanId, Scan] = field(default_factory=dict)
    highs: dict[FindingId, Finding] = field(default_factory=dict)
    completed: int = 0
    ended: int = 0
    is_shown: bool = False
    is_due: bool = False
    has_first: bool = False
    shown: int = 0
    held: int = 0

    def __len__(self) -> int:
        """How many subjects it tells of."""
        return len(self.findings) + len(self.scans)

    def __iter__(self) -> Iterator[Subject]:
        yield from self.findings.values()
        yield from self.scans.values()

    @property
    def scan_rule(self) -> ScanRule:
        """The rule by which it tells of scans; those of a digest have failed."""
        return self.rule if isinstance(self.rule, ScanRule) else FAILED

    @property
    def scan_ids(self) -> list[ScanId]:
        """The scans it tells of, each once."""
        return list(dict.fromkeys(map(scan_of, self)))

    @property
    def newest(self) -> Subject | None:
        """The finding that was found last, or else the scan that came last."""
        found = reversed(self.findings.values())  # a listing tells the youngest of a severity first
        newest = max(found, key=lambda finding: finding.created_at, default=None)
        return newest or next(reversed(self.scans.values()), None)

    def ends_at_s(self) -> float:
        """Return when its window ends."""
        return self.began_at_s + (LONG_WINDOW_S if len(self) - self.held > MANY else WINDOW_S)

    def put(self, subject: Subject) -> None:
        """Tell of a subject too."""
        if isinstance(subject, Finding):
            self.findings[subject.id] = subject
        else:
            self.scans[subject.id] = subject

    def drop(self, scan_id: ScanId) -> None:
        """Leave out what it tells of a scan."""
        self.scans.pop(scan_id, None)
        for told in (self.findings, self.highs):
            for finding in [each for each in told.values() if each.scan_id == scan_id]:
                del told[finding.id]
