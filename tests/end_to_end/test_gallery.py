"""The gallery takes its pictures from the command line, and keeps nothing."""

from pathlib import Path

from tests.end_to_end.conftest import Start


def test_one_state_is_pictured_in_both_themes(start: Start, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    program = start(
        *("--debug", "--gallery", "stale", "--screenshot", f"{pictures}/", "--quit-when-done")
    )
    ended = program.ended()
    assert (ended.status, ended.out) == (0, "")
    assert sorted(path.name for path in pictures.iterdir()) == ["stale-dark.png", "stale-light.png"]


def test_a_state_nobody_knows_is_refused_with_those_there_are(start: Start) -> None:
    ended = start("--debug", "--gallery", "nonsense").ended()
    assert ended.status == 2
    assert "No state is called nonsense." in ended.err
    assert "stale" in ended.err
