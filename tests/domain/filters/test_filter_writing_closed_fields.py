"""Each closed field knows what passes, how to ask for nothing by it, and whose a finding is."""

import pytest

from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter, words_of
from heimdall_desktop.domain.filters.filter_writing import CLOSED_FIELDS
from tests.fakes.findings import make_finding


@pytest.mark.parametrize("field", CLOSED_FIELDS)
def test_a_field_is_asked_by_and_widened(field: str) -> None:
    word = words_of(field)[0]
    wanted = parse_filter(f"{field}:{word.value}")
    assert CLOSED_FIELDS[field].passing(wanted) == {word}
    assert CLOSED_FIELDS[field].widened(wanted) == Filter()
    assert CLOSED_FIELDS[field].word_of(make_finding()) in words_of(field)
