"""A history that is damaged in whatever way hurts no session: it is set aside once, and said."""

from pathlib import Path

import pytest

from tests.fakes.damaged_history import sound_file, trial

TRIALS = 150  # `python -m tests.fakes.damaged_history` makes more, and starts whole programs
AT_ONCE = 30


@pytest.mark.parametrize("first", range(0, TRIALS, AT_ONCE))
async def test_a_damaged_history_is_set_aside_once_and_said(tmp_path: Path, first: int) -> None:
    sound = await sound_file(tmp_path)
    hurt = {}
    for seed in range(first, first + AT_ONCE):
        tried = await trial(tmp_path / str(seed), sound, seed)
        if tried.hurt:
            hurt[seed] = tried.hurt
    assert hurt == {}
