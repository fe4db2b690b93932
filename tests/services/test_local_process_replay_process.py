"""The program that plays a recording is started only for one, and says why it does not play it."""

import sys
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.errors import Reason, RecordingError
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.services.local_process import open_replay
from heimdall_desktop.services.recording import LineWriter
from tests.services.test_recording import HEAD, written


def program(text: str) -> list[str]:
    """Return what starts a program that is none of ours."""
    return [sys.executable, "-c", text]


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return written(tmp_path, [LineWriter(HEAD, 0.0).first])


async def test_it_gets_the_recording(recording: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"
    command = program(f"import sys; open({str(told)!r}, 'w').write(' '.join(sys.argv[1:]))")

    await (await open_replay(command, recording)).until_closed()

    assert told.read_text() == f"--replay {recording}"


async def test_its_last_words_say_why_it_did_not_play(recording: Path) -> None:
    command = program(
        "import sys; sys.stderr.write('x\\nheimdall-desktop: No display.\\n'); sys.exit(2)"
    )
    replay = await open_replay(command, recording)

    with pytest.raises(RecordingError) as failed:
        await replay.until_closed()
    assert error_text(failed.value) == (
        "Couldn't play the recording shop.heimdall.jsonl: No display."
    )


async def test_what_is_no_recording_starts_nothing(tmp_path: Path) -> None:
    told = tmp_path / "told"
    command = program(f"open({str(told)!r}, 'w')")

    with pytest.raises(RecordingError) as refused:
        await open_replay(command, written(tmp_path, [b"PK\n"]))
    assert refused.value.reason is Reason.RECORDING_FOREIGN
    assert not told.exists()


async def test_a_program_that_is_not_there_is_told_of(recording: Path) -> None:
    with pytest.raises(RecordingError, match="RECORDING_NOT_OPENED"):
        await open_replay(["/none/such"], recording)
