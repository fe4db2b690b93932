"""What the window says of sessions that end."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.widgets.adding.sign_in import SignInDialog
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.problem_bar import ProblemBar
from tests.fakes.board_scans import ScanStory
from tests.fakes.hands import part, press
from tests.fakes.shown_window import ShownWindow

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
        press(next(iter(self.window.findChildren(ProblemBar))), label)


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


def test_nothing_is_said_of_a_session_whose_end_nobody_knows(reminded: Reminded) -> None:
    reminded.has_left(HOUR_S)
    reminded.window.sessions.show_sessions({}, SERVER)
    assert (reminded.status(), reminded.strip()) == ("", "")


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
    dialog = next(iter(reminded.window.findChildren(SignInDialog)))
    assert part(dialog, QLineEdit, "sign-in-server").text() == OTHER
    assert "expires soon" in part(dialog, QLabel, "sign-in-reason").text()


def test_once_it_has_ended_the_scans_say_so_themselves(reminded: Reminded) -> None:
    reminded.has_left(60)
    reminded.pass_s(61)
    assert (reminded.status(), reminded.strip()) == ("", "")


def test_a_session_the_server_refuses_is_not_said_to_go_on(reminded: Reminded) -> None:
    reminded.has_left(HOUR_S)
    story: ScanStory = reminded.shown.stories["payments-api"]
    story.hear(Connection.SIGNED_OUT)
    reminded.shown.ticker.flush()
    assert (reminded.status(), reminded.strip()) == ("", "")


def test_a_machine_that_slept_has_as_much_less(reminded: Reminded) -> None:
    """Our clock goes on while the machine sleeps; the one on the wall may be set."""
    reminded.has_left(2 * DAY_S)
    reminded.shown.time.clock_s += DAY_S + 60
    reminded.shown.ticker.second.emit()
    assert reminded.strip() == f"{FACT}23 h 59 min."
