"""Every state has a glyph that exists and an ink; problems become strips."""

from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.presentation.board.connection_text import Mood, Sign
from heimdall_desktop.presentation.board.problem import Problem, ProblemAction, ProblemKind
from heimdall_desktop.presentation.panel.log_lines import LogSign
from heimdall_desktop.widgets.controls.problem_strip import StripKind
from heimdall_desktop.widgets.controls.scan_marks import (
    LOG_MARKS,
    MOOD_TONES,
    SEGMENTS,
    SIGN_ICONS,
    strip_of,
)


def test_every_state_has_a_mark(resources: Path) -> None:
    assert set(MOOD_TONES) == set(Mood)
    assert set(SEGMENTS) == set(StageDisplay)
    assert set(SIGN_ICONS) == set(Sign)
    assert set(LOG_MARKS) == set(LogSign)
    icons = {*SIGN_ICONS.values(), *(icon for icon, _ in LOG_MARKS.values())}
    assert all((resources / "icons" / f"{icon}.svg").exists() for icon in icons)


def test_polling_is_no_plug_that_looks_live_without_its_colour() -> None:
    """Source: ux.md 2.4."""
    strip = strip_of(Problem(ScanId("a"), ProblemKind.POLLING_ONLY, "Fact."))
    assert strip is not None
    assert SIGN_ICONS[Sign.POLLING] == strip.icon == "conn-quiet"


@pytest.mark.parametrize("kind", list(ProblemKind))
def test_every_problem_has_a_strip(resources: Path, kind: ProblemKind) -> None:
    strip = strip_of(Problem(ScanId("a"), kind, "Fact."))
    assert strip is not None
    assert (resources / "icons" / f"{strip.icon}.svg").exists()


def test_a_strip_says_what_the_problem_says() -> None:
    actions = (ProblemAction.TRY_NOW,)
    strip = strip_of(Problem(ScanId("a"), ProblemKind.STALE, "Fact.", "So.", actions), more=2)
    assert strip is not None
    assert (strip.kind, strip.fact, strip.consequence) == (StripKind.FAILED, "Fact.", "So.")
    assert (strip.actions, strip.more) == (("Try now",), 2)
    assert strip_of(None) is None
