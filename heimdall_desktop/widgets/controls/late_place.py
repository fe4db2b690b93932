"""The place of a page that is made when it is first wanted, be it by being shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.widgets.controls.focus import lead_in, settle_in


class LatePlace(QWidget):
    """Lies where its page will be.

    Args:
        on_shown: Makes the page and puts it here, if that is still to be done.
        parent: The owner.
    """

    def __init__(self, on_shown: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_shown = on_shown
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def put(self, page: QWidget) -> None:
        """Let a page fill the place."""
        self._column.addWidget(page)
        lead_in(self, page)
        settle_in(page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_shown()
