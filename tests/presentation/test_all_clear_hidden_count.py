"""What a filter hides is told with its number, and with what is critical or withdrawn of it."""

import pytest

from heimdall_desktop.presentation.all_clear import hidden_text


@pytest.mark.parametrize(
    ("hidden", "criticals", "withdrawn", "told"),
    [
        (0, 0, 0, ""),
        (1, 0, 0, "1 finding is hidden by this filter."),
        (1088, 0, 0, "1\u00a0088 findings are hidden by this filter."),
        (10, 2, 0, "10 findings are hidden by this filter, 2 of them critical."),
        (3, 3, 0, "3 findings are hidden by this filter, all of them critical."),
        (1, 1, 0, "1 critical finding is hidden by this filter."),
        (1, 0, 1, "1 withdrawn or fixed finding is hidden by this filter."),
        (10, 0, 2, "10 findings are hidden by this filter, 2 of them withdrawn or fixed."),
        (3, 0, 3, "3 findings are hidden by this filter, all of them withdrawn or fixed."),
        (
            10,
            2,
            3,
            "10 findings are hidden by this filter, 2 of them critical, 3 withdrawn or fixed.",
        ),
    ],
)
def test_hidden_findings_are_told(hidden: int, criticals: int, withdrawn: int, told: str) -> None:
    assert hidden_text(hidden, criticals, withdrawn) == told


def test_scans_that_are_not_compared_are_told_beside_what_is_hidden() -> None:
    assert hidden_text(3, 0, uncompared=2) == (
        "3 findings are hidden by this filter. 2 scans haven't been compared with an earlier one."
    )
    assert hidden_text(1, 0, uncompared=1).endswith(
        " 1 scan hasn't been compared with an earlier one."
    )
    assert hidden_text(0, 0, uncompared=1) == ""


@pytest.mark.parametrize(
    ("hidden", "criticals", "snoozed", "told"),
    [
        (12, 0, 3, "12 findings are hidden by this filter. 3 of them are snoozed."),
        (
            12,
            2,
            1,
            "12 findings are hidden by this filter, 2 of them critical. 1 of them is snoozed.",
        ),
        (3, 0, 3, "3 findings are snoozed."),
        (3, 1, 3, "3 findings are snoozed, 1 of them critical."),
        (3, 3, 3, "3 findings are snoozed, all of them critical."),
        (1, 0, 1, "1 finding is snoozed."),
        (1, 1, 1, "1 critical finding is snoozed."),
    ],
)
def test_what_is_snoozed_is_named(hidden: int, criticals: int, snoozed: int, told: str) -> None:
    assert hidden_text(hidden, criticals, snoozed=snoozed) == told
