"""Whatever repositories and findings are called, all of the window shows it as plain text."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenu,
    QTabBar,
    QWidget,
)

from heimdall_desktop.domain.facts.observation import FindingsListed, RepoRead
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.scan_window import ScanWindow
from tests.fakes.board_scans import SERVER
from tests.fakes.inbox_lines import make_line
from tests.fakes.shown_window import ShownWindow

MARK = "zqx"
HOSTILE = f"<b>{MARK}</b> &File[*] <img src='file:///etc/hostname'>\t\u202egpj.\x1b[31m\x07"
HIDDEN = "\t\u202e\x1b\x07"
TIP = int(Qt.ItemDataRole.ToolTipRole)


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().watch_twelve().show()
    for name in tuple(shown.stories):
        shown.store.observe(RepoRead(shown.id(name), HOSTILE, HOSTILE))
    found = shown.read("payments-api")
    hostile = [
        replace(each, title=HOSTILE, file_path=HOSTILE, description=HOSTILE) for each in found
    ]
    story = shown.stories["payments-api"]
    shown.store.observe(FindingsListed(story.scan.id, story.asked_s() + 1, tuple(hostile)))
    shown.inbox.put(replace(make_line(1), title=HOSTILE, body=HOSTILE))
    shown.window.show_inbox()
    shown.window.show_account(ServerUrl(SERVER), HOSTILE)
    shown.window.show_notice("alert-1", HOSTILE, HOSTILE, lambda: None)
    shown.ticker.flush()
    shown.window.open_finding(found[0].id)
    yield shown
    shown.close()


def test_no_part_of_the_window_guesses_at_markup(shown: ShownWindow) -> None:
    QApplication.processEvents()
    seen = 0
    for widget in (shown.window, *shown.window.findChildren(QWidget)):
        texts = [widget.toolTip(), *_tips(widget)]
        if isinstance(widget, QLabel) and MARK in widget.text():
            assert widget.textFormat() is Qt.TextFormat.PlainText, widget.objectName()
        for tip in texts:
            assert MARK not in tip or tip.startswith("<qt>"), tip
            assert "<b" not in tip.replace("<br>", ""), tip
            assert "<img" not in tip, tip
            assert not set(tip) & set(HIDDEN) - {"\t"}, tip  # which is a blank in rich text
        seen += sum(MARK in text for text in texts)
        if isinstance(widget, QTabBar):
            for index in range(widget.count()):
                assert "&F" not in widget.tabText(index).replace("&&", "")
        if isinstance(widget, QAbstractButton) and MARK in widget.text():
            assert "&F" not in widget.text().replace("&&", "")
    assert seen > 10  # it did look at tips that tell these names


def test_no_menu_takes_a_name_for_a_key(shown: ShownWindow) -> None:
    account = shown.window.findChild(QAbstractButton, "account")
    assert account is not None
    menus = [shown.board.make_menu(shown.id("payments-api")), *shown.window.findChildren(QMenu)]
    lines = [action.text() for menu in menus for action in menu.actions()]
    lines += [action.text() for action in shown.window.findChildren(QAction)]
    told = [line for line in lines if MARK in line]
    assert told
    for line in told:
        assert "&F" not in line.replace("&&", "")
        assert not set(line) & set(HIDDEN), line


def test_a_window_is_called_what_its_scan_is_called(shown: ShownWindow) -> None:
    shown.window.scan_windows.tear_off(shown.id("payments-api"))
    [window] = [each for each in QApplication.topLevelWidgets() if isinstance(each, ScanWindow)]
    shown_title = window.windowHandle().title()
    assert f"<b>{MARK}</b> &File[*] <img" in shown_title
    assert not set(shown_title) & set(HIDDEN)


def _tips(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        yield from _cell_tips(model, QModelIndex())


def _cell_tips(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            yield model.index(row, column, parent).data(TIP) or ""
