"""Which source a scan has, decided by what arrives; a scan whose only source is its stream."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.application.watching import source_selection
from heimdall_desktop.application.watching.health import Health, WatchContext
from heimdall_desktop.application.watching.poller import GONE_CHECK_S, Poller
from heimdall_desktop.application.watching.stream_listener import Listener
from heimdall_desktop.domain.facts.errors import NotVisible, Reason, RouteMissing
from heimdall_desktop.domain.facts.finding import FindingId, Severity
from heimdall_desktop.domain.facts.listed_rows import FindingHinted
from heimdall_desktop.domain.facts.observation import (
    EndSeen,
    FindingsListed,
    Observation,
    ScanSource,
    SourceSeen,
    StageSeen,
    StatusSeen,
)
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.labels import file_line_text
from tests.fakes.findings import SCAN_ID, make_finding

SERVER = ServerUrl("http://127.0.0.1:1")
ABSENT = NotVisible(Reason.NOT_FOUND)
ANNOUNCED = FindingHinted(SCAN_ID, 0.0, FindingId("f"), Severity.HIGH, "Hole")


class Sources:
    """A selection of a server that is never asked, and a clock that a test turns."""

    def __init__(self, link: ServerSession) -> None:
        self.now_s = 100.0
        self.scan = Scan(SCAN_ID, SERVER)
        self.health = Health(SCAN_ID, began_at_s=self.now_s)
        times = (self.clock, lambda: datetime.now(UTC), Random(1))
        context = WatchContext(self.scan, link, self.health, self.observe, *times)
        self.listener = Listener(
            context,
            on_open=lambda: None,
            on_event=lambda _seen: None,
            on_lost=lambda: None,
            on_refused=lambda _error: None,
        )
        poller = Poller(
            context,
            on_answer=lambda _asked_at_s: None,
            on_absent=lambda _error: None,
            on_refused=lambda _error: False,
        )
        self.selection = source_selection.SourceSelection(context, poller, self.listener)

    def clock(self) -> float:
        return self.now_s

    def observe(self, observation: Observation) -> None:
        self.scan.observe(observation)

    @property
    def is_stream_only(self) -> bool:
        """Whether the stream is its only source."""
        return self.scan.is_stream_only and self.health.is_stream_only

    def open_stream(self) -> bool:
        """Let the server accept to stream now."""
        self.now_s += 1
        self.health.stream_open_at_s = self.health.accepted_at_s = self.now_s
        return self.selection.handle_open_stream()


@pytest.fixture
async def sources() -> AsyncIterator[Sources]:
    link = ServerSession(SERVER, lambda: 100.0)
    yield Sources(link)
    await link.aclose()


def test_a_fresh_stream_with_the_scan_becomes_its_source(sources: Sources) -> None:
    sources.selection.handle_absence(ABSENT)
    assert sources.health.is_stream_wanted
    assert sources.open_stream()
    assert sources.scan.source is None  # it has said nothing yet
    sources.selection.handle_event(ANNOUNCED)
    assert sources.is_stream_only
    assert list(sources.scan.announced) == ["f"]


def test_what_was_announced_before_it_was_decided_is_held_and_not_lost(sources: Sources) -> None:
    sources.open_stream()
    sources.selection.handle_event(ANNOUNCED)
    assert sources.scan.source is None
    sources.selection.handle_absence(ABSENT)
    assert list(sources.scan.announced) == ["f"]


def test_t87_a_stream_that_was_open_before_proves_nothing(sources: Sources) -> None:
    sources.scan.observe(SourceSeen(SCAN_ID, 1.0, ScanSource.LISTING))
    sources.open_stream()
    sources.now_s += 1
    sources.selection.handle_absence(ABSENT)
    sources.selection.handle_event(ANNOUNCED)
    assert sources.scan.source is ScanSource.LISTING
    sources.open_stream()
    sources.selection.handle_event(ANNOUNCED)
    assert sources.is_stream_only


def test_a_fresh_silent_stream_is_reported(sources: Sources) -> None:
    sources.selection.handle_absence(ABSENT)
    sources.open_stream()
    assert sources.health.mute_since_s == sources.now_s
    assert sources.health.polling is not None
    words = "127.0.0.1:1 responds, but reports nothing about this scan."
    assert cause(sources.health.polling.error) == words
    sources.selection.handle_answer()
    assert sources.health.mute_since_s is None


def test_only_a_stream_that_is_absent_too_means_that_the_scan_is(sources: Sources) -> None:
    assert sources.selection.refusal_of_stream(ABSENT) is None  # REST may have it
    sources.selection.handle_absence(ABSENT)
    assert isinstance(
        sources.selection.refusal_of_stream(RouteMissing(Reason.ROUTE_MISSING, host="h.test")),
        NotVisible,
    )
    sources.scan.observe(SourceSeen(SCAN_ID, 1.0, ScanSource.LISTING))
    assert (
        sources.selection.refusal_of_stream(RouteMissing(Reason.ROUTE_MISSING, host="h.test"))
        is None
    )  # it may be a proxy's
    assert isinstance(sources.selection.refusal_of_stream(ABSENT), NotVisible)


def test_one_odd_answer_is_no_end(sources: Sources) -> None:
    assert not sources.selection.is_gone_for_good()
    sources.now_s += GONE_CHECK_S
    assert sources.selection.is_gone_for_good()
    sources.selection.handle_answer()
    assert not sources.selection.is_gone_for_good()


def test_where_rest_answers_an_open_stream_changes_no_decision(sources: Sources) -> None:
    sources.scan.observe(SourceSeen(SCAN_ID, 1.0, ScanSource.LIVE))
    assert not sources.open_stream()
    sources.selection.handle_event(ANNOUNCED)
    assert list(sources.scan.announced) == []


START = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


class StreamAlone:
    """A stream-only scan whose events and clock a test sets."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.wanted: list[bool] = []
        self.scan = Scan(SCAN_ID, server_url("http://h.test"))
        self.only = source_selection.StreamOnly(
            self.scan, self.observe, self.wanted.append, clock=lambda: self.now_s, now=self.now
        )
        self.only.handle_new_stream()

    def observe(self, observation: Observation) -> None:
        self.scan.observe(observation)

    def is_settled(self) -> bool:
        return self.scan.is_settled

    def now(self) -> datetime:
        return START + timedelta(seconds=self.now_s)

    def announce(self, name: str, severity: Severity = Severity.HIGH, title: str = "") -> None:
        self.now_s += 1
        hinted = FindingHinted(
            SCAN_ID,
            self.now_s,
            FindingId(name),
            severity,
            title or f"Finding {name}",
            severity.value,
            self.now(),
        )
        self.only.hint(hinted)

    def status(self, word: str) -> None:
        self.now_s += 1
        self.scan.observe(StatusSeen(SCAN_ID, self.now_s, self.now(), word))

    def end(self, *, is_complete: bool) -> None:
        self.now_s += 1
        self.scan.observe(EndSeen(SCAN_ID, self.now_s, is_complete, self.now()))
        self.only.handle_end()
        self.only.handle_loss()

    def passes(self, seconds: float) -> bool:
        """Let time pass, a quarter of a second at a time; return whether all is over."""
        until_s = self.now_s + seconds
        while self.now_s < until_s:
            self.now_s += 0.25
            if self.only.tick(self.now_s):
                return True
        return False


