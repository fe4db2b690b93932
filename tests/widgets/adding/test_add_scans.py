"""The dialog that adds scans, driven by keys and clicks."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.widgets.adding.discovery_list import DiscoveryList
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.discovery import found_repo, found_scan
from tests.fakes.hands import click, part, press, press_key, type_text
from tests.fakes.shown_window import Adding

ONE = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
TWO = "https://heimdall.example.org/scans/2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10"
SHOP, WEB, AUTH = (
    found_scan(name, number=number) for number, name in enumerate(("shop", "web", "auth"), 1)
)


@pytest.fixture
def adding(theme: Theme, qtbot: QtBot) -> Iterator[Adding]:
    made = Adding()
    qtbot.addWidget(made.dialog)
    yield made
    made.dialog.reject()


def error_words(adding: Adding) -> str:
    return part(adding.dialog, WrappedLabel, "error-words").text()


def click_row(adding: Adding, row: int = 0, name: str = "live-scans") -> None:
    rows = adding.rows(name)
    place = rows.visualRect(rows.model().index(row, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(1, 0))


def choose(adding: Adding, text: str) -> None:
    """Choose a line of the menu that starts scans."""
    actions = adding.dialog.make_start_menu().actions()
    next(action for action in actions if action.text() == text).trigger()


def focused_rows(adding: Adding, name: str = "live-scans") -> DiscoveryList:
    rows = adding.rows(name)
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    return rows


def not_all_watched(named: int, **refused: errors.HeimdallError) -> errors.NotAllWatched:
    words = tuple(refused.items())
    return errors.NotAllWatched(
        errors.Reason.NOT_ALL_WATCHED, refused=words, left=len(words), named=named
    )


def test_return_watches_and_that_closes_the_dialog(adding: Adding, qtbot: QtBot) -> None:
    type_text(adding.text, ONE)
    press_key(adding.text, Qt.Key.Key_Return)
    press_key(adding.text, Qt.Key.Key_Return)
    assert adding.requests.asked == [("watch", ONE)]
    with qtbot.waitSignal(adding.dialog.accepted):
        adding.requests.answer()


def test_links_and_ticked_rows_are_watched_together(adding: Adding) -> None:
    adding.find("newest", SHOP, WEB)
    type_text(adding.text, TWO)
    assert adding.watch.accessibleName() == "Watch 1 scan"
    click_row(adding, 1)
    assert adding.watch.accessibleName() == "Watch 2 scans"
    type_text(adding.text, f" {WEB.address}")
    assert adding.watch.accessibleName() == "Watch 2 scans"  # it is named and ticked, but one
    adding.dialog.suggest(TWO)
    click(adding.watch)
    assert adding.requests.asked == [("watch", f"{TWO}\n{WEB.address}")]


def test_ticks_are_kept_from_tab_to_tab(adding: Adding) -> None:
    adding.find("newest", SHOP, WEB)
    click_row(adding)
    adding.tabs.setCurrentIndex(1)
    click_row(adding, 1, "recent-scans")
    assert adding.watch.accessibleName() == "Watch 2 scans"
    click_row(adding, 0, "recent-scans")
    assert adding.watch.accessibleName() == "Watch 1 scan"


@pytest.mark.parametrize("is_chosen", [True, False])
def test_return_watches_the_chosen_rows_or_the_pressed_one(adding: Adding, is_chosen: bool) -> None:
    adding.find("newest", SHOP, WEB, AUTH)
    rows, key = focused_rows(adding), Qt.Key
    for each in (key.Key_Space, key.Key_Down, key.Key_Down, key.Key_Space) if is_chosen else ():
        press_key(rows, each)
    press_key(rows, Qt.Key.Key_Return)
    wanted = f"{SHOP.address}\n{AUTH.address}" if is_chosen else SHOP.address
    assert adding.requests.asked == [("watch", wanted)]


def test_what_is_watched_meanwhile_is_not_counted(adding: Adding) -> None:
    adding.find("newest", SHOP)
    click_row(adding)
    adding.watched(SHOP.scan_id)
    assert not adding.watch.isEnabled()
    click_row(adding)
    assert not adding.watch.isEnabled()


def test_it_stays_with_the_error_when_that_failed(adding: Adding) -> None:
    type_text(adding.text, ONE)
    click(adding.watch)
    assert not adding.text.isEnabled()
    adding.requests.answer(errors.NotVisible(errors.Reason.SCAN_NOT_FOUND))
    assert error_words(adding) == (
        "This scan doesn't exist or belongs to another account. Check the address and the account."
    )
    assert adding.dialog.isVisible()
    assert adding.text.toPlainText() == ONE
    assert adding.watch.isEnabled()


def test_the_good_ones_are_watched_and_the_bad_ones_stay_in_the_field(adding: Adding) -> None:
    adding.find("newest", SHOP, WEB)
    click_row(adding)
    type_text(adding.text, f"{ONE} good {TWO}")
    assert adding.watch.accessibleName() == "Watch 3 scans"
    click(adding.watch)
    adding.watched(ScanId(ONE))
    why = errors.NotVisible(errors.Reason.NOT_FOUND)
    adding.requests.answer(
        not_all_watched(
            4, good=errors.LinkError(errors.Reason.NO_SCAN_IN_WORD, word="good"), **{TWO: why}
        )
    )
    assert adding.dialog.isVisible()
    assert adding.text.toPlainText() == f"good\n{TWO}"
    assert error_words(adding) == (
        "2 of 4 not watched. No scan ID found in 'good'. "
        f"\u2026{TWO[-40:]}: It doesn't exist or belongs to another account."
    )
    assert adding.words("add-verdict") == "", "it is shown once"
    assert adding.watch.accessibleName() == "Watch 1 scan", "the ticked one"
    assert not adding.discovery.is_waited_for("named"), "nor asked for again"


def test_scans_of_a_silent_server_can_be_retried(adding: Adding) -> None:
    type_text(adding.text, f"{ONE} {TWO}")
    click(adding.watch)
    adding.watched(ScanId(ONE))
    silent = errors.ServerUnreachable(errors.Reason.ANSWER_TIMED_OUT, host="h.test")
    adding.requests.answer(not_all_watched(2, **{TWO: silent}))
    assert adding.text.toPlainText() == TWO
    assert adding.watch.accessibleName() == "Watch 1 scan"
    assert adding.words("add-verdict") == ""
    click(adding.watch)
    assert adding.requests.asked[-1] == ("watch", TWO)


def test_a_ticked_one_that_is_refused_stays_ticked_and_out_of_the_field(adding: Adding) -> None:
    adding.find("newest", SHOP)
    click_row(adding)
    type_text(adding.text, ONE)
    click(adding.watch)
    adding.watched(ScanId(ONE))
    gone = errors.NotVisible(errors.Reason.NOT_FOUND)
    adding.requests.answer(not_all_watched(2, **{SHOP.address: gone}))
    assert adding.text.toPlainText() == ""
    assert adding.watch.accessibleName() == "Watch 1 scan"


def test_the_button_counts_the_scans_it_would_watch(adding: Adding, qtbot: QtBot) -> None:
    type_text(adding.text, f"{ONE} good https://elsewhere.test/scans/{ONE}")
    assert adding.watch.accessibleName() == "Watch 1 scan"
    qtbot.waitUntil(lambda: adding.discovery.is_waited_for("named"))
    adding.discovery.report_named()  # the server refuses that one too
    assert adding.watch.accessibleName() == "Sign in"
    adding.dialog.suggest("good")
    assert adding.watch.accessibleName() == "Watch"
    assert not adding.watch.isEnabled()


def test_a_watched_scan_is_not_counted_but_can_be_requested(adding: Adding, qtbot: QtBot) -> None:
    adding.watched(ScanId(ONE))
    type_text(adding.text, ONE)
    assert adding.watch.accessibleName() == "Watch"
    click(adding.watch)
    with qtbot.waitSignal(adding.dialog.accepted):
        adding.requests.answer()


def test_an_answer_to_a_dialog_that_was_left_changes_nothing(adding: Adding) -> None:
    type_text(adding.text, ONE)
    click(adding.watch)
    press_key(adding.dialog, Qt.Key.Key_Escape)
    adding.requests.answer(errors.NotVisible(errors.Reason.SCAN_NOT_FOUND))
    assert error_words(adding) == ""


def test_leaving_calls_all_readings_off(adding: Adding) -> None:
    adding.tabs.setCurrentIndex(2)
    waited = adding.discovery.is_waited_for
    assert [waited("newest"), waited("repos")] == [True, True]
    press_key(adding.dialog, Qt.Key.Key_Escape)
    assert [waited("newest"), waited("repos")] == [False, False]


def test_a_repository_scan_starts_once_and_shows_a_refusal(adding: Adding, qtbot: QtBot) -> None:
    repo = found_repo("R&D")
    press(adding.dialog, "Start a scan")
    choose(adding, "Scan a repository\u2026")
    assert adding.tabs.currentIndex() == 2
    adding.find("repos", repo)
    rows = adding.rows("repos")
    rows.setCurrentIndex(rows.model().index(0, 0))
    choose(adding, "Scan R&&D")
    assert adding.requests.asked == [("repo_scan", repo.repo_id)]
    assert not adding.button("add-start").isEnabled()
    cause = "heimdall.example.org has no AI provider set up, so no scan was started."
    adding.requests.answer(
        errors.ServerLacking(errors.Reason.NO_AI_PROVIDER, host="heimdall.example.org")
    )
    assert error_words(adding).startswith(cause)
    press_key(focused_rows(adding, "repos"), Qt.Key.Key_Return)
    click(adding.button("repo-start"))
    with qtbot.waitSignal(adding.dialog.accepted):
        adding.requests.answer()
    assert adding.requests.asked == [("repo_scan", repo.repo_id)] * 2


def test_the_focus_moves_from_the_menu_to_a_repository_and_its_scans(adding: Adding) -> None:
    """Each is still to be read when it is opened; rows that come take the keyboard over."""
    press(adding.dialog, "Start a scan")
    choose(adding, "Scan a repository\u2026")
    adding.find("repos", found_repo("shop"))
    rows = adding.rows("repos")
    assert QApplication.focusWidget() is rows
    press_key(rows, Qt.Key.Key_Down)
    press_key(rows, Qt.Key.Key_Return)
    adding.find("scans of", found_scan("shop"))
    assert QApplication.focusWidget() is adding.rows("repo-scans")
    click(adding.button("repos-back"))
    assert QApplication.focusWidget() is rows
    press_key(rows, Qt.Key.Key_Return)
    adding.find("scans of")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "It hasn't been scanned yet."


def test_a_choice_outlives_the_start_of_a_scan(adding: Adding) -> None:
    adding.find("newest", SHOP)
    click_row(adding)
    adding.tabs.setCurrentIndex(2)
    adding.find("repos", found_repo("web"))
    rows = adding.rows("repos")
    rows.setCurrentIndex(rows.model().index(0, 0))
    choose(adding, "Scan web")
    adding.requests.answer()
    assert adding.dialog.isVisible()
    assert adding.watch.accessibleName() == "Watch 1 scan"
    assert adding.discovery.asked[-1] == ("repos",)


def test_a_folder_can_be_chosen_and_the_demo_played_from_here(adding: Adding) -> None:
    adding.tabs.setCurrentIndex(3)
    click(adding.button("add-folder"))
    part(adding.dialog, QFileDialog, "choose-folder").reject()
    click(adding.button("add-demo"))
    assert adding.requests.asked == [("demo",)]
    adding.requests.answer(errors.LocalServerError(errors.Reason.LOCAL_ENDED_AT_ONCE))
    assert "The embedded server stopped immediately." in error_words(adding)
    choose(adding, "Play the demo")
    assert adding.requests.asked == [("demo",)] * 2


def test_signed_out_it_offers_to_sign_in_with_what_was_typed(adding: Adding, qtbot: QtBot) -> None:
    type_text(adding.text, ONE)
    adding.find("newest", error=errors.SignedOut(errors.Reason.TOKEN_REFUSED, host="h.test"))
    with qtbot.waitSignal(adding.dialog.sign_in_wanted) as wanted:
        press(adding.dialog, "Sign in")
    assert wanted.args == ["", ONE]


@pytest.mark.parametrize("by_key", [False, True])
def test_a_link_to_a_server_without_a_sign_in_leads_to_one(
    adding: Adding, qtbot: QtBot, *, by_key: bool
) -> None:
    link = f"https://elsewhere.test/scans/{ONE}"
    type_text(adding.text, link)
    assert adding.watch.accessibleName() == "Sign in"
    with qtbot.waitSignal(adding.dialog.sign_in_wanted) as wanted:
        press_key(adding.text, Qt.Key.Key_Return) if by_key else click(adding.watch)
    assert wanted.args == ["https://elsewhere.test", link]
    assert adding.requests.asked == []


def test_what_can_be_watched_comes_before_a_sign_in(adding: Adding) -> None:
    elsewhere = f"https://elsewhere.test/scans/{ONE}"
    type_text(adding.text, f"{ONE} {elsewhere}")
    assert adding.watch.accessibleName() == "Watch 1 scan"
    click(adding.watch)
    adding.watched(ScanId(ONE))
    needed = errors.SignInNeeded(errors.Reason.OTHER_SERVER, server="x", host="elsewhere.test")
    adding.requests.answer(not_all_watched(2, **{elsewhere: needed}))
    assert adding.text.toPlainText() == elsewhere
    assert adding.watch.accessibleName() == "Sign in"


def test_new_scans_can_be_watched_automatically_from_here(adding: Adding) -> None:
    switch = part(adding.dialog, QCheckBox, "watch-new-scans")
    click(switch)
    assert adding.requests.preferences.settings.watches_new
    adding.dialog.show_new_scans(is_on=False)
    assert not switch.isChecked()


def test_escape_and_cancel_leave(adding: Adding, qtbot: QtBot) -> None:
    with qtbot.waitSignal(adding.dialog.rejected):
        press_key(adding.text, Qt.Key.Key_Escape)
    adding.dialog.open()
    with qtbot.waitSignal(adding.dialog.rejected):
        click(adding.button("add-cancel"))


def test_the_tab_key_goes_down_the_dialog(adding: Adding) -> None:
    """Tabs before their rows, and what closes the dialog last."""
    adding.find("newest", SHOP)
    click_row(adding)
    adding.text.setFocus(Qt.FocusReason.TabFocusReason)
    names = []
    for _ in range(9):
        QTest.keyClick(adding.dialog.focusWidget(), Qt.Key.Key_Tab)
        names.append(adding.dialog.focusWidget().objectName())
    assert names == [
        "add-tabs", "add-again", "live-scans", "watch-new-scans",
        "add-start", "add-cancel", "add-watch", "add-close", "add-text",
    ]  # fmt: skip
