"""The log: where it goes, how much, and that a canary token never gets into it."""

import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.errors import LogText, Reason, ServerFault, SettingsError
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.services import log

CANARY = "canary-5b0c1f"
ours = logging.getLogger("heimdall.stream")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="files are of one kind there")


@pytest.fixture(autouse=True)
def root_level() -> Iterator[None]:
    level = logging.getLogger().level
    yield
    logging.getLogger().setLevel(level)


def written(folder: Path, name: str = "heimdall.log") -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_ours_are_written_and_libraries_only_when_they_warn(tmp_path: Path) -> None:
    with log.logging_to(tmp_path, log.Redaction()):
        ours.debug("a detail")
        ours.info("reconnecting")
        logging.getLogger("httpx").info("HTTP Request: GET https://example.org")
        logging.getLogger("httpx").warning("odd answer")
    log_text = written(tmp_path)
    assert "INFO heimdall.stream: reconnecting" in log_text
    assert "odd answer" in log_text
    assert "a detail" not in log_text
    assert "HTTP Request" not in log_text


def test_debugging_writes_everything_of_ours_to_standard_error_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with log.logging_to(tmp_path, log.Redaction(), is_debug=True):
        ours.debug("a detail")
        logging.getLogger("httpcore").debug("connect_tcp.started")
    assert "a detail" in capsys.readouterr().err
    assert "a detail" in written(tmp_path)
    assert "connect_tcp" not in written(tmp_path)


def test_is_silent_on_standard_error_without_debugging(capsys: pytest.CaptureFixture[str]) -> None:
    with log.logging_to(None, log.Redaction()):
        ours.error("a problem")
    assert capsys.readouterr().err == ""


def test_a_canary_token_gets_in_neither_by_message_nor_by_traceback(tmp_path: Path) -> None:
    redaction = log.Redaction()
    redaction.know(CANARY)

    def fail() -> None:
        raise ValueError(f"refused {CANARY}")

    with log.logging_to(tmp_path, redaction):
        ours.info("token is %s", CANARY)
        ours.info("headers %r", {"Authorization": f"Bearer {CANARY}"})
        try:
            fail()
        except ValueError:
            ours.exception("failed")
    assert "ValueError" in written(tmp_path)
    assert CANARY not in written(tmp_path)


def test_ours_hold_numbers_ids_reasons_and_our_words_and_no_other_text(tmp_path: Path) -> None:
    scan = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
    cause = ServerFault(Reason.SERVER_FAILED, host=CANARY, answer=CANARY, status=500)
    kept = SettingsError(Reason.SETTINGS_UNWRITABLE, path=f"/{CANARY}/settings.toml", problem="x")
    with log.logging_to(tmp_path, log.Redaction()):
        ours.info("scan %s of %s: %d rows, %s", f"{scan}@http://{CANARY}", CANARY, 3, cause)
        ours.info("%s, %s and %s", kept, os.strerror(13), LogText("ours"))
        ours.info("%s and %r", [CANARY], {"title": CANARY})
        logging.getLogger("httpx").warning("odd\n2026-01-01 00:00:00,000 INFO heimdall.x: forged")
    lines = [line.partition(": ")[2] for line in written(tmp_path).splitlines()]
    assert lines[:3] == [
        f"scan {scan} of [text]: 3 rows, ServerFault SERVER_FAILED status=500",
        "SettingsError SETTINGS_UNWRITABLE path=settings.toml, Permission denied and ours",
        "[text] and '[text]'",
    ]
    assert written(tmp_path).splitlines()[4].startswith("  2026")
    assert CANARY not in written(tmp_path)


