"""A stage is quiet when it is silent for longer than usual, never because a line is down."""

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.stages.stage_display import LONGEST_S, Silence
from tests.fakes.board_scans import FakeTime, ScanStory

PAST = [30.0, 90, 180]


@pytest.fixture
def story() -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop").run([30, 90], 48).hear(Connection.LIVE)


def silent_s(silence: Silence, story: ScanStory) -> float:
    """Ask right after an answer that was no news."""
    story.age(0)
    return silence.listen(story.scan, story.time.clock_s, story.time.at)


def test_silence_grows_until_there_is_news(story: ScanStory) -> None:
    silence = Silence()
    assert silent_s(silence, story) == 0
    story.time.pass_s(300)
    assert silent_s(silence, story) == 300
    story.log(story.line("A file was read"))
    assert silent_s(silence, story) == 0


def test_what_was_silent_before_we_came_counts(story: ScanStory) -> None:
    story.time.pass_s(400)
    assert silent_s(Silence(), story) == pytest.approx(400)
    forgetful = Silence()
    silent_s(forgetful, story)
    forgetful.forget(story.scan.id)
    assert silent_s(forgetful, story) == pytest.approx(400)


def test_while_nobody_answers_nothing_is_known_of_silence(story: ScanStory) -> None:
    silence = Silence()
    silent_s(silence, story)
    story.time.pass_s(8 * 3600)  # the machine slept
    assert silence.listen(story.scan, story.time.clock_s, story.time.at) == 0
    assert silent_s(silence, story) == 8 * 3600


def test_a_server_clock_ahead_of_ours_makes_no_silence_below_zero(story: ScanStory) -> None:
    story.time.at = story.scan.created_at or story.time.at
    assert silent_s(Silence(), story) == 0


def test_twice_the_usual_time_is_quiet(story: ScanStory) -> None:
    story.remember(PAST, PAST, PAST)
    assert story.pace(360).quiet_s is None
    assert story.pace(361).quiet_s == 361


def test_however_long_it_usually_takes_ten_minutes_are_quiet(story: ScanStory) -> None:
    story.remember(*[[30, 90, 3600]] * 3)
    assert story.pace(LONGEST_S).quiet_s is None
    assert story.pace(LONGEST_S + 1).quiet_s == LONGEST_S + 1


def test_the_shortest_stage_is_not_quiet_between_two_polls(story: ScanStory) -> None:
    story.remember(*[[30, 90, 2]] * 3)
    assert story.pace(12).quiet_s is None
    assert story.pace(25).quiet_s == 25


def test_without_an_estimate_the_connection_says_it(story: ScanStory) -> None:
    assert story.pace(500).quiet_s is None
    assert story.pace(LONGEST_S).quiet_s == LONGEST_S
    assert story.hear(Connection.QUIET, 372).pace().quiet_s == 372


@pytest.mark.parametrize(
    "connection", [Connection.STALE, Connection.RECONNECTING, Connection.SIGNED_OUT]
)
def test_a_line_that_is_down_says_nothing_of_the_stage(
    story: ScanStory, connection: Connection
) -> None:
    assert story.hear(connection, 900).pace(900).quiet_s is None


def test_nothing_is_quiet_before_a_stage_runs(story: ScanStory) -> None:
    queued = ScanStory(Store(), story.time, "queued").read("queued").live("queued")
    assert queued.hear(Connection.QUIET, 900).pace(900).quiet_s is None
