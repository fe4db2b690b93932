"""The fuzz targets take what they begin with, and anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.desk_parts import patient
from tests.fuzz.targets import SEEDS, TARGETS


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_each_target_takes_its_seeds(name: str) -> None:
    for seed in SEEDS[name]:
        TARGETS[name](seed)


@patient
@given(st.sampled_from(sorted(TARGETS)), st.binary(max_size=200))
def test_each_target_takes_any_bytes(name: str, data: bytes) -> None:
    TARGETS[name](data)
