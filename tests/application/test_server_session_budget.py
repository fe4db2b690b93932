"""Extra looks come in the order in which they were asked for, and not faster than allowed."""

from collections import Counter

from heimdall_desktop.application.server_session import WAITS_S, RequestBudget


class Clock:
    """A clock that changes only when it is set."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_after_a_rest_there_are_some_turns_and_then_no_more() -> None:
    clock = Clock()
    budget = RequestBudget(clock, 2.0)
    assert [budget.take_turn(who) for who in "abc"] == [True, True, False]


def test_no_watch_is_looked_after_twice_before_all_are() -> None:
    clock = Clock()
    budget = RequestBudget(clock, 4.0)
    taken: Counter[int] = Counter()
    for _ in range(4 * 100):
        clock.now_s += 0.25
        taken.update(who for who in range(50) if budget.take_turn(who))

    assert set(taken) == set(range(50))
    assert max(taken.values()) - min(taken.values()) <= 1
    assert sum(taken.values()) <= 4 * 100 + 4


def test_who_has_left_keeps_nobody_waiting() -> None:
    clock = Clock()
    budget = RequestBudget(clock, 1.0)
    assert budget.take_turn("a")
    assert not budget.take_turn("gone")
    clock.now_s += WAITS_S

    assert budget.take_turn("b")


def test_a_clock_set_back_gives_no_turns_and_takes_none() -> None:
    clock = Clock()
    budget = RequestBudget(clock, 1.0)
    clock.now_s -= 50.0

    assert budget.take_turn("a")
    assert not budget.take_turn("b")
