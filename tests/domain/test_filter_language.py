"""The filter language means what it says, names its mistakes, and is what chips write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.filter_language import (
    FilterError,
    has_field,
    parse_filter,
    terms_of,
    with_repeats,
    with_words,
)
from heimdall_desktop.domain.filters import (
    ALL_ROWS,
    ALL_SEVERITIES,
    FOLDED,
    ONLY_REPEATS,
    Filter,
    Pattern,
    Place,
)
from heimdall_desktop.domain.finding import FindingStatus, Severity, Source, Verdict

C, H, M, L, OTHER = Severity


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("sev>=high", {C, H}),
        ("sev>high", {C}),
        ("sev<=low", {L, OTHER}),
        ("severity<medium", {L, OTHER}),
        ("sev:critical,low", {C, L}),
        ("SEV:Critical", {C}),
        ("-sev>=high", {M, L, OTHER}),
        ("-sev:low", {C, H, M, OTHER}),
        ("sev>=low sev<=high", {H, M, L}),
        ("sev:low sev:high", set()),
    ],
)
def test_severities(text: str, severities: set[Severity]) -> None:
    assert parse_filter(text) == Filter(severities=frozenset(severities))


def test_status_source_and_verdict() -> None:
    wanted = parse_filter("status:open,false-positive source:ai is:confirmed")
    assert wanted.statuses == {FindingStatus.OPEN, FindingStatus.FALSE_POSITIVE}
    assert wanted.sources == {Source.AI}
    assert wanted.verdicts == {Verdict.CONFIRMED}
    assert FindingStatus.DISMISSED not in parse_filter("-status:dismissed").statuses


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("", FOLDED),
        ("sev>=high is:confirmed repeat", FOLDED),
        ("is:repeat", ONLY_REPEATS),
        ("VERDICT:Repeats", ONLY_REPEATS),
        ("-is:repeat", FOLDED),
        ("show:repeats", ALL_ROWS),
        ("show:repeat sql", ALL_ROWS),
        ("-show:repeats", FOLDED),
        ("show:repeats is:repeat", ONLY_REPEATS),
        ("-is:repeat show:repeats", FOLDED),
        ("is:repeat -is:repeat", frozenset()),
    ],
)
def test_t09_repeats_stay_folded_unless_a_term_is_about_them(
    text: str, repeats: frozenset[bool]
) -> None:
    assert parse_filter(text).repeats == repeats


def test_t09_repeats_go_with_any_verdict() -> None:
    wanted = parse_filter("is:repeat is:withdrawn")
    assert wanted == Filter(verdicts=frozenset({Verdict.WITHDRAWN}), repeats=ONLY_REPEATS)


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
    assert with_repeats(text, are_shown=True) == shown
    assert with_repeats(text, are_shown=False) == folded


def test_words_phrases_files_and_cwes() -> None:
    wanted = parse_filter('sql "two words" -test file:*.py,*.js -path:vendor cwe:89 cwe:CWE-79')
    assert wanted.patterns == (
        Pattern(Place.ANYWHERE, ("sql",)),
        Pattern(Place.ANYWHERE, ("two words",)),
        Pattern(Place.ANYWHERE, ("test",), is_excluded=True),
        Pattern(Place.FILE, ("*.py", "*.js")),
        Pattern(Place.FILE, ("vendor",), is_excluded=True),
        Pattern(Place.CWE, ("89",)),
        Pattern(Place.CWE, ("79",)),
    )


def test_quoted_values_keep_blanks_and_commas() -> None:
    assert parse_filter('file:"my, file.py"').patterns == (Pattern(Place.FILE, ("my, file.py",)),)


@pytest.mark.parametrize("text", ["", "   ", '""', '"', "-"])
def test_what_holds_no_word_asks_nothing(text: str) -> None:
    assert parse_filter(text).asks_nothing


@pytest.mark.parametrize(
    ("text", "position", "length", "message"),
    [
        ("sql fil:*.py", 4, 8, "fil is not a field. Did you mean file:*.py?"),
        ("sev:hihg", 0, 8, "hihg is not a severity. Did you mean sev:high?"),
        ("status:opn", 0, 10, "opn is not a status. Did you mean status:open?"),
        ("cwe:x", 0, 5, "x is no CWE number. Write cwe:89."),
        ("status>open", 0, 11, "status is not ordered. Write status:open"),
        ("is:repeet", 0, 9, "repeet is not a verdict. Did you mean is:repeat?"),
        ("is:repeat,open", 0, 14, "repeat stands alone. Write is:repeat is:open."),
        ("show:all", 0, 8, "all cannot be shown. Did you mean show:repeats?"),
        ("show>repeats", 0, 12, "show is not ordered. Write show:repeats"),
        ("show:", 0, 5, "A value is missing after show:"),
        ("sev>=", 0, 5, "A value is missing after sev>="),
        ("sev>=high,low", 0, 13, ">= takes one severity. Write sev>=high."),
        ("a  http://x", 3, 8, 'http is not a field. Put "http://x" in quotes to look for it'),
    ],
)
def test_a_mistake_is_named_at_its_place(
    text: str, position: int, length: int, message: str
) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(text)
    assert (caught.value.position, caught.value.length) == (position, length)
    assert caught.value.message.startswith(message)


@given(st.text(alphabet='ab"-:<>=, sevtusinflrphow*[', max_size=30))
def test_any_text_is_a_filter_or_a_mistake_inside_it(text: str) -> None:
    assert "".join(term.text for term in terms_of(text)).replace(" ", "") == text.replace(" ", "")
    mistake = _mistake(text)
    assert mistake is None or mistake[1] > 0


def _mistake(text: str) -> tuple[int, int] | None:
    try:
        parse_filter(text)
    except FilterError as error:
        return (error.position, len(text[error.position :][: error.length].strip()))
    return None


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


def test_a_text_tells_which_fields_it_asks_by() -> None:
    assert has_field("sql severity:high", "sev")
    assert not has_field("sql status:open", "sev")
