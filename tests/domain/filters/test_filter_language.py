"""The filter language means what it says, names its mistakes at their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts import finding
from heimdall_desktop.domain.filters import filter, filter_language
from heimdall_desktop.domain.filters.filter_language import FilterError, parse_filter, words_of
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
    assert parse_filter(text) == filter.Filter(severities=frozenset(severities))


def test_status_source_and_verdict() -> None:
    wanted = parse_filter("status:open,false-positive source:ai is:confirmed")
    assert wanted.statuses == {finding.FindingStatus.OPEN, finding.FindingStatus.FALSE_POSITIVE}
    assert wanted.sources == {finding.Source.AI}
    assert wanted.verdicts == {finding.Verdict.CONFIRMED}
    others = parse_filter("-status:dismissed").statuses
    assert finding.FindingStatus.DISMISSED not in others


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
    assert parse_filter(text).repeats == repeats


def test_t09_repeats_go_with_any_verdict() -> None:
    withdrawn = frozenset({finding.Verdict.WITHDRAWN})
    wanted = filter.Filter(verdicts=withdrawn, repeats=filter.ONLY_REPEATS)
    assert parse_filter("is:repeat is:withdrawn") == wanted


@pytest.mark.parametrize(
    ("text", "place", "words", "is_excluded"),
    [
        ("sql", Place.ANYWHERE, ("sql",), False),
        ('"two words"', Place.ANYWHERE, ("two words",), False),
        ('sql,"a, b"', Place.ANYWHERE, ("sql", "a, b"), False),
        ("-test", Place.ANYWHERE, ("test",), True),
        ("file:*.py,*.js", Place.FILE, ("*.py", "*.js"), False),
        ("-path:vendor", Place.FILE, ("vendor",), True),
        ('file:"my, file.py"', Place.FILE, ("my, file.py",), False),
        ("cwe:89,CWE-79", Place.CWE, ("89", "79"), False),
        ("is:open,proven", Place.IS, ("open", "proven"), False),
    ],
)
def test_words_phrases_files_cwes_and_states(
    text: str, place: Place, words: tuple[str, ...], *, is_excluded: bool
) -> None:
    pattern = filter.Pattern(place, words, is_excluded)
    assert parse_filter(text).patterns == (pattern,)
    assert parse_filter(f"{text} x").patterns == (pattern, filter.Pattern(Place.ANYWHERE, ("x",)))


@pytest.mark.parametrize("text", ["", "   ", '""', '"', "-"])
def test_what_holds_no_word_asks_nothing(text: str) -> None:
    assert parse_filter(text) == filter.Filter()


@given(st.text(alphabet='ab"-:<>=!, sevtusinflrphow*[|(', max_size=30))
def test_any_text_is_a_filter_or_a_mistake_inside_it(text: str) -> None:
    assert "".join(term.text for term in terms_of(text)).replace(" ", "") == text.replace(" ", "")
    mistake = _mistake(text)
    assert mistake is None or mistake[1] > 0


def _mistake(text: str) -> tuple[int, int] | None:
    try:
        parse_filter(text)
    except FilterError as error:
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
    *("change:new", "change:new,changed", "-change:still", "is:snoozed", "proposed:any"),
    "reason:test-code,none",
    *("has:fix,proof", "has:references", "has:reasoning,advisory,flow", "file:*.py,*.js"),
    *('file:"my, file.py"', "cwe:89,CWE-79", "title:sql", 'desc:"two words"', "id:0198"),
    "fp:taint-",
    *("line:88", "line:80-92", "line>=80", "line<20", "scan:payments", "new:10m", "new:1d,2h"),
    *("since:14:00", "since:2026-07-04", "since:yesterday", "sql", '"sql injection"', "a,b"),
    *('"or"', '"-x"', '"sev:high"', "https", '"https://x"', "*", '"(a)"', "-"),
]


@pytest.mark.parametrize("text", TERMS)
def test_every_kind_of_term_is_understood(text: str) -> None:
    assert (parse_filter(text) == filter.Filter()) is (text == "-")


def test_ordered_words_are_compared_and_left_out() -> None:
    confidences = {finding.Confidence.HIGH, finding.Confidence.MEDIUM}
    assert parse_filter("conf>=medium").confidences == confidences
    assert parse_filter("sev!=low") == parse_filter("-sev:low")
    assert parse_filter("-sev!=low") == parse_filter("sev:low")


def test_words_may_be_cut_short_while_they_are_clear() -> None:
    assert parse_filter("sev:crit,med").severities == {C, M}
    wanted = parse_filter("status:fp source:deps stage:taint")
    assert wanted.statuses == {finding.FindingStatus.FALSE_POSITIVE}
    assert wanted.sources == {finding.Source.DEPENDENCIES}
    assert wanted.stages == {filter.FindingStage.TAINT_ANALYSIS}


def test_new_and_fixable_are_separate_conditions() -> None:
    wanted = parse_filter("is:new -has:fix is:open")
    assert (wanted.news, wanted.fixes) == (filter.ONLY_NEW, frozenset({False}))
    assert parse_filter("has:fix,proof").fixes == filter.EITHER


def test_snoozed_findings_pass_only_if_requested() -> None:
    awake, snoozed = make_finding(1), make_finding(2, snoozed_until=FOUND_AT)

    def passing(text: str) -> list[bool]:
        return [parse_filter(text).matches(each) for each in (awake, snoozed)]

    assert passing("") == passing("-is:snoozed") == passing("show:repeats") == [True, False]
    assert passing("is:snoozed") == passing("is:snoozed sev:high") == [False, True]
    assert passing("is:snoozed -is:snoozed") == passing("is:snoozed sev:low") == [False, False]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        *(("a fil:*.py b", "a file:*.py b"), ("-sev:hihg", "-sev:high"), ("new:10", "new:10m")),
        *(("x or y", 'x "or" y'), ("http://x", '"http://x"'), ("status>open", "status:open")),
    ],
)
def test_mistakes_come_with_a_remedy(text: str, fixed: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(text)
    error = caught.value
    assert text[: error.position] + error.remedy + text[error.position + error.length :] == fixed


def test_every_closed_set_has_words() -> None:
    assert words_of("stage") == tuple(filter.FindingStage)
    assert words_of("file") == ()


@pytest.mark.parametrize(
    ("text", "is_unfinished"),
    [
        *[(text, True) for text in ("sev>=", "new:5", "since:1", "since:14:0", "since:2026-07-0")],
        *[(text, True) for text in ("status:f", "has:p", "show:rep", "cwe:CWE-")],
        *[(text, False) for text in ("sev:hihg", "new:soon", "since:25:00", "fil:*", "show:x")],
    ],
)
def test_what_may_still_become_a_value_is_only_unfinished(text: str, is_unfinished: bool) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(text)
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
