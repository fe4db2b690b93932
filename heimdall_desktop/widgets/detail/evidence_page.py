"""The first page of a finding: its evidence, and with it the fix where the pane is wide and low."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.widgets.detail.evidence_view import EvidenceView
from heimdall_desktop.widgets.detail.fix_view import FixView
from heimdall_desktop.widgets.detail.shown_patches import ShownPatches
from heimdall_desktop.widgets.look.theme import Theme

BESIDE_FROM_PX = 540  # evidence and fix side by side
EVIDENCE_SHARE, FIX_SHARE = 10, 11  # of the width; a diff has two columns of numbers


class EvidencePage(QWidget):
    """Evidence, and beside or below it the fix if it is wide.

    Args:
        theme: The look.
        patches: The patches of the finding that is shown.
        parent: The owner.

    Signals:
        page_wanted: address of a web page; ask before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, theme: Theme, patches: ShownPatches, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_wide = False
        self._evidence = EvidenceView(theme, patches, self)
        self._fix = FixView(theme, patches, self)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        for view, share in ((self._evidence, EVIDENCE_SHARE), (self._fix, FIX_SHARE)):
            view.page_wanted.connect(self.page_wanted)
            self._halves.addWidget(view, share, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._measure)
        self._measure()

    def set_wide(self, *, is_wide: bool) -> None:
        """Show the fix as well, without the description; needs `show_finding` afterwards."""
        self._is_wide = is_wide
        self._evidence.set_wide(is_wide=is_wide)
        self._share_width()

    def has_content(self, finding: Finding) -> bool:
        """Whether there is anything to show."""
        return self._has_fix(finding) or self._evidence.has_content(finding)

    def show_finding(self, finding: Finding) -> None:
        """Show the evidence of a finding."""
        self._evidence.show_finding(finding)
        self._evidence.setVisible(self._evidence.has_content(finding))
        has_fix = self._has_fix(finding)
        if has_fix:
            self._fix.show_finding(finding)
        self._fix.setVisible(has_fix)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _has_fix(self, finding: Finding) -> bool:
        return self._is_wide and FixView.has_content(finding)

    def _share_width(self) -> None:
        is_beside = self._is_wide and self.width() >= self._theme.scale(BESIDE_FROM_PX)
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if is_beside else directions.TopToBottom)

    def _measure(self) -> None:
        self._halves.setSpacing(self._theme.scale(12))
        self._share_width()
