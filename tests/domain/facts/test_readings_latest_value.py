"""Of REST and the stream, the word to believe: by age, never by arrival."""

import itertools
from datetime import UTC, datetime

from heimdall_desktop.domain.facts.readings import LatestValue

EARLY = datetime(2026, 7, 4, 8, 0, 1, tzinfo=UTC)
LATE = datetime(2026, 7, 4, 8, 0, 2, tzinfo=UTC)


def test_nothing_told_yet() -> None:
    assert LatestValue("queued").value == "queued"


def test_t27_of_two_answers_the_one_asked_for_later_counts() -> None:
    told = LatestValue("queued")
    told.by_rest(2.0, "hunting")
    told.by_rest(1.0, "modeling")
    assert told.value == "hunting"


def test_t35_of_two_events_the_one_stamped_later_counts() -> None:
    told = LatestValue("queued")
    told.by_stream(LATE, 1.0, "hunting")
    told.by_stream(EARLY, 2.0, "modeling")
    assert told.value == "hunting"


def test_an_answer_asked_for_after_an_event_was_heard_outdoes_it() -> None:
    told = LatestValue("queued")
    told.by_stream(LATE, 1.0, "hunting")
    told.by_rest(2.0, "failed")
    assert told.value == "failed"


def test_an_event_outdoes_an_answer_that_was_under_way() -> None:
    told = LatestValue("queued")
    told.by_rest(1.0, "modeling")
    told.by_stream(EARLY, 2.0, "hunting")
    assert told.value == "hunting"


def test_the_order_of_arrival_makes_no_difference() -> None:
    def after(order: tuple[int, ...]) -> str:
        told = LatestValue("queued")
        steps = [
            lambda: told.by_rest(1.0, "a"),
            lambda: told.by_rest(4.0, "b"),
            lambda: told.by_stream(EARLY, 5.0, "c"),
            lambda: told.by_stream(LATE, 3.0, "d"),
        ]
        for step in order:
            steps[step]()
        return told.value

    assert {after(order) for order in itertools.permutations(range(4))} == {"b"}
