"""How to fix a finding: in words, as a patch, and for a dependency by versions and advisories."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Finding, Proof, has_text, one_line
from heimdall_desktop.presentation.detail.verdict_text import Advisory, advisories
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.chips import FlowLayout
from heimdall_desktop.widgets.controls.fields import FieldGrid
from heimdall_desktop.widgets.controls.labels import Label, show_tip
from heimdall_desktop.widgets.controls.pane import MeasuredWidget, SectionHead
from heimdall_desktop.widgets.controls.wrapped_label import TextBlock
from heimdall_desktop.widgets.detail.code_view import CodeView
from heimdall_desktop.widgets.detail.patch_section import PatchSection
from heimdall_desktop.widgets.detail.shown_patches import ShownPatches
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone

_COORDINATES = {
    "ecosystem": tr_noop("Ecosystem"),
    "name": tr_noop("Package"),
    "installed_version": tr_noop("Installed"),
    "declared_version": tr_noop("Declared"),
    "recommended_version": tr_noop("Recommended"),
    "fixed_versions": tr_noop("Fixed in"),
}
ROWS_LIMIT = 30  # a dependency has eight coordinates, a hostile server any number

ID_LIMIT = 40  # characters of an id of an unknown kind
LINE_PX = 24


class AdvisoryList(MeasuredWidget):
    """Ids in a row; hidden without one.

    Args:
        parent: The owner.

    Signals:
        page_wanted: address of a page; confirm with the user before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[Advisory] = ()
        self._parts: list[tuple[LinkButton, Label]] = []
        self._head = SectionHead(tr("Advisories"), tr("Copy"), self)
        row = QWidget(self)
        self._flow = FlowLayout(row, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(row)
        self._measure()

    def show_advisories(self, advisories: Sequence[Advisory]) -> None:
        """Show only these advisories."""
        self._shown = advisories
        while len(self._parts) < len(advisories):
            self._add_part()
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

    def _add_part(self) -> None:
        number = len(self._parts)
        link = LinkButton(parent=self, is_inline=True)
        link.setObjectName(f"advisory-link-{number}")
        link.clicked.connect(lambda: self.page_wanted.emit(self._shown[number].page))
        text = Label("", Role.SMALL, tone=Tone.MUTED, parent=self)
        text.setObjectName(f"advisory-{number}")
        text.setFixedHeight(self._theme.scale(LINE_PX))
        for part in (link, text):
            self._flow.addWidget(part)
        self._parts.append((link, text))

    def _measure(self) -> None:
        self._flow.set_gaps(self._theme.scale(16), 0)
        for _, text in self._parts:
            text.setFixedHeight(self._theme.scale(LINE_PX))


class FixView(MeasuredWidget):
    """Kind, summary, patch and dependency, each only if present.

    Args:
        patches: The patches of the shown finding.
        parent: The owner.

    Signals:
        page_wanted: address of a page; confirm with the user before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, patches: ShownPatches, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = FieldGrid(self)
        self._facts.setObjectName("fix-facts")
        self._summary = TextBlock(parent=self, is_markdown=True)
        self._summary.page_wanted.connect(self.page_wanted)
        self._summary.setObjectName("fix-summary")
        self._patch = PatchSection(patches, self)
        self._advisories = AdvisoryList(self)
        self._advisories.setObjectName("fix-advisories")
        self._advisories.page_wanted.connect(self.page_wanted)
        self._manifest_head = SectionHead(tr("Dependency"), parent=self)
        self._manifest = FieldGrid(self)
        self._manifest.setObjectName("fix-manifest")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._patch, self._summary, self._facts):
            self._column.addWidget(part)
        for below in (self._manifest_head, self._manifest, self._advisories):
            self._column.addWidget(below)
        self._measure()

    @staticmethod
    def has_content(finding: Finding) -> bool:
        """Return whether there is anything to show."""
        texts = (finding.fix_summary, finding.fix_type, finding.suggested_patch)
        return any(map(has_text, texts)) or bool(finding.manifest)

    def show_finding(self, finding: Finding) -> None:
        """Show how to fix a finding."""
        kind = _words(finding.fix_type or "")
        self._facts.show_rows([(tr("Fix type"), kind)] if kind else [])
        self._summary.set_text(finding.fix_summary or "", tr("Fix"))
        self._summary.setVisible(has_text(finding.fix_summary))
        self._patch.setVisible(has_text(finding.suggested_patch))
        self._patch.refresh()
        rows = list(_manifest_rows(finding.manifest or {}))
        if len(rows) > ROWS_LIMIT:
            left_out = tr("%n more left out", "", len(rows) - ROWS_LIMIT)
            rows[ROWS_LIMIT:] = [("\u2026", left_out)]
        self._manifest_head.setVisible(bool(rows))
        self._manifest.show_rows(rows)
        self._advisories.show_advisories(advisories(finding))

    def _measure(self) -> None:
        self._column.setSpacing(self._theme.scale(6))


def _manifest_rows(manifest: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield known coordinates in their order, then unknown ones; advisories are shown below."""
    for key, label in _COORDINATES.items():
        if manifest.get(key):
            yield tr(label), manifest[key]
    for key, value in manifest.items():
        if key not in _COORDINATES and key not in ("advisory_id", "aliases"):
            yield _words(key), value


def _words(name: str) -> str:
    return one_line(name.replace("_", " ")).capitalize()


# The proof-of-concept run of a finding: outcome, script, output and analysis.


_ENDINGS = {"python": "py", "javascript": "js", "typescript": "ts", "bash": "sh", "shell": "sh"}

_VERDICTS = {  # Source: heimdall-api.md 4.5
    "confirmed": tr_noop("Confirmed: it did what the finding describes"),
    "unconfirmed": tr_noop("Unconfirmed: it ran and didn't succeed"),
    "inconclusive": tr_noop("Inconclusive: it couldn't be tested properly"),
}
OUTPUT_LIMIT_BYTES = 10_000  # of what the run printed, each; heimdall-api.md 4.5


class ProofView(MeasuredWidget):
    """Outcome, script, output, errors and analysis, each only if present.

    Args:
        parent: The owner.

    Signals:
        page_wanted: address of a page; confirm with the user before opening it.
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
        """Return whether there is anything to show."""
        return finding.proof is not None

    def show_finding(self, finding: Finding) -> None:
        """Show the proof of a finding; the same one stays unchanged."""
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
