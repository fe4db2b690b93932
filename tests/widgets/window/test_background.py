"""Closing the window: what was chosen is done, and told once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSystemTrayIcon

from heimdall_desktop.application.preferences import Preferences
from heimdall_desktop.domain.facts.choices import OnClose
from heimdall_desktop.presentation.board.tag import Tag
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.services.settings import Settings, SettingsFile
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.background import Background
from heimdall_desktop.widgets.window.tray import Tray
from tests.fakes.inbox_lines import make_line
from tests.fakes.shown_window import ShownWindow

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")


class Desk:
    """A window that is watched from outside."""

    def __init__(self, theme: Theme, folder: Path, *, ends_with_window: bool = False) -> None:
        self.shown = ShownWindow()
        self.window = self.shown.window
        self.preferences = Preferences(SettingsFile(folder / "settings.toml", Settings))
        self.tray = Tray(theme, self.window)
        self.background = Background(
            self.window,
            self.tray,
            self.shown.inbox,
            self.preferences,
            lambda title, _body, otherwise: self.announced.append((title, otherwise)),
            ends_with_window=ends_with_window,
        )
        self.announced: list[tuple[str, Callable[[], None]]] = []
        self.ends: list[bool] = []
        self.badges: list[int] = []
        self.window.quit_wanted.connect(lambda: self.ends.append(True))
        self.background.badge_changed.connect(self.badges.append)

    def commands(self) -> dict[str, Command]:
        """Return what the palette offers, by id."""
        return {command.id: command for command in self.window.commands.commands()}


@pytest.fixture
def desk(theme: Theme, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(theme, tmp_path)
    desk.background.begin(is_hidden=False)
    yield desk
    desk.shown.close()


@pytest.fixture
def has_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)


def is_minimised(desk: Desk) -> bool:
    return bool(desk.window.windowState() & Qt.WindowState.WindowMinimized)


def test_without_a_tray_it_minimises_as_large_as_it_was_and_says_so_once(desk: Desk) -> None:
    desk.shown.watch("shop")
    desk.window.showMaximized()
    for _ in range(2):
        desk.window.close()
        assert (desk.window.isVisible(), is_minimised(desk), desk.ends) == (True, True, [])
        desk.tray.show_wanted.emit()
        assert not is_minimised(desk)
        assert desk.window.isMaximized()
    assert desk.shown.strips().count("Heimdall is still watching, minimised") == 1
    assert desk.preferences.settings.start.was_close_explained


def test_with_a_tray_it_hides_and_says_so_once(desk: Desk, has_tray: None) -> None:
    desk.shown.watch("shop")
    for _ in range(2):
        desk.window.close()
        assert (desk.window.isVisible(), desk.ends) == (False, [])
        desk.tray.show_wanted.emit()
        assert desk.window.isVisible()
    [(title, otherwise)] = desk.announced
    assert (title, list(desk.shown.strips())) == ("Heimdall is still watching", [])
    otherwise()
    assert title in desk.shown.strips()


def test_with_nothing_to_watch_it_ends_unless_new_scans_are_watched_by_themselves(
    desk: Desk, has_tray: None
) -> None:
    settings = desk.preferences.settings
    desk.preferences.change(replace(settings, watches_new=True))
    desk.window.close()
    assert desk.ends == []
    desk.preferences.change(settings)
    desk.window.show()
    desk.window.close()
    assert desk.ends == [True]


def test_a_replay_watches_nothing_and_ends_with_its_window(desk: Desk, has_tray: None) -> None:
    scan_id = desk.shown.watch("shop")
    desk.shown.store.tag(scan_id, Tag.REPLAY)
    desk.window.close()
    assert desk.ends == [True]


def test_the_palette_changes_what_closing_does(desk: Desk) -> None:
    desk.shown.watch("shop")
    offered = [each for each in desk.commands().values() if each.id.startswith("on-close")]
    assert [each.id for each in offered if each.is_on and each.is_on()] == ["on-close fitting"]
    desk.commands()["on-close quit"].act()
    assert desk.preferences.settings.start.on_close is OnClose.QUIT
    desk.window.close()
    assert desk.ends == [True]


def test_a_run_whose_end_is_waited_for_ends_with_its_window(
    theme: Theme, tmp_path: Path, has_tray: None
) -> None:
    desk = Desk(theme, tmp_path, ends_with_window=True)
    desk.shown.watch("shop")
    causes: list[str] = []
    desk.window.closed.connect(lambda: causes.append("closed"))
    desk.window.quit_wanted.connect(lambda: causes.append("quit"))
    desk.window.close()
    assert (desk.ends, causes) == ([True], ["closed", "quit"])


def test_hidden_from_the_start_it_can_be_had_from_the_tray(
    theme: Theme, tmp_path: Path, has_tray: None
) -> None:
    desk = Desk(theme, tmp_path)
    desk.background.begin(is_hidden=True)
    assert not desk.window.isVisible()
    desk.tray.show_wanted.emit()
    assert desk.window.isVisible()
    desk.shown.close()


def test_a_window_in_a_tray_that_is_gone_is_minimised(desk: Desk, has_tray: None) -> None:
    desk.shown.watch("shop")
    desk.tray.lost.emit()
    assert not is_minimised(desk)
    desk.window.close()
    desk.tray.lost.emit()
    assert (desk.window.isVisible(), is_minimised(desk)) == (True, True)


def test_hidden_from_the_start_without_a_tray_it_is_minimised(theme: Theme, tmp_path: Path) -> None:
    desk = Desk(theme, tmp_path)
    desk.background.begin(is_hidden=True)
    assert (desk.window.isVisible(), is_minimised(desk)) == (True, True)
    desk.shown.close()


def test_the_badge_counts_what_is_unread_to_999(desk: Desk) -> None:
    for number in range(1, 1003):
        desk.shown.inbox.put(make_line(number))
        if number in (1, 2, 998, 1002):
            desk.window.show_inbox()
    desk.shown.inbox.mark_all_read()
    desk.window.show_inbox()
    assert desk.badges == [1, 2, 998, 999, 0]
