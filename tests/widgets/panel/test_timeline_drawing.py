"""A timeline is drawn with thin lines at every density, and its labels never overlap."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.models.scans_model import ScanFacts
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.panel.timeline_drawing import TimelineBars, TimelinePlan
from tests.fakes.board_scans import FakeTime, ScanStory

WIDTH_PX, ROW_PX = 560, 18


@pytest.mark.parametrize("top", [0.0, 0.4, 0.8, 1.6])
@pytest.mark.parametrize("density", [1.0, 1.25, 1.5, 1.75])
def test_the_line_to_the_longest_time_is_one_device_pixel(
    theme: Theme, density: float, top: float
) -> None:
    store, time = Store(), FakeTime()
    story = ScanStory(store, time, "shop").run([30], 5)
    story.remember([30, 60, 60], [30, 60, 90], [30, 60, 600])
    timeline = ScanFacts(store, time.clock, time.now).timeline(story.scan)
    row, plan = timeline.rows[2], TimelinePlan(theme, timeline, WIDTH_PX)
    assert row.expected is not None
    image = QImage(
        round(WIDTH_PX * density), round((ROW_PX + 4) * density), QImage.Format.Format_ARGB32
    )
    image.setDevicePixelRatio(density)
    surface = theme.tokens.surface
    image.fill(surface)
    painter = QPainter(image)
    rect = QRectF(0, top, WIDTH_PX, ROW_PX)
    TimelineBars(theme, painter, plan, rect, surface, is_large=False).draw(row)
    painter.end()
    x = round((plan.x(row.expected.median_s) + plan.x(row.expected.longest_s)) / 2 * density)
    inked = [y for y in range(image.height()) if image.pixelColor(x, y) != surface]
    assert len(inked) == 1


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
