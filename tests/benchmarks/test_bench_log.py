"""How long a log of 10,000 lines keeps the window busy: figures are printed, never asserted.

`pytest --capture=no --timeout=0 tests/benchmarks/test_bench_log.py`
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.log_page import LogPage
from heimdall_desktop.widgets.panel.stages_panel import StagesPanel
from tests.benchmarks.figures import took_ms
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.hands import part

LINES = 10_000
ROUNDS = 20


class LongLog:
    """A panel over a scan with a very long log."""

    def __init__(self) -> None:
        self.store, self.time = Store(), FakeTime()
        self.ticker = Ticker(self.store)
        self.story = ScanStory(self.store, self.time, "shop").run([30], LINES)
        line = self.story.line
        self.story.log(
            *(
                line(
                    f"Surface {number}",
                    f"{number % 97} files looked at",
                    stage=STAGE_NAMES[number % 9],
                    task=f"surface-{number}",
                    status="warning" if number % 50 == 0 else "completed",
                    ago_s=number,
                )
                for number in range(LINES)
            )
        )
        self.panel = StagesPanel(self.store, self.ticker, self.time.clock, self.time.now)
        self.panel.resize(1132, 400)
        self.panel.show()
        self.ticker.flush()
        self.panel.open_log()
        QApplication.processEvents()
        self.page = self.panel.findChildren(LogPage)[0]

    def add_line(self) -> None:
        self.story.log(self.story.line("One more", stage="hunt"))
        self.ticker.flush()

    def type_letter(self) -> None:
        edit = self.page.search.field.edit
        if edit.text() == "surface 9":
            edit.setText("surface")
        QTest.keyClicks(edit, " " if edit.text() == "surface" else "9")

    def step(self) -> None:
        self.page.search.field.edit.setText("surface 99")
        self.page.search.step_wanted.emit(1)

    def turn_page(self) -> None:
        QTest.keyClick(self.page.view, Qt.Key.Key_PageDown)

    def want_problems(self) -> None:
        QTest.mouseClick(part(self.panel, QWidget, "log_problems"), Qt.MouseButton.LeftButton)

    def want_stage(self) -> None:
        self.panel.pick_stage("hunt")
        self.panel.pick_stage("")


@pytest.fixture
def shown(theme: Theme) -> Iterator[LongLog]:
    shown = LongLog()
    yield shown
    shown.panel.close()
    shown.panel.deleteLater()


def slowest_ms(act: Callable[[], None]) -> float:
    def act_and_paint() -> None:
        act()
        QApplication.processEvents()

    return max(took_ms(act_and_paint) for _ in range(ROUNDS))


def test_a_long_log(shown: LongLog) -> None:
    acts = {
        "a new line": shown.add_line,
        "a letter of a search": shown.type_letter,
        "the next match": shown.step,
        "a page down": shown.turn_page,
        "problems only, on or off": shown.want_problems,
        "one stage, and back": shown.want_stage,
        "a second passes": shown.ticker.second.emit,
    }
    print(f"\n{LINES:,} lines, slowest of {ROUNDS}:")  # noqa: T201
    for name, act in acts.items():
        print(f"  {name:<28} {slowest_ms(act):6.1f} ms")  # noqa: T201
