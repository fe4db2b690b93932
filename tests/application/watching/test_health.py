"""One state out of what was noticed: the first line of the table that fits (behaviour.md 2.6)."""

from typing import Any

import pytest

from heimdall_desktop.application.watching.health import HANGS_S, STALE_S, THERE_S, Failure, Health
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
NOW_S = 1000.0
BROKE = errors.ServerUnreachable(errors.Reason.CONNECTION_BROKE, host="h.test")
NO_ANSWER = errors.ServerUnreachable(errors.Reason.CONNECTION_TIMED_OUT, host="h.test")
FAILED = errors.ServerFault(errors.Reason.SERVER_FAILED, host="h.test", answer="HTTP 500")
REFUSED = errors.NotVisible(errors.Reason.NOT_FOUND, host="h.test")
ALONE = errors.ServerError(errors.Reason.STREAM_SPEAKS_ALONE)


def health(**noticed: Any) -> Health:
    """A watch that began long ago and was answered just now, its stream full of life."""
    well: dict[str, Any] = {
        "began_at_s": 0.0,
        "answered_at_s": NOW_S - 1,
        "news_at_s": NOW_S - 1,
        "is_stream_wanted": True,
        "stream_open_at_s": 1.0,
        "last_byte_at_s": NOW_S - 1,
    }
    return Health(SCAN, **(well | noticed))


def lost(seconds_ago: float = 5.0) -> Failure:
    return Failure(NOW_S - seconds_ago, NOW_S + 3, BROKE)


@pytest.mark.parametrize(
    ("noticed", "connection"),
    [
        ({}, Connection.LIVE),
        ({"is_signed_out": True, "is_ended": True}, Connection.SIGNED_OUT),
        ({"is_gone": True}, Connection.GONE),
        ({"is_ended": True, "answered_at_s": 1.0}, Connection.ENDED),
        ({"busy_until_s": NOW_S + 1, "answered_at_s": 1.0}, Connection.BUSY),
        ({"busy_until_s": NOW_S - 1}, Connection.LIVE),
        ({"answered_at_s": None, "began_at_s": NOW_S - 9}, Connection.CONNECTING),
        ({"answered_at_s": None, "began_at_s": NOW_S - 10}, Connection.STALE),
        ({"answered_at_s": NOW_S - 44.9}, Connection.LIVE),
        ({"answered_at_s": NOW_S - 45}, Connection.STALE),
        ({"stream_open_at_s": None, "streaming": lost()}, Connection.RECONNECTING),
        ({"stream_open_at_s": NOW_S - 1, "last_byte_at_s": 5.0}, Connection.CONNECTING),
        (
            {"stream_open_at_s": NOW_S - 1, "last_byte_at_s": 5.0, "streaming": lost()},
            Connection.RECONNECTING,
        ),
        ({"stream_open_at_s": NOW_S - 20, "last_byte_at_s": 5.0}, Connection.POLLING_ONLY),
        ({"last_byte_at_s": NOW_S - 44}, Connection.LIVE),
        ({"last_byte_at_s": NOW_S - 45}, Connection.POLLING_ONLY),
        ({"stream_open_at_s": None, "holds_back": True}, Connection.POLLING_ONLY),
        ({"news_at_s": NOW_S - 119}, Connection.LIVE),
        ({"news_at_s": NOW_S - 120}, Connection.QUIET),
        ({"is_stream_wanted": False, "stream_open_at_s": None}, Connection.LIVE),
    ],
)
def test_the_first_state_that_fits(noticed: dict[str, Any], connection: Connection) -> None:
    assert health(**noticed).state(NOW_S).connection is connection


def test_a_clock_that_starts_at_zero_works() -> None:
    young = Health(SCAN, began_at_s=0.0, answered_at_s=0.0, news_at_s=0.0)
    assert young.state(0.0).connection is Connection.LIVE
    assert young.state(50.0).connection is Connection.STALE


def test_busy_reports_the_end_of_the_wait() -> None:
    seen = health(busy_until_s=NOW_S + 40, polling=lost()).state(NOW_S)
    assert (seen.next_try_at_s, seen.error) == (NOW_S + 40, None)


def test_reconnecting_counts_down_to_the_next_stream_and_not_to_the_next_poll() -> None:
    poll = Failure(NOW_S - 2, NOW_S + 9, NO_ANSWER)
    seen = health(stream_open_at_s=None, streaming=lost(), polling=poll).state(NOW_S)
    assert seen.connection is Connection.RECONNECTING
    assert (seen.since_s, seen.next_try_at_s) == (NOW_S - 5, NOW_S + 3)
    assert seen.error == BROKE


def test_stale_counts_down_to_the_next_poll() -> None:
    poll = Failure(NOW_S - 50, NOW_S + 9, NO_ANSWER)
    seen = health(answered_at_s=NOW_S - 60, streaming=lost(), polling=poll).state(NOW_S)
    assert (seen.connection, seen.since_s) == (Connection.STALE, NOW_S - 60)
    assert (seen.next_try_at_s, seen.error) == (NOW_S + 9, NO_ANSWER)


