"""From another process, as a screen reader does it: read, open, scope, filter, hear, no mouse."""

import re

from tests.end_to_end.conftest import Bench
from tests.fakes.accessibility import AccessibleWindow

TITLES = ("SQL injection in the order search", "Path traversal in exports", "Weak hash of tokens")


def test_rows_are_read_opened_filtered_and_decided_and_news_are_heard(
    bench: Bench, real_window: dict[str, str]
) -> None:
    scan = bench.scan()
    for title, severity in zip(TITLES, ("high", "medium", "low"), strict=True):
        scan.add_findings(1, severity, title=title)
    running = bench.attend(scan, desktop=real_window)
    window = AccessibleWindow(running.pid)

    rows = window.rows(3, "Findings")
    assert {row.split(". ")[1] for row in rows} == set(TITLES)
    assert all(row.endswith("Open. shop.") for row in rows)

    window.focus("Findings")
    window.keys("Home", "Down")
    chosen = next(title for title in TITLES if title in rows[1])
    assert chosen in window.texts("Finding detail")

    window.select(2, "Findings")
    selected = next(title for title in TITLES if title in rows[2])
    window.shows(selected, f"3 of {len(TITLES)}")
    assert selected in window.texts("Finding detail")

    with window.heard() as heard:
        window.focus("Findings")
        window.keys("ctrl+a")
        assert heard.readline() == "3 selected\n"
        assert all(row.endswith(" Selected.") for row in window.rows(3, "Findings"))
        window.keys("Escape")
        assert heard.readline() == "1 selected\n"

    window.type("sev:low", "Filter")
    window.shows("1 of 3")
    assert len(window.rows(1, "Findings")) == 1
    window.press("Clear filter")
    assert len(window.rows(3, "Findings")) == 3

    with window.heard() as heard:
        scan.add_findings(1, "critical", title="Command injection in exports").burst()
        assert heard.readline() == ("New critical finding in shop: Command injection in exports.\n")

    scan.add_findings(46, "low").burst()
    window.rows(50, "Findings")
    with window.heard() as heard:
        window.focus("Findings")
        window.keys("Home", *["Down"] * 11)
        window.shows("12 of 50")  # with a screen reader, Qt lets shortcuts overtake other keys
        window.keys("c")
        assert heard.readline() == "Confirmed, 12 of 50\n"
        window.keys("ctrl+a")
        assert heard.readline() == "50 selected\n"
        window.keys("d")
        assert heard.readline() == "Press 1 to 6 to give a reason.\n"
        assert re.fullmatch(r"Dismissing \d\d of 50\n", heard.readline())
    running.terminate()
    assert running.ended().status == 0


def test_cards_scope_and_lines_of_the_inbox_open(bench: Bench, real_window: dict[str, str]) -> None:
    scan = bench.scan().add_findings(1, "high", title=TITLES[0])
    other = bench.scan("web", "tyr").add_findings(1, "low", title="Verbose error page")
    running = bench.watch(scan, other, desktop=real_window)
    window = AccessibleWindow(running.pid)
    window.shows("High, 1", "Low, 1")
    cards = window.rows(3, "Scans")
    row = next(number for number, card in enumerate(cards) if card.startswith("web"))

    window.select(row, "Scans")
    window.shows("High, 0", "Low, 1")
    [shown] = window.rows(1, "Findings")
    assert "Verbose error page" in shown
    window.press_row(row, "Scans")
    window.shows("High, 1", "Low, 1")

    bench.server.until_attended(scan)
    scan.add_findings(1, "critical", title="Command injection in exports").burst()
    window.shows("Inbox, 1")
    window.press("Inbox, 1")
    window.select(0, "Alerts")
    assert "Command injection in exports" in window.texts("Finding detail")
    running.terminate()
    assert running.ended().status == 0
