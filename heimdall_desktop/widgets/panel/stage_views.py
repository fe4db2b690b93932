"""What the panel shows of a scan: its timeline, what it does now, and its log.

Loaded and made once there is a scan to show.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from heimdall_desktop.models.log_model import LogModel
from heimdall_desktop.widgets.panel.activity_side import ActivitySide
from heimdall_desktop.widgets.panel.log_page import LogPage
from heimdall_desktop.widgets.panel.stages_view import StagesView


class StageViews:
    """Makes the views; the panel places and fills them.

    Args:
        log: The rows of the log.
        parent: Their owner.

    Attributes:
        stages: the timeline.
        side: what is done now, and the end of the log, beside it.
        log: the page with the whole log.
    """

    def __init__(self, log: LogModel, parent: QWidget) -> None:
        self.stages = StagesView(parent)
        self.side = ActivitySide(parent)
        self.log = LogPage(log, parent)
