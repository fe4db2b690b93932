"""Chips and menus write the shortest text that means what was chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.finding import FindingStatus, Severity, Source
from heimdall_desktop.domain.filters import filter_language, filter_writing
from heimdall_desktop.domain.filters.filter import ALL_SEVERITIES, Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.filters.filter_writing import filter_text, with_recent, with_words
from tests.domain.filters.test_filter_language import TERMS
from tests.fakes.findings import make_finding

C, H, M, L, OTHER = Severity


@pytest.mark.parametrize(
    ("text", "shown", "folded"),
    [
        ("", "show:repeats", ""),
        ("sql -is:repeat", "sql show:repeats", "sql"),
        ("is:repeat,", "show:repeats", ""),
        ("show:repeats is:confirmed", "is:confirmed show:repeats", "is:confirmed"),
        ("fil:x", "fil:x show:repeats", "fil:x"),
    ],
)
def test_t09_links_write_that_repeats_are_shown(text: str, shown: str, folded: str) -> None:
    assert filter_writing.with_repeats(text, are_shown=True) == shown
    assert filter_writing.with_repeats(text, are_shown=False) == folded


@pytest.mark.parametrize(
    ("text", "field", "words", "written"),
    [
        ("sql", "sev", {C, H}, "sql sev>=high"),
        ("sql", "sev", {C}, "sql sev:critical"),
        ("-sev:low sql", "sev", {H, L}, "sql sev:high,low"),
        ("sev>=high sql", "sev", set(), "sql"),
        ("sev>=high sql", "sev", ALL_SEVERITIES, "sql"),
        ("fil:x", "status", {FindingStatus.OPEN}, "fil:x status:open"),
        ("", "status", set(FindingStatus) - {FindingStatus.DISMISSED}, "-status:dismissed"),
        ("is:repeat is:confirmed", "is", set(), "is:repeat"),
        ("source:ai", "source", {Source.AI, Source.STATIC}, "source:ai,static"),
    ],
)
def test_chips_write_the_shortest_text(
    text: str, field: str, words: set[Severity], written: str
) -> None:
    assert with_words(text, field, words) == written


@given(st.sets(st.sampled_from(Severity), min_size=1), st.sets(st.sampled_from(Source), min_size=1))
def test_what_chips_write_means_what_was_chosen(
    severities: set[Severity], sources: set[Source]
) -> None:
    text = with_words(with_words("sql", "sev", severities), "source", sources)
    wanted = parse_filter(text)
    assert wanted.severities == severities
    assert wanted.sources == sources


@pytest.mark.parametrize(
    ("text", "path", "written"),
    [
        ("", "shop/api/orders.py", "file:shop/api/orders.py"),
        ("sev>=high file:*.go -file:x", "a b(1).py", 'sev>=high file:"a b(1).py"'),
        ("", 'odd"name.py', "file:odd?name.py"),
        ("", "app/[id]/page.tsx", 'file:"app/?id]/page.tsx"'),
    ],
)
def test_a_file_replaces_other_files(text: str, path: str, written: str) -> None:
    assert filter_writing.with_only(text, "file", path) == written
    assert parse_filter(written).patterns


def test_a_text_tells_which_fields_it_asks_by() -> None:
    assert filter_writing.has_field("sql severity:high", "sev")
    assert not filter_writing.has_field("sql status:open", "sev")


@pytest.mark.parametrize(
    ("text", "term", "written"),
    [
        ("sql", "has:fix", "sql has:fix"),
        ("sql HAS:fix", "has:fix", "sql"),
        ("-has:fix sql", "has:fix", "sql has:fix"),
        ("is:confirmed is:new", "is:new", "is:confirmed"),
    ],
)
def test_a_term_is_taken_in_or_out(text: str, term: str, written: str) -> None:
    assert filter_writing.without_or_with(text, term) == written
    assert filter_writing.has_term(written, term) is not filter_writing.has_term(text, term)


@pytest.mark.parametrize("text", TERMS)
def test_what_is_written_again_means_the_same(text: str) -> None:
    for written in (text, f"-{text}", f"{text} -{text}"):
        wanted = parse_filter(written)
        assert parse_filter(filter_text(wanted)) == wanted


@given(st.lists(st.sampled_from([*TERMS, *(f"-{term}" for term in TERMS)]), max_size=5))
def test_any_row_of_terms_written_again_means_the_same(terms: list[str]) -> None:
    wanted = parse_filter(" ".join(terms))
    assert parse_filter(filter_text(wanted)) == wanted


@given(st.text(alphabet='ab"-:<>=!, sevtusinflrphow*[|(é', max_size=30))
def test_any_text_that_is_valid_is_written_again_with_its_meaning(text: str) -> None:
    try:
        wanted = parse_filter(text)
    except filter_language.FilterError:
        return
    assert parse_filter(filter_text(wanted)) == wanted


@pytest.mark.parametrize("field", filter_language.CLOSED_FIELDS)
def test_a_field_is_asked_by_and_widened(field: str) -> None:
    closed, words = filter_language.CLOSED_FIELDS[field], filter_language.words_of(field)
    wanted = parse_filter(f"{field}:{words[0].value}")
    assert closed.passing(wanted) == {words[0]}
    assert closed.widened(wanted) == Filter()
    assert closed.word_of(make_finding()) in words


# -- filters of late come back newest first, and a damaged memory has none --


def test_what_is_used_again_comes_first_once() -> None:
    kept = with_recent(with_recent('["a", "b"]', "b "), "  ")
    assert filter_writing.read_recent(kept) == ["b", "a"]


def test_few_are_kept() -> None:
    kept = ""
    for number in range(filter_writing.MOST_REMEMBERED + 5):
        kept = with_recent(kept, f"title:{number}")
    assert len(filter_writing.read_recent(kept)) == filter_writing.MOST_REMEMBERED
    assert with_recent("", "x" * 1000) == "[]"


@pytest.mark.parametrize("kept", ["", "{", "7", '{"a": 1}', "[" * 100_000, "[1, null]"])
def test_a_damaged_memory_has_none(kept: str) -> None:
    assert filter_writing.read_recent(kept) == []
