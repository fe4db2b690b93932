"""The messages of a window: one strip at a time, ends of sessions, and announced news."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.errors import KeyringLocked, Reason
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.facts.observation import Connection, FindingsListed
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.services.settings import SettingsFile
from heimdall_desktop.widgets.adding.sign_in import SignInDialog
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip, StripText
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.problem_bar import NOTICE_LIMIT, Announcer, ProblemBar
from tests.fakes.findings import make_finding
from tests.fakes.hands import part, press
from tests.fakes.shown_window import ShownWindow

DAMAGED = StripText(Mood.ATTENTION, "ui-warning", "The settings are damaged.", "Defaults are used.")
DIED = StripText(
    Mood.ERROR, "conn-broken", "The built-in server stopped.", "", ("Start the scan again.",)
)


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> ProblemBar:
    bar = ProblemBar()
    qtbot.addWidget(bar)
    return bar


def shown(bar: ProblemBar) -> StripText:
    problem = part(bar, ProblemStrip, "problem-strip").problem
    assert problem is not None
    return problem


def test_the_worst_comes_first_and_the_rest_is_counted(bar: ProblemBar) -> None:
    bar.show_problem("settings", DAMAGED)
    bar.show_problem("server", DIED)
    bar.show_error("keyring", KeyringLocked(Reason.KEYRING_LOCKED))
    problem = shown(bar)
    assert (problem.fact, problem.more) == ("The built-in server stopped.", 2)
    assert bar.keys == ("server", "settings", "keyring")


def test_damaged_settings_name_and_open_the_kept_copy(bar: ProblemBar, tmp_path: Path) -> None:
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
    reported = "settings.toml couldn't be parsed and was kept as settings.toml.damaged-1. "
    assert shown(bar).fact.startswith(reported)
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
    assert shown(bar).fact == "The settings are damaged."


def test_a_problem_is_shown_once_and_dismissing_the_last_one_hides_the_bar(bar: ProblemBar) -> None:
    assert bar.isHidden()
    for _ in range(2):
        bar.show_problem("settings", DAMAGED)
    assert (bar.keys, bar.isHidden()) == (("settings",), False)
    press(bar, "Dismiss")
    assert (bar.keys, bar.isHidden()) == ((), True)


def test_an_action_is_shown_and_the_problem_stays_until_it_is_solved(bar: ProblemBar) -> None:
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
    assert (problem.fact, problem.consequence) == ("New <b>critical</b>", "SQL built from input")
    press(bar, "Show")
    assert opened == [True]
    assert bar.keys == ("settings",)


def test_only_the_newest_notices_are_kept(bar: ProblemBar) -> None:
    for number in range(NOTICE_LIMIT + 5):
        bar.show_notice(f"n{number}", "", lambda: None)
    assert len(bar.keys) == NOTICE_LIMIT
    assert "notice 1" not in bar.keys


def test_a_new_critical_finding_is_said_once(theme: Theme) -> None:
    shown, said = ShownWindow(), list[str]()
    shown.watch("shop")
    shown.read("shop", 9)
    shown.stories["shop"].list_again()
    shown.ticker.flush()
    part(shown.window, Announcer, "").said.connect(said.append)
    scan_id = shown.id("shop")
    found = make_finding(
        500_000, title="SQL injection", severity=Severity.CRITICAL, scan_id=scan_id
    )
    asked_s = shown.stories["shop"].asked_s()
    shown.store.observe(FindingsListed(scan_id, asked_s, (found,)))
    shown.ticker.flush()
    shown.time.pass_s(60)
    shown.ticker.second.emit()
    assert said == ["New critical finding in shop: SQL injection."]
    shown.close()


SERVER = ServerUrl("https://heimdall.corp.example")
OTHER = ServerUrl("https://other.example")
HOUR_S, DAY_S = 3600, 86_400
FACT = "Your session on heimdall.corp.example expires in "


class Reminded:
    """A window that is signed in at a server."""

    def __init__(self) -> None:
        self.shown = ShownWindow().show().watch_twelve()
        for story in self.shown.stories.values():
            story.hear(Connection.LIVE)
        self.shown.ticker.flush()
        self.window = self.shown.window
        self.window.show_account(SERVER, "mira@corp.example")

    def has_left(self, left_s: float, server: ServerUrl = SERVER) -> None:
        self.window.sessions.show_sessions({server: self.shown.time.clock() + left_s}, SERVER)

    def pass_s(self, seconds: float) -> None:
        self.shown.time.pass_s(seconds)
        self.shown.ticker.second.emit()

    def strip(self) -> str:
        return next(iter(self.shown.strips()), "")

    def status(self) -> str:
        label = part(self.window, QLabel, "status_session")
        return label.text() if label.isVisible() else ""

    def press(self, label: str) -> None:
        press(part(self.window, ProblemBar, ""), label)


@pytest.fixture
def reminded(theme: Theme) -> Iterator[Reminded]:
    reminded = Reminded()
    yield reminded
    reminded.shown.close()


def test_the_status_bar_says_when_the_session_ends(reminded: Reminded) -> None:
    reminded.has_left(6.5 * DAY_S)
    assert reminded.status() == "Session expires in 6 d"
    assert reminded.strip() == ""
    reminded.pass_s(DAY_S)
    assert reminded.status() == "Session expires in 5 d"


def test_a_likely_end_is_marked_so(reminded: Reminded) -> None:
    ends = {SERVER: reminded.shown.time.clock() + 3 * HOUR_S}
    reminded.window.sessions.show_sessions(ends, SERVER, {SERVER})
    assert reminded.status() == "Session expires in ≈ 3 h"
    assert reminded.strip() == f"{FACT}≈ 3 h."
    reminded.has_left(6.5 * DAY_S)
    assert reminded.status() == "Session expires in 6 d"


def test_within_the_last_day_a_strip_counts_down(reminded: Reminded) -> None:
    reminded.has_left(DAY_S + 60)
    assert reminded.strip() == ""
    reminded.pass_s(120)
    assert reminded.strip() == f"{FACT}23 h 59 min."
    assert "Watching then pauses until you sign in again." in reminded.shown.strips()


def test_later_hides_it_until_the_last_hour_and_then_until_the_end(reminded: Reminded) -> None:
    reminded.has_left(3 * HOUR_S)
    reminded.press("Later")
    assert reminded.strip() == ""
    reminded.pass_s(2 * HOUR_S - 1)
    assert reminded.strip() == ""
    reminded.pass_s(2)
    assert reminded.strip() == f"{FACT}59 min."
    reminded.press("Later")
    reminded.pass_s(1800)
    assert reminded.strip() == ""
    assert reminded.status() == "Session expires in 29 min"


def test_a_new_session_is_reminded_of_anew(reminded: Reminded) -> None:
    reminded.has_left(HOUR_S / 2)
    reminded.press("Later")
    reminded.has_left(7 * DAY_S)
    reminded.pass_s(6.5 * DAY_S)
    assert reminded.strip() == f"{FACT}12 h."


def test_signing_in_again_opens_the_form_for_that_server(reminded: Reminded) -> None:
    reminded.has_left(HOUR_S, OTHER)
    assert reminded.status() == ""  # the bar speaks of the server in use
    reminded.press("Sign in again")
    [dialog] = reminded.window.findChildren(SignInDialog)
    assert part(dialog, QLineEdit, "sign-in-server").text() == OTHER
    assert "expires soon" in part(dialog, QLabel, "sign-in-reason").text()


@pytest.mark.parametrize("end", ["unknown", "past", "refused"])
def test_nothing_is_said_of_a_session_that_ended_or_may_have(reminded: Reminded, end: str) -> None:
    """The scans themselves say that it has ended."""
    reminded.has_left(60)
    if end == "unknown":
        reminded.window.sessions.show_sessions({}, SERVER)
    elif end == "past":
        reminded.pass_s(61)
    else:
        reminded.shown.stories["payments-api"].hear(Connection.SIGNED_OUT)
        reminded.shown.ticker.flush()
    assert (reminded.status(), reminded.strip()) == ("", "")


def test_a_machine_that_slept_has_as_much_less(reminded: Reminded) -> None:
    """Our clock goes on while the machine sleeps; the one on the wall may be set."""
    reminded.has_left(2 * DAY_S)
    reminded.shown.time.clock_s += DAY_S + 60
    reminded.shown.ticker.second.emit()
    assert reminded.strip() == f"{FACT}23 h 59 min."
