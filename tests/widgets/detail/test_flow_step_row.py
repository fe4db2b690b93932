"""One step of a flow, painted for both themes and both directions."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.presentation.detail.flow import FlowRole, FlowStep
from heimdall_desktop.widgets.detail.flow_step_row import FlowStepRow
from heimdall_desktop.widgets.look.theme import Theme

STEP = FlowStep(FlowRole.SINK, "<b>Command</b>", "tools/run.py", 41)


def test_the_chosen_step_has_the_ground_and_the_bar(theme: Theme, qtbot: QtBot) -> None:
    row = FlowStepRow(theme)
    qtbot.addWidget(row)
    row.resize(380, row.sizeHint().height())
    row.show_step(STEP, 2, 2)
    assert row.accessibleName() == "Step 2 of 2: sink, <b>Command</b>, tools/run.py, line 41"
    assert "&lt;b&gt;" in row.toolTip()
    row.setChecked(True)
    middle = row.height() // 2
    image = row.grab().toImage()
    assert image.pixelColor(1, middle) == theme.tokens.accent
    assert image.pixelColor(375, 2) == theme.tokens.selection
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    image = row.grab().toImage()
    assert image.pixelColor(378, middle) == theme.tokens.accent
    assert image.pixelColor(1, middle) == theme.tokens.selection
