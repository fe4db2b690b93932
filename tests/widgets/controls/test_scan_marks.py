"""Every state has a glyph that exists and an ink; problems become strips."""

from pathlib import Path

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.presentation.board.sign import Mood, Problem, ProblemAction, Sign
from heimdall_desktop.presentation.panel.log_lines import LogSign
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.controls.scan_marks import LOG_MARKS, SEGMENTS, strip_of


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
    actions = (ProblemAction.TRY_NOW,)
    strip = strip_of(Problem(ScanId("a"), Sign.STALE, "Fact.", "So.", actions), more=2)
    assert strip is not None
    assert (strip.mood, strip.fact, strip.consequence) == (Mood.TROUBLE, "Fact.", "So.")
    assert (strip.actions, strip.more) == (("Try now",), 2)
    assert strip_of(None) is None
