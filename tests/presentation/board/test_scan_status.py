"""The states of connections and of the server in use, in words."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.facts.errors import PageUnreadable, Reason
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, Standing
from heimdall_desktop.presentation.board.scan_status import (
    NO_PROBLEM,
    Mood,
    Problem,
    ProblemAction,
    ScanStatus,
    can_check,
    checked_words,
    server_brief,
    server_consequence,
    server_fact,
    server_status,
    server_sum,
)
from heimdall_desktop.presentation.time_text import minute_text

SHOWN = [status for status in ScanStatus if status.spec.word]
PROBLEMS = [status for status in ScanStatus if status.spec.rank != NO_PROBLEM]


def test_every_state_is_shown_or_is_a_problem() -> None:
    assert set(ScanStatus) == {*SHOWN, *PROBLEMS}
    assert len({status.spec.shown for status in SHOWN}) == len(SHOWN)
    ranks = [status.spec.rank for status in PROBLEMS if status is not ScanStatus.UNREAD_KEYRING]
    assert sorted(ranks) == list(range(len(ranks)))


@pytest.mark.parametrize("status", SHOWN)
def test_a_state_has_its_words(status: ScanStatus) -> None:
    assert status.word[0].isupper()
    assert status.short_word
    assert status.counted(2).startswith("2 ")


def test_what_cuts_us_off_is_a_problem_that_asks_for_attention() -> None:
    cut_off = [status for status in ScanStatus if status.spec.is_cut_off]
    assert all(status.spec.needs_attention and status.spec.actions for status in cut_off)
    assert all(status.spec.is_in_every_scope for status in cut_off)


def test_a_problem_has_the_remedy_of_its_state_or_one_of_its_own() -> None:
    assert Problem(ScanId("a"), ScanStatus.SIGNED_OUT, "").actions == (ProblemAction.SIGN_IN,)
    again = (ProblemAction.SCAN_AGAIN,)
    assert Problem(ScanId("a"), ScanStatus.FAILED, "", "", again).actions == again


def test_data_that_may_be_wrong_is_serious_on_the_strip() -> None:
    assert ScanStatus.NOT_CHECKED.spec.strip is ScanStatus.STALE.spec.mood is Mood.ERROR


# -- How the server in use is heard of, in words that say what follows from it --


NOW = datetime(2026, 7, 4, 12, tzinfo=UTC)
SINCE = NOW - timedelta(minutes=7)
SERVER = ServerUrl("https://heimdall.corp.example:8443")
OUT = ServerState(SERVER, Standing.SIGNED_OUT, SINCE)
GONE = ServerState(SERVER, Standing.UNREACHABLE, SINCE)
GOOD = ServerState(SERVER)


REFUSED = replace(OUT, is_token_refused=True)


@pytest.mark.parametrize(
    ("state", "fact", "brief", "shown"),
    [
        (OUT, f"Signed out at {minute_text(SINCE)}.", "signed out", "Signed out"),
        (replace(OUT, since=None), "Signed out.", "signed out", "Signed out"),
        (replace(OUT, since=NOW - timedelta(days=2)), f"Signed out on 2 Jul {minute_text(NOW)}.",
         "signed out", "Signed out"),
        # a token that was never accepted is no session that ended
        (REFUSED, f"Token not accepted at {minute_text(SINCE)}.", "token not accepted",
         "Token not accepted"),
        (replace(REFUSED, since=None), "Token not accepted.", "token not accepted",
         "Token not accepted"),
        (GONE, f"No response since {minute_text(SINCE)}.", "can't reach heimdall.corp.example:8443",
         "Can't reach heimdall.corp.example:8443"),
        (replace(GONE, since=None), "No response.", "can't reach heimdall.corp.example:8443",
         "Can't reach heimdall.corp.example:8443"),
    ],
)  # fmt: skip
def test_what_is_wrong_and_since_when(
    state: ServerState, fact: str, brief: str, shown: str
) -> None:
    assert (server_fact(state, NOW), server_brief(state)) == (fact, brief)
    part, status = server_sum(state), server_status(state)
    assert status is (
        ScanStatus.CANNOT_REACH if state.standing is Standing.UNREACHABLE else ScanStatus.SIGNED_OUT
    )
    assert part is not None
    assert (part.status, part.text, part.count) == (status, shown, 0)


def test_what_follows_depends_on_what_was_to_be_watched() -> None:
    assert server_consequence(watches_new=True) == "New scans aren't being watched."
    assert server_consequence(watches_new=False) == "Watching is paused."


def test_of_a_good_server_nothing_is_shown() -> None:
    assert (server_sum(GOOD), server_status(GOOD)) == (None, None)
    assert server_fact(GOOD, NOW) == server_brief(GOOD) == ""
    assert can_check(GOOD)
    assert checked_words(GOOD, NOW) == ""


def test_when_it_last_checked_and_that_it_cannot() -> None:
    looked = ServerState(SERVER, Standing.SIGNED_OUT, SINCE, looked_at=SINCE)
    assert checked_words(looked, NOW) == f"Checked {minute_text(SINCE)}"
    assert checked_words(OUT, NOW) == "Can't check"
    assert not can_check(
        ServerState(SERVER, error=PageUnreadable(Reason.PAGE_MISSING, host="h.test"))
    )
