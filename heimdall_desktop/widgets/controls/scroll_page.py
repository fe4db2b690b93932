"""A page that scrolls, and that can be told where it was before its content is laid out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ScrollPage(QScrollArea):
    """Holds one widget, as wide as itself.

    Args:
        content: What scrolls; it paints no ground of its own.
        parent: The owner.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted_px: int | None = None
        self._is_reaching = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._reach)
        bar.valueChanged.connect(self._stay)

    @property
    def position_px(self) -> int:
        """How far it is scrolled, or will be once there is room."""
        return self.verticalScrollBar().value() if self._wanted_px is None else self._wanted_px

    def scroll_to(self, position_px: int) -> None:
        """Scroll there, as soon as the content is long enough, until the user scrolls elsewhere."""
        self._wanted_px = position_px
        self._reach()

    def _reach(self) -> None:
        if self._wanted_px is not None:
            self._is_reaching = True
            self.verticalScrollBar().setValue(self._wanted_px)
            self._is_reaching = False

    def _stay(self) -> None:
        """Stay where the wheel, a key or the focus has led."""
        if not self._is_reaching:
            self._wanted_px = None
