"""The sheet shows every key by groups, finds one, and switches single letters off."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from heimdall_desktop.application.memory.window_memory import WindowMemory
from heimdall_desktop.widgets.controls.text_labels import KeyCap
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT
from heimdall_desktop.widgets.palette.shortcut_sheet import ShortcutSheet
from heimdall_desktop.widgets.window.workspace import LETTERS
from tests.fakes.hands import click, part
from tests.fakes.pixels import places
from tests.fakes.shown_window import ShownWindow

KEY = Qt.Key


@pytest.fixture
def memory() -> WindowMemory:
    return WindowMemory()


@pytest.fixture
def shown(theme: Theme, memory: WindowMemory) -> Iterator[ShownWindow]:
    shown = ShownWindow(memory=memory)
    shown.watch("shop")
    shown.show().read("shop", 9)
    yield shown
    shown.close()


def sheet_of(shown: ShownWindow) -> ShortcutSheet:
    return part(shown.window, ShortcutSheet, "shortcut-sheet")


def sentences(sheet: ShortcutSheet) -> list[str]:
    """What assistive technology reads of the rows that can be seen."""
    rows = [row for row in sheet.findChildren(QWidget) if type(row).__name__ == "_Row"]
    return [row.accessibleName() for row in rows if row.isVisible()]


def test_it_shows_the_keys_of_commands_and_of_parts(shown: ShownWindow) -> None:
    shown.press(KEY.Key_F1)
    reported = sentences(sheet_of(shown))
    assert "Filter: Ctrl+F or /" in reported
    assert "Keyboard shortcuts: F1 or ?" in reported
    assert "Open detail: Enter" in reported
    assert "Scan at that position on the board: Alt+1\u20269" in reported
    heads = [label.text() for label in sheet_of(shown).findChildren(QLabel) if label.isVisible()]
    assert [text for text in heads if text in ("Findings", "Scans", "Go to", "Window")] == [
        "Findings",
        "Scans",
        "Go to",
        "Window",
    ]


def test_it_finds_a_shortcut_by_its_name_or_its_key(shown: ShownWindow) -> None:
    shown.press(KEY.Key_F1)
    sheet = sheet_of(shown)
    field = sheet.search.edit
    for typed, found in (("add", ["Add scans: Ctrl+N"]), ("ctrl+n", ["Add scans: Ctrl+N"])):
        field.clear()
        QTest.keyClicks(field, typed)
        assert sentences(sheet) == found
    QTest.keyClicks(field, "xyz")
    assert sentences(sheet) == []
    assert part(sheet, QLabel, "shortcuts-none").isVisible()


def test_a_question_mark_opens_it_in_findings_and_detail_but_never_while_typing(
    shown: ShownWindow,
) -> None:
    shown.findings.table.setFocus()
    shown.press(KEY.Key_Question)
    click(part(sheet_of(shown), QPushButton, "shortcuts-close"))
    QApplication.sendPostedEvents(None, 0)
    shown.findings.filter_field.focus()
    for key in (KEY.Key_Question, KEY.Key_Slash, KEY.Key_J):
        shown.press(key)
    assert shown.findings.filter_state.text.casefold() == "?/j"
    assert not any(sheet.isVisible() for sheet in shown.window.findChildren(ShortcutSheet))


def test_single_letters_can_be_switched_off_and_stay_so(
    shown: ShownWindow, theme: Theme, memory: WindowMemory
) -> None:
    shown.findings.table.setFocus()
    shown.press(KEY.Key_J)
    first = shown.findings.table.selected_id
    shown.press(KEY.Key_J)
    second = shown.findings.table.selected_id
    shown.press(KEY.Key_K)
    assert (first, shown.findings.table.selected_id) == (first, first) != (None, second)
    shown.press(KEY.Key_F1)
    click(part(sheet_of(shown), QCheckBox, "letters-switch"))
    click(part(sheet_of(shown), QPushButton, "shortcuts-close"))
    shown.findings.table.setFocus()
    for key in (KEY.Key_J, KEY.Key_Slash, KEY.Key_Question):
        shown.press(key)
    assert shown.findings.table.selected_id == first
    assert shown.findings.table.hasFocus()
    assert memory.text(LETTERS) == "off"
    later = ShownWindow(memory=memory).show()
    later.press(KEY.Key_F1)
    assert not part(sheet_of(later), QCheckBox, "letters-switch").isChecked()
    later.close()


def test_the_palette_switches_letters_too(shown: ShownWindow) -> None:
    for is_on in (False, True):
        shown.press(KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
        field = part(shown.window, QLineEdit, "palette-input")
        QTest.keyClicks(field, "single")
        QTest.keyClick(field, KEY.Key_Return)
        shown.findings.table.setFocus()
        before = shown.findings.table.selected_id
        shown.press(KEY.Key_J)
        assert (shown.findings.table.selected_id != before) is is_on


def test_keys_scroll_it_while_one_types(shown: ShownWindow) -> None:
    shown.press(KEY.Key_F1)
    sheet = sheet_of(shown)
    sheet.resize(sheet.width(), 300)
    QApplication.processEvents()
    bar = part(sheet, QScrollArea, "shortcuts-page").verticalScrollBar()
    QTest.keyClick(sheet.search.edit, KEY.Key_PageDown)
    reached = bar.value()
    QTest.keyClick(sheet.search.edit, KEY.Key_Up)
    assert 0 < bar.value() < reached


def test_it_is_drawn_in_both_themes(shown: ShownWindow, theme: Theme) -> None:
    shown.press(KEY.Key_F1)
    for mode, tokens in ((ThemeMode.LIGHT, LIGHT), (ThemeMode.DARK, DARK)):
        theme.set_mode(mode)
        image = sheet_of(shown).grab().toImage()
        assert len(places(image, tokens.raised)) > image.width() * image.height() / 2
        assert places(image, tokens.text, QRect(0, 0, image.width(), 60), near=40)


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_chord_is_read_from_the_left_in_every_language(
    right_to_left: None, shown: ShownWindow
) -> None:
    shown.press(KEY.Key_F1)
    rows = sheet_of(shown).findChildren(QWidget)
    row = next(row for row in rows if row.accessibleName() == "Log: Ctrl+L")
    caps = sorted(row.findChildren(KeyCap), key=KeyCap.x)
    assert [cap.accessibleName() for cap in caps] == ["Ctrl", "L"]


def test_with_large_fonts_the_keys_scroll_and_nothing_else(
    shown: ShownWindow, theme: Theme
) -> None:
    theme.set_zoom(2.0)
    shown.press(KEY.Key_F1)
    sheet = sheet_of(shown)
    QApplication.processEvents()
    pages = sheet.findChildren(QScrollArea)
    scrolling = [page.objectName() for page in pages if page.verticalScrollBar().maximum()]
    theme.set_zoom(1.0)
    assert scrolling == ["shortcuts-page"]
