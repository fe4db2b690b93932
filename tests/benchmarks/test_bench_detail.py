"""How long the detail pane takes to another finding: figures are printed, never asserted.

`pytest --capture=no tests/benchmarks/test_bench_detail.py`
"""

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding, Proof
from heimdall_desktop.widgets.controls.wrapped_label import TextBlock
from heimdall_desktop.widgets.detail.detail_tabs import Tab
from heimdall_desktop.widgets.look.theme import Theme
from tests.benchmarks.figures import took_ms
from tests.fakes.findings import finding_id, make_finding
from tests.fakes.hands import part
from tests.fakes.shown_detail import ShownDetail

FINDINGS = 20
CODE = "\n".join(f"    value_{n} = compute({n}, 'text')  # why" for n in range(200))
FLOW = "".join(f"{n}. `shop/x{n}.py:{n}` hands `q` on\n" for n in range(1, 20))
REASONING = "Because of this. " * 200 + "\n\n--- V\u00ed\u00f0arr ---\n" + "Agreed. " * 200
PATCH = "--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n-bad\n+good\n same\n"


def long_finding(number: int) -> Finding:
    return make_finding(
        number,
        description=f"# {number}\n\n" + "Some `code` and **strong** words.\n\n" * 40 + FLOW,
        code_snippet=f"{CODE}\n# {number}",
        suggested_patch=PATCH.replace("good", f"good{number}"),
        proof=Proof("confirmed", "python", CODE, 0, "x" * 9_000, "y" * 9_000, "It did."),
        agent_reasoning=REASONING,
        references=tuple(f"https://example.org/{number}/{n}" for n in range(10)),
    )


def diff_of(lines: int, old: str, new: str) -> str:
    changes = "".join(f"-{old} {n}\n+{new} {n}\n same\n" for n in range(lines))
    return f"--- a/x.py\n+++ b/x.py\n@@ -1,{2 * lines} +1,{2 * lines} @@\n{changes}"


#: What a hostile server may send, each in a finding of its own, and where it is seen.
HOSTILE: dict[str, tuple[Tab, dict[str, Any]]] = {
    "10,000 lines": (Tab.EVIDENCE, {"code_snippet": CODE * 50}),
    "lines of 2,000 characters": (Tab.EVIDENCE, {"code_snippet": f"{'f(a.b)+' * 300}\n" * 30}),
    "control characters": (Tab.EVIDENCE, {"code_snippet": f"{chr(1) * 2000}\n" * 5000}),
    "1,500 lines of patch": (Tab.FIX, {"suggested_patch": diff_of(490, "was = f(1)", "is = g(2)")}),
    "a patch that repeats": (Tab.FIX, {"suggested_patch": diff_of(60, "old " * 99, "new " * 99)}),
    "300 rows of a table": (Tab.EVIDENCE, {"description": "|a|b|\n|-|-|\n" + "|`c`|d|\n" * 300}),
    "8 parts of reasoning": (Tab.REASONING, {"agent_reasoning": f"{REASONING}\n" * 8}),
    "300 fields": (Tab.FIX, {"manifest": {f"k{n}": "v" * 999 for n in range(300)}}),
}


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownDetail:
    return ShownDetail(qtbot)


@pytest.mark.parametrize("tab", Tab)
def test_another_finding(tab: Tab, shown: ShownDetail) -> None:
    pane = shown.pane
    shown.read(1.0, *map(long_finding, range(1, FINDINGS + 1)))

    def go_to(number: int) -> None:
        pane.show_finding(finding_id(number))
        pane.grab()

    go_to(1)
    part(pane, QTabBar, "detail-tabs").setCurrentIndex(list(Tab).index(tab))
    first, *others = [took_ms(lambda n=n: go_to(n)) for n in range(1, FINDINGS + 1)]  # type: ignore[misc]
    others.sort()
    print(  # noqa: T201 - that is what a benchmark is for
        f"detail of another finding, painted, {tab.value}: first {first:.0f} ms, "
        f"then median {others[len(others) // 2]:.0f} ms, worst {others[-1]:.0f} ms"
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_finding(name: str, shown: ShownDetail, qapp: QApplication) -> None:
    tab, fields = HOSTILE[name]
    pane = shown.pane
    shown.open(long_finding(1), make_finding(2, **fields))
    part(pane, QTabBar, "detail-tabs").setCurrentIndex(list(Tab).index(tab))
    qapp.processEvents()
    shown_ms = took_ms(lambda: pane.show_finding(finding_id(2))) + took_ms(pane.grab)
    later_ms = max(took_ms(qapp.processEvents) for _ in range(50))
    print(  # noqa: T201 - as above
        f"detail of {name}: painted after {shown_ms:.0f} ms, worst turn later {later_ms:.0f} ms"
    )


def test_a_megabyte_in_one_line(theme: Theme, qtbot: QtBot) -> None:
    block = TextBlock()
    qtbot.addWidget(block)
    block.resize(400, 300)
    block.show()
    taken_ms = took_ms(lambda: block.set_text("x" * 1_000_000))
    print(f"one line of 1 MB set: {taken_ms:.0f} ms")  # noqa: T201 - as above
