"""The undo history: what it lists, how far it goes back and forth, and where it stops."""

from collections.abc import AsyncIterator, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.decision_desk import MIRA, deciding_server
from tests.fakes.shown_window import DecidingWindow, deciding_window, undo_lines, undo_sheet
from tests.lab.server import LabServer

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with deciding_server() as running:
        yield running


@pytest.fixture
async def shown(server: LabServer, theme: Theme) -> AsyncIterator[DecidingWindow]:
    """Three findings were decided, one after the other."""
    async with deciding_window(server, MIRA, findings=4) as made:
        assert made.window.findings.tools.history.isHidden()
        made.press(KEY.Key_Home)
        for key in (KEY.Key_C, KEY.Key_D, KEY.Key_X):
            await made.write(key)
        made.window.triage.show_news()
        yield made


async def test_all_since_a_step_is_undone_and_redone(shown: DecidingWindow) -> None:
    titles = [shown.desk.row(each).title for each in shown.desk.ids]
    sheet = undo_sheet(shown.window)
    assert undo_lines(sheet) == [
        f"Undo up to: Fixed: {titles[2]}",
        f"Undo up to: Dismissed: {titles[1]}",
        f"Undo up to: Confirmed: {titles[0]}",
    ]
    shown.press(KEY.Key_Down)
    await shown.write(KEY.Key_Return)
    assert shown.desk.on_server() == ["confirmed", "open", "open", "open"]
    assert shown.strip_text() == f"2 actions undone. Undone: Dismissed: {titles[1]}."

    sheet = undo_sheet(shown.window)
    model = sheet.steps.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [
        f"Fixed: {titles[2]}",
        f"Dismissed: {titles[1]}",
        "now",
        f"Confirmed: {titles[0]}",
    ]
    assert sheet.steps.currentIndex().row() == 3
    for _ in range(2):  # past the line, which cannot be chosen
        shown.press(KEY.Key_Up)
    await shown.write(KEY.Key_Space)
    assert shown.desk.on_server() == ["confirmed", "dismissed", "fixed", "open"]
    assert shown.strip_text().startswith("2 actions redone.")

    sheet = undo_sheet(shown.window)
    shown.press(KEY.Key_Escape)
    assert QApplication.activePopupWidget() is None
    await shown.set_read_only()
    assert shown.window.findings.tools.history.isHidden()
    assert "undo-history" not in shown.commands()


async def test_it_stops_at_what_was_changed_elsewhere_and_says_so(shown: DecidingWindow) -> None:
    second = shown.desk.ids[1]
    shown.desk.change_elsewhere(second, "false_positive", by=None)
    await shown.desk.resync()
    await shown.settle()
    sheet = undo_sheet(shown.window)
    title = shown.desk.row(second).title
    reported = sheet.steps.model().index(1, 0).data(ACCESSIBLE)
    assert reported.startswith(f"Undo up to: Dismissed: {title}, ")
    assert reported.endswith(", changed elsewhere since then")
    QTest.mouseClick(
        sheet.steps.viewport(),
        LEFT,
        pos=sheet.steps.visualRect(sheet.steps.model().index(2, 0)).center(),
    )
    await shown.until_quiet()
    assert shown.desk.on_server() == ["confirmed", "false_positive", "open", "open"]
    assert shown.strip_text().startswith("0 of 1 undone.")
