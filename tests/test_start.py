"""What a start loads, each in a process of its own: what is slow to load waits until it is used."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from heimdall_desktop import cli, instance, start
from heimdall_desktop.application.output.exporting import ExportWanted
from heimdall_desktop.domain.facts.choices import Settings, WatchedScan
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.main import LATE
from heimdall_desktop.paths import Places
from heimdall_desktop.presentation.export.contents import Format, LeaveOut
from heimdall_desktop.services.history_tables import Batch
from heimdall_desktop.services.log import Redaction
from heimdall_desktop.services.recording import LineWriter
from heimdall_desktop.services.settings import SettingsFile
from tests.fakes.findings import SCAN_ID, make_finding
from tests.fakes.past_scans import SERVER, HistoryDesk, past_scan
from tests.services.test_recording import HEAD

BEGIN = """
import sys
from heimdall_desktop import __main__, cli
"""


def loaded(script: str, *names: str) -> list[str]:
    """Return which of these modules a script has loaded, by the end or as it leaves."""
    reported = f"""
try:
{"".join(f"    {line}" + chr(10) for line in script.splitlines())}
finally:
    print([name for name in {names!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", BEGIN + reported],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [name for name in names if f"'{name}'" in done.stderr]


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_what_only_asks_loads_nothing_but_the_command_line(option: str) -> None:
    names = ("argparse", "asyncio", "PySide6", "httpx", "importlib.metadata", "ctypes")
    assert loaded(f'__main__.main(["{option}"])', *names) == ["argparse"]


def test_a_window_waits_for_nothing_that_it_can_show_itself_without() -> None:
    names = (
        "PySide6",
        "httpx",
        "truststore",
        "keyring",
        "rich",
        "pygments",
        "importlib.metadata",
        "heimdall_desktop.services.api",
        "unidiff",
        "markdown_it",
        *LATE,
    )
    assert loaded("import heimdall_desktop.main", *names) == ["PySide6"]


def test_a_run_without_a_window_loads_no_qt() -> None:
    names = ("heimdall_desktop.application.runs.core", "PySide6", "qasync")
    assert loaded("import heimdall_desktop.start", *names) == [names[0]]


FIRST_PICTURE = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QTabBar
from heimdall_desktop import cli, main, runtime
from heimdall_desktop.services.single_instance import claim
from heimdall_desktop.start import started
from heimdall_desktop.widgets.window.main_window import MainWindow

def tell():
    watched = (*main.LATE, "PySide6.QtNetwork")
    print(json.dumps([[each for each in watched if each in sys.modules], has_tabs()]))

def has_tabs():
    return window.detail.findChild(QTabBar, "detail-tabs") is not None

def close_when_all_is_there():
    if has_tabs():
        timer.stop()
        tell()
        window.close()
        print(json.dumps(claim.listening is None))

claim = claim(Path.home())
with started(cli.options(["--temp-profile"], None)) as start:
    application = runtime.make_application("1")
    program = main.Program(start, application, claim)
    window = next(each for each in QApplication.topLevelWidgets() if type(each) is MainWindow)
    window.painted.connect(tell)
    timer = QTimer(interval=10)
    timer.timeout.connect(close_when_all_is_there)
    timer.start()
    sys.exit(start.end(runtime.run(program.run, application)))
"""


def test_the_first_picture_comes_before_late_modules(tmp_path: Path) -> None:
    """And all that is loaded late has come by itself, with nothing clicked."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PICTURE],
        env={**os.environ, "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    at_first, at_last, is_left_alone = map(json.loads, done.stdout.splitlines())
    assert at_first == [[], False]
    assert set(at_last[0]) >= set(LATE)
    assert at_last[1]
    assert is_left_alone, "a start that comes now waits for the profile"


LAST_SCANS = """
import json, sys
from PySide6.QtWidgets import QApplication
from heimdall_desktop import cli, main, runtime
from heimdall_desktop.start import started
from heimdall_desktop.widgets.window.main_window import MainWindow

def tell():
    print(json.dumps([[scan.name, len(scan.findings)] for scan in window.session.store]))
    print(json.dumps(window.frame.is_start))
    window.session.ticker.changed.connect(close_when_all_is_there)

def close_when_all_is_there():
    if all(scan.findings for scan in window.session.store):
        window.quit()

with started(cli.options(["--profile-dir", sys.argv[1]], None)) as start:
    application = runtime.make_application("1")
    program = main.Program(start, application)
    window = next(each for each in QApplication.topLevelWidgets() if type(each) is MainWindow)
    window.painted.connect(tell)
    sys.exit(start.end(runtime.run(program.run, application)))
"""


def test_the_first_picture_has_the_last_scans_and_their_findings_follow(tmp_path: Path) -> None:
    async def leave() -> None:
        history = HistoryDesk(tmp_path).history()
        await history.save(Batch(scans=(past_scan([make_finding(1)]),)))
        await history.aclose()

    asyncio.run(leave())
    watched = (WatchedScan(SERVER, SCAN_ID),)
    SettingsFile(tmp_path / "settings.toml", Settings).save(Settings(watched=watched))

    done = subprocess.run(
        [sys.executable, "-c", LAST_SCANS, tmp_path],
        env={**os.environ, "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )

    scans, is_start = map(json.loads, done.stdout.splitlines())
    assert (scans, is_start) == ([["shop", 0]], False)


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root makes others' links")
@pytest.mark.parametrize("option", ["--export", "--screenshot"])
@pytest.mark.parametrize("name", ["a.html", "folder/a.html"])
def test_a_file_behind_a_link_of_another_user_starts_nothing(
    tmp_path: Path, option: str, name: str
) -> None:
    """In a folder where all may write, like /tmp, another user may have put it there."""
    (tmp_path / "ours").mkdir()
    link = tmp_path / name.partition("/")[0]
    link.symlink_to(tmp_path / "ours" / ("" if "/" in name else "precious"))
    file = tmp_path / name
    read = cli.options(["--demo", "--quit-when-done", "--temp-profile", option, str(file)])
    with start.started(read):
        os.lchown(link, 65534, 65534)
    words = f"Couldn't write {file}: behind a symbolic link of another user. Use another path"
    with pytest.raises(instance.NotStarted, match=words), start.started(read):
        pass


def test_the_command_line_knows_all_forms_and_what_they_can_leave_out() -> None:
    assert {Format.of(Path(f"a{suffix}")) for suffix in cli.EXPORT_SUFFIXES} == set(Format)
    assert {LeaveOut(word) for word in cli.LEAVE_OUT} == set(LeaveOut)


def test_a_recording_is_read_before_anything_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "shop.heimdall.jsonl"
    file.write_bytes(LineWriter(HEAD, 0.0).first + b"[0,")
    with start.started(cli.options(["--replay", str(file)])) as begun:
        assert begun.recording is not None
        assert [str(each) for each in begun.problems] == [str(begun.recording.damage)]
        assert begun.kept.history is None
    file.write_bytes(b"{}")
    with (
        pytest.raises(instance.NotStarted, match="isn't a Heimdall Desktop recording"),
        start.started(cli.options(["--replay", str(file)])),
    ):
        pass


def test_only_a_run_on_a_lasting_profile_may_start_at_login(tmp_path: Path) -> None:
    def command(*arguments: str, is_beside: bool = False) -> tuple[str, ...] | None:
        options, places = cli.options(list(arguments), None), Places(tmp_path, tmp_path, tmp_path)
        begun = start.Start(options, start.wanted_of(options), places, Redaction(), is_beside)
        login = begun.kept.login
        return None if login is None else login.command

    if sys.platform != "linux":
        assert command() is None
        return
    usual, folder = command(), str(tmp_path)
    assert usual is not None
    assert Path(usual[0]).is_absolute()
    assert command("--profile-dir", folder) == (*usual, "--profile-dir", folder)
    assert command("--temp-profile") is None
    assert command(is_beside=True) is None


def export_of(file: Path, *arguments: str) -> ExportWanted | None:
    usual = ("--demo", "--quit-when-done", "--export", str(file))
    return start.export_of(cli.options([*usual, *arguments]))


def test_the_suffix_decides_the_export_format(tmp_path: Path) -> None:
    for name, form, left_out in (
        ("a.CSV", Format.CSV, LeaveOut.NOTHING),
        ("a.sarif", Format.SARIF, LeaveOut.NOTHING),
        ("a.html", Format.HTML, LeaveOut.CODE),
        ("a.pdf", Format.PDF, LeaveOut.CODE),
    ):
        wanted = export_of(tmp_path / name, "--filter", "sev>=high")
        assert wanted is not None
        assert (wanted.form, wanted.leave_out) == (form, left_out)
        assert wanted.wanted == parse_filter("sev>=high")
    names = export_of(tmp_path / "a.html", "--leave-out", "nothing")
    assert names is not None
    assert names.leave_out is LeaveOut.NOTHING


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sev:hihg", "--filter, at character 5: "),
        ("is:new", "can't select new findings"),
        ("sev:low -is:snoozed", "can't select snoozed findings"),
    ],
)
def test_a_filter_with_a_mistake_starts_nothing(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(instance.NotStarted, match=words):
        export_of(tmp_path / "a.csv", "--filter", text)


def test_a_start_removes_what_a_kill_left_of_a_file(tmp_path: Path) -> None:
    left = [tmp_path / f".{name}.toml.ab_3defg" for name in ("window", "settings")]
    left.append(tmp_path / ".notifications.json.zzzzzzzz")
    others = [tmp_path / ".window.toml.bak", tmp_path / "window.toml.abcdefgh"]
    for file in (*left, *others):
        file.touch()
    arguments = ["--profile-dir", str(tmp_path), "--demo", "--quit-when-done", "--headless"]
    with start.started(cli.options(arguments)):
        assert [file for file in left if file.exists()] == []
        assert all(file.exists() for file in others)
