"""The pages on what is wrong and what to do: evidence, fix and proof of a finding.

The evidence is: description, code, suggested patch, and references; and the fix if the pane is wide
and low. The fix is in words, as a patch, and for a dependency by versions and advisories. The proof
is the proof-of-concept run: outcome, analysis, script and output.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Finding, Proof, has_text, one_line
from heimdall_desktop.presentation.detail.finding_text import Advisory, advisories
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.widgets.controls import pane
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.chips import FlowLayout
from heimdall_desktop.widgets.controls.dialog_frame import ask_to_open, web_address
from heimdall_desktop.widgets.controls.fields import FieldGrid
from heimdall_desktop.widgets.controls.text_labels import Label, show_tip
from heimdall_desktop.widgets.controls.wrapped_label import TextBlock
from heimdall_desktop.widgets.detail.code_lines import language_name, lines_text, numbered_snippet
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.detail.patch_section import PatchSection, ShownPatches
from heimdall_desktop.widgets.look.painting import draw_text, focus_ring
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

BESIDE_FROM_PX = 540  # evidence and fix side by side
EVIDENCE_SHARE, FIX_SHARE = 10, 11  # of the width; a diff has two columns of numbers
REFERENCE_LIMIT = 50  # rows; a server may send any number
ROWS_LIMIT = 30  # a dependency has eight coordinates, a hostile server any number
ID_LIMIT = 40  # characters of an id of an unknown kind
LINE_PX = 24
OUTPUT_LIMIT_BYTES = 10_000  # of what the run printed, each; protocol.md 4.5
_COORDINATES = {
    "ecosystem": tr_noop("Ecosystem"),
    "name": tr_noop("Package"),
    "installed_version": tr_noop("Installed"),
    "declared_version": tr_noop("Declared"),
    "recommended_version": tr_noop("Recommended"),
    "fixed_versions": tr_noop("Fixed in"),
}
_SUFFIXES = {"python": "py", "javascript": "js", "typescript": "ts", "bash": "sh", "shell": "sh"}
_VERDICTS = {  # Source: protocol.md 4.5
    "confirmed": tr_noop("Confirmed: it did what the finding describes"),
    "unconfirmed": tr_noop("Unconfirmed: it ran and didn't succeed"),
    "inconclusive": tr_noop("Inconclusive: it couldn't be tested properly"),
}


class EvidencePage(pane.MeasuredWidget):
    """Description, code, patch and references, each only if present.

    If the page is wide, the fix is beside them, and others show the description.

    Attributes:
        evidence: the evidence without the fix.
    """

    def __init__(self, patches: ShownPatches) -> None:
        super().__init__()
        self._is_wide = False
        self._shown_code: object = None
        self.evidence = pane.Column(2, self)
        self._description = pane.named(
            TextBlock(parent=self.evidence, is_markdown=True), "description"
        )
        head = pane.SectionHead(tr("Evidence"), tr("Copy"), self.evidence)
        self._head = pane.named(head, "evidence-head")
        self._code = pane.named(CodeView(self.evidence), "evidence-code")
        self._patch = PatchSection(patches, self.evidence)
        self._references = pane.named(ReferenceList(self.evidence), "references")
        for part in (self._description, self._head, self._code, self._patch, self._references):
            self.evidence.column.addWidget(part)
        self._fix = FixView(patches, self)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.addWidget(self.evidence, EVIDENCE_SHARE, Qt.AlignmentFlag.AlignTop)
        self._halves.addWidget(self._fix, FIX_SHARE, Qt.AlignmentFlag.AlignTop)
        self.keep_spaces(self._halves, gap=12)
        self._measure()

    def set_wide(self, *, is_wide: bool) -> None:
        """Show the fix as well, without the description; needs `show_finding` afterwards."""
        self._is_wide = is_wide
        self._measure()

    def has_content(self, finding: Finding) -> bool:
        return self._has_evidence(finding) or (self._is_wide and FixView.has_content(finding))

    def show_finding(self, finding: Finding) -> None:
        text = finding.description or ""
        self._description.setVisible(has_text(text) and not self._is_wide)
        self._patch.setVisible(has_text(finding.suggested_patch) and not self._is_wide)
        if not self._is_wide:
            self._description.set_text(text, tr("Description"))
            self._patch.refresh()
        has_code = has_text(finding.code_snippet)
        self._head.setVisible(has_code)
        self._code.setVisible(has_code)
        snippet = numbered_snippet(finding) if has_code else None
        shown = (snippet, finding.lines, finding.file_path)
        if snippet is not None and shown != self._shown_code:
            self._shown_code = shown
            self._head.describe(lines_text(snippet), snippet.code)
            self._code.show_code(
                snippet.code,
                numbers=snippet.numbers,
                affected=finding.lines,
                file_name=language_name(finding),
            )
        self._references.show_references(finding.references)
        self.evidence.setVisible(self._has_evidence(finding))
        has_fix = self._is_wide and FixView.has_content(finding)
        if has_fix:
            self._fix.show_finding(finding)
        self._fix.setVisible(has_fix)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _has_evidence(self, finding: Finding) -> bool:
        if has_text(finding.code_snippet) or finding.references:
            return True
        texts = (finding.description, finding.suggested_patch)
        return not self._is_wide and any(map(has_text, texts))

    def _measure(self) -> None:
        is_beside = self._is_wide and self.width() >= self._theme.scale(BESIDE_FROM_PX)
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if is_beside else directions.TopToBottom)


class ReferenceList(pane.Column):
    """One row for each reference."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, parent)
        self._rows: list[LinkRow] = []
        self._head = pane.SectionHead(tr("References"), parent=self)
        self.column.addWidget(self._head)

    def show_references(self, references: Sequence[str]) -> None:
        shown = [line for text in references[:REFERENCE_LIMIT] if (line := one_line(text))]
        rows = pane.shown_rows(self._rows, len(shown), self._make_row)
        for row, line in zip(rows, shown, strict=True):
            row.show_text(line)
        left_out = len(references) - REFERENCE_LIMIT
        self._head.describe(tr("%n more left out", "", left_out) if left_out > 0 else "")
        self.setVisible(bool(shown))

    def _make_row(self, number: int) -> "LinkRow":
        row = pane.named(LinkRow(self), f"reference-{number}")
        self.column.addWidget(row)
        return row


