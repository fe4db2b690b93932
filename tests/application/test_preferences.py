"""What is remembered: saved at each change, and nothing lost that could not be taken up."""

import asyncio
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from heimdall_desktop.application.preferences import Preferences
from heimdall_desktop.domain.facts.choices import Settings, ThemeMode, WatchedScan
from heimdall_desktop.domain.facts.errors import HeimdallError, SettingsError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import ServerProfile, Session, server_url
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services.settings import SettingsFile

HERE = ServerProfile(server_url("https://here.example.test"), "a@b.test")
LOST = ServerProfile(server_url("https://lost.example.test"), "a@b.test")
SCAN = WatchedScan(HERE.url, ScanId("1"))
OLD_SESSION = Session(HERE.url, HERE.account, datetime(2026, 7, 4, 12, 0, tzinfo=UTC))
NEW_SESSION = Session(HERE.url, HERE.account, OLD_SESSION.began_at + timedelta(days=3))
LOST_SCAN = WatchedScan(LOST.url, ScanId("2"))


def preferences(folder: Path) -> Preferences:
    return Preferences(SettingsFile(folder / "settings.toml", Settings))


def loaded(folder: Path) -> Settings:
    return preferences(folder).load()


def test_nothing_is_remembered_at_first(tmp_path: Path) -> None:
    assert loaded(tmp_path) == Settings()
    assert list(tmp_path.iterdir()) == []


async def test_the_board_is_there_again(tmp_path: Path) -> None:
    chosen = preferences(tmp_path)
    chosen.remember([HERE], [SCAN], {HERE.url})
    await chosen.save()
    assert loaded(tmp_path) == Settings(servers=(HERE,), watched=(SCAN,))


async def test_the_theme_leaves_the_board_alone(tmp_path: Path) -> None:
    chosen = preferences(tmp_path)
    chosen.remember([HERE], [SCAN], {HERE.url})
    chosen.change_setting("theme", ThemeMode.DARK)
    await chosen.save()
    assert loaded(tmp_path) == Settings(ThemeMode.DARK, (HERE,), (SCAN,))


async def test_what_could_not_be_taken_up_this_time_is_not_forgotten(tmp_path: Path) -> None:
    first = preferences(tmp_path)
    first.remember([HERE, LOST], [SCAN, LOST_SCAN], {HERE.url, LOST.url})
    await first.save()
    later = preferences(tmp_path)
    later.load()
    later.remember([HERE], [], {HERE.url})
    await later.save()
    assert loaded(tmp_path) == Settings(servers=(HERE, LOST), watched=(LOST_SCAN,))


