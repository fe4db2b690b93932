"""The proof-of-concept run of a finding: its outcome, what ran, what it printed, what it means."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Finding, Proof
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.widgets.controls.field_grid import FieldGrid
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.controls.section_head import SectionHead
from heimdall_desktop.widgets.controls.text_block import TextBlock
from heimdall_desktop.widgets.detail.code_view import CodeView

_ENDINGS = {"python": "py", "javascript": "js", "typescript": "ts", "bash": "sh", "shell": "sh"}

_VERDICTS = {  # Source: heimdall-api.md 4.5
    "confirmed": tr_noop("Confirmed: it did what the finding describes"),
    "unconfirmed": tr_noop("Unconfirmed: it ran and didn't succeed"),
    "inconclusive": tr_noop("Inconclusive: it couldn't be tested properly"),
}
OUTPUT_LIMIT_BYTES = 10_000  # of what the run printed, each; heimdall-api.md 4.5


class ProofView(MeasuredWidget):
    """Outcome, script, output, errors and analysis, each only where there is one.

    Args:
        parent: The owner.

    Signals:
        page_wanted: address of a page; ask before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Proof | None = None
        self._facts = FieldGrid(self)
        self._facts.setObjectName("proof-facts")
        self._analysis = TextBlock(parent=self, is_markdown=True)
        self._analysis.page_wanted.connect(self.page_wanted)
        self._analysis.setObjectName("proof-analysis")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._analysis_head = SectionHead(tr("Analysis"), tr("Copy"), self)
        for part in (self._facts, self._analysis_head, self._analysis):
            self._column.addWidget(part)
        self._script = self._section(tr("Script"), "proof-script")
        self._stdout = self._section(tr("Output"), "proof-stdout")
        self._stderr = self._section(tr("Errors"), "proof-stderr")
        self._measure()

    @staticmethod
    def has_content(finding: Finding) -> bool:
        """Whether there is anything to show."""
        return finding.proof is not None

    def show_finding(self, finding: Finding) -> None:
        """Show the proof of a finding; the same one stays as it is."""
        proof = finding.proof
        if proof is None or proof == self._shown:
            return
        self._shown = proof
        exit_code = "" if proof.exit_code is None else str(proof.exit_code)
        facts = (
            (tr("Verdict"), _verdict_word(proof.verdict)),
            (tr("Language"), proof.language),
            (tr("Exit code"), exit_code),
        )
        self._facts.show_rows([fact for fact in facts if fact[1]])
        self._analysis_head.describe("", proof.analysis)
        self._analysis_head.setVisible(bool(proof.analysis))
        self._analysis.set_text(proof.analysis, tr("Analysis"))
        self._analysis.setVisible(bool(proof.analysis))
        ending = _ENDINGS.get(proof.language.lower(), "txt")
        self._show(self._script, proof.script, f"script.{ending}", has_numbers=True)
        self._show(self._stdout, proof.stdout, "")
        self._show(self._stderr, proof.stderr, "")

    def _show(
        self,
        section: tuple[SectionHead, CodeView],
        text: str,
        file_name: str,
        *,
        has_numbers: bool = False,
    ) -> None:
        head, code = section
        head.setVisible(bool(text))
        code.setVisible(bool(text))
        if text:
            is_cut = len(text.encode("utf-8", "replace")) >= OUTPUT_LIMIT_BYTES
            words = tr("truncated by the server at {limit} bytes")
            note = words.format(limit=grouped(OUTPUT_LIMIT_BYTES))
            head.describe(note if is_cut and not has_numbers else "", text)
            numbers = range(1, text.count("\n") + 2) if has_numbers else None
            code.show_code(text, numbers=numbers, file_name=file_name)

    def _section(self, title: str, name: str) -> tuple[SectionHead, CodeView]:
        head = SectionHead(title, tr("Copy"), self)
        code = CodeView(self)
        code.setObjectName(name)
        self._column.addWidget(head)
        self._column.addWidget(code)
        return head, code

    def _measure(self) -> None:
        self._column.setSpacing(self._theme.scale(2))


def _verdict_word(verdict: str) -> str:
    known = _VERDICTS.get(verdict)
    return tr(known) if known else verdict
