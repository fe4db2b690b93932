"""From another process: find scans of a server, tick one and watch it, without the mouse."""

from tests.end_to_end.conftest import Bench
from tests.fakes.accessibility import AccessibleWindow


def test_a_live_scan_is_found_and_watched_and_a_new_one_comes_by_itself(
    bench: Bench, real_window: dict[str, str]
) -> None:
    bench.scan().add_findings(3)
    web = bench.scan("web", "tyr")
    running = bench.start(desktop=real_window)
    window = AccessibleWindow(running.pid)

    window.press("Add scans")
    newest, older = window.rows(2, "Add scans", "Live scans")
    assert newest.startswith("web. Tyr 0:")
    assert older.startswith("shop. Hunt 0:")
    assert "3 findings: 3 high, started " in older
    window.focus("Add scans", "Live scans")
    window.keys("Home", "space")
    window.press("Add scans", "Watch 1 scan")
    bench.server.until_attended(web)

    late = bench.scan("late")
    window.press("Auto-watch new scans")
    bench.server.until_attended(late)
    running.terminate()
    assert running.ended().status == 0


def test_a_session_that_dies_while_nothing_runs_is_told_in_window_and_title(
    bench: Bench, real_window: dict[str, str]
) -> None:
    scan = bench.scan(stage="report").complete()
    bench.server.age(scan)
    running = bench.watch(scan, desktop=real_window)
    window = AccessibleWindow(running.pid)
    window.press("Auto-watch new scans")
    window.shows("Finished, 1")
    bench.server.expire_sessions(bench.email)
    window.keys("F5")  # or a minute later by itself
    window.shows("Account: Signed out of " + bench.server.url[7:])
    title = "Not watching, signed out: Heimdall"  # behind "(1)" where an alert came before the end
    while not any(text.endswith(title) for text in window.texts()):
        pass  # looks again
    running.terminate()
    assert running.ended().status == 0
