"""Filters of late come back newest first, and a damaged memory has none."""

import pytest

from heimdall_desktop.domain.filters.filter_writing import (
    MOST_REMEMBERED,
    read_recent,
    with_recent,
    write_recent,
)


def test_what_is_used_again_comes_first_once() -> None:
    texts = with_recent(with_recent(["a", "b"], "b "), "  ")
    assert texts == ["b", "a"]
    assert read_recent(write_recent(texts)) == texts


def test_few_are_kept() -> None:
    texts: list[str] = []
    for number in range(MOST_REMEMBERED + 5):
        texts = with_recent(texts, f"title:{number}")
    assert len(texts) == MOST_REMEMBERED
    assert with_recent([], "x" * 1000) == []


@pytest.mark.parametrize("kept", ["", "{", "7", '{"a": 1}', "[" * 100_000, "[1, null]"])
def test_a_damaged_memory_has_none(kept: str) -> None:
    assert read_recent(kept) == []
