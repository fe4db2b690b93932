"""No finding means that there is none only if everything was looked at."""

from datetime import UTC, datetime, timedelta

import pytest

from heimdall_desktop.domain.facts.finding import RepoId
from heimdall_desktop.domain.facts.observation import (
    Counts,
    ListingEnded,
    LiveRead,
    ScanRead,
    StageRow,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.presentation.all_clear import (
    not_taken_text,
    stages_text,
    unlisted_text,
    unlooked_note,
    unlooked_text,
)
from tests.fakes.findings import SCAN_ID

BEGAN = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


def completed(*, unlooked: int | None = None, counts: Counts | None = None, **states: str) -> Scan:
    """A scan that is completed and listed without a row, its stages in the states named."""
    scan = Scan(SCAN_ID, ServerUrl("http://localhost"))
    rows = tuple(
        StageRow(name, states.get(name, "completed"), None, BEGAN + timedelta(minutes=n))
        for n, name in enumerate(STAGE_NAMES)
        if states.get(name) != "missing"
    )
    told = counts or Counts()
    scan.observe(
        ScanRead(SCAN_ID, 1, RepoId("r"), "completed", None, None, BEGAN, BEGAN, BEGAN, BEGAN)
    )
    scan.observe(LiveRead(SCAN_ID, 1, "completed", None, None, told, rows, (), unlooked=unlooked))
    scan.observe(ListingEnded(SCAN_ID, 2.0, total=0, read=0, is_whole=True))
    return scan


@pytest.mark.parametrize("unlooked", [None, 0])
def test_a_scan_that_looked_at_everything_is_clear(unlooked: int | None) -> None:
    scan = completed(unlooked=unlooked)
    assert scan.is_clear
    assert (unlooked_text(scan), unlisted_text(scan), unlooked_note(0)) == ("", "", "")


def test_files_that_no_scanner_takes_are_told_and_raise_no_doubt() -> None:
    scan = completed(unlooked=0)
    assert not_taken_text(scan) == ""
    scan.not_taken = 1
    assert not_taken_text(scan) == "1 file is binary or of a type that no scanner supports."
    scan.not_taken = 12
    assert not_taken_text(scan) == "12 files are binary or of a type that no scanner supports."
    assert scan.is_clear


@pytest.mark.parametrize(
    ("count", "words", "note"),
    [
        (1, "1 file was not scanned.", "1 file not scanned"),
        (4, "4 files were not scanned.", "4 files not scanned"),
        (2**31 + 1, "2 147 483 649 files were not scanned.", "2 147 483 649 files not scanned"),
    ],
)
def test_files_that_were_not_looked_at_are_no_all_clear(count: int, words: str, note: str) -> None:
    scan = completed(unlooked=count)
    assert scan.is_checked_to_the_end
    assert not scan.is_clear
    assert unlooked_text(scan).replace("\u00a0", " ") == words
    assert unlooked_note(scan.unlooked or 0).replace("\u00a0", " ") == note


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Counts(3, 1, 1, 1), "The server counts 3 findings, but lists none."),
        (Counts(1), "The server counts 1 finding, but lists none."),
        (Counts(0, critical=2), "The server counts 2 findings, but lists none."),
    ],
)
def test_findings_that_are_counted_and_not_listed_are_no_all_clear(
    counts: Counts, words: str
) -> None:
    scan = completed(counts=counts)
    assert not scan.is_checked_to_the_end
    assert not scan.is_clear
    assert unlisted_text(scan) == words


def test_all_nine_stages_ran_only_if_nine_ran() -> None:
    assert stages_text(completed()) == "All nine stages ran."
    assert stages_text(completed(hunt="running")) == "All nine stages ran."  # never closed
    skipped = completed(tyr="skipped", hunt="skipped")
    assert stages_text(skipped) == "All stages ran except Tyr and Hunt (skipped)."
    untold = completed(garmr="missing")
    assert stages_text(untold) == "8 of 9 stages ran; not reported: Garmr."
    assert untold.is_clear
    none = Scan(SCAN_ID, ServerUrl("http://localhost"))
    assert stages_text(none) == "No stages were reported."


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_a_stage_that_did_not_end_well_is_no_all_clear(state: str) -> None:
    scan = completed(static_analysis=state, tyr="skipped")
    assert not scan.is_clear
    assert stages_text(scan) == "7 of 9 stages completed; Static analysis didn't."
