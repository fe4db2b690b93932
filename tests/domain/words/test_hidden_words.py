"""What a filter hides is told with its number, and with what is critical in it."""

import pytest

from heimdall_desktop.domain.words.hidden_words import hidden_words


@pytest.mark.parametrize(
    ("hidden", "criticals", "told"),
    [
        (0, 0, ""),
        (1, 0, "1 finding is hidden by this filter."),
        (1088, 0, "1\u00a0088 findings are hidden by this filter."),
        (10, 2, "10 findings are hidden by this filter, 2 of them critical."),
        (3, 3, "3 findings are hidden by this filter, all of them critical."),
        (1, 1, "1 critical finding is hidden by this filter."),
    ],
)
def test_hidden_findings_are_told(hidden: int, criticals: int, told: str) -> None:
    assert hidden_words(hidden, criticals) == told
