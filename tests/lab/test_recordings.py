"""What the demo replays is what is made of the catalogue."""

import pytest

from heimdall_desktop.local.steps import NAMES, read_recording, recording
from tests.lab.recordings import PLACE, made, text_of


def test_there_is_a_file_for_each_and_no_other() -> None:
    assert {file.name for file in PLACE.iterdir()} == {f"{name}.jsonl" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_its_file_is_as_it_would_be_written_now(name: str) -> None:
    assert (PLACE / f"{name}.jsonl").read_text("utf-8") == text_of(made(name))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_is_what_was_made(name: str) -> None:
    assert recording(name) == made(name)


def test_a_text_that_repeats_itself_is_short_and_comes_back_whole() -> None:
    longest = max(len(line) for line in (PLACE / "hostile.jsonl").read_text("utf-8").splitlines())
    assert longest < 10_000
    line = '{"failure": {"reason": {"before": "<", "again": "ab", "times": 3, "after": ">"}}}'
    text = f'{{"repository": "shop"}}\n{{"attempt": 1, "stage": "hunt"}}\n{line}\n'
    ((failure,),) = (each["hunt"] for each in read_recording("x", text).attempts)
    assert failure.reason == "<ababab>"  # type: ignore[union-attr]
