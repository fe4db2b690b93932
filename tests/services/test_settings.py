"""Settings survive odd files, other versions and quick saves."""

import os
import socket
import stat
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.choices import (
    AlertChoices,
    EventChoice,
    HistoryChoices,
    KeyChoice,
    Mute,
    OnClose,
    PrivacyChoices,
    QuietSpan,
    Redaction,
    Settings,
    StartChoices,
    ThemeMode,
    WatchedScan,
)
from heimdall_desktop.domain.facts.errors import NoSpaceForSettings, Reason, SettingsError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import ServerProfile, ServerUrl, Session
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.services.settings import SettingsFile, WindowSettings
from tests.fakes.desk_parts import patient, raises_saying

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="files are of one kind there")
SERVER = ServerUrl("https://h.test")
CHOSEN = Settings(
    ThemeMode.DARK,
    (ServerProfile(SERVER, "mira@example.test"),),
    (WatchedScan(SERVER, ScanId("a")), WatchedScan(SERVER, ScanId("b"))),
    sessions=(Session(SERVER, "mira@example.test", datetime(2026, 7, 4, 12, 7, tzinfo=UTC)),),
)


CHOICES = replace(
    CHOSEN,
    alerts=AlertChoices(
        events=(EventChoice("high", on_desktop=True),),
        is_quiet=True,
        quiet_hours=(QuietSpan((5, 6), 0, 1440), QuietSpan()),
        muted=(Mute(ScanId("b"), datetime(2026, 7, 4, 12, 7, tzinfo=UTC)),),
        muted_to_the_end=(ScanId("a"),),
        stays=False,
    ),
    privacy=PrivacyChoices(Redaction.ALWAYS, is_presenting=True),
    start=StartChoices(is_at_login=True, on_close=OnClose.QUIT),
    history=HistoryChoices(keep_days=7, limit_mib=128),
    keys=(KeyChoice("inbox", ("Ctrl+J",)), KeyChoice("log")),
)
NAMES = ["settings.toml", "settings.toml.last-good"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_no_file_means_the_usual_settings(path: Path) -> None:
    assert SettingsFile(path, Settings).load() == (Settings(), None)
    assert not path.parent.exists()


def test_saved_settings_are_loaded(path: Path) -> None:
    SettingsFile(path, Settings).save(CHOSEN)
    assert SettingsFile(path, Settings).load() == (CHOSEN, None)
    assert sorted(file.name for file in path.parent.iterdir()) == NAMES


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
def test_file_is_the_users_own(path: Path) -> None:
    SettingsFile(path, Settings).save(CHOSEN)
    for name in NAMES:
        assert stat.S_IMODE(path.with_name(name).stat().st_mode) == 0o600
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
    assert (settings.theme, problem) == (ThemeMode.DARK, None)
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
    "content", [b"theme = ", b"\xff\xfe", b"", b" \n", b"x = " + b"[" * 100_000]
)
@pytest.mark.parametrize("was_saved", [True, False])
def test_an_unparseable_file_is_kept_and_the_last_saved_one_is_used(
    path: Path, content: bytes, was_saved: bool
) -> None:
    path.parent.mkdir()
    file = SettingsFile(path, Settings)
    before = CHOICES if was_saved else Settings()
    if was_saved:
        file.save(CHOICES)
    for number in (1, 2):
        path.write_bytes(content)
        settings, problem = SettingsFile(path, Settings).load()
        assert settings == before
        assert isinstance(problem, SettingsError)
        kept = path.with_name(f"settings.toml.damaged-{number}")
        assert kept.name in cause(problem)
        assert ("saved last" in remedy(problem)) is was_saved
        assert kept.read_bytes() == content
        assert file.load() == (before, None), "the next start has it too"
    file.save(CHOSEN)
    assert file.load() == (CHOSEN, None)


def test_missing_file_is_a_first_start(path: Path) -> None:
    file = SettingsFile(path, Settings)
    file.save(CHOSEN)
    path.unlink()
    assert file.load() == (Settings(), None)


