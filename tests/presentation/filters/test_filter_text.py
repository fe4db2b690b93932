"""A mistake in a filter is named at its place, with what was probably meant."""

import pytest

from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.filters.filter_mistakes import FilterError
from heimdall_desktop.presentation.filters.filter_text import mistake_text


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
        (
            "is:repeat,open",
            0,
            14,
            "repeat can't be combined with other values. Write is:repeat is:open.",
        ),
        ("show:all", 5, 3, "all can't be shown. Did you mean show:repeats?"),
        ("show>repeats", 0, 12, "show doesn't support < or >. Write show:repeats"),
        ("show:", 0, 5, "A value is missing after show:"),
        ("sev>=", 0, 5, "A value is missing after sev>="),
        ("sev>=high,low", 0, 13, ">= takes one severity. Write sev>=high."),
        ("conf>high,low", 0, 13, "> takes one confidence. Write conf>high."),
        ("sev:high,hihg", 9, 4, "hihg isn't a severity. Did you mean sev:high?"),
        (
            "status:f",
            7,
            1,
            "f isn't a status. Did you mean status:fixed or status:false_positive?",
        ),
        ("has:fixx", 4, 4, "fixx isn't a part of a finding. Did you mean has:fix?"),
        ("stage:tyr", 6, 3, "tyr isn't a stage that produces findings. Did you mean stage:"),
        ("is:new,open", 0, 11, "new can't be combined with other values. Write is:new is:open."),
        (
            "is:snoozed,open",
            0,
            15,
            "snoozed can't be combined with other values. Write is:snoozed is:open.",
        ),
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
)
def test_a_mistake_is_named_at_its_place(
    text: str, position: int, length: int, message: str
) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(text)
    assert (caught.value.position, caught.value.length) == (position, length)
    assert mistake_text(caught.value).startswith(message)
