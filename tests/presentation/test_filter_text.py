"""A mistake in a filter is named at its place, with what was probably meant."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import FIELDS, FilterError, parse_filter
from heimdall_desktop.presentation import filter_text


@pytest.mark.parametrize(
    ("text", "position", "length", "message"),
    [
        ("sql fil:*.py", 4, 8, "fil isn't a field. Did you mean file:*.py?"),
        ("sev:hihg", 4, 4, "hihg isn't a severity. Did you mean sev:high?"),
        ("sev:h?", 4, 2, "h? isn't a severity. Did you mean sev:high?"),
        ("status:opn", 7, 3, "opn isn't a status. Did you mean status:open?"),
        ("cwe:x", 4, 1, "x isn't a CWE number. Write cwe:89."),
        ("status>open", 0, 11, "status doesn't support < or >. Write status:open"),
        ("is:repeet", 3, 6, "repeet isn't a verdict. Did you mean is:repeat?"),
        ("is:repeat,open", 0, 14,
         "repeat can't be combined with other values. Write is:repeat is:open."),
        ("show:all", 5, 3, "all can't be shown. Did you mean show:repeats?"),
        ("show>repeats", 0, 12, "show doesn't support < or >. Write show:repeats"),
        ("show:", 0, 5, "A value is missing after show:"),
        ("sev>=", 0, 5, "A value is missing after sev>="),
        ("sev>=high,low", 0, 13, ">= takes one severity. Write sev>=high."),
        ("conf>high,low", 0, 13, "> takes one confidence. Write conf>high."),
        ("sev:high,hihg", 9, 4, "hihg isn't a severity. Did you mean sev:high?"),
        ("status:f", 7, 1, "f isn't a status. Did you mean status:fixed or status:false_positive?"),
        ("has:fixx", 4, 4, "fixx isn't a part of a finding. Did you mean has:fix?"),
        ("stage:tyr", 6, 3, "tyr isn't a stage that produces findings. Did you mean stage:"),
        ("is:new,open", 0, 11, "new can't be combined with other values. Write is:new is:open."),
        ("is:snoozed,open", 0, 15,
         "snoozed can't be combined with other values. Write is:snoozed is:open."),
        ("is:snooze", 3, 6, "snooze isn't a verdict. Did you mean is:snoozed?"),
        ("new:10", 4, 2, "10 isn't a time span. Write new:10m."),
        ("new:soon", 4, 4, "soon isn't a time span. Write new:10m, new:2h or new:1d."),
        ("since:25:00", 6, 5, "25:00 isn't a time. Write since:14:00, since:2026-07-04 or"),
        ("line:x", 5, 1, "x isn't a line number. Write line:88, line:80-92 or line>=80."),
        ("line>1-2", 5, 3, "1-2 isn't a line number."),
        ("cwe>80", 0, 6, "cwe doesn't support < or >. Write cwe:80"),
        ("a OR b", 2, 2, "OR isn't supported between terms. All terms must match; "),
        ("(a)", 0, 3, 'Parentheses aren\'t supported. To search for this text, put "(a)"'),
        ("a  http://x", 3, 8, 'http isn\'t a field. To search for this text, put "http://x"'),
    ],
)  # fmt: skip
def test_a_mistake_is_named_at_its_place(
    text: str, position: int, length: int, message: str
) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(text)
    assert (caught.value.position, caught.value.length) == (position, length)
    assert filter_text.mistake_text(caught.value).startswith(message)


COUNTS = {
    "sev": Counter({"high": 58, "critical": 9}),
    "file": Counter({"shop/api/orders.py": 3, "orders.py": 2, "my, file.py": 1}),
    "cwe": Counter({"89": 4, "79": 1}),
}


def offers(text: str) -> list[str]:
    return [offer.shown for offer in filter_text.complete(text, len(text), COUNTS).offers]


def test_fields_come_first_and_by_their_other_names() -> None:
    assert offers("")[:2] == ["sev>=", "status:"]
    assert len(offers("sql ")) == len(FIELDS)
    assert offers("st") == ["status:", "stage:"]
    assert offers("sever") == ["sev>="]
    assert offers("-fil") == ["file:"]
    assert offers("xyz") == offers('"sev') == []


@pytest.mark.parametrize(
    ("text", "fitting"),
    [
        ("sev>=", ["critical", "high", "medium", "low", "other"]),
        ("sev:hi", ["high"]),
        ("sev:critical,", ["high", "medium", "low", "other"]),
        ("status:pos", ["false_positive"]),
        ("is:ne", ["new"]),
        ("has:re", ["reference", "reasoning"]),
        ("show:", ["repeats"]),
        ("new:", ["10m", "1h", "8h", "1d", "7d"]),
        ("cwe:", ["89", "79"]),
        ("file:orders", ["orders.py", "shop/api/orders.py"]),
        ('file:"my, ', ["my, file.py"]),
        ("line:", []),
        ("sev:high", []),
    ],
)
def test_values_fit_their_field(text: str, fitting: list[str]) -> None:
    assert offers(text) == fitting


def test_words_and_values_are_counted() -> None:
    by_word = {offer.shown: offer.count for offer in filter_text.complete("sev:", 4, COUNTS).offers}
    assert (by_word["critical"], by_word["low"]) == (9, 0)
    assert filter_text.complete("is:", 3, COUNTS).offers[0].count is None


@pytest.mark.parametrize(
    ("text", "cursor", "written"),
    [
        ("sql se", 6, "sql sev>=|"),
        ("sev:cr", 6, "sev:critical |"),
        ("sev:low,cr status:open", 10, "sev:low,critical| status:open"),
        ("-fi", 3, "-file:|"),
        ("file:my", 7, 'file:"my, file.py" |'),
        ('file:"my, f', 11, 'file:"my, file.py" |'),
        ("", 0, "sev>=|"),
    ],
)
def test_an_offer_takes_the_place_of_what_was_typed(text: str, cursor: int, written: str) -> None:
    completion = filter_text.complete(text, cursor, COUNTS)
    put, after = completion.applied(text, completion.offers[0])
    assert f"{put[:after]}|{put[after:]}" == written


def test_a_quote_in_a_value_does_no_harm() -> None:
    completion = filter_text.complete("file:a", 6, {"file": Counter({'a"b.py': 1})})
    text, _ = completion.applied("file:a", completion.offers[0])
    assert parse_filter(text) != Filter()


def test_recent_filters_replace_everything() -> None:
    completion = filter_text.recent_offers(["sev>=high sql"])
    assert completion.applied("", completion.offers[0]) == ("sev>=high sql ", 14)


@given(st.text(max_size=30), st.integers(0, 30))
def test_any_text_has_a_completion_inside_it(text: str, cursor: int) -> None:
    at = min(cursor, len(text))
    completion = filter_text.complete(text, at, COUNTS)
    assert completion == filter_text.Completion() or completion.start <= completion.end == at


# -- the sheet names every field, and every example on it is understood --


def test_every_field_has_a_line() -> None:
    assert {note.field for note in filter_text.FIELD_NOTES} == {"", *FIELDS}


def test_every_example_asks_for_something() -> None:
    for note in filter_text.FIELD_NOTES:
        for example in note.examples:
            assert parse_filter(example) != Filter()
