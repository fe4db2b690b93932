"""The settings are changed at once, found by words, and reached by keys alone."""

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QRadioButton,
    QWidget,
)

from heimdall_desktop.domain.facts.choices import HistoryChoices, OnClose, StartChoices
from heimdall_desktop.domain.facts.errors import HistoryError, Reason, SettingsError
from heimdall_desktop.domain.facts.past import KeptHistory
from heimdall_desktop.domain.facts.self_test import SelfTestAnswer, SelfTestPart
from heimdall_desktop.domain.facts.server import KnownServer, ServerUrl
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.presentation.window.setting import Page
from heimdall_desktop.widgets.adding.sign_in import SignInDialog
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.settings.setting_rows import ChoiceButton, SettingRow
from heimdall_desktop.widgets.settings.settings_window import SettingsWindow
from tests.fakes.hands import click, part, type_text
from tests.fakes.shown_window import ShownWindow

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def rows(window: SettingsWindow) -> list[str]:
    """The settings that can be seen, by their ids."""
    return [
        row.objectName().removeprefix("setting-")
        for row in window.findChildren(SettingRow)
        if row.isVisible()
    ]


def segment(window: SettingsWindow, setting: str, word: str) -> QRadioButton:
    """One word of a choice."""
    control = part(window, QWidget, f"set-{setting}")
    return next(b for b in control.findChildren(QRadioButton) if b.accessibleName() == word)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_a_choice_holds_at_once_and_leaves_the_main_window_usable(
    shown: ShownWindow, settings: SettingsWindow, theme: Theme
) -> None:
    settings.turn_to(Page.APPEARANCE)
    click(segment(settings, "theme", "Dark"))
    click(segment(settings, "density", "Compact"))
    assert theme.mode is shown.requests.preferences.settings.theme is ThemeMode.DARK
    assert shown.findings.table_state.table_layout.density is Density.COMPACT
    size = part(settings, ChoiceButton, "set-zoom")
    size.menu().actions()[-1].trigger()
    assert shown.findings.table_state.table_layout.zoom == 200
    assert (size.label, size.accessibleName()) == ("200 %", "Size: 200 %")
    assert not settings.isModal()


def test_it_follows_what_is_changed_elsewhere(shown: ShownWindow, settings: SettingsWindow) -> None:
    settings.turn_to(Page.KEYBOARD)
    letters = part(settings, Switch, "set-single-letter-shortcuts")
    assert letters.isChecked()
    shown.window.switch_letters(False)
    settings.refresh()
    assert not letters.isChecked()
    click(letters)
    assert shown.window.commands.has_letters
    shown.findings.table_state.change(lambda layout: layout.zoomed(1))
    settings.turn_to(Page.APPEARANCE)
    assert part(settings, ChoiceButton, "set-zoom").label == "110 %"


def test_what_cannot_be_changed_says_why(shown: ShownWindow, settings: SettingsWindow) -> None:
    switch = part(settings, Switch, "set-read-only")
    click(switch)
    assert shown.requests.preferences.settings.is_read_only
    shown.requests.preferences.must_read_only = True
    settings.refresh()
    assert not switch.isEnabled()
    assert switch.accessibleDescription().endswith("Started with --read-only.")


def test_words_find_settings_of_all_pages(settings: SettingsWindow) -> None:
    settings.turn_to(Page.APPEARANCE)
    of_page = rows(settings)
    for wanted, expected in (
        ("colour", ["theme"]),
        ("comfortable", ["density", "keys row height comfortable"]),
        ("shortcuts all", ["shortcuts"]),
        ("single letters act", ["single-letter-shortcuts"]),
    ):
        settings.search.edit.setText(wanted)
        assert rows(settings) == expected
    settings.search.edit.setText("nothing of the kind")
    assert rows(settings) == []
    assert part(settings, QLabel, "settings-none").isVisible()
    QTest.keyClick(settings.search.edit, KEY.Key_Escape)
    assert (settings.search.edit.text(), rows(settings)) == ("", of_page)
    settings.search.edit.setText("single letter")
    pages = part(settings, QListView, "settings-pages")
    place = pages.visualRect(pages.currentIndex()).center()
    QTest.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (settings.search.edit.text(), rows(settings)) == ("", of_page)


def test_keys_alone_find_and_change_a_setting(shown: ShownWindow, settings: SettingsWindow) -> None:
    assert focused() is part(settings, QLineEdit, "settings-search")
    QTest.keyClick(focused(), KEY.Key_Down)
    pages = part(settings, QListView, "settings-pages")
    assert focused() is pages
    for _ in range(list(Page).index(Page.KEYBOARD)):
        QTest.keyClick(pages, KEY.Key_Down)
    assert pages.currentIndex().data() == "Keyboard"
    assert rows(settings)[:2] == ["single-letter-shortcuts", "shortcuts"]
    QTest.keyClick(pages, KEY.Key_F, CTRL)
    type_text(focused(), "row height")
    QTest.keyClick(focused(), KEY.Key_Return)
    assert focused() is segment(settings, "density", "Standard")
    QTest.keyClick(focused(), KEY.Key_Right)
    assert shown.findings.table_state.table_layout.density is Density.COMFORTABLE
    QTest.keyClick(settings, KEY.Key_Escape)
    assert settings.isVisible()
    QTest.keyClick(settings, KEY.Key_Escape)
    assert not settings.isVisible()


def test_every_setting_says_what_it_does_and_is_named(settings: SettingsWindow) -> None:
    for page in Page:
        settings.turn_to(page)
        found = [row for row in settings.findChildren(SettingRow) if row.isVisible()]
        assert len({row.setting.id for row in found}) == len(found) > 0
        for row in found:
            assert row.control.accessibleName()
            assert row.control.accessibleDescription().endswith(".")


