"""One slice a turn, and what comes after it once all are done."""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from heimdall_desktop.models.incremental_work import IncrementalWork


class Work:
    """Three slices, and what has been done of them."""

    def __init__(self, name: str, done: list[str]) -> None:
        self.name, self.done = name, done

    def slices(self) -> Iterator[None]:
        for number in range(3):
            self.done.append(f"{self.name}{number}")
            yield

    def end(self) -> None:
        self.done.append(f"{self.name} end")


def test_slices_come_one_by_one_and_then_the_end(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    turns, work = IncrementalWork(owner), Work("a", done)
    turns.run(work.slices(), work.end)
    assert done == [], "not in the turn that asks"
    qtbot.waitUntil(lambda: "a end" in done)
    assert done == ["a0", "a1", "a2", "a end"]


def test_other_work_takes_the_place_of_what_is_under_way(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    turns, first, second = IncrementalWork(owner), Work("a", done), Work("b", done)
    turns.run(first.slices(), first.end)
    turns.run(second.slices(), second.end)
    qtbot.waitUntil(lambda: "b end" in done)
    assert done == ["b0", "b1", "b2", "b end"]


def test_what_is_stopped_never_ends(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    stopped, running = IncrementalWork(owner), IncrementalWork(owner)
    one, other = Work("a", done), Work("b", done)
    stopped.run(one.slices(), one.end)
    running.run(other.slices(), other.end)
    stopped.stop()
    qtbot.waitUntil(lambda: "b end" in done)
    assert done == ["b0", "b1", "b2", "b end"]
