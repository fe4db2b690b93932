"""The left side of the stages panel: the nine stages on one time axis."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.models.timeline_model import TimelineModel
from heimdall_desktop.presentation.panel.timeline import Timeline
from heimdall_desktop.widgets.controls.pane import Pane
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.stage_legend import LEGEND_PX, StageLegend
from heimdall_desktop.widgets.panel.stages_list import StagesList
from heimdall_desktop.widgets.panel.timeline_axis import AXIS_PX, TimelineAxis
from heimdall_desktop.widgets.panel.timeline_delegate import LARGE_ROW_PX


class StagesView(Pane):
    """Axis above, one row for each stage below.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._model = TimelineModel(self)
        self._axis = TimelineAxis(theme, self)
        self._list = StagesList(theme, self._model, self)
        self._legend = StageLegend(theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._axis)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._legend)
        self._legend.hide()
        theme.changed.connect(self._show_legend)

    @property
    def model(self) -> TimelineModel:
        """The stages."""
        return self._model

    @property
    def rows(self) -> StagesList:
        """The rows, where the keyboard goes."""
        return self._list

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show other values."""
        self._model.show_timeline(timeline)
        self._axis.show_timeline(timeline)
        self._legend.show_basis(timeline.basis if timeline else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_legend()

    def _show_legend(self) -> None:
        """Explain the glyphs where high rows leave room for it."""
        needed = AXIS_PX + len(STAGE_NAMES) * LARGE_ROW_PX + LEGEND_PX
        self._legend.setVisible(self.height() >= self._theme.scale(needed))
