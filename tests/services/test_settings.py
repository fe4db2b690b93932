"""Settings survive odd files, other versions and quick saves."""

import stat
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.errors import SettingsError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import ServerProfile, ServerUrl
from heimdall_desktop.domain.facts.session import Session
from heimdall_desktop.services.settings import (
    Settings,
    SettingsFile,
    Theme,
    WatchedScan,
    WindowSettings,
)

SERVER = ServerUrl("https://h.test")
CHOSEN = Settings(
    Theme.DARK,
    (ServerProfile(SERVER, "mira@example.test"),),
    (WatchedScan(SERVER, ScanId("a")), WatchedScan(SERVER, ScanId("b"))),
    sessions=(Session(SERVER, "mira@example.test", datetime(2026, 7, 4, 12, 7, tzinfo=UTC)),),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_no_file_means_the_usual_settings(path: Path) -> None:
    assert SettingsFile(path, Settings).load() == (Settings(), None)
    assert not path.parent.exists()


def test_what_is_saved_is_loaded(path: Path) -> None:
    SettingsFile(path, Settings).save(CHOSEN)
    assert SettingsFile(path, Settings).load() == (CHOSEN, None)
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
def test_file_is_the_users_own(path: Path) -> None:
    SettingsFile(path, Settings).save(CHOSEN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_window_has_a_file_of_its_own(path: Path) -> None:
    window = WindowSettings({"board": "AAAA"})
    SettingsFile(path, WindowSettings).save(window)
    assert SettingsFile(path, WindowSettings).load() == (window, None)


def test_unknown_keys_are_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(
        'theme = "dark"\nquiet = "22-07"\n[[watched]]\nserver = "https://h.test"\n'
        'scan_id = "a"\nnote = "mine"\n[sounds]\ncritical = true\n'
    )
    file = SettingsFile(path, Settings)
    settings, problem = file.load()
    assert (settings.theme, problem) == (Theme.DARK, None)
    file.save(CHOSEN)
    text = path.read_text()
    for kept in ('quiet = "22-07"', 'note = "mine"', "critical = true", 'scan_id = "b"'):
        assert kept in text


def test_theme_of_another_version_is_the_systems(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('theme = "sepia"')
    assert SettingsFile(path, Settings).load() == (Settings(), None)


def test_address_gets_its_one_spelling(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(
        '[[servers]]\nurl = "HTTPS://H.test/"\naccount = "m"\n[[sessions]]\n'
        'server = "HTTPS://H.test/"\naccount = "m"\nbegan_at = 2026-07-04T12:07:00Z\n'
    )
    settings, _ = SettingsFile(path, Settings).load()
    assert settings.servers == (ServerProfile(SERVER, "m"),)
    assert [session.server for session in settings.sessions] == [SERVER]


@pytest.mark.parametrize(
    "content",
    [
        b"theme = ",
        b"\xff\xfe",
        b"theme = 5",
        b"watched = [1]",
        b'[[servers]]\nurl = "ftp://x"\naccount = "m"',
        b"x = " + b"[" * 100_000,
    ],
)
def test_damaged_file_is_set_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    file = SettingsFile(path, Settings)
    settings, problem = file.load()
    assert settings == Settings()
    assert isinstance(problem, SettingsError)
    assert "settings.toml.damaged-1" in problem.remedy
    path.write_bytes(content)
    file.load()
    file.save(CHOSEN)
    assert path.with_name("settings.toml.damaged-1").read_bytes() == content
    assert path.with_name("settings.toml.damaged-2").read_bytes() == content
    assert file.load() == (CHOSEN, None)


def test_unwritable_place_is_told_and_leaves_the_old_file(path: Path) -> None:
    path.parent.write_text("a file, where the folder should be")
    with pytest.raises(SettingsError, match="cannot be written"):
        SettingsFile(path, Settings).save(CHOSEN)
    path.parent.unlink()
    path.mkdir(parents=True)
    (path / "something").touch()
    with pytest.raises(SettingsError, match="cannot be written"):
        SettingsFile(path, Settings).save(CHOSEN)
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.toml"]


def test_saves_from_many_threads_never_mix(path: Path) -> None:
    file = SettingsFile(path, Settings)
    boards = [
        Settings(watched=tuple(WatchedScan(SERVER, ScanId(f"{n}-{m}")) for m in range(50)))
        for n in range(20)
    ]
    threads = [threading.Thread(target=file.save, args=(board,)) for board in boards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settings, problem = SettingsFile(path, Settings).load()
    assert problem is None
    assert settings in boards
