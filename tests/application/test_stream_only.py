"""A scan known by its stream alone: rows, gaps, and an end that is doubted for a while."""

from datetime import UTC, datetime, timedelta

import pytest

from heimdall_desktop.application.stream_only import LOOK_GAP_S, LOOK_S, LOOKS, SETTLE_S, StreamOnly
from heimdall_desktop.domain.facts.finding import FindingId, Severity
from heimdall_desktop.domain.facts.listed_rows import FindingHinted
from heimdall_desktop.domain.facts.observation import (
    EndSeen,
    FindingsListed,
    Observation,
    StageSeen,
    StatusSeen,
)
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.presentation.labels import file_line_text
from tests.fakes.findings import SCAN_ID, make_finding

START = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


class Ear:
    """A stream-only scan whose events come when told, on a clock that is set by hand."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.wishes: list[bool] = []
        self.scan = Scan(SCAN_ID, server_url("http://h.test"))
        self.only = StreamOnly(
            self.scan,
            self.observe,
            self.wishes.append,
            clock=lambda: self.now_s,
            now=self.now,
        )
        self.only.hear_again()

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
        self.only.hear_end()
        self.only.lose()

    def passes(self, seconds: float) -> bool:
        """Let time pass, a quarter of a second at a time; return whether all is over."""
        until_s = self.now_s + seconds
        while self.now_s < until_s:
            self.now_s += 0.25
            if self.only.tick(self.now_s):
                return True
        return False


@pytest.fixture
def ear() -> Ear:
    return Ear()


def test_announcements_are_held_until_it_is_known_that_there_is_no_more(ear: Ear) -> None:
    ear.announce("a")
    assert not ear.scan.findings
    ear.only.begin()
    ear.announce("b", Severity.CRITICAL)
    assert list(ear.scan.findings) == ["a", "b"]
    assert all(row.is_announced for row in ear.scan.findings.values())
    assert ear.scan.severities[Severity.CRITICAL] == 1


def test_a_row_that_was_held_was_announced_in_the_stage_of_then(ear: Ear) -> None:
    ear.scan.observe(StageSeen(SCAN_ID, 100, ear.now(), "hunt", "running", None))
    ear.announce("a")
    ear.scan.observe(StageSeen(SCAN_ID, ear.now_s, ear.now(), "hunt", "completed", None))
    ear.only.begin()
    assert ear.scan.findings[FindingId("a")].announced_in == "hunt"


def test_what_was_held_is_let_go_where_rows_are_listed(ear: Ear) -> None:
    ear.announce("a")
    ear.only.forget()
    ear.only.begin()
    assert not ear.scan.findings


def test_a_row_tells_when_it_arrived_in_which_stage_and_nothing_else(ear: Ear) -> None:
    ear.scan.observe(StageSeen(SCAN_ID, 100, ear.now(), "hunt", "running", None))
    ear.only.begin()
    ear.announce("a", title="SQL built from a request")
    row = ear.scan.findings[FindingId("a")]
    assert (row.created_at, row.stage) == (ear.now(), "hunt")
    assert row.title == "SQL built from a request"
    assert file_line_text(row) == "location unknown"


def test_an_announcement_never_stands_in_for_a_listed_row(ear: Ear) -> None:
    ear.only.begin()
    ear.announce("a")
    listed = make_finding(1, severity=Severity.LOW)
    known = make_finding(1).id
    ear.scan.observe(FindingsListed(SCAN_ID, ear.now_s - 50, (listed,)))
    ear.announce(known, Severity.CRITICAL)
    assert ear.scan.findings[known] == listed
    ear.announce("b")
    ear.scan.observe(FindingsListed(SCAN_ID, 0.0, (make_finding(2),)))
    assert not ear.scan.findings[make_finding(2).id].is_announced


def test_a_row_that_is_announced_again_keeps_its_first_moment(ear: Ear) -> None:
    ear.only.begin()
    ear.announce("a")
    first = ear.scan.findings[FindingId("a")].created_at
    ear.announce("a", Severity.CRITICAL)
    again = ear.scan.findings[FindingId("a")]
    assert (again.created_at, again.severity) == (first, Severity.CRITICAL)
    assert len(ear.scan.findings) == 1


def test_a_broken_stream_leaves_a_gap_until_all_of_before_is_told_again(ear: Ear) -> None:
    ear.only.begin()
    ear.announce("a")
    ear.announce("b")
    began = ear.now()
    ear.only.lose()
    ear.now_s += 30
    ear.only.hear_again()
    (gap,) = ear.scan.gaps
    assert (gap.began_at, gap.ended_at) == (began, ear.now())
    ear.announce("a")
    assert len(ear.scan.gaps) == 1
    ear.announce("b")
    assert len(ear.scan.gaps) == 0


def test_a_gap_before_which_nothing_was_announced_stays(ear: Ear) -> None:
    ear.only.begin()
    ear.only.lose()
    ear.only.hear_again()
    ear.announce("a")
    assert len(ear.scan.gaps) == 1


def test_a_stream_that_was_never_heard_leaves_no_gap() -> None:
    ear = Ear()
    ear.only = StreamOnly(
        ear.scan, ear.observe, ear.wishes.append, clock=lambda: ear.now_s, now=ear.now
    )
    ear.only.lose()
    ear.only.hear_again()
    ear.only.begin()
    assert ear.scan.gaps == ()


def test_t68_notices_of_dropped_events_that_come_together_are_one_gap(ear: Ear) -> None:
    ear.only.begin()
    for _ in range(5000):
        ear.only.skip()
        ear.now_s += 0.001
    ear.now_s += 60
    ear.only.skip()
    assert [gap.is_lag for gap in ear.scan.gaps] == [True, True]


def test_the_end_of_a_stream_after_the_end_of_the_scan_is_no_gap(ear: Ear) -> None:
    ear.announce("a")
    ear.status("hunting")
    ear.end(is_complete=True)
    ear.only.begin()
    assert ear.scan.gaps == ()


def test_a_completed_scan_settles_soon_and_is_looked_at_a_few_times_more(ear: Ear) -> None:
    ear.only.begin()
    ear.status("hunting")
    ear.end(is_complete=True)
    assert not ear.passes(SETTLE_S - 1)
    assert not ear.is_settled()
    assert not ear.passes(2)
    assert ear.is_settled()
    assert ear.scan.outcome is Outcome.COMPLETED
    assert ear.passes((LOOK_GAP_S + LOOK_S) * LOOKS + 1)
    assert ear.wishes.count(True) == LOOKS


def test_after_an_error_three_slow_looks_pass_before_it_is_believed(ear: Ear) -> None:
    ear.only.begin()
    ear.status("hunting")
    ear.end(is_complete=False)
    ended_s = ear.now_s
    for look in range(1, LOOKS + 1):
        while ear.wishes.count(True) < look:
            assert not ear.passes(0.25)
        assert not ear.is_settled()
        ear.end(is_complete=False)  # a replay, which ends as before
    assert ear.passes(1)
    assert ear.is_settled()
    assert (ear.scan.status, ear.scan.outcome) == ("ended", Outcome.ENDED)
    assert ear.now_s - ended_s >= 30


def test_a_retry_that_a_look_hears_is_followed_again(ear: Ear) -> None:
    ear.only.begin()
    ear.status("hunting")
    ear.end(is_complete=False)
    assert not ear.passes(LOOK_GAP_S + 1)
    ear.only.hear_again()
    ear.status("ingesting")
    assert not ear.passes(60)
    assert ear.scan.is_live
    assert not ear.is_settled()
    assert ear.wishes[-1] is True