def test_palette_and_menu_lead_to_a_page(shown: ShownWindow) -> None:
    commands = {command.id: command for command in shown.window.commands.commands()}
    assert commands["settings"].keys == ("Ctrl+,",)
    for page in Page:
        commands[f"settings {page.name.lower()}"].act()
        window = part(shown.window, SettingsWindow, "settings-window")
        pages = part(window, QListView, "settings-pages")
        assert pages.currentIndex().data() == page.title
    assert len(shown.window.findChildren(SettingsWindow)) == 1


def test_the_history_tells_its_size_and_asks_before_it_is_deleted(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    settings.turn_to(Page.HISTORY)
    history = shown.requests.history
    history.size = KeptHistory(3, 412, 5 * 2**20)
    assert shown.asked("history_size") == [()]
    shown.requests.answer()
    row = part(settings, SettingRow, "setting-delete-history")
    assert "3 scans and 412 findings, 5.0 MiB." in row.control.accessibleDescription()
    for answer, expected in (("question-keep", []), ("question-do", [()])):
        click(row.control)
        question = part(settings, QuestionDialog, "question")
        click(part(question, QPushButton, answer))
        assert shown.asked("delete_history") == expected
        question.deleteLater()
        QApplication.sendPostedEvents(question, QEvent.Type.DeferredDelete)
    history.size = KeptHistory()
    shown.requests.answer()
    assert "0 scans and 0 findings" in row.control.accessibleDescription()


def test_the_history_is_kept_for_as_long_as_chosen(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    settings.turn_to(Page.HISTORY)
    shown.requests.history.choices = HistoryChoices(keep_days=45)  # written by hand
    settings.refresh()
    click(segment(settings, "history-limit", "512 MiB"))
    button = part(settings, ChoiceButton, "set-keep-days")
    assert button.label == "45 days"
    next(a for a in button.menu().actions() if a.text() == "7 days").trigger()
    assert [each[1].keep_days for each in shown.requests.asked if each[0] == "keep"] == [45, 7]
    assert shown.requests.history.choices == HistoryChoices(7, 512)
    del shown.requests.waiting[:-1]
    shown.requests.answer(HistoryError(Reason.HISTORY_BUSY, path="h.sqlite3"))
    assert any("h.sqlite3" in text for text in shown.strips())


def test_known_servers_say_how_they_stand_and_sign_in_or_out(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    here, there = ServerUrl("https://here.test"), ServerUrl("https://there.test")
    shown.requests.known_servers = (
        KnownServer(here, "mira@here.test", is_signed_in=True, is_in_use=True),
        KnownServer(there, "", is_signed_in=False, is_in_use=False),
    )
    settings.refresh()
    settings.turn_to(Page.SERVERS)
    assert rows(settings)[-2:] == [f"server {here}", f"server {there}"]
    out = part(settings, SettingRow, f"setting-server {here}").control
    assert out.accessibleDescription().startswith("Signed in as mira@here.test.")
    out.setFocus()
    click(out)
    assert shown.asked("sign_out") == [(here,)]
    shown.requests.known_servers = (
        KnownServer(here, "mira@here.test", is_signed_in=False, is_in_use=True),
        shown.requests.known_servers[1],
    )
    shown.requests.waiting[-1](None)
    settings.refresh()
    assert focused().accessibleName() == "Sign in"
    assert "Signed out of here.test." in shown.strips()
    click(part(settings, SettingRow, f"setting-server {there}").control)
    [signing_in] = shown.window.findChildren(SignInDialog)
    assert part(signing_in, QLineEdit, "sign-in-server").text() == there


def test_the_self_test_tells_what_was_answered_as_text_to_copy(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    settings.turn_to(Page.SELF_TEST)
    assert rows(settings) == ["self-test"]
    click(part(settings, SettingRow, "setting-self-test").control)
    assert shown.asked("self_test") == [()]
    answer = SelfTestAnswer(SelfTestPart.KEYRING, "Secret Service", 0.012)
    shown.requests.self_test.answers = (answer,)
    shown.requests.waiting[-1](None)
    assert rows(settings) == ["self-test", "self-test-answers"]
    click(part(settings, SettingRow, "setting-self-test-answers").control)
    assert QApplication.clipboard().text() == "Keyring: Secret Service, responded in 12 ms."


def test_the_start_is_chosen_and_says_what_is_true(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    settings.turn_to(Page.START)
    assert shown.asked("login_state") == [()]
    start, hidden = (
        part(settings, Switch, "set-at-login"),
        part(settings, Switch, "set-start-hidden"),
    )
    assert not hidden.isEnabled()
    click(start)
    assert shown.asked("at_login") == [(True, False)]
    assert not start.isChecked()  # until it is written
    preferences = shown.requests.preferences
    preferences.change(replace(preferences.settings, start=StartChoices(is_at_login=True)))
    shown.requests.waiting[-1](None)
    assert start.isChecked()
    click(hidden)
    assert shown.asked("at_login")[-1] == (True, True)
    unwritten = SettingsError(Reason.SETTINGS_UNWRITABLE, path="/a", problem="no room")
    shown.requests.waiting[-1](unwritten)
    assert any("Couldn't write /a" in text for text in shown.strips())
    click(segment(settings, "on-close", "Minimise"))
    assert preferences.settings.start.on_close is OnClose.MINIMISE
    row = part(settings, SettingRow, "setting-on-close")
    assert "Keeps running as a minimised window." in row.control.accessibleDescription()