BOARD = (
    '[[servers]]\nurl = "https://h.test"\naccount = "mira@example.test"\n'
    '[[watched]]\nserver = "https://h.test"\nscan_id = "a"\n'
    '[[watched]]\nserver = "https://h.test"\nscan_id = "b"\n'
)
KEPT = replace(CHOSEN, theme=ThemeMode.SYSTEM, sessions=())


@pytest.mark.parametrize(
    ("line", "settings", "message"),
    [
        ('watches_new = "yes"', KEPT, 'watches_new can\'t be "yes", so false is used.'),
        ("theme = 5", KEPT, 'theme can\'t be 5, so "system" is used.'),
        (
            'is_read_only = "no"',
            replace(KEPT, is_read_only=True),
            'is_read_only can\'t be "no", so true is used.',
        ),
        (
            "privacy.redaction = 7",
            replace(KEPT, privacy=PrivacyChoices(Redaction.ALWAYS)),
            'privacy.redaction can\'t be 7, so "always" is used.',
        ),
        ("privacy = 7", replace(KEPT, privacy=PrivacyChoices(Redaction.ALWAYS)), "privacy can't"),
        (
            'stopped = ["x", 5]',
            replace(KEPT, stopped=(ScanId("x"),)),
            "Entry 2 of stopped was left out: 5.",
        ),
        ("stopped = 5", KEPT, "stopped can't be 5, so [] is used."),
        ("history.keep_days = 0", KEPT, "history.keep_days can't be 0, so 30 is used."),
    ],
)
def test_one_damaged_value_costs_that_value(
    path: Path, line: str, settings: Settings, message: str
) -> None:
    path.parent.mkdir()
    path.write_text(f"{line}\n{BOARD}")
    file = SettingsFile(path, Settings)
    loaded, problem = file.load()
    assert loaded == settings
    assert problem is not None
    assert message in cause(problem)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    file.save(loaded)
    assert file.load() == (settings, None)


@pytest.mark.parametrize(
    "entry",
    [
        "[[watched]]\nserver = 5\nscan_id = 'c'",
        "[[watched]]\nscan_id = 'c'",
        "[[watched]]\nserver = 'ftp://x'\nscan_id = 'c'",
        "[[servers]]\nurl = 'ftp://x'\naccount = 'm'",
        "[[sessions]]\nserver = 'https://h.test'\naccount = 'm'\nbegan_at = 'today'",
    ],
)
def test_a_damaged_entry_of_the_board_costs_that_entry(path: Path, entry: str) -> None:
    path.parent.mkdir()
    path.write_text(f"{BOARD}{entry}\n")
    loaded, problem = SettingsFile(path, Settings).load()
    assert loaded == KEPT
    assert problem is not None
    assert "was left out: {" in cause(problem)
    assert cause(problem).count("left out") == 1


def test_a_board_that_is_not_a_list_is_replaced_by_the_last_saved_one(path: Path) -> None:
    SettingsFile(path, Settings).save(CHOSEN)
    path.write_text('theme = "light"\nwatched = 7\nservers = "none"\n')
    loaded, problem = SettingsFile(path, Settings).load()
    assert loaded == replace(CHOSEN, theme=ThemeMode.LIGHT, sessions=())
    assert problem is not None
    assert "watched can't be 7" in cause(problem)


def test_of_many_damaged_values_some_are_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(f"stopped = {[*range(7)]}\n")
    _, problem = SettingsFile(path, Settings).load()
    assert problem is not None
    assert cause(problem).endswith("Entry 5 of stopped was left out: 4. And 2 more.")


