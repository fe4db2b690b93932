"""Which scans are torn off is read as it was kept."""

import json

import pytest

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.presentation.window.window_place import (
    MOST,
    TornOff,
    read_torn_off,
    torn_off_text,
)


def test_what_was_kept_is_read() -> None:
    scans = {
        ScanId("one"): TornOff("here", "so", {"table": "wide"}),
        ScanId("two"): TornOff(is_open=False),
    }
    assert read_torn_off(torn_off_text(scans)) == scans
    assert torn_off_text({}) == ""


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "[" * 100_000, '{"one": 7}'])
def test_nonsense_is_nothing(text: str) -> None:
    assert read_torn_off(text) == {}


def test_what_is_sound_stays() -> None:
    told = {
        "one": {"place": 7, "layout": "so", "is_open": "perhaps", "more": 1, "parts": 7},
        "two": {"parts": {"table": "wide", "marks": 7}},
    }
    assert read_torn_off(json.dumps(told)) == {
        ScanId("one"): TornOff("", "so"),
        ScanId("two"): TornOff(parts={"table": "wide"}),
    }


def test_a_part_is_kept_and_forgotten() -> None:
    kept = TornOff().with_part("table", "wide").with_part("marks", "[]").with_part("marks", "")
    assert kept == TornOff(parts={"table": "wide"})


def test_of_too_many_those_that_were_given_back_long_ago_are_forgotten() -> None:
    closed = {ScanId(f"closed {n}"): TornOff(is_open=False) for n in range(MOST)}
    opened = {ScanId(f"open {n}"): TornOff() for n in range(2)}
    kept = read_torn_off(torn_off_text({**opened, **closed}))
    assert len(kept) == MOST
    assert set(opened) <= set(kept)
    assert ScanId("closed 0") not in kept
    assert ScanId(f"closed {MOST - 1}") in kept
