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

from heimdall_desktop.domain.facts import choices
from heimdall_desktop.domain.facts.choices import Settings, ThemeMode, WatchedScan
from heimdall_desktop.domain.facts.errors import NoSpaceForSettings, Reason, SettingsError
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
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
    alerts=choices.AlertChoices(
        events=(choices.EventChoice("high", on_desktop=True),),
        is_quiet=True,
        quiet_hours=(choices.QuietSpan((5, 6), 0, 1440), choices.QuietSpan()),
        muted=(choices.Mute(ScanId("b"), datetime(2026, 7, 4, 12, 7, tzinfo=UTC)),),
        muted_to_the_end=(ScanId("a"),),
        muted_repos=(
            choices.RepoMute(SERVER, RepoId("r"), datetime(2026, 7, 4, 12, 7, tzinfo=UTC)),
        ),
        stays=False,
    ),
    privacy=choices.PrivacyChoices(choices.Redaction.ALWAYS, is_presenting=True),
    start=choices.StartChoices(is_at_login=True, on_close=choices.OnClose.QUIT),
    history=choices.HistoryChoices(keep_days=7, limit_mib=128),
    editor=choices.EditorChoices(
        choices.OWN_COMMAND,
        ("mine", "{file}"),
        (choices.SourceFolder(SERVER, RepoId("r"), "/home/mira/shop"),),
    ),
    keys=(choices.KeyChoice("inbox", ("Ctrl+J",)), choices.KeyChoice("log")),
)
NAMES = ["settings.toml", "settings.toml.last-good"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def file(path: Path) -> SettingsFile[Settings]:
    return SettingsFile(path, Settings)


def written(path: Path, text: str | bytes) -> SettingsFile[Settings]:
    """Write a file of settings, and return it unread."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return SettingsFile(path, Settings)


def damaged(path: Path, text: str) -> tuple[Settings, str]:
    """Return the settings in a file with damaged values, and what is reported of them."""
    settings, problem = written(path, text).load()
    assert problem is not None
    return settings, cause(problem)


def test_no_file_is_a_first_start(path: Path, file: SettingsFile[Settings]) -> None:
    assert file.load() == (Settings(), None)
    assert not path.parent.exists()
    file.save(CHOSEN)
    path.unlink()
    assert file.load() == (Settings(), None)


def test_saved_settings_are_loaded(path: Path, file: SettingsFile[Settings]) -> None:
    file.save(CHOSEN)
    assert SettingsFile(path, Settings).load() == (CHOSEN, None)
    assert sorted(each.name for each in path.parent.iterdir()) == NAMES


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
def test_file_is_the_users_own(path: Path, file: SettingsFile[Settings]) -> None:
    file.save(CHOSEN)
    for name in NAMES:
        assert stat.S_IMODE(path.with_name(name).stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_window_has_a_file_of_its_own(path: Path) -> None:
    window = WindowSettings({"board": "AAAA"})
    SettingsFile(path, WindowSettings).save(window)
    assert SettingsFile(path, WindowSettings).load() == (window, None)


def test_unknown_keys_are_kept(path: Path) -> None:
    file = written(
        path,
        'theme = "dark"\nquiet = "22-07"\n[[watched]]\nserver = "https://h.test"\n'
        'scan_id = "a"\nnote = "mine"\n[sounds]\ncritical = true\n',
    )
    settings, problem = file.load()
    assert (settings.theme, problem) == (ThemeMode.DARK, None)
    file.save(CHOSEN)
    text = path.read_text()
    for kept in ('quiet = "22-07"', 'note = "mine"', "critical = true", 'scan_id = "b"'):
        assert kept in text


def test_theme_of_another_version_is_the_systems(path: Path) -> None:
    assert written(path, 'theme = "sepia"').load() == (Settings(), None)


def test_address_gets_its_one_spelling(path: Path) -> None:
    settings, _ = written(
        path,
        '[[servers]]\nurl = "HTTPS://H.test/"\naccount = "m"\n[[sessions]]\n'
        'server = "HTTPS://H.test/"\naccount = "m"\nbegan_at = 2026-07-04T12:07:00Z\n',
    ).load()
    assert settings.servers == (ServerProfile(SERVER, "m"),)
    assert [session.server for session in settings.sessions] == [SERVER]


@pytest.mark.parametrize(
    "content", [b"theme = ", b"\xff\xfe", b"", b" \n", b"x = " + b"[" * 100_000]
)
@pytest.mark.parametrize("was_saved", [True, False])
def test_an_unparseable_file_is_kept_and_the_last_saved_one_is_used(
    path: Path, file: SettingsFile[Settings], content: bytes, was_saved: bool
) -> None:
    before = CHOICES if was_saved else Settings()
    if was_saved:
        file.save(CHOICES)
    for number in (1, 2):
        settings, problem = written(path, content).load()
        assert settings == before
        assert isinstance(problem, SettingsError)
        kept = path.with_name(f"settings.toml.damaged-{number}")
        assert kept.name in cause(problem)
        assert ("saved last" in remedy(problem)) is was_saved
        assert kept.read_bytes() == content
        assert file.load() == (before, None), "the next start has it too"
    file.save(CHOSEN)
    assert file.load() == (CHOSEN, None)


BOARD = (
    '[[servers]]\nurl = "https://h.test"\naccount = "mira@example.test"\n'
    '[[watched]]\nserver = "https://h.test"\nscan_id = "a"\n'
    '[[watched]]\nserver = "https://h.test"\nscan_id = "b"\n'
)
PRIVATE = choices.PrivacyChoices(choices.Redaction.ALWAYS)
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
            replace(KEPT, privacy=PRIVATE),
            'privacy.redaction can\'t be 7, so "always" is used.',
        ),
        ("privacy = 7", replace(KEPT, privacy=PRIVATE), "privacy can't"),
        (
            'stopped = ["x", 5]',
            replace(KEPT, stopped=(ScanId("x"),)),
            "Entry 2 of stopped was left out: 5.",
        ),
        ("stopped = 5", KEPT, "stopped can't be 5, so [] is used."),
        (
            "findings.confirm_from = -1",
            replace(KEPT, findings=choices.FindingsChoices(confirm_from=2)),
            "findings.confirm_from can't be -1, so 2 is used.",
        ),
        (
            'network.direct = ["HTTPS://Away.test:443/", "ftp://x"]',
            replace(KEPT, network=choices.NetworkChoices((ServerUrl("https://away.test"),))),
            'Entry 2 of network.direct was left out: "ftp://x".',
        ),
        ("history.keep_days = 0", KEPT, "history.keep_days can't be 0, so 30 is used."),
    ],
)
def test_damage_costs_that_value(path: Path, line: str, settings: Settings, message: str) -> None:
    file = written(path, f"{line}\n{BOARD}")
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
    loaded, reported = damaged(path, f"{BOARD}{entry}\n")
    assert loaded == KEPT
    assert "was left out: {" in reported
    assert reported.count("left out") == 1


def test_a_board_that_is_not_a_list_is_replaced_by_the_last_saved_one(path: Path) -> None:
    SettingsFile(path, Settings).save(CHOSEN)
    loaded, reported = damaged(path, 'theme = "light"\nwatched = 7\nservers = "none"\n')
    assert loaded == replace(CHOSEN, theme=ThemeMode.LIGHT, sessions=())
    assert "watched can't be 7" in reported


def test_of_many_damaged_values_some_are_named(path: Path) -> None:
    _, reported = damaged(path, f"stopped = {[*range(7)]}\n")
    assert reported.endswith("Entry 5 of stopped was left out: 4. And 2 more.")


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
    file = written(path, content)
    settings, problem = file.load()
    assert settings == Settings()
    if problem is None:  # only strange
        assert path.read_bytes() == content
    else:
        assert path.with_name("settings.toml.damaged-1").read_bytes() == content
    file.save(CHOSEN)
    assert file.load() == (CHOSEN, None)


def state_of(path: Path) -> tuple[int, ...]:
    """All that is known of a path, but for when it was read: to follow a link is to read it."""
    found = path.lstat()
    return *found[:7], found.st_mtime_ns, found.st_ctime_ns


@posix_only
@pytest.mark.parametrize("name", ["fifo", "folder", "socket", "device", "loop", "link to a folder"])
def test_a_path_that_is_not_a_file_is_left_alone_without_waiting(
    path: Path, file: SettingsFile[Settings], name: str, monkeypatch: pytest.MonkeyPatch
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
    before = state_of(path)
    settings, problem = file.load()
    assert settings == Settings()
    assert problem is not None
    assert str(path) in cause(problem)
    assert "Move the file away" in remedy(problem)
    with pytest.raises(SettingsError) as caught:
        file.save(CHOSEN)
    assert cause(caught.value) == cause(problem), "it is the same problem"
    assert state_of(path) == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@posix_only
def test_a_file_that_may_not_be_read_is_not_overwritten(path: Path) -> None:
    file = written(path, 'theme = "dark"')
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("the superuser may read everything")
    assert file.load()[1] is not None
    with raises_saying(SettingsError, match="make it readable"):
        file.save(CHOSEN)
    path.chmod(0o600)
    assert path.read_text() == 'theme = "dark"'


@posix_only
@pytest.mark.parametrize("content", ['theme = "light"', None, "theme = "])
def test_a_link_stays_and_what_it_leads_to_is_used(
    path: Path, tmp_path: Path, file: SettingsFile[Settings], content: str | None
) -> None:
    target = tmp_path / "dotfiles" / "mine.toml"
    for folder in (target.parent, path.parent):
        folder.mkdir()
    if content is not None:
        target.write_text(content)
    path.symlink_to(target)
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
def test_a_full_disk_is_named(
    path: Path, file: SettingsFile[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    file.save(CHOSEN)
    before = path.read_bytes()

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
    file = written(path, content)
    settings, problem = file.load()
    if problem is not None and problem.reason is not Reason.SETTINGS_VALUES:
        assert path.with_name("settings.toml.damaged-1").read_bytes() == content
    for session in settings.sessions:
        session.ends_s(datetime.now(UTC), 0.0)
    file.save(settings)
    assert file.load() == (settings, None)


def test_an_unwritable_place_keeps_the_old_file(path: Path, file: SettingsFile[Settings]) -> None:
    path.parent.write_text("a file, where the folder should be")
    with raises_saying(SettingsError, match="Couldn't write "):
        file.save(CHOSEN)
    path.parent.unlink()
    path.mkdir(parents=True)
    (path / "something").touch()
    with raises_saying(SettingsError, match="can't be used"):
        file.save(CHOSEN)
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.toml"]


def test_saves_from_many_threads_never_mix(file: SettingsFile[Settings]) -> None:
    boards = [
        Settings(watched=tuple(WatchedScan(SERVER, ScanId(f"{n}-{m}")) for m in range(50)))
        for n in range(20)
    ]
    threads = [threading.Thread(target=file.save, args=(board,)) for board in boards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settings, problem = file.load()
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
    file = written(path, "[privacy]\nmasks_dates = true\n")
    assert file.load() == (Settings(), None)
    file.save(CHOICES)
    assert file.load() == (CHOICES, None)
    assert "masks_dates = true" in path.read_text()
    file.save(replace(CHOICES, keys=(), alerts=choices.AlertChoices()))
    assert file.load()[0] == replace(CHOICES, keys=(), alerts=choices.AlertChoices())


def test_a_damaged_choice_becomes_the_default_and_is_named(path: Path) -> None:
    settings, reported = damaged(
        path,
        'theme = "dark"\nkeys = 5\n[history]\nkeep_days = 7\nlimit_mib = 1\n'
        '[privacy]\nredaction = "sometimes"\nis_presenting = true\n'
        '[alerts]\nstays = false\n[[alerts.events]]\nevent = "high"\non_desktop = true\n'
        "[[alerts.events]]\non_desktop = true\n"
        "[[alerts.quiet_hours]]\ndays = [1, 9]\nstart_min = 1\nend_min = 1441\n",
    )
    assert settings == Settings(
        ThemeMode.DARK,
        alerts=choices.AlertChoices(
            events=(choices.EventChoice("high"),),
            quiet_hours=(choices.QuietSpan((1,), 1),),
            stays=False,
        ),
        privacy=choices.PrivacyChoices(choices.Redaction.ALWAYS, is_presenting=True),
        history=choices.HistoryChoices(keep_days=7),
    )
    for name in ("keys", "history.limit_mib", "privacy.redaction", "Entry 2 of alerts.events"):
        assert name in reported
    assert reported.endswith("And 1 more.")
    assert path.exists()  # not set aside: nothing in it is lost


def test_a_mute_until_a_moment_of_no_time_zone_is_left_out(path: Path) -> None:
    text = '[[alerts.muted]]\nscan_id = "a"\nuntil = 2026-07-04T12:07:00\n'
    settings, reported = damaged(path, text)
    assert settings.alerts.muted_until(ScanId("a"), datetime(2026, 7, 4, tzinfo=UTC)) is None
    assert "alerts.muted" in reported


def test_an_event_with_default_choices_is_not_stored() -> None:
    usual = choices.AlertChoices()
    loud = replace(usual.of("high"), on_desktop=True)
    assert not usual.of("high").on_desktop
    assert usual.with_event(loud).of("high") == loud
    assert usual.with_event(loud).with_event(usual.of("high")) == usual
    assert usual.of("later version") == choices.EventChoice("later version", on_desktop=False)
