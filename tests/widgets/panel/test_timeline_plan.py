"""The names of attempts are shown apart on the axis, however close together the attempts began."""

from itertools import combinations

import pytest

from heimdall_desktop.application.store import Store
from heimdall_desktop.models.scan_facts import ScanFacts
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.panel.timeline_plan import TimelinePlan
from tests.fakes.board_scans import FakeTime, ScanStory


@pytest.mark.parametrize("width", [420, 560, 900, 1400])
@pytest.mark.parametrize("starts_s", [(300, 61, 60), (300, 200, 100), (300, 62, 60, 58), (9, 6, 5)])
def test_no_name_of_an_attempt_touches_another_or_its_line(
    theme: Theme, starts_s: tuple[int, ...], width: int
) -> None:
    store, time = Store(), FakeTime()
    story = ScanStory(store, time, "shop").run([], 5, status="ingesting")
    story.log(
        *(
            story.line("Started", stage=None, task="scan-start", status="running", ago_s=ago_s)
            for ago_s in starts_s
        )
    )
    timeline = ScanFacts(store, time.clock, time.now).timeline(story.scan)
    plan = TimelinePlan(theme, timeline, width)
    lines = [plan.x(at_s) for at_s, _ in timeline.attempts]
    assert len(lines) == len(starts_s) - 1
    spans = {
        place: (row, left, left + theme.text_width(timeline.attempts[place][1], Role.MICRO,
                                                   Weight.SEMIBOLD))
        for place, (row, left) in plan.attempt_labels().items()
    }  # fmt: skip
    assert spans or width < 900  # where there is room, one has its place
    for _, left, right in spans.values():
        assert not any(left < line < right for line in lines)
        assert plan.axis_left <= left < right <= plan.axis_right + 1
    for one, other in combinations(spans.values(), 2):
        assert one[0] != other[0] or one[2] <= other[1] or other[2] <= one[1]
