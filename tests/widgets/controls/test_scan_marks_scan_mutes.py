"""Mutes are offered where they can be, and changed in what the user chose."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.choices import MUTE_FOR, AlertChoices
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.widgets.controls.scan_marks import MUTE_KEYS, ScanMutes
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.requests import RecordedRequests

HOUR = f"Mute this scan for 1 h\t{MUTE_KEYS}"
REST, END = "Mute this scan until it ends", "Unmute this scan"


class Desk:
    """A running scan, an ended one, and what the user chose."""

    def __init__(self) -> None:
        self.time, store = FakeTime(), Store()
        self.running = ScanStory(store, self.time, "shop").run([30], 4).scan.id
        ended = ScanStory(store, self.time, "auth", number=2).run([30], 4, end="failed")
        self.ended = ended.settle().scan.id
        self.preferences = RecordedRequests().preferences
        self.mutes = ScanMutes(store, self.preferences, self.time.now)

    @property
    def alerts(self) -> AlertChoices:
        return self.preferences.settings.alerts

    def offered(self, menu: QMenu, scan_id: ScanId) -> dict[str, QAction]:
        """Return the rows of a menu for a scan."""
        menu.clear()
        self.mutes.add_to(menu, scan_id)
        return {action.text(): action for action in menu.actions()}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def menu(theme: Theme) -> Iterator[QMenu]:
    menu = QMenu()
    yield menu
    menu.deleteLater()


def test_an_hour_can_be_chosen_and_ended(desk: Desk, menu: QMenu) -> None:
    rows = desk.offered(menu, desk.running)
    assert [*rows] == [HOUR, REST]
    rows[HOUR].trigger()
    assert desk.alerts.muted_until(desk.running, desk.time.at) == desk.time.at + MUTE_FOR
    assert desk.mutes.text(desk.running).startswith("Muted until ")
    desk.offered(menu, desk.running)[END].trigger()
    assert desk.alerts == AlertChoices()
    assert desk.mutes.text(desk.running) == ""


def test_an_hour_becomes_the_rest_of_the_scan(desk: Desk, menu: QMenu) -> None:
    desk.offered(menu, desk.running)[HOUR].trigger()
    desk.offered(menu, desk.running)[REST].trigger()
    assert desk.alerts == AlertChoices(muted_to_the_end=(desk.running,))


def test_after_its_hour_a_mute_is_not_offered_to_be_ended(desk: Desk, menu: QMenu) -> None:
    desk.mutes.for_an_hour(desk.running)
    desk.time.pass_s(MUTE_FOR.total_seconds())
    assert END not in desk.offered(menu, desk.running)


def test_what_has_ended_cannot_be_muted_until_it_ends(desk: Desk, menu: QMenu) -> None:
    rows = desk.offered(menu, desk.ended)
    assert (rows[HOUR].isEnabled(), rows[REST].isEnabled()) == (True, False)


def test_a_scan_that_is_not_watched_cannot_be_muted(desk: Desk, menu: QMenu) -> None:
    rows = desk.offered(menu, ScanId("left"))
    assert not any(row.isEnabled() for row in rows.values())


def test_commands_say_why_they_cannot_be_used(desk: Desk) -> None:
    meant: list[ScanId | None] = [None]
    hour, rest, end = desk.mutes.commands(lambda: meant[0])
    assert hour.obstacle() == rest.obstacle() == end.obstacle() == "No scan is selected."
    hour.act()
    assert desk.alerts == AlertChoices()
    meant[0] = desk.ended
    assert (hour.obstacle(), rest.obstacle()) == ("", "The scan has ended.")
    meant[0] = desk.running
    assert end.obstacle() == "The scan isn't muted."
    rest.act()
    assert (desk.alerts.muted_to_the_end, end.obstacle()) == ((desk.running,), "")
    end.act()
    assert desk.alerts == AlertChoices()
