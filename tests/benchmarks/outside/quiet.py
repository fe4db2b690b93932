"""Rows of a program that has nothing to do: start, idle, memory, requests of an ended scan."""

import os
import shutil
import time
from collections.abc import Sequence
from contextlib import ExitStack, nullcontext
from enum import Enum
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.outside.processes import (
    Desk,
    Process,
    Server,
    Tree,
    WrongResultError,
    desk,
    until,
)
from tests.benchmarks.outside.server import PAGE_ROWS, Settings
from tests.benchmarks.outside.tables import BARE, Figures, say
from tests.fakes.tray_host import tray_on

LOOK_S = 0.004
AFTER_S = 2.0
STRIPS, STRIP_PX = 16, 2
SAME_PART = 0.98
HISTORY_SCANS, HISTORY_ROWS = 20, 5_000
SETTLE_S = MEASURE_S = 60.0
QUIET_ROWS = 20
POLLED_WITHIN_S = 35.0  # a scan that is queued is polled every 30 s
MEMORY_REST_S = 10.0
RESTING_S = 15.0  # live scans are polled more often
REQUEST_PAGES = 200
_NUMBERS = count()

# -- start --


class Appearance(NamedTuple):
    """When a window has come, in seconds from the start of its process.

    Attributes:
        visible_s: it is mapped and painted.
        whole_s: nearly all of it looks as it does two seconds after that.
        processor_s: processor time of the process until two seconds after it was visible.
    """

    visible_s: float
    whole_s: float
    processor_s: float


def appearance(on: Desk, process: Process) -> Appearance:
    """Watch the window of a process come."""
    window = 0
    while not window:
        window = next(iter(on.screen.windows()), 0)
        time.sleep(LOOK_S)
    visible_s = 0.0
    looks: list[tuple[float, bytes]] = []
    while not visible_s or time.monotonic() - visible_s < AFTER_S:
        look, at_s = picture(on, window), time.monotonic()
        if not visible_s and look.count(0) < len(look) // 2:  # an unpainted window is black
            visible_s = at_s
        if not looks or looks[-1][1] != look:
            looks.append((at_s, look))
        time.sleep(LOOK_S)
        if at_s - process.began_s > 60.0:
            raise WrongResultError("no window was painted within 60 s")
    whole_s = visible_s
    for at_s, look in reversed(looks):
        if likeness(look, looks[-1][1]) < SAME_PART:
            break
        whole_s = max(at_s, visible_s)
    began_s = process.began_s
    return Appearance(visible_s - began_s, whole_s - began_s, process.processor_s)


