"""Settings are changed at once, found by words, and reached by keys alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest

from heimdall_desktop.domain.facts import errors, server
from heimdall_desktop.domain.facts.choices import (
    AlertChoices,
    FindingsChoices,
    FolderChoice,
    HistoryChoices,
    KeyChoice,
    Language,
    OnClose,
    QuietSpan,
    Redaction,
    SeenBy,
    StartChoices,
)
from heimdall_desktop.domain.facts.recorded import KeptHistory
from heimdall_desktop.domain.table.order import Column
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.window.help_text import Folder
from heimdall_desktop.presentation.window.setting import Page
from heimdall_desktop.widgets.adding.sign_in import SignInDialog
from heimdall_desktop.widgets.controls.buttons import OutlineButton
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.fields import ErrorLine
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE
from heimdall_desktop.widgets.controls.pane import ScrollPage
from heimdall_desktop.widgets.controls.text_labels import KeyCap
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.settings.editor_rows import HoursRow, KeysButton
from heimdall_desktop.widgets.settings.setting_rows import ChoiceButton, LinkRow, SettingRow
from heimdall_desktop.widgets.settings.settings_window import LEAST, SettingsWindow
from heimdall_desktop.widgets.window.help import TextDialog
from heimdall_desktop.widgets.window.scan_window import ScanWindow
from heimdall_desktop.widgets.window.source_editor import CommandDialog
from tests.fakes.hands import click, part, press_key, type_text
from tests.fakes.shown_window import ShownWindow
from tests.lab.gallery_scenes import SCENES


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().unpainted()
    shown.watch("shop")
    shown.show().read("shop", 3)
    yield shown
    shown.close()


def opened(shown: ShownWindow, page: Page = Page.SERVERS) -> SettingsWindow:
    """Open the settings by their key, at a page."""
    shown.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    window = part(shown.window, SettingsWindow, "settings-window")
    QTest.qWaitForWindowActive(window)
    window.turn_to(page)
    QtWidgets.QApplication.processEvents()
    return window


KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def rows(window: SettingsWindow) -> list[str]:
    """The settings that can be seen, by their ids."""
    return [row.setting.id for row in window.findChildren(SettingRow) if row.isVisible()]


def segment(window: SettingsWindow, setting: str, word: str) -> QtWidgets.QRadioButton:
    """One word of a choice."""
    controls = window.findChildren(QtWidgets.QWidget, f"set-{setting}")  # some are on two pages
    control = next((each for each in controls if each.isVisible()), controls[0])
    buttons = control.findChildren(QtWidgets.QRadioButton)
    return next(button for button in buttons if button.accessibleName() == word)


def focused() -> QtWidgets.QWidget:
    widget = QtWidgets.QApplication.focusWidget()
    assert widget is not None
    return widget


def test_a_language_is_chosen_for_the_next_start(shown: ShownWindow) -> None:
    settings = opened(shown, Page.APPEARANCE)
    row = part(settings, SettingRow, "setting-language")
    assert "It changes when Heimdall starts again." in " ".join(shown.texts(row))
    click(segment(settings, "language", "Deutsch"))
    assert shown.requests.preferences.settings.language is Language.GERMAN
    assert "Settings" in shown.texts(settings)


def test_a_choice_applies_at_once_with_the_window_usable(shown: ShownWindow, theme: Theme) -> None:
    settings = opened(shown, Page.APPEARANCE)
    click(segment(settings, "theme", "Dark"))
    click(segment(settings, "density", "Compact"))
    assert theme.mode is shown.requests.preferences.settings.theme is ThemeMode.DARK
    assert shown.findings.table_state.table_layout.density is Density.COMPACT
    size = part(settings, ChoiceButton, "set-zoom")
    size.menu().actions()[-1].trigger()
    assert shown.findings.table_state.table_layout.zoom == 200
    assert (size.label, size.accessibleName()) == ("200 %", "Size: 200 %")
    assert not settings.isModal()


def test_an_editor_is_chosen_or_a_command_that_can_be_used(shown: ShownWindow) -> None:
    editing = shown.requests.editing
    finding = shown.findings.model.finding_at(0)
    scan = shown.store.scan(shown.id("shop"))
    assert finding is not None
    assert scan is not None
    scan.repo_id = finding.repo_id
    editing.choose_folder(finding, "/home/mira/shop")
    editing.found = {"code": "VS Code", "kate": "Kate"}
    settings = opened(shown, Page.FINDINGS)
    assert ("find_editors",) in shown.requests.asked
    segment(settings, "editor", "Automatic (VS Code)")
    click(segment(settings, "editor", "Kate"))
    assert editing.choices.name == "kate"
    click(segment(settings, "editor", "Own command"))
    dialog = part(settings, CommandDialog, "editor-command")
    dialog.field.edit.setText("sh {file}")
    click(part(dialog, QtWidgets.QPushButton, "editor-command-save"))
    error = errors.EditorError(errors.Reason.COMMAND_IS_SHELL, program="sh")
    shown.requests.waiting.pop()(error)
    assert part(dialog, ErrorLine, "").isVisible()
    assert cause(error) in part(dialog, ErrorLine, "").accessibleName()
    dialog.field.edit.setText("sublime {file}:{line}")
    click(part(dialog, QtWidgets.QPushButton, "editor-command-save"))
    assert shown.asked("editor_command") == [("sh {file}",), ("sublime {file}:{line}",)]
    shown.requests.waiting.pop()(None)
    assert not dialog.isVisible()
    shown.requests.preferences.change_setting(
        "editor", replace(editing.choices, name="own", command=("sublime", "{file}"))
    )
    settings.refresh()
    click(part(settings, QtWidgets.QPushButton, "reset-editor-command"))
    assert (editing.choices.name, editing.choices.command) == ("", ())
    forget = next(row for row in settings.findChildren(LinkRow) if "source" in row.setting.id)
    assert forget.setting.title == "Source folder of shop"
    assert forget.setting.sentence == "/home/mira/shop"
    click(forget.control)
    assert editing.choices.folders == ()


def test_it_follows_changes_made_elsewhere(shown: ShownWindow) -> None:
    settings = opened(shown, Page.KEYBOARD)
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


def test_a_setting_that_cannot_change_says_why(shown: ShownWindow) -> None:
    settings = opened(shown)
    switch = part(settings, Switch, "set-read-only")
    click(switch)
    assert shown.requests.preferences.settings.is_read_only
    shown.requests.preferences.must_read_only = True
    settings.refresh()
    assert not switch.isEnabled()
    assert switch.accessibleDescription().endswith("Started with --read-only.")


def test_a_search_finds_settings_of_all_pages(shown: ShownWindow) -> None:
    settings = opened(shown, Page.APPEARANCE)
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
    assert part(settings, QtWidgets.QLabel, "settings-none").isVisible()
    QTest.keyClick(settings.search.edit, KEY.Key_Escape)
    assert (settings.search.edit.text(), rows(settings)) == ("", of_page)
    settings.search.edit.setText("single letter")
    pages = part(settings, QtWidgets.QListView, "settings-pages")
    place = pages.visualRect(pages.currentIndex()).center()
    QTest.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (settings.search.edit.text(), rows(settings)) == ("", of_page)


def test_keys_alone_find_and_change_a_setting(shown: ShownWindow) -> None:
    settings = opened(shown)
    assert focused() is part(settings, QtWidgets.QLineEdit, "settings-search")
    QTest.keyClick(focused(), KEY.Key_Down)
    pages = part(settings, QtWidgets.QListView, "settings-pages")
    assert focused() is pages
    pages_on = list(Page).index(Page.KEYBOARD) - list(Page).index(Page.SERVERS)
    for _ in range(pages_on):
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


def test_every_setting_has_a_name_and_a_description(shown: ShownWindow) -> None:
    settings = opened(shown)
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
        pages = part(window, QtWidgets.QListView, "settings-pages")
        assert pages.currentIndex().data() == page.title
    assert len(shown.window.findChildren(SettingsWindow)) == 1


def test_the_history_shows_its_size_and_asks_before_deletion(shown: ShownWindow) -> None:
    settings = opened(shown, Page.HISTORY)
    history = shown.requests.history
    history.size = KeptHistory(3, 412, 5 * 2**20)
    assert shown.asked("history_size") == [()]
    shown.requests.answer()
    row = part(settings, SettingRow, "setting-delete-history")
    assert "3 scans and 412 findings, 5.0 MiB." in row.control.accessibleDescription()
    for name, expected in (("question-keep", []), ("question-do", [()])):
        click(row.control)
        answer(settings, name)
        assert shown.asked("delete_history") == expected
    history.size = KeptHistory()
    shown.requests.answer()
    assert "0 scans and 0 findings" in row.control.accessibleDescription()


def test_kept_decisions_are_counted_limited_and_deleted_after_a_question(
    shown: ShownWindow,
) -> None:
    folder = FolderChoice("/home/mira/shop", is_kept=True)
    shown.requests.preferences.change_setting("history.folders", (folder,))
    settings = opened(shown, Page.HISTORY)
    shown.requests.history.size = KeptHistory(3, 412, 5 * 2**20, decisions=61)
    shown.requests.answer()
    row = part(settings, SettingRow, "setting-delete-decisions")
    assert "61 decisions of all repositories." in row.control.accessibleDescription()
    for name, expected in (("question-keep", []), ("question-do", [()])):
        click(row.control)
        answer(settings, name)
        assert shown.asked("delete_decisions") == expected
    limit = part(settings, ChoiceButton, "set-keep-decisions")
    next(a for a in limit.menu().actions() if a.text() == "90 days").trigger()
    assert shown.requests.history.choices.decision_days == 90
    click(part(settings, SettingRow, f"setting-keep-decisions {folder.folder}").control)
    asked = shown.asked("keep decisions of a folder")
    assert asked == [(Path("/home/mira/shop"), False)]


def test_the_history_is_kept_for_the_chosen_time(shown: ShownWindow) -> None:
    settings = opened(shown, Page.HISTORY)
    shown.requests.history.choices = HistoryChoices(keep_days=45)  # written by hand
    settings.refresh()
    click(segment(settings, "history-limit", "512 MiB"))
    button = part(settings, ChoiceButton, "set-keep-days")
    assert button.label == "45 days"
    next(a for a in button.menu().actions() if a.text() == "7 days").trigger()
    assert [each[1].keep_days for each in shown.requests.asked if each[0] == "keep"] == [45, 7]
    assert shown.requests.history.choices == HistoryChoices(7, 512)
    del shown.requests.waiting[:-1]
    shown.requests.answer(errors.HistoryError(errors.Reason.HISTORY_BUSY, path="h.sqlite3"))
    assert any("h.sqlite3" in text for text in shown.strips())


def test_known_servers_show_their_status_and_sign_in_or_out(shown: ShownWindow) -> None:
    settings = opened(shown)
    here, there = server.ServerUrl("https://here.test"), server.ServerUrl("https://there.test")
    mira = server.KnownServer(here, "mira@here.test", is_signed_in=True, is_in_use=True)
    other = server.KnownServer(there, "", is_signed_in=False, is_in_use=False)
    shown.requests.known_servers = (mira, other)
    settings.refresh()
    settings.turn_to(Page.SERVERS)
    assert rows(settings)[-2:] == [f"server {here}", f"server {there}"]
    out = part(settings, SettingRow, f"setting-server {here}").control
    assert out.accessibleDescription().startswith("Signed in as mira@here.test.")
    out.setFocus()
    click(out)
    assert shown.asked("sign_out") == [(here,)]
    shown.requests.known_servers = (replace(mira, is_signed_in=False), other)
    shown.requests.waiting[-1](None)
    settings.refresh()
    assert focused().accessibleName() == "Sign in"
    assert "Signed out of here.test." in shown.strips()
    click(part(settings, SettingRow, f"setting-server {there}").control)
    [signing_in] = shown.window.findChildren(SignInDialog)
    assert part(signing_in, QtWidgets.QLineEdit, "sign-in-server").text() == there


def test_the_self_test_shows_its_results_as_text_to_copy(shown: ShownWindow) -> None:
    settings = opened(shown, Page.SELF_TEST)
    assert rows(settings) == ["self-test"]
    click(part(settings, SettingRow, "setting-self-test").control)
    assert shown.asked("self_test") == [()]
    answer = server.SelfTestAnswer(server.SelfTestPart.KEYRING, "Secret Service", 0.012)
    shown.requests.self_test.answers = (answer,)
    shown.requests.waiting[-1](None)
    assert rows(settings) == ["self-test", "self-test-answers"]
    click(part(settings, SettingRow, "setting-self-test-answers").control)
    copied = QtWidgets.QApplication.clipboard().text()
    assert copied == "Keyring: Secret Service, responded in 12 ms."


def test_about_names_the_version_the_licences_and_the_folders(shown: ShownWindow) -> None:
    settings = opened(shown, Page.ABOUT)
    folders = ["folder settings", "folder history", "folder log"]
    assert rows(settings) == [
        "version",
        "manual",
        "licences",
        "translation",
        "report-problem",
        *folders,
    ]
    assert any(text.startswith("Version 0.") for text in shown.texts(settings))
    assert any(text.startswith("/home/ann/.local/share/heim") for text in shown.texts(settings))
    click(part(settings, SettingRow, "setting-licences").control)
    shown.requests.waiting[-1]((("httpx", "0.28.1", "BSD-3-Clause"), ("odd", "1", "")))
    [dialog] = shown.window.findChildren(TextDialog)
    text = dialog.text.toPlainText()
    assert "GNU Lesser General Public License" in text
    assert "httpx 0.28.1: BSD-3-Clause\nodd 1: licence not stated" in text


def test_the_texts_of_licences_of_a_package_can_be_chosen(shown: ShownWindow) -> None:
    folder = Path("/usr/share/doc/heimdall-desktop/licences")
    texts = (folder / "README.txt", folder / "LGPL-3.0.txt")
    shown.requests.diagnostics.licences = texts
    settings = opened(shown, Page.ABOUT)
    click(part(settings, SettingRow, "setting-licences").control)
    take_parts = shown.requests.waiting[-1]
    [dialog] = shown.window.findChildren(TextDialog)
    assert any(str(folder) in text for text in shown.texts(dialog))
    button = part(dialog, ChoiceButton, "licence-choice")
    overview, readme, lesser = button.menu().actions()
    assert button.label == overview.text() == "Overview"
    readme.trigger()
    lesser.trigger()
    assert shown.asked("licence") == [(text,) for text in texts]
    take_readme, take_lesser = shown.requests.waiting[-2:]
    take_lesser("GNU LESSER GENERAL PUBLIC LICENSE")
    take_readme("too late")
    take_parts((("httpx", "0.28.1", "BSD-3-Clause"),))
    assert dialog.text.toPlainText() == "GNU LESSER GENERAL PUBLIC LICENSE"
    assert button.label == "LGPL-3.0"
    overview.trigger()
    shown.requests.waiting[-1]((("httpx", "0.28.1", "BSD-3-Clause"),))
    assert "httpx 0.28.1: BSD-3-Clause" in dialog.text.toPlainText()


def test_what_a_session_does_not_keep_has_no_folder_to_open(shown: ShownWindow) -> None:
    shown.requests.diagnostics.folders = dict.fromkeys(Folder)
    shown.requests.diagnostics.manual = ""
    settings = opened(shown, Page.ABOUT)
    for name in ("manual", "folder log"):
        assert not part(settings, SettingRow, f"setting-{name}").control.isEnabled()
    assert shown.texts(settings).count("This session keeps none.") == 3


def test_starting_at_login_shows_the_real_state(shown: ShownWindow) -> None:
    settings = opened(shown, Page.START)
    assert shown.asked("login_state") == [()]
    names = ("set-at-login", "set-start-hidden")
    start, hidden = (part(settings, Switch, name) for name in names)
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
    reason = errors.Reason.SETTINGS_UNWRITABLE
    shown.requests.waiting[-1](errors.SettingsError(reason, path="/a", problem="no room"))
    assert any("Couldn't write /a" in text for text in shown.strips())
    click(segment(settings, "on-close", "Minimise"))
    assert preferences.settings.start.on_close is OnClose.MINIMISE
    row = part(settings, SettingRow, "setting-on-close")
    assert "Keeps running as a minimised window." in row.control.accessibleDescription()


def says(settings: SettingsWindow, setting: str) -> str:
    row = shown_row(settings, setting)
    return " ".join(label.text() for label in row.findChildren(QtWidgets.QLabel))


def shown_row(settings: SettingsWindow, setting: str) -> SettingRow:
    """The row that is shown; former ones are deleted later."""
    found = settings.findChildren(SettingRow, f"setting-{setting}")
    return next(each for each in found if each.isVisible())


def test_the_account_page_shows_sessions_and_the_keyring(shown: ShownWindow) -> None:
    settings = opened(shown, Page.ACCOUNT)
    assert rows(settings) == ["sign-in", "keyring"]
    assert "Waiting for the keyring." in says(settings, "keyring")
    url = server.ServerUrl("https://here.test")
    mira = server.KnownServer(url, "mira@here.test", True, True, left_s=6.5 * 86400)
    shown.requests.known_servers = (mira,)
    shown.window.show_keyring("Secret\u202eService", is_available=True)
    settings.refresh()
    assert sorted(rows(settings)) == ["keyring", f"server {url}", "sign-in"]
    assert "The session expires in 6 d (" in says(settings, f"server {url}")
    keyring = says(settings, "keyring")
    assert keyring.startswith("Where tokens are kept In the keyring of this system: Secret")
    assert "\u202e" not in keyring
    shown.window.show_keyring("none. The keyring is locked.", is_available=False)
    shown.requests.known_servers = (replace(mira, is_end_likely=True),)
    settings.refresh()
    assert "The session expires in ≈ 6 d (" in says(settings, f"server {url}")
    shown.requests.known_servers = (replace(mira, left_s=None),)
    settings.refresh()
    assert "Not kept: you sign in again after a restart." in says(settings, "keyring")
    assert "When the session expires isn't known." in says(settings, f"server {url}")
    click(part(settings, SettingRow, "setting-sign-in").control)
    [signing_in] = shown.window.findChildren(SignInDialog)
    assert part(signing_in, QtWidgets.QLineEdit, "sign-in-server").text() == ""


URL = server.ServerUrl("https://here.test")


def test_the_network_page_shows_the_way_to_each_server(shown: ShownWindow) -> None:
    settings = opened(shown, Page.NETWORK)
    assert rows(settings) == ["certificate-store", "no-servers"]
    connections = shown.requests.connections
    proxied = server.Route(server.Detour.PROXY, "p.test:3128", "HTTPS_PROXY")
    connections.routes = {URL: proxied}
    connections.versions = {URL: "TLSv1.3"}
    settings.refresh()
    own = [f"direct {URL}", f"tls {URL}", f"test {URL}"]
    assert rows(settings) == ["certificate-store", *own]
    assert "TLS 1.3 on the newest connection." in says(settings, f"tls {URL}")
    direct = part(settings, Switch, f"set-direct {URL}")
    assert "In use: p.test:3128, from the environment variable HTTPS_PROXY." in (
        direct.accessibleDescription()
    )
    click(direct)
    assert connections.is_direct(URL)
    assert "Not used: p.test:3128" in says(settings, f"direct {URL}")
    click(part(settings, QtWidgets.QPushButton, f"reset-direct {URL}"))
    assert not connections.is_direct(URL)
    assert focused() is direct
    connections.routes = {URL: server.Route(server.Detour.OWN_MACHINE)}
    settings.refresh()
    assert not direct.isEnabled()


def test_a_connection_test_shows_its_steps_and_its_end(shown: ShownWindow) -> None:
    settings, connections = opened(shown, Page.NETWORK), shown.requests.connections
    connections.routes = {URL: server.Route(server.Detour.NOT_SET)}
    settings.refresh()
    button = part(settings, SettingRow, f"setting-test {URL}").control
    button.setFocus()
    click(button)
    assert shown.asked("test_connection") == [(URL,)]
    step, result = server.Step, server.StepResult
    name = result(step.NAME, {"host": "here.test", "address": "10.0.0.7"}, 0.0031)
    running = (name, result(step.CONNECTION))
    connections.tests[URL] = server.ConnectionTest(running, is_running=True)
    settings.refresh()
    assert rows(settings)[-2:] == [f"step NAME {URL}", f"step CONNECTION {URL}"]
    assert says(settings, f"step NAME {URL}").endswith("here.test has the address 10.0.0.7. 3 ms")
    assert focused().accessibleName() == "Cancel"
    click(focused())
    assert shown.asked("cancel_test") == [(URL,)]
    host, refused = server.Peer("h<b>.test"), errors.Reason.CONNECTION_REFUSED
    error = errors.ServerUnreachable(refused, host=host)
    failed = (name, result(step.CONNECTION, {}, 0.4, error))
    connections.tests[URL] = server.ConnectionTest(failed, ended_at=shown.time.now())
    shown.requests.waiting[-1](None)
    assert "at the step \u201cAddress\u201d." in says(settings, f"test {URL}")
    row = shown_row(settings, f"step CONNECTION {URL}")
    text = "h<b>.test refuses connections. Check that it is running."
    assert row.accessibleDescription() == text
    row.focus_control()
    assert isinstance(focused(), QtWidgets.QLabel), "its text can be selected by keys"
    settings.search.edit.setText("refuses connections")
    assert rows(settings) == [f"step CONNECTION {URL}"]


def test_the_findings_page_sets_columns_and_how_findings_are_worked_through(
    shown: ShownWindow,
) -> None:
    settings, preferences = opened(shown, Page.FINDINGS), shown.requests.preferences
    state = shown.findings.table_state
    click(segment(settings, "column CWE", "Show"))
    click(segment(settings, "column SOURCE", "Hide"))
    assert state.table_layout.on == {Column.CWE}
    assert state.table_layout.off == {Column.SOURCE}
    assert not segment(settings, "column CWE", "Automatic").isChecked()
    assert shown.findings.seeing.are_rows_wanted()
    click(segment(settings, "seen", "Opened"))
    assert "only once you open it." in says(settings, "seen")
    assert not shown.findings.seeing.are_rows_wanted()
    click(segment(settings, "confirm-from", "From 10"))
    assert preferences.settings.findings == FindingsChoices(SeenBy.OPENING, 10)
    for name in ("column CWE", "column SOURCE", "seen", "confirm-from"):
        click(part(settings, QtWidgets.QPushButton, f"reset-{name}"))
    assert preferences.settings.findings == FindingsChoices()
    assert state.table_layout.on == state.table_layout.off == set()


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_page_is_wider_than_its_window(
    shown: ShownWindow, theme: Theme, language: str, request: pytest.FixtureRequest
) -> None:
    if language == "de":
        request.getfixturevalue("german")
    show = SCENES["settings-alerts"].then
    assert show is not None
    show(shown)
    settings = part(shown.window, SettingsWindow, "settings-window")
    too_wide = []
    for zoom in (1.0, 1.5):
        theme.set_zoom(zoom)
        settings.resize(theme.scale(LEAST.width()), 600)
        for page in Page:
            settings.turn_to(page)
            QtWidgets.QApplication.processEvents()
            [area] = settings.findChildren(ScrollPage)
            content, room_px = area.widget(), area.viewport().width()
            assert content is not None
            wanted_px = content.minimumSizeHint().width()
            if wanted_px > room_px:
                too_wide.append((zoom, page.name, wanted_px, room_px))
    assert too_wide == []


def test_only_changed_settings_offer_a_reset(shown: ShownWindow, theme: Theme) -> None:
    settings = opened(shown, Page.APPEARANCE)

    def offered() -> list[str]:
        buttons = settings.findChildren(QtWidgets.QPushButton)
        names = [each.objectName() for each in buttons if each.isVisible()]
        return [name for name in names if name.startswith("reset-")]

    for page in set(Page) - {Page.APPEARANCE}:  # a test has colours of its own
        settings.turn_to(page)
        assert offered() == []
    settings.turn_to(Page.APPEARANCE)
    click(segment(settings, "theme", "Dark"))
    assert offered() == ["reset-theme"]
    reset = part(settings, QtWidgets.QPushButton, "reset-theme")
    assert reset.accessibleName() == "Theme: Reset"
    settings.search.edit.setText("theme dark")
    assert offered() == ["reset-theme"]
    QTest.keyClick(reset, KEY.Key_Space)
    assert (theme.mode, offered()) == (ThemeMode.SYSTEM, [])
    assert focused() is segment(settings, "theme", "Same as system")
    settings.turn_to(Page.ALERTS)
    for column in (DESKTOP, INBOX):
        click(switch(settings, "critical", column))
    click(part(settings, Switch, "set-quiet-hours"))
    assert offered() == ["reset-event-critical", "reset-quiet-hours"]
    for name in offered():
        click(part(settings, QtWidgets.QPushButton, name))
    assert (alerts(shown), offered()) == (AlertChoices(), [])


DESKTOP, INBOX, SOUND = range(3)


def alerts(shown: ShownWindow) -> AlertChoices:
    return shown.requests.preferences.settings.alerts


def switch(settings: SettingsWindow, event: str, column: int) -> Switch:
    return part(settings, Switch, f"set-event-{event}-{column}")


def test_switches_set_where_an_event_is_shown(shown: ShownWindow) -> None:
    settings = opened(shown, Page.ALERTS)
    desktop, sound = switch(settings, "critical", DESKTOP), switch(settings, "critical", SOUND)
    names = (desktop.accessibleName(), sound.accessibleName())
    assert names == ("New critical finding: Desktop", "New critical finding: Sound")
    assert sound.isChecked()
    desktop.setFocus()
    press_key(desktop, Qt.Key.Key_Space)
    choice = alerts(shown).of("critical")
    assert (choice.on_desktop, choice.is_unread, choice.has_sound) == (False, True, True)
    assert (sound.isEnabled(), sound.isChecked()) == (False, False)
    assert sound.accessibleDescription().endswith("Sound requires a desktop notification.")
    click(desktop)
    assert (sound.isEnabled(), sound.isChecked()) == (True, True)  # as it was chosen before
    click(switch(settings, "finished", INBOX))
    assert alerts(shown).of("finished").is_unread
    click(segment(settings, "redaction", "Always"))
    assert shown.requests.preferences.settings.privacy.redaction is Redaction.ALWAYS


def test_quiet_hours_have_lines_of_days_and_times(shown: ShownWindow) -> None:
    settings = opened(shown, Page.ALERTS)
    click(part(settings, Switch, "set-quiet-hours"))
    assert alerts(shown).is_quiet
    saturday = part(settings, QtWidgets.QPushButton, "set-quiet-hours-0-day-5")
    assert saturday.accessibleName() == "Quiet hours, line 1: Saturday"
    click(saturday)
    click(part(settings, QtWidgets.QPushButton, "set-quiet-hours-0-day-6"))
    assert alerts(shown).quiet_hours == (QuietSpan((0, 1, 2, 3, 4)),)
    assert "the next day" in says(settings, "quiet-hours-0")
    click(part(settings, QtWidgets.QPushButton, "set-add-quiet-hours"))
    for name, typed in (("start", "0"), ("end", "24:00")):
        field = time_field(settings, f"1-{name}")
        type_text(field, typed)
        press_key(field, Qt.Key.Key_Return)
    assert alerts(shown).quiet_hours[1] == QuietSpan(start_min=0, end_min=1440)
    assert "all day" in says(settings, "quiet-hours-1")
    press_key(part(settings, QtWidgets.QLineEdit, "set-quiet-hours-1-end"), Qt.Key.Key_Down)
    assert alerts(shown).quiet_hours[1].end_min == 1410
    click(part(settings, QtWidgets.QPushButton, "remove-quiet-hours-0"))
    assert alerts(shown).quiet_hours == (QuietSpan(start_min=0, end_min=1410),)
    click(part(settings, QtWidgets.QPushButton, "remove-quiet-hours-0"))
    assert alerts(shown).quiet_hours == ()
    assert [row for row in settings.findChildren(HoursRow) if row.isVisible()] == []
    assert "No days are selected." in says(settings, "quiet-hours")


def time_field(settings: SettingsWindow, name: str) -> QtWidgets.QLineEdit:
    """Return a time of quiet hours, selected to be typed over."""
    field = part(settings, QtWidgets.QLineEdit, f"set-quiet-hours-{name}")
    field.setFocus()
    field.selectAll()
    return field


def test_an_invalid_time_changes_nothing_and_stays_while_typing(shown: ShownWindow) -> None:
    settings = opened(shown, Page.ALERTS)
    field = time_field(settings, "0-start")
    type_text(field, "25:00")
    press_key(field, Qt.Key.Key_Return)
    settings.refresh()
    assert field.text() == "25:00"
    assert alerts(shown) == AlertChoices()
    field.clearFocus()
    settings.refresh()
    assert field.text() == "22:00"


def test_a_time_stays_selected_and_as_it_is_typed_while_seconds_pass(shown: ShownWindow) -> None:
    settings = opened(shown, Page.ALERTS)
    field = time_field(settings, "0-end")
    settings.refresh()
    assert field.selectedText() == "07:00"
    for letter, text in (("7", "7"), (":", "7:"), ("3", "7:3"), ("0", "7:30")):
        type_text(field, letter)
        settings.refresh()
        assert field.text() == text
    press_key(field, Qt.Key.Key_Return)
    assert (field.text(), alerts(shown).quiet_hours[0].end_min) == ("07:30", 450)


def test_a_scan_is_muted_by_a_menu_and_its_mute_ended(shown: ShownWindow) -> None:
    settings = opened(shown, Page.ALERTS)
    scan_id = shown.id("shop")
    click(part(settings, SettingRow, "setting-muted").control)
    [menu] = [menu for menu in settings.findChildren(QtWidgets.QMenu) if menu.isVisible()]
    ways = menu.actions()[0].menu()
    assert isinstance(ways, QtWidgets.QMenu)
    assert menu.actions()[0].text() == "shop"
    ways.actions()[0].trigger()
    menu.close()
    now = shown.time.now()
    assert alerts(shown).muted_until(scan_id, now) == now + timedelta(hours=1)
    [row] = [row for row in settings.findChildren(LinkRow) if row.setting.id == f"muted {scan_id}"]
    assert "until " in says(settings, f"muted {scan_id}")
    assert row.control.accessibleName() == "shop: Unmute"
    choices = alerts(shown).with_mute(scan_id, None)
    shown.requests.preferences.change_setting("alerts", choices)
    assert "until it ends" in says(settings, f"muted {scan_id}")
    row.control.setFocus()
    press_key(row.control, Qt.Key.Key_Space)
    assert alerts(shown).muted_to_the_end == ()
    assert QtWidgets.QApplication.focusWidget() is not None


def test_a_repository_is_muted_by_a_menu_and_its_mute_ended(shown: ShownWindow) -> None:
    settings = opened(shown, Page.ALERTS)
    scan = shown.store.scan(shown.id("shop"))
    assert scan is not None
    assert scan.repo is not None
    click(part(settings, SettingRow, "setting-muted").control)
    [menu] = [menu for menu in settings.findChildren(QtWidgets.QMenu) if menu.isVisible()]
    ways = menu.actions()[1].menu()
    assert isinstance(ways, QtWidgets.QMenu)
    assert ways.title() == "All scans of shop"
    assert [each.text() for each in ways.actions()] == ["For 1 hour", "For 1 day", "For 1 week"]
    ways.actions()[2].trigger()
    menu.close()
    now = shown.time.now()
    assert alerts(shown).repo_muted_until(scan.repo, now) == now + timedelta(weeks=1)
    row_id = f"muted {scan.server} {scan.repo[1]}"
    [row] = [row for row in settings.findChildren(LinkRow) if row.setting.id == row_id]
    assert "until 11 Jul" in says(settings, row_id)
    assert not part(settings, SettingRow, "setting-muted").control.isEnabled(), "all are muted"
    assert row.control.accessibleName() == "All scans of shop: Unmute"
    click(row.control)
    assert alerts(shown).muted_repos == ()


def test_delivery_says_who_shows_notifications_and_tests_it(shown: ShownWindow) -> None:
    settings = opened(shown, Page.ALERTS)
    assert "org.freedesktop.Notifications." in says(settings, "delivery")
    click(part(settings, SettingRow, "setting-delivery").control)
    assert shown.asked("self_test") == [(server.SelfTestPart.NOTIFICATIONS,)]
    now, test = shown.time.now(), shown.requests.self_test
    shower, tested = "org.freedesktop.Notifications", server.SelfTestPart.NOTIFICATIONS
    test.answers = (server.SelfTestAnswer(tested, shower, 0.004, at=now),)
    shown.requests.waiting[-1](None)
    assert "accepted in 4 ms." in says(settings, "delivery")
    no = errors.NotifierUnavailable(errors.Reason.NO_SESSION_BUS)
    test.answers = (replace(test.answers[0], error=no),)
    settings.refresh()
    assert "not shown. The desktop's session bus can't be reached." in says(settings, "delivery")
    stays = part(settings, Switch, "set-stays")
    assert stays.isChecked()
    click(stays)
    assert not alerts(shown).stays


def test_its_rows_are_found_by_their_words(shown: ShownWindow) -> None:
    settings = opened(shown, Page.ALERTS)
    labels = settings.findChildren(QtWidgets.QLabel)
    head = next(label for label in labels if label.text() == "Sound")
    for wanted, expected, has_head in (
        ("sound failed", ["event-failed"], True),
        ("still counted", ["muted"], False),
        ("all when locked", [], False),
        ("never", ["redaction", "confirm-from", "reasons", "keep-decisions"], False),
    ):
        settings.search.edit.setText(wanted)
        assert (rows(settings), head.isVisible()) == (expected, has_head)


NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def button(settings: SettingsWindow, command: str) -> KeysButton:
    return part(settings, KeysButton, f"set-keys {command}")


def press_keys(
    settings: SettingsWindow, command: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE
) -> None:
    click(button(settings, command))
    QTest.keyClick(button(settings, command), key, modifiers)


def press_in(window: QtWidgets.QWidget, key: Qt.Key) -> None:
    """Press a key together with Ctrl in a window that is brought to the front."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, key, CTRL)


