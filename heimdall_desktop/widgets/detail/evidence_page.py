"""The first page of a finding: its evidence, and the fix if the pane is wide and low.

The evidence is: description, code, suggested patch, and references.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Finding, has_text, one_line
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.dialog_frame import web_address
from heimdall_desktop.widgets.controls.labels import show_tip
from heimdall_desktop.widgets.controls.pane import MeasuredWidget, SectionHead
from heimdall_desktop.widgets.controls.wrapped_label import TextBlock
from heimdall_desktop.widgets.detail.code_lines import Snippet, language_name, numbered_snippet
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.detail.fix_view import FixView
from heimdall_desktop.widgets.detail.patch_section import PatchSection
from heimdall_desktop.widgets.detail.shown_patches import ShownPatches
from heimdall_desktop.widgets.look.painting import draw_text, focus_ring
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

BESIDE_FROM_PX = 540  # evidence and fix side by side
EVIDENCE_SHARE, FIX_SHARE = 10, 11  # of the width; a diff has two columns of numbers

REFERENCE_LIMIT = 50  # rows; a server may send any number


class _ElidedLink(LinkButton):
    """A link that fits the width, elided in its middle, so that host and end stay."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            font = self._theme.font(Role.SMALL, Weight.REGULAR)
            middle = Qt.TextElideMode.ElideMiddle
            draw_text(painter, rect, self.label, font, self._ink(), mode=middle)
            if self.hasFocus():
                focus_ring(painter, rect, 4, self._theme)


class LinkRow(QWidget):
    """One reference: a link if it may be opened, otherwise text to copy.

    Args:
        parent: The owner.

    Signals:
        page_wanted: address of a page; confirm with the user before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = _ElidedLink(self)
        self._link.setObjectName("link")
        self._link.clicked.connect(lambda: self.page_wanted.emit(self._link.label))
        self._text = TextBlock(Role.SMALL, Tone.MUTED, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._link)
        self._stack.addWidget(self._text)

    def show_text(self, line: str) -> None:
        """Show a safe line, as a link if it is a web address."""
        is_address = web_address(line) is not None
        self._link.set_label(line if is_address else "")
        show_tip(self._link, line)
        self._text.set_text("" if is_address else line)
        self._stack.setCurrentWidget(self._link if is_address else self._text)


class ReferenceList(QWidget):
    """One row for each reference.

    Args:
        parent: The owner.

    Signals:
        page_wanted: address of a page; confirm with the user before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LinkRow] = []
        self._head = SectionHead(tr("References"), parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)

    def show_references(self, references: Sequence[str]) -> None:
        """Show only these references."""
        shown = [line for text in references[:REFERENCE_LIMIT] if (line := one_line(text))]
        while len(self._rows) < len(shown):
            self._add_row()
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(shown))
            if number < len(shown):
                row.show_text(shown[number])
        left_out = len(references) - REFERENCE_LIMIT
        self._head.describe(tr("%n more left out", "", left_out) if left_out > 0 else "")
        self.setVisible(bool(shown))

    def _add_row(self) -> None:
        row = LinkRow(self)
        row.setObjectName(f"reference-{len(self._rows)}")
        row.page_wanted.connect(self.page_wanted)
        self._rows.append(row)
        self._column.addWidget(row)


class EvidenceView(MeasuredWidget):
    """Description, code and references, each only if present.

    Args:
        patches: The patches of the shown finding.
        parent: The owner.

    Signals:
        page_wanted: address of a page; confirm with the user before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, patches: ShownPatches, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_wide = False
        self._shown: tuple[Snippet, tuple[int, int], str] | None = None
        self._description = TextBlock(parent=self, is_markdown=True)
        self._description.page_wanted.connect(self.page_wanted)
        self._description.setObjectName("description")
        self._head = SectionHead(tr("Evidence"), tr("Copy"), self)
        self._head.setObjectName("evidence-head")
        self._code = CodeView(self)
        self._code.setObjectName("evidence-code")
        self._patch = PatchSection(patches, self)
        self._references = ReferenceList(self)
        self._references.setObjectName("references")
        self._references.page_wanted.connect(self.page_wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._description, self._head, self._code, self._patch, self._references):
            self._column.addWidget(part)
        self._measure()

    def has_content(self, finding: Finding) -> bool:
        """Return whether there is anything to show."""
        if has_text(finding.code_snippet) or finding.references:
            return True
        texts = (finding.description, finding.suggested_patch)
        return not self._is_wide and any(map(has_text, texts))

    def set_wide(self, *, is_wide: bool) -> None:
        """Leave description and patch to the adjacent parts; needs `show_finding` afterwards."""
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


class EvidencePage(MeasuredWidget):
    """Evidence, with the fix beside it if the page is wide.

    Args:
        patches: The patches of the shown finding.
        parent: The owner.

    Signals:
        page_wanted: address of a web page; confirm with the user before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, patches: ShownPatches, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_wide = False
        self._evidence = EvidenceView(patches, self)
        self._fix = FixView(patches, self)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        for view, share in ((self._evidence, EVIDENCE_SHARE), (self._fix, FIX_SHARE)):
            view.page_wanted.connect(self.page_wanted)
            self._halves.addWidget(view, share, Qt.AlignmentFlag.AlignTop)
        self._measure()

    def set_wide(self, *, is_wide: bool) -> None:
        """Show the fix as well, without the description; needs `show_finding` afterwards."""
        self._is_wide = is_wide
        self._evidence.set_wide(is_wide=is_wide)
        self._share_width()

    def has_content(self, finding: Finding) -> bool:
        """Return whether there is anything to show."""
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
