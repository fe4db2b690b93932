"""What a scan is known by is decided by what is heard, and of a stream only by a fresh one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from random import Random

import pytest

from heimdall_desktop.application.health import Health
from heimdall_desktop.application.ladder import Ladder
from heimdall_desktop.application.listener import Listener
from heimdall_desktop.application.poller import GONE_CHECK_S, Poller
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.domain.facts.errors import NotVisible, Reason, RouteMissing
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.listed_rows import FindingHinted
from heimdall_desktop.domain.facts.observation import (
    Observation,
    ScanSource,
    SourceSeen,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.error_text import cause

SCAN_ID = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
SERVER = ServerUrl("http://127.0.0.1:1")
ABSENT = NotVisible(Reason.NOT_FOUND)
ANNOUNCED = FindingHinted(SCAN_ID, 0.0, FindingId("f"), Severity.HIGH, "Hole")


class Rungs:
    """A ladder of a server that is never asked, and a clock that a test turns."""

    def __init__(self, link: ServerSession) -> None:
        self.now_s = 100.0
        self.scan = Scan(SCAN_ID, SERVER)
        self.health = Health(SCAN_ID, began_at_s=self.now_s)
        self.listener = Listener(
            link,
            self.health,
            clock=self.clock,
            random=Random(1),
            on_open=lambda: None,
            on_heard=lambda _seen: None,
            on_lost=lambda: None,
            on_refused=lambda _error: None,
        )
        poller = Poller(
            self.scan,
            link,
            self.health,
            self.observe,
            clock=self.clock,
            now=lambda: datetime.now(UTC),
            random=Random(1),
            on_answer=lambda _asked_at_s: None,
            on_absent=lambda _error: None,
            on_refused=lambda _error: False,
        )
        self.ladder = Ladder(
            self.scan,
            SERVER,
            self.health,
            poller,
            self.listener,
            self.observe,
            clock=self.clock,
            now=lambda: datetime.now(UTC),
        )

    def clock(self) -> float:
        return self.now_s

    def observe(self, observation: Observation) -> None:
        self.scan.observe(observation)

    @property
    def is_stream_only(self) -> bool:
        """Whether nothing but the stream tells of it."""
        return self.scan.is_stream_only and self.health.is_stream_only

    def open_stream(self) -> bool:
        """Let the server accept to stream now."""
        self.now_s += 1
        self.health.stream_open_at_s = self.health.accepted_at_s = self.now_s
        return self.ladder.meet_open_stream()


@pytest.fixture
async def rungs() -> AsyncIterator[Rungs]:
    link = ServerSession(SERVER, lambda: 100.0)
    yield Rungs(link)
    await link.aclose()


def test_a_fresh_stream_that_tells_of_the_scan_is_all_there_is(rungs: Rungs) -> None:
    rungs.ladder.meet_absence(ABSENT)
    assert rungs.health.is_stream_wanted
    assert rungs.open_stream()
    assert rungs.scan.source is None  # it has said nothing yet
    rungs.ladder.hear(ANNOUNCED)
    assert rungs.is_stream_only
    assert list(rungs.scan.announced) == ["f"]


def test_what_was_announced_before_it_was_decided_is_held_and_not_lost(rungs: Rungs) -> None:
    rungs.open_stream()
    rungs.ladder.hear(ANNOUNCED)
    assert rungs.scan.source is None
    rungs.ladder.meet_absence(ABSENT)
    assert list(rungs.scan.announced) == ["f"]


def test_t87_a_stream_that_was_open_before_proves_nothing(rungs: Rungs) -> None:
    rungs.scan.observe(SourceSeen(SCAN_ID, 1.0, ScanSource.LISTING))
    rungs.open_stream()
    rungs.now_s += 1
    rungs.ladder.meet_absence(ABSENT)
    rungs.ladder.hear(ANNOUNCED)
    assert rungs.scan.source is ScanSource.LISTING
    rungs.open_stream()
    rungs.ladder.hear(ANNOUNCED)
    assert rungs.is_stream_only


def test_a_fresh_stream_that_says_nothing_is_said_so(rungs: Rungs) -> None:
    rungs.ladder.meet_absence(ABSENT)
    rungs.open_stream()
    assert rungs.health.mute_since_s == rungs.now_s
    assert rungs.health.polling is not None
    assert (
        cause(rungs.health.polling.error)
        == "127.0.0.1:1 responds, but reports nothing about this scan."
    )
    rungs.ladder.meet_answer()
    assert rungs.health.mute_since_s is None


def test_only_a_stream_that_is_absent_too_means_that_the_scan_is(rungs: Rungs) -> None:
    assert rungs.ladder.refusal_of_stream(ABSENT) is None  # REST may have it
    rungs.ladder.meet_absence(ABSENT)
    assert isinstance(
        rungs.ladder.refusal_of_stream(RouteMissing(Reason.ROUTE_MISSING, host="h.test")),
        NotVisible,
    )
    rungs.scan.observe(SourceSeen(SCAN_ID, 1.0, ScanSource.LISTING))
    assert (
        rungs.ladder.refusal_of_stream(RouteMissing(Reason.ROUTE_MISSING, host="h.test")) is None
    )  # it may be a proxy's
    assert isinstance(rungs.ladder.refusal_of_stream(ABSENT), NotVisible)


def test_one_odd_answer_is_no_end(rungs: Rungs) -> None:
    assert not rungs.ladder.is_gone_for_good()
    rungs.now_s += GONE_CHECK_S
    assert rungs.ladder.is_gone_for_good()
    rungs.ladder.meet_answer()
    assert not rungs.ladder.is_gone_for_good()


def test_where_rest_answers_an_open_stream_makes_nothing_be_decided_anew(rungs: Rungs) -> None:
    rungs.scan.observe(SourceSeen(SCAN_ID, 1.0, ScanSource.LIVE))
    assert not rungs.open_stream()
    rungs.ladder.hear(ANNOUNCED)
    assert list(rungs.scan.announced) == []
