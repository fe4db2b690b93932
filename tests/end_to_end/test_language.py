"""The window speaks the language of the system or of the settings; the command line English."""

import json
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Bench, Start
from tests.fakes.accessibility import AccessibleWindow

GERMAN = {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": ""}


@pytest.mark.parametrize(
    ("chosen", "shown", "terminal"),
    [
        ("system", ["Noch keine Scans beobachtet.", "Lokalen Ordner scannen"], GERMAN),
        ("de", ["Noch keine Scans beobachtet."], {"LC_ALL": "C.UTF-8"}),
    ],
)
def test_the_window_is_in_the_chosen_language(
    start: Start,
    real_window: dict[str, str],
    tmp_path: Path,
    chosen: str,
    shown: list[str],
    terminal: dict[str, str],
) -> None:
    (tmp_path / "settings.toml").write_text(f'language = "{chosen}"\n')
    program = start(
        "--profile-dir", tmp_path, is_temporary=False, desktop=real_window, environment=terminal
    )
    window = AccessibleWindow(program.pid)
    window.shows(*shown)
    program.terminate()
    assert program.ended().err == ""


def test_what_a_run_with_a_window_reports_is_english(start: Start) -> None:
    ended = start("--timeout", "0.1", environment=GERMAN).ended()
    assert ended.line == "heimdall-desktop: Stopped after 0.1 s (--timeout)."


def test_results_and_log_stay_english(bench: Bench) -> None:
    scan = bench.scan("shop").add_findings(2, "high")
    scan.fail_finally("disk full")
    bench.server.age(scan)
    program = bench.watch(
        scan, also=("--quit-when-done", "--export", "x.csv", "--debug"), environment=GERMAN
    )
    ended = program.ended()
    *log, line = ended.err.splitlines()
    assert line == "heimdall-desktop: The scan of shop failed: disk full"
    assert any("ended with status 1" in each for each in log)
    assert "fehlgeschlagen" not in ended.err.casefold()
    assert json.loads(ended.out)["scans"][0]["status"] == "failed"
    table = (program.folder / "run" / "x.csv").read_text(encoding="utf-8-sig")
    assert table.startswith("Severity,Finding,Location,")
    assert "High" in table