@pytest.fixture
def alone() -> StreamAlone:
    return StreamAlone()


@pytest.fixture
def started(alone: StreamAlone) -> StreamAlone:
    """A scan whose only source is known to be its stream."""
    alone.only.start()
    return alone


def test_announcements_are_held_until_there_is_no_other_source(alone: StreamAlone) -> None:
    alone.announce("a")
    assert not alone.scan.findings
    alone.only.start()
    alone.announce("b", Severity.CRITICAL)
    assert list(alone.scan.findings) == ["a", "b"]
    assert all(row.is_announced for row in alone.scan.findings.values())
    assert alone.scan.severities[Severity.CRITICAL] == 1


def test_a_row_that_was_held_was_announced_in_the_stage_of_then(alone: StreamAlone) -> None:
    alone.scan.observe(StageSeen(SCAN_ID, 100, alone.now(), "hunt", "running", None))
    alone.announce("a")
    alone.scan.observe(StageSeen(SCAN_ID, alone.now_s, alone.now(), "hunt", "completed", None))
    alone.only.start()
    assert alone.scan.findings[FindingId("a")].announced_in == "hunt"


def test_held_announcements_are_dropped_once_rows_are_listed(alone: StreamAlone) -> None:
    alone.announce("a")
    alone.only.forget()
    alone.only.start()
    assert not alone.scan.findings


def test_an_announced_row_has_its_arrival_and_stage_only(alone: StreamAlone) -> None:
    alone.scan.observe(StageSeen(SCAN_ID, 100, alone.now(), "hunt", "running", None))
    alone.only.start()
    alone.announce("a", title="SQL built from a request")
    row = alone.scan.findings[FindingId("a")]
    assert (row.created_at, row.stage) == (alone.now(), "hunt")
    assert row.title == "SQL built from a request"
    assert file_line_text(row) == "location unknown"


