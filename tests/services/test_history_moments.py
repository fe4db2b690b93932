"""Moments outlive the session, in their order and never in the future."""

import pytest

from heimdall_desktop.domain.facts.observation import FindingsListed, ListingEnded, RepoRead
from heimdall_desktop.services.history_moments import BothClocks, moved
from tests.fakes.findings import SCAN_ID

BEFORE = BothClocks(wall_s=1_000_000.0, clock_s=500.0)


def test_a_moment_is_as_old_in_the_next_session_as_time_has_passed() -> None:
    after = BothClocks(wall_s=BEFORE.wall_s + 3600.0, clock_s=20.0)  # the machine began anew
    assert after.to_clock(BEFORE.to_wall(490.0)) == pytest.approx(20.0 - 3610.0)


def test_no_moment_lies_in_the_future() -> None:
    set_back = BothClocks(wall_s=BEFORE.wall_s - 3600.0, clock_s=510.0)
    assert set_back.to_clock(BEFORE.to_wall(490.0)) == 510.0
    assert set_back.excess_s(BEFORE.to_wall(490.0)) == pytest.approx(3590.0)
    assert BEFORE.excess_s(BEFORE.to_wall(490.0)) == 0.0


def test_only_moments_of_the_clock_are_moved() -> None:
    listed = FindingsListed(SCAN_ID, 490.0, ())
    assert moved(listed, BEFORE.to_wall) == FindingsListed(SCAN_ID, 999_990.0, ())
    ended = ListingEnded(SCAN_ID, 490.0, 3, 2, is_whole=False, retry_at_s=494.0)
    assert moved(ended, BEFORE.to_wall) == ListingEnded(SCAN_ID, 999_990.0, 3, 2, is_whole=False)
    repo = RepoRead(SCAN_ID, "shop", None)
    assert moved(repo, BEFORE.to_wall) is repo
