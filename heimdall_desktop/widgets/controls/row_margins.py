"""Margins of a row that change sides with the layout direction, which Qt's own do not."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QLayout, QWidget


def set_row_margins(
    widget: QWidget, layout: QLayout, *, start: int, end: int, top: int = 0, bottom: int = 0
) -> None:
    """Set margins by where people start to read; call again when the direction changes.

    Args:
        widget: Whose direction counts.
        layout: Of that widget.
        start: Pixels before the first part.
        end: Pixels behind the last part.
        top: Pixels above.
        bottom: Pixels below.
    """
    is_mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left, right = (end, start) if is_mirrored else (start, end)
    layout.setContentsMargins(QMargins(left, top, right, bottom))
