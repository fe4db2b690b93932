"""Buttons, chips, tabs and toggles: names, states, keys."""

from collections.abc import Iterator

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.widgets.controls import buttons, toggles
from heimdall_desktop.widgets.controls.chips import Chip, FlowLayout
from heimdall_desktop.widgets.controls.tab_bar import TabBar
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import turn_wheel
from tests.fakes.pixels import places
from tests.widgets.conftest import Owned


@pytest.mark.parametrize(
    "kind", [buttons.OutlineButton, buttons.PrimaryButton, buttons.GhostButton, buttons.LinkButton]
)
def test_a_button_is_a_named_button_of_at_least_24_pixels(
    kind: type[buttons.PaintedButton], owned: Owned
) -> None:
    button = owned(kind("OK & <b>go</b>"))
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface.role() == QAccessible.Role.Button
    assert interface.text(QAccessible.Text.Name) == "OK & <b>go</b>"
    assert min(button.sizeHint().width(), button.sizeHint().height()) >= 24


def test_space_presses_a_button_and_a_click_keeps_the_focus(qtbot: QtBot, owned: Owned) -> None:
    button = owned(buttons.OutlineButton("Confirm", key="C"))
    assert button.focusPolicy() is Qt.FocusPolicy.TabFocus
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_a_new_label_is_also_the_new_name(owned: Owned) -> None:
    button = owned(buttons.OutlineButton("Add"))
    width = button.sizeHint().width()
    button.set_label("Add these scans")
    assert button.label == button.accessibleName() == "Add these scans"
    assert button.sizeHint().width() > width


def test_an_icon_button_has_a_harmless_tip_and_describes_its_badge(owned: Owned) -> None:
    name = "Close <img src=x>"
    button = owned(buttons.GhostIconButton("ui-close", name, key="Esc", height_px=16))
    assert button.sizeHint().width() == button.sizeHint().height() == 24, "never smaller"
    assert button.accessibleName() == name
    assert button.toolTip() == "<qt>Close &lt;img src=x&gt; (Esc)</qt>"
    button.set_badge("3")
    assert button.accessibleDescription() == "3, Esc"


# -- copy button --


def test_a_copy_button_confirms_for_a_moment(qtbot: QtBot, owned: Owned) -> None:
    button = owned(buttons.CopyButton("ui-link", "Copy link"))
    button.confirm()
    assert button.accessibleName() == "Copied"
    (timer,) = button.findChildren(QTimer)
    timer.setInterval(0)
    qtbot.waitUntil(lambda: button.accessibleName() == "Copy link")
    assert not timer.isActive()


def test_a_copy_word_changes_for_a_moment_and_nothing_moves(qtbot: QtBot, owned: Owned) -> None:
    button = owned(buttons.CopyWordButton("Copy patch"))
    button.show()
    width = button.width()
    button.confirm()
    assert button.accessibleName() == "Copied"
    assert button.minimumWidth() == width
    (timer,) = button.findChildren(QTimer)
    timer.setInterval(0)
    qtbot.waitUntil(lambda: button.accessibleName() == "Copy patch")
    assert button.minimumWidth() == 0


# -- tool button --


def test_a_compact_tool_hides_its_words_and_keeps_its_name(owned: Owned) -> None:
    button = owned(buttons.ToolButton(icon="ui-views", has_menu=True))
    button.show_words("Confirmed, changed", "View Confirmed, changed")
    full = button.sizeHint().width()
    button.set_compact(is_compact=True)
    assert (button.label, button.accessibleName()) == ("", "View Confirmed, changed")
    assert button.sizeHint().width() < button.full_width() == full
    button.show_words("Views")
    assert (button.label, button.accessibleName()) == ("", "Views")
    button.set_compact(is_compact=False)
    assert button.label == "Views"


def test_a_chip_turns_on_and_off_and_has_its_count_in_its_name(owned: Owned) -> None:
    chip = owned(Chip("High", severity=Severity.HIGH))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.isChecked()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert not chip.isChecked()
    width = chip.sizeHint().width()
    chip.set_count(58)
    assert chip.accessibleName() == "High, 58"
    assert chip.sizeHint().width() > width
    chip.set_count(None)
    assert chip.accessibleName() == "High"