def test_a_file_that_cannot_be_understood_is_told(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("watched = 7")
    problems: list[HeimdallError] = []
    chosen = preferences(tmp_path)
    chosen.on_problem = problems.append
    assert chosen.load() == Settings()
    assert [type(problem) for problem in problems] == [SettingsError]


async def test_a_place_that_cannot_be_written_is_told_and_the_choice_holds(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    problems: list[HeimdallError] = []
    chosen = preferences(tmp_path / "file")
    chosen.on_problem = problems.append
    chosen.change_setting("theme", ThemeMode.LIGHT)
    await chosen.save()
    assert chosen.settings.theme is ThemeMode.LIGHT
    assert [type(problem) for problem in problems] == [SettingsError]


async def test_what_keeps_all_changes_from_being_saved_is_told_once(tmp_path: Path) -> None:
    place = tmp_path / "settings.toml"
    place.mkdir()
    problems: list[HeimdallError] = []
    chosen = Preferences(SettingsFile(place, Settings))
    chosen.on_problem = problems.append
    chosen.load()
    for mode in (ThemeMode.DARK, ThemeMode.LIGHT, ThemeMode.DARK):
        chosen.change_setting("theme", mode)
        await chosen.save()
    assert [cause(problem) for problem in problems] == [
        f"{place} can't be used: not a regular file."
    ]
    assert chosen.settings.theme is ThemeMode.DARK
    place.rmdir()
    await chosen.save()
    assert (len(problems), loaded(tmp_path).theme) == (1, ThemeMode.DARK)


def test_the_same_again_is_not_written(tmp_path: Path) -> None:
    chosen = preferences(tmp_path)
    chosen.remember([HERE], [SCAN], {HERE.url})
    asyncio.run(chosen.save())
    (tmp_path / "settings.toml").unlink()
    chosen.remember([HERE], [SCAN], {HERE.url})
    asyncio.run(chosen.save())
    assert not (tmp_path / "settings.toml").exists()


async def test_when_a_session_was_begun_is_remembered_and_forgotten(tmp_path: Path) -> None:
    chosen = preferences(tmp_path)
    chosen.remember([HERE], [SCAN], {HERE.url}, [OLD_SESSION])
    await chosen.save()
    assert loaded(tmp_path).sessions == (OLD_SESSION,)
    chosen.remember([HERE], [SCAN], {HERE.url}, [NEW_SESSION])
    await chosen.save()
    assert loaded(tmp_path).sessions == (NEW_SESSION,)
    chosen.remember([HERE], [SCAN], {HERE.url}, [])
    await chosen.save()
    assert loaded(tmp_path).sessions == ()


async def test_what_another_program_has_added_meanwhile_stays(tmp_path: Path) -> None:
    one, other = preferences(tmp_path), preferences(tmp_path)
    for each in (one, other):
        each.load()
    one.remember([HERE], [SCAN], {HERE.url})
    await one.save()
    other.remember([LOST], [LOST_SCAN], {LOST.url})
    await other.save()
    one.change_setting("theme", ThemeMode.DARK)
    await one.save()
    assert loaded(tmp_path) == Settings(ThemeMode.DARK, (HERE, LOST), (SCAN, LOST_SCAN))
    one.remember([HERE], [], {HERE.url})
    await one.save()
    assert loaded(tmp_path) == Settings(ThemeMode.DARK, (HERE, LOST), (LOST_SCAN,))


def test_a_file_that_was_damaged_meanwhile_is_told_and_kept(tmp_path: Path) -> None:
    chosen = preferences(tmp_path)
    problems: list[HeimdallError] = []
    chosen.on_problem = problems.append
    chosen.remember([HERE], [SCAN], {HERE.url})
    asyncio.run(chosen.save())
    (tmp_path / "settings.toml").write_text("watched = 7")
    chosen.change_setting("theme", ThemeMode.DARK)
    asyncio.run(chosen.save())
    assert [type(problem) for problem in problems] == [SettingsError]
    assert len(list(tmp_path.iterdir())) == 2
    assert loaded(tmp_path) == Settings(ThemeMode.DARK, (HERE,), (SCAN,))


async def test_a_session_begun_by_another_program_meanwhile_stays(tmp_path: Path) -> None:
    """Its token is the one in the keyring now."""
    first = preferences(tmp_path)
    first.remember([HERE], [SCAN], {HERE.url}, [OLD_SESSION])
    await first.save()
    one, other = preferences(tmp_path), preferences(tmp_path)
    for each in (one, other):
        each.load()
    other.remember([HERE], [SCAN], {HERE.url}, [NEW_SESSION])
    await other.save()
    one.remember([HERE], [], {HERE.url}, [OLD_SESSION])
    await one.save()
    assert loaded(tmp_path).sessions == (NEW_SESSION,)


async def test_settings_are_written_off_the_loop_in_order_and_the_last_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end, written = threading.Event(), threading.Event(), list[str]()
    sync = os.fsync

    def slow_sync(handle: int) -> None:
        assert threading.current_thread() is not threading.main_thread()
        written.append(next(tmp_path.glob(".settings.toml.*")).read_text())
        begun.set()
        may_end.wait()
        sync(handle)

    monkeypatch.setattr(os, "fsync", slow_sync)
    chosen = preferences(tmp_path)
    saves: list[asyncio.Task[None]] = []
    chosen.on_news = lambda: saves.append(asyncio.get_running_loop().create_task(chosen.save()))
    chosen.change_setting("theme", ThemeMode.DARK)
    await asyncio.to_thread(begun.wait)
    chosen.change_setting("theme", ThemeMode.CONTRAST)
    chosen.change_setting("theme", ThemeMode.LIGHT)
    may_end.set()
    await chosen.save()
    await asyncio.gather(*saves)
    dark, light = 'theme = "dark"', 'theme = "light"'
    assert [text.splitlines()[0] for text in written] == [dark, dark, light, light]  # and a copy
    assert loaded(tmp_path).theme is ThemeMode.LIGHT


async def test_of_the_board_only_what_is_wanted_is_taken_up(tmp_path: Path) -> None:
    chosen = preferences(tmp_path)
    other = WatchedScan(HERE.url, ScanId("3"))
    chosen.remember([HERE], [SCAN, other], {HERE.url})
    chosen.change_setting("watches_new", value=True)
    await chosen.save()
    assert preferences(tmp_path).load({other.scan_id}) == Settings(
        servers=(HERE,), watched=(other,)
    )


async def test_what_is_chosen_holds_at_once_wherever_it_has_its_effect(tmp_path: Path) -> None:
    first = preferences(tmp_path)
    first.change_setting("theme", ThemeMode.DARK)
    await first.save()
    chosen, used = preferences(tmp_path), list[ThemeMode]()
    chosen.follow(lambda settings: used.append(settings.theme))
    chosen.load()
    chosen.change_setting("theme", ThemeMode.LIGHT)
    chosen.change_setting("theme", ThemeMode.LIGHT)
    assert used == [ThemeMode.SYSTEM, ThemeMode.DARK, ThemeMode.LIGHT]


async def test_the_mute_of_a_local_scan_is_not_written(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml", Settings)
    preferences = Preferences(file)
    preferences.is_local = lambda scan_id: scan_id == ScanId("local")
    alerts = preferences.settings.alerts
    for scan_id in (ScanId("local"), ScanId("far")):
        alerts = alerts.with_mute_to_the_end(scan_id)
    preferences.change_setting("alerts", alerts)
    await preferences.save()
    assert file.load()[0].alerts.muted_to_the_end == (ScanId("far"),)
    assert preferences.settings.alerts == alerts
