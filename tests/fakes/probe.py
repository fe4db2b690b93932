"""Counts what a part of the app may leave behind: tasks, open files, sockets, threads, Qt timers.

Threads of the standard pools are left out: they wait for work until the loop is closed.
"""

import asyncio
import gc
import os
import threading
import time
from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject
from shiboken6 import isValid

_FILES = Path("/proc/self/fd")
_POOLS = ("asyncio_", "AnyIO worker", "ThreadPoolExecutor", "work_")
_LOOK_AGAIN_S = 0.005


@dataclass(frozen=True, slots=True)
class Probe:
    """What there is at a moment.

    Attributes:
        tasks: names of the tasks of the running loop, but for the one that asks.
        files: open files that are no sockets; 0 where the system does not tell.
        qt_timers: running timers of Qt objects that Python can reach.
    """

    tasks: tuple[str, ...]
    files: int
    sockets: int
    threads: tuple[str, ...]
    qt_timers: int

    def more_than(self, before: "Probe") -> list[str]:
        """Return what there is more of than before, in words; nothing if nothing was left."""
        found = []
        for each in fields(self):
            now, was = getattr(self, each.name), getattr(before, each.name)
            if _number(now) > _number(was):
                found.append(f"{each.name}: {now!r} after {was!r}")
        return found


def probe() -> Probe:
    """Count now. To be called on a running loop."""
    sockets, files = open_files()
    asking = asyncio.current_task()
    tasks = sorted(task.get_name() for task in asyncio.all_tasks() if task is not asking)
    threads = sorted(t.name for t in threading.enumerate() if not t.name.startswith(_POOLS))
    return Probe(tuple(tasks), files, sockets, tuple(threads), qt_timers())


async def what_is_left(before: Probe, limit_s: float = 5.0) -> list[str]:
    """Return what stays of what came after `before`; a peer's ends of sockets close a bit later."""
    began_s = time.monotonic()
    while left := probe().more_than(before):
        if time.monotonic() - began_s > limit_s:
            return left
        gc.collect()
        await asyncio.sleep(_LOOK_AGAIN_S)
    return []


def qt_timers() -> int:
    """Count the running timers of all Qt objects that Python can reach; 0 without Qt."""
    dispatcher = QAbstractEventDispatcher.instance()
    if QCoreApplication.instance() is None or dispatcher is None:
        return 0
    reached: dict[int, QObject] = {}
    for made in gc.get_objects():
        if isinstance(made, QObject) and isValid(made):
            for each in (made, *made.findChildren(QObject)):
                reached[id(each)] = each
    return sum(len(dispatcher.registeredTimers(each)) for each in reached.values())


def _number(counted: int | tuple[str, ...]) -> int:
    return counted if isinstance(counted, int) else len(counted)


def open_files() -> tuple[int, int]:
    """How many sockets and how many other files are open."""
    links = []
    for entry in _FILES.iterdir() if _FILES.exists() else ():
        try:
            links.append(os.readlink(entry))
        except OSError:  # the file that listed them
            continue
    sockets = sum(link.startswith("socket:") for link in links)
    return sockets, len(links) - sockets
