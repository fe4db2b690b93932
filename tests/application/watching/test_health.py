"""One state out of what was noticed: the first line of the table that fits (behaviour.md 2.6)."""

from typing import Any

import pytest

from heimdall_desktop.application.watching.health import (
    BUSY_S,
    HANGS_S,
    STALE_S,
    THERE_S,
    Failure,
    Health,
)
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


JUST_OPEN: dict[str, Any] = {"stream_open_at_s": NOW_S - 1, "last_byte_at_s": 5.0}


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
        (JUST_OPEN, Connection.CONNECTING),
        (JUST_OPEN | {"streaming": lost()}, Connection.RECONNECTING),
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


def test_a_wait_shows_once_it_makes_something_late() -> None:
    seen = health()
    seen.wait_for(5.0, NOW_S)
    assert seen.is_busy(NOW_S)
    assert seen.state(NOW_S).connection is Connection.LIVE
    seen.wait_for(5.0, NOW_S + 5)
    shown = seen.state(NOW_S + 5)
    assert (shown.connection, shown.next_try_at_s) == (Connection.BUSY, NOW_S + 10)
    assert not seen.is_busy(NOW_S + 10)
    seen.wait_for(5.0, NOW_S + 18)
    assert seen.state(NOW_S + 18).connection is Connection.LIVE
    seen.wait_for(BUSY_S + 1, NOW_S + 40)
    assert seen.state(NOW_S + 40).connection is Connection.BUSY


def test_a_clock_that_starts_at_zero_works() -> None:
    young = Health(SCAN, began_at_s=0.0, answered_at_s=0.0, news_at_s=0.0)
    assert young.state(0.0).connection is Connection.LIVE
    assert young.state(50.0).connection is Connection.STALE


NO_POLL = Failure(NOW_S - 50, NOW_S + 9, NO_ANSWER)
NEXT_POLL = Failure(NOW_S - 2, NOW_S + 9, NO_ANSWER)
NO_LISTING = Failure(NOW_S - 7, NOW_S + 4, FAILED)


@pytest.mark.parametrize(
    ("noticed", "reported"),
    [
        (
            {"busy_until_s": NOW_S + 40, "polling": lost()},
            {"next_try_at_s": NOW_S + 40, "error": None},
        ),
        (  # it counts down to the next stream and not to the next poll
            {"stream_open_at_s": None, "streaming": lost(), "polling": NEXT_POLL},
            {
                "connection": Connection.RECONNECTING,
                "since_s": NOW_S - 5,
                "next_try_at_s": NOW_S + 3,
                "error": BROKE,
            },
        ),
        (
            {"answered_at_s": NOW_S - 60, "streaming": lost(), "polling": NO_POLL},
            {
                "connection": Connection.STALE,
                "since_s": NOW_S - 60,
                "next_try_at_s": NOW_S + 9,
                "error": NO_ANSWER,
                "is_answered": True,
            },
        ),
        ({"answered_at_s": None}, {"is_answered": False}),
        (  # since its last answer in an earlier session
            {"answered_at_s": None, "answered_before_s": -3600.0, "began_at_s": NOW_S - 10},
            {"since_s": -3600.0},
        ),
        (  # failed listings are reported while all else is well
            {"listing": NO_LISTING},
            {"connection": Connection.LIVE, "error": FAILED, "failing_since_s": NOW_S - 7},
        ),
        ({"listing": NO_LISTING, "polling": lost(20)}, {"failing_since_s": NOW_S - 20}),
        ({"streaming": lost(20)}, {"failing_since_s": None}),
        ({"is_gone": True, "refusal": REFUSED}, {"error": REFUSED}),
    ],
)
def test_reports_its_reason_and_next_try(noticed: dict[str, Any], reported: dict[str, Any]) -> None:
    seen = health(**noticed).state(NOW_S)
    assert {name: getattr(seen, name) for name in reported} == reported


def test_a_continued_failure_keeps_its_start() -> None:
    later = Failure(NOW_S, NOW_S + 8, NO_ANSWER).after(lost(30))
    assert (later.since_s, later.next_try_at_s) == (NOW_S - 30, NOW_S + 8)
    assert Failure(NOW_S, NOW_S, BROKE).after(None).since_s == NOW_S


def test_silence_is_counted_from_the_last_byte_of_this_stream() -> None:
    assert health(stream_open_at_s=None).silence_s(NOW_S) == 0
    assert health(stream_open_at_s=NOW_S - 9, last_byte_at_s=5.0).silence_s(NOW_S) == 9
    assert health(last_byte_at_s=NOW_S - 46).silence_s(NOW_S) == 46


@pytest.mark.parametrize(
    ("answered_s_ago", "is_there"), [(None, False), (THERE_S, False), (THERE_S - 1, True)]
)
def test_t56_an_answering_server_is_there(answered_s_ago: float | None, is_there: bool) -> None:
    answered_at_s = None if answered_s_ago is None else NOW_S - answered_s_ago
    polling = Failure(NOW_S - 50, NOW_S + 3, NO_ANSWER)
    stale = health(answered_at_s=1.0, polling=polling, server_answered_at_s=answered_at_s)
    reported = stale.state(NOW_S)
    assert reported.connection is Connection.STALE
    alone = errors.ServerError(errors.Reason.SCAN_NOT_ANSWERED)
    assert reported.error == (alone if is_there else NO_ANSWER)


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
