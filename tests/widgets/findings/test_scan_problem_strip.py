"""The strip above the findings: the worst problem, and what a server doesn't send."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.errors import KeyringLocked, Reason, ServerLacking
from heimdall_desktop.domain.facts.observation import Connection, Settled
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.source_text import source_note
from heimdall_desktop.widgets.findings import scan_problem_strip
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.announced_scans import by_stream, documented
from tests.fakes.board_scans import FakeTime, ScanStory, twelve_scans
from tests.fakes.hands import click, part, press_key
from tests.fakes.requests import RecordedRequests
from tests.lab.scan_script import LOCKED, NAME_NOT_FOUND, ScriptedTime


class Shown:
    """A strip over a store."""

    def __init__(self) -> None:
        self.time = FakeTime()
        self.store = Store()
        self.ticker = Ticker(self.store)
        self.requests = RecordedRequests()
        self.strip = scan_problem_strip.ScanProblemStrip(
            self.store, self.ticker, self.requests, self.time.clock, self.time.now
        )
        self.errors, self.wanted = list[object](), list[str]()
        self.strip.request_failed.connect(self.errors.append)
        self.strip.sign_in_wanted.connect(self.wanted.append)

    def story(self) -> ScanStory:
        return ScanStory(self.store, self.time, "shop").run([30, 90], 48)

    def fact(self) -> str:
        self.ticker.flush()
        return self.strip.problem.fact if self.strip.problem else ""

    def press(self, text: str) -> None:
        buttons = self.strip.findChildren(QPushButton)
        next(b for b in buttons if b.accessibleName() == text and b.isVisible()).click()


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.strip.close()


def test_the_only_scan_is_spoken_of_in_full(shown: Shown) -> None:
    story = shown.story().hear(Connection.LIVE)
    assert shown.fact() == ""
    assert shown.strip.isHidden()
    story.hear(Connection.STALE, 60)
    assert shown.fact() == "No data for 1 min."
    shown.press("Retry now")
    assert shown.requests.asked == [("again", story.scan.id)]


def test_t58_a_cancelled_scan_that_runs_again_is_cancelled_from_the_strip(shown: Shown) -> None:
    story = shown.story().read("cancelled").live("cancelled").hear(Connection.LIVE)
    story.run([30], 5, status="modeling")
    assert shown.fact().startswith("Cancelled ")
    shown.press("Cancel again")
    assert shown.requests.asked == [("cancel", story.scan.id)]


def test_t66_a_scan_that_waits_in_vain_is_cancelled_or_scanned_again(shown: Shown) -> None:
    story = ScanStory(shown.store, shown.time, "shop").read("queued", began_s=0).live("queued")
    story.hear(Connection.LIVE)
    shown.time.pass_s(1860)
    assert shown.fact() == "Queued for 31 min, not picked up yet."
    shown.press("Cancel scan")
    shown.press("Scan again")
    assert [asked[0] for asked in shown.requests.asked] == ["cancel", "rescan"]


def test_of_many_the_worst_is_shown_and_of_one_its_own(shown: Shown) -> None:
    stories = twelve_scans(shown.store, shown.time)
    assert shown.fact().startswith("legacy-crm: Your session")
    assert shown.strip.problem is not None
    assert shown.strip.problem.more == 1
    shown.strip.set_scope(stories["data-pipeline"].scan.id)
    assert shown.fact() == "Connected, no updates for 6 min."
    shown.strip.set_scope(stories["payments-api"].scan.id)
    assert shown.fact() == ""


def test_the_link_turns_to_the_other_problems_and_back(shown: Shown) -> None:
    stories = twelve_scans(shown.store, shown.time)
    stories["web-shop"].hear(Connection.STALE, 60)
    facts = [shown.fact()]
    for _ in range(3):
        shown.press("2 more messages")
        facts.append(shown.fact())
    assert [fact.partition(":")[0] for fact in facts] == [
        "web-shop", "legacy-crm", "billing-core", "web-shop",
    ]  # fmt: skip
    shown.press("2 more messages")
    shown.press("Sign in")
    stories["legacy-crm"].hear(Connection.LIVE)
    assert shown.fact().startswith("web-shop")


def test_seconds_go_on(shown: Shown) -> None:
    shown.story().hear(Connection.BUSY, 0, 40)
    assert shown.fact() == "The server is busy; retrying in 40 s."
    shown.time.pass_s(10)
    shown.ticker.second.emit()
    assert shown.fact() == "The server is busy; retrying in 30 s."


def test_a_locked_keyring_is_asked_again(shown: Shown) -> None:
    story = shown.story().hear(Connection.SIGNED_OUT, error=LOCKED)
    assert shown.fact().startswith("The token is safe")
    shown.press("Unlock and retry")
    assert shown.requests.asked == [("unlock", story.scan.server)]
    error = KeyringLocked(Reason.KEYRING_LOCKED)
    shown.requests.answer(error)
    assert shown.errors == [error]
    shown.press("This session only")
    assert shown.wanted == [story.scan.server]


def test_signing_in_is_wanted_for_the_server(shown: Shown) -> None:
    shown.story().hear(Connection.SIGNED_OUT)
    shown.ticker.flush()
    shown.press("Sign in")
    assert shown.wanted == ["https://heimdall.corp.example"]


def test_what_a_server_has_against_scans_is_shown_once_and_tried_for_all(shown: Shown) -> None:
    stories = [ScanStory(shown.store, shown.time, f"shop-{n}", number=n) for n in (1, 2, 3)]
    for story in stories:
        story.hear(Connection.STALE, 60, error=NAME_NOT_FOUND)
    assert shown.fact().startswith("3 scans: Can't reach heimdall.corp.example")
    assert shown.strip.problem is not None
    assert shown.strip.problem.more == 0
    shown.press("Copy details")
    copied = QGuiApplication.clipboard().text()
    assert all(story.scan.id in copied for story in stories)
    shown.press("Retry now")
    assert shown.requests.asked == [("again", story.scan.id) for story in stories]


def test_what_is_gone_can_be_left_and_reported(shown: Shown) -> None:
    story = shown.story().hear(Connection.GONE)
    shown.ticker.flush()
    shown.press("Copy details")
    assert QGuiApplication.clipboard().text().splitlines()[0] == f"Scan {story.scan.id}"
    shown.press("Stop watching")
    assert shown.requests.asked == [("stop", story.scan.id)]


def test_an_error_is_copied_as_the_line_that_is_shown(shown: Shown) -> None:
    shown.story().run([30], 5, end="failed", status="failed", error="no\nmemory\x1b[2J")
    shown.ticker.flush()
    shown.press("Copy error")
    assert QGuiApplication.clipboard().text() == "no memory\ufffd[2J"


def test_what_failed_can_be_scanned_again(shown: Shown) -> None:
    story = shown.story().run([30], 5, end="failed", status="failed")
    shown.store.observe(Settled(story.scan.id, is_settled=True))
    shown.ticker.flush()
    shown.press("Scan again")
    assert shown.requests.asked == [("rescan", story.scan.id)]
    error = ServerLacking(Reason.NO_AI_PROVIDER, host="h.test")
    shown.requests.answer(error)
    assert shown.errors == [error]


# -- The strip stays while a server does not tell everything, and lists what it does tell --


def texts(sheet: scan_problem_strip.SourceSheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel)]


def test_it_is_there_as_long_as_something_cannot_be_seen(theme: Theme, qtbot: QtBot) -> None:
    store, strip = Store(), scan_problem_strip.SourceStrip()
    qtbot.addWidget(strip)
    strip.show_note(None)
    assert strip.isHidden()
    strip.show_note(source_note([documented(store, ScriptedTime()).scan]))
    assert not strip.isHidden()
    assert strip.accessibleName() == (
        "Documented API. All findings are listed; the log isn't offered."
    )
    strip.show_note(None)
    assert strip.isHidden()
    assert strip.explain() is None


def test_why_lists_what_the_server_shows_and_what_not(theme: Theme, qtbot: QtBot) -> None:
    strip = scan_problem_strip.SourceStrip()
    qtbot.addWidget(strip)
    strip.resize(700, 36)
    strip.show_note(source_note([by_stream(Store(), ScriptedTime()).scan]))
    strip.show()
    [why] = strip.findChildren(QPushButton)[-1:]
    click(why)
    sheet = part(strip, scan_problem_strip.SourceSheet, "source_sheet")
    assert sheet.isVisible()
    assert texts(sheet) == [
        "What this server provides",
        "Stages it reports, here 2 of 9",
        "Individual findings, by title",
        "Location, code, reasoning, status",
        "Triage, comments, patches",
        "Decisions of earlier scans",
        "Other scans, log, threat model",
        "The server doesn't offer the missing items.",
    ]
    assert "Not provided: Location, code, reasoning, status" in sheet.accessibleDescription()
    press_key(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: strip.findChild(scan_problem_strip.SourceSheet) is None)
