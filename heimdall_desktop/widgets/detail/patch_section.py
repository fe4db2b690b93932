"""The suggested patches of a finding: as a diff if it is one, else as text (protocol.md T-39).

Copied and saved patches are adapted for `git apply` where that is provably correct, and a note says
so. The server's list of patches is requested once per scan, and again only when a row has a diff
that is missing in the list: it comes complete and may be long.
"""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible
from heimdall_desktop.domain.facts.finding import Finding, ScanId, one_line
from heimdall_desktop.domain.facts.finding_action import Patch, patches_to_show
from heimdall_desktop.domain.facts.server import id_on_server
from heimdall_desktop.presentation.detail.ready_patch import ready_patch
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import has_controls
from heimdall_desktop.presentation.time_text import full_words
from heimdall_desktop.widgets.controls import text_labels
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, CopyWordButton, GhostIconButton
from heimdall_desktop.widgets.controls.dialog_frame import save_dialog
from heimdall_desktop.widgets.controls.key_names import copy_exactly
from heimdall_desktop.widgets.controls.pane import MeasuredWidget, SectionHead, named
from heimdall_desktop.widgets.controls.toggles import SegmentedControl
from heimdall_desktop.widgets.detail.code_lines import language_name
from heimdall_desktop.widgets.detail.patch_view import LINES_LIMIT, SPLIT_FROM_PX, PatchView
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone

CONTROL_PX = 22
CHOICE_FROM_PX = 340  # picture 2: narrower heads have no space for the choice
UNIFIED, SPLIT = range(2)
REST_MS = 250  # a row passed by key is left sooner than that
AGAIN_MS = 15_000  # delay before a failed reading of the list is retried (T-56)
MEMORY_NAME, MEMORY_WORDS = "detail-diff", ("unified", "split")