def test_nothing_stays_behind(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    with log.logging_to(tmp_path, log.Redaction()):
        assert len(root.handlers) == len(before) + 1
    assert root.handlers == before


def test_old_files_are_kept_only_so_far(tmp_path: Path) -> None:
    with log.logging_to(tmp_path, log.Redaction()):
        for _ in range(45):
            ours.info("x" * 100_000)

    files = list(tmp_path.iterdir())
    assert len(files) == 4
    assert all(file.stat().st_size <= 1_000_000 for file in files)


def problems_in(folder: Path) -> Iterator[SettingsError]:
    """Log to a folder, and yield why it can contain neither the log nor a record of crashes."""
    logged, recorded = log.logging_to(folder, log.Redaction()), log.crashes_recorded_in(folder)
    with logged as log_problem, recorded as crash_problem:
        ours.error("a problem")
    for problem in (log_problem, crash_problem):
        assert problem is not None
        yield problem


def test_a_folder_that_cannot_be_written_is_named_and_nothing_stops(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "logs"
    for problem in problems_in(folder):
        assert cause(problem) == f"Can't write a log in {folder}: Not a directory."
        assert "--profile-dir" in remedy(problem)


@posix_only
def test_a_log_that_is_no_file_is_not_opened(tmp_path: Path) -> None:
    for name in ("heimdall.log", "crash.log"):
        os.mkfifo(tmp_path / name)
    for problem in problems_in(tmp_path):
        assert "not a regular file" in cause(problem)


@posix_only
def test_only_the_user_can_read_it_also_what_was_there_before(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir(mode=0o755)
    names = ("heimdall.log", "heimdall.log.1", "heimdall.log.3", "crash.log")
    for name in names:
        (folder / name).touch(mode=0o644)
        (folder / name).chmod(0o644)
    fresh = tmp_path / "fresh"
    before = os.umask(0)
    try:
        for place in (folder, fresh):
            with log.logging_to(place, log.Redaction()), log.crashes_recorded_in(place):
                for _ in range(15):
                    ours.info("x" * 100_000)
    finally:
        os.umask(before)

    for place in (folder, fresh):
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in place.iterdir()}
        assert {"heimdall.log", "heimdall.log.1", "crash.log"} <= modes.keys()
        assert set(modes.values()) == {0o600}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no limit of a file's size there")
def test_what_a_full_disk_does_not_take_is_lost_without_a_word(tmp_path: Path) -> None:
    program = (
        "import logging, pathlib, resource, sys\n"
        "from heimdall_desktop.services.log import Redaction, logging_to\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "with logging_to(pathlib.Path(sys.argv[1]), Redaction()):\n"
        "    for _ in range(1000):\n"
        "        logging.getLogger('heimdall').warning('%s', 'x' * 100)\n"
        "print('ended')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(tmp_path)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "ended\n", "")
    assert (tmp_path / "heimdall.log").stat().st_size == 1000


def test_a_crash_of_the_interpreter_is_recorded(tmp_path: Path) -> None:
    program = (
        "import faulthandler, pathlib, sys\n"
        "from heimdall_desktop.services.log import crashes_recorded_in\n"
        "with crashes_recorded_in(pathlib.Path(sys.argv[1])):\n"
        "    faulthandler._sigabrt()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, check=False
    )
    assert ended.returncode != 0
    assert "Fatal Python error" in written(tmp_path, "crash.log")


TOKEN = "c0ffee" * 10 + "beef"  # as long as a session token


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Authorization: Bearer {TOKEN}", f"Authorization: {log.REDACTED}"),
        ("{'authorization': 'Bearer opaque', 'x': 1}", f"{{'authorization': {log.REDACTED}"),
        ("Set-Cookie: heimdall_session=opaque; Path=/", f"Set-Cookie: {log.REDACTED}"),
        ("sent bearer opaque-value, then more", f"sent bearer {log.REDACTED}, then more"),
        ("/progress?token=opaque&after=3", f"/progress?token={log.REDACTED}&after=3"),
        ('{"session_token": "opaque", "id": 7}', f'{{"session_token": "{log.REDACTED}", "id": 7}}'),
        ("password='hunter2'", f"password='{log.REDACTED}'"),
        ("https://ada:hunter2@example.org/x", f"https://{log.REDACTED}@example.org/x"),
        (f"unknown thing {TOKEN} here", f"unknown thing {log.REDACTED} here"),
    ],
)
def test_redacts_what_looks_like_a_secret(text: str, expected: str) -> None:
    assert log.Redaction().redact(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "watch of 3b1e6a52-9c44-4d8b-8f0e-2f8a5f1d6c77 reconnects in 8 s",
        "3 tokens in the keyring",
        "https://heimdall.example.org:8443/scans",
        "commit 0123456789abcdef0123456789abcdef01234567",
    ],
)
def test_leaves_the_rest_alone(text: str) -> None:
    assert log.Redaction().redact(text) == text


def test_redacts_a_known_secret_in_any_form() -> None:
    redaction = log.Redaction()
    redaction.know("short one")
    redaction.know("")

    assert redaction.redact("a short one, twice: short one") == (
        f"a {log.REDACTED}, twice: {log.REDACTED}"
    )


def test_a_secret_is_known_for_a_while_in_every_spelling() -> None:
    redaction = log.Redaction()
    typed = "pä&s 'w\"rd"
    reported = "\n".join((
        typed,
        "p%C3%A4%26s%20%27w%22rd",
        "p%C3%A4%26s+%27w%22rd",
        r"p\u00e4&s 'w\"rd",
        "pä&amp;s &#x27;w&quot;rd",
    ))  # fmt: skip
    with redaction.knowing(typed) as redact:
        assert redaction.redact(reported) == redact(reported) == "\n".join([log.REDACTED] * 5)
        masked = redaction.masked(reported.encode())
        assert masked == reported.encode(), "it may be a word of any code"
    assert redaction.redact(reported) == reported


def test_what_is_known_for_good_is_not_forgotten_with_what_is_known_for_a_while() -> None:
    redaction = log.Redaction()
    redaction.know("the same")
    with redaction.knowing("the same"):
        pass
    assert redaction.redact("the same") == log.REDACTED


def test_after_a_refusal_it_is_forgotten_and_after_a_defect_it_is_not() -> None:
    redaction = log.Redaction()
    with pytest.raises(ServerFault), redaction.knowing("typed"):
        raise ServerFault(Reason.SERVER_FAILED, host="h.test", answer="HTTP 500")
    assert redaction.redact("typed") == "typed"
    with pytest.raises(ZeroDivisionError), redaction.knowing("typed"):
        raise ZeroDivisionError
    assert redaction.redact("typed") == log.REDACTED


@given(st.text(), st.text(), st.text(min_size=1))
def test_a_known_secret_never_comes_through(before: str, after: str, secret: str) -> None:
    redaction = log.Redaction()
    redaction.know(secret)
    shown = redaction.redact(f"{before}{secret}{after}")

    assert all(secret not in part for part in shown.split(log.REDACTED))


def test_masked_bytes_keep_their_length() -> None:
    redaction = log.Redaction()
    redaction.know("pässword of mine")
    redaction.know("short")
    reported = f"before pässword of mine, short, {TOKEN}".encode()
    masked = redaction.masked(reported)
    assert masked == f"before {'*' * 17}, short, {TOKEN}".encode()
    assert len(masked) == len(reported)
