"""Every text of the window goes through the translation: put into brackets, none is without them.

What a server says stays as it is; it is taken away before looking.
"""

import html
import re
from collections.abc import Iterator
from enum import Enum

import pytest
from msgspec import Struct
from msgspec.structs import astuple
from PySide6 import QtWidgets
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from heimdall_desktop.domain.facts.errors import HeimdallError, Reason
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.i18n import translate_with
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.board_scans import SERVER
from tests.fakes.hands import part
from tests.fakes.inbox_lines import make_line
from tests.fakes.shown_window import ShownWindow

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
NO_PARENT = QModelIndex()
MOST_ROWS = 40
#: Names that are the same in every language, and what the program writes for machines.
SAME_EVERYWHERE = {
    "Heimdall", "Heimdall Desktop", "Ctrl", "Shift", "Alt", "Ins", "min", "Esc", "Tab", "CWE", "AI",
    "https://heimdall.example.org", "http", "https", "ann@corp.example", "python",
}  # fmt: skip
WRAPPED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{3,}")  # shorter ones are units, such as "s" and "kB"
MONTH = re.compile(r"\b\d{1,2} [A-Z][a-z]{2}\b")


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    translate_with(lambda text, _disambiguation, _number: f"⟦{text}⟧")
    shown = ShownWindow().unpainted().show()
    yield shown
    shown.close()
    translate_with(None)


def test_the_ways_to_begin(shown: ShownWindow) -> None:
    check(shown)


def test_scans_findings_and_strips(shown: ShownWindow) -> None:
    shown.watch_twelve()
    found = shown.read("payments-api")
    shown.inbox.put(make_line(1))
    shown.window.show_inbox()
    shown.window.show_account(ServerUrl(SERVER), "ann@corp.example")
    shown.window.show_error(HeimdallError(Reason.DEFECT))
    check(shown)
    for finding in found[:8]:
        shown.window.open_finding(finding.id)
        check_below(shown, shown.detail)
    for scan_id in shown.board.scan_ids:
        shown.board.view.scan_scoped.emit(scan_id)
        check_below(shown, shown.findings)
        check_below(shown, shown.panel)
    shown.findings.filter_state.set_text("sev>=high file:nowhere")
    check(shown)
    shown.findings.filter_state.set_text("sev>high nonsense:")
    check(shown)


def test_palette_sheet_and_dialogs(shown: ShownWindow) -> None:
    shown.watch_twelve()
    shown.read("payments-api")
    shown.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    check(shown)
    shown.press(Qt.Key.Key_Escape)
    for key, modifier in (
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier),
    ):
        shown.press(key, modifier)
        dialog = dialog_of(shown)
        check_below(shown, dialog)
        dialog.close()
        shown.window.activateWindow()
        QTest.qWaitForWindowActive(shown.window)
    QTest.mouseClick(
        part(shown.window, QtWidgets.QPushButton, "sign-in"), Qt.MouseButton.LeftButton
    )
    dialog = dialog_of(shown)
    check_below(shown, dialog)


def dialog_of(shown: ShownWindow) -> QtWidgets.QDialog:
    [dialog] = [each for each in shown.window.findChildren(QtWidgets.QDialog) if each.isVisible()]
    return dialog


def check(shown: ShownWindow) -> None:
    check_below(shown, shown.window)


def check_below(shown: ShownWindow, top: QtWidgets.QWidget) -> None:
    """Fail with every text that is not translated."""
    QtWidgets.QApplication.processEvents()
    reported = {each for text in set(texts_in(list(shown.store))) for each in shapes_of(text)}
    data = sorted(reported | SAME_EVERYWHERE, key=len, reverse=True)
    places: dict[str, str] = {}
    for where, text in texts_of(top):
        places.setdefault(text, where)  # most stand in many rows
    plain: dict[str, str] = {}
    for text, where in places.items():
        rest = without_data(text, data)
        if WORD.search(rest):
            plain.setdefault(text[:120], f"{where}: {rest.strip()[:80]!r}")
    assert not plain, "\n".join(plain.values())


def texts_of(top: QtWidgets.QWidget) -> Iterator[tuple[str, str]]:
    for widget in (top, *top.findChildren(QtWidgets.QWidget)):
        if not widget.isVisible():
            continue
        where = f"{type(widget).__name__} {widget.objectName()}"
        for text in (*said_by(widget), *said_by_actions(widget)):
            yield where, text
        if isinstance(widget, QtWidgets.QAbstractItemView) and widget.model() is not None:
            for text in told_by(widget.model()):
                yield where, text


def said_by(widget: QtWidgets.QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if isinstance(widget, QtWidgets.QLabel | QtWidgets.QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QtWidgets.QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QtWidgets.QTabBar):
        for index in range(widget.count()):
            yield widget.tabText(index)
    if widget.isWindow():
        yield widget.windowTitle()


def said_by_actions(widget: QtWidgets.QWidget) -> Iterator[str]:
    for action in widget.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly):
        yield action.text()
    menu = widget.menu() if isinstance(widget, QtWidgets.QPushButton) else None
    for action in menu.actions() if menu is not None else ():
        yield action.text()


def told_by(model: QAbstractItemModel) -> Iterator[str]:
    is_list = isinstance(model, QAbstractListModel)  # whose count of columns is Qt's own affair
    columns = 1 if is_list else model.columnCount(NO_PARENT)
    for row in range(min(model.rowCount(NO_PARENT), MOST_ROWS)):
        for column in range(columns):
            for role in ROLES:
                reported = model.index(row, column, NO_PARENT).data(role)
                if isinstance(reported, str):
                    yield reported
    for column in range(columns):
        heading = model.headerData(column, Qt.Orientation.Horizontal)
        if isinstance(heading, str):
            yield heading


def without_data(text: str, data: list[str]) -> str:
    """Take away what is in brackets, from the inside out, and what the server said."""
    rest = html.unescape(re.sub(r"</?qt>|<br>", " ", text)) if "<qt>" in text else text
    while True:
        shorter = WRAPPED.sub(" ", rest)
        if shorter == rest:
            break
        rest = shorter
    rest = MONTH.sub(" ", rest.replace("&&", "&"))
    for said in data:
        if said in rest:
            rest = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", " ", rest)
    return rest


def texts_in(value: object, depth: int = 0) -> Iterator[str]:
    """Every text from a server."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, list | tuple | frozenset | set):
        for each in value:
            yield from texts_in(each, depth + 1)
    elif isinstance(value, dict):
        yield from texts_in([*value.keys(), *value.values()], depth + 1)
    elif isinstance(value, Struct) and depth < 9:
        for each in astuple(value):
            yield from texts_in(each, depth + 1)


def shapes_of(text: str) -> tuple[str, ...]:
    """In which a text is shown."""
    return (
        *(text, *text.splitlines(), *re.split(r"[/:]", text)),
        *(text.rstrip("."), text.capitalize()),
    )
