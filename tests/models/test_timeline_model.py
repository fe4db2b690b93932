"""The stages as Qt reads them: hostile errors stay text, starts are told."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from heimdall_desktop.domain.stage_looks import StageLook
from heimdall_desktop.domain.timeline import Timeline, TimelineRow
from heimdall_desktop.models.timeline_model import TimelineModel

ROW = TimelineRow(
    "hunt",
    "Hunt",
    StageLook.FAILED,
    0.0,
    9.0,
    "0:09",
    "failed: <b>no</b>",
    "<img src='file:///etc/hostname'>",
    "13:58:37",
)


@pytest.fixture
def model() -> Iterator[TimelineModel]:
    model = TimelineModel()
    model.show_timeline(Timeline((ROW,), None, 30.0, 5.0, ""))
    yield model
    model.deleteLater()


def test_a_tip_tells_all_of_a_stage_as_text(model: TimelineModel) -> None:
    tip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("<qt>Hunt<br>Started 13:58:37<br>0:09 failed: &lt;b&gt;")
    assert "<img" not in tip


def test_assistive_technology_hears_the_start(model: TimelineModel) -> None:
    told = model.index(0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert told.startswith("Started 13:58:37 0:09")
