"""What keeps news away is told by its kind, with a fact, a consequence and what really helps."""

import pytest

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.presentation.board.connection_sums import connection_sums, worst_sign
from heimdall_desktop.presentation.board.connection_text import connection_text, is_dimmed, sign_of
from heimdall_desktop.presentation.board.cut_off_problems import cut_off_problem
from heimdall_desktop.presentation.board.places import Group, place_of
from heimdall_desktop.presentation.board.problems import problem_of
from heimdall_desktop.presentation.board.sign import ProblemAction, Sign
from heimdall_desktop.presentation.window.window_place import window_title
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.lab.scan_script import LOCKED, NAME_NOT_FOUND, NO_KEYRING, NOT_TRUSTED

OBSTACLES = [
    (Connection.STALE, NAME_NOT_FOUND, Sign.CANNOT_REACH),
    (Connection.STALE, NOT_TRUSTED, Sign.NOT_TRUSTED),
    (Connection.CONNECTING, NOT_TRUSTED, Sign.NOT_TRUSTED),
    (Connection.SIGNED_OUT, LOCKED, Sign.KEYRING_LOCKED),
    (Connection.SIGNED_OUT, NO_KEYRING, Sign.UNREAD_KEYRING),
]


@pytest.fixture
def story() -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop").run([30, 90], 48).find(1)


def said(story: ScanStory) -> tuple[str, str]:
    problem = cut_off_problem(story.scan, story.time.clock_s, story.time.at)
    assert problem is not None
    return problem.fact, problem.consequence


@pytest.mark.parametrize(("connection", "error", "sign"), OBSTACLES)
def test_each_obstacle_is_a_state_of_its_own(
    story: ScanStory, connection: Connection, error: HeimdallError, sign: Sign
) -> None:
    story.hear(connection, 60, error=error).age(60)
    scan, clock_s = story.scan, story.time.clock_s
    problem = problem_of(scan, clock_s, story.time.at)
    assert problem is not None
    assert (sign_of(scan), problem.sign) == (sign, sign)
    assert problem.actions
    assert is_dimmed(scan, clock_s)
    assert place_of(scan).group is Group.ATTENTION
    sums = connection_sums([scan], clock_s)
    assert worst_sign(sums) is sign
    assert window_title(1, 0, sums) == f"Heimdall, 1 scan, {sums[0].text}"


def test_a_network_is_given_time_to_come_back(story: ScanStory) -> None:
    story.hear(Connection.RECONNECTING, 5, 8, error=NAME_NOT_FOUND)
    assert sign_of(story.scan) is Sign.RECONNECTING


def test_the_words(story: ScanStory) -> None:
    story.hear(Connection.STALE, 300, error=NAME_NOT_FOUND)
    assert said(story) == (
        "Can't reach heimdall.corp.example: name not found.",
        "Counts may be out of date.",
    )
    story.hear(Connection.STALE, 300, error=NOT_TRUSTED)
    assert said(story) == (
        "The certificate of heimdall.corp.example isn't trusted: unknown issuer.",
        "Nothing was sent.",
    )
    story.hear(Connection.SIGNED_OUT, error=LOCKED)
    assert said(story) == (
        "The token is safe but can't be read: the keyring is locked.",
        "Watching is paused.",
    )
    story.hear(Connection.SIGNED_OUT, error=NO_KEYRING)
    assert said(story) == (
        "This system has no usable keyring: none responds.",
        "Watching is paused.",
    )


def test_what_was_saved_is_shown_read_only_without_a_network(story: ScanStory) -> None:
    story.hear(Connection.STALE, 90, error=NAME_NOT_FOUND, is_answered=False)
    story.age(5400)
    assert sign_of(story.scan) is Sign.READ_ONLY
    assert connection_text(story.scan, story.time.clock_s).text == "Read-only"
    fact, consequence = said(story)
    assert fact == "Can't reach heimdall.corp.example: name not found."
    assert consequence.startswith("Showing data saved at ")


def test_an_event_nobody_understands_is_told_for_a_while(story: ScanStory) -> None:
    story.hear(Connection.LIVE).skip_events(is_unreadable=True)
    checking = problem_of(story.scan, story.time.clock_s, story.time.at)
    assert checking is not None
    assert checking.fact == "One event couldn't be parsed."
    story.skip_events()
    checking = problem_of(story.scan, story.time.clock_s, story.time.at)
    assert checking is not None
    assert checking.fact == "The server dropped some events."
    story.list_again()
    problem = problem_of(story.scan, story.time.clock_s, story.time.at)
    assert problem is not None
    assert problem.sign is Sign.BAD_DATA
    assert problem.actions == (ProblemAction.COPY_DETAILS,)
    story.time.pass_s(61)
    assert problem_of(story.scan, story.time.clock_s, story.time.at) is None