def chosen(shown: ShownWindow) -> dict[str, tuple[str, ...]]:
    return {each.command: each.keys for each in shown.requests.preferences.settings.keys}


def answer(settings: SettingsWindow, name: str) -> str:
    """Answer the question, and return what it was."""
    question = part(settings, QuestionDialog, "question")
    asked = question.accessibleDescription()
    click(part(question, QtWidgets.QPushButton, name))
    question.deleteLater()
    QtWidgets.QApplication.sendPostedEvents(question, QEvent.Type.DeferredDelete)
    return asked


def test_keys_hold_at_once_in_all_windows_and_are_named_so(shown: ShownWindow) -> None:
    settings = opened(shown, Page.KEYBOARD)
    inbox = part(shown.window, QtWidgets.QPushButton, "inbox-button")
    shown.window.scan_windows.tear_off(shown.id("shop"))
    [torn_off] = [w for w in QtWidgets.QApplication.topLevelWidgets() if isinstance(w, ScanWindow)]
    field = shown.findings.filter_field
    cap = next(cap for cap in field.findChildren(KeyCap) if cap.keys == "Ctrl+F")
    keys = {"inbox": KEY.Key_U, "command-palette": KEY.Key_J, "filter": KEY.Key_G}
    for command, key in keys.items():
        press_keys(settings, command, key, CTRL)
    assert chosen(shown) == {id_: (f"Ctrl+{key.name[-1]}",) for id_, key in keys.items()}
    assert button(settings, "inbox").label == "Ctrl+U"
    assert "Default: Ctrl+I." in says(settings, "keys inbox")
    assert "Ctrl+U" in inbox.toolTip()
    assert cap.keys == "Ctrl+G"
    palette = part(shown.window, OutlineButton, "palette-button")
    assert (palette.label, palette.accessibleName()) == ("Ctrl J", "Command palette")
    click(part(settings, SettingRow, "setting-reset-keys").control)
    assert chosen(shown) == {}
    assert cap.keys == "Ctrl+F"
    assert KEYS_IN_USE.of("Ctrl+K") == "Ctrl+K"
    press_keys(settings, "command-palette", KEY.Key_J, CTRL)
    settings.close()
    for window in (shown.window, torn_off):
        by_id = {command.id: command.keys for command in window.commands.commands()}
        assert by_id["command-palette"] == ("Ctrl+J",)
        press_in(window, KEY.Key_J)
        assert window.command_palette.isVisible()
    torn_off.close()


