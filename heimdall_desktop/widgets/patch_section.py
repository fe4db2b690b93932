"""The suggested patch: as a diff if it is one, else as the text it is (heimdall-api.md T-39)."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.finding import Finding
from heimdall_desktop.widgets.diff_view import DiffView
from heimdall_desktop.widgets.section_head import SectionHead
from heimdall_desktop.widgets.snippet_lines import language_name
from heimdall_desktop.widgets.theme import Theme


class PatchSection(QWidget):
    """Head and patch; not there without one.

    Args:
        theme: The look.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._head = SectionHead(theme, "Suggested fix", "Copy patch", self)
        self._head.setObjectName("patch-head")
        self._diff = DiffView(theme, self)
        self._diff.setObjectName("patch-diff")
        self._shown: tuple[str, str] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._head)
        self._column.addWidget(self._diff)
        theme.changed.connect(self._measure)
        self._measure()

    def show_finding(self, finding: Finding) -> None:
        """Show the patch of a finding; the same one stays as it is."""
        patch = finding.suggested_patch or ""
        self.setVisible(bool(patch.strip()))
        name = language_name(finding)
        if not patch.strip() or self._shown == (patch, name):
            return
        self._shown = (patch, name)
        is_diff = self._diff.show_patch(patch, file_name=name)
        self._head.describe("" if is_diff else "no diff, as the server wrote it", patch)

    def _measure(self) -> None:
        self._column.setSpacing(self._theme.scale(4))
