"""A mistake in a filter is named at its place, with what was probably meant."""

import pytest

from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.filters.filter_mistakes import FilterError
from heimdall_desktop.presentation.filters.filter_text import mistake_text


@pytest.mark.parametrize(
    ("text", "position", "length", "message"),
    [
        ("sql fil:*.py", 4, 8, "fil is not a field. Did you mean file:*.py?"),
        ("sev:hihg", 4, 4, "hihg is not a severity. Did you mean sev:high?"),
        ("sev:h?", 4, 2, "h? is not a severity. Did you mean sev:high?"),
        ("status:opn", 7, 3, "opn is not a status. Did you mean status:open?"),
        ("cwe:x", 4, 1, "x is no CWE number. Write cwe:89."),
        ("status>open", 0, 11, "status is not ordered. Write status:open"),
        ("is:repeet", 3, 6, "repeet is not a verdict. Did you mean is:repeat?"),
        ("is:repeat,open", 0, 14, "repeat stands alone. Write is:repeat is:open."),
        ("show:all", 5, 3, "all cannot be shown. Did you mean show:repeats?"),
        ("show>repeats", 0, 12, "show is not ordered. Write show:repeats"),
        ("show:", 0, 5, "A value is missing after show:"),
        ("sev>=", 0, 5, "A value is missing after sev>="),
        ("sev>=high,low", 0, 13, ">= takes one severity. Write sev>=high."),
        ("conf>high,low", 0, 13, "> takes one confidence. Write conf>high."),
        ("sev:high,hihg", 9, 4, "hihg is not a severity. Did you mean sev:high?"),
        (
            "status:f",
            7,
            1,
            "f is not a status. Did you mean status:fixed or status:false_positive?",
        ),
        ("has:fixx", 4, 4, "fixx is not a part of a finding. Did you mean has:fix?"),
        ("stage:tyr", 6, 3, "tyr is not a stage that finds anything. Did you mean stage:"),
        ("is:new,open", 0, 11, "new stands alone. Write is:new is:open."),
        ("is:snoozed,open", 0, 15, "snoozed stands alone. Write is:snoozed is:open."),
        ("is:snooze", 3, 6, "snooze is not a verdict. Did you mean is:snoozed?"),
        ("new:10", 4, 2, "10 is no span of time. Write new:10m."),
        ("new:soon", 4, 4, "soon is no span of time. Write new:10m, new:2h or new:1d."),
        ("since:25:00", 6, 5, "25:00 is no moment. Write since:14:00, since:2026-07-04 or"),
        ("line:x", 5, 1, "x is no line. Write line:88, line:80-92 or line>=80."),
        ("line>1-2", 5, 3, "1-2 is no line."),
        ("cwe>80", 0, 6, "cwe is not ordered. Write cwe:80"),
        ("a OR b", 2, 2, "There is no OR between terms: each must hold, commas mean or"),
        ("(a)", 0, 3, 'There are no parentheses. Put "(a)" in quotes'),
        ("a  http://x", 3, 8, 'http is not a field. Put "http://x" in quotes to look for it'),
    ],
)
def test_a_mistake_is_named_at_its_place(
    text: str, position: int, length: int, message: str
) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(text)
    assert (caught.value.position, caught.value.length) == (position, length)
    assert mistake_text(caught.value).startswith(message)
