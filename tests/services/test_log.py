"""The log: where it goes, how much, and that a canary token never gets into it."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.errors import SettingsError
from heimdall_desktop.services.log import LogSettings, crashes_recorded_in, logging_to
from heimdall_desktop.services.redaction import Redaction

CANARY = "canary-5b0c1f"
ours = logging.getLogger("heimdall.stream")


@pytest.fixture(autouse=True)
def root_level() -> Iterator[None]:
    level = logging.getLogger().level
    yield
    logging.getLogger().setLevel(level)


def test_ours_are_written_and_libraries_only_when_they_warn(tmp_path: Path) -> None:
    with logging_to(LogSettings(tmp_path), Redaction()):
        ours.debug("a detail")
        ours.info("reconnecting")
        logging.getLogger("httpx").info("HTTP Request: GET https://example.org")
        logging.getLogger("httpx").warning("odd answer")

    written = (tmp_path / "heimdall.log").read_text(encoding="utf-8")
    assert "INFO heimdall.stream: reconnecting" in written
    assert "odd answer" in written
    assert "a detail" not in written
    assert "HTTP Request" not in written


def test_debugging_writes_everything_of_ours_to_standard_error_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with logging_to(LogSettings(tmp_path, is_debug=True), Redaction()):
        ours.debug("a detail")
        logging.getLogger("httpcore").debug("connect_tcp.started")

    assert "a detail" in capsys.readouterr().err
    written = (tmp_path / "heimdall.log").read_text(encoding="utf-8")
    assert "a detail" in written
    assert "connect_tcp" not in written


def test_is_silent_on_standard_error_without_debugging(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logging_to(LogSettings(None), Redaction()):
        ours.error("in trouble")

    assert capsys.readouterr().err == ""


def test_a_canary_token_gets_in_neither_by_message_nor_by_traceback(tmp_path: Path) -> None:
    redaction = Redaction()
    redaction.know(CANARY)

    def fail() -> None:
        raise ValueError(f"refused {CANARY}")

    with logging_to(LogSettings(tmp_path), redaction):
        ours.info("token is %s", CANARY)
        ours.info("headers %r", {"Authorization": f"Bearer {CANARY}"})
        try:
            fail()
        except ValueError:
            ours.exception("failed")

    written = (tmp_path / "heimdall.log").read_text(encoding="utf-8")
    assert "ValueError" in written
    assert CANARY not in written


def test_nothing_stays_behind(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    with logging_to(LogSettings(tmp_path), Redaction()):
        assert len(root.handlers) == len(before) + 1
    assert root.handlers == before


def test_old_files_are_kept_only_so_far(tmp_path: Path) -> None:
    with logging_to(LogSettings(tmp_path), Redaction()):
        for _ in range(60):
            ours.info("x" * 100_000)

    files = list(tmp_path.iterdir())
    assert len(files) == 4
    assert all(file.stat().st_size <= 1_000_000 for file in files)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()

    with (
        pytest.raises(SettingsError, match="cannot be written"),
        logging_to(LogSettings(blocked / "logs"), Redaction()),
    ):
        pass
    with pytest.raises(SettingsError, match="cannot be written"), crashes_recorded_in(blocked):
        pass


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
    assert "Fatal Python error" in (tmp_path / "crash.log").read_text(encoding="utf-8")
