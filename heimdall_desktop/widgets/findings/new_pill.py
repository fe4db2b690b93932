"""The pill over the rows that says how many findings came unseen, and leads to them.

Source: ux.md 2.2; design.md 5 ("Findings table"), 7 (Shadows).
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QStyle

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.controls.buttons import PrimaryButton
from heimdall_desktop.widgets.look.painting import rounded_box
from heimdall_desktop.widgets.look.theme import Theme

HEIGHT_PX = 28
MARGIN_PX = 10
SHADOWS_PX = ((0, 10), (1, 14), (2, 18))  # how far inside, and how dark of 255
SHADOW_PX = 3  # around the pill
KEY_OPACITY = 0.8  # 4.5:1 on the accent


class NewPill(PrimaryButton):
    """Stands at the lower trailing corner of a view.

    Args:
        theme: Colours, fonts and measures.
        view: The table.
    """

    def __init__(self, theme: Theme, view: QAbstractScrollArea) -> None:
        super().__init__(theme, "", height_px=HEIGHT_PX, parent=view)
        self._view = view
        self._shown = (0, "", "")
        self.setObjectName("new_pill")
        self.hide()

    def show_count(self, count: int, key: str, icon: str) -> None:
        """Say how many findings came unseen, and which way leads to them; nothing for none."""
        if (count, key, icon) == self._shown:
            return
        self._shown = (count, key, icon)
        if count:
            self._key = key
            self.set_icon(icon)
            self.set_label(tr("%n new", "", count))
            words = tr("%n new findings. Go there", "", count, one="%n new finding. Go there")
            self.setAccessibleName(words)
            self.place()
        self.setVisible(count > 0)

    def place(self) -> None:
        """Go to the corner, over the rows."""
        margin, below = self._theme.scale(MARGIN_PX) - SHADOW_PX, self._view.viewport().geometry()
        size = self.sizeHint()
        corner = QRect(
            below.right() + 1 - margin - size.width(),
            below.bottom() + 1 - margin - size.height(),
            size.width(),
            size.height(),
        )
        self.setGeometry(QStyle.visualRect(self.layoutDirection(), below, corner))
        self.raise_()

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return size + QSize(2 * SHADOW_PX, 2 * SHADOW_PX)

    def _radius(self) -> float:
        return (self.height() - 2 * SHADOW_PX) / 2

    def _draw_ground(self, painter: QPainter, rect: QRectF) -> None:
        for inset, darkness in SHADOWS_PX:
            around = rect.adjusted(inset, inset + 1, -inset, -inset)
            rounded_box(painter, around, around.height() / 2, ground=QColor(0, 0, 0, darkness))
        inner = rect.adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
        super()._draw_ground(painter, inner)

    def _key_ink(self) -> QColor:
        ink = QColor(self._ink())
        ink.setAlphaF(KEY_OPACITY)
        return ink
