"""What a finding rests on: description, code, suggested patch, and where to read more."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Finding, has_text
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.controls.section_head import SectionHead
from heimdall_desktop.widgets.controls.text_block import TextBlock
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.detail.patch_section import PatchSection
from heimdall_desktop.widgets.detail.reference_list import ReferenceList
from heimdall_desktop.widgets.detail.shown_patches import ShownPatches
from heimdall_desktop.widgets.detail.snippet_lines import Snippet, language_name, numbered_snippet
from heimdall_desktop.widgets.look.theme import Theme


class EvidenceView(QWidget):
    """Description, code and references, each only where there is one.

    Args:
        theme: The look.
        patches: The patches of the finding that is shown.
        parent: The owner.

    Signals:
        page_wanted: address of a page; ask before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, theme: Theme, patches: ShownPatches, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_wide = False
        self._shown: tuple[Snippet, tuple[int, int], str] | None = None
        self._description = TextBlock(theme, parent=self, is_markdown=True)
        self._description.page_wanted.connect(self.page_wanted)
        self._description.setObjectName("description")
        self._head = SectionHead(theme, tr("Evidence"), tr("Copy"), self)
        self._head.setObjectName("evidence-head")
        self._code = CodeView(theme, self)
        self._code.setObjectName("evidence-code")
        self._patch = PatchSection(theme, patches, self)
        self._references = ReferenceList(theme, self)
        self._references.setObjectName("references")
        self._references.page_wanted.connect(self.page_wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._description, self._head, self._code, self._patch, self._references):
            self._column.addWidget(part)
        theme.changed.connect(self._measure)
        self._measure()

    def has_content(self, finding: Finding) -> bool:
        """Whether there is anything to show."""
        if has_text(finding.code_snippet) or finding.references:
            return True
        texts = (finding.description, finding.suggested_patch)
        return not self._is_wide and any(map(has_text, texts))

    def set_wide(self, *, is_wide: bool) -> None:
        """Leave description and patch to the parts beside; needs `show_finding` afterwards."""
        self._is_wide = is_wide

    def show_finding(self, finding: Finding) -> None:
        """Show the evidence of a finding."""
        text = finding.description or ""
        if not self._is_wide:
            self._description.set_text(text, tr("Description"))
        self._description.setVisible(has_text(text) and not self._is_wide)
        self._show_code(finding)
        self._patch.setVisible(has_text(finding.suggested_patch) and not self._is_wide)
        if not self._is_wide:
            self._patch.refresh()
        self._references.show_references(finding.references)

    def _show_code(self, finding: Finding) -> None:
        has_code = has_text(finding.code_snippet)
        self._head.setVisible(has_code)
        self._code.setVisible(has_code)
        if not has_code:
            return
        snippet = numbered_snippet(finding)
        shown = (snippet, finding.lines, finding.file_path)
        if shown == self._shown:
            return
        self._shown = shown
        self._head.describe(_lines_text(snippet), snippet.code)
        self._code.show_code(
            snippet.code,
            numbers=snippet.numbers,
            affected=finding.lines,
            file_name=language_name(finding),
        )

    def _measure(self) -> None:
        self._column.setSpacing(self._theme.scale(2))


def _lines_text(snippet: Snippet) -> str:
    first, last = min(snippet.known), max(snippet.known)
    if first == last:
        return tr("line {line}").format(line=first)
    return tr("lines {first} to {last}").format(first=first, last=last)
