"""How benchmarks measure and print: one line for each figure."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

CLOCK = time.thread_time  # what this thread works: other programs on the machine do not count


def say(what: str, figures: str) -> None:
    print(f"{what:46}{figures}")  # noqa: T201


def report(what: str, durations_s: list[float]) -> None:
    worst, total = max(durations_s) * 1000, sum(durations_s) * 1000
    say(what, f"{total:9.1f} ms" + (f", worst {worst:.1f}" if len(durations_s) > 1 else ""))


@contextmanager
def timed(what: str) -> Iterator[None]:
    began = CLOCK()
    yield
    report(what, [CLOCK() - began])


def repeat(what: str, steps: Iterable[Callable[[], object]]) -> None:
    """Run steps, letting the window repaint after each, and print sum and worst."""
    durations_s = []
    for step in steps:
        began = CLOCK()
        step()
        QApplication.processEvents()
        durations_s.append(CLOCK() - began)
    report(what, durations_s)


def took_ms(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    began_s = clock()
    act()
    return (clock() - began_s) * 1000
