"""Reasons against an all-clear, and the number of hidden findings."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.finding import RepoId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.presentation import all_clear
from tests.fakes.findings import SCAN_ID

BEGAN = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


def completed(
    *, not_scanned: int | None = None, counts: observation.Counts | None = None, **states: str
) -> Scan:
    """A scan that is completed and listed without a row, its stages in the states named."""
    scan = Scan(SCAN_ID, ServerUrl("http://localhost"))
    rows = tuple(
        observation.StageRow(
            name, states.get(name, "completed"), None, BEGAN + timedelta(minutes=n)
        )
        for n, name in enumerate(STAGE_NAMES)
        if states.get(name) != "missing"
    )
    reported = counts or observation.Counts()
    scan.observe(
        observation.ScanRead(
            SCAN_ID, 1, RepoId("r"), "completed", None, None, BEGAN, BEGAN, BEGAN, BEGAN
        )
    )
    scan.observe(
        observation.LiveRead(
            SCAN_ID, 1, "completed", None, None, reported, rows, (), not_scanned=not_scanned
        )
    )
    scan.observe(observation.ListingEnded(SCAN_ID, 2.0, total=0, read=0, is_whole=True))
    return scan


@pytest.mark.parametrize("not_scanned", [None, 0])
def test_a_scan_that_scanned_everything_is_clear(not_scanned: int | None) -> None:
    scan = completed(not_scanned=not_scanned)
    assert scan.is_clear
    assert (
        all_clear.not_scanned_text(scan),
        all_clear.unlisted_text(scan),
        all_clear.not_scanned_note(0),
    ) == ("", "", "")


def test_files_that_no_scanner_takes_are_shown_and_raise_no_doubt() -> None:
    scan, kind = completed(not_scanned=0), "binary or of a type that no scanner supports."
    for count, words in ((0, ""), (1, f"1 file is {kind}"), (12, f"12 files are {kind}")):
        scan.not_taken = count
        assert all_clear.not_taken_text(scan) == words
        assert scan.is_clear


@pytest.mark.parametrize(
    ("count", "words", "note"),
    [
        (1, "1 file was not scanned.", "1 file not scanned"),
        (4, "4 files were not scanned.", "4 files not scanned"),
        (2**31 + 1, "2 147 483 649 files were not scanned.", "2 147 483 649 files not scanned"),
    ],
)
def test_files_that_were_not_scanned_are_no_all_clear(count: int, words: str, note: str) -> None:
    scan = completed(not_scanned=count)
    assert scan.is_checked_to_the_end
    assert not scan.is_clear
    assert all_clear.not_scanned_text(scan).replace("\u00a0", " ") == words
    assert all_clear.not_scanned_note(scan.not_scanned or 0).replace("\u00a0", " ") == note


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (observation.Counts(3, 1, 1, 1), "The server counts 3 findings, but lists none."),
        (observation.Counts(1), "The server counts 1 finding, but lists none."),
        (observation.Counts(0, critical=2), "The server counts 2 findings, but lists none."),
    ],
)
def test_findings_that_are_counted_and_not_listed_are_no_all_clear(
    counts: observation.Counts, words: str
) -> None:
    scan = completed(counts=counts)
    assert not scan.is_checked_to_the_end
    assert not scan.is_clear
    assert all_clear.unlisted_text(scan) == words


@pytest.mark.parametrize(
    ("states", "words", "is_clear"),
    [
        ({}, "All nine stages ran.", True),
        ({"hunt": "running"}, "All nine stages ran.", True),  # it was never closed
        ({"tyr": "skipped", "hunt": "skipped"}, "All stages ran except Tyr and Hunt (skipped).",
         True),
        ({"garmr": "missing"}, "8 of 9 stages ran; not reported: Garmr.", True),
        (dict.fromkeys(STAGE_NAMES, "missing"), "No stages were reported.", True),
        ({"static_analysis": "failed", "tyr": "skipped"},
         "7 of 9 stages completed; Static analysis didn't.", False),
        ({"static_analysis": "cancelled", "tyr": "skipped"},
         "7 of 9 stages completed; Static analysis didn't.", False),
    ],
)  # fmt: skip
def test_all_nine_stages_ran_only_if_nine_ran(states: Any, words: str, is_clear: bool) -> None:
    scan = completed(**states)
    assert (all_clear.stages_text(scan), scan.is_clear) == (words, is_clear)


# -- What a filter hides is shown with its number, and with what is critical or withdrawn of it --


@pytest.mark.parametrize(
    ("hidden", "criticals", "withdrawn", "reported"),
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
        (10, 2, 3,
         "10 findings are hidden by this filter, 2 of them critical, 3 withdrawn or fixed."),
    ],
)  # fmt: skip
def test_hidden_findings_are_shown(
    hidden: int, criticals: int, withdrawn: int, reported: str
) -> None:
    assert all_clear.hidden_text(hidden, criticals, withdrawn) == reported


def test_scans_that_are_not_compared_are_shown_beside_what_is_hidden() -> None:
    assert all_clear.hidden_text(3, 0, uncompared=2) == (
        "3 findings are hidden by this filter. 2 scans haven't been compared with an earlier one."
    )
    assert all_clear.hidden_text(1, 0, uncompared=1).endswith(
        " 1 scan hasn't been compared with an earlier one."
    )
    assert all_clear.hidden_text(0, 0, uncompared=1) == ""


@pytest.mark.parametrize(
    ("hidden", "criticals", "snoozed", "reported"),
    [
        (12, 0, 3, "12 findings are hidden by this filter. 3 of them are snoozed."),
        (12, 2, 1,
         "12 findings are hidden by this filter, 2 of them critical. 1 of them is snoozed."),
        (3, 0, 3, "3 findings are snoozed."),
        (3, 1, 3, "3 findings are snoozed, 1 of them critical."),
        (3, 3, 3, "3 findings are snoozed, all of them critical."),
        (1, 0, 1, "1 finding is snoozed."),
        (1, 1, 1, "1 critical finding is snoozed."),
    ],
)  # fmt: skip
def test_what_is_snoozed_is_named(hidden: int, criticals: int, snoozed: int, reported: str) -> None:
    assert all_clear.hidden_text(hidden, criticals, snoozed=snoozed) == reported
