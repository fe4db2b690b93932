"""No two scans are called the same, and none is called more than it needs."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.board.card_words import NAME_LIMIT, scan_names
from tests.fakes.board_scans import SERVER
from tests.fakes.findings import FOUND_AT

MINUTE = timedelta(minutes=1)


def scan(number: int, name: str, branch: str | None = None, at: datetime | None = None) -> Scan:
    scan_id = ScanId(f"{number:08x}-2f0e-4a0c-9a77-6a3c1b0d4e21")
    return Scan(scan_id, SERVER, repo_name=name, branch=branch, created_at=at)


def names(scans: Sequence[Scan]) -> list[str]:
    return list(scan_names(scans).names.values())


def test_a_scan_alone_with_its_name_has_just_that() -> None:
    scans = [scan(1, "shop", "main"), scan(2, "auth", "main", FOUND_AT)]
    assert names(scans) == ["shop", "auth"]
    assert scan_names(scans).marks == {}


def test_scans_of_one_name_differ_by_branch_or_id() -> None:
    scans = [
        scan(1, "slow", "develop"),
        scan(2, "slow", "main", FOUND_AT),
        scan(3, "slow", "main", FOUND_AT + MINUTE),
        scan(4, "slow"),
    ]
    assert names(scans) == ["slow (develop)", "slow 00000002", "slow 00000003", "slow 00000004"]
    assert list(scan_names(scans).marks.values()) == [
        *("develop", "00000002", "00000003", "00000004")
    ]


@pytest.mark.parametrize("length", [30, 60, 5000])
def test_a_long_name_is_cut_before_what_tells_it_apart(length: int) -> None:
    scans = [scan(number, "x" * length, f"branch-{number}") for number in (1, 2)]
    told = names(scans)
    assert [name.rpartition(" ")[2] for name in told] == ["(branch-1)", "(branch-2)"]
    assert all(len(name) <= max(NAME_LIMIT, 30 + 11) for name in told)


def test_ids_that_begin_alike_are_told_whole() -> None:
    one, other = scan(1, "slow"), scan(1, "slow")
    other.id = ScanId("00000001-ffff")
    assert names([one, other])[1] == "slow 00000001-ffff"
