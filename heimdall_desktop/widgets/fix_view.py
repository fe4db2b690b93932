"""How to fix a finding: in words, as a patch, and for a dependency by its versions."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.finding import Finding, one_line
from heimdall_desktop.widgets.field_grid import FieldGrid
from heimdall_desktop.widgets.patch_section import PatchSection
from heimdall_desktop.widgets.section_head import SectionHead
from heimdall_desktop.widgets.shown_patches import ShownPatches
from heimdall_desktop.widgets.text_block import TextBlock
from heimdall_desktop.widgets.theme import Theme


class FixView(QWidget):
    """Kind, summary, patch and dependency, each only where there is one.

    Args:
        theme: The look.
        patches: The patches of the finding that is shown.
        parent: The owner.
    """

    def __init__(self, theme: Theme, patches: ShownPatches, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts = FieldGrid(theme, self)
        self._facts.setObjectName("fix-facts")
        self._summary = TextBlock(theme, parent=self)
        self._summary.setObjectName("fix-summary")
        self._patch = PatchSection(theme, patches, self)
        self._manifest_head = SectionHead(theme, "Dependency", parent=self)
        self._manifest = FieldGrid(theme, self)
        self._manifest.setObjectName("fix-manifest")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        parts = (self._patch, self._summary, self._facts, self._manifest_head, self._manifest)
        for part in parts:
            self._column.addWidget(part)
        theme.changed.connect(self._measure)
        self._measure()

    @staticmethod
    def has_content(finding: Finding) -> bool:
        """Whether there is anything to show."""
        return bool(
            finding.fix_summary or finding.fix_type or finding.suggested_patch or finding.manifest
        )

    def show_finding(self, finding: Finding) -> None:
        """Show how to fix a finding."""
        kind = _words(finding.fix_type or "")
        self._facts.show_rows([("Kind of fix", kind)] if kind else [])
        self._summary.set_text(finding.fix_summary or "", "Fix")
        self._summary.setVisible(bool(finding.fix_summary))
        self._patch.setVisible(bool((finding.suggested_patch or "").strip()))
        self._patch.refresh()
        rows = [(_words(name), value) for name, value in (finding.manifest or {}).items()]
        self._manifest_head.setVisible(bool(rows))
        self._manifest.show_rows(rows)

    def _measure(self) -> None:
        self._column.setSpacing(self._theme.scale(6))


def _words(name: str) -> str:
    return one_line(name.replace("_", " ")).capitalize()