@pytest.mark.parametrize(
    "content",
    [
        b"x = " + b"[" * 400 + b"]" * 400,
        b"a." * 400_000 + b"a = 1",
        b"x = {" + b"a . " * 100_000 + b"a = 1}",
        b"[" + b'"a".' * 200_000 + b"a]",
        b"[a]\n" * 200_000,
        b"x = [" + b"[]," * 300_000 + b"]",
        b"a = 1\n" + b"#" * 10_000_000,
        b"n = " + b"9" * 10_000,
        b'theme = "dark\0"',
        b"\0" * 100_000,
        b"PK\x03\x04" + bytes(range(256)) * 100,
    ],
    ids=range(11),
)
def test_files_of_odd_sizes_and_shapes_are_set_aside_in_no_time(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    file = SettingsFile(path, Settings)
    settings, problem = file.load()
    assert settings == Settings()
    if problem is None:  # only strange
        assert path.read_bytes() == content
    else:
        assert path.with_name("settings.toml.damaged-1").read_bytes() == content
    file.save(CHOSEN)
    assert file.load() == (CHOSEN, None)


@posix_only
@pytest.mark.parametrize("name", ["fifo", "folder", "socket", "device", "loop", "link to a folder"])
def test_a_path_that_is_not_a_file_is_left_alone_without_waiting(
    path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    monkeypatch.chdir(path.parent)  # the address of a socket must be short
    match name:
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "socket":
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind(path.name)
        case "device":
            path.symlink_to("/dev/zero")
        case "loop":
            path.symlink_to(path)
        case _:
            path.symlink_to(path.parent)
    before = path.lstat()
    file = SettingsFile(path, Settings)

    settings, problem = file.load()

    assert settings == Settings()
    assert problem is not None
    assert str(path) in cause(problem)
    assert "Move the file away" in remedy(problem)
    with pytest.raises(SettingsError) as caught:
        file.save(CHOSEN)
    assert cause(caught.value) == cause(problem), "it is the same trouble"
    assert path.lstat() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@posix_only
def test_a_file_that_may_not_be_read_is_not_overwritten(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('theme = "dark"')
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("the superuser may read everything")
    file = SettingsFile(path, Settings)
    assert file.load()[1] is not None
    with raises_saying(SettingsError, match="make it readable"):
        file.save(CHOSEN)
    path.chmod(0o600)
    assert path.read_text() == 'theme = "dark"'


@posix_only
@pytest.mark.parametrize("content", ['theme = "light"', None, "theme = "])
def test_a_link_stays_and_what_it_leads_to_is_used(
    path: Path, tmp_path: Path, content: str | None
) -> None:
    target = tmp_path / "dotfiles" / "mine.toml"
    for folder in (target.parent, path.parent):
        folder.mkdir()
    if content is not None:
        target.write_text(content)
    path.symlink_to(target)
    file = SettingsFile(path, Settings)

    settings, problem = file.load()
    file.save(CHOSEN)

    assert path.is_symlink()
    assert SettingsFile(target, Settings).load() == (CHOSEN, None)
    if content == "theme = ":
        assert problem is not None
        assert target.with_name("mine.toml.damaged-1").read_text() == content
    else:
        assert (settings.theme is ThemeMode.LIGHT, problem) == (content is not None, None)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SettingsFile(path, Settings).save(CHOSEN)
    before = path.read_bytes()
    file = SettingsFile(path, Settings)

    def on_full_disk(**options: str) -> tuple[int, str]:
        del options
        name = str(path.with_name(".full"))
        Path(name).touch()
        return os.open("/dev/full", os.O_WRONLY), name

    monkeypatch.setattr(tempfile, "mkstemp", on_full_disk)
    with raises_saying(NoSpaceForSettings, match="no space left"):
        file.save(Settings())
    assert path.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == NAMES


SOUND = (
    b'theme = "dark"\nwatches_new = true\nstopped = ["a", "b"]\n[[watched]]\n'
    b'server = "https://h.test"\nscan_id = "a"\n[[servers]]\nurl = "https://h.test"\n'
    b'account = "m"\n[[sessions]]\nserver = "https://h.test"\naccount = "m"\n'
    b"began_at = 2026-07-04T12:07:00Z\n"
)


@patient
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.binary(max_size=5)), max_size=8))
def test_any_damage_is_reported_and_survived(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, bytes]]
) -> None:
    content = SOUND
    for place, new in changes:
        content = content[:place] + new + content[place + 1 :]
    path = tmp_path_factory.mktemp("damaged") / "settings.toml"
    path.write_bytes(content)
    file = SettingsFile(path, Settings)
    settings, problem = file.load()
    if problem is not None and problem.reason is not Reason.SETTINGS_VALUES:
        assert path.with_name("settings.toml.damaged-1").read_bytes() == content
    for session in settings.sessions:
        session.ends_s(datetime.now(UTC), 0.0)
    file.save(settings)
    assert file.load() == (settings, None)


