"""The sheet names every field, and every example on it is understood."""

from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import FIELDS, parse_filter
from heimdall_desktop.presentation.filters.filter_text import FIELD_NOTES, note_of


def test_every_field_has_a_line() -> None:
    assert {note.field for note in FIELD_NOTES} == {"", *FIELDS}
    assert note_of("nothing") is None


def test_every_example_asks_for_something() -> None:
    for note in FIELD_NOTES:
        for example in note.examples:
            assert parse_filter(example) != Filter()