class LinkRow(QWidget):
    """One reference: a link if it may be opened, otherwise text to copy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = pane.named(_ElidedLink(self), "link")
        self._link.clicked.connect(lambda: ask_to_open(self, self._link.label))
        self._text = TextBlock(Role.SMALL, Tone.MUTED, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._link)
        self._stack.addWidget(self._text)

    def show_text(self, line: str) -> None:
        is_address = web_address(line) is not None
        self._link.set_label(line if is_address else "")
        show_tip(self._link, line)
        self._text.set_text("" if is_address else line)
        self._stack.setCurrentWidget(self._link if is_address else self._text)


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


class FixView(pane.Column):
    """Kind, summary, patch and dependency, each only if present."""

    def __init__(self, patches: ShownPatches, parent: QWidget | None = None) -> None:
        super().__init__(6, parent)
        self._facts = pane.named(FieldGrid(self), "fix-facts")
        self._summary = pane.named(TextBlock(parent=self, is_markdown=True), "fix-summary")
        self._patch = PatchSection(patches, self)
        self._advisories = pane.named(AdvisoryList(self), "fix-advisories")
        self._manifest_head = pane.SectionHead(tr("Dependency"), parent=self)
        self._manifest = pane.named(FieldGrid(self), "fix-manifest")
        parts: tuple[QWidget, ...] = (self._patch, self._summary, self._facts)
        for part in (*parts, self._manifest_head, self._manifest, self._advisories):
            self.column.addWidget(part)

    @staticmethod
    def has_content(finding: Finding) -> bool:
        texts = (finding.fix_summary, finding.fix_type, finding.suggested_patch)
        return any(map(has_text, texts)) or bool(finding.manifest)

    def show_finding(self, finding: Finding) -> None:
        kind = _words(finding.fix_type or "")
        self._facts.show_rows([(tr("Fix type"), kind)] if kind else [])
        self._summary.set_text(finding.fix_summary or "", tr("Fix"))
        self._summary.setVisible(has_text(finding.fix_summary))
        self._patch.setVisible(has_text(finding.suggested_patch))
        self._patch.refresh()
        # known coordinates in their order, then unknown ones; advisories are shown below
        manifest = finding.manifest or {}
        rows = [
            (tr(name), manifest[key]) for key, name in _COORDINATES.items() if manifest.get(key)
        ]
        shown = {*_COORDINATES, "advisory_id", "aliases"}
        rows += [(_words(key), value) for key, value in manifest.items() if key not in shown]
        if len(rows) > ROWS_LIMIT:
            left_out = tr("%n more left out", "", len(rows) - ROWS_LIMIT)
            rows[ROWS_LIMIT:] = [("\u2026", left_out)]
        self._manifest_head.setVisible(bool(rows))
        self._manifest.show_rows(rows)
        self._advisories.show_advisories(advisories(finding))


def _words(name: str) -> str:
    return one_line(name.replace("_", " ")).capitalize()


class AdvisoryList(pane.MeasuredWidget):
    """Ids in a row; hidden without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[Advisory] = ()
        self._parts: list[tuple[LinkButton, Label]] = []
        self._head = pane.SectionHead(tr("Advisories"), tr("Copy"), self)
        row = QWidget(self)
        self._flow = FlowLayout(row)
        column = pane.tight(QVBoxLayout(self))
        column.addWidget(self._head)
        column.addWidget(row)
        self.keep_spaces(self._flow, gap=16)

    def show_advisories(self, advisories: Sequence[Advisory]) -> None:
        self._shown = advisories
        for number in range(len(self._parts), len(advisories)):
            link = pane.named(LinkButton(parent=self, is_inline=True), f"advisory-link-{number}")
            link.clicked.connect(
                lambda _=False, number=number: ask_to_open(self, self._shown[number].page)
            )
            text = Label("", Role.SMALL, tone=Tone.MUTED, parent=self)
            text.setObjectName(f"advisory-{number}")
            text.setFixedHeight(self._theme.scale(LINE_PX))
            self._flow.addWidget(link)
            self._flow.addWidget(text)
            self._parts.append((link, text))
        for number, (link, text) in enumerate(self._parts):
            advisory = advisories[number] if number < len(advisories) else Advisory("")
            link.set_label(advisory.id[:ID_LIMIT] if advisory.page else "")
            show_tip(link, advisory.page)
            link.setVisible(bool(advisory.page))
            text.setText("" if advisory.page else advisory.id[:ID_LIMIT])
            show_tip(text, advisory.id)
            text.setVisible(bool(advisory.id) and not advisory.page)
        self._head.describe("", "\n".join(advisory.id for advisory in advisories))
        self.setVisible(bool(advisories))

    def _measure(self) -> None:
        for _, text in self._parts:
            text.setFixedHeight(self._theme.scale(LINE_PX))


