"""What a stream tells of a scan by itself: its end, its counts and its gaps, by age."""

from datetime import UTC, datetime, timedelta

import pytest

from heimdall_desktop.domain.facts.listed_rows import ENDED, Announced
from heimdall_desktop.domain.facts.observation import Counts, EndSeen, Gap, GapsSeen, StatusSeen
from heimdall_desktop.domain.facts.readings import LatestValue
from tests.fakes.findings import SCAN_ID

START = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


def at(second: float) -> datetime:
    return START + timedelta(seconds=second)


def told(status: str, second: float, heard_s: float | None = None) -> LatestValue[str]:
    """What `status_change` events say of a status."""
    made = LatestValue("queued")
    made.by_stream(at(second), second if heard_s is None else heard_s, status)
    return made


def end(second: float, *, is_complete: bool = True, counts: Counts | None = None) -> EndSeen:
    return EndSeen(SCAN_ID, second, is_complete, at(second), counts)


def announced(*seen: EndSeen) -> Announced:
    made = Announced()
    for each in seen:
        made.see_end(each)
    return made


def test_before_an_end_the_status_is_what_was_told() -> None:
    assert announced().status(told("hunting", 1)) == "hunting"


def test_a_scan_is_completed_by_its_last_event() -> None:
    assert announced(end(2)).status(told("reporting", 1)) == "completed"


def test_after_an_error_failed_and_cancelled_cannot_be_told_apart() -> None:
    assert announced(end(2, is_complete=False)).status(told("hunting", 1)) == ENDED


@pytest.mark.parametrize("is_complete", [True, False])
def test_t33_an_end_that_was_named_keeps_its_name(is_complete: bool) -> None:
    assert announced(end(2, is_complete=is_complete)).status(told("cancelled", 1)) == "cancelled"


def test_a_scan_that_moves_on_after_an_error_runs_again() -> None:
    assert announced(end(2, is_complete=False)).status(told("ingesting", 3)) == "ingesting"


def test_a_replay_of_what_was_before_the_end_takes_nothing_back() -> None:
    replayed = told("hunting", 1, heard_s=9)
    assert announced(end(2, is_complete=False)).status(replayed) == ENDED


def test_rest_that_was_asked_after_the_end_knows_better() -> None:
    status = told("hunting", 1)
    status.by_rest(3.0, "ingesting")
    assert announced(end(2, is_complete=False)).status(status) == "ingesting"


def test_of_two_ends_the_one_heard_later_counts() -> None:
    newer, older = end(4, is_complete=False), end(2)
    assert announced(newer, older).end is newer


def test_t31_a_status_without_counts_leaves_those_of_before() -> None:
    made = Announced()
    made.see_status(StatusSeen(SCAN_ID, 1, at(1), "hunting", Counts(3, critical=1)))
    made.see_status(StatusSeen(SCAN_ID, 2, at(2), "hunted"))
    assert made.counts("hunted") == Counts(3, critical=1)


def test_at_the_end_its_own_counts_are_the_ones_and_none_are_none() -> None:
    made = announced(end(3, is_complete=False))
    made.see_status(StatusSeen(SCAN_ID, 1, at(1), "hunting", Counts(3)))
    assert made.counts(ENDED) is None
    assert made.counts("hunting") == Counts(3)
    made.see_end(end(4, counts=Counts(7)))
    assert made.counts("completed") == Counts(7)


def test_the_newest_word_on_gaps_is_all_of_it() -> None:
    made, gap = Announced(), Gap(at(1), at(2))
    made.see_gaps(GapsSeen(SCAN_ID, 2.0, ()))
    made.see_gaps(GapsSeen(SCAN_ID, 1.0, (gap,)))
    assert made.gaps == ()