def picture(on: Desk, window: int) -> bytes:
    """Return the pixels of some upright strips of a window."""
    left, top, width, height = on.screen.frame(window)
    places = (left + width * (2 * number + 1) // (2 * STRIPS) for number in range(STRIPS))
    return b"".join(on.screen.pixels(place, top, STRIP_PX, height) for place in places)


def likeness(one: bytes, other: bytes) -> float:
    """Return which part of the pixels of two pictures is the same."""
    pairs = zip(memoryview(one).cast("I"), memoryview(other).cast("I"), strict=False)
    return sum(first == second for first, second in pairs) / (len(other) // 4 or 1)


def start(figures: Figures, trees: Sequence[Tree], *, rounds: int, shows_all: bool) -> None:
    """Measure starts with an empty profile and with a history, beside a bare window."""
    del shows_all
    with ExitStack() as opened:
        on = opened.enter_context(desk())
        kept = {tree: _history(on, tree) for tree in trees}
        for number in range(rounds + 1):  # the first one fills the caches of the system
            found = {("", BARE): _appeared(on, on.bare_window())}
            for tree in trees:
                on.profile = on.folder / f"empty-{next(_NUMBERS)}"
                found[", empty profile", tree.name] = _appeared(on, on.program(tree))
                on.profile = on.folder / f"history-{next(_NUMBERS)}"
                shutil.copytree(kept[tree], on.profile)
                found[", 100,000 in history", tree.name] = _appeared(on, on.program(tree))
                if (kept_rows := len(on.kept_ids())) != HISTORY_SCANS * HISTORY_ROWS:
                    raise WrongResultError(f"{kept_rows} findings are left in the history")
                shutil.rmtree(on.profile)
            for (what, who), appeared in found.items() if number else ():
                whats = (", empty profile", ", 100,000 in history") if who == BARE else (what,)
                for each in whats:
                    figures.add(f"start{each}: visible [s]", who, appeared.visible_s)
                    figures.add(f"start{each}: whole [s]", who, appeared.whole_s)
                    figures.add(f"start{each}: processor [s]", who, appeared.processor_s)
        options = ("-X", "importtime")  # slows them down
        on.profile = on.folder / f"empty-{next(_NUMBERS)}"
        counted = {BARE: on.bare_window}
        counted |= {tree.name: partial(on.program, tree) for tree in trees}
        for who, make in counted.items():
            with make(options=options) as process:
                appearance(on, process)
                process.end()
                modules = process.errors().count("import time:")
            figures.add("start: modules imported", who, modules)


def _appeared(on: Desk, process: Process) -> Appearance:
    with process:
        appeared = appearance(on, process)
        process.end()
    until(lambda: not on.screen.windows(), "the window stayed", 10.0)
    return appeared


def _history(on: Desk, tree: Tree) -> Path:
    """Return a profile of a tree with a history of many findings."""
    on.profile = on.folder / f"kept-{next(_NUMBERS)}"
    settings = Settings(HISTORY_SCANS, HISTORY_ROWS, "completed", is_old=True)
    with Server(settings) as server, on.program(tree, server=server) as process:
        server.until_listed(HISTORY_SCANS * HISTORY_ROWS // PAGE_ROWS, rest_s=2.0)
        process.end()
        on.require_ids(server)
    return on.profile


# -- idle --


class Sight(Enum):
    """How much of the window can be seen."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    TRAY = "tray"


class Situation(NamedTuple):
    """So many quiet scans that run, and so many that ended long ago."""

    live: int
    ended: int
    sight: Sight

    def __str__(self) -> str:
        counts = ((self.live, "live"), (self.ended, "ended"))
        scans = " + ".join(f"{scans} {what}" for scans, what in counts if scans) or "no scans"
        return f"idle, {scans}, {self.sight.value}"


_MAIN = (
    Situation(20, 0, Sight.VISIBLE),
    Situation(50, 0, Sight.VISIBLE),
    Situation(20, 0, Sight.HIDDEN),
    Situation(0, 50, Sight.HIDDEN),
)
_COUNTS = ((0, 0), (1, 0), (20, 0), (50, 0), (0, 50))


def idle(figures: Figures, trees: Sequence[Tree], *, rounds: int, shows_all: bool) -> None:
    """Measure quiet scans beside the bare poller; some situations at once, as each takes little."""
    batches = [[Situation(*each, sight) for each in _COUNTS] for sight in Sight]
    for batch in batches * rounds if shows_all else [_MAIN]:
        has_tray = any(each.sight is Sight.TRAY for each in batch)
        bus = os.environ["DBUS_SESSION_BUS_ADDRESS"]
        with tray_on(bus) if has_tray else nullcontext():
            idle_once(figures, trees, batch)


def idle_once(figures: Figures, trees: Sequence[Tree], situations: Sequence[Situation]) -> None:
    """Measure situations at once; each process has its own display and server."""
    with ExitStack() as opened:
        runs = []
        for situation in situations:
            settings = Settings(situation.live, QUIET_ROWS, ended=situation.ended)
            for tree in (None, *trees) if situation.live else trees:
                on, server = opened.enter_context(desk()), opened.enter_context(Server(settings))
                if tree is None:
                    process = on.bare("poll", server.url, *server.scans)
                else:
                    options = ("--background",) if situation.sight is Sight.TRAY else ()
                    process = on.program(tree, *options, server=server)
                opened.enter_context(process)
                if tree is not None and situation.sight is not Sight.TRAY:
                    window = on.window()
                    if situation.sight is Sight.HIDDEN:
                        on.minimise(window)
                runs.append((situation, tree.name if tree else BARE, on, server, process))
        time.sleep(SETTLE_S)
        before = [_spent(server, process) for *_, server, process in runs]
        time.sleep(MEASURE_S)
        after = [_spent(server, process) for *_, server, process in runs]
        units = ("processor [% of a core]", "wake-ups [1/s]", "requests [1/s]")
        for (situation, who, on, server, process), was, now in zip(
            runs, before, after, strict=True
        ):
            (took_s, processor_s, *counted) = (new - old for new, old in zip(now, was, strict=True))
            for unit, amount in zip(units, (processor_s * 100, *counted), strict=True):
                figures.add(f"{situation}: {unit}", who, amount / took_s)
            report = server.ask(do="report")
            ages_s = report["polled_s"][: situation.live]
            is_followed = all(age_s is not None and age_s < POLLED_WITHIN_S for age_s in ages_s)
            if not is_followed or report["streams"] < situation.live:
                raise WrongResultError(f"{who} did not follow all scans: {report}")
            process.end()
            if who != BARE and situation.live:
                on.require_ids(server)


def _spent(server: Server, process: Process) -> tuple[float, float, float, float]:
    asked = sum(server.ask(do="report")["asked"].values())
    return time.monotonic(), process.processor_s, process.wakeups, asked


# -- memory, requests --


def memory(figures: Figures, trees: Sequence[Tree], *, rounds: int, shows_all: bool) -> None:
    """Measure the memory of a window with long listings."""
    for rows in (100_000, 200_000) if shows_all else (100_000,):
        with Server(Settings(1, rows, "completed", is_old=True)) as server:
            for tree in [*trees] * (rounds if shows_all else 1):
                server.ask(do="forget")
                with desk() as on, on.program(tree, server=server) as process:
                    server.until_listed(rows // PAGE_ROWS)
                    time.sleep(MEMORY_REST_S)
                    for what, name in (("with the window", "VmRSS"), ("peak", "VmHWM")):
                        row = f"memory, {rows:,}: {what} [MiB]"
                        figures.add(row, tree.name, process.memory_mib(name))
                    process.end()
                    on.require_ids(server)


def requests(figures: Figures, trees: Sequence[Tree], *, rounds: int, shows_all: bool) -> None:
    """Count requests from the first sight of a completed scan until it has settled."""
    del rounds, shows_all
    for is_watched_before in (False, True):
        status = "hunting" if is_watched_before else "completed"
        for tree in trees:
            settings = Settings(1, REQUEST_PAGES * PAGE_ROWS, status)
            with (
                Server(settings) as server,
                desk() as on,
                on.program(tree, server=server) as process,
            ):
                server.until_listed(REQUEST_PAGES, rest_s=1.0)
                if is_watched_before:
                    server.ask(do="forget")
                    server.ask(do="complete")
                until(lambda: _rests(server), "it did not settle", 300.0, every_s=1.0)
                asked = server.ask(do="report")["asked"]
                process.end()
                on.require_ids(server)
            seen = "watched before" if is_watched_before else "first sight"
            pages = asked.pop("page", 0)
            figures.add(f"requests, {seen}: pages (of 200)", tree.name, pages)
            figures.add(f"requests, {seen}: others", tree.name, sum(asked.values()))
            say(f"{tree.name}, {seen}: {pages} pages, {asked}")


def _rests(server: Server) -> bool:
    """Whether the scan has not been polled for so long that it must have settled."""
    report = server.ask(do="report")
    has_listed = report["asked"].get("page", 0) > 0
    return has_listed and float(report["polled_s"][0]) > RESTING_S
