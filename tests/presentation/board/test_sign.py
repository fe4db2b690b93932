"""Every state is one row: it is shown on cards and in the status bar, or is a problem, or both."""

import pytest

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.presentation.board.sign import NO_PROBLEM, Mood, Problem, ProblemAction, Sign

SHOWN = [sign for sign in Sign if sign.spec.word]
PROBLEMS = [sign for sign in Sign if sign.spec.rank != NO_PROBLEM]


def test_every_state_is_shown_or_is_a_problem() -> None:
    assert set(Sign) == {*SHOWN, *PROBLEMS}
    assert len({sign.spec.shown for sign in SHOWN}) == len(SHOWN)
    ranks = [sign.spec.rank for sign in PROBLEMS if sign is not Sign.UNREAD_KEYRING]
    assert sorted(ranks) == list(range(len(ranks)))


@pytest.mark.parametrize("sign", SHOWN)
def test_a_state_has_its_words(sign: Sign) -> None:
    assert sign.word[0].isupper()
    assert sign.short_word
    assert sign.counted(2).startswith("2 ")


def test_what_cuts_us_off_is_a_problem_that_asks_for_attention() -> None:
    cut_off = [sign for sign in Sign if sign.spec.is_cut_off]
    assert all(sign.spec.needs_attention and sign.spec.actions for sign in cut_off)
    assert all(sign.spec.is_in_every_scope for sign in cut_off)


def test_a_problem_has_the_remedy_of_its_state_or_one_of_its_own() -> None:
    assert Problem(ScanId("a"), Sign.SIGNED_OUT, "").actions == (ProblemAction.SIGN_IN,)
    again = (ProblemAction.SCAN_AGAIN,)
    assert Problem(ScanId("a"), Sign.FAILED, "", "", again).actions == again


def test_data_that_may_be_wrong_is_trouble_on_the_strip() -> None:
    assert Sign.NOT_CHECKED.spec.strip is Sign.STALE.spec.mood is Mood.TROUBLE
