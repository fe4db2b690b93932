"""Settings in use: saved at each change, applied at once, and what others may see."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.base.tasks import RequestTasks, Tasks
from heimdall_desktop.application.memory.preferences import (
    AtLogin,
    Preferences,
    Privacy,
    WindowMemory,
)
from heimdall_desktop.domain.facts import choices
from heimdall_desktop.domain.facts.change import FindingReplaced
from heimdall_desktop.domain.facts.errors import HeimdallError, SettingsError
from heimdall_desktop.domain.facts.finding import RepoId, ScanId, Severity
from heimdall_desktop.domain.facts.server import ServerProfile, ServerUrl, Session, server_url
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.services.autostart import LoginEntry
from heimdall_desktop.services.settings import SettingsFile, WindowSettings
from tests.application.output.test_alerting import critical, shown_desk
from tests.fakes.notification_daemons import PrivateBus, ScriptedDaemon
from tests.fakes.waiting import WAIT_LIMIT_S

HERE = ServerProfile(server_url("https://here.example.test"), "a@b.test")
LOST = ServerProfile(server_url("https://lost.example.test"), "a@b.test")
SCAN = choices.WatchedScan(HERE.url, ScanId("1"))
OLD_SESSION = Session(HERE.url, HERE.account, datetime(2026, 7, 4, 12, 0, tzinfo=UTC))
NEW_SESSION = Session(HERE.url, HERE.account, OLD_SESSION.began_at + timedelta(days=3))
LOST_SCAN = choices.WatchedScan(LOST.url, ScanId("2"))


def preferences_in(folder: Path) -> Preferences:
    return Preferences(SettingsFile(folder / "settings.toml", choices.Settings))


@pytest.fixture
def chosen(tmp_path: Path) -> Preferences:
    return preferences_in(tmp_path)


def problems_of(chosen: Preferences) -> list[HeimdallError]:
    """What the preferences report from now on."""
    reported: list[HeimdallError] = []
    chosen.on_problem = reported.append
    return reported


def loaded(folder: Path) -> choices.Settings:
    return preferences_in(folder).load()


def test_defaults_apply_without_a_file(tmp_path: Path) -> None:
    assert loaded(tmp_path) == choices.Settings()
    assert list(tmp_path.iterdir()) == []


async def test_the_theme_leaves_the_board_alone(chosen: Preferences, tmp_path: Path) -> None:
    chosen.remember([HERE], [SCAN], {HERE.url})
    chosen.change_setting("theme", choices.ThemeMode.DARK)
    await chosen.save()
    assert loaded(tmp_path) == choices.Settings(choices.ThemeMode.DARK, (HERE,), (SCAN,))


async def test_servers_that_could_not_be_resumed_are_not_forgotten(tmp_path: Path) -> None:
    first = preferences_in(tmp_path)
    first.remember([HERE, LOST], [SCAN, LOST_SCAN], {HERE.url, LOST.url})
    await first.save()
    later = preferences_in(tmp_path)
    later.load()
    later.remember([HERE], [], {HERE.url})
    await later.save()
    assert loaded(tmp_path) == choices.Settings(servers=(HERE, LOST), watched=(LOST_SCAN,))


def test_an_invalid_file_is_reported(chosen: Preferences, tmp_path: Path) -> None:
    problems = problems_of(chosen)
    (tmp_path / "settings.toml").write_text("watched = 7")
    assert chosen.load() == choices.Settings()
    assert [type(problem) for problem in problems] == [SettingsError]


async def test_an_unwritable_place_is_reported_and_the_choice_applies(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    chosen = preferences_in(tmp_path / "file")
    problems = problems_of(chosen)
    chosen.change_setting("theme", choices.ThemeMode.LIGHT)
    await chosen.save()
    assert chosen.settings.theme is choices.ThemeMode.LIGHT
    assert [type(problem) for problem in problems] == [SettingsError]


async def test_a_lasting_save_problem_is_reported_once(tmp_path: Path) -> None:
    place = tmp_path / "settings.toml"
    place.mkdir()
    chosen = Preferences(SettingsFile(place, choices.Settings))
    problems = problems_of(chosen)
    chosen.load()
    for mode in (choices.ThemeMode.DARK, choices.ThemeMode.LIGHT, choices.ThemeMode.DARK):
        chosen.change_setting("theme", mode)
        await chosen.save()
    assert [cause(each) for each in problems] == [f"{place} can't be used: not a regular file."]
    assert chosen.settings.theme is choices.ThemeMode.DARK
    place.rmdir()
    await chosen.save()
    assert (len(problems), loaded(tmp_path).theme) == (1, choices.ThemeMode.DARK)


def test_unchanged_settings_are_not_written(chosen: Preferences, tmp_path: Path) -> None:
    chosen.remember([HERE], [SCAN], {HERE.url})
    asyncio.run(chosen.save())
    (tmp_path / "settings.toml").unlink()
    chosen.remember([HERE], [SCAN], {HERE.url})
    asyncio.run(chosen.save())
    assert not (tmp_path / "settings.toml").exists()


async def test_the_session_start_is_kept_and_forgotten(chosen: Preferences, tmp_path: Path) -> None:
    chosen.remember([HERE], [SCAN], {HERE.url}, [OLD_SESSION])
    await chosen.save()
    assert loaded(tmp_path).sessions == (OLD_SESSION,)
    chosen.remember([HERE], [SCAN], {HERE.url}, [NEW_SESSION])
    await chosen.save()
    assert loaded(tmp_path).sessions == (NEW_SESSION,)
    chosen.remember([HERE], [SCAN], {HERE.url}, [])
    await chosen.save()
    assert loaded(tmp_path).sessions == ()


async def test_additions_of_another_program_stay(tmp_path: Path) -> None:
    one, other = preferences_in(tmp_path), preferences_in(tmp_path)
    for each in (one, other):
        each.load()
    one.remember([HERE], [SCAN], {HERE.url})
    await one.save()
    other.remember([LOST], [LOST_SCAN], {LOST.url})
    await other.save()
    one.change_setting("theme", choices.ThemeMode.DARK)
    await one.save()
    wanted = choices.Settings(choices.ThemeMode.DARK, (HERE, LOST), (SCAN, LOST_SCAN))
    assert loaded(tmp_path) == wanted
    one.remember([HERE], [], {HERE.url})
    await one.save()
    assert loaded(tmp_path) == replace(wanted, watched=(LOST_SCAN,))


def test_a_file_damaged_meanwhile_is_reported_and_kept(chosen: Preferences, tmp_path: Path) -> None:
    problems = problems_of(chosen)
    chosen.remember([HERE], [SCAN], {HERE.url})
    asyncio.run(chosen.save())
    (tmp_path / "settings.toml").write_text("watched = 7")
    chosen.change_setting("theme", choices.ThemeMode.DARK)
    asyncio.run(chosen.save())
    assert [type(problem) for problem in problems] == [SettingsError]
    assert len(list(tmp_path.iterdir())) == 2
    assert loaded(tmp_path) == choices.Settings(choices.ThemeMode.DARK, (HERE,), (SCAN,))


async def test_a_session_started_by_another_program_stays(tmp_path: Path) -> None:
    """Its token is the one in the keyring now."""
    first = preferences_in(tmp_path)
    first.remember([HERE], [SCAN], {HERE.url}, [OLD_SESSION])
    await first.save()
    one, other = preferences_in(tmp_path), preferences_in(tmp_path)
    for each in (one, other):
        each.load()
    other.remember([HERE], [SCAN], {HERE.url}, [NEW_SESSION])
    await other.save()
    one.remember([HERE], [], {HERE.url}, [OLD_SESSION])
    await one.save()
    assert loaded(tmp_path).sessions == (NEW_SESSION,)


async def test_the_last_settings_are_written(
    chosen: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, may_end, written = threading.Event(), threading.Event(), list[str]()
    sync = os.fsync

    def slow_sync(handle: int) -> None:
        assert threading.current_thread() is not threading.main_thread()
        written.append(next(tmp_path.glob(".settings.toml.*")).read_text())
        started.set()
        may_end.wait()
        sync(handle)

    monkeypatch.setattr(os, "fsync", slow_sync)
    saves: list[asyncio.Task[None]] = []
    chosen.on_news = lambda: saves.append(asyncio.get_running_loop().create_task(chosen.save()))
    chosen.change_setting("theme", choices.ThemeMode.DARK)
    await asyncio.to_thread(started.wait)
    chosen.change_setting("theme", choices.ThemeMode.CONTRAST)
    chosen.change_setting("theme", choices.ThemeMode.LIGHT)
    may_end.set()
    await chosen.save()
    await asyncio.gather(*saves)
    dark, light = 'theme = "dark"', 'theme = "light"'
    assert [text.splitlines()[0] for text in written] == [dark, dark, light, light]  # and a copy
    assert loaded(tmp_path).theme is choices.ThemeMode.LIGHT


async def test_only_requested_scans_are_resumed(chosen: Preferences, tmp_path: Path) -> None:
    other = choices.WatchedScan(HERE.url, ScanId("3"))
    chosen.remember([HERE], [SCAN, other], {HERE.url})
    chosen.change_setting("watches_new", value=True)
    await chosen.save()
    resumed = preferences_in(tmp_path).load({other.scan_id})
    assert resumed == choices.Settings(servers=(HERE,), watched=(other,))


async def test_followers_get_the_current_settings_and_each_change(tmp_path: Path) -> None:
    first = preferences_in(tmp_path)
    first.change_setting("theme", choices.ThemeMode.DARK)
    await first.save()
    chosen, used = preferences_in(tmp_path), list[choices.ThemeMode]()
    chosen.follow(lambda settings: used.append(settings.theme))
    chosen.load()
    chosen.change_setting("theme", choices.ThemeMode.LIGHT)
    chosen.change_setting("theme", choices.ThemeMode.LIGHT)
    assert used == [choices.ThemeMode.SYSTEM, choices.ThemeMode.DARK, choices.ThemeMode.LIGHT]


def test_a_setting_is_changed_by_its_key(chosen: Preferences) -> None:
    chosen.change_setting("start.on_close", choices.OnClose.QUIT)
    chosen.change_setting("is_read_only", True)
    assert chosen.setting("start.on_close") is chosen.settings.start.on_close
    start = choices.StartChoices(on_close=choices.OnClose.QUIT)
    assert chosen.settings == choices.Settings(start=start, is_read_only=True)
    for unknown in ("colour", "start.colour", "colour.start"):
        with pytest.raises((TypeError, AttributeError)):
            chosen.change_setting(unknown, True)


async def test_the_mute_of_a_local_scan_is_not_written(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml", choices.Settings)
    preferences = Preferences(file)
    preferences.is_local = lambda scan_id: scan_id == ScanId("local")
    alerts = preferences.settings.alerts
    for scan_id in (ScanId("local"), ScanId("far")):
        alerts = alerts.with_mute(scan_id, None)
    preferences.outlives_us = lambda server: "127.0.0.1" not in server
    for server in ("http://127.0.0.1:4711", "https://far.example"):
        repo = (ServerUrl(server), RepoId("shop"))
        alerts = alerts.with_repo_mute(repo, datetime(2026, 7, 4, tzinfo=UTC))
    preferences.change_setting("alerts", alerts)
    await preferences.save()
    written = file.load()[0].alerts
    assert written.muted_to_the_end == (ScanId("far"),)
    assert [each.server for each in written.muted_repos] == ["https://far.example"]
    assert preferences.settings.alerts == alerts


class LoginDesk:
    """The choice, the entry, and what is answered."""

    def __init__(self, folder: Path) -> None:
        self.entry = LoginEntry(folder, ("/usr/bin/heimdall-desktop",))
        self.preferences = Preferences(SettingsFile(folder / "settings.toml", choices.Settings))
        self.tasks = Tasks(lambda name, error: pytest.fail(f"{name}: {error}"))
        self.at_login = AtLogin(self.entry, self.preferences, RequestTasks(self.tasks))

    async def choose(self, *, is_on: bool, is_hidden: bool = False) -> HeimdallError | None:
        answer: asyncio.Future[HeimdallError | None] = asyncio.get_running_loop().create_future()
        self.at_login.choose(answer.set_result, is_on=is_on, is_hidden=is_hidden)
        return await answer

    async def look(self) -> bool:
        answer: asyncio.Future[HeimdallError | None] = asyncio.get_running_loop().create_future()
        self.at_login.request_state(answer.set_result)
        assert await answer is None
        return self.chosen[0]

    @property
    def chosen(self) -> tuple[bool, bool]:
        """Whether it starts with the session, and whether hidden."""
        start = self.preferences.settings.start
        return start.is_at_login, start.is_hidden


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[LoginDesk]:
    desk = LoginDesk(tmp_path)
    yield desk
    await desk.tasks.aclose()


async def test_a_choice_writes_the_entry_or_removes_it(desk: LoginDesk) -> None:
    assert await desk.choose(is_on=True) is None
    assert desk.entry.is_on()
    assert "--background" not in desk.entry.place.read_text()
    assert await desk.choose(is_on=True, is_hidden=True) is None
    assert "--background" in desk.entry.place.read_text()
    assert desk.chosen == (True, True)
    assert await desk.choose(is_on=False, is_hidden=True) is None
    assert not desk.entry.is_on()
    assert desk.chosen == (False, True)


async def test_after_a_failed_write_the_choice_shows_the_real_state(desk: LoginDesk) -> None:
    desk.entry.place.parent.touch()  # a file where the folder would be
    assert isinstance(await desk.choose(is_on=True, is_hidden=True), SettingsError)
    assert desk.chosen == (False, False)


async def test_the_later_choice_holds_until_the_desktop_switches_the_entry_off(
    desk: LoginDesk,
) -> None:
    await asyncio.gather(desk.choose(is_on=True), desk.choose(is_on=False))
    assert (desk.entry.is_on(), desk.chosen[0]) == (False, False)
    await desk.choose(is_on=True)
    with desk.entry.place.open("a", encoding="utf-8") as file:
        file.write("Hidden=true\n")
    assert not await desk.look()


def test_a_run_without_an_entry_offers_nothing(tmp_path: Path) -> None:
    desk = LoginDesk(tmp_path)
    assert desk.at_login.is_offered
    assert not AtLogin(None, desk.preferences, RequestTasks(desk.tasks)).is_offered


OPEN = "Open Heimdall to see it"


def words(daemon: ScriptedDaemon) -> list[tuple[str, str, list[str]]]:
    """Title, body and buttons of each notification, in order."""
    return [(shown[3], shown[4], shown[5]) for shown in daemon.shown]


def test_content_is_hidden_by_choice_lock_and_presenting(chosen: Preferences) -> None:
    privacy, reported = Privacy(chosen), list[tuple[bool, bool]]()
    privacy.on_hidden = lambda *hidden: reported.append(hidden)
    privacy.see_lock(True)
    chosen.change_setting("privacy.is_presenting", True)
    chosen.change_setting("privacy.is_presenting", False)
    privacy.see_lock(False)
    chosen.change_setting("privacy.redaction", choices.Redaction.NEVER)
    privacy.see_lock(True)
    chosen.change_setting("privacy.redaction", choices.Redaction.ALWAYS)
    privacy.see_lock(None)
    both = choices.PrivacyChoices(choices.Redaction.NEVER, is_presenting=True)
    chosen.change_setting("privacy", both)
    hidden = [(True, False), (True, True), (True, False), (False, False), (True, False)]
    assert reported == [*hidden, (True, True)]
    assert not privacy.knows_lock


def test_a_focused_wallboard_redacts_and_presenting_outlives_a_restart(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml", choices.Settings)
    file.save(replace(choices.Settings(), privacy=choices.PrivacyChoices(is_presenting=True)))
    preferences, reported = Preferences(file), list[tuple[bool, bool]]()
    privacy = Privacy(preferences)
    privacy.on_hidden = lambda *hidden: reported.append(hidden)
    privacy.see_wallboard(is_in_focus=True)
    preferences.change_setting("privacy.redaction", choices.Redaction.NEVER)
    privacy.see_wallboard(is_in_focus=False)
    preferences.load()
    assert reported == [(True, False), (False, False), (True, True)]


async def test_redacted_notifications_of_one_kind_are_one(bus: PrivateBus) -> None:
    async with shown_desk(bus, "actions") as (desk, daemon), asyncio.timeout(WAIT_LIMIT_S):
        opened = asyncio.Queue[str]()
        desk.alerting.on_inbox_wanted = lambda: opened.put_nowait("inbox")
        desk.find(1)
        await desk.notify(2, scan="b")
        desk.alerting.hide(on_desktop=True, in_window=False)
        desk.fail()
        await desk.until_newest("Shown on the desktop")
        changed = replace(critical(1), severity=Severity.LOW)
        desk.alerting.take([FindingReplaced(changed, critical(1))])
        desk.pass_s(100)
        await desk.notify(3)
        assert [(shown[1], *shown[3:6:2]) for shown in daemon.shown[2:]] == [
            (1, "2 new critical findings", ["default", "Show inbox"]),
            (0, "A scan failed", ["default", "Open", "mute", "Mute for 1 h"]),
            (3, "New critical finding", ["default", "Open", "mute", "Mute for 1 h"]),
            (5, "2 new critical findings", ["default", "Show inbox"]),
        ]
        assert daemon.closed == [2]
        await daemon.act(6, "default")
        assert await opened.get() == "inbox"
    assert sorted(daemon.closed) == [2, 4, 6]
    assert desk.opened == []


async def test_shown_notifications_are_replaced_when_hiding_starts(bus: PrivateBus) -> None:
    async with shown_desk(bus, "actions", "sound") as (desk, daemon):
        await desk.notify(1)
        desk.fail()
        await desk.until_newest("Shown on the desktop")
        desk.alerting.hide(on_desktop=True, in_window=False)
        await desk.notify(2, scan="b")  # is reported after that
        button = ["default", "Open", "mute", "Mute for 1 h"]
        hidden = [
            ("New critical finding", OPEN, button),
            ("A scan failed", OPEN, button),
            ("2 new critical findings", OPEN, ["default", "Show inbox"]),
        ]
        assert words(daemon)[2:] == hidden
        assert [shown[1] for shown in daemon.shown] == [0, 0, 1, 2, 3], "in place of the others"
        sounds = ["sound-name" in shown[6] for shown in daemon.shown]
        assert sounds == [True, True, False, False, True], "a sound is not repeated"
        desk.alerting.hide(on_desktop=True, in_window=True)
        desk.alerting.hide(on_desktop=False, in_window=False)
        desk.pass_s(20)
        await desk.notify(3)
        assert len(daemon.shown) == 7, "what is hidden stays so"
        assert daemon.shown[5][3] == "New critical finding", "the other one"
        assert "payments-api" in daemon.shown[6][3] + daemon.shown[6][4]


async def test_notifications_being_sent_when_hiding_starts_are_replaced(bus: PrivateBus) -> None:
    async with shown_desk(bus) as (desk, daemon):
        desk.find(1)
        async with asyncio.timeout(WAIT_LIMIT_S):
            await daemon.has_shown.wait()
        desk.alerting.hide(on_desktop=True, in_window=False)
        desk.find(2)
        await desk.notify(3, scan="b")
        titles = [title for title, _, _ in words(daemon)]
        assert titles[0].startswith("Critical: ")
        assert titles[1:] == ["New critical finding", "2 new critical findings"]
        assert [shown[1] for shown in daemon.shown] == [0, 1, 2]


async def test_a_notification_that_cannot_be_replaced_is_withdrawn(bus: PrivateBus) -> None:
    async with shown_desk(bus) as (desk, daemon):
        await desk.notify(1)
        daemon.can_show = False
        desk.alerting.hide(on_desktop=True, in_window=False)
        desk.find_elsewhere(2)
        await desk.until_newest("Window only: refused by the desktop")
        assert daemon.closed == [1]


async def test_a_strip_in_the_window_follows_presenting_both_ways(bus: PrivateBus) -> None:
    async with shown_desk(bus) as (desk, daemon):
        desk.alerting.is_looked_at = lambda _scan_id: True
        desk.has_strip = True
        desk.find(1)
        await desk.until_newest("Held back: scan in view")
        full = desk.strips[0]
        desk.alerting.hide(on_desktop=True, in_window=False)
        assert desk.strips == [full], "only whoever has unlocked the screen sees it"
        desk.alerting.hide(on_desktop=True, in_window=True)
        desk.alerting.hide(on_desktop=True, in_window=False)
        assert desk.strips == [full, "New critical finding", full]
        assert daemon.shown == []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "window.toml"


def memory(path: Path) -> WindowMemory:
    made = WindowMemory(SettingsFile(path, WindowSettings))
    assert made.load() is None
    return made


def test_nothing_new_writes_nothing(path: Path) -> None:
    kept = memory(path)
    kept.keep("table", "")
    asyncio.run(kept.save())
    assert not path.exists()


async def test_kept_texts_are_loaded(path: Path) -> None:
    first = memory(path)
    first.keep("table", '{"columns": ["severity"]}')
    has_news = [first.has_news]
    await first.save()
    assert [*has_news, first.has_news] == [True, False]
    assert memory(path).text("table") == '{"columns": ["severity"]}'
    assert memory(path).text("board") == ""


async def test_without_a_file_it_lasts_for_the_session() -> None:
    kept = WindowMemory()
    assert kept.load() is None
    kept.keep("table", "wide")
    assert not kept.has_news
    await kept.save()
    assert kept.text("table") == "wide"


def test_an_unwritable_file_is_reported_and_retried(path: Path) -> None:
    problems: list[HeimdallError] = []
    kept = memory(path)
    kept.on_problem = problems.append
    path.mkdir()  # a folder in its place
    kept.keep("table", "wide")
    for _ in range(3):
        asyncio.run(kept.save())
    assert len(problems) == 1
    path.rmdir()
    asyncio.run(kept.save())
    assert memory(path).text("table") == "wide"
    path.unlink()
    path.mkdir()
    kept.keep("table", "narrow")
    asyncio.run(kept.save())
    assert len(problems) == 2, "it had been well meanwhile"


async def test_a_save_cancelled_before_it_starts_is_repeated(path: Path) -> None:
    kept, may_continue = memory(path), threading.Event()
    with ThreadPoolExecutor(1) as executor:
        asyncio.get_running_loop().set_default_executor(executor)
        executor.submit(may_continue.wait)  # no thread is free
        kept.keep("table", "wide")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await kept.save()
        may_continue.set()
        assert kept.has_news
        await kept.save()
    assert memory(path).text("table") == "wide"


def test_a_damaged_file_is_reported(path: Path) -> None:
    path.write_text("states = 7")
    problem = WindowMemory(SettingsFile(path, WindowSettings)).load()
    assert problem is not None
    assert cause(problem).startswith("window.toml has invalid values. states can't be 7")


async def test_a_copy_starts_equal_and_reports_what_it_keeps(path: Path) -> None:
    first, kept = memory(path), list[tuple[str, str]]()
    first.keep("table", "wide")
    copy = first.copy({"marks": "[]"})
    copy.on_kept = lambda name, text: kept.append((name, text))
    assert (copy.text("table"), copy.text("marks")) == ("wide", "[]")
    copy.keep("table", "wide")
    copy.keep("table", "narrow")
    assert kept == [("table", "narrow")]
    assert not copy.has_news
    assert first.text("table") == "wide"
