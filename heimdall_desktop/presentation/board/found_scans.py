"""Scans and repositories that were found on a server, as the lists show them.

A find shows the state at the time it was read; it is not updated until it is watched.
Source: protocol.md 4.0; design picture 4b.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.errors import HeimdallError, NotAllRead
from heimdall_desktop.domain.facts.finding import RepoId, ScanId, one_line
from heimdall_desktop.domain.facts.observation import (
    Counts,
    FoundRepo,
    LiveRead,
    RepoRead,
    ScanRead,
    Settled,
)
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.stages.stage_display import ScanProgress, notes_of
from heimdall_desktop.domain.stages.stage_times import NO_TIMES, Stopwatch, UsualTimes
from heimdall_desktop.presentation.board.card import COUNTED, card_of
from heimdall_desktop.presentation.board.card_words import ended_text
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.labels import word_in_text
from heimdall_desktop.presentation.time_text import day_text

_ENDS = (Outcome.COMPLETED, Outcome.FAILED, Outcome.CANCELLED, Outcome.ENDED)


class FoundScan(Struct, frozen=True):
    """A scan as it was when it was read.

    Attributes:
        words: what it does or how it ended, as on its card.
        counts: its findings; None if the server does not report them.
        started_at: when its first or newest attempt started; before that, when it was created.
    """

    scan_id: ScanId
    server: ServerUrl
    repo: FoundRepo
    words: str
    is_live: bool
    counts: Counts | None
    started_at: datetime | None

    @property
    def address(self) -> str:
        """The link that represents it where links are pasted."""
        return f"{self.server}/scans/{self.scan_id}"

    @property
    def counted(self) -> str:
        counts = self.counts
        if counts is None:
            return tr("Findings unknown")
        if not counts.total:
            return tr("No findings yet") if self.is_live else tr("No findings counted")
        total = tr("%n findings", "", counts.total, one="%n finding")
        parts = [
            f"{grouped(count)} {word_in_text(severity)}"
            for count, severity in zip(by_severity(counts), COUNTED, strict=True)
            if count
        ]
        return f"{total}: {', '.join(parts)}" if parts else total


Usual = Callable[[Scan], UsualTimes]
Find = TypeVar("Find", FoundScan, FoundRepo)


class Finds(Struct, Generic[Find], frozen=True):
    """The results of a reading so far.

    Attributes:
        rows: in the server's order, as far as they are read.
        expected: how many to read, as far as the pages report it; None before they do.
        is_done: no more results follow.
        has_more: the server has more of them than are read.
        error: why it ended early, or what it lacks.
        asked_at_s: monotonic moment the page was requested.
        read: how many of the expected are read; not all of them need to be rows.
    """

    rows: tuple[Find, ...] = ()
    expected: int | None = None
    is_done: bool = False
    has_more: bool = False
    error: HeimdallError | None = None
    asked_at_s: float = 0.0
    read: int = 0

    @property
    def is_whole(self) -> bool:
        return self.is_done and not self.has_more and self.error is None

    @property
    def was_answered(self) -> bool:
        """Whether the server responded as it should, if not to every request."""
        return self.error is None or isinstance(self.error, NotAllRead)


ScanFinds = Finds[FoundScan]
RepoFinds = Finds[FoundRepo]


def by_severity(counts: Counts) -> tuple[int, int, int, int]:
    return counts.critical, counts.high, counts.medium, counts.low


def in_place_of(
    before: ScanFinds | RepoFinds | None, finds: ScanFinds | RepoFinds
) -> ScanFinds | RepoFinds:
    """Return the finds to show of a reading that replaces an earlier one.

    The earlier finds stay, with their age, until as many new ones have arrived, or with the reason
    why none arrive.
    """
    if before is None or not before.rows or (finds.is_done and finds.error is None):
        return finds
    if finds.error is not None and len(finds.rows) < len(before.rows):
        return replace(before, is_done=True, error=finds.error)
    return finds if len(finds.rows) >= len(before.rows) else before


def found_scan(
    read: ScanRead,
    repo: FoundRepo,
    live: LiveRead | None,
    server: ServerUrl,
    clock_s: float,
    now: datetime,
    usual: Usual = lambda _scan: NO_TIMES,
) -> FoundScan:
    """Return a scan in the words of its card; `clock_s` and `now` are the same moment."""
    scan = Scan(read.scan_id, server)
    for observation in (read, RepoRead(read.scan_id, repo.name, repo.branch or None), live):
        if observation is not None:
            scan.observe(observation)
    scan.observe(Settled(scan.id, is_settled=True))
    if scan.outcome in _ENDS:
        words = ended_text(scan, now)
    else:
        stopwatch = Stopwatch()
        stopwatch.see(scan, clock_s, now)
        pace = ScanProgress(usual(scan))
        line = card_of(scan, notes_of(scan), stopwatch, clock_s, now, pace).line
        words = one_line(f"{line.fact} {line.usual}").rstrip()
    return FoundScan(
        scan_id=scan.id,
        server=server,
        repo=repo,
        words=words,
        is_live=scan.is_live,
        counts=read.counts if live is None else live.counts,
        started_at=scan.started_at or scan.created_at,
    )


def announced_scan(scan_id: ScanId, server: ServerUrl) -> FoundScan:
    """Return a scan that has a stream and nothing else to read (protocol.md 13)."""
    return FoundScan(
        scan_id=scan_id,
        server=server,
        repo=FoundRepo(RepoId(""), scan_id[:8]),
        words=tr("known only from its stream"),
        is_live=True,
        counts=None,
        started_at=None,
    )


def moment_text(scan: FoundScan, now: datetime) -> str:
    """Return "started 14:01", or its day; "" if the server does not report it."""
    if scan.started_at is None:
        return ""
    return tr("started {at}").format(at=day_text(scan.started_at, now))


def summary(scans: Iterable[FoundScan]) -> str:
    """Return a summary of linked scans: one with its state and findings, several by their names."""
    found = list(scans)
    if len(found) != 1:
        return ", ".join(scan.repo.name for scan in found)
    [scan] = found
    words = [scan.repo.name, scan.words]
    if scan.counts is not None:
        count = scan.counts.total
        words.append(tr("%n findings", "", count, one="%n finding") if count else scan.counted)
    return ", ".join(words)
