"""A text falls into terms and values, each at its place."""

from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.filters.filter_terms import terms_of


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
