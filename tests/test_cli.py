"""The command line: options out of arguments, and one line for whatever is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import heimdall_desktop
from heimdall_desktop import cli
from heimdall_desktop.cli import Options, Token
from heimdall_desktop.secrecy import LONGEST_TOKEN, TOKEN_VARIABLE

ID = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)


def options(*arguments: str) -> Options:
    return cli.options(arguments)


NOTHING = Options(
    server=None, allows_http=False, watch=(), folders=(), compares=False, is_demo=False, speed=1.0,
    is_temporary=False, profile_folder=None, theme=None, screenshot=None, quits_when_done=False,
    is_read_only=False, is_headless=False, timeout_s=None, unreachable_s=120.0, is_debug=False,
    token=None,
)  # fmt: skip


def mistake(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what is reported of wrong arguments."""
    with pytest.raises(SystemExit) as end:
        options(*arguments)
    reported = capsys.readouterr()
    assert (end.value.code, reported.out) == (2, "")
    return reported.err


def test_nothing_given() -> None:
    assert options() == NOTHING


def test_everything_given(tmp_path: Path) -> None:
    read = options(
        *("--server", "https://a.test", "--watch", ID, "--watch", "b", "--local", str(tmp_path)),
        *("--demo", "--speed", "20", "--profile-dir", str(tmp_path), "--theme", "dark"),
        *("--screenshot", str(tmp_path / "x.png"), "--quit-when-done", "--timeout", "9", "--debug"),
        *("--unreachable", "30", "--allow-http"),
    )
    assert read == NOTHING._replace(
        server="https://a.test", watch=(ID, "b"), folders=(tmp_path,), is_demo=True, speed=20.0,
        profile_folder=tmp_path, theme="dark", screenshot=tmp_path / "x.png", quits_when_done=True,
        timeout_s=9.0, is_debug=True, unreachable_s=30.0, allows_http=True,
    )  # fmt: skip


def test_paths_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for folder in ("code", "home/code"):
        (tmp_path / folder).mkdir(parents=True)
    read = options("--local", "code", "--local", "~/code", "--screenshot", "x.png")
    assert read.folders == (tmp_path / "code", tmp_path / "home" / "code")
    assert read.screenshot == tmp_path / "x.png"


def test_links_need_no_server() -> None:
    links = (f"heimdall://a.test/scan/{ID}", f"https://a.test/scans/{ID}")
    assert options(*links).watch == links
    assert options("--watch", links[0], "--", links[1]).watch == links
    assert options("HEIMDALL:").watch == ("HEIMDALL:",)  # its mistake is reported later
    assert (options(*links).server, options(*links).desktop_entry) == (None, None)


def test_a_comparison_is_unattended_and_has_no_window(tmp_path: Path) -> None:
    scans = options("--server", "https://a.test", "--compare", ID, "b")
    assert (scans.watch, scans.folders) == ((ID, "b"), ())
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    folders = options("--compare", "--local", str(old), str(new))
    assert (folders.watch, folders.folders) == ((), (old, new))
    for read in (scans, folders, options("--local", str(old), str(new), "--compare")):
        assert (read.compares, read.quits_when_done, read.is_headless) == (True, True, True)
    assert not options("--local", str(old), str(new)).compares


def test_a_window_that_does_not_open_cannot_be_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    assert options("--background").is_background
    assert not options("--demo").is_background
    reported = mistake(capsys, "--demo", "--quit-when-done", "--headless", "--background")
    assert "--background and --headless can't be combined" in reported


def test_the_profile_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    options("--demo", "--quit-when-done", "--profile-dir", str(tmp_path / "a" / "b"))
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


WRONG = {
    "unknown option": ["--wach", ID],
    "abbreviated option": ["--serv", "https://a.test"],
    "leftover": ["hello\nworld\x1b[31m"],
    "watch without a server": ["--watch", ID],
    "id beside a link without a server": [f"heimdall://a.test/scan/{ID}", ID],
    "entry to install and to remove": ["--install-desktop-entry", "--remove-desktop-entry"],
    "link beside a comparison": [
        *("--server", "https://a.test", "--compare", ID, ID, "--", f"https://a.test/scans/{ID}")
    ],
    "watch without a value": ["--server", "https://a.test", "--watch"],
    "nothing to wait for": ["--quit-when-done"],
    "both profiles": ["--temp-profile", "--profile-dir", "x"],
    "theme": ["--theme", "pink"],
    "speed of nothing": ["--speed", "0"],
    "speed backwards": ["--speed", "-1"],
    "speed of no number": ["--speed", "nan"],
    "speed without end": ["--speed", "inf"],
    "speed in words": ["--speed", "fast"],
    "timeout": ["--timeout", "0"],
    "unreachable": ["--unreachable", "0"],
    "screenshot is a folder": ["--screenshot", "."],
    "screenshot in no folder": ["--screenshot", "/no/such/folder/x.png"],
    "screenshot with a name beyond all measure": ["--screenshot", "x" * 5000 + ".png"],
    "screenshot of nothing": ["--screenshot", ""],
    "profile below a file": [
        *("--demo", "--quit-when-done", "--profile-dir", f"{__file__}/profile")
    ],
    "profile of nothing": ["--profile-dir", ""],
    "folder of nothing": ["--local", ""],
    "local without a folder": ["--local"],
    "comparison of nothing": ["--compare"],
    "comparison of one scan": ["--server", "https://a.test", "--compare", ID],
    "comparison of three scans": ["--server", "https://a.test", "--compare", ID, ID, ID],
    "comparison without a server": ["--compare", ID, ID],
    "comparison of one folder": ["--compare", "--local", "a"],
    "comparison of scans and folders": [
        *("--server", "https://a.test", "--compare", ID, ID, "--local", "a", "b")
    ],
    "comparison beside a watch": [
        *("--server", "https://a.test", "--compare", ID, ID, "--watch", ID)
    ],
    "comparison of the demo": ["--compare", "--local", "a", "b", "--demo"],
    "picture of a comparison": ["--compare", "--local", "a", "b", "--screenshot", "x.png"],
    "replay of nothing": ["--replay"],
    "replay beside a server": ["--replay", "a", "--server", "https://a.test"],
    "replay of the demo": ["--replay", "a", "--demo"],
    "replay in a profile": ["--replay", "a", "--profile-dir", "x"],
    "home of nobody": ["--local", "~nobody-of-this-name/code"],
    "folder that is missing": ["--local", "/no/such/folder", "--quit-when-done"],
    "file as a folder": ["--local", __file__],
    "comparison with a missing folder": ["--compare", "--local", "/", "/no/such/folder"],
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG.keys())
def test_2_each_mistake_is_reported_in_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    reported = mistake(capsys, *arguments)
    assert reported.startswith("heimdall-desktop: ")
    assert reported.count("\n") == 1
    assert reported.strip().isprintable()
    assert "--help" in reported