def test_an_unwritable_place_is_reported_and_keeps_the_old_file(path: Path) -> None:
    path.parent.write_text("a file, where the folder should be")
    with raises_saying(SettingsError, match="Couldn't write "):
        SettingsFile(path, Settings).save(CHOSEN)
    path.parent.unlink()
    path.mkdir(parents=True)
    (path / "something").touch()
    with raises_saying(SettingsError, match="can't be used"):
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


@pytest.mark.parametrize("text", ['theme = "dark"', "watched = ", None])
def test_a_read_only_file_is_never_changed(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "settings.toml"
    if text is not None:
        path.write_text(text)
    kept = SettingsFile(path, Settings, is_read_only=True)
    settings, problem = kept.load()
    assert (settings.theme is ThemeMode.DARK) == (text == 'theme = "dark"')
    assert (problem is not None) == (text == "watched = ")
    kept.save(Settings(ThemeMode.LIGHT))
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == (
        [] if text is None else [("settings.toml", text)]
    )


def test_choices_keep_values_of_a_later_version(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("[privacy]\nmasks_dates = true\n")
    file = SettingsFile(path, Settings)
    assert file.load() == (Settings(), None)
    file.save(CHOICES)
    assert file.load() == (CHOICES, None)
    assert "masks_dates = true" in path.read_text()
    file.save(replace(CHOICES, keys=(), alerts=AlertChoices()))
    assert file.load()[0] == replace(CHOICES, keys=(), alerts=AlertChoices())


def test_a_damaged_choice_becomes_the_default_and_is_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(
        'theme = "dark"\nkeys = 5\n[history]\nkeep_days = 7\nlimit_mib = 1\n'
        '[privacy]\nredaction = "sometimes"\nis_presenting = true\n'
        '[alerts]\nstays = false\n[[alerts.events]]\nevent = "high"\non_desktop = true\n'
        "[[alerts.events]]\non_desktop = true\n"
        "[[alerts.quiet_hours]]\ndays = [1, 9]\nstart_min = 1\nend_min = 1441\n"
    )
    settings, problem = SettingsFile(path, Settings).load()
    assert settings == Settings(
        ThemeMode.DARK,
        alerts=AlertChoices(
            events=(EventChoice("high"),), quiet_hours=(QuietSpan((1,), 1),), stays=False
        ),
        privacy=PrivacyChoices(Redaction.ALWAYS, is_presenting=True),
        history=HistoryChoices(keep_days=7),
    )
    assert problem is not None
    reported = cause(problem)
    for name in ("keys", "history.limit_mib", "privacy.redaction", "Entry 2 of alerts.events"):
        assert name in reported
    assert reported.endswith("And 1 more.")
    assert path.exists()  # not set aside: nothing in it is lost


def test_a_mute_until_a_moment_of_no_time_zone_is_left_out(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('[[alerts.muted]]\nscan_id = "a"\nuntil = 2026-07-04T12:07:00\n')
    settings, problem = SettingsFile(path, Settings).load()
    assert settings.alerts.muted_until(ScanId("a"), datetime(2026, 7, 4, tzinfo=UTC)) is None
    assert problem is not None
    assert "alerts.muted" in cause(problem)


def test_an_event_with_default_choices_is_not_stored() -> None:
    choices = AlertChoices()
    loud = replace(choices.of("high"), on_desktop=True)
    assert not choices.of("high").on_desktop
    assert choices.with_event(loud).of("high") == loud
    assert choices.with_event(loud).with_event(choices.of("high")) == choices
    assert choices.of("of a later version") == EventChoice("of a later version", on_desktop=False)
