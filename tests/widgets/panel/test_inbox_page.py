"""The inbox shows findings on request, counts the unread and says why it is empty."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.alerts.alert import Decision, Withdrawal
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.models.panel_models import InboxModel
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.presentation.time_text import full_words
from heimdall_desktop.widgets.controls.empty_state import EmptyState
from heimdall_desktop.widgets.controls.text_labels import Paragraph
from heimdall_desktop.widgets.controls.toggles import SegmentedControl
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel import inbox_page
from tests.fakes.accessible_tree import select
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id
from tests.fakes.hands import click, part, press
from tests.fakes.inbox_lines import STORY, full_inbox, make_failed_line, make_line, scan_mutes
from tests.fakes.pixels import places
from tests.widgets.conftest import Owned


@pytest.fixture
def inbox() -> Inbox:
    return full_inbox(datetime.now(UTC))


@pytest.fixture
def view(inbox: Inbox, qtbot: QtBot, owned: Owned) -> inbox_page.InboxView:
    view = owned(inbox_page.InboxView(inbox, scan_mutes(), Mask()))
    view.resize(900, 200)
    view.show()
    qtbot.waitExposed(view)
    return view


def lines_of(view: inbox_page.InboxView) -> inbox_page.InboxList:
    return view.findChildren(inbox_page.InboxList)[0]


def test_a_click_shows_and_reads_it(view: inbox_page.InboxView, inbox: Inbox, qtbot: QtBot) -> None:
    read = qtbot.waitSignal(view.unread_changed)
    with qtbot.waitSignal(view.subject_wanted) as wanted, read as unread:
        QTest.mouseClick(lines_of(view).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 15))
    assert wanted.args is not None
    [line] = wanted.args
    assert (line.scan_id, line.finding_id) == (STORY[7][1], finding_id(7))
    assert unread.args == [1]
    assert inbox.unread == view.unread == 1


def test_enter_shows_the_finding_of_a_line(view: inbox_page.InboxView, qtbot: QtBot) -> None:
    lines = lines_of(view)
    lines.setCurrentIndex(lines.model().index(5, 0))
    nothing = qtbot.assertNotEmitted(view.unread_changed)
    with nothing, qtbot.waitSignal(view.subject_wanted) as wanted:
        QTest.keyClick(lines, Qt.Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0].finding_id == finding_id(2)


def test_scan_lines_lead_to_it(view: inbox_page.InboxView, inbox: Inbox, qtbot: QtBot) -> None:
    inbox.put(make_failed_line())
    view.refresh()
    with qtbot.waitSignal(view.subject_wanted) as wanted:
        QTest.mouseClick(lines_of(view).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 15))
    assert wanted.args is not None
    assert (wanted.args[0].scan_id, wanted.args[0].finding_id) == (SCAN_ID, "")
    assert not inbox.lines[0].is_unread


def test_all_read_is_reported_once(view: inbox_page.InboxView, inbox: Inbox, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.unread_changed) as changed:
        view.mark_all_read()
    assert changed.args == [0]
    with qtbot.assertNotEmitted(view.unread_changed):
        view.mark_all_read()
    assert inbox.unread == 0


def test_an_empty_inbox_says_what_will_come(qtbot: QtBot, owned: Owned) -> None:
    inbox = Inbox(lambda: FOUND_AT)
    view = owned(inbox_page.InboxView(inbox, scan_mutes(), Mask()))
    view.show()
    empty = view.findChildren(EmptyState)[0]
    assert empty.isVisible()
    assert next(text.text() for text in empty.findChildren(Paragraph)) == "No alerts yet."
    inbox.put(make_line())
    with qtbot.waitSignal(view.unread_changed) as changed:
        view.refresh()
    assert changed.args == [1]
    assert lines_of(view).isVisible()
    assert not empty.isVisible()
    assert view.accessibleName() == "Inbox"


def test_the_keyboard_stays_in_the_inbox_when_its_first_line_comes(owned: Owned) -> None:
    inbox = Inbox(lambda: FOUND_AT)
    view = owned(inbox_page.InboxView(inbox, scan_mutes(), Mask()))
    view.show()
    view.activateWindow()
    QTest.qWaitForWindowActive(view)
    view.take_keyboard()
    assert view.findChildren(EmptyState)[0].hasFocus()
    inbox.put(make_line())
    view.refresh()
    assert lines_of(view).hasFocus()


def test_only_what_is_unread_or_was_held_back_can_be_listed(view: inbox_page.InboxView) -> None:
    rows, choice = lines_of(view).model(), part(view, SegmentedControl, "inbox_parts")
    words = choice.findChildren(QtWidgets.QRadioButton)
    assert [word.accessibleName() for word in words] == ["All", "Unread", "Held back"]
    click(words[1])
    assert rows.rowCount() == 2, "what was withdrawn is not unread"
    QTest.mouseClick(lines_of(view).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 15))
    assert rows.rowCount() == 2, "what was just read stays in sight"
    click(words[2])
    assert rows.rowCount() == 2
    click(words[0])
    assert rows.rowCount() == 8


def test_space_toggles_a_line_read(view: inbox_page.InboxView, inbox: Inbox, qtbot: QtBot) -> None:
    lines = lines_of(view)
    lines.setCurrentIndex(lines.model().index(5, 0))  # read before
    for unread in (3, 2):
        with qtbot.waitSignal(view.unread_changed) as changed:
            QTest.keyClick(lines, Qt.Key.Key_Space)
        assert changed.args == [unread]
    lines.setCurrentIndex(lines.model().index(1, 0))  # withdrawn
    QTest.keyClick(lines, Qt.Key.Key_Space)
    assert inbox.unread == 2


def test_in_a_narrow_panel_tools_are_in_the_foot(view: inbox_page.InboxView, inbox: Inbox) -> None:
    foot = next(each for each in view.findChildren(inbox_page.InboxTools) if each is not view.tools)
    assert not foot.isVisible()
    view.tools.hide()
    assert foot.isVisible()
    click(foot.findChildren(QtWidgets.QRadioButton)[1])
    assert lines_of(view).model().rowCount() == 2
    assert view.tools.findChildren(QtWidgets.QRadioButton)[1].isChecked()
    click(part(foot, QtWidgets.QPushButton, "inbox_mark_all"))
    assert inbox.unread == 0
    view.tools.show()
    assert not foot.isVisible()


def test_the_foot_says_how_much_is_kept(view: inbox_page.InboxView, inbox: Inbox) -> None:
    foot = part(view, QtWidgets.QLabel, "inbox_kept")
    assert foot.isVisible()
    assert foot.text() == inbox.kept_text
    click(view.tools.findChildren(QtWidgets.QRadioButton)[2])
    assert foot.isVisible()
    inbox.clear()
    view.refresh()
    assert not foot.isVisible()


def test_keys_mean_the_scan_of_their_line(view: inbox_page.InboxView, inbox: Inbox) -> None:
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


def test_an_empty_choice_says_what_that_means_and_leads_back_to_all(
    view: inbox_page.InboxView, inbox: Inbox
) -> None:
    button, choice = part(view, QtWidgets.QPushButton, "inbox_mark_all"), view.tools
    click(button)
    assert (view.unread, button.isEnabled()) == (0, False)
    click(choice.findChildren(QtWidgets.QRadioButton)[1])
    empty = view.findChildren(EmptyState)[0]
    assert empty.accessibleName() == "No unread alerts."
    press(view, "Show all")
    assert lines_of(view).isVisible()
    assert choice.findChildren(QtWidgets.QRadioButton)[0].isChecked()
    inbox.clear()
    click(choice.findChildren(QtWidgets.QRadioButton)[2])
    assert empty.accessibleName() == "Nothing was held back."


# -- its list --


Paint = Callable[..., QtGui.QImage]


@pytest.fixture
def numbered() -> Inbox:
    numbered = Inbox(lambda: FOUND_AT)
    for number in range(30):
        numbered.put(make_line(number, is_read=number % 2 == 0))
    return numbered


@pytest.fixture
def lines(numbered: Inbox, qtbot: QtBot, owned: Owned) -> Iterator[inbox_page.InboxList]:
    model = InboxModel(numbered, Mask())
    lines = owned(inbox_page.InboxList(model, scan_mutes()))
    lines.resize(900, 200)
    lines.show()
    qtbot.waitExposed(lines)
    yield lines
    lines.setModel(None)
    model.deleteLater()


def current_key(lines: inbox_page.InboxList) -> str:
    line = lines._model.row(lines.currentIndex().row())
    assert line is not None
    return line.key


def menu_of(lines: inbox_page.InboxList, row: int) -> dict[str, QtGui.QAction]:
    place = lines.visualRect(lines.model().index(row, 0)).center()
    reason = QtGui.QContextMenuEvent.Reason.Mouse
    event = QtGui.QContextMenuEvent(reason, place, lines.mapToGlobal(place))
    QtWidgets.QApplication.sendEvent(lines.viewport(), event)
    menu = lines.findChildren(QtWidgets.QMenu, "inbox_menu")[-1]
    return {action.text().partition("\t")[0]: action for action in menu.actions()}


def test_arrows_move_and_letters_do_nothing(lines: inbox_page.InboxList, qtbot: QtBot) -> None:
    lines.setFocus(Qt.FocusReason.TabFocusReason)
    lines.setCurrentIndex(lines.model().index(0, 0))
    with qtbot.assertNotEmitted(lines.line_opened):
        for key in (Qt.Key.Key_Down, Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_H):
            QTest.keyClick(lines, key)
    assert current_key(lines) == finding_id(28)


def test_lines_that_come_move_none_in_sight(lines: inbox_page.InboxList, numbered: Inbox) -> None:
    lines.setCurrentIndex(lines.model().index(10, 0))
    lines.verticalScrollBar().setValue(250)
    before = current_key(lines), lines.visualRect(lines.currentIndex()).top()
    for number in range(30, 37):
        numbered.put(make_line(number))
    lines.refresh()
    assert (current_key(lines), lines.visualRect(lines.currentIndex()).top()) == before


def test_at_the_top_the_newest_is_in_sight(lines: inbox_page.InboxList, numbered: Inbox) -> None:
    numbered.put(make_line(30))
    lines.refresh()
    assert lines.indexAt(QPoint(100, 5)).data() == "Critical: Hole 30"


def test_the_menu_reads_one_line_or_all(lines: inbox_page.InboxList, qtbot: QtBot) -> None:
    actions = menu_of(lines, 0)
    with qtbot.waitSignal(lines.read_changed) as read:
        actions["Mark read"].trigger()
    assert read.args == [finding_id(29), True]
    with qtbot.waitSignal(lines.mark_all.triggered):
        actions["Mark all read"].trigger()
    with qtbot.waitSignal(lines.line_opened) as opened:
        actions["Show finding"].trigger()
    assert opened.args == [finding_id(29)]
    actions = menu_of(lines, 1)
    assert "Mark read" not in actions
    with qtbot.waitSignal(lines.read_changed) as read:
        actions["Mark unread"].trigger()
    assert read.args == [finding_id(28), False]


def test_the_menu_offers_its_scan_mutes_no_server_and_reads_nothing_withdrawn(
    lines: inbox_page.InboxList, numbered: Inbox, qtbot: QtBot
) -> None:
    numbered.put(make_failed_line())
    lines.refresh()
    actions = menu_of(lines, 0)
    assert "Show finding" not in actions
    with qtbot.waitSignal(lines.line_opened) as opened:
        actions["Show scan"].trigger()
    assert opened.args == [make_failed_line().key]
    numbered.put(make_failed_line(key="1", withdrawal=Withdrawal.RUNNING_AGAIN))
    numbered.put(make_failed_line(key="2", event=Event.SIGNED_OUT))
    lines.refresh()
    assert "Mute this scan for 1 h" in menu_of(lines, 1)
    assert not menu_of(lines, 1)["Mark read"].isEnabled()
    assert "Mute this scan for 1 h" not in menu_of(lines, 0)


def test_a_line_is_copied_as_text(lines: inbox_page.InboxList, numbered: Inbox) -> None:
    numbered.put(make_failed_line(title="Scan of a\nb stopped", decision=Decision.MUTED))
    lines.refresh()
    lines.setCurrentIndex(lines.model().index(0, 0))
    QTest.keySequence(lines, QtGui.QKeySequence(QtGui.QKeySequence.StandardKey.Copy))
    copied = QtGui.QGuiApplication.clipboard().text()
    words = ["Scan of a b stopped", "Attempt 1. Out of memory.", "payments-api"]
    assert copied.split("\t") == [full_words(FOUND_AT), *words, "Held back: scan muted"]
    QtGui.QGuiApplication.clipboard().clear()
    menu_of(lines, 0)["Copy alert"].trigger()
    assert QtGui.QGuiApplication.clipboard().text() == copied


def test_assistive_technology_opens_any_line(lines: inbox_page.InboxList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(lines.line_opened) as opened:
        select(lines, 3)
    assert opened.args == [finding_id(26)]
    assert current_key(lines) == finding_id(26)


@pytest.fixture
def paint(theme: Theme, owned: Owned) -> Paint:
    view = owned(QtWidgets.QListView())
    delegate = inbox_page.InboxDelegate(view)
    numbered = Inbox(lambda: FOUND_AT)

    def paint(
        *states: QtWidgets.QStyle.StateFlag,
        width: int = 1000,
        is_mirrored: bool = False,
        **fields: Any,
    ) -> QtGui.QImage:
        numbered.put(replace(make_line(), **fields))
        model = InboxModel(numbered, Mask(), view)
        option = QtWidgets.QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, 30)
        option.direction = Qt.LayoutDirection(int(is_mirrored))
        for state in states:
            option.state |= state
        image = QtGui.QImage(width, 30, QtGui.QImage.Format.Format_ARGB32)
        image.fill(theme.tokens.surface)
        painter = QtGui.QPainter(image)
        delegate.paint(painter, option, model.index(0))
        painter.end()
        return image

    return paint


def test_an_unread_line_has_a_dot_and_a_withdrawn_one_a_hollow_shape(
    paint: Paint, theme: Theme
) -> None:
    accent, surface, (dot, inside) = theme.tokens.accent, theme.tokens.surface, ((11, 14), (25, 14))
    assert paint().pixelColor(*dot) == accent
    assert paint(is_read=True).pixelColor(*dot) == surface
    assert paint(is_mirrored=True).pixelColor(988, 14) == accent
    assert paint().pixelColor(*inside) == theme.tokens.severity.critical.fill
    withdrawn = paint(withdrawal=Withdrawal.DISMISSED)
    assert withdrawn.pixelColor(*dot) == withdrawn.pixelColor(*inside) == surface


def test_each_event_has_its_icon_and_ink(paint: Paint, theme: Theme) -> None:
    icon, ink, warning = QRect(22, 7, 16, 16), theme.tokens.failed, theme.tokens.warning
    assert len(places(paint(event=Event.FAILED), ink, icon)) > 10
    assert not places(paint(event=Event.FAILED, withdrawal=Withdrawal.RUNNING_AGAIN), ink, icon)
    assert not places(paint(event=Event.FAILED), theme.tokens.severity.critical.fill, icon)
    assert len(places(paint(event=Event.SIGNED_OUT), warning, icon)) > 5
    assert not places(paint(event=Event.FINISHED), warning, icon)


def test_an_unread_line_is_heavier(paint: Paint, theme: Theme) -> None:
    title, ink = QRect(48, 0, 400, 28), theme.tokens.text
    unread, read = (places(paint(is_read=x), ink, title, near=60) for x in (False, True))
    assert len(unread) > 1.3 * len(read) > 0


def test_short_room_drops_the_scan_first_and_then_the_outcome(paint: Paint) -> None:
    assert paint(scan_name="a") != paint(scan_name="b")
    assert paint(width=700, scan_name="a") == paint(width=700, scan_name="b")
    tray, view = Decision.TRAY, Decision.IN_VIEW
    assert paint(width=700, decision=tray) != paint(width=700, decision=view)
    assert paint(width=500, decision=tray) == paint(width=500, decision=view)