def test_an_announcement_never_replaces_a_listed_row(started: StreamAlone) -> None:
    started.announce("a")
    listed = make_finding(1, severity=Severity.LOW)
    known = make_finding(1).id
    started.scan.observe(FindingsListed(SCAN_ID, started.now_s - 50, (listed,)))
    started.announce(known, Severity.CRITICAL)
    assert started.scan.findings[known] == listed
    started.announce("b")
    started.scan.observe(FindingsListed(SCAN_ID, 0.0, (make_finding(2),)))
    assert not started.scan.findings[make_finding(2).id].is_announced


def test_a_repeated_announcement_keeps_its_first_time(started: StreamAlone) -> None:
    started.announce("a")
    first = started.scan.findings[FindingId("a")].created_at
    started.announce("a", Severity.CRITICAL)
    again = started.scan.findings[FindingId("a")]
    assert (again.created_at, again.severity) == (first, Severity.CRITICAL)
    assert len(started.scan.findings) == 1


def test_a_lost_stream_leaves_a_gap_until_all_is_repeated(started: StreamAlone) -> None:
    started.announce("a")
    started.announce("b")
    began = started.now()
    started.only.handle_loss()
    started.now_s += 30
    started.only.handle_new_stream()
    (gap,) = started.scan.gaps
    assert (gap.began_at, gap.ended_at) == (began, started.now())
    started.announce("a")
    assert len(started.scan.gaps) == 1
    started.announce("b")
    assert len(started.scan.gaps) == 0


def test_a_gap_before_which_nothing_was_announced_stays(started: StreamAlone) -> None:
    started.only.handle_loss()
    started.only.handle_new_stream()
    started.announce("a")
    assert len(started.scan.gaps) == 1


def test_a_stream_that_never_opened_leaves_no_gap() -> None:
    alone = StreamAlone()
    alone.only = source_selection.StreamOnly(
        alone.scan, alone.observe, alone.wanted.append, clock=lambda: alone.now_s, now=alone.now
    )
    alone.only.handle_loss()
    alone.only.handle_new_stream()
    alone.only.start()
    assert alone.scan.gaps == ()


def test_t68_notices_of_dropped_events_that_come_together_are_one_gap(started: StreamAlone) -> None:
    for _ in range(5000):
        started.only.skip()
        started.now_s += 0.001
    started.now_s += 60
    started.only.skip()
    assert [gap.is_lag for gap in started.scan.gaps] == [True, True]


def test_the_end_of_a_stream_after_the_end_of_the_scan_is_no_gap(alone: StreamAlone) -> None:
    alone.announce("a")
    alone.status("hunting")
    alone.end(is_complete=True)
    alone.only.start()
    assert alone.scan.gaps == ()


def test_a_completed_scan_settles_soon_and_is_checked_a_few_times(started: StreamAlone) -> None:
    started.status("hunting")
    started.end(is_complete=True)
    assert not started.passes(source_selection.SETTLE_S - 1)
    assert not started.is_settled()
    assert not started.passes(2)
    assert started.is_settled()
    assert started.scan.outcome is Outcome.COMPLETED
    assert started.passes(
        (source_selection.CHECK_GAP_S + source_selection.CHECK_S) * source_selection.CHECKS + 1
    )
    assert started.wanted.count(True) == source_selection.CHECKS


def test_after_an_error_three_checks_pass_before_it_settles(started: StreamAlone) -> None:
    started.status("hunting")
    started.end(is_complete=False)
    ended_s = started.now_s
    for look in range(1, source_selection.CHECKS + 1):
        while started.wanted.count(True) < look:
            assert not started.passes(0.25)
        assert not started.is_settled()
        started.end(is_complete=False)  # a replay, which ends as before
    assert started.passes(1)
    assert started.is_settled()
    assert (started.scan.status, started.scan.outcome) == ("ended", Outcome.ENDED)
    assert started.now_s - ended_s >= 30


def test_a_retry_found_by_a_check_is_watched_again(started: StreamAlone) -> None:
    started.status("hunting")
    started.end(is_complete=False)
    assert not started.passes(source_selection.CHECK_GAP_S + 1)
    started.only.handle_new_stream()
    started.status("ingesting")
    assert not started.passes(60)
    assert started.scan.is_live
    assert not started.is_settled()
    assert started.wanted[-1] is True
