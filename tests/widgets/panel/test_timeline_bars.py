"""The lines of a timeline are as thin at every density, wherever they are shown."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from heimdall_desktop.application.store import Store
from heimdall_desktop.models.scan_facts import ScanFacts
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.timeline_bars import TimelineBars
from heimdall_desktop.widgets.panel.timeline_plan import TimelinePlan
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
