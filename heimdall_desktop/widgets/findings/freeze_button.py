"""The button of the top bar that lets the findings stand still, or go on."""

from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.controls.labels import show_tip
from heimdall_desktop.widgets.controls.tool_button import ToolButton
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.look.theme import Theme


class FreezeButton(ToolButton):
    """Is on while the rows stand still, and says so.

    Args:
        theme: The look.
        findings: Whose rows.
        parent: The owner.
    """

    def __init__(self, theme: Theme, findings: FindingsPane, parent: QWidget | None = None) -> None:
        super().__init__(theme, icon="ui-freeze", parent=parent)
        self.setObjectName("freeze")
        self.setCheckable(True)
        self.clicked.connect(findings.toggle_freeze)
        findings.frozen_changed.connect(self._show)
        self._show(is_frozen=False)

    def _show(self, is_frozen: bool) -> None:
        self.setChecked(is_frozen)
        self.show_words(tr("Frozen") if is_frozen else tr("Freeze"))
        tip = tr("Resume following (P)") if is_frozen else tr("Freeze the rows (P)")
        show_tip(self, tip)