def test_a_chip_with_a_menu_is_a_button_described_as_on(owned: Owned) -> None:
    chip = owned(Chip("Status", has_menu=True))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not chip.isChecked(), "it does not toggle itself"
    interface = QAccessible.queryAccessibleInterface(chip)
    assert interface.role() is QAccessible.Role.Button
    for is_on, words in ((True, "on"), (False, "")):
        chip.setChecked(is_on)
        assert chip.isChecked() is is_on
        assert interface.text(QAccessible.Text.Description) == words


# -- flow layout --


@pytest.fixture
def holder(owned: Owned) -> Iterator[QtWidgets.QWidget]:
    window = owned(QtWidgets.QWidget())
    yield QtWidgets.QWidget(window)
    window.close()


TO_RIGHT, TO_LEFT = list(Qt.LayoutDirection)[:2]


@pytest.mark.parametrize(
    ("width", "direction", "hidden", "places"),
    [
        (170, TO_RIGHT, 0, [(0, 0), (60, 0), (120, 0)]),
        (120, TO_RIGHT, 0, [(0, 0), (60, 0), (0, 10)]),
        (170, TO_RIGHT, 1, [(0, 0), (60, 0)]),
        (170, TO_LEFT, 0, [(120, 0), (60, 0), (0, 0)]),
    ],
    ids=["one line", "two lines", "hidden parts take no room", "from right to left"],
)
def test_parts_flow_in_reading_direction(
    holder: QtWidgets.QWidget,
    width: int,
    direction: Qt.LayoutDirection,
    hidden: int,
    places: list[tuple[int, int]],
) -> None:
    flow, parts = FlowLayout(holder), [QtWidgets.QWidget(holder) for _ in range(3)]
    flow.setSpacing(10)
    for part in parts:
        part.setMinimumSize(50, 10)
        flow.addWidget(part)
    for part in parts[:hidden]:
        part.hide()
    holder.setLayoutDirection(direction)
    holder.resize(width, 50)
    holder.window().show()
    assert [(part.x(), part.y()) for part in parts[hidden:]] == places
    assert holder.heightForWidth(width) == places[-1][1] + 10


@pytest.fixture
def bar(owned: Owned) -> TabBar:
    bar = owned(TabBar("Detail"))
    bar.add_tab("Evidence", icon="ui-log")
    bar.add_tab("Flow", count="4")
    bar.resize(bar.sizeHint())
    return bar


def test_arrow_keys_open_tabs(bar: TabBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.currentChanged):
        QTest.keyClick(bar, Qt.Key.Key_Right)
    assert bar.currentIndex() == 1


def test_tabs_are_tabs_for_assistive_technology_and_as_wide_as_their_count(bar: TabBar) -> None:
    assert QAccessible.queryAccessibleInterface(bar).role() == QAccessible.Role.PageTabList
    assert bar.accessibleTabName(1) == "Flow, 4"
    width = bar.tabRect(0).width()
    bar.set_count(0, "214")
    assert bar.tabRect(0).width() > width
    assert bar.accessibleTabName(0) == "Evidence, 214"


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
    turn_wheel(bar)
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


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (toggles.Switch, QAccessible.Role.CheckBox),
        (toggles.CheckBox, QAccessible.Role.CheckBox),
        (toggles.RadioRow, QAccessible.Role.RadioButton),
    ],
)
def test_a_toggle_has_its_role_and_a_click_changes_what_is_seen(
    theme: Theme,
    owned: Owned,
    kind: type[toggles.Switch] | type[toggles.CheckBox] | type[toggles.RadioRow],
    role: QAccessible.Role,
) -> None:
    toggle: QtWidgets.QAbstractButton = owned(kind("Watch new scans"))
    assert QAccessible.queryAccessibleInterface(toggle).role() == role
    toggle.resize(toggle.sizeHint())
    off = toggle.grab().toImage()
    QTest.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert toggle.isChecked()
    assert not places(off, theme.tokens.accent)
    assert len(places(toggle.grab().toImage(), theme.tokens.accent)) > 20
    assert toggle.accessibleName() == "Watch new scans"
    assert toggle.sizeHint().height() >= 24


