"""Completion offers what may stand at the cursor, and puts it in so that it is understood."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import FIELDS, parse_filter
from heimdall_desktop.presentation.filters.filter_text import (
    Completion,
    complete,
    recent_offers,
)

COUNTS = {
    "sev": Counter({"high": 58, "critical": 9}),
    "file": Counter({"shop/api/orders.py": 3, "orders.py": 2, "my, file.py": 1}),
    "cwe": Counter({"89": 4, "79": 1}),
}


def offers(text: str) -> list[str]:
    return [offer.shown for offer in complete(text, len(text), COUNTS).offers]


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
    by_word = {offer.shown: offer.count for offer in complete("sev:", 4, COUNTS).offers}
    assert (by_word["critical"], by_word["low"]) == (9, 0)
    assert complete("is:", 3, COUNTS).offers[0].count is None


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
    completion = complete(text, cursor, COUNTS)
    put, after = completion.applied(text, completion.offers[0])
    assert f"{put[:after]}|{put[after:]}" == written


def test_a_quote_in_a_value_does_no_harm() -> None:
    completion = complete("file:a", 6, {"file": Counter({'a"b.py': 1})})
    text, _ = completion.applied("file:a", completion.offers[0])
    assert parse_filter(text) != Filter()


def test_recent_filters_replace_everything() -> None:
    completion = recent_offers(["sev>=high sql"])
    assert completion.applied("", completion.offers[0]) == ("sev>=high sql ", 14)


@given(st.text(max_size=30), st.integers(0, 30))
def test_any_text_has_a_completion_inside_it(text: str, cursor: int) -> None:
    at = min(cursor, len(text))
    completion = complete(text, at, COUNTS)
    assert completion == Completion() or completion.start <= completion.end == at