class ProofView(pane.Column):
    """Outcome, script, output, errors and analysis, each only if present."""

    def __init__(self) -> None:
        super().__init__(2)
        self._shown: Proof | None = None
        self._facts = pane.named(FieldGrid(self), "proof-facts")
        self._analysis = pane.named(TextBlock(parent=self, is_markdown=True), "proof-analysis")
        self._analysis_head = pane.SectionHead(tr("Analysis"), tr("Copy"), self)
        for part in (self._facts, self._analysis_head, self._analysis):
            self.column.addWidget(part)
        self._script = self._section(tr("Script"), "proof-script")
        self._stdout = self._section(tr("Output"), "proof-stdout")
        self._stderr = self._section(tr("Errors"), "proof-stderr")

    def show_finding(self, finding: Finding) -> None:
        """Show the proof of a finding; the same one stays unchanged."""
        proof = finding.proof
        if proof is None or proof == self._shown:
            return
        self._shown = proof
        known = _VERDICTS.get(proof.verdict)
        facts = (
            (tr("Verdict"), tr(known) if known else proof.verdict),
            (tr("Language"), proof.language),
            (tr("Exit code"), "" if proof.exit_code is None else str(proof.exit_code)),
        )
        self._facts.show_rows([fact for fact in facts if fact[1]])
        self._analysis_head.describe("", proof.analysis)
        self._analysis_head.setVisible(bool(proof.analysis))
        self._analysis.set_text(proof.analysis, tr("Analysis"))
        self._analysis.setVisible(bool(proof.analysis))
        script = f"script.{_SUFFIXES.get(proof.language.lower(), 'txt')}"
        for (head, code), text, file_name in (
            (self._script, proof.script, script),
            (self._stdout, proof.stdout, ""),
            (self._stderr, proof.stderr, ""),
        ):
            head.setVisible(bool(text))
            code.setVisible(bool(text))
            if text:
                is_cut = len(text.encode("utf-8", "replace")) >= OUTPUT_LIMIT_BYTES
                words = tr("truncated by the server at {limit} bytes")
                note = words.format(limit=grouped(OUTPUT_LIMIT_BYTES))
                head.describe(note if is_cut and not file_name else "", text)
                numbers = range(1, text.count("\n") + 2) if file_name else None
                code.show_code(text, numbers=numbers, file_name=file_name)

    def _section(self, title: str, name: str) -> tuple[pane.SectionHead, CodeView]:
        head = pane.SectionHead(title, tr("Copy"), self)
        code = pane.named(CodeView(self), name)
        self.column.addWidget(head)
        self.column.addWidget(code)
        return head, code
