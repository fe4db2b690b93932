"""Pins survive their text, and a damaged text is no pins."""

import pytest

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.presentation.board.places import pins_text, read_pins, with_pin

ONE, TWO = ScanId("one"), ScanId("two")


def test_they_come_back_in_their_order() -> None:
    pins = with_pin(with_pin((), TWO, is_pinned=True), ONE, is_pinned=True)
    assert read_pins(pins_text(pins)) == (TWO, ONE)
    assert with_pin(pins, TWO, is_pinned=False) == (ONE,)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"pinned": 3}', '{"other": ["one"]}', "[" * 100_000]
)
def test_a_damaged_text_is_none(text: str) -> None:
    assert read_pins(text) == ()


def test_only_names_count_and_each_once() -> None:
    assert read_pins('{"pinned": ["one", 4, null, "one", "two"]}') == (ONE, TWO)
