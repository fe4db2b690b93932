"""Rows of a program that has much to do: list, burst, silent changes, latency, stalls."""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random

from tests.benchmarks.outside.processes import (
    LIMIT_S,
    Desk,
    Process,
    Server,
    Tree,
    WrongResultError,
    desk,
    until,
)
from tests.benchmarks.outside.quiet import likeness, picture
from tests.benchmarks.outside.server import PAGE_ROWS, Settings
from tests.benchmarks.outside.tables import BARE, Figures
from tests.benchmarks.outside.x_client import pinged

MANY_SCANS, FEW_ROWS = 20, 20
BURST_EVENTS = 20_000
UNIQUE_PLACE = 4  # the title of each fifth row is its own
SETTLE_S = 6.0
GAP_S, SEED = (0.2, 1.2), 7  # an even gap would be in step with the program's turns
SILENT_LIMIT_S = 180.0
ACT_S = 1.0
REST_S = 0.5
CHANGED_PART = 0.01  # of the window; the clocks in it change less
EVENTS, EVENTS_S = 250, 5.0


# -- list --


def listing(figures: Figures, trees: Sequence[Tree], *, rounds: int, shows_all: bool) -> None:
    """Measure listings beside a bare loop that reads page after page."""
    cases = [(20_000, 0.0, rounds), (100_000, 0.0, min(rounds, 3)), (20_000, 0.1, 1)]
    if shows_all:
        sizes, delays = (1_000, 20_000, 100_000), (0.0, 0.02, 0.1)
        cases = [(rows, delay_s, rounds) for rows in sizes for delay_s in delays]
    for rows, delay_s, times in cases:
        delay = f", {delay_s * 1000:.0f} ms a request" if delay_s else ""
        row = f"list, {rows:,}{delay} [s]"
        with Server(Settings(1, rows, "completed", is_old=True, delay_s=delay_s)) as server:
            for _ in range(times):
                with desk() as on:
                    figures.add(row, BARE, list_bare(on, server))
                for tree in trees:
                    with desk() as on:
                        figures.add(row, tree.name, list_program(on, tree, server, rows))


def list_bare(on: Desk, server: Server) -> float:
    server.ask(do="forget")
    with on.bare("list", server.url, server.scans[0]) as process:
        answer = process.answer()
    ids = server.ask(do="ids")["ids"]
    if answer["ids_sha256"] != hashlib.sha256("\n".join(ids).encode()).hexdigest():
        raise WrongResultError("the bare loop has other findings than the server")
    return float(answer["known_s"] - server.ask(do="report")["first_page_s"])


