"""Snoozing by key, menu, bar and palette: hidden and back, without any request to a server."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from heimdall_desktop.application.base.store import SnoozeClock
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.widgets.controls.empty_state import EmptyState
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.decision_desk import MIRA, deciding_server
from tests.fakes.hands import part
from tests.fakes.shown_window import DecidingWindow, deciding_window
from tests.lab.server import LabServer

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with deciding_server() as running:
        yield running


@pytest.fixture
async def shown(server: LabServer, theme: Theme) -> AsyncIterator[DecidingWindow]:
    async with deciding_window(server, MIRA) as made:
        made.press(KEY.Key_Home)
        server.requests.reset()
        yield made


async def choose(shown: DecidingWindow, text: str) -> list[str]:
    """Open the menu by its key and choose from it; return what was offered."""
    shown.press(KEY.Key_S)
    offered = [each.text().partition("\t")[0] for each in shown.menu().actions()]
    await shown.choose(text)
    shown.window.activateWindow()  # without a desktop no menu gives the keyboard back
    shown.table.setFocus()
    await shown.settle()
    return offered


def foot(shown: DecidingWindow) -> str:
    texts = shown.window.findings.findChildren(QLabel)
    return next((each.text() for each in texts if "snoozed" in each.text()), "")


async def test_one_goes_by_key_and_is_back_marked_at_its_time(shown: DecidingWindow) -> None:
    clock = SnoozeClock(shown.desk.store, shown.time.now)
    shown.ticker.changed.connect(clock.take)
    first, second, *_ = before = shown.shown()
    offered = await choose(shown, "In 1 hour")
    assert offered[:2] == ["In 1 hour", "Tomorrow"]
    assert "Unsnooze" not in offered
    assert "Snoozed, Ctrl+Z" in shown.status_of(first)  # it stays until one moves on
    assert shown.table.selected_id == second
    assert shown.said[0].startswith("Snoozed until ")
    assert shown.said[0].endswith(", 1 of 10")
    shown.press(KEY.Key_Down)
    await shown.settle()
    assert shown.shown() == before[1:]
    assert foot(shown) == "1 finding is snoozed."
    shown.press(KEY.Key_A, CONTROL)
    assert first not in shown.window.findings.chosen().shown
    assert first not in [each.id for each in shown.model.in_order()]  # what is exported
    shown.time.pass_s(3600)
    clock.tick()
    await shown.settle()
    assert shown.shown() == before
    assert [*shown.model.listing.marks] == [first]
    assert foot(shown) == ""
    assert not shown.desk.server.requests.by_kind


async def test_many_are_snoozed_at_once_and_the_view_says_how_long(shown: DecidingWindow) -> None:
    shown.press(KEY.Key_A, CONTROL)
    await choose(shown, "Tomorrow")
    empty = part(shown.window, EmptyState, "findings_empty")
    assert empty.isVisible()
    assert "10 findings are snoozed." in [each.text() for each in empty.findChildren(QLabel)]
    way = next(each for each in empty.findChildren(QPushButton) if each.isVisible())
    QTest.mouseClick(way, LEFT)
    await shown.settle()
    assert shown.window.findings.filter_state.text == "is:snoozed"
    assert len(shown.shown()) == 10
    sentence = shown.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Snoozed until tomorrow 09:00." in sentence
    shown.press(KEY.Key_Home)
    await shown.settle()
    reported = part(shown.window, ProblemStrip, "detail-news")
    assert reported.isVisible()
    assert reported.accessibleName().startswith("Snoozed until ")
    assert "Unsnooze" in await choose(shown, "Unsnooze")
    shown.press(KEY.Key_Down)
    await shown.settle()
    assert len(shown.shown()) == 9
    buttons = {each.accessibleName(): each for each in reported.findChildren(QPushButton)}
    QTest.mouseClick(buttons["Unsnooze"], LEFT)
    await shown.until_quiet()
    assert shown.desk.shown(Field.SNOOZE).count("") == 2
    shown.press(KEY.Key_Z, CONTROL)
    await shown.write(KEY.Key_Z, CONTROL)
    assert len(shown.shown()) == 10
    await shown.write(KEY.Key_Z, CONTROL)
    assert shown.shown() == []
    assert not shown.model.listing.marks  # all of it was done by hand
    assert not shown.desk.server.requests.by_kind


async def test_it_is_there_where_nothing_may_be_changed(shown: DecidingWindow) -> None:
    await shown.set_read_only()
    first = shown.shown()[0]
    shown.table.menu.make().close()
    row_menu = shown.table.menu.make()
    assert row_menu.actions()[0].text() == "Snooze"
    row_menu.close()
    assert {"snooze", "snooze-tomorrow", "unsnooze"} <= shown.commands().keys()
    assert "undo" not in shown.commands()
    await choose(shown, "Next Monday")
    assert shown.commands()["undo"].title.startswith("Undo: Snoozed until ")
    await shown.write(KEY.Key_Z, CONTROL)
    assert shown.desk.row(first).snoozed_until is None
    shown.commands()["snooze-1h"].act()
    await shown.until_quiet()
    assert shown.desk.row(first).snoozed_until == shown.time.now() + timedelta(hours=1)
    assert not shown.desk.server.requests.by_kind


async def test_what_an_alert_leads_to_is_shown_though_it_is_snoozed(shown: DecidingWindow) -> None:
    first = shown.shown()[0]
    await choose(shown, "Tomorrow")
    shown.press(KEY.Key_Down)
    await shown.settle()
    assert shown.window.findings.reveal(first)
    assert shown.table.selected_id == first
    await shown.filter("sev>=high")
    assert first not in shown.shown()
