"""The window-wide strip: one problem at a time, the worst first."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.errors import KeyringLocked, Reason
from heimdall_desktop.presentation.board.sign import Mood
from heimdall_desktop.services.settings import SettingsFile
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip, StripText
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.problem_bar import NOTICE_LIMIT, ProblemBar
from tests.fakes.hands import part, press

DAMAGED = StripText(Mood.ATTENTION, "ui-warning", "The settings are damaged.", "Defaults are used.")
DIED = StripText(
    Mood.TROUBLE, "conn-broken", "The built-in server stopped.", "", ("Start the scan again.",)
)


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> ProblemBar:
    bar = ProblemBar()
    qtbot.addWidget(bar)
    return bar


def shown(bar: ProblemBar) -> StripText | None:
    return part(bar, ProblemStrip, "problem-strip").problem


def test_without_problems_it_takes_no_room(bar: ProblemBar) -> None:
    assert bar.isHidden()


def test_the_worst_comes_first_and_the_rest_is_counted(bar: ProblemBar) -> None:
    bar.show_problem("settings", DAMAGED)
    bar.show_problem("server", DIED)
    bar.show_error("keyring", KeyringLocked(Reason.KEYRING_LOCKED))
    problem = shown(bar)
    assert problem is not None
    assert (problem.fact, problem.more) == ("The built-in server stopped.", 2)
    assert bar.keys == ("server", "settings", "keyring")


def test_the_same_problem_is_shown_once(bar: ProblemBar) -> None:
    bar.show_problem("settings", DAMAGED)
    bar.show_problem("settings", DAMAGED)
    assert bar.keys == ("settings",)


def test_damaged_settings_name_the_kept_copy_and_open_its_folder(
    bar: ProblemBar, tmp_path: Path
) -> None:
    opened: list[str] = []

    class Files(QObject):
        @Slot(QUrl)
        def open(self, url: QUrl) -> None:
            opened.append(url.toLocalFile())

    path = tmp_path / "settings.toml"
    path.write_text("watched = ")
    _, error = SettingsFile(path, Settings).load()
    assert error is not None
    bar.show_error("settings", error)
    problem = shown(bar)
    assert problem is not None
    reported = "settings.toml couldn't be parsed and was kept as settings.toml.damaged-1. "
    assert problem.fact.startswith(reported)
    files = Files()
    QDesktopServices.setUrlHandler("file", files, "open")  # type: ignore[arg-type] # it takes no bytes
    try:
        press(bar, "Open folder")
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opened == [str(tmp_path)]
    assert not bar.isHidden()


def test_the_others_can_be_turned_to(bar: ProblemBar) -> None:
    bar.show_problem("settings", DAMAGED)
    bar.show_problem("server", DIED)
    press(bar, "1 more message")
    problem = shown(bar)
    assert problem is not None
    assert problem.fact == "The settings are damaged."


def test_dismissing_the_last_one_hides_it(bar: ProblemBar) -> None:
    bar.show_problem("settings", DAMAGED)
    press(bar, "Dismiss")
    assert bar.isHidden()
    assert bar.keys == ()


def test_an_action_is_shown_and_the_problem_stays_until_it_is_solved(
    bar: ProblemBar,
) -> None:
    pressed: list[str] = []
    bar.show_problem("server", DIED, pressed.append)
    press(bar, "Start the scan again.")
    assert (pressed, bar.keys) == (["Start the scan again."], ("server",))
    bar.clear("server")
    assert bar.isHidden()


def test_a_notice_stands_in_for_a_notification(bar: ProblemBar) -> None:
    opened: list[bool] = []
    bar.show_problem("settings", DAMAGED)
    bar.show_notice("New <b>critical</b>", "SQL built\nfrom input", lambda: opened.append(True))
    problem = shown(bar)
    assert problem is not None
    assert (problem.fact, problem.consequence) == ("New <b>critical</b>", "SQL built from input")
    press(bar, "Show")
    assert opened == [True]
    assert bar.keys == ("settings",)


def test_only_the_newest_notices_are_kept(bar: ProblemBar) -> None:
    for number in range(NOTICE_LIMIT + 5):
        bar.show_notice(f"n{number}", "", lambda: None)
    assert len(bar.keys) == NOTICE_LIMIT
    assert "notice 1" not in bar.keys
