"""Tabs count, name themselves and obey the arrow keys."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.tab_bar import TabBar
from heimdall_desktop.widgets.look.theme import Theme
from tests.widgets.conftest import Owned


@pytest.fixture
def bar(owned: Owned) -> TabBar:
    bar = owned(TabBar("Detail"))
    bar.add_tab("Evidence", icon="ui-log")
    bar.add_tab("Flow", count="4")
    bar.resize(bar.sizeHint())
    return bar


def test_tabs_are_tabs_for_assistive_technology(bar: TabBar) -> None:
    interface = QAccessible.queryAccessibleInterface(bar)
    assert interface.role() == QAccessible.Role.PageTabList
    assert bar.accessibleTabName(1) == "Flow, 4"


def test_arrow_keys_open_tabs(bar: TabBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.currentChanged):
        QTest.keyClick(bar, Qt.Key.Key_Right)
    assert bar.currentIndex() == 1


def test_a_count_widens_its_tab(bar: TabBar) -> None:
    width = bar.tabRect(0).width()
    bar.set_count(0, "214")
    assert bar.tabRect(0).width() > width
    assert bar.accessibleTabName(0) == "Evidence, 214"


def test_zoom_makes_tabs_larger(bar: TabBar, theme: Theme) -> None:
    size = bar.tabRect(0).size()
    theme.set_zoom(1.5)
    assert bar.tabRect(0).height() == round(size.height() * 1.5)
    assert bar.tabRect(0).width() > size.width()


def test_tabs_come_closer_only_as_far_as_needed(owned: Owned) -> None:
    bar = owned(TabBar("Parts"))
    for name in ("Evidence", "Flow", "Fix", "Proof", "Reasoning", "History", "Fields"):
        bar.add_tab(name)
    wide = bar.fit(2000)
    room = bar.sizeHint().width() + bar.count()  # widths are rounded up
    gaps = [bar.fit(room - 2 * 7 * narrower) for narrower in range(8)]
    assert gaps[0] == wide
    assert gaps == sorted(gaps, reverse=True)
    assert len(set(gaps)) > 3
    for narrower in range(5):
        bar.fit(room - 2 * 7 * narrower)
        assert bar.sizeHint().width() <= room - 2 * 7 * narrower


def test_the_wheel_switches_no_tab(bar: TabBar) -> None:
    bar.show()
    place = QPointF(bar.rect().center())
    wheel = QWheelEvent(
        place,
        bar.mapToGlobal(place),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(bar, wheel)
    assert bar.currentIndex() == 0


def test_counts_are_hidden_before_tabs(owned: Owned) -> None:
    bar = owned(TabBar("Parts"))
    for name in ("Evidence", "Flow", "History"):
        bar.add_tab(name, count="1 000")
    bar.fit(2000)
    wide = bar.sizeHint().width()
    bar.fit(wide - 120)
    assert bar.sizeHint().width() <= wide - 120
    assert bar.accessibleTabName(2) == "History, 1 000"
    bar.fit(2000)
    assert bar.sizeHint().width() == wide
