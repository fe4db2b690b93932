"""The stages as Qt reads them: hostile errors stay text, everything known is told."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.models.panel_models import TimelineModel
from heimdall_desktop.presentation.panel.timeline import Timeline, TimelineRow

DETAILS = ("Hunt", "Started 13:58:37", "0:09 failed")
ERROR = ("<img src='file:///etc/hostname'>",)
ROW = TimelineRow(
    "hunt",
    "Hunt",
    StageDisplay.FAILED,
    0.0,
    9.0,
    "0:09",
    "Failed: <b>no</b>",
    details=DETAILS,
    shown_error=ERROR,
)


@pytest.fixture
def model() -> Iterator[TimelineModel]:
    model = TimelineModel()
    model.show_timeline(Timeline((ROW,), None, 30.0, 5.0, ""))
    yield model
    model.deleteLater()


def test_qt_gets_no_markup_to_guess_at(model: TimelineModel) -> None:
    assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) is None


def test_assistive_technology_hears_everything(model: TimelineModel) -> None:
    reported = model.index(0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert reported.startswith("Started 13:58:37. 0:09 failed. <img")
