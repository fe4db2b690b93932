"""What is news of a finding, in words."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from heimdall_desktop.domain.facts.change import FindingAdded
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity
from heimdall_desktop.domain.facts.seen import SeenFindings
from heimdall_desktop.presentation.labels import MASK
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.presentation.seen_text import NewsText, news_counts, news_text
from tests.fakes.findings import finding_id, make_finding

FRIDAY = datetime.fromisoformat("2026-07-03T16:20:00+02:00")
MONDAY = datetime.fromisoformat("2026-07-06T08:30:00+02:00")


def seen_and(after: Finding, before: Finding, *, is_masked: bool = False) -> NewsText | None:
    """Return the words for a finding that was seen on Friday, on Monday."""
    seen, mask = SeenFindings(), Mask()
    seen.see([before], FRIDAY)
    seen.take([FindingAdded(after)], MONDAY, lambda *_: False)
    mask.turn([], is_on=is_masked)
    return news_text(seen, after, MONDAY, mask)


OTHER: dict[str, Any] = {"severity": Severity.OTHER, "severity_text": "a\u202eb"}


@pytest.mark.parametrize(
    ("before", "after", "words", "brief"),
    [
        ({"severity": Severity.MEDIUM}, {}, "severity medium \u2192 high", "medium \u2192 high"),
        ({}, {"status": FindingStatus.CONFIRMED}, "confirmed elsewhere", "confirmed"),
        ({}, {"status": FindingStatus.DISMISSED}, "dismissed elsewhere", "dismissed"),
        ({}, {"status": FindingStatus.FIXED}, "marked as fixed elsewhere", "fixed"),
        (
            {},
            {"status": FindingStatus.FALSE_POSITIVE},
            "status open \u2192 false positive",
            "open \u2192 false positive",
        ),
        ({"status": FindingStatus.FIXED}, {}, "status fixed \u2192 open", "fixed \u2192 open"),
        (
            {},
            {"poc_validated": True},
            "verdict unverified \u2192 confirmed",
            "unverified \u2192 confirmed",
        ),
        (
            {"file_path": "x/a.py", "line_start": 10},
            {"file_path": "y/b.py", "line_start": 12},
            "moved from a.py:10 to b.py:12",
            "moved",
        ),
        (
            {"file_path": "x/a.py"},
            {"file_path": "y/a.py"},
            "moved from x/a.py:88 to y/a.py:88",
            "moved",
        ),
        (
            {"line_end": 90},
            {"line_end": 91},
            "moved from orders.py:88\u201390 to orders.py:88\u201391",
            "moved",
        ),
        (
            {"severity": Severity.LOW},
            {"line_start": 3, "status": FindingStatus.CONFIRMED},
            "severity low \u2192 high, confirmed elsewhere, moved from orders.py:88 to orders.py:3",
            "low \u2192 high, confirmed, moved",
        ),
        (OTHER, {}, "severity a\ufffdb \u2192 high", "a\ufffdb \u2192 high"),
    ],
)
def test_a_change_is_named(
    before: dict[str, Any], after: dict[str, Any], words: str, brief: str, berlin: None
) -> None:
    text = seen_and(make_finding(1, **after), make_finding(1, **before))
    assert text is not None
    assert text.forms == (f"{words} since Friday 16:20", words, brief)
    first, _, others = words.partition(", ")
    more = f"Also: {others}." if others else ""
    assert (text.sentence, text.more) == (f"Since Friday 16:20: {first}.", more)


def test_nothing_is_named_while_presenting() -> None:
    before = make_finding(1, file_path="secret/a.py", **OTHER)
    text = seen_and(make_finding(1, file_path="secret/b.py"), before, is_masked=True)
    assert text is not None
    assert text.forms[1] == f"severity {MASK} \u2192 high, moved"


@pytest.mark.parametrize(
    ("days", "time"), [(0, "08:30"), (1, "Sunday 08:30"), (6, "Tuesday 08:30"), (7, "29 Jun 08:30")]
)
def test_a_new_finding_says_since_when_it_is_there(days: int, time: str, berlin: None) -> None:
    seen, row = SeenFindings(), make_finding(1, created_at=MONDAY - timedelta(days=days))
    assert news_text(seen, row, MONDAY, Mask()) is None
    seen.mark(finding_id(1), row.scan_id)
    assert news_text(seen, row, MONDAY, Mask()) == NewsText(
        (f"new since {time}", "new"), f"New since {time}."
    )


def test_news_are_counted_in_words_that_become_shorter() -> None:
    assert news_counts(0) == ()
    assert news_counts(1200) == ("1\u00a0200 new or changed", "1.2k")
