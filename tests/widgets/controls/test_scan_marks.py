"""Every state has a glyph that exists and an ink; problems become strips."""

from pathlib import Path

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.presentation.board.sign import Mood, Problem, ProblemAction, Sign
from heimdall_desktop.presentation.panel.log_lines import LogSign
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.controls.scan_marks import LOG_MARKS, SEGMENTS, MuteMark, strip_of
from heimdall_desktop.widgets.look.theme import Theme


def test_every_state_has_a_mark(resources: Path) -> None:
    assert set(MOOD_TONES) == set(Mood)
    assert set(SEGMENTS) == set(StageDisplay)
    assert set(LOG_MARKS) == set(LogSign)
    icons = {*(sign.spec.icon for sign in Sign), *(icon for icon, _ in LOG_MARKS.values())}
    assert all((resources / "icons" / f"{icon}.svg").exists() for icon in icons)


def test_polling_is_no_plug_that_looks_live_without_its_colour() -> None:
    """Source: ux.md 2.4."""
    strip = strip_of(Problem(ScanId("a"), Sign.POLLING, "Fact."))
    assert strip is not None
    assert Sign.POLLING.spec.icon == strip.icon == "conn-quiet"


def test_a_strip_says_what_the_problem_says() -> None:
    actions = (ProblemAction.RETRY,)
    strip = strip_of(Problem(ScanId("a"), Sign.STALE, "Fact.", "So.", actions), more=2)
    assert strip is not None
    assert (strip.mood, strip.fact, strip.consequence) == (Mood.TROUBLE, "Fact.", "So.")
    assert (strip.actions, strip.more) == (("Retry now",), 2)
    assert strip_of(None) is None


def test_the_mark_of_a_mute_says_as_much_as_there_is_room_for(theme: Theme) -> None:
    mute = ("Muted until 16:00", "until 16:00", "16:00")
    marks = [MuteMark.fitting(theme, mute, room) for room in range(200, 0, -1)]
    assert list(dict.fromkeys(mark.words for mark in marks)) == [*mute, ""]
    for room, mark in zip(range(200, 0, -1), marks, strict=True):
        assert mark.width <= room or not mark.words
    assert MuteMark.fitting(theme, (), 200) == (None, 0.0)
    assert MuteMark.fitting(theme, mute, 0, 200).words == "16:00"