def test_a_missing_folder_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    reported = mistake(capsys, "--local", "/no/such/folder", "--quit-when-done")
    assert "/no/such/folder doesn't exist; use another folder for --local." in reported


@pytest.mark.parametrize("token", ["töken", "a token", "a\x07token", "x" * (LONGEST_TOKEN + 1)])
def test_2_a_token_that_cannot_be_sent_is_refused_and_not_shown(
    token: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, token)
    assert token not in mistake(capsys)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--demo",),
        (f"https://a.test/scans/{ID}",),
        ("--quit-when-done", f"https://a.test/scans/{ID}"),
        ("--quit-when-done", "--watch", f"https://a.test/scans/{ID}"),
        ("--compare", f"https://a.test/scans/{ID}", f"https://a.test/scans/{ID}?b"),
    ],
)
def test_2_a_token_needs_the_server_that_it_is_for(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "canary")
    reported = mistake(capsys, *arguments)
    assert "add --server or unset HEIMDALL_TOKEN" in reported
    assert "canary" not in reported
    assert options(*arguments).token is None, "the keyring may have one for it"


@pytest.mark.parametrize(
    ("handed_over", "value"), [(None, "canary"), ("handed-over\n", "handed-over")]
)
def test_the_token_leaves_the_environment_and_shows_nowhere(
    monkeypatch: pytest.MonkeyPatch, handed_over: str | None, value: str
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, " canary\n")
    read = cli.options(["--server", "https://a.test"], handed_over)
    assert read.token is not None
    assert read.token.value == value
    assert TOKEN_VARIABLE not in os.environ
    assert value not in repr(read)
    script = f"import os; print(os.environ.get({TOKEN_VARIABLE!r}))"
    command = [sys.executable, "-c", script]
    child = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    assert child.stdout == "None\n"


def test_the_token_leaves_the_environment_even_if_the_arguments_are_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "canary")
    mistake(capsys, "--wach")
    assert TOKEN_VARIABLE not in os.environ


@pytest.mark.parametrize("value", ["", "  ", "\n"])
def test_an_empty_token_is_none(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, value)
    assert options().token is None


def test_a_token_does_not_print_itself() -> None:
    assert "secret" not in f"{Token('secret')!r} {Token('secret')}"


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for argument in ("--version", "--help"):
        with pytest.raises(SystemExit) as end:
            options(argument)
        assert end.value.code == 0
    reported = capsys.readouterr().out
    assert reported.startswith(f"heimdall-desktop {heimdall_desktop.__version__}\n")
    for option in ("--server", "--watch", "--local", "--demo", "HEIMDALL_TOKEN"):
        assert option in reported


def test_a_complaint_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    cli.complain("The scan failed:\nno\x1b[31m reason.")
    assert capsys.readouterr().err == "heimdall-desktop: The scan failed: no?[31m reason.\n"


@pytest.mark.parametrize("arguments", [("--gallery",), ("--debug", "--gallery", "stale")])
def test_the_gallery_says_where_it_is_now(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    reported = mistake(capsys, *arguments)
    assert reported.count("\n") == 1
    assert "python -m tests.lab gallery" in reported


def test_an_export_is_what_an_unattended_run_writes(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    read = options(
        *("--demo", "--quit-when-done", "--export", str(file)),
        *("--filter", "sql", "--leave-out", "names"),
    )
    assert (read.export, read.filter_text, read.leave_out) == (file, "sql", "names")
    assert not read.writes_pdf
    assert options("--demo", "--quit-when-done", "--export", f"{file}.pdf").writes_pdf


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--quit-when-done", "--export", "a.txt"), "ends in one of .csv .json"),
        (("--quit-when-done", "--export", "a"), "ends in one of .csv .json"),
        (("--export", "a.csv"), "--export needs --quit-when-done"),
        (("--quit-when-done", "--filter", "sql"), "need --export"),
        (("--quit-when-done", "--leave-out", "code"), "need --export"),
        (("--quit-when-done", "--headless", "--export", "a.pdf"), "A .pdf needs Qt"),
        (("--quit-when-done", "--export", "none/a.csv"), "none/a.csv; use another path"),
        (("--quit-when-done", "--export", "/dev/full.csv/a.csv"), "a.csv; use another path"),
    ],
)
def test_an_impossible_export_is_reported_at_once(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert words in mistake(capsys, "--demo", *arguments)