def test_arrow_keys_move_between_radio_rows(qtbot: QtBot, owned: Owned) -> None:
    window = owned(QtWidgets.QWidget())
    column = QtWidgets.QVBoxLayout(window)
    first, second = toggles.RadioRow("Keyring", "Unlocked"), toggles.RadioRow("This session")
    column.addWidget(first)
    column.addWidget(second)
    with qtbot.waitExposed(window):
        window.show()
    first.setChecked(True)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.isChecked()
    assert not first.isChecked()


def test_the_line_below_is_the_description(owned: Owned) -> None:
    row = owned(toggles.RadioRow("Keyring", "Secret Service, unlocked"))
    height = row.sizeHint().height()
    assert row.accessibleDescription() == "Secret Service, unlocked"
    row.set_detail("")
    assert row.sizeHint().height() < height


# -- segmented control --


@pytest.fixture
def control(owned: Owned) -> toggles.SegmentedControl:
    return owned(toggles.SegmentedControl(["Unified", "Split"], name="Diff", height_px=22))


def test_a_click_chooses_and_reports_it(control: toggles.SegmentedControl, qtbot: QtBot) -> None:
    split = control.findChildren(QtWidgets.QRadioButton)[1]
    with qtbot.waitSignal(control.chosen) as received:
        QTest.mouseClick(split, Qt.MouseButton.LeftButton)
    assert received.args == [1]
    assert control.current == 1


def test_the_program_chooses_silently(control: toggles.SegmentedControl, qtbot: QtBot) -> None:
    assert control.current == 0, "the first word is the default"
    with qtbot.assertNotEmitted(control.chosen):
        control.set_current(1)
    assert control.current == 1


def test_arrow_keys_choose(control: toggles.SegmentedControl, qtbot: QtBot) -> None:
    with qtbot.waitExposed(control):
        control.show()
    first = control.findChildren(QtWidgets.QRadioButton)[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert control.current == 1


def test_the_tab_key_comes_to_the_chosen_word_from_both_sides(qtbot: QtBot, owned: Owned) -> None:
    """Arrow keys choose from there; beside it they would only move."""
    box = owned(QtWidgets.QWidget())
    column = QtWidgets.QVBoxLayout(box)
    control = toggles.SegmentedControl(["All", "Unread", "Held back"], name="Which alerts")
    before, after = QtWidgets.QPushButton(), QtWidgets.QPushButton()
    for part in (before, control, after):
        column.addWidget(part)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    words = control.findChildren(QtWidgets.QRadioButton)
    for chosen in (0, 1):
        control.set_current(chosen)
        after.setFocus()
        QTest.keyClick(after, Qt.Key.Key_Backtab)
        assert words[chosen].hasFocus()
        before.setFocus()
        QTest.keyClick(before, Qt.Key.Key_Tab)
        assert words[chosen].hasFocus()
        QTest.keyClick(words[chosen], Qt.Key.Key_Tab)
        assert after.hasFocus()


# -- segmented control folded folded --


@pytest.fixture
def folded(owned: Owned) -> toggles.FoldedBar:
    folded = owned(toggles.FoldedBar("ui-detail", "Detail", "Open detail", "Ctrl+D"))
    folded.resize(400, 300)
    folded.show()
    return folded


def test_its_button_says_what_it_does(folded: toggles.FoldedBar, qtbot: QtBot) -> None:
    [button] = folded.findChildren(QtWidgets.QPushButton)
    assert button.accessibleName() == "Open detail"
    assert "Ctrl+D" in button.toolTip()
    with qtbot.waitSignal(folded.opened):
        button.click()


def test_a_click_anywhere_opens(folded: toggles.FoldedBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(folded.opened):
        QTest.mouseClick(folded, Qt.MouseButton.LeftButton, pos=QPoint(20, 200))