def list_program(on: Desk, tree: Tree, server: Server, rows: int) -> float:
    """Return the time from the first request for findings until the table has all rows."""
    server.ask(do="forget")
    with on.program(tree, server=server, is_observed=True) as process:
        server.until_listed(-(-rows // PAGE_ROWS))
        known_s = _reached(process, rows)
        first_s = server.ask(do="report")["first_page_s"]
        process.end()
    on.require_ids(server)
    return known_s - float(first_s)


def _reached(process: Process, rows: int) -> float:
    """Wait until the table has so many rows, and return since when."""

    def at_s() -> float | None:
        counts = process.ask()["counts"]
        is_there = bool(counts) and counts[-1][1] == rows
        return next((each for each, known in counts if known >= rows), None) if is_there else None

    return float(until(at_s, f"the table did not get {rows} rows", LIMIT_S, every_s=0.2))


# -- burst, latency, silent changes --


@contextmanager
def _observed(tree: Tree, settings: Settings) -> Iterator[tuple[Process, Server]]:
    """A program that has listed all scans and rests; its ids are checked at the end."""
    with (
        Server(settings) as server,
        desk() as on,
        on.program(tree, server=server, is_observed=True) as process,
    ):
        server.until_listed(settings.scans, rest_s=1.0)
        _reached(process, settings.scans * settings.rows)
        time.sleep(SETTLE_S)
        yield process, server
        process.end()
        on.require_ids(server)


def burst(figures: Figures, trees: Sequence[Tree], *, rounds: int, shows_all: bool) -> None:
    """Measure the time from a burst of events to their first rows and to all of them."""
    for tree in [*trees] * (rounds if shows_all else 1):
        with _observed(tree, Settings(1, 0)) as (process, server):
            process.ask(forgets=True)
            at_s = server.ask(do="add", count=BURST_EVENTS)["at_s"]
            all_s = _reached(process, BURST_EVENTS)
            first_s = next(each for each, rows in process.ask()["counts"] if rows)
        figures.add(f"burst of {BURST_EVENTS:,}: first rows [s]", tree.name, first_s - at_s)
        figures.add(f"burst of {BURST_EVENTS:,}: all rows [s]", tree.name, all_s - at_s)


def latency(figures: Figures, trees: Sequence[Tree], *, rounds: int, shows_all: bool) -> None:
    """Measure the time from an event to its row in the table, at twenty scans."""
    chance = Random(SEED)
    for tree in trees:
        with _observed(tree, Settings(MANY_SCANS, FEW_ROWS)) as (process, server):
            for number in range(4 * rounds if shows_all else 2 * rounds):
                rows = process.ask(forgets=True)["counts"][-1][1] + 1
                at_s = server.ask(do="add", scan=number % MANY_SCANS, count=1)["at_s"]
                took_s = _reached(process, rows) - at_s
                asked_s = server.ask(do="report")["finding_s"] - at_s
                figures.add("latency, event to request [ms]", tree.name, asked_s * 1000)
                figures.add("latency, event to row [ms]", tree.name, took_s * 1000)
                time.sleep(chance.uniform(*GAP_S))


def silent(figures: Figures, trees: Sequence[Tree], *, rounds: int, shows_all: bool) -> None:
    """Measure the time from a change without an event to its row, at twenty scans."""
    chance = Random(SEED)
    for tree in [*trees] * (rounds if shows_all else 1):
        with _observed(tree, Settings(MANY_SCANS, FEW_ROWS)) as (process, server):
            titles = server.ask(do="titles", place=UNIQUE_PLACE)["titles"]
            process.ask(titles=titles)
            changed: dict[str, tuple[str, float]] = {}
            for number, scan in enumerate(chance.sample(range(MANY_SCANS), MANY_SCANS // 2)):
                what = ("status", "severity")[number % 2]
                did = server.ask(do="change", scan=scan, place=UNIQUE_PLACE, what=what)
                changed[did["title"]] = what, did["at_s"]
                time.sleep(chance.uniform(*GAP_S))

            def seen() -> dict[str, float] | None:
                readings = process.ask()["readings"]
                later = {
                    title: [each for each in readings[title] if each > at_s]
                    for title, (_, at_s) in changed.items()  # noqa: B023
                }
                return (
                    {title: each[0] for title, each in later.items()}
                    if all(later.values())
                    else None
                )

            came = until(seen, "a silent change was not seen", SILENT_LIMIT_S, every_s=0.2)
            for title, (what, at_s) in changed.items():
                figures.add(f"silent change of {what} [s]", tree.name, came[title] - at_s)


# -- stalls --

Act = Callable[[Desk], None]


def stall(figures: Figures, trees: Sequence[Tree], *, rounds: int, shows_all: bool) -> None:
    """Measure how long a window lets a ping wait while it works, beside a bare window."""
    for rows in (20_000, 100_000):
        for tree in [*trees] * (rounds if shows_all else 1):
            with desk() as on, on.bare_window():
                window = on.window()
                time.sleep(REST_S)
                with pinged(on.display, window) as pings:
                    time.sleep(EVENTS_S)
            for what, took_s in _stalls(tree, rows).items():
                row = f"stall, {rows:,}, {what}"
                for who, each in ((BARE, sorted(pings.took_s)), (tree.name, sorted(took_s))):
                    figures.add(f"{row}: worst [ms]", who, each[-1] * 1000)
                    figures.add(f"{row}: p99 [ms]", who, each[int(len(each) * 0.99)] * 1000)
                    figures.add(f"{row}: median [ms]", who, each[len(each) // 2] * 1000)


def _stalls(tree: Tree, rows: int) -> dict[str, list[float]]:
    """Return the answers to pings during each kind of work."""
    found: dict[str, list[float]] = {}
    with (
        Server(Settings(1, rows)) as server,
        desk() as on,
        on.program(tree, server=server) as process,
    ):
        window = on.window()
        until(lambda: server.ask(do="report")["first_page_s"], "nothing was listed", 60.0)
        with pinged(on.display, window) as pings:
            server.until_listed(rows // PAGE_ROWS)
        found["listing"] = pings.took_s
        time.sleep(SETTLE_S)
        with pinged(on.display, window) as pings:
            server.ask(do="add", count=EVENTS, over_s=EVENTS_S)
            time.sleep(EVENTS_S + REST_S)
        found["50 events/s"] = pings.took_s
        for what, prepare, act, leaves in _ACTS:
            before = picture(on, window)
            prepare(on)
            time.sleep(REST_S)
            with pinged(on.display, window) as pings:
                act(on)
                time.sleep(ACT_S)
            found.setdefault(what, []).extend(pings.took_s)
            leaves(on)
            time.sleep(REST_S)
            changed = 1.0 - likeness(before, picture(on, window))
            if changed < CHANGED_PART:
                raise WrongResultError(f"{what} changed {changed:.2%} of the window of {tree.name}")
        time.sleep(REST_S)
        process.end()
        on.require_ids(server)
    return found


def _keys(*keys: str, times: int = 1, gap_s: float = 0.0) -> Act:
    def press(on: Desk) -> None:
        for _ in range(times):
            on.press(*keys)
            time.sleep(gap_s)

    return press


def _command(words: str) -> tuple[Act, Act, Act]:
    """Return how a command is chosen in the palette, run, and left if there is none."""

    def choose(on: Desk) -> None:
        on.press("ctrl+k")
        time.sleep(REST_S)
        on.type(words)

    return choose, _keys("Return"), _keys("Escape")


_nothing = _keys(times=0)

#: What is done: at first without being measured, then measured, at last again without.
_ACTS: tuple[tuple[str, Act, Act, Act], ...] = (
    ("typing", _keys("ctrl+f"), lambda on: on.type("sql services", delay_ms=120), _nothing),
    ("typing", _nothing, _keys("BackSpace", times=12, gap_s=0.05), _nothing),
    ("sorting", *_command("Sort by: Finding")),
    ("sorting", *_command("Sort by: Location")),
    ("sorting", *_command("Sort by: Severity")),
    ("grouping", *_command("Group by: File")),
    ("grouping", *_command("Group by: CWE")),
    ("grouping", *_command("Group by: none")),
    ("changing the theme", *_command("Theme: Dark")),
    ("changing the theme", *_command("Theme: Light")),
    ("paging", _keys("ctrl+f", "Return"), _keys("Next", times=20, gap_s=0.05), _nothing),
    ("opening findings", _keys("Home"), _keys("Down", times=12, gap_s=0.3), _nothing),
)
