"""The filter language means what it says, names its mistakes at their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts import finding
from heimdall_desktop.domain.filters import filter, filter_language
from heimdall_desktop.domain.filters.filter_terms import Place, terms_of
from tests.fakes.findings import FOUND_AT, make_finding

C, H, M, L, OTHER = finding.Severity


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
def test_severities(text: str, severities: set[finding.Severity]) -> None:
    assert filter_language.parse_filter(text) == filter.Filter(severities=frozenset(severities))


def test_status_source_and_verdict() -> None:
    wanted = filter_language.parse_filter("status:open,false-positive source:ai is:confirmed")
    assert wanted.statuses == {finding.FindingStatus.OPEN, finding.FindingStatus.FALSE_POSITIVE}
    assert wanted.sources == {finding.Source.AI}
    assert wanted.verdicts == {finding.Verdict.CONFIRMED}
    assert (
        finding.FindingStatus.DISMISSED
        not in filter_language.parse_filter("-status:dismissed").statuses
    )


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("", filter.FOLDED),
        ("sev>=high is:confirmed repeat", filter.FOLDED),
        ("is:repeat", filter.ONLY_REPEATS),
        ("VERDICT:Repeats", filter.ONLY_REPEATS),
        ("-is:repeat", filter.FOLDED),
        ("show:repeats", filter.ALL_ROWS),
        ("show:repeat sql", filter.ALL_ROWS),
        ("-show:repeats", filter.FOLDED),
        ("show:repeats is:repeat", filter.ONLY_REPEATS),
        ("-is:repeat show:repeats", filter.FOLDED),
        ("is:repeat -is:repeat", frozenset()),
    ],
)
def test_t09_repeats_stay_folded_unless_a_term_is_about_them(
    text: str, repeats: frozenset[bool]
) -> None:
    assert filter_language.parse_filter(text).repeats == repeats


def test_t09_repeats_go_with_any_verdict() -> None:
    wanted = filter_language.parse_filter("is:repeat is:withdrawn")
    assert wanted == filter.Filter(
        verdicts=frozenset({finding.Verdict.WITHDRAWN}), repeats=filter.ONLY_REPEATS
    )


def test_words_phrases_files_and_cwes() -> None:
    wanted = filter_language.parse_filter(
        'sql "two words" -test file:*.py,*.js -path:vendor cwe:89 cwe:CWE-79'
    )
    assert wanted.patterns == (
        filter.Pattern(Place.ANYWHERE, ("sql",)),
        filter.Pattern(Place.ANYWHERE, ("two words",)),
        filter.Pattern(Place.ANYWHERE, ("test",), is_excluded=True),
        filter.Pattern(Place.FILE, ("*.py", "*.js")),
        filter.Pattern(Place.FILE, ("vendor",), is_excluded=True),
        filter.Pattern(Place.CWE, ("89",)),
        filter.Pattern(Place.CWE, ("79",)),
    )


def test_quoted_values_keep_blanks_and_commas() -> None:
    assert filter_language.parse_filter('file:"my, file.py"').patterns == (
        filter.Pattern(Place.FILE, ("my, file.py",)),
    )


@pytest.mark.parametrize("text", ["", "   ", '""', '"', "-"])
def test_what_holds_no_word_asks_nothing(text: str) -> None:
    assert filter_language.parse_filter(text) == filter.Filter()


@given(st.text(alphabet='ab"-:<>=!, sevtusinflrphow*[|(', max_size=30))
def test_any_text_is_a_filter_or_a_mistake_inside_it(text: str) -> None:
    assert "".join(term.text for term in terms_of(text)).replace(" ", "") == text.replace(" ", "")
    mistake = _mistake(text)
    assert mistake is None or mistake[1] > 0


def _mistake(text: str) -> tuple[int, int] | None:
    try:
        filter_language.parse_filter(text)
    except filter_language.FilterError as error:
        mistake = error
    else:
        return None
    assert 0 <= mistake.position < mistake.position + mistake.length <= len(text)
    return (mistake.position, len(text[mistake.position :][: mistake.length].strip()))


@given(
    st.text(max_size=40),
    st.sampled_from(filter_language.FIELDS),
    st.sampled_from([":", ">=", "!=", "<"]),
)
def test_any_value_of_any_field_is_understood_or_explained(
    value: str, field: str, operator: str
) -> None:
    _mistake(f"{field}{operator}{value}")


# One term of each kind, all of them valid.
TERMS = [
    *("sev>=high", "sev:critical,low", "sev!=low", "conf>=medium", "conf:low", "status:open,fixed"),
    *("source:ai", "stage:hunt", "stage:taint,config", "is:confirmed", "is:unverified,withdrawn"),
    *("is:open", "is:open,proven", "is:new", "is:repeat", "show:repeats", "has:fix", "has:cwe"),
    *("change:new", "change:new,changed", "-change:still", "is:snoozed"),
    *("has:fix,proof", "has:references", "has:reasoning,advisory,flow", "file:*.py,*.js"),
    *(
        'file:"my, file.py"',
        "cwe:89,CWE-79",
        "title:sql",
        'desc:"two words"',
        "id:0198",
        "fp:taint-",
    ),
    *("line:88", "line:80-92", "line>=80", "line<20", "scan:payments", "new:10m", "new:1d,2h"),
    *("since:14:00", "since:2026-07-04", "since:yesterday", "sql", '"sql injection"', "a,b"),
    *('"or"', '"-x"', '"sev:high"', "https", '"https://x"', "*", '"(a)"', "-"),
]


@pytest.mark.parametrize("text", TERMS)
def test_every_kind_of_term_is_understood(text: str) -> None:
    assert (filter_language.parse_filter(text) == filter.Filter()) is (text == "-")


def test_ordered_words_are_compared_and_left_out() -> None:
    assert filter_language.parse_filter("conf>=medium").confidences == {
        finding.Confidence.HIGH,
        finding.Confidence.MEDIUM,
    }
    assert filter_language.parse_filter("sev!=low") == filter_language.parse_filter("-sev:low")
    assert filter_language.parse_filter("-sev!=low") == filter_language.parse_filter("sev:low")


def test_words_may_be_cut_short_while_they_are_clear() -> None:
    assert filter_language.parse_filter("sev:crit,med").severities == {C, M}
    assert filter_language.parse_filter("status:fp source:deps").statuses == {
        finding.FindingStatus.FALSE_POSITIVE
    }
    assert filter_language.parse_filter("source:deps").sources == {finding.Source.DEPENDENCIES}
    assert filter_language.parse_filter("stage:taint").stages == {
        filter.FindingStage.TAINT_ANALYSIS
    }


def test_states_of_several_kinds_are_one_of() -> None:
    assert filter_language.parse_filter("is:open,proven").patterns == (
        filter.Pattern(Place.IS, ("open", "proven")),
    )


def test_new_and_fixable_are_separate_conditions() -> None:
    wanted = filter_language.parse_filter("is:new -has:fix is:open")
    assert (wanted.news, wanted.fixes) == (frozenset({True}), frozenset({False}))
    assert filter_language.parse_filter("has:fix,proof").fixes == filter.EITHER


def test_snoozed_findings_pass_only_if_requested() -> None:
    awake, snoozed = make_finding(1), make_finding(2, snoozed_until=FOUND_AT)

    def passing(text: str) -> list[bool]:
        return [filter_language.parse_filter(text).matches(each) for each in (awake, snoozed)]

    assert passing("") == passing("-is:snoozed") == passing("show:repeats") == [True, False]
    assert passing("is:snoozed") == passing("is:snoozed sev:high") == [False, True]
    assert passing("is:snoozed -is:snoozed") == passing("is:snoozed sev:low") == [False, False]


def test_commas_mean_or_everywhere() -> None:
    assert filter_language.parse_filter('sql,"a, b"').patterns == (
        filter.Pattern(Place.ANYWHERE, ("sql", "a, b")),
    )


def test_mistakes_come_with_a_remedy() -> None:
    def mended(text: str) -> str:
        with pytest.raises(filter_language.FilterError) as caught:
            filter_language.parse_filter(text)
        error = caught.value
        return text[: error.position] + error.remedy + text[error.position + error.length :]

    assert mended("a fil:*.py b") == "a file:*.py b"
    assert mended("-sev:hihg") == "-sev:high"
    assert mended("new:10") == "new:10m"
    assert mended("x or y") == 'x "or" y'
    assert mended("http://x") == '"http://x"'
    assert mended("status>open") == "status:open"


def test_every_closed_set_has_words() -> None:
    assert [word.value for word in filter_language.words_of("stage")] == [
        stage.value for stage in filter.FindingStage
    ]
    assert filter_language.words_of("file") == ()


@pytest.mark.parametrize(
    ("text", "is_unfinished"),
    [
        *[(text, True) for text in ("sev>=", "new:5", "since:1", "since:14:0", "since:2026-07-0")],
        *[(text, True) for text in ("status:f", "has:p", "show:rep", "cwe:CWE-")],
        *[(text, False) for text in ("sev:hihg", "new:soon", "since:25:00", "fil:*", "show:x")],
    ],
)
def test_what_may_still_become_a_value_is_only_unfinished(text: str, is_unfinished: bool) -> None:
    with pytest.raises(filter_language.FilterError) as caught:
        filter_language.parse_filter(text)
    assert caught.value.is_unfinished is is_unfinished


# -- a text is divided into terms and values, each at its position --


def test_values_know_their_place() -> None:
    text = 'sql -Severity!=high,"very low",'
    _, term = terms_of(text)
    assert (term.known_field, term.operator, term.is_excluded) == ("sev", "!=", False)
    assert [value.text for value in term.values] == ["high", "very low"]
    assert [text[v.position :][: v.length] for v in term.values] == ["high", '"very low"']


@given(st.text(max_size=40))
def test_terms_hold_all_of_a_text_but_its_blanks(text: str) -> None:
    for term in terms_of(text):
        assert text[term.position :].startswith(term.text)
        assert term.text.endswith(term.value)
    assert "".join("".join(term.text.split()) for term in terms_of(text)) == "".join(text.split())