def test_the_connection_error_is_reported() -> None:
    seen = health(answered_at_s=NOW_S - 60, polling=Failure(NOW_S - 50, NOW_S + 9, FAILED))
    assert (seen.state(NOW_S).error, seen.state(NOW_S).is_answered) == (FAILED, True)
    assert not health(answered_at_s=None).state(NOW_S).is_answered


def test_failed_listings_are_reported_while_all_else_is_well() -> None:
    seen = health(listing=Failure(NOW_S - 7, NOW_S + 4, FAILED)).state(NOW_S)
    assert (seen.connection, seen.error) == (Connection.LIVE, FAILED)
    assert seen.failing_since_s == NOW_S - 7


def test_failing_since_is_the_older_of_both_rest_failures() -> None:
    listing = Failure(NOW_S - 7, NOW_S + 4, FAILED)
    assert health(listing=listing, polling=lost(20)).state(NOW_S).failing_since_s == NOW_S - 20
    assert health(streaming=lost(20)).state(NOW_S).failing_since_s is None


def test_a_refusal_keeps_its_words() -> None:
    assert health(is_gone=True, refusal=REFUSED).state(NOW_S).error is REFUSED


def test_a_continued_failure_keeps_its_start() -> None:
    later = Failure(NOW_S, NOW_S + 8, NO_ANSWER).after(lost(30))
    assert (later.since_s, later.next_try_at_s) == (NOW_S - 30, NOW_S + 8)
    assert Failure(NOW_S, NOW_S, BROKE).after(None).since_s == NOW_S


def test_silence_is_counted_from_the_last_byte_of_this_stream() -> None:
    assert health(stream_open_at_s=None).silence_s(NOW_S) == 0
    assert health(stream_open_at_s=NOW_S - 9, last_byte_at_s=5.0).silence_s(NOW_S) == 9
    assert health(last_byte_at_s=NOW_S - 46).is_silent(NOW_S)


def test_a_scan_of_an_earlier_session_is_stale_since_its_last_answer_there() -> None:
    waiting = health(answered_at_s=None, answered_before_s=-3600.0, began_at_s=NOW_S - 10)
    assert waiting.state(NOW_S).since_s == -3600.0


@pytest.mark.parametrize(
    ("answered_s_ago", "is_there"), [(None, False), (THERE_S, False), (THERE_S - 1, True)]
)
def test_t56_a_server_that_answers_others_is_not_out_of_reach(
    answered_s_ago: float | None, is_there: bool
) -> None:
    answered_at_s = None if answered_s_ago is None else NOW_S - answered_s_ago
    polling = Failure(NOW_S - 50, NOW_S + 3, NO_ANSWER)
    stale = health(answered_at_s=1.0, polling=polling, server_answered_at_s=answered_at_s)
    reported = stale.state(NOW_S)
    assert reported.connection is Connection.STALE
    assert reported.error == (
        errors.ServerError(errors.Reason.SCAN_NOT_ANSWERED) if is_there else NO_ANSWER
    )


def test_t57_rest_that_is_refused_shows_though_the_stream_is_well() -> None:
    health = Health(SCAN, began_at_s=0.0, answered_at_s=10.0, is_stream_wanted=True)
    health.stream_open_at_s, health.last_byte_at_s = 1.0, 12.0
    health.polling = Failure(11.0, 14.0, FAILED)
    assert health.state(13.0).connection is Connection.LIVE  # once is no failure yet
    refused = health.state(17.0)
    assert (refused.connection, refused.since_s) == (Connection.RECONNECTING, 11.0)
    assert (refused.error, refused.next_try_at_s) == (FAILED, 14.0)
    assert refused.is_rest_alone
    health.polling = None
    assert health.state(17.5).connection is Connection.LIVE


def test_t57_rest_that_hangs_shows_before_it_is_stale_though_the_stream_is_well() -> None:
    health = Health(SCAN, began_at_s=0.0, answered_at_s=10.0, is_stream_wanted=True)
    health.stream_open_at_s, health.last_byte_at_s, health.asking_since_s = 1.0, 24.0, 11.0
    assert health.state(11.0 + HANGS_S - 1).connection is Connection.LIVE
    hangs = health.state(11.0 + HANGS_S)
    assert (hangs.connection, hangs.since_s) == (Connection.RECONNECTING, 11.0)
    assert (hangs.error, hangs.next_try_at_s) == (ALONE, None)
    assert hangs.is_rest_alone
    health.server_answered_at_s = 25.0  # another scan is answered: this one waits for its turn
    assert health.state(11.0 + HANGS_S).connection is Connection.LIVE
    health.server_answered_at_s, health.last_byte_at_s = None, 50.0
    stale = health.state(10.0 + STALE_S)
    assert (stale.connection, stale.is_rest_alone) == (Connection.STALE, True)
    assert stale.error == ALONE
    health.stream_open_at_s = None
    assert not health.state(10.0 + STALE_S).is_rest_alone