class ShownPatches(QObject):
    """The patches of the shown finding, shared by all widgets that show them.

    Args:
        memory: Stores how diffs are shown.

    Attributes:
        finding: the finding of the patches.
        patches: its patches, the newest first.
        index: of the current one.

    Signals:
        changed: the current patch, the number of patches or how they are shown changed.
    """

    changed = Signal()

    def __init__(
        self, requests: Requests, memory: WindowMemory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.requests, self._memory = requests, memory
        self.finding: Finding | None = None
        self.patches: tuple[Patch, ...] = ()
        self.index = 0
        self._is_chosen = False
        self._listed: tuple[Patch, ...] = ()
        self._listed_of: ScanId | None = None
        self._requested_for: tuple[ScanId, str] | None = None
        self._rest = named(QTimer(self, singleShot=True, interval=REST_MS), "patches-rest")
        self._rest.timeout.connect(self.request_list)

    @property
    def current(self) -> Patch | None:
        return self.patches[self.index] if self.patches else None

    @property
    def is_split(self) -> bool:
        return self._memory.text(MEMORY_NAME) == MEMORY_WORDS[SPLIT]

    def set_split(self, *, is_wanted: bool) -> None:
        self._memory.keep(MEMORY_NAME, MEMORY_WORDS[SPLIT if is_wanted else UNIFIED])
        self.changed.emit()

    def show_finding(self, finding: Finding) -> None:
        """Switch to another finding, or another version of it."""
        if self.finding is None or self.finding.id != finding.id:
            self._is_chosen = False
        self.finding = finding
        self._update()
        own = finding.suggested_patch or ""
        is_known = self._listed_of == finding.scan_id and (
            self._requested_for == (finding.scan_id, own)
            or any(
                patch.finding_id == id_on_server(finding.id) and patch.diff.strip() == own.strip()
                for patch in self._listed
            )
        )
        if is_known or "@@" not in own:  # advice in words has no row in the server's list
            self._rest.stop()
        else:
            self._rest.start(REST_MS)

    def choose(self, index: int) -> None:
        self.index = min(max(index, 0), max(len(self.patches) - 1, 0))
        self._is_chosen = True
        self.changed.emit()

    def request_list(self) -> None:
        finding = self.finding
        if finding is not None:
            scan_id = finding.scan_id
            self._requested_for = (scan_id, finding.suggested_patch or "")
            self.requests.scans.request_patches(
                scan_id, lambda answer: self._apply_answer(scan_id, answer)
            )

    def _apply_answer(self, scan_id: ScanId, answer: tuple[Patch, ...] | HeimdallError) -> None:
        if isinstance(answer, HeimdallError):
            is_shown = self.finding is not None and self.finding.scan_id == scan_id
            if is_shown and not isinstance(answer, NotVisible):
                self._rest.start(AGAIN_MS)
            return  # until then the row's own patch is shown, and that is the one that counts
        self._listed, self._listed_of = answer, scan_id
        self._update()

    def _update(self) -> None:
        """Switch to the newest patch, or keep the chosen one."""
        if self.finding is None:
            return
        before = self.current if self._is_chosen else None
        is_here = self._listed_of == self.finding.scan_id
        self.patches = patches_to_show(self.finding, self._listed if is_here else ())
        same = (n for n, patch in enumerate(self.patches) if before and patch.diff == before.diff)
        self.index = next(same, 0)
        self.changed.emit()


class PatchSection(MeasuredWidget):
    """Head and patch; hidden without one.

    Args:
        patches: The shown patch, shared with other places.
    """

    def __init__(self, patches: ShownPatches, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patches = patches
        self._shown: tuple[str, str] | None = None
        self._is_diff = False
        self._text = ""  # the shown, copied and saved text
        self._unidiff_zero = ""  # the same for git if it has no context
        self._head = SectionHead(tr("Suggested fix"), tr("Copy patch"), self, copy=copy_exactly)
        self._head.setObjectName("patch-head")
        self._choice = SegmentedControl(
            (tr("Unified"), tr("Split")),
            name=tr("How to show the patch"),
            height_px=CONTROL_PX,
            parent=self,
        )
        self._choice.setObjectName("patch-way")
        self._choice.chosen.connect(lambda place: patches.set_split(is_wanted=place == SPLIT))
        self._head.insert(self._choice)
        self._save = GhostIconButton(
            "ui-export", tr("Save patch\u2026"), height_px=SMALL_PX, parent=self
        )
        self._save.setObjectName("patch-save")
        self._save.clicked.connect(self._choose_file)
        self._head.append(self._save)
        self._versions = _Versions(patches, self)
        self._note = named(
            text_labels.Paragraph("", Role.SMALL, tone=Tone.MUTED, parent=self), "patch-note"
        )
        self._copy_zero = CopyWordButton(tr("Copy for --unidiff-zero"), parent=self)
        self._copy_zero.setObjectName("patch-copy-zero")
        self._copy_zero.clicked.connect(self._copy_for_zero)
        self._patch = PatchView(self)
        column = QVBoxLayout(self)
        self._remark = QHBoxLayout()
        self._remark.addWidget(self._note, 1)
        self._remark.addWidget(self._copy_zero, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._head)
        column.addWidget(self._versions)
        column.addLayout(self._remark)
        column.addWidget(self._patch)
        self.keep_spaces(column, gap=2)
        patches.changed.connect(self._refresh_visible)
        self._measure()

    def refresh(self) -> None:
        finding, patch = self._patches.finding, self._patches.current
        self._versions.refresh()
        if finding is None or patch is None:
            return
        wanted = (patch.diff, language_name(finding))
        if self._shown != wanted:
            self._shown = wanted
            self._show(patch.diff, finding.file_path, wanted[1])
        self._choose_layout()

    def _refresh_visible(self) -> None:
        """Refresh the visible part; a closed page is filled when it is opened."""
        if self.isVisible():
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_layout()

    def _show(self, diff: str, file_path: str, name: str) -> None:
        is_long = diff.count("\n") > LINES_LIMIT
        ready = None if is_long else ready_patch(diff, file_path)
        self._text = diff if ready is None else ready.text
        self._is_diff = self._patch.show_patch(self._text, file_name=name)
        kind = "" if self._is_diff else tr("not a diff, shown as received")
        kind = tr("too long for a diff, shown as received") if is_long else kind
        self._head.describe(kind, self._text)
        lacks_context = ready is not None and ready.lacks_context
        self._unidiff_zero = ready.unidiff_zero_text if ready and lacks_context else ""
        self._copy_zero.setVisible(lacks_context)
        self._copy_zero.rest()
        notes: list[str] = []
        if has_controls(self._text):
            notes.append(
                tr(
                    "This patch contains control characters. Check it before you paste it into a "
                    "terminal."
                )
            )
        if ready is not None:
            notes += ready.adjustments
        elif self._is_diff:
            notes.append(
                tr("Git may reject this patch, and it can't be repaired without guessing.")
            )
        if lacks_context:
            notes.append(
                tr(
                    "A change has no context after it: git apply rejects it, except at the end of "
                    "a file."
                )
            )
        self._show_note(" ".join(notes))

    def _copy_for_zero(self) -> None:
        copy_exactly(self._unidiff_zero)
        self._copy_zero.confirm()

    def _show_note(self, note: str) -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._measure()

    def _choose_layout(self) -> None:
        width, scale = self.width(), self._theme.scale
        has_room = width >= scale(SPLIT_FROM_PX)
        self._choice.setVisible(self._is_diff and width >= scale(CHOICE_FROM_PX))
        reason = tr("Split view needs a wider pane")
        self._choice.offer(SPLIT, is_offered=has_room, reason=reason)
        is_split = self._is_diff and has_room and self._patches.is_split
        self._choice.set_current(SPLIT if is_split else UNIFIED)
        self._patch.set_split(is_split=is_split)

    def _choose_file(self) -> None:
        text, file = self._text, Path("fix.patch" if self._is_diff else "fix.txt")

        def save(chosen: str) -> None:
            saved = tr("Saved as {name}.").format(name=one_line(Path(chosen).name))
            self._patches.requests.request_save(
                Path(chosen),
                text,
                lambda error: self._show_note(saved if error is None else error_text(error)),
            )

        save_dialog(self.window(), "patch-file", tr("Save patch"), file, save).open()

    def _measure(self) -> None:
        space = self._theme.scale(4) if self._note.text() else 0
        self._remark.setContentsMargins(0, 0, 0, space)


class _Versions(QWidget):
    """Shows which of several patches this is, with links to the others."""

    def __init__(self, patches: ShownPatches, parent: QWidget) -> None:
        super().__init__(parent)
        self._patches = patches
        self.setObjectName("patch-versions")
        self._words = named(
            text_labels.Label("", Role.SMALL, tone=Tone.MUTED, parent=self), "patch-version"
        )
        self._newer = self._button("ui-chevron-up", tr("Newer patch"), "patch-newer", -1)
        self._older = self._button("ui-chevron-down", tr("Older patch"), "patch-older", 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self._words, self._newer, self._older):
            row.addWidget(part)
        row.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        patch, index = self._patches.current, self._patches.index
        count = len(self._patches.patches)
        self.setVisible(count > 1 or (patch is not None and patch.is_applied))
        self._newer.setVisible(count > 1)
        self._older.setVisible(count > 1)
        self._newer.setEnabled(index > 0)
        self._older.setEnabled(index < count - 1)
        if patch is None:
            return
        at, words = patch.created_at, tr("Patch {place} of {count}")
        parts = [words.format(place=index + 1, count=count)]
        if index == 0 and count > 1:
            parts.append(tr("newest (the one that counts)"))
        if at is not None:
            parts.append(text_labels.short_moment(at))
        elif count > 1:
            parts.append(tr("from the finding itself"))
        if patch.is_applied:
            parts.append(tr("marked as applied"))
        self._words.setText(", ".join(parts))
        text_labels.show_tip(self._words, "" if at is None else full_words(at))

    def _button(self, icon: str, name: str, object_name: str, step: int) -> GhostIconButton:
        button = named(GhostIconButton(icon, name, height_px=SMALL_PX, parent=self), object_name)
        button.clicked.connect(lambda: self._patches.choose(self._patches.index + step))
        return button
