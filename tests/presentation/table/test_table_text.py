"""Heads of groups and gaps say what they are, and there are views to begin with."""

from datetime import timedelta

import pytest

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, ScanId, Severity, Source
from heimdall_desktop.domain.facts.observation import Gap
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import Group, GroupBy, group_key
from heimdall_desktop.domain.table.ordered_rows import GapRow
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.presentation.table.table_text import (
    DENSITY_COMMANDS,
    DENSITY_TITLES,
    GROUP_COMMANDS,
    GROUP_TITLES,
    first_views,
    gap_consequence,
    gap_text,
    group_note,
    group_sentence,
    group_title,
)
from heimdall_desktop.presentation.time_text import second_text
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding

NAMES = {SCAN_ID: "payments-api"}


def group(by: GroupBy, *rows: Finding) -> Group:
    return Group(by, group_key(by)(rows[0]), list(rows))


def gap(began_s: float, ended_s: float, *, is_lag: bool = False) -> GapRow:
    began, ended = FOUND_AT + timedelta(seconds=began_s), FOUND_AT + timedelta(seconds=ended_s)
    return GapRow(SCAN_ID, Gap(began, ended, is_lag))


def test_every_way_to_arrange_the_table_has_a_name() -> None:
    assert GROUP_TITLES.keys() == GROUP_COMMANDS.keys() == set(GroupBy)
    assert DENSITY_TITLES.keys() == DENSITY_COMMANDS.keys() == set(Density)


def test_the_first_views_ask_for_something() -> None:
    assert [view.name for view in first_views()] == [
        "Open critical and high",
        "New",
        "Confirmed",
        "With a fix",
    ]
    assert all(parse_filter(view.text) != Filter() for view in first_views())


@pytest.mark.parametrize(
    ("by", "fields", "title"),
    [
        (GroupBy.FILE, {}, "orders.py"),
        (GroupBy.FILE, {"file_path": ""}, "No file"),
        (GroupBy.CWE, {"cwe_text": "CWE-89: Injection"}, "CWE-89"),
        (GroupBy.CWE, {"cwe_text": None}, "No CWE"),
        (GroupBy.SOURCE, {"source": Source.OTHER, "source_text": "fuzzer"}, "Fuzzer"),
        (GroupBy.SCAN, {}, "payments-api"),
        (GroupBy.SCAN, {"scan_id": ScanId("0123456789")}, "01234567"),
        (GroupBy.FINGERPRINT, {"fingerprint": "taint-0123456789"}, "taint-012345"),
        (GroupBy.FINGERPRINT, {"fingerprint": ""}, "No fingerprint"),
    ],
)
def test_a_group_is_called_by_what_its_findings_share(
    by: GroupBy, fields: dict[str, object], title: str
) -> None:
    assert group_title(group(by, make_finding(1, **fields)), NAMES) == title


def test_a_file_is_noted_with_its_folder_and_its_scan() -> None:
    files = group(GroupBy.FILE, make_finding(1))
    assert group_note(files, NAMES, has_many_scans=True) == "shop/api  payments-api"


def test_a_group_is_read_as_one_sentence() -> None:
    rows = [make_finding(n, severity=severity) for n, severity in enumerate(Severity)]
    files = group(GroupBy.FILE, *rows, make_finding(9, severity=Severity.CRITICAL))
    assert group_sentence(files, NAMES, has_many_scans=False) == (
        "Group orders.py. shop/api. 6 findings: 2 critical, 1 high, 1 medium, 1 low, 1 other. Open."
    )
    files.is_open = False
    assert files.size == 1
    assert group_sentence(files, NAMES, has_many_scans=False).endswith("Closed.")


def test_a_group_counts_what_is_withdrawn_apart() -> None:
    withdrawn = make_finding(2, severity=Severity.CRITICAL, status=FindingStatus.DISMISSED)
    files = group(GroupBy.FILE, make_finding(1, severity=Severity.CRITICAL), withdrawn)
    told = "2 findings, 1 withdrawn: 1 critical"
    assert told in group_sentence(files, NAMES, has_many_scans=False)


def test_a_gap_says_from_when_to_when_and_what_is_lost() -> None:
    names = {SCAN_ID: "partner-portal"}
    began, ended = (second_text(FOUND_AT + timedelta(seconds=s)) for s in (10, 151))
    lost = gap(10, 151)
    assert (
        gap_text(lost, names, FOUND_AT, has_many_scans=False)
        == f"Not connected from {began} to {ended}."
    )
    assert gap_consequence(lost) == "Anything announced during that time is lost."
    assert gap_text(lost, names, FOUND_AT, has_many_scans=True) == (
        f"partner-portal: not connected from {began} to {ended}."
    )


def test_a_gap_of_another_day_names_the_day_once() -> None:
    now = FOUND_AT + timedelta(days=3)
    words = gap_text(gap(10, 151), {}, now, has_many_scans=False)
    began, ended = second_text(FOUND_AT + timedelta(seconds=10), now), FOUND_AT
    ended += timedelta(seconds=151)
    assert words == f"Not connected from {began} to {second_text(ended)}."
    assert began != second_text(FOUND_AT + timedelta(seconds=10))


def test_a_gap_that_lasts_and_events_that_were_dropped() -> None:
    at = second_text(FOUND_AT)
    assert gap_text(gap(0, 0), {}, FOUND_AT, has_many_scans=False) == f"Not connected since {at}."
    assert gap_consequence(gap(0, 0)) == "Anything announced in the meantime is lost."
    lag = gap(0, 0, is_lag=True)
    assert (
        gap_text(lag, {}, FOUND_AT, has_many_scans=False) == f"The server dropped events at {at}."
    )
    assert gap_consequence(lag) == "Anything they announced is lost."
