"""The tabs for the reasoning and the data flow."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QTextBrowser, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding, Source
from heimdall_desktop.domain.facts.listed_rows import ListedRows
from heimdall_desktop.presentation.detail.finding_text import FlowRole, FlowStep
from heimdall_desktop.widgets.detail import reasoning_view
from heimdall_desktop.widgets.detail.code_view import CodeView, LineKind
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_finding
from tests.fakes.hands import asked_page, click, opened, part, press, press_key
from tests.widgets.conftest import Owned

DIVIDER = "\n\n--- V\u00ed\u00f0arr ---\n"


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> reasoning_view.ReasoningView:
    return opened(qtbot, reasoning_view.ReasoningView(), 400, 400)


def shown(view: reasoning_view.ReasoningView) -> list[tuple[str, str]]:
    found = []
    for number in range(reasoning_view.PART_LIMIT + 1):
        head = view.findChild(QWidget, f"reasoning-head-{number}")
        if head is not None and head.isVisible():
            title = head.findChildren(QLabel)[0].text()
            text = part(part(view, QWidget, f"reasoning-{number}"), QTextEdit, "text")
            found.append((title, text.toPlainText()))
    return found


def test_each_part_names_its_author(view: reasoning_view.ReasoningView) -> None:
    view.show_finding(make_finding(agent_reasoning=f"Found.{DIVIDER}Agrees.{DIVIDER}Still."))
    assert shown(view) == [
        ("Hunt agent", "Found."),
        ("V\u00ed\u00f0arr, attempt 1 of 2", "Agrees."),
        ("V\u00ed\u00f0arr, attempt 2 of 2", "Still."),
    ]
    press(part(view, QWidget, "reasoning-head-1"), "Copy")
    assert QGuiApplication.clipboard().text() == "Agrees."


def test_parts_of_another_finding_leave(view: reasoning_view.ReasoningView) -> None:
    view.show_finding(make_finding(agent_reasoning=f"Found.{DIVIDER}Agrees."))
    assert [title for title, _ in shown(view)] == ["Hunt agent", "V\u00ed\u00f0arr"]
    view.show_finding(make_finding(source=Source.STATIC, agent_reasoning="<b>Rule</b>"))
    assert shown(view) == [("Scanner or V\u00ed\u00f0arr", "<b>Rule</b>")]
    divided = f"Rule{DIVIDER}Agrees."
    view.show_finding(make_finding(source=Source.STATIC, agent_reasoning=divided))
    assert [title for title, _ in shown(view)] == ["Scanner", "V\u00ed\u00f0arr"]


def test_words_of_a_review_are_not_the_scanners(view: reasoning_view.ReasoningView) -> None:
    finding = make_finding(source=Source.CONFIG, agent_reasoning="No guard found.")
    rows = ListedRows()
    rows.read_row(1.0, finding)
    view.show_finding(rows.findings[finding.id])
    assert shown(view) == [("V\u00ed\u00f0arr", "No guard found.")]


def test_a_flood_of_dividers_is_one_text(view: reasoning_view.ReasoningView) -> None:
    view.show_finding(make_finding(agent_reasoning=f"x{DIVIDER}" * 100 + "end"))
    assert len(shown(view)) == 1


def test_blank_reasoning_is_none(view: reasoning_view.ReasoningView) -> None:
    view.show_finding(make_finding(agent_reasoning="x"))
    view.show_finding(make_finding(agent_reasoning=" \n"))
    assert shown(view) == []


def test_its_links_only_ask(view: reasoning_view.ReasoningView, qtbot: QtBot) -> None:
    view.show_finding(make_finding(agent_reasoning="It **is**, see [why](https://why.example/x)."))
    assert shown(view) == [("Hunt agent", "It is, see why.")]
    text = part(view, QTextBrowser, "text")
    url = QUrl("https://why.example/x")
    assert asked_page(view, lambda: text.anchorClicked.emit(url)) == url.toString()


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
def flow(qtbot: QtBot, owned: Owned) -> reasoning_view.FlowView:
    flow = owned(reasoning_view.FlowView())
    flow.resize(400, 400)
    flow.show()
    qtbot.waitExposed(flow)
    return flow


def rows(flow: reasoning_view.FlowView) -> list[reasoning_view.FlowStepRow]:
    found = (flow.findChild(reasoning_view.FlowStepRow, f"flow-step-{n}") for n in range(10))
    return [row for row in found if row is not None and row.isVisible()]


def marked(flow: reasoning_view.FlowView) -> list[int | None]:
    code = part(flow, CodeView, "flow-code")
    if not code.isVisible():
        return []
    return [line.numbers[0] for line in code.lines if line.kind is LineKind.AFFECTED]


def test_each_step_says_what_it_is_and_marks_its_line(flow: reasoning_view.FlowView) -> None:
    flow.show_finding(TAINT)
    assert [row.accessibleName() for row in rows(flow)] == [
        "Step 1 of 3: source, UserInput, tools/run.py, line 12",
        "Step 2 of 3: step, hands it on, tools/lib.py, line 7",
        "Step 3 of 3: sink, Command, tools/run.py, line 14",
    ]
    assert marked(flow) == [12]
    click(rows(flow)[2])
    assert marked(flow) == [14]
    assert not flow.grab().isNull()


def test_a_place_without_code_says_so(flow: reasoning_view.FlowView) -> None:
    flow.show_finding(TAINT)
    click(rows(flow)[1])
    assert marked(flow) == []
    assert part(flow, QLabel, "flow-note").isVisible()


def test_keys_walk_and_stop_at_the_ends(flow: reasoning_view.FlowView, qtbot: QtBot) -> None:
    flow.show_finding(TAINT)
    flow.step(-1)
    assert flow.chosen == 0
    rows(flow)[0].setFocus()
    qtbot.waitUntil(rows(flow)[0].hasFocus)
    press_key(rows(flow)[0], Qt.Key.Key_Down)
    assert flow.chosen == 1
    flow.step(1)
    assert rows(flow)[2].hasFocus()
    flow.step(1)
    assert flow.chosen == 2


@pytest.mark.parametrize(
    ("finding", "chosen"), [(make_finding(2, description="- a.py:1\n- b.py:2"), 0), (TAINT, 2)]
)
def test_each_keeps_its_step(flow: reasoning_view.FlowView, finding: Finding, chosen: int) -> None:
    flow.show_finding(TAINT)
    flow.step(2)
    flow.show_finding(finding)
    assert flow.chosen == chosen


def test_fewer_steps_leave_no_rows_behind(flow: reasoning_view.FlowView) -> None:
    flow.show_finding(TAINT)
    flow.show_finding(make_finding(2, description="- a.py:1\n- b.py:2"))
    assert len(rows(flow)) == 2
    assert part(flow, QWidget, "flow-steps").accessibleName() == "Flow steps"


def test_the_code_is_beside_the_steps_where_both_fit(flow: reasoning_view.FlowView) -> None:
    flow.show_finding(TAINT)
    code, step = part(flow, CodeView, "flow-code"), rows(flow)[0]
    assert code.mapTo(flow, code.rect().topLeft()).y() > rows(flow)[-1].geometry().bottom()
    flow.resize(640, 400)
    QApplication.processEvents()
    assert code.mapTo(flow, code.rect().topLeft()).x() > step.geometry().right()
    assert code.mapTo(flow, code.rect().topLeft()).y() < rows(flow)[-1].geometry().bottom()


def test_the_chosen_step_has_the_ground_and_the_bar(theme: Theme, owned: Owned) -> None:
    row = owned(reasoning_view.FlowStepRow())
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
