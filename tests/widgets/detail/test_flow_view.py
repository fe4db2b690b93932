"""The flow of a finding, step by step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.presentation.detail.flow import FlowRole, FlowStep
from heimdall_desktop.widgets.detail.code_view import CodeView, LineKind
from heimdall_desktop.widgets.detail.flow_view import FlowStepRow, FlowView
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.hands import click, part, press_key

CODE = "def run(request):\n    name = request.args['x']\n    os.system(name)"
TAINT = make_finding(
    1,
    title="Taint flow: UserInput \u2192 Command in tools/run.py",
    file_path="tools/run.py",
    fingerprint="taint-tools/run.py-12-14",
    line_start=12,
    line_end=14,
    code_snippet=CODE,
    description="- `tools/lib.py:7` hands it on",
)

STEP = FlowStep(FlowRole.SINK, "<b>Command</b>", "tools/run.py", 41)


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> FlowView:
    view = FlowView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


def rows(view: FlowView) -> list[FlowStepRow]:
    found = (view.findChild(FlowStepRow, f"flow-step-{n}") for n in range(10))
    return [row for row in found if row is not None and row.isVisible()]


def marked(view: FlowView) -> list[int | None]:
    code = part(view, CodeView, "flow-code")
    if not code.isVisible():
        return []
    return [line.numbers[0] for line in code.lines if line.kind is LineKind.AFFECTED]


def test_each_step_says_what_it_is_and_marks_its_line(view: FlowView) -> None:
    view.show_finding(TAINT)
    assert [row.accessibleName() for row in rows(view)] == [
        "Step 1 of 3: source, UserInput, tools/run.py, line 12",
        "Step 2 of 3: step, hands it on, tools/lib.py, line 7",
        "Step 3 of 3: sink, Command, tools/run.py, line 14",
    ]
    assert marked(view) == [12]
    click(rows(view)[2])
    assert marked(view) == [14]
    assert not view.grab().isNull()


def test_a_place_without_code_says_so(view: FlowView) -> None:
    view.show_finding(TAINT)
    click(rows(view)[1])
    assert marked(view) == []
    assert part(view, QLabel, "flow-note").isVisible()


def test_keys_walk_and_stop_at_the_ends(view: FlowView, qtbot: QtBot) -> None:
    view.show_finding(TAINT)
    view.step(-1)
    assert view.chosen == 0
    rows(view)[0].setFocus()
    qtbot.waitUntil(rows(view)[0].hasFocus)
    press_key(rows(view)[0], Qt.Key.Key_Down)
    assert view.chosen == 1
    view.step(1)
    assert rows(view)[2].hasFocus()
    view.step(1)
    assert view.chosen == 2


@pytest.mark.parametrize(
    ("finding", "chosen"),
    [
        (make_finding(2, description="- a.py:1\n- b.py:2"), 0),
        (TAINT, 2),
    ],
)
def test_the_chosen_step_stays_with_its_finding(
    view: FlowView, finding: Finding, chosen: int
) -> None:
    view.show_finding(TAINT)
    view.step(2)
    view.show_finding(finding)
    assert view.chosen == chosen


def test_fewer_steps_leave_no_rows_behind(view: FlowView) -> None:
    view.show_finding(TAINT)
    view.show_finding(make_finding(2, description="- a.py:1\n- b.py:2"))
    assert len(rows(view)) == 2
    assert part(view, QWidget, "flow-steps").accessibleName() == "Flow steps"


def test_the_code_is_beside_the_steps_where_both_fit(view: FlowView) -> None:
    view.show_finding(TAINT)
    code, step = part(view, CodeView, "flow-code"), rows(view)[0]
    assert code.mapTo(view, code.rect().topLeft()).y() > rows(view)[-1].geometry().bottom()
    view.resize(640, 400)
    QApplication.processEvents()
    assert code.mapTo(view, code.rect().topLeft()).x() > step.geometry().right()
    assert code.mapTo(view, code.rect().topLeft()).y() < rows(view)[-1].geometry().bottom()


def test_the_chosen_step_has_the_ground_and_the_bar(theme: Theme, qtbot: QtBot) -> None:
    row = FlowStepRow()
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