def test_keys_of_another_command_are_taken_after_a_question(shown: ShownWindow) -> None:
    settings = opened(shown, Page.KEYBOARD)
    first = [keys for command in shown.window.commands.keyed() for keys in command.keys]
    assert len(first) == len(set(first))
    press_keys(settings, "export", KEY.Key_K, CTRL)
    asked = answer(settings, "question-keep")
    assert asked.startswith("Ctrl+K is assigned to “Command palette”. Reassign it to “Export")
    assert chosen(shown) == {}
    press_keys(settings, "export", KEY.Key_R, CTRL)
    assert "“Refresh” keeps F5." in answer(settings, "question-do")
    assert chosen(shown) == {"refresh": ("F5",), "export": ("Ctrl+R",)}
    click(part(settings, QtWidgets.QPushButton, "reset-keys refresh"))
    assert "\u201cExport findings\u201d will have no shortcut." in answer(settings, "question-do")
    assert chosen(shown) == {"export": ()}
    click(part(settings, QtWidgets.QPushButton, "reset-keys export"))
    assert chosen(shown) == {}


def test_a_wrong_key_is_refused_and_escape_leaves_all_as_it_was(shown: ShownWindow) -> None:
    settings = opened(shown, Page.KEYBOARD)
    press_keys(settings, "export", KEY.Key_Left, CTRL)
    assert "is reserved for “Collapse or expand all groups”." in says(settings, "keys export")
    press_keys(settings, "export", KEY.Key_PageDown)
    assert "PgDown alone is used to move or type. Add Ctrl or Alt." in says(settings, "keys export")
    click(button(settings, "export"))
    assert button(settings, "export").accessibleName() == "Export findings: Press the new keys"
    QTest.keyClick(button(settings, "export"), KEY.Key_Control, CTRL)
    QTest.keyClick(button(settings, "export"), KEY.Key_Escape)
    assert settings.isVisible()
    assert button(settings, "export").label == "Ctrl+E"
    press_keys(settings, "export", KEY.Key_Question, SHIFT)
    answer(settings, "question-keep")  # the sheet has it, without Shift
    press_keys(settings, "export", KEY.Key_Backspace)
    assert chosen(shown) == {"export": ()}
    assert button(settings, "export").label == "None"


def test_keys_of_the_last_session_come_back(shown: ShownWindow) -> None:
    settings = opened(shown, Page.KEYBOARD)
    preferences = shown.requests.preferences
    keys = (KeyChoice("jump Alt+1", ("Ctrl+1",)), KeyChoice("of a later version", ("Ctrl+2",)))
    preferences.change(replace(preferences.settings, keys=keys))
    press_keys(settings, "inbox", KEY.Key_U, CTRL)
    assert chosen(shown)["of a later version"] == ("Ctrl+2",)
    settings.close()
    shown.watch("other")
    press_in(shown.window, KEY.Key_1)
    assert shown.scope() is not None
    commands = {command.id: command.keys for command in shown.window.commands.commands()}
    assert commands[f"scan {shown.scope()}"] == ("Ctrl+1",)
