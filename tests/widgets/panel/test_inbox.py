"""The inbox shows findings on request, counts the unread and says why it is empty."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.widgets.controls.empty_state import EmptyState
from heimdall_desktop.widgets.controls.labels import Paragraph
from heimdall_desktop.widgets.controls.toggles import SegmentedControl
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.inbox import InboxTools, InboxView
from heimdall_desktop.widgets.panel.inbox_list import InboxList
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id
from tests.fakes.hands import click, part, press
from tests.fakes.inbox_lines import (
    STORY,
    full_inbox,
    make_failed_line,
    make_line,
    scan_mutes,
)


@pytest.fixture
def inbox() -> Inbox:
    return full_inbox(datetime.now(UTC))


@pytest.fixture
def view(theme: Theme, inbox: Inbox, qtbot: QtBot) -> InboxView:
    view = InboxView(inbox, scan_mutes(), Mask())
    qtbot.addWidget(view)
    view.resize(900, 200)
    view.show()
    qtbot.waitExposed(view)
    return view


def lines_of(view: InboxView) -> InboxList:
    found = view.findChild(InboxList)
    assert found is not None
    return found


def test_it_goes_by_the_name_of_its_part(view: InboxView) -> None:
    assert view.accessibleName() == "Inbox"


def test_a_click_shows_the_finding_and_reads_the_line(
    view: InboxView, inbox: Inbox, qtbot: QtBot
) -> None:
    with (
        qtbot.waitSignal(view.subject_wanted) as wanted,
        qtbot.waitSignal(view.unread_changed) as unread,
    ):
        QTest.mouseClick(lines_of(view).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 15))
    assert wanted.args is not None
    [line] = wanted.args
    assert (line.scan_id, line.finding_id) == (STORY[7][1], finding_id(7))
    assert unread.args == [1]
    assert inbox.unread == view.unread == 1


def test_enter_shows_the_finding_of_a_line_read_before(view: InboxView, qtbot: QtBot) -> None:
    lines = lines_of(view)
    lines.setCurrentIndex(lines.model().index(5, 0))
    with (
        qtbot.assertNotEmitted(view.unread_changed),
        qtbot.waitSignal(view.subject_wanted) as wanted,
    ):
        QTest.keyClick(lines, Qt.Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0].finding_id == finding_id(2)


def test_a_line_without_a_finding_leads_to_its_scan(
    view: InboxView, inbox: Inbox, qtbot: QtBot
) -> None:
    inbox.put(make_failed_line())
    view.refresh()
    with qtbot.waitSignal(view.subject_wanted) as wanted:
        QTest.mouseClick(lines_of(view).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 15))
    assert wanted.args is not None
    assert (wanted.args[0].scan_id, wanted.args[0].finding_id) == (SCAN_ID, "")
    assert not inbox.lines[0].is_unread


def test_marking_all_read_is_reported_once(view: InboxView, inbox: Inbox, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.unread_changed) as told:
        view.mark_all_read()
    assert told.args == [0]
    with qtbot.assertNotEmitted(view.unread_changed):
        view.mark_all_read()
    assert inbox.unread == 0


def test_an_empty_inbox_says_what_will_come(theme: Theme, qtbot: QtBot) -> None:
    inbox = Inbox(lambda: FOUND_AT)
    view = InboxView(inbox, scan_mutes(), Mask())
    qtbot.addWidget(view)
    view.show()
    empty = view.findChild(EmptyState)
    assert empty is not None
    assert empty.isVisible()
    assert next(text.text() for text in empty.findChildren(Paragraph)) == "No alerts yet."
    inbox.put(make_line())
    with qtbot.waitSignal(view.unread_changed) as told:
        view.refresh()
    assert told.args == [1]
    assert lines_of(view).isVisible()
    assert not empty.isVisible()


def test_the_keyboard_stays_in_the_inbox_when_its_first_line_comes(
    theme: Theme, qtbot: QtBot
) -> None:
    inbox = Inbox(lambda: FOUND_AT)
    view = InboxView(inbox, scan_mutes(), Mask())
    qtbot.addWidget(view)
    view.show()
    view.activateWindow()
    QTest.qWaitForWindowActive(view)
    view.take_keyboard()
    assert view.findChildren(EmptyState)[0].hasFocus()
    inbox.put(make_line())
    view.refresh()
    assert lines_of(view).hasFocus()


def test_only_what_is_unread_or_was_held_back_can_be_listed(view: InboxView) -> None:
    rows, choice = lines_of(view).model(), part(view, SegmentedControl, "inbox_parts")
    words = choice.findChildren(QRadioButton)
    assert [word.accessibleName() for word in words] == ["All", "Unread", "Held back"]
    click(words[1])
    assert rows.rowCount() == 2, "what was taken back waits for no reader"
    QTest.mouseClick(lines_of(view).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 15))
    assert rows.rowCount() == 2, "what was just read stays in sight"
    click(words[2])
    assert rows.rowCount() == 2
    click(words[0])
    assert rows.rowCount() == 8


def test_space_marks_a_line_unread_and_read_again(
    view: InboxView, inbox: Inbox, qtbot: QtBot
) -> None:
    lines = lines_of(view)
    lines.setCurrentIndex(lines.model().index(5, 0))  # read before
    for unread in (3, 2):
        with qtbot.waitSignal(view.unread_changed) as told:
            QTest.keyClick(lines, Qt.Key.Key_Space)
        assert told.args == [unread]
    lines.setCurrentIndex(lines.model().index(1, 0))  # withdrawn
    QTest.keyClick(lines, Qt.Key.Key_Space)
    assert inbox.unread == 2


def test_the_tools_are_in_the_foot_if_the_tabs_leave_no_space(
    view: InboxView, inbox: Inbox
) -> None:
    foot = next(each for each in view.findChildren(InboxTools) if each is not view.tools)
    assert not foot.isVisible()
    view.tools.hide()
    assert foot.isVisible()
    click(foot.findChildren(QRadioButton)[1])
    assert lines_of(view).model().rowCount() == 2
    assert view.tools.findChildren(QRadioButton)[1].isChecked()
    click(part(foot, QPushButton, "inbox_mark_all"))
    assert inbox.unread == 0
    view.tools.show()
    assert not foot.isVisible()


def test_the_foot_says_how_much_is_kept(view: InboxView, inbox: Inbox) -> None:
    foot = part(view, QLabel, "inbox_kept")
    assert foot.isVisible()
    assert foot.text() == inbox.kept_text
    click(view.tools.findChildren(QRadioButton)[2])
    assert foot.isVisible()
    inbox.clear()
    view.refresh()
    assert not foot.isVisible()


def test_keys_mean_the_scan_of_the_line_they_are_on(view: InboxView, inbox: Inbox) -> None:
    inbox.put(make_failed_line(event=Event.STALE))
    view.refresh()
    lines = lines_of(view)
    view.activateWindow()
    QTest.qWaitForWindowActive(view)
    lines.setFocus(Qt.FocusReason.TabFocusReason)
    meant = []
    for row in (0, 1):
        lines.setCurrentIndex(lines.model().index(row, 0))
        meant.append(view.meant_scan)
    lines.clearFocus()
    meant.append(view.meant_scan)
    assert meant == [None, STORY[7][1], None], "a server cannot be muted"


@pytest.mark.parametrize(
    ("segment", "fact"), [(1, "No unread alerts."), (2, "Nothing was held back.")]
)
def test_each_choice_says_what_its_emptiness_means(
    theme: Theme, qtbot: QtBot, segment: int, fact: str
) -> None:
    view = InboxView(Inbox(lambda: FOUND_AT), scan_mutes(), Mask())
    qtbot.addWidget(view)
    click(view.tools.findChildren(QRadioButton)[segment])
    assert view.findChildren(EmptyState)[0].accessibleName() == fact


def test_an_empty_choice_leads_back_to_all(view: InboxView) -> None:
    button, choice = part(view, QPushButton, "inbox_mark_all"), view.tools
    click(button)
    assert (view.unread, button.isEnabled()) == (0, False)
    click(choice.findChildren(QRadioButton)[1])
    empty = view.findChildren(EmptyState)[0]
    assert empty.accessibleName() == "No unread alerts."
    press(view, "Show all")
    assert lines_of(view).isVisible()
    assert choice.findChildren(QRadioButton)[0].isChecked()
