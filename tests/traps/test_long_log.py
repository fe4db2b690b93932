"""What the server forgets of its log stays here, over a real connection (protocol.md 4.3)."""

from functools import partial

from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_display import StageDisplay, notes_of
from heimdall_desktop.domain.stages.stage_times import Stopwatch
from heimdall_desktop.presentation.panel.log_lines import LogBook, LogFilter, LogMark
from heimdall_desktop.presentation.panel.timeline import Timeline, timeline_of
from tests.fakes.shown_words import card
from tests.fakes.watch_desk import EMAIL, WatchDesk
from tests.lab.server import LabServer
from tests.traps.waiting import rested_scan


def timeline(desk: WatchDesk, scan: Scan) -> Timeline:
    stopwatch = Stopwatch()
    stopwatch.see(scan, desk.clock(), desk.now())
    return timeline_of(scan, notes_of(scan), stopwatch, desk.clock(), desk.now())


def has_read(scan: Scan, title: str) -> bool:
    return any(row.title == title for row in scan.activity_rows)


async def test_after_200_activities_it_shows_200(server: LabServer, desk: WatchDesk) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scan = await rested_scan(desk, scripted.id)
    for first in range(0, 200, 50):
        for number in range(first, first + 50):
            scripted.activity(f"Surface {number}", "completed", task_key=f"surface-{number}")
        await desk.pass_until(partial(has_read, scan, f"Surface {first + 49}"))
    lines = [line for line in LogBook(scan).lines() if line.title.startswith("Surface")]
    assert [line.title for line in lines] == [f"Surface {n}" for n in reversed(range(200))]
    assert all(LogFilter("hunt").takes(line) for line in lines)
    assert not any(LogFilter("tyr").takes(line) for line in lines)


async def test_an_earlier_attempt_is_shown_beside_this_one(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").fail("out of memory").retry()
    scripted.run_until("tyr")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: scan.running_stage is not None and scan.attempt == 2)
    shown = timeline(desk, scan)
    assert [row.attempt for row in shown.rows[:2]] == [2, 2]
    hunt = shown.rows[5]
    assert hunt.display is StageDisplay.FAILED_BEFORE
    assert [span.has_failed for span in hunt.earlier] == [True]
    assert hunt.note == "Attempt 1 failed: out of memory"
    assert [label for _, label in shown.attempts] == ["Attempt 2"]
    assert card(desk, scan).line.attempt == "2 of 3"


async def test_a_switch_of_the_provider_is_shown(server: LabServer, desk: WatchDesk) -> None:
    server.generation = "C"
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scripted.fall_back("Spare model", "The first one did not answer.")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: scan.fallback is not None)
    [line] = [line for line in LogBook(scan).lines() if line.mark is LogMark.WARNING]
    assert (line.title, line.detail) == ("Spare model", "The first one did not answer.")
    scripted.run_until("vidarr")
    await desk.pass_until(lambda: timeline(desk, scan).rows[5].display is StageDisplay.WARNING)
    assert timeline(desk, scan).rows[5].note == "With warnings: provider switched"


async def test_the_fourth_scan_of_a_repository_has_an_estimate(
    server: LabServer, desk: WatchDesk
) -> None:
    for _ in range(3):
        earlier = server.script_scan("shop", EMAIL).run_until("report").complete()
        completed = desk.watch(earlier.id)
        await desk.pass_until(partial(is_over, completed))
    scan = desk.watch(server.script_scan("shop", EMAIL).run_until("hunt").id)
    other = desk.watch(server.script_scan("another", EMAIL).run_until("hunt").id)
    for each in (scan, other):
        await desk.until(partial(is_hunting, each))
    assert desk.store.times.usual(scan).of("hunt") is not None
    assert desk.store.times.usual(scan).scans == 3
    assert desk.store.times.usual(other).of("hunt") is None


def is_over(scan: Scan) -> bool:
    return scan.is_checked_to_the_end


def is_hunting(scan: Scan) -> bool:
    return scan.repo_id is not None and scan.running_stage is not None
